"""Check which table names what: KSBs without a duty, options that differ, duties with the same KSBs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from curriculum.model.text import names_to_phrase, text_to_title_key, text_without_full_stop
from curriculum.model.vocabulary import CORE
from curriculum.parsing.employer_verified import ALL_BEHAVIOURS, VERIFIED
from curriculum.parsing.listed_methods import LISTED
from curriculum.parsing.occurrences import method_name_to_key
from curriculum.parsing.parse_findings import gap_to_message
from curriculum.parsing.parse_result import ParsedDocument
from curriculum.parsing.rows import Finding

__all__ = ["naming_findings"]

_NUMBERED = re.compile(r"^option \w+: ", re.IGNORECASE)


def naming_findings(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report what one table of the document names and another leaves out or contradicts."""
    yield from _unnamed(parsed)
    yield from _themes(parsed)
    yield from _crossing_options(parsed)
    yield from _same_ksbs(parsed)
    yield from _duty_numbers(parsed)
    yield from _duplicate_codes(parsed)


def _ksbs_by_duty(parsed: ParsedDocument) -> dict[str, list[str]]:
    """Return the codes that each duty names, each once and in the order of print."""
    named: dict[str, dict[str, None]] = {}
    for pair in parsed.rows.duty_ksbs:
        named.setdefault(pair.duty, {})[pair.code] = None
    return {duty: list(codes) for duty, codes in named.items()}


