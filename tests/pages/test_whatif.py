"""What a page would say of another model; every number is worked by hand from the prices of ``tests/worlds.py``."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from tests.worlds import CHAT, MODELS, SCENARIOS, make_world, model, prices, rate

from costbook.pages.whatif import (
    FigureSaid,
    Followed,
    TableAsked,
    WhatIf,
    digest_of_model,
    digest_of_page,
    digest_of_rest,
    file_name,
    follows,
    offered,
)
from costbook.questions import parse_line
from costbook.world import World

CALL, END = "costbook.whatif(", ");\n"
FREE = model("free", rate(prices("0.00", "0.00")))


def whatif(world: World | None = None) -> WhatIf:
    asked = world or make_world()
    return WhatIf(asked, lambda question: question.answer(asked))


def said(text: str, model_id: str, world: World | None = None) -> FigureSaid:
    """What a figure of a page of the everyday model says of another."""
    return whatif(world).figure(parse_line(text).on_page("everyday"), model_id)


@pytest.mark.parametrize("text", ["bill chat", "side 1500+250", "price cached", "share chat for output", "margin rag"])
def test_a_figure_without_model_and_day_follows(text: str) -> None:
    assert follows(parse_line(text))


@pytest.mark.parametrize(
    "text", ["bill chat on six", "bill chat on everyday", "bill chat at 2026-11-01", "ratio five", "tokens greeting"]
)
def test_a_figure_with_a_model_or_a_day_stays(text: str) -> None:
    assert not follows(parse_line(text))


def test_a_bill_with_its_working() -> None:
    """800 x 5 = 4,000; 300 x 30 = 9,000; 13,000 / 1,000,000."""
    assert said("bill chat", "six") == FigureSaid(
        "$0.0130",
        "",
        "Chat on SIX: 800 input tokens at $5.00 and 300 output tokens at $30.00 per million.",
        "(800 × $5.00 + 300 × $30.00) ÷ 1,000,000 = $0.0130",
    )


def test_one_side_has_its_colour() -> None:
    """300 x 30 = 9,000; 9,000 / 1,000,000; of 13,000 it is 69.23 %."""
    assert said("bill chat for output", "six")[:2] == ("$0.00900", "output")
    assert said("share chat for output", "six")[:2] == ("69.2%", "output")


@pytest.mark.parametrize(
    ("model_id", "verdict"),
    [("six", "equal"), ("five", "input"), ("long", "output")],  # 7,500 and 7,500; 3,000 and 2,500; 1,875 and 2,500
)
def test_a_verdict(model_id: str, verdict: str) -> None:
    assert said("side 1500+250", model_id)[:2] == (verdict, verdict)


def test_a_long_prompt_pays_the_price_of_its_tier() -> None:
    """300,000 x 2.50 = 750,000; 1,000 x 15 = 15,000."""
    assert said("bill 300000+1000", "long").text == "$0.765"


def test_a_context_that_is_too_small() -> None:
    why = "4,200 tokens do not fit into the context of NARROW, 2,000 tokens."
    assert said("bill rag", "narrow") == FigureSaid("not offered", "", why, "")


def test_a_price_that_is_not_offered() -> None:
    assert said("cached-bill support", "six") == ("not offered", "", "SIX has no cached input price.", "")
    assert said("price cached", "narrow").text == "not offered"


def test_a_question_that_makes_no_sense_for_a_model() -> None:
    world = make_world([*MODELS, FREE])
    assert said("share chat for output", "free", world) == FigureSaid(
        "no answer", "", "Chat on FREE costs nothing, so no part has a share of it.", ""
    )


def test_a_table_of_counts_and_amounts() -> None:
    """Five words, and one more token in the encoding of LONG; the amounts are figures of their own."""
    asked = TableAsked("scenario-table", "typed", (("show", "input bill requests"),))
    table = whatif().table(asked, "long")
    assert table.caption == "What each workload costs (LONG, prices of 2026-11-22)"
    assert table.cells == (("Typed", "6", "", "10"),)
    assert whatif().table(asked, "six").cells == (("Typed", "5", "", "10"),)


def test_a_table_of_texts() -> None:
    """Five words, five tokens and six in cl100k_base, whatever the model; the cost is a figure of its own."""
    table = whatif().table(TableAsked("text-table", "greeting"), "long")
    assert table.caption == "What texts come to in tokens (LONG, prices of 2026-11-22)"
    assert table.cells == (("greeting", "5", "5", "6", "1", ""),)


def test_what_sending_a_text_costs() -> None:
    """LONG counts with cl100k_base: six tokens at $1.25 per million, a million times."""
    assert said("text-bill greeting over 1000000r", "long").text == "$7.50"


def test_a_bill_line_by_line() -> None:
    table = whatif().table(TableAsked("bill", "chat"), "six")
    assert table == (
        "Chat on SIX (prices of 2026-11-22)",
        (("Input", "800", "$5.00", "$0.00400"), ("Output", "300", "$30.00", "$0.00900"), ("Total", "", "", "")),
        "",
    )


def test_a_caption_of_the_author_names_the_model_too() -> None:
    asked = TableAsked("bill", "chat", (("caption", "One request"),))
    assert whatif().table(asked, "six").caption == "One request (prices of 2026-11-22), on SIX"


def test_a_bill_that_is_not_offered_as_a_whole() -> None:
    why = "Not offered: 4,200 tokens do not fit into the context of NARROW, 2,000 tokens."
    assert whatif().table(TableAsked("bill", "rag"), "narrow") == ("", (), why)


def test_a_cell_that_makes_no_sense_leaves_its_table_alone() -> None:
    world = make_world([*MODELS, FREE])
    asked = TableAsked("scenario-table", "chat", (("show", "input share daily"),))
    assert whatif(world).table(asked, "free").cells == (("Chat", "800", "", ""),)


def test_readers_choose_among_models_of_their_own_with_a_price() -> None:
    """Neither retired, nor an alias, nor another way to be billed."""
    assert [one.id for one in offered(make_world())] == ["five", "six", "narrow", "long", "moved", "hosted"]


@pytest.mark.parametrize(
    ("model_id", "name"),
    [
        ("gpt-6.1-sol", "gpt-6.1-sol.js"),
        ("GLM-5.3", "GLM-5.3.js"),
        ("maker/one", "maker~2fone.js"),
        ("a~2fb", "a~7e2fb.js"),
    ],
)
def test_the_name_of_a_file(model_id: str, name: str) -> None:
    assert file_name(model_id) == name


def called(script: bytes) -> list[Any]:
    """The arguments of the call that a script is."""
    text = script.decode()
    assert (text[: len(CALL)], text[-len(END) :]) == (CALL, END)
    found: list[Any] = json.loads(f"[{text[len(CALL) : -len(END)]}]")
    return found


def test_a_script_carries_what_the_page_shows() -> None:
    bill = parse_line("bill chat").on_page("everyday")
    followed = Followed("everyday", ((3, bill),), (("one-table-1", TableAsked("bill", "rag")),))
    page, model_id, figures, tables = called(whatif().script("book/one", followed, "narrow"))
    assert (page, model_id) == ("book/one", "narrow")
    # 800 x 2.50 = 2,000; 300 x 10 = 3,000
    assert figures["3"][0] == "$0.00500"
    assert [*figures] == ["3"]
    assert tables["one-table-1"][2].startswith("Not offered: 4,200 tokens")


def test_a_script_cannot_be_left_early() -> None:
    named = replace(MODELS[1], name="</script><b>")
    script = whatif(make_world([MODELS[0], named])).script(
        "one", Followed("everyday", ((1, parse_line("bill chat").on_page("everyday")),)), "six"
    )
    assert b"<" not in script
    assert "</script><b>" in called(script)[2]["1"][2]


def test_digests_tell_models_and_the_rest_apart() -> None:
    world = make_world()
    dearer = replace(world, models={**world.models, "six": model("six", rate(prices("5.00", "31.00")))})
    assert digest_of_model(dearer.models["six"]) != digest_of_model(world.models["six"])
    assert digest_of_model(dearer.models["five"]) == digest_of_model(world.models["five"])
    assert digest_of_rest(dearer) == digest_of_rest(world)
    longer = replace(CHAT, usage=CHAT.usage._replace(input=801))
    others = (
        make_world(scenarios=[*SCENARIOS[1:], longer]),
        make_world(month=31),
        make_world(mtok=1_000),
        world.on(MODELS[0].rate_on(world.edition.as_of).start),
        make_world(texts={}),
    )
    assert all(digest_of_rest(other) != digest_of_rest(world) for other in others)


def test_the_digest_of_a_page() -> None:
    bill = parse_line("bill chat").on_page("everyday")
    one = Followed("everyday", ((1, bill),))
    assert digest_of_page(one) == digest_of_page(Followed("everyday", ((1, bill),)))
    assert digest_of_page(one) != digest_of_page(one._replace(figures=((2, bill),)))


def test_no_floats() -> None:
    """A tenth of a cent less is a tenth of a cent less: 800 x 2.001 + 300 x 10 = 4,600.8."""
    odd = model("odd", rate(prices("2.001", "10.00")))
    symbols = said("bill chat", "odd", make_world([MODELS[0], odd])).symbols
    assert symbols == "(800 × $2.001 + 300 × $10.00) ÷ 1,000,000 ≈ $0.00460"
    assert Decimal("0.0046008") == (800 * Decimal("2.001") + 3000) / 1_000_000
