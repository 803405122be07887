"""The only reader of data files: it gives a World, or every problem with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from costbook.assessment.items import Quiz
from costbook.assessment.misconceptions import Misconception
from costbook.assessment.quizlint import uncovered
from costbook.economy.rates import Model
from costbook.economy.tokens import count_tokens
from costbook.load.assessments import read_lesson, read_objectives, read_review
from costbook.load.entries import Known
from costbook.load.prices import check_edition, check_past, check_retired, read_edition, read_provider
from costbook.load.prose import Prose
from costbook.load.quality import read_quality
from costbook.load.quizzes import read_quiz
from costbook.load.ratios import check_names, read_survey
from costbook.load.rubrics import check_findings, read_misconceptions, read_rubric
from costbook.load.source import DataErrors, Document, Place, Problem, locate, read_source
from costbook.load.toys import read_toys
from costbook.load.workloads import read_contents, read_scenarios, read_texts
from costbook.questions.ratios import Sort
from costbook.quizzes.texts import HOUSE_MODEL as DEFAULT_MODEL
from costbook.quizzes.wrong_worlds import MISCONCEPTIONS as WRONG_WORLDS
from costbook.world import Edition, Provider, World

DATA = "book/data"
RATIOS, TOYS = f"{DATA}/ratios.yaml", f"{DATA}/next-tokens.yaml"
OBJECTIVES = "assessments/objectives.yaml"
MISCONCEPTIONS, QUALITY = "assessments/misconceptions.yaml", "assessments/quality.yaml"
QUIZZES, PRIVATE = "assessments/quizzes", "assessments/private"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


@dataclass(frozen=True)
class _Folder(Generic[T]):
    """What the files of a folder hold, by file, and whether all of them could be read."""

    by_file: dict[str, T]
    complete: bool

    @property
    def by_id(self) -> dict[str, T]:
        """The same by id."""
        return {one.id: one for one in self.by_file.values()}

    @property
    def known(self) -> dict[str, T] | None:
        """By id; None where another name may stand in a file that could not be read."""
        return self.by_id if self.complete else None


class _Reader:
    """The documents read so far, and the problems of all."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.documents: dict[str, Document] = {}

    def read(self, file: str) -> Document:
        """Read one file that must exist."""
        document = read_source(self.root / file, self.root)
        self.documents[file] = document
        return document

    def documents_in(self, folder: str) -> Iterator[Document]:
        """Read every YAML file of a folder, in order of name."""
        for path in sorted((self.root / folder).glob("*.yaml")):
            yield self.read(path.relative_to(self.root).as_posix())

    def folder(self, folder: str, read: Callable[[Document], T | None]) -> _Folder[T]:
        """Read every YAML file of a folder as one thing."""
        found = {document.file: read(document) for document in self.documents_in(folder)}
        by_file = {file: one for file, one in found.items() if one is not None}
        return _Folder(by_file, len(by_file) == len(found))

    def raise_problems(self) -> None:
        """Raise all problems found, if any."""
        problems = [problem for document in self.documents.values() for problem in document.problems]
        if problems:
            raise DataErrors(problems)


