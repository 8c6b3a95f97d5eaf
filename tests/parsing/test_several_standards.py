"""Several standards in one text: each is named after the sign #, or the text is refused."""

from __future__ import annotations

import csv
import hashlib

import pytest

import curriculum as cu
from curriculum.checks.all_findings import parsed_to_checked
from curriculum.cli.main import main
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError
from curriculum.parsing.document_parser import parse_document

WALLS = (
    "K1: How mortar is mixed.\nK2: The bonds of brickwork.\nS1: Lay bricks to a line.\nS2: Point joints.\n"
)
COATS = (
    "K1: How lime and gypsum set.\nK2: Backgrounds, their suction.\nS1: Float a coat.\nS2: Skim a ceiling.\n"
)
MARKDOWN = f"# Bricklayer\n\n## KSBs\n\n{WALLS}\n# Plasterer\n\n## KSBs\n\n{COATS}"
# The same codes of both, printed as lists without codes.
UNNUMBERED = (
    "{0}Bricklayer\nKnowledge\n• How mortar is mixed\nSkills\n• Lay bricks\n"
    "{0}Plasterer\nKnowledge\n• How gypsum sets\nSkills\n• Float a coat\n"
)

ELSE = "A list of something else, such as evidence or short titles, has to be taken out."


def parse(text, name="mine.md", part=""):
    return parse_document(bytes_to_document(text.encode(), name, record=part))


def statements(one):
    return [(row.code, row.text, row.first_line) for row in one.statements]


def refusal(text, name="mine.md", part=""):
    with pytest.raises(CurriculumError) as caught:
        parse(text, name, part)
    return str(caught.value)


def test_several_standards_are_refused_with_their_names():
    assert refusal(MARKDOWN) == (
        "mine.md: holds several standards, or lists of something else with the same codes; expected the name "
        "of one of them after #, such as mine.md#Bricklayer; found 2: Bricklayer from line 1, Plasterer from "
        f"line 10. Name the one to read. {ELSE}"
    )


@pytest.mark.parametrize("name", ["Plasterer", "plasterer", "2"])
def test_one_is_read_by_its_name_or_its_place_with_the_lines_of_the_file(name):
    one = parse(MARKDOWN, part=name)
    assert statements(one) == [
        ("K1", "How lime and gypsum set.", 14),
        ("K2", "Backgrounds, their suction.", 15),
        ("S1", "Float a coat.", 16),
        ("S2", "Skim a ceiling.", 17),
    ]
    assert one.facts.title == "Plasterer"
    assert one.document.document_id == {"2": "mine-2"}.get(name, "plasterer")
    assert one.document.source == f"mine.md#{name}"
    assert not one.findings


def test_the_first_has_no_line_of_the_second():
    one = parse(MARKDOWN, part="Bricklayer")
    assert [text for _, text, _ in statements(one)] == [
        line.partition(": ")[2] for line in WALLS.split("\n")[:4]
    ]
    assert not one.findings


@pytest.mark.parametrize(
    "title",
    [
        "{}\n",
        "{}\n\n",
        "**{}**\n\n",
        "# {} (ST9902)\n\n",
        "{}\nLevel 2\n",
        "{} (ST9902)\nVersion 1.0\n",
        "ST9902\n{}\n",
    ],
)
def test_titles_in_many_forms(title):
    text = f"{title.format('Bricklayer')}Knowledge\n{WALLS}{title.format('Plasterer')}Knowledge\n{COATS}"
    assert statements(parse(text, part="Plasterer"))[0][1] == "How lime and gypsum set."


def test_references_and_titles_in_a_plain_text():
    text = f"Bricklayer\nReference: ST9901\n\nKnowledge\n{WALLS}\nPlasterer\nReference: ST9902\n\n{COATS}"
    assert "found 2: Bricklayer (ST9901) from line 1, Plasterer (ST9902) from line 10" in refusal(text)
    assert parse(text, part="st9902").facts.title == "Plasterer"
    assert parse(text, part="ST9902").document.document_id == "st9902"


