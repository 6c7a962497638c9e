"""Which set of prescribed forms a unit prints from on a day: data, because sets are replaced by order, unit by unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Procedure(StrEnum):
    """The kind of procedure a form belongs to. What belongs to no kind is printed in every one."""

    CRIMINAL = "criminal"
    ADMINISTRATIVE = "administrative"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class FormSet:
    """A published set of forms. ``article`` names the order that published it; ``note`` carries what is in doubt."""

    id: str
    procedure: Procedure
    article: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FormChoice:
    """Units whose code begins with one of ``units`` (everybody, when empty) print from ``set`` on these days."""

    set: str
    valid_from: date
    valid_until: date | None = None
    units: tuple[str, ...] = ()
    note: str = ""

    def narrowness(self, unit_code: str) -> int:
        """How exactly the choice speaks of the unit: the length of the prefix that fits, -1 when none does."""
        if not self.units:
            return 0
        return max((len(one) for one in self.units if unit_code.startswith(one)), default=-1)


class FormSets:
    """All sets, and who uses which from when."""

    __slots__ = ("_choices", "_sets")

    def __init__(self, sets: Iterable[FormSet], choices: Iterable[FormChoice]) -> None:
        self._sets = {item.id: item for item in sets}
        self._choices = tuple(choices)
        for choice in self._choices:
            if choice.set not in self._sets:
                raise ValueError(f"a choice of the unknown set {choice.set}")

    @property
    def sets(self) -> tuple[FormSet, ...]:
        """Every set, also those nobody uses today."""
        return tuple(self._sets.values())

    def procedure(self, form_set: str) -> Procedure:
        """What a set is for."""
        return self._sets[form_set].procedure

    def chosen(self, procedure: Procedure, unit_code: str, on: date) -> FormSet:
        """The set of a procedure for a unit on a day: the narrowest choice in force, the newest of equals.

        Before the first choice the first one answers: so old a day is a slip of the keyboard, and a slip must not
        keep a paper from being printed.
        """
        ours = [
            item
            for item in self._choices
            if self._sets[item.set].procedure is procedure and item.narrowness(unit_code) >= 0
        ]
        in_force = [
            item
            for item in ours
            if item.valid_from <= on and (item.valid_until is None or on <= item.valid_until)
        ]
        if in_force:
            best = max(in_force, key=lambda item: (item.narrowness(unit_code), item.valid_from))
        else:
            best = min(ours, key=lambda item: item.valid_from)
        return self._sets[best.set]

    def in_use(self, unit_code: str, on: date) -> frozenset[str]:
        """Ids of all sets a unit prints from on a day."""
        one_for_all = {item.id for item in self._sets.values() if item.procedure is Procedure.ANY}
        kinds = (Procedure.CRIMINAL, Procedure.ADMINISTRATIVE)
        return frozenset(one_for_all | {self.chosen(kind, unit_code, on).id for kind in kinds})
