"""Kernels of notebooks talk over sockets of the file system where there are such, and write to a new folder.

A kernel is given numbers of TCP ports that are free when it is started, and another process may take one of
them before the kernel does: it then dies, and the notebook fails (once in some 120 starts of two at a time).
A notebook that is tested finds the documents of the project, and writes to a `my_work` of its own: tests
change no work of people, and no work of people makes a test fail. Own notebooks are left out.
"""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.manager import KernelManager
from nbval import kernel

from project_notebooks import FOLDER, MY_WORK, is_own, own_notebooks

SOCKETS = pytest.StashKey[Path]()
# What the notebooks read.
READ = ("data", "examples")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out what is in the folder of people's own work, and notebooks beside those of the project."""
    return True if MY_WORK in (collection_path, *collection_path.parents) or is_own(collection_path) else None


def pytest_report_header() -> list[str]:
    """Return a line for each notebook that is left out."""
    return [
        f"{path.name} in {FOLDER.name} is not of the project: it is not tested" for path in own_notebooks()
    ]


def pytest_configure(config: pytest.Config) -> None:
    """Start each kernel of nbval with sockets of its own, in a new folder beside the documents."""
    if os.name != "posix":
        return
    folder = Path(tempfile.mkdtemp(prefix="kernels-"))
    config.stash[SOCKETS] = folder
    number = itertools.count(1)

    class Manager(KernelManager):
        """A kernel that works in the new folder if its notebook is one of the project."""

        def start_kernel(self, **options: Any) -> None:
            if options.get("cwd") == str(FOLDER):
                options["cwd"] = str(folder_beside_documents(folder))
            super().start_kernel(**options)

    def manager(**options: object) -> KernelManager:
        return Manager(transport="ipc", ip=str(folder / str(next(number))), **options)

    kernel.KernelManager = manager


def folder_beside_documents(folder: Path) -> Path:
    """Return an empty folder beside the folders that notebooks read."""
    notebooks = folder / FOLDER.name
    if not notebooks.exists():
        notebooks.mkdir()
        for name in READ:
            (folder / name).symlink_to(FOLDER.parent / name, target_is_directory=True)
    return notebooks


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the sockets."""
    if SOCKETS in config.stash:
        shutil.rmtree(config.stash[SOCKETS], ignore_errors=True)
