"""The own password: the old one, and twice the new."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.new_password import Faults, NewPassword
from desktop.ui.shared.widgets.input.password_field import PasswordField
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner

Change = Callable[[str, str], None]
"""Old and new password; in lane ``db``, raises ``AppError``."""


class PasswordCard(Card):
    """Of officer ``number``, who is signed in."""

    def __init__(self, kit: Kit, change: Change, faults: Faults, number: str) -> None:
        super().__init__(kit, "settings.password.title")
        self.setObjectName("password_card")
        self._kit = kit
        self._change = change
        self.banner = Banner(kit, "own_password_banner", closable=True)
        self.body.addWidget(self.banner)
        self.old = PasswordField(kit, "own_old_password", "settings.password.old")
        self.new = NewPassword(kit, faults, lambda: number, "own_")
        self.accept = Button(kit, "settings.password.change", name="own_password_change")
        row = Row(kit, gap="field_gap")
        row.addWidget(self.old, 1, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.new, 2)
        row.addWidget(self.accept)
        self.body.addLayout(row)
        self.accept.clicked.connect(self._start)
        self.new.second.line.returnPressed.connect(self._start)

    def _start(self) -> None:
        if not self.accept.isEnabled():  # pressed again while it is being done
            return
        missing = self.new.fault() if self.old.value() else self.old
        if missing is not None:
            missing.setFocus()
            return
        self.accept.setEnabled(False)
        work = work_of(self._change, self.old.value(), self.new.value())
        self._kit.runner.start("db", work, self._done, self._refused)

    def _done(self, _nothing: None) -> None:
        self.accept.setEnabled(True)
        self.old.set_value("")
        self.new.clear()
        self.banner.show_key(Tone.OK, "settings.password.done")

    def _refused(self, error: Exception) -> None:
        self.accept.setEnabled(True)
        self.banner.show_error(error)
        self.old.setFocus()
