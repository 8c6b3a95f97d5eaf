"""Proposals from the cache are those that would be made."""

from __future__ import annotations

import ast
import json
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pandas as pd
import pytest

from curriculum.crosswalk.linked_documents import link_documents, link_pairs
from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.errors import CurriculumError
from curriculum.files.cache import Cache
from curriculum.linking import kept_proposals
from curriculum.linking.kept_proposals import KeptScorers, scorers_to_kept
from curriculum.model import vocabulary as v

PAIR = ("draft-2019", "st0792-1.2")


def refuse():
    raise AssertionError("the scorers are loaded")


def test_proposals_from_the_cache_are_equal(tables, scorers, tmp_path):
    expected = link_pairs(tables, [PAIR], scorers, decisions=())
    cache = Cache(tmp_path / "cache")
    made = link_pairs(tables, [PAIR], KeptScorers(lambda: scorers, cache, "key"), decisions=())
    kept = link_pairs(tables, [PAIR], KeptScorers(refuse, cache, "key"), decisions=())
    pd.testing.assert_frame_equal(made, expected, check_exact=True)
    pd.testing.assert_frame_equal(kept, expected, check_exact=True)
    # A pair for statements, and one for duties.
    assert len(list(cache.folder.iterdir())) == 2


def test_other_statements_or_scorers_are_not_taken_from_the_cache(tables, scorers, tmp_path):
    cache = Cache(tmp_path)
    link_pairs(tables, [PAIR], KeptScorers(lambda: scorers, cache, "key"), decisions=())
    with pytest.raises(AssertionError, match="loaded"):
        link_documents(tables, *PAIR, KeptScorers(refuse, cache, "another key"), decisions=())
    with pytest.raises(AssertionError, match="loaded"):
        link_documents(tables, *PAIR[::-1], KeptScorers(refuse, cache, "key"), decisions=())
    statements = tables.statements.copy()
    for column in (v.TEXT, v.KIND, v.CODE):
        changed = statements.assign(**{column: statements[column].where(statements.index > 0, "other")})
        first = changed[changed[v.DOCUMENT_ID] == PAIR[0]]
        second = changed[changed[v.DOCUMENT_ID] == PAIR[1]]
        with pytest.raises(AssertionError, match="loaded"):
            KeptScorers(refuse, cache, "key").proposed(first, second, refuse)


def test_damaged_proposals_are_made_again(tables, scorers, tmp_path):
    cache = Cache(tmp_path)
    expected = link_documents(tables, *PAIR, KeptScorers(lambda: scorers, cache, "key"), decisions=())
    for path in tmp_path.iterdir():
        path.write_bytes(path.read_bytes()[:-100])
    again = link_documents(tables, *PAIR, KeptScorers(lambda: scorers, cache, "key"), decisions=())
    pd.testing.assert_frame_equal(again, expected, check_exact=True)
    link_documents(tables, *PAIR, KeptScorers(refuse, cache, "key"), decisions=())


def test_scorers_with_a_cache_are_the_scorers(raw, scorers, tmp_path):
    kept = folder_to_scorers(raw, cache=Cache(tmp_path))
    assert [scorer.name for scorer in kept] == [scorer.name for scorer in scorers]
    assert len(kept) == len(scorers)
    assert [scorer.name for scorer in kept[1:]] == [scorer.name for scorer in scorers[1:]]
    assert kept[0].name == scorers[0].name


def test_a_faulty_thesaurus_is_refused_with_a_cache_too(raw, tmp_path):
    cache, path = Cache(tmp_path / "cache"), tmp_path / "thesaurus.csv"
    path.write_text("term,relation,concept,source\nvan,like,vehicle,\n")
    for _ in range(2):
        with pytest.raises(CurriculumError, match="no relation"):
            folder_to_scorers(raw, path, cache=cache)
    path.write_text("term,relation,concept,source\nvan,skos:broader,vehicle,\n")
    folder_to_scorers(raw, path, cache=cache)
    path.unlink()
    with pytest.raises(CurriculumError, match=r"thesaurus\.csv"):
        folder_to_scorers(raw, path, cache=cache)


def test_a_thesaurus_is_read_once(tmp_path):
    scorers_to_kept(lambda: (), b"terms", Cache(tmp_path))
    scorers_to_kept(refuse, b"terms", Cache(tmp_path))
    with pytest.raises(AssertionError, match="loaded"):
        scorers_to_kept(refuse, b"other terms", Cache(tmp_path))


def test_the_key_depends_on_program_libraries_and_system(monkeypatch):
    before = kept_proposals._surroundings()
    sources, versions, system, _ = json.loads(before)
    assert len(sources) > 20
    assert all(versions[:3])
    assert all(system)
    keys = {before}
    for name, value in (("_ROOMS", ("linking",)), ("_version", lambda _: "0"), ("vectors_to_files", list)):
        with monkeypatch.context() as patch:
            patch.setattr(kept_proposals, name, value)
            keys.add(kept_proposals._surroundings())
    assert kept_proposals._surroundings() == before
    assert len(keys) == 4


def test_every_package_that_the_linker_imports_is_part_of_the_key():
    source = Path(kept_proposals.__file__).resolve().parents[1]
    trees = [
        ast.parse(path.read_text(encoding="utf-8"))
        for room in ("linking", "model")
        for path in (source / room).glob("*.py")
    ]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    roots = {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"curriculum"}
    distributions = packages_distributions()
    packages = {package.casefold() for root in roots for package in distributions[root]}
    assert packages <= {"numpy", "pandas", "rapidfuzz", *kept_proposals._PACKAGES}
    assert {"pystemmer", "tokenizers", "scipy"} <= packages
