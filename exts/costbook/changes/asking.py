"""Two worlds asked side by side, and only what the difference between them can touch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from costbook.economy.bills import Usage
from costbook.questions import FIGURES, Condition, NameOf, Question, Unanswerable
from costbook.questions.workloads import WorkloadOf, WorkloadRow
from costbook.world import World

NO_ANSWER = (LookupError, Unanswerable)
NAMED = (*FIGURES, NameOf, WorkloadOf)
UNCOUNTED = WorkloadRow("", Usage(), 0)


class Side:
    """A world with what it has been asked."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.told: dict[Question[Any], Any] = {}

    def put(self, question: Question[Any]) -> Any:
        """The answer to a question, worked out once.

        Raises:
            LookupError: for an unknown name or a day without a price.
            Unanswerable: where the question makes no sense.
        """
        if question not in self.told:
            try:
                self.told[question] = question.answer(self.world)
            except NO_ANSWER as error:
                self.told[question] = error
        answer = self.told[question]
        if isinstance(answer, NO_ANSWER):
            raise answer
        return answer

    def find(self, question: Question[Any]) -> Any:
        """The answer, or the error that says why there is none."""
        try:
            return self.put(question)
        except NO_ANSWER as error:
            return error

    def verdict(self, condition: Condition) -> tuple[bool, str]:
        """Whether a condition holds, and what was found."""
        try:
            holds = condition.check(self.world)
        except NO_ANSWER as error:
            return False, f"cannot be checked: {error}"
        return holds.ok, holds.found


@dataclass
class Worlds:
    """An old world and a new one."""

    old: Side
    new: Side
    differing: dict[Question[Any], bool] = field(default_factory=dict)

    @cached_property
    def touched(self) -> frozenset[str] | None:
        """What a question may name that is otherwise in the new world; None where every answer may be."""
        old, new = self.old.world, self.new.world
        if (old.edition.as_of, old.mtok, old.month) != (new.edition.as_of, new.mtok, new.month):
            return None
        names = {*_changed(old.models, new.models), *_changed(old.texts, new.texts)}
        names |= _changed(old.scenarios, new.scenarios)
        names |= {one.id for one in new.scenarios.values() if names.intersection(one.texts)}
        roles = new.edition.houses
        names |= {*_changed(old.edition.houses, roles), *(role for role, model in roles.items() if model in names)}
        return frozenset(names)

    def touches(self, question: Question[Any]) -> bool:
        """Whether the answer to a question may differ, told without working it out."""
        if self.touched is None or not isinstance(question, NAMED):
            return True
        return not self.touched.isdisjoint(value for value in vars(question).values() if isinstance(value, str))

    def differs(self, question: Question[Any]) -> bool:
        """Whether the worlds have another answer to a question; where neither has one, they agree."""
        if question not in self.differing:
            self.differing[question] = self.touches(question) and self._differs(question)
        return self.differing[question]

    def _differs(self, question: Question[Any]) -> bool:
        was, now = self.old.find(question), self.new.find(question)
        if isinstance(was, NO_ANSWER) and isinstance(now, NO_ANSWER):
            return False
        return bool(was != now)

    def verdicts(self, condition: Condition) -> tuple[tuple[bool, str], tuple[bool, str]] | None:
        """What both worlds find of a condition; None where they find the same."""
        if not any(one is not None and self.touches(one) for one in (condition.question, condition.other)):
            return None
        was, now = self.old.verdict(condition), self.new.verdict(condition)
        return None if was == now else (was, now)

    def put(self, side: Side, question: Question[Any]) -> Any:
        """The answer of one side, where a table may have other rows for it or the other side may answer otherwise.

        Elsewhere nobody looks at it, and nothing is worked out or counted.
        """
        if isinstance(question, (*FIGURES, WorkloadOf)) and not self.touches(question):
            return UNCOUNTED if isinstance(question, WorkloadOf) else None
        return side.put(question)


def _changed(old: Mapping[str, object], new: Mapping[str, object]) -> set[str]:
    """The keys of two tables that have another entry, or one in one of them."""
    return {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
