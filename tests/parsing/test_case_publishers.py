"""Packages of CASE with what their servers and publishers do: all is read, and how is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from case_packages import DOCUMENT, association, data_of, item, package, school, uuid
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import UnreadableFile
from curriculum.library.case_file import parsed_to_case
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables


def read(value, name="frame.json"):
    return parse_document(bytes_to_document(data_of(value), Path(name)))


def told(parsed, rule):
    return [(row.severity, row.message) for row in parsed.findings if row.rule == rule]


def old_server():
    """Return a package as a server of 2017 wrote them: addresses for links, no zone, texts for numbers."""
    items = [
        item(10, "Fly kites in a steady wind", CFItemType="Cluster", humanCodingScheme="KITE.A"),
        item(11, "Choose cloth", CFItemType="Standard", humanCodingScheme="KITE.A.1", listEnumeration="1."),
        item(12, "Choose line", CFItemType="Standard", humanCodingScheme="KITE.A.2", listEnumeration="2."),
        item(13, "Splice line", CFItemType="Component", humanCodingScheme="KITE.A.2a", listEnumeration="a."),
        item(14, "Test line", CFItemType="Component", humanCodingScheme="KITE.A.2b", listEnumeration="b."),
    ]
    for row in items:
        row |= {"CFDocumentURI": "https://frames.example/1", "educationalLevel": "06"}
        row["lastChangeDateTime"] = "2017-05-25T18:05:33"
    task = {
        "title": "Destination",
        "identifier": uuid(90),
        "uri": "https://frames.example/uri/https://t.example/1",
    }
    rows = [
        association(20, "isChildOf", 14, 12),
        association(21, "isChildOf", 12, 10),
        association(22, "exactMatchOf", 13, 91),
        association(23, "isChildOf", 13, 12),
        association(24, "isChildOf", 11, 10),
        association(25, "isChildOf", 10, DOCUMENT, "2"),
        association(26, "exemplar", 10, task),
    ]
    for row in rows:
        row["originNodeURI"]["title"] = "Origin"
    types = [{**item(80, ""), "title": "Cluster", "description": None, "hierarchyCode": "1"}]
    del types[0]["fullStatement"]
    value = package(items, rows, CFDefinitions={"CFItemTypes": types})
    value["CFDocument"]["CFPackageURI"] = "https://frames.example/1"
    return value


def test_items_without_numbers_are_in_the_order_of_the_items():
    parsed = read(old_server())
    assert [row.code for row in parsed.statements] == ["KITE.A.1", "KITE.A.2", "KITE.A.2a", "KITE.A.2b"]
    ((_, message),) = told(parsed, "case-association")
    assert message == (
        "4 associations isChildOf without a sequenceNumber, or with that of another of the parent: the items "
        "are in the order of CFItems"
    )


def test_numbers_go_before_the_order_of_the_items_and_equal_ones_are_counted():
    items = [item(10 + n, f"Tie knot {n}") for n in range(5)]
    numbers = (None, 2, 1, 2, None)
    rows = [association(20 + n, "isChildOf", 10 + n, DOCUMENT, at) for n, at in enumerate(numbers)]
    parsed = read(package(items, rows))
    assert [row.text[-1] for row in parsed.statements] == ["2", "1", "3", "0", "4"]
    ((_, message),) = told(parsed, "case-association")
    assert message.startswith("4 associations")


def test_an_association_that_is_there_twice_is_counted_as_no_doubt():
    rows = [association(20 + n, "isChildOf", 10, DOCUMENT, 1) for n in range(2)]
    parsed = read(package([item(10, "Tie a knot")], rows))
    assert told(parsed, "case-association") == []
    details = parsed_to_tables([parsed]).details
    assert (details["section"] == "associations").sum() == 2


def test_an_item_without_an_identifier_has_that_of_its_address():
    items = [item(10, "Ropes"), item(11, "Tie a knot")]
    for row in items:
        del row["identifier"]
    parsed = read(package(items, [association(20, "isChildOf", 11, 10)]))
    tables = parsed_to_tables([parsed])
    assert tables.statements[["text", "guid"]].values.tolist() == [["Tie a knot", uuid(11)]]
    assert tables.sections["heading"].tolist() == ["Ropes"]


def test_an_old_server_loses_no_item_and_no_association():
    value = old_server()
    parsed = read(value)
    tables = parsed_to_tables([parsed])
    assert len(tables.statements) + len(tables.sections) == len(value["CFItems"])
    details = tables.details
    associations = details[details["section"] == "associations"]["value"].tolist()
    assert len(associations) == len(value["CFAssociations"])
    assert f"KITE.A Fly kites in a steady wind exemplar “Destination” ({uuid(90)}, not in this package)" in (
        associations
    )
    levels = details[details["name"].str.endswith("Educational level")]["value"]
    assert levels.tolist() == ["06"] * 5
    severities = {severity for severity, _ in told(parsed, "case-field")}
    assert severities == {"warning", "note"}
    assert (
        "note",
        "not as CASE 1.0 has it: educationalLevel is no field of CFItem (5 places, first "
        "CFItems[0].educationalLevel); it is read as a detail",
    ) in told(parsed, "case-field")


@pytest.mark.parametrize(
    ("upper", "is_heading"),
    [
        ("Standard", False),
        ("Student Expectation", False),
        ("Learning outcome", False),
        ("Domain", True),
        ("Standards", True),
        ("Skill area", True),
        ("Element of competency", True),
    ],
)
def test_a_type_that_is_named_for_statements_is_one_of_statements(upper, is_heading):
    items = [item(10, "Tie up a boat", CFItemType=upper), item(11, "Tie a bowline", CFItemType="Component")]
    parsed = read(package(items, [association(20, "isChildOf", 11, 10)]))
    texts = ["Tie a bowline"] if is_heading else ["Tie up a boat", "Tie a bowline"]
    assert [row.text for row in parsed.statements] == texts


def test_why_items_without_types_are_headings_is_told():
    items = [item(10, "Reading"), item(11, "Recalls a fact", humanCodingScheme="R-1")]
    rows = [association(20, "isChildOf", 10, DOCUMENT), association(21, "isChildOf", 11, 10)]
    parsed = read(package(items, rows))
    assert told(parsed, "case-types") == [
        (
            "note",
            "read as statements: items without a type and with nothing below them (1); as headings: items "
            "without a type and with items below them (1)",
        )
    ]


def test_nulls_of_a_server_of_1_1_are_no_faults():
    nulls = dict.fromkeys(("listEnumeration", "subject", "conceptKeywords", "statusEndDate", "notes"))
    items = [item(10, "Tie a knot", **nulls), item(11, "Coil a rope", **nulls)]
    parsed = read({"CFPackage": package(items, [])})
    assert parsed.recognition.evidence == "a package of CASE 1.1 (2 items, 0 associations)"
    assert told(parsed, "case-field") == []
    assert [row.text for row in parsed.statements] == ["Tie a knot", "Coil a rope"]


@pytest.mark.parametrize(
    ("wording", "text", "number"),
    [
        ("Count up to 10<sup>6</sup> grains", "Count up to 106 grains", 1),
        ("Measure CO&lt;sub&gt;2&lt;/sub&gt; in air", "Measure CO2 in air", 1),
        ("Solve $x^2 < y_1$ with **care**", "Solve $x^2 < y_1$ with **care**", 0),
        (
            "Reads:\r\n\r\n| a | b |\r\n| --- | --- |\r\n| 1 | 2|",
            "Reads: | a | b | | --- | --- | | 1 | 2|",
            0,
        ),
        (
            "<p>Fly a <b>red</b> kite:</p><ul><li>high</li><li>low</li></ul>",
            "Fly a red kite: • high • low",
            0,
        ),
    ],
)
def test_markup_of_a_wording_is_read_and_raised_signs_are_told(wording, text, number):
    parsed = read(package([item(10, wording)], []))
    assert [row.text for row in parsed.statements] == [text]
    found = told(parsed, "case-raised")
    assert len(found) == number
    assert all(
        message.startswith(
            "1 wording has raised or lowered signs (sup, sub), which are read as plain ones: “"
        )
        for _, message in found
    )


def test_a_wording_for_nothing_is_read_and_named_as_such():
    parsed = read(package([item(10, "None"), item(11, "Tie a knot")], []))
    assert [row.text for row in parsed.statements] == ["None", "Tie a knot"]
    assert told(parsed, "no-wording") == [("error", "1 has no wording: “None” is a word for nothing")]


def test_a_draft_of_the_format_is_refused():
    value = {"lsDoc": {"title": "Kites"}, "lsItems": [item(10, "Tie a knot")], "lsAssociations": []}
    with pytest.raises(UnreadableFile, match=r"found lsDoc\. Fetch the whole package"):
        read(value)


def test_a_field_of_others_does_not_stop_the_writing():
    value = school()
    value["CFItems"][0]["grade"] = 3
    parsed = read(value)
    again = json.loads(parsed_to_case(parsed, parsed_to_tables([parsed])))
    assert again["CFItems"][0]["grade"] == 3


def test_a_crosswalk_without_a_link_is_named_as_a_crosswalk():
    value = package([], [])
    value["CFDocument"]["extensions"] = {"curriculum": {"subject_source": "a", "object_source": "b"}}
    with pytest.raises(UnreadableFile, match="It is a crosswalk"):
        read(value)
