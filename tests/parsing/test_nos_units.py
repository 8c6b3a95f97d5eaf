"""NOS units of several sectors in each form: the same statements, facts and groups from each."""

from __future__ import annotations

import re

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document
from made_up_units import SIGNS, UNITS, to_layout, to_markdown, to_page, to_text, to_word

FORMS = {
    "text": (to_text, "unit.txt"),
    "wrapped text": (lambda unit, sign: to_text(unit, sign, 50), "unit.txt"),
    "columns of a PDF": (to_layout, "unit.txt"),
    "other columns": (
        lambda unit, sign: to_layout(unit, sign, column=18, width=60, page=23, stem_at_side=False),
        "unit.txt",
    ),
    "page": (to_page, "unit.html"),
    "Markdown": (to_markdown, "unit.md"),
    "Word": (to_word, "unit.docx"),
    "tables in Word": (lambda unit, sign: to_word(unit, sign, in_tables=True), "unit.docx"),
}
# Counted by hand.
COUNTS = {
    **{"TILWB04": (4, 3), "CARDX11": (4, 3), "LNDFA7": (3, 4), "SCRPR21": (3, 2), "ENGFT30": (3, 3)},
    "BUSOF9": (4, 2),
}


def parse(raw, name="unit.txt", part=""):
    raw = raw.encode() if isinstance(raw, str) else raw
    return parse_document(bytes_to_document(raw, name, record=part))


def bare(text):
    """Give a wording without the bullets in it, which differ between files."""
    return re.sub(r" [•o▪–-] ", " ", text)


def groups(unit):
    found = []
    for _, _, _, items in unit.lists:
        group = ""
        for item in items:
            group = item.group or group
            found.append(group)
    return found


def wordings(one):
    return [(row.code, row.text) for row in one.rows.occurrences]


def details(one, section="metadata"):
    return [(row.name, row.value) for row in one.rows.details if row.section == section]


def rules(one):
    return [(row.rule, row.severity, row.line) for row in one.findings]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign])
def test_each_form_of_a_unit_has_the_same_statements(form, sign):
    write, name = FORMS[form]
    for unit in UNITS:
        one = parse(write(unit, sign), name)
        assert [(code, bare(text)) for code, text in wordings(one)] == unit.statements(sign)
        assert [row.section.partition(": ")[2] for row in one.rows.occurrences] == groups(unit)
        assert (one.facts.title, one.facts.reference) == (unit.title, unit.urn)
        values = dict(details(one))
        assert {label: values.get(label) for label in unit.facts} == unit.facts
        kinds = [row.section.partition(":")[0] for row in one.rows.occurrences]
        assert (kinds.count("Performance criteria"), kinds.count("Knowledge and understanding")) == COUNTS[
            unit.urn
        ]
        assert [row for row in one.findings if row.rule not in ("reading", "page-footer")] == []


@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_a_unit_with_bullets_has_its_statements_or_an_error(form):
    write, name = FORMS[form]
    for unit in UNITS:
        one = parse(write(unit, ""), name)
        is_right = [(code, bare(text)) for code, text in wordings(one)] == unit.statements()
        errors = [row for row in one.findings if row.severity == "error"]
        assert is_right or [row.rule for row in errors] == ["numbers-lost"] * len(errors) != []


ELEMENTS = """Groom a show dog

Element {0}1: Prepare the dog
Performance criteria
You must be able to:
{1} brush the coat
{2} trim the claws
Knowledge and understanding
You need to know and understand:
K1 kinds of coat

Element {0}2: Show the dog
Performance criteria
You must be able to:
{1} lead the dog
{2} stand the dog
{3} thank the judge
Knowledge and understanding
You need to know and understand:
K1 the rules of the ring
"""


