"""The column is_mandatory: bold wordings of reformed plans, and documents whose bold means nothing."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.bold_meaning import lines_to_bold_meaning, lines_to_reform_line
from curriculum.parsing.document_parser import parse_document

SENTENCE = "<p>Knowledge and skills in bold must be assessed; the others are sampled.</p>"
REFORMED = "<p>The assessment organisation sets the assessment outcomes.</p>"
LIST = ("K1: How dough rises.", "K2: Why ovens are cleaned.", "S1: Bake bread.", "B1: Is clean.")


def parsed(body):
    return parse_document(bytes_to_document(f"<html><body>{body}".encode(), "plan.html"))


def listed(*bold, texts=LIST):
    return "".join(f"<p><b>{text}</b></p>" if text[:2] in bold else f"<p>{text}</p>" for text in texts)


def mandatory(one):
    return {row.code: row.is_mandatory for row in one.statements if row.is_mandatory is not None}


def found(one, rule="bold-unclear"):
    return [(row.severity, row.message) for row in one.findings if row.rule == rule]


@pytest.mark.parametrize("before", [SENTENCE, REFORMED])
def test_bold_wordings_are_mandatory_and_behaviours_say_nothing(before):
    one = parsed(before + listed("K1", "S1"))
    assert mandatory(one) == {"K1": True, "K2": False, "S1": True}
    assert not found(one)
    assert len(found(one, "mandatory-inferred")) == (before == REFORMED)


def test_behaviours_count_only_if_the_sentence_has_them():
    sentence = "<p>KSBs in bold are mandatory.</p>"
    assert mandatory(parsed(sentence + listed("K1", "B1"))) == {
        "K1": True,
        "K2": False,
        "S1": False,
        "B1": True,
    }
    one = parsed(SENTENCE + listed("K1", "B1"))
    assert "B1" not in mandatory(one)
    assert found(one)[0][1].startswith("B1 are in bold, but “Knowledge and skills in bold must be assessed")


@pytest.mark.parametrize(
    "body",
    [
        listed("K1", "K2", "S1", "B1"),
        "".join(f"<p><b>{text[:3]}</b>{text[3:]}</p>" for text in LIST),
        listed(),
        REFORMED + listed("K1", "K2", "S1", "B1"),
        REFORMED + listed(),
    ],
)
def test_all_in_bold_or_labels_alone_are_style(body):
    one = parsed(body)
    assert mandatory(one) == {}
    assert not found(one)


def test_bold_that_nothing_explains_is_a_note():
    one = parsed(listed("K1", "S1"))
    assert mandatory(one) == {}
    assert found(one) == [
        (
            "note",
            "the wordings of K1 and S1 are in bold, and nothing says that they must be assessed: the column "
            "is_mandatory is empty",
        )
    ]


@pytest.mark.parametrize("bold", [(), ("K1", "K2", "S1")])
def test_a_sentence_without_bold_that_tells_apart_is_a_warning(bold):
    one = parsed(SENTENCE + listed(*bold))
    assert mandatory(one) == {}
    assert [severity for severity, _ in found(one)] == ["warning"]


def test_a_wording_in_part_bold_is_left_open():
    texts = "<p>K1: <b>How</b> dough rises and falls.</p><p><b>K2: Ovens</b></p><p>S1: Bake.</p>"
    one = parsed(SENTENCE + texts)
    assert mandatory(one) == {"K2": True, "S1": False}
    assert found(one) == [
        (
            "warning",
            "the wording of K1 is bold only in part (line 3): the column is_mandatory is empty for it",
        )
    ]


def test_a_list_without_bold_says_nothing_about_a_statement_that_is_bold_elsewhere():
    duties = (
        "<h2>Occupation duties</h2><table><tr><th>Duty<th>KSBs<tr><td>Duty 1 Bake<td>K1 K2 S1</table>"
        "<h2>KSBs</h2>" + listed()
    )
    mapping = (
        "<h2>KSB mapping table</h2><table><tr><th>KSB<th>Assessment method"
        "<tr><td><b>K1: How dough rises.</b><td>Interview"
        "<tr><td>K2: Why ovens are cleaned.<td>Interview</table>"
    )
    one = parsed(SENTENCE + duties + mapping)
    assert mandatory(one) == {"K1": True, "K2": False}


def test_a_statement_that_is_bold_in_one_place_and_not_in_another_is_left_open():
    again = "<h2>KSB mapping table</h2><table><tr><th>KSB<th>Assessment method"
    again += "<tr><td>K1: How dough rises.<td>Interview<tr><td><b>S1: Bake bread.</b><td>Interview</table>"
    one = parsed(f"{SENTENCE}<h2>KSBs</h2>{listed('K1', 'S1')}<h2>Plan</h2><p>a</p>{again}")
    assert mandatory(one) == {"S1": True, "K2": False}
    assert "the wording of K1 is bold in one place and not in another" in found(one)[0][1]


def test_wordings_in_cells_of_tables():
    table = (
        "<table><tr><th>KSB<th>Page<th>Statement<tr><td><b>K1</b><td>3<td><b>How dough rises.</b>"
        "<tr><td><b>K2</b><td>3<td>Why ovens are cleaned.</table>"
    )
    assert mandatory(parsed(SENTENCE + table)) == {"K1": True, "K2": False}


@pytest.mark.parametrize(
    ("sentence", "is_mandatory", "letters"),
    [
        ("Knowledge and skills in bold must be assessed.", True, "KS"),
        ("The statements in bold are mandatory.", True, "KS"),
        ("Those shown in bold will always be assessed and the rest may be sampled.", True, "KS"),
        ("KSBs in bold must be assessed, while KSBs not in bold may be sampled.", True, "BKS"),
        ("Bold text shows the knowledge that must be assessed.", True, "K"),
        ("Mandatory KSBs are shown in bold type.", True, "BKS"),
        ("The apprentice must demonstrate all skills that are in bold.", True, "S"),
        ("Knowledge and skills that are not in bold do not have to be assessed.", False, "KS"),
        ("All skills apart from those not in bold must be assessed.", False, "S"),
        ("Statements in bold may be sampled.", False, "KS"),
        ("Terms in bold must be assessed against the glossary.", False, "KS"),
        ("Text in bold has changed since the last version.", False, "KS"),
    ],
)
def test_what_a_sentence_says_about_bold(sentence, is_mandatory, letters):
    meaning = lines_to_bold_meaning(["Some words.", *sentence.split("  ")])
    assert (meaning.is_mandatory, "".join(sorted(meaning.letters))) == (is_mandatory, letters)


def test_a_sentence_can_be_wrapped_and_a_wording_is_none():
    wrapped = ["Knowledge and skills in", "bold must", "be assessed."]
    assert lines_to_bold_meaning(wrapped).is_mandatory
    assert lines_to_bold_meaning(["S1: Use bold print for what must be shown."], {1}) is None


def test_words_of_plans_from_2025_on():
    assert lines_to_reform_line(["x", "apprenticeship assessment", "gateway to completion"]) == 2
    assert not lines_to_reform_line(["apprenticeship assessment plan"])
    assert not lines_to_reform_line(["end-point assessment", "apprenticeship assessment"])


@pytest.mark.parametrize(
    ("head", "attributes"),
    [
        ("", "style='color: red; font-weight: bold'"),
        ("", "style='font-weight:600'"),
        ("<style>.c1{font-weight:700}</style>", "class='c0 c1'"),
        ("<style>p.c1 , span.c1 { font-weight: bold; color: red }</style>", "class=c1"),
    ],
)
def test_bold_by_the_style_of_an_element(head, attributes):
    texts = f"<p><span {attributes}>K1: How</span></p><p><span style='font-weight:400'>K2: Why</span></p>"
    assert mandatory(parsed(f"{head}{SENTENCE}{texts}")) == {"K1": True, "K2": False}


def test_items_in_items_of_a_page_without_codes_are_part_of_them():
    one = parsed(
        "<h2>Knowledge</h2><ul><li>How<ul><li>rye<li>oat</ul><li>Why</ul><h2>Skills</h2><ul><li>Bake</ul>"
    )
    assert [row.text for row in one.statements] == ["How • rye • oat", "Why", "Bake"]


def test_text_of_a_page_that_is_struck_out_is_reported():
    one = parsed(
        "<p>K1: <del>How</del> Why</p><p>K2: <span style='text-decoration: line-through'>a</span> b</p>"
    )
    assert [(row.line, row.severity) for row in one.findings if row.rule == "struck-out"] == [(1, "warning")]
    assert found(one, "struck-out")[0][1].startswith(
        "text is struck out on lines 1, 3: it is read like other text"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "In version 1.0, knowledge and skills in bold must be assessed. This no longer applies.",
        "Knowledge and skills in bold must be assessed by the employer, all others by the centre.",
        "It was proposed that knowledge and skills in bold must be assessed.",
        "Knowledge and skills in bold must be assessed if the apprentice takes option 1.",
    ],
)
def test_a_sentence_about_something_else_fills_nothing(sentence):
    one = parsed(f"<p>{sentence}</p>" + listed("K1", "S1"))
    assert mandatory(one) == {}
    assert [severity for severity, _ in found(one)] == ["note"]


@pytest.mark.parametrize(
    "sentence", ["If a KSB is in bold, it must be assessed.", "KSBs in bold are mandatory."]
)
def test_a_sentence_in_other_words(sentence):
    assert mandatory(parsed(f"<p>{sentence}</p>" + listed("K1", "S1")))["K1"] is True


def test_a_second_list_without_bold_says_nothing():
    one = parsed(SENTENCE + listed("K1", "S1") + "<h2>KSBs by method</h2>" + listed())
    assert mandatory(one) == {"K1": True, "K2": False, "S1": True}
    assert not found(one)
