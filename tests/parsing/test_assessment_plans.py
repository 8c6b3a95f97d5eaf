"""Assessment plans of made-up occupations: before and after the reform, as text, Markdown, page and Word."""

from __future__ import annotations

import io

import docx
import pytest

from curriculum.checks.all_findings import parsed_to_findings
from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables


def parse(text, name="mine.md"):
    return parse_document(bytes_to_document(text.encode(), name))


def word(*parts):
    """Parse a Word file of headings ("## text"), paragraphs (bold: "**text**") and tables (lists of rows)."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            level = len(part) - len(part.lstrip("#"))
            if level:
                document.add_heading(part.lstrip("# "), level)
            else:
                document.add_paragraph().add_run(part.strip("*")).bold = part.startswith("**")
            continue
        table = document.add_table(0, max(map(len, part)))
        for row in part:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                first, *more = text.split("\n")
                cell.text = ""
                cell.paragraphs[0].add_run(first.strip("*")).bold = first.startswith("**")
                for line in more:
                    cell.add_paragraph().add_run(line.strip("*")).bold = line.startswith("**")
    stream = io.BytesIO()
    document.save(stream)
    return parse_document(bytes_to_document(stream.getvalue(), "mine.docx"))


def statements(parsed):
    return {row.code: row.text for row in parsed.statements}


def themes(parsed):
    return [(row.name, row.method, row.codes) for row in parsed.themes]


def criteria(parsed):
    return [(row.theme, row.grade, row.text, row.codes) for row in parsed.rows.descriptors]


def methods(parsed):
    return [row.name for row in parsed.methods]


def mapped(parsed):
    table = parsed_to_tables((parsed,)).statement_methods
    return [
        tuple(value.split(":")[1] for value in row) for row in table[["statement_id", "method_id"]].values
    ]


def overall(parsed):
    table = parsed_to_tables((parsed,)).overall_grades
    rows = {}
    for row in table.itertuples():
        rows.setdefault((row.position, row.overall_grade), []).append(row.grade)
    return [(*grades, result) for (_, result), grades in rows.items()]


def details(parsed, section):
    return [(row.name, row.value) for row in parsed.rows.details if row.section == section]


def mandatory(parsed):
    return {row.code: row.is_mandatory for row in parsed.statements if row.is_mandatory is not None}


def found(parsed, *severities):
    return [
        (row.rule, row.line)
        for row in parsed.findings
        if row.severity in (severities or ("error", "warning"))
    ]


# --- As printed up to 2025 ---------------------------------------------------------------------------

ROPE = """\
End-point assessment plan for Rope maker

Introduction and overview
End-point assessment organisations (EPAOs) must follow this plan.

Assessment methods
Assessment method 1 - knowledge test:
fail
pass
distinction
Assessment method 2 - practical assessment with questions:
fail
pass
Assessment method 3 - interview underpinned by a portfolio:
fail
pass

EPA gateway
The apprentice must:
• say that they are ready

Knowledge test
Delivery
The test has 40 questions.
Grading boundaries of the test
Grade	Minimum marks	Maximum marks
Distinction	33	40
Pass	26	32
Fail	0	25

Grading
Fail - does not meet pass criteria

Practical assessment with questions
Theme
KSBs
Pass
Apprentices must demonstrate all of the pass descriptors
Distinction
Apprentices must demonstrate all of the pass descriptors and all of the distinction descriptors

Laying rope
K3 S1
S2

Lays three strands to an even rope. (K3, S1)
Checks the lay against the order. (S2)

Says how the lay changes the strength. (K3)

Working safely
S3 B1

Keeps the walk clear and puts safety first. (S3, B1)

No distinction grading criteria.

Fail - does not meet pass criteria

Interview underpinned by a portfolio
Theme
KSBs
Pass
Apprentices must demonstrate all of the pass descriptors

Customers
K4 S4

Answers customers in plain words. (K4, S4)

Overall EPA grading
Grades are combined in this way.

Knowledge test	Practical assessment with questions	Interview underpinned by a portfolio	Overall Grading
Any grade	Fail	Any grade	Fail
Pass	Pass	Pass	Pass
Distinction	Distinction	Pass	Distinction

Re-sits and re-takes
An apprentice who fails can take a re-sit.

KSB mapping table

Knowledge
Assessment methods

K1: Hemp, flax and other fibres.
Knowledge test

K2: Standards for rope.
Knowledge test

K3: How the lay of a rope changes its strength.
Practical assessment with questions

K4: What customers need from a rope.
Interview underpinned by a portfolio

Skill
Assessment methods

S1: Lay strands.
Practical assessment with questions

S2: Check a rope against its order.
Practical assessment with questions

S3: Keep the walk clear.
Practical assessment with questions

S4: Talk to customers.
Interview underpinned by a portfolio

Behaviour
Assessment methods

B1: Puts safety first.
Practical assessment with questions

Mapping of KSBs to grade themes

Practical assessment with questions
KSBS GROUPED BY THEME
Knowledge
Skills
Behaviour

Laying rope
K3
S1 S2

How the lay of a rope changes its strength. (K3)

Lay strands. (S1)

Check a rope against its order. (S2)

None

Working safely
S3 B1

None

Keep the walk clear. (S3)

Puts safety first. (B1)

Interview underpinned by a portfolio
KSBS GROUPED BY THEME
Knowledge
Skills
Behaviour

Customers
K4
S4

What customers need from a rope. (K4)

Talk to customers. (S4)

None

Version log
Version	Change detail	Earliest start date	Latest start date	Latest end date
1.0	Approved for delivery	01/09/2021	31/08/2025	Not set
"""


def test_three_methods_as_the_template_of_2023_is_copied():
    parsed = parse(ROPE, "rope.txt")
    assert methods(parsed) == [
        "Knowledge test",
        "Practical assessment with questions",
        "Interview underpinned by a portfolio",
    ]
    assert themes(parsed) == [
        ("Laying rope", "M2", ("K3", "S1", "S2")),
        ("Working safely", "M2", ("S3", "B1")),
        ("Customers", "M3", ("K4", "S4")),
    ]
    assert criteria(parsed) == [
        ("Laying rope", "pass", "Lays three strands to an even rope.", ("K3", "S1")),
        ("Laying rope", "pass", "Checks the lay against the order.", ("S2",)),
        ("Laying rope", "distinction", "Says how the lay changes the strength.", ("K3",)),
        ("Working safely", "pass", "Keeps the walk clear and puts safety first.", ("S3", "B1")),
        ("Customers", "pass", "Answers customers in plain words.", ("K4", "S4")),
    ]
    assert mapped(parsed) == [
        *[("K1", "M1"), ("K2", "M1"), ("K3", "M2"), ("K4", "M3")],
        *[("S1", "M2"), ("S2", "M2"), ("S3", "M2"), ("S4", "M3"), ("B1", "M2")],
    ]
    assert overall(parsed) == [
        ("any grade", "fail", "any grade", "fail"),
        ("pass", "pass", "pass", "pass"),
        ("distinction", "distinction", "pass", "distinction"),
    ]
    assert details(parsed, "grade boundaries") == [
        ("Knowledge test: distinction: Minimum marks", "33"),
        ("Knowledge test: distinction: Maximum marks", "40"),
        ("Knowledge test: pass: Minimum marks", "26"),
        ("Knowledge test: pass: Maximum marks", "32"),
        ("Knowledge test: fail: Minimum marks", "0"),
        ("Knowledge test: fail: Maximum marks", "25"),
    ]
    assert parsed.findings == ()


LIFT = """\
# End-point assessment plan for Lift engineer

