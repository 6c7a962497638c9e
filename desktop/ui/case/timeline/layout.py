"""Where labels find room on the timeline, as numbers only."""

from __future__ import annotations

from collections.abc import Sequence


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
