"""Guided phone filming: which screens to photograph, in order, and which are still missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from desktop.domain.cases.scam_types import in_language
from desktop.domain.evidence.item import Evidence

_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Shot:
    """One screen to photograph. ``id`` is ``<list>.<shot>``; ``needed``: to be missed when it is not there."""

    id: str
    texts: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False

    def text(self, language: str) -> str:
        """What to photograph."""
        return in_language(self.texts, language)

    def hint(self, language: str) -> str:
        """How."""
        return in_language(self.hints, language) if self.hints else ""


@dataclass(frozen=True, slots=True)
class ShotList:
    """The screens of one kind of app. ``types``: fraud types it is for, every one when empty."""

    id: str
    names: Mapping[str, str]
    shots: tuple[Shot, ...]
    types: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """What it is called."""
        return in_language(self.names, language)

    def serves(self, fraud: str) -> bool:
        """Whether it is for this type of fraud."""
        return not self.types or fraud in self.types


def lists_for(lists: Iterable[ShotList], fraud: str) -> tuple[ShotList, ...]:
    """The lists of a type of fraud first, then the others."""
    return tuple(sorted(lists, key=lambda item: not item.serves(fraud)))


def film_order(name: str) -> tuple[tuple[int, int, str], ...]:
    """The key by which photographs are put in the order they were taken: ``IMG_9`` before ``IMG_10``."""
    parts = _DIGITS.split(name.casefold())
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def spread(count: int, shots: Sequence[Shot]) -> tuple[int, ...]:
    """The first guess: one photograph a shot in order; the last shot takes what is left. Places in ``shots``."""
    last = len(shots) - 1
    return tuple(min(place, last) for place in range(count))


def moved(places: Sequence[int], photo: int, by: int, shots: int) -> tuple[int, ...]:
    """The places once ``photo`` and all after it were moved on or back by ``by`` shots.

    A second picture of the same screen is moved back by one, and all that follow come along. Order is kept: no
    photograph goes before the one taken earlier.
    """
    floor = places[photo - 1] if photo else 0
    step = max(min(places[photo] + by, shots - 1), floor) - places[photo]
    if not step:
        return tuple(places)
    later = (max(min(place + step, shots - 1), 0) for place in places[photo:])
    return (*places[:photo], *later)


def missing_shots(shots: Iterable[Shot], taken: Iterable[str]) -> tuple[Shot, ...]:
    """Needed shots of which there is no photograph."""
    there = set(taken)
    return tuple(shot for shot in shots if shot.needed and shot.id not in there)


def filmed(items: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """The photographs of a case that were filmed by a list, as they are numbered."""
    found = [item for item in items if item.record.shot]
    return tuple(sorted(found, key=lambda item: (item.record.frame, item.added_at, item.id)))
