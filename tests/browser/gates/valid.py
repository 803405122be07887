"""Gate: every page is valid HTML, by the checker that stands behind validator.w3.org."""

from __future__ import annotations

import json
import subprocess
from urllib.parse import unquote, urlsplit

from .model import Finding
from .node import module
from .site import Site


def valid(site: Site) -> list[Finding]:
    """Errors of the Nu checker, redirects included; one Java process for all pages."""
    jar = module("vnu-jar/build/dist/vnu.jar")
    root = site.root.resolve()
    files = [str(root / page) for page in site.documents]
    # 8 MB of stack: the checker recurses over deeply nested markup.
    command = ["java", "-Xss8m", "-jar", str(jar), "--errors-only", "--format", "json", *files]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(f"the Nu checker did not run: {done.stderr or done.stdout}") from None
    prefix = f"{root.as_posix()}/"
    return [
        Finding(
            page=unquote(urlsplit(message.get("url", "")).path).removeprefix(prefix),
            rule="html",
            message=message["message"],
            selector=f"line {message.get('lastLine', '?')}: {' '.join(message.get('extract', '').split())}",
        )
        for message in messages
    ]