@pytest.mark.parametrize("before", ["", "14."])
def test_codes_that_begin_anew_in_each_element_get_its_number(before):
    one = parse(ELEMENTS.format(before, "P1", "P2", "P3"))
    elements = [f"Element {before}1: Prepare the dog", f"Element {before}2: Show the dog"]
    got = [(row.code, row.section) for row in one.rows.occurrences]
    expected = ["P1.1", "P1.2", "P2.1", "P2.2", "P2.3", "K1.1", "K2.1"]
    of_element = [0, 0, 1, 1, 1, 0, 1]
    names = ["Performance criteria"] * 5 + ["Knowledge and understanding"] * 2
    assert got == [
        (code, f"{name}: {elements[at]}") for code, name, at in zip(expected, names, of_element, strict=True)
    ]
    assert [row for row in details(one, "printed codes") if row[0] == expected[3]] == [
        (expected[3], f"{elements[1]}: P2")
    ]
    assert rules(one) == [("numbers-lost", "note", 6), ("numbers-lost", "note", 10)]
    assert [row.code for row in one.statements] == expected


def test_the_kind_of_a_code_of_an_element_is_that_of_its_letter():
    from curriculum.parsing.parsed_tables import parsed_to_tables

    tables = parsed_to_tables([parse(ELEMENTS.format("", "P1", "P2", "P3"))])
    assert tables.statements["kind"].tolist() == ["performance criterion"] * 5 + ["knowledge"] * 2


def test_elements_within_a_list_end_with_it():
    one = parse(
        "Mend a net\nPerformance criteria\nElement 1: Check the net\nP1 find holes\nElement 2: Mend the net\n"
        "P1 tie knots as in\nP1\nP2 check the mesh\nKnowledge and understanding\nK1 twine\nK2 knots\n"
    )
    assert wordings(one) == [
        ("P1.1", "find holes"),
        ("P2.1", "tie knots as in P1"),
        ("P2.2", "check the mesh"),
        ("K1", "twine"),
        ("K2", "knots"),
    ]
    assert one.rows.occurrences[3].section == "Knowledge and understanding"


NUMBERED = """Bend copper pipe
Performance criteria
You must be able to:
{0}
Knowledge and understanding
You need to know and understand:
1. copper
2. brass
"""


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # Numbers below each number: the upper ones are headings.
        (
            "1 Prepare the pipe\n1.1 measure it\n1.2 mark it\n2 Bend the\npipe\n2.1 set the bender",
            [
                ("P1.1", "measure it", "1 Prepare the pipe"),
                ("P1.2", "mark it", "1 Prepare the pipe"),
                ("P2.1", "set the bender", "2 Bend the pipe"),
            ],
        ),
        # A wording that announces them: they are parts of it.
        (
            "1. choose a bender:\n1.1 for the bench\n1.2 for the hand\n2. bend",
            [("P1", "choose a bender: 1.1 for the bench 1.2 for the hand", ""), ("P2", "bend", "")],
        ),
        # One of two has parts.
        (
            "1. choose a bender\n2. bend the pipe by\n2.1 hand or\n2.2 machine",
            [("P1", "choose a bender", ""), ("P2", "bend the pipe by 2.1 hand or 2.2 machine", "")],
        ),
        (
            "1.1 measure\n1.2 mark\n2.1 bend",
            [("P1.1", "measure", ""), ("P1.2", "mark", ""), ("P2.1", "bend", "")],
        ),
        (
            "a) measure, with\na. a rule\nb. a tape\nb) mark\nc) bend",
            [("P1", "measure, with a. a rule b. a tape", ""), ("P2", "mark", ""), ("P3", "bend", "")],
        ),
        ("1\nmeasure\n2\nmark", [("P1", "measure", ""), ("P2", "mark", "")]),
        ("(1) measure\n(2) mark", [("P1", "measure", ""), ("P2", "mark", "")]),
        (
            "1 measure\n2 mark within\n15 seconds",
            [("P1", "measure", ""), ("P2", "mark within 15 seconds", "")],
        ),
    ],
)
def test_numbers_below_numbers(lines, expected):
    one = parse(NUMBERED.format(lines))
    got = [
        (row.code, row.text, row.section.partition(": ")[2])
        for row in one.rows.occurrences
        if row.code[0] == "P"
    ]
    if lines.startswith("1 measure"):
        # “within” is no word after which a sentence must go on: the line is reported, and not guessed.
        assert got[1][1] == "mark within"
        assert ("unplaced-line", "warning", 6) in rules(one)
    else:
        assert got == expected
        assert [row for row in rules(one) if row[1] != "note"] == []


