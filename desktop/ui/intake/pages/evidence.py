"""Page 证据: the evidence pane of the case; a draft takes evidence as well as a registered case."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.domain.ids import CaseId
from desktop.ui.intake.case_record import CaseRecord
from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.intake.form.form_model import FormModel
from desktop.ui.intake.wizard_page import WizardPage
from desktop.ui.shared.dialogs.extraction_sink import ReadsNew
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.layout.room import Room


class EvidencePage(WizardPage):
    """Asks for the pane when it is first needed: most stops go out before any evidence is added."""

    title_key = "intake.evidence.title"
    detail_key = "intake.evidence.subtitle"

    def __init__(
        self,
        kit: Kit,
        model: FormModel,
        fields: FormFields,
        record: CaseRecord,
        make_pane: Callable[[CaseId], QWidget],
    ) -> None:
        super().__init__(kit, fields)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._model = model
        self._make_pane = make_pane
        self._room = Room(kit)
        self.body.addWidget(self._room, 1)
        self._case = ""
        model.replaced.connect(self._drop_foreign)
        record.changed.connect(self._show)

    def first_focus(self) -> QWidget:
        """The pane."""
        return self._room.held or self

    def entered(self) -> None:
        """Have the pane of the case on the form."""
        self._show()

    def add_and_read(self) -> None:
        """Choose files for the pane and read them."""
        pane: object = self._room.held
        if isinstance(pane, ReadsNew):
            pane.add_and_read()

    def _show(self) -> None:
        if not self.isVisibleTo(self.window()):
            return
        case = self._model.form.case_id
        if self._room.held is None or self._case != case:
            self._case = case
            self._room.hold(self._make_pane(CaseId(case)))

    def _drop_foreign(self) -> None:
        if self._case != self._model.form.case_id:
            self._room.clear()
