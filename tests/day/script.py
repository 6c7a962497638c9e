"""The day itself. Seats are let in while stations are enrolled; stations hear of the seats and answer once. Then three
rounds, in each of which stations and seats work at the same time, banks answer, and what is new goes down with the
couriers, signed by a seat. Between them the server is killed twice, the standby promoted, and a seat taken away while
somebody works at it.

Everything that was acknowledged is written down here beside the plan, in plain dictionaries; the end of the day is
compared with them (:mod:`tests.day.evening`).
"""

from __future__ import annotations

import os
import queue
import shutil
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from desktop.domain.time.clock import to_wire
from desktop.runtime.system_clock import SystemClock
from tests.day.banks import answer_table
from tests.day.news import Watch
from tests.day.places import Seat, Station, open_centre, open_seats, open_stations, take_away
from tests.day.plan import BANKS, ROUNDS, DayPlan, PlannedCase, PlannedTask
from tests.day.worker import REMOVED, DayFailedError, Document, SeatRemovedError, Worker
from tests.support.replicated_servers import ReplicatedServers

Job = Callable[[], None]
RETURNED: Final = -2
_NOBODY: Final = -1
_EVERY: Final = "1000000"
_DOWN_S: Final = 2.0
_PATIENCE_S: Final = 600.0
_WRITERS: Final = (2, 1, 5)
"""The seats that write to the stations in each round."""
_BEFORE: Final = -1
"""Names the round in which stations hear of the seats."""
_TIMES: Final = 4
"""How often each seat writes something while nobody else does anything."""


@dataclass
class Recorded:
    """What was acknowledged of a case: its id, number, order, and whose it became."""

    case: str
    number: str
    order: str = ""
    station: int = _NOBODY


@dataclass
class Book:
    """What was acknowledged in the day, by the number of the plan. ``asked``: payments (fen) that banks were asked
    about; ``acts``: at the centre, for whoever cuts its power."""

    cases: dict[int, Recorded] = field(default_factory=dict)
    tasks: dict[int, str] = field(default_factory=dict)
    finished: set[int] = field(default_factory=set)
    returned: set[int] = field(default_factory=set)
    accepted: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    sticks: int = 0
    lost: int = 0
    kills: int = 0
    promotions: int = 0
    written: list[int] = field(default_factory=list)
    """How many stations were written to, by the first PC and then by a seat in each round."""
    refused: int = 0
    """What the seat that was taken away tried to do."""
    quiet_since: float = 0.0
    acts: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


