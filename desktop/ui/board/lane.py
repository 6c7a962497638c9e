"""A column with its name, its count and what belongs there when it is empty."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.column_model import ColumnModel
from desktop.ui.board.column_view import ColumnView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Chip, Label


class BoardColumn(QWidget):
    """Header and list of one state."""

    def __init__(self, kit: Kit, state: CaseState, cards: CardPainter) -> None:
        super().__init__()
        self.setObjectName(f"board_lane_{state.value}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="lane")
        self.model = ColumnModel(state, self)
        self.view = ColumnView(kit, self.model, cards)
        self._count = Chip(kit)
        self._count.setObjectName(f"board_count_{state.value}")
        self._hint = Label(kit, f"board.empty.{state.value}", role="hint", ink="muted", wrap=True)
        self._hint.setParent(self.view.viewport())
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.view.viewport().installEventFilter(self)
        self._build(kit, state)
        kit.texts.bind(self.view.setAccessibleName, f"board.state.{state.value}")
        kit.texts.changed.connect(self._lay_hint)

    def _build(self, kit: Kit, state: CaseState) -> None:
        gap = kit.theme.space("space_s")
        column = Column(kit, self, gap="space_xs")
        column.setContentsMargins(gap, gap, 0, gap)
        header = Row(kit)
        header.setContentsMargins(0, 0, gap, 0)
        header.addWidget(Label(kit, f"board.state.{state.value}", role="section"))
        header.addStretch(1)
        header.addWidget(self._count)
        column.addLayout(header)
        column.addWidget(self.view, 1)

    def refresh_count(self) -> None:
        """Show how many cards there are, or what belongs here."""
        count = self.model.rowCount()
        self._count.set_text(f"{count:,}")
        self._hint.setVisible(count == 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the hint as wide as the list."""
        if watched is self.view.viewport() and event.type() is QEvent.Type.Resize:
            self._lay_hint()
        return super().eventFilter(watched, event)

    def _lay_hint(self) -> None:
        width = self.view.viewport().width()
        self._hint.setGeometry(0, 0, width, self._hint.heightForWidth(width))
