"""A card's line that says when something was last done, with what does it again at its end."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import Label


class LastTime:
    """``last`` is the key before the time, ``never`` the one in its place; ``name`` is what the time is called."""

    def __init__(self, kit: Kit, last: str, never: str, name: str) -> None:
        self._kit = kit
        self._last = last
        self._never = never
        self._when = Label(kit, role="small", ink="muted")
        self._when.setObjectName(name)

    def lay_out(self, body: QVBoxLayout, explain: str, *ends: QWidget) -> None:
        """Add an explanation and the line to a card."""
        kit = self._kit
        body.addWidget(Label(kit, explain, role="small", ink="muted", wrap=True))
        row = Row(kit)
        row.addWidget(Label(kit, self._last, role="small", ink="muted"))
        row.addWidget(self._when)
        row.addStretch(1)
        for end in ends:
            row.addWidget(end)
        body.addLayout(row)

    def show(self, last: datetime | None) -> None:
        """Say when, or that it never was."""
        if last is None:
            self._when.set_key(self._never)
        else:
            self._when.set_text(show_local(last, self._kit.zone)[:16])
