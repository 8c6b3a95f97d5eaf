"""Read duties' KSBs, methods, themes and grading descriptors from the associations of a CASE package."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from curriculum.documents.case_package import CaseAssociation, CaseItem, CasePackage
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v
from curriculum.parsing.case_items import CaseRoles, ItemRole
from curriculum.parsing.case_tree import CaseTree
from curriculum.parsing.rows import Descriptor, DutyKsb, Finding, MethodName, StatementMethod, Theme

__all__ = ["CaseReading"]


@dataclass(frozen=True)
class CaseReading:
    """A package with its tree and the roles of its items."""

    package: CasePackage
    tree: CaseTree
    roles: CaseRoles

    def items(self, role: ItemRole) -> Iterator[tuple[int, CaseItem]]:
        """Yield the items of a role, in the order of the tree."""
        for at in self.roles.of(role, self.tree.order):
            yield at, self.package.items[at]

    def _ends(self, row: CaseAssociation) -> tuple[int | None, int | None]:
        return self.tree.item(row.origin.identifier), self.tree.item(row.destination.identifier)

    def _between(
        self, first: ItemRole, second: ItemRole, *kinds: str
    ) -> Iterator[tuple[CaseAssociation, int, int]]:
        """Yield the associations of these kinds from an item of one role to one of another.

        Those of items without a wording are left out: these are in no table, and an error says so.
        """
        for row in self.package.associations:
            origin, destination = self._ends(row)
            if (
                row.kind in kinds
                and origin is not None
                and destination is not None
                and self.roles.roles[origin] is first
                and self.roles.roles[destination] is second
                and self.package.items[origin].text
                and self.package.items[destination].text
            ):
                yield row, origin, destination

    def duty_ksbs(self) -> Iterator[DutyKsb]:
        """Yield each statement that is a child or a part of a duty."""
        kinds = (case.PART_OF, case.CHILD_OF)
        for row, origin, destination in self._between(ItemRole.STATEMENT, ItemRole.DUTY, *kinds):
            duty, code = self.roles.codes[destination], self.roles.codes[origin]
            yield DutyKsb(duty, code, row.first_line, row.last_line)

    def method_names(self) -> Iterator[MethodName]:
        """Yield the names of the methods; that of each twice, as it is the one that is printed most often."""
        for number, (_, item) in enumerate(self.items(ItemRole.METHOD), start=1):
            others = case.extension_of(item.value).get(v.OTHER_NAMES)
            listed = [name for name in others if isinstance(name, str)] if isinstance(others, list) else []
            for name in (item.text, item.text, *listed) if item.text else ():
                yield MethodName(name, number, item.line)

    def statement_methods(self) -> Iterator[StatementMethod]:
        """Yield each method that assesses a statement."""
        for row, origin, destination in self._between(ItemRole.STATEMENT, ItemRole.METHOD, case.RELATED_TO):
            method = self.package.items[destination].text
            code = self.roles.codes[origin]
            yield StatementMethod(code, method, option_of(row), row.first_line, row.last_line)

    def themes(self) -> Iterator[Theme]:
        """Yield the themes, each with its statements and the method that assesses it."""
        codes = self._codes_of(ItemRole.STATEMENT, ItemRole.THEME, case.PART_OF)
        for at, item in self.items(ItemRole.THEME):
            listed = tuple(codes.get(at, ()))
            if item.text:
                yield Theme(
                    self._method(at), option_of(item), item.text, listed, "themes", item.line, item.line
                )

    def descriptors(self) -> Iterator[Descriptor]:
        """Yield the grading descriptors, each with its theme and the statements that it names."""
        codes: dict[int, list[str]] = {}
        for _, origin, destination in self._between(ItemRole.DESCRIPTOR, ItemRole.STATEMENT, case.RELATED_TO):
            codes.setdefault(origin, []).append(self.roles.codes[destination])
        for at, theme, item, grade in self._graded():
            of_theme = self.package.items[theme]
            yield Descriptor(
                self._method(theme),
                option_of(of_theme),
                of_theme.text,
                grade,
                item.text,
                tuple(codes.get(at, ())),
                item.line,
                item.line,
            )

    def _graded(self) -> Iterator[tuple[int, int, CaseItem, str]]:
        """Yield the descriptors with a wording, a theme and a grade that there is."""
        for at, item in self.items(ItemRole.DESCRIPTOR):
            grade = case.extension_of(item.value).get(v.GRADE)
            theme = self._above(at, ItemRole.THEME)
            if item.text and theme is not None and grade in v.GRADES:
                yield at, theme, item, str(grade)

    def left_out(self) -> Iterator[Finding]:
        """Yield a finding for each grading descriptor that is in no table."""
        read = {at for at, *_ in self._graded()}
        for at, item in self.items(ItemRole.DESCRIPTOR):
            if at not in read:
                message = (
                    f"{item.path.removeprefix('$.')} has no wording, no theme or no grade: it is not read"
                )
                yield Finding("case-field", item.line, "error", message)

    def _above(self, at: int, role: ItemRole) -> int | None:
        """Return the item of a role that an item is below; None if there is none with a wording."""
        above = self.tree.parents.get(at, ())
        return next(
            (up for up in above if self.roles.roles[up] is role and self.package.items[up].text), None
        )

    def _codes_of(self, first: ItemRole, second: ItemRole, kind: str) -> dict[int, list[str]]:
        codes: dict[int, list[str]] = {}
        for _, origin, destination in self._between(first, second, kind):
            codes.setdefault(destination, []).append(self.roles.codes[origin])
        return codes

    def _method(self, theme: int) -> str:
        """Return the name of the method that a theme is below; empty if there is none."""
        method = self._above(theme, ItemRole.METHOD)
        return "" if method is None else self.package.items[method].text


def option_of(row: CaseItem | CaseAssociation) -> str:
    """Return the option of a duty, a theme or a method of a statement; empty if it has none."""
    found = case.extension_of(row.value).get(v.OPTION, "")
    return found if isinstance(found, str) else ""
