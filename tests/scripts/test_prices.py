"""The command line for prices: what an author types, and what comes back."""

from __future__ import annotations

import difflib
import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from scripts.prices import main
from tests.feed.books import RECORDED, REPOSITORY, Shelf, feed, first_edition, typed_release
from tests.feed.test_litellm import FIVE, wheel

from costbook.economy.rates import Model
from costbook.feed.book import read_book
from costbook.feed.opinions import FILE
from costbook.feed.recorded import record

OLD, NEW = str(RECORDED / "0.1.4.json"), str(RECORDED / "0.2.3.json")
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "exts"), str(REPOSITORY)])}


def run(*arguments: str, book: Path = REPOSITORY) -> Result:
    """Run the command on a book."""
    command, *rest = arguments
    return CliRunner().invoke(main, [command, "--book", str(book), *rest])


def program(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as an author does."""
    return subprocess.run(
        [sys.executable, str(REPOSITORY / "scripts/prices.py"), *arguments],
        env={**ENVIRONMENT, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """A small book on disk, of edition 1."""
    return Shelf(tmp_path / "small").write()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The prices of the book's first edition, to be written to."""
    return first_edition(tmp_path / "first")


def said(shelf: Shelf, change: tuple[str, str] | None = None, **five: Any) -> str:
    """A recorded feed that agrees with the small book, but for what it says about ``five``; the file's name."""
    book, whole = shelf.book, feed()
    found = json.loads(record(whole, book.ids, book.edition.as_of))
    found["answers"]["maker"]["five"]["now"] |= five
    text = json.dumps(found)
    if change:
        assert change[0] in text
        text = text.replace(*change, 1)
    file = shelf.root.parent / "feed.json"
    file.write_text(text, encoding="utf-8")
    return str(file)


# --- check ------------------------------------------------------------------------------------------------------------


def test_a_book_that_agrees_with_its_feed(copy: Path) -> None:
    ran = run("check", "--feed", NEW, book=copy)
    assert ran.exit_code == 0, ran.output
    assert "Edition 1, priced at 2026-11-22, against genai-prices 0.2.3" in ran.output
    assert "2 retired, 51 equal" in ran.output


def test_a_stale_book_is_told_with_both_values_and_the_change(copy: Path) -> None:
    ran = run("check", "--feed", OLD, book=copy)
    assert ran.exit_code == 1
    assert "The feed says otherwise: 6" in ran.output
    for line in (
        r"claude-sonnet-5 +input +\$2\.00 +\$3\.00 +\+50%",
        r"deepseek-v4-pro +cached +\$0\.022 +\$0\.003625 +−83\.5%",
        r"mistral-small-latest +cached +\$0\.015 +not offered",
        r"gpt-5\.5 +output above 272000 +\$45\.00 +\$30\.00 +−33\.3%",
    ):
        assert re.search(line, ran.output), line
    assert "claude-opus-5-5: genai-prices 0.1.4 answers with the price of claude-opus-5, another model" in ran.output
    assert "gpt-6.1-sol: genai-prices 0.1.4 does not list gpt-6.1-sol for openai" in ran.output
    assert "6 changed, 6 refused, 26 not in the feed, 2 retired, 13 equal" in ran.output


def test_a_price_that_comes_into_force_after_the_edition_is_stale_by_then(copy: Path) -> None:
    ran = run("check", "--feed", NEW, "--at", "2026-11-30", book=copy)
    assert ran.exit_code == 0, ran.output
    ran = run("check", "--feed", NEW, "--at", "2026-12-01", book=copy)
    assert ran.exit_code == 1
    assert "By 2026-12-01 the book itself has another price, and the edition is of an earlier day: 2" in ran.output
    assert re.search(r"Model +Price +Edition +2026-12-01 +Change", ran.output)
    assert re.search(r"gemini-4-argon:batch +output +\$5\.00 +\$10\.00 +\+100%", ran.output)


def test_a_new_disagreement_of_the_second_opinion_and_a_decided_one(shelf: Shelf) -> None:
    other = wheel(shelf.root.parent, json.dumps({"five": {**FIVE, "output_cost_per_token": 1.2e-05}}))
    options = ("check", "--feed", said(shelf), "--litellm", str(other))
    ran = run(*options, book=shelf.root)
    assert ran.exit_code == 1
    assert re.search(r"five +output +\$10\.00 +\$12\.00 +new: decide", ran.output)
    assert f"1 new disagreement; write what is decided into {FILE}" in ran.output
    (shelf.root / FILE).write_text(
        "opinions:\n  - model: five\n    against: litellm\n    values: [{what: output, book: 10.00, theirs: 12.00}]\n"
        "    decision: book\n    decided: 2026-11-22\n    why: The page says ten.\n"
    )
    ran = run(*options, book=shelf.root)
    assert ran.exit_code == 0, ran.output
    assert re.search(r"five +output +\$10\.00 +\$12\.00 +book", ran.output)
    assert "five: The page says ten." in ran.output
    agreeing = wheel(shelf.root.parent, json.dumps({"five": FIVE}))
    ran = run("check", "--feed", said(shelf), "--litellm", str(agreeing), book=shelf.root)
    assert "five: output no longer differs as decided; take it out of" in ran.output


def test_a_wheel_that_is_none(shelf: Shelf) -> None:
    ran = run("check", "--feed", said(shelf), "--litellm", said(shelf), book=shelf.root)
    assert ran.exit_code == 2
    assert "feed.json is no wheel of litellm" in ran.output


def test_rows_that_wait_are_told(shelf: Shelf) -> None:
    edition = shelf.root / "book/data/edition.yaml"
    run("update", "--feed", said(shelf, input="3"), "--as-of", "2026-11-22", book=shelf.root)
    edition.write_text(shelf.files["book/data/edition.yaml"])
    ran = run("check", "--feed", said(shelf), book=shelf.root)
    assert "Rows wait for edition 2: five; `update` puts them in force" in ran.output


# --- a feed that cannot be used ---------------------------------------------------------------------------------------

BAD = {
    "a price of 0": ({"output": "0"}, None, 1, "the output price of five, 0, is what lists write where"),
    "a negative one": ({"output": "-1"}, None, 1, "the output price of five, -1, is negative"),
    "not a number": ({"output": "NaN"}, None, 1, "the output price of five, NaN, is not a number"),
    "1e400": ({"output": "1e400"}, None, 1, "the output price of five, 1E+400, is too large"),
    "a missing price": ({"output": None}, None, 1, "no output price of five is given"),
    "a duplicate model": ({}, ('"moved":', '"five": {}, "moved":'), 2, "'five' stands twice"),
    "unreadable": ({}, ("{", "("), 2, "is no record of a feed"),
}


@pytest.mark.parametrize(("five", "change", "code", "message"), BAD.values(), ids=BAD.keys())
def test_a_feed_with_a_bad_value_changes_nothing(
    shelf: Shelf, five: dict[str, Any], change: tuple[str, str] | None, code: int, message: str
) -> None:
    file, before = said(shelf, change, **five), shelf.texts
    for command in (("check",), ("update", "--as-of", "2026-12-02")):
        ran = run(*command, "--feed", file, book=shelf.root)
        assert ran.exit_code == code, ran.output
        assert message in " ".join(ran.output.split())
        assert "Traceback" not in ran.output
    assert shelf.texts == before


def test_a_model_that_the_feed_does_not_have_is_left_as_it_is(shelf: Shelf) -> None:
    file, before = said(shelf, ('"five":', '"six":')), shelf.texts
    ran = run("check", "--feed", file, book=shelf.root)
    assert ran.exit_code == 1
    assert "five: genai-prices 0.2.4 was recorded without five of maker" in ran.output
    ran = run("update", "--as-of", "2026-11-22", "--feed", file, book=shelf.root)
    assert ran.exit_code == 0
    assert "five: genai-prices 0.2.4 was recorded without five" in ran.output
    assert shelf.texts == before


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("raise ImportError('no such thing')", "the price feed is not there (no such thing); install it with"),
        ("1 / 0", "the price feed cannot be read (division by zero); install it again"),
        ("price = (", "the price feed cannot be read"),
    ],
)
def test_a_package_that_cannot_be_imported(tmp_path: Path, code: str, message: str) -> None:
    (tmp_path / "genai_prices").mkdir()
    (tmp_path / "genai_prices/__init__.py").write_text(code)
    ran = program("check", PYTHONPATH=os.pathsep.join([str(tmp_path), ENVIRONMENT["PYTHONPATH"]]))
    assert ran.returncode == 2
    assert message in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_slip_in_the_data_is_told_with_its_place(shelf: Shelf) -> None:
    file = shelf.root / "book/data/prices/maker.yaml"
    file.write_text(shelf.files["book/data/prices/maker.yaml"].replace("input: 2.00", "input: two", 1))
    for command in (("check",), ("update",), ("history", "five"), ("add", "maker/new")):
        ran = run(*command, book=shelf.root)
        assert ran.exit_code == 2
        assert "book/data/prices/maker.yaml:12:16: input: 'two' is not a price" in ran.output


