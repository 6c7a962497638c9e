"""The cards of officers and of the own password on the settings page, joined to the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt

from desktop.domain.errors import AppError
from desktop.domain.installation.officer import Officer, Permission
from desktop.runtime.keys.passwords import PasswordPolicy, weaknesses
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import change_own_password, give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.settings.officers_card import OfficerCalls, OfficersCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
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


def add_officer_cards(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Everyone may see who signs in here and change the own password; an administrator adds others."""
    policy = PasswordPolicy.from_rules().knowing(session.profile.unit_name)

    def faults(password: str, number: str) -> Sequence[AppError]:
        return weaknesses(password, number, policy)

    may_add = session.officer.may(Permission.ADMINISTER)
    own = PasswordCard(kit, partial(change_own_password, session), faults, session.officer.number)
    page.more.addWidget(own)
    calls = OfficerCalls(
        partial(_known, session), partial(_enrol, session), partial(_give, session), partial(_dismiss, session),
        faults, session.officer.number, may_add,
    )  # fmt: skip
    card = OfficersCard(kit, calls)
    page.more.addWidget(card)
    _CodeSheet(kit, session, card)


class _CodeSheet(QObject):
    """A new recovery code, on paper only as the first one."""

    def __init__(self, kit: Kit, session: Session, card: OfficersCard) -> None:
        super().__init__(card)
        self._kit = kit
        self._session = session
        self._card = card
        self._two = TwoOfficers(kit, card)
        card.acts.code_wanted.connect(self._ask)

    def _ask(self) -> None:
        words = "settings.officers.coding"
        ask(
            self._kit, self._card, f"{words}.title", f"{words}.text", f"{words}.accept",
            self._start, danger=True,
        )  # fmt: skip

    def _start(self) -> None:
        what = self._kit.texts.text("settings.officers.second.code")
        self._two.do(self._make, self._show, self._card.banner.show_error, what)

    def _make(self, second: TypedSecond | None) -> Pdf:
        return new_recovery_code(self._session, self._sheet, proved(self._session, second))

    def _sheet(self, code: str) -> Pdf:
        session = self._session
        return session.sheets.recovery_sheet(
            session.profile, session.officer, code, session.clock.now()
        )

    def _show(self, sheet: Pdf) -> None:
        from desktop.app.pages.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        title = self._kit.texts.text("sign_in.setup.code.step")
        PaperDialog(self._kit, self._card, sheet, title, draw_page, keeps=False).open()


def _known(session: Session) -> Sequence[Officer]:
    with session.store.read() as reader:
        return reader.officers(session.profile.device)


def _enrol(session: Session, officer: Officer, password: str, second: TypedSecond | None) -> None:
    enrol_officer(session, officer, password, proved(session, second))


def _give(session: Session, number: str, password: str, second: TypedSecond | None) -> None:
    give_password(session, number, password, proved(session, second))


def _dismiss(session: Session, number: str, second: TypedSecond | None) -> None:
    dismiss_officer(session, number, proved(session, second))
