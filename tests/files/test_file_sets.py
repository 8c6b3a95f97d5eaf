"""Several files of one command: all of them or none; an interrupted run is finished or reported."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from contextlib import contextmanager

import pytest

from curriculum.errors import MixedFolder, UnwritableOutput
from curriculum.files import atomic_write, locks
from curriculum.files.atomic_write import find_temporary_files, path_beside, write_file, write_temporary
from curriculum.files.file_sets import finish_sets, refuse_mixed, replace_file, write_files
from curriculum.files.output_folder import write_folder

OLD = {"a.csv": b"old a", "b.csv": b"old b", "out.csv": b"old out"}
NEW = {"a.csv": b"new a", "b.csv": b"new b", "out.csv": b"new out"}
needs_modes = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no such permissions")

# Runs in another process, which is killed before it moves the n-th file.
KILLED = f"""
import os, sys
from pathlib import Path
from curriculum.files import atomic_write, file_sets

moves = iter(range(100))

def move(source, target):
    if next(moves) == int(sys.argv[2]):
        os._exit(9)
    os.replace(source, target)

atomic_write.replace_with = move
file_sets.write_files({{Path(sys.argv[1]) / name: data for name, data in {NEW!r}.items()}})
"""
# Holds the lock of a file for a while, and says so.
HOLDING = """
import sys, time
from pathlib import Path
from curriculum.files.locks import write_lock

