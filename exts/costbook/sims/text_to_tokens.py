"""Why is my text longer than my words?: seven texts, cut by two encodings, and what reading them costs."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from costbook import money
from costbook.economy.bills import Bill, Usage, price_usage
from costbook.economy.rates import Model
from costbook.economy.scenarios import Text
from costbook.economy.tokens import ENCODINGS, count_words, pieces, token_bytes, token_ids, vocabulary
from costbook.language.marks import marked
from costbook.questions.base import NOT_OFFERED, Side
from costbook.questions.texts import UNSPACED
from costbook.sims.base import PIECES, Column, Results, Simulation, Stage, facts
from costbook.world import World

TEXTS = (
    "estimate-prompt",
    "glasses-question",
    "notice",
    "notice-ja",
    "thumbs-up",
    "late-orders",
    "order-json",
)
"""The texts, by id, in the order in which a reader takes them."""
COLUMNS = (
    Column("Text"),
    Column("Characters"),
    Column("Words"),
    *(Column(f"Tokens, {encoding}", Side.INPUT) for encoding in ENCODINGS),
    Column("Tokens per word"),
    Column("Input cost", Side.INPUT),
)


def text_to_tokens(world: World, model: Model) -> Simulation:
    """The seven texts on a model; the first of them is shown."""
    texts = [world.text(name) for name in TEXTS]
    first = texts[0]
    return Simulation(
        title="Why is my text longer than my words?",
        about="Predict how many tokens a text has, then see it cut by two encodings.",
        stages=(
            Stage("Text", text=f"“{first.text}”", leads="tokenise"),
            *(
                Stage(
                    f"{money.count(world.tokens(first.id, encoding))} tokens in {encoding}",
                    chips=tuple(map(marked, pieces(first.text, encoding))),
                    side=Side.INPUT,
                )
                for encoding in ENCODINGS
            ),
        ),
        results=Results("What each text comes to", COLUMNS, tuple(_row(world, model, text) for text in texts)),
        facts=facts(
            encodings=ENCODINGS,
            texts=[_cut(text) for text in texts],
            vocabulary={encoding: vocabulary(encoding) for encoding in ENCODINGS},
        ),
        height=1000,
        scripts=(PIECES,),
    )


def _cut(text: Text) -> dict[str, Any]:
    """A text with the ids of its tokens and what each of them stands for."""
    return {
        "id": text.id,
        "name": text.title,
        "text": text.text,
        "words": count_words(text.text),
        "cuts": {
            encoding: {
                "ids": token_ids(text.text, encoding),
                "pieces": [_piece(token) for token in token_bytes(text.text, encoding)],
            }
            for encoding in ENCODINGS
        },
    }


def _piece(token: bytes) -> str | list[int]:
    """The text of a token, or its bytes where it begins or ends within a character."""
    try:
        return token.decode()
    except UnicodeDecodeError:
        return list(token)


def _row(world: World, model: Model, text: Text) -> tuple[str, ...]:
    """Counts of a text, and what reading it once costs with the tokens that the model counts."""
    words = count_words(text.text)
    counts = [world.tokens(text.id, encoding) for encoding in ENCODINGS]
    paid = Usage(world.tokens(text.id, model.encoding), 0)
    bill = price_usage(paid, model, world.edition.as_of, world.mtok)
    return (
        text.title,
        money.count(len(text.text)),
        UNSPACED if words is None else money.count(words),
        *map(money.count, counts),
        money.plain_multiple(Decimal(counts[0]) / words) if words else UNSPACED,
        money.amount(bill.input) if isinstance(bill, Bill) else NOT_OFFERED,
    )
