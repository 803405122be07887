"""How the values of a question are read: names, dates, parts, spans, ranges and inline usages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from costbook.economy.bills import Usage
from costbook.economy.rates import Part
from costbook.names import suggestion
from costbook.questions.base import Unreadable

NAME = re.compile(r"[A-Za-z0-9][\w.:-]*")
INLINE = re.compile(r"([0-9]{1,9})\+([0-9]{1,9})")
WORDS = re.compile(r"[0-9]{1,9}")
SPAN = re.compile(r"([1-9][0-9]{0,11})([rd])")
RANGE = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)\.\.([0-9]{1,6}(?:\.[0-9]{1,6})?)")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

TEMPERATURE = re.compile(r"0|0?\.[0-9]{1,2}|[12](\.[0-9]{1,2})?")
COLDEST, HOTTEST = Decimal("0.1"), Decimal(2)
"""The bounds of temperatures above 0: colder is greedy to the eye, and interfaces go no hotter."""

E = TypeVar("E", bound=StrEnum)


class Slice(StrEnum):
    """A part of a bill: what is read, what of it is cached or cache-written, what is written, its hidden part."""

    INPUT = "input"
    CACHED = "cached"
    WRITE = "write"
    OUTPUT = "output"
    REASONING = "reasoning"


@dataclass(frozen=True, slots=True)
class Span:
    """A number of requests (``10000r``) or days (``30d``)."""

    number: int
    days: bool

    def __str__(self) -> str:
        return f"{self.number}{'d' if self.days else 'r'}"


@dataclass(frozen=True, slots=True)
class Range:
    """Two bounds, both inside (``4..8``)."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        return f"{self.low}..{self.high}"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a toy: behind the tokens of one of its paths, or behind its prompt alone."""

    toy: str
    path: str | None

    def __str__(self) -> str:
        return self.toy if self.path is None else f"{self.toy}/{self.path}"


def name(text: str) -> str:
    """The id of a model, scenario, text or population."""
    if not NAME.fullmatch(text):
        raise Unreadable(f"{text!r} is not a name (letters, digits and . : - _)")
    return text


def day(text: str) -> date:
    """A day as YYYY-MM-DD."""
    try:
        if not DATE.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"{text!r} is not a date; dates are written YYYY-MM-DD") from None


def load(text: str) -> str | Usage:
    """A scenario's id, or an inline usage ``1500+250`` (input + output tokens)."""
    inline = INLINE.fullmatch(text)
    if inline:
        return Usage(input=int(inline[1]), output=int(inline[2]))
    if not NAME.fullmatch(text):
        raise Unreadable(f"{text!r} is neither a scenario nor a usage such as 1500+250 (input+output tokens)")
    return text


def text_or_words(text: str) -> str | int:
    """The id of a text, or a number of words such as ``450``."""
    if WORDS.fullmatch(text):
        return int(text)
    if not NAME.fullmatch(text):
        raise Unreadable(f"{text!r} is neither a text nor a number of words such as 450")
    return text


def span(text: str) -> Span:
    """``10000r`` requests or ``30d`` days."""
    found = SPAN.fullmatch(text)
    if not found:
        raise Unreadable(f"{text!r} is not a span; write 10000r (requests) or 30d (days)")
    return Span(int(found[1]), days=found[2] == "d")


def bounds(text: str) -> Range:
    """``4..8``: from low to high, both inside."""
    found = RANGE.fullmatch(text)
    if not found or Decimal(found[1]) > Decimal(found[2]):
        raise Unreadable(f"{text!r} is not a range; write LOW..HIGH, such as 4..8")
    return Range(Decimal(found[1]), Decimal(found[2]))


def place(text: str) -> Place:
    """``smart-glasses/ray-ban``: behind a path of a toy; ``smart-glasses``: behind its prompt."""
    toy, slash, path = text.partition("/")
    if not all(NAME.fullmatch(one) for one in ((toy, path) if slash else (toy,))):
        raise Unreadable(f"{text!r} is no place in a toy; write TOY or TOY/PATH, such as smart-glasses/ray-ban")
    return Place(toy, path if slash else None)


def path(text: str) -> Place:
    """``smart-glasses/ray-ban``: a path of a toy."""
    found = place(text)
    if found.path is None:
        raise Unreadable(f"{text!r} names no path of a toy; write TOY/PATH, such as smart-glasses/ray-ban")
    return found


def temperature(text: str) -> Decimal:
    """0, or from 0.1 to 2, with at most two decimals."""
    value = Decimal(text) if TEMPERATURE.fullmatch(text) else None
    if value is None or (value and not COLDEST <= value <= HOTTEST):
        raise Unreadable(f"{text!r} is not a temperature; write 0, or a number from 0.1 to 2 such as 0.7")
    return value.normalize()


def one_of(enum: type[E], what: str) -> Callable[[str], E]:
    """A reader of an enumeration's values; ``write-1h`` and ``write_1h`` are the same."""

    def read(text: str) -> E:
        values = {str(member.value): member for member in enum}
        found = values.get(text.replace("-", "_"))
        if found is None:
            raise Unreadable(f"unknown {what} {text!r}; {suggestion(text, values)}")
        return found

    return read


part = one_of(Part, "part of a price")
slice_ = one_of(Slice, "part of a bill")
