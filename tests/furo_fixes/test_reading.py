"""Menus, the tree, wide tables and small targets, in a browser; with the piece, and without it to see the defect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest
from playwright.sync_api import expect
from tests.browser.gates.axe import axe
from tests.browser.gates.browser import window
from tests.browser.gates.keyboard import keyboard
from tests.browser.gates.menus import menus
from tests.browser.gates.model import LAPTOP, PHONE, VIEWS, View
from tests.furo_fixes.books import Book

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page
    from tests.browser.gates.model import Finding
    from tests.browser.gates.site import Site

pytestmark = pytest.mark.browser

PHONE_VIEW, LAPTOP_VIEW = View("light", PHONE), View("light", LAPTOP)
# Wide enough for the contents of the page to stand beside it.
WIDE_VIEW = View("light", 1440)
CELLS = " | ".join(f"a long heading {number}" for number in range(8))
INDEX = (
    f"""\
# A book

Text with {{math}}`O > I/r` and [a link](#second).

```{{toctree}}
:caption: Part one

branch
```

## First

| {CELLS} |
|{"---|" * 8}
| {CELLS} |

## Second

```python
a_function_with_a_long_name(first_parameter, second_parameter, third)
```

```{{math}}
:label: long

{" + ".join(f"a_{{{number}}}" for number in range(40))}
```
"""
    + 40 * "A paragraph, so that there is something to scroll.\n\n"
)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    """One book, built with Furo alone and with the whole of `furo_fixes`."""
    book = Book(tmp_path_factory.mktemp("reading"))
    book.write("index.md", INDEX)
    book.write("branch.md", "# Branch\n\n```{toctree}\nleaf\n```\n")
    book.write("leaf.md", "# Leaf\n")
    always = {"html_math_renderer": "mathml", "pygments_style": "a11y-light"}
    furo = book.build("sphinx_copybutton", "furo_fixes.mathml", name="furo", **always)
    fixed = book.build("sphinx_copybutton", "furo_fixes", **always)
    for built in (furo, fixed):
        for path in built.root.glob("*.html"):
            if path.name != "index.html":  # the gates walk every page, and all come from one template
                path.unlink()
    return {"furo": furo.site, "fixed": fixed.site}


def _rules(findings: list[Finding]) -> set[str]:
    return {finding.rule for finding in findings}


@pytest.mark.parametrize("view", [*VIEWS, WIDE_VIEW], ids=str)
def test_axe_finds_nothing(browser: Browser, sites: dict[str, Site], view: View) -> None:
    assert axe(browser, sites["fixed"], view) == []


@pytest.mark.parametrize("view", [PHONE_VIEW, LAPTOP_VIEW], ids=str)
def test_every_stop_is_seen(browser: Browser, sites: dict[str, Site], view: View) -> None:
    assert keyboard(browser, sites["fixed"], view) == []


@pytest.mark.parametrize("view", [PHONE_VIEW, LAPTOP_VIEW], ids=str)
def test_drawers_open_and_close(browser: Browser, sites: dict[str, Site], view: View) -> None:
    assert menus(browser, sites["fixed"], view) == []


def test_furo_alone_has_these_defects(browser: Browser, sites: dict[str, Site]) -> None:
    """When one of these is gone, so can the piece that mends it."""
    furo = sites["furo"]
    assert _rules(menus(browser, furo, PHONE_VIEW)) == {"menu-no-control"}
    stops = keyboard(browser, furo, PHONE_VIEW)
    off = {finding.selector for finding in stops if "off the screen" in finding.message}
    assert any("sidebar" in selector for selector in off)
    assert {"axe aria-required-attr", "axe scrollable-region-focusable"} <= _rules(axe(browser, furo, PHONE_VIEW))
    assert "axe target-size" in _rules(axe(browser, furo, WIDE_VIEW))


@pytest.fixture
def phone(browser: Browser, sites: dict[str, Site]) -> Iterator[Page]:
    with window(browser, PHONE_VIEW) as page:
        page.goto(sites["fixed"].url("index.html"))
        yield page


OPENER, DRAWER = "button.nav-overlay-icon", ".sidebar-drawer"


class TestDrawer:
    def test_opens_with_space_and_takes_the_focus(self, phone: Page) -> None:
        phone.focus(OPENER)
        phone.keyboard.press("Space")
        assert phone.get_attribute(OPENER, "aria-expanded") == "true"
        assert phone.evaluate("document.activeElement.textContent") == "Close"
        assert phone.is_visible(f"{DRAWER} .sidebar-brand")

    def test_covers_the_rest_of_the_page(self, phone: Page) -> None:
        phone.click(OPENER)
        assert phone.evaluate("document.querySelector('.main').inert && document.querySelector('header').inert")
        assert not phone.evaluate("document.querySelector('.sidebar-overlay').inert")
        phone.keyboard.press("Escape")
        expect(phone.locator("[inert]")).to_have_count(0)

    @pytest.mark.parametrize("way", ["Escape", "Close", "overlay"])
    def test_closes_and_gives_the_focus_back(self, phone: Page, way: str) -> None:
        phone.click(OPENER)
        match way:
            case "Escape":
                phone.keyboard.press("Escape")
            case "Close":
                phone.click(f"{DRAWER} .furo-fixes-close")
            case "overlay":
                phone.mouse.click(PHONE - 10, 400)
        assert phone.get_attribute(OPENER, "aria-expanded") == "false"
        assert phone.evaluate(f"document.activeElement === document.querySelector('{OPENER}')")
        phone.wait_for_selector(f"{DRAWER} .sidebar-brand", state="hidden")

    def test_a_link_to_a_part_of_the_page_closes_it(self, phone: Page) -> None:
        phone.click("button.toc-header-icon")
        phone.click(".toc-drawer a[href='#second']")
        assert phone.get_attribute("button.toc-header-icon", "aria-expanded") == "false"
        expect(phone.locator("[inert]")).to_have_count(0)

    def test_a_wider_window_has_no_drawer_to_close(self, phone: Page) -> None:
        phone.click(OPENER)
        phone.set_viewport_size({"width": LAPTOP, "height": 720})
        expect(phone.locator("[inert]")).to_have_count(0)
        assert phone.is_visible(f"{DRAWER} .sidebar-brand")
        assert phone.is_hidden(f"{DRAWER} .furo-fixes-close")


@pytest.mark.parametrize(("motion", "glides"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_it_glides_for_those_who_did_not_ask_for_less_movement(
    browser: Browser, sites: dict[str, Site], motion: Literal["reduce", "no-preference"], glides: str
) -> None:
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    with window(browser, LAPTOP_VIEW) as page:
        page.emulate_media(reduced_motion=motion)
        page.goto(sites["fixed"].url("index.html"))
        assert page.evaluate(behaviour) == glides
        page.goto(sites["furo"].url("index.html"))
        assert page.evaluate(behaviour) == "smooth"


# A heading just as wide as its words; behind a question mark a line may break.
LINES = """() => {
  const heading = document.querySelector('h2'), words = document.createElement('span');
  words.textContent = 'Same prompt, same reply?';
  heading.firstChild.replaceWith(words);
  heading.style.width = `${Math.ceil(words.getBoundingClientRect().width) + 1}px`;
  return Math.round(heading.getBoundingClientRect().height / words.getBoundingClientRect().height);
}"""


def test_the_mark_of_a_heading_takes_no_line(browser: Browser, sites: dict[str, Site]) -> None:
    lines = {}
    for name, site in sites.items():
        with window(browser, LAPTOP_VIEW) as page:
            page.goto(site.url("index.html"))
            lines[name] = page.evaluate(LINES)
    assert lines == {"furo": 2, "fixed": 1}


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_branch_of_the_tree_opens_by_key(browser: Browser, sites: dict[str, Site], key: str) -> None:
    with window(browser, LAPTOP_VIEW) as page:
        page.goto(sites["fixed"].url("index.html"))
        leaf = page.locator(".sidebar-tree a", has_text="Leaf")
        assert not leaf.is_visible()
        page.focus(".toctree-checkbox")
        page.keyboard.press(key)
        assert leaf.is_visible()
        page.locator(".toctree-checkbox").click()
        assert not leaf.is_visible()


def test_without_scripts_drawers_open_by_key(browser: Browser, sites: dict[str, Site]) -> None:
    context = browser.new_context(viewport={"width": PHONE, "height": 720}, java_script_enabled=False)
    page = context.new_page()
    page.goto(sites["fixed"].url("index.html"))
    brand = page.locator(f"{DRAWER} .sidebar-brand")
    assert not brand.is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert brand.is_visible()
    context.close()


def test_only_what_scrolls_takes_the_focus(browser: Browser, sites: dict[str, Site]) -> None:
    with window(browser, PHONE_VIEW) as page:
        page.goto(sites["fixed"].url("index.html"))
        scrollers = page.locator("[role=group][tabindex='0']")
        expect(scrollers).to_have_count(3)
        names = [scroller.get_attribute("aria-label") for scroller in scrollers.all()]
        assert names == [f"{kind}, scrolls sideways" for kind in ("Table", "Code", "Formula")]
        page.set_viewport_size({"width": LAPTOP, "height": 720})
        expect(page.get_by_label("Code, scrolls sideways")).to_have_count(0)
        expect(page.get_by_label("Formula, scrolls sideways")).to_have_count(1)


def test_the_number_of_a_wide_formula_does_not_lie_on_it(browser: Browser, sites: dict[str, Site]) -> None:
    with window(browser, PHONE_VIEW) as page:
        page.goto(sites["fixed"].url("index.html"))
        right, left = page.evaluate(
            "[document.querySelector('div.math > math').getBoundingClientRect().right,"
            " document.querySelector('.eqno').getBoundingClientRect().left]"
        )
        assert right <= left


def test_the_focus_does_not_go_under_the_header(browser: Browser, sites: dict[str, Site]) -> None:
    with window(browser, PHONE_VIEW) as page:
        for name, covered in (("furo", True), ("fixed", False)):
            page.goto(sites[name].url("index.html"))
            # The link is under the header, and the focus is below it.
            page.evaluate(
                "document.documentElement.style.scrollBehavior = 'auto';"
                "scrollTo(0, scrollY + document.querySelector('article p > a').getBoundingClientRect().top - 10);"
                "document.querySelector('article .toctree-wrapper a').focus({ preventScroll: true })"
            )
            page.keyboard.press("Shift+Tab")
            assert page.evaluate("document.activeElement.textContent") == "a link"
            link = page.locator("article p > a").first.bounding_box()
            header = page.locator(".mobile-header").bounding_box()
            assert link
            assert header
            assert (link["y"] < header["y"] + header["height"]) == covered


@pytest.mark.parametrize(("view", "rem"), [(PHONE_VIEW, 5.5), (WIDE_VIEW, 2.5)], ids=str)
def test_a_link_lands_where_the_theme_marks_its_section(
    browser: Browser, sites: dict[str, Site], view: View, rem: float
) -> None:
    with window(browser, view) as page:
        for name in ("furo", "fixed"):
            page.goto(sites[name].url("index.html"))
            # Furo scrolls smoothly; the place is the same.
            page.evaluate("document.documentElement.style.scrollBehavior = 'auto'; location.hash = 'second'")
            top = page.evaluate("document.querySelector('#second').getBoundingClientRect().top")
            assert abs(top - rem * 16) <= 1, name
