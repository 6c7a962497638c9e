"""A camera's picture and the codes in it: looked at beside the window, always the newest picture, none kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QImage, QPainter, QPen, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.evidence.gray_frame import GrayFrame
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.cameras import CameraTrouble, FrameSource
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from desktop.ui.shared.widgets.views.moving_picture import MovingPicture

_GLOW_MS = 600


class CameraView(MovingPicture):
    """Says that it waits until there is a picture."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "camera_view", "camera.view")
        self._glow = QTimer(self)
        self._glow.setSingleShot(True)
        self._glow.setInterval(_GLOW_MS)
        self._glow.timeout.connect(self.update)

    def glow(self) -> None:
        """A code was read."""
        self._glow.start()
        self.update()

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.setPen(self._kit.theme.color("on_viewer"))
        painter.setFont(self._kit.theme.font("body"))
        waiting = self._kit.texts.text("camera.waiting")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, waiting)

    def _paint_over(self, painter: QPainter, place: QRectF) -> None:
        if self._glow.isActive():
            theme = self._kit.theme
            painter.setPen(QPen(theme.color("green"), theme.space("space_xs")))
            painter.drawRect(place)


ScanFrame = Callable[[GrayFrame], tuple[bytes, ...]]
"""What the codes in a picture say; slow, called off the GUI thread."""

_WIDEST = 1920
_MOST_SEEN = 256
"""Codes that are remembered so as not to be told again; more is no person with a slip."""


class CodeCamera(QWidget):
    """``read(codes)``: contents of codes that were not seen before. It looks while it is shown, and not otherwise.

    While one picture is looked at others come and go; then the newest is taken. So there is never a queue, however slow
    the computer is. ``high``: a size token.
    """

    read = Signal(object)

    def __init__(self, kit: Kit, scan: ScanFrame, *, high: str = "camera_high") -> None:
        super().__init__()
        self._kit = kit
        self._scan = scan
        self._latest: QImage | None = None
        self._looking = False
        self._reported: dict[bytes, None] = {}
        self.setObjectName("code_camera")
        self._source: FrameSource = kit.camera(self)
        self._source.framed.connect(self._framed)
        self._source.troubled.connect(self._troubled)
        column = Column(kit, self, gap="space_s")
        self._stack = QStackedWidget()
        self.view = CameraView(kit)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._trouble_page())
        self._stack.setMinimumHeight(kit.theme.space(high))
        column.addWidget(self._stack, 1)
        row = Row(kit, gap="space_s")
        self._name = ElidedLabel(kit, role="small", ink="muted")
        self._name.setObjectName("camera_name")
        row.addWidget(self._name, 1)
        self._turn = Action(self, "camera.turn", "Ctrl+M")
        self._turn.triggered.connect(self._turn_camera)
        self._turner = Button.of(kit, self._turn, size=Size.COMPACT, name="camera_turn")
        row.addWidget(self._turner)
        column.addLayout(row)
        self._show_names()

    def forget(self) -> None:
        """Tell codes again that were told before."""
        self._reported.clear()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin to look."""
        super().showEvent(event)
        self._stack.setCurrentIndex(0)
        self._source.start()
        self._show_names()

    def hideEvent(self, event: QHideEvent) -> None:
        """The camera's light goes out with the window."""
        super().hideEvent(event)
        self._source.stop()
        self._latest = None
        self.view.show_image(None)

    def _framed(self, image: QImage) -> None:
        self._stack.setCurrentIndex(0)
        self.view.show_image(image)
        self._latest = image
        self._look()

    def _look(self) -> None:
        if self._looking or self._latest is None:
            return
        self._looking, image, self._latest = True, self._latest, None
        work = partial(_codes_in, self._scan, image)
        self._kit.runner.start("files", work, self._looked, self._not_looked)

    def _looked(self, codes: tuple[bytes, ...]) -> None:
        self._looking = False
        fresh = tuple(code for code in codes if code not in self._reported)
        if codes:
            self.view.glow()
        if fresh:
            self._reported |= dict.fromkeys(fresh)
            while len(self._reported) > _MOST_SEEN:
                del self._reported[next(iter(self._reported))]
            self.read.emit(fresh)
        self._look()

    def _not_looked(self, error: Exception) -> None:
        """A picture that could not be looked at is passed over: the next one comes at once."""
        self._looking = False
        if not isinstance(error, Cancelled):
            self._look()

    def _troubled(self, trouble: CameraTrouble) -> None:
        self._why.set_key(f"camera.trouble.{trouble.value}")
        self._stack.setCurrentIndex(1)
        self._show_names()

    def _turn_camera(self) -> None:
        self._source.turn()
        self._show_names()

    def _show_names(self) -> None:
        names = self._source.names
        self._name.set_text(names[0] if names else "")
        set_shown(self._turner, shown=len(names) > 1)
        self._turn.set_enabled(enabled=len(names) > 1)

    def _retry(self) -> None:
        self._source.start()

    def _trouble_page(self) -> QWidget:
        kit = self._kit
        page = QWidget()
        column = Column(kit, page, gap="space_m")
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addStretch(1)
        column.addWidget(IconLabel(kit, "video", size="icon_empty"), 0, middle)
        self._why = Label(kit, ink="muted", wrap=True)
        self._why.setObjectName("camera_trouble")
        self._why.setAlignment(middle)
        column.addWidget(self._why)
        again = Button(kit, "camera.again", size=Size.COMPACT, icon="refresh", name="camera_again")
        again.clicked.connect(self._retry)
        column.addWidget(again, 0, middle)
        column.addStretch(1)
        return page


def _codes_in(scan: ScanFrame, image: QImage, progress: Progress) -> tuple[bytes, ...]:
    progress.check()
    return scan(gray_frame(image))


def gray_frame(image: QImage) -> GrayFrame:
    """The picture in grey, at most full HD wide."""
    if image.width() > _WIDEST:
        image = image.scaledToWidth(_WIDEST, Qt.TransformationMode.SmoothTransformation)
    gray = image.convertToFormat(QImage.Format.Format_Grayscale8)
    stride, width = gray.bytesPerLine(), gray.width()
    rows = bytes(gray.constBits())
    pixels = b"".join(rows[y * stride : y * stride + width] for y in range(gray.height()))
    return GrayFrame(width, gray.height(), pixels)
