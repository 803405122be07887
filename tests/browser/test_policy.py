"""Every page has a strict policy, keeps it, and runs without an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, View
from .gates.policy import errors, policies
from .gates.visit import visits
from .support import POLICY, passes

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from .gates.site import Site
    from .support import Planter

pytestmark = pytest.mark.browser
VIEW = View("light", LAPTOP)


def test_book(site: Site) -> None:
    passes(policies(site))


def test_sound_page_passes(browser: Browser, plant: Planter) -> None:
    site = plant(script="document.body.dataset.ran = 'yes'")
    passes(policies(site))
    passes(errors(visits(browser, site, VIEW)))


@pytest.mark.parametrize(
    ("policy", "rule", "message"),
    [
        ("", "csp-missing", "no content security policy"),
        (POLICY.replace("script-src 'self'", "script-src 'unsafe-inline'"), "csp-loose", "script-src allows"),
        (POLICY.replace("script-src 'self'", "script-src 'self' https:"), "csp-loose", "script-src allows https:"),
        (POLICY.replace("style-src 'self'", "style-src 'unsafe-inline'"), "csp-loose", "style-src allows"),
        (POLICY.replace("default-src 'none'; ", ""), "csp-loose", "says nothing about object-src"),
        (POLICY.replace("base-uri 'none'; ", ""), "csp-loose", "says nothing about base-uri"),
    ],
)
def test_missing_or_loose_policy_is_found(plant: Planter, policy: str, rule: str, message: str) -> None:
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    (finding,) = policies(plant(policy=meta))
    assert (finding.page, finding.rule) == ("index.html", rule)
    assert message in finding.message


def test_policy_after_a_script_is_found(plant: Planter) -> None:
    late = f'<script src="script.js"></script><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
    (finding,) = policies(plant(policy=late))
    assert finding.rule == "csp-late"


@pytest.mark.parametrize(
    ("body", "rule", "message"),
    [
        ("<script>document.title = 'x'</script>", "csp-violation", "script-src-elem blocks inline"),
        ('<p style="color: red">x</p>', "csp-violation", "style-src-attr blocks inline"),
        ('<img src="gone.png" alt="">', "not-loaded", "gone.png"),
    ],
)
def test_violation_or_missing_file_is_found(
    browser: Browser, plant: Planter, body: str, rule: str, message: str
) -> None:
    findings = errors(visits(browser, plant(body), VIEW))
    assert ("index.html", rule, VIEW) in {(finding.page, finding.rule, finding.view) for finding in findings}
    assert any(message in finding.message for finding in findings if finding.rule == rule)


def test_missing_picture_far_down_that_loads_late_is_found(browser: Browser, plant: Planter) -> None:
    site = plant('<div></div><img src="gone.png" alt="" loading="lazy">', "div { height: 30000px }")
    assert "not-loaded" in {finding.rule for finding in errors(visits(browser, site, VIEW))}


@pytest.mark.parametrize("script", ["throw new Error('planted')", "console.error('planted')"])
def test_error_of_a_script_is_found(browser: Browser, plant: Planter, script: str) -> None:
    (finding,) = errors(visits(browser, plant(script=script), VIEW))
    assert finding.rule == "page-error"
    assert "planted" in finding.message
