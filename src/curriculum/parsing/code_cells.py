"""Read lists of codes in the cells of tables as people write them, and report those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.code_lists import LIST, find_codes, find_numbers, is_code_like, is_without_codes
from curriculum.model.codes import (
    has_torn_range,
    line_to_codes,
    line_to_label,
    text_to_ending_codes,
    word_to_code,
)
from curriculum.model.text import text_to_shortened, text_to_title_key
from curriculum.parsing.lines import Line, lines_to_cells
from curriculum.parsing.rows import Detail, Finding, Rows

__all__ = [
    "cell_to_code_lines",
    "code_list_findings",
    "is_ksb_heading",
    "join_split_ranges",
    "may_name_codes",
    "text_to_code_list",
    "text_to_lone_code",
    "unread_codes",
    "unread_details",
    "with_code_lists",
]

# The first line of a range that goes on below it: “K1-”, “K1 to”.
_OPEN_RANGE = re.compile(r"(?P<codes>.*\d)\s?(?:-|–|—|\bto)", re.IGNORECASE)
_ONLY_SIGN = re.compile(r"-|–|—|to", re.IGNORECASE)
_RANGE_REST = re.compile(r"to\s(?P<codes>.*\d.*)", re.IGNORECASE)
_CODE_HEADING = re.compile(
    r"(?:.* )?(?:ksbs?|ksb codes?)(?: (?:codes?|refs?|references?|numbers?|covered|assessed|mapped|mapping"
    r"|links?|linked))?|[ksb]s?|(?:technical )?knowledge|(?:technical )?skills?|behaviou?rs?"
    r"|knowledge (?:and )?skills|(?:knowledge|employability) skills (?:and )?behaviou?rs"
)
# A line that begins with a code, so that “Knowledge 1 to 5” above a list is none of codes.
_CODE_START = re.compile(r"\W{0,3}(?:KSBs?\W{1,3})?(?:TK|TS|ESB|[KSB])\s?:?\s?\d", re.IGNORECASE)
# Nothing but codes, numbers, and what joins them.
_CODES_ALONE = re.compile(
    r"(?:[\s,;/&|()\[\]*_+.:–—-]|\b(?:and|or|to|all|ksbs?)\b|\b[A-Z]{0,3}\d{1,3}\b|\b[KSB]s?\b)++",
    re.IGNORECASE,
)
_ALL_CODES = re.compile(
    r"(?:ksbs?\W{1,3})?(?:all|every)(?: of)?(?: the)?(?: (?:ksbs?|knowledge|skills?|behaviou?rs?"
    r"|[ksb]s?|and|above)\b,?){0,6}\.?",
    re.IGNORECASE,
)
_ONE_CODE = re.compile(r"\b(?:TK|TS|ESB|[KSB])\d")
_LEAST_CODES = 2
_KIND = re.compile(r"knowledge|skills?|behaviou?rs?|ksbs?")
_LONGEST_SHOWN = 60
# “K.1” and “K-1” are K1; “K1.1” is a part of K1, and no code of a KSB.
_LONE_CODE = re.compile(
    r"[\s*_`:.()\[\]]*+(?P<letters>[A-Za-z]{1,3})[\s*_`:.()\[\]–-]{0,3}(?P<number>\d{1,5})[\s*_`:.()\[\]]*+"
)


def text_to_lone_code(text: str) -> str:
    """Return the code that a text is, without the signs around it; empty if it is more than a code.

    Examples
    --------
    >>> text_to_lone_code("**K1:**"), text_to_lone_code("k 2"), text_to_lone_code("K1 The hoof")
    ('K1', 'K2', '')
    >>> text_to_lone_code("K-1"), text_to_lone_code("K1.1"), text_to_lone_code("K1 1")
    ('K1', '', '')
    """
    found = _LONE_CODE.fullmatch(text)
    code = word_to_code(f"{found['letters']}{found['number']}".upper()) if found else None
    return str(code) if code else ""


def text_to_code_list(text: str, letters: str = "") -> tuple[str, ...]:
    """Return the codes of a text that holds nothing else, in any of the forms that people write them in.

    Parameters
    ----------
    text
        The text of a cell, or of one of its lines.
    letters
        The letters of its codes where it has their numbers alone, as below the heading “Knowledge”.

    Returns
    -------
    tuple of str
        Empty if it holds anything else, or a range that cannot be one (K3-S1).

    Examples
    --------
    >>> text_to_code_list("K1-2; s 4 & B1"), text_to_code_list("1-3", "K")
    (('K1', 'K2', 'S4', 'B1'), ('K1', 'K2', 'K3'))
    >>> text_to_code_list("K1-S2"), text_to_code_list("all KSBs"), text_to_code_list("K1, not K2")
    ((), (), ())
    """
    codes = line_to_codes(text)
    if codes:
        return () if has_torn_range(text) else codes
    found = (find_numbers(text, letters) if letters else ()) or find_codes(text)
    is_plain = all(code.form == LIST and code.is_sure and not code.code.startswith("D") for code in found)
    return tuple(dict.fromkeys(code.code for code in found)) if is_plain else ()


def may_name_codes(text: str) -> bool:
    """Return whether a text has codes or nothing but numbers in it, or words for codes: “all KSBs”."""
    return is_code_like(text) or bool(find_codes(text, in_text=True) or find_numbers(text, "K"))


def is_ksb_heading(text: str) -> bool:
    """Return whether the heading of a column says that it holds the codes of KSBs.

    Examples
    --------
    >>> is_ksb_heading("KSBs covered"), is_ksb_heading("Skills"), is_ksb_heading("Notes")
    (True, True, False)
    """
    key = text_to_title_key(text.replace("_", " "))
    return _CODE_HEADING.fullmatch(key) is not None


def join_split_ranges(lines: Sequence[Line]) -> list[Line]:
    """Return lines with the parts of a range joined that is printed over two or three of them.

    Examples
    --------
    >>> [line.text for line in join_split_ranges([Line(3, "S1, K1-"), Line(4, "K3"), Line(5, "B1")])]
    ['S1, K1- K3', 'B1']
    >>> [line.text for line in join_split_ranges([Line(3, "K1"), Line(4, "to"), Line(5, "K3")])]
    ['K1 to K3']
    """
    joined: list[Line] = []
    for line in lines:
        before = joined[-1] if joined else None
        if before and not line.is_opening and line.row == before.row and _is_rest(before.text, line.text):
            joined[-1] = before._replace(text=f"{before.text} {line.text}", last_number=line.last)
        else:
            joined.append(line)
    return joined


def _is_rest(before: str, text: str) -> bool:
    """Return whether a line goes on with the range that the line before it begins."""
    open_range = _OPEN_RANGE.fullmatch(before)
    if open_range:
        return bool(line_to_codes(open_range["codes"]) and line_to_codes(text))
    rest = _RANGE_REST.fullmatch(text)
    is_middle = _ONLY_SIGN.fullmatch(text) or (rest and line_to_codes(rest["codes"]))
    return bool(is_middle and line_to_codes(before))


def with_code_lists(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return lines whose lists of codes are written as documents print them, also those in cells of tables.

    Examples
    --------
    >>> [line.text for line in with_code_lists([Line(3, "K1-2; s1"), Line(4, "S1 is used")])]
    ['K1, K2, S1', 'S1 is used']
    """
    return tuple(map(_line_with_code_lists, join_split_ranges(lines)))


