"""Banks and papers from the command line: what an educator types, what is written, and what a slip says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from scripts.price_impact import impact_command
from scripts.quizzes import main
from tests.editions import turn_back
from tests.scripts.test_quizzes import CHECK, PRIVATE
from tests.sphinx_ext.building import REPOSITORY, files, real_book

from costbook.export.targets import TARGETS

REGISTER = "assessments/private/exported.json"


def run(book: Path, command: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [command, "--book", str(book), *arguments])


def done(book: Path, command: str, *arguments: str) -> str:
    ran = run(book, command, *arguments)
    assert ran.exit_code == 0, ran.output
    return ran.output


def refused(book: Path, command: str, *arguments: str, code: int = 1) -> str:
    """What is said, without a traceback."""
    ran = run(book, command, *arguments)
    assert ran.exit_code == code, ran.output
    assert isinstance(ran.exception, SystemExit)
    return ran.output


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with a private quiz; a seed draws one of six variants of its only question."""
    root = turn_back(real_book(tmp_path_factory.mktemp("own")).root)
    (root / "assessments/private").mkdir()
    (root / "assessments/private/my-own.yaml").write_text(PRIVATE, encoding="utf-8")
    (root / "secret").write_text("a long text that nobody else knows\n")
    return root


@pytest.fixture
def book(sources: Path, tmp_path: Path) -> Path:
    """A copy of its own."""
    return Path(shutil.copytree(sources, tmp_path / "book"))


# --- export ----------------------------------------------------------------------------------------------------------


def test_a_folder_to_assign(book: Path, tmp_path: Path) -> None:
    """A bank for each target, paper, the lesson plan of the chapter, and what each target keeps and loses."""
    out = tmp_path / "banks"
    said = done(book, "export", "my-own", CHECK, "--out", str(out))
    assert {path.name for path in out.iterdir()} == {"my-own", CHECK}
    for quiz in ("my-own", CHECK):
        folders = {path.name for path in (out / quiz).iterdir()}
        assert folders == {*TARGETS, "paper", "the-life-of-a-token-lesson.html", "kept-and-lost.html"}
    written = {f"Wrote {path}" for path in out.rglob("*") if path.is_file()}
    assert written == {line for line in said.splitlines() if line.startswith("Wrote")}
    assert [line.partition(" first: ")[0] for line in said.splitlines()[-2:]] == [
        f"Open {out / quiz / 'kept-and-lost.html'}" for quiz in ("my-own", CHECK)
    ]
    # Notes are wrapped for a terminal of 80 columns, which is what a program that reads along has.
    assert max(len(line) for line in said.splitlines() if line.startswith("  ")) <= 80
    assert {"questions/my-own-A.pdf", "keys/my-own-A.pdf"} <= set(files(out / "my-own/paper"))
    page = (out / "my-own/kept-and-lost.html").read_text(encoding="utf-8")
    assert all(target.title in page for target in TARGETS.values())


def test_beside_the_review_of_a_part_lie_the_plans_of_its_chapters(book: Path, tmp_path: Path) -> None:
    done(book, "export", "review-the-bill", "--to", "gift", "--variants", "1", "--out", str(tmp_path / "banks"))
    assert {path.name for path in (tmp_path / "banks/review-the-bill").glob("*-lesson.html")} == {
        "the-life-of-a-token-lesson.html",
        "what-is-a-token-lesson.html",
        "reading-the-bill-lesson.html",
        "from-one-call-to-a-month-lesson.html",
    }


def test_what_is_lost_is_said_before_anything_is_written(book: Path, tmp_path: Path) -> None:
    before = files(book)
    said = done(book, "export", "my-own", "--to", "moodle", "--out", str(tmp_path / "banks"), "--dry-run")
    assert "My own paper: 6 questions in 1 pool, edition 1, priced at 2026-11-22" in said
    assert "moodle, hints (partly): " in said
    assert "Dry run: nothing was written" in said
    assert not (tmp_path / "banks").exists()
    assert files(book) == before


