"""A folder with the published site: the site of today, and the copies of all editions beside it.

A run that is stopped loses nothing that was published, and the next one finishes it. Everything new is written to the
disk first, into a folder of its own: that there is no room is found here, with nothing changed. Then the list of what
belongs to the publication takes in the files that are coming, the copy of the edition is put in its place, and after it
the site, pages after what they load and the feed last. Then what is no longer part of it goes, and the list ends with
what is there.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from costbook.export import atom
from costbook.export.atom import Announced
from costbook.export.offline import FEED, FOLDER, Copy, address, archive, linked, of_site, offline_files

LIST = ".published"
"""The file that lists what the last publication wrote."""
WHOLE = f"{LIST}.whole"
STAGE = ".publishing"
NOT_MINE = frozenset({".git", STAGE})
NAMED = 3
"""How many files of a folder that is refused are named, so that it is recognised."""
BOOKS = (Copy.EPUB, Copy.PDF)
"""The copies that ``make ebooks`` binds; the zip is packed of the site itself."""
# GitHub Pages hides folders that begin with an underscore, such as _static, unless it finds this file.
MARKERS = {".nojekyll": b""}


class Refused(Exception):
    """Nothing was changed; the message says why, and what to do."""


@dataclass(frozen=True)
class Site:
    """A built site: its files, the editions that its feed announces, the latest first, and the edition's books."""

    title: str
    editions: tuple[Announced, ...]
    files: Mapping[str, bytes]
    books: Mapping[Copy, bytes]

    @property
    def edition(self) -> Announced:
        """The edition it was built from."""
        return self.editions[0]

    def zip(self) -> bytes:
        """The offline copy."""
        words = "".join(letter if letter.isalnum() else " " for letter in self.title.lower()).split()
        name = f"{'-'.join(words)}-edition-{self.edition.serial}"
        return archive(name, self.edition.as_of, offline_files(self.files))

    def past_without(self, folder: Path) -> list[int]:
        """The serials of past editions that a folder has no copy of."""
        past = sorted(one.serial for one in self.editions[1:])
        return [serial for serial in past if not (folder / address(serial)).is_file()]


def read_site(folder: Path) -> Site:
    """A site that was built into a folder. What it says of its edition is in its feed: the book may have moved on.

    Raises:
        Refused: there is no such site.
    """
    if not (folder / FEED).is_file():
        raise Refused(f"{folder} holds no built site (no {FEED}); build it first with: make site")
    try:
        title, editions = atom.announced((folder / FEED).read_bytes())
    except ValueError as error:
        raise Refused(f"{folder}: {error}; build the site again with: make site") from None
    books = {copy: folder / address(editions[0].serial, copy) for copy in BOOKS}
    bound = {copy: path.read_bytes() for copy, path in books.items() if path.is_file()}
    return Site(title, editions, _files(folder), bound)


def checksum(name: str, content: bytes) -> bytes:
    """What ``sha256sum --check`` reads."""
    return f"{sha256(content).hexdigest()}  {PurePosixPath(name).name}\n".encode()


def pack(site: Site, folder: Path) -> Path:
    """Write the offline copy of a site below a folder, and its checksum; the file.

    Raises:
        OSError: it cannot be written. A copy that was there is still there.
    """
    return keep(site, {Copy.ZIP: site.zip()}, folder)[0]


def keep(site: Site, copies: Mapping[Copy, bytes], folder: Path) -> list[Path]:
    """Write copies of a site's edition below a folder, each with its checksum; the files.

    Raises:
        OSError: one cannot be written. Copies that were there are still there.
    """
    named = {address(site.edition.serial, copy): content for copy, content in copies.items()}
    made = _with_sums(named)
    _stage(folder, made)
    for one in made:
        _place(folder, one)
    shutil.rmtree(folder / STAGE)
    return [folder / name for name in named]


@dataclass(frozen=True)
class Published:
    """What was done: the edition, its copies, those from before and the new ones, and past editions without a zip."""

    edition: Announced
    kept: tuple[str, ...]
    new: tuple[str, ...]
    without: tuple[int, ...]
    written: int
    removed: int


