"""What an analyst does by mistake: it is refused with what to give instead, or it does no harm."""

from __future__ import annotations

import pickle
from pathlib import Path

import pandas as pd
import pytest

import curriculum as cu
from curriculum.cli.main import main
from curriculum.errors import CurriculumError

PAIR = ("st9901-1.0", "st9901-1.1")
LOG = pd.DataFrame({"Learner": ["Ada", "Ben"], "KSBs": ["K1", "K2, S3"]})


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    cu.copy_example("lighthouse")
    return cu.Project("lighthouse")


@pytest.fixture(scope="module")
def crosswalk():
    example = cu.example()
    return cu.link(*map(example.read, PAIR))


@pytest.mark.parametrize("names", [["Learner", 2024, "KSBs"], [0, 1, 2], ["Learner", "1", "KSBs"]])
def test_the_names_of_columns_are_never_taken_for_data(crosswalk, names):
    frame = pd.DataFrame([["Ada", 1, "K2"], ["Ben", 0, "K3"]], columns=names)
    new = cu.remap(frame, crosswalk).frame
    assert new.columns.tolist()[3:] == [f"{names[2]} (st9901-1.1)", "outcome", "note"]
    assert new.iloc[:, 3].tolist() == ["K3", "K4"]
    in_place = cu.remap(frame, crosswalk, cu.Options(columns=[str(names[2])], in_place=True)).frame
    assert in_place.columns.tolist() == names
    assert in_place.iloc[:, 2].tolist() == ["K3", "K4"]


def test_a_spreadsheet_with_a_year_as_a_header_has_its_headers(crosswalk, tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("Learner,2024,KSBs\nAda,1,K2\nBen,0,K3\n", encoding="utf-8")
    job = cu.remap(path, crosswalk)
    assert job.audit["cell"].tolist() == ["C2", "C3"]
    copy = pd.read_csv(job.save()[-1], dtype=str)
    assert copy["KSBs (st9901-1.1)"].tolist() == ["K3", "K4"]


def test_a_copy_is_written_beside_its_tracker_wherever_that_is(crosswalk, project):
    before = Path("lighthouse/tracker.csv").read_bytes()
    job = cu.remap("lighthouse/tracker.csv", crosswalk)
    with pytest.raises(CurriculumError, match="the file that is to be remapped"):
        job.save("lighthouse/tracker.csv")
    assert job.save()[-1] == Path("lighthouse/tracker.st9901-1.1.csv")
    assert Path("lighthouse/tracker.csv").read_bytes() == before
    assert not list(Path().glob("tracker*"))
    assert project.raw == Path("lighthouse/data/raw")


def test_what_is_remapped_already_is_not_counted_and_not_remapped_again(crosswalk, tmp_path):
    remapped = cu.remap(LOG, crosswalk).frame
    with pytest.raises(CurriculumError, match="the frame: has the new codes already"):
        cu.coverage(remapped, crosswalk)
    path = tmp_path / "log.csv"
    remapped.to_csv(path, index=False)
    with pytest.raises(CurriculumError, match=r"log.csv: has the new codes already"):
        cu.coverage(path, crosswalk)


def test_a_mark_of_a_remap_in_place_shows_that_it_was_done(crosswalk, tmp_path, capsys):
    first = cu.remap(pd.DataFrame({"KSBs": ["K2", "K5"]}), crosswalk, cu.Options(in_place=True)).frame
    assert first["KSBs"].tolist() == ["K3", "K5 [st9901-1.0: review]"]
    again = cu.remap(first, crosswalk, cu.Options(in_place=True))
    assert again.is_done
    assert again.frame["KSBs"].tolist() == first["KSBs"].tolist()
    path = tmp_path / "log.csv"
    first.to_csv(path, index=False)
    cu.copy_example(tmp_path / "lighthouse")
    raw = str(tmp_path / "lighthouse" / "data" / "raw")
    assert main(["remap", str(path), "--from", PAIR[0], "--to", PAIR[1], "--raw", raw]) == 0
    assert "It has the codes of st9901-1.1 already" in " ".join(capsys.readouterr().err.split())
    assert [other.name for other in tmp_path.glob("log*")] == ["log.csv"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows.drop(columns="subject_label"), "has no column subject_label"),
        (lambda rows: rows.assign(predicate_id=None), "has empty cells in predicate_id"),
        (lambda rows: rows.astype(str), "has texts in confidence, csls_score"),
    ],
)
def test_rows_that_are_no_crosswalk_are_refused(crosswalk, change, message):
    with pytest.raises(CurriculumError, match=message):
        cu.remap(LOG, change(crosswalk.table))


