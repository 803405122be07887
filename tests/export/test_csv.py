"""The table: read with Python's own reader of CSV, marked from its cells, and safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export import site_marking
from tests.export.sample_banks import PAGE, bank, book_banks, every_kind, hostile, sub_cent

from costbook.assessment.rich import Rich, to_plain
from costbook.export.bank import Bank, Banked
from costbook.export.csv_table import FATES, write
from costbook.export.losses import Feature, Keep
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
)

Row = dict[str, str]


@cache
def cells(found: Bank) -> tuple[tuple[str, ...], ...]:
    (document,) = write(found).values()
    assert document.startswith(b"\xef\xbb\xbf"), "the mark that tells spreadsheets the encoding"
    text = document.decode("utf-8-sig")
    return tuple(map(tuple, csv.reader(StringIO(text, newline=""), strict=True)))


def read(found: Bank) -> list[Row]:
    """The rows by the names of their columns, without the apostrophe that keeps a spreadsheet from computing."""
    head, *rows = cells(found)
    assert len(set(head)) == len(head)
    return [dict(zip(head, (re.sub("^'", "", cell) for cell in row), strict=True)) for row in rows]


def questions(found: Bank) -> Iterator[tuple[Banked, Row]]:
    return zip(found.questions, read(found), strict=True)


def answers(row: Row) -> list[Row]:
    """The answers of a row, each with its cells."""
    names = ("answer", "partner", "from", "to", "share", "feedback")
    count = sum(name.startswith("share ") for name in row)
    found = [{name: row[f"{name} {place}"] for name in names} for place in range(1, count + 1)]
    return [one for one in found if any(one.values())]


def squeezed(text: Rich | str) -> str:
    return "".join((text if isinstance(text, str) else to_plain(text)).split())


BANKS = (*book_banks(), every_kind())
EVERY = [pair for banked in BANKS for pair in questions(banked)]


def test_ticks_have_the_shares_of_the_site() -> None:
    for question, row in EVERY:
        body = question.variant.body
        if isinstance(body, ChoiceBody | MultipleBody):
            found = answers(row)
            assert [squeezed(one["answer"]) for one in found] == [squeezed(one.text) for one in body.options]
            assert [squeezed(one["feedback"]) for one in found] == [squeezed(one.feedback) for one in body.options]
            for option, one in zip(body.options, found, strict=True):
                if option.right:
                    assert float(one["share"]) == pytest.approx(
                        float(site_marking.ticked(body, [option.id])), abs=1e-6
                    )  # fmt: skip
            right = [option.id for option in body.options if option.right]
            for option, one in zip(body.options, found, strict=True):
                if not option.right and isinstance(body, MultipleBody):
                    less = site_marking.ticked(body, [*right, option.id]) - site_marking.ticked(body, right)
                    assert float(one["share"]) == pytest.approx(float(less), abs=1e-6)
                elif not option.right:
                    assert one["share"] == "0"


def test_numbers_have_the_windows_of_the_site() -> None:
    for question, row in EVERY:
        body = question.variant.body
        if isinstance(body, NumericBody):
            *windows, otherwise = answers(row)
            for number in (body.key, body.low, body.high, *(one.value for one in body.wrong), Decimal(77777)):
                fitting = (one for one in windows if Decimal(one["from"]) <= number <= Decimal(one["to"]))
                one = next(fitting, otherwise)
                marks, feedback = site_marking.typed(body, number)
                assert (float(one["share"]), squeezed(one["feedback"])) == (float(marks), squeezed(feedback))
            assert Decimal(windows[0]["answer"]) == body.key
            assert otherwise["answer"] == "(anything else)"


def test_the_sub_cent_case() -> None:
    """What the table says of it; the loss report says that nothing is graded."""
    (row,) = read(bank(sub_cent()))
    assert row["unit"] == "dollars"
    assert [(one["answer"], one["from"], one["to"], one["share"]) for one in answers(row)] == [
        ("0.0081", "0.00805", "0.00815", "1"),
        ("0.0189", "0.01885", "0.01895", "0"),
        ("(anything else)", "", "", "0"),
    ]
    assert "nothing is graded" in FATES[Feature.TOLERANCE].how


def test_orders_matches_and_texts_are_listed() -> None:
    for question, row in EVERY:
        body = question.variant.body
        found = answers(row)
        match body:
            case OrderBody():
                text = {event.id: squeezed(event.text) for event in body.events}
                assert [squeezed(one["answer"]) for one in found] == [text[event] for event in body.order]
                assert [one["partner"] for one in found] == [str(place) for place in range(1, len(found) + 1)]
            case MatchBody():
                rights = {squeezed(right.text): right.id for right in body.rights}
                chosen = {
                    left.id: rights[squeezed(one["partner"])] for left, one in zip(body.lefts, found, strict=False)
                }
                assert site_marking.matched(body, chosen) == 1
                assert {one["answer"] for one in found[len(body.lefts) :]} <= {"(nothing)"}
                assert sorted(squeezed(one["partner"]) for one in found) == sorted(rights)
            case ShortBody():
                for one in found[:-1]:
                    marks, feedback = site_marking.wrote(body, one["answer"])
                    assert (float(one["share"]), squeezed(one["feedback"])) == (float(marks), squeezed(feedback))
                assert {*body.accept} <= {one["answer"] for one in found}
            case OpenBody():
                for criterion in body.rubric.criteria:
                    for points, level in criterion.levels:
                        assert squeezed(f"{points}: {level}") in squeezed(row["rubric"])
                assert row["task"].startswith(f"Write {body.least_words} to {body.most_words} words.")


def test_what_goes_with_a_question_has_columns_of_its_own() -> None:
    for banked in BANKS:
        pools = [pool.id for pool in banked.pools for _ in pool.questions]
        for (question, row), pool in zip(questions(banked), pools, strict=True):
            variant = question.variant
            about = (row["id"], row["digest"], row["pool"], row["name"], row["kind"], row["points"], row["code"])
            assert about == (
                question.id, question.digest, pool, question.name, variant.kind, str(variant.points), variant.code,
            )  # fmt: skip
            assert (row["edition"], row["priced at"], row["stale?"]) == (str(banked.edition), "2026-11-22", PAGE)
            assert row["misconceptions"].split() == list(question.misconceptions)
            assert (row["objective"], row["level"], row["process"]) == (
                variant.objective, variant.level.value, variant.process,
            )  # fmt: skip
            assert bool(row["hint"]) == (variant.hint is not None)


# --- spreadsheets -----------------------------------------------------------------------------------------------------

# OWASP, "CSV Injection": what begins a formula, or makes a spreadsheet look at the character after it.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
DANGEROUS = (*FORMULA, "\t", "\r", "\n")
PAYLOADS = ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "'=1", "-2.5", "=cmd|' /C calc'!A0",
            '"=1', 'a";=1', "a;=1", "a,+1", "a\n-b", "x\x00\ud800y", "")  # fmt: skip


def check(found: Bank) -> None:
    """No cell is computed, wherever a spreadsheet parts cells."""
    for row in cells(found):
        assert len(row) == len(cells(found)[0])
        for cell in row:
            if cell.startswith(DANGEROUS):
                assert re.fullmatch(r"-\d+(\.\d+)?", cell), cell
            assert not any(part.startswith(FORMULA) for part in re.split("[;,\t\r\n]", cell)[1:]), cell


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_computed(payload: str) -> None:
    check(hostile(lambda text: f"{payload}{text}"))
    check(hostile(lambda text: f"{text};{payload}"))
    check(hostile(lambda _: payload or "x"))


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()) | st.sampled_from("=+-@;,\t\r\n'\""), max_size=12))
def test_any_text_is_a_text(text: str) -> None:
    check(hostile(lambda old: f"{text}{old}"))


def test_two_texts_never_become_one() -> None:
    """An apostrophe of the author's own stays when a reader takes one off."""
    found = [read(hostile(lambda _, text=text: text))[0]["hint"] for text in ("=1", "'=1", "''=1")]  # type: ignore[misc]
    assert found == ["=1", "'=1", "''=1"]


def test_numbers_below_nothing_stay_numbers() -> None:
    (row,) = [row for question, row in questions(every_kind()) if question.variant.item == "overlapping"]
    place = next(place for place in range(1, 9) if row[f"answer {place}"] == "-3")
    (raw,) = [row for row in cells(every_kind()) if row[0].startswith("sample.overlapping")]
    head = cells(every_kind())[0]
    assert [raw[head.index(f"{name} {place}")] for name in ("answer", "from", "to", "share")] == ["-3", "-5", "-1", "0"]


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert list(write(every_kind())) == ["sample.csv"]
    assert write(every_kind()) == write(every_kind())


def test_every_feature_has_its_fate() -> None:
    assert set(FATES) == set(Feature)
    assert {feature for feature, fate in FATES.items() if fate.keep is Keep.LOST} == {Feature.SAMPLES}
