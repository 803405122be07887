"""What an update would write: rows for the next edition, and that edition. Nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from costbook.economy.changes import Change, between
from costbook.economy.rates import Model, NoRate, Rate, Source, visible
from costbook.feed import rows as text
from costbook.feed.book import EDITION, PRICES, Book, quote_of, step_of
from costbook.feed.opinions import FILE, Opinions
from costbook.feed.quotes import Feed, Quote, Reason, Step, changes
from costbook.feed.rows import CannotWrite, Row
from costbook.load.prices import read_provider
from costbook.load.source import Document, parse_source

FACTOR = Decimal(3)


class Refused(Exception):
    """An update that is not made; the message has one line for each reason, and what to do."""


@dataclass(frozen=True)
class Addition:
    """Rows for one model, and the prices that they change."""

    provider: str
    model: str
    rows: tuple[Row, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Plan:
    """What an update writes: the texts of price files, and last that of ``edition.yaml``.

    ``kept`` says why a model was left as it is; ``finishes`` names the models whose rows were there already.
    """

    serial: int
    as_of: date
    additions: tuple[Addition, ...]
    files: Mapping[str, str]
    edition: str | None
    kept: Mapping[str, str] = field(default_factory=dict)
    finishes: tuple[str, ...] = ()

    @property
    def texts(self) -> Mapping[str, str]:
        """Every file that is written, in the order of writing."""
        return {**self.files, **({} if self.edition is None else {EDITION: self.edition})}


@dataclass(frozen=True)
class Update:
    """One update: the feed and the day it is asked about, and what the author allows.

    ``today`` is the day on which the feed is read. ``as_of`` is the day of the next edition; where it is later, prices
    without a date are only known from today on.
    """

    feed: Feed
    as_of: date
    today: date
    opinions: Opinions = field(default_factory=Opinions)
    factor: Decimal = FACTOR
    allowed: frozenset[str] = frozenset()
    keep: frozenset[str] = frozenset()

    @property
    def seen(self) -> date:
        """The first day for which the feed's present prices are evidence."""
        return min(self.as_of, self.today)

    def plan(self, book: Book) -> Plan:
        """What the update writes.

        Raises:
            Refused: the day goes back, a price jumps, a value of the feed is no price, or rows of an unfinished update
                say otherwise than the feed.
            CannotWrite: a file is written in a way that rows cannot be put into.
        """
        if self.as_of < book.edition.as_of:
            raise Refused(f"the edition is priced at {book.edition.as_of} and does not go back to {self.as_of}")
        additions: list[Addition] = []
        refused: list[str] = []
        kept: dict[str, str] = {}
        for model in book.coming.values():
            answer = self.feed.quote(model.provider, model.id, self.seen)
            if model.id in self.keep:
                kept[model.id] = "left as it is, as asked"
            elif model.retired is not None and self.seen >= model.retired:
                continue
            elif isinstance(answer, Quote):
                said = quote_of(model, self.seen)
                differing = changes(said, answer) if isinstance(said, Quote) else ()
                rows = self._rows(book, model, answer)
                decided = self._decided(model, differing)
                if rows and decided and decided == len(differing):
                    kept[model.id] = f"decided for the book in {FILE}"
                elif rows and (why := self._against(book, model, rows, differing, decided)):
                    refused += why
                elif rows:
                    additions.append(Addition(model.provider, model.id, rows, differing))
            elif answer.reason is Reason.BAD:
                refused.append(f"{model.id}: {answer.why}; --keep {model.id} leaves it as it is")
            else:
                kept[model.id] = answer.why
        if refused:
            raise Refused("\n".join(refused))
        return self._written(book, additions, kept)

    def _written(self, book: Book, additions: Sequence[Addition], kept: Mapping[str, str]) -> Plan:
        files: dict[str, str] = {}
        for provider, document in book.documents.items():
            of_file = [one for one in additions if one.provider == provider]
            changed = document
            for one in of_file:
                changed = parse_source(document.file, text.with_rows(changed, one.model, one.rows))
            if of_file:
                _verify(document, changed, {one.model: len(one.rows) for one in of_file}, book.next)
                files[document.file] = changed.text
        edition = None
        if additions or book.waiting or self.as_of != book.edition.as_of:
            edition = text.with_edition(book.edition_file, book.next, self.as_of)
            _verify_edition(book.edition_file, edition, book.next, self.as_of)
        serial = book.edition.serial if edition is None else book.next
        return Plan(serial, self.as_of, tuple(additions), files, edition, kept, book.waiting)

    def _rows(self, book: Book, model: Model, quote: Quote) -> tuple[Row, ...]:
        """The rows after which the model has the feed's prices from ``seen`` on."""
        periods, found = model.periods, []
        begun = [period.start for period in periods if period.start <= self.seen]
        announced = {step.start for step in quote.scheduled if step.start}
        later = {period.start for period in periods if period.start > self.seen} | announced
        for day in (self.seen, *sorted(later)):
            if model.retired is not None and day >= model.retired:
                break
            wanted, have = quote.at(day), _step_on(replace(model, periods=periods), day)
            if have is not None and not any(between(have, wanted)):
                continue
            if day == self.seen:
                row = self._row_now(book, model, quote, max(begun, default=None))
            else:
                note = "" if day in announced else "The change that had been announced for this day was cancelled."
                row = self._row(book, model, quote, replace(wanted, start=day, dated=day in announced), note)
            found.append(row)
            periods = visible((*periods, _rate(row)), book.next)
        return tuple(found)

    def _row_now(self, book: Book, model: Model, quote: Quote, in_force: date | None) -> Row:
        """The row for today's price: from the day the feed dates, where no row of the book hides it there."""
        step = quote.now
        if step.start is None or (not step.dated and in_force is not None and step.start <= in_force):
            return self._row(book, model, quote, replace(step, start=self.seen, dated=False))
        if in_force is None or step.start >= in_force:
            return self._row(book, model, quote, step)
        note = f"The feed dates this price from {step.start}, before the row that this one corrects."
        return self._row(book, model, quote, replace(step, start=in_force, dated=False), note)

    def _row(self, book: Book, model: Model, quote: Quote, step: Step, note: str = "") -> Row:
        url = quote.url or book.providers[model.provider].pricing
        return Row(step, book.next, quote.via, url, self.today, note)

    def _against(
        self, book: Book, model: Model, rows: Sequence[Row], differing: Sequence[Change], decided: int
    ) -> list[str]:
        """Why rows are not written, where they are not."""
        waiting = [period.start for period in model.periods if period.edition == book.next]
        if waiting and min(row.start for row in rows) <= max(waiting):
            file = f"{PRICES}/{model.provider}.yaml"
            return [
                f"{model.id}: its rows for edition {book.next} in {file} say otherwise than the feed; "
                "remove them and run again"
            ]
        if model.id in self.allowed:
            return []
        allow = f"--allow {model.id} takes it"
        found = []
        if decided:
            found.append(f"{model.id}: a part of what differs is decided for the book in {FILE}; {allow} all")
        if by_hand := self._by_hand(model):
            found.append(f"{model.id}: its price was entered by hand ({by_hand}), the feed says otherwise; {allow}")
        for change in differing:
            if change.factor is not None and change.factor > self.factor:
                found.append(
                    f"{model.id}: {change.what} goes from {change.old} to {change.new}, "
                    f"more than {self.factor} times; {allow}"
                )
            elif change.new is None:
                found.append(f"{model.id}: {change.what} cost {change.old}, and the feed has no price of it; {allow}")
        return found

    def _by_hand(self, model: Model) -> str:
        try:
            via = model.rate_on(self.seen).source.via
        except NoRate:
            return ""
        return "" if via.split()[0] == self.feed.name.split()[0] else via

    def _decided(self, model: Model, differing: Sequence[Change]) -> int:
        """How many of the changes are decided for the book."""
        own = self.feed.name.split()[0]
        return sum(self.opinions.decided(own, model.id, one.difference) is not None for one in differing)


