"""What to do for a step, for every combination of what changed: literal sentences."""

from __future__ import annotations

from itertools import combinations

import pytest

from curriculum.analysis.version_facts import PartChange
from curriculum.analysis.version_tasks import StepFacts, step_to_tasks
from curriculum.crosswalk.headline_rows import Headline

UNTOUCHED = Headline(16, 0, 0, "untouched")
EDITED = Headline(16, 0, 0, "edited")


def statement(name, change, waiting=False):
    return PartChange("statements", name, "old words", "new words", change, "", waiting)


def fact(part, name, old, new):
    return PartChange(part, name, old, new, "changed")


FUNDING = fact("funding", "Maximum funding", "£9,000", "£10,000")
DATE = fact("dates", "Date updated", "1 May 2020", "1 May 2021")


def alone(part):
    return PartChange(part, "", "", "", "not compared", "version 1.1 alone prints them")


CASES = {
    "nothing": (
        UNTOUCHED,
        [],
        [("nothing to do", "Nothing changed in what both versions print.")],
    ),
    "funding alone": (
        UNTOUCHED,
        [FUNDING],
        [
            (
                "nothing to do",
                "Only the maximum funding (£9,000 to £10,000) changed. Nothing to do for codes and "
                "materials.",
            )
        ],
    ),
    "funding, the plan not compared": (
        UNTOUCHED,
        [FUNDING, alone("themes"), alone("grading descriptors")],
        [
            (
                "nothing to do",
                "Of what both versions print, only the maximum funding (£9,000 to £10,000) changed. Nothing "
                "to do for codes and materials.",
            ),
            (
                "good to know",
                "Not compared, as only one of the versions prints them: themes and grading descriptors.",
            ),
        ],
    ),
    "dates alone": (
        UNTOUCHED,
        [DATE],
        [("nothing to do", "Only the dates changed. Nothing to do for codes and materials.")],
    ),
    "renumbered": (
        Headline(16, 8, 0, "renumbered"),
        [statement("S1 to S2", "identical; renumbered"), statement("S2 to S1", "identical; renumbered")],
        [("remap", "8 of 16 codes now name another statement. Remap your trackers and materials.")],
    ),
    "renumbered to codes that are new": (
        Headline(10, 0, 0, "renumbered"),
        [statement("K1 to TK1", "identical; renumbered")],
        [("remap", "1 statement has another code. Remap your trackers and materials.")],
    ),
    "one dropped, the others renumbered": (
        Headline(15, 8, 1, "edited"),
        [
            statement("K6", "no counterpart found", waiting=True),
            statement("K7 to K6", "identical; renumbered"),
        ],
        [
            (
                "remap",
                "8 of 15 codes now name another statement (of these, 1 without a counterpart found). Remap "
                "your trackers and materials.",
            ),
            ("decide", "1 proposal waits for review. Decide before you rely on it."),
            (
                "check",
                "No counterpart was found for 1 statement (K6; waiting for review). Check before you drop "
                "material.",
            ),
        ],
    ),
    "four edited, the codes the same": (
        EDITED,
        [statement(code, "reworded") for code in ("K2", "K3", "S4", "S5")],
        [("read", "4 statements were edited (K2, K3, S4, S5). Read them.")],
    ),
    "split, of which one link waits": (
        EDITED,
        [
            statement("S2 to S2", "split", waiting=True),
            statement("S2 to S3", "split; renumbered"),
        ],
        [
            ("remap", "1 statement has another code. Remap your trackers and materials."),
            ("decide", "1 proposal waits for review. Decide before you rely on it."),
            (
                "read",
                "1 statement was edited, merged or split (S2; waiting for review). Read it.",
            ),
        ],
    ),
    "edited, with another level of responsibility": (
        EDITED,
        [
            PartChange("statements", "S2", "Assist", "Lead", "reworded", "", False, "raised"),
            PartChange("statements", "S4", "Lead", "Assist", "reworded", "", True, "lowered"),
        ],
        [
            ("decide", "1 proposal waits for review. Decide before you rely on it."),
            ("read", "2 statements were edited (S2, S4; 1 waiting for review). Read them."),
            (
                "check",
                "The level of responsibility was raised in 1 statement (S2) and lowered in 1 statement (S4; "
                "waiting for review). Check the level of your teaching and assessment.",
            ),
        ],
    ),
    "edited beside other dates": (
        EDITED,
        [statement("K2", "reworded"), DATE],
        [("read", "1 statement was edited (K2). Read it.")],
    ),
    "edited beside another funding": (
        EDITED,
        [statement("K2", "reworded"), FUNDING, DATE],
        [
            ("read", "1 statement was edited (K2). Read it."),
            (
                "nothing to do",
                "The maximum funding (£9,000 to £10,000) and dates changed. Nothing to do for codes and "
                "materials.",
            ),
        ],
    ),
    "split": (
        EDITED,
        [
            statement("K2", "split; reworded"),
            statement("K2 to K9", "split; reworded; renumbered", waiting=True),
        ],
        [
            ("remap", "1 statement has another code. Remap your trackers and materials."),
            ("decide", "1 proposal waits for review. Decide before you rely on it."),
            ("read", "1 statement was edited, merged or split (K2; waiting for review). Read it."),
        ],
    ),
    "withdrawn by a person": (
        EDITED,
        [statement("K6", "withdrawn")],
        [("good to know", "1 statement was withdrawn, as decided (K6).")],
    ),
    "small marks": (
        UNTOUCHED,
        [statement("K6", "editorial")],
        [("nothing to do", "1 statement differs in small marks alone (K6). Nothing to do.")],
    ),
    "rewritten": (
        Headline(12, 11, 9, "rewritten"),
        [statement(f"K{at}", "no counterpart found", waiting=True) for at in range(1, 10)]
        + [statement("K20", "new", waiting=True)],
        [
            (
                "remap",
                "11 of 12 codes now name another statement (of these, 9 without a counterpart found). Remap "
                "your trackers and materials.",
            ),
            ("decide", "10 proposals wait for review. Decide before you rely on them."),
            (
                "plan teaching",
                "The statements were rewritten. Plan teaching from the worklist of the report.",
            ),
            (
                "plan teaching",
                "1 statement is new (K20; waiting for review). Plan how to teach and assess it.",
            ),
            (
                "check",
                "No counterpart was found for 9 statements (waiting for review). Check before you drop "
                "material.",
            ),
        ],
    ),
    "unrelated": (
        Headline(12, 12, 12, "unrelated"),
        [statement("K1", "no counterpart found", waiting=True)],
        [
            (
                "check the files",
                "Hardly any statement of version 1.0 was found in version 1.1. Check that both are "
                "versions of one standard.",
            )
        ],
    ),
    "the plan": (
        UNTOUCHED,
        [
            PartChange("assessment methods", "Interview", "", "Interview", "added"),
            PartChange("grading descriptors", "Tools, pass", "a", "b", "changed"),
        ],
        [
            (
                "check",
                "The assessment plan changed (assessment methods: 1 added; grading descriptors: 1 changed). "
                "Check your assessment materials.",
            )
        ],
    ),
    "duties, pairs, options": (
        UNTOUCHED,
        [
            PartChange("duties", "D1", "a", "b", "reworded"),
            PartChange("duty-KSB pairs", "D1 and K1", "D1 and K1", "", "removed"),
            PartChange("options", "Boats", "Boats", "", "removed"),
        ],
        [
            ("check", "The duties changed (1 reworded). Compare your scheme of work with them."),
            (
                "check",
                "Duties name other KSBs than before (1 removed). Check which duty covers which KSB.",
            ),
            ("check", "The options changed (1 removed). Check the option of each apprentice."),
        ],
    ),
    "facts": (
        UNTOUCHED,
        [
            fact("duration", "Typical duration", "18", "24"),
            fact("level", "level", "2", "3"),
            fact("title", "title", "Mender", "Builder"),
            fact("status", "status", "Retired", "Approved for delivery"),
            fact("EQA provider", "EQA provider", "Ofqual", "OfS"),
            fact("regulation", "Regulated occupation", "No", "Yes"),
        ],
        [
            ("check", "The typical duration (18 to 24) changed. Check the length of your programme."),
            (
                "check",
                "The level (2 to 3) changed. Check what your documents and your entry requirements say.",
            ),
            ("check", "The title (Mender to Builder) changed. Use the new title in your documents."),
            ("check", "The regulated occupation (No to Yes) changed. Check what the regulator asks for."),
            (
                "check",
                "The status of version 1.0 is “Retired”, and that of version 1.1 “Approved for delivery”. "
                "Check which version new apprentices start on.",
            ),
            (
                "nothing to do",
                "The EQA provider (Ofqual to OfS) changed. Nothing to do for codes and materials.",
            ),
        ],
    ),
    "no statements in one": (
        None,
        [FUNDING],
        [
            (
                "nothing to do",
                "The maximum funding (£9,000 to £10,000) changed. Nothing to do for codes and materials.",
            ),
            (
                "check the files",
                "Codes are not compared, as not both versions print statements. Name files that hold them.",
            ),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_to_do(case):
    headline, changes, expected = CASES[case]
    tasks = step_to_tasks(StepFacts("version 1.0", "version 1.1", headline, changes))
    assert [tuple(task) for task in tasks] == expected


def test_versions_between_are_told():
    tasks = step_to_tasks(StepFacts("version 1.0", "version 1.3", UNTOUCHED, [], ("1.1", "1.2")))
    assert tasks[-1].sentence == (
        "Versions 1.1 and 1.2 are not here. This step shows the changes of several versions together."
    )


def test_codes_by_place_are_told_where_codes_differ():
    changes = [statement("K3 to K2", "identical; renumbered")]
    step = StepFacts(
        "version 1.0", "version 1.1", Headline(9, 1, 0, "renumbered"), changes, by_place="version 1.1"
    )
    assert step_to_tasks(step)[0].sentence == (
        "The record of version 1.1 prints no codes: here they are counted in the order of its statements. If "
        "the other version leaves a number out, all later codes differ. Compare them with the published page "
        "before you remap."
    )
    quiet = step_to_tasks(StepFacts("a", "b", UNTOUCHED, [], by_place="b"))
    assert [task.action for task in quiet] == ["nothing to do"]


def test_two_approved_versions_are_told():
    tasks = step_to_tasks(StepFacts("a", "b", UNTOUCHED, [FUNDING], are_approved=True))
    assert [task.sentence for task in tasks] == [
        "Only the maximum funding (£9,000 to £10,000) changed. Nothing to do for codes and materials.",
        "Both versions are approved for delivery. Check which one each apprentice is on.",
    ]


def test_two_texts_of_one_version():
    tasks = step_to_tasks(StepFacts("a", "b", EDITED, [statement("K1", "reworded")], (), True))
    assert tasks[0].sentence == (
        "Both have the same version number, but not the same text. Find out which one is in force."
    )


def test_many_codes_are_not_listed():
    changes = [statement(f"K{at}", "reworded", waiting=at < 3) for at in range(12)]
    sentence = step_to_tasks(StepFacts("a", "b", EDITED, changes))[1].sentence
    assert sentence == "12 statements were edited (3 waiting for review). Read them."


# Each with the words by which its sentence is known.
PARTS = {
    "statements": (statement("K2", "reworded"), "1 statement was edited (K2)"),
    "duties": (PartChange("duties", "D1", "a", "b", "reworded"), "The duties changed"),
    "pairs": (PartChange("duty-KSB pairs", "D1 and K1", "x", "", "removed"), "Duties name other KSBs"),
    "options": (PartChange("options", "Boats", "Boats", "", "removed"), "The options changed"),
    "plan": (PartChange("themes", "Tools", "Tools", "", "removed"), "The assessment plan changed"),
    "text": (PartChange("other text", "Overview", "a", "b", "changed"), "Text changed (“Overview”)"),
    "duration": (fact("duration", "Typical duration", "18", "24"), "The typical duration (18 to 24)"),
    "funding": (FUNDING, "aximum funding (£9,000 to £10,000)"),
}


@pytest.mark.parametrize("n_parts", range(len(PARTS) + 1))
def test_every_combination_of_changes_names_each_of_them(n_parts):
    for names in combinations(PARTS, n_parts):
        changes = [PARTS[name][0] for name in names]
        tasks = step_to_tasks(StepFacts("version 1.0", "version 1.1", UNTOUCHED, changes))
        text = " ".join(task.sentence for task in tasks)
        assert [name for name, (_, words) in PARTS.items() if words in text] == list(names)
        assert ("Nothing changed" in text) == (not names)
        assert ("Only the" in text) == (names == ("funding",))
        assert [task.action for task in tasks].count("nothing to do") == ("funding" in names or not names)


def test_what_is_not_compared_is_never_called_changed():
    changes = [alone(change.part) for change, _ in PARTS.values()]
    text = " ".join(task.sentence for task in step_to_tasks(StepFacts("a", "b", UNTOUCHED, changes)))
    assert text == (
        "Nothing changed in what both versions print. Not compared, as only one of the "
        "versions prints them: statements, duties, duty-KSB pairs, options, themes and other text."
    )
