"""What several cases hold, signed as a package by which desks warn while a value is typed, offline."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.exchange.data_package import PackageKind
from desktop.runtime.packages.watch_list import FILE, watch_file
from desktop.services.packages.sign_package import sign_package
from desktop.services.series.list_watched import list_watched
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class WatchPackage:
    """The bytes of the file, the day it counts from, and how many values it holds."""

    data: bytes
    version: str
    values: int


def make_watch_package(session: Session, version: str = "") -> WatchPackage:
    """``version``: a day, today where none is given. Raises what ``list_watched`` and ``sign_package`` raise."""
    day = version or session.today.isoformat()
    rows = list_watched(session)
    data = sign_package(session, PackageKind.WATCH, day, {FILE: watch_file(day, rows)})
    return WatchPackage(data, day, len(rows))
