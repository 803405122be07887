"""``assessments/quality.yaml``: what each level of each dimension of the quality rubric looks like."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import BeforeValidator

from costbook.assessment.quality import BEST_LEVEL, Standard
from costbook.assessment.reviews import Dimension
from costbook.load.assessments import DimensionText
from costbook.load.fields import Shape, Words, choice, read_shape
from costbook.load.source import Document

LEVELS = tuple(map(str, range(BEST_LEVEL, -1, -1)))
LevelKey = Annotated[str, BeforeValidator(choice(*LEVELS))]


class StandardShape(Shape):
    dimension: DimensionText
    asks: Words
    levels: dict[LevelKey, Words]


class QualityShape(Shape):
    quality: list[StandardShape]


def read_quality(document: Document) -> tuple[Standard, ...]:
    """The rubric in the order of the dimensions; each must be there once, with every level."""
    shape = read_shape(document, QualityShape)
    if shape is None:
        return ()
    times = Counter(one.dimension for one in shape.quality)
    for index, one in enumerate(shape.quality):
        if times[one.dimension] > 1:
            document.problem(("quality", index, "dimension"), f"the dimension {one.dimension!r} stands twice")
        if missing := [level for level in LEVELS if level not in one.levels]:
            document.problem(("quality", index, "levels"), f"needs a sentence for each level; {_list(missing)}")
    if missing := [one.value for one in Dimension if one.value not in times]:
        document.problem(("quality",), f"needs every dimension of a review; {_list(missing)}")
    order = list(Dimension)
    standards = (
        Standard(Dimension(one.dimension), one.asks, tuple((int(k), one.levels[k]) for k in LEVELS if k in one.levels))
        for one in shape.quality
    )
    return tuple(sorted(standards, key=lambda one: order.index(one.dimension)))


def _list(missing: list[str]) -> str:
    return f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
