"""Say why a text is of no kind that is read: what it holds, what is missing, and what to do."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from curriculum.model.codes import is_only_codes, line_to_codes, line_to_label
from curriculum.model.text import names_to_phrase, text_to_shortened
from curriculum.parsing.document_kind import DocumentText
from curriculum.parsing.kind_headings import text_to_letters
from curriculum.parsing.labelled import is_bare_duty, line_to_duty
from curriculum.parsing.lines import Line, lines_to_cells

__all__ = [
    "has_source_items",
    "is_in_development",
    "text_to_found",
    "text_to_refusal_advice",
    "text_to_table_errors",
]

_AS_CSV = "Save the codes and their wordings as a CSV with the columns code and text."
_JSON_NAMES = (
    "In each object of the list, name the code code and the wording text, or write the codes as names: "
    '{"K1": "wording"}.'
)
_SOURCE_ADVICE = (
    "Lists within the source of a program are not read. In the program, write the list out with "
    "JSON.stringify (JavaScript) or json.dump (Python), and save that as .json; or save the codes and their "
    "wordings as a CSV with the columns code and text."
)
_PAGE_ADVICE = (
    "Open the page in a browser, select all, copy, and save that as text: part of a page is filled in only "
    "when it is shown."
)
_TEXT_ADVICE = "KSBs are read if each begins with its code (K1: ...), on a line of its own or in a table."
_LISTS_ADVICE = (
    "Sentences and lines without a sign are not read as KSBs, as nothing shows where a statement begins and "
    "ends. Put each on a line of its own, with its code (K1: ...) or a sign such as • before it."
)
_DEVELOPMENT = re.compile(
    r"\b(?:is|are|currently|status:?) (?:currently |still )?in development\b", re.IGNORECASE
)
_PREFIXED = re.compile(r"[\s•*\-–]*+[*`]*+[A-Z]{1,3}(?:K|S|B)[1-9]\d{0,2}[*`]*+\s?[:.)–-].*")
_SOURCE_CODE = re.compile(
    r"\s*(?:export |const |let |var |import |from \S+ import |def |class |enum |[\w.]+ (?:=|<-) \w*[\[{(]"
    r"|insert into |create table |['\"]use \w+['\"])",
    re.IGNORECASE,
)
_SOURCE_SUFFIXES = (
    *(".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".vue", ".svelte", ".py", ".r", ".sql", ".java", ".cs"),
    *(".php", ".rb", ".go"),
)
# A name with a text in quotes, and a comma: an item of a list in a program.
_SOURCE_ITEM = re.compile(r"\s*+[A-Z]{1,3}\d{1,3}\s?[:=]\s*+(?P<quote>[\"'`]).*(?P=quote)\s*+,\s*+")
_LOOKS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("“Duty n”", lambda line: line_to_duty(line) is not None or is_bare_duty(line)),
    ("a list of codes", lambda line: bool(line_to_codes(line.text)) or is_only_codes(line.text)),
    ("a code with letters before it (AK1: ...)", lambda line: _PREFIXED.fullmatch(line.text) is not None),
)


def has_source_items(text: DocumentText) -> bool:
    """Return whether most labelled lines of a text are items of a list in the source of a program."""
    labels = [line.number for line in text.lines if line_to_label(line.text)]
    items = [
        number for number in labels if _SOURCE_ITEM.fullmatch(text.document.lines[number - 1]) is not None
    ]
    # The last item of a list need not have a comma.
    return bool(items) and 2 * (len(items) + 1) > len(labels)


def is_in_development(text: DocumentText) -> bool:
    """Return whether a document says of itself that it is in development."""
    return any(_DEVELOPMENT.search(line.text) for line in text.lines)


def text_to_found(text: DocumentText) -> str:
    """Return what a text has of the things that are looked for, in words, with the first line of each."""
    lines = lines_to_cells(text.lines)
    if has_source_items(text):
        return "wordings in quotes with commas behind them, as in the source of a program"
    shown = [
        f"{name} on {'1 line' if len(found) == 1 else f'{len(found)} lines'} (first: line {found[0]})"
        for name, test in _LOOKS
        for found in (list(dict.fromkeys(line.number for line in lines if test(line))),)
        if found
    ]
    if shown:
        return f"{'; '.join(shown)}; but no KSB with its wording"
    headings = _kind_headings(lines)
    if headings:
        return f"the headings {names_to_phrase(headings)}, and no list of items below them"
    first = f", first “{text_to_shortened(lines[0].text, 60)}” (line {lines[0].number})" if lines else ""
    n_lines = len({line.number for line in lines})
    return f"{n_lines} {'line' if n_lines == 1 else 'lines'} with none of them{first}"


def text_to_table_errors(text: DocumentText) -> str:
    """Return why tables of a text are not read, each with its line; empty if all are read."""
    errors = [row for row in text.table_rows.findings if row.severity == "error"]
    return "; ".join(f"line {row.line}: {row.message}" for row in errors)


def text_to_refusal_advice(text: DocumentText) -> str:
    """Return what to do with a text that is of no kind."""
    lines, name = lines_to_cells(text.lines), text.document.source.casefold()
    reasons = (
        (is_in_development(text), "It says that it is in development: it holds no KSBs yet."),
        (
            name.endswith((".csv", ".tsv")),
            "If its columns hold codes and their wordings, name them code and text in the first line.",
        ),
        (text.document.encoding == "json", _JSON_NAMES),
        (_is_source_code(name, lines) or has_source_items(text), _SOURCE_ADVICE),
        (
            _begins_as_json(lines) and text.document.encoding != "utf-8",
            "JSON is read in UTF-8 only: save the file in that encoding.",
        ),
        (
            _begins_as_json(lines),
            f"If it is JSON, it is damaged: names and texts are in double quotes. {_AS_CSV}",
        ),
        (
            any(_PREFIXED.fullmatch(line.text) for line in lines),
            "Codes with letters before them are read if at least two of knowledge, skills and behaviours "
            f"have the same, each from 1 (AK1, AS1). {_AS_CSV}",
        ),
        (
            any(test(line) for _, test in _LOOKS for line in lines),
            "Add the KSBs with their wordings (K1: ...), or take the whole standard.",
        ),
        (bool(_kind_headings(lines)), _LISTS_ADVICE),
        (text.document.encoding == "html", _PAGE_ADVICE),
    )
    return next((advice for is_so, advice in reasons if is_so), _TEXT_ADVICE)


def _kind_headings(lines: Sequence[Line]) -> list[str]:
    """Return the headings of kinds of KSBs in a text, with their lines; none if there is only one."""
    found: dict[str, str] = {}
    for line in lines:
        letters = text_to_letters(line.text)
        if letters:
            found.setdefault(letters, f"“{line.text.rstrip(':')}” (line {line.number})")
    return list(found.values()) if len(found) > 1 else []


def _begins_as_json(lines: Sequence[Line]) -> bool:
    return bool(lines) and re.match(r"[\[{]\s*(?:[\"{\[]|$)", lines[0].text) is not None


def _is_source_code(name: str, lines: Sequence[Line]) -> bool:
    return name.endswith(_SOURCE_SUFFIXES) or (bool(lines) and _SOURCE_CODE.match(lines[0].text) is not None)
