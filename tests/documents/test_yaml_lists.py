"""Lists of codes in YAML: every value is a text as printed, on the line of the file."""

from __future__ import annotations

import sys

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document


def parse(text, name="mine.yaml", part=""):
    return parse_document(bytes_to_document(text.encode(), name, record=part))


def statements(one):
    return [(row.code, row.text, row.first_line) for row in one.statements]


def messages(one):
    return [(row.line, row.severity, row.message) for row in one.findings]


READ = (0, "note", "read from YAML: line numbers are those of the file")

MAPPING = (
    '# KSBs of a groom\nversion: 1.10\n\nK1: "How hay: stored, and dried"\nK2: The hoof\n  and its parts\n'
    "S1: >\n  Lead a horse\n  through a gate\nS2: |\n  Ride\n  a horse\n"
)


def test_codes_as_names():
    one = parse(MAPPING)
    assert statements(one) == [
        ("K1", "How hay: stored, and dried", 4),
        ("K2", "The hoof and its parts", 5),
        ("S1", "Lead a horse through a gate", 7),
        ("S2", "Ride a horse", 10),
    ]
    assert messages(one) == [
        READ,
        (
            0,
            "warning",
            "1 value of the file is in no record and no list of codes: $.version: “1.10”",
        ),
    ]


ITEMS = (
    "- code: K1\n  description: How hay is stored\n  method: Test\n"
    "- code: 'K2'\n  description: 'The hoof'\n  method: [Test, Log]\n"
)


@pytest.mark.parametrize("name", ["mine.yml", "mine.txt", "mine"])
def test_items_with_a_field_for_the_code_are_yaml_under_any_name(name):
    one = parse(ITEMS, name)
    assert statements(one) == [("K1", "How hay is stored", 1), ("K2", "The hoof", 4)]
    assert [(row.name, row.value) for row in one.rows.details] == [
        ("K1: method", "Test"),
        ("K2: method", "Test; Log"),
    ]


def test_lists_below_the_names_of_kinds():
    one = parse(
        "standard:\n  knowledge:\n    K1: Hay\n  skills:\n    - S1: Lead\n    - S2 - Ride\n"
        "  behaviours: {B1: Be kind, B2: Be brave}\n"
    )
    assert statements(one) == [
        ("K1", "Hay", 3),
        ("S1", "Lead", 5),
        ("S2", "Ride", 6),
        ("B1", "Be kind", 7),
        ("B2", "Be brave", 7),
    ]
    assert messages(one) == [READ]


def test_a_plain_list_in_a_text_stays_a_text():
    one = parse('K1: "Right first time"\nK2: Hooves\n', "mine.txt")
    assert statements(one) == [("K1", '"Right first time"', 1), ("K2", "Hooves", 2)]


@pytest.mark.parametrize("value", ["yes", "1.10", "012", "true", "2026-11-29"])
def test_no_value_is_more_than_a_text(value):
    one = parse(f"K1: {value}\nK2: Hooves\n")
    assert statements(one)[0] == ("K1", value, 1)


def test_codes_with_letters_before_them_and_an_alias_of_a_text():
    one = parse("- code: AK1\n  text: &hay Hay\n- code: AK2\n  text: *hay\n- code: AS1\n  text: Lead\n")
    assert statements(one) == [("AK1", "Hay", 1), ("AK2", "Hay", 3), ("AS1", "Lead", 5)]


def test_line_ends_of_all_kinds_count_as_an_editor_counts_them():
    assert statements(parse("K1: Hay\u2028and straw\r\nK2: Hooves\rK3: Feed\n")) == [
        ("K1", "Hay and straw", 1),
        ("K2", "Hooves", 2),
        ("K3", "Feed", 3),
    ]


def test_what_looks_like_a_row_and_is_none_is_an_error():
    one = parse("- id: S1\n  text: Lead\n- code: K1\n  text: Hay\n- code: K2\n  text: Hooves\n")
    assert [row for row in messages(one) if row[1] == "error"] == [
        (
            3,
            "error",
            "2 lines look like lists of codes and are in no table of them: lines 3 and 5, first “K1”",
        )
    ]


TWO = "---\nK1: Hay\n---\nK1: Reins\n...\n"


def test_several_documents_are_named_by_their_places():
    with pytest.raises(CurriculumError, match=r"such as mine\.yaml#1; found 1 from line 1, 2 from line 3\."):
        parse(TWO)
    one = parse(TWO, part="2")
    assert (statements(one), one.document.document_id) == ([("K1", "Reins", 4)], "mine-2")
    with pytest.raises(CurriculumError, match="holds no document 3"):
        parse(TWO, part="3")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "K1: Hay\nK1: Straw\n",
            "line 2: the name K1 twice; expected each name once; found it on line 1 too",
        ),
        ("K1: !!python/object:os.system x\n", "line 1: a tag, which is not read"),
        ("a: &a [x]\nb: [*a, *a]\nK1: Hay\n", r"line 2: an alias of a list \(\*a\)"),
        ("a: &a [*a]\nK1: Hay\n", r"line 1: an alias of a list \(\*a\)"),
        ("K1: How: it is\n", "line 1: no YAML, or damaged; .*found mapping values are not allowed here"),
        ("K1: 'Hay\n", "no YAML, or damaged"),
        ("? [a, b]\n: c\n", "line 1: a list in the place of a name"),
        (f"a: {'[' * 60}{']' * 60}\n", "line 1: nested too deeply; expected at most 50 levels"),
        (f"K1: {'x' * 1_000_000}\n", "too large for a list of codes in YAML"),
        ("K1:\nK2: ~\nK3: Hay\n", "line 1: a code without wording"),
        ("K1: Hay\nK2: null\n", "line 2: a code without wording; .*found K2"),
        ("knowledge:\n  - How hay is stored\n", "YAML without a list of codes; .*found 1 value"),
        ("# nothing\n", "holds no text"),
    ],
)
def test_what_is_no_plain_list_is_refused(text, message):
    with pytest.raises(CurriculumError, match=message):
        parse(text)


def test_without_the_package_it_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "yaml", None)
    with pytest.raises(CurriculumError, match="pip install pyyaml"):
        parse("K1: Hay\n")
