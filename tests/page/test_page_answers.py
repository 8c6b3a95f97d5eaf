"""Answers on the page: what a choice writes, the keys, undo, and what the browser keeps."""

from __future__ import annotations

import pytest

from browser import violations_of
from page_mock import CARDS, mock_worker
from page_server import MOCK_PATIENCE, REST, choose, open_page, page_assets, served, texts

TRACKER = {"name": "tracker.csv", "mimeType": "text/csv", "buffer": b"Learner,Codes\nAnn,K1\n"}
KEPT = "() => Object.keys(localStorage).filter((key) => key.includes('answers'))"


@pytest.fixture(scope="module")
def mock(browser):
    """A browser with nothing kept, and the address of the page with made-up results."""
    with served({**page_assets(), "worker.js": mock_worker(), "service-worker.js": b""}) as address:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        yield context, address
        context.close()


@pytest.fixture
def page(mock):
    context, address = mock
    page = open_page(context, address, MOCK_PATIENCE)
    choose(page, TRACKER)
    yield page
    for opened in context.pages:
        opened.evaluate("localStorage.clear()")
        opened.close()


def sign(page):
    page.fill("#reviewer", "AB")
    page.fill("#day", "2026-11-30")
    page.focus("#card-heading")


def answers_on(page):
    """Give the answers as a person would write them into the sheet."""
    every = page.evaluate("allAnswers()")
    return [
        (row["old_code"], row["new_code"], row["decision"], row["reviewer"], row["date"]) for row in every
    ]


@pytest.mark.parametrize(
    ("kind", "codes", "proposed", "decisions"),
    [
        ("accept", ["K3"], ["K3"], ["accept"]),
        ("accept", ["K3", "S2"], ["K3", "S2"], ["accept", "accept"]),
        ("withdrawn", [], ["K3", "S2"], ["withdrawn", "withdrawn"]),
        ("not a code", [], [""], ["not a code"]),
        ("codes", ["S1"], ["K3"], ["S1"]),
        ("codes", ["K3"], ["K3"], ["accept"]),
        ("codes", ["K3", "S1"], ["K3"], ["K3 & S1"]),
        ("codes", ["K3"], ["K3", "S2"], ["accept", "reject"]),
        ("codes", ["S2"], ["K3", "S2"], ["reject", "accept"]),
        ("codes", ["S1"], ["K3", "S2"], ["S1", "reject"]),
        ("codes", ["S2", "S1"], ["K3", "S2"], ["S1", "accept"]),
        ("codes", ["S1", "S2"], [""], ["S1 & S2"]),
    ],
)
def test_a_choice_writes_a_decision_on_each_row(choices, kind, codes, proposed, decisions):
    made = choices.evaluate(
        "([choice, proposed]) => choiceToDecisions(choice, proposed)",
        [{"kind": kind, "codes": codes}, proposed],
    )
    assert made == decisions


@pytest.fixture(scope="module")
def choices(mock):
    """The scripts of the page without a file."""
    context, address = mock
    with context.browser.new_page() as page:
        page.goto(address)
        yield page


@pytest.mark.parametrize(
    ("text", "codes", "others"),
    [
        ("k3", ["K3"], []),
        ("K3 & s2", ["K3", "S2"], []),
        ("K3, S2; K3", ["K3", "S2"], []),
        ("K3 and S9", ["K3"], ["S9"]),
        ("", [], []),
    ],
)
def test_written_codes_are_checked(choices, text, codes, others):
    found = choices.evaluate("(text) => textToCodes(text, new Map([['K3'], ['S2']]))", text)
    assert found == {"codes": codes, "others": others}


def test_a_statement_is_found_by_its_words(choices):
    statements = [
        {"code": "K3", "wording": "Bake rolls"},
        {"code": "S1", "wording": "Sell bread"},
    ]
    found = choices.evaluate("(all) => findStatements('BREAD sell', all).map((one) => one.code)", statements)
    assert found == ["S1"]


