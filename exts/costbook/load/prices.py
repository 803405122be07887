"""``book/data/prices/<provider>.yaml`` and ``book/data/edition.yaml``: rates with their dates and sources."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from costbook.economy.rates import Gap, Model, Prices, Rate, Source, Tier, visible
from costbook.economy.tokens import ENCODINGS
from costbook.load.fields import Day, Flag, Name, PriceText, Shape, Url, Whole, Words, choice, read_shape
from costbook.load.source import Document, Keys
from costbook.names import suggestion
from costbook.world import Edition, Provider

OPTIONAL = ("cached", "write", "write_1h")
Encoding = Annotated[str, BeforeValidator(choice(*ENCODINGS))]


class SourceShape(Shape):
    via: Words
    url: Url
    checked: Day


class TierShape(Shape):
    above: Whole
    input: PriceText
    output: PriceText
    cached: PriceText | None = None
    write: PriceText | None = None
    write_1h: PriceText | None = None


class UnknownShape(Shape):
    start: Day = Field(alias="from")
    until: Day
    why: Words
    edition: Whole


class RowShape(Shape):
    """A row is a price (``from`` or ``known_from``) or a period without evidence (``unknown``)."""

    unknown: UnknownShape | None = None
    start: Day | None = Field(default=None, alias="from")
    known_from: Day | None = None
    until: Day | None = None
    input: PriceText | None = None
    output: PriceText | None = None
    cached: PriceText | None = None
    write: PriceText | None = None
    write_1h: PriceText | None = None
    tiers: list[TierShape] = Field(default_factory=list)
    edition: Whole | None = None
    source: SourceShape | None = None
    note: Words | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> RowShape:
        if self.unknown is not None:
            if self.model_fields_set != {"unknown"}:
                raise ValueError("a period of `unknown` price has no other keys")
            return self
        if (self.start is None) == (self.known_from is None):
            raise ValueError("give `from` (a dated start) or `known_from` (first evidence), and not both")
        missing = [key for key in ("input", "output", "edition", "source") if getattr(self, key) is None]
        if missing:
            raise ValueError(f"needs the key{'s' if len(missing) > 1 else ''} {', '.join(map(repr, missing))}")
        return self


class ModelShape(Shape):
    name: Words
    rates: list[RowShape] = Field(min_length=1)
    context: Whole | None = None
    encoding: Encoding | None = None
    alias: Flag = False
    retired: Day | None = None
    billing: Words | None = None


class ProviderShape(Shape):
    provider: Name
    name: Words
    first_party: Flag
    pricing: Url
    models: dict[Name, ModelShape] = Field(min_length=1)


class PastShape(Shape):
    edition: Whole
    as_of: Day
    houses: dict[Name, Name]
    contrasts: list[Name]


class EditionShape(PastShape):
    past: list[PastShape] = Field(default_factory=list)


def read_edition(document: Document) -> tuple[Edition, tuple[Edition, ...]] | None:
    """The edition (serial, day, house models), and those before it, the latest of them first."""
    shape = read_shape(document, EditionShape)
    if shape is None:
        return None
    for index, (after, row) in enumerate(pairwise([shape, *shape.past])):
        path = ("past", index)
        if row.edition >= after.edition:
            document.problem((*path, "edition"), f"{row.edition} is not below {after.edition}, the edition after it")
        if row.as_of > after.as_of:
            document.problem((*path, "as_of"), f"edition {after.edition}, which is later, is priced at {after.as_of}")
    return _edition(shape), tuple(map(_edition, shape.past))


def _edition(shape: PastShape) -> Edition:
    return Edition(shape.edition, shape.as_of, dict(shape.houses), tuple(shape.contrasts))


def check_edition(document: Document, edition: Edition, models: dict[str, Model]) -> None:
    """House models and contrasts must be in the price book."""
    named: list[tuple[Keys, str]] = [(("houses", role), model) for role, model in edition.houses.items()]
    named += [(("contrasts", index), model) for index, model in enumerate(edition.contrasts)]
    for path, model in named:
        if model not in models:
            document.problem(path, f"unknown model {model!r}; {suggestion(model, models)}")


def check_retired(document: Document, edition: Edition, models: dict[str, Model]) -> None:
    """House models and contrasts must be on sale on the day of the edition: pages ask for their prices of that day."""
    named: list[tuple[Keys, str, str]] = [
        (("houses", role), model, f"the role {role!r} needs") for role, model in edition.houses.items()
    ]
    named += [(("contrasts", index), model, "the contrasts need") for index, model in enumerate(edition.contrasts)]
    for path, model, whose in named:
        retired = models[model].retired
        if retired is not None and retired <= edition.as_of:
            said = f"{model!r} was retired on {retired}, and the book is priced at {edition.as_of}"
            document.problem(path, f"{said}; {whose} another model")


def check_past(document: Document, past: tuple[Edition, ...], models: dict[str, Model]) -> None:
    """The house models and contrasts of past editions must have had a price then: old editions answer as they did."""
    for index, edition in enumerate(past):
        named: list[tuple[Keys, str]] = [(("houses", role), model) for role, model in edition.houses.items()]
        named += [(("contrasts", place), model) for place, model in enumerate(edition.contrasts)]
        for path, model in named:
            if model not in models or models[model].in_edition(edition.serial) is None:
                document.problem(("past", index, *path), f"{model!r} has no price in edition {edition.serial}")


def read_provider(document: Document, edition: int) -> tuple[Provider, dict[str, Model]] | None:
    """One provider and its models as an edition sees them; a model whose rows are all later is left out."""
    shape = read_shape(document, ProviderShape)
    if shape is None:
        return None
    if shape.provider != PurePosixPath(document.file).stem:
        document.problem(("provider",), f"the file of provider {shape.provider!r} must be named {shape.provider}.yaml")
    models: dict[str, Model] = {}
    for model_id, model in shape.models.items():
        path: Keys = ("models", model_id)
        if ":" in model_id and model.billing is None:
            document.problem(path, f"{model_id!r} is another way to be billed; say in `billing` what it is")
        periods = tuple(_period(row) for row in model.rates)
        _check_rows(document, path, model, periods)
        seen = visible(periods, edition)
        if seen:
            models[model_id] = Model(
                id=model_id,
                provider=shape.provider,
                name=model.name,
                periods=seen,
                context=model.context,
                encoding=model.encoding,
                alias=model.alias,
                retired=model.retired,
                billing=model.billing,
                rows=periods,
            )
    return Provider(shape.provider, shape.name, shape.pricing, shape.first_party), models


def _prices(row: RowShape | TierShape) -> Prices:
    return Prices(
        row.input or Decimal(0),
        row.output or Decimal(0),
        cached=row.cached,
        write=row.write,
        write_1h=row.write_1h,
    )


def _period(row: RowShape) -> Rate | Gap:
    if row.unknown is not None:
        gap = row.unknown
        return Gap(gap.start, gap.until, gap.why, gap.edition)
    start, source = row.start or row.known_from, row.source
    assert start is not None  # RowShape has checked all three
    assert source is not None
    assert row.edition is not None
    return Rate(
        prices=_prices(row),
        start=start,
        dated=row.start is not None,
        edition=row.edition,
        source=Source(source.via, source.url, source.checked),
        until=row.until,
        tiers=tuple(Tier(tier.above, _prices(tier)) for tier in row.tiers),
        note=row.note,
    )


def _check_rows(document: Document, path: Keys, model: ModelShape, periods: tuple[Rate | Gap, ...]) -> None:
    """Rows stand in the order they were added in, touch where they say when they end, and tiers name every part."""
    for index, (row, period) in enumerate(zip(model.rates, periods, strict=True)):
        here: Keys = (*path, "rates", index)
        if period.until is not None and period.until <= period.start:
            document.problem((*here, "until"), f"ends on {period.until}, before it starts on {period.start}")
        _check_order(document, here, periods, index)
        _check_tiers(document, here, row)


def _check_order(document: Document, here: Keys, periods: tuple[Rate | Gap, ...], index: int) -> None:
    period = periods[index]
    if index:
        before = periods[index - 1]
        if period.edition < before.edition:
            document.problem(
                here,
                f"was added for edition {period.edition}, before the row above it; append new rows at the end",
            )
        elif period.edition == before.edition and period.start <= before.start:
            document.problem(here, f"starts on {period.start}, not after the row above it ({before.start})")
    known = [other for other in visible(periods, period.edition) if other.start > period.start]
    following = min(known, key=_start, default=None)
    if period.until is not None and following is not None and following.start != period.until:
        document.problem(
            here, f"ends on {period.until}, but the next row starts on {following.start}; periods must touch"
        )
    if isinstance(period, Gap) and following is None:
        document.problem(here, "an unknown period needs a row after it; without one, let the price before it end")


def _start(period: Rate | Gap) -> date:
    return period.start


def _check_tiers(document: Document, here: Keys, row: RowShape) -> None:
    above = -1
    for number, tier in enumerate(row.tiers):
        at: Keys = (*here, "tiers", number)
        if tier.above <= above:
            document.problem(at, f"a tier above {tier.above} after one above {above}; write tiers in rising order")
        above = tier.above
        for part in OPTIONAL:
            if (getattr(row, part) is None) != (getattr(tier, part) is None):
                document.problem(at, f"{part!r} must stand in the row and in each of its tiers, or in none")
