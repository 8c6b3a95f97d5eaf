"""Read columns that say whose a statement or a duty is: “Option”, and “Mandatory” with yes or no."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from curriculum.model.text import text_to_title_key
from curriculum.parsing.duty_options import text_to_option
from curriculum.parsing.further_columns import FURTHER_COLUMNS, OPTION_COLUMN
from curriculum.parsing.mandatory import Mandatory
from curriculum.parsing.mandatory_headings import lines_to_stated_mandatory
from curriculum.parsing.rows import Rows

__all__ = ["with_stated_mandatory", "with_stated_options"]

_MANDATORY_COLUMN: Final = re.compile(r"(?:is )?(?:mandatory|compulsory)(?: ksbs?)?|must be assessed")
_YES: Final = frozenset(("yes", "y", "true", "mandatory", "compulsory", "x"))
_NO: Final = frozenset(("no", "n", "false", "not mandatory", "optional"))
_TICKS: Final = frozenset("✓✔☑")


def with_stated_options(rows: Rows) -> Rows:
    """Return rows whose statements and duties have the option that the column “Option” gives them.

    A value that is no name (a tick, “Yes”, a number) says nothing, and neither do two for one code.
    """
    stated = {
        code: text_to_option(value)
        for code, value in _code_to_value(rows, OPTION_COLUMN).items()
        if any(map(str.isalpha, value)) and text_to_title_key(value) not in _YES | _NO
    }
    if not stated:
        return rows
    return replace(
        rows,
        occurrences=tuple(
            row._replace(option=row.option or stated.get(row.code, "")) for row in rows.occurrences
        ),
        duties=tuple(row._replace(option=row.option or stated.get(row.code, "")) for row in rows.duties),
    )


def with_stated_mandatory(mandatory: Mandatory, rows: Rows, lines: Sequence[str]) -> Mandatory:
    """Return which statements must be assessed, with what headings and the column “Mandatory” say of them."""
    defined = {row.code for row in rows.occurrences}
    headed = lines_to_stated_mandatory(lines, rows.occurrences) if defined else {}
    stated = {code: answer for code, answer in headed.items() if code in defined} | {
        code: answer
        for code, value in _code_to_value(rows, _MANDATORY_COLUMN).items()
        if (answer := _value_to_answer(value)) is not None
    }
    return mandatory._replace(by_code={**mandatory.by_code, **stated})


def _value_to_answer(value: str) -> bool | None:
    key = text_to_title_key(value)
    if key in _YES or value.strip() in _TICKS:
        return True
    return False if key in _NO else None


def _code_to_value(rows: Rows, column: re.Pattern[str]) -> Mapping[str, str]:
    """Return the value in a column by code; a code with two values is left out."""
    values: dict[str, set[str]] = {}
    for detail in rows.details:
        code, _, name = detail.name.partition(": ")
        if detail.section == FURTHER_COLUMNS and column.fullmatch(text_to_title_key(name)):
            values.setdefault(code, set()).add(detail.value)
    return {code: next(iter(found)) for code, found in values.items() if len(found) == 1}
