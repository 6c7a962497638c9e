"""Clocks on screen. All follow the one tick; none counts by itself."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan, ClockText, clock_text, read_span
from desktop.ui.shared.widgets.texts.label import Chip, Label
from desktop.ui.shared.widgets.texts.painting import paint_bar

_NO_TIME = "--:--"


class ClockLabel(Label):
    """The time left as plain text in the colour of its urgency."""

    def __init__(self, kit: Kit, *, role: str = "clock") -> None:
        super().__init__(kit, role=role)
        self._span: ClockSpan | None = None
        kit.ticks.ticked.connect(self._show)
        kit.texts.changed.connect(self._refresh)

    def set_span(self, span: ClockSpan | None) -> None:
        """Count down to another deadline; ``None`` shows nothing."""
        self._span = span
        self._refresh()

    def _refresh(self) -> None:
        self._show(self._kit.ticks.now())

    def _show(self, now: datetime) -> None:
        if self._span is None:
            self.set_text("")
            return
        reading = read_span(self._span, now)
        self.set_text(clock_text(self._kit.texts, reading))
        self.set_tone(reading.tone)


class ClockChip(Chip):
    """The time left on a soft ground, as on the cards of the board."""

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.setFont(kit.theme.font("clock"))
        self._span: ClockSpan | None = None
        self.hide()
        kit.ticks.ticked.connect(self._show)
        kit.texts.changed.connect(self._refresh)

    def set_span(self, span: ClockSpan | None) -> None:
        """Count down to another deadline; ``None`` hides the chip."""
        self._span = span
        set_shown(self, shown=span is not None)
        self._refresh()

    def _refresh(self) -> None:
        self._show(self._kit.ticks.now())

    def _show(self, now: datetime) -> None:
        if self._span is None:
            return
        reading = read_span(self._span, now)
        self.set_text(clock_text(self._kit.texts, reading))
        self.set_tone(reading.tone)


class Bar(QWidget):
    """A thin bar filled to a share."""

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._share = 0.0
        self._tone = Tone.INFO
        self.setFixedHeight(kit.theme.space("progress_bar"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        kit.theme.changed.connect(self.update)

    @property
    def share(self) -> float:
        """How full it is, 0 to 1."""
        return self._share

    def set_share(self, share: float, tone: Tone) -> None:
        """Fill it to ``share`` in the colour of ``tone``."""
        if (share, tone) != (self._share, self._tone):
            self._share, self._tone = share, tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track and filling."""
        painter = QPainter(self)
        paint_bar(painter, QRectF(self.rect()), self._kit.theme, self._share, self._tone)
        painter.end()


class GoldenClockCard(Card):
    """The one big clock of a page, with its bar: "golden 30 minutes". ``waits_key``: what it says where it is shown
    before there is a time to count from."""

    def __init__(self, kit: Kit, title_key: str, waits_key: str = "") -> None:
        super().__init__(kit)
        self._kit = kit
        self._title_key, self._waits_key = title_key, waits_key or title_key
        self._span: ClockSpan | None = None
        self.caption = Label(kit, self._waits_key, role="label", ink="muted")
        self.clock = Label(kit, role="clock_large", ink="muted")
        self.clock.set_text(_NO_TIME)
        self.bar = Bar(kit)
        for part in (self.caption, self.clock, self.bar):
            self.body.addWidget(part)
        self.body.setSpacing(kit.theme.space("space_xs"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.clock.setAlignment(Qt.AlignmentFlag.AlignLeft)
        kit.texts.bind(self.clock.setAccessibleName, title_key)
        kit.ticks.ticked.connect(self._show)
        kit.texts.changed.connect(self._refresh)
        self.hide()

    def set_span(self, span: ClockSpan | None) -> None:
        """Count down to another deadline; ``None`` hides the card."""
        self._span = span
        self.caption.set_key(self._title_key if span is not None else self._waits_key)
        set_shown(self, shown=span is not None)
        self._refresh()

    def _refresh(self) -> None:
        self._show(self._kit.ticks.now())

    def _show(self, now: datetime) -> None:
        if self._span is None:
            self._show_waiting()
            return
        reading: ClockText = read_span(self._span, now)
        self.set_panel(reading.tone.value)
        self.caption.set_tone(reading.tone)
        self.clock.set_tone(reading.tone)
        self.clock.set_text(clock_text(self._kit.texts, reading))
        self.bar.set_share(reading.share, reading.tone)

    def _show_waiting(self) -> None:
        self.set_panel("card")
        self.clock.set_text(_NO_TIME)
        for label in (self.caption, self.clock):
            label.set_ink("muted")
        self.bar.set_share(0.0, Tone.NEUTRAL)
