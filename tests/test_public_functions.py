"""The library gives what the command gives; every public function knows its ids, and takes a path as text."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import pkgutil
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pytest

import curriculum as cu
from curriculum.analysis.graph_files import bytes_to_graph, graph_to_bytes
from curriculum.analysis.groups import check_option, rows_to_groups
from curriculum.analysis.history import check_history_name, history_to_bytes, tables_to_history
from curriculum.analysis.impact import crosswalk_to_impact
from curriculum.analysis.lineage import statement_to_lineage
from curriculum.analysis.overview import duties_to_matrix, tables_to_pair_notes
from curriculum.analysis.standard_graph import tables_to_graph
from curriculum.analysis.version_facts import tables_to_fact_changes
from curriculum.analysis.version_parts import tables_to_listed_changes, tables_to_pair_changes
from curriculum.analysis.version_prose import tables_to_prose_changes
from curriculum.analysis.version_steps import tables_to_changes
from curriculum.cli.main import main
from curriculum.crosswalk.agreement import crosswalks_to_agreement, crosswalks_to_disagreements
from curriculum.crosswalk.bundle_file import bundle_to_bytes, path_to_bundle
from curriculum.crosswalk.composition import identity
from curriculum.crosswalk.crosswalk_files import bytes_to_crosswalk, crosswalk_to_bytes
from curriculum.crosswalk.linked_documents import (
    crosswalk_with_decisions,
    documents_to_attribution,
    link_documents,
    link_pairs,
    link_pairs_with_candidates,
    link_to_scored_pairs,
    link_with_candidates,
)
from curriculum.crosswalk.raw_folder import (
    folder_to_scorers,
    read_valid_decisions,
    tables_to_raw,
    tables_to_scorers,
    tables_to_valid_decisions,
)
from curriculum.crosswalk.stored_crosswalk import select_pair
from curriculum.decisions import decision_files
from curriculum.decisions.decision_files import is_decisions_file, path_to_decisions
from curriculum.decisions.valid_decisions import (
    NO_DECISIONS,
    folder_to_valid_decisions,
    tables_to_compared_statements,
)
from curriculum.documents.document import path_to_document_id
from curriculum.documents.file_reading import bytes_to_document, path_to_document, path_to_documents
from curriculum.documents.named_documents import name_to_document, names_to_documents
from curriculum.documents.register import (
    check_folder,
    folder_to_documents,
    folder_to_pairs,
    read_crosswalks,
    read_sources,
    refuse_raw_folder,
    registered_document,
)
from curriculum.documents.version_files import name_to_version_files
from curriculum.errors import CurriculumError, Faults, InvalidInput, InvalidTable, MissingThesaurus, NotFound
from curriculum.evaluation.fit_rows import FitRow, fit_rows_to_csv, read_fit_rows
from curriculum.evaluation.reference import check_reference, read_reference
from curriculum.evaluation.reference_links import other_fit_rows, path_to_reference
from curriculum.examples.example_folder import copy_example, refuse_example_folder
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.files.encodings import open_regular, path_to_bytes, path_to_escaped
from curriculum.html.notebook_book import notebooks_to_book
from curriculum.html.notebook_file import read_notebook
from curriculum.library.case_file import check_case_name
from curriculum.library.crosswalk_object import check_report_name, crosswalk_to_report
from curriculum.library.remap_bundle import folder_to_bundle, links_to_headline, tables_to_bundle
from curriculum.library.saving import save_file
from curriculum.library.user_crosswalk_file import path_to_crosswalk_table
from curriculum.library.version_names import names_with_references
from curriculum.library.versions_object import check_versions_name, read_versions, versions_to_bytes
from curriculum.linking.csls_scores import default_scorers
from curriculum.linking.encoder_settings import folder_to_settings
from curriculum.linking.onnx_model import onnx_to_run
from curriculum.linking.sentence_encoder import folder_to_encoder
from curriculum.linking.thesaurus_file import read_thesaurus
from curriculum.model import vocabulary as v
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.document_reading import names_to_version_documents, names_to_versions
from curriculum.parsing.parsed_tables import parsed_to_tables
from curriculum.remapping import evidence_coverage
from curriculum.remapping.coverage_titles import document_to_label
from curriculum.remapping.evidence_coverage import coverage
from curriculum.remapping.remap_files import job_to_files, path_to_out
from curriculum.review.lookup_sheets import tables_to_lookup
from curriculum.review.review_files import check_registered, keep_answers, reviewed_to_workbook
from curriculum.spreadsheets.tracker_files import path_to_tracker
from curriculum.tables.carrier import check_documents, check_statement, select_document
from curriculum.tables.case_standard import tables_to_case
from curriculum.tables.csv_files import frame_to_csv
from curriculum.tables.frame_rows import tables_to_rows
from curriculum.tables.pair_wordings import tables_to_version_pair
from curriculum.tables.plain_rows import check_document_rows
from curriculum.tables.version_pair_rows import rows_to_version_pair
from curriculum.viz.drawing_files import check_drawing_path, write_drawing
from tiny_encoder import write_encoder, write_onnx

ROOT = Path(__file__).resolve().parents[1]
PROCESSED, RAW = ROOT / "data" / "processed", ROOT / "data" / "raw"
OLD, NEW = "st0792-1.0", "st0792-1.2"


@pytest.fixture(scope="module")
def stored():
    return cu.read_tables(PROCESSED)


@pytest.fixture(scope="module")
def every():
    return cu.read_crosswalk(PROCESSED)


# --- The same rows from everywhere ------------------------------------------------------------------------


@pytest.mark.vectors
@pytest.mark.parametrize("pair", folder_to_pairs(RAW), ids=" to ".join)
def test_function_command_and_build_give_the_same_rows(pair, stored, every, tmp_path, capsys):
    assert main(["link", *pair, "--raw", str(RAW), "-o", str(tmp_path / "x.csv")]) == 0
    capsys.readouterr()
    of_command = (tmp_path / "x.csv").read_bytes()
    assert frame_to_csv(link_documents(stored, *pair)) == of_command
    assert frame_to_csv(select_pair(every, *pair)) == of_command


TEXTS = {
    "old-1": ("K1,How to look after a horse", "K2,The law on carts", "K3,Names of the parts of a hoof"),
    "new-1": ("K1,How to look after a nag", "K2,Legislation on waggons", "S1,Trim a hoof"),
}
DECISION = (
    "decision,subject_id,predicate_id,object_id,subject_label,object_label,subject_source,object_source,"
    "reviewer_label,review_date,comment\n"
    "reject,old-1:K1,,new-1:K1,,,old-1,new-1,AB,2026-11-22,\n"
)
THESAURUS = (
    "term,relation,concept,source\nnag,skos:altLabel,horse,x\nwaggon,skos:altLabel,cart,x\n"
    "legislation,skos:altLabel,law,x\n"
)
REFERENCE = (
    "source_document,source_code,target_document,target_code,relation,alt_relation,tier,primary_votes\n"
    "old-1,K1,new-1,K1,closeMatch,,core,2\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project of two small documents, with a thesaurus, a decision, a reference and a tracker."""
    raw = tmp_path_factory.mktemp("project") / "data" / "raw"
    (raw / "decisions").mkdir(parents=True)
    register = ["document_id,path,sha256,title,reference,version,publisher,licence,url,inferred"]
    for name, rows in TEXTS.items():
        data = "\n".join(["code,text", *rows, ""]).encode()
        (raw / f"{name}.csv").write_bytes(data)
        register.append(f"{name},{name}.csv,{hashlib.sha256(data).hexdigest()}" + "," * 7)
    files = {
        "SOURCES.csv": "\n".join([*register, ""]),
        "CROSSWALKS.csv": "subject_source,object_source\nold-1,new-1\n",
        "thesaurus.csv": THESAURUS,
        "decisions/mine.csv": DECISION,
        "../../reference.csv": REFERENCE,
        "../../fit_rows.csv": fit_rows_to_csv([FitRow("a -> b", "default", "link", 1.5, 0.0, False, True)]),
        "../../a.ipynb": '{"nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# A"}]}',
        "../../tracker.csv": "Learner,KSBs\nAda,K1\nBen,K2\n",
    }
    for name, text in files.items():
        (raw / name).write_text(text, encoding="utf-8")
    cu.Project(raw).build(raw.parent / "processed")
    return raw.parents[1]


