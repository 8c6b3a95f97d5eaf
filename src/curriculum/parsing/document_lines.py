"""The lines of a document as the kinds of document read them, its tables read by their cells."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from curriculum.documents.document import Document
from curriculum.model.text import text_to_title_key
from curriculum.parsing.code_cells import with_code_lists
from curriculum.parsing.criteria_rows import has_header, is_criteria_grid, is_outcome_grid
from curriculum.parsing.criteria_statements import grid_to_criteria_statements
from curriculum.parsing.document_kind import DocumentText
from curriculum.parsing.duty_cards import grid_to_card
from curriculum.parsing.duty_mapping_lines import lines_to_duty_mapping
from curriculum.parsing.grids import Grid, cells_to_grids, row_to_line
from curriculum.parsing.heading_rows import with_content_rows
from curriculum.parsing.headings import Block, Role, heading_to_role, lines_to_blocks
from curriculum.parsing.known_tables import grid_to_reading
from curriculum.parsing.labelled import KIND_HEADINGS
from curriculum.parsing.lines import Line, texts_to_lines
from curriculum.parsing.markup_lines import lines_with_markup
from curriculum.parsing.method_grids import is_method_grid, method_grid_to_rows
from curriculum.parsing.nos_columns import is_unit, lines_without_side_headings
from curriculum.parsing.nos_headings import heading_to_part
from curriculum.parsing.numbered_kinds import grid_with_codes
from curriculum.parsing.plan_blocks import has_grading_tables
from curriculum.parsing.row_reader import TableReading
from curriculum.parsing.rows import Rows, join_rows
from curriculum.parsing.theme_columns import reading_to_rows
from curriculum.parsing.theme_headings import text_to_grade
from curriculum.parsing.theme_lists import ThemeReading, lines_to_themes
from curriculum.parsing.title_lines import lines_to_title

__all__ = ["document_to_text"]

# The tables below these headings have parsers of their own.
_OWN_TABLES = frozenset(
    (
        Role.KEY_INFORMATION,
        Role.GRADING,
        Role.OVERALL_GRADING,
        Role.KSB_MAPPING,
        Role.THEME_MAPPING,
        Role.VERSION_LOG,
    )
)
_OF_DUTIES = frozenset((Role.DUTY_LIST, Role.DUTY_KSBS))
# Themes with lists of criteria are looked for in these blocks.
_WITH_THEMES = frozenset((Role.PROSE, Role.JOB_TITLES, Role.KSBS, Role.GRADING, Role.GATEWAY))


def document_to_text(document: Document) -> DocumentText:
    """Return the text of a document, with its tables read by their cells.

    A row of a table of statements or duties is the line that it would be in a text (“K1: wording”). A row of
    another table is one line, with the lines of its cells as its parts. A table that only places the parts of
    a page is read as if it was none, but no wording goes on from one cell to another. Lines that belong to
    the site of a web page are left out. A record of official data and a package of CASE are read by their
    values, not by their lines.
    Themes with lists of criteria are read here too, as documents of every kind can have them.
    """
    if document.record or document.case:
        return DocumentText(document, ())
    is_of_unit = is_unit(document.lines)
    text = _text_with_markup(_text_with_tables(document, is_of_unit=is_of_unit))
    if is_of_unit:  # Its criteria have no themes.
        lines = lines_without_side_headings(text.lines, document.lines)
        return DocumentText(document, lines, text.table_rows)
    mapping, lines = lines_to_duty_mapping(text.lines)
    text = DocumentText(document, lines, join_rows([text.table_rows, mapping]))
    themes = _lines_to_theme_reading(text.lines)
    if not themes.rows.themes:
        return text
    return DocumentText(document, themes.rest, join_rows([text.table_rows, themes.rows]))


def _text_with_markup(text: DocumentText) -> DocumentText:
    """Return a text whose lines are read by what the file says about them."""
    lines, rows = lines_with_markup(with_code_lists(text.lines), text.document.markup)
    return DocumentText(text.document, lines, join_rows([text.table_rows, rows]))


def _text_with_tables(document: Document, *, is_of_unit: bool) -> DocumentText:
    """Return the text of a document, with its tables read by their cells.

    Parameters
    ----------
    document
        The document.
    is_of_unit
        Whether it is a NOS unit.
    """
    plain = _document_to_lines(document)
    grids = tuple(map(with_content_rows, cells_to_grids(document.cells)))
    if not grids:
        return DocumentText(document, plain)
    of_line = {number: grid for grid in grids for number in grid.numbers}
    of_layout = {
        part.number: part.text
        for grid in grids
        if grid.is_layout
        for row in grid.rows
        for cell in row.cells
        for part in cell.lines
    }
    openings = {
        cell.first_line for grid in grids if grid.is_layout for row in grid.rows for cell in row.cells
    }
    lines: list[Line] = []
    readings: list[Rows] = []
    done: set[int] = set()
    role: Role | None = None
    level = 0
    before: Grid | None = None
    last: Line | None = None
    for line in plain:
        grid = of_line.get(line.number)
        if grid is None or grid.is_layout:
            is_opening = line.number in openings or (before is not None and before is not grid)
            # The text of a cell is without the quotes of a CSV.
            lines.append(line._replace(text=of_layout.get(line.number, line.text), is_opening=is_opening))
            role, level = _role_at(line, role, level)
            last = line
        elif id(grid) not in done:
            done.add(id(grid))
            if not is_of_unit and is_method_grid(grid):
                readings.append(method_grid_to_rows(grid))
                before = grid
                continue
            reading = _grid_to_reading(grid, role, last, is_of_unit)
            readings.append(reading_to_rows(reading, last.text if last else ""))
            lines += reading.lines
        before = grid
    return DocumentText(document, tuple(lines), join_rows(readings))


def _role_at(line: Line, role: Role | None, level: int) -> tuple[Role | None, int]:
    """Return the role of the tables below a line, and the level of the heading that says so.

    An unknown heading that the file marks ends what is below a heading of its level.
    """
    known = heading_to_role(line.text)
    if known:
        return known, line.level
    if 0 < line.level <= level and text_to_title_key(line.text) not in KIND_HEADINGS:
        return None, line.level
    return _role_below(line, role), level


def _role_below(line: Line, role: Role | None) -> Role | None:
    """Return the role of tables below a line that is no known heading: behind duties, “Knowledge” is one."""
    is_kind = role in _OF_DUTIES and text_to_title_key(line.text) in KIND_HEADINGS
    return Role.KSBS if is_kind else role


def _document_to_lines(document: Document) -> tuple[Line, ...]:
    """Return the lines of the text itself, each with its level if it is a heading."""
    furniture, headings = document.furniture, document.headings
    texts = (
        ["" if number in furniture else line for number, line in enumerate(document.lines, start=1)]
        if furniture
        else document.lines
    )
    lines, _ = texts_to_lines(texts)
    if not headings:
        return lines
    return tuple(
        line._replace(level=headings[line.number]) if line.number in headings else line for line in lines
    )


def _grid_to_reading(grid: Grid, role: Role | None, above: Line | None, is_of_unit: bool) -> TableReading:
    """Return the rows of a table as lines.

    Parameters
    ----------
    grid
        The table.
    role
        That of the heading above it.
    above
        The last line before it that is in no table.
    is_of_unit
        Whether the document is a NOS unit. Its headings can be in cells, beside or above their lists.
    """
    if is_of_unit and _has_heading_of_unit(grid):
        of_rows = (row_to_line(row, row.cells, {}) for row in grid.rows)
        return TableReading(tuple(part for line in of_rows for part in line.parts or (line,)))
    is_below_grade = above is not None and text_to_grade(above.text) is not None
    of_themes = not is_of_unit and (is_criteria_grid(grid) or is_outcome_grid(grid))
    is_known = role in _OWN_TABLES or is_below_grade or of_themes
    card = grid_to_card(grid) if role in _OF_DUTIES else None
    if not is_known:
        plain, markers = grid_with_codes(grid, above.text if above else "")
        reading = card or grid_to_reading(plain, role in _OF_DUTIES)
        if reading:
            return reading._replace(markers=(*reading.markers, *markers))
    columns = {cell.column: cell.text for cell in grid.header} if has_header(grid) else {}
    of_criteria = (role is Role.GRADING or role not in _OWN_TABLES) and of_themes
    plain, occurrences = grid_to_criteria_statements(grid) if of_criteria else (grid, ())
    lines = tuple(row_to_line(row, row.cells, columns) for row in plain.rows)
    return TableReading(lines, occurrences=occurrences)


def _has_heading_of_unit(grid: Grid) -> bool:
    lines = [line for row in grid.rows for cell in row.cells for line in cell.lines]
    return any(heading_to_part(line, ())[0] for line in lines)


def _lines_to_theme_reading(lines: tuple[Line, ...]) -> ThemeReading:
    """Parse the themes in each run of blocks that have no parser of their own for themes."""
    readings = []
    title = lines_to_title(lines)
    for can_have, run in groupby(lines_to_blocks(lines), key=_can_have_themes):
        blocks = list(run)
        of_run = [line for block in blocks for line in _lines(block)]
        reading = lines_to_themes(of_run, title) if can_have else ThemeReading(Rows(), tuple(of_run))
        readings.append(_without_grading_headings(reading, blocks))
    rest = tuple(line for reading in readings for line in reading.rest)
    return ThemeReading(join_rows(reading.rows for reading in readings), rest)


def _lines(block: Block) -> tuple[Line, ...]:
    return (*((block.heading,) if block.heading else ()), *block.lines)


def _can_have_themes(block: Block) -> bool:
    return block.role in _WITH_THEMES and not (block.role is Role.GRADING and has_grading_tables(block))


def _without_grading_headings(reading: ThemeReading, blocks: Sequence[Block]) -> ThemeReading:
    """Return a reading whose other lines have no heading “Grading” above themes that were read.

    Such a heading announces a table, and nothing is left of it.
    """
    starts = {row.first_line for row in reading.rows.themes}
    starts |= {row.first_line for row in reading.rows.descriptors}
    empty = [
        block.heading.number
        for block in blocks
        if block.heading
        and block.role is Role.GRADING
        and starts & {number for line in block.lines for number in line.numbers}
    ]
    rest = tuple(line for line in reading.rest if line.number not in empty)
    return ThemeReading(join_rows([reading.rows, Rows(markers=tuple(empty))]), rest)
