"""What was refused at this desk, with the reasons, and taken in once these are gone."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from desktop.services.ports.quarantine import Quarantined
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.trust.quarantine_list import QuarantineList
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label

_ROWS = 7


class QuarantineDialog(DialogFrame):
    """``accepted``: try again to take in what may pass by now."""

    def __init__(
        self, kit: Kit, parent: QWidget, rows: tuple[Quarantined, ...], units: Mapping[str, str]
    ) -> None:
        super().__init__(kit, parent, "trust.quarantine.title", wide=True)
        self.setObjectName("quarantine_dialog")
        self.body.addWidget(Label(kit, "sync.quarantine.what", ink="muted", wrap=True))
        listed = QuarantineList(kit)
        listed.table.setFixedHeight(_ROWS * kit.theme.space("table_row"))
        listed.show_rows(rows, units)
        self.body.addWidget(listed)
        self.add_button("shared.close", name="quarantine_close")
        release = self.add_button(
            "sync.quarantine.release", variant=Variant.PRIMARY, name="quarantine_release"
        )
        self.set_default(release)
        listed.table.setFocus()
