"""Say in a few sentences what was read of a document, what it lacks, and how sure the reading is."""

from __future__ import annotations

from collections.abc import Sized

from curriculum.model.text import names_to_phrase
from curriculum.parsing.document_kinds import document_kinds
from curriculum.parsing.parse_result import ParsedDocument

__all__ = ["parsed_to_summary"]


_SINGULAR = {
    "statements": "statement",
    "duties": "duty",
    "pairs of a duty and a KSB": "pair of a duty and a KSB",
    "methods": "method",
    "themes": "theme",
    "descriptors": "descriptor",
    "details": "detail",
}


def parsed_to_summary(parsed: ParsedDocument) -> tuple[str, ...]:
    """Return the summary of a document.

    Parameters
    ----------
    parsed
        The document, with its findings.

    Returns
    -------
    tuple of str
        What the document says that it is; what was found; what documents of its kind usually have and this
        one lacks; how sure the reading is.
    """
    counts = _parsed_to_counts(parsed)
    found = [
        f"{number} {_SINGULAR.get(words, words) if number == 1 else words}"
        for words, number in counts.items()
    ]
    usual = next((kind.usual for kind in document_kinds() if kind.name == parsed.recognition.kind), ())
    lacking = [words for words in usual if not counts.get(words)]
    sentences = [f"Found: {names_to_phrase(found) if found else 'nothing'}."]
    if lacking:
        sentences.append(f"Not found: {names_to_phrase(lacking)}. A document of this kind usually has them.")
    return (_parsed_to_identity(parsed), *sentences, _parsed_to_trust(parsed))


def _parsed_to_identity(parsed: ParsedDocument) -> str:
    """Return what the document says that it is: its title, reference and version."""
    known, facts = parsed.document.registration, parsed.facts
    title = facts.title or known.title
    reference, version = facts.reference or known.reference, facts.version or known.version
    names = [title, reference, f"version {version}" if version else ""]
    missing = [name for name, value in (("reference", reference), ("version", version)) if not value]
    # A title can have its reference in it.
    shown = ", ".join(name for at, name in enumerate(names) if name and not (at and name in title))
    lacking = f"no {' and no '.join(missing)} was read" if missing else ""
    if not shown:
        return f"{lacking[:1].upper()}{lacking[1:]}."
    return f"Read as: {shown}{f'; {lacking}' if lacking else ''}."


def _parsed_to_counts(parsed: ParsedDocument) -> dict[str, int]:
    """Return how many rows there are of each kind that has some."""
    pairs = {(row.duty, row.code) for row in parsed.rows.duty_ksbs}
    rows: dict[str, Sized] = {
        "statements": parsed.statements,
        "duties": parsed.duties,
        "pairs of a duty and a KSB": pairs,
        "methods": parsed.methods,
        "themes": parsed.themes,
        "descriptors": parsed.rows.descriptors,
        "details": parsed.rows.details,
    }
    return {words: len(found) for words, found in rows.items() if found}


def _parsed_to_trust(parsed: ParsedDocument) -> str:
    """Return how sure the reading is: what is doubtful in it, and how much was not placed."""
    doubts = [row for row in parsed.findings if row.severity == "error"]
    unplaced = sum(row.rule == "unplaced-line" for row in parsed.findings)
    document = parsed.document
    is_list = document.encoding == "json" and not (document.record or document.case)
    unplaced += len(parsed.document.unread) if is_list else 0
    left = f"{unplaced} lines or cells are in no table" if unplaced != 1 else "1 line or cell is in no table"
    if doubts:
        rules = names_to_phrase(dict.fromkeys(row.rule for row in doubts))
        number = "1 finding is an error" if len(doubts) == 1 else f"{len(doubts)} findings are errors"
        more = f", and {left}" if unplaced else ""
        them = "its line" if len(doubts) == 1 and not unplaced else "their lines"
        return (
            f"Doubtful: {number} ({rules}){more}. Compare {them} with the document before you use the tables."
        )
    if unplaced:
        return f"Read, but {left}: look whether they are part of the standard."
    return "No finding is an error, and every line is in a table."
