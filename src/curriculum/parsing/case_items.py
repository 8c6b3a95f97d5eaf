"""Read what the items of a CASE package are: statements, duties or headings, and the code of each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from curriculum.documents.case_package import CaseItem, CasePackage
from curriculum.model import vocabulary as v
from curriculum.model.codes import word_to_code
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_squashed
from curriculum.parsing.case_tree import CaseTree
from curriculum.parsing.rows import Finding

__all__ = ["CaseRoles", "ItemRole", "items_to_roles"]

_DUTY_CODE: Final = re.compile(r"(?:D|Duty )0*([1-9][0-9]{0,3})", re.IGNORECASE)
_WORDS: Final = {
    "skills": "skill",
    "behaviours": "behaviour",
    "behavior": "behaviour",
    "behaviors": "behaviour",
}
# The last word of the name of a type of statements, whatever is below them (Performance expectation).
_OF_STATEMENTS: Final = frozenset(
    (
        *("standard", "statement", "expectation", "outcome", "objective", "benchmark", "indicator", "target"),
        *("competency", "competence", "criterion", "capability"),
        *("knowledge", "skill", "behaviour", "behavior"),
    )
)
_LETTERS: Final = {kind: letters for letters, kind in v.KIND_OF_LETTERS.items()}
_MOST_CODE: Final = 100
_SHOWN: Final = 5
_TYPES_SHOWN: Final = 8


class ItemRole(Enum):
    """What an item of a package is read as."""

    STATEMENT = "statement"
    DUTY = "duty"
    HEADING = "heading"
    # These are items of packages that were written from our tables.
    METHOD = "assessment method"
    THEME = "assessment theme"
    DESCRIPTOR = "grading descriptor"


# Items without a type, in words, with why they are read so.
_UNTYPED: Final = {
    ItemRole.STATEMENT: "items without a type and with nothing below them",
    ItemRole.HEADING: "items without a type and with items below them",
}
_OF_OWN: Final = {role.value: role for role in (ItemRole.METHOD, ItemRole.THEME, ItemRole.DESCRIPTOR)}


@dataclass
class CaseRoles:
    """The role of each item, by its place in the package, and the codes of statements and duties."""

    roles: dict[int, ItemRole] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def of(self, role: ItemRole, order: Sequence[int]) -> list[int]:
        """Return the items of a role, in an order."""
        return [at for at in order if self.roles[at] is role]


def type_to_kind(item_type: str) -> str:
    """Return the kind of statement that the type of an item names; empty if it names none.

    Examples
    --------
    >>> type_to_kind("Skills"), type_to_kind("Performance criterion"), type_to_kind("Standard")
    ('skill', 'performance criterion', '')
    """
    words = text_to_squashed(item_type).casefold()
    kind = _WORDS.get(words, words)
    return kind if kind in v.STATEMENT_KINDS else ""


def items_to_roles(package: CasePackage, tree: CaseTree) -> CaseRoles:
    """Return what each item is, and its code.

    An item with the type Duty is a duty. The items of another type are headings if most of them have items of
    a different type below them (Domain above Standard), unless the type is named for statements (Standard
    above Component); and statements otherwise. An item without a type is a statement if it has nothing below
    it. If none is a statement by this, those are that have nothing below them. In a package that was written
    from our tables, the type of an item says what it is.
    """
    found = CaseRoles()
    leaves = {at for at in tree.order if not tree.children.get(at)}
    levels = _level_types(package, tree)
    is_own = package.is_own
    for at in tree.order:
        found.roles[at] = _item_to_role(package.items[at], at in leaves, levels, is_own=is_own)
    if ItemRole.STATEMENT not in found.roles.values():
        found.roles |= {at: ItemRole.STATEMENT for at in leaves if found.roles[at] is ItemRole.HEADING}
    _tell_types(package, found)
    _read_statement_codes(package, tree, found)
    _read_duty_codes(package, tree, found)
    return found


def _level_types(package: CasePackage, tree: CaseTree) -> frozenset[str]:
    """Return the types, in lower case, most of whose items have items of a different type below them."""
    types = [item.item_type.casefold() for item in package.items]
    counts: dict[str, Counter[bool]] = {}
    for at, name in enumerate(types):
        is_level = any(types[child] != name for child in tree.children.get(at, ()))
        counts.setdefault(name, Counter())[is_level] += 1
    return frozenset(
        name
        for name, number in counts.items()
        if name and number[True] > number[False] and not _is_of_statements(name)
    )


def _is_of_statements(item_type: str) -> bool:
    """Return whether a type is named for statements.

    Examples
    --------
    >>> [_is_of_statements(name) for name in ("Student Expectation", "Standards", "Element of competency")]
    [True, False, False]
    """
    words = item_type.casefold().split()
    return bool(words) and words[-1] in _OF_STATEMENTS and "of" not in words


def _item_to_role(item: CaseItem, is_leaf: bool, levels: frozenset[str], *, is_own: bool) -> ItemRole:
    item_type = item.item_type.casefold()
    if item_type == v.DUTY:
        return ItemRole.DUTY
    if is_own and item_type in _OF_OWN:
        return _OF_OWN[item_type]
    if is_own and type_to_kind(item_type):
        return ItemRole.STATEMENT
    is_statement = item_type not in levels if item_type else is_leaf
    return ItemRole.STATEMENT if is_statement else ItemRole.HEADING


def _tell_types(package: CasePackage, found: CaseRoles) -> None:
    """Report which types are read as statements and which as headings, if there are both, and why."""
    names: dict[ItemRole, Counter[str]] = {}
    for at, role in found.roles.items():
        names.setdefault(role, Counter())[package.items[at].item_type] += 1
    if {ItemRole.STATEMENT, ItemRole.HEADING} <= names.keys():
        statements, headings = (
            _types_to_phrase(names[role], _UNTYPED[role]) for role in (ItemRole.STATEMENT, ItemRole.HEADING)
        )
        why = ". Most items of a type of headings have items of another type below them"
        message = f"read as statements: {statements}; as headings: {headings}"
        is_typed = any(names[ItemRole.HEADING])
        found.findings.append(Finding("case-types", 0, "note", f"{message}{why if is_typed else ''}"))


def _types_to_phrase(names: Counter[str], untyped: str) -> str:
    shown = [
        f"{text_to_shortened(name, 60) or untyped} ({number:,})"
        for name, number in names.most_common(_TYPES_SHOWN)
    ]
    return names_to_phrase(
        [*shown, *([f"{len(names) - len(shown):,} more"] if len(names) > len(shown) else [])]
    )


def _to_code(printed: str) -> str:
    """Return a printed code as a code: without white space and colons, which a code cannot have."""
    return "_".join(printed.replace(":", ".").split())[:_MOST_CODE]


def _read_statement_codes(package: CasePackage, tree: CaseTree, found: CaseRoles) -> None:
    statements = found.of(ItemRole.STATEMENT, tree.order)
    printed = {at: code for at in statements if (code := _to_code(package.items[at].code))}
    changed = [at for at, code in printed.items() if code != package.items[at].code]
    if changed:
        first = changed[0]
        message = (
            f"{_count(len(changed))} with white space or a colon, or very long, as no code can be: "
            f"“{package.items[first].code[:60]}” is read as {printed[first]}"
        )
        found.findings.append(Finding("other-codes", package.items[first].line, "note", message))
    found.codes |= _unique(package, tree, printed, found)
    _number(package, [at for at in statements if at not in printed], found)


def _unique(
    package: CasePackage, tree: CaseTree, printed: Mapping[int, str], found: CaseRoles
) -> dict[int, str]:
    """Return the codes; where several items print the same one, each has more before or behind it.

    Before it is the code of the item above, if that makes them differ (48.1.a, 48.2.a); else a number is
    behind it, by their order (a-1, a-2).
    """
    places: dict[str, list[int]] = {}
    for at, code in printed.items():
        places.setdefault(code, []).append(at)
    taken = set(places)
    codes: dict[int, str] = {}
    for code, items in places.items():
        names = _to_names(package, tree, code, items, taken) if len(items) > 1 else [code]
        codes |= dict(zip(items, names, strict=True))
        taken.update(names)
    repeated = {code: items for code, items in places.items() if len(items) > 1}
    if repeated:
        code, items = next(iter(repeated.items()))
        number = sum(map(len, repeated.values()))
        message = (
            f"{_count(len(repeated))} of several items ({number:,} in all), such as {code}: they are read as "
            f"{names_to_phrase(codes[at] for at in items[:_SHOWN])}"
        )
        found.findings.append(Finding("duplicate-code", package.items[items[1]].line, "warning", message))
    return codes


def _to_names(
    package: CasePackage, tree: CaseTree, code: str, items: Sequence[int], taken: set[str]
) -> list[str]:
    """Return a code of its own for each item that prints this code."""
    above = [_to_code(package.items[up].code) for at in items for up in tree.parents.get(at, ())[:1]]
    names = [f"{start}.{code}" for start in above if start]
    if len(set(names)) == len(items) and taken.isdisjoint(names):
        return names
    numbered = _free(f"{code}-", taken)
    return [next(numbered) for _ in items]


def _count(number: int) -> str:
    return "1 code" if number == 1 else f"{number:,} codes"


def _free(start: str, taken: set[str]) -> Iterator[str]:
    """Yield codes that begin in this way and are not taken, in the order of their numbers."""
    number = 0
    while True:
        number += 1
        if f"{start}{number}" not in taken:
            yield f"{start}{number}"


def _number(package: CasePackage, items: Sequence[int], found: CaseRoles) -> None:
    """Assign a code by their order to the statements that print none, and report it."""
    taken = set(found.codes.values())
    other = "N" if taken else ""
    names = {letters: _free(letters, taken) for letters in (*_LETTERS.values(), other)}
    for at in items:
        kind = type_to_kind(package.items[at].item_type)
        found.codes[at] = next(names[_LETTERS.get(kind, other)])
    if items:
        some = f"{len(items):,} items print" if len(items) > 1 else "1 item prints"
        first = found.codes[items[0]]
        message = f"{some} no code (humanCodingScheme): numbered by the order, from {first}"
        found.findings.append(Finding("numbers-lost", package.items[items[0]].line, "note", message))


def _read_duty_codes(package: CasePackage, tree: CaseTree, found: CaseRoles) -> None:
    duties = found.of(ItemRole.DUTY, tree.order)
    printed = {at: match for at in duties if (match := _DUTY_CODE.fullmatch(package.items[at].code))}
    codes = {at: f"D{match[1]}" for at, match in printed.items()}
    if len(codes) == len(duties) and len(set(codes.values())) == len(duties):
        found.codes |= codes
        return
    found.codes |= {at: f"D{number}" for number, at in enumerate(duties, start=1)}
    message = f"the {len(duties)} duties do not each have a number of their own: numbered by their order"
    found.findings.append(Finding("numbers-lost", package.items[duties[0]].line, "note", message))


def code_to_stated_kind(code: str, item_type: str) -> str:
    """Return the kind of a statement: that of its type; without one, that of its code if no type is given.

    A code of another scheme (S1, for the first standard) does not say that a statement is a skill.

    Examples
    --------
    >>> code_to_stated_kind("1.2", "Knowledge"), code_to_stated_kind("S1", "Standard")
    ('knowledge', 'statement')
    >>> code_to_stated_kind("S1", "")
    ''
    """
    kind = type_to_kind(item_type)
    return kind or (v.STATEMENT if item_type and word_to_code(code) else "")
