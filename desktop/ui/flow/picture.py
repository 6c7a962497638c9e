"""The drawing as a picture file and as a page: always on white, with the conservation table below it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop.ui.flow.painter import FlowDrawing, Pens, SankeyPainter
from desktop.ui.shared.kit.theme import Theme

_MARGIN = 24.0
_SHARP = 2
_DPI = 96
_A4_POINTS = 12.0
"""Millimetres of margin on a page."""


@dataclass(frozen=True, slots=True)
class FlowPictureText:
    """What stands on the picture: a title, the drawing, and the lines of the conservation table (cells)."""

    title: str
    note: str
    drawing: FlowDrawing
    table: tuple[tuple[str, ...], ...]


def png_of(theme: Theme, sheet: FlowPictureText) -> bytes:
    """A picture at twice the size of the window's drawing."""
    size = _size(theme, sheet)
    image = QImage(
        round(size.width() * _SHARP), round(size.height() * _SHARP), QImage.Format.Format_RGB32
    )
    image.fill(QColor(theme.tokens.colours["light"]["paper"]))
    painter = QPainter(image)
    painter.scale(_SHARP, _SHARP)
    _paint(painter, theme, sheet)
    painter.end()
    return _bytes(image)


def _bytes(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows no device here
    buffer.close()
    return bytes(data.data())


def pdf_of(theme: Theme, sheet: FlowPictureText) -> bytes:
    """One page of A4, landscape, everything as large as fits."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(
        QMarginsF(_A4_POINTS, _A4_POINTS, _A4_POINTS, _A4_POINTS), QPageLayout.Unit.Millimeter
    )
    writer.setResolution(_DPI)
    writer.setTitle(sheet.title)
    painter = QPainter(writer)
    size, page = _size(theme, sheet), painter.viewport()
    scale = min(page.width() / size.width(), page.height() / size.height())
    painter.scale(scale, scale)
    _paint(painter, theme, sheet)
    painter.end()
    buffer.close()
    return bytes(data.data())


def _row(theme: Theme) -> float:
    return float(theme.space("chip_height"))


def _size(theme: Theme, sheet: FlowPictureText) -> QRectF:
    scene = sheet.drawing.scene
    high = scene.height + _row(theme) * (len(sheet.table) + 4) + 2 * _MARGIN
    return QRectF(0, 0, scene.width + 2 * _MARGIN, high)


def _paint(painter: QPainter, theme: Theme, sheet: FlowPictureText) -> None:
    scene, row = sheet.drawing.scene, _row(theme)
    colours = theme.tokens.colours["light"]

    def light(name: str) -> QColor:
        return QColor(colours[name])

    def line(left: float, top: float, text: str, role: str = "small", ink: str = "text") -> None:
        painter.setFont(theme.font(role))
        painter.setPen(light(ink))
        painter.drawText(QRectF(left, top, scene.width, row), Qt.AlignmentFlag.AlignLeft, text)

    painter.translate(_MARGIN, _MARGIN)
    line(0, 0, sheet.title, "dialog_title")
    line(0, row * 1.2, sheet.note, "small", "text_muted")
    painter.translate(0, row * 2.6)
    hand = SankeyPainter(painter, Pens(light, theme.font), sheet.drawing)
    hand.paint_heads(0)
    hand.paint(QRectF(0, 0, scene.width, scene.height))
    painter.translate(0, scene.height + row / 2)
    wide = scene.width / max(len(sheet.table[0]) if sheet.table else 1, 1)
    for number, cells in enumerate(sheet.table):
        for place, cell in enumerate(cells):
            role = "small_strong" if number == 0 else "small"
            line(place * wide, number * row, cell, role, "text" if number else "text_muted")
