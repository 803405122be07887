"""From an item and what was drawn to a verified variant: texts filled, key asked, mistakes asked in their worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import singledispatch
from typing import NamedTuple

from costbook.assessment.generator import SplitMix64, seed_of
from costbook.assessment.items import (
    Choice,
    ComputedChoice,
    Item,
    Match,
    Mistake,
    MultipleChoice,
    Numeric,
    Open,
    Option,
    Order,
    ShortText,
    Tolerance,
)
from costbook.assessment.misconceptions import Nature
from costbook.assessment.rich import Answer, Inline, Listing, Paragraph, Rich, Words, to_plain
from costbook.assessment.rich import words as plain_words
from costbook.assessment.text import folded
from costbook.questions import Figure, Verdict, parse_condition, text_of
from costbook.questions.base import side_shown
from costbook.quizzes.drawing import Drawn, printable
from costbook.quizzes.guarantee import Reason, Rejected, Window, check_apart, check_ties, window
from costbook.quizzes.keys import UNIT_WORDS, Key, Worlds, in_unit, key_of, shown
from costbook.quizzes.resolved import (
    Body,
    ChoiceBody,
    Chosen,
    Early,
    Left,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    Placed,
    Sample,
    ShortBody,
    WrongNumber,
    WrongWords,
)
from costbook.quizzes.texts import Asked, Asker, Silent, render, substituted
from costbook.world import World


class Made(NamedTuple):
    """The body of a variant, its answer with the working, and the side that the key states, where it states one."""

    body: Body
    solution: Rich
    verdict: str = ""


@dataclass(frozen=True)
class Drawing:
    """One draw of an item: fills its texts, in the true world or a wrong one, and notes what they ask."""

    item: Item
    worlds: Worlds
    drawn: Drawn
    values: Mapping[str, object]
    asked: Asked = field(default_factory=list)

    @property
    def world(self) -> World:
        """The true world."""
        return self.worlds.true.world

    def text(self, text: str) -> Rich:
        """A text in the true world."""
        return render(text, self.worlds.true, self.drawn, self.values, self.asked)

    def text_in(self, asker: Asker, text: str) -> tuple[Rich, Asked]:
        """A text in another world, and what it asked there."""
        asked: Asked = []
        return render(text, asker, self.drawn, self.values, asked), asked

    def shuffled(self, parts: Sequence[Placed], purpose: str) -> tuple[Placed, ...]:
        """Parts in an order of this draw."""
        seed = seed_of("order", purpose, self.item.id, *(f"{name}={value}" for name, value in self.drawn.items()))
        return SplitMix64(seed).shuffled(parts)

    def key(self, line: str) -> Key:
        """The item's question, asked in the true world; a verdict near a tie is refused."""
        found = key_of(line, self.worlds.true, self.drawn)
        check_ties([(found.question, found.answer)], self.worlds.true)
        return found

    def words_of(self, mistake: Mistake, wrong: object) -> Rich:
        """The feedback to a mistake: what was done, with its working, why it fails, and where to look."""
        if mistake.feedback is not None:
            return self.text(mistake.feedback)
        words = self.world.misconceptions[mistake.misconception]
        worked: tuple[Inline, ...] = ()
        if isinstance(wrong, Figure | Verdict):
            worked = (Words(" Worked out that way: "), Answer(wrong.working.symbols), Words("."))
        return (
            *appended(self.text(words.did), worked),
            *self.text(f"{words.why} {words.look}"),
        )


def appended(rich: Rich, parts: tuple[Inline, ...]) -> Rich:
    """A text whose last paragraph goes on with some parts."""
    last = rich[-1]
    if parts and isinstance(last, Paragraph):
        return (*rich[:-1], Paragraph((*last.parts, *parts)))
    return rich


def worked(lead: str, key: Key) -> Rich:
    """A sentence and the working of the key."""
    working = key.answer.working
    return (Paragraph((Words(f"{lead} {working.words}: ".lstrip()), Answer(working.symbols), Words("."))),)


def draw(item: Item, worlds: Worlds, drawn: Drawn) -> Drawing:
    """One draw of an item.

    Raises:
        Rejected: where a condition of the item does not hold.
    """
    for condition in item.require:
        parsed = parse_condition(substituted(condition, drawn)).on_page("everyday")
        try:
            holds = parsed.check(worlds.true.world)
        except LookupError as error:
            raise Silent(str(error)) from None
        if not holds.ok:
            raise Rejected(Reason.CONDITION, f"{condition}: {holds.found}")
    return Drawing(item, worlds, drawn, printable(item.parameters, drawn, worlds.true.world))


