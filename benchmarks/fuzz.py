"""Damage inputs of every kind that is read, and report what is neither refused nor read correctly.

    python benchmarks/fuzz.py [-n 20000] [--seed 1] [--reader NAME] [--jobs 2] [--keep DIR]

Each input is a seed (an example, a file of data/raw, or one made here) that is damaged: bytes, members of a
package and the XML in them, rows and cells repeated, huge numbers, deep nesting, long lines, other
encodings. Each is read as its kind; a tracker is written as a copy too, and one in fifty is remapped by the
whole command in an empty folder. What counts as a fault:

* an error that is not a `CurriculumError`;
* more than 10 CPU seconds, or 1 GiB more than the process had;
* a file left in the folder after a refusal;
* a cell of a copy that another reader (the csv module, openpyxl) does not read as before.

The same seed damages the same inputs in the same way. Exit 1 if there is a fault; the inputs that show one
are kept. Needs fork and limits on a process: not for Windows.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import hashlib
import io
import json
import multiprocessing
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import open_documents
import rich_text_files

ROOT = Path(__file__).resolve().parents[1]
RAW, EXAMPLES = ROOT / "data" / "raw", ROOT / "examples"
PAIR = ("st0792-1.0", "st0792-1.2")
CPU_SECONDS, MEMORY = 10, 1 << 30
CHUNK = 50
WHOLE_COMMAND = 50

CODE_TABLE = b'code,text\nK1,How to plan\nK2,"Laws, rules"\nS1,Plan the work\nB1,Is calm\n'
PAGE = (
    b"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</title></head><body><h1>KSBs</h1><h2>Knowledge"
    b"</h2><ul><li>K1: How to plan<li>K2: Laws &amp; rules</ul><table><tr><td>S1<td>Plan</table><p>B1: Calm"
    b"</body></html>"
)
MARKDOWN = (
    b"---\ntitle: Baker\n---\n# Baker\n\nKnowledge and skills in bold must be assessed.\n\n## Duties\n\n"
    b"| Duty | KSBs |\n| --- | :-: |\n| Duty 1 Bake | K1<br>S1 |\n| [Duty 2](b.md) Sell | `K3` \\| S2 |\n\n"
    b"## Knowledge\n\n- **K1: How dough\n  rises**\n  - rye\n- [x] K2\\. Laws &amp; rules <!-- old -->\n\n"
    b"### K3\n\n> What they\nwant[^1]\n\n[^1]: In shops.\n\nSkills\n------\n\n<table><tr><th>S1<td>Bake\n"
    b"<tr><td>S2<td><b>Sell</b></table>\n\n```\nS3: Cut\n```\n\n1. __B1__ ~~Calm~~\n[a]: http://b.c\n"
)
CROSSWALK = b"old,new,relation\nK1,K1,exactMatch\nK2,K3,closeMatch\nS1,S2,broadMatch\nK9,,\n"


def nowhere() -> io.TextIOWrapper:
    """Return a stream that discards what is printed."""
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


class Wrong(Exception):
    """A copy that differs from the original."""


# Damage

_TOKENS = (
    *(b"\x00", b"\xff", b"\xef\xbb\xbf", b"\xff\xfe", b'"', b"'", b",", b";", b"\t", b"\r", b"\n", b"\r\n"),
    *(b"<", b">", b"&", b"&amp;", b"]]>", b"<!--", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"=1+1", b"K1", b"-1"),
    *(b"99999999999999999999", b"1e400", b"NaN", b"\xe2\x80\xae", b"\x1b[2J", b"\xed\xa0\x80", b"\xc2\x85"),
)


def damaged_bytes(data: bytes, chance: random.Random) -> bytes:
    """Damage some bytes: change one; delete, repeat or move several; insert a token; cut off the end."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8))):
        at, size = chance.randrange(len(changed) + 1), chance.choice((1, 1, 2, 8, 40, 200))
        kind = chance.randrange(8)
        if kind == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + size]
        elif kind == 2:
            changed[at:at] = changed[at : at + size] * chance.choice((1, 2, 50))
        elif kind == 3:
            changed[at:at] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 400))
        elif kind == 4:
            piece = changed[at : at + size]
            del changed[at : at + size]
            spot = chance.randrange(len(changed) + 1)
            changed[spot:spot] = piece
        elif kind == 5 and chance.random() < 0.2:
            del changed[at:]
        elif kind == 6:
            changed[at : at + size] = chance.choice(_TOKENS)
        elif kind == 7 and at < len(changed):
            changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def damaged_text(data: bytes, chance: random.Random) -> bytes:
    """Damage a text: its lines, its encoding, a long line, letters of other alphabets."""
    text = data.decode("utf-8-sig", "replace")
    lines = text.splitlines(keepends=True) or [""]
    kind = chance.randrange(9)
    at = chance.randrange(len(lines))
    if kind == 0:
        lines[at] = lines[at] * chance.choice((2, 3_000))
    elif kind == 1:
        lines[at] = lines[at].rstrip("\n") + chance.choice(("x", " ", "é", "*", "'", "K1, ", '"')) * 140_000
    elif kind == 2:
        lines.insert(at, lines[chance.randrange(len(lines))])
    elif kind == 3:
        lines[at] = "\ufeff" + lines[at]
    elif kind == 4:
        with contextlib.suppress(UnicodeEncodeError):
            return text.encode(chance.choice(("utf-16", "utf-16-be", "cp1252", "utf-32", "utf-7")))
    elif kind == 5:
        mark = chance.choice(("\u202e", "\u2028", "\x85", "\x0b", "\x00", "\ud800", "\U000e0041"))
        lines[at] = mark.join(lines[at][:30]) + lines[at][30:]
    elif kind == 6:
        lines[at] = lines[at].replace(",", chance.choice((";", "\t", "|", ", ")))
    elif kind == 7:
        return text.replace("\n", chance.choice(("\r", "\r\n", "\n\r"))).encode()
    else:
        chance.shuffle(lines)
    return "".join(lines).encode("utf-8", "surrogatepass")


