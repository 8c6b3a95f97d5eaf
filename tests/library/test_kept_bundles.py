"""A kept bundle: used while nothing that it depends on has changed, and never when it is damaged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from curriculum.crosswalk.bundle_file import bundle_to_bytes
from curriculum.files.cache import Cache
from curriculum.library.kept_bundles import BundleSource, keep_bundle, kept_bundle, source_to_key
from curriculum.library.remap_bundle import folder_to_bundle
from curriculum.project import Project

PAIR = ("nos-2017", "nos-2019")
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def folder(tmp_path, raw) -> Path:
    return Path(shutil.copytree(raw, tmp_path / "raw"))


def test_the_key_changes_with_each_file_and_word(folder):
    source = BundleSource(PAIR, folder)
    key = source_to_key(source)
    assert source_to_key(BundleSource(PAIR, folder)) == key
    others = [
        replace(source, names=PAIR[::-1]),
        replace(source, kinds=("", "list")),
        replace(source, with_decisions=False),
        replace(source, with_links=False),
        replace(source, decisions=folder / "decisions"),
    ]
    thesaurus = folder / "thesaurus.csv"
    text = thesaurus.read_bytes()
    keys = {key, *map(source_to_key, others)}
    thesaurus.write_bytes(text + b"\n")
    assert len({*keys, source_to_key(source)}) == 7
    thesaurus.write_bytes(text)
    assert source_to_key(source) == key


def test_a_file_that_a_version_is_named_by_counts(folder, tmp_path):
    mine = tmp_path / "mine.csv"
    mine.write_text("code,text\nK1,Law\n", encoding="utf-8")
    source = BundleSource((str(mine), "nos-2019"), folder)
    key = source_to_key(source)
    mine.write_text("code,text\nK1,Laws\n", encoding="utf-8")
    assert source_to_key(source) != key


def test_a_file_whose_name_has_the_sign_of_a_part_counts(folder, tmp_path):
    mine = tmp_path / "mine#1.csv"
    mine.write_text("code,text\nK1,Law\n", encoding="utf-8")
    source = BundleSource((str(mine), "nos-2019"), folder)
    key = source_to_key(source)
    mine.write_text("code,text\nK1,Laws\n", encoding="utf-8")
    assert source_to_key(source) != key


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_file_in_a_folder_that_a_link_leads_to_counts(folder, tmp_path):
    (folder / "decisions").rename(tmp_path / "elsewhere")
    (folder / "decisions").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "again").symlink_to(tmp_path / "elsewhere")
    source = BundleSource(PAIR, folder)
    key = source_to_key(source)
    (tmp_path / "elsewhere" / "mine.csv").write_text("decision\n", encoding="utf-8")
    assert source_to_key(source) != key


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="every file can be read")
def test_a_file_that_cannot_be_read_gives_no_key(folder):
    (folder / "thesaurus.csv").chmod(0)
    assert source_to_key(BundleSource(PAIR, folder)) == ""


def test_a_bundle_that_was_kept_is_the_same_and_a_damaged_one_is_none(folder, tmp_path):
    cache = Cache(tmp_path / "cache")
    bundle = folder_to_bundle(Project(folder), PAIR)
    keep_bundle(cache, "", bundle)
    assert not (tmp_path / "cache").exists()
    keep_bundle(cache, "a", bundle)
    kept = kept_bundle(cache, "a")
    assert kept is not None
    assert bundle_to_bytes(kept) == bundle_to_bytes(bundle)
    assert kept_bundle(cache, "b") is None
    cache.write("b", b'{"format": "curriculum-bundle", "version": 1}')
    assert kept_bundle(cache, "b") is None


def test_remapping_with_a_bundle_at_hand_loads_no_pandas(tmp_path, raw):
    (tmp_path / "t.csv").write_text("Week,KSBs\n1,K1\n2,K2\n", encoding="utf-8")
    words = ["remap", "t.csv", "--from", "nos-2017", "--to", "nos-2019", "--raw", str(raw), "--force"]
    program = (
        f"import sys; sys.argv = {['curriculum', *words]!r}; from curriculum.cli.main import main; main(); "
        "print(sorted({'pandas', 'numpy', 'scipy', 'networkx'} & set(sys.modules)))"
    )
    variables = {**os.environ, "CURRICULUM_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT / "src")}
    loaded = [
        subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]
    assert "pandas" in loaded[0]
    assert loaded[1] == "[]"
