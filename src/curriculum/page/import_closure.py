"""Find the modules that a module of the package imports, directly or by way of others, from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Final

__all__ = ["module_to_closure", "modules_to_files", "path_to_outside_imports"]

_PACKAGE: Final = "curriculum"
_INIT: Final = "__init__.py"
# The data of this room is what a page is built from, and not what runs in it.
_WITHOUT_DATA: Final = frozenset((_PACKAGE, f"{_PACKAGE}/page"))


@cache
def module_to_closure(module: str) -> tuple[str, ...]:
    """Return the files of a module and of all modules of the package that it needs, sorted.

    Imports within functions count too; those for types alone do not.

    Parameters
    ----------
    module
        Its name, such as ``curriculum.model.dates``.

    Examples
    --------
    >>> module_to_closure("curriculum.model.dates")
    ('curriculum/__init__.py', 'curriculum/model/__init__.py', 'curriculum/model/dates.py')
    """
    found: dict[str, None] = {}
    waiting = list(_name_to_paths(module))
    while waiting:
        path = waiting.pop()
        if path not in found:
            found[path] = None
            waiting += chain.from_iterable(map(_name_to_paths, _path_to_imports(path)))
    return tuple(sorted(found))


def modules_to_files(paths: tuple[str, ...]) -> dict[str, bytes]:
    """Return the content of modules, and of the other files in their folders, by path.

    A folder is a package with Python files; the other files below it are templates and tables.
    """
    contents = {path: _root().joinpath(path).read_bytes() for path in paths}
    for folder in sorted({path.rpartition("/")[0] for path in paths} - _WITHOUT_DATA):
        contents.update(_data_files(_root().joinpath(folder), folder))
    return contents


def path_to_outside_imports(path: str) -> set[str]:
    """Return the top names that a module of the package imports from elsewhere.

    Examples
    --------
    >>> sorted(path_to_outside_imports("curriculum/model/dates.py") - {"__future__"})
    ['datetime', 're']
    """
    names = (name.partition(".")[0] for name in _path_to_imports(path))
    return {name for name in names if name != _PACKAGE}


def _root() -> Traversable:
    """Return the folder that the package is in."""
    package = files(_PACKAGE)
    return package.joinpath("..")


def _data_files(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        name = f"{path}/{entry.name}"
        if entry.is_file() and not entry.name.endswith((".py", ".pyc")):
            yield name, entry.read_bytes()
        elif entry.is_dir() and not entry.joinpath(_INIT).is_file() and entry.name != "__pycache__":
            yield from _data_files(entry, name)


def _name_to_paths(name: str) -> Iterator[str]:
    """Yield the file of a module, or of the module that a name is imported from, and of its packages."""
    parts = name.split(".")
    if parts[0] != _PACKAGE:
        return
    for length in range(1, len(parts) + 1):
        path = "/".join(parts[:length])
        if _root().joinpath(f"{path}/{_INIT}").is_file():
            yield f"{path}/{_INIT}"
        elif _root().joinpath(f"{path}.py").is_file():
            yield f"{path}.py"


def _path_to_imports(path: str) -> Iterator[str]:
    """Yield what a module imports, at its top or in a function; a name is yielded behind its module."""
    # What the package itself imports at its top is fetched when it is asked for, which a page never does.
    if path == f"{_PACKAGE}/{_INIT}":
        return
    tree = ast.parse(_root().joinpath(path).read_bytes())
    for node in _running_nodes(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _running_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield a node and all below it, without what only a type checker reads."""
    yield node
    for child in ast.iter_child_nodes(node):
        if not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from _running_nodes(child)
