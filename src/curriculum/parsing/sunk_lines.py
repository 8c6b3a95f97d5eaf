"""Report lines that look like rows of a table and are in none: duties, KSBs, codes, themes, criteria."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from curriculum.model.codes import line_to_codes, line_to_label, text_to_ending_codes
from curriculum.model.lookalikes import text_to_guessed, text_to_plain
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.labelled import is_bare_duty, is_sentence_of_code, line_to_duty
from curriculum.parsing.lines import Line, lines_to_cells, without_bullet
from curriculum.parsing.rows import Finding, Rows
from curriculum.parsing.theme_headings import line_to_theme

__all__ = ["sunk_findings"]

_LINES_SHOWN = 8
_THEME = re.compile(
    r"(?:(?:grading |assessment )?theme|(?:assessment |learning )?outcome|performance outcome) \w?\d+\b.*"
)
_GRADE = re.compile(r"(?:pass|credit|merit|distinction)(?: grading)? (?:criteri(?:a|on)|descriptors?)")
# With a sign between the code and the wording: “K1 and K2 are assessed” is a sentence.
_LABEL = re.compile(r"[\s•*\-–]*+[*`]*+[A-Z]{1,3}\d{1,4}[*`]*+\s?[:.)–-].*")
# A form of label that is not read: AK1: text.
_OTHER_LABEL = re.compile(r"[\s•*\-–]*+[*`]*+[A-Z]{1,3}[KSB]\d{1,3}[*`]*+\s?[:.)–-]\s.*\w.*")
# Further ones: K1.1 text, K-1 text, K1a text.
_PART_LABEL = re.compile(
    r"[\s•*\-–]*+[*`]*+(?:[KSB](?:\d{1,3}\.\d{1,3}|[-–_]\d{1,3})|[KSBP]\d{1,3}[a-h])[*`]*+\s?[:.)–-]?\s.*\w.*"
)
_CODE_IN_FRONT = re.compile(r"(?<![^\W_])[A-Z]{0,2}[KSB]\d{1,3}(?![^\W_])")
_KSB_CODE = re.compile(r"(?:TK|TS|ESB|[A-Z]?[KSB])\d{1,3}")
# Such a code with a letter that only looks like one of a code, or like a digit: Kl: text, S l: text.
_ALIKE_LABEL = re.compile(r"[\s•*\-–]*+[*`]*+(?P<code>\w{1,3}\s?\w{1,3})[*`]*+(?:\s?[:)]|\s?[–-]\s)\s*\w.*")
# A row of a CSV that is not read as one: K1;text.
_ROW_LABEL = re.compile(r'"?(?:TK|TS|ESB|[KSB])[1-9]\d{0,2}"?\s?[;|]\s?"?[^\W\d_].*')
# Several codes before one wording: K2/K3: text.
_SEVERAL = re.compile(
    r"[\s•*\-–]*+[*`]*+(?:[KSB][1-9]\d{0,2}\s?(?:[,/&–-]|and|to)\s?)++(?P<last>[KSB][1-9]\d{0,2})[*`]*+\s?[:.)]\s.*\w.*"
)
_DUTY_CODE = re.compile(r"[\s•*\-–]*+[*`]*+D\d{1,2}[*`]*+\s?[:.)–-]\s.*\w.*")


def _is_duty(line: Line) -> bool:
    is_coded = _DUTY_CODE.fullmatch(line.text) is not None
    return is_coded or line_to_duty(line) is not None or is_bare_duty(line)


def _is_label(line: Line) -> bool:
    is_other = _OTHER_LABEL.fullmatch(line.text) is not None
    is_row = _ROW_LABEL.fullmatch(line.text) is not None and not line_to_codes(line.text)
    is_known = _LABEL.fullmatch(line.text) is not None and line_to_label(line.text) is not None
    return is_other or is_row or is_known


def _label_code(line: Line) -> str:
    label = line_to_label(line.text)
    found = None if label else _CODE_IN_FRONT.search(line.text)
    return label.code if label else (found[0] if found else "")


def _last_code(line: Line) -> str:
    found = _SEVERAL.fullmatch(line.text)
    return found["last"] if found else ""


def _is_undefined(code: str, rows: Rows) -> bool:
    """Return whether a code is that of a KSB, and no row has it, with or without the letters of its list."""
    is_known = any(row.code == code or row.code.endswith(code) for row in rows.occurrences)
    return _KSB_CODE.fullmatch(code) is not None and not is_known


def _is_alike(line: Line) -> bool:
    """Return whether a line begins with what only looks like the code of a KSB.

    Examples
    --------
    >>> _is_alike(Line(4, "Kl: Types of feed")), _is_alike(Line(5, "S l: Mix feed"))
    (True, True)
    >>> _is_alike(Line(6, "K1: Types of feed")), _is_alike(Line(7, "Oil: types"))
    (False, False)
    """
    found = _ALIKE_LABEL.fullmatch(line.text)
    code = "".join(found["code"].split()) if found else ""
    meant = text_to_guessed(text_to_plain(code))
    return meant != code and bool(line_to_codes(meant)) and line_to_label(line.text) is None


def _is_criterion(line: Line) -> bool:
    is_heading = _GRADE.fullmatch(text_to_title_key(line.text)) is not None
    return is_heading or bool(text_to_ending_codes(without_bullet(line.text))[1])


def _is_theme(line: Line) -> bool:
    """Return whether a line looks like the heading of a theme; “Outcome 2 has a test.” does not."""
    is_like = _THEME.fullmatch(text_to_title_key(line.text)) is not None
    return is_like and (not line.text.endswith(".") or line_to_theme(line) is not None)


class _Look(NamedTuple):
    """What a line can look like: in words, the test, and the tables that hold such lines."""

    words: str
    test: Callable[[Line], bool]
    tables: tuple[str, ...]


_LABELS = _Look("KSBs", _is_label, ("occurrences",))
_SEVERAL_CODES = _Look("KSBs with several codes before one wording", lambda line: bool(_last_code(line)), ())
_UNSIGNED = _Look("KSBs without the sign that other codes have behind them", is_sentence_of_code, ())
_LOOKS = (
    _Look("duties", _is_duty, ("duties",)),
    _Look("lists of codes", lambda line: bool(line_to_codes(line.text)), ("duty_ksbs", "themes")),
    _LABELS,
    # A code that nobody can tell is an error, whatever else the document has.
    _Look("KSBs with a code that has another letter or sign in it", _is_alike, ()),
    _Look(
        "KSBs with a sign, a letter or a second number in their codes",
        lambda line: _PART_LABEL.fullmatch(line.text) is not None,
        (),
    ),
    _SEVERAL_CODES,
    _UNSIGNED,
    _Look("themes", _is_theme, ("themes",)),
    _Look("grading criteria", _is_criterion, ("descriptors",)),
)


def sunk_findings(lines: Sequence[Line], rows: Rows) -> tuple[Finding, ...]:
    """Report what looks like rows of a table and is prose, or in no row at all.

    Parameters
    ----------
    lines
        The lines of the document.
    rows
        Its rows.

    Returns
    -------
    tuple of Finding
        One for each kind of row: an error if the document has no row of that kind, or if the code of a KSB
        is in no row; else a warning.
    """
    read = {number for row in _rows_of_tables(rows) for number in range(row[0], row[1] + 1)} | set(
        rows.markers
    )
    left = [line for line in lines_to_cells(lines) if line.number not in read]
    # Codes that could be paired with no duty are reported as such.
    is_mixed = any(row.rule == "duty-codes-mixed" for row in rows.findings)
    # A sentence on a KSB of the document is none itself.
    defined = {row.code for row in rows.occurrences}
    found: dict[_Look, list[Line]] = {}
    for line in left:
        look = next((look for look in _LOOKS if look.test(line)), None)
        if look is _UNSIGNED and _label_code(line) in defined:
            continue
        if look is _SEVERAL_CODES and _last_code(line) in defined:
            continue
        if look and not (is_mixed and look.words == "lists of codes"):
            found.setdefault(look, []).append(line)
    return tuple(_look_to_finding(look, found[look], rows) for look in _LOOKS if look in found)


def _rows_of_tables(rows: Rows) -> list[tuple[int, int]]:
    """Return the first and the last line of each row that is no prose."""
    prose = set(map(id, rows.sections))
    spans = [(row.first_line, row.last_line) for row in rows.with_lines() if id(row) not in prose]
    single = [*(row.line for row in rows.method_names), *(row.line for row in rows.overall_grades)]
    return spans + [(number, number) for number in single]


def _look_to_finding(look: _Look, lines: Sequence[Line], rows: Rows) -> Finding:
    has_rows = any(getattr(rows, table) for table in look.tables)
    is_lost = look is _LABELS and any(_is_undefined(_label_code(line), rows) for line in lines)
    numbers = list(dict.fromkeys(str(line.number) for line in lines))
    more = f" and {len(numbers) - _LINES_SHOWN} more" if len(numbers) > _LINES_SHOWN else ""
    shown = names_to_phrase(numbers[:_LINES_SHOWN]) if not more else ", ".join(numbers[:_LINES_SHOWN])
    n_lines = "1 line looks" if len(lines) == 1 else f"{len(lines)} lines look"
    where = f"line{'s' if len(numbers) > 1 else ''} {shown}{more}"
    return Finding(
        "not-in-a-table",
        lines[0].number,
        "warning" if has_rows and not is_lost else "error",
        f"{n_lines} like {look.words} and {'is' if len(lines) == 1 else 'are'} in no table of them: "
        f"{where}, first “{text_to_shortened(lines[0].text, 60)}”",
    )
