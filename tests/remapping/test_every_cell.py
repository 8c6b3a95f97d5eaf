"""In a column or a header of codes each filled cell is read completely, or named with its place."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.errors import NotFound
from curriculum.model import vocabulary as v
from curriculum.model.code_lists import find_codes, find_numbers, is_code_like, is_without_codes
from curriculum.model.version_pair import VersionPair
from curriculum.project import Project
from curriculum.remapping.column_headers import header_to_letters, name_to_letters
from curriculum.remapping.matrix_headers import sheet_to_matrix
from curriculum.remapping.options import Options
from curriculum.remapping.remap_result import Remapped
from curriculum.remapping.remapped import remap_tracker
from curriculum.spreadsheets.tracker import DATE, FORMULA, NUMBER, Cell, CellRange, DropDown, Sheet, Tracker
from curriculum.tables.frame_rows import frame_to_rows

CODES = [f"{letters}{number}" for letters in "KSB" for number in range(1, 13)]


def crosswalk(codes=CODES, to=lambda code: f"{code[0]}{int(code[1:]) + 50}"):
    rows = [(f"old-1:{code}", f"new-1:{to(code)}", "t", "t") for code in codes]
    names = [v.SUBJECT_ID, v.OBJECT_ID, v.SUBJECT_LABEL, v.OBJECT_LABEL]
    same = {
        v.SUBJECT_SOURCE: "old-1",
        v.OBJECT_SOURCE: "new-1",
        v.PREDICATE_ID: v.CLOSE_MATCH,
        v.CONFIDENCE: 0.97,
        v.BAND: "accept",
    }
    return pd.DataFrame(rows, columns=names).assign(**same)


def remapped(rows, *, links=None, codes=CODES, drop_downs=(), list_ranges=(), **options) -> Remapped:
    """Remap rows of cells; a text becomes a cell of text, an empty one none."""
    cells = {
        at: {n: cell if isinstance(cell, Cell) else Cell(cell) for n, cell in enumerate(row, 1) if cell}
        for at, row in enumerate(rows, 1)
    }
    sheet = Sheet("Log", cells, max(map(len, rows)), drop_downs=drop_downs, list_ranges=list_ranges)
    links = crosswalk() if links is None else links
    pair = VersionPair("old-1", "new-1", dict.fromkeys(codes, "t"), {})
    tracker = Tracker("m.xlsx", "workbook", (sheet,), b"")
    return remap_tracker(tracker, None, frame_to_rows(links), pair, options=Options(**options))


def audit_of(result: Remapped) -> pd.DataFrame:
    return pd.DataFrame(result.audit.columns)


def outcome(cell, header="KSBs"):
    """Return what is written beside a cell of a column of codes: the new codes, and the outcome."""
    result = remapped([["Week", header], ["1", "K1, S2"], ["2", "K4; S5"], ["3", cell], ["4", "B1"]])
    new, note, _ = result.edits["Log"].added
    return new.values.get(4, ""), note.values.get(4, "")


# --- One cell among others -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "new"),
    [
        ("Ks 1-4", "K51, K52, K53, K54"),
        ("Bs 1-2", "B51, B52"),
        ("Ks: 1, 2", "K51, K52"),
        ("Ks 1, 2 & 5; Ss 3, 4", "K51, K52, K55, S53, S54"),
        ("K: 1, 2; S: 4", "K51, K52, S54"),
        ("K : 1", "K51"),
        ("Knowledge: 1, 2", "K51, K52"),
        ("Knowledge 1-3, Skills 2", "K51, K52, K53, S52"),
        ("Knowledge: K1, K2 Skills: S1", "K51, K52, S51"),
        ("Behavior 2", "B52"),
        ("Behaviors 2 and 3", "B52, B53"),
        ("Ｋ１，Ｓ２", "K51, S52"),
        ("\U0001d40a\U0001d7cf", "K51"),
        ("K1\u2212K3", "K51, K52, K53"),
        ("K1\ufe63K3", "K51, K52, K53"),
        ("K1 thru K3", "K51, K52, K53"),
        ("K1 through 3", "K51, K52, K53"),
        ("K1 up to K3", "K51, K52, K53"),
        ("K1\u00a0& K2", "K51, K52"),
        ("K1 (met)", "K51"),
        ("K1: How work is done (not how it is paid for)", "K51"),
        ("from K1 to K3", "K51, K52, K53"),
        ("all of K1-K3", "K51, K52, K53"),
        ("K1 (core)", "K51"),
        ("K1 (JB)", "K51"),
        ("K1 (new media)", "K51"),
        ("K1, K2 (revisit)", "K51, K52"),
        ("Session 1: K1", "K51"),
        ("Networks K1", "K51"),
    ],
)
def test_a_cell_is_read_whole(cell, new):
    assert outcome(cell) == (new, "replaced")


@pytest.mark.parametrize(
    "cell",
    [
        "К1, S2",  # a Cyrillic letter
        "Κ1",  # a Greek one
        "Kl, K2",
        "K1O",
        "K5 (not yet)",
        "S2 (removed)",
        "S3 - withdrawn",
        "K6 (TBC)",
        "K8 (part)",
        "K1, K2 (partial)",
        "K9 (no evidence yet)",
        "K4 \u2013 n/a",
        "K5 [missing]",
        "(not yet) K5",
        "TBC: K1, K2",
        "Gap K3",
        "K2: to do",
        "K1 - all",
        "K1, K2 (not yet), K3",
        "between K1 and K3",
        "K1\u2192K3",
        "1, 2, K4",
        "K1:Yes; K2:No",
        "K1 (N)",  # marks that say no
        "K1: N",
        "K1 - N",
        "K1 R",
        "K1 (red)",
        "K1 (NYA)",
        "WIP: K1",
        "K1 X",  # a cross or a tick
        "K1 (missed)",
        "K1 (if time)",
        "K1 (check)",
        "skip K1",
        "poss K1",
        "Part of K1",
        "new: K1",
        "K1 (new)",
        "K1 (moved)",
        "from K1",  # half a range
        "up to K1",
        "K1...",
        "K1-",
        "K1-1",  # a part of K1, no range
        "K1 S",  # a kind without its number
        "K1, P2",  # criteria of a unit
        "P1 K1",
        "LO1 K1",  # codes of another scheme
        "AC1.1 K1",
        "K1 X2",
    ],
)
def test_a_cell_that_is_read_in_part_or_denied_is_for_a_person(cell):
    assert outcome(cell) == ("", "review")


@pytest.mark.parametrize(
    "cell",
    [
        "All KSBs",
        "All Ks",
        "K (all)",
        "all skills and behaviours",
        "Every KSB",
        "ALL",
        "S1?",
        "K2 not yet",
        "K1, all S",
        "K1 etc",
        "K1, \u2026",
        "K2, KI",
        "K1, LO3",
        "K1.1",
        "K2a",
        "AC 1.2",
        "KSBs: 1, 2",
        "KS 1",
        "BS 5",
        "K\u200b1",
        "tbc",
        "see Ms Brown",
        "Knowledge",
        "Ks",
        "2",
        Cell("2", NUMBER),
        Cell("2026-02-01", DATE, "1", "46054"),
        Cell("K1", FORMULA),
        Cell("", FORMULA, "", "", "n"),  # never calculated
        Cell("TRUE", "other"),
    ],
)
def test_a_cell_that_is_not_read_is_named(cell):
    assert outcome(cell) == ("", "not read")


@pytest.mark.parametrize("cell", ["-", "n/a", "N/A", "none", "\u2014", "nil", " . ", "KSBs"])
def test_a_cell_that_says_that_no_code_belongs_there_is_read(cell):
    assert outcome(cell) == ("", "")


def test_what_was_not_read_stands_on_the_audit_and_needs_a_person():
    result = remapped([["Week", "KSBs"], ["1", "K1"], ["2", "All KSBs"], ["3", "see Ms Brown"]])
    named = ["cell", "as_written", "code", "outcome"]
    assert audit_of(result)[named].values.tolist() == [
        ["B2", "K1", "K1", "replaced"],
        ["B3", "All KSBs", "", "not read"],
        # What looks like no code may be a name: it is not repeated.
        ["B4", "", "", "not read"],
    ]
    assert result.n_waiting == 2
    (layout,) = result.layouts
    assert [(unread.name, unread.cells, unread.why) for unread in layout.unread] == [
        ("KSBs", ("B3",), "names codes without their numbers: write each code"),
        ("KSBs", ("B4",), "not written as codes: write them like K2, S3"),
    ]


def test_in_place_all_that_stays_is_marked_with_its_version_and_nothing_is_lost():
    rows = [
        ["Week", "KSBs"],
        ["1", "K1, S2"],
        ["2", "S1? "],
        ["3", "К9"],
        ["4", Cell("K3", FORMULA)],
        ["5", Cell("2026-02-01", DATE, "1", "46054")],
        ["6", "K5 (not yet)"],
    ]
    result = remapped(rows, in_place=True)
    written = result.edits["Log"].rewritten
    marks = {
        place: [replacement.text for replacement in replacements] for place, replacements in written.items()
    }
    assert marks == {
        (2, 2): ["K51", "S52"],
        (3, 2): [" [old-1: not read]"],
        (4, 2): [" [old-1: review]"],
        (7, 2): [" [old-1: review]"],
    }
    assert audit_of(result)["outcome"].tolist()[2:] == [
        "not read",
        "review",
        "not read",
        "not read",
        "review",
    ]


@settings(deadline=None)
@given(st.text(alphabet="KSBksb1234567890lO, ;:&-()?!.\u041a\u2212\uff2balnotyet", min_size=1, max_size=12))
def test_no_filled_cell_of_a_column_of_codes_is_silent(cell):
    new, note = outcome(cell)
    is_header = cell.strip().casefold() == "ksbs" or name_to_letters(cell) == "B"  # the next cell is B1
    assert note or not cell.strip() or is_without_codes(cell) or is_header
    # A settled cell was read completely: beside its codes it has no letter and no digit.
    if new and all(found.form == "list" for found in find_codes(cell)):
        spans = {(found.start, found.end) for found in find_codes(cell)}
        rest = "".join(c for at, c in enumerate(cell) if not any(a <= at < b for a, b in spans))
        assert not any(map(str.isdigit, rest))


# --- Numbers without letters ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "letters"),
    [
        ("K", "K"),
        ("Knowledge", "K"),
        ("Skills (S)", "S"),
        ("Behaviors", "B"),
        ("Behaviour KSBs covered", "B"),
        ("K numbers", "K"),
        ("KSBs", ""),
        ("Knowledge and skills", ""),
        ("Knowledge score", ""),
        ("Skills 2024", ""),
        ("Duty", "D"),
        ("Technical knowledge", "TK"),
        ("Performance criteria", "P"),
    ],
)
def test_a_header_names_one_kind(header, letters):
    assert header_to_letters(header) == letters


def columns_of(result: Remapped):
    """Return the new codes and outcomes of each column of codes, by its name."""
    added = result.edits["Log"].added
    names = [column.name for layout in result.layouts for column in layout.columns]
    return {
        name: [added[3 * at].values.get(row, "") or added[3 * at + 1].values.get(row, "") for row in (2, 3)]
        for at, name in enumerate(names)
    }


def test_numbers_below_the_name_of_a_kind_are_codes_beside_one_with_its_letter():
    rows = [["Session", "K", "S", "B"], ["1", "1, 2", Cell("3", NUMBER), "2"], ["2", "K4", "S4", ""]]
    assert columns_of(remapped(rows)) == {"K": ["K51, K52", "K54"], "S": ["S53", "S54"], "B": ["B52", ""]}


def test_several_numbers_in_a_cell_are_codes():
    rows = [["Session", "Knowledge", "Skills"], ["1", "1, 2", "3"], ["2", "4-5", "1"]]
    assert columns_of(remapped(rows)) == {"Knowledge": ["K51, K52", "K54, K55"], "Skills": ["S53", "S51"]}


@pytest.mark.parametrize("header", ["Ss", "S", "Skills"])
def test_a_code_with_its_letter_among_numbers_is_as_certain_as_they_are(header):
    rows = [
        ["Learner", "Ks", header],
        *([name, "1, 2", "3"] for name in "abcd"),
        ["e", "4", "S5"],
        ["f", "", "All"],
    ]
    result = remapped(rows)
    rows_of_c = audit_of(result)[audit_of(result)["cell"].str.startswith("C")]
    assert rows_of_c[["code", "outcome"]].values.tolist() == [
        *[["S3", "replaced"]] * 4,
        ["S5", "replaced"],
        ["", "not read"],
    ]


def test_single_numbers_may_be_scores_unless_the_column_is_named():
    rows = [["Session", "Knowledge"], ["1", "1"], ["2", "4"]]
    assert columns_of(remapped(rows)) == {"Knowledge": ["review", "review"]}
    assert columns_of(remapped(rows, columns=("Knowledge",))) == {"Knowledge": ["K51", "K54"]}


def test_numbers_that_are_no_codes_of_the_version_are_skipped():
    (layout,) = remapped([["Learner", "Knowledge"], ["a", "65"], ["b", "4"]]).layouts
    assert not layout.columns
    assert [(column.name, column.n_cells) for column in layout.skipped] == [("Knowledge", 2)]


def test_the_kind_can_be_in_a_second_row_of_headers():
    rows = [["Week", "KSBs", "", "Notes"], ["", "K", "S", ""], ["1", "1, 2", "3", "a"], ["2", "4", "2", "b"]]
    result = remapped(rows)
    assert audit_of(result)[["cell", "code"]].values.tolist() == [
        ["B3", "K1"],
        ["B3", "K2"],
        ["B4", "K4"],
        ["C3", "S3"],
        ["C4", "S2"],
    ]


def test_numbers_are_read_alone():
    assert [found_code.code for found_code in find_numbers("(1, 3-5 and 7)", "K")] == [
        "K1",
        "K3",
        "K4",
        "K5",
        "K7",
    ]
    assert find_numbers("3 of 7", "K") == find_numbers("0", "K") == find_numbers("1.2", "K") == ()


# --- Headings --------------------------------------------------------------------------------------------


def test_two_codes_above_marks_are_the_headers_of_a_matrix():
    result = remapped([["Learner", "K1", "K2"], ["L1", "", ""], ["L2", "x", ""]])
    (layout,) = result.layouts
    assert not layout.columns
    note, first, second = result.edits["Log"].added
    assert (first.values[1], first.values[3].text, second.values[1], second.values[3]) == (
        "K51 (new-1)",
        "x",
        "K52 (new-1)",
        "",
    )
    assert note.values[1] == "note (new-1)"


@pytest.mark.parametrize("old", ["old-1", "new", "draft"])
def test_the_new_columns_of_a_matrix_header_the_matrix_of_the_next_remap(old):
    made = [f"K{number} ({old})" for number in (4, 5, 6)]
    rows = [["Learner", "K1", "K2", "K3", f"note ({old})", *made], ["L1", "x", "x", "", "", "x", "", "x"]]
    cells = {at: {n: Cell(cell) for n, cell in enumerate(row, 1) if cell} for at, row in enumerate(rows, 1)}
    matrix = sheet_to_matrix(Sheet("Log", cells, 8), find_codes, old)
    assert {at: [found_code.code for found_code in found] for at, found in matrix.headers.items()} == {
        6: ["K4"],
        7: ["K5"],
        8: ["K6"],
    }
    assert matrix.unread == {}


def test_two_codes_among_others_are_no_header():
    rows = [["Topic", "First", "Second"], ["Name", "K1", "K2"], ["b", "K3", "S4"]]
    (layout,) = remapped(rows).layouts
    assert layout.matrix is None


def test_a_header_of_a_matrix_that_is_not_read_is_named():
    result = remapped([["Learner", "K1", "K2", "K3", "К4", "Kl", "K6?", "Total"], ["a", *"xxxxxx", "3"]])
    assert audit_of(result)[audit_of(result)["outcome"] == "not read"]["cell"].tolist() == ["E1", "F1", "G1"]
    assert result.n_waiting == 3


def test_all_ksbs_is_a_cell_and_no_header():
    result = remapped([["Week", "KSBs"], ["1", "All KSBs"], ["2", "K4"], ["3", "K5"]])
    assert result.edits["Log"].added[0].values == {1: "KSBs (new-1)", 3: "K54", 4: "K55"}
    assert audit_of(result)["outcome"].tolist() == ["not read", "replaced", "replaced"]


def test_the_name_of_a_kind_above_its_block_is_no_cell_to_read():
    rows = [["KSB"], ["Knowledge"], ["K1"], ["K2"], ["Skills"], ["S1"], ["Behaviours"], ["B1"]]
    assert remapped(rows).n_waiting == 0
    decision_to_kind_faults = [["KSB"], ["Knowledge"], ["K1"], ["S2"], ["Skills"], ["S1"]]
    assert audit_of(remapped(decision_to_kind_faults))["outcome"].tolist() == [
        *("not read", "replaced", "replaced", "not read", "replaced")
    ]


def test_columns_that_share_a_header_are_named_by_their_letters():
    result = remapped([["Week", "KSBs", "Notes", "KSBs"], ["1", "K1", "x", "S1"], ["2", "K2", "y", "S2"]])
    assert [column.values[1] for column in result.edits["Log"].added] == [
        "KSBs, column B (new-1)",
        "outcome (KSBs, column B)",
        "note (KSBs, column B)",
        "KSBs, column D (new-1)",
        "outcome (KSBs, column D)",
        "note (KSBs, column D)",
    ]


def test_a_header_that_is_named_means_every_column_with_it():
    rows = [["Week", "KSBs", "Notes", "KSBs"], ["1", "K1", "x", "S1"], ["2", "K2", "y", "S2"]]
    assert audit_of(remapped(rows, columns=("ksbs",)))["cell"].tolist() == ["B2", "B3", "D2", "D3"]


def test_a_condition_on_a_header_of_two_columns_is_refused():
    rows = [["Status", "KSBs", "Status"], ["a", "K1", "b"], ["b", "K2", "b"]]
    with pytest.raises(
        NotFound,
        match="2 columns have the header Status; expected a header that only one column has; found A, C",
    ):
        remapped(rows, where={"Status": ("a",)})


# --- Type and number, identifiers ----------------------------------------------------------------------


def test_identifiers_beside_codes_make_no_pairs():
    rows = [
        ["Parent ID number", "ID number", "Short name", "Exported ID (optional)"],
        ["", "K", "Knowledge", ""],
        *(["K", f"K{n}", "life cycle", f"{n + 4}"] for n in (1, 2, 3)),
        ["", "S", "Skills", ""],
        *(["S", f"S{n}", "code", f"{n + 7}"] for n in (1, 2)),
    ]
    result = remapped(rows)
    assert audit_of(result)["cell"].tolist() == ["B3", "B4", "B5", "B7", "B8"]
    assert result.edits["Log"].added[0].values[1] == "ID number (new-1)"


def test_type_and_number_that_make_no_code_are_named():
    rows = [["Type", "Number"], *([kind, "2"] for kind in ("Knowledge", "Skill", "Behaviour") * 2)]
    rows += [["Knowledge", "7a"], ["Skil", "3"], ["Skill", ""], ["Skill", "3, 4"], ["Knowledge", "-"]]
    result = remapped(rows)
    assert audit_of(result)[["cell", "code", "outcome"]].values.tolist()[6:] == [
        ["B8", "", "not read"],
        ["B9", "", "not read"],
        ["B10", "", "not read"],
        ["B11", "S3", "replaced"],
        ["B11", "S4", "replaced"],
    ]


# --- Codes of other schemes, formulas, drop-down lists --------------------------------------------------


def test_codes_of_other_schemes_follow_the_same_rule():
    codes = ["390A", "391B", "1.2.3"]
    links = crosswalk(codes, to=lambda code: f"N{codes.index(code)}")
    rows = [["Week", "Codes"], ["1", "390A"], ["2", "391B, 1.2.3"], ["3", "390A, 392C"], ["4", "none"]]
    result = remapped([*rows, ["5", "399Z"]], links=links, codes=codes)
    assert audit_of(result)[["cell", "outcome"]].values.tolist() == [
        ["B2", "replaced"],
        ["B3", "replaced"],
        ["B3", "replaced"],
        ["B4", "not read"],
        ["B6", "not read"],
    ]
    (layout,) = result.layouts
    assert [unread.why for unread in layout.unread] == ["not in the list of the old version"]


def test_a_column_of_formulas_is_refused_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.csv").write_text("code,text\nK1,a\nS2,b\n", encoding="utf-8")
    (tmp_path / "new.csv").write_text("code,text\nK7,a\nS8,b\n", encoding="utf-8")
    tracker = tmp_path / "tracker.xlsx"
    import xlsxwriter

    with xlsxwriter.Workbook(tracker) as book:
        sheet = book.add_worksheet("Log")
        sheet.write_row(0, 0, ["Week", "KSBs"])
        for row in (1, 2):
            sheet.write_formula(row, 1, '="K"&1', None, "K1")
    with pytest.raises(NotFound) as fault:
        Project().remap(tracker, tmp_path / "old.csv", tmp_path / "new.csv")
    assert "KSBs: 2 cells (B2, B3), each a formula: paste its result as a value" in str(fault.value)


def test_a_drop_down_list_that_still_offers_old_codes_is_named():
    rows = [["Week", "KSB"], ["1", "K1"], ["2", "K2"]]
    written = DropDown("B2:B20", '"K1,K2,none"')
    elsewhere = DropDown("D2:D20", '"K1,K2"')
    result = remapped(rows, drop_downs=(written, elsewhere), in_place=True)
    assert result.stale == (
        "sheet Log: the drop-down list of B2:B20 still offers K1, K2: change it in Excel "
        "(Data, Data Validation)",
    )
    assert result.n_waiting == 1
    assert remapped(rows, drop_downs=(written,)).stale == ()
    assert remapped(rows, drop_downs=(DropDown("B2:B20", '"yes,no"'),), in_place=True).stale == ()


def test_a_list_from_cells_is_named_unless_these_are_rewritten_too():
    rows = [["KSB", "", "KSBs to pick"], ["K1", "", "K1"], ["K2", "", "K2"], ["K1", "", "none"]]
    drop_downs, list_ranges = (
        (DropDown("A2:A20", "$C$2:$C$4"),),
        (CellRange(2, 4, 3, 3), CellRange(9, 9, 1, 1)),
    )
    named = remapped(rows, drop_downs=drop_downs, list_ranges=list_ranges, in_place=True, columns=("KSB",))
    assert named.stale == (
        "sheet Log: the drop-down list of A2:A20 still offers old codes ($C$2:$C$4): change it in Excel "
        "(Data, Data Validation)",
    )
    assert remapped(rows, drop_downs=drop_downs, list_ranges=list_ranges, in_place=True).stale == ()


# --- What looks like codes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Ks 1-4", "K - 2", "all KSBs", "each skill", "Knowledge no. 3", "K\u200b1", "К 1"]
)
def test_what_looks_like_codes_is_noticed(text):
    assert is_code_like(text)


@pytest.mark.parametrize("text", ["see Ms Brown", "BS 7671", "KS3 maths", "a good skill", "Books"])
def test_what_does_not_is_left(text):
    assert not is_code_like(text)
