"""Prices over time as SVG, drawn at build time: steps for prices, hatching where no evidence exists."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from string import ascii_uppercase
from xml.sax.saxutils import escape

from costbook import money
from costbook.questions.prices import Point, Series

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 18, 12, 34
DASHES = ("", "7 4", "2 3", "10 3 2 3")
LEGEND_LINE = 18
LETTER = 12
"""The least distance of two letters, in SVG units, where there is room for all."""
MOST_POWERS = 2
"""Powers of ten up to which a logarithmic scale has lines between them."""


@dataclass(frozen=True)
class Scale:
    """Days to x, USD per MTok to y."""

    first: date
    last: date
    top: Decimal

    def x(self, day: date) -> float:
        """Horizontal place of a day, in SVG units."""
        whole = (self.last - self.first).days or 1
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / whole, 1)

    def y(self, price: Decimal) -> float:
        """Vertical place of a price, in SVG units; zero is at the bottom."""
        return round(HEIGHT - BOTTOM - float(price / self.top) * (HEIGHT - TOP - BOTTOM), 1)

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """The prices at which a line crosses the chart."""
        return tuple(self.top * step / 4 for step in range(5))


@dataclass(frozen=True)
class LogScale(Scale):
    """The same, but twice the price is the same distance everywhere; ``low`` is at the bottom."""

    low: Decimal

    def y(self, price: Decimal) -> float:
        """Vertical place of a price, in SVG units."""
        share = math.log(price / self.low) / math.log(self.top / self.low)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    @property
    def ticks(self) -> tuple[Decimal, ...]:
        """1, 2 and 5 times each power of ten; the powers alone where those are many."""
        powers = [Decimal(1).scaleb(power) for power in range(self.low.adjusted(), self.top.adjusted() + 1)]
        steps = (1, 2, 5) if len(powers) <= MOST_POWERS else (1,)
        return tuple(one for one in (step * power for power in powers for step in steps) if self.low <= one <= self.top)


def _ends(series: Series, last: date) -> list[tuple[Point, date]]:
    return [(point, min(point.until or last, last)) for point in series.points if point.start < last]


def _nice_top(highest: Decimal) -> Decimal:
    """The least of 1, 2, 5 times a power of ten that holds the highest price."""
    power = Decimal(1).scaleb(highest.adjusted())
    return next(step * power for step in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if step * power >= highest)


def _nice_low(lowest: Decimal) -> Decimal:
    """The greatest of 1, 2, 5 times a power of ten that is below the lowest price."""
    power = Decimal(1).scaleb(lowest.adjusted())
    below = (Decimal(5) * power / 10, power, 2 * power, 5 * power)
    return max(step for step in below if step < lowest)


def price_history(many: tuple[Series, ...], chart_id: str) -> str:
    """An SVG of one part's price for one or more models, up to the edition's day or the last scheduled price.

    Lines differ by dash pattern as well as by shade, and the table beside the chart carries every value.
    """
    scale = Scale(*_days(many), _nice_top(max(_prices(many), default=Decimal(1))))
    part = many[0].part.words
    title = f"{part.capitalize()} price of {', '.join(series.name for series in many)}"
    marks = _axes(scale, many[0].at)
    for index, series in enumerate(many):
        marks += _line(scale, series, index, chart_id)
        marks += _legend(series, index)
    return _svg(many, chart_id, title, marks)


def provider_history(provider: str, many: tuple[Series, ...], chart_id: str) -> str:
    """An SVG of one part's price for the models of a provider: a letter at the end of each line names its model.

    A dot stands where a price begins, and a ring where it was first seen.
    """
    prices = _prices(many)
    scale = LogScale(*_days(many), _nice_top(max(prices)), _nice_low(min(prices)))
    marks = _axes(scale, many[0].at)
    for series in many:
        marks += _line(scale, series, None, chart_id)
        marks += _starts(scale, series)
    marks += _letters(scale, many)
    part = many[0].part.words
    return _svg(many, chart_id, f"{part.capitalize()} prices of {provider}", marks)


def _days(many: Iterable[Series]) -> tuple[date, date]:
    """The first and the last day of a chart: up to the edition's, or a month beyond the last scheduled price."""
    starts = [point.start for series in many for point in series.points]
    as_of = next(series.at for series in many)
    latest = max([*starts, as_of])
    return min(starts), latest + timedelta(days=30) if latest > as_of else latest


def _prices(many: Iterable[Series]) -> list[Decimal]:
    return [point.price for series in many for point in series.points if point.price is not None]


