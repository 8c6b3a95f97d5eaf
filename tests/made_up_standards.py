"""Made-up standards of several shapes, and their text in each form in which a user can have it."""

from __future__ import annotations

import html
import io
import json
from dataclasses import dataclass, field
from itertools import groupby

import docx

SUBJECTS = ("bricks", "cakes", "cables", "hedges", "ledgers", "lenses", "pipes", "roofs", "sails", "tyres")
VERBS = (
    "chosen",
    "stored",
    "tested",
    "ordered",
    "cleaned",
    "repaired",
    "labelled",
    "moved",
    "priced",
    "kept",
)
PLACES = ("a site", "a shop", "a workshop", "an office", "a yard", "a vessel", "a school", "a depot")
TITLES = {
    **{"K": "Knowledge", "S": "Skills", "B": "Behaviours"},
    **{"TK": "Technical knowledge", "TS": "Technical skills", "ESB": "Employability skills and behaviours"},
}
FIELDS = {
    **{"K": ("knowledges", "knowledgeId"), "S": ("skills", "skillId"), "B": ("behaviours", "behaviourId")},
    **{"TK": ("technicalKnowledges", "id"), "TS": ("technicalSkills", "id")},
    "ESB": ("employabilitySkillsAndBehaviours", "id"),
}
MAPPED = {"K": "mappedKnowledge", "S": "mappedSkills", "B": "mappedBehaviour"}


