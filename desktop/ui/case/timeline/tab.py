"""Everything in the order of time: the axis, and below it the same events as a list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.timeline import (
    Band,
    Timeline,
    TimelineEvent,
    TimelineLane,
    timeline_of,
)
from desktop.domain.time.time_axis import TimeAxis
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.setup import CaseSetup
from desktop.ui.case.timeline.painter import TimelineDrawing, TimelinePainter
from desktop.ui.case.timeline.scene import Measures, Scene, axis_of, band_rows, lay_out
from desktop.ui.case.timeline.texts import EventFace, TimelineTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.texts.painting import chip_width, paint_ring
from desktop.ui.shared.widgets.views.drawn_view import DrawnView

_WIDTHS = {"at": 160, "lane": 100}
_AXIS, _LIST = 13, 7


MOST = 60.0
"""Pixels a minute at the greatest stretch."""
WIDEST = 190.0
"""A label is cut at this width."""


class Ruler:
    """Measures of the theme and the words of the moment; none is kept, both may change."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    @property
    def rail(self) -> float:
        """Height of the line of dots above the labels of a lane."""
        return float(self._kit.theme.space("space_m"))

    @property
    def row(self) -> float:
        """Height of a row of labels."""
        return float(self._kit.theme.space("chip_height") + self._kit.theme.space("space_xs"))

    @property
    def names(self) -> float:
        """Width of the names of the lanes."""
        metrics = QFontMetricsF(self._kit.theme.font("small_strong"))
        words = (self._kit.texts.text(f"timeline.lane.{lane.value}") for lane in TimelineLane)
        return max(map(metrics.horizontalAdvance, words)) + self._kit.theme.space("space_m")

    @property
    def start(self) -> float:
        """Where the axis begins, unscrolled."""
        return float(self.names + self._kit.theme.space("space_m"))

    def room(self, width: float) -> float:
        """How much of ``width`` shows the axis."""
        return width - self.names - 2 * self._kit.theme.space("space_m")

    def fitting(self, axis: TimeAxis, width: float) -> float:
        """Pixels a minute at which everything fits ``width``."""
        room = max(self.room(width) - WIDEST, 1.0)
        return min(room / axis.length, MOST) if axis.length else 1.0

    def measures(self, bands: tuple[Band, ...], height: float) -> Measures:
        """What the scene is laid out by."""
        theme = self._kit.theme
        hours = theme.space("chip_height")
        top = float(hours * (1 + len(band_rows(bands))) + theme.space("space_xs"))
        small = QFontMetricsF(theme.font("small"))
        return Measures(
            top, height - top, self.rail, self.row, WIDEST, lambda text: chip_width(theme, text) + 1,
            small.horizontalAdvance,
        )  # fmt: skip


def in_time(events: Sequence[TimelineEvent], key: str, by: int) -> TimelineEvent | None:
    """``by`` events later than ``key`` (earlier if negative), the last or first at most; None without any event."""
    if not events:
        return None
    place = next((number for number, item in enumerate(events) if item.key == key), 0)
    return events[min(max(place + by, 0), len(events) - 1)]


def across(events: Sequence[TimelineEvent], key: str, by: int) -> TimelineEvent | None:
    """The event of another lane, ``by`` (1 or -1) on, that is nearest in time; lanes without any are passed over."""
    here = next((item for item in events if item.key == key), None)
    if here is None:
        return None
    lanes = list(TimelineLane)
    place = lanes.index(here.lane) + by
    while 0 <= place < len(lanes):
        others = [item for item in events if item.lane is lanes[place]]
        if others:
            return min(others, key=lambda item: abs(item.at - here.at))
        place += by
    return None


