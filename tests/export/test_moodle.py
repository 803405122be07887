"""The Moodle file, read and marked as Moodle 4.5 and 5.1 do it: written from what its importer and question types do.

Where the marks differ from those of the site, the loss report has to say so: see ``FATES``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from itertools import islice, pairwise, permutations, product
from xml.etree.ElementTree import Element

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.export import sample_banks, site_marking
from tests.export.sample_banks import PAGE, bank, book_banks, every_kind, hostile, lopsided, numeric, sub_cent, ticks

from costbook.assessment.items import AnswerUnit
from costbook.assessment.rich import Maths, Paragraph, Rich, to_plain, words
from costbook.export.bank import Bank, Banked, tags
from costbook.export.losses import Feature, Keep
from costbook.export.moodle import FATES, cautions, write
from costbook.quizzes.resolved import (
    ChoiceBody,
    MatchBody,
    MultipleBody,
    NumericBody,
    OpenBody,
    OrderBody,
    ShortBody,
)

# --- Moodle, as far as it reads and marks these questions -------------------------------------------------------------

# question/engine/bank.php: what a fraction may be; 1/q for q up to 10 among others.
_POSITIVE = (0.9, 0.8333333, 0.8, 0.75, 0.7, 0.6666667, 0.6, 0.5, 0.4, 0.3333333, 0.3, 0.25, 0.2, 0.1666667, 0.1428571,
             0.125, 0.1111111, 0.1, 0.05)  # fmt: skip
KNOWN = (0.0, 1.0, -1.0, *_POSITIVE, *(-one for one in _POSITIVE))
EPSILON = 1e-14
"""10 to the power of minus PHP's `precision`."""
LIMITS = {"name": 255, "idnumber": 100, "tag": 50}


@dataclass(eq=False)
class Read:
    """A question as Moodle has it after the import."""

    type: str
    category: tuple[str, ...]
    xml: Element

    def text(self, path: str) -> str:
        found = self.xml.findtext(path)
        assert found is not None, path
        return found.strip()

    @cached_property
    def answers(self) -> list[tuple[str, float, str, float]]:
        """Text, fraction, feedback and tolerance of each answer."""
        return [
            (
                (one.findtext("text") or "").strip(),
                known(float(one.get("fraction", "0")) / 100),
                (one.findtext("feedback/text") or "").strip(),
                stored(one.findtext("tolerance") or "0"),
            )
            for one in self.xml.iterfind("answer")
        ]


def known(fraction: float) -> float:
    """question/format.php with the grade option "error": a fraction that Moodle does not know stops the import."""
    return next(one for one in KNOWN if abs(one - fraction) < 0.00001)


def stored(number: str) -> float:
    """A number is kept as PHP writes it: with 14 digits."""
    assert re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?", number), number
    return float(f"{float(number):.14g}")


def read(document: bytes) -> list[Read]:
    """The questions of a file; a file that is no XML, or has a document type, is an error here."""
    root = ElementTree.fromstring(document, forbid_dtd=True)
    assert root.tag == "quiz"
    found: list[Read] = []
    category: tuple[str, ...] = ()
    for question in root:
        assert question.tag == "question"
        if question.get("type") == "category":
            category = split(question.findtext("category/text") or "")
            # One that is taken already would break the import in the middle.
            assert question.findtext("idnumber") == ""
        else:
            found.append(Read(str(question.get("type")), category, question))
    return found


def split(path: str) -> tuple[str, ...]:
    """qformat_default::split_category_path."""
    return tuple(name.replace("//", "/").strip() for name in re.split("(?<!/)/(?!/)", path))


@cache
def the(found: Bank) -> tuple[Read, ...]:
    (document,) = write(found).values()
    return tuple(read(document))


def questions(found: Bank) -> Iterator[tuple[Banked, Read]]:
    """The questions of a bank with what Moodle has of them."""
    return zip(found.questions, the(found), strict=True)


def chosen(question: Read, places: Sequence[int]) -> float:
    """qtype_multichoice: the fractions of what is ticked, between 0 and 1."""
    return min(1.0, max(0.0, sum(question.answers[place][1] for place in places)))


def typed(question: Read, number: Decimal) -> tuple[float, str]:
    """qtype_numerical: the first answer whose interval has the number in it."""
    for text, fraction, feedback, tolerance in question.answers:
        if text == "*":
            return fraction, feedback
        middle, value = stored(text), float(number)
        around = tolerance + EPSILON * max(tolerance, abs(middle), EPSILON)
        if middle - around <= value <= middle + around:
            return fraction, feedback
    return 0.0, ""


