"""Bundles: the same after writing and reading, the same remap, and every fault of a damaged one named."""

from __future__ import annotations

import json

import pytest

from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_decisions import bundle_with_decisions
from curriculum.crosswalk.bundle_file import bundle_to_bytes, bytes_to_bundle, is_bundle, path_to_bundle
from curriculum.decisions.decision import Decision
from curriculum.errors import CurriculumError
from curriculum.library.remap_bundle import folder_to_bundle
from curriculum.project import Project

PAIR = ("st0792-1.0", "st0792-1.2")


@pytest.fixture(scope="module")
def bundle(raw) -> Bundle:
    return folder_to_bundle(Project(raw), PAIR)


@pytest.fixture(scope="module")
def data(bundle) -> bytes:
    return bundle_to_bytes(bundle)


def faults_of(data: bytes) -> list[str]:
    with pytest.raises(CurriculumError) as fault:
        bytes_to_bundle(data, "x.bundle.json")
    return str(fault.value).splitlines()


def changed(data: bytes, **parts) -> bytes:
    return json.dumps({**json.loads(data), **parts}).encode()


def with_cell(data: bytes, part: str, row: int, column: str, value: object) -> bytes:
    content = json.loads(data)
    content[part]["rows"][row][content[part]["columns"].index(column)] = value
    return json.dumps(content).encode()


def test_a_bundle_is_the_same_after_it_was_written_and_read(bundle, data):
    again = bytes_to_bundle(data, "x.bundle.json")
    assert bundle_to_bytes(again) == data
    assert again.tables == bundle.tables
    assert (again.old, again.new, again.headline) == (*PAIR, bundle.headline)
    assert [row["object_id"] for row in again.links] == [row["object_id"] for row in bundle.links]


def test_a_bundle_says_what_it_is_at_its_beginning(data):
    assert is_bundle(data)
    assert not is_bundle(b'{"CFDocument": {"title": "curriculum"}}')
    assert list(json.loads(data))[:7] == [
        *("format", "version", "made_by", "old", "new", "headline", "attribution")
    ]


def test_a_bundle_holds_only_what_a_remap_needs_of_other_documents(bundle):
    assert {row["document_id"] for row in bundle.tables.documents} == {
        *("draft-2019", "nos-2017", "nos-2019", *PAIR)
    }
    assert {row["document_id"] for row in bundle.tables.duties} == {PAIR[1]}
    assert {row["theme_id"].partition(":")[0] for row in bundle.tables.theme_ksbs} == {PAIR[1]}


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (b"{", "x.bundle.json: no valid JSON; expected a bundle of version 1."),
        (b"[" * 100_000, "x.bundle.json: no valid JSON; expected a bundle of version 1."),
        (b'{"format": "other"}', "x.bundle.json: no crosswalk bundle; expected a bundle of version 1."),
        (
            b'{"format": "curriculum-bundle", "version": 2}',
            "x.bundle.json: a bundle of another version; expected a bundle of version 1; found “2”.",
        ),
    ],
)
def test_what_is_no_bundle_is_refused(broken, fault):
    (line,) = faults_of(broken)
    assert line.startswith(fault)


def test_parts_that_are_missing_unknown_or_of_another_type_are_named(data):
    content = {name: value for name, value in json.loads(data).items() if name != "links"}
    lines = faults_of(json.dumps({**content, "more": 1, "headline": 3}).encode())
    assert [line.partition(";")[0] for line in lines] == [
        "x.bundle.json: parts are missing",
        "x.bundle.json: unknown parts",
        "x.bundle.json: parts that are no text",
    ]
    assert [line.rpartition("found ")[2].partition(".")[0] for line in lines] == [
        "links",
        "“more”",
        "headline",
    ]


