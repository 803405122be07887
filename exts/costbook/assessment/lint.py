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
NUMBER = rf"(?:{DIGITS}|(?:{NUMBER_WORDS})(?:[- ](?:{NUMBER_WORDS}))*)"
MEASURED = r"(?:price|cost|bill|rate|amount|input|output|tokens?|prompt|reply|total|spend|saving)"
FRACTION = r"(?:half|(?:a|one|two)[- ]thirds?|(?:a|one|three)[- ]quarters?|(?:a|one)[- ](?:fifth|tenth))"


class Hit(NamedTuple):
    """A typed number: its text, and what to do about it."""

    literal: str
    what: str


MONEY = "is typed money"
MULTIPLIER = "is a typed multiplier"
PERCENTAGE = "is a typed percentage"

PATTERNS: tuple[tuple[str, str], ...] = (
    (MONEY, rf"[$€£¢]\s?{DIGITS}(?:\s?(?:thousand|million|billion|[kKM])\b)?"),
    (MONEY, rf"\b{NUMBER}\s?(?:US\s)?(?:dollars?|cents?|euros?|USD|EUR)\b"),
    (MONEY, rf"\b{DIGITS}\s?¢"),
    (MULTIPLIER, r"(?<![\w.])\d+(?:\.\d+)?\s?(?:×|x\b)"),
    (MULTIPLIER, r"×\s?\d+(?:\.\d+)?"),
    (MULTIPLIER, r"(?<![\w:.])\d+(?:\.\d+)?\s?:\s?(?!\d\d\b)\d+(?:\.\d+)?(?![\w:])"),
    (MULTIPLIER, rf"\b(?:{NUMBER_WORDS})[- ]?fold\b|\b\d+[- ]?fold\b"),
    (MULTIPLIER, rf"\b{NUMBER}\s+times\b(?!\s+(?:an?|per|each|every)\s+(?:second|minute|hour|day|week|month|year)\b)"),
    (MULTIPLIER, r"\b(?:twice|double|triple|thrice|quadruple)\s+(?:as|that|the|its|their)\b"),
    (MULTIPLIER, rf"\b(?:doubles|triples|quadruples|halves|doubled|tripled|halved)\s+(?:the|its|their)\s+{MEASURED}"),
    (MULTIPLIER, rf"\b{NUMBER}\s+to\s+one\b"),
    (PERCENTAGE, rf"\b{NUMBER}\s?(?:%|percent\b|per cent\b|percentage points?\b)"),
    (PERCENTAGE, rf"\b{FRACTION}\s+(?:of\s+)?(?:the|its|their|an?)\s+(?:\w+\s+)?{MEASURED}\b"),
)
SIGNS = frozenset("$€£¢×%0123456789")
WORDS = ("dollar", "cent", "euro", "usd", "eur", "fold", "times", "twice", "thrice", "double", "triple", "quadruple")
FRACTIONS = ("halve", "half", "third", "quarter", "fifth", "tenth", "to one")
_COMPILED = tuple((what, re.compile(pattern, re.IGNORECASE)) for what, pattern in PATTERNS)
REMEDY = "ask for it with a role, or mark it with quoted or assumed and its source"


def _worth_a_look(text: str) -> bool:
    """Whether a text has a sign or word that every hit contains; most prose has none, and the patterns are slow."""
    folded = text.casefold()
    return not SIGNS.isdisjoint(text) or any(word in folded for word in WORDS + FRACTIONS)


def hits(text: str) -> Iterator[Hit]:
    """Typed money, multipliers and percentages in a plain text, in order; of two that overlap the first counts."""
    return (hit for _, hit in places(text))


def places(text: str) -> Iterator[tuple[int, Hit]]:
    """The same, each with its index in the text."""
    if not _worth_a_look(text):
        return
    found = [(match.start(), match.end(), what) for what, pattern in _COMPILED for match in pattern.finditer(text)]
    end = -1
    for start, stop, what in sorted(found):
        if start >= end:
            literal = text[start:stop]
            yield start, Hit(literal, f"{' '.join(literal.split())!r} {what}; {REMEDY}")
            end = stop


def hits_in_markdown(text: str) -> Iterator[Hit]:
    """The same in a YAML text: code, math and roles are held apart."""
    if _worth_a_look(text):
        for block in plain(text):
            yield from hits(block)
