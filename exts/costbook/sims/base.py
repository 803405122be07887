"""What the page of a simulation prints: its first state, a table of results, the data for its script, its prices."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from costbook.economy.rates import Model, Source
from costbook.economy.tokens import DEFAULT_ENCODING, pieces
from costbook.questions.base import Side
from costbook.quizzes.reads import Reads
from costbook.world import World

WORKLOAD = "workload.js"
"""The script with which a simulation offers a workload of the reader's own."""
PIECES = "pieces.js"
"""The script that shows the tokens of a text, also those that are a part of a character."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A box of the first state: its heading, a text or the tokens of one side, and the operation that leads on."""

    title: str
    text: str = ""
    chips: tuple[str, ...] = ()
    side: Side | None = None
    leads: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column of results; ``side`` gives it the colour and mark of input or output."""

    text: str
    side: Side | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What the simulation shows for its prepared cases, as printed: the first column names the rows."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a simulation shows before its script runs, for one model.

    ``facts`` are for the script, as JSON of texts, whole numbers, lists and mappings: amounts as whole picodollars.
    ``picture`` is SVG for builders that write HTML, beside ``stages``, which every builder shows; ``height`` is that of
    an embedded frame before it has told its own, in CSS pixels. ``scripts`` are what it needs besides the kit.
    """

    title: str
    about: str
    stages: tuple[Stage, ...]
    results: Results
    facts: str
    height: int
    picture: str = ""
    scripts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Priced:
    """The model and day of the prices that a simulation is shown with, and where they were read."""

    model: str
    model_name: str
    input: str
    output: str
    as_of: date
    source: Source


@dataclass(frozen=True, slots=True)
class SimPage:
    """Everything that a page prints of a simulation; ``priced`` is None where it has no prices."""

    name: str
    shown: Simulation
    priced: Priced | None
    review: str | None
    reads: Reads = field(repr=False, compare=False)


Maker: TypeAlias = Callable[[World, Model], Simulation]
"""What a simulation with prices prints of a world, for a model."""
UnpricedMaker: TypeAlias = Callable[[World], Simulation]
"""What a simulation without prices prints of a world."""


def facts(**values: Any) -> str:
    """Data for a script, always written alike."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def tokens_of(world: World, text: str) -> tuple[str, ...]:
    """The tokens of the text with an id, in the book's default encoding."""
    return pieces(world.text(text).text, DEFAULT_ENCODING)
