"""The report: what is counted, how lines and differences are shown, and its three forms."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from tests.changes.making import PAGE, dated, moved, priced, quiz_moved, with_quiz, world
from tests.quizzes.making import choice, models, numeric, usages

from costbook.changes import Entry, Impact
from costbook.changes.report import as_json, between, lines, markdown, percent, sections, summary
from costbook.load import Place

OLD = world()
TEXT = (
    "{bill}`chat`, {side}`chat`, {edition}`date`\n\n```{claim} side chat is output\nMore to write.\n```\n\n"
    "```{price-table} five\n:show: input output\n```\n"
)


@pytest.fixture
def found() -> Impact:
    """Output at $5 ten days later: 1,600 + 1,500 = 3,100; the verdict flips and the claim breaks."""
    return moved(OLD, dated(priced(OLD, "five", output="5"), "2026-12-02"), TEXT)


@pytest.mark.parametrize(
    ("change", "text"),
    [("1", "+100%"), ("-0.0452", "−4.5%"), ("0.0004", "+0.040%"), ("0", "0%")],
)
def test_percent(change: str, text: str) -> None:
    assert percent(Decimal(change)) == text


def test_no_percent_without_numbers() -> None:
    assert percent(None) == ""


def test_lines_in_runs() -> None:
    assert lines(Entry(Place(PAGE, line, 1)) for line in (9, 3, 4, 4, 5, 7, 11, 10)) == "3-5, 7, 9-11"


def test_short_texts_are_shown_whole() -> None:
    assert between("It costs $3.", "It costs $4.") == ("It costs $3.", "It costs $4.")


def test_long_texts_are_cut_to_what_differs() -> None:
    old = (
        "One two three four five six seven eight nine ten eleven twelve thirteen $3 fifteen sixteen seventeen eighteen"
    )
    assert between(old, old.replace("$3", "$4 or so")) == (
        "… eleven twelve thirteen $3 fifteen sixteen seventeen …",
        "… eleven twelve thirteen $4 or so fifteen sixteen seventeen …",
    )
    assert between(old, f"Zero {old}") == ("One two three …", "Zero One two three …")
    assert between(f"{old} more", old)[0] == "… sixteen seventeen eighteen more"


def test_summary(found: Impact) -> None:
    assert summary(found) == (
        "1 page to read again: 1 broken claim, 1 verdict that flips, 2 figures, 3 texts with the date only. "
        "The book cannot be built like this."
    )
    assert summary(moved(OLD, OLD, TEXT)) == "Nothing moves."


def test_sections_stand_in_the_order_of_what_matters(found: Impact) -> None:
    assert [(one.title, one.count) for one in sections(found)] == [
        ("Broken claims", 1),
        ("Verdicts that flip", 1),
        ("Figures", 2),
        ("Date only", 3),
    ]


def test_texts_of_an_item_stand_together() -> None:
    """Two variants of one item: a row for each of its texts, with their number and the first of them."""
    item = numeric(parameters=(models("five"), usages("1000+100", "2000+300")))
    found = quiz_moved(with_quiz(OLD, item), with_quiz(priced(OLD, "five", output="12"), item))
    by_title = {one.title: one for one in sections(found)}
    assert by_title["Distractors"].count == 2
    assert by_title["Distractors"].rows == (
        (
            "assessments/quizzes/small.yaml:10",
            "amount",
            "swapped-rates",
            "2",
            "model five, case 1000+100",
            "10.2 dollars per 1,000 calls",
            "12.2 dollars per 1,000 calls",
        ),
    )
    assert [row[-1] for row in by_title["Quiz keys that move"].rows] == ["+6.7%", "+8.6%"]


def test_keys_that_flip_come_first() -> None:
    """Input at $3: the second case turns to input; a number among the keys only moves."""
    items = (numeric(parameters=(models("five"), usages("1000+100"))), choice())
    found = quiz_moved(with_quiz(OLD, *items), with_quiz(priced(OLD, "five", input="3"), *items))
    titles = [one.title for one in sections(found)]
    assert titles[:2] == ["Quiz keys that flip", "Quiz keys that move"]
    assert [one.item for one in found.keys if one.flips] == ["side"]


def test_markdown(found: Impact) -> None:
    assert markdown(found).splitlines() == [
        "## Impact of the change",
        "",
        f"From edition 7, priced at 2026-11-22 to edition 7, priced at 2026-12-02. {summary(found)}",
        "",
        "### Broken claims (1)",
        "",
        "| Where | Condition | Found |",
        "| --- | --- | --- |",
        "| book/a.md:3 | side chat is output | side chat on everyday is input |",
        "",
        "### Verdicts that flip (1)",
        "",
        "| Where | Question | Shown in | Old | New | Change |",
        "| --- | --- | --- | --- | --- | --- |",
        "| book/a.md:1 | side chat on everyday | text | output | input |  |",
        "",
        "### Figures (2)",
        "",
        "| Where | Question | Shown in | Old | New | Change |",
        "| --- | --- | --- | --- | --- | --- |",
        "| book/a.md:1 | bill chat on everyday | text | $0.00460 | $0.00310 | −32.6% |",
        "| book/a.md:7 | price output on five | price-table | $10.00 | $5.00 | −50% |",
        "",
        "### Date only (3)",
        "",
        "| Page | Texts | Lines |",
        "| --- | --- | --- |",
        "| book/a.md | 3 | 1, 7 |",
    ]


def test_markdown_of_much_is_cut(found: Impact) -> None:
    text = markdown(found, most=1)
    assert "| book/a.md:1 | bill chat on everyday" in text
    assert "book/a.md:7 | price output" not in text
    assert "and 1 more; `--format json` lists every one." in text


def test_markdown_cannot_be_broken_by_a_name() -> None:
    models = {**OLD.models, "five": OLD.models["five"].__class__("five", "maker", "A | *B* <c> `d`\n# e", ())}
    new = OLD.__class__(**{**OLD.__dict__, "models": models})
    text = markdown(moved(OLD, new, "{name}`five`\n"))
    assert r"| FIVE | A \| \*B\* \<c\> \`d\` \# e |" in text


def test_json(found: Impact) -> None:
    data = json.loads(json.dumps(as_json(found)))
    assert data["version"] == 1
    assert (data["old"], data["new"]) == (
        {"edition": 7, "as_of": "2026-11-22"},
        {"edition": 7, "as_of": "2026-12-02"},
    )
    assert data["stops"] is True
    assert data["pages"] == ["book/a"]
    assert data["summary"] == summary(found)
    assert list(data["entries"]) == list(found.entries)
    assert data["entries"]["claims"] == [
        {
            "file": "book/a.md",
            "line": 3,
            "column": 12,
            "page": "book/a",
            "condition": "side chat is output",
            "found": "side chat on everyday is input",
        }
    ]
    figure = data["entries"]["figures"][1]
    assert (figure["asked"], figure["by"], figure["old"], figure["new"]) == (
        "price output on five",
        "price-table",
        "$10.00",
        "$5.00",
    )
    assert Decimal(figure["change"]) == Decimal("-0.5")
    assert data["entries"]["flips"][0]["change"] is None
