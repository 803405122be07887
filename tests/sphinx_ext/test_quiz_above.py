"""What the page of a quiz says above its form."""

from __future__ import annotations

from dataclasses import replace

from tests.sphinx_ext import quiz_pages

from costbook.contents import Chapter
from costbook.pages.written import written
from costbook.quizzes.page import QuizPage


def above(page: QuizPage) -> str:
    return written(f"assessments/quizzes/{page.quiz.id}", page)


def test_above_the_form() -> None:
    text = above(quiz_pages.PAGE)
    assert text.startswith("# Practice: a sample\n")
    for said in (
        "A practice quiz for chapter 1, The life of a token: 7 questions, 17 points, about 14¾ minutes of at most 20.",
        "\nDo it with the price list beside you.\n",
        "\n1. Given the counts and the price ratio",
        "\n2. Explain in your own words",
        "**Pass mark:** 75% of the points of each objective. One slip in each objective is no gap. Open answers do not",
        "\nThe keys of this book are public: anybody can read them in its repository.",
    ):
        assert said in text
    assert "edition" not in text  # the stamp below the title says it, where the quiz has prices
    chapter = replace(quiz_pages.CHAPTER, docname="book/01-life")
    assert "chapter 1, {doc}`The life of a token </book/01-life>`:" in above(
        replace(quiz_pages.PAGE, chapters=(chapter,))
    )


def test_above_the_review_of_a_part() -> None:
    """All chapters of the part, with links to those that are written."""
    first = replace(quiz_pages.CHAPTER, docname="book/01-life")
    second = Chapter("what-is-a-token", 2, "bill", "What is a token?", "Why?", (), ())
    review = replace(quiz_pages.QUIZ, chapter=None, part="bill")
    text = above(replace(quiz_pages.PAGE, quiz=review, chapters=(first, second)))
    assert (
        "A practice quiz for chapters 1 to 2 ({doc}`The life of a token </book/01-life>`, What is a token?): "
        "7 questions, 17 points"
    ) in text


def test_above_a_graded_quiz() -> None:
    assert above(quiz_pages.GRADED).split("\n\n") == [
        "# Practice: a sample",
        "A graded quiz for chapter 1, The life of a token; 20 minutes. Its items stand on no page of this book.",
        "**It asks whether you can do this**",
        f"1. {quiz_pages.PREDICT.statement}\n2. {quiz_pages.EXPLAIN.statement}",
        "",
    ]
