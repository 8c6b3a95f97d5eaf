"""The calls of a page: literal trackers and answers in, literal results out."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from curriculum.cli.main import main
from curriculum.errors import CurriculumError, InvalidInput
from curriculum.page import messages
from curriculum.page.messages import session_to_answer
from curriculum.page.session import Session

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = sorted(
    path for path in (ROOT / "examples").iterdir() if path.suffix in {".xlsx", ".xlsm", ".csv", ".tsv"}
)
OLD = """code,text
K1,Health and safety law in the workshop
K2,How to read technical drawings
K3,The properties of steel and brass
S1,Weld a joint in steel plate
"""
NEW = """code,text
K1,How to read technical drawings
K2,Health and safety law in the workshop
K3,The properties of steel and new alloys
S1,Plan the maintenance of a lathe
"""
TRACKER = 'Week,KSBs,Evidence\n1,K1,photo\n2,"K2, S1",report\n3,K3,\n4,K9,note\n'
NAME = "old-to-new.bundle.json"
ACCEPT = {
    "old_code": "S1",
    "new_code": "S1",
    "decision": "accept",
    "relation": "close",
    "reviewer": "AB",
    "reason": "the same duty",
    "date": "2026-11-22",
}
NO_CODE = {"old_code": "K9", "decision": "not a code", "reviewer": "AB"}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """The bundle of two made-up versions, as a file."""
    folder = tmp_path_factory.mktemp("made_up")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        Path("old.csv").write_text(OLD, encoding="utf-8")
        Path("new.csv").write_text(NEW, encoding="utf-8")
        assert main(["bundle", "old.csv", "new.csv", "-o", NAME]) == 0
    return folder / NAME


@pytest.fixture(scope="module")
def of_examples(tmp_path_factory):
    """The bundle of the versions of the examples, as a file."""
    path = tmp_path_factory.mktemp("of_examples") / "st0792.bundle.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        assert main(["bundle", "st0792-1.0", "st0792-1.2", "-o", str(path)]) == 0
    return path


@pytest.fixture
def session(made_up, tmp_path, monkeypatch):
    """A page that was built with the made-up bundle, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "session"
    folder.mkdir()
    return Session({NAME: made_up.read_bytes()}, folder)


def opened(session, data=TRACKER, name="t.csv"):
    return session.call("open", {"name": name}, data.encode() if isinstance(data, str) else data)


def remapped(session, answers=(), **settings):
    return session.call("remap", {"bundle": NAME, "settings": settings, "answers": list(answers)})


def files_of(session, answers=(), **settings):
    made = session.call("files", {"bundle": NAME, "settings": settings, "answers": list(answers)})
    return {file["name"]: file["data"] for file in made}


def lines_of(session, call, args, data=None):
    """Give the lines that the page shows for a call that fails."""
    text, files = session_to_answer(session, call, json.dumps(args), data)
    assert not files
    return json.loads(text)["error"]["lines"]


# --- What a page shows ----------------------------------------------------------------------------------


def test_the_bundles_of_a_page_are_named_with_both_versions(session):
    assert session.call("bundles", {}) == [
        {
            "name": NAME,
            "old": "old",
            "new": "new",
            "old_title": "",
            "new_title": "",
            "old_version": "",
            "new_version": "",
            "headline": "2 of 4 codes now name another statement. The new version is edited.",
            "licence": "",
            "n_statements_old": 4,
            "n_statements_new": 4,
        }
    ]


def test_all_codes_of_the_new_version_are_listed_with_their_wordings(session):
    codes = session.call("codes", {"bundle": NAME})
    assert [row["code"] for row in codes] == ["K1", "K2", "K3", "S1"]
    assert codes[3] == {"code": "S1", "wording": "Plan the maintenance of a lathe"}


