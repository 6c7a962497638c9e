"""What several cases hold, signed as a pack by which desks warn while a value is typed, offline."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.pack import PackKind
from desktop.runtime.watch_list import FILE, watch_file
from desktop.services.desk import Desk
from desktop.services.packs.sign_pack import sign_pack
from desktop.services.series.list_watched import list_watched


@dataclass(frozen=True, slots=True)
class WatchPack:
    """The bytes of the file, the day it counts from, and how many values it holds."""

    data: bytes
    version: str
    values: int


def make_watch_pack(desk: Desk, version: str = "") -> WatchPack:
    """``version``: a day, today where none is given. Raises what ``list_watched`` and ``sign_pack`` raise."""
    day = version or desk.today.isoformat()
    rows = list_watched(desk)
    data = sign_pack(desk, PackKind.WATCH, day, {FILE: watch_file(day, rows)})
    return WatchPack(data, day, len(rows))