def load_world(root: Path, count: Callable[[str, str], int] = count_tokens, *, texts_asked: bool = True) -> World:
    """Read, check and freeze everything below ``book/data`` and ``assessments``; ``count`` gives the tokens of a text.

    Without ``texts_asked``, the questions in texts of assessments are not put: what has no answer there is no problem,
    and a house model may be retired.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    reader = _Reader(root)
    edition_file = reader.read(f"{DATA}/edition.yaml")
    edition, past = read_edition(edition_file) or (None, ())
    providers, models, all_read = _read_prices(reader, edition)
    texts = read_texts(reader.read(f"{DATA}/texts.yaml"))
    scenarios, sets = read_scenarios(reader.read(f"{DATA}/scenarios.yaml"), texts)
    survey = read_survey(reader.read(RATIOS)) if (root / RATIOS).is_file() else None
    toys = read_toys(reader.read(TOYS)) if (root / TOYS).is_file() else {}
    contents = read_contents(reader.read(f"{DATA}/contents.yaml"), root)
    objectives = read_objectives(reader.read(OBJECTIVES), contents)
    lessons = reader.folder("assessments/lessons", lambda one: read_lesson(one, contents, objectives))
    reviews = reader.folder("assessments/reviews", read_review)
    misconceptions: dict[str, Misconception] | None = {}
    if (root / MISCONCEPTIONS).is_file():
        misconceptions = read_misconceptions(reader.read(MISCONCEPTIONS), WRONG_WORLDS)
    rubrics = reader.folder("assessments/rubrics", lambda one: read_rubric(one, reviews.known))
    if rubrics.complete:
        for file, review in reviews.by_file.items():
            if file == f"assessments/reviews/{review.id}.yaml":  # another name is a problem already
                check_findings(reader.documents[file], review, rubrics.by_file.values())
    known = Known(contents, objectives, misconceptions, rubrics.known)
    quizzes = reader.folder(QUIZZES, lambda one: read_quiz(one, known))
    quality = read_quality(reader.read(QUALITY)) if (root / QUALITY).is_file() else ()
    if edition is not None and all_read:
        check_edition(edition_file, edition, models)
        check_past(edition_file, past, models)
    reader.raise_problems()
    # What could not be read is a problem, raised above.
    assert edition is not None
    assert texts is not None
    assert toys is not None
    assert contents is not None
    assert objectives is not None
    assert misconceptions is not None
    world = World(
        edition,
        providers,
        models,
        scenarios,
        sets,
        texts,
        objectives,
        lessons.by_id,
        reviews.by_id,
        contents,
        misconceptions,
        rubrics.by_id,
        quizzes.by_id,
        quality,
        past,
        survey=survey,
        count=count,
        toys=toys,
    )
    if survey is not None:
        check_names(reader.documents[RATIOS], survey, (*world.populations, *Sort))
        reader.raise_problems()
    if texts_asked:
        check_retired(edition_file, edition, models)
        _check_texts(reader, world, quizzes.by_file)
        reader.raise_problems()
    return world


def load_private(root: Path, world: World) -> Mapping[str, Quiz]:
    """An educator's own quizzes by id: the same format, against a world that is loaded. For scripts only.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    reader = _Reader(root)
    taken = {item.id: f"{QUIZZES}/{quiz.id}.yaml" for quiz in world.quizzes.values() for item in quiz.items}
    known = Known(world.contents, world.objectives, world.misconceptions, world.rubrics, taken)
    quizzes = reader.folder(PRIVATE, lambda one: read_quiz(one, known))
    for file, quiz in quizzes.by_file.items():
        if quiz.id in world.quizzes:
            reader.documents[file].problem(("id",), f"a quiz of the book has the id {quiz.id!r}; take another")
    reader.raise_problems()
    for file, quiz in quizzes.by_file.items():
        Prose(reader.documents[file], world).check_quiz(quiz)
    reader.raise_problems()
    return quizzes.by_id


def _read_prices(reader: _Reader, edition: Edition | None) -> tuple[dict[str, Provider], dict[str, Model], bool]:
    """Providers and models, and whether every file of them could be read."""
    providers: dict[str, Provider] = {}
    models: dict[str, Model] = {}
    all_read = True
    for document in reader.documents_in(f"{DATA}/prices"):
        found = read_provider(document, edition.serial if edition else 0)
        if found is None:
            all_read = False
            continue
        provider, its_models = found
        providers[provider.id] = provider
        for model_id, model in its_models.items():
            if model_id in models:
                other = models[model_id].provider
                document.problem(("models", model_id), f"the model {model_id!r} stands in {other}.yaml too")
            models[model_id] = model
    return providers, models, all_read


def _check_texts(reader: _Reader, world: World, quizzes: Mapping[str, Quiz]) -> None:
    """Put every question that a text of an assessment names: a slip is found at its own line and column."""
    for file, document in reader.documents.items():
        if file in quizzes:
            Prose(document, world).check_quiz(quizzes[file])
        elif file.startswith("assessments/"):
            Prose(document, world).check_document()
    order = list(world.objectives)
    for name, what in uncovered(world.objectives, world.quizzes.values()):
        reader.documents[OBJECTIVES].problem(("objectives", order.index(name), "id"), what)


__all__ = ["DEFAULT_MODEL", "DataErrors", "Place", "Problem", "load_private", "load_world", "locate"]
