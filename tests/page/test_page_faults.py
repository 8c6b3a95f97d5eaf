"""What the page says when something does not work, in a clear line, and that no answer is lost."""

from __future__ import annotations

import pytest

from curriculum.page.single_file import site_to_single_file
from page_mock import CARDS, OPENED, REMAPPED, card, mock_worker, row
from page_server import MOCK_PATIENCE, REST, choose, page_assets, texts

TRACKER = {"name": "tracker.csv", "mimeType": "text/csv", "buffer": b"Learner,Codes\nAnn,K1\n"}
MARKUP = "<img src=x onerror=\"document.title='hit'\"><b>x</b>"


def with_markup(value):
    """Give results in which each text is markup, but for the words that the page compares."""
    if isinstance(value, dict):
        kept = {"name", "bundle", "form", "state", "outcome", "letter", "old_code", "against"}
        return {key: part if key in kept else with_markup(part) for key, part in value.items()}
    if isinstance(value, list):
        return [with_markup(part) for part in value]
    return MARKUP if isinstance(value, str) and value else value


def test_texts_of_a_file_never_become_markup(open_mock):
    page = open_mock(
        mock_worker(remap=with_markup(REMAPPED), open={**OPENED, "sheets": with_markup(OPENED["sheets"])})
    )
    choose(page, {**TRACKER, "name": "<b>tracker.csv"})
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("img, main b:text-is('x')").count() == 0
    assert page.title() == "Remap a tracker to a new version"
    assert MARKUP in page.inner_text("#card")
    assert MARKUP in page.inner_text("#found")
    assert "<b>tracker.csv" in page.inner_text("#file-chosen")


@pytest.mark.parametrize(
    ("script", "line"),
    [
        ("delete globalThis.WebAssembly", "it has no WebAssembly, or it is switched off"),
        ("delete globalThis.Worker", "it starts no background workers"),
    ],
)
def test_a_browser_that_lacks_something_says_what(open_mock, script, line):
    page = open_mock(mock_worker(), script)
    assert line in page.inner_text("#fault")
    page.set_input_files("#file", TRACKER)
    page.wait_for_selector(REST)
    assert line in page.inner_text("#fault")


def test_a_worker_that_cannot_start_says_why(open_mock):
    page = open_mock(b'postMessage({ failed: "curriculum.zip could not be loaded." })', "1")
    page.wait_for_selector("#fault .box")
    assert texts(page, "#fault p") == ["curriculum.zip could not be loaded."]


def test_a_worker_that_runs_out_of_memory_loses_no_answer_and_the_file_can_be_chosen_again(open_mock):
    page = open_mock(mock_worker(files={"crash": True}))
    choose(page, TRACKER)
    page.fill("#reviewer", "AB")
    page.focus("#card-heading")
    page.keyboard.press("1")
    page.click("#make-files")
    page.wait_for_selector("#files-fault .box")
    assert "The page ran out of memory" in page.inner_text("#files-fault")
    choose(page, TRACKER)
    assert page.inner_text("#fault") == ""
    assert page.inner_text("#decided") == "1 of 4 codes decided, 7 cells wait"


def test_a_large_file_is_refused_before_it_is_read(open_mock, tmp_path):
    with (tmp_path / "large.csv").open("wb") as large:
        large.truncate(100_000_000)
    page = open_mock(mock_worker())
    choose(page, tmp_path / "large.csv")
    assert (
        "large.csv is too large for this page: 100.0 MB; it reads files of up to 50.0 MB."
        in page.inner_text("#fault")
    )
    assert page.is_hidden("#step-versions")


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("tracker.pdf", b"x", "tracker.pdf is not a file that this page reads."),
        ("tracker.csv", b"", "tracker.csv is empty."),
    ],
)
def test_another_file_is_refused(open_mock, name, data, line):
    page = open_mock(mock_worker())
    choose(page, {"name": name, "mimeType": "text/csv", "buffer": data})
    assert line in page.inner_text("#fault")


def test_all_lines_of_a_fault_are_shown(open_mock):
    page = open_mock(mock_worker(open={"lines": ["tracker.csv: no table.", "Expected: a header."]}))
    choose(page, TRACKER)
    assert texts(page, "#fault p") == [
        "tracker.csv was not read.",
        "tracker.csv: no table.",
        "Expected: a header.",
    ]
    assert page.is_hidden("#step-versions")


def test_nothing_that_was_said_of_a_file_stays_beside_the_next_one(open_mock):
    # The second file is refused when it is remapped.
    worker = b"let n = 0;" + mock_worker().replace(
        b"= RESULTS[call];",
        b"= call === 'remap' && n++ ? { lines: ['other.csv: no code.'] } : RESULTS[call];",
    )
    page = open_mock(worker)
    choose(page, TRACKER)
    assert texts(page, "#fit li") == ["All codes are of old-1."]
    choose(page, {**TRACKER, "name": "other.csv"})
    assert "other.csv: no code." in page.inner_text("#found-fault")
    assert texts(page, "#fit li") == []


def test_a_changed_file_is_offered_the_answers_that_were_given_before(open_mock):
    page = open_mock(mock_worker())
    choose(page, TRACKER)
    page.fill("#reviewer", "AB")
    page.focus("#card-heading")
    page.keyboard.press("1")
    choose(page, TRACKER)
    assert page.inner_text("#earlier-answers") == "Your answers on 1 code, from an earlier visit, are here."
    choose(page, {**TRACKER, "buffer": b"Learner,Codes\nAnn,K2\n"})
    assert page.inner_text("#decided") == "0 of 4 codes decided, 16 cells wait"
    page.click("#earlier-answers button")
    assert page.inner_text("#decided") == "1 of 4 codes decided, 7 cells wait"
    assert page.evaluate("document.activeElement.id") == "heading-decide"
    page.click("#undo")
    assert page.inner_text("#decided") == "0 of 4 codes decided, 16 cells wait"


