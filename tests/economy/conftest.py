"""No float may come near an amount: mixing one in is an error in every test of this folder."""

from __future__ import annotations

from decimal import FloatOperation, localcontext
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

# A busy machine, or the first text that is counted, may take longer than any limit worth having.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True, scope="module")
def no_floats() -> Iterator[None]:
    """Trap every implicit mix of Decimal and float."""
    with localcontext() as context:
        context.traps[FloatOperation] = True
        yield
