"""Fit the confidence of links, and compare the fit with that of the linker.

    python benchmarks/fit.py
    python benchmarks/fit.py --write FOLDER ... [--encoder FOLDER] [--drop]

The first reads the rows of `data/raw/reference/fit_rows.csv`. If the fit differs from the linker's, copy the
printed values to src/curriculum/linking/confidence.py. The second makes the rows again: from the project's
reference, and from a folder for each further pair of documents (source.csv and target.csv with code,text;
gold.csv in the form of the reference). The rows hold no wording. Those with a sentence encoder are made again
if its folder is given, and kept as they are if not.

Rows of a pair whose folder is not given would be lost, and cannot be made without it. So the second form
refuses and names each such pair, unless --drop is given. It checks all folders before it makes a row: each
fault is shown on a line of its own, the exit code is 1, and the file is unchanged.
"""

import argparse
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from linking_tasks import (
    ENCODER_SETS,
    RAW,
    SETS,
    Pair,
    check_encoder,
    collected,
    folders_to_pairs,
    invalid,
    name_to_scorers,
    pair_to_task,
    reference_pairs,
    reference_to_task,
)

from curriculum.errors import CurriculumError, raise_faults
from curriculum.evaluation.cross_validation import (
    fit_rows_to_fit,
    scored_pairs_to_links_rows,
    scored_pairs_to_unlinked_rows,
)
from curriculum.evaluation.fit_rows import FIT_ROWS, FitRow, fit_rows_to_csv, read_fit_rows
from curriculum.files.atomic_write import write_file
from curriculum.linking.confidence import FITS
from curriculum.linking.word_vectors import has_vectors


def make_rows(pairs: Sequence[Pair], name: str, encoder: Path | None) -> list[FitRow]:
    """Return the rows of the project's reference and of further pairs, for a set of scorers."""
    scorers = name_to_scorers(name, encoder)
    tasks = [reference_to_task(scorers), *(pair_to_task(pair, scorers) for pair in pairs)]
    scored = [(of_pair, task.reference) for task in tasks for of_pair in task.scored]
    rows = [row for of_pair, reference in scored for row in scored_pairs_to_links_rows(of_pair, reference)]
    fit = fit_rows_to_fit(rows)
    for of_pair, reference in scored:
        rows += scored_pairs_to_unlinked_rows(of_pair, reference, fit)
    return rows


def lost_rows_to_faults(
    rows: Iterable[FitRow], sets: Collection[str], names: Collection[str]
) -> list[CurriculumError]:
    """Return an error for each pair that has rows of the sets that are made again, but is not made again."""
    lost: dict[str, dict[str, None]] = {}
    for row in rows:
        if row.scorers in sets and row.pair not in names:
            lost.setdefault(row.pair, {})[row.scorers] = None
    advice = "Name its folder too, or give --drop to remove these rows."
    return [
        invalid(
            RAW / FIT_ROWS,
            f"the rows of {pair} would be lost ({', '.join(of_pair)})",
            "its folder, as they cannot be made without it",
            "only the folders of other pairs",
            advice,
        )
        for pair, of_pair in lost.items()
    ]


def write_rows(folders: Sequence[Path], encoder: Path | None, is_dropping: bool) -> None:
    """Make the rows again, after the folders have been checked."""
    sets = (*SETS, *(ENCODER_SETS if encoder else ()))
    rows = read_fit_rows(RAW / FIT_ROWS)
    faults: list[CurriculumError] = []
    if not has_vectors():
        advice = "Install it: without it the rows of the default set would be wrong."
        faults.append(invalid(Path("--write"), "needs word vectors", "wordllama", "none", advice))
    if encoder:
        collected(faults, lambda: check_encoder(encoder))
    known = reference_pairs()
    pairs = collected(faults, lambda: folders_to_pairs(folders, known))
    if pairs is not None and not is_dropping:
        faults += lost_rows_to_faults(rows, sets, {pair.name for pair in [*known, *pairs]})
    raise_faults(faults)
    made = [row for row in rows if row.scorers not in sets]
    made += [row for name in sets for row in make_rows(pairs or [], name, encoder)]
    write_file(RAW / FIT_ROWS, fit_rows_to_csv(made).encode())


def show_fits() -> None:
    """Print the fit of each set of scorers."""
    rows = read_fit_rows(RAW / FIT_ROWS)
    for name in (*SETS, *ENCODER_SETS):
        fit, used = fit_rows_to_fit([row for row in rows if row.scorers == name]), FITS[name]
        result = "as the linker uses it" if fit == used else f"but the linker uses {used}"
        print(f"{name}: {fit}, {result}")


def main() -> None:
    """Fit each set of scorers."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", nargs="+", type=Path, metavar="FOLDER", help="make the rows again")
    parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="the folder of a sentence encoder")
    parser.add_argument("--drop", action="store_true", help="remove the rows of pairs that are not given")
    options = parser.parse_args()
    for name in ("encoder", "drop"):
        if getattr(options, name) and not options.write:
            parser.error(f"--{name} needs --write FOLDER ...: only then are rows made again")
    try:
        if options.write:
            write_rows(options.write, options.encoder, options.drop)
        show_fits()
    except (CurriculumError, OSError) as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
