"""What is done in the case that is shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.services.case_sheet import CaseSheet
from desktop.services.session import Session
from desktop.ui.shared.dialogs.dialog_actions import DialogActions
from desktop.ui.shared.kit.kit import Kit


class SheetActions(DialogActions):
    """``sheet``: the case, None while none is shown."""

    def __init__(self, kit: Kit, session: Session, window: QWidget) -> None:
        super().__init__(kit, window)
        self._session = session
        self.sheet: CaseSheet | None = None