_NUMBER = re.compile(rb'"\d{1,6}"|>\d{1,6}<')
_TAG = re.compile(rb"<[^<>?!]{1,200}>")
_WHOLE = re.compile(rb"<(?:c|row|sheet|si|xf|Relationship|font)\b[^<>]{0,300}(?:/>|>)")


def damaged_xml(data: bytes, chance: random.Random) -> bytes:  # noqa: PLR0911
    """Damage the XML of a part: numbers, tags, repeated elements, deep nesting, a declaration."""
    kind = chance.randrange(9)
    if kind in {0, 1}:
        found = list(_NUMBER.finditer(data[:200_000]))
        if found:
            spot = chance.choice(found)
            new = chance.choice((b"-1", b"0", b"1", b"1e3", b" 1", b"99999999", b"4294967296", b"x", b""))
            return data[: spot.start() + 1] + new + data[spot.end() - 1 :]
    elif kind in {2, 3}:
        found = list((_TAG if kind == 2 else _WHOLE).finditer(data[:200_000]))
        if found:
            spot = chance.choice(found)
            return data[: spot.end()] + spot[0] * chance.choice((1, 2, 1_000)) + data[spot.end() :]
    elif kind == 4:
        header, sign, rest = data.partition(b"?>")
        return header + sign + b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>" + rest
    elif kind == 5:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    elif kind == 6:
        at = data.find(b"</")
        depth = chance.choice((10, 20_000))
        return data[:at] + b"<a>" * depth + b"</a>" * depth + data[at:]
    elif kind == 7:
        name = chance.choice((b"t", b"v", b"f", b"si", b"row", b"c", b"xf"))
        return data.replace(b"<" + name + b">", b"<x:" + name + b">").replace(b"</" + name, b"</x:" + name)
    return damaged_bytes(data, chance)


_WORD = re.compile(rb"\\\\[a-z]{1,32}(-?[0-9]{1,10})? ?")


def damaged_words(data: bytes, chance: random.Random) -> bytes:
    """Damage the words of rich text: numbers, repeated words, groups that are opened, closed or repeated."""
    found = list(_WORD.finditer(data))
    spot = chance.choice(found)
    kind = chance.randrange(7)
    if kind in {0, 1}:
        new = chance.choice((b"-1", b"0", b"1", b"255", b"32768", b"99999999", b"-4294967296", b""))
        return data[: spot.start()] + spot[0].rstrip(b"-0123456789 ") + new + b" " + data[spot.end() :]
    if kind == 2:
        return data[: spot.end()] + spot[0] * chance.choice((1, 2, 1_000)) + data[spot.end() :]
    if kind == 3:
        return data[: spot.start()] + data[spot.end() :]
    if kind == 4:
        depth = chance.choice((1, 10, 3_000))
        return data[: spot.start()] + b"{" * depth + data[spot.start() :] + b"}" * chance.choice((0, depth))
    if kind == 5:
        other = chance.choice(found)
        return data[: spot.start()] + other[0] + data[spot.start() :]
    return damaged_bytes(data, chance)


