"""The example of the package: its texts, its crosswalk, its tracker, and that a wheel has its files."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from curriculum.cli.main import main
from curriculum.crosswalk.linked_documents import link_documents
from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.documents.document import path_to_document_id
from curriculum.documents.register import folder_to_pairs
from curriculum.errors import UnwritableOutput
from curriculum.examples.example_folder import (
    EXAMPLE_PAIR,
    EXAMPLE_RAW,
    EXAMPLE_TRACKER,
    copy_example,
    example_folder,
)
from curriculum.files.encodings import path_to_bytes
from curriculum.model import vocabulary as v
from curriculum.project import Project
from curriculum.remapping.options import Options

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = EXAMPLE_PAIR
FILES = {
    "README.md",
    "data/raw/CROSSWALKS.csv",
    "data/raw/SOURCES.csv",
    "data/raw/st9901_v1-0_lighthouse_keeper.txt",
    "data/raw/st9901_v1-1_lighthouse_keeper.txt",
    "data/raw/thesaurus.csv",
    "tracker.csv",
}

# The changes that version 1.1 was written to have: old code, new code, change.
CHANGES = [
    ("K1", "K1", "identical"),
    ("K2", "K3", "identical; renumbered"),
    ("K3", "K4", "reworded; renumbered"),
    ("K4", "K5", "reworded; widened; renumbered"),
    # A merged statement is wider than its first part, and a part of a split one is narrower.
    ("K5", "K6", "reworded; widened; renumbered; merged"),
    ("K6", "K6", "reworded; merged"),
    ("K7", "K7", "reworded; narrowed; split"),
    ("K7", "K8", "reworded; renumbered; split"),
    ("K8", "K9", "reworded; narrowed; renumbered"),
    ("K9", "S3", "reworded; renumbered; changed kind"),
    ("K10", "", "no counterpart found"),
    ("K11", "K10", "reworded; renumbered"),
    ("K12", "", "no counterpart found"),
    ("K13", "K11", "identical; renumbered"),
    ("K14", "K13", "identical; renumbered"),
    ("K15", "K14", "reworded; renumbered"),
    ("S1", "S1", "identical"),
    ("S2", "S2", "reworded"),
    ("S3", "S4", "identical; renumbered"),
    ("S4", "S5", "reworded; renumbered"),
    ("S5", "S6", "reworded; widened; renumbered; merged"),
    ("S6", "S6", "reworded; merged"),
    ("S7", "S7", "reworded; narrowed; split"),
    ("S7", "S8", "reworded; renumbered; split"),
    ("S8", "S9", "reworded; narrowed; renumbered"),
    ("S9", "", "no counterpart found"),
    ("S10", "S11", "identical; renumbered"),
    ("S11", "S12", "reworded; renumbered"),
    ("S12", "S13", "reworded; renumbered"),
    ("S13", "S14", "identical; renumbered"),
    ("S14", "S15", "reworded; widened; renumbered"),
    ("B1", "B1", "identical"),
    ("B2", "B2", "identical"),
    ("B3", "B3", "reworded"),
    ("B4", "B4", "reworded"),
    ("", "K2", "new"),
    ("", "K12", "new"),
    ("", "S10", "new"),
    ("D1", "D1", "identical"),
    ("D2", "D2", "identical"),
    ("D3", "D3", "identical"),
    ("D4", "D4", "reworded; widened"),
    ("D5", "D6", "identical; renumbered"),
    ("D6", "D7", "identical; renumbered"),
    ("", "D5", "new"),
]
# What a person has to look at: merged and split statements, those without a link, and one that was reworded.
IN_REVIEW = {
    *(("K5", "K6"), ("K6", "K6"), ("K7", "K7"), ("K7", "K8"), ("K9", "S3"), ("K10", ""), ("K12", "")),
    *(("K15", "K14"), ("S5", "S6"), ("S6", "S6"), ("S7", "S7"), ("S7", "S8"), ("S9", "")),
    *(("", "K2"), ("", "K12"), ("", "S10"), ("", "D5")),
}

# The cells of the tracker: cell, code, outcome, new codes.
OUTCOMES = [
    ("D2", "K1", "unchanged", "K1"),
    ("D2", "K13", "replaced", "K11"),
    ("D2", "B2", "unchanged", "B2"),
    ("D3", "K2", "replaced", "K3"),
    ("D3", "S1", "unchanged", "S1"),
    ("D4", "S4", "replaced", "S5"),
    ("D4", "S12", "replaced", "S13"),
    ("D4", "B1", "unchanged", "B1"),
    ("D5", "K7", "review", ""),
    ("D5", "S5", "review", ""),
    ("D5", "S6", "review", ""),
    ("D6", "K5", "review", ""),
    ("D6", "K8", "replaced", "K9"),
    ("D6", "S2", "unchanged", "S2"),
    ("D7", "K7", "review", ""),
    ("D7", "K11", "replaced", "K10"),
    ("D7", "S3", "replaced", "S4"),
    ("D8", "K4", "replaced", "K5"),
    ("D8", "K6", "review", ""),
    ("D8", "S7", "review", ""),
    ("D9", "K14", "replaced", "K13"),
    ("D9", "S13", "replaced", "S14"),
    ("D10", "K10", "review", ""),
    ("D11", "B3", "unchanged", "B3"),
    ("D11", "B4", "unchanged", "B4"),
    ("D12", "K1", "unchanged", "K1"),
    ("D12", "K13", "replaced", "K11"),
    ("D12", "B2", "unchanged", "B2"),
    ("D13", "K3", "replaced", "K4"),
    ("D14", "K12", "review", ""),
    ("D14", "S9", "review", ""),
    ("D15", "K2", "replaced", "K3"),
    ("D15", "S11", "replaced", "S12"),
    ("D16", "K5", "review", ""),
    ("D16", "K6", "review", ""),
    ("D16", "S8", "replaced", "S9"),
    ("D17", "K15", "review", ""),
    ("D17", "S14", "replaced", "S15"),
    ("D18", "S10", "replaced", "S11"),
    ("D18", "B1", "unchanged", "B1"),
    ("D19", "", "not read", ""),
    ("D20", "K9", "review", ""),
    ("D20", "K19", "unknown", ""),
]
# What the codes in review become if the proposals are accepted.
ACCEPTED = {
    "K5": ("merged", "K6"),
    # The merged statement keeps the code.
    "K6": ("unchanged", "K6"),
    "K7": ("split", "K7, K8"),
    "K9": ("replaced", "S3"),
    "K10": ("review", ""),
    "K12": ("review", ""),
    "K15": ("replaced", "K14"),
    "S5": ("merged", "S6"),
    "S6": ("unchanged", "S6"),
    "S7": ("split", "S7, S8"),
    "S9": ("review", ""),
}


@pytest.fixture(scope="module")
def example():
    return Project(example_folder() / EXAMPLE_RAW)


@pytest.fixture(scope="module")
def example_tables(example):
    return example.tables()


def code(statement_id):
    return "" if statement_id == v.NO_TERM_FOUND else statement_id.partition(":")[2]


def changes(crosswalk):
    columns = zip(crosswalk[v.SUBJECT_ID], crosswalk[v.OBJECT_ID], crosswalk[v.CHANGE], strict=True)
    return [(code(old), code(new), change) for old, new, change in columns]


def relative_files(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


# --- The texts ----------------------------------------------------------------------------------------------


def test_both_texts_are_read_completely(example_tables):
    assert set(example_tables.documents["kind"]) == {"occupational standard"}
    # Only notes: B1 and B3 are in the core, and duties of the options name them too.
    assert set(example_tables.findings["rule"]) == {"core-under-option"}
    assert set(example_tables.findings["severity"]) == {"note"}


def test_the_facts_of_both_texts_are_those_of_the_register(example_tables):
    facts = example_tables.documents[["document_id", "reference", "version", "level", "title"]]
    assert facts.to_numpy().tolist() == [
        [OLD, "ST9901", "1.0", "3", "Lighthouse keeper"],
        [NEW, "ST9901", "1.1", "3", "Lighthouse keeper"],
    ]
    assert folder_to_pairs(example_folder() / EXAMPLE_RAW) == (EXAMPLE_PAIR,)


@pytest.mark.parametrize(
    ("table", "n_old", "n_new"),
    [
        ("duties", 6, 7),
        ("statements", 33, 33),
        ("methods", 2, 2),
        ("themes", 10, 12),
        ("descriptors", 17, 20),
        ("statement_methods", 33, 33),
        ("version_log", 1, 2),
    ],
)
def test_every_part_of_a_standard_is_there(example_tables, table, n_old, n_new):
    frame = getattr(example_tables, table)
    column = frame["document_id"] if "document_id" in frame else frame["statement_id"].str.partition(":")[0]
    assert [(column == name).sum() for name in EXAMPLE_PAIR] == [n_old, n_new]


def test_each_statement_is_printed_three_times_with_one_wording(example_tables):
    assert set(example_tables.statements["n_occurrences"]) == {3}
    assert set(example_tables.statements["option"]) == {"core", "Rock station", "Shore station"}
    wordings = example_tables.occurrences.groupby("statement_id")["text"].nunique()
    assert set(wordings) == {1}


def test_both_grades_have_descriptors(example_tables):
    assert set(example_tables.descriptors["grade"]) == {"pass", "distinction"}


# --- The crosswalk ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("with_vectors", [pytest.param(True, marks=pytest.mark.vectors), False])
def test_crosswalk_has_the_planned_changes(example_tables, with_vectors):
    scorers = folder_to_scorers(example_folder() / EXAMPLE_RAW, with_vectors=with_vectors)
    crosswalk = link_documents(example_tables, OLD, NEW, scorers, decisions=())
    # The surer of two counterparts comes first; which one that is differs without vectors.
    assert sorted(changes(crosswalk)) == sorted(CHANGES)
    in_review = crosswalk[crosswalk[v.BAND] != v.ACCEPT]
    assert {(old, new) for old, new, _ in changes(in_review)} == IN_REVIEW


def test_crosswalk_of_the_project_is_the_same(example):
    assert changes(example.link(OLD, NEW).table) == CHANGES


def test_one_level_of_responsibility_is_raised(example):
    crosswalk = example.link(OLD, NEW).table
    changed = crosswalk[crosswalk[v.RESPONSIBILITY].isin(["raised", "lowered"])]
    assert changes(changed) == [("S2", "S2", "reworded")]
    assert changed[[v.RESPONSIBILITY, v.RESPONSIBILITY_WORDS]].to_numpy().tolist() == [
        ["raised", "assist with -> carry out"]
    ]


def test_every_kind_of_change_is_there():
    kinds = {kind for *_, change in CHANGES for kind in change.split("; ")}
    assert kinds == {
        *("identical", "reworded", "narrowed", "widened", "renumbered", "merged", "split", "changed kind"),
        *("no counterpart found", "new"),
    }
    # An old code that now names another statement.
    assert ("K2", "K3", "identical; renumbered") in CHANGES
    assert ("", "K2", "new") in CHANGES


# --- The tracker --------------------------------------------------------------------------------------------


def test_tracker_is_remapped(example):
    remapped = example.remap(example_folder() / EXAMPLE_TRACKER, OLD, NEW)
    columns = [v.CELL, v.CODE, v.OUTCOME, v.NEW_CODES]
    assert [tuple(row) for row in remapped.audit[columns].to_numpy().tolist()] == OUTCOMES
    # The codes show the version: only the old one has K15.
    assert (remapped.against, remapped.job.remapped.verdict.likely) == ("", ())


def test_accepted_proposals_show_the_other_outcomes(example):
    options = Options(accepts_proposals=True)
    audit = example.remap(example_folder() / EXAMPLE_TRACKER, OLD, NEW, options=options).audit
    outcomes = {row[v.CODE]: (row[v.OUTCOME], row[v.NEW_CODES]) for row in audit.to_dict("records")}
    in_review = {name for _, name, outcome, _ in OUTCOMES if outcome == "review"}
    assert {name: outcomes[name] for name in in_review} == ACCEPTED


# --- The files ----------------------------------------------------------------------------------------------


def test_the_folder_has_these_files_alone():
    assert relative_files(example_folder()) == FILES


def test_a_copy_has_all_files_and_leaves_other_files_as_they_are(tmp_path):
    copy = copy_example(tmp_path / "new" / "example")
    assert relative_files(copy) == FILES
    for name in FILES:
        assert (copy / name).read_bytes() == (example_folder() / name).read_bytes()
    # A second time changes nothing, and other files stay.
    (copy / "notes.md").write_text("mine", encoding="utf-8")
    assert copy_example(str(copy)) == copy
    assert relative_files(copy) == {*FILES, "notes.md"}


def test_a_file_of_a_person_is_not_overwritten(tmp_path):
    (tmp_path / "tracker.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(UnwritableOutput, match=r"other content; .* found tracker\.csv\. Choose another"):
        copy_example(tmp_path)
    assert relative_files(tmp_path) == {"tracker.csv"}
    assert (tmp_path / "tracker.csv").read_text(encoding="utf-8") == "mine"
    with pytest.raises(UnwritableOutput, match="cannot be written"):
        copy_example(tmp_path / "tracker.csv")


def test_commands_run_in_a_copy_one_after_the_other(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(copy_example(tmp_path / "example"))
    assert main(["build"]) == 0
    assert main(["link", OLD, NEW, "-o", "crosswalk.xlsx"]) == 0
    # Codes wait for a decision.
    assert main(["remap", EXAMPLE_TRACKER, "--from", OLD, "--to", NEW]) == 1
    assert main(["check"]) == 0
    written = {name for name in relative_files(Path()) if not name.startswith(("data/", "crosswalk"))}
    assert written == {
        *("README.md", "tracker.csv", "tracker.st9901-1.1.csv", "tracker.st9901-1.1.audit.csv"),
        *("tracker.st9901-1.1.coverage.html", "tracker.st9901-1.1.to-decide.xlsx"),
    }
    assert "12 old codes wait for a person" in capsys.readouterr().err


def test_the_python_of_its_readme_runs(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (program,) = re.findall(
        r"```python\n(.*?)\n```", (example_folder() / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    names = {}
    exec(compile(program, "README.md", "exec"), names)
    assert changes(names["links"]) == CHANGES
    assert len(names["audit"]) == len(OUTCOMES)


def test_each_change_in_its_readme_is_proposed():
    text = (example_folder() / "README.md").read_text(encoding="utf-8").split("each kind of change")[1]
    rows = re.findall(r"^\| ([a-z][^|]*?) *\| ([^|]*?) *\| ([^|]*?) *\|$", text, re.MULTILINE)
    shown = [
        (old, new, kind.split(";")[0])
        for kind, old_codes, new_codes in rows[1:]
        for old in old_codes.split(", ")
        for new in new_codes.split(", ")
    ]
    assert len(shown) == 17
    proposed = {(old, new): change.split("; ") for old, new, change in CHANGES}
    # The level of responsibility has a column of its own.
    assert [row for row in shown if row[2] not in proposed[row[0], row[1]]] == [
        ("S2", "S2", "level of responsibility raised")
    ]


def build_wheel(folder):
    """Build a wheel as a user does, without network and from a copy, so that the tree stays as it is."""
    source = folder / "source"
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        source.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, source / name)
    shutil.copytree(ROOT / "src", source / "src", ignore=shutil.ignore_patterns("__pycache__"))
    words = ["wheel", str(source), "--no-deps", "--no-build-isolation", "--quiet", "-w", str(folder)]
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *words], check=True)
    (wheel,) = folder.glob("curriculum-*.whl")
    return wheel


def test_a_wheel_has_all_files_and_works_as_a_zip(tmp_path):
    wheel = build_wheel(tmp_path)
    prefix = "curriculum/examples/lighthouse_keeper/"
    with zipfile.ZipFile(wheel) as archive:
        packed = {
            name.removeprefix(prefix): archive.read(name)
            for name in archive.namelist()
            if name.startswith(prefix)
        }
    assert packed == {name: (example_folder() / name).read_bytes() for name in FILES}
    # Imported from the zip file: a temporary copy, which is there until the program ends.
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from curriculum.examples import example_folder as module;"
        "folder = module.example_folder();"
        "assert sys.argv[1] in module.__file__ and folder == module.example_folder();"
        "print(folder, *sorted(path.name for path in folder.rglob('*.*')), sep='\\n')"
    )
    run = subprocess.run(
        [sys.executable, "-c", program, str(wheel)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    folder, *names = run.stdout.splitlines()
    assert names == sorted(Path(name).name for name in FILES)
    assert not Path(folder).exists()


def test_the_hashes_of_the_register_are_those_of_the_files():
    register = (example_folder() / EXAMPLE_RAW / "SOURCES.csv").read_text(encoding="utf-8")
    for path in (example_folder() / EXAMPLE_RAW).glob("*.txt"):
        assert hashlib.sha256(path_to_bytes(path)).hexdigest() in register
        assert f"{path.name}," in register
        assert b"\r" not in path.read_bytes()
        assert path_to_document_id(path)


# --- Whose words they are -----------------------------------------------------------------------------------


def text_to_sentences(text):
    """Return the sentences of at least four words, in lower case and without marks."""
    parts = re.split(r"[.:;!?\n]+", text.casefold())
    words = (re.findall(r"[^\W_]+", part) for part in parts)
    return {" ".join(sentence) for sentence in words if len(sentence) >= 4}


# Headings, headers and grades of the layout, by which the parser knows the parts of a standard.
LAYOUT = {
    "details of the occupational standard",
    "ksbs grouped by theme knowledge skills behaviour",
    "mapping of ksbs to grade themes",
    "typical job titles include",
    "typical duration to gateway",
    "version change detail earliest start date latest start date latest end date",
    "overview of the role",
    "no distinction grading criteria",
    "end point assessment plan",
    "any grade fail fail",
    "fail any grade fail",
}


def test_no_sentence_is_taken_from_a_real_standard(raw):
    real = {
        sentence
        for path in raw.rglob("*.txt")
        for sentence in text_to_sentences(path.read_text(encoding="utf-8", errors="replace"))
    }
    ours = {
        sentence
        for path in (example_folder() / EXAMPLE_RAW).glob("*.txt")
        for sentence in text_to_sentences(path.read_text(encoding="utf-8"))
    }
    assert len(ours) > 100
    assert ours & real == LAYOUT
