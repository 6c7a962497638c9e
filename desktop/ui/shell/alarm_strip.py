"""The strip under the top bar that says which clock is about to run out, or has. It never takes the keyboard."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget

from desktop.domain.law.alarms import Alarm, AlarmStage
from desktop.domain.records.numbers import short_case_number
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Row
from desktop.ui.shared.widgets.texts.clock_face import duration_text
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label

GROUP = "shell.keys.everywhere"


def alarm_text(kit: Kit, alarm: Alarm, now: datetime) -> str:
    """Which clock of whom, and what its end means or how long there is."""
    clock = alarm.clock.deadline
    over = alarm.stage is AlarmStage.OVER
    key = f"clocks.alarm.{clock.at_zero.value}" if over else "clocks.alarm.ahead"
    left = max(int((clock.at - now).total_seconds()), 0)
    return kit.texts.text(
        key,
        name=kit.texts.text(f"deadlines.{clock.name}"),
        who=f"{alarm.clock.victim} {short_case_number(alarm.clock.case_number)}".strip(),
        at=show_local(clock.at, kit.zone)[5:16],
        left=duration_text(kit.texts, left),
    )


class AlarmStrip(QFrame):
    """``opened(RunningClock)``: the officer goes to what the alarm in front is about.

    Alarms queue; each is shown until it was opened or put away. New ones sound the system's bell once.
    """

    opened = Signal(object)

    def __init__(self, kit: Kit, scope: QWidget) -> None:
        super().__init__()
        self.setObjectName("alarm_strip")
        self._kit = kit
        self._waiting: list[Alarm] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = Row(kit, self, gap="space_m")
        side, high = kit.theme.space("card_padding"), kit.theme.space("space_xs")
        row.setContentsMargins(side, high, side, high)
        self._icon = IconLabel(kit, "clock", size="icon_m")
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        self.message = ElidedLabel(kit, role="strong")
        self.message.setObjectName("alarm_message")
        row.addWidget(self.message, 1)
        self.more = Label(kit, role="small")
        self.more.setObjectName("alarm_more")
        row.addWidget(self.more)
        go = kit.actions.add(scope, "clocks.alarm.go", "Ctrl+Shift+A", self._go, group_key=GROUP)
        acknowledge = kit.actions.add(
            scope, "clocks.alarm.seen", "Ctrl+Shift+X", self._acknowledge, group_key=GROUP
        )
        self._actions = (go, acknowledge)
        for action, name in ((go, "alarm_go"), (acknowledge, "alarm_seen")):
            row.addWidget(Button.of(kit, action, size=Size.COMPACT, name=name))
        kit.ticks.ticked.connect(self._ticked)
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def raise_alarms(self, alarms: tuple[Alarm, ...]) -> None:
        """Show these too, in front what ran out within the hour, then what runs out next; sound the bell."""
        if not alarms:
            return
        known = {alarm.clock.key for alarm in alarms}
        waiting = [alarm for alarm in self._waiting if alarm.clock.key not in known]
        now = self._kit.ticks.now()
        self._waiting = sorted(
            [*waiting, *alarms], key=lambda alarm: alarm.clock.pressing.urgency(now)
        )
        QApplication.beep()
        self._refresh()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _go(self) -> None:
        if self._waiting:
            alarm = self._waiting.pop(0)
            self._refresh()
            self.opened.emit(alarm.clock)

    def _acknowledge(self) -> None:
        if self._waiting:
            self._waiting.pop(0)
            self._refresh()

    def _refresh(self) -> None:
        self.setVisible(bool(self._waiting))
        for action in self._actions:
            action.set_enabled(enabled=bool(self._waiting))
        if not self._waiting:
            return
        alarm = self._waiting[0]
        tone = Tone.BAD if alarm.stage is AlarmStage.OVER else Tone.WARN
        set_look(self, panel=tone.value)
        self._icon.set_icon("clock", tone.value)
        self.message.set_tone(tone)
        rest = len(self._waiting) - 1
        self.more.set_text(self._kit.texts.text("clocks.alarm.more", count=rest) if rest else "")
        self._tell(self._kit.ticks.now())

    def _tell(self, now: datetime) -> None:
        words = alarm_text(self._kit, self._waiting[0], now)
        self.message.set_text(words)
        self.setAccessibleName(words)

    def _ticked(self, now: datetime) -> None:
        if self._waiting and self.isVisible():
            self._tell(now)
