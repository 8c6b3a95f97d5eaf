"""Word files and workbooks are opened with the same checks, and refused in the same words."""

from __future__ import annotations

import io
import zipfile

import pytest

from curriculum.documents.word_document import word_to_content
from curriculum.errors import CurriculumError, UnreadableFile
from curriculum.files.office_package import Limits, OfficeFormat, TooMuchXml, UnusualPackage, new_parser
from curriculum.spreadsheets.xlsx_reading import data_to_tracker

SMALL = Limits(members=2, unpacked=5_000, ratio=50, xml_bytes=100, tags=3)


def packed(*names: str, text: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name in names:
            package.writestr(name, text)
    return buffer.getvalue()


def protected() -> bytes:
    data = bytearray(packed("a.xml"))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", "an empty file"),
        (b"K1: text", "8 bytes that are no zip file"),
        (packed("a.xml")[:-9], "a damaged zip file"),
        (packed("../a.xml"), "a package with the path '../a.xml'"),
        (packed("C:a.xml"), "a package with the path 'C:a.xml'"),
        (protected(), "a package that is protected by a password"),
    ],
)
def test_word_files_and_workbooks_are_refused_in_the_same_words(data, found):
    for read in (word_to_content, data_to_tracker):
        with pytest.raises(CurriculumError) as fault:
            read(data, "k")
        assert f"found {found}." in str(fault.value)


def office_format(limits: Limits = SMALL) -> OfficeFormat:
    def other(where: str, found: str) -> UnreadableFile:
        return UnreadableFile("other", where=where, found=found)

    def too_large(where: str, found: int, most: int, unit: str) -> UnreadableFile:
        return UnreadableFile("too large", where=where, found=f"{found} > {most} {unit}")

    return OfficeFormat(limits, other, other, too_large)


@pytest.mark.parametrize(
    ("limits", "data", "found"),
    [
        (SMALL, packed("a", "b", "c"), "3 > 2 files within it"),
        (SMALL, packed("a", text="x" * 5_001), "5001 > 5000 bytes when unpacked"),
        (SMALL._replace(ratio=20), packed("a", text="x" * 5_000), "> 20 times its size when unpacked"),
    ],
)
def test_a_package_beyond_a_limit_is_refused_before_it_is_unpacked(limits, data, found, monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "read", None)
    with pytest.raises(UnreadableFile, match=found):
        office_format(limits).open(data, "k")


def test_xml_beyond_a_limit_or_with_a_declaration_is_refused():
    with pytest.raises(TooMuchXml) as fault:
        new_parser(b"<a>" + b"x" * 100 + b"</a>", SMALL)
    assert fault.value.args == (107, 100, "bytes of XML")
    with pytest.raises(TooMuchXml) as fault:
        new_parser(b"<a/>" * 4, SMALL)
    assert fault.value.args == (4, 3, "tags of XML")
    data = b"<!DOCTYPE a><a/>"
    with pytest.raises(UnusualPackage, match="a document type declaration"):
        new_parser(data, SMALL).Parse(data, True)


@pytest.mark.parametrize(
    "fault", [MemoryError(), KeyError("x"), UnusualPackage("two sheets"), RecursionError()]
)
def test_every_error_of_a_damaged_package_is_a_refusal_except_a_lack_of_memory(fault):
    def step() -> None:
        raise fault

    error = MemoryError if isinstance(fault, MemoryError) else UnreadableFile
    with pytest.raises(error) as raised:
        office_format().guarded(step, "k")
    if error is UnreadableFile:
        found = "two sheets" if isinstance(fault, UnusualPackage) else type(fault).__name__
        assert str(raised.value) == f"k: other; found a damaged or unusual one ({found})."
