"""A year of a province's stations at one centre, in compressed time: when bundles wait, and how large the tables are.

Nothing is written anywhere. How long a bundle takes is given: ``--each`` seconds whatever is in it, and ``--rate``,
entries a second of one process as ``fanzha bench --sizes`` measures them. The rest is drawn by chance from ``--seed``,
so that a run can be repeated.

    python packaging/simulate_province.py --each 5 --processes 4
"""

from __future__ import annotations

import argparse
import heapq
import random  # noqa: TID251 - a made-up year, the same for the same seed
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import ceil

_DAY_S = 86_400
_HOURS = (9, 12, 15, 18, 21)
"""When couriers and shared folders bring bundles; three of four stations send at each."""
_SENDS = 0.75
_CAMPAIGN = 3.0
"""How many times more reports come on the days of a wave of frauds, two of a hundred days."""
_WAVES = 0.02
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Province:
    """``cases``: of a station and day, on average; ``entries`` and ``size`` (octets): of a case in the centre. A
    bundle takes ``each`` seconds and its entries at ``rate`` a second."""

    stations: int
    days: int
    cases: float
    entries: float
    size: float
    rate: float
    each: float
    processes: int
    seed: int


@dataclass(slots=True)
class Year:
    """Seconds a bundle waited until it was in, those of all bundles; entries and octets by the end of each month."""

    waits: list[float] = field(default_factory=list)
    busy: float = 0.0
    entries: int = 0
    months: list[tuple[int, float]] = field(default_factory=list)


def bundles(province: Province) -> Iterator[tuple[float, int]]:
    """(second of arrival, entries), in order."""
    draw = random.Random(province.seed)  # noqa: S311 - as above
    left = [0.0] * province.stations
    for day in range(province.days):
        wave = _CAMPAIGN if draw.random() < _WAVES else 1.0
        arrivals: list[tuple[float, int]] = []
        for hour in _HOURS:
            for station in range(province.stations):
                share = province.cases * wave / len(_HOURS) * province.entries
                left[station] += share * draw.uniform(0.4, 1.6)
                if left[station] >= 1 and draw.random() < _SENDS:
                    at = day * _DAY_S + hour * 3600 + draw.expovariate(1 / 900)
                    arrivals.append((at, int(left[station])))
                    left[station] %= 1
        yield from sorted(arrivals)


def simulate(province: Province) -> Year:
    """Who comes first is served first, by whichever process is free."""
    year, free = Year(), [0.0] * province.processes
    heapq.heapify(free)
    for at, entries in bundles(province):
        month = min(int(at / _DAY_S / province.days * _MONTHS), _MONTHS - 1)
        while len(year.months) < month:
            year.months.append(_so_far(province, year))
        took = province.each + entries / province.rate
        end = max(heapq.heappop(free), at) + took
        heapq.heappush(free, end)
        year.waits.append(end - at)
        year.busy += took
        year.entries += entries
    year.months.append(_so_far(province, year))
    return year


def _so_far(province: Province, year: Year) -> tuple[int, float]:
    return year.entries, year.entries / province.entries * province.size


def main() -> None:
    """Print what the year was like."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    for name, kind, default in (
        ("stations", int, 500), ("days", int, 365), ("cases", float, 8.0), ("entries", float, 20.0),
        ("size", float, 45_000.0), ("rate", float, 250.0), ("each", float, 1.0),
        ("processes", int, 1), ("seed", int, 1),
    ):  # fmt: skip
        parser.add_argument(f"--{name}", type=kind, default=default)
    province = Province(**vars(parser.parse_args()))
    year = simulate(province)
    waits = sorted(year.waits)
    span = province.days * _DAY_S * province.processes
    print(
        f"{len(waits):,} bundles, {year.entries:,} entries, busy {year.busy / span:.2%} of the year"
    )
    for share in (0.5, 0.95, 0.99, 1.0):
        print(f"in within {waits[ceil(len(waits) * share) - 1]:.1f} s: {share:.0%}")
    for month, (entries, size) in enumerate(year.months, 1):
        print(f"month {month:2d}: {entries:12,} entries {size / 1e9:8.1f} GB")


if __name__ == "__main__":
    main()
