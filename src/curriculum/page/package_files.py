"""The packages that the Python of a page needs: the pure part of what is installed, and the licences."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, PackagePath, distribution
from importlib.resources import files
from typing import Final

from curriculum.errors import CurriculumError, NotFound, raise_faults
from curriculum.page.pyodide_files import pyodide_lock

__all__ = ["PACKAGES", "installed_packages_to_files", "licences_to_text"]

# By the names of their distributions. Each does without its compiled part, as a browser has none of it.
PACKAGES: Final = ("jinja2", "markupsafe", "rapidfuzz", "snowballstemmer", "xlsxwriter")
# Of the stemmers English alone: the package itself would load those of all languages.
_STEMMERS: Final = "snowballstemmer"
_OF_STEMMERS: Final = frozenset(("among.py", "basestemmer.py", "english_stemmer.py"))
# What the files of Pyodide are licensed under, and the file with the text.
_OF_PYODIDE: Final = (("Pyodide", "mpl-2.0.txt"), ("Python and its standard library", "python.txt"))
_LICENCE: Final = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
_LINE: Final = "=" * 78
_SOURCE: Final = "Its source is the package {name} {version} at https://github.com/pyodide/pyodide"


def installed_packages_to_files() -> dict[str, bytes]:
    """Return the Python files of the packages that a page needs, by their paths.

    Raises
    ------
    NotFound, Faults
        With each package that is not installed.
    """
    found = {
        path.as_posix(): path.locate().read_bytes()  # type: ignore[attr-defined]
        for package in _packages()
        for path in package.files or ()
        if path.suffix == ".py" and _is_needed(path)
    }
    return {**found, f"{_STEMMERS}/__init__.py": b""}


def _is_needed(path: PackagePath) -> bool:
    """Return whether a file is a part of the package itself, and not of its tests or of other programs."""
    if path.parts[0] == _STEMMERS:
        return path.name in _OF_STEMMERS
    return not {"..", "__pyinstaller"} & set(path.parts)


def _packages() -> list[Distribution]:
    found: list[Distribution] = []
    faults: list[CurriculumError] = []
    for name in PACKAGES:
        try:
            found.append(distribution(name))
        except PackageNotFoundError:
            advice = f"Install it with: python -m pip install {name}."
            faults.append(NotFound("a package that is not installed", where=name, advice=advice))
    raise_faults(faults)
    return found


def licences_to_text() -> str:
    """Return the licences of all that a page consists of, each below its name."""
    return "\n".join(f"{_LINE}\n{name}\n{_LINE}\n\n{text.strip()}\n" for name, text in _licences())


def _licences() -> list[tuple[str, str]]:
    lock, texts = pyodide_lock(), files("curriculum.page") / "licences"
    of_program = (texts / "curriculum.txt").read_text(encoding="utf-8")
    of_pyodide = [(name, (texts / file).read_text(encoding="utf-8")) for name, file in _OF_PYODIDE]
    name, text = of_pyodide[0]
    of_pyodide[0] = (f"{name} {lock['version']}", f"{_SOURCE.format_map(lock)}\n\n{text}")
    others = [
        (f"{package.name} {package.version}", _distribution_to_licence(package)) for package in _packages()
    ]
    return [("curriculum", of_program), *of_pyodide, *others]


def _distribution_to_licence(package: Distribution) -> str:
    """Return the text of the licence that an installed package has beside its files."""
    paths = [path for path in package.files or () if _LICENCE.match(path.name) and path.suffix != ".py"]
    if not paths:
        advice = f"Install it again: python -m pip install --force-reinstall {package.name}."
        raise NotFound("its licence is not beside it", where=package.name, advice=advice)
    return "\n".join(dict.fromkeys(path.read_text(encoding="utf-8") for path in sorted(paths)))
