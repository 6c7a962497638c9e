"""The fields of a record: method, source, people, medium, times; three columns of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.evidence.guide import EvidenceWay
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import EvidenceRecord
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.ui.evidence.seconding import Seconding
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import ComboField, LongTextField, TextField
from desktop.ui.shared.widgets.line_edit import Option

CATEGORIES: Final = ("", "communication", "records", "file", "platform", "paper", "device")
_GRID: Final = (
    ("method", "source", "taken_at"),
    ("holder", "device", "place"),
    ("second", "password", "alone"),
    ("witness", "no_witness", "unsigned"),
    ("original", "reason", "category"),
)
_PROCESS_LINES: Final = 2


class RecordFields(QWidget):
    """Shows a record and gives back what it was made into."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._before = EvidenceRecord()
        self._own_category = False
        self.method = ComboField(
            kit,
            "record_method",
            "evidence_record.field.method",
            [
                Option(method.value, f"evidence.method.{method.value}")
                for method in AcquisitionMethod
            ],
        )
        self.category = ComboField(
            kit,
            "record_category",
            "evidence_record.field.category",
            [Option(name, f"evidence_record.category.{name or 'unset'}") for name in CATEGORIES],
        )
        self.taken_at = DateTimeField(kit, "record_taken_at", "evidence_record.field.taken_at")
        self.process = LongTextField(
            kit, "record_process", "evidence_record.field.process", lines=_PROCESS_LINES
        )
        self._texts: dict[str, TextField] = {}
        self._seconding = Seconding(
            kit, "record_second_password", self._text("second"), self._text("alone")
        )
        self.password = self._seconding.password
        special: dict[str, Field] = {
            "method": self.method,
            "category": self.category,
            "taken_at": self.taken_at,
            "password": self.password,
        }
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(kit.theme.space("field_gap"))
        grid.setVerticalSpacing(kit.theme.space("space_s"))
        for row, names in enumerate(_GRID):
            for column, name in enumerate(names):
                field: Field = special.get(name) or self._texts.get(name) or self._text(name)
                grid.addWidget(field, row, column)
                grid.setColumnStretch(column, 1)
        grid.addWidget(self._text("format"), len(_GRID), 0)
        grid.addWidget(self.process, len(_GRID), 1, 1, 2)
        self.category.edited.connect(self._category_chosen)
        kit.texts.changed.connect(self._show_confirmed)

    def show_typed(self, typed: TypedRecord) -> None:
        """Show what is recorded or proposed."""
        record = typed.record
        self._before = record
        self.method.set_value(typed.method.value)
        self._texts["source"].set_value(typed.source)
        for name, field in self._texts.items():
            if name != "source":
                field.set_value(getattr(record, name))
        self.category.set_value(record.category)
        self._own_category = bool(record.category)
        self.taken_at.set_instant(record.taken_at)
        self.process.set_value(record.process)
        self._show_confirmed()

    def is_seconded(self) -> bool:
        """As :meth:`Seconding.settled`."""
        before = self._before
        return self._seconding.settled(before.second if before.seconded_at is not None else "")

    def _show_confirmed(self) -> None:
        at, words = self._before.seconded_at, self._kit.texts
        shown = words.text("evidence_record.second_password_hint")
        if at is not None:
            shown = words.text(
                "evidence_record.seconded", time=show_local(at, self._kit.zone)[5:16]
            )
        self.password.line.setPlaceholderText(shown)

    def follow(self, way: EvidenceWay | None, category: str) -> None:
        """Take method and category from the answers; a category somebody chose stays."""
        if way is not None:
            self.method.set_value(way.method.value)
        if category and not self._own_category:
            self.category.set_value(category)

    def typed(self) -> TypedRecord | None:
        """What stands there now; None while the time is no time, which is then marked."""
        at = self.taken_at.instant()
        if at is None and self.taken_at.value():
            self.taken_at.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.taken_at.setFocus()
            return None
        texts: dict[str, Any] = {name: field.value() for name, field in self._texts.items()}
        source = texts.pop("source")
        record = replace(
            self._before,
            **texts,
            category=self.category.value(),
            taken_at=at,
            process=self.process.value(),
        )
        return TypedRecord(source, AcquisitionMethod(self.method.value()), record)

    def _text(self, name: str) -> TextField:
        field = TextField(self._kit, f"record_{name}", f"evidence_record.field.{name}")
        self._texts[name] = field
        return field

    def _category_chosen(self, value: str) -> None:
        self._own_category = bool(value)
