"""When something was last done: a line of a card, and a card of one work that is done again by its button."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.errors import Cancelled
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.texts.label import Label

Last = Callable[[], datetime | None]
"""When it was last done; may be slow."""


class LastTimeTexts(NamedTuple):
    """The keys of a card's texts; ``last`` stands before the time, ``never`` in its place."""

    title: str
    explain: str
    last: str
    never: str
    stopped: str


class LastTimeCard(Card):
    """A work that takes its time: when it was last done well, ``button`` that begins it, how far it is, and what came
    of it. ``name`` begins those of its parts."""

    def __init__(
        self, kit: Kit, name: str, texts: LastTimeTexts, button: Button, last: Last, parent: QWidget
    ) -> None:
        super().__init__(kit, texts.title)
        self.setParent(parent)
        self._kit = kit
        self._texts = texts
        self._button = button
        self._last = last
        self._when = LastTime(kit, texts.last, texts.never, f"{name}_when")
        self._banner = Banner(kit, f"{name}_banner", closable=True)
        card = WorkCard(kit, name=f"{name}_work")
        self._work = OneWork(kit, card, self)
        self._work.stirred.connect(self._allow)
        self._when.lay_out(self.body, texts.explain, button)
        self.body.addWidget(card)
        self.body.addWidget(self._banner)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read when it was last done."""
        self._kit.runner.start("db", work_of(self._last), self._show, self._banner.show_error)

    def _show(self, last: datetime | None) -> None:
        self._when.show(last)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._banner.show_key(Tone.INFO, self._texts.stopped)
        else:
            self._banner.show_error(error)

    def _allow(self) -> None:
        self._button.setEnabled(not self._work.busy)


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
