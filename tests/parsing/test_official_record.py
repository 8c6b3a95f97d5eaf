"""Official records as tables: codes by position, duties with their KSBs, options, findings."""

from __future__ import annotations

import json
from itertools import groupby

import pytest

from curriculum.checks.all_findings import parsed_to_findings
from curriculum.checks.rules import RULES
from curriculum.documents.document import Document, Registration
from curriculum.documents.file_reading import bytes_to_document, path_to_document
from curriculum.errors import UnreadableFile
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables

SEVERITIES = {rule.name: rule.severities for rule in RULES}


def guid(number):
    return f"20000000-0000-4000-8000-{number:012}"


BREAD, CAKES = guid(90), guid(91)
RECORD = {
    "referenceNumber": "ST9901",
    "version": "1.0",
    "versionNumber": "1.0",
    "title": "Baker",
    "level": 2,
    "status": "Approved for delivery",
    "maxFunding": 9000,
    "typicalDuration": 18,
    "integratedDegree": None,
    "approvedForDelivery": "2023-04-05T00:00:00",
    "lastUpdated": "06/07/2024",
    "options": [{"optionId": BREAD, "title": "Bread"}, {"optionId": CAKES, "title": "Cakes"}],
    "knowledges": [
        {"knowledgeId": guid(1), "detail": "<p>How flour &amp; salt are milled.</p>"},
        {"knowledgeId": guid(2), "detail": "K2: Why yeast rises.", "note": "see below"},
        {"knowledgeId": guid(3), "detail": "What customers order."},
    ],
    "skills": [{"skillId": guid(11).upper(), "detail": "Knead dough."}],
    "behaviours": [{"behaviourId": guid(21), "detail": "Is clean."}],
    "duties": [
        {
            "dutyID": guid(31),
            "dutyDetail": "Bake <b>bread</b>",
            "isThisACoreDuty": 1,
            "mappedKnowledge": [guid(2), guid(1)],
            "mappedSkills": [guid(11)],
            "mappedBehaviour": None,
            "mappedOptions": None,
        },
        {
            "dutyID": guid(32),
            "dutyDetail": "Bake cakes",
            "isThisACoreDuty": 0,
            "mappedKnowledge": [guid(3)],
            "mappedSkills": [],
            "mappedBehaviour": [guid(21)],
            "mappedOptions": [CAKES],
        },
    ],
    "typicalJobTitles": ["Baker", "Confectioner"],
    "eQAProvider": {"providerName": "Ofqual", "webLink": ""},
    "overviewOfRole": "<p>Bakes every day.</p><p>Sells it.</p>",
}


def parse(value):
    return parse_document(bytes_to_document(json.dumps(value).encode(), "feed.json"))


def found(value, rule):
    rows = [row for row in parse(value).findings if row.rule == rule]
    assert all(row.severity in SEVERITIES[rule] for row in rows)
    return [row.message for row in rows]


def test_a_record_becomes_the_tables_of_its_standard():
    tables = parsed_to_tables([parse(RECORD)])
    assert tables.documents.loc[
        0, ["document_id", "reference", "version", "title", "kind", "level"]
    ].tolist() == [
        "st9901-1.0",
        "ST9901",
        "1.0",
        "Baker",
        "official record",
        "2",
    ]
    assert tables.documents.loc[0, ["status", "approved_date", "updated_date"]].tolist() == [
        "Approved for delivery",
        "2023-04-05",
        "2024-07-06",
    ]
    assert tables.statements[["code", "kind", "option", "text", "guid"]].values.tolist() == [
        ["K1", "knowledge", "core", "How flour & salt are milled.", guid(1)],
        ["K2", "knowledge", "core", "Why yeast rises.", guid(2)],
        ["K3", "knowledge", "Cakes", "What customers order.", guid(3)],
        ["S1", "skill", "core", "Knead dough.", guid(11).upper()],
        ["B1", "behaviour", "Cakes", "Is clean.", guid(21)],
    ]
    assert tables.duties[["code", "option", "text"]].values.tolist() == [
        ["D1", "core", "Bake bread"],
        ["D2", "Cakes", "Bake cakes"],
    ]
    assert [tuple(row) for row in tables.duty_ksbs[["duty_id", "statement_id"]].values] == [
        ("st9901-1.0:D1", "st9901-1.0:K1"),
        ("st9901-1.0:D1", "st9901-1.0:K2"),
        ("st9901-1.0:D1", "st9901-1.0:S1"),
        ("st9901-1.0:D2", "st9901-1.0:K3"),
        ("st9901-1.0:D2", "st9901-1.0:B1"),
    ]
    assert tables.sections[["heading", "text"]].values.tolist() == [
        ["Overview of role", "Bakes every day.\nSells it."]
    ]


