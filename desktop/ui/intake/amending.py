"""What was typed into a registered report and is not in the case yet."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form_model import FormModel


class Amending(QObject):
    """The draft keeps it, but pages, papers and orders know only what was recorded. ``changed`` when ``pending`` is."""

    changed = Signal()

    def __init__(self, model: FormModel, record: CaseRecord) -> None:
        super().__init__()
        self._record = record
        self._typed = False
        model.edited.connect(self._edited)

    @property
    def pending(self) -> bool:
        """Whether saving would change the registered case."""
        return self._typed and self._record.registered

    def settle(self, *, typed: bool = False) -> None:
        """The form was recorded or loaded; ``typed``: it says more than what was recorded."""
        self._typed = typed
        self.changed.emit()

    def _edited(self) -> None:
        if not self._typed:
            self.settle(typed=True)
