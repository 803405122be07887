"""What a feed said, written down: one file for some ids on one day, so that another release can be compared with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from costbook.economy.rates import Part, Prices, Tier
from costbook.feed.quotes import Answer, BadPrice, Feed, FeedError, Quote, Reason, Silence, Step, good_price


@dataclass(frozen=True)
class RecordedFeed:
    """A feed's answers about one day, by provider and id."""

    name: str
    day: date
    answers: Mapping[tuple[str, str], Answer]

    def quote(self, provider: str, model: str, day: date) -> Answer:
        """What was recorded about an id; the announced prices answer for later days."""
        absent = Silence(Reason.ABSENT, f"{self.name} was recorded without {model} of {provider}")
        found = self.answers.get((provider, model), absent)
        if isinstance(found, Silence) or day == self.day:
            return found
        if day < self.day:
            return Silence(Reason.ABSENT, f"{self.name} was recorded on {self.day}, after {day}")
        begun = [step for step in (found.now, *found.scheduled) if step.start is None or step.start <= day]
        announced = tuple(step for step in found.scheduled if step not in begun)
        return Quote(
            begun[-1],
            (*found.past, *begun[:-1]),
            announced,
            found.context,
            found.url,
            found.name,
            found.via,
            found.hours,
        )

    def seller(self, provider: str) -> tuple[str, str | None]:
        """Nothing: providers are not written down.

        Raises:
            FeedError: always.
        """
        raise FeedError(f"{self.name} was written down without a description of {provider}")


def record(feed: Feed, ids: Iterable[tuple[str, str]], day: date) -> str:
    """A feed's answers about some ids (provider, id) on a day, as the text of a file."""
    answers: dict[str, dict[str, Any]] = {}
    for provider, model in ids:
        answers.setdefault(provider, {})[model] = _answer_out(feed.quote(provider, model, day))
    whole = {"feed": feed.name, "day": day.isoformat(), "answers": answers}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def read_recorded(path: Path) -> RecordedFeed:
    """The feed that a file holds.

    Raises:
        FeedError: the file is no record of a feed.
    """
    try:
        return parse_recorded(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise FeedError(f"{path} cannot be read: {error}") from error
    except FeedError as error:
        raise FeedError(f"{path} is no record of a feed: {error}") from error


def parse_recorded(text: str) -> RecordedFeed:
    """The feed that a text holds.

    Raises:
        FeedError: the text is no record of a feed.
    """
    try:
        whole = json.loads(text, object_pairs_hook=_once, parse_float=Decimal, parse_int=Decimal)
        answers = {
            (provider, model): _answer_in(model, said)
            for provider, models in whole["answers"].items()
            for model, said in models.items()
        }
        return RecordedFeed(whole["feed"], date.fromisoformat(whole["day"]), answers)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FeedError(f"{type(error).__name__}: {error}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice")
    return found


def _answer_out(answer: Answer) -> dict[str, Any]:
    if isinstance(answer, Silence):
        return {answer.reason.value: answer.why}
    words = {"name": answer.name, "via": answer.via, "url": answer.url, "hours": answer.hours}
    found: dict[str, Any] = {key: value for key, value in words.items() if value}
    if answer.context is not None:
        found["context"] = answer.context
    found["now"] = _step_out(answer.now)
    for key, steps in (("past", answer.past), ("scheduled", answer.scheduled)):
        if steps:
            found[key] = [_step_out(step) for step in steps]
    return found


def _answer_in(model: str, said: Mapping[str, Any]) -> Answer:
    for reason in Reason:
        if reason.value in said:
            return Silence(reason, said[reason.value])
    try:
        return Quote(
            _step_in(model, said["now"]),
            tuple(_step_in(model, step) for step in said.get("past", ())),
            tuple(_step_in(model, step) for step in said.get("scheduled", ())),
            int(said["context"]) if "context" in said else None,
            said.get("url"),
            said.get("name"),
            said["via"],
            said.get("hours", ""),
        )
    except BadPrice as bad:
        return Silence(Reason.BAD, str(bad))


def _step_out(step: Step) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if step.start is not None:
        found["from" if step.dated else "known_from"] = step.start.isoformat()
    found |= _prices_out(step.prices)
    if step.tiers:
        found["tiers"] = [{"above": tier.above, **_prices_out(tier.prices)} for tier in step.tiers]
    return found


def _prices_out(prices: Prices) -> dict[str, str]:
    return {part.value: str(price) for part in Part if (price := prices.of(part)) is not None}


def _step_in(model: str, said: Mapping[str, Any]) -> Step:
    start = said.get("from") or said.get("known_from")
    tiers = tuple(Tier(int(tier["above"]), _prices_in(model, tier)) for tier in said.get("tiers", ()))
    return Step(_prices_in(model, said), tiers, date.fromisoformat(start) if start else None, "from" in said)


def _prices_in(model: str, said: Mapping[str, Any]) -> Prices:
    found: dict[str, Decimal] = {}
    for part in Part:
        if part.value in said or part in {Part.INPUT, Part.OUTPUT}:
            value = said.get(part.value)
            try:
                number = Decimal(value) if isinstance(value, str) else value
            except InvalidOperation:
                number = value
            found[part.value] = good_price(model, part, number)
    return Prices(**found)
