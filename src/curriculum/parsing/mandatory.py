"""Which statements must be assessed: plans from 2025 on print these knowledge and skills in bold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from curriculum.documents.document import Document
from curriculum.model.codes import word_to_code
from curriculum.model.text import names_to_phrase, text_to_shortened
from curriculum.parsing.bold_meaning import BoldMeaning, lines_to_bold_meaning, lines_to_reform_line
from curriculum.parsing.bold_wordings import Boldness, occurrences_to_boldness
from curriculum.parsing.rows import Descriptor, Duty, Finding, Occurrence, Rows

__all__ = ["Mandatory", "rows_to_mandatory"]

_SHOWN = 10
_KSB = frozenset("KSB")
_EMPTY = "the column is_mandatory is empty"


class Mandatory(NamedTuple):
    """Whether a statement must be assessed, by its code, as far as the document says so; and findings."""

    by_code: Mapping[str, bool]
    findings: tuple[Finding, ...] = ()


class _Marks(NamedTuple):
    """How bold each code is where it is printed in a list that has bold wordings; ``lines`` are all lines."""

    found: Mapping[str, frozenset[Boldness]]
    lines: Mapping[str, Sequence[int]]

    def codes(self, boldness: Boldness) -> list[str]:
        """Return the codes that are printed so everywhere."""
        return [code for code, kinds in self.found.items() if kinds == {boldness}]

    def doubtful(self) -> list[str]:
        """Return the codes that are bold in one place and not in another, or in part."""
        clear = ({Boldness.BOLD}, {Boldness.PLAIN})
        return [code for code, kinds in self.found.items() if kinds not in clear]

    def only(self, letters: frozenset[str]) -> _Marks:
        """Return the marks of the statements with these letters."""
        kept = {code: kinds for code, kinds in self.found.items() if _code_to_letter(code) in letters}
        return self._replace(found=kept)


def _code_to_letter(code: str) -> str:
    found = word_to_code(code)
    return found.letters[-1] if found else ""


def rows_to_mandatory(document: Document, rows: Rows) -> Mandatory:
    """Return which statements must be assessed.

    A statement must be if its wording is bold (nearly all letters; its code does not count), and must not if
    it is not bold in a list in which others are. This is read only if a sentence of the document says that
    bold marks what must be assessed, or if the document is a plan from 2025 on by its words. If all
    knowledge and skills are bold, or none, bold says nothing. Behaviours are read only if the sentence
    includes them.

    Parameters
    ----------
    document
        The document, with what is bold in its lines.
    rows
        Its rows.

    Returns
    -------
    Mandatory
        A statement that is bold in one list and not in another, or only in part, is not in it; a finding
        names it.
    """
    if document.record or document.case or not rows.occurrences:
        return Mandatory({})
    marks = _occurrences_to_marks(document, rows.occurrences)
    worded: list[Occurrence | Duty | Descriptor] = [*rows.occurrences, *rows.duties, *rows.descriptors]
    left_out = {number for row in worded for number in range(row.first_line, row.last_line + 1)}
    meaning = lines_to_bold_meaning(document.lines, left_out)
    if meaning and meaning.is_mandatory:
        return _read_by_sentence(marks, meaning)
    line = lines_to_reform_line(document.lines) if marks.found else 0
    if line and not meaning and _tells_apart(marks.only(frozenset("KS"))):
        message = (
            "knowledge and skills in bold are read as those that must be assessed, as in plans from 2025 on; "
            f"no sentence says what bold means (line {line} has a term of these plans)"
        )
        findings = (Finding("mandatory-inferred", line, "note", message),)
        return _read(marks, frozenset("KS"), findings)
    return Mandatory({}, tuple(_unexplained(marks, meaning)))


def _occurrences_to_marks(document: Document, occurrences: Sequence[Occurrence]) -> _Marks:
    """Return how bold each code is, in lists that have bold wordings: one without says nothing about it."""
    boldness = occurrences_to_boldness(document, occurrences)
    lists = _rows_to_lists(occurrences)
    marked = {name for name, found in zip(lists, boldness, strict=True) if found is not Boldness.PLAIN}
    found: dict[str, frozenset[Boldness]] = {}
    lines: dict[str, list[int]] = {}
    for row, name, kind in zip(occurrences, lists, boldness, strict=True):
        lines.setdefault(row.code, []).append(row.first_line)
        if name in marked and _code_to_letter(row.code) in _KSB:
            found[row.code] = found.get(row.code, frozenset()) | {kind}
    return _Marks(found, lines)


def _rows_to_lists(rows: Sequence[Occurrence]) -> list[tuple[str, int]]:
    """Return the list that each occurrence is in: its section, and how often its code was there before.

    The KSBs below each duty are one list.
    """
    counts: Counter[tuple[str, str]] = Counter()
    lists = []
    for row in rows:
        name = "duties" if row.section.startswith("Duty ") else row.section
        number = 0 if name == "duties" else counts[name, row.code]
        lists.append((name, number))
        counts[name, row.code] += 1
    return lists


def _tells_apart(marks: _Marks) -> bool:
    """Return whether some wordings are bold and others are not."""
    return bool(marks.codes(Boldness.BOLD) and marks.codes(Boldness.PLAIN))


def _read_by_sentence(marks: _Marks, meaning: BoldMeaning) -> Mandatory:
    of_these = marks.only(meaning.letters)
    if not _tells_apart(of_these):
        what = "every wording" if of_these.codes(Boldness.BOLD) else "no wording"
        why = "bold tells nothing apart" if of_these.codes(Boldness.BOLD) else "the file may have lost it"
        if of_these.doubtful():
            what, why = "no wording as a whole", f"{_codes(of_these.doubtful())} are in part"
        message = f"“{_shown(meaning)}”, but {what} is bold in this file ({why}): {_EMPTY}"
        return Mandatory({}, (Finding("bold-unclear", meaning.line, "warning", message),))
    others = marks.only(_KSB - meaning.letters)
    bold = others.codes(Boldness.BOLD)
    findings = []
    if bold:
        message = f"{_codes(bold)} are in bold, but “{_shown(meaning)}” is not about them: {_EMPTY} for them"
        findings.append(Finding("bold-unclear", marks.lines[bold[0]][0], "note", message))
    return _read(marks, meaning.letters, findings)


def _read(marks: _Marks, letters: frozenset[str], findings: Iterable[Finding]) -> Mandatory:
    of_these = marks.only(letters)
    by_code = dict.fromkeys(of_these.codes(Boldness.BOLD), True)
    by_code |= dict.fromkeys(of_these.codes(Boldness.PLAIN), False)
    return Mandatory(by_code, (*findings, *_doubtful(of_these)))


def _doubtful(marks: _Marks) -> Iterator[Finding]:
    for code in marks.doubtful():
        numbers = names_to_phrase(map(str, marks.lines[code]))
        where = f"line{'s' if len(marks.lines[code]) > 1 else ''} {numbers}"
        is_in_part = marks.found[code] & {Boldness.PARTLY, Boldness.UNKNOWN}
        how = "bold only in part" if is_in_part else "bold in one place and not in another"
        message = f"the wording of {code} is {how} ({where}): {_EMPTY} for it"
        yield Finding("bold-unclear", marks.lines[code][0], "warning", message)


def _unexplained(marks: _Marks, meaning: BoldMeaning | None) -> Iterator[Finding]:
    """Yield a note on statements in bold if others are not, and nothing says what bold means."""
    of_lists = marks.only(_KSB)
    bold, doubtful = of_lists.codes(Boldness.BOLD), of_lists.doubtful()
    if not bold or not (doubtful or of_lists.codes(Boldness.PLAIN)):
        return
    says = f"“{_shown(meaning)}” does not say" if meaning else "nothing says"
    message = f"the wordings of {_codes(bold)} are in bold, and {says} that they must be assessed: {_EMPTY}"
    yield Finding("bold-unclear", marks.lines[bold[0]][0], "note", message)


def _shown(meaning: BoldMeaning) -> str:
    return text_to_shortened(meaning.sentence, 100)


def _codes(codes: Sequence[str]) -> str:
    more = len(codes) - _SHOWN
    return f"{', '.join(codes[:_SHOWN])} and {more} more" if more > 0 else names_to_phrase(codes)
