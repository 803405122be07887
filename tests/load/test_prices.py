"""Slips in prices and in the edition, each found at its own line and column."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from costbook.load import load_world

if TYPE_CHECKING:
    from tests.load.conftest import Book

EDITION = "book/data/edition.yaml"
MAKER = "book/data/prices/maker.yaml"
HOST = "book/data/prices/host.yaml"

A_PRICE = "is not a price; write USD per million tokens as a plain decimal such as 2.50 or 0.003625"
A_NUMBER = "is not a whole number; write digits only, such as 1500"
A_DATE = "is not a date; write YYYY-MM-DD"
AN_ID = "is not an id; write at most 100 letters, digits and . : - _ without spaces"
SOURCE = "        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}\n"


@pytest.mark.parametrize(
    "wrong",
    [
        "NaN", "nan", "Infinity", ".inf", "-.inf", "1e400", "1e3", "-1", "+2", "2.", ".5", "0x10", "1_000", "1,000",
        "$2.50", "2.50 USD", "12:30", "free", "true", "2.5000001", "1000000", "１２", '""', "two\u00a0",
    ],
)  # fmt: skip
def test_a_price_is_a_plain_decimal(book: Book, wrong: str) -> None:
    place = book.edit(HOST, "input: 0.59", f"input: ¦{wrong}")
    assert book.problems() == [f"{place}: input: {wrong.strip(chr(34))!r} {A_PRICE}"]


@pytest.mark.parametrize("right", ["0.003625", '"2.50"', "999999.999999", "0.00"])
def test_what_a_price_may_look_like(book: Book, right: str) -> None:
    book.edit(HOST, "input: 0.59", f"input: {right}")
    world = book.load()
    assert world.model("hosted").rate_on(world.edition.as_of).prices.input == Decimal(right.strip('"'))


def test_a_huge_number_is_not_repeated_in_full(book: Book) -> None:
    place = book.edit(HOST, "input: 0.59", f"input: ¦{'9' * 100000}")
    assert book.problems() == [f"{place}: input: '{'9' * 40}' {A_PRICE}"]


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ("[0.59]", "input: is a list; a price is needed"),
        ("{usd: 0.59}", "input: is a mapping; a price is needed"),
    ],
)
def test_a_price_is_one_value(book: Book, wrong: str, expected: str) -> None:
    place = book.edit(HOST, "input: 0.59", f"input: ¦{wrong}")
    assert book.problems() == [f"{place}: {expected}"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # a provider's file
        (MAKER, "provider: maker", "provider: ¦makers", "the file of provider 'makers' must be named makers.yaml"),
        (MAKER, "provider: maker\n", "", "needs the key 'provider'"),
        (MAKER, "name: The Maker\n", "¦nam: The Maker\n", "unknown key 'nam'; did you mean 'name'?"),
        (MAKER, "name: The Maker", "name: ¦[The Maker]", "name: is a list; text is needed"),
        (MAKER, "name: The Maker", 'name: ¦"  "', "name: is empty; text is needed"),
        (MAKER, "name: The Maker", "name:¦", "name: is empty; text is needed"),
        (MAKER, "first_party: true", "first_party: ¦maybe", "first_party: 'maybe' is neither true nor false"),
        (
            MAKER,
            "pricing: https://example.org/maker",
            "pricing: ¦example.org",
            "pricing: 'example.org' is not an address; write https://…",
        ),
        (
            MAKER,
            "pricing: https://example.org/maker",
            "pricing: ¦javascript:alert(1)",
            "pricing: 'javascript:alert(1)' is not an address; write https://…",
        ),
        # a model
        (MAKER, "    name: Five\n", "    ¦nmae: Five\n", "unknown key 'nmae'; did you mean 'name'?"),
        (MAKER, "  five:batch:\n", "  ¦five batch:\n", f"the key 'five batch' {AN_ID}"),
        (MAKER, "  five:batch:\n", f"  ¦{'x' * 101}:\n", f"the key '{'x' * 40}' {AN_ID}"),
        (MAKER, "context: 400000", "context: ¦many", f"context: 'many' {A_NUMBER}"),
        (MAKER, "context: 400000", "context: ¦-1", f"context: '-1' {A_NUMBER}"),
        (MAKER, "context: 400000", "context: ¦4e5", f"context: '4e5' {A_NUMBER}"),
        (MAKER, "context: 400000", "context: ¦４０００", f"context: '４０００' {A_NUMBER}"),
        (MAKER, "context: 400000", f"context: ¦{'9' * 13}", f"context: '{'9' * 13}' {A_NUMBER}"),
        (
            MAKER,
            "encoding: o200k_base",
            "encoding: ¦o200k",
            "encoding: 'o200k' is none of o200k_base, cl100k_base; did you mean 'o200k_base'?",
        ),
        (MAKER, "retired: 2026-12-31", "retired: ¦2026-12-32", f"retired: '2026-12-32' {A_DATE}"),
        (MAKER, "retired: 2026-12-31", "retired: ¦31.12.2026", f"retired: '31.12.2026' {A_DATE}"),
        (HOST, "alias: false", "alias: ¦2", "alias: '2' is neither true nor false"),
        (
            MAKER,
            "    billing: In batches\n",
            "",
            "'five:batch' is another way to be billed; say in `billing` what it is",
        ),
        # a row
        (HOST, "        input: 0.59\n", "", "rates: needs the key 'input'"),
        (HOST, "        input: 0.59\n        output: 0.79\n", "", "rates: needs the keys 'input', 'output'"),
        (HOST, "        edition: 1\n", "", "rates: needs the key 'edition'"),
        (HOST, SOURCE, "", "rates: needs the key 'source'"),
        (HOST, "        output: 0.79\n", "        ¦ouptut: 0.79\n", "unknown key 'ouptut'; did you mean 'output'?"),
        (HOST, "known_from: 2026-11-22", "known_from: ¦2026-11-31", f"known_from: '2026-11-31' {A_DATE}"),
        (HOST, "edition: 1", "edition: ¦1.0", f"edition: '1.0' {A_NUMBER}"),
        (HOST, "url: https://example.org/list", "url: ¦ftp://x", "url: 'ftp://x' is not an address; write https://…"),
        (HOST, "checked: 2026-11-22", "checked: ¦2026-11-22T00:00", f"checked: '2026-11-22T00:00' {A_DATE}"),
        (HOST, "via: a list, ", "", "needs the key 'via'"),
        (HOST, "      - known_from: 2026-11-22\n", "      - ¦until: 2026-12-01\n", "rates: give `from`"),
        (
            HOST,
            "      - known_from: 2026-11-22\n",
            "      - ¦known_from: 2026-11-22\n        from: 2026-11-22\n",
            "rates: give `from` (a dated start) or `known_from` (first evidence), and not both",
        ),
        (HOST, "      - known_from: 2026-11-22\n", "      - known_from: 2026-11-22\n        until: ¦2026-11-22\n",
         "ends on 2026-11-22, before it starts on 2026-11-22"),
        (
            HOST,
            "      - known_from: 2026-11-22\n",
            "      - ¦unknown: {from: 2026-01-01, until: 2026-02-01, why: so, edition: 1}\n        from: 2026-02-01\n",
            "rates: a period of `unknown` price has no other keys",
        ),
        (HOST, "        input: 0.59\n", "        cached: 0\n        write: ¦cheap\n        input: 0.59\n",
         f"write: 'cheap' {A_PRICE}"),
        # tiers
        (
            MAKER,
            "{above: 200000, input: 4.00, cached: 0.40,",
            "¦{above: 200000, input: 4.00,",
            "'cached' must stand in the row and in each of its tiers, or in none",
        ),
        (
            MAKER,
            "write_1h: 8.00, output: 15.00}",
            "output: 15.00}",
            "'write_1h' must stand in the row and in each of its tiers, or in none",
        ),
        (MAKER, "        cached: 0.20\n", "", "'cached' must stand in the row and in each of its tiers, or in none"),
        (MAKER, ", output: 15.00}", "}", "needs the key 'output'"),
        (MAKER, "above: 200000, ", "", "needs the key 'above'"),
        (MAKER, "{above: 200000", "{above: ¦200.000", f"above: '200.000' {A_NUMBER}"),
        (MAKER, "{above: 200000", "{¦over: 200000", "unknown key 'over'"),
        (
            MAKER,
            "        edition: 1\n        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}\n"
            "        note",
            "          - ¦{above: 200000, input: 6.00, cached: 0.60, write: 7.50, write_1h: 12.00, output: 22.50}\n"
            "        edition: 1\n        source: {via: a list, url: https://example.org/list, checked: 2026-11-22}\n"
            "        note",
            "a tier above 200000 after one above 200000; write tiers in rising order",
        ),
        # the edition
        (EDITION, "edition: 3", "edition: ¦three", f"edition: 'three' {A_NUMBER}"),
        *(
            (EDITION, "contrasts: [moved]\n", f"contrasts: [moved]\npast: [{{{past}}}]\n", why)
            for past, why in (
                ("edition: ¦3, as_of: 2026-11-01, houses: {}, contrasts: []", "3 is not below 3, the edition after it"),
                (
                    "edition: 2, as_of: ¦2026-11-23, houses: {}, contrasts: []",
                    "edition 3, which is later, is priced at 2026-11-22",
                ),
                (
                    "edition: 2, as_of: 2026-11-01, houses: {everyday: ¦six}, contrasts: []",
                    "'six' has no price in edition 2",
                ),
                (
                    "edition: 2, as_of: 2026-11-01, houses: {}, contrasts: [five, ¦six]",
                    "'six' has no price in edition 2",
                ),
            )
        ),
        (EDITION, "edition: 3\n", "", "needs the key 'edition'"),
        (EDITION, "as_of: 2026-11-22", "as_of: ¦2026-11-2", f"as_of: '2026-11-2' {A_DATE}"),
        (EDITION, "as_of: 2026-11-22", "as_of: ¦{day: 22}", "as_of: is a mapping; a date is needed"),
        (EDITION, "as_of: 2026-11-22", "as_of:¦", "as_of: is empty; a date is needed"),
        (EDITION, "everyday: five", "everyday: ¦fife", "unknown model 'fife'; did you mean 'five'?"),
        (EDITION, "seed: moved", "seed: ¦[moved]", "seed: is a list; an id is needed"),
        (EDITION, "everyday: five", "¦every day: five", f"the key 'every day' {AN_ID}"),
        (EDITION, "houses: {everyday: five, seed: moved}", "houses: ¦five", "a mapping (key: value) is needed here"),
        (EDITION, "contrasts: [moved]", "contrasts: [¦hostd]", "unknown model 'hostd'; did you mean 'hosted'?"),
        (
            EDITION,
            "contrasts: [moved]",
            "contrasts: ¦moved",
            "a list is needed here; begin each entry with a dash",
        ),
        (EDITION, "contrasts: [moved]", "contrasts: [¦{a: b}]", "contrasts: is a mapping; an id is needed"),
    ],
)  # fmt: skip
def test_a_slip(book: Book, file: str, old: str, new: str, expected: str) -> None:
    place = book.edit(file, old, new)
    problems = book.problems()
    if "¦" not in new:  # the key is missing from what stands around it: see the next test for the place
        assert [problem.partition(": ")[2] for problem in problems] == [expected]
        return
    found = [problem for problem in problems if problem.startswith(f"{place}: {expected}")]
    assert len(found) == 1, problems
    # a key with another name is missing under its own
    assert all("needs the key" in problem for problem in problems if problem not in found), problems


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("provider: maker\n", "", "1:1"),  # of the whole file: where it begins
        ("        output: 10.00\n        tiers", "        tiers", "11:9"),  # of a row: behind its dash
        ("via: a list, url: https://example.org/list, checked: 2026-11-22}\n        note", "via: a list}\n        note",
         "20:17"),  # of a mapping in braces: at its brace
    ],
)  # fmt: skip
def test_a_missing_key_is_told_where_its_mapping_begins(book: Book, old: str, new: str, place: str) -> None:
    book.edit(MAKER, old, new)
    assert all(problem.startswith(f"{MAKER}:{place}: ") for problem in book.problems())
    assert book.problems()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "    rates:\n      - known_from",
            "    rates: ¦[]\n    x:\n      - known_from",
            "rates: is empty; at least one",
        ),
        ("    rates:\n      - known_from", "    rates: ¦none\n    x:\n      - known_from", "a list is needed here"),
        ("    rates:\n      - known_from", "    rates: ¦{}\n    x:\n      - known_from", "a list is needed here"),
        ("models:\n", "models: ¦{}\nothers:\n", "models: is empty; at least one entry is needed"),
        ("models:\n", "models: ¦[]\nothers:\n", "a mapping (key: value) is needed here"),
    ],
)
def test_a_list_of_nothing_and_no_list(book: Book, old: str, new: str, expected: str) -> None:
    place = book.edit(HOST, old, new)
    assert any(problem.startswith(f"{place}: {expected}") for problem in book.problems()), book.problems()


def test_a_house_model_that_is_retired(book: Book) -> None:
    """One line retires a model; every role that has it is told where it stands."""
    book.edit(MAKER, "  moved:\n    name: Moved\n", "  moved:\n    name: Moved\n    retired: 2026-11-22\n")
    said = f"{EDITION}:%s: 'moved' was retired on 2026-11-22, and the book is priced at 2026-11-22; %s another model"
    problems = [problem for problem in book.problems() if problem.startswith(EDITION)]
    assert problems == [said % ("3:32", "the role 'seed' needs"), said % ("4:13", "the contrasts need")]
    # Without the texts, which is how an impact is shown, it loads.
    assert load_world(book.root, texts_asked=False).models["moved"].retired == date(2026, 11, 22)


def test_a_house_model_that_will_be_retired(book: Book) -> None:
    book.edit(MAKER, "  moved:\n    name: Moved\n", "  moved:\n    name: Moved\n    retired: 2026-11-23\n")
    assert book.problems() == []


def rows(*given: str, edition: int = 1) -> str:
    """Rows of a model: ``from 2026-01-01 until 2026-02-01``, ``known_from …`` or ``unknown … until …``."""
    text = ""
    for row in given:
        mark, words = ("¦" if row.startswith("¦") else ""), row.lstrip("¦").split()
        if words[0] == "unknown":
            text += f"      - {mark}unknown: {{from: {words[1]}, until: {words[3]}, why: so, edition: {edition}}}\n"
            continue
        until = f"        until: {words[3]}\n" if words[2:3] == ["until"] else ""
        serial = words[-1] if words[-2] == "edition" else edition
        text += f"      - {mark}{words[0]}: {words[1]}\n{until}        input: 1.00\n        output: 2.00\n"
        text += f"        edition: {serial}\n{SOURCE}"
    return text


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        # rows of one edition stand in order of start
        (("from 2026-02-01", "¦from 2026-01-01"), "starts on 2026-01-01, not after the row above it (2026-02-01)"),
        (
            ("from 2026-01-01", "¦known_from 2026-01-01"),
            "starts on 2026-01-01, not after the row above it (2026-01-01)",
        ),
        # and in order of edition
        (
            ("from 2026-01-01 edition 2", "¦from 2026-02-01 edition 1"),
            "was added for edition 1, before the row above it; append new rows at the end",
        ),
        # a stated end touches the next row of the same or an earlier edition
        (
            ("¦from 2026-01-01 until 2026-02-01", "from 2026-02-02"),
            "ends on 2026-02-01, but the next row starts on 2026-02-02; periods must touch",
        ),
        (
            ("¦from 2026-01-01 until 2026-02-01", "from 2026-01-31"),
            "ends on 2026-02-01, but the next row starts on 2026-01-31; periods must touch",
        ),
        (
            ("from 2026-01-01", "¦unknown 2026-02-01 until 2026-03-01", "from 2026-03-02"),
            "ends on 2026-03-01, but the next row starts on 2026-03-02; periods must touch",
        ),
        (
            ("from 2026-03-01 edition 1", "¦from 2026-01-01 until 2026-02-01 edition 2"),
            "ends on 2026-02-01, but the next row starts on 2026-03-01; periods must touch",
        ),
        # a period without evidence lies between two that have some
        (
            ("from 2026-01-01", "¦unknown 2026-02-01 until 2026-03-01"),
            "an unknown period needs a row after it; without one, let the price before it end",
        ),
        (
            ("¦unknown 2026-02-01 until 2026-03-01", "from 2026-03-01 edition 2"),
            "an unknown period needs a row after it; without one, let the price before it end",
        ),
    ],
)
def test_rows_that_make_no_history(book: Book, given: tuple[str, ...], expected: str) -> None:
    head = (book.root / HOST).read_text().partition("      - known_from")[0]
    place = book.write(HOST, head + rows(*given))
    assert book.problems() == [f"{place}: {expected}"]


@pytest.mark.parametrize(
    "given",
    [
        ("from 2026-01-01 until 2026-02-01", "from 2026-02-01"),
        ("from 2026-01-01", "from 2026-02-01"),
        ("known_from 2026-01-01", "unknown 2026-02-01 until 2026-03-01", "known_from 2026-03-01 until 2026-04-01"),
        # a later edition may correct a row, fill in what came before, and end a price earlier than it had stated
        ("from 2026-01-01", "from 2026-01-01 edition 2"),
        ("known_from 2026-03-01", "from 2026-01-01 until 2026-03-01 edition 2"),
        ("from 2026-01-01 until 2026-06-01", "from 2026-06-01", "from 2026-05-01 edition 2"),
        ("from 2026-01-01 until 2026-06-01", "from 2026-08-01 edition 2"),
    ],
)
def test_rows_that_make_a_history(book: Book, given: tuple[str, ...]) -> None:
    head = (book.root / HOST).read_text().partition("      - known_from")[0]
    book.write(HOST, head + rows(*given))
    assert book.problems() == []


def test_an_end_before_the_start(book: Book) -> None:
    place = book.edit(MAKER, "until: 2024-08-06", "until: ¦2024-05-12")
    assert f"{place}: ends on 2024-05-12, before it starts on 2024-05-13" in book.problems()


def test_a_model_of_two_providers(book: Book) -> None:
    book.edit(MAKER, "  moved:\n    name", "  hosted:\n    ¦name")
    place = f"{MAKER}:23:5"
    assert f"{place}: the model 'hosted' stands in host.yaml too" in book.problems()


def test_a_house_model_that_is_not_visible_yet(book: Book) -> None:
    book.edit(HOST, "edition: 1", "edition: 4")
    place = book.edit(EDITION, "seed: moved", "seed: ¦hosted")
    assert [problem.partition(";")[0] for problem in book.problems()] == [f"{place}: unknown model 'hosted'"]
