"""The estimate of S001, exact."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner

from book_prices import bill_words, price_book
from costbook.economy.bills import Usage
from costbook.world import World
from count_cost import OTHER_PROMPT, PROMPT_TEXT, count_cost, estimate, given_model, in_floats

DAY = date(2026, 11, 22)
MODEL = given_model((Decimal("2.50"), Decimal("10.00")), DAY)


@pytest.fixture(scope="module")
def world() -> World:
    return price_book().on(DAY)


def run(*arguments: str) -> tuple[int, str]:
    ran = CliRunner().invoke(count_cost, arguments)
    return ran.exit_code, ran.output


def test_the_estimate_of_s001_is_exact() -> None:
    # 13 tokens and 200 × 1.33 = 266: 13 × 2.50 + 266 × 10.00 = 32.5 + 2,660 = 2,692.5 USD per million calls.
    prompt = "You are a helpful assistant. What are the best smart glasses?"
    found = estimate(prompt, 200, MODEL, DAY, 1000)
    assert found.usage == Usage(input=13, output=266)
    assert found.bill.total == Decimal("0.0026925")
    assert found.total == Decimal("2.6925")


def test_what_s001_prints_is_its_other_prompt_in_binary() -> None:
    # 6 × 2.50 + 266 × 10.00 = 2,675 exactly: half up is 2.68, and the binary number just below prints as 2.67.
    found = estimate(OTHER_PROMPT, 200, MODEL, DAY, 1000)
    assert found.usage.input == 6
    assert found.total == Decimal("2.675")
    assert f"{in_floats(found.usage, found.bill.prices, 1000):.2f}" == "2.67"


def test_part_of_a_guessed_token_is_not_counted() -> None:
    assert estimate("", 100, MODEL, DAY, 1).usage == Usage(input=0, output=133)
    assert estimate("", 50, MODEL, DAY, 1).usage.output == 66  # 66.5
    assert estimate("", 0, MODEL, DAY, 1).total == 0


def test_it_prints_the_estimate_and_why_it_is_not_what_s001_prints(world: World) -> None:
    code, said = run("--at", str(DAY))
    assert code == 0
    assert "13 tokens, counted (o200k_base)" in said
    assert "266 tokens, guessed (200 words × 1.33)" in said
    assert "One call: (13 × $2.50 + 266 × $10.00) ÷ 1,000,000 = $0.0026925" in said
    assert "1,000 calls: $2.6925, rounded once, here: $2.69" in said
    assert "Why not $2.67" in said
    assert "with 6 + 266 tokens it is $2.675, which rounds to $2.68" in said
    assert "holds 2.674999999999999822 instead" in said
    source = world.model("gpt-4o").rate_on(DAY).source
    assert f"{source.via}, checked {source.checked}; priced at {DAY}" in said
    assert world.text(PROMPT_TEXT).text.endswith("What are the best smart glasses?")


def test_the_explanation_stands_only_where_it_holds() -> None:
    assert "Why not" not in run("--prompt", OTHER_PROMPT, "--at", str(DAY))[1]
    assert "Why not" not in run("--words", "100", "--at", str(DAY))[1]
    assert "Why not" not in run("--at", "2024-05-13")[1]  # at $5.00 and $15.00 the article's sum is another


def test_prices_of_the_readers_own_are_dated() -> None:
    code, said = run("--prices", "1", "3.0", "--at", "2026-10-01", "--prompt", OTHER_PROMPT, "--words", "100")
    assert code == 0
    assert "Your model: $1.00 input and $3.00 output per million tokens" in said
    assert "given on the command line, checked 2026-10-01; priced at 2026-10-01" in said
    assert "o200k_base, not this model's tokenizer" in said
    # 6 × 1 + 133 × 3 = 405 per million calls, and per thousand of them 0.405.
    assert "1,000 calls: $0.405, rounded once, here: $0.405" in said


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (["--prices", "1", "3"], "prices need their date"),
        (["--prices", "1", "-3", "--at", "2026-10-01"], "'-3' is not a price"),
        (["--prices", "1e3", "3", "--at", "2026-10-01"], "'1e3' is not a price"),
        (["--prices", ".", "3", "--at", "2026-10-01"], "'.' is not a price"),
        (["--model", "gtp-4o"], "did you mean 'gpt-4o'?"),
        (["--at", "2024-09-01"], "the price of gpt-4o on 2024-09-01 is not known"),
        (["--words", "100000000"], "do not fit into the context"),
    ],
)
def test_one_line_says_what_is_wrong(arguments: list[str], what: str) -> None:
    code, said = run(*arguments)
    assert code == 2
    assert said.startswith("Error: ")
    assert what in said
    assert said.count("\n") == 1


def test_the_help_has_examples() -> None:
    code, said = run("--help")
    assert code == 0
    assert "python book/labs/count_cost.py --prompt" in said


def test_bills_of_reported_usage(world: World) -> None:
    # 12 × 2.50 + 101 × 10.00 = 1,040 per million.
    assert bill_words(world, "gpt-4o", Usage(12, 101)) == "$0.00104 on GPT-4o, at its prices of 2026-11-22"
    # 1,000 cached at 1.25; hidden tokens are billed as output: 1,250 + 100 × 10 = 2,250 per million.
    assert bill_words(world, "gpt-4o", Usage(0, 40, cached=1000, reasoning=60)).startswith("$0.00225 on ")
    assert bill_words(world, "my-own", Usage(12, 101)).startswith("not known: unknown model 'my-own'")
    assert bill_words(world, "gpt-4o", Usage(1_000_000, 1)).startswith("not known: 1,000,001 tokens do not fit")
    assert bill_words(world.on(date(2024, 9, 1)), "gpt-4o", Usage(1, 1)).startswith("not known: the price of gpt-4o")