@pytest.mark.parametrize(
    ("heading", "above", "is_group"),
    [
        ("Health and safety", "\n", True),
        ("Health and safety:", "", True),
        ("Health and safety", "", True),
        ("Health and safety at work.", "\n", False),
    ],
)
def test_a_short_line_above_an_item_is_the_heading_of_a_group(heading, above, is_group):
    text = (
        "Bake\nPerformance criteria\nP1 weigh the flour on the scales that are next to the oven\nP2 knead\n"
        f"{above}{heading}\nP3 wear gloves\nKnowledge and understanding\nK1 flour\n"
    )
    one = parse(text)
    assert wordings(one)[1:3] == [("P2", "knead"), ("P3", "wear gloves")]
    section = one.rows.occurrences[2].section
    assert section == ("Performance criteria: Health and safety" if is_group else "Performance criteria")
    assert ("unplaced-line" in [row.rule for row in one.findings]) is not is_group


def test_a_line_that_can_be_the_rest_of_the_one_above_is_no_heading():
    one = parse(
        "Bake\nPerformance criteria\nP1 take the loaf out of the oven and give it to the\nShop Manager\n"
        "P2 hand over the keys of the shop and of the store room and the\noven to the duty officer or\n"
        "Night Baker\nP3 rest\nKnowledge and understanding\nK1 flour\n"
    )
    assert [text for _, text in wordings(one)] == [
        "take the loaf out of the oven and give it to the Shop Manager",
        "hand over the keys of the shop and of the store room and the oven to the duty officer or "
        "Night Baker",
        "rest",
        "flour",
    ]


MANAGERS = """CFAM&LZZ9
Run a works canteen
Unit summary
This unit is about canteens.
Outcomes of effective performance
You must be able to do the following:
1. Plan menus.
2. Order food.
Behaviours which underpin effective performance
1. You find ways
to overcome barriers.
2. You listen.
Knowledge and understanding
You need to know and understand the following:
General knowledge and understanding
1. How to plan.
2. Budgets.
Industry/sector specific knowledge and understanding
1. Food law.
Context specific knowledge and understanding
1. The staff.
"""


def test_a_unit_of_the_standards_for_managers():
    one = parse(MANAGERS)
    kinds = ["General", "General", "Industry/sector specific", "Context specific"]
    assert [(row.code, row.text, row.section) for row in one.rows.occurrences] == [
        ("P1", "Plan menus.", "Performance criteria"),
        ("P2", "Order food.", "Performance criteria"),
        *(
            (f"K{n}", text, f"Knowledge and understanding: {kind} knowledge and understanding")
            for n, (text, kind) in enumerate(
                zip(["How to plan.", "Budgets.", "Food law.", "The staff."], kinds, strict=True), start=1
            )
        ),
    ]
    behaviours = "Behaviours which underpin effective performance"
    assert details(one) == [
        (behaviours, "1. You find ways to overcome barriers."),
        (behaviours, "2. You listen."),
    ]
    assert (one.facts.title, one.facts.reference) == ("Run a works canteen", "CFAM&LZZ9")
    assert rules(one) == [("numbers-lost", "note", 16)]


FOOT = "Bake\nPerformance criteria\nP1 knead\nKnowledge and understanding\nK1 flour\n"


@pytest.mark.parametrize(
    "foot",
    [
        "Developed by\nBakers\nVersion Number\n2\nIndicative Review\nDate\nMay 2026\nSuite\nBread\nCakes\n",
        "Developed by: Bakers\nVersion Number: 2\nIndicative Review Date: May 2026\nSuite: Bread\nCakes\n",
        "Developed by Bakers\nVersion Number 2\nIndicative Review Date May 2026\nSuite\nBread\nCakes\n",
        "Developed by          Bakers\nVersion Number        2\nIndicative Review     May 2026\nDate\n\n"
        "Suite                 Bread\n                      Cakes\n",
    ],
)
def test_facts_in_any_layout(foot):
    one = parse(FOOT + foot)
    assert details(one) == [
        ("Developed by", "Bakers"),
        ("Version Number", "2"),
        ("Indicative Review Date", "May 2026"),
        ("Suite", "Bread Cakes"),
    ]
    assert (one.facts.version, one.facts.review_date) == ("2", "2026-05")
    assert one.findings == ()