def test_a_file_is_opened_with_its_columns_and_the_versions_that_it_fits(session):
    result = opened(session)
    columns = [{"letter": "A", "header": "Week"}, {"letter": "B", "header": "KSBs"}]
    assert result["form"] == "delimited"
    assert result["sheets"] == [
        {
            "name": "",
            "is_hidden": False,
            "n_rows": 5,
            "columns": [*columns, {"letter": "C", "header": "Evidence"}],
        }
    ]
    sentence = "old has 4 of the 5 codes that were found; no version has K9."
    (fit,) = result["fits"]
    assert (fit["bundle"], fit["is_likely"]) == (NAME, True)
    assert fit["sentences"][0].startswith(sentence)


def test_a_file_without_codes_fits_no_version(session):
    assert opened(session, "Week,Room\n1,West\n")["fits"][0]["is_likely"] is False


def test_the_values_of_a_column_are_counted_below_its_header(session):
    opened(session, "KSBs,Version\nK1,1.0\nK2,1.0\nK3,1.2\nK3,\n")
    assert session.call("values", {"sheet": "", "column": "B"}) == [
        {"value": "1.0", "n_rows": 2},
        {"value": "1.2", "n_rows": 1},
        {"value": "", "n_rows": 1},
    ]


def test_the_headline_counts_the_codes_of_this_file(session):
    opened(session)
    result = remapped(session)
    assert result["file_headline"] == "2 of the 4 codes in this file now mean something else."
    assert (result["n_codes"], result["n_changed"]) == (4, 2)
    counts = [(row["outcome"], row["n_codes"], row["n_cells"]) for row in result["outcomes"]]
    assert counts == [("unchanged", 1, 1), ("replaced", 2, 2), ("review", 1, 1), ("unknown", 1, 1)]


def test_the_headline_says_which_codes_the_new_version_lacks(made_up, tmp_path):
    data = made_up.read_text(encoding="utf-8").replace('"new:S1"', '"new:S9"')
    lines = [
        line.replace('"S1"', '"S9"') if '"new:S9", "new"' in line else line for line in data.splitlines()
    ]
    session = Session({NAME: "\n".join(lines).encode()}, tmp_path)
    opened(session)
    sentence = "2 of the 4 codes in this file now mean something else; 1 is not in new at all."
    assert remapped(session)["file_headline"] == sentence


def test_a_card_has_both_wordings_with_their_words_marked_and_the_candidates(session):
    opened(session)
    unlisted, card = remapped(session)["cards"]
    assert (unlisted["old_code"], unlisted["is_unlisted"], unlisted["candidates"]) == ("K9", True, [])
    (row,) = card["rows"]
    assert (card["old_code"], card["state"], card["n_cells"]) == ("S1", "waits", 1)
    assert row["old_runs"] == [["Weld a joint in steel plate", False]]
    assert row["choices"] == ["accept", "reject", "K3", "K2", "K1", "withdrawn"]
    first = card["candidates"][0]
    assert (first["code"], first["wording"]) == ("K3", "The properties of steel and new alloys")
    assert first["runs"] == [["The properties of", False], ["steel", True], ["and new alloys", False]]


def test_names_of_learners_are_shown_only_if_they_are_asked_for(session):
    opened(session, "Learner,KSBs,Evidence\nAda,K1,photo\nBen,K3,note\n")
    assert remapped(session)["learners"] is None
    assert "Ada" not in json.dumps(remapped(session))
    names = [row["learner"] for row in remapped(session, learners="")["learners"]]
    assert names == ["Ada", "Ben"]


def test_rows_are_chosen_by_the_value_of_a_column(session):
    opened(session, "KSBs,Version\nK1,1.0\nK2,1.0\nK3,1.2\n")
    result = remapped(session, where={"Version": ["1.0"]})
    assert (result["n_codes"], result["n_left"]) == (2, 1)


def test_codes_inside_sentences_are_said_unless_they_are_looked_for(session):
    opened(session, "KSBs,Feedback,Room\nK1,Good work on K3 but not on S1 yet,West\nK3,Well done,East\n")
    (layout,) = remapped(session)["layouts"]
    assert layout["in_sentences"] == [{"name": "Feedback", "letter": "B", "n_cells": 1}]
    (layout,) = remapped(session, in_text=True)["layouts"]
    assert layout["in_sentences"] == []


