"""The option --encoder: one more scorer, in every command that links."""

from __future__ import annotations

import csv
import io
import json

import pytest

import curriculum as cu
from curriculum.cli.main import COMMANDS, main, make_parser
from tiny_encoder import write_encoder

OLD = "code,text\nK1,Plan the work of others\nK2,Monitor the budget\nS1,Plan and monitor the work\n"
NEW = "code,text\nK1,Monitor the budget of others\nK2,Plan the work of others\nS1,Plan the budget\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.csv").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.csv").write_text(NEW, encoding="utf-8")
    write_encoder(tmp_path / "tiny")
    return tmp_path


def run(capsys, *words):
    code = main([*words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_crosswalk_has_the_scores_of_the_encoder(capsys):
    code, out, err = run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny")
    assert code == 0
    assert "Sentence encoder: tiny." in err
    rows = [row for row in csv.DictReader(io.StringIO(out)) if row["object_id"].startswith("new:")]
    assert rows
    assert all(-1 <= float(row["encoder_score"]) <= 1 for row in rows if row["subject_id"].startswith("old:"))
    _, plain, _ = run(capsys, "link", "old.csv", "new.csv")
    assert {row["encoder_score"] for row in csv.DictReader(io.StringIO(plain))} == {""}


def test_without_a_cache_the_crosswalk_is_the_same(capsys):
    kept = [run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny")[1] for _ in range(2)]
    anew = run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny", "--no-cache")[1]
    assert kept == [anew, anew]


def test_another_model_gives_another_crosswalk(folder, capsys):
    files = [folder / f"{name}.csv" for name in ("first", "second")]
    for path, pooling in zip(files, ("mean_tokens", "cls_token"), strict=True):
        write_encoder(folder / "tiny", pooling=pooling)
        run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny", "-o", path.name)
    assert files[0].read_bytes() != files[1].read_bytes()


def test_the_next_command_keeps_the_encoder(capsys):
    _, _, err = run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny", "-o", "links.xlsx")
    assert "review export old.csv new.csv -o review.xlsx --encoder tiny" in err


def test_the_method_of_one_scorer_has_no_encoder(folder, capsys):
    words = ("link", "old.csv", "new.csv", "--method", "rapidfuzz", "--encoder", "tiny", "-o", "links.csv")
    code, _, err = run(capsys, *words)
    assert code == 2
    assert "--encoder tiny: two options that exclude each other; found --method rapidfuzz." in err
    assert not (folder / "links.csv").exists()


def test_the_method_of_one_scorer_has_no_thesaurus(folder, capsys):
    (folder / "terms.csv").write_text("term,relation,concept,source\n", encoding="utf-8")
    code, _, err = run(
        capsys, "link", "old.csv", "new.csv", "--method", "rapidfuzz", "--thesaurus", "terms.csv"
    )
    assert code == 2
    assert "--thesaurus terms.csv: two options that exclude each other; found --method rapidfuzz." in err


def test_a_crosswalk_of_ones_own_has_no_encoder(folder, capsys):
    (folder / "tracker.csv").write_text("KSB\nK1\nK2\n", encoding="utf-8")
    (folder / "mine.csv").write_text("old,new\nK1,K2\nK2,K1\n", encoding="utf-8")
    versions = ("--from", "old.csv", "--to", "new.csv")
    words = ("remap", "tracker.csv", *versions, "--crosswalk", "mine.csv", "--encoder", "tiny")
    code, _, err = run(capsys, *words)
    assert code == 2
    assert "--encoder tiny: two options that exclude each other; found --crosswalk mine.csv." in err
    assert not (folder / "tracker.new.csv").exists()


def test_a_model_that_cannot_be_read_is_refused(folder, capsys):
    (folder / "tiny" / "model.safetensors").write_bytes(b"no weights")
    code, _, err = run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny", "-o", "links.csv")
    assert code == 2
    assert err.startswith(
        "curriculum: tiny/model.safetensors: the sentence encoder cannot be run; expected w"
    )
    assert not (folder / "links.csv").exists()


@pytest.mark.parametrize("name", ["", " "])
def test_an_encoder_without_a_name_is_refused(capsys, name):
    with pytest.raises(SystemExit, match="2"):
        main(["link", "old.csv", "new.csv", "--encoder", name])
    assert "no folder is named; expected the folder of a sentence encoder" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["model_type", "hidden_act", "num_hidden_layers"])
def test_settings_of_another_form_are_refused(folder, capsys, name):
    path = folder / "tiny" / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {name: [{}]}), encoding="utf-8")
    code, _, err = run(capsys, "link", "old.csv", "new.csv", "--encoder", "tiny")
    assert code == 2
    assert f"curriculum: tiny/config.json: {name} is not one that can be used; expected" in err


