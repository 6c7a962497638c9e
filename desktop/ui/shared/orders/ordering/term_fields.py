"""The fields of an order's terms on its form: made by their sort, filled, and read back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import UserInputError
from desktop.domain.evidence.item import Evidence
from desktop.domain.money.amounts import parse_yuan
from desktop.domain.orders.order import Terms
from desktop.domain.orders.term_fields import (
    Sort,
    choices_of,
    read,
    sort_of,
    word,
    written,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.input.check_box import CheckBox
from desktop.ui.shared.widgets.input.datetime_field import DateTimeField
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.input.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import Label

_MOST_SEEN = 4
"""Rows that stand open before the list scrolls."""
_DIGEST_SHOWN = 12


class EvidencePick(QWidget):
    """``value`` holds SHA-256 digests. ``changed`` with every tick. Digests of items that are not here, such as another
    desk's, stay chosen."""

    changed = Signal()

    def __init__(self, kit: Kit, evidence: Sequence[Evidence]) -> None:
        super().__init__()
        self._kit = kit
        self._items = tuple({item.sha256: item for item in evidence}.values())
        self._others: tuple[str, ...] = ()
        self._ticks: dict[str, CheckBox] = {}
        column = Column(kit, self, gap="space_xs")
        self._button = Button(kit, "", size=Size.COMPACT, icon="archive", name="order_evidence")
        self._button.setCheckable(True)
        self._button.setEnabled(bool(self._items))
        self._button.toggled.connect(self._unfold)
        head = Row(kit)
        head.addWidget(self._button)
        if not self._items:
            head.addWidget(Label(kit, "order_terms.evidence_none", role="hint", ink="muted"))
        head.addStretch(1)
        column.addLayout(head)
        self._list = self._made_list()
        column.addWidget(self._list)
        self._list.hide()
        self._count()

    def value(self) -> tuple[str, ...]:
        """The digests of what is chosen."""
        here = tuple(digest for digest, tick in self._ticks.items() if tick.isChecked())
        return (*here, *self._others)

    def set_value(self, digests: Sequence[str]) -> None:
        """Choose these and no others."""
        self._others = tuple(digest for digest in digests if digest not in self._ticks)
        for digest, tick in self._ticks.items():
            tick.setChecked(digest in digests)
        self._count()

    def _made_list(self) -> ScrollArea:
        inner = QWidget()
        column = Column(self._kit, inner, gap="space_xs")
        for place, item in enumerate(self._items, 1):
            tick = CheckBox(
                self._kit,
                "ordering.new.plain",
                name=f"order_evidence_{place}",
                text=self._text(item),
            )
            tick.toggled.connect(self._ticked)
            self._ticks[item.sha256] = tick
            column.addWidget(tick)
        scroll = ScrollArea(self._kit, inner)
        row = self._kit.theme.space("control_compact") + self._kit.theme.space("space_xs")
        scroll.setFixedHeight(row * min(max(len(self._items), 1), _MOST_SEEN))
        return scroll

    def _text(self, item: Evidence) -> str:
        size = size_text(self._kit.texts, item.size)
        return f"{item.name}　{size}　{item.sha256[:_DIGEST_SHOWN].upper()}…"

    def _unfold(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._list.setVisible(on)

    def _ticked(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        texts = self._kit.texts
        self._button.set_text(texts.text("order_terms.evidence_pick", count=len(self.value())))


class TickSet(QWidget):
    """``changed`` with every tick. The words of a choice are ``<key>_is.<choice>``, of the whole ``<key>``."""

    changed = Signal()

    def __init__(self, kit: Kit, name: str, key: str, choices: Sequence[str]) -> None:
        super().__init__()
        self.setObjectName(f"{name}_set")
        kit.texts.bind(self.setAccessibleName, key)
        row = Row(kit, self, gap="field_gap")
        row.addWidget(Label(kit, key, role="label", ink="muted"))
        self._ticks = {
            choice: CheckBox(kit, f"{key}_is.{choice}", name=f"{name}_{choice}")
            for choice in choices
        }
        for tick in self._ticks.values():
            tick.toggled.connect(self._changed)
            row.addWidget(tick)
        row.addStretch(1)

    def value(self) -> tuple[str, ...]:
        """The ticked choices, in their order."""
        return tuple(choice for choice, tick in self._ticks.items() if tick.isChecked())

    def set_value(self, chosen: Collection[str]) -> None:
        """Tick these and no others."""
        for choice, tick in self._ticks.items():
            tick.setChecked(choice in chosen)

    def _changed(self, _on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.changed.emit()


_AHEAD = frozenset({"query.reply_by", "expires_at", "due_at"})
"""Times that are still to come."""
_DIGITS = frozenset(
    {"holder_id_number", "victim_number", "original_application", "pos_serial", "account_mark"}
)


class TermFields(QObject):
    """``edited`` with every change by the person. ``fields`` hold a text, a choice or a time, ``ticks`` a yes;
    ``wide`` are those that take a line of their own."""

    edited = Signal()

    def __init__(
        self,
        kit: Kit,
        terms: Terms,
        names: Sequence[str],
        evidence: Sequence[Evidence],
        owner: QWidget,
    ) -> None:
        super().__init__(owner)
        self._kit = kit
        self._terms = terms
        self.fields: dict[str, Field] = {}
        self.ticks: dict[str, CheckBox] = {}
        self.wide: dict[str, TickSet | EvidencePick] = {}
        for name in names:
            self._make(name, evidence)
        for field in self.fields.values():
            field.edited.connect(self._changed)
        for tick in self.ticks.values():
            tick.toggled.connect(self._changed)
        for wide in self.wide.values():
            wide.changed.connect(self._changed)

    def sort(self, name: str) -> Sort:
        """How the field is typed."""
        return sort_of(type(self._terms), name)

    def fill(self) -> None:
        """Show the terms."""
        for name, tick in self.ticks.items():
            tick.setChecked(bool(read(self._terms, name)))
        for name, wide in self.wide.items():
            wide.set_value(read(self._terms, name))
        for name, field in self.fields.items():
            value = read(self._terms, name)
            if isinstance(field, DateTimeField):
                field.set_instant(value)
            else:
                field.set_value(self._shown(name, value))

    def typed_into(self, terms: Terms) -> Terms:
        """``terms`` with everything as typed.

        Raises:
            UserInputError: an amount or a number that cannot be read.
        """
        for name, tick in self.ticks.items():
            terms = written(terms, name, tick.isChecked())
        for name, wide in self.wide.items():
            terms = written(terms, name, wide.value())
        for name, field in self.fields.items():
            terms = written(terms, name, self._typed(name, field))
        return terms

    def _make(self, name: str, evidence: Sequence[Evidence]) -> None:
        kit, label, own = self._kit, f"order_terms.{word(name)}", f"order_{word(name)}"
        sort = self.sort(name)
        if sort is Sort.TICK:
            self.ticks[name] = CheckBox(kit, label, name=own)
        elif sort is Sort.SET:
            self.wide[name] = TickSet(kit, own, label, choices_of(type(self._terms), name))
        elif sort is Sort.DIGESTS:
            self.wide[name] = EvidencePick(kit, evidence)
        else:
            self.fields[name] = self._field(name, sort, label, own)

    def _field(self, name: str, sort: Sort, label: str, own: str) -> Field:
        if sort is Sort.TIME:
            return DateTimeField(self._kit, own, label, ahead=name in _AHEAD)
        if sort is Sort.LONG:
            return LongTextField(self._kit, own, label, lines=2)
        if sort is Sort.CHOICE:
            return ComboField(self._kit, own, label, self._options(name))
        digits = name in _DIGITS or sort in {Sort.SUM, Sort.COUNT}
        return TextField(self._kit, own, label, digits=digits)

    def _options(self, name: str) -> list[Option]:
        start = f"order_terms.{word(name)}_is"
        values = choices_of(type(self._terms), name)
        return [
            Option(value, key=f"{start}.{value}") if value else Option("", key="ordering.unsaid")
            for value in values
        ]

    def _shown(self, name: str, value: Any) -> str:
        if self.sort(name) is Sort.SUM:
            return yuan(value) if value else ""
        return str(value) if value else ""

    def _typed(self, name: str, field: Field) -> Any:
        if isinstance(field, DateTimeField):
            return field.instant()
        sort, value = self.sort(name), field.value()
        if sort is Sort.SUM:
            return parse_yuan(value) if value else 0
        if sort is Sort.COUNT:
            return _count(value)
        return value

    def _changed(self, _value: object = None) -> None:
        self.edited.emit()


def _count(text: str) -> int:
    if not text:
        return 0
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise UserInputError("order.count")
    return int(text)
