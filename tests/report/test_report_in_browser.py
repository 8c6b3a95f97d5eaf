"""The report in a browser, opened as a file: search, sort, filters, links, keys, print, and no network."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

import curriculum as cu
from browser import WIDTHS, violations_of
from made_up_standards import Standard, to_record


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.html"
    cu.Project("data").link("st0792-1.0", "st0792-1.2").report(path, date="30 November 2026")
    assert path.stat().st_size < 2_000_000
    return path.as_uri()


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.faults, page.asked = [], []
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(address)
    yield page
    assert page.faults == []
    assert {url.partition("#")[0] for url in page.asked} == {address}
    context.close()


def rows_of(page, section, column=0):
    cells = page.locator(f"#{section} tbody tr:visible > :nth-child({column + 1})")
    return cells.all_inner_texts()


@pytest.mark.parametrize(("width", "height"), WIDTHS)
def test_no_rule_of_accessibility_is_broken_and_nothing_is_cut_off(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_no_rule_of_accessibility_is_broken_by_what_can_be_opened(browser, tmp_path):
    path = cu.example().link("st9901-1.0", "st9901-1.1").report(tmp_path / "report.html")
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert violations_of(page) == []
    page.close()


def test_wordings_are_wide_enough_to_read(page):
    for wording in page.locator("#crosswalk thead .wording, #worklist thead .wording").all():
        assert wording.bounding_box()["width"] >= 240


def test_a_search_shows_the_rows_with_all_its_words(page):
    page.locator("#worklist input[type=search]").fill("safe guarding")
    assert rows_of(page, "worklist") == ["K17"]
    assert page.locator("#worklist [role=status]").inner_text() == "1 of 56 rows"
    page.locator("#worklist input[type=search]").fill("")
    assert len(rows_of(page, "worklist")) == 56


def test_filters_select_by_one_of_several_codes(page):
    page.locator("#worklist label", has_text="duties").locator("select").select_option("D9")
    duties = rows_of(page, "worklist", 7)
    assert duties
    assert all("D9" in cell.split(", ") for cell in duties)
    page.locator("#worklist label", has_text="action").locator("select").select_option("teach anew")
    assert rows_of(page, "worklist") == ["K17", "K22"]


def test_a_click_on_a_heading_sorts_codes_as_people_count(page):
    heading = page.locator("#crosswalk thead th").nth(0)
    before = rows_of(page, "crosswalk")
    heading.get_by_role("button").click()
    codes = rows_of(page, "crosswalk")
    assert codes == sorted(before, key=lambda code: (code[0], int(code[1:])))
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.get_by_role("button").press("Enter")
    assert heading.get_attribute("aria-sort") == "descending"
    assert rows_of(page, "crosswalk") == codes[::-1]
    heading.get_by_role("button").press("Enter")
    assert rows_of(page, "crosswalk") == before
    assert heading.get_attribute("aria-sort") is None


def test_numbers_are_sorted_by_their_value(page):
    heading = page.locator("#crosswalk thead th", has_text="confidence").get_by_role("button")
    heading.click()
    values = [float(text) for text in rows_of(page, "crosswalk", 6)]
    assert values == sorted(values)
    assert len(set(values)) > 15


def test_a_link_to_a_statement_shows_it_even_if_it_is_filtered_out(page, address):
    page.locator("#worklist input[type=search]").fill("nothing has these words")
    assert rows_of(page, "worklist") == []
    page.goto(f"{address}#st0792-1.2:K9")
    target = page.locator('[id="st0792-1.2:K9"]')
    assert target.inner_text() == "K9"
    assert page.evaluate(
        "(id) => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight }",
        "st0792-1.2:K9",
    )


def test_keys_reach_the_tools_and_the_folded_rows(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.locator("#crosswalk input[type=search]").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Show all 59 rows":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Fold the table"
    box = page.locator("#crosswalk .folded")
    assert box.evaluate("(one) => one.scrollHeight <= one.clientHeight + 2")


def test_why_opens_with_the_scores_and_the_candidates(page):
    row = page.locator("#crosswalk tbody tr", has=page.locator('[id="st0792-1.0:K9"]'))
    row.locator("summary").click()
    text = row.locator("details").inner_text()
    assert "clause meaning" in text
    assert "Other candidates: K12" in text


def test_print_shows_all_rows_and_no_tools(page):
    page.emulate_media(media="print")
    assert not page.locator(".tools").first.is_visible()
    assert page.locator("#crosswalk .folded").evaluate("(one) => one.scrollHeight <= one.clientHeight + 2")
    assert not page.locator("#crosswalk summary").first.is_visible()


def test_without_scripts_every_row_is_there_and_no_tool(browser, address):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#worklist tbody tr").count() == 56
    assert page.locator(".tools").count() == 0
    context.close()


def test_a_phone_shows_each_row_as_a_block_with_its_headings(page):
    page.set_viewport_size({"width": 390, "height": 844})
    first = page.locator("#worklist tbody tr").first
    boxes = [cell.bounding_box() for cell in first.locator(":scope > *").all() if cell.is_visible()]
    for above, below in pairwise(boxes):
        assert below["y"] >= above["y"] + above["height"] - 1
    heading = "(one) => getComputedStyle(one, '::before').content"
    assert first.locator("td.wording").first.evaluate(heading) == '"wording: "'


def test_a_phone_hides_the_rows_that_a_filter_or_a_search_leaves_out(page):
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#worklist select").first.select_option("keep")
    assert page.locator("#worklist [role=status]").inner_text() == "1 of 56 rows"
    assert [row.split()[-1] for row in rows_of(page, "worklist")] == ["S23"]


def test_a_search_finds_what_is_shown_and_not_the_words_of_each_reason(page):
    search = page.locator("#crosswalk input[type=search]")
    search.fill("clause meaning")
    assert rows_of(page, "crosswalk") == []
    # "Why" stands above each reason, and in one wording.
    search.fill("why")
    assert rows_of(page, "crosswalk") == ["K17"]


def test_an_address_that_is_no_address_is_no_fault(page, address):
    page.goto(f"{address}#100%")
    page.reload()
    assert page.evaluate("location.hash") == "#100%"


def test_an_option_whose_title_has_a_comma_is_one_filter_and_sixty_duties_can_be_chosen(browser, tmp_path):
    options = ("Boats, mixed", "Cranes, mixed")
    standard = Standard("ST9807", "Yard technician", "3", {"K": 30, "S": 40}, options, 60)
    for name in ("old", "new"):
        (tmp_path / f"{name}.json").write_bytes(to_record(standard))
    new = cu.read(tmp_path / "new.json", document_id="new")
    path = cu.link(cu.read(tmp_path / "old.json"), new).report(tmp_path / "report.html")
    page = browser.new_page()
    page.goto(path.as_uri())
    choices = page.locator("#worklist label", has_text="option").locator("option").all_inner_texts()
    assert choices == ["all", "Boats, mixed", "core", "Cranes, mixed"]
    page.locator("#crosswalk label", has_text="duties").locator("select").select_option("D1")
    duties = page.locator('#crosswalk tbody tr:visible [data-heading="duties"]').all_inner_texts()
    assert duties
    assert all("D1" in cell.split(", ") for cell in duties)
    assert len(page.locator("#crosswalk label", has_text="duties").locator("option").all()) == 61
    page.close()


def test_negative_numbers_are_sorted_by_their_value(browser):
    frame = pd.DataFrame({"csls_score": [0.1, -0.05, -3.0, 12.5, float("nan"), -0.5]})
    page = browser.new_page()
    page.set_content(cu.show(frame)._repr_html_())
    page.locator("thead button").click()
    assert page.locator("tbody td").all_inner_texts() == ["-3.00", "-0.50", "-0.05", "0.10", "12.50", ""]
    page.locator("thead button").click()
    assert page.locator("tbody td").all_inner_texts() == ["12.50", "0.10", "-0.05", "-0.50", "-3.00", ""]
    page.close()


def test_a_very_long_word_does_not_push_the_other_wording_out_of_sight(browser, tmp_path):
    address = f"https://example.org/{'a' * 400}"
    for name in ("old", "new"):
        frame = pd.DataFrame(
            {"code": ["K1", "K2"], "text": [f"Read the {name} page {address}", "Sort the mail"]}
        )
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    crosswalk = cu.link(cu.read(tmp_path / "old.csv"), cu.read(tmp_path / "new.csv"))
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(crosswalk.report(tmp_path / "report.html").as_uri())
    for section in ("worklist", "crosswalk"):
        box = page.locator(f"#{section} .scroll")
        assert box.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    page.close()


def test_a_search_for_a_code_finds_this_code_alone(page):
    page.locator("#codes input[type=search]").fill("k1")
    assert rows_of(page, "codes") == ["K1"]
    page.locator("#codes input[type=search]").fill("K33")
    assert rows_of(page, "codes") == ["K33"]


def test_the_graph_is_as_wide_as_the_paper_in_print(page):
    page.set_viewport_size({"width": 680, "height": 960})
    page.emulate_media(media="print")
    graph, paper = (page.locator(name).bounding_box()["width"] for name in (".graph svg", "main"))
    assert graph <= paper
