"""The survey of price ratios: which ids of the feed are counted, under whose name, and how the file is written.

What is decided here is the method: it is written into the file with the numbers, so that a page can print it.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, Protocol

from costbook.economy.rates import Source
from costbook.economy.ratios import Listing, Population, Spread, Survey
from costbook.feed.quotes import MOST, FeedError
from costbook.load import RATIOS, DataErrors
from costbook.load.ratios import read_survey
from costbook.load.source import read_source

FILE = RATIOS
WIDTH, TIE = 120, "\0"

NOT_TEXT = (
    *("audio", "banana", "embed", "guard", "image", "live", "moderation", "ocr", "omni", "realtime", "robotics"),
    *("transcri", "tts", "voxtral"),
)
"""An id with one of these in it is priced for pictures, sound, vectors or verdicts, or is not a model for prose."""
_NOT_TEXT = re.compile("|".join(NOT_TEXT), re.IGNORECASE)

LABS: Mapping[str, tuple[str, ...]] = {
    "openai": ("gpt", "chatgpt", "o1", "o3", "o4"),
    "anthropic": ("claude",),
    "google": ("gemini", "gemma"),
    "mistral": ("mistral", "mixtral", "codestral", "devstral", "magistral", "ministral", "pixtral"),
    "deepseek": ("deepseek",),
    "x-ai": ("grok",),
    "cohere": ("command",),
    "moonshotai": ("kimi", "moonshot"),
    "minimax": ("minimax",),
    "zai": ("glm", "zai"),
    "meta": ("llama", "muse"),
}
"""Labs that sell their own models, and how the ids of these begin in anybody's list."""
BIG_THREE = ("openai", "anthropic", "google")
ROUTER = "openrouter"
HOSTS = (
    *("arcee", "avian", "baseten", "cerebras", "cloudflare", "databricks", "doubleword", "fireworks", "groq", "modal"),
    *("novita", "ovhcloud", "quicksilverpro", "together"),
)
HOSTS_BEGIN = "huggingface_"
OTHERS, MOVING, BATCH = ":others", ":moving", ":batch"
"""Parts of a list that are held apart: other labs' models in a lab's list, a router's moving names and its batches."""


class Listed(NamedTuple):
    """An id in the price list of a seller on one day: USD per million tokens of the base tier, None where none is."""

    seller: str
    name: str
    id: str
    deprecated: bool
    input: Decimal | None
    output: Decimal | None


class Lists(Protocol):
    """A feed that can be walked through."""

    @property
    def name(self) -> str:
        """Name and version."""

    @property
    def home(self) -> str:
        """Its address."""

    def listed(self, day: date) -> Iterator[Listed]:
        """Every id of every seller on a day."""


class Left(Enum):
    """Why an id is not counted; the first that holds."""

    UNPRICED = auto()
    DEPRECATED = auto()
    NOT_TEXT = auto()


@dataclass(frozen=True)
class Taken:
    """A survey as the feed gives it, and the sellers that no population but those of all sellers has."""

    survey: Survey
    ungrouped: tuple[str, ...]

    def same_as(self, other: Survey) -> bool:
        """Whether another survey says the same, whenever it was checked."""
        return self.survey == replace(other, source=replace(other.source, checked=self.survey.source.checked))


