"""``texts.yaml``, ``scenarios.yaml`` and ``contents.yaml``: workloads, and the table of contents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from costbook.contents import Chapter, Contents, cycle, unmet
from costbook.contents import Path as ReadingPath
from costbook.economy.bills import Usage
from costbook.economy.scenarios import Scenario, Text
from costbook.load.fields import TAG_COUNT, TAG_TEXT, LongWords, Name, Shape, Whole, Words, check_ids, read_shape
from costbook.load.source import Document
from costbook.names import suggestion


class TextShape(Shape):
    name: Words | None = None
    text: LongWords
    note: Words | None = None
    source: Words | None = None


class TextsShape(Shape):
    texts: dict[Name, TextShape]


class TextRef(Shape):
    text: Name


def _form(value: Any) -> str:
    """A count, or ``{text: ID}``: told apart by their form."""
    return TAG_TEXT if isinstance(value, dict | TextRef) else TAG_COUNT


Count = Annotated[Annotated[Whole, Tag(TAG_COUNT)] | Annotated[TextRef, Tag(TAG_TEXT)], Discriminator(_form)]


class UsageShape(Shape):
    """Counts, or texts to be counted."""

    input: Count = 0
    output: Count = 0
    cached: Whole = 0
    write: Whole = 0
    write_1h: Whole = 0
    reasoning: Whole = 0


class ScenarioShape(Shape):
    name: Words
    usage: UsageShape
    requests: Whole
    shared: Whole | None = None
    about: Words | None = None
    source: Words | None = None


class ScenariosShape(Shape):
    scenarios: dict[Name, ScenarioShape]
    sets: dict[Name, list[Name]] = Field(default_factory=dict)


class PartShape(Shape):
    id: Name
    title: Words


class ChapterShape(Shape):
    id: Name
    number: Whole
    part: Name
    title: Words
    question: Words
    requires: list[Name] = Field(default_factory=list)
    helped_by: list[Name] = Field(default_factory=list)


class FrontShape(Shape):
    id: Name
    title: Words
    question: Words


class PathShape(Shape):
    id: Name
    title: Words
    chapters: list[Name]


class ContentsShape(Shape):
    title: Words = ""
    front: list[FrontShape] = Field(default_factory=list)
    parts: list[PartShape]
    chapters: list[ChapterShape]
    paths: list[PathShape]
    sources: dict[str, Words] = Field(default_factory=dict)


def read_texts(document: Document) -> dict[str, Text] | None:
    """Texts by id."""
    shape = read_shape(document, TextsShape)
    if shape is None:
        return None
    return {key: Text(key, one.text, one.note, one.source, one.name) for key, one in shape.texts.items()}


def _counted(value: int | TextRef) -> int:
    return value if isinstance(value, int) else 0


def _text_id(value: int | TextRef) -> str | None:
    return value.text if isinstance(value, TextRef) else None


def read_scenarios(
    document: Document, texts: dict[str, Text] | None
) -> tuple[dict[str, Scenario], dict[str, tuple[str, ...]]]:
    """Scenarios by id, and the named sets of them."""
    shape = read_shape(document, ScenariosShape)
    if shape is None:
        return {}, {}
    scenarios = {key: _scenario(document, key, one, texts) for key, one in shape.scenarios.items()}
    for name, members in shape.sets.items():
        for index, member in enumerate(members):
            if member not in scenarios:
                document.problem(("sets", name, index), f"unknown scenario {member!r}; {suggestion(member, scenarios)}")
    return scenarios, {name: tuple(members) for name, members in shape.sets.items()}


def _scenario(document: Document, key: str, shape: ScenarioShape, texts: dict[str, Text] | None) -> Scenario:
    usage = shape.usage
    for side in ("input", "output"):
        text = _text_id(getattr(usage, side))
        if text is not None and texts is not None and text not in texts:
            document.problem(
                ("scenarios", key, "usage", side, "text"), f"unknown text {text!r}; {suggestion(text, texts)}"
            )
    if shape.shared is not None and isinstance(usage.input, int) and shape.shared > usage.input:
        document.problem(
            ("scenarios", key, "shared"),
            f"{shape.shared} shared tokens are more than the prompt's {usage.input}",
        )
    return Scenario(
        id=key,
        name=shape.name,
        usage=Usage(
            input=_counted(usage.input),
            output=_counted(usage.output),
            cached=usage.cached,
            write=usage.write,
            write_1h=usage.write_1h,
            reasoning=usage.reasoning,
        ),
        requests=shape.requests,
        input_text=_text_id(usage.input),
        output_text=_text_id(usage.output),
        shared=shape.shared,
        about=shape.about,
        source=shape.source,
    )


def read_contents(document: Document, root: Path) -> Contents | None:
    """The table of contents; a chapter exists when ``book/NN-id.md`` does."""
    shape = read_shape(document, ContentsShape)
    if shape is None:
        return None
    for key, entries in (
        ("front", shape.front),
        ("parts", shape.parts),
        ("chapters", shape.chapters),
        ("paths", shape.paths),
    ):
        check_ids(document, (key,), (entry.id for entry in entries))
    parts = {part.id: part.title for part in shape.parts}
    chapters: dict[str, Chapter] = {}
    for before in shape.front:
        page = f"book/{before.id}"
        exists = (root / f"{page}.md").is_file()
        chapters[before.id] = Chapter(before.id, 0, "", before.title, before.question, (), (), page if exists else None)
    for index, one in enumerate(shape.chapters):
        if not one.number:
            document.problem(("chapters", index, "number"), "chapters count from 1; what stands before goes to `front`")
        if any(one.id == before.id for before in shape.front):
            document.problem(("chapters", index, "id"), f"the id {one.id!r} stands in `front`, too")
        docname = f"book/{one.number:02d}-{one.id}"
        exists = (root / f"{docname}.md").is_file()
        if one.part not in parts:
            document.problem(("chapters", index, "part"), f"unknown part {one.part!r}; {suggestion(one.part, parts)}")
        chapters[one.id] = Chapter(
            one.id,
            one.number,
            one.part,
            one.title,
            one.question,
            tuple(one.requires),
            tuple(one.helped_by),
            docname if exists else None,
        )
    paths = tuple(ReadingPath(path.id, path.title, tuple(path.chapters)) for path in shape.paths)
    contents = Contents(parts, chapters, paths, shape.title, shape.sources)
    if _names_known(document, shape, chapters):
        _check_order(document, contents)
    return contents


def _names_known(document: Document, shape: ContentsShape, chapters: dict[str, Chapter]) -> bool:
    before = len(document.problems)
    for index, one in enumerate(shape.chapters):
        for key, names in (("requires", one.requires), ("helped_by", one.helped_by)):
            for number, name in enumerate(names):
                if name not in chapters:
                    document.problem(
                        ("chapters", index, key, number),
                        f"unknown chapter {name!r}; {suggestion(name, chapters)}",
                    )
    for index, path in enumerate(shape.paths):
        for number, name in enumerate(path.chapters):
            if name not in chapters:
                document.problem(
                    ("paths", index, "chapters", number),
                    f"unknown chapter {name!r}; {suggestion(name, chapters)}",
                )
    return len(document.problems) == before


def _check_order(document: Document, contents: Contents) -> None:
    loop = cycle(contents)
    if loop:
        document.problem(("chapters",), f"chapters that require each other: {' -> '.join(loop)}")
    for index, path in enumerate(contents.paths):
        for chapter, needed in unmet(contents, path):
            number = path.chapters.index(chapter)
            document.problem(
                ("paths", index, "chapters", number),
                f"{chapter!r} requires {needed!r}, which does not come before it on the path {path.id!r}",
            )
