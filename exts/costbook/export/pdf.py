"""From a document to its PDF: the one place that knows Typst.

The same document gives the same bytes on any day, in any folder and time zone: its date is its own, and its fonts are
those that Typst brings along. Only a text in a script that they lack (Chinese, say) takes fonts of the machine.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Final, Literal

from costbook.export.paper import Document

ACCESSIBLE: Final[Literal["ua-1"]] = "ua-1"
"""PDF/UA-1: tagged, with title and language, and no sign that cannot be read out."""
NEEDED = "Printing needs one more package: python -m pip install typst"


class NotPrinted(Exception):
    """A document of which no PDF could be made; the message says why and what to do."""


def pdf(document: Document) -> bytes:
    """The PDF of a document.

    Raises:
        NotPrinted: where Typst is not installed, or no font has a sign of the document.
    """
    try:
        import typst  # noqa: PLC0415 - 80 MB in memory that only printing needs
    except ImportError:
        raise NotPrinted(NEEDED) from None
    for of_machine in (False, True):
        try:
            return typst.compile(
                document.source.encode(),
                font_paths=typst.Fonts(include_system_fonts=of_machine),
                sys_inputs={"data": document.data},
                pdf_standards=ACCESSIBLE,
                timestamp=datetime.combine(document.dated, time(), UTC),
            )
        except typst.TypstError as error:  # a sign that these fonts lack; others may have it
            problem = str(error)
    raise NotPrinted(f"{problem}; install a font that has these signs, or change the text")
