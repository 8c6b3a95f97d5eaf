"""Which version is this file? Its codes, texts, dates and labels are compared with each version.

Most codes of a version exist in the next one too, with another meaning, so that codes alone rarely show the
version. All evidence against the version that the user named is shown before anything is written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Final, NamedTuple

from rapidfuzz import fuzz

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import LIST, OPENING, FoundCode
from curriculum.model.codes import code_to_sort_key
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import names_to_phrase, text_to_key, text_to_squashed
from curriculum.remapping.layout import Layout
from curriculum.spreadsheets.tracker import DATE, NUMBER, TEXT, Cell
from curriculum.tables.plain_rows import TableRows

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
    """The result of one comparison; ``against`` and ``likely`` as in `Verdict`."""

    against: str
    sentence: str
    likely: tuple[str, ...] = ()


class _Versions(NamedTuple):
    """The versions of a standard: the documents that are available, and the earliest start date of each."""

    documents: Mapping[str, str]
    starts: tuple[tuple[str, str], ...]


def layouts_to_verdict(
    layouts: Sequence[Layout], tables: TableRows, old: str, source: str, rows: Mapping[str, Iterable[int]]
) -> Verdict:
    """Check whether a file looks like the version that was named.

    Parameters
    ----------
    layouts
        Where the codes of its sheets are.
    tables
        The tables of all documents.
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
    codes = {found_code.code for layout in layouts for found_code in _sure_codes(layout)}
    found = [
        *_compare_texts(layouts, tables, old),
        *_compare_codes(codes, tables, old),
        *_compare_versions(_labels(layouts, source), "label", versions, old, layouts),
        *_compare_versions(_version_cells(layouts, rows), "row", versions, old, layouts),
        *_compare_versions(_started_on(layouts, rows, versions), "start date", versions, old, layouts),
    ]
    against = [finding for finding in found if finding.against]
    sentences = [finding.sentence for finding in sorted(found, key=lambda finding: not finding.against)]
    if not against and len(versions.starts) > 1:
        missing = [version for version, _ in versions.starts if version not in versions.documents]
        if missing:
            sentences.append(
                f"There is a version {', '.join(sorted(missing))} too, whose text is not available: nothing "
                "in the file says that it is of that version."
            )
    gravest = against[0] if against else _Finding("", "")
    return Verdict(gravest.against, tuple(sentences), gravest.likely)


def _sure_codes(layout: Layout) -> Iterator[FoundCode]:
    columns = [found for column in layout.columns for found in column.cells.values()]
    headers = list(layout.matrix.headers.values()) if layout.matrix else []
    return (found_code for found in (*columns, *headers) for found_code in found if found_code.is_sure)


def _tables_to_versions(tables: TableRows, old: str) -> _Versions:
    references = {row[v.DOCUMENT_ID]: row[v.REFERENCE] for row in tables.documents}
    reference = references.get(old, "")
    of_standard = {document for document, other in references.items() if reference and other == reference}
    starts = {
        row[v.VERSION]: row[v.EARLIEST_START_DATE]
        for row in tables.version_log
        if row[v.DOCUMENT_ID] in of_standard and row[v.EARLIEST_START_DATE][:1].isdigit()
    }
    by_version = {
        row[v.VERSION]: row[v.DOCUMENT_ID]
        for row in tables.documents
        if row[v.DOCUMENT_ID] in of_standard and row[v.VERSION]
    }
    return _Versions(by_version, tuple(sorted(starts.items(), key=lambda item: item[1])))


def _texts_beside(layouts: Sequence[Layout]) -> Iterator[tuple[str, str]]:
    """Yield each code that is alone in its cell or begins it, with the wording beside it."""
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