def _svg(many: tuple[Series, ...], chart_id: str, title: str, marks: Iterable[str]) -> str:
    height = HEIGHT + LEGEND_LINE * len(many)
    marks = [
        f'<title id="{chart_id}-title">{escape(title)}, USD per million tokens</title>',
        f'<desc id="{chart_id}-desc">Prices over time; the table below has every value.</desc>',
        f'<defs><pattern id="{chart_id}-gap" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="cb-hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>',
        *marks,
    ]
    return (
        f'<svg class="cb-chart cb-{many[0].part.value}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{chart_id}-title {chart_id}-desc" xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )


def _axes(scale: Scale, as_of: date) -> list[str]:
    bottom = HEIGHT - BOTTOM
    found = [f'<line class="cb-axis" x1="{LEFT}" y1="{bottom}" x2="{WIDTH - RIGHT}" y2="{bottom}"/>']
    for price in scale.ticks:
        y = scale.y(price)
        label = money.rate(price)
        found.append(f'<line class="cb-grid" x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}"/>')
        found.append(f'<text x="{LEFT - 5}" y="{y + 4}" text-anchor="end">{label}</text>')
    years = range(scale.first.year, scale.last.year + 1)
    days = [scale.first, *(date(year, 1, 1) for year in years if scale.first < date(year, 1, 1) < scale.last)]
    for day in days:
        x = scale.x(day)
        found.append(f'<line class="cb-axis" x1="{x}" y1="{bottom}" x2="{x}" y2="{bottom + 5}"/>')
        if day == scale.first or x - LEFT > 60:  # noqa: PLR2004 - SVG units: room for the first label
            label = day.isoformat()[:7] if day == scale.first else str(day.year)
            found.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{label}</text>')
    if scale.first < as_of < scale.last:
        x = scale.x(as_of)
        found.append(f'<line class="cb-today" x1="{x}" y1="{TOP}" x2="{x}" y2="{bottom}"/>')
        found.append(f'<text x="{x - 4}" y="{bottom + 31}" text-anchor="end">edition {as_of}, then scheduled</text>')
    return found


def _line(scale: Scale, series: Series, index: int | None, chart_id: str) -> list[str]:
    """Steps of a model, and hatching; lines without an index look alike."""
    found, path = [], ""
    for point, end in _ends(series, scale.last):
        x1, x2 = scale.x(point.start), scale.x(end)
        if point.price is None:
            path += " "
            found.append(
                f'<rect x="{x1}" y="{TOP}" width="{round(x2 - x1, 1)}" height="{HEIGHT - TOP - BOTTOM}" '
                f'fill="url(#{chart_id}-gap)"><title>{escape(series.name)}: {escape(point.why or "")}</title></rect>'
            )
            continue
        y = scale.y(point.price)
        command = "L" if path and not path.endswith(" ") else "M"
        path += f"{command}{x1} {y}H{x2}"
    return [*found, f'<path {_looks(index)} d="{path.strip()}"/>']


def _looks(index: int | None) -> str:
    if index is None:
        return 'class="cb-line"'
    dash = DASHES[index % len(DASHES)]
    return f'class="cb-line cb-line-{index}"' + (f' stroke-dasharray="{dash}"' if dash else "")


def _starts(scale: Scale, series: Series) -> Iterator[str]:
    for point in series.points:
        if point.price is not None:
            ring = "" if point.dated else " cb-seen"
            yield f'<circle class="cb-start{ring}" cx="{scale.x(point.start)}" cy="{scale.y(point.price)}" r="3"/>'


def _letters(scale: Scale, many: tuple[Series, ...]) -> Iterator[str]:
    """A letter at the end of each line, pushed down where another one stands, and its model below the chart."""
    ends = [(next(scale.y(p.price) for p in reversed(s.points) if p.price is not None), i) for i, s in enumerate(many)]
    apart = min(LETTER, (HEIGHT - TOP - BOTTOM) / max(1, len(ends) - 1))
    y = -math.inf
    for above, (end, index) in zip(range(len(ends) - 1, -1, -1), sorted(ends), strict=True):
        y = round(min(max(end, y + apart), HEIGHT - BOTTOM - apart * above), 1)
        yield f'<text x="{WIDTH - RIGHT + 6}" y="{y + 4}">{_letter(index)}</text>'
    for index, series in enumerate(many):
        at = HEIGHT + LEGEND_LINE * index + 12
        yield f'<text x="{LEFT}" y="{at}">{_letter(index)}: {escape(series.name)}</text>'


def _letter(index: int) -> str:
    return ascii_uppercase[index % 26] * (index // 26 + 1)


def _legend(series: Series, index: int) -> list[str]:
    y = HEIGHT + LEGEND_LINE * index + 8
    return [
        f'<path {_looks(index)} d="M{LEFT} {y}H{LEFT + 34}"/>',
        f'<text x="{LEFT + 42}" y="{y + 4}">{escape(series.name)}</text>',
    ]
