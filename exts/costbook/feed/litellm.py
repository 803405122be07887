"""A second opinion: the price file inside a wheel of ``litellm``, read from the archive. Nothing of it is imported.

Its prices are floats per token; they are read as the decimals that are written, and scaled exactly. It dates nothing:
it is compared with the book on the day of the edition. What it does not list is no disagreement, and neither is a zero,
which it writes where it knows no price. Like is compared with like: its base price of a model with cheaper hours is
that of the dear hours, which the book calls ``…:peak``.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from costbook.economy.changes import Difference
from costbook.economy.rates import Part
from costbook.feed.book import Book, quote_of
from costbook.feed.opinions import Opinions
from costbook.feed.quotes import BadPrice, FeedError, Quote, good_price

PACKAGE = "litellm"
PRICES = "litellm/model_prices_and_context_window_backup.json"
LARGEST = 50_000_000
MTOK = 1_000_000
KEYS = {
    Part.INPUT: "input_cost_per_token",
    Part.CACHED: "cache_read_input_token_cost",
    Part.WRITE: "cache_creation_input_token_cost",
    Part.WRITE_1H: "cache_creation_input_token_cost_above_1hr",
    Part.OUTPUT: "output_cost_per_token",
}
PREFIXES = {
    "google": "gemini/",
    "mistral": "mistral/",
    "deepseek": "deepseek/",
    "x-ai": "xai/",
    "moonshotai": "moonshot/",
    "zai": "zai/",
    "meta": "meta/",
    "minimax": "minimax/",
    "groq": "groq/",
}
TIER = re.compile(r"_above_([0-9]+)k_tokens")


@dataclass(frozen=True)
class PriceFile:
    """The entries of a wheel's price file, and its release."""

    version: str
    entries: Mapping[str, Mapping[str, Any]]

    @property
    def name(self) -> str:
        """Name and version."""
        return f"{PACKAGE} {self.version}"

    def entry(self, provider: str, name: str) -> Mapping[str, Any] | None:
        """The entry of a provider's model, whose name may be written in other letters."""
        wanted = f"{PREFIXES.get(provider, '')}{name}"
        if wanted in self.entries:
            return self.entries[wanted]
        return next((one for key, one in self.entries.items() if key.casefold() == wanted.casefold()), None)


@dataclass(frozen=True)
class SecondOpinion:
    """What the other list says about one id of the book; ``bad`` says which of its values are no prices."""

    model: str
    listed: bool
    differences: tuple[Difference, ...] = ()
    bad: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether every value that the list has is the book's."""
        return self.listed and not self.differences and not self.bad


def read_wheel(path: Path) -> PriceFile:
    """The price file of a wheel.

    Raises:
        FeedError: it is no wheel of litellm, or its price file cannot be read.
    """
    try:
        with zipfile.ZipFile(path) as wheel:
            infos = (re.fullmatch(r"litellm-([^/]+)\.dist-info/METADATA", name) for name in wheel.namelist())
            versions = [found[1] for found in infos if found]
            size = wheel.getinfo(PRICES).file_size
            if size > LARGEST:
                raise FeedError(f"{PRICES} in {path} is {size:,} bytes long; at most {LARGEST:,} are read")
            text = wheel.read(PRICES).decode("utf-8")
    except (OSError, zipfile.BadZipFile, KeyError, UnicodeDecodeError, NotImplementedError) as error:
        raise FeedError(f"{path} is no wheel of {PACKAGE}: {error}") from error
    try:
        entries = json.loads(text, parse_float=Decimal, parse_int=Decimal, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise FeedError(f"{PRICES} in {path} cannot be read: {error}") from error
    if not isinstance(entries, dict) or not all(isinstance(one, dict) for one in entries.values()):
        raise FeedError(f"{PRICES} in {path} is no table of models")
    return PriceFile(versions[0] if versions else "of unknown release", entries)


def second_opinions(book: Book, prices: PriceFile, opinions: Opinions) -> tuple[SecondOpinion, ...]:
    """What the list says about every id of the book that has a price on the day of the edition."""
    found = []
    for provider, model in book.ids:
        said = quote_of(book.models[model], book.edition.as_of)
        if not isinstance(said, Quote):
            continue
        base, _, way = model.partition(":")
        entry = prices.entry(provider, opinions.name(PACKAGE, model))
        if entry is None and way in {"batch", "peak"}:
            entry = prices.entry(provider, opinions.name(PACKAGE, base))
        listed = entry is not None and _scaled(entry, Part.INPUT, way) is not None
        if entry is None or not listed:
            found.append(SecondOpinion(model, listed=False))
            continue
        bad: list[str] = []
        differences = tuple(_differences(model, way, said, entry, bad))
        found.append(SecondOpinion(model, True, differences, tuple(bad)))
    return tuple(found)


def _differences(model: str, way: str, said: Quote, entry: Mapping[str, Any], bad: list[str]) -> Iterator[Difference]:
    thresholds = sorted({tier.above for tier in said.now.tiers} | set(_thresholds(entry, way)))
    for part in Part:
        for above in (None, *thresholds):
            try:
                theirs = _price(model, entry, part, way, above)
            except BadPrice as error:
                bad.append(str(error))
                continue
            ours = said.now.prices_for(0 if above is None else above + 1).of(part)
            if theirs is not None and theirs != ours:
                yield Difference(part.value + ("" if above is None else f" above {above}"), ours, theirs)
    window = entry.get("max_input_tokens")
    if not way and isinstance(window, Decimal) and said.context and window != said.context:
        yield Difference("context", Decimal(said.context), window)


def _scaled(entry: Mapping[str, Any], part: Part, way: str, above: int | None = None) -> Any:
    """The value for a part, per million tokens; None where the list says nothing, or zero."""
    cheap = entry.get("off_peak_pricing")
    if not way and isinstance(cheap, dict):
        entry = cheap
    suffix = ("" if above is None else f"_above_{above // 1000}k_tokens") + ("_batches" if way == "batch" else "")
    value = entry.get(f"{KEYS[part]}{suffix}")
    if isinstance(value, Decimal) and value.is_finite():
        return value * MTOK or None
    return value


def _thresholds(entry: Mapping[str, Any], way: str) -> Iterator[int]:
    for key in entry:
        found = TIER.search(key)
        if found and key in {f"{known}{found[0]}{'_batches' if way == 'batch' else ''}" for known in KEYS.values()}:
            yield int(found[1]) * 1000


def _price(model: str, entry: Mapping[str, Any], part: Part, way: str, above: int | None) -> Decimal | None:
    """What a request above a threshold pays for a part, as the list has it."""
    below = [start for start in sorted(_thresholds(entry, way)) if above is not None and start <= above]
    value = _scaled(entry, part, way, below[-1] if below else None)
    return None if value is None else good_price(model, part, value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice")
    return found
