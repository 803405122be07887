"""A reader's own text is counted as tiktoken counts it, on the reader's device, with files that come on request."""

from __future__ import annotations

import gzip
import hashlib
import random
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from costbook.economy.tokens import ENCODINGS, count_tokens, count_words, token_ids

from .gates.axe import violations
from .gates.browser import script
from .gates.model import LAPTOP, PHONE, View
from .sims import Sim, open_sim
from .support import passes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from .gates.site import Site

pytestmark = pytest.mark.browser
PAGE = "book/02-what-is-a-token.html"
NAME = "count-text"
STATIC = Path(__file__).resolve().parents[2] / "exts/costbook/static"
VENDOR = STATIC / "vendor/gpt-tokenizer"
BUTTON = "Load the tokenizers (1.4 MB)"
# First and last characters of scripts, signs, pictures, marks and controls.
BLOCKS = (
    (0x20, 0x7E), (0x00, 0x1F), (0x7F, 0xA0), (0xA1, 0x17F), (0x250, 0x2AF), (0x300, 0x36F), (0x370, 0x3FF),
    (0x400, 0x4FF), (0x531, 0x586), (0x5B0, 0x5F2), (0x600, 0x6FF), (0x700, 0x74F), (0x901, 0x963),
    (0x981, 0x9E3), (0xB85, 0xBCD), (0xE01, 0xE4E), (0xF00, 0xFBC), (0x1000, 0x104F), (0x10A0, 0x10FF),
    (0x1200, 0x135A), (0x13A0, 0x13F4), (0x1780, 0x17DD), (0x1E00, 0x1FFE), (0x2000, 0x206F), (0x20A0, 0x20BF),
    (0x2100, 0x218B), (0x2190, 0x27BF), (0x3000, 0x30FF), (0x4E00, 0x9FA5), (0xAC00, 0xD7A3), (0xE000, 0xE0FF),
    (0xF900, 0xFA2D), (0xFB00, 0xFEFF), (0xFF01, 0xFFEE), (0x10000, 0x1005D), (0x12000, 0x12399),
    (0x1D400, 0x1D7CB), (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F6C5), (0x20000, 0x2A6D6),
)  # fmt: skip
# What tokenizers have got wrong: white space of Unicode, byte order marks, contractions, long s, joined emoji.
AWKWARD = (
    "\ufeff", "\x85", "ſ", "'ſ", "'S", "'ll", "'LL", "'Re", "\u180e", "\u2028", "\u00a0", "\u1680", "\u3000",
    " ", "  ", "\n", "\r\n", "\t", "a", "B", "ж", "1", "23", "٣", "/", "!", "'", "\u0301", "名", "\u200b",
    "\u200d", "İ", "K", "²", "ʰ", "🎉", "👩‍🍳",
)  # fmt: skip
CODE = (
    "def f(x):\n    return x ** 2  # square\n",
    "for (const [a, b] of m) { s += `${a}\\n`; }\n",
    "SELECT COUNT(*) FROM t WHERE a != 'b';\n",
    '{"a": [1, 2.5e-3, null], "b": "\\u00e9"}\n',
    "#include <stdio.h>\nint main(void){return 0;}\n",
    "<p class='x'>&nbsp;</p>\n",
)
FIXED = (
    "", " ", "\n", " " * 81, " " * 3_000, "\n" * 200, "\t" * 100 + "x", "a" * 2_000, "=" * 500,
    "\u0301", "\u0301\u0302 a",
    "<|endoftext|>", "a<|fim_prefix|>b<|endofprompt|>", "<|im_start|>user<|im_sep|>", "\ufeffusing System;",
    "\x00\x01\x02",
    "🏳️‍🌈🏴󠁧󠁢󠁥󠁮󠁧󠁿", "e\u0301 \u0065", "I'M HE'LL they've ſ'ſ", "https://example.org/a?b=c#d", "0123456789" * 20,
)  # fmt: skip
# Each text cut as the counter cuts it.
IDS = """([texts, name]) => {
  const { split, ids } = document.querySelector("cb-count-text").tokenizers[name];
  return texts.map((text) => [...text.matchAll(split)].flatMap(([run]) => ids(run)));
}"""


def strings() -> list[str]:
    """A thousand texts, always the same."""
    chance = random.Random(20261122)
    found = [*FIXED]
    while len(found) < 1_000:
        match len(found) % 4:
            case 0:  # one script
                low, high = chance.choice(BLOCKS)
                text = "".join(chr(chance.randint(low, high)) for _ in range(chance.randint(1, 60)))
            case 1:  # many
                text = "".join(chr(chance.randint(*chance.choice(BLOCKS))) for _ in range(chance.randint(1, 40)))
            case 2:
                text = "".join(chance.choice(AWKWARD) for _ in range(chance.randint(1, 30)))
            case _:
                text = "".join(chance.choice((*CODE, *AWKWARD)) for _ in range(chance.randint(2, 12)))
        found.append(text)
    return found


