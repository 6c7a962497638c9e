"""The case at a glance: what is to be decided, the money, the clocks, the person, the story."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.case.conflicts_card import ConflictsCard
from desktop.ui.case.deadlines_card import DeadlinesCard
from desktop.ui.case.delivery_card import DeliveryCard
from desktop.ui.case.field_texts import FieldTexts
from desktop.ui.case.glance_card import GlanceCard
from desktop.ui.case.holder.card import HolderCard
from desktop.ui.case.merge_card import MergeCard
from desktop.ui.case.mismatch_card import MismatchCard
from desktop.ui.case.port import CaseSetup
from desktop.ui.case.procedure_card import ProcedureCard
from desktop.ui.case.said_card import SaidCard
from desktop.ui.case.series_card import SeriesCard
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.case.special_card import SpecialCard
from desktop.ui.case.story_card import StoryCard
from desktop.ui.case.tasks.card import TasksCard
from desktop.ui.case.transfer_lines import TransfersCard
from desktop.ui.case.who_card import WhoCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.scroll import ScrollArea

_WIDE, _NARROW = 7, 4


class Overview(QWidget):
    """``stop_wanted(position)``; ``decided(Conflict, value)``; ``fields_wanted``: the story of every field."""

    stop_wanted = Signal(int)
    decided = Signal(object, str)
    fields_wanted = Signal()

    def __init__(self, kit: Kit, setup: CaseSetup, words: FieldTexts) -> None:
        super().__init__()
        self._kit = kit
        self._conflicts = ConflictsCard(kit, words, writes=setup.writes)
        self.mismatches = MismatchCard(kit, words)
        self.merge = MergeCard(kit, writes=setup.writes)
        self._series = SeriesCard(kit)
        self._glance = GlanceCard(kit)
        self._transfers = TransfersCard(kit, orders=setup.orders)
        self._who = WhoCard(kit)
        self.holder = HolderCard(kit)
        self._delivery = DeliveryCard(kit)
        self._deadlines = DeadlinesCard(kit, setup)
        self.procedure = ProcedureCard(kit, writes=setup.writes)
        self.tasks = TasksCard(kit, writes=setup.writes)
        self.story = StoryCard(kit, writes=setup.writes)
        self._said = SaidCard(kit, setup.scripts, words)
        self._special = SpecialCard(kit, setup.scripts)
        self._build()
        self._transfers.stop_wanted.connect(self.stop_wanted)
        self._who.fields.clicked.connect(self.fields_wanted)
        self._conflicts.decided.connect(self.decided)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show a case."""
        self._conflicts.show_sheet(sheet, revealed=revealed)
        self.mismatches.show_sheet(sheet, revealed=revealed)
        self.merge.show_sheet(sheet)
        self._series.show_sheet(sheet, revealed=revealed)
        self._glance.show_sheet(sheet, self._kit.ticks.now())
        self._transfers.show_sheet(sheet, revealed=revealed)
        self._who.show_sheet(sheet, revealed=revealed)
        self._deadlines.show_sheet(sheet)
        self.procedure.show_sheet(sheet, revealed=revealed)
        self.holder.show_sheet(sheet)
        self._delivery.show_sheet(sheet)
        self._said.show_sheet(sheet, revealed=revealed)
        self._special.show_sheet(sheet)
        self.tasks.show_sheet(sheet, revealed=revealed)
        self.story.show_sheet(sheet, revealed=revealed)

    def _build(self) -> None:
        content = QWidget()
        row = Row(self._kit, content, gap="card_gap")
        left, right = Column(self._kit, gap="card_gap"), Column(self._kit, gap="card_gap")
        for card in (
            self._conflicts,
            self.mismatches,
            self.merge,
            self._series,
            self._glance,
            self._transfers,
            self._special,
            self.tasks,
            self.story,
            self._said,
        ):
            left.addWidget(card)
        for other in (self.holder, self._deadlines, self.procedure, self._delivery, self._who):
            right.addWidget(other)
        left.addStretch(1)
        right.addStretch(1)
        row.addLayout(left, _WIDE)
        row.addLayout(right, _NARROW)
        whole = Column(self._kit, self)
        whole.addWidget(ScrollArea(self._kit, content))
