"""Where what was read of an item of evidence goes: the form on the intake screen, or a registered case."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QObject, Signal

from desktop.domain.cases.intake import TransferText
from desktop.domain.ids import EvidenceId
from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer


@runtime_checkable
class ReadsNew(Protocol):
    """A pane of evidence that takes files in and reads them at once, and shows an item it is asked for."""

    def add_and_read(self) -> None:
        """Ask for the files first."""
        ...

    def show_item(self, evidence: EvidenceId) -> None:
        """Choose an item, once it is there."""
        ...


class ExtractionSink(QObject):
    """``taken(count)``: what was handed over stands in the form, or is recorded. ``failed(error)``: nothing does.

    ``evidence_changed``: items were taken in or recorded beside it.
    """

    taken = Signal(int)
    failed = Signal(object)
    evidence_changed = Signal()

    def known(self) -> tuple[TransferText, ...]:
        """The transfers that are there."""
        raise NotImplementedError

    def holder(self) -> str:
        """Who reported, whose account a statement usually is."""
        raise NotImplementedError

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        """Where each proposal belongs."""
        raise NotImplementedError

    def take(self, picked: Picked) -> None:
        """Take all of it, with offers of :meth:`offers`."""
        raise NotImplementedError
