"""Seals, opened seals and passings of the pane's items; a dialog stays open until the desk has recorded it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.ui.evidence.custody.pass_dialog import PassDialog, PassTyped
from desktop.ui.evidence.custody.seal_dialog import SealDialog, SealTyped
from desktop.ui.evidence.custody.take_over_dialog import TakenOver, TakeOverDialog
from desktop.ui.evidence.record_port import CustodyStart, RecordPort
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit


class CustodyActions(DialogActions):
    """``ask_seal`` seals, or opens the seal that holds; ``ask_pass`` hands on; ``digest`` works MD5 out."""

    def __init__(self, kit: Kit, port: RecordPort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port

    def ask_seal(self, evidence: EvidenceId) -> None:
        """Open the dialog of a seal."""
        self._begin(evidence, self._open_seal)

    def ask_pass(self, evidence: EvidenceId) -> None:
        """Open the dialog of a passing."""
        self._begin(evidence, self._open_pass)

    def digest(self, evidence: EvidenceId) -> None:
        """Work out MD5."""
        work = partial(_digest, self._port, evidence)
        self._run_alone(work, lane="files", done_key="custody.md5_done")

    def _begin(self, evidence: EvidenceId, then: Callable[[CustodyStart], None]) -> None:
        work = partial(_start, self._port, evidence)
        self._kit.runner.start("db", work, then, self._failed)

    def _open_seal(self, start: CustodyStart) -> None:
        dialog = SealDialog(self._kit, self._window, start)
        dialog.typed.connect(self._seal)
        self._show(dialog, "custody.open.done" if start.seal else "custody.seal.done")

    def _seal(self, told: SealTyped) -> None:
        port, rest = self._port, (told.typed, told.password)
        if told.seal:
            self._do(partial(port.open_seal, told.seal, *rest, draft=told.draft))
        else:
            self._do(partial(port.seal, told.items, *rest, draft=told.draft))

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
        self._run(partial(_take_over, self._port, told), lane="files")

    def _pass(self, told: PassTyped) -> None:
        self._run(partial(_pass, self._port, told), lane="files")


def _start(port: RecordPort, evidence: EvidenceId, _progress: Progress) -> CustodyStart:
    return port.start_custody(evidence)


def _pass(port: RecordPort, told: PassTyped, progress: Progress) -> None:
    port.transfer_custody(
        told.items, told.typed, told.officer, told.password, progress, draft=told.draft
    )


def _take_over(port: RecordPort, told: TakenOver, progress: Progress) -> None:
    port.take_over(told.items, told.typed, told.password, progress, draft=told.draft)


def _digest(port: RecordPort, evidence: EvidenceId, progress: Progress) -> int:
    return port.digest_md5(evidence, progress)
