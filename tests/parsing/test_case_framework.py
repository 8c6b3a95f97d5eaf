"""Packages of CASE of other publishers: every item and association is in a table, and odd ones are told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from case_packages import DOCUMENT, association, data_of, item, package, school, skills, uuid
from curriculum.documents import case_schema
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import InvalidInput, NotFound, UnreadableFile, UnsupportedFormat
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables


def read(value, name="frame.json", wanted=""):
    return parse_document(bytes_to_document(data_of(value), Path(name), record=wanted))


def tables_of(value):
    return parsed_to_tables([read(value)])


def told(parsed, rule):
    return [(row.severity, row.message) for row in parsed.findings if row.rule == rule]


def details(tables, section):
    rows = tables.details[tables.details["section"] == section]
    return list(zip(rows["name"], rows["value"], strict=True))


def test_a_school_curriculum_has_its_lowest_level_as_statements_in_the_order_of_the_tree():
    tables = tables_of(school())
    assert tables.statements["text"].tolist()[:4] == [
        "Sort shells at the beach by number & size.",
        "Draw shells at the beach by number & size.",
        "Sort shells at the harbour by number & size.",
        "Draw shells at the harbour by number & size.",
    ]
    assert tables.statements["code"].tolist() == [str(number) for number in range(1, 17)]
    assert tables.statements.loc[0, "guid"] == uuid(107)
    assert set(tables.statements["kind"]) == {"statement"}
    sections = tables.occurrences.set_index("statement_id")["section"]
    assert sections["frame:1"] == "Number > Number of Shells > Beach Shells"
    assert len(tables.sections) == 14
    assert tables.documents.loc[0, ["title", "status", "updated_date", "kind"]].tolist() == [
        "Shoreland mathematics",
        "Adopted",
        "2023-02-01",
        "CASE framework",
    ]


def test_every_item_and_association_of_a_school_curriculum_is_in_a_table():
    value = school()
    tables = tables_of(value)
    assert len(tables.statements) + len(tables.sections) == len(value["CFItems"])
    associations = details(tables, "associations")
    assert len(associations) == len(value["CFAssociations"])
    assert associations[0] == ("isChildOf", "Number isChildOf the document; sequence 0")
    assert associations[-1] == (
        "exactMatchOf",
        "3 exactMatchOf “Old count” (old-7, not in this package)",
    )
    assert ("1: Education level", "01; 02") in details(tables, "further fields")
    assert ("CFDefinitions.CFSubjects[0].title", "Mathematics") in details(tables, "CFDefinitions")


def test_what_has_no_code_is_numbered_and_types_are_told():
    parsed = read(school())
    assert told(parsed, "numbers-lost") == [
        ("note", "16 items print no code (humanCodingScheme): numbered by the order, from 1")
    ]
    assert told(parsed, "case-types") == [
        (
            "note",
            "read as statements: Standard (16); as headings: Cluster (8), Strand (4) and Area (2). Most "
            "items of a type of headings have items of another type below them",
        )
    ]
    assert told(parsed, "case-field") == []


def test_a_skills_framework_keeps_its_codes_and_says_what_it_changed():
    parsed = read(skills())
    tables = parsed_to_tables([parsed])
    assert list(zip(tables.statements["code"], tables.statements["text"], strict=True)) == [
        ("BR_1", "Patch a hull below the water line"),
        ("N1", "Keep the tools of the yard dry"),
        ("SC.2-1", "Stitch a torn sail by hand"),
        ("SC.2-2", "Choose thread for the weather"),
    ]
    assert tables.sections["heading"].tolist() == ["BR Boat repair", "SC Sail care"]
    assert told(parsed, "duplicate-code") == [
        (
            "warning",
            "1 code of several items (2 in all), such as SC.2: they are read as SC.2-1 and SC.2-2",
        )
    ]
    (code,) = told(parsed, "other-codes")
    assert code[1].endswith("“BR 1” is read as BR_1")
    (several,) = told(parsed, "case-association")
    assert several[1].startswith("1 item below several others: “Keep the tools of the yard dry”")
    assert ("BR_1: Human coding scheme", "BR 1") in details(tables, "further fields")
    assert ("precedes", "SC.2-2 precedes SC.2-1") in details(tables, "associations")
    assert ("isRelatedTo", f"BR_1 isRelatedTo “item 99” ({uuid(99)}, not in this package)") in details(
        tables, "associations"
    )


def test_a_code_that_each_group_has_gets_that_of_its_group():
    items = [item(10 + n, f"Group {n}", CFItemType="Group", humanCodingScheme=f"48.{n}") for n in (1, 2)]
    items += [
        item(20 + n, f"Weld seam {n}", CFItemType="Element", humanCodingScheme=code)
        for n, code in enumerate("abab")
    ]
    rows = [association(30 + n, "isChildOf", 20 + n, 11 if n < 2 else 12, n) for n in range(4)]
    parsed = read(package(items, rows))
    assert [row.code for row in parsed.statements] == ["48.1.a", "48.1.b", "48.2.a", "48.2.b"]
    ((_, message),) = told(parsed, "duplicate-code")
    assert message == "2 codes of several items (4 in all), such as a: they are read as 48.1.a and 48.2.a"


def test_duties_with_their_ksbs_below_them_are_pairs():
    items = [
        item(10, "Look after the ponies", CFItemType="Duty", humanCodingScheme="Duty 1"),
        item(11, "How hay is stored", CFItemType="Knowledge"),
        item(12, "Clean a hoof", CFItemType="Skill", humanCodingScheme="S1"),
        item(13, "Is calm near a foal", CFItemType="Behaviour"),
    ]
    associations = [
        association(20, "isChildOf", 10, DOCUMENT),
        association(21, "isChildOf", 11, 10),
        association(22, "isPartOf", 12, 10),
        association(23, "isRelatedTo", 13, 10),
    ]
    tables = tables_of(package(items, associations))
    assert tables.statements["statement_id"].tolist() == ["frame:K1", "frame:S1", "frame:B1"]
    assert tables.statements["kind"].tolist() == ["knowledge", "skill", "behaviour"]
    assert tables.duties["text"].tolist() == ["Look after the ponies"]
    # “Related” does not say that it is a pair.
    assert tables.duty_ksbs["statement_id"].tolist() == ["frame:K1", "frame:S1"]


def test_a_code_like_that_of_a_skill_does_not_make_a_standard_a_skill():
    items = [item(10, "Count in tens", CFItemType="Standard", humanCodingScheme="S1")]
    tables = tables_of(package(items, [association(20, "isChildOf", 10, DOCUMENT)]))
    assert tables.statements[["code", "kind"]].values.tolist() == [["S1", "statement"]]


def test_items_of_one_type_are_statements_on_every_level():
    items = [
        item(10, "Handle ropes", CFItemType="Competency"),
        item(11, "Tie a knot", CFItemType="Competency"),
    ]
    tables = tables_of(package(items, [association(20, "isChildOf", 11, 10)]))
    assert tables.statements["text"].tolist() == ["Handle ropes", "Tie a knot"]


def test_an_empty_heading_is_no_statement():
    items = [item(10 + n, f"Domain {n}", CFItemType="Domain") for n in range(3)]
    items += [item(20, "Tie a knot", CFItemType="Standard"), item(21, "Coil a rope", CFItemType="Standard")]
    rows = [association(30, "isChildOf", 20, 10), association(31, "isChildOf", 21, 11)]
    tables = tables_of(package(items, rows))
    assert tables.statements["text"].tolist() == ["Tie a knot", "Coil a rope"]
    assert tables.sections["heading"].tolist() == ["Domain 0", "Domain 1", "Domain 2"]


def test_cycles_and_dangling_ends_lose_no_item():
    items = [item(10, "Mend a net"), item(11, "Dry a net"), item(12, "Weigh a fish"), item(13, "Gut a fish")]
    rows = [
        association(20, "isChildOf", 10, 11),
        association(21, "isChildOf", 11, 10),
        association(22, "isChildOf", 12, 77),
        association(23, "isChildOf", 13, 13),
    ]
    parsed = read(package(items, rows))
    tables = parsed_to_tables([parsed])
    assert tables.statements["text"].tolist() == ["Weigh a fish", "Gut a fish"]
    assert tables.sections["heading"].tolist() == ["Mend a net", "Dry a net"]
    messages = [message for _, message in told(parsed, "case-association")]
    assert any("2 items in a circle of isChildOf: “Mend a net” and “Dry a net”" in text for text in messages)
    assert any("CFAssociations[2] and CFAssociations[3]" in text for text in messages)
    assert len(details(tables, "associations")) == 4


def test_two_items_with_one_identifier_are_both_read_and_paired_with_nothing():
    items = [
        item(9, "Look after boats", CFItemType="Duty"),
        item(10, "How hulls are made", CFItemType="Knowledge"),
        item(10, "How sails are made", CFItemType="Knowledge"),
    ]
    parsed = read(package(items, [association(20, "isPartOf", 10, 9)]))
    tables = parsed_to_tables([parsed])
    assert tables.statements["code"].tolist() == ["K1", "K2"]
    assert tables.duty_ksbs.empty
    ((severity, message),) = told(parsed, "record-id")
    assert severity == "error"
    assert f"2 items have the identifier {uuid(10)}: several items" in message


def test_fields_that_are_not_as_the_specification_has_them_are_told_all_at_once():
    bad = item(10, "Tie a knot")
    del bad["uri"]
    worse = {**item(11, "Coil a rope"), "identifier": "eleven", "educationLevel": "01"}
    value = package([bad, worse, "a text"], [association(20, "isUnder", 10, DOCUMENT, "first")])
    value["CFDocument"]["adoptionStatus"] = "Live"
    parsed = read(value)
    assert len(parsed.statements) == 2
    messages = [message.removeprefix("not as CASE 1.0 has it: ") for _, message in told(parsed, "case-field")]
    types = "isChildOf, isPeerOf, isPartOf, exactMatchOf, precedes, isRelatedTo, replacedBy, exemplar and"
    assert sorted(messages) == [
        "CFItems[2] is not an object: it is not read",
        "a value of CFItems is not an object: “a text” (CFItems[2])",
        f"associationType is not one of {types} hasSkillLevel: “isUnder” (CFAssociations[0].associationType)",
        "educationLevel is not a list: “01” (CFItems[1].educationLevel)",
        "identifier is not a UUID in lower case, such as fcde3c85-2270-590f-9e7c-ee003d65e0e2: “eleven” "
        "(CFItems[1].identifier)",
        "sequenceNumber is not a whole number: “first” (CFAssociations[0].sequenceNumber)",
        "uri is missing or null (CFItems[0].uri)",
    ]
    assert {row.severity for row in parsed.findings if row.rule == "case-field"} == {"error", "warning"}
    line = next(row.line for row in parsed.findings if "“eleven”" in row.message)
    assert parsed.document.lines[line - 1] == "CFItems[1].identifier: eleven"


def test_the_same_fault_in_many_items_is_told_once():
    items = [item(10 + n, f"Tie knot {n}") for n in range(30)]
    for row in items:
        del row["lastChangeDateTime"]
    ((_, message),) = told(read(package(items, [])), "case-field")
    assert message.endswith(
        "lastChangeDateTime is missing or null (30 places, first CFItems[0].lastChangeDateTime)"
    )


@pytest.mark.parametrize(
    ("wrap", "path"),
    [
        (lambda value: value, "$"),
        (lambda value: [value], "$[0]"),
        (lambda value: {"CFPackage": value}, "$.CFPackage"),
        (lambda value: {"data": {"packages": [value]}}, "$.data.packages[0]"),
    ],
)
def test_a_package_is_found_in_any_wrapping(wrap, path):
    tables = tables_of(wrap(skills()))
    assert len(tables.statements) == 4
    assert details(tables, "JSON path")[0][1] == f"{path}.CFItems[0]"


def test_one_of_several_packages_is_named():
    first, second = skills(), school()
    second["CFDocument"] = {**second["CFDocument"], "title": "Second frame", "identifier": uuid(2)}
    with pytest.raises(InvalidInput, match="holds several frameworks"):
        read([first, second])
    parsed = read([first, second], wanted="second frame")
    assert parsed.document.document_id == "second-frame"
    assert len(parsed.statements) == 16
    with pytest.raises(NotFound, match="Did you mean Second frame"):
        read([first, second], wanted="Second frames")


def test_a_package_without_items_is_refused():
    with pytest.raises(UnreadableFile, match="without items"):
        read(package([], []))
    with pytest.raises(UnreadableFile, match="remap --crosswalk"):
        read(package([], [association(20, "exactMatchOf", 10, 11)]))
    with pytest.raises(UnreadableFile, match="CFPackages, not CFDocuments"):
        read({"CFDocument": package([], [])["CFDocument"]})


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ({"CFDocuments": [package([], [])["CFDocument"]]}, "CFDocuments"),
        ({"CFItem": item(10, "Tie a knot"), "CFAssociations": []}, "CFItem"),
        ([item(10, "Tie a knot")], "fullStatement"),
        ({"CFAssociations": [association(20, "isChildOf", 10, 11)]}, "CFAssociations"),
    ],
)
def test_a_part_of_a_package_is_refused(value, found):
    with pytest.raises(UnreadableFile, match=rf"no package; .*found {found}\. Fetch the whole package"):
        read(value)


def test_an_item_without_a_wording_is_an_error():
    parsed = read(package([item(10, "Tie a knot"), {**item(11, ""), "humanCodingScheme": "KN.2"}], []))
    assert told(parsed, "empty-field") == [("error", "CFItems[1], KN.2, has no wording (fullStatement)")]


def test_a_duty_without_a_wording_has_no_pairs():
    items = [item(9, "", CFItemType="Duty"), item(10, "How hulls are made", CFItemType="Knowledge")]
    parsed = read(package(items, [association(20, "isPartOf", 10, 9)]))
    tables = parsed_to_tables([parsed])
    assert tables.duties.empty
    assert tables.duty_ksbs.empty
    assert told(parsed, "empty-field") == [("error", "CFItems[0] has no wording (fullStatement)")]


def test_lines_show_the_wording_behind_its_code():
    document = bytes_to_document(data_of(skills()), Path("frame.json"))
    parsed = parse_document(document)
    row = next(row for row in parsed.statements if row.code == "SC.2-1")
    assert document.lines[row.first_line - 1] == "SC.2: Stitch a torn sail by hand"
    assert "CFDocument.title: Shoreland mathematics" in document.lines


def test_a_deep_chain_of_items_is_read():
    items = [item(n + 10, f"Rope {n} is tied to rope {n + 1}") for n in range(1_000)]
    rows = [association(n + 5_000, "isChildOf", n + 10, n + 9 if n else DOCUMENT) for n in range(1_000)]
    tables = tables_of(package(items, rows))
    assert len(tables.statements) + len(tables.sections) == 1_000


def test_a_document_with_fields_of_official_data_is_no_record():
    value = package([item(10, "Tie a knot")], [])
    value["CFDocument"] |= {"referenceNumber": "ST9901", "version": "1.0", "level": 2}
    parsed = read(value)
    assert parsed.recognition.kind == "CASE framework"
    assert parsed.facts.version == "1.0"


def test_types_are_told_beside_duties():
    items = [
        item(9, "Look after boats", CFItemType="Duty"),
        item(10, "Hulls", CFItemType="Area"),
        item(11, "How hulls are made", CFItemType="Knowledge"),
    ]
    parsed = read(package(items, [association(20, "isChildOf", 11, 10)]))
    assert told(parsed, "case-types") == [
        (
            "note",
            "read as statements: Knowledge (1); as headings: Area (1). Most items of a type of headings have "
            "items of another type below them",
        )
    ]


def test_a_file_of_very_many_packages_is_refused_at_once():
    many = [{"CFItems": [], "at": n} for n in range(20_000)]
    with pytest.raises(InvalidInput, match=r"found 20,000: \$\[0\], \$\[1\]"):
        read(many)


def test_very_many_types_are_told_briefly():
    items = [item(10 + n, f"Tie knot {n}", CFItemType=f"Type {n}") for n in range(400)]
    items.append(item(9, "Knots", CFItemType="Chapter"))
    rows = [association(1_000 + n, "isChildOf", 10 + n, 9) for n in range(400)]
    ((_, message),) = told(read(package(items, rows)), "case-types")
    assert "Type 7 (1) and 392 more; as headings: Chapter (1). Most items" in message


def test_a_package_of_version_1_1_has_its_own_fields():
    rubric = {
        "identifier": uuid(60),
        "uri": "https://frames.example/rubric",
        "lastChangeDateTime": "2023-02-01T10:00:00Z",
        "CFRubricCriteria": [
            {
                "identifier": uuid(61),
                "uri": "https://frames.example/criterion",
                "lastChangeDateTime": "2023-02-01T10:00:00Z",
                "description": "The knot holds a boat",
            }
        ],
    }
    other = {"title": "Noud", "identifier": "x-1", "uri": "https://other.example/x-1", "targetType": "CASE"}
    items = [item(10, "Tie a knot", extensions={"yard": {"boat": "blue"}}), item(11, "Coil a rope")]
    rows = [
        association(20, "ext:practisedWith", 10, 11),
        {**association(21, "isTranslationOf", 10, other), "notes": "By the yard"},
    ]
    value = package(items, rows, CFRubrics=[rubric])
    value["CFDocument"] |= {"caseVersion": "1.1", "frameworkType": "Skills", "adoptionStatus": "Live"}
    parsed = read(value)
    tables = parsed_to_tables([parsed])
    assert told(parsed, "case-field") == []
    assert parsed.recognition.evidence == "a package of CASE 1.1 (2 items, 2 associations)"
    assert details(tables, "associations") == [
        ("ext:practisedWith", "1 ext:practisedWith 2"),
        ("isTranslationOf", "1 isTranslationOf “Noud” (x-1, not in this package)"),
    ]
    assert ("1: Extensions.yard.boat", "blue") in details(tables, "further fields")
    assert ("CFAssociations[1]: Notes", "By the yard") in details(tables, "further fields")
    assert ("CFRubrics[0].CFRubricCriteria[0].description", "The knot holds a boat") in details(
        tables, "CFRubrics"
    )


def test_without_the_package_that_checks_it_is_refused(monkeypatch):
    case_schema._validator.cache_clear()
    monkeypatch.setitem(sys.modules, "jsonschema", None)
    with pytest.raises(UnsupportedFormat, match=r"CASE, which needs a package .* jsonschema"):
        read(skills())
    case_schema._validator.cache_clear()
