"""``claim``: sentences that hold only while a condition on the prices does."""

from __future__ import annotations

from docutils import nodes

from costbook.pages.tables import Slip
from costbook.questions import Unreadable, parse_condition
from costbook.sphinx_ext.directives.base import CostDirective
from costbook.sphinx_ext.domain import Claim, cost_domain
from costbook.sphinx_ext.page import CLAIM, OF_PAGE_MODEL
from costbook.sphinx_ext.warnings import Subtype, place_of


class ClaimDirective(CostDirective):
    """Prints its sentences, and stops the build once their condition no longer holds."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    subtype = Subtype.CONDITION

    def made(self) -> list[nodes.Node]:
        self.assert_has_content()
        text = " ".join(self.arguments[0].split())
        try:
            asked = parse_condition(text)
            condition = asked.on_page(self.page_model)
        except Unreadable as error:
            raise Slip(str(error), self.arguments[0]) from None
        # Checked once all pages are read, like the claims of the pages that are not read again.
        place = place_of(self.env, self.arguments[0], self.lineno)
        cost_domain(self.env).claim(self.env.docname, Claim(condition, place))
        classes = [CLAIM, OF_PAGE_MODEL] if asked.follows else [CLAIM]
        return [nodes.container("", *self.parse_content_to_nodes(), classes=classes)]