def test_nothing_of_a_record_is_lost_and_each_row_leads_back():
    parsed = parse(RECORD)
    details = [(row.section, row.name, row.value) for row in parsed.rows.details]
    assert details == [
        ("key information", "Reference", "ST9901"),
        ("key information", "Version", "1.0"),
        ("key information", "Version number", "1.0"),
        ("key information", "Level", "2"),
        ("key information", "Status", "Approved for delivery"),
        ("key information", "Maximum funding", "9000"),
        ("key information", "Typical duration", "18"),
        ("key information", "Approved for delivery", "2023-04-05T00:00:00"),
        ("key information", "Date updated", "06/07/2024"),
        ("job titles", "Typical job titles include", "Baker"),
        ("job titles", "Typical job titles include", "Confectioner"),
        ("further fields", "eQAProvider.providerName", "Ofqual"),
        ("further fields", "knowledges[1].note", "see below"),
        ("options", "Bread", BREAD),
        ("options", "Cakes", CAKES),
        ("JSON path", "K1", "$.knowledges[0]"),
        ("JSON path", "K2", "$.knowledges[1]"),
        ("JSON path", "K3", "$.knowledges[2]"),
        ("JSON path", "S1", "$.skills[0]"),
        ("JSON path", "B1", "$.behaviours[0]"),
        ("JSON path", "D1", "$.duties[0]"),
        ("GUID of the duty", "D1", guid(31)),
        ("JSON path", "D2", "$.duties[1]"),
        ("GUID of the duty", "D2", guid(32)),
    ]
    lines = parsed.document.lines
    assert all(row.text in lines[row.first_line - 1] for row in (*parsed.statements, *parsed.duties))
    assert [lines[row.first_line - 1] for row in parsed.rows.duty_ksbs if row.duty == "D2"] == ["K3 B1"] * 2
    assert [row.rule for row in parsed.findings] == ["reading"]


@pytest.mark.parametrize(
    ("reference", "extra"), [("FA0001", {"typicalDuration": 8}), ("AU0001", {"hours": 30, "duties": None})]
)
def test_foundation_apprenticeships_and_units_have_codes_of_their_own(reference, extra):
    value = {
        "referenceNumber": reference,
        "version": "1.0",
        "title": "Bricklayer",
        "technicalKnowledges": [{"id": guid(1), "detail": "Bonds."}, {"id": guid(2), "detail": "Mortar."}],
        "technicalSkills": [{"id": guid(3), "detail": "Lay bricks."}],
        "employabilitySkillsAndBehaviours": [{"id": guid(4), "detail": "Is on time."}],
        **extra,
    }
    parsed = parse(value)
    assert [(row.code, row.text) for row in parsed.statements] == [
        ("TK1", "Bonds."),
        ("TK2", "Mortar."),
        ("TS1", "Lay bricks."),
        ("ESB1", "Is on time."),
    ]
    assert [row.rule for row in parsed.findings] == ["reading"]


def with_duty(**fields):
    return {**RECORD, "duties": [{**RECORD["duties"][0], **fields}, RECORD["duties"][1]]}


