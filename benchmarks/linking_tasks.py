"""The pairs of documents that the linker is measured on, with what people say about their links."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.evaluation.reference import CORE_TIER, Reference, read_reference, reference_to_pairs
from curriculum.evaluation.reference_links import reference_to_scored_pairs
from curriculum.linking.confidence import DEFAULT, RAPIDFUZZ, WITHOUT_VECTORS
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs, statements_to_scored_pairs
from curriculum.linking.rapidfuzz_scores import rapidfuzz_scorers
from curriculum.model import vocabulary as v
from curriculum.model.codes import word_to_code
from curriculum.project import Project

SETS = (DEFAULT, WITHOUT_VECTORS, RAPIDFUZZ)
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


class Task(NamedTuple):
    """Scored pairs of documents, and the reference that judges their links."""

    scored: Sequence[ScoredPairs]
    reference: Sequence[Reference]


def name_to_scorers(name: str) -> Sequence[Scorer]:
    """Return a set of scorers."""
    return rapidfuzz_scorers() if name == RAPIDFUZZ else folder_to_scorers(RAW, with_vectors=name == DEFAULT)


def reference_to_task(scorers: Sequence[Scorer]) -> Task:
    """Score the pairs of the project's reference with these scorers."""
    reference, tables = Project(RAW).read_reference()
    return Task(reference_to_scored_pairs(reference, tables, scorers), reference)


def folder_to_task(folder: Path, scorers: Sequence[Scorer]) -> Task:
    """Score the pair of a folder: source.csv and target.csv, and gold.csv or mapping.csv.

    gold.csv has the form of the reference. mapping.csv has the columns source_code and target_code; each link
    of it is right, any other is wrong, and every source is judged.
    """
    gold = folder / "gold.csv"
    if gold.is_file():
        reference = read_reference(gold)
        ((old, new),) = reference_to_pairs(reference)
    else:
        old, new = "old", "new"
        reference = mapping_to_reference(folder)
    frames = (csv_to_statements(folder / "source.csv", old), csv_to_statements(folder / "target.csv", new))
    return Task([statements_to_scored_pairs(*frames, scorers)], reference)


def mapping_to_reference(folder: Path) -> tuple[Reference, ...]:
    """Return the links of mapping.csv as a reference."""
    links = [(row["source_code"], row["target_code"]) for row in csv_to_rows(folder / "mapping.csv")]
    linked = {source for source, _ in links}
    links += [(row["code"], "") for row in csv_to_rows(folder / "source.csv") if row["code"] not in linked]
    return tuple(
        Reference(
            *("old", "new"),
            f"old:{source}",
            f"new:{target}" if target else "",
            (v.CLOSE_MATCH,),
            CORE_TIER if target else "none",
            0,
        )
        for source, target in links
    )


def csv_to_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def csv_to_statements(path: Path, document_id: str) -> pd.DataFrame:
    """Return the statements of a CSV with the columns code and text; kinds are those of the codes."""
    frame = pd.DataFrame(csv_to_rows(path))
    codes = [word_to_code(code) for code in frame["code"]]
    return pd.DataFrame(
        {
            v.STATEMENT_ID: document_id + ":" + frame["code"],
            v.DOCUMENT_ID: document_id,
            v.CODE: frame["code"],
            v.KIND: [
                v.KIND_OF_LETTERS.get(code.letters, v.STATEMENT) if code else v.STATEMENT for code in codes
            ],
            v.TEXT: frame["text"],
        }
    )
