"""OpenDocument texts that tests write by hand, packed or as a single XML file."""

from __future__ import annotations

import html
import io
import zipfile

NAMES = "urn:oasis:names:tc:opendocument:xmlns"
SPACES = " ".join(
    [
        *(f'xmlns:{name}="{NAMES}:{name}:1.0"' for name in ("office", "style", "text", "table")),
        f'xmlns:draw="{NAMES}:drawing:1.0"',
        f'xmlns:fo="{NAMES}:xsl-fo-compatible:1.0"',
        f'xmlns:svg="{NAMES}:svg-compatible:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"',
    ]
)
TYPE = "application/vnd.oasis.opendocument.text"


def style(name, properties="", family="paragraph", parent="", **attributes):
    """Return a style; names of attributes are those of the space `style`."""
    further = "".join(f' style:{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    based = f' style:parent-style-name="{parent}"' if parent else ""
    return (
        f'<style:style style:name="{name}" style:family="{family}"{based}{further}>'
        f"<style:text-properties {properties}/></style:style>"
    )


def level(number, pattern="%", form="1", start=1, **attributes):
    """Return a level of a list style; % in the pattern is its number."""
    prefix, _, suffix = pattern.partition("%")
    further = "".join(
        f' {key.replace("__", ":").replace("_", "-")}="{value}"' for key, value in attributes.items()
    )
    return (
        f'<text:list-level-style-number text:level="{number}" style:num-format="{form}" '
        f'style:num-prefix="{prefix}" style:num-suffix="{suffix}" text:start-value="{start}"{further}/>'
    )


def list_style(name, *levels):
    """Return a style of lists."""
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def content(body, automatic="", fonts=""):
    """Return the XML of the text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES}>'
        f"<office:font-face-decls>{fonts}</office:font-face-decls>"
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def styles_part(styles="", masters=""):
    """Return the XML of the common styles."""
    return (
        f"<office:document-styles {SPACES}><office:styles>{styles}</office:styles>"
        f"<office:master-styles>{masters}</office:master-styles></office:document-styles>"
    )


def packed(parts, kind=TYPE):
    """Return a package with parts by their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        if kind:
            package.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, data in parts.items():
            package.writestr(name, data)
    return stream.getvalue()


def odt(*blocks, automatic="", styles="", masters="", fonts="", kind=TYPE):
    """Return an OpenDocument text with blocks of XML."""
    text = content("".join(blocks), automatic, fonts)
    return packed({"content.xml": text, "styles.xml": styles_part(styles, masters)}, kind)


def flat(*blocks, automatic="", styles="", kind=TYPE):
    """Return an OpenDocument text in a single XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {SPACES} office:mimetype="{kind}">'
        f"<office:styles>{styles}</office:styles><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{''.join(blocks)}</office:text></office:body></office:document>"
    ).encode()


def p(text, name=""):
    """Return a paragraph."""
    named = f' text:style-name="{name}"' if name else ""
    return f"<text:p{named}>{text}</text:p>"


def h(text, number=1, name=""):
    """Return a heading."""
    named = f' text:style-name="{name}"' if name else ""
    return f'<text:h text:outline-level="{number}"{named}>{text}</text:h>'


def span(text, name):
    """Return a part of a paragraph."""
    return f'<text:span text:style-name="{name}">{text}</text:span>'


def items(*texts, name="", attributes=""):
    """Return a list; an item that begins with a tag stays as it is."""
    named = f' text:style-name="{name}"' if name else ""
    inner = "".join(
        text
        if text.startswith("<text:list-")
        else f"<text:list-item>{text if text[:1] == '<' else p(text)}</text:list-item>"
        for text in texts
    )
    return f"<text:list{named} {attributes}>{inner}</text:list>"


def cell(text, attributes=""):
    """Return a cell of a table."""
    return f"<table:table-cell {attributes}>{text if text[:1] == '<' else p(text)}</table:table-cell>"


def row(*cells, attributes=""):
    """Return a row of a table."""
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


COVERED = "<table:covered-table-cell/>"


def table(*rows):
    """Return a table."""
    return f"<table:table>{''.join(rows)}</table:table>"


def escaped(text):
    """Return a text as XML."""
    return html.escape(text).replace("\n", "<text:line-break/>")


def _cell_of_lines(lines):
    return cell("".join(p(escaped(line)) for line in lines))


def parts_to_odt(parts):
    """Return a standard of parts: paragraphs, and tables as lists of rows."""
    blocks = []
    for part in parts:
        if isinstance(part, str):
            blocks.append(p(escaped(part)))
            continue
        rows = ([[line for line in text.split("\n") if line] or [""] for text in texts] for texts in part)
        blocks.append(
            table(
                *(
                    row(*(cell("".join(p(escaped(line)) for line in lines)) for lines in cells))
                    for cells in rows
                )
            )
        )
    return odt(*blocks)


def blocks_to_odt(blocks):
    """Return a file of blocks: headings with a level, bold or plain paragraphs, and tables."""
    written = []
    for kind, block in blocks:
        if kind == "table":
            written.append(table(*(row(*(cell(p(escaped(text))) for text in texts)) for texts in block)))
        elif kind.startswith("heading"):
            written.append(h(escaped(block), int(kind[-1]), "Heading_20_1"))
        else:
            written.append(p(span(escaped(block), "T1") if kind == "bold" else escaped(block)))
    bold = 'fo:font-weight="bold"'
    return odt(*written, automatic=style("T1", bold, "text"), styles=style("Heading_20_1", bold))


def seeds():
    """Return a packed and a flat file with something of everything, to be damaged."""
    bold = style("B", 'fo:font-weight="bold"', "text") + style("H", 'text:display="none"', "text", parent="B")
    lists = list_style("K", level(1, "K%:"), level(2, "%)", "a", text__display_levels=2))
    note = f"<text:note><text:note-body>{p('n')}</text:note-body></text:note>"
    repeated = 'table:number-rows-repeated="3"'
    blocks = [
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>",
        h("Knowledge"),
        items(p(f"How {span('dough', 'B')} rises<text:s text:c='2'/>") + items("rye"), "old", name="K"),
        items("b", name="K", attributes='text:continue-numbering="true" xml:id="l1"'),
        p(f"S1: {span('gone', 'H')}<text:tab/>Bake{note}"),
        table(
            row(cell("Duty 1 Bake", 'table:number-rows-spanned="2"'), cell("K1 S1")),
            row(
                COVERED,
                cell("K2", 'table:number-columns-repeated="2"'),
                attributes=repeated,
            ),
        ),
        p(f"B1: Calm<draw:frame><draw:text-box>{p('S2: Sell')}</draw:text-box></draw:frame>"),
        f"<text:section text:display='none'>{p('S9: Hidden')}</text:section>",
        f"<text:table-of-content>{p('a')}</text:table-of-content>",
    ]
    return odt(*blocks, automatic=bold + lists), flat(*blocks, automatic=bold + lists)
