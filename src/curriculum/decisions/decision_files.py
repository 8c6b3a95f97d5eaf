"""Read and write the folder of decisions; only one program writes at a time."""

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
    "is_decisions_file",
    "pair_to_path",
    "path_to_decisions",
    "read_decisions",
    "update_decisions",
]

# The name of the folder of decisions in the raw folder.
DECISIONS_NAME: Final = "decisions"
_LOCK: Final = ".lock"
_ADVICE: Final = "docs/review.md describes each column."


def read_decisions(folder: str | Path, is_needed: bool = False) -> tuple[Decision, ...]:
    """Read every decision of a folder.

    Parameters
    ----------
    folder
        The folder with the CSV files.
    is_needed
        Whether the folder must exist.

    Returns
    -------
    tuple of Decision
        In the order of the files and their lines.

    Raises
    ------
    InvalidInput, Faults
        Every fault of every file, and every contradiction, at once.
    NotFound
        If the folder must exist and does not.
    """
    decisions, faults = folder_to_decisions(folder, is_needed)
    raise_faults([*faults, *contradictions(decisions)])
    return decisions


def folder_to_decisions(
    folder: str | Path, is_needed: bool = False
) -> tuple[tuple[Decision, ...], list[CurriculumError]]:
    """Read the decisions of a folder; return the valid ones, and the faults of the others."""
    folder = Path(folder)
    decisions: list[Decision] = []
    faults: list[CurriculumError] = []
    for path in _folder_to_paths(folder, is_needed):
        of_file, faults_of_file = path_to_decisions(path)
        decisions += of_file
        faults += faults_of_file
    return tuple(decisions), faults


def path_to_decisions(path: str | Path) -> tuple[tuple[Decision, ...], list[CurriculumError]]:
    """Read one file of decisions; return the valid ones, and the faults of the others."""
    path = Path(path)
    try:
        rows = path_to_table_rows(path, COLUMNS, InvalidInput, _ADVICE)
    except CurriculumError as fault:
        return (), [fault]
    decisions: list[Decision] = []
    faults: list[CurriculumError] = []
    for line, cells in rows:
        decision = _cells_to_decision(cells, f"{path.as_posix()}, line {line}")
        found = list(decision_to_faults(decision))
        faults += found
        decisions += [] if found else [decision]
    return tuple(decisions), faults


def is_decisions_file(path: str | Path) -> bool:
    """Return whether a file is one of a folder of decisions, by its ending and its first column."""
    path = Path(path)
    if path.suffix.casefold() != ".csv" or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(100).removeprefix(b"\xef\xbb\xbf").startswith(f"{COLUMNS[0]},".encode())


def _folder_to_paths(folder: Path, is_needed: bool) -> list[Path]:
    """Return the files of a folder; raise an error if it cannot be opened, so that no decision is lost."""
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
    raise_faults([_not_a_file_error(path) for path in strangers])
    return paths


def _not_a_file_error(path: Path) -> NotFound:
    return NotFound("no file", where=path.as_posix(), expected="a file", advice="Move it elsewhere.")


def _cells_to_decision(cells: dict[str, str], where: str) -> Decision:
    """Build a decision from a line; a spreadsheet program may have changed the format of the date."""
    texts = {name: _cell_to_text(cells[name]) for name in COLUMNS}
    date = text_to_iso_date(texts["review_date"]) or texts["review_date"]
    return Decision(**{**texts, "review_date": date}, where=where)


def decisions_to_csv(decisions: Sequence[Decision]) -> bytes:
    """Return decisions as CSV, sorted; a byte order mark shows Excel that the file is UTF-8.

    Examples
    --------
    >>> decision = Decision("reject", "a:K1", "", "b:K2", "Law", "Lore", "a", "b", "AB", "2026-11-22", "")
    >>> decisions_to_csv([decision]).decode("utf-8-sig").splitlines()[1]
    'reject,a:K1,,b:K2,Law,Lore,a,b,AB,2026-11-22,'
    """
    rows = [[text_to_safe(text) for text in decision[:-1]] for decision in decisions_to_sorted(decisions)]
    return rows_to_csv([COLUMNS, *rows]).encode("utf-8-sig")


def _cell_to_text(cell: str) -> str:
    """Return the text of a cell without the apostrophe that keeps a spreadsheet from reading a formula."""
    return text_to_squashed(safe_to_text(cell))


def pair_to_path(folder: str | Path, old: str, new: str) -> Path:
    """Return the file that decisions on a pair are written to; the inverse pair shares it."""
    path, inverse = (Path(folder) / f"{first}_to_{second}.csv" for first, second in ((old, new), (new, old)))
    return inverse if inverse.exists() and not path.exists() else path


def update_decisions(
    folder: str | Path,
    pair: tuple[str, str],
    update: Callable[[tuple[Decision, ...]], Sequence[Decision]],
) -> Path | None:
    """Change the decisions on a pair of documents; nobody else can write at the same time.

    Parameters
    ----------
    folder
        The folder of the files; it is created if it does not exist.
    pair
        The ids of the documents; only the file of this pair is written.
    update
        A function that takes all decisions of the folder and returns all decisions to keep.

    Returns
    -------
    pathlib.Path or None
        The file, or None if nothing changes: then nothing is written.

    Raises
    ------
    InvalidInput, Faults
        If the decisions cannot be read, or contradict each other after the change.
    UnwritableOutput
        If the file cannot be written, or another program does not stop writing.
    """
    folder = Path(folder)
    with _locked(folder):
        path = pair_to_path(folder, *pair)
        remove_temporary_files([path])
        before = read_decisions(folder)
        after = tuple(update(before))
        raise_faults([*contradictions(after), *_removed_elsewhere(before, after, path)])
        if {decision[:-1] for decision in after} == {decision[:-1] for decision in before}:
            return None
        others = {decision for decision in before if not _is_read_from(decision, path)}
        written = {decision[:-1]: decision for decision in after if decision not in others}
        write_file(path, _checked_csv(tuple(written.values()), path))
    return path


def _removed_elsewhere(
    before: Sequence[Decision], after: Sequence[Decision], path: Path
) -> Iterator[InvalidInput]:
    """Yield an error for each removed decision that is in a file which a person keeps by hand."""
    kept = {decision[:-1] for decision in after}
    for decision in before:
        if decision[:-1] not in kept and not _is_read_from(decision, path):
            yield invalid_decision(
                decision.where,
                "a decision that was removed is in another file",
                f"it in {path.name}",
                decision.summary(),
                "Change it in that file; nothing has been written.",
            )


def _is_read_from(decision: Decision, path: Path) -> bool:
    """Return whether a decision was read from a file."""
    return decision.where.startswith(f"{path.as_posix()}, line ")


def _checked_csv(decisions: Sequence[Decision], path: Path) -> bytes:
    """Return decisions as CSV; raise an error if one of them would not be read back unchanged."""
    data = decisions_to_csv(decisions)
    stream = io.StringIO(bytes_to_text(data, path.as_posix())[0], newline="")
    rows = [tuple(map(_cell_to_text, row)) for row in csv.reader(stream, strict=True)]
    lost = [
        decision
        for decision, row in zip(decisions_to_sorted(decisions), rows[1:], strict=True)
        if decision[:-1] != row
    ]
    raise_faults(
        [
            invalid_decision(
                decision.where,
                "cannot be kept as it is",
                "plain text",
                "characters that would be read back as others",
            )
            for decision in lost
        ]
    )
    return data


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Lock a folder for writing; the operating system frees the lock if the program is killed."""
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
