"""Two values of one field that did not know of each other: side by side, for a person to decide."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.time.clock import from_wire
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.case.texts.subject_texts import SubjectTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label


class ValueCard(QFrame):
    """One of the values: what, by whom, when. ``taken(value)``: this one holds."""

    taken = Signal(str)

    def __init__(
        self, kit: Kit, value: str, shown: str, author: str, *, provisional: bool, writes: bool
    ) -> None:
        super().__init__()
        self._value = value
        set_look(self, panel="card")
        row = Row(kit, self)
        side, high = kit.theme.space("space_m"), kit.theme.space("space_s")
        row.setContentsMargins(side, high, side, high)
        texts = Column(kit, gap="space_xxs")
        what = Label(kit, role="strong", wrap=True)
        what.set_text(shown or kit.texts.text("case.conflict.empty"))
        texts.addWidget(what)
        who = Label(kit, role="hint", ink="muted")
        who.set_text(author)
        texts.addWidget(who)
        row.addLayout(texts, 1)
        if provisional:
            row.addWidget(Chip(kit, "case.conflict.shown", tone=Tone.WARN))
        take = Button(kit, "case.conflict.take", size=Size.COMPACT, name="case_conflict_take")
        take.clicked.connect(self._take)
        set_shown(take, shown=writes)
        row.addWidget(take)

    def _take(self) -> None:
        self.taken.emit(self._value)


class ConflictRow(QWidget):
    """All values of one field. ``decided(Conflict, value)``."""

    decided = Signal(object, str)

    def __init__(
        self,
        kit: Kit,
        conflict: Conflict,
        sheet: CaseSheet,
        words: tuple[FieldTexts, SubjectTexts],
        *,
        revealed: bool,
        writes: bool,
    ) -> None:
        super().__init__()
        self._conflict = conflict
        self._over = False
        self.setObjectName("case_conflict")
        column = Column(kit, self, gap="space_xs")
        name = Label(kit, role="small_strong", ink="amber")
        fields, subjects = words
        part = "" if conflict.subject.startswith("case/") else subjects.name(conflict.subject)
        name.set_text(" · ".join(filter(None, (part, fields.name(conflict.field)))))
        column.addWidget(name)
        row = Row(kit, gap="card_gap")
        meanwhile = _meanwhile(conflict)
        texts = [contested.value for contested in conflict.values]
        values = fields.values(conflict.field, texts, revealed=revealed)
        for place, (contested, shown) in enumerate(zip(conflict.values, values, strict=True)):
            author = _author(kit, sheet, contested)
            card = ValueCard(
                kit, contested.value, shown, author, provisional=place == meanwhile, writes=writes
            )
            card.taken.connect(self._decide)
            row.addWidget(card, 1)
        column.addLayout(row)

    def _decide(self, value: str) -> None:
        """Once: the page is read anew, whatever comes of it."""
        if not self._over:
            self._over = True
            self.decided.emit(self._conflict, value)


def _author(kit: Kit, sheet: CaseSheet, contested: Contested) -> str:
    """Who, at which desk, when."""
    letter = sheet.letters.get(contested.device, "")
    desk = kit.texts.text("case_holder.mark", letter=letter) if letter else ""
    words = (sheet.officer(contested.officer), desk, moment(kit, from_wire(contested.wall)))
    return "  ".join(filter(None, words))


def _meanwhile(conflict: Conflict) -> int:
    """The place of the value that counts until somebody decides: what is contested stays in the case."""
    if conflict.field != FIELD:
        return 0
    return next(
        (place for place, contested in enumerate(conflict.values) if not contested.value), 0
    )


class ConflictsCard(Card):
    """Hidden while everybody agrees. Who does not ``writes`` sees the values and decides nothing."""

    decided = Signal(object, str)

    def __init__(self, kit: Kit, texts: FieldTexts, *, writes: bool) -> None:
        super().__init__(kit, "case.conflict.title", panel="amber")
        self._writes = writes
        self._kit = kit
        self._words = (texts, SubjectTexts(kit))
        self._rows: list[ConflictRow] = []
        self.setObjectName("case_conflicts")
        self.header.addWidget(ElidedLabel(kit, "case.conflict.hint", role="hint", ink="muted"), 1)
        self.hide()

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show what is to be decided in a case."""
        let_go(self.body, *self._rows)
        self._rows = []
        self._words[1].learn(sheet)
        for conflict in sheet.file.conflicts:
            row = ConflictRow(
                self._kit, conflict, sheet, self._words, revealed=revealed, writes=self._writes
            )
            row.decided.connect(self.decided)
            self._rows.append(row)
            self.body.addWidget(row)
        self.setVisible(bool(self._rows))
