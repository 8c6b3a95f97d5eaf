"""Make `src/curriculum/checks/british_words.txt.gz` from the word lists of the Debian package `scowl`.

    apt-get download scowl=2020.12.07-2
    python benchmarks/british_words.py scowl_2020.12.07-2_all.deb

The package is SCOWL (Spell Checker Oriented Word Lists) 2020.12.07 by Kevin Atkinson. Its notices go to
`src/curriculum/checks/british_words_LICENCE.txt`: the part "COPYRIGHT, SOURCES, and CREDITS" of its README,
word for word, below a note on what is modified. The same package gives the same words. The script needs
`dpkg-deb`, so it runs on Debian and Ubuntu.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

SHA256 = "de692546df9b169f2cbdf4d8d88111a374733a9c382b820a6f943914ca705718"
CHECKS = Path(__file__).resolve().parents[1] / "src" / "curriculum" / "checks"
# From the most usual words (10) to those that two dictionaries of twelve or fewer have (70).
LEVELS = (10, 20, 35, 40, 50, 55, 60, 70)
# The spellings that a British text may be meant to have.
BRITISH = {"english", "british"}
# Spellings that are no slip of the keyboard, though a British dictionary may not list them.
OTHER_SPELLINGS = {"british_variant_1", "british_variant_2", "variant_1", "american"}
HEADER = """\
# The words of SCOWL 2020.12.07 (Debian package scowl 2020.12.07-2), a line for each level, the most usual
# first. MODIFIED by benchmarks/british_words.py of curriculum: in lower case, without accents, without
# possessives, and each word once. The level "other" holds names, abbreviations, variants and American
# spellings. Copyright 2000-2018 Kevin Atkinson and others: the notices are in british_words_LICENCE.txt.
"""
NOTE = """\
british_words.txt.gz is made from the word lists of SCOWL (http://wordlist.aspell.net) of levels 10 to 70, by
benchmarks/british_words.py of curriculum. It is a MODIFIED version: its first lines say how. The notices of
SCOWL follow, word for word.

"""


def list_to_words(path: Path) -> set[str]:
    """Return the words of a list of SCOWL in lower case, without accents and without possessives."""
    words = path.read_text("utf-8").casefold().split()
    bare = (unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode() for word in words)
    return {word for word in bare if not word.endswith("'s") and len(word) > 1}


def folder_to_text(folder: Path) -> str:
    """Return the text of the data file: a line for each level, and one for all other spellings."""
    by_level: dict[str, set[str]] = {f"{level}": set() for level in LEVELS} | {"other": set()}
    for path in folder.iterdir():
        name, level = path.name.rsplit(".", 1)
        spelling, category = name.split("-", 1)
        if level not in by_level or spelling not in BRITISH | OTHER_SPELLINGS:
            continue
        is_word = spelling in BRITISH and category in {"words", "contractions"}
        by_level[level if is_word else "other"] |= list_to_words(path)
    lines, seen = [], set[str]()
    for level, words in by_level.items():
        lines.append(" ".join([level, *sorted(words - seen)]))
        seen |= words
    return HEADER + "\n".join(lines) + "\n"


def main(package: Path) -> None:
    """Write the data file and the licence beside it."""
    digest = hashlib.sha256(package.read_bytes()).hexdigest()
    if digest != SHA256:
        raise SystemExit(f"{package} has the SHA-256 {digest}, and not {SHA256}")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "--extract", package, folder], check=True)
        text = folder_to_text(Path(folder, "usr/share/dict/scowl"))
        readme = gzip.decompress(Path(folder, "usr/share/doc/scowl/README.gz").read_bytes()).decode()
    notices = readme[readme.index("COPYRIGHT, SOURCES, and CREDITS:") : readme.index("FUTURE PLANS:")]
    # Without a time and a name of a file, so that the same words give the same bytes.
    CHECKS.joinpath("british_words.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    licence = NOTE + notices.strip() + "\n"
    CHECKS.joinpath("british_words_LICENCE.txt").write_text(licence, "utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
