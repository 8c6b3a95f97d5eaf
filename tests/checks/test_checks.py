"""Each rule on a small text, and all of them on the five documents."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from curriculum.checks.all_findings import parsed_to_findings
from curriculum.checks.rules import RULES
from curriculum.checks.wording import wording_findings
from curriculum.parsing.lines import Line

ROOT = Path(__file__).resolve().parents[2]
SEVERITIES = {rule.name: rule.severities for rule in RULES}

# A text in which nothing is odd; each case below breaks one thing of it.
SOUND = """
Key information
Reference: ST9999
Version: 1.1
Level: 3
Typical duration to gateway: 18 months
Typical EPA period: 2 months
Core occupation duties
Duty KSBs
Duty 1 Shoe horses of all breeds.
K1 S1
Duty 2 Run a forge safely.
K2
Option duties
Racing duties
Duty KSBs
Duty 3 Prepare racehorses.
K3
KSBs
Knowledge
K1: The anatomy of the hoof.
K2: The heating of iron in a forge.
K3: Plates for racing.
Skills
S1: Trim the hoof to its balance.
Apprenticeship assessment plan
V1.1
This is a core and options apprenticeship with 2 core duties. There are 3 duties in all.
The options are:
• Racing
This plan has 2 assessment methods.
Assessment method 1 - practical test:
Assessment method 2 - interview:
Interview
Overview
The interview must last 60 minutes. The assessor must ask at least 5 questions. They are on these themes:
• Anatomy
• Forge
• Racing (racing option)
Grading
Interview
Theme
KSBs
Pass
Distinction
Anatomy
K1 S1
Explains the hoof and shows how to trim it.
K1 S1
Weighs methods of trimming.
S1
Forge
K2
Explains the forge.
K2
No distinction grading criteria.
(Racing) Racing
K3
Describes plates.
K3
No distinction grading criteria.
KSB mapping table
Knowledge Assessment methods
K1: Core.
The anatomy of the hoof.
Interview
K2: Core.
The heating of iron in a forge.
Interview
K3: Racing.
Plates for racing.
Interview
Skill Assessment methods
S1: Core.
Trim the hoof to its balance.
Interview
"""
DUTIES = """
Farrier standard
Overview
Farriers shoe horses.
Duties
Duty 1: shoe horses
K1: The anatomy of the hoof
S1: Trim the hoof
Option A: Racing
Duty 2: shoe racehorses
K2: Plates for racing
"""


def found(parsed):
    return [(row.rule, row.line, row.severity, row.message) for row in parsed_to_findings(parsed)]


def test_a_sound_text_has_no_finding(read):
    assert found(read(SOUND)) == []
    assert found(read(DUTIES)) == []


def test_the_knowledge_of_a_unit_can_go_on_with_the_numbers_of_its_criteria(read):
    unit = (
        "Bake bread\nPerformance criteria\nYou must be able to:\n1. weigh flour\n2. knead dough\n"
        "Knowledge and understanding\nYou need to know and understand:\n{}. how yeast works\n4. flour"
    )
    assert [row[0] for row in found(read(unit.format(3))) if row[0] == "numbering-gap"] == []
    assert [row[3] for row in found(read(unit.format(3).replace("4. flour", "5. types")))] == [
        "K4 is nowhere: the numbers go on to K5"
    ]


def broken(*changes):
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


CASES = [
    # --- numbers and codes
    (
        broken(("Duty 2 Run", "Duty 4 Run"), ("There are 3 duties in all.", "")),
        [
            ("numbering-gap", 11, "warning", "D2 is nowhere: the numbers go on to D4"),
            ("numbering-order", 16, "note", "D3 is printed behind D4"),
        ],
    ),
    (
        "Farrier\nK1: The hoof\nK2: The shoe\nK2: The forge and its heat",
        [
            (
                "several-wordings",
                3,
                "warning",
                "K2 is printed with 2 wordings: “shoe” on line 3; “forge and its heat” on line 4",
            ),
            ("duplicate-code", 4, "error", "K2 is in this list already, on line 3, with another wording"),
        ],
    ),
    (
        "Farrier\nK1: The hoof\nK2: The shoe\nK2: The shoe.",
        [("duplicate-code", 4, "warning", "K2 is in this list already, on line 3, in the same words")],
    ),
    (
        "Farrier\nK1: The hoof\nK3: The shoe",
        [("numbering-gap", 3, "warning", "K2 is nowhere: the numbers go on to K3")],
    ),
    (
        broken(("Duty 2 Run a forge safely.\nK2", "Duty 2 Run a forge safely.\nK2 K9")),
        [("undefined-code", 12, "error", "duty 2 names K9, which is defined nowhere")],
    ),
    # --- who names whom
    (
        broken(("K1 S1\nDuty 2", "S1\nDuty 2")),
        [("no-duty", 20, "warning", "K1 is named by no duty")],
    ),
    (
        broken(
            (
                "K1 S1\nExplains the hoof and shows how to trim it.\nK1 S1",
                "S1\nExplains how to trim the hoof.\nS1",
            )
        ),
        [
            ("no-theme", 20, "error", "K1 is grouped by no theme"),
        ],
    ),
    (
        broken(
            (
                "K1 S1\nExplains the hoof and shows how to trim it.\nK1 S1",
                "S1\nExplains how to trim the hoof.\nS1",
            ),
            (
                "K1: Core.\nThe anatomy of the hoof.\nInterview",
                "K1: Core.\nThe anatomy of the hoof.\nPractical test",
            ),
        ),
        [],
    ),
    (
        broken(
            ("Explains the hoof and shows how to trim it.\nK1 S1\n", "Explains the hoof.\nS1\n"),
        ),
        [("no-descriptor", 45, "warning", "K1 is named by no descriptor of its theme “Anatomy”")],
    ),
    (
        broken(("S1: Core.\nTrim the hoof to its balance.\nInterview\n", "")),
        [("no-method", 24, "warning", "S1 is not in the mapping table")],
    ),
    (
        broken(
            (
                "Racing duties\nDuty KSBs\nDuty 3 Prepare racehorses.\nK3",
                "Racing duties\nDuty KSBs\nDuty 3 Prepare racehorses.\nK1 K3",
            ),
            ("K1 S1\nDuty 2", "S1\nDuty 2"),
        ),
        [("core-under-option", 20, "warning", "K1 is core, and only D3 of an option names it")],
    ),
    (
        broken(("Duty 3 Prepare racehorses.\nK3", "Duty 3 Prepare racehorses.\nK1 K3")),
        [("core-under-option", 16, "note", "D3 is for the option Racing; core duties name its K1 too")],
    ),
    (
        broken(("Duty 2 Run a forge safely.\nK2", "Duty 2 Run a forge safely.\nK2 K3")),
        [("option-under-core", 22, "warning", "K3 is for the option Racing, and D2 (core) names it")],
    ),
    (
        broken(
            ("Duty 2 Run a forge safely.\nK2", "Duty 2 Run a forge safely.\nK1 K2 S1"),
            ("K1 S1\nDuty 2", "K1 K2 S1\nDuty 2"),
        ),
        [("same-ksbs", 12, "warning", "D1 and D2 name exactly the same 3 KSBs")],
    ),
    # --- one table compared with another
    (
        broken(("(Racing) Racing\nK3", "Racing\nK3")),
        [],
    ),
    (
        broken(
            ("K3: Racing.\nPlates for racing.\nInterview", "K3: Racing.\nPlates for racing.\nPractical test")
        ),
        [
            (
                "method-differs",
                71,
                "error",
                "K3 is assessed by M1 in the mapping table and by M2 in the theme “Racing” (line 56)",
            )
        ],
    ),
    # --- what a document says of itself
    (
        broken(("with 2 core duties", "that has three core duties")),
        [("count-differs", 27, "error", "announces “three core duties”, and the document prints 2")],
    ),
    (
        broken(("There are 3 duties in all.", "There are 5 duties in all.")),
        [
            (
                "count-differs",
                27,
                "error",
                "announces “5 duties”, and the document prints 3, of which each apprentice has 3",
            )
        ],
    ),
    (
        broken(("This plan has 2 assessment methods.", "This plan has three assessment methods.")),
        [("count-differs", 30, "error", "announces “three assessment methods”, and the document prints 2")],
    ),
    (
        broken(
            (
                "There are 3 duties in all.",
                "There are at least 2 duties or more, and one assessment method or more.",
            )
        ),
        [],
    ),
    (
        broken(
            (
                "The interview must last 60 minutes.",
                "The interview must last 60 minutes.\nIt will last up to 90 minutes.",
            )
        ),
        [
            (
                "stated-differently",
                36,
                "warning",
                "Interview, how long it lasts: “60 minutes” on line 35 and “up to 90 minutes” on line 36",
            )
        ],
    ),
    (
        broken(("V1.1\n", "V1.0\n")),
        [("stated-differently", 26, "error", "the version: “1.1” on line 3 and “1.0” on line 26")],
    ),
    (
        broken(("• Racing\nThis", "• Hunting\nThis")),
        [
            ("list-differs", 28, "warning", "of the options listed here, “Hunting” is in no table"),
            ("list-differs", 28, "warning", "of the options listed here, “Racing” of the tables is missing"),
        ],
    ),
    (
        broken(("• Forge\n", "")),
        [("list-differs", 35, "warning", "of the themes listed here, “Forge” of the tables is missing")],
    ),
    (
        broken(("The options are:\n• Racing\n", "The options are:\n")),
        [],
    ),
    # --- wording
    (
        "Farrier\nK1: How to keep records of each horse that was shod and when\n"
        "K2: The hoof\nS1: Keep records of each horse that was shod and when",
        [
            (
                "near-duplicate",
                4,
                "note",
                "S1 says nearly what K1 says on line 2 (93 of 100): “Keep records of each horse that was "
                "shod and when”",
            )
        ],
    ),
    (
        "Farrier\nS1: Compile reports in line with the requirements of owners\n"
        "S2: Compile reports and invoices, drawing on the books of all the forges, in line with the "
        "requirements of owners and vets",
        [
            (
                "near-duplicate",
                2,
                "warning",
                "every word of S1 is in S2 (line 3): “Compile reports in line with the "
                "requirements of owners”",
            )
        ],
    ),
    (
        "Farrier\nS1: Book a smith to meet the needs of owners and a vet to meet the needs of owners\n"
        "S2: Trim and and/or file",
        [
            ("repeated-words", 2, "warning", "S1 repeats itself: “to meet the needs of owners”"),
            ("repeated-words", 3, "warning", "a word twice in “S2: Trim and and/or file”"),
        ],
    ),
    (
        "Farrier\nS1: Be responsibille for the forge\nS2: Recieve owners and their horses\n"
        "S3: Look after the kerb, swarf and moulding of aluminium",
        [
            ("misspelt-word", 2, "warning", "“responsibille” looks misspelt (“responsible”?)"),
            ("misspelt-word", 3, "warning", "“Recieve” looks misspelt (“receive”?)"),
        ],
    ),
    (
        "Farrier\nS1: Trim hooves,and file them -Always with care\n"
        "S2: Count horses, shoes and nails (e.g. by week)",
        [("spacing", 2, "note", "odd space in “S1: Trim hooves,and file them”")],
    ),
    (
        broken(
            ("This plan has 2", "Hand in the plan by the end of week You have 4 to do so. This plan has 2")
        ),
        [
            (
                "broken-sentence",
                30,
                "warning",
                "begins anew in mid-phrase: “by the end of week You have 4 to do so.”",
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_rule_on_a_small_text(read, text, expected):
    assert found(read(text)) == expected


# Sentences that are sound, however they count or measure; each is put into the section of the interview.
SENTENCES = [
    "Breaks must last 10 minutes. The questioning must last 30 minutes within these.",
    "Task 1 must last 10 hours. The rest break must last for at least 15 minutes.",
    "The interview should last one hour. It will take 60 minutes.",
    "The assessor will ask at least five questions. They must ask a minimum of 5 questions.",
    "Multiple-choice questions must have four options. There are 4 options for each question.",
    "The employer has three options for the venue: here, there, or online.",
    "There are three methods of delivery. There are two core duties that need a check.",
    "There are 2 core duties and each apprentice takes one option of 1 duty.",
    "A part-time apprentice typically spends 24 months on-programme.",
    "ST0117 Software development technician is a progression route.",
    "This leads to the next one, software development technician level 4",
    "He had had a horse; it is known that that horse was shod at 9.30am for £1.50 (see www.horse.co.uk).",
    "They must ask a maximum of 12 questions. They must ask at least 2 follow-up questions.",
    "The assessor must ask at least 2 questions about the option. They will ask 3 questions on each theme.",
    "The assessor must ask at least 2 questions after each task. In a re-sit, they must ask 3 questions.",
    "For a deaf apprentice, the interview must last for 90 minutes.",
    "Where an interpreter is used, the interview must last 75 minutes.",
    "Two assessment methods are graded. Four duties cover safety. This method assesses 4 duties.",
    "It assesses 4 core duties and 6 option duties. Learners carry out 4 core duties daily.",
    "Goods are found in in-store systems; log on on-site, log in in advance.",
    "It is the difference between the needs of the customer and the needs of the business.",
    "The mark is 1.5, the standard is ISO 9001:2015; use C++, .NET and Node.js, e.g. in 3D.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences_that_contradict_nothing_have_no_finding(read, sentence):
    text = broken(("The interview must last 60 minutes.", f"{sentence}\nThe interview must last 60 minutes."))
    assert found(read(text)) == []


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        ("It will last at least 60 minutes.", "warning"),
        ("The interview will take a maximum of 60 minutes.", "warning"),
        ("The interview must last no more than 45 minutes.", "error"),
        ("The assessment method must last 2 hours.", "error"),
        ("You will be asked at least 8 questions.", "error"),
        ("The assessor must ask four open questions.", "error"),
        ("The assessor must ask 5 questions.", "warning"),
    ],
)
def test_values_are_compared_and_not_their_words(read, sentence, severity):
    text = broken(("The interview must last 60 minutes.", f"{sentence}\nThe interview must last 60 minutes."))
    assert [(rule, graveness) for rule, _, graveness, _ in found(read(text))] == [
        ("stated-differently", severity)
    ]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (("There are 3 duties in all.", "The role includes twenty duties."), ["count-differs"]),
        (("There are 3 duties in all.", f"There are {'9' * 5000} duties."), []),
        (
            ("This plan has 2 assessment methods.", "It consists of 3 discrete assessment methods."),
            ["count-differs"],
        ),
        (("This is a core", "Option 1: Hunting – with hounds\nThis is a core"), ["list-differs"]),
        (("Level: 3\n", "Level: 3\nST9999, farrier level 4\n"), ["stated-differently"]),
        (("V1.1\n", "V1.1\nST8888, farrier level 3\n"), ["stated-differently"]),
        (("(Racing) Racing\nK3", "(Hunting) Racing\nK3"), ["option-differs", "option-differs"]),
        (("Explains the forge.\nK2\n", "Explains the forge.\nK2 K3\n"), ["descriptor-differs"]),
        (
            ("(Racing) Racing\nK3\n", "(Racing) Racing\nK2 K3\n"),
            ["several-themes", "no-descriptor", "option-differs"],
        ),
        (("Explains the hoof and shows", "Explains the the hoof and shows"), ["repeated-words"]),
    ],
)
def test_faults_of_many_kinds_are_found(read, change, rules):
    assert [row[0] for row in found(read(broken(change)))] == rules


def test_a_version_log_without_the_documents_own_version(read):
    log = (
        "Version log\nVersion\tChange detail\tEarliest start date\tLatest start date\tLatest end date\n"
        "1.0\tApproved for delivery\t01/08/2025\tNot set\tNot set\n"
    )
    assert [row[0] for row in found(read(SOUND + log))] == ["list-differs"]
    assert found(read(SOUND + log.replace("1.0", "1.1"))) == []


def test_four_option_duties_are_two_in_each_of_two_options(read):
    text = (
        DUTIES
        + "Duty 3: plate racehorses\nK2: Plates for racing\nOption B: Hunting\n"
        + "Duty 4: shoe hunters\nK3: Hunters\nDuty 5: clip hunters\nK3: Hunters\n"
    )
    rules = [
        row[0]
        for row in found(read(text.replace("shoe horses.\n", "shoe horses. There are 4 option duties.\n")))
    ]
    assert "count-differs" not in rules
    rules = [
        row[0]
        for row in found(read(text.replace("shoe horses.\n", "shoe horses. There are 3 option duties.\n")))
    ]
    assert "count-differs" in rules


def test_a_test_without_themes_or_descriptors_has_no_finding(read):
    text = broken(
        ("K2\nExplains the forge.\nK2\nNo distinction grading criteria.\n", "K2\n"),
    )
    assert [row[0] for row in found(read(text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "Farrier\nK1: " + " ".join(f"word{n}" for n in range(3000)),
        "Farrier\nK1: " + "a b " * 3000,
        "Farrier\n" + "\n".join(f"K{n}: The hoof and the shoe of the horse" for n in range(1, 600)),
        broken(
            (
                "There are 3 duties",
                f"{'horse ' * 4000} {'training ' * 4000} {'options ' * 4000} There are 3 duties",
            )
        ),
    ],
    ids=["words", "repeats", "equal", "line"],
)
def test_hostile_texts_take_no_more_than_seconds(read, text):
    assert len(parsed_to_findings(read(text))) < 1300


def test_names_that_differ_are_reported(read):
    text = DUTIES.replace("shoe horses.\n", "shoe horses.\nOption A: Racing and hunting – with plates\n")
    assert found(read(text)) == []
    numbered = DUTIES.replace("Option A: Racing", "Option 1: Racing").replace(
        "horses.\n", "horses.\nOption 1: Racing and hunting – with plates\n"
    )
    assert found(read(numbered)) == [
        (
            "several-names",
            9,
            "note",
            "option 1 is called “Racing and hunting” on line 4 and “Racing” on line 9",
        )
    ]
    questions = broken(
        ("Interview\nOverview", "Interview with questions\nOverview"),
        ("2 - interview:", "2 - interview and questions:"),
    )
    assert [row for row in found(read(questions)) if row[0] == "several-names"]


def test_a_line_that_announces_what_does_not_follow(read):
    text = broken(
        ("Interview\nOverview", "Introduction\nThe apprentice must do the following:\nInterview\nOverview")
    )
    assert found(read(text)) == [
        ("nothing-follows", 34, "warning", "nothing follows “The apprentice must do the following:”")
    ]


def test_every_finding_is_of_a_rule_and_every_rule_is_used():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    # A remark about a record becomes a finding.
    used = set(re.findall(r'(?:Finding|[Rr]emark)\(\s*"([a-z-]+)"', code))
    assert used == set(SEVERITIES)
    assert len(SEVERITIES) == len(RULES)


def test_findings_have_a_severity_of_their_rule(parsed):
    for document in parsed.values():
        for row in parsed_to_findings(document):
            assert row.severity in SEVERITIES[row.rule]


def test_near_duplicates_are_found_among_thousands(read):
    lines = [
        f"S{n}: Statement number {n} of many with numbers {'0123456789'[n % 10] * (n % 37 + 2)} {n * 7919}"
        for n in range(1, 1200)
    ]
    document = read(
        "Farrier\n"
        + "\n".join(lines)
        + "\nS1200: Trim the hoof of every horse with care\nS1201: Trim the hoof of every horse with cares"
    )
    rows = [row for row in wording_findings(document) if "S1201" in row.message]
    assert [row.rule for row in rows] == ["near-duplicate"]


# The findings of the five documents, counted by hand in their texts, without those of parsing.
FIVE = {
    "draft-2019": [
        ("count-differs", 31),
        ("count-differs", 33),
        ("near-duplicate", 49),
        ("repeated-words", 68),
        ("spacing", 90),
        ("spacing", 132),
        ("several-names", 204),
        ("core-under-option", 206),
        ("core-under-option", 222),
        ("several-names", 240),
        ("core-under-option", 241),
        ("numbering-order", 241),
        ("repeated-words", 244),
        ("core-under-option", 256),
    ],
    "nos-2017": [],
    "nos-2019": [("misspelt-word", 24), ("spacing", 56)],
    "st0792-1.0": [("repeated-words", 69), ("repeated-words", 104), ("spacing", 114), ("spacing", 183)],
    "st0792-1.2": [
        ("nothing-follows", 19),
        ("broken-sentence", 107),
        ("spacing", 121),
        ("same-ksbs", 227),
        ("near-duplicate", 337),
        ("spacing", 508),
        ("several-names", 518),
        ("stated-differently", 568),
        ("spacing", 901),
        ("misspelt-word", 988),
    ],
}


def test_findings_of_the_five_documents(parsed):
    lines = {
        name: [(row.rule, row.line) for row in parsed_to_findings(document) if row not in document.findings]
        for name, document in parsed.items()
    }
    assert lines == FIVE


def test_claims_of_the_draft_and_the_plan_about_themselves(parsed):
    draft = {row.message for row in parsed_to_findings(parsed["draft-2019"])}
    assert "announces “10 duties”, and the document prints 13, of which each apprentice has 11" in draft
    assert "announces “1 optional duty”, and the document prints 2 for each option" in draft
    plan = {row.message for row in parsed_to_findings(parsed["st0792-1.2"])}
    assert (
        "Presentation and questions, how long it lasts: “at least 60 minutes” on line 107 and “60 minutes” "
        "on line 568" in plan
    )
    assert "D9 and D10 name exactly the same 10 KSBs" in plan
    assert (
        "the assessment method “Presentation and questions” is also called “Presentation with questions”"
        in plan
    )


def spelling_messages(text):
    from curriculum.checks.spelling import misspelt_words

    return [row.message for row in misspelt_words([Line(1, text)])]


def test_a_repeated_word_of_a_trade_is_not_misspelt():
    from curriculum.checks.spelling import misspelt_words

    assert not [
        *misspelt_words([Line(1, "recieve and recieve"), Line(2, "Tapeless workflows, walkthroughs")])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "centres organise programme storyboard catalogue licence practise fulfil enrolment",
        "organize prioritizing anonymized organization storyboardize",
        "color behavior program license practice center fulfill",
        "the apprentice's learners' stakeholder’s don’t they've naïve café role",
        "rotoscoping timecode showrunner playout workflows livestreaming metadata upskilling",
        "json nmap kerb swarf requestors interventional exfiltrate reputational proteomic",
    ],
)
def test_words_of_either_spelling_and_terms_are_not_misspelt(text):
    assert spelling_messages(text) == []


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ofif", "off"),
        ("responsibille", "responsible"),
        ("shedule", "schedule"),
        ("recongnize", "recognise"),
        ("accomodate", "accommodate"),
        ("programe", "programme"),
        ("asessment", "assessment"),
        ("scedule", "schedule"),
        ("evisions", "revisions"),
    ],
)
def test_a_slip_of_the_keyboard_is_reported_with_the_word_that_is_meant(word, meant):
    message = f"“{word}” looks misspelt (“{meant}”?)"
    assert spelling_messages(f"they {word} it") == ([message] if meant else [])


def test_the_word_list_is_packed_without_a_time_and_has_its_levels_and_notices():
    from importlib.resources import files

    from curriculum.checks.spelling import _levels

    folder = files("curriculum.checks")
    packed = folder.joinpath("british_words.txt.gz").read_bytes()
    assert packed[4:8] == b"\0\0\0\0"
    levels = _levels()
    assert len(levels) > 130_000
    assert (levels["able"], levels["centres"], levels["storyboard"], levels["color"]) == (10, 20, 55, 99)
    assert "Copyright 2000-2018 by Kevin Atkinson" in folder.joinpath("british_words_LICENCE.txt").read_text()


def test_the_word_list_is_read_when_a_document_is_checked_and_not_before():
    code = (
        "import curriculum.cli.main, curriculum.checks.spelling as spelling\n"
        "print(spelling._levels.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
