"""Make a vbaProject.bin, the file of Excel for macros, from their sources, as [MS-OVBA] and [MS-CFB] define.

No compiled code is written. Excel compiles the sources when it first needs them.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

__all__ = ["Module", "make_vba_project"]

_PROJECT_ID = "{7D1C0A52-3E0B-4B5C-9A55-0792A1B2C3D4}"
_NAME = "VBAProject"
_STDOLE = r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation"
_CLASSES = {"ThisWorkbook": "00020819", "Sheet1": "00020820"}
_SECTOR, _MINI_SECTOR, _ENTRY = 512, 64, 128
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5


class Module(NamedTuple):
    """A module of VBA: `ThisWorkbook` and `Sheet1` belong to the workbook, others are plain modules."""

    name: str
    source: str

    def text(self) -> bytes:
        """Return the source below the attributes that Excel expects above it."""
        lines = [f'Attribute VB_Name = "{self.name}"']
        if self.name in _CLASSES:
            lines.append(f'Attribute VB_Base = "0{{{_CLASSES[self.name]}-0000-0000-C000-000000000046}}"')
            for attribute in ("GlobalNameSpace", "Creatable", "TemplateDerived"):
                lines.append(f"Attribute VB_{attribute} = False")
            for attribute in ("PredeclaredId", "Exposed", "Customizable"):
                lines.append(f"Attribute VB_{attribute} = True")
        return "\r\n".join([*lines, *self.source.splitlines(), ""]).encode("cp1252")


class _Entry(NamedTuple):
    """An entry of the directory: its name, its kind, its contents, and the positions of its relations."""

    name: str
    kind: int
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0
    size: int = 0

    def pack(self) -> bytes:
        """Return the 128 bytes of the entry."""
        name = (self.name + "\0").encode("utf-16-le")
        header = struct.pack("<64sHBB3I", name, len(name), self.kind, 1, self.left, self.right, self.child)
        return header + bytes(36) + struct.pack("<IQ", self.start, self.size)


def make_vba_project(modules: list[Module]) -> bytes:
    """Return the bytes of a vbaProject.bin with these modules."""
    streams = {module.name: _compress(module.text()) for module in modules}
    streams["dir"] = _compress(_directory([module.name for module in modules]))
    streams["_VBA_PROJECT"] = b"\xcc\x61\xff\xff\x00\x00\x00"  # version 0xFFFF: no compiled code here
    names = "".join(module.name + "\0" for module in modules)
    pairs = b"".join(f"{n}\0".encode("cp1252") + f"{n}\0".encode("utf-16-le") for n in names.split("\0")[:-1])
    top = {"PROJECT": _project([module.name for module in modules]), "PROJECTwm": pairs + b"\0\0"}
    return _compound_file(top, "VBA", streams)


def _compress(data: bytes) -> bytes:
    """Return bytes in the container of [MS-OVBA] 2.4.1, as literals: valid, but larger than necessary."""
    chunk = b"".join(b"\0" + data[i : i + 8] for i in range(0, len(data), 8))
    if len(chunk) > 4096:
        raise ValueError(f"A stream of {len(data)} bytes needs more than the one chunk that is written here.")
    return b"\x01" + struct.pack("<H", 0xB000 | (len(chunk) - 1)) + chunk


def _record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", number, len(data)) + data


def _both(number: int, unicode_number: int, text: str) -> bytes:
    return _record(number, text.encode("cp1252")) + _record(unicode_number, text.encode("utf-16-le"))


def _directory(names: list[str]) -> bytes:
    """Return the records of the stream `dir`: the project, one reference, and the modules."""
    libid = struct.pack("<I", len(_STDOLE)) + _STDOLE.encode("cp1252") + bytes(6)
    project = [
        _record(0x01, struct.pack("<I", 1)),  # 32-bit Windows
        _record(0x02, struct.pack("<I", 0x0409)),
        _record(0x14, struct.pack("<I", 0x0409)),
        _record(0x03, struct.pack("<H", 1252)),
        _record(0x04, _NAME.encode("cp1252")),
        _both(0x05, 0x40, ""),  # description
        _both(0x06, 0x3D, ""),  # help file
        _record(0x07, bytes(4)),
        _record(0x08, bytes(4)),
        struct.pack("<HIIH", 0x09, 4, 1, 1),  # version; its size field does not count the minor number
        _both(0x0C, 0x3C, ""),  # constants
        _both(0x16, 0x3E, "stdole"),
        _record(0x0D, libid),
        _record(0x0F, struct.pack("<H", len(names))),
        _record(0x13, b"\xff\xff"),
    ]
    return b"".join(project) + b"".join(map(_module_records, names)) + _record(0x10)


def _module_records(name: str) -> bytes:
    return b"".join(
        [
            _both(0x19, 0x47, name),
            _both(0x1A, 0x32, name),  # the stream's name
            _both(0x1C, 0x48, ""),  # description
            _record(0x31, bytes(4)),  # where in the stream the source begins
            _record(0x1E, bytes(4)),
            _record(0x2C, b"\xff\xff"),
            _record(0x22 if name in _CLASSES else 0x21),
            _record(0x2B),
        ]
    )


def _project(names: list[str]) -> bytes:
    """Return the text of the stream PROJECT; its last three values mean: not locked, no password, visible."""
    lines = [f'ID="{_PROJECT_ID}"']
    lines += [f"Document={name}/&H00000000" if name in _CLASSES else f"Module={name}" for name in names]
    lines += [f'Name="{_NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    for key, value in (("CMG", bytes(4)), ("DPB", b"\0"), ("GC", b"\xff")):
        lines.append(f'{key}="{_encrypt(value)}"')
    lines += ["", "[Host Extender Info]"]
    lines += ["&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000", "", "[Workspace]"]
    lines += [f"{name}=0, 0, 0, 0, C" for name in names]
    return "\r\n".join([*lines, ""]).encode("cp1252")


def _encrypt(data: bytes) -> str:
    """Obscure a value as [MS-OVBA] 2.4.3.2 does, with the seed 0, which needs no filling bytes."""
    key = sum(_PROJECT_ID.encode()) & 0xFF
    version = 2
    written, plain = [0, version, key], key
    for byte in struct.pack("<I", len(data)) + data:
        written.append(byte ^ ((written[-2] + plain) & 0xFF))
        plain = byte
    return bytes(written).hex().upper()


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _chain(first: int, length: int) -> list[int]:
    """Return the part of an allocation table for sectors that follow each other."""
    return [*range(first + 1, first + length), _END] if length else []


def _tree(entries: list[_Entry], places: list[int]) -> int:
    """Join the entries at these places into a balanced tree, shorter names first; return its root."""
    if not places:
        return _FREE
    places = sorted(places, key=lambda place: (len(entries[place].name), entries[place].name.upper()))
    middle = len(places) // 2
    root = places[middle]
    entries[root] = entries[root]._replace(
        left=_tree(entries, places[:middle]), right=_tree(entries, places[middle + 1 :])
    )
    return root


def _compound_file(top: dict[str, bytes], storage: str, inner: dict[str, bytes]) -> bytes:
    """Return an OLE compound file of short streams: some at the top, the others in one storage."""
    entries, mini, mini_table = [_Entry("Root Entry", _ROOT)], b"", list[int]()
    for name, data in {**top, **inner}.items():
        entries.append(_Entry(name, _STREAM, start=len(mini) // _MINI_SECTOR, size=len(data)))
        stream = _padded(data, _MINI_SECTOR)
        mini_table += _chain(len(mini) // _MINI_SECTOR, len(stream) // _MINI_SECTOR)
        mini += stream
    outside, inside = range(1, len(top) + 1), range(len(top) + 1, len(entries))
    entries.append(_Entry(storage, _STORAGE, child=_tree(entries, list(inside))))
    root = _tree(entries, [*outside, len(entries) - 1])

    n_entries = -(-len(entries) * _ENTRY // _SECTOR)
    n_mini_table = -(-len(mini_table) * 4 // _SECTOR)
    n_mini = -(-len(mini) // _SECTOR)
    first_mini_table = 1 + n_entries  # sector 0 holds the allocation table
    first_mini = first_mini_table + n_mini_table
    entries[0] = entries[0]._replace(child=root, start=first_mini, size=len(mini))
    table = [
        _FAT,
        *_chain(1, n_entries),
        *_chain(first_mini_table, n_mini_table),
        *_chain(first_mini, n_mini),
    ]
    empty = struct.pack("<64sHBB3I", b"", 0, 0, 0, _FREE, _FREE, _FREE) + bytes(48)
    directory = b"".join(entry.pack() for entry in entries)
    directory += empty * ((n_entries * _SECTOR - len(directory)) // _ENTRY)
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x6I", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, first_mini_table)
    header += struct.pack("<3I", n_mini_table, _END, 0) + _sector([0])[: 109 * 4]
    return header + _sector(table) + directory + _sectors(mini_table) + _padded(mini, _SECTOR)


def _sector(numbers: list[int]) -> bytes:
    """Return one sector of an allocation table, with the rest marked as free."""
    if len(numbers) > 128:
        raise ValueError(f"{len(numbers)} sectors are more than the one table of 128 that is written here.")
    return struct.pack("<128I", *numbers, *[_FREE] * (128 - len(numbers)))


def _sectors(numbers: list[int]) -> bytes:
    return b"".join(_sector(numbers[i : i + 128]) for i in range(0, len(numbers), 128))
