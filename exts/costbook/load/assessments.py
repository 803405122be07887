"""``assessments/``: objectives, lesson plans and reviews."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from costbook.assessment.lessons import Activity, Lesson, Mode, Note
from costbook.assessment.objectives import PROCESSES, Level, Objective, Seed
from costbook.assessment.quizlint import verb_slip
from costbook.assessment.reviews import (
    Dimension,
    Finding,
    FollowUp,
    Review,
    Reviewer,
    Statement,
    Subject,
)
from costbook.contents import Contents
from costbook.load.fields import (
    Flag,
    LevelText,
    Name,
    Shape,
    Url,
    Whole,
    Words,
    check_file_name,
    check_ids,
    check_known,
    check_process,
    choice,
    read_shape,
)
from costbook.load.source import Document, Keys
from costbook.names import suggestion

DimensionText = Annotated[str, BeforeValidator(choice(*(dimension.value for dimension in Dimension)))]
ReviewerKind = Annotated[str, BeforeValidator(choice("self", "peer", "learner-test"))]
Whose = Annotated[str, BeforeValidator(choice("external", "own"))]


class SeedShape(Shape):
    file: Words
    part: Words
    said: Words


class ObjectiveShape(Shape):
    id: Name
    chapter: Name
    level: LevelText
    process: Words
    verb: Words
    statement: Words
    evidence: Words
    seed: SeedShape | None = None


class ObjectivesShape(Shape):
    objectives: list[ObjectiveShape]


class ActivityShape(Shape):
    id: Name
    title: Words
    objectives: list[Name]
    minutes: Whole
    do: Words
    ask: Words
    expect: Words
    listen: Words
    then: Words


class ModeShape(Shape):
    title: Words
    minutes: Whole
    activities: list[Name] = Field(min_length=1)


class NoteShape(Shape):
    title: Words
    text: Words


class LessonShape(Shape):
    id: Name
    chapter: Name
    title: Words
    audience: Words
    prerequisites: list[Words]
    objectives: list[Name]
    materials: list[Words]
    activities: list[ActivityShape]
    modes: dict[Name, ModeShape]
    notes: list[NoteShape] = Field(default_factory=list)


class FindingShape(Shape):
    id: Name
    dimension: DimensionText
    title: Words
    text: Words
    assessable: Flag
    because: Words | None = None
    impact: Whole = 0


class StatementShape(Shape):
    id: Name
    title: Words
    stated: Words
    measured: Words | None = None


class FollowUpShape(Shape):
    id: Name
    gap: Name
    text: Words


class ReviewerShape(Shape):
    name: Words
    kind: ReviewerKind
    date: Words | None = None


class SubjectShape(Shape):
    name: Words
    url: Url | None = None
    source: Words | None = None


class ReviewShape(Shape):
    id: Name
    title: Words
    of: Whose
    subject: SubjectShape
    reviewer: ReviewerShape
    objective: Words
    verdict: Words
    strengths: list[FindingShape]
    gaps: list[FindingShape]
    accessibility: list[StatementShape] = Field(default_factory=list)
    load: list[StatementShape] = Field(default_factory=list)
    follow_ups: list[FollowUpShape] = Field(default_factory=list)
    recommendation: Words
    evidence: Words
    stated: Whole | None = None


def read_objectives(document: Document, contents: Contents | None) -> dict[str, Objective] | None:
    """Objectives by id."""
    shape = read_shape(document, ObjectivesShape)
    if shape is None:
        return None
    check_ids(document, ("objectives",), (one.id for one in shape.objectives))
    chapters = contents.chapters if contents else None
    found: dict[str, Objective] = {}
    for index, one in enumerate(shape.objectives):
        path: Keys = ("objectives", index)
        check_known(document, (*path, "chapter"), one.chapter, chapters, "chapter")
        level = Level(one.level)
        seed = Seed(one.seed.file, one.seed.part, one.seed.said) if one.seed else None
        found[one.id] = Objective(one.id, one.chapter, level, one.process, one.verb, one.statement, one.evidence, seed)
        check_process(document, (*path, "process"), one.process, level)
        slip = verb_slip(found[one.id])
        if slip and one.process in PROCESSES[level]:
            document.problem((*path, "verb"), slip)
    return found


def read_lesson(
    document: Document, contents: Contents | None, objectives: dict[str, Objective] | None
) -> Lesson | None:
    """One lesson plan; the minutes of each mode must add up."""
    shape = read_shape(document, LessonShape)
    if shape is None:
        return None
    check_file_name(document, shape.id)
    check_known(document, ("chapter",), shape.chapter, contents.chapters if contents else None, "chapter")
    check_ids(document, ("activities",), (activity.id for activity in shape.activities))
    named: list[tuple[Keys, str]] = [(("objectives", i), one) for i, one in enumerate(shape.objectives)]
    for number, activity in enumerate(shape.activities):
        named += [(("activities", number, "objectives", i), one) for i, one in enumerate(activity.objectives)]
    for path, name in named:
        check_known(document, path, name, objectives, "objective")
    lesson = Lesson(
        id=shape.id,
        chapter=shape.chapter,
        title=shape.title,
        audience=shape.audience,
        prerequisites=tuple(shape.prerequisites),
        objectives=tuple(shape.objectives),
        materials=tuple(shape.materials),
        activities=tuple(
            Activity(a.id, a.title, tuple(a.objectives), a.minutes, a.do, a.ask, a.expect, a.listen, a.then)
            for a in shape.activities
        ),
        modes=tuple(Mode(key, m.title, m.minutes, tuple(m.activities)) for key, m in shape.modes.items()),
        notes=tuple(Note(note.title, note.text) for note in shape.notes),
    )
    _check_modes(document, lesson)
    return lesson


def _check_modes(document: Document, lesson: Lesson) -> None:
    known = {activity.id for activity in lesson.activities}
    for mode in lesson.modes:
        unknown = [(i, name) for i, name in enumerate(mode.activities) if name not in known]
        for index, name in unknown:
            document.problem(
                ("modes", mode.id, "activities", index),
                f"unknown activity {name!r}; {suggestion(name, known)}",
            )
        if not unknown and lesson.minutes_in(mode) != mode.minutes:
            document.problem(
                ("modes", mode.id, "minutes"),
                f"says {mode.minutes} minutes, but its activities add up to {lesson.minutes_in(mode)}",
            )


def read_review(document: Document) -> Review | None:
    """One quality review."""
    shape = read_shape(document, ReviewShape)
    if shape is None:
        return None
    check_file_name(document, shape.id)
    check_ids(document, ("strengths",), (one.id for one in shape.strengths))
    check_ids(document, ("gaps",), (one.id for one in shape.gaps))
    check_ids(document, ("accessibility",), (one.id for one in shape.accessibility))
    check_ids(document, ("load",), (one.id for one in shape.load))
    check_ids(document, ("follow_ups",), (one.id for one in shape.follow_ups))
    for key, findings in (("strengths", shape.strengths), ("gaps", shape.gaps)):
        for index, finding in enumerate(findings):
            path: Keys = (key, index)
            if not finding.assessable and finding.because is None:
                document.problem(path, f"{finding.id!r} is not assessable; say why in `because`")
            if (key == "gaps") != (finding.impact > 0):
                document.problem(path, "a gap needs an `impact` above 0, and a strength has none")
    gaps = {gap.id for gap in shape.gaps}
    for index, ticket in enumerate(shape.follow_ups):
        check_known(document, ("follow_ups", index, "gap"), ticket.gap, gaps, "gap")
    return Review(
        id=shape.id,
        title=shape.title,
        external=shape.of == "external",
        subject=Subject(shape.subject.name, shape.subject.url, shape.subject.source),
        reviewer=Reviewer(shape.reviewer.name, shape.reviewer.kind, shape.reviewer.date),
        objective=shape.objective,
        verdict=shape.verdict,
        strengths=tuple(map(_finding, shape.strengths)),
        gaps=tuple(map(_finding, shape.gaps)),
        accessibility=tuple(Statement(s.id, s.title, s.stated, s.measured) for s in shape.accessibility),
        load=tuple(Statement(s.id, s.title, s.stated, s.measured) for s in shape.load),
        follow_ups=tuple(FollowUp(t.id, t.gap, t.text) for t in shape.follow_ups),
        recommendation=shape.recommendation,
        evidence=shape.evidence,
        stated=shape.stated,
    )


def _finding(shape: FindingShape) -> Finding:
    return Finding(
        shape.id,
        Dimension(shape.dimension),
        shape.title,
        shape.text,
        shape.assessable,
        shape.because,
        shape.impact,
    )
