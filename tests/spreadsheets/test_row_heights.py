"""How high a row is: short texts are counted without being wrapped, and by the same rule."""

from __future__ import annotations

import pytest

from curriculum.spreadsheets.report_style import texts_to_height

ONE, TWO, THREE = (texts_to_height([("x\n" * n + "x", 9)]) for n in range(3))


@pytest.mark.parametrize(
    ("text", "height"),
    [
        ("", ONE),
        ("horse car", ONE),
        ("horse cart", TWO),
        ("a horse and a cart", THREE),
        ("horse\ncart", TWO),
        ("horse\tcart", TWO),
        ("undivided-and-long", TWO),
    ],
)
def test_a_row_is_as_high_as_its_wrapped_text(text, height):
    assert texts_to_height([("", 9), (text, 9)]) == height
