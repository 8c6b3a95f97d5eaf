"""The contents of the example files. Every person, employer and evidence in it is made up."""

# ruff: noqa: E501 -- a row of a sheet is a line here

from __future__ import annotations

from datetime import date
from typing import Any

__all__ = [
    "ASSESSMENTS",
    "BLOCKS",
    "DASHBOARD_CODES",
    "DIARY",
    "DIARY_NOTES",
    "EVIDENCE_DATA",
    "HOLIDAYS",
    "INDEXED",
    "LATER_LEARNERS",
    "LEARNERS",
    "LOG",
    "OFF_THE_JOB",
    "PORTFOLIO",
    "PORTFOLIO_NOTES",
    "SESSIONS",
    "SESSION_NOTE",
    "TRACKER",
]

# Started on version 1.0, and on version 1.2 (in force for starts from 15 August 2024): name to start date.
LEARNERS = {
    "Amara Okonjo-Bell": date(2021, 9, 13),
    "Callum Whitethorn": date(2021, 9, 13),
    "Zofia Brzezińska": date(2022, 1, 24),
    "Tobias Adeyinka": date(2022, 9, 5),
    "Mei-Lin Hargreaves": date(2022, 9, 5),
    "Yusuf Karahan": date(2023, 1, 23),
    "Niamh O’Dowd": date(2023, 1, 23),
    "Harpreet Sandhu-Lyle": date(2023, 5, 15),
}
LATER_LEARNERS = {"Elowen Tregarth": date(2024, 9, 2), "Ravi Balasundaram": date(2024, 10, 7)}

# Scheme of work: week, session, topic, activities, KSBs, resources. Half-term has no more than its name.
# `**code**` is written in bold inside its cell.
SESSIONS: list[tuple[Any, ...]] = [
    (1, 1, "Induction: where the coordinator sits in the production", "Tour of the edit suites and studio floor; skills scan", "K1–K5", "Learner handbook; slides week 1"),
    (1, 2, "Daily progress reports and the wrap report", "Complete a wrap report from a studio log", "K2, S3, S8", "Blank wrap report"),
    (2, 3, "Formats and scale: short form to high-end drama", "Compare three crew lists and write up the differences", "(K4 S6)", "Crew lists A to C"),
    (2, 4, "Where to find financial information you can rely on", "Pairs: read rate cards and union agreements", "K5,S2", "Rate cards (PDF)"),
    (3, 5, "Filming abroad: carnets, visas and kit lists", "Fill in a carnet for a two-day shoot in Lisbon", "K3 B1 B2", "Sample carnet"),
    (3, 6, "Review of weeks 1 to 3", "Multiple-choice test; targets set one to one", "K1-K4", "Online test"),
    (4, 7, "Storing rushes in an S3 bucket", "Set up a folder structure; name, copy and check 40 clips", "K34, S17", "Laptop trolley; 4K sample clips"),
    (4, 8, "Guest speaker: line producer, regional drama", "Prepare five questions; reflective log after the talk", "K1 to K4", "Video call link on the portal"),
    (5, 9, "Cost reports and coding of purchase orders", "Code 20 purchase orders; find the overspend", "K11, **S9**, K12", "Budget top sheet"),
    (5, 10, "Your role and who you report to", "Draw your own organisation chart", "K1/K2", "A3 paper, pens"),
    (6, "Half-term: no sessions (24 to 28 October)"),
    (7, 11, "Call sheets: what goes where", "Build a call sheet in the scheduling software", "K1 & K2", "Call sheet template"),
    (7, 12, "Vitamin B12 and location catering", "Dietary needs on the unit list; draft the order for a crew of 42", "S5, S12, S7, S12", "Allergen matrix"),
    (8, 13, "Professional discussion practice", "Mock discussion in pairs, recorded", "k 1", "Recording booth"),
    (8, 14, "Progress reviews (no taught session)", "Three-way reviews in the workplace", "", "Review form"),
    (9, 15, "Visit: Canal Wharf Studios, Birmingham B1 1AA", "Site risk assessment on arrival; photo log", "K13, K37, S11, S12", "Coach; hi-vis vests"),
    (9, 16, "Write-up of the studio visit", "300 words for the portfolio", "K01", "Portfolio template"),
    (10, 17, "Clearances: music, archive and stills", "Trace the rights in a 30-second clip", "K15-K18, S13, S15", "Clearance log"),
    (10, 18, "Workflow from pre to post", "Sort the stages; label who hands over to whom", "K25\nK26\nS25", "Workflow cards"),
    (11, 19, "Delivery to broadcasters", "Read a delivery specification and list each deliverable", "S33; S34; K30", "S4C delivery specification"),
    (11, 20, "Catch-up: the role in context", "Finish the log from week 1", "K1.", ""),
    (12, 21, "Networking and finding work", "Write a profile; plan three contacts", "S39, S40, K61", "Careers team"),
    (12, 22, "End-of-term review and target setting", "RAG rate your own tracker", "(S2-S4, K7, K9) B6", "Tracker"),
]  # fmt: skip
SESSION_NOTE = "Was K6 in last year's scheme. Moved here after the standards meeting."

