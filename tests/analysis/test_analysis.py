"""Tables that the graph of a standard gives: counted by hand on a small one, and known facts of the five."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest

from curriculum.analysis import communities, ksb_coverage, version_graph
from curriculum.analysis.communities import (
    communities_to_agreement,
    communities_to_themes,
    graph_to_communities,
)
from curriculum.analysis.ksb_coverage import (
    graph_to_duty_coverage,
    graph_to_duty_overlap,
    graph_to_ksb_coverage,
    graph_to_ksb_loads,
    graph_to_options,
    graph_to_theme_evidence,
    theme_evidence_to_matrix,
)
from curriculum.analysis.standard_graph import tables_to_graph
from curriculum.analysis.version_graph import crosswalk_to_graph, graph_to_lineages
from curriculum.crosswalk.linked_documents import link_pairs
from curriculum.documents.register import folder_to_pairs
from curriculum.parsing.parsed_tables import parsed_to_tables

ROOT = Path(__file__).resolve().parents[2]
# Two core duties that only K2 joins, and one of an option that shares nothing with them.
SMALL = """
Key information
Reference: ST9999
Core occupation duties
Duty KSBs
Duty 1 Shoe horses of all breeds.
K1 K2
Duty 2 Run a forge safely.
K2 S1
Option duties
Racing duties
Duty KSBs
Duty 3 Prepare racehorses.
K3
KSBs
Knowledge
K1: The anatomy of the hoof.
K2: The heating of iron in a forge.
K3: Plates for racing.
Skills
S1: Trim the hoof to its balance.
Apprenticeship assessment plan
Assessment method 1 - interview:
Grading
Interview
Theme
KSBs
Pass
Distinction
(Core) Anatomy
K1 S1
Explains the hoof and shows how to trim it.
K1 S1
No distinction grading criteria.
(Core) Forge
K2
Explains the forge.
K2
No distinction grading criteria.
(Racing) Racing
K3
Describes plates.
K3
No distinction grading criteria.
KSB mapping table
Knowledge Assessment methods
K1: Core.
The anatomy of the hoof.
Interview
K2: Core.
The heating of iron in a forge.
Interview
K3: Racing.
Plates for racing.
Interview
Skill Assessment methods
S1: Core.
Trim the hoof to its balance.
Interview
"""


@pytest.fixture
def small(read):
    return tables_to_graph(parsed_to_tables([read(SMALL)]), "mine")


@pytest.fixture(scope="module")
def standard(tables):
    return tables_to_graph(tables, "st0792-1.2")


@pytest.fixture(scope="module")
def versions(tables, scorers, raw):
    return crosswalk_to_graph(tables, link_pairs(tables, folder_to_pairs(raw), scorers))


def rows(frame, *columns):
    return frame[list(columns)].to_numpy().tolist()


def test_coverage_of_ksbs(small):
    assert rows(
        graph_to_ksb_coverage(small), "code", "option", "n_duties", "duties", "themes", "methods"
    ) == [
        ["K1", "core", 1, "D1", "T1", "M1"],
        ["K2", "core", 2, "D1, D2", "T2", "M1"],
        ["K3", "Racing", 1, "D3", "T3", "M1"],
        ["S1", "core", 1, "D2", "T1", "M1"],
    ]


def test_what_breaks_if_a_ksb_goes(small):
    assert rows(
        graph_to_ksb_loads(small), "code", "n_duties", "n_only_links", "only_links", "parts", "parts_now"
    ) == [
        ["K2", 2, 1, "D1, D2", 3, 2],
        ["K1", 1, 0, "", 2, 2],
        ["K3", 1, 0, "", 2, 2],
        ["S1", 1, 0, "", 2, 2],
    ]


def test_parts_count_duties_without_ksbs_and_stay_whole_where_two_ksbs_tie(read):
    text = SMALL.replace("K1 K2\n", "K1 K2 S1\n", 1)
    result = graph_to_ksb_loads(tables_to_graph(parsed_to_tables([read(text)]), "mine"))
    assert rows(result, "code", "parts", "parts_now")[:2] == [["K2", 2, 2], ["S1", 2, 2]]
    bare = SMALL.replace("Duty 2 Run a forge safely.\nK2 S1\n", "Duty 2 Run a forge safely.\n")
    result = graph_to_ksb_loads(tables_to_graph(parsed_to_tables([read(bare)]), "mine"))
    assert set(result["parts_now"]) == {3}


def test_coverage_of_duties(small):
    assert rows(
        graph_to_duty_coverage(small), "code", "n_ksbs", "n_own_ksbs", "n_assessed", "themes", "methods"
    ) == [
        ["D1", 2, 1, 2, "T1 (1), T2 (1)", "M1 (2)"],
        ["D2", 2, 1, 2, "T1 (1), T2 (1)", "M1 (2)"],
        ["D3", 1, 1, 1, "T3 (1)", "M1 (1)"],
    ]


def test_overlap_of_duties(small):
    assert graph_to_duty_overlap(small).to_numpy().tolist() == [["D1", "D2", 1, 0.333, "K2"]]


def test_evidence_for_themes(small):
    assert rows(
        graph_to_theme_evidence(small),
        "theme",
        "duty",
        "n_shared",
        "share_of_theme",
        "share_of_duty",
        "shared",
    ) == [
        ["T1", "D1", 1, 0.5, 0.5, "K1"],
        ["T1", "D2", 1, 0.5, 0.5, "S1"],
        ["T2", "D1", 1, 1.0, 0.5, "K2"],
        ["T2", "D2", 1, 1.0, 0.5, "K2"],
        ["T3", "D3", 1, 1.0, 1.0, "K3"],
    ]


def test_evidence_as_a_matrix(small, standard):
    result = theme_evidence_to_matrix(graph_to_theme_evidence(small))
    assert list(result.index) == [("T1", "Anatomy"), ("T2", "Forge"), ("T3", "Racing")]
    assert result.to_numpy().tolist() == [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    assert list(theme_evidence_to_matrix(graph_to_theme_evidence(standard))) == [
        f"D{n}" for n in range(1, 13)
    ]


def test_core_against_options(small):
    assert graph_to_options(small).to_numpy().tolist() == [
        ["core", 2, 3, 3, 3, 2, "K1, K2, S1"],
        ["Racing", 1, 1, 1, 0, 1, "K3"],
    ]


def test_communities_and_themes(small):
    found = graph_to_communities(small)
    assert dict(zip(found["code"], found["community"], strict=True))["D3"] == 3
    assert rows(communities_to_themes(found), "duties", "n_ksbs", "themes")[-1] == ["D3", 1, "T3 (1 of 1)"]


def test_agreement_is_one_for_equal_parts_nought_by_chance_and_unknown_without_themes():
    one = pd.DataFrame({"community": [1, 1, 2, 2], "theme": ["T1", "T1", "T2", "T2"]})
    assert communities_to_agreement(one) == 1.0
    # Every pair that one puts together the other parts: below chance.
    assert communities_to_agreement(one.assign(theme=["T1", "T2", "T1", "T2"])) == -0.5
    # Counted by hand: 2 pairs together in both, 6 and 3 in either, of 15.
    other = pd.DataFrame({"community": [1, 1, 1, 2, 2, 2], "theme": ["T1", "T1", "T2", "T2", "T3", "T3"]})
    assert communities_to_agreement(other) == pytest.approx(
        (2 - 6 * 3 / 15) / ((6 + 3) / 2 - 6 * 3 / 15), abs=0.001
    )
    assert math.isnan(communities_to_agreement(one.assign(theme="")))


def test_facts_of_1_2(standard):
    overlap = graph_to_duty_overlap(standard)
    assert rows(overlap.head(2), "duty", "other", "n_shared", "jaccard") == [
        ["D9", "D10", 10, 1.0],
        ["D11", "D12", 6, 0.667],
    ]
    loads = graph_to_ksb_loads(standard)
    assert rows(loads.head(1), "code", "n_duties", "duties") == [["S1", 5, "D1, D2, D4, D5, D8"]]
    assert set(loads["parts_now"]) == {3}
    coverage = graph_to_duty_coverage(standard)
    assert coverage["n_ksbs"].sum() == 119
    assert coverage[coverage["n_own_ksbs"] == 0]["code"].tolist() == ["D4", "D6", "D7", "D9", "D10"]
    assert (coverage["n_ksbs"] == coverage["n_assessed"]).all()
    assert rows(graph_to_options(standard), "n_duties", "n_ksbs", "n_shared_with_core", "n_themes") == [
        [8, 37, 37, 11],
        [2, 10, 0, 3],
        [2, 9, 0, 3],
    ]


def test_a_document_without_duties_or_themes_gives_empty_tables_with_their_columns(tables, standard):
    bare = tables_to_graph(tables, "st0792-1.0")
    for function in (
        graph_to_duty_coverage,
        graph_to_duty_overlap,
        graph_to_theme_evidence,
        graph_to_ksb_loads,
        graph_to_options,
        graph_to_communities,
    ):
        assert function(bare).empty
        assert list(function(bare)) == list(function(standard))
    assert len(graph_to_ksb_coverage(bare)) == 88


@pytest.mark.parametrize("seed", ["1", "99"])
def test_communities_are_the_same_on_every_run(standard, seed):
    code = (
        "import curriculum as cu;"
        "print(cu.Project('data').read('st0792-1.2').communities().to_csv(index=False))"
    )
    surroundings = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=surroundings
    )
    found = graph_to_communities(standard)
    assert done.stdout.strip() == found.to_csv(index=False).strip()
    duties = found[found["kind"] == "duty"].groupby("community")["code"].agg(", ".join).tolist()
    assert duties == ["D1, D2, D3", "D4, D5, D8", "D6, D7", "D9, D10", "D11, D12"]


def test_a_ksb_in_two_themes_counts_in_both_and_not_in_the_agreement():
    one = pd.DataFrame(
        {
            "code": ["D1", "K1", "K2", "K3"],
            "kind": ["duty", "statement", "statement", "statement"],
            "community": 1,
            "theme": ["", "T1, T2", "T1", ""],
        }
    )
    assert rows(communities_to_themes(one), "n_ksbs", "n_themes", "themes") == [
        [3, 2, "T1 (2 of 2), T2 (1 of 1)"]
    ]
    assert communities_to_agreement(one) == 1.0


def test_versions_hold_every_statement_and_every_link(tables, scorers, versions, raw):
    crosswalk = link_pairs(tables, folder_to_pairs(raw), scorers)
    linked = crosswalk[~crosswalk["change"].isin(["no counterpart found", "new"])]
    assert versions.number_of_nodes() == len(tables.statements)
    assert versions.number_of_edges() == (linked["subject_category"] != "duty").sum()
    assert {status for _, _, status in versions.edges(data="status")} == {
        "proposed from the wording; not reviewed"
    }


def test_lineages_are_the_components(tables, versions):
    result = graph_to_lineages(versions)
    assert result["n_statements"].sum() == len(tables.statements)
    assert len(result) == nx.number_weakly_connected_components(versions)
    assert list(result)[4:] == ["draft-2019", "nos-2017", "nos-2019", "st0792-1.0", "st0792-1.2"]
    s8 = result[result["st0792-1.2"] == "S8"].iloc[0]
    assert (s8["shape"], s8["draft-2019"], s8["st0792-1.0"]) == ("merge", "S34, S42, B2", "S28, S36, B2")
    k20 = result[result["st0792-1.2"].str.contains("K20")].iloc[0]
    assert k20["shape"] == "merge and split"


@pytest.mark.parametrize(
    ("edges", "shape"),
    [
        ([], "alone"),
        ([("a:K1", "b:K1"), ("b:K1", "c:K1")], "line"),
        ([("a:K1", "b:K1"), ("a:K2", "b:K1")], "merge"),
        ([("a:K1", "b:K1"), ("a:K1", "b:K2")], "split"),
        ([("a:K1", "b:K1"), ("a:K1", "b:K2"), ("a:K2", "b:K2")], "merge and split"),
        ([("a:K1", "b:K1"), ("a:K1", "c:K2"), ("d:K1", "c:K2"), ("d:K1", "b:K3")], "joined"),
    ],
)
def test_shapes_of_lineages(edges, shape):
    graph = nx.DiGraph([("a:K1", "a:K1"), *edges])
    graph.remove_edge("a:K1", "a:K1")
    for node in graph:
        graph.nodes[node].update(document_id=node[0], code=node[2:])
    assert graph_to_lineages(graph)["shape"].tolist() == [shape]


def test_columns_are_documented(standard, versions):
    text = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
    documented = {}
    for part in text.split("\n## ")[1:]:
        documented[part.splitlines()[0].strip("` ")] = re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
    functions = {
        name: function
        for module in (communities, ksb_coverage, version_graph)
        for name, function in vars(module).items()
        if name in module.__all__ and name.startswith(("graph_to_", "communities_to_themes"))
    }
    frames = set(functions)
    # The tables over several versions are held in test_versions.
    assert frames <= set(documented)
    for name in frames:
        if name == "graph_to_lineages":
            given = list(graph_to_lineages(versions))[:4]
        elif name == "communities_to_themes":
            given = list(communities_to_themes(graph_to_communities(standard)))
        else:
            given = list(functions[name](standard))
        assert given == documented[name], name


def test_python_of_the_page_runs(monkeypatch):
    monkeypatch.chdir(ROOT)
    text = (ROOT / "docs" / "analysis.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)\n```", text, re.DOTALL)
    held = {}
    exec(compile(code, "analysis.md", "exec"), held)
    assert held["overlap"].loc[0, "shared"].startswith("K17, K18")
