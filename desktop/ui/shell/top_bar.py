"""The bar above the page: where one is, the search, the officer, the lock."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.actions import Action, key_cap
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.tables.search_results import SearchHits, SearchPopup
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label
from desktop.ui.shared.widgets.texts.painting import paint_dot
from desktop.ui.shell.search_filter_bar import SearchChoices, SearchFilterBar
from desktop.ui.shell.window_host import WindowHost

Search = Callable[[str, CaseFilter], SearchHits]
_PAUSE_MS = 200  # typing goes on: ask only after a pause
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -8,
    Qt.Key.Key_PageDown: 8,
}


_Asked = tuple[str, CaseFilter]


def _find(search: Search, asked: _Asked, progress: Progress) -> tuple[_Asked, SearchHits]:
    progress.check()
    return asked, search(*asked)


class SearchField(LineEdit):
    """``opened(target)`` comes with Enter or a click on a hit.

    ``search`` runs in the ``survey`` lane; answers to a text that is no longer there are dropped. Enter that comes
    before the answer, as a scanner types it, opens the one hit there is, and never a hit of what stood there before.
    Tab goes on to what the hits are narrowed by, which lasts as long as something is typed.
    """

    opened = Signal(object)

    def __init__(
        self,
        kit: Kit,
        name: str,
        placeholder_key: str,
        search: Search,
        choices: SearchChoices,
        *,
        keys: str = "",
    ) -> None:
        super().__init__(kit)
        self._search = search
        self._choices = choices
        self._bar: SearchFilterBar | None = None
        self._cap = key_cap(keys) if keys else ""
        self._popup: SearchPopup | None = None
        self._running = Latest(kit.runner, self)
        self._answered: _Asked = ("", ANY_CASE)
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
        self.textChanged.connect(self._emptied)
        theme.app.focusChanged.connect(self._focus_moved)
        theme.changed.connect(self.update)

    def search_now(self) -> None:
        """Ask for what is typed, without waiting for a pause."""
        self._timer.stop()
        asked = self._asked()
        if not asked[0]:
            self._hide()
            return
        work = partial(_find, self._search, asked)
        self._running.start("survey", work, self._found, self._failed)

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
        """Leaving closes the list, and choosing in it is not leaving."""
        super().focusOutEvent(event)
        if not self._narrows(QApplication.focusWidget()):
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

    def _asked(self) -> _Asked:
        return self.text().strip(), self._bar.value() if self._bar is not None else ANY_CASE

    def _narrows(self, widget: QWidget | None) -> bool:
        """Whether that is where the hits are narrowed, or the list of one of its choices."""
        while widget is not None and widget is not self._bar:
            widget = widget.parentWidget()
        return widget is not None

    def _in_use(self) -> bool:
        return self.hasFocus() or self._narrows(QApplication.focusWidget())

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Whoever leaves the choices for somewhere else leaves the search."""
        if now is not None and now is not self and self._narrows(before) and not self._narrows(now):
            self._hide()

    def _typed(self, _text: str) -> None:
        self._opens = False
        self._timer.start()

    def _emptied(self, text: str) -> None:
        """Nothing is left out of the next search that was chosen for another."""
        if self._bar is not None and not text.strip():
            self._bar.clear()

    def _open_choice(self) -> bool:
        """Open what is chosen in the list, if that list belongs to what stands here."""
        current = self._answered == self._asked()
        return current and self._popup is not None and self._popup.open_choice()

    def _found(self, answer: tuple[_Asked, SearchHits]) -> None:
        asked, found = answer
        if asked[0] != self.text().strip() or not self._in_use():
            return
        self._answered = asked
        popup = self._list()
        popup.show_hits(found, chosen=asked[1] != ANY_CASE)
        popup.place_below(self)
        opens, self._opens = self._opens and len(found.hits) == 1, False
        if opens:
            popup.open_choice()

    def _failed(self, _error: Exception) -> None:
        if not self._in_use():
            return
        popup = self._list()
        popup.show_note("shared.search.failed")
        popup.place_below(self)

    def _list(self) -> SearchPopup:
        if self._popup is None:
            self._bar = bar = SearchFilterBar(self._kit, self._choices)
            self._popup = SearchPopup(self._kit, self.window(), bar)
            self._popup.opened.connect(self._open)
            bar.changed.connect(self.search_now)
            bar.left.connect(self.setFocus)
            stops = (self, *bar.stops())
            for before, stop in pairwise(stops):
                QWidget.setTabOrder(before, stop)
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