HOLIDAYS = [
    ("October half-term", date(2022, 10, 24), date(2022, 10, 28)),
    ("Christmas", date(2022, 12, 19), date(2023, 1, 2)),
    ("February half-term", date(2023, 2, 13), date(2023, 2, 17)),
    ("Easter", date(2023, 4, 3), date(2023, 4, 14)),
    ("May Day", date(2023, 5, 1), date(2023, 5, 1)),
    ("Coronation", date(2023, 5, 8), date(2023, 5, 8)),
    ("Spring half-term", date(2023, 5, 29), date(2023, 6, 2)),
    ("Summer", date(2023, 7, 24), date(2023, 9, 1)),
]

# Evidence log: learner, evidence, date, KSBs, assessor, status.
LOG: list[tuple[str, str, date, str, str, str]] = [
    ("Amara Okonjo-Bell", "Call sheets, block 1 (drama serial)", date(2021, 11, 19), "K2, K24, S2, S5", "J. Okafor", "Met"),
    ("Callum Whitethorn", "Crew availability chart and deal memos", date(2021, 12, 3), "K7, K8, S7", "J. Okafor", "Met"),
    ("Amara Okonjo-Bell", "Travel movement order, Cardiff unit", date(2022, 1, 21), "K3 S8", "J. Okafor", "Met"),
    ("Callum Whitethorn", "Risk assessment: night shoot by water", date(2022, 2, 11), "K13, S11, S12, B4", "P. Lindqvist", "Partly met"),
    ("Zofia Brzezińska", "Music cue sheet and licence emails", date(2022, 4, 8), "K15-K17, S13, S16", "P. Lindqvist", "Met"),
    ("Zofia Brzezińska", "Weekly cost report, weeks 3 to 6", date(2022, 5, 20), "K10, K11, K12, S9", "J. Okafor", "Met"),
    ("Amara Okonjo-Bell", "Witness statement: production manager", date(2022, 6, 17), "S4, S18, S20, B1, B3", "J. Okafor", "Met"),
    ("Callum Whitethorn", "Reflective account: lost location", date(2022, 7, 8), "S38, B2, B5", "P. Lindqvist", "Met"),
    ("Tobias Adeyinka", "Post-production schedule, short film", date(2022, 11, 25), "K30, K35, S28, S30", "S. Marwood", "Met"),
    ("Zofia Brzezińska", "Minutes of client review session", date(2022, 12, 9), "K22, K32, S22", "P. Lindqvist", "Referred"),
    ("Tobias Adeyinka", "Delivery checklist and courier log", date(2023, 1, 27), "S33, S34", "S. Marwood", "Met"),
    ("Amara Okonjo-Bell", "CPD record, year 2", date(2023, 2, 10), "K41, K42, S39, B6", "J. Okafor", "Met"),
    ("Tobias Adeyinka", "Script versions with change notes", date(2023, 3, 17), "K36 & S32", "S. Marwood", "Partly met"),
    ("Callum Whitethorn", "Carbon calculator summary", date(2023, 3, 24), "K14, S10", "P. Lindqvist", "Met"),
    ("Zofia Brzezińska", "Professional discussion 1 (audio)", date(2023, 4, 28), "K1–K5, K19, B1", "P. Lindqvist", "Submitted"),
    ("Tobias Adeyinka", "Release forms, contributors day", date(2023, 5, 12), "K29, S16, S17", "S. Marwood", "Submitted"),
    ("Elowen Tregarth", "Running order and studio schedule", date(2024, 11, 15), "K4, K9, S3, S8", "S. Marwood", "Met"),
    ("Elowen Tregarth", "Kit hire quotes and comparison", date(2024, 12, 6), "K7, S4, S5", "S. Marwood", "Met"),
    ("Ravi Balasundaram", "Ingest log and file naming guide", date(2025, 1, 17), "K28, K29, S21", "D. Achterberg", "Met"),
    ("Ravi Balasundaram", "Notes of grade review with client", date(2025, 1, 31), "K24, K26, S22, B2", "D. Achterberg", "Partly met"),
    ("Elowen Tregarth", "Location permissions folder", date(2025, 2, 14), "K12, K18, S11, B4", "S. Marwood", "Met"),
    ("Elowen Tregarth", "Sustainability action plan", date(2025, 3, 7), "K16 S16", "S. Marwood", "Submitted"),
    ("Ravi Balasundaram", "Purchase orders with cost codes", date(2025, 3, 14), "K6, K8", "D. Achterberg", "Met"),
    ("Ravi Balasundaram", "Delivery notes to broadcaster", date(2025, 3, 28), "K27, S23, B1, B3", "D. Achterberg", "Submitted"),
]  # fmt: skip