# --- update -----------------------------------------------------------------------------------------------------------


def test_a_dry_run_shows_a_coloured_diff_and_writes_nothing(shelf: Shelf) -> None:
    before, file = shelf.texts, said(shelf, input="3")
    arguments = ("update", "--dry-run", "--as-of", "2026-11-22", "--book", str(shelf.root), "--feed", file)
    ran = program(*arguments, FORCE_COLOR="1", TERM="xterm-256color")
    assert ran.returncode == 0, ran.stderr
    assert "\x1b[36m@@" in ran.stdout
    assert "\x1b[32m+        input: 3.00\x1b[0m" in ran.stdout
    assert "\x1b[31m-edition: 1   # the serial\x1b[0m" in ran.stdout
    assert "\x1b[32m+edition: 2   # the serial\x1b[0m" in ran.stdout
    assert shelf.texts == before
    plain = program(*arguments)
    assert "\x1b" not in plain.stdout
    assert "Dry run: nothing was changed" in plain.stdout


def test_an_update_and_the_same_again(shelf: Shelf) -> None:
    options = ("update", "--as-of", "2026-11-22", "--feed", said(shelf, input="3"))
    ran = run(*options, book=shelf.root)
    assert ran.exit_code == 0, ran.output
    assert re.search(r"five +known from 2026-11-22 *\n +input +\$2\.00 +\$3\.00 +\+50%", ran.output)
    assert "Wrote book/data/prices/maker.yaml\nWrote book/data/edition.yaml\n" in ran.output
    assert "Edition 2 of 2026-11-22 is in force" in ran.output
    once = shelf.texts
    ran = run(*options, book=shelf.root)
    assert ran.exit_code == 0
    assert "Nothing to do: edition 2 of 2026-11-22 says what genai-prices 0.2.4 says" in ran.output
    assert shelf.texts == once


