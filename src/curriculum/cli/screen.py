"""The terminal: progress while a command runs, and small tables when it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from textwrap import wrap
from threading import Timer
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from curriculum.cli.finding_runs import findings_to_shown
from curriculum.cli.typed_commands import to_typed, words_kept
from curriculum.model import vocabulary as v
from curriculum.model.plain_words import RELATION_WORDS
from curriculum.model.progress import silent
from curriculum.model.text import text_to_escaped

if TYPE_CHECKING:
    import pandas as pd

    from curriculum.tables.carrier import Tables
    from curriculum.tables.plain_rows import Row

__all__ = ["Screen"]

_SEVERITY_RANK = {name: rank for rank, name in enumerate(v.SEVERITIES)}
_STYLES = {"error": "bold red", "warning": "yellow", "note": "dim"}
# Headers short enough for a terminal of 80 columns.
_HEADERS = {
    "document_id": "document",
    "performance criterion": "P",
    "knowledge": "K",
    "skill": "S",
    "behaviour": "B",
    "technical knowledge": "TK",
    "technical skill": "TS",
    "employability skill or behaviour": "ESB",
    "duty_ksbs": "pairs",
    # How many rows need a person.
    "review": "look\nneeded",
    **RELATION_WORDS,
}
_NOT_SHOWN = ["descriptors"]
# Commands that take a folder of decisions; `remap` takes a workbook by the same name.
_FOLLOW_DECISIONS = frozenset(("build", "bundle", "link", "lineage", "report", "review", "versions"))
# Commands that link, so that they take a sentence encoder.
_LINK = frozenset(("build", "bundle", "evaluate", "lineage", "link", "remap", "report", "review", "versions"))
# Commands that read a pair of documents, and take the kinds of both.
_OF_PAIRS = frozenset(("bundle", "link", "remap", "report", "review"))
# Seconds before a bar is shown.
_PATIENCE = 2.0


def _is_of_pair(words: Sequence[str]) -> bool:
    return bool(words) and words[0] in _OF_PAIRS


class _Terminal(Console):
    """A console that shows control characters, in texts and names of files, as escapes."""

    def render_str(self, text: str, *args: Any, **options: Any) -> Text:
        """Return a text for the layout, with control characters escaped."""
        return super().render_str(text_to_escaped(text, kept="\n\t"), *args, **options)

    def render(self, renderable: Any, options: Any = None) -> Iterator[Segment]:
        """Yield the pieces to write; control characters within a text are escaped."""
        for piece in super().render(renderable, options):
            is_safe = piece.control is not None or piece.text.isprintable()
            yield piece if is_safe else piece._replace(text=text_to_escaped(piece.text, kept="\n\t"))


class Screen:
    """The terminal, on standard error: data alone goes to standard output.

    ``typed`` are the arguments of the command: what to do next is shown with the same ones.
    """

    def __init__(self, typed: Sequence[str] = ()) -> None:
        self.console = _Terminal(stderr=True, highlight=False, soft_wrap=False, emoji=False)
        self.typed = tuple(typed)
        self._raw = words_kept(typed, ("--raw", "--limits"))
        self._decisions = words_kept(typed, ("--decisions",))
        self._encoder = words_kept(typed, ("--encoder",))
        self._kinds = words_kept(typed, ("--kind", "--old-kind", "--new-kind")) if _is_of_pair(typed) else []

    @contextmanager
    def progress(self, total: int) -> Iterator[Callable[[str], None]]:
        """Show the progress of a job with a known number of steps; a log gets a line for each step."""
        if not self.console.is_terminal:
            yield lambda step: self.console.print(step, markup=False)
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (TextColumn("{task.description:32}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task("start", total=total)
            yield lambda step: bar.update(task, description=step, advance=1)

    @contextmanager
    def patience(self, name: str, total: int) -> Iterator[Callable[[str], None]]:
        """Show the progress of a job once it has taken two seconds."""
        if not self.console.is_terminal:
            yield silent
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description:24}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=self.console, transient=True)
        task = bar.add_task(name, total=total)
        done = count()
        timer = Timer(_PATIENCE, bar.start)
        timer.daemon = True
        timer.start()
        try:
            yield lambda step: bar.update(task, description=f"{name}: {step}", completed=next(done))
        finally:
            timer.cancel()
            timer.join()
            if bar.live.is_started:
                bar.stop()

    def say(self, text: str = "", *, is_wrapped: bool = True) -> None:
        """Print a line without markup; one with file names is not wrapped, so that it can be copied."""
        self.console.print(text, markup=False, soft_wrap=not is_wrapped)

    def next(self, text: str, *commands: Sequence[str]) -> None:
        """Show what to do next; each command is on a line of its own, so that it can be copied.

        Parameters
        ----------
        text
            What to do.
        commands
            The arguments of each; the folders that this command was given are added, the sentence encoder to
            one that links, and the kinds of files to one that reads the same pair.
        """
        self.say(f"Next: {text}")
        for words in commands:
            self.command(*self.with_same(words))

    def with_same(self, words: Sequence[str]) -> tuple[str, ...]:
        """Return the words of a further command, with folders, encoder and kinds as of this one."""
        decisions = self._decisions if words[0] in _FOLLOW_DECISIONS else []
        folders = [*self._raw, *(decisions if "--decisions" not in words else [])]
        kinds = self._kinds if _is_of_pair(words) else []
        encoder = self._encoder if words[0] in _LINK and "--encoder" not in words else []
        return (*words, *kinds, *encoder, *folders)

    def command(self, *words: str) -> None:
        """Show a command as it is typed, on a line of its own."""
        self.say(f"  {to_typed(*words)}", is_wrapped=False)

    def lines(self, text: str) -> None:
        """Print lines, each wrapped with a hanging indent; a log gets them unwrapped."""
        for line in text.splitlines():
            indent = " " * (len(line) - len(line.lstrip()) + 4)
            width = self.console.width if self.console.is_terminal else len(line) + 1
            for piece in wrap(line, width, subsequent_indent=indent, break_on_hyphens=False):
                self.say(piece, is_wrapped=False)

    def table(self, frame: pd.DataFrame, title: str) -> None:
        """Print a small frame, as `rows` prints rows."""
        numbers = [str(name) for name in frame if frame[name].dtype.kind in "iu"]
        self.rows(tuple(map(str, frame)), list(frame.itertuples(index=False, name=None)), title, numbers)

    def rows(
        self,
        names: Sequence[str],
        rows: Sequence[Sequence[object]],
        title: str,
        numbers: Sequence[str] | None = None,
    ) -> None:
        """Print a small table: numbers on the right, zero as a dot.

        Parameters
        ----------
        names
            The columns.
        rows
            The cells of each row.
        title
            What the table is about.
        numbers
            The columns of whole numbers; by default those whose first cell is one.
        """
        first = dict(zip(names, rows[0], strict=True)) if rows else {}
        if numbers is None:
            numbers = [name for name, cell in first.items() if isinstance(cell, int)]
        table = Table(
            title=title,
            title_justify="left",
            title_style="bold",
            box=box.SIMPLE_HEAD,
            padding=(0, 1, 0, 0),
        )
        for position, name in enumerate(names):
            is_number = name in numbers
            table.add_column(
                _HEADERS.get(name, name),
                justify="right" if is_number else "left",
                # An id or a header is of no use when it is cut off; a pair of ids may take two lines.
                no_wrap=is_number or (position == 0 and not any(" " in str(row[0]) for row in rows)),
            )
        for row in rows:
            table.add_row(*(Text("·" if cell == 0 else str(cell)) for cell in row))
        self.console.print(table)

    def documents(self, tables: Tables) -> None:
        """Count what each document holds."""
        from curriculum.analysis.overview import tables_to_overview

        overview = tables_to_overview(tables).drop(columns=_NOT_SHOWN)
        self.table(overview, "Documents, with the number of their statements of each kind, duties and pairs")

    def crosswalk(self, crosswalk: pd.DataFrame) -> None:
        """Count the links of each pair of documents by relation."""
        if crosswalk.empty:
            return
        import pandas as pd

        from curriculum.analysis.overview import crosswalk_to_overview

        overview = crosswalk_to_overview(crosswalk)
        pair = overview[v.SUBJECT_SOURCE] + " -> " + overview[v.OBJECT_SOURCE]
        # The row of a pair's duties follows that of its statements.
        pair = pair.mask(overview["linked"] == "duties", "    its duties")
        counts = overview.drop(columns=[v.SUBJECT_SOURCE, v.OBJECT_SOURCE, "linked"])
        # Shorter, so that a pair fits on its line.
        counts = counts.rename(columns={v.NO_COUNTERPART: "none found"})
        n_decided = int(crosswalk[v.STATUS].isin([v.DECIDED, v.DECIDED_BEFORE]).sum())
        status = f"{v.PROPOSED}; {n_decided} decided by reviewers" if n_decided else v.PROPOSED
        self.table(pd.concat([pair.rename("pair"), counts], axis=1), f"Links, {status}")

    def thesaurus(self, path: Path, *, is_named: bool = True) -> None:
        """Show the thesaurus with which links were proposed, or that there was none."""
        if not path.exists():
            self.say(f"Linked without a thesaurus (there is no {path.as_posix()}): fewer links may be found.")
        elif is_named:
            self.say(f"Thesaurus: {path.as_posix()} (for another trade, --thesaurus names yours).")

    def encoder(self, encoder: Path | None) -> None:
        """Show the sentence encoder with which links were proposed, if there was one."""
        if encoder:
            self.say(f"Sentence encoder: {encoder.as_posix()}.")

    def vectors(self) -> None:
        """Show a note if links were proposed without word vectors."""
        from curriculum.linking.word_vectors import has_vectors

        if not has_vectors():
            self.say(
                "There are no word vectors for this Python or system: links rest on letters, words and the "
                "thesaurus, and may differ from those elsewhere (docs/linking_measured.md)."
            )

    def stale(self, stale: Sequence[Row]) -> None:
        """List the decisions on statements whose wording has changed since; they are still valid."""
        if stale:
            self.say("Decided on a wording that has changed since (they hold; look at them again):")
        for row in stale:
            self.say(f"  {row[v.STATEMENT_ID]}: {row[v.DECISION]}, in {row[v.WHERE]}")

    def severities(self, findings: pd.DataFrame, where: str) -> None:
        """Count the findings by severity."""
        counts = f"{_counted(findings)} (see {where})" if len(findings) else "none"
        self.say(f"Findings in the texts: {counts}")
        if len(findings):
            self.say("They are about the texts themselves; nothing went wrong in this run.")

    def findings(self, tables: Tables, most: int | None = None) -> None:
        """List the findings of each document with their lines, the most severe first."""
        for document in tables.documents.to_dict("records"):
            found = tables.findings[tables.findings[v.DOCUMENT_ID] == document[v.DOCUMENT_ID]]
            self.console.print(f"{document[v.DOCUMENT_ID]}: {_counted(found)}", style="bold", markup=False)
            if found.empty:
                continue
            ordered = found.sort_values(
                v.SEVERITY, key=lambda names: names.map(_SEVERITY_RANK), kind="stable"
            )
            table = Table(box=None, show_header=False, padding=(0, 1, 0, 1))
            table.add_column(justify="right", no_wrap=True)
            table.add_column(no_wrap=True)
            table.add_column(ratio=1)
            shown = findings_to_shown(ordered.to_dict("records"))
            for row in shown[:most]:
                what = Text.assemble((row[v.RULE], "bold"), f": {row[v.MESSAGE]}")
                table.add_row(row[v.WHERE], Text(row[v.SEVERITY], style=_STYLES[row[v.SEVERITY]]), what)
            self.console.print(table)
            if most and len(shown) > most:
                self.say(f"  and {len(shown) - most} more")


def _counted(findings: pd.DataFrame) -> str:
    """Count findings by severity, in words."""
    counts = [(name, int((findings[v.SEVERITY] == name).sum())) for name in v.SEVERITIES]
    return ", ".join(f"{n} {name}{'s' if n != 1 else ''}" for name, n in counts if n) or "no findings"