def ordered(question: Read, places: Sequence[int]) -> float:
    """qtype_ordering, RELATIVE_NEXT_EXCLUDE_LAST: each item with the right one behind it; items count from 0."""
    assert question.text("gradingtype") == "RELATIVE_NEXT_EXCLUDE_LAST"
    assert (question.text("selecttype"), int(question.text("selectcount"))) == ("ALL", len(places))
    behind = dict(pairwise(places))
    return sum(behind.get(place) == place + 1 for place in range(len(places) - 1)) / (len(places) - 1)


def matched(question: Read, texts: dict[str, str]) -> float:
    """qtype_match: the part of the stems beside which the right text stands."""
    pairs = [(one.findtext("text"), one.findtext("answer/text")) for one in question.xml.iterfind("subquestion")]
    asked = [(left, right) for left, right in pairs if left]
    return sum(texts[left] == right for left, right in asked if left) / len(asked)


def wrote(question: Read, text: str) -> tuple[float, str]:
    """qtype_shortanswer: the first answer that is the text, whatever its case; an asterisk stands for any text."""
    assert question.text("usecase") == "0"
    for pattern, fraction, feedback, _ in question.answers:
        parts = re.split(r"(?<!\\)\*+", unicodedata.normalize("NFC", pattern))
        expression = ".*".join(re.escape(part.replace(r"\*", "*")) for part in parts)
        if re.fullmatch(expression, unicodedata.normalize("NFC", text).strip(), re.IGNORECASE):
            return fraction, feedback
    return 0.0, ""


def html(text: str) -> Element:
    """HTML has to be well-formed XML, too."""
    return ElementTree.fromstring(f"<div>{text}</div>")


def said(text: str) -> str:
    """The letters and digits of an HTML text."""
    return re.sub(r"[\W_]+", "", "".join(html(text).itertext()))


def letters(rich: Rich) -> str:
    return re.sub(r"[\W_]+", "", to_plain(rich))


# --- the same marks ---------------------------------------------------------------------------------------------------

BANKS = (*book_banks(), every_kind())
"""Of the book's quizzes, and of every kind of question."""


def of(kind: type) -> list[tuple[Banked, Read]]:
    found = [(one, moodle) for banked in BANKS for one, moodle in questions(banked)]
    return [(one, moodle) for one, moodle in found if isinstance(one.variant.body, kind)]


def test_every_question_is_there_and_can_be_answered_in_full() -> None:
    types = {
        ChoiceBody: "multichoice",
        MultipleBody: "multichoice",
        NumericBody: "numerical",
        OrderBody: "ordering",
        MatchBody: "matching",
        ShortBody: "shortanswer",
        OpenBody: "essay",
    }
    for banked in BANKS:
        for question, moodle in questions(banked):
            assert moodle.type == types[type(question.variant.body)]
            assert moodle.text("defaultgrade") == str(question.variant.points)
            assert float(moodle.text("penalty")) == 0
            if moodle.type == "multichoice":
                full = [place for place, answer in enumerate(moodle.answers) if answer[1] > 0]
                assert chosen(moodle, full) == pytest.approx(1, abs=1e-6)
                # Moodle's own check of multiple choice.
                assert round(sum(moodle.answers[place][1] for place in full), 2) == 1
            elif moodle.type in {"numerical", "shortanswer"}:
                assert moodle.answers[0][1] == 1
                assert moodle.answers[-1][0] == "*"


def test_choices_get_the_marks_and_the_feedback_of_the_site() -> None:
    for question, moodle in of(ChoiceBody):
        body = question.variant.body
        assert isinstance(body, ChoiceBody)
        assert moodle.text("single") == "true"
        assert len(moodle.answers) == len(body.options)
        for place, option in enumerate(body.options):
            text, _, feedback, _ = moodle.answers[place]
            assert chosen(moodle, [place]) == float(site_marking.ticked(body, [option.id]))
            assert (said(text), said(feedback)) == (letters(option.text), letters(option.feedback))


def test_every_combination_of_ticks_gets_the_marks_of_the_site() -> None:
    found = of(MultipleBody)
    assert {sum(one.right for one in question.variant.body.options) for question, _ in found} >= set(range(1, 8))  # type: ignore[union-attr]
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, MultipleBody)
        assert moodle.text("single") == "false"
        for made in product((False, True), repeat=len(body.options)):
            places = [place for place, ticked in enumerate(made) if ticked]
            here = site_marking.ticked(body, [body.options[place].id for place in places])
            assert chosen(moodle, places) == pytest.approx(float(here), abs=1e-6)


