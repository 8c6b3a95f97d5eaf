"""Each rule of what counts as evidence at its limit and one step short of it: literal sheets in, rows out."""

from __future__ import annotations

import pytest

from curriculum.model.version_pair import VersionPair
from curriculum.remapping.column_evidence import names_to_choice
from curriculum.remapping.counted_cells import COUNTED_COLUMNS, counted_to_sentences
from curriculum.remapping.detection import sheet_to_layout, text_finder
from curriculum.remapping.evidence import LINK_COLUMNS, code_outcomes_to_links, layouts_to_evidence
from curriculum.remapping.evidence_headers import (
    framework_headers,
    headers_to_roles,
    is_evidence_number,
    is_name,
    title_to_exclusion,
)
from curriculum.remapping.evidence_marks import ends_with_unticked_box, is_evidence, mark_to_text
from curriculum.remapping.options import chosen_rows
from curriculum.remapping.outcomes import CodeOutcome, Proposal
from curriculum.spreadsheets.tracker import DATE, FORMULA, NUMBER, Cell, CellRange, Sheet

CODES = [f"K{number}" for number in range(1, 41)]
PAIR = VersionPair(
    "old", "new", {code: f"What is known of {chr(97 + n % 26) * 20}" for n, code in enumerate(CODES)}, {}
)
TWO = "K1, K2"


def sheet_of(rows, name="", **more):
    cells = {
        at: {
            column: value
            if isinstance(value, Cell)
            else Cell(str(value), NUMBER if isinstance(value, int) else "text")
            for column, value in enumerate(row, 1)
            if value != ""
        }
        for at, row in enumerate(rows, 1)
    }
    return Sheet(name, {at: row for at, row in cells.items() if row}, max(map(len, rows)), **more)


def evidence_of(*sheets, columns=(), learners=None, source="mine.csv", pair=PAIR, where=None):
    finder = text_finder(False, pair.wordings)
    layouts = [sheet_to_layout(sheet, finder, pair.wordings, "old") for sheet in sheets]
    rows = {layout.sheet.name: chosen_rows(layout, where or {}) for layout in layouts}
    return layouts_to_evidence(layouts, rows, pair, columns, learners, source=source)


def counted_of(rows, *, name="", list_ranges=(), **options):
    """Give what counted, without the names of sheets and columns."""
    counted = evidence_of(sheet_of(rows, name, list_ranges=list_ranges), **options).counted
    return [tuple(row.values())[2:] for row in counted]


def values_of(evidence):
    return [list(row.values()) for row in evidence.rows]


def listing(n, headers, *columns):
    """Make a list of so many codes; of each other column the first values, then empty cells."""
    beside = [[*column, *[""] * (n - len(column))] for column in columns]
    return [["Code", *headers], *([code, *rest] for code, *rest in zip(CODES[:n], *beside, strict=True))]


A_LIST = "a list of codes: nothing beside them says that there is evidence"
WORDED = "a list of the codes with their wordings"
EARLY = "nothing beside the codes is evidence; {} is about the start, the standard or the future"
UNRATED = "nothing says when {} was given, or whether it was achieved"
UNTOLD = "nothing beside the codes says whether this is evidence"
NO = "the mark says “no”, as 0, R and an unticked box do"
SAID = "says “no”, “not started” or the like"
WHOSE = "nothing beside the marks says whose they are, or what they show"
DROPPED = "the values of a drop-down list"
ACROSS = "marks in columns with learners as headers"
UNMARKED = "no learner has a mark there"
TOTAL = "its row is a total, a key or a wording, not one of a learner"
START = "its row is about the start of the programme, a template, or still to come"
NOBODY = "its row does not say whose it is"
SCAN = "its title says that it is about the start of the programme"


def planned(named):
    return f"{named} is about planned teaching, not about evidence"


def filled(named):
    return f"{named} is filled in"


def marked(named):
    return f"marks in rows with {named}"


# What is a list of codes: at least five rows have one code, and at least four fifths of all rows.
# Only in a list does an empty module count for nothing.


def modules(n_single, n_double):
    rows = [[code, "1"] for code in CODES[:n_single]] + [[TWO, "1"]] * n_double
    return [["Code", "Module"], *rows[:-1], [rows[-1][0], ""]]


IN_LIST, IN_LOG = [planned("“Module”"), "“Module” is empty"], [planned("“Module”")]


@pytest.mark.parametrize(
    ("n_single", "n_double", "whys"),
    [(4, 0, IN_LOG), (5, 0, IN_LIST), (8, 2, IN_LIST), (23, 6, IN_LOG), (4, 1, IN_LOG)],
)
def test_how_many_rows_make_a_list_of_codes(n_single, n_double, whys):
    counted = counted_of(modules(n_single, n_double))
    assert [why for *_, why in counted] == whys
    assert sum(count for count, *_ in counted) == n_single + n_double


# Behind a drop-down: more than half of the cells.


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        (CellRange(2, 5, 1, 1), [(8, "yes", filled("“Status”"))]),
        (CellRange(2, 6, 1, 1), [(8, "no", DROPPED)]),
        (CellRange(5, 9, 1, 1), [(8, "no", DROPPED)]),
        (CellRange(6, 99, 1, 1), [(8, "yes", filled("“Status”"))]),
        # A column beside it, of which the drop-down offers the values, says nothing.
        (CellRange(2, 5, 2, 2), [(8, "yes", filled("“Status”"))]),
        (CellRange(2, 6, 2, 2), [(8, "no", A_LIST)]),
        (CellRange(2, 9, 3, 3), [(8, "yes", filled("“Status”"))]),
        (CellRange(2, 9, 1, 2), [(8, "no", DROPPED)]),
    ],
)
def test_the_values_of_a_drop_down_list(area, expected):
    assert counted_of(listing(8, ["Status"], ["Met"] * 8), list_ranges=(area,)) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["Learner", "Evidence"], [(5, "yes", filled("“Evidence”"))]),
        (["Learner", "Kit"], [(5, "no", DROPPED)]),
        (["Kit", "Evidence"], [(5, "no", DROPPED)]),
    ],
)
def test_a_column_filled_from_a_drop_down_counts_beside_learners_and_evidence(headers, expected):
    rows = listing(5, headers, ["a"] * 5, ["b"] * 5)
    assert counted_of(rows, list_ranges=(CellRange(2, 6, 1, 1),)) == expected


