"""Say what a step from one version to the next asks of a provider: a line for each thing to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from curriculum.analysis.version_facts import CATALOGUE, NOT_COMPARED, PartChange
from curriculum.analysis.version_parts import PLAN_PARTS
from curriculum.analysis.version_prose import PLAN_TEXT, PROSE
from curriculum.model import vocabulary as v
from curriculum.model.text import names_to_phrase, text_to_shortened

__all__ = ["DECIDE", "NOTE", "NOTHING", "REMAP", "StepFacts", "StepHeadline", "Task", "step_to_tasks"]

# The words for what to do, the most pressing first.
CHECK_FILES: Final = "check the files"
REMAP: Final = "remap"
DECIDE: Final = "decide"
TEACH: Final = "plan teaching"
READ: Final = "read"
CHECK: Final = "check"
NOTE: Final = "good to know"
NOTHING: Final = "nothing to do"

_CODES_SHOWN: Final = 8
_VALUE: Final = 60
_CHANGES: Final = {v.NO_COUNTERPART: "without a counterpart found"}
# What a change of a fact asks for; of others, nothing.
_OF_FACTS: Final = {
    "duration": "Check the length of your programme",
    "level": "Check what your documents and your entry requirements say",
    "title": "Use the new title in your documents",
    "start and end dates": "Check which version new apprentices start on",
    "regulation": "Check what the regulator asks for",
    "qualifications": "Check which qualifications apprentices need",
    "gateway": "Check what apprentices need for the gateway",
    "further columns": "Check whether they concern you",
    "titles of statements": "Check whether they concern you",
    "other facts": "Check whether this concerns you",
}
_OF_NOTHING: Final = ("funding", "EQA provider", "job titles", CATALOGUE, "dates")
# More facts of one line than these are shown without their values.
_VALUES_SHOWN: Final = 3
_OF_PLAN: Final = (*PLAN_PARTS, PLAN_TEXT)
_LISTED: Final = ("statements", "duties", "duty-KSB pairs", "options", *_OF_PLAN, PROSE)
# A word for the changes of links in which a statement has a counterpart in other words.
_REWORDED: Final = ("reworded", "merged", "split", "narrowed", "widened", "changed kind")


class StepHeadline(Protocol):
    """What is read of the headline of two versions, whose text is its sentences."""

    @property
    def n_other(self) -> int:
        """The shared codes that now name another statement."""

    @property
    def change(self) -> str:
        """The word for the change."""


class Task(NamedTuple):
    """A thing to do, in a word, and in a sentence."""

    action: str
    sentence: str


@dataclass(frozen=True)
class StepFacts:
    """What is known about a step from one version to the next.

    Attributes
    ----------
    old, new
        What to call both versions.
    headline
        That of their links; None if one of them prints no statements.
    changes
        What changed, and what could not be compared.
    missing
        The versions between them that are not here.
    is_same_version
        Whether both have the same version number.
    by_place
        The version whose codes are the places of its statements in a record, if the other one prints codes.
    are_approved
        Whether both are approved for delivery.
    """

    old: str
    new: str
    headline: StepHeadline | None
    changes: Sequence[PartChange] = ()
    missing: Sequence[str] = ()
    is_same_version: bool = False
    by_place: str = ""
    are_approved: bool = False

    def changed(self, part: str) -> list[PartChange]:
        """Return what changed in a part; rows that are not compared are left out."""
        return [row for row in self.changes if row.part == part and row.change != NOT_COMPARED]

    def not_compared(self) -> list[PartChange]:
        """Return what only one version prints."""
        return [row for row in self.changes if row.change == NOT_COMPARED]


def step_to_tasks(step: StepFacts) -> tuple[Task, ...]:
    """Return what to do for a step, the most pressing first.

    A link that waits for review is never taken as decided: the sentences on codes say that it is proposed.

    Examples
    --------
    >>> change = PartChange("funding", "Maximum funding", "9000", "10000", "changed")
    >>> from curriculum.crosswalk.headline_rows import Headline
    >>> (task,) = step_to_tasks(StepFacts("1.0", "1.1", Headline(20, 0, 0, "untouched"), [change]))
    >>> task.sentence
    'Only the maximum funding (9000 to 10000) changed. Nothing to do for codes and materials.'
    """
    tasks = [
        *_about_files(step),
        *_about_statements(step),
        *_about_lists(step),
        *_about_text(step),
        *_about_facts(step),
    ]
    nothing = tuple(_about_nothing(step, is_only=not tasks))
    return (*tasks, *nothing, *_about_limits(step))


def _about_files(step: StepFacts) -> Iterator[Task]:
    if step.is_same_version and any(row.change != NOT_COMPARED for row in step.changes):
        sentence = "Both have the same version number, but not the same text. Find out which one is in force."
        yield Task(CHECK_FILES, sentence)
    if step.headline and step.headline.change == v.UNRELATED:
        sentence = (
            f"Hardly any statement of {step.old} was found in {step.new}. Check that both are versions of "
            "one standard."
        )
        yield Task(CHECK_FILES, sentence)


def _about_statements(step: StepFacts) -> Iterator[Task]:
    headline, rows = step.headline, step.changed("statements")
    if headline is None or headline.change == v.UNRELATED:
        return
    moved = _distinct(row for row in rows if _has(row, "renumbered"))
    if step.by_place and (headline.n_other or moved):
        sentence = (
            f"The record of {step.by_place} prints no codes: here they are counted in the order of its "
            "statements. If the other version leaves a number out, all later codes differ. Compare them with "
            "the published page before you remap."
        )
        yield Task(CHECK_FILES, sentence)
    if headline.n_other:
        counted = str(headline).partition(". ")[0]
        yield Task(REMAP, f"{counted}. Remap your trackers and materials.")
    elif moved:
        yield Task(
            REMAP, f"{_counted(moved, 'has', 'have')} another code. Remap your trackers and materials."
        )
    waiting = [row for row in (*rows, *step.changed("duties")) if row.is_waiting]
    if waiting:
        yield Task(DECIDE, _to_waiting(waiting))
    if headline.change == v.REWRITTEN:
        yield Task(TEACH, "The statements were rewritten. Plan teaching from the worklist of the report.")
    yield from _about_kinds_of_change(rows)


def _about_kinds_of_change(rows: Sequence[PartChange]) -> Iterator[Task]:
    gone, withdrawn, new = (
        [row for row in rows if _has(row, change)] for change in (v.NO_COUNTERPART, v.WITHDRAWN, v.NEW)
    )
    reworded = _distinct(row for row in rows if any(_has(row, change) for change in _REWORDED))
    if new:
        them = "it" if len(new) == 1 else "them"
        sentence = f"{_counted(new, 'is', 'are')} new{_codes(new)}. Plan how to teach and assess {them}."
        yield Task(TEACH, sentence)
    if gone:
        sentence = (
            f"No counterpart was found for {_number(gone)}{_codes(gone)}. Check before you drop material."
        )
        yield Task(CHECK, sentence)
    if withdrawn:
        yield Task(NOTE, f"{_counted(withdrawn, 'was', 'were')} withdrawn, as decided{_codes(withdrawn)}.")
    if reworded:
        joined = any(_has(row, change) for row in reworded for change in ("merged", "split"))
        what = "edited, merged or split" if joined else "edited"
        it = "it" if len(reworded) == 1 else "them"
        yield Task(READ, f"{_counted(reworded, 'was', 'were')} {what}{_codes(reworded)}. Read {it}.")
    levels = [
        (level, [row for row in rows if row.responsibility == level]) for level in (v.RAISED, v.LOWERED)
    ]
    moved = [f"{level} in {_number(found)}{_codes(found)}" for level, found in levels if found]
    if moved:
        sentence = f"The level of responsibility was {names_to_phrase(moved)}."
        yield Task(CHECK, f"{sentence} Check the level of your teaching and assessment.")
    editorial = [row for row in rows if row.change == "editorial"]
    if editorial and len(editorial) == len(rows):
        which = f"{_counted(editorial, 'differs', 'differ')} in small marks alone{_codes(editorial)}"
        yield Task(NOTHING, f"{which}. Nothing to do.")


def _about_lists(step: StepFacts) -> Iterator[Task]:
    duties, pairs, options = (step.changed(part) for part in ("duties", "duty-KSB pairs", "options"))
    duties = [row for row in duties if row.change != "editorial"]
    if duties:
        yield Task(
            CHECK, f"The duties changed ({_to_counts(duties)}). Compare your scheme of work with them."
        )
    if pairs:
        counts = _to_counts(pairs)
        yield Task(
            CHECK, f"Duties name other KSBs than before ({counts}). Check which duty covers which KSB."
        )
    if options:
        yield Task(
            CHECK, f"The options changed ({_to_counts(options)}). Check the option of each apprentice."
        )
    plan = [(part, rows) for part in _OF_PLAN if (rows := step.changed(part))]
    if plan:
        counts = "; ".join(f"{part}: {_to_counts(rows)}" for part, rows in plan)
        yield Task(CHECK, f"The assessment plan changed ({counts}). Check your assessment materials.")


def _about_text(step: StepFacts) -> Iterator[Task]:
    """Yield what to read of the prose: passages that changed, and those that only one version prints."""
    changed = step.changed(PROSE)
    if changed:
        yield Task(READ, f"{_passages(changed, 'Text changed')}. Read it.")
    alone = [row for row in step.not_compared() if row.part in (PLAN_TEXT, PROSE) and row.name]
    if alone:
        yield Task(READ, f"{_passages(alone, 'Only one of the versions prints some text')}. Read it.")


def _passages(rows: Sequence[PartChange], begin: str) -> str:
    names = list(dict.fromkeys(row.name.rpartition(" > ")[2] for row in rows))
    shown = f"“{'”, “'.join(names[:_CODES_SHOWN])}”"
    more = f" and {len(names) - _CODES_SHOWN} more" if len(names) > _CODES_SHOWN else ""
    return f"{begin} ({shown}{more})"


def _about_facts(step: StepFacts) -> Iterator[Task]:
    for part, advice in _OF_FACTS.items():
        rows = step.changed(part)
        if rows:
            yield Task(CHECK, f"{_facts_to_words(rows)}. {advice}.")
    for row in step.changed("status"):
        statuses = f"The status of {step.old} is “{row.old}”, and that of {step.new} “{row.new}”"
        yield Task(CHECK, f"{statuses}. Check which version new apprentices start on.")


def _about_nothing(step: StepFacts, *, is_only: bool) -> Iterator[Task]:
    """Yield a line on the changes that ask for nothing; or that nothing changed at all."""
    rows = [row for part in _OF_NOTHING for row in step.changed(part)]
    is_known = step.headline is not None
    if rows and is_only and is_known:
        is_all = not any(row.part in _LISTED and not row.name for row in step.not_compared())
        begin = "Only the" if is_all else "Of what both versions print, only the"
        words = _facts_to_words(rows).removeprefix("The")
        yield Task(NOTHING, f"{begin}{words}. Nothing to do for codes and materials.")
    elif any(row.part != "dates" for row in rows):
        # Every version has dates of its own: beside other changes they say nothing new.
        yield Task(NOTHING, f"{_facts_to_words(rows)}. Nothing to do for codes and materials.")
    elif is_only and is_known:
        yield Task(NOTHING, "Nothing changed in what both versions print.")


def _about_limits(step: StepFacts) -> Iterator[Task]:
    """Yield what holds beside the changes: two versions in force, parts not compared, versions left out."""
    if step.are_approved:
        yield Task(CHECK, "Both versions are approved for delivery. Check which one each apprentice is on.")
    if step.headline is None:
        sentence = "Codes are not compared, as not both versions print statements. Name files that hold them."
        yield Task(CHECK_FILES, sentence)
    parts = dict.fromkeys(row.part for row in step.not_compared() if row.part in _LISTED and not row.name)
    if parts:
        words = names_to_phrase(parts)
        yield Task(NOTE, f"Not compared, as only one of the versions prints them: {words}.")
    if step.missing:
        versions = "Version" if len(step.missing) == 1 else "Versions"
        which = "is" if len(step.missing) == 1 else "are"
        sentence = f"{versions} {names_to_phrase(step.missing)} {which} not here."
        yield Task(NOTE, f"{sentence} This step shows the changes of several versions together.")


def _to_waiting(rows: Sequence[PartChange]) -> str:
    """Return how many proposals wait, with those about duties, which the counts of statements leave out."""
    n_duties = sum(row.part == "duties" for row in rows)
    about = f", {n_duties} of them about duties" if 0 < n_duties < len(rows) else ""
    if len(rows) == 1:
        return "1 proposal waits for review. Decide before you rely on it."
    return f"{len(rows)} proposals wait for review{about}. Decide before you rely on them."


def _distinct(rows: Iterable[PartChange]) -> list[PartChange]:
    """Return one row for each old statement; one that is split waits if one of its links does."""
    found: dict[str, PartChange] = {}
    for row in rows:
        code = row.name.partition(" to ")[0]
        known = found.get(code)
        if known:
            found[code] = row._replace(name=code, is_waiting=row.is_waiting or known.is_waiting)
        else:
            found[code] = row
    return list(found.values())


def _has(row: PartChange, change: str) -> bool:
    return change in row.change.split("; ")


def _counted(rows: Sequence[PartChange], singular: str, plural: str) -> str:
    return f"{_number(rows)} {singular if len(rows) == 1 else plural}"


def _number(rows: Sequence[PartChange]) -> str:
    return "1 statement" if len(rows) == 1 else f"{len(rows)} statements"


def _codes(rows: Sequence[PartChange]) -> str:
    """Return the codes of some changes in brackets, and how many wait for review; no long list of codes."""
    names = list(dict.fromkeys(row.name for row in rows))
    n_waiting = sum(row.is_waiting for row in rows)
    waiting = "waiting for review" if n_waiting == len(rows) else f"{n_waiting} waiting for review"
    words = [", ".join(names)] if len(names) <= _CODES_SHOWN else []
    words += [waiting] if n_waiting else []
    return f" ({'; '.join(words)})" if words else ""


def _to_counts(rows: Sequence[PartChange]) -> str:
    """Return how many rows have each change, in words."""
    counts: dict[str, int] = {}
    for row in rows:
        changes = row.change.split("; ")
        for change in changes if len(changes) == 1 else [name for name in changes if name != "identical"]:
            counts[change] = counts.get(change, 0) + 1
    return ", ".join(f"{count} {_CHANGES.get(change, change)}" for change, count in counts.items())


def _facts_to_words(rows: Sequence[PartChange]) -> str:
    """Return facts that changed, as the beginning of a sentence: with both values, if these are few."""
    others = [row for row in rows if row.part != "dates"]
    is_short = len(others) <= _VALUES_SHOWN
    words = [f"{_lower(row.name)}{f' ({_values(row)})' * is_short}" for row in others]
    words += ["dates"] if len(others) < len(rows) else []
    return f"The {names_to_phrase(words)} changed"


def _values(row: PartChange) -> str:
    old, new = (text_to_shortened(text, _VALUE) for text in (row.old, row.new))
    return f"{old} to {new}"


def _lower(name: str) -> str:
    """Return a name as it is within a sentence: EQA keeps its capitals."""
    return name if name[:2].isupper() else f"{name[:1].lower()}{name[1:]}"
