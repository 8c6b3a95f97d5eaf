"""Tables of duties and KSBs with ticks: the ticks are pairs, or what cannot be read is an error."""

from __future__ import annotations

import pytest
from tests.parsing.test_code_cells import KSBS, errors, parse

ROWS = (("Duty", "K1", "K2", "S1"), ("Duty 1: Throw.", "x", "", "✓"), ("Duty 2: Fire.", "No", "Yes", "-"))


def html(rows):
    table = "".join(f"<tr>{''.join(f'<td>{text}</td>' for text in row)}</tr>" for row in rows)
    ksbs = "".join(f"<p>{line}</p>" for line in KSBS)
    return parse(f"<h2>KSBs</h2>{ksbs}<h2>Duties and KSBs</h2><table>{table}</table>", "mine.html")


def markdown(rows):
    table = "\n".join(f"| {' | '.join(row)} |" for row in (rows[0], ["---"] * len(rows[0]), *rows[1:]))
    return parse(f"# Potter\n\n## Duties\n\n{table}\n\n## KSBs\n\n" + "\n".join(KSBS), "mine.md")


def pairs(one):
    return sorted((row.duty, row.code) for row in one.rows.duty_ksbs)


@pytest.mark.parametrize("read", [html, markdown])
@pytest.mark.parametrize("names", [("Duty 1: Throw.", "Duty 2: Fire."), ("Throw.", "Fire.")])
def test_ticks_below_the_codes_are_pairs(read, names):
    rows = [ROWS[0], *((name, *row[1:]) for name, row in zip(names, ROWS[1:], strict=True))]
    one = read(rows)
    assert [(row.code, row.text) for row in one.duties] == [("D1", "Throw."), ("D2", "Fire.")]
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert [row for row in one.findings if row.severity != "note"] == []


def test_a_mark_that_is_no_tick_is_an_error():
    one = html([*ROWS[:2], ("Duty 2: Fire.", "partly", "x", "")])
    assert pairs(one) == [("D1", "K1"), ("D1", "S1"), ("D2", "K2")]
    assert errors(one)[0].startswith(
        "the cell “partly” of the column “K1” cannot be read as codes: “Duty 2: Fire.” has no KSB from it"
    )


def test_a_column_for_each_duty_beside_the_ksbs_is_no_second_list_of_duties():
    one = parse(
        "# Potter\n\n## Duties\n\n- Duty 1 Throw.\n- Duty 2 Fire.\n\n## KSBs\n\n"
        "| Code | Statement | Duty 1 | Duty 2 |\n|---|---|---|---|\n"
        "| K1 | Kinds of clay | Yes | No |\n| S1 | Throw a pot | No | Yes |\n",
        "mine.md",
    )
    assert [row.text for row in one.statements] == ["Kinds of clay", "Throw a pot"]
    assert [row.code for row in one.duties] == ["D1", "D2"]
    assert pairs(one) == [("D1", "K1"), ("D2", "S1")]
    assert errors(one) == []
