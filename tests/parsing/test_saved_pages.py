"""Saved web pages of standards, a page for each style of site: whole tables, and what belongs to the site."""

from __future__ import annotations

import pytest

from curriculum.checks.all_findings import parsed_to_findings
from curriculum.documents.file_reading import bytes_to_document
from curriculum.errors import CurriculumError, UnreadableFile, UnsupportedFormat
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables

LOG_HEAD = ("Version", "Change detail", "Earliest start date", "Latest start date", "Latest end date")
THEME_HEAD = (
    "Theme<br>KSBs",
    "Pass<br>Apprentices must demonstrate all of the pass descriptors",
    "Distinction<br>Apprentices must demonstrate all of the distinction descriptors",
)
GROUPED_HEAD = ("KSBS GROUPED BY THEME", "Knowledge", "Skills", "Behaviour")


def parsed(page):
    return parse_document(bytes_to_document(page.encode(), "page.html"))


def code(name):
    return str(name).partition(":")[2] or str(name)


def rows(page, table, *columns):
    frame = getattr(parsed_to_tables([parsed(page)]), table)
    return [tuple(code(row[column]) for column in columns) for row in frame.to_dict("records")]


def details(page, section):
    return [(row.name, row.value) for row in parsed(page).rows.details if row.section == section]


def findings(page):
    found = parsed_to_findings(parsed(page))
    return [(row.severity, row.rule) for row in found if row.rule != "reading"]


def site(page):
    return [row.message for row in parsed(page).findings if row.rule == "site-text"]


def items(*texts, tag="ol"):
    return f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>"


def table(*table_rows):
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in table_rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def facts(reference, *more):
    return "<h2>Key information</h2>" + items(f"<strong>Reference:</strong> {reference}", *more)


DUTIES = "<h2>Occupation duties</h2>" + table(
    ("Duty", "KSBs"), ("Duty 1 Feed the horses.", "K1 S1"), ("Duty 2 Clean the stalls.", "K2<br>B1")
)
KSBS = (
    "<h2>KSBs</h2><h3>Knowledge</h3><p>K1: How hay is stored.</p><p>K2: The rules of the yard.</p>"
    "<h3>Skills</h3><p>S1: Weigh feed.</p><h3>Behaviours</h3><p>B1: Is calm with horses.</p>"
)
STATEMENTS = [
    ("K1", "How hay is stored."),
    ("K2", "The rules of the yard."),
    ("S1", "Weigh feed."),
    ("B1", "Is calm with horses."),
]
PAIRS = [("D1", "K1"), ("D1", "S1"), ("D2", "K2"), ("D2", "B1")]


def page_of(body, before="", after=""):
    return f"<html><body>{before}<main>{body}</main>{after}</body></html>"


STANDARD = facts("ST9001", "Version: 1.1", "Level: 2") + DUTIES + KSBS


# A page for each style.

OCCUPATION = f"""<!DOCTYPE html><html><head><title>Stable hand / Institute</title></head><body>
<a href="#main" class="skip-link">Skip to main content</a>
<div id="cookie-banner"><p>We use cookies to make this site work.</p><button>Accept cookies</button></div>
<header><a>The Institute</a><nav>{items("About", "News", tag="ul")}</nav><h1>Stable hand</h1></header>
<main id="main"><nav class="breadcrumb">{items("Home", "Occupations")}</nav>
{facts("OCC9001", "<strong>Level:</strong> 2", "<strong>Date updated:</strong> 01/02/2024")}
<p>This is not the latest approved version of this apprenticeship.
<a href="/apprenticeships/st9001-v1-3">View the latest version</a></p>
<div role="tablist"><a>Occupational standard</a><a>Approved qualifications</a></div>
<button class="btn btn--print">Print occupational standard</button>
<h2>Details of the occupational standard</h2><h3>Occupation summary</h3><p>Found in yards.</p>
<h3>Typical job titles include:</h3>
<div><span class="tag"><i>Groom</i></span> <span class="tag"><i>Senior Yard Hand</i></span></div>
<h3>Occupation duties</h3><table><thead><tr><th>Duty</th><th>KSBs</th></tr></thead><tbody>
<tr><td><strong>Duty&nbsp;1</strong> Feed the horses.</td><td>
<div><span data-text="How hay is stored."><strong>K1 </strong></span></div><div><b>S1 </b></div></td></tr>
<tr><td><strong>Duty 2</strong> Clean the stalls.</td><td><div><span><strong>K2 </strong></span></div>
<div><span><strong>B1 </strong></span></div></td></tr></tbody></table>
<dialog role="dialog"><span>×</span><h3>Required knowledge</h3><h3>Required skill</h3></dialog>
<h2>KSBs</h2><h3>Knowledge</h3><p><strong>K1</strong>: How hay is stored. <a>Back to Duty</a><br></p>
<p><strong>K2</strong>: The rules of the yard. <a class="KSBReturntoDutyBtn">Back to Duty</a></p>
<h3>Skills</h3><p><strong>S1</strong>: Weigh feed. <a>Back to Duty</a></p>
<h3>Behaviours</h3><p><strong>B1</strong>: Is calm with horses. <a>Back to Duty</a></p>
<h2>Board Level 2 Diploma in Yard Work</h2><p><strong>Awarding organisation:</strong> Yard Board</p>
<div><span>Qualification type: TQ</span> <span>Qualification level: 2</span></div>
<button>Back to all approved qualifications</button>
<h3>Linked occupational standards</h3>{items("Stable hand OCC9001", tag="ul")}
<div class="glossary-terms" style="display: none"><p>Valid</p><p>Fit for purpose</p></div>
<div class="shareButtons"><h2>Share this page</h2><a>LinkedIn</a></div></main>
<fieldset><legend>Is this webpage useful?</legend><button>Yes</button></fieldset>
<footer>{items("Cookies", "Contact us", tag="ul")}<p>© Crown copyright</p></footer></body></html>"""


