"""The kinds of document that are read. This is the only list of them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final, cast

from curriculum.errors import UnsupportedFormat
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.parse_result import Recognition
from curriculum.parsing.refusals import text_to_found, text_to_refusal_advice

__all__ = ["KIND_MODULES", "document_kinds", "text_to_kind"]

# The modules of `curriculum.parsing.kinds`. A text is of the first kind that recognises it: kinds whose
# documents contain those of other kinds come first.
KIND_MODULES: Final = (
    "official_record",
    "code_table",
    "nos_unit",
    "occupational_standard",
    "assessment_plan",
    "duty_listing",
    "ksb_listing",
    "unnumbered_listing",
)


def document_kinds() -> tuple[DocumentKind, ...]:
    """Return the kinds of document, in the order in which they are tried.

    Examples
    --------
    >>> len(document_kinds()) == len(KIND_MODULES)
    True
    """
    modules = (import_module(f"curriculum.parsing.kinds.{name}") for name in KIND_MODULES)
    return tuple(cast(DocumentKind, module.KIND) for module in modules)


def text_to_kind(text: DocumentText, kinds: Sequence[DocumentKind]) -> tuple[DocumentKind, Recognition]:
    """Find the kind of a document.

    Parameters
    ----------
    text
        The text.
    kinds
        The kinds to try, in this order.

    Returns
    -------
    tuple
        The kind; and its name, with the evidence for it.

    Raises
    ------
    UnsupportedFormat
        If the text is of no kind.
    """
    for kind in kinds:
        evidence = kind.recognise(text)
        if evidence:
            return kind, Recognition(kind.name, evidence)
    raise _no_kind_error(text, kinds)


def _no_kind_error(text: DocumentText, kinds: Sequence[DocumentKind]) -> UnsupportedFormat:
    *others, last = dict.fromkeys(kind.description for kind in kinds)
    return UnsupportedFormat(
        "no kind of document that can be read",
        where=text.document.source,
        expected=f"{', '.join(others)} or {last}",
        found=text_to_found(text),
        advice=text_to_refusal_advice(text),
    )
