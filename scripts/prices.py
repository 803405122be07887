"""Prices: compare the book with the price feed, write the next edition, see what moves, add a model."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from rich.console import Console

from costbook.feed import index, litellm
from costbook.feed.adding import addition
from costbook.feed.book import Book, read_book
from costbook.feed.commit import clear, commit
from costbook.feed.opinions import Opinions, read_opinions
from costbook.feed.pin import read_pin
from costbook.feed.plan import FACTOR, Refused, Update
from costbook.feed.quotes import Feed, FeedError
from costbook.feed.recorded import read_recorded, record
from costbook.feed.rows import CannotWrite
from costbook.feed.survey import FILE as SURVEY
from costbook.feed.survey import read_survey_file, take, written
from costbook.feed.verdicts import check, come_due, windows
from costbook.load import DataErrors
from costbook.names import Unknown, look_up
from costbook.world import Provider

if TYPE_CHECKING:
    from costbook.feed.genai import GenaiFeed

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # Python looks beside a script, not around it

from scripts.price_impact import impact_command  # noqa: E402
from scripts.price_tables import (  # noqa: E402
    console,
    show_diff,
    show_due,
    show_history,
    show_lapsed,
    show_plan,
    show_second_opinion,
    show_survey,
    show_verdicts,
)

progress = Console(stderr=True)


class Stop(click.ClickException):
    """Something cannot be read or written at all."""

    exit_code = 2


def above_one(_context: click.Context, _parameter: click.Parameter, text: str) -> Decimal:
    """A number above 1."""
    try:
        factor = Decimal(text)
    except ArithmeticError:
        factor = Decimal(0)
    if not factor.is_finite() or factor <= 1:
        raise click.BadParameter(f"{text!r} is not a number above 1")
    return factor


def a_day(_context: click.Context, _parameter: click.Parameter, moment: datetime | None) -> date | None:
    """A moment as its day."""
    return None if moment is None else moment.date()


DAY = click.DateTime(formats=["%Y-%m-%d"])
BOOK = click.option(
    "--book",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=ROOT,
    help="The book's folder (this repository by default).",
)
FEED = click.option(
    "--feed",
    "recorded",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A feed written down with `record`, instead of the installed one.",
)
EXAMPLES = """\b
Examples:
  python scripts/prices.py check
  python scripts/prices.py update --dry-run
  python scripts/prices.py update --as-of 2026-12-02
  python scripts/prices.py impact
  python scripts/prices.py history gpt-4o
  python scripts/prices.py add mistral/mistral-medium-3-1
  python scripts/prices.py survey --dry-run
"""


@click.group(epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Compare the price book with the price feed, write its next edition, and say what moves."""


main.add_command(impact_command)


def prices_of(root: Path) -> tuple[Book, Opinions]:
    """The prices of the book and what was decided about them; a slip ends the program with every place."""
    try:
        book = read_book(root)
        return book, read_opinions(root, book.coming)
    except DataErrors as errors:
        slips(errors)


def slips(errors: DataErrors) -> NoReturn:
    """Print every slip with its place, and stop."""
    console.print(str(errors), style="red", markup=False)
    sys.exit(Stop.exit_code)


def feed_of(recorded: Path | None) -> Feed:
    """The feed that is installed, or one that was written down."""
    try:
        return installed() if recorded is None else read_recorded(recorded)
    except FeedError as error:
        raise Stop(str(error)) from None


def installed() -> GenaiFeed:
    """The feed that is installed."""
    try:
        with progress.status("Reading the feed"):
            from costbook.feed.genai import installed_feed  # noqa: PLC0415 - an author's package

            return installed_feed()
    except FeedError as error:
        raise Stop(str(error)) from None
    except ImportError as error:
        raise Stop(f"the price feed is not there ({error}); install it with: pip install -e '.[prices]'") from None
    except Exception as error:  # a broken package may fail in any way
        raise Stop(f"the price feed cannot be read ({error}); install it again") from None


