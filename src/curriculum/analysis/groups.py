"""Group the KSBs of a document by duty, theme, method, descriptor, option and kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

import pandas as pd

from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.tables.carrier import Tables, check_documents, select_document
from curriculum.tables.known_ids import check_known

__all__ = [
    "Group",
    "check_option",
    "codes_by_statement",
    "id_to_code",
    "is_for_option",
    "option_to_titles",
    "tables_to_groups",
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


def check_option(tables: Tables, document_id: str, option: str) -> None:
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
    >>> check_option(read_tables("data/processed"), "st0792-1.2", "production co-ordinator")
    Traceback (most recent call last):
        ...
    curriculum.errors.NotFound: “production co-ordinator”: no such option of st0792-1.2; expected one of \
Production coordinator, Post production coordinator. Did you mean Production coordinator or Post production \
coordinator?
    """
    check_documents(tables, document_id)
    frames = (tables.statements, tables.duties, tables.themes)
    titles = dict.fromkeys(
        title
        for frame in frames
        for name, cell in zip(frame.iloc[:, 0].tolist(), frame[v.OPTION].tolist(), strict=True)
        for title in cell.split("; ")
        if title and str(name).partition(":")[0] == document_id
    )
    known = {title.casefold(): title for title in titles if title.casefold() != v.CORE}
    # Case and white space make no difference, and a cell may have several titles.
    asked = [title for title in option.split("; ") if title.strip().casefold() not in {*known, v.CORE, ""}]
    check_known(asked, list(known.values()), f"option of {document_id}", NotFound)


def tables_to_groups(tables: Tables, document_id: str, option: str = "") -> Iterator[Group]:
    """Yield every group of a document: duties, themes, methods, descriptors by grade, options, kinds.

    Parameters
    ----------
    tables
        Tables of the document.
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
    document = select_document(tables, document_id)
    assessed = document.statement_methods.loc[
        [is_for_option(cell, option) for cell in document.statement_methods[v.OPTION]]
    ]
    of_theme = document.themes.set_index(v.THEME_ID)[v.OPTION]
    descriptors = document.descriptors.assign(
        code=document.descriptors[v.DESCRIPTOR_ID].map(id_to_code),
        option=document.descriptors[v.THEME_ID].map(of_theme),
    )
    yield from _printed("duty", document.duties, v.TEXT, document.duty_ksbs)
    yield from _printed("theme", document.themes, v.NAME, document.theme_ksbs)
    yield from _printed("method", document.methods.assign(**{v.OPTION: ""}), v.NAME, assessed)
    for grade in v.GRADES:
        of_grade = descriptors[descriptors[v.GRADE] == grade]
        yield from _printed(f"{grade} descriptor", of_grade, v.TEXT, document.descriptor_ksbs)
    yield from _options(document)
    for kind, rows in document.statements.groupby(v.KIND, sort=False):
        yield Group("kind", "", str(kind), "", set(rows[v.STATEMENT_ID]))


def _printed(group: str, frame: pd.DataFrame, name: str, pairs: pd.DataFrame) -> Iterator[Group]:
    key = frame.columns[0]
    ksbs: dict[str, set[str]] = {group_id: set() for group_id in frame[key]}
    for group_id, ksb in zip(pairs[key].tolist(), pairs[v.STATEMENT_ID].tolist(), strict=True):
        ksbs.get(group_id, set()).add(ksb)
    columns = (frame[column].tolist() for column in (key, v.CODE, name, v.OPTION))
    for group_id, code, text, option in zip(*columns, strict=True):
        yield Group(group, code, text, option, ksbs[group_id])


def _options(document: Tables) -> Iterator[Group]:
    """Yield core, then each option in the order of duties and statements."""
    cells = (v.CORE, *document.duties[v.OPTION], *document.statements[v.OPTION])
    titles = {title.casefold(): title for title in "; ".join(cells).split("; ")}
    for key, title in titles.items():
        rows = document.statements.loc[
            [key in option_to_titles(cell) for cell in document.statements[v.OPTION]]
        ]
        yield Group("option", "", title, title, set(rows[v.STATEMENT_ID]))


def codes_by_statement(frame: pd.DataFrame, column: str) -> dict[str, str]:
    """Return the codes of the duties, themes or methods of each statement, by its id.

    Parameters
    ----------
    frame
        A table of pairs, such as ``duty_ksbs``.
    column
        The column of the ids to list.

    Examples
    --------
    >>> from pathlib import Path
    >>> from curriculum import read_tables
    >>> codes_by_statement(read_tables(Path("data/processed")).duty_ksbs, "duty_id")["st0792-1.2:K9"]
    'D1, D2, D3'
    """
    codes: dict[str, dict[str, None]] = {}
    for statement, other in zip(frame[v.STATEMENT_ID], frame[column], strict=True):
        codes.setdefault(statement, {})[id_to_code(other)] = None
    return {statement: ", ".join(codes_of_statement) for statement, codes_of_statement in codes.items()}
