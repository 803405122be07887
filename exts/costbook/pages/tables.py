"""What tables, worked bills and charts ask, and what stands in them: the same for a build and for a look at what moved.

Each function puts every question of one directive to an ``Asker`` and gives the answers in the order in which they are
shown. The directives of the extension make nodes of them; ``costbook.pages`` only notes what was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, Protocol, TypeVar

from costbook import money
from costbook.economy.rates import NoRate, Part, Tier
from costbook.economy.tokens import DEFAULT_ENCODING, ENCODINGS
from costbook.language.marks import SPACE, marked
from costbook.names import suggestion
from costbook.questions import (
    Bill,
    BreakEven,
    Daily,
    Margin,
    Models,
    Monthly,
    NameOf,
    NotOffered,
    Price,
    PriceRow,
    PriceRowOf,
    Question,
    Rates,
    Ratio,
    SavingShare,
    Scenarios,
    Series,
    Share,
    SideOf,
    Slice,
    TextBill,
    TextOf,
    Unanswerable,
    Unreadable,
)
from costbook.questions.base import NOT_OFFERED
from costbook.questions.documents import EditionFact, EditionOf
from costbook.questions.readers import Span, day, load, part
from costbook.questions.texts import UNSPACED, CutOf, TextRow
from costbook.questions.workloads import WorkedBill, WorkedBillOf, WorkloadOf, WorkloadRow
from costbook.world import World

A = TypeVar("A")
Options = Mapping[str, Any]


class Slip(ValueError):
    """Something an author wrote wrongly; ``literal`` is where, from a line on (0: the line of the directive)."""

    def __init__(self, message: str, literal: str, from_line: int = 0) -> None:
        super().__init__(message)
        self.literal, self.from_line = literal, from_line


class Asker(Protocol):
    """A page that puts questions to a world."""

    @property
    def world(self) -> World:
        """The world that is asked."""

    @property
    def page_model(self) -> str:
        """The model of the page."""

    def ask(self, question: Question[Any], literal: str, model: str | None = None) -> Any:
        """The answer to a question that a literal of the directive names; ``model`` names its model.

        Raises:
            Slip: where there is none.
        """


class Put(NamedTuple):
    """A question as it was put, its answer, and the literal that names it."""

    question: Question[Any]
    answer: Any
    literal: str


def told(put: Callable[[Question[Any]], A], question: Question[Any], literal: str, model: str | None = None) -> A:
    """What a question is told.

    Raises:
        Slip: at the literal that caused it; for a day without a price where the model is named.
    """
    try:
        return put(question)
    except NoRate as error:
        raise Slip(str(error), model or literal) from None
    except (Unanswerable, LookupError) as error:
        raise Slip(str(error), literal) from None


def one_of(text: str, known: Mapping[str, A], what: str) -> A:
    """An entry of a table of column names; unknown ones are a slip with the nearest name."""
    if text not in known:
        raise Slip(f"unknown {what} {text!r}; {suggestion(text, known)}", text)
    return known[text]


def words_of(options: Options, option: str, default: str) -> list[str]:
    """The words of an option."""
    return str(options.get(option, default)).split()


def some_models(asker: Asker, names: Sequence[str]) -> list[str]:
    """At least one model, where a table or chart of none makes no sense."""
    found = models(asker, names)
    if not found:
        raise Slip(f"no model of {' '.join(names)!r} has a price on this edition's day", names[0])
    return found


def models(asker: Asker, names: Sequence[str]) -> list[str]:
    """Models by id, house role or population; a population is a selection, so that a new member is noticed."""
    found: list[str] = []
    for name in names:
        found += _members(asker, name)
    return list(dict.fromkeys(found))


def _members(asker: Asker, name: str) -> list[str]:
    world = asker.world
    if name in world.models or name in world.edition.houses:
        return [name]
    try:
        return list(asker.ask(Models(name), name).ids)
    except Slip:
        try:
            world.model(name)
        except LookupError as error:
            raise Slip(str(error), name) from None
        raise


def scenarios(asker: Asker, names: Sequence[str]) -> list[str]:
    """Scenarios by id or set; a set is a selection."""
    found: list[str] = []
    for name in names:
        if name in asker.world.sets or name == "all":
            found += asker.ask(Scenarios(name), name).ids
        else:
            found.append(name)
    return list(dict.fromkeys(found))


def name_of(asker: Asker, model: str) -> str:
    """The name of a model, asked as a question: a page that prints it is read again when it changes."""
    return str(asker.ask(NameOf(model), model))


def as_of(asker: Asker) -> str:
    """The edition's day, asked as a question: a page that prints it is read again when it moves."""
    return str(asker.ask(EditionOf(EditionFact.DATE), ""))


