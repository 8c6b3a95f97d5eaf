"""Long work that many tests ask for with the same input, done once in a process.

Most tests that read the five documents, or link them, are about what is made of the result. Parsing, the
checks and proposals are functions of their input alone. They are done anew in the tests of these functions,
in the commands that tests start as programs, and where a test asks for it; `test_done_once.py` compares both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
import pytest

from curriculum.checks import all_findings
from curriculum.crosswalk import linked_documents, raw_folder
from curriculum.documents.document import Document
from curriculum.linking.candidates import propose
from curriculum.linking.csls_scores import Scorer, default_scorers
from curriculum.linking.link_frames import Proposed
from curriculum.linking.thesaurus import NO_THESAURUS, Thesaurus
from curriculum.model.progress import Progress, silent
from curriculum.parsing import document_reading
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

parsed_to_findings = all_findings.parsed_to_findings

_PARSED: dict[tuple[str, str, str], list[ParsedDocument]] = {}
_FINDINGS: dict[int, tuple[ParsedDocument, tuple[Finding, ...]]] = {}
_SCORERS: list[tuple[Thesaurus, bool, tuple[Scorer, ...]]] = []
_LINKS: dict[tuple[Any, ...], Proposed] = {}


def parse_once(document: Document) -> ParsedDocument:
    """Parse a document; one that was parsed before, in all its parts the same, is not parsed again."""
    held = _PARSED.setdefault((document.document_id, document.source, document.sha256), [])
    for parsed in held:
        if parsed.document == document:
            return parsed
    held.append(parse_document(document))
    return held[-1]


def check_once(parsed: ParsedDocument) -> tuple[Finding, ...]:
    """Return the findings of a document that `parse_once` returned; of another one, find them anew."""
    document = parsed.document
    held = _PARSED.get((document.document_id, document.source, document.sha256), [])
    if not any(one is parsed for one in held):
        return parsed_to_findings(parsed)
    if id(parsed) not in _FINDINGS:
        _FINDINGS[id(parsed)] = (parsed, parsed_to_findings(parsed))
    return _FINDINGS[id(parsed)][1]


def scorers_once(thesaurus: Thesaurus = NO_THESAURUS, with_vectors: bool = True) -> tuple[Scorer, ...]:
    """Return the scorers with a thesaurus; the same ones for an equal thesaurus."""
    for known, had_vectors, scorers in _SCORERS:
        if had_vectors == with_vectors and known == thesaurus:
            return scorers
    _SCORERS.append((thesaurus, with_vectors, default_scorers(thesaurus, with_vectors)))
    return _SCORERS[-1][2]


def propose_once(
    old: pd.DataFrame, new: pd.DataFrame, scorers: Sequence[Scorer], progress: Progress = silent
) -> Proposed:
    """Propose links; of the same statements by the same scorers they are not proposed again."""
    if progress is not silent:
        return propose(old, new, scorers, progress)
    key = (_frame_to_key(old), _frame_to_key(new), tuple(scorers))
    if key not in _LINKS:
        _LINKS[key] = propose(old, new, scorers)
    return Proposed(*(frame.copy() for frame in _LINKS[key]))


def _frame_to_key(frame: pd.DataFrame) -> tuple[Any, ...]:
    return (tuple(frame), *(tuple(map(repr, frame[name].tolist())) for name in frame))


@contextmanager
def done_once() -> Iterator[None]:
    """Let the commands and the library do this work once."""
    with _in_use(parse_once, check_once, scorers_once, propose_once):
        yield


@contextmanager
def done_anew() -> Iterator[None]:
    """Let them do it every time, as they do for users."""
    with _in_use(parse_document, parsed_to_findings, default_scorers, propose):
        yield


@contextmanager
def _in_use(parse: Any, check: Any, scorers: Any, links: Any) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_reading, "parse_document", parse)
        patch.setattr(all_findings, "parsed_to_findings", check)
        patch.setattr(raw_folder, "default_scorers", scorers)
        patch.setattr(linked_documents, "propose", links)
        yield
