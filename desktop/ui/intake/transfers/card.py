"""One transfer: three rows while it is worked on, one row while it is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.evidence.place import EvidencePlace, place_from_text
from desktop.domain.identifiers.money.masked_number import read_masked
from desktop.ui.intake.form.certainty import CertainField
from desktop.ui.intake.form.choices import arrivals, channels
from desktop.ui.intake.form.form_fields import Bound, FormFields, Settle
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.form.settle import Settles
from desktop.ui.intake.transfers.upkeep import TransferUpkeep
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import IconButton
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

Rows = tuple[tuple[tuple[str, int], ...], ...]

# Names and their shares of the width; an amount of millions and an hour-long hint fit without
# wrapping.
TOP: Final = (
    ("time", 160),
    ("amount", 118),
    ("channel", 114),
    ("arrival", 164),
    ("number", 158),
)
TOP_NARROW: Final = (
    (("time", 200), ("amount", 150), ("channel", 150)),
    (("arrival", 1), ("number", 1)),
)
"""The same in two rows, where one has no room for a whole time."""
ENDS: Final = (("payer_account", 1), ("payee_account", 1))
NAMES: Final = (
    ("payer_name", 113),
    ("payer_bank", 250),
    ("payee_name", 113),
    ("payee_bank", 250),
)
NAMES_NARROW: Final = (
    (("payer_name", 1), ("payee_name", 1)),
    (("payer_bank", 1), ("payee_bank", 1)),
)
FOLDED: Final = (("time", 160), ("amount", 118), ("channel", 130), ("payee_account", 306))
FOLDED_NARROW: Final = (("time", 204), ("amount", 160), ("payee_account", 350))
SECOND_NUMBER: Final = (("second_number", 1), ("", 1))


RETURNED: Final = (("returned", 1), ("", 3))


ORDER: Final = (
    "time", "amount", "channel", "arrival", "serial", "order_number",
    "payer_account", "payer_name", "payer_bank", "payee_account", "payee_name", "payee_bank",
    "returned",
)  # fmt: skip
"""The fields in the order of Tab: from the money to the payer to the payee."""
CERTAIN: Final = ("payee_account", "payee_name", "payee_bank")
"""Fields that say where they were read."""
_DIGITS: Final = ("amount", "returned", "serial", "order_number", "payer_account", "payee_account")


# The title line of a transfer: its number, what hides while it is folded, its order, its
# buttons.


class TransferHead(QWidget):
    """Its buttons have keys on the page and stay out of the way of Tab."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        row = Row(kit, self, gap="space_s")
        self._title = Label(kit, role="label", ink="muted")
        self._summary = ElidedLabel(kit, role="label", ink="muted")
        self._order = Chip(kit, tone=Tone.OK)
        self._order.hide()
        self._attempted = Chip(kit, "amounts.mark", tone=Tone.INFO)
        self._attempted.hide()
        self._origin = Chip(kit, tone=Tone.NEUTRAL)
        self._origin.setObjectName("transfer_origin")
        self._origin.hide()
        self.fold = IconButton(kit, "intake.money.fold", "chevron_up")
        self.unfold = IconButton(kit, "intake.money.unfold", "chevron_down")
        self.unfold.hide()
        self.remove = IconButton(kit, "intake.money.remove", "trash")
        row.addWidget(self._title)
        row.addWidget(self._order)
        row.addWidget(self._attempted)
        row.addWidget(self._origin)
        row.addWidget(self._summary, 1)
        for button in (self.fold, self.unfold, self.remove):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)

    def set_number(self, number: int) -> None:
        """Its place among the transfers, from 1."""
        self._title.set_key("intake.money.transfer", number=number)
        self.fold.setObjectName(f"transfer_{number}_fold")
        self.unfold.setObjectName(f"transfer_{number}_unfold")
        self.remove.setObjectName(f"transfer_{number}_remove")

    def set_summary(self, text: str) -> None:
        """What the hidden fields hold."""
        self._summary.set_text(text)

    def set_order(self, number: str, *, mismatches: bool) -> None:
        """The stop that was ordered; empty: none was. ``at_odds``: it says something else than the case."""
        self._order.setVisible(bool(number))
        if number:
            key = "intake.money.ordered_otherwise" if mismatches else "intake.money.ordered"
            self._order.set_key(key, number=number)
            self._order.set_tone(Tone.WARN if mismatches else Tone.OK)

    def set_attempted(self, *, attempted: bool) -> None:
        """Whether it failed or was revoked."""
        self._attempted.setVisible(attempted)

    def set_origin(self, place: EvidencePlace | None) -> None:
        """Where in the evidence it was read; None: somebody told it."""
        self._origin.setVisible(place is not None)
        if place is not None:
            what = "row" if place.row else "picture"
            self._origin.set_key(f"extraction.origin.short_{what}", row=place.row)

    def show_buttons(self, *, alone: bool, folded: bool) -> None:
        """A lone transfer can neither go nor fold."""
        self.fold.setVisible(not alone and not folded)
        self.unfold.setVisible(not alone and folded)
        self.remove.setVisible(not alone)