with write_lock(Path(sys.argv[1]), Path("x")):
    print("locked", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def files_of(folder, files):
    return {folder / name: data for name, data in files.items()}


def contents_of(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def killed(folder, point):
    for name, data in OLD.items():
        (folder / name).write_bytes(data)
    code = subprocess.run([sys.executable, "-c", KILLED, folder, str(point)], check=False).returncode
    assert code == 9


def test_the_previous_files_are_kept_and_nothing_else_is_left(tmp_path):
    write_files(files_of(tmp_path, OLD))
    kept = write_files(files_of(tmp_path, {**NEW, "b.csv": b"old b"}))
    assert [path.name for path in kept] == ["a.previous.csv", "out.previous.csv"]
    assert contents_of(tmp_path) == {
        "a.csv": b"new a",
        "a.previous.csv": b"old a",
        "b.csv": b"old b",
        "out.csv": b"new out",
        "out.previous.csv": b"old out",
    }


# The journal and three copies are moved before the first file of the set is.
@pytest.mark.parametrize("point", range(7))
def test_a_kill_leaves_the_old_set_or_a_set_with_a_journal(tmp_path, point):
    killed(tmp_path, point)
    left = {name: (tmp_path / name).read_bytes() for name in OLD}
    mixed = len({data[:3] for data in left.values()}) > 1
    assert mixed == (point in {5, 6})
    for name in OLD:
        if mixed:
            with pytest.raises(MixedFolder, match=r"from two runs.*out\.csv of an earlier run"):
                refuse_mixed(tmp_path / name)
        else:
            refuse_mixed(tmp_path / name)
    write_files(files_of(tmp_path, NEW))
    assert {name: (tmp_path / name).read_bytes() for name in NEW} == NEW
    assert (tmp_path / "a.previous.csv").read_bytes() == b"old a"
    assert not list(tmp_path.glob(".*"))


def test_a_command_that_reads_a_file_of_a_set_moves_the_others_into_place(tmp_path):
    killed(tmp_path, 5)
    placed = finish_sets([None, tmp_path / "a.csv", tmp_path / "elsewhere.csv"])
    assert [path.name for path in placed] == ["b.csv", "out.csv"]
    assert {name: (tmp_path / name).read_bytes() for name in NEW} == NEW
    assert not list(tmp_path.glob(".*"))


def test_changes_of_a_user_since_the_kill_are_kept(tmp_path):
    killed(tmp_path, 5)
    (tmp_path / "b.csv").write_bytes(b"filled in")
    finish_sets([tmp_path / "b.csv"])
    assert (tmp_path / "b.csv").read_bytes() == b"new b"
    assert (tmp_path / "b.previous1.csv").read_bytes() == b"filled in"


@pytest.mark.parametrize(
    "fields",
    [
        {"asides": {"../victim": "../.victim.0123456789abcdef.aside"}},
        {"asides": {"a.csv": "b.csv"}},
        {"asides": {"a.csv": ".a.csv.0123456789abcdef.aside"}, "hashes": {}},
        {"asides": ["a.csv"]},
        [],
    ],
)
def test_a_journal_of_another_program_moves_nothing(tmp_path, fields):
    folder = tmp_path / "out"
    folder.mkdir()
    (tmp_path / "victim").write_bytes(b"mine")
    (folder / "a.csv").write_bytes(b"mine")
    (folder / "b.csv").write_bytes(b"mine too")
    entry = {"is_undone": False, "hashes": {"../victim": "", "a.csv": ""}, **fields} if fields else fields
    (folder / ".out.csv.unfinished").write_text(json.dumps(entry))
    assert finish_sets([folder / "a.csv", folder / "out.csv"]) == ()
    refuse_mixed(folder / "a.csv")
    assert (folder / "a.csv").read_bytes() == b"mine"
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_if_a_file_cannot_be_moved_into_place_the_others_are_restored(tmp_path, monkeypatch):
    write_files(files_of(tmp_path, OLD))
    replace = atomic_write.replace_with

    def move(source, target):
        if target.name == "out.csv" and source.read_bytes() == b"new out":
            raise PermissionError(13, "Permission denied", source, None, target)
        replace(source, target)

    monkeypatch.setattr(atomic_write, "replace_with", move)
    with pytest.raises(UnwritableOutput, match=r"out\.csv: cannot be written; found permission denied"):
        write_files(files_of(tmp_path, NEW))
    assert contents_of(tmp_path) == OLD


def test_a_folder_where_a_file_is_to_go_is_refused_before_anything_is_written(tmp_path):
    (tmp_path / "b.csv").mkdir()
    with pytest.raises(UnwritableOutput, match=r"b\.csv: a folder"):
        write_files(files_of(tmp_path, NEW))
    assert [path.name for path in tmp_path.iterdir()] == ["b.csv"]


# --- The file aside -----------------------------------------------------------------------------------


def test_each_temporary_file_has_another_name_and_no_link_is_followed(tmp_path, monkeypatch):
    victim = tmp_path / "victim"
    victim.write_bytes(b"mine")
    path = tmp_path / "out.csv"
    taken = path_beside(path, f"{'00' * 8}.aside")
    taken.symlink_to(victim)
    numbers = iter([bytes(8), b"\1" * 8])
    monkeypatch.setattr(os, "urandom", lambda _: next(numbers))
    write_file(path, b"new")
    assert (victim.read_bytes(), path.read_bytes()) == (b"mine", b"new")
    assert taken.is_symlink()


def test_the_first_name_that_was_ever_used_overwrites_nothing(tmp_path):
    (tmp_path / "victim").write_bytes(b"mine")
    (tmp_path / "out.csv.aside").symlink_to(tmp_path / "victim")
    write_file(tmp_path / "out.csv", b"new")
    assert (tmp_path / "victim").read_bytes() == b"mine"


def test_the_content_on_the_disk_is_compared_with_what_was_written(tmp_path, monkeypatch):
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(
        os, "fsync", lambda _: find_temporary_files(path) and find_temporary_files(path)[0].write_bytes(b"?")
    )
    with pytest.raises(UnwritableOutput, match="the disk gave back something else"):
        write_file(path, b"new")
    assert contents_of(tmp_path) == {"out.csv": b"old"}


def test_data_is_on_the_disk_before_it_is_moved_into_place(tmp_path, monkeypatch):
    done = []
    sync, replace = os.fsync, atomic_write.replace_with
    monkeypatch.setattr(os, "fsync", lambda number: done.append("sync") or sync(number))
    monkeypatch.setattr(atomic_write, "replace_with", lambda *paths: done.append("place") or replace(*paths))
    write_file(tmp_path / "out.csv", b"new")
    assert done[:2] == ["sync", "place"]


def test_a_name_of_255_bytes_is_written(tmp_path):
    path = tmp_path / ("é" * 125 + ".csv")
    replace_file(path, b"one")
    write_temporary(path, b"left")
    replace_file(path, b"one")
    assert contents_of(tmp_path) == {path.name: b"one"}


@needs_modes
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o444, 0o640])
def test_a_copy_has_the_permissions_of_its_source_and_the_others_no_wider_ones(tmp_path, mode):
    source = tmp_path / "mine.csv"
    source.write_bytes(b"mine")
    source.chmod(mode)
    (tmp_path / "new").mkdir()
    before = os.umask(0o022)
    try:
        write_files(files_of(tmp_path / "new", NEW), source)
    finally:
        os.umask(before)
    found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "new").iterdir()}
    assert found["out.csv"] == mode
    assert found["a.csv"] == mode & 0o644 | 0o600


