"""What is on screen can be scanned, in both themes and at any size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop.bundles.codes.qr import codes_in
from desktop.runtime.qr_picture import qr_png
from desktop.ui.shared.codes.code_picture import CodePicture, one_pixel_a_dot
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme

SLIP = bytes(range(256)) * 3 + b"x" * 180
"""As large as a slip gets."""


def as_file(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("side", ["qr", "side_card_wide"])
def test_the_largest_slip_is_read_from_the_screen(
    kit: Kit, qtbot: QtBot, scheme: Scheme, side: str
) -> None:
    kit.theme.set_scheme(scheme)
    shown = CodePicture(kit, "sync.slip.code", side=side)
    qtbot.addWidget(shown)
    shown.show_png(qr_png(SLIP))
    shown.resize(shown.sizeHint())
    shown.show()
    assert codes_in(as_file(shown.grab().toImage())) == (SLIP,)


@pytest.mark.parametrize("scale", [1, 2, 6, 9])
def test_a_dot_becomes_a_pixel_whatever_the_scale(scale: int) -> None:
    picture = QImage()
    picture.loadFromData(qr_png(b"slip", scale))
    assert one_pixel_a_dot(picture).width() == picture.width() // scale


def test_nothing_is_drawn_for_nothing(kit: Kit, qtbot: QtBot) -> None:
    shown = CodePicture(kit, "sync.slip.code")
    qtbot.addWidget(shown)
    empty = shown.grab().toImage()
    shown.show_png(b"no picture")
    assert shown.grab().toImage() == empty
    shown.show_png(qr_png(SLIP))
    assert shown.grab().toImage() != empty
