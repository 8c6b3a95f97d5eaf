"""The pages of a PDF as their letters, lines and pictures, taken out of it by a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from curriculum.documents.pdf_parts import SYMBOL_BULLETS, Box, Filled, Letter, Note, PdfFile, PdfPage, Style
from curriculum.documents.symbol_fonts import UNKNOWN_SIGN, is_symbol_font, number_to_sign
from curriculum.errors import (
    CurriculumError,
    UnreadableFile,
    UnsupportedFormat,
    missing_package,
    refuse_more,
    too_large,
)
from curriculum.files.limits import check_time
from curriculum.model.limit_factor import raised

__all__ = ["bytes_to_pdf"]

MAX_PAGES: Final = 500
MAX_LETTERS: Final = 2_000_000
MAX_RULES: Final = 40_000
MAX_SECONDS: Final = 60
MAX_MEMORY: Final = 1 << 30
MAX_BYTES: Final = 100_000_000
_PROGRAM: Final = Path(__file__).with_name("pdf_child.py")
# Fonts say by their names that they are bold; some also by a number.
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!lig)|,b(?:,|$)", re.IGNORECASE)
# A colour of which each part is at least so light.
_WHITE = 250
# Of annotations, as PDF numbers them.
_KINDS = {12: "struck", 3: "comment", 20: "field"}
_FORCED_BOLD, _BOLD_WEIGHT, _STROKED = 1 << 18, 700, 2
_NAMED = re.compile(r"[A-Za-z]{3}.*")
_TOO_LARGE: Final = "too large for a text of a standard"
_ADVICE_SPLIT: Final = "Save each document as a separate file."


def bytes_to_pdf(data: bytes, where: str) -> PdfFile:
    """Return what is on the pages of a PDF.

    Parameters
    ----------
    data
        The bytes of the file.
    where
        The file, as a message should name it.

    Raises
    ------
    UnreadableFile
        If it needs a password, or is too large or takes too long.
    UnsupportedFormat
        If it is damaged, or the extra ``documents`` is not installed.
    """
    refuse_more(_TOO_LARGE, where, len(data), MAX_BYTES, "bytes", advice=_ADVICE_SPLIT)
    answer = _ask(data, where)
    if "refused" in answer:
        raise _refusal(str(answer["refused"]), int(answer.get("found", 0)), where)
    pages = tuple(_answer_to_page(page, number) for number, page in enumerate(answer["pages"], start=1))
    return PdfFile(pages, int(answer["attachments"]), int(answer["form"]) in (2, 3))


def _ask(data: bytes, where: str) -> dict[str, Any]:
    """Run the program that reads a PDF, and return its answer."""
    seconds = raised(MAX_SECONDS)
    limits = map(str, (raised(MAX_PAGES), raised(MAX_LETTERS), MAX_RULES, raised(MAX_MEMORY)))
    # The program finds the library where this process found it.
    paths = os.pathsep.join(path for path in sys.path if path and Path(path).exists())
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(_PROGRAM), *limits],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except subprocess.TimeoutExpired:
        raise too_large(
            "takes too long to read", where, 0, MAX_SECONDS, "seconds", advice=_ADVICE_SPLIT
        ) from None
    except OSError as fault:
        raise UnreadableFile(
            "cannot be read, as no second process can be started here",
            where=where,
            found=str(fault),
            advice="Save it as a Word file or as a web page.",
        ) from None
    check_time()
    if done.returncode or not done.stdout:
        raise _damaged(where, "a part that stops the program which reads it")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def _refusal(why: str, found: int, where: str) -> CurriculumError:
    if why == "library":
        return missing_package("a PDF", "pypdfium2", where)
    if why == "password":
        return UnreadableFile(
            "is protected by a password",
            where=where,
            expected="a PDF that opens without a password",
            found="one that asks for it",
            advice="Open it with its password, print it to a new PDF, and use that.",
        )
    if why in ("pages", "letters"):
        most = MAX_PAGES if why == "pages" else MAX_LETTERS
        return too_large(_TOO_LARGE, where, found, most, why, advice=_ADVICE_SPLIT)
    if why == "memory":
        return _damaged(where, "a part that needs more than 1 GiB of memory")
    return _damaged(where, "a file that is damaged or cut off")


def _damaged(where: str, found: str) -> CurriculumError:
    return UnsupportedFormat(
        "cannot be read as a PDF",
        where=where,
        expected="a whole PDF",
        found=found,
        advice="Download it again, or open it and print it to a new PDF.",
    )


def _answer_to_page(answer: Mapping[str, Any], number: int) -> PdfPage:
    if answer.get("unread"):
        return PdfPage(number, is_unread=True)
    styles = [_answer_to_style(row) for row in answer["styles"]]
    fonts = [_symbol_font(row[0]) for row in answer["styles"]]
    return PdfPage(
        number,
        answer["width"],
        answer["height"],
        tuple(_letters(answer["letters"], styles, fonts)),
        tuple(Box(*row[:4]) for row in answer["rules"] if min(row[4:7]) < _WHITE),
        tuple(
            Filled(Box(*row[:4]), min(row[4:7]) >= _WHITE, row[7] == 255, row[8]) for row in answer["boxes"]
        ),
        tuple(Box(*row) for row in answer["images"]),
        tuple(Note(_KINDS[row[0]], row[1], Box(*row[2:])) for row in answer["notes"] if row[0] in _KINDS),
        answer["unmapped"],
        answer["paths"],
        is_crowded=answer["crowded"],
    )


def _answer_to_style(row: list[Any]) -> Style:
    name, size, weight, flags, mode, is_seen, angle, red, green, blue, order = row
    is_named = _NAMED.search(name.partition("+")[2] or name) is not None
    is_bold = (
        _BOLD.search(name) is not None
        or bool(flags & _FORCED_BOLD)
        or mode == _STROKED
        or (not is_named and weight >= _BOLD_WEIGHT)
    )
    return Style(size, is_bold, bool(is_seen), angle, min(red, green, blue) >= _WHITE, order)


def _symbol_font(name: str) -> str:
    """Return the name of a font for symbols as Word has it; empty for other fonts."""
    family = name.rpartition("+")[2].removesuffix("-Regular").removesuffix("MT")
    family = "Wingdings 2" if family == "Wingdings2" else family
    return family if is_symbol_font(family) else ""


def _letters(flat: list[Any], styles: list[Style], fonts: list[str]) -> Iterator[Letter]:
    for at in range(0, len(flat), 5):
        number, left, right, base, style = flat[at : at + 5]
        yield Letter(_number_to_letter(number, fonts[style]), left, right, base, styles[style])


def _number_to_letter(number: int, font: str) -> str:
    """Return the sign of a letter; the bullets of fonts for symbols are told from their numbers later."""
    if not 0 < number < 0x110000:
        return UNKNOWN_SIGN
    sign = chr(number)
    if not font or sign in SYMBOL_BULLETS or not 0xF000 <= number <= 0xF0FF:
        return sign
    return number_to_sign(number, font)
