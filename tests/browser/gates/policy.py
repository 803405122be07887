"""Gate: every page has a strict content security policy, keeps it, and runs without an error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .model import Finding
from .site import Site
from .visit import Visit

# What a source list may not hold: inline code, code from text, any host, code inside an address.
LOOSE = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "http:", "https:", "data:", "blob:"}
# `style-src-attr` is not among them: attributes cannot run anything, and the theme needs them.
STRICT = ("script-src", "style-src", "object-src", "base-uri")
# `default-src` does not stand in for it.
_NO_FALLBACK = {"base-uri"}


def policies(site: Site) -> list[Finding]:
    """Pages, redirects included, whose policy is missing, late or loose."""
    findings = []
    for page, document in site.documents.items():
        if not document.policies:
            findings.append(Finding(page, "csp-missing", "no content security policy in a meta tag"))
        elif document.loads_before_policy:
            message = f"{document.loads_before_policy} comes before the policy, which does not hold for it"
            findings.append(Finding(page, "csp-late", message))
        for policy in document.policies:
            findings.extend(Finding(page, "csp-loose", message) for message in _loose(policy))
    return findings


def _loose(policy: str) -> Iterator[str]:
    directives = {
        name.lower(): {source.lower() for source in sources}
        for name, *sources in (directive.split() for directive in policy.split(";") if directive.split())
    }
    for name in STRICT:
        sources = directives.get(name)
        if sources is None and name not in _NO_FALLBACK:
            sources = directives.get("default-src")
        if sources is None:
            yield f"says nothing about {name}"
        elif loose := sorted(sources & LOOSE):
            yield f"{name} allows {' '.join(loose)}"


def errors(visits: Iterable[Visit]) -> list[Finding]:
    """Breaches of the policy, errors of scripts and files that did not load, as the browser tells them."""
    findings: list[Finding] = []
    for seen in visits:
        rules = {"csp-violation": seen.violations, "page-error": seen.errors, "not-loaded": seen.failed}
        for rule, messages in rules.items():
            findings.extend(Finding(seen.page, rule, message, view=seen.view) for message in messages)
    return findings
