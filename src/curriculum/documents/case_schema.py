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
_TRANSLATION: Final = "isTranslationOf"
_WORDS: Final = {
    "URI": "an address with its scheme, such as https:",
    "UUID": "a UUID, such as fcde3c85-2270-590f-9e7c-ee003d65e0e2",
    "DateTime": "a date and a time, such as 2024-09-02T00:00:00+00:00",
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
    number
        In how many places it is wrong in the same way.
    """

    where: str
    what: str
    number: int

    def __str__(self) -> str:
        """Return the fault in words."""
        places = f"{self.number:,} places, first {self.where}" if self.number > 1 else self.where
        return f"{self.what} ({places})"


def package_to_version(value: Mapping[str, Any]) -> str:
    """Return the version of CASE that a package is of: 1.1 if it says so, or has what only 1.1 has.

    Examples
    --------
    >>> package_to_version({"CFDocument": {"title": "Baker"}})
    '1.0'
    >>> package_to_version({"CFDocument": {"title": "Baker", "frameworkType": "Standard"}})
    '1.1'
    """
    document = value.get(case.DOCUMENT)
    objects = [value, *([document] if isinstance(document, dict) else [])]
    for name in case.LISTS:
        listed = value.get(name)
        objects += [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return "1.1" if any(map(_is_of_1_1, objects)) else "1.0"


def _is_of_1_1(value: Mapping[str, Any]) -> bool:
    kind = value.get(case.ASSOCIATION_TYPE)
    is_new_type = isinstance(kind, str) and (kind == _TRANSLATION or kind.startswith("ext:"))
    has_notes = kind is not None and case.NOTES in value
    return is_new_type or has_notes or not _ONLY_1_1.isdisjoint(value)


def package_to_faults(value: Mapping[str, Any], version: str, where: str) -> tuple[CaseFault, ...]:
    """Return what is not as the specification has it, each fault once with the number of its places.

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
    found: dict[tuple[str, str], list[str]] = {}
    for path, what in _faults(validator, value):
        found.setdefault((_NUMBERS.sub("[]", path), what), []).append(path)
    return tuple(CaseFault(paths[0], what, len(paths)) for (_, what), paths in found.items())


@cache
def _schema(version: str) -> dict[str, Any]:
    text = files("curriculum.documents").joinpath(_FILES[version]).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


@cache
def _validator(version: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(_schema(version))


def _faults(validator: Draft202012Validator, value: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
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


def _told(
    errors: Iterable[ValidationError], start: str, classes: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    for error in errors:
        steps = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
        place = f"{start}{steps}".removeprefix(".")
        if error.validator == "required":
            for name in error.validator_value:
                if name not in error.instance:
                    yield f"{place}.{name}".removeprefix("."), f"{name} is missing"
        else:
            last = place.rpartition(".")[2] or "the package"
            name = f"a value of {_NUMBERS.sub('', last)}" if last.endswith("]") else last
            yield place or "the package", f"{name} {_error_to_words(error, classes)}"


def _error_to_words(error: ValidationError, classes: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, after its name."""
    shown = f"“{text_to_shortened(str(error.instance), _TEXT_SHOWN)}”"
    if error.validator == "type":
        return f"is not {_TYPES.get(error.validator_value, error.validator_value)}"
    if error.validator == "pattern":
        name = next((name for name, spec in classes.items() if spec == error.schema), "")
        return f"is not {_WORDS.get(name, 'in the form of the specification')}: {shown}"
    if error.validator == "enum":
        return f"is not one of {names_to_phrase(map(str, error.validator_value))}: {shown}"
    if error.validator == "anyOf":
        return f"is no type of associations, and does not begin with ext: {shown}"
    return "is empty" if error.validator == "minLength" else f"is not as the specification has it: {shown}"