@pytest.mark.parametrize(
    ("value", "rule", "said"),
    [
        (
            with_duty(mappedSkills=[guid(77)]),
            "record-id",
            f"duty 1 names a KSB that the record does not hold ({guid(77)}): no pair is written",
        ),
        (with_duty(mappedSkills=[guid(1)]), "record-id", "duty 1 names K1 under mappedskills"),
        (
            with_duty(isThisACoreDuty=0, mappedOptions=[guid(78)]),
            "record-id",
            f"duty 1 is of an option that the record does not hold, {guid(78)}: its option is left empty",
        ),
        (with_duty(isThisACoreDuty=0), "record-id", "duty 1 is neither core nor of an option"),
        ({**RECORD, "version": "1"}, "record-quality", "the version “1” is not two numbers with a full stop"),
        ({**RECORD, "versionNumber": "1.1"}, "record-quality", "version is 1.0, but versionNumber is 1.1"),
        ({**RECORD, "title": " Baker"}, "record-quality", "the title begins with a space"),
        (
            {**RECORD, "skills": [{"skillId": guid(11), "detail": None}]},
            "empty-field",
            "skills[0], which is S1 by its place, has no wording",
        ),
        (with_duty(dutyDetail=None), "empty-field", "duties[0], duty 1, has no wording"),
        (
            {
                **RECORD,
                "skills": [{"skillId": guid(11), "detail": "&lt;p&gt;Knead &amp;amp; rest.&lt;/p&gt;"}],
            },
            "escaped-text",
            "S1 is HTML that was escaped as text; read as “Knead & rest.”",
        ),
        (
            {**RECORD, "skills": [{"skillId": guid(11), "detail": "S4: Knead."}]},
            "record-id",
            "the wording of S1, by its place, begins with another code: “S4: Knead.”",
        ),
        ({**RECORD, "duties": []}, "no-duties", "the record has no duties"),
    ],
)
def test_what_is_odd_in_a_record_is_found(value, rule, said):
    messages = found(value, rule)
    assert len([message for message in messages if message.startswith(said)]) == 1, messages


def test_an_option_id_used_twice_leaves_the_option_empty():
    value = {
        **RECORD,
        "options": [{"optionId": CAKES, "title": "Cakes"}, {"optionId": CAKES, "title": "Bread"}],
    }
    assert found(value, "record-id") == [
        f"the option id {CAKES} is used 2 times: Cakes; Bread",
        f"duty 2 is of an option with 2 titles (Cakes; Bread), {CAKES}: its option is left empty",
    ]
    assert [(row.code, row.option) for row in parse(value).duties] == [("D1", "core"), ("D2", "")]


def test_a_duty_of_several_options_has_all_of_them():
    both = {"isThisACoreDuty": 0, "mappedOptions": [BREAD, CAKES]}
    parsed = parse({**with_duty(**both), "behaviours": []})
    assert [(row.code, row.option) for row in parsed.duties] == [("D1", "Bread; Cakes"), ("D2", "Cakes")]
    value = {
        **with_duty(**both),
        "duties": [with_duty(**both)["duties"][0], {**RECORD["duties"][1], "mappedKnowledge": [guid(1)]}],
    }
    assert [row.option for row in parse(value).statements][:2] == ["Bread; Cakes", "Bread; Cakes"]
    assert "option-under-core" not in {row.rule for row in parsed_to_findings(parse(value))}


def test_ksbs_with_one_id_are_paired_with_no_duty():
    value = {**RECORD, "skills": [{"skillId": guid(1), "detail": "Knead dough."}]}
    assert [row.code for row in parse(value).rows.duty_ksbs if row.duty == "D1"] == ["K2"]
    assert any("K1 and S1 have the same id" in message for message in found(value, "record-id"))


def test_the_duty_of_a_full_stop_stands_for_no_duties():
    value = {
        **RECORD,
        "options": [],
        "duties": [{"dutyID": guid(31), "dutyDetail": ".", "mappedKnowledge": [guid(1)]}],
    }
    parsed = parse(value)
    assert (parsed.duties, parsed.rows.duty_ksbs) == ((), ())
    assert found(value, "no-duties") == [
        "the duty “.” stands for a record without duties; it names K1, paired with nothing"
    ]


def test_absent_and_null_fields_are_no_rows():
    value = {
        "referenceNumber": "ST9903",
        "title": None,
        "level": None,
        "knowledges": [{"detail": "Flour."}],
        "skills": None,
    }
    parsed = parse(value)
    assert [(row.code, row.guid) for row in parsed.statements] == [("K1", "")]
    assert parsed.document.document_id == "st9903"
    assert found(value, "record-quality") == ["the record has no version"]


