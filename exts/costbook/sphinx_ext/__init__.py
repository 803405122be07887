"""The Sphinx extension: every registration, in the order of the events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from costbook.assessment.text import GAP, MARKED_ROLES
from costbook.questions import KINDS
from costbook.sphinx_ext.assets import add_static_path, code_version
from costbook.sphinx_ext.book_script import write_book
from costbook.sphinx_ext.directives.bill import BillDirective
from costbook.sphinx_ext.directives.boxes import Objectives, Paths
from costbook.sphinx_ext.directives.chances import CandidateTable, ChanceTable
from costbook.sphinx_ext.directives.claim import ClaimDirective
from costbook.sphinx_ext.directives.count_text import CountText
from costbook.sphinx_ext.directives.editions import ChangesAhead, EditionChanges, EditionList
from costbook.sphinx_ext.directives.exports import ExportLosses
from costbook.sphinx_ext.directives.history import PriceHistory, ProviderHistory
from costbook.sphinx_ext.directives.microsim import Microsim
from costbook.sphinx_ext.directives.ratios import RatioSurvey
from costbook.sphinx_ext.directives.tables import PriceTable, RatioTable, ScenarioTable
from costbook.sphinx_ext.directives.teach import (
    NotAssessed,
    ObjectivesMapTable,
    QualityRubricTable,
    ReviewScores,
    RubricSheets,
)
from costbook.sphinx_ext.directives.texts import CutDirective, TextTable
from costbook.sphinx_ext.documents import FILETYPE, SUFFIX, DocumentParser
from costbook.sphinx_ext.domain import (
    CostDomain,
    check_new_claims,
    find_outdated,
    forget_reading,
    load_data,
    note_reading,
)
from costbook.sphinx_ext.downloads import write_downloads
from costbook.sphinx_ext.ebook import finish_epub
from costbook.sphinx_ext.gaps import GapRole, warn_of_gaps
from costbook.sphinx_ext.heads import describe, write_sitemap
from costbook.sphinx_ext.moves import find_moved
from costbook.sphinx_ext.offline import announce, make_words, offline_copy, visit_offline, write_feed
from costbook.sphinx_ext.page import figure_node, read_front_matter
from costbook.sphinx_ext.quiz_nodes import make_ordinary_quizzes
from costbook.sphinx_ext.quizzes import forget_scripts, give_script, quiz_form, visit_quiz
from costbook.sphinx_ext.reading import offer_reading
from costbook.sphinx_ext.roles import MarkedRole, QuestionRole
from costbook.sphinx_ext.sims import (
    count_box,
    depart_box,
    depart_host,
    find_templates,
    give_sim_scripts,
    make_ordinary_sims,
    sim_box,
    sim_host,
    sim_pages,
    sim_tools,
    visit_box,
    visit_count_box,
    visit_host,
    visit_tools,
)
from costbook.sphinx_ext.stamp import Stamp
from costbook.sphinx_ext.terms import check_first_uses, write_terms
from costbook.sphinx_ext.transforms import LiteralLint, UnmadeDirectives, WorkingSection
from costbook.sphinx_ext.whatif import give_picker, give_working, write_answers
from costbook.sphinx_ext.working import make_ordinary, visit_html, working_list

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the domain, the document parser, roles, directives, transforms and listeners."""
    app.add_domain(CostDomain)
    app.add_source_suffix(SUFFIX, FILETYPE)
    app.add_source_parser(DocumentParser)
    app.add_node(figure_node)
    app.add_node(working_list, html=(visit_html, None))
    app.add_node(quiz_form, html=(visit_quiz, None))
    app.add_node(offline_copy, html=(visit_offline, None))
    app.add_node(sim_box, html=(visit_box, depart_box))
    app.add_node(count_box, html=(visit_count_box, depart_box))
    app.add_node(sim_host, html=(visit_host, depart_host))
    app.add_node(sim_tools, html=(visit_tools, None))
    for name, role in [
        *((kind, QuestionRole()) for kind in KINDS),
        *((marked, MarkedRole()) for marked in MARKED_ROLES),
        (GAP, GapRole()),
    ]:
        app.add_role(name, role)
    for name, directive in {
        "scenario-table": ScenarioTable,
        "text-table": TextTable,
        "cut": CutDirective,
        "price-table": PriceTable,
        "ratio-table": RatioTable,
        "ratio-survey": RatioSurvey,
        "chance-table": ChanceTable,
        "candidate-table": CandidateTable,
        "bill": BillDirective,
        "price-history": PriceHistory,
        "provider-history": ProviderHistory,
        "editions": EditionList,
        "edition-changes": EditionChanges,
        "changes-ahead": ChangesAhead,
        "claim": ClaimDirective,
        "objectives": Objectives,
        "paths": Paths,
        "objectives-map": ObjectivesMapTable,
        "quality-rubric": QualityRubricTable,
        "review-scores": ReviewScores,
        "rubrics": RubricSheets,
        "not-assessed": NotAssessed,
        "export-losses": ExportLosses,
        "microsim": Microsim,
        "count-text": CountText,
    }.items():
        app.add_directive(name, directive)
    # Priorities 400 to 410, before Sphinx collects titles.
    for transform in (WorkingSection, Stamp, UnmadeDirectives, LiteralLint):
        app.add_transform(transform)
    app.add_config_value("costbook_repository", "", "html", types=frozenset({str}))  # its address, where it has one
    app.add_config_value("costbook_everyday_words", (), "", types=frozenset({tuple, list}))  # terms that need no link
    app.add_css_file("costbook.css")
    app.add_css_file("reading.css")
    app.connect("builder-inited", add_static_path)
    app.connect("builder-inited", find_templates)
    app.connect("builder-inited", load_data)  # the world, once a build
    app.connect("builder-inited", warn_of_gaps)
    app.connect("env-get-outdated", find_outdated)  # stored questions and claims, asked again
    app.connect("env-get-outdated", find_moved)
    app.connect("env-before-read-docs", note_reading)
    app.connect("source-read", read_front_matter)
    app.connect("env-updated", check_new_claims)  # before any page is written
    app.connect("env-updated", check_first_uses)
    app.connect("doctree-resolved", make_ordinary)
    app.connect("doctree-resolved", make_ordinary_quizzes)
    app.connect("doctree-resolved", make_words)
    app.connect("doctree-resolved", make_ordinary_sims)
    app.connect("html-page-context", give_script)
    app.connect("html-page-context", give_sim_scripts)
    app.connect("html-collect-pages", sim_pages)
    app.connect("html-page-context", announce)
    app.connect("html-page-context", describe)
    app.connect("html-page-context", offer_reading)
    app.connect("html-page-context", give_working)
    app.connect("html-page-context", give_picker)  # after the script that it tells what to say
    app.connect("build-finished", write_feed)
    app.connect("build-finished", finish_epub)
    app.connect("build-finished", write_sitemap)
    app.connect("build-finished", write_terms)
    app.connect("build-finished", write_book)
    app.connect("build-finished", write_answers)
    app.connect("build-finished", write_downloads)
    app.connect("build-finished", forget_reading)  # after it, which asks what was read
    app.connect("build-finished", forget_scripts)
    return {"env_version": code_version(), "parallel_read_safe": True, "parallel_write_safe": True}
