"""Make the changes of benchmarks/mutants.py: each is a small fault that a programmer could make."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

_SWAPPED_SIGNS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Mult,),
    ast.Mod: (ast.Mult,),
    ast.BitOr: (ast.BitAnd,),
    ast.BitAnd: (ast.BitOr,),
}
_SWAPPED_NAMES = {"min": "max", "max": "min", "any": "all", "all": "any", "search": "match"}
_TIDYING = frozenset(("casefold", "rstrip", "removeprefix", "drop_duplicates"))
_EMPTY = {"str": "''", "int": "0", "float": "0.0", "list": "[]", "dict": "{}", "set": "set()", "tuple": "()"}


class Mutant(NamedTuple):
    """One change: where it is, the old code, the new code, and how it is made in the tree."""

    line: int
    scope: str
    old: str
    new: str
    apply: Callable[[], None]

    @property
    def text(self) -> str:
        """The change as it is printed, and as it is listed if it is equivalent."""
        return f"{self.scope}: {self.old} -> {self.new}"


def source_to_mutants(tree: ast.Module) -> list[Mutant]:
    """Return every change of a module, in the order of its lines."""
    found = [mutant for node, scope in _nodes(tree, "") for mutant in _node_to_mutants(node, scope)]
    ordered = sorted(found, key=lambda mutant: mutant.line)
    seen: Counter[str] = Counter()
    named = []
    for mutant in ordered:
        seen[mutant.text] += 1
        count = f" ({seen[mutant.text]})" if seen[mutant.text] > 1 else ""
        named.append(mutant._replace(new=f"{mutant.new}{count}"))
    return named


def _nodes(node: ast.AST, scope: str) -> Iterator[tuple[ast.AST, str]]:
    """Return the nodes of code that is run, with the function that they are in; no types, no docstrings."""
    for name, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or name in {"annotation", "returns", "bases", "decorator_list"}:
                continue
            if _is_set_aside(child):
                continue
            inner = scope
            if isinstance(child, ast.FunctionDef | ast.ClassDef):
                inner = f"{scope}.{child.name}".lstrip(".")
            yield child, inner
            yield from _nodes(child, inner)


def _is_set_aside(node: ast.AST) -> bool:
    """Return whether a node is not a rule: imports, docstrings, names of types, `strict` of `zip`."""
    is_import = isinstance(node, ast.Import | ast.ImportFrom)
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_public = isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    is_type = isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript) and not node.col_offset
    is_strict = isinstance(node, ast.keyword) and node.arg == "strict"
    return is_import or is_docstring or is_public or is_type or is_strict


def _node_to_mutants(node: ast.AST, scope: str) -> Iterator[Mutant]:
    for change in (_signs, _numbers, _texts, _conditions, _parts, _calls, _results, _statements):
        for old, new, apply in change(node):
            line = getattr(node, "lineno", 0) or node.target.lineno  # type: ignore[attr-defined]
            yield Mutant(line, scope or "module", old, new, apply)


_Change = tuple[str, str, Callable[[], None]]


def _to(node: ast.AST, field: str, value: object, at: int | None = None) -> Callable[[], None]:
    """Return a function that sets a field of a node, or one element of it."""

    def apply() -> None:
        if at is None:
            setattr(node, field, value)
        else:
            getattr(node, field)[at] = value

    return apply


def _into(node: ast.AST, text: str) -> _Change:
    """Return the change of an expression into another, in place."""
    new = ast.parse(text, mode="eval").body

    def apply() -> None:
        place = {name: getattr(node, name) for name in node._attributes}
        node.__class__ = new.__class__
        node.__dict__.clear()
        node.__dict__.update({**new.__dict__, **place})

    return ast.unparse(node), ast.unparse(new), apply


def _changed(node: ast.AST, apply: Callable[[], None], undo: Callable[[], None]) -> _Change:
    """Return the old and the new code of a change, by making the change and undoing it."""
    old = ast.unparse(node)
    apply()
    new = ast.unparse(node)
    undo()
    return old, new, apply


def _signs(node: ast.AST) -> Iterator[_Change]:
    """Change comparisons, `and` and `or`, arithmetic."""
    if isinstance(node, ast.Compare):
        for at, sign in enumerate(node.ops):
            for other in _SWAPPED_SIGNS[type(sign)]:
                yield _changed(node, _to(node, "ops", other(), at), _to(node, "ops", sign, at))
    elif isinstance(node, ast.BoolOp | ast.BinOp | ast.AugAssign):
        for other in _SWAPPED_SIGNS.get(type(node.op), ()):
            yield _changed(node, _to(node, "op", other()), _to(node, "op", node.op))
    elif isinstance(node, ast.UnaryOp):
        yield _into(node, ast.unparse(node.operand))


def _numbers(node: ast.AST) -> Iterator[_Change]:
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield _into(node, str(not node.value))
    elif isinstance(node.value, int):
        for number in dict.fromkeys((node.value + 1, node.value - 1, node.value // 2)):
            if number != node.value:
                yield _into(node, repr(number))
    elif isinstance(node.value, float):
        scaled = (node.value * by for by in (0.5, 0.99, 1.01))
        for share in (node.value + 1, node.value - 1, *scaled):
            if share != node.value:
                yield _into(node, repr(round(share, 6)))


def _texts(node: ast.AST) -> Iterator[_Change]:
    """Empty a text; take an alternative from a pattern."""
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value):
        return
    yield _into(node, "''")
    words = re.split(r"(?<=\|)|(?=[()])|(?<=\()(?!\?)|(?<=\?:)", node.value)
    for at, word in enumerate(words):
        rest = "".join((*words[:at], *words[at + 1 :]))
        is_alternative = (
            "|" in node.value and word.rstrip("|") not in {"", "(", ")", "(?:"} and "(?" not in word
        )
        if is_alternative and (word.endswith("|") or words[at - 1].endswith("|")):
            yield _into(node, repr(re.sub(r"\|(?=\)|$)", "", rest)))


def _conditions(node: ast.AST) -> Iterator[_Change]:
    if isinstance(node, ast.If | ast.IfExp):
        for value in (True, False):
            constant = ast.copy_location(ast.Constant(value), node.test)
            old = f"if {ast.unparse(node.test)}"
            yield old, f"if {value}", _to(node, "test", constant)
    elif isinstance(node, ast.comprehension):
        for at, test in enumerate(node.ifs):
            constant = ast.copy_location(ast.Constant(True), test)
            yield f"if {ast.unparse(test)}", "if True", _to(node, "ifs", constant, at)


def _parts(node: ast.AST) -> Iterator[_Change]:
    """Leave out an element, an operand, an argument."""
    fields = {
        ast.BoolOp: ("values", 2),
        ast.Tuple: ("elts", 1),
        ast.List: ("elts", 1),
        ast.Set: ("elts", 2),
        ast.Dict: ("keys", 1),
        ast.Call: ("keywords", 1),
    }
    name, least = fields.get(type(node), ("", 0))
    if not name or isinstance(getattr(node, "ctx", None), ast.Store):
        return
    elements = getattr(node, name)
    for at in range(len(elements) if len(elements) >= least else 0):
        if isinstance(elements[at], ast.keyword) and _is_set_aside(elements[at]):
            continue
        less = [*elements[:at], *elements[at + 1 :]]
        if isinstance(node, ast.BoolOp) and len(less) == 1:
            yield _into(node, ast.unparse(less[0]))
        elif isinstance(node, ast.Dict):
            values = [*node.values[:at], *node.values[at + 1 :]]
            yield _changed(node, _both(node, less, values), _both(node, node.keys, node.values))
        else:
            yield _changed(node, _to(node, name, less), _to(node, name, elements))


def _both(node: ast.Dict, keys: object, values: object) -> Callable[[], None]:
    def apply() -> None:
        node.keys, node.values = keys, values  # type: ignore[assignment]

    return apply


def _calls(node: ast.AST) -> Iterator[_Change]:
    """Turn a function into its opposite; leave out a sort, or a method without arguments."""
    if not isinstance(node, ast.Call):
        return
    if isinstance(node.func, ast.Name) and node.func.id in _SWAPPED_NAMES:
        yield _changed(
            node,
            _to(node.func, "id", _SWAPPED_NAMES[node.func.id]),
            _to(node.func, "id", node.func.id),
        )
    if isinstance(node.func, ast.Name) and node.func.id in {"sorted", "reversed", "round"}:
        yield _into(
            node,
            f"list({ast.unparse(node.args[0])})" if node.func.id != "round" else ast.unparse(node.args[0]),
        )
    if isinstance(node.func, ast.Attribute) and not node.keywords:
        is_bare = not node.args and node.func.attr not in {"items", "values"}
        if is_bare or node.func.attr in _TIDYING:
            yield _into(node, ast.unparse(node.func.value))


def _results(node: ast.AST) -> Iterator[_Change]:
    """Return an empty value instead of the result of a function."""
    if not isinstance(node, ast.FunctionDef):
        return
    kind = ast.unparse(node.returns).split("[")[0] if node.returns else ""
    new = ast.parse(_EMPTY.get(kind, "None"), mode="eval").body
    for inner in ast.walk(node):
        if isinstance(inner, ast.Return) and inner.value and ast.unparse(inner.value) != ast.unparse(new):
            value = ast.copy_location(new, inner)
            yield (
                f"return {ast.unparse(inner.value)}",
                f"return {ast.unparse(new)}",
                _to(inner, "value", value),
            )


def _statements(node: ast.AST) -> Iterator[_Change]:
    """Leave out a statement that does something."""
    for name in ("body", "orelse"):
        body = getattr(node, name, None)
        for at, inner in enumerate(body if isinstance(body, list) else []):
            is_kept = isinstance(inner, ast.Assign) and isinstance(
                inner.targets[0], ast.Subscript | ast.Attribute
            )
            kinds = ast.Expr | ast.AugAssign | ast.Raise | ast.Continue | ast.Break | ast.Delete
            if not _is_set_aside(inner) and (is_kept or isinstance(inner, kinds)):
                yield ast.unparse(inner), "pass", _to(node, name, ast.copy_location(ast.Pass(), inner), at)
