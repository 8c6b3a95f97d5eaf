"""A crosswalk as associations of CASE: out, in and out again it is the same; a proposal is no decision."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import curriculum as cu
from case_packages import data_of, school, skills, uuid
from curriculum.cli.main import main
from curriculum.crosswalk.crosswalk_files import bytes_to_crosswalk, crosswalk_to_bytes
from curriculum.crosswalk.stored_crosswalk import read_crosswalk
from curriculum.documents.case_schema import package_to_faults
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError, Faults, InvalidInput, UnreadableFile
from curriculum.library.case_file import parsed_to_case
from curriculum.library.crosswalk_object import link
from curriculum.library.standard import Standard
from curriculum.parsing.document_parser import parse_document
from curriculum.tables.schemas import CROSSWALK, name_to_empty_row
from curriculum.tables.typed_frames import columns_to_typed

ROOT = Path(__file__).resolve().parents[2]
NAME = "x.case.json"
DECIDED, PROPOSED = "decided by a reviewer", "proposed from the wording; not reviewed"


def row(old, relation, new, status=PROPOSED, **cells):
    """Return a row of a crosswalk between two versions of a made-up standard of bakers."""
    base = {
        **name_to_empty_row(CROSSWALK),
        "subject_source": "baker-1",
        "object_source": "baker-2",
        "subject_id": f"baker-1:{old}" if old else "sssom:NoTermFound",
        "subject_label": f"Knead {old}" if old else "",
        "subject_category": "skill" if old else "",
        "predicate_id": f"skos:{relation}",
        "object_id": f"baker-2:{new}" if new else "sssom:NoTermFound",
        "object_label": f"Shape {new}" if new else "",
        "object_category": "skill" if new else "",
        "mapping_justification": "semapv:LexicalSimilarityThresholdMatching",
        "mapping_cardinality": "1:1",
        "confidence": 0.1234567890123456,
        "band": "review",
        "change": "reworded",
        "status": status,
    }
    return {**base, **cells}


def frame(*rows):
    columns = {name: [one[name] for one in rows] for name in rows[0]}
    return columns_to_typed(CROSSWALK, columns)


MADE_UP = frame(
    row("S1", "exactMatch", "S2", confidence=1.0, band="accept"),
    row("S2", "closeMatch", "S1", runner_up_id="baker-2:S3", runner_up_confidence=0.25),
    row("S3", "closeMatch", "S3", DECIDED, reviewer_label="AB", review_date="2024-05-06", comment="=Same"),
    row("S4", "broadMatch", "S4", mapping_cardinality="n:1"),
    row("S5", "narrowMatch", "S5", mapping_cardinality="1:n"),
    row("S6", "relatedMatch", "S6", DECIDED, review_date="2024-05-01"),
    row("S7", "exactMatch", "", change="no counterpart found", mapping_cardinality="1:0"),
    row("", "exactMatch", "S8", change="new", confidence=float("nan"), mapping_cardinality="0:1"),
)


def written(crosswalk=MADE_UP):
    return json.loads(crosswalk_to_bytes(crosswalk, NAME))


def test_a_made_up_crosswalk_comes_back_as_it_was():
    data = crosswalk_to_bytes(MADE_UP, NAME)
    again = bytes_to_crosswalk(data, NAME)
    pd.testing.assert_frame_equal(again, MADE_UP)
    assert crosswalk_to_bytes(again, NAME) == data


def test_each_pair_of_the_project_comes_back_as_it_was():
    crosswalk = read_crosswalk(ROOT / "data" / "processed")
    pairs = crosswalk.groupby(["subject_source", "object_source"], sort=False)
    assert len(pairs) == 6
    for _, found in pairs:
        rows = found.reset_index(drop=True)
        data = crosswalk_to_bytes(rows, NAME)
        again = bytes_to_crosswalk(data, NAME)
        pd.testing.assert_frame_equal(again, rows)
        assert crosswalk_to_bytes(again, NAME) == data


def test_each_relation_has_its_type_and_direction():
    found = [
        (
            one["associationType"],
            one["originNodeURI"]["uri"].removeprefix("urn:curriculum:"),
            one["destinationNodeURI"]["uri"].removeprefix("urn:curriculum:"),
        )
        for one in written()["CFAssociations"]
    ]
    assert found == [
        ("exactMatchOf", "baker-1:S1", "baker-2:S2"),
        ("isRelatedTo", "baker-1:S2", "baker-2:S1"),
        ("replacedBy", "baker-1:S3", "baker-2:S3"),
        ("isPartOf", "baker-1:S4", "baker-2:S4"),
        # The new statement is a part of the old one, which was split.
        ("isPartOf", "baker-2:S5", "baker-1:S5"),
        ("isRelatedTo", "baker-1:S6", "baker-2:S6"),
    ]


def test_a_proposal_does_not_look_like_a_decision():
    associations = written()["CFAssociations"]
    groups = [one["CFAssociationGroupingURI"]["title"] for one in associations]
    assert groups == [PROPOSED, PROPOSED, DECIDED, PROPOSED, PROPOSED, DECIDED]
    assert associations[1]["notes"] == f"{PROPOSED}; skos:closeMatch; confidence 0.123; reworded"
    of_proposals = {
        one["associationType"] for one, group in zip(associations, groups, strict=True) if group == PROPOSED
    }
    assert "replacedBy" not in of_proposals
    titles = [one["title"] for one in written()["CFDefinitions"]["CFAssociationGroupings"]]
    assert titles == [PROPOSED, DECIDED]


def test_what_has_no_counterpart_is_kept_beside_the_associations():
    own = written()["CFDocument"]["extensions"]["curriculum"]
    assert [(one["row"], one["subject_id"], one["object_id"]) for one in own["without_counterpart"]] == [
        (7, "baker-1:S7", "sssom:NoTermFound"),
        (8, "sssom:NoTermFound", "baker-2:S8"),
    ]


def test_a_crosswalk_without_any_link_comes_back_too():
    alone = MADE_UP.iloc[6:].reset_index(drop=True)
    assert written(alone).keys() == {"CFDocument"}
    pd.testing.assert_frame_equal(bytes_to_crosswalk(crosswalk_to_bytes(alone, NAME), NAME), alone)


def test_times_are_those_of_the_decisions():
    value = written()
    assert value["CFDocument"]["lastChangeDateTime"] == "2024-05-06T00:00:00+00:00"
    assert value["CFAssociations"][0]["lastChangeDateTime"] == "1970-01-01T00:00:00+00:00"
    assert value["CFAssociations"][2]["lastChangeDateTime"] == "2024-05-06T00:00:00+00:00"


def test_the_ends_are_the_items_of_the_standards():
    text = "S1: Knead dough by hand\nS2: Shape a loaf\n"
    old, new = (
        Standard(parse_document(bytes_to_document(text.encode(), Path(name)))) for name in ("a.txt", "b.txt")
    )
    crosswalk = link(old, new)
    associations = json.loads(crosswalk_to_bytes(crosswalk.table, NAME))["CFAssociations"]
    items = {
        one["identifier"]: one["uri"]
        for standard in (old, new)
        for one in json.loads(parsed_to_case(standard.parsed, standard.tables))["CFItems"]
    }
    ends = {
        one[name]["identifier"]: one[name]["uri"]
        for one in associations
        for name in ("originNodeURI", "destinationNodeURI")
    }
    assert ends == items


def test_the_ends_in_frameworks_of_others_are_their_items():
    second = skills()
    for row in second["CFItems"]:
        row["uri"] = row["uri"].replace("frames.example", "second.example")
    old, new = (
        Standard(parse_document(bytes_to_document(data_of(value), Path(name))))
        for name, value in (("a.json", skills()), ("b.json", second))
    )
    crosswalk = link(old, new)
    data = crosswalk_to_bytes(crosswalk.table, NAME, links=crosswalk.case_links)
    first = json.loads(data)["CFAssociations"][0]
    assert first["originNodeURI"] == {
        "title": "Patch a hull below the water line",
        "identifier": uuid(12),
        "uri": f"https://frames.example/{uuid(12)}",
    }
    assert first["destinationNodeURI"]["uri"] == f"https://second.example/{uuid(12)}"
    pd.testing.assert_frame_equal(bytes_to_crosswalk(data, NAME), crosswalk.table)
    value = json.loads(data)
    value["CFAssociations"][0]["destinationNodeURI"] = value["CFAssociations"][1]["destinationNodeURI"]
    with pytest.raises(InvalidInput, match=r"an end with the uri https://second\.example"):
        bytes_to_crosswalk(data_of(value), NAME)


def test_the_file_is_as_the_specification_has_it():
    assert package_to_faults(written(), "1.1", NAME) == ()


def changed(change):
    value = written()
    change(value["CFAssociations"])
    return data_of(value)


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (
            lambda rows: rows[1].update(associationType="exactMatchOf"),
            "exactMatchOf, though its predicate_id",
        ),
        (lambda rows: rows[1].update(associationType="replacedBy"), "replacedBy, though its predicate_id"),
        (
            lambda rows: rows[1].update(CFAssociationGroupingURI=rows[2]["CFAssociationGroupingURI"]),
            "the group “decided by a reviewer”, though its status is “proposed",
        ),
        (
            lambda rows: rows[0].update(destinationNodeURI=rows[1]["destinationNodeURI"]),
            "an end with the uri urn:curriculum:baker-2:S1, though its object_id is baker-2:S2",
        ),
        (lambda rows: rows[0].pop("extensions"), "no subject_id in its extensions"),
        (lambda rows: rows[0].pop("uri"), r"uri is missing or null \(CFAssociations\[0\]\.uri\)"),
    ],
)
def test_an_association_that_was_changed_is_refused(change, found):
    with pytest.raises(InvalidInput, match=found):
        bytes_to_crosswalk(changed(change), NAME)


def test_all_changed_associations_are_named():
    def change(rows):
        for one in rows[:2]:
            one["associationType"] = "precedes"

    with pytest.raises(Faults, match=r"(?s)CFAssociations\[0\].*CFAssociations\[1\]"):
        bytes_to_crosswalk(changed(change), NAME)


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"{", UnreadableFile),
        (b"[]", InvalidInput),
        # The reader of JSON would end the whole program at such a number.
        (b'{"CFAssociations": [' + b"9" * 5_000 + b"]}", UnreadableFile),
        (b'{"CFDocument": 3}', InvalidInput),
        (data_of(school()), InvalidInput),
        (data_of({"knowledges": [{"id": "1", "detail": "How dough rises"}]}), InvalidInput),
    ],
)
def test_what_is_no_crosswalk_is_refused(data, error):
    with pytest.raises(error):
        bytes_to_crosswalk(data, NAME)


@pytest.mark.parametrize(
    "row_change",
    [{"confidence": "high"}, {"confidence": 7}, {"band": "maybe"}, {"colour": "red"}, {"status": [1]}],
)
def test_values_that_no_crosswalk_has_are_refused(row_change):
    value = written()
    value["CFAssociations"][0]["extensions"]["curriculum"] |= row_change
    with pytest.raises(CurriculumError):
        bytes_to_crosswalk(data_of(value), NAME)


def test_remap_reads_it_like_the_table_of_link(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("old.csv").write_text("code,text\nK1,How hulls are made\nK2,How sails are dried\nS1,Tie a rope\n")
    Path("new.csv").write_text("code,text\nK1,How sails are dried\nK2,How hulls are made\nS1,Coil chains\n")
    Path("log.csv").write_text("Week,KSBs\n1,K1 K2\n2,S1\n")
    audits = []
    for name in ("x.csv", NAME):
        assert main(["link", "old.csv", "new.csv", "-o", name]) == 0
        pair = ["--from", "old.csv", "--to", "new.csv", "--crosswalk", name]
        assert main(["remap", "log.csv", *pair, "-o", f"{name}.out.csv"]) in (0, 1)
        audits.append(Path(f"{name}.out.csv").read_bytes())
    assert audits[0] == audits[1]
    assert b"K2, K1" in audits[0] or b"K1, K2" in audits[0]


def test_a_crosswalk_with_the_work_of_a_person_is_not_overwritten(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("old.csv").write_text("code,text\nK1,How hulls are made\n")
    Path("new.csv").write_text("code,text\nK1,How sails are dried\n")
    commented = frame(row("S2", "closeMatch", "S1", comment="Ask the yard"))
    Path(NAME).write_bytes(crosswalk_to_bytes(commented, NAME))
    assert main(["link", "old.csv", "new.csv", "-o", NAME]) == 2
    assert "a person has worked on" in capsys.readouterr().err


def test_the_crosswalk_saves_itself(tmp_path):
    project = cu.example()
    crosswalk = cu.link(project.read("st9901-1.0"), project.read("st9901-1.1"))
    path = crosswalk.save(tmp_path / NAME)
    # Confidence has all its digits in the file.
    pd.testing.assert_frame_equal(bytes_to_crosswalk(path.read_bytes(), NAME), crosswalk.table)


@pytest.fixture
def yard(tmp_path, monkeypatch):
    """Return the arguments of a remap, in a folder with two versions, their crosswalk and a tracker."""
    monkeypatch.chdir(tmp_path)
    Path("old.csv").write_text("code,text\nK1,How hulls are made\nK2,How sails are dried\n")
    Path("new.csv").write_text("code,text\nK1,How sails are dried\nK2,How hulls are made\n")
    Path("log.csv").write_text("Week,KSBs\n1,K1\n")
    assert main(["link", "old.csv", "new.csv", "-o", NAME]) == 0
    return ["remap", "log.csv", "-o", "out.csv", "--from", "old.csv", "--to", "new.csv", "--crosswalk"]


def test_what_to_do_next_with_a_settled_crosswalk_is_no_file_to_open(yard, capsys):
    assert main(["link", yard[5], yard[7], "-o", NAME]) == 0
    shown = capsys.readouterr().err
    assert "Next: nothing in it waits for a decision. For the new codes in a tracker, run" in shown
    assert f"curriculum remap tracker.xlsx --from old.csv --to new.csv --crosswalk {NAME}" in shown


@pytest.mark.parametrize("name", ["x.case (1).json", "LINKS.JSON"])
def test_a_crosswalk_whose_name_was_changed_is_read(yard, name):
    Path(NAME).rename(name)
    assert main([*yard, name]) == 0
    assert b"1,K1,K2,replaced," in Path("out.csv").read_bytes()


def test_other_json_is_refused_as_a_crosswalk(yard, capsys):
    assert main(["link", "old.csv", "new.csv", "-o", "links.json"]) == 0
    assert main([*yard, "links.json"]) == 2
    assert "found JSON that is no package of CASE" in capsys.readouterr().err


def test_a_standard_is_refused_as_a_crosswalk(yard, capsys):
    assert main(["export", "new.csv", "-o", "new.case.json"]) == 0
    assert main([*yard, "new.case.json"]) == 2
    shown = capsys.readouterr().err
    assert "found a standard or framework of 2 items" in shown
    assert "A standard is named with --from and --to" in shown


@pytest.mark.parametrize("name", [NAME, "x.csv"])
def test_a_crosswalk_of_the_other_direction_is_named_as_such(yard, name, capsys):
    old, new = yard[5], yard[7]
    assert main(["link", old, new, "-o", name]) == 0
    assert main([*yard[:4], "--from", new, "--to", old, "--crosswalk", name]) == 2
    shown = capsys.readouterr().err
    assert "expected links of new to old; found links of old to new. It goes in the other direction" in shown
