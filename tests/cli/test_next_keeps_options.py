"""The commands that are shown next keep the options that the first needed."""

from __future__ import annotations

from curriculum.cli.main import main

TEXT = "Knowledge\nK1: How hay is dried\nK2: How straw is stacked\nSkills\nS1: Bale hay\n"


def test_raised_limits_are_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "big.txt").write_text(TEXT + "\n" * 9_000, encoding="utf-8")
    assert main(["parse", "big.txt", "--limits", "2"]) == 0
    (command,) = [line for line in capsys.readouterr().err.splitlines() if line.startswith("  ")][-1:]
    assert command.endswith("parse big.txt -o tables --limits 2")


def test_the_method_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert main(["link", "old.txt", "new.txt", "--method", "rapidfuzz"]) == 0
    assert "link old.txt new.txt --method rapidfuzz -o crosswalk.xlsx" in capsys.readouterr().err


def test_a_crosswalk_in_which_nothing_waits(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert main(["link", "old.txt", "new.txt", "-o", "links.xlsx"]) == 0
    shown = capsys.readouterr().err
    assert "Old statements: 3 (3 need no look)." in shown
    assert "Statements of the new version: 3 (each has an old counterpart)." in shown
    assert "Next: open links.xlsx: nothing in it waits for a decision." in shown
    assert "review export" not in shown


def test_the_report_is_named_with_its_folder(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name in ("old", "new"):
        (tmp_path / f"{name}.txt").write_text(TEXT, encoding="utf-8")
    assert main(["report", "old.txt", "new.txt", "-o", "results/report.html"]) == 0
    assert "Next: open results/report.html, and begin with the worklist." in capsys.readouterr().err


def test_a_remap_between_two_standards_says_so(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, reference in (("old", "ST0096"), ("new", "ST0097")):
        facts = f"Title: Farming\nReference: {reference}\nVersion: 1.0\n\n"
        (tmp_path / f"{name}.txt").write_text(facts + TEXT, encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("KSB\nK1\nK2\n", encoding="utf-8")
    main(["remap", "tracker.csv", "--from", "old.txt", "--to", "new.txt", "--dry-run"])
    shown = " ".join(capsys.readouterr().err.split())
    assert "old is ST0096, and new is ST0097: two standards, not two versions of one." in shown


def test_codes_that_are_not_read_are_told_where_they_are_used(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text(
        TEXT.replace("K1:", "- K/1").replace("K2:", "- K/2").replace("S1:", "- S/1")
    )
    (tmp_path / "new.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("KSB\nK1\nK2\n", encoding="utf-8")
    for words in (
        ["link", "old.txt", "new.txt", "-o", "links.csv"],
        ["remap", "tracker.csv", "--from", "old.txt", "--to", "new.txt", "--dry-run"],
    ):
        main(words)
        shown = " ".join(capsys.readouterr().err.split())
        assert (
            "Mind the codes of old: line 2: 3 of 3 items begin with what may be a code, such as K/1" in shown
        )


def test_errors_of_a_document_are_told_where_it_is_used(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "new.txt").write_text(TEXT + "S2/S3: Stack hay\n", encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("KSB\nK1\nK2\n", encoding="utf-8")
    for words in (
        ["link", "old.txt", "new.txt", "-o", "links.csv"],
        ["remap", "tracker.csv", "--from", "old.txt", "--to", "new.txt", "--dry-run"],
    ):
        main(words)
        shown = " ".join(capsys.readouterr().err.split())
        assert "new has 1 error (not-in-a-table). Run the command check to see where" in shown
        assert "old has 1 error" not in shown


def test_the_options_of_a_report_are_kept_for_its_review(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for name, text in (("old", TEXT), ("new", TEXT.replace("How straw is stacked", "The law on feed"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "decided").mkdir()
    assert main(["report", "old.txt", "new.txt", "--decisions", "decided", "--kind", "KSB listing"]) == 0
    shown = " ".join(capsys.readouterr().err.split())
    assert "review export old.txt new.txt -o review.xlsx" in shown
    assert "--decisions decided" in shown
    assert '--kind "KSB listing"' in shown
