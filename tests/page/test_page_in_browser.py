"""The page with Python in a real browser: the whole way, and the same files as the command line writes."""

from __future__ import annotations

import base64
import csv
import io
import shutil
import zipfile
from contextlib import ExitStack
from pathlib import Path

import pytest

from browser import need_browser, violations_of
from curriculum.cli.main import main
from curriculum.page.page_site import bundles_to_site
from page_server import REST, choose, open_page, served, texts
from pyodide_folder import need_pyodide

need_browser()

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
PAIRS = (("st0792-1.0", "st0792-1.2"), ("st0792-1.2", "st0792-1.0"))
NAMES = sorted(path.name for path in EXAMPLES.iterdir() if path.suffix in {".xlsx", ".xlsm", ".csv", ".tsv"})
DATE = "2026-11-30"
# What Python in the page makes of a file: the answers that are given to it, and the files.
RUN = """async ([name, bundle, text]) => {
  const toText = (data) => {
    let signs = "";
    for (const byte of new Uint8Array(data)) signs += String.fromCharCode(byte);
    return btoa(signs);
  };
  await ask("open", { name }, Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer);
  const settings = { ...firstSettings(), force: true };
  const { cards } = await ask("remap", { bundle, settings, answers: [] });
  const signature = { reviewer: "AB", reason: "", date: "DATE" };
  const choices = [{ kind: "accept", codes: [] }, { kind: "withdrawn", codes: [] }, null];
  const answers = cards.flatMap((card, at) => {
    const [first] = card.candidates;
    const choice = at % 4 < 3 ? choices[at % 4] : first && { kind: "codes", codes: [first.code] };
    const isFit = choice && !(choice.kind === "accept" && card.is_unlisted);
    return isFit ? choiceToRows(card, choice, signature) : [];
  });
  const files = await ask("files", { bundle, settings, answers });
  const sheet = await ask("answers_to", { bundle, answers, form: "workbook" });
  return {
    n_answers: answers.length,
    files: files.map((file) => [file.name, toText(file.data)]),
    sheet: [sheet.name, toText(sheet.data)],
  };
}""".replace("DATE", DATE)


@pytest.fixture(scope="module")
def bundles(tmp_path_factory):
    """Give the paths of two bundles, by name."""
    folder = tmp_path_factory.mktemp("bundles")
    paths = [folder / f"{old}-to-{new}.bundle.json" for old, new in PAIRS]
    for path, pair in zip(paths, PAIRS, strict=True):
        main(["bundle", *pair, "-o", str(path), "--raw", str(ROOT / "data" / "raw")])
    return {path.name: path for path in paths}


@pytest.fixture(scope="module")
def address(bundles):
    site = bundles_to_site({name: path.read_bytes() for name, path in bundles.items()}, need_pyodide())
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def context(browser):
    with ExitStack() as opened:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True)
        opened.callback(context.close)
        yield context


@pytest.fixture(scope="module")
def page(context, address):
    """The page, started once for all tests; each test begins with another file."""
    return open_page(context, address)


