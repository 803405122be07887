"""Measure the exporters: 1,000 items with 30 variants each to every target, and other tools beside them."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from costbook.assessment.rich import to_plain
from costbook.export.bank import Bank, Pool, bank_of
from costbook.export.targets import TARGETS
from costbook.load import load_world
from costbook.quizzes.resolve import resolve
from costbook.quizzes.resolved import ChoiceBody, NumericBody

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("text2qti", "qti_package_maker")
console = Console()


def large_bank(items: int, variants: int) -> Bank:
    """The questions of the book's quizzes, again and again under other ids, until there are enough."""
    world = load_world(ROOT)
    banks = [bank_of(resolve(quiz, world)[0], variants) for quiz in world.quizzes.values()]
    pools = []
    for number, pool in enumerate(islice(cycle([one for bank in banks for one in bank.pools]), items)):
        drawn = enumerate(islice(cycle(pool.questions), variants))
        questions = tuple(replace(one, id=f"item-{number}.{place}") for place, one in drawn)
        pools.append(Pool(f"large.item-{number}", questions))
    return replace(banks[0], id="large", pools=tuple(pools))


def expressible(bank: Bank) -> list[dict[str, Any]]:
    """The questions that other tools can express, too: one right option, or a number; as plain data."""
    found: list[dict[str, Any]] = []
    for one in bank.questions:
        body, stem = one.variant.body, " ".join(to_plain(one.variant.stem).split())
        if isinstance(body, ChoiceBody):
            texts = [" ".join(to_plain(option.text).split()) for option in body.options]
            right = next(place for place, option in enumerate(body.options) if option.right)
            found.append({"stem": f"{one.id}: {stem}", "options": texts, "right": right})
        elif isinstance(body, NumericBody):
            found.append({"stem": f"{one.id}: {stem}", "key": str(body.key), "tolerance": str(body.high - body.key)})
    return found


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="\b\nExamples:\n  python -m scripts.bench_banks\n  python -m scripts.bench_banks --peers peers/bin/python",
)
@click.option("--items", type=int, default=1000, show_default=True)
@click.option("--variants", type=int, default=30, show_default=True)
@click.option("--peers", type=click.Path(path_type=Path), help="A Python that has text2qti and qti-package-maker.")
@click.option("--only", hidden=True, help="Write one target, in this process.")
def bench(items: int, variants: int, peers: Path | None, only: str | None) -> None:
    """Write a large bank for every target, each in a process of its own: CPU seconds, size and peak memory."""
    if only is not None:
        bank = large_bank(items, variants)
        if only not in TARGETS:
            Path(only).write_text(json.dumps(expressible(bank)), encoding="utf-8")
            return
        started = time.process_time()
        size = sum(map(len, TARGETS[only].write(bank).values()))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        click.echo(json.dumps({"cpu": time.process_time() - started, "size": size, "peak": peak}))
        return
    table = Table("Target", "Questions", "CPU s", "µs each", "MB written", "Peak MB")
    me = [sys.executable, "-m", "scripts.bench_banks", "--items", str(items), "--variants", str(variants), "--only"]
    for target in TARGETS:
        console.print(f"{target}…", style="dim")
        ran = subprocess.run([*me, target], cwd=ROOT, capture_output=True, text=True, check=True)
        row(table, target, items * variants, json.loads(ran.stdout))
    if peers is not None:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "questions.json"
            subprocess.run([*me, str(source)], cwd=ROOT, check=True)
            count = len(json.loads(source.read_text(encoding="utf-8")))
            for peer in PEERS:
                console.print(f"{peer}…", style="dim")
                script = [str(peers), str(ROOT / "scripts/bench_peers.py"), peer, str(source)]
                ran = subprocess.run(script, capture_output=True, text=True, check=False)
                if ran.returncode:
                    console.print(f"{peer} failed: {ran.stderr.strip().splitlines()[-1]}", style="red", markup=False)
                    continue
                found = json.loads(ran.stderr.strip().splitlines()[-1])
                row(table, f"{peer} (what it can express)", count, found)
    console.print(table)


def row(table: Table, name: str, questions: int, found: dict[str, Any]) -> None:
    """A line of the table."""
    each = found["cpu"] / questions * 1e6
    size = f"{found['size'] / 1e6:.0f}"
    table.add_row(name, f"{questions:,}", f"{found['cpu']:.1f}", f"{each:.0f}", size, str(found["peak"]))


if __name__ == "__main__":
    bench()
