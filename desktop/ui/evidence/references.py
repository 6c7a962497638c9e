"""What leads from one item elsewhere: the citation of a place in it, and the comparison with another."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.compare.dialog import CompareEvidenceDialog
from desktop.ui.evidence.items.item_model import EvidenceModel
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.evidence.viewing.viewer import Viewer
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.translator import Translator
from desktop.ui.shared.widgets.pages.toast import toast


def cited_text(texts: Translator, item: Evidence, number: int, citation: Citation) -> str:
    """``number`` is the item's place in the list of the case, from 1."""
    key = f"viewer.cite.{citation.kind.value}"
    if citation.kind.value == "message" and not citation.sender:
        key = "viewer.cite.message_plain"
    return texts.text(
        key,
        item=number,
        name=item.name,
        place=citation.place,
        time=citation.time,
        sender=citation.sender,
        quote=citation.quote,
    )


class References(QObject):
    """``noted``: the custody log has a new line; ``failed(error)``."""

    noted = Signal()
    failed = Signal(object)

    def __init__(
        self,
        kit: Kit,
        pane: QWidget,
        evidence: CaseEvidence,
        decoders: Decoders,
        viewer: Viewer,
        model: EvidenceModel,
    ) -> None:
        super().__init__(pane)
        self._kit = kit
        self._pane = pane
        self._evidence = evidence
        self._decoders = decoders
        self._model = model
        self._viewer = viewer
        self._item: Evidence | None = None
        viewer.cited.connect(self._cite)
        viewer.compare_wanted.connect(self.compare)

    def choose(self, item: Evidence | None) -> None:
        """It is about another item now."""
        self._item = item

    def compare(self) -> None:
        """Lay the chosen item beside the next of its sort; the person may choose others."""
        items = self._model.items
        if self._item is None or len(items) < 2:
            return
        dialog = CompareEvidenceDialog(
            self._kit, self._pane, self._evidence, self._decoders, items, self._item
        )
        dialog.finished.connect(self._compared)
        dialog.open()

    def _compared(self, _outcome: int) -> None:
        self.noted.emit()

    def _cite(self, citation: Citation) -> None:
        item = self._item
        if item is None:
            return
        if self._viewer.inside:
            toast(self._kit, self._pane, "viewer.attachment.cite_later")
            return
        number = self._model.row_of(item.id) + 1
        QGuiApplication.clipboard().setText(cited_text(self._kit.texts, item, number, citation))
        toast(self._kit, self._pane, "viewer.cite.copied")
        note = partial(_note, self._evidence, item.id, citation)
        self._kit.runner.start("db", note, self._cited, self._fail)

    def _cited(self, _nothing: None) -> None:
        self.noted.emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)


def _note(
    evidence: CaseEvidence, item: EvidenceId, citation: Citation, _progress: Progress
) -> None:
    evidence.cite(item, citation)
