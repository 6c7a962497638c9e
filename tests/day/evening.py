"""What stands at the end of the day, beside what was planned and acknowledged; and the table of it.

Nothing here is taken from the program's own sums: each case, order and task is looked for by what was made up about it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop.app.profile.profile_file import read_profile
from tests.day.news import Waits, commits_of, waits_for
from tests.day.plan import PlannedCase
from tests.day.script import Day
from tests.day.worker import Document, Worker

_EVERY = "1000000"
_UNANSWERED = "acknowledged"


@dataclass(frozen=True, slots=True)
class DayLine:
    """``planned`` before the day, ``acknowledged`` by the program, and what stands in the end on each side."""

    what: str
    planned: int
    acknowledged: int
    centre: int
    stations: int


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says at the end, by what was made up: orders by their payment (fen), cases by the victim."""

    orders: Mapping[int, list[Document]]
    cases: Mapping[str, list[Document]]
    tasks: Mapping[str, str]
    sound: bool

    def state(self, planned: PlannedCase) -> str:
        """Of its only order; "" where there is none, or where it says another sum than the bank."""
        rows = self.orders.get(planned.fen, [])
        if len(rows) != 1:
            return ""
        reply = rows[0]["reply"]
        held = reply["amount_fen"] if reply else 0
        return str(rows[0]["state"]) if held == planned.held_fen else ""


@dataclass(frozen=True, slots=True)
class DayEnd:
    """``wrong``: each thing that is not as it should be, in words; ``news``: how long each window waited for what
    others did, while all worked, and while each seat did one thing after the other."""

    lines: tuple[DayLine, ...]
    wrong: tuple[str, ...]
    news: tuple[Waits, Waits]


def day_end(day: Day) -> DayEnd:
    """Compares all sides with the plan."""
    seat = day.seats[0]
    centre = _side(seat.worker, seat.root, seat.officer)
    with ThreadPoolExecutor(len(day.couriers)) as pool:
        found = pool.map(partial(_of_courier, day), range(len(day.couriers)))
        stations = {number: side for some in found for number, side in some.items()}
    wrong = [*_wrong_cases(day, centre, stations), *_wrong_tasks(day, centre)]
    wrong += [
        f"journal at {root.name}"
        for root, one in {one.root: one for one in day.seats}.items()
        if one.do("verify")["ok"] is not True
    ]
    if not centre.sound:
        wrong.append("journal of the centre")
    wrong += [f"journal of station {n}" for n, side in stations.items() if not side.sound]
    wrong += [
        f"bundles of {row['unit_name']} have gaps"
        for row in seat.do("centre", "inbox")["stations"]
        if row["gaps"]
    ]
    return DayEnd(tuple(_lines(day, centre, stations)), tuple(wrong), _news(day))


def _news(day: Day) -> tuple[Waits, Waits]:
    device = read_profile(day.first.root).device
    commits = commits_of(day.servers.address("two"), device)
    since = day.book.quiet_since
    busy, quiet = ([one for one in commits if (one.at > since) is late] for late in (False, True))
    until = max(seen.at for watch in day.watches for seen in watch.seen())
    return waits_for(day.watches, busy), waits_for(day.watches, [c for c in quiet if c.at < until])


def _of_courier(day: Day, courier: int) -> dict[int, Side]:
    worker = day.couriers[courier]
    return {
        station.number: _side(worker, station.root, station.officer)
        for station in day.of_courier(courier)
    }


def _side(worker: Worker, root: Path, officer: str) -> Side:
    at = root, officer
    orders: dict[int, list[Document]] = {}
    cases: dict[str, list[Document]] = {}
    for row in worker.do(*at, "order", "list")["orders"]:
        orders.setdefault(row["amount_fen"], []).append(row)
    for row in worker.do(*at, "report", "list", "--limit", _EVERY)["cases"]:
        cases.setdefault(row["victim"], []).append(row)
    tasks = worker.do(*at, "task", "list", "--view", "all")["tasks"]
    states = {row["task"]: row["state"] for row in tasks}
    return Side(orders, cases, states, worker.do(*at, "verify")["ok"] is True)


