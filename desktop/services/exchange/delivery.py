"""How far the records and files of this desk, or of one case, have got to the centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.delivery import Delivery, Stage
from desktop.domain.ids import CaseId
from desktop.domain.officer import Permission
from desktop.services.desk import Desk
from desktop.services.exchange.trust import centre


@dataclass(frozen=True, slots=True)
class FileDelivery:
    """A file of a case; ``medium``: the stick it was written to last, "" where none is known."""

    name: str
    sha256: str
    stage: Stage
    medium: str


@dataclass(frozen=True, slots=True)
class CaseDelivery:
    """Of what this desk recorded about a case: entries at each stage, and each file. What colleagues' desks recorded is
    carried by them."""

    entries: Mapping[Stage, int]
    files: tuple[FileDelivery, ...]

    @property
    def closed(self) -> bool:
        """Whether receipts list everything, and everything that travelled with it."""
        stages = {stage for stage, count in self.entries.items() if count}
        return stages | {item.stage for item in self.files} <= {Stage.CLOSED}


def delivery(desk: Desk) -> Delivery | None:
    """Everything of this desk; None where there is no centre to deliver to. Counts and digests only."""
    party = centre(desk)
    if party is None:
        return None
    with desk.store.read() as reader:
        return reader.delivery(party.card.device)


def case_delivery(desk: Desk, case: CaseId) -> CaseDelivery | None:
    """One case; None where there is no centre to deliver to."""
    desk.require(Permission.READ_CASES)
    party = centre(desk)
    if party is None:
        return None
    with desk.store.read() as reader:
        seqs = reader.own_entries(case)
        told = reader.delivery(party.card.device)
        own = {blob.sha256 for blob in reader.own_blobs()}
        items = [item for item in reader.evidence(case) if item.sha256 in own]
    return CaseDelivery(
        Counter(told.reach.stage(seq) for seq in seqs),
        tuple(
            FileDelivery(
                item.name, item.sha256, told.blob(item.sha256), told.media.get(item.sha256, "")
            )
            for item in items
        ),
    )
