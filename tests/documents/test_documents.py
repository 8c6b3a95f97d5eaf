"""Bytes to lines: encodings, line ends, and what is refused; the registers of the raw folder."""

from __future__ import annotations

import codecs
import hashlib
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.documents.document import path_to_document_id
from curriculum.documents.file_reading import path_to_document
from curriculum.documents.register import folder_to_documents, folder_to_pairs
from curriculum.errors import (
    CurriculumError,
    Faults,
    InvalidInput,
    NotFound,
    UnreadableFile,
    UnsupportedFormat,
)
from curriculum.files.encodings import bytes_to_text, text_to_lines

K15 = "K15: the team’s plans – café"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (K15.encode(), "utf-8"),
        (codecs.BOM_UTF8 + K15.encode(), "utf-8"),
        (K15.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + K15.encode("utf-16-be"), "utf-16"),
        (K15.encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings_that_are_told_apart(data, encoding):
    assert bytes_to_text(data, "k.txt") == (K15, encoding)


@pytest.mark.parametrize(
    ("data", "error", "said"),
    [
        (b"", UnreadableFile, "k.txt: holds no text"),
        (b" \r\n\t", UnreadableFile, "holds no text"),
        (codecs.BOM_UTF8, UnreadableFile, "holds no text"),
        (b"K1: \x00\x01", UnreadableFile, "k.txt, line 1: not a text file"),
        (b"ok\nK1: \x07", UnreadableFile, "k.txt, line 2: not a text file; .* U\\+0007"),
        (b"K1: \x81\xfe", UnreadableFile, "k.txt, byte 5: cannot be decoded"),
        ("K1: text".encode("utf-16-le"), UnreadableFile, "not a text file"),
        (codecs.BOM_UTF16_LE + b"K", UnreadableFile, "cannot be decoded"),
        (b"%PDF-1.7 ...", UnsupportedFormat, "found a PDF"),
        (b"\xd0\xcf\x11\xe0 ...", UnsupportedFormat, "found an old or password-protected Word or Excel file"),
        (b"{\\rtf1 ...", UnsupportedFormat, "found a rich-text file"),
    ],
)
def test_bytes_that_are_refused(data, error, said):
    with pytest.raises(error, match=said):
        bytes_to_text(data, "k.txt")


@given(st.binary(max_size=60))
def test_any_bytes_are_decoded_or_refused(data):
    try:
        text, _ = bytes_to_text(data, "k.txt")
    except CurriculumError:
        return
    assert text.strip()


def test_lines_end_where_an_editor_ends_them():
    assert text_to_lines("a\r\nb\rc\nd\x0be\u2028f\x85g") == ("a", "b", "c", "d\x0be\u2028f\x85g")
    assert text_to_lines("a\n\n") == ("a", "")


@pytest.mark.parametrize(
    ("name", "document_id"),
    [("My KSBs.csv", "my-ksbs"), ("ST0116 v1.1 (final).txt", "st0116-v1.1-final"), ("é.txt", "document")],
)
def test_id_of_a_users_file(name, document_id):
    assert path_to_document_id(Path(name)) == document_id


def test_line_ends_and_marks_change_no_row(tmp_path, raw):
    from curriculum.parsing.document_parser import parse_document

    data = (raw / "st0792_v1-2_junior_production_coordinator.txt").read_bytes()
    path = tmp_path / "standard.txt"
    results = []
    for variant in (
        data,
        data.replace(b"\n", b"\r\n"),
        codecs.BOM_UTF8 + data,
        data.decode().encode("utf-16"),
    ):
        path.write_bytes(variant)
        results.append(parse_document(path_to_document(path)))
    assert len({one.rows for one in results}) == 1


def test_missing_file_and_folder(tmp_path):
    with pytest.raises(NotFound, match=r"k\.txt: cannot be read"):
        path_to_document(tmp_path / "k.txt")
    with pytest.raises(NotFound, match="a folder; expected a file"):
        path_to_document(tmp_path)
    with pytest.raises(NotFound, match="no such folder"):
        folder_to_documents(tmp_path / "raw")


def test_every_registered_hash_is_that_of_its_file(raw):
    documents = folder_to_documents(raw)
    assert [one.document_id for one in documents] == [
        "nos-2017",
        "nos-2019",
        "draft-2019",
        "st0792-1.0",
        "st0792-1.2",
    ]
    for one in documents:
        assert hashlib.sha256((raw / one.registration.path).read_bytes()).hexdigest() == one.sha256
        assert one.encoding == "utf-8"


def test_licences_are_written_as_the_texts_state_them(raw):
    by_id = {one.document_id: one.registration for one in folder_to_documents(raw)}
    assert {name: row.licence for name, row in by_id.items() if name != "st0792-1.2"} == {
        "nos-2017": "none stated",
        "nos-2019": "none stated",
        "draft-2019": "none stated",
        "st0792-1.0": "none stated",
    }
    assert "Crown copyright © 2024" in by_id["st0792-1.2"].licence
    assert [name for name, row in by_id.items() if row.url] == ["st0792-1.2"]
    assert all(name in (raw / "LICENCES.md").read_text("utf-8") for name in by_id)


def test_format_is_told_by_the_bytes_not_by_the_name(tmp_path):
    path = tmp_path / "k.txt"
    path.write_bytes(b"<!DOCTYPE html><ul><li>K1: The hoof</li><li>K2: The shoe</li></ul>")
    document = path_to_document(path)
    assert [line for line in document.lines if line] == ["• K1: The hoof", "• K2: The shoe"]
    assert document.encoding == "html"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(
        UnsupportedFormat, match=r"cannot be opened as a workbook.*Save the sheet .* as a CSV"
    ):
        path_to_document(path)
    path.write_bytes(b"PK\x03\x04 not a Word file")
    with pytest.raises(UnsupportedFormat, match="found a damaged zip file"):
        path_to_document(path)


def test_all_faults_of_a_raw_folder_at_once(project):
    raw = project / "data/raw"
    (raw / "nos_2017_support_clients_post_production.txt").write_bytes(b"changed")
    (raw / "nos_2019_assist_post_production.txt").unlink()
    (raw / "new.txt").write_bytes(b"K1: The hoof")
    with pytest.raises(Faults) as told:
        folder_to_documents(raw)
    assert [type(fault) for fault in told.value.faults] == [
        InvalidInput,
        UnreadableFile,
        NotFound,
    ]
    assert "Add the row new,new.txt," in str(told.value.faults[0])
    assert len(str(told.value).splitlines()) == 3


def sources(project, change):
    path = project / "data/raw/SOURCES.csv"
    path.write_bytes(change(path.read_text("utf-8")).encode())
    return project / "data/raw"


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        (lambda t: t + t.splitlines()[1] + "\n", InvalidInput, "two documents have the id nos-2017"),
        (
            lambda t: t.replace("nos_2017_", "../nos_2017_"),
            InvalidInput,
            "line 2: the path leaves the folder",
        ),
        (lambda t: t.replace("nos-2017,", "NOS 2017,", 1), InvalidInput, "line 2: not an id of a document"),
        (lambda t: t.replace("document_id,", "id,"), InvalidInput, "line 1: wrong columns"),
        (lambda t: t + "a,b\n", InvalidInput, "line 7: fewer cells than columns"),
        (lambda t: t.splitlines()[0] + "\n", InvalidInput, "registers no document|not registered"),
        (lambda _: "", UnreadableFile, "holds no text"),
    ],
)
def test_faulty_register(project, change, error, said):
    with pytest.raises(CurriculumError, match=said) as told:
        folder_to_documents(sources(project, change))
    assert isinstance(told.value, error | Faults)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("st0792-1.0,st0792-1.1", "found st0792-1.1"),
        ("st0792-1.0,st0792-1.0", "paired with itself"),
        ("st0792-1.0,st0792-1.2\nst0792-1.0,st0792-1.2", "a pair is listed twice"),
    ],
)
def test_faulty_pairs(project, rows, said):
    raw = project / "data/raw"
    (raw / "CROSSWALKS.csv").write_text(f"subject_source,object_source\n{rows}\n")
    with pytest.raises((NotFound, InvalidInput), match=said):
        folder_to_pairs(raw)


def test_a_damaged_byte_in_a_text_of_utf8_is_told(tmp_path):
    from curriculum.parsing.document_parser import parse_document

    path = tmp_path / "damaged.txt"
    path.write_bytes("K1: The hoof – and shoe\nK2: Horses’ needs\nK3: Care ".encode() + b"\xe9")
    (finding,) = [row for row in parse_document(path_to_document(path)).findings if row.rule == "reading"]
    assert (finding.line, finding.severity) == (1, "warning")
    assert "2 lines are UTF-8 all the same" in finding.message
    path.write_bytes("K1: The hoof – and “shoe”\nK2: Horses’ needs".encode("cp1252"))
    (finding,) = [row for row in parse_document(path_to_document(path)).findings if row.rule == "reading"]
    assert (finding.line, finding.severity) == (0, "note")