def _wrong_cases(day: Day, centre: Side, stations: Mapping[int, Side]) -> Iterator[str]:
    for planned in day.cases:
        known = day.book.cases.get(planned.number)
        if known is None or not known.order:
            yield f"never acknowledged: {planned}"
            continue
        expected = planned.answer or _UNANSWERED
        for name, side in (("centre", centre), ("station", stations[known.station])):
            rows = side.cases.get(planned.victim, [])
            if [row["case"] for row in rows] != [known.case]:
                yield f"case at the {name}: {planned}: {rows}"
            orders = side.orders.get(planned.fen, [])
            if [row["order"] for row in orders] != [known.order] or side.state(planned) != expected:
                yield f"order at the {name}: {planned}: {orders}"
    if sum(map(len, centre.orders.values())) != len(day.cases):
        yield "orders at the centre that nobody gave"


def _wrong_tasks(day: Day, centre: Side) -> Iterator[str]:
    for planned in day.tasks:
        state = centre.tasks.get(day.book.tasks.get(planned.number, ""))
        if state != _task_state(day, planned.number):
            yield f"task: {planned}: {state}"
    if len(centre.tasks) != len(day.tasks):
        yield "tasks at the centre that nobody gave"


def _task_state(day: Day, number: int) -> str:
    return "finished" if number in day.book.finished else "returned"


def _lines(day: Day, centre: Side, stations: Mapping[int, Side]) -> Iterator[DayLine]:
    book = day.book

    def line(what: str, cases: Iterable[PlannedCase], state: str = "") -> DayLine:
        planned = list(cases)
        acknowledged = [case for case in planned if case.number in book.cases]
        sides = [(centre, case) for case in acknowledged]
        theirs = [(stations[book.cases[case.number].station], case) for case in acknowledged]
        count = [
            sum(
                side.state(case) == state if state else len(side.cases.get(case.victim, ())) == 1
                for side, case in pairs
            )
            for pairs in (sides, theirs)
        ]
        return DayLine(what, len(planned), len(acknowledged), *count)

    yield line("reports of stations", (case for case in day.cases if not case.called))
    yield line("calls to the centre", (case for case in day.cases if case.called))
    for answer, state in (
        ("done", "done"),
        ("partial", "partial"),
        ("failed", "failed"),
        ("", _UNANSWERED),
    ):
        wanted = (case for case in day.cases if case.answer == answer)
        yield line(f"stops {answer or 'not answered'}", wanted, state)
    states = Counter(centre.tasks.values())
    for state, answered in (("finished", book.finished), ("returned", book.returned)):
        planned = sum(task.finished == (state == "finished") for task in day.tasks)
        yield DayLine(f"tasks {state}", planned, len(answered), states[state], len(answered))


def day_table(day: Day, end: DayEnd) -> str:
    """For paper: what was done, and how long anybody waited."""
    book, seats = day.book, [*dict.fromkeys(worker for worker in day.at_centre())]
    rows = [
        "| what | planned | acknowledged | right at the centre | right at the stations |",
        "|---|---|---|---|---|",
    ]
    rows += [
        f"| {one.what} | {one.planned} | {one.acknowledged} | {one.centre} | {one.stations} |"
        for one in end.lines
    ]
    waits = sorted(wait for worker in seats for wait in worker.waits)
    first, *others = book.written
    facts = (
        ("stations", len(day.stations)),
        ("seats with keys of their own, taken away", f"{len(day.seats) - 1}, 1"),
        ("commands, each a process", sum(worker.commands for worker in day.workers())),
        ("sticks brought to the centre, lost", f"{book.sticks - book.lost}, {book.lost}"),
        ("bundles to stations by the first PC, by seats", f"{first}, {sum(others)}"),
        ("refused at the seat that was taken away", book.refused),
        ("server killed, standby promoted", f"{book.kills}, {book.promotions}"),
        (
            "acts of seats that met no server, done once more",
            sum(worker.refused for worker in seats),
        ),
        ("of these done although it was not acknowledged", sum(worker.found for worker in seats)),
        (
            "longest wait of a seat for one act, half of all within",
            f"{waits[-1]:.1f} s, {waits[len(waits) // 2]:.1f} s",
        ),
        ("news at every other seat, while all work", _within(end.news[0])),
        ("news at every other seat, one act at a time", _within(end.news[1])),
        ("wrong at the end", len(end.wrong)),
    )
    rows += ["", "| the day | |", "|---|---|", *(f"| {name} | {value} |" for name, value in facts)]
    return "\n".join(rows)


def _within(waits: Waits) -> str:
    half, most, all_ = (waits.within(share) for share in (0.5, 0.95, 1))
    return f"half within {half:.1f} s, 95 % within {most:.1f} s, longest {all_:.1f} s ({len(waits.seconds)})"
