"""The tree of a CASE package: which item is below which, and in which order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from curriculum.documents.case_package import CaseAssociation, CasePackage
from curriculum.files.limits import check_time
from curriculum.model import case_terms as case
from curriculum.model.text import names_to_phrase, text_to_shortened, text_to_squashed
from curriculum.parsing.rows import Finding

__all__ = ["CaseTree", "package_to_tree"]

_SHOWN: Final = 5
# Behind all numbers.
_NO_NUMBER: Final = float("inf")


@dataclass
class CaseTree:
    """The items of a package by their places in its list, and how they are related.

    Attributes
    ----------
    of_identifier
        The places of the items with an identifier, which is in lower case.
    parents
        The places of the items that each item is below, the first in the order of the file first.
    children
        The places of the items below each item, in their order.
    order
        The places of all items: each before those below it.
    findings
        What is odd in the tree.
    """

    of_identifier: dict[str, list[int]] = field(default_factory=dict)
    parents: dict[int, list[int]] = field(default_factory=dict)
    children: dict[int, list[int]] = field(default_factory=dict)
    order: tuple[int, ...] = ()
    findings: list[Finding] = field(default_factory=list)

    def item(self, identifier: str) -> int | None:
        """Return the place of the only item with an identifier; None if there is none, or several."""
        found = self.of_identifier.get(identifier.casefold(), [])
        return found[0] if len(found) == 1 else None


def package_to_tree(package: CasePackage) -> CaseTree:
    """Return the tree of a package.

    Items of one parent are in the order of their sequence numbers, those without one last, and equal ones in
    the order of the list of items, as publishers often have the associations in no order. An item with
    several parents is placed below the first. A package without a tree has the order of that list.
    """
    tree = CaseTree()
    for at, item in enumerate(package.items):
        if item.identifier:
            tree.of_identifier.setdefault(item.identifier.casefold(), []).append(at)
    _tell_repeated(package, tree)
    below = [row for row in package.associations if row.kind == case.CHILD_OF]
    document = text_to_squashed(str(package.document.get(case.IDENTIFIER, ""))).casefold()
    top = _place(below, document, tree)
    tree.order = _to_order(len(package.items), top, tree)
    _tell_cycles(package, tree)
    _tell_parents(package, tree)
    return tree


def _place(below: Sequence[CaseAssociation], document: str, tree: CaseTree) -> list[int]:
    """Set the parents and the children, and return the items that are below the document."""
    groups: dict[int, list[tuple[float, int]]] = {}
    dangling: list[CaseAssociation] = []
    known: set[tuple[int, int]] = set()
    for row in below:
        child, parent = tree.item(row.origin.identifier), tree.item(row.destination.identifier)
        is_top = bool(document) and row.destination.identifier.casefold() == document
        if child is None or (parent is None and not is_top) or child == parent:
            dangling.append(row)
            continue
        place = -1 if parent is None else parent
        number = _NO_NUMBER if row.sequence is None else row.sequence
        groups.setdefault(place, []).append((number, child))
        if parent is not None and (child, parent) not in known:
            known.add((child, parent))
            tree.parents.setdefault(child, []).append(parent)
    for place, rows in groups.items():
        tree.children[place] = list(dict.fromkeys(child for _, child in sorted(rows)))
    _tell_order(groups, tree)
    _tell_dangling(dangling, tree)
    return tree.children.get(-1, [])


def _to_order(count: int, top: Sequence[int], tree: CaseTree) -> tuple[int, ...]:
    """Return all items, each before those below it; those of a cycle last, in the order of the file."""
    seen: dict[int, None] = {}
    # An item without a parent is at the top too, behind those that are below the document.
    roots = [*top, *(at for at in range(count) if not tree.parents.get(at))]
    for root in (*roots, *range(count)):
        stack = [root]
        while stack:
            at = stack.pop()
            if at not in seen:
                check_time()
                seen[at] = None
                stack += [child for child in reversed(tree.children.get(at, ())) if child not in seen]
    return tuple(seen)


def _tell_repeated(package: CasePackage, tree: CaseTree) -> None:
    for identifier, places in tree.of_identifier.items():
        if len(places) > 1:
            first, second = (package.items[at] for at in places[:2])
            is_same = all(package.items[at].value == first.value for at in places)
            what = "the same item" if is_same else "several items"
            message = (
                f"{len(places)} items have the identifier {identifier}: {what}, such as "
                f"{_shown(first.path)} and {_shown(second.path)}. No association with it is read as a place "
                "in the tree or as a pair"
            )
            tree.findings.append(Finding("record-id", second.line, "error", message))


def _tell_order(groups: dict[int, list[tuple[float, int]]], tree: CaseTree) -> None:
    unclear = 0
    # An association that is there twice says nothing else the second time.
    for rows in map(set, groups.values()):
        counts = Counter(number for number, _ in rows)
        unclear += sum(counts[number] > 1 or (number == _NO_NUMBER and len(rows) > 1) for number, _ in rows)
    if unclear:
        message = (
            f"{_count(unclear, 'association')} {case.CHILD_OF} without a {case.SEQUENCE}, or with that of "
            f"another of the parent: the items are in the order of {case.ITEMS}"
        )
        tree.findings.append(Finding("case-association", 0, "note", message))


def _tell_dangling(dangling: Sequence[CaseAssociation], tree: CaseTree) -> None:
    if not dangling:
        return
    places = _first_names([_shown(row.path) for row in dangling])
    message = (
        f"{_count(len(dangling), 'association')} {case.CHILD_OF} with an end that the package does not hold, "
        f"or holds twice, or with the same two ends ({places}): no item gets its place from "
        "this; it is kept in details"
    )
    tree.findings.append(Finding("case-association", dangling[0].first_line, "warning", message))


def _tell_cycles(package: CasePackage, tree: CaseTree) -> None:
    """Report the items that are below themselves, by way of others or not."""
    found = _in_cycles(len(package.items), tree)
    if found:
        names = _first_names([_item_name(package, at) for at in found])
        message = f"{_count(len(found), 'item')} in a circle of {case.CHILD_OF}: {names}"
        tree.findings.append(Finding("case-association", package.items[found[0]].line, "warning", message))


def _in_cycles(count: int, tree: CaseTree) -> list[int]:
    """Return the items that are in a circle, or between two."""
    # What is left is in a cycle or above one; the same from above leaves the cycles and what is between.
    left = _without_ends(range(count), tree.children, tree.parents)
    return sorted(_without_ends(left, tree.parents, tree.children))


def _without_ends(
    items: Collection[int], behind: Mapping[int, Sequence[int]], before: Mapping[int, Sequence[int]]
) -> Collection[int]:
    """Return what is left of items when all with none of them behind are taken away, again and again."""
    left = {at: sum(other in items for other in behind.get(at, ())) for at in items}
    ready = [at for at, number in left.items() if not number]
    while ready:
        at = ready.pop()
        del left[at]
        for other in before.get(at, ()):
            if other in left:
                left[other] -= 1
                if not left[other]:
                    ready.append(other)
    return left


def _tell_parents(package: CasePackage, tree: CaseTree) -> None:
    several = [at for at, parents in tree.parents.items() if len(parents) > 1]
    if several:
        names = _first_names([_item_name(package, at) for at in several])
        message = (
            f"{_count(len(several), 'item')} below several others: {names}. Each is listed once, below "
            "the first; the details have every association"
        )
        tree.findings.append(Finding("case-association", package.items[several[0]].line, "note", message))


def _count(number: int, name: str) -> str:
    return f"1 {name}" if number == 1 else f"{number:,} {name}s"


def _first_names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"{names_to_phrase(names[:_SHOWN])}{more}"


def _item_name(package: CasePackage, at: int) -> str:
    item = package.items[at]
    return item.code or f"“{text_to_shortened(item.text or item.path, 40)}”"


def _shown(path: str) -> str:
    return path.removeprefix("$.")
