"""One token after another: values worked by hand, chances as Python has them, and a reader who backs up."""

from __future__ import annotations

from decimal import Decimal
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from costbook.language.chances import tempered
from costbook.load import load_world
from costbook.sims import SimOf

from .sims import Sim, open_sim, play_wildly

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from costbook.language.toys import Toy
    from costbook.world import World

    from .gates.site import Site

pytestmark = pytest.mark.browser
NAME = "next-token"


@pytest.fixture(scope="module")
def book() -> World:
    return load_world(Path(__file__).resolve().parents[2])


@pytest.fixture(scope="module")
def toy(book: World) -> Toy:
    return book.toy("smart-glasses")


def path(sim: Sim) -> tuple[str, ...]:
    return tuple(one for one in sim.data["path"].split("|") if one)


def chances(sim: Sim) -> dict[str, float]:
    """The distribution that is shown."""
    data = sim.data
    values = map(float, data["chances"].split())
    return dict(zip(data["tokens"].split("|"), values, strict=True))


def test_greedy_choice_at_temperature_zero(browser: Browser, site: Site) -> None:
    for seed in (1, 2, 3):
        with open_sim(browser, site, NAME, f"?t=0&seed={seed}") as sim:
            for length in (1, 2, 3):
                sim.button("Draw next token").click()
                assert path(sim) == ("Ray", "-B", "an")[:length]
            assert float(sim.data["chance"]) == 1
            sim.button("Auto-play").click()
            assert path(sim) == ("Ray", "-B", "an", " Meta", ".", "end mark")
            assert "“Ray-Ban Meta.”" in sim.live.locator(".cb-end").inner_text()


def test_the_chance_of_a_path_is_the_product_of_those_shown(browser: Browser, site: Site) -> None:
    """0.35 × 0.85 × 0.95."""
    with open_sim(browser, site, NAME, "?path=0.0.0") as sim:
        assert path(sim) == ("Ray", "-B", "an")
        assert [float(one) for one in sim.data["steps"].split()] == [0.35, 0.85, 0.95]
        assert float(sim.data["chance"]) == pytest.approx(0.282625, abs=1e-15)
        assert sim.live.locator(".cb-counter").inner_text() == ("Chance of this reply so far: 35% × 85% × 95% ≈ 28.3%.")
        assert sim.live.locator(".cb-chips").inner_text().split("\n") == ["Ray 35%", "-B 85%", "an 95%"]


def test_chances_are_those_of_the_book(browser: Browser, site: Site, toy: Toy, book: World) -> None:
    """At every tenth of a degree, behind nothing and behind Ray-Ban."""
    for query, written in (("?t=1", ()), ("?path=0.0.0&t=1", ("Ray", "-B", "an"))):
        with open_sim(browser, site, NAME, query) as sim:
            for tenths in range(21):
                sim.control("Temperature").fill(str(tenths))
                wanted = tempered(toy.steps[written], Decimal(tenths) / 10)
                found = chances(sim)
                assert list(found) == list(wanted)
                assert found == pytest.approx({one: float(chance) for one, chance in wanted.items()}, abs=1e-12)
                assert sum(found.values()) == pytest.approx(1, abs=1e-12)
            assert sim.rows() == [list(row) for row in SimOf(NAME, "everyday").answer(book).shown.results.rows]


def test_the_same_seed_draws_the_same_reply(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?t=15&seed=7") as sim:
        sim.button("Auto-play").click()
        first = path(sim)
        sim.button("Reset").click()
        assert path(sim) == ()
        for length in range(1, len(first) + 1):
            sim.button("Draw next token").click()
            assert path(sim) == first[:length]
        sim.button("Back up").click()
        sim.button("Draw next token").click()
        assert path(sim) == first, "the number for a place stays"
        replies = set()
        for seed in range(1, 13):
            sim.control("Seed of the draws").fill(str(seed))
            sim.button("Auto-play").click()
            replies.add(path(sim))
        assert len(replies) >= 4, "another seed, another reply"


def test_another_first_token_changes_every_distribution_behind_it(browser: Browser, site: Site) -> None:
    def met(query: str) -> list[dict[str, float]]:
        found = []
        with open_sim(browser, site, NAME, query) as sim:
            while sim.data["done"] == "false":
                found.append(chances(sim))
                sim.button("Draw next token").click()
        return found

    with open_sim(browser, site, NAME, "?t=0") as sim:
        sim.control("First token").select_option("Apple")
        assert path(sim) == ("Apple",)
        assert "forced" in sim.live.locator(".cb-chips").inner_text()
        assert float(sim.data["chance"]) == 0, "greedy choice never writes it"
        query = sim.query
    # At the temperature of the author, the distributions met on the greedy ways from both tokens.
    ray, apple = met("?t=0&first=Ray"), met(query)
    assert len(apple) >= 3
    assert all(one != other for one, other in zip(ray, apple, strict=False))


def test_backing_up_is_the_readers(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?path=3.0.0") as sim:
        assert path(sim) == ("Apple", " Vision", " Pro")
        assert "A model has no such button" in sim.live.inner_text()
        for left in (2, 1, 0, 0):
            sim.button("Back up").press("Enter")
            assert len(path(sim)) == left
        assert sim.button("Back up").get_attribute("aria-disabled") == "true"


def test_what_always_holds(browser: Browser, site: Site, toy: Toy) -> None:
    with open_sim(browser, site, NAME) as sim:

        def check() -> None:
            data, written = sim.data, path(sim)
            assert float(data["chance"]) == pytest.approx(prod(map(float, data["steps"].split())), abs=1e-15)
            assert (data["done"] == "true") is (written not in toy.steps)
            if written in toy.steps:
                assert sum(chances(sim).values()) == pytest.approx(1, abs=1e-12)

        play_wildly(sim, 11, 80, check)


def test_a_strange_address_is_read_as_far_as_it_leads(browser: Browser, site: Site) -> None:
    with open_sim(browser, site, NAME, "?path=0.0.99.1&t=99&seed=x&first=nobody") as sim:
        assert path(sim) == ("Ray", "-B")
        assert (sim.data["temperature"], sim.query) == ("1", "?path=0.0")
