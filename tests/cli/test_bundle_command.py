"""`curriculum bundle`, and `curriculum remap` with what it wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from curriculum.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
RAW = ("--raw", str(ROOT / "data" / "raw"))
PAIR = ("st0792-1.0", "st0792-1.2")
NAME = "st0792-1.0-to-st0792-1.2.bundle.json"
TRACKERS = ("portfolio.csv", "scheme_of_work.xlsx", "matrix.xlsx")


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def command(*words):
        code = main(list(words))
        return code, " ".join(capsys.readouterr().err.split())

    return command


def files_of(folder):
    return {path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}


def test_a_bundle_is_named_after_its_versions_and_says_how_to_use_it(run):
    code, screen = run("bundle", *PAIR, *RAW)
    assert code == 0
    assert "55 of 56 codes now name another statement" in screen
    assert f"Written: {NAME}" in screen
    assert f"remap tracker.xlsx --crosswalk {NAME}" in screen
    first = Path(NAME).read_bytes()
    assert run("bundle", *PAIR, *RAW)[0] == 0
    assert Path(NAME).read_bytes() == first


@pytest.mark.parametrize("words", [(), ("-o", NAME)])
def test_a_file_of_a_person_is_not_replaced(run, words):
    Path(NAME).write_bytes(b'{"mine": 1}')
    code, screen = run("bundle", *PAIR, *RAW, *words)
    assert code == 2
    assert "a file that curriculum bundle has not written" in screen
    assert Path(NAME).read_bytes() == b'{"mine": 1}'


def test_another_ending_is_refused(run):
    code, screen = run("bundle", *PAIR, *RAW, "-o", "x.csv")
    assert code == 2
    assert "not a format of a crosswalk bundle; expected .json; found .csv" in screen


@pytest.mark.parametrize("tracker", TRACKERS)
def test_a_remap_with_a_bundle_writes_the_same_files(run, tracker):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    shutil.copy(EXAMPLES / tracker, tracker)
    out = f"new{Path(tracker).suffix}"
    for folder, words in (
        ("plain", ("--from", PAIR[0], "--to", PAIR[1], *RAW)),
        ("bundled", ("--crosswalk", "x.bundle.json")),
        ("named", ("--crosswalk", "x.bundle.json", "--from", PAIR[0], "--to", PAIR[1])),
    ):
        Path(folder).mkdir()
        assert run("remap", tracker, *words, "-o", f"{folder}/{out}", "--learners")[0] == 1
    assert files_of("bundled") == files_of("plain")
    assert files_of("named") == files_of("plain")
    # The answers of the sheet “To decide” count with a bundle too.
    answers = f"plain/{out}" if out.endswith(".xlsx") else "plain/new.to-decide.xlsx"
    for folder, words in (
        ("again", ("--from", PAIR[0], "--to", PAIR[1], *RAW)),
        ("again_bundled", ("--crosswalk", "x.bundle.json")),
    ):
        Path(folder).mkdir()
        run("remap", tracker, *words, "-o", f"{folder}/{out}", "--decisions", answers)
    assert files_of("again_bundled") == files_of("again")


def test_a_bundle_of_other_versions_is_refused(run):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    shutil.copy(EXAMPLES / "portfolio.csv", "portfolio.csv")
    code, screen = run("remap", "portfolio.csv", "--crosswalk", "x.bundle.json", "--from", "nos-2017")
    assert code == 2
    assert "--from nos-2017: the bundle is of other versions; expected st0792-1.0" in screen
    assert sorted(path.name for path in Path().iterdir()) == ["portfolio.csv", "x.bundle.json"]


def test_without_a_bundle_both_versions_are_needed(run, capsys):
    Path("t.csv").write_text("KSBs\nK1\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stopped:
        run("remap", "t.csv", "--to", "st0792-1.2")
    assert stopped.value.code == 2
    assert "the following arguments are required: --from" in capsys.readouterr().err


DECISIONS = (
    "decision,subject_id,predicate_id,object_id,subject_label,object_label,subject_source,object_source,"
    "reviewer_label,review_date,comment\n"
    "withdrawn,st0792-1.0:K9,,sssom:NoTermFound,{label},,st0792-1.0,st0792-1.2,AB,2026-11-30,\n"
)


def test_a_file_and_a_folder_of_decisions_take_the_place_of_those_of_the_bundle(run):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    Path("t.csv").write_text("Week,KSBs\n1,K9\n2,K2\n", encoding="utf-8")
    folder = Path("decisions")
    folder.mkdir()
    (folder / "mine.csv").write_text(DECISIONS.format(label="x"), encoding="utf-8")
    audits = []
    for decisions in ("decisions/mine.csv", "decisions"):
        code, screen = run(
            "remap",
            "t.csv",
            "--crosswalk",
            "x.bundle.json",
            "--decisions",
            decisions,
            "-o",
            "new.csv",
            "--force",
        )
        assert code == 0
        assert "Decided on a wording that has changed since" in screen
        audits.append(Path("new.audit.csv").read_text(encoding="utf-8").splitlines()[1])
    assert audits == 2 * [",B2,K9,K9,withdrawn,,,,reviewer AB"]
    run("bundle", *PAIR, *RAW, "--decisions", "decisions", "-o", "decided.bundle.json")
    outcomes = []
    for words in ((), ("--no-decisions",)):
        run("remap", "t.csv", "--crosswalk", "decided.bundle.json", "-o", "new.csv", "--force", *words)
        rows = Path("new.audit.csv").read_text(encoding="utf-8").splitlines()
        outcomes.append([row.split(",")[4] for row in rows[1:]])
    assert outcomes == [["withdrawn", "replaced"], ["review", "replaced"]]
    (folder / "mine.csv").write_text(DECISIONS.format(label="x").replace(":K9", ":K99"), encoding="utf-8")
    code, screen = run("remap", "t.csv", "--crosswalk", "x.bundle.json", "--decisions", "decisions/mine.csv")
    assert code == 2
    assert "no such statement" in screen


def test_the_headline_counts_the_decisions_that_are_given(run):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    Path("t.csv").write_text("Week,KSBs\n1,K9\n2,K2\n", encoding="utf-8")
    folder = Path("decisions")
    folder.mkdir()
    link = "add link,st0792-1.0:K9,,st0792-1.2:K9,x,x,st0792-1.0,st0792-1.2,AB,2026-11-30,\n"
    (folder / "mine.csv").write_text(DECISIONS.splitlines()[0] + "\n" + link, encoding="utf-8")
    named = ("--from", PAIR[0], "--to", PAIR[1], *RAW)
    for words in (named, ("--crosswalk", "x.bundle.json")):
        for given in ("decisions", "decisions/mine.csv"):
            screen = run("remap", "t.csv", *words, "--decisions", given, "--dry-run", "--force")[1]
            assert "54 of 56 codes now name another statement" in screen
    assert "55 of 56" in run("remap", "t.csv", *named, "--dry-run", "--force")[1]


def test_decisions_beside_no_decisions_are_refused(run):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    Path("t.csv").write_text("Week,KSBs\n1,K9\n2,K2\n", encoding="utf-8")
    Path("decisions").mkdir()
    for words in (("--from", PAIR[0], "--to", PAIR[1], *RAW), ("--crosswalk", "x.bundle.json")):
        code, screen = run("remap", "t.csv", *words, "--decisions", "decisions", "--no-decisions")
        assert code == 2
        assert "--decisions decisions: two options that exclude each other; found --no-decisions." in screen


def test_a_file_of_another_version_is_told_to_take_another_bundle(run):
    run("bundle", *PAIR, *RAW, "-o", "x.bundle.json")
    Path("t.csv").write_text("Standard version,KSBs\n1.2,K1\n1.2,K2\n", encoding="utf-8")
    code, screen = run("remap", "t.csv", "--crosswalk", "x.bundle.json")
    assert code == 1
    assert "if the file is of another version, name a bundle of that version after --crosswalk" in screen
    assert not Path("t.st0792-1.2.csv").exists()
