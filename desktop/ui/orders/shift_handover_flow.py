"""The deed of handing over a shift: read, show, print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.shift_briefing import CaseNews
from desktop.domain.progress import Progress
from desktop.services.ports import HandoverFacts, Pdf
from desktop.ui.orders.port import OrdersPort
from desktop.ui.orders.shift_handover_dialog import ShiftHandoverDialog
from desktop.ui.shared.dialogs.dialog_actions import DialogActions, RunningAction
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.orders.news_texts import case_sentence

_Loaded = tuple[HandoverFacts, Mapping[str, str]]


class ShiftHandoverFlow(DialogActions):
    """``begin`` opens the window of what the shift leaves; ``paper_ready(pdf, title)``: the sheet, once it is drawn."""

    paper_ready = Signal(object, str)

    def __init__(self, kit: Kit, port: OrdersPort, window: QWidget) -> None:
        super().__init__(kit, window)
        self._port = port

    def begin(self) -> None:
        """Read what is to be handed over, then show it."""
        tell = partial(case_sentence, self._kit)
        work = partial(_load, self._port, self._name, tell)
        self._kit.runner.start("db", work, self._open, self._failed)

    def _name(self, clock: str) -> str:
        return self._kit.texts.text(f"deadlines.{clock}")

    def _open(self, loaded: _Loaded) -> None:
        dialog = ShiftHandoverDialog(self._kit, self._window, *loaded)
        dialog.accepted_facts.connect(self._print)
        self._show(dialog, "")

    def _print(self, facts: HandoverFacts) -> None:
        self._run(work_of(self._port.print_handover, facts), then=self._printed)

    def _printed(self, action: RunningAction, pdf: Pdf) -> None:
        """It is in the journal, so it is shown even if nobody waited for it in the dialog."""
        self._action_done(action, pdf)
        self.paper_ready.emit(pdf, self._kit.texts.text("orders.handover.sheet"))


def _load(
    port: OrdersPort,
    name_of: Callable[[str], str],
    tell: Callable[[CaseNews], str],
    _progress: Progress,
) -> _Loaded:
    return port.handover(name_of, tell), port.officers()