LOGS = {
    # The columns beside the codes decide in this order.
    "evidence before all": (
        ["Learner", "Evidence", "Signed off", "Week", "Date"],
        [filled("“Evidence”")],
    ),
    "a learner with what was done": (
        ["Learner", "Date", "Signed off", "Status", "Week"],
        [filled("“Signed off”, “Date” or “Status”")],
    ),
    "a learner with a signature": (["Learner", "Signed off"], [filled("“Signed off”")]),
    "a learner with a date": (["Learner", "Date"], [filled("“Date”")]),
    "a learner with a status": (["Learner", "Status"], [filled("“Status”")]),
    "a learner alone": (["Learner", "Week"], [filled("“Learner”")]),
    "a learner with a target": (["Learner", "Target"], [EARLY.format("“Target”")]),
    "a learner with a target and a date": (["Learner", "Target", "Date"], [filled("“Date”")]),
    "a signature without a learner": (["Signed off", "Date", "Week"], [filled("“Signed off”")]),
    "a week before a date": (["Week", "Date"], [planned("“Week”")]),
    "a date before a module": (["Module", "Date"], [filled("“Date”")]),
    "a status": (["Module", "Status"], [filled("“Status”")]),
    "a module": (["Module"], [planned("“Module”")]),
    "of a plan two columns are named": (["Week", "Topic", "Room"], [planned("“Week” or “Topic”")]),
    "nothing": (["Kit"], [UNTOLD]),
    "of what is early two columns are named": (
        ["Target", "Due date", "Predicted"],
        [EARLY.format("“Target” or “Due date”")],
    ),
}


@pytest.mark.parametrize(("headers", "whys"), LOGS.values(), ids=LOGS.keys())
def test_what_decides_in_a_log(headers, whys):
    rows = [["KSBs", *headers], [TWO, *["Ann"] * len(headers)], ["K3, K4", *["Ann"] * len(headers)]]
    assert [why for *_, why in counted_of(rows)] == whys


@pytest.mark.parametrize(
    ("header", "name", "expected"),
    [
        ("KSBs", "Evidence log", (2, "yes", "its sheet is called “Evidence log”")),
        ("KSBs", "Sheet1", (2, "yes", planned("“Week”"))),
        ("KSBs met", "Sheet1", (2, "yes", "its header is “KSBs met”")),
        ("KSBs  met", "Evidence log", (2, "yes", "its header is “KSBs met”")),
    ],
)
def test_a_title_of_evidence_makes_each_cell_of_a_log_count(header, name, expected):
    assert counted_of([["Week", header], ["1", TWO], ["2", "K3, K4"]], name=name) == [expected]


def test_a_status_denies_what_a_title_or_a_plan_would_count():
    titled = [["KSBs met", "Progress"], [TWO, "Done"], ["K3, K4", "Not started"], ["K5, K6", ""]]
    assert counted_of(titled) == [(2, "yes", "its header is “KSBs met”"), (1, "no", f"“Progress” {SAID}")]
    plan = [["Week", "KSBs", "Status"], ["1", TWO, "Done"], ["2", "K3, K4", "Not started"]]
    assert counted_of(plan) == [(1, "yes", planned("“Week”")), (1, "no", f"“Status” {SAID}")]
    # The first that denies is named.
    both = [["KSBs", "Evidence", "Status", "Met"], [TWO, "a", "Done", "n"], ["K3, K4", "b", "n", "n"]]
    assert counted_of(both) == [(1, "no", f"“Met” {SAID}"), (1, "no", f"“Status” {SAID}")]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Ann Bell", "the shoot"], UNTOLD),
        (["Ann Bell", "the shoot", "Ben Cole"], filled("“Name”")),
        ([*["Ann Bell"] * 51, *["the shoot"] * 50], filled("“Name”")),
        ([*["Ann Bell"] * 50, *["the shoot"] * 50], UNTOLD),
    ],
)
def test_names_are_of_learners_where_more_than_half_are_names_of_people(names, expected):
    rows = [["Name", "KSBs"], *([name, TWO] for name in names)]
    assert counted_of(rows) == [(len(names), "yes" if expected != UNTOLD else "no", expected)]


# A rating has at most 28 characters, in at least four fifths of the cells.


@pytest.mark.parametrize(
    ("ratings", "is_counted"),
    [
        (["m" * 28], True),
        (["m" * 29], False),
        (["good"] * 4 + ["m" * 29], True),
        (["good"] * 8 + ["m" * 29] * 2, True),
        (["good"] * 23 + ["m" * 29] * 6, False),
        (["good"] * 3 + ["m" * 29], False),
    ],
)
def test_what_is_too_long_is_no_rating(ratings, is_counted):
    rows = [["KSBs", "Rating"], *([TWO, rating] for rating in ratings)]
    expected = ("yes", filled("“Rating”")) if is_counted else ("no", UNRATED.format("“Rating”"))
    assert counted_of(rows) == [(len(ratings), *expected)]


@pytest.mark.parametrize(
    ("headers", "named"),
    [
        (["Rating", "Grade", "Outcome"], "“Rating” or “Grade”"),
        (["Rating"], "“Rating”"),
    ],
)
def test_of_unclear_ratings_two_are_named(headers, named):
    rows = [["KSBs", *headers], [TWO, *["m" * 29] * len(headers)]]
    assert counted_of(rows) == [(1, "no", UNRATED.format(named))]


# Numbers beside a list: more than half make scores, and their header must say that they are final.


