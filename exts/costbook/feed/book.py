"""The prices of the book, without the rest of it: what its edition sees, and the rows that wait for the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from costbook.economy.rates import Model, NoRate, Rate
from costbook.feed.quotes import Answer, Quote, Reason, Silence, Step
from costbook.load import DATA, DataErrors
from costbook.load.prices import read_edition, read_provider
from costbook.load.source import Document, read_source
from costbook.world import Edition, Provider

EDITION, PRICES = f"{DATA}/edition.yaml", f"{DATA}/prices"


@dataclass(frozen=True)
class Book:
    """Models as the edition sees them, and as the next one would with the rows that are there already."""

    root: Path
    edition: Edition
    edition_file: Document
    documents: Mapping[str, Document]  # by provider
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    coming: Mapping[str, Model]

    @property
    def next(self) -> int:
        """The serial of the next edition."""
        return self.edition.serial + 1

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids that have rows for the next edition: of an update that did not finish, of ``add``, or typed."""
        return tuple(id_ for id_, model in self.coming.items() if any(p.edition == self.next for p in model.periods))

    @property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """Provider and id of every model, in the order of the book."""
        return tuple((model.provider, model.id) for model in self.models.values())


def read_book(root: Path) -> Book:
    """The prices below a root.

    Raises:
        DataErrors: with every problem found, each at its file, line and column.
    """
    edition_file = read_source(root / EDITION, root)
    editions = read_edition(edition_file)
    if editions is None:
        raise DataErrors(edition_file.problems)
    edition, _ = editions
    documents: dict[str, Document] = {}
    providers: dict[str, Provider] = {}
    models: dict[str, Model] = {}
    coming: dict[str, Model] = {}
    for path in sorted((root / PRICES).glob("*.yaml")):
        document = read_source(path, root)
        documents[path.stem] = document
        now, later = read_provider(document, edition.serial), read_provider(document, edition.serial + 1)
        if now is None or later is None:
            continue
        providers[path.stem] = now[0]
        models |= now[1]
        coming |= later[1]
    read = (edition_file, *documents.values())
    if problems := [problem for document in read for problem in document.problems]:
        raise DataErrors(problems)
    return Book(root, edition, edition_file, documents, providers, models, coming)


def step_of(rate: Rate) -> Step:
    """The prices of a row."""
    return Step(rate.prices, rate.tiers, rate.start, rate.dated)


def quote_of(model: Model, day: date) -> Answer:
    """What the book says about a model on a day, as a price list would."""
    if model.retired is not None and day >= model.retired:
        return Silence(Reason.RETIRED, f"{model.id} was retired on {model.retired}")
    try:
        rate = model.rate_on(day)
    except NoRate as none:
        return Silence(Reason.ABSENT, str(none))
    rates = [period for period in model.periods if isinstance(period, Rate)]
    return Quote(
        now=step_of(rate),
        past=tuple(step_of(one) for one in rates if one.start < rate.start),
        scheduled=tuple(step_of(one) for one in rates if one.start > day),
        context=model.context,
        url=rate.source.url,
        name=model.name,
        via=rate.source.via,
    )
