"""The case at a glance: what is to be decided, the money, the clocks, the person, the story."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLayoutItem, QWidget

from desktop.domain.case_file.next_step import NextKind, next_steps
from desktop.domain.case_file.orders.order_mismatch import OddOrder
from desktop.domain.cases.answers import words_of
from desktop.domain.exchange.delivery import DeliveryStage
from desktop.domain.interview.scripts import Scripts
from desktop.domain.masking import masked_account, masked_text
from desktop.domain.money.dispositions import Disposition
from desktop.domain.orders.order import OrderState
from desktop.journal.kinds import EVIDENCE_VERIFIED
from desktop.services.case_sheet import ENTRY, VALUES, CaseSheet
from desktop.services.exchange.export.delivery import CaseDelivery, FileDelivery
from desktop.ui.case.cards.decision_cards import ConflictsCard, MergeCard
from desktop.ui.case.cards.parties_card import PartiesCard
from desktop.ui.case.cards.procedure_card import DeadlinesCard, ProcedureCard, SpecialCard
from desktop.ui.case.cards.story_card import StoryCard
from desktop.ui.case.holder.card import HolderCard
from desktop.ui.case.objections.card import ObjectionsCard
from desktop.ui.case.setup import CaseSetup
from desktop.ui.case.tasks.card import TasksCard
from desktop.ui.case.texts.field_texts import FieldTexts
from desktop.ui.case.transfers import TransfersCard
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import kind_text, state_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.delivery_texts import counted
from desktop.ui.shared.text.money_sums import sums_text
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, let_go
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.layout.tab_order import tab_as_laid_out
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_MOST_FILES = 6
"""More are in the list of evidence; here it is the number that matters."""
_TONES: Mapping[DeliveryStage, Tone] = {
    DeliveryStage.HERE: Tone.WARN,
    DeliveryStage.EXPORTED: Tone.INFO,
    DeliveryStage.CARRIED: Tone.BAD,
    DeliveryStage.ACKNOWLEDGED: Tone.OK,
    DeliveryStage.CLOSED: Tone.NEUTRAL,
}


_SUMMARY_ROWS = ("next", "money", "where", "orders", "evidence")
_STEPS = 3
_URGENT = frozenset(
    {NextKind.DECIDE, NextKind.ODDS, NextKind.STOP, NextKind.STOP_NEXT, NextKind.LATE_TASK}
)


class CaseSummaryCard(Card):
    """The first lines an officer reads who takes over."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "case_summary.title")
        self._kit = kit
        self.setObjectName("case_glance")
        self._values = KeyValues(kit, right=False)
        self._labels: dict[str, Label] = {}
        for name in _SUMMARY_ROWS:
            self._labels[name] = self._values.add_row(f"case_summary.{name}")
            self._labels[name].setObjectName(f"case_glance_{name}")
        self._labels["where"].setWordWrap(True)
        self.body.addWidget(self._values)

    def show_sheet(self, sheet: CaseSheet, now: datetime) -> None:
        """Show a case."""
        steps = next_steps(sheet.file, now, sheet.merger)[:_STEPS]
        texts = self._kit.texts
        parts = [
            texts.text(f"case_summary.step.{step.kind.value}", count=step.count) for step in steps
        ]
        self._labels["next"].set_text(
            texts.text("case_summary.comma").join(parts) or texts.text("case_summary.nothing")
        )
        urgent = bool(steps) and steps[0].kind in _URGENT
        self._labels["next"].set_ink("red" if urgent else "" if steps else "green")
        self._labels["money"].set_text(self._money(sheet))
        where = sums_text(self._kit, sheet.places.at(now), {Disposition.RETURNED})
        self._labels["where"].set_text(where or texts.text("case_summary.no_money"))
        self._labels["orders"].set_text(self._orders(sheet))
        size = size_text(texts, sum(item.size for item in sheet.file.evidence))
        count = len(sheet.file.evidence)
        self._labels["evidence"].set_text(
            texts.text("case_summary.files", count=count, size=size)
            if count
            else texts.text("case_summary.no_files")
        )

    def _money(self, sheet: CaseSheet) -> str:
        amounts, words = sheet.amounts, self._kit.texts
        parts = [words.text("case_summary.gross", amount=yuan(amounts.gross_fen))]
        if amounts.returned_fen:
            parts.append(words.text("case_summary.returned", amount=yuan(amounts.returned_fen)))
            parts.append(words.text("case_summary.net", amount=yuan(amounts.net_fen)))
        if amounts.attempted_fen:
            parts.append(words.text("case_summary.attempted", amount=yuan(amounts.attempted_fen)))
        return words.text("case_summary.comma").join(parts)

    def _orders(self, sheet: CaseSheet) -> str:
        counts = Counter(view.state for view in sheet.file.orders)
        texts = self._kit.texts
        parts = [
            texts.text(f"case_summary.state.{state.value}", count=counts[state])
            for state in OrderState
            if counts[state]
        ]
        return texts.text("case_summary.comma").join(parts) or texts.text("case_summary.no_orders")


