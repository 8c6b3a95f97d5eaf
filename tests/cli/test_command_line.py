"""The command line as a person meets it: what it writes, says and exits with."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import time

import pytest
from rich.console import Console

from curriculum.cli.main import COMMANDS, main, make_parser
from curriculum.cli.screen import Screen


def run(capsys, *words):
    code = main([str(word) for word in words])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.vectors
def test_build_writes_everything_and_tells_what_it_found(project, raw, capsys):
    code, out, err = run(capsys, "build")
    assert (code, out) == (0, "")
    committed = raw.parent / "processed"
    assert {p.name: p.read_bytes() for p in (project / "data/processed").iterdir()} == {
        p.name: p.read_bytes() for p in committed.iterdir()
    }
    for told in (
        "draft-2019",
        "NOS unit",
        "169",
        "Links, proposed from the wording; not reviewed",
        "st0792-1.0 -> st0792-1.2",
        "findings.csv",
        "25 files written to data/processed",
        "st0792-1.2  occupational",
    ):
        assert told in err


def test_a_faulty_document_leaves_the_last_build_as_it_was(project, capsys):
    run(capsys, "build")
    before = {p.name: p.read_bytes() for p in (project / "data/processed").iterdir()}
    (project / "data/raw/nos_2019_assist_post_production.txt").write_bytes(b"\x00\x01")
    (project / "data/raw/st0792_v1-0_media_production_coordinator.txt").unlink()
    code, out, err = run(capsys, "build")
    faults = [line for line in err.splitlines() if line.startswith("curriculum: ")]
    assert (code, out, len(faults)) == (2, "", 2)
    assert "nos_2019_assist_post_production.txt: not the file that SOURCES.csv registers" in faults[0]
    assert "st0792_v1-0_media_production_coordinator.txt: cannot be read" in faults[1]
    assert {p.name: p.read_bytes() for p in (project / "data/processed").iterdir()} == before


def test_the_next_build_says_that_a_run_was_cut_off(project, capsys):
    _, _, err = run(capsys, "build")
    assert "written again" not in err
    (project / "data/processed/duties.csv").write_bytes(b"half a file")
    code, _, err = run(capsys, "build")
    assert code == 0
    assert "did not match its manifest" in " ".join(err.split())
    _, _, err = run(capsys, "build")
    assert "written again" not in err


def test_build_without_a_raw_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "build")
    assert code == 2
    assert err == (
        "curriculum: data/raw: no such folder; expected the folder of the documents, with SOURCES.csv. "
        "Run the command in the project's folder, or name the folder with --raw.\n"
    )
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("project")
def test_parse_gives_statements_to_standard_output(capsys):
    code, out, err = run(capsys, "parse", "st0792-1.0")
    lines = out.splitlines()
    assert (code, len(lines)) == (0, 89)
    assert lines[1].startswith("st0792-1.0:K1,st0792-1.0,knowledge,K1,1,,false,")
    assert "KSB listing, recognised by labelled KSBs (88 times, first on line 7)" in err
    assert "line 185  warning  unplaced-line: not placed: “Related Articles”" in err


def test_parse_writes_its_tables_and_ends_in_1_for_an_error(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.txt").write_text("K1 S1\nDuty 1 Bake\nB1\nK1: Flour\nS1: Knead\nB1: Care\n", "utf-8")
    code, _, err = run(capsys, "parse", "mine.txt", "-o", "tables")
    assert code == 1
    assert "duty-codes-mixed" in err
    assert "Found: 3 statements and 1 duty." in " ".join(err.split())
    assert len((tmp_path / "tables/statements.csv").read_text("utf-8").splitlines()) == 4
    assert run(capsys, "check", "mine.txt")[0] == 1


def test_parse_reads_a_users_file_anywhere(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "My KSBs.csv").write_bytes('Code;Text\nK1;The “hoof”\nS02;"Trim it; well"\n'.encode("cp1252"))
    code, out, err = run(capsys, "parse", "My KSBs.csv", "-o", "tables")
    assert (code, out) == (0, "")
    assert "read as windows-1252" in err
    statements = (tmp_path / "tables/statements.csv").read_text("utf-8").splitlines()
    assert [line.split(",")[0] for line in statements[1:]] == ["my-ksbs:K1", "my-ksbs:S2"]
    assert "The “hoof”" in statements[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "neither a registered document nor a file"),
        (b"", "holds no text"),
        (b"\x00\x01\x02", "not a text file"),
        (b"Dear all", "no kind of document that can be read"),
        (b"%PDF-1.4", "cannot be read as a PDF"),
        (b"code,text\nK1,\nX9,The hoof\nK2,a,b\n", "mine.txt, line 3: not the code of a statement"),
        (b"code,text\n", "holds no row below its head"),
        (b"You must be able to:\n1. trim", "expected knowledge and understanding"),
    ],
)
def test_bad_input_is_one_clear_line_each_and_nothing_is_written(
    tmp_path, monkeypatch, capsys, content, said
):
    monkeypatch.chdir(tmp_path)
    if content is not None:
        (tmp_path / "mine.txt").write_bytes(content)
    code, out, err = run(capsys, "parse", "mine.txt", "-o", "out")
    assert (code, out) == (2, "")
    assert said in err
    assert all(line.startswith("curriculum: mine.txt") for line in err.splitlines())
    assert not (tmp_path / "out").exists()


def test_two_files_with_one_id_are_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("K1: The hoof")
    code, _, err = run(capsys, "parse", "a/x.txt", "b/x.txt")
    assert (code, len(err.splitlines())) == (2, 1)
    assert "a/x.txt and b/x.txt: two documents have the id x" in err
    code, _, err = run(capsys, "link", "a/x.txt", "b/x.txt")
    assert code == 2
    assert "give one another id with --old-id or --new-id" in err
    code, _, err = run(capsys, "review", "export", "a/x.txt", "b/x.txt")
    assert code == 2
    assert "Rename one of the files, as the id of a file is made of its name.\n" in err
    code, out, _ = run(capsys, "link", "a/x.txt", "b/x.txt", "--old-id", "old")
    assert code == 0
    assert out.splitlines()[1].startswith("old,x,old:K1,The hoof,knowledge,skos:exactMatch,x:K1,")


def test_work_of_a_person_in_an_output_is_not_overwritten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("K1: The hoof")
    assert run(capsys, "parse", "x.txt", "-o", "out")[0] == 0
    assert run(capsys, "parse", "x.txt", "-o", "out")[0] == 0
    (tmp_path / "out/statements.csv").write_text("my notes")
    code, _, err = run(capsys, "parse", "x.txt", "-o", "out")
    assert code == 2
    assert "changed since they were written" in err
    assert (tmp_path / "out/statements.csv").read_text() == "my notes"
    code, _, err = run(capsys, "parse", "x.txt", "-o", "x.txt")
    assert code == 2
    assert "x.txt: a file; expected a folder" in err


def test_an_output_never_overwrites_an_input_or_a_review(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("code,text\nK1,The hoof\n")
    (tmp_path / "b.csv").write_text("code,text\nK2,The hoof\n")
    for out in ("b.csv", "A.csv", "./a.csv"):
        code, _, _ = run(capsys, "link", "a.csv", "b.csv", "-o", out)
        assert code == 2 or out == "A.csv"
    assert (tmp_path / "b.csv").read_text() == "code,text\nK2,The hoof\n"
    assert run(capsys, "link", "a.csv", "b.csv", "-o", "x.csv")[0] == 0
    assert run(capsys, "link", "a.csv", "b.csv", "-o", "x.csv")[0] == 0
    reviewed = (tmp_path / "x.csv").read_text().replace("not reviewed,,", "not reviewed,Ann,")
    (tmp_path / "x.csv").write_text(reviewed)
    code, _, err = run(capsys, "link", "a.csv", "b.csv", "-o", "x.csv")
    assert code == 2
    assert "a crosswalk that a person has worked on" in err
    assert (tmp_path / "x.csv").read_text() == reviewed


@pytest.mark.parametrize(
    "words",
    [
        ("parse", "x" * 300),
        ("link", "a.csv", "b.csv", "--old-id", "My Old"),
        ("link", "a.csv", "b.csv", "-o", "a.csv/x.csv"),
        ("parse", "zero.txt"),
        ("parse", "open.csv"),
    ],
)
def test_no_mistake_ends_in_a_traceback(tmp_path, monkeypatch, capsys, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text("code,text\nK1,The hoof\n")
    (tmp_path / "b.csv").write_text("code,text\nK2,The hoof\n")
    (tmp_path / "zero.txt").write_text("Duty 0: nothing\nK0: nothing\n")
    (tmp_path / "open.csv").write_text('code,text\nK1,"The hoof\nK2,The shoe\n')
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert err.startswith("curriculum: ")
    assert "report it" not in err


def test_names_that_are_nearly_right_are_offered(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "standard.txt").write_text("K1: The hoof")
    assert "Did you mean standard.txt?" in run(capsys, "parse", "standard")[2]
    assert "Did you mean standard.txt?" in run(capsys, "parse", "standrad.txt")[2]
    assert "a name with spaces into quotes" in run(capsys, "parse", "other")[2]
    assert run(capsys, "parse", "*.txt")[1].splitlines()[1].startswith("standard:K1,")


@pytest.mark.vectors
def test_link_writes_a_crosswalk(project, capsys):
    code, out, err = run(capsys, "link", "st0792-1.0", "st0792-1.2", "-o", "x.csv")
    assert (code, out) == (0, "")
    assert "101 rows written to x.csv" in err
    assert "proposed from the wording; not reviewed" in err
    built = project / "x.csv"
    assert len(built.read_text("utf-8").splitlines()) == 102
    code, out, _ = run(capsys, "link", "st0792-1.0", "st0792-1.2")
    assert out.encode() == built.read_bytes()


@pytest.mark.parametrize("words", [("link", "st0792-1.0", "st0792-1.2"), ("graph", "st0792-1.2")])
def test_an_unknown_format_is_refused_before_anything_is_written(project, capsys, words):
    code, _, err = run(capsys, *words, "-o", "x.docx")
    assert code == 2
    assert "x.docx: not a format of" in err
    assert not (project / "x.docx").exists()


@pytest.mark.usefixtures("project")
def test_linking_a_document_to_itself_is_refused(capsys):
    code, _, err = run(capsys, "link", "st0792-1.0", "st0792-1.0")
    assert code == 2
    assert "both documents have the id st0792-1.0" in err


@pytest.mark.parametrize("name", ["g.graphml", "g.json"])
def test_graph_is_written_and_loads(project, capsys, name):
    from curriculum.analysis.graph_files import bytes_to_graph

    code, _, err = run(capsys, "graph", "st0792-1.2", "-o", name)
    assert code == 0
    assert "119" in err
    path = project / name
    assert bytes_to_graph(path.read_bytes(), path).number_of_nodes() == 90


def test_wrong_usage_exits_2(capsys):
    with pytest.raises(SystemExit) as told:
        main(["link", "only-one"])
    assert told.value.code == 2
    assert "NEW" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["link", "My", "KSBs.csv", "new.txt"])
    assert "put a name with spaces into quotes" in capsys.readouterr().err


def test_debug_shows_where_in_the_program(tmp_path, monkeypatch):
    from curriculum.errors import NotFound

    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotFound):
        main(["--debug", "parse", "none.txt"])


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as told:
        make_parser().parse_args([command, "--help"])
    assert told.value.code == 0
    assert command in capsys.readouterr().out


def test_a_reader_that_goes_away_is_no_fault(raw):
    words = [sys.executable, "-m", "curriculum", "parse", "st0792-1.2", "--raw", str(raw)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        err = process.stderr.read().decode()
    assert process.returncode == 0
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no sh to close the output with")
def test_an_output_that_the_shell_has_closed_is_no_fault(tmp_path):
    (tmp_path / "mine.txt").write_text("Cooper\nK1: Oak.\nS1: Raise a cask.\n", encoding="utf-8")
    words = ["sh", "-c", '"$0" -m curriculum parse "$1" >&-', sys.executable, str(tmp_path / "mine.txt")]
    done = subprocess.run(words, capture_output=True, check=False)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr.decode()


def test_output_that_the_terminal_cannot_show_does_not_stop_the_run(raw):
    words = [sys.executable, "-m", "curriculum", "parse", "draft-2019", "--raw", str(raw)]
    done = subprocess.run(words, capture_output=True, check=False, env={"PYTHONIOENCODING": "ascii"})
    # The text announces numbers that it does not print, which are errors; the tables are given all the same.
    assert done.returncode == 1
    assert "team’s" in done.stdout.decode("utf-8")


def test_a_name_between_colons_is_shown_as_it_is(capsys):
    Screen().say("  my :heart: tracker.csv", is_wrapped=False)
    assert capsys.readouterr().err == "  my :heart: tracker.csv\n"


def test_check_lists_findings_and_ends_in_1_on_an_error(capsys):
    code, out, err = run(capsys, "check", "draft-2019")
    assert code == 1
    assert out.splitlines()[0] == "document_id,rule,where,severity,message"
    assert len(out.splitlines()) == 27
    assert "draft-2019: 2 errors, 8 warnings, 16 notes" in err
    assert err.index("count-differs") < err.index("near-duplicate") < err.index("several-names")


def test_check_of_a_document_without_an_error_ends_in_0(capsys):
    code, out, err = run(capsys, "check", "st0792-1.2")
    assert (code, len(out.splitlines())) == (0, 11)
    assert "st0792-1.2: 5 warnings, 5 notes" in err


def test_check_of_all_documents_and_of_one_without_an_error(project, capsys):
    assert run(capsys, "check", "-o", "findings.csv")[:2] == (1, "")
    build = run(capsys, "build")
    assert build[0] == 0
    assert (project / "findings.csv").read_bytes() == (project / "data/processed/findings.csv").read_bytes()
    code, _, err = run(capsys, "check", "nos-2019")
    assert (code, "nos-2019: 1 warning, 1 note" in err) == (0, True)


def test_check_tells_its_rules_and_refuses_what_it_cannot_read(project, capsys):
    code, out, err = run(capsys, "check", "--rules")
    assert (code, out) == (0, "")
    assert "same-ksbs" in err
    code, out, err = run(capsys, "check", "no-such.txt")
    assert (code, out) == (2, "")
    (project / "mine.csv").write_bytes(b"code,text\nK1,hoof\n")
    assert run(capsys, "check", "mine.csv", "-o", "mine.csv")[0] == 2
    assert (project / "mine.csv").read_bytes() == b"code,text\nK1,hoof\n"


def test_a_table_is_written_under_no_other_ending(project, capsys):
    for words in (("check", "nos-2019"), ("evaluate",)):
        code, _, err = run(capsys, *words, "-o", "a.xlsx")
        assert (code, (project / "a.xlsx").exists()) == (2, False)
        assert "expected .csv; found .xlsx" in err


def test_what_a_link_replaces_is_kept_beside(project, capsys):
    words = ("link", "nos-2017", "nos-2019", "-o", "x.csv")
    assert run(capsys, *words)[0] == 0
    assert ".previous" not in run(capsys, *words)[2]
    edited = (project / "x.csv").read_text(encoding="utf-8").replace("closeMatch", "exactMatch", 1)
    (project / "x.csv").write_text(edited, encoding="utf-8")
    code, _, err = run(capsys, *words)
    assert code == 0
    assert "The previous x.csv is kept as x.previous.csv." in err
    assert (project / "x.previous.csv").read_text(encoding="utf-8") == edited


def test_build_and_check_need_no_reference(project, capsys):
    shutil.rmtree(project / "data" / "raw" / "reference")
    assert run(capsys, "build")[0] == 0
    assert run(capsys, "check", "nos-2019")[0] == 0
    assert run(capsys, "link", "nos-2017", "nos-2019")[0] == 0
    assert run(capsys, "evaluate")[0] == 2


def test_a_command_writes_over_its_own_files_only_and_keeps_what_it_replaces(project, capsys):
    assert run(capsys, "link", "nos-2017", "nos-2019", "-o", "x.csv")[0] == 0
    held = (project / "x.csv").read_bytes()
    for words in (("check", "nos-2019"), ("evaluate",), ("graph", "nos-2019")):
        code = run(capsys, *words, "-o", "x.csv")[0]
        assert (code, (project / "x.csv").read_bytes()) == (2, held)
    assert run(capsys, "check", "nos-2019", "-o", "f.csv")[0] == 0
    (project / "f.csv").write_bytes((project / "f.csv").read_bytes() + b"my note\n")
    assert "kept as f.previous.csv" in run(capsys, "check", "nos-2019", "-o", "f.csv")[2]


def test_an_empty_name_and_a_folder_without_documents_are_told(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert "an empty name: neither a registered document nor a file" in run(capsys, "check", "")[2]
    assert "name it with --raw" in run(capsys, "parse", "st0792-1.2")[2]


def test_a_tracker_is_told_what_a_csv_must_hold(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tracker.csv").write_text('Learner,KSBs\nAnn,"K1, S2"\n')
    code, _, err = run(capsys, "check", "tracker.csv")
    assert code == 2
    assert "name them code and text in the first line" in err
    assert "web page" not in err


def test_a_bar_appears_only_where_a_job_takes_long_and_leaves_no_trace(monkeypatch):
    monkeypatch.setattr("curriculum.cli.screen._PATIENCE", 0.0)
    screen = Screen()
    screen.console = Console(file=io.StringIO(), force_terminal=True, width=80)
    with screen.patience("link", 3) as progress:
        progress("words")
        time.sleep(0.3)
    assert "link: words" in screen.console.file.getvalue()
    assert screen.console.file.getvalue().endswith("\x1b[?25h\r\x1b[1A\x1b[2K")
    quiet = Screen()
    quiet.console = Console(file=io.StringIO())
    with quiet.patience("link", 3) as progress:
        progress("words")
    assert quiet.console.file.getvalue() == ""


def test_a_raw_folder_that_is_not_there_is_refused(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "k.txt").write_text("K1: The hoof\n", encoding="utf-8")
    assert main(["parse", "k.txt", "--raw", "nothere"]) == 2
    assert "--raw nothere: no such folder" in capsys.readouterr().err
