"""Compare the linker with other methods on pairs of documents whose right links are known.

    python benchmarks/linking.py [FOLDER ...] [--encoder FOLDER] [--csv DIR] [--against FILE] [--page FILE]

The pairs are those of the project's reference, and one of each FOLDER: source.csv and target.csv with the
columns code,text, and gold.csv in the form of the reference, or mapping.csv with source_code,target_code.
All folders and options are checked before anything is measured: each fault is shown on a line of its own,
and the exit code is 1. docs/benchmark.md describes the protocol, every measure, and how to add a pair or a
method.
"""

import argparse
import contextlib
import io
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from linking_tables import (
    page_to_parts,
    put_on_page,
    show_against,
    show_budget,
    show_scores,
    show_wins,
)
from linking_tasks import (
    ENCODER,
    RAW,
    Pair,
    Rows,
    check_encoder,
    collected,
    folders_to_pairs,
    invalid,
    name_to_scorers,
    path_to_rows,
    reference_pairs,
)
from simple_scorers import (
    POWER_QUERY,
    POWER_QUERY_THRESHOLD,
    WORDLLAMA,
    Matrix,
    ScoreFunction,
    installed_scorers,
)

from curriculum.errors import CurriculumError, raise_faults
from curriculum.evaluation.best_targets import links_above, scores_to_best_links, verdicts_to_threshold
from curriculum.evaluation.calibration import (
    CALIBRATION_BOUNDS,
    reworded_verdicts,
    verdicts_to_calibration,
)
from curriculum.evaluation.candidate_ranks import LinkRank, ranks_to_recall, scores_to_ranks
from curriculum.evaluation.cross_validation import fit_rows_to_fit
from curriculum.evaluation.fit_rows import FIT_ROWS, FitRow, read_fit_rows
from curriculum.evaluation.metrics import (
    budget_to_shares,
    crosswalk_to_verdicts,
    verdicts_to_bands,
    verdicts_to_budget,
    verdicts_to_pooled,
    verdicts_to_reliability,
    verdicts_to_scores,
)
from curriculum.evaluation.reference import CORE_TIER
from curriculum.evaluation.significance import share_to_interval
from curriculum.evaluation.source_verdicts import crosswalk_to_sources, sources_to_wins
from curriculum.linking.confidence import DEFAULT, RAPIDFUZZ, WITHOUT_VECTORS
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import (
    scored_pairs_to_links,
    scored_pairs_with_fit,
    statements_to_scored_pairs,
)
from curriculum.linking.word_vectors import has_vectors
from curriculum.model import vocabulary as v
from curriculum.model.text import text_to_key

LINKER = "the linker"
LINKERS = {
    DEFAULT: LINKER,
    WITHOUT_VECTORS: "linker without vectors",
    RAPIDFUZZ: "linker by rapidfuzz",
    ENCODER: "linker with an encoder",
}
POOLED, POOLED_WITH_PUBLISHED = "all pairs of readers", "all pairs, with published mappings"
MANY_PAIRS = 4_000_000
SHARES = [step / 20 for step in range(21)]
SCORE_COLUMNS = ["pair", "method", "measure", "right", "of", "value", "low", "high"]
OTHER_COLUMNS = ("pair", v.SUBJECT_ID, "is_hit")
HIT, NO_HIT = ("true", "1", "yes"), ("false", "0", "no")


class Answer(NamedTuple):
    """What a method answers for a pair: links, and the ranks of the core links among its candidates."""

    pair: Pair
    method: str
    links: pd.DataFrame
    ranks: dict[tuple[str, str], LinkRank]

    def verdicts(self) -> pd.DataFrame:
        """Judge the links."""
        return crosswalk_to_verdicts(self.links, self.pair.reference)

    def sources(self) -> pd.DataFrame:
        """Return what the method makes of each old statement that was judged."""
        sources = crosswalk_to_sources(self.links, self.pair.reference, self.ranks)
        sources.insert(1, "method", self.method)
        reworded = pair_to_reworded(self.pair)
        return sources.assign(is_reworded=sources[v.SUBJECT_ID].isin(reworded))


