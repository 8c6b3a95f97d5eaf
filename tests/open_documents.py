"""OpenDocument texts that tests write by hand, packed or as a single XML file."""

from __future__ import annotations

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