def test_variants_and_seed(book: Path, tmp_path: Path) -> None:
    """Of six variants two, beginning with the third: other ones than the first two."""
    texts = []
    for seed in ("0", "2"):
        done(
            book, "export", "my-own", "--to", "moodle", "--variants", "2", "--seed", seed, "--out", str(tmp_path / seed)
        )
        (file,) = (tmp_path / seed / "my-own/moodle").iterdir()
        texts.append(file.read_text(encoding="utf-8"))
        assert texts[-1].count('<question type="numerical">') == 2
    assert len(set(texts)) == 2


def test_the_same_command_writes_the_same_bytes(book: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        done(book, "export", CHECK, "--out", str(tmp_path / name), "--secret-file", str(book / "secret"))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_impact_lists_stale_banks(book: Path, tmp_path: Path) -> None:
    """The private question is about GPT-4o: at another price all six of its variants have another key."""
    out = tmp_path / "banks"
    done(book, "export", "my-own", CHECK, "--to", "moodle", "--out", str(out))
    entries = json.loads((book / REGISTER).read_text(encoding="utf-8"))["exports"]
    assert [(one["quiz"], one["target"], len(one["questions"])) for one in entries] == [
        ("my-own", "moodle", 6),
        (CHECK, "moodle", len(entries[1]["questions"])),
    ]
    openai = book / "book/data/prices/openai.yaml"
    head, gpt, rest = openai.read_text(encoding="utf-8").partition(
        "      - known_from: 2024-10-16\n        input: 2.50"
    )
    assert gpt
    commit(book)
    openai.write_text(head + gpt.replace("2.50", "2.60") + rest, encoding="utf-8")
    ran = CliRunner().invoke(impact_command, ["--book", str(book), "--format", "json"])
    banks = json.loads(ran.stdout)["banks"]
    own = next(one for one in banks if one["quiz"] == "my-own")
    assert own == {
        "quiz": "my-own",
        "target": "moodle",
        "folder": str(out / "my-own"),
        "edition": 1,
        "moved": list(entries[0]["questions"]),
        "gone": [],
    }
    shown = CliRunner().invoke(impact_command, ["--book", str(book)]).stdout
    assert "Exported banks to export and import again" in shown
    # Exported again, nothing is stale.
    done(book, "export", "my-own", CHECK, "--to", "moodle", "--out", str(out))
    again = CliRunner().invoke(impact_command, ["--book", str(book), "--format", "json"])
    assert json.loads(again.stdout)["banks"] == []


def commit(book: Path) -> None:
    people = {f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "one"]):
        subprocess.run(["git", *arguments], cwd=book, env={**os.environ, **people}, check=True)


def test_slips(book: Path, tmp_path: Path) -> None:
    assert refused(book, "export", "my-oven").startswith("Error: unknown quiz 'my-oven'; did you mean 'my-own'?")
    assert "'moddle' is not one of" in refused(book, "export", "my-own", "--to", "moddle", code=2)
    (tmp_path / "file").write_text("no folder")
    said = refused(book, "export", "my-own", "--out", str(tmp_path / "file" / "banks"))
    assert said.splitlines()[-2].startswith(f"Error: cannot write {tmp_path / 'file'}")
    assert said.splitlines()[-1] == "No file was changed."
    assert not (book / REGISTER).exists()
    (book / REGISTER).write_text("{}")
    said = refused(book, "export", "my-own", "--out", str(tmp_path / "banks"))
    assert f"Error: {book / REGISTER}: it is no register of exports ('version'); move the file away" in said
    assert not (tmp_path / "banks").exists()


# --- paper -----------------------------------------------------------------------------------------------------------


def test_forms(book: Path, tmp_path: Path) -> None:
    done(book, "paper", "my-own", "--forms", "2", "--out", str(tmp_path / "paper"))
    assert sorted(files(tmp_path / "paper")) == [
        f"{kind}/my-own-{form}.pdf"
        for kind in ("answer-sheets", "keys", "questions-large", "questions")
        for form in ("A", "B")
    ]