class Group(NamedTuple):
    """The answers of one method for one pair, or for several that are counted together."""

    name: str
    method: str
    verdicts: pd.DataFrame
    sources: pd.DataFrame
    answers: Sequence[Answer]

    @property
    def is_of_linker(self) -> bool:
        """Whether the method is the linker, so that it has relations, a confidence and a band."""
        return self.method in LINKERS.values()


# --- Answers ----------------------------------------------------------------------------------------------


def pair_to_core(pair: Pair) -> list[tuple[str, str]]:
    """Return the core links of a pair."""
    return [(row.subject_id, row.object_id) for row in pair.reference if row.tier == CORE_TIER]


def pair_to_reworded(pair: Pair) -> set[str]:
    """Return the old statements that have a core link to other words."""
    keys = {
        name: text_to_key(text)
        for side in (pair.old, pair.new)
        for name, text in zip(side[v.STATEMENT_ID], side[v.TEXT], strict=True)
    }
    return {old for old, new in pair_to_core(pair) if keys[old] != keys[new]}


def linker_to_answer(pair: Pair, method: str, scorers: Sequence[Scorer], rows: Sequence[FitRow]) -> Answer:
    """Link a pair with a confidence that is fitted to the rows of the other pairs."""
    fit = fit_rows_to_fit([row for row in rows if row.pair != pair.name])
    scored = scored_pairs_with_fit(statements_to_scored_pairs(pair.old, pair.new, scorers), fit)
    order = np.where(scored.choice.is_exact, np.inf, scored.csls)
    ranks = scores_to_ranks(order, scored.old.ids, scored.new.ids, pair_to_core(pair))
    return Answer(pair, method, scored_pairs_to_links(scored), ranks)


def scorer_to_answer(pair: Pair, method: str, scorer: ScoreFunction) -> Answer:
    """Link each old statement of a pair to its best target, without a threshold."""
    old, new = (tuple(side[v.STATEMENT_ID]) for side in (pair.old, pair.new))
    scores: Matrix = scorer(list(pair.old[v.TEXT]), list(pair.new[v.TEXT]))
    links = scores_to_best_links(scores, pair.documents, old, new)
    return Answer(pair, method, links, scores_to_ranks(scores, old, new, pair_to_core(pair)))


def answers_above_thresholds(answers: Sequence[Answer]) -> list[Answer]:
    """Keep the links of a simple scorer above the threshold that is best for the other pairs of readers."""
    return [
        answer._replace(links=links_above(answer.links, other_threshold(answer, answers)))
        for answer in answers
    ]


def other_threshold(answer: Answer, answers: Sequence[Answer]) -> float:
    """Return the threshold for a pair; that of Power Query is fixed."""
    if answer.method == POWER_QUERY:
        return POWER_QUERY_THRESHOLD
    others = [other for other in answers if other is not answer and not other.pair.is_published]
    return verdicts_to_threshold(pd.concat([other.verdicts() for other in others]))[0]


