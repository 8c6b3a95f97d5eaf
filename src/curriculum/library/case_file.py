"""A standard as a file of CASE, which other programs for frameworks of competencies read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from curriculum.errors import InvalidInput, raise_faults, unknown_ending
from curriculum.model import case_terms as case
from curriculum.model import vocabulary as v

if TYPE_CHECKING:
    from curriculum.parsing.parse_result import ParsedDocument
    from curriculum.tables.carrier import Tables

__all__ = ["check_case_name", "parsed_to_case", "parsed_to_links"]


def check_case_name(path: str | Path) -> None:
    """Raise an error if a name has not the ending of a package of CASE.

    Raises
    ------
    UnsupportedFormat
        If the ending is another one.
    """
    path = Path(path)
    if not path.name.casefold().endswith(case.CASE_ENDING):
        raise unknown_ending("standards", path.as_posix(), (case.CASE_ENDING,))


def parsed_to_case(parsed: ParsedDocument, tables: Tables) -> bytes:
    r"""Return a standard as a package of CASE 1.1; one that was read from CASE as it was read.

    Parameters
    ----------
    parsed
        The document.
    tables
        Its tables.

    Raises
    ------
    InvalidInput, Faults
        If it was read from a package of CASE that is not as the specification has it: other programs would
        refuse it. All faults are named.

    Examples
    --------
    >>> import curriculum as cu
    >>> standard = cu.Project("data").read("nos-2017")
    >>> parsed_to_case(standard.parsed, standard.tables)[:18]
    b'{\n "CFDocument": {'
    """
    from curriculum.documents.case_schema import package_to_faults
    from curriculum.tables.case_standard import tables_to_case

    read, document_id = parsed.document.case, parsed.document.document_id
    # A package of ours that is read under another id has the ids of that: so crosswalks name its items.
    if read is None or case.extension_of(read.document).get(v.DOCUMENT_ID, document_id) != document_id:
        return case.object_to_bytes(tables_to_case(tables, document_id))
    where = parsed.document.source
    raise_faults(
        [
            InvalidInput(
                f"not as CASE {read.version} has it, so that it is not written as such",
                where=where,
                found=str(fault),
                advice="Correct the file, or ask its publisher.",
            )
            for fault in package_to_faults(read.value, read.version, where)
            if not fault.is_other_field
        ]
    )
    return case.object_to_bytes(read.value)


def parsed_to_links(parsed: ParsedDocument) -> Mapping[str, Mapping[str, str]]:
    """Return the identifier and the address of each statement of a framework of another publisher.

    A crosswalk in CASE names its statements by them. All other documents have ids of our own, so that nothing
    is returned for them; nor is it for an item that lacks one of the two.
    """
    package = parsed.document.case
    if package is None or package.is_own:
        return {}
    links = {}
    items = {item.line: item.value for item in package.items}
    for row in parsed.statements:
        link = {name: items[row.first_line].get(name) for name in (case.IDENTIFIER, case.URI)}
        if all(isinstance(text, str) and text for text in link.values()):
            links[f"{parsed.document.document_id}:{row.code}"] = {
                name: str(text) for name, text in link.items()
            }
    return links
