"""The register of what an educator has exported: a local file by which a stale bank is recognised later.

It holds ids and digests of questions and no text of them, and it stays on the educator's machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date

from costbook.export.bank import Bank

FILE = "exported.json"
"""Its name, in the folder of an educator's own items."""
VERSION = 1


class BadRegister(ValueError):
    """A register that cannot be read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A bank as it was exported: to which target and folder, from which edition, and the digest of each question."""

    quiz: str
    target: str
    folder: str
    edition: int
    as_of: date
    questions: Mapping[str, str]

    @property
    def place(self) -> tuple[str, str, str]:
        """What an export replaces: an earlier one of the same quiz, to the same target and folder."""
        return self.quiz, self.target, self.folder


@dataclass(frozen=True, slots=True)
class Aged:
    """What has become of an exported bank: the ids of its questions that say something else now, and that are gone."""

    exported: Exported
    moved: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def stale(self) -> bool:
        """Whether anything in it is no longer what the book says."""
        return bool(self.moved or self.gone)


def exported(bank: Bank, target: str, folder: str) -> Exported:
    """The entry of a bank."""
    questions = {question.id: question.digest for question in bank.questions}
    return Exported(bank.id, target, folder, bank.edition, bank.as_of, questions)


def read_register(text: str) -> tuple[Exported, ...]:
    """The exports that a register lists.

    Raises:
        BadRegister: it is no register, or one of a later version.
    """
    try:
        found = json.loads(text)
        if found["version"] != VERSION:
            raise BadRegister(
                f"it is of version {found['version']}, and this is version {VERSION}; use a newer costbook"
            )
        return tuple(_entry(**one) for one in found["exports"])
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        if isinstance(error, BadRegister):
            raise
        raise BadRegister(f"it is no register of exports ({error}); move the file away, and export again") from None


def _entry(*, quiz: str, target: str, folder: str, edition: int, as_of: str, questions: Mapping[str, str]) -> Exported:
    return Exported(quiz, target, folder, int(edition), date.fromisoformat(as_of), dict(questions))


def with_exports(before: Iterable[Exported], new: Iterable[Exported]) -> str:
    """The text of a register with more exports; a later export of a bank to the same place replaces the earlier one."""
    found = {one.place: one for one in (*before, *new)}
    entries = [{**asdict(one), "as_of": one.as_of.isoformat()} for one in found.values()]
    return json.dumps({"version": VERSION, "exports": entries}, ensure_ascii=False, indent=1) + "\n"


def aged(one: Exported, digests: Mapping[str, str]) -> Aged:
    """What has become of an exported bank, by the digests of all questions that its quiz can draw now."""
    moved = tuple(id_ for id_, digest in one.questions.items() if id_ in digests and digests[id_] != digest)
    return Aged(one, moved, tuple(id_ for id_ in one.questions if id_ not in digests))