def test_with_more_than_ten_right_options_the_marks_differ_as_the_loss_report_says() -> None:
    """Eleven right: nine earn 10 percent and two 5, a wrong tick costs 10. Twenty-two: twenty earn 5, two nothing."""
    (eleven, many) = (moodle for _, moodle in questions(bank(ticks(11, 1), ticks(22, 1))))
    assert [answer[1] for answer in eleven.answers] == [0.1] * 9 + [0.05] * 2 + [-0.1]
    assert [answer[1] for answer in many.answers] == [0.05] * 20 + [0] * 2 + [-0.05]
    assert chosen(eleven, range(11)) == chosen(many, range(22)) == pytest.approx(1)
    assert "the export names questions that have more" in FATES[Feature.PARTIAL_CREDIT].how
    first, second = cautions(bank(ticks(11, 1), ticks(22, 1), ticks(10, 2)))
    assert first.startswith("ticks-11")
    assert first.endswith("a right tick earns 10, 5 or 0 percent and a wrong one costs 10")
    assert second.startswith("ticks-22")
    assert second.endswith("a wrong one costs 5")


def edges(low: Decimal, high: Decimal) -> Iterator[Decimal]:
    """Both ends of a window, and numbers beside them as near as 14 digits show for certain."""
    step = max(abs(low), abs(high)) * Decimal("1e-12")
    return (number for end in (low, high) for number in (end - step, end, end + step))


def test_numbers_get_the_marks_and_the_feedback_of_the_site_at_every_edge() -> None:
    found = of(NumericBody)
    assert len(found) > 20
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, NumericBody)
        windows = [(body.low, body.key, body.high), *((one.low, one.value, one.high) for one in body.wrong)]
        for low, value, high in windows:
            for number in (value, *edges(low, high)):
                marks, feedback = site_marking.typed(body, number)
                mark, words_said = typed(moodle, number)
                assert (mark, said(words_said)) == (float(marks), letters(feedback)), (question.id, number)
        for number in (Decimal(0), Decimal("-7.77"), Decimal("987654321.123")):
            marks, feedback = site_marking.typed(body, number)
            assert typed(moodle, number)[0] == float(marks)
            assert said(typed(moodle, number)[1]) == letters(feedback)


def test_the_sub_cent_case() -> None:
    """$0.0081 within $0.00005: both edges are right, a tenth of a tolerance beyond them is wrong."""
    ((_, moodle),) = questions(bank(sub_cent()))
    marks = {number: typed(moodle, Decimal(number)) for number in
             ("0.0081", "0.00805", "0.00815", "0.0080", "0.008045", "0.008155", "0.0082", "0.0189")}  # fmt: skip
    assert [number for number, (mark, _) in marks.items() if mark == 1] == ["0.0081", "0.00805", "0.00815"]
    assert said(marks["0.0189"][1]) == "Swapped"
    assert said(marks["0.0082"][1]) == "Multiplyandadd"


def test_a_window_that_is_not_in_the_middle_shows_the_key_and_takes_all_its_numbers() -> None:
    """From 9 to 14 around 10: around 10 it is 9 to 11, and 11.5 ± 2.5 is the whole."""
    ((_, moodle),) = questions(bank(lopsided()))
    assert [(text, tolerance) for text, fraction, _, tolerance in moodle.answers if fraction == 1] == [
        ("10", 1.0),
        ("11.5", 2.5),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.decimals(-(10**6), 10**6, places=4),
    st.decimals(0, 1000, places=5),
    st.decimals(0, 1000, places=5),
    st.decimals(-1100, 1100, places=6),
)
def test_any_window_gets_the_marks_of_the_site(key: Decimal, below: Decimal, above: Decimal, off: Decimal) -> None:
    body = NumericBody(AnswerUnit.CENTS, key, key - below, key + above, (), words("Yes."), words("No."))
    ((_, moodle),) = questions(bank(numeric("any", body)))
    for number in (key, body.low, body.high, key + off):
        assert typed(moodle, number)[0] == float(site_marking.typed(body, number)[0])


