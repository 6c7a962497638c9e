"""What the page adds to a report after it was registered."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.supplement import SupplementText
from desktop.ui.case.port import CasePort
from desktop.ui.case.sheet import CaseSheet
from desktop.ui.case.story_card import StoryCard
from desktop.ui.case.supplement_dialog import SupplementDialog
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit


class SupplementActions(DialogActions):
    """Opens the dialog and records what was typed."""

    def __init__(self, kit: Kit, port: CasePort, window: QWidget, card: StoryCard) -> None:
        super().__init__(kit, window)
        self._port = port
        self.sheet: CaseSheet | None = None
        card.add.clicked.connect(self.ask)

    def ask(self) -> None:
        """Open the dialog."""
        if self.sheet is not None:
            dialog = SupplementDialog(self._kit, self._window)
            dialog.typed.connect(self._record)
            self._show(dialog, "supplement.dialog.done")

    def _record(self, typed: SupplementText) -> None:
        if self.sheet is not None:
            self._do(partial(self._port.supplement, self.sheet.file.case.id, typed))
