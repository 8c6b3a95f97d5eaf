"""Put the versions of standards in order: by reference, by version number, by date; with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from curriculum.errors import CurriculumError, InvalidInput, raise_faults
from curriculum.model.text import names_to_phrase, text_to_key
from curriculum.model.version_numbers import version_to_numbers
from curriculum.model.vocabulary import ASSESSMENT_PLAN, NOS_UNIT

__all__ = ["FOUND", "GIVEN", "ORDERS", "Chain", "PlacedVersion", "VersionFacts", "facts_to_chains"]

# How versions are put in order: as they show, or as the user names them, the oldest first.
FOUND: Final = "found"
GIVEN: Final = "given"
ORDERS: Final = (FOUND, GIVEN)
_HOW: Final = (
    "name the files from the oldest to the newest, and say so with --order given (in Python: order='given')"
)


class VersionFacts(NamedTuple):
    """What places a version: what its text says about itself, and what is inferred."""

    document_id: str
    reference: str
    version: str
    title: str
    kind: str
    approved_date: str
    updated_date: str
    source: str
    status: str = ""
    # What is inferred, in words; empty if all is printed.
    inferred: str = ""
    # What calls for caution.
    note: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its version; empty if it has none."""
        return version_to_numbers(self.version)


@dataclass(frozen=True)
class PlacedVersion:
    """A version in its place.

    Attributes
    ----------
    facts
        What is known about it.
    reason
        Why it is in this place.
    notes
        What is inferred, and what calls for caution.
    same_as
        The id of another document with the same text, for which it is left out of the steps; empty for none.
    """

    facts: VersionFacts
    reason: str
    notes: tuple[str, ...] = ()
    is_inferred: bool = False
    same_as: str = ""

    def with_note(self, note: str, *, is_inferred: bool = False, same_as: str = "") -> PlacedVersion:
        """Return the version with one more note."""
        return replace(
            self,
            notes=(*self.notes, note),
            is_inferred=self.is_inferred or is_inferred,
            same_as=same_as or self.same_as,
        )


@dataclass(frozen=True)
class Chain:
    """The versions of one standard, the oldest first.

    Attributes
    ----------
    reference
        The reference of the standard; empty if no version prints one.
    versions
        All versions, also those that are left out.
    """

    reference: str
    versions: tuple[PlacedVersion, ...]

    @property
    def steps(self) -> tuple[PlacedVersion, ...]:
        """The versions that the steps lead over: without those whose text another one has."""
        return tuple(version for version in self.versions if not version.same_as)


def facts_to_chains(
    facts: Sequence[VersionFacts], order: str = FOUND, pairs: Sequence[tuple[str, str]] = ()
) -> tuple[Chain, ...]:
    """Return the versions of each standard in order; two standards are never one chain.

    A version without a reference belongs to the only standard that is named, or to the one with its title;
    its note says so. Versions are ordered by their numbers; one without a number by its date, or
    by the pairs of a register.

    Parameters
    ----------
    facts
        What is known about each version, in the order in which the user named them.
    order
        `found`, or `given`: the versions of each standard are in the order in which they are named.
    pairs
        Pairs of ids of an old and a new document, as a register lists them.

    Raises
    ------
    InvalidInput, Faults
        With every fault at once: a NOS unit or an assessment plan among standards, a version that belongs to
        no standard, or one whose place cannot be told.

    Examples
    --------
    >>> facts = [VersionFacts(name, "ST9901", version, "Farrier", NOS_UNIT, "", "", name)
    ...          for name, version in (("a", "1.10"), ("b", "1.9"))]
    >>> (chain,) = facts_to_chains(facts)
    >>> [(row.facts.document_id, row.reason) for row in chain.versions]
    [('b', 'the lowest version number'), ('a', '1.10 comes after 1.9')]
    """
    _refuse_mixed(facts)
    groups, faults = _to_groups(facts, order)
    chains = []
    for reference, members in groups.items():
        try:
            placed = _as_named(members) if order == GIVEN else _in_order(members, pairs)
            chains.append(Chain(reference, tuple(_with_date_notes(placed))))
        except CurriculumError as fault:
            faults.append(fault)
    raise_faults(faults)
    return tuple(chains)