def test_a_cell_with_two_codes_that_wait_is_one_cell(session):
    opened(session, 'KSBs\n"S1, K9"\nS1\n')
    result = remapped(session)
    assert {card["old_code"]: len(card["cells"]) for card in result["cards"]} == {"S1": 2, "K9": 1}
    assert (result["n_waiting"], result["n_cells_waiting"]) == (2, 2)


# --- Answers --------------------------------------------------------------------------------------------


def test_an_answer_decides_a_card(session):
    opened(session)
    result = remapped(session, [ACCEPT, NO_CODE])
    assert (result["n_waiting"], result["n_cells_waiting"]) == (0, 0)
    decided = {card["old_code"]: card["rows"][0]["decision"] for card in result["cards"]}
    assert decided == {"S1": "accept", "K9": "not a code"}


def test_every_faulty_answer_is_named_by_its_codes(session):
    opened(session)
    answers = [{**ACCEPT, "decision": "K77"}, {**NO_CODE, "decision": "perhaps"}]
    lines = lines_of(session, "remap", {"bundle": NAME, "settings": {}, "answers": answers})
    assert lines == [
        "the answer on S1 -> S1: a code that new lacks; expected a code of new, such as K3; found K77. "
        "Correct it; nothing has been written.",
        "the answer on K9: an answer that cannot be read; expected “accept”, “withdrawn”, or codes of new; "
        "found “perhaps”. Correct it; nothing has been written.",
    ]


def test_answers_of_another_form_are_refused(session):
    opened(session)
    lines = lines_of(session, "remap", {"bundle": NAME, "settings": {}, "answers": [{"code": "S1"}]})
    assert lines[0].startswith(
        "your answers: answers that cannot be read; expected for each row the texts old_code"
    )


def test_the_workbook_of_answers_is_read_back_as_the_same_answers(session):
    written = session.call("answers_to", {"bundle": NAME, "answers": [ACCEPT, NO_CODE], "form": "workbook"})
    read = session.call("answers_from", {"name": written["name"], "bundle": NAME}, written["data"])
    filled = {"new_code": "", "relation": "", "reason": "", "date": ""}
    assert read == {"answers": [ACCEPT, {**filled, **NO_CODE}], "n_answers": 2}


def test_the_csv_of_answers_is_read_back_as_the_same_answers(session):
    written = session.call("answers_to", {"bundle": NAME, "answers": [ACCEPT], "form": "csv"})
    rows = list(csv.DictReader(io.StringIO(written["data"].decode("utf-8-sig"))))
    assert [(row["decision"], row["subject_id"], row["object_id"]) for row in rows] == [
        ("accept", "old:S1", "new:S1")
    ]
    read = session.call("answers_from", {"name": written["name"], "bundle": NAME}, written["data"])
    assert [answer["decision"] for answer in read["answers"]] == ["accept"]
    opened(session)
    assert remapped(session, [ACCEPT])["cards"][-1] == remapped(session, read["answers"])["cards"][-1]


def test_a_csv_that_would_lose_an_answer_is_refused(session):
    answers = [{**ACCEPT, "reviewer": ""}, NO_CODE]
    lines = lines_of(session, "answers_to", {"bundle": NAME, "answers": answers, "form": "csv"})
    assert lines[0] == (
        "the answer on K9: it holds for this file alone, so that it has no place in a CSV of decisions; "
        "expected new codes, or withdrawn, for a code of the old version. "
        "Save the answers as a workbook, which keeps all of them."
    )
    assert lines[1].startswith("the answer on S1 -> S1: ")
    assert len(lines) == 2


