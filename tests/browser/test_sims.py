"""Every simulation keeps the contract: light, alone, repeatable, usable by keyboard, complete without its script."""

from __future__ import annotations

import gzip
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import expect

from costbook.sims import PRICED, SIMS, UNPRICED

from .gates.axe import violations
from .gates.browser import script
from .gates.model import LAPTOP, PHONE, View
from .gates.site import Site
from .sims import CHAPTERS, open_sim, play_wildly
from .support import EVERY_VIEW, passes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Route

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "exts/costbook/static"
LIMIT = 8_000
SCRIPTS = [STATIC / "kit.js", *sorted((STATIC / "sims").glob("*.js"))]
# What would make two runs differ, or ask somebody else.
UNWANTED = re.compile(
    r"Math\.random|\bDate\b|performance\.now|\bfetch\b|XMLHttpRequest|\bimport\b|\bWorker\b|\beval\b|innerHTML|https?://(?!www\.w3\.org/2000/svg)"
)


# What is read out depends on the seconds that have passed.
SEEN = """(live) => {
  const seen = live.cloneNode(true);
  seen.querySelectorAll('[role=status]').forEach((node) => node.remove());
  return seen.innerHTML;
}"""


@pytest.fixture(params=sorted(SIMS))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["own", "chapter"])
def page(request: pytest.FixtureRequest, name: str) -> str:
    """The two pages on which a simulation stands."""
    return f"sims/{name}.html" if request.param == "own" else CHAPTERS[name]


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    """The address of the site on a web server of this machine."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site.root))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_on_a_web_server_it_works_and_its_code_to_embed_has_the_whole_address(
    browser: Browser, served: str, name: str, page: str
) -> None:
    errors: list[str] = []
    tab = browser.new_page()
    try:
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{served}/{page}")
        tab.locator(f"cb-{name}").scroll_into_view_if_needed()
        tab.locator(f"cb-{name}[data-live]").wait_for()
        code = tab.locator(f"#sim-{name} .cb-sim-embed textarea").input_value()
        assert f'src="{served}/sims/{name}.html"' in code
        assert errors == []
    finally:
        tab.close()


def test_each_has_its_script_its_page_and_its_chapter(site: Site) -> None:
    names = sorted(SIMS)
    assert [path.stem for path in SCRIPTS[1:]] == names
    assert sorted(page for page in site.pages if page.startswith("sims/")) == [f"sims/{one}.html" for one in names]
    assert sorted(CHAPTERS) == names


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_light_and_alone(path: Path) -> None:
    assert len(gzip.compress(path.read_bytes(), 9, mtime=0)) <= LIMIT
    code = re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert UNWANTED.findall(code) == []


def test_only_pages_with_a_simulation_load_the_kit(site: Site) -> None:
    with_kit = {page for page in site.pages if "/kit.js" in (site.root / page).read_text(encoding="utf-8")}
    assert with_kit == {f"sims/{one}.html" for one in SIMS} | {CHAPTERS[one] for one in SIMS}


def test_it_runs_from_the_disk_without_a_network(browser: Browser, site: Site, name: str, page: str) -> None:
    with open_sim(browser, site, name, page=page) as sim:
        assert sim.live.is_visible()
        assert not sim.host.locator(".cb-sim-static").is_visible()
        assert ("model" in sim.data) is (name in PRICED)


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_what_has_the_focus_stays_in_sight_when_it_comes_alive(
    browser: Browser, site: Site, name: str, width: int
) -> None:
    """A reader with a keyboard is at the links below it before its scripts are there; then it changes its height."""
    context = browser.new_context(viewport={"width": width, "height": 720}, reduced_motion="reduce", offline=True)
    held: list[Route] = []
    try:
        tab = context.new_page()
        tab.route("**/kit.js*", lambda route: held.append(route))  # noqa: PLW0108 - append has no attributes
        tab.goto(site.url(CHAPTERS[name]))
        link = tab.locator(f"#sim-{name} .cb-sim-own")
        link.evaluate("one => { const at = document.createElement('i'); at.tabIndex = -1; one.before(at); at.focus() }")
        tab.keyboard.press("Tab")
        expect(link).to_be_focused()
        while not held:
            tab.wait_for_timeout(20)
        held[0].continue_()
        tab.locator(f"cb-{name}[data-live]").wait_for()
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport()
    finally:
        context.close()


def test_without_a_script_the_first_state_and_its_table_are_there(
    browser: Browser, site: Site, name: str, page: str
) -> None:
    with open_sim(browser, site, name, page=page, java_script_enabled=False) as sim:
        assert sim.host.locator(".cb-sim-static table tbody tr").count() >= 2
        assert sim.host.locator(".cb-sim-static table").is_visible()
        assert sim.host.locator(".cb-sim-prices a").count() == (name in PRICED)


@pytest.mark.parametrize("name", UNPRICED)
def test_one_without_prices_says_nothing_of_them(browser: Browser, site: Site, name: str) -> None:
    with open_sim(browser, site, name) as sim:
        play_wildly(sim, 4, 20, lambda: None)
        said = sim.page.locator(f"#sim-{name}").inner_text().lower()
        assert [word for word in ("price", "bill", "$", "model\n") if word in said] == []
        assert sim.live.locator('label:has-text("Model")').count() == 0


def test_paper_shows_the_first_state(browser: Browser, site: Site, name: str, page: str) -> None:
    with open_sim(browser, site, name, page=page) as sim:
        sim.page.emulate_media(media="print")
        assert sim.host.locator(".cb-sim-static table").is_visible()
        assert not sim.live.is_visible()


def test_every_control_has_a_name_and_is_large_enough(browser: Browser, site: Site, name: str) -> None:
    with open_sim(browser, site, name, viewport={"width": PHONE, "height": 720}) as sim:
        controls = sim.live.locator("button, select, input")
        assert controls.count() >= 3
        for control in controls.all():
            box = control.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) >= 24
            assert control.evaluate("(node) => node.localName === 'button' || node.labels.length === 1")


@EVERY_VIEW
def test_axe_after_work(browser: Browser, site: Site, name: str, view: View) -> None:
    """The gate sees every page as it opens; this is a simulation that somebody has worked at."""
    size = {"width": view.width, "height": 720}
    with open_sim(browser, site, name, viewport=size, color_scheme=view.theme) as sim:
        play_wildly(sim, 1, 40, lambda: None)
        sim.page.evaluate(script("settle"))
        passes(violations(sim.page, f"sims/{name}.html", view))
        assert sim.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_a_wild_reader_breaks_nothing(browser: Browser, site: Site, name: str) -> None:
    """100 keys and clicks: no error (``open_sim`` raises one), no empty simulation, no sideways scrolling."""
    with open_sim(browser, site, name, viewport={"width": PHONE, "height": 720}) as sim:
        play_wildly(sim, 7, 100, lambda: None)
        assert sim.live.locator("button, select").count() >= 2
        assert sim.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_same_keys_give_the_same_results(browser: Browser, site: Site, name: str) -> None:
    found = []
    for _ in range(2):
        with open_sim(browser, site, name) as sim:
            play_wildly(sim, 3, 60, lambda: None)
            found.append((sim.data, sim.query, sim.live.evaluate(SEEN)))
    assert found[0] == found[1]


def test_an_address_opens_where_somebody_was(browser: Browser, site: Site, name: str) -> None:
    """What is in the address is all that a link needs."""
    with open_sim(browser, site, name) as sim:
        play_wildly(sim, 5, 60, lambda: None)
        before, query = sim.data, sim.query
    with open_sim(browser, site, name, query) as sim:
        assert {**sim.data, "playing": ""} == {**before, "playing": ""}
        assert sim.query == query


def test_in_a_chapter_its_words_in_the_address_carry_its_name(browser: Browser, site: Site, name: str) -> None:
    with open_sim(browser, site, name, page=CHAPTERS[name]) as sim:
        play_wildly(sim, 5, 40, lambda: None)
        words = [word.partition("=")[0] for word in sim.query.removeprefix("?").split("&") if word]
    assert words
    assert [word for word in words if word != "model" and not word.startswith(f"{name}.")] == []


def test_input_and_output_differ_without_colours(browser: Browser, site: Site, name: str) -> None:
    """In colours that a reader forces, borders and fills remain."""
    with open_sim(browser, site, name, forced_colors="active") as sim:
        assert sim.page.evaluate("matchMedia('(forced-colors: active)').matches")
        play_wildly(sim, 2, 10, lambda: None)
        for control in sim.live.locator("button, select").all():
            assert control.evaluate("(node) => getComputedStyle(node).borderTopStyle") != "none"


def test_a_page_elsewhere_fits_the_frame_to_what_it_is_told(
    browser: Browser, site: Site, name: str, tmp_path: Path
) -> None:
    """The code to embed, as it is printed, in a plain page beside the site; a stranger's message changes nothing."""
    page = BeautifulSoup((site.root / f"sims/{name}.html").read_text(encoding="utf-8"), "html.parser")
    (printed,) = page.select(".cb-sim-embed textarea")
    code = printed.get_text().replace(f'src="sims/{name}.html"', f'src="{site.url(f"sims/{name}.html")}"')
    (tmp_path / "plain.html").write_text(f"<!doctype html><title>Plain</title>{code}", encoding="utf-8")
    with open_sim(browser, Site(tmp_path), name, page="plain.html") as sim:
        frame = sim.page.locator("iframe")
        assert frame.get_attribute("title")
        inside = sim.page.frame_locator("iframe").locator("html")
        sim.page.wait_for_function("Number(document.querySelector('iframe').height) !== " + _height(code))
        told = int(frame.get_attribute("height") or 0)
        assert told == inside.evaluate("(node) => Math.ceil(node.getBoundingClientRect().height)")
        sim.page.evaluate("postMessage({ type: 'sim-height', h: 12 }, '*')")
        sim.page.wait_for_timeout(50)
        assert int(frame.get_attribute("height") or 0) == told


def _height(code: str) -> str:
    found = re.search(r'height="(\d+)"', code)
    assert found
    return found[1]


def test_its_own_page_names_the_chapter_the_script_and_the_book(site: Site, name: str) -> None:
    page = BeautifulSoup((site.root / f"sims/{name}.html").read_text(encoding="utf-8"), "html.parser")
    addresses = {str(link["href"]) for link in page.select("a[href]")}
    assert f"../{CHAPTERS[name]}" in addresses
    assert f"../_static/sims/{name}.js" in addresses
    assert page.html is not None
    assert page.html["lang"] == "en"
    assert page.title is not None
    assert page.title.get_text().endswith("The Price of a Token")
    assert len(page.select("h1")) == 1


@pytest.mark.parametrize("width", [2 * PHONE, LAPTOP])
def test_text_twice_as_large_fits(browser: Browser, site: Site, name: str, width: int) -> None:
    with open_sim(browser, site, name, viewport={"width": width, "height": 720}) as sim:
        sim.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert sim.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
