"""Measure the parts of the linker: what each of them adds, whether its confidence is right, and its speed.

    python benchmarks/linker_parts.py [FOLDER ...]

It uses the project's reference to measure simple scorers, the linker, and the linker without each of its
parts; then its confidence, its bands and the gain of a review. Each FOLDER has a published mapping, to which
no value of the linker was fitted: source.csv and target.csv with code,text, and mapping.csv with
source_code,target_code. `benchmarks/linking.py` compares the linker with other methods.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pandas as pd
from linking_tasks import RAW, Task, folder_to_task, reference_to_task
from rapidfuzz import fuzz
from simple_scorers import POWER_QUERY, Matrix, ScoreFunction, cdist, installed_scorers

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.evaluation.cross_validation import FOLDS, cross_validated_links, scored_pairs_to_fit
from curriculum.evaluation.fit_rows import FitRow
from curriculum.evaluation.metrics import (
    crosswalk_to_verdicts,
    verdicts_to_bands,
    verdicts_to_budget,
    verdicts_to_reliability,
    verdicts_to_scores,
)
from curriculum.evaluation.reference import CORE_TIER
from curriculum.evaluation.reference_links import other_fit_rows
from curriculum.linking import choice, context, csls_scores
from curriculum.linking.csls_scores import Scorer, default_scorers
from curriculum.linking.proposals import (
    ScoredPairs,
    scored_pairs_to_links,
    scored_pairs_with_fit,
    statements_to_scored_pairs,
)
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key

BOUNDS = (0.0, 0.4, 0.6, 0.8, 0.95, 0.99, 1.0)
TIMES = 5


def simple_scorers() -> dict[str, ScoreFunction]:
    """Return the simple scorers that have their best threshold here; that of Power Query is fixed."""
    return {name: scorer for name, scorer in installed_scorers().items() if name != POWER_QUERY}


def core_of(task: Task, scored: ScoredPairs) -> tuple[set[str], set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the judged statements of a pair, its links, and its neutral links."""
    pair = (scored.old.source, scored.new.source)
    rows = [row for row in task.reference if (row.subject_source, row.object_source) == pair]
    core = {(row.subject_id, row.object_id) for row in rows if row.tier == CORE_TIER}
    neutral = {(row.subject_id, row.object_id) for row in rows if row.object_id} - core
    return {row.subject_id for row in rows}, core, neutral


def matrix_to_cell(task: Task, scored: ScoredPairs, scores: Matrix) -> str:
    """Return hits@1 and F1 of the best target of each source, at the best threshold."""
    judged, core, neutral = core_of(task, scored)
    best_column = scores.argmax(axis=1)
    best = sorted(
        (
            (float(scores[row, column]), scored.old.ids[row], scored.new.ids[column])
            for row, column in enumerate(best_column)
        ),
        reverse=True,
    )
    sources = {source for source, _ in core}
    hits = sum((source, target) in core for _, source, target in best)
    most, right, proposed = 0.0, 0, 0
    for _, source, target in best:
        if source in judged and (source, target) not in neutral:
            proposed += 1
            right += (source, target) in core
            most = max(most, 2 * right / (proposed + len(core)))
    return f"{hits / len(sources):.2f} / {most:.2f}"


def verdicts_to_cells(verdicts: pd.DataFrame) -> list[str]:
    """Return hits@1 and F1 of each pair."""
    scores = verdicts_to_scores(verdicts)
    values = scores.pivot_table(index=v.SUBJECT_SOURCE, columns="measure", values="value", sort=False)
    return [f"{row['hits@1']:.2f} / {row['F1']:.2f}" for _, row in values.iterrows()]


def judged(task: Task, more: Sequence[FitRow] = ()) -> pd.DataFrame:
    """Judge the links of a task, each proposed with a fit to the other statements, and to more rows."""
    return crosswalk_to_verdicts(cross_validated_links(task.scored, task.reference, more), task.reference)


def variants() -> dict[str, tuple[Scorer, ...]]:
    """Return the scorers of the linker, and variants without each, or with each at double weight."""
    every = folder_to_scorers(RAW)
    less = {
        f"without {omitted.name}": tuple(scorer for scorer in every if scorer != omitted) for omitted in every
    }
    more = {
        f"{omitted.name} doubled": tuple(
            scorer._replace(weight=2 * scorer.weight) if scorer == omitted else scorer for scorer in every
        )
        for omitted in every
    }
    kept = folder_to_scorers(RAW, with_vectors=False)
    return {
        "the linker": every,
        "without thesaurus": default_scorers(),
        "without vectors": kept,
        **less,
        **more,
    }