def test_orders_get_the_marks_of_the_site() -> None:
    found = of(OrderBody)
    assert found
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, OrderBody)
        texts = {event.id: letters(event.text) for event in body.events}
        assert [said(answer[0]) for answer in plain_answers(moodle)] == [texts[one] for one in body.order]
        size = len(body.order)
        for places in islice(permutations(range(size)), 0, None, 1 if size < 5 else 7):
            here = site_marking.ordered(body, [body.order[place] for place in places])
            assert ordered(moodle, places) == pytest.approx(float(here))
        assert said(moodle.text("correctfeedback/text")) == letters(body.right)
        for field in ("partiallycorrectfeedback/text", "incorrectfeedback/text"):
            assert said(moodle.text(field)).startswith(letters(body.otherwise))
            assert all(letters(one.feedback) in said(moodle.text(field)) for one in body.mistakes)


def plain_answers(moodle: Read) -> Iterator[tuple[str, str]]:
    """The items of an ordering, which have no fraction but a place."""
    for place, one in enumerate(moodle.xml.iterfind("answer"), start=1):
        assert one.get("fraction") == str(place)
        yield one.findtext("text") or "", ""


def test_matches_get_the_marks_of_the_site() -> None:
    found = of(MatchBody)
    assert found
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, MatchBody)
        rights = {right.id: letters(right.text) for right in body.rights}
        subquestions = [(one.findtext("text") or "", one.findtext("answer/text") or "")
                        for one in moodle.xml.iterfind("subquestion")]  # fmt: skip
        by_letters = {said(right): right for _, right in subquestions}
        assert sorted(by_letters) == sorted(rights.values()), "extra right sides are offered, too"
        lefts = [left for left, _ in subquestions if left]
        assert [said(left) for left in lefts] == [letters(left.text) for left in body.lefts]
        for made in islice(product(rights, repeat=len(lefts)), 0, None, 1 if len(lefts) < 4 else 97):
            here = site_marking.matched(body, dict(zip((one.id for one in body.lefts), made, strict=True)))
            texts = {left: by_letters[rights[right]] for left, right in zip(lefts, made, strict=True)}
            assert matched(moodle, texts) == pytest.approx(float(here))
        assert said(moodle.text("correctfeedback/text")) == letters(body.right)
        assert all(letters(one.feedback) in said(moodle.text("incorrectfeedback/text")) for one in body.lefts)


def test_listed_texts_get_the_marks_and_the_feedback_of_the_site() -> None:
    found = of(ShortBody)
    assert found
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, ShortBody)
        listed = [body.shown, *body.accept, *(text for one in body.wrong for text in one.accept), "zebra", "*", ""]
        for text in (form for one in listed for form in (one, one.upper(), f" {one} ")):
            marks, feedback = site_marking.wrote(body, text)
            assert wrote(moodle, text)[0] == float(marks), text
            assert said(wrote(moodle, text)[1]) == letters(feedback), text


def test_what_moodle_does_not_fold_is_what_the_loss_report_names() -> None:
    body = ShortBody("big class file", ("big class file",), (), words("Right."), words("No."))
    variant = next(one for one in sample_banks.variants() if isinstance(one.body, ShortBody))
    ((_, moodle),) = questions(bank(replace(variant, body=body)))
    forms = {"accents": "bíg class file", "punctuation at the ends": "big class file.",
             "repeated spaces": "big  class file", "“ß”": "big claß file", "“ﬁ”": "big class ﬁle"}  # fmt: skip
    for text in ("Big Class File", *forms.values()):
        assert site_marking.wrote(body, text)[0] == Fraction(1)
    assert wrote(moodle, "Big Class File")[0] == 1
    assert [wrote(moodle, text)[0] for text in forms.values()] == [0] * 5
    assert FATES[Feature.SHORT_TEXT].keep is Keep.PARTLY
    assert all(name in FATES[Feature.SHORT_TEXT].how for name in forms)


def test_an_asterisk_in_a_text_is_no_wildcard() -> None:
    body = ShortBody("2*3", ("2*3",), (), words("Right."), words("No."))
    variant = next(one for one in sample_banks.variants() if isinstance(one.body, ShortBody))
    ((_, moodle),) = questions(bank(replace(variant, body=body)))
    assert [wrote(moodle, text)[0] for text in ("2*3", "2*x*3", "23")] == [1, 0, 0]