@pytest.mark.parametrize(
    ("part", "row", "column", "value", "fault"),
    [
        ("links", 0, "confidence", 1.5, "row 1, confidence: “1.5”; expected a number of at least 0 and"),
        ("links", 1, "predicate_id", "skos:sameAs", "row 2, predicate_id: “skos:sameAs”; expected"),
        ("links", 0, "band", None, "row 1, band: “None”; expected"),
        ("statements", 2, "code", "K 1", "row 3, code: “K 1”; expected a text like"),
        ("statements", 2, "first_line", True, "row 3, first_line: “True”; expected a whole number"),
        ("candidates", 0, "is_proposed", 1, "row 1, is_proposed: “1”; expected true or false"),
        ("duty_ksbs", 1, "statement_id", [], "row 2, statement_id: “[]”; expected a text"),
    ],
)
def test_a_cell_that_does_not_fit_its_table_is_named(data, part, row, column, value, fault):
    (line,) = faults_of(with_cell(data, part, row, column, value))
    assert line.startswith(f"x.bundle.json, {part}: cells that do not fit; found {fault}")


def test_a_table_with_other_columns_or_rows_is_refused(data):
    content = json.loads(data)
    assert faults_of(changed(data, duties={"columns": ["duty_id"], "rows": []}))[0].startswith(
        "x.bundle.json, duties: another table; expected an object with the columns duty_id,"
    )
    rows = [*content["themes"]["rows"], ["T1"]]
    assert faults_of(changed(data, themes={**content["themes"], "rows": rows}))[0].startswith(
        "x.bundle.json, themes: rows that are no rows of it; expected rows of"
    )
    assert faults_of(changed(data, themes={**content["themes"], "rows": 3}))[0].startswith(
        "x.bundle.json, themes: rows that are no rows of it"
    )
    rows = [*content["statements"]["rows"], content["statements"]["rows"][0]]
    assert (
        "the same statement_id as row 1"
        in faults_of(changed(data, statements={**content["statements"], "rows": rows}))[0]
    )


def test_ids_that_lead_nowhere_are_named(data):
    assert faults_of(changed(data, old="st0792-1.1"))[0].startswith(
        "x.bundle.json, documents: an id that leads nowhere; expected a document or statement of the bundle; "
        "found st0792-1.1."
    )
    (line,) = faults_of(with_cell(data, "links", 0, "subject_label", "Another wording"))
    assert line.startswith("x.bundle.json, links: an id that leads nowhere")
    assert "st0792-1.0:K1 with another wording, or unknown" in line


@pytest.mark.parametrize(
    ("part", "row", "column", "value", "found"),
    [
        ("candidates", 0, "object_id", "nos-2017:K1", "nos-2017:K1"),
        ("candidates", 0, "object_source", "nos-2017", "a candidate of st0792-1.0 to nos-2017"),
        ("links", 0, "runner_up_id", "st0792-1.2:K999", "st0792-1.2:K999"),
        ("themes", 0, "document_id", "nos-2017", "st0792-1.2:T1 with another document or code"),
        ("theme_ksbs", 0, "statement_id", "st0792-1.0:K1", "st0792-1.2:T1 with an id of another document"),
        ("theme_ksbs", 0, "theme_id", "st0792-1.2:T99", "st0792-1.2:T99"),
        ("statements", -1, "code", "K77", "with another document or code"),
        ("version_log", 0, "document_id", "none", "none"),
    ],
)
def test_rows_that_fit_their_table_and_no_other_table_are_refused(data, part, row, column, value, found):
    line = faults_of(with_cell(data, part, row, column, value))[0]
    assert line.startswith(f"x.bundle.json, {part}: an id that leads nowhere")
    assert f"{found}. Make the bundle again" in line


def test_a_link_to_a_statement_of_the_wrong_version_or_kind_is_refused(data):
    for name in ("st0792-1.0:K2", "st0792-1.2:D1"):
        content = json.loads(data)
        (text,) = (
            row[content[part]["columns"].index("text")]
            for part in ("statements", "duties")
            for row in content[part]["rows"]
            if row[0] == name
        )
        columns = content["links"]["columns"]
        link = dict(zip(columns, content["links"]["rows"][0], strict=True))
        content["links"]["rows"][0] = list({**link, "object_id": name, "object_label": text}.values())
        assert any(
            line.startswith("x.bundle.json, links: an id") for line in faults_of(json.dumps(content).encode())
        )


