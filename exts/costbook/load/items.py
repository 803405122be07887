"""One item of a quiz: its names are known, and its parts agree with each other."""

from __future__ import annotations

from typing import Any

from costbook.assessment.items import (
    AnswerUnit,
    Choice,
    ComputedChoice,
    Event,
    Item,
    Match,
    Misplaced,
    Mistake,
    MultipleChoice,
    Numeric,
    Open,
    Option,
    Order,
    Pair,
    ShortText,
    Tolerance,
    WrongText,
)
from costbook.assessment.objectives import Level
from costbook.assessment.rubrics import Anchor, Rubric, Score
from costbook.assessment.text import folded
from costbook.load.entries import Entry, Known
from costbook.load.fields import check_process
from costbook.load.parameters import read_parameters
from costbook.load.shapes import (
    AnchorShape,
    AnyItem,
    ChoiceShape,
    ComputedChoiceShape,
    MatchShape,
    MistakeShape,
    MultipleChoiceShape,
    NumericShape,
    OpenShape,
    OptionShape,
    OrderShape,
    ShortTextShape,
    ToleranceShape,
)
from costbook.load.source import Document, Keys

FEWEST_OPTIONS, MOST_OPTIONS, FEWEST_EVENTS, FEWEST_ANCHORS = 2, 8, 3, 3
FEWEST_RIGHTS = 3
"""Two things to put beside two others are a coin toss."""


def read_item(document: Document, path: Keys, shape: AnyItem, known: Known) -> Item:
    """The item at a path, as its kind has it."""
    entry = Entry(document, path, known)
    common = _common(entry, shape)
    match shape:
        case ChoiceShape():
            return Choice(**common, options=_options(entry, shape.options, only_one=True))
        case MultipleChoiceShape():
            return MultipleChoice(**common, options=_options(entry, shape.options, only_one=False))
        case ComputedChoiceShape():
            return _computed(entry, shape, common)
        case NumericShape():
            return Numeric(
                **common,
                key=shape.key,
                unit=AnswerUnit(shape.unit),
                tolerance=_tolerance(entry, shape.tolerance),
                mistakes=_mistakes(entry, shape.misconceptions),
                otherwise=shape.otherwise,
                right=shape.right,
            )
        case OrderShape():
            return _order(entry, shape, common)
        case MatchShape():
            return _match(entry, shape, common)
        case ShortTextShape():
            return _short_text(entry, shape, common)
        case OpenShape():
            return _open(entry, shape, common)


def _common(entry: Entry, shape: AnyItem) -> dict[str, Any]:
    """The fields of all kinds."""
    _check_id(entry, shape.id)
    entry.named(("objective",), shape.objective, entry.known.objectives, "objective")
    for index, name in enumerate(shape.also):
        entry.named(("also", index), name, entry.known.objectives, "objective")
    if len({shape.objective, *shape.also}) <= len(shape.also):
        entry.problem(("also",), "names an objective twice; `also` lists the others that the item touches")
    objective = (entry.known.objectives or {}).get(shape.objective)
    level = Level(shape.level) if shape.level else objective.level if objective else None
    if level:
        check_process(entry.document, (*entry.path, "process"), shape.process, level)
    parameters, variants = read_parameters(entry, shape.parameters, shape.variants)
    return {
        "id": shape.id,
        "objective": shape.objective,
        "also": tuple(shape.also),
        "level": level or Level.UNDERSTAND,
        "process": shape.process,
        "points": shape.points,
        "minutes": shape.minutes,
        "stem": shape.stem,
        "hint": shape.hint,
        "parameters": parameters,
        "require": tuple(shape.require),
        "variants": variants,
    }


def _check_id(entry: Entry, name: str) -> None:
    """An item's id is its own in all quizzes: progress and banks are kept by it."""
    if name in entry.known.items:
        other = entry.known.items[name]
        where = "" if other == entry.document.file else f" (first in {other})"
        entry.problem(("id",), f"the id {name!r} stands twice{where}; an item's id is its own in all quizzes")
    entry.known.items.setdefault(name, entry.document.file)


