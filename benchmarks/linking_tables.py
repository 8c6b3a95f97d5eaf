"""The tables that the benchmark of the linker shows on the screen and on its page."""

import re
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

import pandas as pd

from curriculum.errors import InvalidInput
from curriculum.evaluation.source_verdicts import sources_to_wins
from curriculum.files.atomic_write import write_file
from curriculum.files.encodings import bytes_to_text, path_to_bytes

# The columns of the tables of scores, by their measure; the second is of the linker alone.
HEADINGS = {
    "hits@1": "hits@1",
    "hits@1 reworded": "reworded",
    "recall at 3": "top 3",
    "recall at 5": "top 5",
    "precision": "P",
    "recall": "R",
    "F1": "F1",
    "F1 best": "F1 best",
}
LINKER_HEADINGS = {"relation accuracy": "relation", "ECE": "ECE", "ECE floor": "floor"}
ACCEPTED = "accepted right"
SHOWN_SHARES = (0.0, 0.1, 0.2, 0.3, 0.5)
MOST_IDS = 12
# The block of results of a page: what is before its content, and after it.
BLOCK = re.compile(r"(.*?^```text\n).*?(^```$.*)", re.DOTALL | re.MULTILINE)


def show_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print an aligned table: the first column to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(headings, *rows, strict=True)]
    for first, *others in (headings, *rows):
        cells = [first.ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        print("  ".join(cells).rstrip())


def show_scores(scores: pd.DataFrame, sources: pd.DataFrame) -> None:
    """Print the tables of each pair, and of all together."""
    n_judged = sources.groupby("pair")["subject_id"].nunique()
    for pair, of_pair in scores.groupby("pair", sort=False):
        counts = of_pair.drop_duplicates("measure").set_index("measure")["of"]
        judged = f", {n_judged[pair]:,} were judged" if pair in n_judged.index else ""
        n_core = f"{counts['recall at 3']:,} core links"
        print(f"\n{pair}: {counts.get('hits@1', 0):,} old statements have {n_core}{judged}\n")
        methods = [
            (str(name), rows.set_index("measure")) for name, rows in of_pair.groupby("method", sort=False)
        ]
        show_table(
            ["method", *HEADINGS.values()], [[name, *values(rows, HEADINGS)] for name, rows in methods]
        )
        print()
        show_table(
            ["method", *LINKER_HEADINGS.values(), "accepted", "wrong", "right, 95%"],
            [
                [name, *values(rows, LINKER_HEADINGS), *accepted(rows.loc[ACCEPTED])]
                for name, rows in methods
                if ACCEPTED in rows.index
            ],
        )


def values(scores: pd.DataFrame, measures: Iterable[str]) -> list[str]:
    """Return the values of measures; empty for one without a case."""
    known = scores["value"].dropna()
    return [f"{known[measure]:.3f}" if measure in known.index else "" for measure in measures]


def accepted(row: pd.Series) -> list[str]:
    """Return how many links are accepted, how many of them are wrong, and the interval of the right ones."""
    interval = f"{row['low']:.2f}-{row['high']:.2f}" if row["of"] else ""
    return [f"{row['of']:,}", str(row["of"] - row["right"]), interval]


def show_budget(budget: pd.DataFrame) -> None:
    """Print F1 while a reviewer decides old statements: of the linker by pair, and of every method."""
    shown = budget[budget["share"].isin(SHOWN_SHARES)]
    method = shown["method"].iloc[0]
    title = (
        "F1 when a reviewer has decided this share of the old statements, lowest confidence first (any order)"
    )
    print(f"\n{title}: {method}\n")
    show_shares(shown[shown["method"] == method], "pair")
    pooled = shown[shown["pair"].str.startswith("all pairs")]
    for pair, of_pair in pooled.groupby("pair", sort=False):
        print(f"\nThe same for every method, {pair}\n")
        show_shares(of_pair, "method")


def show_shares(budget: pd.DataFrame, by: str) -> None:
    """Print a row for each pair or method."""
    rows = [
        [str(name), *(f"{row['F1']:.2f} ({row['F1_random']:.2f})" for _, row in part.iterrows())]
        for name, part in budget.groupby(by, sort=False)
    ]
    show_table([by, *(f"{share:.0%}" for share in SHOWN_SHARES)], rows)


def show_wins(of_linker: pd.DataFrame, sources: pd.DataFrame, published: Collection[str]) -> None:
    """Print how many old statements the linker wins and loses against each other method."""
    if of_linker.empty:
        return
    names = [name for name in sources["method"].unique() if name not in set(of_linker["method"])]
    parts = {"all pairs of readers": of_linker[~of_linker["pair"].isin(published)]}
    parts |= {name: of_linker[of_linker["pair"] == name] for name in sorted(published)}
    for title, part in parts.items():
        print(f"\nOld statements that the linker wins and loses against each other method: {title}\n")
        rows = [wins_to_cells(name, part, sources[sources["method"] == name]) for name in names]
        show_table(["method", "sources", "won", "lost", "p"], rows)


def wins_to_cells(name: str, of_linker: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    """Return the row of a method, or of a pair."""
    total = sources_to_wins(of_linker, others).iloc[-1]
    return total_to_cells(name, total)


def total_to_cells(name: str, wins: pd.Series) -> list[str]:
    """Return the counts of a row of wins."""
    p = f"{wins['p']:.3f}" if wins["p"] else "<0.001"
    return [name, f"{wins['sources']:,}", str(len(wins["won"])), str(len(wins["lost"])), p]


def page_to_parts(page: Path) -> tuple[str, str]:
    """Return what a page has before the content of its block of results, and after it."""
    text, _ = bytes_to_text(path_to_bytes(page), page.as_posix())
    parts = BLOCK.fullmatch(text.replace("\r\n", "\n"))
    if not parts:
        raise InvalidInput(
            "no block of results",
            where=page.as_posix(),
            expected="a line ```text, and below it a line ```",
            found="no such lines",
            advice="Name a page that has them, such as docs/benchmark.md.",
        )
    return parts[1], parts[2]


def put_on_page(tables: str, page: Path) -> None:
    """Write the tables into the block of results of a page."""
    before, after = page_to_parts(page)
    write_file(page, f"{before}{tables.strip()}\n{after}".encode())


def show_against(wins: pd.DataFrame, path: Path) -> None:
    """Print what the linker wins and loses against another run, by pair."""
    print(f"\nOld statements that the linker wins and loses against {path.name}\n")
    rows = [total_to_cells(row["pair"], row) for _, row in wins.iterrows()]
    show_table(["pair", "sources", "won", "lost", "p"], rows)
    for row in wins.iloc[:-1].itertuples():
        for what, ids in (("won", row.won), ("lost", row.lost)):
            if ids:
                more = f" and {len(ids) - MOST_IDS} more" if len(ids) > MOST_IDS else ""
                print(f"  {what}: {', '.join(ids[:MOST_IDS])}{more}")