def test_links_that_contradict_each_other_are_refused(data):
    content = json.loads(data)
    columns = content["links"]["columns"]
    links = [dict(zip(columns, row, strict=True)) for row in content["links"]["rows"]]
    link = next(row for row in links if "sssom:NoTermFound" not in row.values())
    old, new = link["subject_id"], link["object_id"]
    relations = {"skos:exactMatch", "skos:closeMatch"} - {link["predicate_id"]}
    again = {**link, "predicate_id": min(relations)}
    withdrawn = {**link, "object_id": "sssom:NoTermFound", "object_label": ""}
    rows = [*content["links"]["rows"], list(again.values()), list(withdrawn.values())]
    assert faults_of(changed(data, links={"columns": columns, "rows": rows})) == [
        f"x.bundle.json, links: links that contradict each other; found {found}. "
        "Make the bundle again with curriculum bundle."
        for found in (f"{old} to {new} twice", f"{old} to sssom:NoTermFound beside another link")
    ]


def test_decisions_that_contradict_each_other_or_name_no_statement_are_refused(data):
    name = "st0792-1.0:K9"
    withdrawn = decision("withdrawn", name, "sssom:NoTermFound", "A wording")
    none = decision("withdrawn", "st0792-1.0:K99", "sssom:NoTermFound", "A wording")
    linked = decision("accept", name, "st0792-1.2:K1", "A wording", "Another")
    columns = list(Decision._fields)
    for decisions, found in (((withdrawn, linked), "contradict"), ((none,), "no such statement")):
        part = {"columns": columns, "rows": [list(row) for row in decisions]}
        assert found in faults_of(changed(data, decisions=part))[0]


def test_two_versions_are_needed_each_with_statements(data):
    assert (
        "x.bundle.json: both versions are the same; found st0792-1.0"
        in faults_of(changed(data, new="st0792-1.0"))[0]
    )
    content = json.loads(data)
    parts = {
        name: {**content[name], "rows": []}
        for name in ("statements", "links", "candidates", "duty_ksbs", "theme_ksbs", "statement_methods")
    }
    assert faults_of(changed(data, **parts, descriptor_ksbs={**content["descriptor_ksbs"], "rows": []})) == [
        f"x.bundle.json, statements: a version without statements; found {name}. "
        "Make the bundle again with curriculum bundle."
        for name in PAIR
    ]


@pytest.mark.parametrize("value", [{"a": 1}, [1], 10**400])
def test_cells_that_have_no_hash_or_are_too_long_are_named(data, value):
    for part, column in (("candidates", "rank"), ("links", "csls_score")):
        (line,) = faults_of(with_cell(data, part, 0, column, value))
        assert f"{part}: cells that do not fit; found row 1, {column}: " in line


def test_half_a_character_is_refused(data):
    (line,) = faults_of(changed(data, headline="\ud800"))
    assert line.startswith("x.bundle.json: characters that cannot be kept")


def test_a_bundle_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CurriculumError, match="no such file"):
        path_to_bundle(tmp_path / "x.bundle.json")


def decision(word, old, new, label, new_label="") -> Decision:
    return Decision(word, old, "", new, label, new_label, *PAIR, "AB", "2026-11-30", "", "d.csv, line 2")


def test_decisions_take_the_place_of_those_of_a_bundle(bundle):
    texts = {row["statement_id"]: row["text"] for row in bundle.tables.statements}
    name = "st0792-1.0:K9"
    kept = decision("withdrawn", name, "sssom:NoTermFound", texts[name])
    assert bundle_with_decisions(bundle, (kept,)).stale == ()
    older = decision("withdrawn", name, "sssom:NoTermFound", "An older wording")
    changed_bundle = bundle_with_decisions(bundle, (older,))
    assert [(row["statement_id"], row["decided_on"]) for row in changed_bundle.stale] == [
        (name, "An older wording")
    ]
    assert bundle.decisions == ()
    with pytest.raises(CurriculumError, match="no such statement"):
        bundle_with_decisions(bundle, (decision("withdrawn", "st0792-1.0:K99", "sssom:NoTermFound", ""),))
