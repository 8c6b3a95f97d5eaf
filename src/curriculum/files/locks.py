"""Lock a file, so that only one process writes at a time; a second one waits, then gets an error."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from curriculum.errors import CurriculumError, UnwritableOutput

__all__ = ["write_lock"]

# Seconds to wait for another process that is writing; writing takes a fraction of a second.
PATIENCE: Final = 10.0


@contextmanager
def write_lock(lock: Path, where: Path, is_kept: bool = False) -> Iterator[None]:
    """Lock writing for other processes; the system releases the lock if the program is killed.

    Parameters
    ----------
    lock
        The file that is locked; its folder exists.
    where
        The name of the output, for messages.
    is_kept
        Whether the lock file is kept; by default it is removed with the lock.

    Raises
    ------
    UnwritableOutput
        If another process is writing all the time, or the lock cannot be made.
    """
    # Imported late: only commands that write need it.
    from filelock import FileLock, Timeout

    file_lock = FileLock(lock)
    try:
        file_lock.acquire(timeout=PATIENCE)
    except Timeout as fault:
        raise _busy(where) from fault
    except OSError as fault:
        raise UnwritableOutput(
            "cannot be written",
            where=where.as_posix(),
            found=(fault.strerror or type(fault).__name__).lower(),
            advice="Choose another place, or see that you may write there.",
        ) from fault
    try:
        yield
    finally:
        # Removed before the lock is released: a waiting process then makes a new file.
        # Windows removes the file itself when no process has it open.
        if not is_kept and os.name != "nt":
            with suppress(OSError):
                lock.unlink(missing_ok=True)
        file_lock.release()


def _busy(where: Path) -> CurriculumError:
    return UnwritableOutput(
        "another curriculum command is writing there",
        where=where.as_posix(),
        found=f"it still was after {PATIENCE:g} seconds",
        advice="Run the command again when it is done; nothing has been written.",
    )