# Portfolio index: evidence, page in the portfolio, date achieved, codes. What no evidence names is a gap.
INDEXED = [
    ("E01 Unit lists and call sheets", "3–9", date(2022, 11, 4), "K2 K4 K7 K24 S2 S5"),
    ("E02 Hotel and train bookings", "10", date(2022, 11, 18), "K3 K6 S8 S18"),
    ("E03 Petty cash reconciliation", "12", date(2022, 12, 2), "K5 K10 K11 K12 S9"),
    ("E04 Supplier comparison", "14–15", date(2022, 12, 16), "K8 K9 S6 S7"),
    ("E05 Studio risk assessment", "17", date(2023, 1, 20), "K13 K14 K37 S10 S11 S12"),
    ("E06 Archive clearance log", "21–24", date(2023, 2, 3), "K15 K16 K17 K29 S13 S15 S16 S17"),
    ("E07 Line manager testimony", "26", date(2023, 2, 24), "K1 K19 K20 S1 S4 S19 S20 S22 B1 B3 B4"),
    ("E08 Edit schedule, versions 1 to 4", "28–31", date(2023, 3, 10), "K25 K30 K31 K35 K40 S23 S28 S30"),
    ("E09 Viewing notes and change list", "33", date(2023, 3, 24), "K22 K27 K32 S2 S22 S25"),
    ("E10 Media management guide", "35", date(2023, 4, 21), "K28 K34 S17 S26"),
    ("E11 Learning journal", "38–44", date(2023, 5, 5), "K23 K41 K42 S39 S40 B2 B5 B6"),
]  # fmt: skip

