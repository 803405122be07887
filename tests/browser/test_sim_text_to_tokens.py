"""The sim about tokens: counts, cuts and costs in the browser, a prediction before them, and what a reader may do."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from .gates.model import PHONE
from .sims import CHAPTERS, Sim, open_sim, play_wildly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site

pytestmark = pytest.mark.browser
NAME = "text-to-tokens"
COUNTS = {
    "estimate-prompt": (13, 13),
    "glasses-question": (6, 7),
    "notice": (25, 25),
    "notice-ja": (40, 59),
    "thumbs-up": (24, 30),
    "late-orders": (40, 40),
    "order-json": (55, 55),
}
SEEN = "guess=13&shown=yes"
# The bytes of what all tokens stand for, joined, against the text; with the marks of chips taken back, the same.
JOINED = """(host) => JSON.parse(host.dataset.facts).texts.flatMap(({ text, cuts }) =>
  Object.values(cuts).map(({ pieces }) => {
    const bytes = pieces.flatMap((piece) => (typeof piece === "string" ? [...new TextEncoder().encode(piece)] : piece));
    return new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array(bytes)) === text;
  }))"""


def chips(sim: Sim) -> list[str]:
    return sim.live.locator(".cb-cut .cb-chip bdi").all_inner_texts()


def verdict(sim: Sim) -> str:
    return sim.live.locator(".cb-counter").inner_text()


def test_the_counts_of_seven_texts_in_both_encodings(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?model=gpt-4o&{SEEN}") as sim:
        found = {}
        for text in COUNTS:
            sim.control("Text").select_option(text)
            sim.control("Tokens in o200k_base").fill("1")
            sim.button("Show the tokens").click()
            found[text] = sim.whole("o200k", "cl100k")
            assert sim.data["chips"] == str(COUNTS[text][0])
        assert found == COUNTS
        assert sim.host.evaluate(JOINED) == [True] * 14
        table = sim.live.locator(".cb-scrolls").first.inner_text()
        assert "200,019" in table
        assert "100,277" in table


def test_chips_joined_are_the_text(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?text=late-orders&enc=cl100k_base&{SEEN}") as sim:
        text = "".join(chips(sim)).replace("␣", " ").replace("↵", "\n")
        assert text.startswith('def late_orders(orders, today):\n    """Orders that')
        assert text.endswith("not order.delivered]")


def test_cost_is_tokens_times_the_price_in_picodollars(browser: Browser, site: Site) -> None:
    """gpt-4o reads a token for 2,500,000 picodollars: 40 of them are $0.0001, and 59 would be $0.0001475."""
    with open_sim(browser, site, NAME, f"?model=gpt-4o&text=notice-ja&{SEEN}") as sim:
        assert sim.whole("inputPico") == (100_000_000,)
        rows = sim.live.locator(".cb-scrolls").first.locator("tbody tr").all_inner_texts()
        assert [row.split("\t")[-1].strip() for row in rows] == ["$0.000100", "$0.000148"]
        assert "GPT-4o counts with o200k_base" in sim.live.inner_text()
        sim.control("Model").select_option("claude-sonnet-4-6")
        assert "no published tokenizer of Claude Sonnet 4.6: both rows are estimates" in sim.live.inner_text()


def test_the_table_is_that_of_the_page_without_a_script(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        static = sim.host.locator(".cb-sim-static tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent.trim()))"
        )
        assert sim.rows() == static


# ---------------------------------------------------------------- predict, then see


def test_tokens_come_after_the_prediction(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME) as sim:
        sim.button("Show the tokens").click(force=True)
        assert sim.data["shown"] == "false"
        assert chips(sim) == []
        sim.control("Tokens in o200k_base").fill("11")
        sim.control("Encoding that makes more tokens").select_option("cl100k_base")
        sim.button("Show the tokens").click()
        assert verdict(sim) == (
            "13 in o200k_base, 13 in cl100k_base, for 11 words. You predicted 11 in o200k_base, 2 too few. "
            "Which makes more: not as predicted, both make the same number."
        )
        assert sim.control("Tokens in o200k_base").is_disabled()
        sim.control("Text").select_option("glasses-question")
        assert sim.data["shown"] == "false", "another text, another prediction"
        assert sim.control("Tokens in o200k_base").input_value() == ""


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("text=glasses-question&guess=6&more=cl100k_base", "and so it is. Which makes more: right, cl100k_base makes"),
        ("text=glasses-question&guess=9&more=equal", "3 too many. Which makes more: not as predicted, cl100k_base"),
        ("text=notice&guess=25&more=equal", "Which makes more: right, both make the same number."),
    ],
)
def test_what_it_says_to_a_prediction(browser: Browser, site: Site, query: str, said: str) -> None:
    with open_sim(browser, site, NAME, f"?{query}&shown=yes") as sim:
        assert said in verdict(sim)


