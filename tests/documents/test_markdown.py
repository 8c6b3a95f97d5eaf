"""Markdown to lines and cells: each line as it is shown, at its place in the file."""

from __future__ import annotations

import pytest

from curriculum.documents.file_reading import bytes_to_content
from curriculum.documents.markdown_signs import is_markdown
from curriculum.documents.markdown_text import lines_to_markdown_content
from curriculum.errors import UnreadableFile


def content(text):
    return lines_to_markdown_content(text.split("\n"), "k.md")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("# KSBs\n## *Skills* ##\n####### a", ["KSBs", "Skills", "####### a"]),
        ("Skills\n======\nS1: a\n---", ["Skills", "", "S1: a", ""]),
        ("- **K1:** a\n* K2 - b\n+ __K3__: c", ["• K1: a", "• K2 - b", "• K3: c"]),
        ("3. K1: a\n3. K2: b\n\n1) c", ["3. K1: a", "4. K2: b", "", "1. c"]),
        ("- a\n  - b\n    1. c", ["• a", "  • b", "    1. c"]),
        ("- [ ] K1: a\n- [x] K2: b\n- [K3] c", ["• K1: a", "• K2: b", "• [K3] c"]),
        ("> K1: a\nb\n> > c", ["K1: a", "b", "c"]),
        ("[K1](#k1): a\n[D1: b](d.md 't')\n<http://a.b>", ["K1: a", "D1: b", "http://a.b"]),
        ("[K1][one] a\n\n[one]: http://a.b\n  'title'", ["K1 a", "", "", ""]),
        ("[K1]: Tools", ["[K1]: Tools"]),
        ("![K9: x](a.png)K1: a `b_c` \\*d\\* K2\\. &amp; &#233;", ["K1: a b_c *d* K2. & é"]),
        ("K1: a <!-- K2: b --> c\n<!-- K3\nK4 -->\nd", ["K1: a c", "", "", "d"]),
        ("<!-- K1: a\nK2: b", ["K1: a", "K2: b"]),
        ("K1: a<br>b <b>c</b> <name of the shop> </x>", ["K1: a b c <name of the shop> </x>"]),
        ("K1: a  \nb\\\nc", ["K1: a", "b", "c"]),
        ("K1: `a\nb` [c](d\n'e') **f\ng**", ["K1: a", "b c", "f", "g"]),
        ("---\ntitle: Baker\n---\na\n\n---\nb", ["", "", "", "a", "", "", "b"]),
        ("```\n# K1: a\n  *b*\n```\nc", ["", "# K1: a", "  *b*", "", "c"]),
        ("```\n# K1: a\n\n# b", ["", "K1: a", "", "b"]),
        ("    K1: a\n\n\tK2: b", ["K1: a", "", "K2: b"]),
        ("<p>K1: a</p>\n<ul>\n<li>K2: b\n</ul>", ["K1: a", "", "K2: b", ""]),
        ("<script>\nK1: a\n</script>\nb", ["", "", "", "b"]),
        ("<details><summary>Skills</summary>\n\n- S1: a\n\n</details>", ["Skills", "", "• S1: a", "", ""]),
        ("K1: a[^1]\n\n[^1]: b c", ["K1: a", "", "[^1]: b c"]),
        ("::: note\nK1: a\n:::", ["::: note", "K1: a", ""]),
        ("K1: " + "[" * 500, ["K1: " + "[" * 500]),
        ("> " * 90 + "K1: a", ["> " * 90 + "K1: a"]),
    ],
)
def test_each_line_is_as_it_is_shown(text, lines):
    assert list(content(text).lines) == lines


def cells(text):
    return [
        (cell.table, cell.row, cell.column, cell.is_heading, [tuple(line) for line in cell.lines])
        for cell in content(text).cells
    ]


def test_the_cells_of_a_table_with_pipes():
    text = "| KSB | Text |\n|:--|---|\n| **K1:** | a \\| `b`<br>c |\n| K2 |"
    assert cells(text) == [
        (1, 1, 1, True, [(1, "KSB")]),
        (1, 1, 2, True, [(1, "Text")]),
        (1, 2, 1, False, [(3, "K1:")]),
        (1, 2, 2, False, [(3, "a | b"), (3, "c")]),
        (1, 3, 1, False, [(4, "K2")]),
    ]
    assert content(text).lines == ("KSB | Text", "", "K1: | a | b c", "K2 |")


