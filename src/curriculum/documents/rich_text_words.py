"""The words of the Rich Text Format: letters, looks, and groups that are left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["CHANGES", "HEADERS", "LEFT_OUT", "LOOKS", "READ_WITH_STAR", "SIGNS", "WORDS"]

# The letters that words and signs stand for.
WORDS: Final[Mapping[str, str]] = {
    **{"tab": "\t", "line": "\n", "page": "\n", "column": "\n", "lbr": "\n"},
    **{"emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "qmspace": " ", "bullet": "•"},
    **{"lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"},
}
SIGNS: Final[Mapping[str, str]] = {"~": "\xa0", "_": "-", "\t": "\t", "{": "{", "}": "}", "\\": "\\"}
# Groups whose text is no part of the document, and that do not say so by a star.
LEFT_OUT: Final = frozenset(
    (
        *("colortbl", "info", "pict", "nonshppict", "shppict", "shprslt", "sp", "nonesttables", "objdata"),
        *("footer", "footerl", "footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc"),
        *("aftncn", "annotation", "xe", "tc", "tcn", "rxe", "txe", "template", "filetbl", "factoidname"),
        *("bkmkstart", "bkmkend", "listpicture", "falt", "panose", "revtbl", "rsidtbl", "generator"),
    )
)
# Groups with a star that are read, and the words that may stand in one without saying what it is.
READ_WITH_STAR: Final = frozenset(
    ("listtable", "listoverridetable", "shpinst", "do", "nesttableprops", "ud", "fldinst", "pn", "footnote")
)
LOOKS: Final = {
    **{"b": "is_bold", "v": "is_hidden", "strike": "is_struck", "striked": "is_struck", "super": "is_raised"},
}
HEADERS: Final = ("header", "headerl", "headerr", "headerf")
CHANGES: Final = {"revised": "insertion", "deleted": "deletion", "mvf": "move"}
