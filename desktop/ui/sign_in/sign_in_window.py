"""The window before the desk is open."""

from __future__ import annotations

import re
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import AppError, Cancelled
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.task_runner import TaskHandle
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.new_password import NewPassword
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, centred
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.progress_row import ProgressRow
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.brand import Brand
from desktop.ui.sign_in.calls import SignInCalls
from desktop.ui.sign_in.join_card import JoinCard
from desktop.ui.sign_in.quick_look import QuickLook
from desktop.ui.sign_in.setup_steps import number_fault, plain

_PATIENCE_MS = 5000
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_LOOKS_LIKE_A_NUMBER = re.compile(r"[0-9]{1,12}")
"""As nearly every police number does. One with letters is typed again where it was wrong."""


class SignInForm(QWidget):
    """``signed_in(result)`` with what signing in returned; ``recovery_asked`` for the other way in;
    ``keys_asked`` for new keys of a PC of a centre, offered where ``on_server``;
    ``own_asked(number, given)`` where the password was right but is an administrator's."""

    signed_in = Signal(object)
    recovery_asked = Signal()
    keys_asked = Signal()
    own_asked = Signal(str, str)

    def __init__(self, kit: Kit, calls: SignInCalls, *, on_server: bool) -> None:
        super().__init__()
        self._kit = kit
        self._calls = calls
        self._typed = "", ""
        self.patience = QTimer(self)
        """Runs out where opening takes so long that one might take it for dead: a newer program makes much anew."""
        self.patience.setSingleShot(True)
        self.patience.setInterval(_PATIENCE_MS)
        self.patience.timeout.connect(self._say_wait)
        self.progress = ProgressRow(kit, "share", name="sign_in_progress")
        """Of making an older version's data anew; hidden otherwise."""
        self.progress.cancelled.connect(self._stop)
        self._opening: TaskHandle | None = None
        column = Column(kit, self)
        self.banner = Banner(kit, "sign_in_banner")
        self.number = TextField(kit, "officer_number", "sign_in.field.number", digits=True)
        self.password = PasswordField(kit, "password", "sign_in.field.password", reserve_hint=True)
        self._submit = Button(
            kit, "sign_in.open", variant=Variant.PRIMARY, keys="Return", name="sign_in_submit"
        )
        self._submit.clicked.connect(self.submit)
        recover = Button(kit, "sign_in.use_code", variant=Variant.QUIET, name="use_recovery_code")
        recover.clicked.connect(self.recovery_asked)
        buttons = Row(kit)
        buttons.addWidget(recover)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        for part in (self.banner, self.number, self.password, self.progress):
            column.addWidget(part)
        column.addLayout(buttons)
        if on_server:  # in a line of its own: two such offers are wider than the card
            keys = Button(kit, "sign_in.renew.offer", variant=Variant.QUIET, name="new_keys")
            keys.clicked.connect(self.keys_asked)
            row = Row(kit)
            row.addWidget(keys)
            row.addStretch(1)
            column.addLayout(row)

    def start(self, number: str = "") -> None:
        """Wait for an officer; a known number leaves only the password to type."""
        if number:
            self.number.set_value(number)
        self.password.set_value("")
        (self.password if self.number.value() else self.number).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on: from the number to the password, from there into the desk."""
        if event.key() not in _ENTER:
            super().keyPressEvent(event)
        elif self.number.line.hasFocus() and not self.password.value():
            self.password.setFocus()
        else:
            self.submit()

    def submit(self) -> None:
        """Try to open the desk."""
        if not self._submit.isEnabled():
            return
        if number_fault(self.number.value()):
            self._take_away_number()
            self.number.set_hint_key(Tone.BAD, "sign_in.check.number")
            return
        self.number.clear_hint()
        if not self.password.value():
            self.password.setFocus()
            return
        self._wait(waiting=True)
        self._typed = plain(self.number.value()), self.password.value()
        # At once: who noticed a slip types it anew before the refusal comes, and that stays.
        self.password.set_value("")
        work = partial(self._calls.sign_in, *self._typed, "")
        self._opening = self._kit.runner.start(
            "db", work, self._opened, self._refused, self._advance
        )

    def _advance(self, done: int, total: int) -> None:
        if self.progress.isHidden():
            self.patience.stop()
            self.banner.clear()
            self.progress.begin("sign_in.renewing")
        self.progress.advance(done, total)

    def _stop(self) -> None:
        if self._opening is not None:
            self._opening.cancel()

    def _opened(self, result: object) -> None:
        self._wait(waiting=False)
        self._typed = "", ""
        self.password.set_value("")
        self.banner.clear()
        self.signed_in.emit(result)

    def _refused(self, error: Exception) -> None:
        self._wait(waiting=False)
        code = error.code if isinstance(error, AppError) else ""
        typed, self._typed = self._typed, ("", "")
        if code == "password.initial":
            self.banner.clear()
            self.own_asked.emit(*typed)
            return
        if isinstance(error, Cancelled):
            self.banner.show_key(Tone.INFO, "sign_in.renewing_stopped")
        else:
            self.banner.show_error(error)
        if code == "officer.unknown":
            self._take_away_number()
        else:
            self.password.setFocus()

    def _take_away_number(self) -> None:
        """What is no number of an officer here may be a password that was typed into the wrong field: it does not stand
        there for everybody to read."""
        if not _LOOKS_LIKE_A_NUMBER.fullmatch(plain(self.number.value())):
            self.number.set_value("")
        self.number.setFocus()

    def _say_wait(self) -> None:
        self.banner.show_key(Tone.INFO, "sign_in.takes_long")

    def _wait(self, *, waiting: bool) -> None:
        if waiting:
            self.patience.start()
        else:
            self.patience.stop()
            self.progress.finish()
        self._submit.setEnabled(not waiting)
        self._submit.set_key("sign_in.opening" if waiting else "sign_in.open")


def _recover(calls: SignInCalls, code: str, number: str, password: str, _progress: Progress) -> str:
    calls.recover(code, number, password)
    return number


class RecoverForm(QWidget):
    """``recovered(number)`` when the officer has a new password; ``back_asked`` to give up."""

    recovered = Signal(str)
    back_asked = Signal()

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__()
        self._kit = kit
        self._calls = calls
        column = Column(kit, self)
        column.addWidget(
            Label(kit, "sign_in.recover.explain", role="small", ink="muted", wrap=True)
        )
        self.banner = Banner(kit, "recover_banner")
        self.code = TextField(
            kit,
            "recovery_code",
            "sign_in.field.code",
            placeholder_key="sign_in.hint.code",
            digits=True,
        )
        self.number = TextField(kit, "recover_number", "sign_in.field.number", digits=True)
        self.password = NewPassword(kit, calls.password_faults, lambda: plain(self.number.value()))
        for part in (self.banner, self.code, self.number, self.password):
            column.addWidget(part)
        back = Button(
            kit, "sign_in.back", variant=Variant.QUIET, keys="Escape", name="recover_back"
        )
        back.clicked.connect(self.back_asked)
        self._submit = Button(
            kit, "sign_in.recover.submit", variant=Variant.PRIMARY, name="recover_submit"
        )
        self._submit.clicked.connect(self.submit)
        buttons = Row(kit)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        column.addLayout(buttons)

    def start(self, number: str) -> None:
        """Begin with the number that was typed at sign-in."""
        self.banner.clear()
        self.code.set_value("")
        self.password.clear()
        self.number.set_value(number)
        self.code.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter submits, Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.back_asked.emit()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Replace the password, if everything is filled in."""
        if not self._submit.isEnabled() or not self._complete():
            return
        self._submit.setEnabled(False)
        work = partial(
            _recover,
            self._calls,
            self.code.value(),
            plain(self.number.value()),
            self.password.value(),
        )
        self._kit.runner.start("db", work, self._done, self._refused)

    def _complete(self) -> bool:
        if not self.code.value():
            self.code.setFocus()
            return False
        if fault := number_fault(self.number.value()):
            self.number.set_hint_key(Tone.BAD, fault)
            self.number.setFocus()
            return False
        self.number.clear_hint()
        field = self.password.fault()
        if field is not None:
            field.setFocus()
        return field is None

    def _done(self, number: str) -> None:
        self._submit.setEnabled(True)
        self.password.clear()
        self.code.set_value("")
        self.recovered.emit(number)

    def _refused(self, error: Exception) -> None:
        self._submit.setEnabled(True)
        self.banner.show_error(error)
        self.code.setFocus()


