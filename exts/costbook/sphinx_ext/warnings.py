"""Every warning of this extension: type ``costbook``, one subtype each, at file, line and column."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from costbook.load import Place, locate

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)


class Subtype(StrEnum):
    """What a warning is about; ``suppress_warnings`` takes ``costbook.<value>``."""

    QUESTION = "question"  # a question that cannot be read or answered
    CONDITION = "condition"  # a claim whose condition cannot be read or answered
    FENCE = "fence"  # what was meant as a directive and is none
    GAP = "gap"  # a place that is not written yet
    HEADING = "heading"  # a figure in a heading
    LITERAL = "literal"  # an amount, multiplier or percentage that was typed
    MODEL = "model"  # the model of a page's front matter
    OPTION = "option"  # an option or argument of a directive
    SOURCE = "source"  # a quotation or assumption without its source
    TERM = "term"  # a first use of a glossary's term that is no link to it


def warn_at(
    env: BuildEnvironment,
    subtype: Subtype,
    message: str,
    literal: str,
    from_line: int,
    *,
    nth: int = 1,
    whole: bool = False,
) -> None:
    """Warn at the n-th occurrence of a literal from a line of the page on, and read the page again next time.

    ``whole`` passes over occurrences inside a longer id.
    """
    place = place_of(env, literal, from_line, nth, whole=whole)
    env.note_reread()
    logger.warning("%s", message, type="costbook", subtype=subtype.value, location=str(place))


def place_of(env: BuildEnvironment, literal: str, from_line: int, nth: int = 1, *, whole: bool = False) -> Place:
    """Where a literal stands in the current document's source."""
    path = Path(env.doc2path(env.docname))
    line, column = locate(path.read_text(encoding="utf-8-sig"), literal, max(from_line, 1), nth, whole=whole)
    return Place(str(path), line, column)
