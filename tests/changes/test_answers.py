"""What moves on a page: each answer that differs is one entry, with its place, and in one list.

``five`` (everyday) costs $2 in, $10 out; ``six`` $5 and $30. A chat is 800 in, 300 out, 1,000 times a day; documents
are 4,000 in, 200 out. On five a chat costs 1,600 + 3,000 = 4,600, documents 8,000 + 2,000 = 10,000, in millionths of
a dollar.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.changes.making import PAGE, dated, moved, priced, with_model, world
from tests.worlds import CHAT, RAG, day, gap, prices, rate

from costbook.changes import BrokenClaim, Impact, Moved, Selected, Unanswered, Unchanged, impact
from costbook.economy.bills import Usage
from costbook.load import Place
from costbook.pages import page_of
from costbook.pages.markdown import read_markdown

OLD = world()


def at(line: int, column: int = 1) -> Place:
    return Place(PAGE, line, column)


def only(impact: Impact, *names: str) -> None:
    """Nothing stands in any other list."""
    assert {name for name, found in impact.entries.items() if found} == set(names)


# --- figures ---------------------------------------------------------------------------------------------------------


def test_a_price_moves_every_figure_that_rests_on_it() -> None:
    """Output $10 -> $12: the price +20 %; a chat 1,600 + 3,600 = 5,200, +13 %; its output 3,600; its input stays."""
    text = (
        "{price}`output on five` {price}`input on five`\n\n{bill}`chat`, {bill}`chat for output` and\n"
        "{bill}`chat for input`; {bill}`chat on six`.\n"
    )
    found = moved(OLD, priced(OLD, "five", output="12"), text)
    assert found.figures == (
        Moved(at(1), "price output on five", "text", "$10.00", "$12.00", Decimal("0.2")),
        Moved(at(3), "bill chat on everyday", "text", "$0.00460", "$0.00520", Decimal("0.0006") / Decimal("0.0046")),
        Moved(at(3, 15), "bill chat on everyday for output", "text", "$0.00300", "$0.00360", Decimal("0.2")),
    )
    # The working of the input side names the output price too.
    assert found.workings == (Unchanged(at(4), "bill chat on everyday for input"),)
    only(found, "figures", "workings")
    assert found.pages == {"book/a"}


def test_the_same_figure_on_other_grounds() -> None:
    """Both prices half as much again: the ratio stays 5, its working does not; nor does the share of output."""
    found = moved(OLD, priced(OLD, "five", input="3", output="15"), "{ratio}`five` and {share}`chat for output`.\n")
    assert found.workings == (
        Unchanged(at(1), "ratio five"),
        Unchanged(at(1, 19), "share chat for output on everyday"),
    )
    only(found, "workings")


def test_a_change_too_small_to_print_is_a_working() -> None:
    """Output $10 -> $10.001: a chat costs $0.0046003, printed as $0.00460."""
    found = moved(OLD, priced(OLD, "five", output="10.001"), "{bill}`chat`\n")
    assert found.workings == (Unchanged(at(1), "bill chat on everyday"),)
    only(found, "workings")


def test_a_price_that_is_no_longer_offered_and_one_that_is_now() -> None:
    found = moved(OLD, priced(OLD, "five", cached=None), "{price}`cached on five`\n")
    assert found.figures == (Moved(at(1), "price cached on five", "text", "$0.20", "not offered", None),)
    back = moved(priced(OLD, "five", cached=None), OLD, "{price}`cached on five`\n")
    assert back.figures == (Moved(at(1), "price cached on five", "text", "not offered", "$0.20", None),)


def test_a_number_that_was_nothing_has_no_change_in_percent() -> None:
    """A saving of nothing becomes one: documents cost as much as documents; then an empty workload does not."""
    found = moved(priced(OLD, "five", input="0"), OLD, "{price}`input on five`\n")
    assert found.figures == (Moved(at(1), "price input on five", "text", "$0.00", "$2.00", None),)


def test_a_scenario_edited() -> None:
    """A chat of 900 in, 250 out costs 1,800 + 2,500 = 4,300: 6.5 % less. Its counts stand in tables."""
    edited = replace(CHAT, usage=Usage(input=900, output=250))
    new = replace(OLD, scenarios={**OLD.scenarios, "chat": edited})
    found = moved(OLD, new, "{bill}`chat`\n\n```{scenario-table} chat rag\n:show: input output requests\n```\n")
    counts = "workload of chat on everyday"
    assert found.figures == (
        Moved(at(1), "bill chat on everyday", "text", "$0.00460", "$0.00430", Decimal("-0.0003") / Decimal("0.0046")),
        Moved(at(3, 21), f"{counts}, input", "scenario-table", "800", "900", Decimal("0.125")),
        Moved(at(3, 21), f"{counts}, output", "scenario-table", "300", "250", Decimal(-50) / 300),
    )
    only(found, "figures")


def test_a_text_edited_has_other_tokens() -> None:
    """Six words become two."""
    texts = {**OLD.texts, "examples": replace(OLD.texts["examples"], text="one two")}
    found = moved(OLD, replace(OLD, texts=texts), "{tokens}`examples`\n")
    assert [(one.old, one.new) for one in found.figures] == [("6", "2")]


# --- tables, bills and charts ----------------------------------------------------------------------------------------


def test_a_row_of_a_price_table_moves_cell_by_cell() -> None:
    """Input $2 -> $4 on five: the ratio 10 / 2 = 5 becomes 10 / 4 = 2.5. Columns that are not shown do not count."""
    text = "```{price-table} five six\n:show: input cached ratio\n```\n"
    found = moved(OLD, priced(OLD, "five", input="4", write="9"), text)
    assert found.figures == (
        Moved(at(1, 18), "price input on five", "price-table", "$2.00", "$4.00", Decimal(1)),
        Moved(at(1, 18), "ratio five", "price-table", "5×", "2.5×", Decimal("-0.5")),
    )
    only(found, "figures")


def test_a_column_that_is_not_shown_moves_nothing_in_sight() -> None:
    found = moved(OLD, priced(OLD, "five", output="12"), "```{price-table} five\n:show: input\n```\n")
    assert found.workings == (Unchanged(at(1, 18), "price row of five"),)
    only(found, "workings")


def test_words_of_a_row() -> None:
    """A name, a context tier and the day since when stand in words."""
    five = replace(OLD.models["five"], name="Fünf", periods=(rate(prices("2", "10"), "2026-05-01", dated=False),))
    new = replace(OLD, models={**OLD.models, "five": five})
    found = moved(OLD, new, "```{price-table} five\n:show: tiers since\n```\n")
    assert [(one.asked, one.old, one.new) for one in found.words] == [
        ("name five", "FIVE (The Maker)", "Fünf (The Maker)"),
        ("since of five", "from 2026-01-01", "known from 2026-05-01"),
    ]


def test_a_worked_bill_moves_line_by_line() -> None:
    """Input $2 -> $3 a million: 800 tokens 2,400 instead of 1,600; the output line stays; the total is a figure."""
    found = moved(OLD, priced(OLD, "five", input="3"), "```{bill} chat\n```\n")
    assert [(one.asked, one.old, one.new) for one in found.figures] == [
        ("bill chat on everyday, input price", "$2.00", "$3.00"),
        ("bill chat on everyday, input cost", "$0.00160", "$0.00240"),
        ("bill chat on everyday", "$0.00460", "$0.00540"),
    ]


def test_a_chart_moves_row_by_row() -> None:
    """A new row ends the one before it; what stands before both stays."""
    more = (*OLD.models["moved"].periods, rate(prices("2.50", "8.00"), "2026-11-01"))
    found = moved(OLD, with_model(OLD, "moved", periods=more), "```{price-history} output\n:on: moved\n```\n")
    assert [(one.asked, one.old, one.new, one.change) for one in found.figures] == [
        ("rates output on moved from 2026-11-01", "none", "$8.00", None),
    ]
    assert [(one.asked, one.old, one.new) for one in found.words] == [
        (
            "days of rates output on moved from 2024-10-16",
            "known from 2024-10-16",
            "known from 2024-10-16 until 2026-11-01",
        ),
        ("days of rates output on moved from 2026-11-01", "none", "from 2026-11-01"),
    ]


def test_a_row_that_is_scheduled_becomes_one_that_holds() -> None:
    later = (*OLD.models["five"].periods, rate(prices("2", "12"), "2026-12-01"))
    old = with_model(OLD, "five", periods=later)
    found = moved(old, dated(old, "2026-12-02"), "```{price-history} output\n:on: five\n```\n")
    assert [(one.old, one.new) for one in found.words] == [("from 2026-12-01 (scheduled)", "from 2026-12-01")]
    assert found.figures == ()


# --- verdicts and claims ---------------------------------------------------------------------------------------------


def test_a_verdict_flips() -> None:
    """At $5 out a chat costs 1,600 to read and 1,500 to write: input. Documents stay input, with another working."""
    found = moved(OLD, priced(OLD, "five", output="5"), "{side}`chat`, {side}`rag`\n")
    assert found.flips == (Moved(at(1), "side chat on everyday", "text", "output", "input", None),)
    assert found.workings == (Unchanged(at(1, 15), "side rag on everyday"),)
    only(found, "flips", "workings")


def test_a_verdict_that_is_not_offered_any_more() -> None:
    """A chat of 1,100 tokens does not fit into a window of 1,000."""
    found = moved(OLD, with_model(OLD, "five", context=1000), "{side}`chat`\n")
    assert found.flips == (Moved(at(1), "side chat on everyday", "text", "output", "not offered", None),)
    only(found, "flips")


def test_a_claim_breaks() -> None:
    """Four claims rest on five; two of them break, each at its line with what was found."""
    text = (
        "```{claim} side chat is output\nMore to write.\n```\n\n```{claim} side rag is input\nMore to read.\n```\n\n"
        "```{claim} bill chat  below bill rag\nCheap.\n```\n\n```{claim} ratio five is 5\nFive.\n```\n"
    )
    found = moved(OLD, priced(OLD, "five", output="5"), text)
    assert found.claims == (
        BrokenClaim(at(1, 12), "side chat is output", "side chat on everyday is input"),
        BrokenClaim(at(13, 12), "ratio five is 5", "ratio five is 2.5×"),
    )
    assert found.stops
    assert found.pages == frozenset()  # nothing is printed otherwise
    only(found, "claims")


def test_a_claim_that_cannot_be_checked_is_broken() -> None:
    found = moved(OLD, with_model(OLD, "five", retired=day("2026-11-01")), "```{claim} side chat is output\nA.\n```\n")
    (claim,) = found.claims
    assert claim.found.startswith("cannot be checked: five was retired on 2026-11-01")


def test_a_claim_that_was_broken_is_no_impact() -> None:
    """Unless it is broken in another way."""
    text = "```{claim} ratio five is 6\nSix.\n```\n"
    assert moved(OLD, priced(OLD, "six", output="31"), text).empty
    assert [one.found for one in moved(OLD, priced(OLD, "five", output="8"), text).claims] == ["ratio five is 4×"]
    assert moved(OLD, priced(OLD, "five", output="12"), text).claims == ()


# --- what has no answer ----------------------------------------------------------------------------------------------


def test_a_model_retired() -> None:
    """Its figures have no answer any more, nor has a table of it; a population has one row fewer."""
    new = with_model(OLD, "six", retired=day("2026-11-22"))
    text = (
        "{bill}`chat on six`\n\n```{scenario-table} chat\n:on: five six\n```\n\n```{price-table} maker\n```\n\n"
        "{price}`output on six at 2026-06-01`\n"
    )
    found = moved(OLD, new, text)
    why = "six was retired on 2026-11-22; ask at a day before that"
    assert found.unanswered == (
        Unanswered(at(1), "bill chat on six", "$0.0130", why),
        Unanswered(at(3, 21), "{scenario-table} chat", "", why),
    )
    assert found.selections == (Selected(at(7, 18), "models maker", (), ("six",)),)
    only(found, "unanswered", "selections")
    assert found.stops


def test_a_table_that_fails_alone_on_its_page() -> None:
    new = with_model(OLD, "six", retired=day("2026-11-22"))
    found = moved(OLD, new, "```{ratio-table} six\n```\n")
    assert [one.asked for one in found.unanswered] == ["{ratio-table} six"]
    only(found, "unanswered")


def test_a_question_that_is_answered_now() -> None:
    old = with_model(OLD, "six", retired=day("2026-11-22"))
    found = moved(old, OLD, "{bill}`chat on six`\n\n```{ratio-table} six\n```\n")
    assert [(one.asked, one.old, one.new) for one in found.arrivals] == [
        ("bill chat on six", "none", "$0.0130"),
        ("{ratio-table} six", "none", ""),
    ]
    only(found, "arrivals")


def test_a_day_without_a_price() -> None:
    """A row that is corrected into a gap."""
    old = with_model(OLD, "moved", periods=(rate(prices("5", "15"), "2024-01-01"),))
    new = with_model(OLD, "moved", periods=(gap("2024-01-01", "2025-01-01"), rate(prices("5", "15"), "2025-01-01")))
    (one,) = moved(old, new, "{price}`input on moved at 2024-06-01`\n").unanswered
    assert one.old == "$5.00"
    assert "nobody wrote it down" in one.why


def test_what_had_no_answer_before_is_no_impact() -> None:
    assert moved(OLD, priced(OLD, "five", output="12"), "{bill}`chat on seven`\n\n{bill}`of`\n").empty


# --- selections, names, dates ----------------------------------------------------------------------------------------


def test_a_selection_with_other_members_and_in_another_order() -> None:
    fewer = replace(OLD, sets={"pair": ("chat", "hidden")})
    turned = replace(OLD, sets={"pair": ("chat", "rag")})
    text = "{scenarios}`pair`\n"
    assert moved(OLD, fewer, text).selections == (Selected(at(1), "scenarios pair", ("hidden",), ("rag",)),)
    assert moved(OLD, turned, text).selections == (Selected(at(1), "scenarios pair", (), ()),)


def test_a_house_model_is_another() -> None:
    """Everyday becomes six: its name, and every figure that names no model. On six a chat costs 4,000 + 9,000."""
    new = replace(OLD, edition=replace(OLD.edition, houses={"everyday": "six", "seed": "moved"}))
    found = moved(OLD, new, "{name}`everyday`: {bill}`chat`, {bill}`chat on five`, {name}`seed`\n")
    assert found.words == (Moved(at(1), "name everyday", "text", "FIVE", "SIX", None),)
    assert [(one.old, one.new) for one in found.figures] == [("$0.00460", "$0.0130")]
    only(found, "words", "figures")


def test_the_date_alone() -> None:
    """Ten days later nothing costs anything else: every text of today's prices is of another day, and says the same."""
    text = (
        "{bill}`chat`, {price}`output on moved at 2024-06-01`, {edition}`date`, {edition}`serial`, {name}`five`\n\n"
        "```{price-table} five\n```\n\n```{bill} chat\n```\n\n```{price-history} output\n:on: moved\n```\n\n"
        "{side}`chat`\n"
    )
    found = moved(OLD, dated(OLD, "2026-12-02"), text)
    assert [(one.place.line, one.asked) for one in found.dates] == [
        (1, "bill chat on everyday"),
        (1, "edition date"),  # below the title
        (1, "edition date"),
        (3, "price row of five"),
        (3, "edition date"),
        (6, "worked bill of chat on everyday"),
        (6, "bill chat on everyday"),
        (9, "rates output on moved"),
        (9, "edition date"),
        (13, "side chat on everyday"),
    ]
    only(found, "dates")


