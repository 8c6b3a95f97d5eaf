"""Versions are put in order by reference, number and date, each with the reason; what is missing is named."""

from __future__ import annotations

import pandas as pd
import pytest

from curriculum.analysis.missing_versions import NamedVersion, chain_to_missing, missing_between
from curriculum.analysis.version_chains import VersionFacts, facts_to_chains
from curriculum.errors import CurriculumError, Faults, InvalidInput
from curriculum.model.version_numbers import (
    numbers_to_skipped,
    text_to_version_in_name,
    version_to_numbers,
)

RECORD = "official record"


def facts(name, version="", reference="ST9911", *, title="Mender", kind=RECORD, approved="", updated=""):
    return VersionFacts(name, reference, version, title, kind, approved, updated, f"{name}.txt")


def ids(*given, order="found"):
    """Give the ids of each chain, by its reference."""
    chains = facts_to_chains(given, order)
    return {chain.reference: [row.facts.document_id for row in chain.versions] for chain in chains}


def test_versions_are_numbers():
    versions = (facts("a", "1.10"), facts("b", "1.9"), facts("c", "2"), facts("d", "v1.0"))
    assert ids(*versions) == {"ST9911": ["d", "b", "a", "c"]}
    (chain,) = facts_to_chains(versions)
    assert [row.reason for row in chain.versions] == [
        "the lowest version number",
        "1.9 comes after v1.0",
        "1.10 comes after 1.9",
        "2 comes after 1.10",
    ]
    assert not any(row.is_inferred for row in chain.versions)


def test_two_standards_are_never_one_chain():
    found = ids(facts("b1", "1.1", "ST9912"), facts("a", "1.0"), facts("b0", "1.0", "ST9912"))
    assert found == {"ST9912": ["b0", "b1"], "ST9911": ["a"]}


def test_a_version_without_a_number_is_placed_by_its_date():
    (chain,) = facts_to_chains(
        [
            facts("new", "1.2", updated="2022-05-01"),
            facts("unknown", updated="2021-05-01"),
            facts("old", "1.0", updated="2020-05-01"),
        ]
    )
    assert [row.facts.document_id for row in chain.versions] == ["old", "unknown", "new"]
    between = chain.versions[1]
    assert between.reason == "by its date (updated 2021-05-01), as it prints no version number"
    assert between.is_inferred


def test_versions_without_any_number_are_ordered_by_their_dates():
    given = (facts("b", approved="2021-05-01"), facts("a", approved="2020-05-01"))
    assert ids(*given) == {"ST9911": ["a", "b"]}


@pytest.mark.parametrize(
    ("unknown", "others"),
    [
        # No date at all.
        ({}, ({"updated": "2020-05-01"}, {"updated": "2022-05-01"})),
        # A date of another sort than those of the others.
        ({"approved": "2021-05-01"}, ({"updated": "2020-05-01"}, {"updated": "2022-05-01"})),
        # The same date as another one.
        ({"updated": "2020-05-01"}, ({"updated": "2020-05-01"}, {"updated": "2022-05-01"})),
        # It can be before or behind the version without a date.
        ({"updated": "2021-05-01"}, ({"updated": "2020-05-01"}, {})),
    ],
)
def test_a_place_that_no_date_tells_is_asked_for(unknown, others):
    given = [facts("old", "1.0", **others[0]), facts("new", "1.2", **others[1]), facts("unknown", **unknown)]
    with pytest.raises(InvalidInput) as fault:
        facts_to_chains(given)
    assert "unknown.txt: its place among the versions cannot be told" in str(fault.value)
    assert "--order given" in str(fault.value)
    assert ids(*given, order="given") == {"ST9911": ["old", "new", "unknown"]}


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("draft", "v1"), ("draft", "v2")], ["draft", "v1", "v2"]),
        ([("v1", "draft"), ("draft", "v2")], ["v1", "draft", "v2"]),
        ([("v2", "draft")], ["v1", "v2", "draft"]),
        # It can be in two places, or in none.
        ([("v1", "draft")], None),
        ([("v2", "draft"), ("draft", "v1")], None),
        ([("x", "y")], None),
    ],
)
def test_a_version_without_number_and_date_is_placed_by_the_register(pairs, expected):
    given = [facts("v1", "1.0"), facts("v2", "1.1"), facts("draft")]
    if expected is None:
        with pytest.raises(InvalidInput, match="its place among the versions cannot be told"):
            facts_to_chains(given, pairs=pairs)
        return
    (chain,) = facts_to_chains(given, pairs=pairs)
    assert [row.facts.document_id for row in chain.versions] == expected
    draft = chain.versions[expected.index("draft")]
    assert draft.reason == "by the pairs of the register, as it prints no version number"
    assert draft.is_inferred


def test_the_given_order_holds_and_a_lower_number_is_told():
    (chain,) = facts_to_chains([facts("a", "1.2"), facts("b", "1.1")], "given")
    assert [(row.reason, row.notes) for row in chain.versions] == [
        ("as named", ()),
        ("as named", ("its version 1.1 is lower than 1.2, named before it",)),
    ]


def test_a_date_against_the_numbers_is_told():
    (chain,) = facts_to_chains(
        [facts("a", "1.0", approved="2022-01-01"), facts("b", "1.1", approved="2021-01-01")]
    )
    assert [row.notes for row in chain.versions] == [
        (),
        ("its date 2021-01-01 is before that of a, 2022-01-01",),
    ]


