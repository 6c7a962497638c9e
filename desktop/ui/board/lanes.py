"""The six columns side by side, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.text.pinyin import initials
from desktop.ui.board.board_filter import COLUMNS
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.card_note import is_late
from desktop.ui.board.card_painter import CardPainter, CardState
from desktop.ui.board.card_texts import CardTexts
from desktop.ui.board.column_model import ITEM_ROLE, ColumnModel
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.tables.end_near import tell_of_end
from desktop.ui.shared.widgets.texts.label import Chip, Label
from desktop.ui.shared.widgets.texts.painting import paint_ring

Index = QModelIndex | QPersistentModelIndex

_HOVER = QStyle.StateFlag.State_MouseOver
_SELECTED = QStyle.StateFlag.State_Selected


class CardDelegate(QStyledItemDelegate):
    """Cards of equal height. Only the column that holds the keyboard shows which card is current."""

    def __init__(self, painter: CardPainter, ticks: TickSource, view: QWidget) -> None:
        super().__init__(view)
        self._painter = painter
        self._ticks = ticks
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """One height for all; the view gives the width."""
        return QSize(0, self._painter.metrics.row_height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the card of this row."""
        place = option.rect  # type: ignore[attr-defined]  # a public field of the C++ struct
        flags = option.state  # type: ignore[attr-defined]
        state = CardState(
            width=place.width(),
            ratio=self._view.devicePixelRatioF(),
            hovered=bool(flags & _HOVER),
            focused=bool(flags & _SELECTED) and self._view.hasFocus(),
        )
        origin = QPointF(place.topLeft())
        self._painter.paint(painter, origin, index.data(ITEM_ROLE), self._ticks.now(), state)


