"""Charts of prices: where lines, dots and letters stand, in SVG units worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from bs4 import BeautifulSoup, Tag

from costbook.charts import provider_history
from costbook.economy.rates import Part
from costbook.questions.prices import Point, Series

START, END = date(2026, 1, 1), date(2026, 12, 27)  # 360 days


def series(name: str, *points: tuple[date, str | None], dated: bool = True) -> Series:
    """Prices from a day on, each until the next one."""
    ends = [*(start for start, _ in points[1:]), None]
    made = (
        Point(start, until, None if price is None else Decimal(price), dated and price is not None, None, None)
        for (start, price), until in zip(points, ends, strict=True)
    )
    return Series(name.lower(), name, Part.OUTPUT, END, tuple(made))


def drawn(*many: Series) -> Tag:
    svg = BeautifulSoup(provider_history("The Maker", many, "c"), "html.parser").svg
    assert svg is not None
    return svg


def lines(svg: Tag) -> list[str]:
    return [str(path["d"]) for path in svg.select("path.cb-line")]


def letters(svg: Tag) -> dict[str, float]:
    """The letters at the ends of the lines, and their heights."""
    return {text.get_text(): float(str(text["y"])) - 4 for text in svg.find_all("text") if len(text.get_text()) == 1}


def test_twice_the_price_is_the_same_distance() -> None:
    """From $1 to $16 the scale goes from $0.50, at 226, to $20, at 12: a doubling is 214 log 2 / log 40 = 40.2."""
    svg = drawn(series("A", (START, "1"), (date(2026, 6, 30), "2")), series("B", (START, "8"), (END, "16")))
    one, two, eight = 226 - 40.2, 226 - 2 * 40.2, 226 - 4 * 40.2
    # The lines go from 46 to 402, so half of the 360 days are 178; the last day has no length.
    assert lines(svg) == [f"M46.0 {one:.1f}H224.0L224.0 {two:.1f}H402.0", f"M46.0 {eight:.1f}H402.0"]


def test_a_dot_where_a_price_begins_and_a_ring_where_it_was_seen() -> None:
    svg = drawn(series("A", (START, "1"), (date(2026, 6, 30), "2")), series("B", (START, "8"), dated=False))
    dots = [(dot["cx"], "cb-seen" in dot["class"]) for dot in svg.select("circle")]
    assert dots == [("46.0", False), ("224.0", False), ("46.0", True)]


def test_letters_keep_their_distance() -> None:
    """Three models at one price, and one far below: each has its letter, and its name below the chart."""
    svg = drawn(*(series(name, (START, "10")) for name in ("One", "Two", "Three")), series("Low", (START, "1")))
    found = letters(svg)
    assert list(found) == ["A", "B", "C", "D"]
    assert [found[name] - found["A"] for name in "BC"] == [12, 24]
    assert found["D"] > found["C"] + 12
    names = [text.get_text() for text in svg.find_all("text")]
    assert names[-4:] == ["A: One", "B: Two", "C: Three", "D: Low"]


def test_letters_stay_inside_the_chart() -> None:
    """Twelve models at the lowest price: the last letter stands at the bottom of the chart, not below it."""
    svg = drawn(series("High", (START, "10")), *(series(f"Low {number}", (START, "1")) for number in range(12)))
    found = sorted(letters(svg).values())
    assert found[-1] <= 226
    assert all(later - one >= 12 for one, later in pairwise(found))


def test_days_without_evidence_are_hatched() -> None:
    svg = drawn(series("A", (START, "1"), (date(2026, 3, 2), None), (date(2026, 6, 30), "2")))
    (hatched,) = svg.select("rect")
    assert (hatched["x"], hatched["width"]) == ("105.3", "118.7")
    assert lines(svg)[0].count("M") == 2


def test_more_models_than_letters() -> None:
    svg = drawn(*(series(f"M{number}", (START, str(number + 1))) for number in range(27)))
    assert svg.find_all("text")[-1].get_text() == "AA: M26"
    found = [float(str(text["y"])) - 4 for text in svg.find_all("text") if text["x"] == "408"]
    assert (len(found), found[-1] <= 226, found[0] >= 12) == (27, True, True)