def read_survey_file(root: Path) -> Survey | None:
    """The survey that a book has; None where there is no file.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    if not (root / FILE).is_file():
        return None
    document = read_source(root / FILE, root)
    survey = read_survey(document)
    if document.problems:
        raise DataErrors(document.problems)
    return survey


def take(feed: Lists, day: date, checked: date, names: Mapping[str, str]) -> Taken:
    """Survey a feed on a day; ``names`` are the names that the book has for sellers.

    Raises:
        FeedError: a price is no price, an id stands twice, or a population would be empty.
    """
    left: Counter[Left] = Counter()
    seen: set[tuple[str, str]] = set()
    ratios: dict[str, Counter[Fraction]] = {}
    sellers: dict[str, str] = {}
    for one in feed.listed(day):
        if (one.seller, one.id) in seen:
            raise FeedError(f"{feed.name} lists {one.id} twice for {one.seller}; which of them holds is not said")
        seen.add((one.seller, one.id))
        found = _ratio(feed.name, one)
        why = _left_out(one, found)
        if why is not None:
            left[why] += 1
        elif found is not None:
            sellers[one.seller] = names.get(one.seller, one.name)
            ratios.setdefault(_listing(one), Counter())[found] += 1
    listings = {key: Listing(key, _name(key, sellers), Spread.of(ratios[key])) for key in sorted(ratios)}
    populations = {one.id: one for one in _populations(tuple(listings))}
    if empty := [one.id for one in populations.values() if not one.listings]:
        raise FeedError(f"{feed.name} has no model on {day} for {', '.join(empty)}")
    source = Source(feed.name, feed.home, checked)
    survey = Survey(day, source, _method(feed.name, left), listings, populations)
    everybody = {"all-sellers", "base-ids"}
    grouped = {name for one in populations.values() if one.id not in everybody for name in one.listings}
    ungrouped = tuple(key for key in listings if key not in grouped and not key.endswith(OTHERS))
    return Taken(survey, ungrouped)


def _ratio(feed: str, one: Listed) -> Fraction | None:
    for price in (one.input, one.output):
        if price is not None and not (isinstance(price, Decimal) and price.is_finite() and 0 <= price <= MOST):
            raise FeedError(f"{feed}: a price of {one.id} ({one.seller}) is {str(price)[:40]}, which is no price")
    return Fraction(one.output) / Fraction(one.input) if one.input and one.output else None


def _left_out(one: Listed, ratio: Fraction | None) -> Left | None:
    if ratio is None:
        return Left.UNPRICED
    if one.deprecated:
        return Left.DEPRECATED
    return Left.NOT_TEXT if _NOT_TEXT.search(one.id) else None


def _listing(one: Listed) -> str:
    """The list, or the part of one, that an id is counted in."""
    if one.seller in LABS:
        foreign = tuple(start for lab, starts in LABS.items() if lab != one.seller for start in starts)
        return one.seller + OTHERS if one.id.lower().startswith(foreign) else one.seller
    if one.seller == ROUTER and one.id.startswith("~"):
        return ROUTER + MOVING
    if one.seller == ROUTER and one.id.endswith(BATCH):
        return ROUTER + BATCH
    return one.seller


def _name(key: str, sellers: Mapping[str, str]) -> str:
    seller, _, part = key.partition(":")
    words = {OTHERS: ", models of other labs", MOVING: ", moving names", BATCH: ", batches"}
    return sellers[seller] + (words[f":{part}"] if part else "")


def _populations(listings: tuple[str, ...]) -> Iterator[Population]:
    def those(wanted: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in listings if one in set(wanted))

    yield Population("all-sellers", "All sellers", "every id in every seller's list", listings)
    yield Population(
        "base-ids",
        "All sellers, base ids",
        "the same without a router's moving names and batches",
        tuple(one for one in listings if not one.endswith((MOVING, BATCH))),
    )
    yield Population("first-party-labs", "First-party labs", "labs that sell their own models", those(LABS))
    yield Population("big-three", "OpenAI, Anthropic, Google", "their own models in their own lists", those(BIG_THREE))
    yield Population(
        "open-weight-hosts",
        "Open-weight hosts",
        "companies that serve models others have published",
        tuple(one for one in listings if one in HOSTS or one.startswith(HOSTS_BEGIN)),
    )
    yield Population(
        "routers",
        "Routers",
        "OpenRouter, which passes a request on to other sellers",
        tuple(one for one in listings if one.partition(":")[0] == ROUTER),
    )


def _method(feed: str, left: Mapping[Left, int]) -> str:
    return (
        f"The output price over the input price of each id that {feed} lists, at noon UTC of the day, at the price of "
        "the shortest prompts. An id in the lists of two sellers counts twice. Left out are "
        f"{left.get(Left.UNPRICED, 0)} ids without a price of input or output tokens, "
        f"{left.get(Left.DEPRECATED, 0)} that the feed marks as deprecated, and {left.get(Left.NOT_TEXT, 0)} whose id "
        f"contains one of {', '.join(NOT_TEXT)}. Quartiles are interpolated between neighbours, the smallest and the "
        "largest ratio included."
    )


# --- the file ---------------------------------------------------------------------------------------------------------

HEAD = """\
# How many models have each ratio of output price to input price, exactly, in many price lists on one day.
# Written whole by `scripts/prices.py survey`; what is counted, and who is in a population, is decided in its method.
# A list with a colon is a part of a seller's list that is held apart. ratios: {ratio: how many models have it}.
"""


def written(survey: Survey) -> str:
    """A survey as the text of its file: the same survey gives the same text."""
    source = survey.source
    lines = [
        f"as_of: {survey.as_of}",
        f"via: {source.via}",
        f"url: {source.url}",
        f"checked: {source.checked}",
        *_wrapped("method: >-", survey.method, 2),
        "populations:",
    ]
    for population in survey.populations.values():
        lines += [
            f"  {population.id}:",
            f"    name: {_quoted(population.name)}",
            f"    about: {_quoted(population.about)}",
            *_wrapped("    of:", f"[{', '.join(population.listings)}]", 6),
        ]
    lines.append("listings:")
    for listing in survey.listings.values():
        counted = ", ".join(f"{ratio}:{TIE}{count}" for ratio, count in listing.spread.counts)
        lines += [
            f"  {listing.id}:",
            f"    name: {_quoted(listing.name)}",
            *_wrapped("    ratios:", f"{{{counted}}}", 6),
        ]
    return HEAD + "".join(f"{line}\n" for line in lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _wrapped(key: str, text: str, indent: int) -> list[str]:
    margin = " " * indent
    wrapped = textwrap.wrap(text, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return [key, *(margin + line.replace(TIE, " ") for line in wrapped)]
