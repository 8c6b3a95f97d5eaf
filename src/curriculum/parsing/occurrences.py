"""Join the occurrences of each duty, method and theme that a document prints in several places.

Where occurrences differ, a finding names the line of the occurrence that differs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from curriculum.model.text import (
    SMALL_WORDS,
    names_to_phrase,
    text_to_key,
    text_to_shortened,
    text_to_title_key,
    text_without_full_stop,
)
from curriculum.model.vocabulary import CORE
from curriculum.model.word_differences import texts_to_differing_words
from curriculum.parsing.doubled_duties import doubled_duties
from curriculum.parsing.duty_options import text_to_named_option
from curriculum.parsing.rows import (
    Detail,
    Duty,
    DutyKsb,
    Finding,
    Method,
    MethodName,
    Occurrence,
    OverallGrade,
    Rows,
    Theme,
)
from curriculum.parsing.statements import Statement, occurrences_to_chosen

__all__ = [
    "MergedTheme",
    "differing_wording_findings",
    "duties_to_options",
    "grade_findings",
    "grade_row_to_methods",
    "method_name_to_key",
    "method_names_to_methods",
    "occurrences_to_duties",
    "occurrences_to_themes",
    "undefined_code_findings",
    "unworded_rows",
]

# The section of the details with codes of KSBs whose wordings are not in the document.
UNWORDED = "KSBs without wordings"
_CODES_SHOWN = 12


class MergedTheme(NamedTuple):
    """A theme with its method's code, and the KSBs that it groups."""

    code: str
    position: int
    name: str
    option: str
    method: str
    codes: tuple[str, ...]
    first_line: int
    last_line: int


def method_name_to_key(name: str) -> tuple[str, ...]:
    """Return the significant words of a method's name, which are the same for variants of one name.

    Examples
    --------
    >>> method_name_to_key("Presentation with questions") == method_name_to_key("presentation and questions")
    True
    """
    return tuple(word for word in text_to_title_key(name).split() if word not in SMALL_WORDS)


def method_names_to_methods(
    named: Sequence[MethodName], headings: Iterable[MethodName] = ()
) -> tuple[tuple[Method, ...], Mapping[tuple[str, ...], str]]:
    """Return the assessment methods, and the code for each name's key.

    The name of a method is the one that its tables use most often; its other names are kept too.

    Parameters
    ----------
    named
        Every occurrence of the name of a method.
    headings
        Other lines that can be a name of a method (headings of prose); they add names, but no methods.

    Returns
    -------
    tuple
        Methods in the order of their printed numbers, or of their first occurrence; the code for each key.
    """
    grouped: dict[tuple[str, ...], list[MethodName]] = {}
    for row in named:
        grouped.setdefault(method_name_to_key(row.name), []).append(row)
    for row in headings:
        if method_name_to_key(row.name) in grouped:
            grouped[method_name_to_key(row.name)].append(row)

    def order(key: tuple[str, ...]) -> tuple[int, int]:
        numbers = [row.number for row in grouped[key] if row.number]
        return (min(numbers, default=len(grouped) + 1), min(row.line for row in grouped[key]))

    methods = []
    for position, key in enumerate(sorted(grouped, key=order), start=1):
        rows = sorted(grouped[key], key=lambda row: row.line)
        counts = Counter(text_to_title_key(row.name) for row in rows)
        chosen = next(row for row in rows if counts[text_to_title_key(row.name)] == max(counts.values()))
        chosen = next((row for row in rows if _has_same_name(row, chosen) and row.name[0].isupper()), chosen)
        others = dict.fromkeys(row.name for row in rows if not _has_same_name(row, chosen))
        methods.append(
            Method(f"M{position}", position, chosen.name, "; ".join(others), chosen.line, chosen.line)
        )
    codes = {method_name_to_key(row.name): row.code for row in methods}
    return tuple(methods), codes


def _has_same_name(first: MethodName, second: MethodName) -> bool:
    return text_to_title_key(first.name) == text_to_title_key(second.name)


