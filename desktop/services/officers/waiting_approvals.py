"""Orders that wait for an approval, and who is left to give it."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.domain.installation.officer import Permission
from desktop.domain.orders.order import OrderState
from desktop.services.ports import Reader
from desktop.services.session import Session


def approvers(session: Session, reader: Reader) -> Iterator[tuple[str, str]]:
    """Device and number of every officer of this unit who may approve: on this device and on the others of the unit
    that are not revoked. Nobody of another unit, whose records lie here, and nobody at a stolen computer can be asked.
    """
    unit = session.profile.unit_code
    others = [p for p in reader.peers() if p.card.unit_code == unit and not p.revoked]
    for device in (session.profile.device, *(peer.card.device for peer in others)):
        for officer in reader.officers(device):
            if officer.may(Permission.APPROVE_ORDERS):
                yield device, officer.number


def strands_approval(session: Session, reader: Reader, number: str) -> bool:
    """Whether an order waits for an approval that nobody but its issuer could give once the officer ``number`` of this
    device is gone: who issued it must not get rid of whoever could refuse it."""
    before = {name for _, name in approvers(session, reader)}
    after = {
        name
        for at, name in approvers(session, reader)
        if (at, name) != (session.profile.device, number)
    }
    return before != after and any(
        before - {view.order.issued_by} and not after - {view.order.issued_by}
        for view in reader.orders_needing_approval()
        if view.state is OrderState.PROPOSED and view.order.unit_code == session.profile.unit_code
    )
