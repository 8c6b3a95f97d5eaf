"""The errors of the package; every message says what happened, where, expected, found and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.limit_factor import FACTOR, MOST_TIMES, raised
from curriculum.model.text import text_to_escaped

__all__ = [
    "CurriculumError",
    "Faults",
    "InvalidInput",
    "InvalidTable",
    "MissingThesaurus",
    "MixedFolder",
    "NotFound",
    "TooLarge",
    "UnreadableFile",
    "UnsupportedFormat",
    "UnwritableOutput",
    "missing_package",
    "raise_faults",
    "refuse_more",
    "too_large",
    "unknown_ending",
]


class CurriculumError(Exception):
    """An error that the user can correct.

    Parameters
    ----------
    what
        What happened, as a clause.
    where
        The file, line or option where it happened.
    expected, found
        What was expected there and what was found; both may be empty.
    advice
        What to do about it, as a sentence.

    Examples
    --------
    >>> print(NotFound("no such file", where="k.txt", advice="Check the name."))
    k.txt: no such file. Check the name.
    """

    def __init__(
        self, what: str, *, where: str = "", expected: str = "", found: str = "", advice: str = ""
    ) -> None:
        self.what, self.where = what, where
        self.expected, self.found, self.advice = expected, found, advice
        super().__init__(str(self))

    def __str__(self) -> str:
        """Return the whole message on one line."""
        where = f"{self.where}: " if self.where else ""
        facts = [
            f"{name} {value}" for name, value in (("expected", self.expected), ("found", self.found)) if value
        ]
        message = "; ".join([f"{where}{self.what}", *facts])
        return text_to_escaped(f"{message.rstrip('.')}. {self.advice}".strip())


class NotFound(CurriculumError):
    """A file, folder, document, statement, sheet, column or code that was named does not exist."""


class UnreadableFile(CurriculumError):
    """A file exists but cannot be read without loss in the expected format."""


class UnsupportedFormat(CurriculumError):
    """A file has a format that is not read, or an output has a format that is not written."""


def unknown_ending(what: str, name: str, endings: Sequence[str]) -> UnsupportedFormat:
    """Return the error for a file name whose ending is not one of the supported formats.

    Examples
    --------
    >>> print(unknown_ending("graphs", "a.doc", (".graphml", ".json")))
    a.doc: not a format of graphs; expected .graphml, .json; found .doc. Choose another ending.
    """
    _, dot, ending = name.rpartition(".")
    return UnsupportedFormat(
        f"not a format of {what}",
        where=name,
        expected=", ".join(endings),
        found=f"{dot}{ending}" if dot else "no ending",
        advice="Choose another ending.",
    )


class InvalidInput(CurriculumError):
    """Input from a person cannot be used: a register, a thesaurus, a crosswalk, decisions or answers."""


class InvalidTable(CurriculumError):
    """A table or a score matrix lacks required columns, values, keys or rows."""


class TooLarge(CurriculumError):
    """Two documents have more pairs of statements than a laptop has memory to score."""


class MissingThesaurus(UserWarning):
    """No thesaurus was found in the expected folder, so fewer links are proposed."""


class MixedFolder(CurriculumError):
    """An output folder does not hold the files that its manifest lists."""


class UnwritableOutput(CurriculumError):
    """An output could not be written, or would not be read back with the same content."""


class Faults(CurriculumError):
    """Several faults, reported together so that they can be corrected together.

    Examples
    --------
    >>> print(Faults([NotFound("no such file", where="a.txt"),
    ...               UnreadableFile("holds no text", where="b.txt")]))
    a.txt: no such file.
    b.txt: holds no text.
    """

    def __init__(self, faults: Sequence[CurriculumError]) -> None:
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")

    def __str__(self) -> str:
        """Return one line for each fault."""
        return "\n".join(str(fault) for fault in self.faults)


def raise_faults(faults: Sequence[CurriculumError]) -> None:
    """Raise a single fault as it is, several faults as one error, and nothing if there are none.

    Parameters
    ----------
    faults
        The faults that were collected.

    Raises
    ------
    CurriculumError
        The fault itself if there is one, `Faults` if there are several.

    Examples
    --------
    >>> raise_faults([])
    """
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise Faults(faults)


def missing_package(form: str, package: str, where: str) -> UnsupportedFormat:
    """Return the error for a file whose format needs a package that is not installed.

    Parameters
    ----------
    form
        The format, as a message names it: "a Word file".
    package
        The name of the package, as `pip` installs it.
    where
        The file, as a message should name it.

    Examples
    --------
    >>> print(missing_package("YAML", "pyyaml", "ksbs.yaml"))
    ksbs.yaml: YAML, which needs a package that is not installed; expected the package pyyaml; found none. \
Install it with: python -m pip install pyyaml. run.py installs it too. Or save the file as plain text (UTF-8).
    """
    return UnsupportedFormat(
        f"{form}, which needs a package that is not installed",
        where=where,
        expected=f"the package {package}",
        found="none",
        advice=f"Install it with: python -m pip install {package}. run.py installs it too. "
        "Or save the file as plain text (UTF-8).",
    )


def too_large(what: str, where: str, found: int, most: int, unit: str, *, advice: str) -> UnreadableFile:
    """Return the error for a file that has more of something than its limit.

    Parameters
    ----------
    what
        What is wrong, as the first words of the message.
    where
        The file, as a message should name it.
    found
        How much it has; 0 if that is not known.
    most
        The limit, before it is raised.
    unit
        What is counted.
    advice
        What to do; how to raise the limit is added to it, if it can be raised so far.

    Examples
    --------
    >>> str(too_large("too large", "k.txt", 9_000, 8_000, "lines", advice="Split it.")).partition(". ")[2]
    'Split it. If you trust the file, read it with --limits 2 (in Python, raised_limits(2)).'
    """
    times = max(-(-found // most), FACTOR.get() + 1)
    way = f"If you trust the file, read it with --limits {times} (in Python, raised_limits({times}))."
    return UnreadableFile(
        what,
        where=where,
        expected=f"at most {raised(most):,} {unit}",
        found=f"{found:,}" if found else "more",
        advice=f"{advice} {way}" if times <= MOST_TIMES else advice,
    )


def refuse_more(what: str, where: str, found: int, most: int, unit: str, *, advice: str) -> None:
    """Refuse a file that has more of something than its limit; see `too_large`.

    Raises
    ------
    UnreadableFile
        With the limit, what was found, and how to raise the limit.
    """
    if found > raised(most):
        raise too_large(what, where, found, most, unit, advice=advice)
