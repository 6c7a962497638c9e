"""When a photograph was taken, by what the camera wrote into it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from desktop.domain.evidence.contents import Fact
from desktop.domain.time.local_time import CHINA

_AS_WRITTEN: Final = "%Y:%m:%d %H:%M:%S"
"""CIPA DC-008, 4.6.5: local time; where it is, stands beside it if at all."""
_ZONED: Final = f"{_AS_WRITTEN} %z"


def camera_time(facts: Iterable[Fact]) -> datetime | None:
    """The instant; in China's legal time where the camera names no zone. None where nothing readable is told."""
    values = {fact.name: fact.value for fact in facts}
    taken, zone = values.get("exif_taken", ""), values.get("exif_zone", "")
    for form, text in ((_ZONED, f"{taken} {zone}"), (_AS_WRITTEN, taken)):
        try:
            found = datetime.strptime(text, form)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return found if found.tzinfo is not None else found.replace(tzinfo=CHINA)
    return None
