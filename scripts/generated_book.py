"""A generated book of any size, for tests of the build and for the bench.

``write_book`` writes a complete source folder; ``write_plain`` writes the same text with every answer pasted in, for
building with stock Sphinx. Nothing is drawn at random: the same plan gives the same bytes.

Its price book has a small provider of its own, ``example``, whose models the chapters ask; the price files of the real
book stand beside it, so that loading takes as long as it does there.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from costbook import money
from costbook.economy.scenarios import Scenario
from costbook.load import load_world
from costbook.questions import parse, text_of
from costbook.world import World

REPOSITORY = Path(__file__).resolve().parent.parent
EVERYDAY = "example-steady"
MODELS = tuple(f"example-{name}" for name in ("steady", "small", "large", "quick", "seldom", "unasked"))
SELDOM_MODEL, UNASKED_MODEL = "example-seldom", "example-unasked"
ASKED_MODELS = ("everyday", "example-small", "example-large", "example-quick")
SCENARIOS = ("letter", "search", "report", "chat", "sorting", "seldom", "shared")
SELDOM_SCENARIO = "seldom"
FIGURES_A_PARAGRAPH = 3
# The settings of the real book that cost or save time; the plain form is stock, and has none of them.
SETTINGS = "html_copy_source = False\nsmartquotes = False\n"
ROLE = re.compile(r"\{(?P<kind>[a-z-]+)\}`(?P<text>[^`]+)`")


@dataclass(frozen=True)
class Plan:
    """What to write: chapters, figures in the text of each, and how many chapters ask the model ``example-seldom``.

    A chapter has as many ``paragraphs`` as told (at least three) or as its figures need; eleven make a thousand words.
    ``documents`` adds a lesson and a review (pages made from YAML); ``populations`` gives every sixth chapter a table
    of all models, which a price of any model changes. ``theme`` and ``extensions`` go into ``conf.py``;
    in the plain form costbook's own extensions are left out.
    """

    chapters: int
    figures: int = 12
    asking: int = 10
    paragraphs: int = 11
    documents: bool = True
    populations: bool = True
    theme: str = "furo"
    extensions: tuple[str, ...] = ("myst_parser", "costbook.sphinx_ext")

    def asks_seldom_model(self, number: int) -> bool:
        """Whether a chapter (from 1) asks the seldom model: exactly ``asking`` of them do, evenly spread."""
        return number * self.asking // self.chapters != (number - 1) * self.asking // self.chapters

    def asks_seldom_scenario(self, number: int) -> bool:
        """Whether a chapter asks the seldom scenario: every sixth from the third on."""
        return number in range(3, self.chapters + 1, 6)

    def asks_population(self, number: int) -> bool:
        """Whether a chapter has a table of all models of the provider ``example``: every sixth from the second on."""
        return self.populations and number in range(2, self.chapters + 1, 6)


def write_book(root: Path, plan: Plan) -> None:
    """Write the sources of a book into a new folder."""
    write_frame(root, plan)
    _write(root / "index.md", _index(plan))
    for number in range(1, plan.chapters + 1):
        _write(root / f"{docname(number)}.md", _chapter(plan, number))


def write_frame(root: Path, plan: Plan) -> None:
    """Write everything but the pages: ``conf.py`` and the data."""
    _write(root / "conf.py", _conf(plan.theme, plan.extensions, SETTINGS))
    _write_data(root, plan)


def write_plain(root: Path, plan: Plan, work: Path) -> None:
    """Write the same text without costbook: answers pasted in, directives as the tables they make, no documents.

    ``work`` is a folder for the book itself, whose world gives the answers.
    """
    write_book(work, plan)
    world = load_world(work)
    kept = tuple(name for name in plan.extensions if not name.startswith(("costbook", "furo_fixes")))
    _write(root / "conf.py", _conf(plan.theme, kept, ""))
    _write(root / "index.md", _plain(_index(plan, documents=False), world))
    for number in range(1, plan.chapters + 1):
        _write(root / f"{docname(number)}.md", _plain(_chapter(plan, number), world))


def docname(number: int) -> str:
    """The page of a chapter."""
    return f"book/{number:02d}-chapter-{number}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _conf(theme: str, extensions: tuple[str, ...], settings: str) -> str:
    patterns = ["index.md", "book/**.md", "assessments/reviews/*.yaml", "assessments/lessons/*.yaml"]
    return f"""\
