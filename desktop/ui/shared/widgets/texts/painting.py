"""Small things painted alike by widgets and by the delegates of lists."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.ui.shared.kit.theme import Theme, Tone

_MOST_COUNTED = 99


def chip_width(theme: Theme, text: str) -> float:
    """How wide :func:`paint_chip` draws ``text``."""
    metrics = QFontMetricsF(theme.font("chip"))
    return metrics.horizontalAdvance(text) + 2 * theme.space("chip_padding")


def paint_chip(painter: QPainter, rect: QRectF, theme: Theme, text: str, tone: Tone) -> QRectF:
    """Draw a chip at the left of ``rect``, in its vertical middle; returns the place it took.

    Text that does not fit is shortened with an ellipsis.
    """
    height = theme.space("chip_height")
    width = min(chip_width(theme, text), rect.width())
    place = QRectF(rect.left(), rect.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone_ground(tone))
    painter.drawRoundedRect(place, theme.space("radius_chip"), theme.space("radius_chip"))
    font = theme.font("chip")
    painter.setFont(font)
    painter.setPen(theme.tone(tone))
    padding = theme.space("chip_padding")
    shown = QFontMetricsF(font).elidedText(
        text, Qt.TextElideMode.ElideRight, width - 2 * padding + 1
    )
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, shown)
    painter.restore()
    return place


def paint_bar(painter: QPainter, rect: QRectF, theme: Theme, share: float, tone: Tone) -> None:
    """Draw a bar filled to ``share`` (0 to 1) through the vertical middle of ``rect``."""
    height = theme.space("progress_bar")
    track = QRectF(rect.left(), rect.center().y() - height / 2, rect.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("track"))
    painter.drawRoundedRect(track, height / 2, height / 2)
    share = min(max(share, 0.0), 1.0)
    if share > 0:
        track.setWidth(max(float(height), rect.width() * share))
        painter.setBrush(theme.tone(tone))
        painter.drawRoundedRect(track, height / 2, height / 2)
    painter.restore()


def paint_ring(painter: QPainter, rect: QRectF, theme: Theme, *, ink: str = "focus") -> None:
    """Draw the focus ring just inside ``rect``."""
    ring = theme.space("ring")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(ink), ring))
    half = ring / 2
    radius = theme.space("radius_m")
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def paint_dot(painter: QPainter, centre: QPointF, theme: Theme, tone: Tone) -> None:
    """Draw a small disc, as beside "offline, ready"."""
    radius = theme.space("dot") / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.tone(tone))
    painter.drawEllipse(centre, radius, radius)
    painter.restore()


def paint_badge(painter: QPainter, corner: QPointF, theme: Theme, count: int) -> None:
    """Draw a red count around ``corner``, as on an icon of the rail; beyond 99 it says so."""
    text = str(count) if count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
    font = theme.font("keycap")
    height = theme.space("keycap_height")
    width = max(QFontMetricsF(font).horizontalAdvance(text) + theme.space("space_s"), height)
    place = QRectF(corner.x() - height / 2, corner.y() - height / 4, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("danger"))
    painter.drawRoundedRect(place, height / 2, height / 2)
    painter.setFont(font)
    painter.setPen(theme.color("on_danger"))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
