"""Toys: small invented tables of next tokens, in which a whole reply can be followed by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from costbook.language.chances import END, OTHER, Distribution, greedy
from costbook.language.marks import marked

Tokens: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Toy:
    """A prompt, and the chances of the next token after each beginning of a reply, at temperature 1.

    ``steps`` holds every beginning that its candidates lead to, so that a reply can be followed until the end mark or
    the other tokens, behind which the toy knows nothing. ``paths`` are beginnings and whole replies by id.
    """

    id: str
    name: str
    prompt: str
    about: str
    source: str
    steps: Mapping[Tokens, Distribution]
    paths: Mapping[str, Tokens]

    @property
    def greedy(self) -> Tokens:
        """The reply that takes the likeliest candidate at every step."""
        written: Tokens = ()
        while written in self.steps:
            written = (*written, greedy(self.steps[written]))
        return written


def stops(token: str) -> bool:
    """Whether a toy goes no further behind a candidate."""
    return token in {END, OTHER}


def beginnings(path: Tokens) -> Iterator[tuple[Tokens, str]]:
    """Each token of a path, with those before it."""
    return ((path[:place], token) for place, token in enumerate(path))


def shown(token: str) -> str:
    """A candidate as it is printed: a token with its marks, or the words for what is none."""
    return token if stops(token) else marked(token)


def joined(path: Tokens) -> str:
    """The text that the tokens of a path make."""
    return "".join(token for token in path if not stops(token))