def damaged_package(data: bytes, chance: random.Random) -> bytes:
    """Damage a package: the zip as bytes, or members of it, packed again."""
    if chance.random() < 0.15:
        return damaged_bytes(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = [(entry.filename, package.read(entry)) for entry in package.infolist()]
    for _ in range(chance.choice((1, 1, 2, 3))):
        at = chance.randrange(len(members))
        name, content = members[at]
        kind = chance.randrange(12)
        if kind == 0:
            del members[at]
        elif kind == 1:
            members.append((name, content))
        elif kind == 2:
            members[at] = chance.choice(("../x", "/x", "xl/x.xml", name.upper(), "a" * 300)), content
        elif kind == 3:
            members[at] = name, members[chance.randrange(len(members))][1]
        elif kind == 4:
            members[at] = name, damaged_bytes(content, chance)
        else:
            members[at] = name, damaged_xml(content, chance)
        if not members:
            break
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        warnings.simplefilter("ignore")
        for name, content in members:
            package.writestr(zipfile.ZipInfo(name, (2023, 5, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


_VALUES = (
    None,
    True,
    -1,
    1.5,
    10**30,
    "",
    " ",
    "K1",
    "isChildOf",
    "<p>a &amp; b</p>",
    [],
    {},
    ["x"],
    {"a": 1},
)


def damaged_values(data: bytes, chance: random.Random) -> bytes:
    """Damage the values of JSON, which stays JSON: drop, repeat, replace, move and swap some of them."""
    whole = json.loads(data)
    for _ in range(chance.choice((1, 1, 2, 5, 30))):
        places = list(walk_values(whole))
        holder, key = chance.choice(places)
        kind = chance.randrange(6)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, list):
            holder[key:key] = [holder[key]] * chance.choice((1, 2, 300))
        elif kind == 2:
            holder[key] = chance.choice(_VALUES)
        elif kind == 3 and isinstance(holder, dict):
            holder[chance.choice(("extensions", "CFItems", "identifier", "fullStatement"))] = holder[key]
        elif kind == 4:
            other, name = chance.choice(places)
            # A copy of its text: an object within itself would be no JSON.
            holder[key], other[name] = (json.loads(json.dumps(value)) for value in (other[name], holder[key]))
        elif isinstance(holder, list):
            chance.shuffle(holder)
        if not whole:
            break
    return json.dumps(whole).encode()


def walk_values(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield the place of each value within a value: what holds it, and its name or number there."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from walk_values(inner)


_STREAM = re.compile(rb"stream\r?\n(.{1,200000}?)\r?\nendstream", re.DOTALL)
_PDF_NUMBER = re.compile(rb"(?<=[ \[])-?\d{1,6}(?:\.\d{1,4})?(?=[ \]/>])")
_REFERENCE = re.compile(rb"\d{1,4} 0 R")
# What a stream can be replaced by: much text, many lines, deep nesting, a form that draws itself.
_BOMBS = (
    *(b"\x00" * 100_000_000, b"q " * 5_000_000, b"BT /F1 9 Tf (K1 a) Tj ET " * 400_000),
    *(b"0 0 1 1 re f " * 400_000, b"[" * 500_000, b"/Fm0 Do " * 1_000, b"1 0 0 1 0 0 cm " * 300_000),
)


def damaged_pdf(data: bytes, chance: random.Random) -> bytes:
    """Damage a PDF: its bytes, its numbers, its references, or a stream that is inflated and packed again."""
    kind = chance.randrange(6)
    if kind == 0:
        return damaged_bytes(data, chance)
    if kind in {1, 2}:
        found = list((_PDF_NUMBER if kind == 1 else _REFERENCE).finditer(data))
        for _ in range(chance.choice((1, 1, 3, 20)) if found else 0):
            spot = chance.choice(found)
            new = (
                chance.choice((b"-1", b"0", b"1e9", b"99999999999", b"0.0001", b"null", b"[[[["))
                if kind == 1
                else (chance.choice(found)[0])
            )
            data = data[: spot.start()] + new[: len(spot[0])].ljust(len(spot[0])) + data[spot.end() :]
        return data
    streams = list(_STREAM.finditer(data))
    if not streams:
        return damaged_bytes(data, chance)
    spot = chance.choice(streams)
    try:
        content = zlib.decompress(spot[1])
    except zlib.error:
        return damaged_bytes(data, chance)
    content = chance.choice(_BOMBS) if kind == 3 and chance.random() < 0.2 else damaged_bytes(content, chance)
    return data[: spot.start(1)] + zlib.compress(content, 1) + data[spot.end(1) :]


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Damage a seed of any kind."""
    if data.startswith(b"PK"):
        return damaged_package(data, chance)
    if data.startswith(b"{\\rtf") and chance.random() < 0.7:
        return damaged_words(data, chance)
    if b"<office:document" in data and chance.random() < 0.6:
        return damaged_xml(data, chance)
    if data.startswith(b"%PDF"):
        return damaged_pdf(data, chance)
    return (damaged_text if chance.random() < 0.4 else damaged_bytes)(data, chance)


# Readers


def read_tracker(path: Path) -> None:
    """Read a tracker, write a copy with a new column, and compare the two."""
    from curriculum.spreadsheets.tracker import AddedColumn, Edits
    from curriculum.spreadsheets.tracker_files import path_to_tracker, tracker_to_bytes

    tracker = path_to_tracker(path)
    edits = {
        sheet.name: Edits((AddedColumn(dict.fromkeys(list(sheet.rows)[:200], "K4 =1"), 1),))
        for sheet in tracker.sheets
        if sheet.rows
    }
    copy = tracker_to_bytes(tracker, edits)
    copy_path = path.with_name(f"copy{path.suffix}")
    copy_path.write_bytes(copy)
    try:
        again = path_to_tracker(copy_path)
    finally:
        copy_path.unlink()
    for sheet, copied in zip(tracker.sheets, again.sheets, strict=True):
        for row, cells in sheet.rows.items():
            for column, cell in cells.items():
                if copied.rows[row][column].text != cell.text:
                    raise Wrong(f"{sheet.name} {row} {column}")
    if tracker.form == "delimited":
        compare_tables(tracker.data, copy)
    else:
        compare_books(tracker.data, copy)


def compare_tables(data: bytes, copy: bytes) -> None:
    """Compare the cells of a table with those of its copy, as the csv module reads both."""
    texts = []
    for version in (data, copy):
        for encoding in ("utf-16" if version[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig", "cp1252"):
            with contextlib.suppress(UnicodeDecodeError):
                texts.append(version.decode(encoding))
                break
    fewest = []
    limit = csv.field_size_limit(10_000_000)
    for delimiter in ",;\t|":
        # Strictly: what the csv module does not accept as a table cannot be compared.
        with contextlib.suppress(csv.Error):
            before, after = (
                list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
                for text in texts
            )
            pairs = zip(before, after, strict=False)
            wrong = sum(copied[: len(row)] != row for row, copied in pairs) + abs(len(before) - len(after))
            fewest.append(wrong)
    csv.field_size_limit(limit)
    if fewest and min(fewest):
        raise Wrong(f"{min(fewest)} rows differ for the csv module")


def compare_books(data: bytes, copy: bytes) -> None:
    """Compare the cells of a workbook with those of its copy, if openpyxl reads both."""
    if len(data) > 60_000:
        return
    import openpyxl

    try:
        before = openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # openpyxl reads fewer workbooks than the package
        return
    after = openpyxl.load_workbook(io.BytesIO(copy))
    for sheet in before.worksheets:
        # Only cells that exist: to access another cell would create it.
        copied = after[sheet.title]._cells
        for place, cell in sheet._cells.items():
            value = copied[place].value if place in copied else None
            if cell.value is not None and str(value) != str(cell.value):
                raise Wrong(f"{sheet.title} {cell.coordinate} for openpyxl")


@cache
def pair() -> Any:
    """Return the two versions to which the answers belong."""
    from curriculum.documents.register import folder_to_documents
    from curriculum.parsing.document_parser import parse_document
    from curriculum.parsing.parsed_tables import parsed_to_tables
    from curriculum.tables.pair_wordings import tables_to_version_pair

    known = [document for document in folder_to_documents(RAW) if document.document_id in PAIR]
    return tables_to_version_pair(parsed_to_tables(map(parse_document, known)), *PAIR)


def read_review(path: Path) -> None:
    """Read the answers on a sheet to decide."""
    from curriculum.review.sheet_reader import tracker_to_answers
    from curriculum.spreadsheets.tracker_files import path_to_tracker

    tracker_to_answers(path_to_tracker(path), pair())


def read_crosswalk(path: Path) -> None:
    """Read a user's crosswalk."""
    from curriculum.remapping.user_crosswalk import tracker_to_links
    from curriculum.spreadsheets.tracker_files import path_to_tracker

    tracker_to_links(path_to_tracker(path, "#"), pair())


def read_document(path: Path) -> None:
    """Read and parse a document, and find what is wrong in it."""
    from curriculum.checks.all_findings import parsed_to_checked
    from curriculum.documents.file_reading import path_to_document
    from curriculum.parsing.document_parser import parse_document

    document = path_to_document(path)
    if sum(map(len, document.lines)) < 300_000:
        parsed_to_checked(parse_document(document))


def read_case(path: Path) -> None:
    """Read a package of CASE as a document, and as a crosswalk; write it again if it is read."""
    from curriculum.checks.all_findings import parsed_to_checked
    from curriculum.crosswalk.case_crosswalk import case_to_crosswalk, crosswalk_to_case
    from curriculum.documents.file_reading import path_to_document
    from curriculum.errors import CurriculumError
    from curriculum.library.case_file import parsed_to_case
    from curriculum.library.standard import Standard
    from curriculum.parsing.document_parser import parse_document

    with contextlib.suppress(CurriculumError):
        rows = case_to_crosswalk(path.read_bytes(), path.name)
        again = crosswalk_to_case(rows)
        if not case_to_crosswalk(again, path.name).equals(rows):
            raise Wrong("a crosswalk that is read in another way when it is written again")
    document = path_to_document(path)
    if document.case is None:
        return
    standard = Standard(parsed_to_checked(parse_document(document)))
    n_items = len(document.case.items)
    listed = len(standard.statements) + len(standard.tables.sections) + len(standard.duties)
    findings = " ".join(standard.findings["rule"])
    if (
        "document_id" not in str(document.case.document)
        and listed < n_items
        and "empty-field" not in findings
    ):
        raise Wrong(f"{n_items} items, of which {listed} are in a table")
    with contextlib.suppress(CurriculumError):
        if parsed_to_case(standard.parsed, standard.tables) != parsed_to_case(
            standard.parsed, standard.tables
        ):
            raise Wrong("a package that is written in two ways")


def read_sources_file(path: Path) -> None:
    """Read a register of documents."""
    from curriculum.documents.register import read_sources

    read_sources(_as(path, "SOURCES.csv").parent)


def read_crosswalks_file(path: Path) -> None:
    """Read a list of pairs."""
    from curriculum.documents.register import read_crosswalks

    shutil.copy(RAW / "SOURCES.csv", path.with_name("SOURCES.csv"))
    read_crosswalks(_as(path, "CROSSWALKS.csv").parent)


def read_thesaurus_file(path: Path) -> None:
    """Read a thesaurus."""
    from curriculum.linking.thesaurus_file import read_thesaurus

    read_thesaurus(path)


def read_decisions_file(path: Path) -> None:
    """Read a folder of decisions."""
    from curriculum.decisions.decision_files import read_decisions

    read_decisions(path.parent, is_needed=True)


def read_manifest_file(path: Path) -> None:
    """Check a folder by its manifest."""
    from curriculum.files.output_folder import check_folder

    path.with_name("a.csv").write_bytes(b"a\n")
    check_folder(_as(path, "MANIFEST.csv").parent)


def _as(path: Path, name: str) -> Path:
    return path.rename(path.with_name(name))


Reader = Callable[[Path], None]
READERS: dict[str, Reader] = {
    "tracker": read_tracker,
    "review": read_review,
    "crosswalk": read_crosswalk,
    "document": read_document,
    "json": read_document,
    **dict.fromkeys(("docx", "odt", "rtf", "html", "md", "pdf", "xlsx"), read_document),
    "case": read_case,
    "list": read_document,
    "sources": read_sources_file,
    "crosswalks": read_crosswalks_file,
    "thesaurus": read_thesaurus_file,
    "decisions": read_decisions_file,
    "manifest": read_manifest_file,
}


def make_json() -> Iterator[str]:
    """Yield a record, a list of codes, codes as names, and a list of records."""
    skill = {"skillId": "s-1", "detail": "<p>Plan &amp; lead.</p>"}
    record = {
        "referenceNumber": "ST9901",
        "version": "1.0",
        "title": "Baker",
        "level": 2,
        "options": [{"optionId": "o-1", "title": "Bread"}],
        "knowledges": [{"knowledgeId": f"k-{n}", "detail": f"Way {n} of baking"} for n in range(5)],
        "skills": [skill, {"skillId": "s-2", "detail": "&lt;p&gt;Bake &amp;amp; sell&lt;/p&gt;"}],
        "behaviours": [{"behaviourId": "b-1", "detail": "Is calm"}],
        "duties": [
            {"dutyID": "d-1", "dutyDetail": "Bake", "isThisACoreDuty": 1, "mappedKnowledge": ["k-1", "k-9"]},
            {"dutyID": "d-2", "dutyDetail": "Sell", "mappedSkills": ["s-1"], "mappedOptions": ["o-1"]},
        ],
        "qualifications": [{"title": "Hygiene", "units": [1, 2.5, None, True]}],
    }
    yield json.dumps(record, indent=1)
    yield json.dumps([{"code": f"K{n}", "description": f"Way {n} of baking"} for n in range(1, 9)], indent=1)
    yield json.dumps({"items": {f"K{n}": f"Way {n} of baking" for n in range(1, 9)}, "title": "Baker"})
    yield json.dumps({"page": 1, "standards": [record]})


def make_case() -> Iterator[bytes]:
    """Yield packages of CASE: of other publishers, one of a standard, and a crosswalk."""
    from curriculum.crosswalk.case_crosswalk import crosswalk_to_case
    from curriculum.crosswalk.stored_crosswalk import read_crosswalk, select_pair
    from curriculum.library.case_file import parsed_to_case
    from curriculum.project import Project

    sys.path.insert(0, str(ROOT / "tests"))
    from case_packages import school, skills

    yield json.dumps(school(), indent=1).encode()
    yield json.dumps(skills(), indent=1).encode()
    yield json.dumps({"page": 1, "packages": [skills()]}).encode()
    project = Project(ROOT / "data")
    for standard in map(project.read, ("nos-2017", "st0792-1.2")):
        yield parsed_to_case(standard.parsed, standard.tables)
    crosswalk = read_crosswalk(ROOT / "data" / "processed")
    yield crosswalk_to_case(select_pair(crosswalk, "nos-2017", "nos-2019"))


def make_changed_word() -> bytes:
    """Return a Word file with tracked changes, bold text, a merged cell, a field and a content control."""
    import docx
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    runs = (
        "<w:ins><w:r><w:rPr><w:b/></w:rPr><w:t>K1: How dough rises</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>fast</w:delText></w:r></w:del><w:r><w:fldChar w:fldCharType='begin'/></w:r>"
        "<w:r><w:instrText>REF k</w:instrText></w:r><w:r><w:fldChar w:fldCharType='separate'/></w:r>"
        "<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        "<w:r><w:sym w:font='Symbol' w:char='F0B7'/></w:r>"
    )
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Click</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )
    document = docx.Document()
    marks = "<w:pPr><w:pStyle w:val='Heading1'/><w:rPr><w:del/></w:rPr></w:pPr>"
    for block in parse_xml(f"<w:body {nsdecls('w')}><w:p>{marks}{runs}</w:p>{control}</w:body>"):
        document.element.body.insert(0, block)
    table = document.add_table(3, 2)
    for row, text in enumerate(("Duty 1 Bake", "", "Duty 2 Sell")):
        table.cell(row, 0).text = text
        table.cell(row, 1).text = f"K{row + 1}"
    table.cell(0, 0).merge(table.cell(1, 0))
    table.rows[2]._tr.get_or_add_trPr().append(parse_xml(f"<w:del {nsdecls('w')}/>"))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def make_lists() -> Iterator[tuple[str, str]]:
    """Yield lists of codes with the endings of their files: YAML, CSV in three layouts, two in a text."""
    ksbs = [(f"{letter}{n}", f"Way {n} of baking, {letter}") for letter in "KSB" for n in range(1, 6)]
    yield ".yaml", "title: Baker\n" + "".join(f"{code}: '{text}'\n" for code, text in ksbs)
    yield (
        ".yaml",
        "---\n" + "".join(f"- code: {code}\n  text: >\n    {text}\n  in: [a, b]\n" for code, text in ksbs),
    )
    yield ".csv", "Type,Number,Text\n" + "".join(f'{code[0]},{code[1:]},"{text}"\n' for code, text in ksbs)
    yield ".csv", "Baker\n\nItem;Wording;Unit\n" + "".join(f"{code};{text};2\n" for code, text in ksbs)
    rows = [(ksbs[n], ksbs[n + 5], ksbs[n + 10]) for n in range(5)]
    yield ".csv", "".join(",".join(f'{code},"{text}"' for code, text in row) + "\n" for row in rows)
    listed = "".join(f"{code}: {text}\n" for code, text in ksbs)
    yield (
        ".md",
        f"# Baker\n\n{listed}\n# Miller\n\n{listed.replace('Way', 'Mill').replace('baking', 'milling')}",
    )
    yield ".txt", f"{listed}\n{re.sub('^', 'A', listed, flags=re.MULTILINE)}"


def make_pdfs() -> Iterator[bytes]:
    """Yield a short document by each program that is installed and makes PDFs."""
    import pdf_documents

    layout = {name: values[0] for name, values in pdf_documents.LAYOUTS.items()}
    written = pdf_documents.make_written(random.Random(1))
    written.statements = dict(list(written.statements.items())[:3] + list(written.statements.items())[-3:])
    written.duties, written.pairs, written.themes = written.duties[:2], written.pairs[:2], written.themes[:2]
    blocks = pdf_documents.standard_blocks(written, layout) + pdf_documents.plan_blocks(written, layout)
    yield pdf_documents.to_reportlab(blocks, layout, "Baker")
    makers = [("LibreOffice", pdf_documents.SOFFICE, pdf_documents.to_word)]
    makers += [("Chromium", pdf_documents.CHROMIUM, pdf_documents.to_page)]
    jobs = [
        (at, name, make(blocks, layout, "Baker")) for at, (name, there, make) in enumerate(makers) if there
    ]
    with tempfile.TemporaryDirectory() as folder:
        yield from (data for _, data in pdf_documents.render(jobs, Path(folder)))


def make_workbook() -> bytes:
    """Return a workbook with a list of codes on one of two sheets."""
    import xlsxwriter

    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as book:
        book.add_worksheet("Notes").write(0, 0, "How to use this book")
        sheet = book.add_worksheet("KSBs")
        for at, row in enumerate([("KSB", "Text"), ("K1", "Way of baking"), ("S1", "Bake a loaf")]):
            sheet.write_row(at, 0, row)
    return data.getvalue()


def make_seeds() -> dict[str, list[tuple[str, bytes]]]:
    """Return the seeds of each reader: the ending of the file, and its bytes."""
    import docx

    from curriculum.cli.main import main

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "review.xlsx"
        with contextlib.redirect_stderr(nowhere()):
            main(["review", "export", *PAIR, "-o", str(out), "--raw", str(RAW)])
        review = out.read_bytes()
        word = docx.Document()
        for text in PAGE.decode().replace("<", "\n<").splitlines()[4:]:
            word.add_paragraph(re.sub("<[^>]*>", "", text), style="List Bullet")
        word.add_table(2, 2).cell(0, 0).text = "K3"
        word.save(str(Path(folder) / "k.docx"))
        docx_data = (Path(folder) / "k.docx").read_bytes()
    texts = sorted(RAW.glob("*.txt"))
    kept = (".csv", ".tsv", ".xlsx", ".xlsm")
    manifest = f"path,sha256\na.csv,{hashlib.sha256(b'a' + chr(10).encode()).hexdigest()}\n".encode()
    return {
        "tracker": [
            (path.suffix, path.read_bytes()) for path in sorted(EXAMPLES.iterdir()) if path.suffix in kept
        ],
        "review": [(".xlsx", review)],
        "crosswalk": [(".csv", CROSSWALK)],
        "document": [
            *((".txt", path.read_bytes()[:30_000]) for path in texts),
            *(
                (".csv", CODE_TABLE),
                (".html", PAGE),
                (".docx", docx_data),
                (".html", PAGE),
                (".docx", docx_data),
            ),
        ],
        "json": [(".json", data.encode()) for data in make_json()],
        "case": [(".case.json", data) for data in make_case()],
        "docx": [(".docx", docx_data), (".docx", make_changed_word())],
        "odt": list(zip((".odt", ".fodt"), open_documents.seeds(), strict=True)),
        "rtf": [(".rtf", rich_text_files.damaged_seed())],
        "html": [(".html", PAGE)],
        "md": [(".md", MARKDOWN)],
        "pdf": [(".pdf", data) for data in make_pdfs()],
        "xlsx": [(".xlsx", make_workbook())],
        "list": [*((ending, data.encode()) for ending, data in make_lists()), (".xlsx", make_workbook())],
        "sources": [(".csv", (RAW / "SOURCES.csv").read_bytes())],
        "crosswalks": [(".csv", (RAW / "CROSSWALKS.csv").read_bytes())],
        "thesaurus": [(".csv", (RAW / "thesaurus.csv").read_bytes())],
        "decisions": [(".csv", path.read_bytes()) for path in sorted((EXAMPLES / "decisions").rglob("*.csv"))]
        or [(".csv", b"decision\n")],
        "manifest": [(".csv", manifest)],
    }


# How many inputs of each round each reader gets.
SHARES = {
    **{"tracker": 40, "review": 8, "crosswalk": 8, "document": 20, "json": 5, "list": 5},
    **{"docx": 3, "odt": 3, "rtf": 3, "html": 3, "md": 5, "pdf": 3, "xlsx": 3, "case": 5},
    **{"sources": 5, "crosswalks": 4, "thesaurus": 5, "decisions": 6, "manifest": 4},
}


def number_to_input(
    number: int, seed: int, seeds: dict[str, list[tuple[str, bytes]]], reader: str = ""
) -> tuple[str, str, bytes]:
    """Return the input with a number: its reader, the ending of its file, its bytes."""
    chance = random.Random(f"{seed} {number}")
    name = reader or chance.choices(list(SHARES), weights=list(SHARES.values()))[0]
    ending, data = chance.choice(seeds[name])
    damage = damaged_values if name == "case" and chance.random() < 0.6 else damaged
    return name, ending, damage(data, chance)


def read_one(name: str, path: Path, whole: bool) -> str:
    """Read an input; return the outcome: read, refused, or a fault."""
    from curriculum.errors import CurriculumError

    with contextlib.redirect_stderr(nowhere()), contextlib.redirect_stdout(nowhere()):
        try:
            if whole and name == "tracker":
                return _remapped(path)
            READERS[name](path)
        except CurriculumError as fault:
            if "\n" in str(fault) and not hasattr(fault, "faults"):
                return f"FAULT a message of more than one line: {fault!r}"
            return "refused"
        except Wrong as fault:
            return f"FAULT the copy differs: {fault}"
        except MemoryError:
            return "FAULT more memory than 1 GiB"
    return "read"


def _remapped(path: Path) -> str:
    from curriculum.cli.main import main

    words = ["remap", str(path), "--from", PAIR[0], "--to", PAIR[1], "--raw", str(RAW), "--force"]
    rc = main(words)
    left = sorted(file.name for file in path.parent.iterdir() if file != path)
    if rc == 2:
        return f"FAULT left behind: {', '.join(left)}" if left else "refused"
    return "read"


def _work(numbers: list[int], options: argparse.Namespace, seeds: dict[str, Any], report: Any) -> None:
    """Read some inputs in a separate process, and send a result for each; any of them may end the process."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123
        size = int(statm.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
    sys.stdout = sys.stderr = nowhere()
    for number in numbers:
        report.send((number, None, 0.0))
        used = time.process_time()
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + CPU_SECONDS + 1, resource.RLIM_INFINITY))
        name, ending, data = number_to_input(number, options.seed, seeds, options.reader)
        with tempfile.TemporaryDirectory(dir=options.scratch) as folder:
            path = Path(folder) / f"in{ending}"
            path.write_bytes(data)
            used = time.process_time()
            try:
                outcome = read_one(name, path, number % WHOLE_COMMAND == 0)
            except BaseException:
                outcome = "FAULT " + traceback.format_exc(limit=-4)
        report.send((number, f"{name}\t{outcome}", time.process_time() - used))
    report.close()


def chunk_to_results(
    numbers: list[int], options: argparse.Namespace, seeds: dict[str, Any]
) -> Iterator[tuple[int, str, float]]:
    """Yield the result of each input. One that ends its process is a fault; a new process reads the rest."""
    fork = multiprocessing.get_context("fork")
    while numbers:
        receiving, sending = fork.Pipe(duplex=False)
        worker = fork.Process(target=_work, args=(numbers, options, seeds, sending))
        worker.start()
        sending.close()
        current = numbers[0]
        done: set[int] = set()
        while True:
            try:
                if not receiving.poll(12 * CPU_SECONDS):
                    worker.kill()
                number, outcome, seconds = receiving.recv()
            except EOFError:
                break
            current = number
            if outcome is not None:
                done.add(number)
                yield number, outcome, seconds
        worker.join()
        numbers = [number for number in numbers if number not in done]
        if numbers:
            name = number_to_input(current, options.seed, seeds, options.reader)[0]
            is_cpu = worker.exitcode == -signal.SIGXCPU
            why = f"more than {CPU_SECONDS} CPU seconds" if is_cpu else f"ended with {worker.exitcode}"
            yield current, f"{name}\tFAULT {why}", float(CPU_SECONDS)
            numbers = [number for number in numbers if number != current]


def _run(options: argparse.Namespace, seeds: dict[str, Any], job: int, results: Any) -> None:
    chunks = range(job * CHUNK, options.n, options.jobs * CHUNK)
    for first in chunks:
        numbers = list(range(first, min(first + CHUNK, options.n)))
        for result in chunk_to_results(numbers, options, seeds):
            results.put(result)
    results.put(None)


def main() -> int:
    """Damage and read inputs, and print the counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-n", type=int, default=20_000, help="how many inputs")
    parser.add_argument("--seed", type=int, default=1, help="what the damage is drawn by")
    parser.add_argument("--reader", choices=[*READERS], default="", help="one reader alone")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="where inputs are kept")
    options = parser.parse_args()
    start = time.monotonic()
    seeds = make_seeds()
    pair()
    counts: Counter[tuple[str, str]] = Counter()
    slowest, faults = (0.0, -1), []
    with tempfile.TemporaryDirectory() as scratch:
        options.scratch = scratch
        fork = multiprocessing.get_context("fork")
        results = fork.Queue()
        jobs = [fork.Process(target=_run, args=(options, seeds, job, results)) for job in range(options.jobs)]
        for job in jobs:
            job.start()
        running = len(jobs)
        while running:
            got = results.get()
            if got is None:
                running -= 1
                continue
            number, outcome, seconds = got
            name, _, what = outcome.partition("\t")
            is_fault = what.startswith("FAULT") or seconds > CPU_SECONDS
            counts[name, "FAULT" if is_fault else what] += 1
            slowest = max(slowest, (seconds, number))
            if is_fault:
                faults.append(number)
                _keep(number, options, seeds, f"{seconds:.1f} s\n{what}\n")
                print(f"{number}\t{name}\t{what.strip().splitlines()[-1][:160]}", file=sys.stderr, flush=True)
        for job in jobs:
            job.join()
    for name in READERS:
        counts_of_reader = {what: count for (reader, what), count in sorted(counts.items()) if reader == name}
        print(f"{name}: {json.dumps(counts_of_reader)}")
    at_worst = f"slowest {slowest[0]:.1f} CPU s (number {slowest[1]})"
    print(f"{sum(counts.values())} inputs, {len(faults)} faults, {at_worst}")
    print(f"{time.monotonic() - start:.0f} s on {os.cpu_count()} cores")
    return int(bool(faults))


def _keep(number: int, options: argparse.Namespace, seeds: dict[str, Any], outcome: str) -> None:
    name, ending, data = number_to_input(number, options.seed, seeds, options.reader)
    folder = options.keep / f"{name}_{options.seed}_{number}"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"in{ending}").write_bytes(data)
    (folder / "what.txt").write_text(outcome, encoding="utf-8", errors="replace")


if __name__ == "__main__":
    sys.exit(main())
