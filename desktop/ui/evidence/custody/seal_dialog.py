"""Seal the medium of an item, or open the seal it is under: number, thing, people, photographs, reason."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import EvidenceId
from desktop.services.evidence.seal_evidence import TypedSeal
from desktop.ui.evidence.custody.scope import CustodyScope
from desktop.ui.evidence.record_views import CustodyStart
from desktop.ui.evidence.seconding import Seconding
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.datetime_field import DateTimeField
from desktop.ui.shared.widgets.field import Field
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


@dataclass(frozen=True, slots=True)
class SealTyped:
    """``seal``: the one that is opened, empty for a new one; ``password``: of the second officer, who confirms it."""

    items: tuple[EvidenceId, ...]
    typed: TypedSeal
    seal: str
    draft: bool
    password: str = ""


class SealDialog(DialogFrame):
    """``typed(SealTyped)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        self._opening = start.seal is not None
        way = "open" if self._opening else "seal"
        super().__init__(kit, parent, f"custody.{way}.title", wide=True)
        self.setObjectName("seal_dialog")
        self._start = start
        self._banner = Banner(kit, "seal_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(self._about())
        self.body.addWidget(Label(kit, f"custody.{way}.text", ink="muted", wrap=True))
        self.scope = CustodyScope(kit, "seal_scope", start.item, start.free)
        self.number = TextField(kit, "seal_number", "custody.number", digits=True)
        self.what = TextField(kit, "seal_what", "custody.what")
        self.at = DateTimeField(kit, "seal_at", f"custody.{way}.at")
        self.at.set_instant(kit.ticks.now())
        self.second = TextField(kit, "seal_second", "evidence_record.field.second")
        self.alone = TextField(kit, "seal_alone", "evidence_record.field.alone")
        self._seconding = Seconding(
            kit, "seal_second_password", self.second, self.alone, required=True
        )
        self.password = self._seconding.password
        kit.texts.bind(
            self.password.line.setPlaceholderText, "evidence_record.second_password_hint"
        )
        self.holder = TextField(kit, "seal_holder", "custody.holder")
        self.photos = TextField(kit, "seal_photos", f"custody.{way}.photos")
        self.state = TextField(kit, "seal_state", "custody.state")
        self.reason = TextField(kit, "seal_reason", f"custody.{way}.reason")
        self.draft = CheckBox(kit, "custody.draft_seal", name="seal_draft")
        self._lay_out()
        self.what.set_value(start.item.record.device)
        self.holder.set_value(start.item.record.holder)
        self.second.set_value(start.item.record.second)
        self.draft.setChecked(start.may_draft)
        self.draft.setVisible(start.may_draft)
        self.add_button("shared.cancel", name="seal_cancel")
        accept = self.add_button(
            f"custody.{way}.accept", variant=Variant.PRIMARY, name="seal_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        (self.second if self._opening else self.number).setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _about(self) -> Label:
        label = Label(self.kit, role="strong", wrap=True)
        label.setObjectName("seal_about")
        seal, former = self._start.seal, self._start.former
        if seal is not None:
            label.set_key("custody.under", number=seal.number, count=len(seal.items))
        elif former is not None:
            label.set_key("custody.after", name=self._start.item.name, number=former.number)
        else:
            label.set_text(self._start.item.name)
        return label

    def _lay_out(self) -> None:
        rows: tuple[tuple[Field, ...], ...] = (
            (self.second, self.password, self.alone),
            (self.at, self.state, self.photos),
            (self.reason,),
        )
        if not self._opening:
            rows = (
                (self.scope, self.number, self.what),
                (self.second, self.password, self.alone),
                (self.at, self.holder, self.photos),
                (self.reason,),
            )
        shown = [field for row in rows for field in row]
        for fields in rows:
            row = Row(self.kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.draft)
        every = (self.scope, self.number, self.what, self.holder, self.state, self.photos)
        for field in every:
            if field not in shown:
                field.setParent(self)
                field.hide()

    def _tell(self) -> None:
        at = self.at.instant()
        if at is None:
            self.at.set_hint_key(Tone.BAD, "shared.field.not_a_time")
            self.at.setFocus()
            return
        if not self._seconding.settled():
            return
        typed = TypedSeal(
            self.number.value(),
            self.what.value(),
            at,
            self.second.value(),
            self.alone.value(),
            self.holder.value(),
            self.photos.value(),
            self.reason.value(),
            self.state.value(),
        )
        seal = self._start.seal.id if self._start.seal else ""
        wanted = self.draft.isChecked() and self._start.may_draft
        items, password = self.scope.chosen_items(), self.password.value()
        self.typed.emit(SealTyped(items, typed, seal, wanted, password))