def test_an_occupation_page_of_the_institute():
    assert rows(OCCUPATION, "documents", "title", "reference", "level", "updated_date") == [
        ("Stable hand", "OCC9001", "2", "2024-02-01")
    ]
    assert rows(OCCUPATION, "statements", "code", "text") == STATEMENTS
    assert rows(OCCUPATION, "duties", "code", "text") == [
        ("D1", "Feed the horses."),
        ("D2", "Clean the stalls."),
    ]
    assert rows(OCCUPATION, "duty_ksbs", "duty_id", "statement_id") == PAIRS
    assert details(OCCUPATION, "job titles") == [
        ("Typical job titles include", "Groom"),
        ("Typical job titles include", "Senior Yard Hand"),
    ]
    assert details(OCCUPATION, "products") == [
        ("product", "Board Level 2 Diploma in Yard Work"),
        ("Awarding organisation", "Yard Board"),
        ("Qualification type", "TQ"),
        ("Qualification level", "2"),
        ("Linked occupational standards", "Stable hand OCC9001"),
    ]
    notice = "This is not the latest approved version of this apprenticeship. View the latest version"
    assert details(OCCUPATION, "versions") == [
        ("notice", notice),
        ("View the latest version", "/apprenticeships/st9001-v1-3"),
    ]
    assert findings(OCCUPATION) == [("note", "site-text")]


def test_the_lines_of_the_site_are_counted_by_part_and_are_in_no_section():
    assert site(OCCUPATION) == [
        "22 lines belong to the web site and not to the standard: 6 of menus, 5 of buttons and links of the "
        "site, 4 of forms and feedback, 3 of footer of the site, 2 of dialogues, "
        "1 of header of the site and 1 of signs without a word; none of it is read"
    ]


