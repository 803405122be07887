"""Formulas in one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from costbook.export.formulas import linear


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\frac{O \cdot p_O}{I \cdot p_I}", "(O · p_O) / (I · p_I)"),
        (r"a^{2}+b_{i,j} \times 3.5", "a^2 + b_(i,j) × 3.5"),
        (r"\text{cost} = I \times p_I - 3", "cost = I × p_I − 3"),
        (r"\sqrt{x+1}", "√(x + 1)"),
        (r"\left(\frac{a}{b}\right)^2", "(a / b)^2"),
        (r"\frac{(a+b)}{(c+d)(e)}", "(a + b) / ((c + d)(e))"),
        (r"\sum_{i=1}^{n} x_i", "∑_(i = 1)^n x_i"),
        (r"\alpha \leq 10^{-6}", "α ≤ 10^(−6)"),
        ("x < y", "x < y"),
        ("", ""),
    ],
)
def test_a_formula_in_one_line(latex: str, line: str) -> None:
    assert linear(latex) == line


@pytest.mark.parametrize(
    "latex", [r"\frac", "{", "x_{", r"\unheard of", r"\begin{matrix}a&b\\c&d\end{matrix}", "a" + "{" * 400]
)
def test_what_has_no_line_stays_latex(latex: str) -> None:
    assert linear(latex) == latex


@given(st.text(r"\{}^_ab12+-=&<>~$#% ", max_size=40))
def test_nothing_breaks_it(latex: str) -> None:
    assert isinstance(linear(latex), str)
