"""``book/data/ratios.yaml``: how often each ratio of output price to input price stands in many price lists."""

from __future__ import annotations

import re
from collections.abc import Collection
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from costbook.economy.rates import Source
from costbook.economy.ratios import Listing, Population, Spread, Survey
from costbook.load.fields import Day, Name, Positive, Shape, Url, Words, read_shape
from costbook.load.source import Document, Problem
from costbook.names import suggestion

RATIO = re.compile(r"([1-9][0-9]{0,29})(?:/([1-9][0-9]{0,29}))?")


def ratio(value: Any) -> Fraction:
    """A ratio above 0, exactly: a whole number, or a fraction in lowest terms."""
    text = value if isinstance(value, str) else ""
    found = RATIO.fullmatch(text)
    if not found:
        raise ValueError(f"{text[:40]!r} is not a ratio; write a whole number such as 5, or a fraction such as 25/3")
    exact = Fraction(text)
    if str(exact) != text:
        raise ValueError(f"{text[:40]!r} is not in lowest terms; write {exact}")
    return exact


RatioText = Annotated[Fraction, BeforeValidator(ratio)]


class ListingShape(Shape):
    name: Words
    ratios: dict[RatioText, Positive] = Field(min_length=1)


class PopulationShape(Shape):
    name: Words
    about: Words
    of: list[Name] = Field(min_length=1)


class SurveyShape(Shape):
    as_of: Day
    via: Words
    url: Url
    checked: Day
    method: Words
    populations: dict[Name, PopulationShape]
    listings: dict[Name, ListingShape] = Field(min_length=1)


def read_survey(document: Document) -> Survey | None:
    """The survey; a population counts lists that are there, each once."""
    shape = read_shape(document, SurveyShape)
    if shape is None:
        return None
    listings = {key: Listing(key, one.name, Spread.of(one.ratios)) for key, one in shape.listings.items()}
    populations = {key: Population(key, one.name, one.about, tuple(one.of)) for key, one in shape.populations.items()}
    for key, one in shape.populations.items():
        for index, name in enumerate(one.of):
            here = ("populations", key, "of", index)
            if name not in listings:
                document.problem(here, f"unknown list {name!r}; {suggestion(name, listings)}")
            elif name in one.of[:index]:
                document.problem(here, f"the list {name!r} stands twice; its models would be counted twice")
    source = Source(shape.via, shape.url, shape.checked)
    return Survey(shape.as_of, source, shape.method, listings, populations)


def check_names(document: Document, survey: Survey, taken: Collection[str]) -> None:
    """Note populations of the survey whose name means something else already."""
    for name in survey.populations:
        if name in taken or name in survey.sellers:
            place = document.key_place(("populations", name))
            document.problems.append(Problem(place, f"{name!r} is another population already; take another name"))
    for name, population in survey.sellers.items():
        if name in taken:
            place = document.key_place(("listings", population.listings[0]))
            document.problems.append(Problem(place, f"{name!r} is another population already; take another id"))
