"""The panel beside the form: the clock, the other cases, what a stop still needs."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import SameAccount
from desktop.domain.cases.case import Visit
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.scam_types import in_language
from desktop.services.cases.form.earlier_visits import EarlierVisit
from desktop.services.cases.form.read_form import Element, golden_window
from desktop.services.cases.form.visit_elements import elements
from desktop.services.session import Session
from desktop.ui.intake.setup import IntakeSetup
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.moment_text import clock_or_day
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, divider
from desktop.ui.shared.widgets.pages.clock_label import GoldenClockCard
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

SHOWN: Final = 4
"""Other cases listed; more are counted."""


REPEATS_SHOWN: Final = 2
_ASKED: Final = frozenset({"victim", "payer", "amount_time", "payee", "story"})
"""What a caller is asked for, a line each."""


class _RepeatRow(QWidget):
    """Number, what is the same; day, officer, kind of visit."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        texts = Column(kit, self, gap="space_xxs")
        self.number = Label(kit, role="digits_small")
        self._why = ElidedLabel(kit, role="small", ink="amber")
        self._when = ElidedLabel(kit, role="small", ink="muted")
        for label in (self.number, self._why, self._when):
            texts.addWidget(label)

    def show_report(self, report: EarlierVisit) -> None:
        """Describe an earlier case."""
        texts = self._kit.texts
        dot = texts.text("intake.dot")
        self.number.set_text(report.number)
        why = dot.join(texts.text(f"repeats.why.{item}") for item in report.why)
        whose = texts.text("case.record.comma").join(report.whose)
        self._why.set_text(
            texts.text("repeats.same_of", name=whose, why=why)
            if whose
            else texts.text("repeats.same", why=why)
        )
        day = clock_or_day(self._kit, report.accepted_at)
        kind = texts.text(f"visits.kind.{report.visit}")
        self._when.set_text(dot.join((day, report.officer, kind)))


class RepeatCard(Card):
    """Hidden while nobody like this was here. The button opens the newest of the cases; the draft stays."""

    def __init__(self, kit: Kit, open_newest: Action) -> None:
        super().__init__(kit, "repeats.title", panel="amber")
        self.setObjectName("repeat_card")
        self._kit = kit
        self._reports: tuple[EarlierVisit, ...] = ()
        self._rows = [_RepeatRow(kit) for _ in range(REPEATS_SHOWN)]
        for row in self._rows:
            self.body.addWidget(row)
        self._more = Label(kit, role="small", ink="muted")
        self.body.addWidget(self._more)
        self._rule = Label(kit, "repeats.rule", role="small", ink="muted", wrap=True)
        self.body.addWidget(self._rule)
        self.body.addWidget(Button.of(kit, open_newest, size=Size.COMPACT, name="repeat_open"))
        kit.texts.changed.connect(self._show)
        self.hide()

    def show_earlier(self, reports: tuple[EarlierVisit, ...]) -> None:
        """List these."""
        if reports != self._reports:
            self._reports = reports
            self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._reports))
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._reports))
            if place < len(self._reports):
                row.show_report(self._reports[place])
        more = len(self._reports) - REPEATS_SHOWN
        self._more.setVisible(more > 0)
        if more > 0:
            self._more.set_key("intake.panel.more", count=more)


