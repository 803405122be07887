"""``misconceptions.yaml`` and ``rubrics/``: the words of each mistake, and what open answers are judged by."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from costbook.assessment.misconceptions import Misconception, Nature
from costbook.assessment.reviews import Review
from costbook.assessment.rubrics import Criterion, Rubric
from costbook.load.fields import (
    Name,
    Shape,
    Words,
    check_file_name,
    check_ids,
    check_known,
    choice,
    read_shape,
)
from costbook.load.source import Document, Keys
from costbook.names import suggestion

NatureText = Annotated[str, BeforeValidator(choice(*(nature.value for nature in Nature)))]
LEVEL = re.compile(r"0|[1-9][0-9]?")


def _level(value: Any) -> int:
    """The points of a level."""
    if not LEVEL.fullmatch(str(value)):
        raise ValueError(f"{str(value)[:40]!r} is not a number of points; write 3, 2, 1 and 0")
    return int(value)


Points = Annotated[int, BeforeValidator(_level)]


class MisconceptionShape(Shape):
    id: Name
    kind: NatureText
    name: Words
    did: Words
    why: Words
    look: Words


class MisconceptionsShape(Shape):
    misconceptions: list[MisconceptionShape]


class CriterionShape(Shape):
    id: Name
    title: Words
    findings: list[Name] = Field(min_length=1)
    levels: dict[Points, Words] = Field(min_length=1)


class RubricShape(Shape):
    id: Name
    title: Words
    review: Name
    criteria: list[CriterionShape] = Field(min_length=1)


def read_misconceptions(document: Document, known_worlds: Collection[str]) -> dict[str, Misconception] | None:
    """The words of each misconception by id; ``known_worlds`` are the functions that make a wrong world."""
    shape = read_shape(document, MisconceptionsShape)
    if shape is None:
        return None
    check_ids(document, ("misconceptions",), (one.id for one in shape.misconceptions))
    for index, one in enumerate(shape.misconceptions):
        path: Keys = ("misconceptions", index)
        if one.kind == Nature.WORLD and one.id not in known_worlds:
            document.problem(
                (*path, "id"),
                f"no function makes the wrong world {one.id!r}; {suggestion(one.id, known_worlds)} "
                "Where there are only words, write `kind: belief`",
            )
        if one.kind == Nature.BELIEF and one.id in known_worlds:
            document.problem(
                (*path, "kind"), f"a function makes the wrong world {one.id!r}; write `kind: world`, or take another id"
            )
    wordless = sorted(set(known_worlds) - {one.id for one in shape.misconceptions})
    if wordless:
        document.problem(
            ("misconceptions",),
            f"a function makes each of these wrong worlds, and no words explain it: {', '.join(wordless)}; "
            "add an entry of `kind: world` for each",
        )
    return {
        one.id: Misconception(one.id, Nature(one.kind), one.name, one.did, one.why, one.look)
        for one in shape.misconceptions
    }


def read_rubric(document: Document, reviews: Mapping[str, Review] | None) -> Rubric | None:
    """One rubric; each criterion comes from assessable findings of the rubric's review, where that could be read."""
    shape = read_shape(document, RubricShape)
    if shape is None:
        return None
    check_file_name(document, shape.id)
    check_ids(document, ("criteria",), (one.id for one in shape.criteria))
    check_known(document, ("review",), shape.review, reviews, "review")
    review = (reviews or {}).get(shape.review)
    for index, one in enumerate(shape.criteria):
        path: Keys = ("criteria", index)
        _check_levels(document, (*path, "levels"), list(one.levels))
        for number, finding in enumerate(one.findings):
            if review is not None:
                _check_finding(document, (*path, "findings", number), finding, review)
    return Rubric(
        shape.id,
        shape.title,
        shape.review,
        tuple(Criterion(one.id, one.title, tuple(one.findings), tuple(one.levels.items())) for one in shape.criteria),
    )


def _check_levels(document: Document, path: Keys, levels: list[int]) -> None:
    """Levels must run from the most points down to 0: a marker has no level to choose between two that are apart."""
    wanted = list(range(max(levels), -1, -1)) if max(levels) <= len(levels) else []
    if levels != wanted or len(levels) == 1:
        document.problem(
            path,
            f"the levels are {', '.join(map(str, levels))}; "
            "write one for each number of points, from the most down to 0",
        )


def _check_finding(document: Document, path: Keys, name: str, review: Review) -> None:
    known = {finding.id: finding for finding in reversed(review.findings)}  # of two with one id the first counts
    check_known(document, path, name, known, f"finding of the review {review.id!r}:")
    if name in known and not known[name].assessable:
        document.problem(
            path,
            f"the finding {name!r} is not assessable ({known[name].because}); "
            "a criterion comes from what an answer can show",
        )


def check_findings(document: Document, review: Review, rubrics: Iterable[Rubric]) -> None:
    """Note each assessable finding of a review that no criterion of a rubric takes up."""
    criteria = chain.from_iterable(rubric.criteria for rubric in rubrics if rubric.review == review.id)
    judged = set(chain.from_iterable(criterion.findings for criterion in criteria))
    for key, findings in (("strengths", review.strengths), ("gaps", review.gaps)):
        for index, finding in enumerate(findings):
            if finding.assessable and finding.id not in judged:
                document.problem(
                    (key, index),
                    f"no criterion comes from the assessable finding {finding.id!r}; name it in the `findings` of a "
                    "rubric of this review, or write `assessable: no` and `because`",
                )
