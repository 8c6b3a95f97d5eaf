"""Show the modules that four tasks go through, in the order in which they are first used.

    python benchmarks/walks.py

The tasks are: a line of a text to a statement (`parse`), a decision to a crosswalk (`link`), a tracker to
its copy (`remap`), an answer to a decision (`review apply`). For each the table has the number of modules and
of packages, and the number of returns: how often the next new module is in a package that was left before.
`errors` and `model` are not counted, as everything uses them. To compare two states of the code, run this
with another PYTHONPATH; a module at the root counts as a package, to which nothing can return.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
import threading
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
PAIR = ("st0792-1.0", "st0792-1.2")
# What the words of all packages stand on; before there was a package `model`, its modules were at the root.
EVERYWHERE = {
    *("errors", "model", "vocabulary", "text", "codes", "dates", "palette", "plain_words", "differences"),
    *("lookalikes", "remarks"),
}


def quiet():
    """Return a stream that keeps what is written to itself."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


def modules_of(argv):
    """Return the modules of the package that a command uses, in the order in which they are first used."""
    import curriculum
    from curriculum.cli import main as found

    main = getattr(found, "main", found)
    source = Path(curriculum.__file__).parent
    seen = {}

    def profile(frame, event, _):
        if event == "call":
            path = frame.f_code.co_filename
            if path.endswith(".py") and path not in seen and frame.f_code.co_name != "<module>":
                seen[path] = None

    threading.setprofile(profile)
    sys.setprofile(profile)
    try:
        with contextlib.redirect_stdout(quiet()), contextlib.redirect_stderr(quiet()):
            main([str(word) for word in argv])
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    inside = [Path(path).relative_to(source) for path in seen if path.startswith(f"{source}/")]
    names = [path.with_suffix("").as_posix() for path in inside if path.stem != "__init__"]
    return [name for name in names if package_of(name) not in {*EVERYWHERE, "__main__"}]


def package_of(name):
    """Return the package of a module; a module at the root is a package by itself."""
    return name.split("/")[0]


def returns_of(names):
    """Count how often the next new module is in a package that was left before."""
    packages = [package_of(name) for name in names]
    steps = [new for old, new in zip(["", *packages], packages, strict=False) if new != old]
    return len(steps) - len(set(steps))


def answered(folder):
    """Return a review workbook with one answer."""
    path = folder / "review.xlsx"
    with contextlib.redirect_stdout(quiet()), contextlib.redirect_stderr(quiet()):
        from curriculum.cli import main as found

        getattr(found, "main", found)(["review", "export", *PAIR, "-o", str(path)])
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    headers = [cell for row in sheet.iter_rows(max_row=12) for cell in row if cell.value == "decision"]
    (header,) = headers[:1]
    sheet.cell(header.row + 1, header.column).value = "accept"
    book.save(path)
    return path


def main():
    """Print the modules of each task, and a table with their numbers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tasks = {
            "raw line to statement": ["parse", *PAIR[1:], "-o", folder / "tables"],
            "decision to crosswalk": [
                *("link", *PAIR, "--decisions", ROOT / "examples" / "decisions", "-o", folder / "c.csv")
            ],
            "tracker to copy": [
                *("remap", ROOT / "examples" / "headings.xlsx", "--from", PAIR[0], "--to", PAIR[1]),
                *("-o", folder / "copy.xlsx"),
            ],
            "answer to decision": [
                *("review", "apply", answered(folder), "--reviewer", "AB", "--date", "2026-11-29"),
                *("--from", PAIR[0], "--to", PAIR[1], "--decisions", folder / "decisions"),
            ],
        }
        rows = []
        for task, argv in tasks.items():
            names = modules_of(argv)
            print(f"{task}:", " > ".join(names), end="\n\n")
            rows.append((task, len(names), len({package_of(name) for name in names}), returns_of(names)))
    print(f"{'':24}{'modules':>9}{'packages':>10}{'returns':>9}")
    for task, *numbers in rows:
        print(f"{task:24}{numbers[0]:9}{numbers[1]:10}{numbers[2]:9}")


if __name__ == "__main__":
    main()
