"""A learner who works at the quiz made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

QUIZ = "assessments/quizzes/sample-practice.html"
NUMBERS = "assessments/quizzes/sample-numbers.html"

SIDE, FALL, BREAK_EVEN, EVENTS, OPERATIONS, BILLING, FINANCE = range(1, 8)
"""The questions of the quiz, by number."""
WRONG: dict[int, tuple[str, ...]] = {
    SIDE: ("counted",),
    FALL: ("no-streaming",),
    BREAK_EVEN: ("1.25",),
    EVENTS: ("1", "2", "3", "4"),
    OPERATIONS: ("extra-1", "extra-1", "extra-1"),
    BILLING: ("words",),
}
WRONG_AGAIN: dict[int, tuple[str, ...]] = {
    SIDE: ("never",),
    FALL: ("faster",),
    BREAK_EVEN: ("77",),
    EVENTS: ("4", "3", "2", "1"),
    OPERATIONS: ("write", "write", "read"),
    BILLING: ("letters",),
}
RIGHT: dict[int, tuple[str, ...]] = {
    SIDE: ("weighed",),
    FALL: ("shorter-reply", "shorter-prompt"),
    BREAK_EVEN: ("0.5",),
    EVENTS: ("4", "1", "3", "2"),
    OPERATIONS: ("tokenise", "read", "write"),
    BILLING: ("token",),
}
"""Answers to each question, written down as the page's controls have it."""


@dataclass(frozen=True)
class Learner:
    """Fills in and checks questions, with a pointer."""

    page: Page

    def question(self, number: int) -> Locator:
        """The element of a question, counted from 1."""
        return self.page.locator(".cb-item").nth(number - 1)

    def says(self, number: int) -> str:
        """What the last check of a question said."""
        return self.question(number).locator(".cb-says").inner_text()

    def verdict(self, number: int) -> str:
        """The first line of it."""
        return self.says(number).split("\n")[0]

    @property
    def score(self) -> str:
        """The line that tells points and objectives."""
        return self.page.locator(".cb-status").inner_text()

    def answer(self, number: int, answer: tuple[str, ...]) -> None:
        """Fill in a question."""
        work = self.question(number).locator(".cb-work")
        if number in {SIDE, FALL}:
            for box in work.locator("input").all():
                if box.get_attribute("type") == "checkbox" or box.get_attribute("value") in answer:
                    box.set_checked(box.get_attribute("value") in answer)
        elif number in {EVENTS, OPERATIONS}:
            for select, value in zip(work.locator("select").all(), answer, strict=True):
                select.select_option(value)
        else:
            work.locator("input, textarea").fill(answer[0])

    def press(self, number: int, button: str) -> None:
        """Press a button of a question."""
        self.question(number).get_by_role("button", name=button).click()

    def check(self, number: int, answer: tuple[str, ...]) -> str:
        """Fill in a question and check it; the verdict."""
        self.answer(number, answer)
        self.press(number, "Check")
        return self.verdict(number)

    def get_all_wrong_twice(self) -> None:
        """Check two wrong answers to each question, and commit a text."""
        for number, answer in WRONG.items():
            self.check(number, answer)
            self.check(number, WRONG_AGAIN[number])
        self.answer(FINANCE, ("It costs what it costs.",))
        self.press(FINANCE, "Commit my answer")