def _line_with_code_lists(line: Line) -> Line:
    if not line.cells and not line.parts:
        text = _with_code_list(line.text)
        return line if text == line.text else line._replace(text=text)
    parts = (part._replace(text=_with_code_list(part.text)) for part in join_split_ranges(line.parts))
    return line._replace(
        text=line.text if line.cells else _with_code_list(line.text),
        cells=tuple(map(_with_code_list, line.cells)),
        parts=tuple(parts),
    )


def _with_code_list(text: str) -> str:
    if not _CODE_START.match(text) or line_to_codes(text):
        return text
    codes = text_to_code_list(text)
    return ", ".join(codes) if len(codes) >= _LEAST_CODES else text


def cell_to_code_lines(lines: Sequence[Line], letters: str) -> list[tuple[str, tuple[Line, ...]]] | None:
    """Return the codes of a cell, each time as a text (“K1, K2”) with the lines that it is from.

    Parameters
    ----------
    lines
        The lines of the cell.
    letters
        The letters of its codes where the heading of its column gives them.

    Returns
    -------
    list of tuple, or None
        The text is empty for a line that says that there are no codes. None if anything in the cell cannot
        be read as codes.
    """
    joined = join_split_ranges([line._replace(row=0, is_opening=False) for line in lines])
    read: list[tuple[str, tuple[Line, ...]]] = [
        (_line_to_text(line.text, letters), (line,)) for line in joined
    ]
    if all(text or _is_empty(of_line[0].text) for text, of_line in read):
        return read
    # A list can be wrapped within a code: “K1 and” above “K2”.
    whole = " ".join(line.text for line in lines)
    codes = text_to_code_list(whole, letters) or _labels_to_codes(lines)
    return [(", ".join(codes), tuple(lines))] if codes else None


