"""The scaffold of a planned chapter: files that meet the chapter contract, with a gap for each text to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from costbook.assessment.objectives import Level, Objective
from costbook.contents import Chapter, Contents
from costbook.names import look_up
from costbook.world import World

OBJECTIVES, INDEX = "assessments/objectives.yaml", "index.md"
CAPTIONS = {
    "assessments/quizzes": "Quizzes",
    "assessments/lessons": "Lesson plans",
    "assessments/reviews": "Reviews",
}
"""The captions of the pages that are made from documents, by folder."""
LOOKING_BACK = 2
"""How many items of a practice quiz are about earlier chapters."""
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True, slots=True)
class Aim:
    """What a scaffold writes of an objective."""

    id: str
    verb: str
    process: str


AIMS = (("explain", "explaining"), ("predict", "inferring"), ("compare", "comparing"), ("interpret", "interpreting"))
"""Verbs at level Understand with their processes: a chapter has two to four objectives."""
FEWEST, MOST = 2, len(AIMS)


class Refused(ValueError):
    """No scaffold is made; the message is one line that says why."""


@dataclass(frozen=True)
class Scaffold:
    """The files of a new chapter by name, in the order of writing; the page, by which the chapter exists, is the last.

    ``changed`` are those that exist and are added to.
    """

    chapter: Chapter
    page: str
    files: Mapping[str, str]
    changed: frozenset[str]


def scaffold(world: World, name: str, objectives: int, existing: Mapping[str, str]) -> Scaffold:
    """The scaffold of the chapter with an id. ``existing`` are the files of the book that it touches, by name.

    What an interrupted run has written stays as it is: the next run writes the rest.

    Raises:
        Unknown: where no such chapter is planned; with the nearest id.
        Refused: where the chapter exists, or a file of it that is not the scaffold's.
    """
    chapter = look_up({key: one for key, one in world.contents.chapters.items() if one.number}, name, "chapter")
    page = f"book/{chapter.number:02d}-{chapter.id}.md"
    if chapter.docname is not None:
        raise Refused(f"the chapter {name!r} exists already: {chapter.docname}.md; nothing was written")
    made = _made(world, chapter, objectives)
    for file, text in made.items():
        if existing.get(file, text) != text:
            raise Refused(f"{file} exists already, with another content; nothing was written")
    listed = _with_objectives(world, chapter, existing[OBJECTIVES], _rendered("objectives", chapter, objectives))
    files = {
        OBJECTIVES: listed,
        **made,
        INDEX: _listed(existing[INDEX], world.contents, chapter, page.removesuffix(".md"), list(made)),
        page: _rendered("chapter", chapter, objectives, suffix="md"),
    }
    changed = {file: text for file, text in files.items() if existing.get(file) != text}
    return Scaffold(chapter, page, changed, frozenset(changed) & {OBJECTIVES, INDEX})


def touched(chapter: str) -> tuple[str, ...]:
    """The files besides its page that the scaffold of a chapter writes or adds to."""
    return (OBJECTIVES, INDEX, *documents(chapter))


def documents(chapter: str) -> dict[str, str]:
    """The documents of a chapter by name, each with its template."""
    return {
        f"assessments/quizzes/{chapter}-check.yaml": "check",
        f"assessments/quizzes/{chapter}-practice.yaml": "practice",
        f"assessments/lessons/{chapter}.yaml": "lesson",
        f"assessments/reviews/{chapter}.yaml": "review",
    }


def _made(world: World, chapter: Chapter, objectives: int) -> dict[str, str]:
    earlier = looking_back(world, chapter)
    return {file: _rendered(template, chapter, objectives, earlier) for file, template in documents(chapter.id).items()}


def looking_back(world: World, chapter: Chapter) -> tuple[Objective, ...]:
    """Objectives of earlier chapters for the items that look back: those of chapters that this one requires first."""
    chapters = world.contents.chapters
    earlier = [
        one
        for one in world.objectives.values()
        if 0 < chapters[one.chapter].number < chapter.number and one.level is Level.UNDERSTAND
    ]
    return tuple(sorted(earlier, key=lambda one: one.chapter not in chapter.requires)[:LOOKING_BACK])


# --- texts -----------------------------------------------------------------------------------------------------------


def aims(chapter: Chapter, number: int) -> tuple[Aim, ...]:
    """The first objectives of a chapter."""
    return tuple(Aim(f"c{chapter.number}-{verb}", verb, process) for verb, process in AIMS[:number])


def _rendered(
    template: str, chapter: Chapter, objectives: int, earlier: Sequence[Objective] = (), suffix: str = "yaml"
) -> str:
    title = chapter.title[:1].lower() + chapter.title[1:]
    return (
        _templates()
        .get_template(f"{template}.{suffix}.j2")
        .render(chapter=chapter, title=title, objectives=aims(chapter, objectives), earlier=earlier)
        .lstrip("\n")
    )


@cache
def _templates() -> Environment:
    """Templates whose own marks differ from those of roles and of expressions in items."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
        block_start_string="<%",
        block_end_string="%>",
        variable_start_string="<<",
        variable_end_string=">>",
        comment_start_string="<#",
        comment_end_string="#>",
    )