def test_values_below_all_of_their_labels_are_paired_only_where_each_fits():
    labels = "Developed by\nVersion Number\nDate Approved\nValidity\n"
    one = parse(f"{FOOT}{labels}Bakers\n2\nMay 2021\nCurrent\n")
    assert [(row.name, row.value, row.is_inferred) for row in one.rows.details] == [
        ("Developed by", "Bakers", True),
        ("Version Number", "2", True),
        ("Date Approved", "May 2021", True),
        ("Validity", "Current", True),
    ]
    other = parse(f"{FOOT}{labels}Bakers\nMay 2021\n2\nCurrent\n")
    assert [value for _, value in details(other)][:3] == ["", "", ""]


def test_labels_without_values_and_an_unknown_label():
    one = parse(f"{FOOT}Version Number\nDate Approved\nMay 2021\nNOS Category: Other\nSOC Code\n5432\n")
    assert details(one) == [
        ("Version Number", ""),
        ("Date Approved", "May 2021"),
        ("NOS Category", "Other"),
        ("SOC Code", "5432"),
    ]


def test_scope_glossary_and_links_are_kept_item_by_item():
    one = parse(
        f"{FOOT}Scope/range related to performance criteria\n1. tins\n2. trays that\nare deep\n"
        "Glossary\nTin: a form for bread\nLinks to other NOS\n• BAKE8\n• BAKE9\nExternal Links\nSkills\n"
        "weighing\n"
    )
    scope = "Scope/range related to performance criteria"
    assert details(one) == [
        (scope, "1. tins"),
        (scope, "2. trays that are deep"),
        ("Glossary", "Tin: a form for bread"),
        ("Links to other NOS", "BAKE8"),
        ("Links to other NOS", "BAKE9"),
        ("External Links", ""),
        ("Skills", "weighing"),
    ]


def test_codes_above_their_wordings_are_paired_by_order_or_refused():
    raw = "Bake\nPerformance\ncriteria\nYou must be able to:\nP1\nP2\n\nknead the\ndough\n\nrest it\n" + (
        "Knowledge and\nunderstanding\nK1 flour\n"
    )
    one = parse(raw)
    assert wordings(one) == [("P1", "knead the dough"), ("P2", "rest it"), ("K1", "flour")]
    assert rules(one) == [("numbers-lost", "warning", 5)]
    with pytest.raises(CurriculumError, match="line 5: 2 codes or numbers without their wordings"):
        parse(raw.replace("\n\nrest", "\nrest"))


def test_a_page_break_within_a_wording_leaves_nothing_in_it():
    one = parse(
        "BAKE7\nBake a loaf of rye bread in\na stone oven\nPerformance criteria\n"
        "P1 weigh the flour and note\n\n"
        "BAKE7 Bake a loaf of rye bread in a stone oven        1\n\fBAKE7\nBake a loaf of rye bread in\n"
        "a stone oven\n\nPerformance criteria (continued)\nwhat is missing\nP2 knead\n2\n\fBAKE7\n"
        "Bake a loaf of rye bread in\na stone oven\nKnowledge and understanding\nK1 flour\n"
        "Original URN\nBAKE7\n"
    )
    assert wordings(one) == [
        ("P1", "weigh the flour and note what is missing"),
        ("P2", "knead"),
        ("K1", "flour"),
    ]
    assert one.facts.title == "Bake a loaf of rye bread in a stone oven"
    assert details(one) == [("Original URN", "BAKE7")]
    assert "unplaced-line" not in [row.rule for row in one.findings]


def test_words_at_the_side_that_are_no_heading_are_in_no_wording():
    one = parse(
        "Bake\nPerformance         1.   weigh the flour\n"
        "criteria            2.   knead the dough until it is\n"
        "For bakers of              smooth\nall kinds           3.   rest it\n"
        "Knowledge and       1.   flour\nunderstanding       2.   salt\n"
    )
    assert [text for _, text in wordings(one)] == [
        "weigh the flour",
        "knead the dough until it is smooth",
        "rest it",
        "flour",
        "salt",
    ]
    assert [row[2] for row in rules(one) if row[0] == "unplaced-line"] == [4, 5]


