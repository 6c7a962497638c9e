"""Draws the program's icon in every size a desktop asks for, from ``resources/icons/program/fanzha.svg``.

Usage: ``make_icons.py [FOLDER]``. Writes ``fanzha-SIZE.png`` and, for Windows, ``fanzha.ico``; they are kept in the
tree, so that a build needs no drawing.
"""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER: Final = Path(__file__).parent.parent / "resources" / "icons" / "program"
SIZES: Final = (16, 22, 24, 32, 48, 64, 128, 256)
ICO_SIZES: Final = (16, 24, 32, 48, 64, 128, 256)


def drawn(size: int) -> bytes:
    """The icon as PNG, ``size`` pixels wide and high."""
    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(FOLDER / "fanzha.svg")).render(painter)
    painter.end()
    data = QByteArray()
    target = QBuffer(data)
    target.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(target, "PNG")  # type: ignore[call-overload]  # the stub knows file names only
    return bytes(data.data())


def main(arguments: list[str]) -> int:
    """0; raises what the disk does."""
    folder = Path(arguments[0]) if arguments else FOLDER
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication([])
    for size in SIZES:
        (folder / f"fanzha-{size}.png").write_bytes(drawn(size))
    pictures = [Image.open(io.BytesIO(drawn(size))) for size in ICO_SIZES]
    pictures[-1].save(
        folder / "fanzha.ico",
        format="ICO",
        sizes=[(size, size) for size in ICO_SIZES],
        append_images=pictures[:-1],
    )
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