def test_the_serial_alone() -> None:
    found = moved(OLD, dated(OLD, "2026-11-22", 8), "{edition}`date`, {edition}`serial`, {bill}`chat`\n")
    assert found.dates == (Unchanged(at(1), "edition serial"), Unchanged(at(1, 18), "edition serial"))
    assert str(found.new) == "edition 8, priced at 2026-11-22"


def test_a_source_checked_again_is_a_working() -> None:
    checked = rate(prices("5.00", "30.00"))
    checked = replace(checked, source=replace(checked.source, checked=day("2026-12-01")))
    found = moved(OLD, with_model(OLD, "six", periods=(checked,)), "{price}`output on six`\n")
    assert found.workings == (Unchanged(at(1), "price output on six"),)


def test_entries_stand_in_order_of_page_and_line() -> None:
    new = priced(OLD, "five", output="12")
    text = "{bill}`chat`\n\n{bill}`rag` {bill}`chat`\n"
    places = [one.place for one in moved(OLD, new, text).figures]
    assert places == sorted(places)
    assert len(places) == 3


@pytest.mark.parametrize("scenario", [CHAT, RAG])
def test_an_impact_can_be_compared(scenario: object) -> None:
    new = priced(OLD, "five", output="12")
    assert moved(OLD, new, "{bill}`chat`\n") == moved(OLD, new, "{bill}`chat`\n")
    assert moved(OLD, new, "{bill}`chat`\n") != moved(OLD, new, "{bill}`rag`\n")