def _with_objectives(world: World, chapter: Chapter, text: str, added: str) -> str:
    """The objectives with those of the chapter behind them; nothing that stands there is touched."""
    if text.endswith(added):
        return text
    own = [one.id for one in world.objectives.values() if one.chapter == chapter.id]
    if own:
        raise Refused(
            f"{OBJECTIVES} has objectives of {chapter.id!r} already ({', '.join(own)}); remove them, or write the "
            "chapter by hand; nothing was written"
        )
    return f"{text}{'' if text.endswith(chr(10)) else chr(10)}{added}"


# --- the index -------------------------------------------------------------------------------------------------------

TOCTREE = re.compile(r"^```\{toctree\}\n(?P<options>(?::.*\n)*)\n(?P<entries>[^`]*?)```\n?", re.MULTILINE)


def caption_of(contents: Contents, part: str) -> str:
    """The caption of a part's pages: ``Part II. The machine``."""
    number = list(contents.parts).index(part)
    return f"Part {ROMAN[number]}. {contents.parts[part]}"


def _listed(text: str, contents: Contents, chapter: Chapter, page: str, files: Sequence[str]) -> str:
    """The index with the chapter in its part, in order, and its documents behind others of their folder."""
    parts = [caption_of(contents, part) for part in contents.parts]
    own = caption_of(contents, chapter.part)
    before = [*takewhile(lambda caption: caption != own, parts)]
    text = _with_entry(text, own, page, before)
    for file in files:
        caption = CAPTIONS[file.rpartition("/")[0]]
        text = _with_entry(text, caption, file.removesuffix(".yaml"), [*parts, *CAPTIONS.values()])
    return text


def _with_entry(text: str, caption: str, entry: str, before: Sequence[str]) -> str:
    """The index with an entry in the toctree with a caption; a new one stands behind the last of those ``before``."""
    trees = {_caption(tree): tree for tree in TOCTREE.finditer(text)}
    if caption in trees:
        tree = trees[caption]
        entries = tree["entries"].split()
        if entry in entries:
            return text
        folder = entry.rpartition("/")[0]
        alike = [index for index, one in enumerate(entries) if one.startswith(f"{folder}/") and _earlier(one, entry)]
        at = alike[-1] + 1 if alike else _start(entries, folder)
        entries.insert(at, entry)
        lines = "".join(f"{one}\n" for one in entries)
        return f"{text[: tree.start('entries')]}{lines}{text[tree.end('entries') :]}"
    new = f"```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{entry}\n```\n"
    behind = [trees[one] for one in before if one in trees]
    if behind:
        at = behind[-1].end()
        return f"{text[:at]}\n{new}{text[at:]}"
    if trees:
        at = min(tree.start() for tree in trees.values())
        return f"{text[:at]}{new}\n{text[at:]}"
    return f"{text.rstrip()}\n\n{new}"


def _caption(tree: re.Match[str]) -> str:
    found = re.search(r"^:caption: *(.*?) *$", tree["options"], re.MULTILINE)
    return found[1] if found else ""


def _earlier(one: str, entry: str) -> bool:
    """Whether an entry of the same folder stands before a new one: pages by number, documents as they come."""
    number, new = (re.search(r"/(\d\d)-", text) for text in (one, entry))
    return new is None or (number is not None and number[1] < new[1])


def _start(entries: Sequence[str], folder: str) -> int:
    """Where the first entry of a folder goes: before others of it, or behind everything."""
    return next((index for index, one in enumerate(entries) if one.startswith(f"{folder}/")), len(entries))
