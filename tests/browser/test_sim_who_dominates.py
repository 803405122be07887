"""Who dominates the bill?: verdicts at real ratios, the tie, predictions, and the reader's own workload."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from costbook.economy.rates import NoRate
from costbook.load import load_world
from costbook.sims import SimOf

from .gates.model import PHONE
from .sims import CHAPTERS, Sim, open_sim, play_wildly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from costbook.world import World

    from .gates.site import Site

pytestmark = pytest.mark.browser
NAME = "who-dominates"
ROOT = Path(__file__).resolve().parents[2]
WORKLOAD = ROOT / "exts/costbook/static/workload.js"
AMOUNTS = ("inputPico", "outputPico", "totalPico")
CLIPBOARD = """Object.defineProperty(navigator, 'clipboard', {
  value: { writeText: async (text) => { globalThis.got = text; } },
})"""
VERDICTS = ["input", "output", "input", "output", "output"]
RATIOS = {"deepseek-v4-pro": 3, "gpt-4o": 4, "claude-sonnet-4-6": 5, "gpt-5.5": 6, "gemini-2.5-pro": 8}


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


@pytest.fixture
def sim(browser: Browser, site: Site) -> Iterator[Sim]:
    """On its own page, with a model whose ratio is 5 and whose cached input costs a tenth."""
    with open_sim(browser, site, NAME, "?model=claude-sonnet-4-6") as opened:
        yield opened


# ---------------------------------------------------------------- values


@pytest.mark.parametrize(("model", "ratio"), RATIOS.items())
def test_five_verdicts_at_every_ratio(browser: Browser, site: Site, book: World, model: str, ratio: int) -> None:
    """2,000 against r, 50 against 500 r, 4,000 against 200 r, 800 against 300 r, 200 against 1,500 r."""
    prices = book.models[model].rate_on(book.edition.as_of).prices
    assert prices.output / prices.input == ratio
    with open_sim(browser, site, NAME, f"?model={model}&said=iiiii") as sim:
        assert sim.data["verdicts"].split() == VERDICTS
        assert sim.whole("said", "right") == (5, 2)


def test_a_cache_turns_the_third_request(sim: Sim) -> None:
    """4,000 at $3.00 are $0.012, at $0.30 $0.0012; 200 at $15.00 are $0.003. At 100 % the verdict is output."""
    for side in ("Input", "Output", "Input"):
        sim.button(side).click()
    sim.control("Take the numbers of").select_option("rag")
    assert sim.whole(*AMOUNTS) == (12_000_000_000, 3_000_000_000, 15_000_000_000)
    assert (sim.data["side"], sim.data["tie"]) == ("input", "800")
    sim.control("Cached share of the input").focus()
    sim.page.keyboard.press("End")
    assert sim.whole("cachedTokens", *AMOUNTS) == (4_000, 1_200_000_000, 3_000_000_000, 4_200_000_000)
    assert (sim.data["side"], sim.data["tie"]) == ("output", "80")
    assert "4,000 of them cached" in sim.live.locator(".cb-counter").last.inner_text()


@pytest.mark.parametrize(
    ("query", "side"),
    [
        ("in=1000&out=200", "equal"),
        ("in=1001&out=200", "input"),
        ("in=1000&out=201", "output"),
        ("in=1000&out=20&cached=100", "equal"),
        ("in=1000&out=110&cached=50", "equal"),  # (500 + 50) / 5
    ],
)
def test_equal_is_exact(browser: Browser, site: Site, query: str, side: str) -> None:
    with open_sim(browser, site, NAME, f"?model=claude-sonnet-4-6&{query}") as sim:
        assert sim.data["side"] == side
        read, written = sim.whole("inputPico", "outputPico")
        assert (read == written) == (side == "equal")
        assert ("exactly" in sim.live.locator(".cb-counter").last.inner_text()) == (side == "equal")


def test_a_tie_between_two_tokens(browser: Browser, site: Site) -> None:
    """1,000 input tokens at a ratio of 6 are worth 166.67 output tokens."""
    for written, side in ((166, "input"), (167, "output")):
        with open_sim(browser, site, NAME, f"?model=gpt-5.5&in=1000&out={written}") as sim:
            assert (sim.data["side"], sim.data["tie"]) == (side, "166.7")


def test_a_long_prompt_is_priced_by_its_tier(browser: Browser, site: Site, book: World) -> None:
    """Above 200,000 tokens every token of the request has the price of the tier: $2.50 and $15.00, a ratio of 6."""
    tier = book.models["gemini-2.5-pro"].rate_on(book.edition.as_of).tiers[0]
    assert (str(tier.prices.input), str(tier.prices.output), tier.above) == ("2.50", "15.00", 200_000)
    with open_sim(browser, site, NAME, "?model=gemini-2.5-pro&in=200000&out=1") as sim:
        assert (sim.data["inputPico"], sim.data["tie"]) == ("250000000000", "25,000")
        assert sim.live.locator(".cb-tie").count() == 2, "the line breaks at the tier"
    with open_sim(browser, site, NAME, "?model=gemini-2.5-pro&in=200001&out=1") as sim:
        assert (sim.data["inputPico"], sim.data["tie"]) == ("500002500000", "33,333.5")


def test_no_cached_price_is_not_offered(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=command-a&cached=50") as sim:
        share = sim.control("Cached share of the input")
        assert share.is_disabled()
        assert "not offered" in share.locator("xpath=..").inner_text()
        assert sim.whole("cachedTokens") == (0,)
        sim.page.evaluate("costbook.models.choose('claude-sonnet-4-6')")
        assert share.is_enabled()
        assert sim.whole("cachedTokens") == (500,), "what the reader set is there again"


def test_a_request_that_does_not_fit_says_so(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o&in=200000&out=1000") as sim:
        assert "Not offered: 201,000 tokens do not fit" in sim.live.locator(".cb-counter").last.inner_text()
        assert "inputPico" not in sim.data


def test_the_table_is_pythons_on_every_model(browser: Browser, site: Site, book: World) -> None:
    with open_sim(browser, site, NAME, "?said=ioioo") as sim:
        control, tried = sim.control("Model"), 0
        for name in control.locator("option").evaluate_all("options => options.map(({ value }) => value)"):
            try:
                wanted = SimOf(NAME, name).answer(book)
            except NoRate:
                continue
            control.select_option(name)
            assert sim.rows()[:-1] == [list(row) for row in wanted.shown.results.rows]
            tried += 1
        assert tried >= 25


# ---------------------------------------------------------------- predict, then see


def test_each_verdict_comes_after_its_prediction(sim: Sim) -> None:
    assert sim.live.locator(".cb-found li").count() == 0
    assert sim.live.locator(".cb-point").count() == 1, "only the reader's own"
    assert "request 1 of 5" in sim.live.locator("legend").first.inner_text()
    for number, (said, name) in enumerate(
        [
            ("Input", "Long-prompt classifier: the input side costs more"),
            ("Input", "Short-prompt summary: the output side costs more"),
            ("Both the same", "Question over retrieved documents: the input side"),
        ],
        start=1,
    ):
        assert name.partition(":")[0] in sim.live.locator(".cb-predict").first.inner_text()
        sim.button(said).click()
        assert sim.live.locator(".cb-found li").count() == number
        assert sim.live.locator(".cb-found li").last.inner_text().startswith(name)
        assert sim.live.locator(".cb-point").count() == 1 + number
    assert sim.live.locator(".cb-counter").first.inner_text() == "1 of 3 right on Claude Sonnet 4.6."
    assert "You said both the same: no." in sim.live.locator(".cb-found li").last.inner_text()
    assert len(sim.rows()) == 4, "the table has what was predicted, and the reader's own"
    assert sim.whole("said", "right") == (3, 1)


def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o", viewport={"width": PHONE, "height": 720}) as sim:
        keys = sim.page.keyboard
        sim.tab_to(sim.button("Input"))
        keys.press("Enter")
        keys.press("Tab")
        for _ in range(5):
            keys.press("Space")  # four requests are left; the focus stays
        assert sim.whole("said", "right") == (5, 4)
        assert sim.button("Output").evaluate("(node) => node === document.activeElement")
        sim.tab_to(sim.control("Input tokens"))
        keys.press("Control+a")
        keys.type("873")
        assert sim.whole("inputTokens") == (873,)
        keys.press("Tab")
        keys.press("ArrowRight")
        assert sim.whole("inputTokens") == (1_000,)
        assert sim.control("Input tokens").input_value() == "1000"
        keys.press("Home")
        assert sim.whole("inputTokens") == (1,)
        sim.tab_to(sim.button("Start again"))
        keys.press("Enter")
        assert sim.whole("said") == (0,)


def test_in_a_chapter_it_follows_the_readers_model(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        assert sim.data["model"] == "gpt-6.1-sol"
        sim.page.evaluate("costbook.models.choose('gpt-4o')")
        assert sim.data["model"] == "gpt-4o"
        sim.control("Model").select_option("claude-sonnet-4-6")
        assert sim.page.evaluate("costbook.models.chosen()") == "claude-sonnet-4-6"


@pytest.mark.parametrize("query", ["?said=xyz&in=0&out=-1&cached=101&calls=1e9", "?said=%3Cb%3E&in[]=5&model=no-such"])
def test_an_address_that_makes_no_sense_is_the_first_state(browser: Browser, site: Site, query: str) -> None:
    with open_sim(browser, site, NAME, query) as sim:
        assert sim.whole("said", "inputTokens", "outputTokens", "cachedTokens") == (0, 1_000, 200, 0)


# ---------------------------------------------------------------- the reader's own workload


def test_the_shared_script_is_light() -> None:
    assert len(gzip.compress(WORKLOAD.read_bytes(), 9, mtime=0)) <= 3_000


def own_link(sim: Sim) -> str:
    """The address that the simulation makes, from the field that shows it."""
    sim.button("Copy link").click()
    field = sim.control("Link to these numbers")
    assert field.is_visible()
    return field.input_value()


def test_a_workload_is_kept_offered_by_both_and_deleted(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?in=700&out=90&calls=5000&cached=30") as sim:
        sim.control("Name").fill("Order mails")
        sim.button("Keep on this device").click()
        note = sim.live.locator(".cb-workload")
        assert "Kept on this device only." in note.inner_text()
        assert "Kept here: Order mails: 700 input and 90 output tokens, 5,000 requests a day, 30%" in note.inner_text()
        sim.page.goto(site.url("sims/cost-calculator.html"))
        other = Sim(sim.page, "cost-calculator")
        assert "Kept here: Order mails" in other.live.locator(".cb-workload").inner_text()
        other.button("Use it").click()
        values = [other.control(text).input_value() for text in ("Requests a day", "Input tokens")]
        assert values == ["5000", "700"]
        assert other.control("Output tokens, A “be detailed”").input_value() == "90"
        assert other.control("Cached share of the input").input_value() == "30"
        other.button("Delete it").click()
        assert "Nothing is kept here." in other.live.locator(".cb-workload").inner_text()
        assert other.page.evaluate("localStorage.getItem('costbook-workload')") is None
        other.button("Use it").click(force=True)
        assert other.control("Input tokens").input_value() == "700", "nothing to use: nothing changes"


def test_a_link_opens_the_workload_elsewhere_and_keeps_nothing_there(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o&said=io&in=700&out=90&calls=5000&cached=30") as sim:
        sim.control("Name").fill("Order mails & more")
        link = own_link(sim)
        before = sim.whole("inputTokens", "outputTokens", "cachedTokens", *AMOUNTS)
    assert "said" not in parse_qs(urlsplit(link).query), "a link carries the workload, not the predictions"
    with open_sim(browser, site, NAME, f"?{urlsplit(link).query}") as fresh:
        assert fresh.whole("inputTokens", "outputTokens", "cachedTokens", *AMOUNTS) == before
        assert fresh.control("Name").input_value() == "Order mails & more"
        assert fresh.control("Requests a day").input_value() == "5000"
        assert fresh.data["model"] == "gpt-4o"
        assert fresh.page.evaluate("Object.keys(localStorage)") == []
        fresh.button("Keep on this device").click()
        assert "Kept here: Order mails & more" in fresh.live.locator(".cb-workload").inner_text()


def test_without_a_clipboard_the_link_is_selected(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        link = own_link(sim)
        assert sim.page.evaluate("getSelection().toString() || document.activeElement.value") == link
        assert sim.page.evaluate("document.activeElement.selectionEnd") == len(link)
        assert "Copy the link from the field" in sim.live.locator(".cb-workload").inner_text()
        sim.control("Input tokens").fill("5")
        assert sim.control("Link to these numbers").count() == 0, "it led to other numbers"


def test_a_clipboard_gets_the_link(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        sim.page.evaluate(CLIPBOARD)
        link = own_link(sim)
        assert sim.page.evaluate("globalThis.got") == link
        assert "Copied." in sim.live.locator(".cb-workload").inner_text()


def test_in_a_chapter_the_link_leads_to_the_simulation(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        link = urlsplit(own_link(sim))
        assert link.fragment == f"sim-{NAME}"
        assert sim.page.locator(f"#{link.fragment}").count() == 1
        assert {word for word in parse_qs(link.query) if word != "model"} == {
            f"{NAME}.{word}" for word in ("in", "out", "calls", "cached")
        }


@pytest.mark.parametrize("stored", ["{", "[]", '{"name":"x","input":-1}', '"text"', '{"name":"","input":1}'])
def test_what_another_hand_stored_counts_as_nothing(browser: Browser, site: Site, stored: str) -> None:
    with open_sim(browser, site, NAME) as sim:
        sim.page.evaluate("(text) => localStorage.setItem('costbook-workload', text)", stored)
        sim.page.reload()
        assert "Nothing is kept here." in sim.live.locator(".cb-workload").inner_text()


def test_a_window_that_keeps_nothing_says_so(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        sim.page.evaluate("void (Storage.prototype.setItem = () => { throw new Error('private') })")
        sim.button("Keep on this device").click()
        assert "This browser keeps nothing" in sim.live.locator(".cb-workload").inner_text()


# ---------------------------------------------------------------- invariants


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_whatever_a_reader_does_the_sums_hold(browser: Browser, site: Site, seed: int) -> None:
    """300 keys and clicks: total = input + output, the verdict is that of the amounts, no more right than given."""

    def check(sim: Sim) -> None:
        data = sim.data
        said, right = sim.whole("said", "right")
        assert right <= said <= 5
        assert data["verdicts"].split() == VERDICTS[:said] or data["model"] not in RATIOS
        if "inputPico" not in data:
            return
        read, written, total = sim.whole(*AMOUNTS)
        assert total == read + written
        assert data["side"] == ("equal" if read == written else "input" if read > written else "output")
        assert 0 <= int(data["cachedTokens"]) <= int(data["inputTokens"])

    with open_sim(browser, site, NAME) as sim:
        play_wildly(sim, seed, 300, partial(check, sim))
