#!/usr/bin/env python3
"""Set everything up in .venv and run a command: see README.md.

python3 run.py             the main job: all of data/raw to data/processed
python3 run.py test        every test
python3 run.py lab         JupyterLab in the folder of the notebooks
python3 run.py WORDS ...   the command `curriculum WORDS ...`
"""

import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"test": "development", "lab": "notebooks"}


def set_up(lock: Path) -> None:
    """Make .venv and install what the lock lists, unless that has been done."""
    seal = VENV / f"{lock.stem}.installed"
    wanted = hashlib.sha256(lock.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    wanted = f"{sys.version_info[:2]} {wanted}"
    if seal.exists() and seal.read_text(encoding="utf-8") == wanted and PYTHON.exists():
        return
    print(f"Setting up in {VENV.name} (once; some minutes) ...", file=sys.stderr, flush=True)
    version = (VENV / "pyvenv.cfg").exists() and f"{sys.version_info[0]}.{sys.version_info[1]}."
    if not version or version not in (VENV / "pyvenv.cfg").read_text(encoding="utf-8"):
        venv.create(VENV, with_pip=True, clear=True)
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "--require-hashes", "--requirement", str(lock)], check=True)
    subprocess.run([*pip, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], check=True)
    seal.write_text(wanted, encoding="utf-8")


def main(words: list[str]) -> int:
    """Set up and run; give the exit code of what was run."""
    if sys.version_info < (3, 11):
        print(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    first = words[0] if words else ""
    try:
        set_up(ROOT / "locks" / f"{LOCKS.get(first, 'core')}.txt")
    except (subprocess.CalledProcessError, OSError) as fault:
        print(f"Setting up failed: {fault}. Is the network there? Run it again.", file=sys.stderr)
        return 2
    if first == "test":
        return run(["-m", "pytest", *words[1:]], ROOT)
    if first == "lab":
        return run(["-m", "jupyterlab", "notebooks", *words[1:]], ROOT)
    return (
        run(["-m", "curriculum", *words], Path.cwd()) if words else run(["-m", "curriculum", "build"], ROOT)
    )


def run(words: list[str], folder: Path) -> int:
    """Run Python in the folder with these words; give its exit code."""
    try:
        return subprocess.run([str(PYTHON), *words], cwd=folder, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
