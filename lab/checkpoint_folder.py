"""Copies to which JupyterLab can go back, outside the folders of the files, which tests compare."""

from __future__ import annotations

from pathlib import Path

from jupyter_server.services.contents.filecheckpoints import AsyncFileCheckpoints

__all__ = ["CheckpointFolder"]


class CheckpointFolder(AsyncFileCheckpoints):
    """Checkpoints in a folder of their own, `root_dir`, with the folders of the project in it."""

    def checkpoint_path(self, checkpoint_id: str, path: str) -> str:
        """Return the path of a checkpoint; its folder is made."""
        Path(self.root_dir, path.strip("/")).parent.mkdir(parents=True, exist_ok=True)
        return str(super().checkpoint_path(checkpoint_id, path))