class DeliveryCard(Card):
    """Hidden where there is no centre to deliver to."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "delivery.title")
        self._kit = kit
        self.setObjectName("case_delivery")
        self._sheet: CaseSheet | None = None
        self._shown: object = None
        self._entries = Label(kit, role="small", wrap=True)
        self._files = Label(kit, role="small", wrap=True)
        self._entries.setObjectName("case_delivery_entries")
        self._files.setObjectName("case_delivery_files")
        self._lines: list[QWidget] = []
        self._list = Column(kit, gap="space_xs")
        self._more = Label(kit, role="hint", ink="muted")
        self.body.addWidget(self._entries)
        self.body.addWidget(self._files)
        self.body.addLayout(self._list)
        self.body.addWidget(self._more)
        self.hide()
        kit.texts.changed.connect(self._again)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show how far the case got; its lines stay while nothing of it changed."""
        self._sheet = sheet
        found = sheet.delivery
        self.setVisible(found is not None)
        facts = (found, self._kit.texts.language)
        if found is not None and facts != self._shown:
            self._shown = facts
            self._show(found)

    def _show(self, found: CaseDelivery) -> None:
        self._entries.set_text(counted(self._kit, "entries", found.entries))
        counts = Counter(item.stage for item in found.files)
        self._files.set_text(counted(self._kit, "files", counts))
        self._files.setVisible(bool(found.files))
        under_way = [item for item in found.files if item.stage is not DeliveryStage.CLOSED]
        let_go(self._list, *self._lines)
        self._lines = [self._line(item) for item in under_way[:_MOST_FILES]]
        for line in self._lines:
            self._list.addWidget(line)
        rest = len(under_way) - len(self._lines)
        self._more.set_key("delivery.more", count=rest)
        self._more.setVisible(rest > 0)

    def _line(self, item: FileDelivery) -> QWidget:
        line = QWidget()
        row = Row(self._kit, line)
        name = ElidedLabel(self._kit, role="hint")
        name.set_text(item.name)
        row.addWidget(name, 1)
        if item.medium:
            medium = Label(self._kit, role="hint", ink="muted")
            medium.set_text(item.medium)
            row.addWidget(medium)
        chip = Chip(self._kit, f"delivery.stage.{item.stage.value}", tone=_TONES[item.stage])
        self._kit.texts.bind(chip.setToolTip, f"delivery.tip.{item.stage.value}")
        row.addWidget(chip)
        return line

    def _again(self) -> None:
        if self._sheet is not None:
            self.show_sheet(self._sheet)


def mismatch_lines(kit: Kit, odd: OddOrder, texts: FieldTexts, *, revealed: bool) -> str:
    """Each field that differs, with both values."""
    lines = []
    for item in odd.mismatches:
        name, both = texts.name(item.field), (item.ordered, item.stands)
        ordered, stands = texts.values(item.field, both, revealed=revealed)
        lines.append(kit.texts.text("case.odds.line", field=name, ordered=ordered, stands=stands))
    return "\n".join(lines)


