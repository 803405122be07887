"""The only reader of data files: it gives a World, or every problem with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from costbook.assessment.lessons import Lesson
from costbook.assessment.lint import hits_in_markdown
from costbook.assessment.objectives import Objective
from costbook.assessment.reviews import Review
from costbook.assessment.text import faults, roles
from costbook.contents import Contents
from costbook.economy.rates import Model
from costbook.economy.tokens import count_tokens
from costbook.load.assessments import read_lesson, read_objectives, read_review
from costbook.load.prices import check_edition, read_edition, read_provider
from costbook.load.source import DataErrors, Document, Keys, Place, Problem, locate, read_source
from costbook.load.workloads import read_contents, read_scenarios, read_texts
from costbook.questions import KINDS, Unanswerable, Unreadable, parse
from costbook.world import Edition, Provider, World

DATA = "book/data"
DEFAULT_MODEL = "everyday"
NOT_PROSE = ("id", "url", "date")


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

    def folder(self, folder: str) -> Iterator[Document]:
        """Read every YAML file of a folder, in order of name."""
        for path in sorted((self.root / folder).glob("*.yaml")):
            yield self.read(path.relative_to(self.root).as_posix())

    def raise_problems(self) -> None:
        """Raise all problems found, if any."""
        problems = [problem for document in self.documents.values() for problem in document.problems]
        if problems:
            raise DataErrors(problems)


def load_world(root: Path, count: Callable[[str, str], int] = count_tokens) -> World:
    """Read, check and freeze everything below ``book/data`` and ``assessments``; ``count`` gives the tokens of a text.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    reader = _Reader(root)
    edition_file = reader.read(f"{DATA}/edition.yaml")
    edition = read_edition(edition_file)
    providers, models, all_read = _read_prices(reader, edition)
    texts = read_texts(reader.read(f"{DATA}/texts.yaml"))
    scenarios, sets = read_scenarios(reader.read(f"{DATA}/scenarios.yaml"), texts)
    contents = read_contents(reader.read(f"{DATA}/contents.yaml"), root)
    objectives, lessons, reviews = _read_assessments(reader, contents)
    if edition is not None and all_read:
        check_edition(edition_file, edition, models)
    reader.raise_problems()
    # What could not be read is a problem, raised above.
    assert edition is not None
    assert texts is not None
    assert contents is not None
    assert objectives is not None
    world = World(
        edition, providers, models, scenarios, sets, texts, objectives, lessons, reviews, contents, count=count
    )
    _check_texts(reader, world)
    reader.raise_problems()
    return world


def _read_prices(reader: _Reader, edition: Edition | None) -> tuple[dict[str, Provider], dict[str, Model], bool]:
    """Providers and models, and whether every file of them could be read."""
    providers: dict[str, Provider] = {}
    models: dict[str, Model] = {}
    all_read = True
    for document in reader.folder(f"{DATA}/prices"):
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


def _read_assessments(
    reader: _Reader, contents: Contents | None
) -> tuple[dict[str, Objective] | None, dict[str, Lesson], dict[str, Review]]:
    objectives = read_objectives(reader.read("assessments/objectives.yaml"), contents)
    lessons, reviews = {}, {}
    for document in reader.folder("assessments/lessons"):
        lesson = read_lesson(document, contents, objectives)
        if lesson is not None:
            lessons[lesson.id] = lesson
    for document in reader.folder("assessments/reviews"):
        review = read_review(document)
        if review is not None:
            reviews[review.id] = review
    return objectives, lessons, reviews


def _check_texts(reader: _Reader, world: World) -> None:
    """Put every question that a text of an assessment names: a slip is found at its own line and column."""
    for document in reader.documents.values():
        if document.file.startswith("assessments/"):
            times: Counter[tuple[int, str]] = Counter()
            for path, text in _scalars(document.data, ()):
                _check_text(document, path, text, world, times)


def _scalars(data: object, path: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _scalars(value, (*path, index))


def _check_text(document: Document, path: Keys, text: str, world: World, times: Counter[tuple[int, str]]) -> None:
    """Check one text; ``times`` counts the failures of a literal from a line on, so that each finds its own place."""
    from_line = document.place(path).line

    def note(literal: str, what: str) -> None:
        times[from_line, literal] += 1
        line, column = locate(document.text, literal, from_line, times[from_line, literal])
        document.problems.append(Problem(Place(document.file, line, column), what))

    for fault in faults(text, KINDS):
        note(*fault)
    if path[-1] not in NOT_PROSE:
        for hit in hits_in_markdown(text):
            note(*hit)
    for role in roles(text):
        if role.name in KINDS:
            try:
                parse(role.name, role.content).on_page(DEFAULT_MODEL).answer(world)
            except (Unreadable, Unanswerable, LookupError) as error:
                note(role.literal, str(error))


__all__ = ["DEFAULT_MODEL", "DataErrors", "Place", "Problem", "load_world", "locate"]