SUMMARY_ROW = '<div class="govuk-summary-list__row"><dt>{}</dt><dd>{}</dd>{}</div>'
CHANGE = (
    '<dd class="govuk-summary-list__actions"><a>Change<span class="govuk-visually-hidden"> it</span></a></dd>'
)
MAPS = page_of(
    '<span>Occupation</span><h1>Stable farrier <strong class="govuk-tag">Approved</strong></h1>'
    '<dl class="govuk-summary-list">'
    + SUMMARY_ROW.format("Reference", "OCC9002", CHANGE)
    + SUMMARY_ROW.format("Level", "Level 3", CHANGE)
    + SUMMARY_ROW.format("Status", '<strong class="govuk-tag">Approved for delivery</strong>', "")
    + SUMMARY_ROW.format("Pathway", "Animal care", "<dd>Farriery</dd>")
    + "</dl><p>Other versions: 1.0, 1.1</p>"
    '<ul class="govuk-tabs__list"><li><a>Duties</a></li><li><a>KSBs</a></li></ul>'
    '<div class="govuk-tabs__panel"><h2>Duties</h2><table>'
    '<caption class="govuk-visually-hidden">Duties and their KSBs</caption>'
    '<tr><th scope="row">Duty 1 Shoe horses.</th><td><span class="badge">K1</span> <b>S1</b></td></tr>'
    '<tr><th scope="row" rowspan="2">Duty 2 Trim hooves.</th><td><button>K1</button></td></tr>'
    "<tr><td><button>B1</button></td></tr></table></div>"
    '<div class="govuk-tabs__panel govuk-tabs__panel--hidden" role="tabpanel" hidden>'
    "<h2>Knowledge, skills and behaviours</h2><h3>Knowledge</h3><dl><dt>K1</dt><dd>How hooves grow.</dd></dl>"
    "<h3>Skills</h3><dl><dt>S1</dt><dd>Make a shoe.</dd></dl>"
    "<h3>Behaviours</h3><dl><dt>B1</dt><dd>Is patient.</dd></dl></div>"
    "<h2>Products associated with this occupation</h2><h3>Apprenticeships</h3>"
    '<ul><li><a href="/apprenticeships/st9002-v1-0">Farrier ST9002 (level 3)</a></li></ul>'
    "<h3>T Levels</h3><p>Animal care</p><h2>Entry requirements</h2><p>An employer sets these.</p>",
    '<div class="govuk-phase-banner">Beta</div><div class="govuk-breadcrumbs"><p>Occupational maps</p></div>',
    '<footer role="contentinfo"><p>All content is available under the licence.</p></footer>',
)


def test_an_occupation_page_of_the_occupational_maps():
    assert rows(MAPS, "documents", "title", "reference", "level", "status") == [
        ("Stable farrier", "OCC9002", "3", "Approved for delivery")
    ]
    assert rows(MAPS, "statements", "code", "text") == [
        ("K1", "How hooves grow."),
        ("S1", "Make a shoe."),
        ("B1", "Is patient."),
    ]
    assert rows(MAPS, "duties", "code", "text") == [("D1", "Shoe horses."), ("D2", "Trim hooves.")]
    assert rows(MAPS, "duty_ksbs", "duty_id", "statement_id") == [
        ("D1", "K1"),
        ("D1", "S1"),
        ("D2", "K1"),
        ("D2", "B1"),
    ]
    assert details(MAPS, "key information")[:5] == [
        ("Reference", "OCC9002"),
        ("Level", "Level 3"),
        ("Status", "Approved for delivery"),
        ("Pathway", "Animal care"),
        ("Pathway", "Farriery"),
    ]
    assert details(MAPS, "products") == [
        ("Apprenticeships", "Farrier ST9002 (level 3)"),
        ("T Levels", "Animal care"),
    ]
    assert details(MAPS, "versions") == [
        ("Other versions", "1.0, 1.1"),
        ("Farrier ST9002 (level 3)", "/apprenticeships/st9002-v1-0"),
    ]
    assert [row.heading for row in parsed(MAPS).rows.sections][-1] == "Entry requirements"
    assert findings(MAPS) == [("note", "site-text")]


