"""The locked desk: no data, the clocks that run, and the way back in."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, centred
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.clock_label import ClockChip
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shell.window_host import LockClock, WindowHost


def _unlock(host: WindowHost, password: str, progress: Progress) -> None:
    progress.check()
    host.unlock(password)


class LockScreen(QWidget):
    """``unlocked`` comes with the right password; ``leave_asked`` to sign in as somebody else."""

    unlocked = Signal()
    leave_asked = Signal()

    def __init__(self, kit: Kit, host: WindowHost) -> None:
        super().__init__()
        self._kit = kit
        self._host = host
        self._clocks = Column(kit, gap="space_s")
        self._clock_rows: list[QWidget] = []
        self.setObjectName("lock_screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        outer = Column(kit, self, gap="space_l")
        outer.addStretch(2)
        card = self._card()
        card.setFixedWidth(kit.theme.space("sign_in_width"))
        outer.addLayout(centred(kit, card))
        self._running = Card(kit, "shell.lock.clocks")
        self._running.setFixedWidth(kit.theme.space("sign_in_width"))
        self._running.body.addLayout(self._clocks)
        outer.addLayout(centred(kit, self._running))
        outer.addStretch(3)

    def enter(self) -> None:
        """The desk has just been locked: read the clocks, wait for the password."""
        self._password.set_value("")
        self._banner.clear()
        self.reread()
        self._password.setFocus()

    def reread(self) -> None:
        """The clocks that run may be others by now."""
        self._show_clocks(self._host.clocks())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the password field unlocks."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
            return
        super().keyPressEvent(event)

    def _card(self) -> Card:
        kit = self._kit
        card = Card(kit)
        card.body.setSpacing(kit.theme.space("space_m"))
        head = Row(kit, gap="space_m")
        head.addWidget(IconLabel(kit, "lock", size="icon_l", ink="blue"))
        texts = Column(kit, gap="space_xxs")
        texts.addWidget(Label(kit, "shell.lock.title", role="page_title"))
        who = Label(kit, ink="muted")
        who.setObjectName("lock_officer")
        who.set_text(f"{self._host.officer_name} {self._host.officer_number}")
        texts.addWidget(who)
        head.addLayout(texts, 1)
        card.body.addLayout(head)
        self._banner = Banner(kit, "lock_banner")
        card.body.addWidget(self._banner)
        self._password = PasswordField(kit, "lock_password", "shell.lock.password")
        card.body.addWidget(self._password)
        buttons = Row(kit)
        leave = Button(kit, "shell.lock.leave", variant=Variant.QUIET, name="lock_leave")
        leave.clicked.connect(self.leave_asked)
        self._open = Button(
            kit, "shell.lock.open", variant=Variant.PRIMARY, keys="Return", name="lock_open"
        )
        self._open.clicked.connect(self._try)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        buttons.addWidget(self._open)
        card.body.addLayout(buttons)
        return card

    def _try(self) -> None:
        password = self._password.value()
        if not password or not self._open.isEnabled():
            return
        self._open.setEnabled(False)
        self._kit.runner.start(
            "db", partial(_unlock, self._host, password), self._opened, self._refused
        )

    def _opened(self, _nothing: None) -> None:
        self._open.setEnabled(True)
        self._password.set_value("")
        self.unlocked.emit()

    def _refused(self, error: Exception) -> None:
        self._open.setEnabled(True)
        self._password.set_value("")
        self._banner.show_error(error)
        self._password.setFocus()

    def _show_clocks(self, clocks: tuple[LockClock, ...]) -> None:
        for old in self._clock_rows:
            old.deleteLater()
        self._clock_rows = [self._clock_row(clock) for clock in clocks]
        for row in self._clock_rows:
            self._clocks.addWidget(row)
        set_shown(self._running, shown=bool(clocks))

    def _clock_row(self, clock: LockClock) -> QWidget:
        kit = self._kit
        holder = QWidget()
        row = Row(kit, holder)
        label = Label(kit)
        label.set_text(clock.label)
        chip = ClockChip(kit)
        row.addWidget(label, 1)
        row.addWidget(chip)
        chip.set_span(clock.span)
        return holder
