"""A quiz made by hand: every kind of item, siblings, variants, and every element of resolved text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from costbook.assessment.items import (
    AnswerUnit,
    Choice,
    Item,
    Match,
    MultipleChoice,
    Numeric,
    Open,
    Order,
    Quiz,
    ShortText,
    Slot,
    Tolerance,
    Use,
)
from costbook.assessment.objectives import Level, Objective
from costbook.assessment.rich import (
    Answer,
    Code,
    CodeBlock,
    Emphasis,
    LineBreak,
    Link,
    Listing,
    Marked,
    Maths,
    Paragraph,
    Quotation,
    Rich,
    Words,
    words,
)
from costbook.assessment.rubrics import Criterion, Rubric
from costbook.contents import Chapter
from costbook.quizzes.page import QuizPage, ShownSlot
from costbook.quizzes.reads import Reads
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
    Variant,
    WrongNumber,
    WrongWords,
)

DIGEST = "0f1e2d3c4b5a"
EXPLAIN = Objective(
    "explain-lifecycle", "the-life-of-a-token", Level.UNDERSTAND, "explaining", "explain",
    "Explain in your own words how a request passes through the five stages, and which tokens are billed as output.",
    "names the operations between the stages",
)  # fmt: skip
PREDICT = Objective(
    "predict-dominant", "the-life-of-a-token", Level.UNDERSTAND, "inferring", "predict",
    "Given the counts and the price ratio of a workload, predict which side of its bill is dearer.",
    "right on four of five",
)  # fmt: skip

RUBRIC = Rubric(
    "explanation",
    "An explanation to a colleague",
    "token-lifecycle",
    (
        Criterion("stages", "Stages and terms", ("works-1",),
                  ((2, "Names the operations in order."), (1, "Two of them."), (0, "No process."))),
        Criterion("cause", "Cause of the asymmetry", ("works-2",),
                  ((2, "A pass is shared by the prompt, not by the reply."), (1, "Repetition."), (0, "No mechanism."))),
    ),
)  # fmt: skip


def text(*parts: Any) -> Rich:
    """A paragraph of words and other parts."""
    return (Paragraph(tuple(Words(part) if isinstance(part, str) else part for part in parts)),)


def _authored(kind: type[Item], name: str, points: int, minutes: str, objective: Objective, **more: Any) -> Item:
    return kind(
        id=name, objective=objective.id, level=Level.UNDERSTAND, process=objective.process, points=points,
        minutes=Decimal(minutes), stem="…", **more,
    )  # fmt: skip


ITEMS: dict[str, Item] = {
    "which-side": _authored(Choice, "which-side", 2, "1", PREDICT, options=()),
    "why-dearer": _authored(Choice, "why-dearer", 2, "1", PREDICT, options=()),
    "which-fall": _authored(MultipleChoice, "which-fall", 2, "1.5", EXPLAIN, options=()),
    "break-even": _authored(Numeric, "break-even", 2, "2.5", PREDICT, key="…", unit=AnswerUnit.CENTS,
                            tolerance=Tolerance(relative=Decimal("0.01")), mistakes=(), otherwise="…"),
    "events": _authored(Order, "events", 3, "1.5", EXPLAIN, events=(), mistakes=(), right="…", otherwise="…"),
    "operations": _authored(Match, "operations", 3, "0.75", EXPLAIN, pairs=(), right="…"),
    "unit-of-billing": _authored(ShortText, "unit-of-billing", 1, "0.5", EXPLAIN, accept=(), mistakes=(), right="…",
                                 otherwise="…"),
    "to-finance": _authored(Open, "to-finance", 4, "7", EXPLAIN, rubric="explanation", least_words=5, most_words=60,
                            model_answer="…", anchors=()),
}  # fmt: skip


def _variant(name: str, code: str, body: Body, stem: Rich, solution: Rich, *, hint: Rich | None = None) -> Variant:
    item = ITEMS[name]
    return Variant(
        name, item.kind, item.objective, item.level, item.process, item.points, item.minutes, stem, hint, body,
        solution, (), code=code,
    )  # fmt: skip


def _side(code: str, read: str, written: str) -> Variant:
    options = (
        Chosen("counted", text(f"The input side, because {read} tokens are more than {written}."), False,
               text("You compared counts. An output token costs four input tokens here."), "counts-only"),
        Chosen("weighed", text("The ", Answer("output", "output"), f" side: {written} weigh four times as much."), True,
               text("Right. Both are counted in input tokens.")),
        Chosen("never", text("Neither: both sides always cost the same."), False, words("They rarely do.")),
    )  # fmt: skip
    stem = (
        Paragraph((Words(f"A summariser reads {read} tokens and writes {written}. An output token costs "),
                   Answer("4×"), Words(" an input token:"))),
        Paragraph((Maths(r"\frac{O \cdot p_O}{I \cdot p_I}"),)),
        Paragraph((Words("Which side of its bill is dearer?"),)),
    )  # fmt: skip
    return _variant(
        "which-side", code, ChoiceBody(options), stem, options[1].text, hint=text("Use one unit for both sides.")
    )


def _why(code: str) -> Variant:
    options = (
        Chosen("passes", words("All tokens of a prompt share one pass; each written token needs its own."), True,
               words("Right. The prompt shares the cost of a pass.")),
        Chosen("arithmetic", words("Writing a token takes far more arithmetic than reading one."), False,
               words("It takes nearly the same arithmetic.")),
    )  # fmt: skip
    stem = words("Why does a written token cost more than a read one?")
    return _variant(
        "why-dearer", code, ChoiceBody(options), stem, options[0].text, hint=words("Count passes, not tokens.")
    )


def _fall(code: str) -> Variant:
    options = (
        Chosen("shorter-reply", words("Ask for a shorter reply."), True, words("Fewer tokens are written.")),
        Chosen("no-streaming", words("Switch streaming off."), False, words("The same tokens are written.")),
        Chosen("shorter-prompt", words("Leave examples out of the prompt."), True, words("Fewer tokens are read.")),
        Chosen("faster", words("Send the request at night."), False, words("This provider has one price.")),
    )  # fmt: skip
    solution: Rich = (Listing((options[0].text, options[2].text)),)
    return _variant(
        "which-fall", code, MultipleBody(options), words("What makes the bill of a request fall?"), solution
    )


def _break_even(code: str, key: str, low: str, high: str, swapped: tuple[str, str, str]) -> Variant:
    value, under, over = map(Decimal, swapped)
    wrong = WrongNumber(
        "swapped-rates", value, under, over, text("You swapped the rates. ", Answer("I × p_O + O × p_I"))
    )
    body = NumericBody(
        AnswerUnit.CENTS, Decimal(key), Decimal(low), Decimal(high), (wrong,),
        text("Right: ", Answer(f"{key} cents"), "."), words("Multiply each count by its own price, then add."),
    )  # fmt: skip
    stem = text("What does a request cost that reads ", Answer("1,500"), " tokens and writes ", Answer("250"), "?")
    solution = text(f"The answer is {key} cents: ", Answer("1,500 × $2.00 / 1,000,000 + …"), ".")
    return _variant("break-even", code, body, stem, solution, hint=words("Two prices, two products, one sum."))


def _events(code: str) -> Variant:
    events = {
        "cut": "The text is cut into input tokens.",
        "first": "One pass reads them and yields the first output token.",
        "join": "The first output token joins the context.",
        "second": "A second pass yields the second output token.",
    }
    placed = {id_: Placed(id_, words(said)) for id_, said in events.items()}
    body = OrderBody(
        tuple(placed[id_] for id_ in ("second", "cut", "join", "first")),
        tuple(events),
        (Early("first", "cut", words("The model never sees letters: text is cut first.")),
         Early("second", "join", words("The second pass needs the first output token."))),
        words("Right. Each step needs the one before."),
        words("Ask what each step needs."),
    )  # fmt: skip
    solution: Rich = (Listing(tuple(one.text for one in placed.values()), ordered=True),)
    return _variant("events", code, body, words("A prompt gets a reply of two tokens. In which order?"), solution)


def _operations(code: str) -> Variant:
    pairs = {
        "tokenise": ("Cutting text into tokens", "costs next to nothing"),
        "read": ("Reading the prompt", "is billed as input"),
        "write": ("Writing the reply", "is billed as output"),
    }
    body = MatchBody(
        tuple(Left(id_, words(said), words(f"{said} costs something else.")) for id_, (said, _) in pairs.items()),
        (*(Placed(id_, words(pairs[id_][1])) for id_ in ("write", "tokenise", "read")),
         Placed("extra-1", text("is billed by the ", Emphasis((Words("hour"),))))),
        words("Right, all three."),
    )  # fmt: skip
    solution: Rich = (Listing(tuple(words(f"{left}: {right}") for left, right in pairs.values())),)
    return _variant("operations", code, body, words("What is true of each operation?"), solution)


def _billing(code: str) -> Variant:
    body = ShortBody(
        "token", ("token", "tokens", "jeton\N{LATIN SMALL LETTER E WITH ACUTE}".replace("é", "e")),
        (WrongWords(("word", "words"), words("Words are what people count; a model counts something smaller.")),),
        words("Right."), words("Look at the price list: per million of what?"),
    )  # fmt: skip
    return _variant("unit-of-billing", code, body, words("In what unit is text billed?"), words("token"))


def _finance(code: str) -> Variant:
    samples = (
        Sample("Complete", words("The model reads all in one pass and writes token by token."), 4,
               (("Stages and terms", 2, "reads all in one pass"), ("Cause of the asymmetry", 2, "token by token")),
               "Both are there."),
        Sample("Half", words("It writes token by token."), 1,
               (("Stages and terms", 0, None), ("Cause of the asymmetry", 1, "token by token")), "No reading."),
        Sample("None", words("They just charge more."), 0,
               (("Stages and terms", 0, None), ("Cause of the asymmetry", 0, None)), "No process."),
    )  # fmt: skip
    model = words("The model reads the prompt in one pass, and writes token by token.")
    stem: Rich = (
        Paragraph((Words("A colleague writes "), Marked("a token is a token", "S001", quoted=True), LineBreak(),
                   Words("Answer with "), Code("cost = read + written"), Words(" in mind, see "),
                   Link((Words("the price list"),), "https://example.org/prices"), Words("."))),
        Quotation(words("Be kind.")),
        CodeBlock("cost = read * 2 + written * 8"),
    )  # fmt: skip
    return _variant("to-finance", code, OpenBody(5, 60, model, RUBRIC, samples), stem, model)


SLOTS: tuple[tuple[tuple[str, ...], tuple[Variant, ...]], ...] = (
    (("which-side", "why-dearer"),
     (_side("SIDE-0", "1,500", "250"), _why("SIDE-1"), _side("SIDE-2", "1,200", "400"))),
    (("which-fall",), (_fall("FALL-0"),)),
    (("break-even",),
     (_break_even("EVEN-0", "0.5", "0.495", "0.505", ("1.25", "1.2375", "1.2625")),
      _break_even("EVEN-1", "0.8", "0.792", "0.808", ("2", "1.98", "2.02")))),
    (("events",), (_events("EVENTS-0"),)),
    (("operations",), (_operations("OPER-0"),)),
    (("unit-of-billing",), (_billing("BILL-0"),)),
    (("to-finance",), (_finance("OPEN-0"),)),
)  # fmt: skip
"""The items of each slot, and its variants."""

QUIZ = Quiz(
    "sample-practice", "Practice: a sample", "the-life-of-a-token", Use.PRACTICE, 20, Decimal("0.75"),
    "One slip in each objective is no gap.", tuple(Slot(tuple(ITEMS[name] for name in names)) for names, _ in SLOTS),
    "ab" * 32, "Do it with the price list beside you.",
)  # fmt: skip
CHAPTER = Chapter("the-life-of-a-token", 1, "bill", "The life of a token", "Why is output dearer?", (), ())


def page_of(slots: Sequence[tuple[tuple[str, ...], tuple[Variant, ...]]], **quiz: Any) -> QuizPage:
    """A page with these slots; ``quiz`` replaces fields of its quiz."""
    whole = replace(QUIZ, slots=tuple(Slot(tuple(ITEMS[name] for name in names)) for names, _ in slots), **quiz)
    items = [slot.first for slot in whole.slots]
    return QuizPage(
        whole, tuple(one for one in (PREDICT, EXPLAIN) if one.id in whole.objectives), (CHAPTER,), 7,
        date(2026, 11, 22),
        sum(item.points for item in items), sum((item.minutes for item in items), Decimal(0)), DIGEST,
        tuple(ShownSlot(variants) for _, variants in slots), Reads((), ""),
    )  # fmt: skip


PAGE = page_of(SLOTS)
GRADED = replace(PAGE, quiz=replace(QUIZ, use=Use.GRADED, slots=()), slots=(), digest="")


def _asked_in(unit: AnswerUnit, key: str, low: str, high: str) -> Variant:
    body = NumericBody(unit, Decimal(key), Decimal(low), Decimal(high), (), words("Right."), words("Otherwise."))
    return _variant("break-even", f"UNIT-{unit}", body, words(f"In {unit}?"), words(key))


NUMBERS = page_of(
    [(("break-even",), (_asked_in(unit, "1.234", "1.2", "1.3"),)) for unit in AnswerUnit],
    id="sample-numbers", title="A number of every kind",
)  # fmt: skip
"""One numeric item for each unit."""


NAMES = {"id", "item", "kind", "objective", "process", "code", "misconception", "early", "late", "order", "chapter",
         "digest", "source", "rubric", "review", "findings", "docname", "latex"}  # fmt: skip
"""Fields that hold names and formulas; all other strings are words of an author."""


def changed(value: Any, change: Callable[[str], str]) -> Any:
    """A structure with every text of an author changed, wherever it stands; an address keeps its scheme."""
    if type(value) is str:
        return change(value)
    if isinstance(value, tuple):
        return tuple(changed(one, change) for one in value)
    if isinstance(value, Link):
        return Link(changed(value.parts, change), f"https://example.org/{change(value.href)}")
    if not is_dataclass(value) or isinstance(value, type):
        return value
    texts = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in NAMES}
    return replace(value, **{name: changed(held, change) for name, held in texts.items()})
