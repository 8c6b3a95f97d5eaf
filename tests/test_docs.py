"""README and docs are held to the code; locks to pyproject.toml; run.py to what it says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from curriculum.checks.rules import RULES
from curriculum.cli.main import COMMANDS, make_parser
from curriculum.cli.typed_commands import program_words
from curriculum.model import vocabulary as v
from curriculum.tables.schemas import KEYS, SCHEMAS
from pyodide_folder import fetched_pyodide

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS_PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
TROUBLESHOOTING = (ROOT / "docs" / "troubleshooting.md").read_text(encoding="utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_readme_shows_exactly_the_two_commands():
    assert re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL) == ["python3 run.py", "python3 run.py test"]


def test_ci_runs_the_test_command_of_the_readme():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line.startswith("python3 run.py")]
    assert commands[0] == "python3 run.py test"


def shown_commands(page):
    """Return the words of the commands that a page shows."""
    return re.findall(rf"`python3 run\.py ((?:{'|'.join(COMMANDS)})[^`]*)`", page)


def test_every_command_is_documented_and_its_examples_are_understood():
    assert {words.split()[0] for words in shown_commands(COMMANDS_PAGE)} == set(COMMANDS)
    for page in (README, *(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))):
        for words in shown_commands(page):
            if "--help" not in words:
                assert make_parser().parse_args(shlex.split(words)).command in COMMANDS


def runnable_examples():
    """Return the commands of the README, and those of the table of commands, each once."""
    of_table = re.findall(rf"\| `python3 run\.py ((?:{'|'.join(COMMANDS)})[^`]*)` \|", COMMANDS_PAGE)
    return list(dict.fromkeys((*shown_commands(README), *of_table)))


def test_examples_of_the_readme_and_of_the_table_of_commands_run(project, capsys, monkeypatch):
    from curriculum.cli.main import main

    pyodide = fetched_pyodide()
    monkeypatch.setenv("CURRICULUM_PYODIDE", str(pyodide))

    shutil.copytree(ROOT / "examples", project / "examples")
    shutil.copytree(ROOT / "notebooks", project / "notebooks")

    for words in runnable_examples():
        if words.startswith("page") and pyodide is None:
            continue
        # What needs a person ends in 1.
        assert main(words.split()) == int(words.startswith("remap"))
        # It ends with what to do next, as it would be typed.
        err = capsys.readouterr().err
        told = err[err.rindex("Next: ") :].splitlines()
        assert len(told) <= 5, words
        shown = [line for line in told if line.startswith(f"  {program_words()} ")]
        assert shown or "Next: open" in told[0], words
        for line in shown:
            typed = shlex.split(line[len(program_words()) + 2 :])
            assert make_parser().parse_args(typed).command in COMMANDS
    written = {"tables", "crosswalk.xlsx", "graph.graphml", "review.xlsx"}
    assert written <= {path.name for path in project.iterdir()}


def test_python_of_the_readme_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)\n```", README, re.DOTALL)
    exec(compile(code, "README.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "st0792-1.0 to st0792-1.2: 101 mappings" in shown
    assert "st0792-1.0:K4      st0792-1.2:K5" in shown


def test_messages_that_are_explained_are_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    code += (ROOT / "run.py").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`.+?) \|", TROUBLESHOOTING, re.MULTILINE)
    messages = [message for cell in cells for message in re.findall(r"`([^`]+)`", cell)]
    assert len(messages) > len(cells) > 10
    for message in messages:
        pattern = re.escape(message).replace("SOURCES\\.csv", ".*").replace("MANIFEST\\.csv", ".*")
        assert re.search(pattern.replace("occupational\\ standard", ".*"), code), message


def test_files_that_are_linked_are_there():
    fronts = (ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
    for page in (*fronts, *sorted((ROOT / "docs").rglob("*.md"))):
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            assert target.startswith("https://") or (page.parent / target).exists(), target


def tables_in_docs():
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    for part in text.split("\n## ")[1:]:
        name = part.splitlines()[0].strip().strip("`")
        columns = re.findall(r"^\| (\*\*)?`(\w+)`(?:\*\*)? \|", part, re.MULTILINE)
        yield name, [column for _, column in columns], [column for bold, column in columns if bold]


def test_tables_are_documented_column_by_column_with_their_keys():
    documented = {name: (columns, key) for name, columns, key in tables_in_docs()}
    assert documented == {
        name: (list(schema.columns), [c for c in schema.columns if c in KEYS[name]])
        for name, schema in SCHEMAS.items()
    }


def test_rules_are_documented_with_their_severities():
    text = (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([a-z-]+) \| ((?:error|warning|note)[a-z, ]*) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(rule.name, ", ".join(rule.severities), rule.looks_for) for rule in RULES]


def locked(name):
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+(?: ; [^\\\n]+)?)", text, re.MULTILINE))


def test_every_dependency_is_locked_with_hashes_and_locks_agree():
    project = PYPROJECT["project"]
    extras = project["optional-dependencies"]
    wanted = {
        "core": [*project["dependencies"], *extras["documents"]],
        "notebooks": [*project["dependencies"], *extras["documents"], *extras["notebooks"]],
        "development": [
            *project["dependencies"],
            *extras["documents"],
            *extras["notebooks"],
            *extras["development"][1:],
        ],
    }
    full = (ROOT / "locks" / "development.txt").read_text(encoding="utf-8")
    pins = set(re.findall(r"^([a-z0-9-]+==\S+)", full, re.MULTILINE))
    for lock, requirements in wanted.items():
        text = (ROOT / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
        names = {re.match(r"[A-Za-z0-9-]+", one)[0].replace("_", "-") for one in requirements}
        assert {name for name in names if name != "flit"} <= set(locked(lock)) | {"flit"}
        entries = re.findall(
            r"^([a-z0-9-]+==\S+)(?: ; [^\\\n]+?)? \\\n    --hash=sha256:", text, re.MULTILINE
        )
        assert len(entries) == len(re.findall(r"^[a-z0-9-]+==", text, re.MULTILINE)) > 20
        assert set(entries) <= pins


def test_wheel_and_sdist_hold_the_code_and_no_text_of_the_standards(tmp_path):
    from flit_core.sdist import SdistBuilder
    from flit_core.wheel import make_wheel_in

    wheel = make_wheel_in(ROOT / "pyproject.toml", tmp_path).file
    with zipfile.ZipFile(wheel) as held:
        names = held.namelist()
    assert "curriculum/cli/main.py" in names
    assert "curriculum/py.typed" in names
    texts = [name for name in names if name.endswith((".txt", ".csv", ".gz")) and "entry_points" not in name]
    assert texts == [
        "curriculum/checks/british_words.txt.gz",
        "curriculum/checks/british_words_LICENCE.txt",
        # The example is made up.
        *(
            f"curriculum/examples/lighthouse_keeper/{name}"
            for name in (
                "tracker.csv",
                "data/raw/CROSSWALKS.csv",
                "data/raw/SOURCES.csv",
                "data/raw/st9901_v1-0_lighthouse_keeper.txt",
                "data/raw/st9901_v1-1_lighthouse_keeper.txt",
                "data/raw/thesaurus.csv",
            )
        ),
        "curriculum/linking/responsibility.csv",
        # What the page is made of: this program, Pyodide and Python.
        *(f"curriculum/page/licences/{name}.txt" for name in ("curriculum", "mpl-2.0", "python")),
        "curriculum-0.1.0.dist-info/licenses/src/curriculum/checks/british_words_LICENCE.txt",
    ]
    sdist = SdistBuilder.from_ini_path(ROOT / "pyproject.toml").build(tmp_path)
    with tarfile.open(sdist) as held:
        names = [name for name in held.getnames() if "/data/" in name]
    assert all("/examples/lighthouse_keeper/data/raw/" in name for name in names)
    assert len(names) == 5


def test_run_py_says_what_it_needs_and_uses_only_the_standard_library():
    import ast

    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= set(sys.stdlib_module_names)


@pytest.mark.skipif(
    not (ROOT / ".venv" / "development.installed").exists(), reason="this .venv was not set up by run.py"
)
def test_run_py_passes_words_and_exit_codes_on():
    words = [sys.executable, str(ROOT / "run.py"), "parse", "no-such-file.txt"]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 2
    assert "no-such-file.txt: neither a registered document nor a file" in done.stderr


@pytest.mark.parametrize(
    "name",
    [
        "LICENSE",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "CITATION.cff",
        "data/raw/LICENCES.md",
        "data/raw/SOURCES.csv",
    ],
)
def test_what_a_project_needs_is_there(name):
    assert (ROOT / name).read_text(encoding="utf-8").strip()


REMAP = (ROOT / "docs" / "remap.md").read_text(encoding="utf-8")


def rows_of(section):
    return re.findall(r"^\| `([^`]+)`", REMAP.split(f"## {section}\n")[1].split("\n## ")[0], re.MULTILINE)


def test_outcomes_and_audit_are_documented_as_they_are():
    assert rows_of("Outcomes") == list(v.OUTCOMES)
    assert rows_of("The audit") == list(v.AUDIT_COLUMNS)


def test_every_option_of_remap_is_documented():
    section = REMAP.split("## The options")[1].split("\n## ")[0]
    documented = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", section))
    told = subprocess.run(
        [sys.executable, "-m", "curriculum", "remap", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert documented == set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", told)) - {"--help", "--out"}


def test_refusals_that_are_explained_are_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for message in rows_of("What is refused"):
        assert message in code


def test_python_of_the_page_on_remapping_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)\n```", REMAP, re.DOTALL)
    exec(compile(code, "remap.md", "exec"), {})
    assert "K7" in capsys.readouterr().out


REVIEW = (ROOT / "docs" / "review.md").read_text(encoding="utf-8")


def table_of(page, heading):
    section = page.split(f"## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


def test_the_page_on_reviews_has_every_column_answer_and_state():
    from curriculum.decisions.decision import COLUMNS
    from curriculum.review.review_rows import STATES
    from curriculum.review.sheet_columns import ANSWER_MEANINGS, ANSWERS

    assert table_of(REVIEW, "The files") == list(COLUMNS)
    assert table_of(REVIEW, "States") == list(STATES)
    answers = table_of(REVIEW, "The answers")
    assert set(answers) == {*ANSWER_MEANINGS, *ANSWERS[1:]} - {v.CHANGE_RELATION}
    readme = (ROOT / "data" / "raw" / "decisions" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in readme for name in (*COLUMNS, *v.DECISIONS))


def test_messages_that_the_page_on_reviews_explains_are_in_the_code():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    for message in table_of(REVIEW, "What is refused"):
        assert re.search(re.escape(message).replace(r"\.\.\.", ".*"), code), message


def test_python_of_the_page_on_reviews_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)\n```", REVIEW, re.DOTALL)
    exec(compile(code, "review.md", "exec"), {})
    assert "old statements" in capsys.readouterr().out


def test_commands_of_the_page_on_reviews_are_understood():
    for words in re.findall(r"^python3 run\.py (.+)$", REVIEW, re.MULTILINE):
        assert make_parser().parse_args(shlex.split(words)).command in COMMANDS


BENCHMARK = (ROOT / "docs" / "benchmark.md").read_text(encoding="utf-8")


def test_each_heading_of_the_results_of_the_benchmark_is_explained():
    explained = BENCHMARK.split("## What counts")[1].split("\n## ")[0]
    (results,) = re.findall(r"```text\n(.*?)\n```", BENCHMARK, re.DOTALL)
    headings = re.findall(r"^method {2,}((?:hits@1|relation).+)$", results, re.MULTILINE)
    assert len(headings) > 2
    for heading in {name for line in headings for name in re.split(r" {2,}", line)}:
        assert f"`{heading}`" in explained, heading


def test_python_of_the_page_on_the_benchmark_runs(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(r"```python\n(.*?)\n```", BENCHMARK, re.DOTALL)
    exec(compile(code, "benchmark.md", "exec"), {})
    assert "hits@1" in capsys.readouterr().out
