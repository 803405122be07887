"""The questions that other tools can express, written by them: run by a Python that has them, for ``bench_banks``.

Reads the questions as JSON, writes a package, and says what that took: CPU seconds, bytes, and peak memory in MB.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def text2qti(questions: list[dict[str, Any]], folder: Path) -> None:
    """With text2qti, from its own Markdown."""
    from text2qti.config import Config  # type: ignore[import-not-found] # noqa: PLC0415 - in the other Python
    from text2qti.qti import QTI  # type: ignore[import-not-found] # noqa: PLC0415
    from text2qti.quiz import Quiz  # type: ignore[import-not-found] # noqa: PLC0415

    lines = []
    for number, one in enumerate(questions, start=1):
        lines.append(f"{number}.  {one['stem']}")
        if "key" in one:
            lines.append(f"=   {one['key']} +- {one['tolerance']}")
        else:
            marks = zip("abcdefghij", one["options"], strict=False)
            lines += [
                f"{'*' if place == one['right'] else ''}{sign})  {text}" for place, (sign, text) in enumerate(marks)
            ]
        lines.append("")
    config = Config()
    config.load()
    QTI(Quiz("\n".join(lines), config=config, source_name="quiz")).save(folder / "quiz.zip")


def qti_package_maker(questions: list[dict[str, Any]], folder: Path) -> None:
    """With qti_package_maker, for Canvas; it takes ASCII only."""
    from qti_package_maker.package_interface import (  # type: ignore[import-not-found] # noqa: PLC0415
        QTIPackageInterface,
    )

    package = QTIPackageInterface("quiz", allow_mixed=True)
    for one in questions:
        if "key" in one:
            package.add_item("NUM", (ascii_only(one["stem"]), float(one["key"]), float(one["tolerance"]), True))
        else:
            options = [ascii_only(text) for text in one["options"]]
            package.add_item("MC", (ascii_only(one["stem"]), options, options[one["right"]]))
    package.save_package("canvas_qti_v1_2", str(folder / "quiz.zip"))


def ascii_only(text: str) -> str:
    """A text with question marks for what is not ASCII."""
    return text.encode("ascii", "replace").decode()


PEERS = {"text2qti": text2qti, "qti_package_maker": qti_package_maker}


def main() -> None:
    """Time one of them."""
    name, source = sys.argv[1:]
    questions = json.loads(Path(source).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        started = time.process_time()
        PEERS[name](questions, Path(folder))
        seconds = time.process_time() - started
        size = sum(path.stat().st_size for path in Path(folder).rglob("*.zip"))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    sys.stderr.write(json.dumps({"cpu": seconds, "size": size, "peak": peak}))


if __name__ == "__main__":
    main()
