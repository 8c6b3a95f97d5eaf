"""Show tables and wordings in notebooks: full texts, aligned left, with marked differences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from curriculum.errors import InvalidInput
from curriculum.model import vocabulary as v
from curriculum.model.palette import DELETED, INSERTED
from curriculum.model.word_differences import WordRun, texts_to_word_runs

__all__ = ["NotebookTable", "SideBySide", "links_to_side_by_side", "show"]

_TEXT = "text-align:left;vertical-align:top;white-space:normal"
_SHORT = "text-align:left;vertical-align:top;white-space:nowrap"
_NUMBER = "text-align:right;vertical-align:top"
# Columns with values of at most this length have no line breaks.
_LONGEST_SHORT = 34


@dataclass(frozen=True, repr=False)
class NotebookTable:
    """A frame for a notebook: without its index, with full texts, and numbers with two decimals.

    Attributes
    ----------
    frame
        The frame. SKOS terms are shown without their prefix; a dash means that there is no counterpart.
    """

    frame: pd.DataFrame

    def __repr__(self) -> str:
        """Return the frame as plain text."""
        return self.frame.to_string(index=False)

    def _repr_html_(self) -> str:
        """Return a table for a notebook; every text is escaped."""
        styles = {name: _column_to_style(self.frame[name]) for name in self.frame}
        header = "".join(f'<th style="{styles[name]}">{escape(str(name))}</th>' for name in self.frame)
        rows = "\n".join(
            "<tr>" + "".join(f'<td style="{styles[n]}">{_shown(row[n])}</td>' for n in self.frame) + "</tr>"
            for row in self.frame.to_dict("records")
        )
        return f"<table>\n<tr>{header}</tr>\n{rows}\n</table>"


def _column_to_style(column: pd.Series[Any]) -> str:
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        return _NUMBER
    longest = column.astype(str).str.len().max() if len(column) else 0
    return _SHORT if longest <= _LONGEST_SHORT else _TEXT


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.2f}"
    text = str(value)
    # No line begins with a bracket, so that a code and the number behind it stay together.
    return "–" if text == v.NO_TERM_FOUND else escape(text.removeprefix("skos:")).replace(" (", "&nbsp;(")


def show(frame: pd.DataFrame) -> NotebookTable:
    """Return a frame as a table for notebooks: full texts, aligned left, without the index.

    Examples
    --------
    >>> show(pd.DataFrame({"code": ["K7"], "text": ["How to research & access resources"]}))
    code                               text
      K7 How to research & access resources
    """
    if not isinstance(frame, pd.DataFrame):
        raise InvalidInput("no table", where=repr(frame)[:60].partition("\n")[0], expected="a DataFrame")
    return NotebookTable(frame)


@dataclass(frozen=True, repr=False)
class SideBySide:
    """The two wordings of links side by side, with marked differences, for a notebook.

    Attributes
    ----------
    rows
        The label of each link, and the parts of its old and its new wording.
    """

    rows: tuple[tuple[str, tuple[WordRun, ...], tuple[WordRun, ...]], ...]

    def __repr__(self) -> str:
        """Return the wordings as plain text: deleted words in [-...-], inserted words in {+...+}."""
        return "\n".join(
            f"{header}\n  {_marked(old, '[-', '-]')}\n  {_marked(new, '{+', '+}')}"
            for header, old, new in self.rows
        )

    def _repr_html_(self) -> str:
        """Return a table for a notebook; every text is escaped."""
        deleted = f'<del style="color:{DELETED};font-weight:bold">', "</del>"
        inserted = f'<ins style="color:{INSERTED};font-weight:bold">', "</ins>"
        cell = f'<td style="{_TEXT}">'
        rows = "\n".join(
            f"<tr>{cell}{escape(link)}</td>{cell}{_marked(old, *deleted, escape)}</td>"
            f"{cell}{_marked(new, *inserted, escape)}</td></tr>"
            for link, old, new in self.rows
        )
        names = ("link", "old wording", "new wording")
        header = "<tr>" + "".join(f'<th style="{_TEXT}">{name}</th>' for name in names) + "</tr>"
        return f"<table>\n{header}\n{rows}\n</table>"


def _marked(parts: Iterable[WordRun], before: str, behind: str, to_text: Callable[[str], str] = str) -> str:
    texts = ((to_text(part.text), part.is_shared) for part in parts)
    return " ".join(text if is_shared else f"{before}{text}{behind}" for text, is_shared in texts)


def links_to_side_by_side(links: pd.DataFrame) -> SideBySide:
    """Return the wordings of links side by side, with marked differences.

    Parameters
    ----------
    links
        Rows of a crosswalk with a counterpart.

    Examples
    --------
    >>> links = pd.DataFrame({
    ...     "subject_id": ["st0792-1.0:S15"], "predicate_id": ["skos:closeMatch"],
    ...     "object_id": ["st0792-1.2:S19"], "subject_label": ["Lead liaison with owners"],
    ...     "object_label": ["Obtain terms from owners"]})
    >>> links_to_side_by_side(links)
    S15 closeMatch S19
      [-Lead liaison with-] owners
      {+Obtain terms from+} owners
    """
    return SideBySide(
        tuple(
            (_link(row), *texts_to_word_runs(row[v.SUBJECT_LABEL], row[v.OBJECT_LABEL]))
            for row in links.to_dict("records")
        )
    )


def _link(row: Mapping[Any, str]) -> str:
    """Return the label of a link: code, relation, code."""
    old, new = (row[name].rpartition(":")[2] for name in (v.SUBJECT_ID, v.OBJECT_ID))
    return f"{old} {row[v.PREDICATE_ID].removeprefix('skos:')} {new}"
