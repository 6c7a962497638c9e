"""An evidence port in memory, and a renderer of "pages"."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.court_handover import CourtHandoverRequest, HandedOver
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.exchange import MediumFacts
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.journal import kinds
from desktop.readers.contents.look import look
from desktop.readers.contents.mail_parts import take_out
from desktop.readers.contents.refusal import ContentsRefused
from desktop.runtime.evidence_guide import load_guide
from desktop.runtime.resources import resource_path
from desktop.services.evidence.find_photos import FoundPhotos
from desktop.services.evidence.pass_evidence import TypedPassing
from desktop.services.evidence.photograph_evidence import Frame
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.evidence.seal_evidence import TypedSeal
from desktop.services.ports import Pdf
from desktop.services.ports.contents import Attachment, ContentStream, Read, Unread
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture, decode_picture
from desktop.ui.evidence.port import Decoders
from desktop.ui.evidence.record_port import (
    Checklist,
    CustodyStart,
    EvidencePaper,
    PhotographingStart,
    RecordStart,
)
from tests.ui.evidence.pictures import page_png

OFFICER = "620134"
START = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)


class MemoryEvidence:
    """Implements ``EvidencePort``. ``fail_with`` makes the next call of anything slow fail."""

    def __init__(self) -> None:
        self.contents: dict[EvidenceId, bytes] = {}
        self.rows: list[Evidence] = []
        self.log: list[HistoryRow] = []
        self.thumbs: dict[EvidenceId, bytes] = {}
        self.damaged: set[EvidenceId] = set()
        self.fail_with: Exception | None = None
        self.fail_at = 0
        self.failure: AppError = WorldError("disk.full")
        self.checks = 0
        self.wish: CourtHandoverRequest | None = None
        self.stick = MediumFacts("STICK", "exfat", 1 << 40, None)
        self.clock = START

    def add(
        self,
        name: str,
        data: bytes,
        *,
        source: str = "",
        method: AcquisitionMethod = AcquisitionMethod.PROVIDED,
    ) -> EvidenceId:
        """Put an item in place."""
        evidence = EvidenceId(f"e{len(self.rows) + 1:03d}")
        self.contents[evidence] = data
        digest = hashlib.sha256(data).hexdigest()
        item = Evidence(
            evidence, name, len(data), digest, "", source, method, "", self.clock, OFFICER
        )
        self.rows.append(item)
        self.note(evidence, kinds.EVIDENCE_ATTACHED)
        return evidence

    def note(self, evidence: EvidenceId, kind: str, /, **fields: str) -> None:
        """Write a line of the log."""
        subject = f"evidence/{evidence}"
        seq = len(self.log) + 1
        row = HistoryRow(
            self.clock, OFFICER, kind, subject, tuple(sorted(fields.items())), "DEVICE", seq
        )
        self.log.append(row)
        self.clock += timedelta(minutes=1)

    def now(self) -> datetime:
        return self.clock

    def items(self) -> tuple[Evidence, ...]:
        self._stumble()
        return tuple(self.rows)

    def officers(self) -> Mapping[str, str]:
        return {OFFICER: "王建国"}

    def attach(self, paths: Sequence[Path], progress: Progress) -> tuple[EvidenceId, ...]:
        """Those before ``fail_at`` come in, as a disk fills up."""
        self._stumble()
        taken = []
        for done, path in enumerate(paths, 1):
            progress.check()
            if done == self.fail_at:
                raise self.failure
            data = path.read_bytes()
            same = [name for name, held in self.contents.items() if held == data]
            taken.append(same[0] if same else self.add(path.name, data))
            progress.advance(done, len(paths))
        return tuple(taken)

    def attach_picture(self, name: str, data: bytes) -> EvidenceId:
        self._stumble()
        return self.add(name, data, method=AcquisitionMethod.SCREENSHOT)

    def attach_attachment(self, evidence: EvidenceId, taken: Attachment, source: str) -> EvidenceId:
        self._stumble()
        return self.add(taken.name, taken.data, source=source)

    def digest_pending(self, progress: Progress) -> int:
        owed = [row for row in self.rows if not row.sm3]
        for row in owed:
            progress.check()
            place = self.rows.index(row)
            self.rows[place] = replace(row, sm3=row.sha256[::-1])
            self.note(row.id, kinds.EVIDENCE_DIGESTED)
        return len(owed)

    def open(self, evidence: EvidenceId) -> BinaryIO:
        self._stumble()
        self.note(evidence, kinds.EVIDENCE_VIEWED)
        return self._stream(evidence)

    def recording(self, evidence: Evidence) -> BinaryIO:
        return self._stream(evidence.id)

    def cite(self, evidence: EvidenceId, citation: Citation) -> None:
        self.note(evidence, kinds.EVIDENCE_CITED, kind=citation.kind.value, place=citation.place)

    def content(self, evidence: Evidence) -> BinaryIO:
        return self._stream(evidence.id)

    def custody(self, evidence: EvidenceId) -> tuple[HistoryRow, ...]:
        return tuple(row for row in self.log if row.subject == f"evidence/{evidence}")

    def thumbnail(self, evidence: EvidenceId) -> bytes | None:
        return self.thumbs.get(evidence)

    def keep_thumbnail(self, evidence: EvidenceId, png: bytes) -> None:
        self.thumbs[evidence] = png

    def medium(self, folder: Path) -> MediumFacts:
        self._stumble()
        return self.stick

    def hand_over_to_court(
        self, folder: Path, wish: CourtHandoverRequest, progress: Progress
    ) -> HandedOver:
        self._stumble()
        self.wish = wish
        chosen = [row for row in self.rows if wish.items is None or row.id in wish.items]
        for done, row in enumerate(chosen, 1):
            progress.check()
            progress.advance(done, len(chosen))
            self.note(row.id, kinds.EVIDENCE_HANDED_OVER, receiver=wish.receiver)
        target = folder / "hand-over"
        files = tuple(target / f"data/{n:04d}" for n in range(1, len(chosen) + 1))
        return HandedOver(target, files, target / "manifest-sha256.txt", "", "7QK2-M9XD-41TC-ZP8A")

    def verify(self, evidence: EvidenceId | None, progress: Progress) -> tuple[EvidenceId, ...]:
        self._stumble()
        wanted = [row for row in self.rows if evidence in (None, row.id)]
        for done, row in enumerate(wanted):
            progress.check()
            progress.advance(done, len(wanted))
            sound = row.id not in self.damaged
            self.note(row.id, kinds.EVIDENCE_VERIFIED, ok="true" if sound else "false")
        return tuple(row.id for row in wanted if row.id in self.damaged)

    def _stream(self, evidence: EvidenceId) -> BinaryIO:
        if evidence not in self.contents:
            raise WorldError("vault.missing")
        if evidence in self.damaged:
            raise TrustError("vault.damaged")
        return io.BytesIO(self.contents[evidence])

    def _stumble(self) -> None:
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error


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


class MemoryRecords:
    """Implements ``RecordPort`` over a :class:`MemoryEvidence`; what was recorded is kept."""

    def __init__(self, port: MemoryEvidence) -> None:
        self._port = port
        self.guide = load_guide(resource_path("scripts"))

    def start_record(self, evidence: EvidenceId) -> RecordStart:
        self._port._stumble()
        item = next(row for row in self._port.rows if row.id == evidence)
        return RecordStart(
            item, tuple(self._port.rows), TypedRecord(item.source, item.method, item.record)
        )

    def record(
        self, items: Sequence[EvidenceId], typed: TypedRecord, drafts: Sequence[str], password: str
    ) -> None:
        for place, row in enumerate(self._port.rows):
            if row.id in items:
                self._port.rows[place] = replace(
                    row, source=typed.source, method=typed.method, record=typed.record
                )

    def checklist(self) -> Checklist | None:
        return None

    def start_custody(self, evidence: EvidenceId) -> CustodyStart:
        raise NotImplementedError

    def seal(
        self, items: Sequence[EvidenceId], typed: TypedSeal, password: str, *, draft: bool
    ) -> None:
        raise NotImplementedError

    def open_seal(self, seal: str, typed: TypedSeal, password: str, *, draft: bool) -> None:
        raise NotImplementedError

    def transfer_custody(
        self,
        items: Sequence[EvidenceId],
        typed: TypedPassing,
        officer: str,
        password: str,
        progress: Progress,
        *,
        draft: bool,
    ) -> None:
        raise NotImplementedError

    def take_over(
        self,
        items: Sequence[EvidenceId],
        typed: TypedPassing,
        password: str,
        progress: Progress,
        *,
        draft: bool,
    ) -> None:
        raise NotImplementedError

    def digest_md5(self, evidence: EvidenceId, progress: Progress) -> int:
        raise NotImplementedError

    def start_photographing(self) -> PhotographingStart:
        raise NotImplementedError

    def photos(self, folder: Path, progress: Progress) -> FoundPhotos:
        raise NotImplementedError

    def film(self, frames: Sequence[Frame], device: str, progress: Progress) -> None:
        raise NotImplementedError

    def papers(self) -> tuple[EvidencePaper, ...]:
        raise NotImplementedError

    def print_paper(self, form: str) -> Pdf:
        raise NotImplementedError
