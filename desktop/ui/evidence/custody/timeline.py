"""The custody log: lines beside a rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.evidence.custody.texts import CustodyLine, line_text
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column
from desktop.ui.shared.widgets.label import Label

_SHOWN = 200
"""Newest lines shown; the case's history has them all."""


class CustodyTimeline(QWidget):
    """Newest line on top: what was done last is what is looked for, and old items have long logs."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._lines: tuple[CustodyLine, ...] = ()
        self._officers: Mapping[str, str] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = Column(kit, self, gap="space_xxs")
        column.setContentsMargins(kit.theme.space("space_m"), 0, 0, 0)
        self.words = Label(kit, role="small", wrap=True)
        self.words.setObjectName("evidence_custody")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self.words)
        kit.texts.changed.connect(self._show)

    def show_lines(self, lines: Sequence[CustodyLine], officers: Mapping[str, str]) -> None:
        """Show the log."""
        self._lines, self._officers = tuple(lines), officers
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The rule."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.fillRect(QRectF(0, 0, theme.space("ring"), self.height()), theme.color("primary"))
        painter.end()

    def _show(self) -> None:
        shown = self._lines[: -_SHOWN - 1 : -1]
        self.words.set_text("\n".join(line_text(self._kit, line, self._officers) for line in shown))
        self.setVisible(bool(shown))
