"""The rules by which a document is checked: their names, how grave they are, and what they look for."""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["RULES", "Rule"]


class Rule(NamedTuple):
    """One rule.

    Attributes
    ----------
    name
        The name that its findings carry.
    severities
        `error`: the document contradicts itself or cannot be used as it stands; `warning`: look at it;
        `note`: good to know. A rule that has two uses the graver where it is sure.
    looks_for
        What it looks for, in a sentence.
    """

    name: str
    severities: tuple[str, ...]
    looks_for: str


RULES: Final = tuple(
    Rule(name, tuple(severities.split(", ")), looks_for)
    for name, severities, looks_for in (
        # How the text was read.
        (
            "unplaced-line",
            "error, warning",
            "a line, or a cell of a table, that the parser of its kind cannot place; it is in no other "
            "table; an error for what is behind a wording on its line",
        ),
        (
            "empty-section",
            "error, warning, note",
            "a heading of a table below which no row could be read; not an error where text on grading names "
            "no KSB",
        ),
        (
            "numbers-lost",
            "error, warning, note",
            "a list that has lost its numbers, or whose numbers begin anew: how items are numbered; an error "
            "if it may be two standards, or if it cannot be told where an item ends",
        ),
        (
            "not-in-a-table",
            "error, warning",
            "lines that look like duties, KSBs, lists of codes, themes or criteria and are in no table of "
            "them; an error where the document has no row of that table, or where a code cannot be told",
        ),
        (
            "duty-codes-mixed",
            "error",
            "duties whose codes cannot be told apart, as in text from the table of a PDF; no pair is written",
        ),
        (
            "uncertain-order",
            "error",
            "a part of a PDF whose order cannot be told: columns or rows, or text that may go on from a page "
            "before",
        ),
        (
            "uncertain-text",
            "error, warning",
            "text of a PDF that may not be as printed: a word cut at a line end, unknown letters, letters "
            "printed over others",
        ),
        (
            "no-pairs",
            "error, warning",
            "a list of KSBs behind duties; an error if its KSBs may be those of the last duty",
        ),
        (
            "pairs-differ",
            "warning",
            "pairs of a duty and a KSB that are in the lists of the duties or beside the KSBs, and not in "
            "both",
        ),
        (
            "no-wording",
            "error",
            "a wording that is a tick, a word for nothing, a number, a list of codes, or the name of a "
            "method or a unit",
        ),
        (
            "ticks-in-wording",
            "error",
            "a wording that ends in ticks or a page number: text of a table whose cells are lost",
        ),
        (
            "codes-in-wording",
            "error",
            "a duty or a criterion with codes in its wording, or a statement with duties or the label of "
            "another in it, or that begins as a sentence about others",
        ),
        (
            "columns-in-wording",
            "error",
            "a wording with a wide gap in it: columns that are made by spaces may be mixed",
        ),
        (
            "several-on-a-line",
            "error, note",
            "statements that are printed one behind the other on a line; they are separated at their codes; "
            "an error if that cuts brackets",
        ),
        (
            "page-footer",
            "warning, note",
            "the footer of a printed page within a wording, which was left out of it; a warning for a "
            "reference in a wording that can be one",
        ),
        (
            "further-column",
            "warning, note",
            "a column of a table beside codes and wordings; its cells are details, and in no wording; a "
            "warning where the wordings may be in it, as no heading tells",
        ),
        (
            "titled-statement",
            "warning",
            "headings with a code and a title above the wording; titles are details, and in no wording",
        ),
        (
            "reading",
            "error, warning, note",
            "a file that is not plain UTF-8: how it was read; a warning where letters are garbled, an error "
            "for the text of an old Mac",
        ),
        (
            "left-out",
            "error, warning, note",
            "a part of a file that is not read: a document within it, text of a placeholder, footnotes",
        ),
        ("tracked-changes", "note", "a file with tracked changes: it is read as if all were accepted"),
        (
            "list-labels",
            "warning",
            "labels of lists, such as K1, that programs count in different ways, or that differ between the "
            "file and the count",
        ),
        ("struck-out", "warning", "text that is struck out; it is read like other text"),
        (
            "bold-unclear",
            "warning, note",
            "wordings in bold where nothing says what bold means, or bold that does not fit what the "
            "document says about it",
        ),
        (
            "mandatory-inferred",
            "note",
            "bold that is read as a mark of what must be assessed, as the document is a plan from 2025 on",
        ),
        (
            "other-codes",
            "note",
            "codes of another scheme among those of KSBs, whose kind is not printed; codes of CASE with "
            "white space or a colon, which are replaced",
        ),
        (
            "site-text",
            "error, warning, note",
            "lines of a web page that belong to the site: how many; an error or a warning where one looks "
            "like a KSB, a duty or a list of codes, or such a line is read from the footer",
        ),
        (
            "damaged-page",
            "warning",
            "attributes of a web page without their second quotation mark, which hides text",
        ),
        (
            "no-reference",
            "warning",
            "a web page that prints what looks like a reference, of which none was read",
        ),
        # Packages of CASE.
        (
            "case-field",
            "error, warning, note",
            "a field of a package of CASE that is missing, or not as the specification has it; an error "
            "where something of it is not read, a note if the specification has no such field",
        ),
        (
            "case-association",
            "warning, note",
            "associations of CASE that give no place in the tree, or several; items below themselves",
        ),
        (
            "case-raised",
            "warning",
            "wordings of CASE with raised or lowered signs (HTML sup and sub), which are read as plain ones",
        ),
        ("case-types", "note", "which types of items of CASE are read as statements, and which as headings"),
        # Official data.
        (
            "record-id",
            "error, warning",
            "an id in official data or CASE that names nothing or several things: a KSB of a duty, an "
            "option, an item",
        ),
        (
            "record-quality",
            "warning",
            "official data against the department's rules for versions, titles, options and approval",
        ),
        ("empty-field", "error", "a KSB, a duty or an item of official data or CASE without a wording"),
        (
            "no-duties",
            "note",
            "official data without duties, or whose only duty is “.”, which stands for none",
        ),
        (
            "escaped-text",
            "note",
            "a text of official data or CASE that is HTML escaped as text; its tags are left out",
        ),
        (
            "unread-value",
            "warning, note",
            "values of a JSON file in no record and no list of codes; sheets of a workbook that are not read",
        ),
        # Numbers and codes.
        (
            "numbering-gap",
            "error, warning",
            "numbers that are missing between the first and the last of a kind; an error in a PDF",
        ),
        ("numbering-order", "note", "duties that are not printed in the order of their numbers"),
        (
            "duplicate-code",
            "error, warning",
            "one list that prints a code twice: with two wordings, or with one; items of CASE with one code",
        ),
        (
            "several-wordings",
            "error, warning, note",
            "a code printed with several wordings, apart from a closing full stop; as a note where they "
            "differ only in case, punctuation, spelling or a leading “Understand”; an error for two wordings "
            "of a duty with different KSBs",
        ),
        (
            "undefined-code",
            "error, warning",
            "a code that a duty, theme or descriptor names and nothing defines",
        ),
        # Who names whom.
        ("no-duty", "warning", "a KSB that no duty names, though duties name KSBs"),
        (
            "no-theme",
            "error, warning",
            "a KSB that no theme groups, though those of its method are; a warning where its method is not "
            "known",
        ),
        ("several-themes", "note", "a KSB that several themes group"),
        ("descriptor-differs", "warning", "a descriptor that names a KSB which its theme does not group"),
        ("no-descriptor", "warning", "a KSB that a theme groups and none of the theme's descriptors names"),
        ("no-method", "warning", "a KSB that the mapping table leaves out"),
        (
            "core-under-option",
            "warning, note",
            "a core KSB that only duties of an option name; as a note, core KSBs that duties of an option "
            "name too",
        ),
        (
            "option-under-core",
            "warning",
            "a KSB of an option that a core duty names, or a duty of another option",
        ),
        ("same-ksbs", "warning", "duties that name exactly the same KSBs"),
        # One table against another.
        (
            "criterion-without-ksbs",
            "note, warning",
            "criteria of a theme that name no KSB",
        ),
        (
            "criterion-stem",
            "error",
            "the beginning of a criterion that goes on in the criteria below it",
        ),
        (
            "theme-inferred",
            "note",
            "a theme whose name or KSBs are not printed as such: they are those of the heading above its "
            "criteria, or of its criteria",
        ),
        ("theme-repeated", "error", "two headings with the name of the same theme"),
        ("theme-differs", "warning", "a theme that groups other KSBs in one place than in another"),
        (
            "option-differs",
            "error, warning",
            "an option that differs between tables, or that only one of them has",
        ),
        ("method-differs", "error", "a KSB whose method in the mapping table is not that of its theme"),
        (
            "method-unnamed",
            "error",
            "an assessment method that KSBs name by its number, and that has no name in the document",
        ),
        ("grades-differ", "error", "a row of overall grades that does not have a grade for each method"),
        # What a document says of itself.
        (
            "count-differs",
            "error",
            "an announced number of duties, options or methods that is not the printed one",
        ),
        (
            "stated-differently",
            "error, warning",
            "one thing stated with two values: how long an assessment lasts, how many questions are asked, "
            "the duration, level, version or reference; a warning where only one says “at least” or “up to”",
        ),
        (
            "list-differs",
            "warning",
            "a list of the options or themes in the prose that is not that of the tables",
        ),
        ("several-names", "note", "an assessment method or an option with more than one name"),
        ("nothing-follows", "warning", "prose that ends with a colon: what it announces is missing"),
        # Wording.
        (
            "truncated-statement",
            "error, warning",
            "a statement that is cut short: it stops in mid-phrase, or another occurrence goes on, or the "
            "list leaves a gap where the rest was; an error in a PDF",
        ),
        (
            "near-duplicate",
            "warning, note",
            "two statements, or two duties, in nearly the same words; a note where they are of two kinds or "
            "options and not quite the same",
        ),
        (
            "repeated-words",
            "warning",
            "a phrase of four or more words twice in one statement; a word twice in a row",
        ),
        (
            "misspelt-word",
            "warning",
            "a word that occurs in one place, is not in the word list, and is one slip from a usual word",
        ),
        ("broken-sentence", "warning", "a sentence that begins in the middle of another"),
        (
            "spacing",
            "note",
            "a space that is missing after a comma, full stop or dash, or that comes before one",
        ),
    )
)
