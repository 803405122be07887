"""The values of data files: what each kind of text may be, and what the author meant where it is not."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from decimal import Decimal
from pathlib import PurePosixPath
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Tag, ValidationError

from costbook.assessment.objectives import PROCESSES, Level
from costbook.load.source import Document, Keys, Problem
from costbook.names import suggestion

PRICE = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6})?")
WHOLE = re.compile(r"[0-9]{1,12}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NAME = re.compile(r"[A-Za-z0-9][\w.:-]{0,99}")  # some name files
URL = re.compile(r"https?://[^\s<>\"]+")
NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
MINUTES = re.compile(r"[0-9]{1,3}(\.(0|00|25|5|50|75))?")
SHARE = re.compile(r"[0-9]{1,3}(\.[0-9]{1,2})?%")

LONGEST = 5_000
"""Characters of one text: reading nested markup takes time that grows with the square of its length."""

S = TypeVar("S", bound="Shape")

# pydantic puts these into the path of a problem, to say which form of a value was read. No key of a shape is like them.
TAG_COUNT, TAG_TEXT = "<count>", "<text>"
TAG = re.compile(r"<[a-z-]+>")


def _scalar(value: Any, what: str) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        raise ValueError(f"is empty; {what} is needed")
    kind = "mapping" if isinstance(value, dict) else "list"
    raise ValueError(f"is a {kind}; {what} is needed")


def price(value: Any) -> Decimal:
    """USD per million tokens, with at most six decimals: a whole number of picodollars per token."""
    text = _scalar(value, "a price")
    if not PRICE.fullmatch(text):
        raise ValueError(
            f"{text[:40]!r} is not a price; write USD per million tokens as a plain decimal such as 2.50 or 0.003625"
        )
    return Decimal(text)


def whole(value: Any) -> int:
    """A whole number of at most twelve digits."""
    text = _scalar(value, "a whole number")
    if not WHOLE.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a whole number; write digits only, such as 1500")
    return int(text)


def positive(value: Any) -> int:
    """A whole number above 0."""
    number = whole(value)
    if not number:
        raise ValueError("'0' is too small; write 1 or more")
    return number


def number(value: Any) -> Decimal:
    """A number from 0 on, with at most six decimals."""
    text = _scalar(value, "a number")
    if not NUMBER.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not a number; write a plain decimal such as 2000 or 0.25")
    return Decimal(text)


def minutes(value: Any) -> Decimal:
    """A time in minutes, in quarters."""
    text = _scalar(value, "a number of minutes")
    if not MINUTES.fullmatch(text) or not Decimal(text):
        raise ValueError(f"{text[:40]!r} is not a number of minutes; write quarters such as 1, 1.5 or 0.75")
    return Decimal(text)


def share(value: Any) -> Decimal:
    """A percentage above 0 and at most 100; ``75%`` is 0.75."""
    text = _scalar(value, "a percentage")
    if not SHARE.fullmatch(text) or not 0 < Decimal(text[:-1]) <= 100:  # noqa: PLR2004 - the whole, in percent
        raise ValueError(f"{text[:40]!r} is not a share; write a percentage such as 75%, above 0% and at most 100%")
    return Decimal(text[:-1]) / 100


def day(value: Any) -> date:
    """A day as YYYY-MM-DD."""
    text = _scalar(value, "a date")
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not a date; write YYYY-MM-DD") from None


def name(value: Any) -> str:
    """An id: letters, digits and ``. : - _``."""
    text = _scalar(value, "an id")
    if not NAME.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is not an id; write at most 100 letters, digits and . : - _ without spaces")
    return text


def words(value: Any) -> str:
    """Text of at most 5,000 characters."""
    text = long_words(value)
    if len(text) > LONGEST:
        raise ValueError(f"is {len(text):,} characters long; a text has at most {LONGEST:,}: shorten or split it")
    return text


def long_words(value: Any) -> str:
    """Text of any length that is never read as markup."""
    text = _scalar(value, "text").strip()
    if not text:
        raise ValueError("is empty; text is needed")
    return text


def url(value: Any) -> str:
    """An address that starts with http:// or https://."""
    text = _scalar(value, "an address")
    if len(text) > LONGEST or not URL.fullmatch(text):
        raise ValueError(f"{text[:60]!r} is not an address; write https://…")
    return text


def flag(value: Any) -> bool:
    """``true`` or ``false``; ``yes`` and ``no`` mean the same."""
    text = _scalar(value, "true or false")
    meaning = {"true": True, "yes": True, "false": False, "no": False}
    if text not in meaning:
        raise ValueError(f"{text[:40]!r} is neither true nor false")
    return meaning[text]


def choice(*values: str) -> Callable[[Any], str]:
    """One of some words."""

    def read(value: Any) -> str:
        text = _scalar(value, f"one of {', '.join(values)}")
        if text not in values:
            meant = suggestion(text, values)
            more = f"; {meant}" if meant.startswith("did you mean") else ""
            raise ValueError(f"{text[:40]!r} is none of {', '.join(values)}{more}")
        return text

    return read


