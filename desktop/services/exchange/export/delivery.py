"""How far the records and files of this desk, or of one case, have got to the centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.exchange.delivery import Delivery, DeliveryStage
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.papers.paper import Paper
from desktop.services.exchange.peers.our_centre import centre
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class FileDelivery:
    """A file of a case, evidence or a signed paper; ``medium``: the stick it was written to last, "" where none is
    known."""

    name: str
    sha256: str
    stage: DeliveryStage
    medium: str


@dataclass(frozen=True, slots=True)
class CaseDelivery:
    """Of what this desk recorded about a case: entries at each stage, and each file. What colleagues' desks recorded is
    carried by them."""

    entries: Mapping[DeliveryStage, int]
    files: tuple[FileDelivery, ...]

    @property
    def closed(self) -> bool:
        """Whether receipts list everything, and everything that travelled with it."""
        stages = {stage for stage, count in self.entries.items() if count}
        return stages | {item.stage for item in self.files} <= {DeliveryStage.CLOSED}


def delivery(session: Session) -> Delivery | None:
    """Everything of this desk; None where there is no centre to deliver to. Counts and digests only."""
    peer = centre(session)
    if peer is None:
        return None
    with session.store.read() as reader:
        return reader.delivery(peer.card.device)


def case_delivery(session: Session, case: CaseId) -> CaseDelivery | None:
    """One case; None where there is no centre to deliver to."""
    session.require(Permission.READ_CASES)
    peer = centre(session)
    if peer is None:
        return None
    with session.store.read() as reader:
        seqs = reader.own_entries(case)
        delivery = reader.delivery(peer.card.device)
        own = {blob.sha256 for blob in reader.own_blobs()}
        files = [(item.name, item.sha256) for item in reader.evidence(case)]
        files += _of_papers(session, reader.papers(case))
    return CaseDelivery(
        Counter(delivery.reach.stage(seq) for seq in seqs),
        tuple(
            FileDelivery(name, digest, delivery.blob(digest), delivery.media.get(digest, ""))
            for name, digest in files
            if digest in own
        ),
    )


def _of_papers(session: Session, papers: Iterable[Paper]) -> Iterator[tuple[str, str]]:
    """Name and digest of what was frozen when they were signed: the paper, and the record of what it says."""
    titles = {spec.id: spec.title(session.papers.language) for spec in session.papers.forms()}
    for paper in papers:
        if paper.signed is not None:
            name = titles.get(paper.form, paper.form)
            yield f"{name}.pdf", paper.signed.pdf.sha256
            yield f"{name}.json", paper.signed.record.sha256
