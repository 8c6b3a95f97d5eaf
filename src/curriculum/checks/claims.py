"""Compare what a document says about itself with its tables, and with what it says elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from curriculum.checks.amounts import NUMBER, amount_findings, line_to_method, word_to_number
from curriculum.model.text import names_to_phrase, text_to_title_key, text_without_full_stop
from curriculum.model.vocabulary import CORE
from curriculum.parsing.lines import is_list_item, without_bullet
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["claim_findings"]

# "at least two duties", "two duties or more" and "two duties that need a check" do not announce a count.
_COUNT = (
    rf"(?P<number>{NUMBER}) (?P<which>core |option(?:al)? |(?:\w+ )?assessment |\w+ )?"
    r"(?P<what>dut(?:y|ies)|options|methods)\b"
    r"(?! or (?:more|fewer)| (?:that|which|where|requir\w+|need\w*)\b)"
)
_ANNOUNCED = re.compile(
    r"\b(?:ha(?:s|ve)|there (?:is|are)|consists? of|makes?|compris\w+|includes?|of|the following) "
    rf"(?:all |the )?{_COUNT}",
    re.IGNORECASE,
)
_AND_MORE = re.compile(rf"(?: and|, and| plus) {_COUNT}", re.IGNORECASE)
# The options of a standard, and not those of a question or an employer.
_OF_A_STANDARD = re.compile(r"\b(?:speciali[sz]|apprenticeship|standard|occupation|core and|pathway)", re.I)


class _Fact(NamedTuple):
    """Something that a document states about itself, perhaps in several places, and how it is printed."""

    what: str
    pattern: re.Pattern[str]


_FACTS = (
    _Fact(
        "the duration of the training",
        re.compile(
            r"(?:typical duration to gateway: |\btypically spends |\btraining [\w ]{0,60}is typically |"
            r"on-programme - typically )(?P<value>\d+ months)",
            re.IGNORECASE,
        ),
    ),
    _Fact(
        "the duration of the assessment",
        re.compile(
            r"(?:typical EPA period: |\bEPA period [\w ]{0,60}typically |end-point assessment - typically )"
            r"(?P<value>\d+ months)",
            re.IGNORECASE,
        ),
    ),
    _Fact("the level", re.compile(r"^(?:(?:\d+\. )?level: |ST\d{4}, .{0,120} level )(?P<value>\d)$", re.I)),
    _Fact("the version", re.compile(r"(?:^(?:\d+\. )?version: |^v)(?P<value>\d+\.\d+)$", re.I)),
    _Fact(
        "the reference",
        re.compile(r"^(?:(?:\d+\. )?reference: )?(?P<value>ST\d{4})(?:$|, .* level \d$)", re.I),
    ),
)
_OPTION_TITLE = re.compile(r"^option (?P<number>\d+): (?P<title>.+?)(?: [–—-] .*)?$", re.IGNORECASE)
_LISTED = re.compile(r"\b(?P<what>options|themes)\b[^.:]{0,80}:$", re.IGNORECASE)
_NOTE_BEHIND = re.compile(r"(?<!\s)\s*+\([^()]*+\)$")


def claim_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report what a document says about itself and its other parts contradict."""
    yield from _counts(parsed)
    yield from amount_findings(parsed)
    yield from _facts(parsed)
    yield from _names(parsed)
    yield from _lists(parsed)
    yield from _version_log(parsed)
    yield from _nothing_follows(parsed)


class _Count(NamedTuple):
    """How many of something a document prints: the numbers that agree with it, and a phrase for messages."""

    numbers: frozenset[int]
    phrase: str


def _count_duties(parsed: ParsedDocument) -> dict[str, _Count]:
    """Count duties: all, those of the core, and those of options."""
    options = [duty.option for duty in parsed.duties]
    in_core = options.count(CORE)
    each = [options.count(option) for option in dict.fromkeys(options) if option not in {"", CORE}]
    sizes = sorted(set(each))
    apprentice = names_to_phrase([str(in_core + size) for size in sizes] or [str(len(options))])
    option = names_to_phrase([str(size) for size in sizes] or ["none"])
    every = f"{len(options)}, of which each apprentice has {apprentice}" if each else f"{len(options)}"
    return {
        "": _Count(frozenset((len(options), *(in_core + size for size in sizes), *sizes)), every),
        "core": _Count(frozenset((in_core,)), f"{in_core}"),
        "option": _Count(frozenset((*sizes, sum(each))), f"{option} for each option"),
    }


def _counts(parsed: ParsedDocument) -> Iterator[Finding]:
    duties = _count_duties(parsed)
    options = _Count(frozenset((len(_options(parsed)),)), f"{len(_options(parsed))}")
    methods = _Count(frozenset((len(parsed.methods),)), f"{len(parsed.methods)}")
    for line in parsed.lines:
        for number, which, what, printed in _line_to_counts(line.text):
            if what == "options":
                count = options if _OF_A_STANDARD.search(line.text) else None
            elif what == "methods":
                count = methods if which.endswith("assessment") else None
            else:
                count = duties.get(which.removesuffix("al"))
            if count and any(count.numbers) and number not in count.numbers:
                message = f"announces “{printed}”, and the document prints {count.phrase}"
                yield Finding("count-differs", line.number, "error", message)


