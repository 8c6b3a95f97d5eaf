"""How the linker stands against simple scorers, in one run: python benchmarks/linking.py [FOLDER].

Without FOLDER: on the reference of the project, pair by pair. With FOLDER: on a mapping that others have
published, as source.csv and target.csv (code,text) and mapping.csv (source_code,target_code,...).

hits@1   share of the linked sources whose best target is right
F1       of the best target of each source, at the threshold that is best for this very set: the most that
         the scorer could reach, which flatters it; of curriculum at its own threshold
ratio    time against rapidfuzz's plain ratio of all pairs in the same run (median of three)
"""

import csv
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from rapidfuzz import fuzz, process

from curriculum import vocabulary as v
from curriculum.linking import propose_links, scores_to_margins, texts_to_scores
from curriculum.pipeline import parse
from curriculum.reference import REFERENCE, read_reference
from curriculum.text import text_to_key

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
Scorer = Callable[[Sequence[str], Sequence[str]], np.ndarray]


class Task(NamedTuple):
    """Two sets of statements, the links between them, and those that count neither way."""

    name: str
    old: pd.DataFrame
    new: pd.DataFrame
    judged: frozenset[str]
    links: frozenset[tuple[str, str]]
    neutral: frozenset[tuple[str, str]]


def cdist(scorer: Callable[..., float]) -> Scorer:
    """Score all pairs with one of rapidfuzz's scorers, on comparison keys."""
    return lambda old, new: process.cdist(
        [text_to_key(text) for text in old], [text_to_key(text) for text in new], scorer=scorer
    )


SCORERS: dict[str, Scorer] = {
    "token_set_ratio": cdist(fuzz.token_set_ratio),
    "token_sort_ratio": cdist(fuzz.token_sort_ratio),
    "WRatio": cdist(fuzz.WRatio),
    "TF-IDF 2-4": texts_to_scores,
    "TF-IDF 2-4, margins": lambda old, new: scores_to_margins(texts_to_scores(old, new)),
}


def reference_to_tasks() -> list[Task]:
    """Give a task for each pair of the project's reference."""
    reference = read_reference(RAW / REFERENCE)
    tasks = []
    for pair in dict.fromkeys((row.subject_source, row.object_source) for row in reference):
        statements = parse(pair, RAW)[0].statements
        own = [row for row in reference if (row.subject_source, row.object_source) == pair]
        old, new = (statements[statements[v.DOCUMENT_ID] == one] for one in pair)
        links = frozenset((row.subject_id, row.object_id) for row in own if row.tier == "core")
        others = frozenset((row.subject_id, row.object_id) for row in own if row.object_id) - links
        judged = frozenset(row.subject_id for row in own)
        tasks.append(Task(f"{pair[0]} -> {pair[1]}", old, new, judged, links, others))
    return tasks


def folder_to_task(folder: Path) -> Task:
    """Give the task of a published mapping; every source is judged."""

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def statements(name: str, document_id: str) -> pd.DataFrame:
        held = rows(name)
        ids = [f"{document_id}:{row['code']}" for row in held]
        return pd.DataFrame(
            {
                v.STATEMENT_ID: ids,
                v.DOCUMENT_ID: document_id,
                v.CODE: [row["code"] for row in held],
                v.KIND: v.STATEMENT_KINDS[1],
                v.TEXT: [row["text"] for row in held],
            }
        )

    old, new = statements("source.csv", "old"), statements("target.csv", "new")
    links = frozenset(
        (f"old:{row['source_code']}", f"new:{row['target_code']}") for row in rows("mapping.csv")
    )
    return Task(folder.name, old, new, frozenset(old[v.STATEMENT_ID]), links, frozenset())


def best_to_scores(
    task: Task, best: dict[str, tuple[str, float]], threshold: float | None
) -> tuple[float, float]:
    """Give hits@1 and F1 of the best target of each source; without a threshold, F1 at the best one."""
    sources = {source for source, _ in task.links}
    hits = sum((source, target) in task.links for source, (target, _) in best.items())
    ranked = sorted(((score, source, target) for source, (target, score) in best.items()), reverse=True)
    most, right, proposed = 0.0, 0, 0
    for score, source, target in ranked:
        if threshold is not None and score < threshold:
            break
        if source not in task.judged or (source, target) in task.neutral:
            continue
        proposed += 1
        right += (source, target) in task.links
        f1 = 2 * right / (proposed + len(task.links))
        most = max(most, f1) if threshold is None else f1
    return hits / len(sources), most


def measure(task: Task) -> None:
    """Print a row for each scorer, and one for the linker."""
    old, new = list(task.old[v.TEXT]), list(task.new[v.TEXT])
    print(f"\n{task.name}: {len(old)} x {len(new)} statements, {len(task.links)} links")
    plain = seconds(lambda: cdist(fuzz.ratio)(old, new))
    for name, scorer in SCORERS.items():
        scores = scorer(old, new)
        at = scores.argmax(axis=1)
        targets = task.new[v.STATEMENT_ID].to_numpy()[at]
        values = scores[np.arange(len(old)), at].tolist()
        best = dict(zip(task.old[v.STATEMENT_ID], zip(targets, values, strict=True), strict=True))
        show(name, best_to_scores(task, best, None), seconds(lambda f=scorer: f(old, new)) / plain)
    crosswalk = propose_links(task.old, task.new)
    own = crosswalk[crosswalk[v.SUBJECT_ID] != v.NO_TERM_FOUND]
    is_linked = own[v.OBJECT_ID] != v.NO_TERM_FOUND
    targets = own[v.OBJECT_ID].where(is_linked, own[v.RUNNER_UP_ID])
    best = dict(zip(own[v.SUBJECT_ID], zip(targets, is_linked.astype(float), strict=True), strict=True))
    taken = seconds(lambda: propose_links(task.old, task.new)) / plain
    show("curriculum", best_to_scores(task, best, 0.5), taken)


def show(name: str, scores: tuple[float, float], ratio: float) -> None:
    """Print one row."""
    print(f"  {name:22} hits@1 {scores[0]:.3f}   F1 {scores[1]:.3f}   ratio {ratio:7.1f}")


def seconds(job: Callable[[], object]) -> float:
    """Give the median time of three runs."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        job()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Measure what is named."""
    tasks = [folder_to_task(Path(sys.argv[1]))] if len(sys.argv) > 1 else reference_to_tasks()
    for task in tasks:
        measure(task)


if __name__ == "__main__":
    main()