# --- check ------------------------------------------------------------------------------------------------------------

CHECK_EXAMPLES = """\b
Examples:
  python scripts/prices.py check
  python scripts/prices.py check --at 2026-12-02
  python scripts/prices.py check --latest
  pip download --no-deps litellm && python scripts/prices.py check --litellm litellm-*.whl
"""


@main.command("check", epilog=CHECK_EXAMPLES)
@BOOK
@FEED
@click.option("--at", type=DAY, callback=a_day, help="Say, too, which prices of the book are others by this day.")
@click.option("--latest", is_flag=True, help="Look for a newer release of the feed in the package index, too.")
@click.option(
    "--litellm",
    "wheel",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A wheel of litellm, for a second opinion. It is read, never imported.",
)
def check_prices(*, book: Path, recorded: Path | None, at: date | None, latest: bool, wheel: Path | None) -> None:
    """Compare the book with the feed, on the day of the edition.

    Exits with 1 where a price is stale, where one that was announced has come into force by the day of --at, or where
    the second opinion differs and nobody has decided about it yet (decisions are in book/data/second-opinions.yaml);
    with 2 where something cannot be read.
    """
    found, opinions = prices_of(book)
    feed = feed_of(recorded)
    stale = compare(found, feed, opinions)
    if at is not None:
        stale |= show_due(at, come_due(found, at))
    if latest:
        console.print()
        newest = newest_feed(found, feed.name.split()[-1])
        stale |= newest is not None and compare(found, newest, opinions)
    if wheel is not None:
        try:
            with progress.status("Reading the second opinion"):
                prices = litellm.read_wheel(wheel)
                said = litellm.second_opinions(found, prices, opinions)
        except FeedError as error:
            raise Stop(str(error)) from None
        stale |= show_second_opinion(prices, said, opinions)
    sys.exit(1 if stale else 0)


def compare(book: Book, feed: Feed, opinions: Opinions) -> bool:
    """Print what comes of the book against a feed; whether anything is stale."""
    with progress.status(f"Comparing {len(book.models)} ids"):
        verdicts, differing = check(book, feed, opinions), windows(book, feed)
    show_verdicts(book, feed.name, verdicts, differing)
    show_lapsed(opinions, feed.name.split()[0], [(one.model, c.difference) for one in verdicts for c in one.changes])
    return any(one.stale for one in verdicts)


def newest_feed(book: Book, version: str) -> Feed | None:
    """A newer release of the feed than a version, where the package index has one."""
    try:
        with progress.status("Asking the package index"):
            newest = index.newest()
        if not index.newer(newest, version):
            console.print(f"No newer feed: {index.PACKAGE} {version} is the newest release", style="green")
            return None
        console.print(f"A newer feed is {index.PACKAGE} {newest}; `pin` takes it", style="yellow")
        with progress.status(f"Fetching {index.PACKAGE} {newest}"):
            return index.read_release(newest, book.ids, book.edition.as_of)
    except index.Offline as error:
        console.print(f"Offline, so no newer feed was looked for: {error}", style="yellow", markup=False)
        return None
    except FeedError as error:
        raise Stop(str(error)) from None


@main.command("pin", epilog="\b\nExample:\n  python scripts/prices.py pin && make .venv/.test")
@BOOK
def pin_feed(*, book: Path) -> None:
    """Name the newest release of the feed in pyproject.toml and requirements-test.txt.

    It must be readable. Offline, and where there is none, that is said, and the files stay as they are. Nothing is
    installed.
    """
    found, _ = prices_of(book)
    try:
        pinned = read_pin(book)
    except FeedError as error:
        raise Stop(str(error)) from None
    feed = newest_feed(found, pinned.version)
    if feed is not None:
        commit_texts(book, pinned.raised(feed.name.split()[-1]))
        console.print(f"The feed is pinned to {feed.name}; install it with: make .venv/.test", style="green")


# --- update and add ---------------------------------------------------------------------------------------------------