def _compare_texts(layouts: Sequence[Layout], tables: TableRows, old: str) -> Iterator[_Finding]:
    """Compare the texts beside codes with the wording of that code in each version."""
    pairs = list(dict.fromkeys(_texts_beside(layouts)))[:_MOST_TEXTS]
    wordings = _tables_to_keys(tables) if pairs else {}
    counts: Counter[str] = Counter()
    total = 0
    for code, text in pairs:
        key = text_to_key(text)
        fitting = [
            document
            for document, wordings_of_document in wordings.items()
            if code in wordings_of_document
            and fuzz.ratio(key, wordings_of_document[code], score_cutoff=_ALIKE)
        ]
        counts.update(fitting)
        total += bool(fitting)
    if not total:
        return
    best = max(sorted(counts), key=lambda document: (counts[document], document == old))
    if _leads(counts[best], counts[old]):
        yield _Finding(
            _looks_like(best, old),
            f"{counts[best]} of {total} wordings beside codes are those of {best}, {counts[old]} of {old}.",
            (best,),
        )
    else:
        sentence = f"{counts[old]} of {total} wordings beside the codes are those of {old}."
        yield _Finding("", sentence)


def _tables_to_keys(tables: TableRows) -> dict[str, dict[str, str]]:
    """Return the wordings of each document by code, as they are compared; the documents are sorted."""
    keys: dict[str, dict[str, str]] = {}
    for row in sorted(tables.statements, key=itemgetter(v.DOCUMENT_ID)):
        keys.setdefault(row[v.DOCUMENT_ID], {})[row[v.CODE]] = text_to_key(row[v.TEXT])
    return keys


def _leads(count: int, other: int) -> bool:
    return count >= other + max(_LEAST_LEAD, _LEAST_SHARE * count)


def _compare_codes(codes: set[str], tables: TableRows, old: str) -> Iterator[_Finding]:
    """Compare the codes with those of each version."""
    codes_by_document: dict[str, set[str]] = {}
    for row in sorted(tables.statements, key=itemgetter(v.DOCUMENT_ID)):
        codes_by_document.setdefault(row[v.DOCUMENT_ID], set()).add(row[v.CODE])
    known_codes = codes & set().union(*codes_by_document.values())
    against = _leading_version(known_codes, codes_by_document, old) or _version_within(
        known_codes, codes_by_document, old
    )
    if against:
        yield against
    elif known_codes and known_codes <= codes_by_document.get(old, set()):
        fitting = [
            document
            for document, listed in sorted(codes_by_document.items())
            if known_codes <= listed and document != old
        ]
        found = _found_codes(len(known_codes), sorted(codes - known_codes, key=_sort_key))
        yield _Finding("", f"{old} has {found}.{_also_fitting(fitting)}")


def _sort_key(code: str) -> tuple[tuple[int, int], int, str]:
    """Return a sort key that differs for each code; D2 comes before D10."""
    return code_to_sort_key(code), len(code), code


def _found_codes(count: int, unknown: Sequence[str]) -> str:
    """Return how many of the codes that were found a version has; the others are in no version."""
    if unknown:
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        names = ", ".join(unknown[:5]) + more
        return f"{count} of the {count + len(unknown)} codes that were found; no version has {names}"
    return "the one code that was found" if count == 1 else f"all {count} codes that were found"


def _leading_version(
    known_codes: set[str], codes_by_document: Mapping[str, set[str]], old: str
) -> _Finding | None:
    """Return a finding if another version has clearly more of the codes."""
    lacking = {document: known_codes - listed for document, listed in codes_by_document.items()}
    best = min(sorted(codes_by_document), key=lambda document: (len(lacking[document]), document != old))
    lacking_in_old = lacking.get(old, known_codes)
    if not _leads(len(known_codes) - len(lacking[best]), len(known_codes) - len(lacking_in_old)):
        return None
    ahead = sorted(lacking_in_old - lacking[best])
    tied = [
        document
        for document in sorted(codes_by_document)
        if len(lacking[document]) == len(lacking[best]) and document != best
    ]
    too = f" As many codes are of {names_to_phrase(tied)}." if tied else ""
    sentence = f"{len(ahead)} codes are of {best} and not of {old}, such as {', '.join(ahead[:5])}.{too}"
    likely = (best, *tied)
    return _Finding(_looks_like(" or ".join(likely), old), sentence, likely)


