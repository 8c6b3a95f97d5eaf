"""The folder of decisions: read as what strangers wrote, written by one at a time."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from curriculum.decisions.decision import COLUMNS, Decision, decisions_to_sorted
from curriculum.decisions.validation import contradictions, decision_to_faults, invalid_decision
from curriculum.errors import CurriculumError, InvalidInput, NotFound, UnwritableOutput, raise_faults
from curriculum.files.atomic_write import remove_temporary_files, write_file
from curriculum.files.csv_cells import rows_to_csv, safe_to_text, text_to_safe
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.files.encodings import bytes_to_text
from curriculum.files.locks import write_lock
from curriculum.model.dates import text_to_iso_date
from curriculum.model.text import text_to_squashed

__all__ = [
    "DECISIONS_NAME",
    "decisions_to_csv",
    "folder_to_decisions",
    "pair_to_path",
    "read_decisions",
    "update_decisions",
]

# Where decisions stand in the raw folder.
DECISIONS_NAME: Final = "decisions"
_LOCK: Final = ".lock"
_ADVICE: Final = "docs/review.md tells what each column holds."


def read_decisions(folder: str | Path, is_needed: bool = False) -> tuple[Decision, ...]:
    """Read every decision of a folder.

    Parameters
    ----------
    folder
        The folder with the CSV files.
    is_needed
        Whether the folder has to be there.

    Returns
    -------
    tuple of Decision
        In the order of the files and their lines.

    Raises
    ------
    InvalidInput, Faults
        Every fault of every file, and every contradiction, at once.
    NotFound
        If the folder has to be there and is not.
    """
    decisions, faults = folder_to_decisions(folder, is_needed)
    raise_faults([*faults, *contradictions(decisions)])
    return decisions


def folder_to_decisions(
    folder: str | Path, is_needed: bool = False
) -> tuple[tuple[Decision, ...], list[CurriculumError]]:
    """Read the decisions of a folder that can be read, and tell what is wrong with the others."""
    folder = Path(folder)
    decisions: list[Decision] = []
    faults: list[CurriculumError] = []
    for path in _folder_to_paths(folder, is_needed):
        try:
            rows = path_to_table_rows(path, COLUMNS, InvalidInput, _ADVICE)
        except CurriculumError as fault:
            faults.append(fault)
            continue
        for line, cells in rows:
            one = _cells_to_decision(cells, f"{path.as_posix()}, line {line}")
            own = list(decision_to_faults(one))
            faults += own
            decisions += [] if own else [one]
    return tuple(decisions), faults


def _folder_to_paths(folder: Path, is_needed: bool) -> list[Path]:
    """Return the files of a folder; refuse one that cannot be opened, as no decision is passed over."""
    if not is_needed and not folder.exists() and not folder.is_symlink():
        return []
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.casefold() == ".csv")
        strangers = [path for path in paths if path.exists() and not path.is_file()]
    except OSError as fault:
        raise NotFound(
            "cannot be opened" if folder.exists() else "no such folder",
            where=folder.as_posix(),
            expected="a folder with files of decisions",
            found=(fault.strerror or type(fault).__name__).lower(),
            advice="Check the name, and that you may read it.",
        ) from fault
    raise_faults([_no_file(path) for path in strangers])
    return paths


def _no_file(path: Path) -> NotFound:
    return NotFound("no file", where=path.as_posix(), expected="a file", advice="Move it elsewhere.")


def _cells_to_decision(cells: dict[str, str], where: str) -> Decision:
    """Make a decision of a line; a spreadsheet may have written the date in its own way."""
    texts = {name: _cell_to_text(cells[name]) for name in COLUMNS}
    date = text_to_iso_date(texts["review_date"]) or texts["review_date"]
    return Decision(**{**texts, "review_date": date}, where=where)


def decisions_to_csv(decisions: Sequence[Decision]) -> bytes:
    """Return decisions as CSV, in their one order; the mark at its beginning tells Excel that it is UTF-8.

    Examples
    --------
    >>> one = Decision("reject", "a:K1", "", "b:K2", "Law", "Lore", "a", "b", "AB", "2026-11-22", "")
    >>> decisions_to_csv([one]).decode("utf-8-sig").splitlines()[1]
    'reject,a:K1,,b:K2,Law,Lore,a,b,AB,2026-11-22,'
    """
    rows = [[text_to_safe(text) for text in one[:-1]] for one in decisions_to_sorted(decisions)]
    return rows_to_csv([COLUMNS, *rows]).encode("utf-8-sig")


def _cell_to_text(cell: str) -> str:
    """Return the text of a cell: people open the files, and no text of them is to be taken for a formula."""
    return text_to_squashed(safe_to_text(cell))


def pair_to_path(folder: str | Path, old: str, new: str) -> Path:
    """Return the file that decisions on a pair are written to; those on the pair turned round share it."""
    path, turned = (Path(folder) / f"{one}_to_{other}.csv" for one, other in ((old, new), (new, old)))
    return turned if turned.exists() and not path.exists() else path


def update_decisions(
    folder: str | Path,
    pair: tuple[str, str],
    update: Callable[[tuple[Decision, ...]], Sequence[Decision]],
) -> Path | None:
    """Change the decisions on a pair of documents: read, changed and written while nobody else may.

    Parameters
    ----------
    folder
        The folder of the files; made if it is not there.
    pair
        The ids of the documents; its file is the only one that is written.
    update
        Is given every decision of the folder, and gives all that are to hold.

    Returns
    -------
    pathlib.Path or None
        The file, or None if nothing changes: then nothing is written.

    Raises
    ------
    InvalidInput, Faults
        If the decisions cannot be read, or contradict each other when they are changed.
    UnwritableOutput
        If the file cannot be written, or somebody else is writing all the time.
    """
    folder = Path(folder)
    with _locked(folder):
        path = pair_to_path(folder, *pair)
        remove_temporary_files([path])
        held = read_decisions(folder)
        changed = tuple(update(held))
        raise_faults([*contradictions(changed), *_elsewhere(held, changed, path)])
        if {one[:-1] for one in changed} == {one[:-1] for one in held}:
            return None
        others = {one for one in held if not _is_own(one, path)}
        own = {one[:-1]: one for one in changed if one not in others}
        write_file(path, _checked_csv(tuple(own.values()), path))
    return path


def _elsewhere(held: Sequence[Decision], changed: Sequence[Decision], path: Path) -> Iterator[InvalidInput]:
    """Tell of decisions that are taken back but stand in a file that somebody keeps by hand."""
    kept = {one[:-1] for one in changed}
    for one in held:
        if one[:-1] not in kept and not _is_own(one, path):
            yield invalid_decision(
                one.where,
                "a decision that was taken back stands in another file",
                f"it in {path.name}",
                one.summary(),
                "Change it in that file; nothing has been written.",
            )


def _is_own(one: Decision, path: Path) -> bool:
    """Return whether a decision was read from a file."""
    return one.where.startswith(f"{path.as_posix()}, line ")


def _checked_csv(decisions: Sequence[Decision], path: Path) -> bytes:
    """Return decisions as CSV, once it is sure that they can be read again as they are."""
    data = decisions_to_csv(decisions)
    held = io.StringIO(bytes_to_text(data, path.as_posix())[0], newline="")
    rows = [tuple(map(_cell_to_text, row)) for row in csv.reader(held, strict=True)]
    lost = [one for one, row in zip(decisions_to_sorted(decisions), rows[1:], strict=True) if one[:-1] != row]
    raise_faults(
        [
            invalid_decision(
                one.where,
                "cannot be kept as it is",
                "plain text",
                "characters that would be read back as others",
            )
            for one in lost
        ]
    )
    return data


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep others from writing to a folder; the system lets go of the lock if the program is killed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UnwritableOutput(
            "cannot be written",
            where=folder.as_posix(),
            found=(fault.strerror or type(fault).__name__).lower(),
            advice="Choose another folder with --decisions.",
        ) from fault
    with write_lock(folder / _LOCK, folder, is_kept=True):
        yield
