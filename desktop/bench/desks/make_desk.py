"""A desk of many made-up cases in a folder, to be signed in to like any other; and the same cases in a store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

from desktop.app.installation import Installation, Machine
from desktop.bench.desks.varied_cases import OFFICERS, SPAN, VariedCase, VariedCases
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import FirstRun, InstallationRole, ServerChoice
from desktop.domain.progress import Progress, Tally
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from desktop.services.ports import Store
from desktop.services.session import Session

PASSWORD: Final = "Bench-mark-2026!"  # noqa: S105 - of made-up data
_AT_ONCE: Final = 400
_UNIT: Final = ("620102540000", "兰州市公安局城关分局张掖路派出所")


class _MovedClock:
    """Shows the time of what is being recorded."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


def make_desk(
    folder: Path,
    cases: int,
    seed: int,
    progress: Progress,
    server: ServerChoice | None = None,
) -> None:
    """The profile of a station's desk in ``folder``, whose officers are :data:`OFFICERS`; the first of them signs in
    with :data:`PASSWORD`. ``server``: a centre's, whose database lies there, with the same cases."""
    until = SystemClock().now()
    clock = _MovedClock(until)
    installation = Installation(folder, Machine(clock, UuidSource(clock)))
    first = OFFICERS[0]
    role = InstallationRole.DESK if server is None else InstallationRole.CENTRE
    installation.create(FirstRun(role, *_UNIT, "A", first, "测速", PASSWORD, server=server))
    session = installation.sign_in(first, PASSWORD)
    try:
        tally = Tally(progress, cases)
        clock.at = until - SPAN
        _enrol(session)
        for some in _together(VariedCases(session.profile, seed, cases, until)):
            clock.at = some[-1].at
            _record(session.store, some)
            tally.add(len(some))
    finally:
        installation.close()


def _enrol(session: Session) -> None:
    """Those who work beside the first officer. They have no password here."""
    device = session.profile.device
    with session.store.write() as transaction:
        for number in OFFICERS[1:]:
            officer = Officer(number, f"测速{number}", (Role.FRONT_DESK, Role.INVESTIGATOR))
            enrolled = NewEntry(
                OFFICER_ENROLLED, officer_subject(device, number), officer.to_fields()
            )
            transaction.append(OFFICERS[0], enrolled)


def _together(cases: Iterable[VariedCase]) -> Iterator[list[VariedCase]]:
    every = iter(cases)
    while some := list(islice(every, _AT_ONCE)):
        yield some


def _record(store: Store, some: Sequence[VariedCase]) -> None:
    """Each officer's cases: first what is said at once, then what is said of the same things. What is appended together
    says one thing of each."""
    with store.write() as transaction:
        for officer in sorted({case.officer for case in some}):
            own = [case for case in some if case.officer == officer]
            transaction.append_all(officer, [new for case in own for new in case.first])
            transaction.append_all(officer, [new for case in own for new in case.later])
