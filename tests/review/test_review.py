"""The review workbook: exported, filled in, applied; by one person, by two at once, and through kills."""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText

from curriculum.cli.main import main
from curriculum.decisions.decision import Decision
from curriculum.decisions.decision_files import decisions_to_csv, pair_to_path, read_decisions
from curriculum.decisions.valid_decisions import decisions_to_valid_decisions
from curriculum.errors import CurriculumError, UnwritableOutput
from curriculum.model import vocabulary as v
from curriculum.model.version_pair import VersionPair
from curriculum.project import Project
from curriculum.review.answer_decisions import answer_to_decisions, decisions_with_answers
from curriculum.review.answers import Answer, Answers
from curriculum.review.review_files import keep_answers, reviewed_to_workbook
from curriculum.review.review_progress import rows_to_progress
from curriculum.review.review_rows import STATES, ReviewRow
from curriculum.review.sheet_columns import COLUMNS, DATE_FOR_ALL, REVIEWER_FOR_ALL
from curriculum.review.sheet_layout import Default
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.spreadsheets.xlsx_package import data_to_day_saved

ROOT = Path(__file__).resolve().parents[2]
PAIR = ("st0792-1.0", "st0792-1.2")
BY_AB = Default("AB", "2026-11-22")


@pytest.fixture(scope="module")
def reviewed(raw):
    return Project(raw, with_decisions=False).review(*PAIR)


@pytest.fixture(scope="module")
def kept(reviewed, tmp_path_factory):
    """The review in a file, so that another program need not link the versions anew."""
    path = tmp_path_factory.mktemp("kept") / "reviewed.pickle"
    path.write_bytes(pickle.dumps(reviewed))
    return path


@pytest.fixture(scope="module")
def exported(reviewed):
    return reviewed_to_workbook(reviewed)


class Book:
    """A review workbook in somebody's hands."""

    def __init__(self, path: Path, data: bytes | None = None) -> None:
        self.path = path
        if data is not None:
            path.write_bytes(data)
        self.book = openpyxl.load_workbook(path, rich_text=True)
        self.sheet = self.book["To decide"]
        self.header = next(
            row[0].row for row in self.sheet.iter_rows() if str(row[0].value).startswith("old code")
        )
        headers = {str(cell.value).partition(" (")[0]: cell.column for cell in self.sheet[self.header]}
        self.columns = {
            name: headers[column.header] for name, column in COLUMNS.items() if column.header in headers
        }

    def cell(self, row, name):
        return self.sheet.cell(row, self.columns[name])

    def row(self, old, new):
        """Find the row of a link."""
        for row in range(self.header + 1, self.sheet.max_row + 1):
            if ((self.cell(row, "old_code").value or ""), (self.cell(row, "new_code").value or "")) == (
                old,
                new,
            ):
                return row
        raise AssertionError(f"no row {old} -> {new}")

    def answer(self, old, new, decision, **others):
        row = self.row(old, new)
        for name, value in {"decision": decision, **others}.items():
            self.cell(row, name).value = value
        return row

    def sign(self, who, day=None):
        for asked, value in ((REVIEWER_FOR_ALL, who), (DATE_FOR_ALL, day)):
            for row in self.sheet.iter_rows(max_row=self.header - 1):
                for cell in row:
                    if cell.value == asked:
                        self.sheet.cell(cell.row, cell.column + 1).value = value

    def saved(self):
        self.book.save(self.path)
        return path_to_tracker(self.path)


def told_of(folder):
    return sorted(
        (
            one.decision,
            one.subject_id.partition(":")[2],
            one.predicate_id[5:],
            one.object_id.partition(":")[2],
        )
        for one in read_decisions(folder)
    )


# --- What the workbook shows -------------------------------------------------------------------------


def test_a_row_a_proposal_the_most_doubtful_first(reviewed):
    rows = reviewed.rows
    links = [(row.old_code, row.new_code) for row in rows]
    assert len(set(links)) == len(links) == len(reviewed.proposals)
    assert [STATES.index(row.state) for row in rows] == sorted(STATES.index(row.state) for row in rows)
    waiting = [row.confidence for row in rows if row.state == "waits"]
    assert waiting == sorted(waiting)
    assert {row.decision for row in rows} == {""}


