"""The picture beside what was read from it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.ui.extraction.pictures import MarkedPicture
from desktop.ui.shared.kit.kit import Kit


@pytest.mark.parametrize(("turned", "fits"), [(QPoint(120, 0), True), (QPoint(0, 120), False)])
def test_only_a_wheel_turned_up_or_down_ends_the_fitting(
    qtbot: QtBot, kit: Kit, turned: QPoint, *, fits: bool
) -> None:
    view = MarkedPicture(kit)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    image = QImage(800, 600, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    view.show_image(image, ())
    middle = QPointF(view.viewport().rect().center())
    wheel = QWheelEvent(
        middle, middle, QPoint(), turned, Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.viewport(), wheel)
    before = view.transform().m11()
    view.resize(600, 450)
    assert (view.transform().m11() > before) is fits
