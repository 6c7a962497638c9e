"""``python -m tests.day [--stations N] [--reports N] [--calls N] [--seats N] [--tasks N]``: the day, and its table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.day.evening import day_end, day_table
from tests.day.plan import DayPlan
from tests.day.script import Day
from tests.support.replicated_servers import made_servers

WHOLE = DayPlan(stations=60, reports=200, calls=40, seats=6, tasks=30, lost=7)


def main() -> int:
    """0 where the end of the day is right."""
    asked = argparse.ArgumentParser(prog="python -m tests.day", description=__doc__)
    for name in ("stations", "reports", "calls", "seats", "tasks"):
        asked.add_argument(f"--{name}", type=int, default=getattr(WHOLE, name))
    given = asked.parse_args()
    plan = DayPlan(**vars(given), lost=WHOLE.lost % given.stations)
    with made_servers() as servers, tempfile.TemporaryDirectory(prefix="fanzha-day-") as folder:
        day = Day(plan, Path(folder), servers)
        try:
            day.run()
            end = day_end(day)
        finally:
            day.close()
    print(day_table(day, end))  # noqa: T201 - what it is for
    for item in end.wrong:
        print(item)  # noqa: T201 - as above
    return bool(end.wrong)


if __name__ == "__main__":
    sys.exit(main())
