"""Put the whole page into one HTML file, which opens by a double click."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Mapping
from html import escape
from typing import Final

from curriculum.errors import NotFound
from curriculum.page.page_site import INDEX, SERVICE_WORKER, WORKER

__all__ = ["site_to_single_file"]

_SCRIPT: Final = re.compile(r'<script src="([^"<>]{1,100})"[^<>]{0,100}></script>')
_STYLE: Final = re.compile(r'<link rel="stylesheet" href="([^"<>]{1,100})"[^<>]{0,100}>')
_POLICY: Final = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_BODY_END: Final = "</body>"
# The page asks for its worker, which gets the files in its first message: it could read none itself.
_START: Final = """
globalThis.startCurriculumWorker = () => {
  const { source, texts } = JSON.parse(document.getElementById("packed-files").textContent);
  const parts = ["self.isSingleFile = true;\\n", source];
  const worker = new Worker(URL.createObjectURL(new Blob(parts, { type: "text/javascript" })));
  worker.postMessage({ texts });
  return worker;
};
"""


def site_to_single_file(site: Mapping[str, bytes]) -> bytes:
    """Return a site as one HTML file.

    Its content security policy allows no connection at all, and only the scripts that stand in it, by their
    hashes.

    Parameters
    ----------
    site
        The files of the site, as `bundles_to_site` returns them.

    Raises
    ------
    NotFound
        If the page names a script or a style that the site lacks.
    """
    page = site[INDEX].decode("utf-8")
    scripts = [_START, *(_text_of(site, name) for name in _SCRIPT.findall(page))]
    styles = [_text_of(site, name) for name in _STYLE.findall(page)]
    shown = {INDEX, SERVICE_WORKER, WORKER, *_SCRIPT.findall(page), *_STYLE.findall(page)}
    texts = {name: _to_packed(data) for name, data in site.items() if name not in shown}
    content = json.dumps({"source": site[WORKER].decode("utf-8"), "texts": texts}).replace("</", r"<\/")
    page = _STYLE.sub(lambda found: f"<style>{_text_of(site, found[1])}</style>", page)
    page = _SCRIPT.sub("", page)
    page = _POLICY.sub(lambda found: found[1] + escape(_policy(scripts, styles)) + found[3], page)
    # Scripts at the end find the whole page, as those of the site do, which wait for it.
    inlined = "".join(f"<script>{script}</script>\n" for script in scripts)
    data = f'<script type="application/json" id="packed-files">{content}</script>\n'
    return page.replace(_BODY_END, f"{data}{inlined}{_BODY_END}").encode("utf-8")


def _to_packed(data: bytes) -> str:
    """Return a file as text, compressed; a browser unpacks it."""
    return base64.b64encode(gzip.compress(data, mtime=0)).decode()


def _text_of(site: Mapping[str, bytes], name: str) -> str:
    """Return a script or a style of the page; none of them ends the element that it is put into."""
    if name not in site:
        raise NotFound("the page has no such file", where=name, expected="a file of the page", found="none")
    return site[name].decode("utf-8").replace("</script", r"<\/script").replace("<!--", r"<\!--")


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return a policy that allows these scripts and styles, the worker, and no connection at all."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(_hash, scripts))} blob: 'wasm-unsafe-eval'",
            f"style-src {' '.join(map(_hash, styles))}",
            "worker-src blob:",
            "connect-src 'none'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode()
    return f"'sha256-{digest}'"
