"""Kill `curriculum build`, `remap` and `review apply` at random moments, and report what is left.

    python benchmarks/kills.py [COUNT [COMMAND ...]]

Each command runs in a separate process, forked when everything is imported, and is killed (SIGKILL) COUNT
times (100): every second time at any moment of its run, else while it writes, from the first file that it
writes aside on, or while the files take their places. The moments are random with a seed. The files before
are *old*, and what the command writes is *new*. After each kill:

* lost: bytes of an older file, or of a file of a person's own, that are nowhere in the folder any more;
* mixed: some files are old and some new. It is *refused* if a reader of the folder refuses it with a
  message and the next command repairs it; otherwise *unnoticed*.

Needs fork and SIGKILL: not for Windows. Exit code 1 if anything was lost, or mixed unnoticed.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from curriculum.cli.main import main as command
from curriculum.errors import MixedFolder
from curriculum.files.file_sets import refuse_mixed
from curriculum.tables.csv_files import read_tables

ROOT = Path(__file__).resolve().parents[1]
OLD, NEW = "st0792-1.0", "st0792-1.2"
NOTES = "a person's own notes\n"
Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Killing:
    """A command to be killed.

    ``folder`` is where it writes; ``words`` are the command; ``old`` and ``new`` are its files before and
    after; ``check`` refuses a mixture, as a reader does.
    """

    name: str
    folder: Path
    words: list[str]
    old: Files
    new: Files
    check: Callable[[Path], object]


class Process:
    """A command in a separate process."""

    def __init__(self, words: Sequence[object]) -> None:
        self.code: int | None = None
        self.number = os.fork()
        if not self.number:
            os.dup2(os.open(os.devnull, os.O_RDWR), 1)
            os.dup2(os.open(os.devnull, os.O_RDWR), 2)
            os._exit(command([str(word) for word in words]))

    def poll(self) -> int | None:
        """Return the exit code, once there is one."""
        if self.code is None:
            number, status = os.waitpid(self.number, os.WNOHANG)
            self.code = os.waitstatus_to_exitcode(status) if number else None
        return self.code

    def wait(self) -> int:
        """Wait for the exit code."""
        while self.poll() is None:
            time.sleep(0.001)
        return self.poll() or 0

    def kill(self) -> None:
        """Kill it, if it is still there."""
        if self.poll() is None:
            os.kill(self.number, signal.SIGKILL)
            self.wait()


def run(*words: object) -> None:
    code = Process(words).wait()
    if code not in {0, 1}:
        raise SystemExit(f"{words}: exit code {code}")


def folder_to_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder, without hidden ones."""
    paths = (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in sorted(paths)}


def reset(folder: Path, files: Files) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)


def raw_folder(folder: Path) -> Path:
    """Return a raw folder with one pair, which is enough to be linked, and no decisions."""
    raw = folder / "raw"
    shutil.copytree(ROOT / "data" / "raw", raw)
    shutil.rmtree(raw / "decisions", ignore_errors=True)
    (raw / "CROSSWALKS.csv").write_text(f"subject_source,object_source\n{OLD},{NEW}\n", encoding="utf-8")
    return raw


def build(folder: Path) -> Killing:
    """Build over the tables of a build without decisions."""
    raw, out = raw_folder(folder), folder / "processed"
    run("build", "--raw", raw, "-o", out)
    (out / "notes.txt").write_text(NOTES, encoding="utf-8")
    old = folder_to_files(out)
    review = filled_in(folder, raw, 20)
    run("review", "apply", review, "--reviewer", "AB", "--date", "2026-11-22", "--raw", raw)
    words = ["build", "--raw", str(raw), "-o", str(out)]
    run(*words)
    return Killing("build", out, words, old, folder_to_files(out), read_tables)


def remap(folder: Path) -> Killing:
    """Remap a tracker whose sheet "To decide" a person has filled in."""
    raw, out = raw_folder(folder), folder / "mine"
    out.mkdir()
    shutil.copy(ROOT / "examples" / "portfolio.csv", out / "portfolio.csv")
    words = ["remap", str(out / "portfolio.csv"), "--from", OLD, "--to", NEW, "--raw", str(raw)]
    run(*words)
    (path,) = out.glob("*.to-decide.xlsx")
    book = openpyxl.load_workbook(path)
    book["To decide"]["A1"].value = "filled in by a person"
    book.save(path)
    old = folder_to_files(out)
    words.append("--accept-proposals")
    run(*words)
    return Killing("remap", out, words, old, folder_to_files(out), refuse_set)


def refuse_set(folder: Path) -> None:
    for path in folder.iterdir():
        refuse_mixed(path)