def timed(name: str, job: Callable[[], Answer]) -> Answer:
    """Run a job, and show its name and how long it took."""
    print(f"  {name} ...", end="", file=sys.stderr, flush=True)
    start = time.perf_counter()
    answer = job()
    print(f" {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return answer


def linker_jobs(encoder: Path | None) -> Iterator[tuple[str, Callable[[Pair], Answer]]]:
    """Yield each set of scorers of the linker that can be run here."""
    every = read_fit_rows(RAW / FIT_ROWS)
    for name, method in LINKERS.items():
        if (name in (DEFAULT, ENCODER) and not has_vectors()) or (name == ENCODER and encoder is None):
            continue
        scorers = name_to_scorers(name, encoder)
        rows = [row for row in every if row.scorers == name]
        yield (
            method,
            lambda pair, method=method, scorers=scorers, rows=rows: linker_to_answer(
                pair, method, scorers, rows
            ),
        )


def scorer_jobs() -> Iterator[tuple[str, Callable[[Pair], Answer]]]:
    """Yield each simple scorer that can be run here."""
    for method, scorer in installed_scorers().items():
        yield method, lambda pair, method=method, scorer=scorer: scorer_to_answer(pair, method, scorer)


def pairs_to_answers(pairs: Iterable[Pair], encoder: Path | None) -> dict[str, list[Answer]]:
    """Return the answers of each method, those of simple scorers without a threshold."""
    jobs = [*linker_jobs(encoder), *scorer_jobs()]
    answers: dict[str, list[Answer]] = {method: [] for method, _ in jobs}
    for pair in pairs:
        print(describe(pair), file=sys.stderr)
        for method, job in jobs:
            answers[method].append(timed(method, lambda job=job, pair=pair: job(pair)))
    return answers


def describe(pair: Pair) -> str:
    """Return the name and the size of a pair, and what takes long."""
    size = f"{pair.name}: {len(pair.old):,} x {len(pair.new):,} statements"
    if len(pair.old) * len(pair.new) <= MANY_PAIRS:
        return size
    return f"{size}; the linker, token_set_ratio and WRatio take up to two minutes each"


# --- Measures ---------------------------------------------------------------------------------------------


def answers_to_groups(answers: Sequence[Answer]) -> list[Group]:
    """Return the answers of all pairs together, and those by pair."""
    method = answers[0].method
    groups = [
        Group(answer.pair.name, method, answer.verdicts(), answer.sources(), [answer]) for answer in answers
    ]
    of_readers = [group for group in groups if not group.answers[0].pair.is_published]
    pooled = [(POOLED, of_readers)]
    if len(of_readers) < len(groups):
        pooled.append((POOLED_WITH_PUBLISHED, groups))
    return [groups_to_pooled(name, together) for name, together in pooled] + groups


def groups_to_pooled(name: str, groups: Sequence[Group]) -> Group:
    """Count several pairs together."""
    verdicts = verdicts_to_pooled(pd.concat([group.verdicts for group in groups]), name)
    sources = pd.concat([group.sources for group in groups])
    answers = [answer for group in groups for answer in group.answers]
    return Group(name, groups[0].method, verdicts, sources, answers)


def group_to_scores(group: Group, best_f1: float | None) -> list[tuple[object, ...]]:
    """Return every score of a method on a pair: counts, value and 95% interval."""
    scores = verdicts_to_scores(group.verdicts)
    if not group.is_of_linker or any(answer.pair.is_published for answer in group.answers):
        # A published mapping has no relations.
        scores = scores[scores["measure"] != "relation accuracy"]
    rows = [tuple(row) for row in scores[SCORE_COLUMNS[2:]].itertuples(index=False)]
    ranks = {
        (answer.pair.name, *link): rank for answer in group.answers for link, rank in answer.ranks.items()
    }
    is_hit = group.sources[group.sources["is_reworded"]]["is_hit"]
    rows.append(share_to_row("hits@1 reworded", int(is_hit.sum()), len(is_hit)))
    rows += [share_to_row(f"recall at {most}", *ranks_to_recall(ranks, most)) for most in (3, 5)]
    rows += linker_rows(group.verdicts) if best_f1 is None else [value_to_row("F1 best", best_f1)]
    return [(group.name, group.method, *row) for row in rows]


def linker_rows(verdicts: pd.DataFrame) -> list[tuple[object, ...]]:
    """Return what only the linker has: the links that need no look, and the error of its confidence."""
    rows = []
    for band in verdicts_to_bands(verdicts).query("of == 'all'").itertuples():
        rows.append(share_to_row("accepted right", band.right, band.right + band.wrong))
    for calibration in verdicts_to_calibration(verdicts).itertuples():
        rows += [value_to_row("ECE", calibration.ECE), value_to_row("ECE floor", calibration.floor)]
    return rows


def share_to_row(measure: str, right: int, of: int) -> tuple[object, ...]:
    """Return the row of a share, with its interval."""
    shares = (right / of, *share_to_interval(right, of)) if of else (np.nan,) * 3
    return (measure, right, of, *(round(share, 3) for share in shares))


def value_to_row(measure: str, value: float) -> tuple[object, ...]:
    """Return the row of a value that is no share."""
    return (measure, "", "", value, "", "")


def group_to_budget(group: Group) -> pd.DataFrame:
    """Return the gain of a review."""
    budget = budget_to_shares(verdicts_to_budget(group.verdicts), SHARES)
    return named(group, budget[["share", "settled", "F1", "F1_random"]])


def group_to_reliability(group: Group) -> pd.DataFrame:
    """Return the reliability of reworded links in the bins of the calibration error."""
    return named(group, verdicts_to_reliability(reworded_verdicts(group.verdicts), CALIBRATION_BOUNDS))


def named(group: Group, frame: pd.DataFrame) -> pd.DataFrame:
    """Put the names of pair and method before a table."""
    return pd.concat({(group.name, group.method): frame}, names=["pair", "method"]).reset_index([0, 1])


def measure(answers: dict[str, list[Answer]]) -> dict[str, pd.DataFrame]:
    """Return the tables of all methods: scores, calibration, budget and sources."""
    scores: list[tuple[object, ...]] = []
    calibration, budget, sources = [], [], []
    for method, given in answers.items():
        if method in LINKERS.values():
            kept, best = given, {}
        else:
            kept, best = answers_above_thresholds(given), answers_to_best(given)
        for group in answers_to_groups(kept):
            scores += group_to_scores(group, best.get(group.name))
            budget.append(group_to_budget(group))
            if group.is_of_linker:
                calibration.append(group_to_reliability(group))
            if len(group.answers) == 1:
                sources.append(group.sources)
    return {
        "scores": pd.DataFrame(scores, columns=SCORE_COLUMNS),
        "calibration": pd.concat(calibration, ignore_index=True),
        "budget": pd.concat(budget, ignore_index=True),
        "sources": pd.concat(sources, ignore_index=True),
    }


def answers_to_best(answers: Sequence[Answer]) -> dict[str, float]:
    """Return F1 of each pair at its own best threshold, from the best targets without a threshold."""
    groups = answers_to_groups(answers)
    return {group.name: verdicts_to_threshold(group.verdicts)[1] for group in groups}


# --- Comparison with another run --------------------------------------------------------------------------


def read_other_sources(path: Path) -> pd.DataFrame:
    """Read the sources.csv of an earlier run or of another linker: its rows of the linker, or all."""
    advice = "Name the sources.csv of a run, or a file of this form; docs/benchmark.md describes both."
    rows = path_to_rows(path, OTHER_COLUMNS, advice)
    if any(row.get("method") == LINKER for _, row in rows):
        rows = [(line, row) for line, row in rows if row["method"] == LINKER]
    raise_faults(list(other_rows_to_faults(path, rows, advice)))
    other = pd.DataFrame([row for _, row in rows])
    return other.assign(is_hit=other["is_hit"].str.casefold().isin(HIT))


def other_rows_to_faults(path: Path, rows: Rows, advice: str) -> Iterator[CurriculumError]:
    """Yield an error for the first row of another run without a hit or a miss, and for the first repeated."""
    for line, row in rows:
        if row["is_hit"].casefold() not in HIT + NO_HIT:
            found = row["is_hit"] or "an empty cell"
            yield invalid(path, "neither a hit nor none", "true or false", found, advice, line=line)
            break
    first: dict[tuple[str, str], int] = {}
    for line, row in rows:
        name = row["pair"], row[v.SUBJECT_ID]
        if first.setdefault(name, line) != line:
            found = f"{name[1]}, as on line {first[name]}"
            what, advice = "a second row of a statement", "Keep the rows of one method."
            yield invalid(path, what, "each statement of a pair once", found, advice, line=line)
            break


def check_other(path: Path, other: pd.DataFrame, pairs: Sequence[Pair]) -> None:
    """Check that another run has statements that are compared."""
    compared = {(pair.name, old) for pair in pairs for old, _ in pair_to_core(pair)}
    names = list(zip(other["pair"], other[v.SUBJECT_ID], strict=True))
    if compared.isdisjoint(names):
        pair, statement = min(compared)
        expected = f"names as --csv writes them, such as {pair} and {statement}"
        what, found = "has none of the old statements with a core link", " and ".join(names[0])
        raise invalid(path, what, expected, found, "Measure the pairs of this file, or correct its names.")


# --- The command ------------------------------------------------------------------------------------------


def read_options() -> argparse.Namespace:
    """Read the words of the command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="a further pair")
    parser.add_argument("--csv", type=Path, metavar="DIR", help="write every figure to CSVs in this folder")
    parser.add_argument("--against", type=Path, metavar="FILE", help="the sources.csv of another run")
    parser.add_argument("--page", type=Path, metavar="FILE", help="put the tables into docs/benchmark.md")
    parser.add_argument("--encoder", type=Path, metavar="FOLDER", help="the folder of a sentence encoder")
    return parser.parse_args()


def tables_to_text(tables: dict[str, pd.DataFrame], published: Collection[str]) -> str:
    """Return what is shown of all tables."""
    sources = tables["sources"]
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        show_scores(tables["scores"], sources)
        show_budget(tables["budget"])
        show_wins(sources[sources["method"] == LINKER], sources, published)
    return shown.getvalue().strip()


def check_output(folder: Path) -> None:
    """Check that a folder can be made, or is there."""
    first = next((path for path in (folder, *folder.parents) if path.exists()), Path())
    if not first.is_dir():
        raise invalid(first, "a file", "a folder for the CSVs", "", "Name a folder, or a new one.")


def check_vectors(option: str) -> None:
    """Check that word vectors are installed, as an option needs the linker."""
    if not has_vectors():
        advice = f"Install it, or leave {option} out."
        raise invalid(Path(option), "needs word vectors", WORDLLAMA, "none", advice)


def read_inputs(options: argparse.Namespace) -> tuple[list[Pair], pd.DataFrame | None]:
    """Return all pairs, and the other run; all faults of folders and options are reported at once."""
    faults: list[CurriculumError] = []
    pairs = reference_pairs()
    pairs += collected(faults, lambda: folders_to_pairs(options.folders, pairs)) or []
    has_pairs, other = not faults, None
    if options.encoder:
        collected(faults, lambda: check_vectors("--encoder"))
        collected(faults, lambda: check_encoder(options.encoder))
    if options.csv:
        collected(faults, lambda: check_output(options.csv))
    if options.against:
        collected(faults, lambda: check_vectors("--against"))
        other = collected(faults, lambda: read_other_sources(options.against))
    if other is not None and has_pairs:
        collected(faults, lambda: check_other(options.against, other, pairs))
    if options.page:
        collected(faults, lambda: page_to_parts(options.page))
    raise_faults(faults)
    return pairs, other


def run(options: argparse.Namespace) -> None:
    """Measure all methods on all pairs."""
    if not has_vectors():
        print(f"wordllama is not installed: without {LINKER} and {WORDLLAMA}", file=sys.stderr)
    pairs, other = read_inputs(options)
    if options.csv:
        options.csv.mkdir(parents=True, exist_ok=True)
    tables = measure(pairs_to_answers(pairs, options.encoder))
    shown = tables_to_text(tables, {pair.name for pair in pairs if pair.is_published})
    print(shown)
    if options.page:
        put_on_page(shown, options.page)
    if other is not None:
        sources = tables["sources"]
        of_linker = sources[sources["method"] == LINKER]
        show_against(sources_to_wins(of_linker, other), options.against)
    if options.csv:
        for name, table in tables.items():
            table.to_csv(options.csv / f"{name}.csv", index=False, lineterminator="\n")


def main() -> None:
    """Run the command; a fault ends it with its lines and the exit code 1."""
    options = read_options()
    try:
        run(options)
    except (CurriculumError, OSError) as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
