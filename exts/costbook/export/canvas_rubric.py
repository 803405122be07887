"""Rubrics as the CSV that Canvas imports under Rubrics: a line per criterion, three cells per level."""

from __future__ import annotations

import csv
from io import StringIO

from costbook import money
from costbook.assessment.rubrics import Rubric
from costbook.export.bank import Bank
from costbook.export.idents import ident
from costbook.quizzes.resolved import OpenBody

COLUMNS = ("Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range")
LEVEL = ("Rating Name", "Rating Description", "Rating Points")


def write(bank: Bank) -> dict[str, bytes]:
    """The rubrics of a bank's open questions, each once, in one file; no file where there are none."""
    bodies = (question.variant.body for question in bank.questions)
    rubrics = {body.rubric.id: body.rubric for body in bodies if isinstance(body, OpenBody)}
    if not rubrics:
        return {}
    most = max(len(criterion.levels) for rubric in rubrics.values() for criterion in rubric.criteria)
    stream = StringIO()
    lines = csv.writer(stream)  # it writes an absent level as nothing at all, which is how Canvas tells
    lines.writerow((*COLUMNS, *(LEVEL * most)))
    for rubric in rubrics.values():
        lines.writerows(_lines(rubric, most))
    return {f"{ident(bank.id)}-canvas-rubrics.csv": stream.getvalue().encode()}


def _lines(rubric: Rubric, most: int) -> list[list[str]]:
    """The lines of a rubric; the name of a level is its points."""
    return [
        [
            rubric.title,
            criterion.title,
            "",
            "false",
            *(cell for points, looks in criterion.levels for cell in (money.some(points, "point"), looks, str(points))),
            *([""] * len(LEVEL) * (most - len(criterion.levels))),
        ]
        for criterion in rubric.criteria
    ]