APPRENTICESHIP = page_of(
    facts("ST9003", "Status: Approved for delivery", "Version: 1.1", "Level: 4")
    + "<h2>Contents</h2>"
    + items("<a>Duties</a>", "<a>KSBs</a>", "<a>Grading</a>", tag="ul")
    + "<h2>Details of the occupational standard</h2><h3>Core occupation duties</h3>"
    + table(("Duty", "KSBs"), ("Duty 1 Run the yard.", "<p>K1</p><p>S1</p>"))
    + "<h3>Option occupation duties</h3><h4>Racing yard duties</h4>"
    + table(("Duty", "KSBs"), ("Duty 2 Plan races.", "<p>S2</p>"))
    + "<h2>KSBs</h2><h3>Knowledge</h3><p>K1: How yards are run. <a>Back to Duty</a></p>"
    "<h3>Skills</h3><p>S1: Plan a rota. <a>Back to Duty</a></p><p>S2: Plan a race. <a>Back to Duty</a></p>"
    "<h2>End-point assessment plan</h2><h3>Introduction and overview</h3><p>An EPAO must conduct it.</p>"
    "<h3>Grading</h3><h4>Observation with questions</h4>"
    + table(
        THEME_HEAD,
        (
            "<b>Yard</b><br>K1 S1",
            "<p>Runs a yard.</p><p>K1, S1</p>",
            "<p>No distinction grading criteria.</p>",
        ),
    )
    + "<h4>Interview</h4>"
    + table(THEME_HEAD, ("<b>Races</b><br>S2", "<p>Plans a race.</p><p>S2</p>", "<p>Plans two.</p><p>S2</p>"))
    + "<h3>Overall EPA grading</h3><p>Grades are combined as follows.</p>"
    + table(
        ("Observation with questions", "Interview", "Overall Grading"),
        ("Fail", "Any grade", "Fail"),
        ("Pass", "Distinction", "Distinction"),
    )
    + "<h3>Re-sits and re-takes</h3><p>One re-sit is allowed.</p><h3>KSB mapping table</h3>"
    + table(
        ("Knowledge", "Assessment methods"),
        ("<p>K1</p><p>How yards are run.</p>", "Observation with questions"),
    )
    + table(("Skill", "Assessment methods"), ("<p>S2</p><p>Plan a race.</p>", "Interview"))
    + "<h3>Mapping of KSBs to grade themes</h3><h4>Observation with questions</h4>"
    + table(
        GROUPED_HEAD,
        ("<b>Yard</b><br>K1<br>S1", "<p>How yards are run. (K1)</p>", "<p>Plan a rota. (S1)</p>", "None"),
    )
    + "<h4>Interview</h4>"
    + table(GROUPED_HEAD, ("<b>Races</b><br>S2", "None", "<p>Plan a race. (S2)</p>", "None"))
    + "<h3>Version log</h3>"
    + table(
        LOG_HEAD,
        ("1.1", "Plan revised", "02/09/2024", "Not set", "Not set"),
        ("1.0", "Approved for delivery", "01/03/2020", "01/09/2024", "Not set"),
    ),
    "<header><nav>Home</nav><h1>Stable manager</h1></header>",
    "<footer><p>Crown copyright © 2024. You may re-use this information.</p></footer>",
)


def test_an_apprenticeship_page_with_its_assessment_plan():
    assert rows(APPRENTICESHIP, "documents", "title", "reference", "version", "status") == [
        ("Stable manager", "ST9003", "1.1", "Approved for delivery")
    ]
    assert rows(APPRENTICESHIP, "statements", "code", "option", "text") == [
        ("K1", "core", "How yards are run."),
        ("S1", "core", "Plan a rota."),
        ("S2", "Racing yard", "Plan a race."),
    ]
    assert rows(APPRENTICESHIP, "duties", "code", "option", "text") == [
        ("D1", "core", "Run the yard."),
        ("D2", "Racing yard", "Plan races."),
    ]
    assert rows(APPRENTICESHIP, "duty_ksbs", "duty_id", "statement_id") == [
        ("D1", "K1"),
        ("D1", "S1"),
        ("D2", "S2"),
    ]
    assert rows(APPRENTICESHIP, "methods", "code", "name") == [
        ("M1", "Observation with questions"),
        ("M2", "Interview"),
    ]
    assert rows(APPRENTICESHIP, "themes", "code", "name", "method_id") == [
        ("T1", "Yard", "M1"),
        ("T2", "Races", "M2"),
    ]
    assert rows(APPRENTICESHIP, "theme_ksbs", "theme_id", "statement_id") == [
        ("T1", "K1"),
        ("T1", "S1"),
        ("T2", "S2"),
    ]
    assert rows(APPRENTICESHIP, "descriptors", "theme_id", "grade", "text") == [
        ("T1", "pass", "Runs a yard."),
        ("T2", "pass", "Plans a race."),
        ("T2", "distinction", "Plans two."),
    ]
    assert rows(APPRENTICESHIP, "statement_methods", "statement_id", "method_id") == [
        ("K1", "M1"),
        ("S2", "M2"),
    ]
    assert rows(APPRENTICESHIP, "overall_grades", "position", "method_id", "grade", "overall_grade") == [
        ("1", "M1", "fail", "fail"),
        ("1", "M2", "any grade", "fail"),
        ("2", "M1", "pass", "distinction"),
        ("2", "M2", "distinction", "distinction"),
    ]
    assert rows(APPRENTICESHIP, "version_log", "version", "change_detail", "earliest_start_date") == [
        ("1.1", "Plan revised", "2024-09-02"),
        ("1.0", "Approved for delivery", "2020-03-01"),
    ]
    # The list of contents repeats headings, and opens no block.
    assert findings(APPRENTICESHIP) == [("note", "site-text"), ("warning", "no-method")]


