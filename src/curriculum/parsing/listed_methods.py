"""The assessment methods that a reformed plan lists, of which an assessment organisation can choose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from curriculum.model.text import text_to_title_key
from curriculum.parsing.headings import Block, Role
from curriculum.parsing.lines import is_list_item, without_bullet
from curriculum.parsing.method_cells import is_name_of_method
from curriculum.parsing.rows import Detail, MethodName, Rows

__all__ = ["LISTED", "listed_methods_to_rows"]

# The section of the details.
LISTED = "assessment methods"
_HEADING = re.compile(r"(?:.* )?(?:assessment|epa) (?:methods?|requirements|strategy)(?: .*)?")
_LEAD = re.compile(r"\b(?:methods?|following)\b", re.IGNORECASE)
_LONGEST_NAME = 10


def listed_methods_to_rows(blocks: Sequence[Block]) -> Rows:
    """Parse the lists of assessment methods below headings such as “Assessment methods”.

    An item is a method if it looks like the name of one, and the line above the list announces methods. The
    line says whether all of them are used, or one is chosen; it is the name of the details.
    """
    details = tuple(row for block in blocks if _is_on_methods(block) for row in _items(block))
    names = tuple(MethodName(row.value, 0, row.first_line) for row in details)
    return Rows(details=details, method_names=names)


def _is_on_methods(block: Block) -> bool:
    key = text_to_title_key(block.title)
    return block.role is Role.PROSE and _HEADING.fullmatch(key) is not None


def _items(block: Block) -> Iterator[Detail]:
    lead = ""
    for line in block.lines:
        text = without_bullet(line.text).rstrip(";.,")
        if not is_list_item(line):
            lead = line.text if line.text.endswith(":") and _LEAD.search(line.text) else ""
        elif lead and len(text.split()) <= _LONGEST_NAME and is_name_of_method(text):
            yield Detail(LISTED, lead, text, line.number, line.last)
