"""What the page does about duplicate reports: merge, and take a merge back. A person decides."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.merge_cases import RepeatReport, merge_cases, unmerge_case
from desktop.services.look_up import find_case
from desktop.services.session import Session
from desktop.ui.case.merge_card import MergeCard
from desktop.ui.case.setup import CaseNavigator
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label
from desktop.ui.shared.widgets.line_edit import Option
from desktop.ui.shared.widgets.segmented import Segmented

_THIS, _OTHER = "this", "other"


@dataclass(frozen=True, slots=True)
class TypedMerge:
    """``number`` of the other case; ``this_leads``: whether the open case leads."""

    number: str
    this_leads: bool
    reason: str


class MergeDialog(DialogFrame):
    """``typed(TypedMerge)``; the number is filled in where the program found a likely repeat."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, number: str, *, this_leads: bool) -> None:
        super().__init__(kit, parent, "merge.dialog.title")
        self.setObjectName("merge_dialog")
        self._banner = Banner(kit, "merge_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "merge.dialog.text", wrap=True, ink="muted"))
        self._number = TextField(kit, "merge_number", "merge.dialog.number", digits=True)
        self._number.set_value(number)
        self.body.addWidget(self._number)
        self.body.addWidget(Label(kit, "merge.dialog.lead", role="label", ink="muted"))
        options = (
            Option(_THIS, key="merge.dialog.this"),
            Option(_OTHER, key="merge.dialog.other"),
        )
        self._lead = Segmented(kit, options, "merge_lead", "merge.dialog.lead")
        self._lead.set_value(_THIS if this_leads else _OTHER)
        self.body.addWidget(self._lead)
        self._reason = TextField(kit, "merge_reason", "merge.dialog.reason")
        self.body.addWidget(self._reason)
        self.add_button("shared.cancel", name="merge_cancel")
        self._accept = self.add_button(
            "merge.dialog.accept", variant=Variant.PRIMARY, name="merge_accept", closes=False
        )
        self.set_default(self._accept)
        self._number.edited.connect(self._edited)
        self._accept.clicked.connect(self._tell)
        self._edited(number)
        (self._reason if number else self._number).setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _edited(self, text: str) -> None:
        self._accept.setEnabled(bool(text.strip()))

    def _tell(self) -> None:
        leads = self._lead.value() == _THIS
        self.typed.emit(TypedMerge(self._number.value().strip(), leads, self._reason.value()))


class MergeActions(DialogActions):
    """Opens the dialogs and records what was decided."""

    def __init__(
        self, kit: Kit, session: Session, navigator: CaseNavigator, window: QWidget, card: MergeCard
    ) -> None:
        super().__init__(kit, window)
        self._session = session
        self._navigator = navigator
        self._undone = CaseId("")
        self.sheet: CaseSheet | None = None
        card.opened.connect(self._open_case)
        card.merge_wanted.connect(self._ask_for)
        card.undo_wanted.connect(self._ask_undo)

    def ask(self) -> None:
        """Open the dialog; where a repeat is likely, its number stands there."""
        if self.sheet is not None:
            repeats = self.sheet.repeats
            self._ask_for(repeats[0] if repeats else None)

    def _ask_for(self, repeat: RepeatReport | None) -> None:
        if self.sheet is None:
            return
        first = repeat is None or self.sheet.file.case.accepted_at <= repeat.accepted_at
        number = repeat.number if repeat is not None else ""
        dialog = MergeDialog(self._kit, self._window, number, this_leads=first)
        dialog.typed.connect(self._merge)
        self._show(dialog, "merge.dialog.done")

    def _ask_undo(self, case: str, number: str) -> None:
        self._undone = CaseId(case)
        dialog = ReasonDialog(
            self._kit, self._window, "merge.undo", "unmerge", keeps_open=True, number=number
        )
        dialog.given.connect(self._unmerge)
        self._show(dialog, "merge.undo.done")

    def _open_case(self, case: str) -> None:
        self._navigator.open_case(CaseId(case))

    def _merge(self, typed: TypedMerge) -> None:
        if self.sheet is not None:
            case = self.sheet.file.case.id
            self._do(partial(_merge, self._session, case, typed))

    def _unmerge(self, reason: str) -> None:
        self._do(partial(unmerge_case, self._session, self._undone, reason))


def _merge(session: Session, case: CaseId, typed: TypedMerge) -> None:
    other = find_case(session, typed.number)
    lead, merged = (case, other) if typed.this_leads else (other, case)
    merge_cases(session, lead, merged, typed.reason)
