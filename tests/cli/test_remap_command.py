"""`curriculum remap`, as a training provider runs it on the example files."""

from __future__ import annotations

import csv
import functools
import io
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from curriculum.cli.main import main
from curriculum.files import atomic_write
from curriculum.library import remap_bundle

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
RAW = ROOT / "data" / "raw"
PAIR = ("--from", "st0792-1.0", "--to", "st0792-1.2")
# The codes of each example, counted by hand: ranges expanded, repeats counted.
CODES = {
    "scheme_of_work.xlsx": 64,
    "matrix.xlsx": 88,
    "one_row_per_ksb.xlsx": 88,
    "two_columns.xlsx": 30,
    "headings.xlsx": 19,
    "workbook_with_chart.xlsx": 37,
    "macros.xlsm": 28,
    "libreoffice.xlsx": 44,
    "portfolio.csv": 33,
    "portfolio_semicolon.csv": 26,
    "tracker.tsv": 66,
}


@pytest.fixture(autouse=True)
def versions_are_read_once(monkeypatch):
    monkeypatch.setattr(remap_bundle, "names_to_versions", READ_ONCE)
    monkeypatch.setattr(remap_bundle, "link_with_candidates", LINK_ONCE)


READ_ONCE = functools.cache(remap_bundle.names_to_versions)
_LINKED: dict[tuple[str, str], object] = {}


def LINK_ONCE(tables, pair, scorers, decisions):  # noqa: N802 (replaces a function of the package)
    if pair not in _LINKED:
        _LINKED[pair] = LINK(tables, pair, scorers, decisions)
    return _LINKED[pair]


