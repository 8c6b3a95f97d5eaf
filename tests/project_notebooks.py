"""The notebooks that belong to the project; other files beside them are people's own and are not tested."""

from __future__ import annotations

from pathlib import Path

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
