"""The ways out of the case page, and what stands where the evidence would."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QLabel, QWidget

from desktop.domain.ids import CaseId
from desktop.services.ports import Pdf
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.picture_octets import png_octets
from desktop.ui.shared.orders.order_clock import ClockLimits


class Ways:
    """The ways out, as a list."""

    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def edit_case(self, case: CaseId) -> None:
        self.calls.append(("edit", case))

    def open_case(self, case: CaseId) -> None:
        self.calls.append(("open", case))

    def open_paper(self, pdf: Pdf, title: str) -> None:
        self.calls.append(("paper", pdf.data, title))


class FakePane(QLabel):
    """Stands where the evidence would."""

    made: list[CaseId] = []  # noqa: RUF012 - counted by tests, cleared by each

    def __init__(self, case: CaseId) -> None:
        super().__init__(f"evidence of {case}")
        self.setObjectName("fake_pane")
        FakePane.made.append(case)


def make_pane(case: CaseId, _sink: ExtractionSink) -> QWidget:
    """The evidence factory."""
    return FakePane(case)


def code_png() -> bytes:
    """Something square with modules."""
    image = QImage(57, 57, QImage.Format.Format_Grayscale8)
    image.fill(255)
    for x in range(4, 53):
        for y in range(4, 53):
            if (x * 7 + y * 13 + x * y) % 3 == 0:
                image.setPixel(x, y, 0)
    return png_octets(image)


def draw_page(pdf: bytes, _page: int, width: int) -> bytes:
    """A white page with its name on it."""
    image = QImage(width, round(width * 1.414), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawText(QRect(0, 0, width, width), Qt.AlignmentFlag.AlignCenter, pdf.decode())
    painter.end()
    return png_octets(image)


SETUP = CaseSetup(
    type_name={"task_rebate": "刷单返利"}.__getitem__,
    evidence_factory=make_pane,
    draw_page=draw_page,
    limits=ClockLimits(timedelta(minutes=30), timedelta(hours=6), timedelta(hours=24)),
)
