"""What a standard, a crosswalk, an evaluation, a lineage and a coverage show, through their methods."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import matplotlib as mpl
import pandas as pd
import pytest

import curriculum as cu
from curriculum.errors import CurriculumError
from curriculum.examples.example_folder import EXAMPLE_TRACKER, copy_example

mpl.use("Agg")
BOLD = '<div style="white-space:pre-wrap"><strong>'
OLD, NEW = "st0792-1.0", "st0792-1.2"


@pytest.fixture(scope="module")
def project(raw):
    return cu.Project(raw, with_decisions=False)


@pytest.fixture(scope="module")
def standard(project):
    return project.read(NEW)


@pytest.fixture(scope="module")
def crosswalk(project):
    return project.link(OLD, NEW)


@pytest.fixture(scope="module")
def lighthouse():
    example = cu.example()
    return cu.link(example.read("st9901-1.0"), example.read("st9901-1.1"))


def test_a_standard_shows_the_lines_of_a_statement_and_of_a_duty(standard):
    assert standard.lines("K9").to_numpy().tolist() == [
        [
            267,
            "K9: The production lifecycle. Key aspects and industry terminology of each stage within "
            "end-to-end production workflows. Back to Duty",
        ]
    ]
    assert standard.lines("D2")["line"].tolist() == [58]
    with pytest.raises(CurriculumError, match=r"Did you mean st0792-1.2:K9"):
        standard.lines("k9")


def test_a_standard_counts_its_duties_ksbs_and_themes(standard):
    assert standard.contents().set_index("kind")["count"].to_dict()["names"] == 119
    assert standard.ksb_coverage()["themes"].iloc[0] == "T10"
    assert standard.ksb_loads()["n_duties"].is_monotonic_decreasing
    assert standard.duty_coverage()["n_ksbs"].tolist() == [10, 8, 7, 6, 14, 9, 13, 17, 10, 10, 7, 8]
    assert standard.duty_matrix().sum(axis=1).tolist() == standard.duty_coverage()["n_ksbs"].tolist()
    assert standard.duty_overlap().loc[0, ["duty", "other"]].tolist() == ["D9", "D10"]
    assert standard.options()["option"].tolist()[0] == "core"
    assert standard.theme_matrix().shape == (17, 12)
    assert standard.theme_evidence()["theme"].nunique() == 17
    assert standard.community_themes()["n_ksbs"].sum() == 56
    assert standard.communities()["kind"].value_counts().to_dict() == {"statement": 56, "duty": 12}
    assert 0 < standard.community_agreement("core") < standard.community_agreement() < 1


def test_the_graph_that_is_handed_out_is_a_new_one(standard):
    graph = standard.graph()
    graph.clear()
    assert standard.graph().number_of_nodes() == 90
    assert standard.contents()["count"].iloc[0] == 12


def test_a_standard_is_saved_as_tables(standard, tmp_path):
    folder = standard.save(tmp_path / "tables")
    assert len(cu.read_tables(folder).statements) == 56
    (folder / "statements.csv").write_text("edited", encoding="utf-8")
    with pytest.raises(CurriculumError, match="changed since"):
        standard.save(folder)


@pytest.mark.vectors
def test_a_crosswalk_counts_what_changed(crosswalk):
    assert crosswalk.changes().set_index("change")["n_old"].to_dict()["no counterpart found"] == 34
    assert crosswalk.changes_by_kind()["no counterpart found"].tolist()[:1] == [17]
    assert crosswalk.reused_codes()["is_same"].sum() == 1
    assert len(crosswalk.by_new_statement()) == 56
    assert crosswalk.largest_changes(3)["n_words"].is_monotonic_decreasing
    assert len(crosswalk.doubtful(4)) == 4
    assert crosswalk.summary()["no counterpart found"].tolist() == [34]
    assert crosswalk.impact().groups["group"].iloc[0] == "duty"


@pytest.mark.vectors
def test_a_crosswalk_lists_what_has_no_counterpart_with_its_candidates(crosswalk):
    listed = crosswalk.without_counterpart(2)
    assert len(listed) == 34
    (k26,) = listed[listed["code"] == "K26"].to_dict("records")
    best = crosswalk.candidates("K26", 2)
    codes = best["object_id"].str.rpartition(":")[2]
    assert k26["candidates"] == ", ".join(codes + best["confidence"].map(" ({:.2f})".format))
    assert k26["likeliest"] == best["object_label"].iloc[0]
    new = crosswalk.without_counterpart(of_new=True)
    assert set(new["code"]) == {"B4", "K1", "K16", "K17", "K22", "S16", "S17", "S22"}
    assert set(new["candidates"].str.count(r"\(")) == {5}
    pd.testing.assert_frame_equal(cu.invert(crosswalk).without_counterpart(), new)


def test_the_candidates_of_a_composed_crosswalk_are_refused(project, crosswalk):
    composed = cu.compose(project.link("draft-2019", OLD), crosswalk)
    with pytest.raises(CurriculumError, match="a composed crosswalk has no candidates"):
        composed.without_counterpart()
    with pytest.raises(CurriculumError, match=r"found 0$|expected"):
        crosswalk.without_counterpart(0)


def test_rows_are_shown_side_by_side_also_of_duties(project):
    direct = project.link("draft-2019", NEW)
    duties = direct.side_by_side("D8")
    assert "D8 exactMatch D7" in repr(duties)
    rows = direct.table[direct.table["subject_id"] == "draft-2019:D8"]
    assert repr(direct.side_by_side(rows)) == repr(duties)


def test_a_composed_crosswalk_is_compared_with_the_direct_one(project, crosswalk):
    composed = cu.compose(project.link("draft-2019", OLD), crosswalk)
    direct = project.link("draft-2019", NEW)
    assert composed.agreement(direct)["measure"].tolist() == ["links", "old statements", "relations"]
    assert set(composed.disagreements(direct)) >= {"subject_id", "composed", "direct"}
    for ask in (composed.by_new_statement, composed.impact, composed.plot_impact):
        with pytest.raises(CurriculumError, match="a composed crosswalk has no"):
            ask()


def test_figures_are_drawn_of_each_object(project, standard, crosswalk):
    evaluation, lineage = project.evaluate(), project.lineage(f"{NEW}:K20")
    figures = [
        *(
            project.plot_overview(),
            standard.plot_duties(),
            standard.plot_themes(),
            crosswalk.plot_flow("kind"),
        ),
        *(crosswalk.plot(), project.link("draft-2019", OLD).plot(crosswalk), crosswalk.plot_impact("theme")),
        *(evaluation.plot_scores(), evaluation.plot_reliability(), evaluation.plot_budget(), lineage.plot()),
    ]
    assert all(picture.figure.axes and picture.alt and len(picture.table) for picture in figures)
    assert "12 duties, 56 KSBs, 17 themes" in standard.plot_graph().alt
    with pytest.raises(CurriculumError, match=r"“dutys”: no such group.*Did you mean duty"):
        crosswalk.plot_impact("dutys")


def test_without_matplotlib_a_figure_names_what_to_install(crosswalk, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "curriculum.library.plotting.find_spec", lambda name: None if name == "matplotlib" else find(name)
    )
    with pytest.raises(CurriculumError, match=r"pip install matplotlib"):
        crosswalk.plot()


def test_an_evaluation_shows_its_pairs_and_its_verdicts(project):
    evaluation = project.evaluate()
    assert repr(evaluation).startswith("Proposals compared with a reference: draft-2019 to st0792-1.0, ")
    of_pair = evaluation.of_pair(OLD, NEW)
    assert set(of_pair.verdicts["subject_source"]) == {OLD}
    assert of_pair.errors().columns.tolist() == evaluation.errors().columns.tolist()
    assert evaluation.bands()["wrong"].sum() == 0
    with pytest.raises(CurriculumError, match="has no row on this pair"):
        evaluation.of_pair(NEW, OLD)


REFERENCE = "reference/crosswalk_dev.csv"


@pytest.mark.vectors
def test_an_evaluation_counts_core_links_among_the_candidates(project, crosswalk, raw):
    evaluation = project.evaluate()
    recall = evaluation.candidate_recall()
    assert recall["core_links"].tolist() == [94, 28, 23]
    assert recall[["first_1", "first_3", "first_5"]].to_numpy().tolist()[1] == [25, 27, 27]
    # The fit of the confidence changes neither the candidates nor which links are core.
    of_folds = project.evaluate(is_cross_validated=True)
    pd.testing.assert_frame_equal(of_folds.candidate_recall(), recall)
    of_one = cu.evaluate(crosswalk, raw / REFERENCE)
    assert of_one.candidate_recall().to_numpy().tolist() == recall.to_numpy().tolist()[1:2]
    of_pair = evaluation.of_pair(OLD, NEW)
    assert of_pair.candidate_recall().to_numpy().tolist() == recall.to_numpy().tolist()[1:2]


def test_without_candidates_an_evaluation_says_so(project, crosswalk, raw):
    composed = cu.compose(project.link("draft-2019", OLD), cu.compose(crosswalk, cu.invert(crosswalk)))
    of_composed = cu.evaluate(composed, raw / REFERENCE)
    with pytest.raises(CurriculumError, match="the crosswalk has no candidates"):
        of_composed.candidate_recall()


def test_an_evaluation_of_the_plain_method_is_that_of_its_links(project, raw):
    plain = project.evaluate(method="rapidfuzz")
    linked = cu.evaluate(project.link(OLD, NEW, method="rapidfuzz"), raw / REFERENCE)
    of_pair = plain.of_pair(OLD, NEW).summary()
    pd.testing.assert_frame_equal(of_pair, linked.summary())
    assert of_pair["accepted_wrong"].tolist() == [0]
    # Its confidence is cross-validated with the rows of the fit of its own.
    folds = project.evaluate(is_cross_validated=True, method="rapidfuzz").summary()
    assert folds["F1"].iloc[1] < of_pair["F1"].iloc[0]
    with pytest.raises(CurriculumError, match="no method of linking; expected default or rapidfuzz"):
        project.evaluate(method="guess")


def test_a_lineage_is_shown_and_saved(project, tmp_path):
    lineage = project.lineage(f"{NEW}:D7")
    came_from = ["came from", "  draft-2019:D8  same 1.00  identical; renumbered"]
    assert [line.strip() for line in repr(lineage).splitlines()[1:]] == [line.strip() for line in came_from]
    assert lineage.graph().number_of_edges() == 1
    assert "draft-2019:D8" in lineage.save(tmp_path / "d7.csv").read_text(encoding="utf-8")
    assert repr(project.lineage()).startswith("The history of all codes: 118 lines of statements")


def test_a_lineage_shows_itself_in_html(project):
    assert project.lineage(f"{NEW}:D7")._repr_html_().startswith(f"{BOLD}st0792-1.2:D7")


def test_a_project_shows_its_folder_and_refuses_one_that_is_missing(raw):
    assert repr(cu.Project(raw)).splitlines() == [
        f"The raw folder {raw.as_posix()}",
        f"Decisions: {(raw / 'decisions').as_posix()}",
        f"Thesaurus: {(raw / 'thesaurus.csv').as_posix()}",
    ]
    with pytest.raises(CurriculumError, match=r"nothere: no such folder; expected a folder with SOURCES.csv"):
        cu.Project("nothere")


def test_tables_show_which_documents_they_have(standard):
    first, rows = repr(standard.tables).splitlines()
    assert first == "Tables of documents: st0792-1.2"
    assert "statements 56" in rows


@pytest.fixture
def tracker(tmp_path):
    return copy_example(tmp_path / "lighthouse") / EXAMPLE_TRACKER.rpartition("/")[2]


def test_the_coverage_of_a_file_and_of_its_frame_is_the_same(lighthouse, tracker):
    of_file = cu.coverage(tracker, lighthouse)
    of_frame = cu.coverage(pd.read_csv(tracker, keep_default_na=False), lighthouse)
    pd.testing.assert_frame_equal(of_file.statements, of_frame.statements)
    pd.testing.assert_frame_equal(of_file.groups, of_frame.groups)
    assert repr(of_frame) == "\n".join(of_frame.sentences)
    assert cu.plot_coverage(of_file, "duty").figure.axes
    assert of_file.statements["state"].isin(["covered", "in part", "not covered"]).all()


def test_a_tracker_without_a_code_has_no_coverage(lighthouse):
    with pytest.raises(CurriculumError, match=r"the frame: holds no code that can be remapped"):
        cu.coverage(pd.DataFrame({"Week": ["1", "2"]}), lighthouse)


def test_decisions_apply_to_a_file_as_to_a_frame(lighthouse, tracker):
    decisions = {"K10": "withdrawn"}
    of_file = cu.remap(tracker, lighthouse, decisions=decisions)
    of_frame = cu.remap(pd.read_csv(tracker, keep_default_na=False), lighthouse, decisions=decisions)
    names = ["code", "outcome", "new_codes", "decided_by"]
    pd.testing.assert_frame_equal(of_file.audit[names], of_frame.audit[names])
    with pytest.raises(CurriculumError, match="or one that the tracker has"):
        cu.remap(tracker, lighthouse, decisions={"K99": "K2"})
    with pytest.raises(CurriculumError, match=r"'K9': 12: not a decision; expected an old code"):
        cu.remap(tracker, lighthouse, decisions={"K9": 12})


def test_a_frame_of_another_version_says_so(crosswalk):
    log = pd.DataFrame({"Learner": ["Ada"] * 3, "KSBs (st0792-1.2)": ["K1", "K2", "S3"]})
    remapped = cu.remap(log, crosswalk)
    assert remapped.against
    assert remapped.against in repr(remapped)


def test_a_remapped_frame_shows_its_outcomes(lighthouse):
    frame = pd.DataFrame({"Week": ["1", "2"], "KSBs": ["K1", "K2, S3"]})
    remapped = cu.remap(frame, lighthouse)
    assert repr(remapped).splitlines()[:3] == [
        "A frame of 2 rows",
        "3 codes: 1 unchanged, 2 replaced",
        "To decide: 0",
    ]
    assert remapped._repr_html_().startswith(f"{BOLD}A frame of 2 rows")


@pytest.mark.parametrize("call", [lambda c: cu.remap(7, c), lambda c: cu.coverage(None, c)])
def test_a_thing_that_is_no_tracker_is_named(lighthouse, call):
    with pytest.raises(CurriculumError, match="not a tracker; expected a DataFrame, or the path"):
        call(lighthouse)


def test_codes_are_found_in_texts_alone():
    with pytest.raises(TypeError, match="codes are found in a text, such as 'K1, K3-K5'; found nan"):
        cu.find_codes(float("nan"))


def test_commands_without_a_project_say_so(tmp_path, monkeypatch, capsys):
    from curriculum.cli.main import main

    monkeypatch.chdir(tmp_path)
    for command in (["build"], ["check"], ["lineage"], ["evaluate"]):
        assert main(command) == 2
        assert "data/raw: no such folder" in capsys.readouterr().err
    Path("old.csv").write_text("code,text\nK1,How to groom a horse\n", encoding="utf-8")
    Path("new.csv").write_text("code,text\nK2,How to groom a horse\n", encoding="utf-8")
    Path("t.csv").write_text("Week,KSBs\n1,K1\n", encoding="utf-8")
    pair = ("old.csv", "new.csv")
    for command in (
        ["link", *pair, "-o", "c.xlsx"],
        ["review", "export", *pair, "-o", "r.xlsx"],
        ["remap", "t.csv", "--from", "old.csv", "--to", "new.csv"],
    ):
        assert main(command) == 0
        shown = " ".join(capsys.readouterr().err.split())
        assert "Linked without a thesaurus (there is no data/raw/thesaurus.csv)" in shown


def test_a_basis_names_no_folder_of_one_machine():
    example = cu.example()
    assert example.raw.is_absolute()
    linked = example.link("st9901-1.0", "st9901-1.1")
    assert "Linked with the thesaurus thesaurus.csv; no decision" in str(linked)