_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ColumnView(QListView):
    """``stepped(±1)``: the person wants the neighbouring column. ``typed(text)``: letters that may name a card.
    ``opened(item)``: Enter or double click. ``end_near``: the end of what is shown comes into sight.
    """

    stepped = Signal(int)
    typed = Signal(str)
    opened = Signal(object)
    end_near = Signal()

    def __init__(self, kit: Kit, model: ColumnModel, cards: CardPainter) -> None:
        super().__init__()
        self._cards = cards
        self._kit = kit
        self._column = model
        self._ticked_at: datetime = kit.ticks.now()
        self._wanted: CaseId | None = None
        self._target = False
        self.setObjectName(f"board_column_{model.state.value}")
        self.setModel(model)
        self.setItemDelegate(CardDelegate(cards, kit.ticks, self))
        self._set_up()
        self.doubleClicked.connect(self._open_index)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)

    def _set_up(self) -> None:
        self.viewport().setAutoFillBackground(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(self._cards.metrics.row_height // 3)
        self.verticalScrollBar().rangeChanged.connect(self._keep_gutter)
        tell_of_end(self, self.end_near)
        self._keep_gutter(0, 0)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDropIndicatorShown(False)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    @property
    def column(self) -> ColumnModel:
        """The model shown."""
        return self._column

    def current(self) -> BoardItem | None:
        """The current card."""
        index = self.currentIndex()
        return self._column.item(index.row()) if index.isValid() else None

    def show_card(self, row: int) -> None:
        """Make the card of a row current and bring it into view."""
        self.setCurrentIndex(self._column.index(row))

    def nearest_row(self, y: int) -> int:
        """The row at a height in the viewport, the closest one there is; -1 in an empty column."""
        index = self.indexAt(QRect(0, max(y, 0), 1, 1).center())
        return index.row() if index.isValid() else self._column.rowCount() - 1

    def current_top(self) -> int:
        """Where the current card begins in the viewport."""
        index = self.currentIndex()
        return self.visualRect(index).top() if index.isValid() else 0

    def tick(self) -> None:
        """Repaint the chips that count, of the cards in sight, the cards a task became late on, and nothing else."""
        if not self.isVisible():
            return
        now = self._kit.ticks.now()
        before, self._ticked_at = self._ticked_at, now
        for row in self.visible_rows():
            item = self._column.item(row)
            face = self._cards.chip(item, now)
            if is_late(item, now) != is_late(item, before):
                self.viewport().update(self.visualRect(self._column.index(row)))
            if face is not None and face.ticking:
                place = self.visualRect(self._column.index(row))
                chip = self._cards.chip_place(place.width()).toAlignedRect()
                self.viewport().update(chip.translated(place.topLeft()))

    def visible_rows(self) -> Sequence[int]:
        """The rows in sight."""
        height = self._cards.metrics.row_height
        top = self.verticalScrollBar().value()
        first = top // height
        last = min((top + self.viewport().height()) // height, self._column.rowCount() - 1)
        return range(first, last + 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sideways to the neighbours, Enter opens, letters search, the rest is the list's."""
        key = Qt.Key(event.key())
        if key in _SIDEWAYS and not self._is_command(event):
            self.stepped.emit(_SIDEWAYS[key])
        elif key in _ENTER:
            self._open_index(self.currentIndex())
        elif event.text().isprintable() and event.text().strip() and not self._is_command(event):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A focused column always has a current card."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._column.rowCount():
            self.setCurrentIndex(self._column.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring leaves with the keyboard."""
        super().focusOutEvent(event)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where the card would go."""
        super().dragEnterEvent(event)
        self._show_target(target=event.isAccepted())

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It will not go here."""
        super().dragLeaveEvent(event)
        self._show_target(target=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the model, which announces the wish."""
        super().dropEvent(event)
        self._show_target(target=False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cards; around them a ring while one may be dropped here."""
        super().paintEvent(event)
        if self._target:
            painter = QPainter(self.viewport())
            paint_ring(painter, QRectF(self.viewport().rect()), self._kit.theme)
            painter.end()

    def _show_target(self, *, target: bool) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def _keep_gutter(self, _low: int, high: int) -> None:
        """Cards are as wide without a scroll bar as with one, so that none has to be painted anew."""
        gutter = 0 if high > 0 else self._kit.theme.space("scroll_bar")
        self.setViewportMargins(0, 0, gutter, 0)

    @staticmethod
    def _is_command(event: QKeyEvent) -> bool:
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        return bool(event.modifiers() & held)

    def _open_index(self, index: QModelIndex) -> None:
        if index.isValid():
            self.opened.emit(self._column.item(index.row()))

    def _remember(self) -> None:
        item = self.current()
        self._wanted = item.id if item is not None else None

    def _restore(self) -> None:
        """After a reset the same case is current again, if it is still here."""
        row = self._column.row_of(self._wanted) if self._wanted is not None else -1
        if row >= 0:
            self.show_card(row)


class BoardColumn(QWidget):
    """Header and list of one state."""

    def __init__(self, kit: Kit, state: CaseState, cards: CardPainter) -> None:
        super().__init__()
        self.setObjectName(f"board_lane_{state.value}")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="lane")
        self.model = ColumnModel(state, self)
        self.view = ColumnView(kit, self.model, cards)
        self._count = Chip(kit)
        self._count.setObjectName(f"board_count_{state.value}")
        self._hint = Label(kit, f"board.empty.{state.value}", role="hint", ink="muted", wrap=True)
        self._hint.setParent(self.view.viewport())
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.view.viewport().installEventFilter(self)
        self._build(kit, state)
        kit.texts.bind(self.view.setAccessibleName, f"board.state.{state.value}")
        kit.texts.changed.connect(self._lay_hint)

    def _build(self, kit: Kit, state: CaseState) -> None:
        gap = kit.theme.space("space_s")
        column = Column(kit, self, gap="space_xs")
        column.setContentsMargins(gap, gap, 0, gap)
        header = Row(kit)
        header.setContentsMargins(0, 0, gap, 0)
        header.addWidget(Label(kit, f"board.state.{state.value}", role="section"))
        header.addStretch(1)
        header.addWidget(self._count)
        column.addLayout(header)
        column.addWidget(self.view, 1)

    def show_count(self, count: int) -> None:
        """Show how many cards there are, be they in the list yet or not, or what belongs here."""
        self._count.set_text(f"{count:,}")
        self._hint.setVisible(count == 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the hint as wide as the list."""
        if watched is self.view.viewport() and event.type() is QEvent.Type.Resize:
            self._lay_hint()
        return super().eventFilter(watched, event)

    def _lay_hint(self) -> None:
        width = self.view.viewport().width()
        self._hint.setGeometry(0, 0, width, self._hint.heightForWidth(width))


def matches(item: BoardItem, typed: str) -> bool:
    """Whether the letters typed so far lead to this card."""
    wanted = typed.casefold()
    name = item.victim.casefold()
    return (
        name.startswith(wanted)
        or initials(item.victim).startswith(wanted)
        or (any(c.isdigit() for c in wanted) and wanted in item.number.casefold())
    )


_TYPING_PAUSE_MS = 1200


class Lanes(QWidget):
    """``opened(item)``: a card was chosen; ``moved(case id, state)``: it should stand in another column;
    ``more_wanted(state)``: the end of a column comes into sight."""

    opened = Signal(object)
    moved = Signal(str, object)
    more_wanted = Signal(object)

    def __init__(self, kit: Kit, cards: CardPainter, texts: CardTexts, *, moves: bool) -> None:
        super().__init__()
        self._cards = cards
        self._lanes = {state: BoardColumn(kit, state, cards) for state in COLUMNS}
        self._last: CaseId | None = None
        self._typed = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._forget_typed)
        row = Row(kit, self, gap="card_gap")
        for lane in self._lanes.values():
            row.addWidget(lane, 1)
            lane.view.stepped.connect(self._step)
            lane.view.typed.connect(self._type)
            lane.view.opened.connect(self.opened)
            lane.model.set_describe(texts)
            lane.model.moves = moves
            lane.model.dropped.connect(self.moved)
            lane.view.end_near.connect(partial(self.more_wanted.emit, lane.model.state))
            lane.view.selectionModel().currentChanged.connect(self._current_changed)

    def lane(self, state: CaseState) -> BoardColumn:
        """The column of a state."""
        return self._lanes[state]

    def show_columns(
        self, columns: Mapping[CaseState, tuple[BoardItem, ...]], counts: Mapping[CaseState, int]
    ) -> None:
        """Show these cards; what stays keeps its selection and its place. ``counts``: how many there are in all."""
        for state, lane in self._lanes.items():
            lane.model.replace(columns[state])
            lane.show_count(counts[state])

    def current(self) -> BoardItem | None:
        """The current card of the column that has the keyboard."""
        lane = self._focused()
        return lane.view.current() if lane is not None else None

    def last_current(self) -> BoardItem | None:
        """The card that was current last, wherever the keyboard is now."""
        for lane in self._lanes.values():
            row = lane.model.row_of(self._last) if self._last is not None else -1
            if row >= 0:
                return lane.model.item(row)
        return None

    def focus_case(self, case: CaseId) -> bool:
        """Put the keyboard on a case; False if it is not shown."""
        for lane in self._lanes.values():
            row = lane.model.row_of(case)
            if row >= 0:
                lane.view.show_card(row)
                lane.view.setFocus()
                return True
        return False

    def focus_first(self) -> None:
        """Put the keyboard on the first card there is."""
        for lane in self._lanes.values():
            if lane.model.rowCount():
                lane.view.setFocus()
                return

    def settle_focus(self) -> None:
        """A column that holds the keyboard has a current card; an empty one hands the keyboard on."""
        lane = self._focused()
        if lane is None:
            return
        if not lane.model.rowCount():
            self.focus_first()
        elif lane.view.current() is None:
            lane.view.show_card(0)

    def tick(self) -> None:
        """Repaint what counts."""
        for lane in self._lanes.values():
            lane.view.tick()

    def repaint_cards(self) -> None:
        """After a change of looks or language."""
        for lane in self._lanes.values():
            lane.view.scheduleDelayedItemsLayout()
            lane.view.viewport().update()

    def _focused(self) -> BoardColumn | None:
        return next((lane for lane in self._lanes.values() if lane.view.hasFocus()), None)

    def _step(self, direction: int) -> None:
        """To the nearest column that has cards, at about the same height."""
        lane = self._focused()
        if lane is None:
            return
        place = COLUMNS.index(lane.model.state) + direction
        while 0 <= place < len(COLUMNS):
            target = self._lanes[COLUMNS[place]]
            if target.model.rowCount():
                target.view.show_card(target.view.nearest_row(lane.view.current_top()))
                target.view.setFocus()
                return
            place += direction

    def _type(self, text: str) -> None:
        self._typed += text
        self._pause.start()
        found = next((item for item in self._from_current() if matches(item, self._typed)), None)
        if found is not None:
            self.focus_case(found.id)
        else:
            self._typed = text if len(self._typed) > 1 else ""

    def _from_current(self) -> Iterator[BoardItem]:
        """Every card once, from the current one on and around."""
        everything = [item for lane in self._lanes.values() for item in lane.model.items()]
        current = self.current()
        start = everything.index(current) if current in everything else 0
        yield from everything[start:]
        yield from everything[:start]

    def _current_changed(self, current: QModelIndex) -> None:
        item = current.data(ITEM_ROLE)
        if isinstance(item, BoardItem):
            self._last = item.id

    def _forget_typed(self) -> None:
        self._typed = ""
