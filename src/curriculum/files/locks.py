"""One writer at a time: a second one waits for the first, and is told if that takes long."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from curriculum.errors import CurriculumError, UnwritableOutput

__all__ = ["write_lock"]

# Seconds to wait for somebody else who is writing; it takes a fraction of one.
PATIENCE: Final = 10.0


@contextmanager
def write_lock(lock: Path, where: Path, is_kept: bool = False) -> Iterator[None]:
    """Keep other processes from writing meanwhile; the system lets go if the program is killed.

    Parameters
    ----------
    lock
        The file that is locked; its folder is there.
    where
        What is written, as a message should name it.
    is_kept
        Whether the file of the lock stays; otherwise it goes with the lock.

    Raises
    ------
    UnwritableOutput
        If somebody else is writing all the time, or the lock cannot be made.
    """
    # Fetched late: only who writes needs it.
    from filelock import FileLock, Timeout

    held = FileLock(lock)
    try:
        held.acquire(timeout=PATIENCE)
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
        # Before the lock is let go: who waits for it sees that the file is gone, and makes another.
        # Windows removes it by itself, once nobody has it open.
        if not is_kept and os.name != "nt":
            with suppress(OSError):
                lock.unlink(missing_ok=True)
        held.release()


def _busy(where: Path) -> CurriculumError:
    return UnwritableOutput(
        "another curriculum command is writing there",
        where=where.as_posix(),
        found=f"it still was after {PATIENCE:g} seconds",
        advice="Run the command again when it is done; nothing has been written.",
    )
