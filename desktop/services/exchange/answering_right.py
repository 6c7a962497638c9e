"""Who may say what was answered to an order: a centre; and a station, of the orders it issued itself.

A bank often answers the station by telephone. That word is the station's, signed and attributed; but no station can say
that money was stopped at its neighbour's, nor answer what the centre ordered.
"""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.exchange import Party
from desktop.domain.profile import InstallationRole, device_of
from desktop.journal.entry import Entry
from desktop.journal.kinds import ORDER_ISSUED, ORDER_REPLIED
from desktop.services.desk import Desk
from desktop.services.ports import Applied, Transaction

_ORDER = "order/"


def answers(entry: Entry) -> bool:
    """Whether an entry says what was answered to an order."""
    return entry.kind == ORDER_REPLIED or any(name.startswith("reply.") for name in entry.fields)


def require_answers(
    desk: Desk,
    transaction: Transaction,
    party: Party | None,
    subjects: Collection[str],
    applied: Applied,
) -> None:
    """Whether a sender may answer these orders, whose entries were applied already.

    Raises ``TrustError``: ``entry.overreach``; ``entry.early`` while the bundle that brings an order is still missing.
    """
    if party is not None and party.card.role == InstallationRole.CENTRE.value:
        return
    units: dict[str, str] = {
        known.card.device: known.card.unit_code for known in transaction.parties()
    }
    units[desk.profile.device] = desk.profile.unit_code
    for subject in subjects:
        device = _issuer(transaction, subject)
        if not device and applied.held:
            raise TrustError("entry.early")
        if party is None or not device or units.get(device) != party.card.unit_code:
            raise TrustError("entry.overreach")


def _issuer(transaction: Transaction, subject: str) -> str:
    """The device whose own journal says that it issued the order; ``""`` while no such entry is known."""
    try:
        view = transaction.order(subject.removeprefix(_ORDER))
    except UserInputError:  # a number in place of an id, and several orders have it
        return ""
    if view is None or not subject.startswith(_ORDER):
        return ""
    issued = (
        row.stream
        for row in transaction.history(view.case)
        if row.subject == subject and row.kind == ORDER_ISSUED
    )
    return device_of(next(issued, ""))