# One row per code in two columns: learner, type, number, evidence, rating.
ASSESSMENTS = [
    ("Amara Okonjo-Bell", "Knowledge", 1, "Induction workbook", "Green"),
    ("Amara Okonjo-Bell", "Knowledge", 2, "Radio log, two shoots", "Green"),
    ("Amara Okonjo-Bell", "Knowledge", 13, "Hazard spotting exercise", "Amber"),
    ("Amara Okonjo-Bell", "Knowledge", 25, "Process map with notes", "Green"),
    ("Amara Okonjo-Bell", "Skill", 2, "Daily paperwork, week 14", "Green"),
    ("Amara Okonjo-Bell", "Skill", 8, "Minibus and taxi plan", "Green"),
    ("Amara Okonjo-Bell", "Skill", 12, "Fire marshal certificate", "Amber"),
    ("Amara Okonjo-Bell", "Behaviour", 3, "Feedback from first assistant director", "Green"),
    ("Callum Whitethorn", "Knowledge", 5, "Bank and VAT quiz", "Red"),
    ("Callum Whitethorn", "Knowledge", 11, "Cost code exercise", "Amber"),
    ("Callum Whitethorn", "Knowledge", 42, "Trade press summary", "Green"),
    ("Callum Whitethorn", "Skill", 4, "Emails with art department", "Green"),
    ("Callum Whitethorn", "Skill", 9, "Budget comparison", "Red"),
    ("Callum Whitethorn", "Skill", 31, "Press pack for launch", "Green"),
    ("Callum Whitethorn", "Behaviour", 1, "Employer review 2", "Green"),
    ("Callum Whitethorn", "Behaviour", 6, "Personal development plan", "Amber"),
    ("Zofia Brzezińska", "Knowledge", 15, "Rights and clearances test", "Green"),
    ("Zofia Brzezińska", "Knowledge", 18, "Notes from rights webinar", "Amber"),
    ("Zofia Brzezińska", "Knowledge", 34, "Codec comparison table", "Green"),
    ("Zofia Brzezińska", "Skill", 13, "Photo library search", "Green"),
    ("Zofia Brzezińska", "Skill", 16, "Clearance tracker", "Amber"),
    ("Zofia Brzezińska", "Skill", 33, "Transfer receipts", "Green"),
    ("Zofia Brzezińska", "Behaviour", 4, "Equality training certificate", "Green"),
    ("Tobias Adeyinka", "Knowledge", 7, "Kit and crew specification", "Amber"),
    ("Tobias Adeyinka", "Knowledge", 38, "Not yet started", "Red"),
    ("Tobias Adeyinka", "Skill", 5, "Unit base noticeboard photos", "Green"),
    ("Tobias Adeyinka", "Skill", 24, "Set dressing day report", "Green"),
    ("Tobias Adeyinka", "Skill", 36, "Not yet started", "Red"),
    ("Tobias Adeyinka", "Behaviour", 2, "Account of a cancelled shoot", "Amber"),
    ("Tobias Adeyinka", "Behaviour", 5, "Employer review 1", "Green"),
]  # fmt: skip

# Blocks under headings that end in codes: heading, then activity, hours, room, duty, tutor.
BLOCKS: dict[str, list[tuple[str, float, str, str, str]]] = {
    "Networks and budgets K2 S4 B1": [
        ("Who is who in the production office", 2, "B12", "Duty 1", "J. Okafor"),
        ("Ring-round exercise: five departments", 1.5, "B12", "Duty 1", "J. Okafor"),
        ("Reading a budget top sheet", 2, "C4", "Duty 3", "S. Marwood"),
    ],
    "Call sheets (K7, S9)": [
        ("Anatomy of a call sheet", 1, "S3", "Duty 2", "J. Okafor"),
        ("Costing extra crew for a split day", 2, "S3", "Duty 3", "S. Marwood"),
        ("Publishing, versions and the unit list", 1, "C4", "Duty 2", "J. Okafor"),
    ],
    "Health and safety on location – K13, K14, S11–S12": [
        ("Recce: photographs and hazards", 3, "Off site", "Duty 5", "P. Lindqvist"),
        ("Permits, insurance and lone working", 1.5, "B12", "Duty 5", "P. Lindqvist"),
        ("Emergency plan with the nearest hospital", 1, "B12", "Duty 5", "P. Lindqvist"),
    ],
    "Copyright and clearances [K15 K16 S13]": [
        ("What is in the frame? Logos, art and music", 2, "C4", "Duty 6", "P. Lindqvist"),
        ("Writing to a rights holder", 1, "C4", "Duty 6", "P. Lindqvist"),
    ],
    "Scripts and versions: K36/S32": [
        ("Coloured pages and revision marks", 1, "S3", "Duty 8", "S. Marwood"),
        ("Timing a script for a 30-minute slot", 2, "S3", "Duty 8", "S. Marwood"),
        ("Sides for the read-through", 1, "B12", "Duty 8", "J. Okafor"),
    ],
    "Post-production and delivery (K30, K32, K40, S25, S33)": [
        ("From rushes to master: the stages", 2, "Edit 2", "Duty 9", "S. Marwood"),
        ("Booking grade, dub and access services", 1.5, "Edit 2", "Duty 9", "S. Marwood"),
        ("Quality control reports", 1, "C4", "Duty 10", "S. Marwood"),
    ],
    "Portfolio workshop": [
        ("Catch-up and one-to-one support", 3, "Library", "", "All"),
    ],
}  # fmt: skip