# --- scenario-table --------------------------------------------------------------------------------------------------


class Column(NamedTuple):
    """A column of a scenario table: its heading, the side it is about, and what its cells hold.

    Either a count of the row, a question about a scenario and a model, or one about the first scenario, this one and a
    model.
    """

    heading: str
    side: str
    counted: Callable[[WorkloadRow], int] | None = None
    question: Callable[[str, str], Question[Any]] | None = None
    compared: Callable[[str, str, str], Question[Any]] | None = None


COLUMNS: dict[str, Column] = {
    "input": Column("Input tokens", "input", counted=lambda row: row.usage.prompt),
    "output": Column("Output tokens", "output", counted=lambda row: row.usage.written),
    "requests": Column("Requests a day", "", counted=lambda row: row.requests),
    "bill": Column("Bill", "", question=Bill),
    "input-bill": Column("Input side", "input", question=lambda s, m: Bill(s, m, part=Slice.INPUT)),
    "output-bill": Column("Output side", "output", question=lambda s, m: Bill(s, m, part=Slice.OUTPUT)),
    "input-daily": Column("Input side, a day", "input", question=lambda s, m: Daily(s, m, part=Slice.INPUT)),
    "output-daily": Column("Output side, a day", "output", question=lambda s, m: Daily(s, m, part=Slice.OUTPUT)),
    "input-share": Column("Input share", "input", question=lambda s, m: Share(s, Slice.INPUT, m)),
    "share": Column("Output share", "output", question=lambda s, m: Share(s, Slice.OUTPUT, m)),
    "side": Column("Costs more", "", question=SideOf),
    "margin": Column("Distance to the tie", "", question=Margin),
    "break-even": Column("Tie at output tokens", "", question=BreakEven),
    "daily": Column("A day", "", question=Daily),
    "monthly": Column("A month of 30 days", "", question=Monthly),
    "saved": Column("Saved", "", compared=SavingShare),
}
SCENARIO_COLUMNS = "input output input-bill output-bill share side"
"""What a scenario table shows that names no columns."""


class ScenarioRow(NamedTuple):
    """A workload, the name of its model where the table has several, and a cell for each column.

    A cell holds a count, an answer, or nothing.
    """

    workload: WorkloadRow
    model: str | None
    cells: tuple[Put | int | None, ...]


@dataclass(frozen=True)
class ScenarioTable:
    """A scenario table; ``whose`` names its one model and ``as_of`` the day, where it shows an amount."""

    columns: tuple[Column, ...]
    several: bool
    rows: tuple[ScenarioRow, ...]
    whose: str | None
    as_of: str | None
    title = "What each workload costs"

    @property
    def stamp(self) -> str:
        """What a caption says of model and day."""
        whose = "" if self.whose is None else f"{self.whose}, "
        return "" if self.as_of is None else f" ({whose}prices of {self.as_of})"

    @property
    def plain(self) -> tuple[tuple[str, ...], ...]:
        """What its cells say that are not figures, by row and column."""
        return tuple(
            (
                row.workload.name,
                *([] if row.model is None else [row.model]),
                *(money.count(cell) if isinstance(cell, int) else "" for cell in row.cells),
            )
            for row in self.rows
        )


