"""One test for each fault that was found in decisions, reviews and the line over versions."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from curriculum import Options, remap
from curriculum.analysis.code_history import crosswalk_to_renumbering
from curriculum.analysis.graph_files import graph_to_bytes
from curriculum.analysis.lineage import lineage_to_graph, lineage_to_text, statement_to_lineage
from curriculum.cli.main import main
from curriculum.crosswalk.composition import compose, invert
from curriculum.crosswalk.linked_documents import crosswalk_with_decisions, link_documents
from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import pair_to_path, read_decisions, update_decisions
from curriculum.decisions.valid_decisions import (
    NO_DECISIONS,
    decisions_to_valid_decisions,
    folder_to_valid_decisions,
    tables_to_compared_statements,
)
from curriculum.decisions.validation import contradictions
from curriculum.errors import CurriculumError
from curriculum.model import vocabulary as v
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.project import Project
from curriculum.remapping.to_decide import rows_to_decide
from curriculum.review.review_files import Reviewed, keep_answers, reviewed_to_workbook
from curriculum.review.review_rows import crosswalks_to_rows
from curriculum.review.sheet_columns import COLUMNS, PAIR_COLUMNS, REVIEWER_FOR_ALL
from curriculum.review.sheet_layout import Default
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker import Cell, Tracker
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.spreadsheets.xlsx_package import data_to_day_saved
from curriculum.spreadsheets.xlsx_reading import data_to_tracker
from curriculum.tables.frame_rows import frame_to_rows
from curriculum.tables.pair_wordings import tables_to_version_pair

PAIR = ("st0792-1.0", "st0792-1.2")
NONE = v.NO_TERM_FOUND
BY_AB = Default("AB", "2026-11-22")


@pytest.fixture(scope="module")
def alone(raw) -> Reviewed:
    """The review of 1.0 and 1.2 before anybody decided."""
    return Project(raw, with_decisions=False).review(*PAIR)


def decision(tables, word, old, new="", relation="", who="AB", pair=PAIR, **other):
    ends = tables_to_compared_statements(tables, *pair)
    ids = [f"{pair[0]}:{old}" if old else NONE, f"{pair[1]}:{new}" if new else NONE]
    labels = [ends[name].text if name in ends else "" for name in ids]
    predicate = f"skos:{relation}" if relation else ""
    made = Decision(word, ids[0], predicate, ids[1], *labels, *pair, who, "2026-11-22", "")
    return made._replace(**other)


def review_with(alone: Reviewed, *made: Decision) -> Reviewed:
    held = decisions_to_valid_decisions(made, alone.tables) if made else NO_DECISIONS
    crosswalk = crosswalk_with_decisions(alone.tables, alone.proposals, made)
    proposed, decided, candidates = map(frame_to_rows, (alone.proposals, crosswalk, alone.candidates))
    rows = crosswalks_to_rows(proposed, decided, made, alone.pair, candidates=candidates)
    return Reviewed(alone.tables, alone.pair, alone.proposals, crosswalk, held, rows)


def rows_of(reviewed):
    return {(row.old_code, row.new_code): row for row in reviewed.rows}


# The reviews of which a workbook was exported, and what is read from it: nobody changes either.
_EXPORTED: dict[int, tuple[Reviewed, Tracker]] = {}


def exported(reviewed):
    if id(reviewed) not in _EXPORTED:
        tracker = data_to_tracker(reviewed_to_workbook(reviewed), "r.xlsx")
        _EXPORTED[id(reviewed)] = (reviewed, tracker)
    return _EXPORTED[id(reviewed)][1]


def filled(reviewed, answers, who=""):
    """Fill in a workbook: values by link and column; without a value the cell is emptied."""
    tracker = exported(reviewed)
    (sheet,) = [one for one in tracker.sheets if one.name == "To decide"]
    rows = {row: dict(cells) for row, cells in sheet.rows.items()}
    (header,) = [row for row, cells in rows.items() if 1 in cells and cells[1].text.startswith("old code")]
    headers = {cell.text.partition(" (")[0]: column for column, cell in rows[header].items()}
    columns = {name: headers[column.header] for name, column in COLUMNS.items() if column.header in headers}
    links = {
        tuple(cells[columns[name]].text if columns[name] in cells else "" for name in PAIR_COLUMNS): cells
        for row, cells in rows.items()
        if row > header
    }
    for link, values in answers.items():
        links[link].update({columns[name]: Cell(value or "") for name, value in values.items()})
    for cells in rows.values():
        asked = [column for column, cell in cells.items() if cell.text == REVIEWER_FOR_ALL]
        cells.update({column + 1: Cell(who) for column in asked if who})
    return replace(tracker, sheets=(replace(sheet, rows=rows),))


# --- Laid over proposals ---------------------------------------------------------------------------------


def test_a_decision_says_nothing_of_codes_that_it_is_not_about(tables, scorers):
    links = link_documents(tables, *PAIR, scorers)
    few = links[links[v.SUBJECT_ID].isin(["st0792-1.0:K3", "st0792-1.0:K17"])]
    frame = pd.DataFrame({"KSBs": ["K17", "K40"]})
    told = remap(frame, few, decisions={"K17": "K20"})
    assert told.audit[["code", "outcome"]].values.tolist() == [["K17", "replaced"], ["K40", "unknown"]]


def test_what_is_accepted_follows_the_number_of_statements(alone):
    before = rows_of(alone)["K18", "K20"]
    assert before.proposed == "broadMatch"
    made = [decision(alone.tables, "reject", one, "K20") for one in ("K16", "K17")]
    rows = rows_of(review_with(alone, *made))
    # The sheet shows what is proposed now, and what speaks for it now.
    assert rows["K18", "K20"].proposed == "closeMatch"
    assert "merge" not in rows["K18", "K20"].evidence
    accepted = review_with(alone, *made, decision(alone.tables, "accept", "K18", "K20"))
    row = accepted.crosswalk.set_index(v.SUBJECT_ID).loc["st0792-1.0:K18"]
    assert (row[v.PREDICATE_ID], row[v.MAPPING_CARDINALITY]) == (v.CLOSE_MATCH, "1:1")


def test_a_statement_whose_link_was_rejected_keeps_its_best_other_candidate(alone):
    rows = rows_of(review_with(alone, decision(alone.tables, "reject", "K9", "K6")))
    known = rows_of(alone)["K9", "K6"]
    assert known.runner_up.startswith("K12 (")
    gone = rows["K9", ""]
    assert (gone.proposed, gone.state, gone.runner_up) == ("no counterpart found", "waits", known.runner_up)
    # The rejected code is still one of the five best, so it can be chosen after all.
    assert gone.choices == ("accept", "K12", "K6", "K4", "S15", "K15", "withdrawn")


def test_what_is_only_related_takes_nobodys_place(alone):
    links = review_with(
        alone, decision(alone.tables, "change relation", "K9", "K6", "relatedMatch")
    ).crosswalk
    told = remap(pd.DataFrame({"KSBs": ["K9"]}), links)
    assert told.frame[["KSBs (st0792-1.2)", "outcome", "note"]].values.tolist() == [
        ["", "withdrawn", "K9: only related to K6"]
    ]
    pair = [
        decision(alone.tables, "reject", "K16", "K20"),
        decision(alone.tables, "change relation", "K17", "K20", "relatedMatch"),
    ]
    merged = review_with(alone, *pair).crosswalk.set_index(v.SUBJECT_ID)
    assert merged.loc["st0792-1.0:K18", v.MAPPING_CARDINALITY] == "1:1"
    history = crosswalk_to_renumbering(alone.tables, review_with(alone, *pair).crosswalk)
    assert history.set_index("st0792-1.2").loc["K20", "st0792-1.0"] == "K18?"


def test_a_rejection_of_a_wording_that_has_changed_is_to_be_looked_at_again(alone):
    stale = decision(alone.tables, "reject", "K9", "K6", subject_label="another wording")
    assert rows_of(review_with(alone, stale))["K9", "K6"].state == "look again"


def test_a_link_that_was_added_and_then_rejected_stays_on_the_sheet(alone):
    rows = rows_of(review_with(alone, decision(alone.tables, "reject", "S11", "S10")))
    row = rows["S11", "S10"]
    assert (row.proposed, row.decision, row.state) == ("not proposed", "reject", "decided")
    assert row.old_wording.startswith("Identify and mitigate any risks")


# --- Workbooks ------------------------------------------------------------------------------------------


def test_columns_that_were_sorted_alone_are_told(alone, tmp_path):
    wordings = alone.pair.wordings
    answers = {
        ("K6", "K2"): {"old_code": "K9", "old_wording": wordings["K9"], "decision": "accept"},
        ("K9", "K6"): {"old_code": "K6", "old_wording": wordings["K6"], "decision": "accept"},
    }
    with pytest.raises(CurriculumError) as fault:
        keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)
    assert str(fault.value).count("rows were pasted or sorted in part") == 2


def test_a_formula_without_a_result_is_told(alone, tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_bytes(reviewed_to_workbook(alone))
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "S40"]
    (at,) = [
        cell.column for cells in sheet.iter_rows(max_row=12) for cell in cells if cell.value == "decision"
    ]
    sheet.cell(row, at).value = "=A1"
    book.save(path)
    with pytest.raises(CurriculumError, match="a formula"):
        keep_answers(alone, path_to_tracker(path), tmp_path / "d", BY_AB)


def test_emptying_the_decision_alone_takes_it_back(alone, tmp_path):
    made = decision(alone.tables, "accept", "S40", comment="gone for good")
    update_decisions(tmp_path / "d", PAIR, lambda held: (*held, made))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    tracker = filled(decided, {("S40", ""): {"decision": None}})
    keep_answers(decided, tracker, tmp_path / "d")
    assert read_decisions(tmp_path / "d") == ()


def test_who_changes_a_row_has_to_sign_it(alone, tmp_path):
    update_decisions(tmp_path / "d", PAIR, lambda held: (*held, decision(alone.tables, "accept", "S40")))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    answers = {("S40", ""): {"decision": "B3"}}
    with pytest.raises(CurriculumError, match="decisions without a reviewer"):
        keep_answers(decided, filled(decided, answers), tmp_path / "d", Default("", "2026-11-22"))
    tracker = filled(decided, answers, who="CD")
    (made,) = keep_answers(decided, tracker, tmp_path / "d", Default("", "2026-11-22")).added
    assert made.reviewer_label == "CD"


def test_a_decision_is_taken_back_whichever_way_round_it_was_made(alone, tmp_path):
    turned = decision(alone.tables, "reject", "K6", "K9", pair=PAIR[::-1])
    update_decisions(tmp_path / "d", PAIR[::-1], lambda held: (*held, turned))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    assert rows_of(decided)["K9", "K6"].decision == "reject"
    tracker = filled(decided, {("K9", "K6"): {"decision": None}})
    keep_answers(decided, tracker, tmp_path / "d")
    assert read_decisions(tmp_path / "d") == ()
    # There is one file a pair, whichever way round.
    assert [path.name for path in (tmp_path / "d").glob("*.csv")] == ["st0792-1.2_to_st0792-1.0.csv"]
    assert pair_to_path(tmp_path / "d", *PAIR).name == "st0792-1.2_to_st0792-1.0.csv"


def test_a_relation_that_nobody_gave_does_not_hinder_taking_back(alone, tmp_path):
    tracker = filled(alone, {("B6", "B3"): {"decision": "B1 & B3"}})
    decided = keep_answers(alone, tracker, tmp_path / "d", BY_AB).reviewed
    again = filled(decided, {("B6", "B1"): {"decision": "reject"}})
    keep_answers(decided, again, tmp_path / "d", BY_AB)
    told = {(one.decision, one.object_id) for one in read_decisions(tmp_path / "d")}
    assert told == {("reject", "st0792-1.2:B1"), ("accept", "st0792-1.2:B3")}


def test_two_reviewers_of_a_row_are_both_shown_and_taken_back(alone, tmp_path):
    both = [decision(alone.tables, "accept", "S40", who=who) for who in ("AB", "CD")]
    update_decisions(tmp_path / "d", PAIR, lambda held: (*held, *both))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    assert rows_of(decided)["S40", ""].reviewer == "AB|CD"
    keep_answers(decided, filled(decided, {("S40", ""): {"decision": None}}), tmp_path / "d")
    assert read_decisions(tmp_path / "d") == ()


def test_a_label_with_a_bar_is_several_reviewers(alone, tmp_path):
    answers = {("S40", ""): {"decision": "accept", "reviewer": "AB|CD"}}
    with pytest.raises(CurriculumError, match="several reviewers"):
        keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)


def test_two_rows_that_decide_the_same_are_one_decision(alone, tmp_path):
    answers = {("K1", ""): {"decision": "K1"}, ("", "K1"): {"decision": "K1"}}
    applied = keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)
    assert len(applied.added) == len(read_decisions(tmp_path / "d")) == 1


def test_ids_that_end_alike_have_sheets_of_their_own(read):
    names = [f"{letter}{'x' * 40}" for letter in "ab"]
    tables = parsed_to_tables(
        [read("K1: Health and safety law\nS1: Book crew for a shoot", name) for name in names]
    )
    proposals = link_documents(tables, *names)
    pair = tables_to_version_pair(tables, *names)
    proposed = frame_to_rows(proposals)
    rows = crosswalks_to_rows(proposed, proposed, (), pair)
    reviewed = Reviewed(tables, pair, proposals, proposals, NO_DECISIONS, rows)
    assert reviewed_to_workbook(reviewed).startswith(b"PK")


# --- Remapping with answers ------------------------------------------------------------------------------


@pytest.mark.usefixtures("project")
def test_the_sheet_of_a_remap_can_be_given_back_as_it_was_written(capsys):
    Path("one.csv").write_text("Session,KSBs\na,K9\nb,S40\n", encoding="utf-8")
    words = ["remap", "one.csv", "--from", PAIR[0], "--to", PAIR[1]]
    assert main(words) == 1
    answers = Path("one.st0792-1.2.to-decide.xlsx")
    book = openpyxl.load_workbook(answers)
    sheet = book["To decide"]
    (header,) = [cell.row for cell in sheet["A"] if str(cell.value).startswith("old code")]
    (at,) = [cell.column for cell in sheet[header] if cell.value == "decision"]
    shown = [sheet.cell(row, 1).value for row in range(header + 1, sheet.max_row + 1)]
    assert sorted(shown) == ["K9", "S40"]
    for row in range(header + 1, sheet.max_row + 1):
        sheet.cell(row, at).value = "accept"
    book.save("answers.xlsx")
    assert main([*words, "--decisions", "answers.xlsx"]) == 0
    # The sheet that is written now can be given back as it is.
    assert main([*words, "--decisions", answers.as_posix()]) == 0
    # Decisions on codes that are not in the file do not stand on its sheet.
    assert main(["review", "apply", "answers.xlsx", "--reviewer", "AB"]) == 1
    Path("two.csv").write_text("Session,KSBs\na,K16\n", encoding="utf-8")
    assert main(["remap", "two.csv", "--from", PAIR[0], "--to", PAIR[1]]) == 1
    sheet = openpyxl.load_workbook("two.st0792-1.2.to-decide.xlsx")["To decide"]
    assert [cell.value for cell in sheet["A"] if cell.value in {"K9", "S40", "K16"}] == ["K16"]
    capsys.readouterr()


@pytest.mark.usefixtures("project")
def test_not_a_code_of_a_code_that_exists_stands_once_and_waits_no_more(capsys):
    Path("one.csv").write_text("Session,KSBs\na,K9\nb,K16\n", encoding="utf-8")
    words = ["remap", "one.csv", "--from", PAIR[0], "--to", PAIR[1]]
    assert main(words) == 1
    path = Path("one.st0792-1.2.to-decide.xlsx")
    for turn in range(2):
        book = openpyxl.load_workbook(path)
        sheet = book["To decide"]
        (header,) = [cell.row for cell in sheet["A"] if str(cell.value).startswith("old code")]
        (at,) = [cell.column for cell in sheet[header] if cell.value == "decision"]
        rows = [row for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == "K16"]
        assert len(rows) == 1
        if not turn:
            sheet.cell(rows[0], at).value = "not a code"
            book.save("answers.xlsx")
            main([*words, "--decisions", "answers.xlsx"])
    told = " ".join(capsys.readouterr().err.split())
    assert "2 old codes wait for a person: K9, K16." in told
    assert "1 old code waits for a person: K9." in told


# --- Over versions ----------------------------------------------------------------------------------------


def test_pairs_that_are_registered_both_ways_have_an_end(tables, scorers):
    pair = ("nos-2017", "nos-2019")
    one = link_documents(tables, *pair, scorers)
    both = pd.concat([one, invert(one)], ignore_index=True)
    lineage = statement_to_lineage(tables, both, "nos-2019:K4")
    assert lineage["step"].max() <= 2
    assert len(crosswalk_to_renumbering(tables, both)) > 0


def test_a_graph_of_what_a_reviewer_found_is_json(alone):
    found = review_with(alone, decision(alone.tables, "add link", "S40", "S1"))
    lineage = statement_to_lineage(alone.tables, found.crosswalk, "st0792-1.2:S1")
    data = graph_to_bytes(lineage_to_graph(alone.tables, found.crosswalk, lineage), Path("x.json"))
    told = json.loads(data, parse_constant=pytest.fail)
    (edge,) = [edge for edge in told["edges"] if edge["source"] == "st0792-1.0:S40"]
    assert (edge["target"], edge["status"]) == ("st0792-1.2:S1", v.DECIDED)
    assert "confidence" not in edge


def test_the_graph_of_a_duty_says_what_it_is(tables, scorers):
    links = link_documents(tables, "draft-2019", "st0792-1.2", scorers)
    graph = lineage_to_graph(tables, links, statement_to_lineage(tables, links, "st0792-1.2:D7"))
    assert graph.nodes["st0792-1.2:D7"]["code"] == "D7"
    assert graph.edges["draft-2019:D8", "st0792-1.2:D7"]["predicate_id"] == v.EXACT_MATCH


def test_what_is_composed_is_as_likely_seen_from_either_side(tables, scorers):
    first = link_documents(tables, "nos-2017", "nos-2019", scorers)
    second = link_documents(tables, "nos-2019", "st0792-1.2", scorers)
    there, back = compose(first, second), compose(invert(second), invert(first))
    links = [
        {
            frozenset((row[v.SUBJECT_ID], row[v.OBJECT_ID])): row[v.CONFIDENCE]
            for row in one.to_dict("records")
        }
        for one in (there, back)
    ]
    assert links[0] == links[1]


def test_leaps_are_followed_from_every_step(tables, scorers):
    chain = [("nos-2017", "nos-2019"), ("nos-2019", "st0792-1.2"), ("nos-2017", "st0792-1.2")]
    crosswalk = pd.concat([link_documents(tables, *pair, scorers) for pair in chain], ignore_index=True)
    last = link_documents(tables, "st0792-1.2", "st0792-1.2", scorers)
    last = last.assign(
        **{v.OBJECT_SOURCE: "next", v.OBJECT_ID: last[v.OBJECT_ID].str.replace("st0792-1.2", "next")}
    )
    told = statement_to_lineage(tables, pd.concat([crosswalk, last], ignore_index=True), "nos-2017:K6")
    assert "next:K20" in set(told[v.STATEMENT_ID])


# --- Hostile files ------------------------------------------------------------------------------------------

HEADER = "decision,subject_id,predicate_id,object_id,subject_label,object_label,subject_source,object_source"
HEADER += ",reviewer_label,review_date,comment"
LINE = "accept,a:K1,,b:K2,Law,Lore,a,b,AB,2026-11-22,"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # A quote that does not close must not swallow the lines behind it.
        (f'{HEADER}\n{LINE}"check with Jo\n{LINE}\n{LINE}\n', "mine.csv, line 2: no line of a CSV"),
        (f"{HEADER}\n{LINE}see Jo, but not now\n", "mine.csv, line 2: more cells than columns"),
        (f"{HEADER}\n{LINE}\n{LINE.replace('2026-11-22', '31/02/2026')}\n", "mine.csv, line 3: no date"),
        (
            f"{HEADER}\nreject,a:K1,skos:closeMatch,b:K2,Law,Lore,a,b,AB,2026-11-22,\n",
            "a relation where no link is",
        ),
    ],
)
def test_a_line_that_would_be_read_wrong_is_told(tmp_path, text, told):
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    with pytest.raises(CurriculumError) as fault:
        read_decisions(tmp_path)
    assert told in str(fault.value)


def test_faults_of_the_text_and_of_what_it_names_are_told_together(tables, tmp_path):
    path = tmp_path / "mine.csv"
    rows = [LINE.replace("a:K1", "st0792-1.0:K99"), LINE.replace("a:K1", "st0792-1.0:K1").replace("AB", "")]
    rows = [row.replace(",a,b,", ",st0792-1.0,st0792-1.2,").replace("b:K2", "st0792-1.2:K2") for row in rows]
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    with pytest.raises(CurriculumError) as fault:
        folder_to_valid_decisions(tmp_path, tables)
    told = str(fault.value).splitlines()
    assert len(told) == 2
    assert any("line 2: no such statement" in line for line in told)
    assert any("line 3: a decision without a reviewer" in line for line in told)


def test_a_folder_that_cannot_be_looked_into_is_no_empty_one(tmp_path):
    (tmp_path / "decisions").write_text("a file", encoding="utf-8")
    with pytest.raises(CurriculumError, match="cannot be opened"):
        read_decisions(tmp_path / "decisions")
    (tmp_path / "d" / "x.CSV").mkdir(parents=True)
    with pytest.raises(CurriculumError, match="no file"):
        read_decisions(tmp_path / "d")


@pytest.mark.parametrize("who", ["A\x07B", "A\udcffB", "=AB"])
def test_a_reviewer_that_cannot_be_kept_is_refused(alone, tmp_path, who):
    tracker = filled(alone, {("S40", ""): {"decision": "accept"}})
    with pytest.raises(CurriculumError, match="a reviewer"):
        keep_answers(alone, tracker, tmp_path / "d", Default(who, "2026-11-22"))
    assert not (tmp_path / "d").exists()


def test_what_a_colleague_decided_anew_is_not_taken_back(alone, tmp_path):
    folder = tmp_path / "d"
    update_decisions(folder, PAIR, lambda held: (*held, decision(alone.tables, "accept", "S40")))
    decided = review_with(alone, *read_decisions(folder))
    mine = filled(decided, {("S40", ""): {"reason": "for good"}}, who="AB")
    yours = filled(decided, {("S40", ""): {"decision": None}}, who="CD")
    keep_answers(decided, mine, folder, BY_AB)
    (kept,) = read_decisions(folder)
    assert kept.comment == "for good"
    with pytest.raises(CurriculumError, match="decided again since this workbook was exported"):
        keep_answers(decided, yours, folder, Default("CD", "2026-11-22"))
    assert read_decisions(folder) == (kept,)
    # The first workbook once more says nothing new.
    assert keep_answers(decided, mine, folder, BY_AB).path is None


def test_the_same_answer_for_another_reason_takes_its_place(alone, tmp_path):
    for reason in ("one", "another"):
        tracker = filled(alone, {("S40", ""): {"decision": "accept", "reason": reason}})
        keep_answers(alone, tracker, tmp_path / "d", BY_AB)
    assert [one.comment for one in read_decisions(tmp_path / "d")] == ["another"]


@pytest.mark.parametrize("name", ["reviewer", "reason", "relation", "date", "as_exported"])
def test_a_column_that_is_gone_is_not_taken_for_emptied(alone, tmp_path, name):
    tracker = filled(alone, {("S40", ""): {"decision": "accept"}})
    (sheet,) = [one for one in tracker.sheets if one.name == "To decide"]
    rows = {
        row: {at: Cell("else") if cell.text == COLUMNS[name].header else cell for at, cell in cells.items()}
        for row, cells in sheet.rows.items()
    }
    changed = replace(tracker, sheets=(replace(sheet, rows=rows),))
    with pytest.raises(CurriculumError, match=f"lacks columns .* “{COLUMNS[name].header}”"):
        keep_answers(alone, changed, tmp_path / "d", BY_AB)


@pytest.mark.parametrize("name", ["old_code", "new_code"])
def test_a_code_that_was_cleared_does_not_change_the_link(alone, tmp_path, name):
    answers = {("K9", "K6"): {"decision": "accept", name: None}}
    with pytest.raises(CurriculumError, match="rows were pasted or sorted in part"):
        keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)
    answers["K9", "K6"]["as_exported"] = None
    with pytest.raises(CurriculumError, match="a wording without its code"):
        keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)


def test_what_was_decided_before_the_wording_changed_can_be_confirmed(alone, tmp_path):
    stale = decision(alone.tables, "accept", "S40", subject_label="another wording")
    update_decisions(tmp_path / "d", PAIR, lambda held: (*held, stale))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    row = rows_of(decided)["S40", ""]
    assert (row.state, row.decision) == ("look again", "")
    assert row.evidence.startswith("Decided before the wording changed: accept (AB, 2026-11-22).")
    idle = filled(decided, {})
    assert keep_answers(decided, idle, tmp_path / "d").path is None
    tracker = filled(decided, {("S40", ""): {"decision": "accept"}}, who="CD")
    again = keep_answers(decided, tracker, tmp_path / "d", Default("", "2026-11-23")).reviewed
    assert rows_of(again)["S40", ""].state == "decided"
    assert [one.reviewer_label for one in read_decisions(tmp_path / "d")] == ["CD"]


def test_a_mark_that_was_tampered_with_is_told(alone, tmp_path):
    for mark in ("[" * 30_000, "{}", '["K9"]'):
        answers = {("K9", "K6"): {"decision": "accept", "as_exported": mark}}
        with pytest.raises(CurriculumError, match="was changed by hand"):
            keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)


def test_properties_that_are_damaged_are_told(alone):
    data = bytearray(reviewed_to_workbook(alone))
    start = data.index(b"docProps/core.xml") + len("docProps/core.xml")
    data[start + 20] ^= 0xFF
    with pytest.raises(CurriculumError, match="cannot be read as a workbook"):
        data_to_day_saved(bytes(data), "r.xlsx")


def test_a_copy_beside_the_file_does_not_empty_it(alone, tmp_path):
    folder = tmp_path / "d"
    update_decisions(folder, PAIR, lambda held: (*held, decision(alone.tables, "accept", "S40")))
    path = pair_to_path(folder, *PAIR)
    (folder / "backup.csv").write_bytes(path.read_bytes())
    update_decisions(folder, PAIR, lambda held: (*held, decision(alone.tables, "accept", "S35")))
    (folder / "backup.csv").unlink()
    assert len(read_decisions(folder)) == 2


def test_the_order_of_lines_makes_no_difference(alone):
    both = [decision(alone.tables, "accept", "S40", who=who, comment=who) for who in ("CD", "AB")]
    one, other = (review_with(alone, *order).crosswalk for order in (both, both[::-1]))
    pd.testing.assert_frame_equal(one, other)


def test_many_who_agree_are_held_against_each_other_at_once(alone):
    one = decision(alone.tables, "accept", "S40")
    many = [one._replace(reviewer_label=f"R{number}") for number in range(20_000)]
    assert list(contradictions(many)) == []


def test_a_date_written_in_capitals_is_read(alone, tmp_path):
    answers = {("S40", ""): {"decision": "accept", "date": "1 AUGUST 2026"}}
    (made,) = keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB).added
    assert made.review_date == "2026-08-01"


def test_a_relation_is_read_however_it_is_written(alone, tmp_path):
    answers = {("K9", "K6"): {"decision": "accept", "relation": "skos:broadmatch"}}
    (made,) = keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB).added
    assert (made.decision, made.predicate_id) == ("change relation", v.BROAD_MATCH)


# --- A second look -----------------------------------------------------------------------------------------


def answered_for_one_file(alone, said):
    """Give the review as the sheet of a remap shows it: answers that are not kept."""
    crosswalk = crosswalk_with_decisions(alone.tables, alone.proposals, said.decisions)
    proposed, decided = map(frame_to_rows, (alone.proposals, crosswalk))
    rows = crosswalks_to_rows(proposed, decided, (), alone.pair, shown=said.decisions)
    return replace(alone, crosswalk=crosswalk, rows=rows)


def test_an_answer_that_somebody_else_changes_on_the_sheet_of_a_file_is_theirs(alone, tmp_path):
    first = tracker_to_answers(filled(alone, {("K9", "K6"): {"decision": "accept"}}, who="AB"), alone.pair)
    assert [one.reviewer_label for one in first.decisions] == ["AB"]
    sheet = answered_for_one_file(alone, first)
    changed = filled(sheet, {("K9", "K6"): {"decision": "K12"}}, who="CD")
    assert {one.reviewer_label for one in tracker_to_answers(changed, alone.pair).decisions} == {"CD"}
    # Kept for all, what was left alone stays with who answered it.
    untouched = filled(sheet, {("S40", ""): {"decision": "accept"}}, who="CD")
    keep_answers(alone, untouched, tmp_path / "d", Default("", "2026-11-22"))
    told = {(one.subject_id, one.reviewer_label) for one in read_decisions(tmp_path / "d")}
    assert told == {("st0792-1.0:K9", "AB"), ("st0792-1.0:S40", "CD")}


def test_a_date_for_all_rows_is_checked_once_and_named_as_the_option(alone, tmp_path):
    with pytest.raises(CurriculumError, match=r"^--date tomorrow: no date") as caught:
        keep_answers(alone, filled(alone, {}), tmp_path / "d", Default("AB", "tomorrow"))
    assert "cell" not in str(caught.value)


def test_what_is_no_code_in_one_file_leaves_a_kept_decision_alone(alone, tmp_path):
    update_decisions(tmp_path / "d", PAIR, lambda held: (*held, decision(alone.tables, "accept", "K9", "K6")))
    decided = review_with(alone, *read_decisions(tmp_path / "d"))
    tracker = filled(decided, {("K9", "K6"): {"decision": "not a code"}}, who="CD")
    applied = keep_answers(decided, tracker, tmp_path / "d", Default("", "2026-11-22"))
    assert (list(applied.unlisted), applied.path) == (["K9"], None)
    assert len(read_decisions(tmp_path / "d")) == 1


def test_no_code_in_one_row_and_a_link_in_another_is_told(alone, tmp_path):
    answers = {("B6", "B1"): {"decision": "not a code"}, ("B6", "B3"): {"decision": "accept"}}
    with pytest.raises(CurriculumError, match="what another row says is no code"):
        keep_answers(alone, filled(alone, answers), tmp_path / "d", BY_AB)


def test_a_link_that_moved_to_another_row_is_applied_twice_without_a_word(alone, tmp_path):
    folder = tmp_path / "d"
    held = decision(alone.tables, "add link", "K2", "K1", who="CD")
    update_decisions(folder, PAIR, lambda before: (*before, held))
    decided = review_with(alone, *read_decisions(folder))
    answers = {("K2", "K1"): {"decision": None}, ("K2", "K4"): {"decision": "K1 & K5"}}
    tracker = filled(decided, answers)
    keep_answers(decided, tracker, folder, BY_AB)
    data = pair_to_path(folder, *PAIR).read_bytes()
    assert keep_answers(decided, tracker, folder, BY_AB).path is None
    assert pair_to_path(folder, *PAIR).read_bytes() == data


def test_that_a_new_statement_is_new_stays_on_the_sheet_of_a_file(alone):
    said = tracker_to_answers(filled(alone, {("K9", "K6"): {"decision": "new"}}), alone.pair)
    sheet = answered_for_one_file(alone, said)
    rows = rows_to_decide(sheet.rows, {"K9": 1}, said, alone.pair)
    assert [(row.old_code, row.new_code, row.decision) for row in rows if row.decision] == [("", "K6", "new")]


def test_what_is_decided_of_a_split_is_not_told_as_proposed(alone):
    decided = review_with(alone, decision(alone.tables, "accept", "B6", "B1")).crosswalk
    told = remap(pd.DataFrame({"KSBs": ["B6"]}), decided)
    (note,) = told.frame["note"]
    assert note.startswith("B6: decided B1; proposed B3 (")
    taken = remap(pd.DataFrame({"KSBs": ["B6"]}), decided, Options(accepts_proposals=True))
    assert taken.audit[v.DECIDED_BY].tolist() == [f"reviewer AB; {v.NOBODY}"]


def test_a_lineage_tells_of_what_is_decided_no_confidence(alone):
    found = review_with(alone, decision(alone.tables, "accept", "K9", "K6")).crosswalk
    text = lineage_to_text(statement_to_lineage(alone.tables, found, "st0792-1.0:K9"))
    assert "st0792-1.2:K6  closeMatch  reworded; renumbered  [decided]" in text
