"""The literal lint: money, multipliers and percentages that were typed where a question should stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from costbook.assessment.text import plain

NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty|forty|fifty|sixty|"
    "seventy|eighty|ninety|hundred|thousand|million"
)
DIGITS = r"\d+(?:[.,]\d+)*"
NUMBER = rf"(?:{DIGITS}|(?:{NUMBER_WORDS})(?:[-\s](?:{NUMBER_WORDS}))*)"
CURRENCY = r"(?:dollars?|cents?|euros?|USD|EUR)"
MEASURED = r"(?:price|cost|bill|rate|amount|input|output|tokens?|prompt|reply|total|spend|saving)s?"
FRACTION = (
    r"(?:(?<!first\s)(?<!second\s)half|(?:a|one|two)[-\s]thirds?|(?:a|one|three)[-\s]quarters?|"
    r"(?:a|one)[-\s](?:fifth|tenth)|\d/\d)"
)
NO_NOUN = r"(?=\s*(?:$|[^\w\s:]|(?:is|was|or|and|to|in|on|for|at|would|today|now)\b))"
COMPARED = (
    rf"(?:as|more|less|fewer|the|its|their|that|those|what|{MEASURED}|"
    r"(?:high|low|cheap|dear|larg|bigg|small|fast|slow|long|short|great)e?r)"
)


class Hit(NamedTuple):
    """A typed number: its text, and what to do about it."""

    literal: str
    what: str


MONEY = "is typed money"
MULTIPLIER = "is a typed multiplier"
PERCENTAGE = "is a typed percentage"

# What it is, a text that every hit contains (one of those between bars), and the pattern.
PATTERNS: tuple[tuple[str, str, str], ...] = (
    (MONEY, "$|€|£|¢", rf"[$€£¢]\s?{DIGITS}(?:\s?(?:thousand|million|billion|[kKM])\b)?"),
    (MONEY, "€|£|¢", rf"\b{DIGITS}\s?[€£¢]"),
    (MONEY, "dollar|cent|euro|usd|eur", rf"\b{NUMBER}\s?(?:US\s)?{CURRENCY}\b"),
    (MONEY, "usd|eur", rf"\b(?:USD|EUR)\s?{DIGITS}"),
    (
        MONEY,
        "dollar|cent|euro|usd|eur",
        rf"\b(?:half|than|under|over|below|above|about|nearly|almost|fraction\s+of)\s+an?\s+{CURRENCY}\b",
    ),
    # A number on both sides is a size (64 × 64) or a power of ten, not a multiplier.
    (MULTIPLIER, "×|x", r"(?<![\w.])\d+(?:\.\d+)?\s?(?:×|x(?![\w-]))(?!\s?\d)"),
    (MULTIPLIER, "×", r"(?<!\d)(?<!\d\s)×\s?\d+(?:\.\d+)?"),
    # Two digits after the colon are a time of day, unless the text says ratio.
    (MULTIPLIER, ":", r"(?<![\w:.])\d+(?:\.\d+)?\s?:\s?(?!\d\d\b)\d+(?:\.\d+)?(?![\w:])"),
    (MULTIPLIER, "ratio", r"(?<![\w:.])\d+(?:\.\d+)?\s?:\s?\d+(?=\s+ratio\b)|(?<=\bratio\sof\s)\d+\s?:\s?\d+"),
    (MULTIPLIER, "ratio", rf"\bratio\s+(?:(?:of|is|was|at|near|around|about|stands|stood)\s+)+{NUMBER}{NO_NOUN}"),
    (MULTIPLIER, "fold", rf"\b(?:{NUMBER_WORDS})[-\s]?fold\b|\b\d+[-\s]?fold\b"),
    (MULTIPLIER, "times", rf"\b{NUMBER}\s+times\s+{COMPARED}\b"),
    (MULTIPLIER, "factor|multipl", rf"\bfactor\s+of\s+{NUMBER}\b|\bmultipl(?:y|ies|ied)\s+by\s+{NUMBER}\b"),
    (
        MULTIPLIER,
        "twice|double|triple|thrice|quadruple",
        r"\b(?:twice|double|triple|thrice|quadruple)\s+(?:as|that|the|its|their)\b",
    ),
    (
        MULTIPLIER,
        "hal|doubl|tripl|quadrupl",
        rf"\b(?:halves?|(?:doubl|tripl|quadrupl)(?:es|ed|ing)|halved|halving)\s+(?:the|its|their)\s+(?:\w+\s+)?{MEASURED}\b",
    ),
    (MULTIPLIER, "to one|to 1", rf"\b(?<!from\s){NUMBER}\s+to\s+(?:one|1)\b"),
    (PERCENTAGE, "%|percent|per cent", rf"\b{NUMBER}\s?(?:%|per\s?cent\b|percentage\s+points?\b)"),
    (
        PERCENTAGE,
        "half|third|quarter|fifth|tenth|/",
        rf"\b{FRACTION}\s+(?:of\s+)?(?:the|its|their|an?)\s+(?:\w+\s+)?{MEASURED}\b",
    ),
    (PERCENTAGE, "half", rf"\bby\s+half\b|\b{MEASURED}\s+in\s+half\b"),
)
_COMPILED = tuple((what, needs.split("|"), re.compile(pattern, re.IGNORECASE)) for what, needs, pattern in PATTERNS)
REMEDY = "ask for it with a role, or mark it with quoted or assumed and its source"


def _worth_trying(text: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that could hit: most prose has none of what they need, and they are slow."""
    folded = " ".join(text.casefold().split())
    return ((what, pattern) for what, needs, pattern in _COMPILED if any(need in folded for need in needs))


def hits(text: str) -> Iterator[Hit]:
    """Typed money, multipliers and percentages in a plain text, in order; of two that overlap the first counts."""
    return (hit for _, hit in places(text))


def places(text: str) -> Iterator[tuple[int, Hit]]:
    """The same, each with its index in the text."""
    found = [(m.start(), m.end(), what) for what, pattern in _worth_trying(text) for m in pattern.finditer(text)]
    end = -1
    for start, stop, what in sorted(found):
        if start >= end:
            literal = text[start:stop]
            yield start, Hit(literal, f"{' '.join(literal.split())!r} {what}; {REMEDY}")
            end = stop


MARKUP = str.maketrans({"*": "", "_": "", "\\": "", "`": "", ">": " "})


def hits_in_markdown(text: str) -> Iterator[Hit]:
    """The same in a YAML text: code, math and roles are held apart.

    A text is parsed only where a rough reading, without its markup, has a hit: parsing a thousand objectives costs a
    second of every build. An entity (``&#36;``) is read by the parser alone.
    """
    rough = " ".join(text.translate(MARKUP).split())
    if "&" in text or any(places(rough)):
        for block in plain(text):
            yield from hits(block)