## Assessment methods

Assessment method 1: Practical skills test

Assessment method 2: Interview

## Grading

### Assessment method 1: Practical skills test

| KSBs | Name of grade | Grade descriptors |
|---|---|---|
| K1 S1 | Pass | Isolates the lift before work (S1) and says why (K1) |
| S2 | Pass | Sets the doors (S2) |
| S2 | Distinction | Sets the doors at the first attempt (S2) |

### Assessment method 2: Interview

| KSBs | Fail | Pass | Distinction |
|---|---|---|---|
| K2 B1 | Does not meet the pass criteria | Explains the log (K2, B1) | Compares two logs (K2) |

## Overall EPA grading

| Assessment method 1 | Assessment method 2 | Overall grading |
|---|---|---|
| Pass | Fail | Fail |
| Pass | Pass | Pass |
| Distinction | Pass | Distinction |

## Annex 1: Mapping of knowledge, skills and behaviours (KSBs)

| Knowledge | Methods mapped against |
|---|---|
| K1: Isolation. | 1 |
| K2: Logs. | 2 |

| Skill | Methods mapped against |
|---|---|
| S1: Isolate a lift. | Method 1 |
| S2: Set doors. | 1 and 2 |

| Behaviour | Methods mapped against |
|---|---|
| B1: Is careful. | AM2 |
"""


def test_methods_that_tables_name_by_their_numbers():
    parsed = parse(LIFT)
    assert methods(parsed) == ["Practical skills test", "Interview"]
    assert sorted(mapped(parsed)) == [
        *[("B1", "M2"), ("K1", "M1"), ("K2", "M2"), ("S1", "M1"), ("S2", "M1"), ("S2", "M2")],
    ]
    assert overall(parsed) == [
        ("pass", "fail", "fail"),
        ("pass", "pass", "pass"),
        ("distinction", "pass", "distinction"),
    ]
    assert criteria(parsed) == [
        ("Practical skills test", "pass", "Isolates the lift before work (S1) and says why", ("S1", "K1")),
        ("Practical skills test", "pass", "Sets the doors", ("S2",)),
        ("Practical skills test", "distinction", "Sets the doors at the first attempt", ("S2",)),
        ("Interview", "fail", "Does not meet the pass criteria", ("K2", "B1")),
        ("Interview", "pass", "Explains the log", ("K2", "B1")),
        ("Interview", "distinction", "Compares two logs", ("K2",)),
    ]
    assert found(parsed) == []


def test_a_number_without_a_name_is_no_method_and_an_error():
    parsed = parse(LIFT.replace("Assessment method 2: Interview", "Assessment method two"))
    assert [code for code, _ in mapped(parsed)] == ["K1", "S1", "S2"]
    assert ("method-unnamed", 38) in found(parsed, "error")


SADDLE = """\
# End-point assessment plan for Saddler

## Grading

### Observation with questioning

| Theme | KSBs | Fail | Pass | Merit | Distinction |
|---|---|---|---|---|---|
| Cut leather | K1, S1 | Not met | Cuts to size (K1, S1) | Cuts with no waste (S1) | Teaches (K1) |
| Stitch | S2, B1 | Not met | Sews evenly (S2) and with care (B1) | Stitches at speed (S2) | N/A |

### Professional discussion underpinned by a portfolio

| KSBs | Pass | Distinction |
|---|---|---|
| K2 S3 | Explains the order book (K2, S3) | Improves the order book (K2) |

## Overall grading

| Observation with questioning | Professional discussion underpinned by a portfolio | Overall grade |
|---|---|---|
| Fail | Any grade | Fail |
| Pass | Pass | Pass |
| Merit | Pass | Merit |
| Distinction | Distinction | Distinction |

## Mapping of knowledge, skills and behaviours to assessment methods

| KSB | Wording | Assessment method |
|---|---|---|
| K1 | Leather and its grades. | Observation with questioning |
| K2 | Order books. | Professional discussion underpinned by a portfolio |
| S1 | Cut leather. | Observation with questioning |
| S2 | Stitch by hand. | Observation with questioning |
| S3 | Talk about prices. | Professional discussion underpinned by a portfolio |
| B1 | Takes care. | Observation with questioning |
"""


def test_two_methods_with_merit():
    parsed = parse(SADDLE)
    assert themes(parsed) == [
        ("Cut leather", "M1", ("K1", "S1")),
        ("Stitch", "M1", ("S2", "B1")),
        ("Professional discussion underpinned by a portfolio", "M2", ("K2", "S3")),
    ]
    assert [row for row in criteria(parsed) if row[1] == "merit"] == [
        ("Cut leather", "merit", "Cuts with no waste", ("S1",)),
        ("Stitch", "merit", "Stitches at speed", ("S2",)),
    ]
    assert len(criteria(parsed)) == 9
    assert overall(parsed) == [
        ("fail", "any grade", "fail"),
        ("pass", "pass", "pass"),
        ("merit", "pass", "merit"),
        ("distinction", "distinction", "distinction"),
    ]
    assert parsed_to_tables((parsed,)).descriptors["descriptor_id"].tolist()[:4] == [
        *["mine:T1.F1", "mine:T1.P1", "mine:T1.M1", "mine:T1.D1"]
    ]
    assert found(parsed) == []


def test_credit_is_a_grade_beside_others_alone():
    parsed = parse(SADDLE.replace("Merit", "Credit"))
    assert [row[1] for row in criteria(parsed)][:4] == ["fail", "pass", "credit", "distinction"]
    assert ("credit", "pass", "credit") in overall(parsed)
    table = "| Unit | Level | Credit |\n|---|---|---|\n| Cutting | 2 | 15 |\n"
    assert criteria(parse(f"{SADDLE}\n## Units of the qualification\n\n{table}")) == criteria(parse(SADDLE))


def test_two_criteria_behind_each_other_in_a_cell_are_an_error():
    parsed = parse(SADDLE.replace("order book (K2, S3)", "order book (K2). Agrees a price (S3)"))
    assert ("several-on-a-line", 16) in found(parsed, "error")


STONE = """\
Assessment plan
Stonemason