_HERE: Final = ("shell.offline", "shell.offline_tip")
_SERVER: Final = ("shell.server", "shell.server_tip")
_SILENT: Final = ("shell.server_silent", "shell.server_silent_tip")
"""What the chip says and its tip."""


class PlaceChip(QWidget):
    """Says where the data lie: here, where everything works without a network, or on a server, and whether that one
    answers."""

    def __init__(self, kit: Kit, *, on_server: bool) -> None:
        super().__init__()
        self._kit = kit
        self._tone = Tone.OK
        self._text = ""
        self.setObjectName("place_chip")
        self.setFixedHeight(kit.theme.space("chip_height"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)
        self._say(*(_SERVER if on_server else _HERE))

    def show_answering(self, *, answers: bool) -> None:
        """Whether the server was reached at the last look."""
        tone = Tone.OK if answers else Tone.BAD
        if tone is not self._tone:
            self._tone = tone
            self._say(*(_SERVER if answers else _SILENT))

    def _say(self, key: str, tip: str) -> None:
        self._kit.texts.bind(self._set_text, key)
        self._kit.texts.bind(self.setToolTip, tip)

    def _set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Dot and words."""
        theme = self._kit.theme
        words = QFontMetrics(theme.font("chip")).horizontalAdvance(self._text)
        sides = 2 * theme.space("chip_padding")
        return QSize(
            words + sides + theme.space("dot") + theme.space("space_xs"),
            theme.space("chip_height"),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        theme = self._kit.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.tone_ground(self._tone))
        radius = theme.space("radius_chip")
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        dot = theme.space("dot")
        left = theme.space("chip_padding")
        paint_dot(painter, QPointF(left + dot / 2, self.height() / 2), theme, self._tone)
        painter.setPen(theme.tone(self._tone))
        painter.setFont(theme.font("chip"))
        words = QRectF(self.rect()).adjusted(left + dot + theme.space("space_xs"), 0, 0, 0)
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(words, flags, self._text)
        painter.end()


class TopBar(QWidget):
    """Shows the heading of the current page; the search stands in the middle of the bar."""

    def __init__(self, kit: Kit, host: WindowHost, lock: Action) -> None:
        super().__init__()
        self._kit = kit
        theme = kit.theme
        self.setObjectName("topbar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="topbar")
        self.setFixedHeight(theme.space("topbar"))
        self.title = Label(kit, role="page_title")
        self.title.setObjectName("page_title")
        self.mark = Chip(kit)
        self.mark.hide()
        unit = ElidedLabel(kit, role="small", ink="muted")
        unit.setObjectName("page_subtitle")
        unit.set_text(host.unit_name)
        self.search = SearchField(
            kit,
            "global_search",
            "shell.search_hint",
            host.search,
            host.search_choices,
            keys="Ctrl+K",
        )
        self.search.setMinimumWidth(theme.space("search_width_min"))
        self.search.setMaximumWidth(theme.space("search_width"))
        self.place = PlaceChip(kit, on_server=host.on_server)
        margin = theme.space("page_margin")
        row = Row(kit, self, gap="space_l")
        row.setContentsMargins(margin, 0, margin, theme.space("border"))
        left = Row(kit, gap="space_m")
        left.addWidget(self.title)
        left.addWidget(self.mark)
        left.addWidget(unit, 1)
        row.addLayout(left, 3)
        row.addWidget(self.search, 4)
        row.addLayout(self._right(host, lock))

    def show_heading(self, page: Page) -> None:
        """Read title and mark of ``page``."""
        self.title.set_key(page.title_key, **page.title_params)
        set_shown(self.mark, shown=page.mark is not None)
        if page.mark is not None:
            key, tone = page.mark
            self.mark.set_key(key)
            self.mark.set_tone(tone)

    def _right(self, host: WindowHost, lock: Action) -> Row:
        kit = self._kit
        right = Row(kit, gap="space_m")
        right.addWidget(self.place)
        officer = Row(kit, gap="space_xs")
        name = Label(kit)
        name.setObjectName("officer_name")
        name.set_text(host.officer_name)
        number = Label(kit, ink="muted")
        number.setObjectName("officer_number")
        number.set_text(host.officer_number)
        officer.addWidget(name)
        officer.addWidget(number)
        right.addLayout(officer)
        right.addWidget(Button.of(kit, lock, name="lock_button"))
        return right
