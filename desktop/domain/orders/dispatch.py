"""In which pack the centre sent an order to whoever is to act on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Dispatch:
    """``pack``: the centre's local number of the pack; ``to``: its receiver; ``officer``: who made it up; ``source``:
    how the centre knew the receiver of an order that names none."""

    pack: str = ""
    at: datetime | None = None
    to: str = ""
    officer: str = ""
    source: str = ""


NOT_DISPATCHED = Dispatch()
