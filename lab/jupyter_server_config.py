"""JupyterLab as `run.py lab` starts it: at the root of the project, on its first notebook, without news.

`overrides.json` has the settings of its pages, and `layout.json` the width of its list of files.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from pathlib import Path

from nbformat.sign import NotebookNotary

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
LAYOUT = "default-37a8.jupyterlab-workspace"
# What the person who started JupyterLab should read, though it is no warning.
SHOWN = ("already in use", "not available")


def make_folder_for_own_work() -> Path:
    """Make the folder of people's own work, and return the folder in it of what JupyterLab remembers."""
    memory = ROOT / "my_work" / ".jupyterlab"
    memory.mkdir(parents=True, exist_ok=True)
    if not (memory / LAYOUT).exists():
        shutil.copyfile(HERE / "layout.json", memory / LAYOUT)
    return memory


def is_shown(record: logging.LogRecord) -> bool:
    """Return whether a line of the log is for the person who started JupyterLab."""
    return record.levelno >= logging.WARNING or any(words in record.getMessage() for words in SHOWN)


print("Work of your own belongs in my_work. To stop JupyterLab: Ctrl+C, twice.", file=sys.stderr, flush=True)
if hasattr(os, "geteuid") and os.geteuid() == 0:
    print("You are root, so JupyterLab and its notebooks run as root.", file=sys.stderr, flush=True)
# Matrices are small here: more threads take longer to start than they save.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
memory = make_folder_for_own_work()
# JupyterLab imports modules of this folder by their names, and so does this file.
sys.path.append(str(HERE))
from trusted_notebooks import trust_notebooks  # noqa: E402 (the folder has to be known first)

trust_notebooks(ROOT / "notebooks", NotebookNotary())

c = get_config()  # type: ignore[name-defined]  # noqa: F821 (JupyterLab provides it)
c.ServerApp.root_dir = str(ROOT)
c.ServerApp.allow_root = True
c.Application.logging_config = {
    "filters": {"shown": {"()": lambda: is_shown}},
    "handlers": {"console": {"filters": ["shown"]}},
}
c.FileContentsManager.pre_save_hook = "notebook_form.save_as_kept"
c.FileContentsManager.checkpoints_class = "checkpoint_folder.CheckpointFolder"
c.CheckpointFolder.root_dir = str(memory / "checkpoints")
c.LabApp.default_url = "/lab/tree/notebooks/00_start.ipynb"
c.LabApp.app_settings_dir = str(HERE)
c.LabApp.workspaces_dir = str(memory)
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
