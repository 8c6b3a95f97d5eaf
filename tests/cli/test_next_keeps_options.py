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
