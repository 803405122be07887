"""What tables of chances ask, and what stands in them: paths, or the candidates of one step, by temperature."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from costbook.language.toys import shown
from costbook.pages.tables import Asker, Options, Put, Slip, one_of, words_of
from costbook.questions import Candidate, Candidates, Chance, PathOf, Unreadable
from costbook.questions.readers import Place, place, temperature

TEMPERATURES = "0 0.5 1 1.5 2"
"""What a table of chances shows that names no temperatures."""


class ChanceRow(NamedTuple):
    """A path or a candidate as it is printed, and its chance at each temperature."""

    head: str
    cells: tuple[Put, ...]


@dataclass(frozen=True)
class ChanceTable:
    """Chances by temperature; ``temperatures`` are the heads of its columns behind the first."""

    temperatures: tuple[str, ...]
    rows: tuple[ChanceRow, ...]
    stamp = " (a toy: its chances are invented)"


def chance_table(asker: Asker, argument: str, options: Options) -> ChanceTable:
    """Paths of a toy by row, temperatures by column."""
    toy, columns = one_of(argument, asker.world.toys, "toy").id, _temperatures(options)
    paths = words_of(options, "paths", "")
    if not paths:
        raise Slip("chance-table needs `:paths:`, the ids of some paths of its toy", argument)
    rows = []
    for path in paths:
        here = Place(toy, path)
        head = str(asker.ask(PathOf(here), path))
        cells = tuple(_put(asker, Chance(here, value), path) for value in columns.values())
        rows.append(ChanceRow(head, cells))
    return ChanceTable(tuple(columns), tuple(rows))


def candidate_table(asker: Asker, argument: str, options: Options) -> ChanceTable:
    """The candidates behind the prompt or a path of a toy by row, temperatures by column."""
    here, columns = place(argument), _temperatures(options)
    rows = []
    for token in asker.ask(Candidates(here), argument):
        cells = tuple(_put(asker, Candidate(here, token, value), argument) for value in columns.values())
        rows.append(ChanceRow(shown(token), cells))
    return ChanceTable(tuple(columns), tuple(rows))


def _put(asker: Asker, question: Chance | Candidate, literal: str) -> Put:
    return Put(question, asker.ask(question, literal), literal)


def _temperatures(options: Options) -> dict[str, Decimal]:
    found = {}
    for text in words_of(options, "with", TEMPERATURES):
        try:
            found[text] = temperature(text)
        except Unreadable as error:
            raise Slip(str(error), text) from None
    return found
