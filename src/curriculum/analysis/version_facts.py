"""Compare what two versions print about themselves: funding, duration, level, dates, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from curriculum.analysis.version_chains import Chain
from curriculum.model import vocabulary as v
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_squashed, text_to_title_key
from curriculum.tables.carrier import Tables, check_documents

__all__ = [
    "ADDED",
    "CATALOGUE",
    "CHANGED",
    "NOT_COMPARED",
    "REMOVED",
    "PartChange",
    "documents_to_log",
    "tables_to_fact_changes",
]

# What became of something that a version prints.
ADDED: Final = "added"
REMOVED: Final = "removed"
CHANGED: Final = "changed"
NOT_COMPARED: Final = "not compared"
CATALOGUE: Final = "catalogue"

# Ids and places in the data: no reader asks for them. Options are compared with those of the statements.
_NO_FACTS: Final = frozenset(
    ("JSON path", "GUID of the duty", "options", "licence", "versions", "pages", "printed codes")
)
# Sections whose rows are parts of the plan, or belong to codes, which each version numbers in its own way.
_OF_SECTION: Final = {
    "KSBs without wordings": "assessment of KSBs",
    "criteria": "grading descriptors",
    "performance descriptors": "grading descriptors",
    "grade boundaries": "overall grades",
    "overall grades of outcomes": "overall grades",
    "weightings": "overall grades",
    "verified by the employer": "assessment of KSBs",
    "further columns": "further columns",
    "titles of statements": "titles of statements",
    "gateway": "gateway",
}
_OF_CODE: Final = re.compile(r"(?:[A-Z]{1,4}[0-9]{1,4}|Duty [0-9]{1,4})(?:: |\Z)")
# They say which version it is.
_OF_VERSION: Final = frozenset(
    ("reference", "reference number", "standard reference", "version", "version number", "standard version")
)
_CHANGE: Final = frozenset(("change", "change detail", "changes"))
# A fact by how a word of its name begins, the first that fits.
_PARTS: Final = (
    ("funding", ("funding",)),
    ("duration", ("duration", "epa period", "assessment period", "hours")),
    ("start and end dates", ("start date", "end date", "latest start", "earliest start")),
    ("dates", ("date", "approved", "last updated")),
    ("level", ("level",)),
    ("status", ("status",)),
    ("EQA provider", ("eqa",)),
    ("regulation", ("regulat",)),
    ("qualifications", ("qualification",)),
    ("job titles", ("job title",)),
    # What lists and sites are made of; it asks nothing of a provider.
    (
        CATALOGUE,
        (
            *("route", "lars", "keyword", "pathway", "cluster", "url", "link", "employer", "soc", "suite"),
            *("business sector", "tb main contact", "tbmaincontact", "trailblazer", "developed by"),
            *("originating", "original urn", "relevant occupation", "standard page", "assessment plan url"),
        ),
    ),
)
_OTHER: Final = "other facts"
# One fact under the names of records and of pages.
_SAME_NAMES: Final = {
    "eqaprovider providername": "EQA provider",
    "eqa provider providername": "EQA provider",
    "max funding": "Maximum funding",
    "maximum funding band": "Maximum funding",
    "funding band": "Maximum funding",
    "last updated": "Date updated",
    "typical job titles include": "Typical job titles",
    "lars code int": "Lars code",
}
_PLACE: Final = re.compile(r"\[[0-9]{1,9}\]")
_TIME: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ].*")
_MONEY: Final = re.compile(r"[£,\s]|\.00?\Z")
_UNITS: Final = frozenset(("month", "months", "week", "weeks", "hour", "hours"))
# Columns of `documents` that hold facts which the details may lack.
_COLUMNS: Final = {v.TITLE: "title", v.LEVEL: "level", v.STATUS: "status"}


class PartChange(NamedTuple):
    """What became of one thing that versions print: its part and name, both wordings, and the change.

    ``is_waiting`` says whether it rests on a link that waits for review; ``responsibility``, whether the
    level of responsibility of a statement was `raised` or `lowered`.
    """

    part: str
    name: str
    old: str
    new: str
    change: str
    note: str = ""
    is_waiting: bool = False
    responsibility: str = ""


class _Fact(NamedTuple):
    part: str
    name: str
    values: tuple[str, ...]


def tables_to_fact_changes(tables: Tables, old: str, new: str) -> Iterator[PartChange]:
    """Yield each fact that two versions print with other values, and each that only one of them prints.

    A fact that one version does not print is not compared, and never shown as changed. Money, lengths of time
    and dates are compared by what they say: £9,000 is 9000, and 02/09/2024 is 2 September 2024.

    Parameters
    ----------
    tables
        Tables of both versions.
    old, new
        Their ids.
    """
    check_documents(tables, old, new)
    before, after = (_to_facts(tables, document_id) for document_id in (old, new))
    for key in dict.fromkeys((*before, *after)):
        first, second = before.get(key), after.get(key)
        if first is None or second is None:
            known = first or second
            only = old if first else new
            if known:
                yield _change(known, first, second, NOT_COMPARED, f"{only} alone prints it")
        elif _to_compared(first) != _to_compared(second):
            yield _change(second, first, second, CHANGED, "")


def _change(known: _Fact, old: _Fact | None, new: _Fact | None, change: str, note: str) -> PartChange:
    before, after = ("; ".join(fact.values) if fact else "" for fact in (old, new))
    return PartChange(known.part, known.name, before, after, change, note)


def _to_facts(tables: Tables, document_id: str) -> dict[str, _Fact]:
    """Return the facts of a version by the key of their names, each with all values that are not empty."""
    facts: dict[str, _Fact] = {}
    documents = tables.documents[tables.documents[v.DOCUMENT_ID] == document_id]
    for row in documents.to_dict("records"):
        for column, name in _COLUMNS.items():
            if row[column]:
                facts[name] = _Fact(name, name, (row[column],))
    details = tables.details[tables.details[v.DOCUMENT_ID] == document_id]
    for section, printed, text in zip(details[v.SECTION], details[v.NAME], details[v.VALUE], strict=True):
        name = _to_name(printed)
        key, value = text_to_title_key(name), text_to_squashed(text)
        is_known = key in _OF_VERSION or key in _CHANGE or key in _COLUMNS.values()
        if section in _NO_FACTS or is_known or not value:
            continue
        if section in _OF_SECTION:
            # Such a name says nothing outside its section.
            name = _OF_CODE.sub("", name) or section
            key = f"{section}: {text_to_title_key(name)}"
        known = facts.get(key, _Fact(_OF_SECTION.get(section) or _to_part(key, section), name, ()))
        if value not in known.values:
            facts[key] = known._replace(values=(*known.values, value))
    return facts


def _to_name(printed: str) -> str:
    """Return the name of a fact without its place in a list."""
    name = _PLACE.sub("", printed).strip(" :")
    return _SAME_NAMES.get(text_to_title_key(name), name)


def _to_part(key: str, section: str) -> str:
    words = f" {key} {text_to_title_key(section)}"
    return next((part for part, signs in _PARTS if any(f" {sign}" in words for sign in signs)), _OTHER)


def _to_compared(fact: _Fact) -> frozenset[str]:
    """Return the values of a fact as they are compared: lists without order."""
    return frozenset(_to_key(fact.part, value) for value in fact.values)


def _to_key(part: str, value: str) -> str:
    text = text_to_squashed(value).casefold()
    if part == "funding":
        return _MONEY.sub("", text)
    if part == "duration":
        words = text.partition("(")[0].split()
        return " ".join(word for word in words if word not in _UNITS) or text
    if part == "level":
        return text.removeprefix("level ")
    timed = _TIME.fullmatch(value)
    return text_to_iso_date(timed[1] if timed else value) or text.rstrip(". ")


def documents_to_log(tables: Tables, chain: Chain, version: str) -> str:
    """Return what the newest version log, or the record of a version itself, says that it changed.

    Parameters
    ----------
    tables
        Tables of the documents.
    chain
        The versions of the standard.
    version
        The version.
    """
    log = tables.version_log[
        (tables.version_log[v.VERSION] == version) & (tables.version_log[v.CHANGE_DETAIL] != "")
    ]
    texts = dict(zip(log[v.DOCUMENT_ID], log[v.CHANGE_DETAIL], strict=True))
    newest = [row.facts for row in reversed(chain.versions)]
    logged = [texts[facts.document_id] for facts in newest if facts.document_id in texts]
    ids = [facts.document_id for facts in newest if facts.version == version]
    details = tables.details[tables.details[v.DOCUMENT_ID].isin(ids)]
    is_change = details[v.NAME].map(text_to_title_key).isin(_CHANGE)
    return next(iter([*logged, *details[v.VALUE][is_change]]), "")
