"""What figures are drawn of in tests: standards of four sizes, each with its crosswalk; evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

import curriculum as cu
from curriculum.analysis.lineage import statement_to_lineage
from made_up_standards import SUBJECTS, Standard, to_text, wording

ROOT = Path(__file__).resolve().parents[1]
SIZES = (3, 9, 56, 150)
# The KSBs of each kind, the duties and the themes.
SHAPES = {
    3: ({"K": 1, "S": 1, "B": 1}, 1, 1),
    9: ({"K": 4, "S": 4, "B": 1}, 3, 2),
    150: ({"K": 70, "S": 65, "B": 15}, 15, 20),
}


@dataclass(frozen=True)
class Shifted(Standard):
    """A standard whose wordings are those of other numbers, as in another version."""

    shift: int = 0

    @property
    def ksbs(self):
        return [
            (f"{letters}{number}", wording(letters, number + self.shift))
            for letters, count in self.counts.items()
            for number in range(1, count + 1)
        ]


def text_of(size, version, shift):
    counts, n_duties, n_themes = SHAPES[size]
    options = ("Boats", "Cranes") if n_duties > 3 else ()
    standard = Shifted("ST9809", "Harbour pilot", "3", counts, options, n_duties, shift=shift)
    codes = [code for code, _ in standard.ksbs]
    lines = ["", "End-point assessment", "Grading", "Assessment method 1: Project"]
    for at in range(n_themes):
        named = f"({', '.join(codes[at::n_themes])})"
        subject = f"{SUBJECTS[at % 10]} of group {at + 1} and all that belongs to them"
        lines += [
            f"Theme {at + 1}: {subject.capitalize()} {named}",
            "Pass",
            f"Keeps {subject} in order. {named}",
        ]
    text = to_text(standard).decode().replace("Version: 1.2", f"Version: {version}")
    return f"{text}\n" + "\n".join(lines)


@cache
def pair_of(size):
    """Return the old and the new standard of a size; of 56 statements the real ones."""
    if size not in SHAPES:
        project = cu.Project(ROOT / "data")
        return project.read("st0792-1.0"), project.read("st0792-1.2")
    with TemporaryDirectory() as folder:
        made = []
        for version, shift in (("1.0", 2), ("1.1", 0)):
            path = Path(folder) / f"st9809-{version}.txt"
            path.write_text(text_of(size, version, shift), encoding="utf-8")
            made.append(cu.read(path, f"st9809-{version}"))
        return tuple(made)


@cache
def crosswalk_of(size):
    return cu.link(*pair_of(size))


@cache
def lineage_of(size):
    crosswalk = crosswalk_of(size)
    root = next(name for name in crosswalk.table["object_id"] if ":" in name and "sssom" not in name)
    return statement_to_lineage(crosswalk.tables, crosswalk.table, root)


@cache
def reworded_code(size):
    """Return an old code whose link has steps."""
    crosswalk = crosswalk_of(size)
    for code in crosswalk.table["subject_id"].str.partition(":")[2]:
        if code and code != "NoTermFound" and code[0] != "D" and len(crosswalk.why(code)) > 1:
            return code
    return ""


PAIRS = [("a-1.0", "a-1.2"), ("b-2019", "a-1.0"), ("nos-2019", "a-1.2"), ("c-1", "c-2"), ("d-1", "d-2")]
MEASURES = ("hits@1", "precision", "recall", "F1", "relation accuracy", "no counterpart")


def scores_of(n_pairs):
    rows = [
        (*pair, measure, value := round(1 - 0.11 * at - 0.03 * number, 3), value - 0.04, min(1, value + 0.03))
        for at, pair in enumerate(PAIRS[:n_pairs])
        for number, measure in enumerate(MEASURES)
    ]
    return pd.DataFrame(rows, columns=["subject_source", "object_source", "measure", "value", "low", "high"])


def reliability_of(n_bins):
    bounds = [at / n_bins for at in range(n_bins + 1)]
    rows = [
        (bounds[at], bounds[at + 1], 11 + at, 9 + at, (9 + at) / (11 + at), bounds[at + 1] - 0.02, 0.4, 1.0)
        for at in range(n_bins)
    ]
    names = ["from", "to", "links", "right", "share_right", "mean_confidence", "low", "high"]
    return pd.DataFrame(rows, columns=names)


def budget_of(n_pairs):
    rows = [
        (
            *pair,
            step,
            step / 20,
            1 - (0.1 + 0.1 * at) * (1 - step / 20) ** 2,
            1 - (0.1 + 0.1 * at) * (1 - step / 20),
        )
        for at, pair in enumerate(PAIRS[:n_pairs])
        for step in range(21)
    ]
    return pd.DataFrame(
        rows, columns=["subject_source", "object_source", "settled", "share", "F1", "F1_random"]
    )
