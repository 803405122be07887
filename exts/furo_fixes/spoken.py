"""A formula in words: what a screen reader says where it cannot read MathML itself."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from xml.etree.ElementTree import Element

_WORDS = {
    "=": "equals",
    "≠": "is not equal to",
    "<": "is less than",
    ">": "is greater than",
    "≤": "is at most",
    "≥": "is at least",
    "≪": "is much less than",
    "≫": "is much greater than",
    "≈": "is about",
    "∼": "is about",
    "∝": "is proportional to",
    "+": "plus",
    "−": "minus",
    "-": "minus",
    "±": "plus or minus",
    "×": "times",
    "·": "times",
    "⋅": "times",
    "∗": "times",
    "*": "times",
    "/": "over",
    "÷": "divided by",
    "→": "goes to",
    "⇒": "implies",
    "(": "open parenthesis",
    ")": "close parenthesis",
    "[": "open bracket",
    "]": "close bracket",
    "{": "open brace",
    "}": "close brace",
    "|": "bar",
    "⌈": "ceiling of",
    "⌉": "end ceiling",
    "⌊": "floor of",
    "⌋": "end floor",
    "∑": "the sum",
    "∏": "the product",
    "∞": "infinity",
    "∈": "in",
    "…": "and so on",
    "⋯": "and so on",
    "%": "percent",
    "$": "dollars",
    "^": "hat",
    "¯": "bar",
}
_POWERS = {"2": "squared", "3": "cubed"}


def spoken(element: Element) -> str:
    """The words of one MathML element and all it holds."""
    parts = list(element)
    match element.tag.rpartition("}")[2]:
        case "mfrac":
            return _fraction(*map(spoken, parts))
        case "msup":
            base, power = map(spoken, parts)
            return f"{base} {_power(power)}"
        case "msub" | "munder":
            base, below = map(spoken, parts)
            return f"{base} sub {below}{_end(below, 'sub')}"
        case "mover":
            return " ".join(map(spoken, parts))
        case "msubsup" | "munderover":
            return _limits(*map(spoken, parts))
        case "msqrt":
            inside = _sequence(parts)
            return f"the square root of {inside}{_end(inside, 'root')}"
        case "mroot":
            inside, degree = map(spoken, parts)
            return f"the root of degree {degree} of {inside}{_end(inside, 'root')}"
        case "mtable":
            return "; ".join(", ".join(filter(None, map(spoken, row))) for row in parts)
        case "mspace":
            return ""
        case _:
            text = " ".join((element.text or "").split())  # also of the hard spaces of a \\text
            return _sequence(parts) if parts else _WORDS.get(text, text)


def _fraction(above: str, below: str) -> str:
    if " " in above or " " in below:
        return f"the fraction {above}, over {below}, end fraction"
    return f"{above} over {below}"


def _limits(base: str, lower: str, upper: str) -> str:
    if base in {_WORDS["∑"], _WORDS["∏"]}:
        return f"{base} from {lower} to {upper} of"
    return f"{base} sub {lower}{_end(lower, 'sub')} {_power(upper)}"


def _power(words: str) -> str:
    return _POWERS.get(words) or f"to the power of {words}{_end(words, 'power')}"


def _end(words: str, what: str) -> str:
    """Say where a part ends that is longer than a word."""
    return f", end {what}," if " " in words else ""


def _sequence(elements: Iterable[Element]) -> str:
    """The elements of a row. The letters of an upright word and the groups of a long number are said as one."""
    words: list[str] = []
    visible = [element for element in elements if element.tag.rpartition("}")[2] != "mspace"]
    for joined, group in groupby(visible, key=_joins):
        said = [spoken(element) for element in group]
        words += ["".join(said)] if joined else said
    return " ".join(filter(None, words)).replace(",,", ",").removesuffix(",")


def _joins(element: Element) -> str:
    tag = element.tag.rpartition("}")[2]
    if tag == "mn":
        return tag
    return "word" if tag == "mi" and element.get("mathvariant") == "normal" else ""