def _step_on(model: Model, day: date) -> Step | None:
    try:
        return step_of(model.rate_on(day))
    except NoRate:
        return None


def _rate(row: Row) -> Rate:
    source = Source(row.via, row.url, row.checked)
    return Rate(row.step.prices, row.start, row.step.dated, row.edition, source, tiers=row.step.tiers, note=row.note)


def _verify(before: Document, after: Document, added: Mapping[str, int], edition: int) -> None:
    """Look at a file before it is written: what was there is there, and the loader takes what is new.

    Raises:
        CannotWrite: the file has a form that the rows did not fit into.
    """
    read_provider(after, edition)
    if after.problems:
        raise CannotWrite("\n".join(map(str, after.problems)))
    rest = {id_: dict(one) for id_, one in after.data["models"].items()}
    for model, count in added.items():
        rest[model]["rates"] = rest[model]["rates"][:-count]
    if {**after.data, "models": rest} != before.data:
        raise CannotWrite(f"{before.file}: the new rows of {', '.join(added)} do not fit in; add them by hand")


def _verify_edition(before: Document, after: str, serial: int, as_of: date) -> None:
    data = parse_source(before.file, after).data
    was = {key: value for key, value in before.data.items() if key != text.PAST}
    past = [was, *before.data.get(text.PAST, [])]
    if data != {**was, "edition": str(serial), "as_of": as_of.isoformat(), text.PAST: past}:
        raise CannotWrite(f"{before.file}: edition and as_of do not fit in; write them on lines of their own")
