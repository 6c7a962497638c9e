"""The page of settings with every card of the application, and what goes on whether anybody opens it or not."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from desktop.app.pages.backup_card import Copies, OwnBackups, add_backup_card
from desktop.app.pages.database_check import DatabaseWatch, add_database_card
from desktop.app.pages.officers import add_officer_cards
from desktop.app.pages.rules import add_rules_card
from desktop.app.pages.seats import add_seats_card
from desktop.app.pages.shared_folder import SharedFolder
from desktop.app.profile.profile_file import profile_text
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.runtime.packages.directories import PackedDirectories
from desktop.services.packages.install_package import install_package, packages_in_force
from desktop.services.ports import Pdf
from desktop.services.session import Session
from desktop.ui.bound_files.own_forms import OwnFormsCard
from desktop.ui.settings.backup import BackupCard
from desktop.ui.settings.clock_card import ClockCard
from desktop.ui.settings.data import DatabaseCard, DataCard
from desktop.ui.settings.duty_phone_card import DutyPhoneCard
from desktop.ui.settings.seats_card import Enrol
from desktop.ui.settings.settings_page import ChosenSettings, SettingsPage
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import MainWindow

KEY: Final = "settings"


class SettingsWork(QObject):
    """Rounds through the shared folder, backups and looks at the database go on from the sign-in; ``add_page`` lets the
    window make the page when it is first wanted."""

    def __init__(
        self,
        kit: Kit,
        session: Session,
        chosen: ChosenSettings,
        window: MainWindow,
        copies: Copies,
        enrol: Enrol,
    ) -> None:
        super().__init__(window)
        self._kit = kit
        self._session = session
        self._chosen = chosen
        self._window = window
        self._copies = copies
        self._enrol = enrol
        self._backup: BackupCard | None = None
        self._database: DatabaseCard | None = None
        idle = window.unattended
        self.shared = SharedFolder(kit, session, chosen, self)
        self.shared.stuck.connect(window.set_share_stuck)
        self._backups = OwnBackups(kit, session, chosen, self._backup_card, idle, self)
        window.lock_changed.connect(self._backups.lock_changed)
        self._watch = DatabaseWatch(kit, session, self._database_card, idle, self)

    def add_page(self) -> None:
        """At the foot of the rail."""
        self._window.add_page(
            KEY, "settings", "shell.page.settings", self._make_page, "Ctrl+,", bottom=True
        )

    def _make_page(self) -> SettingsPage:
        kit, session = self._kit, self._session
        page = SettingsPage(kit, self._chosen)
        is_desk = session.profile.role is InstallationRole.DESK
        if is_desk and session.may(Permission.EXCHANGE):
            page.more.addWidget(ClockCard(kit, session))
        if session.may(Permission.ADMINISTER):
            page.more.addWidget(DutyPhoneCard(kit, session, profile_text))
        add_officer_cards(page, kit, session)
        if not is_desk:
            add_seats_card(page, kit, session, self._enrol)
        add_rules_card(page, kit, session)
        _add_own_forms_card(page, kit, session)
        if is_desk:
            add_data_card(page, kit, session)
        note = self._backups.note_made
        self._backup = add_backup_card(page, kit, session, self._copies, note)
        if not session.profile.on_server:
            self._database = add_database_card(page, kit, session, self._window)
        self.shared.add_to(page)
        return page

    def _backup_card(self) -> BackupCard:
        self._window.page(KEY)
        if self._backup is None:
            raise AssertionError("the page has no card of backups")
        return self._backup

    def _database_card(self) -> DatabaseCard:
        self._window.page(KEY)
        if self._database is None:
            raise AssertionError("the page has no card of the database")
        return self._database


def add_data_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Rules, questions and directories in force; the licences of the tables stand beside them."""
    found = session.directories
    tables = found.tables() if isinstance(found, PackedDirectories) else ()
    sources = tuple((table.title, table.version, table.licence) for table in tables)
    take = partial(install_package, session) if session.may(Permission.EXCHANGE) else None
    card = DataCard(kit, partial(packages_in_force, session), take, sources, page)
    page.more.addWidget(card)


def _add_own_forms_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Everybody may see by what this unit prints."""

    def show_page(parent: QWidget, pdf: Pdf, title: str) -> QDialog:
        from desktop.app.pages.pictures import draw_page  # noqa: PLC0415 - no window waits for it at start
        from desktop.ui.paper.paper_dialog import PaperDialog  # noqa: PLC0415

        dialog = PaperDialog(kit, parent, pdf, title, draw_page)
        dialog.open()
        return dialog

    page.more.addWidget(OwnFormsCard(kit, session, page, show_page))
