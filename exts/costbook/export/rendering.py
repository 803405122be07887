"""XML from templates: what is not marked as markup is text, and a name that is missing is an error."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from costbook.assessment.rich import NOT_XML


def render(template: str, **values: Any) -> bytes:
    """A document from a template of this package."""
    return _environment().get_template(template).render(**values).encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=_writable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _writable(value: Any) -> Any:
    """What is written as text, without what no XML document may hold."""
    return type(value)(NOT_XML.sub("\ufffd", value)) if isinstance(value, str) else value
