"""Bands and quartiles of the price book's populations and of a survey of many sellers; what the survey says of itself.

The survey: a lab with ratios 4, 5, 5, 25/3, of which it sells 7 for others, and a server with 1, 1, 3.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.questions.test_workings import hold
from tests.worlds import AS_OF, SURVEY, ask, day, make_world, model, prices, rate, ratios

from costbook.economy.ratios import Listing, Spread
from costbook.names import Unknown
from costbook.questions import Figure, Selection, SpreadRow, SpreadRowOf, Surveyed, Unanswerable, Unit, parse_line
from costbook.questions.ratios import Counted, Sort
from costbook.questions.readers import Range
from costbook.world import World

WORLD = make_world()


@pytest.mark.parametrize(
    ("text", "inside", "of", "shown"),
    [
        ("band 4..8 of everybody", 4, 8, "50%"),  # 4, 5, 5, 7
        ("band 4..8 of own-models", 3, 4, "75%"),
        ("band 5..5 of own-models", 2, 4, "50%"),
        ("band 4..8 of lab-list", 4, 5, "80%"),
        ("band 4..8 of server-list", 0, 3, "0%"),
        ("band 8.33..8.34 of everybody", 1, 8, "12.5%"),
        ("band 1..9 of everybody", 8, 8, "100%"),
    ],
)
def test_a_band_counts_a_surveyed_population(text: str, inside: int, of: int, shown: str) -> None:
    answer = ask(WORLD, text)
    assert answer.unit is Unit.SHARE
    assert answer.value == Decimal(inside) / of
    assert answer.text == shown
    assert f"{inside} of the n = {of} models" in answer.working.words
    hold(answer)


def test_the_working_of_a_band_says_when_whose_and_where() -> None:
    working = ask(WORLD, "band 4..8 of own-models").working
    assert working.words == (
        "3 of the n = 4 models of the population 'own-models' have an output price of 4 to 8 times their input price, "
        "surveyed on 2026-11-15 (of labs)"
    )
    assert working.symbols == "3 ÷ 4 = 75%"
    assert (working.sources, working.at) == ((SURVEY.source,), None)  # the words name the day, whatever the page's is
    exactly = ask(WORLD, "band 5..5 of lab-list").working
    assert exactly.words == (
        "2 of the n = 5 models of the population 'lab-list' have an output price of 5 times their input price, "
        "surveyed on 2026-11-15"
    )


def test_large_counts_are_printed_as_everywhere() -> None:
    many = replace(SURVEY, listings={**SURVEY.listings, "lab": ratios("lab", "The Lab", {"5": 1902})})
    answer = ask(make_world(survey=many), "band 5..5 of own-models")
    assert answer.working.symbols == "1,902 ÷ 1,902 = 100%"
    assert "1,902 of the n = 1,902 models" in answer.working.words


# Everybody: 1, 1, 3, 4, 5, 5, 7, 25/3; own models: 4, 5, 5, 25/3; the lab's list: 4, 5, 5, 7, 25/3.
@pytest.mark.parametrize(
    ("text", "value", "shown", "symbols", "places"),
    [
        ("quartile first of everybody", "2.5", "2.5×", "1 + 0.75 × (3 − 1) = 2.5×", "between places 2 and 3"),
        ("quartile median of everybody", "4.5", "4.5×", "4 + 0.5 × (5 − 4) = 4.5×", "between places 4 and 5"),
        ("quartile third of everybody", "5.5", "5.5×", "5 + 0.25 × (7 − 5) = 5.5×", "between places 6 and 7"),
        ("quartile first of lab-list", "5", "5×", "5 = 5×", "at place 2"),
        ("quartile third of lab-list", "7", "7×", "7 = 7×", "at place 4"),
        # five and a quarter of ten thirds: (15 + 0.25 × 10) ÷ 3 = 17.5 ÷ 3
        ("quartile third of own-models", "5.833333333333333333333333333", "5.83×",
         "(15 + 0.25 × (25 − 15)) ÷ 3 ≈ 5.83×", "between places 3 and 4"),
        # the book's own models: 4, 4, 5, 6, 8
        ("quartile median of first-party", "5", "5×", "5 = 5×", "at place 3"),
        # with the host's 0.79 over 0.59: 1.34, 4, 4, 5, 6, 8
        ("quartile third of current", "5.75", "5.75×", "5 + 0.75 × (6 − 5) = 5.75×", "between places 4 and 5"),
        ("quartile first of host", "1.338983050847457627118644068", "1.34×", "79 ÷ 59 ≈ 1.34×", "at place 1"),
        ("quartile median of current at 2024-05-13", "3", "3×", "3 = 3×", "at place 1"),  # only moved had a price
    ],
)  # fmt: skip
def test_a_quartile(text: str, value: str, shown: str, symbols: str, places: str) -> None:
    answer = ask(WORLD, text)
    assert answer.unit is Unit.MULTIPLE
    assert (answer.value, answer.text) == (Decimal(value), shown)
    assert answer.working.symbols == symbols
    assert answer.working.words.endswith(f"in rising order, {places}")
    hold(answer)


def test_the_working_of_a_quartile_says_when_whose_and_where() -> None:
    working = ask(WORLD, "quartile median of everybody").working
    assert working.words == (
        "the median of the price ratios of the n = 8 models of the population 'everybody', surveyed on 2026-11-15 "
        "(every list): in rising order, between places 4 and 5"
    )
    assert (working.sources, working.at) == ((SURVEY.source,), None)  # the words name the day, whatever the page's is
    assert ask(WORLD, "quartile median of current").working.at == AS_OF


RATIOS = st.dictionaries(
    st.fractions(min_value=Fraction(1, 9), max_value=99, max_denominator=12), st.integers(1, 9), min_size=1, max_size=9
)


@given(RATIOS, st.sampled_from(["quartile first", "quartile median", "quartile third", "band 2..5", "band 4..8"]))
def test_every_formula_can_be_done_again(counts: dict[Fraction, int], kind: str) -> None:
    lists = {**SURVEY.listings, "lab": Listing("lab", "The Lab", Spread.of(counts))}
    answer = parse_line(f"{kind} of own-models").answer(make_world(survey=replace(SURVEY, listings=lists)))
    assert isinstance(answer, Figure)
    hold(answer)


# --- days -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["band 4..8 of everybody", "quartile median of everybody"])
def test_a_survey_holds_from_its_day_on(text: str) -> None:
    for later in ("2026-11-15", "2026-12-24"):
        assert ask(WORLD, f"{text} at {later}") == ask(WORLD, text)
    with pytest.raises(Unanswerable, match=r"^'everybody' was surveyed on 2026-11-15, and is asked for on 2026-11-14$"):
        ask(WORLD, f"{text} at 2026-11-14")


def test_the_answer_does_not_move_with_the_edition() -> None:
    edition = replace(WORLD.edition, as_of=day("2026-12-24"))
    assert ask(replace(WORLD, edition=edition), "band 4..8 of everybody") == ask(WORLD, "band 4..8 of everybody")


# --- what cannot be asked ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("world", "text", "message"),
    [
        (WORLD, "band 4..8 of everbody", "unknown population 'everbody'; did you mean 'everybody'?"),
        (WORLD, "quartile median of lab-lst", "unknown population 'lab-lst'; did you mean 'lab-list'?"),
        (WORLD, "band 4..8 of curent", "unknown population 'curent'; did you mean 'current'?"),
        (make_world(survey=None), "band 4..8 of curent", "unknown population 'curent'; did you mean 'current'?"),
        (WORLD, "models everybody",
         "'everybody' is a population of the ratio survey, which counts ratios and names no models"),
    ],
)  # fmt: skip
def test_an_unknown_population(world: World, text: str, message: str) -> None:
    with pytest.raises(Unknown) as caught:
        ask(world, text)
    assert str(caught.value) == message


@pytest.mark.parametrize("text", ["survey date", "survey method", "surveyed sellers"])
def test_a_book_without_a_survey_says_how_to_make_one(text: str) -> None:
    with pytest.raises(Unanswerable, match=r"no survey of ratios; `scripts/prices\.py survey` makes one"):
        ask(make_world(survey=None), text)


def test_an_input_that_is_free_has_no_ratio() -> None:
    free = make_world(models=(model("free", rate(prices("0", "1"))),))
    for text in ("band 4..8 of current", "quartile median of current"):
        with pytest.raises(Unanswerable, match="FREE charges nothing for input, so it has no price ratio"):
            ask(free, text)


def test_a_population_without_models_has_no_quartile() -> None:
    with pytest.raises(Unanswerable, match="no model of 'giver' has a price on 2026-11-22"):
        ask(WORLD, "quartile median of giver")


# --- what the survey says of itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("date", "2026-11-15"), ("source", "a feed 1.0"), ("method", "Counted by hand."), ("models", "8"),
        ("sellers", "2"),
    ],
)  # fmt: skip
def test_a_fact_of_the_survey(fact: str, said: str) -> None:
    assert ask(WORLD, f"survey {fact}") == said


def test_which_populations_there_are() -> None:
    assert ask(WORLD, "surveyed populations") == Selection(("everybody", "own-models"))
    assert Surveyed(Sort.SELLERS).answer(WORLD) == Selection(("lab-list", "server-list"))


def test_a_row_of_a_table() -> None:
    bands = (Range(Decimal(4), Decimal(8)), Range(Decimal(5), Decimal(5)))
    assert SpreadRowOf("everybody", bands).answer(WORLD) == SpreadRow(
        "everybody",
        "Everybody",
        "every list",
        8,
        (Decimal("2.5"), Decimal("4.5"), Decimal("5.5")),
        (Counted(bands[0], 4, Decimal("0.5")), Counted(bands[1], 2, Decimal("0.25"))),
    )
    with pytest.raises(Unknown, match="unknown population of the survey 'current'"):
        SpreadRowOf("current").answer(WORLD)