@contextmanager
def counter(browser: Browser, site: Site, *, load: bool = True, **options: Any) -> Iterator[Sim]:
    """The counter on its page, from the disk and without a network."""
    with open_sim(browser, site, NAME, page=PAGE, **options) as sim:
        if load:
            sim.button(BUTTON).click()
            sim.live.get_by_text("The tokenizers are loaded.", exact=True).first.wait_for()
        yield sim


def enter(sim: Sim, text: str) -> tuple[int, int]:
    """Put a text into the field, and give the counts that the counter then shows; zeros where it shows none."""
    sim.live.locator("textarea").evaluate(
        "(field, text) => { field.value = text; field.dispatchEvent(new Event('input')); }", text
    )
    sim.page.locator(f'cb-count-text[data-characters="{len(text)}"]').wait_for()
    return int(sim.data.get("o200k", 0)), int(sim.data.get("cl100k", 0))


def test_a_thousand_texts_have_the_tokens_that_tiktoken_gives(browser: Browser, site: Site) -> None:
    texts = strings()
    assert len(texts) == 1_000
    with counter(browser, site) as sim:
        for encoding in ENCODINGS:
            found = sim.page.evaluate(IDS, [texts, encoding])
            wrong = [text for text, ids in zip(texts, found, strict=True) if tuple(ids) != token_ids(text, encoding)]
            assert wrong == []


def test_what_it_shows_is_what_was_entered(browser: Browser, site: Site) -> None:
    """Joined chips are the text; markup in it stays text; the address and the device keep nothing of it."""
    text = "Rent is <b>due</b>\nfor 3 months: <|endoftext|>"
    with counter(browser, site) as sim:
        assert enter(sim, text) == tuple(count_tokens(text, encoding) for encoding in ENCODINGS)
        chips = sim.live.locator(".cb-chip bdi").all_inner_texts()
        assert "".join(chips).replace("␣", " ").replace("↵", "\n") == text
        assert sim.live.locator("b").count() == 0
        assert sim.page.evaluate("[location.search, JSON.stringify({ ...localStorage, ...sessionStorage })]") == [
            "",
            "{}",
        ]
        sim.control("Show token ids").check()
        ids = [int(one) for one in sim.live.locator(".cb-id").all_inner_texts()]
        assert tuple(ids) == token_ids(text)
        sim.control("Show the tokens of").select_option("cl100k_base")
        assert sim.data["chips"] == str(count_tokens(text, "cl100k_base"))


def test_words_are_counted_as_the_book_counts_them(browser: Browser, site: Site) -> None:
    with counter(browser, site) as sim:
        assert count_words("three plain words") == 3
        enter(sim, "three plain words")
        assert "3 words; 17 characters." in sim.live.locator(".cb-counter").inner_text()
        assert count_words("階段") is None
        enter(sim, "階段")
        assert "words are not counted" in sim.live.locator(".cb-counter").inner_text()
        assert enter(sim, "") == (0, 0)


def test_costs_are_tokens_times_prices(browser: Browser, site: Site) -> None:
    """13 tokens: on gpt-4o at $2.50 and $10.00, $0.0000325 read and $0.00013 written."""
    with counter(browser, site) as sim:
        assert enter(sim, "You are a helpful assistant. What are the best smart glasses?") == (13, 13)
        sim.control("Model").select_option("gpt-4o")
        rows = [row.split("\t") for row in sim.live.locator("tbody tr").all_inner_texts()]
        cells = [cell.strip() for cell in rows[0]]
        assert cells == ["GPT-4o", "13", "$0.0000325", "$0.000130", "o200k_base"]
        assert [row[-1].strip() for row in rows[1:]].count("o200k_base, an estimate") == len(rows) - 1


def test_nothing_is_loaded_before_it_is_asked_for(browser: Browser, site: Site) -> None:
    asked: list[str] = []
    with counter(browser, site, load=False) as sim:
        sim.page.on("request", lambda request: asked.append(request.url))
        assert sim.page.locator("script[src*=vendor]").count() == 0
        sim.live.locator("textarea").fill("Not yet")
        assert "Load the tokenizers to count this text." in sim.live.inner_text()
        assert [url for url in asked if "vendor" in url] == []
        sim.button(BUTTON).click()
        sim.live.locator(".cb-counter", has_text="Tokens: 2 in o200k_base").wait_for()
        assert sorted(url.rpartition("/")[2] for url in asked if "vendor" in url) == [
            "cl100k_base.js?v=4.0.0",
            "o200k_base.js?v=4.0.0",
        ]


