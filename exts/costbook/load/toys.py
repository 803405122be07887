"""``book/data/next-tokens.yaml``: small invented tables of next tokens."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from costbook.language.chances import OTHER, greedy
from costbook.language.toys import Tokens, Toy, beginnings, stops
from costbook.load.fields import Name, Shape, Words, read_shape
from costbook.load.source import Document, Keys, Problem
from costbook.names import suggestion

CHANCE = re.compile(r"0\.[0-9]{1,6}|1(\.0{1,6})?")
LONGEST_TOKEN = 40


def token(value: Any) -> str:
    """A token with its spaces, the end mark or the other tokens."""
    if not isinstance(value, str) or not value:
        raise ValueError("is not a token; write its text, in quotes where it begins with a space")
    if len(value) > LONGEST_TOKEN:
        raise ValueError(f"{value[:40]!r}… is longer than {LONGEST_TOKEN} characters; a token is a short piece of text")
    return value


def chance(value: Any) -> Decimal:
    """A chance above 0 and at most 1."""
    text = value if isinstance(value, str) else ""
    if not CHANCE.fullmatch(text) or not Decimal(text):
        raise ValueError(f"{text[:40]!r} is not a chance; write a plain decimal above 0 and at most 1, such as 0.35")
    return Decimal(text)


Token = Annotated[str, BeforeValidator(token)]
Chance = Annotated[Decimal, BeforeValidator(chance)]


class StepShape(Shape):
    after: list[Token]
    chances: dict[Token, Chance] = Field(min_length=1)


class ToyShape(Shape):
    name: Words
    prompt: Words
    about: Words
    source: Words
    steps: list[StepShape] = Field(min_length=1)
    paths: dict[Name, list[Token]] = Field(min_length=1)


class ToysShape(Shape):
    toys: dict[Name, ToyShape]


def read_toys(document: Document) -> dict[str, Toy] | None:
    """Toys by id: chances that add up to 1, and a step behind every token that a step offers."""
    shape = read_shape(document, ToysShape)
    if shape is None:
        return None
    return {key: _toy(document, key, one) for key, one in shape.toys.items()}


def _toy(document: Document, key: str, shape: ToyShape) -> Toy:
    here: Keys = ("toys", key)
    places = {tuple(one.after): (*here, "steps", index) for index, one in reversed([*enumerate(shape.steps)])}
    steps = {tuple(one.after): one.chances for one in shape.steps}
    toy = Toy(key, shape.name, shape.prompt, shape.about, shape.source, steps, _paths(shape))
    for index, one in enumerate(shape.steps):
        _check_step(document, (*here, "steps", index), one, toy, places)
    for name, path in toy.paths.items():
        _check_path(document, (*here, "paths", name), path, toy)
    return toy


def _paths(shape: ToyShape) -> dict[str, Tokens]:
    return {name: tuple(path) for name, path in shape.paths.items()}


def _check_step(document: Document, here: Keys, step: StepShape, toy: Toy, places: dict[Tokens, Keys]) -> None:
    after = tuple(step.after)
    if places[after] != here:
        document.problem((*here, "after"), f"another step stands after {_said(after)}; join the two")
    fault = _unreached(after, toy)
    if fault:
        document.problem((*here, "after"), fault)
    total = sum(step.chances.values())
    if total != 1:
        document.problem((*here, "chances"), f"the chances add up to {total}; they add up to 1 exactly")
    if len(step.chances) > 1 and greedy(step.chances) == OTHER:
        what = f"{OTHER!r} is the likeliest here, and is no token to choose; list more tokens, or give it less"
        document.problems.append(Problem(document.key_place((*here, "chances", OTHER)), what))
    for candidate in step.chances:
        if not stops(candidate) and (*after, candidate) not in toy.steps:
            what = f"no step stands after {_said((*after, candidate))}; add one, or count the token among {OTHER!r}"
            document.problems.append(Problem(document.key_place((*here, "chances", candidate)), what))


def _check_path(document: Document, here: Keys, path: Tokens, toy: Toy) -> None:
    if not path:
        document.problem(here, "is empty; a path has at least one token")
    for place, (before, one) in enumerate(beginnings(path)):
        chances = toy.steps.get(before)
        if chances is None:
            document.problem((*here, place), f"nothing follows {path[place - 1]!r}; end the path there")
            return
        if one not in chances:
            what = f"{one!r} is no candidate after {_said(before)}; {suggestion(one, chances)}"
            document.problem((*here, place), what)
            return


def _unreached(after: Tokens, toy: Toy) -> str | None:
    """Why a beginning is never written."""
    if not after:
        return None
    *before, last = after
    if stops(last):
        return f"nothing follows {last!r}"
    if last in toy.steps.get(tuple(before), {}):
        return None
    return f"{last!r} is no candidate after {_said(tuple(before))}, so this step is never reached"


def _said(tokens: Tokens) -> str:
    return repr("".join(tokens)) if tokens else "the prompt"
