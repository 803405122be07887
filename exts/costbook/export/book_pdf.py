"""From the bound book to its PDF: the one place that knows WeasyPrint.

The PDF is tagged (PDF/UA-1), has bookmarks, and is dated at its edition: the same book, fonts and release of WeasyPrint
give the same bytes.
"""

from __future__ import annotations

import logging
from pathlib import Path

from costbook.export.pdf import NotPrinted

ACCESSIBLE = "pdf/ua-1"
STYLE = Path(__file__).parent / "templates/bound.css"
NEEDED = "The PDF of the book needs one more package: python -m pip install weasyprint"
LIBRARY = (
    "WeasyPrint needs the library Pango, which this machine has not: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0, or brew install pango"
)


def book_pdf(html: str, folder: Path) -> bytes:
    """The PDF of a bound book whose pictures lie in a folder.

    Raises:
        NotPrinted: where WeasyPrint or its library is not installed, or a link of the book leads nowhere.
    """
    try:
        from weasyprint import CSS, HTML  # type: ignore[import-untyped,unused-ignore]  # noqa: PLC0415 - a second
    except ImportError:
        raise NotPrinted(NEEDED) from None
    except OSError:
        raise NotPrinted(LIBRARY) from None
    told = _Told()
    logger = logging.getLogger("weasyprint")
    logger.addHandler(told)
    try:
        made = HTML(string=html, base_url=f"{folder.resolve()}/").write_pdf(
            stylesheets=[CSS(filename=str(STYLE))],
            pdf_variant=ACCESSIBLE,
        )
    finally:
        logger.removeHandler(told)
    if told.errors:
        raise NotPrinted("; ".join(told.errors))
    return bytes(made)


class _Told(logging.Handler):
    """What WeasyPrint says went wrong."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.errors.append(record.getMessage())
