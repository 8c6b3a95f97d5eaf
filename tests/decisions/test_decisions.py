"""Decisions: read as what strangers wrote, checked, laid over proposals; properties over any set of them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.cli.main import main
from curriculum.crosswalk.composition import invert
from curriculum.crosswalk.linked_documents import crosswalk_with_decisions, link_documents
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.decisions.decision import (
    COLUMNS,
    Decision,
    decision_to_inverse,
    decisions_of_pair,
    decisions_to_sorted,
)
from curriculum.decisions.decision_files import (
    decisions_to_csv,
    pair_to_path,
    read_decisions,
    update_decisions,
)
from curriculum.decisions.valid_decisions import tables_to_compared_statements
from curriculum.decisions.validation import (
    STALE_COLUMNS,
    contradictions,
    decision_to_faults,
    decisions_to_id_faults,
    decisions_to_stale,
)
from curriculum.errors import CurriculumError, InvalidInput, NotFound
from curriculum.model import vocabulary as v
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.project import Project

OLD, NEW, NONE = "old-1", "new-1", v.NO_TERM_FOUND
OLDS = {
    "K1": "How to record the progress of a production",
    "K2": "Health and safety law and how it applies on set",
    "K3": "How to obtain permission to use copyright material",
    "S1": "Paint walls and ceilings",
    "S2": "Prepare call sheets and movement orders",
    "S3": "Bake bread in a wood oven",
}
NEWS = {
    "K1": "Health and safety law and how it applies on set and on location",
    "K2": "How to record the progress of a production",
    "K3": "How to obtain permission to use copyright material, and whom to ask",
    "S1": "Prepare call sheets and movement orders for the crew",
    "S2": "Promote and market own services",
}


@pytest.fixture(scope="module")
def small(scorers):
    """Two small lists, and what is proposed between them."""
    from curriculum.documents.document import Document, Registration
    from curriculum.parsing.document_parser import parse_document

    def parsed(name, statements):
        lines = tuple(f"{code}: {text}" for code, text in statements.items())
        registration = Registration(name, f"{name}.txt", "0" * 64)
        return parse_document(Document(name, lines, f"{name}.txt", "0" * 64, "utf-8", registration))

    tables = parsed_to_tables([parsed(OLD, OLDS), parsed(NEW, NEWS)])
    return tables, link_documents(tables, OLD, NEW, scorers)


def decision(word, old, new="", relation="", who="AB", **other):
    given = {
        "decision": word,
        "subject_id": f"{OLD}:{old}" if old else NONE,
        "predicate_id": f"skos:{relation}" if relation else "",
        "object_id": f"{NEW}:{new}" if new else NONE,
        "subject_label": OLDS.get(old, ""),
        "object_label": NEWS.get(new, ""),
        "subject_source": OLD,
        "object_source": NEW,
        "reviewer_label": who,
        "review_date": "2026-11-22",
        "comment": "",
    }
    return Decision(**{**given, **other})


def links_of(crosswalk):
    return {
        (old.partition(":")[2], relation.removeprefix("skos:"), new.partition(":")[2])
        for old, relation, new in zip(
            crosswalk[v.SUBJECT_ID], crosswalk[v.PREDICATE_ID], crosswalk[v.OBJECT_ID], strict=True
        )
    }


# --- Laid over proposals ------------------------------------------------------------------------------


def test_what_is_proposed_of_the_small_lists(small):
    _, proposals = small
    assert links_of(proposals) == {
        ("K1", "exactMatch", "K2"),
        ("K2", "closeMatch", "K1"),
        ("K3", "closeMatch", "K3"),
        ("S1", "exactMatch", "NoTermFound"),
        ("S2", "closeMatch", "S1"),
        ("S3", "exactMatch", "NoTermFound"),
        ("NoTermFound", "exactMatch", "S2"),
    }


def test_a_decision_always_wins_and_says_who(small):
    tables, proposals = small
    decided = crosswalk_with_decisions(
        tables,
        proposals,
        [
            decision("accept", "K2", "K1", "closeMatch"),
            decision("change relation", "K3", "K3", "narrowMatch", comment="one part of it"),
            decision("reject", "S2", "S1"),
            decision("add link", "S1", "S1", who="CD"),
            decision("withdrawn", "K1"),
            decision("accept", "S3"),
            decision("new", "", "S2"),
        ],
    )
    assert links_of(decided) == {
        ("K1", "exactMatch", "NoTermFound"),
        ("K2", "closeMatch", "K1"),
        ("K3", "narrowMatch", "K3"),
        ("S1", "closeMatch", "S1"),
        ("S2", "exactMatch", "NoTermFound"),
        ("S3", "exactMatch", "NoTermFound"),
        ("NoTermFound", "exactMatch", "K2"),
        ("NoTermFound", "exactMatch", "S2"),
    }
    rows = decided.set_index(decided[v.SUBJECT_ID].str.partition(":")[2])
    assert rows.loc["K3", [v.STATUS, v.REVIEWER_LABEL, v.REVIEW_DATE, v.COMMENT]].tolist() == [
        v.DECIDED,
        "AB",
        "2026-11-22",
        "one part of it",
    ]
    assert rows.loc["K3", v.MAPPING_JUSTIFICATION] == v.MANUAL_CURATION
    assert rows.loc["K2", v.MAPPING_JUSTIFICATION] == v.LEXICAL_SIMILARITY
    assert rows.loc["S1", v.REVIEWER_LABEL] == "CD"
    # Its only link was rejected: no counterpart of it is found, and it waits. Nobody withdrew it.
    assert rows.loc["S2", [v.STATUS, v.BAND, v.CHANGE]].tolist() == [v.PROPOSED, v.REVIEW, v.NO_COUNTERPART]
    # Those that a reviewer left without a link are withdrawn: one by that word, one by accepting the row.
    assert rows.loc[["K1", "S3"], v.CHANGE].tolist() == [v.WITHDRAWN, v.WITHDRAWN]
    assert proposals.set_index(v.SUBJECT_ID).loc["old-1:S3", v.CHANGE] == v.NO_COUNTERPART
    came = decided[decided[v.SUBJECT_ID] == v.NO_TERM_FOUND]
    assert set(came[v.CHANGE]) == {v.NEW}
    decided_rows = decided[decided[v.STATUS] == v.DECIDED]
    assert set(decided_rows[v.BAND]) == {v.ACCEPT}
    assert set(decided[decided[v.REVIEWER_LABEL] == ""][v.STATUS]) == {v.PROPOSED}


def test_what_no_machine_proposed_has_no_confidence_of_its_own(small):
    tables, proposals = small
    decided = crosswalk_with_decisions(tables, proposals, [decision("add link", "S3", "S2")])
    row = decided[decided[v.SUBJECT_ID] == "old-1:S3"].iloc[0]
    known = proposals.set_index(v.SUBJECT_ID).loc["old-1:S3"]
    if known[v.RUNNER_UP_ID] == "new-1:S2":
        assert row[v.CONFIDENCE] == known[v.RUNNER_UP_CONFIDENCE]
    else:
        assert pd.isna(row[v.CONFIDENCE])
    assert pd.isna(row[v.CSLS_SCORE])


def test_a_merge_that_a_reviewer_makes_changes_the_rows_around(small):
    tables, proposals = small
    decided = crosswalk_with_decisions(tables, proposals, [decision("add link", "S1", "S1")])
    assert {("S1", "broadMatch", "S1"), ("S2", "broadMatch", "S1")} <= links_of(decided)
    rows = decided[decided[v.OBJECT_ID] == "new-1:S1"]
    assert set(rows[v.MAPPING_CARDINALITY]) == {"n:1"}
    assert all("merged" in change for change in rows[v.CHANGE])
    # S1 stands in the new list: it is no longer without a link.
    assert len(decided[decided[v.SUBJECT_ID] == "old-1:S1"]) == 1


def test_two_reviewers_who_agree_are_both_named(small):
    tables, proposals = small
    both = [decision("accept", "K2", "K1"), decision("accept", "K2", "K1", who="CD")]
    decided = crosswalk_with_decisions(tables, proposals, both)
    assert decided.set_index(v.SUBJECT_ID).loc["old-1:K2", v.REVIEWER_LABEL] == "AB|CD"


def test_a_decision_on_a_wording_that_has_changed_holds_and_is_reported(small):
    tables, proposals = small
    stale = decision("accept", "K2", "K1", subject_label="Health and safety law", where="a.csv, line 2")
    decided = crosswalk_with_decisions(tables, proposals, [stale])
    row = decided.set_index(v.SUBJECT_ID).loc["old-1:K2"]
    assert row[[v.STATUS, v.REVIEWER_LABEL, v.BAND]].tolist() == [v.DECIDED_BEFORE, "AB", v.REVIEW]
    texts = {
        name: statement.text for name, statement in tables_to_compared_statements(tables, OLD, NEW).items()
    }
    result = decisions_to_stale([stale, decision("reject", "S2", "S1", object_label="else")], texts)
    assert [tuple(row) for row in result] == [STALE_COLUMNS, STALE_COLUMNS]
    assert [(row[v.STATEMENT_ID], row["decided_on"], row[v.TEXT]) for row in result] == [
        ("old-1:K2", "Health and safety law", OLDS["K2"]),
        ("new-1:S1", "else", NEWS["S1"]),
    ]
    # A closing full stop says nothing.
    assert not decisions_to_stale([decision("reject", "S3", "S2", subject_label=f"{OLDS['S3']}.")], texts)


def test_decisions_hold_the_other_way_round(small, scorers):
    tables, _ = small
    made = [decision("change relation", "K3", "K3", "broadMatch"), decision("withdrawn", "S2")]
    turned = link_documents(tables, NEW, OLD, scorers, decisions=made)
    assert ("K3", "narrowMatch", "K3") in links_of(turned)
    assert ("NoTermFound", "exactMatch", "S2") in links_of(turned)
    assert [decision_to_inverse(decision_to_inverse(decision)) for decision in made] == made
    assert decisions_of_pair(made, "old-1", "else") == ()


def test_decisions_on_duties_hold_too(tables, scorers):
    pair = ("draft-2019", "st0792-1.2")
    ends = tables_to_compared_statements(tables, *pair)
    old, new = "draft-2019:D1", "st0792-1.2:D5"
    added = Decision("add link", old, "", new, ends[old].text, ends[new].text, *pair, "AB", "2026-11-22", "")
    decided = link_documents(tables, *pair, scorers, decisions=[added])
    row = decided[(decided[v.SUBJECT_ID] == old) & (decided[v.OBJECT_ID] == new)].iloc[0]
    assert (row[v.SUBJECT_CATEGORY], row[v.STATUS]) == (v.DUTY, v.DECIDED)


def test_proposals_that_nobody_decided_stay_as_they_were(tables, scorers):
    pair = ("st0792-1.0", "st0792-1.2")
    proposals = link_documents(tables, *pair, scorers)
    ends = tables_to_compared_statements(tables, *pair)
    accepted = Decision(
        "accept", f"{pair[0]}:K9", "skos:closeMatch", f"{pair[1]}:K6", "", "", *pair, "AB", "", ""
    )
    accepted = accepted._replace(
        subject_label=ends[accepted.subject_id].text, object_label=ends[accepted.object_id].text
    )
    decided = link_documents(tables, *pair, scorers, decisions=[accepted])
    is_own = decided[v.SUBJECT_ID] == accepted.subject_id
    pd.testing.assert_frame_equal(decided[~is_own], proposals[~is_own])
    assert decided[v.SUBJECT_ID].tolist() == proposals[v.SUBJECT_ID].tolist()


# --- Any set of decisions ----------------------------------------------------------------------------


@st.composite
def sets_of_decisions(draw):
    """Give decisions of all kinds that do not contradict each other."""
    made: list[Decision] = []
    for _ in range(draw(st.integers(0, 7))):
        word = draw(st.sampled_from(v.DECISIONS))
        old = draw(st.sampled_from(sorted(OLDS)))
        new = draw(st.sampled_from(sorted(NEWS)))
        relation = draw(st.sampled_from(["", "closeMatch", "broadMatch"]))
        who = draw(st.sampled_from(["AB", "CD"]))
        made_decision = {
            v.WITHDRAWN: decision(word, old, who=who),
            v.NEW: decision(word, "", new, who=who),
            v.REJECT: decision(word, old, new, who=who),
            v.CHANGE_RELATION: decision(word, old, new, relation or "relatedMatch", who=who),
        }.get(word, decision(word, old, new, relation, who=who))
        if not list(contradictions([*made, made_decision])):
            made.append(made_decision)
    return made


@settings(max_examples=25, deadline=None)
@given(made=sets_of_decisions(), data=st.data())
def test_decisions_commute_and_are_all_kept(small, made, data):
    tables, proposals = small
    decided = crosswalk_with_decisions(tables, proposals, made)
    shuffled = data.draw(st.permutations(made))
    assert decisions_to_csv(shuffled) == decisions_to_csv(made)
    again = crosswalk_with_decisions(tables, proposals, decisions_to_sorted(shuffled))
    pd.testing.assert_frame_equal(
        again, crosswalk_with_decisions(tables, proposals, decisions_to_sorted(made))
    )
    shown = [name for name in decided if name not in {v.REVIEWER_LABEL, v.COMMENT}]
    pd.testing.assert_frame_equal(again[shown], decided[shown])
    links = set(zip(decided[v.SUBJECT_ID], decided[v.OBJECT_ID], strict=True))
    for made_decision in made:
        assert (made_decision.link in links) != made_decision.is_rejection
    assert {old for old, _ in links} - {NONE} == {f"{OLD}:{code}" for code in OLDS}
    assert {new for _, new in links} - {NONE} == {f"{NEW}:{code}" for code in NEWS}
    assert invert(invert(decided)).equals(decided)


@settings(max_examples=15, deadline=None)
@given(made=sets_of_decisions())
def test_a_rebuild_after_any_sequence_of_decisions_equals_one_from_scratch(small, tmp_path_factory, made):
    tables, proposals = small
    step, whole = (tmp_path_factory.mktemp("decisions") for _ in range(2))
    for made_decision in made:
        update_decisions(
            step, (OLD, NEW), lambda before, made_decision=made_decision: (*before, made_decision)
        )
    update_decisions(whole, (OLD, NEW), lambda before: (*before, *made))
    path = pair_to_path(step, OLD, NEW)
    assert path.exists() == bool(made)
    if made:
        assert path.read_bytes() == pair_to_path(whole, OLD, NEW).read_bytes()
    read = read_decisions(step)
    assert {kept[:-1] for kept in read} == {kept[:-1] for kept in made}
    pd.testing.assert_frame_equal(
        crosswalk_with_decisions(tables, proposals, read),
        crosswalk_with_decisions(tables, proposals, decisions_to_sorted(made)),
    )


# --- What people write into the files ---------------------------------------------------------------


def lines(*rows):
    return "\n".join([",".join(COLUMNS), *rows]) + "\n"


GOOD = "accept,a:K1,skos:closeMatch,b:K2,Law,Lore,a,b,AB,2026-11-22,why"


def test_files_are_read_as_spreadsheets_save_them(tmp_path):
    (tmp_path / "one.csv").write_bytes(lines(GOOD).replace("2026-11-22", "22/11/2026").encode("utf-8-sig"))
    (tmp_path / "two.csv").write_bytes(lines(GOOD).replace("\n", "\r\n").encode())
    (tmp_path / "notes.txt").write_text("not mine", encoding="utf-8")
    first, second = read_decisions(tmp_path)
    assert first[:-1] == second[:-1] == tuple(GOOD.split(","))
    assert first.where.endswith("one.csv, line 2")
    assert read_decisions(tmp_path / "nowhere") == ()
    with pytest.raises(NotFound, match="no such folder"):
        read_decisions(tmp_path / "nowhere", is_needed=True)


@pytest.mark.parametrize(
    ("row", "result"),
    [
        (GOOD.replace("accept", "agree"), "no decision; expected accept, reject, change relation"),
        (GOOD.replace("AB", ""), "a decision without a reviewer"),
        (GOOD.replace("2026-11-22", "31/02/2026"), "no date; expected a day such as 2026-11-22"),
        (GOOD.replace("2026-11-22", "June 2026"), "no date"),
        (GOOD.replace("skos:closeMatch", "skos:samish"), "an unknown relation"),
        (GOOD.replace("accept,a:K1", "withdrawn,a:K1"), "“withdrawn” of no such link"),
        (GOOD.replace("accept", "reject").replace("b:K2", NONE), "“reject” of no such link"),
        (GOOD.replace("b:K2", "c:K2"), "an id that is not of its document; expected an id such as b:K1"),
        (GOOD.replace("why", "=HYPERLINK(1)"), "a comment that a spreadsheet takes for a formula"),
        (GOOD.replace("AB", "@AB"), "a reviewer that a spreadsheet takes for a formula"),
        (
            GOOD.replace("why", "w" * 2001),
            "a comment that is too long; expected 2,000 characters; found 2,001",
        ),
        (GOOD.replace("change", "").replace(",a,b,", ",a,a,").replace("b:K2", "a:K2"), "on one document"),
        ("change relation,a:K1,,b:K2,Law,Lore,a,b,AB,2026-11-22,", "a change of relation without one"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_with_its_place(tmp_path, row, result):
    (tmp_path / "mine.csv").write_text(lines(GOOD, row), encoding="utf-8")
    with pytest.raises(CurriculumError) as fault:
        read_decisions(tmp_path)
    assert result in str(fault.value)
    assert "mine.csv, line 3" in str(fault.value)


def test_all_faults_of_all_files_are_told_at_once(tmp_path):
    (tmp_path / "a.csv").write_text(lines(GOOD.replace("AB", "")), encoding="utf-8")
    (tmp_path / "b.csv").write_text("decision,id\n", encoding="utf-8")
    (tmp_path / "c.csv").write_bytes(b"PK\x03\x04 no text")
    with pytest.raises(CurriculumError) as fault:
        read_decisions(tmp_path)
    result = str(fault.value).splitlines()
    assert len(result) == 3
    assert "wrong columns" in result[1]
    assert "Excel" in result[2]


@pytest.mark.parametrize(
    ("pair", "is_told"),
    [
        ((decision("accept", "K2", "K1"), decision("reject", "K2", "K1", who="CD")), True),
        ((decision("accept", "K2", "K1"), decision("withdrawn", "K2")), True),
        ((decision("accept", "K2", "K1"), decision("new", "", "K1")), True),
        (
            (
                decision("accept", "K2", "K1", "closeMatch"),
                decision("change relation", "K2", "K1", "broadMatch"),
            ),
            True,
        ),
        ((decision("accept", "K2", "K1"), decision_to_inverse(decision("reject", "K2", "K1"))), True),
        ((decision("accept", "K2", "K1", "closeMatch"), decision("add link", "K2", "K1")), False),
        ((decision("reject", "K2", "K1"), decision("withdrawn", "K2")), False),
        ((decision("accept", "K2", "K1"), decision("accept", "K2", "K3")), False),
    ],
)
def test_what_contradicts_itself_is_told(pair, is_told):
    for order in (pair, pair[::-1]):
        assert bool(list(contradictions(order))) == is_told


def test_what_is_not_there_is_told_with_the_nearest():
    ids = {OLD: {f"{OLD}:{code}" for code in OLDS}, NEW: {f"{NEW}:{code}" for code in NEWS} | {"new-1:D1"}}
    strangers = [
        decision("accept", "K9", "K1", where="x, line 2"),
        decision("accept", "K1", "D1", where="x, line 3"),
        decision("withdrawn", "K1", object_source="nowhere", where="x, line 4"),
    ]
    result = [str(fault) for fault in decisions_to_id_faults(strangers, ids, {"new-1:D1"})]
    assert [line.split("; found")[0] for line in result] == [
        "x, line 2: no such statement; expected an id of old-1, such as old-1:K3",
        "x, line 3: a link between a duty and a statement; expected two statements, or two duties",
        "x, line 4: a decision on a document that is not there; expected one of new-1, old-1",
    ]
    # Linking two documents alone, others cannot be looked at.
    assert len(list(decisions_to_id_faults(strangers, ids, {"new-1:D1"}, is_whole=False))) == 2
    assert not list(decision_to_faults(decision("accept", "K1", "K1")))


def test_a_code_of_another_scheme_that_begins_with_a_d_is_no_duty():
    ids = {OLD: {f"{OLD}:DATA-1"}, NEW: {f"{NEW}:X9", f"{NEW}:D1"}}
    assert not list(decisions_to_id_faults([decision("accept", "DATA-1", "X9")], ids, {f"{NEW}:D1"}))
    assert len(list(decisions_to_id_faults([decision("accept", "DATA-1", "D1")], ids, {f"{NEW}:D1"}))) == 1


# --- Commands ----------------------------------------------------------------------------------------


@pytest.fixture
def decided(project, tables):
    """A raw folder in which a reviewer decided three things of 1.0 and 1.2."""
    pair = ("st0792-1.0", "st0792-1.2")
    ends = tables_to_compared_statements(tables, *pair)

    def one(word, old, new, relation=""):
        ids = (f"{pair[0]}:{old}" if old else NONE, relation, f"{pair[1]}:{new}" if new else NONE)
        labels = [ends[name].text if name in ends else "" for name in (ids[0], ids[2])]
        return Decision(word, *ids, *labels, *pair, "AB", "2026-11-22", "")

    folder = project / "data" / "raw" / "decisions"
    made = [one("add link", "K1", "K1"), one("reject", "K17", "K20"), one("withdrawn", "K3", "")]
    update_decisions(folder, pair, lambda before: (*before, *made))
    return folder


def test_a_build_follows_decisions_and_without_them_is_as_it_was(decided, capsys):
    first = Project("data/raw").build("one")
    crosswalk = select_pair(first.crosswalk, "st0792-1.0", "st0792-1.2")
    result = crosswalk[crosswalk[v.STATUS] == v.DECIDED]
    assert links_of(result) == {("K1", "closeMatch", "K1"), ("K3", "exactMatch", "NoTermFound")}
    alone = Project("data/raw", with_decisions=False).build("alone")
    assert set(alone.crosswalk[v.STATUS]) == {v.PROPOSED}
    shutil.rmtree(decided)
    Project("data/raw").build("none")
    assert Path("none/crosswalk.csv").read_bytes() == Path("alone/crosswalk.csv").read_bytes()
    assert main(["build", "--decisions", "nowhere"]) == 2
    assert "nowhere: no such folder" in capsys.readouterr().err


@pytest.mark.usefixtures("decided")
def test_no_decisions_shows_the_proposals_alone(capsys):
    raw = Path("data/raw")
    with_them = Project(raw).link("st0792-1.0", "st0792-1.2").table
    alone = Project(raw, with_decisions=False).link("st0792-1.0", "st0792-1.2").table
    assert v.DECIDED in set(with_them[v.STATUS])
    assert set(alone[v.STATUS]) == {v.PROPOSED}
    assert main(["link", "st0792-1.0", "st0792-1.2", "--no-decisions", "-o", "x.csv"]) == 0
    assert v.DECIDED not in Path("x.csv").read_text(encoding="utf-8")
    capsys.readouterr()


def test_evaluate_never_looks_at_decisions(decided, capsys):
    (decided / "mine.csv").write_text("no decisions at all", encoding="utf-8")
    assert main(["build", "-o", "out"]) == 2
    assert main(["evaluate", "-o", "scores.csv"]) == 0
    capsys.readouterr()


def test_a_wording_that_changed_since_is_named_on_the_screen(decided, capsys):
    path = decided / "st0792-1.0_to_st0792-1.2.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("The context of their role", "The limits of their role"), "utf-8")
    assert main(["link", "st0792-1.0", "st0792-1.2", "-o", "x.csv"]) == 0
    result = " ".join(capsys.readouterr().err.split())
    assert "Decided on a wording that has changed since" in result
    assert "st0792-1.0:K1: add link st0792-1.0:K1 -> st0792-1.2:K1 (AB, 2026-11-22)" in result
    assert v.DECIDED_BEFORE in Path("x.csv").read_text(encoding="utf-8")


def test_decisions_that_dangle_stop_a_build_and_nothing_is_written(decided, capsys):
    (decided / "mine.csv").write_text(
        lines(
            "withdrawn,st0792-1.0:K99,,sssom:NoTermFound,x,,st0792-1.0,st0792-1.2,AB,2026-11-22,",
            "accept,nowhere:K1,,st0792-1.2:K1,x,x,nowhere,st0792-1.2,AB,2026-11-22,",
        ),
        encoding="utf-8",
    )
    assert main(["build", "-o", "out"]) == 2
    result = capsys.readouterr().err
    assert (
        "mine.csv, line 2: no such statement; expected an id of st0792-1.0, such as st0792-1.0:K42" in result
    )
    assert "mine.csv, line 3: a decision on a document that is not there" in result
    assert not Path("out").exists()


def test_a_decision_that_stands_in_a_file_of_somebody_else_is_left_to_them(tmp_path):
    content = lines(GOOD)
    (tmp_path / "by hand.csv").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidInput, match="removed is in another file"):
        update_decisions(tmp_path, ("a", "b"), lambda _: ())
    assert (tmp_path / "by hand.csv").read_text(encoding="utf-8") == content
    other = decision("accept", "K1", "K1")
    update_decisions(tmp_path, (OLD, NEW), lambda before: (*before, other))
    assert len(read_decisions(tmp_path)) == 2
    assert GOOD.split(",")[1] not in pair_to_path(tmp_path, OLD, NEW).read_text(encoding="utf-8-sig")


@pytest.mark.usefixtures("decided")
@pytest.mark.parametrize("name", ["x.xlsx", "x.csv", "x.tsv", "x.json", "x.sssom.tsv"])
def test_every_form_of_a_crosswalk_carries_decisions_and_is_written_again(name, capsys):
    command = ["link", "st0792-1.0", "st0792-1.2", "-o", name]
    assert main(command) == 0
    data = Path(name).read_bytes()
    assert main(command) == 0
    assert Path(name).read_bytes() == data
    if name != "x.xlsx":
        text = data.decode("utf-8")
        assert all(cell in text for cell in (v.DECIDED, "AB", "2026-11-22"))
        # What a person wrote into it is still theirs.
        Path(name).write_text(text.replace(v.DECIDED, v.PROPOSED), encoding="utf-8")
        assert main(command) == 2
    capsys.readouterr()
