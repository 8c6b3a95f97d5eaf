"""The files of a page: what they are made of, that nothing else is asked for, and how Pyodide is fetched."""

from __future__ import annotations

import base64
import gzip
import hashlib
import importlib.util
import io
import json
import re
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from curriculum.cli.main import main
from curriculum.errors import CurriculumError, NotFound, UnreadableFile
from curriculum.files.output_folder import read_manifest
from curriculum.page import page_site
from curriculum.page.compiled_zips import Compiler
from curriculum.page.fixed_zips import files_to_zip
from curriculum.page.import_closure import module_to_closure, path_to_outside_imports
from curriculum.page.package_files import PACKAGES, installed_packages_to_files, licences_to_text
from curriculum.page.page_site import bundles_to_site
from curriculum.page.pyodide_files import folder_to_pyodide, pyodide_lock
from curriculum.page.single_file import site_to_single_file

ROOT = Path(__file__).resolve().parents[2]
NAME = "old-to-new.bundle.json"
PYODIDE = {
    "pyodide.mjs": b"export const loadPyodide = 1;",
    "pyodide.asm.mjs": b"export default 2;",
    "pyodide.asm.wasm": b"\0asm",
    "python_stdlib.zip": b"PK",
}
# Written by others, who name the places where they come from.
OF_OTHERS = {"pyodide.js", "pyodide.asm.js", "licences.txt"}
# Imported in functions that a page never calls, or tried before a package in Python.
NOT_CALLED = {"filelock", "Stemmer"}
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; "
    "connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
)


@pytest.fixture
def site(monkeypatch):
    """A site with a bundle and made-up files in the place of Pyodide."""
    monkeypatch.setattr(page_site, "folder_to_pyodide", lambda folder: dict(PYODIDE) if folder else {})
    return bundles_to_site({NAME: b"{}"}, Path("pyodide"))


@pytest.fixture
def lock():
    return pyodide_lock()


# --- The site -------------------------------------------------------------------------------------------


def test_the_same_bundles_give_the_same_bytes(site):
    assert bundles_to_site({NAME: b"{}"}, Path("pyodide")) == site


def test_a_site_has_what_the_page_and_its_worker_ask_for(site):
    worker = site["worker.js"].decode()
    asked = {*re.findall(r'"([\w.]+\.(?:zip|json|js))"', worker)}
    asked |= set(re.findall(r'(?:src|href)="([\w.-]+)"', site["index.html"].decode()))
    assert asked >= {"pyodide.js", "pyodide.asm.js", "python_stdlib.zip", "bundles.json", "page.css"}
    assert asked <= site.keys()
    assert json.loads(site["bundles.json"]) == [NAME]


def test_the_list_of_the_service_worker_has_every_file_with_its_hash(site):
    script = site["service-worker.js"].decode()
    listed = json.loads(re.search(r"const FILES = (\{.*?\});", script, re.DOTALL)[1])
    expected = {name: hashlib.sha256(data).hexdigest() for name, data in site.items()}
    del expected["service-worker.js"]
    assert listed == expected


def test_another_bundle_is_another_version_of_the_site(site):
    other = bundles_to_site({NAME: b"{} "}, Path("pyodide"))
    versions = [
        re.search(r'VERSION = "(\w+)"', one[name].decode())[1]
        for one in (site, other)
        for name in ("worker.js", "service-worker.js")
    ]
    assert versions[0] == versions[1] != versions[2] == versions[3]
    assert "SITE_VERSION" not in str(versions)


def test_the_policy_of_the_page_allows_no_other_origin(site):
    (policy,) = re.findall(
        r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', site["index.html"].decode()
    )
    assert policy == POLICY


