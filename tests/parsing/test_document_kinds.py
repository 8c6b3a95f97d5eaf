"""The kinds of document: a record in a module each, one list of them, and the recipe for a new one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd

from curriculum.documents.document import Document
from curriculum.parsing.document_kind import CodeFamily, DocumentKind, DocumentText
from curriculum.parsing.document_kinds import KIND_MODULES, document_kinds
from curriculum.parsing.occurrences import occurrences_to_duties
from curriculum.parsing.rows import Duty, Occurrence, Rows

ROOT = Path(__file__).resolve().parents[2]
KINDS = ROOT / "src" / "curriculum" / "parsing" / "kinds"
RECIPE = ROOT / "docs" / "add_a_kind_of_document.md"


def test_each_module_of_a_kind_is_in_the_list():
    assert {path.stem for path in KINDS.glob("*.py")} - {"__init__"} == set(KIND_MODULES)


def test_a_kind_is_one_record_with_a_name_of_its_own():
    kinds = document_kinds()
    assert all(isinstance(kind, DocumentKind) for kind in kinds)
    assert len({kind.name for kind in kinds}) == len(kinds) == len(KIND_MODULES)


def test_no_other_module_names_a_kind():
    texts = {path.stem: path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")}
    for module, kind in zip(KIND_MODULES, document_kinds(), strict=True):
        quoted = re.compile(rf"(?<!\w)[\"']{re.escape(kind.name)}[\"']")
        found = [stem for stem, text in texts.items() if quoted.search(text)]
        assert found in ([module], ["vocabulary"])


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_recipe_for_a_new_kind_works_as_it_is_written(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    (module,) = blocks("python")
    before, line, after = blocks("diff")[0].splitlines(keepends=True)
    (text,) = blocks("text")
    parsing = source / "curriculum" / "parsing"
    (parsing / "kinds" / "qualification_unit.py").write_text(module, encoding="utf-8")
    listed = (parsing / "document_kinds.py").read_text(encoding="utf-8")
    before, line, after = (text[1:] for text in (before, line, after))
    changed = listed.replace(f"{before}{after}", f"{before}{line}{after}")
    assert changed != listed
    (parsing / "document_kinds.py").write_text(changed, encoding="utf-8")
    (tmp_path / "unit.txt").write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "curriculum", "parse", "unit.txt", "-o", "unit"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(source), "COLUMNS": "200"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert "qualification unit" in run.stderr
    assert "“Learning outcome n” (2 times, first on line 2)" in run.stderr
    tables = {
        name: pd.read_csv(tmp_path / "unit" / f"{name}.csv", dtype=str, keep_default_na=False)
        for name in ("documents", "statements", "findings")
    }
    assert tables["documents"][["kind", "title"]].values.tolist() == [["qualification unit", "Shoe a horse"]]
    assert tables["statements"][["statement_id", "text", "first_line"]].values.tolist() == [
        ["unit:1.1", "Describe the parts of the hoof", "3"],
        ["unit:1.2", "Explain how the hoof grows", "4"],
        ["unit:2.1", "Choose a shoe for the horse", "6"],
    ]
    assert tables["findings"]["rule"].tolist() == []


def test_codes_of_a_family_begin_with_its_letters():
    kind = DocumentKind(
        name="competency table",
        description="competences",
        recognise=lambda _: "",
        parse=lambda _: Rows(),
        code_families=(CodeFamily("C", "competences"), CodeFamily("D", "duties of a competence")),
    )
    text = DocumentText(Document("c", (), "c.txt", "", "utf-8"))
    rows = Rows(occurrences=(Occurrence("C1.1", "Care", "Groom a horse", 1, 1),))
    assert kind.missing_sections(text, rows) == ["duties of a competence"]


def test_each_duty_with_several_wordings_is_reported():
    rows = [
        Duty("D1", "core", "Shoe horses", 3, 3),
        Duty("D2", "core", "Run a forge", 4, 4),
        Duty("D1", "core", "Shoe ponies", 9, 9),
        Duty("D2", "core", "Run a forge.", 10, 10),
    ]
    duties, findings = occurrences_to_duties(rows)
    assert [(duty.code, duty.text) for duty in duties] == [("D1", "Shoe horses"), ("D2", "Run a forge")]
    assert [(finding.rule, finding.line) for finding in findings] == [("several-wordings", 3)]