def test_nothing_is_written_over_what_belongs_to_a_person(crosswalk, project):
    for path in ("lighthouse/data/raw/SOURCES.csv", "lighthouse/tracker.csv", "lighthouse"):
        target = f"{path}" if "." in path else f"{path}.csv"
        if path == "lighthouse":
            Path(target).mkdir()
        with pytest.raises(CurriculumError, match=r"has not written|a folder"):
            crosswalk.save(target)
    for write in (project.read(PAIR[0]).save, project.build):
        for folder in ("lighthouse/data/raw", "lighthouse/data/raw/tables"):
            with pytest.raises(CurriculumError, match="a folder of documents, or a folder in it"):
                write(folder)
    assert main(["parse", PAIR[0], "--raw", "lighthouse/data/raw", "-o", "lighthouse/data/raw"]) == 2
    assert len(project.tables().documents) == 2
    with pytest.raises(CurriculumError, match="the name is too long"):
        crosswalk.save("n" * 300 + ".csv")


def test_the_example_of_the_package_takes_no_decisions(project):
    project.review(*PAIR).save("review.xlsx")
    with pytest.raises(CurriculumError, match="the example that comes with the package"):
        cu.example().apply_review("review.xlsx")


def test_a_graph_that_is_handed_out_is_a_copy(project):
    lineage = project.lineage("st9901-1.1:K6")
    lineage.graph().clear()
    assert lineage.graph().number_of_nodes() == 3


def test_a_crosswalk_can_be_pickled(crosswalk):
    copy = pickle.loads(pickle.dumps(crosswalk))
    pd.testing.assert_frame_equal(copy.table, crosswalk.table)
    pd.testing.assert_frame_equal(copy.candidates("K5"), crosswalk.candidates("K5"))


def test_objects_can_be_compared_and_hashed(crosswalk, project):
    standard = project.read(PAIR[0])
    assert standard == standard
    assert len({standard, crosswalk, project}) == 3
    assert cu.remap(LOG, crosswalk) != cu.remap(LOG, crosswalk)


OTHER_TYPES = {
    "options as a list": lambda x, **_: cu.remap(LOG, x, []),
    "decisions as a list": lambda x, **_: cu.remap(LOG, x, decisions=[]),
    "decisions as a series": lambda x, **_: cu.remap(LOG, x, decisions=pd.Series({"K2": "K3"})),
    "a flag as a text": lambda **_: cu.Options(in_place="no"),
    "columns without a list": lambda **_: cu.Options(columns=None),
    "rows as a text": lambda **_: cu.Options(where="a=b"),
    "a negative count": lambda x, **_: x.largest_changes(-1),
    "a flag as a count": lambda x, **_: x.doubtful(True),
    "codes for one code": lambda x, **_: x.candidates(["K8"]),
    "a number as a code": lambda x, **_: x.side_by_side(8),
    "statements for one": lambda p, **_: p.lineage(["st9901-1.1:K6"]),
    "a project as a text": lambda p, **_: cu.link(p.read(PAIR[0]), p.read(PAIR[1]), "x"),
    "a cache as a text": lambda **_: cu.Project("lighthouse", cache="c"),
    "a crosswalk to show": lambda x, **_: cu.show(x),
    "a standard as a name": lambda p, **_: p.check(p.read(PAIR[0])),
    "standards as names": lambda p, **_: p.link(p.read(PAIR[0]), p.read(PAIR[1])),
    "a frame as a path": lambda p, **_: p.remap(LOG, *PAIR),
    "a frame as a reference": lambda x, **_: cu.evaluate(x, x.table),
    "no path to read": lambda **_: cu.read(None),
    "an empty path": lambda **_: cu.read(""),
    "no path to write": lambda x, **_: x.save(None),
    "a number as a folder": lambda **_: cu.Project(5),
    "no row of that value": lambda x, **_: cu.remap(LOG, x, cu.Options(where={"Learner": ["Zed"]})),
    "no code": lambda x, **_: cu.remap(LOG[["Learner"]], x),
    "codes in the index": lambda x, **_: cu.remap(LOG.set_index("KSBs"), x),
}


@pytest.mark.parametrize("call", OTHER_TYPES.values(), ids=OTHER_TYPES.keys())
def test_what_cannot_be_used_is_named(crosswalk, project, call):
    with pytest.raises(CurriculumError, match=r"; expected |no such "):
        call(x=crosswalk, p=project)


def test_one_name_is_a_list_of_one(project):
    assert project.tables(PAIR[0]).documents["document_id"].tolist() == [PAIR[0]]


def test_a_standard_without_duties_has_no_figure_of_them(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("code,text\nK1,How to groom a horse\n", encoding="utf-8")
    standard = cu.read(path)
    for plot in (standard.plot_duties, standard.plot_graph, standard.plot_themes):
        with pytest.raises(CurriculumError, match=r"list prints no (duties|themes)"):
            plot()
    same = cu.link(standard, cu.read(path, document_id="other"))
    with pytest.raises(CurriculumError, match="the new version prints no duty"):
        same.plot_impact()


def test_reprs_are_short(project, crosswalk, tmp_path):
    shown = (crosswalk.impact(), project.build(tmp_path / "out"), project, crosswalk, project.tables())
    assert max(len(repr(thing)) for thing in shown) < 600
    assert all(thing._repr_html_() for thing in shown)
