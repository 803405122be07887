"""A learner works at a quiz: with the keyboard alone, without scripts, over several visits."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .gates.browser import HEIGHT, window
from .gates.model import LAPTOP, PHONE, View
from .gates.site import Site
from .quiz_learner import (
    BILLING,
    BREAK_EVEN,
    EVENTS,
    FALL,
    FINANCE,
    OPERATIONS,
    QUIZ,
    RIGHT,
    SIDE,
    WRONG,
    WRONG_AGAIN,
    Learner,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser
NOTHING = "0 of 6 questions checked: 0 of 13 points. Passed: 0 of 2 objectives."
# More stops than the page has.
STOPS = 200


@contextmanager
def at_work(browser: Browser, site: Site, width: int = LAPTOP) -> Iterator[Learner]:
    """A learner at the quiz, who has never been there."""
    with window(browser, View("light", width)) as page:
        page.goto(site.url(QUIZ))
        yield Learner(page)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"Tab does not reach {selector}", pytrace=False)


def item(number: int) -> str:
    """The selector of a question's element."""
    return f"#quiz-sample-practice-{number}"


# ---------------------------------------------------------------- with the keyboard alone


def test_the_keyboard_alone_is_enough(browser: Browser, sample: Site) -> None:
    """Two objectives: 4 of 4 points of the first, 5 of 9 of the second, where 75 % is 6.75; never a pointer."""
    with at_work(browser, sample, PHONE) as learner:
        page, keys = learner.page, learner.page.keyboard

        tab_to(page, f"{item(SIDE)} input")
        keys.press("Space")
        tab_to(page, f"{item(SIDE)} .cb-first")
        keys.press("Enter")
        assert learner.verdict(SIDE) == "Not right: 0 of 2 points. See the hint, and try again."
        assert learner.score == "1 of 6 questions checked: 0 of 13 points. Passed: 0 of 2 objectives."
        keys.press("Shift+Tab")
        keys.press("ArrowDown")
        keys.press("Tab")
        keys.press("Enter")
        assert learner.verdict(SIDE) == "Correct: 2 of 2 points."

        tab_to(page, f"{item(FALL)} input")
        keys.press("Space")
        tab_to(page, f"{item(FALL)} .cb-first")
        keys.press("Enter")
        assert learner.verdict(FALL) == "Partly right: 1 of 2 points, and 1 more fits. Try again."
        keys.press("Shift+Tab")
        keys.press("Space")
        tab_to(page, f"{item(FALL)} .cb-first")
        keys.press("Enter")
        assert learner.verdict(FALL) == "Not right: 0 of 2 points. The answer stands below."

        tab_to(page, f"{item(BREAK_EVEN)} input")
        keys.type("0,5 ¢")
        keys.press("Enter")
        assert learner.verdict(BREAK_EVEN) == "Correct: 2 of 2 points for 0.5 cents."

        for place in "3124":  # second, cut, join, first: one of three neighbours as it should be
            tab_to(page, f"{item(EVENTS)} select")
            keys.type(place)
        tab_to(page, f"{item(EVENTS)} .cb-first")
        keys.press("Enter")
        assert learner.verdict(EVENTS) == "Partly right: 1 of 3 points. Try again."

        for letter in "BCA":
            tab_to(page, f"{item(OPERATIONS)} select")
            keys.type(letter)
        tab_to(page, f"{item(OPERATIONS)} .cb-first")
        keys.press("Enter")
        assert learner.verdict(OPERATIONS) == "Correct: 3 of 3 points."

        tab_to(page, f"{item(BILLING)} input")
        keys.type(" Tokens. ")
        keys.press("Enter")
        assert learner.verdict(BILLING) == "Correct: 1 of 1 point."

        assert learner.score == "6 of 6 questions checked: 9 of 13 points. Passed: 1 of 2 objectives."
        assert page.locator(".cb-have").all_inner_texts() == [
            "Yours: 4 of 4 points, 3 needed: passed.",
            "Yours: 5 of 9 points, 6.75 needed: not passed yet.",
        ]
        assert page.locator(".cb-results > p").first.inner_text().startswith("An objective is passed with 75% of its")


