"""How an item stands in three chips: its last check, the court's facts, the seal it is under."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.evidence.item import Evidence
from desktop.services.evidence.completeness import Completeness
from desktop.ui.evidence.checklist.dialog import item_count
from desktop.ui.evidence.custody.texts import LastCheck, last_check, seal_number
from desktop.ui.evidence.item_model import IntegrityState
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Chip

_CHECKS = {
    IntegrityState.GOOD: ("evidence.facts.good", Tone.OK),
    IntegrityState.BAD: ("evidence.facts.bad", Tone.BAD),
    IntegrityState.UNREAD: ("evidence.facts.unread", Tone.INFO),
}


class FactsChips(QWidget):
    """Shows what was read of the chosen item."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._item: Evidence | None = None
        self._last = LastCheck(IntegrityState.UNREAD, None)
        self._seal = ""
        self._checklist: Completeness | None = None
        self.check = Chip(kit)
        self.check.setObjectName("evidence_check")
        self.complete = Chip(kit)
        self.complete.setObjectName("evidence_complete")
        self.sealed = Chip(kit)
        self.sealed.setObjectName("evidence_sealed")
        column = Column(kit, self, gap="space_xs")
        for chips in ((self.check,), (self.complete, self.sealed)):
            row = Row(kit, gap="space_xs")
            for chip in chips:
                row.addWidget(chip)
            row.addStretch(1)
            column.addLayout(row)

    def show_item(self, item: Evidence | None) -> None:
        """Turn to another item; its log comes by :meth:`show_custody`."""
        if item is None or self._item is None or item.id != self._item.id:
            self._last = LastCheck(IntegrityState.UNREAD, item.added_at if item else None)
            self._seal = ""
        self._item = item
        self.show_words()

    def show_custody(self, rows: Sequence[HistoryRow]) -> None:
        """Take the last check and the seal from the log of the item."""
        self._last = last_check(rows)
        self._seal = seal_number(rows)
        self.show_words()

    def show_checklist(self, found: Completeness | None) -> None:
        """Take how far the facts the court looks for are there; None while the case is a draft."""
        self._checklist = found
        self.show_words()

    def show_words(self) -> None:
        """Show everything in the words of the moment."""
        if self._item is None:
            return
        key, tone = _CHECKS[self._last.check]
        at = self._last.at
        self.check.setVisible(at is not None)
        if at is not None:
            self.check.set_tone(tone)
            self.check.set_key(key, time=clock_or_day(self._kit, at))
        done, needed = item_count(self._checklist, self._item.id) if self._checklist else (0, 0)
        self.complete.setVisible(bool(needed))
        self.complete.set_tone(Tone.OK if done == needed else Tone.WARN)
        self.complete.set_key("evidence.facts.complete", done=done, needed=needed)
        self.sealed.setVisible(bool(self._seal))
        self.sealed.set_key("evidence.facts.sealed", number=self._seal)
