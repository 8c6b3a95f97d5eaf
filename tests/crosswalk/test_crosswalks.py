"""Crosswalks as files: every format says what it is, carries the attribution and loses nothing."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from curriculum.crosswalk.crosswalk_files import (
    CROSSWALK_FORMATS,
    crosswalk_to_bytes,
    crosswalk_to_files,
)
from curriculum.crosswalk.edited_files import is_as_written, is_reviewed
from curriculum.crosswalk.excel import crosswalk_to_workbook
from curriculum.crosswalk.linked_documents import documents_to_attribution, link_documents
from curriculum.crosswalk.sssom import SSSOM_SLOTS, crosswalk_to_sssom
from curriculum.crosswalk.stored_crosswalk import crosswalk_to_is_duty, read_candidates
from curriculum.errors import InvalidTable, UnsupportedFormat
from curriculum.model import vocabulary as v
from curriculum.model.word_differences import texts_to_word_runs
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.csv_files import frame_to_csv

STATUS = "proposed from the wording; not reviewed"
ATTRIBUTION = "Contains public sector information licensed under the Open Government Licence v3.0."
PAIRS = [
    ("draft-2019", "st0792-1.0"),
    ("st0792-1.0", "st0792-1.2"),
    ("draft-2019", "st0792-1.2"),
    ("nos-2019", "st0792-1.2"),
    ("nos-2017", "st0792-1.2"),
    ("nos-2017", "nos-2019"),
]
# The package runs in a process of its own: what it warns of when it is imported is not ours to mend.
VALIDATE = """
import json, sys
from sssom.parsers import parse_sssom_table
from sssom.validators import validate
found = {}
for path in sys.argv[1:]:
    mappings = parse_sssom_table(path)
    results = validate(mappings, fail_on_error=False)
    faults = [fault.message for report in results.values() for fault in report.results]
    found[path] = (len(results), faults, json.loads(mappings.df.to_json(orient="records")), mappings.metadata)