def test_what_is_found_is_announced(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        for number in WRONG:
            assert learner.question(number).locator(".cb-says[role=status]").count() == 1
        assert learner.page.locator(".cb-results .cb-status[role=status]").count() == 1


# ---------------------------------------------------------------- tries


def test_answer_only_after_the_second_try(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        for number, answer in WRONG.items():
            question = learner.question(number)
            key, hint = question.locator(".cb-key"), question.locator(".cb-hint")
            hints = hint.count() == 1
            assert key.is_hidden()
            learner.check(number, answer)
            assert key.is_hidden(), number
            assert not hints or hint.get_attribute("open") is not None, number
            learner.check(number, WRONG_AGAIN[number])
            assert key.locator(".cb-label").first.is_visible(), number
            assert learner.verdict(number).endswith(". The answer stands below."), number


def test_right_answer_shows_no_hint_and_leaves_the_rest_folded(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        for number, answer in RIGHT.items():
            points = learner.question(number).get_attribute("data-points")
            assert learner.check(number, answer).startswith(f"Correct: {points} of {points} point")
            assert learner.question(number).locator(".cb-key").get_attribute("open") is None
        assert learner.page.locator(".cb-hint[open]").count() == 0
        assert learner.score == "6 of 6 questions checked: 13 of 13 points. Passed: 2 of 2 objectives."


def test_a_button_pressed_twice_is_no_second_try(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        for number, answer in WRONG.items():
            verdict = learner.check(number, answer)
            for _ in range(2):
                learner.press(number, "Check")
                said = "You have checked this answer: change it for your second try."
                assert [line for line in learner.says(number).split("\n") if line][:2] == [said, verdict]
            assert learner.question(number).locator(".cb-key").is_hidden()
            assert learner.check(number, RIGHT[number]).startswith("Correct")


def test_a_closed_question_is_not_checked_again(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        learner.check(BREAK_EVEN, RIGHT[BREAK_EVEN])
        field = learner.question(BREAK_EVEN).locator(".cb-work input")
        field.press("5")
        field.press("Enter")
        assert field.input_value() == "0.5"
        assert learner.verdict(BREAK_EVEN) == "Correct: 2 of 2 points for 0.5 cents."


@pytest.mark.parametrize(
    ("number", "answer", "problem"),
    [
        (SIDE, (), "Choose an answer first."),
        (FALL, (), "Choose an answer first."),
        (BREAK_EVEN, ("",), "Write a number first."),
        (BREAK_EVEN, ("half a cent",), "No number in “half a cent” could be read. Write a single one, such as 0.0269."),
        (BREAK_EVEN, ("5 %",), "“5 %” is not in cents, which this question asks for."),
        (EVENTS, ("1", "2", "", "3"), "Give each event its number first."),
        (EVENTS, ("1", "2", "2", "3"), "Each number once: 2 stands more than once."),
        (OPERATIONS, ("read", "", "write"), "Choose something for each first."),
        (BILLING, (" . ",), "Write a word first."),
    ],
)
def test_what_cannot_be_judged_is_no_try(
    browser: Browser, sample: Site, number: int, answer: tuple[str, ...], problem: str
) -> None:
    with at_work(browser, sample) as learner:
        learner.answer(number, answer)
        for _ in range(3):
            learner.press(number, "Check")
            assert learner.says(number) == problem
        assert learner.question(number).locator(".cb-key").is_hidden()
        assert learner.score == NOTHING
        if number != OPERATIONS:  # nothing wrong was tried yet
            assert learner.check(number, RIGHT[number]).startswith("Correct")


def test_number_used_twice_is_flagged_before_checking(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        learner.answer(EVENTS, ("1", "2", "2", ""))
        question = learner.question(EVENTS)
        assert question.locator(".cb-read").inner_text() == "Each number once: 2 stands more than once."
        flags = [select.get_attribute("aria-invalid") for select in question.locator("select").all()]
        assert flags == ["false", "true", "true", "false"]


# ---------------------------------------------------------------- points and feedback


@pytest.mark.parametrize(
    ("number", "answer", "expected"),
    [
        (SIDE, ("never",), ["Not right: 0 of 2", "They rarely do."]),
        (FALL, ("shorter-reply",), ["Partly right: 1 of 2", "A: right", "Fewer tokens are written."]),
        (FALL, ("shorter-reply", "faster"),
         ["Not right: 0 of 2", "A: right", "Fewer tokens are written.", "D: wrong", "This provider has one price."]),
        (FALL, ("shorter-reply", "shorter-prompt", "faster"),
         ["Partly right: 1 of 2", "A: right", "Fewer tokens are written.", "C: right", "Fewer tokens are read.",
          "D: wrong", "This provider has one price."]),
        (FALL, ("no-streaming", "faster"),
         ["Not right: 0 of 2", "B: wrong", "The same tokens are written.", "D: wrong", "This provider has one price."]),
        (BREAK_EVEN, ("1.2375",), ["Not right: 0 of 2", "You swapped the rates. I × p_O + O × p_I"]),
        (BREAK_EVEN, ("1.2374",), ["Not right: 0 of 2", "Multiply each count by its own price, then add."]),
        (BREAK_EVEN, ("0.49499",), ["Not right: 0 of 2", "Multiply each count by its own price, then add."]),
        (BREAK_EVEN, ("0.495",), ["Correct: 2 of 2", "Right: 0.5 cents."]),
        (BREAK_EVEN, ("0.505",), ["Correct: 2 of 2", "Right: 0.5 cents."]),
        (BREAK_EVEN, ("0.50500001",), ["Not right: 0 of 2", "Multiply each count by its own price, then add."]),
        # second, cut, join, first
        (EVENTS, ("4", "2", "3", "1"), ["Partly right: 1 of 3", "The model never sees letters: text is cut first."]),
        (EVENTS, ("3", "1", "4", "2"), ["Partly right: 1 of 3", "The second pass needs the first output token."]),
        (EVENTS, ("3", "4", "2", "1"), ["Partly right: 2 of 3", "The model never sees letters: text is cut first."]),
        (EVENTS, ("4", "1", "2", "3"), ["Not right: 0 of 3", "Ask what each step needs."]),
        (OPERATIONS, ("tokenise", "write", "read"),
         ["Partly right: 1 of 3",
          "“Reading the prompt”", "Reading the prompt costs something else.",
          "“Writing the reply”", "Writing the reply costs something else."]),
        (BILLING, ("words!",), ["Not right: 0 of 1", "Words are what people count; a model counts something smaller."]),
        (BILLING, ("a  TOKEN",), ["Not right: 0 of 1", "Look at the price list: per million of what?"]),
        (BILLING, ("“Jetoné”",), ["Correct: 1 of 1", "Right."]),
    ],
)  # fmt: skip
def test_each_answer_has_its_points_and_its_feedback(
    browser: Browser, sample: Site, number: int, answer: tuple[str, ...], expected: list[str]
) -> None:
    with at_work(browser, sample) as learner:
        verdict = learner.check(number, answer)
        feedback = [line for line in learner.says(number).split("\n")[1:] if line]
        assert [verdict.partition(" point")[0], *feedback] == expected


# ---------------------------------------------------------------- another variant


def code(learner: Learner, number: int) -> str | None:
    """The code of the variant on the page."""
    return learner.question(number).get_attribute("data-code")


def test_retry_brings_the_next_variant_and_the_sibling(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        seen = []
        for _ in range(4):
            seen.append((code(learner, SIDE), learner.question(SIDE).get_attribute("data-item")))
            for place in ("last", "first"):  # in the sibling the first is right
                getattr(learner.question(SIDE).locator(".cb-work input"), place).check()
                learner.press(SIDE, "Check")
            learner.press(SIDE, "Another one like it")
            assert learner.page.evaluate("document.activeElement.textContent") == "Question 1"
            assert learner.says(SIDE) == ""
            assert learner.question(SIDE).locator("input:checked").count() == 0
        siblings = [("SIDE-0", "which-side"), ("SIDE-1", "why-dearer"), ("SIDE-2", "which-side")]
        assert seen == [*siblings, siblings[0]]


def test_new_variant_has_its_own_key_and_the_last_check_counts(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        assert learner.check(BREAK_EVEN, ("0.5",)) == "Correct: 2 of 2 points for 0.5 cents."
        learner.press(BREAK_EVEN, "Another one like it")
        assert learner.score == "1 of 6 questions checked: 2 of 13 points. Passed: 0 of 2 objectives."
        assert learner.check(BREAK_EVEN, ("0.5",)).startswith("Not right: 0 of 2 points for 0.5 cents.")
        assert learner.score == "1 of 6 questions checked: 0 of 13 points. Passed: 0 of 2 objectives."
        assert learner.check(BREAK_EVEN, ("0.8",)) == "Correct: 2 of 2 points for 0.8 cents."


def test_an_item_of_one_variant_is_tried_again(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        learner.check(EVENTS, RIGHT[EVENTS])
        learner.press(EVENTS, "Try it again")
        assert code(learner, EVENTS) == "EVENTS-0"
        assert learner.question(EVENTS).locator(".cb-key").is_hidden()
        assert learner.check(EVENTS, RIGHT[EVENTS]) == "Correct: 3 of 3 points."


# ---------------------------------------------------------------- open answers


def test_open_answer_is_written_committed_and_judged(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        question = learner.question(FINANCE)
        key, box = question.locator(".cb-key"), question.locator("textarea")
        learner.press(FINANCE, "Commit my answer")
        assert learner.says(FINANCE) == "Write your answer first."
        box.fill("It reads in one pass,\nand writes slowly.")
        assert question.locator(".cb-read").inner_text() == "8 words of 5 to 60."
        assert key.is_hidden()
        learner.press(FINANCE, "Commit my answer")
        said = "Committed, 8 words of 5 to 60 asked for. Now read the model answer and judge yours."
        assert learner.says(FINANCE) == said
        assert key.locator("blockquote").first.inner_text().strip().startswith("The model reads the prompt in one pass")
        assert not box.is_editable()
        key.get_by_label("2 Names the operations in order.").check()
        key.get_by_label("1 Repetition.").check()
        own = "By your own judgement 3 of 4 points, 2 of 2 criteria judged. It does not count towards passing."
        assert key.locator(".cb-own[role=status]").inner_text() == own
        assert learner.score == NOTHING
        samples = key.locator(".cb-sample .cb-label")
        assert samples.all_text_contents() == ["Complete: 4 of 4 points", "Half: 1 of 4 points", "None: 0 of 4 points"]
        assert not samples.first.is_visible(), "a sample is to be scored before its points are looked up"
        key.get_by_text("Sample 1").click()
        assert not samples.first.is_visible()
        key.get_by_text("Its points, and why").first.click()
        assert samples.first.is_visible()
        learner.press(FINANCE, "Write it again")
        assert learner.question(FINANCE).locator(".cb-key").is_hidden()
        assert learner.question(FINANCE).locator("textarea").input_value().startswith("It reads in one pass")


# ---------------------------------------------------------------- progress


def work_a_little(learner: Learner) -> None:
    """A draft, a wrong try, a closed question, another variant, a committed text with a mark."""
    learner.answer(EVENTS, ("4", "", "", ""))
    learner.check(SIDE, WRONG[SIDE])
    learner.check(FALL, RIGHT[FALL])
    learner.check(BREAK_EVEN, RIGHT[BREAK_EVEN])
    learner.press(BREAK_EVEN, "Another one like it")
    learner.answer(BREAK_EVEN, ("0,8",))
    learner.answer(FINANCE, ("Because.",))
    learner.press(FINANCE, "Commit my answer")
    learner.page.get_by_label("1 Two of them.").check()


def assert_worked_a_little(learner: Learner) -> None:
    """Everything is as it was left."""
    assert learner.score == "3 of 6 questions checked: 4 of 13 points. Passed: 0 of 2 objectives."
    assert [select.input_value() for select in learner.question(EVENTS).locator("select").all()] == ["4", "", "", ""]
    assert learner.verdict(SIDE).startswith("Not right: 0 of 2 points.")
    assert learner.verdict(FALL) == "Correct: 2 of 2 points."
    assert code(learner, BREAK_EVEN) == "EVEN-1"
    assert learner.question(BREAK_EVEN).locator(".cb-work input").input_value() == "0,8"
    assert learner.says(BREAK_EVEN) == ""
    assert learner.question(FINANCE).locator("textarea").input_value() == "Because."
    assert learner.question(FINANCE).locator(".cb-own").inner_text().startswith("By your own judgement 1 of 4 points")


def test_progress_survives_a_reload(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        work_a_little(learner)
        assert_worked_a_little(learner)
        learner.page.reload()
        assert_worked_a_little(learner)
        # The first try was counted before.
        assert learner.check(SIDE, WRONG_AGAIN[SIDE]).endswith("The answer stands below.")


def edited(site: Site, folder: Path, old: str, new: str) -> Site:
    """A copy of the site in which a text of the quiz, and of its variants, is another."""
    shutil.copytree(site.root, folder, dirs_exist_ok=True)
    for path in (folder / QUIZ, folder / "_static/quizzes/sample-practice.js"):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
    return Site(folder)


CHANGED = "This quiz has changed since you last worked on it, so it starts anew."


def test_another_digest_starts_anew(browser: Browser, sample: Site, tmp_path: Path) -> None:
    site = edited(sample, tmp_path / "site", "0f1e2d3c4b5a", "a5b4c3d2e1f0")
    with at_work(browser, sample) as learner:
        work_a_little(learner)
        learner.page.goto(site.url(QUIZ))
        assert learner.score == NOTHING
        assert learner.says(SIDE) == ""
        assert code(learner, BREAK_EVEN) == "EVEN-0"
        assert CHANGED in learner.page.locator(".cb-how").inner_text()
        learner.page.goto(sample.url(QUIZ))
        assert_worked_a_little(learner)
        assert CHANGED not in learner.page.locator(".cb-how").inner_text()


def test_another_variant_starts_its_question_anew(browser: Browser, sample: Site, tmp_path: Path) -> None:
    site = edited(sample, tmp_path / "site", "SIDE-", "OTHER-")
    with at_work(browser, sample) as learner:
        work_a_little(learner)
        learner.page.goto(site.url(QUIZ))
        assert learner.says(SIDE) == ""
        assert learner.verdict(FALL) == "Correct: 2 of 2 points."
        assert learner.score == "2 of 6 questions checked: 4 of 13 points. Passed: 0 of 2 objectives."


def test_script_of_another_version_is_not_taken(browser: Browser, sample: Site, tmp_path: Path) -> None:
    site = edited(sample, tmp_path / "site", "0f1e2d3c4b5a", "0f1e2d3c4b5a")
    path = tmp_path / "site/_static/quizzes/sample-practice.js"
    path.write_text(path.read_text(encoding="utf-8").replace("0f1e2d3c4b5a", "older"), encoding="utf-8")
    with at_work(browser, site) as learner:
        learner.check(BREAK_EVEN, RIGHT[BREAK_EVEN])
        learner.press(BREAK_EVEN, "Try it again")
        assert code(learner, BREAK_EVEN) == "EVEN-0"


@pytest.mark.parametrize(
    "stored",
    ["", "null", "[]", "{", '"text"', '{"1": null}', '{"1": 5, "2": {"code": "FALL-0", "answer": 5}}',
     '{"3": {"code": "EVEN-0", "answer": {}, "checked": {}}}', '{"4": {"code": "EVENTS-0", "answer": null}}'],
)  # fmt: skip
def test_spoilt_progress_does_no_harm(browser: Browser, sample: Site, stored: str) -> None:
    with at_work(browser, sample) as learner:
        store = "text => localStorage.setItem('costbook-quiz/sample-practice/0f1e2d3c4b5a', text)"
        learner.page.evaluate(store, stored)
        learner.page.reload()
        for number, answer in RIGHT.items():
            assert learner.check(number, answer).startswith("Correct")


def test_progress_is_exported_as_a_file(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        work_a_little(learner)
        with learner.page.expect_download() as download:
            learner.page.get_by_role("button", name="Save my answers as a file").click()
        assert download.value.suggested_filename == "sample-practice-answers.json"
        saved: dict[str, Any] = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    questions = saved.pop("questions")
    assert saved == {
        "format": "costbook quiz answers 1",
        "quiz": "sample-practice",
        "title": "Practice: a sample",
        "digest": "0f1e2d3c4b5a",
        "edition": 7,
        "as-of": "2026-11-22",
        "objectives": [
            {"objective": "predict-dominant", "points": 2, "of": 4, "passed": False},
            {"objective": "explain-lifecycle", "points": 2, "of": 9, "passed": False},
        ],
    }
    assert questions[FALL - 1] == {
        "question": 2, "item": "which-fall", "code": "FALL-0", "kind": "multiple-choice",
        "answer": ["shorter-reply", "shorter-prompt"], "tries": 1, "points": 2, "of": 2,
    }  # fmt: skip
    assert questions[BREAK_EVEN - 1] == {
        # Another variant is on the page; the points are those of the first.
        "question": 3, "item": "break-even", "code": "EVEN-0", "kind": "numeric",
        "answer": RIGHT[BREAK_EVEN][0], "tries": 1, "points": 2, "of": 2,
    }  # fmt: skip
    assert questions[FINANCE - 1] == {
        "question": 7, "item": "to-finance", "code": "OPEN-0", "kind": "open",
        "answer": "Because.", "tries": 0, "of": 4, "committed": True, "marks": {"stages": "1"},
    }  # fmt: skip


def test_progress_is_erased_on_request_only(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        page = learner.page
        page.evaluate("localStorage.setItem('costbook-quiz/sample-practice/older', '{}')")
        page.evaluate("localStorage.setItem('costbook-quiz/another/0f', '{}')")
        work_a_little(learner)
        page.once("dialog", lambda dialog: dialog.dismiss())
        page.get_by_role("button", name="Erase my answers").click()
        assert_worked_a_little(learner)
        page.once("dialog", lambda dialog: dialog.accept())
        page.get_by_role("button", name="Erase my answers").click()
        assert learner.score == "Your answers are erased from this device."
        assert page.evaluate("Object.keys(localStorage)") == ["costbook-quiz/another/0f"]
        assert learner.says(SIDE) == ""
        assert learner.question(FALL).locator("input:checked").count() == 0
        assert code(learner, BREAK_EVEN) == "EVEN-0"
        page.reload()
        assert learner.score == NOTHING


def test_without_a_store_the_quiz_works(browser: Browser, sample: Site) -> None:
    with window(browser, View("light", LAPTOP)) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied') } })")
        page.goto(sample.url(QUIZ))
        learner = Learner(page)
        assert learner.check(SIDE, RIGHT[SIDE]) == "Correct: 2 of 2 points."
        assert learner.score == "This browser does not keep your answers: save them as a file before you leave."


# ---------------------------------------------------------------- reports


def test_each_question_can_be_reported_with_its_code(browser: Browser, sample: Site) -> None:
    with at_work(browser, sample) as learner:
        learner.page.evaluate("() => { navigator.clipboard.writeText = async text => { window.copied = text } }")
        report = learner.question(EVENTS).locator(".cb-report")
        report.locator("summary").click()
        report.get_by_role("button", name="Copy").click()
        assert report.locator("[role=status]").inner_text() == "Copied."
        copied = learner.page.evaluate("window.copied")
        assert copied == "quiz sample-practice, item events, code EVENTS-0"
        learner.page.evaluate("() => { navigator.clipboard.writeText = async () => { throw new Error('denied') } }")
        report.get_by_role("button", name="Copy").click()
        assert report.locator("[role=status]").inner_text() == "Selected: copy it with Ctrl+C."
        assert learner.page.evaluate("getSelection().toString().trim()") == copied


# ---------------------------------------------------------------- without scripts


def test_without_scripts_the_form_is_whole(browser: Browser, sample: Site) -> None:
    context = browser.new_context(
        viewport={"width": PHONE, "height": HEIGHT}, java_script_enabled=False, offline=True
    )  # fmt: skip
    try:
        page = context.new_page()
        page.goto(sample.url(QUIZ))
        form = page.locator("form.cb-quiz")
        assert form.locator("button").count() == 0
        assert form.locator("fieldset.cb-item > legend").all_inner_texts() == [f"Question {n}" for n in range(1, 8)]
        for control in form.locator("input, select, textarea").all():
            assert control.evaluate("element => element.labels.length") == 1
        learner = Learner(page)
        for number, answer in RIGHT.items():
            learner.answer(number, answer)
        for hint in form.locator(".cb-hint").all():
            hint.locator("summary").click()
            assert hint.locator("p").first.is_visible()
        assert "Answers, with feedback" in page.locator(".cb-how").inner_text()
        for key in form.locator(".cb-key").all():
            assert not key.locator(".cb-label").first.is_visible()
            key.locator("> summary").click()
            assert key.locator(".cb-label").first.is_visible()
        answers = form.locator(".cb-solution").all_inner_texts()
        assert answers[0].strip() == "The output side: 250 weigh four times as much."
        assert answers[2].strip().startswith("The answer is 0.5 cents:")
        for said in ("They rarely do.", "Right. Each step needs the one before.", "They just charge more."):
            assert form.get_by_text(said).count() == 1
        report = form.locator(".cb-report").first
        report.locator("summary").click()
        assert "code SIDE-0" in report.inner_text()
    finally:
        context.close()
