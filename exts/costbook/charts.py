"""Price history as SVG, drawn at build time: steps for prices, hatching where no evidence exists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from costbook import money
from costbook.questions.prices import Point, Series

WIDTH, HEIGHT = 420, 260
LEFT, RIGHT, TOP, BOTTOM = 46, 12, 12, 34
DASHES = ("", "7 4", "2 3", "10 3 2 3")
LEGEND_LINE = 18


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


def _ends(series: Series, last: date) -> list[tuple[Point, date]]:
    return [(point, min(point.until or last, last)) for point in series.points if point.start < last]


def _nice_top(highest: Decimal) -> Decimal:
    """The least of 1, 2, 5 times a power of ten that holds the highest price."""
    power = Decimal(1).scaleb(highest.adjusted())
    return next(step * power for step in (Decimal(1), Decimal(2), Decimal(5), Decimal(10)) if step * power >= highest)


def price_history(many: tuple[Series, ...], chart_id: str) -> str:
    """An SVG of one part's price for one or more models, up to the edition's day or the last scheduled price.

    Lines differ by dash pattern as well as by shade, and the table beside the chart carries every value.
    """
    starts = [point.start for series in many for point in series.points]
    latest = max([*starts, many[0].at])
    last = latest + timedelta(days=30) if latest > many[0].at else latest
    prices = [point.price for series in many for point in series.points if point.price is not None]
    scale = Scale(min(starts), last, _nice_top(max(prices, default=Decimal(1))))
    height = HEIGHT + LEGEND_LINE * len(many)
    part = many[0].part.words
    title = f"{part.capitalize()} price of {', '.join(series.name for series in many)}"
    marks = [
        f'<title id="{chart_id}-title">{escape(title)}, USD per million tokens</title>',
        f'<desc id="{chart_id}-desc">Prices over time; the table below has every value.</desc>',
        f'<defs><pattern id="{chart_id}-gap" width="6" height="6" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><line class="cb-hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>',
        *_axes(scale, many[0].at),
    ]
    for index, series in enumerate(many):
        marks += _line(scale, series, index, chart_id)
        marks += _legend(series, index)
    return (
        f'<svg class="cb-chart cb-{many[0].part.value}" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-labelledby="{chart_id}-title {chart_id}-desc" xmlns="http://www.w3.org/2000/svg">{"".join(marks)}</svg>'
    )


def _axes(scale: Scale, as_of: date) -> list[str]:
    bottom = HEIGHT - BOTTOM
    found = [f'<line class="cb-axis" x1="{LEFT}" y1="{bottom}" x2="{WIDTH - RIGHT}" y2="{bottom}"/>']
    for step in range(5):
        price = scale.top * step / 4
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


def _line(scale: Scale, series: Series, index: int, chart_id: str) -> list[str]:
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
    dash = DASHES[index % len(DASHES)]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return [*found, f'<path class="cb-line cb-line-{index}" d="{path.strip()}"{dashes}/>']


def _legend(series: Series, index: int) -> list[str]:
    y = HEIGHT + LEGEND_LINE * index + 8
    dash = DASHES[index % len(DASHES)]
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    return [
        f'<path class="cb-line cb-line-{index}" d="M{LEFT} {y}H{LEFT + 34}"{dashes}/>',
        f'<text x="{LEFT + 42}" y="{y + 4}">{escape(series.name)}</text>',
    ]
