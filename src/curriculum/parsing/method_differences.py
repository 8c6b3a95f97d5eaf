"""Whether the mapping of KSBs to methods agrees with the themes: method and option."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from curriculum.parsing.occurrences import MergedTheme, method_name_to_key
from curriculum.parsing.rows import Finding, StatementMethod

__all__ = ["method_findings"]


def method_findings(
    rows: Iterable[StatementMethod],
    themes: Iterable[MergedTheme],
    methods: Mapping[tuple[str, ...], str],
) -> tuple[Finding, ...]:
    """Compare the KSB mapping table with the themes: method and option."""
    mapped = list(rows)
    by_code = {code: theme for theme in themes for code in theme.codes}
    every = {(row.code, methods.get(method_name_to_key(row.method), "")) for row in mapped}
    findings = []
    for row in mapped:
        method = methods.get(method_name_to_key(row.method), "")
        theme = by_code.get(row.code)
        # A KSB that two methods assess can be in a theme of one of them alone.
        if theme and theme.method and (row.code, theme.method) not in every:
            findings.append(
                Finding(
                    "method-differs",
                    row.last_line,
                    "error",
                    f"{row.code} is assessed by {method} in the mapping table and by {theme.method} "
                    f"in the theme “{theme.name}” (line {theme.first_line})",
                )
            )
        if theme and row.option and theme.option and theme.option != row.option:
            findings.append(
                Finding(
                    "option-differs",
                    row.first_line,
                    "error",
                    f"{row.code} is {row.option} in the mapping table and {theme.option} "
                    f"in the theme “{theme.name}” (line {theme.first_line})",
                )
            )
    return tuple(findings)
