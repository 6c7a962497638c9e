"""What the six pages have in common."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.form.form_fields import FormFields
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.field import Field
from desktop.ui.shared.widgets.layout.card import Column


class WizardPage(QWidget):
    """One step. ``title_key`` and ``detail_key`` head the form while it is shown."""

    shown_wanted = Signal(QWidget)
    """That part of the page should be scrolled to."""

    title_key = ""
    detail_key = ""

    def __init__(self, kit: Kit, fields: FormFields) -> None:
        super().__init__()
        self.kit = kit
        self.fields = fields
        self.body = Column(kit, self, gap="space_s")
        # Room for the focus ring of what stands at the edge of the scrolled area.
        ring = kit.theme.space("ring")
        self.body.setContentsMargins(0, 0, ring, ring)

    def first_focus(self) -> QWidget:
        """Where typing begins."""
        return self

    def reveal(self, path: str) -> Field | None:
        """The field of that path, brought to light if it was hidden; None if it is not on this
        page."""
        for field in self.fields.fields_at(path):
            if self.isAncestorOf(field):
                return field
        return None

    def open(self) -> None:
        """Called before each time the page is shown: what nobody sees before need not be made before."""

    def entered(self) -> None:
        """Called each time the step is taken."""