@singledispatch
def make(item: Item, drawing: Drawing) -> Made:
    """The body of one variant; options stand in the author's order, the right one first where one is right.

    Raises:
        Rejected: where the variant does not keep the guarantee.
        Silent: where a question has no answer.
    """
    raise TypeError(type(item).__name__)


def _option(option: Option, drawing: Drawing) -> Chosen:
    """A written option; a misconception that is a world resolves its text there, and must change something in it."""
    feedback = drawing.text(option.feedback)
    misconception = option.misconception
    if misconception is None or drawing.world.misconceptions[misconception].nature is Nature.BELIEF:
        return Chosen(option.id, drawing.text(option.text), option.right, feedback, misconception)
    text, asked = drawing.text_in(drawing.worlds.seen_by(misconception), option.text)
    if not any(drawing.worlds.true.ask(question) != answer for question, answer in asked):
        raise Rejected(Reason.NO_DIFFERENCE, f"{misconception!r} in option {option.id!r}")
    return Chosen(option.id, text, option.right, feedback, misconception)


def _written(options: Sequence[Option], drawing: Drawing) -> tuple[Chosen, ...]:
    """Written options, no two alike, right ones first."""
    chosen = tuple(_option(option, drawing) for option in options)
    check_apart([(one.id, to_plain(one.text)) for one in chosen])
    return tuple(sorted(chosen, key=lambda one: not one.right))


@make.register
def _choice(item: Choice, drawing: Drawing) -> Made:
    options = _written(item.options, drawing)
    right = next(option for option in item.options if option.right)
    _, asked = drawing.text_in(drawing.worlds.true, right.text)
    verdict = next((answer.text for _, answer in asked if isinstance(answer, Verdict)), "")
    return Made(ChoiceBody(options), options[0].text, verdict)


@make.register
def _multiple(item: MultipleChoice, drawing: Drawing) -> Made:
    options = _written(item.options, drawing)
    return Made(MultipleBody(options), (Listing(tuple(one.text for one in options if one.right)),))


@make.register
def _computed(item: ComputedChoice, drawing: Drawing) -> Made:
    key = drawing.key(item.key)
    right = drawing.text(item.right) if item.right else worked("Right.", key)
    options = [Chosen("key", _answer_text(item, drawing, drawing.worlds.true, key.answer), True, right)]
    numbers = [] if key.number is None else [key.number]
    for mistake in item.mistakes:
        if len(options) == item.size:
            break
        try:
            asker = drawing.worlds.seen_by(mistake.misconception)
            wrong = asker.ask(key.question)
            text = _answer_text(item, drawing, asker, wrong)
        except Silent:
            continue
        number = wrong.value if isinstance(wrong, Figure) else None
        looks = {to_plain(one.text).casefold() for one in options}
        if to_plain(text).casefold() in looks or _near(number, numbers, item.tolerance):
            continue
        options.append(
            Chosen(mistake.misconception, text, False, drawing.words_of(mistake, wrong), mistake.misconception)
        )
        if number is not None:
            numbers.append(number)
    if len(options) < item.size:
        names = ", ".join(one.id for one in options[1:]) or "none"
        raise Rejected(Reason.TOO_FEW, f"{len(options) - 1} of {item.size - 1} apply: {names}")
    return Made(ChoiceBody(tuple(options)), (*options[0].text, *worked("", key)))


def _answer_text(item: ComputedChoice, drawing: Drawing, asker: Asker, answer: object) -> Rich:
    """An option in a world: the author's text, or the answer alone."""
    if item.answer is None:
        return (
            Paragraph((Answer(text_of(answer), side_shown(key_of(item.key, asker, drawing.drawn).question, answer)),)),
        )
    text, asked = drawing.text_in(asker, item.answer)
    if asker is drawing.worlds.true:
        drawing.asked.extend(asked)
    return text


def _near(number: Decimal | None, taken: Sequence[Decimal], tolerance: Tolerance) -> bool:
    """Whether a number cannot be told from one that is an option already."""
    return number is not None and any(window(one, tolerance).meets(window(number, tolerance)) for one in taken)


