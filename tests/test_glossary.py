"""The glossary holds every term of tables and screens, a line each, and nothing twice."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from curriculum.checks.rules import RULES
from curriculum.model import vocabulary as v
from curriculum.parsing.document_kinds import document_kinds
from curriculum.tables.schemas import SCHEMAS

ROOT = Path(__file__).resolve().parents[1]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
SECTIONS = {
    section.partition("\n")[0]: re.findall(r"^\| (.+?) \| (.+?) \|$", section, re.MULTILINE)[1:]
    for section in re.split(r"^## ", GLOSSARY, flags=re.MULTILINE)[1:]
}
COLUMNS = {str(column) for schema in SCHEMAS.values() for column in schema.columns} | {*v.AUDIT_COLUMNS}


def terms(section):
    return [term.strip("`") for term, _ in SECTIONS[section]]


def test_each_column_has_a_line():
    assert set(terms("Columns")) == COLUMNS


def test_each_rule_has_a_line_with_what_it_looks_for():
    assert SECTIONS["Rules"] == [(f"`{rule.name}`", rule.looks_for) for rule in RULES]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("Outcomes of a code", v.OUTCOMES),
        ("Relations", (*v.RELATIONS, v.ALT_LABEL, v.BROADER, v.NO_TERM_FOUND)),
    ],
)
def test_each_outcome_and_relation_has_a_line(section, expected):
    assert set(terms(section)) == set(expected)


def test_each_kind_of_document_is_one_that_is_read():
    # A new kind works before somebody has added its line here.
    assert set(terms("Kinds of document")) <= {kind.name for kind in document_kinds()}


def test_each_value_that_people_see_has_a_line():
    listed = {term for section in SECTIONS for term in terms(section)}
    assert {*v.DECISIONS, *v.SEVERITIES, v.ACCEPT, v.REVIEW} <= listed


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_has_each_term_once_and_in_one_line(section):
    assert len(terms(section)) == len(set(terms(section))) > 0
    assert all(len(meaning) <= 250 for _, meaning in SECTIONS[section])


def test_the_readme_links_to_it():
    assert "docs/glossary.md" in (ROOT / "README.md").read_text(encoding="utf-8")
