"""The cards of officers and of the own password on the settings page, joined to the installation."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject

from desktop.domain.errors import AppError
from desktop.domain.installation.officer import CENTRE_OFFERS, STATION_OFFERS, Officer, Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.keys.passwords import PasswordPolicy, weaknesses
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import change_own_password, give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.settings.officers_card import OfficerCalls, OfficersCard, PasswordCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.dialogs.confirm import ask
from desktop.ui.shared.dialogs.two_officers import TwoOfficers
from desktop.ui.shared.kit.kit import Kit


def add_officer_cards(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Everyone may see who signs in here and change the own password; an administrator adds others."""
    policy = PasswordPolicy.from_rules().knowing(session.profile.unit_name)

    def faults(password: str, number: str) -> Sequence[AppError]:
        return weaknesses(password, number, policy)

    may_add = session.officer.may(Permission.ADMINISTER)
    own = PasswordCard(kit, partial(change_own_password, session), faults, session.officer.number)
    page.more.addWidget(own)
    centre = session.profile.role is InstallationRole.CENTRE
    calls = OfficerCalls(
        partial(_known, session), partial(_enrol, session), partial(_give, session), partial(_dismiss, session),
        faults, session.officer.number, may_add, CENTRE_OFFERS if centre else STATION_OFFERS,
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