@pytest.fixture
def project(built, tmp_path, monkeypatch):
    """A copy of the small project; the current folder is another, which is empty."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    return Path(shutil.copytree(built, tmp_path / "project"))


PAIR = ("old-1", "new-1")


def test_thesaurus_and_decisions_stand_beside_the_folder_that_was_read(project):
    tables = cu.read_tables(project / "data" / "processed")
    built = cu.read_crosswalk(project / "data" / "processed")
    pd.testing.assert_frame_equal(link_documents(tables, *PAIR), built)
    pd.testing.assert_frame_equal(link_pairs(tables, [PAIR]), built)
    assert tables_to_raw(tables) == project / "data" / "raw"
    # A part of the tables is still of that folder.
    assert tables_to_raw(select_document(tables, "old-1")) == project / "data" / "raw"
    # The decision: what was rejected is gone, unless decisions are left out.
    proposed = link_documents(tables, *PAIR, decisions=())
    is_rejected = [
        ((one[v.SUBJECT_ID] == "old-1:K1") & (one[v.OBJECT_ID] == "new-1:K1")).any()
        for one in (built, proposed)
    ]
    assert is_rejected == [False, True]


def test_without_a_thesaurus_it_says_so(project, monkeypatch):
    processed = project / "data" / "processed"
    own = parsed_to_tables(map(parse_document, folder_to_documents(project / "data" / "raw")))
    for ask in (
        lambda: link_documents(own, *PAIR),
        lambda: link_pairs(own, [PAIR]),
        lambda: link_to_scored_pairs(own, *PAIR),
    ):
        with pytest.warns(MissingThesaurus, match=r"no thesaurus\.csv in data/raw: .* raw=") as told:
            ask()
        # It points to the line that asked.
        assert [Path(one.filename) for one in told] == [Path(__file__)]
    # No warning with a folder or scorers that are named, or where a command would find the folder.
    named = link_documents(own, *PAIR, raw=str(project / "data" / "raw"))
    pd.testing.assert_frame_equal(named, cu.read_crosswalk(processed))
    without = link_documents(own, *PAIR, default_scorers())
    assert not without.equals(named)
    monkeypatch.chdir(project)
    pd.testing.assert_frame_equal(link_documents(own, *PAIR), named)
    with pytest.raises(NotFound, match="no/raw: no such folder"):
        link_documents(own, *PAIR, raw="no/raw")
    (project / "data" / "raw" / "thesaurus.csv").unlink()
    with pytest.warns(MissingThesaurus):
        link_documents(cu.read_tables(processed), *PAIR)


@pytest.mark.vectors
def test_python_of_the_page_on_linking_runs(monkeypatch, every):
    monkeypatch.chdir(ROOT)
    (code,) = re.findall(
        r"```python\n(.*?)\n```", (ROOT / "docs" / "linking.md").read_text(encoding="utf-8"), re.DOTALL
    )
    held = {}
    exec(compile(code, "linking.md", "exec"), held)
    # No decision is shipped, and the terms are those of the raw folder: all three are the same.
    for name in ("links", "proposed", "with_own_terms"):
        assert frame_to_csv(held[name]) == frame_to_csv(select_pair(every, OLD, NEW)), name


# --- Public functions, found by their signatures ----------------------------------------------------------

# The command line, and what only it calls.
COMMAND = {"cli"}


RAW_PARAMETER = inspect.Parameter("raw", inspect.Parameter.KEYWORD_ONLY, annotation="str | Path")


def public_functions():
    for module in pkgutil.walk_packages(cu.__path__, "curriculum."):
        name = module.name.removeprefix("curriculum.")
        if name.split(".")[0] in COMMAND or name == "__main__":
            continue
        held = importlib.import_module(module.name)
        for one in getattr(held, "__all__", ()):
            function = getattr(held, one)
            if inspect.isfunction(function) and function.__module__ == module.name:
                yield f"{name}.{one}", inspect.signature(function).parameters
    for name, method in inspect.getmembers(cu.Project, inspect.isfunction):
        if not name.startswith("_"):
            # `self` is the raw folder, where ids are looked up.
            yield f"Project.{name}", {**inspect.signature(method).parameters, "raw": RAW_PARAMETER}


PUBLIC = dict(public_functions())
IDS = {
    *("document_id", "document_ids", "old", "new", "statement_id", "theme_id", "duty_id", "method_id"),
    *("pair", "pairs", "via", "name", "names"),
}
TRACKER = ROOT / "examples" / "portfolio.csv"
SHIPPED = cu.Project(RAW)


class Asked(NamedTuple):
    """What a call is made with: the tables, the crosswalks of all pairs, and an id."""

    tables: cu.Tables
    links: pd.DataFrame
    id: str


# By function, a call with each id in its turn.
DOCUMENT_CALLS = {
    "crosswalk.composition.identity": [lambda a: identity(a.tables, a.id)],
    "crosswalk.linked_documents.documents_to_attribution": [
        lambda a: documents_to_attribution(a.tables, [NEW, a.id])
    ],
    "remapping.coverage_titles.document_to_label": [
        lambda a: document_to_label(tables_to_rows(a.tables), a.id)
    ],
    "crosswalk.linked_documents.link_documents": [
        lambda a: link_documents(a.tables, a.id, NEW),
        lambda a: link_documents(a.tables, OLD, a.id),
    ],
    "crosswalk.linked_documents.link_pairs": [
        lambda a: link_pairs(a.tables, [(a.id, NEW)]),
        lambda a: link_pairs(a.tables, [(OLD, NEW), (OLD, a.id)]),
    ],
    "crosswalk.linked_documents.link_pairs_with_candidates": [
        lambda a: link_pairs_with_candidates(a.tables, [(a.id, NEW)]),
        lambda a: link_pairs_with_candidates(a.tables, [(OLD, NEW), (OLD, a.id)]),
    ],
    "crosswalk.linked_documents.link_with_candidates": [
        lambda a: link_with_candidates(a.tables, (a.id, NEW), (), ()),
        lambda a: link_with_candidates(a.tables, (OLD, a.id), (), ()),
    ],
    "tables.case_standard.tables_to_case": [lambda a: tables_to_case(a.tables, a.id)],
    "analysis.overview.tables_to_pair_notes": [
        lambda a: tables_to_pair_notes(a.tables, a.id, NEW),
        lambda a: tables_to_pair_notes(a.tables, OLD, a.id),
    ],
    "crosswalk.linked_documents.link_to_scored_pairs": [
        lambda a: link_to_scored_pairs(a.tables, a.id, NEW),
        lambda a: link_to_scored_pairs(a.tables, OLD, a.id),
    ],
    "crosswalk.stored_crosswalk.select_pair": [
        lambda a: select_pair(a.links, a.id, NEW),
        lambda a: select_pair(a.links, OLD, a.id),
    ],
    "decisions.valid_decisions.tables_to_compared_statements": [
        lambda a: tables_to_compared_statements(a.tables, NEW, a.id)
    ],
    "analysis.standard_graph.tables_to_graph": [lambda a: tables_to_graph(a.tables, a.id)],
    "tables.plain_rows.check_document_rows": [lambda a: check_document_rows(tables_to_rows(a.tables), a.id)],
    "tables.version_pair_rows.rows_to_version_pair": [
        lambda a: rows_to_version_pair(tables_to_rows(a.tables), a.id, NEW),
        lambda a: rows_to_version_pair(tables_to_rows(a.tables), OLD, a.id),
    ],
    "library.remap_bundle.tables_to_bundle": [
        lambda a: tables_to_bundle(a.tables, (a.id, NEW)),
        lambda a: tables_to_bundle(a.tables, (OLD, a.id)),
    ],
    "library.remap_bundle.links_to_headline": [
        lambda a: links_to_headline(a.tables, (a.id, NEW), a.links, NO_DECISIONS),
        lambda a: links_to_headline(a.tables, (OLD, a.id), a.links, NO_DECISIONS),
    ],
    "library.remap_bundle.folder_to_bundle": [
        lambda a: folder_to_bundle(SHIPPED, (a.id, NEW)),
        lambda a: folder_to_bundle(SHIPPED, (OLD, a.id)),
    ],
    "Project.bundle": [lambda a: SHIPPED.bundle(NEW, a.id)],
    "analysis.groups.check_option": [lambda a: check_option(tables_to_rows(a.tables), a.id, "")],
    "analysis.groups.rows_to_groups": [lambda a: list(rows_to_groups(tables_to_rows(a.tables), a.id))],
    "remapping.evidence_coverage.coverage": [lambda a: coverage((), (), tables_to_rows(a.tables), a.id)],
    "remapping.evidence_coverage.coverage_to_groups": [
        lambda a: evidence_coverage.coverage_to_groups((), tables_to_rows(a.tables), a.id)
    ],
    "remapping.evidence_coverage.evidence_to_before": [
        lambda a: evidence_coverage.evidence_to_before((), tables_to_rows(a.tables), a.id)
    ],
    "remapping.evidence_coverage.evidence_to_learners": [
        lambda a: evidence_coverage.evidence_to_learners((), (), tables_to_rows(a.tables), a.id)
    ],
    "remapping.evidence_coverage.evidence_to_lost": [
        lambda a: evidence_coverage.evidence_to_lost((), (), tables_to_rows(a.tables), a.id)
    ],
    "analysis.overview.duties_to_matrix": [lambda a: duties_to_matrix(a.tables, a.id)],
    "review.lookup_sheets.tables_to_lookup": [
        lambda a: tables_to_lookup(a.tables, a.links, a.id, NEW),
        lambda a: tables_to_lookup(a.tables, a.links, OLD, a.id),
    ],
    "tables.pair_wordings.tables_to_version_pair": [
        lambda a: tables_to_version_pair(a.tables, a.id, NEW),
        lambda a: tables_to_version_pair(a.tables, OLD, a.id),
    ],
    "tables.carrier.check_documents": [lambda a: check_documents(a.tables, NEW, a.id)],
    "tables.carrier.select_document": [lambda a: select_document(a.tables, a.id)],
    # What these take is an id or a path.
    "Project.documents": [lambda a: SHIPPED.documents([NEW, a.id])],
    "Project.graph": [lambda a: SHIPPED.graph(a.id)],
    "Project.link": [lambda a: SHIPPED.link(a.id, NEW), lambda a: SHIPPED.link(OLD, a.id)],
    "Project.parse": [lambda a: SHIPPED.parse([a.id])],
    "Project.read": [lambda a: SHIPPED.read(a.id)],
    "Project.tables": [lambda a: SHIPPED.tables([a.id])],
    "Project.check": [lambda a: SHIPPED.check([a.id])],
    "parsing.document_reading.names_to_version_documents": [
        lambda a: names_to_version_documents((a.id, NEW), RAW),
        lambda a: names_to_version_documents((OLD, a.id), RAW),
    ],
    "parsing.document_reading.names_to_versions": [
        lambda a: names_to_versions((a.id, NEW), RAW),
        lambda a: names_to_versions((OLD, a.id), RAW),
    ],
    "review.review_files.check_registered": [
        lambda a: check_registered((a.id, NEW), RAW, is_accepted=False),
        lambda a: check_registered((OLD, a.id), RAW, is_accepted=False),
    ],
    "Project.review": [
        lambda a: SHIPPED.review(a.id, NEW),
        lambda a: SHIPPED.review(OLD, a.id),
        # Without a version between there is none to look up.
        lambda a: SHIPPED.review(OLD, NEW, via=a.id or " "),
    ],
    "documents.named_documents.name_to_document": [lambda a: name_to_document(a.id, RAW)],
    "documents.named_documents.names_to_documents": [lambda a: names_to_documents([NEW, a.id], RAW)],
    "analysis.version_facts.tables_to_fact_changes": [
        lambda a: list(tables_to_fact_changes(a.tables, a.id, NEW)),
        lambda a: list(tables_to_fact_changes(a.tables, OLD, a.id)),
    ],
    "analysis.version_parts.tables_to_listed_changes": [
        lambda a: list(tables_to_listed_changes(a.tables, a.id, NEW)),
        lambda a: list(tables_to_listed_changes(a.tables, OLD, a.id)),
    ],
    "analysis.version_parts.tables_to_pair_changes": [
        lambda a: list(tables_to_pair_changes(a.tables, a.id, NEW, a.links)),
        lambda a: list(tables_to_pair_changes(a.tables, OLD, a.id, a.links)),
    ],
    "analysis.version_prose.tables_to_prose_changes": [
        lambda a: list(tables_to_prose_changes(a.tables, a.id, NEW)),
        lambda a: list(tables_to_prose_changes(a.tables, OLD, a.id)),
    ],
    "analysis.version_steps.tables_to_changes": [
        lambda a: tables_to_changes(a.tables, a.id, NEW, None),
        lambda a: tables_to_changes(a.tables, OLD, a.id, None),
    ],
    "documents.version_files.name_to_version_files": [lambda a: name_to_version_files(a.id, RAW)],
    "Project.versions": [lambda a: SHIPPED.versions(NEW, a.id)],
    "Project.remap": [
        lambda a: SHIPPED.remap(TRACKER, a.id, NEW),
        lambda a: SHIPPED.remap(TRACKER, OLD, a.id),
    ],
}
STATEMENT_CALLS = {
    "analysis.lineage.statement_to_lineage": [lambda a: statement_to_lineage(a.tables, a.links, a.id)],
    "Project.lineage": [lambda a: SHIPPED.lineage(a.id or " ")],
    "analysis.history.tables_to_history": [lambda a: tables_to_history(a.tables, a.links, a.id or " ")],
    "tables.carrier.check_statement": [lambda a: check_statement(a.tables, a.id)],
}
# Parameters of the same names that hold no id to look up.
NO_IDS = {
    "remapping.coverage_titles.about_coverage": "a `Pair`, which tables_to_version_pair has checked",
    "decisions.decision_files.pair_to_path": "the name of a file to be written",
    "decisions.decision_files.update_decisions": "the name of a file to be written",
    "files.output_folder.read_manifest": "the name of a file",
    "files.output_folder.refuse_edited": "names of files",
    "remapping.version_check.layouts_to_verdict": "the version of a checked `VersionPair`",
    "remapping.remapped.remap_tracker": "a checked `VersionPair`",
    "review.review_rows.crosswalks_to_rows": "a checked `VersionPair`",
    "documents.register.registered_document": "gives none where there is none, as it says",
    "analysis.flow.tables_to_group_names": "the pair of a crosswalk",
    "library.versions_object.read_versions": "pairs of a register; those of other documents place nothing",
    "library.version_names.names_with_references": "leaves every name but a reference as it is",
    "library.link_reasons.crosswalk_to_steps": "codes that `Crosswalk.why` has checked",
}
HOLDERS = {"tables", "crosswalk", "raw", "folder"}


def test_no_public_function_with_an_id_is_forgotten():
    asked = {name for name, own in PUBLIC.items() if IDS & own.keys() and HOLDERS & own.keys()}
    assert asked == DOCUMENT_CALLS.keys() | STATEMENT_CALLS.keys() | NO_IDS.keys()


@pytest.mark.parametrize("given", ["st0792-1.1", "ST0792-1.2", "st0792-1.2 ", "media", ""], ids=repr)
@pytest.mark.parametrize("name", DOCUMENT_CALLS)
def test_a_document_that_is_not_there_is_refused_with_those_that_are(name, given, stored, every):
    for call in DOCUMENT_CALLS[name]:
        with pytest.raises(NotFound) as told:
            call(Asked(stored, every, given))
        message = str(told.value)
        assert all(one in message for one in stored.documents[v.DOCUMENT_ID]), message
        assert ("Did you mean st0792-1.2" in message) == given.strip().casefold().startswith("st0792"), (
            message
        )


@pytest.mark.parametrize("given", ["st0792-1.2:K77", "ST0792-1.2:k9", "st0792-1.2:K9 ", "K9", ""], ids=repr)
@pytest.mark.parametrize("name", STATEMENT_CALLS)
def test_a_statement_that_is_not_there_is_refused(name, given, stored, every):
    for call in STATEMENT_CALLS[name]:
        with pytest.raises(NotFound) as told:
            call(Asked(stored, every, given))
        message = str(told.value)
        if given.strip().casefold().endswith("1.2:k9"):
            assert "Did you mean st0792-1.2:K9?" in message
        assert ("K1 to K29, S1 to S23, B1 to B4" if ":" in given else "nos-2017, nos-2019") in message


def test_two_unknown_ids_are_both_named(stored):
    with pytest.raises(Faults) as told:
        link_documents(stored, "st0792-1.1", "ST0792-1.2")
    assert [one.where for one in told.value.faults] == ["“st0792-1.1”", "“ST0792-1.2”"]
    with pytest.raises(NotFound, match=r"^None: no such document"):
        tables_to_graph(stored, None)
    with pytest.raises(NotFound, match=r"'st0792-1.2\\n': no such document"):
        tables_to_graph(stored, "st0792-1.2\n")


def test_a_pair_that_was_not_linked_is_told_from_one_that_is_unknown(every):
    with pytest.raises(NotFound, match=r"no such pair; .* Did you mean st0792-1\.0 to st0792-1\.2\?"):
        select_pair(every, NEW, OLD)
    with pytest.raises(NotFound, match=r"no such pair; .* link it with link_documents"):
        select_pair(every, "nos-2017", OLD)
    with pytest.raises(CurriculumError, match="there is none"):
        select_pair(every.head(0), OLD, NEW)


def test_a_decision_on_a_code_that_is_nowhere_is_refused(every):
    pair, frame = select_pair(every, OLD, NEW), pd.DataFrame({"KSBs": ["K2, K77"]})
    expected = (
        r"“K99”: no such old code to decide on; expected a code of st0792-1\.0 \(K1 to K42, S1 to S40, B1"
    )
    with pytest.raises(InvalidInput, match=expected):
        cu.remap(frame, pair, decisions={"K99": "K2"})
    # The frame holds this one, though the version does not.
    assert cu.remap(frame, pair, decisions={"K77": "K2"}).audit["outcome"].tolist()[1] == "replaced"


def test_crosswalks_of_two_pairs_do_not_agree_or_disagree(every):
    one, other = select_pair(every, OLD, NEW), select_pair(every, "nos-2017", "nos-2019")
    for ask in (crosswalks_to_agreement, crosswalks_to_disagreements):
        assert len(ask(one, one)) in {0, 3}
        with pytest.raises(InvalidTable, match=r"crosswalks of two pairs; .* nos-2017 to nos-2019"):
            ask(one, other)
        with pytest.raises(InvalidTable, match="not the crosswalk of one pair"):
            ask(every, one)


@pytest.mark.parametrize("rows", [slice(0), slice(None)], ids=["none", "of several pairs"])
def test_what_is_of_one_pair_says_so(rows, stored, every):
    for ask in (crosswalk_to_impact, lambda tables, given: crosswalk_with_decisions(tables, given, ())):
        with pytest.raises(InvalidTable, match="not the crosswalk of one pair"):
            ask(stored, every[rows])


def test_an_option_that_a_document_does_not_have_is_refused(stored):
    tables = tables_to_rows(stored)
    for ask in (
        lambda option: coverage((), (), tables, NEW, option),
        lambda option: evidence_coverage.evidence_to_before((), tables, NEW, option),
        lambda option: evidence_coverage.evidence_to_learners((), (), tables, NEW, option),
        lambda option: list(rows_to_groups(tables, NEW, option)),
    ):
        ask("post production COORDINATOR")
        with pytest.raises(NotFound, match=r"“Post-production coordinator”: .* Post production coordinator"):
            ask("Post-production coordinator")


# --- Paths ------------------------------------------------------------------------------------------------


# By function, a call with its paths: `p` makes a path of the names of its parts, inside the small project.
def opened(path):
    with open_regular(path) as (file, size):
        return file.read(), size


def feed(path):
    text = '[{"referenceNumber": "ST9901", "version": "1.0", "knowledges": [{"detail": "Flour"}]}]'
    Path(path).write_text(text, encoding="utf-8")
    return path


PATH_CALLS = {
    "crosswalk.linked_documents.link_documents": lambda p: link_documents(
        small_tables(p), *PAIR, raw=p("data/raw")
    ),
    "crosswalk.linked_documents.link_pairs": lambda p: link_pairs(small_tables(p), [PAIR], raw=p("data/raw")),
    "crosswalk.linked_documents.link_pairs_with_candidates": lambda p: (
        link_pairs_with_candidates(small_tables(p), [PAIR], raw=p("data/raw")).candidates
    ),
    "crosswalk.stored_crosswalk.read_candidates": lambda p: cu.read_candidates(p("data/processed")),
    "crosswalk.stored_crosswalk.read_crosswalk": lambda p: cu.read_crosswalk(p("data/processed")),
    "decisions.decision_files.folder_to_decisions": lambda p: decision_files.folder_to_decisions(
        p("data/raw/decisions")
    ),
    "decisions.decision_files.pair_to_path": lambda p: decision_files.pair_to_path(
        p("data/raw/decisions"), *PAIR
    ),
    "decisions.decision_files.read_decisions": lambda p: decision_files.read_decisions(
        p("data/raw/decisions")
    ),
    "decisions.decision_files.update_decisions": lambda p: decision_files.update_decisions(
        p("data/raw/decisions"), PAIR, lambda held: held
    ),
    "decisions.valid_decisions.folder_to_valid_decisions": lambda p: (
        folder_to_valid_decisions(p("data/raw/decisions"), small_tables(p)).decisions
    ),
    "Project.scorers": lambda p: [scorer.name for scorer in cu.Project(p("data/raw")).scorers()],
    "Project.decisions_for": lambda p: cu.Project(p("data/raw")).decisions_for(small_tables(p)).decisions,
    "Project.overview": lambda p: cu.Project(p("data/raw")).overview(),
    "Project.plot_overview": lambda p: type(cu.Project(p("data/raw")).plot_overview()).__name__,
    "documents.register.refuse_raw_folder": lambda p: refuse_raw_folder(p("out")),
    "library.saving.save_file": lambda p: save_file(Path(p("saved.json")), b"{}", "link"),
    "viz.drawing_files.check_drawing_path": lambda p: check_drawing_path(p("a.svg"), [".svg"]).name,
    "viz.drawing_files.write_drawing": lambda p: write_drawing(p("a.svg"), b"<svg/>").name,
    "documents.register.check_folder": lambda p: check_folder(p("data/raw")),
    "evaluation.fit_rows.read_fit_rows": lambda p: read_fit_rows(p("fit_rows.csv")),
    "evaluation.reference_links.other_fit_rows": lambda p: other_fit_rows(p("data/raw"), (), ()),
    "evaluation.reference_links.path_to_reference": lambda p: path_to_reference(
        p("data/raw"), p("reference.csv")
    )[0],
    "library.remap_function.coverage": lambda p: (
        cu.coverage(p("tracker.csv"), cu.Project(p("data/raw")).link(*PAIR)).statements
    ),
    "Project.evaluate": lambda p: cu.Project(p("data/raw")).evaluate(p("reference.csv")).verdicts,
    "Project.read_reference": lambda p: cu.Project(p("data/raw")).read_reference(p("reference.csv"))[0],
    "crosswalk.crosswalk_files.bytes_to_crosswalk": lambda p: bytes_to_crosswalk(
        crosswalk_to_bytes(small_links(p), "x.csv"), p("x.csv")
    ),
    "crosswalk.crosswalk_files.crosswalk_to_bytes": lambda p: crosswalk_to_bytes(
        small_links(p), p("x.sssom.tsv")
    ),
    "analysis.graph_files.graph_to_bytes": lambda p: graph_to_bytes(
        cu.Project(p("data/raw")).graph("old-1"), p("x.graphml")
    ),
    "analysis.graph_files.bytes_to_graph": lambda p: (
        bytes_to_graph(
            graph_to_bytes(cu.Project(p("data/raw")).graph("old-1"), p("x.json")), p("x.json")
        ).name
    ),
    "analysis.history.check_history_name": lambda p: check_history_name(p("x.csv"), False),
    "Project.lineage": lambda p: cu.Project(p("data/raw"), p("data/raw/decisions")).lineage().frame,
    "analysis.history.history_to_bytes": lambda p: history_to_bytes(
        cu.Project(p("data/raw")).lineage().history, p("history.csv")
    ),
    "linking.thesaurus_file.read_thesaurus": lambda p: read_thesaurus(p("data/raw/thesaurus.csv")),
    "Project.build": lambda p: cu.Project(p("data/raw")).build(p("data/processed")).crosswalk,
    "Project.read": lambda p: cu.Project(p("data/raw")).read(p("data/raw/old-1.csv")).findings,
    "Project.tables": lambda p: cu.Project(p("data/raw")).tables((p("data/raw/old-1.csv"),)).findings,
    "Project.check": lambda p: cu.Project(p("data/raw")).check(p("data/raw/old-1.csv")),
    "Project.graph": lambda p: cu.Project(p("data/raw")).graph(p("data/raw/old-1.csv")).name,
    "Project.documents": lambda p: cu.Project(p("data/raw")).documents(p("data/raw/old-1.csv")),
    "Project.link": lambda p: (
        cu.Project(p("data/raw"), p("data/raw/decisions"), thesaurus=p("data/raw/thesaurus.csv"))
        .link(p("data/raw/old-1.csv"), p("data/raw/new-1.csv"))
        .table
    ),
    "library.case_file.check_case_name": lambda p: check_case_name(p("a.case.json")),
    "library.crosswalk_object.check_report_name": lambda p: check_report_name(p("report.html")),
    "library.crosswalk_object.crosswalk_to_report": lambda p: crosswalk_to_report(
        cu.Project(p("data/raw")).link(*PAIR), p("report.html")
    ),
    "documents.named_documents.name_to_document": lambda p: name_to_document(
        p("data/raw/old-1.csv"), p("data/raw")
    ),
    "documents.named_documents.names_to_documents": lambda p: names_to_documents(
        p("data/raw/old-1.csv"), p("data/raw")
    ),
    "Project.parse": lambda p: cu.Project(p("data/raw")).parse([p("data/raw/old-1.csv")]),
    "crosswalk.raw_folder.folder_to_scorers": lambda p: [
        one.name for one in folder_to_scorers(p("data/raw"), p("data/raw/thesaurus.csv"))
    ],
    "linking.encoder_settings.folder_to_settings": lambda p: folder_to_settings(tiny_encoder(p)),
    "linking.sentence_encoder.folder_to_encoder": lambda p: folder_to_encoder(tiny_encoder(p)).files,
    "linking.onnx_model.onnx_to_run": lambda p: onnx_to_run(tiny_onnx(p))([1, 4, 2]).tolist(),
    "crosswalk.raw_folder.read_valid_decisions": lambda p: (
        read_valid_decisions(p("data/raw"), small_tables(p), p("data/raw/decisions")).decisions
    ),
    "crosswalk.raw_folder.tables_to_valid_decisions": lambda p: (
        tables_to_valid_decisions(small_tables(p), p("data/raw")).decisions
    ),
    "crosswalk.raw_folder.tables_to_raw": lambda p: tables_to_raw(small_tables(p), p("data/raw")),
    "crosswalk.raw_folder.tables_to_scorers": lambda p: [
        one.name for one in tables_to_scorers(small_tables(p), p("data/raw"))
    ],
    "evaluation.reference.check_reference": lambda p: check_reference(
        read_reference(p("reference.csv")), ["old-1:K1", "new-1:K1"], p("reference.csv")
    ),
    "evaluation.reference.read_reference": lambda p: read_reference(p("reference.csv")),
    "remapping.remap_files.job_to_files": lambda p: sorted(job_to_files(small_job(p).job, p("out.csv"))),
    "remapping.remap_files.path_to_out": lambda p: path_to_out(p("tracker.csv"), "new-1"),
    "Project.remap": lambda p: small_job(p).audit,
    "Project.bundle": lambda p: bundle_to_bytes(small_bundle(p)),
    "library.remap_bundle.folder_to_bundle": lambda p: bundle_to_bytes(
        folder_to_bundle(cu.Project(p("data/raw")), (p("data/raw/old-1.csv"), p("data/raw/new-1.csv")))
    ),
    "crosswalk.bundle_file.path_to_bundle": lambda p: bundle_to_bytes(path_to_bundle(small_bundle_file(p))),
    "library.user_crosswalk_file.path_to_crosswalk_table": lambda p: (
        path_to_crosswalk_table(p("reference.csv")).sheets
    ),
    "decisions.decision_files.is_decisions_file": lambda p: is_decisions_file(p("reference.csv")),
    "decisions.decision_files.path_to_decisions": lambda p: path_to_decisions(p("thesaurus.csv"))[0],
    "review.review_files.check_registered": lambda p: check_registered(
        PAIR, p("data/raw"), is_accepted=False
    ),
    "Project.apply_review": lambda p: (
        cu.Project(p("data/raw"), p("data/raw/decisions")).apply_review(review_workbook(p), is_dry=True).added
    ),
    "library.evaluation_object.evaluate": lambda p: (
        cu.evaluate(cu.Project(p("data/raw")).link(*PAIR), p("reference.csv")).verdicts
    ),
    "library.standard.read": lambda p: cu.read(p("data/raw/old-1.csv")).findings,
    "library.remap_function.remap": lambda p: (
        cu.remap(p("tracker.csv"), cu.Project(p("data/raw")).link(*PAIR)).audit
    ),
    "parsing.document_reading.names_to_version_documents": lambda p: names_to_version_documents(
        PAIR, p("data/raw")
    ),
    "parsing.document_reading.names_to_versions": lambda p: names_to_versions(PAIR, p("data/raw"))[1],
    "review.review_files.keep_answers": lambda p: (
        keep_answers(
            cu.Project(p("data/raw")).review(*PAIR),
            path_to_tracker(review_workbook(p)),
            p("kept"),
            is_dry=True,
        ).added
    ),
    "Project.review": lambda p: cu.Project(p("data/raw"), p("data/raw/decisions")).review(*PAIR).crosswalk,
    "documents.document.path_to_document_id": lambda p: path_to_document_id(p("My KSBs.csv")),
    "examples.example_folder.copy_example": lambda p: sorted(copy_example(p("example")).rglob("*")),
    "files.encodings.path_to_escaped": lambda p: path_to_escaped(p("tracker.csv")),
    "files.encodings.open_regular": lambda p: opened(p("tracker.csv")),
    "html.notebook_book.notebooks_to_book": lambda p: notebooks_to_book([p("a.ipynb")]),
    "html.notebook_file.read_notebook": lambda p: read_notebook(p("a.ipynb")),
    "files.encodings.path_to_bytes": lambda p: path_to_bytes(p("tracker.csv")),
    "documents.file_reading.bytes_to_document": lambda p: bytes_to_document(
        b"code,text\nK1,Law\n", p("mine.csv")
    ),
    "documents.file_reading.path_to_document": lambda p: path_to_document(p("data/raw/old-1.csv")),
    "documents.file_reading.path_to_documents": lambda p: list(path_to_documents(feed(p("feed.json")))),
    "examples.example_folder.refuse_example_folder": lambda p: refuse_example_folder(p("data/raw")),
    "documents.version_files.name_to_version_files": lambda p: name_to_version_files(
        p("data/raw/old-1.csv"), p("data/raw")
    ),
    "library.version_names.names_with_references": lambda p: names_with_references(["old-1"], p("data/raw")),
    "library.versions_object.check_versions_name": lambda p: check_versions_name(p("v.csv")),
    "library.versions_object.read_versions": lambda p: (
        read_versions([p("data/raw/old-1.csv")], p("data/raw"), cu.link, "given").order
    ),
    "library.versions_object.versions_to_bytes": lambda p: versions_to_bytes(small_versions(p), p("v.csv")),
    "library.versions_function.versions": lambda p: cu.versions(p("data/raw/old-1.csv"), order="given").order,
    "Project.versions": lambda p: (
        cu.Project(p("data/raw")).versions(p("data/raw/old-1.csv"), "new-1", order="given").frame
    ),
    "documents.register.folder_to_documents": lambda p: folder_to_documents(p("data/raw")),
    "documents.register.folder_to_pairs": lambda p: folder_to_pairs(p("data/raw")),
    "documents.register.read_crosswalks": lambda p: read_crosswalks(p("data/raw")),
    "documents.register.read_sources": lambda p: read_sources(p("data/raw")),
    "documents.register.registered_document": lambda p: registered_document(p("data/raw"), "old-1"),
    "files.csv_rows.path_to_table_rows": lambda p: path_to_table_rows(
        p("data/raw/CROSSWALKS.csv"), ["subject_source", "object_source"], CurriculumError, ""
    ),
    "tables.csv_files.read_tables": lambda p: cu.read_tables(p("data/processed")).statements,
    "spreadsheets.tracker_files.path_to_tracker": lambda p: path_to_tracker(p("tracker.csv")),
}


def tiny_encoder(p):
    folder = p("tiny")
    if not Path(folder).exists():
        write_encoder(Path(folder))
    return folder


def tiny_onnx(p):
    written = p("tiny.onnx")
    write_onnx(Path(written))
    return written


def small_tables(p):
    return cu.read_tables(p("data/processed"))


def small_versions(p):
    return cu.versions(p("data/raw/old-1.csv"), order="given").content()


def small_links(p):
    return cu.read_crosswalk(p("data/processed"))


def small_bundle(p):
    return cu.Project(p("data/raw")).bundle(p("data/raw/old-1.csv"), p("data/raw/new-1.csv"))


def small_bundle_file(p):
    written = p("x.bundle.json")
    Path(written).write_bytes(bundle_to_bytes(small_bundle(p)))
    return written


def small_job(p):
    return cu.Project(p("data/raw"), p("data/raw/decisions")).remap(p("tracker.csv"), *PAIR)


def review_workbook(p):
    written = p("review.xlsx")
    Path(written).write_bytes(reviewed_to_workbook(cu.Project(p("data/raw")).review(*PAIR)))
    return written


# What writes files for the commands, below all that an analyst calls: paths are paths there.
WRITING = (
    "files.output_folder.",
    "files.atomic_write.",
    "files.file_sets.",
    "files.guarded_files.",
    "files.locks.",
    "spreadsheets.checked_workbook.",
    "page.",
)


def test_no_public_function_with_a_path_is_forgotten():
    paths = {
        name: [str(one.annotation) for one in parameters.values() if "Path" in str(one.annotation)]
        for name, parameters in PUBLIC.items()
    }
    with_paths = {name for name, own in paths.items() if own and not name.startswith(WRITING)}
    assert with_paths == PATH_CALLS.keys()
    assert not [name for name in with_paths for one in paths[name] if "str | Path" not in one]


@pytest.mark.parametrize("name", PATH_CALLS)
def test_a_path_is_taken_as_text_too(name, project):
    given = [PATH_CALLS[name](lambda part, kind=kind: kind(project / part)) for kind in (Path, str)]
    if isinstance(given[0], pd.DataFrame):
        pd.testing.assert_frame_equal(*given)
    else:
        assert given[0] == given[1]
