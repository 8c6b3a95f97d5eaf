"""A spreadsheet that was remapped, with its results as frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from curriculum.errors import InvalidInput, UnwritableOutput, unknown_ending
from curriculum.files.file_sets import write_files
from curriculum.html.summaries import lines_to_html
from curriculum.library.coverage_object import Coverage, coverage_to_frames
from curriculum.remapping.remap_files import RemapJob, job_to_files, path_to_out
from curriculum.spreadsheets.tracker import Tracker

__all__ = ["RemappedFile"]


@dataclass(frozen=True, repr=False, eq=False)
class RemappedFile:
    """A spreadsheet that was read and remapped; nothing is written before `save`.

    Attributes
    ----------
    job
        The result, as rows.
    """

    job: RemapJob

    @property
    def tracker(self) -> Tracker:
        """The file, as it was read."""
        return self.job.tracker

    @property
    def source(self) -> str:
        """The file, as a message names it."""
        return self.job.source

    @property
    def is_done(self) -> bool:
        """Whether the file has the new codes already."""
        return self.job.is_done

    @property
    def against(self) -> str:
        """Why the file looks like another version; empty if it looks like the old version."""
        return self.job.against

    @property
    def headline(self) -> str:
        """How many codes now name another statement, in a sentence; empty with a crosswalk of one's own."""
        return self.job.headline

    @cached_property
    def audit(self) -> pd.DataFrame:
        """One row for each code that was found, with its outcome; docs/remap.md describes the columns."""
        return pd.DataFrame(self.job.remapped.audit.columns)

    @cached_property
    def coverage(self) -> Coverage | None:
        """What the evidence of the file covers; None if it has no cells that can be evidence."""
        return coverage_to_frames(self.job.coverage) if self.job.coverage else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """The coverage in sentences."""
        return self.job.sentences

    @property
    def cells_to_correct(self) -> tuple[str, ...]:
        """The cells that have to be corrected in the file, as the sheet "To decide" does not ask for them."""
        return self.job.cells_to_correct

    def save(self, out: str | Path = "", *, force: bool = False) -> tuple[Path, ...]:
        """Write the copy, the audit, and what else there is.

        Parameters
        ----------
        out
            The path of the copy; by default beside the file, with the new version in its name.
        force
            Whether to write although the file looks like another version.

        Returns
        -------
        tuple of pathlib.Path
            The files that were written, the copy last.

        Raises
        ------
        InvalidInput
            If the file looks like another version, or has the new codes already.
        UnsupportedFormat, UnwritableOutput
            If the copy would have another format, or would replace the file; or if it cannot be written.
        """
        source, new = self.job.path, self.job.remapped.pair.new
        if self.against and not force:
            raise InvalidInput(
                self.against,
                where=self.source,
                advice="Name the version of the file, or save it with force=True.",
            )
        if self.is_done:
            raise InvalidInput(
                f"has the codes of {new} already",
                where=self.source,
                advice="Use the file as it was before it was remapped.",
            )
        out = Path(out) if out else path_to_out(source, new)
        if out.suffix.casefold() != source.suffix.casefold():
            raise unknown_ending(f"a copy of {source.name}", out.as_posix(), (source.suffix,))
        if out.exists() and source.exists() and out.samefile(source):
            raise UnwritableOutput(
                "the file that is to be remapped", where=out.as_posix(), advice="Choose another name."
            )
        files = job_to_files(self.job, out)
        write_files(files, source)
        return tuple(files)

    def __repr__(self) -> str:
        return repr(self.job)

    def _repr_html_(self) -> str:
        return lines_to_html(self.job.lines())
