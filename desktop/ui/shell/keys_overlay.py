"""The overview of what can be done by a key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.texts.label import KeyCap, Label

Group = tuple[str, tuple[Action, ...]]
"""Heading, and what can be done by a key."""


class KeysOverlay(DialogFrame):
    """Two columns of groups; Esc, Enter or F1 closes it."""

    def __init__(self, kit: Kit, parent: QWidget, groups: Iterable[Group]) -> None:
        super().__init__(kit, parent, "shell.keys.title", wide=True)
        self.setObjectName("keys_overlay")
        content = QWidget()
        columns = Row(kit, content, gap="space_xl")
        half_columns = (Column(kit, gap="space_l"), Column(kit, gap="space_l"))
        lengths = [0, 0]
        for heading, actions in groups:
            shorter = 0 if lengths[0] <= lengths[1] else 1
            lengths[shorter] += len(actions) + 1
            half_columns[shorter].addLayout(self._group(heading, actions))
        for half in half_columns:
            half.addStretch(1)
            columns.addLayout(half, 1)
        area = ScrollArea(kit, content)
        area.setFixedHeight(min(content.sizeHint().height(), kit.theme.space("dialog_height")))
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # arrows and PgDn read on
        kit.texts.bind(area.setAccessibleName, "shell.keys.title")
        self.body.addWidget(area)
        close = self.add_button(
            "shared.close", variant=Variant.PRIMARY, name="keys_close", keys="Esc"
        )
        self.set_default(close)
        area.setFocus()

    def _group(self, heading: str, actions: tuple[Action, ...]) -> Column:
        kit = self.kit
        column = Column(kit, gap="space_s")
        column.addWidget(Label(kit, heading, role="small_strong", ink="muted"))
        for action in actions:
            row = Row(kit)
            row.addWidget(Label(kit, action.name_key, wrap=True), 1)
            if action.cap:
                row.addWidget(KeyCap(kit, action.cap))
            column.addLayout(row)
        return column
