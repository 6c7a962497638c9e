"""A search field with results below it, found off the GUI thread while one types."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QPen

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.actions import key_cap
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.line_edit import LineEdit
from desktop.ui.shared.widgets.search_results import SearchHit, SearchPopup

Search = Callable[[str], tuple[SearchHit, ...]]
_PAUSE_MS = 200  # typing goes on: ask only after a pause
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


def _find(search: Search, text: str, progress: Progress) -> tuple[str, tuple[SearchHit, ...]]:
    progress.check()
    return text, search(text)


class SearchField(LineEdit):
    """``opened(target)`` comes with Enter or a click on a hit.

    ``search`` runs in the ``db`` lane; answers to a text that is no longer there are dropped. Enter that comes before
    the answer, as a scanner types it, opens the one hit there is, and never a hit of what stood there before.
    """

    opened = Signal(object)

    def __init__(
        self, kit: Kit, name: str, placeholder_key: str, search: Search, *, keys: str = ""
    ) -> None:
        super().__init__(kit)
        self._search = search
        self._cap = key_cap(keys) if keys else ""
        self._popup: SearchPopup | None = None
        self._running = Latest(kit.runner, self)
        self._answered = ""
        """What the hits in the list were found by."""
        self._opens = False
        """Whether Enter was pressed already."""
        self.setObjectName(name)
        set_look(self, look="search")
        theme = kit.theme
        left = theme.space("icon_s") + theme.space("space_xs")
        self.setTextMargins(left, 0, 0, 0)
        kit.texts.bind(self.setPlaceholderText, placeholder_key)
        kit.texts.bind(self.setAccessibleName, placeholder_key)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.search_now)
        self.textEdited.connect(self._typed)
        theme.changed.connect(self.update)

    def search_now(self) -> None:
        """Ask for what is typed, without waiting for a pause."""
        self._timer.stop()
        text = self.text().strip()
        if not text:
            self._hide()
            return
        work = partial(_find, self._search, text)
        self._running.start("db", work, self._found, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Enter opens, Esc closes the list and then empties the field."""
        key = Qt.Key(event.key())
        if self.composing:
            super().keyPressEvent(event)
        elif key in _MOVES and self._popup is not None:
            self._popup.move_choice(_MOVES[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self._open_choice():
                self._opens = True
                self.search_now()
        elif key == Qt.Key.Key_Escape:
            self._escape(event)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leaving closes the list."""
        super().focusOutEvent(event)
        self._hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The styled field, the glass on the left, the key-cap after the placeholder."""
        super().paintEvent(event)
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.space("icon_s")
        glass = QRectF(theme.space("space_s"), (self.height() - side) / 2, side, side)
        self._kit.icons.paint(painter, glass, "search", theme.color("text_faint"))
        if self._cap and not self.text() and not self.hasFocus():
            self._paint_cap(painter)
        painter.end()

    def _paint_cap(self, painter: QPainter) -> None:
        theme = self._kit.theme
        font = theme.font("keycap")
        padding = theme.space("keycap_padding")
        width = QFontMetricsF(font).horizontalAdvance(self._cap) + 2 * padding
        height = theme.space("keycap_height")
        left = self.width() - width - theme.space("space_s")
        place = QRectF(left, (self.height() - height) / 2, width, height)
        painter.setPen(QPen(theme.color("line_strong"), theme.space("border")))
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(place, theme.space("radius_s"), theme.space("radius_s"))
        painter.setFont(font)
        painter.setPen(theme.color("text_muted"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, self._cap)

    def _typed(self, _text: str) -> None:
        self._opens = False
        self._timer.start()

    def _open_choice(self) -> bool:
        """Open what is chosen in the list, if that list belongs to what stands here."""
        current = self._answered == self.text().strip()
        return current and self._popup is not None and self._popup.open_choice()

    def _found(self, answer: tuple[str, tuple[SearchHit, ...]]) -> None:
        text, hits = answer
        if text != self.text().strip() or not self.hasFocus():
            return
        self._answered = text
        popup = self._list()
        popup.show_hits(hits)
        popup.place_below(self)
        opens, self._opens = self._opens and len(hits) == 1, False
        if opens:
            popup.open_choice()

    def _failed(self, _error: Exception) -> None:
        if not self.hasFocus():
            return
        popup = self._list()
        popup.show_note("shared.search.failed")
        popup.place_below(self)

    def _list(self) -> SearchPopup:
        if self._popup is None:
            self._popup = SearchPopup(self._kit, self.window())
            self._popup.opened.connect(self._open)
        return self._popup

    def _open(self, target: object) -> None:
        self._hide()
        self.clear()
        self.opened.emit(target)

    def _escape(self, event: QKeyEvent) -> None:
        if self._popup is not None and self._popup.isVisible():
            self._hide()
        elif self.text():
            self.clear()
        else:
            event.ignore()

    def _hide(self) -> None:
        self._timer.stop()
        if self._popup is not None:
            self._popup.hide()
