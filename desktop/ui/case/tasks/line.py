"""One line of the tasks: a box to tick, what is to be done, and by when."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.column_keys import ColumnButton
from desktop.ui.shared.widgets.texts.painting import chip_width, paint_chip, paint_ring

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class LineFace:
    """What a line says. ``note`` is its right end; ``chip`` a word before the text."""

    text: str
    note: str = ""
    tone: Tone = Tone.NEUTRAL
    chip: str = ""
    done: bool = False
    proposed: bool = False


class TaskLine(ColumnButton):
    """Painted, so that a case with fifty tasks costs fifty pictures and no layouts."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._face = LineFace("")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(kit.theme.space("control_compact"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    @property
    def face(self) -> LineFace:
        """What it says."""
        return self._face

    def show_face(self, face: LineFace) -> None:
        """Say something else."""
        if face == self._face:
            return
        self._face = face
        self.setAccessibleName(" ".join(x for x in (face.chip, face.text, face.note) if x))
        self.setToolTip(face.text)
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second click of a double one does nothing: another task may stand here by then."""
        event.accept()

    def sizeHint(self) -> QSize:
        """As wide as it is given."""
        return QSize(0, self.height())

    def minimumSizeHint(self) -> QSize:
        """May shrink; the text is shortened."""
        return QSize(0, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, chip, text, note."""
        theme, face = self._kit.theme, self._face
        gap = theme.space("space_s")
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("hover"))
            painter.drawRoundedRect(
                QRectF(self.rect()), theme.space("radius_m"), theme.space("radius_m")
            )
        place = QRectF(self.rect()).adjusted(gap, 0, -gap, 0)
        self._paint_box(painter, place)
        place.setLeft(place.left() + theme.space("check") + gap)
        place = self._paint_note(painter, place)
        if face.chip:
            tone = Tone.INFO if face.proposed else Tone.NEUTRAL
            room = QRectF(place.left(), place.top(), chip_width(theme, face.chip), place.height())
            taken = paint_chip(painter, room, theme, face.chip, tone)
            place.setLeft(taken.right() + gap)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text_muted" if face.done or face.proposed else "text"))
        metrics = QFontMetricsF(painter.font())
        shown = metrics.elidedText(face.text, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, _LEFT, shown)
        if self.hasFocus():
            paint_ring(painter, QRectF(self.rect()), theme)
        painter.end()

    def _paint_box(self, painter: QPainter, place: QRectF) -> None:
        theme, face = self._kit.theme, self._face
        side = theme.space("check")
        box = QRectF(place.left(), place.center().y() - side / 2, side, side)
        if face.proposed:
            self._kit.icons.paint(painter, box, "add", theme.color("blue"))
            return
        box = box.adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.color("green" if face.done else "text_faint"), 1))
        painter.setBrush(theme.color("green_soft" if face.done else "surface"))
        painter.drawRoundedRect(box, theme.space("radius_s"), theme.space("radius_s"))
        if face.done:
            self._kit.icons.paint(painter, box, "check", theme.color("green"))

    def _paint_note(self, painter: QPainter, place: QRectF) -> QRectF:
        """Draw the right end; returns the place left of it."""
        theme, face = self._kit.theme, self._face
        if not face.note:
            return place
        painter.setFont(theme.font("small"))
        neutral = face.tone is Tone.NEUTRAL
        painter.setPen(theme.color("text_muted") if neutral else theme.tone(face.tone))
        painter.drawText(place, _RIGHT, face.note)
        width = QFontMetricsF(painter.font()).horizontalAdvance(face.note)
        return place.adjusted(0, 0, -width - theme.space("space_m"), 0)
