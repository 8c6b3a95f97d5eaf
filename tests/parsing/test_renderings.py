"""One standard in several forms, such as a web page and a Word file: the same rows as from its text."""

from __future__ import annotations

import html
import io
import re
from collections import defaultdict

import docx
import pytest

from curriculum.documents.file_reading import bytes_to_document
from curriculum.parsing.document_parser import parse_document
from curriculum.parsing.parsed_tables import parsed_to_tables
from open_documents import parts_to_odt
from rich_text_files import parts_to_rtf

COMPARED = {
    "statements": ["code", "text", "option"],
    "duties": ["code", "option", "text"],
    "duty_ksbs": ["duty_id", "statement_id"],
    "methods": ["code", "name"],
    "themes": ["code", "name", "option", "method_id"],
    "theme_ksbs": ["theme_id", "statement_id"],
    "descriptors": ["theme_id", "grade", "text"],
    "descriptor_ksbs": ["descriptor_id", "statement_id"],
    "overall_grades": ["position", "method_id", "grade", "overall_grade"],
    "statement_methods": ["statement_id", "method_id", "option"],
    "version_log": ["version", "change_detail", "earliest_start_date"],
}
LOG = ["Version", "Change detail", "Earliest start date", "Latest start date", "Latest end date"]


def code(name):
    return str(name).partition(":")[2] or str(name)


def of_1_2(frame):
    ids = frame[frame.columns[0]].str.partition(":")[0]
    return frame[ids == "st0792-1.2"].to_dict("records")


def codes_by(rows, key):
    found = defaultdict(list)
    for row in rows:
        found[row[key]].append(code(row["statement_id"]))
    return found


def duties_to_parts(tables):
    codes = codes_by(of_1_2(tables.duty_ksbs), "duty_id")
    for option in ("core", "Production coordinator", "Post production coordinator"):
        yield "Core occupation duties" if option == "core" else "Option occupation duties"
        if option != "core":
            yield f"{option} duties"
        rows = [
            [
                f"Duty {row['code'][1:]} {row['text']}",
                "\n".join(
                    " ".join(code for code in codes[row["duty_id"]] if code[0] == letter) for letter in "KSB"
                ),
            ]
            for row in of_1_2(tables.duties)
            if row["option"] == option
        ]
        yield [["Duty", "KSBs"], *rows]


def ksbs_to_parts(tables, in_table):
    yield "KSBs"
    for kind, title in (("knowledge", "Knowledge"), ("skill", "Skills"), ("behaviour", "Behaviours")):
        yield title
        rows = [(row["code"], row["text"]) for row in of_1_2(tables.statements) if row["kind"] == kind]
        if in_table:
            yield [["KSB", "Statement", "Page", "Met?"], *([*row, "7", "x"] for row in rows)]
        else:
            yield from (": ".join(row) for row in rows)


def plan_to_parts(tables):
    yield from ("End-point assessment plan", "Grading")
    themes, descriptors = of_1_2(tables.themes), of_1_2(tables.descriptors)
    codes = codes_by(of_1_2(tables.theme_ksbs), "theme_id")
    named = codes_by(of_1_2(tables.descriptor_ksbs), "descriptor_id")
    methods = of_1_2(tables.methods)
    for method in methods:
        yield method["name"]
        rows = [
            [
                "Theme\nKSBs",
                "Pass\nApprentices must demonstrate all",
                "Distinction\nApprentices must demonstrate all",
            ]
        ]
        for theme in themes:
            if theme["method_id"] == method["method_id"]:
                option = "(Core)" if theme["option"] == "core" else f"({theme['option']})"
                cells = [
                    "\n".join(
                        f"{row['text']}\n{', '.join(named[row['descriptor_id']])}"
                        for row in descriptors
                        if (row["theme_id"], row["grade"]) == (theme["theme_id"], grade)
                    )
                    for grade in ("pass", "distinction")
                ]
                rows.append([f"{option} {theme['name']}\n{' '.join(codes[theme['theme_id']])}", *cells])
        yield rows
    yield "Overall EPA grading"
    grades = defaultdict(list)
    for row in of_1_2(tables.overall_grades):
        grades[row["position"], row["overall_grade"]].append(row["grade"])
    yield [
        [*(row["name"] for row in methods), "Overall grading"],
        *([*found, key[1]] for key, found in grades.items()),
    ]
    yield "KSB mapping table"
    names = {row["method_id"]: row["name"] for row in methods}
    texts = {row["statement_id"]: row["text"] for row in of_1_2(tables.statements)}
    yield [
        ["Knowledge", "Assessment methods"],
        *(
            [
                f"{code(row['statement_id'])}: {row['option'].capitalize()}.\n{texts[row['statement_id']]}",
                names[row["method_id"]],
            ]
            for row in of_1_2(tables.statement_methods)
        ),
    ]
    yield "Version log"
    yield [
        LOG,
        *(
            [
                row["version"],
                row["change_detail"],
                "/".join(row["earliest_start_date"].split("-")[::-1]),
                "Not set",
                "Not set",
            ]
            for row in of_1_2(tables.version_log)
        ),
    ]


