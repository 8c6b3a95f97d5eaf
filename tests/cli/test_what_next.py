"""Every command ends with what to do next, as it would be typed; unclear cells have somewhere to go."""

from __future__ import annotations

import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from curriculum.cli.main import COMMANDS, main, make_parser
from curriculum.cli.screen import Screen
from curriculum.cli.typed_commands import PROGRAM_VARIABLE, text_to_started, to_typed, words_without
from curriculum.model import vocabulary as v
from curriculum.remapping.unclear_cells import layouts_to_cells_to_correct, layouts_to_possible_codes

ROOT = Path(__file__).resolve().parents[2]
OLD = "code,text\n" + "".join(f"K{n},Old knowledge number {n}\n" for n in range(1, 10))
NEW = "code,text\n" + "".join(f"K{n + 50},New knowledge number {n}\n" for n in range(1, 10))
OTHER = "code,text\n" + "".join(f"K{n},How copyright is cleared for film {n}\n" for n in range(1, 10))
CROSSWALK = "old,new\n" + "".join(f"K{n},K{n + 50}\n" for n in range(1, 10))


@pytest.fixture(autouse=True)
def started_as_curriculum(monkeypatch):
    monkeypatch.delenv(PROGRAM_VARIABLE, raising=False)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """Two made-up versions and a crosswalk that settles every code, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in (("old", OLD), ("new", NEW), ("xw", CROSSWALK)):
        Path(f"{name}.csv").write_text(text, encoding="utf-8")
    return ("--from", "old.csv", "--to", "new.csv", "--crosswalk", "xw.csv")


def command_shown(err):
    """Give the words of the last command that the screen shows."""
    line = [line for line in err.splitlines() if line.startswith("  curriculum ")][-1]
    return shlex.split(line)[1:]


# --- What comes next ------------------------------------------------------------------------------------


def test_a_dry_run_ends_with_the_command_that_writes_and_that_with_the_one_that_takes_answers(
    versions, capsys
):
    Path("my tracker.csv").write_text("Week,KSBs\n1,K1\n2,K99\n3,K2\n", encoding="utf-8")
    assert main(["remap", "my tracker.csv", *versions, "--dry-run"]) == 1
    shown = command_shown(capsys.readouterr().err)
    assert shown == ["remap", "my tracker.csv", *versions]
    assert main(shown) == 1
    shown = command_shown(capsys.readouterr().err)
    assert shown == ["remap", "my tracker.csv", *versions, "--decisions", "my tracker.new.to-decide.xlsx"]
    book = openpyxl.load_workbook(shown[-1])
    sheet = book["To decide"]
    headers = {cell.value: cell.column for cell in sheet[4]}
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "K99"]
    sheet.cell(row, headers["decision"]).value = "withdrawn"
    book.save(shown[-1])
    assert main(shown) == 0
    assert "every code in it is settled" in capsys.readouterr().err


def test_commands_are_shown_in_the_words_that_started_the_program(versions, capsys, monkeypatch):
    monkeypatch.setenv(PROGRAM_VARIABLE, "py run.py")
    Path("t.csv").write_text("Week,KSBs\n1,K1\n2,K2\n", encoding="utf-8")
    main(["remap", "t.csv", *versions, "--dry-run"])
    assert "\n  py run.py remap t.csv --from old.csv" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["remap", "--help"])
    out = capsys.readouterr().out
    assert out.startswith("usage: py run.py remap")
    assert out.rstrip().splitlines()[-1].startswith("  py run.py remap examples/headings.xlsx")
    assert text_to_started("Run curriculum build again.") == "Run py run.py build again."


@pytest.mark.usefixtures("versions")
def test_a_file_of_another_version_is_answered_with_the_command_that_fits(capsys):
    own = [f"K{n},The history of cinema and of all its makers {n}" for n in range(1, 10)]
    Path("old.csv").write_text("\n".join(["code,text", *own, ""]), encoding="utf-8")
    Path("new.csv").write_text(OTHER, encoding="utf-8")
    Path("t.csv").write_text("\n".join(["KSB,Wording", *own, ""]), encoding="utf-8")
    words = ["remap", "t.csv", "--from", "new.csv", "--to", "old.csv", "--dry-run"]
    assert main(words) == 1
    err = capsys.readouterr().err
    assert "This file looks like old, not like new." in err
    told = err[err.index("Next: if the file is of old, run") :].splitlines()
    assert told[1] == "  curriculum remap t.csv --from old.csv --to new.csv --dry-run"
    assert command_shown(err) == [*words, "--force"]
    assert main(shlex.split(told[1])[1:]) == 1
    assert "looks like" not in capsys.readouterr().err


@pytest.mark.usefixtures("versions")
def test_files_of_ones_own_are_named_as_they_were_typed_and_no_file_that_is_there(capsys):
    Path("new.csv").write_text(OTHER, encoding="utf-8")
    Path("review.xlsx").write_bytes(b"PK")
    main(["review", "progress", "old.csv", "new.csv"])
    shown = command_shown(capsys.readouterr().err)
    assert shown == ["review", "export", "old.csv", "new.csv", "-o", "review-2.xlsx"]
    assert main(shown) == 0
    assert main(command_shown(capsys.readouterr().err)) == 1
    shown = command_shown(capsys.readouterr().err)
    assert shown[:6] == ["review", "export", "old.csv", "new.csv", "-o", "review-3.xlsx"]


@pytest.mark.usefixtures("versions")
def test_a_report_ends_with_the_command_by_which_its_links_are_decided(capsys):
    Path("new.csv").write_text(OTHER, encoding="utf-8")
    assert main(["report", "old.csv", "new.csv", "-o", "report.html"]) == 0
    shown = command_shown(capsys.readouterr().err)
    assert shown == ["review", "export", "old.csv", "new.csv", "-o", "review.xlsx"]


def test_a_folder_that_was_named_is_named_again(capsys):
    screen = Screen(["link", "a", "b", "--raw", "my texts", "--decisions", "mine"])
    screen.next("go on", ("check",), ("review", "progress", "a", "b"), ("remap", "t.csv"))
    err = capsys.readouterr().err.splitlines()
    assert err == [
        "Next: go on",
        '  curriculum check --raw "my texts"',
        '  curriculum review progress a b --raw "my texts" --decisions mine',
        '  curriculum remap t.csv --raw "my texts"',
    ]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["frobnicate"], "curriculum --help"),
        (["remap", "t.csv"], "curriculum remap --help"),
        (["review"], "curriculum review --help"),
        (["review", "export"], "curriculum review export --help"),
    ],
)
def test_wrong_usage_ends_with_where_to_read_more(capsys, words, shown):
    with pytest.raises(SystemExit) as told:
        main(words)
    assert told.value.code == 2
    assert capsys.readouterr().err.rstrip().splitlines()[-1] == f"  {shown}"


@pytest.mark.parametrize("command", [(), *((name,) for name in COMMANDS), ("review", "apply")])
def test_help_ends_with_a_command_that_is_understood(capsys, command):
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    last = capsys.readouterr().out.rstrip().splitlines()[-1]
    words = shlex.split(last)
    assert words[0] == "curriculum"
    if "--help" not in words:
        assert make_parser().parse_args(words[1:]).command == command[0]


def test_options_are_left_out_however_they_are_written():
    words = ["remap", "a", "--decisions=x", "--dry", "--deci", "y", "--to", "b"]
    assert words_without(words, ("--dry-run",), ("--decisions",)) == ["remap", "a", "--to", "b"]
    assert to_typed("check", "my file.txt") == 'curriculum check "my file.txt"'


def test_errors_among_the_findings_are_told_to_be_of_the_texts(tables, capsys):
    Screen().severities(tables.findings, "findings.csv")
    told = capsys.readouterr().err
    assert "Findings in the texts: 2 errors" in told
    assert "nothing went wrong in this run" in told


# --- Cells that are unclear, and codes that may be none -------------------------------------------------


def test_cells_that_are_unclear_as_written_are_named_with_what_to_do(versions, capsys):
    rows = ['1,"K1, K2"', "2,K4; K5", "3,K3", "4,K7", "5,K1:Yes; K2:No", "6,PD: K1; Obs: K3"]
    Path("t.csv").write_text("\n".join(["Week,KSBs", *rows, ""]), encoding="utf-8")
    assert main(["remap", "t.csv", *versions]) == 1
    err = capsys.readouterr().err
    assert (
        "Next: in t.csv, write the codes in B6, B7 like K2, S3 (move other words into another column)" in err
    )
    assert "B6, B7 are unclear as written" in err
    sheet = openpyxl.load_workbook("t.new.to-decide.xlsx")["To decide"]
    told = " ".join(str(cell.value) for cell in sheet["A"])
    assert "Nothing has to be decided" not in told
    assert "B6, B7 are unclear as written or not read. Write the codes there like K2, S3" in told


def test_codes_that_no_version_has_are_counted_as_found(versions, capsys):
    Path("t.csv").write_text("Week,KSBs\n1,K1\n2,K3\n3,K99\n", encoding="utf-8")
    main(["remap", "t.csv", *versions])
    told = " ".join(capsys.readouterr().err.split())
    assert "has 2 of the 3 codes that were found; no version has K99" in told


def test_cells_to_correct_are_named_in_the_order_of_the_sheet(versions, capsys):
    # The cell that was not read comes before the unclear one, although it is of the other kind.
    rows = ["1,K1", "2,K4", "3,K3", "4,K2", "5,see portfolio", "6,PD: K1; Obs: K3"]
    Path("t.csv").write_text("\n".join(["Week,KSBs", *rows, ""]), encoding="utf-8")
    assert main(["remap", "t.csv", *versions]) == 1
    assert "in t.csv, write the codes in B6, B7 like K2" in capsys.readouterr().err


@pytest.fixture
def notes(versions):
    """A tracker whose column of notes holds what may be a code."""
    rows = [f"{n},K{n},{'K2' if n == 3 else f'remark on week {n}'}" for n in range(1, 8)]
    Path("t.csv").write_text("\n".join(["Week,KSBs,Notes", *rows, ""]), encoding="utf-8")
    return versions


def answered(word):
    """Answer in the row of K2, and give the name of the workbook."""
    book = openpyxl.load_workbook("t.new.to-decide.xlsx")
    sheet = book["To decide"]
    header = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("old code"))
    headers = {cell.value: cell.column for cell in sheet[header]}
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "K2"]
    assert sheet.cell(row, headers["evidence"]).value.startswith("In C4 it may be no code")
    sheet.cell(row, headers["decision"]).value = word
    book.save("answers.xlsx")
    return "answers.xlsx"


def test_what_may_be_no_code_can_be_answered_with_that_it_is_one(notes, capsys):
    assert main(["remap", "t.csv", *notes]) == 1
    assert "1 old code waits for a person: K2." in capsys.readouterr().err
    assert main(["remap", "t.csv", *notes, "--decisions", answered("accept")]) == 0
    copy = pd.read_csv("t.new.csv", dtype=str, keep_default_na=False)
    assert copy.loc[2, "Notes (new)"] == "K52"
    assert copy.loc[1, "KSBs (new)"] == "K52"
    capsys.readouterr()


def test_what_may_be_no_code_can_be_answered_with_that_it_is_none(versions, capsys):
    rows = [f"{n},K{n + 2},{'K2' if n == 3 else f'remark on week {n}'}" for n in range(1, 8)]
    Path("t.csv").write_text("\n".join(["Week,KSBs,Notes", *rows, ""]), encoding="utf-8")
    assert main(["remap", "t.csv", *versions]) == 1
    assert main(["remap", "t.csv", *versions, "--decisions", answered("not a code")]) == 0
    assert "Notes (new)" not in Path("t.new.csv").read_text(encoding="utf-8")
    audit = Path("t.new.audit.csv").read_text(encoding="utf-8")
    assert f"C4,K2,K2,{v.UNKNOWN},,,,reviewer" in audit
    capsys.readouterr()


def test_a_file_without_unclear_cells_has_none_to_mend():
    assert layouts_to_cells_to_correct((), (), ()) == ()
    assert layouts_to_possible_codes((), {}) == {}


# --- run.py ----------------------------------------------------------------------------------------------


@pytest.fixture
def runner():
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_progress_is_told_in_packages_and_all_that_pip_says_is_kept(runner):
    lines = [
        "Ignoring colorama: markers 'os_name == \"nt\"' don't match your environment\n",
        *(
            f"Collecting package-{n}==1.0 (from -r core.txt (line {n}))\n  Downloading x.whl\n"
            for n in range(18)
        ),
        "Requirement already satisfied: pip==24.0\n",
        "Installing collected packages: a, b\n",
        "Successfully installed a b\n",
    ]
    said = []
    pip = [part for line in lines for part in line.splitlines(keepends=True)]
    told = list(runner.lines_to_progress(pip, 20, said))
    assert told[0] == "Setting up: 2 of 20 packages ..."
    assert told[-2:] == [
        "Setting up: 20 of 20 packages ...",
        "Setting up: putting the 20 packages in place ...",
    ]
    assert len(told) == 11
    assert said == pip
    assert all(line.isascii() for line in told)


def test_packages_that_are_at_hand_as_files_are_counted_too(runner):
    lines = [f"Processing /wheels/package_{n}.whl\n" for n in range(10)]
    assert list(runner.lines_to_progress(lines, 10, []))[-1] == "Setting up: 10 of 10 packages ..."


def test_what_pip_says_is_shown_when_it_fails(runner, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(runner, "PYTHON", Path(sys.executable))
    lock = tmp_path / "lock.txt"
    lock.write_text("no-such-package==0.0\n", encoding="utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        runner.install(["--no-index", "--requirement", str(lock)], lock)
    assert "no-such-package==0.0" in capsys.readouterr().err


def test_run_py_says_how_it_was_started(runner, monkeypatch):
    monkeypatch.setattr(runner, "set_up", lambda _: None)
    monkeypatch.setattr(sys, "argv", ["my folder/run.py", "check"])
    seen = []
    monkeypatch.setattr(
        runner, "run", lambda words, _: seen.append((words, os.environ[PROGRAM_VARIABLE])) or 0
    )
    monkeypatch.setenv(PROGRAM_VARIABLE, "")
    assert runner.main(["check"]) == 0
    word = "py" if os.name == "nt" else "python3"
    assert seen == [(["-m", "curriculum", "check"], f'{word} "my folder/run.py"')]


def test_a_check_without_findings_asks_nobody_to_look_at_lines(tmp_path, capsys):
    path = tmp_path / "mine.csv"
    path.write_text("code,text\nK1,How to trim a hoof\n", encoding="utf-8")
    assert main(["check", str(path)]) == 0
    screen = capsys.readouterr().err
    assert "no findings" in screen
    assert "Next: to see what each rule looks for, run" in screen
    assert "these lines" not in screen
