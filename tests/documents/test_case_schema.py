"""The schemas of CASE: the classes of both versions, and what each says of a package that differs."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import pytest

from case_packages import association, item, link, package, uuid
from curriculum.documents.case_schema import package_to_faults, package_to_version

FOLDER = Path(__file__).resolve().parents[2] / "src" / "curriculum" / "documents"
OF_ALL = {"identifier", "uri", "lastChangeDateTime"}
# The required fields of each class; those of both versions are the same.
REQUIRED = {
    "CFDocument": OF_ALL | {"creator", "title"},
    "CFItem": OF_ALL | {"fullStatement"},
    "CFAssociation": OF_ALL | {"associationType", "originNodeURI", "destinationNodeURI"},
    "CFConcept": OF_ALL | {"title", "hierarchyCode"},
    "CFSubject": OF_ALL | {"title", "hierarchyCode"},
    "CFLicense": OF_ALL | {"title", "licenseText"},
    "CFItemType": OF_ALL | {"title", "description", "hierarchyCode"},
    "CFAssociationGrouping": OF_ALL | {"title"},
    "CFRubric": OF_ALL,
    "CFRubricCriterion": OF_ALL,
    "CFRubricCriterionLevel": OF_ALL,
    "CFDefinitions": set(),
    "LinkURI": {"title", "identifier", "uri"},
    "LinkGenURI": {"title", "identifier", "uri"},
}
# The fields that version 1.1 added to each class, beside `extensions`.
ADDED = {
    "CFDocument": {"frameworkType", "caseVersion"},
    "CFItem": {"subject", "subjectURI"},
    "CFAssociation": {"notes"},
    "LinkGenURI": {"targetType"},
}
WITHOUT_EXTENSIONS = {"LinkURI", "LinkGenURI"}


def classes(version):
    text = (FOLDER / f"case_v{version.replace('.', 'p')}.schema.json").read_text(encoding="utf-8")
    return {name: spec for name, spec in json.loads(text)["$defs"].items() if "properties" in spec}


def example(**document):
    value = package([item(10, "Tie a knot"), item(11, "Coil a rope")], [association(20, "precedes", 10, 11)])
    value["CFDocument"] |= document
    return value


def told(value, version="1.0"):
    return [str(fault) for fault in package_to_faults(value, version, "frame.json")]


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_each_class_requires_its_fields_and_has_no_others(version):
    found = classes(version)
    assert {name: set(spec.get("required", ())) for name, spec in found.items()} == REQUIRED
    assert all(spec["additionalProperties"] is False for spec in found.values())


def test_version_1_1_adds_fields_and_takes_none_away():
    old, new = classes("1.0"), classes("1.1")
    for name, spec in old.items():
        added = ADDED.get(name, set()) | (set() if name in WITHOUT_EXTENSIONS else {"extensions"})
        assert set(new[name]["properties"]) - set(spec["properties"]) == added, name
        assert set(spec["properties"]) <= set(new[name]["properties"]), name


def test_every_adoption_status_is_allowed():
    assert told(example(adoptionStatus="Implemented")) == []
    assert told(example(adoptionStatus="Implemented"), "1.1") == []


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("identifier", uuid(10).upper().replace("0A", "AA"), "is not a UUID in lower case"),
        ("identifier", "0000000a-0000-0000-0000-000000000000", "is not a UUID in lower case"),
        ("lastChangeDateTime", "2017-05-25T18:05:33", "is not a date with a time and its zone"),
        ("lastChangeDateTime", "2017-13-25T18:05:33Z", "is not a date with a time and its zone"),
        ("statusStartDate", "2019-03-07T00:00:00+00:00", "is not a date, such as 2024-09-02"),
        ("uri", "https://yard.example/a b", "is not an address with its scheme and without white space"),
        ("educationLevel", "KG", "is not a list"),
        ("CFItemTypeURI", "https://yard.example/1", "is not an object"),
    ],
)
def test_a_value_in_another_form_is_told_with_the_value(name, value, what):
    changed = example()
    changed["CFItems"][0][name] = value
    (found,) = told(changed)
    assert found.startswith(f"{name} {what}")
    assert found.endswith(f": “{value[:40]}” (CFItems[0].{name})")


def test_the_same_fault_with_other_values_is_told_once():
    value = example()
    for number, row in enumerate(value["CFItems"]):
        row["lastChangeDateTime"] = f"2017-05-25T18:05:3{number}"
    (found,) = told(value)
    assert found.endswith("“2017-05-25T18:05:30” (2 places, first CFItems[0].lastChangeDateTime)")


def test_a_uuid_of_a_new_version_is_one_of_case_1_1_alone():
    value = example(identifier="0190163d-8694-739b-aea5-966c26f8ad91")
    assert told(value, "1.1") == []
    assert len(told(value, "1.0")) == 1


def test_a_number_of_a_place_has_32_bits():
    value = example()
    value["CFAssociations"][0]["sequenceNumber"] = 3_000_000_000
    assert told(value) == [
        "sequenceNumber is not as the specification has it: “3000000000” (CFAssociations[0].sequenceNumber)"
    ]


def test_the_type_of_an_end_is_case_or_begins_with_ext():
    value = example()
    for kind, number in (("CASE", 0), ("ext:lti-item", 0), ("CFItem", 1)):
        value["CFAssociations"][0]["originNodeURI"]["targetType"] = kind
        assert len(told(value, "1.1")) == number
    assert told(value, "1.1")[0].startswith("targetType is not one of CASE, and does not begin with ext:")


def test_a_level_of_a_rubric_has_a_list_of_extensions():
    level = {**item(32, ""), "rubricCriterionId": uuid(31), "position": 1, "score": 5}
    criterion = {**item(31, ""), "rubricId": "r-1", "CFRubricCriterionLevels": [level]}
    rubric = {**item(30, ""), "CFRubricCriteria": [criterion]}
    for part in (level, criterion, rubric):
        del part["fullStatement"]
    value = example() | {"CFRubrics": [rubric]}
    (found,) = told(value, "1.1")
    assert found.startswith("rubricId is not a UUID")
    criterion["rubricId"] = uuid(30)
    level["extensions"] = [{"yard": "blue"}]
    assert told(value, "1.1") == []
    level["extensions"] = {"yard": "blue"}
    (found,) = told(value, "1.1")
    assert found.startswith("extensions is not a list (CFRubrics[0]")


def test_fields_of_other_publishers_are_last_and_marked():
    value = example(CFPackageURI=link(2, "Package"))
    value["CFItems"][0] |= {"educationalLevel": "KG", "CFDocumentURI": link(1, "Frame"), "uri": "no address"}
    value["CFItems"][1]["educationalLevel"] = "01"
    value["imported"] = "2020"
    faults = package_to_faults(value, "1.0", "frame.json")
    assert [fault.is_other_field for fault in faults] == [False, True, True]
    assert str(faults[1]) == "imported is no field of a package (imported)"
    assert str(faults[2]) == (
        "educationalLevel is no field of CFItem (2 places, first CFItems[0].educationalLevel)"
    )


@pytest.mark.parametrize(
    ("change", "version"),
    [
        (lambda value: value.pop("CFAssociations"), "1.0"),
        # Servers write fields that have no value as null.
        (lambda value: value["CFDocument"].update(frameworkType=None), "1.1"),
        (lambda value: value["CFItems"][0].update(subject=None), "1.1"),
        # A document has subjects in both versions.
        (lambda value: value["CFDocument"].update(subject=["Ropes"]), "1.0"),
        (
            lambda value: value["CFDocument"].update(uri="https://x.example/ims/case/v1p1/CFDocuments/1"),
            "1.1",
        ),
        (lambda value: value["CFDocument"].update(caseVersion="1.0", frameworkType="Skills"), "1.0"),
        (lambda value: value["CFAssociations"][0].update(notes="By the yard"), "1.1"),
    ],
)
def test_the_version_is_read_from_what_only_one_of_them_has(change, version):
    value = copy.deepcopy(example())
    change(value)
    assert package_to_version(value) == version
