"""The command `page`: a page that remaps trackers in a browser, as files for a web server or as one file."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from curriculum.cli.arguments import Commands, add_out

if TYPE_CHECKING:
    from curriculum.cli.screen import Screen

__all__ = ["PYODIDE_VARIABLE", "add", "run"]

_SITE: Final = Path("site")
_FILE: Final = Path("remap.html")
_PORT: Final = 8000
# run.py, which fetches Pyodide, says in this variable where it is.
PYODIDE_VARIABLE: Final = "CURRICULUM_PYODIDE"
_MEGABYTE: Final = 1_000_000


def add(commands: Commands) -> None:
    """Add the command and its arguments to the command line."""
    page = commands.add_parser(
        "page",
        help="a page that remaps trackers in a browser, without Python",
        example=("st0792.bundle.json", "-o", _SITE.as_posix()),
    )
    page.add_argument(
        "bundles",
        nargs="+",
        type=Path,
        metavar="BUNDLE",
        help="a crosswalk bundle, as the command bundle writes it, for each pair of versions",
    )
    add_out(page, "DIR", f"the folder to write (default: {_SITE}; with --single-file the file {_FILE})")
    page.add_argument(
        "--single-file",
        action="store_true",
        help="one HTML file that opens by a double click, instead of a folder for a web server",
    )
    page.add_argument(
        "--pyodide",
        type=Path,
        metavar="DIR",
        help="the folder with the files of Pyodide (default: where run.py page puts them)",
    )
    page.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Run the command, and return its exit code."""
    from curriculum.cli.screen import Screen
    from curriculum.page.bundle_files import paths_to_bundles
    from curriculum.page.page_site import bundles_to_site

    fetched = os.environ.get(PYODIDE_VARIABLE)
    pyodide = options.pyodide or (Path(fetched) if fetched else None)
    screen = Screen(options.typed)
    with screen.patience("page", 2) as progress:
        progress("read the bundles")
        bundles = paths_to_bundles(options.bundles)
        progress("put the page together")
        site = bundles_to_site(bundles, pyodide)
    if options.single_file:
        _write_file(screen, site, options.out or _FILE)
    else:
        _write_site(screen, site, options.out or _SITE)
    return 0


def _write_site(screen: Screen, site: dict[str, bytes], folder: Path) -> None:
    from curriculum.files.output_folder import MANIFEST_NAME, write_folder
    from curriculum.page.page_site import is_of_a_site

    written = write_folder(folder, site, is_of_a_site)
    if written.kept:
        screen.say(f"You had changed files there; your work is kept as {', '.join(written.kept)}.")
    size = sum(map(len, site.values())) / _MEGABYTE
    screen.say(
        f"Done: {len(site)} files ({size:.1f} MB) written to {folder.as_posix()}, with {MANIFEST_NAME}"
    )
    screen.next(
        f"open http://localhost:{_PORT} in a browser, while python3 -m http.server {_PORT} "
        f"--directory {folder.as_posix()} runs; or copy the folder to any web server."
    )


def _write_file(screen: Screen, site: dict[str, bytes], path: Path) -> None:
    from curriculum.cli.results import give, refuse_other_ending
    from curriculum.page.single_file import site_to_single_file

    refuse_other_ending(path, "a page in one file", ".html")
    data = site_to_single_file(site)
    give(data, path)
    screen.say(f"Written: {path.as_posix()} ({len(data) / _MEGABYTE:.1f} MB)", is_wrapped=False)
    screen.next(f"open {path.as_posix()} by a double click; docs/page.md says which browsers allow that.")