def test_open_answers_have_their_rubric_and_samples_for_graders_alone() -> None:
    found = of(OpenBody)
    assert found
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, OpenBody)
        graders = html(moodle.text("graderinfo/text"))
        rows = [[re.sub(r"\s+", " ", "".join(cell.itertext())) for cell in row] for row in graders.iter("tr")]
        assert [row[0] for row in rows] == ["Criterion", *(criterion.title for criterion in body.rubric.criteria)]
        for criterion, row in zip(body.rubric.criteria, rows[1:], strict=True):
            levels = dict(zip((int(head.split()[0]) for head in rows[0][1:]), row[1:], strict=True))
            for points, text in criterion.levels:
                assert levels[points] == re.sub(r"\s+", " ", text)
        text = said(moodle.text("graderinfo/text"))
        for sample in body.samples:
            assert letters(sample.text) in text
            assert letters(words(f"{sample.title}, {sample.points} of {body.rubric.points} points")) in text
            assert letters(words(sample.why)) in text
        for level in (text for criterion in body.rubric.criteria for _, text in criterion.levels):
            assert letters(words(level)) not in said(moodle.text("questiontext/text"))
            assert letters(words(level)) not in said(moodle.text("generalfeedback/text"))
        assert (moodle.text("minwordlimit"), moodle.text("maxwordlimit")) == (
            str(body.least_words),
            str(body.most_words),
        )
        assert moodle.text("responseformat") == "editor"


# --- what goes with a question ----------------------------------------------------------------------------------------


def test_stem_solution_hint_and_origin_are_there() -> None:
    for banked in BANKS:
        for question, moodle in questions(banked):
            variant = question.variant
            after = moodle.text("generalfeedback/text")
            if not any(isinstance(part, Maths) for block in variant.stem if isinstance(block, Paragraph)
                       for part in block.parts):  # fmt: skip
                assert said(moodle.text("questiontext/text")).startswith(letters(variant.stem))
            assert question.digest in after
            assert banked.stamp in after
            assert variant.code in after
            assert PAGE in [link.get("href") for link in html(after).iter("a")]
            hints = [hint.findtext("text") or "" for hint in moodle.xml.iterfind("hint")]
            if variant.hint is None or isinstance(variant.body, OpenBody):
                assert hints == []
            else:
                assert [said(hint) for hint in hints] == [letters(variant.hint)]


def test_a_bank_of_a_site_without_an_address_has_no_link() -> None:
    ((_, moodle),) = questions(bank(sub_cent(), page=None))
    assert list(html(moodle.text("generalfeedback/text")).iter("a")) == []


UNITS = {
    AnswerUnit.DOLLARS: "dollars",
    AnswerUnit.CENTS: "cents",
    AnswerUnit.PER_1000_CALLS: "dollars per 1,000 calls",
    AnswerUnit.MICRO_DOLLARS: "micro-dollars (millionths of a dollar)",
    AnswerUnit.PERCENT: "percent",
    AnswerUnit.TIMES: "times",
    AnswerUnit.TOKENS: "tokens",
    AnswerUnit.READS: "reads",
}


def test_numbers_say_their_unit_and_have_no_unit_of_moodle() -> None:
    found = of(NumericBody)
    assert {question.variant.body.unit for question, _ in found} == set(UNITS)  # type: ignore[union-attr]
    for question, moodle in found:
        body = question.variant.body
        assert isinstance(body, NumericBody)
        assert moodle.text("showunits") == "3", "UNITNONE"
        assert moodle.xml.find("units") is None
        assert f"Answer in {UNITS[body.unit]}. " in moodle.text("questiontext/text")


def test_ids_and_tags_are_those_of_the_bank() -> None:
    for banked in BANKS:
        for question, moodle in questions(banked):
            if len(question.id) <= LIMITS["idnumber"]:  # a longer one is cut; a test of its own says how
                assert moodle.text("idnumber") == question.id
            found = [tag.findtext("text") for tag in moodle.xml.iterfind("tags/tag")]
            assert found == list(tags(banked, question))


def test_each_pool_is_a_category_of_its_edition() -> None:
    """Moodle mixes what goes into one category, and drops ID numbers that are there already."""
    (banked,) = [one for one in book_banks() if one.id == "bill-autopsy"]
    paths = [moodle.category for _, moodle in questions(banked)]
    assert paths[0][:-1] == ("$course$", "top", "Bill autopsy", f"Edition {banked.edition}")
    names = list(dict.fromkeys(path[-1] for path in paths))
    points = [2, 2, 2, 2, 2, 1, 2]
    assert [name.partition(":")[0] for name in names] == [
        f"{place} of 7 ({worth} point{'s' if worth > 1 else ''})" for place, worth in enumerate(points, start=1)
    ]
    assert names[5].endswith(": A usage report lists 800 input tokens and 1,500 output …")
    assert "[S000]" not in "".join(names)
    later = replace(banked, edition=banked.edition + 1)
    assert {one.category for one in the(later)}.isdisjoint(paths)
    ids = [moodle.text("idnumber") for moodle in the(later)]
    assert ids == [moodle.text("idnumber") for moodle in the(banked)]
    assert len(set(ids)) == len(ids)