@pytest.mark.parametrize(
    ("header", "values", "is_counted"),
    [
        ("Score", [3, 3, 3, "good", "good", "good"], True),
        ("Score", [3, 3, 3, 3, "good", "good"], False),
        ("Final score", [3, 3, 3, 3, 3, 3], True),
        ("Score", ["3.5", "40 %", "7%", " 8 ", "good", "good"], False),
        ("Score", ["1.2.3", "1.2.3", "1.2.3", 3, 3, 3], True),
        ("Score", ["3/5", "3/5", "3/5", 3, 3, 3], True),
    ],
)
def test_scores_beside_a_list_of_codes(header, values, is_counted):
    expected = ("yes", filled(f"“{header}”")) if is_counted else ("no", UNRATED.format(f"“{header}”"))
    assert counted_of(listing(6, [header], values)) == [(6, *expected)]


LISTINGS = {
    "evidence before a date": (["Evidence", "Date"], [filled("“Evidence”")]),
    "a signature and a date before a status": (
        ["Date", "Signed off", "Status"],
        [filled("“Signed off” or “Date”")],
    ),
    "a date": (["Date", "Status"], [filled("“Date”")]),
    "a status before a module": (["Status", "Module"], [filled("“Status”")]),
    "a week before a module": (["Module", "Week", "Room"], [planned("“Week” or “Room”")]),
    "a week": (["Week"], [planned("“Week”")]),
    "one method of assessment": (["Portfolio"], [filled("“Portfolio”")]),
    "two methods of assessment": (["Portfolio", "Interview"], [A_LIST]),
    "two methods with a grade": (["Portfolio", "Interview", "Grade"], [UNRATED.format("“Grade”")]),
    "two methods with evidence": (["Portfolio", "Interview", "File"], [filled("“File”")]),
    "a gateway is no method": (["Portfolio", "EPA gateway"], [filled("“Portfolio”")]),
    "of methods a gateway counts": (["Project", "Test", "EPA gateway"], [filled("“EPA gateway”")]),
    "a learner beside a list": (["Learner"], [A_LIST]),
}


@pytest.mark.parametrize(("headers", "whys"), LISTINGS.values(), ids=LISTINGS.keys())
def test_what_decides_beside_a_list_of_codes(headers, whys):
    rows = listing(5, headers, *[["abc"] * 5 for _ in headers])
    assert [why for *_, why in counted_of(rows)] == whys


# Learners across: names over marks.


def across(*headers, above=(), marks=("x",) * 5):
    return [*above, *listing(5, headers, *[marks] * len(headers))]


MARKS = {
    "one name of one word": (across("Ann"), A_LIST),
    "one name of two words": (across("Ann Bell"), ACROSS),
    "two names of one word": (across("Ann", "Ben"), ACROSS),
    "names without marks": (across("Ann Bell", "Ben Cole", marks=()), A_LIST),
    "what is no name": (across("Total", "Sum"), A_LIST),
    "a heading of three rows above": (across("Ann", above=[["Learners"], [], []]), ACROSS),
    "one of four rows above": (across("Ann", above=[["Learners"], [], [], []]), A_LIST),
    "one of the same row": (across("Learner view", "Ann", marks=("x",) * 5), ACROSS),
    "numbers of learners that nothing names": (across("L1", "L2"), A_LIST),
    "numbers of learners that are named": (across("L1", "L2", above=[["Learners"]]), ACROSS),
    "of the start": (across("Entry", "Exit"), EARLY.format("“Entry”")),
    "left of the codes": (
        [["Learners"], ["Ann", "Code"], *(["x", code] for code in CODES[:5])],
        A_LIST,
    ),
    "twelve characters": (across("Ann Bell", marks=("12 June 2023",) * 5), ACROSS),
    "thirteen characters": (across("Ann Bell", marks=("12 March 2023",) * 5), A_LIST),
    "one of thirteen": (across("Ann Bell", marks=("x", "x", "x", "x", "12 March 2023")), A_LIST),
    "four of five are marks": (across("Ann Bell", marks=("x", "x", "x", "x", "word")), ACROSS),
    "three of four are": (across("Ann Bell", marks=("x", "x", "x", "word")), A_LIST),
    "a formula": (across("Ann Bell", marks=("x", "x", "x", "x", Cell("x", FORMULA))), A_LIST),
    "many are": (
        listing(29, ["Ann Bell"], [*["x"] * 23, *["word"] * 6]),
        A_LIST,
    ),
}


@pytest.mark.parametrize(("rows", "why"), MARKS.values(), ids=MARKS.keys())
def test_learners_in_headers(rows, why):
    assert {reason for *_, reason in counted_of(rows)} - {UNMARKED} == {why}


def test_the_marks_of_each_learner_across_are_counted_apart():
    rows = listing(5, ["Ann", "Entry", "Ben"], ["x", "", 0], ["x", "x", "x", "x"], ["", "x", "x"])
    evidence = evidence_of(sheet_of(rows), learners="")
    assert values_of(evidence) == [
        ["Ann", "old:K1", 1],
        ["Ben", "old:K2", 1],
        ["Ben", "old:K3", 1],
    ]
    assert [tuple(row.values())[2:] for row in evidence.counted] == [
        (3, "yes", ACROSS),
        (2, "no", UNMARKED),
    ]
    assert evidence.sentences[-2:] == ("Marks that say yes: x (3).", "Marks that say no: numbers (1).")


# Wordings: at least nine tenths alike, beside at least half of the codes.


def worded(texts, wordings=PAIR.wordings, n=8):
    pair = VersionPair("old", "new", dict(wordings), {})
    return counted_of(listing(n, ["Statement"], texts), pair=pair)


@pytest.mark.parametrize(
    ("texts", "n", "why"),
    [
        ([PAIR.wordings[code] for code in CODES[:4]], 8, WORDED),
        ([PAIR.wordings[code] for code in CODES[:4]], 9, A_LIST),
        ([PAIR.wordings[code] for code in CODES[1:9]], 8, A_LIST),
        ([Cell(PAIR.wordings[code], FORMULA) for code in CODES[:8]], 8, A_LIST),
    ],
)
def test_a_reference_list_has_the_wordings_of_half_of_its_codes(texts, n, why):
    assert worded(texts, n=n) == [(n, "no", why)]


