"""Tables of KSBs in which duties have rows of their own, or cells that span the rows of their KSBs."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document

PAIRS = [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "S1")]
WORDINGS = {"K1": "Hemp fibres.", "K2": "Prices of rope.", "S1": "Measure rope."}
DUTIES = {"D1": "Lay rope.", "D2": "Sell rope."}
SPANNING = """
| Code | Statement |
|---|---|
| Duty 1 Lay rope. | |
| K1 | Hemp fibres. |
| S1 | Measure rope. |
| Duty 2 Sell rope. | |
| K2 | Prices of rope. |
| S1 | Measure rope. |
"""
BESIDE = """
| Duty | KSB code | KSB |
|---|---|---|
| Duty 1 Lay rope. | K1 | Hemp fibres. |
| | S1 | Measure rope. |
| Duty 2 Sell rope. | K2 | Prices of rope. |
| | S1 | Measure rope. |
"""


def html(cell):
    rows = [
        f'<tr><{cell} colspan="2">Duty 1 Lay rope.</{cell}></tr>',
        "<tr><td>K1</td><td>Hemp fibres.</td></tr>",
        "<tr><td>S1</td><td>Measure rope.</td></tr>",
        f'<tr><{cell} colspan="2">Duty 2 Sell rope.</{cell}></tr>',
        "<tr><td>K2</td><td>Prices of rope.</td></tr>",
        "<tr><td>S1</td><td>Measure rope.</td></tr>",
    ]
    return f"<h1>Rope maker</h1><h2>Duties</h2><table>{''.join(rows)}</table>"


MERGED = (
    "<h1>Rope maker</h1><table><tr><th>Duty</th><th>KSB code</th><th>KSB</th></tr>"
    '<tr><td rowspan="2">Duty 1 Lay rope.</td><td>K1</td><td>Hemp fibres.</td></tr>'
    "<tr><td>S1</td><td>Measure rope.</td></tr>"
    '<tr><td rowspan="2">Duty 2 Sell rope.</td><td>K2</td><td>Prices of rope.</td></tr>'
    "<tr><td>S1</td><td>Measure rope.</td></tr></table>"
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"# Rope maker\n\n## Duties\n{SPANNING}", "mine.md"),
        (f"# Rope maker\n{SPANNING}", "mine.md"),
        (f"# Rope maker\n{BESIDE}", "mine.md"),
        (html("td"), "mine.html"),
        (html("th"), "mine.html"),
        (MERGED, "mine.html"),
    ],
)
def test_duties_above_and_beside_their_ksbs(text, name):
    parsed = parse_document(bytes_to_document(text.encode(), name))
    assert {row.code: row.text for row in parsed.statements} == WORDINGS
    assert {row.code: row.text for row in parsed.duties} == DUTIES
    assert sorted((pair.duty, pair.code) for pair in parsed.rows.duty_ksbs) == PAIRS
    assert not [row for row in parsed.findings if row.rule != "reading"]