def test_whole_standards_with_duties_are_separated_at_their_titles():
    duties = (
        "Key information\nReference: ST990{}\nOccupation duties\nDuty 1 {}\nK1 S1\nDuty 2 {}\nK2 S2\nKSBs\n"
    )
    text = (
        f"Bricklayer\n{duties.format(1, 'Build', 'Point')}{WALLS}Plasterer\n"
        f"{duties.format(2, 'Float', 'Skim')}{COATS}"
    )
    one = parse(text, part="Plasterer")
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Float"), ("D2", "Skim")]
    assert one.facts.reference == "ST9902"
    assert not one.findings


def test_tables_of_a_page_are_separated():
    rows = [f"<table>{''.join(map(_to_row, part.split(chr(10))[:4]))}</table>" for part in (WALLS, COATS)]
    page = f"<html><body><h1>Bricklayer</h1>{rows[0]}<h1>Plasterer</h1>{rows[1]}</body></html>"
    assert "found 2: Bricklayer from line 1, Plasterer from line" in refusal(page, "mine.html")
    assert [text for _, text, _ in statements(parse(page, "mine.html", "Plasterer"))] == [
        line.partition(": ")[2] for line in COATS.split("\n")[:4]
    ]


def _to_row(line):
    code, _, text = line.partition(": ")
    return f"<tr><td>{code}</td><td>{text}</td></tr>"


@pytest.mark.parametrize(
    "between",
    ["", "Knowledge\n", "# Notes\n# Plasterer\n", "Notes\nBring a trowel\nPlasterer\nKnowledge\n"],
)
def test_where_a_standard_begins_must_be_plain(between):
    text = f"Bricklayer\n{WALLS}{between}{COATS}"
    line = 6 + between.count("\n")
    assert refusal(text, "mine.txt") == (
        "mine.txt: holds several standards, or lists of something else with the same codes, and it cannot be "
        "told where each begins; expected one list of codes, or a title above each; found lists that begin "
        f"again with other wordings, on line {line}. "
        f"Save each standard as a separate file, or put its title on a line above its list. {ELSE}"
    )
    assert refusal(text, "mine.txt", "2").startswith("mine.txt#2: holds several standards, or lists of")


def test_an_unknown_name_is_refused():
    assert refusal(MARKDOWN, part="Plaster").endswith(
        "mine.md#Plaster: holds no standard named Plaster; expected the title, the reference or the place "
        "(1, 2, ...) of one of several; found 2: Bricklayer from line 1, Plasterer from line 10. Did you "
        "mean Plasterer?"
    )
    assert refusal(WALLS, part="Bricklayer").endswith("Name the file without # and what is after it.")
    assert "found one" in refusal("code,text\nK1,How mortar is mixed\n", "mine.csv", "1")


def test_two_of_the_same_name_are_named_by_their_places():
    text = MARKDOWN.replace("Plasterer", "Bricklayer")
    assert "such as mine.md#1; found 2: Bricklayer from line 1, Bricklayer from line 10. Name" in refusal(
        text
    )
    assert "holds no standard named Bricklayer" in refusal(text, part="Bricklayer")
    assert statements(parse(text, part="2"))[0][2] == 14


def test_a_name_with_spaces_is_shown_in_quotes():
    text = MARKDOWN.replace("Bricklayer", "Master bricklayer")
    assert "such as “mine.md#Master bricklayer”; found" in refusal(text)


MAPPED = "KSB mapping table\nK1: Core.\nHow mortar is mixed\nTest\nK2: Core.\nThe bonds of brickwork.\nTest\n"


@pytest.mark.parametrize(
    "text",
    [
        # The same list twice, with changes that are no other statements.
        f"# Bricklayer\n{WALLS}\n# KSBs again\n{WALLS.replace('mixed', 'mixed and stored').lower().upper()}",
        # A standard and its plan.
        f"Bricklayer\nOccupation duties\nDuty 1 Build\nK1 S1\nDuty 2 Point\nK2 S2\nKSBs\n{WALLS}{MAPPED}",
        # KSBs in full below each duty.
        "Duty 1 Build\nK1: How mortar is mixed.\nS1: Lay bricks.\nDuty 2 Point\nK1: How mortar is mixed.\n"
        "K2: Bonds.\nS1: Lay bricks.\n",
        # Options whose lists go on, and whose lists begin again.
        f"Bricklayer\nCore\n{WALLS}Option 1: Slater\nK3: Slates.\nS3: Hang slates.\n",
        f"Bricklayer\nCore\n{WALLS}Option 1: Slater\n{COATS}",
        # One code with another wording.
        f"Bricklayer\n{WALLS}Notes\nK1: Sand.\n",
    ],
)
def test_one_standard_is_not_several(text):
    assert parse(text).statements


