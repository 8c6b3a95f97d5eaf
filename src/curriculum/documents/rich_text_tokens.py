"""The tokens of a file in the Rich Text Format (RTF): words, signs, bytes of text, and groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

__all__ = ["Group", "Token", "TokenKind", "collect_group", "skip_group"]


class TokenKind(Enum):
    """What a token is: a word, a sign behind a backslash, bytes of text, or the border of a group."""

    WORD = "word"
    SIGN = "sign"
    TEXT = "text"
    HEX = "hex"
    OPEN = "open"
    CLOSE = "close"


class Token(NamedTuple):
    """A token: its kind, its word or sign, the number behind the word, and its bytes of text."""

    kind: TokenKind
    name: str = ""
    number: int | None = None
    data: bytes = b""


@dataclass
class Group:
    """A group that was collected: its tokens and the groups in it, in order."""

    items: list[Token | Group] = field(default_factory=list)

    def words(self) -> dict[str, int | None]:
        """Return the words of the group itself, each with its number; of two with one name, the last."""
        found = (item for item in self.items if isinstance(item, Token))
        return {item.name: item.number for item in found if item.kind is TokenKind.WORD}

    def groups(self, word: str = "") -> Iterator[Group]:
        """Yield the groups in this one; only those that have a word, if one is given."""
        for item in self.items:
            if isinstance(item, Group) and (not word or word in item.words()):
                yield item


def collect_group(tokens: Iterator[Token]) -> Group:
    """Return the rest of a group whose beginning was read, and the groups in it; its end is read too."""
    root = Group()
    stack = [root]
    for token in tokens:
        if token.kind is TokenKind.OPEN:
            inner = Group()
            stack[-1].items.append(inner)
            stack.append(inner)
        elif token.kind is TokenKind.CLOSE:
            stack.pop()
            if not stack:
                break
        else:
            stack[-1].items.append(token)
    return root


def skip_group(tokens: Iterator[Token]) -> int:
    """Read the rest of a group whose beginning was read, and return how many paragraphs end in it."""
    depth, n_paragraphs = 1, 0
    for token in tokens:
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        n_paragraphs += token.kind is TokenKind.WORD and token.name == "par"
        if not depth:
            break
    return n_paragraphs