def test_the_code_with_the_most_cells_comes_first(page):
    assert [text.split()[0] for text in texts(page, "#cards li")] == ["K1", "K2", "K60", "S1"]
    assert page.inner_text("#decided") == "0 of 4 codes decided, 16 cells wait"


def test_the_list_of_codes_can_be_skipped_with_the_keyboard(page):
    page.focus(".list .skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card-heading"


def test_initials_are_asked_once_and_the_answer_waits_for_them(page):
    page.click(".way >> nth=0")
    assert "Write your initials first" in page.inner_text("#reviewer-fault")
    assert page.evaluate("document.activeElement.id") == "reviewer"
    page.fill("#day", "2026-11-30")
    page.focus("#reviewer")
    page.keyboard.type("AB")
    page.keyboard.press("Tab")
    assert answers_on(page) == [("K1", "K3", "accept", "AB", "2026-11-30")]
    assert page.inner_text("#decided") == "1 of 4 codes decided, 7 cells wait"
    page.click(".way >> nth=0")
    assert len(answers_on(page)) == 2


def test_keys_answer_undo_and_redo(page):
    sign(page)
    page.keyboard.press("2")
    page.keyboard.press("w")
    page.keyboard.press("x")
    page.keyboard.press("3")
    given = [
        ("K1", "K3", "S1", "AB", "2026-11-30"),
        ("K2", "", "withdrawn", "AB", "2026-11-30"),
        ("K60", "", "not a code", "AB", "2026-11-30"),
        ("S1", "K3", "reject", "AB", "2026-11-30"),
        ("S1", "S2", "accept", "AB", "2026-11-30"),
    ]
    assert answers_on(page) == given
    assert page.inner_text("#decided") == "4 of 4 codes decided, no cell waits"
    page.keyboard.press("u")
    page.keyboard.press("u")
    assert answers_on(page) == given[:2]
    assert page.inner_text("#card-heading").startswith("K60")
    page.keyboard.press("r")
    assert answers_on(page) == given[:3]


def test_keys_do_nothing_in_a_field_or_when_switched_off(page):
    sign(page)
    page.focus("#search")
    page.keyboard.type("w1")
    assert answers_on(page) == []
    page.fill("#search", "")
    page.click("#keys summary")
    page.uncheck("#uses-keys")
    page.focus("#card-heading")
    page.keyboard.press("1")
    assert answers_on(page) == []
    page.reload()
    choose(page, TRACKER)
    assert page.locator("#uses-keys").is_checked() is False


def test_other_codes_are_written_or_found_by_their_words(page):
    sign(page)
    page.keyboard.press("c")
    page.keyboard.type("K9")
    page.keyboard.press("Enter")
    assert "K9: not a code of new-2." in page.inner_text("#other-about")
    assert answers_on(page) == []
    page.fill("#other-codes", "sell")
    assert texts(page, "#other-about li") == ["S1 Sell bread to people", "S2 Sell rolls"]
    page.fill("#other-codes", "s1 & k3")
    page.keyboard.press("Enter")
    assert answers_on(page) == [("K1", "K3", "K3 & S1", "AB", "2026-11-30")]


def test_a_reason_goes_with_the_answer_and_can_be_changed(page):
    sign(page)
    page.fill("#reason", "as in the meeting")
    page.click(".way >> nth=0")
    assert page.evaluate("allAnswers()[0].reason") == "as in the meeting"
    page.select_option("#filter", "decided")
    page.click("#cards button:has-text('K1')")
    page.fill("#reason", "seen again")
    page.press("#reason", "Tab")
    assert page.evaluate("allAnswers()[0].reason") == "seen again"
    page.click("text=Take this answer back")
    assert answers_on(page) == []


def test_answers_are_there_after_the_page_was_closed_and_another_file_has_none(page):
    sign(page)
    page.keyboard.press("1")
    address, context = page.url, page.context
    page.close()
    page = context.new_page()
    page.goto(address)
    choose(page, TRACKER)
    assert [answer[:3] for answer in answers_on(page)] == [("K1", "K3", "accept")]
    assert page.input_value("#reviewer") == "AB"
    choose(page, {**TRACKER, "buffer": b"Learner,Codes\nAnn,K2\n"})
    assert answers_on(page) == []


def test_answers_are_deleted_only_when_asked(page):
    sign(page)
    page.keyboard.press("1")
    page.click("#kept summary")
    page.click("#clear-answers")
    assert answers_on(page) == []
    page.click("#undo")
    assert len(answers_on(page)) == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#clear-all")
    assert page.evaluate("localStorage.length") == 0


def test_another_tab_with_the_same_file_loses_no_answer(page):
    other = page.context.new_page()
    other.goto(page.url)
    choose(other, TRACKER)
    sign(page)
    page.keyboard.press("1")
    other.wait_for_selector("#decided:has-text('1 of 4')")
    sign(other)
    other.click("#cards button:has-text('K2')")
    other.keyboard.press("w")
    page.wait_for_selector("#decided:has-text('2 of 4')")
    assert [answer[0] for answer in answers_on(page)] == ["K1", "K2"]


def test_the_cards_can_be_filtered_and_searched(page):
    page.fill("#search", "k6")
    assert texts(page, "#cards li") == ["No code fits."]
    page.fill("#search", "k60")
    assert [text.split()[0] for text in texts(page, "#cards li")] == ["K60"]
    page.fill("#search", "rolls")
    assert [text.split()[0] for text in texts(page, "#cards li")] == ["K1", "S1"]


@pytest.mark.parametrize("width", [320, 390, 768, 1366, 1920])
def test_no_width_scrolls_sideways_and_targets_are_large_enough(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input, summary, .button, a')]
          .filter((one) => one.offsetParent && one.type !== 'file' && one.className !== 'skip')
          .filter((one) => !one.closest('label.tick'))
          .map((one) => [one.outerHTML.slice(0, 60), one.getBoundingClientRect()])
          .filter(([, box]) => box.height < 24 || box.width < 24).map(([html]) => html)"""
    )
    assert small == []


@pytest.mark.parametrize("width", [390, 1366])
def test_axe_finds_nothing_with_all_parts_open(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    sign(page)
    page.keyboard.press("1")
    for summary in page.locator("summary").all():
        summary.click()
    page.select_option("#where", "Learner")
    page.wait_for_selector(".values label")
    assert violations_of(page) == []


def test_what_is_printed_is_the_headline_the_outcomes_and_the_decisions(page):
    sign(page)
    page.keyboard.press("1")
    page.emulate_media(media="print")
    shown = [
        page.is_visible(one) for one in ("#headline", "#outcomes table", "#printed table", "#card", "#drop")
    ]
    assert shown == [True, True, True, False, False]
    rows = [row.split("\t") for row in texts(page, "#printed tbody tr")]
    assert rows[0] == ["K1", "9", "The wording of K1", "K3", "AB, 2026-11-30", ""]
    assert len(rows) == len(CARDS)


def test_no_name_of_a_learner_is_shown_before_it_is_asked_for(page):
    assert "Ann" not in page.inner_text("body")
    page.click("#choice summary")
    assert page.locator("[name=learners]").is_checked() is False
    page.select_option("#where", "Learner")
    page.wait_for_selector(".values label")
    assert "Ann (3 rows)" in page.inner_text(".values")


def test_a_choice_is_sent_as_the_options_of_the_command_line(page):
    page.click("#choice summary")
    page.check("[name=columns][value=Codes]")
    page.select_option("#where", "Learner")
    page.check(".values input[value=Ann]")
    page.check("[name=in_place][value='1']")
    page.check("[name=learners]")
    page.click("text=Use this choice")
    page.wait_for_selector(REST)
    assert page.evaluate("state.settings") == {
        "columns": ["Codes"],
        "sheets": [],
        "where": {"Learner": ["Ann"]},
        "in_text": False,
        "in_place": True,
        "accepts_proposals": False,
        "evidence": [],
        "learners": "",
        "option": "",
        "date": "",
        "force": False,
    }