def _refuse_mixed(facts: Sequence[VersionFacts]) -> None:
    """Refuse documents that are no versions of each other, whatever they print."""
    families: dict[str, list[str]] = {}
    for row in facts:
        family = row.kind if row.kind in (ASSESSMENT_PLAN, NOS_UNIT) else "standard"
        families.setdefault(family, []).append(row.source)
    if len(families) > 1:
        found = "; ".join(f"{names_to_phrase(names)} ({family})" for family, names in families.items())
        raise InvalidInput(
            "documents of several kinds, which are not versions of each other",
            expected="standards alone, NOS units alone, or assessment plans alone",
            found=found,
            advice="Run the command once for each kind.",
        )


def _to_groups(
    facts: Sequence[VersionFacts], order: str
) -> tuple[dict[str, list[PlacedVersion]], list[CurriculumError]]:
    """Return the versions by the reference of their standard, and a fault for each that belongs to none."""
    references = list(dict.fromkeys(row.reference for row in facts if row.reference))
    groups: dict[str, list[PlacedVersion]] = {reference: [] for reference in references}
    faults: list[CurriculumError] = []
    for row in facts:
        notes = tuple(filter(None, (row.inferred, row.note)))
        placed = PlacedVersion(row, "", notes, bool(row.inferred))
        if not row.reference:
            reference, why = _to_reference(row, facts, references, order)
            if not why:
                faults.append(_no_reference(row, references))
                continue
            placed = placed.with_note(why, is_inferred=True) if len(facts) > 1 else placed
            groups.setdefault(reference, []).append(placed)
        else:
            groups[row.reference].append(placed)
    return groups, faults


def _to_reference(
    row: VersionFacts, facts: Sequence[VersionFacts], references: Sequence[str], order: str
) -> tuple[str, str]:
    """Return the standard that a version without a reference belongs to, and why; no reason if unknown."""
    if len(references) == 1:
        return references[0], f"it prints no reference; {references[0]} is the only standard here"
    key = text_to_key(row.title)
    if not references:
        if len(facts) == 1 or order == GIVEN:
            return "", "it prints no reference; taken for a version of the same standard, as it is named here"
        if key and all(text_to_key(other.title) == key for other in facts):
            return "", "it prints no reference; all documents here have its title"
        return "", ""
    titled = {other.reference for other in facts if other.reference and text_to_key(other.title) == key}
    if key and len(titled) == 1:
        (reference,) = titled
        return reference, f"it prints no reference; {reference} has its title"
    return "", ""


def _no_reference(row: VersionFacts, references: Sequence[str]) -> InvalidInput:
    if references:
        advice = f"Name it with the versions of one standard alone ({names_to_phrase(references)} are here)."
    else:
        advice = f"If all files are versions of one standard, {_HOW}."
    return InvalidInput(
        "prints no reference, so that nobody can tell which standard it is a version of",
        where=row.source,
        expected="a reference such as ST0792 in the text, in the register or in the name of the file",
        found=f"the title “{row.title}”" if row.title else "neither a reference nor a title",
        advice=advice,
    )


def _as_named(members: Sequence[PlacedVersion]) -> Iterator[PlacedVersion]:
    """Yield the versions in the order in which they are named; a number that says otherwise is told."""
    last: PlacedVersion | None = None
    for member in members:
        placed = replace(member, reason="as named")
        if last and member.facts.numbers and member.facts.numbers < last.facts.numbers:
            placed = placed.with_note(
                f"its version {member.facts.version} is lower than {last.facts.version}, named before it"
            )
        last = member if member.facts.numbers else last
        yield placed


def _in_order(members: Sequence[PlacedVersion], pairs: Sequence[tuple[str, str]]) -> list[PlacedVersion]:
    """Return the versions by number; those without a number are put between them by date."""
    if len(members) == 1:
        return [replace(members[0], reason="the only version")]
    numbered = sorted((row for row in members if row.facts.numbers), key=_to_key)
    placed = [_numbered(row, numbered[at - 1] if at else None) for at, row in enumerate(numbered)]
    faults: list[CurriculumError] = []
    for row in sorted((row for row in members if not row.facts.numbers), key=_to_dates):
        others = [other.facts for other in placed]
        places = _to_places(row.facts, others)
        registered = _to_registered_places(row.facts, others, pairs)
        if len(places) == 1:
            placed.insert(places[0], _dated(row))
        elif len(registered) == 1:
            why = f"by the pairs of the register, {_without_number(row.facts)}"
            placed.insert(registered[0], replace(row, reason=why, is_inferred=True))
        else:
            faults.append(_no_place(row.facts))
    raise_faults(faults)
    return placed


