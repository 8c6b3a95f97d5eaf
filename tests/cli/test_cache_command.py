"""Commands give the same with and without the cache."""

from __future__ import annotations

import pytest

from curriculum.cli.main import main

# With the same work done once the cache would have nothing to do.
pytestmark = pytest.mark.usefixtures("anew")


def written(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CURRICULUM_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_build_writes_the_same_bytes_with_and_without_the_cache(cache, raw, tmp_path, capsys):
    screens = []
    for name, *options in (("without", "--no-cache"), ("first",), ("second",)):
        (tmp_path / name).mkdir()
        assert main(["build", "--raw", str(raw), "-o", str(tmp_path / name / "out"), *options]) == 0
        screens.append(capsys.readouterr().err.replace(name, "out").replace("--no-cache ", ""))
        assert cache.exists() == (name != "without")
    assert written(tmp_path / "without") == written(tmp_path / "first") == written(tmp_path / "second")
    # Where lines are wrapped depends on the length of the name of the folder.
    assert "".join(screens[1].split()) == "".join(screens[2].split())


def test_a_lineage_is_the_same_from_the_cache(cache, raw, capsys):
    words = ["lineage", "st0792-1.2:K9", "--raw", str(raw)]
    outputs = []
    for options in (["--no-cache"], [], []):
        assert main([*words, *options]) == 0
        outputs.append(capsys.readouterr())
    assert outputs[0].out == outputs[1].out == outputs[2].out
    assert outputs[1].err == outputs[2].err
    assert cache.is_dir()


def test_clear_removes_what_was_kept(cache, raw, capsys):
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().err.startswith(f"0 entries removed from {cache.as_posix()}\nNext: ")
    assert main(["link", "nos-2017", "nos-2019", "--raw", str(raw)]) == 0
    capsys.readouterr()
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().err.startswith("2 entries removed from ")
    assert not cache.exists()


def test_the_command_needs_to_know_what_to_do(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["cache"])
    assert stopped.value.code == 2
    assert "curriculum cache clear" in capsys.readouterr().err
