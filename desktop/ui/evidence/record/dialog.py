"""Record how an item was obtained: four questions, what they lead to, and the facts papers and court ask for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.evidence.guide import EvidenceGuide, EvidenceWay
from desktop.domain.ids import EvidenceId
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.ui.evidence.record.fields import RecordFields
from desktop.ui.evidence.record_port import Provable, RecordStart
from desktop.ui.evidence.way_advice import WayAdvice
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Column, Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.fields import ComboField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.scroll import ScrollArea


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was typed, of which items, the papers to begin, and the password of a second officer who confirms it."""

    items: tuple[EvidenceId, ...]
    typed: TypedRecord
    drafts: tuple[str, ...]
    password: str = ""


class ProvesList(QWidget):
    """Boxes to tick: what the item proves."""

    def __init__(self, kit: Kit, provable: Sequence[Provable], chosen: Sequence[str]) -> None:
        super().__init__()
        column = Column(kit, self, gap="space_xxs")
        self._boxes: dict[str, CheckBox] = {}
        for place, item in enumerate(provable):
            box = CheckBox(kit, "evidence_record.proves", name=f"record_proves_{place}")
            if item.number:
                kit.texts.bind(
                    box.setText, "evidence_record.transfer",
                    number=item.number, amount=item.amount, payee=_short(item.words),
                )  # fmt: skip
            else:
                kit.texts.release(box.setText)
                box.setText(_short(item.words))
            box.setChecked(item.subject in chosen)
            self._boxes[item.subject] = box
            column.addWidget(box)
        if not provable:
            column.addWidget(
                Label(kit, "evidence_record.proves_none", role="small", ink="muted", wrap=True)
            )
        column.addStretch(1)

    def chosen(self) -> tuple[str, ...]:
        """Subjects that are ticked."""
        return tuple(subject for subject, box in self._boxes.items() if box.isChecked())


class RecordDialog(DialogFrame):
    """``typed(Recorded)``. Stays open with everything typed until the desk has recorded it."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, guide: EvidenceGuide, start: RecordStart) -> None:
        super().__init__(kit, parent, "evidence_record.title", width="dialog_width_paste")
        self.setObjectName("record_dialog")
        self._guide = guide
        self._start = start
        self._banner = Banner(kit, "record_banner")
        self.body.addWidget(self._banner)
        head = Row(kit)
        name = Label(kit, role="strong")
        name.set_text(_short(start.item.name, 60))
        name.setObjectName("record_name")
        head.addWidget(name, 1)
        self.scope = ComboField(kit, "record_scope", "evidence_record.scope", self._scopes())
        self.scope.setVisible(len(start.items) > 1)
        head.addWidget(self.scope)
        self.body.addLayout(head)
        self.advice = WayAdvice(
            kit, guide, start.titles, may_draft=start.may_draft, administrative=start.administrative
        )
        self.fields = RecordFields(kit)
        self.proves = ProvesList(kit, start.provable, start.typed.record.proves)
        self._lay_out()
        self.fields.show_typed(start.typed)
        self.advice.show_record(start.typed.record)
        self.advice.changed.connect(self._follow)
        self.add_button("shared.cancel", name="record_cancel")
        # An action, so that it is done from the lines of the process too.
        done = Action(self, "evidence_record.accept", "Ctrl+Return")
        done.triggered.connect(self._tell)
        accept = Button.of(kit, done, variant=Variant.PRIMARY, name="record_accept")
        self.buttons.addWidget(accept)
        self.set_default(accept)
        self.advice.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.fields.password.set_value("")

    def _lay_out(self) -> None:
        kit, row = self.kit, Row(self.kit, gap="space_l")
        left = QWidget()
        left.setFixedWidth(kit.theme.space("side_card_wide"))
        side = Column(kit, left, gap="space_s")
        side.addWidget(self.advice, 1)
        row.addWidget(left)
        right = Column(kit, gap="space_s")
        right.addWidget(self.fields)
        right.addWidget(Label(kit, "evidence_record.proves", role="label", ink="muted"))
        scroll = ScrollArea(kit, self.proves)
        scroll.setFixedHeight(kit.theme.space("proves_list"))
        right.addWidget(scroll)
        row.addLayout(right, 1)
        self.body.addLayout(row)

    def _scopes(self) -> list[Option]:
        words, items = self.kit.texts, self._start.items
        counted = (("open", len(self._of("open"))), ("all", len(items)))
        return [
            Option("one", "evidence_record.scope_one"),
            *(
                Option(name, text=words.text(f"evidence_record.scope_{name}", count=count))
                for name, count in counted
            ),
        ]

    def _of(self, scope: str) -> tuple[EvidenceId, ...]:
        own = self._start.item.id
        if scope == "all":
            return tuple(item.id for item in self._start.items)
        if scope == "open":
            return tuple(i.id for i in self._start.items if i.record.empty or i.id == own)
        return (own,)

    def _follow(self, way: EvidenceWay | None) -> None:
        self.fields.follow(way, self._guide.category(self.advice.answers()))

    def _tell(self) -> None:
        typed = self.fields.typed()
        if typed is None or not self.fields.is_seconded():
            return
        answers: dict[str, Any] = self.advice.answers()
        record = replace(typed.record, **answers, proves=self.proves.chosen())
        items = self._of(self.scope.value())
        if len(items) > 1:
            own = self._start.item.id
            items = (own, *(item for item in items if item != own))
        password = self.fields.password.value()
        told = Recorded(items, replace(typed, record=record), self.advice.drafts(), password)
        self.typed.emit(told)


def _short(text: str, most: int = 28) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
