"""Measure the linker on pairs of documents, each with a confidence that was fitted to the other pairs.

    python benchmarks/left_out.py [FOLDER ...] [--csv FILE] [--scorers NAME]

The pairs are those of the reference, and one of each FOLDER: source.csv and target.csv with code,text,
and gold.csv in the form of the reference. The rows of the fit come from `data/raw/reference/fit_rows.csv`, so
that the texts of the other pairs are not needed.

hits@1     old statements whose best candidate is a core link
P, R, F1   of the proposed links; neutral ones do not count
top 3, 5   core links whose one end is among the candidates of the other
accepted   proposed links that need no look, and how many of them are wrong
ECE        expected calibration error of the reworded links, in five bins of equal width (pooled)
"""

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from linking_tasks import RAW, SETS, folder_to_task, name_to_scorers, reference_to_task

from curriculum.evaluation.cross_validation import fit_rows_to_fit
from curriculum.evaluation.fit_rows import FIT_ROWS, FitRow, read_fit_rows
from curriculum.evaluation.metrics import crosswalk_to_verdicts
from curriculum.evaluation.reference import CORE_TIER, Reference
from curriculum.linking.candidates import scored_pairs_to_candidates
from curriculum.linking.confidence import DEFAULT, IDENTICAL
from curriculum.linking.proposals import ScoredPairs, scored_pairs_to_links, scored_pairs_with_fit
from curriculum.model import vocabulary as v

BINS = 5
COLUMNS = ("pair", "sources", "hits@1", "P", "R", "F1", "top 3", "top 5", "accepted", "wrong")


class Counts(NamedTuple):
    """What was counted on one pair, or on several."""

    sources: int
    hits: int
    found: int
    wrong: int
    missed: int
    core: int
    top_3: int
    top_5: int
    accepted: int
    accepted_wrong: int

    def cells(self, name: str) -> tuple[object, ...]:
        """Return the row of a table."""
        proposed = self.found + self.wrong
        return (
            name,
            self.sources,
            share(self.hits, self.sources),
            share(self.found, proposed),
            share(self.found, self.core),
            share(2 * self.found, proposed + self.core),
            share(self.top_3, self.core),
            share(self.top_5, self.core),
            self.accepted,
            self.accepted_wrong,
        )


def share(right: int, of: int) -> float:
    """Return a share with three decimals; 0 of nothing."""
    return round(right / of, 3) if of else 0.0


def pair_to_counts(
    scored: ScoredPairs, reference: Sequence[Reference], rows: Sequence[FitRow]
) -> tuple[Counts, pd.DataFrame]:
    """Propose the links of a pair with a fit to the others; return the counts and the verdicts."""
    pair = f"{scored.old.source} -> {scored.new.source}"
    left_out = scored_pairs_with_fit(scored, fit_rows_to_fit([row for row in rows if row.pair != pair]))
    verdicts = crosswalk_to_verdicts(scored_pairs_to_links(left_out), reference)
    core = {(row.subject_id, row.object_id) for row in reference if row.tier == CORE_TIER}
    candidates = scored_pairs_to_candidates(left_out)
    ranks: dict[tuple[str, str], int] = {}
    for row in candidates.itertuples():
        for link in ((row.subject_id, row.object_id), (row.object_id, row.subject_id)):
            ranks[link] = min(ranks.get(link, row.rank), row.rank)
    judged = verdicts[verdicts["verdict"].isin(["found", "wrong"])]
    counted = Counter(verdicts["verdict"])
    is_hit = verdicts["is_best"] & verdicts["verdict"].isin(["found", "missed"])
    accepted = judged[judged[v.BAND] == v.ACCEPT]
    counts = Counts(
        len({source for source, _ in core}),
        verdicts[is_hit][v.SUBJECT_ID].nunique(),
        counted["found"],
        counted["wrong"],
        counted["missed"],
        len(core),
        sum(ranks.get(link, 9) <= 3 for link in core),
        sum(ranks.get(link, 9) <= 5 for link in core),
        len(accepted),
        int((accepted["verdict"] == "wrong").sum()),
    )
    return counts, judged


def verdicts_to_error(judged: pd.DataFrame) -> float:
    """Return the expected calibration error of reworded links."""
    reworded = judged[judged[v.CONFIDENCE] < IDENTICAL]
    confidence = reworded[v.CONFIDENCE].to_numpy()
    right = (reworded["verdict"] == "found").to_numpy()
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(confidence[bins == at].sum() - right[bins == at].sum()) for at in range(BINS)]
    return round(float(sum(gaps)) / max(len(reworded), 1), 3)


def main() -> None:
    """Measure each pair, and all together."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--csv", type=Path, help="write the table to this file too")
    parser.add_argument("--scorers", choices=SETS, default=DEFAULT, help="the set of scorers")
    options = parser.parse_args()
    scorers = name_to_scorers(options.scorers)
    rows = [row for row in read_fit_rows(RAW / FIT_ROWS) if row.scorers == options.scorers]
    tasks = [reference_to_task(scorers), *(folder_to_task(folder, scorers) for folder in options.folders)]
    table, every, judged = [], [], []
    for task in tasks:
        for scored in task.scored:
            pair = (scored.old.source, scored.new.source)
            of_pair = [row for row in task.reference if (row.subject_source, row.object_source) == pair]
            counts, verdicts = pair_to_counts(scored, of_pair, rows)
            table.append(counts.cells(" -> ".join(pair)))
            every.append(counts)
            judged.append(verdicts)
    table.append(Counts(*map(sum, zip(*every, strict=True))).cells("pooled"))
    frame = pd.DataFrame(table, columns=COLUMNS)
    print(frame.to_string(index=False))
    print(f"\nECE of reworded links, pooled: {verdicts_to_error(pd.concat(judged)):.3f}")
    if options.csv:
        with options.csv.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([COLUMNS, *table])


if __name__ == "__main__":
    main()
