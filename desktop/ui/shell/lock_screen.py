"""The locked desk: when it locks, what goes out of sight with it, the clocks that run, and the way back in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.ticks import TickSource
from desktop.ui.shared.kit.window_filter import WindowFilter
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, centred
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.clock_label import ClockChip
from desktop.ui.shared.widgets.pages.toast import Toast
from desktop.ui.shared.widgets.texts.icon_label import IconLabel
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.shell.window_host import LockClock, WindowHost

_ACTIVE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
LOCK_KEY = Qt.Key.Key_F12


class IdleWatch(WindowFilter):
    """``idle`` is emitted when nothing was touched for the limit. It is compared with the clock at
    each tick, so that time asleep counts.

    ``lock_pressed`` comes from dialogs too, where the shortcuts of the window behind do not reach.
    """

    idle = Signal()
    lock_pressed = Signal()

    def __init__(self, app: QApplication, ticks: TickSource, limit: timedelta) -> None:
        super().__init__(app)
        self._ticks = ticks
        self._limit = limit
        self._touched = ticks.now()
        self._idle = False
        # An input method takes the keys before the window sees them; the moving caret shows it.
        app.inputMethod().cursorRectangleChanged.connect(self.touch)
        ticks.ticked.connect(self._tick)

    def set_limit(self, limit: timedelta) -> None:
        """Change how long the desk may stand idle."""
        self._limit = limit

    def touch(self) -> None:
        """Somebody is here."""
        self._touched = self._ticks.now()
        self._idle = False

    def untouched(self) -> timedelta:
        """For how long nobody was here."""
        return max(self._ticks.now() - self._touched, timedelta())

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Every key, click and move counts; the lock key is taken."""
        if event.type() not in _ACTIVE:
            return False
        self.touch()
        if isinstance(event, QKeyEvent) and event.key() == LOCK_KEY:
            self.lock_pressed.emit()
            return True
        return False

    def _tick(self, now: datetime) -> None:
        # Where the system clock was set back, begin anew instead of waiting for it to catch up.
        self._touched = min(self._touched, now)
        if not self._idle and now - self._touched >= self._limit:
            self._idle = True
            self.idle.emit()


class OpenDialogs(QObject):
    """Hides the open dialogs of ``window`` and brings them back as they were. What was begun before and opens its
    dialog only now waits with them."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app = app
        self._window = window
        self._hidden: list[QDialog] = []
        self._letting = False

    def hide(self) -> None:
        """Take menus and dialogs out of sight; nothing typed in them is lost."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        for notice in self._window.findChildren(Toast):
            notice.hide()
        for dialog in self._window.findChildren(QDialog):
            if dialog.isVisible():
                self._put_away(dialog)
        # Every object is watched, so only while nobody works here.
        self._app.installEventFilter(self)

    def show(self) -> None:
        """Bring them back."""
        self._app.removeEventFilter(self)
        hidden, self._hidden = self._hidden, []
        for dialog in hidden:
            if isValid(dialog):
                dialog.open()

    @contextmanager
    def letting(self) -> Iterator[None]:
        """What opens within is the lock's own question and stays in sight."""
        self._letting = True
        try:
            yield
        finally:
            self._letting = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The last event of being shown: hidden before it, the window would come all the same."""
        if event.type() is QEvent.Type.ShowToParent and not self._letting and isValid(self._window):
            if isinstance(watched, Toast) and watched.window() is self._window:
                watched.hide()
            elif isinstance(watched, QDialog) and watched in self._window.findChildren(QDialog):
                self._put_away(watched)
        return False

    def _put_away(self, dialog: QDialog) -> None:
        dialog.hide()
        if dialog not in self._hidden:
            self._hidden.append(dialog)


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