Grading

Observation with questions

Theme: Carving
KSBs: K1 S1
Pass: Carves to the template (K1, S1).
Merit: Carves without marks of the tool (S1).
Distinction: Teaches others to carve (K1).

Theme: Fixing
KSBs: S2 B1
Pass: Fixes stone plumb (S2) and puts safety first (B1).

Professional discussion

Theme: Heritage
KSBs: K2
Pass: Explains the listing of buildings (K2).

How the overall grade is decided

Observation with questions	Professional discussion	Overall grade
Merit	Pass	Merit
Distinction	Pass	Distinction

KSBs
K1: Stone types.
K2: Listed buildings.
S1: Carve stone.
S2: Fix stone.
B1: Puts safety first.
"""


def test_themes_with_a_grade_a_line():
    parsed = parse(STONE, "stone.txt")
    assert themes(parsed) == [
        ("Carving", "M1", ("K1", "S1")),
        ("Fixing", "M1", ("S2", "B1")),
        ("Heritage", "M2", ("K2",)),
    ]
    assert [row[:2] for row in criteria(parsed)] == [
        *[("Carving", "pass"), ("Carving", "merit"), ("Carving", "distinction")],
        *[("Fixing", "pass"), ("Heritage", "pass")],
    ]
    assert overall(parsed) == [("merit", "pass", "merit"), ("distinction", "pass", "distinction")]
    assert found(parsed) == []


BOAT = [
    "## End-point assessment plan",
    "## Grading",
    "### Observation",
    [
        ["Theme", "KSBs", "Pass", "Distinction"],
        ["(Core) Mooring", "K1 S1", "Moors a boat. (K1, S1)", "Moors in a cross wind. (S1)"],
        ["(Ferry) Passengers", "K2 S2", "Boards passengers. (K2, S2)", "No distinction criteria"],
        ["(Fishing) Gear", "K3 S3", "Shoots the gear. (K3, S3)", "No distinction criteria"],
    ],
    "## KSB mapping table",
    [
        ["KSB", "Option", "Statement", "Assessment method"],
        ["K1", "Core", "Ropes.", "Observation"],
        ["S1", "Core", "Moor.", "Observation"],
        ["K2", "Ferry", "Rules for passengers.", "Observation"],
        ["S2", "Ferry", "Board passengers.", "Observation"],
        ["K3", "Fishing", "Nets.", "Observation"],
        ["S3", "Fishing", "Shoot gear.", "Observation"],
    ],
]


def test_options_have_a_column_of_their_own():
    parsed = word(*BOAT)
    assert statements(parsed) == {
        **{"K1": "Ropes.", "K2": "Rules for passengers.", "K3": "Nets."},
        **{"S1": "Moor.", "S2": "Board passengers.", "S3": "Shoot gear."},
    }
    options = {"K1": "core", "K2": "Ferry", "K3": "Fishing", "S1": "core", "S2": "Ferry", "S3": "Fishing"}
    assert {row.code: row.option for row in parsed.statements} == options
    assert {row.code: row.option for row in parsed.rows.statement_methods} == options
    assert [(row.name, row.option) for row in parsed.themes] == [
        ("Mooring", "core"),
        ("Passengers", "Ferry"),
        ("Gear", "Fishing"),
    ]
    assert found(parsed) == []


def test_where_two_columns_can_hold_the_wording_none_is_read():
    mapping = [
        ["KSB", "Area", "Focus", "Assessment method"],
        ["K1", "Ropes", "Ropes of hemp.", "Observation"],
    ]
    parsed = word("## End-point assessment plan", "## Grading", *BOAT[2:4], "## KSB mapping table", mapping)
    assert statements(parsed) == {}
    assert [rule for rule, _ in found(parsed, "error")] == ["not-in-a-table"]


WALL = """\
Assessment Plan
Dry stone waller

1. Introduction
The end-point assessment is taken at the end.

2. Assessment methods
Assessment Method 1: Practical demonstration
The apprentice builds two metres of wall.
Assessment Method 2: Professional discussion
The discussion lasts an hour.

3. Grading
Pass: the apprentice meets all of the pass criteria.
Distinction: the apprentice meets all of the criteria.

To pass the practical demonstration the apprentice must:
- build a wall that is true to the line (S1, S2)
- choose stone for the face (K1)
To achieve a distinction in the practical demonstration the apprentice must also:
- repair faults without help (S2)

Annex A: Mapping of KSBs to assessment methods
Ref	KSB	Assessment method
K1	Types of stone.	Practical demonstration
K2	The law on old walls.	Professional discussion
S1	Set out a wall.	Practical demonstration
S2	Build a wall.	Practical demonstration
"""


def test_prose_with_one_table():
    parsed = parse(WALL, "wall.txt")
    assert criteria(parsed) == [
        ("practical demonstration", "pass", "build a wall that is true to the line", ("S1", "S2")),
        ("practical demonstration", "pass", "choose stone for the face", ("K1",)),
        ("practical demonstration", "distinction", "repair faults without help", ("S2",)),
    ]
    assert themes(parsed) == [("practical demonstration", "M1", ("S1", "S2", "K1"))]
    assert mapped(parsed) == [("K1", "M1"), ("K2", "M2"), ("S1", "M1"), ("S2", "M1")]
    assert "Pass: the apprentice meets all" in " ".join(row.text for row in parsed.rows.sections)
    assert [(row.rule, row.line) for row in parsed.findings] == [("theme-inferred", 17)]


GRAVE = """\
Assessment plan
Gravedigger

The end-point assessment has two methods.

Grading descriptors

Practical observation

To pass the apprentice must:
- dig a grave to the size on the order (S1)
- shore the sides as the ground needs (K1, S2)

To achieve a distinction the apprentice must:
- explain how the ground changes the work (K1)

Interview

To pass the apprentice must:
- describe how they speak with families (K2, B1)

There is no distinction for this method.