# The hidden sheet: learner, KSB, evidence, date, rating.
EVIDENCE_DATA: list[tuple[str, str, str, date, str]] = [
    ("Amara Okonjo-Bell", "K2", "Production diary", date(2022, 2, 4), "Green"),
    ("Amara Okonjo-Bell", "S2", "Camera sheets, day 6", date(2022, 2, 4), "Green"),
    ("Amara Okonjo-Bell", "S5", "Unit text messages", date(2022, 2, 18), "Green"),
    ("Amara Okonjo-Bell", "K13", "Toolbox talk notes", date(2022, 3, 11), "Amber"),
    ("Amara Okonjo-Bell", "S12", "Manual handling course", date(2022, 3, 11), "Green"),
    ("Amara Okonjo-Bell", "B3", "Appraisal", date(2022, 6, 10), "Green"),
    ("Callum Whitethorn", "K2", "Handover notes", date(2022, 2, 25), "Green"),
    ("Callum Whitethorn", "K8", "Freelancer database", date(2022, 3, 18), "Amber"),
    ("Callum Whitethorn", "S7", "Extras booking sheet", date(2022, 3, 18), "Green"),
    ("Callum Whitethorn", "S9", "Cash float record", date(2022, 4, 29), "Red"),
    ("Callum Whitethorn", "S12", "Working at height test", date(2022, 5, 6), "Green"),
    ("Callum Whitethorn", "B5", "Observation 1", date(2022, 6, 10), "Amber"),
    ("Zofia Brzezińska", "K15", "Essay: fair dealing", date(2022, 5, 13), "Green"),
    ("Zofia Brzezińska", "K17", "Rights grid", date(2022, 5, 13), "Green"),
    ("Zofia Brzezińska", "S13", "Stills search", date(2022, 6, 24), "Green"),
    ("Zofia Brzezińska", "S15", "Phone log with publishers", date(2022, 6, 24), "Amber"),
    ("Zofia Brzezińska", "S16", "Signed licences", date(2022, 7, 15), "Green"),
    ("Zofia Brzezińska", "B4", "Safeguarding certificate", date(2022, 7, 15), "Green"),
    ("Tobias Adeyinka", "K1", "Skills scan", date(2022, 10, 7), "Green"),
    ("Tobias Adeyinka", "K2", "Meeting minutes", date(2022, 11, 11), "Green"),
    ("Tobias Adeyinka", "K35", "One-line schedule", date(2022, 12, 2), "Amber"),
    ("Tobias Adeyinka", "S30", "Strip board photograph", date(2022, 12, 2), "Green"),
    ("Tobias Adeyinka", "S36", "Two-show planner", date(2023, 2, 3), "Red"),
    ("Tobias Adeyinka", "B2", "Learner scorer survey", date(2023, 2, 17), "Green"),
    ("Mei-Lin Hargreaves", "K13", "Fire walk record", date(2022, 10, 14), "Green"),
    ("Mei-Lin Hargreaves", "K30", "Post timetable", date(2022, 12, 9), "Amber"),
    ("Mei-Lin Hargreaves", "K34", "File format quiz", date(2023, 1, 20), "Green"),
    ("Mei-Lin Hargreaves", "S12", "Cable ramp checklist", date(2023, 1, 20), "Green"),
    ("Mei-Lin Hargreaves", "S33", "Upload confirmations", date(2023, 3, 3), "Green"),
    ("Mei-Lin Hargreaves", "B6", "Target sheet", date(2023, 3, 3), "Red"),
]  # fmt: skip
DASHBOARD_CODES = ["K2", "K13", "S12", "S16", "B4"]

