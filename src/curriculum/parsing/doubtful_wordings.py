"""Report what was read as a wording and is probably none: a tick, a number, codes, the name of a method."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from curriculum.model.code_lists import find_codes
from curriculum.model.codes import is_only_codes, line_to_codes
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_title_key
from curriculum.parsing.lines import Line
from curriculum.parsing.occurrences import method_name_to_key
from curriculum.parsing.rows import Descriptor, Duty, Finding, Method, Occurrence, Rows

__all__ = [
    "codes_in_wording_findings",
    "criteria_findings",
    "learner_text_findings",
    "several_on_line_findings",
    "ticked_findings",
    "unlikely_wording_findings",
    "without_doubtful_pairs",
]

_TICKS = frozenset(
    ("x", "y", "n", "a", "yes", "no", "true", "false", "tick", "ticked", "met", "not", "not met")
)
_NOTHING = frozenset(("na", "n a", "none", "nil", "tbc", "tbd"))
# What a tracker says of a KSB, in place of its wording.
_STATUS = re.compile(
    r"(?:not |not yet |partly |partially |fully |nearly )?(?:completed?|started|achieved|covered|assessed"
    r"|taught|passed|submitted|evidenced|signed off|in progress|on track|done|pending|outstanding|ongoing"
    r"|working towards|to do|overdue|red|amber|green)"
)
_NOT_USED = re.compile(
    r"(?:(?:this )?(?:ksb|statement|code|number)?(?: has been| is| was)? ?)"
    r"(?:deleted|removed|withdrawn|not used|not in use|reserved|superseded|retired|no longer (?:used|in use))"
)
_SHEET_ERROR = re.compile(
    r"#(?:REF!|NAME\?|VALUE!|N/A|NULL!|NUM!|DIV/0!|SPILL!|CALC!|BLOCKED!|FIELD!|BUSY!|GETTING_DATA)"
)
_ALL_KSBS = re.compile(
    r"\ball (?:of )?(?:the )?(?:(?:core )?KSBs?|K,? ?S,? ?(?:and|&)? ?Bs?"
    r"|knowledge, skills,? (?:and|&) behaviou?rs)\b[.)\s]*+$",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?:I|I[’']ve|I[’']m|We|My)\s")
_NUMBER_WORDS = re.compile(r"p?\d+|p|pp|pages?|no|to|of|and")
# “S1;Lead a horse;2” below a code that has no wording.
_ROW = re.compile(r"(?:TK|TS|ESB|[KSB])[1-9]\d{0,2}\s?[;|]")
_UNIT = re.compile(
    r"(?:unit|module|week|session|lesson|level|am|assessment method|phase|term|year|block) \w{1,3}"
)
_LABEL_INSIDE = re.compile(r"(?<![^\W_])(K|S|B|TK|TS|ESB)([1-9]\d{0,2})(?:\s?[:|]|\s[–—-])\s")
_LONGEST_END = 120
_BETWEEN_CODES = frozenset(("and", "to", "&", "-", "–"))
# “K2 and S1 are assessed together” behind a code.
_BEFORE_CODES = frozenset(("and", "or", "to", "both", "all", "ksb", "ksbs", "&", "-", "–", "—", "/", "+", ""))
_VERBS = frozenset(
    (
        *("is", "are", "was", "were", "will", "must", "can", "cannot", "could", "should", "shall", "may"),
        *("might", "has", "have", "had", "need", "needs", "do", "does", "apply", "applies", "together"),
    )
)
# “... are chosen (K1, S2) Shows how ...”, “... are chosen (K1). Shows how ...”
_CODES_INSIDE = re.compile(
    r"\((?:TK|TS|ESB|[KSB])[1-9]\d{0,2}(?:[,;&/ ]{1,3}(?:TK|TS|ESB|[KSB])[1-9]\d{0,2}){0,30}\)"
    r"(?=\s*+(?:\.\s++)?[^\sa-z,.;:)])"
)
# Ticks of a table at the end of a wording, or a page number behind its full stop.
_SURE_TICK = re.compile(r"[xX✓✔☑☒■●√]")
# A mark of the page behind the full stop: “Core”, “Option A”.
_BADGE = re.compile(
    r"(?<=[.!?]\s)(?:Core|Mandatory|Optional|Option(?: [A-Z0-9])?|Knowledge|Skill|Behaviour|New|Updated)$"
)
_TICK = re.compile(r"[xX✓✔☑☒■●√]|Yes|No|Y|N|\d{1,3}")
_METHODS = frozenset(
    map(
        method_name_to_key,
        (
            *("observation", "observation with questions", "practical observation", "practical assessment"),
            *("interview", "interview underpinned by a portfolio of evidence", "professional discussion"),
            *("professional discussion underpinned by a portfolio of evidence", "professional review"),
            *("portfolio", "portfolio of evidence", "project", "project report", "work based project"),
            *("presentation", "presentation with questions", "presentation and questions", "questioning"),
            *("test", "knowledge test", "multiple choice test", "written test", "practical test", "exam"),
            *("simulation", "showcase", "case study", "viva", "assignment", "practical demonstration"),
        ),
    )
)


def unlikely_wording_findings(
    occurrences: Iterable[Occurrence], duties: Iterable[Duty], methods: Sequence[Method]
) -> tuple[Finding, ...]:
    """Report each wording of a statement or a duty that is probably the text of another cell.

    Parameters
    ----------
    occurrences, duties
        The occurrences of statements and of duties.
    methods
        The assessment methods of the document.
    """
    names = _METHODS | {
        method_name_to_key(name)
        for row in methods
        for name in (row.name, *row.other_names.split("; "))
        if name
    }
    worded: list[Occurrence | Duty] = [*occurrences, *duties]
    return tuple(
        Finding(
            "no-wording",
            row.first_line,
            "error",
            f"{row.code} has no wording: “{text_to_shortened(row.text)}” is {what}",
        )
        for row in worded
        for what in (_text_to_kind(row.text, names),)
        if what
    )


def learner_text_findings(occurrences: Sequence[Occurrence]) -> tuple[Finding, ...]:
    """Report wordings that are questions, or that a learner wrote, if most of them are."""
    looks = (
        ("questions", [row for row in occurrences if row.text.rstrip("”\"' ").endswith("?")]),
        ("in the words of a learner", [row for row in occurrences if _FIRST_PERSON.match(row.text)]),
    )
    return tuple(
        Finding(
            "no-wording",
            found[0].first_line,
            "error",
            f"{len(found)} of {len(occurrences)} wordings are {what}, such as "
            f"“{text_to_shortened(found[0].text)}”: read the standard, and not a text about it",
        )
        for what, found in looks
        if 2 * len(found) >= len(occurrences) > 1
    )


def _text_to_last_codes(text: str, defined: frozenset[str]) -> str:
    """Return the codes of a document at the end of a text, as printed, without a bracket or stop before them.

    Examples
    --------
    >>> _text_to_last_codes("Mends a cask K4, S2", frozenset(["K4", "S2"]))
    'K4, S2'
    >>> _text_to_last_codes("The uses of vitamin B12", frozenset(["K4", "S2"]))
    ''
    """
    words = text[-_LONGEST_END:].rstrip(" .").split()
    named = [line_to_codes(word.strip(",;")) for word in words]
    is_code = [bool(codes) or word in _BETWEEN_CODES for codes, word in zip(named, words, strict=True)]
    start = max((at for at, is_one in enumerate(is_code, start=1) if not is_one), default=0)
    codes = frozenset(code for group in named[start:] for code in group)
    is_behind = start > 0 and words[start - 1][-1] not in ".)]"
    return " ".join(words[start:]) if is_behind and codes & defined else ""


def criteria_findings(descriptors: Sequence[Descriptor], defined: frozenset[str]) -> tuple[Finding, ...]:
    """Report each criterion with codes in its wording: it can be several, or these are codes of its own.

    Parameters
    ----------
    descriptors
        The criteria.
    defined
        The codes that the document defines: other codes at the end of a criterion are words of it.
    """
    several = [
        Finding(
            "several-on-a-line",
            row.first_line,
            "error",
            f"a criterion of “{row.theme}” has the codes {found[0]} within its wording, as if it was "
            f"several: “{text_to_shortened(row.text)}”",
        )
        for row in descriptors
        if (found := _CODES_INSIDE.search(row.text))
    ]
    behind = [
        Finding(
            "codes-in-wording",
            row.first_line,
            "error",
            f"a criterion of “{row.theme}” ends in “{last}”, which is read as words: if these are its KSBs, "
            "put them in brackets",
        )
        for row in descriptors
        if (last := _text_to_last_codes(row.text, defined))
    ]
    return (*several, *behind)


def _text_to_kind(text: str, methods: frozenset[tuple[str, ...]]) -> str:
    """Return what a text is if it is no wording; empty if it can be one.

    Examples
    --------
    >>> [_text_to_kind(text, _METHODS) for text in ("x x", "K25 (SEK5), K26", "12", "Unit 3", "N/A")]
    ['a tick', 'a list of codes', 'a number', 'the name of a unit', 'a word for nothing']
    >>> _text_to_kind("Observation", _METHODS), _text_to_kind("Rules.", _METHODS)
    ('the name of a method', '')
    """
    key = text_to_title_key(text)
    words = key.split()
    is_number = any(map(str.isdigit, key)) and all(map(_NUMBER_WORDS.fullmatch, words))
    kinds = (
        ("a list of codes", is_only_codes(text)),
        ("an error of a spreadsheet", _SHEET_ERROR.fullmatch(text)),
        ("no text", not key),
        ("a word for nothing", key in _NOTHING),
        ("a tick", key in _TICKS or set(words) <= {"x", "yes", "y"}),
        ("a number", is_number),
        ("the status of a learner", _STATUS.fullmatch(key)),
        ("a note that the code is not used", _NOT_USED.fullmatch(key)),
        ("the name of a unit", _UNIT.fullmatch(key)),
        ("the row of a table", _ROW.match(text)),
        ("the name of a method", method_name_to_key(text) in methods),
    )
    return next((what for what, is_so in kinds if is_so), "")


def codes_in_wording_findings(rows: Rows, defined: frozenset[str]) -> tuple[Finding, ...]:
    """Report each wording that has codes of the document in it, as in text with mixed columns or lost lines.

    Parameters
    ----------
    rows
        The rows of the document: the occurrences of duties and of statements.
    defined
        The codes that the document defines.
    """
    findings = []
    paired = {row.duty for row in rows.duty_ksbs}
    for duty in rows.duties:
        everything = _ALL_KSBS.search(duty.text)
        if everything and duty.code not in paired:
            message = (
                f"the wording of {duty.code} ends “{everything[0]}”, which cannot be read as codes: "
                "this duty is paired with no KSB. Write each code in full, such as “K1, K2, S1”"
            )
            findings.append(Finding("codes-in-wording", duty.first_line, "error", message))
        codes = [found.code for found in find_codes(duty.text, in_text=True) if found.code in defined]
        if codes:
            end = "check its KSBs" if duty.code in paired else "this duty is paired with no KSB"
            why = f"the columns of a table may be mixed, and {end}"
            findings.append(_codes_finding(duty, codes, why))
    for statement in rows.occurrences:
        named, is_sentence = _codes_in_front(statement.text)
        n_defined = len(defined.intersection(named))
        if n_defined > 1 or (is_sentence and (n_defined or len(named) > 1)):
            why = "it begins as a sentence about them, and may be no statement"
            findings.append(_codes_finding(statement, named, why))
            continue
        labels = [f"{found[1]}{int(found[2])}" for found in _LABEL_INSIDE.finditer(statement.text)]
        if labels:
            findings.append(_codes_finding(statement, labels, "another statement may be part of it"))
    return tuple(findings)


def _codes_in_front(text: str) -> tuple[list[str], bool]:
    """Return the codes with which a wording begins, and whether a verb is behind them.

    Examples
    --------
    >>> _codes_in_front("K2 and S1 are assessed together."), _codes_in_front("Both K5, K6 in use")
    ((['K2', 'S1'], True), (['K5', 'K6'], False))
    >>> _codes_in_front("B12 vitamins and how they are fed"), _codes_in_front("How K2 is assessed")
    ((['B12'], False), ([], False))
    """
    codes: list[str] = []
    for word in text.split():
        plain = word.strip(",;:()[]").casefold()
        named = line_to_codes(word.strip(",;:()[]"))
        if not named and plain not in _BEFORE_CODES:
            return codes, bool(codes) and plain in _VERBS
        codes += named
    return codes, False


def without_doubtful_pairs(rows: Rows, defined: frozenset[str]) -> Rows:
    """Return rows without the pairs of each duty that has codes of the document within its wording.

    Such a wording may hold the codes of another duty, and the codes below it may be those of another one.
    """
    doubtful = {
        duty.code
        for duty in rows.duties
        if any(found.code in defined for found in find_codes(duty.text, in_text=True))
    }
    if not doubtful:
        return rows
    return replace(rows, duty_ksbs=tuple(row for row in rows.duty_ksbs if row.duty not in doubtful))


def _codes_finding(row: Duty | Occurrence, codes: Sequence[str], why: str) -> Finding:
    message = f"the wording of {row.code} has {names_to_phrase(dict.fromkeys(codes))} in it: {why}"
    return Finding("codes-in-wording", row.first_line, "error", message)


def several_on_line_findings(lines: Sequence[Line], occurrences: Sequence[Occurrence]) -> tuple[Finding, ...]:
    """Report each line that prints several statements one behind the other; cells of tables do not."""
    in_tables = {number for line in lines if line.row or line.cells for number in line.numbers}
    by_line: dict[tuple[int, int], list[Occurrence]] = {}
    for row in occurrences:
        by_line.setdefault((row.first_line, row.last_line), []).append(row)
    return tuple(
        _several_finding(rows)
        for (first, _), rows in by_line.items()
        if len({row.code for row in rows}) > 1 and first not in in_tables
    )


def _several_finding(rows: Sequence[Occurrence]) -> Finding:
    """Return a note; an error if a code is within brackets: “(formerly S3: Lay a hedge)” is no statement."""
    codes = names_to_phrase([row.code for row in rows])
    message = f"{codes} are printed one behind the other; they are separated at their codes"
    open_rows = [row.code for row in rows if row.text.count("(") > row.text.count(")")]
    if open_rows:
        message += f", which cuts brackets in the wording of {names_to_phrase(open_rows)}"
    return Finding("several-on-a-line", rows[0].first_line, "error" if open_rows else "note", message)


def ticked_findings(occurrences: Iterable[Occurrence]) -> tuple[Finding, ...]:
    """Report each wording that ends in ticks or a page number, as text of a table without its cells does."""
    return tuple(
        Finding(
            "ticks-in-wording",
            row.first_line,
            "error",
            f"the wording of {row.code} ends “{text_to_shortened(row.text[-30:].strip(), 30)}”: "
            f"“{row.text[start:].strip()}” may be from other cells of a table",
        )
        for row in occurrences
        for start in (min(_end_of_words(row.text), _start_of_badge(row.text)),)
        if start < len(row.text)
    )


def _start_of_badge(text: str) -> int:
    """Return where a mark behind the full stop of a wording begins; its length if it has none.

    Examples
    --------
    >>> text = "Trim a pot. Core"
    >>> text[_start_of_badge(text) :], _start_of_badge("The core")
    ('Core', 8)
    """
    found = _BADGE.search(text)
    return found.start() if found else len(text)


def _end_of_words(text: str) -> int:
    """Return where the ticks at the end of a wording begin; its length if it has none.

    Examples
    --------
    >>> _end_of_words("How dough rises x x"), _end_of_words("How dough rises. 12"), _end_of_words("Rises")
    (15, 16, 5)
    """
    words = text.split(" ")
    end = len(words)
    while end > 1 and _TICK.fullmatch(words[end - 1]):
        end -= 1
    has_tick = any(_SURE_TICK.fullmatch(word) for word in words[end:])
    is_behind = words[end - 1].endswith((".", ";"))
    return len(" ".join(words[:end])) if end < len(words) and (has_tick or is_behind) else len(text)