def publish(site: Site, folder: Path) -> Published:
    """Put a site in the place of the last one, beside all copies.

    Raises:
        Refused: the folder holds something else, or a copy that was published is missing or damaged.
        OSError: something cannot be written. Nothing that was published is lost, and the same command finishes it.
    """
    listed = _listed(folder)
    _check_copies(folder, listed)
    kept, made = _copies_of(site, folder)
    copies = _with_sums({**kept, **made})
    without = tuple(site.past_without(folder))
    pages = {**_pages(site, {*_copies(folder), *copies}), **MARKERS}
    before = {one for one in listed if not _is_copy(one)}
    new = {one: made for one, made in {**copies, **pages}.items() if not _same(folder / one, made)}
    gone = before - set(pages)

    # A copy is listed when it is there: one that is listed and not there was lost.
    coming, whole = listed | set(pages), {*pages, *copies, *_copies(folder)}
    _stage(folder, {**new, LIST: _list(coming), WHOLE: _list(whole)})
    _place(folder, LIST)
    for one in sorted(new, key=_order):
        _place(folder, one)
    for one in sorted(gone):
        _remove(folder, one)
    _place(folder, WHOLE, LIST)
    shutil.rmtree(folder / STAGE)
    return Published(site.edition, tuple(kept), tuple(made), without, len(new), len(gone))


# --- what is there ----------------------------------------------------------------------------------------------------


def _files(folder: Path) -> dict[str, bytes]:
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    return {name: (folder / name).read_bytes() for name in names if of_site(name)}


def _copies(folder: Path) -> list[str]:
    """The copies that lie in a folder, and their checksums."""
    return [path.relative_to(folder).as_posix() for path in sorted((folder / FOLDER).glob("*"))]


def _copies_of(site: Site, folder: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The copies of a site's edition: those that were published, as they are, and those that are new."""
    kept, made = {}, {}
    for copy in Copy:
        name = address(site.edition.serial, copy)
        if (folder / name).is_file():
            kept[name] = (folder / name).read_bytes()
        elif copy is Copy.ZIP:
            made[name] = site.zip()
        elif copy in site.books:
            made[name] = site.books[copy]
    return kept, made


def _with_sums(copies: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**copies, **{_sum(name): checksum(name, content) for name, content in copies.items()}}


def _is_copy(name: str) -> bool:
    return name.startswith(f"{FOLDER}/")


def _listed(folder: Path) -> frozenset[str]:
    """What the last publication wrote; nothing where the folder is empty."""
    try:
        names = frozenset((folder / LIST).read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        others = sorted({path.name for path in folder.iterdir()} - NOT_MINE) if folder.exists() else []
        if others:
            raise Refused(
                f"{folder} is no earlier publication, and not empty: it holds {', '.join(others[:NAMED])}"
                f"{' and more' if len(others) > NAMED else ''}. "
                "Name an empty folder, or the one that the last publication was written to"
            ) from None
        return frozenset()
    outside = [name for name in names if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts]
    if outside:
        raise Refused(f"{folder / LIST} names {outside[0]!r}, which is outside; take the list of the last publication")
    return names


def _check_copies(folder: Path, listed: Iterable[str]) -> None:
    """Copies stay as they were published."""
    remedy = "bring it back from the last publication"
    for name in sorted(filter(_is_copy, listed)):
        if not (folder / name).is_file():
            raise Refused(f"{folder / name} was published and is gone; {remedy}")
    for name in _copies(folder):
        summed = folder / _sum(name)
        if summed.is_file() and summed.read_bytes() != checksum(name, (folder / name).read_bytes()):
            raise Refused(f"{folder / name} is not what {summed.name} says it was; {remedy}")


def _pages(site: Site, there: Set[str]) -> dict[str, bytes]:
    """The files of the site, with links to the copies that are there."""
    pages = {name: page for name, page in site.files.items() if name.endswith(".html")}
    told = {name: linked(page.decode(), there).encode() for name, page in pages.items()}
    zips = {one.serial for one in site.editions if address(one.serial) in there}
    return {**site.files, **told, FEED: atom.without_zips(site.files[FEED], zips)}


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _order(name: str) -> tuple[bool, bool, bool, str]:
    """Copies first, pages after what they load, the feed last."""
    return name == FEED, name.endswith(".html"), not _is_copy(name), name


def _sum(name: str) -> str:
    return f"{name}.sha256"


def _list(names: Iterable[str]) -> bytes:
    return "".join(f"{name}\n" for name in sorted(names)).encode()


# --- writing ----------------------------------------------------------------------------------------------------------


def _stage(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files to the disk, beside those they will replace; a stage that cannot be filled is cleared."""
    stage = folder / STAGE
    shutil.rmtree(stage, ignore_errors=True)
    try:
        for name, content in files.items():
            path = stage / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
    except OSError:
        shutil.rmtree(stage, ignore_errors=True)
        raise


def _place(folder: Path, name: str, where: str = "") -> None:
    """Move a staged file to its place, in one step."""
    path = folder / (where or name)
    path.parent.mkdir(parents=True, exist_ok=True)
    (folder / STAGE / name).replace(path)


def _remove(folder: Path, name: str) -> None:
    """Remove a file, and folders that are empty without it."""
    path = folder / name
    path.unlink(missing_ok=True)
    with suppress(OSError):
        while (path := path.parent) != folder:
            path.rmdir()
