"""Tables: types, keys, bytes, and the way there and back."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace

import pandas as pd
import pytest

from curriculum.errors import CurriculumError, InvalidInput, InvalidTable, MixedFolder, NotFound
from curriculum.files.output_folder import write_folder
from curriculum.model import vocabulary as v
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.tables.carrier import Tables, check_keys, select_document
from curriculum.tables.csv_files import csv_to_frame, frame_to_csv, read_tables, tables_to_files
from curriculum.tables.frame_checks import check_frame
from curriculum.tables.schemas import KEYS, SCHEMAS, TABLES


def test_every_table_has_a_schema_and_a_key(tables):
    assert [name for name, _ in tables.items()] == list(TABLES)
    assert set(KEYS) == set(SCHEMAS)


def test_written_tables_are_read_back_equal(tables, tmp_path):
    write_folder(tmp_path, tables_to_files(tables))
    again = read_tables(tmp_path)
    for (name, frame), (_, other) in zip(tables.items(), again.items(), strict=True):
        pd.testing.assert_frame_equal(frame, other, obj=name)


def test_csv_is_utf8_with_line_feeds_and_keeps_every_word():
    frame = pd.DataFrame(
        {"document_id": ["a"], "version": ["1.10"], "change_detail": ['None, "NaN"\nnull – “x”']}
    )
    data = frame_to_csv(frame)
    assert data == 'document_id,version,change_detail\na,1.10,"None, ""NaN""\nnull – “x”"\n'.encode()


def test_versions_and_empty_cells_stay_text(tables):
    data = frame_to_csv(tables.documents.assign(version=["1.10", "None", "NA", "", "1.0"]))
    assert csv_to_frame("documents", data)[v.VERSION].tolist() == ["1.10", "None", "NA", "", "1.0"]


def test_committed_tables_are_those_that_the_texts_give(tables, raw):
    processed = raw.parent / "processed"
    for name, data in tables_to_files(tables).items():
        assert (processed / name).read_bytes() == data, name


@pytest.mark.vectors
@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "TZ": "Asia/Tokyo", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "1"},
    ],
)
def test_a_build_gives_the_same_bytes_in_other_surroundings(raw, tmp_path, surroundings):
    words = [sys.executable, "-m", "curriculum", "build", "--raw", str(raw), "-o", str(tmp_path)]
    subprocess.run(words, check=True, env={**os.environ, **surroundings}, capture_output=True)
    committed = raw.parent / "processed"
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {
        p.name: p.read_bytes() for p in committed.iterdir()
    }


def test_two_documents_with_one_id_are_refused(read):
    with pytest.raises(InvalidInput, match="two documents have the id mine"):
        parsed_to_tables([read("K1: The hoof"), read("K1: The shoe")])


def test_select_document_takes_its_rows_only(tables):
    own = select_document(tables, "st0792-1.0")
    assert len(own.statements) == 88
    assert own.duties.empty
    assert set(own.documents[v.DOCUMENT_ID]) == {"st0792-1.0"}


def test_frames_that_do_not_fit_are_refused(tables):
    with pytest.raises(InvalidTable, match=r"statements does not fit.*kind"):
        check_frame("statements", tables.statements.assign(kind="competency"))
    with pytest.raises(InvalidTable, match="duties does not fit"):
        check_frame("duties", pd.concat([tables.duties, tables.duties]))
    with pytest.raises(InvalidTable, match="other columns"):
        csv_to_frame("duty_ksbs", b"duty_id,statement_id\n")
    with pytest.raises(InvalidTable, match="not of its type"):
        csv_to_frame("duty_ksbs", b"duty_id,statement_id,first_line,last_line\na,b,x,2\n")


def test_a_flag_that_is_neither_true_nor_false_is_refused(tables):
    data = frame_to_csv(tables.statements).replace(b",false,", b",perhaps,", 1)
    with pytest.raises(InvalidTable):
        csv_to_frame("statements", data)


def test_keys_that_lead_nowhere_are_refused(tables):
    broken = replace(tables, statements=tables.statements.iloc[1:])
    with pytest.raises(CurriculumError, match="leads to no row of statements"):
        check_keys(broken)


def test_a_folder_without_all_tables_or_without_a_seal_is_refused(tables, tmp_path):
    with pytest.raises(NotFound, match="Run curriculum build first"):
        read_tables(tmp_path)
    files = tables_to_files(tables)
    write_folder(tmp_path, {name: data for name, data in files.items() if name != "duties.csv"})
    with pytest.raises(InvalidTable, match="none of duties"):
        read_tables(tmp_path)
    write_folder(tmp_path, files)
    (tmp_path / "duties.csv").write_bytes(b"")
    with pytest.raises(MixedFolder):
        read_tables(tmp_path)


def test_no_frame_is_changed_by_its_readers(tables):
    before = {name: frame.copy() for name, frame in tables.items()}
    from curriculum.analysis.overview import tables_to_overview
    from curriculum.analysis.standard_graph import tables_to_graph
    from curriculum.crosswalk.linked_documents import link_documents

    link_documents(tables, "st0792-1.0", "st0792-1.2")
    tables_to_graph(tables, "st0792-1.2")
    tables_to_overview(tables)
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(frame, before[name], obj=name)


def test_tables_are_frozen(tables):
    with pytest.raises(AttributeError):
        tables.statements = pd.DataFrame()
    assert isinstance(tables, Tables)
