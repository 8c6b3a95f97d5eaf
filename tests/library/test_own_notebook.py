"""Notebook 7, and what `curriculum notebook` writes: one text, filled in, that runs on any two documents."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from nbval import kernel

from curriculum.cli.main import main
from curriculum.library.own_notebook import NotebookParameters, parameters_to_notebook
from project_notebooks import FOLDER, OWN

# The names in notebook 7.
SHOWN = NotebookParameters(
    "../data/raw/st0792_v1-0_media_production_coordinator.txt",
    "../data/raw/st0792_v1-2_junior_production_coordinator.txt",
    "st0792-1.0",
    "st0792-1.2",
    "../data/raw",
    "../my_work",
)
OLD = """code,text
K1,How flour and water make a dough
K2,The law on food safety
K3,How an oven is cleaned
S1,Bake a loaf of bread
S2,Sharpen a knife
B1,Work calmly under pressure
"""
NEW = """code,text
K1,The law on food safety and hygiene
K2,How flour and water make a dough
S1,Bake loaves and rolls of bread
S2,Serve customers at the counter
B1,Work calmly under pressure
"""


def sources_of(book):
    return [(cell["cell_type"], cell["id"], "".join(cell["source"])) for cell in book["cells"]]


def test_notebook_7_is_the_text_that_the_command_fills_in():
    # If this fails, remove the notebook, write it with the command below, and run it.
    shown = json.loads((FOLDER / f"{OWN}.ipynb").read_text(encoding="utf-8"))
    assert sources_of(shown) == sources_of(json.loads(parameters_to_notebook(SHOWN)))


def test_its_prose_has_no_number():
    cells = sources_of(json.loads(parameters_to_notebook(SHOWN)))
    prose = [source for kind, _, source in cells if kind == "markdown"]
    assert len(prose) > 10
    numbers = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half) of\b"
    assert not re.findall(numbers, "\n".join(prose))


def test_only_its_first_cell_is_filled_in():
    other = SHOWN._replace(old_file='my "old" {file}.csv', old_title="É")
    books = [json.loads(parameters_to_notebook(names)) for names in (SHOWN, other)]
    differing = [first for first, second in zip(*map(sources_of, books), strict=True) if first != second]
    assert [(kind, source.splitlines()[0]) for kind, _, source in differing] == [
        ("code", "import curriculum as cu")
    ]
    values = {}
    exec(sources_of(books[1])[1][2].partition("project =")[0], values)
    assert (values["old_file"], values["old_title"]) == ('my "old" {file}.csv', "É")


def run(path):
    """Run a notebook in its own folder, as JupyterLab does; return its cells of code."""
    sockets = kernel.KernelManager()
    command = [sys.executable, "-m", "nbconvert", "--execute", "--inplace", "--to=notebook", str(path)]
    options = [f"--KernelManager.transport={sockets.transport}", f"--KernelManager.ip={sockets.ip}"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    book = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in book["cells"] if cell["cell_type"] == "code"]


def texts_of(cells):
    return "\n".join(
        "".join(output["data"].get("text/plain", "")) for cell in cells for output in cell["outputs"]
    )


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Two lists that nobody has linked before, in the current folder, which is no project."""
    monkeypatch.chdir(tmp_path)
    Path("My old list.csv").write_text(OLD, encoding="utf-8")
    Path("new.csv").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_the_command_writes_a_notebook_that_runs_as_it_is(files, capsys):
    words = ["notebook", "My old list.csv", "new.csv", "--new-title", "Bakers 2026"]
    assert main([*words, "-o", "my_work/mine.ipynb"]) == 0
    assert "  jupyter lab my_work/mine.ipynb" in capsys.readouterr().err.splitlines()
    written = json.loads(Path("my_work/mine.ipynb").read_text(encoding="utf-8"))
    names = NotebookParameters(
        "../My old list.csv", "../new.csv", "my-old-list", "Bakers 2026", "data/raw", "."
    )
    assert written == json.loads(parameters_to_notebook(names))
    cells = run(files / "my_work" / "mine.ipynb")
    assert all(cell["outputs"] for cell in cells[1:])
    shown = texts_of(cells)
    assert "6 statements (3 knowledge, 2 skills, 1 behaviour), 0 duties" in shown
    assert "of 5 codes now name" in shown
    assert "report_my-old-list_to_bakers-2026.xlsx" in shown
    workbook = openpyxl.load_workbook("my_work/report_my-old-list_to_bakers-2026.xlsx")
    assert len(workbook.sheetnames) > 1


