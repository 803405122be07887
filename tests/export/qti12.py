"""QTI 1.2 read back: by its own rules, and as Canvas' two importers and graders read it.

What Canvas does is written here from what its importers do with such a file: which element they take for what, and how
they grade the result. Nothing of the exporter is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from lxml import etree

NS = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}

Given = dict[str, list[str]]
"""What was answered: identifiers or a text, by the identifier of the response."""


def tag(node: etree._Element) -> str:
    return str(etree.QName(node).localname)


@dataclass(frozen=True)
class Item:
    """An item of a file."""

    node: etree._Element

    @property
    def ident(self) -> str:
        return str(self.node.get("ident"))

    @property
    def fields(self) -> dict[str, str]:
        """Its metadata."""
        nodes = self.node.iterfind("q:itemmetadata/q:qtimetadata/q:qtimetadatafield", NS)
        return {one.findtext("q:fieldlabel", None, NS): one.findtext("q:fieldentry", None, NS) or "" for one in nodes}

    @property
    def stem(self) -> str:
        """Its text, in HTML."""
        return str(self.node.findtext("q:presentation/q:material/q:mattext", None, NS))

    def labels(self, response: etree._Element | None = None) -> dict[str, str]:
        """The texts that can be chosen, by identifier."""
        within = self.node if response is None else response
        return {
            one.get("ident"): one.findtext(".//q:mattext", "", NS) for one in within.iterfind(".//q:response_label", NS)
        }

    @property
    def lefts(self) -> dict[str, str]:
        """The texts that something is put beside, by the identifier of the response."""
        lids = self.node.iterfind(".//q:response_lid", NS)
        return {one.get("ident"): one.findtext("q:material/q:mattext", None, NS) for one in lids}

    @property
    def feedback(self) -> dict[str, str]:
        """The texts of its feedback, in HTML, by identifier."""
        nodes = self.node.iterfind("q:itemfeedback", NS)
        return {one.get("ident"): "".join(one.itertext()).strip() for one in nodes}

    def graded(self, given: Given) -> tuple[Fraction, list[str]]:
        """The share of the score by the file's own rules, and the feedback shown."""
        score, shown = Decimal(0), []
        for condition in self.node.iterfind("q:resprocessing/q:respcondition", NS):
            # Several conditions in one place are alternatives: so Canvas writes short answers.
            if any(holds(one, given) for one in condition.find("q:conditionvar", NS)):
                for setting in condition.iterfind("q:setvar", NS):
                    amount = Decimal(setting.text)
                    score = score + amount if setting.get("action") == "Add" else amount
                shown += [one.get("linkrefid") for one in condition.iterfind("q:displayfeedback", NS)]
                if condition.get("continue", "Yes" if setting_adds(condition) else "No") == "No":
                    break
        return share(score), shown


def setting_adds(condition: etree._Element) -> bool:
    """A condition that adds to the score, or scores nothing, cannot be meant to be the last."""
    return all(one.get("action") == "Add" for one in condition.iterfind("q:setvar", NS))


def share(score: Decimal) -> Fraction:
    """A percentage with two decimals as the share it stands for: 33.33 + 33.33 + 33.33 is the whole."""
    return Fraction(score / 100).limit_denominator(50)


def holds(test: etree._Element, given: Given) -> bool:
    kind, text = tag(test), test.text or ""
    if kind == "other":
        return True
    if kind == "or":
        return any(holds(one, given) for one in test)
    if kind == "and":
        return all(holds(one, given) for one in test)
    if kind == "not":
        return not any(holds(one, given) for one in test)
    values = given.get(test.get("respident"), [])
    if kind == "varequal":
        return text in values if test.get("case") == "Yes" else text.casefold() in (one.casefold() for one in values)
    if kind in {"vargte", "varlte"}:
        number = Decimal(values[0])
        return number >= Decimal(text) if kind == "vargte" else number <= Decimal(text)
    raise AssertionError(f"{kind} is no condition that this file should need")


def scoring(item: Item) -> Iterator[etree._Element]:
    """Conditions that set the score."""
    yield from item.node.xpath("q:resprocessing/q:respcondition[q:setvar]", namespaces=NS)


# --- Canvas Classic Quizzes ------------------------------------------------------------------------------------------


