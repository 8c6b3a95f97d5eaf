"""The roles of the columns of a table by their headers: evidence, date, learner, planned teaching and others.

The module looks for signs of evidence, as tables without evidence have too many forms to list: lists of
codes, exported frameworks, values of a drop-down list. A header that is not known has no role.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from curriculum.spreadsheets.tracker import Cell

__all__ = [
    "Roles",
    "framework_headers",
    "header_to_words",
    "headers_to_roles",
    "is_early",
    "is_evidence_number",
    "is_final",
    "is_learner_header",
    "is_name",
    "is_open",
    "is_shown",
    "is_title_of_evidence",
    "names_learners",
    "title_to_exclusion",
]

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{3})")
_AROUND: Final = " :*?.#"
_LEARNER: Final = r"(?:learner|apprentice|student|candidate|trainee)"


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# What the evidence is, and where it is kept.
_EVIDENCE: Final = _words(
    r"\b(?:evidence(?! (?:types?|kinds?|criteria|guid(?:e|ance)|sources?))|evidenced|portfolio|pages?|"
    r"witness statement|testimony|artefacts?|artifacts?)\b|^ev?[ -]?\d{1,3}\b|"
    r"^(?:file|document|attachment|upload|hyperlink|link|url|folder|submission)s?"
    r"(?: (?:name|ref|reference|link|location|path|id))?$"
)
# That it was done and seen; the words of `_DATED` can also be about a lesson.
_SIGNED: Final = _words(
    r"\b(?:achieved|signed|sign[ -]?off|met|gateway|verified|iqa|assessors?|assessed by|observed by|awarded|"
    r"passed)\b"
)
_BY_WHOM: Final = _words(
    r"^(?:(?:lead )?(?:assessors?|iqa|verifier)|(?:assessed|observed|verified) by)(?: name)?$"
)
_DATED: Final = _words(
    r"\b(?:completed?|completion|submitted|done|demonstrated|competent|confirmed|validated|attained)\b|"
    r"^(?:is )?(?:covered|seen|checked|approved|accepted|logged)$|^dates?(?: of evidence)?$|"
    r"^(?:evidence|portfolio|file|page|doc(?:ument)?)? ?ref(?:erence)?\.?$"
)
_RATED: Final = _words(r"\b(?:status|rating|rag|mark|score|grade|outcome|decision|result|progress)\b")
_DENYING: Final = _words(
    r"\b(?:status|rag|progress|achieved|completed?|met|decision|result|outcome|signed|sign[ -]?off)\b"
)
# About the start of a programme, the future, or the standard itself: it shows nothing.
_EARLY: Final = _words(
    r"\b(?:start\w*|initial\w*|baseline|entry|diagnostic|scan|induction|self|confidence|prior|pre|targets?|"
    r"planned|plan|due|deadline|expected|predicted|projected|forecast|next|future|to be|required|"
    r"requirements?|needed|suggested|possible|potential|examples?|ideas|available|max(?:imum)?|weight(?:ing)?|birth|modified|changed|created|"
    r"updated|version|effective|gaps?|learning|standard|end date|method)\b"
)
_LEARNERS: Final = _words(
    rf"^(?:name of )?(?:the )?{_LEARNER}(?:['’]?s['’]?)?(?:[ /(]+(?:{_LEARNER}|full|first|last|family|given|"
    r"name|surname|forename|initials|id|ref|reference|no\.?|number|code|uln)s?)*\)?$|"
    r"^(?:first ?name|forename|surname|last ?name|full name|uln)s?$"
)
_FINAL: Final = _words(r"\b(?:final|end|exit|gateway|summative|assess(?:ed|or|ment)|achieved|awarded|epa)\b")
# Headers of a column of codes which say that the codes were shown, or that they are still to come.
_SHOWN: Final = _words(
    r"\b(?:evidenced?|met|achieved|demonstrated|completed|passed|signed|claimed|assessed|awarded|attained)\b"
)
_OPEN: Final = _words(
    r"\b(?:outstanding|remaining|missing|not|gaps?|to do|to be|still|planned|plan|targets?|targeted|needed|"
    r"required|next|future|due|expected|proposed|suggested|incomplete|unmet)\b"
)
_NAMED: Final = _words(r"^names?$")
_TEACHING: Final = _words(
    r"\b(?:weeks?|sessions?|lessons?|topics?|terms?|half[- ]term|semester|timetable|workshops?|scheme|"
    r"delivery|delivered|taught|teaching|resources?|homework|tutors?|trainers?|teachers?|lecturers?|rooms?|"
    r"learning (?:outcomes?|objectives?|aims?|activit(?:y|ies)))\b"
)
_WORK: Final = _words(
    r"\b(?:units?|modules?|courses?|blocks?|tasks?|assignments?|projects?|activit(?:y|ies)|programme)\b"
)
_METHODS: Final = _words(
    r"\b(?:observation|discussion|interview|project|test|exam|presentation|portfolio|questioning|practical|"
    r"method|mcq|epa|am ?\d|descriptors?|pass|distinction|themes?)\b"
)
_FRAMEWORK: Final = frozenset(
    " ".join(
        """
        identifier; full statement; case identifier; cf item uri; cf document uri;
        human coding scheme; abbreviated statement; smart level;
        cf item type;
        item type; education level; cf document; concept keywords; sequence number; is child of; parent id
        number; id number; short name; description format; scale values; scale configuration; rule type;
        rule outcome; rule config; exported id; is framework; taxonomy; cross referenced competency id
        numbers; list enumeration; parent id; item identifier; statement code; association type; destination
        node uri; origin node uri; guid; uuid; uri
        """.split()  # noqa: SIM905
    ).split("; ")
)
_LEAST_OF_A_FRAMEWORK: Final = 2
_BRACKETED: Final = re.compile(r"(?<!\s)\s*+\([^()]*+\)")
_SCAN: Final = _words(
    r"\b(?:skills? ?scans?|start(?:ing)? ?points?|initial (?:assessments?|skills?|scans?|reviews?|scores?)|"
    r"baselines?|diagnostics?|self[- ]?(?:assess\w*|ratings?|scores?|evaluat\w*)|gap analys[ie]s|"
    r"pre[- ](?:course|programme))\b"
)
_EMPTY_FORM: Final = _words(
    r"\b(?:templates?|blank|examples?|exemplars?|sample|instructions?|guidance|legend|glossary)\b|^key$"
)
_LONGEST_TITLE: Final = 80
# A sheet that is only called "Log" can be about anything.
_LOG: Final = _words(r"\b(?:evidence|portfolio|logbook|journal|diary)\b|\w \blog\b|\blog of\b")
_OF_LISTS: Final = _words(r"\b(?:types?|guide|lists?|lookups?|criteria|key|change|version|issues?|risk)\b")
_NUMBERED_EVIDENCE: Final = _words(r"^(?:ev?|evidence|portfolio|exhibit|artefact)[ .-]?(?:no\.? ?)?\d{1,4}\b")

# A name as people write it: one to four words with a capital, or a family name first.
_NAME_WORD: Final = r"[^\W\d_a-z][^\W\d_]*(?:['’.-][^\W\d_]*){0,3}"
_NAME: Final = re.compile(rf"{_NAME_WORD},?(?: (?:(?:de|van|von|der|al|bin|el|la) )?{_NAME_WORD}){{0,3}}")
_NUMBERED_LEARNER: Final = _words(rf"^{_LEARNER}s?[ -]?(?:\d{{1,4}}|[A-Z])$")
_MARKED_LEARNER: Final = _words(r"^l ?\d{1,3}$")
_NO_NAMES: Final = frozenset(
    """
    total totals sum count average mean percent percentage key legend type types level levels group groups
    core option options optional mandatory required theme themes method methods assessment assessed
    observation discussion interview project test exam presentation portfolio questioning practical duty
    duties unit units module modules week weeks session sessions lesson term topic workshop knowledge skill
    skills behaviour behaviours code codes ksb ksbs statement statements description text wording title name
    names category domain status rating rag score grade mark result outcome progress evidence date notes
    note comment comments weighting weight sequence order number ref reference id version standard source
    link links page criteria criterion pass merit distinction start end mid final initial baseline target
    current gateway review self yes no true false met achieved complete priority frequency importance hours
    credits epa mcq professional employer provider college workplace off on job training activity task
    assignment induction year month quarter block delivery taught tutor assessor trainer mentor manager iqa
    eqa pd mock expected actual planned gap action actions high medium low bloom taxonomy keyword keywords
    subject sector route family parent child language rationale scope range
    """.split()  # noqa: SIM905
)


class Roles(NamedTuple):
    """The columns of a table by the role that their headers give them, in the order of the table."""

    evidence: tuple[int, ...] = ()
    signed: tuple[int, ...] = ()
    dated: tuple[int, ...] = ()
    rated: tuple[int, ...] = ()
    denying: tuple[int, ...] = ()
    learners: tuple[int, ...] = ()
    named: tuple[int, ...] = ()
    teaching: tuple[int, ...] = ()
    work: tuple[int, ...] = ()
    methods: tuple[int, ...] = ()
    early: tuple[int, ...] = ()


def header_to_words(text: str) -> str:
    """Return a header as words, also one that a program has written as a single word.

    Examples
    --------
    >>> header_to_words("statusStartDate"), header_to_words("CFItemType"), header_to_words("date_achieved:")
    ('status Start Date', 'CF Item Type', 'date achieved')
    """
    return " ".join(_CAMEL.sub(" ", text.replace("_", " ")).split()).strip(_AROUND)


def is_early(text: str) -> bool:
    """Return whether a header is about the start of a programme, the future, or the standard itself."""
    return bool(_EARLY.search(header_to_words(text)))


def headers_to_roles(headers: Mapping[int, Cell]) -> Roles:
    """Return the columns of a table by the role that their headers give them.

    Examples
    --------
    >>> roles = headers_to_roles({1: Cell("Learner"), 2: Cell("Evidence ref"), 3: Cell("Starting score")})
    >>> roles.learners, roles.evidence, roles.rated, roles.early
    ((1,), (2,), (), (3,))
    """
    words = {at: header_to_words(cell.text) for at, cell in sorted(headers.items())}
    early = tuple(at for at, text in words.items() if _EARLY.search(text))

    def found(pattern: re.Pattern[str], without: Collection[int] = early) -> tuple[int, ...]:
        return tuple(at for at, text in words.items() if at not in without and pattern.search(text))

    signed, dated = found(_SIGNED), found(_DATED)
    signed_without_names = tuple(at for at in signed if not _BY_WHOM.search(words[at]))
    return Roles(
        evidence=found(_EVIDENCE),
        # Every row can name the assessor of the learner: columns which say that it was done are better.
        signed=signed_without_names if signed_without_names or dated else signed,
        dated=dated,
        rated=found(_RATED),
        denying=found(_DENYING),
        learners=found(_LEARNERS, ()),
        named=found(_NAMED, ()),
        teaching=found(_TEACHING, ()),
        work=found(_WORK, ()),
        methods=found(_METHODS, ()),
        early=tuple(at for at in early if not _TEACHING.search(words[at])),
    )


def is_learner_header(text: str) -> bool:
    """Return whether a header is that of a column with learners.

    Examples
    --------
    >>> is_learner_header("Apprentice name"), is_learner_header("Student activity")
    (True, False)
    """
    return bool(_LEARNERS.search(header_to_words(text)))


def is_final(text: str) -> bool:
    """Return whether the header of a rating says that it is final, or from an assessment.

    Examples
    --------
    >>> is_final("Final score"), is_final("Score")
    (True, False)
    """
    return bool(_FINAL.search(header_to_words(text)))


def is_open(text: str) -> bool:
    """Return whether the header of a column of codes says that they are still to come.

    Examples
    --------
    >>> is_open("KSBs outstanding"), is_open("Target KSBs"), is_open("KSBs")
    (True, True, False)
    """
    return bool(_OPEN.search(header_to_words(text)))


def is_shown(text: str) -> bool:
    """Return whether the header of a column of codes says that they were shown.

    Examples
    --------
    >>> is_shown("KSBs evidenced"), is_shown("KSBs to be evidenced"), is_shown("KSBs")
    (True, False, False)
    """
    return bool(_SHOWN.search(header_to_words(text))) and not is_open(text)


def names_learners(text: str) -> bool:
    """Return whether a text mentions learners, as a title above their names does."""
    return bool(re.search(rf"\b{_LEARNER}s?\b", text, re.IGNORECASE))


def framework_headers(headers: Mapping[int, Cell]) -> tuple[str, ...]:
    """Return the headers that are typical of an exported framework; none if they are too few.

    Examples
    --------
    >>> framework_headers({1: Cell("identifier"), 2: Cell("fullStatement"), 3: Cell("KSB")})
    ('identifier', 'fullStatement')
    """
    known_headers = tuple(
        cell.text
        for _, cell in sorted(headers.items())
        if _BRACKETED.sub("", header_to_words(cell.text)).casefold().replace("-", " ") in _FRAMEWORK
    )
    return known_headers if len(known_headers) >= _LEAST_OF_A_FRAMEWORK else ()


def title_to_exclusion(name: str, titles: Collection[str]) -> str:
    """Return why nothing below a title is evidence, if the title says so; else an empty text.

    Parameters
    ----------
    name
        The name of the sheet, or of a file without sheets.
    titles
        The texts above the headers. Long texts are no titles.

    Examples
    --------
    >>> title_to_exclusion("Initial skills scan", [])
    'its title says that it is about the start of the programme'
    >>> title_to_exclusion("Evidence log", ["Learner: Ann"])
    ''
    """
    words = [
        header_to_words(text.replace("-", " ")) for text in (name, *titles) if len(text) <= _LONGEST_TITLE
    ]
    if any(_SCAN.search(text) for text in words):
        return "its title says that it is about the start of the programme"
    if _EMPTY_FORM.search(header_to_words(name)):
        return "its name says that it is a template, an example or a key"
    return ""


def is_title_of_evidence(name: str) -> bool:
    """Return whether the name of a sheet says that it has evidence.

    Examples
    --------
    >>> is_title_of_evidence("Evidence"), is_title_of_evidence("OTJ log"), is_title_of_evidence("Log")
    (True, True, False)
    >>> is_title_of_evidence("Evidence required")
    False
    """
    words = header_to_words(name)
    return bool(_LOG.search(words)) and not _EARLY.search(words) and not _OF_LISTS.search(words)


def is_evidence_number(text: str) -> bool:
    """Return whether a text begins with the number of a piece of evidence.

    Examples
    --------
    >>> is_evidence_number("E01 Call sheets"), is_evidence_number("Evidence 3"), is_evidence_number("Level 3")
    (True, True, False)
    """
    return bool(_NUMBERED_EVIDENCE.match(text.strip()))


def is_name(text: str, is_sure: bool = False) -> bool:
    """Return whether a text looks like the name or the number of a learner.

    Parameters
    ----------
    text
        The text.
    is_sure
        Whether it is known that the texts are learners: then "L1" is one too.

    Examples
    --------
    >>> is_name("Amara Okonjo-Bell"), is_name("Ann"), is_name("Apprentice 3"), is_name("L1", is_sure=True)
    (True, True, True, True)
    >>> is_name("Professional Discussion"), is_name("smartLevel"), is_name("L1"), is_name("Total")
    (False, False, False, False)
    """
    name = " ".join(text.split())
    if _NUMBERED_LEARNER.match(name) or (is_sure and _MARKED_LEARNER.match(name)):
        return True
    words = {word.strip(".,'’").casefold() for word in re.split(r"[\s-]+", name)}
    return 2 <= len(name) <= _LONGEST_TITLE and bool(_NAME.fullmatch(name)) and not words & _NO_NAMES
