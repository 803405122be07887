"""What holds for any two worlds: a world moves nothing against itself, and a way back is the way there reversed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.changes.making import dated, priced, quiz_page, with_model, with_quiz, world
from tests.quizzes.making import choice, computed, numeric

from costbook.changes import Impact, impact
from costbook.changes.asking import Worlds
from costbook.changes.comparing import _Comparing
from costbook.changes.items import Shelf
from costbook.pages import page_of
from costbook.quizzes.keys import Worlds as Asked
from costbook.quizzes.resolve import verify
from costbook.quizzes.texts import Asker
from costbook.world import World

BASE = with_quiz(world(), numeric(), computed(), choice())
PAGES = (
    page_of(
        "book/a.md",
        """
{bill}`chat`, {side}`chat`, {side}`rag on six`, {ratio}`moved at 2024-06-01`, {price}`cached on long`, {edition}`date`,
{band}`4..6 of maker`, {models}`current`, {rates}`output on moved`, {name}`seed`, {bill}`chat on nobody`, {bill}`of`,
{price}`input on gone`, {cache-break-even}`support on five`, {bill}`typed`, {tokens}`greeting`,
{payback}`greeting on six`, {monthly}`chat on seed`

```{scenario-table} pair
:on: maker
:show: input bill share side saved
```

```{price-table} current
```

```{claim} side chat is output
A.
```

```{claim} ratio six is 7
B.
```

```{bill} rag
:on: long
```

```{price-history} output
:on: five moved
```

```{ratio-table} maker nobody
```
""",
    ),
    quiz_page(BASE.quizzes["small"]),
)
PRICES = st.integers(1, 40).map(lambda quarter: str(quarter * 25 / 100))


@st.composite
def worlds(draw: st.DrawFn, edition: tuple[str, int] | None = None) -> World:
    """The small world on some day, with some prices, models, names, workloads and texts otherwise."""
    days = st.dates(date(2024, 1, 1), date(2027, 1, 1)).map(date.isoformat)
    found = dated(BASE, *(edition or (draw(days), draw(st.integers(7, 8)))))
    for model in draw(st.sets(st.sampled_from(["five", "six", "long", "moved"]))):
        found = priced(found, model, **draw(st.fixed_dictionaries({"input": PRICES, "output": PRICES})))
    if draw(st.booleans()):
        found = with_model(found, "six", retired=draw(st.dates(date(2025, 1, 1), date(2027, 1, 1))))
    if draw(st.booleans()):
        found = with_model(found, "long", name="Longer")
    if draw(st.booleans()):
        found = replace(found, edition=replace(found.edition, houses={"everyday": "six", "seed": "five"}))
    if draw(st.booleans()):
        chat = replace(found.scenarios["chat"], requests=draw(st.integers(1, 3)))
        found = replace(found, scenarios={**found.scenarios, "chat": chat})
    if draw(st.booleans()):
        found = replace(found, texts={**found.texts, "greeting": replace(found.texts["greeting"], text="Hi")})
    return found


@st.composite
def pairs(draw: st.DrawFn) -> tuple[World, World]:
    """Two worlds, half of the time of one edition."""
    one = draw(worlds())
    stamp = one.edition.as_of.isoformat(), one.edition.serial
    return one, draw(worlds(stamp if draw(st.booleans()) else None))


def compared(old: World, new: World) -> Impact:
    return impact(old, new, PAGES)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(worlds())
def test_a_world_moves_nothing_against_itself(one: World) -> None:
    found = compared(one, replace(one))
    assert found.empty
    assert found.pages == frozenset()
    assert not found.stops


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_the_way_back_is_the_way_there_reversed(both: tuple[World, World]) -> None:
    """Old and new change places in every list, and what loses its answer one way gets one the other."""
    old, new = both
    there, back = compared(old, new), compared(new, old)
    for name in ("flips", "figures", "words", "keys", "distractors", "feedback", "stems"):
        one = sorted((e.place, e.old, e.new) for e in getattr(there, name))
        assert one == sorted((e.place, e.new, e.old) for e in getattr(back, name))
    assert [(one.place, one.asked) for one in there.unanswered] == [(one.place, one.asked) for one in back.arrivals]
    for name in ("workings", "dates", "stale"):
        assert getattr(there, name) == getattr(back, name)
    assert there.pages == back.pages
    assert [(one.added, one.removed) for one in there.selections] == [
        (one.removed, one.added) for one in back.selections
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_an_item_that_is_not_drawn_again_would_be_the_same(both: tuple[World, World]) -> None:
    """Where the grounds of an item are alike, so are its variants, verified in both worlds."""
    old, new = both
    for item in BASE.quizzes["small"].items:
        if Shelf(old).named(item).grounds == Shelf(new).named(item).grounds:
            one, other = (verify(item, Asked(Asker(each))).variants for each in (old, new))
            assert one == other


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(pairs())
def test_what_is_passed_over_does_not_move(both: tuple[World, World]) -> None:
    """Every question asked and every page read: the same impact as with what cannot be concerned left out."""
    found = compared(*both)
    with patch.object(Worlds, "touched", None), patch.object(_Comparing, "concerned", lambda *_: True):
        assert compared(*both) == found


@pytest.mark.parametrize("model", ["five", "six"])
def test_grounds_do_differ(model: str) -> None:
    """The property above is not empty: a price that an item draws changes its grounds."""
    item = next(iter(BASE.quizzes["small"].items))
    changed = priced(BASE, model, output="17")
    assert Shelf(BASE).named(item).grounds != Shelf(changed).named(item).grounds