class OwnPasswordForm(QWidget):
    """``signed_in(result)`` with what signing in returned; ``back_asked`` to give up: the initial password stays."""

    signed_in = Signal(object)
    back_asked = Signal()

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__()
        self._kit = kit
        self._calls = calls
        self._number = self._given = ""
        column = Column(kit, self)
        column.addWidget(Label(kit, "sign_in.own.explain", wrap=True))
        self.banner = Banner(kit, "own_password_banner")
        self.password = NewPassword(kit, calls.password_faults, lambda: self._number, "own_")
        column.addWidget(self.banner)
        column.addWidget(self.password)
        back = Button(kit, "sign_in.back", variant=Variant.QUIET, keys="Escape", name="own_back")
        back.clicked.connect(self._go_back)
        self._submit = Button(
            kit, "sign_in.own.submit", variant=Variant.PRIMARY, keys="Return", name="own_submit"
        )
        self._submit.clicked.connect(self.submit)
        buttons = Row(kit)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(self._submit)
        column.addLayout(buttons)

    def start(self, number: str, given: str) -> None:
        """``given``: the initial password, which was right."""
        self._number, self._given = number, given
        self.banner.clear()
        self.password.clear()
        self.password.first.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the repetition, and from there into the desk; Esc goes back."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.password.waits_for_repetition():
                self.password.second.setFocus()
            else:
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self._go_back()
        else:
            super().keyPressEvent(event)

    def submit(self) -> None:
        """Take the new password and open the desk."""
        if not self._submit.isEnabled():
            return
        field = self.password.fault()
        if field is not None:
            field.setFocus()
            return
        self._submit.setEnabled(False)
        work = partial(self._calls.sign_in, self._number, self._given, self.password.value())
        self._kit.runner.start("db", work, self._opened, self._refused)

    def _opened(self, result: object) -> None:
        self._forget()
        self.signed_in.emit(result)

    def _refused(self, error: Exception) -> None:
        self._submit.setEnabled(True)
        self.banner.show_error(error)
        self.password.first.setFocus()

    def _go_back(self) -> None:
        if self._submit.isEnabled():  # what is being done can not be taken back
            self._forget()
            self.back_asked.emit()

    def _forget(self) -> None:
        self._submit.setEnabled(True)
        self._given = ""
        self.password.clear()


