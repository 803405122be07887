"""The worlds that questions are put to. No float may come near an amount: mixing one in is an error in this folder."""

from __future__ import annotations

from decimal import FloatOperation, localcontext
from typing import TYPE_CHECKING

import pytest
from tests.editions import first_world
from tests.worlds import make_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from costbook.world import World


@pytest.fixture(autouse=True, scope="module")
def no_floats() -> Iterator[None]:
    """Trap every implicit mix of Decimal and float."""
    with localcontext() as context:
        context.traps[FloatOperation] = True
        yield


@pytest.fixture(scope="session")
def world() -> World:
    """The small world."""
    return make_world()


@pytest.fixture(scope="session")
def book() -> World:
    """The world of the book in this repository, as its first edition had it: numbers about it are worked by hand."""
    return first_world()
