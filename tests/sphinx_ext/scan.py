"""What a page asks, read from its text: the expectation of the rebuild tests, made without the code under test.

It knows the grammar of the house as an author knows it, reads prices as plain YAML, and nothing of the domain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import yaml

ROLE = re.compile(r"\{([a-z-]+)\}`([^`]+)`")
DIRECTIVE = re.compile(r"^```\{([a-z-]+)\} *(.*)\n((?::[a-z]+:.*\n)*)", re.MULTILINE)
OPTION = re.compile(r"^:([a-z]+): *(.*)$", re.MULTILINE)
BILLED = {"bill", "daily", "monthly", "share", "saving", "saving-share", "side", "margin", "break-even", "weight"}
BILLED |= {"cached-bill", "cache-break-even"}
PRICED = BILLED | {"price", "rates", "payback", "text-bill"}
COUNTED = {"tokens", "words", "rough-tokens", "rough-error", "tokens-per-word", "token-multiple"}
COUNTED_COLUMNS = {"input", "output", "requests"}
SIMS_WITHOUT_PRICES = {"next-token"}


@dataclass(frozen=True)
class Asked:
    """A model (by id, and as it is written), a population, a scenario or a fact of the edition that a page names.

    ``priced``: the model is asked for prices, not only for token counts.
    """

    what: str  # model, name (of a model), population, scenario, edition; of a quiz: misconception, rubric, objective
    name: str
    priced: bool = False
    written: str = ""


class Sources:
    """The pages and data of a book, as texts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.edition: dict[str, Any] = yaml.safe_load((root / "book/data/edition.yaml").read_text(encoding="utf-8"))
        workloads = yaml.safe_load((root / "book/data/scenarios.yaml").read_text(encoding="utf-8"))
        self.sets: dict[str, list[str]] = workloads["sets"]

    @cached_property
    def models(self) -> dict[str, dict[str, Any]]:
        """Every model of the price files, with its provider."""
        found: dict[str, dict[str, Any]] = {}
        for path in sorted((self.root / "book/data/prices").glob("*.yaml")):
            read = yaml.safe_load(path.read_text(encoding="utf-8"))
            for name, model in read["models"].items():
                found[name] = {**model, "provider": read["provider"], "first_party": read["first_party"]}
        return found

    @cached_property
    def pages(self) -> dict[str, str]:
        """docname -> text."""
        paths = [self.root / "index.md", *sorted((self.root / "book").rglob("*.md"))]
        for folder in ("lessons", "quizzes", "reviews"):
            paths += sorted((self.root / "assessments" / folder).glob("*.yaml"))
        return {
            path.relative_to(self.root).with_suffix("").as_posix(): path.read_text(encoding="utf-8") for path in paths
        }

    def model_id(self, name: str) -> str:
        """A house role as the model it stands for."""
        return str(self.edition["houses"].get(name, name))

    def members(self, population: str) -> set[str]:
        """The models of a population, as the appendix explains the words."""

        def belongs(name: str, model: dict[str, Any]) -> bool:
            base = ":" not in name and not model.get("alias") and not model.get("retired")
            return {
                "current": base,
                "first-party": base and model["first_party"],
                "aliases": bool(model.get("alias")),
                "variants": ":" in name,
                "retired": bool(model.get("retired")),
            }.get(population, base and model["provider"] == population)

        return {name for name, model in self.models.items() if belongs(name, model)}

    # -- which pages a change concerns

    def with_price_of(self, model: str) -> set[str]:
        """Pages that print an answer which depends on the prices of a model."""
        return {page for page in self.pages if any(self._priced(asked, model) for asked in self.asked(page))}

    def _priced(self, asked: Asked, model: str) -> bool:
        if asked.what == "model":
            return asked.priced and asked.name == model
        return asked.what == "population" and model in self.members(asked.name)

    def with_role(self, role: str) -> set[str]:
        """Pages that print the name or a price of a house model under its role."""
        asked = ((page, one) for page in self.pages for one in self.asked(page) if one.written == role)
        return {page for page, one in asked if one.priced or one.what == "name"}

    def with_population(self, model: str) -> set[str]:
        """Pages that list a population to which a model belongs, or would."""
        return {
            page
            for page in self.pages
            for asked in self.asked(page)
            if asked.what == "population" and model in self.members(asked.name)
        }

    def with_scenario(self, scenario: str) -> set[str]:
        """Pages that ask about a scenario."""
        return {page for page in self.pages if Asked("scenario", scenario) in set(self.asked(page))}

    def with_prices(self) -> set[str]:
        """Pages that print a price of the edition's day, or the day."""
        return {
            page
            for page in self.pages
            for asked in self.asked(page)
            if asked.priced or asked.what == "population" or asked == Asked("edition", "date")
        }

    def with_entry(self, what: str, name: str) -> set[str]:
        """Quizzes that name a misconception, rubric or objective."""
        return {page for page in self.pages if Asked(what, name) in set(self.asked(page))}

    def with_computed(self, misconception: str) -> set[str]:
        """Quizzes with an item that computes a misconception and prints its general words."""
        return {
            page
            for page in self.pages
            if page.startswith("assessments/quizzes/")
            for item in _items(yaml.safe_load(self.pages[page]))
            if _has_words(item.get("misconceptions", ()), misconception)
        }

    # -- reading a page

    def asked(self, page: str) -> Iterator[Asked]:
        """Everything a page asks in roles and directives."""
        text = self.pages[page]
        if page.startswith("assessments/quizzes/"):
            yield from self._quiz(yaml.safe_load(text))
            return
        matter = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
        named = re.search(r"^model: *(\S+)$", matter[1], re.MULTILINE) if matter else None
        model = named[1] if named else "everyday"
        for kind, content in ROLE.findall(text):
            yield from self._role(kind, content.split(), model)
        for name, argument, options in DIRECTIVE.findall(text):
            yield from self._directive(name, argument.split(), dict(OPTION.findall(options)), model)

    def _quiz(self, quiz: dict[str, Any]) -> Iterator[Asked]:
        """What a quiz names with every value of its parameters; its page prints the edition and its day."""
        yield from (Asked("edition", "date"), Asked("edition", "serial"))
        for item in _items(quiz):
            yield Asked("objective", item["objective"])
            yield from (Asked("rubric", item[key]) for key in item if key == "rubric")
            named = set(item.get("misconceptions", ()))
            named |= {one.get("misconception") for one in item.get("options", ())} - {None}
            yield from (Asked("misconception", one) for one in named)
            if "another-models-ratio" in named:
                yield Asked("model", self.model_id("frontier"), priced=True, written="frontier")
            values = {name: _values(one) for name, one in item.get("parameters", {}).items()}
            for kind, content in _questions(item):
                for words in _substituted(content, values):
                    yield from self._role(kind, words.split(), "everyday")

    def _role(self, kind: str, words: list[str], page_model: str) -> Iterator[Asked]:
        clauses = dict(zip(words[1::2], words[2::2], strict=False))
        if kind == "edition":
            yield Asked("edition", words[0])
        if kind == "name":
            yield Asked("name", self.model_id(words[0]), written=words[0])
        if kind == "ratio":
            yield Asked("model", self.model_id(words[0]), priced=True, written=words[0])
        if kind == "band":
            yield Asked("population", clauses["of"])
        if kind in PRICED:
            asked_on = clauses.get("on", page_model)
            yield Asked("model", self.model_id(asked_on), priced=True, written=asked_on)
        if kind in PRICED | COUNTED | {"ratio"}:  # below the title of a page with figures stand the day and the edition
            yield from (Asked("edition", "date"), Asked("edition", "serial"))
        if kind in BILLED:
            yield Asked("scenario", words[0])
            if "to" in clauses:
                yield Asked("scenario", clauses["to"])

    def _directive(self, name: str, words: list[str], options: dict[str, str], page_model: str) -> Iterator[Asked]:
        asked_on = options.get("on", page_model).split()
        if name == "scenario-table":
            shown = set(options.get("show", "bill").split())
            for scenario in words:
                for one in self.sets.get(scenario, [scenario]):
                    yield Asked("scenario", one)
            yield from self._models(asked_on, priced=bool(shown - COUNTED_COLUMNS))
            if shown - COUNTED_COLUMNS:
                yield Asked("edition", "date")
        elif name == "provider-history":
            yield from (Asked("population", words[0]), Asked("population", "retired"), Asked("edition", "date"))
        elif name in {"editions", "edition-changes"}:
            yield from (Asked("population", "current"), Asked("edition", "date"), Asked("edition", "serial"))
        elif name == "changes-ahead":
            yield Asked("edition", "date")
            for model, listed in self.models.items():
                if any(row["from"] > self.edition["as_of"] for row in listed["rates"] if "from" in row):
                    yield Asked("model", model, priced=True, written=model)
        elif name in {"bill", "text-table"}:
            yield Asked("scenario", words[0])  # or a text, which no scenario is named like
            yield from self._models(asked_on, priced=True)
        elif name in {"price-table", "ratio-table"}:
            yield from self._models(words, priced=True)
            yield Asked("edition", "date")
        elif name == "price-history" or (name == "microsim" and words[0] not in SIMS_WITHOUT_PRICES):
            # The first state of a simulation is that of the page's model.
            yield from self._models(asked_on, priced=True)
            yield Asked("edition", "date")

    def _models(self, names: list[str], *, priced: bool) -> Iterator[Asked]:
        for name in names:
            if self.model_id(name) in self.models:
                yield Asked("model", self.model_id(name), priced, name)
            else:
                yield Asked("population", name)