import sys

# Last, so that another copy of the extensions can be put in front of it.
sys.path.append({str(REPOSITORY / "exts")!r})
project = "A generated book"
copyright = "nobody"
extensions = {list(extensions)!r}
include_patterns = {patterns!r}
exclude_patterns = [".*", "build"]
html_theme = {theme!r}
myst_heading_anchors = 2
{settings}"""


# ---------------------------------------------------------------- text


WORDS = (
    "A request is read before it is answered, and both halves stand on the bill.",
    "Whoever plans a service looks at the reply first, because it is what people see.",
    "The prompt is often the longer half, and its share depends on what is sent along.",
    "None of this is visible in the interface, so it has to be worked out.",
    "Some teams count characters, others count words, and neither is what a provider counts.",
    "A shorter instruction may lead to a longer reply, which is why the two are looked at together.",
    "What is true of one workload need not be true of the next.",
    "The counts come from the log of the service, and the prices come from a list with a date.",
    "It helps to write the two halves side by side before anything is changed.",
    "An estimate that names its date can be checked later, and one that does not cannot.",
)
ANSWERED = ("Asked in this order, the answers are: first {},", "then {},", "last {}.")


def _filler(seed: int, sentences: int) -> str:
    return " ".join(WORDS[(seed * 7 + step * 3) % len(WORDS)] for step in range(sentences))


def _figures(plan: Plan, number: int) -> Iterator[str]:
    """The roles of a chapter, ``plan.figures`` of them."""
    asked: list[str] = []
    if plan.asks_seldom_model(number):
        asked += [f"{{price}}`output on {SELDOM_MODEL}`", f"{{bill}}`letter on {SELDOM_MODEL}`"]
    if plan.asks_seldom_scenario(number):
        asked += [f"{{bill}}`{SELDOM_SCENARIO}`", f"{{share}}`{SELDOM_SCENARIO} for output`"]
    kinds: tuple[Callable[[str, str], str], ...] = (
        lambda scenario, clause: f"{{bill}}`{scenario}{clause}`",
        lambda scenario, clause: f"{{bill}}`{scenario}{clause} for input`",
        lambda scenario, clause: f"{{share}}`{scenario} for output{clause}`",
        lambda scenario, clause: f"{{monthly}}`{scenario}{clause}`",
        lambda scenario, clause: f"{{side}}`{scenario}{clause}`",
        lambda scenario, clause: f"{{break-even}}`{scenario}{clause}`",
    )
    for step in range(len(asked), plan.figures):
        scenario = SCENARIOS[(number + step) % 5]  # the first five; the others are asked on purpose only
        model = ASKED_MODELS[(number * 3 + step) % len(ASKED_MODELS)]
        asked.append(kinds[step % len(kinds)](scenario, f" on {model}" if step % 2 else ""))
    return iter(asked[: plan.figures])


def _chapter(plan: Plan, number: int) -> str:
    asked = list(_figures(plan, number))
    groups = [asked[at : at + FIGURES_A_PARAGRAPH] for at in range(0, len(asked), FIGURES_A_PARAGRAPH)]
    paragraphs = []
    for index in range(max(3, plan.paragraphs, len(groups))):
        said = " ".join(
            sentence.format(figure)
            for sentence, figure in zip(ANSWERED, groups[index] if index < len(groups) else (), strict=False)
        )
        paragraphs.append("\n".join(filter(None, [_filler(number + index, 4), said, _filler(number * 2 + index, 1)])))
    half = len(paragraphs) // 2
    model = ASKED_MODELS[number % len(ASKED_MODELS)]
    following = docname(number % plan.chapters + 1).removeprefix("book/")
    parts = [
        f"---\nchapter: chapter-{number}\nmodel: {model}\n---\n\n# Chapter {number}\n\n```{{objectives}}\n```",
        *paragraphs[:half],
        "## What it costs\n\n```{scenario-table} practice\n:show: input output bill share side\n```",
        f"```{{claim}} side report on {EVERYDAY} is output\n{_filler(number, 2)}\n```",
        *paragraphs[half:-2],
        "```{note}\n" + _filler(number + 5, 3) + "\n```",
        "## How it is worked out\n\nWith {math}`I` tokens read and {math}`O` tokens written:\n\n"
        "```{math}\n\\text{cost} = I \\cdot p_I + O \\cdot p_O\n```",
        paragraphs[-2],
        "- " + "\n- ".join(_filler(number + step, 1) for step in range(3)),
        "```python\ndef cost(read, written, price):\n    return read * price.input + written * price.output\n```",
        paragraphs[-1],
    ]
    if plan.asks_population(number):
        parts.append("## All of them\n\n```{price-table} example\n:show: input cached output ratio\n```")
    parts.append(f"Read on in {{doc}}`the next chapter <{following}>`.")
    return "\n\n".join(parts) + "\n"


def _index(plan: Plan, *, documents: bool = True) -> str:
    pages = [docname(number) for number in range(1, plan.chapters + 1)]
    if plan.documents and documents:
        pages += ["assessments/lessons/chapter-1", "assessments/reviews/generated"]
    listed = "\n".join(pages)
    return f"# A generated book\n\nPriced at {{edition}}`date`.\n\n```{{toctree}}\n{listed}\n```\n"


# ---------------------------------------------------------------- data


def _write_data(root: Path, plan: Plan) -> None:
    shutil.copytree(REPOSITORY / "book/data/prices", root / "book/data/prices")
    _write(root / "book/data/prices/example.yaml", _prices())
    _write(
        root / "book/data/edition.yaml",
        # A high serial: every row of the price files is visible.
        f"edition: 99\nas_of: 2026-11-22\nhouses: {{everyday: {EVERYDAY}, small: example-small}}\ncontrasts: []\n",
    )
    _write(root / "book/data/texts.yaml", "texts:\n  order: {text: 'Two lamps, please, and a spare bulb.'}\n")
    _write(root / "book/data/scenarios.yaml", _scenarios())
    _write(root / "book/data/contents.yaml", _contents(plan))
    _write(root / "assessments/objectives.yaml", _objectives(plan))
    if plan.documents:
        _write(root / "assessments/lessons/chapter-1.yaml", LESSON)
        _write(root / "assessments/reviews/generated.yaml", REVIEW)


def _prices() -> str:
    """Prices that differ from model to model; the output price is 4, 5, 6, … times the input price."""
    head = "provider: example\nname: Example\nfirst_party: true\npricing: https://example.org/prices\nmodels:\n"
    rows = []
    for index, model in enumerate(MODELS):
        price = 200 + 50 * index  # cents per million tokens
        rows.append(
            f"  {model}:\n    name: {model.capitalize().replace('-', ' ')}\n    rates:\n"
            f"      - known_from: 2024-01-01\n        input: {price / 100:.2f}\n        cached: {price / 1000:.3f}\n"
            f"        output: {price * (4 + index) / 100:.2f}\n        edition: 1\n"
            "        source: {via: a price list, url: https://example.org/prices, checked: 2026-11-22}\n"
        )
    return head + "".join(rows)


def _scenarios() -> str:
    counts = {
        "letter": "{input: 300, output: 900}",
        "search": "{input: 5000, output: 150}",
        "report": "{input: 1200, output: 2400}",
        "chat": "{input: 900, output: 250}",
        "sorting": "{input: 1800, output: 2}",
        "seldom": "{input: 700, output: 70}",
        "shared": "{input: {text: order}, output: 40}",
    }
    rows = (f"  {name}: {{name: {name.capitalize()}, usage: {counts[name]}, requests: 1000}}" for name in SCENARIOS)
    return "\n".join(["scenarios:", *rows, "sets: {practice: [letter, search, shared]}"]) + "\n"


def _contents(plan: Plan) -> str:
    lines = ["parts: [{id: all, title: All}]", "chapters:"]
    for number in range(1, plan.chapters + 1):
        requires = f"[chapter-{number - 1}]" if number > 1 else "[]"
        lines.append(
            f"  - {{id: chapter-{number}, number: {number}, part: all, title: Chapter {number}, "
            f"question: 'What does kind {number} cost?', requires: {requires}}}"
        )
    read = ", ".join(f"chapter-{number}" for number in range(1, min(plan.chapters, 5) + 1))
    lines.append(f"paths: [{{id: short, title: A short path, chapters: [{read}]}}]")
    return "\n".join(lines) + "\n"


def _objectives(plan: Plan) -> str:
    lines = ["objectives:"]
    for number in range(1, plan.chapters + 1):
        for step, verb in enumerate(("explain", "compare")):
            lines.append(
                f"  - {{id: g{number}-{verb}, chapter: chapter-{number}, level: understand, "
                f"process: {('explaining', 'comparing')[step]}, verb: {verb}, "
                f"statement: Given a workload of kind {number} {verb} its two halves, evidence: names both halves}}"
            )
    return "\n".join(lines) + "\n"


LESSON = """\
id: chapter-1
chapter: chapter-1
title: Teaching chapter 1
audience: Anybody
prerequisites: [Can add]
objectives: [g1-explain]
materials: [Paper]
activities:
  - id: read
    title: Read
    objectives: [g1-explain]
    minutes: 5
    do: Read the first page.
    ask: What does a letter cost?
    expect: It costs {bill}`letter`, and most of it is {side}`letter`.
    listen: A letter costs nothing.
    then: Show the price {price}`output on example-seldom`.