def occurrences_to_duties(
    occurrences: Sequence[Duty], pairs: Sequence[DutyKsb] = ()
) -> tuple[tuple[Duty, ...], tuple[Finding, ...]]:
    """Return each duty once, in the order first printed, with the wording of one of its occurrences.

    Parameters
    ----------
    occurrences
        The duties as printed.
    pairs
        The pairs of duties and KSBs.

    Returns
    -------
    tuple
        The duties; and findings on their options and wordings. Two wordings of a duty that have different
        KSBs are an error: they are probably two duties with the same number.
    """
    grouped: dict[str, list[Duty]] = {}
    for row in occurrences:
        grouped.setdefault(row.code, []).append(row)
    duties, findings = [], []
    for code, rows in grouped.items():
        options = list(dict.fromkeys(row.option for row in rows if row.option))
        duties.append(occurrences_to_chosen(rows)._replace(option=options[0] if options else ""))
        if len(options) > 1:
            findings.append(
                Finding(
                    "option-differs",
                    rows[-1].first_line,
                    "warning",
                    f"{code} is printed under several options: {', '.join(options)}",
                )
            )
    doubled = doubled_duties(occurrences, pairs)
    wordings = (
        row._replace(severity="error", message=f"{row.message}. They have different KSBs, as two duties do")
        if row.message.split(" ", 1)[0] in doubled
        else row
        for row in differing_wording_findings(occurrences)
    )
    return tuple(duties), (*findings, *wordings, *_unread_options(occurrences))


def _unread_options(duties: Iterable[Duty]) -> tuple[Finding, ...]:
    """Report each duty whose wording names an option that was not read as its option."""
    return tuple(
        Finding(
            "option-differs",
            row.first_line,
            "warning",
            f"the wording of {row.code} names an option, and it was not read as one: “{found}”",
        )
        for row in duties
        if (not row.option or row.option == CORE) and (found := text_to_named_option(row.text))
    )


def differing_wording_findings(rows: Iterable[Duty] | Iterable[Occurrence]) -> tuple[Finding, ...]:
    """Return a finding for each code with several wordings; a full stop at the end makes no difference."""
    wordings: dict[str, dict[str, list[int]]] = {}
    for row in rows:
        lines = wordings.setdefault(row.code, {}).setdefault(text_without_full_stop(row.text), [])
        lines.append(row.first_line)
    return tuple(
        Finding(
            "several-wordings",
            min(min(lines) for lines in texts.values()),
            "warning" if len(set(map(text_to_key, texts))) > 1 else "note",
            f"{code} is printed with {len(texts)} wordings: {_wordings_to_differences(texts)}",
        )
        for code, texts in wordings.items()
        if len(texts) > 1
    )


def _wordings_to_differences(texts: Mapping[str, Sequence[int]]) -> str:
    """Return each wording by the words that not all of the wordings have."""
    differing = texts_to_differing_words(list(texts))
    return "; ".join(
        f"{f'“{text_to_shortened(words)}”' if words else 'without them'} on "
        f"line{'s' if len(lines) > 1 else ''} {names_to_phrase(map(str, lines))}"
        for words, lines in zip(differing, texts.values(), strict=True)
    )


def occurrences_to_themes(
    rows: Sequence[Theme], methods: Mapping[tuple[str, ...], str]
) -> tuple[tuple[MergedTheme, ...], tuple[Finding, ...]]:
    """Return each theme once, with the KSBs of its first occurrence; findings on later ones that differ."""
    merged: dict[tuple[str, str, str], MergedTheme] = {}
    findings = []
    for row in rows:
        method = methods.get(method_name_to_key(row.method), "")
        key = (method, row.option, text_to_title_key(row.name))
        known = merged.get(key)
        if known is None:
            position = len(merged) + 1
            merged[key] = MergedTheme(
                f"T{position}",
                position,
                row.name,
                row.option,
                method,
                row.codes,
                row.first_line,
                row.last_line,
            )
        elif set(known.codes) != set(row.codes):
            differing = sorted(set(known.codes) ^ set(row.codes))
            findings.append(
                Finding(
                    "theme-differs",
                    row.first_line,
                    "warning",
                    f"“{row.name}” groups other KSBs than on line {known.first_line}: {', '.join(differing)}",
                )
            )
    return tuple(merged.values()), tuple(findings)


