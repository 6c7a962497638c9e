"""One series: its figures, and its parts behind names as on the page of a case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import NOTHING
from desktop.domain.orders.sending.way_orders import name_key
from desktop.domain.reference.bank_names import short_bank
from desktop.domain.series.events import SeriesEvent, SeriesEventKind
from desktop.domain.series.series import Hub, LikePair, SeriesCase, SeriesSheet, judgements
from desktop.ui.series.tables import (
    case_table,
    decision_table,
    hub_table,
    lead_table,
    link_table,
    plain,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.tables.listing import Listing, ListOrEmpty, nothing_listed
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shared.widgets.views.layered_scene import (
    SankeyScene,
    SceneLink,
    SceneNode,
    SceneSizes,
    lay_out,
)

_TONES = {
    SeriesEventKind.PAID: Tone.BAD,
    SeriesEventKind.ACCEPTED: Tone.INFO,
    SeriesEventKind.ORDERED: Tone.WARN,
    SeriesEventKind.REPLIED: Tone.OK,
}


# The map of a series: cases on the left, the values they share on the right, a line for each place where one holds
# another. Who is chosen lights up what it shares.

_CASE, _VALUE = "case/", "value/"


class LinkMap(QWidget):
    """``show_sheet`` draws; ``choose`` lights a case."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._sheet: SeriesSheet | None = None
        self._chosen = ""
        self.setObjectName("series_map")
        kit.theme.changed.connect(self.update)
        kit.texts.bind(self.setAccessibleName, "series.tab.map")

    def show_sheet(self, sheet: SeriesSheet) -> None:
        """Draw another series."""
        self._sheet = sheet
        self.setMinimumHeight(round(self._scene(0).height))
        description = self._kit.texts.text(
            "series.map_told", cases=len(sheet.cases), links=len(sheet.links)
        )
        self.setAccessibleDescription(description)
        self.update()

    def forget(self) -> None:
        """Draw nothing."""
        self._sheet = None
        self.setMinimumHeight(0)
        self.setAccessibleDescription("")
        self.update()

    def choose(self, case: str) -> None:
        """Light what a case shares."""
        self._chosen = case
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its nodes need."""
        return QSize(self._kit.theme.space("dialog_width"), round(self._scene(0).height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Lines first, then the names on both sides."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene = self._scene(self.height())
        boxes = {box.key: box for box in scene.boxes}
        for band in scene.bands:
            lit = self._chosen and band.source == _CASE + self._chosen
            ink = self._kit.theme.color("primary" if lit else "line_strong")
            painter.setPen(QPen(ink, 2 if lit else 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(self._line(boxes[band.source], boxes[band.target]))
        for box in scene.boxes:
            self._node(painter, box)
        painter.end()

    def _scene(self, height: float) -> SankeyScene:
        sheet, space = self._sheet, self._kit.theme.space
        if sheet is None:
            return SankeyScene()
        cases = [_CASE + item.id for item in sheet.cases]
        values = [_VALUE + link.normal for link in sheet.links]
        links = [
            SceneLink(_CASE + case, _VALUE + link.normal, 1)
            for link in sheet.links
            for case in link.cases
        ]
        slot, label = float(space("control")), self.width() * 0.4
        room = SceneSizes(
            float(self.width()), height, float(space("space_s")), float(space("dot")),
            float(space("space_xs")), slot, self.width() * 0.5, label,
        )  # fmt: skip
        return lay_out([cases, values], links, room)

    def _line(self, source: SceneNode, target: SceneNode) -> QPainterPath:
        dot = self._kit.theme.space("dot")
        start = QPointF(self._right(source), source.y + source.slot / 2)
        end = QPointF(target.x + dot / 2, target.y + target.slot / 2)
        bend = (end.x() - start.x()) / 2
        path = QPainterPath(start)
        path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
        return path

    def _right(self, box: SceneNode) -> float:
        """Lines leave a case behind its text."""
        return box.x + self.width() * 0.36

    def _node(self, painter: QPainter, box: SceneNode) -> None:
        theme, sheet = self._kit.theme, self._sheet
        if sheet is None:
            return
        is_case = box.key.startswith(_CASE)
        key = box.key.partition("/")[2]
        dot = theme.space("dot")
        centre = QPointF(box.x + dot / 2, box.y + box.slot / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("primary" if is_case else "flow_node"))
        painter.drawEllipse(centre, dot / 2, dot / 2)
        text = self._case_words(key) if is_case else plain(key)
        font = theme.font("small_strong" if key == self._chosen else "small")
        wide = self.width() * (0.34 if is_case else 0.42)
        place = QRectF(box.x + dot + 6, box.y, wide, box.slot)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideMiddle, wide)
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _case_words(self, case: str) -> str:
        found = next((c for c in self._sheet.cases if c.id == case), None) if self._sheet else None
        if found is None:
            return ""
        return f"{found.victim}  {found.unit_name}  ¥ {yuan(found.loss_fen)}"


def event_table(kit: Kit, name: Callable[[CaseId], str]) -> Listing[SeriesEvent]:
    """What happened in all cases; ``name`` tells a case in words."""
    columns: tuple[TableColumn[SeriesEvent], ...] = (
        TableColumn("at", "series.column.when", lambda e: show_local(e.at, kit.zone)),
        TableColumn("kind", "series.column.event", partial(_kind, kit), chip=True, tone=lambda e: _TONES[e.kind]),
        TableColumn("case", "series.column.victim", lambda e: name(e.case)),
        TableColumn("what", "series.column.what", partial(_what, kit), digits=True, tip=partial(_what, kit)),
        TableColumn("amount", "series.column.amount", _amount, align_right=True, digits=True),
    )  # fmt: skip
    return Listing[SeriesEvent](
        kit,
        "series_events",
        "series.tab.timeline",
        columns,
        lambda e: e.key,
        {"at": 152, "kind": 96, "case": 110, "amount": 100},
    )


def _kind(kit: Kit, event: SeriesEvent) -> str:
    return kit.texts.text(f"series.event.{event.kind.value}")


def _what(kit: Kit, event: SeriesEvent) -> str:
    order = kit.texts.text(name_key(event.order, event.way)) if event.order else ""
    about = " ".join(part for part in (short_bank(event.bank), event.about) if part)
    return "　".join(part for part in (order, about) if part)


def _amount(event: SeriesEvent) -> str:
    return yuan(event.amount_fen) if event.amount_fen else ""


def story_table(kit: Kit) -> Listing[LikePair]:
    """Pairs of cases whose narratives read alike; a hint to read both."""
    columns: tuple[TableColumn[LikePair], ...] = (
        TableColumn("percent", "series.column.alike", lambda p: f"{p.percent}%", align_right=True),
        TableColumn("first", "series.column.first", lambda p: _line(p.first), tip=lambda p: _line(p.first)),
        TableColumn("second", "series.column.second", lambda p: _line(p.second), tip=lambda p: _line(p.second)),
        TableColumn("loss", "series.column.loss", lambda p: yuan(p.first.loss_fen + p.second.loss_fen),
                    align_right=True, digits=True),
    )  # fmt: skip
    return Listing[LikePair](
        kit,
        "series_stories",
        "series.tab.stories",
        columns,
        lambda p: (p.first.id, p.second.id),
        {"percent": 64, "first": 320, "loss": 100},
    )


def _line(case: SeriesCase) -> str:
    return "　".join(part for part in (case.victim, case.unit_name, case.number) if part)


PARTS = (
    "cases", "people", "timeline", "links", "map", "leads", "stories", "decisions", "hubs",
)  # fmt: skip


PaneMaker = Callable[[Sequence[CaseId]], tuple[QWidget, Callable[[], None]]]
"""Makes a pane of these cases, filled, with what reads it anew."""


@dataclass(frozen=True, slots=True)
class LinkDecision:
    """What a decision is about: a case, each of the others, and whose case it is."""

    case: CaseId
    others: tuple[CaseId, ...]
    victim: str


class SeriesDetail(QWidget):
    """``opened(CaseId)`` by Enter on a case. ``people`` makes the page of persons when it is first looked at."""

    opened = Signal(object)

    def __init__(self, kit: Kit, type_name: Callable[[str], str], people: PaneMaker) -> None:
        super().__init__()
        self._kit = kit
        self._make_people = people
        self._people = Room(kit)
        self._people_of: tuple[CaseId, ...] = ()
        self._read_people: Callable[[], None] | None = None
        self._names: dict[CaseId, str] = {}
        self.sheet: SeriesSheet | None = None
        self.cases = case_table(kit, type_name, self._stopped)
        self.links = link_table(kit, self._name)
        self.map = LinkMap(kit)
        self.leads = lead_table(kit, self._name)
        self.events = event_table(kit, self._name)
        self.stories = story_table(kit)
        self.decisions = decision_table(kit, self._name)
        self.hubs = hub_table(kit)
        self._figures = Label(kit, role="section")
        self._span = Label(kit, role="small", ink="muted", wrap=True)
        self.parts = Segmented(
            kit, [Option(part, f"series.tab.{part}") for part in PARTS], "series_parts",
            "series.tab.title",
        )  # fmt: skip
        self._stack = QStackedWidget()
        self.card = Card(kit)
        self._build()
        self.parts.chosen.connect(self._choose)
        self.cases.current_changed.connect(self._light)
        self.cases.activated_row.connect(self._open)
        for table in (self.events, self.leads):
            table.activated_row.connect(self._open_its_case)
        self.stories.activated_row.connect(self._open_pair)

    def _stopped(self, case: SeriesCase) -> int:
        sums = self.sheet.case_sums.get(case.id, NOTHING) if self.sheet else NOTHING
        return sums.stopped_fen

    def show_sheet(self, sheet: SeriesSheet) -> None:
        """Show a series."""
        self.sheet = sheet
        self._names = {
            case.id: case.victim or case.number for case in (*sheet.cases, *sheet.outside)
        }
        series = sheet.series
        self._figures.set_key(
            "series.figures", cases=len(sheet.cases), units=series.units,
            loss=yuan(series.loss_fen), stopped=yuan(sheet.sums.stopped_fen),
        )  # fmt: skip
        proposed = len(sheet.proposed)
        key = "series.span_told" if proposed else "series.span"
        first, last = (show_local(at, self._kit.zone)[:16] for at in (series.first, series.last))
        self._span.set_key(key, first=first, last=last, told=proposed, stories=len(sheet.stories))
        self.cases.rows.set_rows(sheet.cases)
        self.links.rows.set_rows(sheet.links)
        self.leads.rows.set_rows(sheet.leads)
        self.events.rows.set_rows(sheet.events)
        self.decisions.rows.set_rows(judgements(sheet.decisions))
        self.map.show_sheet(sheet)
        if self._look() and self._read_people is not None:
            self._read_people()

    def forget(self) -> None:
        """There is no series any more: nothing is decided about one that is gone."""
        self.sheet, self._people_of, self._read_people = None, (), None
        self._people.clear()
        for label in (self._figures, self._span):
            label.set_text("")
        for table in (self.cases, self.links, self.leads, self.events, self.decisions):
            table.rows.set_rows(())
        self.map.forget()

    def show_stories(self, pairs: tuple[LikePair, ...]) -> None:
        """Cases that read alike, in any series or none."""
        self.stories.rows.set_rows(pairs)

    def show_hubs(self, hubs: tuple[Hub, ...]) -> None:
        """Values that link nothing, in any series."""
        self.hubs.rows.set_rows(hubs)

    def asked_about(self) -> LinkDecision | None:
        """What a decision taken now is about: the pair or the case that stands chosen in front, as nobody decides about
        one they do not see; None while there is none."""
        case, pair = self.cases.selected(), self.stories.selected()
        if self.part() == "stories" and pair is not None:
            return LinkDecision(pair.first.id, (pair.second.id,), pair.first.victim)
        if self.part() != "cases" or case is None or self.sheet is None:
            return None
        others = tuple(item.id for item in self.sheet.cases if item.id != case.id)
        return LinkDecision(case.id, others, case.victim) if others else None

    def show_cases(self) -> None:
        """The list in which a case is chosen, with the keyboard in it."""
        self.parts.set_value("cases")
        self._choose("cases")
        self.cases.setFocus()

    def part(self) -> str:
        """The part in front."""
        return self.parts.value()

    def _name(self, case: CaseId) -> str:
        return self._names.get(case) or self._kit.texts.text("series.other_case")

    def _build(self) -> None:
        self.card.body.addWidget(self._figures)
        self.card.body.addWidget(self._span)
        self.card.body.addWidget(self.parts)
        self._place = place = QWidget()
        Column(self._kit, place).addWidget(self._people)
        self._make_room()
        worded = self._worded
        for widget in (
            self.cases,
            place,
            self.events,
            worded(self.links, "series.empty.links"),
            ScrollArea(self._kit, self.map),
            worded(self.leads, "series.empty.leads"),
            worded(self.stories, "series.empty.stories"),
            worded(self.decisions, "series.empty.decisions"),
            worded(self.hubs, "series.empty.hubs"),
        ):
            self._stack.addWidget(widget)
        self.card.body.addWidget(self._stack, 1)
        column: QVBoxLayout = Column(self._kit, self)
        column.addWidget(self.card)

    def _worded(self, listing: Listing[Any], key: str) -> QWidget:
        """``key``: the words of the catalogue for an empty list."""
        words = nothing_listed(self._kit, key, middle=True)
        return ListOrEmpty(listing, words, listing.rows)

    def _make_room(self) -> None:
        """The persons are broad, and have the room of the list while they are shown; hidden they ask for none."""
        policy = (
            QSizePolicy.Policy.Preferred if self.part() == "people" else QSizePolicy.Policy.Ignored
        )
        self._place.setSizePolicy(policy, QSizePolicy.Policy.Preferred)

    def _choose(self, part: str) -> None:
        self._make_room()
        self._stack.setCurrentIndex(PARTS.index(part))
        self._look()

    def _look(self) -> bool:
        """The persons are read when they are looked at, and anew for another series; whether they stood there."""
        if self.part() != "people" or self.sheet is None:
            return False
        cases = tuple(case.id for case in self.sheet.cases)
        if cases != self._people_of or self._people.held is None:
            self._people_of = cases
            pane, self._read_people = self._make_people(cases)
            self._people.hold(pane)
            return False
        return True

    def _light(self) -> None:
        case = self.cases.selected()
        self.map.choose(case.id if case is not None else "")

    def _open_its_case(self, row: object) -> None:
        self.opened.emit(getattr(row, "case", None))

    def _open_pair(self, pair: object) -> None:
        if isinstance(pair, LikePair):
            self.opened.emit(pair.first.id)

    def _open(self, case: object) -> None:
        self.opened.emit(getattr(case, "id", None))
