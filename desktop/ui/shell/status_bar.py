"""The bar below the page: what is saved here, what the centre has not yet."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.text.moment_text import clock_or_day, second_or_day
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from desktop.ui.shell.window_host import DeskStatus

_MOST_ROOM: Final = 100
"""Of what is left, before the empty room at the right."""


class StatusBar(QWidget):
    """One line; it reads its times anew each minute so that "today" becomes "yesterday"."""

    def __init__(self, kit: Kit, manual: Action, keys: Action) -> None:
        super().__init__()
        self._kit = kit
        self._status = DeskStatus()
        self._minute = -1
        self._trust_news: Button | None = None
        self._last: tuple[datetime, int] | None = None
        self.setObjectName("statusbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="statusbar")
        self.setFixedHeight(kit.theme.space("statusbar"))
        self.line = Label(kit, role="small", ink="muted")
        self.line.setObjectName("status_line")
        margin = kit.theme.space("page_margin")
        row = Row(kit, self)
        row.setContentsMargins(margin, kit.theme.space("border"), margin, 0)
        row.addWidget(self.line)
        self.stuck = Label(kit, "shell.status.share_stuck", role="small", ink="amber")
        self.trust = Label(kit, role="small", ink="amber")
        self.letters = ElidedLabel(kit, "shared.letters_only", role="small", ink="amber")
        self._add_warning(row, self.stuck, "status_share_stuck")
        self._add_warning(row, self.trust, "status_trust")
        self._add_warning(row, self.letters, "status_letters_only", _MOST_ROOM)
        self._row = row
        row.addStretch(1)
        self.before = Label(kit, role="small", ink="muted")
        self._add_warning(row, self.before, "status_last_sign_in")
        for action, name in ((manual, "manual_button"), (keys, "keys_button")):
            button = Button.of(kit, action, variant=Variant.QUIET, size=Size.COMPACT, name=name)
            button.setFont(kit.theme.font("small"))
            row.addWidget(button)
        kit.texts.changed.connect(self._show)
        kit.ticks.ticked.connect(self._tick)
        self._show()

    def offer_trust_news(self, action: Action) -> None:
        """A button beside the line about trust, seen while there is one."""
        kit = self._kit
        self._trust_news = Button.of(
            kit, action, variant=Variant.QUIET, size=Size.COMPACT, name="status_trust_open"
        )
        self._trust_news.setFont(kit.theme.font("small"))
        self._trust_news.hide()
        self._row.insertWidget(self._row.indexOf(self.trust) + 1, self._trust_news)

    def set_trust_news(self, text: str) -> None:
        """What changed in whom this computer trusts; "" for nothing."""
        self.trust.set_text(text)
        for widget in (self.trust, self._trust_news):
            if widget is not None:
                set_shown(widget, shown=bool(text))

    def _add_warning(self, row: Row, label: Label, name: str, room: int = 0) -> None:
        label.setObjectName(name)
        label.hide()
        row.addSpacing(self._kit.theme.space("space_l"))
        row.addWidget(label, room)

    def set_status(self, status: DeskStatus) -> None:
        """Show another state."""
        self._status = status
        self._show()

    def set_last_sign_in(self, at: datetime, failures: int) -> None:
        """When the officer was signed in here before, and how many wrong passwords came since."""
        self._last = (at, failures)
        self.before.set_ink("amber" if failures else "muted")
        set_shown(self.before, shown=True)
        self._show()

    def _last_sign_in(self) -> None:
        if self._last is None:
            return
        at, failures = self._last
        key = "shell.status.last_sign_in_failed" if failures else "shell.status.last_sign_in"
        when = clock_or_day(self._kit, at)
        self.before.set_text(self._kit.texts.text(key, time=when, count=failures))

    def _show(self) -> None:
        self._last_sign_in()
        status = self._status
        parts = (self._saved(), self._pending(), self._receipt())
        separator = self._kit.texts.text("shell.status.separator")
        text = separator.join(part for part in parts if part)
        self.line.set_text(text)
        self.line.setToolTip(
            "" if status.enrolled else self._kit.texts.text("shell.status.not_enrolled_tip")
        )

    def _saved(self) -> str:
        saved = self._status.saved_at
        if saved is None:
            return self._kit.texts.text("shell.status.reading")
        key = "saved" if self._status.server is None else "saved_server"
        return self._kit.texts.text(f"shell.status.{key}", time=second_or_day(self._kit, saved))

    def _pending(self) -> str:
        status, words = self._status, self._kit.texts
        if not status.sends or status.saved_at is None:
            return ""
        if not status.enrolled:
            return words.text("shell.status.not_enrolled")
        if not status.pending_entries and not status.pending_bytes:
            return words.text("shell.status.all_synced")
        return words.text(
            "shell.status.pending",
            cases=status.pending_cases,
            entries=status.pending_entries,
            size=size_text(words, status.pending_bytes),
        )

    def _receipt(self) -> str:
        last = self._status.last_receipt
        if last is None:
            return ""
        return self._kit.texts.text("shell.status.receipt", time=clock_or_day(self._kit, last))

    def _tick(self) -> None:
        minute = self._kit.ticks.now().minute
        if minute != self._minute:
            self._minute = minute
            self._show()
