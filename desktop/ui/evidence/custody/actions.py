"""Seals, opened seals and passings of the pane's items; a dialog stays open until the desk has recorded it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.services.evidence.pass_evidence import TypedPassing
from desktop.ui.evidence.case_records import CaseRecords
from desktop.ui.evidence.custody.scope import CustodyScope
from desktop.ui.evidence.custody.seal_dialog import SealDialog, SealTyped
from desktop.ui.evidence.record_views import CustodyStart
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.card import Row
from desktop.ui.shared.widgets.check_box import CheckBox
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.password_field import PasswordField
from desktop.ui.shared.widgets.segmented import Segmented

_OFFICER, _OUTSIDE = "officer", "outside"


@dataclass(frozen=True, slots=True)
class PassTyped:
    """``officer``, ``password``: of a taker who signs here; empty for one who signs on paper."""

    items: tuple[EvidenceId, ...]
    typed: TypedPassing
    officer: str
    password: str
    draft: bool


class PassDialog(DialogFrame):
    """``typed(PassTyped)``. Stays open with everything typed, but for the password, until it is recorded."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        super().__init__(kit, parent, "custody.pass.title", wide=True)
        self.setObjectName("pass_dialog")
        self._start = start
        self._banner = Banner(kit, "pass_banner")
        self.body.addWidget(self._banner)
        about = Label(kit, role="strong", wrap=True)
        about.set_key("custody.pass.about", name=start.item.name, keeper=start.keeper)
        about.setObjectName("pass_about")
        self.body.addWidget(about)
        self.body.addWidget(Label(kit, "custody.pass.text", ink="muted", wrap=True))
        self.way = Segmented(
            kit,
            [Option(name, f"custody.pass.{name}") for name in (_OFFICER, _OUTSIDE)],
            "pass_way",
            "custody.pass.way",
        )
        self.scope = CustodyScope(kit, "pass_scope", start.item, start.kept)
        self.officer = TextField(kit, "pass_officer", "custody.pass.number", digits=True)
        self.password = PasswordField(kit, "pass_password", "custody.pass.password")
        self.taker = TextField(kit, "pass_taker", "custody.pass.taker")
        self.unit = TextField(kit, "pass_unit", "custody.pass.unit")
        self.place = TextField(kit, "pass_place", "custody.pass.place")
        self.reason = TextField(kit, "pass_reason", "custody.pass.reason")
        self.draft = CheckBox(kit, "custody.draft_pass", name="pass_draft")
        self._lay_out()
        self.place.set_value(start.place)
        self.draft.setChecked(start.may_draft)
        self.draft.setVisible(start.may_draft)
        self.way.chosen.connect(self._way_chosen)
        self._way_chosen(_OFFICER)
        self.add_button("shared.cancel", name="pass_cancel")
        accept = self.add_button(
            "custody.pass.accept", variant=Variant.PRIMARY, name="pass_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        self.officer.setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _lay_out(self) -> None:
        head = Row(self.kit, gap="field_gap")
        head.addWidget(self.way)
        head.addStretch(1)
        head.addWidget(self.scope)
        self.body.addLayout(head)
        for fields in (
            (self.officer, self.password),
            (self.taker, self.unit),
            (self.place, self.reason),
        ):
            row = Row(self.kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.draft)

    def _way_chosen(self, way: str) -> None:
        for field in (self.officer, self.password):
            field.setVisible(way == _OFFICER)
        for field in (self.taker, self.unit):
            field.setVisible(way == _OUTSIDE)

    def _tell(self) -> None:
        inside = self.way.value() == _OFFICER
        typed = TypedPassing(
            "" if inside else self.taker.value(),
            "" if inside else self.unit.value(),
            self.place.value(),
            self.reason.value(),
        )
        self.typed.emit(
            PassTyped(
                self.scope.chosen_items(),
                typed,
                self.officer.value() if inside else "",
                self.password.value() if inside else "",
                self.draft.isChecked() and self._start.may_draft,
            )
        )


@dataclass(frozen=True, slots=True)
class TakenOver:
    """``password``: of the keeper; empty where they sign on paper."""

    items: tuple[EvidenceId, ...]
    typed: TypedPassing
    password: str
    draft: bool


class TakeOverDialog(DialogFrame):
    """``typed(TakenOver)``. Stays open with everything typed, but for the password, until it is recorded."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, start: CustodyStart) -> None:
        super().__init__(kit, parent, "custody.take.title", wide=True)
        self.setObjectName("take_dialog")
        self._start = start
        self._banner = Banner(kit, "take_banner")
        about = Label(kit, role="strong", wrap=True)
        about.set_key("custody.pass.about", name=start.item.name, keeper=start.keeper)
        about.setObjectName("take_about")
        self.scope = CustodyScope(kit, "take_scope", start.item, start.kept)
        self.password = PasswordField(kit, "take_password", "custody.take.password")
        self.password.setVisible(start.keeper_signs)
        self.place = TextField(kit, "take_place", "custody.pass.place")
        self.place.set_value(start.place)
        self.reason = TextField(kit, "take_reason", "custody.take.reason")
        self.draft = CheckBox(kit, "custody.draft_pass", name="take_draft")
        self.draft.setChecked(start.may_draft)
        self.draft.setVisible(start.may_draft)
        self.body.addWidget(self._banner)
        self.body.addWidget(about)
        way = "custody.take.text" if start.keeper_signs else "custody.take.on_paper"
        self.body.addWidget(Label(kit, way, ink="muted", wrap=True))
        for fields in ((self.scope, self.password), (self.place, self.reason)):
            row = Row(kit, gap="field_gap")
            for field in fields:
                row.addWidget(field, 1)
            self.body.addLayout(row)
        self.body.addWidget(self.draft)
        self.add_button("shared.cancel", name="take_cancel")
        accept = self.add_button(
            "custody.take.accept", variant=Variant.PRIMARY, name="take_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        (self.password if start.keeper_signs else self.reason).setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays, but for the password."""
        self._banner.show_error(error)
        self.password.set_value("")

    def _tell(self) -> None:
        typed = TypedPassing(place=self.place.value(), reason=self.reason.value())
        draft = self.draft.isChecked() and self._start.may_draft
        items, password = self.scope.chosen_items(), self.password.value()
        self.typed.emit(TakenOver(items, typed, password, draft))


class CustodyActions(DialogActions):
    """``ask_seal`` seals, or opens the seal that holds; ``ask_pass`` hands on; ``digest`` works MD5 out."""

    def __init__(self, kit: Kit, records: CaseRecords, window: QWidget) -> None:
        super().__init__(kit, window)
        self._records = records

    def ask_seal(self, evidence: EvidenceId) -> None:
        """Open the dialog of a seal."""
        self._begin(evidence, self._open_seal)

    def ask_pass(self, evidence: EvidenceId) -> None:
        """Open the dialog of a passing."""
        self._begin(evidence, self._open_pass)

    def digest(self, evidence: EvidenceId) -> None:
        """Work out MD5."""
        work = partial(_digest, self._records, evidence)
        self._run_alone(work, lane="files", done_key="custody.md5_done")

    def _begin(self, evidence: EvidenceId, then: Callable[[CustodyStart], None]) -> None:
        work = partial(_start, self._records, evidence)
        self._kit.runner.start("db", work, then, self._failed)

    def _open_seal(self, start: CustodyStart) -> None:
        dialog = SealDialog(self._kit, self._window, start)
        dialog.typed.connect(self._seal)
        self._show(dialog, "custody.open.done" if start.seal else "custody.seal.done")

    def _seal(self, told: SealTyped) -> None:
        records, rest = self._records, (told.typed, told.password)
        if told.seal:
            self._do(partial(records.open_seal, told.seal, *rest, draft=told.draft))
        else:
            self._do(partial(records.seal, told.items, *rest, draft=told.draft))

    def _open_pass(self, start: CustodyStart) -> None:
        if not start.own:
            self._open_taking(start)
            return
        dialog = PassDialog(self._kit, self._window, start)
        dialog.typed.connect(self._pass)
        self._show(dialog, "custody.pass.done")

    def _open_taking(self, start: CustodyStart) -> None:
        """Nobody hands on what another keeps."""
        dialog = TakeOverDialog(self._kit, self._window, start)
        dialog.typed.connect(self._take_over)
        self._show(dialog, "custody.take.done")

    def _take_over(self, told: TakenOver) -> None:
        self._run(partial(_take_over, self._records, told), lane="files")

    def _pass(self, told: PassTyped) -> None:
        self._run(partial(_pass, self._records, told), lane="files")


def _start(records: CaseRecords, evidence: EvidenceId, _progress: Progress) -> CustodyStart:
    return records.start_custody(evidence)


def _pass(records: CaseRecords, told: PassTyped, progress: Progress) -> None:
    records.transfer_custody(
        told.items, told.typed, told.officer, told.password, progress, draft=told.draft
    )


def _take_over(records: CaseRecords, told: TakenOver, progress: Progress) -> None:
    records.take_over(told.items, told.typed, told.password, progress, draft=told.draft)


def _digest(records: CaseRecords, evidence: EvidenceId, progress: Progress) -> int:
    return records.digest_md5(evidence, progress)
