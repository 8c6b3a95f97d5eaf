"""Results as Python gives them to the page, made up and small, and a worker that answers with them."""

from __future__ import annotations

import json

BUNDLE = {
    "name": "a.bundle.json",
    "old": "old-1",
    "new": "new-2",
    "old_title": "Baker",
    "new_title": "Baker",
    "old_version": "1",
    "new_version": "2",
    "headline": "1 of 3 codes now names another statement.",
    "licence": "Made up.",
    "n_statements_old": 3,
    "n_statements_new": 3,
}
OPENED = {
    "name": "tracker.csv",
    "form": "delimited",
    "sheets": [
        {
            "name": "",
            "is_hidden": False,
            "n_rows": 4,
            "columns": [{"letter": "A", "header": "Learner"}, {"letter": "B", "header": "Codes"}],
        }
    ],
    "fits": [{"bundle": "a.bundle.json", "is_likely": True, "sentences": ["All codes are of old-1."]}],
}


def row(new_code, wording, confidence, **others):
    """Give a row of a card: a proposed link."""
    runs = [[wording, False]] if wording else []
    return {
        "new_code": new_code,
        "new_wording": wording,
        "old_runs": [["Bake", False], ["bread", True]],
        "new_runs": runs,
        "proposed": "close" if new_code else "no counterpart found",
        "confidence": confidence,
        "band_word": "look at it",
        "evidence": "Some words are shared.",
        "runner_up": "",
        "old_duties": "D1",
        "new_duties": "",
        "choices": [],
        "decision": "",
        "relation": "",
        "reviewer": "",
        "reason": "",
        "date": "",
        **others,
    }


def card(code, n_cells, rows, candidates=(), is_unlisted=False):
    """Give a card."""
    first = sum(map(ord, code)) * 100
    return {
        "old_code": code,
        "old_wording": f"The wording of {code}",
        "n_cells": n_cells,
        "cells": list(range(first, first + n_cells)),
        "state": "waits",
        "rows": rows,
        "candidates": [
            {"code": other, "wording": f"The wording of {other}", "confidence": 0.2, "runs": [["The", True]]}
            for other in candidates
        ],
        "is_unlisted": is_unlisted,
    }


CARDS = [
    card("K2", 5, [row("", "", 0.79)], ["S1"]),
    card("K1", 9, [row("K3", "Bake rolls", 0.9)], ["S1"]),
    card("S1", 1, [row("K3", "Bake rolls", 0.5), row("S2", "Sell rolls", 0.4)]),
    card("K60", 1, [row("", "", None, proposed="")], is_unlisted=True),
]
REMAPPED = {
    "pair": {"old": "old-1", "new": "new-2", "old_title": "Baker", "new_title": "Baker"},
    "against": "",
    "sentences": ["All codes are of old-1."],
    "likely": [],
    "is_done": False,
    "headline": "1 of 3 codes now names another statement.",
    "file_headline": "2 of the 4 codes in this file now mean something else.",
    "n_codes": 4,
    "n_changed": 2,
    "outcomes": [
        {"outcome": "replaced", "n_codes": 1, "n_cells": 2, "means": "another code now"},
        {"outcome": "review", "n_codes": 4, "n_cells": 16, "means": "a person has to decide"},
    ],
    "layouts": [
        {
            "sheet": "",
            "is_hidden": False,
            "columns": [
                {"name": "Codes", "letter": "B", "n_cells": 18, "n_codes": 20, "is_unsure": False},
            ],
            "headers": None,
            "skipped": [{"name": "Notes", "letter": "C", "n_cells": 1, "why": "most cells are prose"}],
            "unread": ["Codes: 1 cell (B4), a formula."],
            "in_sentences": [{"name": "Feedback", "letter": "D", "n_cells": 2}],
            "n_formulas": 2,
        }
    ],
    "stale": [],
    "n_left": 0,
    "cells_to_correct": ["B9"],
    "cards": CARDS,
    "n_waiting": 4,
    "n_cells_waiting": 16,
    "coverage": {"what": "evidence", "sentences": ["1 of 3 is covered."], "groups": [], "statements": []},
    "learners": None,
    "files": ["tracker.new-2.csv"],
}
CODES = [
    {"code": "K3", "wording": "Bake rolls"},
    {"code": "S1", "wording": "Sell bread to people"},
    {"code": "S2", "wording": "Sell rolls"},
]
RESULTS = {
    "bundles": [BUNDLE],
    "open": OPENED,
    "values": [{"value": "Ann", "n_rows": 3}],
    "remap": REMAPPED,
    "codes": CODES,
    "files": [],
}

_WORKER = """"use strict";
const RESULTS = %s;
postMessage({ started: true });
onmessage = ({ data: { id, call, args } }) => {
  // The page as one file begins with a message that has the files.
  if (!call) return;
  const result = RESULTS[call];
  if (call === "remap" && RESULTS.fault_of_answers && args.answers.length) {
    postMessage({ id, error: { lines: RESULTS.fault_of_answers } });
  } else if (result.crash) throw new Error("out of memory");
  else postMessage(result.lines ? { id, error: result } : { id, result });
};
"""


def mock_worker(**changes):
    """Give a worker that answers each call with its result; `lines` are a fault, `crash` ends it."""
    return (_WORKER % json.dumps({**RESULTS, **changes})).encode()
