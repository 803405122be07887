"""The model picker and the working beside a figure, in a real browser, from a folder and offline."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.sphinx_ext.building import REPOSITORY, small_book
from tests.sphinx_ext.sample_quiz import look

from .gates.axe import violations
from .gates.browser import HEIGHT, window
from .gates.model import LAPTOP, PHONE, WIDTHS, View
from .gates.site import Site
from .gates.visit import Visit, visiting
from .support import EVERY_VIEW, passes
from .whatif_by_hand import Files
from .whatif_by_hand import Page as Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

CHAPTER = "book/01-the-life-of-a-token"
FOLLOWED, STAYING = ".cb-figure.cb-follows", ".cb-figure:not(.cb-follows)"
SELECT, BACK, PANEL = "#cb-picker-select", ".cb-whatif-strip button", ".cb-beside"
OTHER = "claude-opus-5-5"
STOPS = 40
# Everything on the page but the picker, what it adds, what follows it, and simulations, which compute for themselves.
REST = """() => {
  const copy = document.querySelector("article").cloneNode(true);
  const added = ".cb-picker, .cb-whatif-strip, .cb-whatif-note, .cb-not-offered, .cb-beside, .cb-sim-box";
  copy.querySelectorAll(added).forEach((one) => one.remove());
  copy.querySelectorAll(".cb-about").forEach((one) => one.parentElement.remove());
  copy.querySelectorAll(".cb-figure.cb-follows").forEach((one) => one.replaceWith("…"));
  copy.querySelectorAll("table.cb-follows").forEach((one) => one.replaceWith("…"));
  return copy.innerHTML;
}"""
NOT_LOADED = "() => document.querySelector('.cb-picker-says').textContent.includes('could not be loaded')"
# And with what follows it.
WHOLE = """() => {
  const copy = document.querySelector("article section").cloneNode(true);
  copy.querySelectorAll(".cb-picker, .cb-whatif-strip, .cb-sim-box").forEach((one) => one.remove());
  return copy.innerHTML;
}"""


@contextmanager
def opened(browser: Browser, site: Site, name: str, view: View, query: str = "") -> Iterator[Page]:
    """A page on which nothing may go wrong."""
    with visiting(browser, site, name, view, query) as (page, record):
        yield page
        clean(record)


def clean(record: Visit) -> None:
    assert (record.errors, record.violations, record.failed) == ([], [], [])


def texts(page: Page, selector: str) -> list[str]:
    return [text.strip() for text in page.locator(selector).all_text_contents()]


def choose(page: Page, model: str) -> None:
    """Choose a model, and wait for its amounts."""
    page.select_option(SELECT, model)
    page.wait_for_function(
        "name => document.querySelector('.cb-whatif-strip strong').textContent === name", arg=named(page, model)
    )


def named(page: Page, model: str) -> str:
    found: str = page.evaluate("id => costbook.models.byId(id).name", model)
    return found


def cells(page: Page) -> list[list[list[str]] | None]:
    """The cells of the tables that follow; None for one that is hidden."""
    found: list[list[list[str]] | None] = page.evaluate(
        """() => Array.from(document.querySelectorAll("table.cb-follows"), (table) =>
            (table.closest(".table-wrapper") || table).hidden ? null : Array.from(table.tBodies[0].rows, (row) =>
                Array.from(row.cells, (cell) => cell.textContent.trim())))"""
    )
    return found


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    for _ in range(STOPS):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} does not reach {selector}", pytrace=False)


LAPTOP_VIEW = View("light", LAPTOP)
CHAPTER_PAGE = f"{CHAPTER}.html"


# --- the numbers


def compare(page: Page, source: Source, own: str) -> int:
    """Choose every model in turn and compare what is shown; gives how many figures were not offered."""
    options = list(page.locator(f"{SELECT} option").evaluate_all("all => all.map((one) => one.value)"))
    assert options[0] == ""
    assert {*options[1:], own} == set(source.files.models)
    shown: dict[str, list[str]] = {}
    for model in options[1:]:
        choose(page, model)
        assert texts(page, FOLLOWED) == source.expected(model), model
        assert cells(page) == source.tables(model), model
        shown[model] = texts(page, f"{FOLLOWED}.cb-whatif")
        assert shown[model] == source.expected(model)
    page.click(BACK)
    assert texts(page, FOLLOWED) == source.expected(own)
    assert cells(page) == source.tables(own)
    return sum(said.count("not offered") for said in shown.values())


def test_every_followed_figure_of_chapter_one_on_every_model(browser: Browser, site: Site) -> None:
    files = Files(REPOSITORY)
    source = Source(files, (REPOSITORY / f"{CHAPTER}.md").read_text(encoding="utf-8"))
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        assert len(texts(page, FOLLOWED)) == len(source.expected(files.model("everyday"))) > 10
        compare(page, source, files.model("everyday"))


LARGE = """\
---
model: example-small
---

