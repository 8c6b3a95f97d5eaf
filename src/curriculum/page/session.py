"""One visit of a page: the tracker that was opened, and the answers to each call of the page.

It runs in a browser: nothing here needs more than the core of remapping.
Results are values of JSON, or bytes.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_file import bytes_to_bundle
from curriculum.errors import InvalidInput
from curriculum.model.progress import Progress, silent
from curriculum.page.answer_files import answers_to_csv, answers_to_workbook, file_to_answers
from curriculum.page.answer_rows import answers_to_found, dicts_to_answers
from curriculum.page.bundle_facts import bundle_to_codes, bundle_to_facts
from curriculum.page.job_facts import job_to_facts
from curriculum.page.tracker_facts import tracker_to_facts, tracker_to_fit, tracker_to_values
from curriculum.remapping.options import Options
from curriculum.remapping.remap_files import RemapJob, inputs_to_job, job_to_files, path_to_out
from curriculum.remapping.remap_inputs import RemapInputs
from curriculum.spreadsheets.tracker_files import path_to_tracker

__all__ = ["Session"]

_MEDIA_TYPES: Final = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".tsv": "text/tab-separated-values",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_OPTIONS: Final = ("columns", "sheets", "where", "in_text", "in_place", "accepts_proposals", "evidence")
_OTHER_OPTIONS: Final = ("learners", "option", "date")
_AGAIN: Final = "Load the page again; if that does not help, tell the person who put it here."


class Session:
    """What a page asks for, from the first file to the downloads.

    Parameters
    ----------
    bundles
        The crosswalk bundles of the site, as bytes by name.
    folder
        A folder for the files that the page hands over.
    progress
        Is called with the name of each step before it is done.
    """

    def __init__(self, bundles: Mapping[str, bytes], folder: Path, progress: Progress = silent) -> None:
        self._data, self._folder, self._progress = dict(bundles), folder, progress
        self._bundles: dict[str, Bundle] = {}
        self._inputs: RemapInputs | None = None
        self._jobs: dict[str, RemapJob] = {}
        self._calls: dict[str, Callable[..., Any]] = {
            "bundles": self._list_bundles,
            "codes": self._list_codes,
            "open": self._open,
            "values": self._list_values,
            "remap": self._remap,
            "files": self._make_files,
            "answers_from": self._read_answers,
            "answers_to": self._write_answers,
        }

    def call(self, call: str, args: Mapping[str, Any], data: bytes | memoryview | None = None) -> Any:
        """Return the result of a call.

        Parameters
        ----------
        call
            Its name.
        args
            Its arguments by name.
        data
            The bytes of a file, for the calls that read one.

        Raises
        ------
        CurriculumError
            In the words of the command line.
        """
        act = self._calls.get(call)
        given = {**args, **({} if data is None else {"data": data})}
        if act is None or not _fits(act, given):
            raise InvalidInput(
                "the page and the program in it do not fit each other",
                where=f"the call {call}",
                advice=_AGAIN,
            )
        return act(**given)

    def _list_bundles(self) -> list[dict[str, Any]]:
        self._progress("read the versions")
        return [bundle_to_facts(name, self._bundle(name)) for name in sorted(self._data)]

    def _list_codes(self, bundle: str) -> list[dict[str, str]]:
        return bundle_to_codes(self._bundle(bundle))

    def _open(self, name: str, data: bytes | memoryview) -> dict[str, Any]:
        self._progress("read the file")
        self._inputs, self._jobs = None, {}
        path = self._kept(name, data)
        try:
            self._inputs = RemapInputs(path, path_to_tracker(path))
        finally:
            # The file is in memory now; a second copy of a large one would be one too many.
            path.unlink(missing_ok=True)
        self._progress("compare it with each version")
        tracker = self._inputs.tracker
        fits = [
            {"bundle": bundle, **tracker_to_fit(tracker, self._bundle(bundle))}
            for bundle in sorted(self._data)
        ]
        return {**tracker_to_facts(tracker), "fits": fits}

    def _list_values(self, sheet: str, column: str) -> list[dict[str, Any]]:
        return tracker_to_values(self._opened().tracker, sheet, column)

    def _remap(self, bundle: str, settings: Mapping[str, Any], answers: list[Any]) -> dict[str, Any]:
        job = self._job(bundle, settings, answers)
        names = [] if _is_stopped(job, settings) else self._names(job)
        return {
            **job_to_facts(job, self._bundle(bundle), in_text=bool(settings.get("in_text"))),
            "files": names,
        }

    def _make_files(
        self, bundle: str, settings: Mapping[str, Any], answers: list[Any]
    ) -> list[dict[str, Any]]:
        job = self._job(bundle, settings, answers)
        if _is_stopped(job, settings):
            raise InvalidInput(
                job.against or f"has the codes of {job.remapped.pair.new} already",
                where=job.source,
                advice="Nothing has been written.",
            )
        files = job_to_files(job, path_to_out(Path(job.path.name), job.remapped.pair.new), self._progress)
        return [_to_file(path.name, data) for path, data in reversed(files.items())]

    def _read_answers(self, name: str, bundle: str, data: bytes | memoryview) -> dict[str, Any]:
        self._progress("read the answers")
        path = self._kept(name, data)
        try:
            answers = file_to_answers(path, self._bundle(bundle))
        finally:
            path.unlink(missing_ok=True)
        return {"answers": [answer._asdict() for answer in answers], "n_answers": len(answers)}

    def _write_answers(self, bundle: str, answers: list[Any], form: str) -> dict[str, Any]:
        self._progress("write the answers")
        read, known = dicts_to_answers(answers), self._bundle(bundle)
        if form == "csv":
            return _to_file(f"{known.old}_to_{known.new}.csv", answers_to_csv(read, known))
        return _to_file(f"answers.{known.old}.{known.new}.xlsx", answers_to_workbook(read, known))

    def _bundle(self, name: str) -> Bundle:
        if name not in self._data:
            raise InvalidInput("the page has no such versions", where=name, advice=_AGAIN)
        if name not in self._bundles:
            self._bundles[name] = bytes_to_bundle(self._data[name], name)
        return self._bundles[name]

    def _kept(self, name: str, data: bytes | memoryview) -> Path:
        """Return the path of a file that the page handed over, in the folder of the session."""
        path = self._folder / (Path(name).name or "file")
        path.write_bytes(data)
        return path

    def _opened(self) -> RemapInputs:
        if self._inputs is None:
            raise InvalidInput("no file has been opened", where="the page", advice="Choose a file first.")
        return self._inputs

    def _job(self, bundle: str, settings: Mapping[str, Any], answers: list[Any]) -> RemapJob:
        """Return the remap of the file with these settings and answers; the last one is kept."""
        key = json.dumps([bundle, {**settings, "force": False}, answers], sort_keys=True)
        if key not in self._jobs:
            inputs, known = self._opened(), self._bundle(bundle)
            self._progress("remap the codes")
            found = answers_to_found(dicts_to_answers(answers), known)
            self._jobs = {key: inputs_to_job(inputs, known, options=_to_options(settings), answers=found)}
        return self._jobs[key]

    def _names(self, job: RemapJob) -> list[str]:
        """Return the names of the files that a download gives, the copy first."""
        out = path_to_out(Path(job.path.name), job.remapped.pair.new)
        is_table = job.tracker.form == "delimited"
        names = [out.name, *([f"{out.stem}.to-decide.xlsx"] if is_table else [])]
        return [*names, *([f"{out.stem}.coverage.html"] if job.coverage else []), f"{out.stem}.audit.csv"]


def _fits(act: Callable[..., Any], given: Mapping[str, Any]) -> bool:
    """Return whether a call has the arguments that it needs, and no others."""
    try:
        inspect.signature(act).bind(**given)
    except TypeError:
        return False
    return True


def _is_stopped(job: RemapJob, settings: Mapping[str, Any]) -> bool:
    """Return whether nothing is written: the file looks like another version, or is remapped already."""
    return job.is_done or bool(job.against and not settings.get("force"))


def _to_options(settings: Mapping[str, Any]) -> Options:
    """Return the options of a remap; settings that the page leaves out are those of the command line."""
    named = {name: settings[name] for name in (*_OPTIONS, *_OTHER_OPTIONS) if settings.get(name) is not None}
    return Options(**named)


def _to_file(name: str, data: bytes) -> dict[str, Any]:
    ending = Path(name).suffix.casefold()
    return {"name": name, "media_type": _MEDIA_TYPES.get(ending, "application/octet-stream"), "data": data}
