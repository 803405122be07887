"""What the price commands print: tables of changes, decisions, new rows and periods."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from costbook import money
from costbook.economy.changes import Change, Difference
from costbook.economy.rates import Gap, Model, Part, Rate
from costbook.economy.ratios import Quartile, Survey
from costbook.feed import litellm
from costbook.feed.book import Book
from costbook.feed.litellm import PriceFile, SecondOpinion
from costbook.feed.opinions import FILE, NOT_OFFERED, Opinions
from costbook.feed.plan import Plan
from costbook.feed.verdicts import Kind, Verdict, Window, by_kind

STYLES = {"+": "green", "-": "red", "@": "cyan"}
WORDS = {
    Kind.CHANGED: "The feed says otherwise",
    Kind.ADDED: "The book has no price, the feed has one",
    Kind.BAD: "The feed has a value that is no price",
    Kind.REFUSED: "Refused: the feed answers with the price of something else",
    Kind.GONE: "Not in the feed",
}
console = Console(highlight=False, soft_wrap=True)


def table(*columns: str) -> Table:
    """A table without lines, whose first columns are not broken."""
    made = Table(*columns, box=None, pad_edge=False)
    for column in made.columns[:2]:
        column.no_wrap = True
    return made


def value(difference: Difference, number: Decimal | None) -> str:
    """A price, or a context window in tokens."""
    if number is None:
        return NOT_OFFERED
    return money.count(number) if difference.what == "context" else money.rate(number)


def both(difference: Difference) -> tuple[str, str]:
    """The values of a difference."""
    return value(difference, difference.book), value(difference, difference.theirs)


def share(change: Change) -> str:
    """A change as a percentage with its sign; empty where a price came or went."""
    if change.share is None:
        return ""
    return f"{'+' if change.share > 0 else ''}{money.percentage(change.share)}"


def show_verdicts(book: Book, feed: str, verdicts: tuple[Verdict, ...], windows: tuple[Window, ...]) -> None:
    """Print what comes of the book against a feed."""
    console.print(f"Edition {book.edition.serial}, priced at {book.edition.as_of}, against {feed}", style="bold")
    kinds = by_kind(verdicts)
    for kind, words in WORDS.items():
        if kinds[kind]:
            stale = any(one.stale for one in kinds[kind])
            console.print(f"\n{words}: {len(kinds[kind])}", style="red" if stale else "yellow")
            _show_kind(kinds[kind])
    if kinds[Kind.DECIDED]:
        console.print(f"\nDecided for the book in {FILE}: {len(kinds[Kind.DECIDED])}", style="dim")
        _show_kind(kinds[Kind.DECIDED])
    for model, ours, theirs in windows:
        console.print(f"{model}: context {ours:,} in the book, {theirs:,} in the feed", style="yellow")
    if book.waiting:
        console.print(f"Rows wait for edition {book.next}: {', '.join(book.waiting)}; `update` puts them in force")
    counts = ", ".join(f"{len(listed)} {kind}" for kind, listed in kinds.items() if listed)
    console.print(f"\n{counts}", style="red" if any(one.stale for one in verdicts) else "green")


def _show_kind(verdicts: Iterable[Verdict], ours: str = "Book", theirs: str = "Feed") -> None:
    changed = table("Model", "Price", ours, theirs, "Change")
    for verdict in verdicts:
        for change in verdict.changes:
            changed.add_row(verdict.model, change.what, *both(change.difference), share(change))
        if not verdict.changes:
            by_hand = " (entered by hand)" if verdict.by_hand else ""
            console.print(f"  {verdict.model}: {verdict.why}{by_hand}", markup=False)
    if changed.row_count:
        console.print(changed)


def show_due(day: date, due: tuple[Verdict, ...]) -> bool:
    """Print which prices of the book are others by a day; whether there are any."""
    if due:
        console.print(f"\nBy {day} the book itself has another price, and the edition is of an earlier day: {len(due)}")
        _show_kind(due, "Edition", str(day))
        console.print("`update` prices the book at a later day", style="yellow")
    return bool(due)


def show_lapsed(opinions: Opinions, against: str, found: Iterable[tuple[str, Difference]]) -> None:
    """Print decisions on differences that are there no more."""
    for model, difference in opinions.lapsed(against, found):
        console.print(f"{model}: {difference.what} no longer differs as decided; take it out of {FILE}", style="yellow")


def show_second_opinion(prices: PriceFile, said: tuple[SecondOpinion, ...], opinions: Opinions) -> bool:
    """Print where another list says otherwise than the book, and what was decided; whether any of it is new."""
    console.print(f"\nSecond opinion: {prices.name}", style="bold")
    listed = table("Model", "Value", "Book", prices.name, "Decision")
    new = 0
    reasons: dict[str, str] = {}
    for one in said:
        for difference in one.differences:
            decided = opinions.decided(litellm.PACKAGE, one.model, difference)
            new += decided is None
            word = Text(decided.decision, "dim") if decided else Text("new: decide", "red")
            listed.add_row(one.model, difference.what, *both(difference), word)
            if decided:
                reasons[one.model] = decided.why
        for bad in one.bad:
            console.print(f"  {prices.name}: {bad}", style="yellow", markup=False)
    if listed.row_count:
        console.print(listed)
    for model, why in reasons.items():
        console.print(f"  {model}: {why}", style="dim", markup=False)
    show_lapsed(opinions, litellm.PACKAGE, [(one.model, difference) for one in said for difference in one.differences])
    unlisted = ", ".join(one.model for one in said if not one.listed)
    console.print(f"\n{sum(one.agrees for one in said)} agree; not listed there: {unlisted or 'none'}")
    if new:
        console.print(f"{new} new disagreement{'s' * (new > 1)}; write what is decided into {FILE}", style="red")
    return bool(new)


def show_plan(plan: Plan) -> None:
    """Print the rows of a plan, and what was left as it is."""
    rows = table("Model", "Price", "Old", "New", "Change")
    for one in plan.additions:
        for row in one.rows:
            start = f"{'from' if row.step.dated else 'known from'} {row.start}"
            rows.add_row(one.model, Text(start, "bold"))
        for change in one.changes:
            rows.add_row("", change.what, *both(change.difference), share(change))
    if rows.row_count:
        console.print(rows)
    for model, why in plan.kept.items():
        console.print(f"  {model}: {why}", style="yellow", markup=False)
    if plan.finishes and plan.edition is not None:
        console.print(f"Rows that were waiting come into force: {', '.join(plan.finishes)}")


def show_diff(root: Path, texts: Mapping[str, str]) -> None:
    """Print how the files below a root would differ."""
    for name, text in texts.items():
        path = root / name
        old = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        lines = difflib.unified_diff(old.splitlines(), text.splitlines(), f"a/{name}", f"b/{name}", lineterm="")
        for line in lines:
            console.print(line, style=STYLES.get(line[:1], ""), markup=False)


def show_survey(survey: Survey) -> None:
    """Print the populations of a survey with their quartiles, and its method."""
    populations = table("Population", "Models", *(quartile.words.capitalize() for quartile in Quartile))
    for one in survey.populations.values():
        spread = survey.spread(one)
        cuts = (spread.cut(quartile).value for quartile in Quartile)
        shown = (money.multiple(Decimal(cut.numerator) / cut.denominator) for cut in cuts)
        populations.add_row(one.id, money.count(spread.n), *shown)
    console.print(populations)
    console.print(survey.method, style="dim", markup=False)


def show_history(model: Model, edition: int) -> None:
    """Print the periods of a model; rows of a later edition wait."""
    console.print(f"{model.name} ({model.provider}/{model.id}), USD per million tokens", style="bold", markup=False)
    parts = [part for part in Part if any(isinstance(one, Rate) and one.prices.of(part) for one in model.periods)]
    periods = table("From", "Start", *(part.value for part in parts), "Edition")
    for period in model.periods:
        serial = f"{period.edition}{' (waits)' if period.edition > edition else ''}"
        if isinstance(period, Gap):
            periods.add_row(period.start.isoformat(), "unknown", *[""] * len(parts), serial)
            continue
        start = "dated" if period.dated else "first evidence"
        periods.add_row(period.start.isoformat(), start, *_prices(period, parts, 0), serial)
        for tier in period.tiers:
            periods.add_row("", f"above {tier.above:,}", *_prices(period, parts, tier.above + 1))
    console.print(periods)
    for period in model.periods:
        why = period.why if isinstance(period, Gap) else f"{period.source.via}, checked {period.source.checked}"
        console.print(f"{period.start}: {why}", style="dim", markup=False)
    if model.retired:
        console.print(f"Retired on {model.retired}")


def _prices(rate: Rate, parts: Iterable[Part], tokens: int) -> list[str]:
    prices = rate.prices_for(tokens)
    return ["" if (price := prices.of(part)) is None else money.rate(price) for part in parts]
