"""A centre that was heard from, and which entries its program reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from desktop.domain.ids import DeviceId
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import GENESIS, NewEntry, seal
from desktop.journal.kinds import BUNDLE_RECEIVED
from desktop.journal.schema import SCHEMA_MARKS
from desktop.services.session import Session
from tests.support.anything_goes import trust_in

DEVICE: Final = DeviceId("CENTRE0000000000")


def heard_centre(session: Session, marks: Sequence[str] = SCHEMA_MARKS) -> None:
    """The desk has a centre, which gave a receipt that lists ``marks``; none of them is what an older one lists."""
    own, now = session.profile, to_wire(session.clock.now())
    receipt = NewEntry(
        BUNDLE_RECEIVED,
        f"bundle/{session.ids.new_id()}",
        {
            "sender": own.device,
            "receiver": DEVICE,
            "number": "1",
            "received.at": now,
            "received.blobs": list(marks),
            "received.volume.1": True,
        },
    )
    entry = seal(
        receipt, stream=f"{DEVICE}.{own.unit_code}", seq=1, lamport=1, wall=now, officer="620001", replaces={},
        prev=GENESIS,
    )  # fmt: skip
    with session.store.write() as transaction:
        trusted = trust_in(own.device, DEVICE, "620100000000", "centre")
        transaction.append(session.officer.number, trusted)
    with session.store.write() as transaction:
        assert not transaction.apply([entry]).refused
