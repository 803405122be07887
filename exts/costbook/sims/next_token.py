"""One token after another: the candidates of each step of a toy, drawn by their chances at a temperature."""

from __future__ import annotations

from decimal import Decimal

from costbook import money
from costbook.language.chances import USUAL, Distribution, tempered
from costbook.language.toys import Tokens, Toy, joined, shown
from costbook.questions import Chance
from costbook.questions.base import Side
from costbook.questions.readers import Place
from costbook.sims.base import Column, Results, Simulation, Stage, facts
from costbook.world import World

TOY = "smart-glasses"
REPLIES = ("ray-ban", "ray-ban-meta-reply", "budget-reply", "meta-reply", "vision-pro-reply")
"""The paths of the table: the one of the articles, and whole replies, each with another beginning."""
TEMPERATURES = (Decimal(0), Decimal("0.5"), USUAL, Decimal("1.5"), Decimal(2))


def next_token(world: World) -> Simulation:
    """The toy, before any token is drawn, and some of its replies at some temperatures."""
    toy = world.toy(TOY)
    first = tempered(toy.steps[()], USUAL)
    return Simulation(
        title="One token after another",
        about=(
            "Draw a reply token by token, and see what one early token and the temperature do to all that follows. "
            "This is a toy: its chances are invented."
        ),
        stages=(
            Stage("Prompt", text=f"“{toy.prompt}”", leads="one pass gives a chance to every token"),
            Stage(
                "First token, at temperature 1",
                chips=_chips(first),
                side=Side.OUTPUT,
                leads="one is drawn, and read too",
            ),
            Stage("Greedy reply", text=f"“{joined(toy.greedy)}”, the likeliest token at each step"),
        ),
        results=Results(
            "How likely some replies are, by temperature (a toy: its chances are invented)",
            (Column("Reply"), *(Column(f"Temperature {one}") for one in TEMPERATURES)),
            tuple(_row(world, name) for name in REPLIES),
        ),
        facts=facts(
            prompt=toy.prompt,
            steps=[_step(written, chances) for written, chances in toy.steps.items()],
            replies=[[*toy.paths[name]] for name in REPLIES],
            temperatures=[f"{one:f}" for one in TEMPERATURES],
        ),
        height=1300,
    )


def _chips(chances: Distribution) -> tuple[str, ...]:
    return tuple(f"{shown(token)} {money.percentage(chance)}" for token, chance in chances.items())


def _row(world: World, path: str) -> tuple[str, ...]:
    """A path in words, and its chance at each temperature."""
    place = Place(TOY, path)
    return said(world.toy(TOY), path), *(Chance(place, one).answer(world).text for one in TEMPERATURES)


def said(toy: Toy, path: str) -> str:
    """A whole reply as its text; a beginning with an ellipsis."""
    tokens = toy.paths[path]
    return f"{joined(tokens)}{'' if tokens not in toy.steps else ' …'}"


def _step(written: Tokens, chances: Distribution) -> dict[str, object]:
    """A step for the script; chances as texts, with every digit."""
    return {"after": [*written], "chances": [[token, f"{chance:f}"] for token, chance in chances.items()]}
