"""Scenarios: named workloads, given as counts or as texts that are tokenised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from costbook.economy.bills import Usage


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose tokens the book counts; ``name`` is what a table calls it."""

    id: str
    text: str
    note: str | None = None
    source: str | None = None
    name: str | None = None

    @property
    def title(self) -> str:
        """Its name, or its id where it has none."""
        return self.name or self.id


@dataclass(frozen=True)
class Scenario:
    """A named workload.

    ``usage`` holds the counts of one request; where ``input_text`` or ``output_text`` names a text, its tokens are
    added to that side. ``shared`` is the number of tokens at the start of the prompt that repeat in every request: what
    a cache can hold. ``requests`` is per day.
    """

    id: str
    name: str
    usage: Usage
    requests: int
    input_text: str | None = None
    output_text: str | None = None
    shared: int | None = None
    about: str | None = None
    source: str | None = None

    def usage_with(self, count: Callable[[str], int]) -> Usage:
        """The token counts of one request; ``count`` gives the tokens of the text with an id."""
        usage = self.usage
        if self.input_text is not None:
            usage = usage._replace(input=usage.input + count(self.input_text))
        if self.output_text is not None:
            usage = usage._replace(output=usage.output + count(self.output_text))
        return usage

    @property
    def texts(self) -> tuple[str, ...]:
        """Ids of the texts that this workload tokenises."""
        return tuple(text for text in (self.input_text, self.output_text) if text is not None)
