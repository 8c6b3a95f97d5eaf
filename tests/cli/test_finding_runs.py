"""Lines that are not placed are shown as one row if there are several one after the other."""

from __future__ import annotations

from curriculum.cli.finding_runs import findings_to_shown


def rows(*lines, rule="unplaced-line"):
    return [
        {"where": f"line {line}", "severity": "warning", "rule": rule, "message": f"not placed: “{line}”"}
        for line in lines
    ]


def shown(*groups):
    return [(row["where"], row["message"]) for row in findings_to_shown([row for g in groups for row in g])]


def test_a_run_of_lines_is_one_row():
    assert shown(rows(3, 5, 7, 12)) == [
        ("lines 3 to 12", "4 lines are not placed, from “3” to “12”"),
    ]


def test_a_gap_or_another_rule_ends_a_run():
    assert [where for where, _ in shown(rows(1, 2, 3, 4), rows(10, 11, 12, 13))] == [
        "lines 1 to 4",
        "lines 10 to 13",
    ]
    other = rows(5, rule="spacing")
    assert [where for where, _ in shown(rows(1, 2, 3), other, rows(6, 7, 8))] == [
        *("line 1", "line 2", "line 3", "line 5", "line 6", "line 7", "line 8"),
    ]


def test_few_lines_and_other_rules_are_shown_as_they_are():
    assert shown(rows(1, 2, 3)) == [(f"line {n}", f"not placed: “{n}”") for n in (1, 2, 3)]
    assert len(shown(rows(1, 2, 3, 4, 5, rule="spacing"))) == 5
    assert shown([]) == []


def test_nothing_is_left_out():
    many = rows(*range(1, 60, 3), 200, 201)
    found = shown(many)
    assert [where for where, _ in found] == ["lines 1 to 58", "line 200", "line 201"]
    assert "20 lines are not placed" in found[0][1]