KSBs
K1: Types of ground.
K2: How grief shows.
S1: Dig a grave.
S2: Shore the sides.
B1: Is kind.
"""


def test_prose_below_the_names_of_methods():
    parsed = parse(GRAVE, "grave.txt")
    assert criteria(parsed) == [
        ("Practical observation", "pass", "dig a grave to the size on the order", ("S1",)),
        ("Practical observation", "pass", "shore the sides as the ground needs", ("K1", "S2")),
        ("Practical observation", "distinction", "explain how the ground changes the work", ("K1",)),
        ("Interview", "pass", "describe how they speak with families", ("K2", "B1")),
    ]
    assert [row[:2] for row in themes(parsed)] == [("Practical observation", "M1"), ("Interview", "M2")]
    assert found(parsed) == []


def test_a_grade_that_is_printed_again_is_not_of_the_theme_above():
    text = GRAVE.replace("Practical observation", "Theme 1: Ground").replace("Interview", "With families")
    parsed = parse(text, "grave.txt")
    assert [row[0] for row in criteria(parsed)] == ["Ground"] * 3
    assert {rule for rule, _ in found(parsed)} == {"not-in-a-table"}


TIDE = """\
End-point assessment plan
Tide gauge reader

Assessment method 1: Multiple-choice test
The test has 40 questions.

Grading

Multiple-choice test

Fail 0 to 23
Pass 24-31
Distinction 32 and above

Mapping of KSBs

Knowledge
Assessment methods
K1: Tides and the moon.
Multiple-choice test
K2: Gauges and how they drift.
Multiple-choice test
Skill
Assessment methods
S1: Read a gauge.
Multiple-choice test
"""


def test_a_test_alone_without_themes():
    parsed = parse(TIDE, "tide.txt")
    assert methods(parsed) == ["Multiple-choice test"]
    assert mapped(parsed) == [("K1", "M1"), ("K2", "M1"), ("S1", "M1")]
    assert details(parsed, "grade boundaries") == [
        ("Multiple-choice test: fail", "0 to 23"),
        ("Multiple-choice test: pass", "24-31"),
        ("Multiple-choice test: distinction", "32 and above"),
    ]
    assert themes(parsed) == []
    assert [(row.rule, row.severity) for row in parsed.findings] == [("empty-section", "note")]


FERRIER = """\
Assessment plan for Plater
Assessment overview
Assessment method	Weighting
Knowledge test	30%
Practical task	70%

Grading
Total mark	Grade
0-49%	Fail
50-64%	Pass
65-79%	Merit

KSBs assessed by each assessment method
Knowledge test
K1 Zinc.
K2 Steel.
Practical task
S1 Plate a bolt.
S2 Test a plate.
"""


def test_weights_marks_and_methods_above_their_ksbs():
    parsed = parse(FERRIER, "plater.txt")
    assert statements(parsed) == {"K1": "Zinc.", "K2": "Steel.", "S1": "Plate a bolt.", "S2": "Test a plate."}
    assert mapped(parsed) == [("K1", "M1"), ("K2", "M1"), ("S1", "M2"), ("S2", "M2")]
    assert details(parsed, "weightings") == [("Knowledge test", "30%"), ("Practical task", "70%")]
    assert details(parsed, "grade boundaries") == [
        ("fail: Total mark", "0-49%"),
        ("pass: Total mark", "50-64%"),
        ("merit: Total mark", "65-79%"),
    ]
    assert found(parsed) == []


def test_methods_above_ksbs_whose_lists_have_no_clear_end_are_an_error():
    parsed = parse(FERRIER.replace("\nPractical task\nS1", "\nAt the bath\nS1"), "plater.txt")
    assert mapped(parsed) == []
    assert len(statements(parsed)) == 4
    assert [rule for rule, _ in found(parsed, "error")] == ["not-in-a-table"]


@pytest.mark.parametrize(
    "mapping",
    [
        "| Assessment method | KSBs assessed | Weighting |\n|---|---|---|\n"
        "| Knowledge test | K1, K2 | 40% |\n"
        "| Practical assessment | S1 S2 | 60% |\n",
        "Knowledge test\n\nK1, K2\n\nPractical assessment\n\nS1 S2\n",
    ],
)
def test_the_codes_of_each_method(mapping):
    parsed = parse(
        f"# Assessment plan\n\n## KSBs by assessment method\n\n{mapping}\n## KSBs\n\n"
        "- K1: Horn.\n- K2: Iron.\n- S1: Nail.\n- S2: Rasp.\n"
    )
    assert methods(parsed) == ["Knowledge test", "Practical assessment"]
    assert mapped(parsed) == [("K1", "M1"), ("K2", "M1"), ("S1", "M2"), ("S2", "M2")]
    assert found(parsed) == []


def test_a_method_that_names_a_ksb_which_is_nowhere():
    parsed = parse(
        "# Assessment plan\n\n## KSB mapping\n\n| Assessment method | KSBs |\n|---|---|\n"
        "| Interview | K1, K9 |\n\n## KSBs\n\n- K1: Horn.\n"
    )
    assert mapped(parsed) == [("K1", "M1")]
    assert [rule for rule, _ in found(parsed, "error")] == ["undefined-code"]


# --- After the reform --------------------------------------------------------------------------------

BEES_MD = """\
# Apprenticeship assessment plan

# Beekeeping technician

Assessment organisations must follow this plan.

Knowledge and skills in bold must be assessed. Others are sampled.

## Gateway to completion

The apprentice must:

- have achieved English

## Assessment outcomes

### Assessment outcome 1: Manage colonies

The apprentice keeps colonies healthy.

#### Knowledge

- **K1: The life of a colony.**
- K2: Forage plants.

#### Skills

- **S1: Inspect a hive.**
- S2: Move a colony.

### Assessment outcome 2: Process honey

#### Knowledge

- **K3: Food law for honey.**

#### Skills

- S3: Filter honey.

## Behaviours

Behaviours are verified by the employer.

- B1: Stays calm with bees.
- B2: Is patient.

## Performance descriptors

| Category | Pass | Distinction |
|---|---|---|
| Applied knowledge | Uses what is known in routine work. | Uses what is known in new work. |
| Applied skills | Carries out tasks to the order. | Adapts tasks. |

## Assessment methods

Assessment organisations must use one of the following:

- observation with questions
- practical demonstration with questions

Assessment outcome 2 must be assessed by a multiple-choice test.

## Grading