def scenario_table(asker: Asker, argument: str, options: Options) -> ScenarioTable:
    """Workloads by row, what they cost by column."""
    columns = tuple(one_of(name, COLUMNS, "column") for name in words_of(options, "show", SCENARIO_COLUMNS))
    ids = some_models(asker, words_of(options, "on", asker.page_model))
    workloads = scenarios(asker, argument.split())
    several = len(ids) > 1
    rows = []
    for scenario in workloads:
        for model in ids:
            row: WorkloadRow = asker.ask(WorkloadOf(scenario, model), scenario)
            name = name_of(asker, model) if several else None
            named = model if model in words_of(options, "on", "") else " ".join(words_of(options, "on", scenario))
            cells = tuple(_cell(asker, one, row, (workloads[0], scenario, model), named) for one in columns)
            rows.append(ScenarioRow(row, name, cells))
    priced = any(column.counted is None for column in columns)
    whose = name_of(asker, ids[0]) if priced and not several else None
    return ScenarioTable(columns, several, tuple(rows), whose, as_of(asker) if priced else None)


def _cell(asker: Asker, column: Column, row: WorkloadRow, about: tuple[str, str, str], named: str) -> Put | int | None:
    first, scenario, model = about
    if column.counted is not None:
        return column.counted(row)
    if column.question is not None:
        question = column.question(scenario, model)
    elif column.compared is not None and scenario != first:
        question = column.compared(first, scenario, model)
    else:
        return None
    return Put(question, asker.ask(question, scenario, named), scenario)


# --- text-table ------------------------------------------------------------------------------------------------------

MILLION = Span(1_000_000, days=False)


class TextTable(NamedTuple):
    """Texts by row with their words and tokens, and what a million of each cost as input on one model."""

    encodings: tuple[str, ...]
    rows: tuple[tuple[TextRow, Put], ...]
    model: str
    as_of: str

    @property
    def title(self) -> str:
        """What a caption says where its author wrote none."""
        return "What texts come to in tokens"

    @property
    def stamp(self) -> str:
        """What a caption says of model and day."""
        return f" ({self.model}, prices of {self.as_of})"

    @property
    def heads(self) -> tuple[str, ...]:
        """The words above the columns."""
        tokens = (f"Tokens, {encoding}" for encoding in self.encodings)
        return ("Text", "Words", *tokens, f"Tokens per word, {self.encodings[0]}", "A million of them, as input")

    @property
    def plain(self) -> tuple[tuple[str, ...], ...]:
        """What its cells say that are not figures, by row and column."""
        return tuple(
            (
                row.name,
                UNSPACED if row.words is None else money.count(row.words),
                *map(money.count, row.tokens),
                UNSPACED if row.per_word is None else money.plain_multiple(row.per_word),
                "",
            )
            for row, _ in self.rows
        )


def text_table(asker: Asker, argument: str, options: Options) -> TextTable:
    """Texts by row, words, tokens and cost by column: tokens in each encoding, the cost by the model's own."""
    encodings = tuple(words_of(options, "in", " ".join(ENCODINGS)))
    model = str(options.get("on", asker.page_model))
    rows = []
    for text in argument.split():
        row: TextRow = asker.ask(TextOf(text, encodings), text)
        question = TextBill(text, MILLION, model)
        rows.append((row, Put(question, asker.ask(question, text, model), text)))
    return TextTable(encodings, tuple(rows), name_of(asker, model), as_of(asker))


# --- cut -------------------------------------------------------------------------------------------------------------


class Chip(NamedTuple):
    """A token as it is shown: its text, with marks for spaces and line breaks, or the bytes of what cannot be seen."""

    text: str
    in_bytes: bool


class Cut(NamedTuple):
    """A text cut into its tokens."""

    encoding: str
    chips: tuple[Chip, ...]


