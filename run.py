#!/usr/bin/env python3
"""Set everything up in .venv and run a command: see README.md.

python3 run.py             the main job: all of data/raw to data/processed
python3 run.py test        every test
python3 run.py lab         JupyterLab on the first notebook; further words are passed on to it
python3 run.py WORDS ...   the command `curriculum WORDS ...`
"""

import hashlib
import os
import re
import subprocess
import sys
import venv
from collections import abc
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"test": "development", "lab": "notebooks"}
LAB = ("-m", "jupyterlab", f"--config={ROOT / 'lab' / 'jupyter_server_config.py'}")
# How pip begins a line about a package; "Processing" is for a package that is a local file.
PACKAGE = ("Collecting ", "Processing ", "Requirement already satisfied: ", "Ignoring ")


def set_up(lock: Path) -> None:
    """Make .venv and install what the lock lists, unless that has been done."""
    seal = VENV / f"{lock.stem}.installed"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted = f"{sys.version_info[:2]} {wanted}"
    if seal.exists() and seal.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    show(f"Setting up in the folder {VENV.name} (once; some minutes) ...")
    version = (VENV / "pyvenv.cfg").exists() and f"{sys.version_info[0]}.{sys.version_info[1]}."
    if not version or version not in (VENV / "pyvenv.cfg").read_text(encoding="utf-8"):
        venv.create(VENV, with_pip=True, clear=True)
    install(["--require-hashes", "--requirement", str(lock)], lock)
    install(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)], None)
    seal.write_text(wanted, encoding="utf-8")
    show("Setting up: done.")


def install(words: list[str], lock: Path | None) -> None:
    """Install with pip, and show its progress; if it fails, show all that it prints."""
    pip = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar=off"]
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE)) if lock else 0
    output: list[str] = []
    with subprocess.Popen(
        [*pip, *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        for line in lines_to_progress(process.stdout or (), total, output):
            show(line)
    if process.returncode:
        show("".join(output).rstrip())
        raise subprocess.CalledProcessError(process.returncode, "pip install")


def lines_to_progress(lines: abc.Iterable[str], total: int, output: list[str]) -> abc.Iterator[str]:
    """Yield about ten lines of progress, by what pip prints for each package; keep all that it prints."""
    count = 0
    for line in lines:
        output.append(line)
        is_package = line.startswith(PACKAGE)
        count += is_package
        if is_package and count <= total and (count % max(1, total // 10) == 0 or count == total):
            yield f"Setting up: {count} of {total} packages ..."
        elif line.startswith("Installing collected packages") and total:
            yield f"Setting up: putting the {total} packages in place ..."


def show(text: str) -> None:
    """Show a line immediately."""
    print(text, file=sys.stderr, flush=True)


def main(words: list[str]) -> int:
    """Set up and run; return the exit code of what was run."""
    if sys.version_info < (3, 11):
        show(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
        return 2
    first = words[0] if words else ""
    try:
        set_up(ROOT / "locks" / f"{LOCKS.get(first, 'core')}.txt")
    except (subprocess.CalledProcessError, OSError) as fault:
        show(f"Setting up failed: {fault}. Is the network there? Run it again.")
        return 2
    if first == "test":
        return run(["-m", "pytest", *words[1:]], ROOT)
    if first == "lab":
        return run([*LAB, *words[1:]], Path.cwd())
    # Commands that are shown to the user begin like this one.
    name = f'"{sys.argv[0]}"' if " " in sys.argv[0] else sys.argv[0]
    os.environ["CURRICULUM_STARTED_AS"] = f"{'py' if os.name == 'nt' else 'python3'} {name}"
    return run(["-m", "curriculum", *(words or ["build"])], Path.cwd() if words else ROOT)


def run(words: list[str], folder: Path) -> int:
    """Run Python in the folder with these words; return its exit code."""
    with subprocess.Popen([str(PYTHON), *words], cwd=folder) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                # Ctrl+C reaches the program as well, which ends or asks.
                continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
