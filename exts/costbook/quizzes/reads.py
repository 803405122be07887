"""What a quiz was resolved from: the entries of the world that were read, each with a digest.

While none of them changes, the quiz cannot change, and nothing is enumerated; and codes stand for what they were made
from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import singledispatch
from hashlib import sha256
from typing import Any, TypeVar

from costbook.economy.rates import Gap, Model, Rate
from costbook.economy.scenarios import Scenario, Text
from costbook.world import World

T = TypeVar("T")

HOUSES = "houses"
"""The house models by role are a table of the edition."""

ECONOMIC = ("models", "scenarios", "texts", "sets", "providers", HOUSES, "toys")
"""Tables that decide what is asked and what the key is; the others hold words."""
TABLES = (*ECONOMIC, "misconceptions", "rubrics", "objectives")
ABSENT = "absent"
WHOLE = "*"


@singledispatch
def substance(value: object) -> str:
    """What of an entry can change an answer or a text, as text."""
    return repr(value)


@substance.register
def _model(value: Model) -> str:
    """Prices over time, without where they were read and when they were checked."""
    periods = tuple(map(_period, value.periods))
    return repr((value.id, value.name, value.context, value.encoding, str(value.retired), periods))


def _period(period: Rate | Gap) -> tuple[object, ...]:
    span = str(period.start), str(period.until)
    if isinstance(period, Gap):
        return (*span, period.why)
    return (*span, period.dated, period.prices, period.tiers)


@substance.register
def _scenario(value: Scenario) -> str:
    return repr((value.name, value.usage, value.requests, value.input_text, value.output_text, value.shared))


@substance.register
def _text(value: Text) -> str:
    return value.text


def digest_of(text: str) -> str:
    """SHA-256 in hex."""
    return sha256(text.encode()).hexdigest()


class Noted(Mapping[str, T]):
    """A table that notes which of its entries were read."""

    def __init__(self, table: Mapping[str, T], keys: set[str]) -> None:
        self._table, self._keys = table, keys

    def __getitem__(self, key: str) -> T:
        self._keys.add(key)
        return self._table[key]

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str):
            self._keys.add(key)
        return key in self._table

    def __iter__(self) -> Iterator[str]:
        self._keys.add(WHOLE)
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


@dataclass(frozen=True, slots=True)
class Reads:
    """Entries that were read, as (table, key, digest), and the digest of the edition."""

    entries: tuple[tuple[str, str, str], ...]
    edition: str

    def still(self, world: World) -> bool:
        """Whether every entry that was read is as it was."""
        return self.edition == _edition(world) and all(
            digest == _digest(_table(world, table), key) for table, key, digest in self.entries
        )

    @property
    def priced(self) -> bool:
        """Whether a model was read: all else has no prices, and of what has none there is no day to name."""
        return any(table == "models" for table, _, _ in self.entries)

    @property
    def economic(self) -> str:
        """What decides the question and its key, as text."""
        return repr((self.edition, [entry for entry in self.entries if entry[0] in ECONOMIC]))


@dataclass
class Reader:
    """A world whose tables note what is read from them."""

    original: World
    world: World = field(init=False)
    keys: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.keys = {table: set() for table in TABLES}
        noted: dict[str, Any] = {table: Noted(_table(self.original, table), self.keys[table]) for table in TABLES}
        edition = replace(self.original.edition, houses=noted.pop(HOUSES))
        self.world = replace(self.original, edition=edition, **noted)

    def reads(self) -> Reads:
        """What was read until now."""
        entries = [
            (table, key, _digest(_table(self.original, table), key))
            for table in TABLES
            for key in sorted(self.keys[table])
        ]
        return Reads(tuple(entries), _edition(self.original))


def _digest(table: Mapping[str, object], key: str) -> str:
    if key == WHOLE:
        return digest_of(repr([(name, substance(value)) for name, value in table.items()]))
    return digest_of(substance(table[key])) if key in table else ABSENT


def _table(world: World, name: str) -> Mapping[str, object]:
    table: Mapping[str, object] = world.edition.houses if name == HOUSES else getattr(world, name)
    return table


def _edition(world: World) -> str:
    return digest_of(f"{world.edition.serial} {world.edition.as_of}")