def test_a_code_gives_its_form_again(book: Path, tmp_path: Path) -> None:
    code = done(book, "code", "my-own", "--seed", "3").strip()
    done(book, "paper", "my-own", "--code", code, "--out", str(tmp_path / "paper"))
    assert f"questions/my-own-{code}.pdf" in files(tmp_path / "paper")
    said = refused(book, "paper", CHECK, "--code", code)
    assert said == f"Error: the code {code} is of the quiz my-own; give that name instead of {CHECK}\n"
    typed = code.lower().replace("-", "_")
    done(book, "paper", "my-own", "--code", f" {typed} ", "--out", str(tmp_path / "typed"))
    assert set(files(tmp_path / "typed")) == set(files(tmp_path / "paper"))
    secret = "--secret-file", str(book / "secret")
    private = done(book, "code", "my-own", "--seed", "3", *secret).strip()
    assert "Error: " in refused(book, "paper", "my-own", "--code", private)
    done(book, "paper", "my-own", "--code", private, *secret, "--out", str(tmp_path / "mine"))


def test_papers_from_before_are_named_and_stay(book: Path, tmp_path: Path) -> None:
    """Three forms, then one of another seed: B and C are from before, and so is whatever a roster left."""
    out = tmp_path / "paper"
    said = done(book, "paper", "my-own", "--forms", "3", "--out", str(out))
    assert "earlier run" not in said
    assert f"Open {out / 'questions/my-own-A.pdf'} first" in said
    (out / "keys/my-own-notes.txt").write_text("mine")
    (out / "roster-ids.csv").write_text("id,printed\n")
    done(book, "paper", CHECK, "--out", str(out))
    before = files(out)
    said = done(book, "paper", "my-own", "--seed", "3", "--out", str(out))
    kinds = ("answer-sheets", "keys", "questions", "questions-large")
    left = [out / kind / f"my-own-{form}.pdf" for kind in kinds for form in ("B", "C")] + [out / "roster-ids.csv"]
    assert "  Left by an earlier run, no part of this one: 9 files. Remove" in said
    assert [line.strip() for line in said.splitlines() if line.startswith(f"  {out}")] == [str(path) for path in left]
    after = files(out)
    assert set(after) == set(before)
    assert {name for name in after if after[name] != before[name]} == {f"{kind}/my-own-A.pdf" for kind in kinds}


@pytest.mark.parametrize(
    ("secret", "weak"),
    [("hunter2", True), ("abababababababababababab", True), ("fifteen letters", True), ("sixteen letters!", False)],
)
def test_a_secret_that_is_easily_guessed_is_warned_about(book: Path, tmp_path: Path, secret: str, weak: bool) -> None:
    file = tmp_path / "secret"
    file.write_text(f"{secret}\n")
    warned = f"Warning: {file} has {len(secret)} characters, {len(set(secret))} of them different; a student could"
    roster = tmp_path / "class.csv"
    roster.write_text("id\nada\n")
    for command in (
        ("export", "my-own", "--dry-run", "--to", "csv", "--secret-file", str(file)),
        ("paper", "my-own", "--roster", str(roster), "--salt-file", str(file), "--out", str(tmp_path / "paper")),
    ):
        said = done(book, *command)
        assert (warned in said) == weak
        assert ("secrets.token_urlsafe(24)" in said) == weak


