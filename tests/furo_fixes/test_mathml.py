"""Formulas are MathML with their text in words; what cannot be read is a warning at its line, at every build."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from furo_fixes.mathml import FormulaError, to_mathml

if TYPE_CHECKING:
    from tests.furo_fixes.books import Book

PIECE = "furo_fixes.mathml"
MATHML = {"html_math_renderer": "mathml"}
MATH = "{http://www.w3.org/1998/Math/MathML}"


def test_formulas_of_a_page(book: Book) -> None:
    book.write("index.md", "# Page\n\nWhen {math}`O > I/r`.\n\n```{math}\na = b\n\nc = d\n```\n")
    built = book.build(PIECE, **MATHML)
    assert built.warnings == ""
    inline, first, second = re.findall(r"<math .*?</math>", built.page("index.html"))
    assert ElementTree.fromstring(inline).get("display") == "inline"
    assert "".join(ElementTree.fromstring(inline).itertext()) == "O>I/r"
    assert [ElementTree.fromstring(block).get("display") for block in (first, second)] == ["block", "block"]
    # Nothing is left to a script from another site.
    assert "mathjax" not in built.page("index.html").lower()


def test_numbered_formula(book: Book) -> None:
    book.write("index.md", "# Page\n\n```{math}\n:label: cost\n\na = b\n```\n\nSee {eq}`cost`.\n")
    page = book.build(PIECE, **MATHML).page("index.html")
    assert '<span class="eqno">(1)<a class="headerlink" href="#equation-cost"' in page
    assert 'href="#equation-cost">(1)</a>' in page


def test_style_is_loaded_where_there_is_a_formula(book: Book) -> None:
    book.write("index.md", "# Page\n\n{math}`a`\n\n```{toctree}\nother\n```\n")
    book.write("other.md", "# Other\n")
    built = book.build(PIECE, **MATHML)
    assert "furo-fixes-math.css" in built.page("index.html")
    assert "furo-fixes-math.css" not in built.page("other.html")
    assert (built.root / "_static" / "furo-fixes-math.css").is_file()


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        ("O > I/r", "O is greater than I over r"),
        (r"\frac{a}{b}", "a over b"),
        (r"\frac{a+1}{b}", "the fraction a plus 1, over b, end fraction"),
        (r"x^2 + y^3", "x squared plus y cubed"),
        (r"x^n", "x to the power of n"),
        (r"x^{n-1} + 1", "x to the power of n minus 1, end power, plus 1"),
        (r"x_i", "x sub i"),
        (r"x_i^2", "x sub i squared"),
        (r"\sum_{t=1}^{T} t", "the sum from t equals 1 to T of t"),
        (r"\sqrt{x}", "the square root of x"),
        (r"\sqrt{x+1} - 1", "the square root of x plus 1, end root, minus 1"),
        (r"\sqrt[3]{x}", "the root of degree 3 of x"),
        (r"1\,000\,000", "1000000"),
        (r"\frac{1{,}000{,}000}{8}", "1,000,000 over 8"),
        (r"12{,}345{,}678.5 + a", "12,345,678.5 plus a"),
        (r"\mathrm{TTFT} \approx 2", "TTFT is about 2"),
        (r"\text{cost per call} \times 30", "cost per call times 30"),
        (r"\begin{matrix}a & b\\c & d\end{matrix}", "a, b; c, d"),
        (r"\hat{x} \le 80\%", "x hat is at most 80 percent"),
        ('a < b "', "a is less than b"),
    ],
)
def test_words(latex: str, words: str) -> None:
    element = ElementTree.fromstring(to_mathml(latex))
    said = element.get("aria-label") or ""
    assert said.removesuffix(' "') == words
    assert element.get("alttext") == said


def test_a_number_with_commas_is_one_number_and_a_list_is_none() -> None:
    """Between two numbers, a browser puts a space after a comma."""

    def numbers(latex: str) -> list[str | None]:
        return [one.text for one in ElementTree.fromstring(to_mathml(latex)).iter() if one.tag.endswith("mn")]

    assert numbers("1{,}000{,}000") == ["1,000,000"]
    assert numbers("(1, 000)") == ["1", "000"]
    assert numbers("1{,}0") == ["1", "0"]


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\frac{a}{b", "a brace that is not closed"),
        ("a}", "a closing brace without an opening one"),
        ("a^", "missing super script or subscript"),
        (r"\foo{x}", r"unknown command \foo"),
        (r"\left( x", "extra left or missing right"),
        (r"\begin{aligned}a&=b\end{aligned}", "it uses something that cannot be written as MathML"),
        ("", "no available tokens"),
        (r"\frac{a}", "a part of a fraction, power, index or root is missing"),
        (r"\text{<script>alert(1)</script>}", "it holds markup, <script>"),
        (r"\text{<b>x</b>}", "it holds markup, <b>"),
        (r"\href{javascript:alert(1)}{x}", r"\href cannot be used"),
        (r"\style{background:url(x)}{x}", r"\style cannot be used"),
        (r"\class{x}{x}", r"\class cannot be used"),
    ],
)
def test_what_cannot_be_read(latex: str, reason: str) -> None:
    with pytest.raises(FormulaError, match=re.escape(reason)):
        to_mathml(latex)


def test_what_html_would_read_as_markup_is_text() -> None:
    written = to_mathml(r"\text{<![CDATA[><img src=x onerror=alert(1)>]]>}")
    assert "<mtext>&gt;&lt;img" in written
    assert "<img" not in written


def test_escaped_braces_need_no_partner() -> None:
    assert to_mathml(r"\{ a").count("<mi>a</mi>") == 1


def test_warning_has_its_line_and_comes_again(book: Book) -> None:
    book.write("index.md", "# Page\n\nText.\n\nA {math}`\\foo{x}` here.\n\n```{math}\na^\n```\n")
    first, second = (book.build(PIECE, **MATHML).warnings for _ in range(2))
    assert "index.md:5: WARNING: the formula \\foo{x} cannot be read: unknown command \\foo [furo_fixes.math]" in first
    assert "index.md:7: WARNING: the formula a^ cannot be read: missing super script or subscript" in first
    assert first == second
    assert "<code>\\foo{x}</code>" in book.build(PIECE, **MATHML).page("index.html")
