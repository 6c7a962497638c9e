"""Items that were taken in one way, on one day and at one place: what one record of taking evidence is about.

A record may list only what was got by its own method on its own occasion. A photograph of a screen does not stand in a
record of extraction, and what was extracted a week later has a record of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.time.local_time import CHINA

ABOUT: Final = "evidence/"
"""What the subject of a paper about the occasion of an item begins with."""
_FIXED: Final = frozenset(
    {
        AcquisitionMethod.PHOTOGRAPHED,
        AcquisitionMethod.SCREENSHOT,
        AcquisitionMethod.FILMED,
        AcquisitionMethod.PRINTED,
    }
)
"""Taken as pictures of a screen: ways that one note tells of together (法发〔2016〕22号第十条)."""


class _Key(NamedTuple):
    way: str
    day: date
    place: str


def occasions(
    items: Iterable[Evidence], methods: Collection[str]
) -> tuple[tuple[Evidence, ...], ...]:
    """The occasions on which items were taken by one of ``methods``, the earliest first; the items of each as they
    came."""
    found: dict[_Key, list[Evidence]] = {}
    for item in items:
        if item.method.value in methods:
            found.setdefault(_key(item), []).append(item)
    return tuple(sorted(map(tuple, found.values()), key=_start))


def items_for(
    items: Iterable[Evidence], methods: Collection[str], about: str
) -> tuple[Evidence, ...]:
    """What a paper lists: the occasion of the item it is about, else the first occasion."""
    found = occasions(items, methods)
    named = (one for one in found if any(f"{ABOUT}{item.id}" == about for item in one))
    return next(named, found[0] if found else ())


def about_occasion(occasion: tuple[Evidence, ...]) -> str:
    """What the subject of a paper about that occasion is."""
    return f"{ABOUT}{occasion[0].id}"


def unwritten(
    items: Iterable[Evidence], methods: Collection[str], abouts: Collection[str]
) -> tuple[tuple[Evidence, ...], ...]:
    """The occasions of which no paper tells yet, by the subjects of the papers there are. A paper about no item tells
    of the first occasion."""
    found = occasions(items, methods)
    return tuple(
        occasion
        for place, occasion in enumerate(found)
        if (place or "" not in abouts)
        and not any(f"{ABOUT}{item.id}" in abouts for item in occasion)
    )


def tells_of(items: Iterable[Evidence], about: str, item: Evidence) -> bool:
    """Whether a paper about ``about`` may list an item; one about the whole case may list any."""
    if not about.startswith(ABOUT):
        return True
    return any(f"{ABOUT}{one.id}" == about and _key(one) == _key(item) for one in items)


def taken_at(item: Evidence) -> datetime:
    """When it was taken; when it was received where nobody said."""
    return item.record.taken_at or item.added_at


def _key(item: Evidence) -> _Key:
    way = "fixed" if item.method in _FIXED else item.method.value
    return _Key(way, taken_at(item).astimezone(CHINA).date(), item.record.place)


def _start(occasion: tuple[Evidence, ...]) -> tuple[datetime, str]:
    return min((taken_at(item), item.id) for item in occasion)