def test_no_file_of_ours_names_another_origin(site):
    texts = {name: data.decode() for name, data in site.items() if name.endswith((".html", ".css", ".js"))}
    found = {
        name: sorted(set(re.findall(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+", text)))
        for name, text in texts.items()
        if name not in OF_OTHERS
    }
    # An address of nowhere, for which the worker itself has the files.
    assert {name: urls for name, urls in found.items() if urls} == {"worker.js": ["https://files.invalid"]}


def test_a_page_has_no_script_and_no_style_in_its_text(site):
    page = site["index.html"].decode()
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r"\s(?:on\w+|style)=", page)


# --- The Python in it -----------------------------------------------------------------------------------


def test_the_python_of_a_page_needs_the_standard_library_and_a_few_packages():
    closure = module_to_closure("curriculum.page.messages")
    outside = set().union(*map(path_to_outside_imports, closure)) - sys.stdlib_module_names
    assert outside - NOT_CALLED <= set(PACKAGES)
    assert "curriculum/remapping/remap_files.py" in closure
    assert not [path for path in closure if path.startswith(("curriculum/parsing/", "curriculum/viz/"))]


def test_the_modules_come_with_the_templates_beside_them(site):
    with zipfile.ZipFile(io.BytesIO(site["curriculum.zip"])) as package:
        names = package.namelist()
    assert names == sorted(names)
    assert {"curriculum/html/templates/coverage.html", "curriculum/linking/responsibility.csv"} <= set(names)
    assert not [name for name in names if name.endswith((".pyc", "worker.js", "pyodide.json"))]


def test_the_packages_are_their_python_files():
    files = installed_packages_to_files()
    assert {name.partition("/")[0] for name in files} == set(PACKAGES)
    assert {name.rpartition(".")[2] for name in files} == {"py"}
    assert [name for name in files if name.startswith("snowballstemmer/")] == [
        "snowballstemmer/among.py",
        "snowballstemmer/basestemmer.py",
        "snowballstemmer/english_stemmer.py",
        "snowballstemmer/__init__.py",
    ]


def test_the_licences_of_all_parts_are_there():
    text = licences_to_text()
    headings = re.findall(r"^={78}\n(.*?)\n={78}$", text, re.MULTILINE)
    assert [heading.partition(" ")[0].casefold() for heading in headings] == [
        "curriculum",
        "pyodide",
        "python",
        *PACKAGES,
    ]
    assert "Mozilla Public License Version 2.0" in text
    assert "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2" in text


def test_a_zip_depends_on_its_files_alone():
    data = files_to_zip({"b/c.py": b"2", "a.py": b"1"})
    assert data == files_to_zip({"a.py": b"1", "b/c.py": b"2"})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert [info.filename for info in package.infolist()] == ["a.py", "b/c.py"]
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_compiled_modules_are_added_to_a_copy_of_their_zip(tmp_path, monkeypatch):
    path = tmp_path / "mine.zip"
    path.write_bytes(files_to_zip({"made_up_word.py": b"WORD = 'lathe'\n", "other.py": b"WORD = 1\n"}))
    monkeypatch.syspath_prepend(str(path))
    assert importlib.import_module("made_up_word").WORD == "lathe"
    compiler = Compiler([str(path)], str(tmp_path))
    try:
        assert [compiler.step(), compiler.step()] == [True, False]
        place = compiler.place(str(path))
        with zipfile.ZipFile(place) as package:
            assert package.namelist() == ["made_up_word.py", "other.py", "made_up_word.pyc"]
        with zipfile.ZipFile(place, "a") as package:
            # What was compiled is what is imported from then on.
            assert "made_up_word.pyc" in package.namelist()
    finally:
        compiler.close()
        del sys.modules["made_up_word"]
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.zip"]


# --- One file -------------------------------------------------------------------------------------------


def test_one_file_holds_the_whole_page(site):
    page = site_to_single_file(site).decode()
    held = json.loads(re.search(r'<script type="application/json" id="packed-files">(.*?)</script>', page)[1])
    unpacked = {name: gzip.decompress(base64.b64decode(text)) for name, text in held["texts"].items()}
    assert unpacked == {name: site[name] for name in unpacked}
    assert unpacked.keys() >= {"pyodide.js", "pyodide.asm.wasm", NAME, "licences.txt"}
    # Scripts find elements by their ids.
    ids = re.findall(r'<[^>]* id="([\w-]+)"', page)
    assert len(ids) == len(set(ids))
    assert held["source"] == site["worker.js"].decode()
    assert site_to_single_file(site).decode() == page


def test_one_file_allows_its_own_scripts_and_no_connection(site):
    page = site_to_single_file(site).decode()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts]
    assert len(scripts) == 1 + site["index.html"].decode().count("<script src=")
    assert all(f"&#x27;sha256-{digest}&#x27;" in policy for digest in hashes)
    assert "connect-src &#x27;none&#x27;" in policy
    assert "unsafe-inline" not in policy
    assert "script src=" not in page
    assert 'rel="stylesheet"' not in page


def test_one_file_needs_every_script_that_the_page_names(site):
    lacking = {name: data for name, data in site.items() if name != "page.js"}
    with pytest.raises(NotFound, match=r"page\.js: the page has no such file"):
        site_to_single_file(lacking)


# --- The command ----------------------------------------------------------------------------------------


@pytest.fixture
def bundle(tmp_path, monkeypatch):
    """A bundle of two made-up versions in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, wording in (("old", "How steel is welded"), ("new", "How steel is cut")):
        Path(f"{name}.csv").write_text(f"code,text\nK1,{wording}\n", encoding="utf-8")
    assert main(["bundle", "old.csv", "new.csv", "-o", "mine.bundle.json"]) == 0
    return "mine.bundle.json"


def test_the_command_writes_a_site_and_says_how_to_serve_it(site, bundle, capsys):
    assert main(["page", bundle, "--pyodide", "pyodide"]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "Next: open http://localhost:8000 in a browser, while python3 -m http.server 8000 --dir" in said
    written = {path.name for path in Path("site").iterdir()}
    manifest = read_manifest(Path("site"))
    assert written == {*manifest, "MANIFEST.csv"}
    assert NAME in written
    assert manifest[NAME] == hashlib.sha256(Path(bundle).read_bytes()).hexdigest()
    del site


def test_the_command_replaces_a_site_of_its_own_and_no_other_folder(site, bundle, capsys):
    assert main(["page", bundle, "--pyodide", "pyodide"]) == 0
    before = Path("site/worker.js").read_bytes()
    assert main(["page", bundle, "--pyodide", "pyodide"]) == 0
    assert Path("site/worker.js").read_bytes() == before
    Path("other").mkdir()
    Path("other/index.html").write_text("mine", encoding="utf-8")
    capsys.readouterr()
    assert main(["page", bundle, "--pyodide", "pyodide", "-o", "other"]) == 2
    assert "other: holds files of the same names that curriculum has not written" in capsys.readouterr().err
    assert Path("other/index.html").read_text(encoding="utf-8") == "mine"
    del site


def test_the_command_names_every_faulty_bundle(site, bundle, capsys):
    Path("other.json").write_text("{}", encoding="utf-8")
    capsys.readouterr()
    words = ["page", "none.json", bundle, "other.json", "--pyodide", "pyodide"]
    assert main(words) == 2
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].startswith("curriculum: none.json: cannot be read; expected a file")
    assert lines[1].startswith("curriculum: other.json: no crosswalk bundle")
    assert not Path("site").exists()
    del site


def test_two_bundles_of_the_same_versions_are_refused(site, bundle, capsys):
    Path("copy.bundle.json").write_bytes(Path(bundle).read_bytes())
    capsys.readouterr()
    assert main(["page", bundle, "copy.bundle.json", "--pyodide", "pyodide"]) == 2
    said = capsys.readouterr().err
    assert "copy.bundle.json: a second bundle of the same versions" in said
    assert "found that of mine.bundle.json too" in said
    del site


def test_the_command_writes_one_file(site, bundle, capsys):
    assert main(["page", bundle, "--pyodide", "pyodide", "--single-file", "-o", "my page.html"]) == 0
    assert Path("my page.html").read_bytes().startswith(b"<!DOCTYPE html>")
    assert "open my page.html by a double click" in " ".join(capsys.readouterr().err.split())
    assert main(["page", bundle, "--pyodide", "pyodide", "--single-file", "-o", "site"]) == 2
    del site


def test_the_command_says_what_to_do_without_pyodide(bundle, monkeypatch, capsys):
    monkeypatch.delenv("CURRICULUM_PYODIDE", raising=False)
    capsys.readouterr()
    assert main(["page", bundle]) == 2
    said = capsys.readouterr().err
    assert said.startswith("curriculum: --pyodide: it is not known where Pyodide is; expected a folder with")
    assert "run.py page fetches it once" in said


# --- Pyodide --------------------------------------------------------------------------------------------


def test_the_lock_names_a_package_and_the_hash_of_each_file(lock):
    assert lock["url"] == f"https://registry.npmjs.org/pyodide/-/pyodide-{lock['version']}.tgz"
    assert len(base64.b64decode(lock["integrity"].removeprefix("sha512-"))) == 64
    assert lock["files"].keys() == PYODIDE.keys()
    assert all(re.fullmatch(r"[0-9a-f]{64}", digest) for digest in lock["files"].values())


def test_every_missing_file_of_pyodide_is_named(tmp_path, lock):
    with pytest.raises(CurriculumError) as caught:
        folder_to_pyodide(tmp_path)
    lines = str(caught.value).split("\n")
    assert [line.partition(": ")[0] for line in lines] == [
        (tmp_path / name).as_posix() for name in lock["files"]
    ]


def test_a_changed_file_of_pyodide_is_refused(tmp_path, monkeypatch, lock):
    good = hashlib.sha256(b"good").hexdigest()
    made_up = {**lock, "files": {"pyodide.mjs": good}}
    monkeypatch.setattr("curriculum.page.pyodide_files.pyodide_lock", lambda: made_up)
    (tmp_path / "pyodide.mjs").write_bytes(b"good")
    assert folder_to_pyodide(tmp_path) == {"pyodide.mjs": b"good"}
    (tmp_path / "pyodide.mjs").write_bytes(b"bad")
    with pytest.raises(UnreadableFile, match=f"not this file of Pyodide .*; expected sha256 {good}"):
        folder_to_pyodide(tmp_path)


@pytest.fixture
def started(tmp_path, monkeypatch):
    """The module run.py, with a folder of its own and a lock of a made-up package."""
    spec = importlib.util.spec_from_file_location("run_of_the_tests", ROOT / "run.py")
    run = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(run)
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as package:
        info = tarfile.TarInfo("package/pyodide.mjs")
        info.size = 4
        package.addfile(info, io.BytesIO(b"good"))
    data = buffer.getvalue()
    lock = {
        "name": "pyodide",
        "version": "0",
        "url": "https://registry.invalid/pyodide-0.tgz",
        "integrity": f"sha512-{base64.b64encode(hashlib.sha512(data).digest()).decode()}",
        "files": {"pyodide.mjs": ""},
    }
    (tmp_path / "pyodide.json").write_text(json.dumps(lock), encoding="utf-8")
    monkeypatch.setattr(run, "PYODIDE", tmp_path / "pyodide.json")
    monkeypatch.setattr(run, "VENV", tmp_path / ".venv")
    run.VENV.mkdir()
    return run, data


def test_run_py_fetches_pyodide_once(started, monkeypatch):
    run, data = started
    asked = []
    monkeypatch.setattr(run, "download", lambda url: asked.append(url) or data)
    folders = {run.fetch_pyodide(), run.fetch_pyodide()}
    assert folders == {run.VENV / "pyodide-0"}
    assert (run.VENV / "pyodide-0" / "pyodide.mjs").read_bytes() == b"good"
    assert asked == ["https://registry.invalid/pyodide-0.tgz"]


def test_run_py_refuses_another_package(started, monkeypatch):
    run, data = started
    monkeypatch.setattr(run, "download", lambda _: data + b" ")
    with pytest.raises(OSError, match=r"could not be fetched \(its hash is not the one in pyodide\.json\)"):
        run.fetch_pyodide()
    assert not (run.VENV / "pyodide-0").exists()


def test_run_py_says_how_to_bring_pyodide_by_hand(started, monkeypatch):
    run, data = started

    def fail(_):
        raise OSError("no network")

    monkeypatch.setattr(run, "download", fail)
    package = run.VENV / "pyodide-0.tgz"
    with pytest.raises(OSError, match=r"\(no network\)\. Without a network: download this file") as caught:
        run.fetch_pyodide()
    assert f"put it at {package}, and run the command again" in str(caught.value)
    package.write_bytes(data)
    assert (run.fetch_pyodide() / "pyodide.mjs").read_bytes() == b"good"
