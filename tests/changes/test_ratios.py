"""What moves on a page when the survey of ratios is made again: its figures and the cells of its tables.

A lab lists models with ratios 4, 5, 5, 5; then one of the fives becomes 9.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from tests.changes.making import PAGE, dated, moved, world
from tests.worlds import day

from costbook.changes import Moved, Selected, Unanswered, Unchanged
from costbook.economy.rates import Source
from costbook.economy.ratios import Listing, Population, Spread, Survey
from costbook.load import Place
from costbook.world import World


def surveyed(counts: dict[str, int], **others: object) -> World:
    """A world with a survey of one list."""
    spread = Spread.of({Fraction(ratio): count for ratio, count in counts.items()})
    lists = {"lab": Listing("lab", "The Lab", spread)}
    populations = {"own-models": Population("own-models", "Own models", "of labs", ("lab",))}
    source = Source("a feed", "https://example.org", day("2026-11-15"))
    survey = Survey(day("2026-11-15"), source, "Counted.", lists, populations)
    return world(survey=replace(survey, **others))  # type: ignore[arg-type]


OLD = surveyed({"4": 1, "5": 3})
NEW = surveyed({"4": 1, "5": 2, "9": 1})
TEXT = "{band}`4..8 of own-models` {quartile}`third of own-models` {quartile}`median of own-models`\n"
TABLE = "```{ratio-survey} own-models\n:bands: 4..8 5..5\n```\n"


def at(line: int, column: int = 1) -> Place:
    return Place(PAGE, line, column)


ARGUMENT = at(1, 19)  # that of a table in the first line


def test_figures_of_a_survey_move() -> None:
    """In 4..8: 4 of 4, then 3 of 4. Third quartile: 5, then 5 + 0.25 × 4 = 6. Median: 5 both times."""
    found = moved(OLD, NEW, TEXT)
    assert found.figures == (
        Moved(at(1), "band 4..8 of own-models", "text", "100%", "75%", Decimal("-0.25")),
        Moved(at(1, 28), "quartile third of own-models", "text", "5×", "6×", Decimal("0.2")),
    )
    assert not found.words
    assert not found.workings


def test_cells_of_its_table_move_one_by_one() -> None:
    """Exactly 5: 3 of 4, then 2 of 4."""
    found = moved(OLD, NEW, TABLE)
    assert found.figures == (
        Moved(ARGUMENT, "quartile third of own-models", "ratio-survey", "5×", "6×", Decimal("0.2")),
        Moved(ARGUMENT, "band 4..8 of own-models", "ratio-survey", "100% (4)", "75% (3)", Decimal("-0.25")),
        Moved(ARGUMENT, "band 5..5 of own-models", "ratio-survey", "75% (3)", "50% (2)", Decimal(-1) / 3),
    )


def test_a_model_more_and_another_name_are_told() -> None:
    """A fourth 5: the first quartile was 4 + 0.75 × 1, and is the second of five."""
    more = surveyed({"4": 1, "5": 4})
    found = moved(OLD, more, "```{ratio-survey} own-models\n```\n")
    assert found.figures == (
        Moved(ARGUMENT, "models of own-models", "ratio-survey", "4", "5", Decimal("0.25")),
        Moved(
            ARGUMENT, "quartile first of own-models", "ratio-survey", "4.75×", "5×", Decimal("0.25") / Decimal("4.75")
        ),
    )
    named = surveyed({"4": 1, "5": 3}, populations={"own-models": Population("own-models", "Own", "of labs", ("lab",))})
    assert moved(OLD, named, "```{ratio-survey} own-models\n```\n").words == (
        Moved(ARGUMENT, "population own-models", "ratio-survey", "Own models of labs", "Own of labs", None),
    )


def test_a_quartile_that_moves_below_what_is_printed_is_a_working() -> None:
    """5 becomes 5.0001: third quartile 5.000025, printed as 5."""
    near = surveyed({"4": 1, "5": 2, "50001/10000": 1})
    found = moved(OLD, near, "```{ratio-survey} own-models\n```\n")
    assert found.workings == (Unchanged(ARGUMENT, "spread row of own-models"),)
    assert not found.figures
    assert not found.words


def test_a_survey_of_another_day_moves_what_prints_the_day() -> None:
    later = surveyed({"4": 1, "5": 3}, as_of=day("2026-12-15"))
    found = moved(OLD, later, "{survey}`date`, {band}`4..8 of own-models`\n\n" + TABLE)
    assert [(one.asked, one.old, one.new) for one in found.words] == [
        ("survey date", "2026-11-15", "2026-12-15"),
        ("survey date", "2026-11-15", "2026-12-15"),
    ]
    assert found.workings == (Unchanged(at(1, 17), "band 4..8 of own-models"),)
    assert not found.figures


def test_a_list_more_and_a_population_gone() -> None:
    lists = {
        **OLD.survey.listings,  # type: ignore[union-attr]
        "host": Listing("host", "The Host", Spread.of({Fraction(1): 1})),
    }
    more = surveyed({}, listings=lists, populations={})
    found = moved(OLD, more, "```{ratio-survey} sellers\n```\n\n{band}`4..8 of own-models`\n")
    assert found.selections == (Selected(ARGUMENT, "surveyed sellers", ("host-list",), ()),)
    assert found.unanswered == (
        Unanswered(at(4), "band 4..8 of own-models", "100%", "unknown population 'own-models'; known: " + KNOWN),
    )


KNOWN = "aliases, current, first-party, giver, host, host-list, lab-list, maker and 2 more"


def test_the_edition_moves_nothing_of_a_survey() -> None:
    found = moved(OLD, dated(OLD, "2026-12-15"), TEXT + "\n" + TABLE)
    assert not any(found.entries.values())
