"""The feed that announces editions: an Atom document (RFC 4287), made of what each edition moved.

Its ids are made of the serial alone and its times are the days that editions are priced at: building the same book
again gives the same bytes, and to a reader's program an entry is new once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID, uuid5
from xml.etree import ElementTree

from costbook import money
from costbook.economy.changes import Change
from costbook.export.offline import FEED, address
from costbook.export.rendering import render
from costbook.questions.base import NOT_OFFERED
from costbook.questions.editions import Moves, Published, RoleMove

NAMESPACE = UUID("e1297538-b853-4b96-8bc8-0425e015d693")
"""Never changes: with another one, every edition would be announced again."""
ATOM = "{http://www.w3.org/2005/Atom}"

_TITLE = re.compile(r"Edition (?P<serial>[0-9]+), priced at (?P<day>[0-9-]{10})")
_ENCLOSURE = re.compile(r' *<link rel="enclosure" [^>]*/edition-(?P<serial>[0-9]+)\.zip"/>\n')


@dataclass(frozen=True, slots=True)
class Book:
    """What a feed says of the book.

    ``page`` is the address of its page of editions below the root of the site; ``base`` that of the root, ending in a
    slash, or nothing where the site does not know it: then the addresses in the feed are relative to the feed.
    """

    title: str
    author: str
    language: str
    page: str
    base: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """An edition that a feed announces."""

    serial: int
    as_of: date


def feed(book: Book, editions: Iterable[Published]) -> bytes:
    """The feed of some editions, the latest first."""
    entries = [
        {
            "id": _urn(f"edition {one.serial}"),
            "title": f"Edition {one.serial}, priced at {one.as_of}",
            "edition": one,
            "zip": address(one.serial),
            "summary": summary(one),
        }
        for one in editions
    ]
    return render("editions.atom.j2", book=book, id=_urn("feed"), feed=FEED, entries=entries)


def summary(edition: Published) -> str:
    """What an edition moved, in plain words: every price, old and new, in USD per million tokens."""
    roles = " ".join(map(_role, edition.roles))
    if edition.moves is None:
        return f"The first edition, with the prices of {edition.models} models."
    return " ".join(filter(None, (*_moved(edition.moves), roles)))


def without_zips(document: bytes, there: Set[int]) -> bytes:
    """A feed that ``feed`` made, without the zip files that are not there."""
    return _ENCLOSURE.sub(lambda found: found[0] if int(found["serial"]) in there else "", document.decode()).encode()


def announced(document: bytes) -> tuple[str, tuple[Announced, ...]]:
    """The title of the book and the editions of a feed that ``feed`` made, the latest first.

    Raises:
        ValueError: it is not such a feed.
    """
    try:
        root = ElementTree.fromstring(document)
        found = tuple(_announced(entry) for entry in root.iter(f"{ATOM}entry"))
        title = root.findtext(f"{ATOM}title")
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError(f"{FEED} cannot be read: {error}") from None
    if not found or not title:
        raise ValueError(f"{FEED} announces no edition")
    return title, found


def _announced(entry: ElementTree.Element) -> Announced:
    title = entry.findtext(f"{ATOM}title") or ""
    found = _TITLE.fullmatch(title)
    if found is None:
        raise ValueError(f"{title!r} is the title of no edition")
    return Announced(int(found["serial"]), date.fromisoformat(found["day"]))


def _urn(name: str) -> str:
    return uuid5(NAMESPACE, name).urn


def _moved(moves: Moves) -> Iterator[str]:
    yield f"Moved: {moves}." if moves else "No price moved."
    if moves.prices:
        by_model = groupby(moves.prices, lambda one: one.name)
        prices = "; ".join(
            f"{name}: {', '.join(_price(one.change) for one in one_by_one)}" for name, one_by_one in by_model
        )
        yield f"In USD per million tokens: {prices}."
    if moves.added:
        yield f"Added: {', '.join(moves.added)}."
    if moves.gone:
        yield f"Gone: {', '.join(moves.gone)}."


def _price(change: Change) -> str:
    above = "" if change.above is None else f" above {money.count(change.above)} tokens"
    old, new = (NOT_OFFERED if price is None else money.rate(price) for price in (change.old, change.new))
    return f"{change.part.words}{above} {old} → {new}"


def _role(move: RoleMove) -> str:
    return f"The {move.role} model of the book is {move.new or 'none'}; it was {move.old or 'none'}."
