"""No float may come near an amount: mixing one in is an error in every test of this folder."""

from __future__ import annotations

from decimal import FloatOperation, localcontext
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def no_floats() -> Iterator[None]:
    """Trap every implicit mix of Decimal and float."""
    with localcontext() as context:
        context.traps[FloatOperation] = True
        yield