def _is_empty(text: str) -> bool:
    """Return whether a line of a cell says that there are no codes, or names the kind of those below it."""
    return is_without_codes(text) or _KIND.fullmatch(text_to_title_key(text)) is not None


def _line_to_text(text: str, letters: str) -> str:
    codes = text_to_code_list(text, letters)
    return text if codes and line_to_codes(text) == codes else ", ".join(codes)


def _labels_to_codes(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the codes of a cell that prints its KSBs in full, one below the other."""
    labels = [line_to_label(line.text) for line in lines]
    return tuple(dict.fromkeys(label.code for label in labels if label)) if labels[0] else ()


def unread_codes(owner: str, column: str, text: str, line: int) -> Finding:
    """Return the error on a cell that should hold codes and cannot be read.

    Parameters
    ----------
    owner
        The duty or theme whose codes they are.
    column
        The heading of the column.
    text
        The text of the cell.
    line
        The number of its first line.
    """
    shown = text_to_shortened(text, _LONGEST_SHOWN)
    return Finding(
        "not-in-a-table",
        line,
        "error",
        f"the cell “{shown}” of the column “{column}” cannot be read as codes: {owner} has no KSB from it. "
        "Write each code in full, with commas between them, such as “K1, K2, S1”",
    )


def unread_details(details: Sequence[Detail]) -> Iterator[Finding]:
    """Yield an error for each cell beside a theme that should hold its codes and cannot be read.

    Parameters
    ----------
    details
        The cells, named by their theme and their column: “Firing: KSBs”.
    """
    for detail in details:
        owner, _, column = detail.name.rpartition(": ")
        if is_ksb_heading(column) and may_name_codes(detail.value):
            yield unread_codes(f"“{owner}”", column, detail.value, detail.first_line)


def code_list_findings(lines: Sequence[Line], rows: Rows) -> Iterator[Finding]:
    """Yield an error for each list of codes that is in no row, or that has a range that is none (K3-S1).

    Parameters
    ----------
    lines
        The lines of the document.
    rows
        The rows that were read.
    """
    placed = rows.numbers()
    for line in lines_to_cells(lines):
        text = line.text
        shown = f"“{text_to_shortened(text, _LONGEST_SHOWN)}”"
        if line.number not in placed and _is_of_codes(text) and (rows.duties or rows.themes):
            yield Finding(
                "not-in-a-table",
                line.number,
                "error",
                f"{shown} looks like a list of codes, and cannot be read as "
                "one. Write each code in full, with commas between them",
            )
        codes = line_to_codes(text) or text_to_ending_codes(text)[1]
        if codes and has_torn_range(text):
            yield Finding(
                "not-in-a-table",
                line.number,
                "error",
                f"{shown} has a range of two kinds, or one that goes down: "
                "only its two ends are read. Write each code in full",
            )


def _is_of_codes(text: str) -> bool:
    """Return whether a text is of several codes, of one and the beginning of more, or stands for all of them.

    Examples
    --------
    >>> _is_of_codes("K1-"), _is_of_codes("All K, S1"), _is_of_codes("K1"), _is_of_codes("S3 bucket")
    (True, True, False, False)
    >>> _is_of_codes("All KSBs"), _is_of_codes("All KSBs are assessed")
    (True, False)
    """
    if _ALL_CODES.fullmatch(text):
        return True
    is_alone = _CODES_ALONE.fullmatch(text) is not None and _ONE_CODE.search(text) is not None
    return is_alone and not line_to_codes(text) and len(text_to_code_list(text)) != 1