PriceText = Annotated[Decimal, BeforeValidator(price)]
Whole = Annotated[int, BeforeValidator(whole)]
Positive = Annotated[int, BeforeValidator(positive)]
Number = Annotated[Decimal, BeforeValidator(number)]
Minutes = Annotated[Decimal, BeforeValidator(minutes)]
Share = Annotated[Decimal, BeforeValidator(share)]
Day = Annotated[date, BeforeValidator(day)]
Name = Annotated[str, BeforeValidator(name)]
Words = Annotated[str, BeforeValidator(words)]
LongWords = Annotated[str, BeforeValidator(long_words)]
Url = Annotated[str, BeforeValidator(url)]
Flag = Annotated[bool, BeforeValidator(flag)]
LevelText = Annotated[str, BeforeValidator(choice(*(level.value for level in Level)))]


class Shape(BaseModel):
    """A mapping of a data file: unknown keys are refused, and what is read is frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


def check_ids(document: Document, path: Keys, ids: Iterable[str]) -> None:
    """Note each id of a list that stands twice: the later entry would hide the earlier one."""
    seen: set[str] = set()
    for index, one in enumerate(ids):
        if one in seen:
            document.problem((*path, index, "id"), f"the id {one!r} stands twice")
        seen.add(one)


def check_known(document: Document, path: Keys, name: str, known: Collection[str] | None, kind: str) -> None:
    """Note a name that is not among the known ones, where these could be read."""
    if known is not None and name not in known:
        document.problem(path, f"unknown {kind} {name!r}; {suggestion(name, known)}")


def check_file_name(document: Document, name: str) -> None:
    """Note an id that is not the name of its file."""
    if name != PurePosixPath(document.file).stem:
        document.problem(("id",), f"the file of {name!r} must be named {name}.yaml")


def check_process(document: Document, path: Keys, process: str, level: Level) -> None:
    """Note a cognitive process that does not belong to its level."""
    if process not in PROCESSES[level]:
        known = PROCESSES[level]
        document.problem(path, f"{process!r} is no process of the level {level.value!r}; {suggestion(process, known)}")


def read_shape(document: Document, shape: type[S]) -> S | None:
    """The document's data in a shape; every problem is noted at its place."""
    if document.data is None:
        return None
    try:
        return shape.model_validate(document.data)
    except ValidationError as error:
        for found in error.errors(include_url=False, include_context=True):
            _note(document, shape, found)
        return None


def _path(data: Any, location: Keys) -> Keys:
    """The keys that lead to a problem, without the tags of forms; a key of the data may look like one."""
    path: Keys = ()
    for part in location:
        known = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if known:
            data = data[part]
        elif isinstance(part, str) and TAG.fullmatch(part):
            continue
        else:
            data = None
        path = (*path, part)
    return path


def _note(document: Document, shape: type[Shape], found: Any) -> None:
    path, kind, message = _path(document.data, found["loc"]), found["type"], found["msg"].removeprefix("Value error, ")
    if path and path[-1] == "[key]":
        document.problems.append(Problem(document.key_place(path[:-1]), f"the key {message}"))
    elif kind == "missing":
        document.problem(path[:-1], f"needs the key {str(path[-1])!r}")
    elif kind == "extra_forbidden":
        key = str(path[-1])
        what = f"unknown key {key[:60]!r}; {suggestion(key, _known_keys(shape, found['loc'][:-1]))}"
        document.problems.append(Problem(document.key_place(path), what))
    elif kind in {"model_type", "dict_type", "model_attributes_type"}:
        keys = _known_keys(shape, path)
        more = f", with the keys {', '.join(keys)}" if path and keys else ""
        document.problem(path, f"a mapping (key: value) is needed here{more}")
    elif kind in {"list_type", "tuple_type"}:
        document.problem(path, "a list is needed here; begin each entry with a dash")
    elif kind == "too_short":
        document.problem(path, f"{_label(path)}is empty; at least one entry is needed")
    else:
        document.problem(path, f"{_label(path)}{message}")


def _label(path: Keys) -> str:
    named = [str(part) for part in path if isinstance(part, str)]
    return f"{named[-1]}: " if named else ""


def _known_keys(shape: Any, path: Keys) -> list[str]:
    """The keys that the shape at a path has."""
    for part in path:
        shape = _inner(shape, part)
    shape = _bare(shape)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        return [info.alias or key for key, info in shape.model_fields.items()]
    return []


def _inner(shape: Any, part: str | int) -> Any:
    if isinstance(part, str) and TAG.fullmatch(part):
        return _tagged(shape, part)
    shape = _bare(shape)
    if isinstance(shape, type) and issubclass(shape, BaseModel):
        for key, info in shape.model_fields.items():
            if (info.alias or key) == part:
                return info.annotation
        return None
    arguments = getattr(shape, "__args__", ())
    return arguments[1 if isinstance(part, str) and len(arguments) > 1 else 0] if arguments else None


def _tagged(shape: Any, tag: str) -> Any:
    """The member of a union that has a tag."""
    while hasattr(shape, "__metadata__"):
        shape = shape.__origin__
    return next((one for one in get_args(shape) if Tag(tag) in getattr(one, "__metadata__", ())), None)


def _bare(shape: Any) -> Any:
    """A type without ``Annotated``; of a union its mapping, else its first type but None."""
    if hasattr(shape, "__metadata__"):
        return _bare(shape.__origin__)
    if isinstance(shape, UnionType) or get_origin(shape) is Union:
        arguments = [_bare(argument) for argument in shape.__args__ if argument is not type(None)]
        mappings = [one for one in arguments if isinstance(one, type) and issubclass(one, BaseModel)]
        return (mappings or arguments)[0]
    return shape