def test_evidence_is_told_in_words(reviewed):
    rows = {(row.old_code, row.new_code): row for row in reviewed.rows}
    merged = rows["K16", "K20"]
    assert "would merge into K20" in merged.evidence
    assert merged.evidence.startswith("Wording 47% alike, 7 words deleted, 19 words inserted.")
    assert merged.new_duties == "D9, D10"
    assert merged.choices == ("accept", "reject", "K19", "K5", "K13", "K15", "withdrawn")
    assert merged.runner_up.startswith("K19 (0.23): The intended use and impact")
    assert rows["S27", "K18"].evidence.startswith("Mind: skill -> knowledge.")
    gone = rows["K15", ""]
    assert (gone.proposed, gone.choices) == (
        "no counterpart found",
        ("accept", "K19", "K20", "K15", "K22", "S18", "withdrawn"),
    )
    assert gone.evidence == "The likeliest new statement is K19 (0.28)."


def test_the_workbook_offers_answers_marks_words_and_locks_all_else(exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    assert book.book.sheetnames == ["Read me first", "To decide", *PAIR]
    row = book.row("K16", "K20")
    marked = book.cell(row, "old_wording").value
    assert isinstance(marked, CellRichText)
    assert str(marked) == "The effect different types of copyright has on different types of material"
    assert {name for name in book.columns if not book.cell(row, name).protection.locked} == {
        *("decision", "relation", "reviewer", "reason", "date")
    }
    assert book.sheet.protection.sheet
    lists = {str(one.sqref): one.formula1 for one in book.sheet.data_validations.dataValidation}
    assert lists[book.cell(row, "decision").coordinate] == '"accept,reject,K19,K5,K13,K15,withdrawn"'
    assert lists[book.cell(row, "relation").coordinate].startswith('"same,close')
    assert book.sheet.column_dimensions[book.cell(row, "as_exported").column_letter].hidden
    assert book.sheet.print_title_rows == f"${book.header}:${book.header}"
    assert book.sheet.page_setup.orientation == "landscape"
    codes = [cell.value for cell in book.book["st0792-1.2"]["A"]][3:]
    assert (codes[0], codes[-1], len(codes)) == ("K1", "D12", 68)
    headers = [cell.value for cell in book.book["st0792-1.2"][3]]
    assert headers == ["code", "wording", "kind", "option", "duties", "methods", "linked to", "state"]


def test_the_same_review_gives_the_same_bytes(reviewed, exported):
    assert reviewed_to_workbook(reviewed) == exported


def test_progress_counts_decided_as_right_and_the_rest_by_confidence(reviewed):
    rows = [
        ReviewRow("K1", confidence=0.9, state="no look needed"),
        ReviewRow("K2", confidence=0.2, state="waits"),
        ReviewRow("K3", confidence=0.3, state="decided"),
        ReviewRow("K4", state="look again"),
    ]
    progress = rows_to_progress(rows)
    assert (progress.n_proposals, progress.n_settled, progress.expected_right) == (4, 2, 3.1)
    assert progress.next_rows["old_code"].tolist() == ["K2", "K4"]
    whole = reviewed.progress
    assert whole.counts["n_proposals"].sum() == whole.n_proposals == len(reviewed.rows)
    assert len(whole.next_rows) == 10
    assert whole.expected_right == pytest.approx(reviewed.proposals[v.CONFIDENCE].sum(), abs=0.01)


# --- Answers --------------------------------------------------------------------------------------------

SMALL = VersionPair("old", "new", {"K9": "Law", "K8": "Lore"}, {"K4": "Laws", "S1": "Obey the law"})


@pytest.mark.parametrize(
    ("link", "proposed", "answer", "relation", "told"),
    [
        (("K9", "S1"), "closeMatch", "accept", "", [("accept", "K9", "", "S1")]),
        (("K9", "S1"), "closeMatch", "Accept.", "closeMatch", [("accept", "K9", "closeMatch", "S1")]),
        (("K9", "S1"), "closeMatch", "accept", "broadMatch", [("change relation", "K9", "broadMatch", "S1")]),
        (
            ("K9", "S1"),
            "closeMatch",
            "change relation",
            "broadMatch",
            [("change relation", "K9", "broadMatch", "S1")],
        ),
        (("K9", "S1"), "closeMatch", "reject", "", [("reject", "K9", "", "S1")]),
        (("K9", "S1"), "closeMatch", "withdrawn", "", [("withdrawn", "K9", "", "")]),
        (("K9", "S1"), "closeMatch", "new", "", [("new", "", "", "S1")]),
        (("K9", "S1"), "closeMatch", "K4", "", [("reject", "K9", "", "S1"), ("add link", "K9", "", "K4")]),
        (("K9", "S1"), "closeMatch", "S1", "", [("accept", "K9", "", "S1")]),
        (
            ("K9", "S1"),
            "closeMatch",
            "S1 & K4",
            "",
            [("accept", "K9", "", "S1"), ("add link", "K9", "", "K4")],
        ),
        (("K9", ""), "no counterpart found", "accept", "", [("accept", "K9", "", "")]),
        (("K9", ""), "no counterpart found", "withdrawn", "", [("withdrawn", "K9", "", "")]),
        (("K9", ""), "no counterpart found", "K4", "narrowMatch", [("add link", "K9", "narrowMatch", "K4")]),
        (("", "S1"), "new", "accept", "", [("accept", "", "", "S1")]),
        (("", "S1"), "new", "K8, K9", "", [("add link", "K8", "", "S1"), ("add link", "K9", "", "S1")]),
        (("K9", "S1"), "not proposed", "accept", "", [("add link", "K9", "", "S1")]),
        (("K9", "S1"), "not proposed", "add link", "", [("add link", "K9", "", "S1")]),
    ],
)
def test_what_an_answer_decides(link, proposed, answer, relation, told):
    made = answer_to_decisions(link, proposed, Answer(answer, relation, "AB", "", "2026-11-22"), SMALL)
    assert [
        (
            one.decision,
            one.subject_id.removeprefix("old:").replace(v.NO_TERM_FOUND, ""),
            one.predicate_id.removeprefix("skos:"),
            one.object_id.removeprefix("new:").replace(v.NO_TERM_FOUND, ""),
        )
        for one in made
    ] == told
    assert {(one.reviewer_label, one.review_date) for one in made} == {("AB", "2026-11-22")}


@pytest.mark.parametrize(
    ("link", "proposed", "answer", "told"),
    [
        (
            ("K9", ""),
            "no counterpart found",
            "reject",
            "does not fit its row; expected “withdrawn”, or the new code",
        ),
        (("K9", ""), "", "accept", "does not fit its row"),
        (("", "S1"), "new", "withdrawn", "does not fit its row; expected “new”, or the old code"),
        (("K9", "S1"), "closeMatch", "K4 or S1", "cannot be read"),
        (("K9", "S1"), "closeMatch", "K7", "a code that new lacks; expected a code of new, such as K4"),
        (("", "S1"), "new", "K3", "a code that old lacks; expected a code of old, such as K8"),
        (("K9", "S1"), "closeMatch", "change relation", "a change of relation without one"),
    ],
)
def test_an_answer_that_does_not_fit_is_told(link, proposed, answer, told):
    with pytest.raises(CurriculumError) as fault:
        answer_to_decisions(link, proposed, Answer(answer, "", "AB", "", "2026-11-22"), SMALL)
    assert told in str(fault.value)


# --- Applied --------------------------------------------------------------------------------------------


def test_an_empty_workbook_changes_nothing(reviewed, exported, tmp_path):
    (tmp_path / "r.xlsx").write_bytes(exported)
    applied = keep_answers(reviewed, path_to_tracker(tmp_path / "r.xlsx"), tmp_path / "decisions", BY_AB)
    assert (applied.added, applied.removed, applied.path) == ((), (), None)
    assert not (tmp_path / "decisions").exists()
    assert reviewed_to_workbook(applied.reviewed) == exported


def test_answers_become_decisions_and_come_back_on_the_next_sheet(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    book.answer("K16", "K20", "accept", relation="closeMatch", reason="a part of it")
    book.answer("K17", "K20", "reject")
    book.answer("S11", "", "S10")
    book.answer("K28", "", "accept", reviewer="the panel")
    book.answer("", "S22", "S29", date=date(2026, 11, 20))
    book.sign("AB", "2026-11-22")
    applied = keep_answers(reviewed, book.saved(), tmp_path / "d")
    assert told_of(tmp_path / "d") == [
        ("accept", "K28", "", "NoTermFound"),
        ("add link", "S11", "", "S10"),
        ("add link", "S29", "", "S22"),
        ("change relation", "K16", "closeMatch", "K20"),
        ("reject", "K17", "", "K20"),
    ]
    by = {one.subject_id: (one.reviewer_label, one.review_date, one.comment) for one in applied.added}
    assert by["st0792-1.0:K16"] == ("AB", "2026-11-22", "a part of it")
    assert by["st0792-1.0:K28"] == ("the panel", "2026-11-22", "")
    assert by["st0792-1.0:S29"] == ("AB", "2026-11-20", "")
    shown = {
        (row.old_code, row.new_code): (row.proposed, row.decision, row.relation, row.state)
        for row in applied.reviewed.rows
    }
    assert shown["K16", "K20"] == ("broadMatch", "accept", "closeMatch", "decided")
    assert shown["K17", "K20"] == ("closeMatch", "reject", "", "decided")
    assert shown["S11", "S10"] == ("not proposed", "add link", "", "decided")
    assert shown["K28", ""] == ("no counterpart found", "accept", "", "decided")
    assert ("S11", "") not in shown
    # Exported again and applied untouched, nothing changes: neither the file nor the next workbook.
    again = reviewed_to_workbook(applied.reviewed)
    path = pair_to_path(tmp_path / "d", *PAIR)
    data = path.read_bytes()
    (tmp_path / "again.xlsx").write_bytes(again)
    second = keep_answers(applied.reviewed, path_to_tracker(tmp_path / "again.xlsx"), tmp_path / "d")
    assert (second.added, second.removed, path.read_bytes()) == ((), (), data)
    assert reviewed_to_workbook(second.reviewed) == again
    # So does the first workbook, applied a second time.
    third = keep_answers(applied.reviewed, path_to_tracker(book.path), tmp_path / "d")
    assert (third.added, third.removed, path.read_bytes()) == ((), (), data)


def test_a_person_can_change_their_mind_or_take_a_decision_back(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    book.answer("K16", "K20", "accept")
    book.answer("K17", "K20", "reject")
    book.answer("S11", "", "S10", reason="both are about risks")
    first = keep_answers(reviewed, book.saved(), tmp_path / "d", BY_AB).reviewed
    second = Book(tmp_path / "s.xlsx", reviewed_to_workbook(first))
    second.answer("K16", "K20", None)
    second.answer("K17", "K20", "accept")
    second.answer("S11", "S10", "add link", reason="now for another reason")
    applied = keep_answers(first, second.saved(), tmp_path / "d", Default("CD", "2026-11-23"))
    assert told_of(tmp_path / "d") == [
        ("accept", "K17", "", "K20"),
        ("add link", "S11", "", "S10"),
    ]
    # Who changes a row signs it, though the first reviewer's initials still stand there.
    assert {(one.reviewer_label, one.review_date, one.comment) for one in applied.added} == {
        ("CD", "2026-11-23", ""),
        ("CD", "2026-11-23", "now for another reason"),
    }
    assert len(applied.removed) == 3


def test_what_somebody_else_decided_since_is_kept_or_told(reviewed, exported, tmp_path):
    mine, yours = (Book(tmp_path / f"{name}.xlsx", exported) for name in ("mine", "yours"))
    mine.answer("K16", "K20", "accept")
    mine.answer("K17", "K20", "reject")
    keep_answers(reviewed, mine.saved(), tmp_path / "d", BY_AB)
    # The other exported before: rows left alone say nothing, the same answer is kept beside the first.
    yours.answer("K16", "K20", "accept")
    yours.answer("S40", "", "accept")
    held = decisions_to_valid_decisions(read_decisions(tmp_path / "d"), reviewed.tables, is_whole=False)
    keep_answers(reviewed, yours.saved(), tmp_path / "d", Default("CD", "2026-11-22"))
    assert len(held.decisions) == 2
    told = told_of(tmp_path / "d")
    assert told == [
        ("accept", "K16", "", "K20"),
        ("accept", "K16", "", "K20"),
        ("accept", "S40", "", "NoTermFound"),
        ("reject", "K17", "", "K20"),
    ]
    data = pair_to_path(tmp_path / "d", *PAIR).read_bytes()
    yours.answer("K17", "K20", "accept")
    with pytest.raises(CurriculumError) as fault:
        keep_answers(reviewed, yours.saved(), tmp_path / "d", Default("CD", "2026-11-22"))
    assert "decisions that contradict each other" in str(fault.value)
    assert "AB" in str(fault.value)
    assert pair_to_path(tmp_path / "d", *PAIR).read_bytes() == data


def test_every_fault_of_a_workbook_is_told_with_its_cell_and_nothing_is_written(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    places = [
        book.answer("K16", "K20", "perhaps"),
        book.answer("K17", "K20", "K99"),
        book.answer("S40", "", "reject"),
        book.answer("S35", "", "accept", reason="=1+1"),
        book.answer("S24", "", None, relation="closeMatch"),
        book.answer("K28", "", "accept", date="31/02/2026"),
    ]
    row = book.row("K15", "")
    book.cell(row, "old_code").value = "K1"
    book.cell(row, "decision").value = "accept"
    with pytest.raises(CurriculumError) as fault:
        keep_answers(reviewed, book.saved(), tmp_path / "d", BY_AB)
    told = str(fault.value)
    letters = {name: book.cell(1, name).column_letter for name in book.columns}
    wanted = [
        (f"{letters['decision']}{places[0]}", "an answer that cannot be read"),
        (f"{letters['decision']}{places[1]}", "a code that st0792-1.2 lacks"),
        (f"{letters['decision']}{places[2]}", "an answer that does not fit its row"),
        (f"{letters['reason']}{places[3]}", "a formula"),
        (f"{letters['decision']}{places[4]}", "no decision"),
        (f"{letters['date']}{places[5]}", "no date"),
        (f"{letters['old_code']}{row}", "rows were pasted or sorted in part; expected K15; found K1"),
    ]
    assert len(told.splitlines()) == len(wanted)
    for cell, what in wanted:
        assert any(f"cell {cell}: {what}" in line for line in told.splitlines()), (cell, what)
    assert not (tmp_path / "d").exists()


def test_that_nobody_signed_is_told_once(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    rows = [book.answer(old, "", "accept") for old in ("S40", "S35", "S24")]
    with pytest.raises(CurriculumError) as fault:
        keep_answers(reviewed, book.saved(), tmp_path / "d")
    (line,) = str(fault.value).splitlines()
    cells = ", ".join(f"{book.cell(row, 'reviewer').coordinate}" for row in sorted(rows))
    assert f"sheet To decide, {cells}: decisions without a reviewer" in line


def test_rows_that_were_sorted_as_a_whole_are_read(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    book.answer("K16", "K20", "accept")
    rows = list(book.sheet.iter_rows(min_row=book.header + 1, values_only=True))
    for at, values in enumerate(reversed(rows), start=book.header + 1):
        for column, value in enumerate(values, start=1):
            book.sheet.cell(at, column).value = value
    keep_answers(reviewed, book.saved(), tmp_path / "d", BY_AB)
    assert told_of(tmp_path / "d") == [("accept", "K16", "", "K20")]


def test_the_day_is_that_on_which_the_file_was_saved(reviewed, exported, tmp_path):
    assert data_to_day_saved(exported, "r.xlsx") == "2000-01-01"
    book = Book(tmp_path / "r.xlsx", exported)
    book.answer("S40", "", "accept")
    book.book.properties.modified = __import__("datetime").datetime(2026, 10, 5, 9, 30)
    book.sign("AB")
    # openpyxl puts the time of saving into the file, as every office program does.
    tracker = book.saved()
    applied = keep_answers(reviewed, tracker, tmp_path / "d")
    assert applied.added[0].review_date == data_to_day_saved(tracker.data, "r.xlsx")
    assert data_to_day_saved(b"old,new\n", "r.csv") == ""


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_answers_given_in_any_order_decide_the_same(data):
    links = [("K9", "S1"), ("K8", "K4"), ("K9", "K4")]
    words = st.sampled_from(["accept", "reject"])
    made = [
        one
        for link in links
        for one in answer_to_decisions(
            link, "closeMatch", Answer(data.draw(words), "", "AB", "", "2026-11-22"), SMALL
        )
    ]
    held: tuple[Decision, ...] = ()
    for one in data.draw(st.permutations(made)):
        held = decisions_with_answers(held, Answers((one,)))
    assert decisions_to_csv(held) == decisions_to_csv(made)


# --- The commands --------------------------------------------------------------------------------------


def test_the_commands_from_export_to_remap(project, capsys):
    shutil.copy(ROOT / "examples" / "portfolio.csv", project)
    assert main(["review", "export", *PAIR]) == 0
    name = "review_st0792-1.0_to_st0792-1.2.xlsx"
    book = Book(Path(name))
    book.answer("K16", "K20", "accept")
    book.answer("S11", "", "S10")
    book.book.save("mine.xlsx")
    capsys.readouterr()
    assert main(["review", "apply", "mine.xlsx", "--reviewer", "AB", "--dry-run"]) == 1
    assert "A dry run: nothing was written." in capsys.readouterr().err
    assert not list(Path("data/raw/decisions").glob("*.csv"))
    assert main(["review", "apply", "mine.xlsx", "--reviewer", "AB"]) == 1
    told = " ".join(capsys.readouterr().err.split())
    assert "2 decisions kept" in told
    assert "30 of 101 proposals are settled (28 without a look, 2 by a decision); 71 to look at." in told
    assert main(["review", "apply", "mine.xlsx", "--reviewer", "AB"]) == 1
    assert "No answer is new: nothing was written." in capsys.readouterr().err
    assert main(["remap", "portfolio.csv", "--from", PAIR[0], "--to", PAIR[1]]) == 1
    audit = Path("portfolio.st0792-1.2.audit.csv").read_text(encoding="utf-8")
    assert "K16,K16,merged,K20,broadMatch,,reviewer AB" in audit.replace("\r", "") or "K16" not in audit
    assert main(["review", "progress", *PAIR]) == 0
    assert capsys.readouterr().out.startswith("old_code,new_code,proposed,confidence")


def test_what_was_decided_on_a_tracker_can_be_kept_for_all(project, capsys):
    Path("one.csv").write_text("Session,KSBs\na,K16\nb,K61\n", encoding="utf-8")
    assert main(["remap", "one.csv", "--from", PAIR[0], "--to", PAIR[1]]) == 1
    book = Book(Path("one.st0792-1.2.to-decide.xlsx"))
    book.answer("K16", "K20", "accept")
    book.answer("K61", "", "not a code")
    book.sign("AB", "2026-11-22")
    book.book.save("answers.xlsx")
    assert main(["review", "apply", "answers.xlsx"]) == 1
    assert "holds for one file alone: what was said of K61" in " ".join(capsys.readouterr().err.split())
    Path("two.csv").write_text("Session,KSBs\na,K16\n", encoding="utf-8")
    assert main(["remap", "two.csv", "--from", PAIR[0], "--to", PAIR[1]]) == 0
    assert (
        Path("two.st0792-1.2.csv").read_text(encoding="utf-8").splitlines()[1]
        == "a,K16,K20,merged,K16: merged into K20"
    )
    assert main(["remap", "two.csv", "--from", PAIR[0], "--to", PAIR[1], "--no-decisions", "--dry-run"]) == 1
    # A workbook of a review settles a tracker too.
    shutil.rmtree(project / "data" / "raw" / "decisions")
    assert main(["remap", "two.csv", "--from", PAIR[0], "--to", PAIR[1], "--decisions", "answers.xlsx"]) == 0
    capsys.readouterr()


@pytest.mark.usefixtures("project")
def test_documents_of_ones_own_are_reviewed_in_a_folder_of_ones_own(capsys):
    for name, text in (("old", "Book crew and cars"), ("new", "Book crew and cars and rooms")):
        Path(f"{name}.csv").write_text(f"code,text\nS1,{text}\nS2,Bake bread\n", encoding="utf-8")
    assert main(["review", "export", "old.csv", "new.csv", "-o", "r.xlsx"]) == 0
    book = Book(Path("r.xlsx"))
    book.answer("S1", "S1", "accept")
    book.book.save("r.xlsx")
    words = ["review", "apply", "r.xlsx", "--reviewer", "AB"]
    capsys.readouterr()
    assert main(words) == 2
    assert "not a document of the raw folder" in capsys.readouterr().err
    own = [*words, "--from", "old.csv", "--to", "new.csv", "--decisions", "mine"]
    assert main(own) == 0
    assert Path("mine/old_to_new.csv").exists()
    assert main(["link", "old.csv", "new.csv", "--decisions", "mine", "-o", "x.csv"]) == 0
    assert "decided by a reviewer" in Path("x.csv").read_text(encoding="utf-8")
    assert main(["build", "-o", "out"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("r.xlsx", b"PK\x03\x04 cut off", "cannot be read as a workbook"),
        ("r.xls", b"\xd0\xcf\x11\xe0 old", "an old or password-protected Word or Excel file"),
        ("r.csv", b"old,new\nK1,K2\n", "holds no sheet “To decide”"),
    ],
)
def test_a_file_that_is_no_review_is_refused_in_a_line(project, capsys, name, data, told):
    Path(name).write_bytes(data)
    assert main(["review", "apply", name, "--reviewer", "AB"]) == 2
    err = capsys.readouterr().err
    assert told in err
    assert len(err.splitlines()) == 1
    assert not list((project / "data/raw/decisions").glob("*.csv"))


@pytest.mark.usefixtures("project")
def test_an_export_does_not_write_over_a_workbook_that_was_filled_in(exported, capsys):
    Path("r.xlsx").write_bytes(exported)
    assert main(["review", "export", *PAIR, "-o", "r.xlsx"]) == 0
    Book(Path("r.xlsx")).saved()
    assert main(["review", "export", *PAIR, "-o", "r.xlsx"]) == 2
    assert "a workbook that a person has worked on" in capsys.readouterr().err


# --- Kills, and two at once ------------------------------------------------------------------------------

# One process reads everything; its children keep the answers, and are killed at a line of the program that
# chance names.
KILLS = """
import json, os, pickle, random, signal, sys
from pathlib import Path
from curriculum.decisions.decision_files import update_decisions
from curriculum.review.answer_decisions import decisions_with_answers
from curriculum.review.sheet_layout import Default
from curriculum.review.sheet_reader import tracker_to_answers
from curriculum.spreadsheets.tracker_files import path_to_tracker
import filelock

kept, workbook, folder, n = Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
reviewed = pickle.loads(kept.read_bytes())
# What a program has written outlives it: only a power cut needs the disk to be waited for.
os.fsync = lambda _: None
tracker = path_to_tracker(workbook)
before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}

said = tracker_to_answers(tracker, reviewed.pair, Default("AB", "2026-11-22"), is_kept=True)
traced = {}

def is_traced(name):
    if name not in traced:
        traced[name] = any(part in name for part in ("curriculum", "filelock", "pathlib"))
    return traced[name]

def apply(kill_at):
    lines = 0
    def trace(frame, event, _):
        nonlocal lines
        if not is_traced(frame.f_code.co_filename):
            return None
        lines += 1
        if lines == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace
    sys.settrace(trace if kill_at else None)
    update_decisions(folder, ("st0792-1.0", "st0792-1.2"), lambda held: decisions_with_answers(held, said))
    sys.settrace(None)
    return lines

def child(kill_at):
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, str(apply(kill_at)).encode())
        os._exit(0)
    os.close(write)
    told = os.read(read, 20)
    os.close(read)
    os.waitpid(pid, 0)
    return int(told or 0)

total = child(10**9)
after = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
chance = random.Random(6)
# Half of them anywhere, half of them in the last tenth, where it is written.
points = [chance.randint(1, total) for _ in range(n // 2)]
points += [chance.randint(total * 9 // 10, total) for _ in range(n - n // 2)]
told = []
for point in points:
    for path in folder.glob("*"):
        path.unlink()
    for name, data in before.items():
        (folder / name).write_bytes(data)
    finished = child(point)
    held = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    assert not finished
    told.append("old" if held == before else "new" if held == after else "broken")
    if len(told) % 5:
        continue
    child(0)
    if {path.name: path.read_bytes() for path in folder.glob("*.csv")} != after:
        told[-1] = "lost"
print(json.dumps({"lines": total, "told": told}))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_fifty_kills_leave_the_old_file_or_the_new_one_whole(kept, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    for old in ("S40", "S35", "S24", "K15", "K1", "S17"):
        book.answer(old, "", "accept")
    book.saved()
    folder = tmp_path / "d"
    folder.mkdir()
    held = Decision(
        *("accept", "st0792-1.0:K3", "", "st0792-1.2:K10", "Law", "Lore", *PAIR, "CD", "2026-11-01", "")
    )
    pair_to_path(folder, *PAIR).write_bytes(decisions_to_csv([held]))
    command = [sys.executable, "-c", KILLS, str(kept), str(book.path), str(folder), "50"]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    assert len(told["told"]) == 50
    assert set(told["told"]) == {"old", "new"}
    assert len(read_decisions(folder)) == 7


TWO = """
import os, pickle, sys, time
from pathlib import Path
from curriculum.decisions import decision_files
from curriculum.errors import CurriculumError
from curriculum.review.review_files import keep_answers
from curriculum.review.sheet_layout import Default
from curriculum.spreadsheets.tracker_files import path_to_tracker

kept, folder, names = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
reviewed = pickle.loads(kept.read_bytes())
os.fsync = lambda _: None
trackers = {name: path_to_tracker(Path(name)) for name in names}
write_file = decision_files.write_file

def write_late(*words):
    # Whoever is not kept out has read the folder by then, and writes over what the other wrote.
    time.sleep(0.2)
    write_file(*words)

decision_files.write_file = write_late
for turn in range(2):
    for pair in (names[:2], names[::2]):
        own = folder / f"{turn}{Path(pair[1]).stem}"
        pids = []
        for name in pair:
            pid = os.fork()
            if pid == 0:
                try:
                    keep_answers(reviewed, trackers[name], own, Default(Path(name).stem, "2026-11-22"))
                except CurriculumError:
                    os._exit(2)
                os._exit(0)
            pids.append(pid)
        codes = sorted(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids)
        (line,) = {len(path.read_text("utf-8-sig").splitlines()) - 1 for path in own.glob("*.csv")}
        print(Path(pair[1]).stem, *codes, line)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_two_who_apply_at_once_are_both_kept_or_one_is_told(kept, exported, tmp_path):
    answers = {
        "AB": {"S11": "accept", "S40": "accept"},
        # One agrees, and says no more; the other says something else, and something of their own.
        "agreeing": {"S11": "accept"},
        "differing": {"S11": "S10", "S35": "accept"},
    }
    for name, own in answers.items():
        book = Book(tmp_path / f"{name}.xlsx", exported)
        for old, word in own.items():
            book.answer(old, "", word)
        book.saved()
    names = [str(tmp_path / f"{name}.xlsx") for name in answers]
    command = [sys.executable, "-c", TWO, str(kept), str(tmp_path / "d"), *names]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lines) == 4
    assert set(lines) == {"agreeing 0 0 3", "differing 0 2 2"}


def test_a_folder_that_cannot_be_written_is_told(reviewed, exported, tmp_path):
    book = Book(tmp_path / "r.xlsx", exported)
    book.answer("S40", "", "accept")
    (tmp_path / "d").write_text("a file", encoding="utf-8")
    with pytest.raises(UnwritableOutput, match="cannot be written"):
        keep_answers(reviewed, book.saved(), tmp_path / "d", BY_AB)
