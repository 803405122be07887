"""What the pages of the book ask, read from their sources: no Sphinx, no docutils, nothing is built.

``read_pages`` reads the sources of a book once. ``asked_by`` then says what a page asks of a world: every question with
its place and how it is shown, every claim, and what cannot be asked there. A build stores the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, TypeAlias, TypeVar

from costbook.assessment.text import roles
from costbook.load import DEFAULT_MODEL, Place, locate
from costbook.names import look_up
from costbook.pages import tables
from costbook.pages.chances import candidate_table, chance_table
from costbook.pages.markdown import Directive, Role, glance, read_markdown, read_matter
from costbook.pages.ratios import ratio_survey
from costbook.pages.sims import microsim
from costbook.pages.tables import Asker, Slip, told
from costbook.pages.written import FOLDERS, question_of, written
from costbook.questions import FIGURES, KINDS, Condition, Question, Unanswerable, Unreadable, parse, parse_condition
from costbook.questions.documents import EditionFact, EditionOf, OpeningOf, Routes
from costbook.questions.editions import Ahead, Editions
from costbook.questions.teaching import ObjectivesMap, QualityRubric, Rubrics, Scores, WithoutCriterion
from costbook.quizzes.page import QuizOf, head_of
from costbook.world import World

A = TypeVar("A")

INDEX, BOOK = "index.md", "book"
TEXT, DOCUMENT, CLAIM, STAMP = "text", "document", "claim", "stamp"


@dataclass(frozen=True, slots=True)
class Shown:
    """How an answer is shown: in running text, by a directive of some name (``columns`` of it), or as a document.

    Or in the stamp below the title.
    """

    by: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a page, with the page's model where it names none."""

    place: Place
    question: Question[Any]
    shown: Shown


@dataclass(frozen=True, slots=True)
class Claimed:
    """A condition that a page's sentence rests on, as its author wrote it and with the page's model."""

    place: Place
    text: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Failed:
    """A role or directive, as its author wrote it, that has no answer, and why."""

    place: Place
    literal: str
    why: str


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML document: the question for its content."""

    question: Question[Any]
    line: int = 1
    column: int = 1


Piece: TypeAlias = Role | Directive | Document


@dataclass(frozen=True)
class Page:
    """The source of a page: its name in the build, its file, and its Markdown.

    That of a document is written from the answer to its ``question``; ``source`` is then the file itself.
    """

    docname: str
    file: str
    text: str
    source: str = ""
    question: Question[Any] | None = None

    @cached_property
    def matter(self) -> Mapping[str, str]:
        """The front matter."""
        return read_matter(self.text)

    @property
    def model(self) -> str:
        """The model that figures without ``on`` are about."""
        return self.matter.get("model") or DEFAULT_MODEL

    @property
    def chapter(self) -> str | None:
        """The chapter that the page is."""
        return self.matter.get("chapter") or None

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What may ask something, in order and at its place."""
        pieces = read_markdown(self.text)
        return pieces if self.question is None else (Document(self.question), *_located(pieces, self.source))

    @cached_property
    def glance(self) -> tuple[Piece, ...]:
        """The same at a glance: perhaps more, never less, and without places."""
        pieces = glance(self.text, DIRECTIVES)
        return tuple(pieces) if self.question is None else (Document(self.question), *pieces)

    def place(self, piece: Piece) -> Place:
        """Where a piece stands."""
        return Place(self.file, piece.line, piece.column)

    def item(self, item_id: str) -> Place:
        """Where an item of a quiz stands."""
        return Place(self.file, *locate(self.source, f"id: {item_id}", 1, whole=True))


@dataclass(frozen=True, slots=True)
class PageAsks:
    """What a page asks of a world, in the order of its source."""

    asked: tuple[Asked, ...]
    claims: tuple[Claimed, ...]
    failed: tuple[Failed, ...]


# --- reading ---------------------------------------------------------------------------------------------------------


def read_pages(root: Path, world: World) -> tuple[Page, ...]:
    """Every page of a book, by name. ``world`` is the one of its own data: it has the texts of the documents."""
    markdown = [root / INDEX, *(root / BOOK).rglob("*.md")]
    documents = [path for folder in FOLDERS for path in (root / folder).glob("*.yaml")]
    found = [
        *(_markdown_page(path, root) for path in markdown if path.is_file()),
        *(_document_page(path, root, world) for path in documents),
    ]
    return tuple(sorted(found, key=lambda page: page.docname))


