"""Type a procedural step: which, when, on which paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.step import StepKind
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.fields import ComboField, TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option


@dataclass(frozen=True, slots=True)
class TypedStep:
    """What was typed."""

    kind: StepKind
    at: datetime
    number: str
    note: str


class StepDialog(DialogFrame):
    """``typed(TypedStep)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, kinds: Iterable[StepKind]) -> None:
        super().__init__(kit, parent, "steps.dialog.title")
        self.setObjectName("step_dialog")
        options = [Option(kind.value, f"steps.kind.{kind.value}") for kind in kinds]
        self.kind = ComboField(kit, "step_kind", "steps.dialog.kind", options)
        self.at = DateTimeField(kit, "step_at", "steps.dialog.at")
        self.at.set_instant(kit.ticks.now())
        self.number = TextField(kit, "step_number", "steps.dialog.number", digits=True)
        self.note = TextField(kit, "step_note", "steps.dialog.note")
        self._banner = Banner(kit, "step_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "steps.dialog.hint", ink="muted", wrap=True))
        self.body.addWidget(self.kind)
        row = Row(kit, gap="space_m")
        row.addWidget(self.at, 1)
        row.addWidget(self.number, 1)
        self.body.addLayout(row)
        self.body.addWidget(self.note)
        self.add_button("shared.cancel", name="step_cancel")
        accept = self.add_button(
            "steps.dialog.accept", variant=Variant.PRIMARY, name="step_accept", closes=False
        )
        accept.clicked.connect(self._accept)
        self.set_default(accept)
        self.kind.setFocus()

    def _accept(self) -> None:
        at = self.at.instant()
        if at is None:
            self.at.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.at.setFocus()
        elif at > self.kit.ticks.now():
            self.at.set_hint_key(Tone.BAD, "steps.dialog.future")
            self.at.setFocus()
        else:
            kind = StepKind(self.kind.value())
            self.typed.emit(TypedStep(kind, at, self.number.value(), self.note.value()))

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)