def parts() -> dict[str, Task]:
    """Score the reference without each part of the linker that is not a scorer."""
    every = folder_to_scorers(RAW)
    floorless = tuple(scorer._replace(least_best=None) for scorer in every)
    patches = {
        "without kinds": patch.object(context, "_SAME_KIND", 0.0),
        "without order": patch.object(context, "_ORDER_SHARE", 0.0),
        "without competition": patch.object(csls_scores, "_top_mean", lambda *_: np.zeros((1, 1))),
        "without identical text closed": patch.object(choice, "exact_match_assigned", np.zeros_like),
    }
    tasks = {"without imaginary competitors": reference_to_task(floorless)}
    for name, patched in patches.items():
        with patched:
            tasks[name] = reference_to_task(every)
    return tasks


def show_table() -> pd.DataFrame:
    """Print baselines, ablation, and the choice within each fold; return the verdicts of the linker.

    Variants are fitted to the pairs of the project alone, because the rows of the other pairs are of the
    scorers of the linker. The last rows, and the verdicts, are of fits that have those rows too.
    """
    tasks = {name: reference_to_task(scorers) for name, scorers in variants().items()} | parts()
    linker = tasks["the linker"]
    pairs = [f"{pair_scores.old.source} -> {pair_scores.new.source}" for pair_scores in linker.scored]
    print("hits@1 / F1 (baselines: F1 at the best threshold; the linker: cross-validated)\n")
    print(f"{'':30}" + "".join(f"{pair:>28}" for pair in pairs))
    for name, scorer in simple_scorers().items():
        cells = [
            matrix_to_cell(linker, pair_scores, scorer(pair_scores.old.texts, pair_scores.new.texts))
            for pair_scores in linker.scored
        ]
        print(f"{name:30}" + "".join(f"{cell:>28}" for cell in cells))
    verdicts = {name: judged(task) for name, task in tasks.items()}
    for name, of_variant in verdicts.items():
        print(f"{name:30}" + "".join(f"{cell:>28}" for cell in verdicts_to_cells(of_variant)))
    plain = crosswalk_to_verdicts(
        pd.concat([scored_pairs_to_links(pair_scores) for pair_scores in linker.scored]), linker.reference
    )
    chosen = choose_within_folds(tasks)
    more = other_fit_rows(RAW, linker.reference, folder_to_scorers(RAW))
    of_six = judged(linker, more)
    last = {
        "scorers chosen within folds": chosen,
        "the linker, six pairs": of_six,
        "the linker, as fitted": plain,
    }
    for name, of_variant in last.items():
        print(f"{name:30}" + "".join(f"{cell:>28}" for cell in verdicts_to_cells(of_variant)))
    for name in ("the linker, as fitted", "scorers chosen within folds"):
        other = plain if name.endswith("fitted") else chosen
        show_wins(verdicts["the linker"], other, name)
    return of_six


def choose_within_folds(tasks: dict[str, Task]) -> pd.DataFrame:
    """Judge each fold with the variant and fit that are best on the other folds."""
    reference = next(iter(tasks.values())).reference
    sources = sorted({row.subject_id for row in reference})
    frames = []
    for fold in range(FOLDS):
        tested = frozenset(sources[fold::FOLDS])
        left = [row for row in reference if row.subject_id not in tested]
        links = {}
        for name, task in tasks.items():
            fit = scored_pairs_to_fit(task.scored, reference, without=tested)
            links[name] = pd.concat(
                [
                    scored_pairs_to_links(scored_pairs_with_fit(pair_scores, fit))
                    for pair_scores in task.scored
                ]
            )
        values = {
            name: verdicts_to_scores(crosswalk_to_verdicts(judged_links, left))
            for name, judged_links in links.items()
        }
        means = {
            name: judged_links[judged_links["measure"].isin(["hits@1", "F1"])]["value"].mean()
            for name, judged_links in values.items()
        }
        best = max(means, key=lambda name: means[name])
        frames.append(links[best][links[best][v.SUBJECT_ID].isin(tested)])
    return crosswalk_to_verdicts(pd.concat(frames), reference)


def show_wins(linker: pd.DataFrame, variant: pd.DataFrame, name: str) -> None:
    """Print the old statements that a variant wins or loses."""
    found = [
        {
            (row.subject_source, row.subject_id)
            for row in verdicts.itertuples()
            if row.is_best and row.verdict in ("found", "missed")
        }
        for verdicts in (linker, variant)
    ]
    won, lost = (
        [source for _, source in sorted(verdicts)] for verdicts in (found[1] - found[0], found[0] - found[1])
    )
    print(f"  hits of {name!r} beside the linker: won {won or 'none'}, lost {lost or 'none'}")


