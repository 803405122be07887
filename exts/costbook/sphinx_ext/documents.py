"""YAML documents as pages: each file under ``assessments/`` that is a source of the site *is* its page.

A template turns the document's answer into MyST with everything switched off that a YAML text has no use for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from docutils import nodes
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer
from myst_parser.parsers.mdit import create_md_parser
from myst_parser.parsers.sphinx_ import MystParser

from costbook.load import Problem
from costbook.pages.written import question_of, written
from costbook.quizzes.page import QuizPage
from costbook.quizzes.resolve import Unresolvable
from costbook.sphinx_ext.domain import cost_domain
from costbook.sphinx_ext.page import ask
from costbook.sphinx_ext.quizzes import quiz_node
from costbook.sphinx_ext.warnings import place_of

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

SUFFIX, FILETYPE = ".yaml", "costbook"
SWITCHED_OFF = ("html_block", "html_inline", "myst_line_comment", "myst_block_break", "myst_target", "footnote_ref")


class DocumentParser(MystParser):
    """Parses a YAML document by asking for its content; the loader has read and checked the file itself."""

    supported = (FILETYPE,)  # type: ignore[misc] # MyST calls it a class variable, docutils does not

    def parse(self, inputstring: str, document: nodes.document) -> None:
        env: BuildEnvironment = document.settings.env
        try:
            _, answer = ask(env, question_of(env.docname))
            text = written(env.docname, answer)
        except Unresolvable as error:  # the build will stop, once all pages are read
            answer, text = None, ""
            for few in error.items:
                cost_domain(env).fail(env.docname, Problem(place_of(env, few.item, 1, whole=True), str(few)))
        whole: MdParserConfig = env.myst_config  # type: ignore[attr-defined] # set by MyST
        config = replace(whole, disable_syntax=SWITCHED_OFF, enable_extensions=set(), heading_anchors=3)
        parser = create_md_parser(config, SphinxRenderer)
        parser.options["document"] = document
        parser.render(text)
        if isinstance(answer, QuizPage) and answer.slots:
            top = next(iter(document.findall(nodes.section)))
            top += quiz_node(answer)
