"""Read what a link needs from a raw folder beside its documents: the thesaurus and the decisions."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from curriculum.decisions.decision_files import DECISIONS_NAME
from curriculum.decisions.valid_decisions import NO_DECISIONS, ValidDecisions, folder_to_valid_decisions
from curriculum.documents.raw_names import SOURCES_NAME, THESAURUS_NAME
from curriculum.errors import MissingThesaurus, NotFound
from curriculum.files.cache import Cache
from curriculum.linking.csls_scores import Scorer, default_scorers
from curriculum.linking.kept_proposals import scorers_to_kept
from curriculum.linking.sentence_encoder import encoder_to_scorer, folder_to_encoder
from curriculum.linking.thesaurus import NO_THESAURUS
from curriculum.linking.thesaurus_file import read_thesaurus
from curriculum.tables.carrier import Tables

__all__ = [
    "RAW",
    "folder_to_scorers",
    "read_valid_decisions",
    "tables_to_raw",
    "tables_to_scorers",
    "tables_to_valid_decisions",
]

# The raw folder of the commands, if no other is named.
RAW: Final = Path("data/raw")


def folder_to_scorers(
    raw: str | Path,
    thesaurus: str | Path | None = None,
    with_vectors: bool = True,
    cache: Cache | None = None,
    encoder: str | Path | None = None,
) -> Sequence[Scorer]:
    """Return the scorers of a pair of statements, with the thesaurus of a raw folder if it has one.

    Parameters
    ----------
    raw
        The raw folder.
    thesaurus
        Another thesaurus to use instead.
    with_vectors
        Whether to use word vectors, where they are installed.
    cache
        A cache for the proposals of these scorers, and for the vectors of the sentence encoder.
    encoder
        The folder of a sentence encoder, which is one more scorer.

    Raises
    ------
    NotFound, InvalidInput
        If the thesaurus is not there, or has rows that cannot be used; or if the encoder cannot be used.
    """
    path = Path(thesaurus or Path(raw) / THESAURUS_NAME)
    has_file = bool(thesaurus) or path.exists()
    model = folder_to_encoder(encoder, cache) if encoder is not None else None

    def load() -> tuple[Scorer, ...]:
        scorers = default_scorers(read_thesaurus(path) if has_file else NO_THESAURUS, with_vectors)
        return (*scorers, encoder_to_scorer(model)) if model else scorers

    if cache is None or not with_vectors:
        return load()
    try:
        content = path.read_bytes() if has_file else b""
    except OSError:
        # This raises the error that names the file.
        return load()
    return scorers_to_kept(load, content, cache, model.files if model else ())


def read_valid_decisions(
    raw: str | Path,
    tables: Tables,
    decisions: str | Path | None = None,
    with_decisions: bool = True,
    is_whole: bool = True,
) -> ValidDecisions:
    """Read the valid decisions of a raw folder, or of the folder that a person names.

    Raises
    ------
    CurriculumError
        If a decision is faulty, or a folder that was named is not there.
    """
    if not with_decisions:
        return NO_DECISIONS
    folder = Path(decisions or Path(raw) / DECISIONS_NAME)
    return folder_to_valid_decisions(folder, tables, is_whole, decisions is not None)


def tables_to_raw(tables: Tables, raw: str | Path | None = None) -> Path | None:
    """Return the raw folder that belongs to tables.

    Parameters
    ----------
    tables
        The tables.
    raw
        The raw folder, if a person names it.

    Returns
    -------
    pathlib.Path or None
        The folder that was named; or ``raw`` beside the folder that the tables were read from, if it has a
        register; or ``data/raw`` of the current folder, as for the commands; None if there is none.

    Raises
    ------
    NotFound
        If the folder that was named is not there.

    Examples
    --------
    >>> from curriculum import read_tables
    >>> tables_to_raw(read_tables("data/processed")).parts[-2:]
    ('data', 'raw')
    """
    if raw is not None:
        named = Path(raw)
        if not named.is_dir():
            raise NotFound(
                "no such folder",
                where=named.as_posix(),
                expected=f"the raw folder, with {SOURCES_NAME} and {THESAURUS_NAME}",
                advice="Check the name, or leave it out.",
            )
        return named
    beside = tables.folder.parent / "raw" if tables.folder else None
    if beside and (beside / SOURCES_NAME).is_file():
        return beside
    return RAW if RAW.is_dir() else None


def tables_to_scorers(tables: Tables, raw: str | Path | None = None) -> Sequence[Scorer]:
    """Return the scorers that the commands use for these tables; warn if there is no thesaurus.

    Parameters
    ----------
    tables, raw
        As for `tables_to_raw`.

    Warns
    -----
    MissingThesaurus
        If there is no raw folder, or it has no thesaurus.
    """
    folder = tables_to_raw(tables, raw)
    if folder is None or not (folder / THESAURUS_NAME).exists():
        where = (folder or RAW).as_posix()
        warnings.warn(
            f"no {THESAURUS_NAME} in {where}: links are proposed without the terms of the field, and are "
            "fewer. Name the raw folder with raw=, or give scorers=default_scorers() to link without one.",
            MissingThesaurus,
            # The line of the caller of the function that needs scorers.
            stacklevel=3,
        )
    return folder_to_scorers(folder or RAW)


def tables_to_valid_decisions(tables: Tables, raw: str | Path | None = None) -> ValidDecisions:
    """Return the decisions that the commands apply to links of these tables.

    Parameters
    ----------
    tables, raw
        As for `tables_to_raw`.

    Raises
    ------
    CurriculumError
        If a decision is faulty.
    """
    folder = tables_to_raw(tables, raw)
    return read_valid_decisions(folder, tables, is_whole=False) if folder else NO_DECISIONS
