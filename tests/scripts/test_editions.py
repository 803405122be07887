"""The command line for editions: packing a site, and publishing it beside the copies of all editions."""

from __future__ import annotations

import errno
import json
import os
import re
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from scripts import publication
from scripts.editions import main
from scripts.publication import LIST, STAGE, Refused, read_site
from tests.scripts.sites import write_site
from tests.sphinx_ext.building import REPOSITORY, files
from tests.sphinx_ext.sample_copies import raise_edition, two_editions

ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join([str(REPOSITORY / "exts"), str(REPOSITORY)])}
HIDDEN = {LIST, ".nojekyll"}


def pack(site: Path) -> Result:
    return CliRunner().invoke(main, ["pack", "--site", str(site)])


def publish(site: Path, to: Path) -> Result:
    return CliRunner().invoke(main, ["publish", "--site", str(site), "--to", str(to)])


def program(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Run the command as an author does."""
    command = [sys.executable, str(REPOSITORY / "scripts/editions.py"), *arguments]
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command, env=ENVIRONMENT, capture_output=True, text=True, check=False, **options
    )


def linked(folder: Path) -> set[str]:
    """Every copy that a page or the feed of a published site links to."""
    names = set(re.findall(r'href="([^"]+\.zip)"', (folder / "editions.atom").read_text(encoding="utf-8")))
    for page in folder.rglob("*.html"):
        for href in re.findall(r'href="([^"]+\.zip)"', page.read_text(encoding="utf-8")):
            names.add((page.parent / href).resolve().relative_to(folder.resolve()).as_posix())
    return names


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The site of the first edition."""
    return write_site(tmp_path / "first", 1, pages=("book/old.html", "gone/old.html"))


@pytest.fixture
def second(tmp_path: Path) -> Path:
    """The site of the second edition, which has another page and misses two."""
    return write_site(tmp_path / "second", 2, pages=("book/new.html",))


@pytest.fixture
def published(tmp_path: Path, first: Path) -> Path:
    """The publication of the first edition."""
    ran = publish(first, tmp_path / "published")
    assert ran.exit_code == 0, ran.output
    return tmp_path / "published"


# --- pack -------------------------------------------------------------------------------------------------------------


def test_help_has_examples() -> None:
    assert "python scripts/editions.py publish --to ../published" in CliRunner().invoke(main, ["--help"]).output
    assert "make publish TO=../published" in CliRunner().invoke(main, ["publish", "--help"]).output
    assert "make site" in CliRunner().invoke(main, ["pack", "--help"]).output


def test_the_copy_is_the_site_alone(second: Path) -> None:
    ran = pack(second)
    assert ran.exit_code == 0, ran.output
    with ZipFile(second / "editions/edition-2.zip") as found:
        held = {name: found.read(name).decode() for name in found.namelist()}
    top = "a-small-book-edition-2"
    assert set(held) == {
        f"{top}/index.html",
        f"{top}/book/editions.html",
        f"{top}/book/new.html",
        f"{top}/_static/style.css",
    }
    assert held[f"{top}/index.html"] == "<p>Edition 2. </p>"
    assert held[f"{top}/book/editions.html"] == "<ul><li>offline copy</li><li>offline copy</li></ul>"


def test_what_pack_says(second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(second.parent)
    assert pack(second).output == (
        "Packed edition 2: second/editions/edition-2.zip, 1 kB\n"
        "Edition 1: the copy is on the published site only; its link leads nowhere here\n"
    )


def test_the_checksum_is_the_one_that_sha256sum_reads(first: Path) -> None:
    pack(first)
    ran = subprocess.run(
        ["sha256sum", "--check", "edition-1.zip.sha256"], cwd=first / "editions", capture_output=True, check=False
    )
    assert ran.stdout == b"edition-1.zip: OK\n"


def test_packing_again_changes_nothing(first: Path) -> None:
    pack(first)
    before = files(first)
    pack(first)
    assert files(first) == before


def test_the_same_site_elsewhere_gives_the_same_bytes(first: Path, tmp_path: Path) -> None:
    pack(first)
    other = tmp_path / "else where/site"
    for name, content in reversed(files(first).items()):  # in another order, at another time, with other rights
        if not name.startswith("editions/"):
            (other / name).parent.mkdir(parents=True, exist_ok=True)
            (other / name).write_bytes(content)
            (other / name).chmod(0o600)
            os.utime(other / name, (0, 0))
    (other / ".buildinfo").write_text("another build")
    (other / ".doctrees").mkdir()
    (other / ".doctrees/index.doctree").write_bytes(b"pickled")
    pack(other)
    for name in ("editions/edition-1.zip", "editions/edition-1.zip.sha256"):
        assert (other / name).read_bytes() == (first / name).read_bytes()


def test_an_edition_is_what_the_site_says_it_is(first: Path) -> None:
    """Not what the book says, which may have moved on since it was built."""
    assert read_site(first).edition.serial == 1
    assert pack(first).exit_code == 0
    assert not (first / "editions/edition-2.zip").exists()


@pytest.mark.parametrize("feed", [None, "", "<feed/>", "<html>"])
def test_what_is_no_built_site(tmp_path: Path, feed: str | None) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "index.html").write_text("<p>")
    if feed is not None:
        (site / "editions.atom").write_text(feed)
    ran = pack(site)
    assert ran.exit_code == 2
    assert str(site) in ran.output
    assert "make site" in ran.output
    assert not (site / "editions").exists()


def test_without_a_site_there_is_one_message(tmp_path: Path) -> None:
    ran = program("pack", "--site", str(tmp_path / "nothing"))
    assert ran.returncode == 2
    assert ran.stderr == (
        f"Error: {tmp_path}/nothing holds no built site (no editions.atom); build it first with: make site.\n"
        "Nothing was changed.\n"
    )


# --- bind -------------------------------------------------------------------------------------------------------------

SINGLE = """<html><body><article role="main"><section id="a"><h1>A</h1><p>{text}</p></section></article>
<footer><div class="copyright">nobody</div></footer></body></html>"""


def bind(site: Path, epub: Path, page: Path) -> Result:
    return CliRunner().invoke(main, ["bind", "--site", str(site), "--epub", str(epub), "--page", str(page)])


@pytest.fixture
def ready(tmp_path: Path) -> tuple[Path, Path]:
    """What Sphinx leaves: a folder with an EPUB, and one with the book in one page."""
    epub, page = tmp_path / "epub", tmp_path / "single"
    epub.mkdir()
    page.mkdir()
    (epub / "a-small-book.epub").write_bytes(b"packed")
    (page / "index.html").write_text(SINGLE.format(text="Text."))
    return epub, page


def test_bound_books_lie_beside_the_zip_with_their_checksums(first: Path, ready: tuple[Path, Path]) -> None:
    pack(first)
    ran = bind(first, *ready)
    assert ran.exit_code == 0, ran.output
    assert re.findall(r"Bound edition 1: \S+(edition-1\.\w+), \d+ kB", ran.output) == [
        "edition-1.epub",
        "edition-1.pdf",
    ]
    found = files(first / "editions")
    assert set(found) == {f"edition-1.{copy}{ending}" for copy in ("zip", "epub", "pdf") for ending in ("", ".sha256")}
    assert found["edition-1.epub"] == b"packed"
    assert found["edition-1.pdf"].startswith(b"%PDF-")
    sums = ["sha256sum", "--check", "edition-1.pdf.sha256", "edition-1.epub.sha256"]
    assert subprocess.run(sums, cwd=first / "editions", capture_output=True, check=False).returncode == 0


def test_bound_books_are_published_and_linked(
    tmp_path: Path, first: Path, second: Path, ready: tuple[Path, Path]
) -> None:
    """Those of an edition that never had any are words, not links."""
    to = tmp_path / "published"
    page = '<a class="cb-offline" href="../editions/edition-{}.pdf">PDF</a>'
    for site, serials in ((first, [1]), (second, [2, 1])):
        (site / "book/copies.html").write_text("".join(map(page.format, serials)))
    assert publish(first, to).exit_code == 0
    assert (to / "book/copies.html").read_text() == "PDF"
    bind(second, *ready)
    ran = publish(second, to)
    assert "editions/edition-2.pdf is new, and stays as it is from now on" in ran.output
    assert (to / "book/copies.html").read_text() == page.format(2) + "PDF"
    kept = (to / "editions/edition-2.pdf").read_bytes()
    (ready[1] / "index.html").write_text(SINGLE.format(text="Another text."))
    bind(second, *ready)
    assert "editions/edition-2.pdf stays as it was published" in publish(second, to).output
    assert (to / "editions/edition-2.pdf").read_bytes() == kept


@pytest.mark.parametrize("missing", ["a-small-book.epub", "index.html"])
def test_what_is_not_built_is_not_bound(first: Path, ready: tuple[Path, Path], missing: str) -> None:
    for folder in ready:
        (folder / missing).unlink(missing_ok=True)
    ran = bind(first, *ready)
    assert ran.exit_code == 2
    assert "build it first with: make ebooks" in ran.output
    assert "Nothing was changed." in ran.output
    assert not (first / "editions").exists()


def test_a_link_that_leads_nowhere_is_named_and_nothing_is_bound(first: Path, ready: tuple[Path, Path]) -> None:
    (ready[1] / "index.html").write_text(SINGLE.format(text='<a href="#document-gone">gone</a>'))
    ran = bind(first, *ready)
    assert ran.exit_code == 2
    assert "#gone" in ran.output
    assert not (first / "editions").exists()


@pytest.mark.parametrize(("error", "told"), [(ImportError, "pip install weasyprint"), (OSError, "brew install pango")])
def test_a_machine_that_cannot_print_is_told_what_to_install(
    first: Path, ready: tuple[Path, Path], tmp_path: Path, error: type[Exception], told: str
) -> None:
    """A package of that name that cannot be loaded stands before the real one."""
    (tmp_path / "weasyprint.py").write_text(f"raise {error.__name__}('cannot load library')\n")
    environment = {**ENVIRONMENT, "PYTHONPATH": os.pathsep.join([str(tmp_path), ENVIRONMENT["PYTHONPATH"]])}
    command = [sys.executable, str(REPOSITORY / "scripts/editions.py"), "bind"]
    options = ["--site", str(first), "--epub", str(ready[0]), "--page", str(ready[1])]
    ran = subprocess.run([*command, *options], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not (first / "editions").exists()


# --- publish ----------------------------------------------------------------------------------------------------------


def test_a_first_publication(published: Path, first: Path) -> None:
    found = files(published)
    assert set(found) == {
        *("index.html", "book/editions.html", "book/old.html", "gone/old.html", "_static/style.css", "editions.atom"),
        *("editions/edition-1.zip", "editions/edition-1.zip.sha256", LIST, ".nojekyll"),
    }
    assert found["book/editions.html"] == (first / "book/editions.html").read_bytes()
    pack(first)
    assert found["editions/edition-1.zip"] == (first / "editions/edition-1.zip").read_bytes()
    assert linked(published) == {"editions/edition-1.zip"}


def test_the_next_edition_comes_beside_the_first(
    published: Path, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(published)
    monkeypatch.chdir(published.parent)
    assert publish(second, published).output == (
        "Published edition 2 of 2026-12-02 to published: 7 files written, 2 removed\n"
        "editions/edition-2.zip is new, and stays as it is from now on\n"
    )
    found = files(published)
    assert {name for name in found if name.startswith("editions/")} == {
        f"editions/edition-{serial}.zip{ending}" for serial in (1, 2) for ending in ("", ".sha256")
    }
    for name in ("editions/edition-1.zip", "editions/edition-1.zip.sha256"):
        assert found[name] == before[name]
    assert found["_static/style.css"] == b"/* 2 */"
    assert not (published / "gone").exists()
    assert not (published / "book/old.html").exists()
    assert linked(published) == {"editions/edition-1.zip", "editions/edition-2.zip"}


def test_a_text_that_is_mended_leaves_the_copy_alone(
    published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mended = write_site(tmp_path / "mended", 1, words="Mended.", pages=("book/old.html", "gone/old.html"))
    before = files(published)
    monkeypatch.chdir(published.parent)
    assert publish(mended, published).output == (
        "Published edition 1 of 2026-11-22 to published: 1 file written, 0 removed\n"
        "editions/edition-1.zip stays as it was published; what is new comes into the copy of the next edition\n"
    )
    found = files(published)
    assert b"Mended." in found["index.html"]
    assert {name for name in found if found[name] != before[name]} == {"index.html"}


def test_publishing_again_changes_nothing(published: Path, first: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.name != LIST}
    assert "0 files written, 0 removed" in publish(first, published).output
    assert {path: path.stat().st_mtime_ns for path in published.rglob("*") if path.name != LIST} == before


def test_what_no_publication_wrote_stays(published: Path, second: Path) -> None:
    (published / "CNAME").write_text("book.example.org")
    (published / ".git").mkdir()
    (published / ".git/HEAD").write_text("ref: refs/heads/gh-pages")
    publish(second, published)
    assert (published / "CNAME").read_text() == "book.example.org"
    assert (published / ".git/HEAD").exists()


def test_a_checkout_of_an_empty_branch_is_empty(first: Path, tmp_path: Path) -> None:
    (tmp_path / "checkout").mkdir()
    (tmp_path / "checkout/.git").write_text("gitdir: elsewhere")
    assert publish(first, tmp_path / "checkout").exit_code == 0


def test_editions_that_were_never_published_are_no_links(
    second: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert publish(second, tmp_path / "new").output == (
        "Published edition 2 of 2026-12-02 to new: 8 files written, 0 removed\n"
        "editions/edition-2.zip is new, and stays as it is from now on\n"
        "Edition 1: no copy was ever published here, so nothing links to one\n"
    )
    assert linked(tmp_path / "new") == {"editions/edition-2.zip"}
    assert (tmp_path / "new/book/editions.html").read_text().count("offline copy") == 2
    # A copy of it that is put there later is linked from then on.
    first = write_site(tmp_path / "late", 1)
    pack(first)
    shutil.copy(first / "editions/edition-1.zip", tmp_path / "new/editions")
    publish(second, tmp_path / "new")
    assert linked(tmp_path / "new") == {"editions/edition-1.zip", "editions/edition-2.zip"}


# --- what is refused --------------------------------------------------------------------------------------------------


def refused(site: Path, to: Path) -> str:
    """What is said of a publication that is refused; nothing changes."""
    before = files(to)
    ran = publish(site, to)
    assert ran.exit_code == 2
    assert files(to) == before
    assert "Traceback" not in ran.output
    return ran.output


def test_a_folder_with_something_else(first: Path, tmp_path: Path) -> None:
    for name in ("letters.txt", "notes/a.txt", "b", "c"):
        path = tmp_path / "home" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("mine")
    said = refused(first, tmp_path / "home")
    assert "is no earlier publication, and not empty: it holds b, c, letters.txt and more. Name an empty" in said
    assert "Nothing was changed." in said


def test_the_site_itself(first: Path) -> None:
    assert "lies in the site itself" in refused(first, first)
    (first / "inside").mkdir()
    assert "lies in the site itself" in refused(first, first / "inside")


def test_a_copy_that_was_lost(published: Path, second: Path) -> None:
    (published / "editions/edition-1.zip").unlink()
    assert "edition-1.zip was published and is gone; bring it back" in refused(second, published)
    shutil.rmtree(published / "editions")
    assert "edition-1.zip was published and is gone" in refused(second, published)


def test_a_copy_that_was_changed(published: Path, second: Path) -> None:
    with (published / "editions/edition-1.zip").open("ab") as stream:
        stream.write(b"more")
    assert "edition-1.zip is not what edition-1.zip.sha256 says it was; bring it back" in refused(second, published)


@pytest.mark.parametrize("name", ["../precious.txt", "/etc/hosts", "book/../../precious.txt"])
def test_a_list_that_names_files_outside(published: Path, second: Path, name: str) -> None:
    (published.parent / "precious.txt").write_text("mine")
    (published / LIST).write_text(f"{name}\nindex.html\n")
    assert "is outside" in refused(second, published)
    assert (published.parent / "precious.txt").exists()


# --- stopped, and no room ---------------------------------------------------------------------------------------------


def kills(folder: Path, step: int) -> list[dict[str, object]]:
    """Publications that are killed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.scripts.publishing_kills", str(folder), str(step)],
        env=ENVIRONMENT,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)  # type: ignore[no-any-return]


def test_a_run_that_is_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    for outcome in kills(tmp_path, 17):
        assert outcome["failures"] == []
        assert all(outcome[where] for where in ("before", "between")), outcome


@pytest.mark.slow
def test_a_run_that_is_killed_at_any_line_is_finished_by_the_next(tmp_path: Path) -> None:
    for outcome in kills(tmp_path, 1):
        assert outcome["failures"] == []
        assert all(outcome[where] for where in ("before", "between", "after")), outcome


def test_what_a_stopped_run_left_is_cleared(published: Path, second: Path) -> None:
    (published / STAGE / "book").mkdir(parents=True)
    (published / STAGE / "book/half.html").write_text("<p")
    publish(second, published)
    assert not (published / STAGE).exists()
    assert not list(published.rglob("half.html"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 128 kB, where the system lets a test have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk may be mounted here; the limit on the size of a file is tried below")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """Fill a disk to its last blocks."""
    filler = folder / ".git"  # which publishing looks past
    with suppress(OSError), filler.open("wb", buffering=0) as stream:
        while True:
            stream.write(b"x" * 512)
    os.truncate(filler, filler.stat().st_size - left)
    return filler


@pytest.mark.parametrize("left", [0, 4096, 20480])
def test_a_full_disk_changes_nothing(small_disk: Path, first: Path, second: Path, left: int) -> None:
    assert publish(first, small_disk / ".").exit_code == 0
    filler = fill(small_disk, left)
    before = files(small_disk)
    with pytest.raises(OSError, match="No space left on device") as raised:
        publication.publish(read_site(second), small_disk)
    assert raised.value.errno == errno.ENOSPC
    assert files(small_disk) == before
    assert not (small_disk / STAGE).exists()
    filler.unlink()
    assert publish(second, small_disk).exit_code == 0
    assert linked(small_disk) == {"editions/edition-1.zip", "editions/edition-2.zip"}


@pytest.mark.parametrize("command", [["pack"], ["publish", "--to", "published"]])
def test_a_limit_on_the_size_of_files_and_the_command(second: Path, published: Path, command: list[str]) -> None:
    """What the system says when it takes no more bytes, as the author reads it."""
    before = files(second), files(published)
    ran = program(
        *command,
        "--site",
        str(second),
        cwd=published.parent,
        # Python ignores the signal that goes with it, and the write fails.
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500)),
    )
    assert ran.returncode == 2
    assert "File too large" in ran.stderr
    assert "Mend this and run it again" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (files(second), files(published)) == before


def test_a_site_that_is_not_there_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="holds no built site"):
        read_site(tmp_path)


# --- sites that were built --------------------------------------------------------------------------------------------


def test_two_editions_of_a_book(tmp_path: Path) -> None:
    """Built, published, raised, built and published again; and the same book in another folder."""
    packed = []
    for folder in ("one", "another"):
        book, to = two_editions(tmp_path / folder), tmp_path / folder / "published"
        for serial in (7, 8):
            assert book.build().warnings == ()
            ran = publish(book.out, to)
            assert ran.exit_code == 0, ran.output
            # The pages of the sample name both editions; the second is not there yet while the first is published.
            there = {"editions/edition-7.zip", "editions/edition-8.zip"} if serial > 7 else {"editions/edition-7.zip"}
            assert linked(to) == there
            raise_edition(book)
        packed.append({name: content for name, content in files(to).items() if name.startswith("editions/")})
    assert packed[0] == packed[1]
    assert len(packed[0]) == 4


# --- the branch -------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=nobody", "-c", "user.email=nobody@example.org"]
    return subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with what publishing needs, of a repository without a published branch."""
    origin, work = tmp_path / "origin.git", tmp_path / "work"
    git(tmp_path, "init", "--quiet", "--bare", str(origin))
    git(tmp_path, "init", "--quiet", "--initial-branch", "main", str(work))
    for name in (".ci", "exts", "scripts"):
        shutil.copytree(REPOSITORY / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
    (work / ".gitignore").write_text(".venv\nbuild/\n__pycache__/\n")
    (work / ".venv").symlink_to(REPOSITORY / ".venv")
    git(work, "add", ".ci", "exts", "scripts", ".gitignore")
    git(work, "commit", "--quiet", "-m", "Start")
    git(work, "remote", "add", "origin", str(origin))
    git(work, "push", "--quiet", "origin", "main")
    return work


def publish_branch(work: Path) -> subprocess.CompletedProcess[str]:
    environment = {**ENVIRONMENT, "PYTHONPATH": str(work / "exts")}
    return subprocess.run(
        [str(work / ".ci/publish"), "gh-pages"], cwd=work, env=environment, capture_output=True, text=True, check=False
    )


def on_branch(work: Path) -> set[str]:
    git(work, "fetch", "--quiet", "origin", "gh-pages")
    return set(git(work, "ls-tree", "-r", "--name-only", "FETCH_HEAD").splitlines())


def test_the_branch_is_made_and_carries_the_copies_on(checkout: Path) -> None:
    write_site(checkout / "build/html", 1, pages=("gone/old.html",))
    ran = publish_branch(checkout)
    assert ran.returncode == 0, ran.stderr
    assert {"index.html", "editions/edition-1.zip", "gone/old.html", ".nojekyll"} <= on_branch(checkout)
    assert "scripts/editions.py" not in on_branch(checkout)
    first = git(checkout, "rev-parse", "FETCH_HEAD:editions/edition-1.zip")
    shutil.rmtree(checkout / "build")
    write_site(checkout / "build/html", 2)
    ran = publish_branch(checkout)
    assert ran.returncode == 0, ran.stderr
    assert {"index.html", "editions/edition-1.zip", "editions/edition-2.zip"} <= on_branch(checkout)
    assert "gone/old.html" not in on_branch(checkout)
    assert git(checkout, "rev-parse", "FETCH_HEAD:editions/edition-1.zip") == first
    assert git(checkout, "rev-list", "--count", "FETCH_HEAD").strip() == "2"
    ran = publish_branch(checkout)
    assert (ran.returncode, "The branch has it already." in ran.stdout) == (0, True)
    assert git(checkout, "worktree", "list").count("\n") == 1
    assert git(checkout, "status", "--porcelain") == ""


def test_an_origin_that_does_not_answer_is_no_empty_branch(checkout: Path) -> None:
    write_site(checkout / "build/html", 1)
    git(checkout, "remote", "set-url", "origin", str(checkout / "nowhere"))
    assert publish_branch(checkout).returncode != 0
    assert git(checkout, "worktree", "list").count("\n") == 1
