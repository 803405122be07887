"""``count-text``: a reader's own text, cut into its tokens on the reader's device and nowhere else."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from costbook.economy.tokens import DEFAULT_ENCODING
from costbook.sphinx_ext.sims import count_box, sim_host
from costbook.sphinx_ext.transforms import COMPUTED

NAME = "count-text"
TITLE = "Count your own text"
ABOUT = (
    "Paste a text, and see its tokens, how many there are in both encodings, and what they cost as input and as output."
)
WITHOUT = "The counter needs a script, which cannot run here. The library tiktoken counts a file with the same result:"
TIKTOKEN = "https://github.com/openai/tiktoken"
COMMANDS = f"""\
pip install tiktoken
python -c "import sys, tiktoken; print(len(tiktoken.get_encoding('{DEFAULT_ENCODING}').encode_ordinary(sys.stdin.read())))" < text.txt
"""  # noqa: E501 - one line of a shell


class CountText(SphinxDirective):
    """The counter; what it shows without its script says how to count otherwise."""

    def run(self) -> list[nodes.Node]:
        link = nodes.reference("", "Source of tiktoken", refuri=TIKTOKEN)
        static = nodes.container(
            "",
            nodes.paragraph("", WITHOUT, translatable=False),
            nodes.literal_block(COMMANDS, COMMANDS, language="shell"),
            nodes.paragraph("", "", link, nodes.Text("."), translatable=False),
            classes=["cb-sim-static", COMPUTED, "no-search"],
        )
        title = nodes.rubric("", TITLE, classes=["cb-sim-title"], translatable=False)
        about = nodes.paragraph("", ABOUT, translatable=False)
        host = sim_host("", static, name=NAME, facts="{}")
        return [count_box("", title, about, host, name=NAME)]
