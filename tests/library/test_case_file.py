"""A standard as a package of CASE: read again it has the same tables, and written again the same bytes."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from pathlib import Path

import jsonschema
import pandas as pd
import pytest

import curriculum as cu
from case_packages import association, data_of, item, package, school, skills
from curriculum.analysis.overview import tables_to_pair_notes
from curriculum.cli.main import main
from curriculum.documents.document import Registration
from curriculum.documents.file_reading import bytes_to_document
from curriculum.documents.register import folder_to_documents
from curriculum.errors import InvalidInput, UnsupportedFormat
from curriculum.library.case_file import parsed_to_case
from curriculum.library.standard import Standard
from curriculum.model.case_terms import UNKNOWN_TIME, object_to_bytes
from curriculum.parsing.document_parser import parse_document
from curriculum.tables.case_standard import tables_to_case
from made_up_standards import STANDARDS, to_record

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "src" / "curriculum" / "documents"
# Where a table of a package differs from that of the text that it was made of: its lines are those of the
# package, which is a document of its own kind and file; and findings name other lines.
LINES = ["first_line", "last_line"]
OF_THE_FILE = ["kind", "kind_evidence", "encoding", "n_lines", "source_path", "sha256"]


def standard_to_case(standard):
    return parsed_to_case(standard.parsed, standard.tables)


def from_bytes(data, name="frame.case.json"):
    return Standard(parse_document(bytes_to_document(data, Path(name))))


def schema(version):
    text = (SCHEMAS / f"case_v{version.replace('.', 'p')}.schema.json").read_text(encoding="utf-8")
    return json.loads(text)


def strict(value):
    """Return a schema that allows no other fields than it names, apart from our extensions."""
    if isinstance(value, list):
        return [strict(one) for one in value]
    if not isinstance(value, dict):
        return value
    closed = {"additionalProperties": False} if "properties" in value else {}
    return {name: strict(one) for name, one in value.items()} | closed


def same_tables(first, second):
    for (name, left), (_, right) in zip(first.items(), second.items(), strict=True):
        if name == "findings":
            continue
        left_out = LINES + (OF_THE_FILE if name == "documents" else [])
        kept = [column for column in left if column not in left_out]
        pd.testing.assert_frame_equal(left[kept], right[kept], obj=name)


DOCUMENTS = ["nos-2017", "nos-2019", "draft-2019", "st0792-1.0", "st0792-1.2"]


@pytest.fixture(scope="module")
def standards():
    """Return the five documents by their ids, without the findings of every rule."""
    documents = folder_to_documents(ROOT / "data" / "raw")
    return {document.document_id: Standard(parse_document(document)) for document in documents}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_five_documents_come_back_as_they_were(standards, name):
    standard = standards[name]
    data = standard_to_case(standard)
    again = from_bytes(data)
    assert again.document_id == name
    same_tables(standard.tables, again.tables)
    # From the package as it was read, and from its tables.
    assert standard_to_case(again) == data
    assert object_to_bytes(tables_to_case(again.tables, name)) == data
    jsonschema.Draft202012Validator(strict(schema("1.1"))).validate(json.loads(data))


@pytest.mark.parametrize("name", sorted(STANDARDS))
def test_made_up_records_come_back_as_they_were(name):
    record = to_record(STANDARDS[name])
    standard = Standard(parse_document(bytes_to_document(record, Path("record.json"))))
    data = standard_to_case(standard)
    again = from_bytes(data)
    same_tables(standard.tables, again.tables)
    assert object_to_bytes(tables_to_case(again.tables, again.document_id)) == data


def test_a_wording_about_tags_comes_back_as_it_was():
    text = 'code,text\nK1,"How <b>bold</b> differs from <strong> &amp; why"\nS1,Write a page\n'
    standard = Standard(parse_document(bytes_to_document(text.encode(), Path("web.csv"))))
    again = from_bytes(standard_to_case(standard))
    same_tables(standard.tables, again.tables)
    assert again.statements.loc[0, "text"] == "How <b>bold</b> differs from <strong> &amp; why"
    assert "escaped-text" not in set(again.findings["rule"])


def test_that_codes_are_not_printed_goes_with_the_standard():
    text = "Knowledge\n- K/1 How dough rises\n- K/2 Laws\nSkills\n- S/1 Knead dough\n- S/2 Bake\n"
    standard = Standard(parse_document(bytes_to_document(text.encode(), Path("baker.txt"))))
    found = standard.findings[standard.findings["rule"] == "numbers-lost"]
    data = standard_to_case(standard)
    again = from_bytes(data)
    told = again.findings[again.findings["rule"] == "numbers-lost"]
    assert found["severity"].tolist() == told["severity"].tolist() == ["error"]
    assert told["message"].tolist() == [f"in the text that was exported: {found['message'].iloc[0]}"]
    assert "numbered by their order" in tables_to_pair_notes(again.tables, "baker", "baker")[0]
    assert object_to_bytes(tables_to_case(again.tables, "baker")) == data


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("K1: How dough rises K2: Laws (of K3: bread) S1: Knead\n", "utf-8", ("several-on-a-line", "error")),
        ("K1: How a baker’s dough rises\nS1: Knead café dough\n", "mac_roman", ("reading", "error")),
    ],
    ids=["one line", "old Mac"],
)
def test_a_doubt_about_the_text_goes_with_the_standard(text, encoding, found):
    standard = Standard(parse_document(bytes_to_document(text.encode(encoding), Path("baker.txt"))))
    data = standard_to_case(standard)
    again = from_bytes(data)
    told = again.findings[again.findings["message"].str.startswith("in the text that was exported: ")]
    assert list(zip(told["rule"], told["severity"], strict=True)) == [found]
    assert object_to_bytes(tables_to_case(again.tables, "baker")) == data


@pytest.mark.parametrize(
    "text",
    [
        "# Plan\n\n## Theme 1: Tools (K1, S1)\n\n### Pass\n\n- Picks tools (K1)\n- Uses tools (S1)\n",
        "# Baker\n\nKnowledge and skills in bold must be assessed.\n\n- **K1: How dough rises**\n"
        "- K2: Laws and rules\n- **S1: Bake**\n- S2: Sell\n- B1: Is calm\n",
        "AK1: How hay is dried\nAS1: Turn hay\nAB1: Is up early\nK1: How oats grow\nS1: Sow oats\n",
    ],
    ids=["plan", "bold", "prefixes"],
)
def test_other_shapes_come_back_as_they_were(text):
    standard = Standard(parse_document(bytes_to_document(text.encode(), Path("shape.md"))))
    data = standard_to_case(standard)
    again = from_bytes(data)
    same_tables(standard.tables, again.tables)
    assert object_to_bytes(tables_to_case(again.tables, "shape")) == data


def test_a_statement_is_an_item_with_its_code_and_its_place():
    text = "K1: How dough rises\nS1: Knead dough by hand\nB1: Is clean\n"
    standard = Standard(parse_document(bytes_to_document(text.encode(), Path("baker.txt"))))
    value = json.loads(standard_to_case(standard))
    assert value["CFItems"][0] == {
        "identifier": str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:curriculum:baker:K1")),
        "uri": "urn:curriculum:baker:K1",
        "fullStatement": "How dough rises",
        "CFItemType": "Knowledge",
        "humanCodingScheme": "K1",
        "lastChangeDateTime": UNKNOWN_TIME,
        "extensions": {"curriculum": {"occurrences": [{"section": "KSBs"}]}},
    }
    first = value["CFAssociations"][0]
    assert (first["associationType"], first["sequenceNumber"]) == ("isChildOf", 1)
    assert first["destinationNodeURI"]["uri"] == "urn:curriculum:baker"
    assert value["CFDocument"]["caseVersion"] == "1.1"


@pytest.mark.parametrize(
    ("address", "field"),
    [("https://yard.example/st9", "https://yard.example/st9"), ("yard.example/st9", None)],
)
def test_an_address_without_its_scheme_is_no_address_of_case(address, field):
    known = Registration(
        "sailor", "sailor.txt", "", publisher="The yard", url=address, licence="Free for all"
    )
    document = bytes_to_document(b"K1: How sails are made\nS1: Sail\n", Path("sailor.txt"))
    document = replace(document, registration=known)
    standard = Standard(parse_document(document))
    data = standard_to_case(standard)
    assert json.loads(data)["CFDocument"].get("officialSourceURL") == field
    assert json.loads(data)["CFDocument"]["notes"] == "Licence: Free for all"
    row = from_bytes(data).tables.documents.iloc[0]
    assert row[["publisher", "url", "licence"]].tolist() == ["The yard", address, "Free for all"]


@pytest.mark.parametrize("value", [school(), skills()], ids=["school", "skills"])
def test_a_package_of_another_publisher_keeps_its_items_and_associations(value):
    again = json.loads(standard_to_case(from_bytes(data_of(value), "frame.json")))
    ids = [row["identifier"] for row in value["CFItems"]]
    assert [row["identifier"] for row in again["CFItems"]] == ids
    assert again["CFAssociations"] == value["CFAssociations"]
    assert again["CFDocument"] == value["CFDocument"]
    jsonschema.Draft202012Validator(schema("1.0")).validate(again)


def test_numbers_of_another_publisher_are_written_as_they_were():
    value = package([item(10, "Tie a knot", weight=0.25, far=1e300)], [])
    text = json.dumps(value).replace("1e+300", "1e999999999")
    again = json.loads(standard_to_case(from_bytes(text.encode(), "frame.json")))
    # A number that no program could read is a text.
    assert (again["CFItems"][0]["weight"], again["CFItems"][0]["far"]) == (0.25, "1E+999999999")


def test_a_package_that_other_programs_would_refuse_is_not_written():
    bad = item(10, "Tie a knot")
    del bad["uri"]
    standard = from_bytes(data_of(package([bad], [])), "frame.json")
    with pytest.raises(InvalidInput, match=r"uri is missing or null \(CFItems\[0\]\.uri\)"):
        standard_to_case(standard)


def test_what_another_program_adds_to_our_package_is_kept(standards):
    value = json.loads(standard_to_case(standards["nos-2017"]))
    ours = value["CFItems"][0]
    ours["notes"] = "Agreed with the yard."
    value["CFDocument"]["description"] = "Used at the harbour."
    value["CFItems"].append(item(77, "Scrub the deck", CFItemType="Skill", humanCodingScheme="S9"))
    value["CFAssociations"].append(
        association(78, "isPeerOf", 77, {**value["CFAssociations"][0]["originNodeURI"]})
    )
    grouping = {**association(79, "isPeerOf", 77, 77), "title": "Of the harbour"}
    value.setdefault("CFDefinitions", {}).setdefault("CFAssociationGroupings", []).append(grouping)
    again = from_bytes(data_of(value))
    details = dict(zip(again.tables.details["name"], again.tables.details["value"], strict=True))
    assert details["P1: Notes"] == "Agreed with the yard."
    assert details["Description"] == "Used at the harbour."
    assert details["isPeerOf"] == "S9 isPeerOf P1"
    assert details["CFDefinitions.CFAssociationGroupings[0].title"] == "Of the harbour"
    assert again.statements.set_index("code").loc["S9", ["text", "kind"]].tolist() == [
        "Scrub the deck",
        "skill",
    ]


def test_an_association_that_another_program_changed_is_kept(standards):
    value = json.loads(standard_to_case(standards["st0792-1.2"]))
    pairs = [row for row in value["CFAssociations"] if "CFAssociationGroupingURI" in row]
    first, second = pairs[0], pairs[1]
    first["associationType"] = "precedes"
    second["destinationNodeURI"] = first["originNodeURI"]
    again = from_bytes(data_of(value))
    details = again.tables.details
    told = details[details["section"] == "associations"]["value"].tolist()
    codes = [row["originNodeURI"]["uri"].rpartition(":")[2] for row in (first, second)]
    duty = first["destinationNodeURI"]["uri"].rpartition(":")[2]
    assert [text.partition(";")[0] for text in told] == [
        f"{codes[0]} precedes {duty}",
        f"{codes[1]} isPartOf {codes[0]}",
    ]
    assert len(again.tables.duty_ksbs) == len(standards["st0792-1.2"].tables.duty_ksbs) - 2


def test_a_wording_that_another_program_changed_is_read_and_told():
    text = "Knowledge\n\nK1: How sails are made\nK1: How sails are made.\nK1: How sails are made.\nS1: Sail\n"
    standard = Standard(parse_document(bytes_to_document(text.encode(), Path("sailor.txt"))))
    value = json.loads(standard_to_case(standard))
    assert value["CFItems"][0]["fullStatement"] == "How sails are made"
    value["CFItems"][0]["fullStatement"] = "How sails are dried."
    again = from_bytes(data_of(value))
    row = again.statements.iloc[0]
    assert (row["text"], row["n_occurrences"]) == ("How sails are dried.", 1)
    rules = again.findings.set_index("rule")
    assert rules.loc["case-field", "message"].startswith("the wording of K1 was changed in the file")


def test_damaged_extensions_do_not_stop_the_reading(standards):
    value = json.loads(standard_to_case(standards["st0792-1.2"]))
    own = value["CFDocument"]["extensions"]["curriculum"]
    own |= {
        "details": [1, {"section": 3}],
        "sections": "x",
        "overall_grades": [{"grades": 1}],
        "version": 1.2,
    }
    for row in value["CFItems"]:
        row["extensions"] = {"curriculum": {"occurrences": {"a": 1}, "option": ["x"], "other_names": "y"}}
    again = from_bytes(data_of(value))
    assert len(again.statements) == 56
    assert again.tables.details["section"].tolist() == [""]
    assert again.tables.overall_grades.empty
    # A descriptor without its grade is in no table, and an error says so.
    assert again.tables.descriptors.empty
    errors = again.findings[again.findings["severity"] == "error"]["message"]
    assert errors.str.endswith("no wording, no theme or no grade: it is not read").sum() == 27


def test_the_command_and_the_method_write_the_same_file(standards, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["export", "nos-2017", "-o", "a.case.json", "--raw", str(ROOT / "data" / "raw")]) == 0
    told = capsys.readouterr().err
    assert "nos-2017: 26 items and 26 associations of CASE." in told
    assert "curriculum parse a.case.json" in told
    assert standards["nos-2017"].to_case("b.case.json") == Path("b.case.json")
    assert Path("a.case.json").read_bytes() == Path("b.case.json").read_bytes()
    assert main(["export", "a.case.json"]) == 0
    shown = capsys.readouterr()
    assert shown.out.encode() == Path("a.case.json").read_bytes()
    assert "curriculum export a.case.json -o standard.case.json" in shown.err


def test_what_to_do_next_keeps_the_kind(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("ksbs.txt").write_text("K1: How dough rises\nS1: Knead dough\n")
    assert main(["export", "ksbs.txt", "--kind", "KSB listing"]) == 0
    assert 'curriculum export ksbs.txt --kind "KSB listing" -o standard.case.json' in capsys.readouterr().err


def test_a_package_that_is_read_under_another_id_is_written_with_it(standards, tmp_path):
    path = standards["nos-2017"].to_case(tmp_path / "a.case.json")
    other = cu.read(path, "harbour")
    value = json.loads(standard_to_case(other))
    assert value["CFItems"][0]["uri"] == "urn:curriculum:harbour:P1"
    assert other.statements.loc[0, "statement_id"] == "harbour:P1"


def test_another_ending_is_refused(standards, tmp_path, capsys):
    with pytest.raises(UnsupportedFormat, match=r"expected \.case\.json"):
        standards["nos-2017"].to_case(tmp_path / "a.json")
    assert main(["export", "nos-2017", "-o", str(tmp_path / "a.csv")]) == 2
    assert "not a format of standards" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_file_of_another_program_is_not_overwritten(tmp_path, capsys):
    path = tmp_path / "a.case.json"
    path.write_text('{"mine": 1}')
    assert main(["export", "nos-2017", "-o", str(path), "--raw", str(ROOT / "data" / "raw")]) == 2
    assert "has not written" in capsys.readouterr().err
    assert path.read_text() == '{"mine": 1}'