def _to_key(row: PlacedVersion) -> tuple[tuple[int, ...], str, str]:
    return row.facts.numbers, *_to_dates(row)


def _to_dates(row: PlacedVersion) -> tuple[str, str]:
    return row.facts.updated_date, row.facts.approved_date


def _numbered(row: PlacedVersion, before: PlacedVersion | None) -> PlacedVersion:
    """Return a version with the reason for its place behind another one."""
    if before is None:
        return replace(row, reason="the lowest version number")
    if row.facts.numbers != before.facts.numbers:
        return replace(row, reason=f"{row.facts.version} comes after {before.facts.version}")
    later = _is_later(row.facts, before.facts)
    how = "its date is later" if later else "no date tells which is newer; they are in the order of the files"
    return replace(row, reason=f"the same version as {before.facts.document_id}; {how}")


def _is_later(row: VersionFacts, before: VersionFacts) -> bool:
    return any(new and old and new > old for old, new in _same_dates(before, row))


def _same_dates(old: VersionFacts, new: VersionFacts) -> tuple[tuple[str, str], tuple[str, str]]:
    return (old.updated_date, new.updated_date), (old.approved_date, new.approved_date)


def _to_places(row: VersionFacts, placed: Sequence[VersionFacts]) -> list[int]:
    """Return the places that the dates of a version leave to it; a single one is certain."""
    if not placed:
        return [0]
    for name in ("updated_date", "approved_date"):
        date: str = getattr(row, name)
        dates: list[str] = [getattr(other, name) for other in placed]
        if date and any(dates):
            return [
                at
                for at in range(len(placed) + 1)
                if all(not other or other < date for other in dates[:at])
                and all(not other or other > date for other in dates[at:])
            ]
    return []


def _to_registered_places(
    row: VersionFacts, placed: Sequence[VersionFacts], pairs: Sequence[tuple[str, str]]
) -> list[int]:
    """Return the places that the pairs of a register leave to a version; none if no pair has it."""
    ids = [other.document_id for other in placed]
    older = [ids.index(old) for old, new in pairs if new == row.document_id and old in ids]
    newer = [ids.index(new) for old, new in pairs if old == row.document_id and new in ids]
    first, last = max(older, default=-1) + 1, min(newer, default=len(ids))
    return list(range(first, last + 1)) if older or newer else []


def _dated(row: PlacedVersion) -> PlacedVersion:
    facts = row.facts
    date = f"updated {facts.updated_date}" if facts.updated_date else f"approved {facts.approved_date}"
    return replace(row, reason=f"by its date ({date}), {_without_number(facts)}", is_inferred=True)


def _without_number(facts: VersionFacts) -> str:
    version = facts.version
    return f"as “{version}” is no version number" if version else "as it prints no version number"


def _no_place(facts: VersionFacts) -> InvalidInput:
    dates = (("updated", facts.updated_date), ("approved", facts.approved_date))
    printed = ", ".join(f"{word} {date}" for word, date in dates if date)
    return InvalidInput(
        "its place among the versions cannot be told",
        where=facts.source,
        expected="a version number, or a date that lies between those of two other versions",
        found=f"{f'the version “{facts.version}”' if facts.version else 'no version number'}; "
        f"{printed or 'no date'}",
        advice=f"If you know the order, {_HOW}.",
    )


def _with_date_notes(placed: Iterable[PlacedVersion]) -> Iterator[PlacedVersion]:
    """Yield the versions; one whose date is before that of the version before it has a note."""
    before: PlacedVersion | None = None
    for row in placed:
        dates = _same_dates(before.facts, row.facts) if before else ()
        earlier = next(((old, new) for old, new in dates if new and old and new < old), None)
        if before and earlier:
            old, new = earlier
            yield row.with_note(f"its date {new} is before that of {before.facts.document_id}, {old}")
        else:
            yield row
        before = row