The apprenticeship is graded fail, pass or distinction.
"""
BEES_WORD = [
    "# Beekeeping technician",
    "## Apprenticeship assessment plan",
    "Assessment organisations must follow this plan. Knowledge and skills in bold must be assessed.",
    "## Assessment outcomes",
    "### Assessment outcome 1: Manage colonies",
    "The apprentice keeps colonies healthy.",
    "#### Knowledge",
    "**K1: The life of a colony.**",
    "K2: Forage plants.",
    "#### Skills",
    "**S1: Inspect a hive.**",
    "S2: Move a colony.",
    "### Assessment outcome 2: Process honey",
    "#### Knowledge",
    "**K3: Food law for honey.**",
    "#### Skills",
    "S3: Filter honey.",
    "## Behaviours",
    "Behaviours are verified by the employer.",
    "B1: Stays calm with bees.",
    "B2: Is patient.",
    "## Performance descriptors",
    [
        ["Category", "Pass", "Distinction"],
        ["Applied knowledge", "Uses what is known in routine work.", "Uses what is known in new work."],
        ["Applied skills", "Carries out tasks to the order.", "Adapts tasks."],
    ],
]
BEES_PAGE = """<html><body><main><h1>Beekeeping technician</h1><h2>Apprenticeship assessment plan</h2>
<p>Assessment organisations must assess the knowledge and skills in bold. Others are sampled.</p>
<h2>Assessment outcomes</h2><table><tr><th>Assessment outcome</th><th>Knowledge</th><th>Skills</th></tr>
<tr><td>Manage colonies</td><td><p><b>K1: The life of a colony.</b></p><p>K2: Forage plants.</p></td>
<td><p><b>S1: Inspect a hive.</b></p><p>S2: Move a colony.</p></td></tr>
<tr><td>Process honey</td><td><p><b>K3: Food law for honey.</b></p></td><td><p>S3: Filter honey.</p></td></tr>
</table>
<h2>Behaviours</h2><p>Behaviours are verified by the employer.</p>
<ul><li>B1: Stays calm with bees.<li>B2: Is patient.</ul>
<h2>Performance descriptors</h2><table><tr><th>Category</th><th>Pass</th><th>Distinction</th></tr>
<tr><td>Applied knowledge</td>
<td>Uses what is known in routine work.</td><td>Uses what is known in new work.</td></tr>
<tr><td>Applied skills</td><td>Carries out tasks to the order.</td><td>Adapts tasks.</td></tr>
</table></main></body></html>"""
BEES = {
    "Markdown": lambda: parse(BEES_MD),
    "Word": lambda: word(*BEES_WORD),
    "page": lambda: parse(BEES_PAGE, "mine.html"),
}


@pytest.mark.parametrize("read", BEES.values(), ids=BEES)
def test_outcomes_bold_behaviours_and_performance_descriptors(read):
    parsed = read()
    assert themes(parsed) == [
        ("Manage colonies", "", ("K1", "K2", "S1", "S2")),
        ("Process honey", "", ("K3", "S3")),
    ]
    assert statements(parsed) == {
        **{"K1": "The life of a colony.", "K2": "Forage plants.", "K3": "Food law for honey."},
        **{"S1": "Inspect a hive.", "S2": "Move a colony.", "S3": "Filter honey."},
        **{"B1": "Stays calm with bees.", "B2": "Is patient."},
    }
    assert mandatory(parsed) == {"K1": True, "K2": False, "K3": True, "S1": True, "S2": False, "S3": False}
    assert details(parsed, "performance descriptors") == [
        ("Applied knowledge: pass", "Uses what is known in routine work."),
        ("Applied knowledge: distinction", "Uses what is known in new work."),
        ("Applied skills: pass", "Carries out tasks to the order."),
        ("Applied skills: distinction", "Adapts tasks."),
    ]
    assert details(parsed, "verified by the employer") == [
        ("behaviours", "Behaviours are verified by the employer.")
    ]
    assert criteria(parsed) == []
    assert parsed.recognition.kind == "assessment plan"
    assert found(parsed) == []
    assert [row for row in parsed_to_findings(parsed) if row.severity in ("error", "warning")] == []


def test_methods_of_which_one_is_chosen():
    parsed = parse(BEES_MD)
    assert methods(parsed) == ["observation with questions", "practical demonstration with questions"]
    assert details(parsed, "assessment methods") == [
        ("Assessment organisations must use one of the following:", "observation with questions"),
        ("Assessment organisations must use one of the following:", "practical demonstration with questions"),
    ]
    assert mapped(parsed) == []


def test_what_is_said_of_an_outcome_is_a_detail():
    assert details(parse(BEES_MD), "descriptions of themes") == [
        ("Manage colonies", "The apprentice keeps colonies healthy.")
    ]


THATCH = """\
Apprenticeship assessment plan for Thatcher

The assessment organisation must design the apprenticeship assessment.

Assessment outcomes

Outcome 1: Prepare a roof
The apprentice makes a roof ready.
Knowledge
K1: Roof timbers.
Skills
S1: Strip old thatch.

Outcome 2: Thatch a roof
Knowledge
K2: Reed and straw.
Skills
S2: Lay a coat.
Behaviours
B1: Works safely at height.

Performance descriptors
Pass
Carries out the work to the order.
Distinction
Carries out the work with flair.
"""


def test_a_text_without_levels_of_headings():
    parsed = parse(THATCH, "thatch.txt")
    assert themes(parsed) == [("Prepare a roof", "", ("K1", "S1")), ("Thatch a roof", "", ("K2", "S2"))]
    assert details(parsed, "performance descriptors") == [
        ("pass", "Carries out the work to the order."),
        ("distinction", "Carries out the work with flair."),
    ]
    assert criteria(parsed) == []
    assert [(row.rule, row.severity) for row in parsed.findings] == [("theme-inferred", "note")]


def test_a_list_of_all_ksbs_behind_the_outcomes_is_not_of_the_last():
    text = THATCH.replace("Behaviours\nB1: Works safely at height.\n", "")
    parsed = parse(
        text + "\nKnowledge\nK1: Roof timbers.\nK2: Reed and straw.\nSkills\nS1: Strip old thatch.\n", "t.txt"
    )
    assert themes(parsed) == [("Prepare a roof", "", ("K1", "S1")), ("Thatch a roof", "", ("K2", "S2"))]


def test_performance_descriptors_below_each_outcome_are_its_criteria():
    parsed = parse(
        "Apprenticeship assessment\nAssessment outcome 1: Roof\nK1 S1\nPerformance descriptors\nPass\n"
        "Works to the order. (S1)\nAssessment outcome 2: Ridge\nK2\nPerformance descriptors\nPass\n"
        "Cuts a ridge. (K2)\nKSBs\nK1: Timbers.\nK2: Ridges.\nS1: Strip.\n",
        "t.txt",
    )
    assert criteria(parsed) == [
        ("Roof", "pass", "Works to the order.", ("S1",)),
        ("Ridge", "pass", "Cuts a ridge.", ("K2",)),
    ]


GLASS = """\
# Assessment plan: Glazier

