"""Paints a laid out timeline: bands behind, lanes, the hours, the pauses, the events, and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from desktop.domain.case_file.timeline import Band
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.time.time_axis import TimeAxis
from desktop.ui.case.timeline.scene import LaneBox, Placed, Scene, band_rows, pause_words
from desktop.ui.case.timeline.texts import EventFace
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.texts.painting import paint_chip, paint_dot, paint_ring

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_SHADE = 0.4
_MIDDLE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class TimelineDrawing:
    """What is painted. ``left`` is where the axis begins in the widget, scrolled; ``names`` how wide the lanes'
    names are; ``bands`` with their name and tone."""

    scene: Scene
    axis: TimeAxis
    scale: float
    left: float
    names: float
    faces: Mapping[str, EventFace]
    bands: Sequence[tuple[Band, str, Tone]]
    current: str
    focused: bool
    now: datetime


class TimelinePainter:
    """One painting of one drawing."""

    def __init__(self, kit: Kit, painter: QPainter, area: QRectF, drawing: TimelineDrawing) -> None:
        self._kit = kit
        self._theme = kit.theme
        self._painter = painter
        self._area = area
        self._drawing = drawing
        self.hour_height = float(self._theme.space("chip_height"))

    def paint(self) -> None:
        """Everything, back to front."""
        painter, drawing = self._painter, self._drawing
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.save()
        painter.setClipRect(self._area.adjusted(drawing.names, 0, 0, 0))
        for band, _, tone in drawing.bands:
            self._shade(band, tone)
        self._hours()
        self._pauses()
        for place, (_, name, tone) in zip(self._strips(), drawing.bands, strict=True):
            self._strip(*place, name, tone)
        painter.setPen(QPen(self._theme.color("primary"), 2))
        here = self._x(drawing.now)
        painter.drawLine(QPointF(here, self._lanes_top), QPointF(here, self._bottom))
        for box in drawing.scene.lanes:
            self._lane(box)
        self._now()
        painter.restore()
        for box in drawing.scene.lanes:
            self._name(box)

    def _x(self, instant: datetime) -> float:
        return self._drawing.left + self._drawing.axis.position(instant) * self._drawing.scale

    @property
    def _lanes_top(self) -> float:
        return self._drawing.scene.lanes[0].top

    @property
    def _bottom(self) -> float:
        last = self._drawing.scene.lanes[-1]
        return last.top + last.height

    def _shade(self, band: Band, tone: Tone) -> None:
        """A shade through all lanes."""
        left, right = self._x(band.start), self._x(band.end)
        shade = self._theme.tone_ground(tone)
        shade.setAlphaF(_SHADE)
        self._painter.fillRect(
            QRectF(left, self._lanes_top, right - left, self._bottom - self._lanes_top), shade
        )

    def _strips(self) -> list[tuple[QRectF, float]]:
        """The strip of each band, and how far to the right its name may reach."""
        bands = [band for band, _, _ in self._drawing.bands]
        rows = band_rows(bands)
        found = []
        for band in bands:
            left, right = self._x(band.start), self._x(band.end)
            top = self.hour_height * (1 + rows[band.name])
            after = [
                self._x(other.start)
                for other in bands
                if other.name == band.name and other.start > band.start
            ]
            place = QRectF(left, top, max(right - left, 2), self.hour_height - 2)
            found.append((place, min(after, default=self._area.right())))
        return found

    def _strip(self, strip: QRectF, end: float, name: str, tone: Tone) -> None:
        """A band's name stays in sight while any of it is, and may reach beyond a short one."""
        painter = self._painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tone_ground(tone))
        radius = self._theme.space("radius_s")
        painter.drawRoundedRect(strip, radius, radius)
        left = max(strip.left(), self._drawing.names) + self._theme.space("space_s")
        if left < strip.right():
            place = QRectF(left, strip.top(), end - left, strip.height())
            self._text(place, name, "small", self._theme.tone(tone).name())

    def _hours(self) -> None:
        drawing, painter = self._drawing, self._painter
        now = self._now_place()
        metrics = QFontMetricsF(self._theme.font("small"))
        for mark in drawing.scene.marks:
            x = drawing.left + mark.x
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawLine(QPointF(x, self.hour_height - 2), QPointF(x, self._bottom))
            words = QRectF(x, 0, metrics.horizontalAdvance(mark.text), self.hour_height)
            if words.intersects(now):  # the label of now would cover half of it
                continue
            place = QRectF(x, 0, self._area.width(), self.hour_height)
            self._text(
                place, mark.text, "small", self._theme.color("text_muted").name(), elide=False
            )

    def _pauses(self) -> None:
        """A squeezed stretch is hatched on the axis and says how long it is, where there is room for it."""
        drawing, painter = self._drawing, self._painter
        for pause in drawing.axis.pauses:
            left, right = self._x(pause.start), self._x(pause.end)
            y = self.hour_height - 1
            painter.setPen(QPen(self._theme.color("line_strong"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            key, count = pause_words(pause.end - pause.start)
            text = self._kit.texts.text(f"timeline.pause.{key}", count=count)
            width = QFontMetricsF(self._theme.font("small")).horizontalAdvance(text)
            free = self._free_of_hours(left, right)
            if free is not None and free.width() >= width:
                self._text(
                    free, text, "small", self._theme.color("text_faint").name(), align=_MIDDLE
                )

    def _free_of_hours(self, left: float, right: float) -> QRectF | None:
        metrics = QFontMetricsF(self._theme.font("small"))
        for mark in self._drawing.scene.marks:
            x = self._drawing.left + mark.x
            end = x + metrics.horizontalAdvance(mark.text) + self._theme.space("space_s")
            if x <= left < end:
                left = end
            elif left < x < right:
                right = x
        now = self._now_place()
        if not now.isEmpty() and left < now.right() and now.left() < right:
            if now.left() - left >= right - now.right():
                right = now.left()
            else:
                left = now.right()
        return QRectF(left, 0, right - left, self.hour_height) if right > left else None

    def _lane(self, box: LaneBox) -> None:
        drawing = self._drawing
        rail = box.top + self._rail / 2
        self._painter.setPen(QPen(self._theme.color("line_strong"), 1))
        self._painter.drawLine(QPointF(drawing.names, rail), QPointF(self._area.right(), rail))
        chosen = None
        for item in box.placed:
            if item.event.key == drawing.current:
                chosen = item
                continue
            self._event(box, item, item.row)
        if chosen is not None:  # last, so that it lies on top, and always with its label
            self._event(box, chosen, chosen.row or 0, chosen=True)

    @property
    def _rail(self) -> float:
        return float(self._theme.space("space_m"))

    def _event(self, box: LaneBox, item: Placed, row: int | None, *, chosen: bool = False) -> None:
        x = self._drawing.left + item.x
        if x > self._area.right() or x + item.width < self._drawing.names:
            return
        face = self._drawing.faces[item.event.key]
        centre = QPointF(x, box.top + self._rail / 2)
        paint_dot(self._painter, centre, self._theme, face.tone)
        if row is None:
            return
        high = float(self._theme.space("chip_height"))
        place = QRectF(x, box.top + self._rail + row * (high + 4), item.width, high)
        taken = self._chip(place, face)
        if chosen:
            ink = "focus" if self._drawing.focused else "line_strong"
            paint_ring(self._painter, taken.adjusted(-2, -2, 2, 2), self._theme, ink=ink)

    def _chip(self, place: QRectF, face: EventFace) -> QRectF:
        """A chip with an edge, so that it is seen on a band of its own colour."""
        painter, theme = self._painter, self._theme
        taken = paint_chip(painter, place, theme, face.label, face.tone)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        edge = "line_strong" if face.tone is Tone.NEUTRAL else f"{face.tone.value}_line"
        painter.setPen(QPen(theme.color(edge), 1))
        radius = theme.space("radius_chip")
        painter.drawRoundedRect(taken.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        return taken

    @property
    def _now_text(self) -> str:
        at = f"{self._drawing.now.astimezone(self._kit.zone):%H:%M}"
        return self._kit.texts.text("timeline.now", at=at)

    def _now_place(self) -> QRectF:
        """Where the label of now lies on the axis; empty while now is out of sight."""
        drawing = self._drawing
        x = self._x(drawing.now)
        if not drawing.names <= x <= self._area.right():
            return QRectF()
        words = QFontMetricsF(self._theme.font("small")).horizontalAdvance(self._now_text)
        width = words + 2 * self._theme.space("space_xs")
        left = min(max(x - width / 2, drawing.names), self._area.right() - width)
        return QRectF(left, 0, width, self.hour_height - 2)

    def _now(self) -> None:
        painter, place = self._painter, self._now_place()
        if place.isEmpty():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("primary"))
        radius = self._theme.space("radius_s")
        painter.drawRoundedRect(place, radius, radius)
        ink = self._theme.color("on_primary").name()
        self._text(place, self._now_text, "small", ink, align=_MIDDLE)

    def _name(self, box: LaneBox) -> None:
        painter, theme = self._painter, self._theme
        line = QPen(theme.color("line"), 1)
        painter.setPen(line)
        painter.drawLine(QPointF(0, box.top), QPointF(self._area.right(), box.top))
        place = QRectF(
            0, box.top + 2, self._drawing.names - theme.space("space_s"), self.hour_height
        )
        self._text(
            place, self._kit.texts.text(f"timeline.lane.{box.lane.value}"), "small_strong",
            theme.color("text_muted").name(),
        )  # fmt: skip

    def _text(
        self,
        place: QRectF,
        text: str,
        role: str,
        ink: str,
        *,
        align: Qt.AlignmentFlag = _LEFT,
        elide: bool = True,
    ) -> None:
        font, text = self._theme.font(role), spelled_out(text)
        if elide:
            text = QFontMetricsF(font).elidedText(
                text, Qt.TextElideMode.ElideRight, place.width() + 1
            )
        self._painter.setFont(font)
        self._painter.setPen(ink)
        self._painter.drawText(place, align, text)
