"""Data in a classic script: a page opened from a folder can fetch nothing, and nothing in a text may end the script."""

from __future__ import annotations

import json


def for_script(value: object) -> str:
    """A value as JSON that stands in a script, on a page or in a file."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
