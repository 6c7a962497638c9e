"""The device's clock beside the official time: type what the official clock shows, press Enter at that second."""

from __future__ import annotations

from datetime import datetime

from desktop.domain.installation.clock_offset import ClockOffset
from desktop.services.cases.form.compare_clock import clock_is_off, clock_offset, compare_clock
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label


def offset_key(offset: ClockOffset) -> str:
    """The catalogue key that says how a clock is off."""
    if not offset.seconds:
        return "settings.clock.right"
    return "settings.clock.slow" if offset.seconds > 0 else "settings.clock.fast"


class ClockCard(Card):
    """Shows the device's time by the second, and the last comparison."""

    def __init__(self, kit: Kit, session: Session) -> None:
        super().__init__(kit, "settings.clock.title")
        self.setObjectName("clock_card")
        self._kit = kit
        self._session = session
        self._banner = Banner(kit, "clock_banner", closable=True)
        self.body.addWidget(self._banner)
        self.body.addWidget(Label(kit, "settings.clock.how", role="small", ink="muted", wrap=True))
        row = Row(kit, gap="space_l")
        self._now = Label(kit, role="clock")
        self._now.setObjectName("clock_now")
        self.typed = TextField(
            kit,
            "clock_official",
            "settings.clock.official",
            placeholder_key="settings.clock.example",
        )
        self._accept = Button(kit, "settings.clock.compare", name="clock_compare")
        row.addWidget(self._now)
        row.addWidget(self.typed, 1)
        row.addWidget(self._accept)
        self.body.addLayout(row)
        self._last = Label(kit, role="strong", wrap=True)
        self._last.setObjectName("clock_last")
        self.body.addWidget(self._last)
        self._accept.clicked.connect(self._compare)
        editor = self.typed.editor
        if isinstance(editor, LineEdit):
            editor.returnPressed.connect(self._compare)
        kit.ticks.ticked.connect(self._tick)
        self._tick(kit.ticks.now())
        kit.runner.start("db", work_of(clock_offset, session), self._show, self._banner.show_error)

    def _tick(self, now: datetime) -> None:
        here = show_local(now, self._kit.zone)
        self._now.set_key("settings.clock.now", time=here)

    def _compare(self) -> None:
        if not self._accept.isEnabled():  # pressed again while it is being done
            return
        at = self._kit.ticks.now()  # the instant of the key: the lane may be busy
        work = work_of(compare_clock, self._session, self.typed.value(), at)
        self._accept.setEnabled(False)
        self._kit.runner.start("db", work, self._compared, self._refused)

    def _refused(self, error: Exception) -> None:
        self._accept.setEnabled(True)
        self._banner.show_error(error)

    def _compared(self, offset: ClockOffset) -> None:
        self._accept.setEnabled(True)
        self._banner.clear()
        self.typed.set_value("")
        self._show(offset)

    def _show(self, offset: ClockOffset | None) -> None:
        if offset is None:
            self._last.set_key("settings.clock.never")
            self._last.set_tone(Tone.WARN)
            return
        at = show_local(offset.compared_at, self._kit.zone)
        self._last.set_key(
            offset_key(offset), seconds=abs(offset.seconds), at=at, officer=offset.officer
        )
        self._last.set_tone(Tone.BAD if clock_is_off(self._session, offset) else Tone.OK)