def _line_to_counts(text: str) -> Iterator[tuple[int, str, str, str]]:
    """Yield the counts that a line announces: the number, of which sort, of what, and as printed."""
    for first in _ANNOUNCED.finditer(text):
        for found in filter(None, (first, _AND_MORE.match(text, first.end()))):
            which, what = (found["which"] or "").casefold().strip(), found["what"].casefold()
            yield word_to_number(found["number"]), which, what, text[found.start("number") : found.end()]


def _options(parsed: ParsedDocument) -> list[str]:
    """Return the title of each option that the tables print."""
    cells = [row.option for rows in (parsed.duties, parsed.statements) for row in rows]
    titles = dict.fromkeys(title for cell in cells for title in cell.split("; "))
    return [title for title in titles if title not in {"", CORE}]


def _facts(parsed: ParsedDocument) -> Iterator[Finding]:
    for fact in _FACTS:
        values: dict[str, list[int]] = {}
        for line in parsed.lines:
            found = fact.pattern.search(line.text)
            if found and "part-time" not in line.text.casefold():
                values.setdefault(found["value"].casefold(), []).append(line.number)
        if len(values) > 1:
            places = (f"“{value}” on {_lines(lines)}" for value, lines in values.items())
            last = max(lines[0] for lines in values.values())
            yield Finding("stated-differently", last, "error", f"{fact.what}: {names_to_phrase(places)}")


def _lines(numbers: Sequence[int]) -> str:
    return f"line{'s' if len(numbers) > 1 else ''} {names_to_phrase(map(str, numbers))}"


def _names(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report methods and options that have several names, and options whose title no table prints."""
    for method in parsed.methods:
        if method.other_names:
            message = f"the assessment method “{method.name}” is also called “{method.other_names}”"
            yield Finding("several-names", method.first_line, "note", message)
    titles: dict[str, dict[str, tuple[str, int]]] = {}
    for line in parsed.lines:
        found = _OPTION_TITLE.match(line.text)
        if found:
            of_number = titles.setdefault(found["number"], {})
            of_number.setdefault(text_to_title_key(found["title"]), (found["title"], line.number))
    in_tables = {text_to_title_key(title) for title in _options(parsed)}
    for number, by_key in titles.items():
        last = max(line for _, line in by_key.values())
        if len(by_key) > 1:
            names = names_to_phrase(f"“{title}” on line {line}" for title, line in by_key.values())
            yield Finding("several-names", last, "note", f"option {number} is called {names}")
        elif in_tables and not in_tables & by_key.keys():
            (title, _) = next(iter(by_key.values()))
            message = f"option {number} is called “{title}” here, and no table prints that name"
            yield Finding("list-differs", last, "warning", message)


def _lists(parsed: ParsedDocument) -> Iterator[Finding]:
    """Compare each list of options or themes in the prose with the tables."""
    methods = line_to_method(parsed)
    names = {row.code: row.name for row in parsed.methods}
    for at, line in enumerate(parsed.lines):
        found = _LISTED.search(line.text)
        items = [*takewhile(is_list_item, parsed.lines[at + 1 :])] if found else []
        if not found or not items:
            continue
        what, subject = found["what"].casefold(), methods.get(line.number, "")
        themes = [row.name for row in parsed.themes if not subject or names.get(row.method) == subject]
        tabled = themes if what == "themes" else _options(parsed)
        listed = [_NOTE_BEHIND.sub("", text_without_full_stop(without_bullet(item.text))) for item in items]
        for message in _differences(listed, tabled):
            yield Finding("list-differs", line.number, "warning", f"of the {what} listed here, {message}")


def _differences(listed: Iterable[str], tabled: Iterable[str]) -> Iterator[str]:
    """Yield what two lists of names do not share.

    Lists that share nothing and differ in size are about other things: nothing is reported.
    """
    here, there = ({_name_to_key(name): name for name in names} for names in (listed, tabled))
    if not here.keys() & there.keys() and len(here) != len(there):
        return
    for key in (key for key in here if key not in there):
        yield f"“{here[key]}” is in no table"
    for key in (key for key in there if key not in here):
        yield f"“{there[key]}” of the tables is missing"


def _name_to_key(name: str) -> str:
    return text_to_title_key(name.replace("&", " and "))


def _version_log(parsed: ParsedDocument) -> Iterator[Finding]:
    log, version = parsed.rows.version_log, parsed.facts.version
    if version and log and version not in {row.version for row in log}:
        message = f"the version log does not name version {version}, which this document says it is"
        yield Finding("list-differs", log[0].first_line, "warning", message)


def _nothing_follows(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report prose that ends with a colon: what it announces is not there."""
    last_lines = {section.last_line for section in parsed.rows.sections if section.text}
    last_lines -= {row.first_line for row in parsed.rows.details}
    last_lines -= {row.line for row in parsed.rows.method_names}
    for line in parsed.lines:
        if line.number in last_lines and line.text.endswith(":"):
            yield Finding("nothing-follows", line.number, "warning", f"nothing follows “{line.text}”")
