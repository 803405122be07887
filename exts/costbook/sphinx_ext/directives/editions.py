"""``editions``, ``edition-changes`` and ``changes-ahead``: what editions moved, and what days ahead will move."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from costbook import money
from costbook.changes.moves import Tally
from costbook.changes.report import percent
from costbook.export.offline import Copy
from costbook.questions.base import NOT_OFFERED
from costbook.questions.editions import Ahead, Editions, History, Moves, PriceMove, Published, RoleMove, Schedule
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.directives.boxes import joined, page_link
from costbook.sphinx_ext.moves import moves
from costbook.sphinx_ext.offline import offline_node
from costbook.sphinx_ext.tables import Cell, lines, number, table, words
from costbook.sphinx_ext.transforms import COMPUTED


class EditionList(CostDirective):
    """Every edition: its day, its models, what it moved, and its copies."""

    def made(self) -> list[nodes.Node]:
        history: History = self.ask(Editions(), self.name)
        head = [words("Edition"), words("Priced at"), number("Models"), words("Moved"), words("To keep")]
        rows = [_edition(one) for one in history.editions]
        return [table("Editions of the price book", head, rows, "cb-editions")]


def _edition(one: Published) -> list[Cell]:
    moved = "the first edition" if one.moves is None else str(one.moves) or "no price"
    copies = lines(*([offline_node(one.serial, copy)] for copy in Copy))
    return [words(str(one.serial)), words(str(one.as_of), "cb-day"), number(str(one.models)), words(moved), copies]


class EditionChanges(CostDirective):
    """What this edition moved since the one before: in the book, counted, and price by price."""

    def made(self) -> list[nodes.Node]:
        history: History = self.ask(Editions(), self.name)
        edition = history.editions[0]
        since = moves(self.env).since
        if edition.moves is None or since is None:
            return [_paragraph(nodes.Text("This is the first edition: there is none before it to compare it with."))]
        before = history.editions[1]
        lead = f"Edition {before.serial} was priced at {before.as_of}, edition {edition.serial} at {edition.as_of}. "
        found: list[nodes.Node] = [_paragraph(nodes.Text(f"{lead}In the book "), *self.told(since, "moved"))]
        heads = f"Edition {before.serial}", f"Edition {edition.serial}"
        found += _moved(edition.moves, *heads, f"Prices that edition {edition.serial} moved")
        return [*found, *map(_role, edition.roles)]

    def told(self, tally: Tally, verb: str) -> Iterator[nodes.Node]:
        """An impact in a sentence, with its pages."""
        counts = [
            money.some(tally.figures, "figure") if tally.figures else "no figure",
            *([money.some(tally.verdicts, "verdict")] if tally.verdicts else []),
            money.some(tally.keys, "quiz key") if tally.keys else "no quiz key",
        ]
        yield nodes.Text(f"{', '.join(counts[:-1])} and {counts[-1]} {verb}")
        if tally.pages:
            yield nodes.Text(", in ")
            yield from joined([page_link(one, self.env.docname) for one in tally.pages])
        yield nodes.Text(". A sentence of the book will not hold then, and be rewritten." if tally.stops else ".")


class ChangesAhead(EditionChanges):
    """What is announced for the days after the edition's, and what it will move."""

    def made(self) -> list[nodes.Node]:
        schedule: Schedule = self.ask(Ahead(), self.name)
        tallies = dict(moves(self.env).ahead)
        if not schedule.days:
            return [_paragraph(nodes.Text("No provider of this book has announced another price."))]
        found: list[nodes.Node] = []
        for one in schedule.days:
            lead = nodes.strong("", f"On {one.day}:")
            found.append(_paragraph(lead, nodes.Text(" "), *self.told(tallies[one.day], "move")))
            found += _moved(one.moves, "Now", f"From {one.day}", f"Prices that are announced for {one.day}")
        return found


def _paragraph(*content: nodes.Node) -> nodes.paragraph:
    return nodes.paragraph("", "", *content, classes=[COMPUTED], translatable=False)


def _moved(moved: Moves, old: str, new: str, caption: str) -> Iterator[nodes.Node]:
    """Prices in a table, and the models that come and go in a sentence each."""
    if moved.prices:
        head = [
            words("Model"),
            words("Price"),
            number(old, "cb-day"),
            number(new, "cb-day"),
            number("Change"),
            words("Source"),
        ]
        yield table(f"{caption}, in USD per million tokens", head, [_price(one) for one in moved.prices], "cb-moves")
    for names, what in ((moved.added, "Priced from then on"), (moved.gone, "No longer priced")):
        if names:
            yield _paragraph(nodes.strong("", f"{what}:"), nodes.Text(f" {', '.join(names)}."))


def _price(one: PriceMove) -> list[Cell]:
    change = one.change
    above = "" if change.above is None else f", above {money.count(change.above)} tokens"
    source = Cell([nodes.reference("", one.source.via, refuri=one.source.url)])
    amounts = [number(NOT_OFFERED if price is None else money.rate(price)) for price in (change.old, change.new)]
    return [words(one.name), words(f"{change.part.words}{above}"), *amounts, number(percent(change.share)), source]


def _role(one: RoleMove) -> nodes.paragraph:
    said = f"The {one.role} model of the book is {one.new or 'none'}; it was {one.old or 'none'}."
    return _paragraph(nodes.Text(said))
