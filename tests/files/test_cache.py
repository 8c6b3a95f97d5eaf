"""The cache: entries come back as they were, or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from curriculum.files.cache import Cache, default_folder, parts_to_key, user_cache

KEY = parts_to_key(b"a key")
OTHER = parts_to_key(b"another key")


def entries(folder):
    return sorted(path for path in folder.iterdir() if path.suffix == ".entry")


@pytest.mark.parametrize("data", [b"", b"text", bytes(range(256)) * 100])
def test_an_entry_is_read_as_it_was_written(tmp_path, data):
    cache = Cache(tmp_path / "new" / "cache")
    assert cache.read(KEY) is None
    cache.write(KEY, data)
    assert cache.read(KEY) == data
    assert cache.read(OTHER) is None
    cache.write(KEY, b"later")
    assert cache.read(KEY) == b"later"


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_only_the_owner_can_read(tmp_path):
    before = os.umask(0)
    try:
        Cache(tmp_path / "cache").write(KEY, b"text")
    finally:
        os.umask(before)
    (path,) = entries(tmp_path / "cache")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_damaged_entry_is_ignored_and_written_again(tmp_path):
    cache = Cache(tmp_path)
    cache.write(KEY, b"some text")
    (path,) = entries(tmp_path)
    whole = path.read_bytes()
    for damaged in (b"", whole[:-1], whole[:30], whole + b"x", whole.replace(b"some", b"same")):
        path.write_bytes(damaged)
        assert cache.read(KEY) is None
    cache.write(KEY, b"some text")
    assert cache.read(KEY) == b"some text"


def test_an_entry_under_another_key_is_ignored(tmp_path):
    cache = Cache(tmp_path)
    cache.write(KEY, b"text")
    (path,) = entries(tmp_path)
    path.rename(path.with_name(f"{OTHER}.entry"))
    assert cache.read(OTHER) is None


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="the system has no owners of files")
def test_an_entry_of_another_user_is_ignored(tmp_path, monkeypatch):
    cache = Cache(tmp_path)
    cache.write(KEY, b"text")
    other = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: other)
    assert cache.read(KEY) is None


def test_the_oldest_entries_are_removed_if_there_is_too_much(tmp_path):
    cache = Cache(tmp_path, most_bytes=400)
    keys = [parts_to_key(bytes([number])) for number in range(4)]
    for age, key in enumerate(keys):
        cache.write(key, b"x" * 60)
        path = tmp_path / f"{key}.entry"
        if path.exists():
            os.utime(path, (1000 + age, 1000 + age))
    # An entry has 64 bytes more than its data.
    assert [cache.read(key) is not None for key in keys] == [False, True, True, True]
    cache.write(KEY, b"x" * 1000)
    assert cache.read(KEY) is None
    assert len(entries(tmp_path)) == 3


def test_a_folder_that_cannot_be_written_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("no folder")
    cache = Cache(tmp_path / "file")
    cache.write(KEY, b"text")
    assert cache.read(KEY) is None
    assert cache.clear() == 0


def test_a_write_that_fails_leaves_no_file(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", fail)
    Cache(tmp_path).write(KEY, b"text")
    assert list(tmp_path.iterdir()) == []


def test_clear_removes_the_entries_alone(tmp_path):
    cache = Cache(tmp_path / "cache")
    cache.write(KEY, b"text")
    cache.write(OTHER, b"text")
    mine = cache.folder / "mine.txt"
    mine.write_text("mine")
    (cache.folder / "tmp.aside").write_bytes(b"cut off")
    assert cache.clear() == 2
    assert list(cache.folder.iterdir()) == [mine]
    mine.unlink()
    assert cache.clear() == 0
    assert not cache.folder.exists()


def test_keys_differ_by_the_border_between_parts():
    assert len({parts_to_key(b"ab", b"c"), parts_to_key(b"a", b"bc"), parts_to_key(b"abc")}) == 3


@pytest.mark.parametrize(
    ("variables", "platform", "folder"),
    [
        ({"CURRICULUM_CACHE": "/mine", "XDG_CACHE_HOME": "/var/me"}, "linux", "/mine"),
        ({"XDG_CACHE_HOME": "/var/me"}, "linux", "/var/me/curriculum"),
        ({"XDG_CACHE_HOME": "relative"}, "linux", "HOME/.cache/curriculum"),
        ({}, "linux", "HOME/.cache/curriculum"),
        ({}, "darwin", "HOME/Library/Caches/curriculum"),
        ({"LOCALAPPDATA": "/app"}, "win32", "/app/curriculum/cache"),
        ({}, "win32", "HOME/AppData/Local/curriculum/cache"),
    ],
)
def test_the_folder_is_that_of_the_system(variables, platform, folder, monkeypatch, tmp_path):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert default_folder(variables, platform) == Path(folder.replace("HOME", tmp_path.as_posix()))


def test_a_user_without_a_folder_has_no_cache(monkeypatch):
    def fail():
        raise RuntimeError("no home")

    assert user_cache() is not None
    monkeypatch.delenv("CURRICULUM_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    monkeypatch.setattr(Path, "home", fail)
    assert user_cache() is None
