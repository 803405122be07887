"""Measure the book: building, growing, costbook's own share, what an impact costs, and a bill.

Aims are ratios within one run, since machines are noisy.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import FrameType

import click
from rich.console import Console
from rich.table import Table
from scripts.generated_book import SELDOM_MODEL, Plan, write_book, write_plain

from costbook.economy.bills import Usage, price_usage
from costbook.load import load_world
from costbook.quizzes.resolve import resolve

ROOT = Path(__file__).resolve().parent.parent
FIGURES = 20
EXTENSIONS = ("myst_parser", "furo_fixes", "costbook.sphinx_ext")
PART_OF_BOOK = ("conf.py", "index.md", "book", "assessments", "exts")
PACKAGE = str(ROOT / "exts" / "costbook")
SAMPLE_SECONDS = 0.002
COMPARED, RECORDED = 300, 1000  # chapters
AUTHORS_TEXT = {"parse_content_to_nodes", "nested_parse", "nested_parse_to_nodes"}
console = Console()


@dataclass(frozen=True)
class Build:
    """One build: CPU seconds of the process and its children, and its peak memory in MB."""

    cpu: float
    memory: int


@dataclass(frozen=True)
class Measured:
    """A ratio beside its aim; ``aim`` is None where the figure is only recorded."""

    name: str
    value: float
    aim: float | None
    at_least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the aim is met."""
        if self.aim is None:
            return None
        return self.value >= self.aim if self.at_least else self.value <= self.aim