def test_equal_versions_are_ordered_by_date_or_told():
    (chain,) = facts_to_chains(
        [facts("b", "1.1", updated="2022-02-01"), facts("a", "1.1", updated="2022-01-01")]
    )
    assert [row.facts.document_id for row in chain.versions] == ["a", "b"]
    assert chain.versions[1].reason == "the same version as a; its date is later"
    (chain,) = facts_to_chains([facts("b", "1.1"), facts("a", "1.1")])
    assert [row.facts.document_id for row in chain.versions] == ["b", "a"]
    reason = "the same version as b; no date tells which is newer; they are in the order of the files"
    assert chain.versions[1].reason == reason


def test_a_version_without_a_reference_belongs_to_the_only_standard():
    (chain,) = facts_to_chains([facts("a", "1.0"), facts("b", "1.1", "")])
    assert chain.versions[1].notes == ("it prints no reference; ST9911 is the only standard here",)
    assert chain.versions[1].is_inferred


def test_a_version_without_a_reference_belongs_to_the_standard_with_its_title():
    given = (
        facts("a", "1.0"),
        facts("c", "1.0", "ST9912", title="Baker"),
        facts("b", "1.1", "", title="Baker"),
    )
    assert ids(*given) == {"ST9911": ["a"], "ST9912": ["c", "b"]}
    with pytest.raises(InvalidInput, match="prints no reference"):
        facts_to_chains([*given, facts("d", "1.1", "", title="Weaver")])


def test_no_reference_at_all_is_refused_unless_the_titles_or_the_user_say_so():
    given = [facts("a", "1.0", "", title="Baker"), facts("b", "1.1", "", title="Weaver")]
    with pytest.raises(Faults) as fault:
        facts_to_chains(given)
    assert [single.where for single in fault.value.faults] == ["a.txt", "b.txt"]
    assert ids(*given, order="given") == {"": ["a", "b"]}
    assert ids(*(row._replace(title="Baker") for row in given)) == {"": ["a", "b"]}
    assert ids(given[0]) == {"": ["a"]}


def test_documents_of_several_kinds_are_refused():
    given = [facts("a", "1.0"), facts("n", kind="NOS unit"), facts("p", kind="assessment plan")]
    with pytest.raises(InvalidInput) as fault:
        facts_to_chains(given)
    message = str(fault.value)
    assert "a.txt (standard); n.txt (NOS unit); p.txt (assessment plan)" in message
    assert ids(*(row._replace(kind="NOS unit", version=f"1.{at}") for at, row in enumerate(given)))


def test_every_fault_is_raised_at_once():
    given = [facts("a", "1.0"), facts("x"), facts("b", "1.0", "ST9912"), facts("y", reference="ST9912")]
    with pytest.raises(CurriculumError) as fault:
        facts_to_chains(given)
    assert "x.txt" in str(fault.value)
    assert "y.txt" in str(fault.value)


# --- Versions that are not here ---------------------------------------------------------------------------


def missing(versions, *named):
    (chain,) = facts_to_chains([facts(f"v{version}", version) for version in versions])
    return chain, chain_to_missing(chain, named)


def test_a_gap_between_numbers_is_missing():
    chain, found = missing(["1.0", "1.2", "2.1"])
    assert found[["version", "where", "known_from"]].to_numpy().tolist() == [
        ["1.1", "between 1.0 and 1.2", "the numbers: 1.0 and 1.2 leave it out"],
        ["2.0", "between 1.2 and 2.1", "the numbers: 1.2 and 2.1 leave it out"],
    ]
    assert missing_between(found, chain) == {("v1.0", "v1.2"): ("1.1",), ("v1.2", "v2.1"): ("2.0",)}


def test_versions_that_a_log_names_are_missing_with_its_words():
    log = (
        NamedVersion("1.0", "the version log of v1.1", "2020-01-01", "2021-01-01", "", "Approved"),
        NamedVersion("1.1", "the version log of v1.1"),
        NamedVersion("1.3", "feed.json", change_detail="status: Approved"),
    )
    _, found = missing(["1.1"], *log)
    assert found.to_numpy().tolist() == [
        [
            "ST9911",
            "1.0",
            "before 1.1",
            "the version log of v1.1",
            "2020-01-01",
            "2021-01-01",
            "",
            "Approved",
        ],
        ["ST9911", "1.2", "after 1.1", "the numbers: 1.1 and 1.3 leave it out", "", "", "", ""],
        ["ST9911", "1.3", "after 1.1", "feed.json", "", "", "", "status: Approved"],
    ]


def test_nothing_is_missing():
    chain, found = missing(["1.0", "1.1", "2.0"])
    assert found.empty
    assert list(missing_between(found, chain).values()) == [(), ()]
    assert isinstance(found, pd.DataFrame)


def test_a_wide_gap_names_twenty_versions():
    assert len(list(numbers_to_skipped(["1.0", "1.900000"]))) == 20
    assert len(list(numbers_to_skipped(["1.0", "900000.0"]))) == 20


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("1.10", (1, 10)),
        ("1", (1, 0)),
        ("V 2.1", (2, 1)),
        ("1.2.3", (1, 2, 3)),
        ("1.2 draft", ()),
        ("-1", ()),
    ],
)
def test_numbers_of_versions(text, numbers):
    assert version_to_numbers(text) == numbers


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("ST9911_v1-2.docx", "1.2"),
        ("st9911-1.10.txt", "1.10"),
        ("ST9911 version 2.0 final.pdf", "2.0"),
        ("ST9911 2024-05.txt", ""),
        ("ST9911.txt", ""),
        ("notes 1.2.txt", ""),
        ("fence mender v1.2.txt", "1.2"),
        ("lev1.2.txt", ""),
    ],
)
def test_versions_in_names_of_files(name, version):
    assert text_to_version_in_name(name) == version
