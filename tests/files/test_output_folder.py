"""Files are written to temporary files and moved into place; what a kill at any point leaves."""

from __future__ import annotations

import hashlib
import subprocess
import sys

import pytest

from curriculum.errors import MixedFolder, NotFound, UnwritableOutput
from curriculum.files import atomic_write
from curriculum.files.atomic_write import find_temporary_files, write_file, write_temporary
from curriculum.files.output_folder import MANIFEST_NAME, check_folder, is_mixed, read_manifest, write_folder

OLD = {"a.csv": b"old a\n", "b.csv": b"old b\n", "gone.csv": b"old gone\n"}
NEW = {"a.csv": b"new a\n", "b.csv": b"old b\n", "c.csv": b"new c\n"}


# Runs in another process, which is killed before it moves the n-th file.
KILLED = """
import os, sys
from pathlib import Path
from curriculum.files import atomic_write, output_folder

moves = iter(range(100))

def move(source, target):
    if next(moves) == int(sys.argv[2]):
        os._exit(9)
    os.replace(source, target)

atomic_write.replace_with = move
output_folder.write_folder(Path(sys.argv[1]), {new!r}, lambda name: name == 'gone.csv')
"""


def is_old(name):
    return name in OLD


def test_a_folder_gets_a_manifest_and_is_read_back(tmp_path):
    write_folder(tmp_path / "out", NEW)
    assert check_folder(tmp_path / "out") == NEW
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted([*NEW, MANIFEST_NAME])


def test_files_of_the_previous_run_are_removed_and_others_stay(tmp_path):
    write_folder(tmp_path, OLD)
    (tmp_path / "mine.txt").write_text("mine")
    write_folder(tmp_path, NEW, is_old)
    assert check_folder(tmp_path) == NEW
    assert not (tmp_path / "gone.csv").exists()
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize("point", range(4))
def test_a_kill_leaves_the_old_folder_the_new_one_or_one_that_is_reported_as_mixed(tmp_path, point):
    write_folder(tmp_path, OLD)
    words = [sys.executable, "-c", KILLED.replace("{new!r}", repr(NEW)), str(tmp_path), str(point)]
    assert subprocess.run(words, check=False).returncode == 9
    if point == 0:
        assert check_folder(tmp_path) == OLD
    else:
        with pytest.raises(MixedFolder, match="run was interrupted"):
            check_folder(tmp_path)
    other = {**NEW, "a.csv": b"newer a\n"}
    assert write_folder(tmp_path, other, is_old).kept == ()
    assert check_folder(tmp_path) == other
    assert not list(tmp_path.glob(".*"))


def test_a_kill_while_temporary_files_are_written_changes_nothing(tmp_path):
    write_folder(tmp_path, OLD)
    write_temporary(tmp_path / "a.csv", b"half")
    assert check_folder(tmp_path) == OLD
    write_folder(tmp_path, NEW)
    assert not find_temporary_files(tmp_path / "a.csv")


def test_a_folder_of_another_program_is_not_overwritten(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"a user's own file")
    with pytest.raises(UnwritableOutput, match=r"has not written.*a\.csv"):
        write_folder(tmp_path, NEW)
    assert (tmp_path / "a.csv").read_bytes() == b"a user's own file"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


@pytest.mark.parametrize("damage", ["edit", "remove", "manifest", "none"])
def test_a_changed_folder_is_refused(tmp_path, damage):
    write_folder(tmp_path, OLD)
    if damage == "edit":
        (tmp_path / "a.csv").write_bytes(b"edited\n")
    elif damage == "remove":
        (tmp_path / "a.csv").unlink()
    elif damage == "manifest":
        (tmp_path / MANIFEST_NAME).write_bytes(b"\xff")
    else:
        (tmp_path / MANIFEST_NAME).unlink()
    with pytest.raises(NotFound if damage == "none" else MixedFolder):
        check_folder(tmp_path)


def test_a_manifest_has_no_effect_outside_its_folder(tmp_path):
    outside = tmp_path / "outside.csv"
    outside.write_bytes(b"mine")
    write_folder(tmp_path / "out", OLD)
    (tmp_path / "out" / MANIFEST_NAME).write_text("path,sha256\n../outside.csv,0\n")
    assert read_manifest(tmp_path / "out") == {}
    with pytest.raises(UnwritableOutput):
        write_folder(tmp_path / "out", NEW)
    assert outside.read_bytes() == b"mine"