def measured(folder: Path, *command: str) -> Build:
    """Run a Python program in a folder, and measure it."""
    # A process of its own measures one child: ru_maxrss of children is the largest of all.
    program = (
        "import json, resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stderr[-2000:]]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "exts"), "PYTHONHASHSEED": "0"}
    run = subprocess.run(
        [sys.executable, "-c", program, sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    code, cpu, memory, errors = json.loads(run.stdout)
    if code:
        raise click.ClickException(f"{' '.join(command)} failed in {folder}:\n{errors}")
    return Build(cpu, memory // 1024)


def build(folder: Path) -> Build:
    """Build a folder with one process, and measure it."""
    return measured(folder, "-m", "sphinx", "-q", "-b", "html", ".", "_out", "-d", "_doctrees")


def commit(folder: Path) -> None:
    """Commit a folder as it is, so that a change in it can be compared with that."""
    people = {f"GIT_{who}_{what}": "bench@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "as it was"]):
        subprocess.run(["git", *command], cwd=folder, env={**os.environ, **people}, check=True)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being measured, and how long it took."""
    started = time.monotonic()
    with console.status(name):
        yield
    console.print(f"{name}: {time.monotonic() - started:.0f} s", style="dim")


@dataclass(frozen=True)
class Three:
    """A cold build, one without a change, what a change of a price would move, and the build after it."""

    cold: Build
    unchanged: Build
    impact: Build
    one_price: Build


def three_builds(folder: Path, change: Callable[[Path], None]) -> Three:
    """Build three times, and ask for the impact of the change before it is built."""
    commit(folder)
    cold, unchanged = build(folder), build(folder)
    change(folder)
    impact = measured(folder, str(ROOT / "scripts/price_impact.py"), "--book", str(folder), "--format", "json")
    return Three(cold, unchanged, impact, build(folder))


def real_book(folder: Path) -> Three:
    """The book of this repository, with the price of one of its models changed."""
    for name in PART_OF_BOOK:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
        else:
            shutil.copy(source, folder / name)
    return three_builds(folder, _change_real_price)


def plan(chapters: int) -> Plan:
    """A generated book of this size; ten of its chapters ask the model whose price changes."""
    return Plan(chapters, figures=FIGURES, populations=False, extensions=EXTENSIONS)


def _change_seldom_price(folder: Path) -> None:
    path = folder / "book/data/prices/example.yaml"
    head, model, rest = path.read_text(encoding="utf-8").partition(f"  {SELDOM_MODEL}:")
    path.write_text(head + model + re.sub(r"output: \d+", "output: 77", rest, count=1), encoding="utf-8")


def _change_real_price(folder: Path) -> None:
    path = folder / "book/data/prices/deepseek.yaml"
    text = path.read_text(encoding="utf-8")
    # Somewhat more, since a lower price brings a chat reply near to its tie, and an item then has too few variants.
    changed = text.replace("output: 1.98", "output: 2.00")
    if changed == text:
        raise click.ClickException("deepseek-v4-pro no longer costs 1.98; name another price in scripts/bench.py")
    path.write_text(changed, encoding="utf-8")


def at_work(frame: FrameType | None) -> tuple[bool, bool]:
    """Whether costbook's own code is running, and whether it is at all on the stack.

    Its own code is the innermost frame (with the C functions it calls). On the stack means that something works on its
    behalf: docutils makes its nodes, tiktoken loads; but not the parsing of an author's text inside a directive.
    """
    own = frame is not None and frame.f_code.co_filename.startswith(PACKAGE)
    while frame is not None:
        if frame.f_code.co_filename.startswith(PACKAGE):
            return own, True
        if frame.f_code.co_name in AUTHORS_TEXT:
            break
        frame = frame.f_back
    return own, False


def own_share(folder: Path) -> list[Measured]:
    """Costbook's share of a cold build in this process, by samples of the stack in CPU time."""
    from sphinx.application import Sphinx  # noqa: PLC0415 - only this measurement builds in this process

    samples: list[tuple[bool, bool]] = []

    def sample(_number: int, frame: FrameType | None) -> None:
        samples.append(at_work(frame))

    before = signal.signal(signal.SIGPROF, sample)
    signal.setitimer(signal.ITIMER_PROF, SAMPLE_SECONDS, SAMPLE_SECONDS)
    try:
        out = folder / "_share"
        Sphinx(folder, folder, out, out / "doctrees", "html", status=None, warning=None, freshenv=True).build()
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    own, behalf = (sum(column) / len(samples) for column in zip(*samples, strict=True))
    return [
        Measured("costbook's own share of a cold build", own, 0.10),
        Measured("the same with all that is done on its behalf", behalf, None),
    ]


def seconds_each(call: Callable[[], object], times: int) -> float:
    """CPU seconds of one call, the best of five rounds."""
    call()
    rounds = []
    for _ in range(5):
        started = time.process_time()
        for _ in range(times):
            call()
        rounds.append((time.process_time() - started) / times)
    return min(rounds)


def bill_speed() -> Measured:
    """How much faster a bill is than ``genai_prices.calc_price``, look-up of the dated rate included in both."""
    from genai_prices import Usage as FeedUsage  # noqa: PLC0415 - an author's package, only needed here
    from genai_prices import calc_price  # noqa: PLC0415

    model, day, usage = load_world(ROOT).model("gpt-4o"), date(2026, 11, 22), Usage(input=800, output=300)
    when, feed_usage = datetime(2026, 11, 22, 12, tzinfo=UTC), FeedUsage(input_tokens=800, output_tokens=300)
    ours = seconds_each(lambda: price_usage(usage, model, day), 20_000)
    theirs = seconds_each(
        lambda: calc_price(feed_usage, "gpt-4o", provider_id="openai", genai_request_timestamp=when), 500
    )
    console.print(f"a bill takes {ours * 1e6:.2f} µs, calc_price {theirs * 1e6:.1f} µs", style="dim")
    return Measured("bill, times faster than calc_price", theirs / ours, 20, at_least=True)


def variant_speed(cold: float) -> list[Measured]:
    """How many variants of the book's quizzes are drawn and verified in a second, and what that is of a cold build."""
    world = load_world(ROOT)
    started = time.process_time()
    slots = [slot for quiz in world.quizzes.values() for slot in resolve(quiz, world)[0].slots]
    seconds = time.process_time() - started
    drawn = sum(len(slot.variants) + sum(one.count for one in slot.excluded) for slot in slots)
    console.print(f"{drawn} variants drawn and verified in {seconds:.2f} s", style="dim")
    return [
        Measured("variants verified in a second of CPU", drawn / seconds, None, at_least=True),
        Measured("verifying every variant, to a cold build of the book", seconds / cold, None),
    ]


def impact_to_cold(book: str, three: Three, aim: float | None) -> Measured:
    """What an impact costs beside the build that it saves."""
    return Measured(f"impact of one price to cold, {book}", three.impact.cpu / three.cold.cpu, aim)


def growth(folder: Path, sizes: tuple[int, ...]) -> tuple[dict[str, Three], list[Measured]]:
    """Generated books of growing size, and what their growth comes to."""
    builds: dict[int, Three] = {}
    for size in sizes:
        with step(f"generated book of {size} chapters"):
            write_book(folder / str(size), plan(size))
            builds[size] = three_builds(folder / str(size), _change_seldom_price)
    per_page = {size: three.cold.cpu / size for size, three in builds.items()}
    first, *rest = sizes
    found = [
        Measured(
            f"CPU a page, {size} to {first} chapters",
            per_page[size] / per_page[first],
            1.2 if size == COMPARED else None,
        )
        for size in rest
    ]
    for size, three in builds.items():
        share = three.one_price.cpu / three.cold.cpu
        found.append(Measured(f"one price to cold, {size} chapters", share, 1 / 20 if size == RECORDED else None))
        found.append(impact_to_cold(f"{size} chapters", three, 1 / 10 if size >= COMPARED else None))
    stock = COMPARED if COMPARED in sizes else sizes[-1]
    with step(f"stock Sphinx and furo, {stock} chapters"):
        write_plain(folder / "plain", plan(stock), folder / "answers")
        plain = build(folder / "plain")
    found.append(
        Measured(
            f"CPU to stock Sphinx + furo, {stock} chapters",
            builds[stock].cold.cpu / plain.cpu,
            0.35 if stock == COMPARED else None,
        )
    )
    return {f"{size} chapters": three for size, three in builds.items()}, found


def show(builds: dict[str, Three], found: list[Measured]) -> None:
    """Print both tables."""
    table = Table("Book", "Cold", "No change", "One price", "Its impact", "Peak memory", title="CPU seconds")
    for name, three in builds.items():
        times = [f"{one.cpu:.1f}" for one in (three.cold, three.unchanged, three.one_price, three.impact)]
        table.add_row(name, *times, f"{three.cold.memory} MB")
    console.print(table)
    ratios = Table("Ratio", "Measured", "Aim", "")
    for one in found:
        aim = "recorded" if one.aim is None else f"{'at least' if one.at_least else 'at most'} {one.aim:g}"
        verdict = {None: "", True: "[green]met", False: "[red]missed"}[one.met]
        ratios.add_row(one.name, f"{one.value:.3f}", aim, verdict)
    console.print(ratios)


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n  python -m scripts.bench\n  python -m scripts.bench --size 100 --size 300",
)
@click.option("--size", "sizes", type=int, multiple=True, default=(100, 300, 1000), show_default=True, help="Chapters.")
@click.option(
    "--json", "output", type=click.Path(path_type=Path), default=ROOT / "build/bench.json", help="Result file."
)
def bench(sizes: tuple[int, ...], output: Path) -> None:
    """Build the book and generated books of several sizes, and print what they cost beside what is aimed at."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with step("the book"):
            (folder / "real").mkdir()
            builds = {"the book": real_book(folder / "real")}
        generated, ratios = growth(folder, tuple(sorted(sizes)))
        builds |= generated
        with step("costbook's own share"):
            ratios += own_share(folder / str(COMPARED if COMPARED in sizes else max(sizes)))
    ratios.append(bill_speed())
    ratios += variant_speed(builds["the book"].cold.cpu)
    ratios.append(impact_to_cold("the book", builds["the book"], None))
    show(builds, ratios)
    output.parent.mkdir(parents=True, exist_ok=True)
    record = {"builds": {k: asdict(v) for k, v in builds.items()}, "ratios": [asdict(one) for one in ratios]}
    output.write_text(json.dumps(record, indent=1), encoding="utf-8")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    console.print(f"{output} written; this process used {peak} MB", style="dim")


if __name__ == "__main__":
    bench()
