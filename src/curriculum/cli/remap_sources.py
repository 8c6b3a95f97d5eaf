"""What a remap begins with: the tracker, the answers of a person, and what is known of the two versions."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from curriculum.cli.arguments import to_kinds
from curriculum.cli.results import refuse_beside
from curriculum.crosswalk.bundle import Bundle
from curriculum.crosswalk.bundle_decisions import bundle_with_decisions
from curriculum.crosswalk.bundle_file import bytes_to_bundle, is_bundle
from curriculum.decisions.decision_files import folder_to_decisions, is_decisions_file, path_to_decisions
from curriculum.errors import InvalidInput
from curriculum.files.cache import user_cache
from curriculum.files.encodings import path_to_bytes, path_to_escaped
from curriculum.library.kept_bundles import BundleSource, keep_bundle, kept_bundle, source_to_key
from curriculum.model.progress import Progress
from curriculum.remapping.remap_inputs import RemapInputs
from curriculum.spreadsheets.tracker_files import path_to_tracker

__all__ = ["RemapSources", "options_to_sources"]

_JSON_ENDING = ".json"


class RemapSources(NamedTuple):
    """The files of a user, and what is known of the two versions."""

    inputs: RemapInputs
    bundle: Bundle


def options_to_sources(options: argparse.Namespace, progress: Progress) -> RemapSources:
    """Read the files that the options name; nothing of pandas is loaded where a bundle is at hand.

    Raises
    ------
    CurriculumError
        If a file cannot be read, or an option does not fit it.
    """
    given = _given_bundle(options)
    if given is None and not (options.old and options.new):
        missing = [name for name, value in (("--from", options.old), ("--to", options.new)) if not value]
        options.parser.error(f"the following arguments are required: {', '.join(missing)}")
    progress("read")
    decisions: Path | None = options.decisions
    file = decisions if decisions and not decisions.is_dir() and is_decisions_file(decisions) else None
    answers = decisions if decisions and not decisions.is_dir() and not file else None
    if options.no_decisions and decisions and not answers:
        why = "no decisions are used then"
        refuse_beside(options, "decisions", "--no-decisions", "", why)
    if given is not None:
        inputs = _read_inputs(options.tracker, answers)
        progress("read the versions")
        bundle = _checked(given, options)
        if options.no_decisions:
            bundle = bundle_with_decisions(bundle, ())
        elif decisions and not answers:
            bundle = _with_folder(bundle, decisions)
        return RemapSources(inputs, bundle)
    table = None
    if options.crosswalk:
        from curriculum.library.user_crosswalk_file import path_to_crosswalk_table

        table = path_to_crosswalk_table(options.crosswalk)
    inputs = _read_inputs(options.tracker, answers)._replace(crosswalk=table)
    bundle = _options_to_bundle(options, None if answers or file else decisions, progress)
    return RemapSources(inputs, _with_folder(bundle, file) if file else bundle)


def _read_inputs(tracker: Path, answers: Path | None) -> RemapInputs:
    return RemapInputs(tracker, path_to_tracker(tracker), path_to_tracker(answers) if answers else None)


def _given_bundle(options: argparse.Namespace) -> Bundle | None:
    """Return the bundle that is named as the crosswalk; None if another file, or none, is named."""
    path: Path | None = options.crosswalk
    if path is None or path.suffix.casefold() != _JSON_ENDING:
        return None
    data = path_to_bytes(path)
    return bytes_to_bundle(data, path_to_escaped(path)) if is_bundle(data) else None


def _checked(bundle: Bundle, options: argparse.Namespace) -> Bundle:
    """Return a bundle; refuse it if other versions are named."""
    for name, asked, has in (("--from", options.old, bundle.old), ("--to", options.new, bundle.new)):
        if asked and asked != has:
            raise InvalidInput(
                "the bundle is of other versions",
                where=f"{name} {asked}",
                expected=has,
                found=f"{bundle.old} to {bundle.new} in {options.crosswalk.as_posix()}",
                advice="Leave --from and --to out, or name another bundle.",
            )
    return bundle


def _with_folder(bundle: Bundle, decisions: Path) -> Bundle:
    """Return a bundle with the decisions of a folder, or of one file, in place of its decisions."""
    if decisions.is_dir():
        return bundle_with_decisions(bundle, *folder_to_decisions(decisions, is_needed=True))
    return bundle_with_decisions(bundle, *path_to_decisions(decisions))


def _options_to_bundle(options: argparse.Namespace, decisions: Path | None, progress: Progress) -> Bundle:
    """Return what is known of the two versions: as it was kept, or read and linked now."""
    source = BundleSource(
        (options.old, options.new),
        options.raw,
        to_kinds(options),
        decisions,
        not options.no_decisions,
        not options.crosswalk,
    )
    cache = None if options.no_cache or options.encoder else user_cache()
    key = source_to_key(source) if cache else ""
    kept = kept_bundle(cache, key) if cache else None
    if kept:
        return kept
    project = replace(options.to_project(), decisions=decisions)
    bundle: Bundle = project.bundle(
        *source.names, kinds=source.kinds, with_links=source.with_links, progress=progress
    )
    if cache:
        keep_bundle(cache, key, bundle)
    return bundle
