"""Markdown as people write it: the statements, duties and codes that are read of it."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document


def parsed(text, name="baker.md"):
    return parse_document(bytes_to_document(text.encode(), name))


def statements(one):
    return {row.code: row.text for row in one.statements}


def rules(one):
    return [(row.rule, row.line, row.severity) for row in one.findings]


HOW, WHY, BAKE = "How dough rises in ovens.", "Why ovens are cleaned.", "Bake bread."
KSBS = {"K1": HOW, "K2": WHY, "S1": BAKE}
FORMS = (
    "- **{code}:** {text}",
    "- **{code}**: {text}",
    "* {code} - {text}",
    "1. {code}: {text}",
    "> {code}: {text}",
    "- [ ] {code}: {text}",
    "**{code}: {text}**",
    "**{code}** – {text}",
    "[{code}](#{code}): {text}",
    "{code}\\. {text}",
    "### {code}\n\n{text}",
    "### {code}\n- {text}",
    "### {code}: {text}",
    "#### {code} {text}",
    "| {code} | {text} |",
    "<p><b>{code}</b>: {text}</p>",
)


@pytest.mark.parametrize("form", FORMS)
def test_a_list_of_ksbs_in_each_form(form):
    joint = "\n" if form.startswith("|") else "\n\n"
    listed = joint.join(form.format(code=code, text=text) for code, text in KSBS.items())
    one = parsed(f"# Baker\n\n{listed}\n")
    assert statements(one) == KSBS
    assert not rules(one)


def test_a_wrapped_wording_is_joined_and_what_is_named_below_it_is_not():
    one = parsed(
        "- K1: How the\n  Act is read by\nBakers\n- K2: Why.\n  Level: 3\n\nK3: What  \nAnother line\n"
    )
    assert statements(one) == {"K1": "How the Act is read by Bakers", "K2": "Why.", "K3": "What"}
    assert (one.statements[0].first_line, one.statements[0].last_line) == (1, 3)
    assert rules(one) == [("unplaced-line", 5, "warning"), ("unplaced-line", 8, "warning")]


def test_what_begins_something_new_is_no_part_of_an_item_above_it():
    text = (
        "## Theme 1: Bread\n\n#### Pass\n\n- Bakes bread [K1]\nTo achieve a distinction, apprentices must:\n"
        "- Bake well [S1]\n\n## KSBs\n\nK1: How dough\n\nS1: Bake\n"
    )
    assert [(row.grade, row.text) for row in parsed(text).rows.descriptors] == [
        ("pass", "Bakes bread"),
        ("distinction", "Bake well"),
    ]
    # A line with two codes at its start is no statement that is read, and no part of the one above it.
    one = parsed("K1 How dough rises.\nK2 S1 Why ovens are cleaned.\n")
    assert statements(one) == {"K1": "How dough rises."}
    assert rules(one) == [("unplaced-line", 2, "warning")]


def test_bullets_below_a_wording_are_part_of_it_only_if_it_announces_them():
    one = parsed("- K1: Types of bread:\n  - rye\n  - oat\n- K2: Why ovens\n  - Evidence: a photo\n")
    assert statements(one) == {"K1": "Types of bread: • rye • oat", "K2": "Why ovens"}
    assert rules(one) == [("unplaced-line", 5, "warning")]


def test_a_title_above_each_wording_is_a_detail():
    one = parsed(f"### K1: Dough\n\n{HOW}\n\n### K2: Ovens\n{WHY}\n")
    assert statements(one) == {"K1": HOW, "K2": WHY}
    assert [row[:3] for row in one.rows.details] == [
        ("titles of statements", "K1", "Dough"),
        ("titles of statements", "K2", "Ovens"),
    ]
    assert rules(one) == [("titled-statement", 1, "warning")]


def test_text_below_some_headings_is_no_wording():
    one = parsed(f"### K1: {HOW}\n\nI baked bread on Monday, and it rose well.\n\n### K2: {WHY}\n")
    assert statements(one) == {"K1": HOW, "K2": WHY}
    assert rules(one) == [("unplaced-line", 3, "warning")]


DUTIES = (
    "### Duty 1: Bake bread\n\nKSBs: K1, S1\n\n### Duty 2: Clean ovens\n\n**KSBs:** K2",
    "1. **Duty 1** Bake bread\n\n   K1 S1\n\n2. **Duty 2** Clean ovens\n\n   K2",
    "- **Duty 1**\n  Bake bread\n  - K1, S1\n- **Duty 2**\n  Clean ovens\n  - K2",
    "[D1: Bake bread](d01.md)\n\nK1 S1\n\n[D2: Clean ovens](d02.md)\n\nK2",
    "| Duty | KSBs |\n|--|--|\n| **Duty 1** Bake bread | K1<br>S1 |\n| Duty 2 Clean ovens | [K2](#k2) |",
    "| No | Duty | KSBs |\n|--|--|--|\n| 1 | Bake bread | K1, S1 |\n| 2 | Clean ovens | K2 |",
    "<table>\n<tr><td>Duty 1 Bake bread</td><td>K1<br>S1</td></tr>\n\n"
    "<tr><td>Duty 2 Clean ovens</td><td>K2</td></tr>\n</table>",
)


@pytest.mark.parametrize("duties", DUTIES)
def test_duties_with_their_codes(duties):
    listed = "\n".join(f"- **{code}:** {text}" for code, text in KSBS.items())
    one = parsed(f"# Baker\n\n## Duties\n\n{duties}\n\n## KSBs\n\n{listed}\n")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Bake bread"), ("D2", "Clean ovens")]
    assert [(row.duty, row.code) for row in one.rows.duty_ksbs] == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert statements(one) == KSBS
    assert not [row for row in one.findings if row.severity != "note"]


def test_an_option_in_brackets_before_a_colon():
    one = parsed("# Baker\n\n## Duties\n\nDuty 1 (Cakes): Bake cakes\n\nK1\n\n## KSBs\n\nK1: How\n")
    assert [(row.option, row.text) for row in one.duties] == [("Cakes", "Bake cakes")]


def test_a_table_of_criteria():
    table = "| | Criterion | KSBs |\n|--|--|--|\n| P1 | Bakes well. | K1, S1 |\n| D1 | Bakes better. | K2 |"
    listed = "\n".join(f"{code}: {text}" for code, text in KSBS.items())
    one = parsed(f"## Theme 1: Bread\n\n{table}\n\n## KSBs\n\n{listed}\n")
    assert [(row.grade, row.text, row.codes) for row in one.rows.descriptors] == [
        ("pass", "Bakes well.", ("K1", "S1")),
        ("distinction", "Bakes better.", ("K2",)),
    ]


def test_front_matter_is_details_and_never_a_statement():
    one = parsed("---\ntitle: Baker\nK9: x\n---\n\nK1: How dough rises.\n")
    assert statements(one) == {"K1": "How dough rises."}
    assert [row[:3] for row in one.rows.details] == [
        ("front matter", "title", "Baker"),
        ("front matter", "K9", "x"),
    ]
    assert rules(one) == [("left-out", 3, "warning")]


def test_a_list_in_a_fence_is_read():
    assert statements(parsed("Copy:\n\n```\nK1: How dough rises.\nS1: Bake.\n```\n")) == {
        "K1": "How dough rises.",
        "S1": "Bake.",
    }


@pytest.mark.parametrize("mark", ["**", "__"])
def test_bold_is_what_must_be_assessed(mark):
    text = "Knowledge and skills in bold must be assessed.\n\n- {0}K1: How{0}\n- {0}K2:{0} Why\n- S1: Bake\n"
    one = parsed(text.format(mark))
    assert [row.is_mandatory for row in one.statements] == [True, False, False]


def test_items_without_codes_with_items_in_them():
    text = "# Baker\n\n- Knowledge\n  - How dough\n    Rises\n    - rye\n  - Why ovens\n- Skills\n  - Bake\n"
    assert statements(parsed(text)) == {"K1": "How dough Rises • rye", "K2": "Why ovens", "S1": "Bake"}
