"""The page that says what each target keeps of a bank: one table, and below it a sentence for each line of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from tests.export.pages import read, rows, text
from tests.export.test_lesson import HOSTILE
from tests.quizzes.making import models, numeric, quiz_of, quiz_world, usages

from costbook.export.bank import Bank, bank_of
from costbook.export.loss_page import Report, loss_html
from costbook.export.losses import Fate, Feature, Keep, losses
from costbook.export.targets import TARGETS
from costbook.quizzes.resolve import resolve

ITEM = numeric(parameters=(models("five"), usages("1000+100", "2000+300")), variants=2, mistakes=())
BANK = bank_of(resolve(quiz_of(ITEM), quiz_world())[0], 2, page="https://example.org/editions.html")
"""Two numbers, of which a learner gets one: worked solutions, a tolerance and a unit."""
KEPT = {feature: Fate(Keep.KEPT, f"has {feature.value}") for feature in Feature}
LESS = {
    **{feature: Fate(Keep.PARTLY, f"lacks some of {feature.value}") for feature in Feature},
    Feature.UNIT: Fate(Keep.LOST, "write it down"),
}
CAUTIONS = ("amount: graded otherwise", "other: graded otherwise, too")


def page(bank: Bank = BANK) -> BeautifulSoup:
    return read(
        loss_html(bank, [Report("The one", losses(bank, KEPT)), Report("The other", losses(bank, LESS), CAUTIONS)])
    )


def test_one_line_for_each_feature_and_one_column_for_each_target() -> None:
    soup = page()
    assert rows(soup) == [
        ["What the bank has", "Questions", "The one", "The other"],
        ["Worked solution", "2", "kept", "partly"],
        ["Tolerance of numbers", "2", "kept", "partly"],
        ["Unit of numbers", "2", "kept", "lost"],
        ["Objective, level, edition, code and misconceptions", "2", "kept", "partly"],
        ["Drawing one variant at random", "2", "kept", "partly"],
        ["Updating when imported again", "2", "kept", "partly"],
    ]
    assert [one["scope"] for one in soup.select("tr:nth-of-type(1) th")] == ["col", "col", "col", "col", "row"]


def test_below_it_stands_what_becomes_of_each() -> None:
    soup = page()
    assert [text(one) for one in soup.find_all("h2")] == ["The one", "The other"]
    other = soup.find_all("section")[1]
    told = dict(zip(map(text, other.find_all("dt")), map(text, other.find_all("dd")), strict=True))
    assert len(told) == 6
    assert told["Unit of numbers: lost"] == "write it down"
    assert told["Tolerance of numbers: partly"] == "lacks some of tolerance of numbers"


def test_questions_that_are_graded_otherwise_are_named_below_their_target_alone() -> None:
    one, other = page().find_all("section")
    assert one.find("h3") is None
    assert text(other.h3) == "Questions to look at"
    assert [text(line) for line in other.find_all("li")] == list(CAUTIONS)


def test_it_says_which_bank_and_whether_that_is_stale() -> None:
    soup = page()
    assert text(soup.title) == text(soup.h1) == "What is kept of “A small quiz”"
    stamp = text(soup.select_one(".stamp"))
    said = "2 questions in 1 pool; a learner gets one question from each pool. Edition 7, priced at 2026-11-22."
    assert stamp.startswith(said)
    assert BANK.code in stamp
    assert [one["href"] for one in soup.select("a")] == ["https://example.org/editions.html"]
    assert not page(replace(BANK, page=None)).select("a")


@pytest.mark.parametrize("nasty", HOSTILE)
def test_hostile_texts_stay_texts(nasty: str) -> None:
    bank = replace(BANK, title=nasty, code=nasty)
    fates = {feature: Fate(Keep.LOST, nasty) for feature in Feature}
    soup = read(loss_html(bank, [Report(nasty, losses(bank, fates), (nasty,))]))
    assert len(soup.select("script, b")) == 0


def test_every_target_says_something_of_every_feature() -> None:
    """What an educator reads before anything is imported: no feature without words, none with half a sentence."""
    assert TARGETS
    for target in TARGETS.values():
        assert set(target.fates) == set(Feature), target.name
        assert all(len(fate.how) > 10 for fate in target.fates.values()), target.name
    reports = [Report(target.title, losses(BANK, target.fates)) for target in TARGETS.values()]
    assert rows(read(loss_html(BANK, reports)))[0][2:] == [target.title for target in TARGETS.values()]