def show_confidence(verdicts: pd.DataFrame) -> None:
    """Print reliability, bands, and the gain of a review."""
    for what, subset in (("all links", verdicts), ("reworded alone", verdicts[verdicts[v.CONFIDENCE] < 1])):
        print(f"\nReliability, {what}\n{verdicts_to_reliability(subset, BOUNDS).to_string(index=False)}")
    print(f"\nThe band accept\n{verdicts_to_bands(verdicts).to_string(index=False)}")
    budget = verdicts_to_budget(verdicts)
    print("\nF1 by the share of old statements that a reviewer has decided, lowest first (random order)")
    for (old, new), subset in budget.groupby([v.SUBJECT_SOURCE, v.OBJECT_SOURCE], sort=False):
        at = [subset.iloc[round(share * (len(subset) - 1))] for share in (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7)]
        print(
            f"  {old} -> {new}: "
            + ", ".join(f"{row['share']:.0%} {row['F1']} ({row['F1_random']})" for row in at)
        )


def show_speed(scored: ScoredPairs) -> None:
    """Print the time of linking, compared with the matrix of a scorer of rapidfuzz."""
    frames = [
        pd.DataFrame(
            {
                v.STATEMENT_ID: side.ids,
                v.DOCUMENT_ID: side.source,
                v.CODE: side.codes,
                v.KIND: side.kinds,
                v.TEXT: side.texts,
            }
        )
        for side in (scored.old, scored.new)
    ]
    scorers = folder_to_scorers(RAW)
    times = TIMES if len(scored.old.ids) < 500 else 1
    jobs: dict[str, Callable[[], object]] = {
        "cdist ratio": lambda: cdist(fuzz.ratio)(scored.old.texts, scored.new.texts),
        "cdist token_set_ratio": lambda: cdist(fuzz.token_set_ratio)(scored.old.texts, scored.new.texts),
        "the linker": lambda: scored_pairs_to_links(statements_to_scored_pairs(*frames, scorers)),
    }
    taken = {name: statistics.median(seconds(job) for _ in range(times)) for name, job in jobs.items()}
    size = f"{len(scored.old.ids)} x {len(scored.new.ids)}"
    ratios = ", ".join(
        f"{name} {value:.3f} s ({value / taken['cdist token_set_ratio']:.1f})"
        for name, value in taken.items()
    )
    print(f"\nSeconds for {size} (ratio to cdist token_set_ratio): {ratios}")


def seconds(job: Callable[[], object]) -> float:
    """Return the time of one run in seconds."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def show_folder(folder: Path) -> pd.DataFrame:
    """Print the accuracy of the linker on a published mapping, and return its verdicts."""
    task = folder_to_task(folder, folder_to_scorers(RAW))
    (scored,) = task.scored
    print(f"\n{folder.name}: {len(scored.old.ids)} x {len(scored.new.ids)} statements")
    _, core, _ = core_of(task, scored)
    texts = [
        dict(zip(side.ids, map(text_to_key, side.texts), strict=True)) for side in (scored.old, scored.new)
    ]
    reworded = {source for source, target in core if texts[0][source] != texts[1][target]}
    for name, scorer in simple_scorers().items():
        cell = matrix_to_cell(task, scored, scorer(scored.old.texts, scored.new.texts))
        print(f"{name:30}{cell:>28}")
    verdicts = crosswalk_to_verdicts(scored_pairs_to_links(scored), task.reference)
    best = verdicts[verdicts["is_best"] & verdicts["verdict"].isin(["found", "missed"])][v.SUBJECT_ID]
    print(f"{'the linker':30}{verdicts_to_cells(verdicts)[0]:>28}")
    hits = len(reworded & set(best))
    print(
        f"  of {len(reworded)} statements with a reworded link the best is right for {hits} "
        f"({hits / len(reworded):.3f})"
    )
    show_speed(scored)
    return verdicts


def main() -> None:
    """Measure on the reference, and on the folders of the command line."""
    verdicts = [show_table()]
    scored = reference_to_task(folder_to_scorers(RAW)).scored
    show_speed(next(pair_scores for pair_scores in scored if len(pair_scores.old.ids) == 88))
    verdicts += [show_folder(Path(name)) for name in sys.argv[1:]]
    show_confidence(pd.concat(verdicts, ignore_index=True))


if __name__ == "__main__":
    main()