def parts_of(data):
    """Give the parts of a workbook in their order, with their contents."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(name, package.read(name)) for name in package.namelist()]


def same_content(name, data, other):
    """Return whether two files are the same: workbooks part by part, other files byte by byte."""
    is_workbook = name.endswith((".xlsx", ".xlsm"))
    return parts_of(data) == parts_of(other) if is_workbook else data == other


def command_line(tmp_path, monkeypatch, bundle, tracker, sheet):
    """Run the command on a tracker with answers, and give the files that it writes."""
    shutil.copy(EXAMPLES / tracker, tmp_path)
    (tmp_path / "answers.xlsx").write_bytes(sheet)
    monkeypatch.chdir(tmp_path)
    before = {path.name for path in tmp_path.iterdir()}
    words = ["--crosswalk", str(bundle), "--decisions", "answers.xlsx", "--force"]
    main(["remap", tracker, *words])
    return {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name not in before}


@pytest.mark.parametrize("name", NAMES)
def test_the_files_are_those_of_the_command_line(page, bundles, tmp_path, monkeypatch, name):
    bundle = next(iter(bundles))
    text = base64.b64encode((EXAMPLES / name).read_bytes()).decode()
    made = page.evaluate(RUN, [name, bundle, text])
    assert made["n_answers"] > 0
    files = {file: base64.b64decode(data) for file, data in made["files"]}
    sheet = base64.b64decode(made["sheet"][1])
    written = command_line(tmp_path, monkeypatch, bundles[bundle], name, sheet)
    assert files.keys() == written.keys()
    assert [file for file in files if not same_content(file, files[file], written[file])] == []


@pytest.mark.parametrize("name", ["scheme_of_work.xlsx", "portfolio.csv", "matrix.xlsx"])
def test_the_whole_way(page, name):
    choose(page, EXAMPLES / name)
    assert "now mean something else" in page.inner_text("#headline")
    assert violations_of(page) == []
    page.fill("#reviewer", "AB")
    n_cards = page.evaluate("decide.cards.length")
    page.focus("#card-heading")
    for key in ("1", "w", "1"):
        page.keyboard.press(key)
    assert page.inner_text("#decided").startswith(f"3 of {n_cards} codes decided")
    page.wait_for_selector("#outcomes-status:text-is('')", state="attached")
    page.click("#make-files")
    page.wait_for_selector("#file-list li")
    assert violations_of(page) == []
    names = texts(page, "#file-list a")
    stem, ending = name.split(".")
    assert names[0] == f"{stem}.st0792-1.2.{ending}"
    with page.expect_download() as saved:
        page.click(f"#file-list a:text-is('{stem}.st0792-1.2.audit.csv')")
    rows = list(csv.DictReader(io.StringIO(Path(saved.value.path()).read_text(encoding="utf-8"))))
    decided = {row["code"] for row in rows if row["decided_by"] == "reviewer AB"}
    given = page.evaluate("Object.keys(answerBook.now)")
    assert decided == set(given)
    # The next test of the same file begins without answers.
    page.evaluate("localStorage.clear()")


def test_the_wrong_version_stops_with_the_words_of_the_command_line(page):
    choose(page, EXAMPLES / "scheme_of_work.xlsx")
    page.select_option("#bundle", "st0792-1.2-to-st0792-1.0.bundle.json")
    page.wait_for_selector("#stop button")
    assert "Stop. This file looks like" in page.inner_text("#stop")
    assert "not like st0792-1.2." in page.inner_text("#stop")
    assert page.is_hidden("#step-download")
    assert violations_of(page) == []
    page.click("text=Go on all the same: my file is of st0792-1.2")
    page.wait_for_selector("#step-download")


def test_rows_of_a_mixed_cohort_are_chosen_by_a_column(page):
    choose(page, EXAMPLES / "evidence_log.xlsx")
    assert "8 of its 24 rows are not of st0792-1.0." in page.inner_text("#stop")
    page.click("text=Choose the rows to remap")
    page.select_option("#where", "Standard version")
    page.check(".values input[value='1.0']")
    page.click("text=Use this choice")
    page.wait_for_selector("#step-outcomes")
    assert "8 rows are not remapped: they lack the value that you chose." in page.inner_text("#found")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("tracker.xlsx", b"not a workbook"),
        ("tracker.csv", b"\x00\x01\x02" * 2000),
        ("notes.csv", b"Name,Note\nAnn,hello\n"),
    ],
)
def test_a_file_is_refused_in_the_words_of_the_command_line(
    page, bundles, tmp_path, monkeypatch, capsys, name, data
):
    (tmp_path / name).write_bytes(data)
    choose(page, tmp_path / name)
    said = " ".join((page.inner_text("#fault") + " " + page.inner_text("#found-fault")).split())
    monkeypatch.chdir(tmp_path)
    bundle = next(iter(bundles.values()))
    capsys.readouterr()
    assert main(["remap", name, "--crosswalk", str(bundle)]) == 2
    lines = capsys.readouterr().err.removeprefix("curriculum: ").split()
    assert " ".join(lines) in said
    assert page.is_hidden("#step-download")


def test_answers_come_back_from_the_workbook_and_the_csv(page, tmp_path):
    choose(page, EXAMPLES / "portfolio.csv")
    page.fill("#reviewer", "AB")
    page.fill("#day", DATE)
    page.focus("#card-heading")
    for key in ("1", "w"):
        page.keyboard.press(key)
    given = page.evaluate("answerBook.now")
    page.click("#kept summary")
    for form in ("workbook", "csv"):
        with page.expect_download() as saved:
            page.click(f"#save-{form}")
        path = tmp_path / saved.value.suggested_filename
        saved.value.save_as(path)
        page.click("#clear-answers")
        page.set_input_files("#answers-file", path)
        page.wait_for_selector("#kept-status:has-text('from')")
        assert page.evaluate("answerBook.now").keys() == given.keys()
    page.evaluate("localStorage.clear()")


def test_the_page_is_used_with_the_keyboard_alone(page):
    page.evaluate("localStorage.clear()")
    page.reload()
    # With a listener, the dialog is caught from now on; expect_file_chooser alone can begin after the key.
    page.on("filechooser", lambda _: None)
    page.wait_for_selector("#start:has-text('Ready.')")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files(EXAMPLES / "two_columns.xlsx")
    page.wait_for_selector("#step-download")
    page.wait_for_selector(REST)

    def go_to(element):
        for _ in range(80):
            if page.evaluate("document.activeElement.id") == element:
                return
            page.keyboard.press("Tab")
        pytest.fail(f"{element} is not reached with the key Tab")

    go_to("reviewer")
    page.keyboard.type("AB")
    go_to("filter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "card-heading"
    page.keyboard.press("1")
    assert page.inner_text("#decided").startswith("1 of ")
    go_to("make-files")
    page.keyboard.press("Enter")
    page.wait_for_selector("#file-list a")
    page.evaluate("localStorage.clear()")


def test_nothing_is_asked_for_after_the_start_and_nothing_of_another_place_ever(page, context, address):
    page.wait_for_selector("#start:has-text('The next visit works without the internet too.')")
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    choose(page, EXAMPLES / "portfolio.csv")
    page.focus("#card-heading")
    page.click("#make-files")
    page.wait_for_selector("#file-list a")
    assert [url for url in asked if not url.startswith(("blob:", "data:"))] == []
    assert [url for url in page.asked if not url.startswith((address, "blob:", "data:"))] == []
    assert [text for text in page.said if "Content Security Policy" in text] == []


def test_the_second_visit_needs_no_network_and_has_the_answers(page, context, address):
    choose(page, EXAMPLES / "portfolio.csv")
    page.fill("#reviewer", "AB")
    page.focus("#card-heading")
    page.keyboard.press("1")
    page.wait_for_selector("#start:has-text('The next visit works without the internet too.')")
    page.close()
    context.set_offline(True)
    later = open_page(context, address)
    choose(later, EXAMPLES / "portfolio.csv")
    assert later.inner_text("#decided").startswith("1 of ")
    context.set_offline(False)
