"""The timeline laid out for one width and height: where every event, label, band and hour stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from desktop.domain.case_file.timeline import Band, Timeline, TimelineEvent, TimelineLane
from desktop.domain.time.time_axis import TimeAxis


def stack(
    places: Sequence[tuple[float, float]], rows: int | None, gap: float = 0.0
) -> list[int | None]:
    """The row of each label, so that none covers another; None where no row is free and a dot must do.

    ``places`` are (left, width) in the order of ``left``; ``rows`` None gives as many rows as it takes.
    """
    ends: list[float] = []
    found: list[int | None] = []
    for left, width in places:
        row = next((number for number, end in enumerate(ends) if end + gap <= left), None)
        if row is None and (rows is None or len(ends) < rows):
            row = len(ends)
            ends.append(left)
        if row is not None:
            ends[row] = left + width
        found.append(row)
    return found


def share_rows(needs: Sequence[int], room: int) -> list[int]:
    """``room`` rows among lanes that need so many: at least one each, the rest to whoever still needs, in turn."""
    given = [1] * len(needs)
    left = room - len(needs)
    while left > 0 and any(has < need for has, need in zip(given, needs, strict=True)):
        for lane, need in enumerate(needs):
            if left > 0 and given[lane] < need:
                given[lane] += 1
                left -= 1
    return given


_GAP = 6.0


@dataclass(frozen=True, slots=True)
class Placed:
    """An event at ``x`` (of the whole drawing); ``row`` None where only its dot has room."""

    event: TimelineEvent
    x: float
    width: float
    row: int | None


@dataclass(frozen=True, slots=True)
class LaneBox:
    """A lane from ``top``, with its rows of labels below the rail of dots."""

    lane: TimelineLane
    top: float
    height: float
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class AxisMark:
    """A time written under the axis' upper edge."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes in logical pixels: where the lanes begin and how high they may be in all, a rail, a row, the widest label.

    ``label`` measures a text of an event, ``mark`` one of the axis.
    """

    top: float
    height: float
    rail: float
    row: float
    widest: float
    label: Callable[[str], float]
    mark: Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything at its place, ``width`` wide."""

    lanes: tuple[LaneBox, ...]
    marks: tuple[AxisMark, ...]
    width: float

    def placed(self) -> Iterator[tuple[LaneBox, Placed]]:
        """Every event with its lane."""
        for box in self.lanes:
            for item in box.placed:
                yield box, item


def axis_of(timeline: Timeline, now: datetime) -> TimeAxis:
    """An axis for the events, the ends of the bands, and now."""
    ends = [at for band in timeline.bands for at in (band.start, band.end)]
    return TimeAxis([now, *ends, *(event.at for event in timeline.events)])


def lay_out(
    timeline: Timeline,
    axis: TimeAxis,
    labels: Mapping[str, str],
    scale: float,
    measures: Measures,
    zone: tzinfo | None,
) -> Scene:
    """The drawing at ``scale`` pixels a minute."""
    top = measures.top
    lanes = {
        lane: [event for event in timeline.events if event.lane is lane] for lane in TimelineLane
    }
    places = {
        lane: [
            (
                axis.position(event.at) * scale,
                min(measures.label(labels[event.key]), measures.widest),
            )
            for event in events
        ]
        for lane, events in lanes.items()
    }
    needs = [
        max((row + 1 for row in stack(places[lane], None, _GAP) if row is not None), default=1)
        for lane in TimelineLane
    ]
    room = int((measures.height - len(TimelineLane) * measures.rail) // measures.row)
    boxes = []
    for lane, rows in zip(TimelineLane, share_rows(needs, room), strict=True):
        high = measures.rail + rows * measures.row
        found = stack(places[lane], rows, _GAP)
        items = zip(lanes[lane], places[lane], found, strict=True)
        boxes.append(
            LaneBox(lane, top, high, tuple(Placed(event, x, width, row) for event, (x, width), row in items))
        )  # fmt: skip
        top += high
    return Scene(
        tuple(boxes),
        tuple(_marks(axis, scale, measures.mark, zone)),
        axis.length * scale + measures.widest,
    )


def _marks(
    axis: TimeAxis, scale: float, measure: Callable[[str], float], zone: tzinfo | None
) -> Iterator[AxisMark]:
    """The instants that find room, left to right; the day is said where it changes."""
    free, day = float("-inf"), ""
    for instant in axis.instants:
        here = instant.astimezone(zone)
        date = f"{here:%m-%d}"
        text = f"{here:%H:%M}" if date == day else f"{date} {here:%H:%M}"
        x = axis.position(instant) * scale
        if x >= free:
            yield AxisMark(x, text)
            free = x + measure(text) + 2 * _GAP
            day = date


def pause_words(pause: timedelta) -> tuple[str, int]:
    """(key, count) of a squeezed stretch: ``("hours", 46)``; days from three on."""
    hours = pause.total_seconds() / 3600
    if hours < 1:
        return "minutes", round(hours * 60)
    return ("hours", round(hours)) if hours < 72 else ("days", round(hours / 24))


def band_rows(bands: Sequence[Band]) -> dict[str, int]:
    """The strip of each kind of band, uppermost first."""
    names = [name for name in ("golden", "bridge", "freeze") if any(b.name == name for b in bands)]
    return {name: row for row, name in enumerate(names)}