SECTION = (
    '<h2 class="govuk-accordion__section-heading"><button aria-expanded="false"><span>{}</span>'
    '<span class="govuk-visually-hidden">, </span><span class="govuk-accordion__section-toggle">'
    'Show<span class="govuk-visually-hidden"> this section</span></span></button></h2>'
    '<div class="govuk-accordion__section-content" hidden="until-found">{}</div>'
)
ACCORDION = page_of(
    '<h1>Yard lead</h1><h2>Key information</h2><dl class="govuk-summary-list">'
    + SUMMARY_ROW.format("Reference", "ST9004", "")
    + SUMMARY_ROW.format("Version", "1.0", "")
    + '</dl><div class="govuk-accordion__controls"><button>Show all sections</button></div>'
    + SECTION.format(
        "Occupation duties",
        items("Duty 1 Lead a team. <p>K1 S1</p>", "Duty 2 Keep records. <p>K1, B1</p>", tag="ul"),
    )
    + SECTION.format(
        "KSBs",
        "<h3>Knowledge</h3>"
        + items("<strong>K1</strong> How records are kept.", tag="ul")
        + "<h3>Skills</h3>"
        + items("<strong>S1</strong> Lead a briefing.", tag="ul")
        + "<h3>Behaviours</h3>"
        + items("<strong>B1</strong> Is fair.", tag="ul"),
    )
    + SECTION.format(
        "Apprenticeship assessment plan",
        "<p>The assessment organisation must follow this.</p><h3>Gateway to completion</h3>"
        "<p>Behaviours are verified by the employer.</p>",
    )
    + SECTION.format("Versions", items("Version 1.0 (approved for delivery)", "Version 0.9 (retired)")),
    '<div class="govuk-cookie-banner"><h2>Cookies</h2></div><header role="banner">GOV.UK</header>',
)


def test_an_apprenticeship_page_with_accordions_and_a_summary_list():
    assert rows(ACCORDION, "documents", "title", "reference", "version") == [("Yard lead", "ST9004", "1.0")]
    assert rows(ACCORDION, "statements", "code", "text") == [
        ("K1", "How records are kept."),
        ("S1", "Lead a briefing."),
        ("B1", "Is fair."),
    ]
    assert rows(ACCORDION, "duties", "code", "text") == [("D1", "Lead a team."), ("D2", "Keep records.")]
    assert rows(ACCORDION, "duty_ksbs", "duty_id", "statement_id") == [
        ("D1", "K1"),
        ("D1", "S1"),
        ("D2", "K1"),
        ("D2", "B1"),
    ]
    assert [(row.heading, row.text) for row in parsed(ACCORDION).rows.sections[1:3]] == [
        ("Apprenticeship assessment plan", "The assessment organisation must follow this."),
        ("Gateway to completion", "Behaviours are verified by the employer."),
    ]
    assert details(ACCORDION, "versions") == [
        ("version", "1.0 (approved for delivery)"),
        ("version", "0.9 (retired)"),
    ]
    assert findings(ACCORDION) == [("note", "site-text")]


def test_a_foundation_apprenticeship():
    page = page_of(
        f"<h1>Yard foundation apprenticeship</h1>{facts('FA9005', 'Version: 1.0', 'Level: 2')}<h2>KSBs</h2>"
        "<h3>Technical knowledge</h3><p>TK1: How a yard works.</p><h3>Technical skills</h3>"
        "<p>TS1: Sweep a yard.</p><h3>Employability skills and behaviours</h3><p>ESB1: Arrives on time.</p>"
    )
    assert rows(page, "documents", "title", "reference") == [("Yard foundation apprenticeship", "FA9005")]
    assert rows(page, "statements", "code", "text") == [
        ("TK1", "How a yard works."),
        ("TS1", "Sweep a yard."),
        ("ESB1", "Arrives on time."),
    ]
    assert findings(page) == []


def test_a_page_without_a_main_part_and_without_tables():
    page = (
        '<html><body><div id="header"><nav>Menu</nav></div><div><h1>Hay merchant</h1>'
        "<div><strong>Key information</strong></div><div>Reference: ST9006</div><div>Version: 1.2</div>"
        "<h2>Duties</h2><div>Duty 1: Sell hay.</div><div>K1, S1</div><div>Duty 2: Buy hay.</div><div>K1</div>"
        "<h2>Knowledge</h2><div><span>K</span><span>1</span>: The price of hay.</div>"
        "<h2>Skills</h2><div><div>S1</div><div>Weigh a bale.</div></div>"
        "<h2>Our newsletter</h2><p>Sign up for news.</p></div><footer>Contact</footer></body></html>"
    )
    assert rows(page, "documents", "title", "reference", "version") == [("Hay merchant", "ST9006", "1.2")]
    assert rows(page, "statements", "code", "text") == [
        ("K1", "The price of hay."),
        ("S1", "Weigh a bale."),
    ]
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == [("D1", "K1"), ("D1", "S1"), ("D2", "K1")]
    assert [row.heading for row in parsed(page).rows.sections] == ["Hay merchant", "Our newsletter"]
    assert findings(page) == [("note", "site-text")]


