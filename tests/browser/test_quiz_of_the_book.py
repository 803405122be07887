"""A learner at the book's own quizzes: the check with the keyboard alone on a phone, the practice quiz by pointer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.load import load_world
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OrderBody,
    ShortBody,
    Variant,
)

from .gates.browser import HEIGHT, window
from .gates.model import LAPTOP, PHONE, View

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

    from .gates.site import Site

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]
CHECK, PRACTICE, AUTOPSY = "the-life-of-a-token-check", "the-life-of-a-token-practice", "bill-autopsy"
PRIOR = "before-you-start"
STOPS = 60


def page_of(quiz: str) -> str:
    return f"assessments/quizzes/{quiz}.html"


def variants(quiz: str, seed: int = 0) -> list[Variant]:
    """The variants that a page shows first, or after as many retries."""
    world = load_world(ROOT)
    slots = resolve(world.quizzes[quiz], world)[0].slots
    return [slot.variants[seed % slot.shipped] for slot in slots]


def options(variant: Variant, *, right: bool) -> list[str]:
    """Ids of right or wrong options."""
    assert isinstance(variant.body, ChoiceBody | MultipleBody)
    return [option.id for option in variant.body.options if option.right is right]


def tab_to(page: Page, selector: str) -> None:
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}", pytrace=False)


def choose(page: Page, number: int, quiz: str, wanted: list[str]) -> None:
    """Choose options by Tab, arrows and Space, and press the button that the keyboard reaches next."""
    place = f"#quiz-{quiz}-{number}"
    tab_to(page, f"{place} input")
    focused = "document.activeElement.value"
    if page.evaluate("document.activeElement.type") == "radio":
        page.keyboard.press("Space")
        for _ in range(6):
            if page.evaluate(focused) in wanted:
                break
            page.keyboard.press("ArrowDown")
    else:
        while page.evaluate("document.activeElement.type") == "checkbox":
            if (page.evaluate(focused) in wanted) != page.evaluate("document.activeElement.checked"):
                page.keyboard.press("Space")
            page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
    tab_to(page, f"{place} .cb-first")
    page.keyboard.press("Enter")


def score(page: Page) -> str:
    return page.locator(".cb-status").inner_text()


def test_the_check_by_keyboard_on_a_phone(browser: Browser, site: Site) -> None:
    """Each question wrong at first, then right: 11 of 11 points, and all four objectives."""
    shown = variants(CHECK)
    with window(browser, View("light", PHONE)) as page:
        page.goto(site.url(page_of(CHECK)))
        assert score(page).startswith("0 of 5 questions checked: 0 of 11 points.")
        for number, variant in enumerate(shown, start=1):
            choose(page, number, CHECK, options(variant, right=False)[:1])
        assert score(page) == "5 of 5 questions checked: 0 of 11 points. Passed: 0 of 4 objectives."
        page.keyboard.press("Control+Home")
        page.evaluate("document.activeElement.blur()")
        for number, variant in enumerate(shown, start=1):
            choose(page, number, CHECK, options(variant, right=True))
        assert score(page) == "5 of 5 questions checked: 11 of 11 points. Passed: 4 of 4 objectives."
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_the_check_by_keyboard_all_wrong(browser: Browser, site: Site) -> None:
    with window(browser, View("dark", PHONE)) as page:
        page.goto(site.url(page_of(CHECK)))
        for number, variant in enumerate(variants(CHECK), start=1):
            choose(page, number, CHECK, options(variant, right=False)[-1:])
            said = page.locator(".cb-item").nth(number - 1).locator(".cb-says").inner_text()
            assert said.startswith("Not right: 0 of")
        assert score(page) == "5 of 5 questions checked: 0 of 11 points. Passed: 0 of 4 objectives."


def answer(item: Locator, variant: Variant) -> None:
    """Fill in the right answer of any kind but an open one."""
    work, body = item.locator(".cb-work"), variant.body
    if isinstance(body, ChoiceBody | MultipleBody):
        for one in options(variant, right=True):
            work.locator(f"input[value='{one}']").check()
    elif isinstance(body, NumericBody):
        work.locator("input").fill(f"{body.key:f}")
    elif isinstance(body, OrderBody):
        for event, select in zip(body.events, work.locator("select").all(), strict=True):
            select.select_option(str(body.order.index(event.id) + 1))
    elif isinstance(body, MatchBody):
        for left, select in zip(body.lefts, work.locator("select").all(), strict=True):
            select.select_option(left.id)
    elif isinstance(body, ShortBody):
        work.locator("input").fill(body.shown.upper())


@pytest.mark.parametrize("quiz", [PRACTICE, AUTOPSY])
@pytest.mark.parametrize("seed", [0, 1])
def test_every_question_takes_its_key(browser: Browser, site: Site, quiz: str, seed: int) -> None:
    """Of the first variant and of the one a retry brings, as resolved by Python."""
    with window(browser, View("light", LAPTOP)) as page:
        page.goto(site.url(page_of(quiz)))
        for number, variant in enumerate(variants(quiz, seed), start=1):
            if variant.kind == "open":
                continue
            item = page.locator(".cb-item").nth(number - 1)
            if seed:
                answer(item, variants(quiz)[number - 1])
                item.locator(".cb-first").click()
                item.get_by_role("button", name=re.compile("Another one like it|Try it again")).click()
            item = page.locator(".cb-item").nth(number - 1)
            assert item.get_attribute("data-code") == variant.code
            answer(item, variant)
            item.locator(".cb-first").click()
            assert item.locator(".cb-says").inner_text().startswith("Correct:"), variant.item
        assert "Passed: 4 of 4 objectives." in score(page) or quiz == AUTOPSY


def test_prior_knowledge_is_not_scored_and_a_slip_leads_to_its_refresher(browser: Browser, site: Site) -> None:
    with window(browser, View("light", PHONE)) as page:
        page.goto(site.url(page_of(PRIOR)))
        assert score(page) == "0 of 6 questions checked."
        item = page.locator(f"#quiz-{PRIOR}-4")
        item.locator("input[value=average]").check()
        item.locator(".cb-first").click()
        assert item.locator(".cb-verdict").inner_text().startswith("Not right. ")
        assert score(page) == "1 of 6 questions checked."
        item.locator(".cb-says a").click()
        page.wait_for_url("**/book/before-you-start.html#a-logarithmic-axis")
        assert page.locator("#a-logarithmic-axis").count() == 1


def test_without_scripts_every_answer_opens(browser: Browser, site: Site) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": HEIGHT}, java_script_enabled=False, offline=True)
    try:
        page = context.new_page()
        for quiz in (CHECK, PRACTICE, AUTOPSY):
            page.goto(site.url(page_of(quiz)))
            keys = page.locator(".cb-key").all()
            assert len(keys) == len(variants(quiz))
            assert page.locator("form.cb-quiz button").count() == 0
            for key in keys:
                key.locator("> summary").click()
                assert key.locator(".cb-label").first.is_visible()
    finally:
        context.close()