def test_a_fault_that_names_an_option_says_where_it_is_on_the_page(open_mock):
    page = open_mock(mock_worker(remap={"lines": ["Name the columns with --columns."]}))
    choose(page, TRACKER)
    assert "--columns is “Columns with codes”" in page.inner_text("#found-fault")


def test_answers_that_python_refuses_are_said_beside_the_cards(open_mock):
    page = open_mock(mock_worker(fault_of_answers=["K1: a code that new-2 lacks."]))
    choose(page, TRACKER)
    page.fill("#reviewer", "AB")
    page.focus("#card-heading")
    page.keyboard.press("1")
    page.wait_for_selector("#answer-fault .box")
    assert texts(page, "#answer-fault p") == ["These answers cannot be used.", "K1: a code that new-2 lacks."]
    # The same answers are kept; the person can go on without them, and bring them back.
    page.reload()
    choose(page, TRACKER)
    assert "K1: a code that new-2 lacks." in page.inner_text("#found-fault")
    page.click("#found-fault button")
    page.wait_for_selector("#step-decide")
    assert page.locator("#undo").is_enabled()


def test_a_browser_that_keeps_nothing_says_so(open_mock):
    script = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('refused') } })"
    page = open_mock(mock_worker(), script)
    choose(page, TRACKER)
    page.fill("#reviewer", "AB")
    page.focus("#card-heading")
    page.keyboard.press("1")
    assert "This browser does not keep answers" in page.inner_text("#kept-status")
    assert page.inner_text("#decided") == "1 of 4 codes decided, 7 cells wait"


@pytest.mark.parametrize(
    ("kept", "count"), [('{"K1": []}', 0), ('{"K1": [{"old_code": "K1"}]}', 1), ("[]", 0)]
)
def test_answers_that_were_kept_in_part_stop_nothing(open_mock, kept, count):
    page = open_mock(mock_worker())
    choose(page, TRACKER)
    page.evaluate("(kept) => localStorage.setItem(STORE_PREFIX + answerBook.key, kept)", kept)
    choose(page, TRACKER)
    assert texts(page, "#fault p, #found-fault p") == []
    assert page.inner_text("#decided").startswith(f"{count} of ")


def test_the_licences_can_be_saved_from_the_page_in_one_file(browser, tmp_path):
    text = "The licence of a part\n"
    site = {**page_assets(), "worker.js": mock_worker(), "licences.txt": text.encode()}
    (tmp_path / "page.html").write_bytes(site_to_single_file(site))
    page = browser.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    with page.expect_download(timeout=MOCK_PATIENCE) as download:
        page.click("#licences")
    assert download.value.path().read_text(encoding="utf-8") == text
    page.close()


def test_the_wrong_version_stops_and_can_be_taken_deliberately(open_mock):
    against = {**REMAPPED, "against": "This file looks like new-2, not like old-1.", "likely": ["new-2"]}
    page = open_mock(mock_worker(remap=against))
    choose(page, TRACKER)
    assert "Stop. This file looks like new-2, not like old-1." in page.inner_text("#stop")
    assert [page.is_visible(one) for one in ("#step-outcomes", "#step-decide", "#step-download")] == [
        False
    ] * 3
    page.click("text=Go on all the same: my file is of old-1")
    page.wait_for_selector("#step-download")
    assert page.evaluate("state.settings.force") is True


def test_a_file_with_the_new_codes_has_nothing_to_decide(open_mock):
    page = open_mock(mock_worker(remap={**REMAPPED, "is_done": True}))
    choose(page, TRACKER)
    assert "It has the codes of new-2 already" in page.inner_text("#found")
    assert page.is_hidden("#step-decide")


def test_a_file_without_open_codes_says_that_nothing_is_left(open_mock):
    page = open_mock(mock_worker(remap={**REMAPPED, "cards": [], "cells_to_correct": []}))
    choose(page, TRACKER)
    assert "Nothing is left to decide" in page.inner_text("#decide-about")
    assert page.inner_text("#open-codes") == "Every code in this file is settled."


def test_what_is_open_is_said_before_the_download(open_mock):
    many = [card(f"K{number}", 1, [row("", "", 0.5)]) for number in range(1, 9)]
    page = open_mock(mock_worker(remap={**REMAPPED, "cards": many}))
    choose(page, TRACKER)
    said = page.inner_text("#open-codes")
    assert "8 old codes wait for a person: K1, K2, K3, K4, K5, K6 and 2 more." in said
    assert "B9: unclear as written, or could not be read." in said


def test_what_was_skipped_or_not_read_is_said(open_mock):
    page = open_mock(mock_worker())
    choose(page, TRACKER)
    found = page.inner_text("#found")
    assert "Skipped: Notes: 1 cell looks like codes, but most cells are prose." in found
    assert "Not read: Codes: 1 cell (B4), a formula." in found
    assert "Not changed: 2 formulas that result in codes." in found


def test_no_card_is_lost(open_mock):
    page = open_mock(mock_worker())
    choose(page, TRACKER)
    assert page.locator("#cards li").count() == len(CARDS)
