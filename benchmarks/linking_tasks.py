"""The pairs of documents that the linker is measured on, with what people say about their links."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.evaluation.reference import (
    CORE_TIER,
    Reference,
    check_reference,
    read_reference,
    reference_to_pairs,
)
from curriculum.evaluation.reference_links import reference_to_scored_pairs
from curriculum.linking.confidence import (
    DEFAULT,
    ENCODER,
    ENCODER_WITHOUT_VECTORS,
    RAPIDFUZZ,
    WITHOUT_VECTORS,
)
from curriculum.linking.csls_scores import Scorer
from curriculum.linking.proposals import ScoredPairs, statements_to_scored_pairs
from curriculum.linking.rapidfuzz_scores import rapidfuzz_scorers
from curriculum.model import vocabulary as v
from curriculum.model.codes import word_to_code
from curriculum.project import Project

SETS = (DEFAULT, WITHOUT_VECTORS, RAPIDFUZZ)
ENCODER_SETS = (ENCODER, ENCODER_WITHOUT_VECTORS)
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"


class Pair(NamedTuple):
    """Two documents, and the reference that judges the links between them.

    ``is_published`` says that the links are a published mapping, not the answers of readers.
    """

    old: pd.DataFrame
    new: pd.DataFrame
    reference: Sequence[Reference]
    is_published: bool

    @property
    def documents(self) -> tuple[str, str]:
        """The ids of the two documents."""
        return self.reference[0].subject_source, self.reference[0].object_source

    @property
    def name(self) -> str:
        """The name of the pair, as the rows of the fit have it."""
        return " -> ".join(self.documents)


class Task(NamedTuple):
    """Scored pairs of documents, and the reference that judges their links."""

    scored: Sequence[ScoredPairs]
    reference: Sequence[Reference]


def name_to_scorers(name: str, encoder: Path | None = None) -> Sequence[Scorer]:
    """Return a set of scorers; a sentence encoder is in a folder."""
    if name == RAPIDFUZZ:
        return rapidfuzz_scorers()
    return folder_to_scorers(
        RAW,
        with_vectors=name in (DEFAULT, ENCODER),
        encoder=encoder if name in ENCODER_SETS else None,
    )


def reference_to_task(scorers: Sequence[Scorer]) -> Task:
    """Score the pairs of the project's reference with these scorers."""
    reference, tables = Project(RAW).read_reference()
    return Task(reference_to_scored_pairs(reference, tables, scorers), reference)


def folder_to_task(folder: Path, scorers: Sequence[Scorer]) -> Task:
    """Score the pair of a folder."""
    pair = folder_to_pair(folder)
    return Task([statements_to_scored_pairs(pair.old, pair.new, scorers)], pair.reference)


def reference_pairs() -> list[Pair]:
    """Return the pairs of the project's reference."""
    reference, tables = Project(RAW).read_reference()
    statements, ids = tables.statements, tables.statements[v.DOCUMENT_ID]
    return [
        Pair(
            statements[ids == old],
            statements[ids == new],
            [row for row in reference if (row.subject_source, row.object_source) == (old, new)],
            is_published=False,
        )
        for old, new in reference_to_pairs(reference)
    ]


def folder_to_pair(folder: Path) -> Pair:
    """Read the pair of a folder: source.csv and target.csv, and gold.csv or mapping.csv.

    gold.csv has the form of the reference, and one pair. mapping.csv has the columns source_code and
    target_code; each link of it is right, any other is wrong, and every source is judged.
    """
    gold = folder / "gold.csv"
    judged = gold if gold.is_file() else folder / "mapping.csv"
    reference = read_reference(gold) if gold.is_file() else mapping_to_reference(folder)
    ((old, new),) = reference_to_pairs(reference)
    frames = csv_to_statements(folder / "source.csv", old), csv_to_statements(folder / "target.csv", new)
    check_reference(reference, pd.concat(frames)[v.STATEMENT_ID], judged)
    return Pair(*frames, reference, is_published=judged != gold)


def mapping_to_reference(folder: Path) -> tuple[Reference, ...]:
    """Return the links of mapping.csv as a reference."""
    rows = enumerate(csv_to_rows(folder / "mapping.csv"), start=2)
    links = [(row["source_code"], row["target_code"], line) for line, row in rows]
    linked = {source for source, _, _ in links}
    links += [(row["code"], "", 0) for row in csv_to_rows(folder / "source.csv") if row["code"] not in linked]
    name = folder.resolve().name
    return tuple(
        Reference(
            *(f"{name}-old", f"{name}-new"),
            f"{name}-old:{source}",
            f"{name}-new:{target}" if target else "",
            (v.CLOSE_MATCH,),
            CORE_TIER if target else "none",
            line,
        )
        for source, target, line in links
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
