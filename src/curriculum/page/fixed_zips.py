"""Pack files into a zip whose bytes depend on the files alone."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Final

__all__ = ["files_to_zip"]

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = 0o644


def files_to_zip(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, sorted by their names; the same files give the same bytes.

    Examples
    --------
    >>> files_to_zip({"b": b"2", "a": b"1"}) == files_to_zip({"a": b"1", "b": b"2"})
    True
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            # Python notes the system that it runs on, which must make no difference.
            info.create_system, info.external_attr = _UNIX, _MODE << 16
            package.writestr(info, files[name])
    return buffer.getvalue()
