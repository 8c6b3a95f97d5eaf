"""Split a file in the Rich Text Format (RTF) into its tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from curriculum.documents.rich_text_tokens import Token, TokenKind
from curriculum.files.limits import check_time
from curriculum.files.office_package import TooMuchXml, UnusualPackage
from curriculum.model.limit_factor import raised

__all__ = ["bytes_to_tokens"]

_TOKEN: Final = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<text>[^\\{}\r\n\x00]++)|(?P<nothing>[\r\n\x00]++)",
    re.DOTALL,
)
_MOST_DEPTH = 1_000
_MOST_TOKENS = 2_000_000
_CHECKED_EVERY = 10_000
_OPEN, _CLOSE = Token(TokenKind.OPEN), Token(TokenKind.CLOSE)


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
