"""The pages of a paper on the screen: one page at a time, turned and zoomed, black on white in both themes.

Pages are drawn off the GUI thread; the former picture stays until the next one is there, so that nothing flickers
while somebody types beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.progress import Progress
from desktop.services.ports import Pdf
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.latest import Latest
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.text.error_texts import what_and_do
from desktop.ui.shared.widgets.texts.painting import paint_ring

DrawPage = Callable[[bytes, int, int], bytes]
"""PDF, page from 0, width in pixels → PNG. Slow: never called on the GUI thread."""

ZOOMS: Final = (50, 75, 100, 125, 150, 200, 300)
"""Per cent of the paper's own size."""

WHOLE, WIDE = 0, -1
"""Zooms that follow the room there is: the whole page, or its whole width."""

_A4_INCHES: Final = 210 / 25.4
_A4_SHAPE: Final = 297 / 210
_MOST_PIXELS: Final = 5000


class _PageSheet(QWidget):
    """The page itself, or a sentence where it would be."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.picture = QPixmap()
        self.text = ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The page in the middle of the room."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.picture.isNull():
            margin = self._kit.theme.space("space_l")
            painter.setFont(self._kit.theme.font("body"))
            painter.setPen(self._kit.theme.color("on_viewer"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
            painter.drawText(room, flags, self.text)
            return
        size = self.picture.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(QRectF(self.rect()).center())
        painter.drawPixmap(place, self.picture, QRectF(self.picture.rect()))


class _Ring(QWidget):
    """Round the room of the pages while the keyboard is there; it stays where it is when they move."""

    def __init__(self, kit: Kit, room: QWidget) -> None:
        super().__init__(room)
        self._kit = kit
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ring."""
        painter = QPainter(self)
        paint_ring(painter, QRectF(self.rect()), self._kit.theme)


class PageView(QScrollArea):
    """``turned``: another page, zoom or paper is shown. Page Up and Down turn, Ctrl with +, −, 0 and 9 zooms."""

    turned = Signal()

    def __init__(self, kit: Kit, draw: DrawPage, name: str) -> None:
        super().__init__()
        self._kit = kit
        self._draw = draw
        self._pdf: Pdf | None = None
        self._title = ""
        self._page = 0
        self._zoom = 0
        self._drawing = Latest(kit.runner, self)
        self._wanted: tuple[object, ...] = ()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self._sheet = _PageSheet(kit)
        self.setWidget(self._sheet)
        for part in (self, self.viewport(), self._sheet):
            part.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            set_look(part, ground="viewer")
        self._ring = _Ring(kit, self)
        self._say: Callable[[], str] = str
        kit.texts.changed.connect(self._say_again)

    @property
    def page(self) -> int:
        """The page shown, from 0."""
        return self._page

    @property
    def pages(self) -> int:
        """How many there are; 0 without a paper."""
        return self._pdf.pages if self._pdf is not None else 0

    @property
    def zoom(self) -> int:
        """Per cent of the paper's own size, or ``WHOLE`` or ``WIDE``."""
        return self._zoom

    @property
    def shown_zoom(self) -> int:
        """Per cent of the paper's own size, also while it follows the room."""
        return self._zoom if self._zoom > 0 else max(round(100 * self._width() / self._whole()), 1)

    @property
    def filled(self) -> bool:
        """Whether a page is shown."""
        return not self._sheet.picture.isNull()

    def show_pdf(self, pdf: Pdf, title: str) -> None:
        """Show a paper, another one from its head; of one that was changed the page stays if it still has it.
        ``title`` is what a reader hears.
        """
        if title != self._title:
            self._page = 0
            self.verticalScrollBar().setValue(0)
        self._pdf, self._title = pdf, title
        self._page = min(self._page, pdf.pages - 1)
        self._show()

    def show_text(self, say: Callable[[], str]) -> None:
        """Say something instead, in the language shown."""
        self._say = say
        self._pdf, self._page, self._wanted = None, 0, ()
        self._drawing.stop()
        self._sheet.picture = QPixmap()
        self._sheet.setMinimumSize(QSize(0, 0))
        self._say_again()
        self.turned.emit()

    def turn(self, step: int) -> None:
        """Some pages on or back, as far as there are any."""
        page = min(max(self._page + step, 0), max(self.pages - 1, 0))
        if page != self._page:
            self._page = page
            self.verticalScrollBar().setValue(0)
            self._show()

    def set_zoom(self, zoom: int) -> None:
        """Per cent of the paper's own size, or ``WHOLE`` or ``WIDE``."""
        self._zoom = zoom
        self._show()

    def zoom_by(self, step: int) -> None:
        """One size larger (1) or smaller (−1)."""
        now = self.shown_zoom
        if step > 0:
            self.set_zoom(next((size for size in ZOOMS if size > now), ZOOMS[-1]))
        else:
            self.set_zoom(next((size for size in reversed(ZOOMS) if size < now), ZOOMS[0]))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._ring.show()
        self._ring.raise_()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """It went on."""
        super().focusOutEvent(event)
        self._ring.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn and zoom."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(1 if event.key() == Qt.Key.Key_PageDown else -1)
        elif with_control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(1)
        elif with_control and event.key() == Qt.Key.Key_Minus:
            self.zoom_by(-1)
        elif with_control and event.key() in (Qt.Key.Key_0, Qt.Key.Key_9):
            self.set_zoom(WHOLE if event.key() == Qt.Key.Key_0 else WIDE)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it zooms."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay sharp."""
        super().resizeEvent(event)
        self._ring.setGeometry(self.rect())
        if self._pdf is not None and self._zoom <= 0:
            self._show()

    def _whole(self) -> float:
        return _A4_INCHES * self.logicalDpiX()

    def _width(self) -> int:
        """Of the page, in logical pixels."""
        if self._zoom > 0:
            return round(self._whole() * self._zoom / 100)
        room = self.viewport().size()
        if self._zoom == WIDE:
            return max(self.width() - self.verticalScrollBar().sizeHint().width(), 1)
        return max(min(room.width(), round(room.height() / _A4_SHAPE)), 1)

    def _show(self) -> None:
        self.turned.emit()
        if self._pdf is None:
            return
        width = self._width()
        size = QSize(width, round(width * _A4_SHAPE)) if self._zoom else QSize(0, 0)
        self._sheet.setMinimumSize(size)
        pixels = min(round(width * self.devicePixelRatioF()), _MOST_PIXELS)
        wanted = (self._pdf, self._page, pixels)
        if wanted == self._wanted and self.filled:
            return
        self._wanted = wanted
        work = partial(_drawn, self._draw, self._pdf, self._page, pixels)
        self._drawing.start("files", work, self._came, self._failed)

    def _came(self, png: bytes) -> None:
        picture = QPixmap()
        picture.loadFromData(png)
        self._sheet.picture, self._sheet.text = picture, ""
        self.setAccessibleName(f"{self._title} {self._page + 1}/{self.pages}")
        self._sheet.update()

    def _failed(self, error: Exception) -> None:
        self.show_text(partial(what_and_do, self._kit, error))

    def _say_again(self) -> None:
        if self._pdf is None:
            self._sheet.text = self._say()
            self.setAccessibleName(self._sheet.text)
            self._sheet.update()


def _drawn(draw: DrawPage, pdf: Pdf, page: int, pixels: int, progress: Progress) -> bytes:
    progress.check()
    return draw(pdf.data, page, pixels)
