"""Which cells of a tracker count as evidence, which do not, and why: literal trackers in, the rows out."""

from __future__ import annotations

import pytest

from curriculum.model.version_pair import VersionPair
from curriculum.remapping.detection import sheet_to_layout, text_finder
from curriculum.remapping.evidence import layouts_to_evidence
from curriculum.remapping.evidence_marks import is_evidence
from curriculum.remapping.options import chosen_rows
from curriculum.spreadsheets.tracker import FORMULA, NUMBER, Cell, CellRange, Sheet

CODES = [f"K{number}" for number in range(1, 8)]
PAIR = VersionPair("old", "new", {code: f"What is known of {code} and told at length" for code in CODES}, {})


def cell_of(value):
    return (
        value if isinstance(value, Cell) else Cell(str(value), NUMBER if isinstance(value, int) else "text")
    )


def sheet_of(rows, name="", **more):
    cells = {
        at: {column: cell_of(value) for column, value in enumerate(row, 1) if value != ""}
        for at, row in enumerate(rows, 1)
    }
    return Sheet(name, {at: row for at, row in cells.items() if row}, max(map(len, rows)), **more)


def evidence_of(*sheets, columns=(), learners=None, source="mine.csv", where=None):
    finder = text_finder(False, PAIR.wordings)
    layouts = [sheet_to_layout(sheet, finder, PAIR.wordings, "old") for sheet in sheets]
    rows = {layout.sheet.name: chosen_rows(layout, where or {}) for layout in layouts}
    return layouts_to_evidence(layouts, rows, PAIR, columns, learners, source=source)


def values_of(evidence):
    return [list(row.values()) for row in evidence.rows]


def counted_of(*sheets, **options):
    """Give what counted, without the names of sheets and columns."""
    return [tuple(row.values())[2:] for row in evidence_of(*sheets, **options).counted]


def listing(header="Code", **columns):
    """Return a list of all codes with other columns beside it; each row has a value."""
    beside = [value if isinstance(value, list) else [value] * len(CODES) for value in columns.values()]
    return [[header, *columns], *([code, *rest] for code, *rest in zip(CODES, *beside, strict=True))]


LOG = sheet_of([["Week", "KSBs", "Evidence"], ["1", "K1, K2", "a"], ["2", "K4", "b"]], "Log")
A_LIST = "a list of codes: nothing beside them says that there is evidence"
WORDED = "a list of the codes with their wordings"
EARLY = "nothing beside the codes is evidence; “{}” is about the start, the standard or the future"
STARTED = "its title says that it is about the start of the programme"
FORM = "its name says that it is a template, an example or a key"
UNRATED = "nothing says when “{}” was given, or whether it was achieved"
UNTOLD = "nothing beside the codes says whether this is evidence"
NO = "the mark says “no”, as 0, R and an unticked box do"
SAID = "says “no”, “not started” or the like"
WHOSE = "nothing beside the marks says whose they are, or what they show"


def planned(*headers):
    named = " or ".join(f"“{header}”" for header in headers)
    return f"{named} is about planned teaching, not about evidence"