LINK = remap_bundle.link_with_candidates


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Run the command in a new folder with the named examples."""
    monkeypatch.chdir(tmp_path)

    def command(name, *words):
        if (EXAMPLES / name).exists() and not Path(name).exists():
            shutil.copy(EXAMPLES / name, tmp_path)
        code = main(["remap", name, *PAIR, "--raw", str(RAW), *words])
        return code, " ".join(capsys.readouterr().err.split())

    return command


def rows_of(path, sheet):
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def audit_of(path="tracker.audit.csv"):
    return list(csv.DictReader(io.StringIO(Path(path).read_text(encoding="utf-8"))))


def parts_of(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.mark.parametrize("name", CODES)
def test_every_code_of_an_example_is_in_the_audit(run, name):
    code, screen = run(name, "-o", f"out{Path(name).suffix}")
    assert code == 1
    assert "wait for a person" in screen
    assert len([row for row in audit_of("out.audit.csv") if row["code"]]) == CODES[name]


def test_the_copy_has_new_columns_and_everything_else(run):
    assert run("scheme_of_work.xlsx")[0] == 1
    out = Path("scheme_of_work.st0792-1.2.xlsx")
    rows = rows_of(out, "Scheme of work")
    assert rows[3] == (
        "Week",
        "Session",
        "Topic",
        "Activities",
        "KSBs",
        "Resources",
        "KSBs (st0792-1.2)",
        "outcome",
        "note",
    )
    assert rows[6][4:9:2] == ("(K4 S6)", "K5, S5", None)
    assert openpyxl.load_workbook(out).sheetnames == [
        "Scheme of work",
        "Holidays",
        "To decide",
        "Audit",
        "Coverage",
    ]
    before, after = parts_of("scheme_of_work.xlsx"), parts_of(out)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
    }
    assert after.keys() - before.keys() == {f"xl/worksheets/curriculum{number}.xml" for number in (1, 2, 3)}


@pytest.mark.parametrize("name", ["macros.xlsm", "workbook_with_chart.xlsx"])
def test_macros_charts_and_comments_are_the_same_bytes(run, name):
    run(name, "-o", f"out{Path(name).suffix}")
    before, after = parts_of(name), parts_of(f"out{Path(name).suffix}")
    kept = [part for part in before if "sheet" not in part and "workbook" not in part]
    kept = [part for part in kept if part not in {"[Content_Types].xml", "xl/styles.xml"}]
    assert kept
    assert all(before[part] == after[part] for part in kept)


def test_formats_of_the_workbook_keep_their_numbers(run):
    run("scheme_of_work.xlsx", "-o", "out.xlsx")
    old, new = (
        openpyxl.load_workbook(name)["Scheme of work"] for name in ("scheme_of_work.xlsx", "out.xlsx")
    )
    for row in old.iter_rows():
        for cell in row:
            twin = new[cell.coordinate]
            for look in ("font", "fill", "border", "alignment", "number_format"):
                assert repr(getattr(twin, look)) == repr(getattr(cell, look))


def test_running_it_again_changes_nothing_and_says_so(run):
    for name, words in (
        ("scheme_of_work.xlsx", ()),
        ("headings.xlsx", ("--in-place",)),
        ("portfolio.csv", ()),
        ("portfolio_semicolon.csv", ("--in-place",)),
        ("matrix.xlsx", ()),
    ):
        run(name, *words)
        out = Path(name).with_suffix(f".st0792-1.2{Path(name).suffix}")
        data, files = out.read_bytes(), set(Path().iterdir())
        code, screen = run(out.name, *words)
        assert (code, screen) == (
            0,
            "It has the codes of st0792-1.2 already: nothing was changed. To remap it again, use the file as "
            "it was before, or delete the new columns and sheets.",
        )
        assert out.read_bytes() == data
        assert set(Path().iterdir()) == files


def test_a_dry_run_shows_everything_and_writes_nothing(run):
    code, screen = run("matrix.xlsx", "--dry-run")
    assert code == 1
    assert "headers in row 2" in screen
    assert "A dry run: nothing was written." in screen
    assert [path.name for path in Path().iterdir()] == ["matrix.xlsx"]


def test_answers_given_back_settle_every_cell(run):
    run("portfolio.csv")
    path = Path("portfolio.st0792-1.2.to-decide.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book["To decide"]
    (header,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("old code")]
    columns = {str(cell.value).partition(" (")[0]: cell.column for cell in header}
    answers = {}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        old = sheet.cell(row, columns["old code"]).value
        answers.setdefault(old, "K4 & S7" if len(answers) % 2 else "withdrawn")
        sheet.cell(row, columns["decision"]).value = answers[old]
        sheet.cell(row, columns["reviewer"]).value = "AB"
    book.save("answers.xlsx")
    code, screen = run("portfolio.csv", "--decisions", "answers.xlsx")
    assert code == 0
    assert "portfolio.st0792-1.2.previous.csv" in screen
    audit = audit_of("portfolio.st0792-1.2.audit.csv")
    assert {row["decided_by"] for row in audit} == {"reviewer AB", "band accept"}
    kept = {row[0] for row in rows_of(path, "To decide") if row[columns["decision"] - 1]}
    assert set(answers) <= kept


def test_the_sheet_of_the_audit_has_plain_words_and_its_csv_the_terms_of_the_data(run):
    run("portfolio.csv", "-o", "out.csv")
    rows = rows_of("out.to-decide.xlsx", "Audit")
    header = next(at for at, row in enumerate(rows) if row[0] == "sheet")
    relation, decided = rows[header].index("relation"), rows[header].index("decided by")
    shown = {(row[relation] or "", row[decided] or "") for row in rows[header + 1 :]}
    assert ("close", "no look needed") in shown
    assert not any("Match" in word or "band" in word for row in shown for word in row)
    assert {row["decided_by"] for row in audit_of("out.audit.csv")} >= {"band accept"}


def test_a_file_of_another_version_is_refused_without_force(run):
    path = Path("tracker.xlsx")
    book = openpyxl.Workbook()
    book.active.append(["Learner", "Start date", "KSBs"])
    book.active.append(["Ann", "04/09/2023", "K1, K2"])
    book.save(path)
    code, screen = run("tracker.xlsx")
    assert code == 1
    assert screen.startswith("This file looks like version 1.1, not like st0792-1.0.")
    assert "run it again with --force" in screen
    assert [path.name for path in Path().iterdir()] == ["tracker.xlsx"]
    run("tracker.xlsx", "--force")
    assert Path("tracker.st0792-1.2.xlsx").exists()


def test_mixed_cohorts_are_remapped_by_where(run):
    code, screen = run("evidence_log.xlsx")
    assert code == 1
    assert screen.startswith("8 of its 24 rows are not of st0792-1.0.")
    assert '--where "Standard version=1.0"' in screen
    code, screen = run("evidence_log.xlsx", "--where", "Standard version=1.0")
    assert "8 rows are not remapped" in screen
    rows = rows_of("evidence_log.st0792-1.2.xlsx", "Evidence log")
    assert {row[1] for row in rows[1:] if row[10]} == {"1.0"}


def test_marks_of_a_matrix_are_carried_to_the_new_codes(run):
    run("matrix.xlsx", "-o", "out.xlsx")
    rows = rows_of("out.xlsx", "Matrix")
    headers = list(rows[1])
    note = headers.index("note (st0792-1.2)")
    assert "K4 (st0792-1.2)" in headers[note:]
    assert [row[headers.index("K2")] for row in rows[2:10]] == [
        row[headers.index("K4 (st0792-1.2)", note)] for row in rows[2:10]
    ]
    # The row of totals is made of formulas: these are left alone.
    assert not any(rows[10][note:])


def test_coverage_is_shown_by_group_and_by_learner_only_when_asked(run):
    _, screen = run("evidence_log.xlsx", "--where", "Standard version=1.0", "-o", "out.xlsx")
    assert "of 56 statements of st0792-1.2 are covered" in screen
    assert "of 21 pass descriptors have evidence for all their KSBs" in screen
    name = rows_of("evidence_log.xlsx", "Evidence log")[1][0]
    page = Path("out.coverage.html").read_text(encoding="utf-8")
    assert name not in page + screen + Path("out.audit.csv").read_text(encoding="utf-8")
    run("evidence_log.xlsx", "--where", "Standard version=1.0", "-o", "out.xlsx", "--learners")
    assert name in Path("out.coverage.html").read_text(encoding="utf-8")
    assert name in [row[0] for row in rows_of("out.xlsx", "Learners")]


def test_the_coverage_bears_its_file_its_versions_and_the_day_that_it_is_given(run):
    words = ("evidence_log.xlsx", "--where", "Standard version=1.0", "-o", "out.xlsx")
    run(*words, "--date", "2026-11-29")
    lines = ["Tracker: evidence_log.xlsx", "From: st0792-1.0 Media production co-ordinator"]
    lines += ["To: st0792-1.2 junior production coordinator", "Date: 29 November 2026"]
    page = Path("out.coverage.html").read_text(encoding="utf-8")
    assert [line for line in lines if f'<p class="about">{line}</p>' not in page] == []
    rows = rows_of("out.xlsx", "Coverage")
    assert [row[0] for row in rows[1:5]] == lines
    assert ["Evidence log", "yes", "“Evidence” is filled in", "KSBs", 15] in [list(row[:5]) for row in rows]
    # Core is no option.
    assert "0 of 2 all covered" in page
    assert [row[2] for row in rows if row[0] == "core"] == ["Core"]
    code, screen = run(*words, "--date", "29/11/2026", "--dry-run")
    assert code == 2
    assert "--date 29/11/2026" in screen
    run(*words)
    assert "Date:" not in Path("out.coverage.html").read_text(encoding="utf-8")


def test_where_nothing_counts_the_page_and_the_sheet_say_why(run):
    Path("list.csv").write_text("Code,Words\nK2,a\nK3,b\nK4,c\n", encoding="utf-8")
    _, screen = run("list.csv", "-o", "out.csv")
    why = "nothing beside the codes says whether this is evidence"
    page = Path("out.coverage.html").read_text(encoding="utf-8")
    for text in (" ".join(screen.split()), page):
        assert f"Not counted: 3 cells of Code ({why})." in text
        assert "No evidence was found: nothing is covered." in text
        assert "--evidence COLUMN" in text
    assert ["no", why, "Code", 3] in [list(row[1:5]) for row in rows_of("out.to-decide.xlsx", "Coverage")]
    _, screen = run("list.csv", "-o", "out.csv", "--evidence", "Words")
    assert "Counted as evidence: 3 cells of Code" in " ".join(screen.split())


def test_a_scheme_of_work_is_called_one(run):
    _, screen = run("scheme_of_work.xlsx", "-o", "out.xlsx")
    assert "13 of 56 statements of st0792-1.2 are covered by planned teaching" in " ".join(screen.split())
    page = Path("out.coverage.html").read_text(encoding="utf-8")
    assert "<h1>What the planned teaching covers of st0792-1.2</h1>" in page
    assert rows_of("out.xlsx", "Coverage")[0][0] == "What the planned teaching covers of st0792-1.2"
    _, screen = run("out.xlsx")
    assert "It has the codes of st0792-1.2 already" in screen


def test_an_option_is_looked_at_alone(run):
    _, screen = run("one_row_per_ksb.xlsx", "--option", "post production coordinator", "--dry-run")
    assert "of 46 statements of st0792-1.2 are covered" in screen
    code, screen = run("one_row_per_ksb.xlsx", "--option", "runner", "--dry-run")
    assert code == 2
    assert "expected “Post production coordinator” or “Production coordinator”" in screen


def test_a_crosswalk_of_the_user_is_used(run):
    Path("mine.csv").write_text("old,new\nK2,K9\nS7,\n", encoding="utf-8")
    Path("tracker.csv").write_text("Session,KSBs\na,K2\nb,S7\nc,K3\n", encoding="utf-8")
    code, _ = run("tracker.csv", "--crosswalk", "mine.csv")
    assert code == 1
    lines = Path("tracker.st0792-1.2.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:3] == ["a,K2,K9,replaced,", "b,S7,,withdrawn,S7: withdrawn"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--columns", "Codes"), "there is no column headed Codes; expected a header"),
        (("--sheets", "Data"), "there is no sheet Data"),
        (("--where", "Version"), "no condition on rows"),
        (("--where", "Version=1.0"), "there is no column headed Version"),
        (("-o", "portfolio.csv"), "the file that is to be remapped"),
        (("-o", "out.xlsx"), "not a format of a copy of portfolio.csv; expected .csv; found .xlsx"),
        (("--decisions", "portfolio.csv"), "holds no sheet “To decide” of this pair"),
        (("--crosswalk", "portfolio.csv"), "holds no crosswalk"),
        (("--from", "st0792-1.2"), "both documents have the id st0792-1.2"),
        (("--columns", "Notes"), "holds no code that can be remapped"),
        (("--learners", "Apprentice"), "there is no column headed Apprentice"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_written(run, words, message):
    code, screen = run("portfolio.csv", *words)
    assert code == 2
    assert message in screen
    assert [path.name for path in Path().iterdir()] == ["portfolio.csv"]


def test_no_text_of_the_file_but_codes_and_headers_is_shown(run):
    Path("secret.csv").write_text("Name,KSBs\nAnnabel Whitlock,K2 K61\nTom,see notes S3\n", encoding="utf-8")
    for words in ((), ("--in-place",), ("--dry-run",), ("--columns", "Who")):
        _, screen = run("secret.csv", *words)
        assert "Annabel" not in screen
    assert "Annabel" not in "".join(path.read_text("utf-8") for path in Path().glob("*.audit.csv"))


def test_a_full_disk_leaves_nothing_behind(run, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(atomic_write, "replace_with", full)
    code, screen = run("portfolio.csv")
    assert code == 2
    assert "cannot be written; found no space left on device" in screen
    assert [path.name for path in Path().iterdir()] == ["portfolio.csv"]


def test_the_same_input_gives_the_same_bytes(run):
    run("matrix.xlsx", "-o", "one.xlsx")
    run("matrix.xlsx", "-o", "two.xlsx")
    assert Path("one.xlsx").read_bytes() == Path("two.xlsx").read_bytes()
    assert Path("one.audit.csv").read_bytes() == Path("two.audit.csv").read_bytes()
