"""Split a file in the Rich Text Format (RTF) into its tokens: words, signs, bytes of text, and groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import Final, NamedTuple

from curriculum.files.limits import check_time
from curriculum.files.office_package import TooMuchXml, UnusualPackage
from curriculum.model.limit_factor import raised

__all__ = ["Group", "Token", "TokenKind", "bytes_to_tokens", "collect_group", "skip_group"]

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\x00]++)|(?P<nothing>[\r\n\x00]++)",
    re.DOTALL,
)
_MOST_DEPTH = 1_000
_MOST_TOKENS = 2_000_000
_CHECKED_EVERY = 10_000


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


_OPEN, _CLOSE = Token(TokenKind.OPEN), Token(TokenKind.CLOSE)


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


def bytes_to_tokens(data: bytes) -> Iterator[Token]:
    r"""Yield the tokens of a file, without embedded bytes.

    Parameters
    ----------
    data
        The bytes of the file.

    Raises
    ------
    TooMuchXml
        If it has too many tokens.
    UnusualPackage
        If its groups are nested too deeply, or embedded bytes go on behind its end.

    Examples
    --------
    >>> [(token.kind.name, token.name or token.data) for token in bytes_to_tokens(rb"{\b K1\'e9}")]
    [('OPEN', b''), ('WORD', 'b'), ('TEXT', b'K1'), ('HEX', b'\xe9'), ('CLOSE', b'')]
    """
    at = depth = count = 0
    while at < len(data):
        found = _TOKEN.match(data, at)
        count += 1
        if not count % _CHECKED_EVERY:
            check_time()
        if count > raised(_MOST_TOKENS):
            raise TooMuchXml(0, _MOST_TOKENS, "words, signs and groups")
        if found is None:
            at += 1  # a backslash without a word or a sign
            continue
        at = found.end()
        token = _match_to_token(found)
        if token is None:
            continue
        if token.name == "bin" and token.kind is TokenKind.WORD:
            at += max(token.number or 0, 0)
            if at > len(data):
                raise UnusualPackage("embedded bytes that go on behind its end")
            continue
        depth += (token.kind is TokenKind.OPEN) - (token.kind is TokenKind.CLOSE)
        if depth > raised(_MOST_DEPTH):
            raise UnusualPackage(f"groups nested more than {raised(_MOST_DEPTH):,} deep")
        yield token


def _match_to_token(found: re.Match[bytes]) -> Token | None:
    """Return the token of a match; None for line ends, which are no text."""
    kind = found.lastgroup
    if kind == "text":
        return Token(TokenKind.TEXT, data=found["text"])
    if kind in ("word", "number"):
        number = found["number"]
        return Token(TokenKind.WORD, found["word"].decode("ascii"), None if number is None else int(number))
    if kind == "hex":
        return Token(TokenKind.HEX, data=bytes.fromhex(found["hex"].decode("ascii")))
    if kind == "sign":
        return Token(TokenKind.SIGN, found["sign"].decode("latin-1"))
    if kind == "brace":
        return _OPEN if found["brace"] == b"{" else _CLOSE
    return None


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
