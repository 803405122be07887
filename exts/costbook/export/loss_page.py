"""The page in an exported folder that says what each target keeps of a bank and loses, feature by feature."""

from __future__ import annotations

from collections.abc import Sequence

from costbook.export import rendering
from costbook.export.bank import Bank
from costbook.export.losses import Feature, Loss


def loss_html(bank: Bank, reports: Sequence[tuple[str, tuple[Loss, ...]]]) -> bytes:
    """The page of a bank: ``reports`` has the title of each target and what ``losses`` says of it."""
    found = [(title, {loss.feature: loss for loss in report}) for title, report in reports]
    counts = {loss.feature: loss.questions for _, report in reports for loss in report}
    features = [feature for feature in Feature if feature in counts]
    return rendering.render("losses.html.j2", bank=bank, reports=found, features=features, counts=counts)