def test_a_roster(book: Path, tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id,name\nada,Ada L.\ngrace,Grace H.\n", encoding="utf-8")
    done(book, "paper", "my-own", "--roster", str(roster), "--out", str(tmp_path / "paper"))
    assert {"questions/my-own-id-ada.pdf", "keys/my-own-id-grace.pdf"} <= set(files(tmp_path / "paper"))
    salt = tmp_path / "salt"
    salt.write_text("a pinch\n")
    said = done(
        book, "paper", "my-own", "--roster", str(roster), "--salt-file", str(salt), "--out", str(tmp_path / "hashed")
    )
    assert "ada" not in said.replace(str(tmp_path), "").casefold()
    assert len(files(tmp_path / "hashed")) == 9
    rows = (tmp_path / "hashed/roster-ids.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows] == ["id", "ada", "grace"]
    printed = rows[1].partition(",")[2]
    assert f"questions/my-own-id-{printed}.pdf" in files(tmp_path / "hashed")
    done(book, "paper", "my-own", "--roster", str(roster), "--together", "--out", str(tmp_path / "stack"))
    stacked = [path.parent.name for path in (tmp_path / "stack").rglob("*.pdf")]
    assert sorted(stacked) == ["answer-sheets", "keys", "questions", "questions-large"]


def test_slips_on_paper(book: Path, tmp_path: Path) -> None:
    roster = tmp_path / "class.csv"
    roster.write_text("id\nada\nada\n", encoding="utf-8")
    said = refused(book, "paper", "my-own", "--roster", str(roster), "--out", str(tmp_path / "paper"))
    assert said.startswith("Error: class.csv:3: the id 'ada' stands in line 2 already")
    said = refused(book, "paper", "my-own", "--forms", "2", "--roster", str(roster), code=2)
    assert "use only one of --forms, --roster, --code" in said
    assert "--salt-file hashes" in refused(book, "paper", "my-own", "--salt-file", str(roster), code=2)
    assert "my-own has 6 different forms, and 7 are asked for" in refused(book, "paper", "my-own", "--forms", "7")
    assert not (tmp_path / "paper").exists()


def test_what_a_target_grades_otherwise_is_named(book: Path, tmp_path: Path) -> None:
    """Some dollars for 1,000 calls, right within 0.00016: Canvas Classic rounds 3.49984 to 3.4998."""
    own = book / "assessments/private/my-own.yaml"
    text = own.read_text(encoding="utf-8")
    own.write_text(text.replace("relative: 1%", "absolute: 0.00016"), encoding="utf-8")
    said = done(book, "export", "my-own", "--to", "canvas", "--out", str(tmp_path / "banks"))
    shown = " ".join(said.split())
    assert "canvas: my-amount (case 1000+100): Canvas Classic rounds" in shown
    assert "or write `unit: micro-dollars`, for one call" in shown
    assert "Questions to look at" in (tmp_path / "banks/my-own/kept-and-lost.html").read_text(encoding="utf-8")
    # The same amount for one call is asked in cents, and nothing is left to name.
    text = text.replace("unit: dollars-per-1000-calls", "unit: dollars").replace("relative: 1%", "absolute: 0.00005")
    text = text.replace("500+400, 700+200, 4000+150", "4000+150, 4000+200, 6000+100")
    own.write_text(text.replace("what do 1,000 calls cost?", "what does a call cost?"), encoding="utf-8")
    assert "Canvas Classic rounds" not in " ".join(
        done(book, "export", "my-own", "--to", "canvas", "--dry-run").split()
    )


def process(book: Path, out: Path, *before: str) -> subprocess.Popen[str]:
    """The command as a process of its own."""
    command = [sys.executable, "scripts/quizzes.py", "export", "--book", str(book), CHECK, "my-own", "--out", str(out)]
    return subprocess.Popen(
        [*before, *command], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def test_a_full_disk(book: Path, tmp_path: Path) -> None:
    """No file may be longer than 20 kB: the first that is stops the command, and nothing is there."""
    ran = process(book, tmp_path / "banks", "bash", "-c", 'ulimit -f 20; exec "$@"', "export")
    said, _ = ran.communicate()
    assert ran.returncode == 1
    assert "Error: cannot write" in said
    assert said.endswith("No file was changed.\n")
    assert "Traceback" not in said
    assert files(tmp_path / "banks") == {}
    assert not (book / REGISTER).exists()


def test_an_export_that_is_killed(book: Path, tmp_path: Path) -> None:
    """Killed while it writes: each file that is there is whole, and the next run makes the rest."""
    done(book, "export", CHECK, "my-own", "--out", str(tmp_path / "whole"))
    whole = files(tmp_path / "whole")
    out = tmp_path / "killed"
    ran = process(book, out)
    while ran.poll() is None and not any(out.rglob("*")):
        time.sleep(0.001)
    ran.kill()
    ran.communicate()
    left = {name: content for name, content in files(out).items() if not name.endswith(".new")}
    assert left.items() <= whole.items()
    done(book, "export", CHECK, "my-own", "--out", str(out))
    assert files(out) == whole
