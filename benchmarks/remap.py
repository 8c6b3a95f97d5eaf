"""Measure the time and memory of a remap, and of openpyxl reading and writing the same file.

    python benchmarks/remap.py [ROWS ...]

Each runs in a separate process. Both are run in turn, three times, and the medians are printed. A row has a
learner, a date, and five columns with two codes each. Run it from the root of the project.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pandas as pd
import xlsxwriter

ROUNDS = 3
SIZES = (1_000, 10_000, 100_000)
N_COLUMNS = 5
DATES = date(2022, 1, 10)


def write_tracker(path: Path, n_rows: int) -> None:
    """Write a tracker with two codes a cell, the same every time."""
    statements = pd.read_csv("data/processed/statements.csv", dtype=str)
    codes = statements.loc[statements["document_id"] == "st0792-1.0", "code"].tolist()
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Tracker")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Learner", "Date", *(f"KSBs {number}" for number in range(1, N_COLUMNS + 1))])
        for row in range(1, n_rows + 1):
            sheet.write_string(row, 0, f"Learner {row % 997}")
            sheet.write_datetime(row, 1, DATES + timedelta(row % 365), day)
            for column in range(N_COLUMNS):
                pair = (codes[(row * 7 + column * 13 + step * 31) % len(codes)] for step in range(2))
                sheet.write_string(row, 2 + column, ", ".join(pair))


def plain(source: str, out: str) -> None:
    """Read and write a workbook as openpyxl does by itself."""
    openpyxl.load_workbook(source).save(out)


def remap(source: str, out: str) -> None:
    """Remap a workbook as the command does."""
    from curriculum.cli.main import main

    main(["remap", source, "--from", "st0792-1.0", "--to", "st0792-1.2", "-o", out])


def measured(name: str, source: Path, out: Path) -> tuple[float, float]:
    """Return the seconds and the GiB that a command takes in a separate process."""
    begin = time.perf_counter()
    command = [sys.executable, __file__, f"--{name}", str(source), str(out)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return time.perf_counter() - begin, float(output.split()[-1]) / 2**20


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    print("  rows  remap s  GiB  openpyxl s  GiB  ratio")
    with tempfile.TemporaryDirectory() as folder:
        for n_rows in sizes:
            source = Path(folder) / f"tracker{n_rows}.xlsx"
            write_tracker(source, n_rows)
            rounds = [
                [measured(name, source, Path(folder) / f"{name}.xlsx") for name in ("remap", "plain")]
                for _ in range(ROUNDS)
            ]
            (remap_seconds, remap_gib), (plain_seconds, plain_gib) = (
                [statistics.median(measures[at][part] for measures in rounds) for part in range(2)]
                for at in range(2)
            )
            print(
                f"{n_rows:7,} {remap_seconds:7.1f} {remap_gib:5.2f} {plain_seconds:8.1f} {plain_gib:6.2f} "
                f"{remap_seconds / plain_seconds:6.2f}",
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] in (["--remap"], ["--plain"]):
        {"--remap": remap, "--plain": plain}[sys.argv[1]](*sys.argv[2:4])
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
    else:
        main()