def _options(entry: Entry, shapes: list[OptionShape], *, only_one: bool) -> tuple[Option, ...]:
    """Written options."""
    entry.ids(("options",), shapes)
    if len(shapes) < FEWEST_OPTIONS:
        entry.problem(("options",), f"write at least {FEWEST_OPTIONS} options")
    for index, one in enumerate(shapes):
        entry.misconception(("options", index, "misconception"), one.misconception)
        if one.right and one.misconception:
            entry.problem(("options", index, "misconception"), "a right option shows no misconception; remove one")
    rights = [index for index, one in enumerate(shapes) if one.right]
    if not rights:
        entry.problem(("options",), "no option is right; write `right: yes` in the one that is")
    elif not only_one and len(rights) == len(shapes):
        entry.problem(("options",), "every option is right; a multiple choice has a wrong one too")
    for index in rights[1:] if only_one else ():
        entry.problem(
            ("options", index, "right"),
            f"the option {shapes[rights[0]].id!r} is right too; a choice has one right option "
            "(`kind: multiple-choice` has several)",
        )
    return tuple(Option(one.id, one.text, one.feedback, one.right, one.misconception) for one in shapes)


def _mistakes(entry: Entry, written: list[str] | dict[str, MistakeShape | None]) -> tuple[Mistake, ...]:
    """The wrong worlds that an item expects, in order of preference."""
    if isinstance(written, list):
        for index, name in enumerate(written):
            entry.misconception(("misconceptions", index), name, of_world=True)
        entry.once(("misconceptions",), written)
        return tuple(map(Mistake, written))
    for name in written:
        entry.misconception(("misconceptions", name), name, of_world=True)
    return tuple(Mistake(name, one.feedback if one else None) for name, one in written.items())


def _tolerance(entry: Entry, shape: ToleranceShape) -> Tolerance:
    """A tolerance of one kind."""
    if (shape.relative is None) == (shape.absolute is None):
        entry.problem(("tolerance",), "write either `relative: 2%` (of the key) or `absolute: 0.01` (in the unit)")
    return Tolerance(shape.absolute, shape.relative)


def _computed(entry: Entry, shape: ComputedChoiceShape, common: dict[str, Any]) -> ComputedChoice:
    """A choice whose options are computed."""
    if not FEWEST_OPTIONS <= shape.size <= MOST_OPTIONS:
        entry.problem(("size",), f"write a size of {FEWEST_OPTIONS} to {MOST_OPTIONS} options")
    mistakes = _mistakes(entry, shape.misconceptions)
    if len(mistakes) < shape.size - 1:
        entry.problem(
            ("misconceptions",),
            f"{len(mistakes)} misconceptions make {len(mistakes)} wrong options, and {shape.size} options need "
            f"{shape.size - 1}; add some, or lower `size`",
        )
    return ComputedChoice(
        **common,
        key=shape.key,
        mistakes=mistakes,
        answer=shape.answer,
        right=shape.right,
        size=shape.size,
        tolerance=_tolerance(entry, shape.tolerance) if shape.tolerance else ComputedChoice.tolerance,
    )


def _order(entry: Entry, shape: OrderShape, common: dict[str, Any]) -> Order:
    """Events in order."""
    entry.ids(("events",), shape.events)
    if len(shape.events) < FEWEST_EVENTS:
        entry.problem(("events",), f"write at least {FEWEST_EVENTS} events")
    entry.differ(((("events", i, "text"), one.text) for i, one in enumerate(shape.events)), "event")
    place = {one.id: index for index, one in enumerate(shape.events)}
    for index, mistake in enumerate(shape.mistakes):
        path: Keys = ("mistakes", index)
        entry.misconception((*path, "misconception"), mistake.misconception)
        for key in ("early", "late"):
            entry.named((*path, key), getattr(mistake, key), place, "event")
        if mistake.early in place and mistake.late in place and place[mistake.early] <= place[mistake.late]:
            entry.problem(
                path,
                f"{mistake.early!r} before {mistake.late!r} is the right order, no mistake; "
                "`early` is the event put too early, `late` the one that must come before it",
            )
    return Order(
        **common,
        events=tuple(Event(one.id, one.text) for one in shape.events),
        mistakes=tuple(Misplaced(one.early, one.late, one.feedback, one.misconception) for one in shape.mistakes),
        right=shape.right,
        otherwise=shape.otherwise,
    )