def test_the_sheet_of_the_command_line_is_read_as_answers(session, made_up):
    Path("t.csv").write_text(TRACKER, encoding="utf-8")
    assert main(["remap", "t.csv", "--crosswalk", str(made_up)]) == 1
    book = openpyxl.load_workbook("t.new.to-decide.xlsx")
    sheet = book["To decide"]
    header = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("old code"))
    at = {str(cell.value): cell.column for cell in header if cell.value}
    for row in sheet.iter_rows(min_row=header[0].row + 1):
        if row[0].value == "S1":
            sheet.cell(row[0].row, at["decision"]).value = "K3"
            sheet.cell(row[0].row, at["reviewer"]).value = "CD"
    book.save("filled.xlsx")
    read = session.call(
        "answers_from", {"name": "filled.xlsx", "bundle": NAME}, Path("filled.xlsx").read_bytes()
    )
    (answer,) = read["answers"]
    assert (answer["old_code"], answer["new_code"], answer["decision"]) == ("S1", "S1", "K3")
    opened(session)
    shutil.rmtree("session")
    Path("session").mkdir()
    assert main(["remap", "t.csv", "--crosswalk", str(made_up), "--decisions", "filled.xlsx"]) == 1
    assert files_of(session, read["answers"])["t.new.csv"] == Path("t.new.csv").read_bytes()


def test_a_workbook_without_the_sheet_is_refused_in_the_words_of_the_command_line(session):
    data = EXAMPLES[0].read_bytes()
    lines = lines_of(session, "answers_from", {"name": "x.xlsx", "bundle": NAME}, data)
    assert lines[0].startswith("x.xlsx: holds no sheet “To decide” of this pair; expected one of old to new")


# --- The same as the command line -----------------------------------------------------------------------


@pytest.mark.parametrize("form", ["workbook", "csv"])
def test_answers_give_the_files_that_the_command_line_gives_for_them(session, made_up, form):
    Path("t.csv").write_text(TRACKER, encoding="utf-8")
    answers = [ACCEPT, NO_CODE] if form == "workbook" else [ACCEPT]
    written = session.call("answers_to", {"bundle": NAME, "answers": answers, "form": form})
    Path(written["name"]).write_bytes(written["data"])
    main(["remap", "t.csv", "--crosswalk", str(made_up), "--decisions", written["name"]])
    opened(session)
    mine = files_of(session, answers)
    assert sorted(mine) == ["t.new.audit.csv", "t.new.coverage.html", "t.new.csv", "t.new.to-decide.xlsx"]
    # A sheet shows its own answers again; decisions from a file are not on it.
    compared = mine if form == "workbook" else {name: mine[name] for name in mine if "to-decide" not in name}
    assert {name: Path(name).read_bytes() for name in compared} == compared


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_every_example_gives_the_bytes_of_the_command_line(path, of_examples, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(path, path.name)
    assert main(["remap", path.name, "--crosswalk", str(of_examples), "--force"]) == 1
    Path("session").mkdir()
    session = Session({"x.bundle.json": of_examples.read_bytes()}, Path("session"))
    session.call("open", {"name": path.name}, path.read_bytes())
    args = {"bundle": "x.bundle.json", "settings": {"force": True}, "answers": []}
    files = {file["name"]: file["data"] for file in session.call("files", args)}
    assert {name: Path(name).read_bytes() for name in files} == files
    assert sorted(session.call("remap", args)["files"]) == sorted(files)
    written = {entry.name for entry in tmp_path.iterdir() if entry.is_file()} - {path.name}
    assert written == files.keys()


# --- What is refused ------------------------------------------------------------------------------------


def test_a_file_of_the_new_version_is_stopped_and_says_why(session):
    text = "KSBs,Wording\nK1,How to read technical drawings\nK2,Health and safety law in the workshop\n"
    text += "K3,The properties of steel and new alloys\n"
    opened(session, text)
    result = remapped(session)
    assert result["against"].startswith("This file looks like new")
    assert (result["likely"], result["files"]) == (["new"], [])
    args = {"bundle": NAME, "settings": {}, "answers": []}
    assert lines_of(session, "files", args)[0].startswith("t.csv: This file looks like new")
    assert "t.new.csv" in files_of(session, force=True)


def test_a_file_with_the_new_codes_is_done(session):
    opened(session)
    copy = files_of(session)["t.new.csv"]
    opened(session, copy, "t.new.csv")
    assert remapped(session)["is_done"] is True
    args = {"bundle": NAME, "settings": {"force": True}, "answers": []}
    assert lines_of(session, "files", args) == [
        "t.new.csv: has the codes of new already. Nothing has been written."
    ]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t.xlsx", b"PK\x03\x04 damaged"),
        ("t.csv", b""),
        ("t.pdf", b"%PDF-1.7"),
        ("t.xlsx", b"\xd0\xcf\x11\xe0" * 9),
    ],
    ids=["damaged", "empty", "a PDF", "protected"],
)
def test_a_bad_file_is_refused_in_the_words_of_the_command_line(session, made_up, name, data, capsys):
    Path(name).write_bytes(data)
    assert main(["remap", name, "--crosswalk", str(made_up)]) == 2
    said = capsys.readouterr().err.replace("curriculum: ", "").splitlines()
    if lines_of_open := _open_lines(session, name, data):
        assert lines_of_open == said
    else:
        args = {"bundle": NAME, "settings": {}, "answers": []}
        assert lines_of(session, "remap", args) == said


