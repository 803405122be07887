"""What the tests of the gates share: a failure that can be read, and a sound page to spoil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from .gates.model import LAPTOP, PHONE, VIEWS, View, report
from .gates.site import Site

if TYPE_CHECKING:
    from pathlib import Path

    from .gates.model import Finding


CORNERS = (View("light", PHONE), View("dark", LAPTOP))
"""Each theme and each width once."""
EVERY_VIEW = pytest.mark.parametrize(
    "view", [pytest.param(one, id=str(one), marks=() if one in CORNERS else pytest.mark.slow) for one in VIEWS]
)
"""The corners always, the other views in `make test-slow`."""


def passes(findings: list[Finding]) -> None:
    """Fail with the report of the findings alone, whole, where there are any."""
    if findings:
        pytest.fail(report(findings), pytrace=False)


POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'"
STYLE = "a, button { font-size: 1.5rem; }\n"
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
{policy}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A sound page</title>
<link rel="stylesheet" href="style.css">
<script src="script.js" defer></script>
{head}
</head>
<body>
<main>
<h1 id="start">A sound page</h1>
<p><a href="#start">To the start</a></p>
{body}
</main>
</body>
</html>
"""


@dataclass(frozen=True)
class Planter:
    """Makes a site of one sound page, ``index.html``, and plants a defect in it."""

    root: Path

    def __call__(self, body: str = "", css: str = "", script: str = "", head: str = "", **options: str) -> Site:
        """A site; ``policy`` replaces its policy, ``doctype`` what the page starts with."""
        self.write("style.css", STYLE + css)
        self.write("script.js", script)
        policy = options.get("policy", f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">')
        self.write("index.html", PAGE.format(policy=policy, head=head, body=body))
        return Site(self.root)

    def write(self, name: str, content: str | bytes) -> None:
        """Put another file into the site."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
