"""The bar above the board: new report, board or table, and what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.orders.claim import WorkClaim, WorkKind, kind_of_work
from desktop.services.ports import NOBODY
from desktop.ui.board.board_filter import BoardFilter, Desks, SortBy
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.line_edit import Combo, LineEdit, Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Column, Row

BOARD, TABLE = "board", "table"
_ALL_DAYS = "all"
_DAYS = ("7", "30", _ALL_DAYS)
_DEFAULT_DAYS = "30"


class BoardFilterBar(QWidget):
    """``changed``: the filter says something else. ``mode_chosen``: ``board`` or ``table``. ``intake_wanted``: new."""

    changed = Signal()
    mode_chosen = Signal(str)
    intake_wanted = Signal()
    left = Signal()
    """Esc in the empty text: back to the cases."""

    def __init__(
        self, kit: Kit, officer: str, type_name: Callable[[str], str], own: str = "",
        *, of_centre: bool = False, seats: bool = False,
    ) -> None:  # fmt: skip
        """``of_centre``: cases of many stations, in a table at first; a new one begins on the page of calls. ``seats``:
        several people work on them, each of whom has some in hand."""
        super().__init__()
        self._of_centre = of_centre
        self._seats = seats
        self._kit = kit
        self._officer = officer
        self._own = own
        self._type_name = type_name
        self._types: frozenset[str] = frozenset()
        self.new = Button(
            kit,
            "board.new",
            variant=Variant.PRIMARY,
            icon="add",
            keys="Ctrl+N",
            name="board_new",
        )
        modes = (Option(BOARD, key="board.mode.board"), Option(TABLE, key="board.mode.table"))
        self.mode = Segmented(kit, modes, "board_mode", "board.mode.label")
        self.text = LineEdit(kit)
        self.type = Combo(kit)
        self.days = Combo(kit)
        self.mine = Button(kit, "board.filter.mine", name="board_mine")
        self.desks = Combo(kit)
        self.unit, self.state, self.visit, self.hand = (Combo(kit) for _ in range(4))
        self.sort = Combo(kit)
        self._build()
        self._connect()
        kit.texts.changed.connect(self._fill_types)

    def value(self) -> BoardFilter:
        """What the person wants to see."""
        days = self.days.value()
        return BoardFilter(
            type=self.type.value(),
            days=None if days == _ALL_DAYS else int(days),
            officer=self._officer if self.mine.isChecked() else "",
            text=self.text.text(),
            sort=SortBy(self.sort.value()),
            desks=Desks(self.desks.value()),
            own=self._own,
            unit=self.unit.value(),
            state=CaseState(self.state.value()) if self.state.value() else None,
            visit=self.visit.value(),
            hand=self.hand.value(),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the text clears it; once more leaves it."""
        if event.key() != Qt.Key.Key_Escape or not self.text.hasFocus():
            super().keyPressEvent(event)
        elif self.text.text():
            self.text.clear()
        else:
            self.left.emit()

    def toggle_mode(self) -> None:
        """From board to table or back."""
        mode = BOARD if self.mode.value() == TABLE else TABLE
        self.mode.set_value(mode)
        self.mode_chosen.emit(mode)

    def clear(self) -> None:
        """Show everything."""
        self.type.set_value("")
        self.days.set_value(_ALL_DAYS)
        self.mine.setChecked(False)
        for combo in (self.unit, self.state, self.visit, self.hand):
            combo.set_value("")
        self.desks.set_value(Desks.EVERY.value)
        self.text.clear()
        self.changed.emit()

    def offer_types(self, types: Iterable[str]) -> None:
        """Offer the scam types that occur, keeping the choice while it is among them."""
        new = frozenset(types)
        if new != self._types:
            self._types = new
            self._fill_types()

    def offer_units(self, units: Sequence[str]) -> None:
        """Offer the stations of a centre, keeping the choice."""
        chosen = self.unit.value()
        every = Option("", key="assigned.every_unit")
        self.unit.set_options((every, *(Option(name, text=name) for name in units)))
        self.unit.set_value(chosen if chosen in units else "")

    def offer_who_works(self, claims: Iterable[WorkClaim]) -> None:
        """Offer who has a case in hand, whoever is signed in first, keeping the choice."""
        chosen = self.hand.value()
        names = {
            one.officer: one.name for one in claims if kind_of_work(one.about) is WorkKind.CASE
        }
        names.pop(self._officer, None)
        found = sorted((name, number) for number, name in names.items())
        if chosen not in ("", NOBODY, self._officer, *names):  # let go of it all meanwhile
            found.append((self.hand.currentText(), chosen))
        fixed = (("", "every"), (self._officer, "mine"), (NOBODY, "nobody"))
        self.hand.set_options(
            (
                *(Option(value, key=f"board.hand.{name}") for value, name in fixed),
                *(Option(number, text=name) for name, number in found),
            )
        )
        self.hand.set_value(chosen)

    def offer_desks(self, *, several: bool) -> None:
        """Offer the choice of desks where the station has several; chosen, it stays."""
        chosen = self.desks.value() != Desks.EVERY.value
        self.desks.setVisible(bool(self._own) and (several or chosen))

    def _fill_types(self) -> None:
        chosen = self.type.value()
        names = sorted((self._type_name(type_), type_) for type_ in self._types)
        every = Option("", key="board.filter.every_type")
        self.type.set_options((every, *(Option(type_, text=name) for name, type_ in names)))
        self.type.set_value(chosen if chosen in self._types else "")

    def _build(self) -> None:
        texts = self._kit.texts
        for name, combo in (("type", self.type), ("days", self.days), ("sort", self.sort)):
            combo.setObjectName(f"board_{name}")
            texts.bind(combo.setAccessibleName, f"board.filter.{name}")
        self.text.setObjectName("board_text")
        self.text.setClearButtonEnabled(True)
        texts.bind(self.text.setPlaceholderText, "board.filter.text")
        texts.bind(self.text.setAccessibleName, "board.filter.text")
        self.mine.setCheckable(True)
        self._fill_types()
        self.days.set_options(
            tuple(Option(days, key=f"board.filter.days_{days}") for days in _DAYS)
        )
        self.days.set_value(_DEFAULT_DAYS)
        self.unit.setObjectName("board_unit")
        texts.bind(self.unit.setAccessibleName, "assigned.column.unit")
        self.state.setObjectName("board_state")
        texts.bind(self.state.setAccessibleName, "board.table.state")
        states = (Option(one.value, key=f"board.state.{one.value}") for one in CaseState)
        self.state.set_options((Option("", key="board.filter.every_state"), *states))
        self.visit.setObjectName("board_visit")
        texts.bind(self.visit.setAccessibleName, "board.filter.visit")
        kinds = (Option(one.value, key=f"visits.kind.{one.value}") for one in Visit)
        self.visit.set_options((Option("", key="board.filter.every_visit"), *kinds))
        self.hand.setObjectName("board_hand")
        texts.bind(self.hand.setAccessibleName, "board.filter.hand")
        self.offer_units(())
        self.offer_who_works(())
        self.desks.setObjectName("board_desks")
        texts.bind(self.desks.setAccessibleName, "case_holder.filter")
        names = {Desks.EVERY: "every", Desks.OWN: "own", Desks.WAITING: "waiting"}
        self.desks.set_options(
            tuple(Option(d.value, key=f"case_holder.{n}") for d, n in names.items())
        )
        self.desks.hide()
        self.sort.set_options(tuple(Option(s.value, key=f"board.filter.{s.value}") for s in SortBy))
        self._lay_out()

    def _lay_out(self) -> None:
        """A centre has more to choose by than a line holds."""
        column = Column(self._kit, self)
        row = Row(self._kit)
        row.addWidget(self.new)
        row.addWidget(self.mode)
        row.addStretch(1)
        row.addWidget(self.text, 1)
        column.addLayout(row)
        if self._of_centre:
            row = Row(self._kit)
            column.addLayout(row)
        of_centre = (self.unit, self.state, self.visit, self.hand)
        of_station = (self.new, self.mine, self.sort)
        for widget in (*of_centre, self.type, self.days, self.desks, self.mine, self.sort):
            row.addWidget(widget)
        for widget in of_station if self._of_centre else of_centre:
            widget.hide()
        if self._of_centre:
            row.addStretch(1)
            self.hand.setVisible(self._seats)
            self.mode.set_value(TABLE)

    def _connect(self) -> None:
        self.new.clicked.connect(self.intake_wanted)
        self.mode.chosen.connect(self.mode_chosen)
        self.text.textChanged.connect(self._tell)
        self.mine.toggled.connect(self._tell)
        for combo in (self.type, self.days, self.desks, self.sort, self.unit, self.state,
            self.visit, self.hand,
        ):  # fmt: skip
            combo.currentIndexChanged.connect(self._tell)

    def _tell(self) -> None:
        self.changed.emit()