@pytest.mark.parametrize(
    ("wording", "text", "why"),
    [
        ("handsawing", "handsawinX", WORDED),
        ("handsaws", "handsawX", A_LIST),
        ("handsawin", "handsawiX", A_LIST),
        ("handsawingtools", "handsawingtooX", A_LIST),
    ],
)
def test_a_wording_is_known_if_nine_tenths_are_alike(wording, text, why):
    assert worded([text] * 8, dict.fromkeys(CODES, wording)) == [(8, "no", why)]


def test_the_first_code_of_a_cell_is_the_one_that_is_worded():
    first = [["Code", "Statement"], *([code, PAIR.wordings[code]] for code in CODES[:4])]
    rest = [[code, "Short"] for code in CODES[6:11]]
    assert counted_of([*first, ["K5, K6", PAIR.wordings["K5"]], *rest]) == [(10, "no", WORDED)]
    assert counted_of([*first, ["K5, K6", PAIR.wordings["K6"]], *rest]) == [(10, "no", A_LIST)]


def test_wordings_stand_in_the_cells_of_the_codes_as_well():
    rows = [[f"{code} {PAIR.wordings[code]}"] for code in CODES[:6]]
    assert counted_of([["Code"], *rows]) == [(6, "no", WORDED)]
    assert counted_of([["Code"], *([f"{code} Something else"] for code in CODES[:6])]) == [(6, "no", A_LIST)]


def test_a_code_without_a_wording_has_none_beside_it():
    rows = [["Code", "Statement"], *([f"K{number}", "-"] for number in range(91, 97))]
    assert counted_of(rows) == [(6, "no", A_LIST)]


# Rows that count by what is filled in.


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("", "“Evidence” is empty"),
        ("no", f"“Evidence” {SAID}"),
        (2, filled("“Evidence”")),
        (Cell("2", FORMULA), f"“Evidence” {SAID}"),
        (Cell("2.5", FORMULA), f"“Evidence” {SAID}"),
        (Cell("1.2.3", FORMULA), filled("“Evidence”")),
        (Cell("a.docx", FORMULA), filled("“Evidence”")),
        (Cell("no", FORMULA), f"“Evidence” {SAID}"),
        (Cell("a.docx", is_struck=True), f"“Evidence” {SAID}"),
    ],
)
def test_what_fills_a_cell_in(cell, why):
    is_counted = "yes" if why.endswith("filled in") else "no"
    assert counted_of([["KSBs", "Evidence"], [TWO, cell]]) == [(1, is_counted, why)]


def test_one_of_several_columns_is_enough():
    headers = ["KSBs", "Evidence", "Page", "File"]
    rows = [headers, [TWO, "", "", "a"], [TWO, "", "", ""], [TWO, "no", "", ""], [TWO, "no", "7", ""]]
    named = "“Evidence”, “Page” or “File”"
    assert counted_of(rows) == [
        (2, "yes", filled(named)),
        (1, "no", f"{named} is empty"),
        (1, "no", f"{named} {SAID}"),
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ""), (["A"], "“A”"), (["A", "B"], "“A” or “B”"), (["A", " B\n b", "C"], "“A”, “B b” or “C”")],
)
def test_headers_as_a_choice(names, expected):
    assert names_to_choice(names) == expected


def test_a_column_without_a_header_is_named_by_its_letter():
    rows = [["KSBs", ""], [TWO, "a"], ["K3, K4", ""]]
    assert counted_of(rows, columns=["B"]) == [
        (1, "yes", "“B” is filled in, as chosen"),
        (1, "no", "“column B” is empty"),
    ]


def test_columns_that_were_named_decide_alone():
    rows = [["KSBs", "Kit", "Evidence", "Status"], [TWO, "", "a", "Met"], ["K3, K4", "b", "", "No"]]
    assert counted_of(rows, columns=["Kit"], name="Skills scan") == [
        (1, "no", "“Kit” is empty"),
        (1, "yes", "“Kit” is filled in, as chosen"),
    ]
    assert counted_of(rows, columns=["Kit", "Evidence"]) == [
        (2, "yes", "“Kit” or “Evidence” is filled in, as chosen")
    ]


# Sheets that are none of evidence.


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["identifier", "Evidence"], ()),
        (["identifier", "full statement"], ("identifier", "full statement")),
        (["Full-Statement (required)", "GUID"], ("Full-Statement (required)", "GUID")),
        (["identifiers", "full statement"], ()),
    ],
)
def test_two_headers_make_an_exported_framework(headers, expected):
    assert framework_headers({at: Cell(header) for at, header in enumerate(headers, 1)}) == expected


def test_three_headers_of_a_framework_are_named():
    rows = [["KSBs", "identifier", "fullStatement", "smartLevel", "GUID"], [TWO, "a", "b", "c", "d"]]
    why = "an exported framework (“identifier”, “fullStatement”, “smartLevel”)"
    assert counted_of(rows) == [(1, "no", why)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["Initial skills scan"], ["KSBs", "Evidence"], [TWO, "a"]], (1, "no", SCAN)),
        ([["Initial skills scan", "x"], ["KSBs", "Evidence"], [TWO, "a"]], (1, "no", SCAN)),
        ([["KSBs", "Evidence"], [TWO, "a"], ["Skills scan"]], (1, "yes", filled("“Evidence”"))),
        ([["KSBs", "Evidence", "Skills scan"], [TWO, "a"]], (1, "yes", filled("“Evidence”"))),
    ],
)
def test_a_title_is_above_the_headers(rows, expected):
    assert counted_of(rows) == [expected]


