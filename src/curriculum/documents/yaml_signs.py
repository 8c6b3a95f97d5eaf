"""What tells YAML from other texts."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_yaml"]

_SUFFIXES: Final = (".yaml", ".yml")
# An item with a field for its code: nothing but YAML looks like this.
_CODE_FIELD = re.compile(
    r"^\s*+(?:-\s++)?(?:code|ref|reference|id|ksb|ksb[_ -]?(?:code|id|ref))\s?:\s++[\"']?[A-Z]{1,3}\d{1,3}"
    r"[\"']?\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_LEAST_FIELDS = 2


def is_yaml(text: str, where: str) -> bool:
    r"""Return whether a text is YAML: its name says so, or its items have a field for their codes.

    A plain list (`K1: text`) in a file with another name is a text.

    Examples
    --------
    >>> is_yaml("- code: K1\n  text: Hay\n- code: K2\n  text: Hooves\n", "ksbs.txt")
    True
    >>> is_yaml("K1: Hay\nK2: Hooves\n", "ksbs.txt"), is_yaml("K1: Hay\n", "ksbs.yml")
    (False, True)
    """
    has_name = where.casefold().endswith(_SUFFIXES)
    return has_name or sum(1 for _ in _CODE_FIELD.finditer(text)) >= _LEAST_FIELDS
