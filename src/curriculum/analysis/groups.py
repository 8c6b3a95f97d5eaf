"""What KSBs a document puts together: by duty, theme, method, descriptor, option and kind."""

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
    """Return the titles of a cell of options, folded.

    Examples
    --------
    >>> sorted(option_to_titles("Live events; core"))
    ['core', 'live events']
    """
    return {title.strip().casefold() for title in cell.split("; ") if title.strip()}


def is_for_option(cell: str, option: str) -> bool:
    """Return whether what is printed with these options concerns people of an option; core is for all."""
    wanted, titles = option_to_titles(option), option_to_titles(cell)
    return not wanted or not titles or v.CORE in titles or bool(titles & wanted)


def check_option(tables: Tables, document_id: str, option: str) -> None:
    """Refuse the title of an option that a document does not have; none at all is no option.

    Raises
    ------
    NotFound
        If the tables hold no such document.
    NotFound
        With the titles that there are.

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
        for name, cell in zip(frame.iloc[:, 0], frame[v.OPTION], strict=True)
        for title in cell.split("; ")
        if title and str(name).partition(":")[0] == document_id
    )
    known = {title.casefold(): title for title in titles if title.casefold() != v.CORE}
    # As elsewhere, capitals and white space make no difference, and several titles may be joined.
    asked = [title for title in option.split("; ") if title.strip().casefold() not in {*known, v.CORE, ""}]
    check_known(asked, list(known.values()), f"option of {document_id}", NotFound)


def tables_to_groups(tables: Tables, document_id: str, option: str = "") -> Iterator[Group]:
    """Yield every group of a document: duties, themes, methods, descriptors by grade, options, kinds.

    Parameters
    ----------
    tables
        Tables that hold the document.
    document_id
        Its id.
    option
        The title of an option: methods then have only what they assess of it.

    Raises
    ------
    NotFound
        If the tables hold no such document.
    NotFound
        If the document has no option of that title.
    """
    check_option(tables, document_id, option)
    own = select_document(tables, document_id)
    assessed = own.statement_methods.loc[
        [is_for_option(cell, option) for cell in own.statement_methods[v.OPTION]]
    ]
    of_theme = own.themes.set_index(v.THEME_ID)[v.OPTION]
    descriptors = own.descriptors.assign(
        code=own.descriptors[v.DESCRIPTOR_ID].map(id_to_code),
        option=own.descriptors[v.THEME_ID].map(of_theme),
    )
    yield from _printed("duty", own.duties, v.TEXT, own.duty_ksbs)
    yield from _printed("theme", own.themes, v.NAME, own.theme_ksbs)
    yield from _printed("method", own.methods.assign(**{v.OPTION: ""}), v.NAME, assessed)
    for grade in v.GRADES:
        of_grade = descriptors[descriptors[v.GRADE] == grade]
        yield from _printed(f"{grade} descriptor", of_grade, v.TEXT, own.descriptor_ksbs)
    yield from _options(own)
    for kind, rows in own.statements.groupby(v.KIND, sort=False):
        yield Group("kind", "", str(kind), "", set(rows[v.STATEMENT_ID]))


def _printed(group: str, frame: pd.DataFrame, name: str, pairs: pd.DataFrame) -> Iterator[Group]:
    key = frame.columns[0]
    ksbs: dict[str, set[str]] = {one: set() for one in frame[key]}
    for one, ksb in zip(pairs[key], pairs[v.STATEMENT_ID], strict=True):
        ksbs.get(one, set()).add(ksb)
    for row in frame.to_dict("records"):
        yield Group(group, row[v.CODE], row[name], row[v.OPTION], ksbs[row[key]])


def _options(own: Tables) -> Iterator[Group]:
    """Yield core, then each option in the order in which duties and statements print them."""
    cells = (v.CORE, *own.duties[v.OPTION], *own.statements[v.OPTION])
    titles = {title.casefold(): title for title in "; ".join(cells).split("; ")}
    for key, title in titles.items():
        rows = own.statements.loc[[key in option_to_titles(cell) for cell in own.statements[v.OPTION]]]
        yield Group("option", "", title, title, set(rows[v.STATEMENT_ID]))


def codes_by_statement(frame: pd.DataFrame, column: str) -> dict[str, str]:
    """Return the codes of what names, groups or assesses each statement, by its id.

    Parameters
    ----------
    frame
        A table of pairs, such as ``duty_ksbs``.
    column
        The column of the ids that are wanted.

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
    return {statement: ", ".join(own) for statement, own in codes.items()}
