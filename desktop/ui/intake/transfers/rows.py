"""What stands where on the card of a transfer: title line, rows, and what fields are called in each way of payment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.domain.cases.payments.way import WAY_FIELDS, WayKind
from desktop.domain.evidence.place import EvidencePlace
from desktop.domain.records.field_table import Typed
from desktop.ui.intake.form.certainty import CertainField
from desktop.ui.intake.form.choices import arrivals, channels, of_way
from desktop.ui.intake.form.form_fields import Settle
from desktop.ui.intake.form.settle import Settles
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import IconButton
from desktop.ui.shared.widgets.input.chip_button import ChipButton
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, TextField
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

Cells = tuple[tuple[str, int], ...]
Rows = tuple[Cells, ...]

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
WAY: Final = (("way_kind", 1), ("", 3))
"""The way, where it is to be chosen for a payment through a bank or a wallet."""
_NAMED: Final = (("payer_name", 113), ("payee_name", 113), ("payee_bank", 250))
_BY_WAY: Final[Mapping[str, Rows]] = MappingProxyType(
    {
        WayKind.COIN: (
            (("time", 160), ("amount", 118), ("way_kind", 150), ("way_coin", 100), ("way_chain", 150)),
            ENDS,
            NAMES,
            (("way_hash", 1),),
        ),
        WayKind.CASH: (
            (("time", 160), ("amount", 118), ("way_kind", 190), ("way_goods", 110), ("way_handover", 140)),
            (("payee_bank", 170), ("order_number", 190), ("way_plate", 120), ("way_driver", 150)),
            (("payer_name", 113), ("payee_name", 113), ("way_place", 300)),
        ),
        WayKind.VOUCHER: (
            (("time", 180), ("amount", 118), ("way_kind", 150), ("way_used", 130), ("order_number", 160)),
            (("way_code", 1),),
            _NAMED,
        ),
        WayKind.ECNY: (
            (("time", 160), ("amount", 118), ("way_kind", 150), ("order_number", 250)),
            ENDS,
            NAMES,
        ),
        WayKind.CROSS_BORDER: (
            (("time", 160), ("amount", 118), ("way_kind", 150), ("way_currency", 90), ("way_foreign_amount", 150)),
            ENDS,
            NAMES,
            (("way_swift", 1), ("serial", 1)),
        ),
    }
)  # fmt: skip
TARGETS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        WayKind.COIN: ("payee_account", "payee_name", "payee_bank", "payer_account", "payer_bank"),
        WayKind.CASH: ("payee_name", "payee_bank", "order_number"),
        WayKind.VOUCHER: ("payee_name", "payee_bank", "order_number"),
        WayKind.ECNY: ("payee_account", "payee_bank", "payer_bank"),
        WayKind.CROSS_BORDER: ("payee_account", "payee_bank", "payer_bank"),
    }
)
"""Facts of the payment that are called otherwise in a way."""
_WAY_ROWS: Final = {row.form: row for row in WAY_FIELDS.rows}

ORDER: Final = (
    "time", "amount", "way_kind", "channel", "arrival", "way_coin", "way_chain", "way_goods", "way_handover",
    "way_used", "way_currency", "way_foreign_amount", "serial", "order_number", "way_plate", "way_driver", "way_place",
    "way_code", "payer_account", "payer_name", "payer_bank", "payee_account", "payee_name", "payee_bank",
    "way_hash", "way_swift", "returned",
)  # fmt: skip
"""The fields in the order of Tab: from the money to the payer to the payee."""
CERTAIN: Final = ("payee_account", "payee_name", "payee_bank")
"""Fields that say where they were read."""
_DIGITS: Final = frozenset(
    {
        "amount", "returned", "serial", "order_number", "payer_account", "payee_account",
        "way_hash", "way_code", "way_plate", "way_swift", "way_currency", "way_foreign_amount",
    }
)  # fmt: skip


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
    label, row = label_of(name, ""), _WAY_ROWS.get(name)
    if row is not None and row.typed is Typed.CHOICE:
        return ComboField(kit, name, label, of_way(row))
    if name in ("channel", "arrival"):
        return ComboField(kit, name, label, channels() if name == "channel" else arrivals())
    if name == "time":
        return TextField(kit, name, label, placeholder_key="intake.money.time_example")
    if name in CERTAIN:
        return CertainField(kit, name, label, digits=name in _DIGITS)
    return TextField(kit, name, label, digits=name in _DIGITS)


def label_of(name: str, way: str) -> str:
    """The text key of a field's label in a way of payment."""
    if name in TARGETS.get(way, ()):
        return f"ways.target.{way}.{name}"
    if name in _WAY_ROWS:
        return _WAY_ROWS[name].label
    return "amounts.transfer_returned" if name == "returned" else f"intake.money.{name}"