@needs_modes
def test_a_file_that_is_written_again_keeps_its_permissions_and_a_new_one_has_the_usual(tmp_path):
    path = tmp_path / "out.csv"
    before = os.umask(0o027)
    try:
        replace_file(path, b"one")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        path.chmod(0o600)
        replace_file(path, b"two")
    finally:
        os.umask(before)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert modes == {"out.csv": 0o600, "out.previous.csv": 0o600}


def test_more_than_a_thousand_copies_are_kept(tmp_path):
    for number in ("", *range(1, 1000)):
        (tmp_path / f"x.previous{number}.csv").touch()
    (tmp_path / "x.csv").write_bytes(b"old")
    assert replace_file(tmp_path / "x.csv", b"new") == tmp_path / "x.previous1000.csv"
    (tmp_path / "x.csv").write_bytes(b"old")
    assert replace_file(tmp_path / "x.csv", b"new") == tmp_path / "x.previous1000.csv"


# --- Two at once --------------------------------------------------------------------------------------


@contextmanager
def holding(lock, seconds):
    words = [sys.executable, "-c", HOLDING, str(lock), str(seconds)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "locked\n"
            yield process
        finally:
            process.kill()


WRITERS = {
    "set": (".out.csv.lock", lambda folder: write_files(files_of(folder, NEW))),
    "file": (".out.csv.lock", lambda folder: replace_file(folder / "out.csv", b"new out")),
    "folder": (".lock", lambda folder: write_folder(folder, NEW)),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_a_second_command_waits_for_the_first(tmp_path, kind):
    lock, write = WRITERS[kind]
    with holding(tmp_path / lock, 0.5) as process:
        write(tmp_path)
        # It could only write after the other process released the lock, at its end.
        assert process.wait(5) == 0
    assert (tmp_path / "out.csv").read_bytes() == b"new out"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("kind", WRITERS)
def test_a_second_command_that_waits_too_long_is_refused_and_writes_nothing(tmp_path, monkeypatch, kind):
    lock, write = WRITERS[kind]
    monkeypatch.setattr(locks, "PATIENCE", 0.05)
    with holding(tmp_path / lock, 60) as process:
        with pytest.raises(UnwritableOutput, match="another curriculum command is writing there"):
            write(tmp_path)
        process.kill()
    assert not (tmp_path / "out.csv").exists()
    # The lock of a process that was killed blocks no other process.
    write(tmp_path)
    assert (tmp_path / "out.csv").read_bytes() == b"new out"


def test_many_commands_at_once_leave_one_complete_set(tmp_path):
    code = (
        "import sys\nfrom pathlib import Path\nfrom curriculum.files.file_sets import write_files\n"
        "data = sys.argv[2].encode()\n"
        "for _ in range(5):\n    write_files({Path(sys.argv[1]) / n: data for n in ('a', 'b', 'out')})"
    )
    words = [[sys.executable, "-c", code, str(tmp_path), str(number)] for number in range(4)]
    processes = [subprocess.Popen(command) for command in words]
    assert [process.wait(60) for process in processes] == [0] * 4
    assert len({(tmp_path / name).read_bytes() for name in ("a", "b", "out")}) == 1
    assert not list(tmp_path.glob(".*"))


def test_a_fault_of_a_hidden_file_names_the_file_that_was_to_be_written(tmp_path, monkeypatch):
    def full(path, *_):
        hidden = atomic_write.path_beside(path, f"{'0' * 16}.{atomic_write.TEMPORARY}")
        raise OSError(28, "No space left on device", str(hidden))

    monkeypatch.setattr(atomic_write, "write_temporary", full)
    with pytest.raises(UnwritableOutput) as fault:
        write_files({tmp_path / "out.csv": b"new"})
    assert str(fault.value).startswith(f"{(tmp_path / 'out.csv').as_posix()}: cannot be written")
