"""What the evidence pane asks of the desk. ``DeskEvidence`` answers with the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.court_handover import CourtHandoverRequest, HandedOver
from desktop.domain.evidence.item import Evidence
from desktop.domain.exchange import MediumFacts
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.services.ports.contents import Attachment, FileContents
from desktop.ui.evidence.picture.safe_picture import MAX_SHOWN_PIXELS, Picture


class Pictures(Protocol):
    """Turns pages of a PDF into pictures. Never called on the GUI thread."""

    def page_count(self, data: bytes) -> int:
        """Pages of the PDF ``data``; an ``AppError`` if it cannot be read."""
        ...

    def carries_actions(self, data: bytes) -> bool:
        """Whether the PDF holds scripts and the like, which nothing here runs; an ``AppError`` as above."""
        ...

    def page_text(self, data: bytes, page: int) -> str:
        """The words of page ``page`` (from 0), empty for a scanned one; an ``AppError`` if that fails."""
        ...

    def render_page(self, data: bytes, page: int, width: int) -> bytes:
        """Page ``page`` (from 0), ``width`` pixels wide, as PNG; an ``AppError`` if that fails."""
        ...


class PictureDecoder(Protocol):
    """Turns picture files into pixels. Never called on the GUI thread."""

    def decode(self, data: bytes, most: int = MAX_SHOWN_PIXELS) -> Picture:
        """At most ``most`` pixels of the picture, upright; ``PictureRefused`` where it is not shown."""
        ...


@dataclass(frozen=True, slots=True)
class Decoders:
    """What turns content into something to show; each works in a process of its own."""

    pages: Pictures
    pictures: PictureDecoder
    files: FileContents


class EvidencePort(Protocol):
    """The evidence of one case. Everything here may be slow and may raise ``AppError``."""

    def now(self) -> datetime:
        """The current instant; never slow."""
        ...

    def items(self) -> tuple[Evidence, ...]:
        """The items, in the order they were added."""
        ...

    def officers(self) -> Mapping[str, str]:
        """Officer number to name."""
        ...

    def attach(self, paths: Sequence[Path], progress: Progress) -> tuple[EvidenceId, ...]:
        """Take files in; reports bytes. A file whose content an item has already gives that item."""
        ...

    def attach_picture(self, name: str, data: bytes) -> EvidenceId:
        """Take in a picture that was pasted."""
        ...

    def attach_attachment(self, evidence: EvidenceId, taken: Attachment, source: str) -> EvidenceId:
        """Make what was taken out of a mail evidence of its own; ``source`` in words."""
        ...

    def digest_pending(self, progress: Progress) -> int:
        """Work out every SM3 that is still owed; how many were."""
        ...

    def open(self, evidence: EvidenceId) -> BinaryIO:
        """The content, for a person to look at; recorded in the custody log."""
        ...

    def recording(self, evidence: Evidence) -> BinaryIO:
        """The content at any place, for a look that :meth:`open` has recorded."""
        ...

    def cite(self, evidence: EvidenceId, citation: Citation) -> None:
        """Note in the custody log that a place of the item was referred to."""
        ...

    def content(self, evidence: Evidence) -> BinaryIO:
        """The content, for the program to make a thumbnail of."""
        ...

    def custody(self, evidence: EvidenceId) -> tuple[HistoryRow, ...]:
        """What happened to the item, oldest first."""
        ...

    def thumbnail(self, evidence: EvidenceId) -> bytes | None:
        """The kept thumbnail (PNG)."""
        ...

    def keep_thumbnail(self, evidence: EvidenceId, png: bytes) -> None:
        """Keep a thumbnail, encrypted like everything else."""
        ...

    def medium(self, folder: Path) -> MediumFacts:
        """What ``folder`` lies on; ``WorldError`` where it cannot be asked."""
        ...

    def hand_over_to_court(
        self, folder: Path, wish: CourtHandoverRequest, progress: Progress
    ) -> HandedOver:
        """Write a signed folder for prosecutor or court below ``folder``; recorded. Reports bytes."""
        ...

    def verify(self, evidence: EvidenceId | None, progress: Progress) -> tuple[EvidenceId, ...]:
        """Read one item, or all, and compare digests; which are damaged."""
        ...