LISTINGS = {
    "short wordings": (listing(Statement="Kilo foxtrot"), [(7, "no", A_LIST)]),
    "verbatim wordings": (listing(Statement=[*PAIR.wordings.values()]), [(7, "no", WORDED)]),
    "codes alone": (listing(), [(7, "no", A_LIST)]),
    "kinds and duties": (listing(Type="Knowledge", Core="Y", Duty="Duty 1"), [(7, "no", A_LIST)]),
    "methods of assessment": (
        listing(Observation="✓", Portfolio="✓", Discussion="", Grade="Pass"),
        [(7, "no", UNRATED.format("Grade"))],
    ),
    "a project among the methods of assessment": (
        listing(Observation="x", Discussion="", Project="x"),
        [(7, "no", A_LIST)],
    ),
    "grades that can be reached": (
        listing(Method="Project", Pass="Does it", Distinction="", Grade="Pass"),
        [(7, "no", EARLY.format("Method"))],
    ),
    "starting scores": (listing(**{"Starting score": 3}), [(7, "no", EARLY.format("Starting score"))]),
    "a start RAG": (listing(**{"RAG at start": "G"}), [(7, "no", EARLY.format("RAG at start"))]),
    "self-assessment": (listing(**{"Self-assessment": 4}), [(7, "no", EARLY.format("Self-assessment"))]),
    "targets": (listing(**{"Target date": "01/09/2027"}), [(7, "no", EARLY.format("Target date"))]),
    "evidence that is needed": (
        listing(**{"Evidence required": "Call sheet"}),
        [(7, "no", EARLY.format("Evidence required"))],
    ),
    "a gap analysis": (
        listing(**{"Current level": 2, "Gap": "Y"}),
        [(7, "no", EARLY.format("Gap"))],
    ),
    "a blank form": (listing(Evidence="", Date=""), [(7, "no", "“Evidence” is empty")]),
    "a form that says no": (
        listing(Evidence="☐"),
        [(7, "no", f"“Evidence” {SAID}")],
    ),
    "an outcome that is a wording": (
        listing(Outcome="Explain how the industry is structured and funded"),
        [(7, "no", UNRATED.format("Outcome"))],
    ),
    "modules": (listing(Module="Unit 1"), [(7, "yes", planned("Module"))]),
    "weeks across": (
        listing(**{"Week 1": "x", "Week 2": ["x", *[""] * 6]}),
        [(7, "yes", planned("Week 1", "Week 2"))],
    ),
    "a link to evidence": (
        listing(Statement="Short", Link=["a.docx", *[""] * 6]),
        [(1, "yes", "“Link” is filled in"), (6, "no", "“Link” is empty")],
    ),
    "met or not": (
        listing(Met=["Y", "N", "[ ]", "[x]", "FALSE", "TRUE", ""]),
        [
            (3, "yes", "“Met” is filled in"),
            (3, "no", f"“Met” {SAID}"),
            (1, "no", "“Met” is empty"),
        ],
    ),
    "assessors": (
        listing(Assessor=["J. Okafor", *[""] * 6]),
        [(1, "yes", "“Assessor” is filled in"), (6, "no", "“Assessor” is empty")],
    ),
    "a status": (
        listing(Status=["Complete", "In progress", "Not started", *["Complete"] * 4]),
        [(5, "yes", "“Status” is filled in"), (2, "no", f"“Status” {SAID}")],
    ),
    "start and final scores": (
        listing(**{"Initial score": 2, "Final score": ["4", *[""] * 6]}),
        [(1, "yes", "“Final score” is filled in"), (6, "no", "“Final score” is empty")],
    ),
    "learners across": (
        listing(Ann=["x", *[""] * 6], Ben=["", "✓", "R", *[""] * 4]),
        [
            (2, "yes", "marks in columns with learners as headers"),
            (1, "no", NO),
            (4, "no", "no learner has a mark there"),
        ],
    ),
    "counts by formula": (
        listing(Status=[Cell("2", FORMULA)] * 7),
        [(7, "no", UNRATED.format("Status"))],
    ),
    "scores of which nothing says when": (listing(Score=3), [(7, "no", UNRATED.format("Score"))]),
    "ticks that only say covered": (
        listing(**{"Covered?": ["Y", "N", *[""] * 5]}),
        [
            (1, "yes", "“Covered?” is filled in"),
            (1, "no", f"“Covered?” {SAID}"),
            (5, "no", "“Covered?” is empty"),
        ],
    ),
    "pieces of evidence across": (
        listing(E1=["x", *[""] * 6], E2=["", "x", *[""] * 5]),
        [(2, "yes", "“E1” or “E2” is filled in"), (5, "no", "“E1” or “E2” is empty")],
    ),
    "ticks under a word that may be anything": (listing(Tick="✓"), [(7, "no", A_LIST)]),
}


@pytest.mark.parametrize(("rows", "expected"), LISTINGS.values(), ids=LISTINGS.keys())
def test_what_counts_beside_a_list_of_codes(rows, expected):
    assert counted_of(sheet_of(rows)) == expected


FRAMEWORKS = {
    "CASE": ["identifier", "fullStatement", "humanCodingScheme", "smartLevel"],
    "OpenSALT": ["Identifier", "Full Statement", "Human Coding Scheme", "CF Item Type", "Education Level"],
    "Moodle": [
        "Parent ID number",
        "ID number",
        "Short name",
        "Rule outcome (optional)",
        "Exported ID (optional)",
    ],
    "snake case": ["item_identifier", "full_statement", "human_coding_scheme", "status"],
}


