"""What the page understands of a number that was typed, and how it judges it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from costbook.assessment.items import AnswerUnit

from .gates.browser import window
from .gates.model import LAPTOP, View
from .quiz_learner import NUMBERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Locator, Page

    from .gates.site import Site

pytestmark = pytest.mark.browser
COMMA = ", the comma as a thousands separator"
POINT = ", the point as a decimal point"
UNDERSTOOD = {
    "dollars": {
        "$0.0269": "0.0269 dollars",
        "0.0269": "0.0269 dollars",
        "0,0269": "0.0269 dollars",
        "2.69¢": "0.0269 dollars",
        "2,69 ¢": "0.0269 dollars",
        "2.69 cents": "0.0269 dollars",
        "2.69ct": "0.0269 dollars",
        "2.69e-2": "0.0269 dollars",
        "2.69E−2 $": "0.0269 dollars",
        "2.69×10^-2": "0.0269 dollars",
        "2.69 · 10⁻²": "0.0269 dollars",
        "2.69 x 10**-2 USD": "0.0269 dollars",
        "26,900 micro-dollars": f"0.0269 dollars{COMMA}",
        "26900 µ$": "0.0269 dollars",
        "US$ 1,000.50": "1000.5 dollars",
        "1.000,50 dollars": "1000.5 dollars",
        "1 000,50": "1000.5 dollars",
        "1 000,500": "1000.5 dollars",
        "1'000.50": "1000.5 dollars",
        "1,000,000": "1000000 dollars",
        "1.000.000": "1000000 dollars",
        "1.000.000,5": "1000000.5 dollars",
        "1,000": f"1000 dollars{COMMA}",
        "999,999": f"999999 dollars{COMMA}",
        "1.000": f"1 dollar{POINT}",
        "0,269": "0.269 dollars",
        "1234,567": "1234.567 dollars",
        "1,5": "1.5 dollars",
        "1,0000": "1 dollar",
        ",5": "0.5 dollars",
        ".5": "0.5 dollars",
        "5.": "5 dollars",
        "1": "1 dollar",
        "-$5": "-5 dollars",
        "$-0.05": "-0.05 dollars",
        "− 5": "-5 dollars",
        "+5": "5 dollars",
        "≈ 5": "5 dollars",
        "about 5 dollars.": "5 dollars",
        "1.5k": "1500 dollars",
        "2 million dollars": "2000000 dollars",
        "$2.50 per million tokens": "2.5 dollars",
        "$2.50/MTok": "2.5 dollars",
        "００５": "5 dollars",
    },
    "cents": {"$0.0269": "2.69 cents", "2.69": "2.69 cents", "1¢": "1 cent", "2690000e-6 cents": "2.69 cents"},
    "micro-dollars": {"$0.0269": "26900 micro-dollars", "2.69¢": "26900 micro-dollars", "1 μ$": "1 micro-dollar"},
    "dollars-per-1000-calls": {
        "$2.69": "2.69 dollars per 1,000 calls",
        "2.69": "2.69 dollars per 1,000 calls",
        "269 cents": "2.69 dollars per 1,000 calls",
        "$2.69 per 1,000 calls": "2.69 dollars per 1,000 calls",
        "2.69 dollars/1k calls": "2.69 dollars per 1,000 calls",
        "2.69 per thousand calls": "2.69 dollars per 1,000 calls",
        "$0.00269 per call": "2.69 dollars per 1,000 calls",
        "0.269 cents a call": "2.69 dollars per 1,000 calls",
        "1": "1 dollar per 1,000 calls",
    },
    "percent": {"5 %": "5 percent", "5": "5 percent", "5,5%": "5.5 percent", "5 per cent": "5 percent",
                "0.05": "0.05 percent"},
    "times": {"5x": "5 times", "5×": "5 times", "×5": "5 times", "5 times": "5 times", "5:1": "5 times",
              "5 to 1": "5 times", "5-fold": "5 times", "1": "1 times", "8,33 ×": "8.33 times"},
    "tokens": {"1,001": f"1001 tokens{COMMA}", "1 001 tokens": "1001 tokens", "1_001": "1001 tokens",
               "1.5k tokens": "1500 tokens", "1": "1 token", "1.001": f"1.001 tokens{POINT}"},
    "reads": {"2 reads": "2 reads", "1": "1 read"},
}  # fmt: skip
"""Unit of the question -> what is typed -> what is understood."""
NOT_READ = {
    "dollars": {
        "": "A point or a comma for decimals, as you like.",
        "nothing": "No number in “nothing” could be read.",
        "$": "No number in “$” could be read.",
        "5 or 6": "Of “5 or 6” only 5 could be read.",
        "3/4": "Of “3/4” only 3 could be read.",
        "½": "Of “½” only 1 could be read.",
        "1,00,50": "Of “1,00,50” only 1,00,50 could be read.",
        "1.00.00": "Of “1.00.00” only 1.00.00 could be read.",
        "12,34.56": "Of “12,34.56” only 12,34.56 could be read.",
        "1,000.000,5": "Of “1,000.000,5” only 1,000.000,5 could be read.",
        "0,000,001": "Of “0,000,001” only 0,000,001 could be read.",
        "1 00": "Of “1 00” only 1 could be read.",
        "--5": "Of “--5” only 5 could be read.",
        "5×100": "Of “5×100” only 5 could be read.",
        "0x10": "Of “0x10” only 0 could be read.",
        "1e400": "Of “1e400” only 1 could be read.",
        "€5": "Of “€5” only 5 could be read.",
        "$5 20¢": "Of “$5 20¢” only 5 could be read.",
        "$5 cents": "Of “$5 cents” only 5 could be read.",
        "constructor 5": "Of “constructor 5” only 5 could be read.",
        "<b>5</b>": "Of “<b>5</b>” only 5 could be read.",
        "5 %": "“5 %” is not in dollars, which this question asks for.",
        "5 tokens": "“5 tokens” is not in dollars, which this question asks for.",
        "$5 per 1,000 calls": "“$5 per 1,000 calls” is not in dollars, which this question asks for.",
    },
    "percent": {"$5": "“$5” is not in percent, which this question asks for."},
    "times": {"5:2": "Of “5:2” only 5 could be read."},
}
"""The same for what is not taken as a number, or not in the unit of the question."""


@pytest.fixture(scope="module")
def numbers(browser: Browser, sample: Site) -> Iterator[Page]:
    """The page with a question in every unit."""
    with window(browser, View("light", LAPTOP)) as page:
        page.goto(sample.url(NUMBERS))
        yield page


def typed(page: Page, unit: str, text: str) -> str:
    """What the page says under a number while it is typed."""
    question = asked(page, unit)
    question.locator(".cb-work input").fill(text)
    return question.locator(".cb-read").inner_text()


def asked(page: Page, unit: str) -> Locator:
    """The question in a unit."""
    return page.locator(".cb-item", has=page.locator(f"[data-unit='{unit}']"))


def rows(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(unit, text, said) for unit, texts in table.items() for text, said in texts.items()]


def test_every_unit_is_asked(numbers: Page) -> None:
    assert set(UNDERSTOOD) == {unit.value for unit in AnswerUnit}


@pytest.mark.parametrize(("unit", "text", "said"), rows(UNDERSTOOD))
def test_number_is_understood(numbers: Page, unit: str, text: str, said: str) -> None:
    assert typed(numbers, unit, text) == f"Understood: {said}."


@pytest.mark.parametrize(("unit", "text", "said"), rows(NOT_READ))
def test_what_cannot_be_read_is_said_and_is_no_try(numbers: Page, unit: str, text: str, said: str) -> None:
    assert typed(numbers, unit, text).startswith(said)
    question = asked(numbers, unit)
    for _ in range(3):
        question.get_by_role("button", name="Check").click()
    assert question.locator(".cb-verdict").count() == 0
    assert question.locator(".cb-key").is_hidden()


@pytest.mark.parametrize(
    ("unit", "text", "said"),
    [
        (
            "dollars",
            "1,234",
            f"Understood: 1234 dollars{COMMA}. If you mean 1.234, write it so.",
        ),
        (
            "tokens",
            "1,250",
            f"Understood: 1250 tokens{COMMA}. If you mean 1.25, write it so.",
        ),
    ],
)
def test_answer_that_may_be_meant_right_is_not_marked_wrong(numbers: Page, unit: str, text: str, said: str) -> None:
    typed(numbers, unit, text)
    question = asked(numbers, unit)
    question.get_by_role("button", name="Check").click()
    assert question.locator(".cb-says").inner_text() == said


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("1.2", True),
        ("1.3", True),
        ("1.1999999999999999999", False),
        ("1.3000000000000000001", False),
        ("130¢", True),
    ],
)
def test_edges_are_exact(browser: Browser, sample: Site, text: str, right: bool) -> None:
    with window(browser, View("light", LAPTOP)) as page:
        page.goto(sample.url(NUMBERS))
        typed(page, "dollars", text)
        asked(page, "dollars").get_by_role("button", name="Check").click()
        verdict = asked(page, "dollars").locator(".cb-verdict").inner_text()
        assert verdict.startswith("Correct" if right else "Not right")