def test_a_jump_is_refused(shelf: Shelf) -> None:
    options = ("update", "--as-of", "2026-11-22", "--feed", said(shelf, input="9"))
    before = shelf.texts
    ran = run(*options, book=shelf.root)
    assert ran.exit_code == 1
    assert "five: input goes from 2.00 to 9, more than 3 times; --allow five takes it" in ran.output
    assert "Nothing was changed." in ran.output
    assert run(*options, "--keep", "five", book=shelf.root).exit_code == 0
    assert shelf.texts == before
    assert run(*options, "--factor", "4.5", book=shelf.root).exit_code == 0
    assert shelf.book.models["five"].rate_on(shelf.book.edition.as_of).prices.input == 9


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--allow", "fve"), "unknown model 'fve'; did you mean 'five'?"),
        (("--factor", "1"), "'1' is not a number above 1"),
        (("--factor", "nan"), "'nan' is not a number above 1"),
        (("--as-of", "yesterday"), "'yesterday' does not match the format"),
        (("--as-of", "2026-11-01"), "priced at 2026-11-22 and does not go back to 2026-11-01"),
    ],
)
def test_what_cannot_be_asked_for(shelf: Shelf, option: tuple[str, str], message: str) -> None:
    ran = run("update", "--feed", said(shelf), *option, book=shelf.root)
    assert ran.exit_code != 0
    assert message in ran.output