def test_pages_that_are_not_concerned_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two pages, only that is read whose figure moves; a claim, a table or a silent question concerns one too."""
    read: list[str] = []

    def noting(text: str) -> object:
        read.append(text)
        return read_markdown(text)

    monkeypatch.setattr("costbook.pages.read_markdown", noting)
    texts = {
        "figure": "{bill}`chat on six`",
        "same": "{bill}`chat` {name}`six` {bill}`of` {price}`input on gone`",
        "table": "```{scenario-table} chat\n:on: six\n:show: bill\n```",
        "claim": "```{claim} ratio six is 6\nSix.\n```",
        "counts": "```{scenario-table} chat\n:on: six\n:show: input\n```",
    }
    impact(OLD, priced(OLD, "six", output="31"), [page_of(f"{name}.md", text) for name, text in texts.items()])
    assert set(read) == {texts["figure"], texts["table"], texts["claim"]}


# --- editions --------------------------------------------------------------------------------------------------------


def test_the_list_of_editions() -> None:
    """Another day is a date; a new edition is a row of its own. Of nine ids, six are models that are sold."""
    page = "```{editions}\n```\n"
    found = moved(OLD, dated(OLD, "2026-12-02"), page)
    assert found.dates == (Unchanged(at(1, 4), "day of edition 7"),)
    only(found, "dates")
    past = replace(OLD, edition=replace(OLD.edition, serial=8), past=(OLD.edition,))
    found = moved(OLD, past, page)
    assert [(one.asked, one.old, one.new) for one in found.words] == [
        ("models of edition 8", "none", "6"),
        ("moves of edition 8", "none", "nothing"),
    ]


def test_what_is_announced() -> None:
    later = (*OLD.models["five"].periods, rate(prices("2", "12"), "2026-12-01"))
    found = moved(OLD, with_model(OLD, "five", periods=later), "```{changes-ahead}\n```\n")
    # Announced with it: the cached price and the two cache writes are no longer offered.
    assert [(one.asked, one.old, one.new) for one in found.words] == [("ahead", "nothing", "2026-12-01: 4 prices")]
    only(found, "words")