@make.register
def _numeric(item: Numeric, drawing: Drawing) -> Made:
    key = drawing.key(item.key)
    assert isinstance(key.answer, Figure)
    stated = shown(in_unit(key.answer, item.unit), item.tolerance, item.unit)
    right = window(stated, item.tolerance)
    wrong = tuple(_wrong_numbers(item, drawing, key, right))
    lead = f"The answer is {stated:,f} {UNIT_WORDS[item.unit]}."
    return Made(
        NumericBody(
            item.unit,
            stated,
            right.low,
            right.high,
            wrong,
            drawing.text(item.right) if item.right else worked("Right.", key),
            drawing.text(item.otherwise),
        ),
        worked(lead, key),
    )


def _wrong_numbers(item: Numeric, drawing: Drawing, key: Key, right: Window) -> Iterator[WrongNumber]:
    """What each mistake answers, apart from the key and from each other."""
    taken: list[Window] = []
    for mistake in item.mistakes:
        try:
            answer = drawing.worlds.seen_by(mistake.misconception).ask(key.question)
        except Silent:
            continue
        if answer.value == key.number:
            continue
        value = in_unit(answer, item.unit)
        numbers = window(value, item.tolerance)
        if numbers.meets(right):
            raise Rejected(
                Reason.IN_WINDOW, f"{mistake.misconception!r} answers {answer.text}, the key is {key.answer.text}"
            )
        if not any(numbers.meets(one) for one in taken):
            taken.append(numbers)
            yield WrongNumber(
                mistake.misconception, value, numbers.low, numbers.high, drawing.words_of(mistake, answer)
            )


@make.register
def _order(item: Order, drawing: Drawing) -> Made:
    events = tuple(Placed(event.id, drawing.text(event.text)) for event in item.events)
    check_apart([(event.id, to_plain(event.text)) for event in events])
    order = tuple(event.id for event in events)
    places = drawing.shuffled(events, "events")
    if places == events:
        places = tuple(reversed(events))
    mistakes = tuple(Early(one.early, one.late, drawing.text(one.feedback)) for one in item.mistakes)
    body = OrderBody(places, order, mistakes, drawing.text(item.right), drawing.text(item.otherwise))
    return Made(body, (Listing(tuple(event.text for event in events), ordered=True),))


@make.register
def _match(item: Match, drawing: Drawing) -> Made:
    lefts = tuple(Left(one.id, drawing.text(one.left), drawing.text(one.feedback)) for one in item.pairs)
    rights = tuple(Placed(one.id, drawing.text(one.right)) for one in item.pairs)
    extra = tuple(Placed(f"extra-{number}", drawing.text(text)) for number, text in enumerate(item.extra, start=1))
    check_apart([(one.id, to_plain(one.text)) for one in lefts])
    check_apart([(one.id, to_plain(one.text)) for one in (*rights, *extra)])
    pairs = tuple(appended(left.text, _beside(right.text)) for left, right in zip(lefts, rights, strict=True))
    body = MatchBody(lefts, drawing.shuffled((*rights, *extra), "rights"), drawing.text(item.right))
    return Made(body, (Listing(pairs),))


def _beside(rich: Rich) -> tuple[Inline, ...]:
    parts = rich[0].parts if isinstance(rich[0], Paragraph) else (Words(to_plain(rich)),)
    return Words(": "), *parts


@make.register
def _short(item: ShortText, drawing: Drawing) -> Made:
    accept = tuple(dict.fromkeys(folded(text) for text in item.accept))
    wrong = tuple(WrongWords(tuple(map(folded, one.accept)), drawing.text(one.feedback)) for one in item.mistakes)
    right, otherwise = drawing.text(item.right), drawing.text(item.otherwise)
    return Made(ShortBody(item.accept[0], accept, wrong, right, otherwise), plain_words(item.accept[0]))


@make.register
def _open(item: Open, drawing: Drawing) -> Made:
    rubric = drawing.world.rubrics[item.rubric]
    titles = {criterion.id: criterion.title for criterion in rubric.criteria}
    samples = tuple(
        Sample(
            anchor.title,
            drawing.text(anchor.text),
            anchor.points,
            tuple((titles[score.criterion], score.points, score.words) for score in anchor.scores),
            anchor.why,
        )
        for anchor in item.anchors
    )
    model = drawing.text(item.model_answer)
    return Made(OpenBody(item.least_words, item.most_words, model, rubric, samples), model)
