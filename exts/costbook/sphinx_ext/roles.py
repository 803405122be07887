"""Roles: one for every kind of question, and ``quoted`` and ``assumed`` for numbers that are not ours."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from costbook.assessment.text import MARKED
from costbook.pages.whatif import follows
from costbook.questions import Unanswerable, Unreadable, parse
from costbook.sphinx_ext.page import answer_node, ask, nth_failure
from costbook.sphinx_ext.warnings import Subtype, warn_at


class QuestionRole(SphinxRole):
    """Prints the answer to a question of one kind."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        literal = f"{{{self.name}}}`{self.text}`"
        try:
            asked = parse(self.name, self.text)
            question, answer = ask(self.env, asked)
        except (Unreadable, Unanswerable, LookupError) as error:
            nth = nth_failure(self.env, literal, self.lineno)
            warn_at(self.env, Subtype.QUESTION, str(error), literal, self.lineno, nth=nth)
            return [nodes.literal(self.rawtext, literal)], []
        node = answer_node(question, answer, literal, self.lineno)
        node["follows"] = follows(asked)
        return [node], []


class MarkedRole(SphinxRole):
    """A number not computed here: the words of others (``quoted``) or a premise (``assumed``), with its source."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = MARKED.fullmatch(self.text.strip())
        literal = f"{{{self.name}}}`{self.text}`"
        if found is None:
            nth = nth_failure(self.env, literal, self.lineno)
            what = f"{self.name} needs its source; write {self.name} as TEXT [SOURCE]"
            warn_at(self.env, Subtype.SOURCE, what, literal, self.lineno, nth=nth)
            return [nodes.literal(self.rawtext, literal)], []
        text = f"“{found['text']}”" if self.name == "quoted" else found["text"]
        source = nodes.inline("", f" [{found['source']}]", classes=["cb-source"])
        return [nodes.inline("", "", nodes.Text(text), source, classes=[f"cb-{self.name}"])], []