class MismatchCard(Card):
    """``act_wanted(OrderView)``. Hidden while every order says what the case says."""

    act_wanted = Signal(object)

    def __init__(self, kit: Kit, texts: FieldTexts) -> None:
        super().__init__(kit, "case.odds.title", panel="amber")
        self._kit = kit
        self._texts = texts
        self._rows: list[QWidget] = []
        self.setObjectName("case_odds")
        self.header.addWidget(ElidedLabel(kit, "case.odds.hint", role="hint", ink="muted"), 1)
        self.hide()

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the orders of a case that are at odds with it."""
        let_go(self.body, *self._rows)
        self._rows = [self._row(odd, revealed=revealed) for odd in sheet.odd_orders]
        for row in self._rows:
            self.body.addWidget(row)
        self.setVisible(bool(self._rows))

    def _row(self, odd: OddOrder, *, revealed: bool) -> QWidget:
        kit, view = self._kit, odd.view
        held = QWidget()
        row = Row(kit, held)
        texts = Column(kit, gap="space_xxs")
        head = Label(kit, role="strong")
        head.set_text(" · ".join((kind_text(kit, view), view.order.number, state_text(kit, view))))
        lines = Label(kit, role="small", wrap=True)
        lines.setObjectName(f"case_odds_{view.order.number}")
        lines.set_text(mismatch_lines(kit, odd, self._texts, revealed=revealed))
        texts.addWidget(head)
        texts.addWidget(lines)
        row.addLayout(texts, 1)
        act = Button(
            kit, "ordering.act.button", size=Size.COMPACT, icon="arrow_right",
            name=f"case_odds_act_{view.order.number}",
        )  # fmt: skip
        act.clicked.connect(partial(self.act_wanted.emit, view))
        row.addWidget(act)
        return held


_ASKED, _SAID = 5, 6


class AnswersCard(Card):
    """Hidden while nothing was asked. What was left open shows its reason, faint."""

    def __init__(self, kit: Kit, scripts: Scripts, texts: FieldTexts) -> None:
        super().__init__(kit, "case.said.title")
        self.setObjectName("case_said")
        self._kit = kit
        self._scripts = scripts
        self._texts = texts
        self._sheet: CaseSheet | None = None
        self._revealed = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(kit.theme.space("space_m"))
        self._grid.setVerticalSpacing(kit.theme.space("space_s"))
        self._grid.setColumnStretch(0, _ASKED)
        self._grid.setColumnStretch(1, _SAID)
        self.body.addLayout(self._grid)
        kit.texts.changed.connect(self._read)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show what was said in a case."""
        self._sheet, self._revealed = sheet, revealed
        self._read()

    def _read(self) -> None:
        self._clear()
        case = self._sheet.file.case if self._sheet else None
        answered = self._scripts.answered(case.type, case.answers, case.visit) if case else ()
        self.setVisible(bool(answered))
        for place, (question, answer) in enumerate(answered):
            asked = Label(self._kit, role="small", ink="muted", wrap=True)
            asked.set_text(question.text(self._kit.texts.language))
            value = Label(self._kit, wrap=True, ink="" if words_of(answer) else "faint")
            value.setObjectName(f"said_{question.id}")
            text = self._texts.answer(question.answer_text(answer, self._kit.texts.language))
            value.set_text(text if self._revealed else masked_text(text))
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            for column, label in enumerate((asked, value)):
                label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
                self._grid.addWidget(label, place, column)

    def _clear(self) -> None:
        while self._grid.count():
            item: QLayoutItem | None = self._grid.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()


class SeriesCard(Card):
    """Counts, this case's own values, and the centre's word."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "series.hint.title", panel="blue")
        self._kit = kit
        self.setObjectName("case_series")
        self._summary = Label(kit, wrap=True)
        self._by = Label(kit, role="small", ink="muted", wrap=True)
        self._note = Label(kit, role="small", wrap=True)
        for label in (self._summary, self._by, self._note):
            self.body.addWidget(label)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show the hint of a case."""
        hint = sheet.series
        self.setVisible(hint is not None)
        if hint is None:
            return
        self._summary.set_key(
            "series.hint.told", cases=hint.cases, units=hint.units, loss=yuan(hint.loss_fen),
            at=show_local(hint.at, self._kit.zone)[:16],
        )  # fmt: skip
        values = (value if revealed else masked_account(value) for value in hint.by)
        self._by.set_key("series.hint.by", values=self._kit.texts.text("series.comma").join(values))
        self._note.set_text(hint.note)
        self._note.setVisible(bool(hint.note))