def test_a_sheet_has_its_name_and_not_that_of_the_file():
    rows = [["KSBs", "Evidence"], [TWO, "a"]]
    assert counted_of(rows, name="Log", source="Skills scan.xlsx") == [(1, "yes", filled("“Evidence”"))]
    assert counted_of(rows, name="Scan", source="x.xlsx") == [(1, "yes", filled("“Evidence”"))]
    assert counted_of(rows, source="Skills scan.csv") == [(1, "no", SCAN)]


def test_a_title_has_at_most_eighty_characters():
    assert title_to_exclusion("", [f"{'t' * 69}-baselines"[-80:].replace("-", " ")]) == SCAN
    assert title_to_exclusion("", [f"{'t' * 71} baselines"]) == ""
    assert title_to_exclusion(f"{'t' * 71} baselines", []) == ""


def test_other_columns_of_codes_are_no_evidence_for_a_column():
    rows = [["KSBs", "KSBs evidenced"], [TWO, "K3, K4"], ["K5, K6", ""]]
    assert counted_of(rows) == [(2, "no", UNTOLD), (1, "yes", "its header is “KSBs evidenced”")]


# Below headers that are codes.

HEADERS = CODES[:3]


def matrix(headers, *rows, above=()):
    return [*above, [*headers, *HEADERS], *rows]


MATRICES = {
    # The columns beside the codes decide in this order.
    "a learner": (["Learner", "Evidence", "Signed off", "Week"], marked("“Learner”")),
    "a name as a learner": (["Name", "Evidence"], marked("“Name”")),
    "evidence": (["Evidence", "Signed off", "Week"], marked("“Evidence”")),
    "a signature": (["Signed off", "Week"], marked("“Signed off”")),
    "a week": (["Week", "Module"], planned("“Week”")),
    "two weeks are named": (["Week", "Topic", "Room"], planned("“Week” or “Topic”")),
    "two learners are named": (["Learner", "Surname", "ULN"], marked("“Learner” or “Surname”")),
    "a module": (["Module", "Date"], planned("“Module”")),
    "a date": (["Date", "Kit"], marked("“Date”")),
    "nothing": (["Kit"], WHOSE),
    "what is early": (["Target"], WHOSE),
}


@pytest.mark.parametrize(("headers", "why"), MATRICES.values(), ids=MATRICES.keys())
def test_what_decides_below_a_header_of_codes(headers, why):
    rows = matrix(headers, ["a row", *["b"] * (len(headers) - 1), "x", "x", ""])
    assert counted_of(rows) == [(2, "no" if why == WHOSE else "yes", why)]


def test_names_and_numbers_of_evidence_come_between_a_week_and_a_module():
    ann, e1 = ["Ann Bell", "b", "x", "", ""], ["E1", "b", "x", "", ""]
    assert counted_of(matrix(["Week", "Module"], ann)) == [(1, "yes", planned("“Week”"))]
    assert counted_of(matrix(["", "Module"], ann)) == [(1, "yes", "marks in rows with the name of a learner")]
    why = "marks in rows with the number of a piece of evidence"
    assert counted_of(matrix(["", "Module"], e1)) == [(1, "yes", why)]


def labels(*texts, above=()):
    return matrix([""], *([text, "x", "", ""] for text in texts), above=above)


OF_NAMES, OF_NUMBERS = (
    "marks in rows with the name of a learner",
    "marks in rows with the number of a piece of evidence",
)


@pytest.mark.parametrize(
    ("rows", "whys"),
    [
        (labels("Ann Bell", "the shoot"), [WHOSE]),
        (labels("Ann Bell", "the shoot", "Ben Cole"), [OF_NAMES]),
        # Totals are no labels.
        (labels("Ann Bell", "Total", "Sum of marks"), [OF_NAMES, TOTAL]),
        # If a title above mentions learners, one name is enough, and "L1" is a name.
        (labels("Ann Bell", "the shoot", "the kit", above=[["Learners"], [], []]), [OF_NAMES]),
        (labels("Ann Bell", "the shoot", "the kit", above=[["Learners"], [], [], []]), [WHOSE]),
        (labels("the shoot", "the kit", above=[["Learners"]]), [WHOSE]),
        (labels(*["Ann Bell"] * 51, *["the shoot"] * 50), [OF_NAMES]),
        (labels("L1", "L2"), [OF_NAMES]),
        (labels("E1", "the shoot"), [WHOSE]),
        (labels("E1", "the shoot", "E2"), [OF_NUMBERS]),
    ],
)
def test_what_labels_of_rows_say(rows, whys):
    counted = counted_of(rows)
    assert [why for *_, why in counted] == whys


def test_headers_of_two_rows_above_the_codes_count_and_a_title_does_not():
    row = ["the shoot", "x", "", ""]
    near = [["Evidence", "Core"], ["", "Core"]]
    assert counted_of(matrix([""], row, above=near)) == [(1, "yes", marked("“Evidence”"))]
    assert counted_of(matrix([""], row, above=[*near, ["", "Core"]])) == [(1, "no", WHOSE)]
    assert counted_of(matrix([""], row, above=[["Evidence"]])) == [(1, "no", WHOSE)]
    # Of several rows of headers the lowest counts.
    headers = [["Evidence", "Core"], ["Week", "Core"]]
    assert counted_of(matrix([""], row, above=headers)) == [(1, "yes", planned("“Week”"))]


def test_what_is_early_right_of_the_codes_is_shown():
    rows = [[*HEADERS, "Target", "Due"], ["x", "", "", "a", "b"]]
    assert counted_of(rows) == [(1, "no", "“Target” is about the start")]


