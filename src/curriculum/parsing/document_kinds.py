"""The kinds of document that are read. This is the only list of them."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from importlib import import_module
from typing import Final, cast

from curriculum.errors import NotFound, UnsupportedFormat
from curriculum.model.text import text_to_squashed
from curriculum.parsing.document_kind import DocumentKind, DocumentText
from curriculum.parsing.parse_result import Recognition
from curriculum.parsing.refusals import (
    has_source_items,
    text_to_found,
    text_to_refusal_advice,
    text_to_table_errors,
)

__all__ = ["KIND_MODULES", "document_kinds", "name_to_kind", "text_to_kind"]

# The modules of `curriculum.parsing.kinds`. A text is of the first kind that recognises it: kinds whose
# documents contain those of other kinds come first.
KIND_MODULES: Final = (
    "official_record",
    "case_framework",
    "code_table",
    "nos_unit",
    "occupational_standard",
    "assessment_plan",
    "duty_listing",
    "ksb_listing",
    "unnumbered_listing",
    "plan_in_prose",
)


def document_kinds() -> tuple[DocumentKind, ...]:
    """Return the kinds of document, in the order in which they are tried.

    Examples
    --------
    >>> len(document_kinds()) == len(KIND_MODULES)
    True
    """
    modules = (import_module(f"curriculum.parsing.kinds.{name}") for name in KIND_MODULES)
    return tuple(cast(DocumentKind, module.KIND) for module in modules)


def name_to_kind(name: str, kinds: Sequence[DocumentKind]) -> DocumentKind:
    """Return the kind of document with a name; capital letters make no difference.

    Raises
    ------
    NotFound
        If there is none of this name.

    Examples
    --------
    >>> name_to_kind("Assessment Plan", document_kinds()).usual
    ('methods', 'themes', 'descriptors')
    """
    wanted = text_to_squashed(name).casefold()
    names = {kind.name.casefold(): kind for kind in kinds}
    if wanted in names:
        return names[wanted]
    near = [names[found].name for found in get_close_matches(wanted, names, n=2, cutoff=0.6)]
    raise NotFound(
        "no kind of document",
        where=name,
        expected=f"one of {', '.join(kind.name for kind in kinds)}",
        advice=f"Did you mean {' or '.join(near)}?" if near else "Choose one of these, or leave it out.",
    )


def text_to_kind(text: DocumentText, kinds: Sequence[DocumentKind]) -> tuple[DocumentKind, Recognition]:
    """Find the kind of a document, or take the one that the user names.

    Parameters
    ----------
    text
        The text.
    kinds
        The kinds to try, in this order.

    Returns
    -------
    tuple
        The kind; and its name, with the evidence for it.

    Raises
    ------
    UnsupportedFormat
        If the text is of no kind.
    NotFound
        If the user names a kind that there is not.
    """
    if has_source_items(text):
        raise _no_kind_error(text, kinds)
    found = next(((kind, evidence) for kind in kinds if (evidence := kind.recognise(text))), None)
    if text.document.kind:
        return _named_kind(text, name_to_kind(text.document.kind, kinds), found)
    if not found:
        raise _no_kind_error(text, kinds)
    kind, evidence = found
    return kind, Recognition(kind.name, evidence)


def _named_kind(
    text: DocumentText, kind: DocumentKind, found: tuple[DocumentKind, str] | None
) -> tuple[DocumentKind, Recognition]:
    """Return the kind that the user names, with what the content says about it."""
    signs = kind.recognise(text)
    shown = f"its signs in the text: {signs}" if signs else "none of its signs is in the text"
    parts = ["named by --kind", shown]
    if found and found[0] is not kind:
        parts.append(f"from its content it would be read as {found[0].name}: {found[1]}")
    return kind, Recognition(kind.name, "; ".join(parts))


def _no_kind_error(text: DocumentText, kinds: Sequence[DocumentKind]) -> UnsupportedFormat:
    if errors := text_to_table_errors(text):
        return UnsupportedFormat(
            "its statements are in a table that cannot be read",
            where=text.document.source,
            found=errors,
            advice="Correct the table, and read the file again.",
        )
    name = text.document.source.partition("#")[0].casefold()
    possible = [kind for kind in kinds if not kind.file_endings or name.endswith(kind.file_endings)]
    *others, last = dict.fromkeys(kind.description for kind in possible)
    return UnsupportedFormat(
        "no kind of document that can be read",
        where=text.document.source,
        expected=f"{', '.join(others)} or {last}" if others else last,
        found=text_to_found(text),
        advice=text_to_refusal_advice(text),
    )