The assessment organisation must assess the knowledge and skills in bold.

## Assessment outcomes

| Assessment outcome | KSBs | Pass | Distinction |
|---|---|---|---|
| AO1: Measure and cut | K1 S1 | Cuts to the tolerance. (K1, S1) | Cuts with the least waste. (S1) |
| AO2: Fit | K2 S2 | Fits a unit that does not leak. (K2, S2) | None |

## Mapping of KSBs to assessment methods

| KSB | Statement | Assessment method |
|---|---|---|
| K1 | **Types of glass.** | Multiple-choice test |
| K2 | Sealants. | Multiple-choice test |
| S1 | **Measure an opening.** | Practical assessment |
| S2 | Fit a unit. | Practical assessment |
| B1 | Is careful. | Verified by the employer |
| B2 | Is tidy. | Employer |
"""


def test_a_cell_that_says_that_the_employer_verifies_is_no_method():
    parsed = parse(GLASS)
    assert methods(parsed) == ["Multiple-choice test", "Practical assessment"]
    assert mapped(parsed) == [("K1", "M1"), ("K2", "M1"), ("S1", "M2"), ("S2", "M2")]
    assert details(parsed, "verified by the employer") == [
        ("B1", "Verified by the employer"),
        ("B2", "Employer"),
    ]
    assert criteria(parsed) == [
        ("Measure and cut", "pass", "Cuts to the tolerance.", ("K1", "S1")),
        ("Measure and cut", "distinction", "Cuts with the least waste.", ("S1",)),
        ("Fit", "pass", "Fits a unit that does not leak.", ("K2", "S2")),
    ]
    assert mandatory(parsed) == {"K1": True, "K2": False, "S1": True, "S2": False}
    assert found(parsed) == []
    assert [row.rule for row in parsed_to_findings(parsed) if row.rule in ("no-theme", "no-method")] == []


def test_behaviours_that_nobody_verifies_still_need_a_theme():
    parsed = parse(BEES_MD.replace("Behaviours are verified by the employer.\n", ""))
    rules = [(row.rule, row.message.split()[0]) for row in parsed_to_findings(parsed)]
    assert [code for rule, code in rules if rule == "no-theme"] == ["B1", "B2"]


# --- Forms of tables ---------------------------------------------------------------------------------

WHEEL = """<html><body><main><h1>Wheelwright end-point assessment plan</h1>
<h2>Grading</h2>
<h3>Assessment method 1: Practical observation</h3>
<table><tr><td><b>Name of grade</b></td><td><b>Grade descriptor</b></td></tr>
<tr><td>Pass</td><td><p>To pass, the apprentice must:</p><ul><li>make a wheel that runs true (K1, S1)</li>
<li>fit a tyre (S2)</li></ul></td></tr>
<tr><td>Distinction</td><td><p>In addition the apprentice must:</p><ul>
<li>explain the choice of timber (K1)</li>
</ul></td></tr></table>
<h3>Assessment method 2: Professional discussion, underpinned by a portfolio</h3>
<table><tr><th colspan="2">Theme: Customers (K2, S3)</th></tr><tr><th>Pass</th><th>Distinction</th></tr>
<tr><td>Agrees the work (K2, S3)</td><td>Finds a better way (S3)</td></tr>
<tr><th colspan="2">Theme: Safety (K3, B1)</th></tr><tr><th>Pass</th><th>Distinction</th></tr>
<tr><td>Works within the rules (K3, B1)</td><td>N/A</td></tr></table>
<h2>Overall EPA grading</h2>
<table><tr><td>Assessment method 1 – Practical observation</td>
<td>Assessment method 2 – Professional discussion, underpinned by a portfolio</td>
<td>Overall grading</td></tr>
<tr><td>Fail</td><td>Any grade</td><td>Fail</td></tr><tr><td>Pass</td><td>Pass</td><td>Pass</td></tr></table>
<h2>Mapping of knowledge, skills and behaviours (KSBs)</h2>
<h3>Assessment method 1: Practical observation</h3>
<table><tr><th>Knowledge</th></tr><tr><td>K1 Timber.</td></tr><tr><th>Skills</th></tr>
<tr><td>S1 Make a wheel.</td></tr><tr><td>S2 Fit a tyre.</td></tr></table>
<h3>Assessment method 2: Professional discussion, underpinned by a portfolio</h3>
<table><tr><th>Knowledge</th></tr><tr><td>K2 Orders.</td></tr><tr><td>K3 Rules.</td></tr>
<tr><th>Skills</th></tr>
<tr><td>S3 Agree work.</td></tr><tr><th>Behaviours</th></tr><tr><td>B1 Takes care.</td></tr></table>
</main></body></html>"""


def test_rows_of_grades_and_merged_rows_of_themes_on_a_page():
    parsed = parse(WHEEL, "wheel.html")
    assert methods(parsed) == [
        "Practical observation",
        "Professional discussion, underpinned by a portfolio",
    ]
    assert themes(parsed) == [
        ("Practical observation", "M1", ("K1", "S1", "S2")),
        ("Customers", "M2", ("K2", "S3")),
        ("Safety", "M2", ("K3", "B1")),
    ]
    assert criteria(parsed) == [
        ("Practical observation", "pass", "make a wheel that runs true", ("K1", "S1")),
        ("Practical observation", "pass", "fit a tyre", ("S2",)),
        ("Practical observation", "distinction", "explain the choice of timber", ("K1",)),
        ("Customers", "pass", "Agrees the work", ("K2", "S3")),
        ("Customers", "distinction", "Finds a better way", ("S3",)),
        ("Safety", "pass", "Works within the rules", ("K3", "B1")),
    ]
    assert mapped(parsed) == [
        *[("K1", "M1"), ("K2", "M2"), ("K3", "M2"), ("S1", "M1"), ("S2", "M1"), ("S3", "M2"), ("B1", "M2")]
    ]
    assert overall(parsed) == [("fail", "any grade", "fail"), ("pass", "pass", "pass")]
    assert found(parsed) == []


STRAW = """\
End-point assessment plan
Overall EPA grading
Grades are combined like this:
Observation
Interview
Overall grading
Fail
Any grade
Fail
Pass
Distinction
Merit
Re-sits and re-takes
None.
KSB mapping table
Knowledge
Assessment methods
K1: Straw.
Observation
Skills
Assessment methods
S1: Plait.
Interview
"""


def test_overall_grades_with_each_cell_on_a_line():
    parsed = parse(STRAW, "straw.txt")
    assert overall(parsed) == [("fail", "any grade", "fail"), ("pass", "distinction", "merit")]
    assert found(parsed) == []


def test_two_methods_in_a_cell_with_nothing_between_them():
    parsed = parse(
        "# Assessment plan\n\n## KSB mapping table\n\n| KSB | Statement | Method |\n|---|---|---|\n"
        "| K1 | Twine. | Skills test |\n| K2 | Rope. | Interview |\n| S1 | Knot. | Skills test Interview |\n"
    )
    assert sorted(mapped(parsed)) == [("K1", "M1"), ("K2", "M2"), ("S1", "M1"), ("S1", "M2")]
    assert found(parsed) == []


def test_a_list_of_the_grades_is_no_table_of_them():
    text = STRAW.replace("Grades are combined like this:", "The grades are:\nFail\nPass\nMerit\nDistinction")
    for line in (
        "Observation\nInterview\nOverall grading\n",
        "Fail\nAny grade\nFail\nPass\nDistinction\nMerit\n",
    ):
        text = text.replace(line, "")
    parsed = parse(text, "straw.txt")
    assert overall(parsed) == []
    assert found(parsed) == []


def test_overall_grades_that_have_lost_a_cell_are_an_error():
    parsed = parse(STRAW.replace("Merit\n", ""), "straw.txt")
    assert overall(parsed) == []
    assert found(parsed) == [("grades-differ", 7)]


@pytest.mark.parametrize(
    ("above", "table"),
    [
        (
            "The methods are a multiple-choice test (MCT) and a professional discussion (PD).",
            "| KSB | Statement | MCT | PD |\n|---|---|---|---|\n| K1 | Twine. | x | |\n"
            "| S1 | Knot. | | x |\n",
        ),
        (
            "Key: MCT = multiple-choice test, PD = professional discussion",
            "| KSB | Statement | Method |\n|---|---|---|\n| K1 | Twine. | MCT |\n| S1 | Knot. | PD |\n",
        ),
    ],
)
def test_short_names_of_methods(above, table):
    parsed = parse(f"# Assessment plan: Net maker\n\n{above}\n\n## KSB mapping table\n\n{table}")
    assert methods(parsed) == ["multiple-choice test", "professional discussion"]
    assert mapped(parsed) == [("K1", "M1"), ("S1", "M2")]
    assert found(parsed) == []


def test_a_list_of_ksbs_behind_the_grades():
    parsed = parse(
        "# Assessment plan\n\n## Grading\n\nPass and distinction.\n\n## Knowledge\n\n- K1: Plate.\n\n"
        "## Skills\n\n- S1: Rivet.\n\n## KSBs by assessment method\n\n| Component | KSBs |\n|---|---|\n"
        "| Viva | K1, S1 |\n"
    )
    assert statements(parsed) == {"K1": "Plate.", "S1": "Rivet."}
    assert mapped(parsed) == [("K1", "M1"), ("S1", "M1")]
    assert found(parsed) == []


# --- What must be assessed, by headings --------------------------------------------------------------

COOPER = """\
Apprenticeship assessment plan for Cooper
The assessment organisation must follow this plan.

