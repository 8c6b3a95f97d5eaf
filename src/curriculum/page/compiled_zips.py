"""Add the compiled form of imported modules to the zips that they are in, for a faster next start.

In a browser nothing is compiled beforehand: two thirds of the time of a start would go into that each time.
"""

from __future__ import annotations

import importlib.util
import marshal
import shutil
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zipimport import zipimporter

__all__ = ["Compiler"]

# A compiled module that is taken as it is: the flag says that it is known by a hash, which is not compared.
_BY_HASH_UNCHECKED = (1).to_bytes(4, "little")


class Compiler:
    """Compile the modules that were imported from some zips, one at each step, into copies of these zips."""

    def __init__(self, zips: Sequence[str], folder: str = "/tmp") -> None:
        self._places = {path: f"{folder}/{Path(path).name}.compiled" for path in zips}
        for path, place in self._places.items():
            shutil.copyfile(path, place)
        self._left = self._imported_modules()

    def step(self) -> bool:
        """Add the compiled form of the next module; return whether there was one."""
        module = next(self._left, None)
        if module:
            path, name, data = module
            with zipfile.ZipFile(self._places[path], "a") as package:
                package.writestr(zipfile.ZipInfo(name), data)
        return module is not None

    def place(self, path: str) -> str:
        """Return the path of the copy of a zip."""
        return self._places[path]

    def close(self) -> None:
        """Remove the copies."""
        for place in self._places.values():
            Path(place).unlink()

    def _imported_modules(self) -> Iterator[tuple[str, str, bytes]]:
        """Yield the zip of each module, the name of its compiled form in it, and that form."""
        for module in list(sys.modules.values()):
            spec = getattr(module, "__spec__", None)
            if spec and isinstance(spec.loader, zipimporter) and spec.loader.archive in self._places:
                origin = str(spec.origin).removeprefix(f"{spec.loader.archive}/")
                source = spec.loader.get_source(spec.name)
                if source is not None and origin.endswith(".py"):
                    yield spec.loader.archive, f"{origin}c", _source_to_compiled(source, origin)


def _source_to_compiled(source: str, name: str) -> bytes:
    code = compile(source, name, "exec", dont_inherit=True)
    digest = importlib.util.source_hash(source.encode("utf-8"))
    return importlib.util.MAGIC_NUMBER + _BY_HASH_UNCHECKED + digest + marshal.dumps(code)