TALLIES = {
    "a row below a name": (
        matrix(["Learner"], ["Ann", "x", "", ""], ["", "x", "", ""], ["", "x", "", ""]),
        [(3, "yes", marked("“Learner”"))],
    ),
    "a row below a gap": (
        matrix(["Learner"], ["Ann", "x", "", ""], [], ["", "x", "", ""], ["", "x", "", ""]),
        [(1, "yes", marked("“Learner”")), (2, "no", NOBODY)],
    ),
    "a row above all names": (
        matrix(["Learner"], ["", "x", "", ""], ["Ann", "x", "", ""]),
        [(1, "no", NOBODY), (1, "yes", marked("“Learner”"))],
    ),
    "a learner that is none": (
        matrix(["Learner"], ["n/a", "x", "", ""], ["Ann", "x", "", ""]),
        [(1, "no", f"the cell beside it {SAID}"), (1, "yes", marked("“Learner”"))],
    ),
    "a total beside a name": (
        matrix(["Learner", "Kit"], ["Total", "a", "x", "", ""], ["Ann", "Total", "x", "", ""]),
        [(1, "no", TOTAL), (1, "yes", marked("“Learner”"))],
    ),
    "a stage beside a name": (
        matrix(["Learner", "Kit"], ["Ann", "On entry", "x", "", ""], ["Ann", "Entry by van", "x", "", ""]),
        [(1, "no", START), (1, "yes", marked("“Learner”"))],
    ),
    "an example": (
        matrix(["Learner"], ["Example learner", "x", "", ""], ["Ann", "x", "", ""]),
        [(1, "no", START), (1, "yes", marked("“Learner”"))],
    ),
    "blanks": (
        matrix(["Learner"], ["Ann", " ", "x", ""]),
        [(1, "yes", marked("“Learner”"))],
    ),
    "right of the codes": (
        matrix(["Learner"], ["Ann", "x", "", "", "Total"]),
        [(1, "yes", marked("“Learner”"))],
    ),
    "a mark, a formula, a no": (
        matrix(["Learner"], ["Ann", "x", Cell("x", FORMULA), "R"]),
        [(1, "yes", marked("“Learner”")), (1, "no", "the result of a formula"), (1, "no", NO)],
    ),
    "a second row below the codes is no heading": (
        matrix(["Learner"], ["Ann", "x", "x", "x"], ["Ben", "Start", "x", "x"]),
        [(6, "yes", marked("“Learner”"))],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), TALLIES.values(), ids=TALLIES.keys())
def test_which_marks_below_a_header_count(rows, expected):
    assert counted_of(rows) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("Total", "Grand total", "Sub total", "sub-totals", "Subtotal of all", "Totals:", "TOTAL"),
        *(
            "Sum",
            "Sum of marks",
            "Count",
            "Counts: all",
            "Average",
            "Averages for all",
            "Mean",
            "Percent met",
        ),
        *("Percentage", "No. of learners", "Number of", "Number of E1", "e.g.", "e.g. per week", "Legend"),
        *("Legend: x", "Example", "Max", "Maximum score", "Min possible", "Minimum available", "Max points"),
        *("%", "% met", "Key", "Key:", "Weight", "Weighting", "Weightings", "Target", "Required", "Wordings"),
        *("Statement", "Descriptions", "Definition", "Methods", "Assessment method", "Options", "Core"),
        *("Duty", "Duties", "Themes", "KSBs", "Code", "Type", "Sum: 3", "Sum  of\nmarks"),
    ],
)
def test_what_is_no_row_of_a_learner(text):
    rows = matrix(["Learner"], ["Ann", "x", "", ""], [text, "x", "", ""])
    assert counted_of(rows) == [(1, "yes", marked("“Learner”")), (1, "no", TOTAL)]


@pytest.mark.parametrize(
    "text",
    ["Totality", "Max Power", "Mean Girl", "Count Basie", "Keys", "Core Bell", "Typed", "Sumner", "Minnie"],
)
def test_what_is_a_row_of_a_learner_all_the_same(text):
    assert counted_of(matrix(["Learner"], [text, "x", "", ""])) == [(1, "yes", marked("“Learner”"))]


@pytest.mark.parametrize(
    ("text", "is_early"),
    [
        *((text, True) for text in ("Start", "Starting", "At start", "At the start", "Start point", "SCAN")),
        *((text, True) for text in ("Starting points", "Start of programme", "Start of the course")),
        *((text, True) for text in ("Initial", "Entry", "On entry", "Baseline", "Induction", "Diagnostic")),
        *((text, True) for text in ("Target", "Planned", "Predicted", "Expected", "Due", "Start score")),
        *((text, True) for text in ("Initial RAG", "Entry rating", "Start level", "Initial review")),
        *((text, True) for text in ("Target grade", "Due date", " Start ")),
        *(
            (text, False)
            for text in ("Started", "Starter", "Now", "Start of term", "Target mark", "End", "1")
        ),
    ],
)
def test_what_below_a_code_is_of_the_start(text, is_early):
    rows = matrix(["Learner"], ["Ann", text, "", ""], ["Ann", "x", "x", ""])
    why = "the line below its code says that it is about the start or the future"
    assert ((2, "no", why) in counted_of(rows)) is is_early


def test_a_column_that_was_named_must_say_something_below_a_header_as_well():
    rows = matrix(["Learner", "Kit"], ["Ann", "a", "x", "", ""], ["Ben", "n/a", "x", "", ""])
    named = "“Kit” is filled in, as chosen"
    assert counted_of(rows, columns=["Kit"]) == [
        (1, "yes", named),
        (1, "no", f"the cell beside it {SAID}"),
    ]
    assert counted_of(rows, columns=["Task"]) == [(2, "no", "there is no “Task”, which was chosen")]


def test_rows_that_were_not_chosen_are_not_counted():
    rows = matrix(["Learner", "Version"], ["Ann", "1", "x", "", ""], ["Ben", "2", "x", "", ""])
    chosen = evidence_of(sheet_of(rows), where={"Version": ["1"]}, learners="")
    assert [row["n_cells"] for row in chosen.counted] == [1]
    assert values_of(chosen) == [["Ann", "old:K1", 1]]
    log = [["Learner", "Cohort", "KSBs"], ["Ann", "1", TWO], ["Ben", "2", TWO]]
    chosen = evidence_of(sheet_of(log), where={"Cohort": ["1"]}, learners="")
    assert [row["n_cells"] for row in chosen.counted] == [1]
    assert values_of(chosen) == [["Ann", "old:K1", 1], ["Ann", "old:K2", 1]]