Assessment outcome 1: Make a cask
Mandatory knowledge
K1: Oak and other wood.
Other knowledge
K2: Hoops.
Mandatory skills
S1: Raise a cask.

Assessment outcome 2: Repair a cask
Mandatory knowledge
K3: Leaks.
Sampled skills
S2: Fit a stave.

Behaviours
Behaviours will be verified by the employer.
B1: Is patient.
"""


def test_headings_say_what_must_be_assessed():
    parsed = parse(COOPER, "cooper.txt")
    assert themes(parsed) == [("Make a cask", "", ("K1", "K2", "S1")), ("Repair a cask", "", ("K3", "S2"))]
    assert mandatory(parsed) == {"K1": True, "K2": False, "K3": True, "S1": True, "S2": False}
    assert found(parsed) == []


def test_a_list_says_what_must_be_assessed_and_nothing_of_the_others():
    parsed = parse(
        "Apprenticeship assessment\nOutcome 1: Weave\nMandatory: K1\nK1 K2\nOutcome 2: Finish\nS1\n"
        "Pass\nWorks neatly. (S1)\nKSBs\nK1: Willow.\nK2: Cane.\nS1: Finish.\n",
        "basket.txt",
    )
    assert mandatory(parsed) == {"K1": True}
    assert themes(parsed) == [("Weave", "", ("K1", "K2")), ("Finish", "", ("S1",))]


# --- Plans without codes -----------------------------------------------------------------------------

BELL = """\
Assessment plan for the bell founder apprenticeship

What will be assessed
Component	Weighting
Knowledge test	30%
Practical task	70%

Grading
Total mark	Grade
Below 50%	Fail
50% and above	Pass

