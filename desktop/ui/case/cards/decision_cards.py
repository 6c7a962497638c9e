"""What a person decides about a case: which of two values of a field holds, and how it stands to other reports."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.domain.case_file.merge import MergedReport
from desktop.domain.case_file.views import Conflict, Contested
from desktop.domain.cases.case import Case
from desktop.domain.cases.taken_out import FIELD
from desktop.domain.time.clock import from_wire
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.merge_cases import RepeatReport
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.case.texts.subject_texts import SubjectTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
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


class MergeCard(Card):
    """``opened(case id)``; ``merge_wanted(RepeatReport)``; ``undo_wanted(case id, number)``.

    Hidden for a case that stands alone. Where nobody ``writes``, the other reports can only be opened.
    """

    opened = Signal(str)
    merge_wanted = Signal(object)
    undo_wanted = Signal(str, str)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "merge.card.title", panel="amber")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_merge")
        self._shown: object = None
        self._sheet: CaseSheet | None = None
        self._lines: list[QWidget] = []
        kit.texts.changed.connect(self._again)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show how a case stands; its lines stay, with the keyboard on them, while nothing of it changed."""
        self._sheet = sheet
        facts = (sheet.merger, sheet.repeats, sheet.file.case.id)
        self.setVisible(bool(sheet.merger.lead or sheet.merger.reports or sheet.repeats))
        if facts != self._shown:
            self._shown = facts
            self._fill(sheet)

    def _again(self) -> None:
        if self._sheet is not None:
            self._fill(self._sheet)

    def _fill(self, sheet: CaseSheet) -> None:
        let_go(self.body, *self._lines)
        self._lines = []
        merger = sheet.merger
        urgent = merger.lead is not None or bool(sheet.repeats)
        self.set_panel("amber" if urgent else "card")
        if merger.lead is not None:
            self._add(self._lead_line(sheet, merger.lead.case))
        for repeat in sheet.repeats:
            self._add(self._repeat_line(repeat))
        for report in merger.reports:
            self._add(self._report_line(sheet, report))

    def _lead_line(self, sheet: CaseSheet, lead: Case) -> QWidget:
        case = sheet.file.case
        head = self._kit.texts.text("merge.card.into", number=lead.number, victim=lead.victim.name)
        line, buttons = self._line(head, self._kit.texts.text("merge.card.into_hint"))
        self._button(buttons, "open", partial(self.opened.emit, lead.id))
        self._button(buttons, "undo", partial(self.undo_wanted.emit, case.id, case.number))
        return line

    def _repeat_line(self, repeat: RepeatReport) -> QWidget:
        head = self._kit.texts.text(
            "merge.card.likely", number=repeat.number, count=repeat.payments
        )
        hint = f"{show_local(repeat.accepted_at, self._kit.zone)[:16]}　{repeat.victim}　{repeat.unit_name}"
        line, buttons = self._line(head, hint)
        self._button(buttons, "open", partial(self.opened.emit, repeat.case))
        self._button(buttons, "merge", partial(self.merge_wanted.emit, repeat))
        return line

    def _report_line(self, sheet: CaseSheet, report: MergedReport) -> QWidget:
        file, words = report.file, self._kit.texts
        case = file.case
        head = words.text(
            "merge.card.report",
            number=case.number,
            transfers=len(file.transfers),
            twice=len([item for item in file.transfers if item.id in sheet.merger.twice]),
            orders=len(file.orders),
            evidence=len(file.evidence),
        )
        merged = moment(self._kit, report.at) if report.at else ""
        hint = words.text(
            "merge.card.merged", at=merged, officer=sheet.officer(report.by), reason=report.reason
        )
        line, buttons = self._line(head, hint.rstrip(" ：:"))
        self._button(buttons, "open", partial(self.opened.emit, case.id))
        self._button(buttons, "undo", partial(self.undo_wanted.emit, case.id, case.number))
        return line

    def _line(self, head: str, hint: str) -> tuple[QWidget, Row]:
        line = QWidget()
        row = Row(self._kit, line, gap="space_s")
        texts = Column(self._kit, gap="space_xxs")
        for text, role, ink in ((head, "body", ""), (hint, "hint", "muted")):
            label = ElidedLabel(self._kit, role=role, ink=ink)
            label.set_text(text)
            texts.addWidget(label)
        row.addLayout(texts, 1)
        return line, row

    def _button(self, row: Row, name: str, slot: partial[None]) -> None:
        button = Button(
            self._kit, f"merge.card.{name}", size=Size.COMPACT, name=f"case_merge_{name}"
        )
        button.clicked.connect(slot)
        row.addWidget(button)
        set_shown(button, shown=self._writes or name == "open")

    def _add(self, line: QWidget) -> None:
        self._lines.append(line)
        self.body.addWidget(line)
