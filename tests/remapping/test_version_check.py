"""The version check: each rule met exactly at its limit, and missed by the least step, on made-up rows."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest

from curriculum.model import vocabulary as v
from curriculum.model.code_lists import BRACKETED, LIST, OPENING, FoundCode
from curriculum.remapping.layout import CodeColumn, Layout, Matrix
from curriculum.remapping.version_check import Verdict, layouts_to_verdict
from curriculum.spreadsheets.tracker import DATE, FORMULA, NUMBER, Cell, Sheet
from curriculum.tables.carrier import Tables
from curriculum.tables.frame_rows import tables_to_rows

COLUMNS = {
    "documents": [v.DOCUMENT_ID, v.REFERENCE, v.VERSION],
    "statements": [v.DOCUMENT_ID, v.CODE, v.TEXT],
    "version_log": [v.DOCUMENT_ID, v.VERSION, v.EARLIEST_START_DATE],
}
NOTHING = Verdict("", ())


# A statement whose code no file of these tests has.
SILENT = (("a", "Q1", "nothing of that"), ("b", "Q1", "nothing of that"))


def tables_of(statements=SILENT, documents=(("a", "ST1", "1.0"), ("b", "ST1", "2.0")), log=()):
    """Rows of documents (id, reference, version), statements (id, code, text), log (id, version, start)."""
    rows = {"documents": documents, "statements": statements, "version_log": log}
    return Tables(
        **{
            field.name: pd.DataFrame(
                list(rows.get(field.name, ())), columns=COLUMNS.get(field.name, ["none"])
            )
            for field in fields(Tables)
        }
    )


def codes_of(document, *codes, texts="any wording"):
    return [(document, code, f"{texts} of {code} in {document}") for code in codes]


def knowledge(first, last):
    return [f"K{number}" for number in range(first, last + 1)]


def found_of(text):
    """Read `K1, K2` as a list, `K1: wording` as an opening code; a question mark makes a code unsure."""
    if ": " in text:
        return (FoundCode(text.partition(":")[0], text, 0, text.index(":"), OPENING, True),)
    words = text.split(", ")
    return tuple(
        FoundCode(word.rstrip("?"), word, 0, len(word), LIST, not word.endswith("?")) for word in words
    )


def sheet_of(rows, name="Sheet"):
    cells = {
        number: {
            at: cell if isinstance(cell, Cell) else Cell(cell) for at, cell in enumerate(cells, 1) if cell
        }
        for number, cells in enumerate(rows, 1)
    }
    return Sheet(name, {row: cells for row, cells in cells.items() if cells}, 9)


def layout_of(rows, header_row=1, column=1, name="Sheet"):
    """Return a sheet with a column of codes below a header."""
    sheet = sheet_of(rows, name)
    cells = {
        row: found_of(cells[column].text)
        for row, cells in sheet.rows.items()
        if row > header_row and column in cells
    }
    return Layout(sheet, header_row, (CodeColumn(name, column, "KSB", header_row, cells),) if cells else ())


def judged(layouts, tables, old="a", source="tracker", rows=range(1, 999)):
    layouts = layouts if isinstance(layouts, list) else [layouts]
    of_sheets = {layout.sheet.name: rows for layout in layouts}
    return layouts_to_verdict(layouts, tables_to_rows(tables), old, source, of_sheets)


def looks_like(name, *sentences, old="a"):
    likely = () if name.startswith("version ") else tuple(name.split(" or "))
    return Verdict(f"This file looks like {name}, not like {old}.", sentences, likely)


# --- Wordings beside the codes ------------------------------------------------------------------------

# Twenty-five letters, so that a change of two makes 92 in a hundred alike.
LETTERS = "abcdefghijklmnopqrstuvwxy"
WORDINGS = tables_of([("a", "K1", LETTERS), ("b", "K2", "another wording than the first")])
IS_OF_A = "1 of 1 wordings beside the codes are those of a."


def sentences_on_wordings(layouts, tables=WORDINGS, old="a"):
    """Return the sentences on wordings alone."""
    return [sentence for sentence in judged(layouts, tables, old).sentences if "wordings" in sentence]


@pytest.mark.parametrize(
    ("text", "is_wording"),
    [
        (LETTERS, True),
        # Shorter texts are names and remarks, even if they are those of the statement.
        (LETTERS[:24], False),
        # 92 in a hundred are alike, and 91.7.
        ("01" + LETTERS[2:], True),
        ("012" + LETTERS[3:], False),
    ],
)
def test_how_long_and_how_like_a_wording_must_be(text, is_wording):
    assert sentences_on_wordings(layout_of([["KSB", "Text"], ["K1", text]])) == [IS_OF_A] * is_wording


def test_how_like_a_longer_wording_must_be():
    text = LETTERS + "0123456789z"
    tables = tables_of([("a", "K1", text)])
    assert not sentences_on_wordings(layout_of([["KSB", "Text"], ["K1", "ÄÖÜ" + text[3:]]]), tables)
    assert sentences_on_wordings(layout_of([["KSB", "Text"], ["K1", "ÄÖ" + text[2:]]]), tables) == [IS_OF_A]


@pytest.mark.parametrize(
    ("row", "is_wording"),
    [
        (["K1", LETTERS], True),
        (["K1", "", LETTERS], True),
        (["K1: " + LETTERS], True),
        # The wording after a code at the start of a cell counts, not the cells beside it.
        (["K1: something else of that length", LETTERS], False),
        (["K1: short", LETTERS], False),
        # What parts the code from its wording is counted too.
        (["K1: " + LETTERS[:23]], True),
        (["K1: " + LETTERS[:22]], False),
        (["K2", LETTERS], False),
        (["K9", LETTERS], False),
        (["K1, K2", LETTERS], False),
        (["K1?", LETTERS], False),
        (["K1", Cell(LETTERS, FORMULA)], False),
    ],
)
def test_which_cells_are_wordings_of_a_code(row, is_wording):
    assert sentences_on_wordings(layout_of([["KSB", "Text"], row])) == [IS_OF_A] * is_wording


def test_the_cell_of_a_code_is_no_wording_of_it():
    # A code can be as long as a wording where another scheme has words for codes.
    tables = tables_of([("a", LETTERS, LETTERS)])
    assert not sentences_on_wordings(layout_of([["KSB"], [LETTERS]]), tables)


def test_the_wording_in_a_header_of_a_matrix_can_have_any_length():
    tables = tables_of([("a", "K1", "short"), ("a", "K2", "brief")])

    def sentences_on(headers):
        sheet = sheet_of([["Learner", *headers], ["Ann", "x", "x"]])
        found = {at: found_of(text) for at, text in enumerate(headers, 2)}
        return sentences_on_wordings(Layout(sheet, 1, (), Matrix("Sheet", 1, found)), tables)

    assert sentences_on(["K1: short", "K2: brief"]) == ["2 of 2 wordings beside the codes are those of a."]
    assert sentences_on(["K1: short", "K2"]) == [IS_OF_A]
    # The text of a list of codes has no wording, even if it reads like one.
    assert sentences_on(["K1", "K2"]) == []


def test_a_header_with_two_codes_has_no_wording():
    found = tuple(FoundCode(code, code, 0, 2, BRACKETED, True) for code in ("K1", "K2"))
    sheet = sheet_of([["Learner", "K1 short"]])
    layout = Layout(sheet, 1, (), Matrix("Sheet", 1, {2: found}))
    assert sentences_on_wordings(layout, tables_of([("a", "K1", "short")])) == []
    single = Layout(sheet, 1, (), Matrix("Sheet", 1, {2: found[:1]}))
    assert sentences_on_wordings(single, tables_of([("a", "K1", "short")])) == [IS_OF_A]
    list_ranges = Layout(sheet, 1, (), Matrix("Sheet", 1, {2: (found[0]._replace(form=LIST),)}))
    assert sentences_on_wordings(list_ranges, tables_of([("a", "K1", "short")])) == []


def test_each_wording_counts_once_and_the_first_four_hundred_of_them():
    # What differs is editorial, and there are two of each.
    rows = [["K1", LETTERS + "." * (number // 2)] for number in range(2 * 401)]
    sentences = sentences_on_wordings(layout_of([["KSB", "Text"], *rows]))
    assert sentences == ["400 of 400 wordings beside the codes are those of a."]
    sentences = sentences_on_wordings(layout_of([["KSB", "Text"], *rows[:6]]))
    assert sentences == ["3 of 3 wordings beside the codes are those of a."]


def texts_for(n_own, n_other, others=("b",)):
    """Rows and tables: so many wordings are of a, so many of each of the others."""
    statements = [
        *(("a", code, f"the wording of a for the code {code}") for code in knowledge(1, n_own)),
        *(
            (other, code, f"here is what others print behind their code {code}")
            for other in others
            for code in knowledge(101, 100 + n_other)
        ),
        # All have all codes, so that codes alone show nothing.
        *(("a", code, "nothing of that") for code in knowledge(101, 100 + n_other)),
        *((other, code, "nothing of that") for other in others for code in knowledge(1, n_own)),
    ]
    texts = {text: code for _, code, text in statements if text != "nothing of that"}
    rows = [["KSB", "Text"], *([code, text] for text, code in texts.items())]
    return layout_of(rows), tables_of(
        statements, [("a", "ST1", "1.0"), *((document, "ST1", "") for document in others)]
    )


@pytest.mark.parametrize(
    ("n_own", "n_other", "is_against"),
    [
        (0, 1, False),
        (0, 2, True),
        (1, 2, False),
        (1, 3, True),
        (18, 20, True),
        (19, 21, False),
        (27, 30, True),
        (28, 30, False),
    ],
)
def test_another_version_must_lead_by_two_wordings_and_by_a_tenth(n_own, n_other, is_against):
    found = judged(*texts_for(n_own, n_other))
    total = n_own + n_other
    if is_against:
        sentence = f"{n_other} of {total} wordings beside codes are those of b, {n_own} of a."
        assert (found.against, found.sentences[0]) == ("This file looks like b, not like a.", sentence)
    else:
        assert found.against == ""
        assert found.sentences[0] == f"{n_own} of {total} wordings beside the codes are those of a."


def test_of_two_versions_that_lead_alike_the_first_by_name_is_named():
    assert judged(*texts_for(0, 2, ("c", "b"))).sentences[0] == (
        "2 of 2 wordings beside codes are those of b, 0 of a."
    )
    assert judged(*texts_for(0, 3, ("b", "c"))).against == "This file looks like b, not like a."


def test_the_order_of_the_wordings_does_not_matter():
    texts = {code: f"the wording behind the code {code}" for code in knowledge(1, 4)}
    wording_of = {"K1": "c", "K2": "c", "K3": "b", "K4": "b"}
    statements = [(wording_of[code], code, text) for code, text in texts.items()]
    statements += [
        (document, code, "") for document in ("a", "b", "c") for code in texts if wording_of[code] != document
    ]
    rows = [["KSB", "Text"], *([code, text] for code, text in texts.items())]
    found = judged(layout_of(rows), tables_of(statements, [(document, "", "") for document in "abc"]))
    assert found.sentences[0] == "2 of 4 wordings beside codes are those of b, 0 of a."


def test_what_counts_for_both_versions_counts_for_each():
    tables = tables_of([("a", "K1", LETTERS), ("b", "K1", LETTERS)])
    rows = layout_of([["KSB", "Text"], ["K1", LETTERS]])
    assert sentences_on_wordings(rows, tables) == ["1 of 1 wordings beside the codes are those of a."]
    assert sentences_on_wordings(rows, tables, "b") == ["1 of 1 wordings beside the codes are those of b."]


# --- The codes ----------------------------------------------------------------------------------------


def verdict_on_codes(codes, codes_of_documents, old="a", source="tracker"):
    """Return the verdict on a file of codes, by the codes of each document."""
    statements = [
        row
        for document, codes_of_document in codes_of_documents.items()
        for row in codes_of(document, *codes_of_document)
    ]
    tables = tables_of(statements, [(document, "", "") for document in codes_of_documents])
    return judged(layout_of([["KSB"], *([code] for code in codes)]), tables, old, source)


@pytest.mark.parametrize(
    ("n_common", "n_lacking", "is_against"),
    [
        (0, 1, False),
        (0, 2, True),
        (5, 1, False),
        (5, 2, True),
        (18, 2, True),
        (19, 2, False),
        (27, 3, True),
        (28, 2, False),
        (90, 11, True),
        (91, 10, False),
    ],
)
def test_another_version_must_lead_by_two_codes_and_by_a_tenth(n_common, n_lacking, is_against):
    codes = knowledge(1, n_common + n_lacking)
    # Both have many more, so that only the codes that a lacks can show the version.
    more = [f"S{number}" for number in range(1, 500)]
    found = verdict_on_codes(codes, {"a": [*codes[:n_common], *more], "b": [*codes, *more]})
    if is_against:
        named = ", ".join(sorted(codes[n_common:])[:5])
        sentence = f"{n_lacking} codes are of b and not of a, such as {named}."
        assert found == looks_like("b", sentence)
    else:
        assert found == NOTHING


def test_codes_that_no_version_has_are_no_evidence():
    codes_of_documents = {"a": ["K1"], "b": ["K1"]}
    assert verdict_on_codes(["K7", "K8", "K9"], codes_of_documents) == NOTHING
    assert verdict_on_codes(["K1", "K7", "K8"], codes_of_documents).sentences == (
        "a has 1 of the 3 codes that were found; no version has K7, K8. "
        "So has b: the codes alone do not show the version.",
    )


def test_codes_of_duties_that_no_version_has_are_named_in_one_order():
    codes = ["D10", "D3", "D11", "D2", "D12", "K1", "D4"]
    assert verdict_on_codes(codes, {"a": ["K1"]}).sentences == (
        "a has 1 of the 7 codes that were found; no version has D2, D3, D4, D10, D11 and 1 more.",
    )


def test_of_versions_with_as_many_codes_the_one_that_was_named_goes_first_then_the_first_by_name():
    codes_of_documents = {"c": ["K1", "K2"], "b": ["K1", "K2"], "a": ["K1", "K2"]}
    assert verdict_on_codes(["K1", "K2"], codes_of_documents, "c").sentences == (
        "c has all 2 codes that were found. So have a and b: the codes alone do not show the version.",
    )
    without = {"c": ["K1", "K2"], "b": ["K1", "K2"], "a": ["S1"]}
    assert verdict_on_codes(["K1", "K2"], without) == looks_like(
        "b or c", "2 codes are of b and not of a, such as K1, K2. As many codes are of c."
    )


def test_what_the_likeliest_version_lacks_does_not_count_for_it():
    assert verdict_on_codes(["K1", "K2", "S1"], {"a": ["K1"], "b": ["K1", "K2"], "c": ["S1"]}) == NOTHING
    assert verdict_on_codes(
        ["K1", "K2", "K3", "S1"], {"a": ["K1"], "b": ["K1", "K2", "K3"], "c": ["S1"]}
    ) == (
        # Neither in the count nor among those that are named.
        looks_like("b", "2 codes are of b and not of a, such as K2, K3.")
    )


def test_a_version_without_statements_has_no_codes():
    assert verdict_on_codes(["K1", "K2"], {"b": ["K1", "K2"]}) == looks_like(
        "b", "2 codes are of b and not of a, such as K1, K2."
    )


@pytest.mark.parametrize(
    ("n_found", "n_other", "is_against"), [(8, 10, True), (7, 10, False), (81, 101, True), (80, 101, False)]
)
def test_four_fifths_of_the_codes_of_another_version_are_evidence(n_found, n_other, is_against):
    codes = knowledge(1, n_found)
    codes_of_documents = {"a": [*knowledge(1, n_other), *(f"S{number}" for number in range(1, 101))]}
    codes_of_documents["b"] = knowledge(1, n_other)
    found = verdict_on_codes(codes, codes_of_documents)
    if is_against:
        sentence = f"It has {n_found} of the {n_other} codes of b, and none of the 100 that only a has."
        assert found == looks_like("b", sentence)
    else:
        assert found.against == ""


@pytest.mark.parametrize(
    ("n_mine", "n_only_mine", "is_against"), [(10, 2, False), (9, 2, True), (14, 3, True), (15, 3, False)]
)
def test_another_version_is_named_if_more_than_a_fifth_of_the_codes_is_missing(
    n_mine, n_only_mine, is_against
):
    shared = knowledge(1, n_mine - n_only_mine)
    only_mine = [f"S{number}" for number in range(1, n_only_mine + 1)]
    found = verdict_on_codes(shared, {"a": [*shared, *only_mine], "b": shared})
    n_shared = len(shared)
    if is_against:
        sentence = (
            f"It has {n_shared} of the {n_shared} codes of b, and none of the {n_only_mine} that only a has."
        )
        assert found == looks_like("b", sentence)
    else:
        sentence = (
            f"a has all {n_shared} codes that were found. So has b: the codes alone do not show the version."
        )
        assert found == Verdict("", (sentence,))


def test_a_code_that_only_the_named_version_has_is_evidence_for_it():
    codes_of_documents = {"a": [*knowledge(1, 8), "S1", "S2", "S3"], "b": knowledge(1, 8)}
    assert verdict_on_codes([*knowledge(1, 8), "S1"], codes_of_documents) == Verdict(
        "", ("a has all 9 codes that were found.",)
    )
    assert (
        verdict_on_codes(knowledge(1, 8), codes_of_documents).against == "This file looks like b, not like a."
    )


def test_two_versions_that_have_all_codes_too_are_both_named():
    codes_of_documents = {"c": ["K1", "K2"], "a": ["K1", "K2"], "b": ["K1", "K2", "K3"]}
    assert verdict_on_codes(["K1"], codes_of_documents).sentences == (
        "a has the one code that was found. So have b and c: the codes alone do not show the version.",
    )
    alone = verdict_on_codes(["K1"], {"a": ["K1"], "b": ["K2"]})
    assert alone.sentences == ("a has the one code that was found.",)


def test_only_codes_that_are_sure_count_and_those_of_a_matrix_do():
    tables = tables_of([*codes_of("a", "S1"), *codes_of("b", "K1", "K2")], [("a", "", ""), ("b", "", "")])
    against = looks_like("b", "2 codes are of b and not of a, such as K1, K2.")
    assert judged(layout_of([["KSB"], ["K1"], ["K2"]]), tables) == against
    assert judged(layout_of([["KSB"], ["K1"], ["K2?"]]), tables) == NOTHING
    headers = {2: found_of("K1"), 3: found_of("K2")}
    matrix = Layout(sheet_of([["", "K1", "K2"], ["x", "x"]]), 1, (), Matrix("Sheet", 1, headers))
    assert judged(matrix, tables) == against
    both = Layout(matrix.sheet, 1, (CodeColumn("Sheet", 1, "", 1, {2: found_of("K1")}),), matrix.matrix)
    assert judged(both, tables) == against


# --- Labels -------------------------------------------------------------------------------------------

LOG = [("b", "1.0", "2020-01-01"), ("b", "1.1", "2022-01-01"), ("b", "2.0", "2024-01-01")]
VERSIONS = tables_of(SILENT, log=LOG)
NOT_HELD = (
    "There is a version 1.1 too, whose text is not available: nothing in the file says that it is of that "
    "version."
)
OF_B = looks_like("b", "The file names version 2.0, and not 1.0.")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Tracker v2.0", OF_B),
        ("Tracker V2.0.xlsx", OF_B),
        ("Tracker version 2.0", OF_B),
        ("Tracker Version-2.0", OF_B),
        ("Tracker v. 2.0", OF_B),
        ("ST0792 2.0", OF_B),
        ("ST0792_v2.0", OF_B),
        ("st0792-2.0", OF_B),
        (
            "Tracker v1.1",
            looks_like(
                "version 1.1", "The file names version 1.1, whose text is not available, and not 1.0."
            ),
        ),
        # No versions: of the standard's number too few digits, no point, a date, a longer number.
        ("Tracker 2.0", Verdict("", (NOT_HELD,))),
        ("ST079 2.0", Verdict("", (NOT_HELD,))),
        ("ST07922.0", Verdict("", (NOT_HELD,))),
        ("Tracker v2", Verdict("", (NOT_HELD,))),
        ("Tracker v2.0.1", Verdict("", (NOT_HELD,))),
        ("Tracker v2.00", Verdict("", (NOT_HELD,))),
        ("Tracker rev2.0", Verdict("", (NOT_HELD,))),
        ("Tracker conversion 2.0", Verdict("", (NOT_HELD,))),
        # Of a template, not of the standard.
        ("Tracker v7.3", Verdict("", (NOT_HELD,))),
        ("Tracker v1.0", Verdict("", ("The file names version 1.0.", NOT_HELD))),
        ("Tracker v1.0 (replaces v2.0, v2.0)", Verdict("", ("The file names version 1.0.", NOT_HELD))),
    ],
)
def test_which_names_of_a_file_are_labels(source, expected):
    assert judged(layout_of([["KSB"]]), VERSIONS, source=source) == expected


def test_the_name_of_a_sheet_and_a_cell_at_its_top_are_labels():
    assert judged(layout_of([["KSB"]], name="v2.0"), VERSIONS) == OF_B
    assert judged(layout_of([["KSB", "v2.0"]]), VERSIONS) == OF_B
    assert judged([layout_of([["KSB"]]), layout_of([["KSB", "v2.0"]], name="Other")], VERSIONS) == OF_B
    unlabelled = Verdict("", (NOT_HELD,))
    assert judged(layout_of([["KSB", Cell("v2.0", FORMULA)]]), VERSIONS) == unlabelled


def test_the_first_eight_rows_are_the_top():
    rows = [["any"]] * 7
    assert judged(layout_of([*rows, ["v2.0"]], header_row=99), VERSIONS) == OF_B
    assert judged(layout_of([*rows, ["any"], ["v2.0"]], header_row=99), VERSIONS) == Verdict("", (NOT_HELD,))


def test_a_label_is_shorter_than_two_hundred_characters():
    for length, expected in ((199, OF_B), (200, Verdict("", (NOT_HELD,)))):
        assert judged(layout_of([["v2.0".rjust(length)]], header_row=99), VERSIONS) == expected


def test_a_label_that_is_repeated_counts_once():
    # Two say 1.1, in one wording; one each say 2.0 in two.
    rows = [["v1.1", "v1.1"], ["v2.0", "version 2.0"]]
    assert judged(layout_of(rows, header_row=99), VERSIONS) == OF_B


# --- Columns of versions ------------------------------------------------------------------------------


def judged_rows(header, *cells, old="a", **more):
    """Return the verdict on a file whose second column has a header and cells."""
    rows = [["KSB", header], *(["K1", cell] for cell in cells)]
    tables = tables_of([*codes_of("a", "K1"), *codes_of("b", "K1")], log=LOG)
    return judged(layout_of(rows), tables, old, **more)


SAME_CODES = "a has the one code that was found. So has b: the codes alone do not show the version."


def of_b(sentence):
    return looks_like("b", sentence, SAME_CODES)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2.0", of_b("1 of 1 rows says version 2.0, and not 1.0.")),
        (" on 2.0 since May", of_b("1 of 1 rows says version 2.0, and not 1.0.")),
        (Cell("2", NUMBER), of_b("1 of 1 rows says version 2.0, and not 1.0.")),
        (Cell("2.0", NUMBER), of_b("1 of 1 rows says version 2.0, and not 1.0.")),
        (Cell(" 2 ", NUMBER), of_b("1 of 1 rows says version 2.0, and not 1.0.")),
        ("1.0", Verdict("", (SAME_CODES, "1 of 1 rows says version 1.0.", NOT_HELD))),
        # A text of one number is no version, nor is a date or a longer number.
        ("2", Verdict("", (SAME_CODES, NOT_HELD))),
        ("12.0", Verdict("", (SAME_CODES, NOT_HELD))),
        ("1.2.0", Verdict("", (SAME_CODES, NOT_HELD))),
        ("2.0.1", Verdict("", (SAME_CODES, NOT_HELD))),
        ("2.01", Verdict("", (SAME_CODES, NOT_HELD))),
        # A version that the standard never had.
        ("9.0", Verdict("", (SAME_CODES, NOT_HELD))),
    ],
)
def test_which_version_a_cell_names(cell, expected):
    assert judged_rows("Version", cell) == expected


@pytest.mark.parametrize("header", ["Version", "Standard version", "VERSION (of the standard)"])
def test_which_headers_are_of_versions(header):
    assert judged_rows(header, "2.0").against == "This file looks like b, not like a."


@pytest.mark.parametrize("header", ["Conversion", "Versions", "V"])
def test_which_headers_are_not_of_versions(header):
    assert judged_rows(header, "2.0").against == ""


def test_one_row_of_another_version_is_against():
    others = "learners stay on the version that they started on. Remap only those of 1.0, with --where and a"
    assert judged_rows("Version", "1.0", "2.0", "1.0", "1.1") == Verdict(
        "2 of its 4 rows are not of a.",
        (
            f"2 of 4 rows say version 1.0, 1 say 1.1, 1 say 2.0: {others} column that shows the version: "
            '--where "Version=1.0".',
            SAME_CODES,
        ),
    )
    # As many of each: it is of the one that was named.
    assert judged_rows("Version", "1.0", "2.0").against == "1 of its 2 rows are not of a."
    assert judged_rows("Version", "1.0", "2.0", old="b").against == "1 of its 2 rows are not of b."
    assert judged_rows("Version", "1.0", "2.0", "2.0").sentences[0] == (
        "2 of 3 rows say version 2.0, and not 1.0."
    )


def test_of_two_other_versions_with_as_many_rows_the_first_is_named():
    assert judged_rows("Version", "2.0", "1.1").against == "This file looks like version 1.1, not like a."


def test_only_rows_that_are_remapped_and_below_the_header_name_a_version():
    assert judged_rows("Version", "2.0", "1.0", rows=[3]).sentences[1] == "1 of 1 rows says version 1.0."
    rows = [["1.0 version", "2.0"], ["KSB", "Version"], ["K1", "1.0"]]
    tables = tables_of(codes_of("a", "K1"), log=LOG)
    assert judged(layout_of(rows, header_row=2), tables).sentences == (
        "a has the one code that was found.",
        "1 of 1 rows says version 1.0.",
        NOT_HELD,
    )


def test_a_sheet_without_codes_names_no_version_and_one_with_a_matrix_does():
    sheet = sheet_of([["Version", "K1"], ["2.0", "x"]])
    assert judged(Layout(sheet, 1), VERSIONS) == Verdict("", (NOT_HELD,))
    matrix = Layout(sheet, 1, (), Matrix("Sheet", 1, {2: found_of("K1")}))
    assert judged(matrix, VERSIONS) == looks_like("b", "1 of 1 rows says version 2.0, and not 1.0.")
    # The header of one sheet does not apply to another.
    other = layout_of([["KSB", "Text"], ["K1", "2.0"]], name="Other")
    assert judged([Layout(sheet, 1), other], VERSIONS) == Verdict("", (NOT_HELD,))


def test_a_table_without_headers_names_no_version():
    assert judged(layout_of([["K1", "2.0"]], header_row=0), VERSIONS) == Verdict("", (NOT_HELD,))


# --- Start dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "version"),
    [
        ("2019-12-31", ""),
        ("2020-01-01", "1.0"),
        ("2021-12-31", "1.0"),
        ("2022-01-01", "1.1"),
        ("2023-12-31", "1.1"),
        ("2024-01-01", "2.0"),
        ("01/01/2024", "2.0"),
        ("1 January 2024", "2.0"),
        (Cell("2024-01-01", DATE), "2.0"),
        (Cell("2023-12-31T23:59", DATE), "1.1"),
        (Cell("2024-01-01", NUMBER), ""),
        ("soon", ""),
    ],
)
def test_the_first_day_of_a_version_is_of_it(cell, version):
    expected = {
        "": Verdict("", (SAME_CODES, NOT_HELD)),
        "1.0": Verdict("", (SAME_CODES, "1 of 1 start dates says version 1.0 by the version log.", NOT_HELD)),
        "1.1": looks_like(
            "version 1.1",
            "1 of 1 start dates says version 1.1 by the version log, whose text is not available, "
            "and not 1.0.",
            SAME_CODES,
        ),
        "2.0": of_b("1 of 1 start dates says version 2.0 by the version log, and not 1.0."),
    }
    assert judged_rows("Start date", cell) == expected[version]


@pytest.mark.parametrize(
    "header",
    ["Start", "Started", "Starts", "Enrolled", "Date of enrolment", "On programme", "On-programme", "JOINED"],
)
def test_which_headers_are_of_start_dates(header):
    assert judged_rows(header, "2024-01-01").against == "This file looks like b, not like a."


@pytest.mark.parametrize("header", ["Date", "Restart", "Starting", "Programme", "Rejoined"])
def test_which_headers_are_not_of_start_dates(header):
    assert judged_rows(header, "2024-01-01").against == ""


def test_a_start_date_of_another_version_is_shown_and_is_not_against_the_file():
    found = judged_rows("Start date", "2020-01-01", "2021-01-01", "2024-01-01")
    assert found == Verdict(
        "",
        (
            SAME_CODES,
            "2 of 3 start dates say version 1.0 by the version log, 1 say 2.0: learners stay on the version "
            "that they started on. Remap only those of 1.0, with --where and a column that shows "
            "the version.",
            NOT_HELD,
        ),
    )


def test_a_version_log_is_used_by_date_in_any_order_and_for_its_standard_only():
    log = [
        ("b", "2.0", "2024-01-01"),
        ("b", "1.0", "2020-01-01"),
        ("b", "1.9", "Not set"),
        ("b", "1.8", ""),
        ("c", "3.0", "2019-01-01"),
    ]
    documents = [("a", "ST1", "1.0"), ("b", "ST1", "2.0"), ("c", "ST2", "1.0")]
    tables = tables_of(SILENT, documents, log)
    for day, expected in (
        ("2023-12-31", Verdict("", ("1 of 1 start dates says version 1.0 by the version log.",))),
        (
            "2024-01-01",
            looks_like("b", "1 of 1 start dates says version 2.0 by the version log, and not 1.0."),
        ),
        ("2019-06-01", NOTHING),
    ):
        assert judged(layout_of([["KSB", "Start"], ["K1", day]]), tables) == expected


def test_a_document_without_a_reference_or_a_version_is_of_no_standard():
    rows = layout_of([["KSB", "Version"], ["K1", "2.0"]])
    for documents in (
        [("a", "", "1.0"), ("b", "", "2.0")],
        [("a", "ST1", ""), ("b", "ST1", "2.0")],
        [("b", "ST1", "2.0")],
    ):
        assert judged(rows, tables_of(SILENT, documents)) == NOTHING
        assert judged(layout_of([["KSB"]]), tables_of(SILENT, documents), source="v1.0") == NOTHING
    assert judged(rows, tables_of()) == looks_like("b", "1 of 1 rows says version 2.0, and not 1.0.")


def test_versions_follow_each_other_by_date_and_not_by_name():
    log = [("a", "1.9", "2020-01-01"), ("a", "1.10", "2022-01-01")]
    tables = tables_of(SILENT, [("a", "ST1", "1.9"), ("b", "ST1", "1.10")], log)
    for day, expected in (
        (
            "2023-01-01",
            looks_like("b", "1 of 1 start dates says version 1.10 by the version log, and not 1.9."),
        ),
        ("2021-01-01", Verdict("", ("1 of 1 start dates says version 1.9 by the version log.",))),
    ):
        assert judged(layout_of([["KSB", "Start"], ["K1", day]]), tables) == expected


# --- All together -------------------------------------------------------------------------------------


def test_versions_without_a_document_are_named_if_the_log_has_two_and_nothing_is_against():
    empty = layout_of([["KSB"]])
    only_one = tables_of(SILENT, log=[("a", "1.1", "2022-01-01")])
    assert judged(empty, only_one) == NOTHING
    two = tables_of(SILENT, log=[("a", "1.3", "2022-01-01"), ("a", "1.2", "2023-01-01")])
    assert judged(empty, two).sentences == (NOT_HELD.replace("1.1", "1.2, 1.3"),)
    tables = tables_of(SILENT, log=[("a", "1.0", "2022-01-01"), ("a", "2.0", "2023-01-01")])
    assert judged(empty, tables) == NOTHING
    assert judged(empty, two, source="v2.0").sentences == ("The file names version 2.0, and not 1.0.",)


def test_what_is_against_is_shown_first_and_the_strongest_is_the_headline():
    rows = [["KSB", "Version", "Text"], ["K1", "1.0", LETTERS], ["K1", "2.0", "2" + LETTERS]]
    tables = tables_of([("a", "K1", LETTERS), ("b", "K1", "nothing like it")])
    found = judged(layout_of(rows), tables)
    assert found.against == "1 of its 2 rows are not of a."
    assert found.sentences == (
        "1 of 2 rows says version 1.0, 1 say 2.0: learners stay on the version that they started on. Remap "
        "only those of 1.0, with --where and a column that shows the version: "
        '--where "Version=1.0".',
        "2 of 2 wordings beside the codes are those of a.",
        SAME_CODES,
    )
    # The label comes before the rows, and both are shown.
    both = judged(layout_of(rows), tables, source="v2.0")
    assert both.against == "This file looks like b, not like a."
    assert both.sentences[:2] == ("The file names version 2.0, and not 1.0.", found.sentences[0])


def test_a_header_and_an_empty_cell_name_no_version_of_a_row():
    sentences = ("1 of 1 rows says version 1.0.", NOT_HELD)
    assert judged_rows("Version (2.0)", "1.0").sentences[1:] == sentences
    assert judged_rows("Version", "1.0", "").sentences[1:] == sentences
