"""Evidence that a test may damage, and a renderer of "pages"."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import AppError, WorldError
from desktop.domain.evidence.court_handover import CourtHandoverRequest, HandedOver
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.progress import SILENT, Progress
from desktop.readers.contents.look import look
from desktop.readers.contents.mail_parts import take_out
from desktop.readers.contents.refusal import ContentsRefused
from desktop.services.evidence.attach_evidence import NOTHING_TOLD, attach_files
from desktop.services.look_up import history
from desktop.services.ports.reading.contents import Attachment, ContentStream, Read, Unread
from desktop.services.session import Session
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, decode_picture
from desktop.ui.evidence.viewing.decoders import Decoders
from tests.ui.evidence.passwords import known_password
from tests.ui.evidence.pictures import page_png

OFFICER = "620134"
START = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)


class EvidenceInHand(CaseEvidence):
    """The evidence of a case on a real desk, of which a test may damage, lose or swap what it wants.

    ``fail_with`` makes the next call of anything slow fail; files before ``fail_at`` come in, as
    a disk fills up.
    """

    def __init__(self, session: Session, case: CaseId, folder: Path) -> None:
        super().__init__(session, case)
        self.session, self.case = session, case
        self._folder = folder
        self._added = 0
        self.swapped: dict[EvidenceId, bytes] = {}
        """What lies in the place of a content."""
        self.changes: dict[EvidenceId, dict[str, Any]] = {}
        """What items are said to be beside what the desk knows."""
        self.fail_with: Exception | None = None
        self.fail_at = 0
        self.failure: AppError = WorldError("disk.full")
        self.wish: CourtHandoverRequest | None = None
        self.stick: MediumFacts | None = None

    @property
    def rows(self) -> tuple[Evidence, ...]:
        """The items."""
        found = super().items()
        return tuple(replace(item, **self.changes.get(item.id, {})) for item in found)

    @property
    def log(self) -> tuple[HistoryRow, ...]:
        """What was done in the case."""
        return history(self.session, self.case)

    @property
    def thumbs(self) -> dict[EvidenceId, bytes]:
        """The kept thumbnails."""
        kept = {item.id: super(EvidenceInHand, self).thumbnail(item.id) for item in self.rows}
        return {item: png for item, png in kept.items() if png is not None}

    def add(
        self,
        name: str,
        data: bytes,
        *,
        source: str = "",
        method: AcquisitionMethod = AcquisitionMethod.PROVIDED,
    ) -> EvidenceId:
        """Put an item in place."""
        self._added += 1
        path = self._folder / str(self._added) / name
        path.parent.mkdir()
        path.write_bytes(data)
        told = replace(NOTHING_TOLD, source=source, method=method)
        (made,) = attach_files(self.session, self.case, [path], SILENT, typed=told)
        return made.evidence.id

    def damage(self, evidence: EvidenceId) -> None:
        """Spoil the kept content."""
        self._file_of(evidence).write_bytes(b"spoilt")

    def lose(self, evidence: EvidenceId) -> None:
        """Take the kept content away."""
        self._file_of(evidence).unlink()

    def _file_of(self, evidence: EvidenceId) -> Path:
        (sha256,) = [item.sha256 for item in self.rows if item.id == evidence]
        found = self.session.vault.file_of(sha256)
        assert found is not None
        return found

    def items(self) -> tuple[Evidence, ...]:
        self._stumble()
        return self.rows

    def attach(self, paths: Sequence[Path], progress: Progress) -> tuple[EvidenceId, ...]:
        self._stumble()
        if self.fail_at:
            super().attach(paths[: self.fail_at - 1], progress)
            raise self.failure
        return super().attach(paths, progress)

    def attach_picture(self, name: str, data: bytes) -> EvidenceId:
        self._stumble()
        return super().attach_picture(name, data)

    def open(self, evidence: EvidenceId) -> BinaryIO:
        self._stumble()
        stream = super().open(evidence)
        return self._instead(evidence) or stream

    def recording(self, evidence: Evidence) -> BinaryIO:
        return self._instead(evidence.id) or super().recording(evidence)

    def content(self, evidence: Evidence) -> BinaryIO:
        return self._instead(evidence.id) or super().content(evidence)

    def medium(self, folder: Path) -> MediumFacts:
        self._stumble()
        return self.stick or super().medium(folder)

    def hand_over_to_court(
        self, folder: Path, wish: CourtHandoverRequest, progress: Progress
    ) -> HandedOver:
        self._stumble()
        self.wish = wish
        return super().hand_over_to_court(folder, wish, progress)

    def verify(self, evidence: EvidenceId | None, progress: Progress) -> tuple[EvidenceId, ...]:
        self._stumble()
        return super().verify(evidence, progress)

    def _instead(self, evidence: EvidenceId) -> BinaryIO | None:
        data = self.swapped.get(evidence)
        return None if data is None else io.BytesIO(data)

    def _stumble(self) -> None:
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error


def records_of(evidence: EvidenceInHand) -> CaseRecords:
    """The records of the same case."""
    return CaseRecords(
        evidence.session, evidence.case, known_password, FakeFiles(), lambda: "zh_CN"
    )


class FakeFiles:
    """The reader of files without a process of its own."""

    def read(self, name: str, source: ContentStream, size: int, progress: Progress) -> Read:
        data = b""
        while part := source.read(1 << 20):
            data += part
        try:
            return look(name, data)
        except ContentsRefused as refused:
            return Unread(refused.code, tuple(refused.params.items()))

    def attachment(
        self, source: ContentStream, size: int, place: Sequence[int], progress: Progress
    ) -> Attachment | Unread:
        try:
            return take_out(source.read(size), place)
        except ContentsRefused as refused:
            return Unread(refused.code, tuple(refused.params.items()))


class FakePictures:
    """PDFs of as many pages as they have ``/Page`` marks."""

    def page_count(self, data: bytes) -> int:
        if b"broken" in data:
            raise WorldError("pdf.unreadable")
        if b"locked" in data:
            raise WorldError("pdf.locked")
        return data.count(b"/Page ")

    def carries_actions(self, data: bytes) -> bool:
        return b"/JS" in data

    def page_text(self, data: bytes, page: int) -> str:
        return f"第{page + 1}页的字"

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        if b"broken" in data:
            raise WorldError("pdf.unreadable")
        return page_png(width // 10, page)


class FakeDecoder:
    """Pictures decoded without a process of its own."""

    def decode(self, data: bytes, most: int = MAX_SHOWN_PIXELS) -> Picture:
        return decode_picture(data, max_shown=most)


def fake_decoders() -> Decoders:
    """Decoders that work in this process."""
    return Decoders(FakePictures(), FakeDecoder(), FakeFiles())