def test_options_that_begin_again_are_errors():
    one = parse(f"Bricklayer\nCore\n{WALLS}Option 1: Slater\n{COATS}")
    errors = [row.line for row in parsed_to_checked(one).findings if row.severity == "error"]
    assert errors == [8, 9, 10, 11]


def test_lists_without_codes_are_separated_at_markdown_titles():
    text = UNNUMBERED.format("# ")
    assert "found 2: Bricklayer from line 1, Plasterer from line 6" in refusal(text)
    assert statements(parse(text, part="Plasterer")) == [
        ("K1", "How gypsum sets", 8),
        ("S1", "Float a coat", 10),
    ]


def test_lists_without_codes_that_are_printed_again_are_an_error():
    one = parse(UNNUMBERED.format(""))
    assert [(row.line, row.severity) for row in one.findings if row.rule == "numbers-lost"] == [
        (3, "note"),
        (7, "error"),
    ]


UNIT = (
    "{0}\n{1}\n\nOverview\nThis unit is about {1}.\n\nPerformance criteria\nYou must be able to:\n"
    "1. plan it\n2. do it\n\nKnowledge and understanding\nYou need to know and understand:\n"
    "1. how it is done\n\nDeveloped by\nBuilders\nURN\n{0}\n\n"
)


def test_the_units_of_a_suite_are_separated_at_their_numbers():
    text = UNIT.format("BRK7", "Lay bricks") + UNIT.format("BRK8", "Point joints")
    assert "found 2: BRK7 (Lay bricks) from line 1, BRK8 (Point joints) from line 21. Name" in refusal(text)
    one = parse(text, part="BRK8")
    assert (one.facts.title, one.facts.reference) == ("Point joints", "BRK8")
    assert [(row.code, row.text, row.first_line) for row in one.statements] == [
        ("P1", "plan it", 29),
        ("P2", "do it", 30),
        ("K1", "how it is done", 34),
    ]
    assert parse(text, part="point joints").facts.reference == "BRK8"


def test_units_without_numbers_begin_above_their_overview_or_cannot_be_told():
    units = [UNIT.format("", title).lstrip() for title in ("Lay bricks", "Point joints")]
    assert "found 2: Lay bricks from line 1, Point joints from line" in refusal("".join(units))
    bare = [unit.replace("Overview\n", "") for unit in units]
    assert "cannot be told where each begins" in refusal("".join(bare))


def test_a_registered_document_can_be_one_of_several(tmp_path):
    data = MARKDOWN.encode()
    (tmp_path / "both.md").write_bytes(data)
    rows = [
        f"{name.lower()},both.md#{name},{hashlib.sha256(data).hexdigest()}" for name in ("Bricklayer", "2")
    ]
    header = "document_id,path,sha256,title,reference,version,publisher,licence,url,inferred"
    lines = [header, *(f"{row},,,,,,," for row in rows)]
    (tmp_path / "SOURCES.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    tables = cu.Project(tmp_path).tables()
    assert tables.statements.groupby("document_id")["text"].first().to_dict() == {
        "2": "How lime and gypsum set.",
        "bricklayer": "How mortar is mixed.",
    }


@pytest.mark.filterwarnings("ignore::curriculum.errors.MissingThesaurus")
def test_both_sides_of_a_link_and_of_a_remap_can_come_from_one_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    again = "K1: The bonds of brickwork.\nK2: How mortar is mixed.\nS1: Point joints.\nS2: Lay bricks.\n"
    (tmp_path / "both.md").write_text(f"# Old\n{WALLS}# New\n{again}", encoding="utf-8")
    (tmp_path / "tracker.csv").write_text("evidence,codes\nlog,K1\nphoto,K2\n", encoding="utf-8")
    pair = ["both.md#Old", "both.md#New"]
    assert main(["link", *pair, "-o", "crosswalk.csv"]) == 0
    assert main(["remap", "tracker.csv", "--from", pair[0], "--to", pair[1], "-o", "new.csv"]) == 0
    with (tmp_path / "new.csv").open(encoding="utf-8", newline="") as file:
        assert [row["codes (new)"] for row in csv.DictReader(file)] == ["K2", "K1"]
