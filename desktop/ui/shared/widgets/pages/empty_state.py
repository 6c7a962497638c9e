"""What an empty screen says: an icon, a sentence, and the next step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.layout.card import Column
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label


class EmptyState(QWidget):
    """Fills the place where rows would be; ``action`` becomes its button. Its name is what it says: a stack that turns
    to it may leave it with the keyboard."""

    def __init__(self, kit: Kit, icon: str, text_key: str, action: Action | None = None) -> None:
        super().__init__()
        self._kit = kit
        column = Column(kit, self, gap="space_m")
        margin = kit.theme.space("space_xl")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        picture = IconLabel(kit, icon, size="icon_empty", ink="text_faint")
        column.addWidget(picture, 0, middle)
        self.sentence = Label(kit, text_key, ink="muted", wrap=True)
        self.sentence.setAlignment(middle)
        kit.texts.bind(self.setAccessibleName, text_key)
        column.addWidget(self.sentence)
        if action is not None:
            column.addWidget(Button.of(kit, action, variant=Variant.PRIMARY), 0, middle)
        column.addStretch(2)

    def set_key(self, key: str, **params: str | int) -> None:
        """Say something else, for instance that a filter hides everything."""
        self.sentence.set_key(key, **params)
        self._kit.texts.bind(self.setAccessibleName, key, **params)
