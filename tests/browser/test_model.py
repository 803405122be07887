"""Pages are found by walking the site, and findings are told so that a person can act on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import Finding, View, report
from .gates.site import SPECIMENS, Site

if TYPE_CHECKING:
    from pathlib import Path

    from .support import Planter


def test_pages_are_what_the_build_made(plant: Planter) -> None:
    plant.write("deep/er/page.html", "")
    plant.write("old.html", '<meta http-equiv="refresh" content="0; url=index.html">')
    plant.write("_static/part.html", "")
    plant.write("data.json", "")
    site = plant()
    assert site.pages == ("deep/er/page.html", "index.html")
    assert list(site.documents) == ["deep/er/page.html", "index.html", "old.html"]


def test_every_page_is_dealt_once_and_specimens_always(plant: Planter) -> None:
    names = {f"page-{number}.html" for number in range(40)}
    for name in names:
        plant.write(name, "")
    site = plant()
    parts = [set(site.dealt(hand, 4).pages) for hand in range(4)]
    assert all("index.html" in part and len(part) > 1 for part in parts)
    assert sorted(page for part in parts for page in part - {"index.html"}) == sorted(names)
    plant.write("another.html", "")
    grown = [set(plant().dealt(hand, 4).pages) for hand in range(4)]
    assert all(part <= now for part, now in zip(parts, grown, strict=True))
    assert site.specimens.pages == ("index.html",)


def test_specimens_exist(site: Site) -> None:
    assert set(SPECIMENS) == set(site.specimens.pages)


def test_site_without_pages_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="no page in"):
        _ = Site(tmp_path).pages


def test_report_names_page_theme_width_selector_and_rule_once_for_a_defect_of_all_pages() -> None:
    view = View("dark", 320)
    findings = [Finding(f"{letter}.html", "axe color-contrast", "too pale", "p > a", view) for letter in "abcdefg"]
    assert report([*findings, Finding("a.html", "link", "gone", "line 3")]).splitlines() == [
        "8 findings, 2 different defects",
        "  axe color-contrast [dark, 320 px] at p > a",
        "    too pale",
        "    on a.html, b.html, c.html, d.html, e.html and 2 more",
        "  link at line 3",
        "    gone",
        "    on a.html",
    ]


def test_report_counts_what_it_does_not_tell() -> None:
    findings = [
        Finding("a.html", "print-pale", "too pale", f"#cell{number}", View("dark", 718)) for number in range(13)
    ]
    lines = report(findings).splitlines()
    assert lines[-1] == "  3 more of print-pale [dark, 718 px]"
    assert sum("print-pale" in line for line in lines) == 11
