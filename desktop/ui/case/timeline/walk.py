"""From one event of the timeline to the next: in time, and across the lanes."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.case_file.timeline import TimelineEvent, TimelineLane


def in_time(events: Sequence[TimelineEvent], key: str, by: int) -> TimelineEvent | None:
    """``by`` events later than ``key`` (earlier if negative), the last or first at most; None without any event."""
    if not events:
        return None
    place = next((number for number, item in enumerate(events) if item.key == key), 0)
    return events[min(max(place + by, 0), len(events) - 1)]


def across(events: Sequence[TimelineEvent], key: str, by: int) -> TimelineEvent | None:
    """The event of another lane, ``by`` (1 or -1) on, that is nearest in time; lanes without any are passed over."""
    here = next((item for item in events if item.key == key), None)
    if here is None:
        return None
    lanes = list(TimelineLane)
    place = lanes.index(here.lane) + by
    while 0 <= place < len(lanes):
        others = [item for item in events if item.lane is lanes[place]]
        if others:
            return min(others, key=lambda item: abs(item.at - here.at))
        place += by
    return None
