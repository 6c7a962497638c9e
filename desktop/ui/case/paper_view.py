"""The first page of a paper as a picture, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit import Kit
from desktop.ui.shared.restyle import set_look


class PaperView(QWidget):
    """A sheet on the dark table of the viewer; black on white in both themes."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._picture = QPixmap()
        self._text = ""
        self.setObjectName("case_paper_view")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        set_look(self, ground="viewer")

    def show_picture(self, png: bytes, name: str) -> None:
        """Show a page; ``name`` is what a reader hears."""
        picture = QPixmap()
        picture.loadFromData(png)
        self._picture = picture
        self._text = ""
        self.setAccessibleName(name)
        self.update()

    def show_text(self, text: str) -> None:
        """Say something instead."""
        self._picture = QPixmap()
        self._text = text
        self.setAccessibleName(text)
        self.update()

    @property
    def filled(self) -> bool:
        """Whether a page is shown."""
        return not self._picture.isNull()

    def page_width(self) -> int:
        """How many pixels wide a page should be drawn to be sharp here."""
        return round(max(self.width(), 1) * self.devicePixelRatioF())

    def sizeHint(self) -> QSize:
        """Takes what it gets."""
        side = self._kit.theme.space("dialog_width")
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page, whole, in the middle."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        margin = self._kit.theme.space("space_l")
        room = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        if self._picture.isNull():
            painter.setFont(self._kit.theme.font("body"))
            painter.setPen(self._kit.theme.color("on_viewer"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(room, flags, self._text)
            return
        size = self._picture.size().scaled(room.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QRectF(0, 0, size.width(), size.height())
        place.moveCenter(room.center())
        painter.drawPixmap(place, self._picture, QRectF(self._picture.rect()))
