"""Read the KSBs and the duties of a record: codes by position, and duties with the KSBs that they name."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from curriculum.documents.record import RecordDuty, RecordStatement, name_to_key
from curriculum.documents.record_text import RecordText
from curriculum.documents.record_texts import value_to_plain, value_to_printed
from curriculum.model.codes import code_to_sort_key, line_to_label, word_to_code
from curriculum.model.text import names_to_phrase, text_to_shortened
from curriculum.model.vocabulary import CORE

__all__ = ["StatementReader"]

_LETTERS: Final = {
    "knowledges": "K",
    "skills": "S",
    "behaviours": "B",
    "technicalknowledges": "TK",
    "technicalskills": "TS",
    "employabilityskillsandbehaviours": "ESB",
}
_DUTIES: Final = "duties"
_MAPPED: Final = {
    "mappedknowledge": "K",
    "mappedskills": "S",
    "mappedbehaviour": "B",
    "mappedknowledges": "K",
    "mappedbehaviours": "B",
}
_WORDINGS: Final = ("detail", "description", "text", "dutydetail")
_CODES: Final = ("code", "ksbcode")
_DUTY_FIELDS: Final = frozenset((*_WORDINGS, *_MAPPED, "mappedoptions", "isthisacoreduty", "dutyid", "id"))
_SHOWN = 5


class _Item(NamedTuple):
    """An entry of a list: its place in the data, its id, and its values by the keys of their names."""

    at: int
    path: str
    guid: str
    values: Mapping[str, Any]

    def wording(self) -> Any:
        """Return the wording; None if there is none."""
        return next((self.values[key] for key in _WORDINGS if self.values.get(key) is not None), None)


class StatementReader:
    """The KSBs and duties of one record.

    Attributes
    ----------
    names
        The keys of the lists that are read.
    """

    def __init__(
        self, value: Mapping[str, Any], path: str, options: Sequence[tuple[str, str]], text: RecordText
    ) -> None:
        self._text = text
        self._options = options
        self._lists = {name_to_key(name): (name, item) for name, item in value.items()}
        self._path = path
        self.names = frozenset(
            key
            for key in (*_LETTERS, _DUTIES)
            if key in self._lists and (self._lists[key][1] is None or isinstance(self._lists[key][1], list))
        )
        self._items = [
            (item, code, plain)
            for key, letters in _LETTERS.items()
            for item in self._list(key)
            for code, plain in (self._code_and_wording(item, letters),)
        ]
        self._of_guid: dict[str, list[str]] = {}
        for item, code, plain in self._items:
            if item.guid and plain:
                self._of_guid.setdefault(item.guid.casefold(), []).append(code)

    def _list(self, key: str) -> Iterator[_Item]:
        """Yield the entries of a list; an entry that is a text alone has no id."""
        if key not in self.names:
            return
        name, listed = self._lists[key]
        for at, entry in enumerate(listed or ()):
            path = f"{self._path}.{name}[{at}]"
            if isinstance(entry, dict):
                values: dict[str, Any] = {}
                for inner, item in entry.items():
                    values.setdefault(name_to_key(inner), item)
                guid = next((value_to_printed(v) for k, v in values.items() if k.endswith("id") and v), "")
                yield _Item(at, path, guid.strip(" {}"), values)
            else:
                yield _Item(at, path, "", {} if isinstance(entry, list) else {"detail": entry})

    def _code_and_wording(self, item: _Item, letters: str) -> tuple[str, str]:
        """Return the code of a KSB (that of its place, if no code is given), and its wording without it."""
        given = [value_to_printed(item.values.get(key)) for key in _CODES] + [item.guid]
        codes = [parsed for value in given if (parsed := word_to_code(value.strip().upper()))]
        code = str(codes[0]) if codes else f"{letters}{item.at + 1}"
        wording = item.wording()
        plain = "" if isinstance(wording, dict | list) else value_to_plain(wording).text
        label = line_to_label(plain)
        return code, label.text if label and label.code == code and label.text else plain

    def statements(self) -> tuple[RecordStatement, ...]:
        """Write the KSBs to the text, and return them."""
        self._text.heading("KSBs")
        statements = []
        for item, code, plain in self._items:
            wording = item.wording()
            if not plain:
                place = item.path.removeprefix(f"{self._path}.")
                self._text.remark(
                    "empty-field", "error", f"{place}, which is {code} by its place, has no wording"
                )
                continue
            if not isinstance(wording, dict | list):
                self._text.paragraphs(wording, code)
            label = line_to_label(plain)
            if label and label.code != code:
                self._text.remark(
                    "record-id",
                    "error",
                    f"the wording of {code}, by its place, begins with another code: "
                    f"“{text_to_shortened(plain, 40)}”",
                    len(self._text.lines) + 1,
                )
            line = self._text.line(f"{code}: {plain}")
            statements.append(RecordStatement(code, plain, item.guid, item.path, line))
        self._remark_repeated_guids()
        return tuple(statements)

    def other_leaves(self) -> Iterator[tuple[str, Any]]:
        """Yield the values of KSBs and duties that are not read otherwise, with their places."""
        every = [item for item, _, _ in self._items] + list(self._list(_DUTIES))
        for item in every:
            place = item.path.removeprefix(f"{self._path}.")
            for key, value in item.values.items():
                is_id = key.endswith("id") and value_to_printed(value).strip(" {}") == item.guid
                if key not in _DUTY_FIELDS and key not in _CODES and not is_id:
                    shown = "; ".join(_single_values(value)) if isinstance(value, list) else value
                    yield f"{place}.{key}", json.dumps(shown) if isinstance(shown, dict) else shown

    def _remark_repeated_guids(self) -> None:
        for guid, codes in self._of_guid.items():
            if len(codes) > 1:
                self._text.remark(
                    "record-id",
                    "error",
                    f"{names_to_phrase(codes)} have the same id, {guid}: a duty that names it is paired with "
                    "none of them",
                )

    def duties(self) -> tuple[RecordDuty, ...]:
        """Write the duties to the text, and return them; a duty “.” stands for no duties."""
        items = list(self._list(_DUTIES))
        duties: list[RecordDuty] = []
        for item in items:
            wording = item.wording()
            is_single = not isinstance(wording, dict | list)
            code = f"D{item.at + 1}"
            plain = value_to_plain(wording).text if is_single else ""
            if plain.strip(" ."):
                if not duties:
                    self._text.heading("Duties")
                duties.append(self._duty(item, code, plain))
            elif plain:
                self._no_duties(item)
            else:
                self._text.remark(
                    "empty-field", "error", f"duties[{item.at}], duty {item.at + 1}, has no wording"
                )
        if not items and any(code.startswith(("K", "S", "B")) for _, code, _ in self._items):
            self._text.remark("no-duties", "note", "the record has no duties")
        return tuple(duties)

    def _no_duties(self, item: _Item) -> None:
        codes, _ = self._mapped(item, "")
        named = f"; it names {', '.join(codes)}, paired with nothing" if codes else ""
        self._text.remark("no-duties", "note", f"the duty “.” stands for a record without duties{named}")

    def _duty(self, item: _Item, code: str, plain: str) -> RecordDuty:
        self._text.paragraphs(item.wording(), code)
        option = self._option(item, code)
        line = self._text.line(f"Duty {item.at + 1}: {plain}")
        codes, absent = self._mapped(item, code)
        if absent:
            shown = ", ".join(absent[:_SHOWN]) + (" and more" if len(absent) > _SHOWN else "")
            self._text.remark(
                "record-id",
                "error",
                f"duty {item.at + 1} names {'a KSB' if len(absent) == 1 else f'{len(absent)} KSBs'} that the "
                f"record does not hold ({shown}): no pair is written",
                line,
            )
        codes_line = self._text.line(" ".join(codes)) if codes else line
        return RecordDuty(code, option, plain, item.guid, item.path, line, codes, codes_line)

    def _mapped(self, item: _Item, duty: str) -> tuple[tuple[str, ...], list[str]]:
        """Return the codes that a duty names, in the order of a listing, and the ids that are of no KSB."""
        codes: dict[str, None] = {}
        absent: list[str] = []
        for key, letters in _MAPPED.items():
            for guid in _single_values(item.values.get(key)):
                found = self._of_guid.get(guid.strip(" {}").casefold(), [])
                if not found:
                    absent.append(guid)
                elif len(found) == 1:
                    codes[found[0]] = None
                if duty and len(found) == 1 and not found[0].rstrip("0123456789").endswith(letters):
                    self._text.remark(
                        "record-id", "warning", f"duty {item.at + 1} names {found[0]} under {key}"
                    )
        return tuple(sorted(codes, key=code_to_sort_key)), absent

    def _option(self, item: _Item, code: str) -> str:
        """Return `core`, or the titles of the options of a duty; empty if they cannot be told.

        In a standard without options every duty is marked as core, which says nothing.
        """
        if value_to_printed(item.values.get("isthisacoreduty")).casefold() in ("1", "true", "yes"):
            return CORE if self._options else ""
        titles: dict[str, None] = {}
        for option in _single_values(item.values.get("mappedoptions")):
            found = list(dict.fromkeys(t for i, t in self._options if i == option.casefold()))
            if len(found) != 1 or not found[0]:
                what = (
                    f"with {len(found)} titles ({'; '.join(found)})"
                    if found
                    else "that the record does not hold"
                )
                self._text.remark(
                    "record-id",
                    "error",
                    f"duty {code[1:]} is of an option {what}, {option}: its option is left empty",
                    len(self._text.lines) + 1,
                )
                return ""
            titles[found[0]] = None
        if not titles and self._options:
            self._text.remark(
                "record-id",
                "warning",
                f"duty {code[1:]} is neither core nor of an option",
                len(self._text.lines) + 1,
            )
        return "; ".join(titles)


def _single_values(value: Any) -> list[str]:
    """Return the single values of a list, or the value itself; none for nothing."""
    listed = value if isinstance(value, list) else [value]
    return [text for item in listed if not isinstance(item, dict | list) and (text := value_to_printed(item))]
