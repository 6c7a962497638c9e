"""A strip inside a page that says how things stand, above what it concerns."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.domain.errors import AppError, Cancelled
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.error_texts import words_of
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label

_ICONS = {
    Tone.BAD: "error",
    Tone.WARN: "warning",
    Tone.OK: "check_circle",
    Tone.INFO: "info",
    Tone.NEUTRAL: "info",
}
Lines: TypeAlias = Callable[[], Iterable[str]]
"""Asked for each time they are shown: the language may be another one by then."""


class Banner(QFrame):
    """Hidden until it has something to say. ``erred(error)`` for who has to say it elsewhere."""

    erred = Signal(object)

    def __init__(self, kit: Kit, name: str = "banner", *, closable: bool = False) -> None:
        super().__init__()
        self._kit = kit
        self._unread = False
        self._tone = Tone.BAD
        self._again: Button | None = None
        self._show_again: Callable[[], object] | None = None
        """Says it once more, in another language."""
        self._lines: tuple[str, ...] = ()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        row = Row(kit, self, gap="space_s")
        side, high = kit.theme.space("space_m"), kit.theme.space("space_s")
        row.setContentsMargins(side, high, side, high)
        self._icon = IconLabel(kit, "info", size="icon_m")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        texts = Column(kit, gap="space_xxs")
        self.message = Label(kit, wrap=True)
        self.message.setObjectName(f"{name}_message")
        self.detail = Label(kit, role="small", wrap=True)
        self.detail.setObjectName(f"{name}_detail")
        texts.addWidget(self.message)
        texts.addWidget(self.detail)
        row.addLayout(texts, 1)
        self._row = row
        self._close = IconButton(kit, "shared.close", "close", name=f"{name}_close")
        self._close.clicked.connect(self.clear)
        set_shown(self._close, shown=closable)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        kit.texts.changed.connect(self._tell)

    def show_error(self, error: Exception, more: Callable[[], str] = str) -> None:
        """What happened; below it what is safe, ``more`` words in the language shown, and what to do. A wish to stop is
        no error.

        What the program did not foresee goes to the last net, which shows the report's number.
        """
        if isinstance(error, Cancelled):
            self.clear()
            return
        if not isinstance(error, AppError):
            self.clear()
            sys.excepthook(type(error), error, error.__traceback__)
            return
        self._say(Tone.BAD, partial(self._tell_error, error, more))
        self.erred.emit(error)

    def add_line(self, key: str) -> None:
        """One thing more that is to be known here, below what is shown."""
        self._lines = (*self._lines, key)
        self._tell()

    def show_unread(self, error: Exception) -> None:
        """What kept the page from being read; it goes by itself at the next :meth:`was_read`."""
        self.show_error(error)
        self._mark(unread=True)

    def was_read(self) -> None:
        """The page was read: that it could not be is no longer true. Whatever else is said stays."""
        if self._unread:
            self.clear()

    def acted(self) -> None:
        """Something was done: what failed before is over. What went well, or is still to be seen to, stays."""
        if self._tone is Tone.BAD and not self._unread:
            self.clear()

    def page_left(self) -> None:
        """What went well is no news any more to who comes back; what did not is still to be seen to."""
        if self._tone in (Tone.OK, Tone.INFO):
            self.clear()

    def show_key(self, tone: Tone, key: str, **params: str | int) -> None:
        """Show catalogue words."""
        self.show_found(tone, key, tuple, **params)

    def show_found(self, tone: Tone, key: str, lines: Lines, **params: str | int) -> None:
        """Show catalogue words, and below them ``lines`` as they are in the language shown."""
        self._say(tone, partial(self._tell_found, key, lines, params))

    def show_lines(self, tone: Tone, lines: Lines) -> None:
        """Show ``lines`` as they are in the language shown, all but the first one small."""
        self._say(tone, partial(self._tell_lines, lines))

    def offer(self, action: Action) -> None:
        """A button for what may be done about it, beside the words; hidden while ``action`` may not be done."""
        button = Button.of(self._kit, action, size=Size.COMPACT, name=f"{self.objectName()}_action")

        def show(enabled: bool) -> None:  # noqa: FBT001 - Qt's signal
            set_shown(button, shown=enabled)

        action.enabled_changed.connect(show)
        self._row.insertWidget(self._row.count() - 1, button, 0, Qt.AlignmentFlag.AlignTop)
        show(action.enabled)

    def offer_again(self, action: Action) -> None:
        """A button to try again, beside what kept the page from being read."""
        self._again = Button.of(
            self._kit, action, size=Size.COMPACT, name=f"{self.objectName()}_again"
        )
        self._row.insertWidget(self._row.count() - 1, self._again, 0, Qt.AlignmentFlag.AlignTop)
        self._mark(unread=False)

    def clear(self) -> None:
        """Nothing to say."""
        self._show_again = None
        self._mark(unread=False)
        self.message.set_text("")
        self.detail.set_text("")
        self.hide()

    def _tell_error(self, error: Exception, more: Callable[[], str]) -> None:
        words = words_of(self._kit, error)
        self._put(words.what, words.safe, more(), words.do)

    def _tell_found(self, key: str, lines: Lines, params: dict[str, str | int]) -> None:
        self.message.set_key(key, **params)
        self.detail.set_text("\n".join(lines()))

    def _tell_lines(self, lines: Lines) -> None:
        self._put(*lines())

    def _put(self, first: str = "", *others: str) -> None:
        self.message.set_text(first)
        self.detail.set_text("\n".join(filter(None, others)))

    def _say(self, tone: Tone, show: Callable[[], object]) -> None:
        self._show_again, self._lines = show, ()
        self._mark(unread=False)
        self._tone = tone
        set_look(self, panel=tone.value)
        self._icon.set_icon(_ICONS[tone], tone.value)
        self.message.set_tone(tone)
        self._tell()
        set_shown(self, shown=True)

    def _mark(self, *, unread: bool) -> None:
        self._unread = unread
        if self._again is not None:
            set_shown(self._again, shown=unread)

    def _tell(self) -> None:
        """In the language shown."""
        if self._show_again is None:
            return
        self._show_again()
        lines = (self.detail.text(), *map(self._kit.texts.text, self._lines))
        self.detail.set_text("\n".join(filter(None, lines)))
        self.detail.setVisible(bool(self.detail.text()))
        self.setAccessibleName(f"{self.message.text()} {self.detail.text()}".strip())