UPDATE_EXAMPLES = """\b
Examples:
  python scripts/prices.py update --dry-run
  python scripts/prices.py update
  python scripts/prices.py update --as-of 2026-12-02 --allow deepseek-v4-pro
"""
ADD_EXAMPLES = """\b
Examples:
  python scripts/prices.py add openai/gpt-6-sol
  python scripts/prices.py add openai/gpt-6-sol:batch --dry-run
  python scripts/prices.py add together/moonshotai/Kimi-K3 --host
"""
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")


@main.command(epilog=UPDATE_EXAMPLES)
@BOOK
@FEED
@DRY_RUN
@click.option("--as-of", type=DAY, callback=a_day, help="The day the next edition is priced at (today by default).")
@click.option("--allow", multiple=True, metavar="MODEL", help="Take this model's prices whatever they are.")
@click.option("--keep", multiple=True, metavar="MODEL", help="Leave this model as it is.")
@click.option(
    "--factor", callback=above_one, default=str(FACTOR), show_default=True, help="A larger jump needs --allow."
)
def update(
    *,
    book: Path,
    recorded: Path | None,
    dry_run: bool,
    as_of: date | None,
    allow: tuple[str, ...],
    keep: tuple[str, ...],
    factor: Decimal,
) -> None:
    """Write the next edition: append rows where the feed says otherwise, then raise edition.yaml.

    Rows are appended and never rewritten. edition.yaml is replaced last: until then the book builds as before, and a
    run that was stopped is finished by the next one. A second run on the same day changes nothing.
    """
    found, opinions = prices_of(book)
    feed, today = feed_of(recorded), datetime.now(UTC).date()
    wanted = Update(feed, as_of or today, today, opinions, factor, frozenset(allow), frozenset(keep))
    try:
        for model in (*allow, *keep):
            look_up(found.coming, model, "model")
        with progress.status(f"Asking {feed.name} about {len(found.coming)} ids"):
            plan = wanted.plan(found)
    except (Unknown, Refused, CannotWrite) as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from None
    show_plan(plan)
    if plan.edition is None:
        console.print(f"Nothing to do: edition {plan.serial} of {plan.as_of} says what {feed.name} says", style="green")
    elif write(found.root, plan.texts, dry_run):
        console.print(f"Edition {plan.serial} of {plan.as_of} is in force", style="green")
        console.print("What moves with it: python scripts/prices.py impact")


@main.command(epilog=ADD_EXAMPLES)
@BOOK
@FEED
@DRY_RUN
@click.argument("wanted", metavar="PROVIDER/MODEL")
@click.option("--first-party/--host", "first_party", default=None, help="For a provider that the book does not have.")
def add(*, book: Path, recorded: Path | None, dry_run: bool, wanted: str, first_party: bool | None) -> None:
    """Add a model of the feed, with its prices: those in force, those announced, and the dated ones of the past.

    Its rows wait for the next edition: several models can be added before `update` puts them in force.
    """
    found, _ = prices_of(book)
    feed, today = feed_of(recorded), datetime.now(UTC).date()
    provider, _, model = wanted.partition("/")
    if not model:
        raise click.BadParameter(f"{wanted!r} is not PROVIDER/MODEL", param_hint="PROVIDER/MODEL")
    try:
        own = None if first_party is None else seller(feed, provider, first_party)
        plan = addition(found, feed, (provider, model), today, own)
    except (Refused, CannotWrite, FeedError) as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from None
    show_plan(plan)
    if write(found.root, plan.texts, dry_run):
        console.print(f"{model} waits for edition {found.next}; `update` puts it in force", style="green")


def seller(feed: Feed, provider: str, first_party: bool) -> Provider:
    """A provider as the feed describes it.

    Raises:
        FeedError: the feed does not, or names no page with its prices.
    """
    name, url = feed.seller(provider)
    if url is None:
        raise FeedError(f"{feed.name} names no price page of {provider}; write its file by hand")
    return Provider(provider, name, url, first_party)


