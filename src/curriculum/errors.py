"""What can go wrong, one class each; every message says what, where, expected, found and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from curriculum.model.text import text_to_shown

__all__ = [
    "BrokenSchema",
    "BrokenScores",
    "CurriculumError",
    "DamagedSource",
    "DuplicateDocument",
    "EmptyCrosswalk",
    "EmptyDocument",
    "Faults",
    "MissingDocument",
    "MissingSection",
    "MissingThesaurus",
    "MixedFolder",
    "NotInPlace",
    "NotReadBack",
    "NotText",
    "NothingFound",
    "TooFewLinks",
    "TooManyPairs",
    "UnknownDocument",
    "UnknownFormat",
    "UnknownKind",
    "UnknownPlace",
    "UnknownStatement",
    "UnreadableTracker",
    "UnregisteredDocument",
    "UnusableId",
    "UnwritableOutput",
    "WrongCrosswalk",
    "WrongDecisions",
    "WrongReference",
    "WrongRegistry",
    "WrongThesaurus",
]


class CurriculumError(Exception):
    """Something that the user can put right.

    Parameters
    ----------
    what
        What happened, as a clause.
    where
        File, line or option that it happened in.
    expected, found
        What should have been there and what was; either may be empty.
    advice
        What to do about it, as a sentence.

    Examples
    --------
    >>> print(MissingDocument("no such file", where="k.txt", advice="Check the name."))
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
        told = "; ".join([f"{where}{self.what}", *facts])
        return text_to_shown(f"{told.rstrip('.')}. {self.advice}".strip())


class MissingDocument(CurriculumError):
    """A file or folder that was named is not there."""


class EmptyDocument(CurriculumError):
    """A file holds no text."""


class NotText(CurriculumError):
    """A file's bytes are not text in an encoding that can be told for certain."""


class UnknownFormat(CurriculumError):
    """A file is of a format that is not read, or is to be written to one that is not written."""


def unknown_ending(what: str, name: str, endings: Sequence[str]) -> UnknownFormat:
    """Return the error of a file name whose ending names no format that something is written in.

    Examples
    --------
    >>> print(unknown_ending("graphs", "a.doc", (".graphml", ".json")))
    a.doc: not a format of graphs; expected .graphml, .json; found .doc. Choose another ending.
    """
    _, dot, ending = name.rpartition(".")
    return UnknownFormat(
        f"not a format of {what}",
        where=name,
        expected=", ".join(endings),
        found=f"{dot}{ending}" if dot else "no ending",
        advice="Choose another ending.",
    )


class UnknownKind(CurriculumError):
    """A text is of no kind of document that can be parsed."""


class MissingSection(CurriculumError):
    """A text of a known kind lacks a section that the kind must have."""


class WrongRegistry(CurriculumError):
    """A register of the raw folder cannot be read or contradicts itself."""


class TooFewLinks(CurriculumError):
    """A reference holds too few right or wrong links for confidence to be fitted to it."""


class TooManyPairs(CurriculumError):
    """Two documents hold more pairs of statements than can be weighed in the memory of a laptop."""


class WrongThesaurus(CurriculumError):
    """A thesaurus has rows that cannot be used."""


class MissingThesaurus(UserWarning):
    """No thesaurus was found where one is looked for, so that fewer links are proposed."""


class WrongReference(CurriculumError):
    """A reference crosswalk cannot be read, or names what its documents do not hold."""


class DamagedSource(CurriculumError):
    """A registered file is not, byte for byte, the one that was registered."""


class DuplicateDocument(CurriculumError):
    """Two documents have one id."""


class UnregisteredDocument(CurriculumError):
    """A text lies in the raw folder that the register does not list."""


class UnknownDocument(CurriculumError):
    """A document, or a pair of them, was named that is not there."""


class UnknownStatement(CurriculumError):
    """A statement was named that no document holds."""


class BrokenSchema(CurriculumError):
    """A table does not have the columns, values or keys that its schema asks for."""


class EmptyCrosswalk(CurriculumError):
    """A crosswalk without a single mapping was to be written."""


class UnusableId(CurriculumError):
    """An id cannot stand in the format that was asked for."""


class BrokenScores(CurriculumError):
    """A scorer does not give a score for each pair of statements."""


class MixedFolder(CurriculumError):
    """An output folder does not hold the files that its manifest lists."""


class UnwritableOutput(CurriculumError):
    """An output could not be put in place."""


class NotReadBack(CurriculumError):
    """What was to be written would be read again as something else."""


class UnreadableTracker(CurriculumError):
    """A spreadsheet cannot be read, or holds what would be lost if it were written again."""


class UnknownPlace(CurriculumError):
    """A sheet, column, value or option was named that the file or the standard does not have."""


class NotInPlace(CurriculumError):
    """Codes stand where they cannot be rewritten without breaking something."""


class NothingFound(CurriculumError):
    """A spreadsheet holds no code of the old version."""


class WrongCrosswalk(CurriculumError):
    """A crosswalk of one's own has rows that cannot be used."""


class WrongDecisions(CurriculumError):
    """Decisions, or answers on a sheet "To decide", cannot be used."""


class Faults(CurriculumError):
    """Several faults, told together so that they can be mended together.

    Examples
    --------
    >>> print(Faults([MissingDocument("no such file", where="a.txt"),
    ...               EmptyDocument("holds no text", where="b.txt")]))
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
    """Raise nothing, the one fault, or all of them together.

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
