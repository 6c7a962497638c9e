"""来电: the calls that are open beside each other, one chip each, with how long they last or wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QWidget

from desktop.domain.identifiers.plain import digits_of
from desktop.domain.ids import CaseId
from desktop.domain.masking import masked_account
from desktop.services.calls.dissuade import DueCall
from desktop.services.calls.open_assignments import OpenAssignment
from desktop.services.calls.waiting_calls import WaitingCall
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Row, let_go
from desktop.ui.shared.widgets.texts.label import Label

_SHOWN: Final = 3
_CASES: Final = 2
"""Chips of calls and of cases that fit beside each other at 1366 pixels; the others are a number behind them."""
_LONGEST: Final = 6
"""Signs of a name; a firm's would push the others out."""
_MINUTE: Final = 60
_LATE: Final = 99 * _MINUTE
_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


class CallStrip(QWidget):
    """``chosen(case)``: another call is to come on the form; ``case_chosen(case)``: a case no station took on yet is
    to be looked at; ``shown``: whether there is anything to show."""

    chosen = Signal(str)
    case_chosen = Signal(str)
    shown = Signal(bool)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self.setObjectName("call_strip")
        self._kit = kit
        self._calls: tuple[WaitingCall, ...] = ()
        self._shown: tuple[WaitingCall, ...] = ()
        self._current = ""
        self._holders = _NOBODY
        self._old: Collection[str] = ()
        self._row = Row(kit, self)
        self._chips: dict[str, Button] = {}
        self._cases: tuple[DueCall | OpenAssignment, ...] = ()
        self._more_cases = 0
        self._case_chips: dict[str, Button] = {}
        self._more = Label(kit, role="hint", ink="muted")
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        kit.texts.changed.connect(self.refresh)

    @property
    def calls(self) -> tuple[WaitingCall, ...]:
        """Those that were shown last."""
        return self._calls

    def show_calls(
        self,
        calls: Sequence[WaitingCall],
        current: str,
        holders: Mapping[str, str] = _NOBODY,
        old: Collection[str] = (),
    ) -> None:
        """Those that are open, and which of them is on the form; ``holders``: call → which colleague has it in hand;
        ``old``: of which nobody knows how they stand by now."""
        self._calls, self._current, self._holders = tuple(calls), current, holders
        self._old = old
        here = tuple(one for one in calls if one.case == current)
        others = tuple(one for one in calls if one.case != current)
        self._shown = (*here, *others)[:_SHOWN]
        names = [one.case for one in self._shown]
        if list(self._chips) != names:
            let_go(self._row, *self._chips.values())
            self._chips = {name: self._chip(name, self.chosen) for name in names}
            for place, chip in enumerate(self._chips.values()):
                self._row.insertWidget(place, chip)
        self.refresh()

    def show_cases(self, cases: Sequence[DueCall | OpenAssignment]) -> None:
        """Persons to be called to dissuade them, and cases that no station took on, behind the calls."""
        self._cases, self._more_cases = tuple(cases[:_CASES]), max(len(cases) - _CASES, 0)
        names = [one.case for one in self._cases]
        if list(self._case_chips) != names:
            let_go(self._row, *self._case_chips.values())
            self._case_chips = {name: self._chip(name, self.case_chosen) for name in names}
            for chip in self._case_chips.values():
                self._row.addWidget(chip)
        self.refresh()

    def next_call(self) -> None:
        """The one behind that on the form, round and round."""
        cases = sorted(one.case for one in self._calls)
        later = (case for case in cases if case > self._current)
        following = next(later, cases[0] if cases else "")
        if following and following != self._current:
            self.chosen.emit(following)

    def refresh(self) -> None:
        """Say how long each lasts or waits by now."""
        now = self._kit.ticks.now()
        for one in self._shown:
            chip = self._chips[one.case]
            hand = self._holders.get(one.case, "")
            if one.case in self._old:
                hand = self._kit.texts.text("calls.not_up_to_date")
            chip.setText(" · ".join(filter(None, (self._words(one, now), hand))))
            chip.setChecked(one.case == self._current)
        more = len(self._calls) - len(self._shown) + self._more_cases
        self._more.set_text(self._kit.texts.text("calls.more", count=more) if more > 0 else "")
        self._more.setVisible(more > 0)
        for case in self._cases:
            self._case_chips[case.case].setText(self._case_words(case, now))
        others = any(one.case != self._current for one in self._calls)
        self.shown.emit(others or bool(self._cases))

    def _chip(self, case: CaseId, wanted: SignalInstance) -> Button:
        chip = Button(self._kit, "", variant=Variant.PLAIN, size=Size.COMPACT, name=f"call_{case}")
        chip.setCheckable(wanted == self.chosen)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.clicked.connect(partial(wanted.emit, case))
        return chip

    def _case_words(self, one: DueCall | OpenAssignment, now: datetime) -> str:
        if isinstance(one, DueCall):
            late = now >= one.due
            clock = _clock(now, one.due) if late else _clock(one.due, now)
            key = f"calls.dissuade.{'late' if late else 'due'}"
            return self._kit.texts.text(key, who=_short(one.victim), clock=clock)
        clock = _clock(now, one.due or one.since)
        key = f"calls.assign.{one.state or 'none'}"
        return self._kit.texts.text(key, who=_short(one.victim), clock=clock)

    def _words(self, one: WaitingCall, now: datetime) -> str:
        texts = self._kit.texts
        unknown = texts.text("calls.no_number")
        who = _short(one.victim) or masked_account(digits_of(one.call.reached_at)) or unknown
        if one.broke_off is None:
            return texts.text("calls.goes_on", who=who, clock=_clock(now, one.begun_at))
        if one.due is None:
            return texts.text("calls.waits", who=who, clock=_clock(now, one.broke_off))
        if now >= one.due:
            return texts.text("calls.late", who=who, clock=_clock(now, one.due))
        return texts.text("calls.due", who=who, clock=_clock(one.due, now))


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[:_LONGEST]}…"


def _clock(later: datetime, earlier: datetime) -> str:
    """``03:12``; from a hundred minutes on, in hours."""
    seconds = max(int((later - earlier).total_seconds()), 0)
    if seconds > _LATE:
        hours, rest = divmod(seconds, _MINUTE * _MINUTE)
        return f"{hours}:{rest // _MINUTE:02}:{rest % _MINUTE:02}"
    return f"{seconds // _MINUTE:02}:{seconds % _MINUTE:02}"