Annex
Area	Standard	Assessed by
Knowledge	Bronze and its alloys	Knowledge test
Skills	Make a mould	Practical task
"""


def test_a_plan_without_codes_is_told_part_by_part():
    parsed = parse(BELL, "bell.txt")
    assert parsed.recognition.kind == "plan in prose"
    assert methods(parsed) == ["Knowledge test", "Practical task"]
    assert details(parsed, "weightings") == [("Knowledge test", "30%"), ("Practical task", "70%")]
    assert details(parsed, "grade boundaries") == [
        ("fail: Total mark", "Below 50%"),
        ("pass: Total mark", "50% and above"),
    ]
    assert "Make a mould" in " ".join(row.text for row in parsed.rows.sections)
    assert found(parsed, "error") == [("not-in-a-table", 0)]
    assert parsed_to_tables((parsed,)).statements.empty


# --- What is behind a table --------------------------------------------------------------------------


def test_headings_and_tables_behind_criteria_are_no_criteria():
    parsed = parse(
        "# Assessment plan: Lens polisher\n\nThe assessment organisation must use it.\n\n## Grading\n\n"
        "| Assessment outcome | KSBs | Pass |\n|---|---|---|\n"
        "| Outcome 1: Polish | K1 S1 | Polishes a lens to the order |\n"
        "| Outcome 2: Tidy | K2 | Keeps to the rules |\n\n## Behaviours verified by the employer\n\n"
        "| Ref | Behaviour |\n|---|---|\n| B1 | Is careful. |\n| B2 | Is on time. |\n\n"
        "## KSBs\n\n- K1: Grit.\n- K2: Rules.\n- S1: Polish.\n"
    )
    assert criteria(parsed) == [
        ("Polish", "pass", "Polishes a lens to the order", ()),
        ("Tidy", "pass", "Keeps to the rules", ()),
    ]
    assert [row[2] for row in themes(parsed)] == [("K1", "S1"), ("K2",)]
    assert statements(parsed) == {
        **{"K1": "Grit.", "K2": "Rules.", "S1": "Polish.", "B1": "Is careful.", "B2": "Is on time."}
    }
    assert details(parsed, "verified by the employer") == [
        ("behaviours", "Behaviours verified by the employer")
    ]
    assert found(parsed) == []


def test_outcomes_in_the_table_of_overall_grades_are_no_methods():
    parsed = parse(
        "# Apprenticeship assessment plan\n\n## Overall grade\n\n| Outcome 1 | Outcome 2 | Overall grade |\n"
        "|---|---|---|\n| Pass | Pass | Pass |\n| Distinction | Pass | Pass |\n\n## Assessment outcomes\n\n"
        "| Assessment outcome | Assessment methods | Knowledge | Skills |\n|---|---|---|---|\n"
        "| Grind | Practical assessment | K1 | S1 |\n| Sell | Interview | K2 | S2 |\n\n"
        "## KSBs\n\n- K1: Glass.\n- K2: Prices.\n- S1: Grind.\n- S2: Sell.\n"
    )
    assert methods(parsed) == ["Practical assessment", "Interview"]
    assert themes(parsed) == [("Grind", "M1", ("K1", "S1")), ("Sell", "M2", ("K2", "S2"))]
    assert overall(parsed) == []
    assert details(parsed, "overall grades of outcomes") == [
        *[("1: Outcome 1", "Pass"), ("1: Outcome 2", "Pass"), ("1: Overall grade", "Pass")],
        *[("2: Outcome 1", "Distinction"), ("2: Outcome 2", "Pass"), ("2: Overall grade", "Pass")],
    ]


DIG = """\
End-point assessment plan for Well digger

Grading

Assessment method 1: Observation with questions

Theme 1 Digging
Pass
• Digs to depth (K1 S1)
Distinction
• Works to half the time (S1)

Assessment method 2: Knowledge test

Pass: 30 out of 40
Distinction: 36 out of 40

KSBs
K1: Soil.
K2: Water law.
S1: Dig.
"""


def test_codes_in_the_heading_above_a_table_of_criteria_are_no_part_of_the_name():
    parsed = parse(
        "# Assessment plan\n\n## Grading\n\n### Interview\n\n#### Sell bread (K1, S1)\n\n"
        "| Grade | Grade descriptors |\n|---|---|\n| Pass | Names the prices (K1) |\n"
        "| Distinction | Finds new customers (S1) |\n\n## KSBs\n\n- K1: Prices.\n- S1: Sell.\n"
    )
    assert themes(parsed) == [("Sell bread", "M1", ("K1", "S1"))]
    assert methods(parsed) == ["Interview"]
    assert [row[1:] for row in criteria(parsed)] == [
        ("pass", "Names the prices", ("K1",)),
        ("distinction", "Finds new customers", ("S1",)),
    ]
    assert parsed.findings == ()


ORGAN = """\
End-point assessment plan for Organ builder

EPA method 1: Practical test

KSBs assessed: K1, S1, S2

Grading descriptors
Fail
Does not meet the pass criteria.
Pass
Builds a pipe that speaks. (S1, K1)
Distinction
Voices a rank without help. (S2)

EPA method 2: Professional discussion

KSBs assessed: K2, B1

Grading descriptors
Pass
Explains the order book (K2) and listens (B1).

Appendix A - KSBs

Knowledge
K1 Pipes.
K2 Orders.
Skills
S1 Build.
S2 Voice.
Behaviours
B1 Listen.
"""


def test_methods_of_the_epa_with_their_ksbs_and_descriptors():
    parsed = parse(ORGAN, "organ.txt")
    assert methods(parsed) == ["Practical test", "Professional discussion"]
    assert sorted(mapped(parsed)) == [("B1", "M2"), ("K1", "M1"), ("K2", "M2"), ("S1", "M1"), ("S2", "M1")]
    assert criteria(parsed) == [
        ("Practical test", "pass", "Builds a pipe that speaks.", ("S1", "K1")),
        ("Practical test", "distinction", "Voices a rank without help.", ("S2",)),
        ("Professional discussion", "pass", "Explains the order book (K2) and listens", ("K2", "B1")),
    ]
    assert found(parsed) == []


def test_components_above_their_codes_and_criteria():
    parsed = parse(
        "End-point assessment plan\n\nGrading\n\nComponent 1: Practical test\nK1 S1\nPass\n"
        "Tunes a rank. (S1, K1)\n\nComponent 2: Interview\nK2\nPass\nExplains. (K2)\n\n"
        "Component 3: Sight test\nPass\nReads a score.\n\n"
        "Knowledge\nK1 Pipes.\nK2 Orders.\nSkills\nS1 Tune.\n",
        "tuner.txt",
    )
    assert themes(parsed) == [("Practical test", "M1", ("K1", "S1")), ("Interview", "M2", ("K2",))]
    assert found(parsed) == [("not-in-a-table", 16)]


def test_a_table_with_a_row_of_criteria_for_each_method():
    parsed = parse(
        "# Assessment plan\n\n## Grading\n\n| Component | KSBs | Pass | Distinction |\n|---|---|---|---|\n"
        "| Knowledge test | K1 | Gets 60% (K1) | Gets 80% (K1) |\n"
        "| Viva | S1 | Answers (S1) | Gives examples (S1) |\n"
        "\n## KSBs\n\n- K1: Plate.\n- S1: Rivet.\n"
    )
    assert themes(parsed) == [("Knowledge test", "M1", ("K1",)), ("Viva", "M2", ("S1",))]
    assert [row[:2] for row in criteria(parsed)] == [
        *[
            ("Knowledge test", "pass"),
            ("Knowledge test", "distinction"),
            ("Viva", "pass"),
            ("Viva", "distinction"),
        ]
    ]
    assert [row.rule for row in parsed.findings] == ["theme-inferred"] * 2


def test_marks_below_a_method_behind_themes():
    parsed = parse(DIG, "dig.txt")
    assert details(parsed, "grade boundaries") == [
        ("Knowledge test: pass", "30 out of 40"),
        ("Knowledge test: distinction", "36 out of 40"),
    ]
    assert criteria(parsed) == [
        ("Digging", "pass", "Digs to depth", ("K1", "S1")),
        ("Digging", "distinction", "Works to half the time", ("S1",)),
    ]
