"""The literal lint over a YAML text: what its markup hides, and what it holds apart."""

from __future__ import annotations

import pytest

from costbook.assessment.lint import hits_in_markdown


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("costs **5**× more", "5×"),  # bold joins the words around it
        (r"pay \$5 now", "$5"),
        ("pay &#36;5 now", "$5"),  # an entity is read by the parser alone
        ("> it costs\n> five dollars", "five dollars"),
        ("- half\n  the price", "half the price"),
    ],
)
def test_markup_hides_no_typed_number(text: str, found: str) -> None:
    assert [hit.literal for hit in hits_in_markdown(text)] == [found]


@pytest.mark.parametrize("text", ["`$5` is code", "{quoted}`$5 [S001]`", "{math}`5 \\times`", "no number here"])
def test_code_math_and_roles_are_held_apart(text: str) -> None:
    assert list(hits_in_markdown(text)) == []
