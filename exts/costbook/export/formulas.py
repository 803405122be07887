"""Formulas for targets that show no MathML.

In one line of plain text: read out, it still says what was meant. Or as HTML, where letters can be raised and lowered.
"""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

from latex2mathml.converter import convert

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
SPACED = frozenset("+-−±=≠≈≡<>≤≥≪≫∈·⋅×÷→⇒∝")
"""Operators that stand apart from what they join."""
SIGNS = {"\u22c5": "·", "\u2062": "", "\u2061": "", "\u2212": "−", "-": "−"}
"""How operators are written in running text; those that nobody sees are left out."""
SINGLE = re.compile(r"\S|\w+([.,]\d+)?(_\w+)?|\([^()]*\)")
BELOW_AND_ABOVE = {"msub": "_", "munder": "_", "msup": "^", "mover": "^"}


def linear(latex: str) -> str:
    r"""A formula in one line: ``\frac{O \cdot p_O}{I}`` is ``(O · p_O) / I``.

    What cannot be read as LaTeX, or has no form in one line (a matrix), stays LaTeX.
    """
    try:
        text = " ".join(_written(ElementTree.fromstring(convert(latex))).split())
    except Exception:  # whatever the converter makes of what is no LaTeX; its errors have no common base
        return latex
    return latex if "\\" in text else text


class _Unwritable(Exception):
    """A part that has no form in one line."""


def _written(node: ElementTree.Element) -> str:
    tag = node.tag.removeprefix(NAMESPACE)
    parts = list(node)
    if tag in {"mi", "mn", "mtext", "ms"}:
        return node.text or ""
    if tag == "mo":
        sign = SIGNS.get(node.text or "", node.text or "")
        return f" {sign} " if sign in SPACED else sign
    if tag == "mspace":
        return " "
    if tag in {"math", "mrow", "mstyle", "mpadded", "semantics"}:
        return "".join(map(_written, parts))
    if tag == "mfrac" and len(parts) == 2:  # noqa: PLR2004 - what stands above the line and below
        above, below = map(_grouped, parts)
        return f"{above} / {below}"
    if tag in BELOW_AND_ABOVE and len(parts) == 2:  # noqa: PLR2004 - the base and its index
        base, index = map(_grouped, parts)
        return f"{base}{BELOW_AND_ABOVE[tag]}{index}"
    if tag in {"msubsup", "munderover"} and len(parts) == 3:  # noqa: PLR2004 - the base and both indices
        base, below, above = map(_grouped, parts)
        return f"{base}_{below}^{above} "
    if tag == "msqrt":
        return f"√({''.join(map(_written, parts)).strip()})"
    raise _Unwritable(tag)


def _grouped(node: ElementTree.Element) -> str:
    """A part in parentheses, unless it is a single name or number, or has them."""
    text = re.sub("^([+−]) ", r"\1", " ".join(_written(node).split()))
    return text if SINGLE.fullmatch(text) else f"({text})"


def set_as_html(node: ElementTree.Element) -> str:
    """MathML as HTML of the class ``formula``: italics, indices lowered, exponents raised, fractions stacked.

    A part that has no such form (a matrix) is written as its text.
    """
    return f'<span class="formula {node.get("display", "inline")}">{_set(node).strip()}</span>'


def _set(node: ElementTree.Element) -> str:
    tag, parts = node.tag.removeprefix(NAMESPACE), [_set(part) for part in node]
    text = escape(node.text or "", quote=False)
    if tag == "mi":
        return f"<i>{text}</i>" if len(node.text or "") == 1 else text
    if tag == "mo":
        sign = SIGNS.get(node.text or "", node.text or "")
        return f" {escape(sign, quote=False)} " if sign in SPACED else escape(sign, quote=False)
    if tag == "mspace":
        return " "
    if tag == "mfrac" and len(parts) == 2:  # noqa: PLR2004 - what stands above the line and below
        return f'<span class="fraction"><span>{parts[0]}</span><span>{parts[1]}</span></span>'
    if tag in BELOW_AND_ABOVE and len(parts) == 2:  # noqa: PLR2004 - the base and its index
        place = "sub" if BELOW_AND_ABOVE[tag] == "_" else "sup"
        return f"{parts[0]}<{place}>{parts[1]}</{place}>"
    if tag in {"msubsup", "munderover"} and len(parts) == 3:  # noqa: PLR2004 - the base and both indices
        return f"{parts[0]}<sub>{parts[1]}</sub><sup>{parts[2]}</sup>"
    if tag == "msqrt":
        return f"√({''.join(parts).strip()})"
    return text + "".join(parts)
