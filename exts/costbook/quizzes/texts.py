"""Texts of items: CommonMark, roles with ``$name`` and ``{{ name }}``, resolved into a tree of words.

A text is parsed once and filled for each variant, so what was drawn is only ever words, never markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import Any, NoReturn

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it.tree import SyntaxTreeNode

from costbook import money
from costbook.assessment.items import Parameter
from costbook.assessment.rich import (
    Answer,
    Block,
    Code,
    CodeBlock,
    Emphasis,
    Inline,
    LineBreak,
    Link,
    Listing,
    Marked,
    Maths,
    Paragraph,
    Quotation,
    Rich,
    Words,
)
from costbook.assessment.text import GAP, MARKED, MARKED_ROLES, Fault, roles, tree
from costbook.economy.bills import NotOffered
from costbook.names import Unknown, suggestion
from costbook.questions import KINDS, Question, Unanswerable, Unreadable, parse, parse_line, text_of
from costbook.questions.base import side_shown
from costbook.quizzes.drawing import Drawn, printable
from costbook.world import World

HOUSE_MODEL = "everyday"
"""The model of a question that names none."""

NAME = re.compile(r"\$([A-Za-z_]\w*)")
EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)

UNCLOSED = re.compile(r"\{[{%#].{0,40}", re.DOTALL)


class Silent(ValueError):
    """A question of a text has no answer in this variant; the message says why."""


@dataclass
class Asker:
    """A world that remembers what it was asked: variants ask the same things again and again."""

    world: World
    told: dict[Question[Any], Any] = field(default_factory=dict)

    def ask(self, question: Question[Any]) -> Any:
        """The answer to a question.

        Raises:
            Silent: where there is none.
        """
        if question not in self.told:
            try:
                self.told[question] = question.answer(self.world)
            except (LookupError, Unanswerable, ArithmeticError) as error:
                self.told[question] = Silent(str(error) or type(error).__name__)
        answer = self.told[question]
        if isinstance(answer, Silent):
            raise Silent(*answer.args)
        if isinstance(answer, NotOffered):
            raise Silent(f"not offered: {answer.why}")
        return answer


Asked = list[tuple[Question[Any], Any]]
"""Questions that a text put, with what it was told."""


def substituted(text: str, drawn: Drawn) -> str:
    """``bill $case on $model`` with what was drawn; a name that is no parameter stays as it is."""
    return NAME.sub(lambda found: drawn.get(found[1], found[0]), text)


def question_of(line: str, drawn: Drawn) -> Question[Any]:
    """A key as its author wrote it, with what was drawn."""
    return parse_line(substituted(line, drawn)).on_page(HOUSE_MODEL)


def render(text: str, asker: Asker, drawn: Drawn, values: Mapping[str, object], asked: Asked | None = None) -> Rich:
    """A text with what was drawn and what its questions are told; these are added to ``asked``.

    Raises:
        Silent: where a question has no answer.
    """
    writer = _Writer(asker, drawn, values, [] if asked is None else asked)
    return writer.blocks(_parsed(text))


@cache
def _parsed(text: str) -> SyntaxTreeNode:
    return tree(text)


def _joined(nodes: Iterable[SyntaxTreeNode]) -> str:
    """Words with a space for each line break."""
    return "".join(" " if node.type == "softbreak" else node.content for node in nodes)


@dataclass(frozen=True)
class _Writer:
    """One walk over a parsed text."""

    asker: Asker
    drawn: Drawn
    values: Mapping[str, object]
    asked: Asked

    def blocks(self, parent: SyntaxTreeNode) -> Rich:
        return tuple(self.block(node) for node in parent.children if node.type != "hr")

    def block(self, node: SyntaxTreeNode) -> Block:
        match node.type:
            case "bullet_list" | "ordered_list":
                return Listing(tuple(self.blocks(item) for item in node.children), node.type == "ordered_list")
            case "blockquote":
                return Quotation(self.blocks(node))
            case "fence" | "code_block":
                return CodeBlock(node.content)
            case _:
                return Paragraph(self.inlines(node.children[0]))

    def inlines(self, parent: SyntaxTreeNode) -> tuple[Inline, ...]:
        """The parts of a line of text; words that stand together are filled together."""
        parts: list[Inline] = []
        for is_text, group in groupby(parent.children, lambda node: node.type in {"text", "softbreak"}):
            if is_text:
                parts.append(Words(self.filled(_joined(group))))
            else:
                parts += [self.inline(node) for node in group]
        return tuple(parts)

    def inline(self, node: SyntaxTreeNode) -> Inline:
        match node.type:
            case "em" | "strong":
                return Emphasis(self.inlines(node), node.type == "strong")
            case "link":
                return Link(self.inlines(node), str(node.attrs.get("href", "")))
            case "code_inline":
                return Code(node.content)
            case "myst_role":
                return self.role(node.meta["name"], node.content)
            case "hardbreak":
                return LineBreak()
            case _:
                return Words(node.content)

    def role(self, name: str, content: str) -> Inline:
        if name == "math":
            return Maths(content)
        if name == GAP:
            return Words(f"[To write: {content}]")
        if name in MARKED_ROLES:
            found = MARKED.fullmatch(content.strip())
            return Marked(found["text"], found["source"], name == "quoted") if found else Words(content)
        question = parse(name, substituted(content, self.drawn)).on_page(HOUSE_MODEL)
        answer = self.asker.ask(question)
        self.asked.append((question, answer))
        return Answer(text_of(answer), side_shown(question, answer))

    def filled(self, text: str) -> str:
        if not self.values or "{{" not in text:  # where nothing is drawn, braces are only ever words
            return text
        try:
            return _template(text).render(self.values)
        except NOT_FILLED as error:
            raise Silent(f"{text.strip()[:60]!r} cannot be filled: {error}") from None


# --- expressions over what was drawn ---------------------------------------------------------------------------------

FILTERS = {
    "count": money.count,
    "words": lambda value: str(value).replace("-", " "),
}
NOT_FILLED = (TemplateError, ArithmeticError, TypeError, ValueError)
ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Filter)
ATTRIBUTES = ("input", "name", "output", "requests")


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters = dict(FILTERS)
    environment.globals.clear()
    return environment


@cache
def _template(text: str) -> Template:
    return _environment().from_string(text)


class _Refused(ValueError):
    """An expression that a text may not have."""


def _refuse(what: str) -> NoReturn:
    raise _Refused(what)


def _check_node(node: nodes.Node, names: Mapping[str, Parameter]) -> None:
    """An expression is a drawn name, perhaps an attribute of it, perhaps through a filter."""
    if not isinstance(node, ALLOWED):
        _refuse("may hold a drawn name, an attribute and a filter only; ask a question for anything computed")
    if isinstance(node, nodes.Name) and node.name not in names:
        _refuse(f"unknown parameter {node.name!r}; {suggestion(node.name, names)}")
    if isinstance(node, nodes.Getattr) and node.attr not in ATTRIBUTES:
        _refuse(f"unknown attribute {node.attr!r}; {suggestion(node.attr, ATTRIBUTES)}")
    if isinstance(node, nodes.Filter):
        if node.name not in FILTERS:
            _refuse(f"unknown filter {node.name!r}; {suggestion(node.name, FILTERS)}")
        if node.args or node.kwargs:
            _refuse(f"the filter {node.name!r} takes nothing in brackets")
    for child in node.iter_child_nodes():
        _check_node(child, names)


def check_text(text: str, parameters: tuple[Parameter, ...], world: World) -> Iterator[Fault]:
    """What is wrong with a text of an item: expressions, names and questions, tried with the first values drawn."""
    names = {parameter.name: parameter for parameter in parameters}
    drawn = {parameter.name: parameter.values[0] for parameter in parameters}
    yield from _expression_faults(text, names, drawn, world)
    yield from _names_in_words(text, names)
    for role in roles(text):
        if role.name in KINDS:
            for found in NAME.finditer(role.content):
                if found[1] not in names:
                    yield Fault(role.literal, f"unknown parameter {found[1]!r}; {suggestion(found[1], names)}")
                    break
            else:
                what = question_fault(f"{role.name} {substituted(role.content, drawn)}", world, tried=bool(parameters))
                if what:
                    yield Fault(role.literal, f"{what}{_forgotten(role.content, names)}")


def _names_in_words(text: str, names: Mapping[str, Parameter]) -> Iterator[Fault]:
    """A ``$name`` outside a role would be printed as it stands."""
    if "$" in text:
        for segment in _segments(_parsed(text)):
            for found in NAME.finditer(segment):
                if found[1] in names:
                    write = f"write {{{{ {found[1]} }}}}, or a role such as {{name}}`{found[0]}`"
                    yield Fault(found[0], f"{found[0]!r} would be printed as it stands; {write}")


def _forgotten(content: str, names: Mapping[str, Parameter]) -> str:
    """A hint where a parameter stands in a role without its sign."""
    bare = [word for word in content.split() if word in names]
    return f" (did you mean ${bare[0]}?)" if bare else ""


def question_fault(line: str, world: World, *, tried: bool) -> str | None:
    """What is wrong with a question; ``tried`` with drawn values, it may have no answer in some variants."""
    try:
        parse_line(line).on_page(HOUSE_MODEL).answer(world)
    except (Unreadable, Unknown) as error:
        return str(error)
    except (Unanswerable, LookupError) as error:
        return None if tried else str(error)
    return None


def _expression_faults(text: str, names: Mapping[str, Parameter], drawn: Drawn, world: World) -> Iterator[Fault]:
    if "{" not in text and "&" not in text:  # an entity may stand for a brace
        return
    values = printable(tuple(names.values()), drawn, world)
    for segment in _segments(_parsed(text)):
        if not any(sign in segment for sign in ("{{", "{%", "{#")):
            continue
        for literal in EXPRESSION.findall(segment):
            try:
                _check_node(_environment().parse(literal), names)
                _template(literal).render(values)
            except (*NOT_FILLED, RecursionError) as error:
                yield Fault(literal, f"{literal!r} {error}" if isinstance(error, _Refused) else f"{literal!r}: {error}")
                break
        else:
            unclosed = UNCLOSED.search(EXPRESSION.sub("", segment))
            if unclosed:
                yield Fault(unclosed[0].strip(), "an expression is not closed; write {{ name }}")


def _segments(parent: SyntaxTreeNode) -> Iterator[str]:
    """Runs of words that are filled together."""
    for is_text, group in groupby(parent.children, lambda node: node.type in {"text", "softbreak"}):
        if is_text:
            yield _joined(group)
        else:
            for node in group:
                yield from _segments(node)