def test_a_missing_wording_keeps_the_places_of_the_others():
    value = {**RECORD, "knowledges": [{"knowledgeId": guid(1), "detail": ""}, RECORD["knowledges"][1]]}
    parsed = parse(value)
    assert [row.code for row in parsed.statements] == ["K2", "S1", "B1"]
    assert {"empty-field", "numbering-gap"} <= {row.rule for row in parsed.findings}


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            "In development",
            "in development: the record holds no KSBs yet; .*status: In development.*when the standard",
        ),
        (
            "Retired",
            r"the record holds no KSBs; expected .*found none \(status: Retired\)\. The KSBs of some",
        ),
    ],
)
def test_an_empty_record_is_said_to_be_one(status, said):
    with pytest.raises(UnreadableFile, match=said):
        parse(
            {"referenceNumber": "ST9904", "version": "1.0", "title": "Baker", "status": status, "skills": []}
        )


def test_the_versions_in_a_file_are_compared_by_the_rules_of_the_department(tmp_path):
    other = {
        **RECORD,
        "version": "1.2",
        "versionNumber": "1.2",
        "options": [{"optionId": BREAD, "title": "Loaves"}],
    }
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([RECORD, other]), encoding="utf-8")
    parsed = parse_document(path_to_document(path, record="ST9901-1.0"))
    assert [row.message for row in parsed.findings if row.rule == "record-quality"] == [
        "2 versions are approved at the same time: 1.0 and 1.2",
        "the file has the versions 1.0 and 1.2 of this standard, but not 1.1",
        "the title of an option changes between versions: Bread; Loaves",
    ]


def test_versions_that_are_no_numbers_or_far_apart_are_no_fault_of_the_program(tmp_path):
    path = tmp_path / "feed.json"
    path.write_text(json.dumps([{**RECORD, "version": v} for v in (".1", "1.", "1.0", "1.999999999", "²·1")]))
    parsed = parse_document(path_to_document(path, record="ST9901-1.0"))
    assert any("but not 1.1, 1.2" in row.message for row in parsed.findings)


def test_all_rules_read_a_record():
    assert {row.rule for row in parsed_to_findings(parse(RECORD))} <= set(SEVERITIES)


def as_record(tables, document_id):
    """Write the tables of a standard as a record."""
    of = {name: getattr(tables, name) for name in ("statements", "duties", "duty_ksbs")}
    ksbs = of["statements"][of["statements"]["document_id"] == document_id]
    lists = {"K": [], "S": [], "B": []}
    for row in ksbs.itertuples():
        lists[row.code[0]].append({"id": row.statement_id, "detail": row.text})
    pairs = {
        k: [r[1] for r in v]
        for k, v in groupby(of["duty_ksbs"][["duty_id", "statement_id"]].values, lambda r: r[0])
    }
    duties = of["duties"][of["duties"]["document_id"] == document_id]
    options = [option for option in dict.fromkeys(duties["option"]) if option != "core"]
    return {
        "referenceNumber": "ST0792",
        "version": "1.2",
        "knowledges": lists["K"],
        "skills": lists["S"],
        "behaviours": lists["B"],
        "options": [{"optionId": title.upper(), "title": title} for title in options],
        "duties": [
            {
                "dutyDetail": row.text,
                "isThisACoreDuty": int(row.option == "core"),
                "mappedKnowledge": [name for name in pairs.get(row.duty_id, ()) if ":K" in name],
                "mappedSkills": [name for name in pairs.get(row.duty_id, ()) if ":S" in name],
                "mappedBehaviour": [name for name in pairs.get(row.duty_id, ()) if ":B" in name],
                "mappedOptions": [] if row.option == "core" else [row.option.upper()],
            }
            for row in duties.itertuples()
        ],
    }


def test_a_standard_as_a_record_gives_the_tables_of_its_text(tables):
    parsed = parse(as_record(tables, "st0792-1.2"))
    known = Registration("st0792-1.2", "mine.txt", "0" * 64)
    lines = Document("st0792-1.2", parsed.document.lines, "mine.txt", "0" * 64, "utf-8", known)
    compared = {"statements": ["statement_id", "text"], "duties": ["duty_id", "text"], "duty_ksbs": []}
    # The lines of a record, read as a text, have no headings of options.
    for read, also in ((parsed, ["option"]), (parse_document(lines), [])):
        for name, columns in compared.items():
            every = [*columns, *also] if columns else ["duty_id", "statement_id"]
            frame = getattr(tables, name)
            of_text = frame[frame[frame.columns[0]].str.startswith("st0792-1.2:")]
            of_record = getattr(parsed_to_tables([read]), name)
            assert of_record[every].values.tolist() == of_text[every].values.tolist(), name
