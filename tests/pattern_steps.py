"""A matcher that counts its steps: how the work of a regular expression grows with the length of a text.

Python's `re` counts none. This one takes the tree that `re` itself parses a pattern into, and matches as
`re` does: by trying ways one after the other and going back. It knows possessive and atomic parts, so that a
pattern that was mended with them counts as mended.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

parser: Any = re._parser  # type: ignore[attr-defined]
c: Any = re._constants  # type: ignore[attr-defined]

ASCII, DOTALL, IGNORECASE, MULTILINE = map(int, (re.ASCII, re.DOTALL, re.IGNORECASE, re.MULTILINE))
SEARCH, MATCH, FULLMATCH = "search", "match", "fullmatch"
# What a sample of a part is made of where the part takes many characters.
_POOL = "a1 KZ_,.:(<é\t"
_MANY = 4


class TooManySteps(Exception):
    """More steps than any linear pattern takes for a text of such a length."""


class _Code(NamedTuple):
    name: str
    value: Any = None
    other: Any = None


class _Known(dict[str, bool]):
    """What a test says of each character, asked once."""

    def __init__(self, test: Callable[[str], bool]) -> None:
        self.test = test

    def __missing__(self, sign: str) -> bool:
        self[sign] = self.test(sign)
        return self[sign]


def _is_word(sign: str, is_ascii: bool) -> bool:
    return (sign.isalnum() or sign == "_") and (not is_ascii or sign.isascii())


def _category(kind: Any, is_ascii: bool) -> Callable[[str], bool]:
    name = str(kind).rpartition("CATEGORY_")[2]
    positive = name.removeprefix("NOT_")
    tests: dict[str, Callable[[str], bool]] = {
        "DIGIT": lambda s: s.isdecimal() and (not is_ascii or s.isascii()),
        "SPACE": lambda s: s in " \t\n\r\f\v" if is_ascii else s.isspace(),
        "WORD": lambda s: _is_word(s, is_ascii),
    }
    test = tests[positive]
    return test if positive == name else lambda s: not test(s)


def _single(op: Any, value: Any, flags: int) -> Callable[[str], bool] | None:
    """Give the test of a node that takes one character; None if it is another."""
    is_ascii = bool(flags & ASCII)

    def cased(test: Callable[[str], bool]) -> Callable[[str], bool]:
        if not flags & IGNORECASE:
            return test
        return lambda s: any(test(one) for one in (s, s.lower(), s.upper()) if len(one) == 1)

    if op is c.LITERAL:
        return cased(lambda s: ord(s) == value)
    if op is c.NOT_LITERAL:
        own = cased(lambda s: ord(s) == value)
        return lambda s: not own(s)
    if op is c.ANY:
        return (lambda _: True) if flags & DOTALL else (lambda s: s != "\n")
    if op is c.IN:
        return _set(value, is_ascii, cased)
    return None


def _set(
    items: Any, is_ascii: bool, cased: Callable[[Callable[[str], bool]], Callable[[str], bool]]
) -> Callable[[str], bool]:
    tests: list[Callable[[str], bool]] = []
    is_negated = False
    for kind, value in items:
        if kind is c.NEGATE:
            is_negated = True
        elif kind is c.LITERAL:
            tests.append(lambda s, v=value: ord(s) == v)  # type: ignore[misc]
        elif kind is c.RANGE:
            tests.append(lambda s, v=value: v[0] <= ord(s) <= v[1])  # type: ignore[misc]
        else:
            tests.append(_category(value, is_ascii))
    held = cased(lambda s: any(test(s) for test in tests))
    return lambda s: held(s) != is_negated


class Counter:
    """A pattern that counts the steps of its matching."""

    def __init__(self, pattern: str | bytes, flags: int = 0) -> None:
        tree = parser.parse(pattern, flags & ~re.DEBUG)
        # As a plain number, which is compared at once.
        self.flags = int(tree.state.flags | (re.ASCII if isinstance(pattern, bytes) else 0))
        self.tree = tree
        self.program: list[_Code] = []
        self._compile(tree, self.flags, self.program)
        self.program.append(_Code("done"))
        self.steps = 0
        self.most = 0

    def count(self, text: str, how: str, most: int = 2_000_000) -> int:
        """Count the steps over a text: of all matches from its front to its end, or of one at its front."""
        self.steps, self.most = 0, most
        if how != SEARCH:
            self._run(self.program, text, 0, {}, must_end=how == FULLMATCH)
            return self.steps
        at = 0
        while at <= len(text):
            found = self._run(self.program, text, at, {})
            at = max(found[0], at + 1) if found else at + 1
        return self.steps

    def finds(self, text: str) -> tuple[int, int] | None:
        """Give where the pattern first matches, as `re.search` does."""
        self.most = 10_000_000
        self.steps = 0
        for at in range(len(text) + 1):
            found = self._run(self.program, text, at, {})
            if found:
                return at, found[0]
        return None

    def _compile(self, nodes: Any, flags: int, out: list[_Code]) -> None:
        for op, value in nodes:
            test = _single(op, value, flags)
            if test:
                out.append(_Code("take", _Known(test)))
            elif op is c.SUBPATTERN:
                group, added, removed, inside = value
                out.append(_Code("save", (group, 0)))
                self._compile(inside, (flags | added) & ~removed, out)
                out.append(_Code("save", (group, 1)))
            elif op is c.BRANCH:
                self._branch(value[1], flags, out)
            elif op in {c.MAX_REPEAT, c.MIN_REPEAT}:
                self._repeat(value, flags, out, op is c.MAX_REPEAT)
            elif op is c.POSSESSIVE_REPEAT:
                inside: list[_Code] = []
                self._repeat(value, flags, inside, True)
                out.append(_Code("atomic", [*inside, _Code("done")]))
            elif op is c.ATOMIC_GROUP:
                out.append(_Code("atomic", self._part(value, flags)))
            elif op in {c.ASSERT, c.ASSERT_NOT}:
                direction, part = value
                back = part.getwidth()[0] if direction < 0 else 0
                out.append(_Code("look", (self._part(part, flags), back), op is c.ASSERT))
            elif op is c.AT:
                out.append(_Code("at", str(value), flags))
            elif op is c.GROUPREF:
                out.append(_Code("again", value))
            else:
                raise NotImplementedError(str(op))

    def _part(self, nodes: Any, flags: int) -> list[_Code]:
        out: list[_Code] = []
        self._compile(nodes, flags, out)
        return [*out, _Code("done")]

    def _branch(self, ways: Sequence[Any], flags: int, out: list[_Code]) -> None:
        ends = []
        for way in ways[:-1]:
            split = len(out)
            out.append(_Code("split"))
            self._compile(way, flags, out)
            ends.append(len(out))
            out.append(_Code("go"))
            out[split] = _Code("split", split + 1, len(out))
        self._compile(ways[-1], flags, out)
        for end in ends:
            out[end] = _Code("go", len(out))

    def _repeat(self, value: Any, flags: int, out: list[_Code], is_greedy: bool) -> None:
        low, high, body = value
        for _ in range(low):
            self._compile(body, flags, out)
        splits = []
        for _ in range(1 if high is c.MAXREPEAT else high - low):
            splits.append(len(out))
            out += [_Code("split"), _Code("mark", splits[-1])]
            self._compile(body, flags, out)
            out.append(_Code("moved", splits[-1]))
            if high is c.MAXREPEAT:
                out.append(_Code("go", splits[-1]))
        for split in splits:
            ways = (split + 1, len(out))
            out[split] = _Code("split", *(ways if is_greedy else ways[::-1]))

    def _run(
        self, program: list[_Code], text: str, at: int, held: dict[Any, Any], *, must_end: bool = False
    ) -> tuple[int, dict[Any, Any]] | None:
        stack = [(0, at, held)]
        steps, most, length = self.steps, self.most, len(text)
        try:
            while stack:
                place, at, held = stack.pop()
                while True:
                    steps += 1
                    if steps > most:
                        raise TooManySteps
                    name, value, other = program[place]
                    place += 1
                    if name == "take":
                        if at >= length or not value[text[at]]:
                            break
                        at += 1
                    elif name == "split":
                        stack.append((other, at, held))
                        place = value
                    elif name == "go":
                        place = value
                    elif name in {"save", "mark"}:
                        held = {**held, value: at}
                    elif name == "moved":
                        if held[value] == at:
                            break
                    elif name == "atomic":
                        self.steps = steps
                        inner = self._run(value, text, at, held)
                        steps = self.steps
                        if inner is None:
                            break
                        at, held = inner
                    elif name == "look":
                        part, back = value
                        self.steps = steps
                        inner = self._run(part, text, at - back, held) if at >= back else None
                        steps = self.steps
                        if (inner is not None) is not other:
                            break
                        held = inner[1] if inner else held
                    elif name == "at":
                        if not _stands(value, text, at, other):
                            break
                    elif name == "again":
                        start, end = held.get((value, 0)), held.get((value, 1))
                        if start is None or end is None or not text.startswith(text[start:end], at):
                            break
                        steps += end - start
                        at += end - start
                    elif not must_end or at == length:  # done
                        return at, held
                    else:
                        break
            return None
        finally:
            self.steps = steps


def _stands(kind: str, text: str, at: int, flags: int) -> bool:
    if kind == "AT_BEGINNING":
        return at == 0 or bool(flags & MULTILINE and text[at - 1] == "\n")
    if kind == "AT_BEGINNING_STRING":
        return at == 0
    if kind == "AT_END":
        is_line_end = text[at : at + 1] == "\n" and (flags & MULTILINE or at + 1 == len(text))
        return at == len(text) or bool(is_line_end)
    if kind == "AT_END_STRING":
        return at == len(text)
    is_ascii = bool(flags & ASCII)
    before = at > 0 and _is_word(text[at - 1], is_ascii)
    behind = at < len(text) and _is_word(text[at], is_ascii)
    return (before != behind) is (kind == "AT_BOUNDARY")


def _sample(nodes: Any, flags: int, chance: random.Random, groups: dict[int, str]) -> str:
    """Make a text that a part takes, what it looks for around it aside."""
    told = ""
    for op, value in nodes:
        test = _single(op, value, flags)
        if op is c.LITERAL:
            told += chr(value)
        elif test:
            told += chance.choice([one for one in _signs(op, value) if test(one)] or ["a"])
        elif op is c.SUBPATTERN:
            groups[value[0]] = _sample(value[3], flags, chance, groups)
            told += groups[value[0]]
        elif op is c.BRANCH:
            told += _sample(chance.choice(value[1]), flags, chance, groups)
        elif op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            times = min(value[1], value[0] + chance.randrange(2))
            told += "".join(_sample(value[2], flags, chance, groups) for _ in range(times))
        elif op is c.ATOMIC_GROUP:
            told += _sample(value, flags, chance, groups)
        elif op is c.GROUPREF:
            told += groups.get(value, "")
    return told


def _signs(op: Any, value: Any) -> list[str]:
    own = [chr(one) for kind, one in value if kind is c.LITERAL] if op is c.IN else []
    own += [chr(one[0]) for kind, one in value if kind is c.RANGE] if op is c.IN else []
    return [*own, *_POOL]


def _repeats(nodes: Any, before: str, flags: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Give a text that leads to each part that repeats, and one that the part takes."""
    groups: dict[int, str] = {}
    for op, value in nodes:
        if op in {c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT}:
            if value[1] >= _MANY:
                yield before, _sample(value[2], flags, chance, groups)
            yield from _repeats(value[2], before, flags, chance)
        elif op is c.SUBPATTERN:
            yield from _repeats(value[3], before, flags, chance)
        elif op is c.BRANCH:
            for way in value[1]:
                yield from _repeats(way, before, flags, chance)
        elif op is c.ATOMIC_GROUP:
            yield from _repeats(value, before, flags, chance)
        elif op in {c.ASSERT, c.ASSERT_NOT}:
            yield from _repeats(value[1], before, flags, chance)
        before += _sample([(op, value)], flags, chance, groups)


