"""Limits of size, depth and time, and how a person raises them."""

from __future__ import annotations

import io
import time
from itertools import count

import docx
import openpyxl
import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.documents.file_reading import path_to_document
from curriculum.errors import InvalidInput, UnreadableFile, too_large
from curriculum.files.limits import check_time, time_limit
from curriculum.model.limit_factor import raised
from curriculum.spreadsheets.tracker_files import path_to_tracker

LIST = "Knowledge\nK1: How dough rises\nK2: How bread is baked\n"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["code", "text"])
    book.active.append(["K1", "How dough rises"])
    book.active.append(["K2", "How bread is baked"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    document = docx.Document()
    document.add_paragraph("K1: How dough rises")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_long_text_is_refused_and_read_with_raised_limits(tmp_path):
    file = tmp_path / "k.txt"
    file.write_text(LIST + "\n" * 9_000, encoding="utf-8")
    with pytest.raises(UnreadableFile) as refused:
        cu.read(file)
    assert str(refused.value).endswith(
        "too large for a text of a standard; expected at most 8,000 lines; found 9,003. Save each document "
        "as a separate file. If you trust the file, read it with --limits 2 (in Python, raised_limits(2))."
    )
    with cu.raised_limits(2):
        assert cu.read(file).statements.code.tolist() == ["K1", "K2"]
    with pytest.raises(UnreadableFile):
        cu.read(file)


def test_the_command_has_the_option_that_its_message_names(tmp_path, capsys):
    file = tmp_path / "k.txt"
    file.write_text(LIST + "\n" * 9_000, encoding="utf-8")
    assert main(["parse", str(file)]) == 2
    assert "--limits 2" in capsys.readouterr().err
    assert main(["parse", str(file), "--limits", "2"]) == 0
    assert "How bread is baked" in capsys.readouterr().out


@pytest.mark.parametrize("times", [0, 11, -1, 1.5])
def test_limits_are_multiplied_by_one_to_ten(times):
    with pytest.raises(InvalidInput, match="a whole number from 1 to 10; found"), cu.raised_limits(times):
        raise AssertionError("not reached")


def test_a_wrong_number_in_the_command(capsys):
    assert main(["parse", "st0792-1.2", "--limits", "11"]) == 2
    assert "expected a whole number from 1 to 10; found 11" in capsys.readouterr().err


def test_limits_within_limits_hold_for_their_own_block():
    with cu.raised_limits(3):
        with cu.raised_limits(2):
            assert raised(5) == 10
        assert raised(5) == 15
    assert raised(5) == 5


@pytest.mark.parametrize(
    ("found", "times", "advice"),
    [
        (80_000, 1, "--limits 10 "),
        (80_001, 1, ""),
        (0, 1, "--limits 2 "),
        (0, 4, "--limits 5 "),
        (0, 10, ""),
        (17_000, 2, "--limits 3 "),
    ],
)
def test_the_advice_names_a_number_that_is_enough(found, times, advice):
    with cu.raised_limits(times):
        message = str(too_large("too large", "k.txt", found, 8_000, "lines", advice="Split it."))
    assert (advice in message) if advice else message.endswith("Split it.")


@pytest.mark.parametrize(
    ("name", "shallow", "deep"),
    [
        ("k.html", "<html>" + "<div>" * 1_500 + "<p>K1: Tools", "<html>" + "<div>" * 10_500 + "<p>K1"),
        ("k.json", "[" * 60 + '{"K1": "Tools"}' + "]" * 60, "[" * 501 + '{"K1": "Tools"}' + "]" * 501),
        ("k.yaml", "a: " + "[" * 60 + "K1: T" + "]" * 60, "a: " + "[" * 501 + "K1: T" + "]" * 501),
    ],
)
def test_depth_is_raised_and_still_bounded(tmp_path, name, shallow, deep):
    file = tmp_path / name
    file.write_text(shallow, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="deeply"):
        path_to_document(file)
    with cu.raised_limits(2):
        assert path_to_document(file).lines
    file.write_text(deep, encoding="utf-8")
    with cu.raised_limits(10), pytest.raises(UnreadableFile, match="deeply"):
        path_to_document(file)


@pytest.mark.parametrize(("name", "before"), [("k.json", '{"a": '), ("k.yaml", "a: ")])
def test_the_deepest_value_that_can_be_allowed_is_read(tmp_path, name, before):
    file = tmp_path / name
    after = "}" if before.startswith("{") else ""
    file.write_text(before + "[" * 497 + '{"K1": "Tools"}' + "]" * 497 + after, encoding="utf-8")
    with cu.raised_limits(10):
        assert cu.read(file).statements.text.tolist() == ["Tools"]


@pytest.fixture(name="hurried")
def a_clock_that_is_fast(monkeypatch):
    """A clock on which every look takes a minute."""
    minutes = count(0, 60)
    monkeypatch.setattr("curriculum.files.limits.time.monotonic", lambda: next(minutes))


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("k.txt", LIST.encode()),
        ("k.csv", b"code,text\nK1,How dough rises\nK2,How bread is baked\n"),
        ("k.md", b"# Knowledge\n\n- K1: How dough rises\n- K2: How bread is baked\n"),
        ("k.html", b"<h1>Knowledge</h1><ul><li>K1: How dough rises<li>K2: Bread</ul>"),
        ("k.json", b'{"a": [{"K1": "How dough rises"}, {"K2": "Bread"}, {"K3": "Cakes"}]}'),
        ("k.yaml", b"a:\n- K1: How dough rises\n- K2: Bread\n- K3: Cakes\n"),
        ("k.docx", word()),
        ("k.xlsx", workbook()),
    ],
)
def test_every_reader_stops_when_its_time_is_up(tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(UnreadableFile, match="takes too long to read; expected at most 120 seconds"):
        cu.read(file)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize(
    ("name", "data"), [("t.csv", b"Learner,KSBs\nA,K1\nB,K2\nC,K3\n"), ("t.xlsx", workbook())]
)
def test_every_reader_of_trackers_stops_when_its_time_is_up(tmp_path, name, data):
    file = tmp_path / name
    file.write_bytes(data)
    with pytest.raises(UnreadableFile, match="takes too long to read"):
        path_to_tracker(file)


@pytest.mark.usefixtures("hurried")
def test_the_time_of_a_file_is_raised_with_its_limits():
    with cu.raised_limits(3), time_limit("k.txt"):
        for _ in range(6):
            check_time()
        with pytest.raises(UnreadableFile, match="at most 360 seconds"):
            check_time()


@pytest.mark.usefixtures("hurried")
def test_without_a_limit_there_is_no_clock():
    for _ in range(99):
        check_time()
    assert time.monotonic() == 0, "the clock was looked at"
