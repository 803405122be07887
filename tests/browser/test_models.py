"""The choice of a model in a real browser: from the address or the device, told to everyone, and never a wrong one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.editions import first_world

from costbook.export.price_script import NAME, price_script

from .support import Planter

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

SCRIPT = Path(__file__).resolve().parents[2] / "exts/costbook/static/models.js"
pytestmark = pytest.mark.browser

HEAD = (
    f'<script src="{NAME}" defer></script><script src="models.js" defer></script><script src="told.js" defer></script>'
)
TOLD = """
const select = document.querySelector("select");
costbook.models.fill(select);
globalThis.told = [];
costbook.models.onChange((id) => told.push(id));
"""


@pytest.fixture
def address(plant: Planter) -> str:
    site = plant('<label for="m">Model</label><select id="m"></select>', head=HEAD)
    plant.write(NAME, price_script(first_world()))
    plant.write("models.js", SCRIPT.read_bytes())
    plant.write("told.js", TOLD)
    return site.url("index.html")


@pytest.fixture
def context(browser: Browser) -> BrowserContext:
    return browser.new_context(offline=True)


def opened(context: BrowserContext, address: str) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    return page


def test_nothing_is_chosen_at_first(context: BrowserContext, address: str) -> None:
    assert opened(context, address).evaluate("costbook.models.chosen()") is None


def test_a_choice_stands_in_the_address_and_stays_on_the_device(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}?in=long#start")
    page.evaluate("costbook.models.choose('gpt-4o')")
    assert page.url.endswith("?in=long&model=gpt-4o#start")
    assert page.evaluate("told") == ["gpt-4o"]
    assert opened(context, address).evaluate("costbook.models.chosen()") == "gpt-4o"


def test_taking_a_choice_back_leaves_nothing(context: BrowserContext, address: str) -> None:
    page = opened(context, f"{address}?model=gpt-4o")
    page.evaluate("costbook.models.choose('claude-opus-5-5')")
    page.evaluate("costbook.models.choose(null)")
    assert page.url == address
    assert page.evaluate("told") == ["claude-opus-5-5", None]
    assert page.evaluate("localStorage.length") == 0


def test_the_address_goes_before_the_device(context: BrowserContext, address: str) -> None:
    opened(context, address).evaluate("costbook.models.choose('gpt-4o')")
    page = opened(context, f"{address}?model=claude-sonnet-4-6")
    assert page.evaluate("costbook.models.chosen()") == "claude-sonnet-4-6"


@pytest.mark.parametrize("wrong", ["no-such-model", "gpt-4o:batch", "__proto__", ""])
def test_an_address_with_a_model_the_book_has_not_chooses_none(
    context: BrowserContext, address: str, wrong: str
) -> None:
    page = opened(context, f"{address}?model={wrong}")
    assert page.evaluate("costbook.models.chosen()") is None
    page.evaluate("(id) => costbook.models.choose(id)", wrong)
    assert page.evaluate("[costbook.models.chosen(), told]") == [None, []]
    assert "model" not in page.url.partition("index.html")[2]


def test_the_choice_of_another_window_is_told(context: BrowserContext, address: str) -> None:
    here, there = opened(context, address), opened(context, address)
    there.evaluate("costbook.models.choose('gpt-4o')")
    here.wait_for_function("told.length === 1")
    assert here.evaluate("costbook.models.chosen()") == "gpt-4o"


def test_models_of_the_book_come_first_and_others_by_provider(context: BrowserContext, address: str) -> None:
    groups = opened(context, address).evaluate(
        "[...document.querySelectorAll('optgroup')].map((group) =>"
        " [group.label, [...group.children].map((one) => [one.value, one.label])])"
    )
    assert groups[0] == [
        "Models of this book",
        [
            ["gpt-6.1-sol", "GPT-6.1 Sol (everyday)"],
            ["gpt-6-luna", "GPT-6 Luna (small)"],
            ["claude-opus-5-5", "Claude Opus 5.5 (frontier)"],
            ["gpt-4o", "GPT-4o (seed)"],
        ],
    ]
    assert all(label.startswith("More: ") for label, _ in groups[1:])
    offered = [value for _, options in groups for value, _ in options]
    assert len(offered) == len(set(offered))
    assert not [value for value in offered if ":" in value]
    assert set(offered) == {model.id for model in first_world().population("current", first_world().edition.as_of)}


def test_where_the_device_keeps_nothing_a_choice_lasts_as_long_as_the_page(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('denied'); }})")
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(address)
    page.evaluate("costbook.models.choose('gpt-4o')")
    assert page.evaluate("costbook.models.chosen()") == "gpt-4o"
    page.evaluate("costbook.models.choose(null)")
    assert page.evaluate("costbook.models.chosen()") is None
