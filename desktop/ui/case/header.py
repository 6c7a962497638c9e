"""The strip above the case: who, how much, how long still, and the parts of the page."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from desktop.domain.case_file.clocks import is_live
from desktop.domain.case_file.orders.order_clocks import ONWARD
from desktop.domain.cases.case import Visit
from desktop.domain.law.deadlines import Deadline
from desktop.domain.money.dispositions import MoneySums
from desktop.domain.records.numbers import short_case_number
from desktop.services.case_sheet import CaseSheet
from desktop.services.flow.people_proposals import unconfirmed
from desktop.ui.case.clocks import golden_span, plain_span
from desktop.ui.case.holder.texts import HolderTexts
from desktop.ui.case.parts.tabs import COUNTED, Tab, TabStrip
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.input.button import IconButton, Size
from desktop.ui.shared.widgets.layout.card import Column, Row
from desktop.ui.shared.widgets.pages.clock_label import ClockLabel
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_TITLED = frozenset({"none", "golden", "stop_end"})
"""Clocks that have a title of their own here; the others bear their name."""


class CaseHeader(QFrame):
    """``reveal_wanted``: show or hide numbers in full. ``edit_wanted``: open the wizard."""

    reveal_wanted = Signal()
    edit_wanted = Signal()

    def __init__(self, kit: Kit, setup: CaseSetup) -> None:
        super().__init__()
        self.setObjectName("case_header")
        set_look(self, panel="card")
        self._kit = kit
        self._setup = setup
        self._sheet: CaseSheet | None = None
        self._clock_name = ""
        self._sums: MoneySums | None = None
        self.tabs = TabStrip(kit)
        self._name = _shrinking(kit, "page_title")
        self._type = _shrinking(kit, "small")
        self._number = Label(kit, role="digits_small", ink="muted")
        self._number.setObjectName("case_header_number")
        self._unregistered = Chip(kit, "steps.official.short", tone=Tone.WARN)
        self._unregistered.setObjectName("case_header_unregistered")
        self._unregistered.hide()
        self._holder = Chip(kit, "case_holder.title", tone=Tone.INFO)
        self._holder.setObjectName("case_header_charge")
        self._holder.hide()
        self._loss = Label(kit, role="amount")
        self._stopped = Label(kit, role="amount", ink="green")
        self._stopped_title = Label(kit, role="label", ink="muted")
        self._clock = ClockLabel(kit, role="amount")
        self._clock_title = _shrinking(kit, "label", ink="muted")
        self._eye = IconButton(kit, "case.reveal.show", "eye", size=Size.NORMAL, name="case_reveal")
        self._edit = IconButton(kit, "case.edit", "edit", size=Size.NORMAL, name="case_edit")
        self._eye.setCheckable(True)
        self._build()
        self._eye.clicked.connect(self.reveal_wanted)
        self._edit.clicked.connect(self.edit_wanted)
        kit.ticks.ticked.connect(self._tick)
        kit.texts.changed.connect(self._read_words)

    def show_sheet(self, sheet: CaseSheet) -> None:
        """Show another case, or another state of it."""
        self._sheet = sheet
        case = sheet.file.case
        self._name.set_text(case.victim.name or self._kit.texts.text("case.nameless"))
        self._number.set_text(short_case_number(case.number))
        for say in (self._number.setToolTip, self._number.setAccessibleName):
            say(case.number)
        self._unregistered.setVisible(not case.official.registered)
        self._show_holder(sheet)
        self._loss.set_text(self._money(sheet.loss_fen))
        self._read_words()
        self._sums = None
        self._tick(self._kit.ticks.now())
        self.tabs.set_count(Tab.LEADS, len(sheet.file.identifiers))
        self.tabs.set_count(Tab.EVIDENCE, len(sheet.file.evidence))
        self.tabs.set_count(Tab.ORDERS, len(sheet.file.orders))
        self.tabs.set_count(Tab.PEOPLE, unconfirmed(sheet.file))

    def clear(self) -> None:
        """Show nothing until the next case is here."""
        self._sheet = None
        for label in (self._name, self._type, self._number, self._loss, self._stopped):
            label.set_text("")
        self._unregistered.hide()
        self._holder.hide()
        self._show_clock(None)
        for tab in COUNTED:
            self.tabs.set_count(tab, 0)

    def show_revealed(self, *, revealed: bool) -> None:
        """Say what the eye does next, and mark it while numbers are in full."""
        self._eye.set_key("case.reveal.hide" if revealed else "case.reveal.show")
        self._eye.setChecked(revealed)

    def _show_holder(self, sheet: CaseSheet) -> None:
        """Whose it is, where it is another desk's or somebody waits for an answer."""
        holder_state = sheet.holder
        chip = HolderTexts(self._kit, sheet.officer).chip(holder_state) if holder_state else None
        self._holder.setVisible(chip is not None)
        if chip is not None:
            self._holder.set_key(chip.key, letter=chip.letter)
            self._holder.set_tone(chip.tone)
            texts = self._kit.texts
            for say in (self._holder.setToolTip, self._holder.setAccessibleName):
                texts.bind(say, chip.name_key, letter=chip.letter)

    def _tick(self, now: datetime) -> None:
        self._show_sums(now)
        self._choose_clock(now)

    def _show_sums(self, now: datetime) -> None:
        """What banks hold now; in its place, what a measure held that is over, where there is such. The line of where
        the money is has both."""
        if self._sheet is None:
            return
        sums = self._sheet.places.at(now)
        if sums == self._sums:
            return
        self._sums = sums
        name = "lapsed" if sums.lapsed_fen else "stopped"
        self._stopped.set_text(self._money(sums.lapsed_fen or sums.stopped_fen))
        self._stopped.set_ink(
            "red" if sums.lapsed_fen else "green" if sums.stopped_fen else "muted"
        )
        self._stopped_title.set_key(f"case.{name}")
        self._kit.texts.bind(self._stopped.setAccessibleName, f"case.{name}")

    def _money(self, fen: int) -> str:
        return self._kit.texts.text("case.amount", amount=yuan(fen))

    def _read_words(self) -> None:
        if self._sheet is None:
            return
        case = self._sheet.file.case
        if case.type:
            name = self._setup.type_name(case.type)
            kind = self._kit.texts.text(f"case.visit.{case.visit.value}")
            report = case.visit is Visit.REPORT
            self._type.set_text(
                name if report else self._kit.texts.text("visits.of_type", visit=kind, type=name)
            )
        else:
            self._type.set_key(f"case.visit.{case.visit.value}")
        self._name.set_text(case.victim.name or self._kit.texts.text("case.nameless"))

    def _choose_clock(self, now: datetime) -> None:
        """The golden window of where the money went on; then the stop that ends first; before there is one, the golden
        window while it is open. Where none runs, what is overdue longest, else what is due next."""
        if self._sheet is None:
            return
        lines = [line.deadline for line in self._sheet.deadlines]
        state = self._sheet.file.case.state
        stops = [line for line in lines if line.name == "stop_end"]
        running = [line for line in stops if line.at > now]
        golden = [line for line in lines if line.name == "golden" and line.at > now]
        onward = [line for line in lines if line.name == ONWARD and line.at > now]
        lapsed = [line for line in stops if is_live(line, state, now)]
        others = [line for line in lines if is_live(line, state, now)]
        chosen = onward or running or golden or lapsed or others
        self._show_clock(chosen[0] if chosen else None)

    def _show_clock(self, deadline: Deadline | None) -> None:
        name = deadline.name if deadline is not None else "none"
        if deadline is None:
            self._clock.set_span(None)
            self._clock.set_text(self._kit.texts.text("case.clock.nothing"))
        elif name in ("golden", ONWARD):
            self._clock.set_span(golden_span(deadline))
        else:
            self._clock.set_span(plain_span(deadline, self._setup))
        if name != self._clock_name:
            self._clock_name = name
            key = f"case.clock.{name}" if name in _TITLED else f"deadlines.{name}"
            self._clock_title.set_key(key)
            self._kit.texts.bind(self._clock.setAccessibleName, key)

    def _build(self) -> None:
        row = Row(self._kit, self, gap="space_l")
        side, high = self._kit.theme.space("card_padding"), self._kit.theme.space("space_s")
        row.setContentsMargins(side, high, side, high)
        who = Column(self._kit, gap="space_xxs")
        names = Row(self._kit, gap="space_m")
        names.addWidget(self._name)
        names.addWidget(self._unregistered)
        names.addStretch(1)
        who.addLayout(names)
        kinds = Row(self._kit, gap="space_s")
        kinds.addWidget(self._type)
        kinds.addWidget(self._number)
        kinds.addWidget(self._holder)
        kinds.addStretch(1)
        who.addLayout(kinds)
        row.addLayout(who)
        row.addLayout(self._fact("loss", self._loss))
        row.addLayout(self._fact("stopped", self._stopped, self._stopped_title))
        clock = Column(self._kit, gap="space_xxs")
        clock.addWidget(self._clock_title)
        clock.addWidget(self._clock)
        row.addLayout(clock)
        row.addStretch(1)
        row.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignVCenter)
        tools = Row(self._kit, gap="space_xxs")
        tools.addWidget(self._eye)
        tools.addWidget(self._edit)
        set_shown(self._edit, shown=self._setup.writes)
        row.addLayout(tools)

    def _fact(self, name: str, value: Label, title: Label | None = None) -> Column:
        column = Column(self._kit, gap="space_xxs")
        title = title or Label(self._kit, role="label", ink="muted")
        title.set_key(f"case.{name}")
        column.addWidget(title)
        column.addWidget(value)
        value.setObjectName(f"case_{name}")
        self._kit.texts.bind(value.setAccessibleName, f"case.{name}")
        return column


def _shrinking(kit: Kit, role: str, ink: str = "") -> ElidedLabel:
    """A title as wide as its words, shortened when the strip is full."""
    label = ElidedLabel(kit, role=role, ink=ink)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return label
