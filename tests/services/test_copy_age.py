"""How long a desk has gone without a safety copy is told in whole days, once it is too long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_MADE
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.copy_age import days_without_copy
from tests.support.sessions import Seat, a_form

MOST = 7
"""Days that the rule ``backup.within`` allows."""


@pytest.mark.parametrize("copied", [False, True])
def test_days_count_from_the_last_copy_or_else_from_the_first_entry(
    seat: Seat, copied: bool
) -> None:
    """One that is made later counts anew."""
    session = seat.session
    register_report(session, a_form(session))
    if copied:
        seat.clock.advance(days=30)
        _copy(seat)
    since = session.clock.now()
    assert session.rules.duration("backup.within", session.today) == timedelta(days=MOST)
    for days in range(1, 2 * MOST):
        seat.clock.advance(days=1)
        assert session.clock.now() - since == timedelta(days=days)
        with session.store.read() as reader:
            assert days_without_copy(session, reader) == (days if days > MOST else 0), days
    _copy(seat)
    with session.store.read() as reader:
        assert days_without_copy(session, reader) == 0


def _copy(seat: Seat) -> None:
    session = seat.session
    with session.store.write() as transaction:
        fields: dict[str, Json] = {"backup.at": to_wire(session.clock.now())}
        subject = device_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(BACKUP_MADE, subject, fields))
