"""``quizzes/`` and ``private/``: each quiz, and what must agree between its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from costbook.assessment.items import Item, Quiz, Slot, Use
from costbook.load.entries import Known
from costbook.load.fields import Name, Positive, Shape, Share, Words, check_file_name, check_known, choice, read_shape
from costbook.load.items import read_item
from costbook.load.shapes import SiblingsShape, SlotShape
from costbook.load.source import Document, Keys, Problem

UseText = Annotated[str, BeforeValidator(choice(*(use.value for use in Use)))]
SHARED = ("objective", "points", "minutes", "level")
"""What siblings have in common: a learner gets one of them, and it counts the same."""


class PassShape(Shape):
    share: Share
    why: Words


class QuizShape(Shape):
    id: Name
    title: Words
    chapter: Name | None = None
    part: Name | None = None
    use: UseText
    minutes: Positive
    mark: PassShape | None = Field(alias="pass", default=None)
    intro: Words | None = None
    items: list[SlotShape] = Field(min_length=1)


def read_quiz(document: Document, known: Known) -> Quiz | None:
    """One quiz."""
    shape = read_shape(document, QuizShape)
    if shape is None:
        return None
    check_file_name(document, shape.id)
    _check_subject(document, shape, known)
    if shape.mark is None and shape.use != Use.PRIOR:
        document.problem((), "needs the key 'pass'; only a quiz of prior knowledge (`use: prior`) has no pass mark")
    if shape.mark is not None and shape.use == Use.PRIOR:
        key = Problem(document.key_place(("pass",)), "prior knowledge is not scored, so nobody passes; remove `pass`")
        document.problems.append(key)
    quiz = Quiz(
        id=shape.id,
        title=shape.title,
        chapter=shape.chapter,
        use=Use(shape.use),
        minutes=shape.minutes,
        pass_share=shape.mark.share if shape.mark else None,
        pass_why=shape.mark.why if shape.mark else None,
        slots=tuple(_slot(document, ("items", index), one, known) for index, one in enumerate(shape.items)),
        source=digest(document.text),
        intro=shape.intro,
        part=shape.part,
    )
    if quiz.part is not None:
        _check_review(document, quiz, quiz.part, known)
    return quiz


def _check_subject(document: Document, shape: QuizShape, known: Known) -> None:
    """A quiz is about one chapter, or about one part."""
    contents = known.contents
    if shape.chapter is None and shape.part is None:
        document.problem((), "needs the key 'chapter', or the key 'part' where it reviews all chapters of a part")
    if shape.chapter is not None and shape.part is not None:
        what = "a quiz of a chapter reviews no part; remove one of the keys 'chapter' and 'part'"
        document.problems.append(Problem(document.key_place(("part",)), what))
    if shape.chapter is not None:
        check_known(document, ("chapter",), shape.chapter, contents.chapters if contents else None, "chapter")
    if shape.part is not None:
        check_known(document, ("part",), shape.part, contents.parts if contents else None, "part")


def _check_review(document: Document, quiz: Quiz, part: str, known: Known) -> None:
    """The review of a part asks about its chapters, and goes back and forth between them.

    Interleaved, an item does not say by its place which chapter answers it.
    """
    contents, objectives = known.contents, known.objectives
    if contents is None or objectives is None or part not in contents.parts:
        return
    chapters = {chapter.id for chapter in contents.of_part(part)}
    before = None
    for path, item in item_places(document, quiz):
        objective = objectives.get(item.objective)
        if objective is None:  # a problem already
            continue
        if objective.chapter not in chapters:
            document.problem(
                (*path, "objective"),
                f"the quiz reviews the part {part!r}, and {objective.id!r} belongs to {objective.chapter!r}; "
                "ask about an objective of the part",
            )
        if before is not None and before[0] != path[:2] and before[1] == objective.chapter:
            document.problem(
                (*path, "objective"),
                f"the item before it is about {objective.chapter!r} too; a review goes back and forth between the "
                "chapters of its part, so put an item about another chapter between them",
            )
        before = path[:2], objective.chapter


def digest(text: str) -> str:
    """What stands for a source: the same for every form of line break."""
    return sha256(re.sub(r"\r\n?", "\n", text).encode()).hexdigest()


def item_places(document: Document, quiz: Quiz) -> Iterator[tuple[Keys, Item]]:
    """Each item of a quiz, and where it stands in its file."""
    for index, slot in enumerate(quiz.slots):
        path: Keys = ("items", index)
        if (*path, "siblings") in document.values:
            yield from (((*path, "siblings", number), item) for number, item in enumerate(slot.items))
        else:
            yield path, slot.first


def _slot(document: Document, path: Keys, shape: Any, known: Known) -> Slot:
    if not isinstance(shape, SiblingsShape):
        return Slot((read_item(document, path, shape, known),))
    path = (*path, "siblings")
    if len(shape.siblings) < 2:  # noqa: PLR2004 - one alone has no sibling
        document.problem(path, "siblings are two items or more; write a single one without `siblings`")
    items = tuple(read_item(document, (*path, index), one, known) for index, one in enumerate(shape.siblings))  # type: ignore[arg-type]
    for index, item in enumerate(items[1:], 1):
        for name in SHARED:
            first, this = getattr(items[0], name), getattr(item, name)
            if this != first:
                document.problem(
                    (*path, index, name),
                    f"siblings have the same {name}, and {items[0].id!r} has {first}; a learner gets one of them",
                )
    return Slot(items)