modes:
  chapter: {title: Alone, minutes: 5, activities: [read]}
  workshop: {title: Together, minutes: 5, activities: [read]}
"""

REVIEW = """\
id: generated
title: A review of the generated book
of: own
subject: {name: The generated book}
reviewer: {name: Nobody, kind: self}
objective: That it can be built.
verdict: It can be built.
strengths:
  - {id: works-1, dimension: time, title: Short, text: It is quickly read., assessable: "no", because: It is ours.}
gaps:
  - {id: gap-1, dimension: amounts, impact: 2, title: Dull, text: It is., assessable: "no", because: It is ours.}
recommendation: Build it.
evidence: Looked at once.
"""


# ---------------------------------------------------------------- the plain form


def _plain(text: str, world: World) -> str:
    """A page with its answers pasted in."""
    model = "everyday"
    if text.startswith("---"):
        matter, _, text = text[4:].partition("---\n")
        model = re.findall(r"^model: (\S+)$", matter, re.MULTILINE)[0]
        chapter = re.findall(r"^chapter: (\S+)$", matter, re.MULTILINE)[0]
        text = text.replace("```{objectives}\n```", _opening(world, chapter))
    text = re.sub(r"```\{claim\} [^\n]+\n(.*?)\n```", r"\1", text, flags=re.DOTALL)
    text = re.sub(
        r"```\{scenario-table\} (\S+)\n:show: [^\n]+\n```", lambda found: _workloads(world, found[1], model), text
    )
    text = re.sub(r"```\{price-table\} (\S+)\n:show: [^\n]+\n```", lambda found: _price_list(world, found[1]), text)

    def answer(found: re.Match[str]) -> str:
        if found["kind"] in {"doc", "math"}:
            return found[0]
        return text_of(parse(found["kind"], found["text"]).on_page(model).answer(world))

    return ROLE.sub(answer, text)


def _opening(world: World, chapter: str) -> str:
    goals = "\n".join(f"- {one.statement}" for one in world.objectives.values() if one.chapter == chapter)
    return f"{world.contents.chapters[chapter].question}\n\nAfter this chapter you can\n\n{goals}"


def _pipes(head: str, rows: Iterator[str]) -> str:
    return "\n".join([head, "| --- " * head.count(" | ") + "| --- |", *rows])


def _workloads(world: World, name: str, model: str) -> str:
    def row(scenario: Scenario) -> str:
        usage = world.usage(scenario.id, world.model(model))
        asked = (("bill", scenario.id), ("share", f"{scenario.id} for output"), ("side", scenario.id))
        answers = [text_of(parse(kind, text).on_page(model).answer(world)) for kind, text in asked]
        cells = [scenario.name, money.count(usage.prompt), money.count(usage.written), *answers]
        return f"| {' | '.join(cells)} |"

    rows = map(row, world.workloads(name))
    return _pipes("| Workload | Input tokens | Output tokens | Bill | Output share | Costs more |", rows)


def _price_list(world: World, population: str) -> str:
    def row(model: str) -> str:
        prices = [text_of(parse("price", f"{part} on {model}").answer(world)) for part in ("input", "cached", "output")]
        return f"| {world.model(model).name} | {' | '.join(prices)} | {text_of(parse('ratio', model).answer(world))} |"

    models = (model.id for model in world.population(population, world.edition.as_of))
    return _pipes("| Model | Input | Cached input | Output | Output to input |", map(row, models))
