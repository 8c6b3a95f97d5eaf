"""Kernels of notebooks talk over sockets of the file system where there are such; own notebooks are left out.

A kernel is given numbers of TCP ports that are free when it is started, and another process may take one of
them before the kernel does: it then dies, and the notebook fails (once in some 120 starts of two at a time).
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager
from nbval import kernel

from project_notebooks import FOLDER, MY_WORK, is_own, own_notebooks

SOCKETS = pytest.StashKey[Path]()


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what is in the folder of people's own work, and notebooks beside those of the project."""
    return True if MY_WORK in (collection_path, *collection_path.parents) or is_own(collection_path) else None


def pytest_report_header() -> list[str]:
    """Return a line for each notebook that is left out."""
    return [
        f"{path.name} in {FOLDER.name} is not of the project: it is not tested" for path in own_notebooks()
    ]


def pytest_configure(config: pytest.Config) -> None:
    """Start each kernel of nbval with sockets of its own in a new folder."""
    if os.name != "posix":
        return
    folder = Path(tempfile.mkdtemp(prefix="kernels-"))
    config.stash[SOCKETS] = folder
    number = itertools.count(1)

    def manager(**options: object) -> KernelManager:
        return KernelManager(transport="ipc", ip=str(folder / str(next(number))), **options)

    kernel.KernelManager = manager


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the sockets."""
    if SOCKETS in config.stash:
        shutil.rmtree(config.stash[SOCKETS], ignore_errors=True)