def test_titles_with_slashes_and_tags_stay_one_name() -> None:
    for title in ("Input/output", "/a // b/", "<b>Bold</b> & x < y", "  two\nlines "):
        found = replace(every_kind(), title=title)
        (name,) = {one.category[2] for one in the(found)}
        assert name == " ".join(title.replace("<", "‹").replace(">", "›").split())
        assert all(len(one.category) == 5 for one in the(found))


# --- hostile texts ----------------------------------------------------------------------------------------------------

ELEMENTS = {"div", "p", "em", "strong", "code", "pre", "span", "ul", "ol", "li", "blockquote", "a", "br",
            "table", "caption", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
ATTRIBUTES = {"class", "href", "scope"}
PAYLOADS = (
    "]]>",
    "]]]]><![CDATA[>",
    "<script>alert(1)</script>",
    "</text></questiontext><question type='essay'>",
    "&amp; & &#60;b&#62;",
    "\"'` onerror=x",
    "~=#{}:\\n//",
    "a\x00b\x08c\ud800d\ufffee",
    "\u202eשלום\u2066",
    "long " * 200,
    "$course$/top/x",
    "* \\* {{ 7*7 }} {% raw %}",
    "",
)


def check(found: Bank) -> None:
    """Well-formed, nothing but the elements of texts, and as many questions as there are."""
    (name,) = write(found)
    assert re.fullmatch(r"[A-Za-z0-9._-]+\.xml", name)
    moodle = the(found)
    assert len(moodle) == len(found.questions)
    for one in moodle:
        for field in one.xml.iterfind(".//*[@format='html']"):
            for element in html(field.findtext("text") or "").iter():
                assert element.tag in ELEMENTS
                assert set(element.keys()) <= ATTRIBUTES
                assert element.get("href", "https:").startswith(("https:", "http:", "mailto:"))
        assert 0 < len(one.text("idnumber")) <= LIMITS["idnumber"]
        assert len(one.text("name/text")) <= LIMITS["name"]
        assert not re.search("[<>]", one.text("name/text"))
        for tag in one.xml.iterfind("tags/tag/text"):
            assert 0 < len(tag.text or "") <= LIMITS["tag"]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_stay_texts(payload: str) -> None:
    found = hostile(lambda text: f"{text}{payload}")
    check(found)
    stems = [one.text("questiontext/text") for one in the(found)]
    shown = re.sub("[\x00-\x08\ud800-\udfff\ufffe]", "\ufffd", payload).strip()
    assert all("".join(shown.split()) in "".join("".join(html(stem).itertext()).split()) for stem in stems)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_stays_a_text(text: str) -> None:
    check(hostile(lambda old: f"{old}{text}"))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.text(st.characters(exclude_categories=()), min_size=1, max_size=130), min_size=2, max_size=5))
def test_no_two_ids_become_one(ids: set[str]) -> None:
    first = bank(sub_cent()).questions[0]
    made = replace(bank(sub_cent()).pools[0], questions=tuple(replace(first, id=id_) for id_ in sorted(ids)))
    found = replace(bank(), pools=(made,))
    numbers = [one.text("idnumber") for one in the(found)]
    assert len(set(numbers)) == len(ids)
    assert all(0 < len(one) <= LIMITS["idnumber"] for one in numbers)


def test_a_short_id_stays_readable_and_a_long_one_ends_in_a_hash() -> None:
    first = bank(sub_cent()).questions[0]
    ids = ("quiz.item.model=gpt-4o.case=1500+250", "quiz." + "x" * 200)
    made = replace(bank(sub_cent()).pools[0], questions=tuple(replace(first, id=id_) for id_ in ids))
    short, long = (one.text("idnumber") for one in the(replace(bank(), pools=(made,))))
    assert short == ids[0]
    assert re.fullmatch(r"quiz\.x+-[0-9a-f]{10}", long)
    assert len(long) == 100


# --- the file ---------------------------------------------------------------------------------------------------------


def test_the_same_bank_gives_the_same_bytes() -> None:
    assert list(write(every_kind())) == ["sample-moodle.xml"]
    assert write(every_kind()) == write(every_kind())


def test_every_feature_has_its_fate() -> None:
    assert set(FATES) == set(Feature)
    assert all(fate.how for fate in FATES.values())