_STEP = 1.5
_NEAR = 14.0
_LONGER_NOW = timedelta(minutes=5)
_OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TimelineView(DrawnView):
    """``moved(key)`` when another event became the current one; ``opened(TimelineEvent)`` by Enter or double click."""

    moved = Signal(str)
    opened = Signal(object)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_timeline")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._ruler = Ruler(kit)
        self._timeline = Timeline((), ())
        self._axis = axis_of(self._timeline, kit.ticks.now())
        self._faces: Mapping[str, EventFace] = {}
        self._bands: Sequence[tuple[Band, str, Tone]] = ()
        self._scene: Scene | None = None
        self._stretch = 1.0
        self._current = ""
        kit.ticks.ticked.connect(self._tick)
        kit.theme.changed.connect(self._lay_out)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)

    @property
    def current(self) -> TimelineEvent | None:
        """The event under the keyboard."""
        return next((item for item in self._timeline.events if item.key == self._current), None)

    @property
    def stretch(self) -> float:
        """1 when the whole time fits the width."""
        return self._stretch

    def show_timeline(
        self,
        timeline: Timeline,
        faces: Mapping[str, EventFace],
        bands: Sequence[tuple[Band, str, Tone]],
    ) -> None:
        """Show other events; the current one stays if it is still there."""
        now = self._kit.ticks.now()
        self._timeline, self._faces, self._bands = timeline, faces, bands
        self._axis = axis_of(timeline, now)
        if self.current is None:
            past = [item for item in timeline.events if item.at <= now] or list(timeline.events)
            self._current = past[-1].key if past else ""
        self._name()
        self._lay_out()

    def choose(self, key: str) -> None:
        """Make an event the current one and bring it into sight."""
        if key != self._current and any(item.key == key for item in self._timeline.events):
            self._current = key
            self._name()
            self._reveal()
            self.viewport().update()
            self.moved.emit(key)

    def zoom(self, factor: float, around: float | None = None) -> None:
        """Stretch the time; what stands at ``around`` (or the current event) stays where it is."""
        at = around if around is not None else self._middle()
        position = (at - self._left) / self._scale
        most = max(MOST / self._fitting, 1.0)
        self._stretch = min(max(self._stretch * factor, 1.0), most)
        self._lay_out()
        bar = self.horizontalScrollBar()
        bar.setValue(round(bar.value() + self._left + position * self._scale - at))

    def fit(self) -> None:
        """Show the whole time."""
        self._stretch = 1.0
        self._lay_out()

    def zoom_in(self) -> None:
        """One step nearer."""
        self.zoom(_STEP)

    def zoom_out(self) -> None:
        """One step away."""
        self.zoom(1 / _STEP)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right by time, Up and Down to the next lane, Home and End, plus and minus, 0, Enter."""
        key = Qt.Key(event.key())
        moves = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Home: -len(self._timeline.events),
            Qt.Key.Key_End: len(self._timeline.events),
        }
        if key in moves:
            self._go(in_time(self._timeline.events, self._current, moves[key]))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            by = -1 if key == Qt.Key.Key_Up else 1
            self._go(across(self._timeline.events, self._current, by))
        elif key in _OPENS:
            self._open()
        elif event.text() in {"+", "="}:
            self.zoom_in()
        elif event.text() == "-":
            self.zoom_out()
        elif event.text() == "0":
            self.fit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turns move in time, with Ctrl they stretch it."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(_STEP if turned > 0 else 1 / _STEP, event.position().x())
        else:
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - turned)
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, and the ring while the keyboard is here and there is no event to carry it."""
        if self._scene is None:
            return
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        drawing = TimelineDrawing(
            self._scene,
            self._axis,
            self._scale,
            self._left,
            self._ruler.names,
            self._faces,
            self._bands,
            self._current,
            self.hasFocus(),
            self._kit.ticks.now(),
        )
        TimelinePainter(self._kit, painter, area, drawing).paint()
        if self.hasFocus() and not self._timeline.events:
            paint_ring(painter, area, self._kit.theme)
        painter.end()

    def minimumSizeHint(self) -> QSize:
        """Three rows of labels a lane at least in the busiest, one elsewhere."""
        row = self._kit.theme.space("chip_height") + self._kit.theme.space("space_xs")
        return QSize(self._kit.theme.space("dialog_width"), 4 * row + 12 * row // 2)

    def _go(self, event: TimelineEvent | None) -> None:
        if event is not None:
            self.choose(event.key)

    def _open(self) -> None:
        if self.current is not None:
            self.opened.emit(self.current)

    def _sentence(self, key: str) -> str:
        return self._faces[key].sentence

    def _at(self, point: QPointF) -> str:
        """The event whose label or dot lies under ``point``."""
        if self._scene is None or point.x() < self._ruler.names:
            return ""
        row_height = self._ruler.row
        near: list[tuple[float, str]] = []
        for box, item in self._scene.placed():
            if not box.top <= point.y() < box.top + box.height:
                continue
            x = self._left + item.x
            row = int((point.y() - box.top - self._ruler.rail) // row_height)
            if item.row == row and x <= point.x() <= x + item.width:
                return item.event.key
            if point.y() < box.top + self._ruler.rail and abs(point.x() - x) < _NEAR:
                near.append((abs(point.x() - x), item.event.key))
        return min(near, key=lambda pair: pair[0])[1] if near else ""

    def _name(self) -> None:
        face = self._faces.get(self._current)
        self.setAccessibleName(self._kit.texts.text("timeline.title"))
        self.setAccessibleDescription(face.sentence if face is not None else "")

    def _reveal(self) -> None:
        event = self.current
        if event is None:
            return
        x = self._left + self._axis.position(event.at) * self._scale
        bar = self.horizontalScrollBar()
        right = self.viewport().width() - WIDEST
        if x < self._ruler.names + _NEAR:
            bar.setValue(round(bar.value() - (self._ruler.names + _NEAR - x)))
        elif x > right:
            bar.setValue(round(bar.value() + (x - right)))

    def _middle(self) -> float:
        event = self.current
        if event is not None:
            return self._left + self._axis.position(event.at) * self._scale
        return self.viewport().width() / 2

    def _tick(self, now: datetime) -> None:
        if not self.isVisible():
            return
        if now > self._axis.instants[-1] + _LONGER_NOW:
            self._axis = axis_of(self._timeline, now)
            self._lay_out()
        self.viewport().update()

    def _lay_out(self) -> None:
        height = self.viewport().height()
        measures = self._ruler.measures(self._timeline.bands, height)
        self._scene = lay_out(
            self._timeline,
            self._axis,
            {key: face.label for key, face in self._faces.items()},
            self._scale,
            measures,
            self._kit.zone,
        )
        room = self._ruler.room(self.viewport().width())
        bar = self.horizontalScrollBar()
        bar.setPageStep(max(round(room), 1))
        bar.setSingleStep(self._kit.theme.space("space_xl"))
        bar.setRange(0, max(round(self._scene.width - room), 0))
        self.viewport().update()

    @property
    def _left(self) -> float:
        return self._ruler.start - self.horizontalScrollBar().value()

    @property
    def _scale(self) -> float:
        return self._fitting * self._stretch

    @property
    def _fitting(self) -> float:
        return self._ruler.fitting(self._axis, self.viewport().width())


class TimelineTab(QWidget):
    """``opened(TimelineEvent)``: go where the event is worked on. Axis and list have the same current event."""

    opened = Signal(object)

    def __init__(self, kit: Kit, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self._setup = setup
        self._faces: dict[str, EventFace] = {}
        self.view = TimelineView(kit)
        columns: tuple[TableColumn[TimelineEvent], ...] = (
            TableColumn("at", "timeline.at", self._at),
            TableColumn("lane", "timeline.lane.title", self._lane, chip=True, tone=self._tone),
            TableColumn("what", "timeline.what", self._what),
        )
        self.table = Listing[TimelineEvent](
            kit, "case_timeline_list", "timeline.list", columns, _key, _WIDTHS
        )
        self._undated = Label(kit, role="hint", ink="amber")
        self._undated.hide()
        self._build()
        self.view.moved.connect(self.table.select_key)
        self.view.opened.connect(self.opened)
        self.table.current_changed.connect(self._follow)
        self.table.activated_row.connect(self.opened)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the events of a case."""
        now = self._kit.ticks.now()
        timeline = timeline_of(sheet.file, [line.deadline for line in sheet.deadlines])
        texts = TimelineTexts(self._kit, self._setup, sheet, revealed=revealed)
        self._faces = {event.key: texts.face(event, now) for event in timeline.events}
        bands = [(band, *texts.band(band, now)) for band in timeline.bands]
        self.view.show_timeline(timeline, self._faces, bands)
        self.table.show_rows(timeline.events)
        self.table.viewport().update()
        if self.view.current is not None:
            self.table.select_key(self.view.current.key)
        self._undated.setVisible(bool(timeline.undated))
        if timeline.undated:
            self._undated.set_key("timeline.undated", count=timeline.undated)

    def _build(self) -> None:
        axis = Card(self._kit, "timeline.title")
        axis.header.addWidget(self._undated)
        axis.header.addWidget(Label(self._kit, "timeline.hint", role="hint", ink="muted"))
        for name, icon, slot in (
            ("out", "minus", self.view.zoom_out),
            ("in", "add", self.view.zoom_in),
            ("fit", "", self.view.fit),
        ):
            button = Button(
                self._kit,
                f"timeline.zoom.{name}",
                variant=Variant.QUIET,
                size=Size.COMPACT,
                icon=icon,
                name=f"timeline_zoom_{name}",
            )
            button.clicked.connect(slot)
            axis.header.addWidget(button)
        axis.body.addWidget(self.view)
        listing = Card(self._kit)
        listing.body.addWidget(self.table)
        column = Column(self._kit, self, gap="card_gap")
        column.addWidget(axis, _AXIS)
        column.addWidget(listing, _LIST)

    def _follow(self) -> None:
        event = self.table.selected()
        if event is not None:
            self.view.choose(event.key)

    def _at(self, event: TimelineEvent) -> str:
        return show_local(event.at, self._kit.zone)

    def _lane(self, event: TimelineEvent) -> str:
        return self._kit.texts.text(f"timeline.lane.{event.lane.value}")

    def _tone(self, event: TimelineEvent) -> Tone:
        return self._faces[event.key].tone

    def _what(self, event: TimelineEvent) -> str:
        return self._faces[event.key].sentence


def _key(event: TimelineEvent) -> str:
    return event.key