def typed(value: Decimal) -> Decimal:
    """A number as the script of Classic's quiz page leaves it: ``toFixed(4)`` of the binary number."""
    return Decimal(float(value)).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def classic(item: Item, given: Given) -> Fraction:
    """The share of the points that Classic gives."""
    kind = item.fields["question_type"]
    if kind == "numerical_question":
        # The margin is the upper bound less the key, in decimals, kept as a binary number.
        key, high = text_of(item, "varequal"), text_of(item, "varlte")
        margin = Decimal(repr(float(Decimal(high) - Decimal(key))))
        exact = Decimal(repr(float(key)))
        return Fraction(exact - margin <= typed(Decimal(given["response1"][0])) <= exact + margin)
    if kind == "short_answer_question":
        accepted = [one.text.strip().lower() for one in item.node.iterfind(".//q:varequal", NS)]
        return Fraction(given["response1"][0].strip().lower() in accepted)
    if kind in {"multiple_choice_question", "multiple_answers_question"}:
        right = rights(item)
        ticks = set(given["response1"])
        return max(Fraction(0), Fraction(2 * len(ticks & right) - len(ticks), len(right)))
    if kind == "matching_question":
        pairs = {
            test.get("respident"): test.text
            for condition in scoring(item)
            for test in condition.iterfind("q:conditionvar/q:varequal", NS)
        }
        return Fraction(sum(given[left] == [right] for left, right in pairs.items()), len(pairs))
    raise AssertionError(kind)


def rights(item: Item) -> set[str]:
    """The options that Classic takes for right: those of a condition that scores, but for those in a ``not``."""
    return {
        one.text
        for condition in scoring(item)
        for one in condition.xpath("q:conditionvar/q:varequal | q:conditionvar/q:and/q:varequal", namespaces=NS)
    }


def text_of(item: Item, name: str) -> str:
    """The text of the only element of a name."""
    (found,) = item.node.iterfind(f".//q:{name}", NS)
    return str(found.text)


# --- Canvas New Quizzes ----------------------------------------------------------------------------------------------


def interactions(item: Item) -> list[str]:
    """What New Quizzes takes an item for; it refuses one that is not exactly one thing."""
    node = item.node
    lids, fibs = node.findall(".//q:response_lid", NS), node.findall(".//q:render_fib", NS)
    decimal = any(one.get("fibtype") == "Decimal" for one in fibs)
    last_other = node.xpath("boolean(.//q:respcondition[@continue!='Yes']/*/q:other)", namespaces=NS)
    answers = [one for condition in scoring(item) for one in condition.iterfind("q:conditionvar/q:varequal", NS)]
    found = {
        "choice": len(lids) == 1 and lids[0].get("rcardinality", "Single") != "Ordered",
        "match": len(lids) > 1,
        "numeric": len(fibs) == 1 and decimal,
        "blank": bool(fibs) and not decimal and not last_other and bool(answers),
        "essay": bool(fibs) and not decimal and last_other,
    }
    return [name for name, is_one in found.items() if is_one]


def new_quizzes(item: Item, given: Given) -> set[Fraction]:
    """The shares of the points that New Quizzes may give: of a number, in each way to compare with its margin."""
    (kind,) = interactions(item)
    if kind == "numeric":
        key, low, high = (text_of(item, name) for name in ("varequal", "vargte", "varlte"))
        assert key not in (low, high), "UnsupportedNumericType"
        assert all(map(matches_only_numeric, scoring(item)))
        middle, margin = float(key), float(key) - float(low)
        answer = Decimal(given["response1"][0])
        return {
            Fraction(abs(answer - Decimal(repr(middle))) <= Decimal(repr(margin))),
            Fraction(abs(float(answer) - middle) <= margin),
            Fraction(middle - margin <= float(answer) <= middle + margin),
        }
    if kind == "blank":
        accepted = {one.text.casefold() for one in item.node.iterfind(".//q:varequal", NS)}
        return {Fraction(given["response1"][0].casefold() in accepted)}
    if kind == "choice":
        conjunctions = item.node.findall(".//q:and", NS)
        if conjunctions:
            # Every child that is no <not> is an option, white space between them too.
            assert not conjunctions[0].text
            assert not any(one.tail for one in conjunctions[0])
            right = {one.text for one in conjunctions[0] if tag(one) != "not"}
            return {Fraction(set(given["response1"]) == right)}
        right = {one.findtext(".//q:varequal", None, NS) for one in scoring(item)}
        return {Fraction(set(given["response1"]) == right)}
    if kind == "match":
        # All <varequal> are read, also those of feedback: the last of a left side decides.
        pairs = {one.get("respident"): one.text for one in item.node.iterfind(".//q:varequal", NS)}
        return {Fraction(sum(given[left] == [right] for left, right in pairs.items()), len(pairs))}
    raise AssertionError(kind)


def matches_only_numeric(condition: etree._Element) -> bool:
    """A condition that scores and is not of this form cannot be imported."""
    return [tag(one) for one in condition.iterfind(".//q:*", NS) if tag(one) in {"varequal", "vargte", "varlte"}] == [
        "varequal",
        "vargte",
        "varlte",
    ]
