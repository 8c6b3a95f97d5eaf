"""PDFs: labels beside lists, tables of duties without lines, and columns below text of full width."""

from __future__ import annotations

import pytest

pytest.importorskip("pypdfium2")
pytest.importorskip("reportlab")

from curriculum.documents.file_reading import bytes_to_document
from curriculum.documents.pdf_document import pdf_to_content
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables
from pdf_pages_made_up import drawn, write


def text_of(data):
    content = pdf_to_content(data, "eel.pdf")
    return [line for at, line in enumerate(content.lines, 1) if line and at not in content.furniture]


def doubts_of(data):
    return [remark.message for remark in pdf_to_content(data, "eel.pdf").markup.remarks]


def tables_of(data):
    return parsed_to_tables([parse_document(bytes_to_document(data, "eel.pdf"))])


def pairs_of(data):
    frame = tables_of(data).duty_ksbs
    return {
        (duty.rpartition(":")[2], code.rpartition(":")[2])
        for duty, code in zip(frame["duty_id"], frame["statement_id"], strict=True)
    }


def errors_of(data):
    findings = tables_of(data).findings
    return list(findings.loc[findings["severity"] == "error", "rule"])


CRITERIA = ["set eel traps", "lift the traps at dawn", "sort eels by length", "keep the records of a catch"]
KNOWN = ["the law on eels", "how tides move eels", "what harms an eel"]


def unit_page(paper, marks, shift=0.0, label_step=28, label_bold=True):
    """Draw a unit: labels at the left, `shift` points above the lists beside them."""
    bold = "Helvetica-Bold" if label_bold else "Helvetica"
    write(paper, 60, 60, "Catch eels in tidal rivers", size=14)
    at = 100
    for label, announced, items in (
        ("Performance criteria", "You must be able to:", CRITERIA),
        ("Knowledge", "You need to know and understand:", KNOWN),
    ):
        write(paper, 60, at - shift, label, font=bold)
        write(paper, 60, at - shift + label_step, *announced.rsplit(" ", 1 if len(announced) > 22 else 0))
        for number, item in enumerate(items, 1):
            write(paper, 230, at + 20 * (number - 1), f"{marks(label[0], number)}{item} in the river")
        at += 20 * max(len(items), 4) + 40


@pytest.mark.parametrize("shift", [0.0, 2.5])
@pytest.mark.parametrize("label_step", [14, 28, 20])
@pytest.mark.parametrize(
    "marks", [lambda _, n: f"{n}. ", lambda letter, n: f"{letter}{n} ", lambda _, n: f"{n}  "]
)
def test_a_line_near_below_a_label_is_part_of_it_also_beside_an_item(marks, label_step, shift):
    data = drawn(lambda paper: unit_page(paper, marks, shift, label_step))
    tables = tables_of(data)
    assert list(zip(tables.statements["code"], tables.statements["text"], strict=True)) == [
        *((f"P{at}", f"{text} in the river") for at, text in enumerate(CRITERIA, 1)),
        *((f"K{at}", f"{text} in the river") for at, text in enumerate(KNOWN, 1)),
    ]
    assert not errors_of(data)


def test_a_list_goes_on_on_the_next_page_and_facts_are_below_it():
    facts = [("Developed by", "Eel Skills"), ("Version Number", "2"), ("URN", "EEL4"), ("Suite", "Fishing")]

    def first(paper):
        write(paper, 60, 60, "Catch eels in tidal rivers", size=14)
        write(paper, 60, 100, "Performance criteria", "You must be able to:")
        write(paper, 230, 100, *(f"{at}. {text} in the river" for at, text in enumerate(CRITERIA, 1)))
        write(paper, 60, 200, "Knowledge", "You need to know:")
        write(paper, 230, 200, "1. the law on eels in the river")

    def second(paper):
        rest = ["2. how tides move eels in the river and in the sea", "3. what harms an eel"]
        write(paper, 230, 60, *rest)
        write(paper, 60, 110, *(name for name, _ in facts))
        write(paper, 230, 110, *(value for _, value in facts))

    assert text_of(drawn(first, second))[-10:] == [
        "2. how tides move eels in the river and in the sea",
        "3. what harms an eel",
        *(text for fact in facts for text in fact),
    ]
    assert not errors_of(drawn(first, second))


