"""What tests do once is what the package does every time."""

from __future__ import annotations

import pytest

import done_once
from curriculum.crosswalk import linked_documents
from curriculum.documents.register import folder_to_documents
from curriculum.linking.candidates import propose
from curriculum.linking.csls_scores import default_scorers
from curriculum.parsing import document_reading
from curriculum.parsing.document_parser import parse_document


@pytest.fixture(scope="module")
def documents(raw):
    return folder_to_documents(raw)


def test_a_document_is_parsed_once_and_as_ever(documents):
    for document in documents:
        assert done_once.parse_once(document) == parse_document(document)
        assert done_once.parse_once(document) is done_once.parse_once(document)
    changed = documents[0].__class__(
        **{**vars(documents[0]), "lines": ("K1: How to bake", *documents[0].lines)}
    )
    assert done_once.parse_once(changed).document.lines[0] == "K1: How to bake"


def test_findings_of_another_document_are_its_own(documents):
    first, second = map(done_once.parse_once, documents[:2])
    assert done_once.check_once(first) == done_once.parsed_to_findings(first)
    assert done_once.check_once(second) == done_once.parsed_to_findings(second)
    assert done_once.check_once(first) != done_once.check_once(second)


def test_proposals_are_those_of_their_statements_and_scorers(tables):
    old, new = (
        tables.statements[tables.statements["document_id"] == name] for name in ("nos-2017", "nos-2019")
    )
    with_vectors, without = default_scorers(), default_scorers(with_vectors=False)[:1]
    for scorers in (with_vectors, without, with_vectors):
        again, anew = done_once.propose_once(old, new, scorers), propose(old, new, scorers)
        assert again.links.equals(anew.links)
        assert again.candidates.equals(anew.candidates)
    shorter = done_once.propose_once(old.head(3), new, without)
    assert shorter.links.equals(propose(old.head(3), new, without).links)
    # Nobody changes what others are given.
    shorter.links.loc[:, "confidence"] = 0.0
    assert not done_once.propose_once(old.head(3), new, without).links.equals(shorter.links)


@pytest.mark.usefixtures("anew")
def test_a_test_can_have_it_done_anew():
    assert document_reading.parse_document is parse_document
    assert linked_documents.propose is propose


def test_others_have_it_done_once():
    assert document_reading.parse_document is done_once.parse_once
    assert linked_documents.propose is done_once.propose_once