def test_a_file_that_is_missing_is_said(browser: Browser, site: Site) -> None:
    with counter(browser, site, load=False) as sim:
        sim.page.evaluate("() => { document.head.append = (script) => script.dispatchEvent(new Event('error')); }")
        sim.button(BUTTON).click()
        assert "could not be loaded" in sim.live.inner_text()
        sim.page.evaluate("delete document.head.append")
        sim.button(BUTTON).click()
        sim.live.get_by_text("The tokenizers are loaded.", exact=True).first.wait_for()


def test_a_long_text_leaves_the_page_usable(browser: Browser, site: Site) -> None:
    """200 kB of prose in many turns, none of them longer than two seconds of a slow machine; 500 chips and a notice."""
    text = "The lift is out of service until Friday; please use the stairs.\n" * 3_200
    with counter(browser, site) as sim:
        sim.page.evaluate(
            "globalThis.longest = 0; new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => {"
            " longest = Math.max(longest, duration); })).observe({ type: 'longtask' })"
        )
        assert enter(sim, text) == tuple(count_tokens(text, encoding) for encoding in ENCODINGS)
        assert sim.data["chips"] == "500"
        assert "The first 500 of" in sim.live.inner_text()
        assert sim.page.evaluate("longest") < 2_000


def test_what_would_take_too_long_is_refused_in_words(browser: Browser, site: Site) -> None:
    with counter(browser, site) as sim:
        assert enter(sim, "x" * 5_001) == (0, 0)
        assert "Not counted: 5,001 characters stand in a row" in sim.live.locator(".cb-counter").inner_text()
        assert enter(sim, " " * 5_000) == tuple(count_tokens(" " * 5_000, encoding) for encoding in ENCODINGS)


@pytest.mark.parametrize("view", [View("light", PHONE), View("dark", LAPTOP)], ids=str)
def test_axe_with_a_text(browser: Browser, site: Site, view: View) -> None:
    size = {"width": view.width, "height": 720}
    with counter(browser, site, viewport=size, color_scheme=view.theme) as sim:
        enter(sim, "Great 🎉, अच्छा, supercalifragilisticexpialidocious" * 5)
        sim.page.evaluate(script("settle"))
        passes(violations(sim.page, PAGE, view))
        assert sim.page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_keyboard_alone_is_enough(browser: Browser, site: Site) -> None:
    with counter(browser, site, load=False, viewport={"width": PHONE, "height": 720}) as sim:
        keys = sim.page.keyboard
        sim.button(BUTTON).focus()
        keys.press("Enter")
        sim.live.get_by_text("The tokenizers are loaded.", exact=True).first.wait_for()
        keys.press("Tab")
        keys.type("What's the best smart glasses?")
        sim.live.locator(".cb-counter", has_text="Tokens: 6 in o200k_base, 7 in cl100k_base.").wait_for()
        assert sim.live.locator("textarea").evaluate("(node) => node === document.activeElement && node.labels.length")


def test_without_a_script_it_says_how_to_count(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, page=PAGE, java_script_enabled=False) as sim:
        static = sim.host.locator(".cb-sim-static")
        assert static.is_visible()
        assert "pip install tiktoken" in static.inner_text()


# ---------------------------------------------------------------- the files of the library


def test_the_files_are_those_that_the_note_beside_them_names() -> None:
    note = (VENDOR / "README.md").read_text(encoding="utf-8")
    sums = dict(reversed(line.split()) for line in re.findall(r"[0-9a-f]{64}  \S+", note))
    assert {name: hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() for name in sums} == sums
    assert set(sums) == {f"{encoding}.js" for encoding in ENCODINGS}
    assert "MIT License" in (VENDOR / "LICENSE").read_text(encoding="utf-8")


def test_the_page_says_what_they_weigh() -> None:
    sizes = [len(gzip.compress((VENDOR / f"{encoding}.js").read_bytes(), 9)) for encoding in ENCODINGS]
    assert [f"{size / 1e6:.1f}" for size in (*sizes, sum(sizes))] == ["1.0", "0.4", "1.4"]
    said = (STATIC / "count-text.js").read_text(encoding="utf-8")
    assert "1.0 MB for o200k_base and 0.4 MB for cl100k_base" in said
    assert f'"{BUTTON}"' in said