_WIDE, _NARROW = 7, 4


_Cards = tuple[tuple[Callable[..., None], frozenset[str]], ...]
"""How each shows a case, and what of it that tells of."""


class Overview(QWidget):
    """``stop_wanted(position)``; ``decided(Conflict, value)``; ``fields_wanted``: the story of every field."""

    stop_wanted = Signal(int)
    decided = Signal(object, str)
    fields_wanted = Signal()

    def __init__(self, kit: Kit, setup: CaseSetup, texts: FieldTexts) -> None:
        super().__init__()
        self._kit = kit
        self._conflicts = ConflictsCard(kit, texts, writes=setup.writes)
        self.mismatches = MismatchCard(kit, texts)
        self.merge = MergeCard(kit, writes=setup.writes)
        self._series = SeriesCard(kit)
        self._summary = CaseSummaryCard(kit)
        self._transfers = TransfersCard(kit, orders=setup.orders)
        self._who = PartiesCard(kit)
        self.holder = HolderCard(kit)
        self._delivery = DeliveryCard(kit)
        self._deadlines = DeadlinesCard(kit, setup)
        self.procedure = ProcedureCard(kit, writes=setup.writes)
        self.tasks = TasksCard(kit, writes=setup.writes)
        self.objections = ObjectionsCard(kit, writes=setup.writes)
        self.story = StoryCard(kit, writes=setup.writes)
        self._answers = AnswersCard(kit, setup.scripts, texts)
        self._special = SpecialCard(kit, setup.scripts)
        payments = frozenset({"case", "transfer", "order"})
        self._masking: _Cards = (
            (self._conflicts.show_sheet, VALUES),
            (self.mismatches.show_sheet, payments),
            (self._series.show_sheet, frozenset({"case"})),
            (self._transfers.show_sheet, payments),
            (self._who.show_sheet, frozenset({"case"})),
            (self.procedure.show_sheet, frozenset({"case", "step"})),
            (self._answers.show_sheet, frozenset({"case"})),
            (self.tasks.show_sheet, VALUES),
            (self.objections.show_sheet, frozenset({"case", "order", "paper"})),
            (self.story.show_sheet, VALUES),
        )
        clocks = payments | {"step", "task", "evidence", EVIDENCE_VERIFIED}
        self._plain: _Cards = (
            (self.merge.show_sheet, payments | {"evidence"}),
            (self._deadlines.show_sheet, clocks),
            (self.holder.show_sheet, frozenset({"case"})),
            (self._delivery.show_sheet, frozenset({ENTRY})),
            (self._special.show_sheet, payments),
        )
        self._build()
        self._transfers.stop_wanted.connect(self.stop_wanted)
        self._who.fields.clicked.connect(self.fields_wanted)
        self._conflicts.decided.connect(self.decided)

    def show_sheet(self, sheet: CaseSheet, *, revealed: bool) -> None:
        """Show of a case what may be another than before."""
        for show, subjects in self._masking:
            if sheet.touches(subjects):
                show(sheet, revealed=revealed)
        for show, subjects in self._plain:
            if sheet.touches(subjects):
                show(sheet)
        if sheet.touches(VALUES):
            self._summary.show_sheet(sheet, self._kit.ticks.now())
        tab_as_laid_out(
            self._content, self._who.fields
        )  # a stop is reached before what stands below it

    def _build(self) -> None:
        content = self._content = QWidget()
        row = Row(self._kit, content, gap="card_gap")
        left, right = Column(self._kit, gap="card_gap"), Column(self._kit, gap="card_gap")
        for card in (
            self._conflicts,
            self.mismatches,
            self.merge,
            self._series,
            self._summary,
            self._transfers,
            self._special,
            self.tasks,
            self.objections,
            self.story,
            self._answers,
        ):
            left.addWidget(card)
        for other in (self.holder, self._deadlines, self.procedure, self._delivery, self._who):
            right.addWidget(other)
        left.addStretch(1)
        right.addStretch(1)
        row.addLayout(left, _WIDE)
        row.addLayout(right, _NARROW)
        whole = Column(self._kit, self)
        whole.addWidget(ScrollArea(self._kit, content))
