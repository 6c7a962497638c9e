"""What the page does about duplicate reports: merge, and take a merge back. A person decides."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.services.cases.merge_cases import RepeatReport
from desktop.ui.case.merge_card import MergeCard
from desktop.ui.case.merge_dialog import MergeDialog, TypedMerge
from desktop.ui.case.port import CaseNavigator, CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.dialogs.reason_dialog import ReasonDialog
from desktop.ui.shared.kit.kit import Kit


class MergeActions(DialogActions):
    """Opens the dialogs and records what was decided."""

    def __init__(
        self, kit: Kit, port: CasePort, navigator: CaseNavigator, window: QWidget, card: MergeCard
    ) -> None:
        super().__init__(kit, window)
        self._port = port
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
            self._do(
                partial(self._port.merge, case, typed.number, typed.reason, leads=typed.this_leads)
            )

    def _unmerge(self, reason: str) -> None:
        self._do(partial(self._port.unmerge, self._undone, reason))
