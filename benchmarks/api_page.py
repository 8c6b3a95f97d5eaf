"""Write docs/api.md: every name that `import curriculum` offers, from the docstrings of the code.

    python benchmarks/api_page.py

A test holds the page to the code.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import curriculum
from curriculum.analysis.impact import Impact
from curriculum.library.coverage_object import Coverage
from curriculum.library.remapped_file import RemappedFile
from curriculum.library.remapped_frame import RemappedFrame
from curriculum.review.review_files import Reviewed
from curriculum.viz.graph_view import GraphView
from curriculum.viz.picture import Picture

RESULTS = (RemappedFile, RemappedFrame, Coverage, Reviewed, Impact, Picture, GraphView)
PAGE = Path(__file__).resolve().parents[1] / "docs" / "api.md"
HEAD = """# The names of the package

What `import curriculum as cu` offers, written by `python benchmarks/api_page.py` from the docstrings.
[The library in ten minutes](python.md) shows how they go together; `help(cu.link)` has the parameters, the
errors and an example.
"""


def first_sentence(thing):
    """Return the first paragraph of a docstring, as one line."""
    paragraph = (inspect.getdoc(thing) or "").partition("\n\n")[0]
    return " ".join(paragraph.split()).replace("|", "\\|")


def parameters(function):
    """Return the names of the parameters, and ``...`` for those that can be left out."""
    given = [item for item in inspect.signature(function).parameters.values() if item.name != "self"]
    names = [item.name for item in given if item.default is inspect.Parameter.empty]
    return ", ".join([*names, *(["..."] if len(names) < len(given) else [])])


def attributes(thing):
    """Yield the attributes that the docstring of a class describes."""
    section = (inspect.getdoc(thing) or "").partition("Attributes\n----------\n")[2].partition("\n\n")[0]
    for block in re.findall(r"^(\S.*)\n((?:    .*\n?)+)", section, re.MULTILINE):
        names = "`, `".join(block[0].split(", "))
        yield f"`{names}`", " ".join(block[1].split()).replace("|", "\\|")


def members(thing):
    """Yield the public attributes and methods of a class, with what they hold or return."""
    yield from attributes(thing)
    inherited = {name: None for base in reversed(thing.__mro__[:-1]) for name in vars(base)}
    for name in [name for name in inherited if not name.startswith("_")]:
        member = inspect.getattr_static(thing, name)
        if inspect.isfunction(member):
            yield f"`{name}({parameters(member)})`", first_sentence(member)
        elif isinstance(member, property) or type(member).__name__ == "cached_property":
            yield f"`{name}`", first_sentence(member)


def class_lines(name, thing):
    """Return the section on a class: its first sentence, and a table of its members."""
    rows = [f"| {member} | {text} |" for member, text in members(thing)]
    table = ["", "| | |", "|---|---|", *rows] if rows else []
    return ["", f"## `{name}`", "", first_sentence(thing), *table]


def page():
    """Return the text of the page."""
    things = {name: getattr(curriculum, name) for name in curriculum.__all__}
    functions = {name: thing for name, thing in things.items() if inspect.isfunction(thing)}
    lines = [HEAD, "## Functions", "", "| function | what it does |", "|---|---|"]
    lines += [
        f"| `{name}({parameters(thing)})` | {first_sentence(thing)} |" for name, thing in functions.items()
    ]
    for name, thing in things.items():
        if name in functions:
            continue
        lines += class_lines(name, thing)
    lines += ["", "# What their methods return", "", "These names are not imported; a method returns them."]
    for thing in RESULTS:
        lines += class_lines(thing.__name__, thing)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
