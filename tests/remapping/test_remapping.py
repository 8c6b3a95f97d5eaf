"""Remapping: literal trackers in, literal new columns and audits out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.errors import CurriculumError, InvalidInput, InvalidTable, NotFound
from curriculum.library.remapped_frame import remap_frame as remap
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.remapping.detection import sheet_to_layout, text_finder
from curriculum.remapping.options import Options
from curriculum.remapping.outcomes import Proposal, links_to_code_outcomes, proposals_to_words
from curriculum.remapping.remapped import remap_tracker
from curriculum.remapping.user_crosswalk import tracker_to_links
from curriculum.remapping.version_check import layouts_to_verdict
from curriculum.review.answers import UnlistedCode
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Cell, Sheet, Tracker
from curriculum.tables.frame_rows import frame_to_rows, tables_to_rows
from curriculum.tables.pair_wordings import tables_to_version_pair

EXACT, CLOSE, BROAD, NARROW = v.EXACT_MATCH, v.CLOSE_MATCH, v.BROAD_MATCH, v.NARROW_MATCH
NONE = v.NO_TERM_FOUND
# Two codes change places; two are merged, one is split, one is only proposed, one is withdrawn for certain.
ROWS = [
    ("K1", EXACT, "K1", 1.0, "accept"),
    ("K2", CLOSE, "K3", 0.97, "accept"),
    ("K3", CLOSE, "K2", 0.98, "accept"),
    ("K4", BROAD, "K4", 0.96, "accept"),
    ("K5", BROAD, "K4", 0.96, "accept"),
    ("S1", NARROW, "S1", 0.99, "accept"),
    ("S1", NARROW, "S2", 0.97, "accept"),
    ("S2", CLOSE, "S3", 0.71, "review"),
    ("S3", EXACT, NONE, 0.55, "review"),
    ("B1", EXACT, NONE, 0.99, "accept"),
    ("B2", CLOSE, "B1", 0.97, "accept"),
    ("B2", CLOSE, "B2", 0.41, "review"),
]


def crosswalk(rows=ROWS) -> pd.DataFrame:
    def wording(side: str, code: str) -> str:
        return "" if code == NONE else f"The {side} wording of {code}, which is long enough to be told"

    return pd.DataFrame(
        [
            {
                v.SUBJECT_SOURCE: "old-1",
                v.OBJECT_SOURCE: "new-1",
                v.SUBJECT_ID: f"old-1:{old}",
                v.SUBJECT_LABEL: wording("old", old),
                v.PREDICATE_ID: relation,
                v.OBJECT_ID: new if new == NONE else f"new-1:{new}",
                v.OBJECT_LABEL: wording("new", new),
                v.CONFIDENCE: confidence,
                v.BAND: band,
            }
            for old, relation, new, confidence, band in rows
        ]
    )


def table(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_the_audit_tells_identical_wordings_from_equivalent_ones():
    change = ["identical", "reworded; renumbered", "reworded", ""]
    links = crosswalk().head(4).assign(predicate_id="skos:exactMatch", band="accept", change=change)
    assert [outcome.decided_by for outcome in links_to_code_outcomes(frame_to_rows(links)).values()] == [
        "identical wording",
        "same words, but for small edits",
        "same words, but for small edits",
        "identical wording",
    ]


def test_a_note_gives_no_number_for_what_has_no_counterpart():
    assert proposals_to_words([Proposal("", "", 0.8, False, "", "", "K9")]) == "no counterpart found"


def test_what_becomes_of_each_code():
    settled = links_to_code_outcomes(frame_to_rows(crosswalk()))
    assert {
        code: (outcome.outcome, outcome.new_codes, outcome.decided_by) for code, outcome in settled.items()
    } == {
        "K1": ("unchanged", ("K1",), "identical wording"),
        "K2": ("replaced", ("K3",), "band accept"),
        "K3": ("replaced", ("K2",), "band accept"),
        "K4": ("unchanged", ("K4",), "band accept"),
        "K5": ("merged", ("K4",), "band accept"),
        "S1": ("split", ("S1", "S2"), "band accept"),
        "S2": ("review", (), ""),
        "S3": ("review", (), ""),
        "B1": ("withdrawn", (), "band accept"),
        "B2": ("review", (), ""),
    }


def test_proposals_are_taken_when_asked_and_say_so():
    settled = links_to_code_outcomes(frame_to_rows(crosswalk()), accepts_proposals=True)
    assert {
        code: (settled[code].outcome, settled[code].new_codes, settled[code].decided_by)
        for code in ("S2", "S3", "B2")
    } == {
        "S2": ("replaced", ("S3",), v.NOBODY),
        # Nobody has said that it is withdrawn.
        "S3": ("review", (), ""),
        "B2": ("split", ("B1", "B2"), v.NOBODY),
    }


def test_a_column_gets_new_codes_an_outcome_and_a_note():
    frame = table(
        Session=list("abcdefgh"),
        KSBs=["K1", "K2, K3", "(K4 K5)", "S1", "S2; K1", "B1", "K9", ""],
    )
    frame_after = remap(frame, crosswalk()).frame
    assert frame_after.columns.tolist() == ["Session", "KSBs", "KSBs (new-1)", "outcome", "note"]
    assert frame_after.iloc[:, 2:].values.tolist() == [
        ["K1", "unchanged", ""],
        ["K2, K3", "replaced", ""],
        ["K4", "merged", "K5: merged into K4"],
        ["S1, S2", "split", "S1: split into S1, S2"],
        ["K1", "review", "S2: proposed S3 (0.71)"],
        ["", "withdrawn", "B1: withdrawn"],
        ["", "unknown", "K9: not in old-1; nearest K5"],
        ["", "", ""],
    ]
    assert frame_after[["Session", "KSBs"]].equals(frame)


def test_each_code_leaves_a_row_in_the_audit():
    audit = remap(table(KSBs=["K1-K2", "K2, s 2", "K 9"]), crosswalk()).audit
    assert audit.columns.tolist() == list(v.AUDIT_COLUMNS)
    assert audit[
        [v.CELL, v.AS_WRITTEN, v.CODE, v.OUTCOME, v.NEW_CODES, v.RELATION, v.DECIDED_BY]
    ].values.tolist() == [
        ["A2", "K1-K2", "K1", "unchanged", "K1", "exactMatch", "identical wording"],
        ["A2", "K1-K2", "K2", "replaced", "K3", "closeMatch", "band accept"],
        ["A3", "K2", "K2", "replaced", "K3", "closeMatch", "band accept"],
        ["A3", "s 2", "S2", "review", "", "closeMatch", ""],
        ["A4", "K 9", "K9", "unknown", "", "", ""],
    ]


def test_replacement_in_place_is_simultaneous_and_marks_what_is_not_settled():
    frame = table(KSBs=["K2, K3", "K4 & K5", "(K1–K3)", "S1/K1", "S2, K1", "B1", "K2: the old wording"])
    frame_after = remap(frame, crosswalk(), Options(in_place=True)).frame
    assert frame_after["KSBs"].tolist() == [
        "K3, K2",
        "K4",
        "(K1, K3, K2)",
        "S1/S2/K1",
        "S2 [old-1: review], K1",
        "B1 [old-1: withdrawn]",
        "K3: the old wording",
    ]
    assert frame_after.columns.tolist() == ["KSBs"]


def test_a_decision_wins_and_settles_every_cell():
    frame = table(KSBs=["S2", "S2, K2", "S3", "K1"])
    result = remap(frame, crosswalk(), decisions={"S2": "S1 & S3", "S3": "withdrawn", "K1": "K2"})
    assert result.frame["KSBs (new-1)"].tolist() == ["S1, S3", "K3, S1, S3", "", "K2"]
    assert result.frame["outcome"].tolist() == ["split", "split", "withdrawn", "merged"]
    assert set(result.audit[v.DECIDED_BY]) == {"reviewer", "band accept"}


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("K99", "a code that new-1 lacks; expected a code of new-1, such as K4; found K99"),
        ("perhaps", "cannot be read"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(answer, message):
    with pytest.raises(InvalidInput, match=message):
        remap(table(KSBs=["S2"]), crosswalk(), decisions={"S2": answer})


def test_a_matrix_gets_a_column_for_each_new_code():
    frame = pd.DataFrame(
        [["Ann", "x", "", "", "y", "x", ""], ["Ben", "", "x", "Yes", "x", "12/03", "x"]],
        columns=["Learner", "K1", "K2", "K3", "K4", "K5", "S2"],
    )
    frame_after = remap(frame, crosswalk()).frame.iloc[:, 7:]
    assert frame_after.columns.tolist() == [
        "note (new-1)",
        "K1 (new-1)",
        "K2 (new-1)",
        "K3 (new-1)",
        "K4 (new-1)",
    ]
    assert frame_after.values.tolist() == [
        ["K4 has two marks: K4 y, K5 x", "x", "", "", "y; x"],
        ["K4 has two marks: K4 x, K5 12/03", "", "Yes", "x", "x; 12/03"],
    ]


def test_type_and_number_in_two_columns():
    frame = table(Type=["Knowledge", "Skill", "Behaviour", "Skill"], Number=[2, 1, 1, 9], Mark=["x"] * 4)
    result = remap(frame, crosswalk())
    assert result.frame["Type + Number (new-1)"].tolist() == ["K3", "S1, S2", "", ""]
    assert result.frame["outcome"].tolist() == ["replaced", "split", "withdrawn", "unknown"]
    assert result.audit[v.AS_WRITTEN].tolist() == ["Knowledge 2", "Skill 1", "Behaviour 1", "Skill 9"]


def test_only_rows_that_are_meant_are_remapped():
    frame = table(Version=["1.0", "1.2", "1.0"], Start=["a", "b", "c"], KSBs=["K2", "K2", "K3"])
    result = remap(frame, crosswalk(), Options(where={"Version": ["1.0"]}))
    assert result.frame["KSBs (new-1)"].tolist() == ["K3", "", "K2"]
    assert len(result.audit) == 2
    numbers = frame.assign(Version=[1.0, 1.2, 1.0])
    assert remap(numbers, crosswalk(), Options(where={"Version": ["1.0"]})).audit.equals(result.audit)


def test_several_columns_of_codes_have_an_outcome_each():
    frame = table(Knowledge=["K1", "K2"], Skills=["S1", "S2"])
    frame_after = remap(frame, crosswalk()).frame
    assert frame_after.columns.tolist()[2:] == [
        "Knowledge (new-1)",
        "outcome (Knowledge)",
        "note (Knowledge)",
        "Skills (new-1)",
        "outcome (Skills)",
        "note (Skills)",
    ]


def test_false_friends_are_left_and_what_may_be_one_is_put_to_a_person():
    frame = table(
        Room=["B1", "B2", "C4", "B1"],
        Notes=["in the S3 bucket", "S2", "see B1 1AA", "Vitamin B12"],
        KSBs=["K1", "K2", "K3", "K4"],
    )
    result = remap(frame, crosswalk())
    assert result.frame.columns.tolist()[3:] == ["KSBs (new-1)", "outcome", "note"]
    notes = result.audit[result.audit[v.CELL].str.startswith("B")]
    assert notes[[v.CELL, v.CODE, v.OUTCOME]].values.tolist() == [["B3", "S2", "review"]]
    assert not result.audit[v.CELL].str.startswith("A").any()


def test_columns_that_are_named_are_taken_and_no_others():
    frame = table(Room=["B2", "K2"], KSBs=["K1", "K2"])
    frame_after = remap(frame, crosswalk(), Options(columns=["Room"])).frame
    assert frame_after.columns.tolist() == ["Room", "KSBs", "Room (new-1)", "outcome", "note"]
    with pytest.raises(NotFound, match=r"no column headed Rooms; .* Did you mean Room\?"):
        remap(frame, crosswalk(), Options(columns=["Rooms"]))


def test_one_pair_of_versions_is_needed():
    with pytest.raises(InvalidTable, match="not the crosswalk of one pair"):
        remap(table(KSBs=["K1"]), crosswalk().iloc[:0])


# --- Properties -------------------------------------------------------------------------------------

CODES = sorted({row[0] for row in ROWS})
CELLS = st.lists(
    st.lists(st.sampled_from([*CODES, "K9", "S40"]), min_size=1, max_size=5), min_size=1, max_size=6
)
IDENTITY = crosswalk([(code, EXACT, code, 1.0, "accept") for code in CODES])


@given(CELLS, st.sampled_from([", ", " ", "; ", "/"]))
@settings(max_examples=30, deadline=None)
def test_the_audit_has_exactly_the_codes_of_the_input(cells, sign):
    audit = remap(
        table(KSBs=[sign.join(cell) for cell in cells]), crosswalk(), Options(columns=["KSBs"])
    ).audit
    assert audit[v.CODE].tolist() == [code for cell in cells for code in cell]


@given(
    st.lists(st.lists(st.sampled_from(CODES), min_size=1, max_size=5, unique=True), min_size=1, max_size=6)
)
@settings(max_examples=30, deadline=None)
def test_the_identity_changes_nothing(cells):
    frame = table(Other=["=1+1"] * len(cells), KSBs=[", ".join(cell) for cell in cells])
    result = remap(frame, IDENTITY, Options(columns=["KSBs"], in_place=True))
    assert result.frame.equals(frame)
    assert set(result.audit[v.OUTCOME]) == {"unchanged"}


@given(CELLS, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_no_order_of_rows_or_codes_changes_the_outcome(cells, chance):
    frame = table(KSBs=[", ".join(cell) for cell in cells])
    shuffled = [chance.sample(cell, len(cell)) for cell in cells]
    places = chance.sample(range(len(cells)), len(cells))
    other = table(KSBs=[", ".join(shuffled[place]) for place in places])
    first = remap(frame, crosswalk(), Options(columns=["KSBs"])).frame
    second = remap(other, crosswalk(), Options(columns=["KSBs"])).frame
    for name in ("KSBs (new-1)", "outcome"):
        assert second[name].tolist() == [first[name].tolist()[place] for place in places]


@given(CELLS, st.lists(st.text(max_size=12), min_size=6, max_size=6))
@settings(max_examples=30, deadline=None)
def test_nothing_outside_code_cells_changes(cells, texts):
    frame = table(Notes=texts[: len(cells)], KSBs=[", ".join(cell) for cell in cells])
    frame_after = remap(frame, crosswalk(), Options(columns=["KSBs"], in_place=True)).frame
    assert frame_after["Notes"].tolist() == frame["Notes"].tolist()


# --- Where codes are --------------------------------------------------------------------------------


def sheet(rows: list[list[str]], name: str = "Sheet") -> Sheet:
    cells = {
        number: {at: Cell(text) for at, text in enumerate(cells, start=1) if text}
        for number, cells in enumerate(rows, start=1)
    }
    return Sheet(name, {row: cells for row, cells in cells.items() if cells}, max(map(len, rows)))


def layout(rows, known=CODES):
    return sheet_to_layout(sheet(rows), text_finder(False, known), known, "old-1")


def test_the_header_is_found_below_titles():
    found = layout(
        [["Scheme of work"], [], ["Week", "Topic", "KSBs"], ["1", "Intro", ""], ["2", "More", "K1, K2"]]
    )
    assert [(column.name, column.column, column.header_row) for column in found.columns] == [("KSBs", 3, 3)]


def test_a_table_without_headers_has_columns_all_the_same():
    found = layout([["a", "K1"], ["b", "K2"], ["c", "S1"]])
    assert [(column.name, column.header_row, sorted(column.cells)) for column in found.columns] == [
        ("column B", 0, [1, 2, 3])
    ]


def test_a_header_of_codes_is_a_matrix_and_a_row_of_codes_is_not():
    marks = layout([["Learner", "K1", "K2", "S1"], ["Ann", "x", "", "x"]])
    assert marks.matrix
    assert sorted(marks.matrix.headers) == [2, 3, 4]
    lists = layout([["Learner", "One", "Two", "Three"], ["Ann", "K1", "K2", "S1"], ["Ben", "S1", "K3", "K1"]])
    assert lists.matrix is None
    assert [column.name for column in lists.columns] == ["One", "Two", "Three"]


def test_codes_in_headers_within_a_column_are_found():
    found = layout(
        [["Topic", "Hours"], ["Networks K2 S1 B1", ""], ["Cabling", "2"], ["Call sheets (K1, S2)", ""]]
    )
    assert [(column.name, sorted(column.cells)) for column in found.columns] == [("Topic", [2, 4])]


def test_columns_are_skipped_with_a_reason():
    found = layout([["Room", "Duty", "KSBs"], ["B1", "Duty 1", "K1"], ["B2", "Duty 2", "K2"]])
    assert [(column.name, column.why) for column in found.skipped] == [
        ("Room", "its header names something else"),
        ("Duty", "the old version lists no duties, so they cannot be remapped"),
    ]


# --- Which version ----------------------------------------------------------------------------------


def verdict(tables, rows, old, name="tracker.xlsx"):
    pair = tables_to_version_pair(tables, old, "st0792-1.2")
    layout = sheet_to_layout(sheet(rows), text_finder(False, pair.wordings), pair.wordings, old)
    return layouts_to_verdict([layout], tables_to_rows(tables), old, name, {"Sheet": range(1, 999)})


def wording(tables, statement_id):
    return tables.statements.set_index("statement_id").loc[statement_id, "text"]


def codes_of(tables, document_id):
    return tables.statements.loc[tables.statements["document_id"] == document_id, "code"].tolist()


def test_wordings_beside_the_codes_show_the_version(tables):
    rows = [
        ["KSB", "Statement"],
        *([code, wording(tables, f"st0792-1.2:{code}")] for code in ("K1", "K5", "S2")),
    ]
    assert verdict(tables, rows, "st0792-1.2").against == ""
    found = verdict(tables, rows, "st0792-1.0")
    assert found.against == "This file looks like st0792-1.2, not like st0792-1.0."
    assert found.sentences[0] == "3 of 3 wordings beside codes are those of st0792-1.2, 0 of st0792-1.0."


def test_codes_that_a_version_lacks_are_evidence_against_it(tables):
    rows = [["KSBs"], ["K40, K41"], ["S39, S40, K1"]]
    found = verdict(tables, rows, "st0792-1.2")
    assert found.against.startswith(
        "This file looks like st0792-1.0, not like st0792-1.2."
    ) or found.against.startswith("This file looks like draft-2019")
    assert verdict(tables, rows, "st0792-1.0").against == ""


def test_a_file_with_all_codes_of_the_new_version_and_no_others_looks_like_that(tables):
    rows = [["Learner", *codes_of(tables, "st0792-1.2")], ["Ann", "x"]]
    found = verdict(tables, rows, "st0792-1.0")
    assert found.against == "This file looks like st0792-1.2, not like st0792-1.0."
    sentence = "56 of the 56 codes of st0792-1.2, and none of the 32 that only st0792-1.0 has"
    assert sentence in found.sentences[0]


def test_start_dates_name_a_version_without_a_document(tables):
    rows = [["Learner", "Start date", "KSBs"], *([name, "04/09/2023", "K1, S2"] for name in ("Ann", "Ben"))]
    found = verdict(tables, rows, "st0792-1.0")
    assert found.against == "This file looks like version 1.1, not like st0792-1.0."
    assert found.sentences[0] == (
        "2 of 2 start dates say version 1.1 by the version log, whose text is not available, and not 1.0."
    )
    earlier = [[cell.replace("2023", "2021") for cell in row] for row in rows]
    assert verdict(tables, earlier, "st0792-1.0").against == ""


@pytest.mark.parametrize("label", ["ST0792 v1.1 tracker", "Standard version 1.1"])
def test_a_label_names_the_version(tables, label):
    rows = [[label], ["Session", "KSBs"], ["a", "K1, S2"]]
    assert (
        verdict(tables, rows, "st0792-1.0").against
        == "This file looks like version 1.1, not like st0792-1.0."
    )
    assert verdict(tables, rows[1:], "st0792-1.0", f"{label}.xlsx").against != ""


def test_mixed_cohorts_are_refused_with_advice(tables):
    rows = [["Version", "KSBs"], ["1.0", "K1, K2"], ["1.0", "K3"], ["1.2", "K4"]]
    found = verdict(tables, rows, "st0792-1.0")
    assert found.against == "1 of its 3 rows are not of st0792-1.0."
    assert '--where "Version=1.0"' in found.sentences[0]


def test_a_version_of_the_template_is_no_version_of_the_standard(tables):
    rows = [["Tracker v7.3"], ["Session", "KSBs"], ["a", "K1, S2"]]
    assert verdict(tables, rows, "st0792-1.0").against == ""


# --- Crosswalks and decisions of the user ------------------------------------------------------------

PAIR = VersionPair(
    "old-1", "new-1", {code: code for code in CODES}, {"K1": "", "K2": "", "K4": "", "S1": "", "S3": ""}
)


def book_of(rows, name="To decide"):
    return Tracker("mine.xlsx", "workbook", (sheet(rows, name),), b"")


def test_a_plain_table_of_codes_is_a_crosswalk():
    links = tracker_to_links(
        book_of([["Old", "New"], ["K1", "K2"], ["S1", "S1, S3"], ["B1", "withdrawn"]]), PAIR
    )
    settled = links_to_code_outcomes(links)
    assert {
        code: (outcome.outcome, outcome.new_codes, outcome.decided_by) for code, outcome in settled.items()
    } == {
        "K1": ("replaced", ("K2",), "crosswalk mine.xlsx"),
        "S1": ("split", ("S1", "S3"), "crosswalk mine.xlsx"),
        "B1": ("withdrawn", (), "crosswalk mine.xlsx"),
    }


def test_every_fault_of_a_crosswalk_is_shown_with_its_cell():
    rows = [["old", "new", "relation"], ["K1", "K77", ""], ["K88", "K1", ""], ["K2", "K1", "samish"]]
    with pytest.raises(CurriculumError) as fault:
        tracker_to_links(book_of(rows), PAIR)
    assert str(fault.value).splitlines() == [
        "mine.xlsx, sheet To decide, cell B2: a code that new-1 lacks; expected a code of new-1, such as K4; "
        "found K77. Correct that row.",
        "mine.xlsx, sheet To decide, cell A3: a code that old-1 lacks; expected a code of old-1, such as K5; "
        "found K88. Correct that row.",
        "mine.xlsx, sheet To decide, cell C4: an unknown relation; expected a SKOS relation such as "
        "closeMatch; found another word. Correct that row.",
    ]
    with pytest.raises(InvalidInput, match="holds no crosswalk"):
        tracker_to_links(book_of([["a", "b"], ["K1", "K2"]]), PAIR)


HEADERS = [
    "old code (old-1)",
    "old wording",
    "new code (new-1)",
    "decision",
    "relation",
    "reviewer",
    "reason",
]


def test_answers_are_read_wherever_their_columns_stand():
    rows = [
        ["To decide: old-1 to new-1"],
        ["some guide"],
        HEADERS,
        ["K1", "K1", "K4", "K2 & S3", "closeMatch", "AB", "it says so"],
        ["S2", "S2", "S1", ""],
        ["B1", "B1", "", "Withdrawn", "", "AB"],
        ["K61", "", "", "not a code"],
    ]
    answers = tracker_to_answers(book_of(rows), PAIR)
    assert [(*decision[:4], decision.reviewer_label, decision.comment) for decision in answers.decisions] == [
        ("reject", "old-1:K1", "", "new-1:K4", "AB", "it says so"),
        ("add link", "old-1:K1", CLOSE, "new-1:K2", "AB", "it says so"),
        ("add link", "old-1:K1", CLOSE, "new-1:S3", "AB", "it says so"),
        ("withdrawn", "old-1:B1", "", NONE, "AB", ""),
    ]
    assert answers.unlisted == {"K61": UnlistedCode((), False, "")}
    moved = [list(reversed(row + [""] * (7 - len(row)))) for row in rows[2:]]
    again = tracker_to_answers(book_of(moved), PAIR)
    assert [decision[:-1] for decision in again.decisions] == [
        decision[:-1] for decision in answers.decisions
    ]


def test_every_fault_of_the_answers_is_shown_and_no_answer_is_used():
    rows = [
        HEADERS,
        ["K1", "K1", "", "K77"],
        ["K2", "another wording by now", "", "K1"],
        ["K3", "K3", "", "K1", "samish"],
        ["S1", "S1", "", "who knows"],
        ["S2", "S2", "S1", "accept"],
        ["S2", "S2", "S1", "reject"],
        ["", "", "", "K1"],
        ["K4", "K5", "", "withdrawn"],
        ["K5", "K5", "K4", "", "closeMatch"],
        ["K1", "K1", "K4", "withdrawn", "closeMatch"],
    ]
    with pytest.raises(CurriculumError) as fault:
        tracker_to_answers(book_of(rows), PAIR)
    lines = str(fault.value).splitlines()
    faults = [line.split(", ")[2].split(": ", 1) for line in lines]
    assert [(cell.removeprefix("cell "), what.split(";")[0]) for cell, what in faults] == [
        ("D2", "a code that new-1 lacks"),
        ("B3", "not the wording of K2 in old-1: it was exported before the wording changed"),
        ("E4", "an unknown relation"),
        ("D5", "an answer that cannot be read"),
        ("D7", "a second answer for S2 -> S1"),
        ("D8", "an answer without a code in its row"),
        ("B9", "not the wording of K4 in old-1: rows were pasted or sorted in part"),
        ("D10", "no decision"),
        ("D11", "a relation where no link is left"),
    ]


def test_answers_about_another_pair_are_refused():
    headers = [header.replace("old-1", "old-0") for header in HEADERS]
    with pytest.raises(InvalidInput, match="expected one of old-1 to new-1; found one of old-0 to new-1"):
        tracker_to_answers(book_of([headers, ["K1", "K1", "K2"]]), PAIR)


# --- What is to be decided, and evidence ------------------------------------------------------------


def test_each_proposal_that_needs_a_person_is_there_once_with_the_cells_that_wait():
    rows = remap(table(KSBs=["S2, K1", "S2", "S2", "B2", "K9", "K9", "K2"]), crosswalk()).to_decide
    assert rows[["old_code", "n_cells", "new_code", "proposed"]].values.tolist() == [
        ["S2", 3, "S3", "closeMatch"],
        ["K9", 2, "", ""],
        ["B2", 1, "B2", "closeMatch"],
    ]
    assert rows["old_wording"].tolist()[1] == "not in old-1; the nearest code is K5"


def test_decisions_that_were_made_stay_on_the_sheet():
    rows = remap(table(KSBs=["S2", "S3"]), crosswalk(), decisions={"S2": "S3"}).to_decide
    assert rows[["old_code", "decision"]].values.tolist() == [["S3", ""], ["S2", "accept"]]


def test_a_row_counts_as_evidence_where_every_code_has_one_only_if_it_is_filled_in():
    listing = table(KSB=CODES, Evidence=["E1", "", "no", "E4", "", "", "", "", "", "E9"])
    result = remap(listing, crosswalk())
    assert set(result.evidence["subject_id"]) == {f"old-1:{CODES[at]}" for at in (0, 3, 9)}
    log = table(KSB=["K1", "K1", "K2"], Evidence=["E1", "E2", ""])
    assert remap(log, crosswalk()).evidence.values.tolist() == [["", "old-1:K1", 2]]


def test_a_row_that_says_that_it_is_not_done_is_no_evidence():
    frame = table(KSBs=["K1", "K2", "K1, S1"], Status=["Complete", "Not started", "n/a"])
    assert remap(frame, crosswalk()).evidence["subject_id"].tolist() == ["old-1:K1"]


def test_names_of_learners_are_kept_only_when_asked():
    frame = table(Learner=["Ann", "Ben"], KSBs=["K1", "K1, K2"])
    assert set(remap(frame, crosswalk()).evidence["learner"]) == {""}
    evidence = remap(frame, crosswalk(), Options(learners="Learner")).evidence
    assert evidence.values.tolist() == [
        ["Ann", "old-1:K1", 1],
        ["Ben", "old-1:K1", 1],
        ["Ben", "old-1:K2", 1],
    ]


def test_the_tracker_is_not_needed_to_be_a_file(tables):
    pair = tables_to_version_pair(tables, "st0792-1.0", "st0792-1.2")
    tracker = Tracker("mine", "frame", (sheet([["KSBs"], ["K2"]], ""),), b"")
    links = crosswalk([("K2", CLOSE, "K4", 0.99, "accept")])
    remapped = remap_tracker(tracker, tables_to_rows(tables), frame_to_rows(links), pair, options=Options())
    assert remapped.n_waiting == 0