class Day:
    """Whoever is there, and what they do. ``couriers`` see to a part of the stations each."""

    def __init__(self, plan: DayPlan, folder: Path, servers: ReplicatedServers) -> None:
        self.plan, self.folder, self.servers, self.book = plan, folder, servers, Book()
        self.first, officers = open_centre(folder, servers, plan)
        self.couriers = tuple(Worker.come(f"courier {n}", folder / f"courier{n}") for n in range(2))
        self.cases, self.tasks = tuple(plan.cases()), tuple(plan.given())
        self.by_fen = {case.fen: case for case in self.cases}
        self.removed: Seat | None = None
        """The seat that was taken away, as it stands there still."""
        self._sticks: queue.Queue[Path | None] = queue.Queue()
        with ThreadPoolExecutor(1) as pool:
            joining = pool.submit(list, open_seats(folder, self.first, officers[1 : plan.seats]))
            self.stations = self._stations()
            self.seats = [self.first, *joining.result()]
        self._introduce()
        self.watches = tuple(map(Watch, self.seats))
        for watch in self.watches:
            watch.wait()

    def run(self) -> None:
        """All rounds; then each seat writes something while nobody else does anything."""
        for number in range(ROUNDS):
            self._in_round(number)
        _together(self._by_seat(self._carrying(ROUNDS)))
        self.book.quiet_since = SystemClock().now().timestamp()
        for seat in [*dict.fromkeys(self.seats)] * _TIMES:
            seat.do("order", "list")
            threading.Event().wait(_DOWN_S)
        for watch in self.watches:
            watch.close()

    def close(self) -> None:
        """Everybody goes home."""
        for worker in {id(w): w for w in self.workers()}.values():
            worker.forkery.close()
        for watch in self.watches:
            watch.close()

    def workers(self) -> Iterable[Worker]:
        """All who gave commands."""
        yield from self.couriers
        yield from self.at_centre()

    def at_centre(self) -> Iterable[Worker]:
        """Those of them who sit at seats."""
        yield from (seat.worker for seat in self.seats)
        if self.removed is not None:
            yield self.removed.worker

    def seat(self, number: int) -> Seat:
        """The seat that does this; a day with few seats has several of them at one."""
        return self.seats[number % len(self.seats)]

    def _stations(self) -> tuple[Station, ...]:
        """Each courier sees to a part of them, and to their cards at the first PC."""
        count = len(self.couriers)
        shares = [range(n, self.plan.stations, count) for n in range(count)]
        with ThreadPoolExecutor(count) as pool:
            opened = pool.map(self._open, shares, self.couriers)
            found = [station for some in opened for station in some]
        return tuple(sorted(found, key=lambda one: one.number))

    def _open(self, share: Iterable[int], courier: Worker) -> list[Station]:
        at_first = Worker.come(
            f"{courier.name} there", courier.folder / "there", self.first.worker.folder
        )
        try:
            first = replace(self.first, worker=at_first)
            return list(open_stations(self.folder, share, courier, first))
        finally:
            at_first.forkery.close()

    def _introduce(self) -> None:
        """Stations hear of the seats from the first PC, and answer once; until then no seat writes to them."""
        seat = self.seat(1)
        early = seat.worker.folder / "early"
        early.mkdir()
        ended = seat.worker.give(
            seat.root, seat.officer, "centre", "reply", "--to", os.fspath(early)
        )
        problems = (ended.document or {}).get("problems", ())
        if {item["code"] for item in problems} != {"seat.not_known_there"} or any(early.iterdir()):
            raise DayFailedError(f"a seat wrote to stations that do not know it: {ended}")
        self._write_down(self.first, _BEFORE)
        _together(self._by_seat(self._carrying(_BEFORE)))

    def _in_round(self, number: int) -> None:
        morning = self._morning(number)
        if number == 0:
            acts = sum(case.round == 0 and case.called for case in self.cases)
            morning.append((-1, lambda: self._after(max(acts // 2, 1), self._kill_and_start)))
        if number == 1:
            morning.append((-1, lambda: self._after(1, self._take_away)))
        _together(self._by_seat(morning))
        if number == 1:
            self._expect_refused()
        asking = [(n + 4, self._asking(n, number)) for n in (0, 1)]
        if number == 1:
            asking.append((-1, lambda: self._after(1, self._kill_and_promote)))
        _together(self._by_seat(asking))
        self._write_down(self.seat(_WRITERS[number]), number)

    def _write_down(self, seat: Seat, number: int) -> None:
        """At one seat, and carried to all stations."""
        down = self.folder / f"down{number}"
        down.mkdir(exist_ok=True)
        written = seat.do("centre", "reply", "--to", os.fspath(down))["bundles"]
        self.book.written.append(len(written))
        sticks = {row["unit_name"]: [one["file"] for one in row["volumes"]] for row in written}
        _together([partial(self._bring_down, n, sticks, number) for n in (0, 1)])

    def _by_seat(self, jobs: list[tuple[int, Job]]) -> list[Job]:
        """Who sits at one seat does one thing after the other; -1 is nobody's seat."""
        by_seat: dict[int, list[Job]] = {}
        for place, (seat, job) in enumerate(jobs):
            by_seat.setdefault(-1 - place if seat < 0 else seat % len(self.seats), []).append(job)
        return [partial(_one_after_another, own) for own in by_seat.values()]

    def _morning(self, number: int) -> list[tuple[int, Job]]:
        """Stations register and send; calls are taken, tasks given, sticks taken in."""
        calls = [case for case in self.cases if case.called and case.round == number]
        return [
            *self._carrying(number),
            (1, lambda: self._take_calls(1, calls[::2])),
            (2, lambda: self._take_calls(2, calls[1::2])),
            (1, lambda: self._assign_again(self.seat(1))),
            (0, lambda: self._give_tasks(number)),
        ]

    def _carrying(self, number: int) -> list[tuple[int, Job]]:
        """What stations registered, and answered to the last that came down, is brought to the centre."""
        return [
            (-1, lambda: self._send_up(0, number)),
            (-1, lambda: self._send_up(1, number)),
            (3, lambda: self._take_in(2)),
        ]

    def _after(self, acts: int, job: Job) -> None:
        """Once so much was done at the centre since the last time."""
        while self.book.acts.acquire(blocking=False):
            pass
        for _ in range(acts):
            if not self.book.acts.acquire(timeout=_PATIENCE_S):
                raise DayFailedError("nobody does anything")
        job()

    def _kill_and_start(self) -> None:
        self._kill()
        self.servers.start("one")

    def _kill_and_promote(self) -> None:
        self._kill()
        self.servers.promote("two")
        self.book.promotions += 1

    def _kill(self) -> None:
        self.servers.kill("one")
        self.book.kills += 1
        threading.Event().wait(_DOWN_S)

    def _take_away(self) -> None:
        """While somebody works there; at the first PC others work as well."""
        worker = Worker.come("chief", self.folder / "chief", self.first.worker.folder)
        try:
            take_away(replace(self.first, worker=worker), self.seats[self.plan.removed])
        finally:
            worker.forkery.close()

    def _expect_refused(self) -> None:
        """At the PC that was taken away nothing can be done; whoever sat there goes on elsewhere."""
        place = self.plan.removed
        seat = self.removed or self.seats[place]
        file = seat.worker.write("late.json", self.cases[0].document(_an_hour_ago()))
        for words in (("report", "add", file), ("order", "list")):
            seat.do(*words, refused=REMOVED)
            self.book.refused += 1
        self._moves(place)

    def _moves(self, place: int) -> Seat:
        """Whoever sat at a PC that was taken away sits beside the one at the next."""
        if self.removed is None:
            self.removed, host = self.seats[place], self.seats[1]
            worker = Worker.come(
                f"seat {place}, moved", self.folder / f"pc{place}-moved", host.worker.folder
            )
            self.seats[place] = replace(self.removed, worker=worker, root=host.root, key=host.key)
        return self.seats[place]

    # stations ---------------------------------------------------------------------------------------------------

    def of_courier(self, courier: int) -> Iterable[Station]:
        """The stations that a courier sees to."""
        return self.stations[courier :: len(self.couriers)]

    def _send_up(self, courier: int, number: int) -> None:
        """Reports are registered and stopped, and sticks brought; that of one station gets lost on the way."""
        worker = self.couriers[courier]
        try:
            for station in self.of_courier(courier):
                for planned in self.cases:
                    if (planned.station, planned.round, planned.called) == (
                        station.number, number, False,
                    ):  # fmt: skip
                        self._register(worker, station, planned)
                self._export(worker, station, number)
        finally:
            self._sticks.put(None)

    def _export(self, worker: Worker, station: Station, number: int) -> None:
        stick = self.folder / f"up{number}-{station.number}"
        stick.mkdir()
        worker.do(station.root, station.officer, "bundle", "export", "--to", os.fspath(stick),
                  refused="export.nothing")  # fmt: skip
        if not any(stick.iterdir()):
            return
        self.book.sticks += 1
        if (station.number, number) == (self.plan.lost, 0):
            shutil.rmtree(stick)
            self.book.lost += 1
            return
        self._sticks.put(stick)

    def _register(self, worker: Worker, station: Station, planned: PlannedCase) -> None:
        file = worker.write("report.json", planned.document(_an_hour_ago()))
        made = worker.do(station.root, station.officer, "report", "add", file)
        known = Recorded(made["case"], made["number"], station=station.number)
        self.book.cases[planned.number] = known
        done = worker.do(
            station.root, station.officer,
            "order", "issue", known.number, "--kind", "stop", "--transfer", "1",
        )  # fmt: skip
        known.order = done["order"]

    def _bring_down(self, courier: int, sticks: Mapping[str, list[str]], number: int) -> None:
        """What the centre sends is taken in, and what it offers or gives is answered."""
        worker = self.couriers[courier]
        for station in self.of_courier(courier):
            at = station.root, station.officer
            if station.name not in sticks:
                continue
            applied = worker.do(*at, "bundle", "apply", *sticks[station.name])
            if applied["problems"] or applied["refused"]:
                raise DayFailedError(f"{station.unit}: {applied}")
            self._answer_offers(worker, station, number)
            self._answer_tasks(worker, station)

    def _answer_offers(self, worker: Worker, station: Station, number: int) -> None:
        at = station.root, station.officer
        for planned in self.cases:
            known = self.book.cases.get(planned.number)
            if known is None or not planned.called or planned.number in self.book.accepted:
                continue
            if known.station != station.number:
                continue
            if planned.returned_first and station.number == planned.station and number < ROUNDS - 1:
                worker.do(*at, "report", "return", known.number, "--reason", "不在本辖区")
                known.station = RETURNED
            else:
                worker.do(*at, "report", "accept", known.number)
                self.book.accepted.add(planned.number)

    def _answer_tasks(self, worker: Worker, station: Station) -> None:
        at = station.root, station.officer
        for planned in self.tasks:
            task = self.book.tasks.get(planned.number)
            if task is None or planned.station != station.number:
                continue
            if planned.number in self.book.finished | self.book.returned:
                continue
            if planned.finished:
                worker.do(*at, "task", "accept", task)
                worker.do(*at, "task", "done", task, "--result", "已见面")
                self.book.finished.add(planned.number)
            else:
                worker.do(*at, "task", "return", task, "--reason", "不在本辖区")
                self.book.returned.add(planned.number)

    # seats ------------------------------------------------------------------------------------------------------

    def _take_in(self, senders: int) -> None:
        """Sticks as they come, until all of ``senders`` have sent theirs."""
        while senders:
            stick = self._sticks.get()
            if stick is None:
                senders -= 1
                continue
            done = self.seat(3).do("centre", "ingest", os.fspath(stick))
            if done["refused"] or done["problems"]:
                raise DayFailedError(f"{stick}: {done}")
            self.book.acts.release()

    def _take_calls(self, place: int, calls: Iterable[PlannedCase]) -> None:
        for planned in calls:
            try:
                self._take_call(self.seat(place), planned)
            except SeatRemovedError:
                self.book.refused += 1
                self._take_call(self._moves(place % len(self.seats)), planned)

    def _assign_again(self, seat: Seat) -> None:
        """What stations returned goes to the next one."""
        for planned in self.cases:
            known = self.book.cases.get(planned.number)
            if known is not None and known.station == RETURNED:
                self._assign(seat, planned, known, planned.station + 1)

    def _take_call(self, seat: Seat, planned: PlannedCase) -> None:
        """What of it was acknowledged before, at another seat, is not done again."""
        file = seat.worker.write("call.json", planned.document(_an_hour_ago()))
        known = self.book.cases.get(planned.number)
        if known is None:
            made = seat.do("report", "add", file, look=lambda: _row_of(seat, planned))
            known = self.book.cases[planned.number] = Recorded(made["case"], made["number"])
        if not known.order:
            done = seat.do(
                "order", "issue", known.number, "--kind", "stop", "--transfer", "1",
                look=lambda: _order_of(seat, known),
            )  # fmt: skip
            known.order = done["order"]
        self._assign(seat, planned, known, planned.station)
        self.book.acts.release()

    def _assign(self, seat: Seat, planned: PlannedCase, known: Recorded, station: int) -> None:
        to = station % self.plan.stations
        seat.do(
            "centre", "assign", known.number, "--to", self.plan.unit(to),
            look=lambda: _offer_of(seat, planned),
        )  # fmt: skip
        known.station = to

    def _give_tasks(self, number: int) -> None:
        seat = self.seat(0)
        for planned in self.tasks:
            if planned.round == number:
                file = seat.worker.write(
                    "task.json", planned.document(self.plan.unit(planned.station))
                )
                look = partial(_task_of, seat, planned)
                self.book.tasks[planned.number] = seat.do("task", "add", file, look=look)["task"]
                self.book.acts.release()

    def _asking(self, half: int, number: int) -> Job:
        """One of the two who see to the banks: asks half of them, and records what they answer."""
        return lambda: self._ask_banks(self.seat(4 + half), BANKS[half::2], number)

    def _ask_banks(self, seat: Seat, banks: Iterable[tuple[str, str, int]], number: int) -> None:
        for bank, front, _ in banks:
            out = seat.worker.folder / f"out{number}-{front}"
            packed = seat.do(
                "centre", "pack", "--to", os.fspath(out), "--for", bank, refused="pack.nothing"
            )
            for pack in packed.get("packs", ()):
                back = out / "answered.xlsx"
                self.book.asked |= answer_table(
                    Path(pack["workbook"]), back, self.by_fen, SystemClock().now()
                )
                seat.do("centre", "replies", os.fspath(back))
                self.book.acts.release()


def _one_after_another(jobs: Iterable[Job]) -> None:
    for job in jobs:
        job()


def _together(jobs: list[Job]) -> None:
    with ThreadPoolExecutor(max(len(jobs), 1)) as pool:
        for work in [pool.submit(job) for job in jobs]:
            work.result()


def _an_hour_ago() -> str:
    return to_wire((SystemClock().now() - timedelta(hours=1)).replace(microsecond=0))


def _row_of(seat: Seat, planned: PlannedCase) -> Document | None:
    rows = seat.do("report", "list", "--limit", _EVERY)["cases"]
    found = [row for row in rows if row["victim"] == planned.victim]
    if len(found) > 1:
        raise DayFailedError(f"twice: {planned}")
    return found[0] if found else None


def _order_of(seat: Seat, known: Recorded) -> Document | None:
    orders = seat.do("report", "show", known.number)["orders"]
    return {"order": orders[0]["order"]} if orders else None


def _offer_of(seat: Seat, planned: PlannedCase) -> Document | None:
    row = _row_of(seat, planned)
    return row if row is not None and row.get("state") == "offered" else None


def _task_of(seat: Seat, planned: PlannedTask) -> Document | None:
    rows = seat.do("task", "list", "--view", "all")["tasks"]
    found = [row for row in rows if row["victim"] == planned.person]
    return found[0] if found else None
