"""Write a crosswalk as associations of CASE 1.1, and read such a file again.

Source: CASE 1.1, https://www.imsglobal.org/spec/case/v1p1/. CASE has fewer relations than SKOS, and no
place for confidence and status: every value of a row is in the field `extensions` of its association, and
its status is the title of the group of associations that it is in. Only CASE 1.1 has that field, so that
1.0 is not written: a proposal without its status would look like a decision there.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from curriculum.documents.case_reading import without_nulls
from curriculum.documents.case_schema import package_to_faults
from curriculum.documents.json_stream import HashedSource, JsonReader
from curriculum.errors import CurriculumError, InvalidInput, InvalidTable, raise_faults
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.tables.case_standard import frame_to_dicts
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import CROSSWALK, SCHEMAS
from curriculum.tables.typed_frames import columns_to_typed

__all__ = ["case_to_crosswalk", "crosswalk_to_case"]

_PAIR: Final = (v.SUBJECT_SOURCE, v.OBJECT_SOURCE)
# The ends of an association have them.
_OF_ENDS: Final = (v.SUBJECT_LABEL, v.OBJECT_LABEL)
_WITHOUT: Final = "without_counterpart"
_ROW: Final = "row"
# The addresses of statements of frameworks of CASE, whose items have addresses of their own.
_SUBJECT_URI, _OBJECT_URI = "subject_uri", "object_uri"
_DECIDED: Final = frozenset((v.DECIDED, v.DECIDED_BEFORE))
_COLUMNS: Final = SCHEMAS[CROSSWALK].columns
_EXPECTED: Final = "a crosswalk that curriculum link has written"
_ADVICE: Final = "Write the crosswalk again with curriculum link, or use its CSV or workbook."

_Row = dict[str, Any]


def row_to_association_type(row: Mapping[str, Any]) -> str:
    """Return the type of the association of a mapping.

    An exact match is `exactMatchOf`; a merged or split statement is `isPartOf`; a close match is
    `replacedBy` only if a reviewer decided so; all else is `isRelatedTo`.

    Examples
    --------
    >>> row_to_association_type({"predicate_id": "skos:closeMatch", "status": "decided by a reviewer"})
    'replacedBy'
    >>> row_to_association_type({"predicate_id": "skos:closeMatch", "status": "proposed"})
    'isRelatedTo'
    """
    relation = row[v.PREDICATE_ID]
    if relation == v.EXACT_MATCH:
        return case.EXACT_MATCH_OF
    if relation in (v.BROAD_MATCH, v.NARROW_MATCH):
        return case.PART_OF
    is_decided = row[v.STATUS] in _DECIDED
    return case.REPLACED_BY if relation == v.CLOSE_MATCH and is_decided else case.RELATED_TO


def crosswalk_to_case(crosswalk: pd.DataFrame, links: Mapping[str, Mapping[str, str]] | None = None) -> bytes:
    """Return the crosswalk of one pair of documents as a package of CASE 1.1.

    Each mapping of two statements is an association. The origin is the old statement and the destination the
    new one; but what was split is the other way round, as the new statement is a part of the old one. What
    has no counterpart is in the extensions of the document, as CASE has no association with one end.

    Parameters
    ----------
    crosswalk
        Rows of one pair.
    links
        The identifier and the address of statements of frameworks of CASE, by their ids; all others have
        those that are made of their ids.

    Returns
    -------
    bytes
        UTF-8. The time of the last change is the date of the decision, or `UNKNOWN_TIME` for a proposal.
    """
    rows = frame_to_dicts(crosswalk)
    old, new = (str(rows[0][name]) for name in _PAIR)
    numbered = list(enumerate(rows, start=1))
    linked = [(at, row) for at, row in numbered if not _is_alone(row)]
    alone = [{_ROW: at, **_filled(row)} for at, row in numbered if _is_alone(row)]
    statuses = list(dict.fromkeys(row[v.STATUS] for _, row in linked))
    package: _Row = {case.DOCUMENT: _to_document(rows, old, new, alone)}
    if linked:
        package |= {
            case.ASSOCIATIONS: [_to_association(row, at, links or {}) for at, row in linked],
            case.DEFINITIONS: {case.GROUPINGS: [_to_grouping(old, new, status) for status in statuses]},
        }
    return case.object_to_bytes(package)


def _is_alone(row: _Row) -> bool:
    return v.NO_TERM_FOUND in (row[v.SUBJECT_ID], row[v.OBJECT_ID])


def _name(old: str, new: str, *parts: str) -> str:
    return ":".join(("crosswalk", old, new, *parts))


def _changed(*dates: str) -> dict[str, str]:
    return {case.CHANGED: case.date_to_time(max(dates, default=""))}


def _to_document(rows: list[_Row], old: str, new: str, alone: list[_Row]) -> _Row:
    attribution = "; ".join(dict.fromkeys(filter(None, (row[v.ATTRIBUTION] for row in rows))))
    statuses = "; ".join(dict.fromkeys(row[v.STATUS] for row in rows))
    return {
        **case.id_to_object(_name(old, new)),
        "frameworkType": "Crosswalk",
        "caseVersion": case.CASE_VERSION,
        "creator": "curriculum",
        case.TITLE: f"What became of each statement of {old} in {new}",
        **_changed(*(row[v.REVIEW_DATE] for row in rows)),
        "description": f"Status: {statuses}.",
        **({case.NOTES: attribution} if attribution else {}),
        **case.to_extension(**{v.SUBJECT_SOURCE: old, v.OBJECT_SOURCE: new, _WITHOUT: alone}),
    }


def _filled(row: _Row) -> _Row:
    """Return the cells of a row that are not empty, without those that the document has."""
    return {name: value for name, value in row.items() if name not in _PAIR and value not in ("", None)}


def _to_association(row: _Row, at: int, links: Mapping[str, Mapping[str, str]]) -> _Row:
    old, new = row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]
    subject, target = (
        {**case.id_to_link(row[name], row[label]), **links.get(row[name], {})}
        for name, label in ((v.SUBJECT_ID, v.SUBJECT_LABEL), (v.OBJECT_ID, v.OBJECT_LABEL))
    )
    origin, destination = (target, subject) if row[v.PREDICATE_ID] == v.NARROW_MATCH else (subject, target)
    extension = {name: value for name, value in _filled(row).items() if name not in _OF_ENDS}
    for name, link in ((_SUBJECT_URI, subject), (_OBJECT_URI, target)):
        if not link[case.URI].startswith(case.URN):
            extension[name] = link[case.URI]
    key = (row[v.SUBJECT_ID], row[v.PREDICATE_ID], row[v.OBJECT_ID])
    return {
        **case.id_to_object(_name(old, new, *key)),
        case.ASSOCIATION_TYPE: row_to_association_type(row),
        case.SEQUENCE: at,
        case.ORIGIN: origin,
        case.DESTINATION: destination,
        case.GROUPING_URI: case.id_to_link(_group(old, new, row[v.STATUS]), row[v.STATUS]),
        **_changed(row[v.REVIEW_DATE]),
        case.NOTES: _to_notes(row),
        **case.to_extension(**extension),
    }


def _to_notes(row: _Row) -> str:
    """Return what a person needs to know of an association, in words."""
    confidence = "" if row[v.CONFIDENCE] is None else f"; confidence {row[v.CONFIDENCE]:.3f}"
    return f"{row[v.STATUS]}; {row[v.PREDICATE_ID]}{confidence}; {row[v.CHANGE]}"


def _group(old: str, new: str, status: str) -> str:
    return _name(old, new, "status", status.replace(" ", "-"))


def _to_grouping(old: str, new: str, status: str) -> _Row:
    text = {case.TITLE: status, "description": f"The links from {old} to {new} with this status."}
    return {**case.id_to_object(_group(old, new, status)), **text, **_changed()}


def case_to_crosswalk(data: bytes, where: str) -> pd.DataFrame:
    """Read a crosswalk that `crosswalk_to_case` wrote; it equals the original.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Raises
    ------
    InvalidInput, Faults
        If it is no such crosswalk, or another program changed the type, the group or an end of an
        association: all such associations are named.
    UnreadableFile
        If it is no JSON, or too large.
    """
    reader = JsonReader(HashedSource(io.BytesIO(data)), where)
    for record in reader.records():
        raise _no_crosswalk(where, f"a record of a standard at {record.path}")
    whole = without_nulls(reader.rest)
    package = whole if isinstance(whole, dict) else {}
    document = package.get(case.DOCUMENT)
    extension = case.extension_of(document) if isinstance(document, dict) else {}
    if not all(isinstance(extension.get(name), str) for name in _PAIR):
        raise _no_pair(package, where)
    raise_faults(
        [
            InvalidInput("not as CASE 1.1 has it", where=where, found=str(fault), advice=_ADVICE)
            for fault in package_to_faults(package, case.CASE_VERSION, where)
            if not fault.is_other_field
        ]
    )
    rows, faults = _package_to_rows(package, extension, where)
    raise_faults(faults)
    ordered = sorted(rows, key=lambda row: row[0])
    return _rows_to_frame([row for _, row in ordered], where)


def _no_crosswalk(where: str, found: str, advice: str = _ADVICE) -> InvalidInput:
    return InvalidInput("holds no crosswalk", where=where, expected=_EXPECTED, found=found, advice=advice)


def _no_pair(package: Mapping[str, Any], where: str) -> InvalidInput:
    """Return the error of a package that is no crosswalk of ours: a standard, or of another program."""
    items, associations = (package.get(name) for name in (case.ITEMS, case.ASSOCIATIONS))
    counts = [len(part) if isinstance(part, list) else 0 for part in (items, associations)]
    if counts[0]:
        advice = "Name the crosswalk, which curriculum link writes. A standard is named with --from and --to."
        return _no_crosswalk(where, f"a standard or framework of {counts[0]:,} items", advice)
    if case.DOCUMENT not in package and not counts[1]:
        return _no_crosswalk(where, "JSON that is no package of CASE")
    return _no_crosswalk(where, f"{counts[1]:,} associations of another program")


def _package_to_rows(
    package: Mapping[str, Any], extension: Mapping[str, Any], where: str
) -> tuple[list[tuple[int, _Row]], list[CurriculumError]]:
    pair = {name: extension[name] for name in _PAIR}
    rows: list[tuple[int, _Row]] = []
    faults: list[CurriculumError] = []
    for at, item in enumerate(package.get(case.ASSOCIATIONS, ())):
        row = {**pair, **case.extension_of(item)}
        fault = _association_to_fault(item, row)
        if fault:
            place = f"{where}, {case.ASSOCIATIONS}[{at}]"
            faults.append(
                InvalidInput("changed by another program", where=place, found=fault, advice=_ADVICE)
            )
            continue
        subject, target = _subject_and_object(item, row)
        labels = {v.SUBJECT_LABEL: subject[case.TITLE], v.OBJECT_LABEL: target[case.TITLE]}
        kept = {name: value for name, value in row.items() if name not in (_SUBJECT_URI, _OBJECT_URI)}
        rows.append((int(item.get(case.SEQUENCE, 0)), {**kept, **labels}))
    alone = extension.get(_WITHOUT, [])
    for row in alone if isinstance(alone, list) else []:
        if isinstance(row, dict) and isinstance(row.get(_ROW), int):
            rows.append((row[_ROW], {**pair, **{name: row[name] for name in row if name != _ROW}}))
        else:
            faults.append(_no_crosswalk(f"{where}, {case.DOCUMENT}", f"{_WITHOUT}: not as it was written"))
    return rows, faults


def _subject_and_object(item: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[_Row, _Row]:
    ends = item[case.ORIGIN], item[case.DESTINATION]
    return ends[::-1] if row.get(v.PREDICATE_ID) == v.NARROW_MATCH else ends


def _association_to_fault(item: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    """Return what of an association is not as its row has it; empty if all is."""
    missing = [name for name in (v.SUBJECT_ID, v.OBJECT_ID, v.PREDICATE_ID, v.STATUS) if name not in row]
    if missing:
        return f"no {missing[0]} in its extensions"
    subject, target = _subject_and_object(item, row)
    ends = ((subject, v.SUBJECT_ID, _SUBJECT_URI), (target, v.OBJECT_ID, _OBJECT_URI))
    for link, name, address in ends:
        if link[case.URI] != row.get(address, case.id_to_uri(str(row[name]))):
            return f"an end with the uri {link[case.URI]}, though its {name} is {row[name]}"
    group = item.get(case.GROUPING_URI, {}).get(case.TITLE, "no group")
    if group != row[v.STATUS]:
        return f"the group “{group}”, though its status is “{row[v.STATUS]}”"
    expected = row_to_association_type(row)
    found = item[case.ASSOCIATION_TYPE]
    return "" if found == expected else f"{found}, though its {v.PREDICATE_ID} is {row[v.PREDICATE_ID]}"


def _rows_to_frame(rows: list[_Row], where: str) -> pd.DataFrame:
    unknown = sorted({name for row in rows for name in row} - _COLUMNS.keys())
    if unknown:
        raise _no_crosswalk(where, f"the column {unknown[0]}")
    try:
        columns = {
            name: [_to_cell(row.get(name), spec.dtype) for row in rows] for name, spec in _COLUMNS.items()
        }
        return check_frame(CROSSWALK, columns_to_typed(CROSSWALK, columns))
    except (InvalidTable, ValueError, TypeError) as fault:
        raise _no_crosswalk(where, str(fault)) from fault


def _to_cell(value: Any, dtype: str) -> Any:
    if dtype == "float64":
        return float("nan") if value is None else float(value)
    return "" if value is None else json.dumps(value) if isinstance(value, dict | list) else str(value)