# A large archive

An archive costs {bill}`archive`, a month of it {monthly}`archive`, most of it for {side}`archive`:
{share}`archive for input`. It ties at {break-even}`archive`, and cached input costs {price}`cached`.
On another: {bill}`archive on gpt-5.5`.

```{claim} side archive is input
It is {bill}`archive`.
```

```{bill} archive
```

```{scenario-table} archive letter
:show: input output requests bill share side margin saved
```
"""
SMALL = "# Small\n\nA letter costs {bill}`letter on example-small`.\n"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A site with a workload that many a model's context is too small for, and that others price as a long one."""
    book = small_book(tmp_path_factory.mktemp("large"), {"book/large": LARGE, "book/small": SMALL})
    book.replace(
        "book/data/scenarios.yaml",
        "sets:",
        "  archive: {name: Archive, usage: {input: 250000, output: 2000}, requests: 3}\nsets:",
    )
    book.replace("conf.py", "html_theme = 'basic'", "html_theme = 'furo'")
    book.replace("conf.py", "'costbook.sphinx_ext'", "'furo_fixes', 'costbook.sphinx_ext'")
    built = book.build(overrides=look())
    assert built.warnings == ()
    return Site(built.out)


def test_what_is_not_offered_is_said_in_figures_and_tables(browser: Browser, large: Site) -> None:
    root = Path(large.root).parent / "book"
    files = Files(root)
    with opened(browser, large, "book/large.html", LAPTOP_VIEW) as page:
        missing = compare(page, Source(files, LARGE), "example-small")
        assert missing > 20
        choose(page, "gpt-4o")
        note = page.locator("p.cb-not-offered")
        assert note.inner_text() == "Not offered: 252,000 tokens do not fit into the context of GPT-4o, 128,000 tokens."
        page.locator(FOLLOWED).first.click()
        assert "252,000 tokens do not fit into the context of GPT-4o" in page.locator(PANEL).inner_text()
        page.keyboard.press("Escape")
        page.click(BACK)
        assert note.count() == 0


# --- what stays


