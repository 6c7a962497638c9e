"""Which of the case's evidence goes along with an order: a button with their count, and the list it unfolds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.item import Evidence
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.button import Button, Size
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.scroll import ScrollArea

_MOST_SEEN = 4
"""Rows that stand open before the list scrolls."""
_DIGEST_SHOWN = 12


class EvidencePick(QWidget):
    """``value`` holds SHA-256 digests. ``changed`` with every tick. Digests of items that are not here, such as another
    desk's, stay chosen."""

    changed = Signal()

    def __init__(self, kit: Kit, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._kit = kit
        self._items = tuple({item.sha256: item for item in evidence}.values())
        self._others: tuple[str, ...] = ()
        self._ticks: dict[str, CheckBox] = {}
        column = Column(kit, self, gap="space_xs")
        self._button = Button(kit, "", size=Size.COMPACT, icon="archive", name="order_evidence")
        self._button.setCheckable(True)
        self._button.setEnabled(bool(self._items))
        self._button.toggled.connect(self._unfold)
        head = Row(kit)
        head.addWidget(self._button)
        if not self._items:
            head.addWidget(Label(kit, "order_terms.evidence_none", role="hint", ink="muted"))
        head.addStretch(1)
        column.addLayout(head)
        self._list = self._made_list()
        column.addWidget(self._list)
        self._list.hide()
        self._count()

    def value(self) -> tuple[str, ...]:
        """The digests of what is chosen."""
        here = tuple(digest for digest, tick in self._ticks.items() if tick.isChecked())
        return (*here, *self._others)

    def set_value(self, digests: Sequence[str]) -> None:
        """Choose these and no others."""
        self._others = tuple(digest for digest in digests if digest not in self._ticks)
        for digest, tick in self._ticks.items():
            tick.setChecked(digest in digests)
        self._count()

    def _made_list(self) -> ScrollArea:
        inner = QWidget()
        column = Column(self._kit, inner, gap="space_xs")
        for place, item in enumerate(self._items, 1):
            tick = CheckBox(
                self._kit,
                "ordering.new.plain",
                name=f"order_evidence_{place}",
                text=self._text(item),
            )
            tick.toggled.connect(self._ticked)
            self._ticks[item.sha256] = tick
            column.addWidget(tick)
        scroll = ScrollArea(self._kit, inner)
        row = self._kit.theme.space("control_compact") + self._kit.theme.space("space_xs")
        scroll.setFixedHeight(row * min(max(len(self._items), 1), _MOST_SEEN))
        return scroll

    def _text(self, item: Evidence) -> str:
        size = size_text(self._kit.texts, item.size)
        return f"{item.name}　{size}　{item.sha256[:_DIGEST_SHOWN].upper()}…"

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._list.setVisible(on)

    def _ticked(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        words = self._kit.texts
        self._button.set_text(words.text("order_terms.evidence_pick", count=len(self.value())))