def make_field(kit: Kit, name: str) -> Field:
    """The field of that name, whose share of its row alone decides its width."""
    field = _field(kit, name)
    field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    # Rows with and without chips beside their labels keep their editors level.
    field.label.setMinimumHeight(kit.theme.space("chip_height"))
    return field


def settle_of(name: str, settles: Settles) -> Settle | None:
    """What is checked when the field is left."""
    found: dict[str, Settle] = {
        "time": settles.time,
        "amount": settles.amount,
        "returned": settles.amount,
        "payer_account": settles.account,
        "payee_account": settles.account,
    }
    return found.get(name)


def _field(kit: Kit, name: str) -> Field:
    label = "amounts.transfer_returned" if name == "returned" else f"intake.money.{name}"
    if name in ("channel", "arrival"):
        return ComboField(kit, name, label, channels() if name == "channel" else arrivals())
    if name == "time":
        return TextField(kit, name, label, placeholder_key="intake.money.time_example")
    if name in CERTAIN:
        return CertainField(kit, name, label, digits=name in _DIGITS)
    return TextField(kit, name, label, digits=name in _DIGITS)


def rows_of(*, folded: bool, narrow: bool, second_number: bool, returned: bool = False) -> Rows:
    """The rows of a card from the top."""
    if folded:
        return (FOLDED_NARROW if narrow else FOLDED,)
    rows: Rows = (*TOP_NARROW, ENDS, *NAMES_NARROW) if narrow else (TOP, ENDS, NAMES)
    rows = (*rows, SECOND_NUMBER) if second_number else rows
    return (*rows, RETURNED) if returned else rows


_MOST: Final = 7


def named(rows: Rows, names: Mapping[str, str]) -> Rows:
    """The rows with the names of fields in the place of those of their boxes."""
    return tuple(tuple((names.get(cell, cell), share) for cell, share in cells) for cells in rows)


