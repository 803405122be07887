"""How a quiz stands in the pages of each builder, and what of it stands nowhere else."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.dom import minidom

import pytest
from tests.sphinx_ext import quiz_pages
from tests.sphinx_ext.building import REPOSITORY, Book, Built
from tests.sphinx_ext.sample_quiz import FOLDER, PAGES, sample_book

from costbook.assessment.items import Use
from costbook.assessment.rich import Maths, Paragraph, words
from costbook.pages.written import minutes
from costbook.quizzes.resolved import ChoiceBody
from costbook.sphinx_ext.quizzes import Form, number, quiz_node
from costbook.sphinx_ext.rich_nodes import formulas

PRACTICE = f"{FOLDER}/sample-practice"
SCRIPT = "_static/quizzes/sample-practice.js"
SAID = ("weigh four times as much", "Use one unit for both sides", "You compared counts", "Count passes", "charge more",
        "A pass is shared by the prompt", "I × p_O", "Look at the price list", "1.2375")  # fmt: skip
"""Words of a stem, options, hints, feedback, a sibling, samples, a rubric."""
QUIZ_FILES = ("quiz.css", "quizzes/sample-practice.js", "quiz.js")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return sample_book(tmp_path_factory.mktemp("quizzes"))


@pytest.fixture(scope="module")
def built(book: Book) -> Built:
    return book.build()


@pytest.fixture
def another(tmp_path: Path) -> Book:
    """The same book, to be changed."""
    return sample_book(tmp_path)


def loaded(page: str) -> list[str]:
    """The files of quizzes that a page loads, in order."""
    found = re.findall(r'(?:href|src)="[./]*_static/((?:quizzes/)?[a-z-]*(?:quiz|sample)[a-z-]*\.(?:js|css))', page)
    return list(found)


def form_of(page: str) -> str:
    (form,) = re.findall(r'<form class="cb-quiz".*?</form>', page, re.DOTALL)
    return str(form)


# ---------------------------------------------------------------- html


def test_form_is_well_formed_xml(built: Built) -> None:
    minidom.parseString(form_of(built.page(PRACTICE)))
    _, _, data = (built.out / SCRIPT).read_text(encoding="utf-8").partition("] = ")
    digest, slots = json.loads(data.removesuffix(";\n"))
    assert digest == quiz_pages.DIGEST
    assert [len(slot) for slot in slots] == [2, 0, 1, 0, 0, 0, 0]
    for html in (html for slot in slots for html in slot):
        minidom.parseString(html)


def test_only_the_page_of_a_quiz_loads_it(built: Built) -> None:
    assert loaded(built.page(PRACTICE)) == list(QUIZ_FILES)
    assert loaded(built.page(f"{FOLDER}/sample-numbers")) == ["quiz.css", "quizzes/sample-numbers.js", "quiz.js"]
    assert loaded(built.page("index")) == []


def test_public_attributes(built: Built) -> None:
    form = minidom.parseString(form_of(built.page(PRACTICE))).documentElement
    assert form is not None
    assert (form.getAttribute("data-quiz"), form.getAttribute("data-digest")) == ("sample-practice", quiz_pages.DIGEST)
    names = ("item", "kind", "objective", "points", "code")
    found = [
        tuple(item.getAttribute(f"data-{name}") for name in names)
        for item in form.getElementsByTagName("fieldset")
        if item.getAttribute("class") == "cb-item"
    ]
    assert found[2] == ("break-even", "numeric", "predict-dominant", "2", "EVEN-0")
    assert [kind for _, kind, *_ in found] == [
        "choice", "multiple-choice", "numeric", "order", "match", "short-text", "open",
    ]  # fmt: skip


def test_ids_are_unique_over_quizzes(built: Built) -> None:
    pages = "".join(form_of(built.page(f"{FOLDER}/{name}")) for name in PAGES)
    ids = re.findall(r' id="([^"]+)"', pages)
    assert len(ids) == len(set(ids))
    for attribute in ("for", "aria-describedby", "aria-labelledby"):
        assert set(re.findall(rf' {attribute}="([^"]+)"', pages)) <= set(ids)


def test_formulas_are_written_by_the_renderer_of_the_site(another: Book) -> None:
    page = another.build(overrides={"html_math_renderer": "mathml"}).page(PRACTICE)
    assert 'alttext="the fraction O times p sub O, over I times p sub I' in page
    page = another.build(overrides={"html_math_renderer": "mathjax"}).page(PRACTICE)
    assert r"\(\frac{O \cdot p_O}{I \cdot p_I}\)" in page


def test_points_that_are_needed_are_stated(built: Built) -> None:
    page = built.page(PRACTICE)
    assert re.findall(r'cb-have">([^<]+)<', page) == ["4 points, 3 needed", "9 points, 6.75 needed"]
    assert "An objective is passed with 75% of its points. One slip in each objective is no gap." in page


# ---------------------------------------------------------------- where nothing of it may stand


def test_search_index_has_nothing_of_it(built: Built) -> None:
    index = (built.out / "searchindex.js").read_text(encoding="utf-8").lower()
    assert "sampl" in index  # the title
    texts = " ".join(re.findall(r"[a-z]{4,}", " ".join(SAID).lower())).split()
    assert [word for word in texts if f'"{word}"' in index] == []
    for word in ("summaris", "arithmet", "detokenis", "frac"):
        assert word not in index


def test_graded_page_has_no_form_and_takes_its_script_along(another: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (another.build().out / SCRIPT).exists()
    another.write(f"{PRACTICE}.md", "# Practice: a sample\n\nGraded.\n")
    built = another.build()
    assert built.read == (PRACTICE,)
    assert not (built.out / SCRIPT).exists()
    assert loaded(built.page(PRACTICE)) == []


def test_script_goes_with_its_page(another: Book) -> None:
    another.build()
    (another.root / f"{PRACTICE}.md").unlink()
    another.replace("index.md", f"{PRACTICE}\n", "")
    built = another.build()
    assert [path.name for path in (built.out / "_static/quizzes").iterdir()] == ["sample-numbers.js"]


def test_unchanged_pages_keep_their_scripts(another: Book) -> None:
    before = (another.build().out / SCRIPT).read_bytes()
    built = another.build()
    assert built.read == ()
    assert (built.out / SCRIPT).read_bytes() == before
    another.replace("index.md", "# Quizzes", "# All quizzes")
    assert (another.build().out / SCRIPT).read_bytes() == before


def test_parallel_build_writes_the_same(another: Book, book: Book, built: Built) -> None:
    for filler in range(8):  # parallel reading and writing start above five documents
        another.write(f"book/filler-{filler}.md", "---\norphan: true\n---\n\n# Filler\n")
    ran = another.run("-q", "-j", "3", env={"PYTHONPATH": f"{REPOSITORY}/exts:{REPOSITORY}"})
    assert (ran.code, ran.complained) == (0, "")
    assert (another.out / SCRIPT).read_bytes() == (built.out / SCRIPT).read_bytes()
    assert form_of((another.out / f"{PRACTICE}.html").read_text("utf-8")) == form_of(built.page(PRACTICE))


# ---------------------------------------------------------------- other builders


def test_dirhtml_has_the_script(another: Book) -> None:
    built = another.build("dirhtml")
    assert loaded((built.out / PRACTICE / "index.html").read_text("utf-8")) == list(QUIZ_FILES)
    assert (built.out / SCRIPT).exists()


def test_singlehtml_is_for_print_questions_first_and_answers_behind_them(another: Book) -> None:
    built = another.build("singlehtml")
    page = built.page("index")
    assert loaded(page) == []
    assert "<form" not in page.partition('role="main"')[2]
    assert page.count("<h3>Questions") + page.count("<h3>Answers") == 2 * len(PAGES)
    assert not (built.out / "_static/quizzes").exists()


def test_epub_has_no_form_element(another: Book) -> None:
    built = another.build("epub", overrides={"epub_show_urls": "no"})
    (path,) = built.out.glob("*.epub")
    with zipfile.ZipFile(path) as file:
        page = file.read(f"{PRACTICE}.xhtml")
        assert not any("quizzes/" in name and name.endswith(".js") for name in file.namelist())
    minidom.parseString(page)
    assert b"<form" not in page
    assert b'<div class="cb-quiz"' in page
    assert loaded(page.decode()) == ["quiz.css"]


def test_text_has_questions_first_and_answers_last(another: Book) -> None:
    built = another.build("text")
    text = (built.out / f"{PRACTICE}.txt").read_text(encoding="utf-8")
    questions, answers = re.split(r"\n\*?Answers\*?\n", text)
    for said in ("Which side of its bill is dearer?", "**A.** The input side", "Your answer in cents:", "from 1 to 4",
                 "What belongs to which:", "Your answer, 5 to 60 words:", "code EVEN-0", "“a token is a token” [S001]",
                 "   cost = read * 2 + written * 8"):  # fmt: skip
        assert said in questions
    for said in ("**B, right:** Right. Both are counted", "**1.25:** You swapped", "**Another order:** Ask what each",
                 "**Complete, 4 of 4 points:** The model reads all", "2: Names the operations in order."):  # fmt: skip
        assert said in answers
        assert said not in questions
    for said in SAID[1:3]:
        assert said not in questions


@pytest.mark.parametrize("builder", ["latex", "man", "xml", "gettext"])
def test_other_builders_can_write_it(another: Book, builder: str) -> None:
    assert another.build(builder).warnings == ()


# ---------------------------------------------------------------- pieces


def test_a_formula_that_cannot_be_read_is_a_warning(another: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    first = quiz_pages.PAGE.slots[0].variants[0]
    spoilt = replace(first, solution=(Paragraph((Maths("a}"),)),))
    whole = quiz_pages.PAGE
    quiz = replace(whole.quiz, slots=whole.quiz.slots[:1])
    page = replace(whole, quiz=quiz, slots=(replace(whole.slots[0], variants=(spoilt,)),))
    monkeypatch.setattr(quiz_pages, "PAGE", page)
    (warning,) = another.build().warnings
    assert "the formula a} cannot be read" in warning


def test_every_formula_is_a_child_of_the_node_once() -> None:
    node = quiz_node(quiz_pages.PAGE)
    assert [child.astext() for child in node.children] == [r"\frac{O \cdot p_O}{I \cdot p_I}"]
    assert list(formulas((words("x"), (Maths("a"), (Maths("b"),)), Maths("a")))) == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("value", "text"),
    [("1", "1 minute"), ("1.5", "1½ minutes"), ("0.75", "¾ minute"), ("14.75", "14¾ minutes"), ("2.1", "2.1 minutes")],
)
def test_minutes(value: str, text: str) -> None:
    assert minutes(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [("2.6925", "2.693"), ("1000.00", "1,000"), ("0.00001234567", "0.00001235"), ("123456", "123,456"), ("4.50", "4.5"),
     ("12345.6", "12,346"), ("-0.5", "-0.5"), ("0", "0"), ("100", "100")],
)  # fmt: skip
def test_numbers_in_feedback_have_few_digits(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


def test_prior_knowledge_has_no_points_on_its_page() -> None:
    quiz = replace(quiz_pages.PAGE.quiz, use=Use.PRIOR, pass_share=None, pass_why=None)
    html = Form(replace(quiz_pages.PAGE, quiz=quiz), str).html()
    minidom.parseString(html)
    assert 'data-pass=""' in html
    assert "What to refresh" in html
    assert "Points by objective" not in html
    assert " passed with" not in html
    assert '<p class="cb-about">About ' in html


def test_label_holds_no_blocks() -> None:
    """A label, a legend or a term cannot hold paragraphs: they become lines."""
    first = quiz_pages.PAGE.slots[0].variants[0]
    assert isinstance(first.body, ChoiceBody)
    options = (replace(first.body.options[0], text=(*words("One."), *words("Two <b>."))), *first.body.options[1:])
    html = Form(quiz_pages.PAGE, str).item(1, replace(first, body=replace(first.body, options=options)))
    assert '<span class="cb-text">One.<br/>Two &lt;b&gt;.</span>' in html
    minidom.parseString(html)


def test_script_is_valid_javascript(built: Built) -> None:
    for path in (built.out / SCRIPT, built.out / "_static/quiz.js"):
        subprocess.run(["node", "--check", str(path)], check=True, capture_output=True)


def test_script_is_light() -> None:
    script = (REPOSITORY / "exts/costbook/static/quiz.js").read_bytes()
    assert len(gzip.compress(script, mtime=0)) <= 8 * 1024