def _items(quiz: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for slot in quiz["items"]:
        yield from slot.get("siblings", [slot])


def _has_words(mistakes: Any, misconception: str) -> bool:
    """Whether a list of mistakes names one without feedback of the item's own."""
    given = mistakes.get(misconception, {}) if isinstance(mistakes, dict) else {}
    return misconception in mistakes and not (given or {}).get("feedback")


def _values(parameter: dict[str, Any]) -> list[str]:
    """The values of a parameter; a range by its ends, which name nothing."""
    (values,) = (value for key, value in parameter.items() if key != "step")
    return [str(value) for value in values]


def _questions(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Kind and rest of each question of an item: in roles, as its key, in its conditions."""
    for line in [item.get("key", ""), *item.get("require", ())]:
        for part in re.split(r" (?:is|above|below|between) ", line):
            kind, _, rest = part.partition(" ")
            if rest:
                yield kind, rest
    for text in _strings(item):
        yield from ROLE.findall(text)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _strings(one)


def _substituted(content: str, values: dict[str, list[str]]) -> Iterator[str]:
    names = [name for name in values if re.search(rf"\${name}\b", content)]
    for drawn in product(*(values[name] for name in names)):
        found = content
        for name, value in zip(names, drawn, strict=True):
            found = re.sub(rf"\${name}\b", value, found)
        yield found