def test_the_run_from_one_release_to_the_next(copy: Path) -> None:
    """The prices as the old release would have them, brought up to the new one."""
    today, first = ("--as-of", "2026-11-22"), first_edition(copy.parent / "untouched")
    old = run(
        "update", *today, "--feed", OLD, "--allow", "deepseek-v4-pro", "--allow", "mistral-small-latest", book=copy
    )
    assert old.exit_code == 0, old.output
    stale = run("check", "--feed", NEW, book=copy)
    assert stale.exit_code == 1
    assert "The feed says otherwise: 6" in stale.output
    before = prices_of(copy)

    refused = run("update", *today, "--feed", NEW, book=copy)
    assert refused.exit_code == 1
    assert "deepseek-v4-pro: cached goes from 0.003625 to 0.022, more than 3 times" in refused.output
    assert prices_of(copy) == before

    new = run("update", *today, "--feed", NEW, "--allow", "deepseek-v4-pro", book=copy)
    assert new.exit_code == 0, new.output
    moved = {model: (before[model], now) for model, now in prices_of(copy).items() if now != before[model]}
    assert moved == {
        "claude-sonnet-5": (("3.00", "15.00"), ("2.00", "10.00")),
        "deepseek-v4-pro": (("0.435", "0.87"), ("0.66", "1.98")),
        "deepseek-v4-flash": (("0.14", "0.28"), ("0.15", "0.60")),
        "mistral-small-latest": (("0.10", "0.30"), ("0.15", "0.60")),
    }
    book = read_book(copy)
    long = {
        model: book.models[model].rate_on(book.edition.as_of).prices_for(300_000) for model in ("gpt-5.5", "grok-4.5")
    }
    assert {model: (prices.input, prices.cached) for model, prices in long.items()} == {
        "gpt-5.5": (Decimal(10), Decimal(1)),
        "grok-4.5": (Decimal(4), Decimal("0.6")),
    }
    assert run("check", "--feed", NEW, book=copy).exit_code == 0
    for path in (copy / "book/data/prices").iterdir():
        lines = difflib.ndiff((first / path.relative_to(copy)).read_text().splitlines(), path.read_text().splitlines())
        assert not [line for line in lines if line.startswith("-")]  # lines are only added


def prices_of(root: Path) -> dict[str, tuple[str, str]]:
    """Input and output price of every model on the day of the edition."""
    book = read_book(root)

    def listed(model: Model) -> tuple[str, str]:
        prices = model.rate_on(book.edition.as_of).prices
        return str(prices.input), str(prices.output)

    return {model.id: listed(model) for model in book.models.values() if model.retired is None}


# --- history and add --------------------------------------------------------------------------------------------------


def test_the_history_of_a_model(copy: Path) -> None:
    ran = run("history", "gpt-4o", book=copy)
    assert ran.exit_code == 0
    lines = [" ".join(line.split()) for line in ran.output.splitlines()]
    assert lines[:5] == [
        "GPT-4o (openai/gpt-4o), USD per million tokens",
        "From Start input cached output Edition",
        "2024-05-13 dated $5.00 $15.00 1",
        "2024-08-06 unknown 1",
        "2024-10-16 first evidence $2.50 $1.25 $10.00 1",
    ]
    assert "2024-05-13: genai-prices 0.2.3 gpt-4o-2024-05-13, checked 2026-11-22" in lines


