"""Group the KSBs of a document by duty, theme, method, descriptor, option and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import fields
from typing import NamedTuple

from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.tables.known_ids import check_known
from curriculum.tables.plain_rows import Row, TableRows, check_document_rows, rows_of_document

__all__ = [
    "Group",
    "check_option",
    "codes_by_statement",
    "id_to_code",
    "is_for_option",
    "option_to_titles",
    "rows_to_groups",
]


class Group(NamedTuple):
    """A duty, theme, method, descriptor, option or kind, and the ids of its KSBs."""

    group: str
    code: str
    name: str
    option: str
    ksbs: Collection[str]


def id_to_code(any_id: str) -> str:
    """Return a code without its document.

    Examples
    --------
    >>> id_to_code("st0792-1.2:K7")
    'K7'
    """
    return any_id.partition(":")[2]


def option_to_titles(cell: str) -> set[str]:
    """Return the titles in a cell of options, in lower case.

    Examples
    --------
    >>> sorted(option_to_titles("Live events; core"))
    ['core', 'live events']
    """
    return {title.strip().casefold() for title in cell.split("; ") if title.strip()}


def is_for_option(cell: str, option: str) -> bool:
    """Return whether a cell of options includes an option; core includes every option."""
    wanted, titles = option_to_titles(option), option_to_titles(cell)
    return not wanted or not titles or v.CORE in titles or bool(titles & wanted)


def check_option(tables: TableRows, document_id: str, option: str) -> None:
    """Raise an error if a document does not have an option; an empty title means no option.

    Raises
    ------
    NotFound
        If the tables have no such document.
    NotFound
        If the document has no such option; the message lists its options.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import tables_to_rows
    >>> tables = tables_to_rows(read_tables("data/processed"))
    >>> check_option(tables, "st0792-1.2", "production co-ordinator")
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: “production co-ordinator”: no such option of st0792-1.2; expected one of \
Production coordinator, Post production coordinator. Did you mean Production coordinator or Post production \
coordinator?
    """
    check_document_rows(tables, document_id)
    titles = dict.fromkeys(
        title
        for rows in (tables.statements, tables.duties, tables.themes)
        for row in rows_of_document(rows, document_id)
        for title in row[v.OPTION].split("; ")
        if title
    )
    known = {title.casefold(): title for title in titles if title.casefold() != v.CORE}
    # Case and white space make no difference, and a cell may have several titles.
    asked = [title for title in option.split("; ") if title.strip().casefold() not in {*known, v.CORE, ""}]
    check_known(asked, list(known.values()), f"option of {document_id}", NotFound)


def rows_to_groups(tables: TableRows, document_id: str, option: str = "") -> Iterator[Group]:
    """Yield every group of a document: duties, themes, methods, descriptors by grade, options, kinds.

    Parameters
    ----------
    tables
        The rows of the document.
    document_id
        Its id.
    option
        The title of an option: then methods have only its KSBs.

    Raises
    ------
    NotFound
        If the tables have no such document.
    NotFound
        If the document has no such option.
    """
    check_option(tables, document_id, option)
    document = _select_document(tables, document_id)
    assessed = [row for row in document.statement_methods if is_for_option(row[v.OPTION], option)]
    methods = [{**row, v.OPTION: ""} for row in document.methods]
    yield from _printed("duty", (v.DUTY_ID, v.TEXT), document.duties, document.duty_ksbs)
    yield from _printed("theme", (v.THEME_ID, v.NAME), document.themes, document.theme_ksbs)
    yield from _printed("method", (v.METHOD_ID, v.NAME), methods, assessed)
    descriptors = _descriptors(document)
    for grade in v.GRADES:
        of_grade = [row for row in descriptors if row[v.GRADE] == grade]
        columns = (v.DESCRIPTOR_ID, v.TEXT)
        yield from _printed(f"{grade} descriptor", columns, of_grade, document.descriptor_ksbs)
    yield from _options(document)
    yield from _kinds(document)


def _select_document(tables: TableRows, document_id: str) -> TableRows:
    names = [field.name for field in fields(tables)]
    return TableRows(**{name: rows_of_document(getattr(tables, name), document_id) for name in names})


def _descriptors(document: TableRows) -> list[Row]:
    """Return the descriptors with their codes, each with the option of its theme."""
    options = {row[v.THEME_ID]: row[v.OPTION] for row in document.themes}
    return [
        {**row, v.CODE: id_to_code(row[v.DESCRIPTOR_ID]), v.OPTION: options.get(row[v.THEME_ID], "")}
        for row in document.descriptors
    ]


def _printed(
    group: str, columns: tuple[str, str], rows: Sequence[Row], pairs: Iterable[Row]
) -> Iterator[Group]:
    """Yield the groups of one kind; the columns are those of the id and of the name."""
    key, name = columns
    ksbs: dict[str, set[str]] = {row[key]: set() for row in rows}
    for pair in pairs:
        ksbs.get(pair[key], set()).add(pair[v.STATEMENT_ID])
    for row in rows:
        yield Group(group, row[v.CODE], row[name], row[v.OPTION], ksbs[row[key]])


def _options(document: TableRows) -> Iterator[Group]:
    """Yield core, then each option in the order of duties and statements."""
    cells = (v.CORE, *(row[v.OPTION] for row in (*document.duties, *document.statements)))
    titles = {title.casefold(): title for title in "; ".join(cells).split("; ")}
    for key, title in titles.items():
        ksbs = {row[v.STATEMENT_ID] for row in document.statements if key in option_to_titles(row[v.OPTION])}
        yield Group("option", "", title, title, ksbs)


def _kinds(document: TableRows) -> Iterator[Group]:
    """Yield each kind in the order of the statements."""
    ksbs: dict[str, set[str]] = {}
    for row in document.statements:
        ksbs.setdefault(row[v.KIND], set()).add(row[v.STATEMENT_ID])
    for kind, ids in ksbs.items():
        yield Group("kind", "", kind, "", ids)


def codes_by_statement(rows: Iterable[Row], column: str) -> dict[str, str]:
    """Return the codes of the duties, themes or methods of each statement, by its id.

    Parameters
    ----------
    rows
        The rows of a table of pairs, such as ``duty_ksbs``.
    column
        The column of the ids to list.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> from curriculum.tables.frame_rows import frame_to_rows
    >>> pairs = frame_to_rows(read_tables("data/processed").duty_ksbs)
    >>> codes_by_statement(pairs, "duty_id")["st0792-1.2:K9"]
    'D1, D2, D3'
    """
    codes: dict[str, dict[str, None]] = {}
    for row in rows:
        codes.setdefault(row[v.STATEMENT_ID], {})[id_to_code(row[column])] = None
    return {statement: ", ".join(codes_of_statement) for statement, codes_of_statement in codes.items()}
