"""Where a case stands by law: what makes it special, its clocks with their articles, numbers and steps."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.cases.case import CaseState
from desktop.domain.cases.payments.amounts import CaseAmounts
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.domain.cases.step import ProcedureStep
from desktop.domain.interview.scripts import Scripts
from desktop.domain.law.urgency import MISSED_FOR, Urgency, pressing_of
from desktop.domain.masking import masked_text
from desktop.services.case_sheet import CaseSheet, DeadlineLine
from desktop.ui.case.clocks import only_past, span_of
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.stop_to_freeze_bar import StopToFreezeBar
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.tier_texts import tier_ink, tier_texts
from desktop.ui.shared.widgets.input.button import Button, IconButton, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, let_go
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.clock_label import Bar
from desktop.ui.shared.widgets.texts.clock_face import clock_text, read_span
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class SpecialCard(Card):
    """Hidden while nothing is special and no money is known."""

    def __init__(self, kit: Kit, scripts: Scripts) -> None:
        super().__init__(kit, "amounts.title")
        self.setObjectName("case_special")
        self._kit = kit
        self._scripts = scripts
        self._sheet: CaseSheet | None = None
        self._totals = Label(kit, role="strong", wrap=True)
        self._totals.setObjectName("case_totals")
        self._tier = Label(kit, role="small", wrap=True)
        self._tier.setObjectName("case_tier")
        self._aggravating = Label(kit, role="small", wrap=True)
        self._aggravating.setObjectName("case_circumstances")
        self._banners = Column(kit, gap="space_xs")
        self._made: list[Banner] = []
        for label in (self._totals, self._tier, self._aggravating):
            self.body.addWidget(label)
        self.body.addLayout(self._banners)
        kit.texts.changed.connect(self._read)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show what is special about a case."""
        self._sheet = sheet
        self._read()

    def _read(self) -> None:
        if self._sheet is None:
            return
        case = self._sheet.file.case
        flags = [line for flag in case.flags if (line := self._scripts.question(flag))]
        self._show_money()
        self._show_circumstances(case.circumstances)
        self._show_flags(flags)
        money = self._sheet.money
        counted = money is not None and bool(money.amounts.gross_fen or money.amounts.attempted_fen)
        self.setVisible(counted or bool(flags or case.circumstances))

    def _show_money(self) -> None:
        money = self._sheet.money if self._sheet else None
        line = (money.loss or money.attempted) if money else None
        self._tier.setVisible(line is not None)
        amounts = money.amounts if money else CaseAmounts()
        # Where nothing came back or failed, the glance above has said the one sum there is.
        self._totals.setVisible(bool(amounts.returned_fen or amounts.attempted_fen))
        self._totals.set_key(
            "amounts.all",
            gross=yuan(amounts.gross_fen),
            returned=yuan(amounts.returned_fen),
            net=yuan(amounts.net_fen),
            attempted=yuan(amounts.attempted_fen),
        )
        if money is not None and line is not None:
            self._tier.set_text(tier_texts(self._kit, line, attempted=money.loss is None))
            self._tier.set_ink(tier_ink(line))

    def _show_circumstances(self, circumstances: tuple[tuple[str, str], ...]) -> None:
        self._aggravating.setVisible(bool(circumstances))
        lines = []
        for name, proof in circumstances:
            line = self._scripts.question(name)
            what = line.text(self._kit.texts.language) if line else name
            lines.append(self._kit.texts.text("amounts.proved", what=what, proof=proof or "…"))
        self._aggravating.set_text("\n".join(lines))

    def _show_flags(self, flags: list[ScriptQuestion]) -> None:
        while len(self._made) < len(flags):
            banner = Banner(self._kit, f"case_flag_{len(self._made)}")
            self._made.append(banner)
            self._banners.addWidget(banner)
        for place, banner in enumerate(self._made):
            if place >= len(flags):
                banner.clear()
                continue
            line = flags[place]
            banner.show_lines(Tone.WARN, partial(self._flag, line))

    def _flag(self, line: ScriptQuestion) -> tuple[str, str]:
        language = self._kit.texts.language
        return line.name(language), line.call(language)


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


_NUMBERS = ("incident", "acceptance", "case")


