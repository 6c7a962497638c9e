"""Whose case it is: the desk in charge, since when and why, and what may be done about it here."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.change_holder import (
    ASSIGN,
    DECLINE,
    DISSUADE,
    OFFER,
    TAKE_ON,
    TAKE_OVER,
    TELL,
    WITHDRAW,
    HolderState,
)
from desktop.ui.case.holder.texts import HolderTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.texts.label import Label

KEYED = (TAKE_ON, OFFER, ASSIGN, TAKE_OVER)
"""What the key does: the first of these that may be done."""
_ACTS = (TAKE_ON, DECLINE, OFFER, ASSIGN, WITHDRAW, TAKE_OVER, TELL, DISSUADE)
_KEYS = {**dict.fromkeys(KEYED, "Ctrl+Shift+K"), TELL: "Ctrl+Shift+N", DISSUADE: "Ctrl+Shift+U"}


class HolderCard(Card):
    """``wanted(act)``. Hidden at a station with one desk."""

    wanted = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_holder.title")
        self._kit = kit
        self.setObjectName("case_charge")
        self._sheet: CaseSheet | None = None
        self._who = Label(kit, role="strong", wrap=True)
        self._since = Label(kit, role="hint", ink="muted", wrap=True)
        self._from = Label(kit, role="hint", ink="muted", wrap=True)
        self._waits = Label(kit, role="small_strong", ink="amber", wrap=True)
        self._why = Label(kit, role="hint", ink="muted", wrap=True)
        self._disputed = Label(kit, "case_holder.disputed", role="hint", ink="amber", wrap=True)
        self._who.setObjectName("case_charge_who")
        self._waits.setObjectName("case_charge_waits")
        for label in (self._who, self._since, self._from, self._waits, self._why, self._disputed):
            self.body.addWidget(label)
        row = Row(kit)
        self._buttons = {act: self._button(act) for act in _ACTS}
        for button in self._buttons.values():
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.hide()
        kit.texts.changed.connect(self._again)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show whose case it is."""
        self._sheet = sheet
        state = sheet.holder
        self.setVisible(state is not None and not state.alone)
        if state is not None:
            self._show(state, HolderTexts(self._kit, sheet.officer))

    def _show(self, state: HolderState, texts: HolderTexts) -> None:
        stands, waits = texts.stands(state), texts.waits(state)
        self._tell(self._who, stands.head)
        self._tell(self._since, stands.hint)
        self._tell(self._from, texts.came_from(state.holder))
        self._tell(self._waits, waits.head if waits else "")
        self._tell(self._why, waits.hint if waits else "")
        self._disputed.setVisible(state.disputed)
        for act, button in self._buttons.items():
            button.setVisible(act in state.acts)
        self.set_panel("amber" if state.offered_here or state.disputed else "card")

    def _tell(self, label: Label, text: str) -> None:
        label.set_text(text)
        label.setVisible(bool(text))

    def _button(self, act: str) -> Button:
        button = Button(
            self._kit,
            f"case_holder.act.{act}",
            variant=Variant.PRIMARY if act == TAKE_ON else Variant.PLAIN,
            size=Size.COMPACT,
            keys=_KEYS.get(act, ""),
            name=f"case_charge_{act}",
        )
        button.clicked.connect(partial(self.wanted.emit, act))
        return button

    def _again(self) -> None:
        if self._sheet is not None:
            self.show_sheet(self._sheet)
