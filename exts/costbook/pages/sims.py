"""What a simulation asks for its place on a page."""

from __future__ import annotations

from costbook.pages.tables import Asker, Options
from costbook.sims import SimOf
from costbook.sims.base import SimPage


def microsim(asker: Asker, argument: str, options: Options) -> SimPage:
    """All that a page prints of the simulation with a name, for the page's model."""
    found: SimPage = asker.ask(SimOf(argument, asker.page_model), argument)
    return found