def test_a_cell_without_a_column_in_the_header_is_not_lost():
    assert cells("| KSB | Text |\n|--|--|\n| K1 | a | b |")[-1] == (1, 2, 3, False, [(3, "b")])


def test_a_table_without_a_rule_is_read_beside_one_with_a_rule():
    text = "| A | B |\n|--|--|\n| c | d |\n\n| K1 | e |\n| K2 | f |"
    assert [cell[-1][0][1] for cell in cells(text) if cell[0] > 1] == ["K1", "e", "K2", "f"]


def test_the_cells_of_a_table_of_html_with_blank_lines_in_it():
    text = "<table>\n<tr><th>KSB<th>Text\n\n<tr><td>K1<td rowspan=2>a\nb\n</table>"
    assert cells(text) == [
        (1, 1, 1, True, [(2, "KSB")]),
        (1, 1, 2, True, [(2, "Text")]),
        (1, 2, 1, False, [(4, "K1")]),
        (1, 2, 2, False, [(4, "a"), (5, "b")]),
    ]


def test_a_table_that_shares_a_line_with_other_text_is_read_by_its_lines():
    read = content("<table><tr><td>K1<td>a</table> and\n\nb")
    assert (read.cells, read.lines[0]) == ((), "K1\ta and")


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("- **K1:** a", [(1, 2, 5)]),
        ("**K1: a\nb** c", [(1, 0, 5), (2, 0, 1)]),
        ("# K1: a", []),
        ("# **K1** a", [(1, 0, 2)]),
        ("| A |\n|---|\n| **b** |", [(3, 0, 1)]),
        ("<b>a</b> <span style='font-weight: 600'>b</span> c", [(1, 0, 3)]),
        ("<b>a\n\nb", [(1, 0, 1)]),
        ("*a* `b`", []),
    ],
)
def test_bold_text(text, spans):
    assert [tuple(span) for span in content(text).markup.bold] == spans


def test_front_matter_headings_paragraphs_and_text_that_is_struck_out():
    read = content("---\nlevel: 3\nksbs:\n  K1: a\n---\n# B\nc\nd  \ne\n\n~~f~~")
    markup = read.markup
    assert [tuple(value) for value in markup.values] == [("level", "3", 2), ("ksbs", "K1: a", 3)]
    assert (read.headings, markup.paragraphs) == ({6: 1}, ((7, 8),))
    assert [(remark.rule, remark.line) for remark in markup.remarks] == [("struck-out", 11), ("left-out", 3)]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("a.md", "a", True),
        ("a.MARKDOWN", "a", True),
        ("a.txt", "# A\n\n## B", True),
        ("a.txt", "| A | B |\n| --- | --- |\n| **c** | d |", True),
        ("a.txt", "# A\n\na", False),
        ("a.txt", "**a**\n\n[b](c)", False),
        ("a.yaml", "# A\n# B", False),
        ("a.py", "# A\n# B", False),
    ],
)
def test_which_texts_are_markdown(name, text, expected):
    assert is_markdown(name, text.split("\n")) is expected


def test_odd_texts_are_read_whole_and_soon():
    odd = "<table>\n" + "<tr><td><b>a" * 3_000 + "\n\n" + "<div><?" * 3_000 + "\n\n" + "a[b](" * 5_000
    assert len(content(odd).lines) == 6
    # A row in an item of a list has no cell for the mark of the item.
    assert [cell[2] for cell in cells("- | K1 | a |\n  |--|--|\n  | K2 | b | c |")] == [1, 2, 1, 2, 3]


def test_markdown_that_is_too_long_is_refused():
    with pytest.raises(UnreadableFile, match="at most 2,000,000 characters of Markdown"):
        bytes_to_content((b"a" * 100_000 + b"\n") * 21, "k.md")


def test_the_marks_of_a_plain_text_stay():
    lines = ("K1: Use of **kwargs and the _id", "# of bolts", "[x](y) * z")
    assert bytes_to_content("\n".join(lines).encode(), "k.txt")[0].lines == lines
