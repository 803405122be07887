"""Cost calculator and verbosity dial: its values, prediction before amounts, batch, the dial and the curve."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from costbook.economy.rates import NoRate
from costbook.load import load_world
from costbook.sims import SimOf

from .gates.model import PHONE
from .sims import CHAPTERS, Sim, open_sim, play_wildly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from costbook.world import World

    from .gates.site import Site

pytestmark = pytest.mark.browser
NAME = "cost-calculator"
ROOT = Path(__file__).resolve().parents[2]
DAYS = ("aDay", "bDay", "savedDay")
MONTHS = ("aMonth", "bMonth", "savedMonth")
DOLLAR = 10**12
SEEN = "guess=unsure&shown=yes"
MONTH = 30


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


def replies(sim: Sim) -> list[list[str]]:
    """The rows of both replies and the dial."""
    rows = sim.live.locator(".cb-table").first.locator("tbody tr").all()
    return [[cell.strip() for cell in row.locator("th, td").all_text_contents()] for row in rows]


# ---------------------------------------------------------------- values


def test_output_alone_on_gpt_4o(browser: Browser, site: Site) -> None:
    """1,000 calls x 500 x $10.00 per million = $5.00 a day, x 100 = $1.00; 30 days are $150 and $30."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&in=0&{SEEN}") as sim:
        assert sim.whole(*DAYS) == (5 * DOLLAR, DOLLAR, 4 * DOLLAR)
        assert sim.whole(*MONTHS) == (150 * DOLLAR, 30 * DOLLAR, 120 * DOLLAR)
        assert sim.data["share"] == "80%"
        text = sim.live.inner_text()
        assert "A costs $150.00 a month of 30 days, B $30.00: B saves $120.00, 80% of A’s bill." in text


def test_with_its_prompt_on_gpt_4o(browser: Browser, site: Site) -> None:
    """1,000 x 1,000 x $2.50 per million = $2.50 a day more on both sides; 4 / 7.5 = 53.3 %."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&{SEEN}") as sim:
        assert sim.whole("aDay", "bDay") == (7_500_000_000_000, 3_500_000_000_000)
        assert sim.data["share"] == "53.3%"
        assert [row[2:] for row in replies(sim)] == [
            ["$0.00750", "$7.50", "$225.00", "$0.00", "0%"],
            ["$0.00550", "$5.50", "$165.00", "$60.00", "26.7%"],
            ["$0.00350", "$3.50", "$105.00", "$120.00", "53.3%"],
        ]


def test_the_snippet_of_the_seed(browser: Browser, site: Site) -> None:
    """13 x $2.50 + 266 x $10.00 per million = $0.0026925 a call, $2.6925 for 1,000, shown as $2.69."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&in=13&out=266&{SEEN}") as sim:
        assert sim.whole("aDay") == (2_692_500_000_000,)
        assert replies(sim)[0][3] == "$2.69"


@pytest.mark.parametrize(
    ("prompt", "share"),
    [(0, "80%"), (100, "76.2%"), (1_000, "53.3%"), (2_000, "40%"), (5_000, "22.9%"), (10_000, "13.3%")],
)
def test_the_curve_on_gpt_4o(browser: Browser, site: Site, prompt: int, share: str) -> None:
    """400 x 4 of I + 500 x 4: the share falls, the $4.00 stay."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&in={prompt}&{SEEN}") as sim:
        assert sim.data["share"] == share
        assert sim.whole("savedDay") == (4 * DOLLAR,)
        (row,) = [row for row in sim.rows() if row[0] == f"{prompt:,}"]
        assert row[3:] == ["$4.00", "$120.00", share]


def test_the_table_is_pythons_on_every_model(browser: Browser, site: Site, book: World) -> None:
    with open_sim(browser, site, NAME, f"?{SEEN}") as sim:
        control, tried = sim.control("Model"), 0
        for name in control.locator("option").evaluate_all("options => options.map(({ value }) => value)"):
            try:
                wanted = SimOf(NAME, name).answer(book)
            except NoRate:
                continue
            control.select_option(name)
            assert sim.rows() == [list(row) for row in wanted.shown.results.rows]
            tried += 1
        assert tried >= 25


def test_without_a_script_the_table_says_the_same(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?{SEEN}") as sim:
        still = sim.host.locator(".cb-sim-static tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
        )
        assert sim.rows() == still


# ---------------------------------------------------------------- batch, cache


def test_batch_of_gpt_4o_is_half(browser: Browser, site: Site, book: World) -> None:
    prices = book.models["gpt-4o:batch"].rate_on(book.edition.as_of).prices
    assert (str(prices.input), str(prices.output)) == ("1.25", "5.00")
    with open_sim(browser, site, NAME, f"?model=gpt-4o&{SEEN}") as sim:
        sim.control("Batch prices").check()
        assert sim.whole("aDay", "bDay") == (3_750_000_000_000, 1_750_000_000_000)
        assert sim.data["share"] == "53.3%", "the share stays"
        assert "batch=on" in sim.query


def test_no_batch_is_not_offered(browser: Browser, site: Site, book: World) -> None:
    assert "deepseek-v4-pro:batch" not in book.models
    with open_sim(browser, site, NAME, f"?model=deepseek-v4-pro&batch=on&{SEEN}") as sim:
        assert sim.control("Batch prices").is_disabled()
        assert not sim.control("Batch prices").is_checked()
        assert "not offered by DeepSeek" in sim.control("Batch prices").locator("xpath=..").inner_text()
        prices = book.models["deepseek-v4-pro"].rate_on(book.edition.as_of).prices
        assert sim.whole("aDay") == (int((prices.input * 1_000 + prices.output * 500) * 10**9),)


def test_a_cached_share_lowers_the_bill_and_not_the_saving(browser: Browser, site: Site) -> None:
    """gpt-4o, half of 1,000 cached: 500 x $2.50 + 500 x $1.25 = $1.875 a day to read, $4.00 of 6.875 saved."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&cached=50&{SEEN}") as sim:
        assert sim.whole("inputDay", "aDay", "savedDay") == (1_875_000_000_000, 6_875_000_000_000, 4 * DOLLAR)
        assert sim.data["share"] == "58.2%"


