"""Codes in the cells of duties and themes are read in every form, or the cell is reported as an error."""

from __future__ import annotations

import io

import docx
import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

KSBS = ("K1: Clay", "K2: Glaze", "K3: Kilns", "S1: Throw a pot", "S2: Trim a pot", "B1: Patient")
READ = {
    "K1-2; S1": "K1 K2 S1",
    "K1, 2, 3": "K1 K2 K3",
    "K 1, K 2": "K1 K2",
    "k1, s1": "K1 S1",
    "K1 + S1": "K1 S1",
    "K1 or K2": "K1 K2",
    "[K1] [K2]": "K1 K2",
    "K1*": "K1",
    "K1,K2,,S1": "K1 K2 S1",
    "K: 1,2; S: 1": "K1 K2 S1",
    "K1 through K3 & S1": "K1 K2 K3 S1",
}
UNREAD = ("All KSBs", "K1, K2 (partly)", "K1-K2, not S1", "1-3", "K1-S2", "K3-K1", "K1, KS2")


def parse(text, name="mine.txt"):
    return parse_document(bytes_to_document(text.encode(), name))


def markdown(cell):
    return parse(
        "# Potter\n\n## Duties\n\n| Duty | KSBs |\n|---|---|\n| Duty 1 Throw. | K1, S1 |\n"
        f"| Duty 2 Fire. | {cell} |\n\n## KSBs\n\n" + "\n".join(f"- {line}" for line in KSBS),
        "mine.md",
    )


def tabs(cell):
    rows = f"Duty\tKSBs\nDuty 1 Throw.\tK1, S1\nDuty 2 Fire.\t{cell}\n"
    return parse(f"Potter\n\nDuties\n{rows}\nKSBs\n" + "\n".join(KSBS))


def page(cell):
    rows = "".join(
        f"<tr><td>{duty}</td><td>{codes}</td></tr>"
        for duty, codes in (("Duty", "KSBs"), ("Duty 1 Throw.", "K1, S1"), ("Duty 2 Fire.", cell))
    )
    ksbs = "".join(f"<p>{line}</p>" for line in KSBS)
    return parse(f"<h2>Duties</h2><table>{rows}</table><h2>KSBs</h2>{ksbs}", "mine.html")


def word(cell):
    document = docx.Document()
    document.add_paragraph("Duties")
    table = document.add_table(3, 2)
    for row, texts in enumerate((("Duty", "KSBs"), ("Duty 1 Throw.", "K1, S1"), ("Duty 2 Fire.", cell))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("KSBs")
    for line in KSBS:
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return parse_document(bytes_to_document(stream.getvalue(), "mine.docx"))


def codes_of(one, duty="D2"):
    return " ".join(row.code for row in one.rows.duty_ksbs if row.duty == duty)


def errors(one):
    return [row.message for row in one.findings if row.severity == "error"]


@pytest.mark.parametrize("read", [markdown, tabs, page, word])
@pytest.mark.parametrize(("cell", "codes"), READ.items())
def test_codes_in_a_cell_of_a_duty_are_read_in_every_form(read, cell, codes):
    one = read(cell)
    assert codes_of(one) == codes
    assert [row for row in one.findings if row.severity != "note"] == []


@pytest.mark.parametrize("read", [markdown, tabs, page, word])
@pytest.mark.parametrize("cell", UNREAD)
def test_a_cell_that_cannot_be_read_is_an_error_that_names_it_and_its_duty(read, cell):
    one = read(cell)
    assert codes_of(one) == ""
    assert [message.split(". ")[0] for message in errors(one)] == [
        f"the cell “{cell}” of the column “KSBs” cannot be read as codes: D2 has no KSB from it"
    ]


def test_the_names_of_kinds_above_codes_in_a_cell_are_no_codes():
    one = page("Knowledge:<br>K1, K2<br>Skills:<br>S1")
    assert codes_of(one) == "K1 K2 S1"
    assert errors(one) == []


def test_what_is_below_ksbs_is_an_error_even_where_most_cells_hold_no_codes():
    one = tabs("See annex\nDuty 3 Sell.\tTBC\nDuty 4 Clean.\t-")
    assert [codes_of(one, duty) for duty in ("D1", "D2", "D3", "D4")] == ["K1 S1", "", "", ""]
    assert [message.split(" of ")[0] for message in errors(one)] == [
        "the cell “See annex”",
        "the cell “TBC”",
    ]


def test_a_range_over_lines_of_a_cell_is_one_range():
    assert codes_of(page("K1-<br>K3")) == codes_of(page("K1<br>to<br>K3")) == "K1 K2 K3"
    assert codes_of(page("S1, K1 –<br>K3")) == "S1 K1 K2 K3"


def test_columns_of_kinds_with_one_unclear_cell_keep_the_others():
    one = parse(
        "Duty\tKnowledge\tSkills\nDuty 1 Throw.\t1-2\t1\nDuty 2 Fire.\tall\t2\nDuty 3 Sell.\tK3?\tS1\n\n"
        "KSBs\n" + "\n".join(KSBS)
    )
    assert [codes_of(one, duty) for duty in ("D1", "D2", "D3")] == ["K1 K2 S1", "S2", "S1"]
    assert [message[:26] for message in errors(one)] == [
        "the cell “all” of the colu",
        "the cell “K3?” of the colu",
    ]


def below(*lines):
    return parse(
        "Potter\n\nDuties\nDuty 1: Throw.\nS1\nDuty 2: Fire.\n" + "\n".join((*lines, "", "KSBs", *KSBS))
    )


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (["K1-", "K3", "S1"], "K1 K2 K3 S1"),
        (["K1", "to", "K3"], "K1 K2 K3"),
        (["KSBs: K1 to", "K3, S2"], "K1 K2 K3 S2"),
        (["K1-2; S1"], "K1 K2 S1"),
    ],
)
def test_lists_of_codes_below_a_duty(lines, codes):
    one = below(*lines)
    assert codes_of(one) == codes
    assert errors(one) == []


@pytest.mark.parametrize("line", ["K1-S2", "K3 to K1", "K1, all S", "All KSBs"])
def test_a_list_below_a_duty_that_cannot_be_read_is_an_error(line):
    (message,) = errors(below(line))
    assert message.startswith(f"“{line}” ")


def themes(cell):
    return parse(
        "# Potter\n\nAssessment plan\n\n## Grading\n\n| Theme | KSBs | Pass |\n|---|---|---|\n"
        f"| Firing | {cell} | Fires a pot. |\n| Throwing | K1, S1 | Throws a pot. |\n\n## KSBs\n\n"
        + "\n".join(f"- {line}" for line in KSBS),
        "mine.md",
    )


def test_codes_in_a_cell_of_a_theme():
    one = themes("K1-2; S1")
    assert one.themes[0].codes == ("K1", "K2", "S1")
    assert errors(one) == []
    assert errors(themes("All K, S1"))[0].startswith(
        "the cell “All K, S1” of the column “KSBs” cannot be read as codes: “Firing” has no KSB from it"
    )
