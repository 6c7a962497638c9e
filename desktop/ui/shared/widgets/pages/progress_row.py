"""Long work as people see it: what, how far, how fast, how long still, and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.quantities import remaining_text, size_text
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.clock_label import Bar
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

Unit = Literal["bytes", "items", "share"]
"""``share``: what is counted says nothing to anybody; only how much of the whole is done."""
_RATE_NEEDS_S = 0.5  # an estimate from less than half a second jumps about


class ProgressRow(QWidget):
    """Hidden until ``begin``. Give ``advance`` to the runner as ``on_progress``.

    ``cancelled`` is emitted when the person asks to stop: connect it to the handle's ``cancel``.
    """

    cancelled = Signal()

    def __init__(
        self,
        kit: Kit,
        unit: Unit = "bytes",
        *,
        name: str = "progress",
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._unit = unit
        self._monotonic = monotonic
        self._began = 0.0
        self._state = (0, 0)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column = Column(kit, self, gap="space_xs")
        head = Row(kit)
        self.title = ElidedLabel(kit)
        self.status = Label(kit, role="small", ink="muted")
        self.status.setObjectName(f"{name}_status")
        head.addWidget(self.title, 1)
        self._cancel = Button(kit, "shared.cancel", size=Size.COMPACT, name=f"{name}_cancel")
        self._cancel.clicked.connect(self._ask_to_stop)
        head.addWidget(self._cancel)
        column.addLayout(head)
        self.bar = Bar(kit)
        column.addWidget(self.bar)
        column.addWidget(self.status)
        kit.texts.changed.connect(self._show)
        self.hide()

    def begin(self, title_key: str, **params: str | int) -> None:
        """Show the row at nought."""
        self.title.set_key(title_key, **params)
        self._began = self._monotonic()
        self._state = (0, 0)
        self._cancel.setEnabled(True)
        self._show()
        set_shown(self, shown=True)

    def advance(self, done: int, total: int) -> None:
        """``done`` of ``total`` units are finished; ``total`` 0 means unknown."""
        self._state = (done, total)
        self._show()

    def finish(self) -> None:
        """Hide the row."""
        self.hide()

    def _ask_to_stop(self) -> None:
        self._cancel.setEnabled(False)
        self._kit.texts.bind(self.status.setText, "shared.progress.stopping")
        self.cancelled.emit()

    def _show(self) -> None:
        done, total = self._state
        share = done / total if total else 0.0
        self.bar.set_share(min(share, 1.0), Tone.INFO)
        if not self._cancel.isEnabled():
            return
        text = " · ".join(part for part in self._parts(done, total) if part)
        self.status.set_text(text)
        self.bar.setAccessibleName(text)

    def _parts(self, done: int, total: int) -> tuple[str, ...]:
        texts = self._kit.texts
        if self._unit == "bytes":
            amount = size_text(texts, done)
            if total:
                amount = f"{amount} / {size_text(texts, total)}"
        elif self._unit == "share":
            amount = f"{done * 100 // total} %" if total else ""
        else:
            key = "shared.progress.items_of" if total else "shared.progress.items"
            amount = texts.text(key, done=done, total=total)
        spent = self._monotonic() - self._began
        if spent < _RATE_NEEDS_S or done <= 0:
            return (amount,)
        rate = done / spent
        left = remaining_text(texts, (total - done) / rate) if total > done else ""
        return (amount, self._speed(rate), left)

    def _speed(self, rate: float) -> str:
        texts = self._kit.texts
        if self._unit == "share":
            return ""
        if self._unit == "bytes":
            return texts.text("shared.progress.rate", size=size_text(texts, int(rate)))
        return texts.text("shared.progress.rate_items", count=max(1, round(rate * 60)))
