"""The format of a file is recognised by its first bytes, in the same words everywhere."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_content
from curriculum.documents.word_document import word_to_content
from curriculum.errors import CurriculumError
from curriculum.files.encodings import bytes_to_text
from curriculum.files.file_signatures import FileFormat, bytes_to_format
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.spreadsheets.xlsx_reading import data_to_tracker

BINARY = {
    b"\xd0\xcf\x11\xe0\xa1\xb1": FileFormat.OLD_OFFICE,
    b"%PDF-1.7": FileFormat.PDF,
    b"{\\rtf1": FileFormat.RICH_TEXT,
    b"\x89PNG\r\n": FileFormat.PICTURE,
    b"\xff\xd8\xff\xe0": FileFormat.PICTURE,
    b"<html><p>K1": FileFormat.MARKUP,
    b"\n <?xml version='1.0'?>": FileFormat.MARKUP,
}


@pytest.mark.parametrize("data", BINARY)
def test_readers_of_text_word_and_excel_name_a_format_in_the_same_words(data):
    assert bytes_to_format(data) is BINARY[data]
    for read in (bytes_to_text, word_to_content, data_to_tracker):
        with pytest.raises(CurriculumError) as fault:
            read(data, "k")
        assert f"found {BINARY[data].value}." in str(fault.value)


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"])
def test_a_zip_file_is_recognised(data):
    assert bytes_to_format(data) is FileFormat.ZIP


def test_a_text_that_begins_like_markup_is_read_as_text():
    assert bytes_to_text(b"<K1> the hoof", "k.txt")[0] == "<K1> the hoof"


def test_a_text_or_a_table_that_begins_with_the_letters_pk_is_no_zip_file(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"PK,KSBs\n1,K1\n")
    assert path_to_tracker(path).sheets[0].rows[2][2].text == "K1"
    content, encoding = bytes_to_content(b"PKI basics\nK1: keys\n", "k.txt")
    assert (content.lines, encoding) == (("PKI basics", "K1: keys"), "utf-8")