def _version_within(
    known_codes: set[str], codes_by_document: Mapping[str, set[str]], old: str
) -> _Finding | None:
    """Return a finding if the codes are nearly all those of another version, and lack many of the old one."""
    codes_of_old = codes_by_document.get(old, set())
    for document, listed in sorted(codes_by_document.items()):
        is_within = known_codes <= listed and len(known_codes) >= _MOST_OF_A_VERSION * len(listed)
        if is_within and len(codes_of_old - listed) > len(codes_of_old) / 5 and not listed >= codes_of_old:
            return _Finding(
                _looks_like(document, old),
                f"It has {len(known_codes)} of the {len(listed)} codes of {document}, and none of the "
                f"{len(codes_of_old - listed)} that only {old} has.",
                (document,),
            )
    return None


def _also_fitting(documents: Sequence[str]) -> str:
    if not documents:
        return ""
    has = "has" if len(documents) == 1 else "have"
    return f" So {has} {names_to_phrase(documents)}: the codes alone do not show the version."


def _labels(layouts: Sequence[Layout], source: str) -> Counter[str]:
    """Return the versions in the name of the file, in names of sheets, and in cells at the top."""
    texts = [source, *(layout.sheet.name for layout in layouts)]
    for layout in layouts:
        for _, cells in list(layout.sheet.rows.items())[:_TOP]:
            texts += [cell.text for cell in cells.values() if cell.form == TEXT and len(cell.text) < 200]
    return Counter(found[1] for text in dict.fromkeys(texts) for found in _LABEL.finditer(text))


def _column_cells(
    layouts: Sequence[Layout], rows: Mapping[str, Iterable[int]], header: re.Pattern[str]
) -> Iterator[Cell]:
    """Yield the cells of the columns with a certain header, in the rows that are remapped."""
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
    """Return the version that a cell names; the number 1 names version 1.0."""
    text = cell.text.strip()
    if cell.form == NUMBER:
        return text if "." in text else f"{text}.0"
    found = re.search(r"(?<![\d.])(\d+\.\d+)(?!\.?\d)", text)
    return found[1] if found else ""


def _started_on(
    layouts: Sequence[Layout], rows: Mapping[str, Iterable[int]], versions: _Versions
) -> Counter[str]:
    """Count the start dates by the version that was current on that day."""
    counts: Counter[str] = Counter()
    for cell in _column_cells(layouts, rows, _START_HEADER):
        day = cell.text if cell.form == DATE else text_to_iso_date(cell.text) if cell.form == TEXT else ""
        past = [version for version, start in versions.starts if day and start <= day]
        counts.update(past[-1:])
    return counts


def _compare_versions(
    counts: Counter[str], what: str, versions: _Versions, old: str, layouts: Sequence[Layout]
) -> Iterator[_Finding]:
    """Compare the labels, rows or start dates that indicate a version with the version that was named."""
    named = next((version for version, document in versions.documents.items() if document == old), "")
    logged = {version for version, _ in versions.starts} | set(versions.documents)
    known = Counter({version: count for version, count in counts.items() if version in logged})
    if not named or not known:
        return
    if what == "label" and known[named]:
        # A template can have a version number itself, and a title can name both versions.
        known = Counter({named: 1})
    total = known.total()
    best = max(sorted(known), key=lambda version: (known[version], version == named))
    name = versions.documents.get(best, f"version {best}")
    sentence = _counted(known[best], total, what, best)
    if best != named:
        missing = "" if best in versions.documents else ", whose text is not available"
        likely = tuple(document for document in (versions.documents.get(best),) if document)
        yield _Finding(_looks_like(name, old), f"{sentence}{missing}, and not {named}.", likely)
    elif known[named] < total:
        others = ", ".join(f"{known[version]} say {version}" for version in sorted(known) if version != named)
        n_others = total - known[named]
        # A date can be a typing error; a version in a column for versions is not.
        against = f"{n_others} of its {total} rows are not of {old}." if what == "row" else ""
        yield _Finding(
            against,
            f"{sentence}, {others}: learners stay on the version that they started on. Remap only those of "
            f"{named}, with --where and a column that shows the version"
            f"{_example(layouts, named) if against else ''}.",
        )
    else:
        yield _Finding("", f"{sentence}.")


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
