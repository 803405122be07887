"""The feed: the package ``genai-prices``, read through this module only.

What the package says is not taken as it comes:

- it answers for ids it does not know with those of a longer or shorter name: the id it resolved must be the one asked;
- its default day is now, and some of its prices begin in the future: every question names a day, at noon UTC;
- its first price holds for ever, back to before the model existed: such a price has no start here;
- hours of the day leak into days before they were introduced: a band of hours is an id of its own (``…:peak``), and an
  id whose price at noon is a band's is refused;
- a price that is missing is billed as another part without a word: without input or output there is no quote, and what
  is missing otherwise is not offered;
- asked for batch prices it does not have, it answers with the standard ones: they must be there;
- its tiers begin above a threshold, as ours do (xAI's, which include their threshold, are stored as 199,999).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import genai_prices
from genai_prices.data_snapshot import DataSnapshot, get_snapshot
from genai_prices.types import (
    ConditionalPrice,
    ModelInfo,
    ModelPrice,
    Provider,
    StartDateConstraint,
    TieredPrices,
    TimeOfDateConstraint,
)

from costbook.economy.rates import Part, Prices, Tier
from costbook.feed.quotes import Answer, BadPrice, FeedError, Quote, Reason, Silence, Step, good_price, noon
from costbook.feed.survey import Listed
from costbook.names import suggestion

if TYPE_CHECKING:
    from genai_prices.types import PriceVariant  # not in releases before 0.2

PACKAGE, HOME = "genai-prices", "https://github.com/pydantic/genai-prices"
KEYS = {
    Part.INPUT: "input_mtok",
    Part.CACHED: "cache_read_mtok",
    Part.WRITE: "cache_write_mtok",
    Part.WRITE_1H: "cache_write_1h_mtok",
    Part.OUTPUT: "output_mtok",
}
BATCH = {"processing": "batch"}
BANDS = {"peak": "peak hours", "off-peak": "off-peak hours"}


@dataclass(frozen=True)
class GenaiFeed:
    """The feed, or another snapshot of it."""

    snapshot: DataSnapshot
    version: str = genai_prices.__version__

    @property
    def name(self) -> str:
        """Name and version."""
        return f"{PACKAGE} {self.version}"

    @property
    def home(self) -> str:
        """The address of the package."""
        return HOME

    def listed(self, day: date) -> Iterator[Listed]:
        """Every id of every seller, with the prices of the base tier on a day."""
        for seller in self.snapshot.providers:
            for info in seller.models:
                prices = info.get_prices(noon(day))
                both = (
                    price.base if isinstance(price, TieredPrices) else price
                    for price in (prices.input_mtok, prices.output_mtok)
                )
                yield Listed(seller.id, seller.name, info.id, bool(info.deprecated), *both)

    def quote(self, provider: str, model: str, day: date) -> Answer:
        """What the feed says about an id of the book on a day.

        An id with a colon that the feed does not list is another way to be billed for the id before the colon:
        ``:batch``, ``:peak`` and ``:off-peak``.
        """
        found = self._model(provider, model)
        base, _, way = model.partition(":")
        if not isinstance(found, tuple) and way:
            if way != "batch" and way not in BANDS:
                return found
            found = self._model(provider, base)
        if not isinstance(found, tuple):
            return found
        seller, info = found
        try:
            return self._quote(seller, info, "" if info.id == model else way, day)
        except BadPrice as bad:
            return Silence(Reason.BAD, f"{self.name}: {bad}")

    def seller(self, provider: str) -> tuple[str, str | None]:
        """A provider's name and the address of its prices, as the feed has them.

        Raises:
            FeedError: the feed does not know the provider.
        """
        for one in self.snapshot.providers:
            if one.id == provider:
                return one.name, _url(one)
        known = (one.id for one in self.snapshot.providers)
        raise FeedError(f"{self.name} has no provider {provider!r}; {suggestion(provider, known)}")

    def _model(self, provider: str, model: str) -> tuple[Provider, ModelInfo] | Silence:
        try:
            seller, info = self.snapshot.find_provider_model(model, None, provider, None)
        except LookupError:
            return Silence(Reason.ABSENT, f"{self.name} does not list {model} for {provider}")
        if info.id != model:
            return Silence(Reason.OTHER, f"{self.name} answers with the price of {info.id}, another model")
        if seller.id != provider:
            return Silence(
                Reason.OTHER, f"{self.name} answers with the price of the provider {seller.id}, not {provider}"
            )
        listed = sum(one.id == model for one in seller.models)
        if not listed:
            return Silence(Reason.OTHER, f"{self.name} answers with another provider's price of {model}")
        if listed > 1:
            return Silence(Reason.BAD, f"{self.name} lists {model} {listed} times; which of them holds is not said")
        return seller, info

    def _quote(self, seller: Provider, info: ModelInfo, way: str, day: date) -> Answer:
        hours = ""
        if way in BANDS:
            band = _band(info, day, way)
            if isinstance(band, Silence):
                return band
            steps, hours = [Step(*_prices(band[0].prices, info.id))], _hours(band)
        else:
            if inside := [one for one in _bands(info) if _in_force(one, day)]:
                why = f"the price of {info.id} at noon UTC is that of a band ({_hours(inside)}); enter it by hand"
                return Silence(Reason.BAD, why)
            steps = list(_steps(info, way))
        seen = [step for step in steps if step.start is None or step.start <= day]
        if not seen:
            return Silence(Reason.ABSENT, f"{self.name} has no {way} price of {info.id} on {day}")
        suffix = {"": "", "batch": " (processing batch)"}.get(way) or (f" ({BANDS[way]})" if way in BANDS else "")
        return Quote(
            now=seen[-1],
            past=tuple(seen[:-1]),
            scheduled=tuple(steps[len(seen) :]),
            context=info.context_window,
            url=_url(seller),
            name=info.name,
            via=f"{self.name} {info.id}{suffix}",
            hours=hours,
        )


def installed_feed() -> GenaiFeed:
    """The feed as it is installed, never one fetched at run time."""
    try:
        return GenaiFeed(get_snapshot())
    except Exception as error:  # whatever is wrong with the data of another package
        raise FeedError(f"{PACKAGE} {genai_prices.__version__} cannot be read: {error}") from error


def _url(provider: Provider) -> str | None:
    return provider.pricing_urls[0] if provider.pricing_urls else None


def _entries(info: ModelInfo) -> list[ConditionalPrice]:
    if not info.prices:
        raise BadPrice(f"no price of {info.id} is given")
    return [ConditionalPrice(prices=info.prices)] if isinstance(info.prices, ModelPrice) else info.prices


def _variants(info: ModelInfo) -> list[PriceVariant]:
    # Releases before 0.2 have no variants.
    return [one for one in getattr(info, "price_variants", None) or () if one.when == BATCH]


def _start(entry: ConditionalPrice | PriceVariant) -> date | None:
    return entry.constraint.start_date if isinstance(entry.constraint, StartDateConstraint) else None


def _steps(info: ModelInfo, way: str) -> Iterator[Step]:
    """The prices of a model, or of its batch processing, from each day on which they changed.

    The first entry has no start. A batch price is dated only where the standard price has an entry of the same day:
    else the date is that of a look at the price page.
    """
    begun = {start for one in _entries(info) if (start := _start(one))}
    starts: list[date | None] = [None, *sorted(begun)]
    if way == "batch":
        looked = {_start(one) for one in _variants(info)}
        days = {start for start in looked if start}
        if not looked:
            return
        starts = [*sorted(day for day in begun | days if None in looked or day >= min(days))]
        starts = [None, *starts] if None in looked else starts
    before: tuple[Prices, tuple[Tier, ...]] | None = None
    for start in starts:
        moment = noon(start or date.min)
        listed = info.get_prices(moment, BATCH) if way == "batch" else info.get_prices(moment)
        found = _prices(listed, info.id)
        if found != before:
            yield Step(*found, start, dated=start in begun)
        before = found


def _bands(info: ModelInfo) -> list[ConditionalPrice]:
    return [one for one in _entries(info) if isinstance(one.constraint, TimeOfDateConstraint)]


def _in_force(entry: ConditionalPrice, day: date) -> bool:
    return entry.constraint is None or entry.constraint.active(noon(day))


def _band(info: ModelInfo, day: date, way: str) -> list[ConditionalPrice] | Silence:
    """The hours that are dearer (``peak``) or cheaper (``off-peak``) than the rest of the day.

    A band has no date in the feed: on a day before a dated change of the price it cannot be said to have been there.
    """
    if later := [start for one in _entries(info) if (start := _start(one)) and start > day]:
        return Silence(
            Reason.ABSENT, f"the feed does not date its {BANDS[way]} of {info.id}, whose price changes on {max(later)}"
        )
    outside = [one for one in _entries(info) if not isinstance(one.constraint, TimeOfDateConstraint)]
    rest = next((one for one in reversed(outside) if _in_force(one, day)), None)
    if rest is None:
        return Silence(Reason.BAD, f"the feed has no price of {info.id} outside its bands of hours")
    usual, _ = _prices(rest.prices, info.id)
    found = [one for one in _bands(info) if (_prices(one.prices, info.id)[0].output > usual.output) == (way == "peak")]
    if not found:
        return Silence(Reason.ABSENT, f"the feed has no {BANDS[way]} of {info.id}")
    if any(_prices(one.prices, info.id) != _prices(found[0].prices, info.id) for one in found):
        return Silence(Reason.BAD, f"the {BANDS[way]} of {info.id} have more than one price; enter them by hand")
    return found


def _hours(bands: list[ConditionalPrice]) -> str:
    """``01:00 to 04:00 and 06:00 to 10:00 UTC``."""
    windows = [one.constraint for one in bands if isinstance(one.constraint, TimeOfDateConstraint)]
    return " and ".join(f"{one.start_time:%H:%M} to {one.end_time:%H:%M}" for one in windows) + " UTC"


def _prices(listed: ModelPrice, model: str) -> tuple[Prices, tuple[Tier, ...]]:
    """Prices and tiers, every value looked at. Parts that the book does not bill (audio, searches) are left out."""
    values = {part: getattr(listed, key, None) for part, key in KEYS.items()}
    starts: set[int] = set()
    for part, value in values.items():
        tiers = value.tiers if isinstance(value, TieredPrices) else []
        for one in [value.base if isinstance(value, TieredPrices) else value, *(tier.price for tier in tiers)]:
            if one is not None or part in {Part.INPUT, Part.OUTPUT}:
                good_price(model, part, one)
        of_part = [tier.start for tier in tiers]
        if any(type(start) is not int or start < 0 for start in of_part) or len({*of_part}) < len(of_part):
            raise BadPrice(f"the tiers of the {part.words} price of {model} begin at {of_part}")
        starts.update(of_part)
    return _at(values, -1), tuple(Tier(start, _at(values, start)) for start in sorted(starts))


def _at(values: dict[Part, Decimal | TieredPrices | None], start: int) -> Prices:
    """The prices of a request with more prompt tokens than ``start``."""
    found: dict[Part, Decimal | None] = {}
    for part, value in values.items():
        if isinstance(value, TieredPrices):
            found[part] = next((tier.price for tier in reversed(value.tiers) if tier.start <= start), value.base)
        else:
            found[part] = value
    given, output = found[Part.INPUT], found[Part.OUTPUT]
    assert given is not None  # looked at in _prices
    assert output is not None
    return Prices(given, output, found[Part.CACHED], found[Part.WRITE], found[Part.WRITE_1H])