class SignInWindow(QWidget):
    """``signed_in(result)`` with what signing in returned; ``look_chosen(language, theme)``."""

    signed_in = Signal(object)
    look_chosen = Signal(str, str)

    def __init__(
        self,
        kit: Kit,
        calls: SignInCalls,
        *,
        unit_name: str = "",
        number: str = "",
        on_server: bool = False,
    ) -> None:
        super().__init__()
        self.setObjectName("sign_in_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "sign_in.window_title")
        self._kit = kit
        self._calls = calls
        self._keys: JoinCard | None = None
        self.form = SignInForm(kit, calls, on_server=on_server)
        self.form.keys_asked.connect(self._show_keys)
        self.form.signed_in.connect(self.signed_in)
        self.form.recovery_asked.connect(self._show_recovery)
        self.form.own_asked.connect(self._show_own)
        self.recovery = RecoverForm(kit, calls)
        self.recovery.back_asked.connect(self._show_form)
        self.recovery.recovered.connect(self._recovered)
        self.own = OwnPasswordForm(kit, calls)
        self.own.signed_in.connect(self.signed_in)
        self.own.back_asked.connect(self._show_form)
        self._lay_out(unit_name, "sign_in.foot_server" if on_server else "sign_in.foot")
        self.form.start(number)

    def _lay_out(self, unit_name: str, foot_key: str) -> None:
        kit = self._kit
        self._card = card = Card(kit)
        card.setFixedWidth(kit.theme.space("sign_in_width"))
        card.body.setSpacing(kit.theme.space("space_l"))
        card.body.addWidget(Brand(kit, unit_name))
        for form in (self.form, self.recovery, self.own):
            card.body.addWidget(form)
        self.recovery.hide()
        self.own.hide()
        look = QuickLook(kit)
        look.chosen.connect(self.look_chosen)
        self.show_letters_only = look.show_letters_only
        column = Column(kit, self, gap="space_l")
        margin = kit.theme.space("page_margin")
        column.setContentsMargins(margin, margin, margin, margin)
        column.addStretch(2)
        self._middle = centred(kit, card)
        column.addLayout(self._middle)
        column.addWidget(look)
        column.addStretch(3)
        foot = Row(kit)
        foot.addWidget(Label(kit, foot_key, role="small", ink="muted"), 1)
        column.addLayout(foot)

    def show_startup_error(self, error: Exception) -> None:
        """Say what is wrong with the files (damaged, newer, half-copied) before anyone signs in."""
        self.form.banner.show_error(error)

    def show_restored(self, copy: BackupSummary) -> None:
        """Say that a backup is now on this PC, and with what one signs in."""
        key = "sign_in.restore.done_missing" if copy.missing else "sign_in.restore.done"
        tone = Tone.WARN if copy.missing else Tone.OK
        made = show_local(copy.made_at, self._kit.zone)[:16]
        self.form.banner.show_key(tone, key, made=made, missing=copy.missing)

    def _show_recovery(self) -> None:
        self.form.hide()
        self.recovery.show()
        self.recovery.start(self.form.number.value())

    def _show_own(self, number: str, given: str) -> None:
        self.form.hide()
        self.own.show()
        self.own.start(number, given)

    def _show_keys(self) -> None:
        """In the place of the card; made where somebody asks for it."""
        if self._keys is None:
            self._keys = JoinCard(self._kit, self._calls, renewing=True)
            self._keys.back_asked.connect(self._leave_keys)
            self._keys.joined.connect(self._renewed)
            self._middle.insertWidget(1, self._keys)
        self._card.hide()
        self._keys.show()
        self._keys.start()

    def _leave_keys(self) -> None:
        if self._keys is not None:
            self._keys.hide()
        self._card.show()
        self.form.start()

    def _renewed(self, _centre: object) -> None:
        self._leave_keys()
        self.form.banner.show_key(Tone.OK, "sign_in.renew.done")

    def _show_form(self) -> None:
        self.recovery.hide()
        self.own.hide()
        self.form.show()
        self.form.start()

    def _recovered(self, number: str) -> None:
        self._show_form()
        self.form.start(number)
        self.form.banner.show_key(Tone.OK, "sign_in.recover.done")
