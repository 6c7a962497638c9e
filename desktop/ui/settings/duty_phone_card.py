"""The duty telephone that papers give to those who report: type it, press Enter."""

from __future__ import annotations

from collections.abc import Callable

from desktop.domain.installation.profile import Profile
from desktop.services.duty_phone import duty_phone, set_duty_phone
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.fields import TextField
from desktop.ui.shared.widgets.input.line_edit import LineEdit
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label


class DutyPhoneCard(Card):
    """Shows the number that is printed, and takes another; none where the field is empty."""

    def __init__(self, kit: Kit, session: Session, written: Callable[[Profile], str]) -> None:
        super().__init__(kit, "settings.duty_phone.title")
        self.setObjectName("duty_phone_card")
        self._kit = kit
        self._session = session
        self._written = written
        self._banner = Banner(kit, "duty_phone_banner", closable=True)
        self.body.addWidget(self._banner)
        how = Label(kit, "settings.duty_phone.how", role="small", ink="muted", wrap=True)
        self.body.addWidget(how)
        row = Row(kit, gap="space_l")
        self.typed = TextField(
            kit,
            "duty_phone",
            "settings.duty_phone.number",
            placeholder_key="settings.duty_phone.example",
        )
        self._save = Button(kit, "settings.duty_phone.save", name="duty_phone_save")
        row.addWidget(self.typed, 1)
        row.addWidget(self._save)
        self.body.addLayout(row)
        self._save.clicked.connect(self._set)
        editor = self.typed.editor
        if isinstance(editor, LineEdit):
            editor.returnPressed.connect(self._set)
        kit.runner.start("db", work_of(duty_phone, session), self._show, self._banner.show_error)

    def _show(self, number: str) -> None:
        self.typed.set_value(number)

    def _set(self) -> None:
        if not self._save.isEnabled():  # pressed again while it is being done
            return
        self._save.setEnabled(False)
        work = work_of(set_duty_phone, self._session, self._written, self.typed.value())
        self._kit.runner.start("db", work, self._changed, self._refused)

    def _refused(self, error: Exception) -> None:
        self._save.setEnabled(True)
        self._banner.show_error(error)

    def _changed(self, number: str) -> None:
        self._save.setEnabled(True)
        self._show(number)
        key = "settings.duty_phone.saved" if number else "settings.duty_phone.none"
        self._banner.show_key(Tone.OK, key)