def test_every_command_that_links_takes_an_encoder():
    (subcommands,) = make_parser()._subparsers._group_actions
    helps = {name: subcommands.choices[name].format_help() for name in COMMANDS}
    with_encoder = {name for name, text in helps.items() if "--encoder" in text}
    assert with_encoder == {"build", "bundle", "evaluate", "lineage", "link", "remap", "report", "versions"}
    (steps,) = subcommands.choices["review"]._subparsers._group_actions
    assert all("--encoder" in parser.format_help() for parser in steps.choices.values())


def test_a_tracker_is_remapped_with_an_encoder(folder, capsys):
    (folder / "tracker.csv").write_text("KSB,Evidence\nK1,plan.docx\nK2,\n", encoding="utf-8")
    words = ("remap", "tracker.csv", "--from", "old.csv", "--to", "new.csv", "--encoder", "tiny", "--dry-run")
    code, _, err = run(capsys, *words)
    assert code in (0, 1)
    assert "Sentence encoder: tiny." in err


def test_versions_have_an_encoder(capsys):
    code, _, err = run(capsys, "versions", "old.csv", "new.csv", "--order", "given", "--encoder", "tiny")
    assert code == 0
    assert "Sentence encoder: tiny." in err
    assert "curriculum versions old.csv new.csv -o versions.html --order given --encoder tiny" in err


def test_a_review_has_an_encoder(folder, capsys):
    words = ("review", "export", "old.csv", "new.csv", "--encoder", "tiny", "-o", "review.xlsx")
    code, _, err = run(capsys, *words)
    assert code == 0
    assert "Sentence encoder: tiny." in err
    assert (folder / "review.xlsx").is_file()


# --- Python -------------------------------------------------------------------------------------------------


def test_a_project_with_an_encoder(folder):
    project = cu.Project(folder, encoder=folder / "tiny")
    assert [scorer.name for scorer in project.scorers()][-1] == "encoder"
    assert f"Sentence encoder: {(folder / 'tiny').as_posix()}" in repr(project)
    crosswalk = project.link("old.csv", "new.csv")
    assert "and the sentence encoder tiny; no decision was applied." in repr(crosswalk)
    assert crosswalk.all_candidates["encoder_score"].notna().all()
    assert crosswalk.candidates("K1")["rank"].tolist() == [1, 2, 3]


def test_a_project_names_a_folder_that_is_not_there(folder):
    with pytest.raises(cu.CurriculumError, match="none: no such folder; expected the folder of a sentence"):
        cu.Project(folder, encoder="none").scorers()


def test_settings_of_a_step_are_never_read_outside_the_folder(folder):
    steps = json.loads((folder / "tiny" / "modules.json").read_text(encoding="utf-8"))
    (folder / "outside").mkdir()
    (folder / "outside" / "config.json").write_text('{"pooling_mode": "cls"}', encoding="utf-8")
    steps[1]["path"] = "../outside"
    (folder / "tiny" / "modules.json").write_text(json.dumps(steps), encoding="utf-8")
    with pytest.raises(cu.CurriculumError, match=r'modules.json: path is not .* found "../outside"'):
        cu.Project(folder, encoder="tiny").link("old.csv", "new.csv")
