"""What the page does about duplicate reports: merge, and take a merge back. A person decides."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop.domain.ids import CaseId
from desktop.domain.progress import Progress
from desktop.services.merge_cases import RepeatReport
from desktop.ui.case.merge_card import MergeCard
from desktop.ui.case.merge_dialog import MergeDialog, TypedMerge, UnmergeDialog
from desktop.ui.case.port import CaseNavigator, CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.shared.kit import Kit
from desktop.ui.shared.toast import toast


class MergeDeeds(QObject):
    """``changed``: read the case anew. ``failed(error)``: the dialog is gone already."""

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, kit: Kit, port: CasePort, navigator: CaseNavigator, window: QWidget, card: MergeCard
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._port = port
        self._navigator = navigator
        self._window = window
        self._dialog: MergeDialog | UnmergeDialog | None = None
        self._done_key = ""
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
        dialog = UnmergeDialog(self._kit, self._window, number)
        dialog.typed.connect(self._unmerge)
        self._show(dialog, "merge.undo.done")

    def _open_case(self, case: str) -> None:
        self._navigator.open_case(CaseId(case))

    def _show(self, dialog: MergeDialog | UnmergeDialog, done_key: str) -> None:
        self._dialog, self._done_key = dialog, done_key
        dialog.open()

    def _merge(self, typed: TypedMerge) -> None:
        if self.sheet is not None:
            case = self.sheet.file.case.id
            self._do(
                partial(self._port.merge, case, typed.number, typed.reason, leads=typed.this_leads)
            )

    def _unmerge(self, reason: str) -> None:
        self._do(partial(self._port.unmerge, self._undone, reason))

    def _do(self, deed: Callable[[], None]) -> None:
        self._kit.runner.start("db", partial(_run, deed), self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.accept()
        self._dialog = None
        toast(self._kit, self._window, self._done_key)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        if self._dialog is not None and isValid(self._dialog):
            self._dialog.show_error(error)
        else:
            self.failed.emit(error)


def _run(deed: Callable[[], None], _progress: Progress) -> None:
    deed()
