"""The window before the desk is open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.backup_summary import BackupSummary
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.card import Card, Column, Row, centred
from desktop.ui.shared.widgets.label import Label
from desktop.ui.sign_in.brand import Brand
from desktop.ui.sign_in.own_password_form import OwnPasswordForm
from desktop.ui.sign_in.port import SignInPort
from desktop.ui.sign_in.quick_look import QuickLook
from desktop.ui.sign_in.recover_form import RecoverForm
from desktop.ui.sign_in.sign_in_form import SignInForm


class SignInWindow(QWidget):
    """``signed_in(result)`` with what the port returned; ``look_chosen(language, theme)``."""

    signed_in = Signal(object)
    look_chosen = Signal(str, str)

    def __init__(
        self, kit: Kit, port: SignInPort, *, unit_name: str = "", number: str = ""
    ) -> None:
        super().__init__()
        self.setObjectName("sign_in_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "sign_in.window_title")
        self._kit = kit
        self.form = SignInForm(kit, port)
        self.form.signed_in.connect(self.signed_in)
        self.form.recovery_asked.connect(self._show_recovery)
        self.form.own_asked.connect(self._show_own)
        self.recovery = RecoverForm(kit, port)
        self.recovery.back_asked.connect(self._show_form)
        self.recovery.recovered.connect(self._recovered)
        self.own = OwnPasswordForm(kit, port)
        self.own.signed_in.connect(self.signed_in)
        self.own.back_asked.connect(self._show_form)
        self._lay_out(unit_name)
        self.form.start(number)

    def _lay_out(self, unit_name: str) -> None:
        kit = self._kit
        card = Card(kit)
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
        column.addLayout(centred(kit, card))
        column.addWidget(look)
        column.addStretch(3)
        foot = Row(kit)
        foot.addWidget(Label(kit, "sign_in.foot", role="small", ink="muted"), 1)
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

    def _show_form(self) -> None:
        self.recovery.hide()
        self.own.hide()
        self.form.show()
        self.form.start()

    def _recovered(self, number: str) -> None:
        self._show_form()
        self.form.start(number)
        self.form.banner.show_key(Tone.OK, "sign_in.recover.done")