def cut(asker: Asker, argument: str, options: Options) -> Cut:
    """The tokens of a text, as chips."""
    encoding = str(options.get("in", DEFAULT_ENCODING))
    return Cut(encoding, tuple(map(_chip, asker.ask(CutOf(argument, encoding), argument))))


def _chip(token: bytes) -> Chip:
    """A token that begins or ends inside a character, or cannot be seen, is shown byte by byte, in hexadecimal."""
    text = marked(token.decode(errors="replace"))
    if "\ufffd" not in text and text.isprintable():
        return Chip(text, in_bytes=False)
    spaces = len(token) - len(token.lstrip(b" "))
    return Chip(f"{SPACE * spaces}{token[spaces:].hex(' ').upper()}", in_bytes=True)


# --- price-table -----------------------------------------------------------------------------------------------------

PARTS = {
    "input": Part.INPUT,
    "cached": Part.CACHED,
    "write": Part.WRITE,
    "write-1h": Part.WRITE_1H,
    "output": Part.OUTPUT,
}
PRICE_HEADINGS = {
    "input": "Input",
    "cached": "Cached input",
    "write": "Cache write, 5 min",
    "write-1h": "Cache write, 1 h",
    "output": "Output",
    "ratio": "Output to input",
    "context": "Context window",
    "tiers": "Long context",
    "billing": "Billed",
    "since": "In force",
    "source": "Source",
}
PRICE_COLUMNS = "input cached write output ratio context tiers since source"
"""What a price table shows that names no columns."""


@dataclass(frozen=True)
class PriceTable:
    """A price table: its columns by name, a row for each model, and the day."""

    columns: tuple[str, ...]
    rows: tuple[PriceRow, ...]
    as_of: str


def price_table(asker: Asker, argument: str, options: Options) -> PriceTable:
    """The price book, one row for each model."""
    columns = tuple(words_of(options, "show", PRICE_COLUMNS))
    for column in columns:
        one_of(column, PRICE_HEADINGS, "column")
    rows = tuple(asker.ask(PriceRowOf(model), model) for model in models(asker, argument.split()))
    return PriceTable(columns, rows, as_of(asker))


class Said(NamedTuple):
    """What a cell of a price table says, and the number in it, if it is one."""

    text: str
    value: Decimal | None = None


def price_cell(column: str, row: PriceRow) -> Said:
    """What stands in a column of a row."""
    rate = row.rate
    if rate is None:
        return Said("not known")
    if column in PARTS:
        price = rate.prices.of(PARTS[column])
        return Said(NOT_OFFERED) if price is None else Said(money.rate(price), price)
    if column == "ratio":
        ratio = rate.prices.ratio if rate.prices.input else None
        return Said("none") if ratio is None else Said(money.multiple(ratio), ratio)
    if column == "context":
        return Said("not listed") if row.context is None else Said(money.count(row.context), Decimal(row.context))
    if column == "tiers":
        return Said("; ".join(map(_tier_words, rate.tiers)) or "one price")
    if column == "billing":
        return Said(row.billing or "per request, list price")
    if column == "since":
        return Said(f"{'from' if rate.dated else 'known from'} {rate.start}")
    return Said(f"{rate.source.via}, {rate.source.checked}")


def retired_by(row: PriceRow) -> date | None:
    """The day a model was retired, where that lies behind the edition's day."""
    return row.retired if row.retired and row.retired <= row.at else None


def _tier_words(tier: Tier) -> str:
    prices = tier.prices
    return f"above {money.count(tier.above)}: {money.rate(prices.input)} in, {money.rate(prices.output)} out"


# --- ratio-table -----------------------------------------------------------------------------------------------------


class RatioRow(NamedTuple):
    """A model, and its input price, output price and ratio for each day."""

    model: str
    cells: tuple[Put, ...]


@dataclass(frozen=True)
class RatioTable:
    """A ratio table; ``days`` are its days as text."""

    days: tuple[str, ...]
    rows: tuple[RatioRow, ...]