def test_notebook_7_runs_on_a_word_file_if_only_its_parameters_are_changed(files):
    document = docx.Document()
    document.add_heading("Occupational standard: Baker")
    for heading, letter in (("Knowledge", "K"), ("Skills", "S"), ("Behaviours", "B")):
        document.add_heading(heading, level=2)
        for line in NEW.splitlines():
            if line.startswith(letter):
                document.add_paragraph(line.replace(",", ": ", 1))
    document.save("new.docx")
    names = NotebookParameters(
        "My old list.csv", "new.docx", "old", "new", FOLDER.parent.as_posix(), "results"
    )
    book = json.loads((FOLDER / f"{OWN}.ipynb").read_text(encoding="utf-8"))
    book["cells"][1]["source"] = json.loads(parameters_to_notebook(names))["cells"][1]["source"]
    (files / "07.ipynb").write_text(json.dumps(book), encoding="utf-8")
    shown = texts_of(run(files / "07.ipynb"))
    assert "5 statements (2 knowledge, 2 skills, 1 behaviour)" in shown
    assert "of 5 codes now name" in shown
    assert Path("results/report_old_to_new.xlsx").is_file()


@pytest.mark.usefixtures("project")
def test_the_command_writes_notebook_7():
    path = f"notebooks/{OWN}.ipynb"
    assert main(["notebook", "st0792-1.0", "st0792-1.2", "-o", path]) == 0
    assert Path(path).read_bytes() == parameters_to_notebook(SHOWN)


@pytest.mark.usefixtures("project")
def test_paths_are_those_seen_from_the_notebook():
    assert main(["notebook", "st0792-1.0", "st0792-1.2", "-o", "deep/er/mine.ipynb"]) == 0
    names = SHOWN._replace(
        old_file=f"../../{SHOWN.old_file.removeprefix('../')}",
        new_file=f"../../{SHOWN.new_file.removeprefix('../')}",
        project="../../data/raw",
        folder="../../my_work",
    )
    assert Path("deep/er/mine.ipynb").read_bytes() == parameters_to_notebook(names)


@pytest.mark.usefixtures("files")
def test_a_notebook_that_was_run_is_not_written_over(capsys):
    words = ["notebook", "My old list.csv", "new.csv", "-o", "mine.ipynb"]
    assert main(words) == main(words) == 0
    path = Path("mine.ipynb")
    path.write_bytes(path.read_bytes().replace(b"# Your own standard", b"# My standard"))
    changed = path.read_bytes()
    capsys.readouterr()
    assert main(words) == 2
    assert "mine.ipynb: a file with other content; expected a new file" in capsys.readouterr().err
    assert path.read_bytes() == changed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["new.csv", "new.csv"], "both documents have the id new"),
        (["new.csv", "nothere.csv"], "nothere.csv: neither a registered document nor a file"),
        (["new.csv", "My old list.csv", "-o", "mine.xlsx"], "mine.xlsx: not a format of notebooks"),
        (["new.csv", "My old list.csv", "--old-title", "MY OLD LIST"], "have the id my-old-list"),
    ],
)
def test_what_cannot_become_a_notebook_is_refused(files, capsys, words, message):
    assert main(["notebook", *words]) == 2
    told = capsys.readouterr()
    assert message in told.err
    assert not told.out
    assert not list(files.glob("*.ipynb"))
