"""What a device that is no longer trusted left with a colleague and never told the centre."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.domain.records.fields import Fields


@dataclass(frozen=True, slots=True)
class LeftRecord:
    """What still stands of one entry of that device; ``seq``, ``kind``, ``officer`` and ``wall`` are the entry's."""

    seq: int
    kind: str
    subject: str
    officer: str
    wall: str
    fields: Fields
