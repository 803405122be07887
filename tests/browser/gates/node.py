"""Files of the checkers that come from npm."""

from __future__ import annotations

from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]


def module(path: str) -> Path:
    """A file under ``node_modules``; missing, it is an error and not a skipped gate."""
    found = REPOSITORY / "node_modules" / path
    if not found.is_file():
        raise FileNotFoundError(f"{found} is missing: run `make test` once, or `npm install`")
    return found
