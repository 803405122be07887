"""Token lifecycle: the values it must end at, what a step changes, predictions, time, keys and the address."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

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
NAME = "token-lifecycle"
ROOT = Path(__file__).resolve().parents[2]
COUNTS = ("inputTokens", "emitted", "passes", "prefill", "decode")
AMOUNTS = ("inputPico", "outputPico", "totalPico")
AUTO_MS = 600


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(ROOT)


@pytest.fixture
def sim(browser: Browser, site: Site) -> Iterator[Sim]:
    """On its own page, with gpt-4o."""
    with open_sim(browser, site, NAME, "?model=gpt-4o") as opened:
        yield opened


def finish(sim: Sim) -> None:
    """Play to the end: at once, where the reader's system asks for less movement."""
    sim.button("Auto-play").click()


# ---------------------------------------------------------------- values


def test_short_prompt_and_haiku_on_gpt_4o(sim: Sim) -> None:
    """7 x 2,500,000 p$ = 17,500,000; 12 x 10,000,000 = 120,000,000; 12 passes = 1 + 11; 7 / 4 = 1.75, so from 2."""
    for _ in range(12):
        sim.button("Generate next token").click()
    assert sim.whole(*COUNTS) == (7, 12, 12, 1, 11)
    assert sim.whole(*AMOUNTS) == (17_500_000, 120_000_000, 137_500_000)
    assert sim.data["from"] == "2"
    assert sim.data["done"] == "true"
    assert sim.live.locator(".cb-bars dd span").all_inner_texts() == ["$0.0000175", "$0.000120", "$0.000138"]


def test_long_prompt_and_long_reply_on_claude_sonnet(browser: Browser, site: Site) -> None:
    """1,000 x 3,000,000 p$ = 3,000,000,000; 60 x 15,000,000 = 900,000,000; 60 = 1 + 59 passes; 1,000 / 5: from 201."""
    with open_sim(browser, site, NAME, "?model=claude-sonnet-4-6&in=long&out=long") as sim:
        finish(sim)
        assert sim.whole(*COUNTS) == (1_000, 60, 60, 1, 59)
        assert sim.whole(*AMOUNTS) == (3_000_000_000, 900_000_000, 3_900_000_000)
        assert sim.data["from"] == "201"
        assert "input $0.00300, output $0.000900" in sim.live.locator(".cb-end").inner_text().replace("I", "i")
        assert "60 passes: 1 prefill + 59 decode" in sim.live.locator(".cb-counter").inner_text()


@pytest.mark.parametrize(("model", "first"), [("gpt-6.1-sol", 201), ("gpt-4o", 251), ("gemini-2.5-pro", 126)])
def test_output_dominates_from(browser: Browser, site: Site, model: str, first: int) -> None:
    """1,000 input tokens at ratios 5, 4 and 8: 200, 250 and 125 output tokens are the tie."""
    with open_sim(browser, site, NAME, f"?model={model}&in=long") as sim:
        assert sim.whole("from") == (first,)


def test_the_table_is_pythons_on_every_model(browser: Browser, site: Site, book: World) -> None:
    with open_sim(browser, site, NAME) as sim:
        control, tried = sim.control("Model"), 0
        for name in control.locator("option").evaluate_all("options => options.map(({ value }) => value)"):
            try:
                wanted = SimOf(NAME, name).answer(book)
            except NoRate:
                continue
            assert wanted.priced is not None
            control.select_option(name)
            assert sim.data["model"] == name
            assert sim.rows() == [list(row) for row in wanted.shown.results.rows]
            assert (
                f"input {wanted.priced.input}, output {wanted.priced.output} per"
                in sim.live.locator(".cb-sim-prices").inner_text()
            )
            tried += 1
        assert tried >= 25


