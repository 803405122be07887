"""Small worlds made by hand, whose arithmetic fits into a comment.

Nothing here stands in for code under test: a world is plain data. Only its way of counting tokens is a parameter of
``World``, and here a text has as many tokens as words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from costbook.contents import Chapter, Contents, Path
from costbook.economy.bills import Usage
from costbook.economy.rates import Gap, Model, Prices, Rate, Source, Tier
from costbook.economy.ratios import Listing, Population, Spread, Survey
from costbook.economy.scenarios import Scenario, Text
from costbook.language.toys import Toy
from costbook.questions import parse_line
from costbook.world import Edition, Provider, World

if TYPE_CHECKING:
    from costbook.questions import Question

AS_OF = date(2026, 11, 22)
SOURCE = Source("a price list", "https://example.org/prices", AS_OF)


def day(text: str) -> date:
    """``2026-11-22`` as a date."""
    return date.fromisoformat(text)


def prices(
    input: str,
    output: str,
    cached: str | None = None,
    write: str | None = None,
    write_1h: str | None = None,
) -> Prices:
    """Prices from texts, USD per million tokens."""
    optional = (None if text is None else Decimal(text) for text in (cached, write, write_1h))
    return Prices(Decimal(input), Decimal(output), *optional)


def rate(
    listed: Prices,
    start: str = "2026-01-01",
    *,
    dated: bool = True,
    until: str | None = None,
    edition: int = 1,
    tiers: Mapping[int, Prices] | None = None,
) -> Rate:
    """A rate; ``tiers`` maps a threshold to the prices above it."""
    return Rate(
        listed,
        day(start),
        dated,
        edition,
        SOURCE,
        until=None if until is None else day(until),
        tiers=tuple(Tier(above, tier) for above, tier in (tiers or {}).items()),
    )


def gap(start: str, until: str, why: str = "nobody wrote it down", edition: int = 1) -> Gap:
    """A period without evidence."""
    return Gap(day(start), day(until), why, edition)


def model(model_id: str, *periods: Rate | Gap, **others: Any) -> Model:
    """A model called by its id in capitals, of the provider ``maker`` unless told otherwise."""
    given = {"provider": "maker", "name": model_id.upper(), **others}
    return Model(id=model_id, periods=periods, **given)


# Ratio 5, every part, one price for the whole window.
FIVE = model("five", rate(prices("2.00", "10.00", cached="0.20", write="2.50", write_1h="4.00")))
# Ratio 6: 1,500 input and 250 output tokens cost exactly the same.
SIX = model("six", rate(prices("5.00", "30.00")), context=1000000)
# Ratio 4, nothing but input and output, a small window.
NARROW = model("narrow", rate(prices("2.50", "10.00")), context=2000)
# Ratio 8, and 6 above 200,000 prompt tokens.
LONG = model(
    "long",
    rate(prices("1.25", "10.00", cached="0.125"), tiers={200000: prices("2.50", "15.00", cached="0.25")}),
    encoding="cl100k_base",
)
# A dated launch price, a gap, then a price since its first evidence.
MOVED = model(
    "moved",
    rate(prices("5.00", "15.00"), "2024-05-13", until="2024-08-06"),
    gap("2024-08-06", "2024-10-16"),
    rate(prices("2.50", "10.00", cached="1.25"), "2024-10-16", dated=False),
)
GONE = model("gone", rate(prices("5.00", "15.00")), retired=day("2026-10-23"))
BATCH = model("five:batch", rate(prices("1.00", "5.00")), billing="in batches")
LATEST = model("latest", rate(prices("1.00", "2.00")), alias=True)
HOSTED = model("hosted", rate(prices("0.59", "0.79")), provider="host")
FREE_INPUT = model("free-input", rate(prices("0.00", "1.00")), provider="giver")
FREE_OUTPUT = model("free-output", rate(prices("1.00", "0.00")), provider="giver")

MODELS = (FIVE, SIX, NARROW, LONG, MOVED, GONE, BATCH, LATEST, HOSTED)

CHAT = Scenario("chat", "Chat", Usage(input=800, output=300), 1000)
RAG = Scenario("rag", "Documents", Usage(input=4000, output=200), 1000)
HIDDEN = Scenario("hidden", "Thinking", Usage(input=800, output=300, reasoning=1200), 1000)
WARM = Scenario("warm", "Warm cache", Usage(input=200, output=100, cached=3000), 500)
EVERY = Scenario(
    "every", "All parts", Usage(input=1000, output=200, cached=4000, write=2000, write_1h=500, reasoning=300), 10
)
SUPPORT = Scenario("support", "Support", Usage(input=5000), 10000, shared=5000)
ASKED = Scenario("asked", "Support, asked", Usage(input=5500, output=100), 100, shared=5000)
TYPED = Scenario("typed", "Typed", Usage(output=100), 10, input_text="greeting")
NOTHING = Scenario("nothing", "Nothing", Usage(), 10)
SCENARIOS = (CHAT, RAG, HIDDEN, WARM, EVERY, SUPPORT, ASKED, TYPED, NOTHING)

TEXTS = (Text("greeting", "Good morning to you all"), Text("examples", "one two three four five six"))


def count_words(text: str, encoding: str) -> int:
    """Tokens in these worlds: the words of a text, and one more in ``cl100k_base``."""
    return len(text.split()) + (encoding == "cl100k_base")


def chapter(chapter_id: str, number: int = 1, *, requires: Iterable[str] = (), docname: str | None = None) -> Chapter:
    """A chapter of the part ``first``."""
    return Chapter(chapter_id, number, "first", chapter_id.title(), "Why?", tuple(requires), (), docname)


def contents(*chapters: Chapter, paths: Mapping[str, Iterable[str]] | None = None) -> Contents:
    """A table of contents; ``paths`` maps a title to chapter ids."""
    routes = tuple(Path(title.lower(), title, tuple(ids)) for title, ids in (paths or {}).items())
    return Contents({"first": "The first part"}, {one.id: one for one in chapters}, routes)


def ratios(key: str, name: str, counts: Mapping[str, int]) -> Listing:
    """How many models of a price list have each ratio."""
    return Listing(key, name, Spread.of({Fraction(ratio): count for ratio, count in counts.items()}))


# A lab with ratios 4, 5, 5, 25/3, of which it sells 7 for others, and a server with 1, 1, 3.
SURVEY = Survey(
    day("2026-11-15"),
    Source("a feed 1.0", "https://example.org/feed", day("2026-11-20")),
    "Counted by hand.",
    {
        "lab": ratios("lab", "The Lab", {"4": 1, "5": 2, "25/3": 1}),
        "lab:others": ratios("lab:others", "The Lab, models of other labs", {"7": 1}),
        "server": ratios("server", "The Server", {"1": 2, "3": 1}),
    },
    {
        "everybody": Population("everybody", "Everybody", "every list", ("lab", "lab:others", "server")),
        "own-models": Population("own-models", "Own models", "of labs", ("lab",)),
    },
)


def chances(**given: str) -> dict[str, Decimal]:
    """Chances from texts; ``end`` is the end mark, ``other`` the other tokens, and a ``_`` before a token its space."""
    words = {"end": "end mark", "other": "other tokens"}
    return {words.get(name, name.replace("_", " ")): Decimal(chance) for name, chance in given.items()}


# The squares of 0.75 and 0.25, of 0.5 and twice 0.25 are easily worked by hand; behind `no` two are the likeliest.
TEA = Toy(
    "tea",
    "Tea",
    "Tea?",
    "A toy.",
    "Invented.",
    {
        (): chances(yes="0.75", no="0.25"),
        ("yes",): chances(_please="0.50", end="0.25", other="0.25"),
        ("yes", " please"): chances(end="0.75", other="0.25"),
        ("no",): chances(_thanks="0.40", end="0.40", other="0.20"),
        ("no", " thanks"): chances(end="1"),
    },
    {
        "yes": ("yes",),
        "yes-please": ("yes", " please"),
        "polite": ("yes", " please", "end mark"),
        "no": ("no",),
        "no-thanks": ("no", " thanks", "end mark"),
    },
)


def make_world(
    models: Iterable[Model] = MODELS,
    scenarios: Iterable[Scenario] = SCENARIOS,
    **others: Any,
) -> World:
    """A world of these models and scenarios; every page's model is ``five``, whose role is ``everyday``."""
    providers = (
        Provider("maker", "The Maker", "https://example.org/maker", first_party=True),
        Provider("host", "The Host", "https://example.org/host", first_party=False),
        Provider("giver", "The Giver", "https://example.org/giver", first_party=True),
    )
    plain = World(
        edition=Edition(7, AS_OF, {"everyday": "five", "seed": "moved"}, ("moved",)),
        providers={one.id: one for one in providers},
        models={one.id: one for one in models},
        scenarios={one.id: one for one in scenarios},
        sets={"pair": ("rag", "chat")},
        texts={one.id: one for one in TEXTS},
        objectives={},
        lessons={},
        reviews={},
        contents=contents(),
        survey=SURVEY,
        count=count_words,
        toys={TEA.id: TEA},
    )
    return replace(plain, **others)


def question(text: str) -> Question[Any]:
    """A question as a page of the everyday model puts it."""
    return parse_line(text).on_page("everyday")


def ask(world: World, text: str) -> Any:
    """The answer to a question that a page of the everyday model puts."""
    return question(text).answer(world)