def test_labels_in_the_middle_of_their_lists_are_told():
    def draw(paper):
        write(paper, 60, 135, "Traps and", "baskets")
        write(paper, 60, 245, "Nets and", "lines")
        write(paper, 230, 100, *(f"{at}. sell gear of the river" for at in range(1, 14)))

    assert any("cannot be told" in doubt for doubt in doubts_of(drawn(draw)))


def test_two_columns_with_labels_in_each_are_read_one_after_the_other():
    def draw(paper):
        for x, label, start in ((50, "Catch", 1), (310, "Store", 7)):
            write(paper, x, 100, label, "of eels")
            write(
                paper, x + 70, 100, *(f"{at}. lift the traps of the river" for at in range(start, start + 6))
            )

    assert text_of(drawn(draw)) == [
        "Catch of eels",
        *(f"{at}. lift the traps of the river" for at in range(1, 7)),
        "Store of eels",
        *(f"{at}. lift the traps of the river" for at in range(7, 13)),
    ]


def test_a_label_that_nearly_touches_its_list_is_no_part_of_it():
    def draw(paper):
        write(paper, 60, 100, "Catching", "eels or", "crabs")
        start = 62.8 + paper.stringWidth("Catching", "Helvetica", 11)
        lines = [f"{at}. lift the traps that stand in the river" for at in range(1, 10)]
        write(paper, start, 100, *lines)

    assert text_of(drawn(draw))[-9:] == [
        f"{at}. lift the traps that stand in the river" for at in range(1, 10)
    ]


KSBS = [f"{letter}{at}: Way {at} of {letter} with eels." for letter in "KSB" for at in range(1, 5)]
DUTY = "Duty {} Look after the eels of pond {}."


def duty_page(paper, rows, x_duty=60, x_codes=(340,), y=100, header=("Duty", "KSBs")):
    """Draw a table of duties without lines; a row is its duty, and for each further column its lines."""
    for x, text in zip((x_duty, *x_codes), header, strict=False):
        write(paper, x, y - 24, text, font="Helvetica-Bold")
    for duty, *columns in rows:
        write(paper, x_duty, y, *duty)
        for x, lines in zip(x_codes, columns, strict=True):
            write(paper, x, y, *lines)
        y += 14 * max(len(duty), *map(len, columns)) + 8


def ksbs_page(paper):
    write(paper, 60, 60, "KSBs", size=16)
    write(paper, 60, 90, *KSBS)


def row(at, *columns):
    return ([DUTY.format(at, at), "and of the stream"], *columns)


PAIRS = {("D1", "K1"), ("D1", "K2"), ("D1", "S1"), ("D2", "K3"), ("D2", "B1"), ("D3", "S4"), ("D3", "B2")}
CODES = {1: ["K1", "K2", "S1"], 2: ["K3", "B1"], 3: ["S4", "B2"]}
SIDE_BY_SIDE = {1: (["K1", "K2"], ["S1"], []), 2: (["K3"], [], ["B1"]), 3: ([], ["S4"], ["B2"])}


@pytest.mark.parametrize(
    "draw",
    [
        lambda paper: duty_page(paper, [row(at, CODES[at]) for at in CODES]),
        lambda paper: duty_page(paper, [row(at, [", ".join(CODES[at])]) for at in CODES]),
        lambda paper: duty_page(
            paper, [row(at, CODES[at]) for at in CODES], x_duty=200, x_codes=(60,), header=("Duty", "KSBs")
        ),
        lambda paper: duty_page(
            paper,
            [row(at, *SIDE_BY_SIDE[at]) for at in CODES],
            x_codes=(300, 380, 460),
            header=("Duty", "Knowledge", "Skills", "Behaviours"),
        ),
    ],
    ids=["below each other", "in a line", "at the left", "four columns"],
)
def test_tables_of_duties_without_lines(draw):
    data = drawn(draw, ksbs_page)
    assert pairs_of(data) == PAIRS
    assert list(tables_of(data).duties["text"]) == [
        f"{DUTY.format(at, at)[7:]} and of the stream" for at in (1, 2, 3)
    ]
    assert not errors_of(data)


