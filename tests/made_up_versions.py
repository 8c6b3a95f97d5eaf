"""Five made-up versions of one standard: funding, a renumbering, edits, a rewriting; as records and texts."""

from __future__ import annotations

import json

KNOWLEDGE = (
    "How hedges, ditches and walls mark the borders of a field.",
    "The laws on public footpaths and rights of way.",
    "Which kinds of timber last longest when they stand in wet soil.",
    "How to read a plan of a site and work out quantities of wire and posts.",
    "The dangers of strained wire, and how to stand while it is under tension.",
    "How lambs, calves and foals behave beside a new barrier.",
    "Principles of pricing a job and giving a written quotation.",
)
SKILLS = (
    "Set posts upright and in line with a string and a level.",
    "Strain wire to the tension that the maker states.",
    "Hang a gate so that it closes by its own weight.",
    "Repair dry stone walls with stones from the site.",
    "Operate a post driver and check it before each use.",
    "Mark buried cables and pipes before digging begins.",
    "Record hours, materials and mileage in the job sheet.",
)
BEHAVIOURS = (
    "Respect the land and the privacy of its owners.",
    "Stay calm and patient around livestock.",
)
# 1.3 edits four of 1.2.
EDITS = {
    "The laws on public footpaths and rights of way.": (
        "The laws on public footpaths, rights of way and open access land."
    ),
    "Which kinds of timber last longest when they stand in wet soil.": (
        "Which kinds of treated timber last longest when they stand in wet or acid soil."
    ),
    "Hang a gate so that it closes by its own weight.": (
        "Hang a gate or wicket so that it closes and latches by its own weight."
    ),
    "Repair dry stone walls with stones from the site.": (
        "Repair and rebuild dry stone walls with stones from the site."
    ),
}
# 2.0 is written anew; it keeps two.
ANEW = (
    (
        "How drones and satellite maps are used to survey estates.",
        "Contracts, insurance and liability of a rural contractor.",
        "The dangers of strained wire, and how to stand while it is under tension.",
        "Carbon accounting for agricultural businesses.",
        "Methods of training and supervising seasonal workers.",
    ),
    (
        "Programme virtual collars for grazing animals.",
        "Prepare tenders and negotiate with suppliers.",
        "Record hours, materials and mileage in the job sheet.",
        "Chair a toolbox talk and write its minutes.",
        "Analyse sensor data to predict failures of electric barriers.",
    ),
    ("Take responsibility for the decisions of a crew.", "Seek new technology and share it."),
)
DROPPED = "How lambs, calves and foals behave beside a new barrier."


def wordings(version):
    """Return the knowledge, skills and behaviours of a version."""
    if version == "2.0":
        return ANEW
    lists = [KNOWLEDGE, SKILLS, BEHAVIOURS]
    if version in ("1.2", "1.3"):
        lists = [[text for text in texts if text != DROPPED] for texts in lists]
        # One is put first, so that all others of its kind move.
        lists[1] = [lists[1][-1], *lists[1][:-1]]
    if version == "1.3":
        lists = [[EDITS.get(text, text) for text in texts] for texts in lists]
    return tuple(map(tuple, lists))


def duties(version):
    """Return each duty: its wording, and the codes of its KSBs in the version."""
    if version == "2.0":
        return (("Run a crew of contractors on an estate", ("K2", "S4", "B1")),)
    kept = (
        ("Put up fences that keep stock in", (KNOWLEDGE[2], SKILLS[0], SKILLS[1])),
        ("Look after gates, walls and paths of the estate", (KNOWLEDGE[1], SKILLS[2], BEHAVIOURS[0])),
    )
    codes = {text: code for code, text in ksbs(version)}
    edited = {text: EDITS.get(text, text) if version == "1.3" else text for text in (*KNOWLEDGE, *SKILLS)}
    return tuple((duty, tuple(codes[edited.get(text, text)] for text in texts)) for duty, texts in kept)


def ksbs(version):
    """Return the code and the wording of each KSB."""
    return [
        (f"{letter}{at}", wording)
        for letter, texts in zip("KSB", wordings(version), strict=True)
        for at, wording in enumerate(texts, start=1)
    ]


FUNDING = {"1.0": 9000}
DURATION = {"2.0": 24}
TITLES = {"2.0": "Boundary contractor"}
DATES = {"1.0": "2019", "1.1": "2020", "1.2": "2021", "1.3": "2022", "2.0": "2024"}
FIELDS = (("knowledges", "knowledgeId"), ("skills", "skillId"), ("behaviours", "behaviourId"))
MAPPED = ("mappedKnowledge", "mappedSkills", "mappedBehaviour")
ALL = ("1.0", "1.1", "1.2", "1.3", "2.0")


def record(version, reference="ST9911", **others):
    """Return a version as an official record."""
    lists = wordings(version)
    rows = {
        name: [{key: f"{name}-{at}", "detail": text} for at, text in enumerate(texts)]
        for (name, key), texts in zip(FIELDS, lists, strict=True)
    }
    return {
        "referenceNumber": reference,
        "version": version,
        "versionNumber": version,
        "title": TITLES.get(version, "Fence and gate mender"),
        "level": 3 if version == "2.0" else 2,
        "status": "Approved for delivery" if version == "2.0" else "Retired",
        "route": "Agriculture",
        "maxFunding": FUNDING.get(version, 10000),
        "typicalDuration": DURATION.get(version, 18),
        "approvedForDelivery": f"{DATES.get(version, '2025')}-03-01T00:00:00",
        "options": [],
        "duties": [
            {
                "dutyID": f"duty-{at}",
                "dutyDetail": text,
                "isThisACoreDuty": 1,
                **{
                    name: [f"{field}-{int(code[1:]) - 1}" for code in codes if code[0] == letter]
                    for letter, name, (field, _) in zip("KSB", MAPPED, FIELDS, strict=True)
                },
                "mappedOptions": None,
            }
            for at, (text, codes) in enumerate(duties(version))
        ],
        **rows,
        **others,
    }


def text(version, reference="ST9911", date=True):
    """Return a version as the text of its page."""
    lines = ["Key information", "Status: Retired", f"Reference: {reference}", f"Version: {version}"]
    lines += ["Level: 2", f"Maximum funding: £{FUNDING.get(version, 10000):,}"]
    lines += [f"Date updated: 01/03/{DATES[version]}"] if date else []
    lines += ["Occupation duties"]
    for at, (duty, codes) in enumerate(duties(version), start=1):
        lines += [f"Duty {at} {duty}", "KSBs", *codes]
    lines += ["KSBs"]
    for letter, heading in zip("KSB", ("Knowledge", "Skills", "Behaviours"), strict=True):
        lines += [heading, *(f"{code}: {wording}" for code, wording in ksbs(version) if code[0] == letter)]
    return "\n".join([*lines, ""])


def write_feed(path, versions=ALL, **others):
    """Write a feed of versions, the newest first, as the feed has them."""
    path.write_text(
        json.dumps([record(version, **others) for version in reversed(versions)]), encoding="utf-8"
    )
    return path
