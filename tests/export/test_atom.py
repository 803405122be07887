"""The feed of editions: what RFC 4287 asks of it, and what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from urllib.parse import urlsplit
from uuid import UUID, uuid5

import pytest
from lxml import etree
from tests.worlds import SOURCE

from costbook.economy.changes import Change
from costbook.economy.rates import Part
from costbook.export.atom import Announced, Book, announced, feed, summary, without_zips
from costbook.questions.editions import Moves, PriceMove, Published, RoleMove

BOOK = Book("Bits & Bytes", "the <people>", "en", "book/editions.html")
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def move(name: str, part: Part, old: str | None, new: str | None, above: int | None = None) -> PriceMove:
    was, now = (None if price is None else Decimal(price) for price in (old, new))
    return PriceMove(name.lower(), name, Change(part, was, now, above), SOURCE)


FIRST = Published(1, date(2026, 11, 22), 28, None)
SECOND = Published(
    2,
    date(2026, 12, 2),
    29,
    Moves(
        (
            move("Argon", Part.INPUT, "2.00", "4.00"),
            move("Argon", Part.OUTPUT, "10.00", "0.003625", above=200000),
            move("Bolt", Part.CACHED, None, "0.20"),
            move("Bolt", Part.WRITE_1H, "4.00", None),
        ),
        added=("Crest", "Dune"),
        gone=("Elm",),
    ),
    (RoleMove("small", "bolt", "crest"), RoleMove("seed", "elm", None)),
)
THIRD = Published(3, date(2026, 12, 2), 29, Moves())
EDITIONS = (THIRD, SECOND, FIRST)


def elements(document: bytes, path: str) -> list[etree._Element]:
    return list(etree.fromstring(document).xpath(path, namespaces=ATOM))


def texts(document: bytes, path: str) -> list[str]:
    return [found.text for found in elements(document, path)]


# --- what RFC 4287 asks -----------------------------------------------------------------------------------------------

# Section 4.1: what a feed and an entry hold, as (least, most) of each; nothing else is used here.
FEED = {"id": (1, 1), "title": (1, 1), "subtitle": (0, 1), "updated": (1, 1), "author": (1, 9), "link": (1, 9)}
ENTRY = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "link": (1, 9), "summary": (0, 1)}
# RFC 3339, as section 3.3 narrows it.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


def wrong(document: bytes) -> list[str]:
    """What RFC 4287 forbids, as far as a feed like this can do it."""
    root = etree.fromstring(document)
    names = [(root, {**FEED, "entry": (0, 99)}), *((one, ENTRY) for one in root.iterfind("a:entry", ATOM))]
    found = [] if root.tag == f"{{{ATOM['a']}}}feed" else ["the root is no feed"]
    for element, allowed in names:
        held = [etree.QName(child).localname for child in element]
        found += [f"{name} is not allowed" for name in held if name not in allowed]
        found += [
            f"{held.count(n)} times {n}" for n, (least, most) in allowed.items() if not least <= held.count(n) <= most
        ]
        # 4.2.7.1: no two alternates of one type and language.
        alternates = [one.get("type") for one in element.iterfind("a:link[@rel='alternate']", ATOM)]
        found += ["two alternates"] if len(alternates) != len(set(alternates)) else []
    # 4.2.6: an absolute IRI, each once.
    ids = [one.text or "" for one in root.iter(f"{{{ATOM['a']}}}id")]
    found += [f"{one!r} is no absolute IRI" for one in ids if not urlsplit(one).scheme]
    found += ["an id twice"] if len(set(ids)) != len(ids) else []
    for one in root.iter(f"{{{ATOM['a']}}}updated"):
        found += [] if MOMENT.fullmatch(one.text or "") else [f"{one.text!r} is no moment"]
    for one in root.iter(f"{{{ATOM['a']}}}link"):
        found += [] if one.get("href") else ["a link without an address"]
        found += [] if re.fullmatch(r"[a-z]+/[a-z+]+", one.get("type", "a/a")) else ["no media type"]
    for one in root.iter(f"{{{ATOM['a']}}}author"):
        found += [] if one.findtext("a:name", namespaces=ATOM) else ["an author without a name"]
    # 4.1.3.3: a summary where an entry has no content; 4.1.2: no content without an alternate.
    for one in root.iterfind("a:entry", ATOM):
        found += [] if one.findtext("a:summary", namespaces=ATOM) else ["no summary"]
        found += [] if one.find("a:link[@rel='alternate']", ATOM) is not None else ["no alternate"]
    return found


def test_the_feed_is_valid() -> None:
    assert wrong(feed(BOOK, EDITIONS)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<id>urn:uuid:", "<id>", "is no absolute IRI"),
        ("T00:00:00Z", "", "is no moment"),
        ("<summary>", "<summary/><summary>", "2 times summary"),
        ('rel="enclosure" type="application/zip"', 'rel="alternate" type="text/html"', "two alternates"),
        ("<author>", "<writer/><author>", "writer is not allowed"),
        ('href="', 'src="', "a link without an address"),
    ],
)
def test_the_check_of_validity_finds_what_is_wrong(old: str, new: str, message: str) -> None:
    assert any(message in one for one in wrong(feed(BOOK, EDITIONS).decode().replace(old, new).encode()))


# --- what it says -----------------------------------------------------------------------------------------------------


def test_names_are_escaped_and_stay() -> None:
    document = feed(BOOK, EDITIONS)
    assert texts(document, "a:title") == ["Bits & Bytes"]
    assert texts(document, "a:author/a:name") == ["the <people>"]


def test_what_no_xml_holds_is_replaced() -> None:
    named = replace(SECOND, moves=Moves(added=("Bell \x07",)), roles=())
    assert texts(feed(BOOK, [named]), "//a:summary") == ["Moved: 1 model added. Added: Bell \ufffd."]


def test_entries_are_the_editions_the_latest_first() -> None:
    document = feed(BOOK, EDITIONS)
    assert texts(document, "a:entry/a:title") == [
        "Edition 3, priced at 2026-12-02",
        "Edition 2, priced at 2026-12-02",
        "Edition 1, priced at 2026-11-22",
    ]


def test_times_are_the_days_of_the_editions() -> None:
    document = feed(BOOK, EDITIONS)
    moments = texts(document, "//a:updated")
    assert moments == ["2026-12-02T00:00:00Z"] * 3 + ["2026-11-22T00:00:00Z"]
    assert datetime.fromisoformat(moments[0]).utcoffset() is not None


def test_ids_never_change() -> None:
    """Those of the published feed: with others, every edition would be announced again."""
    namespace = UUID("e1297538-b853-4b96-8bc8-0425e015d693")
    ids = [uuid5(namespace, name).urn for name in ("feed", "edition 3", "edition 2", "edition 1")]
    assert texts(feed(BOOK, EDITIONS), "//a:id") == ids
    assert ids[0] == "urn:uuid:15d43d73-5b11-5778-b8d3-425fb464d088"
    assert ids[3] == "urn:uuid:9d6d54e1-abbf-521e-b3c0-4c6a22ff50d6"
    other = feed(replace(BOOK, title="Another title", page="index.html"), EDITIONS[1:])
    assert texts(other, "//a:id") == [ids[0], *ids[2:]]


def hrefs(document: bytes, rel: str) -> list[str]:
    return [str(found.get("href")) for found in elements(document, f"//a:link[@rel='{rel}']")]


def test_addresses_are_relative_to_the_feed_or_absolute() -> None:
    document = feed(BOOK, EDITIONS)
    assert hrefs(document, "self") == ["editions.atom"]
    assert hrefs(document, "alternate") == ["book/editions.html"] * 4
    assert hrefs(document, "enclosure") == [f"editions/edition-{serial}.zip" for serial in (3, 2, 1)]
    based = feed(replace(BOOK, base="https://example.org/b/"), [FIRST])
    assert hrefs(based, "self") == ["https://example.org/b/editions.atom"]
    assert hrefs(based, "alternate") == ["https://example.org/b/book/editions.html"] * 2
    assert hrefs(based, "enclosure") == ["https://example.org/b/editions/edition-1.zip"]


def test_a_summary_says_what_moved() -> None:
    assert summary(FIRST) == "The first edition, with the prices of 28 models."
    assert summary(THIRD) == "No price moved."
    assert summary(SECOND) == (
        "Moved: 4 prices, 2 models added, 1 model gone. "
        "In USD per million tokens: Argon: input $2.00 → $4.00, output above 200,000 tokens $10.00 → $0.003625; "
        "Bolt: cached input not offered → $0.20, one-hour cache write $4.00 → not offered. "
        "Added: Crest, Dune. Gone: Elm. "
        "The small model of the book is crest; it was bolt. The seed model of the book is none; it was elm."
    )


def test_the_same_editions_give_the_same_bytes() -> None:
    assert feed(BOOK, EDITIONS) == feed(BOOK, list(EDITIONS))


# --- reading it again -------------------------------------------------------------------------------------------------


def test_a_feed_is_read_again() -> None:
    assert announced(feed(BOOK, EDITIONS)) == (
        "Bits & Bytes",
        (
            Announced(3, date(2026, 12, 2)),
            Announced(2, date(2026, 12, 2)),
            Announced(1, date(2026, 11, 22)),
        ),
    )


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"", "cannot be read"),
        (b"<feed", "cannot be read"),
        (b"<feed/>", "announces no edition"),
        (feed(BOOK, [FIRST]).replace(b"Edition 1,", b"Volume 1,"), "is the title of no edition"),
        (feed(BOOK, [FIRST]).replace(b"at 2026-11-22<", b"at 2026-11-99<"), "cannot be read"),
    ],
)
def test_what_is_no_feed_of_editions(document: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        announced(document)


def test_zips_that_are_not_there_are_taken_out() -> None:
    document = feed(BOOK, EDITIONS)
    some = without_zips(document, {3, 1})
    assert hrefs(some, "enclosure") == ["editions/edition-3.zip", "editions/edition-1.zip"]
    assert wrong(some) == []
    assert len(document.splitlines()) - len(some.splitlines()) == 1
    assert without_zips(document, {1, 2, 3}) == document
