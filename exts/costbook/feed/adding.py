"""What adding a model of the feed to the book would write. Nothing is written here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from costbook.feed import rows as text
from costbook.feed.book import PRICES, Book
from costbook.feed.plan import Addition, Plan, Refused
from costbook.feed.quotes import Feed, Quote, Silence
from costbook.feed.rows import CannotWrite, Row
from costbook.feed.verdicts import Id
from costbook.load.prices import read_provider
from costbook.load.source import Document, parse_source
from costbook.names import suggestion
from costbook.world import Provider


def addition(book: Book, feed: Feed, wanted: Id, today: date, own: Provider | None = None) -> Plan:
    """What adding a model of the feed writes: its rows, which wait for the next edition.

    ``wanted`` is provider and id; ``own`` describes a provider that the book does not have yet. Prices of the past are
    added where the feed dates them.

    Raises:
        Refused: the book has the model, or the feed has no price of it.
    """
    provider, model = wanted
    if model in book.coming:
        raise Refused(f"{model} stands in {PRICES}/{book.coming[model].provider}.yaml already; `update` renews it")
    seller = book.providers.get(provider, own)
    if seller is None:
        known = suggestion(provider, book.providers)
        raise Refused(f"no file {PRICES}/{provider}.yaml; {known} For a new provider say --first-party or --host")
    quote = feed.quote(provider, model, today)
    if isinstance(quote, Silence):
        raise Refused(f"{model}: {quote.why}")
    steps = [one for one in quote.past if one.start]
    steps += [quote.now if quote.now.start else replace(quote.now, start=today), *quote.scheduled]
    url = quote.url or seller.pricing
    rows = tuple(Row(step, book.next, quote.via, url, today) for step in steps)
    head = _head(seller, model, quote)
    if provider in book.documents:
        before = book.documents[provider]
        new = text.with_model(before, model, head, rows)
        after = parse_source(before.file, new)
        _verify_model(before, after, model, book.next)
    else:
        flag = "true" if seller.first_party else "false"
        of_seller = [("provider", provider), ("name", seller.name), ("first_party", flag), ("pricing", seller.pricing)]
        after = parse_source(f"{PRICES}/{provider}.yaml", text.new_file(of_seller, model, head, rows))
        _verify_model(None, after, model, book.next)
    return Plan(
        book.edition.serial,
        book.edition.as_of,
        (Addition(provider, model, rows, ()),),
        {after.file: after.text},
        None,
    )


def _head(seller: Provider, model: str, quote: Quote) -> list[tuple[str, str]]:
    """What stands before the rows of a new model."""
    base, _, way = model.partition(":")
    name = quote.name or base
    head = [("name", f"{name} ({way})" if way not in name else name)]
    head += [("context", str(quote.context))] if quote.context else []
    head += [("billing", _billing(seller, way, quote))] if way else []
    return head


def _billing(seller: Provider, way: str, quote: Quote) -> str:
    if way == "batch":
        return f"Requests sent through {seller.name}'s batch processing, at the batch prices that the feed gives."
    if quote.hours:
        return f"Requests between {quote.hours}, as far as the feed says it."
    return "The price feed lists this id at prices of its own, and says nothing about its conditions."


def _verify_model(before: Document | None, after: Document, model: str, edition: int) -> None:
    """Look at a file before it is written: what was there is there, and the loader takes the new model.

    Raises:
        CannotWrite: the file has a form that the model did not fit into.
    """
    read_provider(after, edition)
    if after.problems:
        raise CannotWrite("\n".join(map(str, after.problems)))
    rest = {id_: one for id_, one in after.data["models"].items() if id_ != model}
    if before is not None and {**after.data, "models": rest} != before.data:
        raise CannotWrite(f"{before.file}: {model} does not fit in at the end; add it by hand")
