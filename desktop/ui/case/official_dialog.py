"""Type the numbers of the official register."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import OfficialNumbers
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.fields import TextField
from desktop.ui.shared.widgets.label import Label


class OfficialDialog(DialogFrame):
    """``typed(OfficialNumbers)``. The desk proposes nothing: it never makes an official number."""

    typed = Signal(object)

    def __init__(self, kit: Kit, parent: QWidget, known: OfficialNumbers) -> None:
        super().__init__(kit, parent, "steps.official.title")
        self.setObjectName("official_dialog")
        self._banner = Banner(kit, "official_banner")
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "steps.official.hint", ink="muted", wrap=True))
        self._fields = []
        for name, value in (
            ("incident", known.incident),
            ("acceptance", known.acceptance),
            ("case", known.case),
        ):
            field = TextField(kit, f"official_{name}", f"steps.official.{name}", digits=True)
            field.set_value(value)
            self._fields.append(field)
            self.body.addWidget(field)
        self.add_button("shared.cancel", name="official_cancel")
        accept = self.add_button(
            "steps.official.accept", variant=Variant.PRIMARY, name="official_accept", closes=False
        )
        accept.clicked.connect(self._tell)
        self.set_default(accept)
        self._fields[0].setFocus()

    def show_error(self, error: Exception) -> None:
        """What was typed stays."""
        self._banner.show_error(error)

    def _tell(self) -> None:
        incident, acceptance, case = (field.value() for field in self._fields)
        self.typed.emit(OfficialNumbers(incident, acceptance, case))
