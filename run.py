#!/usr/bin/env python3
"""Set everything up in .venv and run a command: see README.md.

python3 run.py             the main job: all of data/raw to data/processed
python3 run.py test        every test
python3 run.py lab         JupyterLab on the first notebook; further words are passed on to it
python3 run.py page WORDS  the command `curriculum page WORDS`; the first time, Pyodide is fetched for it
python3 run.py WORDS ...   the command `curriculum WORDS ...`
"""

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tarfile
import venv
from collections import abc
from pathlib import Path
from urllib import request

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = {"test": "development", "lab": "notebooks"}
PYODIDE = ROOT / "src" / "curriculum" / "page" / "pyodide.json"
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


def fetch_pyodide() -> Path:
    """Return the folder with the files of Pyodide that a page needs; fetch their package once."""
    lock = json.loads(PYODIDE.read_text(encoding="utf-8"))
    folder = VENV / f"{lock['name']}-{lock['version']}"
    if all((folder / name).exists() for name in lock["files"]):
        return folder
    package = VENV / lock["url"].rpartition("/")[2]
    try:
        data = package.read_bytes() if package.exists() else download(lock["url"])
        found = f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}"
        if found != lock["integrity"]:
            raise OSError(f"its hash is not the one in {PYODIDE.name}")
        folder.mkdir(exist_ok=True)
        with tarfile.open(fileobj=io.BytesIO(data)) as files:
            for name in lock["files"]:
                member = files.extractfile(f"package/{name}")
                (folder / name).write_bytes(member.read() if member else b"")
    except (OSError, tarfile.TarError, KeyError) as fault:
        raise OSError(
            f"{lock['url']} could not be fetched ({fault}). Without a network: download this file in another "
            f"way, put it at {package}, and run the command again"
        ) from fault
    return folder


def download(url: str) -> bytes:
    """Return what is at an address."""
    show(f"Fetching {url} (once; 6 MB) ...")
    with request.urlopen(url, timeout=60) as answer:
        return bytes(answer.read())


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
    # The tests in a browser need it too, where they are required.
    if first == "page" or (first == "test" and os.environ.get("REQUIRE_BROWSER")):
        try:
            os.environ["CURRICULUM_PYODIDE"] = str(fetch_pyodide())
        except OSError as fault:
            show(f"Pyodide is missing: {fault}.")
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