# The same standard in other markup.

VARIANTS = {
    "minified, with upper-case tags": f"<HTML><BODY>{STANDARD.replace('</p>', '').replace('</li>', '')}",
    "a form around the page": f"<form><nav>Home</nav>{STANDARD}<div><button>Go</button></div></form>",
    "a form around the main part": f"<form><nav>Home</nav><main>{STANDARD}</main></form>",
    "tabs that are not open": page_of(
        f'{facts("ST9001")}<div role="tabpanel" hidden>{DUTIES}</div>'
        f'<div class="tab-pane" hidden>{KSBS}</div>'
    ),
    "a second main heading": f'<h1 class="logo">Site</h1><div role="main"><h1>Hand</h1>{STANDARD}</div>',
    "KSBs outside of the main part": page_of(facts("ST9001") + DUTIES, after=f"<div>{KSBS}</div>"),
    "key information outside of the main part": page_of(DUTIES + KSBS, f"<aside>{facts('ST9001')}</aside>"),
    "boxes in place of tables": page_of(
        facts("ST9001") + "<h2>Occupation duties</h2><div><div>Duty</div><div>KSBs</div></div>"
        "<div><div>Duty 1 Feed the horses.</div><div><div>K1</div><div>S1</div></div></div>"
        "<div><div>Duty 2 Clean the stalls.</div><div><div>K2</div><div>B1</div></div></div>" + KSBS
    ),
    "codes and wordings side by side": page_of(
        facts("ST9001") + DUTIES + "<h2>KSBs</h2><h3>Knowledge</h3>"
        "<div><span>K1</span><span>How hay is stored.</span></div>"
        "<div><b>K2:</b><span>The rules of the yard.</span></div><h3>Skills</h3>"
        "<div><b>S</b><b>1</b>&nbsp;Weigh feed.</div><h3>Behaviours</h3>"
        "<div><div>B1</div><div>Is calm with horses.</div></div>"
    ),
    "codes as headings": page_of(
        facts("ST9001") + DUTIES + "<h2>KSBs</h2><h3>Knowledge</h3><h4>K1</h4><p>How hay is stored.</p>"
        "<h4>K2</h4><p>The rules of the yard.</p><h3>Skills</h3><h4>S1: Weigh feed.</h4>"
        "<h3>Behaviours</h3><h4>B1</h4><p>Is calm with horses.</p>"
    ),
    "duties as headings, with headings of their codes": page_of(
        facts("ST9001") + "<h2>Duties</h2><h3>Duty 1</h3><p>Feed the horses.</p><h4>Knowledge</h4><p>K1</p>"
        "<h4>Skills</h4><p>S1</p><h3>Duty 2 Clean the stalls.</h3><h4>KSBs</h4><p>K2, B1</p>" + KSBS
    ),
    "headings all of one level": page_of(
        facts("ST9001") + "<h2>Occupation duties</h2><h2>Duty 1 Feed the horses.</h2><p>K1 S1</p>"
        "<h2>Duty 2 Clean the stalls.</h2><p>K2 B1</p>" + KSBS.replace("h3", "h2")
    ),
    "folded sections": page_of(
        facts("ST9001") + "<details><summary>Occupation duties</summary><p>Duty 1 Feed the horses.</p>"
        "<p>K1 S1</p><p>Duty 2 Clean the stalls.</p><p>K2 B1</p></details><details><summary>KSBs</summary>"
        + KSBS.partition("</h2>")[2].replace("h3", "summary")
        + "</details>"
    ),
    "an attribute without its second quotation mark": page_of(
        STANDARD.replace("K1 S1", '<b title="Hay.<strong>K1 </strong></b><b class="x">S1</b>')
    ),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_other_markup_gives_the_same_tables(name):
    page = VARIANTS[name]
    assert rows(page, "documents", "reference") == [("ST9001",)]
    assert rows(page, "statements", "code", "text") == STATEMENTS
    assert rows(page, "duties", "code", "text") == [
        ("D1", "Feed the horses."),
        ("D2", "Clean the stalls."),
    ]
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == PAIRS
    assert {severity for severity, _ in findings(page)} <= {"note", "warning"}


def test_an_attribute_that_hides_codes_is_reported():
    found = findings(VARIANTS["an attribute without its second quotation mark"])
    assert found == [("warning", "damaged-page")]


# What is not read.


@pytest.mark.parametrize(
    ("extra", "severity", "said"),
    [
        ("<nav><p>K9: How irons are made.</p></nav>", "error", "1 text looks like KSBs, duties or codes"),
        ("<nav><p>Duty 9 Make irons.</p></nav>", "error", "Duty 9"),
        ("<p hidden>K9: How irons are made.</p>", "error", "(hidden), first “K9: How irons are made.”"),
        ("<nav><p>K1: Another wording.</p></nav>", "warning", "K1: Another"),
        ("<nav><p>K1 K2 S1</p></nav>", "warning", "K1 K2 S1"),
    ],
)
def test_rows_in_parts_of_the_site_are_reported(extra, severity, said):
    page = page_of(STANDARD + extra)
    found = [row for row in parsed(page).findings if row.rule == "site-text" and row.severity == severity]
    assert len(found) == 1
    assert said in found[0].message


def test_rows_that_the_site_repeats_are_not_reported():
    page = page_of(STANDARD + "<nav><p>Duty 1 Feed the horses.</p></nav><p hidden>K1: How hay is stored.</p>")
    assert findings(page) == [("note", "site-text")]


def test_a_ksb_that_only_the_footer_of_a_page_has_is_read_with_a_warning():
    ksbs = "<p>K1: How hay is stored.</p><p>S1: Lead a horse.</p>"
    one = parsed(page_of(ksbs, after="<footer><p>K2: The rules of the yard.</p></footer>"))
    assert [row.code for row in one.statements] == ["K1", "K2", "S1"]
    message = (
        "read from a part of the page that is not its main part (footer of the site), as nothing else has "
        "it: “K2: The rules of the yard.”. Look whether it belongs to the standard"
    )
    assert message in [row.message for row in one.findings if row.severity == "warning"]


@pytest.mark.parametrize(
    ("page", "error", "said"),
    [
        (
            page_of('<div id="app"></div>', "<header>Skills England<nav>Home</nav></header>"),
            UnreadableFile,
            "holds no text; .* found nothing but the menus, the header and the footer of the site .2 lines",
        ),
        (
            page_of("<h1>Farrier</h1><p>Loading...</p>", "<header>Skills England</header>"),
            UnsupportedFormat,
            "found 2 lines with none of them, first “Farrier” .line 3.. Open the page in a browser",
        ),
        (
            page_of(f"{facts('ST9010', 'Status: In development')}<p>Soon.</p>"),
            UnreadableFile,
            "is in development and holds no KSBs yet; .* when the standard is published",
        ),
    ],
)
def test_pages_without_a_standard_are_refused(page, error, said):
    with pytest.raises(error, match=said):
        parsed(page)
    assert issubclass(error, CurriculumError)


def test_lists_without_codes_below_the_duties_of_a_standard():
    page = page_of(
        f"{facts('ST9009')}<h2>Occupation duties</h2><p>Duty 1 Feed horses.</p><h2>KSBs</h2>"
        f"<h3>Knowledge</h3>{items('How hay is stored', 'The rules')}<h3>Skills</h3>{items('Weigh feed')}"
    )
    assert rows(page, "statements", "code", "text") == [
        ("K1", "How hay is stored"),
        ("K2", "The rules"),
        ("S1", "Weigh feed"),
    ]
    assert findings(page) == [("note", "numbers-lost")]


def test_the_items_of_a_list_within_a_wording_are_part_of_it():
    listed = "K1: How hay is stored including" + items("in a barn", "in a stack", tag="ul")
    page = page_of(STANDARD.replace("K1: How hay is stored.", listed))
    assert rows(page, "statements", "text")[0] == ("How hay is stored including • in a barn • in a stack",)


def test_a_paragraph_that_looks_like_a_heading_is_none_on_a_page_with_headings():
    page = page_of(f"{STANDARD}<h2>Progression</h2><p>Senior groom</p><p>Yard manager</p>")
    assert [(row.heading, row.text) for row in parsed(page).rows.sections] == [
        ("Progression", "Senior groom\nYard manager")
    ]


def test_boxes_of_key_information():
    page = page_of(
        "<h2>Key information</h2><div><div>Reference</div><div>ST9008</div></div><div>Level 2</div>"
        "<div><div>Maximum funding</div><div>£5000</div></div><p>It is reviewed.</p>" + DUTIES + KSBS
    )
    assert details(page, "key information") == [
        ("Reference", "ST9008"),
        ("Level", "2"),
        ("Maximum funding", "£5000"),
    ]
    assert parsed(page).rows.sections[0].text == "It is reviewed."


def test_the_furniture_of_a_page_is_known_by_its_lines():
    document = bytes_to_document(b"<nav>Home</nav><main><h1>Hand</h1><p>Text.</p></main>", "page.html")
    assert document.lines == ("Home", "", "Hand", "", "Text.")
    assert document.furniture == {1: "menus"}
    assert document.headings == {3: 1}


def test_more_words_of_one_cell_that_are_shown_in_another_way():
    page = page_of(
        facts("ST9001")
        + "<h2>Occupation duties</h2>"
        + table(
            ("Duty", "KSBs"),
            (
                "Duty 1 Feed the horses.",
                '<span>K1<span role="tooltip">How hay is stored.</span></span> '
                '<span>S1<span class="visually-hidden">: Weigh feed.</span></span>',
            ),
            ("Duty 2 Clean the stalls.", "<button>K2</button><button>B1</button>"),
        )
        + KSBS.replace("<p>K1: How hay is stored.</p>", table(("K1", "<button>How hay is stored.</button>")))
    )
    assert rows(page, "statements", "code", "text") == STATEMENTS
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == PAIRS


def test_the_card_of_a_duty_is_no_table_of_duties():
    cards = "".join(
        f"<h3>Duty {number}</h3><dl><dt>Description</dt><dd>{text}</dd><dt>KSBs</dt><dd>{codes}</dd></dl>"
        for number, text, codes in ((1, "Feed the horses.", "K1, S1"), (2, "Clean the stalls.", "K2, B1"))
    )
    page = page_of(f"{facts('ST9001')}<h2>Duties</h2>{cards}{KSBS}")
    assert rows(page, "duties", "code", "text") == [
        ("D1", "Feed the horses."),
        ("D2", "Clean the stalls."),
    ]
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == PAIRS
    assert findings(page) == []


def test_a_row_without_a_tag_of_its_own_is_a_row():
    page = page_of(STANDARD.replace("</tr><tr>", "</tr>"))
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == PAIRS


def test_duties_beside_each_other_have_the_codes_up_to_the_next():
    duties = table(
        ("Duty", "KSBs", "Duty", "KSBs"),
        ("Duty 1 Feed the horses.", "K1 S1", "Duty 2 Clean the stalls.", "K2 B1"),
    )
    page = page_of(f"{facts('ST9001')}<h2>Occupation duties</h2>{duties}{KSBS}")
    assert rows(page, "duties", "code", "text") == [
        ("D1", "Feed the horses."),
        ("D2", "Clean the stalls."),
    ]
    assert rows(page, "duty_ksbs", "duty_id", "statement_id") == PAIRS


def test_the_sign_behind_a_code_on_a_line_of_its_own_is_no_part_of_the_wording():
    page = page_of(STANDARD.replace("K1: How", "<div>K1</div>: How").replace("S1: W", "<div>S1:</div>W"))
    assert rows(page, "statements", "code", "text") == STATEMENTS


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            page_of(f"<h1>Hand</h1>{DUTIES}{KSBS}<p>This is ST9001.</p>"),
            "nothing was read as the reference; ST9001 is printed in another way",
        ),
        (
            page_of(f"{facts('ST9001Version: 1')}{DUTIES}{KSBS}<p>See ST9001.</p>"),
            "“ST9001Version: 1” was read as the reference; ST9001 is printed in another way",
        ),
        (
            page_of(f"<dl hidden><dt>Reference</dt><dd>ST9001</dd></dl>{DUTIES}{KSBS}"),
            "nothing was read as the reference; ST9001 is printed in another way",
        ),
    ],
)
def test_a_reference_that_is_not_read_is_reported(page, message):
    assert [row.message for row in parsed(page).findings if row.rule == "no-reference"] == [message]


def test_a_reference_without_the_heading_of_key_information():
    assert rows(page_of(f"<h1>Hand (ST9001)</h1>{DUTIES}{KSBS}"), "documents", "reference") == [("ST9001",)]
    page = page_of(f"<h1>Hand</h1><p>Reference: ST9001</p>{DUTIES}{KSBS}")
    assert rows(page, "documents", "reference") == [("ST9001",)]
