"""Read the numbers that a text in Markdown states: numerals, number words, and shares such as "70 in 100".

What only looks like a number is left out, by narrow rules: code and links, the numbering of titles and
lists, “one” for a word, codes (K20), ids of documents, numbers behind "notebook", "Duty" and "version", and
the labels that the caller names (versions and years). Ordinals, "once", "both", "no" and "none" are not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_ONES_IN_ORDER: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_ONES: Final = _ONES_IN_ORDER.split()
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PARTS: Final = {"half": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10}
WORDS: Final = {
    **{word: number for number, word in enumerate(_ONES)},
    **{word: 10 * number for number, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * n + m for n, ten in enumerate(_TENS, 2) for m, one in enumerate(_ONES[1:10], 1)},
    "twice": 2,
    "dozen": 12,
    "hundred": 100,
}

# A share that is said with a word ("half", "a fifth") is a round number.
_ROUND: Final = 0.02

_COUNT: Final = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
# A third of them, but not a third argument.
_NO_NOUN: Final = r"(?=\s+(?:of|is|are|or|and)\b|[,.;:)!?]|\s*$)"
_PART: Final = rf"(?:(?:a|one|two|three)\s+(?:third|quarter|fifth|tenth)s?{_NO_NOUN}|half)"
_NUMBER: Final = re.compile(
    rf"(?<![\w.•-])(?:(?P<than>more|less|fewer)\s+than\s+)?(?P<part>{_PART})\b"
    rf"|(?<![\w.•-])(?P<few>{_COUNT})\s+in\s+(?P<many>{_COUNT})(?![\w•])"
    rf"|(?<![\w.•-])(?P<count>{_COUNT})(?P<percent>\s?%)?(?![\w•])",
    re.IGNORECASE,
)
_AND: Final = r"(?:(?:,| and| or| to|, and) "
_NO_NUMBERS: Final = (
    re.compile(r"```.*?```", re.DOTALL),
    re.compile(r"`[^`]*`"),
    re.compile(r"<[^>]*>|(?<=\])\([^)]*\)|https?://\S+"),
    re.compile(r"(?:^#+ |\[)\d+ ·|^\s*\d+\. ", re.MULTILINE),
    # “The new one”, “another one”, and “some have one” count nothing.
    re.compile(r"(?i)\b(?:the (?:new|old|other|first|last)|another|each|this|that|which|any) one\b"),
    re.compile(r"\b(?:have|has|without) one(?=[.,;:)])"),
    re.compile(r"\b(?:[A-Z]{1,2}\d{1,3}|ST\d{4})\b"),
    re.compile(r"\b[a-z]+\d*-\d[\d.]*\b"),
    re.compile(rf"\b(?:[Nn]otebook|Duty)\s+\d+\b|\b(?:[Nn]otebooks|Duties)\s+\d+{_AND}\d+\b)*"),
    re.compile(rf"\b[Vv]ersion\s+\d+\.\d+\b|\b[Vv]ersions\s+\d+\.\d+{_AND}\d+\.\d+\b)*"),
)
_SENTENCE_END: Final = re.compile(r"[.!?][)*”\"]*\s+(?=[*(“\"`]*[A-Z\d])|\n\s*(?:\n|[-*#] )")


@dataclass(frozen=True)
class WrittenNumber:
    """A number of a text, with what a value must be to agree with it."""

    written: str
    value: float
    tolerance: float
    sentence: str
    than: str = ""

    def agrees(self, value: float) -> bool:
        """Tell whether the text is true of a value, in the precision in which the number is written."""
        if self.than:
            return value > self.value if self.than == "more" else value < self.value
        return abs(value - self.value) <= self.tolerance + 1e-9


def text_to_numbers(text: str, labels: Iterable[str] = ()) -> list[WrittenNumber]:
    """Return the numbers of a text, in order; `labels` are versions and years, which are names."""
    blank = _blank_names(text, labels)
    return [
        WrittenNumber(
            " ".join(match[0].split()), *_value(match), _sentence_at(text, match.start()), _than(match)
        )
        for match in _NUMBER.finditer(blank)
    ]


def _blank_names(text: str, labels: Iterable[str]) -> str:
    """Put dots in the place of what is not a number; the other characters keep their place."""
    patterns = list(_NO_NUMBERS)
    patterns += [re.compile(rf"(?<![\w.]){re.escape(label)}(?!\w|\.\d)") for label in labels]
    for pattern in patterns:
        text = pattern.sub(lambda match: "•" * len(match[0]), text)
    return text.replace("*", " ")


def _value(match: re.Match[str]) -> tuple[float, float]:
    """Return the value of a number, and how far the true value may be away."""
    if match["part"]:
        words = match["part"].lower().split()
        above = 1 if len(words) == 1 or words[0] == "a" else WORDS[words[0]]
        return above / _PARTS[words[-1].removesuffix("s")], _ROUND
    if match["few"]:
        (above, _), (below, _) = _count(match["few"]), _count(match["many"])
        return above / below, 0.5 / below if below >= 100 else 0.0
    value, tolerance = _count(match["count"])
    return (value / 100, tolerance / 100) if match["percent"] else (value, tolerance)


def _count(written: str) -> tuple[float, float]:
    if written.lower() in WORDS:
        return WORDS[written.lower()], 0.0
    decimals = len(written.partition(".")[2])
    return float(written.replace(",", "")), 0.5 * 10**-decimals


def _than(match: re.Match[str]) -> str:
    return (match["than"] or "").lower().replace("fewer", "less")


def _sentence_at(text: str, place: int) -> str:
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    start = max(end for end in ends if end <= place)
    return " ".join(text[start : min(end for end in ends if end > place)].split())