def _unnamed(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report KSBs that no duty, theme or row of the mapping table names."""
    in_duties = {pair.code for pair in parsed.rows.duty_ksbs}
    in_themes = {code for theme in parsed.themes for code in theme.codes}
    methods = {
        row.code: parsed.method_codes.get(method_name_to_key(row.method))
        for row in parsed.rows.statement_methods
    }
    with_themes = {theme.method for theme in parsed.themes}
    # A method without themes, such as a test, assesses its KSBs without a theme.
    verified = {row.name for row in parsed.rows.details if row.section == VERIFIED}
    listed = {row.value for row in parsed.rows.details if row.section == LISTED}
    has_test = any(row.code not in with_themes for row in parsed.methods if row.name not in listed)
    for row in parsed.statements:
        if in_duties and row.code not in in_duties:
            yield Finding("no-duty", row.first_line, "warning", f"{row.code} is named by no duty")
        if row.code in verified or (ALL_BEHAVIOURS in verified and row.code.startswith("B")):
            continue
        is_known = row.code in methods
        needs_theme = methods[row.code] in with_themes if is_known else not has_test
        if in_themes and row.code not in in_themes and needs_theme:
            severity = "error" if is_known else "warning"
            yield Finding("no-theme", row.first_line, severity, f"{row.code} is grouped by no theme")
        if methods and not is_known:
            yield Finding("no-method", row.first_line, "warning", f"{row.code} is not in the mapping table")


def _themes(parsed: ParsedDocument) -> Iterator[Finding]:
    """Compare themes with their descriptors, with each other and with the options."""
    named: dict[str, dict[str, int]] = {}
    for row in parsed.rows.descriptors:
        named.setdefault(text_to_title_key(row.theme), {}).update(dict.fromkeys(row.codes, row.last_line))
    grouping: dict[str, list[str]] = {}
    cells = [*(duty.option for duty in parsed.duties), *(row.option for row in parsed.statements)]
    options = {option for cell in cells for option in cell.split("; ")} - {""}
    lines = {row.code: row.first_line for row in parsed.statements}
    for theme in parsed.themes:
        for code in theme.codes:
            grouping.setdefault(code, []).append(theme.name)
        in_descriptors = named.get(text_to_title_key(theme.name), {})
        for code in theme.codes if in_descriptors else ():
            if code not in in_descriptors:
                message = f"{code} is named by no descriptor of its theme “{theme.name}”"
                yield Finding("no-descriptor", theme.first_line, "warning", message)
        for code, line in in_descriptors.items():
            if code not in theme.codes and code in lines:
                message = f"a descriptor of “{theme.name}” names {code}, which the theme does not group"
                yield Finding("descriptor-differs", line, "warning", message)
        option = _NUMBERED.sub("", theme.option)
        if option and options and option not in {*options, CORE}:
            message = f"the theme “{theme.name}” is for {theme.option}, and no duty or KSB is"
            yield Finding("option-differs", theme.first_line, "warning", message)
    for code, names in grouping.items():
        if len(names) > 1 and code in lines:
            message = f"{code} is grouped by {names_to_phrase(f'“{name}”' for name in names)}"
            yield Finding("several-themes", lines[code], "note", message)


def _crossing_options(parsed: ParsedDocument) -> Iterator[Finding]:
    """Compare the option of each KSB with those of the duties that name it."""
    options = {duty.code: duty.option for duty in parsed.duties}
    statements = {row.code: row for row in parsed.statements}
    naming: dict[str, list[str]] = {}
    for duty, codes in _ksbs_by_duty(parsed).items():
        for code in codes:
            naming.setdefault(code, []).append(duty)
    shared: dict[str, list[str]] = {}
    for code, duties in naming.items():
        row = statements.get(code)
        if not row or not row.option:
            continue
        its_options = set(row.option.split("; "))
        others = [
            duty for duty in duties if options.get(duty) and not set(options[duty].split("; ")) <= its_options
        ]
        if row.option != CORE and others:
            yield Finding(
                "option-under-core",
                row.first_line,
                "warning",
                f"{code} is for the option {row.option}, and {names_to_phrase(others)} "
                f"({names_to_phrase(dict.fromkeys(options[duty] for duty in others))}) names it",
            )
        elif row.option == CORE and len(others) == len(duties):
            yield Finding(
                "core-under-option",
                row.first_line,
                "warning",
                f"{code} is core, and only {names_to_phrase(others)} of an option names it",
            )
        else:
            for duty in others:
                shared.setdefault(duty, []).append(code)
    lines = {duty.code: duty.first_line for duty in parsed.duties}
    for duty, codes in shared.items():
        yield Finding(
            "core-under-option",
            lines[duty],
            "note",
            f"{duty} is for the option {options[duty]}; core duties name its {names_to_phrase(codes)} too",
        )


def _same_ksbs(parsed: ParsedDocument) -> Iterator[Finding]:
    by_codes: dict[frozenset[str], list[str]] = {}
    for duty, codes in _ksbs_by_duty(parsed).items():
        by_codes.setdefault(frozenset(codes), []).append(duty)
    lines = {pair.duty: pair.first_line for pair in reversed(parsed.rows.duty_ksbs)}
    for named, duties in by_codes.items():
        if len(duties) > 1:
            yield Finding(
                "same-ksbs",
                lines[duties[-1]],
                "warning",
                f"{names_to_phrase(duties)} name exactly the same {len(named)} KSBs",
            )


def _duty_numbers(parsed: ParsedDocument) -> Iterator[Finding]:
    lines = {int(duty.code[1:]): duty.first_line for duty in parsed.duties}
    missing = sorted(set(range(1, max(lines, default=0))) - lines.keys())
    if missing:
        last = max(lines)
        yield Finding("numbering-gap", lines[last], "warning", gap_to_message("D", missing, last))
    for before, after in pairwise(lines):
        if after < before:
            yield Finding("numbering-order", lines[after], "note", f"D{after} is printed behind D{before}")


def _duplicate_codes(parsed: ParsedDocument) -> Iterator[Finding]:
    """Report codes that one list (the KSBs of one duty, one section) prints twice."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    for row in parsed.rows.occurrences:
        line, text = first.setdefault((row.section, row.code), (row.first_line, row.text))
        if line != row.first_line:
            is_same = text_without_full_stop(text) == text_without_full_stop(row.text)
            yield Finding(
                "duplicate-code",
                row.first_line,
                "warning" if is_same else "error",
                f"{row.code} is in this list already, on line {line}, "
                f"{'in the same words' if is_same else 'with another wording'}",
            )