@pytest.mark.parametrize(
    ("lines", "codes", "found"),
    [
        ("knead the dough\nrest it\n", ["P1", "P2"], [("numbers-lost", "warning")]),
        (
            "knead the dough until it no longer sticks to the\nboard\nrest it\n",
            ["P1", "P2", "P3"],
            [("numbers-lost", "error")],
        ),
        (
            "knead the dough until it no longer sticks to the board;\nrest it in a bowl that is warm;\n",
            ["P1", "P2"],
            [("numbers-lost", "warning")],
        ),
    ],
)
def test_a_list_without_marks_is_read_line_by_line_and_doubt_is_an_error(lines, codes, found):
    one = parse(f"Bake\nPerformance criteria\n{lines}Knowledge and understanding\nK1 flour\n")
    assert [row.code for row in one.rows.occurrences if row.code[0] == "P"] == codes
    told = [(row.rule, row.severity) for row in one.findings if row.severity != "note"]
    assert [row for row in told if row[0] == "numbers-lost"] == found


def test_bullets_within_bullets():
    one = parse(
        "Bake\nPerformance criteria\n• choose tins\n  – of steel\n  – of clay\n• knead\n"
        "Knowledge and understanding\n• salt:\n• of the sea\n• of the earth\n"
    )
    assert wordings(one)[:2] == [("P1", "choose tins – of steel – of clay"), ("P2", "knead")]
    assert [row[:2] for row in rules(one) if row[1] == "error"] == [("numbers-lost", "error")]


SUITE = "\n".join(to_text(unit) for unit in UNITS[:3])
SUITE_OF_PDF = "\n".join(to_layout(unit, stem_at_side=False) for unit in UNITS[:3])


@pytest.mark.parametrize("text", [SUITE, SUITE_OF_PDF])
@pytest.mark.parametrize("name", ["2", "CARDX11", "Help a person to eat and drink"])
def test_each_unit_of_a_suite_is_named(text, name):
    one = parse(text, part=name)
    assert wordings(one) == UNITS[1].statements()


def test_skills_with_codes_are_no_unit():
    one = parse("Knowledge and understanding\nK1: Flour\nSkills\nYou must be able to:\nS1: Bake\nS2: Sell\n")
    assert one.recognition.kind == "KSB listing"
    assert wordings(one) == [("K1", "Flour"), ("S1", "Bake"), ("S2", "Sell")]


def test_headings_with_one_space_between_them_and_the_items():
    one = parse(
        "Clean moulds\nPerformance 1. wear the PPE that the risk assessment names, and check it\n"
        "criteria       before use\nYou must be able to: 2. clean the mould\n            3. dry the mould\n"
        "Knowledge and 1. the hazards of:\nunderstanding   • dust\nYou need to know and   • solvents\n"
        "understand: 2. why moulds are dried\n"
    )
    assert wordings(one) == [
        ("P1", "wear the PPE that the risk assessment names, and check it before use"),
        ("P2", "clean the mould"),
        ("P3", "dry the mould"),
        ("K1", "the hazards of: • dust • solvents"),
        ("K2", "why moulds are dried"),
    ]
    assert one.findings == ()


@pytest.mark.parametrize(
    ("top", "title", "reference"),
    [
        ("URN HOSP11\nVersion 2\nCarry trays\n\n", "Carry trays", "HOSP11"),
        ("National Occupational Standard\nHOSP11 Carry trays\n", "Carry trays", "HOSP11"),
        ("HOSP11 - SQA Unit Code H9XX 04\nCarry trays\n", "Carry trays", "HOSP11"),
        ("Carry trays\nHOSP11\n", "Carry trays", "HOSP11"),
        ("Unit title: Carry trays\nUnit reference: HOSP 11\nLevel: 2\n", "Carry trays", "HOSP 11"),
        ("HOSP11\nCarry trays of glasses to a table of guests\nand back\n", None, "HOSP11"),
    ],
)
def test_the_title_and_the_number_at_the_top(top, title, reference):
    one = parse(
        f"{top}Overview\nThis is about trays.\nPerformance criteria\nP1 carry\n"
        "Knowledge and understanding\nK1 weights\n"
    )
    assert one.facts.title == (title or "Carry trays of glasses to a table of guests and back")
    assert one.facts.reference == reference
    assert [row.text for row in one.rows.sections] == ["This is about trays."]
    assert one.findings == ()


