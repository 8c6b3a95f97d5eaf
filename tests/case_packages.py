"""Made-up packages of CASE, as other publishers write them."""

from __future__ import annotations

import json

CHANGED = "2023-02-01T10:00:00+00:00"
DOCUMENT = 1


def uuid(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


def link(number, title):
    return {"title": title, "identifier": uuid(number), "uri": f"https://frames.example/{uuid(number)}"}


def item(number, text, **fields):
    base = {"identifier": uuid(number), "uri": f"https://frames.example/{uuid(number)}"}
    return {**base, "fullStatement": text, **fields, "lastChangeDateTime": CHANGED}


def association(number, kind, origin, destination, sequence=None):
    """Return an association; an end is the number of an item, or a whole link."""
    base = {"identifier": uuid(number), "uri": f"https://frames.example/{uuid(number)}"}
    ends = [end if isinstance(end, dict) else link(end, f"item {end}") for end in (origin, destination)]
    return {
        **base,
        "associationType": kind,
        **({} if sequence is None else {"sequenceNumber": sequence}),
        "originNodeURI": ends[0],
        "destinationNodeURI": ends[1],
        "lastChangeDateTime": CHANGED,
    }


def package(items, associations, **parts):
    document = {
        "identifier": uuid(DOCUMENT),
        "uri": f"https://frames.example/{uuid(DOCUMENT)}",
        "creator": "Shoreland Schools Board",
        "title": "Shoreland mathematics",
        "lastChangeDateTime": CHANGED,
        "adoptionStatus": "Adopted",
    }
    return {"CFDocument": document, "CFItems": items, "CFAssociations": associations, **parts}


def school():
    """Return a school curriculum of four levels, without codes, with an association to another document."""
    items, associations = [], []
    number = 100

    def add(kind, text, parent, sequence):
        nonlocal number
        number += 1
        items.append(item(number, text, CFItemType=kind, educationLevel=["01", "02"], notes=None))
        associations.append(association(number + 1000, "isChildOf", number, parent, sequence))
        return number

    for subject in ("Number", "Shape"):
        area = add("Area", subject, DOCUMENT, len(items))
        for strand in ("Shells", "Boats"):
            below = add("Strand", f"{subject} of {strand}", area, len(items))
            # The file has the second cluster first.
            for at, cluster in ((2, "Harbour"), (1, "Beach")):
                group = add("Cluster", f"{cluster} {strand}", below, at)
                for verb in ("Sort", "Draw"):
                    what, where, by = strand.lower(), cluster.lower(), subject.lower()
                    text = f"<p>{verb} {what} at the {where} by {by} &amp; size.</p>"
                    add("Standard", text, group, 1)
    other = {"title": "Old count", "identifier": "old-7", "uri": "https://other.example/old-7"}
    associations.append(association(5000, "exactMatchOf", 104, other))
    definitions = {"CFSubjects": [{**item(6000, "")} | {"title": "Mathematics", "hierarchyCode": "1"}]}
    del definitions["CFSubjects"][0]["fullStatement"]
    return package(items, associations, CFDefinitions=definitions)


def skills():
    """Return a framework of skills with codes, several parents, and items without types, of version 1.0."""
    items = [
        item(10, "Boat repair", humanCodingScheme="BR"),
        item(11, "Sail care", humanCodingScheme="SC"),
        item(12, "Patch a hull below the water line", humanCodingScheme="BR 1"),
        item(13, "Stitch a torn sail by hand", humanCodingScheme="SC.2"),
        item(14, "Choose thread for the weather", humanCodingScheme="SC.2"),
        item(15, "Keep the tools of the yard dry", conceptKeywords=["tools", "storage"]),
    ]
    associations = [
        association(20, "isChildOf", 10, DOCUMENT, 1),
        association(21, "isChildOf", 11, DOCUMENT, 2),
        association(22, "isChildOf", 12, 10, 1),
        association(23, "isChildOf", 13, 11, 1),
        association(24, "isChildOf", 14, 11, 2),
        association(25, "isChildOf", 15, 10, 2),
        association(26, "isChildOf", 15, 11, 3),
        association(27, "precedes", 14, 13),
        association(28, "isRelatedTo", 12, 99),
    ]
    return package(items, associations)


def data_of(value):
    return json.dumps(value).encode()