def test_a_call_that_does_not_fit_says_so(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?model=gpt-4o&in=128000&{SEEN}") as sim:
        assert "Not offered: 128,500 tokens do not fit" in sim.live.locator(".cb-counter").inner_text()
        assert "aDay" not in sim.data


def test_a_longer_b_costs_more(browser: Browser, site: Site) -> None:
    """100 against 500: $120.00 more, 114.3 % of 105."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&out=100&short=500&{SEEN}") as sim:
        assert "B costs $120.00 more, 114.3% of A’s bill." in sim.live.locator(".cb-counter").inner_text()


def test_nothing_written_and_nothing_read_saves_nothing(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?in=0&out=0&short=0&{SEEN}") as sim:
        assert sim.whole(*DAYS) == (0, 0, 0)
        assert sim.data["share"] == "nothing to save"


# ---------------------------------------------------------------- predict, then see; the dial


def test_amounts_come_after_the_prediction(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o") as sim:
        sim.button("Show the cost").click(force=True)
        assert sim.data["shown"] == "false", "first a prediction"
        assert "$7.50" not in sim.live.inner_text()
        assert not sim.live.locator("table").first.is_visible()
        sim.control("Share of the bill that B saves").select_option("b50")
        sim.button("Show the cost").click()
        assert "You said 50% to less than 75%: right." in sim.live.locator(".cb-counter").inner_text()
        assert sim.control("Share of the bill that B saves").is_disabled()
        sim.control("Input tokens").fill("10000")
        assert "13.3% of A’s bill. You said 50% to less than 75%: not with these numbers." in (
            sim.live.locator(".cb-counter").inner_text()
        )
        sim.button("Predict again").click()
        assert "aDay" not in sim.data
        assert sim.control("Share of the bill that B saves").input_value() == ""


@pytest.mark.parametrize(
    ("query", "band"), [("in=0", "b75"), ("in=2000", "b25"), ("in=10000", "b10"), ("in=0&short=250", "b50")]
)
def test_bounds_of_the_bands(browser: Browser, site: Site, query: str, band: str) -> None:
    """80 %, 40 %, 13.3 %, and exactly 50 %, which belongs to the higher band."""
    for guess in ("b0", "b10", "b25", "b50", "b75"):
        with open_sim(browser, site, NAME, f"?model=gpt-4o&{query}&shown=yes&guess={guess}") as sim:
            assert (": right." in sim.live.locator(".cb-counter").inner_text()) == (guess == band)


def test_the_dial_moves_the_output_side_alone(browser: Browser, site: Site) -> None:
    """From 500 to 100: 25 % of the way are 400, $4.00 a day of output beside $2.50 of input."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&{SEEN}") as sim:
        dial, found = sim.control("Verbosity dial, from A to B"), {}
        for key, steps in (("Home", 0), ("ArrowRight", 25), ("End", 0)):
            dial.focus()
            for _ in range(max(steps, 1)):
                sim.page.keyboard.press(key)
            found[key] = sim.whole("inputDay", "dialOutput", "dialDay")
            assert dial.get_attribute("aria-valuetext") == f"{sim.data['dialOutput']} output tokens"
        assert found == {
            "Home": (2_500_000_000_000, 500, 7_500_000_000_000),
            "ArrowRight": (2_500_000_000_000, 400, 6_500_000_000_000),
            "End": (2_500_000_000_000, 100, 3_500_000_000_000),
        }


