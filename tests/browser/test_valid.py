"""Every page is valid HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .gates.valid import valid
from .support import passes

if TYPE_CHECKING:
    from .gates.site import Site
    from .support import Planter


def test_book(site: Site) -> None:
    passes(valid(site))


def test_sound_page_passes_and_invalid_nesting_is_found(plant: Planter) -> None:
    site = plant()
    plant.write("deep/er page.html", (site.root / "index.html").read_text().replace("<p>", "<p><button><a>x</a>"))
    findings = valid(plant())
    assert {finding.page for finding in findings} == {"deep/er page.html"}
    assert any("button" in finding.message for finding in findings)