# Learners, codes, and the sentences.


@pytest.mark.parametrize(("n_rows", "is_found"), [(2, True), (3, False)])
def test_a_learner_is_named_in_one_of_three_rows(n_rows, is_found):
    above = [["Learner", "Core"], *[["", "Core"]] * (n_rows - 1)]
    rows = matrix([""], ["Ann Bell", "x", "", ""], above=above)
    evidence = evidence_of(sheet_of(rows), learners="")
    assert [row["learner"] for row in evidence.rows] == ["Ann Bell" if is_found else ""]
    named = "No column of learners was found: name it, as in --learners “Apprentice name”."
    assert (named in evidence.sentences) is not is_found


@pytest.mark.parametrize(
    ("headers", "learner"),
    [
        # A header that is exactly "Learner" comes before one that mentions learners.
        (["Student activity", "Apprentice"], "b"),
        (["Student activity", "Kit"], "a"),
        (["Kit", "Full name"], "b"),
    ],
)
def test_which_column_names_the_learner(headers, learner):
    rows = [[*headers, "KSBs", "Evidence"], ["a", "b", TWO, "E1"]]
    for learners, expected in (("", learner), (headers[0].upper(), "a"), (None, "")):
        evidence = evidence_of(sheet_of(rows), learners=learners)
        assert {row["learner"] for row in evidence.rows} == {expected}


@pytest.mark.parametrize(
    ("text", "codes", "why"),
    [
        ("☐ K1", [], "a box before the code is not ticked"),
        ("[ ] K1 [x] K2", ["K2"], ""),
        ("☐K1, K2", ["K2"], ""),
        ("☑ K1, K2", ["K1", "K2"], ""),
        ("K1, K2, K1", ["K1", "K2"], ""),
        ("K1, K99", ["K1"], ""),
        ("K98, K99", [], "no certain code of old"),
    ],
)
def test_which_codes_of_a_cell_count(text, codes, why):
    evidence = evidence_of(sheet_of([["KSBs", "Evidence"], [text, "E1"], ["K5, K6", "E2"]]))
    counts = [("", f"old:{code}", 1) for code in [*codes, "K5", "K6"]]
    assert [tuple(row.values()) for row in evidence.rows] == counts
    whys = [row["why"] for row in evidence.counted]
    assert [other for other in whys if other != filled("“Evidence”")] == ([why] if why else [])


def test_duties_are_no_evidence():
    pair = VersionPair("old", "new", {**PAIR.wordings, "D1": "Run it"}, {})
    evidence = evidence_of(sheet_of([["KSBs", "Evidence"], ["D1, K1", "E1"], ["D1", "E2"]]), pair=pair)
    assert [row["subject_id"] for row in evidence.rows] == ["old:K1"]
    assert [row["why"] for row in evidence.counted] == [filled("“Evidence”"), "no certain code of old"]


@pytest.mark.parametrize(
    ("outcome", "new_codes", "relation", "proposed", "rows"),
    [
        # What was decided wins over what was proposed of the same code.
        ("replaced", ("K2",), "broadMatch", [("K2", "exactMatch")], [("skos:broadMatch", "new:K2", True)]),
        ("replaced", ("K2",), "", [("K2", "exactMatch")], [("skos:exactMatch", "new:K2", True)]),
        ("replaced", ("K2",), "", [("K3", "exactMatch")], [("skos:closeMatch", "new:K2", True)]),
        # With several relations each code has one of them.
        (
            "replaced",
            ("K2", "K3"),
            "broadMatch; narrowMatch",
            [("K2", "broadMatch"), ("K3", "narrowMatch")],
            [("skos:broadMatch", "new:K2", True), ("skos:narrowMatch", "new:K3", True)],
        ),
        ("withdrawn", (), "", [("", "")], [("skos:exactMatch", "sssom:NoTermFound", True)]),
        (
            "review",
            (),
            "",
            [("K2", "closeMatch"), ("", "")],
            [("skos:closeMatch", "new:K2", False), ("skos:exactMatch", "sssom:NoTermFound", False)],
        ),
        ("unknown", (), "", [], []),
    ],
)
def test_code_outcomes_as_links(outcome, new_codes, relation, proposed, rows):
    proposals = tuple(Proposal(code, relation, 0.5, False, "", "") for code, relation in proposed)
    code_outcome = CodeOutcome("K1", outcome, new_codes, relation, 0.5, "", "", proposals)
    links = code_outcomes_to_links({"K1": code_outcome}, PAIR)
    names = ("subject_id", "predicate_id", "object_id", "is_settled")
    assert names == LINK_COLUMNS
    assert links == tuple(dict(zip(names, ("old:K1", *row), strict=True)) for row in rows)


def counted_rows(*rows):
    return [dict(zip(COUNTED_COLUMNS, row, strict=True)) for row in rows]


def sentence_of(n):
    rows = [(f"S{number}", "KSBs", 1, "yes", "it says so") for number in range(1, n + 1)]
    return counted_to_sentences(counted_rows(*rows), False, {})[0]


def test_six_places_are_named():
    six = "; ".join(f"sheet S{number}, KSBs" for number in range(1, 7))
    assert sentence_of(6) == f"Counted as evidence: 6 cells of {six} (it says so)."
    assert sentence_of(7) == f"Counted as evidence: 7 cells of {six} and 1 more places (it says so)."