def test_the_history_of_tiers_and_of_a_retired_model(copy: Path) -> None:
    tiered = run("history", "claude-sonnet-4-6", book=copy).output
    assert re.search(r"above 200,000 +\$6\.00 +\$0\.60 +\$7\.50 +\$12\.00 +\$22\.50", tiered)
    assert "Retired on 2026-10-23" in run("history", "gpt-4o-2024-05-13", book=copy).output


def test_the_history_of_nobody() -> None:
    ran = run("history", "gpt-4p")
    assert ran.exit_code == 1
    assert "unknown model 'gpt-4p'; did you mean 'gpt-4o'?" in ran.output


@typed_release
def test_a_model_is_added_and_waits_for_the_update(copy: Path) -> None:
    before = read_book(copy)
    ran = run("add", "openai/gpt-6-sol", "--dry-run", book=copy)
    assert ran.exit_code == 0, ran.output
    assert "+  gpt-6-sol:" in ran.output
    assert read_book(copy) == before
    for model in ("openai/gpt-6-sol", "openai/gpt-6-sol:batch"):
        ran = run("add", model, book=copy)
        assert ran.exit_code == 0, ran.output
    assert "gpt-6-sol:batch waits for edition 2; `update` puts it in force" in ran.output
    assert read_book(copy).models == before.models
    assert "2 (waits)" in run("history", "gpt-6-sol", book=copy).output
    later = run("update", "--as-of", "2099-01-01", book=copy)
    assert later.exit_code == 0, later.output
    assert "Rows that were waiting come into force: gpt-6-sol, gpt-6-sol:batch" in later.output
    assert set(read_book(copy).models) - set(before.models) == {"gpt-6-sol", "gpt-6-sol:batch"}
    assert read_book(copy).models["gpt-6-sol:batch"].billing


@typed_release
def test_a_model_of_a_provider_that_the_book_does_not_have(copy: Path) -> None:
    ran = run("add", "perplexity/sonar", book=copy)
    assert ran.exit_code == 1
    assert "For a new provider say --first-party or --host" in ran.output
    ran = run("add", "perplexity/sonar", "--first-party", book=copy)
    assert ran.exit_code == 0, ran.output
    assert read_book(copy).providers["perplexity"].first_party
    assert "sonar" in read_book(copy).waiting


@typed_release
@pytest.mark.parametrize(
    ("wanted", "code", "message"),
    [
        ("gpt-6-sol", 2, "'gpt-6-sol' is not PROVIDER/MODEL"),
        ("openai/gpt-4o", 1, "gpt-4o stands in book/data/prices/openai.yaml already"),
        ("openai/gpt-6-sool", 1, "does not list gpt-6-sool for openai"),
        ("anthropic/claude-sonnet-4-6-zzz", 1, "answers with the price of claude-sonnet-4-6, another model"),
        ("opnai/gpt-6-sol", 1, "did you mean 'openai'?"),
    ],
)
def test_a_model_that_cannot_be_added(copy: Path, wanted: str, code: int, message: str) -> None:
    before = read_book(copy)
    ran = run("add", wanted, book=copy)
    assert ran.exit_code == code
    assert message in ran.output
    assert read_book(copy) == before


def test_every_command_helps_with_examples() -> None:
    assert "Examples:" in program("--help").stdout
    assert set(main.commands) == {"check", "pin", "update", "impact", "history", "add", "record", "survey"}
    for command in main.commands:
        shown = CliRunner().invoke(main, [command, "--help"])
        assert shown.exit_code == 0
        assert "Example" in shown.output
        assert f"python scripts/prices.py {command}" in shown.output
