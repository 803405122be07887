"""What the texts of assessments say: questions are put, typed numbers found, each slip at its line and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from costbook.assessment.items import ComputedChoice, Draw, Item, Numeric, Parameter, Quiz
from costbook.assessment.lint import hits_in_markdown
from costbook.assessment.quizlint import slips
from costbook.assessment.text import faults, plain, roles
from costbook.economy.bills import NotOffered
from costbook.load.parameters import text_places
from costbook.load.quizzes import item_places
from costbook.load.source import Document, Keys, Place, Problem, in_source, locate
from costbook.names import Unknown
from costbook.questions import KINDS, Figure, Unanswerable, Unreadable, Verdict, parse, parse_condition
from costbook.quizzes.drawing import Drawn
from costbook.quizzes.keys import unit_fault
from costbook.quizzes.texts import EXPRESSION, HOUSE_MODEL, check_text, question_of, substituted
from costbook.world import World

NOT_PROSE = ("id", "url", "date")
LONGEST_EXPRESSION = 60
"""Characters; the longest name with an attribute and a filter has fewer, and brackets in brackets are no expression."""
SILENT = (Unanswerable, LookupError, ArithmeticError)
"""No price on that day, nothing to divide by: a value drawn may have no answer, and its variant is left out."""


class Prose:
    """The texts of one document. It counts the failures of a literal in a text, so that each finds its own place."""

    def __init__(self, document: Document, world: World) -> None:
        self.document, self.world = document, world
        self.times: Counter[tuple[Keys, str]] = Counter()

    def note(self, path: Keys, literal: str, what: str, nth: int | None = None) -> None:
        """Note a problem of the n-th literal in the text at a path; without ``nth`` of the next one."""
        file, from_line, column = self.document.place(path)
        self.times[path, literal] += 1
        before = self.document.lines[from_line - 1][: column - 1]  # other texts may stand on the same line
        nth = (nth or self.times[path, literal]) + len(in_source(literal).findall(before))
        line, column = locate(self.document.text, literal, from_line, nth)
        self.document.problems.append(Problem(Place(file, line, column), what))

    def check_document(self) -> None:
        """Check every scalar as a text."""
        for path, text in _scalars(self.document.data, ()):
            self.check(path, text)

    def check(self, path: Keys, text: str) -> None:
        """Check a text without parameters."""
        self.check_form(path, text)
        for role in roles(text):
            if role.name in KINDS:
                try:
                    parse(role.name, role.content).on_page(HOUSE_MODEL).answer(self.world)
                except (Unreadable, Unanswerable, LookupError) as error:
                    self.note(path, role.literal, str(error))

    def check_form(self, path: Keys, text: str) -> None:
        """What no text may have: what only a page may hold, and typed numbers."""
        for fault in faults(text, KINDS):
            self.note(path, *fault)
        if path[-1] not in NOT_PROSE:
            for hit in hits_in_markdown(text):
                self.note(path, *hit)

    # --- quizzes -----------------------------------------------------------------------------------------------------

    def check_quiz(self, quiz: Quiz) -> None:
        """Check the texts, questions and manners of a quiz."""
        self.check(("title",), quiz.title)
        if quiz.pass_why:
            self.check(("pass", "why"), quiz.pass_why)
        if quiz.intro:
            self.check_template(("intro",), quiz.intro, ())
        places = {item.id: path for path, item in item_places(self.document, quiz)}
        for item in quiz.items:
            if self.check_drawn(places[item.id], item):
                self.check_item(places[item.id], item)
        for slip in slips(quiz):
            path = (*places.get(slip.item or "", ()), *slip.path)
            if slip.literal:
                self.note(path, slip.literal, slip.what, slip.nth)
            else:
                self.document.problem(path, slip.what)

    def check_drawn(self, path: Keys, item: Item) -> bool:
        """Whether the world has the models and scenarios that are drawn from."""
        before = len(self.document.problems)
        for parameter in item.parameters:
            for index, value in enumerate(parameter.values):
                try:
                    if parameter.draw is Draw.MODELS:
                        self.world.model(value)
                    elif parameter.draw is Draw.SCENARIOS:
                        self.world.scenario(value)
                except LookupError as error:
                    at = (*path, "parameters", parameter.name, parameter.draw.value, index)
                    self.document.problem(at, str(error))
        return len(self.document.problems) == before

    def check_item(self, path: Keys, item: Item) -> None:
        """Check the texts, key and conditions of an item."""
        data = self.document.data
        for key in path:
            data = data[key]
        for at, text in text_places(data, path):
            self.check_template(at, text, item.parameters)
        if isinstance(item, ComputedChoice | Numeric):
            what = self.key_fault(item)
            if what:
                self.document.problem((*path, "key"), what)
        for index, line in enumerate(item.require):
            what = self.condition_fault(line, item.parameters)
            if what:
                self.document.problem((*path, "require", index), what)

    def check_template(self, path: Keys, text: str, parameters: tuple[Parameter, ...]) -> None:
        """Check a text of an item."""
        self.check_form(path, text)
        if _disguised(text):
            self.document.problem(path, "an expression in disguise; write {{ name }} without entities and backslashes")
            return
        long = next((one for one in EXPRESSION.findall(text) if len(one) > LONGEST_EXPRESSION), None)
        if long is not None:
            self.note(path, long, f"an expression of {len(long)} characters; it is a name, an attribute and a filter")
            return
        for fault in check_text(text, parameters, self.world):
            self.note(path, *fault)

    def key_fault(self, item: ComputedChoice | Numeric) -> str | None:
        """What is wrong with an item's question: unreadable, about nothing, or without any answer to ask for."""
        silent, told = "", False
        for drawn in _samples(item.key, item.parameters):
            try:
                answer = question_of(item.key, drawn).answer(self.world)
            except (Unreadable, Unknown) as error:
                return str(error)
            except SILENT as error:
                silent = str(error) or type(error).__name__
                continue
            if isinstance(answer, NotOffered):
                silent = f"not offered: {answer.why}"
                continue
            told = True
            fault = unit_fault(answer, item.unit) if isinstance(item, Numeric) else None
            if fault is None and not isinstance(answer, Figure | Verdict):
                fault = "the key of a choice must be a number or a verdict"
            if fault:
                return fault
        return None if told else f"no value drawn gives an answer; {silent}"

    def condition_fault(self, line: str, parameters: tuple[Parameter, ...]) -> str | None:
        """What is wrong with a condition; it need not hold, nor have an answer, for every value."""
        for drawn in _samples(line, parameters):
            try:
                parse_condition(substituted(line, drawn)).on_page(HOUSE_MODEL).check(self.world)
            except (Unreadable, Unknown) as error:
                return str(error)
            except SILENT:
                continue
        return None


def _disguised(text: str) -> bool:
    """Whether a text has an expression that is none before its markup is read (``&#123;{ name }}``)."""
    if "&" not in text and "\\" not in text:
        return False
    return any(text.count(mark) < sum(block.count(mark) for block in plain(text)) for mark in ("{{", "{%", "{#"))


def _samples(line: str, parameters: tuple[Parameter, ...]) -> Iterator[Drawn]:
    """The first values of all parameters, then each other value of one that is named; of a range only the last."""
    first = {one.name: one.values[0] for one in parameters}
    yield first
    for one in parameters:
        if f"${one.name}" in line:
            others = one.values[-1:] if one.draw is Draw.RANGE else one.values[1:]
            yield from ({**first, one.name: value} for value in others)


def _scalars(data: object, path: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(data, str):
        yield path, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _scalars(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _scalars(value, (*path, index))