def test_what_counted_is_shown_first_and_how_to_override_after_it():
    rows = counted_rows(("", "Code", 1, "no", "a list"), ("Log", "KSBs", 1200, "yes", "it says so"))
    marks = {(True, "x"): 2, (True, "dates"): 3, (True, "g"): 3, (False, "R"): 1}
    override = (
        "If this is wrong, run the command again with --evidence COLUMN (codes count where that column is "
        "filled in) or with --sheets NAME (only these sheets are remapped)."
    )
    assert counted_to_sentences(rows, False, marks) == [
        "Counted as evidence: 1,200 cells of sheet Log, KSBs (it says so).",
        "Not counted: 1 cell of Code (a list).",
        override,
        "Marks that say yes: dates (3), g (3), x (2).",
        "Marks that say no: R (1).",
    ]
    assert counted_to_sentences(rows[1:], True, {}) == [
        "Counted as planned teaching: 1,200 cells of sheet Log, KSBs (it says so).",
        "No evidence was recognised in the file: “covered” means here that teaching is planned, no more.",
    ]


# Marks.

SAYING_NO = [
    *("-", "–", "—", "n", "no", "none", "n/a", "na", "nil", "nyc", "false", "r", "red", "✗", "✘", "❌", "✖"),
    *("gap", "tbc", "tba", "?", "wt", "nym", "n/m", "[]", "()", "¨", "û", "open", "new", "missing", "RED"),
]
USUAL = [
    *("x", "y", "yes", "n", "no", "✓", "✔", "✅", "☑", "☒", "☐", "□", "[ ]", "[x]", "✗", "r", "a", "g", "b"),
    *("red", "amber", "green", "blue", "met", "not met", "partly met", "pass", "fail", "complete"),
    *("completed", "in progress", "achieved", "n/a", "-", "–", "true", "false"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A status has at most 28 characters; what is longer is what the evidence is called.
        (f"not {'m' * 24}", False),
        (f"not {'m' * 25}", True),
        ("nothing", True),
        ("No evidence", False),
        ("No entry fee", False),
        ("No 7 Road", True),
        ("0 hours", False),
        ("10 hours", True),
        ("0,0", False),
        ("0 out of 12", False),
        ("0/", True),
        ("00", False),
        ("0.", True),
        ("[...]", False),
        ("[____]", True),
        ("(   )", False),
        ("(    )", True),
        ("(x)", True),
        ("[✓] Not met", False),
        ("[✓] Met / [ ] Not met", True),
        ("[ ] Met / [✓] Not met", False),
        ("☑ Not met | ☑ Met", True),
        ("\u200b-\ufe0f", False),
        (" ", False),
        *((text, False) for text in SAYING_NO),
        *(
            (text, False)
            for text in (
                *("no progress", "no submission", "no experience", "non-compliant", "non compliant"),
                *("in progress", "incomplete", "pending", "awaiting review", "nearly", "outstanding"),
                *("to do", "todo", "to be shown", "planned", "overdue", "refer", "referred", "referral"),
                *("rejected", "failed", "resubmit", "ongoing", "started", "working towards", "underway"),
                *("unmet", "unstarted", "unsatisfactory", "unseen", "unsigned", "unachieved"),
                *("uncompleted", "unticked", "unchecked", "0 hrs", "0hr", "0 hour"),
            )
        ),
        *(
            (text, True)
            for text in ("x", "yes", "note", "1", "g", "amber", "newly made", "unity", "toadstool")
        ),
    ],
)
def test_what_a_mark_says(text, expected):
    assert is_evidence(Cell(text)) is expected
    assert not is_evidence(Cell(text, is_struck=True))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("☐   ", True),
        ("☐    ", False),
        ("[   ]   ", True),
        ("[____]", False),
        ("☐ and ", False),
        ("☑ ", False),
        ("(   ) ", True),
        ("(x) ", False),
        ("", False),
    ],
)
def test_a_box_stands_right_before_the_code(text, expected):
    assert ends_with_unticked_box(f"{text}K1 ☐", len(text)) is expected
    assert ends_with_unticked_box(f"a long text before it {text}K1", len(text) + 22) is expected


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Cell("2023-05-12", DATE), "dates"),
        (Cell("45058", DATE), "dates"),
        (Cell("12 May 2023"), "dates"),
        (Cell("7", NUMBER), "numbers"),
        (Cell("7"), "other marks"),
        (Cell(" Yes\ufe0f"), "Yes"),
        *((Cell(text), text) for text in USUAL),
        (Cell("not started"), "not started"),
        (Cell("Ann"), "other marks"),
        (Cell(""), "other marks"),
    ],
)
def test_how_a_mark_is_shown(cell, text):
    assert mark_to_text(cell) == text


# Names and numbers.


@pytest.mark.parametrize(
    ("text", "is_sure", "expected"),
    [
        ("A", False, False),
        ("Al", False, True),
        ("Ann Bell Cole Dale", False, True),
        ("Ann Bell Cole Dale Eve", False, False),
        ("Bell, Ann", False, True),
        ("Ann van Bell", False, True),
        ("Ann of Bell", False, False),
        ("ann", False, False),
        ("A" + "n" * 79, False, True),
        ("A" + "n" * 80, False, False),
        ("Learner 1234", False, True),
        ("Learner 12345", False, False),
        ("Learner B", False, True),
        ("Learner BB", False, True),
        ("learner bb", False, False),
        ("L123", True, True),
        ("l 123", True, True),
        ("L1234", True, False),
        ("L123", False, False),
        ("Ann Total", True, False),
        ("Ann-Total", True, False),
        ("O’Neil-D'Arcy", False, True),
    ],
)
def test_what_looks_like_the_name_of_a_learner(text, is_sure, expected):
    assert is_name(text, is_sure) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("E1234", True), ("E12345", False), ("EV 7", True), ("Exhibit no. 3", True), ("Evidence", False)],
)
def test_what_begins_with_the_number_of_a_piece_of_evidence(text, expected):
    assert is_evidence_number(f" {text}") is expected


@pytest.mark.parametrize(("header", "expected"), [("E123", (1,)), ("E1234", ()), ("EV-12", (1,)), ("E", ())])
def test_pieces_of_evidence_are_numbered_up_to_three_digits(header, expected):
    assert headers_to_roles({1: Cell(header)}).evidence == expected
