"""Fit the confidence of links, and compare the fit with that of the linker.

    python benchmarks/fit.py
    python benchmarks/fit.py --write FOLDER ... [--encoder FOLDER]

The first reads the rows of `data/raw/reference/fit_rows.csv`. If the fit differs from the linker's, copy the
printed values to src/curriculum/linking/confidence.py. The second makes the rows again: from the project's
reference, and from a folder for each further pair of documents (source.csv and target.csv with code,text;
gold.csv in the form of the reference). The rows hold no wording. Those with a sentence encoder are made again
if its folder is given, and kept as they are if not.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from linking_tasks import ENCODER_SETS, RAW, SETS, folder_to_task, name_to_scorers, reference_to_task

from curriculum.evaluation.cross_validation import (
    fit_rows_to_fit,
    scored_pairs_to_links_rows,
    scored_pairs_to_unlinked_rows,
)
from curriculum.evaluation.fit_rows import FIT_ROWS, FitRow, fit_rows_to_csv, read_fit_rows
from curriculum.linking.confidence import FITS


def make_rows(folders: Sequence[Path], name: str, encoder: Path | None) -> list[FitRow]:
    """Return the rows of the project's reference and of further pairs, for a set of scorers."""
    scorers = name_to_scorers(name, encoder)
    tasks = [reference_to_task(scorers), *(folder_to_task(folder, scorers) for folder in folders)]
    scored = [(of_pair, task.reference) for task in tasks for of_pair in task.scored]
    rows = [row for of_pair, reference in scored for row in scored_pairs_to_links_rows(of_pair, reference)]
    fit = fit_rows_to_fit(rows)
    for of_pair, reference in scored:
        rows += scored_pairs_to_unlinked_rows(of_pair, reference, fit)
    return rows


def main() -> None:
    """Fit each set of scorers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", nargs="+", type=Path, metavar="FOLDER", help="make the rows again")
    parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="the folder of a sentence encoder")
    options = parser.parse_args()
    if options.write:
        sets = (*SETS, *(ENCODER_SETS if options.encoder else ()))
        made = [row for row in read_fit_rows(RAW / FIT_ROWS) if row.scorers not in sets]
        made += [row for name in sets for row in make_rows(options.write, name, options.encoder)]
        (RAW / FIT_ROWS).write_text(fit_rows_to_csv(made), encoding="utf-8", newline="\n")
    rows = read_fit_rows(RAW / FIT_ROWS)
    for name in (*SETS, *ENCODER_SETS):
        fit, used = fit_rows_to_fit([row for row in rows if row.scorers == name]), FITS[name]
        result = "as the linker uses it" if fit == used else f"but the linker uses {used}"
        print(f"{name}: {fit}, {result}")


if __name__ == "__main__":
    main()
