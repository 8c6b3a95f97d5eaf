"""Standards of other shapes than the first occupation have the same tables in each form."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables
from made_up_standards import FORMS, STANDARDS, SUFFIXES


def options(standard):
    """Return the option of each code: core if a core duty names it, else its options."""
    found = {}
    for option, _, codes in standard.duties:
        for code in codes:
            found.setdefault(code, {})[option] = None
    return {code: "core" if "core" in names else "; ".join(names) for code, names in found.items()}


@pytest.mark.parametrize("shape", STANDARDS)
@pytest.mark.parametrize("form", FORMS)
def test_a_standard_of_each_shape_in_each_form(shape, form):
    standard = STANDARDS[shape]
    parsed = parse_document(bytes_to_document(FORMS[form](standard), f"mine{SUFFIXES[form]}"))
    tables = parsed_to_tables([parsed])
    option_of = options(standard)
    assert tables.statements[["code", "text", "option"]].values.tolist() == [
        [code, text, option_of.get(code, "")] for code, text in standard.ksbs
    ]
    assert tables.duties[["code", "option", "text"]].values.tolist() == [
        [f"D{number}", option, text] for number, (option, text, _) in enumerate(standard.duties, 1)
    ]
    pairs = {(row.duty, row.code) for row in parsed.rows.duty_ksbs}
    assert pairs == {
        (f"D{number}", code) for number, (_, _, codes) in enumerate(standard.duties, 1) for code in codes
    }
    facts = tables.documents.loc[0, ["reference", "version", "level"]].tolist()
    assert facts == [standard.reference, "1.2", standard.level]
    assert [row.rule for row in parsed.findings if row.severity != "note"] == []