def test_without_a_script_the_table_says_the_same(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        still = sim.host.locator(".cb-sim-static tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
        )
        assert sim.rows() == still


# ---------------------------------------------------------------- what a step changes


@pytest.mark.parametrize(("query", "chips"), [("", 7), ("?in=long", 8)])
def test_a_step_leaves_the_input_side_as_it_was(browser: Browser, site: Site, query: str, chips: int) -> None:
    with open_sim(browser, site, NAME, query) as sim:
        before = sim.live.locator(".cb-stage").nth(1).inner_html()
        for _ in range(3):
            sim.button("Generate next token").click()
        side = sim.live.locator(".cb-stage").nth(1)
        assert side.inner_html() == before
        assert side.locator("li").count() == chips
        assert side.locator("sup").count() == 0
    if chips == 8:
        assert "… 993 more" in before


def test_each_step_adds_a_chip_with_a_badge_and_a_word(sim: Sim) -> None:
    output, text = sim.live.locator(".cb-stage.cb-output li.cb-chip"), sim.live.locator(".cb-reply")
    assert output.count() == 0
    assert sim.whole(*AMOUNTS) == (0, 0, 0)
    for number, whole in enumerate(("Winter", "Winter evening", "Winter evening rain"), start=1):
        sim.button("Generate next token").click()
        assert output.count() == number
        assert output.locator("sup").count() == number
        assert text.inner_text() == whole
        assert sim.whole("inputPico", "outputPico") == (17_500_000, 10_000_000 * number)


def test_arrows_legend_and_both_captions(sim: Sim) -> None:
    arrows = sim.live.locator(".cb-arrow strong").all_inner_texts()
    assert arrows == ["tokenise", "read", "generate", "detokenise"]
    titles = sim.live.locator(".cb-stage > p:first-child").all_inner_texts()
    assert titles == ["1 Text", "2 Input tokens", "3 Model", "4 Output tokens", "5 Text"]
    assert "The same pass is repeated for each output token" in sim.live.locator(".cb-same-pass").inner_text()
    assert "is what streaming is" in sim.live.locator(".cb-streaming").inner_text()
    assert "at 4× the price" in sim.live.locator(".cb-legend").inner_text()


def test_stages_stand_side_by_side_where_there_is_room(browser: Browser, site: Site) -> None:
    for page, width, across in (("", 1280, True), (CHAPTERS[NAME], 1280, True), ("", PHONE, False)):
        with open_sim(browser, site, NAME, page=page or None, viewport={"width": width, "height": 720}) as sim:
            boxes = [box.bounding_box() for box in sim.live.locator(".cb-stage").all()]
            places = [(round(box["x"]), round(box["y"])) for box in boxes if box]
            assert len(places) == 5
            axis = 0 if across else 1
            assert [place[axis] for place in places] == sorted({place[axis] for place in places})
            assert len({place[1 - axis] for place in places}) == 1


# ---------------------------------------------------------------- predict, compare, ask why


def test_the_end_is_compared_with_the_prediction(sim: Sim) -> None:
    sim.control("Tokens of the reply").fill("20")
    sim.control("Side that will cost more").select_option("input")
    assert "12" not in sim.live.locator(".cb-counter, .cb-end").all_inner_texts()
    sim.button("Generate next token").click()
    assert sim.control("Tokens of the reply").is_disabled()
    assert sim.live.locator(".cb-end").inner_text() == ""
    finish(sim)
    said = sim.live.locator(".cb-end").inner_text()
    assert "You predicted 20 tokens; it took 12, so you were off by 8." in said
    assert "You predicted that the input side would cost more: it does not." in said
    assert "Why did each step add to the output side" in said
    sim.button("Reset").click()
    assert sim.control("Tokens of the reply").is_enabled()
    assert sim.whole("emitted") == (0,)


def test_before_the_end_the_length_is_nowhere_to_be_read(sim: Sim) -> None:
    """But in the choice of prompts, which is of the other side, and in the table that the reader opens."""
    sim.button("Generate next token").click()
    text = sim.live.inner_text()
    assert "12" not in text


# ---------------------------------------------------------------- time

CLOCK = """() => {
  const waiting = [];
  globalThis.waiting = waiting;
  costbook.kit.clock = {
    wait(ms, call) {
      const entry = { ms, call };
      waiting.push(entry);
      return () => { const at = waiting.indexOf(entry); if (at >= 0) waiting.splice(at, 1); };
    },
  };
}"""
TICK = """(ms) => waiting.filter((one) => one.ms === ms).forEach((one) => {
  waiting.splice(waiting.indexOf(one), 1);
  one.call();
})"""


def test_auto_play_writes_a_token_every_600_ms_until_it_pauses(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, reduced_motion="no-preference") as sim:
        sim.page.evaluate(CLOCK)
        sim.button("Auto-play").click()
        assert sim.whole("emitted") == (1,)
        assert sim.data["playing"] == "true"
        sim.page.evaluate(TICK, AUTO_MS)
        sim.page.evaluate(TICK, AUTO_MS)
        assert sim.whole("emitted") == (3,)
        sim.button("Pause").click()
        sim.page.evaluate(TICK, AUTO_MS)
        assert sim.whole("emitted") == (3,)
        sim.control("Pace").select_option("200")
        sim.button("Auto-play").click()
        for _ in range(12):
            sim.page.evaluate(TICK, 200)
        assert sim.whole("emitted") == (12,)
        assert sim.data["playing"] == "false"
        assert sim.page.evaluate("waiting.every(({ ms }) => ms === 1000)"), "only the live region still waits"


def test_it_says_at_most_one_thing_a_second(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, reduced_motion="no-preference") as sim:
        sim.page.evaluate(CLOCK)
        said = sim.live.get_by_role("status")
        for _ in range(4):
            sim.button("Generate next token").click()
        assert said.inner_text().startswith("Token 1, Winter.")
        sim.page.evaluate(TICK, 1000)
        assert said.inner_text().startswith("Token 4,"), "the latest, not those between"


def test_less_movement_goes_to_the_end_at_once(sim: Sim) -> None:
    finish(sim)
    assert (sim.data["done"], sim.data["playing"]) == ("true", "false")


# ---------------------------------------------------------------- keys, address, model


def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o", viewport={"width": PHONE, "height": 720}) as sim:
        keys = sim.page.keyboard
        sim.tab_to(sim.control("Prompt"))
        keys.press("ArrowDown")
        sim.tab_to(sim.control("Reply"))
        keys.press("ArrowDown")
        sim.tab_to(sim.control("Tokens of the reply"))
        keys.type("60")
        sim.tab_to(sim.control("Side that will cost more"))
        keys.press("ArrowDown")
        sim.tab_to(sim.button("Generate next token"))
        keys.press("Enter")
        keys.press("Space")
        assert sim.whole("inputTokens", "emitted") == (1_000, 2)
        keys.press("Tab")
        keys.press("Enter")
        assert sim.data["done"] == "true"
        said = sim.live.locator(".cb-end").inner_text()
        assert "You predicted 60 tokens, and so it was." in said
        assert "the input side would cost more: so it does" in said
        assert sim.button("Auto-play").evaluate("(node) => node === document.activeElement"), "the focus stays"
        keys.press("Tab")
        keys.press("Enter")
        assert sim.whole("emitted") == (0,)


def test_the_address_both_ways(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?model=gpt-4o&in=long&out=long&step=30&guess=40&side=output&pace=200") as sim:
        assert sim.whole("inputTokens", "emitted", "outputPico") == (1_000, 30, 300_000_000)
        assert sim.control("Tokens of the reply").input_value() == "40"
        assert sim.control("Side that will cost more").input_value() == "output"
        assert sim.control("Pace").input_value() == "200"
        sim.button("Generate next token").click()
        assert "step=31" in sim.query
        sim.control("Prompt").select_option("short")
        assert "in=" not in sim.query
        assert "step=" not in sim.query, "another prompt is another request"


@pytest.mark.parametrize(
    "query", ["?in=huge&out=&step=-1&guess=abc&side=%3Cscript%3E&pace=0", "?step=13&model=no-such", "?in[]=1"]
)
def test_an_address_that_makes_no_sense_is_the_first_state(browser: Browser, site: Site, query: str) -> None:
    with open_sim(browser, site, NAME, query) as sim:
        assert sim.whole("inputTokens", "emitted") == (7, 0)
        assert sim.data["model"] == "gpt-6.1-sol"


def test_in_a_chapter_it_follows_the_readers_model(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        assert sim.data["model"] == "gpt-6.1-sol"
        sim.page.evaluate("costbook.models.choose('gpt-4o')")
        assert sim.data["model"] == "gpt-4o"
        assert sim.control("Model").input_value() == "gpt-4o"
        sim.control("Model").select_option("claude-sonnet-4-6")
        assert sim.page.evaluate("costbook.models.chosen()") == "claude-sonnet-4-6"
        assert "model=claude-sonnet-4-6" in sim.query


# ---------------------------------------------------------------- invariants


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_whatever_a_reader_does_the_sums_hold(browser: Browser, site: Site, seed: int) -> None:
    """300 keys and clicks: total = input + output, no more tokens than the reply has, a pass for each token."""

    def check(sim: Sim) -> None:
        data = sim.data
        if "inputPico" not in data:
            return
        tokens, emitted, passes, prefill, decode, length = (int(data[name]) for name in (*COUNTS, "length"))
        read, written, total = (int(data[name]) for name in AMOUNTS)
        assert total == read + written
        assert emitted <= length
        assert passes == emitted == prefill + decode
        assert (read > 0) == (emitted > 0)
        assert tokens in {7, 1_000}
        assert data["done"] == str(emitted == length).lower()

    with open_sim(browser, site, NAME) as sim:
        play_wildly(sim, seed, 300, partial(check, sim))
