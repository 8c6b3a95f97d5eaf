"""The pairs of documents that the linker is measured on, with what people say about their links.

The folder of a pair is checked when it is read: `folders_to_pairs` reports the faults of all folders at once.
"""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeVar

import pandas as pd

from curriculum.crosswalk.raw_folder import folder_to_scorers
from curriculum.errors import CurriculumError, InvalidInput, NotFound, raise_faults
from curriculum.evaluation.reference import (
    CORE_TIER,
    Reference,
    check_reference,
    read_reference,
    reference_to_pairs,
)
from curriculum.evaluation.reference_links import reference_to_scored_pairs
from curriculum.files.csv_rows import path_to_table_rows
from curriculum.files.encodings import bytes_to_text, path_to_bytes
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
from curriculum.linking.sentence_encoder import folder_to_encoder
from curriculum.model import vocabulary as v
from curriculum.model.codes import word_to_code
from curriculum.project import Project

SETS = (DEFAULT, WITHOUT_VECTORS, RAPIDFUZZ)
ENCODER_SETS = (ENCODER, ENCODER_WITHOUT_VECTORS)
RAW = Path(__file__).resolve().parents[1] / "data" / "raw"
SOURCE, TARGET, GOLD, MAPPING = "source.csv", "target.csv", "gold.csv", "mapping.csv"
STATEMENT_COLUMNS = ("code", "text")
MAPPING_COLUMNS = ("source_code", "target_code")
ADVICE = "Correct the file; docs/benchmark.md describes the folder of a pair."
# The rows of a CSV, each with the number of its line.
Rows = list[tuple[int, dict[str, str]]]
Read = TypeVar("Read")


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


def check_encoder(folder: Path) -> None:
    """Check that a sentence encoder can be run: one that cannot is refused before anything is measured."""
    folder_to_encoder(folder).texts_to_vectors(["a text"])


def reference_to_task(scorers: Sequence[Scorer]) -> Task:
    """Score the pairs of the project's reference with these scorers."""
    reference, tables = Project(RAW).read_reference()
    return Task(reference_to_scored_pairs(reference, tables, scorers), reference)


def pair_to_task(pair: Pair, scorers: Sequence[Scorer]) -> Task:
    """Score a pair."""
    return Task([statements_to_scored_pairs(pair.old, pair.new, scorers)], pair.reference)


def folder_to_task(folder: Path, scorers: Sequence[Scorer]) -> Task:
    """Score the pair of a folder."""
    return pair_to_task(folder_to_pair(folder), scorers)


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


# --- The folder of a pair ---------------------------------------------------------------------------------


def collected(faults: list[CurriculumError], read: Callable[[], Read]) -> Read | None:
    """Return what is read, or add the fault to a list, so that it is reported with the others."""
    try:
        return read()
    except CurriculumError as fault:
        faults.append(fault)
        return None


def folders_to_pairs(folders: Sequence[Path], known: Sequence[Pair] = ()) -> list[Pair]:
    """Read the pair of each folder; all faults of all folders are reported at once.

    No two pairs may have the same name, nor one of the name of a pair that is ``known`` already.
    """
    places = {pair.name: "the reference of the project" for pair in known}
    faults: list[CurriculumError] = []
    pairs, seen = [], set()
    for folder in folders:
        if folder.resolve() in seen:
            faults.append(invalid(folder, "given twice", "each folder once", "", "Give it once."))
            continue
        seen.add(folder.resolve())
        pair = collected(faults, lambda folder=folder: folder_to_pair(folder))
        if pair and pair.name in places:
            advice = "Rename the folder." if pair.is_published else f"Rename the documents in {GOLD}."
            expected, found = "a name of its own", f"{pair.name}, as in {places[pair.name]}"
            faults.append(invalid(folder, "two pairs of the same name", expected, found, advice))
        elif pair:
            places[pair.name] = folder.as_posix()
            pairs.append(pair)
    raise_faults(faults)
    return pairs


def folder_to_pair(folder: Path) -> Pair:
    """Read the pair of a folder: source.csv and target.csv, and gold.csv or mapping.csv.

    gold.csv has the form of the reference, and one pair. mapping.csv has the columns source_code and
    target_code; each link of it is right, any other is wrong, and every source is judged. All faults are
    reported at once.
    """
    refuse_no_folder(folder)
    faults: list[CurriculumError] = []
    sides = [
        collected(faults, lambda path=path: path_to_rows(path, STATEMENT_COLUMNS))
        for path in (folder / SOURCE, folder / TARGET)
    ]
    is_published = not (folder / GOLD).exists()
    judged = folder / (MAPPING if is_published else GOLD)
    if is_published:
        rows = collected(faults, lambda: folder_to_mapping(folder))
        reference = mapping_to_reference(rows or [], sides[0] or [], folder.resolve().name)
        found = list(mapping_to_faults(judged, rows or []))
    else:
        reference = collected(faults, lambda: read_reference(judged)) or ()
        found = list(reference_to_faults(judged, reference))
    for name, side in zip((SOURCE, TARGET), sides, strict=True):
        found += statements_to_faults(folder / name, side) if side is not None else []
    if faults or not reference:
        raise_faults([*faults, *found])
    old, new = reference_to_pairs(reference)[0]
    frames = rows_to_statements(sides[0], old), rows_to_statements(sides[1], new)
    of_pair = [row for row in reference if (row.subject_source, row.object_source) == (old, new)]
    collected(found, lambda: check_reference(of_pair, pd.concat(frames)[v.STATEMENT_ID], judged))
    raise_faults(found)
    return Pair(*frames, reference, is_published)


