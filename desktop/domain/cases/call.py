"""来电: by which call a report came, as it is kept among the answers of its case.

Every program since the first release keeps and hands on what stands among the answers, so a station with an older one
is sent it whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

CALL: Final = "call."
"""The beginning of its names among the answers."""

BROKE_OFF: Final = "call.broke_off"
"""When the line went, RFC 3339 text; on a draft only, until the caller is reached again."""


class CameFrom(StrEnum):
    """Who sent the caller."""

    POLICE_110 = "police_110"
    """110 转警."""
    DIRECT = "direct"
    """96110 直拨."""
    STATION = "station"
    """A police station."""


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it was taken down. ``caller``: the number it came from; ``callback``: where the caller is reached
    should it break off, empty for the same; ``at``: when it began, RFC 3339 text; ``came_from``: a code of
    :class:`CameFrom`; ``three_way``: who else is on the line, such as a bank (三方通话)."""

    caller: str = ""
    callback: str = ""
    at: str = ""
    came_from: str = ""
    three_way: str = ""

    def __bool__(self) -> bool:
        return any((self.caller, self.callback, self.at, self.came_from, self.three_way))

    @property
    def reached_at(self) -> str:
        """The number to call back."""
        return self.callback or self.caller


CALL_FIELDS: Final = ("caller", "callback", "at", "came_from", "three_way")


def call_of(answers: Iterable[tuple[str, str]] | Mapping[str, str]) -> Call:
    """The call among the answers of a case or a form; an empty one where there was none."""
    known = dict(answers)
    return Call(**{name: known.get(f"{CALL}{name}", "") for name in CALL_FIELDS})
