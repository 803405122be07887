"""The lint of quizzes: what gives an answer away, what asks for something else than it says, what is missing.

It reads quizzes as their authors wrote them. Each rule has a remedy; a rule that cannot be sure keeps quiet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from costbook.assessment.items import CONCEPTUAL, Choice, Item, MultipleChoice, Open, Option, Quiz, Use
from costbook.assessment.objectives import PROCESSES, Level, Objective
from costbook.assessment.text import GAP

Path: TypeAlias = tuple[str | int, ...]


class Slip(NamedTuple):
    """Something to mend: in an item (None: in the quiz itself) at a path, where possible at a text's n-th literal."""

    item: str | None
    path: Path
    what: str
    literal: str = ""
    nth: int = 1


# --- objectives ------------------------------------------------------------------------------------------------------

VERBS: dict[str, tuple[str, ...]] = {
    "recognising": ("recognise", "identify", "select", "spot"),
    "recalling": ("recall", "list", "name", "state", "define", "label", "repeat", "retrieve"),
    "interpreting": ("interpret", "paraphrase", "translate", "clarify", "represent", "restate"),
    "exemplifying": ("exemplify", "give an example", "give examples", "illustrate", "instantiate"),
    "classifying": ("classify", "categorise", "group", "sort"),
    "summarising": ("summarise", "abstract", "generalise", "condense"),
    "inferring": ("infer", "predict", "conclude", "deduce", "extrapolate", "interpolate"),
    "comparing": ("compare", "contrast", "map", "match"),
    "explaining": ("explain", "account for", "give reasons", "construct a model", "model"),
    "executing": ("execute", "calculate", "compute", "carry out", "apply", "convert", "solve", "estimate"),
    "implementing": ("implement", "use", "apply", "estimate"),
    "differentiating": ("differentiate", "distinguish", "discriminate", "focus", "select"),
    "organising": ("organise", "outline", "structure", "integrate", "parse", "arrange"),
    "attributing": ("attribute", "deconstruct"),
    "checking": ("check", "detect", "monitor", "test", "verify", "audit"),
    "critiquing": ("critique", "judge", "evaluate", "justify", "recommend"),
    "generating": ("generate", "hypothesise", "propose"),
    "planning": ("plan", "design", "devise"),
    "producing": ("produce", "build", "construct", "create", "write"),
}
"""Verbs of each cognitive process (Anderson & Krathwohl 2001, table 5.1, and words that mean the same)."""
LEVEL_OF = {process: level for level, processes in PROCESSES.items() for process in processes}


def verb_slip(objective: Objective) -> str | None:
    """What is wrong with an objective's verb: it has to be one of its process."""
    verb = re.sub(r"iz(?=e\b)", "is", " ".join(objective.verb.casefold().split()))
    own = VERBS.get(objective.process, ())
    if verb in own or not own:
        return None
    others = [process for process, verbs in VERBS.items() if verb in verbs]
    belongs = " and ".join(f"{one} (level {LEVEL_OF[one].value})" for one in others)
    said = f"{objective.verb!r} is a verb of {belongs}" if others else f"{objective.verb!r} names no process that shows"
    return f"{said}, and the process is {objective.process}; write {_either(own)}, or change the process"