def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o", viewport={"width": PHONE, "height": 720}) as sim:
        keys = sim.page.keyboard
        sim.tab_to(sim.control("Batch prices"))
        keys.press("Space")
        sim.tab_to(sim.control("Input tokens"))
        keys.press("Control+a")
        keys.type("2000")
        sim.tab_to(sim.control("Share of the bill that B saves"))
        keys.type("25")
        sim.tab_to(sim.button("Show the cost"))
        keys.press("Enter")
        assert sim.whole("aDay") == (5 * DOLLAR,)
        assert "40% of A’s bill. You said 25% to less than 50%: right." in sim.live.locator(".cb-counter").inner_text()
        assert sim.button("Show the cost").evaluate("(node) => node === document.activeElement"), "the focus stays"
        sim.tab_to(sim.button("Predict again"))
        keys.press("Space")
        assert sim.data["shown"] == "false"


# ---------------------------------------------------------------- address, model, own workload


def test_a_link_opens_the_numbers_and_not_the_prediction(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?model=gpt-4o&calls=250&in=40&out=300&short=30&{SEEN}") as sim:
        sim.control("Batch prices").check()
        sim.control("Name").fill("Alt texts")
        sim.button("Copy link").click()
        query = urlsplit(sim.control("Link to these numbers").input_value()).query
        before = sim.whole(*DAYS)
    with open_sim(browser, site, NAME, f"?{query}") as fresh:
        assert fresh.data["shown"] == "false"
        assert fresh.control("Name").input_value() == "Alt texts"
        fresh.control("Share of the bill that B saves").select_option("unsure")
        fresh.button("Show the cost").click()
        assert fresh.whole(*DAYS) == before


def test_what_is_kept_here_is_known_in_another_chapter(browser: Browser, site: Site) -> None:
    """What one keeps, the other offers; and one cannot keep a prompt of nothing."""
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        sim.control("Input tokens").fill("0")
        sim.button("Keep on this device").click()
        assert "at least one token of input" in sim.live.locator(".cb-workload").inner_text()
        sim.control("Input tokens").fill("77")
        sim.button("Keep on this device").click()
        other = Sim(sim.page, "who-dominates")
        sim.page.goto(site.url(CHAPTERS[other.name]))
        other.host.scroll_into_view_if_needed()
        other.live.wait_for(state="attached")
        assert "Kept here: My workload: 77 input" in other.live.locator(".cb-workload").inner_text()
        other.button("Use it").click()
        assert other.whole("inputTokens", "outputTokens") == (77, 500)


def test_what_is_kept_here_is_offered_in_another_window_at_once(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?in=78") as sim:
        window = sim.page.context.new_page()
        window.goto(site.url("sims/who-dominates.html"))
        other = Sim(window, "who-dominates")
        assert "Nothing is kept here." in other.live.locator(".cb-workload").inner_text()
        sim.button("Keep on this device").click()
        other.live.get_by_text("Kept here: My workload: 78 input").wait_for()


def test_in_a_chapter_it_follows_the_readers_model(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        assert sim.data["model"] == "gpt-6.1-sol"
        sim.page.evaluate("costbook.models.choose('gpt-4o')")
        assert sim.data["model"] == "gpt-4o"
        sim.control("Model").select_option("claude-sonnet-4-6")
        assert sim.page.evaluate("costbook.models.chosen()") == "claude-sonnet-4-6"


@pytest.mark.parametrize(
    "query", ["?calls=0&in=-1&out=x&short=1e3&dial=101&guess=all&shown=yes&batch=maybe", "?in[]=1&model=no-such"]
)
def test_an_address_that_makes_no_sense_is_the_first_state(browser: Browser, site: Site, query: str) -> None:
    with open_sim(browser, site, NAME, query) as sim:
        assert sim.data["shown"] == "false"
        labels = ("Requests a day", "Input tokens", "Output tokens, A “be detailed”", "Output tokens, B “be brief”")
        assert [sim.control(label).input_value() for label in labels] == ["1000", "1000", "500", "100"]


# ---------------------------------------------------------------- invariants


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_whatever_a_reader_does_the_sums_hold(browser: Browser, site: Site, seed: int) -> None:
    """300 keys and clicks: A = input + its output, B too, saved = A - B, a month is 30 days, the dial lies between."""

    def check(sim: Sim) -> None:
        if "aDay" not in sim.data:
            return
        a, b, saved = sim.whole(*DAYS)
        read, first, second = sim.whole("inputDay", "aOutputDay", "bOutputDay")
        assert (a, b, saved) == (read + first, read + second, a - b)
        assert sim.whole(*MONTHS) == (a * MONTH, b * MONTH, saved * MONTH)
        (dial,) = sim.whole("dialDay")
        assert min(a, b) <= dial <= max(a, b)

    with open_sim(browser, site, NAME, f"?{SEEN}") as sim:
        play_wildly(sim, seed, 300, partial(check, sim))
