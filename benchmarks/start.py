"""Measure how long short runs of the command take, as ratios: python benchmarks/start.py [--pairs N].

Each command runs in turn with a peer that only imports libraries. The ratio of each pair of runs is taken, so
that another load on the machine counts for both. The processor time is compared, not the time on the clock
(which is compared where the system does not measure the other). Python keeps compiled files in a temporary
folder, so that a variable such as PYTHONDONTWRITEBYTECODE makes no difference, and the command its cache of
proposals; the first run of each, which fills both, is not counted. The exit code is 1 if a bar is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

try:
    import resource
except ImportError:  # Windows
    resource = None

ROOT = Path(__file__).resolve().parents[1]
THREE = ("-c", "import pandas, networkx, rapidfuzz")
PANDAS = ("-c", "import pandas")
VERSIONS = ("--from", "st0792-1.0", "--to", "st0792-1.2")
BUNDLE = "st0792.bundle.json"
# `remap` exits with 1 if something needs a person.
DONE = (0, 1)


class Bar(NamedTuple):
    """A command, the run that it is compared with (None: a second), and the highest accepted ratio."""

    name: str
    words: tuple[str, ...]
    peer: tuple[str, ...] | None
    most: float


def bars(out: Path) -> tuple[Bar, ...]:
    """Return the commands to measure; they write to this folder."""
    portfolio = str(ROOT / "examples" / "portfolio.csv")
    build = ("build", "-o", str(out / "built"))
    remap = ("remap", portfolio, *VERSIONS, "-o", str(out / "new.csv"), "--force")
    bundled = ("remap", portfolio, "--crosswalk", str(out / BUNDLE), "-o", str(out / "new.csv"), "--force")
    lineage = ("lineage", "st0792-1.2:K9")
    return (
        Bar("build --no-cache", (*build, "--no-cache"), THREE, 3.5),
        Bar("build", build, THREE, 2.5),
        Bar("--help", ("--help",), None, 0.15),
        Bar("remap --no-cache", (*remap, "--no-cache"), PANDAS, 2.5),
        Bar("remap", remap, PANDAS, 1.2),
        Bar("remap of a bundle", bundled, PANDAS, 1.2),
        Bar("lineage --no-cache", (*lineage, "--no-cache"), PANDAS, 2.5),
        Bar("lineage", lineage, PANDAS, 2.5),
    )


def environment(folder: Path) -> dict[str, str]:
    """Return the environment of the runs: compiled files and the cache in this folder."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        "CURRICULUM_CACHE": str(folder / "cache"),
        "PYTHONPATH": str(ROOT / "src"),
    }


def seconds(words: Sequence[str], variables: Mapping[str, str], is_clock: bool) -> float:
    """Run Python with these words; return its seconds of processor time, or by the clock."""

    def now() -> float:
        if resource is None or is_clock:
            return time.perf_counter()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    start = now()
    run = subprocess.run([sys.executable, *words], cwd=ROOT, env=variables, capture_output=True, check=False)
    if run.returncode not in DONE:
        sys.exit(run.stderr.decode())
    return now() - start


def measure(bar: Bar, pairs: int, variables: Mapping[str, str]) -> bool:
    """Print the ratios of a command; return whether the median is below the bar."""
    command = ("-m", "curriculum", *bar.words)
    ratios = []
    for _ in range(pairs + 1):
        peer = seconds(bar.peer, variables, False) if bar.peer else 1.0
        ratios.append(seconds(command, variables, bar.peer is None) / peer)
    median = statistics.median(ratios[1:])
    unit = f"times {bar.peer[1]}" if bar.peer else "seconds"
    is_met = median <= bar.most
    numbers = f"{median:7.3f} {min(ratios[1:]):7.3f} {max(ratios[1:]):7.3f} {bar.most:7.3f}"
    print(f"{bar.name:18} {numbers}  {'met   ' if is_met else 'MISSED'}  {unit}", flush=True)
    return is_met


def main() -> int:
    """Measure each command; return 1 if one misses its bar."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pairs", type=int, default=9, help="how many pairs of runs (default: 9)")
    parser.add_argument("--only", help="the one command to measure")
    options = parser.parse_args()
    print(f"{'':18} {'median':>7} {'min':>7} {'max':>7} {'bar':>7}")
    with tempfile.TemporaryDirectory() as folder:
        variables = environment(Path(folder))
        make = ("bundle", *VERSIONS[1::2], "-o", str(Path(folder) / BUNDLE))
        seconds(("-m", "curriculum", *make), variables, is_clock=True)
        chosen = [bar for bar in bars(Path(folder)) if options.only in (None, bar.name)]
        met = [measure(bar, options.pairs, variables) for bar in chosen]
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
