"""QTI 3.0 response processing, evaluated from its specification: values are lists, and nothing is the empty list."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree
from tests.export.qti12 import tag

NS = {"q": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"}
Q = f"{{{NS['q']}}}"

Value: TypeAlias = list[str] | list[float] | list[bool]


@dataclass
class Attempt:
    """An item and a response to it; ``outcomes`` after its response processing."""

    item: etree._Element
    response: list[str]
    outcomes: dict[str, list[object]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in self.item.iterfind("q:qti-outcome-declaration", NS):
            values = one.xpath("q:qti-default-value/q:qti-value/text()", namespaces=NS)
            self.outcomes[one.get("identifier")] = [typed(value, one.get("base-type")) for value in values]
        for rule in self.item.find("q:qti-response-processing", NS):
            self.run(rule)

    @property
    def declaration(self) -> etree._Element:
        return self.item.find("q:qti-response-declaration", NS)

    @property
    def score(self) -> float:
        (score,) = self.outcomes["SCORE"]
        assert isinstance(score, float)
        return score

    @property
    def feedback(self) -> list[str]:
        """The identifiers of the feedback shown, in the order of the file."""
        shown = self.outcomes["FEEDBACK"]
        nodes = self.item.iterfind("q:qti-modal-feedback[@outcome-identifier='FEEDBACK'][@show-hide='show']", NS)
        return [one.get("identifier") for one in nodes if one.get("identifier") in shown]

    def run(self, rule: etree._Element) -> None:
        if tag(rule) == "qti-set-outcome-value":
            (expression,) = rule
            self.outcomes[rule.get("identifier")] = self.value(expression)
        elif tag(rule) == "qti-response-condition":
            for branch in rule:
                actions = list(branch)
                if tag(branch) != "qti-response-else" and self.value(actions.pop(0)) != [True]:
                    continue
                for action in actions:
                    self.run(action)
                return
        else:
            raise AssertionError(tag(rule))

    def value(self, node: etree._Element) -> list[object]:  # noqa: PLR0912 - one branch per element
        kind, parts = tag(node).removeprefix("qti-"), list(node)
        match kind:
            case "base-value":
                return [typed(node.text, node.get("base-type"))]
            case "variable":
                if node.get("identifier") == "RESPONSE":
                    return [typed(one, self.declaration.get("base-type")) for one in self.response]
                return self.outcomes[node.get("identifier")]
            case "correct":
                values = self.declaration.xpath("q:qti-correct-response/q:qti-value/text()", namespaces=NS)
                return [typed(one, self.declaration.get("base-type")) for one in values]
            case "map-response":
                return [self.mapped()]
            case "and":
                return three(min, [self.value(one) for one in parts])
            case "or":
                return three(max, [self.value(one) for one in parts])
            case "not":
                (inside,) = map(self.value, parts)
                return [not inside[0]] if inside else []
            case "is-null":
                (inside,) = map(self.value, parts)
                return [not inside]
            case "multiple":
                return [one for part in parts for one in self.value(part)]
            case "ordered":
                return [one for part in parts for one in self.value(part)]
        values = [self.value(one) for one in parts]
        if not all(values):
            return []
        if kind == "match":
            left, right = values
            ordered = self.declaration.get("cardinality") == "ordered"
            return [left == right if ordered else sorted(map(str, left)) == sorted(map(str, right))]
        if kind == "contains":  # of ordered values: one directly after the other
            whole, part = values
            return [any(whole[start : start + len(part)] == part for start in range(len(whole)))]
        if kind == "member":
            return [values[0][0] in values[1]]
        if kind == "string-match":
            (left,), (right,) = values
            same = left == right if node.get("case-sensitive") == "true" else str(left).lower() == str(right).lower()
            return [same]
        numbers = [one for (one,) in values if isinstance(one, float)]
        assert len(numbers) == len(parts)
        match kind:
            case "gte":
                return [numbers[0] >= numbers[1]]
            case "lte":
                return [numbers[0] <= numbers[1]]
            case "sum":
                return [sum(numbers)]
            case "product":
                return [math.prod(numbers)]
            case "divide":
                return [numbers[0] / numbers[1]]
        raise AssertionError(f"{kind} is nothing that these files should need")

    def mapped(self) -> float:
        """What a response is mapped to: each of its values once, no less than the lower bound."""
        mapping = self.declaration.find("q:qti-mapping", NS)
        total = 0.0
        for one in dict.fromkeys(self.response):
            entries = (
                float(entry.get("mapped-value"))
                for entry in mapping
                if (entry.get("map-key") == one)
                or (entry.get("case-sensitive") == "false" and entry.get("map-key").lower() == one.lower())
            )
            total += next(entries, float(mapping.get("default-value")))
        return max(total, float(mapping.get("lower-bound")))


def typed(text: str, kind: str) -> object:
    return float(text) if kind in {"float", "integer"} else text


def three(pick: object, values: list[list[object]]) -> list[object]:
    """``and`` and ``or`` of true, false and nothing: ``and`` is the least of them where nothing lies between."""
    assert callable(pick)
    rank = {(): 1, (True,): 2, (False,): 0}
    found = pick(rank[tuple(bool(one) for one in value)] for value in values)
    return [[False], [], [True]][found]