def test_codes_at_the_head_of_a_page_are_of_the_last_row_of_the_page_before():
    rows = [row(1, CODES[1]), row(2, CODES[2][:1])]

    def second(paper):
        write(paper, 340, 60, *CODES[2][1:])
        duty_page(paper, [row(3, CODES[3][:1])], y=100, header=())

    def third(paper):
        write(paper, 340, 60, *CODES[3][1:])
        write(paper, 60, 120, "KSBs", size=16)
        write(paper, 60, 150, *KSBS)

    data = drawn(lambda paper: duty_page(paper, rows), second, third)
    assert pairs_of(data) == PAIRS
    assert not errors_of(data)


def test_codes_in_the_middle_of_their_row_are_never_given_to_another_duty():
    def draw(paper):
        write(paper, 60, 76, "Duty")
        write(paper, 340, 76, "KSBs")
        # Each duty is beside the middle of its codes, and no space is between the rows.
        for at in (1, 2, 3):
            y = 100 + 42 * (at - 1)
            write(paper, 60, y + 14, DUTY.format(at, at))
            write(paper, 340, y, f"K{at}", f"S{at}", f"B{at}")

    data = drawn(draw, ksbs_page)
    wanted = {(f"D{at}", f"{letter}{at}") for at in (1, 2, 3) for letter in "KSB"}
    assert pairs_of(data) <= wanted
    assert pairs_of(data) == wanted or errors_of(data)


def test_codes_that_nearly_touch_the_duty_behind_them_are_parted_from_it():
    def draw(paper):
        for at, codes in CODES.items():
            text = ", ".join(codes)
            write(paper, 60, 100 + 30 * at, text, DUTY.format(at, at)[:0])
            write(paper, 66 + paper.stringWidth("K1, K2, S1"), 100 + 30 * at, DUTY.format(at, at))

    assert pairs_of(drawn(draw, ksbs_page)) == PAIRS


def test_duties_in_two_columns_below_a_text_of_full_width():
    prose = "How eels are kept in ponds and in streams of the county, and who may take them out of the water."

    def draw(paper):
        write(paper, 60, 60, prose, prose)
        write(paper, 60, 120, "Duties", size=16)
        for at, (x, y) in enumerate([(60, 145), (60, 213), (310, 135), (310, 203)], 1):
            write(paper, x, y, DUTY.format(at, at), f"K{at}", f"S{at}", f"B{at}")

    data = drawn(draw, ksbs_page)
    assert pairs_of(data) == {(f"D{at}", f"{letter}{at}") for at in range(1, 5) for letter in "KSB"}
    assert not errors_of(data)


def test_a_column_of_prose_beside_duties_is_a_column():
    prose = [
        "Eels live in rivers and",
        "ponds and in the sea and",
        "go to the warm waters in",
        "the west when they are of",
    ]

    def draw(paper):
        write(paper, 60, 60, "Eel keeper", size=16)
        write(paper, 60, 100, "Summary", *prose, *prose, *prose)
        write(paper, 230, 100, "Duties")
        for at in range(1, 5):
            write(paper, 230, 114 + 42 * (at - 1), f"Duty {at} Look after eels", f"K{at} S{at}")

    data = drawn(draw, ksbs_page)
    assert pairs_of(data) == {(f"D{at}", f"{letter}{at}") for at in range(1, 5) for letter in "KS"}
    assert not errors_of(data)


def test_a_table_that_is_cut_off_at_its_right_is_told():
    def draw(paper):
        for y in (700, 660, 620):
            paper.line(60, y, 400, y)
        for x in (60, 200):
            paper.line(x, 700, x, 620)
        write(paper, 66, 160, "K1")
        write(paper, 206, 160, "How eels are kept in the pon")
        write(paper, 66, 200, "K2")
        write(paper, 206, 200, "How eels are sold in the mark")

    assert any("do not go around each of its cells" in doubt for doubt in doubts_of(drawn(draw)))


def test_a_label_that_touches_the_text_beside_it_is_told():
    page = drawn(lambda paper: write(paper, 60, 100, "You must know:traps", "and", "the river"))
    assert any("are of one column or of several" in doubt for doubt in doubts_of(page))