def test_nothing_else_on_the_page_changes(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        before, staying, whole = page.evaluate(REST), texts(page, STAYING), page.evaluate(WHOLE)
        assert len(staying) > 10
        assert page.locator(".cb-claim .cb-figure").count() > 5
        assert page.locator(".cb-claim .cb-follows, .cb-quoted .cb-follows, .cb-working .cb-follows").count() == 0
        choose(page, OTHER)
        assert page.evaluate(REST) == before
        assert texts(page, STAYING) == staying
        page.click(BACK)
        assert page.evaluate(REST) == before
        assert page.evaluate(WHOLE) == whole


def test_quizzes_reviews_and_lessons_have_no_picker(site: Site) -> None:
    pages = [name for name in site.pages if name.startswith("assessments/")]
    assert len(pages) > 4
    for name in pages:
        html = (site.root / name).read_text(encoding="utf-8")
        assert "cb-follows" not in html
        assert "picker.js" not in html


def test_claims_about_the_page_s_model_say_so_while_a_what_if_is_on(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        about = page.locator(".cb-about")
        assert about.count() == 0
        choose(page, OTHER)
        assert about.count() == page.locator(".cb-claim.cb-of-page-model").count() > 3
        assert set(texts(page, ".cb-about")) == {f"about {page.get_attribute('.cb-picker', 'data-name')}"}
        page.click(BACK)
        assert about.count() == 0


# --- the bar


def test_the_bar_says_what_is_shown_and_goes_back_with_one_click(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        own = page.get_attribute(".cb-picker", "data-name")
        says, first = page.locator(".cb-picker-says"), texts(page, f"{SELECT} option")[0]
        assert first == f"{own}, this page’s model"
        assert says.inner_text() == ""
        assert says.get_attribute("role") == "status"
        assert not page.locator(".cb-whatif-strip").is_visible()
        choose(page, OTHER)
        name = named(page, OTHER)
        assert says.inner_text().startswith(f"What if: amounts in a dashed box are for {name} at its prices of ")
        assert f"Sentences and quizzes stay with {own}" in says.inner_text()
        assert page.locator("table.cb-whatif caption").first.inner_text().startswith("What if: ")
        assert name in page.locator("table.cb-whatif caption").first.inner_text()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert page.locator(BACK).is_visible()
        assert page.locator(BACK).inner_text() == f"Back to {own}"
        page.click(BACK)
        assert page.locator(".cb-whatif").count() == 0
        assert says.inner_text() == ""
        assert "model=" not in page.url


def test_a_changed_amount_is_told_apart_without_colour(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        choose(page, OTHER)
        styles = "one => [getComputedStyle(one).outlineStyle, getComputedStyle(one).borderTopStyle]"
        assert page.locator("p > .cb-whatif").first.evaluate(styles)[0] == "dashed"
        assert page.locator("table.cb-whatif").first.evaluate(styles)[1] == "dashed"


def test_the_choice_is_in_the_address_and_on_the_device(browser: Browser, site: Site) -> None:
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(f"{site.url(CHAPTER_PAGE)}?model={OTHER}#life-which-cut")
    page.wait_for_selector(".cb-whatif")
    assert page.input_value(SELECT) == OTHER
    choose(page, "gpt-4o")
    assert page.url.endswith("?model=gpt-4o#life-which-cut")
    again = context.new_page()
    again.goto(site.url(CHAPTER_PAGE))
    again.wait_for_selector(".cb-whatif")
    assert again.input_value(SELECT) == "gpt-4o"
    again.click(BACK)
    page.wait_for_function("() => !document.querySelector('.cb-whatif')")  # the other window follows
    assert again.evaluate("localStorage.getItem('costbook-model')") is None
    context.close()


@pytest.mark.parametrize("wrong", ["no-such-model", "gpt-4o:batch", "../../x", ""])
def test_an_address_with_no_such_model_shows_the_page_s_own(browser: Browser, site: Site, wrong: str) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW, f"?model={wrong}") as page:
        assert page.locator(".cb-whatif").count() == 0
        assert page.input_value(SELECT) == ""


def test_answers_that_cannot_be_loaded(browser: Browser, site: Site) -> None:
    """The bar says so, and the page shows its own model; a later choice works."""
    with window(browser, LAPTOP_VIEW) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.route("**/whatif/**/gpt-4o.js*", lambda route: route.abort())
        page.goto(site.url(CHAPTER_PAGE))
        before = texts(page, FOLLOWED)
        choose(page, OTHER)
        page.select_option(SELECT, "gpt-4o")
        page.wait_for_function(NOT_LOADED)
        assert texts(page, FOLLOWED) == before
        assert page.locator(".cb-whatif").count() == 0
        assert page.input_value(SELECT) == ""
        choose(page, OTHER)
        assert texts(page, FOLLOWED) != before
        assert errors == []


def test_answers_of_another_build_are_not_mixed_in(browser: Browser, site: Site) -> None:
    with window(browser, LAPTOP_VIEW) as page:
        stale = f'costbook.whatif("{CHAPTER}","gpt-4o",{{"1":["$1.00","","",""]}},{{}});'
        page.route("**/whatif/**/gpt-4o.js*", lambda route: route.fulfill(body=stale, content_type="text/javascript"))
        page.goto(site.url(CHAPTER_PAGE))
        before = texts(page, FOLLOWED)
        page.select_option(SELECT, "gpt-4o")
        page.wait_for_function(NOT_LOADED)
        assert texts(page, FOLLOWED) == before


def test_without_a_script_there_is_no_picker_and_the_working_is_a_link(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(site.url(CHAPTER_PAGE))
    assert page.locator(".cb-picker").inner_text() == ""
    assert page.locator("select").count() == 0
    figure = page.locator(FOLLOWED).first
    target = figure.get_attribute("href")
    figure.click()
    assert page.url.endswith(str(target))
    context.close()


def test_with_the_keyboard_alone(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, View("dark", PHONE)) as page:
        before = texts(page, FOLLOWED)
        tab_to(page, SELECT)
        page.keyboard.press("ArrowDown")
        page.wait_for_selector(".cb-whatif")
        assert texts(page, FOLLOWED) != before
        tab_to(page, BACK)
        page.keyboard.press("Enter")
        assert texts(page, FOLLOWED) == before
        assert page.evaluate("document.activeElement.id") == "cb-picker-select"
        tab_to(page, FOLLOWED)
        at = page.evaluate("document.activeElement.id")
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        assert page.evaluate("document.activeElement.getAttribute('role')") == "dialog"
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == at
        assert not page.locator(PANEL).is_visible()


# --- the working beside a figure


def inside(page: Page) -> bool:
    """Whether the panel lies wholly in the window."""
    found: bool = page.evaluate(
        """() => { const { left, top, right, bottom } = document.querySelector(".cb-beside").getBoundingClientRect();
            return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight; }"""
    )
    return found


def test_the_working_opens_beside_every_figure(browser: Browser, site: Site) -> None:
    """In text, tables, claims and lists; it says what the list at the foot of the page says."""
    with opened(browser, site, CHAPTER_PAGE, View("light", PHONE)) as page:
        for figure in page.locator("a.cb-figure").all():
            figure.focus()
            page.keyboard.press("Enter")
            panel = page.locator(PANEL)
            panel.wait_for()  # with the first of them its script
            assert inside(page)
            entry = page.locator(f"[id='{str(figure.get_attribute('href'))[1:]}']")
            said = panel.inner_text()
            assert said.startswith(figure.inner_text())
            for part in entry.locator(".cb-symbols").all_inner_texts():
                assert part.strip() in said
            words = str(entry.locator("p").evaluate("one => one.childNodes[1].textContent")).removeprefix(": ").strip()
            assert words in said
            page.keyboard.press("Escape")
            assert not panel.is_visible()


def test_the_working_names_its_rate(browser: Browser, site: Site) -> None:
    """The rate of the model and day that the figure names."""
    files = Files(REPOSITORY)
    everyday = files.models[files.model("everyday")].tiers[0][1]["source"]
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        page.locator(FOLLOWED).first.click()
        source = page.locator(f"{PANEL} .cb-source")
        assert f"Prices of {files.as_of}." in source.inner_text()
        assert f"Rate: {everyday['via']}, checked {everyday['checked']}." in source.inner_text()
        assert source.locator("a").get_attribute("href") == everyday["url"]
        page.keyboard.press("Escape")
        choose(page, OTHER)
        other = files.models[OTHER].tiers[0][1]["source"]
        page.locator(FOLLOWED).first.click()
        assert f"Rate: {other['via']}, checked {other['checked']}." in source.inner_text()
        assert f"what if: {files.models[OTHER].name}" in page.locator(PANEL).inner_text()
        page.keyboard.press("Escape")
        launch = page.locator("ol.cb-working > li", has_text="prices of 2024-05-13").locator("a.cb-back").first
        page.locator(str(launch.get_attribute("href"))).click()
        assert "Rate: genai-prices 0.2.3 gpt-4o-2024-05-13, checked " in source.inner_text()
        assert files.as_of not in source.inner_text().partition("Rate:")[0]


def test_it_closes_on_a_press_elsewhere_and_moves_to_another_figure(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        first, second = page.locator(FOLLOWED).nth(0), page.locator(FOLLOWED).nth(2)
        panel = page.locator(PANEL)
        first.click()
        assert panel.locator("strong").inner_text() == first.inner_text()
        second.click()
        assert panel.locator("strong").inner_text() == second.inner_text()
        second.click()
        assert not panel.is_visible()
        first.click()
        page.mouse.click(LAPTOP - 100, HEIGHT - 100)
        assert not panel.is_visible()
        first.click()
        panel.get_by_role("button", name="Close").click()
        assert not panel.is_visible()
        assert page.evaluate("document.activeElement.id") == first.get_attribute("id")


def test_the_focus_goes_on_from_the_figure(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        figures = page.locator(FOLLOWED)
        figures.nth(0).focus()
        page.keyboard.press("Enter")
        page.locator(PANEL).wait_for()
        stops = page.locator(f"{PANEL} a, {PANEL} button").count()
        for _ in range(stops + 1):
            page.keyboard.press("Tab")
        assert not page.locator(PANEL).is_visible()
        assert page.evaluate("document.activeElement.id") == figures.nth(1).get_attribute("id")
        page.keyboard.press("Enter")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.id") == figures.nth(1).get_attribute("id")


def test_all_workings_and_a_click_with_a_key_follow_the_link(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, LAPTOP_VIEW) as page:
        figure = page.locator(FOLLOWED).nth(1)
        figure.click()
        page.locator(PANEL).get_by_role("link", name="All workings").click()
        assert page.url.endswith(str(figure.get_attribute("href")))
        assert not page.locator(PANEL).is_visible()
        with page.context.expect_page() as other:
            figure.click(modifiers=["Control"])
        assert other.value.url.endswith(str(figure.get_attribute("href")))
        assert not page.locator(PANEL).is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_moves_when_the_picker_comes(browser: Browser, site: Site, width: int) -> None:
    """Where the chapter begins while the picker's script is still on its way, and once it is there."""
    begins = []
    for come in (False, True):
        with window(browser, View("light", width)) as page:
            if not come:
                page.route("**/picker.js*", lambda route: route.abort())
            page.goto(site.url(CHAPTER_PAGE))
            assert page.locator(SELECT).count() == come
            begins.append(page.locator(".cb-opening").bounding_box())
    assert begins[0] == begins[1]


def test_a_tap_on_a_phone(browser: Browser, site: Site) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": 640}, has_touch=True, is_mobile=True, offline=True
    )
    page = context.new_page()
    page.goto(site.url(CHAPTER_PAGE))
    panel = page.locator(PANEL)
    for selector in (FOLLOWED, f"table {FOLLOWED}"):
        # A finger's press becomes a click a moment after it has been lifted.
        page.locator(selector).nth(1).tap()
        panel.wait_for()
        assert inside(page)
        page.touchscreen.tap(2, 630)
        panel.wait_for(state="hidden")
    context.close()


def test_the_working_opens_on_pages_without_a_picker(browser: Browser, site: Site) -> None:
    with opened(browser, site, "index.html", LAPTOP_VIEW) as page:
        assert page.locator(".cb-picker").count() == 0
        page.locator("a.cb-figure").first.click()
        page.locator(PANEL).wait_for()


# --- gates, with a what-if on and the panel open


@EVERY_VIEW
def test_axe_finds_nothing(browser: Browser, site: Site, view: View) -> None:
    with opened(browser, site, CHAPTER_PAGE, view) as page:
        choose(page, OTHER)
        passes(violations(page, CHAPTER_PAGE, view))
        page.locator(FOLLOWED).nth(1).click()
        passes(violations(page, CHAPTER_PAGE, view))


def test_nothing_is_wider_than_a_phone(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, View("light", PHONE)) as page:
        choose(page, OTHER)
        page.locator(FOLLOWED).nth(1).click()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_controls_are_large_enough(browser: Browser, site: Site) -> None:
    with opened(browser, site, CHAPTER_PAGE, View("light", PHONE)) as page:
        choose(page, OTHER)
        page.locator(FOLLOWED).nth(1).click()
        for selector in (SELECT, BACK, f"{PANEL} button"):
            box: Any = page.locator(selector).bounding_box()
            assert box["height"] >= 32
