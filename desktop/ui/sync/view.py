"""One reading of what the synchronisation screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import DeviceId
from desktop.domain.orders.kinds import SAVING
from desktop.domain.orders.order import UNHEARD
from desktop.services.exchange.sync_status import SyncStatus, sync_status
from desktop.services.orders.list_orders import OrderRow, unheard_on_clock
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class OwnInstallation:
    """This desk, as the other side knows it."""

    unit_code: str
    unit_name: str
    letter: str
    fingerprint: DeviceId
    """Of the key in use, as people compare it."""


def own_installation(session: Session) -> OwnInstallation:
    """Who this is; never slow."""
    profile = session.profile
    return OwnInstallation(
        profile.unit_code, profile.unit_name, profile.device_letter, session.keys.current
    )


@dataclass(frozen=True, slots=True)
class SyncView:
    """``unheard``: every order of which nothing proves that the centre knows, the most urgent first; ``urgent``: of
    these the stop or call-back that wants the centre first."""

    status: SyncStatus
    urgent: OrderView | None
    unheard: tuple[OrderView, ...] = ()


def view_sync(session: Session) -> SyncView:
    """What is pending, what went to and fro, whom we trust."""
    rows = unheard_on_clock(session)
    now = session.clock.now()
    unheard = sorted(rows, key=lambda row: row.pressing(now).urgency(now))
    views = tuple(row.view for row in unheard)
    return SyncView(sync_status(session), urgent_unheard(rows, now), views)


def urgent_unheard(rows: Sequence[OrderRow], now: datetime) -> OrderView | None:
    """The stop or call-back whose money can still be saved, else the most urgent, that the centre has not
    acknowledged."""
    waiting = (row for row in rows if row.view.order.kind in SAVING and row.view.state in UNHEARD)
    first = min(waiting, key=lambda row: row.pressing(now).urgency(now), default=None)
    return first.view if first is not None else None
