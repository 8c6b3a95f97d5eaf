"""The headline of two versions, on rows written by hand."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.crosswalk.headline import crosswalk_to_headline
from curriculum.crosswalk.headline_rows import Headline
from curriculum.crosswalk.linked_documents import crosswalk_with_decisions
from curriculum.decisions.decision import Decision
from curriculum.decisions.valid_decisions import NO_DECISIONS
from curriculum.library.remap_bundle import links_to_headline

NONE = "sssom:NoTermFound"
LOST_OF_TEN = ("K8 broad K1", "K9 exact -", "K10 exact -")
LOST_OF_NINE = ("K7 broad K1", "K8 exact -", "K9 exact -")


def rows(text):
    """Return the rows of a crosswalk: an old code, a relation, a new code; `-` for none, D for a duty."""
    links = [line.split() for line in text.strip().splitlines()]
    return pd.DataFrame(
        [
            (
                NONE if old == "-" else f"a:{old}",
                NONE if new == "-" else f"b:{new}",
                f"skos:{relation}Match",
                "duty" if "D" in old + new else "skill",
                "duty" if "D" in old + new else "skill",
            )
            for old, relation, new in links
        ],
        columns=["subject_id", "object_id", "predicate_id", "subject_category", "object_category"],
    )


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ("K1 exact K1\nS1 exact S1", Headline(2, 0, 0, "untouched")),
        ("K1 exact K2\nK2 exact K1", Headline(2, 2, 0, "renumbered")),
        ("K1 exact K1\nK2 close K3\nK3 exact K2\nD1 broad D1", Headline(3, 2, 0, "edited")),
        # Seven in ten are kept, and K9 is merged: K1 to K7 count, not K8 to K10.
        (
            "\n".join([*(f"K{n} close K{n}" for n in range(1, 8)), *LOST_OF_TEN]),
            Headline(7, 0, 0, "edited"),
        ),
        (
            "\n".join([*(f"K{n} close K{n}" for n in range(1, 7)), *LOST_OF_NINE]),
            Headline(6, 0, 0, "rewritten"),
        ),
        # A code of both versions whose old statement has no counterpart is counted, and shown apart.
        ("K1 exact -\n- exact K1\nK2 exact K2", Headline(2, 1, 1, "rewritten")),
        ("K1 exact -\n- exact K1", Headline(1, 1, 1, "unrelated")),
        ("K1 related K1\nK2 narrow K2\nK2 narrow K3", Headline(2, 0, 0, "rewritten")),
    ],
)
def test_codes_are_counted_and_the_change_is_named(links, expected):
    assert crosswalk_to_headline(rows(links)) == expected


def test_fewer_than_three_in_a_hundred_links_are_unrelated():
    lines = [*(f"K{n} exact -" for n in range(1, 101)), *(f"- exact S{n}" for n in range(1, 98))]
    two = "\n".join([*lines, "K101 close S101", "K102 close S102"])
    three = "\n".join([*lines, "K101 close S101", "K102 close S102", "K103 close S103"])
    assert crosswalk_to_headline(rows(two)).change == "unrelated"
    assert crosswalk_to_headline(rows(three)).change == "rewritten"


@pytest.mark.parametrize(
    ("headline", "text"),
    [
        (
            Headline(64, 17, 0, "edited"),
            "17 of 64 codes now name another statement. The new version is edited.",
        ),
        (
            Headline(1, 1, 0, "renumbered"),
            "1 of 1 code now names another statement. The new version is renumbered.",
        ),
        (
            Headline(56, 55, 25, "rewritten"),
            "55 of 56 codes now name another statement (of these, 25 without a counterpart found). "
            "The new version is rewritten.",
        ),
        (
            Headline(0, 0, 0, "unrelated"),
            "No code is printed in both versions. The new version is unrelated.",
        ),
    ],
)
def test_a_headline_is_a_sentence(headline, text):
    assert str(headline) == repr(headline) == text
    assert headline._repr_html_() == f'<div style="white-space:pre-wrap"><strong>{text}</strong></div>'


@pytest.fixture
def remapped(tmp_path, monkeypatch):
    """Return a folder with two lists whose codes change places, and a tracker."""
    monkeypatch.chdir(tmp_path)
    hay, hoof, horse = "How hay is stored in a barn", "The parts of the hoof", "Lead a horse through a gate"
    for name, order in (("old", (hay, hoof, horse)), ("new", (hoof, hay, horse))):
        rows = "".join(f"K{number},{text}\n" for number, text in enumerate(order, start=1))
        (tmp_path / f"{name}.csv").write_text(f"code,text\n{rows}", encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("evidence,codes\nlog,K1\n", encoding="utf-8")
    return tmp_path


SENTENCE = "2 of 3 codes now name another statement. The new version is renumbered."


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_remap_says_what_link_says_on_the_screen_and_in_the_workbook(remapped, capsys):
    command = ["remap", "tracker.csv", "--from", "old.csv", "--to", "new.csv", "-o", "out.csv"]
    assert main(["link", "old.csv", "new.csv", "-o", "crosswalk.csv"]) == 0
    assert SENTENCE in " ".join(capsys.readouterr().err.split())
    assert main(command) == 0
    assert f"old to new: {SENTENCE}" in " ".join(capsys.readouterr().err.split())
    sheet = openpyxl.load_workbook(remapped / "out.to-decide.xlsx")["Audit"]
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == [
        "Remapped from old to new",
        SENTENCE,
        "1 code in the file: 1 replaced",
    ]
    job = cu.remap("tracker.csv", cu.link(cu.read("old.csv"), cu.read("new.csv")))
    assert SENTENCE in repr(job).split("\n")


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_with_a_crosswalk_of_ones_own_remap_counts_no_codes(remapped, capsys):
    (remapped / "mine.csv").write_text("old,new\nK1,K2\n", encoding="utf-8")
    command = ["remap", "tracker.csv", "--from", "old.csv", "--to", "new.csv", "--crosswalk", "mine.csv"]
    assert main([*command, "-o", "out.csv"]) == 0
    assert "now name" not in capsys.readouterr().err
    sheet = openpyxl.load_workbook(remapped / "out.to-decide.xlsx")["Audit"]
    assert sheet.cell(2, 1).value == "1 code in the file: 1 replaced"


def test_a_decision_counts_in_the_headline_of_a_remap():
    project = cu.example()
    crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
    links, tables = crosswalk.table, crosswalk.tables
    row = links[(links["predicate_id"] == "skos:exactMatch") & (links["object_id"] != NONE)].iloc[0]
    ids = (row["subject_id"], "", row["object_id"], row["subject_label"], row["object_label"])
    decision = Decision("reject", *ids, *crosswalk.pair, "AB", "2026-11-22", "another statement")
    decided = links_to_headline(tables, crosswalk.pair, links, replace(NO_DECISIONS, decisions=(decision,)))
    plain = links_to_headline(tables, crosswalk.pair, links, NO_DECISIONS)
    assert plain == str(crosswalk.headline())
    assert decided != plain
    assert decided == str(crosswalk_to_headline(crosswalk_with_decisions(tables, links, [decision])))