def write(root: Path, texts: Mapping[str, str], dry_run: bool) -> bool:
    """Write files below a root, or show how they would differ; whether they were written."""
    if dry_run:
        show_diff(root, texts)
        console.print("Dry run: nothing was changed", style="yellow")
        return False
    commit_texts(root, texts)
    return True


def commit_texts(root: Path, texts: Mapping[str, str]) -> None:
    """Replace files by new texts, and say so."""
    try:
        clear(root)
        commit(root, texts)
    except OSError as error:
        raise Stop(
            f"cannot write {error.filename or root}: {error.strerror}\n"
            "The book builds as before; mend this and run the same command again."
        ) from None
    for name in texts:
        console.print(f"Wrote {name}")


# --- survey -----------------------------------------------------------------------------------------------------------

SURVEY_EXAMPLES = """\b
Examples:
  python scripts/prices.py survey --dry-run
  python scripts/prices.py survey
  python scripts/prices.py survey --as-of 2026-12-02
"""


@main.command(epilog=SURVEY_EXAMPLES)
@BOOK
@DRY_RUN
@click.option("--as-of", type=DAY, callback=a_day, help="The day of the prices (that of the edition by default).")
def survey(*, book: Path, dry_run: bool, as_of: date | None) -> None:
    """Count how often each price ratio stands in the lists of every seller of the feed.

    Writes book/data/ratios.yaml, from which pages answer what part of a population lies in a band. A second run on
    the same prices changes nothing.
    """
    found, _ = prices_of(book)
    feed, day = installed(), as_of or found.edition.as_of
    names = {provider.id: provider.name for provider in found.providers.values()}
    try:
        with progress.status(f"Counting the ratios of {feed.name}"):
            taken = take(feed, day, datetime.now(UTC).date(), names)
        before = read_survey_file(book)
    except FeedError as error:
        raise click.ClickException(f"{error}\nNothing was changed.") from None
    except DataErrors as errors:
        slips(errors)
    show_survey(taken.survey)
    if taken.ungrouped:
        console.print(f"Only among all sellers: {', '.join(taken.ungrouped)}", style="yellow", markup=False)
    if before is not None and taken.same_as(before):
        console.print(f"Nothing to do: {SURVEY} says what {feed.name} says on {day}", style="green")
    else:
        write(book, {SURVEY: written(taken.survey)}, dry_run)


# --- history and record -----------------------------------------------------------------------------------------------


@main.command(epilog="\b\nExample:\n  python scripts/prices.py history gpt-4o")
@BOOK
@click.argument("model")
def history(*, book: Path, model: str) -> None:
    """Print the periods of a model: its prices, how their start is known, and where they were read."""
    found, _ = prices_of(book)
    try:
        show_history(look_up(found.coming, model, "model"), found.edition.serial)
    except Unknown as error:
        raise click.ClickException(str(error)) from None


@main.command("record", epilog="\b\nExample:\n  python scripts/prices.py record feed-0.1.4.json --version 0.1.4")
@BOOK
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", help="A release of the feed, fetched with pip (the installed one by default).")
@click.option("--day", type=DAY, callback=a_day, help="The day asked about (that of the edition by default).")
def record_feed(*, book: Path, file: Path, version: str | None, day: date | None) -> None:
    """Write down what a release of the feed says about the ids of the book, for `--feed` and for tests."""
    found, _ = prices_of(book)
    ids = [(model.provider, model.id) for model in found.coming.values()]
    asked = day or found.edition.as_of
    try:
        feed = feed_of(None) if version is None else index.read_release(version, ids, asked)
        file.write_text(record(feed, ids, asked), encoding="utf-8")
    except (FeedError, index.Offline, OSError) as error:
        raise Stop(str(error)) from None
    console.print(f"Wrote {file}: {feed.name} on {asked}, {len(ids)} ids")


if __name__ == "__main__":
    main()