def _open_lines(session, name, data):
    """Give the lines of a file that cannot be opened; none if it can."""
    text, _ = session_to_answer(session, "open", json.dumps({"name": name}), data)
    return json.loads(text).get("error", {}).get("lines", [])


def test_settings_that_do_not_fit_the_file_are_refused_in_the_words_of_the_command_line(session):
    opened(session)
    args = {"bundle": NAME, "settings": {"columns": ["KSB"]}, "answers": []}
    (line,) = lines_of(session, "remap", args)
    assert line.startswith("t.csv: there is no column headed KSB")
    assert line.endswith("Did you mean KSBs?")


def test_a_call_that_the_program_does_not_know_is_refused(session):
    with pytest.raises(InvalidInput, match="the call rename: the page and the program in it do not fit"):
        session.call("rename", {})
    with pytest.raises(CurriculumError, match="the call remap: the page and the program in it do not fit"):
        session.call("remap", {"bundle": NAME})


def test_nothing_is_remapped_before_a_file_is_open(session):
    with pytest.raises(InvalidInput, match=r"no file has been opened\. Choose a file first"):
        remapped(session)


def test_a_file_that_cannot_be_read_does_not_leave_the_former_one(session):
    opened(session)
    assert _open_lines(session, "t.xlsx", b"PK\x03\x04 damaged")
    with pytest.raises(InvalidInput, match="no file has been opened"):
        remapped(session)


def test_a_file_is_not_left_in_the_folder_of_the_session(session, tmp_path):
    opened(session)
    assert list((tmp_path / "session").iterdir()) == []


def test_a_file_over_the_limit_is_named_as_the_person_names_it(made_up, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(messages, "_FOLDER", str(tmp_path / "files"))
    answer = messages.make_answerer({NAME: made_up.read_bytes()}, list)
    text, _ = answer("open", json.dumps({"name": "t.csv"}), bytes(100_000_001))
    (line,) = json.loads(text)["error"]["lines"]
    assert line.startswith("t.csv: too large; expected at most 100,000,000 bytes; found 100,000,001.")
    assert list((tmp_path / "files").iterdir()) == []


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        (MemoryError(), messages._NO_MEMORY),
        (KeyError("K1"), "A fault of the program: KeyError: 'K1'. Your file was not changed."),
    ],
    ids=["no memory", "a fault of the program"],
)
def test_a_fault_of_a_call_does_not_end_the_session(session, monkeypatch, fault, line):
    def fail(*_):
        raise fault

    with monkeypatch.context() as patch:
        patch.setattr("curriculum.page.session.path_to_tracker", fail)
        assert lines_of(session, "open", {"name": "t.csv"}, b"KSBs\nK1\n") == [line]
    assert opened(session)["form"] == "delimited"


def test_files_go_to_the_page_as_bytes_beside_the_text(session):
    opened(session)
    args = json.dumps({"bundle": NAME, "settings": {}, "answers": []})
    text, files = session_to_answer(session, "files", args, None)
    result = json.loads(text)["result"]
    assert result[0]["name"] == "t.new.csv"
    assert [file["data"] for file in result] == [0, 1, 2, 3]
    assert files[0].startswith(b"Week,KSBs,Evidence,")
