"""Two texts with what differs marked; they scroll together, N goes to the next difference."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from desktop.domain.line_diff import LinePair, difference_starts
from desktop.ui.evidence.viewer_pages import TextPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.label import Label


class LinesPair(QWidget):
    """Shows pairs of lines."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._pairs: tuple[LinePair, ...] = ()
        self._starts: tuple[int, ...] = ()
        column = Column(kit, self, gap="space_s")
        self.sum = Label(kit, role="small", ink="muted")
        self.sum.setObjectName("evidence_differences")
        column.addWidget(self.sum)
        row = Row(kit, gap="space_s")
        self.sides = (TextPage(kit), TextPage(kit))
        for place, side in enumerate(self.sides):
            side.setObjectName(f"evidence_lines_{place}")
            side.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            row.addWidget(side, 1)
        column.addLayout(row, 1)
        left, right = (side.verticalScrollBar() for side in self.sides)
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.setFocusProxy(self.sides[0])
        kit.theme.changed.connect(self._mark)

    def show_pairs(self, pairs: tuple[LinePair, ...], *, cut: bool) -> None:
        """Show others from their first difference."""
        self._pairs, self._starts = pairs, difference_starts(pairs)
        self.sides[0].setPlainText("\n".join(pair.left or "" for pair in pairs))
        self.sides[1].setPlainText("\n".join(pair.right or "" for pair in pairs))
        self._mark()
        key = "viewer.compare.sum_cut" if cut else "viewer.compare.sum"
        same = sum(pair.same for pair in pairs)
        self.sum.set_key(key, same=same, different=len(self._starts))
        if self._starts:
            self._go_to(self._starts[0])

    def step(self, by: int) -> None:
        """The next difference, or the one before."""
        here = self.sides[0].textCursor().blockNumber()
        ahead: Sequence[int] = [place for place in self._starts if place > here]
        behind = [place for place in self._starts if place < here]
        if by > 0 and ahead:
            self._go_to(ahead[0])
        elif by < 0 and behind:
            self._go_to(behind[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N and P step from difference to difference."""
        step = {Qt.Key.Key_N: 1, Qt.Key.Key_P: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step)
        event.accept()

    def _go_to(self, line: int) -> None:
        for side in self.sides:
            cursor = QTextCursor(side.document().findBlockByNumber(line))
            side.setTextCursor(cursor)
            side.centerCursor()

    def _mark(self) -> None:
        theme = self._kit.theme
        for side, colour in zip(self.sides, ("amber_soft", "blue_soft"), strict=True):
            marks = []
            for place, pair in enumerate(self._pairs):
                if pair.same:
                    continue
                mark = QTextEdit.ExtraSelection()
                mark.format.setBackground(theme.color(colour))  # type: ignore[attr-defined]
                mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # type: ignore[attr-defined]
                mark.cursor = QTextCursor(side.document().findBlockByNumber(place))  # type: ignore[attr-defined]
                marks.append(mark)
            side.setExtraSelections(marks)
