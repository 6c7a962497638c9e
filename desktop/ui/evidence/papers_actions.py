"""Shows a list or record of the evidence, to be looked at and printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.services.ports import Pdf
from desktop.ui.evidence.papers_dialog import PapersDialog
from desktop.ui.evidence.record_port import EvidencePaper, RecordPort
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.kit.kit import Kit


class PapersActions(DialogActions):
    """``ask()`` opens the dialog; ``ready(Pdf, title)``: the paper that was chosen."""

    ready = Signal(object, str)

    def __init__(self, kit: Kit, port: RecordPort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port

    def ask(self) -> None:
        """Read how far each paper got, then open."""
        self._kit.runner.start("db", partial(_papers, self._port), self._open, self._failed)

    def _open(self, papers: tuple[EvidencePaper, ...]) -> None:
        dialog = PapersDialog(self._kit, self._window, papers)
        dialog.wanted.connect(self._print)
        self._show(dialog, "")

    def _print(self, paper: EvidencePaper) -> None:
        self._run(partial(_print, self._port, paper), then=self._printed)

    def _printed(self, action: RunningAction, made: tuple[Pdf, str]) -> None:
        self._action_done(action, made)
        self.ready.emit(*made)


def _papers(port: RecordPort, _progress: Progress) -> tuple[EvidencePaper, ...]:
    return port.papers()


def _print(port: RecordPort, paper: EvidencePaper, _progress: Progress) -> tuple[Pdf, str]:
    """The paper and its title: another one may be asked for before it is drawn."""
    return port.print_paper(paper.form), paper.title