def rows_of(
    *,
    folded: bool,
    narrow: bool,
    second_number: bool,
    returned: bool = False,
    way: str = "",
    asked: bool = False,
    filled: Callable[[str], bool] = lambda _name: False,
) -> Rows:
    """The rows of a card from the top. ``asked``: the way is to be chosen. What is ``filled`` and has no place in this
    way stands below: nothing is recorded that nobody sees."""
    own = _BY_WAY.get(way)
    if folded:
        return (_folded(own, narrow=narrow),)
    rows: Rows
    if own is not None:
        rows = tuple(_cut(own, narrow=narrow))
        names = (name for name in ORDER if name not in ("payer_name", "returned"))
    else:
        rows = (*TOP_NARROW, ENDS, *NAMES_NARROW) if narrow else (TOP, ENDS, NAMES)
        rows = (*rows, SECOND_NUMBER) if second_number else rows
        rows = (*rows, WAY) if asked or way else rows
        names = (name for name in _WAY_ROWS if name != "way_kind")
    shown = {name for cells in rows for name, _ in cells}
    left = tuple((name, 1) for name in names if name not in shown and filled(name))
    rows = (*rows, *_batches(left, 2 if narrow else 3))
    return (*rows, RETURNED) if returned else rows


def _folded(own: Rows | None, *, narrow: bool) -> Cells:
    """One row: the way in the place of the channel, and whoever is asked where no account was paid."""
    cells = FOLDED_NARROW if narrow else FOLDED
    if own is None:
        return cells
    paid = any(name == "payee_account" for row in own for name, _ in row)
    instead = {"channel": "way_kind", "payee_account": "payee_account" if paid else "payee_bank"}
    return tuple((instead.get(name, name), share) for name, share in cells)


def _cut(rows: Rows, *, narrow: bool) -> Iterator[Cells]:
    """No more than three fields beside each other where one has no room."""
    for cells in rows:
        if narrow and len(cells) > 2:
            yield from _batches(cells, 3 if len(cells) == 5 else 2)
        else:
            yield cells


def _batches(cells: Cells, most: int) -> Iterator[Cells]:
    for start in range(0, len(cells), most):
        yield cells[start : start + most]


def named(rows: Rows, names: Mapping[str, str]) -> Rows:
    """The rows with the names of fields in the place of those of their boxes."""
    return tuple(tuple((names.get(cell, cell), share) for cell, share in cells) for cells in rows)


class TransferLines(Column):
    """As many rows as the transfer had at most; empty ones take no room."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, gap="space_s")
        self._kit = kit
        self._lines: list[Row] = []

    def lay_out(self, rows: Rows, shown: Mapping[str, Field], every: Sequence[Field]) -> None:
        """Each of ``shown`` in its place; the rest of ``every`` out of sight."""
        self._empty(every)
        while len(self._lines) < len(rows):
            self._lines.append(Row(self._kit, gap="space_m"))
            self.addLayout(self._lines[-1])
        for line, cells in zip(self._lines, rows, strict=False):
            for name, share in cells:
                if name:
                    line.addWidget(shown[name], share)
                else:
                    line.addStretch(share)
        visible = set(map(id, shown.values()))
        for field in every:
            field.setVisible(id(field) in visible)

    def _empty(self, every: Sequence[Field]) -> None:
        for line in self._lines:
            # Not by takeAt alone: a widget whose old item lives on is measured by that one for ever.
            for field in every:
                line.removeWidget(field)
            while line.count():
                line.takeAt(0)


_LONGEST: Final = 24
"""Characters of a way that this program does not know."""


class TransferHead(QWidget):
    """Its buttons have keys on the page and stay out of the way of Tab."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
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
        self.way = ChipButton(kit, "transfer_way")
        self.fold = IconButton(kit, "intake.money.fold", "chevron_up")
        self.unfold = IconButton(kit, "intake.money.unfold", "chevron_down")
        self.unfold.hide()
        self.remove = IconButton(kit, "intake.money.remove", "trash")
        row.addWidget(self._title)
        row.addWidget(self.way)
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
        """The stop that was ordered; empty: none was. ``mismatches``: it says something else than the case."""
        self._order.setVisible(bool(number))
        if number:
            key = "intake.money.ordered_otherwise" if mismatches else "intake.money.ordered"
            self._order.set_key(key, number=number)
            self._order.set_tone(Tone.WARN if mismatches else Tone.OK)

    def set_way(self, way: str) -> None:
        """How it left; a code of a newer program as it is."""
        known = way in frozenset(WayKind)
        self.way.set_tone(Tone.INFO if way else Tone.NEUTRAL)
        if way and not known:
            self._kit.texts.release(self.way.setText)
            self.way.setText(way[:_LONGEST])
        else:
            self.way.set_key(f"ways.kind.{way}" if way else "ways.unsaid")

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
