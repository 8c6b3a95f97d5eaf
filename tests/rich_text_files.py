"""Files in the Rich Text Format that tests write by hand."""

from __future__ import annotations

FONTS = (
    r"{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset2 Wingdings;}{\f2\froman\fcharset2 Symbol;}"
    r"{\f3\fnil\fcharset128 MS Gothic;}{\f4\fswiss\fcharset204{\*\falt Arial}Arial Cyr;}"
    r"{\f5\fnil\fcharset2 Odd Signs;}{\f6\fnil\cpg1250 Calibri;}}"
)
STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0\outlinelevel0\b\fs32 heading 1;}{\s2\sbasedon1 My part;}"
    r"{\s3\b Strong text;}{\*\cs10\additive\b Strong;}{\*\cs11\sbasedon10 Stronger;}{\ts11 Table;}}"
)
_LEVELS = (
    r"{\listlevel\levelnfc0\levelnfcn0\levelfollow0\levelstartat1"
    r"{\leveltext\leveltemplateid1\'03K\'00:;}{\levelnumbers\'02;}}"
    r"{\listlevel\levelnfc4\levelfollow1\levelstartat1{\leveltext\'04\'00.\'01);}{\levelnumbers\'01\'03;}}"
)
_BULLET = r"{\listlevel\levelnfc23\levelstartat1{\leveltext\'01\u-3913 ?;}{\levelnumbers;}\f2}"
LISTS = (
    rf"{{\*\listtable{{\list{_LEVELS}{{\listname ;}}\listid7}}{{\list{_BULLET}\listid8}}"
    r"{\list{\listlevel\levelnfc10\levelstartat1{\leveltext\'02\'00.;}{\levelnumbers\'01;}}\listid9}}"
    r"{\*\listoverridetable{\listoverride\listid7\listoverridecount0\ls1}{\listoverride\listid8\ls2}"
    r"{\listoverride\listid7\listoverridecount1{\lfolevel\listoverridestartat\levelstartat20}\ls3}"
    r"{\listoverride\listid9\ls4}}"
)


def rtf(body, head=FONTS, start=r"{\rtf1\ansi\ansicpg1252\deff0"):
    """Return a file with a body."""
    return f"{start}{head}\n{body}}}".encode("cp1252")


def _letter(sign):
    return sign if sign.isascii() else f"\\u{ord(sign) - 0x10000 * (ord(sign) > 0x7FFF)}?"


def text_to_rtf(text):
    """Return a text with its signs escaped, and letters beyond ASCII as numbers."""
    escaped = "".join(f"\\{sign}" if sign in "\\{}" else sign for sign in text)
    signs = (
        sign if sign.isascii() else f"\\u{ord(sign) - 0x10000 * (ord(sign) > 0x7FFF)}?" for sign in escaped
    )
    return "".join(signs).replace("\n", "\\line ")


def item(text, number=1, level=0, saved=""):
    """Return a paragraph of a list, with the label that the file has."""
    label = rf"{{\listtext\pard\plain {saved}\tab}}" if saved else ""
    return rf"\pard\plain {label}\ls{number}\ilvl{level} {text}\par "


def row(*texts, edges=(), flags=(), head="", before=True):
    """Return a row of a table; its description is before its cells or behind them."""
    edges = edges or [2000 * (at + 1) for at in range(len(texts))]
    cells = zip([*flags, *[""] * (len(edges) - len(flags))], edges, strict=True)
    shape = rf"\trowd\trleft0 {head}" + "".join(rf"{flag}\cellx{edge} " for flag, edge in cells)
    inner = "".join(rf"\pard\intbl {text}\cell " for text in texts)
    return (shape if before else "") + inner + (r"\row " if before else rf"{shape}\row ")


def parts_to_rtf(parts):
    """Return a standard of parts: paragraphs, and tables as lists of rows."""
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(rf"\pard\plain {text_to_rtf(part)}\par ")
            continue
        for texts in part:
            cells = [[line for line in text.split("\n") if line] or [""] for text in texts]
            body.append(row(*(r"\par ".join(map(text_to_rtf, lines)) for lines in cells)))
        body.append(r"\pard ")
    return rtf("".join(body))


def blocks_to_rtf(blocks):
    """Return a file of blocks: headings with a level, bold or plain paragraphs, and tables."""
    written = []
    for kind, block in blocks:
        if kind == "table":
            written += [row(*map(text_to_rtf, texts)) for texts in block]
            written.append(r"\pard ")
        elif kind.startswith("heading"):
            written.append(rf"\pard\plain\s1\outlinelevel{int(kind[-1]) - 1}\b {text_to_rtf(block)}\par ")
        else:
            look = r"\b" if kind == "bold" else ""
            written.append(rf"\pard\plain{look} {text_to_rtf(block)}\par ")
    return rtf("".join(written), FONTS + STYLES)


def damaged_seed():
    """Return a file with something of everything, to be damaged."""
    rows = row("Duty 1 Bake", "K1 S1", flags=(r"\clvmgf",), head=r"\trhdr") + row(
        "", "K2", flags=(r"\clvmrg",)
    )
    nested = (
        r"\pard\intbl\itap2 x\nestcell{\*\nesttableprops\trowd\cellx500\nestrow}{\nonesttables\par}"
        r"\pard\intbl y\cell\row\pard "
    )
    body = (
        r"{\header\pard Baker, version: 1.0\par}{\footer 1\par}\pard\plain\s1\b Knowledge\par "
        + item("How dough rises \\u8211\\'96 \\'83\\'8b {\\f1\\'fc}", saved="K1:")
        + item(r"{\b must} be {\strike not} {\v hidden}{\revised new}{\deleted old{\deleted\par }}")
        + item("rye", 2)
        + r"{\field{\*\fldinst TOC}{\fldrslt a\par b\par}}{\field{\*\fldinst SYMBOL 252 \\f "
        "Wingdings"
        "}}"
        + r"K3: a{\super\chftn}{\footnote n}{\*\annotation x}{\upr{a}{\*\ud{\u275?}}}\bin3 }{}"
        + r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard S1: Sell\par}}{\shprslt x}}{\pict 0102}\par "
        + r"{\pntext\f2\'b7\tab}{\*\pn\pnlvlblt}old\par "
        + rows
        + r"\trowd\cellx1000\pard\intbl "
        + nested
        + r"S2: Cut\line S3: Keep"
    )
    return rtf(body, FONTS + STYLES + LISTS)
