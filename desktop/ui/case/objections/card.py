"""Objections of account holders: each with how far it got, until when, and what is next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.objection_release import (
    ANSWER,
    RECEIPT,
    ObjectionState,
    open_measures,
)
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.objections.objections_of_case import ObjectionView
from desktop.ui.case.objections.texts import ObjectionTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import Chip, Label

_OPEN = frozenset({ObjectionState.REVIEW, ObjectionState.OWN_DECISION})
_DONE = frozenset({ObjectionState.CLOSED, ObjectionState.WITHDRAWN})


class ObjectionRow(QWidget):
    """One objection. ``wanted(act, ObjectionView)``: ``decide``, ``withdraw``, ``objection_receipt`` or
    ``objection_answer``; ``release_wanted(MeasureRelease)``."""

    wanted = Signal(str, object)
    release_wanted = Signal(object)

    def __init__(
        self, kit: Kit, view: ObjectionView, texts: ObjectionTexts, *, revealed: bool, writes: bool
    ) -> None:
        super().__init__()
        self._kit, self._view = kit, view
        self.setObjectName(f"case_objection_{view.number}")
        column = Column(kit, self, gap="space_xs")
        head = Row(kit)
        name = Label(kit, role="strong")
        name.set_text(f"{view.number}. {view.objection.name}")
        head.addWidget(name)
        late = view.due is not None and view.due <= kit.ticks.now()
        chip = Chip(kit, f"objection.state.{view.state.value}", tone=_tone(view, late=late))
        head.addWidget(chip)
        head.addStretch(1)
        column.addLayout(head)
        due = texts.due(view)
        if due:
            column.addWidget(self._line(due, "red" if late else "amber", "case_objection_due"))
        column.addWidget(self._line(texts.came(view), "muted"))
        grounds = texts.grounds(view, revealed=revealed)
        column.addWidget(self._line(grounds, "", "case_objection_grounds"))
        decided = texts.decided(view, revealed=revealed)
        if decided:
            column.addWidget(self._line(decided, "", "case_objection_decided"))
        for release in view.releases:
            column.addWidget(self._line(texts.release(release), "muted"))
        column.addLayout(self._buttons(writes=writes))
        for step in self.findChildren(Button)[:1]:
            self.setFocusProxy(step)

    @property
    def objection(self) -> str:
        """Its id."""
        return self._view.objection.id

    def _line(self, text: str, ink: str, name: str = "") -> Label:
        label = Label(self._kit, role="hint", ink=ink, wrap=True)
        label.setObjectName(name)
        label.set_text(text)
        return label

    def _buttons(self, *, writes: bool) -> Row:
        """What is next first: a measure that still stands is ended before the person gets the answer."""
        row, view = Row(self._kit), self._view
        open_ones = [release for release in view.releases if release.open]
        for place, release in enumerate(open_ones if writes else ()):
            button = self._button(f"release_{release.step.value}", first=place == 0)
            button.clicked.connect(partial(self.release_wanted.emit, release))
            row.addWidget(button)
        for place, act in enumerate(_acts(view) if writes else ()):
            button = self._button(act, first=place == 0 and not open_ones)
            button.clicked.connect(partial(self.wanted.emit, act, view))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _button(self, act: str, *, first: bool) -> Button:
        return Button(
            self._kit,
            f"objection.act.{act}",
            size=Size.COMPACT,
            variant=Variant.PRIMARY if first and act in _STEPS else Variant.PLAIN,
            name=f"case_objection_{self._view.number}_{act}",
        )


_STEPS = frozenset({"decide", "release_order", "release_withdraw", ANSWER})


def _acts(view: ObjectionView) -> tuple[str, ...]:
    """The next step first."""
    if view.state in _OPEN:
        return ("decide", RECEIPT, "withdraw")
    if view.state in {ObjectionState.RELEASE, ObjectionState.ANSWER}:
        return (ANSWER,)
    return ()


def _tone(view: ObjectionView, *, late: bool) -> Tone:
    if late:
        return Tone.BAD
    return Tone.NEUTRAL if view.state in _DONE else Tone.WARN


class ObjectionsCard(Card):
    """``add_wanted``; ``wanted(act, ObjectionView)``; ``release_wanted(MeasureRelease)``; ``paper_wanted(forms,
    subject)``. Hidden in a case that holds nobody's money and never had an objection."""

    add_wanted = Signal()
    wanted = Signal(str, object)
    release_wanted = Signal(object)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "objection.card.title")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_objections")
        add = Button(
            kit, "objection.add", size=Size.COMPACT, keys="Ctrl+J", name="case_objection_add"
        )
        add.clicked.connect(self.add_wanted)
        self._count = Label(kit, role="hint", ink="muted")
        self.header.addWidget(self._count)
        self.header.addWidget(add)
        set_shown(add, shown=writes)
        self._none = Label(kit, "objection.card.none", role="hint", ink="muted", wrap=True)
        self._list = Column(kit, gap="space_m")
        self._rows: list[ObjectionRow] = []
        self.body.addWidget(self._none)
        self.body.addLayout(self._list)
        self.hide()

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show those of a case: what wants somebody first, the newest of what is done last."""
        views = sorted(sheet.objections, key=lambda view: (view.state in _DONE, view.number))
        measures = open_measures(sheet.file, self._kit.ticks.now())
        self.setVisible(bool(views or measures))
        self._none.setVisible(not views)
        open_ones = sum(view.state not in _DONE for view in views)
        self._count.set_key("objection.card.count", open=open_ones, all=len(views))
        self._count.setVisible(bool(views))
        let_go(self._list, *self._rows)
        texts = ObjectionTexts(self._kit, sheet)
        self._rows = [self._row(view, texts, revealed=revealed) for view in views]
        for row in self._rows:
            self._list.addWidget(row)

    def show_objection(self, objection: str) -> None:
        """Bring an objection into sight, with the keyboard on its next step."""
        for row in self._rows:
            if row.objection == objection and row.focusProxy() is not None:
                row.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _row(self, view: ObjectionView, texts: ObjectionTexts, *, revealed: bool) -> ObjectionRow:
        row = ObjectionRow(self._kit, view, texts, revealed=revealed, writes=self._writes)
        row.wanted.connect(self.wanted)
        row.release_wanted.connect(self.release_wanted)
        return row