class TransferLines(Column):
    """As many rows as a transfer has at most; empty ones take no room."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, gap="space_s")
        self._lines = [Row(kit, gap="space_m") for _line in range(_MOST)]
        for line in self._lines:
            self.addLayout(line)

    def lay_out(self, rows: Rows, shown: Mapping[str, Field], every: Sequence[Field]) -> None:
        """Each of ``shown`` in its place; the rest of ``every`` out of sight."""
        for line in self._lines:
            # Not by takeAt alone: a widget whose old item lives on is measured by that one for ever.
            for field in every:
                line.removeWidget(field)
            while line.count():
                line.takeAt(0)
        for line, cells in zip(self._lines, rows, strict=False):
            for name, share in cells:
                if name:
                    line.addWidget(shown[name], share)
                else:
                    line.addStretch(share)
        visible = set(map(id, shown.values()))
        for field in every:
            field.setVisible(id(field) in visible)


_PLACED: Final = ("channel", "serial", "order_number", "attempted", "returned", "origin")
"""Facts that decide what stands where."""
_OF_A_CARD: Final = ("payer_account", "payer_bank", "payee_account", "payee_bank")


class TransferCard(QWidget):
    """Fields of ``transfers.<index>``, each made when it is first shown: most of hundreds stay folded. The signals
    carry the card itself."""

    remove_wanted = Signal(object)
    unfolded = Signal(object)
    grown = Signal()
    """It has more editors than before."""
    completion_wanted = Signal(object)

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        settles: Settles,
        bank_of: Callable[[str], str],
        *,
        folded: bool = False,
    ) -> None:
        super().__init__()
        self._kit = kit
        self._model = model
        self._fields = fields
        self._settles = settles
        self._upkeep = TransferUpkeep(model, bank_of)
        self._id = ""
        self._folded = folded
        self._alone = True
        self._narrow = False
        self._placed: tuple[object, ...] = ()
        self._bounds: dict[str, Bound] = {}
        self._head = TransferHead(kit)
        self._head.fold.clicked.connect(self.toggle)
        self._head.unfold.clicked.connect(self.toggle)
        self._head.remove.clicked.connect(self._ask_removal)
        column = Column(kit, self, gap="space_xs")
        column.addWidget(self._head)
        self._lines = TransferLines(kit)
        column.addLayout(self._lines)
        self._elsewhere = Chip(kit, tone=Tone.BAD)
        self._possible = ChipButton(kit, "masked_found", tone=Tone.INFO)
        for chip in (self._elsewhere, self._possible):
            chip.setParent(self)
            chip.hide()
        self._possible_count = 0
        self._asks_returned = False
        self._possible.clicked.connect(self._want_completion)

    @property
    def index(self) -> int:
        """Its place among the transfers, from 0."""
        return self._upkeep.index

    @property
    def folded(self) -> bool:
        """Whether one row is shown."""
        return self._folded

    def bounds(self) -> tuple[Bound, ...]:
        """The ties of its fields, to be dropped before it goes."""
        return tuple(self._bounds.values())

    def editors(self) -> tuple[QWidget, ...]:
        """Its editors in the order of Tab."""
        return tuple(self._bounds[name].field.editor for name in ORDER if name in self._bounds)

    def field(self, name: str) -> Field:
        """The field of that name; ``KeyError`` if there is none."""
        if name not in ORDER:
            raise KeyError(name)
        if name not in self._bounds:
            self._add(name)
        return self._bounds[name].field

    def set_transfer(self, index: int, transfer: str) -> None:
        """Show the transfer ``transfer`` at the place ``index``, from 0; others before it may have gone."""
        if (index, transfer) == (self.index, self._id):
            return
        self._id, self._upkeep.index = transfer, index
        self._head.set_number(index + 1)
        for name, bound in self._bounds.items():
            self._fields.move(bound, self._path(name))
            self._name(bound)
        self.reread()

    def reread(self) -> None:
        """Everything may have changed."""
        for bound in self._bounds.values():
            bound.read()
        self._read_certainty()
        self._show_possible()
        self._upkeep.follow()
        self._place()

    def changed(self, path: str) -> None:
        """One of its facts has another text."""
        name = path.removeprefix(self._path(""))
        if name == "channel":
            self._upkeep.move_number()
        if name == "payee_account":
            self._show_possible()
        if name in _OF_A_CARD:
            self._upkeep.follow()
        if name.startswith("certainty"):
            self._read_certainty()
        elif name in _PLACED or (self._folded and name in CERTAIN):
            self._place()

    def set_order(self, number: str, *, mismatches: bool) -> None:
        """Say that a stop was ordered; empty: none was. ``at_odds``: it says something else than the case."""
        self._head.set_order(number, mismatches=mismatches)

    def set_appearances(self, count: int) -> None:
        """In how many other cases the payee account was seen."""
        self._elsewhere.setVisible(count > 0)
        if count:
            self._elsewhere.set_key("intake.money.seen", count=count)

    def set_possible(self, count: int) -> None:
        """How many whole numbers the masked payee account may be."""
        self._possible_count = count
        self._show_possible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows instead of one where a time would be cut."""
        super().resizeEvent(event)
        narrow = self.width() < self._kit.theme.space("intake_transfer_narrow")
        if narrow != self._narrow:
            self._narrow = narrow
            self._show_possible()
            self._place()

    def set_alone(self, *, alone: bool) -> None:
        """The only transfer is always open and cannot go."""
        if alone == self._alone:
            return
        self._alone = alone
        self._folded = self._folded and not alone
        self._place()

    def set_folded(self, *, folded: bool) -> None:
        """Show one row, or all."""
        if folded != self._folded:
            self._folded = folded
            self._place()

    def toggle(self) -> None:
        """Fold it, or open it."""
        self.set_folded(folded=not self._folded)
        if not self._folded:
            self.unfolded.emit(self)

    def reveal(self, name: str) -> Field:
        """The field, opened if it does not show."""
        if self._folded and name not in dict(self._rows()[0]):
            self.toggle()
        return self.field(name)

    def ask_returned(self) -> None:
        """Show the field for what came back of it, and go there."""
        self._asks_returned = True
        if self._folded:
            self.toggle()
        self._place()
        self.field("returned").setFocus()

    def cycle_certainty(self, name: str) -> None:
        """The next answer to where a field was read."""
        field = self._made(name)
        if isinstance(field, CertainField):
            field.chip.cycle()

    def _made(self, name: str) -> Field | None:
        return self._bounds[name].field if name in self._bounds else None

    def _path(self, name: str) -> str:
        return f"transfers.{self.index}.{name}"

    def _add(self, name: str) -> None:
        field = make_field(self._kit, name)
        field.setParent(self)
        field.hide()
        if isinstance(field, CertainField):
            field.chip.chosen.connect(self._certainty_chosen)
            if name == "payee_account":
                field.label_row.insertWidget(1, self._elsewhere)
                field.label_row.insertWidget(2, self._possible)
        bound = self._fields.add(field, self._path(name), settle_of(name, self._settles))
        self._bounds[name] = bound
        self._name(bound)
        self._upkeep.attend(name, field)
        self._read_certainty()
        self.grown.emit()

    def _name(self, bound: Bound) -> None:
        bound.field.editor.setObjectName(bound.path)
        bound.field.setObjectName(f"{bound.path}_field")
        bound.field.hint.setObjectName(f"{bound.path}_hint")

    def _show_possible(self) -> None:
        """The way to the whole number, as soon as a masked one stands there."""
        masked = read_masked(self._upkeep.value("payee_account"))
        self._possible.setVisible(masked is not None)
        name = "found" if self._possible_count else "complete"
        key = f"completion.short.{name}" if self._narrow else f"completion.long.{name}"
        self._possible.set_key(key, count=self._possible_count)

    def _want_completion(self) -> None:
        self.completion_wanted.emit(self)

    def _certainty_chosen(self) -> None:
        for name in CERTAIN:
            field = self._made(name)
            certainty = self._model.certainty(self.index, name)
            if isinstance(field, CertainField) and field.chip.value != certainty:
                self._model.put_certainty(self.index, name, field.chip.value)

    def _rows(self) -> Rows:
        return rows_of(
            folded=self._folded,
            narrow=self._narrow,
            second_number=bool(self._upkeep.numbers()[1]),
            returned=self._asks_returned or bool(self._upkeep.value("returned")),
        )

    def _place(self) -> None:
        rows, main, other = self._rows(), *self._upkeep.numbers()
        if (rows, main, other) != self._placed:
            self._placed = rows, main, other
            lines = named(rows, {"number": main, "second_number": other})
            made = {name: self.field(name) for cells in lines for name, _ in cells if name}
            self._lines.lay_out(lines, made, [bound.field for bound in self._bounds.values()])
        self._head.set_attempted(attempted=bool(self._upkeep.value("attempted")))
        self._head.set_origin(place_from_text(self._upkeep.value("origin")))
        self._head.set_summary(self._summary() if self._folded else "")
        self._head.show_buttons(alone=self._alone, folded=self._folded)

    def _summary(self) -> str:
        values = (self._upkeep.value(name) for name in CERTAIN[1:])
        return self._kit.texts.text("intake.dot").join(value for value in values if value)

    def _read_certainty(self) -> None:
        for name in CERTAIN:
            field = self._made(name)
            if isinstance(field, CertainField):
                field.chip.set_value(self._model.certainty(self.index, name))

    def _ask_removal(self) -> None:
        self.remove_wanted.emit(self)
