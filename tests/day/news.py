"""How long the news of one seat take to every other one: from the commit, by the server's own clock, until the page in
front at that seat was read anew.

At each seat stands a window, of which this is the part that asks: ``python -m tests.day.news PROFILE OFFICER LOG`` puts
the same question once a second, until its input ends.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import IO, Final

import psycopg

from desktop.app.installation import Installation, this_machine
from desktop.domain.errors import AppError
from desktop.runtime.system_clock import SystemClock
from desktop.services.exchange.peers.seats import keep_up
from desktop.services.orders.page_orders import orders_view
from desktop.services.session import Session
from tests.day.places import Seat
from tests.day.worker import REMOVED, DayFailedError, noted_at
from tests.support.forkery import ROOT
from tests.support.installations import CHEAP, PASSWORD

_EVERY_S: Final = 1.0
"""As a window asks, see ``desktop/app/windows/status.py``."""
_SOON: Final = timedelta(minutes=30)
_PATIENCE_S: Final = 120.0
_COMMITS: Final = """
    SELECT extract(epoch FROM pg_xact_commit_timestamp(xmin))::float8, xmin::text, stream, max(seq),
           max(officer) FILTER (WHERE stream LIKE %(own)s)
    FROM entry WHERE pg_xact_commit_timestamp(xmin) IS NOT NULL GROUP BY xmin, stream
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a window had read ``at`` this time (seconds): stream → its last entry; ``removed``: that its PC is taken
    away."""

    at: float
    heads: Mapping[str, int]
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """What became durable ``at`` this time: stream → its last entry; ``officer``: who did it at the centre."""

    at: float
    officer: str
    heads: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds until one window had one commit, the shortest first."""

    seconds: tuple[float, ...]

    def within(self, share: float) -> float:
        """So many seconds, or fewer, took this share of them."""
        return self.seconds[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


class Watch:
    """The window that stands open at a seat."""

    def __init__(self, seat: Seat) -> None:
        self.seat = seat
        self._log = seat.worker.folder / "news"
        self._process = subprocess.Popen(
            [sys.executable, "-m", __name__, os.fspath(seat.root), seat.officer, os.fspath(self._log)],
            cwd=ROOT, env={**os.environ, **noted_at(seat.worker.folder)},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def wait(self) -> None:
        """Until it shows something."""
        said = self._process.stdout
        assert said is not None
        if said.readline().strip() != "open":
            raise DayFailedError(f"no window at {self.seat.worker.name}")

    def close(self) -> None:
        """Sign out, unless that is done."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            self._process.communicate(timeout=_PATIENCE_S)

    def seen(self) -> Iterator[Seen]:
        """Whatever it read that was new, all of each stream so far with it."""
        heads: dict[str, int] = {}
        for line in self._log.read_text("utf-8").splitlines():
            found = json.loads(line)
            heads = {**heads, **found.get("heads", {})}
            yield Seen(found["at"], heads, found.get("removed", False))


def waits_for(watches: Iterable[Watch], commits: Iterable[Commit]) -> Waits:
    """How long each window waited for what others did; raises :class:`DayFailedError` for what one never had."""
    made = sorted(commits, key=lambda one: one.at)
    seconds: list[float] = []
    for watch in watches:
        seconds += _waits_of(watch, made)
    return Waits(tuple(sorted(seconds)))


def commits_of(address: str, device: str) -> list[Commit]:
    """What the server made durable, by its own clock."""
    places: dict[str, dict[str, int]] = {}
    times: dict[str, float] = {}
    officers: dict[str, str] = {}
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        for at, number, stream, seq, officer in connection.execute(_COMMITS, {"own": f"{device}%"}):
            times[number] = at
            places.setdefault(number, {})[stream] = seq
            officers[number] = officers.get(number) or officer or ""
    return [Commit(times[number], officers[number], heads) for number, heads in places.items()]


def _waits_of(watch: Watch, commits: Iterable[Commit]) -> Iterator[float]:
    seen = [*watch.seen()]
    begun, place = seen[0].at, 0
    for commit in commits:
        if commit.at < begun or commit.officer == watch.seat.officer:
            continue
        while place < len(seen) and not _has(seen[place], commit):
            place += 1
        if place == len(seen):
            raise DayFailedError(f"{watch.seat.worker.name} never had {commit}")
        if seen[place].removed:
            return
        yield max(seen[place].at - commit.at, 0.0)


def _has(seen: Seen, commit: Commit) -> bool:
    heads = seen.heads
    return seen.removed or all(
        heads.get(stream, 0) >= last for stream, last in commit.heads.items()
    )


def _watch(session: Session, log: IO[str]) -> None:
    known: dict[str, int] = {}
    while True:
        begun = time.monotonic()
        try:
            fresh = _question(session, known)
        except AppError as error:
            if error.code == REMOVED:
                _note(log, removed=True)
                return
        else:
            if fresh:
                _note(log, heads=fresh)
            if not known:
                print("open", flush=True)  # noqa: T201 - whoever began it waits for this
            known |= fresh
        if select.select([sys.stdin], [], [], max(begun + _EVERY_S - time.monotonic(), 0))[0]:
            return


def _question(session: Session, known: Mapping[str, int]) -> dict[str, int]:
    """The streams that grew since, with the page read anew that shows it."""
    with session.store.read() as reader:
        keep_up(session, reader)
        heads = reader.heads()
    fresh = {stream: last for stream, last in heads.items() if known.get(stream) != last}
    if fresh:
        now = session.clock.now()
        orders_view(session, _SOON, (now, now + timedelta(days=1)), {})
    return fresh


def _note(log: IO[str], **what: object) -> None:
    log.write(json.dumps({"at": SystemClock().now().timestamp(), **what}) + "\n")
    log.flush()


def main() -> None:
    """At one seat."""
    root, officer, log = sys.argv[1:]
    installation = Installation(Path(root), replace(this_machine(), cost=CHEAP))
    try:
        with Path(log).open("a", encoding="utf-8") as noted:
            _watch(installation.sign_in(officer, PASSWORD), noted)
    finally:
        installation.close()


if __name__ == "__main__":
    main()
