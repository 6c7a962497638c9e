"""How far a case has got to the centre: records and files at each stage, and the files that are still under way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.domain.delivery import DeliveryStage
from desktop.services.exchange.delivery import CaseDelivery, FileDelivery
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.delivery_texts import counted
from desktop.ui.shared.widgets.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.label import Chip, ElidedLabel, Label

_MOST_FILES = 6
"""More are in the list of evidence; here it is the number that matters."""
_TONES: Mapping[DeliveryStage, Tone] = {
    DeliveryStage.HERE: Tone.WARN,
    DeliveryStage.EXPORTED: Tone.INFO,
    DeliveryStage.CARRIED: Tone.BAD,
    DeliveryStage.ACKNOWLEDGED: Tone.OK,
    DeliveryStage.CLOSED: Tone.NEUTRAL,
}


class DeliveryCard(Card):
    """Hidden where there is no centre to deliver to."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "delivery.title")
        self._kit = kit
        self.setObjectName("case_delivery")
        self._sheet: CaseSheet | None = None
        self._told: object = None
        self._entries = Label(kit, role="small", wrap=True)
        self._files = Label(kit, role="small", wrap=True)
        self._entries.setObjectName("case_delivery_entries")
        self._files.setObjectName("case_delivery_files")
        self._lines: list[QWidget] = []
        self._list = Column(kit, gap="space_xs")
        self._more = Label(kit, role="hint", ink="muted")
        self.body.addWidget(self._entries)
        self.body.addWidget(self._files)
        self.body.addLayout(self._list)
        self.body.addWidget(self._more)
        self.hide()
        kit.texts.changed.connect(self._again)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show how far the case got; its lines stay while nothing of it changed."""
        self._sheet = sheet
        found = sheet.delivery
        self.setVisible(found is not None)
        told = (found, self._kit.texts.language)
        if found is not None and told != self._told:
            self._told = told
            self._show(found)

    def _show(self, found: CaseDelivery) -> None:
        self._entries.set_text(counted(self._kit, "entries", found.entries))
        counts = Counter(item.stage for item in found.files)
        self._files.set_text(counted(self._kit, "files", counts))
        self._files.setVisible(bool(found.files))
        under_way = [item for item in found.files if item.stage is not DeliveryStage.CLOSED]
        let_go(self._list, *self._lines)
        self._lines = [self._line(item) for item in under_way[:_MOST_FILES]]
        for line in self._lines:
            self._list.addWidget(line)
        rest = len(under_way) - len(self._lines)
        self._more.set_key("delivery.more", count=rest)
        self._more.setVisible(rest > 0)

    def _line(self, item: FileDelivery) -> QWidget:
        line = QWidget()
        row = Row(self._kit, line)
        name = ElidedLabel(self._kit, role="hint")
        name.set_text(item.name)
        row.addWidget(name, 1)
        if item.medium:
            medium = Label(self._kit, role="hint", ink="muted")
            medium.set_text(item.medium)
            row.addWidget(medium)
        chip = Chip(self._kit, f"delivery.stage.{item.stage.value}", tone=_TONES[item.stage])
        self._kit.texts.bind(chip.setToolTip, f"delivery.tip.{item.stage.value}")
        row.addWidget(chip)
        return line

    def _again(self) -> None:
        if self._sheet is not None:
            self.show_sheet(self._sheet)
