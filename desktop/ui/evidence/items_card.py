"""The left column: add, paste, the grid, and the place to drop files."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from desktop.ui.evidence.grid import EvidenceGrid
from desktop.ui.evidence.item_model import EvidenceModel
from desktop.ui.evidence.pane_actions import PaneActions
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.widgets.button import Button, Variant
from desktop.ui.shared.widgets.card import Card, Column, Row
from desktop.ui.shared.widgets.empty_state import EmptyState
from desktop.ui.shared.widgets.label import Label


class DropArea(QFrame):
    """Says where files can be dropped; lights up while something hovers over the pane."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("evidence_drop")
        set_look(self, panel="drop")
        self.setMinimumHeight(kit.theme.space("drop_area"))
        column = Column(kit, self, gap="space_xxs")
        margin = kit.theme.space("space_s")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(1)
        for key in ("evidence.drop.what", "evidence.drop.promise"):
            line = Label(kit, key, role="small", ink="muted", wrap=True)
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        column.addStretch(1)

    def light(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Show that letting go here takes the files in."""
        set_look(self, panel="blue" if on else "drop")


class ItemsCard(Card):
    """Grid and what fills it."""

    def __init__(self, kit: Kit, model: EvidenceModel, actions: PaneActions) -> None:
        super().__init__(kit)
        self._kit = kit
        self._model = model
        self.title.hide()
        buttons = Row(kit)
        add = actions.add
        self._add = Button(
            kit, add.name_key, variant=Variant.PRIMARY, icon="add", name="evidence_add"
        )
        self._add.setToolTip(add.keys)  # there is no room for its key-cap
        self._add.clicked.connect(add.trigger)
        self._add.setEnabled(add.enabled)
        add.enabled_changed.connect(self._add.setEnabled)
        buttons.addWidget(self._add)
        buttons.addWidget(Button.of(kit, actions.paste, name="evidence_paste"))
        buttons.addStretch(1)
        self.body.addLayout(buttons)
        self.grid = EvidenceGrid(kit, model)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.grid)
        self._stack.addWidget(EmptyState(kit, "image", "evidence.empty"))
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(Button.of(kit, actions.read, name="evidence_read"))
        self._seldom = Row(kit, gap="space_xs")
        self.body.addLayout(self._seldom)
        self.add_action(actions.read_all, "read_all")
        self.drop = DropArea(kit)
        self.body.addWidget(self.drop)
        model.rowsInserted.connect(self._count)
        model.rowsRemoved.connect(self._count)
        self._count()

    def add_action(self, action: Action, name: str) -> None:
        """What is done seldom with many items at once; ``name`` is of ``evidence.short``."""
        button = Button(self._kit, f"evidence.short.{name}", name=f"evidence_{name}")
        button.setToolTip(action.cap)  # there is no room for its key-cap
        button.clicked.connect(action.trigger)
        button.setEnabled(action.enabled)
        action.enabled_changed.connect(button.setEnabled)
        self._seldom.addWidget(button, 1)

    def first_focus(self) -> QWidget:
        """The grid; while it is empty, what fills it."""
        return self.grid if self._model.rowCount() else self._add

    def _count(self) -> None:
        held = self.window().focusWidget() is self._add
        self._stack.setCurrentIndex(0 if self._model.rowCount() else 1)
        if held:
            self.first_focus().setFocus()