@pytest.mark.parametrize("headers", FRAMEWORKS.values(), ids=FRAMEWORKS.keys())
def test_an_exported_framework_is_no_evidence(headers):
    at = next(n for n, header in enumerate(headers) if header.casefold().startswith(("human", "id number")))
    rows = [[code if n == at else f"1.{n}" for n in range(len(headers))] for code in CODES]
    evidence = evidence_of(sheet_of([headers, *rows], "Log"))
    assert evidence.rows == ()
    assert {row["counted"] for row in evidence.counted} == {"no"}
    assert all(row["why"].startswith("an exported framework (“") for row in evidence.counted)


LOGS = {
    "a log of evidence": (
        [["KSBs", "Evidence"], ["K1, K2", "E1"], ["K3", ""], ["K4", "Not yet started"]],
        [
            (1, "yes", "“Evidence” is filled in"),
            (1, "no", "“Evidence” is empty"),
            (1, "no", f"“Evidence” {SAID}"),
        ],
    ),
    "a log with a status": (
        [["Learner", "KSBs", "Status"], ["Ann", "K1, K2", "Complete"], ["Ben", "K3, K4", "Not started"]],
        [(1, "yes", "“Status” is filled in"), (1, "no", f"“Status” {SAID}")],
    ),
    "evidence that was referred": (
        [["KSBs", "Evidence", "Status"], ["K1, K2", "E1", "Met"], ["K3", "E2", "Referred"]],
        [(1, "yes", "“Evidence” is filled in"), (1, "no", f"“Status” {SAID}")],
    ),
    "a RAG rating that says no": (
        [["KSBs", "Evidence", "RAG"], ["K1, K2", "E1", "Green"], ["K3", "E2", "Red"], ["K4", "E3", "R"]],
        [(1, "yes", "“Evidence” is filled in"), (2, "no", f"“RAG” {SAID}")],
    ),
    "hours of learners": (
        [["Week ending", "Learner", "Task", "KSBs", "Hours"], ["3 Feb 2023", "Ann", "Shoot", "K1, K2", 7]],
        [(1, "yes", "“Learner” is filled in")],
    ),
    "a diary": (
        [["Date", "KSBs"], ["03/02/2023", "K1, K2"], ["", "K3"]],
        [(1, "yes", "“Date” is filled in"), (1, "no", "“Date” is empty")],
    ),
    "a scheme of work": (
        [["Week", "Topic", "KSBs"], ["1", "Crew", "K1, K2"], ["2", "Kit", "K3"]],
        [(2, "yes", planned("Week", "Topic"))],
    ),
    "modules": (
        [["Module", "KSBs"], ["1", "K1, K2"], ["2", "K3"]],
        [(2, "yes", planned("Module"))],
    ),
    "a plan for a learner": (
        [["Learner", "KSBs", "Target date"], ["Ann", "K1, K2", "01/09/2027"]],
        [(1, "no", EARLY.format("Target date"))],
    ),
    "scores of a scan": (
        [["Learner", "KSBs", "Starting score"], ["Ann", "K1, K2", 3]],
        [(1, "no", EARLY.format("Starting score"))],
    ),
    "codes alone": ([["KSBs"], ["K1, K2"]], [(1, "no", UNTOLD)]),
    "what was shown and what is to come": (
        [
            ["Learner", "KSBs achieved", "KSBs outstanding"],
            ["Ann", "K1, K2", "K3, K4"],
            ["Ben", "K1", "K5, K6"],
        ],
        [
            (2, "yes", "“Learner” is filled in"),
            (2, "no", "“KSBs outstanding” is about the future"),
        ],
    ),
    "a heading that says shown": (
        [["Activity", "KSBs evidenced"], ["Shoot", "K1, K2"]],
        [(1, "yes", "its header is “KSBs evidenced”")],
    ),
    "duties": ([["Duty", "KSBs"], ["Run a shoot", "K1, K2"], ["Budget", "K3"]], [(2, "no", UNTOLD)]),
    "boxes before the codes": (
        [["KSBs", "Evidence"], ["[ ] K3", "E1"], ["K4", "E2"]],
        [(1, "no", "a box before the code is not ticked"), (1, "yes", "“Evidence” is filled in")],
    ),
    "a code that the version lacks": (
        [["KSBs", "Evidence"], ["K1", "E1"], ["K9", "E2"]],
        [(1, "yes", "“Evidence” is filled in"), (1, "no", "no certain code of old")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), LOGS.values(), ids=LOGS.keys())
def test_what_counts_in_a_log(rows, expected):
    assert counted_of(sheet_of(rows)) == expected


MATRICES = {
    "learners": (
        [
            ["Learner", *CODES[:3]],
            ["Ann", "x", "", "☐"],
            ["Ben", "0", "FALSE", "12/05/2023"],
            ["Total", 1, 0, 1],
        ],
        [
            (2, "yes", "marks in rows with “Learner”"),
            (3, "no", NO),
            (3, "no", "its row is a total, a key or a wording, not one of a learner"),
        ],
    ),
    "names without a heading": (
        [["", *CODES[:3]], ["Amara Okonjo-Bell", "x", "", ""], ["Callum Whitethorn", "x", "R", ""]],
        [(2, "yes", "marks in rows with the name of a learner"), (1, "no", NO)],
    ),
    "pieces of evidence": (
        [["Evidence", *CODES[:3]], ["Call sheet", "x", "x", ""]],
        [(2, "yes", "marks in rows with “Evidence”")],
    ),
    "numbers of evidence without a heading": (
        [["", *CODES[:3]], ["E1 Call sheet", "x", "x", ""], ["E2 Wrap report", "", "", "x"]],
        [(3, "yes", "marks in rows with the number of a piece of evidence")],
    ),
    "a learner named like a total": (
        [["Name", *CODES[:3]], ["Max Power", "x", "x", ""], ["Totals:", 1, 1, 0]],
        [
            (2, "yes", "marks in rows with “Name”"),
            (3, "no", "its row is a total, a key or a wording, not one of a learner"),
        ],
    ),
    "several rows of a learner, and a legend": (
        [["Learner", *CODES[:3]], ["Ann", "x", "", ""], ["", "", "x", ""], [""], ["", "x = held", "", ""]],
        [(2, "yes", "marks in rows with “Learner”"), (1, "no", "its row does not say whose it is")],
    ),
    "start and now below a code": (
        [["Learner", *CODES[:3]], ["", "Start", "Now", ""], ["Ann", 1, 2, 3]],
        [
            (2, "no", "its row does not say whose it is"),
            (
                1,
                "no",
                "the line below its code says that it is about the start or the future",
            ),
            (2, "yes", "marks in rows with “Learner”"),
        ],
    ),
    "wordings below the codes": (
        [["Learner", *CODES[:3]], ["", "Crew", "Kit", "Cash"], ["Ann", "x", "", ""]],
        [(3, "no", "its row does not say whose it is"), (1, "yes", "marks in rows with “Learner”")],
    ),
    "a scan before the reviews": (
        [
            ["Learner", "Stage", *CODES[:3]],
            ["Ann", "Initial skills scan", 3, 2, 4],
            ["Ann", "Review 1", 4, 4, ""],
        ],
        [
            (3, "no", "its row is about the start of the programme, a template, or still to come"),
            (2, "yes", "marks in rows with “Learner”"),
        ],
    ),
    "weeks": (
        [["Week", *CODES[:3]], ["1", "x", "x", ""], ["2", "", "", "x"]],
        [(3, "yes", planned("Week"))],
    ),
    "nothing beside the marks": (
        [[*CODES[:3]], ["x", "x", "x"]],
        [(3, "no", WHOSE)],
    ),
    "levels": (
        [["", *CODES[:3]], ["Level 2", "x", "", ""], ["Level 3", "x", "x", ""]],
        [(3, "no", WHOSE)],
    ),
    "formulas": (
        [["Learner", *CODES[:3]], ["Ann", Cell("✓", FORMULA), "x", ""]],
        [(1, "no", "the result of a formula"), (1, "yes", "marks in rows with “Learner”")],
    ),
    "colours alone": (
        [["Learner", *CODES[:3]], ["Ann", "", "", ""]],
        [(0, "no", "there are no marks; a colour alone is not one")],
    ),
}


@pytest.mark.parametrize(("rows", "expected"), MATRICES.values(), ids=MATRICES.keys())
def test_what_counts_below_a_header_of_codes(rows, expected):
    assert counted_of(sheet_of(rows)) == expected


@pytest.mark.parametrize(
    ("name", "title", "why"),
    [
        ("Initial skills scan", "", STARTED),
        ("Baseline", "", STARTED),
        ("Self-assessment", "", STARTED),
        ("Scores", "Starting points, September 2026", STARTED),
        ("Blank template", "", FORM),
        ("Example", "", FORM),
        ("Key", "", FORM),
    ],
)
def test_the_name_or_the_title_of_a_sheet_can_say_that_it_is_none(name, title, why):
    top = [[title]] if title else []
    rows = [*top, ["Learner", *CODES[:3]], ["Ann", 3, 2, 4]]
    assert counted_of(sheet_of(rows, name)) == [(3, "no", why)]


def test_the_name_of_a_file_without_sheets_is_its_title():
    rows = [["Learner", *CODES[:3]], ["Ann", 3, 2, 4]]
    assert counted_of(sheet_of(rows), source="Skills scan 2026.csv") == [(3, "no", STARTED)]
    assert counted_of(sheet_of(rows), source="tracker.csv") == [(3, "yes", "marks in rows with “Learner”")]


LISTS = {
    "a hidden list": sheet_of([["KSB"], *([code] for code in CODES)], "Lists", is_hidden=True),
    "a list behind a drop-down": sheet_of(
        [["KSB", "Status"], *([code, "Met"] for code in CODES)], "Lists", list_ranges=(CellRange(2, 8, 1, 1),)
    ),
    "two lists behind drop-downs": sheet_of(
        [["KSB", "Evidence type"], *([code, "Observation"] for code in CODES)],
        "Lists",
        list_ranges=(CellRange(2, 8, 1, 1), CellRange(2, 8, 2, 2)),
    ),
    "a reference sheet": sheet_of(listing(Statement="Short words"), "KSB list"),
    "a short reference sheet": sheet_of([["Code", "Statement"], ["K5", "Short"], ["K6", "Short"]], "KSBs"),
    "a template": sheet_of(listing(Evidence="", Date=""), "Next learner"),
    "a template of a log": sheet_of([["KSBs", "Evidence"], ["K5, K6", ""], ["K6, K7", ""]], "Empty"),
    "a framework": sheet_of(
        [FRAMEWORKS["CASE"], *([f"a{n}", "Text", code, "1.1"] for n, code in enumerate(CODES))], "Export"
    ),
    "a scheme of work": sheet_of([["Week", "KSBs"], ["1", "K5, K6"], ["2", "K7"]], "Scheme of work"),
    "a skills scan": sheet_of([["Learner", *CODES], ["Ann", *[3] * 7]], "Skills scan"),
    "a dashboard": sheet_of(listing(Pieces=[Cell("3", FORMULA)] * 7), "Dashboard"),
    "an empty matrix": sheet_of([["Learner", *CODES], ["Ann", *[""] * 7]], "Matrix"),
}


@pytest.mark.parametrize("other", LISTS.values(), ids=LISTS.keys())
@pytest.mark.parametrize(
    "sheet",
    [LOG, sheet_of([["Learner", *CODES[:3]], ["Ann", "x", "", ""]], "Log")],
    ids=["a log", "a matrix"],
)
def test_other_sheets_never_raise_the_coverage_of_a_tracker(sheet, other):
    alone, both = evidence_of(sheet), evidence_of(sheet, other)
    assert both.rows == alone.rows
    assert not both.is_planned
    beside = [row for row in both.counted if row["sheet"] == other.name]
    assert {row["counted"] for row in beside} == {"no"}
    assert all(row["why"] for row in beside)


def test_a_log_with_a_drop_down_list_of_codes_still_counts():
    rows = [["Learner", "KSB", "Evidence"], *(["Ann", code, f"E{n}"] for n, code in enumerate(CODES))]
    sheet = sheet_of(rows, "Data", is_hidden=True, list_ranges=(CellRange(2, 8, 2, 2),))
    assert counted_of(sheet) == [(7, "yes", "“Evidence” is filled in")]


def test_a_plan_counts_only_where_there_is_no_evidence_and_is_called_one():
    plan = LISTS["a scheme of work"]
    alone = evidence_of(plan)
    assert alone.is_planned
    assert [row["subject_id"] for row in alone.rows] == ["old:K5", "old:K6", "old:K7"]
    assert alone.sentences[0].startswith("Counted as planned teaching: 2 cells of sheet Scheme of work, KSBs")
    assert counted_of(LOG, plan)[1] == (
        2,
        "no",
        "planned teaching only, and the file has evidence elsewhere",
    )


def test_a_column_that_was_named_decides():
    sheets = (LOG, LISTS["a reference sheet"])
    named = evidence_of(*sheets, columns=["Statement"])
    assert [tuple(row.items()) for row in named.counted] == [
        (
            *(("sheet", "Log"), ("column", "KSBs"), ("n_cells", 2), ("counted", "no")),
            ("why", "there is no “Statement”, which was chosen"),
        ),
        (
            *(("sheet", "KSB list"), ("column", "Code"), ("n_cells", 7), ("counted", "yes")),
            ("why", "“Statement” is filled in, as chosen"),
        ),
    ]
    # The codes themselves, by the letter of their column: each cell counts.
    assert counted_of(sheet_of([["KSBs"], ["K1, K2"]]), columns=["A"]) == [
        (1, "yes", "“A” is filled in, as chosen")
    ]
    matrix = sheet_of([["", *CODES[:3]], ["Level 2", "x", "", ""]])
    assert counted_of(matrix, columns=["A"]) == [(1, "yes", "“A” is filled in, as chosen")]


def test_each_cell_with_a_code_is_counted_once():
    sheets = (LOG, *LISTS.values())
    sheets = tuple(
        sheet for at, sheet in enumerate(sheets) if sheet.name not in {s.name for s in sheets[:at]}
    )
    evidence = evidence_of(*sheets)
    finder = text_finder(False, PAIR.wordings)
    for sheet in sheets:
        layout = sheet_to_layout(sheet, finder, PAIR.wordings, "old")
        n_counted = sum(row["n_cells"] for row in evidence.counted if row["sheet"] == sheet.name)
        n_cells = sum(len(column.cells) for column in layout.columns)
        n_marks = sum(
            at in cells
            for row, cells in sheet.rows.items()
            for at in (layout.matrix.headers if layout.matrix else ())
            if row > layout.matrix.header_row
        )
        assert n_counted == n_cells + n_marks


def test_a_learner_of_whom_nothing_counts_stands_there_with_nothing():
    rows = [["Learner", "KSBs", "Status"], ["Ann", "K1, K2", "Complete"], ["Ben", "K3, K4", "Not started"]]
    assert values_of(evidence_of(sheet_of(rows), learners="")) == [
        ["Ann", "old:K1", 1],
        ["Ann", "old:K2", 1],
        ["Ben", "", 0],
    ]
    matrix = [["Learner", *CODES[:3]], ["Ann", "x", "", ""], ["Ben", "", "", ""]]
    assert values_of(evidence_of(sheet_of(matrix), learners="Learner")) == [
        ["Ann", "old:K1", 1],
        ["Ben", "", 0],
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *(
            (text, False)
            for text in ["☐", "□", "[ ]", "[]", "( )", "FALSE", "☐ Met", "[ ] Yes", "☐ Met ☑ Not met"]
        ),
        *(
            (text, False)
            for text in ["0", "0%", "0.00", "0 / 5", "0 of 3", "❑", "\uf0a8", "not yet", "Unticked"]
        ),
        *(
            (text, True)
            for text in ["☑", "☒", "[x]", "✅", "☑ Met ☐ Not met", "(x) Yes", "5%", "TRUE", "0.5", "10"]
        ),
    ],
)
def test_boxes_and_noughts(text, expected):
    assert is_evidence(Cell(text)) is expected


def test_lists_of_drop_downs_are_recognised_beside_any_column():
    both = (LISTS["a list behind a drop-down"], LISTS["two lists behind drop-downs"])
    assert [counted_of(sheet) for sheet in both] == [[(7, "no", "the values of a drop-down list")]] * 2
    # Without the drop-down list the statuses beside the codes would count.
    assert counted_of(sheet_of([["KSB", "Status"], *([code, "Met"] for code in CODES)])) == [
        (7, "yes", "“Status” is filled in")
    ]
