"""The answer of the centre confirms what the founder of a desk did alone."""

from __future__ import annotations

from desktop.domain.ids import DeviceId
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.records.fields import Json
from desktop.journal.entry import NewEntry
from desktop.services.exchange.peers.our_centre import named_centre
from desktop.services.officers.unconfirmed import CONFIRMED, unconfirmed
from desktop.services.ports import Transaction
from desktop.services.session import Session


def confirm_by_centre(
    session: Session, transaction: Transaction, sender: DeviceId, number: str
) -> None:
    """The centre answered: what the founder alone did before, and the centre has heard of, is confirmed. ``number``:
    of the bundle that holds the answer."""
    named = named_centre(session, transaction)
    if named is None or named.card.device != sender:
        return
    waiting = [
        one for one in unconfirmed(session, transaction) if one.ceremony is Ceremony.FOUNDING
    ]
    if not waiting:
        return
    transaction.project()
    heard = transaction.acknowledged(sender).get(session.profile.device, 0)
    for item in waiting:
        if item.seq <= heard:
            fields: dict[str, Json] = {"founding": False, "by_centre": sender, "answer": number}
            transaction.append(
                session.officer.number, NewEntry(CONFIRMED[item.kind], item.subject, fields)
            )