def test_a_part_of_a_character_has_its_bytes_and_an_explanation(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, f"?text=thumbs-up&enc=cl100k_base&{SEEN}") as sim:
        assert chips(sim)[3:6] == ["␣ F0 9F", "8E", "89"]
        assert sim.live.locator(".cb-part").count() == 19
        assert "␣🎉 = ␣ F0 9F + 8E + 89" in sim.live.locator(".cb-apart").inner_text()
        sim.control("Show the tokens of").select_option("both")
        assert len(chips(sim)) == 24 + 30
        sim.control("Text").select_option("notice")
        sim.control("Tokens in o200k_base").fill("20")
        sim.button("Show the tokens").click()
        assert sim.live.locator(".cb-apart").count() == 0


def test_the_text_stands_in_a_box(browser: Browser, site: Site) -> None:
    """On its own page, and in the chapter, where the theme takes padding away from what Sphinx calls a container."""
    box = "([one]) => { const has = getComputedStyle(one); return [has.borderTopWidth, has.paddingLeft] }"
    for page in (None, CHAPTERS[NAME]):
        with open_sim(browser, site, NAME, page=page) as sim:
            for part in (sim.live, sim.host.locator(".cb-sim-static")):
                border, padding = part.locator(".cb-stage").evaluate_all(box)
                assert float(border.removesuffix("px")) >= 1
                assert float(padding.removesuffix("px")) > 4


def test_ids_on_request(browser: Browser, site: Site) -> None:
    """Those that tiktoken 0.14 gives."""
    with open_sim(browser, site, NAME, f"?text=glasses-question&{SEEN}") as sim:
        assert sim.live.locator(".cb-id").count() == 0
        sim.control("Show token ids").check()
        ids = [int(text) for text in sim.live.locator(".cb-id").all_inner_texts()]
        assert ids == [45350, 290, 1636, 8847, 40081, 30]
        assert "The same text in cl100k_base: 7 tokens." in sim.live.inner_text()


def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, viewport={"width": PHONE, "height": 720}) as sim:
        keys = sim.page.keyboard
        sim.tab_to(sim.control("Text"))
        keys.type("A mess")
        sim.tab_to(sim.control("Tokens in o200k_base"))
        keys.type("14")
        sim.tab_to(sim.control("Encoding that makes more tokens"))
        keys.type("cl")
        sim.tab_to(sim.button("Show the tokens"))
        keys.press("Enter")
        assert "10 too few. Which makes more: right" in verdict(sim)
        assert sim.button("Show the tokens").evaluate("(node) => node === document.activeElement"), "the focus stays"
        sim.tab_to(sim.control("Show token ids"))
        keys.press("Space")
        assert sim.live.locator(".cb-id").count() == 24


def test_an_address_that_makes_no_sense_is_the_first_state(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?text=x&enc=p50k&ids=maybe&guess=0&more=all&shown=yes&model=no-such") as sim:
        assert (sim.data["shown"], sim.data["text"]) == ("false", "estimate-prompt")
        assert sim.page.evaluate("location.search") == "?model=no-such"


def test_in_a_chapter_it_follows_the_readers_model(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=CHAPTERS[NAME]) as sim:
        sim.page.evaluate("costbook.models.choose('gpt-4o')")
        assert sim.data["model"] == "gpt-4o"


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_a_reader_does_the_counts_hold(browser: Browser, site: Site, seed: int) -> None:
    """The counts are those of the text shown, a chip is a token, and the cost is the count times the price."""

    def check(sim: Sim) -> None:
        data = sim.data
        if "o200k" in data:
            assert sim.whole("o200k", "cl100k") == COUNTS[data["text"]]
            assert int(data["chips"]) in {*COUNTS[data["text"]], sum(COUNTS[data["text"]])}
            price = sim.page.evaluate("(id) => costbook.models.byId(id).tiers[0].input", data["model"])
            assert sim.whole("inputPico") == (COUNTS[data["text"]][0] * price,)
        else:
            assert chips(sim) == []

    with open_sim(browser, site, NAME, f"?{SEEN}") as sim:
        play_wildly(sim, seed, 150, partial(check, sim))
