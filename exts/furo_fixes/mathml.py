"""Formulas as MathML, written when the page is built.

Defect: Sphinx leaves formulas to a script that every reader fetches from another site, and that a content security
policy breaks.

Each formula also carries its text in words, and one that cannot be read is a warning at its line, at every build.

Remove when: Sphinx has a MathML renderer for HTML of its own.
"""

from __future__ import annotations

import html
import re
from functools import cache
from typing import TYPE_CHECKING, NoReturn, cast
from xml.etree import ElementTree

from docutils import nodes
from latex2mathml import converter
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from furo_fixes.assets import add_static_files
from furo_fixes.spoken import spoken

if TYPE_CHECKING:
    from typing import Any, Literal

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

_ESCAPED = re.compile(r"\\.", re.DOTALL)
_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
# What a formula is made of. latex2mathml copies markup inside of `\text`, and addresses and styles, as they stand.
_ELEMENTS = {
    "math", "menclose", "mfrac", "mi", "mn", "mo", "mover", "mpadded", "mphantom", "mroot", "mrow", "mspace", "msqrt",
    "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder", "munderover",
}  # fmt: skip
_REFUSED = ("class", "href", "style")


class FormulaError(ValueError):
    """A formula that cannot be turned into MathML; its text says why."""


@cache
def to_mathml(latex: str, display: Literal["inline", "block"] = "inline") -> str:
    """The `<math>` element of a formula, with the same in words."""
    _check_braces(latex)
    try:
        written = converter.convert(latex, display=display)
    except Exception as error:
        # latex2mathml raises a dozen unrelated classes without a text; the name of the class is the message.
        reason = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(error).__name__.removesuffix("Error")).lower()
        raise FormulaError(f"{reason} {error}".strip()) from error
    try:
        element = ElementTree.fromstring(written)
    except ElementTree.ParseError as error:
        raise FormulaError("it uses something that cannot be written as MathML, such as an alignment") from error
    for part in element.iter():
        _check_part(part)
    for part in element.iter():
        _join_thousands(part)
    try:
        words = spoken(element)
    except (TypeError, ValueError) as error:
        raise FormulaError("a part of a fraction, power, index or root is missing") from error
    element.attrib = {"alttext": words, "aria-label": words, "xmlns": _NAMESPACE, **element.attrib}
    # Written anew: what XML reads as text, HTML may read as markup.
    return ElementTree.tostring(element, encoding="unicode")


def _check_part(part: ElementTree.Element) -> None:
    """Refuse what no formula holds; the namespace goes, `<math>` will name it."""
    part.tag = part.tag.removeprefix(f"{{{_NAMESPACE}}}")
    if part.text and part.text.startswith("\\"):
        raise FormulaError(f"unknown command {part.text}")
    if part.tag not in _ELEMENTS:
        raise FormulaError(f"it holds markup, <{part.tag}>")
    for name in _REFUSED:
        if name in part.attrib:
            raise FormulaError(f"\\{name} cannot be used")


def _join_thousands(part: ElementTree.Element) -> None:
    """Make one number of `1{,}000`, which latex2mathml takes for a list: its commas would be followed by a space."""
    for comma in [one for one in part if one.tag == "mrow" and [inner.text for inner in one] == [","]]:
        at = list(part).index(comma)
        numbers = [*part[at - 1 : at], *part[at + 1 : at + 2]]
        digits = [one.text or "" for one in numbers]
        if [one.tag for one in numbers] == ["mn", "mn"] and re.fullmatch(r"\d{3}(\.\d+)?", digits[1]):
            numbers[0].text = ",".join(digits)
            part.remove(comma)
            part.remove(numbers[1])


def _check_braces(latex: str) -> None:
    """latex2mathml reads over a brace too few or too many."""
    depth = 0
    for character in _ESCAPED.sub("", latex):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            raise FormulaError("a closing brace without an opening one")
    if depth:
        raise FormulaError("a brace that is not closed")


class CheckFormulas(SphinxTransform):
    """Warn of a formula that cannot be written, while reading: pages that did not change are not written again."""

    default_priority = 850

    def apply(self, **_kwargs: object) -> None:
        for node in self.document.findall(lambda node: isinstance(node, (nodes.math, nodes.math_block))):
            for part in _parts(cast("nodes.Element", node)):
                try:
                    to_mathml(part)
                except FormulaError as error:
                    self.env.note_reread()
                    logger.warning(
                        "the formula %s cannot be read: %s",
                        part,
                        error,
                        location=node,
                        type="furo_fixes",
                        subtype="math",
                    )


def _parts(node: nodes.Element) -> list[str]:
    """A block may hold several formulas, with empty lines between them."""
    text = node.astext()
    if isinstance(node, nodes.math):
        return [text]
    return [part for part in re.split(r"\n\s*\n", text) if part.strip()]


def _written(part: str, display: Literal["inline", "block"]) -> str:
    try:
        return to_mathml(part, display)
    except FormulaError:  # warned of while reading
        return f"<code>{html.escape(part)}</code>"


def visit_math(self: HTML5Translator, node: nodes.math) -> NoReturn:
    self.body.append(self.starttag(node, "span", "", CLASS="math notranslate nohighlight"))
    self.body.append(_written(node.astext(), "inline") + "</span>")
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> NoReturn:
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight"))
    if node.get("number"):
        self.body.append(f'<span class="eqno">({get_node_equation_number(self, node)})')
        self.add_permalink_ref(node, "Link to this equation")
        self.body.append("</span>")
    self.body += [_written(part, "block") for part in _parts(node)]
    self.body.append("</div>\n")
    raise nodes.SkipNode


def style_formulas(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    if context.get("has_maths_elements") and app.config.html_math_renderer == "mathml":
        app.add_css_file("furo-fixes-math.css")


def setup(app: Sphinx) -> None:
    add_static_files(app)
    app.connect("html-page-context", style_formulas)
    app.add_html_math_renderer("mathml", inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None))
    app.add_transform(CheckFormulas)