def _match(entry: Entry, shape: MatchShape, common: dict[str, Any]) -> Match:
    """Things to put beside each other."""
    entry.ids(("pairs",), shape.pairs)
    if len(shape.pairs) < FEWEST_OPTIONS or len(shape.pairs) + len(shape.extra) < FEWEST_RIGHTS:
        entry.problem(("pairs",), f"write at least {FEWEST_RIGHTS} pairs, or {FEWEST_OPTIONS} and something `extra`")
    entry.differ(((("pairs", i, "left"), one.left) for i, one in enumerate(shape.pairs)), "left side")
    rights = [(("pairs", i, "right"), one.right) for i, one in enumerate(shape.pairs)]
    entry.differ([*rights, *((("extra", i), one) for i, one in enumerate(shape.extra))], "right side")
    return Match(
        **common,
        pairs=tuple(Pair(one.id, one.left, one.right, one.feedback) for one in shape.pairs),
        right=shape.right,
        extra=tuple(shape.extra),
    )


def _short_text(entry: Entry, shape: ShortTextShape, common: dict[str, Any]) -> ShortText:
    """A word or two."""
    places: list[tuple[Keys, str]] = [(("accept", i), one) for i, one in enumerate(shape.accept)]
    for index, mistake in enumerate(shape.mistakes):
        entry.misconception(("mistakes", index, "misconception"), mistake.misconception)
        places += [(("mistakes", index, "accept", i), one) for i, one in enumerate(mistake.accept)]
    seen: dict[str, str] = {}
    for path, text in places:
        looks = folded(text)
        if not looks:
            entry.problem(path, f"nothing is left of {text[:40]!r} without its punctuation")
        elif looks in seen:
            entry.problem(path, f"{text[:40]!r} is taken for {seen[looks]!r}, which stands before it; remove it")
        seen.setdefault(looks, text[:40])
    return ShortText(
        **common,
        accept=tuple(shape.accept),
        mistakes=tuple(WrongText(tuple(one.accept), one.feedback, one.misconception) for one in shape.mistakes),
        right=shape.right,
        otherwise=shape.otherwise,
    )


def _open(entry: Entry, shape: OpenShape, common: dict[str, Any]) -> Open:
    """An open answer with its rubric and anchors."""
    entry.named(("rubric",), shape.rubric, entry.known.rubrics, "rubric")
    rubric = (entry.known.rubrics or {}).get(shape.rubric)
    if rubric and rubric.points != shape.points:
        entry.problem(("points",), f"says {shape.points} points, but the rubric {rubric.id!r} gives {rubric.points}")
    if len(shape.words) != 2 or not 0 < shape.words[0] <= shape.words[1]:  # noqa: PLR2004 - from, to
        entry.problem(("words",), "write the number of words as [FROM, TO], such as [80, 150]")
    if len(shape.anchors) < FEWEST_ANCHORS:
        entry.problem(("anchors",), f"{len(shape.anchors)} anchors; markers need at least {FEWEST_ANCHORS}")
    for index, anchor in enumerate(shape.anchors):
        _anchor(entry, ("anchors", index), anchor, rubric)
    return Open(
        **common,
        rubric=shape.rubric,
        least_words=shape.words[0] if shape.words else 0,
        most_words=shape.words[-1] if shape.words else 0,
        model_answer=shape.model_answer,
        anchors=tuple(map(_scored, shape.anchors)),
    )


def _anchor(entry: Entry, path: Keys, shape: AnchorShape, rubric: Rubric | None) -> None:
    """Every criterion is scored with points that it has, and points name the words that earn them."""
    criteria = {one.id: one for one in rubric.criteria} if rubric else {}
    text = _joined(shape.text)
    for name, score in shape.scores.items():
        here = (*path, "scores", name)
        if rubric:
            entry.named(here, name, criteria, "criterion")
        if name in criteria and criteria[name].level(score.points) is None:
            levels = ", ".join(str(points) for points, _ in criteria[name].levels)
            entry.problem((*here, "points"), f"{score.points} is no level of {name!r}; its levels are {levels}")
        if score.points and score.words is None:
            entry.problem(here, f"points need the `words` of the answer that earn them ({score.points} here)")
        if score.words is not None and _joined(score.words) not in text:
            entry.problem((*here, "words"), "these words do not stand in the anchor's text; copy them from it exactly")
    for name in criteria:
        if name not in shape.scores:
            entry.problem((*path, "scores"), f"does not score the criterion {name!r}; every one is scored")


def _joined(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _scored(shape: AnchorShape) -> Anchor:
    scores = tuple(Score(name, one.points, one.words) for name, one in shape.scores.items())
    return Anchor(shape.title, shape.text, scores, shape.why)
