"""The evidence of a case with the windows that read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtGui import QImage

from desktop.app.profile.file_texts import words_of
from desktop.domain.errors import UserInputError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.case_records import CaseRecords, Confirm
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.evidence.picture.safe_picture import PictureRefused
from desktop.ui.evidence.viewing.decoders import Decoders, PictureDecoder
from desktop.ui.extraction.build import evidence_extraction
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit

_MOST: Final = 12_000_000
"""Pixels of a picture beside what was read of it: small print at twice its size."""
_REFUSED: Final = {
    "too_large": "picture.too_large",
    "format": "picture.unknown",
    "heif": "picture.heif",
}


def evidence_pane(
    kit: Kit, session: Session, case: CaseId, decoders: Decoders, confirm: Confirm
) -> EvidencePane:
    """The pane for ``case``; ``decoders`` turn content into something to show."""
    return EvidencePane(
        kit,
        CaseEvidence(session, case),
        decoders,
        CaseRecords(session, case, confirm, decoders.files),
        writes=session.may(Permission.ADD_EVIDENCE),
    )


@dataclass(frozen=True, slots=True)
class EvidenceParts:
    """What every pane is made from. ``confirm`` checks the password of a second officer; ``show_paper`` shows a
    finished paper under its title."""

    kit: Kit
    decoders: Decoders
    confirm: Confirm
    show_paper: Callable[[Pdf, str], object]


def evidence_of(
    parts: EvidenceParts, session: Session, case: CaseId, sink: ExtractionSink
) -> EvidencePane:
    """The pane of ``case``; what is picked in the windows that read its items goes to ``sink``."""
    kit = parts.kit
    pane = evidence_pane(kit, session, case, parts.decoders, parts.confirm)
    pane.paper_ready.connect(parts.show_paper)
    decode = partial(_pixels, parts.decoders.pictures)
    words = partial(words_of, parts.decoders.pages, parts.decoders.files)
    reading = evidence_extraction(kit, pane, session, case, sink, decode, words)
    reading.read.connect(pane.custody_changed)
    pane.changed.connect(sink.evidence_changed)
    pane.read_wanted.connect(reading.start)
    pane.all_wanted.connect(reading.start_all)
    return pane


def _pixels(pictures: PictureDecoder, data: bytes) -> QImage:
    try:
        return pictures.decode(data, _MOST).image
    except PictureRefused as error:
        raise UserInputError(_REFUSED.get(error.code, "picture.unreadable")) from error
