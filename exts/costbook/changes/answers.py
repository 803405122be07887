"""What of an answer is printed, detail by detail, so that two answers can be compared as a reader would.

An answer is one figure, or a row of them, or a chart. Each detail has a label that names it, in the grammar where there
is one, its text, and its number, if it is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from typing import Any

from costbook import money
from costbook.economy.bills import NotOffered
from costbook.economy.ratios import Quartile
from costbook.pages import Shown
from costbook.pages.ratios import counted_words
from costbook.pages.tables import COLUMNS, PARTS, price_cell, retired_by
from costbook.questions import Band, Bill, Figure, Question, Selection, Series, Verdict
from costbook.questions.base import NOT_OFFERED
from costbook.questions.documents import EditionOf, NameOf
from costbook.questions.editions import History, Published, Schedule
from costbook.questions.prices import Point, PriceRow
from costbook.questions.ratios import QuartileOf, SpreadRow
from costbook.questions.workloads import WorkedBill, WorkedBillOf, WorkloadRow
from costbook.quizzes.reads import digest_of
from costbook.sims.base import Priced, SimPage


class Sort(Enum):
    """What a detail of an answer is."""

    FIGURE = "figure"
    VERDICT = "verdict"
    MEMBER = "member"
    WORDS = "words"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Detail:
    """A printed detail of an answer."""

    sort: Sort
    label: str
    text: str
    value: Decimal | None = None


def name_of(question: Question[Any]) -> str:
    """A question as an author writes it; one that only a directive asks, in words: ``price row of gpt-4o``."""
    if question.kind:
        return str(question)
    name, _, rest = str(question).partition(" ")
    return f"{re.sub(r'(?<=[a-z])(?=[A-Z])', ' ', name).lower()} {rest}".strip()


def printed(question: Question[Any], answer: object, shown: Shown) -> Iterator[Detail]:
    """The details of an answer that a page prints, in order; of a document none, since its texts are compared whole."""
    label = name_of(question)
    match answer:
        case Figure():
            yield Detail(Sort.FIGURE, label, answer.text, answer.value)
        case Verdict():
            yield Detail(Sort.VERDICT, label, answer.text)
        case NotOffered():
            yield Detail(Sort.FIGURE, label, NOT_OFFERED)
        case PriceRow():
            yield from _price_row(answer, shown.columns)
        case SpreadRow():
            yield from _spread_row(answer)
        case WorkedBill():
            yield from _bill(question, answer)
        case WorkloadRow():
            yield from _workload(label, answer, shown.columns)
        case Series():
            yield from (detail for point in answer.points for detail in _point(label, answer, point))
        case Selection():
            yield from (Detail(Sort.MEMBER, label, one) for one in answer.ids)
        case History():
            yield from (detail for one in answer.editions for detail in _edition(one))
        case SimPage():
            yield from _simulation(label, answer)
        case str() | Schedule():
            sort = Sort.DATE if isinstance(question, EditionOf) else Sort.WORDS
            yield Detail(sort, label, str(answer))


def _price_row(row: PriceRow, columns: tuple[str, ...]) -> Iterator[Detail]:
    """A row of a price table: its name and the columns that the table shows."""
    retired = retired_by(row)
    gone = f" retired {retired}" if retired else ""
    yield Detail(Sort.WORDS, str(NameOf(row.id)), f"{row.name} ({row.provider}){gone}")
    for column in columns:
        said = price_cell(column, row)
        if column in PARTS:
            label = f"price {column} on {row.id}"
        else:
            label = f"ratio {row.id}" if column == "ratio" else f"{column} of {row.id}"
        sort = Sort.WORDS if column in {"tiers", "billing", "since", "source"} else Sort.FIGURE
        yield Detail(sort, label, said.text, said.value)


def _spread_row(row: SpreadRow) -> Iterator[Detail]:
    """A row of a table of the ratio survey: its name, how many models, their quartiles and bands."""
    yield Detail(Sort.WORDS, f"population {row.id}", f"{row.name} {row.about}".strip())
    yield Detail(Sort.FIGURE, f"models of {row.id}", money.count(row.n), Decimal(row.n))
    for quartile, value in zip(Quartile, row.quartiles, strict=True):
        yield Detail(Sort.FIGURE, str(QuartileOf(quartile, row.id)), money.multiple(value), value)
    for counted in row.bands:
        yield Detail(Sort.FIGURE, str(Band(counted.range, row.id)), counted_words(counted), counted.share)


def _bill(question: Question[Any], bill: WorkedBill) -> Iterator[Detail]:
    """The lines of a worked bill; its total is a question of its own."""
    assert isinstance(question, WorkedBillOf)
    label = str(Bill(question.scenario, question.model, question.at))
    yield Detail(Sort.WORDS, label, f"{bill.title} on {bill.model}")
    for line in bill.lines:
        part = line.part.words
        yield Detail(Sort.FIGURE, f"{label}, {part} tokens", money.count(line.tokens), Decimal(line.tokens))
        yield Detail(Sort.FIGURE, f"{label}, {part} price", money.rate(line.price), line.price)
        yield Detail(Sort.FIGURE, f"{label}, {part} cost", money.amount(line.cost), line.cost)


def _workload(label: str, row: WorkloadRow, columns: tuple[str, ...]) -> Iterator[Detail]:
    """The name of a workload, and the counts that the table shows."""
    yield Detail(Sort.WORDS, label, row.name)
    for column in columns:
        counted = COLUMNS[column].counted
        if counted is not None:
            count = counted(row)
            yield Detail(Sort.FIGURE, f"{label}, {column}", money.count(count), Decimal(count))


def _simulation(label: str, page: SimPage) -> Iterator[Detail]:
    """The prices shown with it, and the table of results: its script works out the same."""
    if page.priced is not None:
        yield Detail(Sort.WORDS, label, page.priced.model_name)
        yield Detail(Sort.FIGURE, f"{label}, input price", page.priced.input)
        yield Detail(Sort.FIGURE, f"{label}, output price", page.priced.output)
    for row in page.shown.results.rows:
        for column, cell in zip(page.shown.results.columns[1:], row[1:], strict=True):
            yield Detail(Sort.FIGURE, f"{label}, {row[0]}, {column.text}", cell)
    drawn = digest_of(repr((page.shown.facts, page.shown.picture, page.shown.stages)))
    yield Detail(Sort.WORDS, f"{label}, picture and data", drawn[:8])


def _edition(one: Published) -> Iterator[Detail]:
    """A row of the list of editions."""
    yield Detail(Sort.DATE, f"day of edition {one.serial}", one.as_of.isoformat())
    yield Detail(Sort.WORDS, f"models of edition {one.serial}", str(one.models))
    yield Detail(Sort.WORDS, f"moves of edition {one.serial}", str(one.moves or "nothing"))


def _point(label: str, series: Series, point: Point) -> Iterator[Detail]:
    """A row of a price history: its price, and the words beside it."""
    label = f"{label} from {point.start}"
    price = "not known" if point.price is None else money.rate(point.price)
    yield Detail(Sort.FIGURE, label, price, point.price)
    known = "" if point.dated or point.price is None else "known "
    until = f" until {point.until}" if point.until else ""
    scheduled = " (scheduled)" if point.price is not None and point.start > series.at else ""
    why = f" ({point.why})" if point.price is None and point.why else ""
    yield Detail(Sort.WORDS, f"days of {label}", f"{known}from {point.start}{until}{scheduled}{why}")


def undated(answer: Any) -> Any:
    """An answer without the edition's day: what stays where nothing but the date moved."""
    match answer:
        case Figure() | Verdict():
            return replace(answer, working=replace(answer.working, at=None))
        case SimPage(priced=Priced() as priced):
            return replace(answer, priced=replace(priced, as_of=None))  # type: ignore[arg-type]
        case PriceRow() | Series():
            return replace(answer, at=None)  # type: ignore[arg-type] # it is compared, and never asked for its day
        case WorkedBill():
            return replace(answer, day=None)  # type: ignore[arg-type]
    return answer
