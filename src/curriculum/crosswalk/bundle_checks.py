"""Check that the tables of a bundle fit each other: each id leads to a row, and no links contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.decisions.validation import contradictions, decision_to_faults, decisions_to_id_faults
from curriculum.errors import CurriculumError, InvalidInput
from curriculum.model import vocabulary as v
from curriculum.tables.plain_rows import TableRows, row_to_id, rows_to_texts
from curriculum.tables.schemas import FOREIGN_KEYS, OPTIONAL_KEYS

__all__ = ["MAKE_AGAIN", "bundle_to_faults"]

MAKE_AGAIN: Final = "Make the bundle again with curriculum bundle."
_MOST_FAULTS: Final = 20
# The tables whose ids are made of the document and a code.
_OWN: Final = ("statements", "duties", "methods", "themes", "descriptors")
# What a bundle has of the columns with the ids of another table.
_KEYS: Final = tuple(key for key in FOREIGN_KEYS if key[0] in TableRows.__dataclass_fields__)
_CHECKED: Final = tuple(dict.fromkeys(name for name, _, _ in _KEYS))


def bundle_to_faults(bundle: Bundle, where: str) -> Iterator[CurriculumError]:
    """Yield an error for each id that leads nowhere, and for each link or decision that cannot be used.

    Parameters
    ----------
    bundle
        A bundle whose rows fit their tables.
    where
        Its file, as a message should name it.
    """
    yield from _versions_to_faults(bundle, where)
    texts = rows_to_texts(bundle.tables)
    duties = {row[v.DUTY_ID] for row in bundle.tables.duties}
    for part, found in (
        *((name, _table_to_stray(bundle, name)) for name in _CHECKED),
        ("links", _links_to_stray(bundle, texts, duties)),
        ("candidates", _candidates_to_stray(bundle, texts)),
    ):
        for name in list(dict.fromkeys(found))[:_MOST_FAULTS]:
            yield _stray(f"{where}, {part}", name)
    yield from _links_to_contradictions(bundle, where)
    yield from _decisions_to_faults(bundle, texts, duties)


def _versions_to_faults(bundle: Bundle, where: str) -> Iterator[InvalidInput]:
    """Yield an error for a version that is not there or has no statements, and for one beside itself."""
    documents = {row[v.DOCUMENT_ID] for row in bundle.tables.documents}
    filled = {row[v.DOCUMENT_ID] for row in bundle.tables.statements}
    for name in dict.fromkeys((bundle.old, bundle.new)):
        if name not in documents:
            yield _stray(f"{where}, documents", name)
        elif name not in filled:
            what = "a version without statements"
            yield InvalidInput(what, where=f"{where}, statements", found=name, advice=MAKE_AGAIN)
    if bundle.old == bundle.new:
        what = "both versions are the same"
        yield InvalidInput(what, where=where, found=bundle.old, advice=MAKE_AGAIN)


def _table_to_stray(bundle: Bundle, table: str) -> Iterator[str]:
    """Yield each id of a table that leads nowhere, or to another document."""
    rows = getattr(bundle.tables, table)
    for name, column, target in _KEYS:
        if name == table:
            known = {row_to_id(row) for row in getattr(bundle.tables, target)}
            known |= {""} if (name, column) in OPTIONAL_KEYS else set()
            yield from (row[column] for row in rows if row[column] not in known)
    for row in rows if table in _OWN else ():
        if row_to_id(row) != f"{row[v.DOCUMENT_ID]}:{row.get(v.CODE, '')}" and table != "descriptors":
            yield f"{row_to_id(row)} with another document or code"
    for row in rows if table != "version_log" else ():
        ids = [row[column] for name, column, _ in _KEYS if name == table and row[column]]
        if len({name.partition(":")[0] for name in (row_to_id(row), *ids)}) > 1:
            yield f"{row_to_id(row)} with an id of another document"


def _links_to_stray(bundle: Bundle, texts: Mapping[str, str], duties: set[str]) -> Iterator[str]:
    """Yield what a link names that is not of its version, or has another wording."""
    for row in bundle.links:
        if (row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]) != (bundle.old, bundle.new):
            yield f"a link of {row[v.SUBJECT_SOURCE]} to {row[v.OBJECT_SOURCE]}"
        for column, label, source in (
            (v.SUBJECT_ID, v.SUBJECT_LABEL, bundle.old),
            (v.OBJECT_ID, v.OBJECT_LABEL, bundle.new),
        ):
            name = row[column]
            is_known = _is_of(name, source, texts) and texts[name] == row[label]
            if name != v.NO_TERM_FOUND and not is_known:
                yield f"{name} with another wording, or unknown"
        linked = {row[v.SUBJECT_ID], row[v.OBJECT_ID]} - {v.NO_TERM_FOUND}
        if not linked or 0 < len(linked & duties) < len(linked):
            yield f"a link of {row[v.SUBJECT_ID]} to {row[v.OBJECT_ID]}"
        if row[v.RUNNER_UP_ID] and not any(
            _is_of(row[v.RUNNER_UP_ID], source, texts) for source in (bundle.old, bundle.new)
        ):
            yield row[v.RUNNER_UP_ID]


def _candidates_to_stray(bundle: Bundle, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield each id of a candidate that is not of its version; candidates are listed in both directions."""
    for row in bundle.candidates:
        sources = row[v.SUBJECT_SOURCE], row[v.OBJECT_SOURCE]
        if sources not in {(bundle.old, bundle.new), (bundle.new, bundle.old)}:
            yield f"a candidate of {sources[0]} to {sources[1]}"
        for column, source in zip((v.SUBJECT_ID, v.OBJECT_ID), sources, strict=True):
            if not _is_of(row[column], source, texts):
                yield row[column]


def _is_of(name: str, source: str, texts: Mapping[str, str]) -> bool:
    """Return whether an id is that of a statement or a duty of a version."""
    return name in texts and name.partition(":")[0] == source


def _links_to_contradictions(bundle: Bundle, where: str) -> Iterator[InvalidInput]:
    """Yield an error for two relations of one pair, and for a statement with and without a counterpart."""
    pairs = Counter((row[v.SUBJECT_ID], row[v.OBJECT_ID]) for row in bundle.links)
    found = [f"{old} to {new} twice" for (old, new), count in pairs.items() if count > 1]
    linked = {name for pair in pairs if v.NO_TERM_FOUND not in pair for name in pair}
    found += [
        f"{old} to {new} beside another link"
        for old, new in pairs
        if v.NO_TERM_FOUND in {old, new} and linked & {old, new}
    ]
    for name in found[:_MOST_FAULTS]:
        yield InvalidInput(
            "links that contradict each other", where=f"{where}, links", found=name, advice=MAKE_AGAIN
        )


def _decisions_to_faults(bundle: Bundle, texts: Iterable[str], duties: set[str]) -> Iterator[CurriculumError]:
    ids: dict[str, set[str]] = {bundle.old: set(), bundle.new: set()}
    for name in texts:
        ids.setdefault(name.partition(":")[0], set()).add(name)
    wrong = [fault for decision in bundle.decisions for fault in decision_to_faults(decision)]
    yield from wrong
    if not wrong:
        yield from contradictions(bundle.decisions)
        yield from decisions_to_id_faults(bundle.decisions, ids, duties, False)


def _stray(where: str, found: str) -> InvalidInput:
    expected = "a document or statement of the bundle"
    return InvalidInput(
        "an id that leads nowhere", where=where, expected=expected, found=found, advice=MAKE_AGAIN
    )
