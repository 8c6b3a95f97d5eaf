"""Parse what web pages print beside the standard itself: products and versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.documents.table_cells import Link
from curriculum.model.text import text_to_title_key
from curriculum.parsing.entries import line_to_entries
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.lines import Line, lines_with_next, without_bullet
from curriculum.parsing.prose import block_to_section, prose_to_rows
from curriculum.parsing.rows import Detail, Rows

__all__ = [
    "links_to_rows",
    "products_to_rows",
    "prose_or_products_to_rows",
    "versions_to_rows",
]

PRODUCTS = "products"
VERSIONS = "versions"
_VERSION_NAME = "version"
# Lines that only the description of a qualification has.
_OF_PRODUCT = frozenset(
    ("awarding organisation", "awarding body", "qualification type", "qualification number")
)
# Several pairs on a line: “Qualification type: TQ Qualification level: 2”.
_NEXT_ENTRY = re.compile(r"\s(?=[A-Z][a-z]{1,30}(?: [a-z]{1,30}){0,4}: )")
_NUMBER = re.compile(r"^\d{1,2}[.)] ")
_LONGEST_NOTICE = 200
_VERSION_LIST = re.compile(
    r"(?P<name>(?:other|previous|earlier|later|newer|latest|current|all)(?: approved)? versions?)\s?:?\s+"
    r"(?P<value>(?:version |v)?\d{1,2}\.\d{1,3}\b.*)",
    re.IGNORECASE,
)
_VERSION = re.compile(
    r"Version:? (?P<value>\d{1,2}\.\d{1,3}\b(?: ?[(–-].{1,80}| (?:is|was) .{1,80})?)", re.IGNORECASE
)
_NOTICE = re.compile(
    r"this is (?:not )?(?:the|a|an) (?:latest|current|revised|earlier|older|previous|new)\b.*\bversion\b.*"
    r"|this (?:apprenticeship|occupation|standard|version) (?:is|was|has been|will be)"
    r" (?:currently )?(?:in revision|in development|withdrawn|retired|replaced|not available)\b.*",
    re.IGNORECASE,
)
_VERSION_ADDRESS = re.compile(r"\d-(?:v\d|in-revision)", re.IGNORECASE)
_OF_VERSIONS = frozenset((Role.PROSE, Role.KEY_INFORMATION, Role.VERSION_LOG))


def products_to_rows(block: Block) -> Rows:
    """Parse the products (apprenticeships, T Levels, qualifications) that a page names.

    Each line is a detail: the value of the name before its colon, or an item below the heading of its group.
    """
    return Rows(sections=block_to_section(block), details=tuple(_products(block)))


def _products(block: Block) -> Iterator[Detail]:
    group = block.title
    for line, after in lines_with_next(block.lines):
        entries = _line_to_pairs(line)
        if line.level and not (after and _line_to_pairs(after)):
            group = line.text
        elif entries and not line.level:
            yield from (Detail(PRODUCTS, *entry, line.number, line.last) for entry in entries)
        else:
            name = block.title if line.level else group
            yield Detail(PRODUCTS, name, _item_to_text(line), line.number, line.last)


def _item_to_text(line: Line) -> str:
    """Return the text of an item of a list, without its bullet or its number."""
    return _NUMBER.sub("", without_bullet(line.text))


def _line_to_pairs(line: Line) -> tuple[tuple[str, str], ...]:
    if line.cells:
        return line_to_entries(line)
    parts = (line._replace(text=text) for text in _NEXT_ENTRY.split(line.text))
    return tuple(entry for part in parts for entry in line_to_entries(part))


def prose_or_products_to_rows(block: Block) -> Rows:
    """Parse a block of prose; one that describes a qualification has its details too."""
    names = {text_to_title_key(name) for line in block.lines for name, _ in _line_to_pairs(line)}
    if not block.heading or not names & _OF_PRODUCT:
        return prose_to_rows(block)
    title = Detail(PRODUCTS, "product", block.title, block.heading.number, block.heading.last)
    rows = products_to_rows(block)
    return Rows(sections=rows.sections, details=(title, *rows.details))


def versions_to_rows(blocks: Sequence[Block]) -> Rows:
    """Return what a page says about its version and others, as details; the lines are prose too."""
    lines = (
        (block.role, line)
        for block in blocks
        if block.role in _OF_VERSIONS
        for line in (*((block.heading,) if block.heading else ()), *block.lines)
    )
    found = ((role, line, _line_to_version(_item_to_text(line))) for role, line in lines)
    return Rows(
        details=tuple(
            Detail(VERSIONS, *pair, line.number, line.last)
            for role, line, pair in found
            # The version of the page itself is in its key information.
            if pair and not (role is Role.KEY_INFORMATION and pair[0] == _VERSION_NAME)
        )
    )


def links_to_rows(links: Sequence[Link]) -> Rows:
    """Return the links of a page to standards and their versions, as details: words and address.

    Examples
    --------
    >>> link = Link(9, "View the latest version", "/apprenticeships/st9999-v1-3")
    >>> [row[:3] for row in links_to_rows([link]).details]
    [('versions', 'View the latest version', '/apprenticeships/st9999-v1-3')]
    """
    first = {(link.text, link.address): link for link in reversed(links)}
    return Rows(
        details=tuple(
            Detail(
                VERSIONS if _VERSION_ADDRESS.search(link.address) else PRODUCTS,
                link.text,
                link.address,
                link.number,
                link.number,
            )
            for link in sorted(first.values())
        )
    )


def _line_to_version(text: str) -> tuple[str, str] | None:
    """Return what a line says about versions: a name and a value.

    Examples
    --------
    >>> _line_to_version("Other versions: 1.0, 1.1"), _line_to_version("Version 1.2 (approved)")
    (('Other versions', '1.0, 1.1'), ('version', '1.2 (approved)'))
    >>> _line_to_version("Version control software is used.")
    """
    listed = _VERSION_LIST.fullmatch(text)
    if listed:
        return listed["name"], listed["value"]
    version = _VERSION.fullmatch(text)
    if version:
        return _VERSION_NAME, version["value"]
    is_notice = len(text) <= _LONGEST_NOTICE and _NOTICE.fullmatch(text) is not None
    return ("notice", text) if is_notice else None
