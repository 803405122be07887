"""New rows in price files: where they go, how they read, and that nothing else moves."""

from __future__ import annotations

import difflib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.feed.books import AS_OF, EDITION, MAKER, REPOSITORY, step, tiered
from tests.worlds import day, prices

from costbook.economy.rates import Rate
from costbook.feed.rows import CannotWrite, Row, new_file, price_text, with_edition, with_model, with_rows
from costbook.load.prices import read_provider
from costbook.load.source import Document, parse_source

FILES = sorted((REPOSITORY / "book/data/prices").glob("*.yaml"))
ROW = Row(step("3", "12", "0.25", "2026-12-05"), 2, "genai-prices 0.2.4 five", "https://example.org/new", AS_OF)


def document(text: str = MAKER, name: str = "book/data/prices/maker.yaml") -> Document:
    found = parse_source(name, text)
    assert not found.problems
    return found


def last_row(text: str, model: str, name: str = "book/data/prices/maker.yaml", edition: int = 99) -> Rate:
    """The last row of a model, as the loader reads it."""
    found = document(text, name)
    read = read_provider(found, edition)
    assert not found.problems, found.problems
    assert read is not None
    period = read[1][model].periods[-1]
    assert isinstance(period, Rate)
    return period


def added(old: str, new: str) -> list[str]:
    """The lines that are new; fails where any other line moved or changed."""
    lines = list(difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True)))
    assert not [line for line in lines if line.startswith("-")]
    return [line[2:].rstrip("\r\n") for line in lines if line.startswith("+")]


def test_a_row_stands_behind_the_last_one_and_before_the_blank_line() -> None:
    new = with_rows(document(), "five", [ROW])
    before, after = MAKER.split("          two lines.\n")
    assert (
        new
        == before
        + (
            "          two lines.\n"
            "      - from: 2026-12-05\n"
            "        input: 3.00\n"
            "        cached: 0.25\n"
            "        output: 12.00\n"
            "        edition: 2\n"
            "        source: {via: genai-prices 0.2.4 five, url: https://example.org/new, checked: 2026-11-22}\n"
        )
        + after
    )


def test_a_comment_behind_the_last_model_stays_there() -> None:
    new = with_rows(document(), "soon", [ROW])
    assert new.endswith("checked: 2026-11-22}\n# The end of the maker.\n")
    assert len(added(MAKER, new)) == 6


def test_several_rows_and_every_part() -> None:
    base, high = prices("3", "12", "0.3", "3.75", "6"), prices("6", "18", "0.6", "7.5", "12")
    full = replace(tiered(base, {200000: high, 500000: high}), start=day("2026-12-05"))
    row = replace(ROW, step=full, note='It was "introductory": see #4.')
    new = with_rows(document(), "five", [ROW, replace(row, step=replace(full, start=day("2027-01-01")))])
    assert added(MAKER, new)[6:] == [
        "      - known_from: 2027-01-01",
        "        input: 3.00",
        "        cached: 0.30",
        "        write: 3.75",
        "        write_1h: 6.00",
        "        output: 12.00",
        "        tiers: [{above: 200000, input: 6.00, cached: 0.60, write: 7.50, write_1h: 12.00, output: 18.00}, "
        "{above: 500000, input: 6.00, cached: 0.60, write: 7.50, write_1h: 12.00, output: 18.00}]",
        "        edition: 2",
        "        source: {via: genai-prices 0.2.4 five, url: https://example.org/new, checked: 2026-11-22}",
        '        note: "It was \\"introductory\\": see #4."',
    ]
    read = last_row(new, "five")
    assert (read.prices, read.dated, read.note) == (base, False, 'It was "introductory": see #4.')
    assert [tier.above for tier in read.tiers] == [200000, 500000]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_model_of_the_book_takes_a_row(path: Path) -> None:
    name, old = f"book/data/prices/{path.name}", path.read_text(encoding="utf-8")
    for model in document(old, name).data["models"]:
        row = replace(ROW, edition=9, step=replace(ROW.step, start=day("2030-01-01")))
        new = with_rows(document(old, name), model, [row])
        assert len(added(old, new)) == 6
        assert last_row(new, model, name).start == day("2030-01-01")


def test_line_ends_and_a_missing_last_one() -> None:
    windows = MAKER.replace("\n", "\r\n")
    new = with_rows(document(windows), "five", [ROW])
    assert new.count("\r\n") == new.count("\n") == MAKER.count("\n") + 6
    bare = MAKER.replace("# The end of the maker.\n", "").rstrip("\n")
    assert with_rows(document(bare), "soon", [ROW]).startswith(bare + "\n      - from: 2026-12-05\n")


def test_comments_between_and_behind_the_lines_of_a_row() -> None:
    text = MAKER.replace(
        "        output: 10.00\n        edition: 1\n",
        "# far left\n        output: 10.00\n        # deep\n        edition: 1\n",
        1,
    ).replace("          two lines.\n", "          two lines.\n        # about this row\n# far left again\n")
    new = with_rows(document(text), "five", [ROW])
    assert "        # about this row\n      - from: 2026-12-05\n" in new
    assert len(added(text, new)) == 6
    assert last_row(new, "five").start == day("2026-12-05")


