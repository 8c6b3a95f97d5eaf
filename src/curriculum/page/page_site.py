"""Build the page that remaps trackers in a browser, as files for a web server or as one file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

from curriculum.page.fixed_zips import files_to_zip
from curriculum.page.import_closure import module_to_closure, modules_to_files
from curriculum.page.package_files import installed_packages_to_files, licences_to_text
from curriculum.page.pyodide_files import folder_to_pyodide

__all__ = ["BUNDLES", "INDEX", "SERVICE_WORKER", "WORKER", "bundles_to_site", "is_of_a_site"]

INDEX: Final = "index.html"
WORKER: Final = "worker.js"
SERVICE_WORKER: Final = "service-worker.js"
BUNDLES: Final = "bundles.json"
_ENTRY: Final = "curriculum.page.messages"
_ENDINGS: Final = (".html", ".css", ".js")
# Stand in the scripts for what is known only when all files are.
_VERSION: Final = "SITE_VERSION"
_FILES: Final = "const FILES = {};"


def bundles_to_site(bundles: Mapping[str, bytes], pyodide: Path | None) -> dict[str, bytes]:
    """Return the files of the page, by name.

    Parameters
    ----------
    bundles
        The crosswalk bundles that it offers, by their names, which end in ``.bundle.json``.
    pyodide
        The folder with the files of Pyodide.

    Returns
    -------
    dict of str to bytes
        The same bundles give the same bytes. The version in the scripts is a hash of all files.

    Raises
    ------
    NotFound, UnreadableFile, Faults
        If files of Pyodide or packages are missing.
    """
    site = {
        **_pyodide_to_site(folder_to_pyodide(pyodide)),
        "packages.zip": files_to_zip(installed_packages_to_files()),
        "curriculum.zip": files_to_zip(modules_to_files(module_to_closure(_ENTRY))),
        "licences.txt": licences_to_text().encode("utf-8"),
        **bundles,
        BUNDLES: (json.dumps(sorted(bundles)) + "\n").encode("utf-8"),
        **_assets(),
    }
    return _with_version(dict(sorted(site.items())))


def is_of_a_site(name: str) -> bool:
    """Return whether a file can be one that an earlier build of a page has written.

    Examples
    --------
    >>> is_of_a_site("page.css"), is_of_a_site("mine.bundle.json"), is_of_a_site("tracker.xlsx")
    (True, True, False)
    """
    return name.endswith((*_ENDINGS, ".json", ".zip", ".wasm", "licences.txt"))


def _pyodide_to_site(found: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of Pyodide under names that every server knows the type of."""
    return {name.replace(".mjs", ".js"): data for name, data in found.items()}


def _assets() -> dict[str, bytes]:
    """Return the page itself: its text, its looks and its scripts."""
    folder = files("curriculum.page") / "assets"
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(_ENDINGS)}


def _with_version(site: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a site whose scripts know its version, and the hash of each file."""
    version = hashlib.sha256(json.dumps(_hashes(site)).encode()).hexdigest()[:16].encode()
    marked = {
        name: data.replace(_VERSION.encode(), version) if name in {WORKER, SERVICE_WORKER} else data
        for name, data in site.items()
    }
    hashes = _hashes({name: data for name, data in marked.items() if name != SERVICE_WORKER})
    listed = f"const FILES = {json.dumps(hashes, indent=2)};".encode()
    script = marked.get(SERVICE_WORKER, b"").replace(_FILES.encode(), listed)
    return {**marked, SERVICE_WORKER: script}


def _hashes(site: Mapping[str, bytes]) -> dict[str, str]:
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(site.items())}