@pytest.mark.parametrize(
    "name",
    ["thesis.docx", "..", ".", "../victim", "/etc/passwd", "C:\\x", "CON", "folder", "link", "", "a\x1b[2J"],
)
def test_a_line_of_the_manifest_with_a_file_of_another_program_deletes_nothing(tmp_path, name):
    folder = tmp_path / "out"
    write_folder(folder, OLD)
    (tmp_path / "victim").write_bytes(b"mine")
    (folder / "thesis.docx").write_bytes(b"mine")
    (folder / "folder").mkdir()
    (folder / "link").symlink_to(tmp_path / "victim")
    with (folder / MANIFEST_NAME).open("a") as file:
        file.write(f"{name},{hashlib.sha256(b'mine').hexdigest()}\n")
    before = sorted(path.name for path in folder.iterdir())
    result = write_folder(folder, OLD)
    assert [line.partition(":")[0] for line in result.foreign] == [f"{MANIFEST_NAME}, line 5"]
    assert result.foreign[0].isprintable()
    assert sorted(path.name for path in folder.iterdir()) == before
    assert (folder / "thesis.docx").read_bytes() == (folder / "link").read_bytes() == b"mine"
    # The next run is as it always was.
    assert write_folder(folder, NEW, is_old) == ((), False, ())
    assert check_folder(folder) == NEW


def test_a_folder_in_the_place_of_a_file_is_reported_before_anything_is_written(tmp_path):
    write_folder(tmp_path, OLD)
    (tmp_path / "c.csv").mkdir()
    with pytest.raises(UnwritableOutput, match=r"c\.csv"):
        write_folder(tmp_path, NEW)
    (tmp_path / "c.csv").rmdir()
    assert check_folder(tmp_path) == OLD


def test_a_file_that_a_user_changed_is_kept_as_a_copy(tmp_path):
    write_folder(tmp_path, OLD)
    (tmp_path / "a.csv").write_bytes(b"my notes")
    assert is_mixed(tmp_path)
    assert write_folder(tmp_path, NEW).kept == ("a.edited.csv",)
    assert (tmp_path / "a.edited.csv").read_bytes() == b"my notes"
    assert check_folder(tmp_path) == NEW
    assert not is_mixed(tmp_path)
    (tmp_path / "a.csv").write_bytes(b"more notes")
    assert write_folder(tmp_path, NEW).kept == ("a.edited1.csv",)


def test_a_run_that_failed_half_way_does_not_block_the_next_run(tmp_path, monkeypatch):
    write_folder(tmp_path, OLD)
    moves = iter(range(100))

    def move(source, target):
        if next(moves) == 3:
            raise PermissionError(13, "Permission denied")
        source.replace(target)

    monkeypatch.setattr(atomic_write, "replace_with", move)
    with pytest.raises(UnwritableOutput):
        write_folder(tmp_path, NEW)
    monkeypatch.undo()
    other = {**NEW, "a.csv": b"newer a\n", "c.csv": b"newer c\n"}
    assert write_folder(tmp_path, other, is_old).kept == ()
    assert check_folder(tmp_path) == other


@pytest.mark.parametrize("half", [b"path,sha", b"\xff"])
def test_a_temporary_manifest_that_is_incomplete_blocks_nothing(tmp_path, half):
    write_folder(tmp_path, OLD)
    write_temporary(tmp_path / MANIFEST_NAME, half)
    write_folder(tmp_path, NEW)
    assert check_folder(tmp_path) == NEW


def test_a_foreign_manifest_permits_nothing(tmp_path):
    (tmp_path / MANIFEST_NAME).write_text("path,sha256\nother.csv,0\n")
    (tmp_path / "a.csv").write_bytes(b"a user's own file")
    (tmp_path / "work.aside").write_bytes(b"mine")
    with pytest.raises(UnwritableOutput, match="has not written"):
        write_folder(tmp_path, NEW)
    assert (tmp_path / "work.aside").read_bytes() == b"mine"


def test_a_file_in_use_leaves_the_old_files(tmp_path, monkeypatch):
    path = tmp_path / "x.csv"
    write_file(path, b"old")

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(atomic_write, "replace_with", refuse)
    with pytest.raises(UnwritableOutput, match=r"permission denied\. If it is open in another program"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [left.name for left in tmp_path.iterdir()] == ["x.csv"]
