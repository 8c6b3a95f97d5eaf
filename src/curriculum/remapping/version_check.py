"""Which version is this file? What its codes, texts, dates and labels say, held against each version.

Most codes of one version exist in the next and mean something else there, so that codes alone rarely
tell. Whatever speaks against the version that a person named is told before anything is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, OPENING, FoundCode
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import names_to_phrase, text_to_key, text_to_squashed
from curriculum.remapping.layout import Layout
from curriculum.spreadsheets.tracker import DATE, NUMBER, TEXT, Cell
from curriculum.tables.carrier import Tables

__all__ = ["Verdict", "layouts_to_verdict"]

_START_HEADER: Final = re.compile(
    r"\b(?:start|started|starts|enrol\w*|on[ -]programme|joined)\b", re.IGNORECASE
)
_VERSION_HEADER: Final = re.compile(r"\bversion\b", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"(?:\bv|\bversion|\bST\d{4}[ _-]++v?)\.?[ _-]*+(\d+\.\d+)(?!\.?\d)", re.IGNORECASE
)
_TOP: Final = 8
_LEAST_TEXT: Final = 25
_ALIKE: Final = 92.0
_MOST_TEXTS: Final = 400
# How much more another version must have than the one that was named.
_LEAST_LEAD, _LEAST_SHARE = 2, 0.1
_MOST_OF_A_VERSION: Final = 0.8


class Verdict(NamedTuple):
    """The result of the check whether a file looks like the version that was named.

    ``against`` is a sentence that names the other version that the file looks like; it is empty if the file
    looks like the version that was named. ``sentences`` give the evidence, the strongest against it first.
    ``likely`` has the ids of the documents that the file looks like instead, if their text is available.
    """

    against: str
    sentences: tuple[str, ...]
    likely: tuple[str, ...] = ()


class _Finding(NamedTuple):
    """What one kind of evidence says; ``against`` and ``likely`` as in `Verdict`."""

    against: str
    sentence: str
    likely: tuple[str, ...] = ()


class _Versions(NamedTuple):
    """The versions of a standard: the documents that are held, and the first day to start on each."""

    documents: Mapping[str, str]
    starts: tuple[tuple[str, str], ...]


def layouts_to_verdict(
    layouts: Sequence[Layout], tables: Tables, old: str, source: str, rows: Mapping[str, Iterable[int]]
) -> Verdict:
    """Judge whether a file looks like a version.

    Parameters
    ----------
    layouts
        Where the codes of its sheets are.
    tables
        The tables of all documents that are held.
    old
        The id of the version that was named.
    source
        The name of the file.
    rows
        The rows that are to be remapped, by sheet.

    Returns
    -------
    Verdict
    """
    versions = _tables_to_versions(tables, old)
    codes = {one.code for layout in layouts for one in _sure_codes(layout)}
    found = [
        *_compare_texts(layouts, tables, old),
        *_compare_codes(codes, tables, old),
        *_compare_versions(_labels(layouts, source), "label", versions, old, layouts),
        *_compare_versions(_version_cells(layouts, rows), "row", versions, old, layouts),
        *_compare_versions(_started_on(layouts, rows, versions), "start date", versions, old, layouts),
    ]
    against = [one for one in found if one.against]
    told = [one.sentence for one in (*against, *(one for one in found if not one.against))]
    if not against and len(versions.starts) > 1:
        missing = [version for version, _ in versions.starts if version not in versions.documents]
        if missing:
            told.append(
                f"There is a version {', '.join(sorted(missing))} too, of which no text is at hand: nothing "
                "in the file says that it is of that version."
            )
    gravest = against[0] if against else _Finding("", "")
    return Verdict(gravest.against, tuple(told), gravest.likely)


def _sure_codes(layout: Layout) -> Iterator[FoundCode]:
    columns = [found for column in layout.columns for found in column.cells.values()]
    headers = list(layout.matrix.headers.values()) if layout.matrix else []
    return (one for found in (*columns, *headers) for one in found if one.is_sure)


def _tables_to_versions(tables: Tables, old: str) -> _Versions:
    documents = tables.documents.set_index(v.DOCUMENT_ID)
    reference = documents.loc[old, v.REFERENCE] if old in documents.index else ""
    held = documents[documents[v.REFERENCE] == reference] if reference else documents.iloc[:0]
    log = tables.version_log[tables.version_log[v.DOCUMENT_ID].isin(held.index)]
    starts = {
        version: start
        for version, start in zip(log[v.VERSION], log[v.EARLIEST_START_DATE], strict=True)
        if start[:1].isdigit()
    }
    by_version = {str(version): str(document) for document, version in held[v.VERSION].items() if version}
    return _Versions(by_version, tuple(sorted(starts.items(), key=lambda one: one[1])))


def _texts_beside(layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """Yield each code that stands alone in its cell or opens it, with the wording beside it."""
    for layout in layouts:
        for column in layout.columns:
            for row, found in column.cells.items():
                if len(found) != 1 or not found[0].is_sure:
                    continue
                cells = layout.sheet.rows[row]
                texts = [cell.text for at, cell in cells.items() if at != column.column and cell.form == TEXT]
                if found[0].form == OPENING:
                    texts = [cells[column.column].text[found[0].end :]]
                yield from ((found[0].code, text) for text in texts if len(text) >= _LEAST_TEXT)
        for column_number, found in (layout.matrix.headers if layout.matrix else {}).items():
            text = layout.sheet.rows[layout.header_row][column_number].text
            if len(found) == 1 and found[0].form != LIST:
                yield found[0].code, text[found[0].end :]


def _compare_texts(layouts: Sequence[Layout], tables: Tables, old: str) -> Iterator[_Finding]:
    """Hold texts beside codes against what each version prints with that code."""
    pairs = list(dict.fromkeys(_texts_beside(layouts)))[:_MOST_TEXTS]
    statements = tables.statements
    wordings = {
        str(document): dict(zip(own[v.CODE], own[v.TEXT].map(text_to_key), strict=True))
        for document, own in statements.groupby(v.DOCUMENT_ID)
    }
    counts: Counter[str] = Counter()
    n_told = 0
    for code, text in pairs:
        key = text_to_key(text)
        fitting = [
            document
            for document, own in wordings.items()
            if code in own and fuzz.ratio(key, own[code], score_cutoff=_ALIKE)
        ]
        counts.update(fitting)
        n_told += bool(fitting)
    if not n_told:
        return
    best = max(sorted(counts), key=lambda one: (counts[one], one == old))
    if _leads(counts[best], counts[old]):
        yield _Finding(
            _looks_like(best, old),
            f"{counts[best]} of {n_told} wordings beside codes are those of {best}, {counts[old]} of {old}.",
            (best,),
        )
    else:
        yield _Finding("", f"{counts[old]} of {n_told} wordings beside the codes are those of {old}.")


def _leads(count: int, other: int) -> bool:
    return count >= other + max(_LEAST_LEAD, _LEAST_SHARE * count)


def _compare_codes(codes: set[str], tables: Tables, old: str) -> Iterator[_Finding]:
    """Hold the codes against those of each version."""
    statements = tables.statements
    held = {str(document): set(own) for document, own in statements.groupby(v.DOCUMENT_ID)[v.CODE]}
    own = {code for code in codes if any(code in one for one in held.values())}
    lacking = {document: own - one for document, one in held.items()}
    best = min(sorted(held), key=lambda one: (len(lacking[one]), one != old))
    mine = held.get(old, set())
    if _leads(len(own) - len(lacking[best]), len(own) - len(lacking.get(old, own))):
        ahead = sorted(lacking.get(old, own) - lacking[best])
        tied = [one for one in sorted(held) if len(lacking[one]) == len(lacking[best]) and one != best]
        too = f" As many codes are of {names_to_phrase(tied)}." if tied else ""
        told = f"{len(ahead)} codes are of {best} and not of {old}, such as {', '.join(ahead[:5])}.{too}"
        likely = (best, *tied)
        yield _Finding(_looks_like(" or ".join(likely), old), told, likely)
        return
    for document, others in sorted(held.items()):
        is_within = own <= others and len(own) >= _MOST_OF_A_VERSION * len(others)
        if is_within and len(mine - others) > len(mine) / 5 and not others >= mine:
            yield _Finding(
                _looks_like(document, old),
                f"It has {len(own)} of the {len(others)} codes of {document}, and none of the "
                f"{len(mine - others)} that only {old} has.",
                (document,),
            )
            return
    fitting = [
        document for document, others in sorted(held.items()) if own and own <= others and document != old
    ]
    if own and own <= mine:
        found = "the one code that was found" if len(own) == 1 else f"all {len(own)} codes that were found"
        yield _Finding("", f"{old} has {found}.{_also_fitting(fitting)}")


def _also_fitting(documents: Sequence[str]) -> str:
    if not documents:
        return ""
    has = "has" if len(documents) == 1 else "have"
    return f" So {has} {names_to_phrase(documents)}: the codes alone do not tell the version."


def _labels(layouts: Sequence[Layout], source: str) -> Counter[str]:
    """Return the versions that the name of the file, of a sheet, or a cell at the top names."""
    texts = [source, *(layout.sheet.name for layout in layouts)]
    for layout in layouts:
        for _, cells in list(layout.sheet.rows.items())[:_TOP]:
            texts += [cell.text for cell in cells.values() if cell.form == TEXT and len(cell.text) < 200]
    return Counter(found[1] for text in dict.fromkeys(texts) for found in _LABEL.finditer(text))


def _column_cells(
    layouts: Sequence[Layout], rows: Mapping[str, Iterable[int]], header: re.Pattern[str]
) -> Iterator[Cell]:
    """Yield the cells that are to be remapped of columns with a certain heading."""
    for layout in layouts:
        headers = layout.sheet.rows.get(layout.header_row, {})
        columns = [column for column, cell in headers.items() if header.search(cell.text)]
        wanted = rows[layout.sheet.name]
        if not (layout.columns or layout.matrix):
            continue
        for row, cells in layout.sheet.rows.items():
            if row > layout.header_row and row in wanted:
                yield from (cells[column] for column in columns if column in cells)


def _version_cells(layouts: Sequence[Layout], rows: Mapping[str, Iterable[int]]) -> Counter[str]:
    cells = _column_cells(layouts, rows, _VERSION_HEADER)
    return Counter(filter(None, map(_cell_to_version, cells)))


def _cell_to_version(cell: Cell) -> str:
    """Return the version that a cell names; of a number 1 it is 1.0."""
    text = cell.text.strip()
    if cell.form == NUMBER:
        return text if "." in text else f"{text}.0"
    found = re.search(r"(?<![\d.])(\d+\.\d+)(?!\.?\d)", text)
    return found[1] if found else ""


def _started_on(
    layouts: Sequence[Layout], rows: Mapping[str, Iterable[int]], versions: _Versions
) -> Counter[str]:
    """Count the start dates by the version that could be started on then."""
    counts: Counter[str] = Counter()
    for cell in _column_cells(layouts, rows, _START_HEADER):
        day = cell.text if cell.form == DATE else text_to_iso_date(cell.text) if cell.form == TEXT else ""
        past = [version for version, start in versions.starts if day and start <= day]
        counts.update(past[-1:])
    return counts


def _compare_versions(
    counts: Counter[str], what: str, versions: _Versions, old: str, layouts: Sequence[Layout]
) -> Iterator[_Finding]:
    """Hold what names or dates a version against the one that was named."""
    own = next((version for version, document in versions.documents.items() if document == old), "")
    logged = {version for version, _ in versions.starts} | set(versions.documents)
    known = Counter({version: count for version, count in counts.items() if version in logged})
    if not own or not known:
        return
    if what == "label" and known[own]:
        # A template has a version of its own, and a heading can name both.
        known = Counter({own: 1})
    total = known.total()
    best = max(sorted(known), key=lambda one: (known[one], one == own))
    name = versions.documents.get(best, f"version {best}")
    told = _counted(known[best], total, what, best)
    if best != own:
        held = "" if best in versions.documents else ", of which no text is at hand"
        likely = tuple(one for one in (versions.documents.get(best),) if one)
        yield _Finding(_looks_like(name, old), f"{told}{held}, and not {own}.", likely)
    elif known[own] < total:
        others = ", ".join(f"{known[one]} say {one}" for one in sorted(known) if one != own)
        n_others = total - known[own]
        # A date can be a slip; what a person wrote in a column for it is meant.
        against = f"{n_others} of its {total} rows are not of {old}." if what == "row" else ""
        yield _Finding(
            against,
            f"{told}, {others}: learners stay on the version that they started on. Remap only those of "
            f"{own}, with --where and a column that tells them apart"
            f"{_example(layouts, own) if against else ''}.",
        )
    else:
        yield _Finding("", f"{told}.")


def _looks_like(name: str, old: str) -> str:
    return f"This file looks like {name}, not like {old}."


def _example(layouts: Sequence[Layout], version: str) -> str:
    headers = (
        cell.text for layout in layouts for cell in layout.sheet.rows.get(layout.header_row, {}).values()
    )
    header = next((text for text in headers if _VERSION_HEADER.search(text)), "")
    return f': --where "{text_to_squashed(header)}={version}"'


def _counted(count: int, total: int, what: str, version: str) -> str:
    if what == "label":
        return f"The file names version {version}"
    verb = "says" if count == 1 else "say"
    if what == "row":
        return f"{count} of {total} rows {verb} version {version}"
    return f"{count} of {total} start dates {verb} version {version} by the version log"
