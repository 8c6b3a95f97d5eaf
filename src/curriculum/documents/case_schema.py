"""Check a package of CASE against its specification: a JSON Schema of each version is beside this module."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from curriculum.errors import missing_package
from curriculum.files.limits import check_time
from curriculum.model import case_terms as case
from curriculum.model.text import names_to_phrase, text_to_shortened

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

__all__ = ["CaseFault", "package_to_faults", "package_to_version"]

_FILES: Final = {"1.0": "case_v1p0.schema.json", "1.1": "case_v1p1.schema.json"}
_NUMBERS: Final = re.compile(r"\[\d+\]")
# Fields and types that only version 1.1 has.
_ONLY_1_1: Final = frozenset((case.EXTENSIONS, "frameworkType", "caseVersion"))
_ONLY_1_1_OF_ITEMS: Final = frozenset(("subject", "subjectURI"))
_OLD_VERSION: Final = "1.0"
# A server has the version in the addresses of its objects.
_ADDRESS_1_1: Final = "/case/v1p1/"
_TRANSLATION: Final = "isTranslationOf"
_WORDS: Final = {
    "URI": "an address with its scheme and without white space, such as https://example.org/1",
    "UUID": "a UUID in lower case, such as fcde3c85-2270-590f-9e7c-ee003d65e0e2",
    "DateTime": "a date with a time and its zone, such as 2024-09-02T00:00:00+00:00",
    "Date": "a date, such as 2024-09-02",
}
_TYPES: Final = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
}
_TEXT_SHOWN: Final = 40


class CaseFault(NamedTuple):
    """Something in a package that is not as the specification has it.

    Attributes
    ----------
    where
        Its first place, as a JSON path.
    what
        What is wrong, as a clause that begins with the name of the field.
    found
        The value there; empty where it is missing, or is an object or a list.
    number
        In how many places it is wrong in the same way.
    is_other_field
        Whether it is only a field that the specification does not have.
    """

    where: str
    what: str
    found: str = ""
    number: int = 1
    is_other_field: bool = False

    def __str__(self) -> str:
        """Return the fault in words."""
        places = f"{self.number:,} places, first {self.where}" if self.number > 1 else self.where
        found = f": “{self.found}”" if self.found else ""
        return f"{self.what}{found} ({places})"


def package_to_version(value: Mapping[str, Any]) -> str:
    """Return the version of CASE that a package is of: 1.1 if it says so, or has what only 1.1 has.

    A field that only 1.1 has shows it although it is null; so does an address of a server of 1.1.

    Examples
    --------
    >>> package_to_version({"CFDocument": {"title": "Baker"}})
    '1.0'
    >>> package_to_version({"CFDocument": {"title": "Baker", "frameworkType": None}})
    '1.1'
    """
    document = value.get(case.DOCUMENT)
    objects = [value, *([document] if isinstance(document, dict) else [])]
    if str(objects[-1].get("caseVersion")) == _OLD_VERSION:
        return _OLD_VERSION
    for name in case.LISTS:
        listed = value.get(name)
        objects += [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return "1.1" if any(map(_is_of_1_1, objects)) else _OLD_VERSION


def _is_of_1_1(value: Mapping[str, Any]) -> bool:
    kind, uri = value.get(case.ASSOCIATION_TYPE), value.get(case.URI)
    is_new_type = isinstance(kind, str) and (kind == _TRANSLATION or kind.startswith("ext:"))
    has_notes = kind is not None and case.NOTES in value
    is_new_item = case.FULL_STATEMENT in value and not _ONLY_1_1_OF_ITEMS.isdisjoint(value)
    is_new_server = isinstance(uri, str) and _ADDRESS_1_1 in uri
    is_new = is_new_type or has_notes or is_new_item or is_new_server
    return is_new or not _ONLY_1_1.isdisjoint(value)


def package_to_faults(value: Mapping[str, Any], version: str, where: str) -> tuple[CaseFault, ...]:
    """Return what is not as the specification has it, each fault once with the number of its places.

    Fields that the specification does not have are last: nearly all packages have some.

    Parameters
    ----------
    value
        The package, without fields that are null.
    version
        The version of CASE, ``1.0`` or ``1.1``.
    where
        The file, as a message should name it.

    Raises
    ------
    UnsupportedFormat
        If the package jsonschema is not installed.
    """
    try:
        validator = _validator(version)
    except ImportError as fault:
        raise missing_package("CASE", "jsonschema", where) from fault
    found: dict[tuple[str, str], list[CaseFault]] = {}
    for row in _faults(validator, value):
        found.setdefault((_NUMBERS.sub("[]", row.where), row.what), []).append(row)
    faults = [rows[0]._replace(number=len(rows)) for rows in found.values()]
    return tuple(sorted(faults, key=lambda row: row.is_other_field))


@cache
def _validator(version: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    text = files("curriculum.documents").joinpath(_FILES[version]).read_text(encoding="utf-8")
    return Draft202012Validator(json.loads(text))


def _faults(validator: Draft202012Validator, value: Mapping[str, Any]) -> Iterator[CaseFault]:
    """Yield the place and the words of each fault; the lists are read item by item, in limited time."""
    schema = validator.schema
    whole = {
        name: ([] if name in case.LISTS and isinstance(part, list) else part) for name, part in value.items()
    }
    yield from _told(validator.iter_errors(whole), "", schema["$defs"])
    for name in case.LISTS:
        listed = value.get(name)
        item = validator.evolve(schema={**schema["properties"][name]["items"], "$defs": schema["$defs"]})
        for at, part in enumerate(listed if isinstance(listed, list) else []):
            check_time()
            yield from _told(item.iter_errors(part), f"{name}[{at}]", schema["$defs"])


def _told(errors: Iterable[ValidationError], start: str, classes: Mapping[str, Any]) -> Iterator[CaseFault]:
    for error in errors:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
        place = f"{start}{steps}".removeprefix(".")
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    yield CaseFault(f"{place}.{name}".removeprefix("."), f"{name} is missing or null")
        elif error.validator == "additionalProperties":
            owner = _class_name(error, classes) or "a package"
            for name in sorted(set(error.instance) - set(error.schema["properties"])):
                shown = text_to_shortened(name, _TEXT_SHOWN)
                where = f"{place}.{shown}".removeprefix(".")
                yield CaseFault(where, f"{shown} is no field of {owner}", is_other_field=True)
        else:
            last = place.rpartition(".")[2] or "the package"
            name = f"a value of {_NUMBERS.sub('', last)}" if last.endswith("]") else last
            yield CaseFault(
                place or "the package", f"{name} {_error_to_words(error, classes)}", _shown(error.instance)
            )


def _shown(value: Any) -> str:
    return "" if isinstance(value, dict | list) else text_to_shortened(str(value), _TEXT_SHOWN)


def _class_name(error: ValidationError, classes: Mapping[str, Any]) -> str:
    """Return the name of the class that a value does not fit; empty if it is of none."""
    return next((name for name, spec in classes.items() if spec == error.schema), "")


def _error_to_words(error: ValidationError, classes: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, after its name."""
    if error.validator == "type":
        return f"is not {_TYPES.get(error.validator_value, error.validator_value)}"
    if error.validator == "pattern":
        name = _class_name(error, classes)
        return f"is not {_WORDS.get(name, 'in the form of the specification')}"
    if error.validator == "enum":
        return f"is not one of {names_to_phrase(map(str, error.validator_value))}"
    if error.validator == "anyOf":
        named = names_to_phrase(map(str, error.validator_value[0]["enum"]))
        return f"is not one of {named}, and does not begin with ext:"
    return "is not as the specification has it"
