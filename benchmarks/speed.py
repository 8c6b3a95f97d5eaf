"""Measure the speed, as ratios within the same run: python benchmarks/speed.py [build|help|parse].

build   the whole build compared with only importing what it imports, and with importing pandas, networkx
        and rapidfuzz: medians of paired runs
help    how long `curriculum --help` takes
parse   how the time to parse grows on generated documents with 1 to 1,000 times as many KSBs
"""

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
PEER = "import pandas, networkx, rapidfuzz"
LISTING = RAW / "st0792_v1-0_media_production_coordinator.txt"
STANDARD = RAW / "st0792_v1-2_junior_production_coordinator.txt"
DRAFT = RAW / "draft_2019_media_production_coordinator.txt"
MODULES = (
    "import sys; from curriculum.cli.main import main;"
    "main(['build', '--raw', sys.argv[1], '-o', sys.argv[2]]);"
    "print(*sorted(n for n, m in sys.modules.items() if getattr(m, '__spec__', None)), sep='\\n')"
)
IMPORT = (
    "import importlib, sys\n"
    "for name in open(sys.argv[1]).read().split():\n"
    "    try: importlib.import_module(name)\n"
    "    except ImportError: pass\n"
)


def seconds(words: Sequence[str]) -> float:
    """Run Python with these words, and return the seconds that it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], check=True, capture_output=True)
    return time.perf_counter() - start


def medians(*runs: Sequence[str], times: int) -> list[list[float]]:
    """Run the commands in turn several times, so that all run under the same load."""
    taken: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for run, column in zip(runs, taken, strict=True):
            column.append(seconds(run))
    return taken


def measure_build(times: int = 15) -> None:
    """Print the time of the build compared with its imports."""
    with tempfile.TemporaryDirectory() as folder:
        out, names = Path(folder) / "out", Path(folder) / "names"
        done = subprocess.run(
            [sys.executable, "-c", MODULES, str(RAW), str(out)], check=True, capture_output=True, text=True
        )
        names.write_text(done.stdout)
        build = ["-m", "curriculum", "build", "--raw", str(RAW), "-o", str(out)]
        whole, imports, peer = medians(build, ["-c", IMPORT, str(names)], ["-c", PEER], times=times)
    print(f"build                                {statistics.median(whole):.2f} s")
    print(f"importing what it imports            {statistics.median(imports):.2f} s")
    print(f"{PEER:36} {statistics.median(peer):.2f} s")
    for name, other in (("what it imports", imports), ("the three", peer)):
        ratios = [a / b for a, b in zip(whole, other, strict=True)]
        print(f"build / {name:28} {statistics.median(ratios):.2f} (median of {times} pairs)")


def measure_help(times: int = 15) -> None:
    """Print the time of the help."""
    (taken,) = medians(["-m", "curriculum", "--help"], times=times)
    print(f"curriculum --help                    {statistics.median(taken):.3f} s (median of {times})")


def numbered_on(text: str, times: int, pattern: str, counts: dict[str, int]) -> str:
    """Repeat a text, with new numbers, so that each copy has different codes."""

    def shift(copy: int) -> Callable[[re.Match[str]], str]:
        return lambda found: f"{found[1]}{int(found[2]) + copy * counts[found[1]]}"

    return "".join(re.sub(pattern, shift(copy), text) for copy in range(times))


def grown_listing(times: int) -> str:
    """Return the KSB listing with so many times its KSBs."""
    header, body = LISTING.read_text("utf-8").split("K1:", 1)
    text = f"K1:{body}".replace("Related Articles", "")
    return header + numbered_on(text, times, r"\b([KSB])(\d+)(?=:)", COUNTS_1_0)


COUNTS_1_0 = {"K": 42, "S": 40, "B": 6}
COUNTS_DRAFT = {"K": 45, "S": 46, "B": 6, "Duty ": 13}
COUNTS_1_2 = {"K": 29, "S": 23, "B": 4, "Duty ": 12}


def grown_draft(times: int) -> str:
    """Return the duty listing with so many times its duties and KSBs."""
    header, body = DRAFT.read_text("utf-8").split("Duty 1:", 1)
    return header + numbered_on(f"Duty 1:{body}\n", times, r"\b([KSB]|Duty )(\d+)(?=:)", COUNTS_DRAFT)


def grown_standard(times: int) -> str:
    """Return the standard with so many times the rows of each of its tables."""
    text = STANDARD.read_text("utf-8")
    cuts = [
        ("Core occupation duties\n", "\nKSBs\n"),
        ("\nKSBs\n", "\nQualifications\n"),
        ("\nGrading\n", "\nOverall EPA grading\n"),
        ("\nKSB mapping table\n", "\nMapping of KSBs to grade themes\n"),
        ("\nMapping of KSBs to grade themes\n", "\nEmployers involved"),
    ]
    for start, end in cuts:
        before, rest = text.split(start, 1)
        inside, after = rest.split(end, 1)
        grown = numbered_on(f"{inside}\n", times, r"\b([KSB]|Duty )(\d+)\b", COUNTS_1_2)
        text = f"{before}{start}{grown}{end}{after}"
    return text


def measure_parse(factors: Sequence[int] = (1, 10, 100, 1000)) -> None:
    """Print how the time to parse grows with the number of KSBs."""
    from curriculum.documents.document import Document
    from curriculum.files.encodings import text_to_lines
    from curriculum.parsing.document_parser import parse_document

    print("document      times   statements     lines   seconds   microseconds a line")
    for name, grow in (("listing", grown_listing), ("draft", grown_draft), ("standard", grown_standard)):
        for factor in factors:
            lines = text_to_lines(grow(factor))
            document = Document("grown", lines, "grown.txt", "0" * 64, "utf-8")
            taken = []
            for _ in range(3 if factor < 1000 else 1):
                start = time.perf_counter()
                parsed = parse_document(document)
                taken.append(time.perf_counter() - start)
            best = statistics.median(taken)
            print(
                f"{name:10} {factor:8,} {len(parsed.statements):12,} {len(lines):9,} {best:9.2f} "
                f"{1e6 * best / len(lines):14.1f}"
            )


MEASURES = {"build": measure_build, "help": measure_help, "parse": measure_parse}

if __name__ == "__main__":
    wanted = sys.argv[1:] or list(MEASURES)
    if set(wanted) - set(MEASURES):
        sys.exit(f"usage: speed.py [{' | '.join(MEASURES)}]")
    for word in wanted:
        MEASURES[word]()