def pumps(counter: Counter, samples: int = 2) -> list[tuple[str, str, str]]:
    """Give the texts that a pattern may do most work on, as a front, what is repeated, and an end."""
    chance = random.Random(1)
    found: dict[tuple[str, str], None] = {}
    signs: dict[str, None] = {}
    for _ in range(samples):
        for before, body in _repeats(counter.tree, "", counter.flags, chance):
            signs.update(dict.fromkeys(body))
            for front, pump in ((before, body), ("", before + body), ("", before)):
                if pump:
                    found[front, pump] = None
    found.update({("", sign): None for sign in signs})
    found.update({("", one): None for one in (" ", "a", "a ", " a", "1", "é")})
    return [(front, pump, end) for front, pump in found for end in ("", "\x00", "a>")]


def growth(counter: Counter, shape: tuple[str, str, str], how: str) -> float:
    """Give how many times the steps of a text twice as long are; some 2 where they grow with its length.

    A part that may repeat some hundred times only looks quadratic in a short text, so a text that looks so
    is made longer.
    """
    front, pump, end = shape
    ratio = 0.0
    for length in (48, 400, 1_000):
        texts = (front + pump * (-(-size // len(pump))) + end for size in (length, 2 * length))
        try:
            first, second = (counter.count(text, how, 400 * len(text)) for text in texts)
        except TooManySteps:
            return float("inf")
        ratio = second / max(first, 1)
        if ratio < 2.6:
            return ratio
    return ratio