def ratio_table(asker: Asker, argument: str, options: Options) -> RatioTable:
    """Output price over input price, models by row and days by column."""
    days: list[tuple[str, date | None]] = [(text, _day(text)) for text in words_of(options, "at", "")]
    days = days or [(as_of(asker), None)]
    rows = tuple(
        RatioRow(name_of(asker, model), tuple(_ratio_cells(asker, model, days)))
        for model in models(asker, argument.split())
    )
    return RatioTable(tuple(text for text, _ in days), rows)


def _ratio_cells(asker: Asker, model: str, days: Sequence[tuple[str, date | None]]) -> Iterator[Put]:
    for text, at in days:
        literal = text if at else model
        for question in (Price(Part.INPUT, model, at), Price(Part.OUTPUT, model, at), Ratio(model, at)):
            yield Put(question, asker.ask(question, literal), literal)


def _day(text: str) -> date:
    try:
        return day(text)
    except Unreadable as error:
        raise Slip(str(error), text) from None


# --- bill and price-history ------------------------------------------------------------------------------------------


class BillTable(NamedTuple):
    """A bill line by line, and its total."""

    bill: WorkedBill
    total: Put

    @property
    def title(self) -> str:
        """What a caption says where its author wrote none."""
        return f"{self.bill.title} on {self.bill.model}"

    @property
    def stamp(self) -> str:
        """What a caption says of the day."""
        return f" (prices of {self.bill.day})"

    @property
    def plain(self) -> tuple[tuple[str, ...], ...]:
        """What its cells say that are not figures, by row and column: the lines, and below them the total."""
        lines = (
            (
                f"{line.part.words.capitalize()}{f': {line.detail}' if line.detail else ''}",
                money.count(line.tokens),
                money.rate(line.price),
                money.amount(line.cost),
            )
            for line in self.bill.lines
        )
        return (*lines, ("Total", "", "", ""))


def bill_table(asker: Asker, argument: str, options: Options) -> BillTable | NotOffered:
    """A bill: tokens times price for each part, and the total."""
    model = str(options.get("on", asker.page_model))
    usage = load(argument)
    try:
        asker.world.model(model)
    except LookupError as error:
        raise Slip(str(error), model) from None
    bill: WorkedBill | NotOffered = asker.ask(WorkedBillOf(usage, model), argument, model)
    if isinstance(bill, NotOffered):
        return bill
    question = Bill(usage, model)
    return BillTable(bill, Put(question, asker.ask(question, argument), argument))


class History(NamedTuple):
    """The prices of one part over time, a series for each model, and the edition's day."""

    part: Part
    series: tuple[Series, ...]
    as_of: str


def price_history(asker: Asker, argument: str, options: Options) -> History:
    """The price of one part over time."""
    asked = part(argument)
    ids = some_models(asker, words_of(options, "on", asker.page_model))
    series = tuple(asker.ask(Rates(asked, model), model) for model in ids)
    return History(asked, series, as_of(asker))


class ModelHistory(NamedTuple):
    """The input and the output price of one model over time; their points are of the same days."""

    input: Series
    output: Series


class ProviderHistory(NamedTuple):
    """The prices of a provider's models over time, and the edition's day."""

    provider: str
    models: tuple[ModelHistory, ...]
    as_of: str


def provider_history(asker: Asker, argument: str, _options: Options) -> ProviderHistory:
    """The prices over time of the models of one provider, and of those that it sold once; there may be none."""
    provider = one_of(argument, asker.world.providers, "provider")
    sold = [asker.world.models[one] for one in models(asker, ["retired"])]
    ids = [*models(asker, [provider.id]), *(one.id for one in sold if one.provider == provider.id and one.is_base)]
    found = (
        ModelHistory(*(asker.ask(Rates(part, model), argument) for part in (Part.INPUT, Part.OUTPUT))) for model in ids
    )
    return ProviderHistory(provider.name, tuple(found), as_of(asker))
