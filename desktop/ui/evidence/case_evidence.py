"""The evidence of one case: taken in, looked at, verified, handed over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.court_handover import CourtHandoverRequest, HandedOver
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.progress import Progress
from desktop.services import look_up
from desktop.services.evidence import (
    attach_attachment,
    attach_evidence,
    court_handover,
    verify_evidence,
    view_evidence,
)
from desktop.services.ports.reading.contents import Attachment
from desktop.services.session import Session


class CaseEvidence:
    """The evidence of one case, as every part of its pane asks for it; what each does and raises stands at its service.
    Everything but ``now`` may be slow."""

    def __init__(self, session: Session, case: CaseId) -> None:
        self._session = session
        self._case = case

    def now(self) -> datetime:
        """The current instant."""
        return self._session.clock.now()

    def items(self) -> tuple[Evidence, ...]:
        """The items of the case, also while it is a draft only."""
        return look_up.case_evidence(self._session, self._case)

    def officers(self) -> Mapping[str, str]:
        """Officer number to name."""
        return look_up.officer_names(self._session)

    def attach(self, paths: Sequence[Path], progress: Progress) -> tuple[EvidenceId, ...]:
        """Take files in, each content once."""
        taken = attach_evidence.attach_files(
            self._session, self._case, paths, progress, again=False
        )
        return tuple(item.evidence.id for item in taken)

    def attach_picture(self, name: str, data: bytes) -> EvidenceId:
        """Take in a pasted picture."""
        return attach_evidence.attach_picture(self._session, self._case, name, data).evidence.id

    def attach_attachment(self, evidence: EvidenceId, taken: Attachment, source: str) -> EvidenceId:
        """Make what was taken out of a mail evidence of its own."""
        made = attach_attachment.attach_attachment(
            self._session, self._case, evidence, taken, source
        )
        return made.id

    def digest_pending(self, progress: Progress) -> int:
        """Work out every SM3 that is still owed."""
        return attach_evidence.digest_pending(self._session, progress)

    def open(self, evidence: EvidenceId) -> BinaryIO:
        """The content; recorded."""
        return view_evidence.open_evidence(self._session, self._case, evidence)

    def recording(self, evidence: Evidence) -> BinaryIO:
        """The content at any place."""
        return self._session.vault.open_seekable(evidence.sha256)

    def cite(self, evidence: EvidenceId, citation: Citation) -> None:
        """Note that a place was referred to."""
        view_evidence.cite_evidence(self._session, self._case, evidence, citation)

    def content(self, evidence: Evidence) -> BinaryIO:
        """The content; nobody looks at it."""
        return self._session.vault.open(evidence.sha256)

    def custody(self, evidence: EvidenceId) -> tuple[HistoryRow, ...]:
        """What happened to the item."""
        return view_evidence.custody(self._session, self._case, evidence)

    def thumbnail(self, evidence: EvidenceId) -> bytes | None:
        """The kept thumbnail."""
        return view_evidence.thumbnail(self._session, evidence)

    def keep_thumbnail(self, evidence: EvidenceId, png: bytes) -> None:
        """Keep a thumbnail."""
        view_evidence.keep_thumbnail(self._session, evidence, png)

    def medium(self, folder: Path) -> MediumFacts:
        """What ``folder`` lies on."""
        return self._session.volumes.medium(folder)

    def hand_over_to_court(
        self, folder: Path, wish: CourtHandoverRequest, progress: Progress
    ) -> HandedOver:
        """Write a signed folder for prosecutor or court; recorded."""
        target = court_handover.new_folder(self._session, self._case, folder)
        return court_handover.hand_over_to_court(self._session, self._case, target, progress, wish)

    def verify(self, evidence: EvidenceId | None, progress: Progress) -> tuple[EvidenceId, ...]:
        """Read one item, or all, and compare digests."""
        wanted = [item for item in self.items() if evidence in (None, item.id)]
        octets = _Octets(progress, [item.size for item in wanted])
        only = None if evidence is None else [evidence]
        return verify_evidence.verify_evidence(self._session, self._case, octets, only).bad


class _Octets:
    """Joins what the service counts (items) and what the vault counts (octets of one item) to octets of all."""

    def __init__(self, progress: Progress, sizes: Sequence[int]) -> None:
        self._progress = progress
        self._sizes = sizes
        self._before = 0

    def advance(self, done: int, total: int) -> None:
        """``total`` is 0 from the vault, the number of items from the service."""
        if total:
            self._before = sum(self._sizes[:done])
            done = 0
        self._progress.advance(self._before + done, sum(self._sizes))

    def check(self) -> None:
        """Pass the question on."""
        self._progress.check()
