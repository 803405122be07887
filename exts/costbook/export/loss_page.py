"""The page in an exported folder that says what each target keeps of a bank and loses, feature by feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from costbook.export import rendering
from costbook.export.bank import Bank
from costbook.export.losses import Feature, Loss


class Report(NamedTuple):
    """What a target, by its title, keeps and loses, and the questions that it may grade otherwise than the site."""

    title: str
    losses: tuple[Loss, ...]
    cautions: tuple[str, ...] = ()


def loss_html(bank: Bank, reports: Sequence[Report]) -> bytes:
    """The page of a bank."""
    found = [(one.title, {loss.feature: loss for loss in one.losses}, one.cautions) for one in reports]
    counts = {loss.feature: loss.questions for one in reports for loss in one.losses}
    features = [feature for feature in Feature if feature in counts]
    return rendering.render("losses.html.j2", bank=bank, reports=found, features=features, counts=counts)