def duties_to_options(duties: Sequence[Duty], codes_by_duty: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Infer the option of each KSB from the duties that name it.

    It is core if a core duty names the KSB; otherwise the options of the duties that do, joined by "; ". A
    duty of official data can have several options, joined in the same way.

    Examples
    --------
    >>> duties_to_options([Duty("D1", "core", "", 1, 1), Duty("D2", "Radio", "", 2, 2)],
    ...                   {"D1": ["K1"], "D2": ["K1", "K2"]})
    {'K1': 'core', 'K2': 'Radio'}
    """
    options: dict[str, dict[str, None]] = {}
    for duty in duties:
        for code in codes_by_duty.get(duty.code, ()):
            for option in filter(None, duty.option.split("; ")):
                options.setdefault(code, {})[option] = None
    return {code: CORE if CORE in found else "; ".join(found) for code, found in options.items()}


def undefined_code_findings(
    named: Iterable[tuple[str, str, int]], statements: Iterable[Statement]
) -> tuple[Finding, ...]:
    """Return a finding for each code that a duty, theme or descriptor names and the document does not define.

    Parameters
    ----------
    named
        The code, the place and the line of each such reference.
    statements
        The statements that the document defines.
    """
    defined = {row.code for row in statements}
    places = list(named)
    if not defined and places:
        codes = list(dict.fromkeys(code for code, _, _ in places))
        return (_unworded_finding(codes, min(line for _, _, line in places)),)
    return tuple(
        Finding("undefined-code", line, "error", f"{place} names {code}, which is defined nowhere")
        for code, place, line in places
        if code not in defined
    )


def _unworded_finding(codes: Sequence[str], line: int) -> Finding:
    """Return the finding on a document that names KSBs and prints the wording of none, as some plans do."""
    shown = ", ".join(codes[:_CODES_SHOWN]) + (" ..." if len(codes) > _CODES_SHOWN else "")
    ksbs = "1 KSB" if len(codes) == 1 else f"{len(codes)} KSBs"
    message = (
        f"it names {ksbs} ({shown}) and prints the wording of none: they are kept in the table details, in "
        f"the section “{UNWORDED}”. Their wordings are in the standard"
    )
    return Finding("undefined-code", line, "warning", message)


def unworded_rows(rows: Rows) -> Rows:
    """Return the codes that themes and descriptors name as details, if no wording of a KSB was read.

    Examples
    --------
    >>> unworded_rows(Rows(themes=(Theme("", "", "Tools", ("K1", "S2"), "themes", 4, 4),))).details[0].value
    'K1, S2'
    """
    if rows.occurrences:
        return Rows()
    named = [(row.name, row.codes, row.first_line, row.last_line) for row in rows.themes]
    named += [
        (f"assessed by {row.method}", (row.code,), row.first_line, row.last_line)
        for row in rows.statement_methods
    ]
    named += [
        (f"{row.theme}: {row.text}", row.codes, row.first_line, row.last_line) for row in rows.descriptors
    ]
    return Rows(
        details=tuple(
            Detail(UNWORDED, name, ", ".join(codes), first, last)
            for name, codes, first, last in named
            if codes
        )
    )


def grade_row_to_methods(row: OverallGrade, methods: Sequence[Method]) -> tuple[str, ...]:
    """Return the codes of the methods whose grades a row has, in the order of the header of the table.

    These are the methods that the header names; if their number is not that of the grades, all methods;
    and none if their number differs too.
    """
    key = text_to_title_key(row.header)
    places: dict[str, int] = {}
    for method in methods:
        names = (text_to_title_key(name) for name in (method.name, *method.other_names.split("; ")) if name)
        found = [key.find(name) for name in names if name in key]
        if found:
            places[method.code] = min(found)
    named = tuple(sorted(places, key=lambda code: places[code]))
    every = tuple(method.code for method in methods)
    return next((codes for codes in (named, every) if len(codes) == len(row.grades)), ())


def grade_findings(rows: Iterable[OverallGrade], methods: Sequence[Method]) -> tuple[Finding, ...]:
    """Report each row of overall grades that does not have a grade for each method."""
    return tuple(
        Finding(
            "grades-differ",
            row.line,
            "error",
            f"{len(row.grades)} grades, and not as many methods; the row is in no table",
        )
        for row in rows
        if not grade_row_to_methods(row, methods)
    )
