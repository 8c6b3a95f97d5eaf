"""Answer the messages of a page: texts in, texts and bytes out; a fault is answered with lines to show."""

from __future__ import annotations

import gc
import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias

from curriculum.errors import CurriculumError
from curriculum.model.progress import Progress
from curriculum.page.compiled_zips import Compiler
from curriculum.page.session import Session

__all__ = ["make_answerer", "make_compiler", "session_to_answer"]

Answerer: TypeAlias = Callable[[str, str, "bytes | memoryview | None"], tuple[str, list[bytes]]]
_FOLDER: Final = "/tmp/files"
_OBJECTS_BEFORE_A_SEARCH: Final = 500_000
_NO_MEMORY: Final = (
    "The memory of the browser does not suffice for this file. Close other tabs, or use a copy of the file "
    "without pictures, other sheets and finished rows; curriculum remap reads it on a computer with Python."
)


def make_answerer(bundles: Mapping[str, Any], progress: Progress) -> Answerer:
    """Return the function that answers the messages of a page, with the bundles of the site."""
    # Most objects live to the end of a call: a search for cycles frees next to nothing.
    gc.set_threshold(_OBJECTS_BEFORE_A_SEARCH)
    Path(_FOLDER).mkdir(parents=True, exist_ok=True)
    # In the folder of the files, messages name them as the person does.
    os.chdir(_FOLDER)
    session = Session({name: bytes(data) for name, data in bundles.items()}, Path(), progress)
    return lambda call, args, data: session_to_answer(session, call, args, data)


def make_compiler(zips: Sequence[str]) -> Compiler:
    """Return what compiles the modules of this start for the next one."""
    return Compiler(tuple(zips))


def session_to_answer(
    session: Session, call: str, args: str, data: bytes | memoryview | None
) -> tuple[str, list[bytes]]:
    """Return the answer of a session to a message.

    Parameters
    ----------
    session
        The session.
    call, args
        The name of the call, and its arguments as JSON.
    data
        The bytes that came with the message.

    Returns
    -------
    tuple
        JSON with the key ``result`` or ``error``, and bytes; in the JSON, the number of the bytes stands in
        their place.
    """
    files: list[bytes] = []

    def to_number(value: object) -> int:
        if not isinstance(value, bytes):
            raise TypeError(f"{type(value).__name__} cannot be sent to the page")
        files.append(value)
        return len(files) - 1

    try:
        content: dict[str, Any] = {"result": session.call(call, json.loads(args), data)}
        return json.dumps(content, default=to_number, allow_nan=False, ensure_ascii=False), files
    except CurriculumError as fault:
        lines = str(fault).split("\n")
    except MemoryError:
        lines = [_NO_MEMORY]
    except Exception as fault:  # A fault of the program must not end the session.
        lines = [f"A fault of the program: {type(fault).__name__}: {fault}. Your file was not changed."]
    return json.dumps({"error": {"lines": lines}}, ensure_ascii=False), []