def refuse_no_folder(folder: Path) -> None:
    """Refuse what is no folder."""
    if not folder.is_dir():
        expected = f"the folder of a pair, with {SOURCE}, {TARGET}, and {GOLD} or {MAPPING}"
        found = "a file" if folder.exists() else "nothing"
        where, advice = folder.as_posix(), "Check the name."
        raise NotFound("no such folder", where=where, expected=expected, found=found, advice=advice)


def invalid(
    where: Path, what: str, expected: str, found: str, advice: str = ADVICE, *, line: int = 0
) -> InvalidInput:
    """Return the error for a folder, or for a line of a file."""
    place = where.as_posix() + (f", line {line}" if line else "")
    return InvalidInput(what, where=place, expected=expected, found=found, advice=advice)


def path_to_rows(path: Path, columns: Sequence[str], advice: str = ADVICE) -> Rows:
    """Read a CSV that has these columns, at any place and among others, and at least one row."""
    text, _ = bytes_to_text(path_to_bytes(path), path.as_posix())
    header: Sequence[str] = ()
    # What cannot be read is refused below.
    with suppress(csv.Error):
        header = next((cells for cells in csv.reader(io.StringIO(text, newline="")) if cells), ())
    has_columns = set(columns) <= set(header) and len(set(header)) == len(header)
    rows = path_to_table_rows(
        *(path, header if has_columns else columns, InvalidInput, advice), needs_every_cell=True
    )
    if not rows:
        raise invalid(path, "has no row", "a row below the names of the columns", "none", advice, line=1)
    return rows


def cells_to_faults(path: Path, rows: Rows, columns: Sequence[str]) -> Iterator[CurriculumError]:
    """Yield an error for each empty cell of these columns."""
    for line, row in rows:
        for column in columns:
            if not row[column].strip():
                yield invalid(path, f"no {column}", "a value", "an empty cell", line=line)


def statements_to_faults(path: Path, rows: Rows) -> Iterator[CurriculumError]:
    """Yield an error for each empty cell of a list of statements, and for each code that is repeated."""
    yield from cells_to_faults(path, rows, STATEMENT_COLUMNS)
    first: dict[str, int] = {}
    for line, row in rows:
        code = row["code"]
        if code.strip() and first.setdefault(code, line) != line:
            what, found = "a code that is there already", f"{code}, as on line {first[code]}"
            yield invalid(path, what, "each code once", found, line=line)


def folder_to_mapping(folder: Path) -> Rows:
    """Return the rows of mapping.csv."""
    path = folder / MAPPING
    if not path.exists():
        advice = "Add one of them; docs/benchmark.md describes both."
        raise invalid(folder, "has no right links", f"{GOLD} or {MAPPING}", "neither", advice)
    return path_to_rows(path, MAPPING_COLUMNS)


def mapping_to_faults(path: Path, rows: Rows) -> Iterator[CurriculumError]:
    """Yield an error for each row without a source code, and for each that repeats or contradicts another."""
    yield from cells_to_faults(path, rows, MAPPING_COLUMNS[:1])
    first: dict[tuple[str, str], int] = {}
    linked = {row["source_code"] for _, row in rows if row["target_code"]}
    for line, row in rows:
        source, target = (row[column] for column in MAPPING_COLUMNS)
        if first.setdefault((source, target), line) != line:
            found = f"it on line {first[source, target]}"
            yield invalid(path, "a link that is there already", "each link once", found, line=line)
        elif source.strip() and not target and source in linked:
            expected = "a target code, or no other row of the source code"
            yield invalid(path, "no target_code", expected, f"a link of {source} in another row", line=line)


def mapping_to_reference(mapping: Rows, sources: Rows, name: str) -> tuple[Reference, ...]:
    """Return the links of mapping.csv as a reference; a source without a link has no counterpart."""
    links = [(row["source_code"], row["target_code"], line) for line, row in mapping if row["source_code"]]
    linked = {source for source, _, _ in links}
    links += [(row["code"], "", 0) for _, row in sources if row["code"] not in linked]
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


def reference_to_faults(path: Path, reference: Sequence[Reference]) -> Iterator[CurriculumError]:
    """Yield an error for each further pair of gold.csv, and for a pair of a document with itself."""
    # The first line of each pair.
    pairs = {(row.subject_source, row.object_source): row.line for row in reversed(reference)}
    names = [" -> ".join(pair) for pair in reference_to_pairs(reference)]
    for pair, name in zip(reference_to_pairs(reference), names, strict=True):
        if name != names[0]:
            expected, advice = f"{names[0]}, as in the rows above", "Put each pair into a folder of its own."
            yield invalid(path, "a further pair of documents", expected, name, advice, line=pairs[pair])
        if len(set(pair)) == 1:
            yield invalid(path, "a document with itself", "two documents", name, line=pairs[pair])


def rows_to_statements(rows: Rows, document_id: str) -> pd.DataFrame:
    """Return the statements of the rows of a CSV; kinds are those of the codes."""
    frame = pd.DataFrame([row for _, row in rows])
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
