"""Everything in the order of time: the axis, and below it the same events as a list."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.timeline import TimelineEvent, timeline_of
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.setup import CaseSetup
from desktop.ui.case.timeline.texts import EventFace, TimelineTexts
from desktop.ui.case.timeline.view import TimelineView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label

_WIDTHS = {"at": 160, "lane": 100}
_AXIS, _LIST = 13, 7


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
