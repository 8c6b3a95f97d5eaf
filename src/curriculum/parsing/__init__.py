"""A `Document` becomes rows: one module for each kind of document, and one for what kinds share."""

from curriculum.parsing.parse import ParsedDocument, parse_document
from curriculum.parsing.recognition import Recognition, lines_to_kind
from curriculum.parsing.rows import Finding

__all__ = ["Finding", "ParsedDocument", "Recognition", "lines_to_kind", "parse_document"]
