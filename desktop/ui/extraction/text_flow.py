"""The words of one item from the evidence into the case: read, shown, taken."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.extraction.place_proposals import Offer
from desktop.ui.extraction.picture_places import proved
from desktop.ui.extraction.port import ExtractionPort
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.dialogs.paste_dialog import PasteDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.when_seen import WhenSeen


class TextFlow(QObject):
    """``failed(refused)``: the item has no words that propose anything, or none can be had; ``refused`` says what else
    it is not."""

    failed = Signal(object)
    read = Signal()

    def __init__(
        self,
        kit: Kit,
        host: QWidget,
        port: ExtractionPort,
        sink: ExtractionSink,
        item: Evidence,
        refused: Exception,
    ) -> None:
        super().__init__(host)
        self._kit = kit
        self._host = host
        self._port = port
        self._sink = sink
        self._item = item
        self._refused = refused
        self._seen = WhenSeen(host, self)
        self._reading: Extraction | None = None
        self._dialog: PasteDialog | None = None
        sink.taken.connect(self._taken)
        sink.failed.connect(self._not_taken)

    def start(self) -> None:
        """Read the words of the item."""
        work = partial(_read, self._port, self._item)
        self._kit.runner.start("files", work, self._found, self._nothing)

    def _found(self, reading: Extraction) -> None:
        self._seen.do(self._show, reading)

    def _show(self, reading: Extraction) -> None:
        offers = self._offers(reading)
        if not any(offer.path for offer in offers):  # a day alone, say
            self.failed.emit(self._refused)
            return
        self._reading = reading
        dialog = self._dialog = PasteDialog(self._kit, self._host, of_item=self._item.name)
        dialog.set_text(reading.text)
        dialog.show_offers(reading, offers)
        dialog.accepted_offers.connect(self._take)
        dialog.open()
        self.read.emit()

    def _nothing(self, _error: Exception) -> None:
        """What the item is not says more than why it has no words."""
        self.failed.emit(self._refused)

    def _offers(self, reading: Extraction) -> tuple[Offer, ...]:
        return tuple(map(proved, self._sink.offers(reading)))

    def _take(self, offers: tuple[Offer, ...]) -> None:
        source = self._kit.texts.text("reading.source_text", name=self._item.name)
        place = EvidencePlace(self._item.id).to_text()
        origins = dict.fromkeys(range(len(offers)), place)
        self._sink.take(Picked(source, offers=offers, origins=origins))

    def _taken(self, count: int) -> None:
        dialog = self._dialog
        if dialog is not None and isValid(dialog) and self._reading is not None:
            dialog.refresh(self._offers(self._reading))
            dialog.show_taken(count)

    def _not_taken(self, error: Exception) -> None:
        dialog = self._dialog
        if dialog is not None and isValid(dialog) and dialog.isVisible():
            dialog.show_error(error)


def _read(port: ExtractionPort, item: Evidence, progress: Progress) -> Extraction:
    return port.text(item, progress)
