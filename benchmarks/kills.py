"""Kill `curriculum review apply` at random moments, and tell what is left: the old file or the new one.

python benchmarks/kills.py [COUNT]

The whole command is killed (SIGKILL), from its start on; the suite kills the part that reads the answers and
writes them, line by line (tests/test_review.py). Needs fork and SIGKILL: not for Windows.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import openpyxl

RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
PAIR = ("st0792-1.0", "st0792-1.2")
COMMAND = [sys.executable, "-m", "curriculum", "review"]


def filled_in(folder: Path) -> Path:
    """Export a review and accept twenty proposals."""
    path = folder / "review.xlsx"
    command = [*COMMAND, "export", *PAIR, "--raw", str(folder / "raw"), "-o", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    (head,) = [cell.row for cell in sheet["A"] if str(cell.value).startswith("old code")]
    (column,) = [cell.column for cell in sheet[head] if cell.value == "decision"]
    for row in range(head + 1, head + 21):
        sheet.cell(row, column).value = "accept"
    book.save(path)
    return path


def held(folder: Path) -> bytes:
    """Give what the folder of decisions holds; nothing if there is no file."""
    return b"".join(path.read_bytes() for path in sorted((folder / "raw" / "decisions").glob("*.csv")))


def main(count: int) -> None:
    """Kill so many times, and print what was left."""
    chance, told = random.Random(6), Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(RAW, folder / "raw")
        apply = [*COMMAND, "apply", str(filled_in(folder)), "--reviewer", "AB", "--raw", str(folder / "raw")]
        start = time.perf_counter()
        subprocess.run(apply, check=False, capture_output=True)
        whole, after = time.perf_counter() - start, held(folder)
        for _ in range(count):
            for path in (folder / "raw" / "decisions").glob("*.csv"):
                path.unlink()
            process = subprocess.Popen(apply, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0.3 * whole, 1.1 * whole))
            process.kill()
            process.wait()
            left = held(folder)
            told["nothing" if not left else "new" if left == after else "broken"] += 1
        subprocess.run(apply, check=False, capture_output=True)
        told["applied afterwards"] = int(held(folder) == after)
    print(f"one run {whole:.1f} s; {count} kills:", ", ".join(f"{n} {what}" for what, n in told.items()))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 50)
