"""The six columns side by side, and the ways between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState
from desktop.domain.ids import CaseId
from desktop.domain.text.pinyin import initials
from desktop.ui.board.board_filter import COLUMNS
from desktop.ui.board.board_item import BoardItem
from desktop.ui.board.card_painter import CardPainter
from desktop.ui.board.card_texts import CardTexts
from desktop.ui.board.column_model import ITEM_ROLE, ColumnModel
from desktop.ui.board.column_view import ColumnView
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Chip, Label


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

    def refresh_count(self) -> None:
        """Show how many cards there are, or what belongs here."""
        count = self.model.rowCount()
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
    """``opened(item)``: a card was chosen; ``moved(case id, state)``: it should stand in another column."""

    opened = Signal(object)
    moved = Signal(str, object)

    def __init__(self, kit: Kit, cards: CardPainter, texts: CardTexts) -> None:
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
            lane.model.dropped.connect(self.moved)
            lane.view.selectionModel().currentChanged.connect(self._current_changed)

    def lane(self, state: CaseState) -> BoardColumn:
        """The column of a state."""
        return self._lanes[state]

    def show_columns(self, columns: Mapping[CaseState, tuple[BoardItem, ...]]) -> None:
        """Show these cards; what stays keeps its selection and its place."""
        for state, lane in self._lanes.items():
            lane.model.replace(columns[state])
            lane.refresh_count()

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
