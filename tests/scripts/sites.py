"""Built sites made by hand, as small as they can be: what is tested with them is packing and publishing."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from costbook.export.atom import Book, feed
from costbook.export.offline import address, feed_link, link
from costbook.questions.editions import Moves, Published

BOOK = Book("A Small Book", "nobody", "en", "book/editions.html")
FIRST_DAY = date(2026, 11, 22)


def write_site(root: Path, serial: int, *, words: str = "", pages: tuple[str, ...] = ()) -> Path:
    """The site of an edition: two pages, more where they are named, and a style sheet that has the serial in it."""
    serials = range(serial, 0, -1)
    published = [
        Published(one, FIRST_DAY + timedelta(days=10 * (one - 1)), 3, Moves() if one > 1 else None) for one in serials
    ]
    copies = "".join(f"<li>{link(f'../{address(one)}')}</li>" for one in serials)
    files = {
        "index.html": f"{feed_link('Editions', 'editions.atom')}<p>Edition {serial}. {words}</p>",
        "book/editions.html": f"{feed_link('Editions', '../editions.atom')}<ul>{copies}</ul>",
        "_static/style.css": f"/* {serial} */",
        ".buildinfo": f"built {serial}",
        **dict.fromkeys(pages, f"<p>{serial}</p>"),
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "editions.atom").write_bytes(feed(BOOK, published))
    return root
