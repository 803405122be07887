"""The pages for teachers: ``objectives-map``, ``quality-rubric``, ``review-scores``, ``rubrics``, ``not-assessed``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docutils import nodes
from sphinx import addnodes

from costbook import money
from costbook.assessment.reviews import FULL_SCORE
from costbook.assessment.rubrics import Criterion
from costbook.pages.tables import Slip
from costbook.questions.teaching import (
    Assessed,
    ChapterMap,
    Deduction,
    ItemName,
    MappedObjective,
    ObjectivesMap,
    QualityRubric,
    QuizName,
    Rubrics,
    RubricSheet,
    ScoredReview,
    Scores,
    WithoutCriterion,
)
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.directives.boxes import goal, joined
from costbook.sphinx_ext.tables import Cell, lines, number, table, words
from costbook.sphinx_ext.transforms import COMPUTED

QUIZZES, REVIEWS = "assessments/quizzes", "assessments/reviews"


def page_link(docname: str, text: str, refdoc: str, section: str | None = None) -> nodes.Node:
    """A link to a page, or to a section of it by the id of its heading."""
    return addnodes.pending_xref(
        "",
        nodes.inline("", text),
        refdomain="doc",
        reftype="myst",
        reftarget=docname,
        reftargetid=section,
        refexplicit=True,
        refwarn=True,
        refdoc=refdoc,
    )


def quiet(text: str) -> nodes.inline:
    """Words that stand back."""
    return nodes.inline("", text, classes=["cb-source"])


def identifier(text: str) -> nodes.literal:
    """An id; a search for one of its words is not a search for it."""
    return nodes.literal("", text, classes=["no-search"])


class TeachDirective(CostDirective):
    """What these directives share: links to quizzes and to the findings of reviews."""

    def quiz(self, quiz: QuizName) -> nodes.Node:
        """A link to the page of a quiz."""
        return page_link(f"{QUIZZES}/{quiz.id}", quiz.title, self.env.docname)

    def review(self, review_id: str, title: str) -> nodes.Node:
        """A link to the page of a review."""
        return page_link(f"{REVIEWS}/{review_id}", title, self.env.docname)

    def finding(self, review_id: str, title: str) -> nodes.Node:
        """A link to a finding on the page of its review, where its title is a heading."""
        return page_link(f"{REVIEWS}/{review_id}", title, self.env.docname, nodes.make_id(title))

    def note(self, text: str) -> list[nodes.Node]:
        """A line in place of a table that would be empty."""
        return [nodes.paragraph("", text, classes=[COMPUTED], translatable=False)]


class ObjectivesMapTable(TeachDirective):
    """Chapter x objective x level x items: a table for each chapter, a column for each quiz."""

    def made(self) -> list[nodes.Node]:
        chapters: tuple[ChapterMap, ...] = self.ask(ObjectivesMap(), self.name)
        return [self._table(chapter) for chapter in chapters] or self.note("No chapter has objectives yet.")

    def _table(self, chapter: ChapterMap) -> nodes.Node:
        head = [words("Objective"), words("Level and process"), *(self._head(quiz) for quiz in chapter.quizzes)]
        rows = [self._row(objective) for objective in chapter.objectives]
        name = chapter.chapter.name
        caption = f"{name[:1].upper()}{name[1:]}: what assesses each objective"
        return table(caption, head, rows, "cb-map")

    def _head(self, quiz: QuizName) -> Cell:
        return lines([self.quiz(quiz)], [quiet(quiz.use.value)])

    def _row(self, objective: MappedObjective) -> list[Cell]:
        stub = lines(goal(objective.verb, objective.statement), [identifier(objective.id)])
        level = words(f"{objective.level.value}: {objective.process}", "cb-level")
        return [stub, level, *(_assessed(one, objective) for one in objective.assessed)]


def _assessed(assessed: Assessed, objective: MappedObjective) -> Cell:
    """The items of one quiz for one objective; of a graded quiz how many."""
    shown: list[list[nodes.Node]] = []
    if assessed.questions:
        shown.append(
            [nodes.Text(f"{money.some(assessed.questions, 'question')}, {money.some(assessed.points, 'point')}")]
        )
    shown += [_siblings(items, objective) for items in assessed.items]
    if assessed.also:
        shown.append([nodes.Text("touched by "), *joined([identifier(one) for one in assessed.also])])
    return lines(*shown) if shown else Cell([quiet("none")])


def _siblings(items: Iterable[ItemName], objective: MappedObjective) -> list[nodes.Node]:
    """The items of one question, of which a learner gets one."""
    found: list[nodes.Node] = []
    for item in items:
        found += [nodes.Text(" or ")] if found else []
        found += _item(item, objective)
    return found


def _item(item: ItemName, objective: MappedObjective) -> list[nodes.Node]:
    """An item, with its level and process where they are not those of the objective."""
    found: list[nodes.Node] = [identifier(item.id)]
    if (item.level, item.process) != (objective.level, objective.process):
        found.append(quiet(f" {item.level.value}: {item.process}"))
    return found


class QualityRubricTable(TeachDirective):
    """The dimensions of every review, with a sentence for each level."""

    def made(self) -> list[nodes.Node]:
        standards = self.ask(QualityRubric(), self.name)
        if not standards:
            raise Slip("there is no quality rubric; write assessments/quality.yaml", self.name)
        head = [words("Dimension"), *(words(f"Level {level}") for level, _ in standards[0].levels)]
        rows = [
            [
                lines([nodes.Text(one.dimension.words.capitalize())], [quiet(one.asks)]),
                *(words(text) for _, text in one.levels),
            ]
            for one in standards
        ]
        return [table("The dimensions of a review and their levels", head, rows, "cb-rubric")]


class ReviewScores(TeachDirective):
    """Every review with its score, and the deductions that make it."""

    def made(self) -> list[nodes.Node]:
        reviews: tuple[ScoredReview, ...] = self.ask(Scores(), self.name)
        if not reviews:
            return self.note("There are no reviews yet.")
        head = [words("Review"), words("Of"), words("By"), words("Score", "cb-number")]
        rows = [self._row(review) for review in reviews]
        scores = table(f"Reviews and their scores, of {FULL_SCORE}", head, rows, "cb-reviews")
        return [scores, *(self._deductions(review) for review in reviews)]

    def _row(self, review: ScoredReview) -> list[Cell]:
        reviewer = ", ".join(filter(None, (review.reviewer.name, review.reviewer.kind, review.reviewer.date)))
        score: list[nodes.Node] = [nodes.Text(str(review.score))]
        if review.stated not in {None, review.score}:
            score.append(quiet(f" (the reviewer printed {review.stated})"))
        return [
            Cell([self.review(review.id, review.title)]),
            words(review.subject),
            words(reviewer),
            Cell(score, ("cb-number",)),
        ]

    def _deductions(self, review: ScoredReview) -> nodes.Node:
        head = [words("Dimension"), words("Deductions"), words("Points", "cb-number")]
        rows = [
            [
                words(dimension.words.capitalize()),
                self._listed(review.id, gaps),
                number(str(sum(gap.points for gap in gaps))),
            ]
            for dimension, gaps in review.deductions
        ]
        rows.append([words("Score"), words(f"{FULL_SCORE} less the sum of these"), number(str(review.score))])
        return table(f"What is deducted in “{review.title}”", head, rows, "cb-bill")

    def _listed(self, review_id: str, gaps: Sequence[Deduction]) -> Cell:
        if len(gaps) == 1:
            return Cell([self.finding(review_id, gaps[0].gap)])
        return lines(*([self.finding(review_id, gap.gap), nodes.Text(f": {gap.points}")] for gap in gaps))


class RubricSheets(TeachDirective):
    """Every rubric for open answers: a section each, with its criteria and where they come from."""

    def made(self) -> list[nodes.Node]:
        sheets: tuple[RubricSheet, ...] = self.ask(Rubrics(), self.name)
        return [self._section(sheet) for sheet in sheets] or self.note("There are no rubrics yet.")

    def _section(self, sheet: RubricSheet) -> nodes.Node:
        rubric = sheet.rubric
        lead: list[nodes.Node] = [nodes.Text(f"{money.some(rubric.points, 'point')} in all. Drawn from ")]
        lead += [self.review(rubric.review, sheet.review), nodes.Text(".")]
        if sheet.used_by:
            lead += [nodes.Text(" Used in "), *joined([self.quiz(one) for one in sheet.used_by]), nodes.Text(".")]
        return nodes.section(
            "",
            nodes.title("", rubric.title, translatable=False),
            nodes.paragraph("", "", *lead, translatable=False),
            *self._named([self._criteria(sheet)]),
            ids=[f"{nodes.make_id(self.env.docname)}-{nodes.make_id(rubric.id)}"],
            classes=[COMPUTED],
        )

    def _criteria(self, sheet: RubricSheet) -> nodes.Node:
        criteria = sheet.rubric.criteria
        most = max(criterion.points for criterion in criteria)
        points = range(most, -1, -1)
        head = [words("Criterion"), *(words(money.some(one, "point")) for one in points)]
        rows = [
            [self._criterion(sheet, criterion, found), *(words(criterion.level(one) or "") for one in points)]
            for criterion, found in zip(criteria, sheet.sources, strict=True)
        ]
        return table(f"{sheet.rubric.title}: criteria and levels", head, rows, "cb-rubric")

    def _criterion(self, sheet: RubricSheet, criterion: Criterion, found: Iterable[str]) -> Cell:
        linked = joined([self.finding(sheet.rubric.review, one) for one in found])
        source = nodes.inline("", "", nodes.Text("From: "), *linked, classes=["cb-source"])
        return lines([nodes.Text(criterion.title)], [source])


class NotAssessed(TeachDirective):
    """The findings of reviews that no criterion comes from, each with its reason."""

    def made(self) -> list[nodes.Node]:
        findings = self.ask(WithoutCriterion(), self.name)
        if not findings:
            return self.note("A criterion comes from every finding.")
        head = [words("Finding"), words("Review"), words("Why no criterion comes from it")]
        rows = [
            [
                Cell([self.finding(one.review, one.finding)]),
                Cell([self.review(one.review, one.review_title)]),
                Cell(self.parse_inline(one.because)[0]),
            ]
            for one in findings
        ]
        return [table("Findings that a learner's answer cannot show", head, rows, "cb-not-assessed")]
