"""The parameters of an item: their values written out, and where they are used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from costbook.assessment.items import Draw, Parameter
from costbook.load.entries import Entry
from costbook.load.shapes import ParameterShape
from costbook.load.source import Keys
from costbook.quizzes.drawing import MOST_COMBINATIONS, combinations
from costbook.quizzes.texts import EXPRESSION, NAME

WORD = re.compile(r"[A-Za-z_]\w*")
VARIANTS = 5
"""Verified variants that an item with parameters has at least, unless it says otherwise."""


def read_parameters(
    entry: Entry, shapes: Mapping[str, ParameterShape], asked: int | None
) -> tuple[tuple[Parameter, ...], int]:
    """The parameters of an item, each used somewhere in it, and the least number of verified variants."""
    before = len(entry.document.problems)
    _check_names(entry, shapes)
    parameters = tuple(_parameter(entry, name, one) for name, one in shapes.items())
    wanted = asked or (VARIANTS if parameters else 1)
    if len(entry.document.problems) == before:
        _check_number(entry, combinations(parameters), wanted, ("variants",) if asked else ("parameters",))
    return parameters, wanted


def _check_number(entry: Entry, possible: int, wanted: int, place: Keys) -> None:
    """There must be as many combinations as variants, and not too many to verify them all."""
    if possible > MOST_COMBINATIONS:
        what = f"more than {MOST_COMBINATIONS:,} combinations, and each is verified; take fewer values"
        entry.problem(("parameters",), what)
    elif possible < wanted:
        have = f"{possible} combination{'s' if possible > 1 else ''} of parameters cannot make {wanted} variants"
        entry.problem(place, f"{have}; add values, or ask for fewer `variants`")


def _parameter(entry: Entry, name: str, shape: ParameterShape) -> Parameter:
    """One parameter with its values written out."""
    path: Keys = ("parameters", name)
    lists = {Draw(draw.value): getattr(shape, draw.value) for draw in Draw}
    given = {draw: values for draw, values in lists.items() if values}
    if len(given) != 1:
        wanted = ", ".join(draw.value for draw in Draw)
        entry.problem(path, f"{'several sources' if given else 'no source'} of values; write one of {wanted}")
        return Parameter(name, Draw.VALUES, ("0",))
    ((draw, values),) = given.items()
    if shape.step is not None and draw is not Draw.RANGE:
        entry.problem((*path, "step"), "only a `range` has a step")
    if draw is Draw.RANGE:
        return Parameter(name, draw, _range(entry, path, values, shape.step))
    entry.once((*path, draw.value), values)
    return Parameter(name, draw, tuple(values))


def _range(entry: Entry, path: Keys, bounds: list[Decimal], step: Decimal | None) -> tuple[str, ...]:
    """The values of a range, both ends inside."""
    if len(bounds) != 2 or bounds[0] >= bounds[1]:  # noqa: PLR2004 - from, to
        entry.problem((*path, "range"), "write a range as [FROM, TO], the lower number first")
    elif not step:
        entry.problem(path, "a range needs a `step` above 0")
    elif (bounds[1] - bounds[0]) % step:
        entry.problem((*path, "step"), f"steps of {step} from {bounds[0]} do not end at {bounds[1]}")
    elif (bounds[1] - bounds[0]) / step >= MOST_COMBINATIONS:
        entry.problem((*path, "step"), f"more than {MOST_COMBINATIONS:,} values; take a larger step")
    else:
        count = int((bounds[1] - bounds[0]) / step) + 1
        return tuple(_written(bounds[0] + step * number) for number in range(count))
    return ("0",)


def _check_names(entry: Entry, shapes: Mapping[str, ParameterShape]) -> None:
    """A parameter that a key or condition names must be declared, and one that is declared must be used."""
    data = entry.data
    lines: list[tuple[Keys, str]] = [(("key",), data["key"])] if "key" in data else []
    lines += [(("require", number), line) for number, line in enumerate(data.get("require") or ())]
    used: set[str] = set()
    for path, line in lines:
        names = dict.fromkeys(NAME.findall(line))
        used.update(names)
        for name in names:
            entry.named(path, name, shapes, "parameter")
    for _, text in text_places(data, ()):
        used.update(NAME.findall(text), *(WORD.findall(one) for one in EXPRESSION.findall(text)))
    for name in shapes:
        if name not in used:
            what = f"nothing uses the parameter {name!r}; write ${name} in a question or {{{{ {name} }}}} in a text"
            entry.key_problem(("parameters", name), what)


def text_places(data: Any, path: Keys) -> Iterator[tuple[Keys, str]]:
    """The texts of an item that learners read, as they stand in the file."""
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from text_places(value, (*path, index))
    elif isinstance(data, dict):
        for key, value in data.items():
            flag = key == "right" and "left" not in data and "text" in data
            ids = key == "misconceptions" and isinstance(value, list)
            if key not in NO_TEXTS and not flag and not ids:
                yield from text_places(value, (*path, key))


NO_TEXTS = frozenset(
    {
        *("id", "kind", "objective", "also", "level", "process", "points", "minutes", "variants"),
        *("parameters", "require", "key", "unit", "tolerance", "size", "misconception"),
        *("early", "late", "accept", "rubric", "words", "scores"),
    }
)
"""Keys of an item whose values are no texts."""


def _written(number: Decimal) -> str:
    """``2000`` or ``0.25``: a number as the grammar writes it."""
    return f"{number.normalize():f}"