def test_parts_with_a_tab_behind_their_marks():
    one = parse(
        "Plant boxes\nPerformance Criteria\nP1\tsupport the person to\na)\tchoose plants\nb)\tchoose boxes\n"
        "P2\tmove no more than\n5 kg\nKnowledge and understanding\nK1\tplants\n"
    )
    assert wordings(one) == [
        ("P1", "support the person to a) choose plants b) choose boxes"),
        ("P2", "move no more than 5 kg"),
        ("K1", "plants"),
    ]
    assert one.findings == ()


def test_a_list_at_the_side_of_its_heading_with_facts_in_one_table():
    page = (
        "<html><body><h1>Help with walking</h1><table><tr><td><p>Performance "
        "criteria</p></td><td><ol><li>ask the "
        "person:<ol type='a'><li>where</li><li>how</li></ol></li><li>walk</li></ol></td></tr><tr>"
        "<td>Knowledge and "
        "understanding</td><td><ol><li>choice</li></ol></td></tr><tr><td>NOS category</td><td>Other</td></tr>"
        "<tr><td>Suite</td><td><p>Care</p><p>Health</p></td></tr></table></body></html>"
    )
    one = parse(page, "unit.html")
    assert wordings(one) == [("P1", "ask the person: a. where b. how"), ("P2", "walk"), ("K1", "choice")]
    assert dict(details(one))["Suite"] == "Care Health"


def test_facts_with_a_space_behind_their_labels_and_the_end_of_a_page_between():
    one = parse(
        "BAKE7\nBake a loaf\nPerformance criteria\nP1 knead\nKnowledge and understanding\nK1 flour\n"
        "Date Approved May 2021\nValidity Current\nStatus Original\nRelevant "
        "Occupations\n2\nBAKE7\nBake a loaf\n"
        "Bakers\nSuite Bread\nKeywords loaf; oven\n"
    )
    assert details(one) == [
        ("Date Approved", "May 2021"),
        ("Validity", "Current"),
        ("Status", "Original"),
        ("Relevant Occupations", "Bakers"),
        ("Suite", "Bread"),
        ("Keywords", "loaf; oven"),
    ]
    assert one.findings == ()


@pytest.mark.parametrize(
    ("performance", "knowledge", "lost"),
    [
        ("P1 choose staves\nP2 set hoops", "K1 oak\nP3 fire the cask\nK2 heat", "P3 fire the cask"),
        ("P1 choose staves\nP2 set hoops", "P3 Fire the cask\nK1 oak\nK2 heat", "P3 Fire the cask"),
        ("P1 choose staves\nK3 the law\nP2 set hoops", "K1 oak\nK2 heat", "K3 the law"),
    ],
)
def test_the_code_of_the_other_list_is_an_error(performance, knowledge, lost):
    text = (
        f"Raise a cask\nYou must be able to:\n{performance}\nYou need to know and understand:\n{knowledge}\n"
    )
    one = parse_document(bytes_to_document(text.encode(), "unit.txt"))
    assert [row.code for row in one.statements] == ["P1", "P2", "K1", "K2"]
    assert f"“{lost}” has the code of another list, and is in no table" in [
        row.message for row in one.findings if row.severity == "error"
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("3 how cows sleep in the shed", True), ("3. how cows sleep", True), ("3", False), ("5 stars", False)],
)
def test_a_fact_that_begins_like_the_next_item_of_a_list_is_an_error(value, expected):
    one = parse(
        "Milk cows\nPerformance criteria\nYou must be able to:\n1 wash the teats\n2 milk the cow\n"
        "Knowledge and understanding\nYou need to know and understand:\n1 how milk is made\n"
        f"2 what mastitis is\nDeveloped by\nDairy Skills\nOriginating Organisation\n{value}\n"
    )
    errors = [row for row in one.findings if row.rule == "not-in-a-table" and row.severity == "error"]
    assert bool(errors) is expected