def _either(words: Collection[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last


LEAST_CONCEPTUAL = 2


def uncovered(objectives: Mapping[str, Objective], quizzes: Collection[Quiz]) -> Iterator[tuple[str, str]]:
    """Objectives of chapters with quizzes that fewer than two conceptual items assess, each with what to do."""
    chapters = {quiz.chapter for quiz in quizzes if quiz.use is not Use.PRIOR}
    items = [item for quiz in quizzes for item in quiz.items if isinstance(item, CONCEPTUAL)]
    times = Counter(item.objective for item in items)
    for objective in objectives.values():
        if objective.chapter in chapters and times[objective.id] < LEAST_CONCEPTUAL:
            yield (
                objective.id,
                f"{_items(times[objective.id])} of the quizzes of {objective.chapter!r} asks for a reason about "
                f"{objective.id!r}; write at least {LEAST_CONCEPTUAL} (siblings count), of a kind with written answers",
            )


def _items(number: int) -> str:
    return f"only {number} item" if number else "no item"


# --- the quiz --------------------------------------------------------------------------------------------------------

LIMITS = {Use.PRIOR: (8, 6), Use.CHECK: (8, 5), Use.PRACTICE: (30, 12)}
"""Most minutes and slots."""
LEAST_UNDERSTAND = Decimal("0.7")
"""The share of slots at level understand."""


def slips(quiz: Quiz) -> Iterator[Slip]:
    """Everything to mend in a quiz."""
    yield from _of_quiz(quiz)
    for item in quiz.items:
        if quiz.use is not Use.GRADED and item.hint is None and not isinstance(item, Open):
            yield Slip(item.id, (), f"has no hint; a {quiz.use.value} gives one before it gives the answer: add `hint`")
        yield from _of_item(item)


def _of_quiz(quiz: Quiz) -> Iterator[Slip]:
    needed = sum((max(item.minutes for item in slot.items) for slot in quiz.slots), Decimal(0))
    if needed > quiz.minutes:
        said = f"the items need {needed.normalize():f} minutes, and the limit is {quiz.minutes}"
        yield Slip(None, ("minutes",), f"{said}; drop an item, or raise the limit")
    if quiz.use in LIMITS:
        minutes, slots = LIMITS[quiz.use]
        if quiz.minutes > minutes:
            yield Slip(None, ("minutes",), f"{quiz.minutes} minutes; a {quiz.use.value} has at most {minutes}")
        if len(quiz.slots) > slots:
            yield Slip(None, ("items",), f"{len(quiz.slots)} items; a {quiz.use.value} has at most {slots}")
    understand = sum(slot.first.level is Level.UNDERSTAND for slot in quiz.slots)
    wanted = (LEAST_UNDERSTAND * len(quiz.slots)).to_integral_value(ROUND_CEILING)
    if understand < wanted and quiz.use is not Use.PRIOR:  # what it asks for is mostly recalled or calculated
        yield Slip(
            None,
            ("items",),
            f"{understand} of {len(quiz.slots)} items are at level understand; at least {wanted} are needed, "
            "so exchange some that recall or calculate",
        )


# --- one item --------------------------------------------------------------------------------------------------------


def _of_item(item: Item) -> Iterator[Slip]:
    if not isinstance(item, Open):
        yield from _negative_stem(item)
    if isinstance(item, Choice | MultipleChoice):
        for index, option in enumerate(item.options):
            found = OF_THE_ABOVE.search(masked(option.text))
            if found:
                what = f"{found[0]!r} points at other options, whose order changes; write what it means"
                yield _at(item.id, index, option, found, what)
        for rule in OPTION_RULES:
            yield from rule(item)


ROLE = re.compile(r"\{([a-z-]+)\}`([^`]*)`")
EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
NO_NUMBER = {"math", "side", "name", GAP}
"""Roles that print words."""


@lru_cache(maxsize=256)
def masked(text: str) -> str:
    """A text of the same length without its questions and expressions, on one line."""
    for pattern in (ROLE, EXPRESSION):
        text = pattern.sub(lambda found: "x" * len(found[0]), text)
    return re.sub(r"\s", " ", text)


@lru_cache(maxsize=256)
def bare(text: str) -> str:
    """A text about as long as it is shown: a question is a number or a word of some letters, markup is gone."""
    text = ROLE.sub(lambda found: "output" if found[1] in NO_NUMBER else "1,234", text)
    return " ".join(re.sub(r"[*`\\]", "", EXPRESSION.sub("1,234", text)).split())


def _nth(text: str, found: re.Match[str]) -> int:
    """Which occurrence of its literal a match is."""
    return text.count(found[0], 0, found.start()) + 1


def _at(item: str, index: int, option: Option, found: re.Match[str], what: str) -> Slip:
    """A slip at words of an option."""
    return Slip(item, ("options", index, "text"), what, found[0], _nth(option.text, found))


ASKING = re.compile(r"(?:what|which|who|whom|whose)\b|(?:choose|mark|name|pick|select|tick)\b(?!.*\?)", re.IGNORECASE)
NEGATIVE = re.compile(r"\b(?:not|cannot|never|(?<!at )least)\b|n['’]t\b", re.IGNORECASE)
EXCEPT = re.compile(r"\b(?:except|excluding)\b", re.IGNORECASE)
SUBORDINATE = re.compile(
    r"[,;:(]|\b(?:although|because|how|if|so|that|though|what|when|where|whether|which|while|who|why)\b", re.IGNORECASE
)
MARKED = re.compile(r"\*\*[^*]+\*\*|__[^_]+__|\b(?:NOT|EXCEPT|LEAST|NEVER|CANNOT)\b")


def _negative_stem(item: Item) -> Iterator[Slip]:
    """A stem that asks for what does not fit has to say so in a way that cannot be missed.

    Only the main clause of the sentence that asks: "Which explanation says why the bill does not change?" asks for
    what fits.
    """
    text = MARKED.sub(lambda found: "x" * len(found[0]), masked(item.stem))
    for sentence in re.finditer(r"[^.?!]+[.?!]?", text):
        start = sentence.start() + len(sentence[0]) - len(sentence[0].lstrip())
        asking = ASKING.match(text, start, sentence.end())
        if asking is None or (asking[0].lower().startswith("wh") and not sentence[0].endswith("?")):
            continue
        found = EXCEPT.search(text, asking.end(), sentence.end()) or NEGATIVE.search(text, asking.end(), sentence.end())
        if found and (EXCEPT.match(found[0]) or not SUBORDINATE.search(text, asking.end(), found.start())):
            yield Slip(
                item.id,
                ("stem",),
                f"{found[0]!r} turns what is asked around and is easily missed; write it in **bold**, "
                "or ask for what fits",
                found[0],
                _nth(item.stem, found),
            )


OF_THE_ABOVE = re.compile(
    r"\b(?:all|none|both|neither|any|either|some|two|more than one|one) of (?:the )?"
    r"(?:above\b|(?:other |these |those )?(?:options|answers|choices|statements)\b|"
    r"(?:these|those|others)(?=\s*(?:$|[.!;])))"
    r"|\b(?:the )?(?:options?|answers?) (?:above|below|[A-H]\b|[1-8]\b)"
    r"|\b(?:both|neither|either) \(?[A-H]\)? (?:and|nor|or) \(?[A-H]\b",
    re.IGNORECASE,
)

Rule: TypeAlias = Callable[[Choice | MultipleChoice], Iterator[Slip]]

MUCH_LONGER = Decimal("1.4")
LEAST_DIFFERENCE = 20
"""Characters: among options of a word or two, a difference in length says nothing."""
FEWEST_WRONG = 2
"""Of two options, one is always the longer, and one may well have what the other has not."""


def _length(item: Choice | MultipleChoice) -> Iterator[Slip]:
    """The right option stands out by its length: authors qualify what is right, and learners know."""
    right = [len(bare(option.text)) for option in item.options if option.right]
    wrong = [len(bare(option.text)) for option in item.options if not option.right]
    if not right or len(wrong) < FEWEST_WRONG:
        return
    index = next(index for index, option in enumerate(item.options) if option.right)
    for mine, next_to_it, word in ((min(right), max(wrong), "longer"), (max(right), min(wrong), "shorter")):
        low, high = sorted((mine, next_to_it))
        if (mine == high) == (word == "longer") and high > low * MUCH_LONGER and high - low >= LEAST_DIFFERENCE:
            yield Slip(
                item.id,
                ("options", index, "text"),
                f"the right option is much {word} than every other ({mine} characters, the next has {next_to_it}), "
                f"which gives it away; bring one other within {MUCH_LONGER - 1:.0%} of it",
            )


ABSOLUTE = re.compile(
    r"\b(?:always|never|every|entirely|completely|exclusively|impossible|nothing at all)\b"
    # "all tokens" is a claim about each of them, "all the rest" and "in all" are none; so with "only" and "nothing".
    r"|(?:^|(?<=[.:;] ))nothing\b|(?<!in )\ball [a-z]+s\b"
    r"|(?:^|(?<=\bis )|(?<=\bare )|(?<=\bfor )|(?<=\bon )|(?<=\bby ))only\b|\bonly (?:if|when)\b",
    re.IGNORECASE,
)


def _absolutes(item: Choice | MultipleChoice) -> Iterator[Slip]:
    """Two distractors or more are absolute and no right option is: "always" is as a rule wrong."""
    found = {index: ABSOLUTE.search(masked(option.text)) for index, option in enumerate(item.options)}
    absolute = {index: one for index, one in found.items() if one}
    if len(absolute) >= FEWEST_WRONG and not any(item.options[index].right for index in absolute):
        words = ", ".join(f"{one[0]!r} in {item.options[index].id!r}" for index, one in absolute.items())
        last = max(absolute)
        yield _at(
            item.id,
            last,
            item.options[last],
            absolute[last],
            f"only wrong options are absolute ({words}), which gives them away; say one without, "
            "or make the right option absolute too",
        )


HEDGE = re.compile(
    r"\b(?:usually|often|typically|sometimes|generally|normally|mostly|probably|perhaps|possibly|tends? to|as a rule|"
    r"in most cases)\b",
    re.IGNORECASE,
)
MAY = re.compile(rf"\b(?:may|might|can be|could be)\b|{HEDGE.pattern}", re.IGNORECASE)
"""What may be allowed as well as hedged ("the tools it may call") counts in the right option only."""


def _hedge(item: Choice | MultipleChoice) -> Iterator[Slip]:
    """One option alone is hedged: what is right is as a rule said with care."""
    texts = [masked(option.text) for option in item.options]
    hedged = [index for index, text in enumerate(texts) if MAY.search(text)]
    if len(hedged) == 1 and len(texts) > FEWEST_WRONG:
        (index,) = hedged
        option = item.options[index]
        found = (MAY if option.right else HEDGE).search(texts[index])
        if found:
            what = f"this option alone is hedged ({found[0]!r}), so it stands out; say it without, or hedge another too"
            yield _at(item.id, index, option, found, what)


NUMBER = re.compile(r"(?<![\w.,/-])\d[\d.,]*(?![\w/-])")
COUNTED = re.compile(r"\b(?:chapters?|parts?|sections?|figures?|tables?|stages?|steps?)\s+\d+", re.IGNORECASE)


def _numbers(text: str) -> list[str]:
    """The numbers of a text, in digits or as the questions and expressions that print them."""
    asked = [" ".join(found[0].split()) for found in ROLE.finditer(text) if found[1] not in NO_NUMBER]
    drawn = [" ".join(found[0].split()) for found in EXPRESSION.finditer(text)]
    return [*asked, *drawn, *(found.rstrip(".,") for found in NUMBER.findall(COUNTED.sub("", masked(text))))]


def _number(item: Choice | MultipleChoice) -> Iterator[Slip]:
    """One option alone carries a number that the stem does not give: what is exact stands out."""
    given = set(_numbers(item.stem))
    exact = {
        index: [one for one in _numbers(option.text) if one not in given] for index, option in enumerate(item.options)
    }
    alone = [index for index, numbers in exact.items() if numbers]
    if len(alone) == 1 and len(exact) > FEWEST_WRONG:
        number = exact[alone[0]][0]
        yield Slip(
            item.id,
            ("options", alone[0], "text"),
            f"this option alone has a number that the stem does not give ({number}), so it stands out; "
            "say it in words, give it in the stem, or let another have one too",
            number,
        )


OPTION_RULES: tuple[Rule, ...] = (_length, _absolutes, _hedge, _number)