print(json.dumps(found, default=str))
"""


@pytest.fixture(scope="module")
def crosswalk(tables, scorers):
    return link_documents(tables, "draft-2019", "st0792-1.2", scorers)


def committed(raw):
    return pd.read_csv(raw.parent / "processed" / "crosswalk.csv", dtype=str, keep_default_na=False)


def test_the_six_pairs_are_built(raw):
    files = committed(raw)
    pairs = files[[v.SUBJECT_SOURCE, v.OBJECT_SOURCE]].drop_duplicates()
    assert list(pairs.itertuples(index=False, name=None)) == PAIRS
    names = {path.name for path in (raw.parent / "processed").glob("*.sssom.tsv")}
    assert names == {f"crosswalk_{old}_to_{new}.sssom.tsv" for old, new in PAIRS}


def test_every_statement_is_in_each_crosswalk(tables, raw):
    files = committed(raw)
    for old, new in PAIRS:
        rows = files[(files[v.SUBJECT_SOURCE] == old) & (files[v.OBJECT_SOURCE] == new)]
        rows = rows[~crosswalk_to_is_duty(rows)]
        for document, column in ((old, v.SUBJECT_ID), (new, v.OBJECT_ID)):
            wanted = tables.statements[tables.statements[v.DOCUMENT_ID] == document][v.STATEMENT_ID]
            assert set(wanted) == set(rows[column]) - {v.NO_TERM_FOUND}


def test_duties_are_linked_to_duties_and_to_nothing_else(crosswalk):
    duties = crosswalk[crosswalk_to_is_duty(crosswalk)]
    linked = duties[duties[v.OBJECT_ID] != v.NO_TERM_FOUND]
    assert set(linked[v.SUBJECT_CATEGORY]) == set(linked[v.OBJECT_CATEGORY]) == {"duty"}
    # Told by reading both lists of duties: number 6 has no counterpart, 13 moves to 10, and 9 takes from both
    # lists of technical knowledge.
    assert {
        (old.partition(":")[2], new.partition(":")[2])
        for old, new in zip(duties[v.SUBJECT_ID], duties[v.OBJECT_ID], strict=True)
    } == {
        *((f"D{n}", f"D{n}") for n in (1, 2, 3, 4, 5, 11, 12)),
        ("D6", "NoTermFound"),
        ("D7", "D6"),
        ("D8", "D7"),
        ("D9", "D8"),
        ("D10", "D9"),
        ("D12", "D9"),
        ("D13", "D10"),
    }


def test_duties_are_left_out_where_one_document_prints_none(tables, scorers):
    assert not crosswalk_to_is_duty(link_documents(tables, "st0792-1.0", "st0792-1.2", scorers)).any()


def test_statements_of_a_licence_are_attributed(tables, read):
    assert documents_to_attribution(tables, ["nos-2017", "nos-2019"]) == ""
    assert documents_to_attribution(tables, ["nos-2017", "st0792-1.2"]) == ATTRIBUTION
    text = "K1: The hoof\nK2: The shoe"
    assert documents_to_attribution(parsed_to_tables([read(text)]), ["mine"]) == ""


@pytest.mark.parametrize("ending", CROSSWALK_FORMATS)
def test_every_format_says_what_it_is_and_the_same_rows_give_the_same_bytes(crosswalk, ending):
    data = crosswalk_to_bytes(crosswalk, Path(f"c{ending}"))
    assert data == crosswalk_to_bytes(crosswalk.copy(), Path(f"C{ending.upper()}"))
    if ending == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            data = b"".join(book.read(name) for name in book.namelist())
    assert STATUS in data.decode()
    assert ATTRIBUTION in data.decode()


def test_json_holds_every_row_and_value(crosswalk):
    data = json.loads(crosswalk_to_bytes(crosswalk, Path("c.json")))
    assert (data["status"], data["attribution"]) == (STATUS, ATTRIBUTION)
    again = pd.DataFrame(data["mappings"]).astype(crosswalk.dtypes.to_dict())
    pd.testing.assert_frame_equal(again, crosswalk)


def test_sssom_files_are_valid_and_come_back_with_every_column(tables, scorers, tmp_path):
    """The package drops columns that it does not know without a word: so each is compared."""
    wanted = {}
    for old, new in PAIRS:
        crosswalk = link_documents(tables, old, new, scorers)
        path = tmp_path / f"{old}-{new}.sssom.tsv"
        path.write_bytes(crosswalk_to_sssom(crosswalk))
        wanted[str(path)] = crosswalk
    words = [sys.executable, "-W", "ignore", "-c", VALIDATE, *wanted]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    for path, (n_validations, faults, rows, metadata) in json.loads(done.stdout).items():
        assert n_validations >= 3
        assert faults == []
        frame = pd.DataFrame(rows)
        lines = [line for line in Path(path).read_text(encoding="utf-8").splitlines() if line[0] != "#"]
        written = list(csv.DictReader(lines, delimiter="\t"))
        assert set(written[0]) <= set(SSSOM_SLOTS)
        key = ["subject_id", "object_id"]
        ours = pd.DataFrame(written).sort_values(key).reset_index(drop=True)
        theirs = frame.sort_values(key).reset_index(drop=True)
        for column in ours:
            result = theirs[column].map(lambda value: "" if pd.isna(value) else value)
            if column in {"confidence", "similarity_score"}:
                result = result.map(lambda value: f"{value:.3f}" if value != "" else "")
            assert result.tolist() == ours[column].tolist(), column
        crosswalk = wanted[path]
        assert set(frame["subject_source"]) == {f"document:{crosswalk[v.SUBJECT_SOURCE].iloc[0]}"}
        assert STATUS in metadata["mapping_set_description"]
        assert metadata.get("comment", "") == crosswalk[v.ATTRIBUTION].iloc[0]
        assert len(frame) == len(crosswalk)


def test_sssom_quotes_what_would_break_a_line(crosswalk):
    odd = crosswalk.head(2).assign(**{v.SUBJECT_LABEL: ['a "quoted"\tcell', "two\nlines # not a comment"]})
    text = crosswalk_to_sssom(odd).decode()
    body = text[text.index("subject_id") :]
    rows = list(csv.DictReader(io.StringIO(body, newline=""), delimiter="\t"))
    assert [row["subject_label"] for row in rows] == odd[v.SUBJECT_LABEL].tolist()


def test_workbook_is_made_for_people(crosswalk):
    book = load_workbook(io.BytesIO(crosswalk_to_workbook(crosswalk)), rich_text=True)
    assert book.sheetnames == ["About", "Statements", "Duties"]
    sheet = book["Statements"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:P{sheet.max_row}"
    header = [cell.value for cell in sheet[1]]
    assert header[:7] == ["old", "old wording", "new", "new wording", "change", "relation", "confidence"]
    statements = crosswalk[~crosswalk_to_is_duty(crosswalk)]
    assert sheet.max_row == len(statements) + 1
    texts = [str(cell.value or "") for cell in sheet["B"][1:]]
    assert texts == statements[v.SUBJECT_LABEL].tolist()
    assert sheet["B3"].alignment.wrap_text
    assert sheet.column_dimensions["B"].width > 50
    unlinked = next(row for row in sheet.iter_rows(min_row=2) if row[4].value == "no counterpart found")
    assert (unlinked[2].value or "", unlinked[5].value or "") == ("", "")


def test_words_that_differ_are_marked_in_the_workbook(crosswalk):
    sheet = load_workbook(io.BytesIO(crosswalk_to_workbook(crosswalk)), rich_text=True)["Statements"]
    row = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "K8")
    marked = [(str(run).strip(), run.font.color.rgb) for run in row[1].value if run.font and run.font.b]
    assert marked == [("potential", "FFB84C00"), ("and secure contracts and rates", "FFB84C00")]


@pytest.mark.vectors
@pytest.mark.parametrize("text", ["=1+1", "+44 20", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "{=1}"])
def test_a_text_that_looks_like_a_formula_is_written_as_text(crosswalk, text):
    rows = crosswalk.head(1).assign(**{v.SUBJECT_LABEL: text, v.COMMENT: text, v.OBJECT_LABEL: ""})
    sheet = load_workbook(io.BytesIO(crosswalk_to_workbook(rows)))["Statements"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == (text, "s")
    assert (sheet["L2"].value, sheet["L2"].data_type) == (text, "s")
    assert sheet["B2"].hyperlink is None


def test_a_workbook_that_another_program_has_saved_is_not_as_written(crosswalk):
    data = crosswalk_to_workbook(crosswalk)
    assert is_as_written(data)
    assert not is_reviewed(data)
    saved = io.BytesIO()
    load_workbook(io.BytesIO(data)).save(saved)
    assert is_reviewed(saved.getvalue())
    assert is_reviewed(b"PK\x03\x04 no workbook")


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json", ".sssom.tsv"])
def test_a_persons_work_on_a_crosswalk_is_noticed_in_every_format(crosswalk, ending):
    assert not is_reviewed(crosswalk_to_bytes(crosswalk, Path(f"c{ending}")))
    for column in (v.REVIEWER_LABEL, v.COMMENT):
        touched = crosswalk.assign(**{column: ["AB", *crosswalk[column].iloc[1:]]})
        assert is_reviewed(crosswalk_to_bytes(touched, Path(f"c{ending}")))


def test_files_of_a_build(crosswalk):
    candidates = read_candidates("data/processed")
    files = crosswalk_to_files(crosswalk, candidates)
    names = ["crosswalk.csv", "candidates.csv", "crosswalk_draft-2019_to_st0792-1.2.sssom.tsv"]
    assert list(files) == names
    assert files["crosswalk.csv"] == frame_to_csv(crosswalk)
    assert files["candidates.csv"] == frame_to_csv(candidates)


def test_parts_of_two_wordings_put_together_are_the_wordings():
    old, new = "Lead liaison with owners", "Obtain terms from owners, co-ordinating with them"
    parts = texts_to_word_runs(old, new)
    assert [" ".join(part.text for part in side) for side in parts] == [old, new]
    assert texts_to_word_runs("", "new")[0] == ()
    same = texts_to_word_runs("How to co-ordinate.", "How to coordinate")
    assert [[part.is_shared for part in side] for side in same] == [[True], [True]]


@pytest.mark.parametrize("ending", CROSSWALK_FORMATS)
def test_a_crosswalk_without_a_row_is_refused(crosswalk, ending):
    with pytest.raises(InvalidTable, match="has no mapping"):
        crosswalk_to_bytes(crosswalk.iloc[:0], Path(f"c{ending}"))


@pytest.mark.parametrize("reserved", ["skos", "sssom", "semapv", "document", "2019"])
def test_ids_that_would_change_what_a_prefix_means_are_refused(crosswalk, reserved):
    with pytest.raises(UnsupportedFormat, match=r"another id: in SOURCES\.csv, or with --old-id"):
        crosswalk_to_sssom(crosswalk.assign(**{v.SUBJECT_SOURCE: reserved}))


def test_slots_that_no_row_fills_are_left_out_of_sssom(crosswalk):
    unlinked = crosswalk[crosswalk[v.CHANGE] == "no counterpart found"]
    body = crosswalk_to_sssom(unlinked).decode().split("subject_id", 1)[1]
    header = body.splitlines()[0].split("\t")
    assert "similarity_score" not in header
    assert "reviewer_label" not in header
    assert "confidence" in header


def sheet_of(crosswalk, **columns):
    rows = crosswalk[crosswalk[v.CHANGE].str.contains("reworded")].head(1).assign(**columns)
    return load_workbook(io.BytesIO(crosswalk_to_workbook(rows)), rich_text=True)["Statements"]


def test_long_wordings_are_cut_at_what_a_cell_holds_and_not_lost(crosswalk):
    old = " ".join(f"word{n}" for n in range(6000))
    sheet = sheet_of(crosswalk, **{v.SUBJECT_LABEL: old, v.OBJECT_LABEL: f"{old} more"})
    assert str(sheet["B2"].value) == old[:32_767]
    assert str(sheet["D2"].value) == old[:32_767]


@pytest.mark.parametrize("text", ["<r><t>x</t></oops></r>", "<r></r>", "<r>"])
def test_a_wording_that_looks_like_the_xml_of_a_workbook_stays_a_wording(crosswalk, text):
    sheet = sheet_of(crosswalk, **{v.SUBJECT_LABEL: text, v.COMMENT: text})
    assert str(sheet["B2"].value) == text
    headers = [cell.value for cell in sheet[1]]
    assert str(sheet.cell(2, headers.index("comment") + 1).value) == text


def test_wordings_that_share_nothing_are_marked_as_a_whole(crosswalk):
    sheet = sheet_of(crosswalk, **{v.SUBJECT_LABEL: "Lead owners", v.OBJECT_LABEL: "Obtain terms"})
    assert [(sheet[cell].font.color.rgb, sheet[cell].font.b) for cell in ("B2", "D2")] == [
        ("FFB84C00", True),
        ("FF0072B2", True),
    ]


def test_rows_are_high_enough_for_their_wordings(crosswalk):
    sheet = sheet_of(crosswalk, **{v.SUBJECT_LABEL: "word " * 60})
    assert sheet.row_dimensions[2].height >= 6 * 15


def test_workbook_names_no_hour_at_which_it_was_made(crosswalk):
    with zipfile.ZipFile(io.BytesIO(crosswalk_to_workbook(crosswalk))) as book:
        result = book.read("docProps/core.xml").decode()
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
    assert result.count("2000-01-01T00:00:00Z") == 2


@pytest.mark.parametrize(
    "data",
    [
        b'{"mappings": null}',
        b'{"mappings": [{"comment": 5}]}',
        b'{"mappings": [5]}',
        b'{"mappings": ' + b"[" * 100_000,
        b"subject_source,comment\nx," + b"y" * 140_000,
        b"{",
    ],
)
def test_what_cannot_be_read_counts_as_a_persons_work_or_as_nothing(data):
    assert is_reviewed(data) is (data != b'{"mappings": null}')


def test_wordings_of_thousands_of_words_are_compared_at_once():
    old, new = "a b " * 3000, "a b c " * 3000
    parts = texts_to_word_runs(old, new)
    assert [" ".join(part.text for part in side) for side in parts] == [old.strip(), new.strip()]
