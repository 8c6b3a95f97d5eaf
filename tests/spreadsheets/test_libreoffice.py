"""Files that LibreOffice saved, and files that it opens and saves again.

Without LibreOffice these tests are skipped, but where REQUIRE_LIBREOFFICE is set, as it is in `.ci/run`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from curriculum.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT / "data" / "raw"
SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(
    not SOFFICE and not os.environ.get("REQUIRE_LIBREOFFICE"), reason="LibreOffice is not installed"
)


def saved_again(path: Path, folder: Path) -> Path:
    """Let LibreOffice open a workbook and save it."""
    assert SOFFICE
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return folder / path.name


def remap(name, *words):
    return main(["remap", name, "--from", "st0792-1.0", "--to", "st0792-1.2", "--raw", str(RAW), *words])


def values(path, sheet):
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


def test_a_file_that_libreoffice_made_is_remapped_and_opens_there_again(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copy(ROOT / "examples" / "libreoffice.xlsx", tmp_path)
    assert remap("libreoffice.xlsx", "-o", "out.xlsx") == 1
    (tmp_path / "again").mkdir()
    again = saved_again(tmp_path / "out.xlsx", tmp_path / "again")
    assert openpyxl.load_workbook(again).sheetnames == ["Evidence", "To decide", "Audit", "Coverage"]
    old, out, new = (values(path, "Evidence") for path in ("libreoffice.xlsx", "out.xlsx", again))
    assert [row[:6] for row in out] == old
    assert [[cell or "" for cell in row] for row in new] == [[cell or "" for cell in row] for row in out]
    assert out[0][6:9] == ["Knowledge (st0792-1.2)", "outcome (Knowledge)", "note (Knowledge)"]
    assert "for a person" in " ".join(capsys.readouterr().err.split())


def test_answers_that_libreoffice_saved_are_read(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("tracker.csv").write_text("Session,KSBs\na,K1\nb,S5\n", encoding="utf-8")
    assert remap("tracker.csv") == 1
    book = openpyxl.load_workbook("tracker.st0792-1.2.to-decide.xlsx")
    sheet = book["To decide"]
    (header,) = [row for row in sheet.iter_rows() if str(row[0].value).startswith("old code")]
    (column,) = [cell.column for cell in header if str(cell.value).startswith("decision")]
    for row in range(header[0].row + 1, sheet.max_row + 1):
        sheet.cell(row, column).value = "K4"
    book.save("answers.xlsx")
    (tmp_path / "again").mkdir()
    again = saved_again(tmp_path / "answers.xlsx", tmp_path / "again")
    assert remap("tracker.csv", "--decisions", str(again)) == 0
    lines = Path("tracker.st0792-1.2.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[2] for line in lines[1:]] == ["K4", "K4"]
    capsys.readouterr()


def test_a_review_that_libreoffice_saved_changes_nothing_or_what_was_answered(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(RAW, tmp_path / "raw")
    pair = ("st0792-1.0", "st0792-1.2")
    assert main(["review", "export", *pair, "--raw", "raw", "-o", "review.xlsx"]) == 0
    exported = Path("review.xlsx").read_bytes()
    (tmp_path / "again").mkdir()
    again = saved_again(tmp_path / "review.xlsx", tmp_path / "again")
    assert again.read_bytes() != exported
    assert main(["review", "apply", str(again), "--raw", "raw", "--reviewer", "AB"]) == 1
    assert not list(Path("raw/decisions").glob("*.csv"))
    assert "No answer is new" in capsys.readouterr().err
    Path("review.xlsx").unlink()
    assert main(["review", "export", *pair, "--raw", "raw", "-o", "review.xlsx"]) == 0
    assert Path("review.xlsx").read_bytes() == exported
    book = openpyxl.load_workbook(again, rich_text=True)
    sheet = book["To decide"]
    assert sheet.protection.sheet
    (header,) = [cell.row for cell in sheet["A"] if str(cell.value).startswith("old code")]
    (column,) = [cell.column for cell in sheet[header] if cell.value == "decision"]
    (row,) = [cell.row for cell in sheet["A"] if cell.value == "S40"]
    assert sheet.cell(row, column).protection.locked is False
    sheet.cell(row, column).value = "S15"
    book.save("answers.xlsx")
    answers = saved_again(tmp_path / "answers.xlsx", tmp_path / "again")
    assert main(["review", "apply", str(answers), "--raw", "raw", "--reviewer", "AB"]) == 1
    (path,) = Path("raw/decisions").glob("*.csv")
    (line,) = path.read_text(encoding="utf-8-sig").splitlines()[1:]
    assert line.startswith("add link,st0792-1.0:S40,,st0792-1.2:S15,")
    capsys.readouterr()