def tables_to_parts(tables, in_table):
    yield "Key information"
    facts = [row for row in of_1_2(tables.details) if row["section"] == "key information"]
    yield [[row["name"], row["value"]] for row in facts]
    yield "Details of the occupational standard"
    yield from duties_to_parts(tables)
    yield from ksbs_to_parts(tables, in_table)
    yield from plan_to_parts(tables)


def cell_to_html(text, joint):
    lines = [html.escape(line) for line in text.split("\n") if line]
    return joint.join(lines) if joint == "<br>" else "".join(f"<p>{line}</p>" for line in lines)


def parts_to_html(parts, joint):
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(f"<p>{html.escape(part)}</p>")
            continue
        rows = ("".join(f"<td>{cell_to_html(text, joint)}</td>" for text in row) for row in part)
        body.append(f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>")
    return f"<html><body>{''.join(body)}</body></html>".encode()


def parts_to_word(parts):
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(len(part), len(part[0]))
        for cells, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                first, *others = [line for line in text.split("\n") if line] or [""]
                cell.text = first
                for line in others:
                    cell.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


LABELLED = re.compile(r"(?P<code>[KSB]\d+): (?P<text>.*)")


def line_to_markdown(text, is_headed):
    found = LABELLED.fullmatch(text)
    if not found:
        return f"## {text}"
    joint = "### {code}\n\n{text}" if is_headed else "- **{code}:** {text}"
    return joint.format(**found.groupdict())


def parts_to_markdown(parts, is_headed):
    blocks = ["---\ntitle: Mine\n---"]
    for part in parts:
        if isinstance(part, str):
            blocks.append(line_to_markdown(part, is_headed))
            continue
        texts = ([text.replace("|", "\\|").replace("\n", "<br>") for text in row] for row in part)
        first, *rows = map(" | ".join, texts)
        rule = " | ".join("---" for _ in part[0])
        blocks.append("\n".join(f"| {row} |" for row in (first, rule, *rows)))
    return "\n\n".join(blocks).encode()


FORMS = {
    "page of lines": lambda parts: parts_to_html(parts, "<br>"),
    "page of paragraphs": lambda parts: parts_to_html(parts, "<p>"),
    "Word file": parts_to_word,
    "OpenDocument text": parts_to_odt,
    "RTF file": parts_to_rtf,
    "Markdown": lambda parts: parts_to_markdown(parts, is_headed=False),
    "Markdown with headings": lambda parts: parts_to_markdown(parts, is_headed=True),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("in_table", [False, True], ids=["list of KSBs", "table of KSBs"])
def test_a_standard_has_the_same_rows_in_each_form(tables, form, in_table):
    data = FORMS[form](list(tables_to_parts(tables, in_table)))
    one = parse_document(bytes_to_document(data, "mine.md" if form.startswith("Markdown") else "mine"))
    read = parsed_to_tables([one])
    for name, columns in COMPARED.items():
        expected = [[code(row[column]) for column in columns] for row in of_1_2(getattr(tables, name))]
        got = [[code(row[column]) for column in columns] for row in getattr(read, name).to_dict("records")]
        assert got == expected, name
    assert (one.facts.reference, one.facts.version, one.facts.level) == ("ST0792", "1.2", "4")
    further = sum(row.section == "further columns" for row in one.rows.details)
    assert further == (2 * len(read.statements) if in_table else 0)
    assert {row.severity for row in one.findings} <= {"note"}
