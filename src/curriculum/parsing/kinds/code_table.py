"""A code table: a CSV with the columns code and text.

Its codes are those of KSBs; or, if most of them are not, those of any other scheme.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from typing import Final

from curriculum.documents.markdown_signs import has_markdown_name
from curriculum.errors import CurriculumError, InvalidInput, UnreadableFile, raise_faults
from curriculum.model.codes import word_to_code
from curriculum.model.text import (
    names_to_phrase,
    text_to_key,
    text_to_shortened,
    text_to_squashed,
    text_to_title_key,
)
from curriculum.parsing.code_table_rows import (
    CodeTableHeader,
    CodeTableRow,
    code_table_fault,
    cut_rows,
    has_text,
    is_header_again,
    line_to_cell_texts,
    lines_to_header,
)
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.duty_rows import (
    row_to_duty,
    row_to_duty_codes,
    row_to_duty_pairs,
    rows_to_duty_codes,
)
from curriculum.parsing.further_columns import FURTHER_COLUMNS, further_findings
from curriculum.parsing.labelled import KIND_HEADINGS
from curriculum.parsing.lines import Line, Passage
from curriculum.parsing.other_codes import (
    cells_to_families,
    families_finding,
    is_of_other_scheme,
    read_code_of,
    read_other_code,
)
from curriculum.parsing.printed_facts import with_facts_of_texts
from curriculum.parsing.rows import Detail, Duty, DutyKsb, Facts, Occurrence, Rows, Section
from curriculum.parsing.title_lines import is_fact, lines_to_title

__all__ = ["KIND"]

_SECTION = "table"
# A wording that has the next row in it: its quotes are not closed.
_SWALLOWED = re.compile(r"\n[^\S\n]*+[A-Z]{1,3}\d+\s*[,;\t]")
_SWALLOWED_OTHER = re.compile(r"\n[^\S\n]*+(?=\S*\d)[\w.()/*-]{1,40}[,;\t]")
_TOTAL = re.compile(r"(?:grand |sub ?)?totals?(?: ksbs)?|sum|count|average|number of ksbs")


def _titles(lines: Sequence[str], header: CodeTableHeader) -> tuple[Passage, ...]:
    """Return the lines above the header, each a title."""
    above = enumerate(lines[: header.line - 1], start=1)
    titles = (
        (number, " ".join(filter(None, line_to_cell_texts(line)))) for number, line in above if has_text(line)
    )
    return tuple(Passage(text_to_squashed(text), number, number) for number, text in titles)


def _lines_to_rows(lines: Sequence[str], header: CodeTableHeader, where: str) -> Rows:
    """Parse a code table.

    Parameters
    ----------
    lines
        All lines of the file as printed; a quoted cell may run over several.
    header
        The header of the table.
    where
        The file, as a message should name it.

    Returns
    -------
    Rows
        An occurrence for each row; the cells of other columns are details.

    Raises
    ------
    InvalidInput, Faults
        For every row without a code or text, or with more cells than the header, and for every code with
        two wordings.
    """
    cut = tuple(cut_rows(lines, header, where))
    headings = [row for row in cut if _is_heading(row) or is_header_again(row)]
    items = [row for row in cut if row not in headings]
    duty_codes = rows_to_duty_codes(items, header)
    statements = [row for row in items if row.first_line not in duty_codes]
    codes = [row.code for row in statements]
    is_other = is_of_other_scheme(codes)
    families = {} if is_other else cells_to_families(codes)
    duties: list[Duty] = []
    pairs: list[DutyKsb] = []
    occurrences: list[Occurrence] = []
    details: list[Detail] = []
    faults: list[CurriculumError] = []
    titles = _titles(lines, header)
    for row in items:
        read = read_other_code(row.code) if is_other else read_code_of(families, row.code)
        code = duty_codes.get(row.first_line, "") or read
        fault = _row_to_fault(row, code, f"{where}, line {row.first_line}")
        if fault:
            faults.append(fault)
        elif row.first_line in duty_codes:
            duties.append(row_to_duty(row, code))
            pairs += row_to_duty_pairs(row, code, header)
            lists = row_to_duty_codes(row, header)
            details += _further_details(code, row, header, lists)
        else:
            text = text_to_squashed(row.text)
            occurrences.append(Occurrence(code, _SECTION, text, row.first_line, row.last_line))
            details += _further_details(code, row, header)
    if duties and not occurrences and not faults:
        faults.append(_without_ksbs(duties, where))
    elif not occurrences and not faults:
        faults.append(UnreadableFile("holds no row below its header", where=where, expected="code and text"))
    repeated = list(_repeated_faults(occurrences, where))
    raise_faults([*faults, *(_several_faults(statements, header, where) if repeated else ())] or repeated)
    return Rows(
        occurrences=tuple(occurrences),
        duties=tuple(duties),
        duty_ksbs=tuple(pairs),
        details=tuple(details),
        sections=tuple(Section("", "", row.text, row.first_line, row.last_line) for row in titles),
        markers=(header.line, *(row.first_line for row in headings)),
        findings=(
            *further_findings(details),
            *([families_finding(families, header.line + 1)] if families else []),
        ),
    )


def _is_heading(row: CodeTableRow) -> bool:
    """Return whether a row has nothing but the name of a kind: Knowledge."""
    filled = [cell for cell in row.cells if cell.strip()]
    is_kind = len(filled) == 1 and text_to_title_key(filled[0]) in KIND_HEADINGS
    return is_kind or _is_total(row, filled)


def _is_total(row: CodeTableRow, filled: Sequence[str]) -> bool:
    """Return whether a row sums up others: “Total”, and numbers alone beside it."""
    is_sum = _TOTAL.fullmatch(text_to_title_key(row.code)) is not None
    return is_sum and not any(any(map(str.isalpha, cell)) for cell in filled if cell != row.code)


def _without_ksbs(duties: Sequence[Duty], where: str) -> CurriculumError:
    """Return the error for a table that has nothing but duties."""
    number = "1 duty" if len(duties) == 1 else f"{len(duties)} duties"
    return UnreadableFile(
        "holds duties and no KSBs",
        where=where,
        expected="the KSBs with their wordings too, in rows with the same columns",
        found=f"{number}, the first on line {duties[0].first_line}",
        advice="Add the KSBs below the duties, or take the whole standard.",
    )


def _further_details(
    code: str, row: CodeTableRow, header: CodeTableHeader, lists: Container[int] = ()
) -> Iterator[Detail]:
    """Yield the cells of a row that are in other columns; ``lists`` are the places of lists of codes."""
    for at, name in enumerate(header.columns):
        value = text_to_squashed(row.cells[at])
        if at not in header.places and at not in lists and value:
            shown = f"{code}: {name or f'column {at + 1}'}"
            yield Detail(FURTHER_COLUMNS, shown, value, row.first_line, row.last_line)


def _row_to_fault(row: CodeTableRow, code: str, where: str) -> CurriculumError | None:
    if row.is_long:
        return code_table_fault(
            "more cells than columns", where, row.shown, "Put double quotes around the wording."
        )
    if code and (_SWALLOWED if word_to_code(code) else _SWALLOWED_OTHER).search(row.text):
        return code_table_fault(
            "a wording that runs on into the next row", where, row.shown, "Close its quotes."
        )
    if code and row.text.strip():
        return None
    what = "a row without wording" if code else "not the code of a statement"
    return code_table_fault(what, where, row.shown, "Complete the row or delete it.")


def _repeated_faults(occurrences: Sequence[Occurrence], where: str) -> Iterator[CurriculumError]:
    """Yield an error for each code with two wordings, as it is not known which of them is meant."""
    first: dict[str, Occurrence] = {}
    for row in occurrences:
        known = first.setdefault(row.code, row)
        if text_to_key(known.text) != text_to_key(row.text):
            yield InvalidInput(
                f"{row.code} is in two rows with different wordings",
                where=f"{where}, line {row.first_line}",
                expected=f"the wording of line {known.first_line}, “{text_to_shortened(known.text, 40)}”",
                found=f"“{text_to_shortened(row.text, 40)}”",
                advice="Delete one of them, or correct its code.",
            )


def _several_faults(
    rows: Sequence[CodeTableRow], header: CodeTableHeader, where: str
) -> Iterator[CurriculumError]:
    """Yield an error for a table of several standards: a further column tells apart the rows of each code."""
    used = (header.code, header.text, header.kind)
    for at, name in enumerate(header.columns):
        values = dict.fromkeys(text_to_squashed(row.cells[at]) for row in rows)
        keys = {(row.code, text_to_squashed(row.cells[at])) for row in rows}
        is_each_once = len(keys) == len(rows) and 1 < len(values) <= len(rows) / 2
        if at not in used and is_each_once and all(values):
            yield InvalidInput(
                "holds several standards",
                where=where,
                expected="one list of codes",
                found=f"the column “{name}” with {names_to_phrase(f'“{value}”' for value in values)}",
                advice="Save the rows of each as a separate file.",
            )
            return


def _recognise(text: DocumentText) -> str:
    """Return the evidence that a text is a code table; an empty text if it is none."""
    # A table of Markdown is read by its cells: other text is around it.
    if has_markdown_name(text.document.source):
        return ""
    header = lines_to_header(text.document.lines)
    if not header:
        return ""
    places = [at for at in (header.kind, header.code, header.text) if at >= 0]
    return f"the columns {names_to_phrase(header.columns[at] for at in places)} (line {header.line})"


def _parse(text: DocumentText) -> Rows:
    header = lines_to_header(text.document.lines)
    return _lines_to_rows(text.document.lines, header, text.document.source) if header else Rows()


def _text_to_facts(text: DocumentText, rows: Rows) -> Facts:
    """Return what is printed above a table: its title, and its reference, version and level."""
    del text
    above = [Line(row.first_line, row.text) for row in rows.sections]
    first = above[0].text if above and not is_fact(above[0].text) else ""
    return with_facts_of_texts(Facts(title=lines_to_title(above) or first), [line.text for line in above])


KIND: Final = DocumentKind(
    name="code table",
    description="the columns code and text",
    file_endings=(".csv", ".tsv", ".xlsx", ".xlsm"),
    recognise=_recognise,
    parse=_parse,
    facts=_text_to_facts,
    has_prose_lines=False,
)
