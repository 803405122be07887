"""The chances of chapter 5 on its built page, worked by hand from the toy's table; and the toys of its exercises."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from costbook.economy.tokens import pieces
from costbook.language.chances import END
from costbook.questions import parse_line
from costbook.world import World

PAGE = "book/05-one-token-after-another.html"


@pytest.fixture(scope="module")
def tables(built_site: Path) -> dict[str, dict[str, list[str]]]:
    """Each table of chances by the beginning of its caption, as rows of cells by their head."""
    page = BeautifulSoup((built_site / PAGE).read_text(encoding="utf-8"), "html.parser")
    found = {}
    for table in page.select("table.cb-chances"):
        rows = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tr")]
        found[table.select_one("caption .caption-text").get_text().partition(" (")[0]] = {  # type: ignore[union-attr]
            head: cells for head, *cells in rows
        }
    return found


def test_the_chain_of_the_chapter(tables: dict[str, dict[str, list[str]]]) -> None:
    # 0.35; x 0.85 = 0.2975; x 0.95 = 0.282625; x 0.60 = 0.169575; x 0.55 x 0.80 = 0.074613
    path = tables["From a first token to a whole reply"]
    assert [cells[0] for cells in path.values()] == ["Temperature 1", "35%", "29.8%", "28.3%", "17.0%", "7.5%"]


def test_temperatures(tables: dict[str, dict[str, list[str]]]) -> None:
    """At 0.5 each chance is squared, at 2 its root is taken; then all are divided by their sum."""
    first = tables["Chances of the first token at five temperatures"]
    assert first["Next token"] == [f"Temperature {one}" for one in ("0", "0.5", "1", "1.5", "2")]
    # 0.35² = 0.1225 of 0.1225 + 0.04 + 0.0225 + 0.01 + 0.0025 + 0.0225 = 0.22; 0.5916 of 2.3533 as roots
    assert (first["Ray"][0], first["Ray"][1], first["Ray"][4]) == ("100%", "55.7%", "25.1%")
    beginnings = tables["Four beginnings at five temperatures"]
    # 0.556818 x 0.7225 / 0.745 x 0.9025 / 0.905 = 0.538509; 0.251400 x 0.704183 x 0.813395 = 0.143997
    chances = beginnings["Ray · -B · an"]
    assert (chances[1], chances[4]) == ("53.9%", "14.4%")
    # 0.1 x 0.65 x 0.96 = 0.0624; 0.134379 x 0.491380 x 0.830479 = 0.054838
    chances = beginnings["Apple · ␣Vision · ␣Pro"]
    assert (chances[2], chances[4]) == ("6.2%", "5.5%")


def test_top_p_of_one_half_keeps_two(book: World) -> None:
    first = sorted(book.toy("smart-glasses").steps[()].items(), key=lambda one: -one[1])
    assert [token for token, _ in first[:2]] == ["Ray", "It"]
    assert first[0][1] < Decimal("0.5") <= first[0][1] + first[1][1]


@pytest.mark.parametrize("use", ["check", "practice"])
def test_its_quizzes_ask_for_no_price_and_speak_of_none(built_site: Path, use: str) -> None:
    said = (built_site / f"assessments/quizzes/one-token-after-another-{use}.html").read_text(encoding="utf-8")
    (page,) = BeautifulSoup(said, "html.parser").select("article")
    assert "price" not in page.get_text().lower().replace("the price of a token", "")
    priced = (built_site / f"assessments/quizzes/the-life-of-a-token-{use}.html").read_text(encoding="utf-8")
    (stamp,) = BeautifulSoup(priced, "html.parser").select(".cb-stamp")
    assert stamp.get_text().startswith("\nPrices of ")


def test_early_tokens_give_later_ones_other_chances(tables: dict[str, dict[str, list[str]]]) -> None:
    after_ray, after_apple = tables["The second token, after “Ray”"], tables["The second token, after “Apple”"]
    assert after_ray["-B"] == ["85%"]
    assert after_apple["␣Vision"] == ["65%"]
    assert "-B" not in after_apple


def test_toys_of_the_exercises(book: World) -> None:
    """Their tokens are real pieces; greedy choice does not find the likeliest reply about the rain."""
    for toy in ("rain", "urgent"):
        for path in book.toy(toy).paths.values():
            if path[-1] == END:
                text = path[:-1]
                assert pieces("".join(text)) == text
    assert book.toy("rain").greedy == ("It", " might", ".", END)
    # 0.4 x 0.4 x 0.5 x 0.8 = 0.064; 0.35 x 0.8 x 0.9 x 0.9 = 0.2268
    wholes = [parse_line(f"chance rain/{reply}").answer(book).text for reply in ("might-reply", "probably-not-reply")]
    assert wholes == ["6.4%", "22.7%"]
