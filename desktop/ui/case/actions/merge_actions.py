"""What the page does about duplicate reports: merge, and take a merge back. A person decides."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.services.cases.changes.merge_cases import RepeatReport, merge_cases, unmerge_case
from desktop.services.look_up import find_case
from desktop.services.session import Session
from desktop.ui.case.cards.merge_card import MergeCard
from desktop.ui.case.setup import CaseNavigator
from desktop.ui.case.sheet_actions import SheetActions
from desktop.ui.shared.dialogs.form_dialog import DIGITS, FilledForm, Form, FormText, Input, switch
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.line_edit import Option

_THIS, _OTHER = "this", "other"


class MergeActions(SheetActions):
    """Opens the dialogs and records what was decided."""

    def __init__(
        self, kit: Kit, session: Session, navigator: CaseNavigator, window: QWidget, card: MergeCard
    ) -> None:
        super().__init__(kit, session, window)
        self._navigator = navigator
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
        options = (Option(_THIS, "merge.dialog.this"), Option(_OTHER, "merge.dialog.other"))
        rows = (
            FormText("merge.dialog.text"),
            Input("number", "merge.dialog.number", DIGITS, number, needed=True),
            FormText("merge.dialog.lead", role="label"),
            Input("lead", "merge.dialog.lead", switch(options), _THIS if first else _OTHER),
            Input("reason", "merge.dialog.reason"),
        )
        self._ask_form(
            Form(
                "merge", "merge.dialog.title", "merge.dialog.accept", rows,
                focus="reason" if number else "number",
            ),
            partial(_merge, self._session, self.sheet.file.case.id),
            "merge.dialog.done",
        )  # fmt: skip

    def _ask_undo(self, case: str, number: str) -> None:
        dialog = ReasonDialog(
            self._kit, self._window, "merge.undo", "unmerge", keeps_open=True, number=number
        )
        self._ask(dialog, partial(unmerge_case, self._session, CaseId(case)), "merge.undo.done")

    def _open_case(self, case: str) -> None:
        self._navigator.open_case(CaseId(case))


def _merge(session: Session, case: CaseId, filled: FilledForm) -> None:
    other = find_case(session, filled["number"])
    lead, merged = (case, other) if filled["lead"] == _THIS else (other, case)
    merge_cases(session, lead, merged, filled["reason"])
