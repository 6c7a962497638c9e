"""The clocks of a case, each with the article it comes from."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState
from desktop.domain.law.urgency import MISSED_FOR, Urgency, pressing_of
from desktop.services.case_sheet import CaseSheet, DeadlineLine
from desktop.ui.case.clocks import only_past, span_of
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, let_go
from desktop.ui.shared.widgets.pages.clock_label import Bar
from desktop.ui.shared.widgets.texts.clock_face import clock_text, read_span
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class DeadlineRow(QWidget):
    """Name and time left, a bar, and below when it ends and by which rule."""

    def __init__(self, kit: Kit, line: DeadlineLine, state: CaseState, setup: CaseSetup) -> None:
        super().__init__()
        self._kit = kit
        self.line = line
        self._state = state
        self._span = span_of(line.deadline, setup)
        self.setObjectName(f"case_deadline_{line.deadline.name}")
        column = Column(kit, self, gap="space_xxs")
        top = Row(kit)
        top.addWidget(Label(kit, f"deadlines.{line.deadline.name}"))
        top.addStretch(1)
        self.left = Label(kit, role="clock")
        top.addWidget(self.left)
        column.addLayout(top)
        self._bar = Bar(kit)
        column.addWidget(self._bar)
        self._rule = ElidedLabel(kit, role="hint", ink="muted")
        column.addWidget(self._rule)
        kit.texts.changed.connect(self._say)
        self._say()

    def _say(self) -> None:
        self._say_rule()
        self.show_at(self._kit.ticks.now())

    def _say_rule(self) -> None:
        """When it ends and by which article; that holidays are not announced yet, where the end rests on them."""
        line, kit = self.line, self._kit
        ends = show_local(line.deadline.at, kit.zone)[5:16]
        article = line.article or kit.texts.text("clocks.by_order")
        doubt = "" if line.deadline.certain else kit.texts.text("clocks.uncertain")
        rule = kit.texts.text("case.deadline.rule", at=ends, article=article)
        self._rule.set_text("　".join(part for part in (rule, doubt) if part))

    def show_at(self, now: datetime) -> None:
        """The reading at ``now``; a chance gone by is grey once its hour is over too, a duty missed is red."""
        deadline = self.line.deadline
        late = self.line.money_moves and now < deadline.at + MISSED_FOR
        if now >= deadline.at and only_past(deadline, self._state) and not late:
            self.left.set_key("case.deadline.past")
            self.left.set_ink("muted")
            self._bar.set_share(1.0, Tone.NEUTRAL)
            return
        reading = read_span(self._span, now)
        self.left.set_text(clock_text(self._kit.texts, reading))
        self.left.set_tone(reading.tone)
        self._bar.set_share(reading.share, reading.tone)


class DeadlinesCard(Card):
    """The most urgent clock first."""

    def __init__(self, kit: Kit, setup: CaseSetup) -> None:
        super().__init__(kit, "case.deadline.title")
        self._kit = kit
        self._setup = setup
        self.bridge = StopToFreezeBar(kit)
        self.body.addWidget(self.bridge)
        self._rows: list[DeadlineRow] = []
        self._shown: tuple[tuple[DeadlineLine, ...], CaseState] | None = None
        kit.ticks.ticked.connect(self._ticked)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show the clocks of a case; rows are made anew only when the clocks differ."""
        open_first = sorted(sheet.bridges, key=lambda item: item.frozen_at is not None)
        self.bridge.set_window(open_first[0] if open_first else None)
        wanted = (sheet.deadlines, sheet.file.case.state)
        if wanted == self._shown:
            return
        self._shown = wanted
        let_go(self.body, *self._rows)
        self._rows = [DeadlineRow(self._kit, line, wanted[1], self._setup) for line in wanted[0]]
        for row in self._rows:
            self.body.addWidget(row)
        self._arrange(self._kit.ticks.now())
        self.setVisible(bool(self._rows))

    def _arrange(self, now: datetime) -> None:
        ordered = sorted(self._rows, key=lambda row: _urgency(row.line, now))
        if ordered != self._rows:
            self._rows = ordered
            for row in ordered:
                self.body.addWidget(row)  # moves it to the end

    def _ticked(self, now: datetime) -> None:
        if self.isVisible():
            self._arrange(now)
            for row in self._rows:
                row.show_at(now)


def _urgency(line: DeadlineLine, now: datetime) -> Urgency:
    return pressing_of(line.deadline, f"{line.deadline.name}/{line.deadline.subject}").urgency(now)
