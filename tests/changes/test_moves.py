"""What editions and days ahead move in the pages of a small book, counted by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.changes.making import PAGE, priced, quiz_page, with_model, with_quiz, world
from tests.quizzes.making import models, numeric, usages
from tests.worlds import day, prices, rate

from costbook.assessment.items import Use
from costbook.changes.moves import BookMoves, Tally, book_moves
from costbook.pages import page_of
from costbook.world import Edition

NOW = world()
# Five costs $2 and $10; from December $4 and $20.
DOUBLED = with_model(NOW, "five", periods=(*NOW.models["five"].periods, rate(prices("4.00", "20.00"), "2026-12-01")))
OTHER = page_of("book/b.md", "{price}`input on six`\n")
NOTHING = Tally(0, 0, 0, (), stops=False)


def test_no_edition_before_and_nothing_ahead() -> None:
    assert book_moves(NOW, [OTHER]) == BookMoves(None, ())


def test_a_day_ahead() -> None:
    """Two figures on one page; the page about six stays, and the day that a page prints does not count."""
    page = page_of(PAGE, "{price}`input on five` and {bill}`chat on five`, {edition}`date`\n")
    found = book_moves(DOUBLED, [page, OTHER])
    assert found.ahead == ((day("2026-12-01"), Tally(2, 0, 0, ("book/a",), stops=False)),)


def test_each_day_is_compared_with_the_one_before_it() -> None:
    """Five moves in December, six at New Year."""
    steps = with_model(DOUBLED, "six", periods=(*NOW.models["six"].periods, rate(prices("9", "54"), "2027-01-01")))
    found = book_moves(steps, [page_of(PAGE, "{price}`input on five`\n"), OTHER])
    assert [(str(one), tally.pages) for one, tally in found.ahead] == [
        ("2026-12-01", ("book/a",)),
        ("2027-01-01", ("book/b",)),
    ]


def test_a_claim_that_breaks_and_a_verdict_that_flips() -> None:
    """1,000 in and 250 out: $2 and $2.50 a thousand requests; at $4 in and $10 out, $4 and $2.50."""
    dearer = (*NOW.models["five"].periods, rate(prices("4.00", "10.00"), "2026-12-01"))
    text = "{side}`1000+250 on five`\n\n```{claim} side 1000+250 on five is output\nWords.\n```\n"
    found = book_moves(with_model(NOW, "five", periods=dearer), [page_of(PAGE, text)])
    assert found.ahead[0][1] == Tally(0, 1, 0, ("book/a",), stops=True)


def test_the_keys_of_a_quiz() -> None:
    """Two variants on five, none on six; those of a graded quiz count, and its page is not named."""
    item = numeric(parameters=(models("five"), usages("1000+100", "2000+300")), stem="?", key="bill $case on $model")
    with_one = with_quiz(DOUBLED, item)
    page = quiz_page(with_one.quizzes["small"])
    assert book_moves(with_one, [page]).ahead[0][1] == Tally(0, 0, 2, ("assessments/quizzes/small",), stops=False)
    graded = with_quiz(DOUBLED, item, use=Use.GRADED)
    assert book_moves(graded, [page]).ahead[0][1] == Tally(0, 0, 2, (), stops=False)


def test_since_the_edition_before() -> None:
    """A row of edition 7 made six dearer; edition 6 read the row before it, on an earlier day."""
    six = NOW.models["six"]
    rows = (*six.periods, rate(prices("6", "36"), "2026-06-01", edition=7))
    newer = replace(with_model(NOW, "six", periods=rows, rows=rows), past=(Edition(6, day("2026-10-01"), {}, ()),))
    newer = replace(newer, past=(replace(newer.past[0], houses=newer.edition.houses),))
    assert book_moves(newer, [OTHER]).since == Tally(1, 0, 0, ("book/b",), stops=False)
    assert book_moves(replace(priced(NOW, "six", input="6"), past=newer.past), [OTHER]).since == NOTHING


def test_a_page_that_prints_what_moves_does_not_count_itself() -> None:
    page = page_of(PAGE, "{price}`input on five`\n\n```{changes-ahead}\n```\n")
    assert book_moves(DOUBLED, [page]).ahead[0][1] == NOTHING
