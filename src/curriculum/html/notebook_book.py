"""Make a book of notebooks: a page for each, and one with their list. Nothing is run or loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from markupsafe import Markup

from curriculum.errors import InvalidInput
from curriculum.html.notebook_file import Output, Prose, Run, read_notebook
from curriculum.html.notebook_prose import Heading, prose_to_headings, prose_to_html
from curriculum.html.pages import render_page

__all__ = ["INDEX", "Chapter", "Part", "notebooks_to_book"]

INDEX: Final = "index.html"
# The line below the title: the question that the notebook answers.
_QUESTION: Final = re.compile(r"^\*\*(.+)\*\*$", re.MULTILINE)
_SCRIPT_TAG: Final = re.compile(r"(</?script(?:\s[^<>]*)?>)", re.IGNORECASE)
_KINDS: Final = {
    "text/html": "html",
    "image/svg+xml": "figure",
    "image/png": "picture",
    "text/plain": "text",
}


class Part(NamedTuple):
    """A part of a page: prose, code, table, html, figure, picture, or text.

    Attributes
    ----------
    kind
        What it is; the template shows each in its own way.
    content
        Its HTML, or its text.
    number
        The number of the cell that it comes from.
    """

    kind: str
    content: str
    number: int = 0


@dataclass(frozen=True)
class Chapter:
    """A notebook as a page.

    Attributes
    ----------
    page
        The name of the file.
    title, question
        The first heading, and the line in bold below it.
    headings
        The headings of the second level.
    parts
        What the page shows.
    """

    page: str
    title: str
    question: str
    headings: Sequence[Heading]
    parts: Sequence[Part]


def notebooks_to_book(paths: Sequence[str | Path]) -> dict[str, bytes]:
    """Return the pages of a book by their names: one for each notebook, and an index.

    Parameters
    ----------
    paths
        The notebooks, in the order of the book. Their stored outputs are shown.

    Raises
    ------
    NotFound, UnreadableFile
        If a file does not exist, or is not a notebook.
    InvalidInput
        If two notebooks have the same name.

    Examples
    --------
    >>> from pathlib import Path
    >>> sorted(notebooks_to_book([Path("notebooks/01_read_the_standards.ipynb")]))
    ['01_read_the_standards.html', 'index.html']
    """
    files = [Path(path) for path in paths]
    _refuse_equal_names(files)
    links = {file.stem: f"{file.stem}.html" for file in files}
    chapters = [_to_chapter(file, links) for file in files]
    pages = {INDEX: render_page("book_index.html", title="Notebooks", chapters=chapters)}
    for at, chapter in enumerate(chapters):
        pages[chapter.page] = render_page(
            "book_chapter.html",
            title=chapter.title,
            chapter=chapter,
            previous=chapters[at - 1] if at else None,
            following=chapters[at + 1] if at + 1 < len(chapters) else None,
        )
    return pages


def _refuse_equal_names(paths: Sequence[Path]) -> None:
    names = [f"{path.stem}.html" for path in paths]
    for path, name in zip(paths, names, strict=True):
        if names.count(name) > 1 or name == INDEX:
            raise InvalidInput(
                "a name that another page of the book has",
                where=path.as_posix(),
                expected="a name of its own for each notebook",
                found=name,
                advice="Rename the notebook, or leave one out.",
            )


def _to_chapter(path: Path, pages: Mapping[str, str]) -> Chapter:
    cells = read_notebook(path)
    prose = [cell.text for cell in cells if isinstance(cell, Prose)]
    headings = [heading for text in prose for heading in prose_to_headings(text)]
    question = _QUESTION.search(prose[0]) if prose else None
    return Chapter(
        page=pages[path.stem],
        title=next((heading.text for heading in headings if heading.level == 1), path.stem),
        question=question[1] if question else "",
        headings=[heading for heading in headings if heading.level == 2],
        parts=[part for cell in cells for part in _to_parts(cell, pages)],
    )


def _to_parts(cell: Prose | Run, pages: Mapping[str, str]) -> Iterator[Part]:
    if isinstance(cell, Prose):
        yield Part("prose", prose_to_html(cell.text, pages))
        return
    yield Part("code", cell.code, cell.number)
    for output in cell.outputs:
        yield _to_part(output, cell.number)


def _to_part(output: Output, number: int) -> Part:
    """Return an output as it was stored; HTML and SVG are those of the notebook, without scripts."""
    kind = _KINDS[output.mimetype]
    if kind == "html":
        kind = _html_to_kind(output.content)
    content = output.content
    if kind in ("html", "table", "figure"):
        # The corner of a table heads nothing.
        content = Markup(_without_scripts(content).replace("<th></th>", "<td></td>"))
    return Part(kind, "".join(content.split()) if kind == "picture" else content, number)


def _without_scripts(html: str) -> str:
    """Return HTML without its scripts: a page has that of its tables once, and no other may run."""
    kept, is_script = [], False
    for place, part in enumerate(_SCRIPT_TAG.split(html)):
        # Texts and tags take turns.
        if place % 2:
            is_script = not part.startswith("</") and not part.endswith("/>")
        elif not is_script:
            kept.append(part)
    return "".join(kept)


def _html_to_kind(html: str) -> str:
    """Return what HTML shows; drawings and tables scroll in a box of their own."""
    if "<svg" in html:
        return "figure"
    return "table" if "<table" in html else "html"
