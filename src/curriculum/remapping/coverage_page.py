"""What is covered, told to people as one page to print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

import pandas as pd

from curriculum.model import vocabulary as v
from curriculum.model.palette import BLUE, ORANGE
from curriculum.remapping import evidence_coverage as c
from curriculum.remapping.counted_cells import COUNTED
from curriculum.remapping.coverage_sentences import EVIDENCE, OF_KSBS, count_to_told, group_to_plural

__all__ = ["coverage_to_page"]

_OF_OPTIONS = (c.CORE, c.OPTION_GROUP)
_OF_GROUPS = ("all covered", "some", "none")
# Marks, colours and stripes say again what the words beside them say.
_MARKS = dict(zip((*c.STATES, *c.GROUP_STATES), "●◐○●◐○", strict=True))
_STYLE = f"""
:root {{ font: 100%/1.45 system-ui, "Segoe UI", "Liberation Sans", Arial, sans-serif; color: #1a1a1a }}
body {{ max-width: 64rem; margin: 0 auto; padding: 1rem; background: #fff }}
h1 {{ font-size: 1.6rem; line-height: 1.2; margin: .5rem 0 }}
.about {{ margin: .1rem 0 }}
h2 {{ font-size: 1.2rem; margin: 2.2rem 0 .3rem; border-bottom: 2px solid #1a1a1a }}
table {{ border-collapse: collapse; width: 100%; font-size: .875rem }}
caption {{ text-align: left; padding: .3rem 0 .5rem; color: #444 }}
th, td {{ text-align: left; vertical-align: top; padding: .35rem .5rem; border-bottom: 1px solid #ccc;
  font-weight: normal; overflow-wrap: anywhere }}
thead th {{ font-weight: bold; border-bottom: 2px solid #666; overflow-wrap: normal }}
.short {{ white-space: nowrap; overflow-wrap: normal }}
.codes {{ min-width: 7em; overflow-wrap: normal }}
.counts {{ width: 15.5rem }} .half {{ width: 41% }} .state {{ width: 10.5rem }}
b.code {{ margin-right: .5em }}
small {{ display: block; white-space: normal; color: #555; font-size: .8125rem }}
.bar {{ display: flex; height: .75rem; border: 1px solid #1a1a1a; margin: .2rem 0; max-width: 18rem }}
.bar i {{ display: block; print-color-adjust: exact; -webkit-print-color-adjust: exact }}
.bar .whole {{ background: {BLUE} }}
.bar .part {{ background: repeating-linear-gradient(45deg, {ORANGE} 0 3px, #fff 3px 6px) }}
.legend .bar {{ display: inline-flex; width: 1.6rem; margin: 0 .3rem 0 0; vertical-align: -.1rem }}
.legend .short {{ margin-right: 1rem }}
@media screen and (max-width: 40rem) {{
  table, caption, thead, tbody {{ display: block }}
  tr {{ display: flex; flex-wrap: wrap; border-bottom: 1px solid #ccc }}
  th, td {{ flex: 1 1 0; min-width: 0 !important; white-space: normal !important; border: 0 !important }}
  tr > :first-child {{ flex-basis: 100% }}
}}
@page {{ size: A4; margin: 15mm }}
@media print {{
  :root {{ font-size: 8.5pt }} body {{ max-width: none; padding: 0 }}
  thead {{ display: table-header-group }} tr, li {{ break-inside: avoid }}
  h1, h2, caption {{ break-after: avoid }} tbody tr:first-child {{ break-before: avoid }}
}}
"""
_FRAME = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main><h1>{title}</h1>
{body}
</main></body>
</html>
"""
_TABLE = """<table role="table">
<caption>{caption}</caption>
<thead role="rowgroup"><tr role="row">{header}</tr></thead>
<tbody role="rowgroup">
{rows}</tbody>
</table>"""


def coverage_to_page(  # noqa: PLR0917 (one argument a section)
    title: str,
    told: Sequence[str],
    before_groups: pd.DataFrame,
    groups: pd.DataFrame,
    covered: pd.DataFrame,
    lost: pd.DataFrame,
    learners: pd.DataFrame | None = None,
    *,
    about: Sequence[str] = (),
    counted: pd.DataFrame | None = None,
    what: str = EVIDENCE,
) -> bytes:
    """Return one page for a browser or the printer: what is covered, of what, and what no longer counts.

    Parameters
    ----------
    title, told
        Its heading, and sentences, as `coverage_to_told` gives them.
    before_groups, groups
        Of the old and the new document, as `coverage_to_groups` gives them.
    covered, lost, learners
        As `coverage`, `evidence_to_lost` and `evidence_to_learners` give them.
    about
        Lines below the heading: of which file, which versions and which day it is.
    counted
        Which cells counted and which did not, as `layouts_to_evidence` gives it.
    what
        What is said to cover the version, `evidence` or `planned teaching`.

    Returns
    -------
    bytes
        HTML in UTF-8 without scripts and without anything from elsewhere; every text is escaped.

    Examples
    --------
    >>> groups = pd.DataFrame(columns=["group", "name"])
    >>> page = coverage_to_page("K7 & S13", [], groups, groups, pd.DataFrame(), pd.DataFrame())
    >>> b"<h1>K7 &amp; S13</h1>" in page
    True
    """
    kinds = [group for group in dict.fromkeys(groups[c.GROUP]) if group != "kind"]
    sections = [
        _about(about),
        _list(told),
        _legend(),
        _before_and_now(before_groups, groups, what),
        *(_groups(name, _of(groups, c.GROUP, name)) for name in kinds),
        _statements(covered, learners is not None and len(learners) > 1, what),
        _lost(lost, what),
        *([] if learners is None else [_learners(learners, what)]),
        *([] if counted is None else [_whatcount_to_told(counted, what)]),
    ]
    return _FRAME.format(title=escape(title), style=_STYLE, body="\n".join(sections)).encode()


def _about(lines: Iterable[str]) -> str:
    return "".join(f'<p class="about">{escape(line)}</p>\n' for line in lines)


def _list(told: Iterable[str]) -> str:
    return "<ul>\n" + "".join(f"<li>{escape(sentence)}</li>\n" for sentence in told) + "</ul>"


def _legend() -> str:
    parts = zip(((1, 0, 0), (0, 1, 0), (0, 0, 1)), c.STATES, strict=True)
    shown = " ".join(f'<span class="short">{_bar(counts)}{_state(state)}</span>' for counts, state in parts)
    return f'<p class="legend">{shown}</p>'


def _table(heading: str, caption: str, headers: Mapping[str, str], rows: Iterable[Sequence[str]]) -> str:
    """Return a section with a table; heads have their class, and the cells of the rows are markup.

    Roles are said outright, as some browsers forget them where a phone shows rows as blocks.
    """
    own = [f' class="{name}"' if name else "" for name in headers.values()]
    texts = zip(map(escape, headers), own, strict=True)
    header = "".join(f'<th scope="col" role="columnheader"{name}>{text}</th>' for text, name in texts)
    lines = []
    for first, *others in rows:
        cells = "".join(
            f'<td role="cell"{name}>{cell}</td>' for name, cell in zip(own[1:], others, strict=True)
        )
        first_cell = f'<th scope="row" role="rowheader"{own[0]}>{first}</th>'
        lines.append(f'<tr role="row">{first_cell}{cells}</tr>\n')
    body = (
        _TABLE.format(caption=escape(caption), header=header, rows="".join(lines))
        if lines
        else "<p>None.</p>"
    )
    return f"<section>\n<h2>{escape(heading)}</h2>\n{body}\n</section>"


def _bar(counts: Sequence[int]) -> str:
    total = sum(counts) or 1
    parts = zip(("whole", "part", "none"), counts, strict=True)
    widths = [f'<i class="{name}" style="width:{100 * n / total:.1f}%"></i>' for name, n in parts if n]
    return f'<span class="bar" aria-hidden="true">{"".join(widths)}</span>'


def _numbers(counts: Sequence[int], words: Sequence[str]) -> str:
    """Return a bar, and beside it what it says: how many of how many, and the others where there are any."""
    first, *others = (f"{count:,} {word}" for count, word in zip(counts, words, strict=True))
    shown = [text for text, count in zip(others, counts[1:], strict=True) if count]
    told = ", ".join([first.replace(" ", f" of {sum(counts):,} ", 1), *shown])
    return f"{_bar(counts)}{escape(told)}"


def _state(state: str) -> str:
    return f'<span aria-hidden="true">{_MARKS[state]}</span> {escape(state)}'


def _small(text: str) -> str:
    return f"<small>{escape(text)}</small>" if text else ""


def _of(frame: pd.DataFrame, column: str, name: str) -> pd.DataFrame:
    return frame[frame[column] == name]


def _before_and_now(before: pd.DataFrame, now: pd.DataFrame, what: str) -> str:
    """Return both versions side by side; their duties are not the same ones, so that only counts compare."""
    by_kind = [_of(one, c.GROUP, "kind") for one in (before, now)]
    rows = []
    for kind in dict.fromkeys([*by_kind[1][v.NAME], *by_kind[0][v.NAME]]):
        rows.append((f"KSBs: {escape(kind)}", *(_kinds(_of(one, v.NAME, kind)) for one in by_kind)))
    for group in dict.fromkeys([*now[c.GROUP], *before[c.GROUP]]):
        if group not in {"kind", c.CORE}:
            own = (_states(_of(one, c.GROUP, group)) for one in (before, now))
            rows.append((escape(group_to_plural(group).capitalize()), *own))
    caption = f"What the same {what} covers of the old version, and what it covers of the new one."
    headers = {"What": "short", "Old version": "half", "New version": "half"}
    return _table("Before and now", caption, headers, rows)


def _kinds(rows: pd.DataFrame) -> str:
    return _numbers([int(rows[name].sum()) for name in c.COUNTS], OF_KSBS) if len(rows) else "none printed"


def _states(rows: pd.DataFrame) -> str:
    counts = Counter(rows[c.STATE])
    return _numbers([counts[state] for state in c.GROUP_STATES], _OF_GROUPS) if len(rows) else "none printed"


def _groups(group: str, groups: pd.DataFrame) -> str:
    caption = f"{count_to_told(len(groups), group)}, and how many of the KSBs of each are covered."
    if group == c.CORE:
        caption = "The KSBs that are for everyone, whatever the option, and how many of them are covered."
    headers = {group.capitalize(): "", "State": "short", "KSBs": "counts", "Not wholly covered": "codes"}
    rows = [
        (
            _named(row, row[v.NAME], "" if group in _OF_OPTIONS else row[v.OPTION]),
            _state(row[c.STATE]),
            _numbers([row[name] for name in c.COUNTS], OF_KSBS),
            escape(row[c.LACKING]),
        )
        for row in groups.to_dict("records")
    ]
    return _table("Core" if group == c.CORE else f"By {group}", caption, headers, rows)


def _named(row: Mapping[Any, str], text: str, option: str = "") -> str:
    """Return a code, what it stands for, and the option; core goes without saying."""
    code = f'<b class="code">{escape(row[v.CODE])}</b>' if row[v.CODE] else ""
    return f"{code}{escape(text)}{_small('' if option.casefold() == v.CORE else option)}"


def _statements(covered: pd.DataFrame, is_pooled: bool, what: str) -> str:
    pooled = f" The {what} of all learners is put together here." if is_pooled else ""
    caption = f"Every KSB of the new version, and the old codes whose {what} counts for it.{pooled}"
    headers = {"KSB": "", "State": "state", "Old codes": "codes"}
    rows = [
        (
            _named(row, row[v.TEXT], row[v.OPTION]),
            _state(row[c.STATE]) + _if_right(row),
            _old_codes(row, what),
        )
        for row in covered.to_dict("records")
    ]
    return _table("Every KSB", caption, headers, rows)


def _if_right(row: Mapping[Any, str]) -> str:
    later = row[c.STATE_IF_RIGHT]
    return _small(f"{later} if every proposal is right") if later != row[c.STATE] else ""


def _old_codes(row: Mapping[Any, Any], what: str) -> str:
    cells = f" ({count_to_told(row[c.N_CELLS], 'cell')})" if row[c.EVIDENCE] else ""
    lacking = f"no {what}: {row[c.LACKING]}" if row[c.LACKING] else ""
    waiting = f"only proposed: {row[c.WAITING]}" if row[c.WAITING] else ""
    return f"{escape(row[c.EVIDENCE] + cells)}{_small(lacking)}{_small(waiting)}"


def _lost(lost: pd.DataFrame, what: str) -> str:
    caption = f"Old KSBs with {what} that does not count now; what is waiting may count once it is decided."
    headers = {"Old KSB": "", "Why": "codes", "Cells": "short"}
    rows = [
        (_named(row, row[v.TEXT]), escape(row[c.WHY]), f"{row[c.N_CELLS]:,}")
        for row in lost.to_dict("records")
    ]
    return _table(f"{what.capitalize()} that no longer counts", caption, headers, rows)


def _whatcount_to_told(counted: pd.DataFrame, what: str) -> str:
    caption = (
        "Where codes stand in the file, whether their cells count, and why. If this is wrong, run the "
        "command again with --evidence COLUMN (codes count where that column is filled in) or with "
        "--sheets NAME (only these sheets are taken)."
    )
    headers = {"Sheet and column": "", "Counted": "short", "Cells": "short", "Why": "half"}
    rows = [
        (
            escape(": ".join(filter(None, (row[v.SHEET], row["column"])))),
            escape(row[COUNTED]),
            f"{row[c.N_CELLS]:,}",
            escape(row[c.WHY]),
        )
        for row in counted.to_dict("records")
    ]
    return _table(f"What counts as {what}", caption, headers, rows)


def _learners(learners: pd.DataFrame, what: str) -> str:
    caption = f"What each learner's own {what} covers of the new version."
    headers = {
        "Learner": "codes",
        "KSBs": "counts",
        "If every proposal is right": "codes",
        "Not wholly covered": "",
    }
    rows = [
        (
            escape(row[c.LEARNER] or "not named"),
            _numbers([row[name] for name in c.COUNTS], OF_KSBS),
            f"{row[c.N_IF_RIGHT]:,} covered",
            escape(row[c.LACKING]),
        )
        for row in learners.to_dict("records")
    ]
    return _table("Learners", caption, headers, rows)
