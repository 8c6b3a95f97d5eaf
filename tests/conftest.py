"""What all tests share.

The package is imported where it is needed: the process that only hands tests to the others starts without it.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from curriculum.linking.csls_scores import Scorer
    from curriculum.parsing.parse_result import ParsedDocument
    from curriculum.tables.carrier import Tables

ROOT = Path(__file__).resolve().parents[1]
RAW = ROOT / "data" / "raw"
# The rooms whose tests are about the work that other tests have done once.
ANEW = ("parsing", "checks", "linking")

# Doctests and notebooks whose figures are those of the whole linker.
WITH_VECTORS = ("linking/word_vectors.py::", "notebooks/04_how_good_are_the_links")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what holds only with word vectors where there is no wheel of them."""
    from curriculum.linking.word_vectors import has_vectors

    if has_vectors():
        return
    for item in items:
        if item.get_closest_marker("vectors") or any(name in item.nodeid for name in WITH_VECTORS):
            item.add_marker(pytest.mark.skip(reason="no wheel of word vectors for this Python or system"))


@pytest.fixture(scope="session", autouse=True)
def cache_of_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests away from the cache of the user."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CURRICULUM_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session", autouse=True)
def equal_work() -> Iterator[None]:
    """Parse and link what was parsed and linked before only once."""
    from done_once import done_once

    with done_once():
        yield


@pytest.fixture(scope="module", autouse=True)
def own_work(request: pytest.FixtureRequest) -> Iterator[None]:
    """Do everything anew in the tests of this very work."""
    from done_once import done_anew

    with done_anew() if request.path.parent.name in ANEW else nullcontext():
        yield


@pytest.fixture
def anew() -> Iterator[None]:
    """Do everything anew in one test."""
    from done_once import done_anew

    with done_anew():
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    """Open a browser for the tests of a module."""
    from browser import open_browser

    with open_browser() as chromium:
        yield chromium


@pytest.fixture(scope="session")
def raw() -> Path:
    return RAW


@pytest.fixture(scope="session")
def parsed() -> dict[str, ParsedDocument]:
    from curriculum.documents.register import folder_to_documents
    from curriculum.parsing.document_reading import documents_to_parsed

    every = documents_to_parsed(folder_to_documents(RAW))
    return {one.document.document_id: one for one in every}


@pytest.fixture(scope="session")
def tables(parsed: dict[str, ParsedDocument]) -> Tables:
    from curriculum.checks.all_findings import parsed_to_checked
    from curriculum.parsing.parsed_tables import parsed_to_tables

    return parsed_to_tables(map(parsed_to_checked, parsed.values()))


@pytest.fixture(scope="session")
def scorers() -> tuple[Scorer, ...]:
    """What speaks for a pair of statements in the commands: with the thesaurus of the raw folder."""
    from curriculum.crosswalk.raw_folder import folder_to_scorers

    return folder_to_scorers(RAW)


@pytest.fixture
def read():
    """Parse a text that stands in the test, as the document `mine`."""
    from curriculum.documents.document import Document, Registration
    from curriculum.parsing.document_parser import parse_document

    def parse(text: str, document_id: str = "mine") -> ParsedDocument:
        lines = tuple(text.strip("\n").split("\n"))
        registration = Registration(document_id, f"{document_id}.txt", "0" * 64)
        return parse_document(
            Document(document_id, lines, f"{document_id}.txt", "0" * 64, "utf-8", registration)
        )

    return parse


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a copy of the raw folder, as the current folder."""
    shutil.copytree(RAW, tmp_path / "data" / "raw")
    monkeypatch.chdir(tmp_path)
    return tmp_path
