"""The folders of the benchmark: every fault is named before anything is measured."""

from __future__ import annotations

import importlib
import shutil
import sys
from pathlib import Path

import pytest

from curriculum.errors import CurriculumError
from curriculum.evaluation.fit_rows import FIT_ROWS, read_fit_rows

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
SCRIPTS = ("linking_tasks", "linking_tables", "simple_scorers", "linking", "fit")
GOLD = "source_document,source_code,target_document,target_code,relation,alt_relation,tier,primary_votes\n"
FILES = {
    "source.csv": "code,text\nK1,Plan the work of others\nS1,Agree a fee\nS2,Monitor the budget\n",
    "target.csv": "code,text\nK1,Plan the work of a team\nS1,Negotiate fees\n",
    "mapping.csv": "source_code,target_code\nK1,K1\nS1,S1\n",
}


@pytest.fixture(scope="module")
def scripts():
    sys.path.insert(0, str(BENCHMARKS))
    yield {name: importlib.import_module(name) for name in SCRIPTS}
    sys.path.remove(str(BENCHMARKS))
    for name in SCRIPTS:
        del sys.modules[name]


def make(folder, **changed):
    folder.mkdir(parents=True)
    for name, text in (FILES | {f"{name}.csv": text for name, text in changed.items()}).items():
        if text is not None:
            (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def faults(scripts, *folders, known=()):
    with pytest.raises(CurriculumError) as fault:
        scripts["linking_tasks"].folders_to_pairs(folders, known)
    return str(fault.value).split("\n")


@pytest.mark.parametrize(
    ("changed", "where", "what"),
    [
        ({"source": "code,text\nK1,one\nS1,two\nK1,three\n"}, "source.csv, line 4", "found K1, as on line 2"),
        ({"target": "code,text\nK1,one\nS1,two\nS1,two\n"}, "target.csv, line 4", "each code once"),
        ({"source": ""}, "source.csv", "holds no text"),
        ({"target": "code,text\n"}, "target.csv, line 1", "has no row"),
        ({"mapping": ""}, "mapping.csv", "holds no text"),
        ({"mapping": "source_code,target_code\n"}, "mapping.csv, line 1", "has no row"),
        ({"gold": ""}, "gold.csv", "holds no text"),
        ({"gold": GOLD}, "gold.csv, line 1", "has no row"),
        ({"source": "code,text\nK1,one, two\nS1,two\n"}, "source.csv, line 2", "more cells than columns"),
        ({"source": "code,text\nK1,one\nS1\n"}, "source.csv, line 3", "fewer cells than columns"),
        ({"mapping": "source_code,target_code\nK1\n"}, "mapping.csv, line 2", "fewer cells than columns"),
        ({"source": "code,text\nK1,one\nS1, \n"}, "source.csv, line 3", "no text"),
        ({"source": "code,text\nK1,one\nS1,two\n,three\n"}, "source.csv, line 4", "no code"),
        ({"mapping": "source_code,target_code\nK1,K1\n,S1\n"}, "mapping.csv, line 3", "no source_code"),
        ({"mapping": "source_code,target_code\nK1,K1\nK1,K1\n"}, "mapping.csv, line 3", "it on line 2"),
        ({"mapping": "source_code,target_code\nK1,K1\nK1,\n"}, "mapping.csv, line 3", "no target_code"),
        ({"mapping": "source_code,target_code\nK1,K1\nK9,K1\n"}, "mapping.csv, line 3", "no such statement"),
        ({"source": "id,text\nK1,one\n"}, "source.csv, line 1", "found id,text"),
        ({"source": "code,text,text\nK1,one,two\n"}, "source.csv, line 1", "wrong columns"),
        ({"source": "code;text\nK1;one\n"}, "source.csv, line 1", "found code;text"),
        ({"source": None}, "source.csv", "cannot be read"),
        ({"mapping": None}, "pair", "has no right links"),
        (
            {"gold": f"{GOLD}a,K1,b,K1,exactMatch,,core,2\na,S1,c,S1,exactMatch,,core,2\n"},
            "gold.csv, line 3",
            "expected a -> b",
        ),
        ({"gold": f"{GOLD}a,K1,a,K1,exactMatch,,core,2\n"}, "gold.csv, line 2", "a document with itself"),
    ],
)
def test_a_fault_of_a_folder_is_named_with_its_place(scripts, tmp_path, changed, where, what):
    (line,) = faults(scripts, make(tmp_path / "pair", **changed))
    assert f"{where}: " in line
    assert what in line


def test_faults_of_all_folders_are_reported_at_once(scripts, tmp_path):
    first = make(tmp_path / "first", source="code,text\nK1,\nK1,one\nS1,two\n", mapping="source_code\nK1\n")
    second = make(tmp_path / "second", target="code,text\nK1,one\nS1,two\n,three\n")
    lines = faults(scripts, first, second, second, tmp_path / "third")
    assert [line.partition(": ")[0].removeprefix(f"{tmp_path.as_posix()}/") for line in lines] == [
        "first/mapping.csv, line 1",
        "first/source.csv, line 2",
        "first/source.csv, line 3",
        "second/target.csv, line 4",
        "second",
        "third",
    ]


def test_two_pairs_of_the_same_name_are_refused(scripts, tmp_path):
    (line,) = faults(scripts, make(tmp_path / "a" / "pair"), make(tmp_path / "b" / "pair"))
    assert "b/pair: two pairs of the same name" in line
    known = scripts["linking_tasks"].reference_pairs()
    old, new = known[0].documents
    gold = f"{GOLD}{old},K1,{new},K1,exactMatch,,core,2\n"
    (line,) = faults(scripts, make(tmp_path / "c", gold=gold), known=known)
    assert f"found {known[0].name}, as in the reference of the project" in line


@pytest.mark.parametrize(("encoding", "end"), [("utf-8-sig", "\n"), ("cp1252", "\r\n"), ("utf-16", "\n")])
def test_encodings_blank_lines_and_further_columns_are_read(scripts, tmp_path, encoding, end):
    text = 'note,code,text\n,K1,"Meet, and ask"\n\n,S1,Agree a fee\n,S2,Be poli\xe9\n'.replace("\n", end)
    mapping = "source_code,target_code,relation\nK1,K1,same\nS2,,none\n"
    folder = make(tmp_path / "pair", source=text.encode(encoding), mapping=mapping)
    (pair,) = scripts["linking_tasks"].folders_to_pairs([folder])
    assert list(pair.old["text"]) == ["Meet, and ask", "Agree a fee", "Be poli\xe9"]
    assert [(row.subject_id, row.object_id, row.tier) for row in pair.reference] == [
        ("pair-old:K1", "pair-new:K1", "core"),
        ("pair-old:S2", "", "none"),
        ("pair-old:S1", "", "none"),
    ]


def run(script, monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", [f"{script.__name__}.py", *map(str, words)])
    with pytest.raises(SystemExit) as end:
        script.main()
    return str(end.value.code)


def test_options_are_checked_before_anything_is_measured(scripts, tmp_path, monkeypatch):
    monkeypatch.setattr(scripts["linking"], "measure", None)
    monkeypatch.setattr(scripts["linking"], "has_vectors", lambda: True)
    page, other, empty = (tmp_path / name for name in ("page.md", "other.csv", "empty.csv"))
    page.write_text("# A page\n\n```text\nno end\n")
    other.write_text("pair,subject_id,is_hit\nx -> y,x:K1,true\nx -> y,x:K1,perhaps\n")
    empty.write_text("")
    words = ("--page", page, "--csv", page, "--encoder", tmp_path / "nothing")
    lines = run(scripts["linking"], monkeypatch, make(tmp_path / "p", mapping=""), "--against", other, *words)
    assert [
        line.partition(": ")[0].removeprefix(f"{tmp_path.as_posix()}/") for line in lines.split("\n")
    ] == [
        "p/mapping.csv",
        "nothing",
        "page.md",
        "other.csv, line 3",
        "other.csv, line 3",
        "page.md",
    ]
    assert "holds no text" in run(scripts["linking"], monkeypatch, "--against", empty)
    assert "cannot be read" in run(scripts["linking"], monkeypatch, "--against", tmp_path / "none.csv")
    other.write_text("pair,subject_id,is_hit\nx -> y,x:K1,true\n")
    assert "has none of the old statements" in run(scripts["linking"], monkeypatch, "--against", other)


def test_only_the_block_of_results_of_a_page_is_replaced(scripts, tmp_path):
    page = tmp_path / "page.md"
    page.write_text("before\n\n```text\n```\n\nafter\n\n```text\nother\n```\n")
    scripts["linking_tables"].put_on_page("\na table\n\n", page)
    assert page.read_text() == "before\n\n```text\na table\n```\n\nafter\n\n```text\nother\n```\n"


def test_rows_of_a_pair_that_is_not_given_are_not_lost(scripts, tmp_path, monkeypatch):
    fit = scripts["fit"]
    raw = shutil.copytree(fit.RAW / "reference", tmp_path / "raw" / "reference").parent
    monkeypatch.setattr(fit, "RAW", raw)
    monkeypatch.setattr(fit, "has_vectors", lambda: True)
    before = (raw / FIT_ROWS).read_bytes()
    lines = run(fit, monkeypatch, "--write", make(tmp_path / "pair")).split("\n")
    assert (raw / FIT_ROWS).read_bytes() == before
    given = {pair.name for pair in scripts["linking_tasks"].reference_pairs()}
    lost = {row.pair for row in read_fit_rows(raw / FIT_ROWS)} - given
    assert len(lines) == len(lost) > 0
    for line, pair in zip(lines, sorted(lost), strict=True):
        assert f"the rows of {pair} would be lost (default, rapidfuzz, without vectors)" in line
    # The rows of the other sets are kept, so that they are not lost.
    assert not fit.lost_rows_to_faults(read_fit_rows(raw / FIT_ROWS), [], given)
    monkeypatch.setattr(fit, "make_rows", lambda *_: [])
    monkeypatch.setattr(sys, "argv", ["fit.py", "--write", str(tmp_path / "pair"), "--drop"])
    monkeypatch.setattr(fit, "show_fits", lambda: None)
    fit.main()
    assert {row.scorers for row in read_fit_rows(raw / FIT_ROWS)} == set(fit.ENCODER_SETS)


@pytest.mark.parametrize("option", [("--encoder", "folder"), ("--drop",)])
def test_an_option_of_writing_is_refused_without_it(scripts, monkeypatch, capsys, option):
    assert run(scripts["fit"], monkeypatch, *option) == "2"
    assert f"{option[0]} needs --write" in capsys.readouterr().err


def test_without_word_vectors_what_needs_them_is_refused(scripts, tmp_path, monkeypatch):
    for name in ("linking", "fit"):
        monkeypatch.setattr(scripts[name], "has_vectors", lambda: False)
    other = tmp_path / "other.csv"
    other.write_text("pair,subject_id,is_hit\ndraft-2019 -> st0792-1.0,draft-2019:K1,true\n")
    line = run(scripts["linking"], monkeypatch, "--against", other)
    assert line.startswith("--against: needs word vectors; expected wordllama")
    # The rows of the default set would be made without them.
    line = run(scripts["fit"], monkeypatch, "--write", make(tmp_path / "pair"), "--drop")
    assert line.startswith("--write: needs word vectors; expected wordllama")
