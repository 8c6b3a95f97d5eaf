"""A published text as a PDF of LibreOffice and of Chromium has the same tables as the text.

Without LibreOffice or a browser these tests are skipped, but where REQUIRE_LIBREOFFICE or REQUIRE_BROWSER is
set, as in `.ci/run`.
"""

from __future__ import annotations

import html
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables

pytest.importorskip("pypdfium2")
docx = pytest.importorskip("docx")
RAW = Path(__file__).resolve().parents[2] / "data" / "raw"
TEXT = RAW / "st0792_v1-2_junior_production_coordinator.txt"
SOFFICE = shutil.which("soffice")
COMPARED = {
    "statements": ["code", "kind", "text", "option"],
    "duties": ["code", "text", "option"],
    "duty_ksbs": ["duty_id", "statement_id"],
    "methods": ["method_id", "name"],
    "themes": ["theme_id", "name", "option", "method_id"],
    "theme_ksbs": ["theme_id", "statement_id"],
    "statement_methods": ["statement_id", "method_id"],
    "descriptors": ["theme_id", "grade", "text"],
    "overall_grades": ["position", "method_id", "grade", "overall"],
}


def rows_of(tables, name):
    frame = getattr(tables, name)
    kept = [column for column in COMPARED[name] if column in frame]
    assert len(kept) > 1, (name, list(frame))
    return sorted(map(tuple, frame[kept].astype(str).itertuples(index=False)))


def tables_of(data, name):
    document = replace(bytes_to_document(data, name), document_id="x")
    return parsed_to_tables([parse_document(document)])


def word_bytes(lines, n_columns, path):
    from docx.oxml.ns import qn

    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    columns = word.sections[0]._sectPr.find(qn("w:cols"))
    columns.set(qn("w:num"), str(n_columns))
    columns.set(qn("w:space"), "400")
    word.save(path)


@pytest.fixture(scope="module")
def lines():
    return TEXT.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def expected():
    return tables_of(TEXT.read_bytes(), "k.txt")


@pytest.fixture(scope="module")
def by_libreoffice(lines, tmp_path_factory):
    if not SOFFICE:
        assert not os.environ.get("REQUIRE_LIBREOFFICE"), "LibreOffice is missing"
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("pdf")
    for n_columns in (1, 2):
        word_bytes(lines, n_columns, folder / f"{n_columns}.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, folder.glob("*.docx"))], check=True, capture_output=True, timeout=180)
    return {n_columns: (folder / f"{n_columns}.pdf").read_bytes() for n_columns in (1, 2)}


def test_a_text_in_one_column_by_libreoffice(by_libreoffice, expected):
    tables = tables_of(by_libreoffice[1], "k.pdf")
    assert {name: rows_of(tables, name) for name in COMPARED} == {
        name: rows_of(expected, name) for name in COMPARED
    }
    assert not (tables.findings["severity"] == "error").any()


def test_a_text_in_two_columns_by_libreoffice(by_libreoffice, expected):
    tables = tables_of(by_libreoffice[2], "k.pdf")
    same = ("statements", "duties", "duty_ksbs", "themes", "theme_ksbs", "descriptors", "overall_grades")
    assert {name: rows_of(tables, name) for name in same} == {name: rows_of(expected, name) for name in same}
    # Headings and the names below them fill a narrow column like one paragraph, so that the methods are
    # wrong: the pages of the mapping are named.
    told = tables.findings.loc[tables.findings["severity"] == "error", "rule"]
    assert "uncertain-order" in set(told)


def test_a_page_by_chromium(lines, expected):
    from browser import open_browser

    body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line.strip())
    with open_browser() as browser:
        page = browser.new_page()
        page.set_content(f"<!DOCTYPE html><html lang=en><title>k</title><body>{body}")
        data = page.pdf(tagged=True)
    tables = tables_of(data, "k.pdf")
    assert {name: rows_of(tables, name) for name in COMPARED} == {
        name: rows_of(expected, name) for name in COMPARED
    }
    assert not (tables.findings["severity"] == "error").any()