def _markdown_page(path: Path, root: Path) -> Page:
    return page_of(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8-sig"))


def page_of(file: str, text: str) -> Page:
    """A Markdown page from its text."""
    return Page(PurePosixPath(file).with_suffix("").as_posix(), file, text)


def _document_page(path: Path, root: Path, world: World) -> Page:
    """A document asks for its content, and what the roles in its texts ask."""
    name = path.relative_to(root)
    docname = name.with_suffix("").as_posix()
    question = question_of(docname)
    if isinstance(question, QuizOf):
        content: Any = head_of(look_up(world.quizzes, question.quiz, "quiz"), world)
    else:
        content = question.answer(world)
    source = path.read_text(encoding="utf-8-sig")
    return Page(docname, name.as_posix(), written(docname, content), source, question)


def _located(rendered: Iterable[Piece], source: str) -> Iterator[Role]:
    """The roles of a rendered document, each where its author wrote it: the n-th of a kind is the n-th in the file."""
    seen: dict[str, int] = {}
    for piece in rendered:
        if isinstance(piece, Role) and piece.name in KINDS:
            literal = f"{{{piece.name}}}`{piece.content}`"
            seen[literal] = seen.get(literal, 0) + 1
            yield Role(piece.name, piece.content, *locate(source, literal, 1, seen[literal]))


# --- asking ----------------------------------------------------------------------------------------------------------

WHOLE: dict[str, Callable[[], Question[Any]]] = {
    "paths": Routes,
    "objectives-map": ObjectivesMap,
    "quality-rubric": QualityRubric,
    "review-scores": Scores,
    "rubrics": Rubrics,
    "not-assessed": WithoutCriterion,
    "editions": Editions,
    "edition-changes": Editions,
    "changes-ahead": Ahead,
}
"""Directives that ask one question, which nothing in them changes."""
TABLES: dict[str, Callable[[Asker, str, Mapping[str, str]], object]] = {
    "scenario-table": tables.scenario_table,
    "text-table": tables.text_table,
    "cut": tables.cut,
    "price-table": tables.price_table,
    "ratio-table": tables.ratio_table,
    "ratio-survey": ratio_survey,
    "chance-table": chance_table,
    "candidate-table": candidate_table,
    "bill": tables.bill_table,
    "price-history": tables.price_history,
    "provider-history": tables.provider_history,
    "microsim": microsim,
}
"""Directives that ask many."""
COLUMNS = {"scenario-table": tables.SCENARIO_COLUMNS, "price-table": tables.PRICE_COLUMNS}
DIRECTIVES = frozenset({CLAIM, "objectives", *WHOLE, *TABLES})
"""The directives that ask anything."""
SILENT = frozenset({"count-text", "export-losses"})
"""Those that ask nothing: what they show depends on no world."""


def asked_by(
    page: Page, world: World, put: Callable[[Question[Any]], Any], pieces: Iterable[Piece] | None = None
) -> PageAsks:
    """What a page, or some pieces of it, asks of a world; ``put`` answers where the rows of a table depend on that.

    A quiz's own question is noted and not put: its answer is the whole quiz, drawn and verified.
    """
    asking = _Asking(page, world, put)
    for piece in page.pieces if pieces is None else pieces:
        asking.piece(piece)
    asking.stamp()
    return PageAsks(tuple(asking.asked), tuple(asking.claims), tuple(asking.failed))


@dataclass
class _Asking:
    """One page asking one world. It is the ``Asker`` of the directive that is being read."""

    page: Page
    world: World
    put: Callable[[Question[Any]], Any]
    asked: list[Asked] = field(default_factory=list)
    claims: list[Claimed] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    place: Place = field(init=False)
    shown: Shown = field(init=False)

    @property
    def page_model(self) -> str:
        return self.page.model

    def ask(self, question: Question[Any], literal: str, model: str | None = None) -> Any:
        answer = told(self.put, question, literal, model)
        self.note(question)
        return answer

    def note(self, question: Question[Any]) -> None:
        self.asked.append(Asked(self.place, question, self.shown))

    def piece(self, piece: Piece) -> None:
        self.place = self.page.place(piece)
        if isinstance(piece, Document):
            self.shown = Shown(DOCUMENT)
            self.note(piece.question)
        elif isinstance(piece, Role):
            self.role(piece.name, piece.content)
        elif piece.name in DIRECTIVES:
            self.directive(piece)

    def stamp(self) -> None:
        """The edition and its day, which a page says below its title where it shows figures (a quiz says it anyway)."""
        if any(isinstance(one.question, FIGURES) for one in self.asked):
            self.place, self.shown = Place(self.page.file, 1, 1), Shown(STAMP)
            for fact in EditionFact:
                self.note(EditionOf(fact))

    def role(self, name: str, content: str) -> None:
        """A role of a text, whose answer is not needed to know what it asks."""
        if name not in KINDS:
            return
        self.shown = Shown(TEXT)
        try:
            self.note(parse(name, content).on_page(self.page.model))
        except Unreadable as error:
            self.fail(f"{{{name}}}`{content}`", str(error))

    def fail(self, literal: str, why: str) -> None:
        self.failed.append(Failed(self.place, literal, why))

    def directive(self, piece: Directive) -> None:
        columns = tuple(tables.words_of(piece.options, "show", COLUMNS.get(piece.name, "")))
        self.shown = Shown(piece.name, columns)
        before = len(self.asked)
        try:
            self.expand(piece)
        except (Slip, Unreadable, Unanswerable, LookupError) as error:
            del self.asked[before:]  # nothing of it is printed
            self.fail(f"{{{piece.name}}} {piece.argument}".strip(), str(error))

    def expand(self, piece: Directive) -> None:
        """Ask what a directive asks."""
        if piece.name in TABLES:
            TABLES[piece.name](self, piece.argument, piece.options)
        elif piece.name == CLAIM:
            text = " ".join(piece.argument.split())
            self.claims.append(Claimed(self.place, text, parse_condition(text).on_page(self.page.model)))
        elif piece.name == "objectives":
            if self.page.chapter is None:
                raise Slip("`objectives` needs the chapter's id", piece.name)
            self.ask(OpeningOf(self.page.chapter), piece.name)
        else:
            answer = self.ask(WHOLE[piece.name](), piece.name)
            if piece.name == "not-assessed":
                for finding in answer:
                    for role in roles(finding.because):
                        self.role(role.name, role.content)
