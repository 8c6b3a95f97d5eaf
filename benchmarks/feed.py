"""Measure the reading of a feed of official records: python benchmarks/feed.py [FILE].

Without a file, a made-up feed of 2,000 records of realistic size is written to a temporary folder. Each
measurement is a process of its own, so that its peak memory is its own.

import   importing what reads and parses documents
all      every record to tables, one after the other
link     both records of `link feed.json#A feed.json#B`, to tables (the file is read twice)
one      picking one record by its name, to tables
"""

import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

RECORDS = 2_000
VERSIONS = 2
WORDS = (
    "tools",
    "materials",
    "safety",
    "records",
    "clients",
    "equipment",
    "standards",
    "methods",
    "plans",
    "teams",
    "budgets",
    "deadlines",
    "quality",
    "procedures",
    "legislation",
    "processes",
    "communication",
    "techniques",
    "principles",
    "requirements",
    "systems",
    "data",
    "reports",
)
KINDS = (("knowledges", "knowledgeId", 26), ("skills", "skillId", 28), ("behaviours", "behaviourId", 7))
IMPORTS = (
    "import resource, sys\nfrom curriculum.documents.file_reading import path_to_document, path_to_documents"
)
PARSERS = (
    "from curriculum.parsing.document_reading import documents_to_parsed\n"
    "from curriculum.parsing.parsed_tables import parsed_to_tables\n"
    "def n_rows(document): return len(parsed_to_tables(documents_to_parsed((document,))).statements)"
)
USED = (
    "used = resource.getrusage(resource.RUSAGE_SELF)\n"
    "print(used.ru_maxrss // 1024, used.ru_utime + used.ru_stime, n)"
)
RUNS = {
    "import": "n = 0",
    "all": "n = sum(n_rows(document) for document in path_to_documents(sys.argv[1]))",
    "link": "n = sum(n_rows(path_to_document(sys.argv[1], record=f'ST0500-1.{i}')) for i in (0, 1))",
    "one": "n = n_rows(path_to_document(sys.argv[1], record='ST0999-1.1'))",
}


def words(number: int, length: int) -> str:
    """Return a wording that is the same on each run; the numbers make it another for each statement."""
    return " ".join(WORDS[(number * (at + 3) + at * at) % len(WORDS)] for at in range(length))


def guid(*parts: object) -> str:
    """Return an id that is the same on each run."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, " ".join(map(str, parts))))


def make_record(number: int) -> dict[str, object]:
    """Return a made-up record: 61 KSBs, 13 duties, job titles, prose and qualifications."""
    reference, version = f"ST{number // VERSIONS:04}", f"1.{number % VERSIONS}"
    lists = {
        name: [
            {key: guid(name, number, at), "detail": f"{words(number * 97 + at, 22).capitalize()} {number}."}
            for at in range(count)
        ]
        for name, key, count in KINDS
    }
    duties = [
        {
            "dutyID": guid("duty", number, at),
            "dutyDetail": f"Duty of {words(number * 31 + at, 24)}.",
            "isThisACoreDuty": 1,
            "mappedKnowledge": [guid("knowledges", number, (at * 3 + k) % 26) for k in range(11)],
            "mappedSkills": [guid("skills", number, (at * 5 + k) % 28) for k in range(11)],
            "mappedBehaviour": [guid("behaviours", number, (at + k) % 7) for k in range(4)],
            "mappedOptions": None,
        }
        for at in range(13)
    ]
    return {
        "referenceNumber": reference,
        "version": version,
        "versionNumber": version,
        "title": f"{words(number, 3)} technician",
        "level": 2 + number % 5,
        "status": "Approved for delivery" if number % VERSIONS else "Retired",
        "route": words(number + 7, 2),
        "larsCode": number,
        "maxFunding": 9_000,
        "typicalDuration": 18,
        "options": [],
        "duties": duties,
        **lists,
        "typicalJobTitles": [words(number + at, 2) for at in range(12)],
        "keywords": [words(number + at, 1) for at in range(12)],
        "overviewOfRole": "".join(f"<p>{words(number + at, 90)} &amp; more.</p>" for at in range(5)),
    }


def write_feed(path: Path) -> None:
    """Write the feed, record by record."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for number in range(RECORDS):
            file.write(",\n" if number else "\n")
            json.dump(make_record(number), file, indent=1)
        file.write("\n]\n")


def measure(path: Path) -> Iterator[str]:
    """Yield a line for each measurement: seconds, those of the processor, peak memory, statements."""
    for name, run in RUNS.items():
        start = time.perf_counter()
        code = f"{IMPORTS}\n{PARSERS}\n{run}\n{USED}"
        done = subprocess.run(
            [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
        )
        peak, used, rows = done.stdout.split()
        taken = f"{time.perf_counter() - start:6.1f} s (of the processor {float(used):5.1f} s)"
        yield f"{name:8} {taken} {peak:>6} MB {int(rows):>8,} statements"


def main() -> None:
    """Make the feed if none is named, and print the measurements."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "feed.json"
        if len(sys.argv) < 2:
            write_feed(path)
        print(f"{path.stat().st_size / 1e6:.0f} MB")
        for line in measure(path):
            print(line, flush=True)


if __name__ == "__main__":
    main()
