"""A crosswalk that the user brings: from `curriculum link`, or a plain table of old and new codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.files.csv_cells import safe_to_text
from curriculum.model import vocabulary as v
from curriculum.model.codes import code_to_nearest
from curriculum.model.plain_words import REVIEW_WORDS, word_to_relation
from curriculum.model.text import names_to_phrase, text_to_squashed
from curriculum.model.version_pair import VersionPair, text_to_known_codes
from curriculum.spreadsheets.tracker import Cell, Sheet, Tracker, cell_name
from curriculum.tables.plain_rows import Row
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row

__all__ = ["tracker_to_links"]

# The headers of each column: those of SSSOM, of the workbook of `curriculum link`, and those that people use.
_HEADERS: Final = {
    v.SUBJECT_ID: ("subject_id", "old", "old code", "from"),
    v.OBJECT_ID: ("object_id", "new", "new code", "new codes", "to"),
    v.PREDICATE_ID: ("predicate_id", "relation"),
    v.CONFIDENCE: ("confidence",),
    v.BAND: ("band", "look needed"),
    v.REVIEWER_LABEL: ("reviewer_label", "reviewer"),
    v.CHANGE: ("change",),
    v.MAPPING_JUSTIFICATION: ("mapping_justification",),
    v.CAUTION: ("caution",),
    v.RUNNER_UP_ID: ("runner_up_id", "runner-up", "second choice"),
    v.STATUS: ("status",),
    v.SUBJECT_SOURCE: ("subject_source",),
    v.OBJECT_SOURCE: ("object_source",),
}
_NAMES: Final = {header: name for name, headers in _HEADERS.items() for header in headers}
_NOTHING: Final = frozenset(("", "-", "–", "withdrawn", "none", v.NO_TERM_FOUND.casefold()))
_RELATION: Final = re.compile(r"(?:skos:)?((?:exact|close|broad|narrow|related)Match)")
# The words of the workbook for each band.
_LOOKS: Final = {word: band for band, word in REVIEW_WORDS.items()}
_TOP: Final = 40
_SHOWN: Final = 5


class _Header(NamedTuple):
    """The header row of a sheet, its columns by their content, and whether it is a plain table of a user."""

    row: int
    columns: Mapping[str, int]
    is_plain: bool


def tracker_to_links(tracker: Tracker, pair: VersionPair) -> tuple[Row, ...]:
    """Read a crosswalk that the user brings.

    Parameters
    ----------
    tracker
        The file, as it was read: a table or a workbook with a column of old codes (``subject_id`` or `old`)
        and one of new codes (``object_id`` or `new`).
    pair
        The two versions.

    Returns
    -------
    tuple of Row
        The links of the pair, as `links_to_code_outcomes` reads them. The rows of a plain table without a
        column ``band`` are decisions.

    Raises
    ------
    InvalidInput, Faults
        If the file has no links of the pair. All rows with codes that the versions lack are listed, with
        their cells, and all old codes that are both withdrawn and linked.
    """
    headers = {sheet.name: header for sheet in tracker.sheets if (header := _sheet_to_header(sheet))}
    if not headers:
        raise InvalidInput(
            "holds no crosswalk",
            where=tracker.source,
            expected="a column headed old (or subject_id) and one headed new (or object_id)",
            found="other headers",
            advice="Rename the columns, or use a file from curriculum link.",
        )
    rows: list[dict[str, object]] = []
    faults: list[CurriculumError] = []
    for sheet in tracker.sheets:
        if sheet.name in headers:
            for number, cells in sheet.rows.items():
                if number > headers[sheet.name].row:
                    try:
                        plain_cells = _unescaped(cells, tracker)
                        rows += _row_to_links(
                            (number, plain_cells), headers[sheet.name], sheet, tracker.source, pair
                        )
                    except CurriculumError as fault:
                        faults.append(fault)
    faults += _contradictions(rows, tracker.source)
    raise_faults(faults)
    if not rows:
        raise _no_link(tracker, headers, pair)
    return tuple(rows)


def _no_link(tracker: Tracker, headers: Mapping[str, _Header], pair: VersionPair) -> InvalidInput:
    """Return the error of a crosswalk that has links of other pairs alone."""
    found = {
        (old, new): None
        for sheet in tracker.sheets
        if sheet.name in headers
        for row, cells in sheet.rows.items()
        if row > headers[sheet.name].row
        for old, new in [_sources(cells, headers[sheet.name])]
        if old and new
    }
    turned = "It goes in the other direction: exchange what is named with --from and --to."
    return InvalidInput(
        "holds no link of this pair",
        where=tracker.source,
        expected=f"links of {pair.old} to {pair.new}",
        found=names_to_phrase(f"links of {old} to {new}" for old, new in list(found)[:_SHOWN]) or "none",
        advice=turned if (pair.new, pair.old) in found else "",
    )


def _sources(cells: Mapping[int, Cell], header: _Header) -> tuple[str, str]:
    """Return the ids of the two versions of a row; empty where the row does not name them."""
    places = [header.columns.get(name, -1) for name in (v.SUBJECT_SOURCE, v.OBJECT_SOURCE)]
    old, new = (text_to_squashed(cells[at].text) if at in cells else "" for at in places)
    return old, new


def _unescaped(cells: Mapping[int, Cell], tracker: Tracker) -> Mapping[int, Cell]:
    """Return cells without the apostrophe that protects texts in a CSV; SSSOM files have none."""
    if tracker.form != "delimited" or tracker.source.casefold().endswith(".sssom.tsv"):
        return cells
    return {at: cell._replace(text=safe_to_text(cell.text)) for at, cell in cells.items()}


def _contradictions(rows: Sequence[Mapping[str, object]], where: str) -> Iterator[CurriculumError]:
    """Yield an error for each old code that is withdrawn in one row and linked in another."""
    targets: dict[object, set[object]] = {}
    for row in rows:
        targets.setdefault(row[v.SUBJECT_ID], set()).add(row[v.OBJECT_ID])
    for old, new_ids in targets.items():
        if v.NO_TERM_FOUND in new_ids and len(new_ids) > 1:
            yield _wrong(where, f"{old} is withdrawn and linked", "one or the other", "both")


def _sheet_to_header(sheet: Sheet) -> _Header | None:
    for row, cells in list(sheet.rows.items())[:_TOP]:
        named = {_NAMES.get(text_to_squashed(cell.text).casefold(), ""): at for at, cell in cells.items()}
        if {v.SUBJECT_ID, v.OBJECT_ID} <= named.keys():
            # SSSOM has proposals; a table that only lists old and new codes has decisions.
            is_sssom = cells[named[v.SUBJECT_ID]].text.strip().casefold() == v.SUBJECT_ID
            return _Header(row, named, not is_sssom and v.BAND not in named)
    return None


def _row_to_links(
    numbered: tuple[int, Mapping[int, Cell]], header: _Header, sheet: Sheet, source: str, pair: VersionPair
) -> Iterator[dict[str, object]]:
    """Yield a link for each old and new code of a row; none if the row is of another pair."""
    row, cells = numbered
    texts = {
        name: text_to_squashed(cells[at].text) for name, at in header.columns.items() if name and at in cells
    }
    sources = (texts.get(v.SUBJECT_SOURCE, pair.old), texts.get(v.OBJECT_SOURCE, pair.new))
    if sources != (pair.old, pair.new) or texts.get(v.SUBJECT_ID, "").casefold() in _NOTHING:
        return
    where = f"{source}, sheet {sheet.name}" if sheet.name else source
    places = {name: f"{where}, cell {cell_name(row, at)}" for name, at in header.columns.items()}
    old_codes = _codes(texts[v.SUBJECT_ID], pair.old, pair.wordings, places[v.SUBJECT_ID])
    written = texts.get(v.OBJECT_ID, "")
    is_withdrawn = written.casefold() in _NOTHING
    new_codes = () if is_withdrawn else _codes(written, pair.new, pair.new_wordings, places[v.OBJECT_ID])
    relation = _relation(texts, places)
    shared = _shared_values(texts, header, source, places)
    for old in old_codes:
        for new in new_codes or ("",):
            yield {
                **name_to_empty_row(CROSSWALK),
                **shared,
                v.SUBJECT_SOURCE: pair.old,
                v.OBJECT_SOURCE: pair.new,
                v.SUBJECT_ID: pair.old_id(old),
                v.SUBJECT_LABEL: pair.wordings.get(old, ""),
                v.OBJECT_ID: pair.new_id(new),
                v.OBJECT_LABEL: pair.new_wordings.get(new, ""),
                v.PREDICATE_ID: relation if new else v.EXACT_MATCH,
            }


def _relation(texts: Mapping[str, str], places: Mapping[str, str]) -> str:
    """Return the SKOS relation of a row; without one it is a close match."""
    found = _RELATION.fullmatch(word_to_relation(texts.get(v.PREDICATE_ID, "") or "closeMatch"))
    if not found:
        raise _wrong(
            places[v.PREDICATE_ID],
            "an unknown relation",
            "a SKOS relation such as closeMatch",
            "another word",
        )
    return f"skos:{found[1]}"


def _shared_values(
    texts: Mapping[str, str], header: _Header, source: str, places: Mapping[str, str]
) -> dict[str, object]:
    """Return the values that all links of a row share."""
    word = texts.get(v.BAND, v.REVIEW)
    band = _LOOKS.get(word.casefold(), word) if v.BAND in header.columns else _band(texts)
    return {
        v.STATUS: texts.get(v.STATUS) if texts.get(v.STATUS) in v.STATUSES else v.PROPOSED,
        v.CONFIDENCE: _confidence(texts.get(v.CONFIDENCE, ""), places.get(v.CONFIDENCE, "")),
        v.BAND: v.ACCEPT if header.is_plain else band,
        v.REVIEWER_LABEL: texts.get(v.REVIEWER_LABEL, ""),
        v.CHANGE: texts.get(v.CHANGE, ""),
        v.CAUTION: texts.get(v.CAUTION, ""),
        v.RUNNER_UP_ID: texts.get(v.RUNNER_UP_ID, ""),
        v.DECIDED_BY: f"crosswalk {source}" if header.is_plain else "",
    }


def _band(texts: Mapping[str, str]) -> str:
    """Return the band of a row without one: only exact matches are accepted."""
    is_same = texts.get(v.MAPPING_JUSTIFICATION) == v.LEXICAL_MATCHING
    return v.ACCEPT if is_same and texts.get(v.OBJECT_ID) != v.NO_TERM_FOUND else v.REVIEW


def _wrong(where: str, what: str, expected: str, found: str) -> InvalidInput:
    return InvalidInput(what, where=where, expected=expected, found=found, advice="Correct that row.")


def _codes(written: str, document_id: str, known: Mapping[str, str], where: str) -> tuple[str, ...]:
    """Parse the codes of a cell, with or without the id of their document."""
    bare = written.replace(f"{document_id}:", "")
    codes = (bare,) if bare in known else text_to_known_codes(bare, known)
    if not codes:
        raise _wrong(where, "no list of codes", f"codes of {document_id}", f"{len(written)} other characters")
    strangers = [code for code in codes if code not in known]
    if strangers:
        nearest = code_to_nearest(strangers[0], known)
        expected = f"a code of {document_id}" + (f", such as {nearest}" if nearest else "")
        raise _wrong(where, f"a code that {document_id} lacks", expected, ", ".join(strangers))
    return codes


def _confidence(text: str, where: str) -> float:
    try:
        value = float(text) if text else float("nan")
    except ValueError:
        value = 2.0
    if value < 0 or value > 1:
        raise _wrong(where, "no confidence", "a number from 0 to 1", "something else")
    return value