# Weekly log of off-the-job hours: week ending, learner, task, KSBs, hours.
OFF_THE_JOB = [
    (date(2023, 2, 3), "Yusuf Karahan", "Induction and college systems", "K1, S1", 7),
    (date(2023, 2, 3), "Niamh O’Dowd", "Induction and college systems", "K1, S1", 7),
    (date(2023, 2, 10), "Yusuf Karahan", "Workshop: scheduling software", "K31, S30", 6),
    (date(2023, 2, 10), "Niamh O’Dowd", "Shadowing the edit producer", "K30 K39 S25", 4.5),
    (date(2023, 2, 24), "Yusuf Karahan", "Online course: first aid at work", "K13, S12", 6),
    (date(2023, 2, 24), "Niamh O’Dowd", "Reading: a guide to clearances", "K15–K18", 3),
    (date(2023, 3, 3), "Yusuf Karahan", "Set visit, quiz show", "K37, S19, S24", 7.5),
    (date(2023, 3, 3), "Niamh O’Dowd", "Workshop: scripts", "K36; S32", 6),
    (date(2023, 3, 10), "Yusuf Karahan", "Mentor meeting", "B1/B6", 1),
    (date(2023, 3, 10), "Niamh O’Dowd", "Mentor meeting", "B2/B6", 1),
    (date(2023, 3, 17), "Yusuf Karahan", "Festival panel on new platforms", "K38 & K42", 3),
    (date(2023, 3, 17), "Niamh O’Dowd", "Practice interview", "K41, S40", 2),
]

# Portfolio as CSV: evidence, KSBs, notes.
PORTFOLIO = [
    ("Contact sheet, 48 crew", "K7, S7", "Names removed before upload"),
    ("Recce report", "K13, S11, S12", "Signed by location manager, 14/10/2022"),
    ("Movement order", "K3 S8", 'Titled "Day out of days" by the employer'),
    ("Voice note", "k 2", "4 minutes"),
    ("Supplier emails", "K8, K9", "Two files:\nquotes\npurchase orders"),
    ("Cost tracker", "K10–K12, S9", '=B6&" and agreed with employer"'),
    ("Observation by assessor", "S18, S20, S22, B1, B5", "On site"),
    ("Clearance form", "(K15 S13 S16)", "See also S3 bucket link in the cover sheet"),
    ("Edit plan", "K30, K35, S28", ""),
    ("Screen grabs of asset database", "K31/K34", "Page 12"),
    ("Mock professional discussion", "K19 to K21", "Recorded in room B12"),
    ("CPD log", "S39, S40, B6", "Ongoing"),
    ("Employer reference", "", "Awaiting signature"),
]

# The same kind of file from a European Excel: evidence, KSBs, date, notes.
PORTFOLIO_NOTES = [
    ("Learner’s reflective account", "K2; K24; S5", "09/12/2022", "“Very thorough” – line manager"),
    ("Booking forms", "S7; S8", "16/12/2022", "Café receipts taken out"),
    ("Invoice log", "K11; S9", "13/01/2023", "Totals in £, not €"),
    ("Hazard report", "K13; S11; B4", "20/01/2023", "Near miss on 18/01"),
    ("Licence for library music", "K16–K17; S14", "27/01/2023", "£240 for one year"),
    ("Team meeting notes", "K21, K23", "03/02/2023", "Don’t share: names"),
    ("Crew welfare survey", "S19; B2; B4", "10/02/2023", "31 replies"),
    ("Shot list and storyboard", "S25", "24/02/2023", "Animation unit"),
    ("Format guide", "K28; K34", "03/03/2023", "4K and HD"),
    ("Press pack", "S31", "10/03/2023", "Approved by publicist"),
    ("Fault log", "S38; B3", "17/03/2023", "Ticket closed"),
    ("Efficiency idea: shared calendar", "S35; B1", "24/03/2023", "Employer’s “idea of the month”"),
]

