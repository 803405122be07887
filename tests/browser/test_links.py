"""Whatever the site names inside itself is there, and no id is used twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.links import links
from .support import passes

if TYPE_CHECKING:
    from .gates.site import Site
    from .support import Planter


def test_book(site: Site) -> None:
    passes(links(site))


def test_sound_references_pass(plant: Planter) -> None:
    body = (
        '<a href="other%20page.html?q=1#h%C3%B6he">there</a> <a href="#start">here</a> <a href="#">top</a>'
        '<a href="https://example.org/x#y">elsewhere</a> <a href="mailto:a@example.org">mail</a>'
        '<img src="a.png" srcset="a.png 1x, a.png 2x" alt="">'
    )
    plant.write("other page.html", '<p id="höhe">')
    plant.write("a.png", b"")
    passes(links(plant(body, css="b { background: url('a.png') }")))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('<a href="#nowhere">', "index.html has no element with this id"),
        ('<a href="deep/page.html#nowhere">', "deep/page.html has no element with this id"),
        ('<a href="gone.html">', "names a file that the site does not have"),
        ('<a href="../index.html">', "leaves the site"),
        ('<a href="/index.html">', "server's root"),
        ('<a href="deep/">', "names a folder"),
        ('<a href="javascript:alert()">', "does not work"),
        ('<img src="gone.png">', "names a file"),
        ('<img srcset="gone.png 2x">', "names a file"),
        ('<svg><use href="#gone"/></svg>', "has no element with this id"),
        ('<p style="background: url(gone.png)">', "names a file"),
        ('<meta http-equiv="refresh" content="0; url=gone.html">', "names a file"),
    ],
)
def test_broken_reference_is_found(plant: Planter, body: str, message: str) -> None:
    plant.write("deep/page.html", "")
    (finding,) = links(plant(body))
    assert (finding.page, finding.rule) == ("index.html", "link")
    assert message in finding.message


def test_broken_reference_of_a_style_sheet_is_found(plant: Planter) -> None:
    (finding,) = links(plant(css="@font-face { src: url(gone.woff2) }"))
    assert (finding.page, finding.selector) == ("style.css", "url(gone.woff2)")


def test_duplicate_id_is_found(plant: Planter) -> None:
    (finding,) = links(plant('<p id="twice"><p id="twice">'))
    assert (finding.rule, finding.selector) == ("duplicate-id", "#twice")


def test_only_the_page_for_missing_addresses_may_start_at_the_root(plant: Planter) -> None:
    plant.write("404.html", '<a href="/index.html#start"></a><a href="/gone.html"></a>')
    (finding,) = links(plant())
    assert (finding.page, finding.selector) == ("404.html", "line 1: <a> '/gone.html'")


def test_offline_copies_lie_on_the_published_site(plant: Planter) -> None:
    """Those of editions, and at their address alone."""
    plant.write(
        "deep/page.html", '<a href="../editions/edition-12.zip">copy</a><a href="editions/edition-1.zip">no copy</a>'
    )
    (finding,) = links(plant('<a href="editions/edition-1.zip">copy</a>'))
    assert (finding.page, finding.selector) == ("deep/page.html", "line 1: <a> 'editions/edition-1.zip'")