@pytest.mark.parametrize("rates", ["[{", "\n      -\n        {"])
def test_rows_that_are_written_in_another_form(rates: str) -> None:
    head = MAKER[: MAKER.index("    rates:")]
    source = "{via: x, url: 'https://x.y', checked: 2026-01-01}"
    row = f"from: 2026-01-01, input: 2.00, output: 10.00, edition: 1, source: {source}"
    text = f"{head}    rates: {rates}{row}}}{']' if '[' in rates else ''}\n"
    with pytest.raises(CannotWrite, match=r"maker\.yaml:\d+:\d+: the rates of 'five' are not a list with dashes"):
        with_rows(document(text), "five", [ROW])


@pytest.mark.parametrize(
    ("price", "text"),
    [
        ("2", "2.00"),
        ("2.50", "2.50"),
        ("0.003625", "0.003625"),
        ("1.8750", "1.875"),
        ("1E+1", "10.00"),
        ("150", "150.00"),
    ],
)
def test_a_price_as_data_files_write_it(price: str, text: str) -> None:
    assert price_text(Decimal(price)) == text


TEXTS = st.text(st.characters(max_codepoint=0x2FF, exclude_categories=["Cc"]), max_size=60)


@settings(max_examples=200)
@given(TEXTS.filter(str.strip), TEXTS.filter(str.strip))
def test_any_text_is_read_back(via: str, note: str) -> None:
    new = with_rows(document(), "five", [replace(ROW, via=via, note=note)])
    read = last_row(new, "five")
    assert (read.source.via, read.note) == (" ".join(via.split()), " ".join(note.split()))


# --- models and the edition -------------------------------------------------------------------------------------------


def test_a_model_at_the_end() -> None:
    new = with_model(document(), "six:batch", [("name", "Six: the batch"), ("billing", "in batches")], [ROW])
    assert added(MAKER, new)[:6] == [
        "",
        "  six:batch:",
        '    name: "Six: the batch"',
        "    billing: in batches",
        "    rates:",
        "      - from: 2026-12-05",
    ]
    assert last_row(new, "six:batch").prices == prices("3", "12", "0.25")


def test_a_first_file() -> None:
    head = [("provider", "new"), ("name", "The New"), ("first_party", "true"), ("pricing", "https://example.org")]
    text = new_file(head, "six", [("name", "Six")], [ROW])
    assert last_row(text, "six", "book/data/prices/new.yaml").prices == prices("3", "12", "0.25")
    assert text.startswith("# What The New charges, in USD per million tokens.")


FIRST_PAST = """\
past:
  - {edition: 1, as_of: 2026-11-22, houses: {everyday: five, seed: moved}, contrasts: [moved]}
"""


def test_the_edition_and_its_comments() -> None:
    new = with_edition(document(EDITION, "book/data/edition.yaml"), 2, day("2026-12-02"))
    assert new == EDITION.replace("edition: 1 ", "edition: 2 ").replace("2026-11-22", "2026-12-02") + FIRST_PAST
    again = with_edition(document(new, "book/data/edition.yaml"), 3, day("2026-12-09"))
    second = "  - {edition: 2, as_of: 2026-12-02, houses: {everyday: five, seed: moved}, contrasts: [moved]}\n"
    assert again == new.replace("edition: 2 ", "edition: 3 ").replace(": 2026-12-02\n", ": 2026-12-09\n").replace(
        "past:\n", f"past:\n{second}"
    )


def test_past_editions_in_the_form_of_their_file() -> None:
    text = (EDITION + "past:\n- edition: 0\n  as_of: 2026-11-01\n  houses: {}\n  contrasts: []\n").replace("\n", "\r\n")
    new = with_edition(document(text, "book/data/edition.yaml"), 2, day("2026-12-02"))
    entry = "- {edition: 1, as_of: 2026-11-22, houses: {everyday: five, seed: moved}, contrasts: [moved]}\r\n"
    assert f"past:\r\n{entry}- edition: 0\r\n" in new
    with pytest.raises(CannotWrite, match=r"edition\.yaml:6:7: write each past edition on a line of its own"):
        with_edition(document(EDITION + "past: []\n", "book/data/edition.yaml"), 2, day("2026-12-02"))


def test_an_edition_in_quotes_and_one_that_cannot_be_written() -> None:
    quoted = EDITION.replace("edition: 1", "edition: '1'").replace("2026-11-22", '"2026-11-22"')
    new = with_edition(document(quoted, "book/data/edition.yaml"), 10, day("2026-12-02"))
    assert document(new).data["edition"] == "10"
    block = EDITION.replace("as_of: 2026-11-22", "as_of: >-\n  2026-11-22")
    with pytest.raises(CannotWrite, match=r"edition\.yaml:3:8: write as_of as plain text"):
        with_edition(document(block, "book/data/edition.yaml"), 2, day("2026-12-02"))