# A tracker as Unicode text: learner, unit, KSBs, status, comment.
TRACKER = [
    ("Zofia Brzezińska", "1 The production office", "K1-K7", "Complete", "Resubmitted once"),
    ("Zofia Brzezińska", "2 Money", "K9, K10, K11, S9", "Complete", ""),
    ("Zofia Brzezińska", "3 Safe and legal", "K13, K14, S10-S12", "In progress", "Permit task due"),
    ("Tobias Adeyinka", "1 The production office", "K1-K7", "Complete", ""),
    ("Tobias Adeyinka", "2 Money", "K9, K10, K11, S9", "Complete", "Strong work ✓"),
    ("Tobias Adeyinka", "3 Safe and legal", "K13, K14, S10-S12", "Complete", ""),
    ("Tobias Adeyinka", "4 Rights", "K15 K16 K17 S13 S14", "In progress", ""),
    ("Mei-Lin Hargreaves", "1 The production office", "K1-K7", "Complete", ""),
    ("Mei-Lin Hargreaves", "5 Into post", "K30, K32, K40, S25, S29", "In progress", "Waiting for “locked cut”"),
    ("Harpreet Sandhu-Lyle", "1 The production office", "K1-K7", "In progress", "Started late: joined in May"),
    ("Harpreet Sandhu-Lyle", "2 Money", "K9, K10, K11, S9", "Not started", ""),
    ("Harpreet Sandhu-Lyle", "6 Behaviours", "B1-B6", "Not started", "Ask employer, then tutor"),
]  # fmt: skip

# Evidence log of LibreOffice: evidence, date, knowledge, skills, behaviours, hours.
DIARY = [
    ("Art department order book", date(2022, 10, 21), "K6", "S6", "", 2),
    ("Interview with a sound recordist", date(2022, 10, 28), "K4, K20", "S19", "", 1.5),
    ("Transport plan, three locations", date(2022, 11, 11), "K3", "S8, S18", "B3", 4),
    ("Child licence application", date(2022, 11, 18), "K14", "S27", "B4", 3),
    ("Table read: seating and sides", date(2022, 12, 2), "K36", "S2, S32", "", 2.5),
    ("Green production checklist", date(2022, 12, 9), "K14", "S1, S10", "B4", 1),
    ("Schedule clash between two shows", date(2023, 1, 13), "K10, K35", "S36, S37", "B2 B5", 5),
    ("Vendor call with VFX house", date(2023, 1, 20), "K33", "S29", "", 1),
    ("Archive return and shredding", date(2023, 2, 3), "", "S17", "B4", 1.5),
    ("Festival submission pack", date(2023, 2, 17), "K38", "S26, S31", "B1", 3.5),
    ("Subtitles and access services", date(2023, 3, 3), "K30–K32", "S34", "", 2),
    ("Peer mentoring, new starters", date(2023, 3, 17), "K21-K23", "S20 S21", "B1, B6", 2),
]
DIARY_NOTES = {"B2 B5": "Employer asked whether B2 needs a witness as well."}

# What a reviewer decided of version 1.0 in 1.2: decision, old code, relation, new code, why.
DECISIONS = [
    ("reject", "K9", "", "K6", "K6 is about money"),
    ("add link", "K9", "skos:broadMatch", "K12", "codes of practice are named there"),
    ("add link", "K26", "skos:broadMatch", "K9", "a part of the lifecycle"),
    ("add link", "K33", "skos:broadMatch", "K9", "likewise"),
    ("reject", "K16", "", "K20", "it is about effects, not about how to obtain rights"),
    ("accept", "K17", "", "K20", ""),
    ("accept", "K18", "", "K20", ""),
    ("add link", "S3", "skos:broadMatch", "S3", ""),
    ("add link", "S12", "skos:broadMatch", "S15", "health and safety is named there"),
    ("add link", "S39", "skos:broadMatch", "B3", "own development"),
]
