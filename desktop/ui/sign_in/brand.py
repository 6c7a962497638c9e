"""The mark, the name of the program, and the unit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.texts.label import Label


class Brand(QWidget):
    """Stands at the head of the sign-in card and of the first-run assistant."""

    def __init__(self, kit: Kit, unit_name: str = "") -> None:
        super().__init__()
        row = Row(kit, self, gap="space_m")
        mark = Label(kit, "sign_in.mark", role="rail_mark", ink="rail")
        side = kit.theme.space("brand_mark")
        mark.setFixedSize(side, side)
        mark.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_look(mark, ground="mark")
        texts = Column(kit, gap="space_xxs")
        texts.addWidget(Label(kit, "sign_in.product", role="page_title"))
        self.unit = Label(kit, role="small", ink="muted", wrap=True)
        if unit_name:
            self.unit.set_text(unit_name)
        else:
            self.unit.set_key("sign_in.tagline")
        texts.addWidget(self.unit)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(texts, 1)