class StepRow(QWidget):
    """One step: its name, and ``facts`` of it. ``withdraw_wanted(Step)``."""

    withdraw_wanted = Signal(object)

    def __init__(self, kit: Kit, step: ProcedureStep, facts: str, *, writes: bool) -> None:
        super().__init__()
        self._step = step
        self.setObjectName(f"case_step_{step.kind.value}")
        row = Row(kit, self)
        texts = Column(kit, gap="space_xxs")
        name = Label(kit, f"steps.kind.{step.kind.value}", ink="faint" if step.withdrawn else "")
        texts.addWidget(name)
        hint = ElidedLabel(kit, role="hint", ink="muted")
        hint.set_text(facts)
        texts.addWidget(hint)
        row.addLayout(texts, 1)
        if writes and not step.withdrawn:
            take_back = IconButton(
                kit, "steps.withdraw.button", "close", size=Size.COMPACT, name="case_step_withdraw"
            )
            take_back.clicked.connect(self._ask)
            row.addWidget(take_back)

    def _ask(self) -> None:
        self.withdraw_wanted.emit(self._step)


class ProcedureCard(Card):
    """``step_wanted``, ``official_wanted``: open their dialogs. ``withdraw_wanted(Step)``."""

    step_wanted = Signal()
    official_wanted = Signal()
    withdraw_wanted = Signal(object)

    def __init__(self, kit: Kit, *, writes: bool) -> None:
        super().__init__(kit, "steps.card.title")
        self._kit = kit
        self._writes = writes
        self.setObjectName("case_procedure")
        self._shown: object = None
        self._rows: list[QWidget] = []
        self._open = Label(kit, "steps.official.none", ink="amber", wrap=True)
        self._open.setObjectName("case_unregistered")
        self._values = KeyValues(kit, right=False)
        self._numbers = {
            name: self._values.add_row(f"steps.official.{name}", role="digits") for name in _NUMBERS
        }
        self._none = Label(kit, "steps.card.none", role="hint", ink="muted", wrap=True)
        self._list = Column(kit, gap="space_s")
        official = Button(
            kit, "steps.official.button", size=Size.COMPACT, keys="Ctrl+G", name="case_official"
        )
        record = Button(
            kit, "steps.card.record", size=Size.COMPACT, keys="Ctrl+R", name="case_record_step"
        )
        official.clicked.connect(self.official_wanted)
        record.clicked.connect(self.step_wanted)
        for part in (self._open, self._values, self._none):
            self.body.addWidget(part)
        self.body.addLayout(self._list)
        buttons = Row(kit)
        for button in (record, official):
            buttons.addWidget(button)
            set_shown(button, shown=writes)
        buttons.addStretch(1)
        self.body.addLayout(buttons)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show where a case stands."""
        official, steps = sheet.file.case.official, sheet.file.steps
        self._open.setVisible(not official.registered)
        self._values.setVisible(any((official.incident, official.acceptance, official.case)))
        for name, label in self._numbers.items():
            number = getattr(official, name)
            label.set_text(number or self._kit.texts.text("case.unknown"))
            label.set_ink("" if number else "faint")
        self._none.setVisible(not steps)
        wanted = (self._kit.texts.language, steps, tuple(sheet.officers.items()), revealed)
        if wanted != self._shown:
            self._shown = wanted
            self._show_steps(sheet, revealed=revealed)

    def _show_steps(self, sheet: CaseSheet, *, revealed: bool) -> None:
        let_go(self._list, *self._rows)
        self._rows = []
        for step in reversed(sheet.file.steps):
            note = step.note if revealed else masked_text(step.note)
            facts = _step_facts(self._kit, step, note, sheet.officer(step.officer))
            row = StepRow(self._kit, step, facts, writes=self._writes)
            row.withdraw_wanted.connect(self.withdraw_wanted)
            self._rows.append(row)
            self._list.addWidget(row)


def _step_facts(kit: Kit, step: ProcedureStep, note: str, officer: str) -> str:
    """``11-24 10:31 · 兰公（城）立字〔2026〕17号 · 王建国``."""
    parts = [show_local(step.at, kit.zone)[5:16], step.number, note, officer]
    if step.withdrawn:
        parts = [kit.texts.text("steps.withdraw.told", reason=step.withdrawn), *parts]
    return " · ".join(part for part in parts if part)