def review(folder: Path) -> Killing:
    """Apply twenty answers where ten are kept, beside decisions that a person wrote by hand."""
    raw = raw_folder(folder)
    out = raw / "decisions"
    for count in (10, 20):
        path = filled_in(folder, raw, count)
        words = ["review", "apply", str(path), "--reviewer", "AB", "--date", "2026-11-22", "--raw", str(raw)]
        if count == 10:
            run(*words)
            (out / "notes.txt").write_text(NOTES, encoding="utf-8")
            old = folder_to_files(out)
    run(*words)
    return Killing("review", out, words, old, folder_to_files(out), str)


def filled_in(folder: Path, raw: Path, count: int) -> Path:
    """Export a review and accept so many proposals."""
    path = folder / f"review{count}.xlsx"
    run("review", "export", OLD, NEW, "--raw", raw, "--no-decisions", "-o", path)
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    (header,) = [cell.row for cell in sheet["A"] if str(cell.value).startswith("old code")]
    (column,) = [cell.column for cell in sheet[header] if cell.value == "decision"]
    for row in range(header + 1, header + 1 + count):
        sheet.cell(row, column).value = "accept"
    book.save(path)
    return path


def timed(killing: Killing) -> tuple[float, float]:
    """Return the seconds of a whole run, and how many of them it writes."""
    reset(killing.folder, killing.old)
    start = time.perf_counter()
    process = Process(killing.words)
    wait_for(is_aside, killing.folder, process)
    begun = time.perf_counter()
    while process.poll() is None and any(map(is_aside, killing.folder.iterdir())):
        time.sleep(0.0005)
    written = time.perf_counter() - begun
    process.wait()
    return time.perf_counter() - start, written


def is_aside(path: Path) -> bool:
    return path.name.endswith((".aside", ".unfinished"))


def is_last(path: Path) -> bool:
    """Return whether a file is the one that is written just before the others are renamed."""
    return path.name.endswith(".unfinished") or path.name.startswith(".MANIFEST.csv.")


def wait_for(sign: Callable[[Path], bool], folder: Path, process: Process) -> None:
    while process.poll() is None and not any(map(sign, folder.iterdir())):
        time.sleep(0.0002)


def verdict(killing: Killing) -> str:
    """Return the state of the folder after a kill."""
    left = folder_to_files(killing.folder)
    if not set(killing.old.values()) <= set(left.values()) | replaced(killing):
        return "LOST"
    # The old files are copied one by one, before the first new file takes its place.
    written = {name: data for name, data in killing.new.items() if ".previous" not in name}
    states = {state(left.get(name), killing.old.get(name), data) for name, data in written.items()}
    if "broken" in states:
        return "BROKEN"
    states.discard("same")
    if len(states) < 2:
        return "all " + (states.pop() if states else "the same")
    try:
        killing.check(killing.folder)
    except MixedFolder:
        run(*killing.words)
        is_whole = all(
            folder_to_files(killing.folder).get(name) == data for name, data in killing.new.items()
        )
        return "mixed, refused, repaired" if is_whole else "MIXED FOR EVER"
    return "MIXED UNNOTICED"


def state(found: bytes | None, old: bytes | None, new: bytes) -> str:
    if old == new == found:
        return "same"
    return "old" if found == old else "new" if found == new else "broken"


def replaced(killing: Killing) -> set[bytes]:
    """Return what a command may replace without a copy: its earlier output that has not been changed."""
    by_hand = set() if killing.name == "remap" else {"notes.txt"}
    return set() if killing.name == "remap" else {d for n, d in killing.old.items() if n not in by_hand}


def killed(killing: Killing, count: int) -> Counter[str]:
    """Kill a command several times, and count the states after it."""
    chance, states = random.Random(f"{killing.name} 6"), Counter[str]()
    whole, written = timed(killing)
    print(f"{killing.name}: one run {whole:.1f} s, of which it writes {written * 1000:.0f} ms", flush=True)
    for number in range(count):
        reset(killing.folder, killing.old)
        process = Process(killing.words)
        if number % 4 == 1:
            wait_for(is_aside, killing.folder, process)
            time.sleep(chance.uniform(0, 1.2 * written))
        elif number % 4 == 3:
            wait_for(is_last, killing.folder, process)
            time.sleep(chance.uniform(0, 0.2 * written))
        else:
            time.sleep(chance.uniform(0, 1.1 * whole))
        process.kill()
        states[verdict(killing)] += 1
        if number % 10 == 9:
            print(f"{killing.name}: {number + 1}: {dict(states)}", file=sys.stderr, flush=True)
    return states


def main(count: int, names: list[str]) -> int:
    """Kill each command, and print what was left."""
    is_bad = False
    for make in (build, remap, review):
        if names and make.__name__ not in names:
            continue
        with tempfile.TemporaryDirectory() as name:
            states = killed(make(Path(name)), count)
        is_bad |= any(name.isupper() for name in states)
        print(
            f"{make.__name__}: {count} kills:", ", ".join(f"{n} {what}" for what, n in states.most_common())
        )
    return int(is_bad)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100, sys.argv[2:]))
