"""Standards that LibreOffice saved as OpenDocument text and as RTF: the same rows as from Word and from text.

Without LibreOffice these tests are skipped, but where REQUIRE_LIBREOFFICE is set, as it is in `.ci/run`.
"""

from __future__ import annotations

import functools
import io
import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.documents.register import folder_to_documents
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables
from made_up_standards import STANDARDS, to_word
from word_lists import LISTED, list_word

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
SOFFICE, WRITER = shutil.which("soffice"), shutil.which("lowriter")
pytestmark = pytest.mark.skipif(
    not WRITER and not os.environ.get("REQUIRE_LIBREOFFICE"), reason="LibreOffice Writer is not installed"
)
IDS = ("nos-2017", "nos-2019", "draft-2019", "st0792-1.0", "st0792-1.2")
ENDINGS = ("odt", "rtf")
# Where a row was read, and from what, differs from file to file.
OF_THE_FILE = frozenset(("source_path", "sha256", "encoding", "n_lines", "first_line", "last_line", "lines"))


def lines_to_word(lines):
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Save all files as Word files, and let LibreOffice save them in each form."""
    assert SOFFICE
    made = tmp_path_factory.mktemp("word")
    texts = {document.document_id: document.lines for document in folder_to_documents(RAW)}
    for name in IDS:
        (made / f"{name}.docx").write_bytes(lines_to_word(texts[name]))
    for name, standard in STANDARDS.items():
        (made / f"{name.replace(' ', '_')}.docx").write_bytes(to_word(standard))
    (made / "lists.docx").write_bytes(list_word())
    for name, write in LISTED.items():
        (made / f"{name}.docx").write_bytes(write())
    profile = f"-env:UserInstallation=file://{made}/profile"
    for ending in ENDINGS:
        names = [str(path) for path in sorted(made.glob("*.docx"))]
        command = [SOFFICE, profile, "--headless", "--convert-to", ending, "--outdir", str(made), *names]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return made


@functools.cache
def parsed_from(path):
    return parse_document(bytes_to_document(path.read_bytes(), f"mine{path.suffix}"))


def rows(parsed, name):
    frame = getattr(parsed_to_tables([parsed]), name)
    columns = [column for column in frame.columns if column not in OF_THE_FILE]
    return frame[columns].to_dict("records")


NAMES = ("statements", "occurrences", "duties", "duty_ksbs", "methods", "themes", "theme_ksbs", "descriptors")
MORE = ("descriptor_ksbs", "overall_grades", "statement_methods", "details", "documents", "sections")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("name", [*IDS, *(shape.replace(" ", "_") for shape in STANDARDS)])
def test_a_standard_has_the_same_rows_as_from_word(folder, name, ending):
    word, other = (parsed_from(folder / f"{name}.{form}") for form in ("docx", ending))
    for table in (*NAMES, *MORE):
        assert rows(other, table) == rows(word, table), table
    assert len(other.statements) > 10
    told = [[row.rule for row in parsed.findings] for parsed in (word, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize("ending", ENDINGS)
def test_labels_bold_text_and_merged_cells_are_those_of_word(folder, ending):
    word, other = (parsed_from(folder / f"lists.{form}").document for form in ("docx", ending))
    shown = [[line for line in document.lines if line] for document in (word, other)]
    assert shown[0] == shown[1]
    assert shown[1][:8] == [
        "Knowledge",
        "K1: How hemp is spun",
        "1.a rye",
        "1.b oats",
        "K2: Ropes of old",
        "between",
        "K3: How tar is kept",
        "• tidy",
    ]
    assert list(word.headings.values()) == list(other.headings.values()) == [1]
    places = [
        [
            (row.row, row.column, row.n_rows, row.n_columns, [line.text for line in row.lines])
            for row in found.cells
        ]
        for found in (word, other)
    ]
    assert places[0] == places[1]
    bold = [
        [document.lines[row.line - 1][row.start : row.end] for row in document.markup.bold]
        for document in (word, other)
    ]
    assert bold[0] == bold[1] == ["Ropes of old"]
    assert other.markup.page_heads == ("Rope maker, version: 1.3",)


def shown_lines(parsed):
    return [line for line in parsed.lines if line]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("three_lists", ["K1:", "K2:", "K3:", "S1:", "S2:", "B1:", "K4:", "S3:", "K5:", "B2:"]),
        ("cells_of_codes", ["K1", "K2", "K3"]),
        ("restarted", ["S1.", "S2.", "S1.", "S2.", "S7.", "S8.", "S9."]),
        ("styled", ["III)", "IV)", "V)", "VI)"]),
    ],
)
def test_labels_are_counted_as_word_does(folder, name, labels, ending):
    texts = [bytes_to_document((folder / f"{name}.{form}").read_bytes(), "mine") for form in ("docx", ending)]
    word, other = map(shown_lines, texts)
    assert other == word
    found = [line.removesuffix("wording").strip() for line in other if line.endswith("wording")]
    assert (found or [line for line in other if len(line) == 2]) == labels
