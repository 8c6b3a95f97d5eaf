"""The files of the page: nothing in them reaches another place, and no text can become markup."""

from __future__ import annotations

import re

import pytest

from page_server import page_assets

ASSETS = {name: data.decode() for name, data in page_assets().items()}
SCRIPTS = {name: text for name, text in ASSETS.items() if name.endswith(".js")}
HTML = ASSETS["index.html"]


def test_the_policy_allows_nothing_but_the_site_itself():
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', HTML)
    assert policy == (
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; worker-src 'self'; "
        "connect-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'"
    )


def test_every_script_and_style_stands_in_a_file_of_its_own():
    assert re.findall(r"<script(?![^>]* src=)", HTML) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", HTML) == []
    named = re.findall(r'<script src="([^"]+)" defer>', HTML)
    assert sorted(named) == sorted(SCRIPTS.keys() - {"worker.js", "service-worker.js"})


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_makes_no_markup_of_texts_and_asks_no_other_place(name):
    found = re.findall(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|https?://(?!files\.invalid)",
        SCRIPTS[name],
    )
    assert found == []


def test_each_id_that_a_script_names_is_in_the_page():
    named = {
        (name, found)
        for name, text in SCRIPTS.items()
        for found in re.findall(r'(?:byId|show|fill|say|showFault)\("([a-z-]+)"', text)
    }
    made = set(re.findall(r'\bid: "([a-z-]+)"', "".join(SCRIPTS.values())))
    ids = set(re.findall(r'\bid="([a-z-]+)"', HTML)) | made | {"packed-files"}
    assert {(name, found) for name, found in named if found not in ids} == set()