def wording(letters, number):
    subject, verb = SUBJECTS[number % 10], VERBS[number // 10 % 10]
    place = PLACES[(number + len(letters)) % 8]
    if letters.endswith("K"):
        return f"How {subject} are {verb} in {place}, and which rule {number} applies."
    return f"Keep {subject} that are {verb} in {place} in order, with care for rule {number}."


@dataclass(frozen=True)
class Standard:
    """A made-up standard: its facts, the number of its KSBs of each kind, its options and duties."""

    reference: str
    title: str
    level: str
    counts: dict[str, int]
    options: tuple[str, ...] = ()
    n_duties: int = 0
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def ksbs(self):
        return [
            (f"{letters}{number}", wording(letters, number))
            for letters, count in self.counts.items()
            for number in range(1, count + 1)
        ]

    @property
    def duties(self):
        """The duties: option, wording, codes. Each KSB belongs to a duty; some belong to several."""
        codes = [code for code, _ in self.ksbs]
        names = ("core", *self.options) if self.options else ("",)
        rows = []
        for at in range(self.n_duties):
            option = names[at * len(names) // self.n_duties]
            named = [code for place, code in enumerate(codes) if place % self.n_duties in (at, (at * 7) % 5)]
            rows.append((option, f"Look after {SUBJECTS[at % 10]} of group {at + 1} at work", named))
        return rows


STANDARDS = {
    "no options": Standard("ST9801", "Tidy site operative", "2", {"K": 14, "S": 12, "B": 4}, (), 6),
    "three options": Standard(
        "ST9802", "Yard technician", "3", {"K": 30, "S": 26, "B": 6}, ("Boats", "Trailers", "Cranes"), 12
    ),
    "foundation": Standard("FA9803", "Site foundation apprenticeship", "2", {"TK": 12, "TS": 9, "ESB": 7}),
    "unit": Standard("AU9804", "Safe lifting", "4", {"TK": 6, "TS": 5}, extra={"hours": 40}),
    "integrated degree": Standard(
        "ST9805",
        "Lens engineer (integrated degree)",
        "6",
        {"K": 24, "S": 21, "B": 5},
        (),
        9,
        extra={"integratedDegree": "integrated degree", "integratedApprenticeship": True},
    ),
    "a list of 150": Standard("ST9806", "Harbour pilot", "7", {"K": 70, "S": 65, "B": 15}, (), 15),
}


def codes_to_lines(codes):
    kinds = groupby(codes, key=lambda code: code.rstrip("0123456789"))
    return [" ".join(group) for _, group in kinds]


def facts(standard):
    return [("Reference", standard.reference), ("Version", "1.2"), ("Level", standard.level)]


def parts(standard):
    """Yield the parts of the text: headings ("#", text), paragraphs, facts and lists as tuples."""
    yield "h1", standard.title
    yield "h2", "Key information"
    yield "facts", facts(standard)
    yield "h2", "Details of the occupational standard"
    if standard.n_duties:
        for at, (option, group) in enumerate(groupby(standard.duties, key=lambda row: row[0])):
            if not standard.options or at < 2:
                yield (
                    "h2",
                    ("Occupation duties" if not option else f"{'Core' if not at else 'Option'} duties"),
                )
            if option not in ("", "core"):
                yield "h3", f"{option} duties"
            yield "duties", list(group)
    yield "h2", "KSBs"
    for letters, group in groupby(standard.ksbs, key=lambda row: row[0].rstrip("0123456789")):
        yield "h3", TITLES[letters]
        yield "ksbs", list(group)


def numbered(standard):
    """Return the parts with the duties numbered over the whole document."""
    count = 0
    for form, value in parts(standard):
        if form == "duties":
            rows = [(count + at, text, codes_to_lines(codes)) for at, (_, text, codes) in enumerate(value, 1)]
            count += len(rows)
            yield form, rows
        else:
            yield form, value


def to_text(standard):
    lines = []
    for form, value in numbered(standard):
        if form == "facts":
            lines += [f"{name}: {fact}" for name, fact in value]
        elif form == "duties":
            for number, text, codes in value:
                lines += [f"Duty {number} {text}", "KSBs", *codes]
        elif form == "ksbs":
            lines += [f"{code}: {text}" for code, text in value]
        else:
            lines += ["", value]
    return "\n".join(lines).encode()


def to_markdown(standard):
    lines = []
    for form, value in numbered(standard):
        if form == "facts":
            lines += [f"- **{name}:** {fact}" for name, fact in value]
        elif form == "duties":
            lines += ["| Duty | KSBs |", "| --- | --- |"]
            lines += [f"| **Duty {number}** {text} | {' '.join(codes)} |" for number, text, codes in value]
        elif form == "ksbs":
            lines += [f"- **{code}:** {text}" for code, text in value]
        else:
            lines += ["", f"{'#' * int(form[1])} {value}", ""]
    return "\n".join(lines).encode()


def to_page(standard):
    body = []
    for form, value in numbered(standard):
        if form == "facts":
            rows = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in value)
            body.append(f"<dl class='govuk-summary-list'>{rows}</dl>")
        elif form == "duties":
            for number, text, codes in value:
                lists = "".join(f"<p>{line}</p>" for line in codes)
                body.append(
                    f"<div><h3>Duty {number}</h3><p>{html.escape(text)}</p><h4>KSBs</h4>{lists}</div>"
                )
        elif form == "ksbs":
            body += [f"<p><strong>{code}</strong>: {html.escape(text)}</p>" for code, text in value]
        else:
            body.append(f"<{form}>{html.escape(value)}</{form}>")
    return f"<!DOCTYPE html><html><body><main>{''.join(body)}</main></body></html>".encode()


def to_page_of_tables(standard):
    def row(cells, tag="td"):
        return f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"

    body = []
    for form, value in numbered(standard):
        if form == "facts":
            body.append(f"<table>{''.join(map(row, value))}</table>")
        elif form == "duties":
            rows = [
                row((f"Duty {number} {html.escape(text)}", "<br>".join(codes)))
                for number, text, codes in value
            ]
            body.append(f"<table>{row(('Duty', 'KSBs'), 'th')}{''.join(rows)}</table>")
        elif form == "ksbs":
            rows = [row((code, html.escape(text), "x")) for code, text in value]
            body.append(f"<table>{row(('KSB', 'Statement', 'Met'), 'th')}{''.join(rows)}</table>")
        else:
            body.append(f"<{form}>{html.escape(value)}</{form}>")
    return f"<html><body>{''.join(body)}</body></html>".encode()


def to_word(standard):
    document = docx.Document()
    for form, value in numbered(standard):
        if form in ("facts", "ksbs"):
            for name, fact in value:
                document.add_paragraph(f"{name}: {fact}")
        elif form == "duties":
            table = document.add_table(1, 2)
            table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Duty", "KSBs"
            for number, text, codes in value:
                cells = table.add_row().cells
                cells[0].text, cells[1].text = f"Duty {number} {text}", " ".join(codes)
        else:
            document.add_heading(value, int(form[1]))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def to_record(standard):
    guids = {code: f"30000000-0000-4000-8000-{at:012}" for at, (code, _) in enumerate(standard.ksbs)}
    record = {
        **{"referenceNumber": standard.reference, "version": "1.2", "versionNumber": "1.2"},
        **{"title": standard.title, "level": int(standard.level), "status": "Approved for delivery"},
        "options": [{"optionId": f"o{at}", "title": title} for at, title in enumerate(standard.options)],
        **standard.extra,
    }
    for code, text in standard.ksbs:
        name, key = FIELDS[code.rstrip("0123456789")]
        detail = "text" if name == "none" else "detail"
        record.setdefault(name, []).append({key: guids[code], detail: text})
    record["duties"] = [
        {
            "dutyID": f"40000000-0000-4000-8000-{at:012}",
            "dutyDetail": text,
            "isThisACoreDuty": int(option in ("", "core")),
            "mappedOptions": [f"o{standard.options.index(option)}"] if option in standard.options else None,
            **{
                name: [guids[code] for code in codes if code.startswith(letters)]
                for letters, name in MAPPED.items()
            },
        }
        for at, (option, text, codes) in enumerate(standard.duties)
    ]
    return json.dumps(record).encode()


FORMS = {
    "text": to_text,
    "Markdown": to_markdown,
    "page": to_page,
    "page of tables": to_page_of_tables,
    "Word file": to_word,
    "official record": to_record,
}
SUFFIXES = {
    **{"text": ".txt", "Markdown": ".md", "page": ".html", "page of tables": ".html"},
    **{"Word file": ".docx", "official record": ".json"},
}
