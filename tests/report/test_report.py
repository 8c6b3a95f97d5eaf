"""The report: what it shows of a pair, where its links lead, and that texts stay texts."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from openpyxl import load_workbook

import curriculum as cu
from curriculum.errors import InvalidInput, UnsupportedFormat, UnwritableOutput
from curriculum.report.report_tables import old_codes_to_table
from figure_standards import crosswalk_of

HOSTILE = "=cmd|'/C calc'!A0 <script>alert(1)</script> & “quotes”"


class Reader(HTMLParser):
    """The ids, links, headings and tables of a page; its tables as rows of texts, by their section."""

    def __init__(self, page):
        super().__init__()
        self.ids, self.targets, self.tags, self.sections = [], [], [], {}
        self.section, self.in_summary = "", 0
        self.feed(page.decode("utf-8"))

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        self.tags.append(tag)
        self.ids += [values["id"]] if "id" in values else []
        if tag == "a":
            self.targets.append(values["href"])
        if tag == "section":
            self.section = values["id"]
            self.sections[self.section] = []
        if tag == "tr":
            self.sections[self.section].append([])
        if tag in {"td", "th"}:
            self.sections[self.section][-1].append("")
        if tag == "details":
            self.in_summary += 1

    def handle_endtag(self, tag):
        if tag == "details":
            self.in_summary -= 1

    def handle_data(self, data):
        rows = self.sections.get(self.section) or []
        if rows and rows[-1] and not self.in_summary and self.lasttag not in {"style", "script"}:
            rows[-1][-1] = f"{rows[-1][-1]} {data.strip()}".strip()


@pytest.fixture(scope="module")
def example():
    return cu.example()


@pytest.fixture(scope="module")
def crosswalk(example):
    return example.link("st9901-1.0", "st9901-1.1")


@pytest.fixture(scope="module")
def page(crosswalk, tmp_path_factory):
    path = crosswalk.report(tmp_path_factory.mktemp("report") / "report.html", date="30 November 2026")
    return path.read_bytes()


def test_each_statement_of_both_versions_has_a_place_and_all_links_lead_to_one(page, crosswalk):
    reader = Reader(page)
    assert len(reader.ids) == len(set(reader.ids))
    statements = crosswalk.tables.statements
    assert set(statements["statement_id"]) <= set(reader.ids)
    assert {target.removeprefix("#") for target in reader.targets} <= set(reader.ids)


def test_the_worklist_of_the_page_is_that_of_the_crosswalk(page, crosswalk):
    header, *rows = Reader(page).sections["worklist"]
    worklist = crosswalk.worklist()
    assert header[:4] == ["code", "action", "wording", "reason"]
    assert [row[0] for row in rows] == worklist["code"].tolist()
    assert [row[1].split(" ", 1)[1] for row in rows] == worklist["action"].tolist()
    assert [row[2:4] for row in rows] == worklist[["text", "reason"]].to_numpy().tolist()


def test_each_link_is_in_the_table_with_both_wordings(page, crosswalk):
    header, *rows = Reader(page).sections["crosswalk"]
    links = crosswalk.table[(crosswalk.table[["subject_id", "object_id"]] != "sssom:NoTermFound").all(axis=1)]
    links = links[links["subject_category"] != "duty"]
    assert header[:4] == ["old", "old wording", "new", "new wording"]
    shown = [(row[0], row[1], row[2], row[3]) for row in rows]
    codes = links[["subject_id", "object_id"]].map(lambda name: name.rpartition(":")[2])
    expected = zip(
        codes["subject_id"], links["subject_label"], codes["object_id"], links["object_label"], strict=True
    )
    assert shown == [tuple(" ".join(text.split()) for text in row) for row in expected]


def test_a_code_and_its_wording_are_two_words_when_they_are_read_aloud_or_copied(page):
    assert b'<b class="code">D1</b> Show the light' in page


def test_what_has_no_counterpart_comes_with_its_candidates(page, crosswalk):
    _, *rows = Reader(page).sections["no-counterpart-found"]
    known = crosswalk.without_counterpart()
    assert sorted(row[0] for row in rows) == sorted(known["code"])
    by_code = {row[0]: row for row in rows}
    for code, likeliest in zip(known["code"], known["likeliest"], strict=True):
        assert likeliest in by_code[code][2]


def test_duties_without_a_counterpart_are_shown_too(tmp_path):
    crosswalk = cu.Project("data").link("draft-2019", "st0792-1.2")
    reader = Reader(crosswalk.report(tmp_path / "report.html").read_bytes())
    assert [row[0] for row in reader.sections["duties-no-counterpart-found"][1:]] == ["D6"]
    assert set(crosswalk.tables.duties["duty_id"]) <= set(reader.ids)


def test_a_new_duty_is_in_a_section_of_its_own(page):
    reader = Reader(page)
    assert [row[0] for row in reader.sections["duties-new"][1:]] == ["D5"]
    assert "D5" not in [row[0] for row in reader.sections["new"]]


def test_the_head_has_the_headline_the_versions_and_the_date(page, crosswalk):
    text = page.decode("utf-8")
    assert f'<p class="headline">{crosswalk.headline()}</p>' in text
    assert '<p class="about">Date: 30 November 2026</p>' in text
    assert "Old: st9901-1.0 (" in text
    sha256 = crosswalk.tables.documents.set_index("document_id").loc["st9901-1.1", "sha256"]
    assert sha256 in text


def test_the_page_loads_nothing_and_has_one_script(page):
    reader = Reader(page)
    assert not {"img", "link", "iframe", "object", "form", "base"} & set(reader.tags)
    assert reader.tags.count("script") == 1
    assert all(target.startswith("#") for target in reader.targets)
    # The name of SVG is an address, and is not asked for.
    text = page.split(b"<script>")[0].replace(b'xmlns="http://www.w3.org/2000/svg"', b"").replace(b"</", b"")
    for word in (b"http:", b"https:", b"url(", b"@import", b"//"):
        assert word not in text


def test_the_same_crosswalk_gives_the_same_bytes(crosswalk, tmp_path):
    for name in ("report.html", "report.xlsx"):
        first = crosswalk.report(tmp_path / name).read_bytes()
        assert crosswalk.report(tmp_path / name).read_bytes() == first
        assert not (tmp_path / f"{name}.previous").exists()


@pytest.fixture
def hostile(tmp_path):
    for name, text in (("old", HOSTILE), ("new", f"{HOSTILE} again")):
        frame = pd.DataFrame({"code": ["K1", "S1"], "text": [text, f"Trim hooves {name}"]})
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    return cu.link(cu.read(tmp_path / "old.csv"), cu.read(tmp_path / "new.csv"))


def test_markup_and_formulas_in_a_statement_stay_text(hostile, tmp_path):
    page = hostile.report(tmp_path / "report.html").read_bytes()
    assert page.count(b"<script") == 1
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in page
    book = load_workbook(hostile.report(tmp_path / "report.xlsx"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [cell for cell in cells if str(cell.value).startswith("=cmd")]


@pytest.mark.parametrize(
    "text", ["Weld _x000D_ {} by hand", "<r>Weld _x0041_ {} by hand", "👍" * 17_000 + " {}"]
)
def test_a_wording_that_a_workbook_writes_in_another_way_is_read_as_it_was(tmp_path, text):
    for name, thing in (("old", "pipes"), ("new", "plates")):
        frame = pd.DataFrame({"code": ["K1", "K2"], "text": [text.format(thing), "Sort the mail"]})
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    crosswalk = cu.link(cu.read(tmp_path / "old.csv"), cu.read(tmp_path / "new.csv"))
    sheet = load_workbook(crosswalk.report(tmp_path / "report.xlsx"))["Statements"]
    wordings = {cell.value for cell in sheet["B"]} | {cell.value for cell in sheet["D"]}
    # Excel keeps 32,767 characters in a cell, and counts each of these pictures as two.
    assert {text.format("pipes")[:16_383], text.format("plates")[:16_383]} <= wordings


def test_the_workbook_begins_with_the_worklist_and_leaves_room_for_the_reader(crosswalk, tmp_path):
    book = load_workbook(crosswalk.report(tmp_path / "report.xlsx"))
    assert book.sheetnames[:3] == ["About", "Worklist", "Statements"]
    assert {"By duty", "By theme", "Sources"} <= set(book.sheetnames)
    methods = [row[0] for row in book["Assessment"].iter_rows(min_row=2, values_only=True)]
    assert methods == crosswalk.impact().assessment["method"].tolist()
    assert book.active.title == "Worklist"
    header, *rows = book["Worklist"].iter_rows(values_only=True)
    worklist = crosswalk.worklist()
    assert header[:4] == ("action", "code", "kind", "wording")
    assert header[-4:] == ("who", "by when", "done", "notes")
    assert [row[:4] for row in rows] == [
        tuple(row) for row in worklist[["action", "code", "kind", "text"]].to_numpy().tolist()
    ]
    assert not any(any(row[-4:]) for row in rows)


def test_what_a_person_decided_is_shown_as_that(tmp_path):
    project = cu.Project("data", decisions="examples/decisions")
    crosswalk = project.link("st0792-1.0", "st0792-1.2")
    text = crosswalk.report(tmp_path / "report.html").read_text(encoding="utf-8")
    assert "Decided by " in text
    decided = crosswalk.table.query("reviewer_label != ''").iloc[0]
    assert f"Decided by {decided['reviewer_label']}, {decided['review_date']}" in text


@pytest.mark.parametrize("name", ["report.pdf", "report"])
def test_another_ending_is_refused_before_anything_is_written(crosswalk, tmp_path, name):
    with pytest.raises(UnsupportedFormat, match=r"not a format of reports; expected \.html, \.xlsx"):
        crosswalk.report(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_page_of_another_program_is_not_replaced(crosswalk, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<!DOCTYPE html>\n<html>mine</html>", encoding="utf-8")
    with pytest.raises(UnwritableOutput, match="a file that curriculum report has not written"):
        crosswalk.report(path)
    assert "mine" in path.read_text(encoding="utf-8")


def test_a_workbook_that_a_person_filled_in_is_kept(crosswalk, tmp_path):
    path = crosswalk.report(tmp_path / "report.xlsx")
    book = load_workbook(path)
    book["Worklist"].cell(2, book["Worklist"].max_column, "Sam does this")
    book.save(path)
    with pytest.raises(UnwritableOutput, match="a workbook that a person has worked on"):
        crosswalk.report(path)


def test_a_composed_crosswalk_has_no_report(crosswalk, tmp_path):
    with pytest.raises(InvalidInput, match="a composed crosswalk has no report"):
        cu.compose(crosswalk, cu.invert(crosswalk)).report(tmp_path / "report.html")


def test_columns_that_are_empty_everywhere_are_left_out(hostile, tmp_path):
    reader = Reader(hostile.report(tmp_path / "report.html").read_bytes())
    assert {"duties", "themes", "methods", "option"}.isdisjoint(reader.sections["worklist"][0])


def test_the_numbers_say_when_each_action_is_chosen_and_name_only_what_is_listed(page, hostile, tmp_path):
    header, *rows = Reader(page).sections["summary"]
    assert header == ["action", "statements and duties", "when"]
    assert [row[0] for row in rows] == ["● teach anew", "◕ rewrite", "◐ check", "◔ adjust", "○ keep"]
    assert rows[0][2] == "no old statement was found"
    without_duties = Reader(hostile.report(tmp_path / "report.html").read_bytes())
    assert without_duties.sections["summary"][0][1] == "statements"


def test_the_head_says_how_a_link_is_corrected(page):
    assert "in the workbook that the command “review export” writes" in page.decode("utf-8")


def test_the_columns_of_the_crosswalk_are_explained(page):
    text = page.decode("utf-8").partition('<section id="crosswalk">')[2].partition("<table")[0]
    assert "<dt>relation</dt><dd>same: the new one says the same (exactMatch). close: " in text
    for name in ("confidence", "look needed", "change", "Why"):
        assert f"<dt>{name}</dt>" in text


def test_one_word_says_that_a_person_has_to_look(page):
    sections = Reader(page).sections
    assert "look needed" in sections["crosswalk"][0]
    assert "look needed" in sections["by-kind"][0]
    assert "waiting" not in sections["by-kind"][0]


def test_the_name_of_an_option_stands_once(tmp_path):
    crosswalk = cu.Project("data").link("st0792-1.0", "st0792-1.2")
    rows = Reader(crosswalk.report(tmp_path / "report.html").read_bytes()).sections["by-option"]
    assert [row[0] for row in rows[1:]] == ["core", "Production coordinator", "Post production coordinator"]


def test_the_workbook_has_the_headings_of_the_page(crosswalk, tmp_path):
    book = load_workbook(crosswalk.report(tmp_path / "report.xlsx"))
    header = [cell.value for cell in book["By duty"][1]]
    assert header[-2:] == ["look needed", "new"]
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True) if row[0]}
    assert "to look at" in about
    assert about["candidates"].startswith("Two sheets have the five likeliest counterparts")


def test_the_findings_are_those_of_check(crosswalk, example, tmp_path):
    page = crosswalk.report(tmp_path / "report.html").read_bytes()
    rows = Reader(page).sections["findings"][1:]
    checked = example.check(["st9901-1.0", "st9901-1.1"])
    assert [[row[0], row[1]] for row in rows] == checked[["document_id", "rule"]].values.tolist()
    assert ("st9901-1.1", "core-under-option") in {(row[0], row[1]) for row in rows}


def test_each_old_code_has_a_row_with_its_new_codes(page, crosswalk):
    header, *rows = Reader(page).sections["codes"]
    assert header == ["old code", "new codes", "what became of it", "look needed", "old wording"]
    statements = crosswalk.tables.statements
    assert [row[0] for row in rows] == statements.query("document_id == 'st9901-1.0'")["code"].tolist()
    by_code = {row[0]: row for row in rows}
    assert by_code["K8"] == [
        "K8",
        "K9",
        "reworded; narrowed; renumbered",
        "no",
        "Signs of wear, corrosion, damp and storm damage in a tower.",
    ]
    without = set(crosswalk.without_counterpart()["code"])
    assert {code for code, row in by_code.items() if not row[1]} == without
    assert {by_code[code][2] for code in without} == {"no counterpart found"}


def test_a_report_of_150_statements_is_smaller_than_two_megabytes(tmp_path):
    path = crosswalk_of(150).report(tmp_path / "report.html")
    assert path.stat().st_size < 2_000_000


def test_a_related_statement_takes_no_place_of_an_old_one():
    row = {
        "subject_id": "a:K9",
        "subject_label": "Dry hay",
        "object_id": "b:K6",
        "predicate_id": "skos:relatedMatch",
        "change": "reworded; renumbered",
        "band": "accept",
    }
    close = {**row, "object_id": "b:K7", "predicate_id": "skos:closeMatch", "change": "reworded"}
    texts = [
        [cell.text or ", ".join(link.text for link in cell.links) for cell in line]
        for rows in ([row], [row, close])
        for line in old_codes_to_table(pd.DataFrame(rows)).rows
    ]
    assert texts == [
        ["K9", "", "only related, nothing takes its place", "no", "Dry hay"],
        ["K9", "K7", "reworded", "no", "Dry hay"],
    ]
