"""x."""

from __future__ import annotations

from curriculum.documents.table_cells import Content

__all__ = ["rich_text_to_content"]


def rich_text_to_content(data: bytes, where: str) -> Content:
    """Read."""
    raise NotImplementedError
