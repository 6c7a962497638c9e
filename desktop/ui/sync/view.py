"""One reading of what the synchronisation screen shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.domain.case_file.views import OrderView
from desktop.domain.ids import DeviceId
from desktop.domain.orders.order import UNHEARD, OrderKind
from desktop.services.exchange.sync_status import SyncStatus, sync_status
from desktop.services.look_up import orders
from desktop.services.session import Session

_STOPS = frozenset({OrderKind.STOP, OrderKind.SECOND_STOP})


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
    """``urgent``: the newest stop the centre has not acknowledged; ``unheard``: every order of which nothing proves
    that the centre knows, newest first."""

    status: SyncStatus
    urgent: OrderView | None
    unheard: tuple[OrderView, ...] = ()


def view_sync(session: Session) -> SyncView:
    """What is pending, what went to and fro, whom we trust."""
    views = orders(session)
    unheard = tuple(view for view in views if view.state in UNHEARD)
    return SyncView(sync_status(session), newest_unheard(views), unheard)


def newest_unheard(views: Sequence[OrderView]) -> OrderView | None:
    """The newest stop the centre has not acknowledged."""
    waiting = [view for view in views if view.order.kind in _STOPS and view.state in UNHEARD]
    return max(waiting, key=lambda view: view.order.issued_at, default=None)