class _CaseRow(QWidget):
    """Another case with the same account: type, unit and day, amount."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        row = Row(kit, self, gap="space_s")
        texts = Column(kit, gap="space_xxs")
        self._type = ElidedLabel(kit)
        self._where = ElidedLabel(kit, role="small", ink="muted")
        texts.addWidget(self._type)
        texts.addWidget(self._where)
        row.addLayout(texts, 1)
        self._loss = Label(kit, role="digits")
        row.addWidget(self._loss)

    def show_case(self, other: SameAccount, type_name: str) -> None:
        """Describe a case."""
        texts = self._kit.texts
        self._type.set_text(type_name or texts.text("intake.panel.no_type"))
        day = clock_or_day(self._kit, other.accepted_at)
        self._where.set_text(f"{day}{texts.text('intake.dot')}{other.unit_name}")
        self._loss.set_text(texts.text("intake.yuan", amount=yuan(other.loss_fen)))


class SameCasesCard(Card):
    """The newest few of the other cases."""

    def __init__(self, kit: Kit, setup: IntakeSetup) -> None:
        super().__init__(kit, "intake.panel.same")
        self._setup = setup
        self._others: tuple[SameAccount, ...] = ()
        self._most = SHOWN
        self._hides_empty = False
        self._none = Label(kit, "intake.panel.none", role="small", ink="muted", wrap=True)
        self._more = Label(kit, role="small", ink="muted")
        self.body.addWidget(self._none)
        self._rows: list[tuple[_CaseRow, QWidget]] = []
        for _place in range(SHOWN):
            row, line = _CaseRow(kit), divider(kit)
            self.body.addWidget(row)
            self.body.addWidget(line)
            self._rows.append((row, line))
        self.body.addWidget(self._more)
        kit.texts.changed.connect(self._show)
        self._show()

    def show_cases(self, others: tuple[SameAccount, ...]) -> None:
        """List these."""
        if others != self._others:
            self._others = others
            self._show()

    def set_most(self, most: int, *, hide_empty: bool) -> None:
        """List so many of them; ``hide_empty``: where there are none, that is not said."""
        if (most, hide_empty) != (self._most, self._hides_empty):
            self._most, self._hides_empty = most, hide_empty
            self._show()

    def _show(self) -> None:
        set_shown(self, shown=bool(self._others) or not self._hides_empty)
        for place, (row, line) in enumerate(self._rows):
            known = place < min(len(self._others), self._most)
            row.setVisible(known)
            line.setVisible(known)
            if known:
                row.show_case(self._others[place], self._setup.type_name(self._others[place].type))
        more = len(self._others) - self._most
        self._none.setVisible(not self._others)
        self._more.setVisible(more > 0)
        if more > 0:
            self._more.set_key("intake.panel.more", count=more)


def _line_to_say(elements: tuple[Element, ...]) -> str:
    """Asks for the first thing that is missing for a stop; first of all, that no more money leaves."""
    missing = [element.key for element in elements if not element.done]
    if len(missing) == len(elements) or not set(missing) <= _ASKED:
        return "calls.say.first"
    return f"calls.say.{missing[0]}" if missing else "calls.say.done"


class ElementsCard(Card):
    """止付要素 n/5, each with a tick. ``calls``: what to say to the caller next stands above them; at a counter, how
    much evidence there is stands below."""

    def __init__(self, kit: Kit, *, calls: bool) -> None:
        super().__init__(kit, "intake.panel.elements_title")
        self.title.setObjectName("elements_title")
        self._kit = kit
        self._elements: tuple[Element, ...] = ()
        self._say = Label(kit, wrap=True)
        self._say.setObjectName("say_next")
        self._calls = calls
        set_shown(self._say, shown=calls)
        self.body.addWidget(self._say)
        self._title = "intake.panel.elements"
        kit.texts.changed.connect(self._read_words)
        self._lines: list[tuple[IconLabel, Label]] = []
        holds = QWidget()
        set_shown(holds, shown=not calls)
        evidence = Row(kit, holds, gap="space_s")
        evidence.addWidget(IconLabel(kit, "seal", size="icon_s"))
        evidence.addWidget(Label(kit, "intake.panel.evidence"), 1)
        self._count = Chip(kit)
        self._count.setObjectName("evidence_count")
        evidence.addWidget(self._count)
        self._list = Column(kit, gap="space_s")
        self.body.addLayout(self._list)
        self.body.addWidget(holds)
        self.set_evidence(0)

    def set_evidence(self, count: int) -> None:
        """How many items of evidence the case has."""
        self._count.set_key("intake.panel.items", count=count)
        self._count.set_tone(Tone.OK if count else Tone.NEUTRAL)

    def show_elements(self, elements: tuple[Element, ...]) -> None:
        """Tick what is there."""
        if elements == self._elements:
            return
        self._elements = elements
        while len(self._lines) < len(elements):
            self._add_line()
        for place, (icon, label) in enumerate(self._lines):
            icon.setVisible(place < len(elements))
            label.setVisible(place < len(elements))
        for (icon, label), element in zip(self._lines, elements, strict=False):
            ink = "green" if element.done else "text_disabled"
            icon.set_icon("check" if element.done else "minus", ink)
            if element.names:
                label.set_text(in_language(element.names, self._kit.texts.language))
            else:
                label.set_key(f"elements.{element.key}")
            label.set_ink("" if element.done else "muted")
        done = sum(element.done for element in elements)
        self.set_title(self._title, done=done, total=len(elements))
        self._say.set_key(_line_to_say(elements))

    def show_visit(self, visit: str) -> None:
        """Call the list what it is at a kind of visit."""
        stop = visit == Visit.REPORT
        set_shown(self._say, shown=self._calls and stop)
        self._title = "intake.panel.elements" if stop else "visits.needed"
        self._read_words()

    def _read_words(self) -> None:
        elements, self._elements = self._elements, ()
        self.show_elements(elements)

    def _add_line(self) -> None:
        row = Row(self._kit, gap="space_s")
        icon, label = IconLabel(self._kit, "minus", size="icon_s"), Label(self._kit, wrap=True)
        row.addWidget(icon)
        row.addWidget(label, 1)
        self._list.addLayout(row)
        self._lines.append((icon, label))


class LivePanel(QWidget):
    """Everything on the right. Cheap to refresh: nothing is touched that did not change."""

    def __init__(self, kit: Kit, session: Session, setup: IntakeSetup, open_repeat: Action) -> None:
        super().__init__()
        self._kit = kit
        self._session = session
        self._setup = setup
        self.setFixedWidth(kit.theme.space("intake_side"))
        column = Column(kit, self, gap="card_gap")
        self.clock = GoldenClockCard(kit, "intake.panel.golden", "intake.panel.golden_waits")
        self.clock.clock.setObjectName("golden_clock")
        self.same = SameCasesCard(kit, setup)
        self.elements = ElementsCard(kit, calls=setup.calls)
        self.repeats = RepeatCard(kit, open_repeat)
        column.addWidget(self.clock)
        column.addWidget(self.repeats)
        column.addWidget(self.same)
        column.addWidget(self.elements)
        column.addStretch(1)
        self._span: ClockSpan | None = None
        self._report = True
        self._low = False

    def set_room(self, height: int) -> None:
        """On a low screen fewer of the other cases are listed, so that what a stop needs is seen whole."""
        self._low = height < self._kit.theme.space("intake_side_low")
        self._share_room()

    def show_repeats(self, reports: tuple[EarlierVisit, ...]) -> None:
        """Tell of earlier visits of the same person."""
        self.repeats.show_earlier(reports)
        self._share_room()

    def _share_room(self) -> None:
        known_person = not self.repeats.isHidden()
        self.same.set_most(1 if self._low or known_person else SHOWN, hide_empty=known_person)

    def show_visit(self, visit: str) -> None:
        """Where no money left, no clock of it runs."""
        self._report = visit == Visit.REPORT
        self.elements.show_visit(visit)
        self.clock.setVisible(self._report or self._span is not None)

    def refresh(self, form: IntakeForm) -> None:
        """Read the form."""
        self.elements.show_elements(elements(self._session, form))
        span = self._golden(form)
        if span != self._span:
            self._span = span
            self.clock.set_span(span)
            self.clock.setVisible(self._report or span is not None)

    def _golden(self, form: IntakeForm) -> ClockSpan | None:
        window = golden_window(self._session, form)
        if window is None:
            return None
        return ClockSpan(
            start=window.starts_at,
            deadline=window.ends_at,
            red_under=self._setup.red_under,
            amber_under=self._setup.amber_under,
            chance=True,
        )
