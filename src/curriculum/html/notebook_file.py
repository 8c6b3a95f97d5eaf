"""Read a notebook: its prose, its code, and the outputs that are stored in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from curriculum.errors import UnreadableFile
from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.html.embedded_html import fits_in_page

__all__ = ["Output", "Prose", "Run", "read_notebook"]


class Prose(NamedTuple):
    """A cell of prose, in Markdown."""

    text: str


class Output(NamedTuple):
    """An output in its richest form: its media type, such as `text/html`, and its content."""

    mimetype: str
    content: str


class Run(NamedTuple):
    """A cell of code with the number of its run (0: it was not run) and its outputs."""

    number: int
    code: str
    outputs: tuple[Output, ...]


# The richest first. Any other media type is left out.
_MIMETYPES = ("text/html", "image/svg+xml", "image/png", "text/plain")
_MARKUP = _MIMETYPES[:2]
_NOT_SHOWN: Final = "This output cannot be shown here. JupyterLab shows it."
# What colours a text in a terminal.
_COLOURS: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def read_notebook(path: str | Path) -> list[Prose | Run]:
    """Return the cells of a notebook that hold something.

    Raises
    ------
    NotFound
        If there is no such file.
    UnreadableFile
        If it is not a notebook of format 4.
    """
    try:
        book = json.loads(path_to_bytes(path))
        if book["nbformat"] != 4:
            raise ValueError
        return [cell for each in book["cells"] for cell in _to_cells(each)]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise UnreadableFile(
            "not a notebook",
            where=path_to_escaped(path),
            expected="a notebook of format 4 (.ipynb), as JupyterLab saves it",
            found="something else",
            advice="Open it in JupyterLab and save it, or name another file.",
        ) from fault


def _to_cells(cell: Mapping[str, Any]) -> Iterator[Prose | Run]:
    text = _joined(cell["source"])
    if not text.strip():
        return
    if cell["cell_type"] == "markdown":
        yield Prose(text)
    elif cell["cell_type"] == "code":
        outputs = tuple(shown for output in cell["outputs"] for shown in _to_outputs(output))
        yield Run(cell["execution_count"] or 0, text, outputs)


def _to_outputs(output: Mapping[str, Any]) -> Iterator[Output]:
    """Yield what an output shows: data, a text that was printed, or the last line of an error."""
    if output["output_type"] == "stream":
        yield Output("text/plain", _plain(_joined(output["text"])))
    elif output["output_type"] == "error":
        yield Output("text/plain", _plain(_joined(f"{output['ename']}: {output['evalue']}")))
    else:
        yield from _to_richest(output["data"])


def _to_richest(data: Mapping[str, Any]) -> Iterator[Output]:
    """Yield the richest form of an output that does no harm to the page that shows it."""
    forms = [Output(name, _joined(data[name])) for name in _MIMETYPES if name in data]
    for name, content in forms:
        if name not in _MARKUP or fits_in_page(content):
            yield Output(name, _plain(content) if name == "text/plain" else content)
            return
    if forms:
        yield Output("text/plain", _NOT_SHOWN)


def _plain(text: str) -> str:
    return _COLOURS.sub("", text)


def _joined(lines: str | list[str]) -> str:
    """Return a text in one piece; half of a character of two halves is no character."""
    text = lines if isinstance(lines, str) else "".join(lines)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
