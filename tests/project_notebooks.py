"""The notebooks that belong to the project; other files beside them are people's own and are not tested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
MY_WORK = FOLDER.parent / "my_work"
START = "00_start"
OWN = "07_your_own_standard"
NAMES = (
    START,
    "01_read_the_standards",
    "02_what_changed_between_versions",
    "03_duties_ksbs_and_themes",
    "04_how_good_are_the_links",
    "05_remap_a_tracker",
    "06_from_2017_to_2024",
    OWN,
)
PATHS = [FOLDER / f"{name}.ipynb" for name in NAMES]
FIGURES = {"image/png", "image/svg+xml"}


def is_own(path: Path) -> bool:
    """Return whether a file is a notebook beside those of the project."""
    return path.parent == FOLDER and path.suffix == ".ipynb" and path.stem not in NAMES


def own_notebooks() -> list[Path]:
    """Return the notebooks beside those of the project."""
    return sorted(filter(is_own, FOLDER.glob("*.ipynb")))


def path_to_book(path: Path) -> dict[str, Any]:
    """Return a notebook."""
    return json.loads(path.read_text(encoding="utf-8"))


def source_of(cell: dict[str, Any]) -> str:
    """Return the text of a cell."""
    return "".join(cell["source"])


def outputs_of(book: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the cells of a notebook show."""
    return [output for cell in book["cells"] for output in cell.get("outputs", ())]


def faults_of_run(book: dict[str, Any]) -> list[str]:
    """Return what shows that a notebook was not run from top to bottom, or that a cell of it failed."""
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code" and source_of(cell).strip()]
    counts = [cell["execution_count"] for cell in code]
    kinds = {output["output_type"] for output in outputs_of(book)}
    faults = {
        "a cell was not run": None in counts,
        "the cells were run in another order": None not in counts and counts != sorted(set(counts)),
        "nothing is shown": not kinds,
        "a cell failed": "error" in kinds,
        "a cell printed": "stream" in kinds,
    }
    return [fault for fault, is_there in faults.items() if is_there]
