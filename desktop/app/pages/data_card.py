"""The card of data on the settings page, joined to the desk."""

from __future__ import annotations

from functools import partial

from desktop.domain.officer import Permission
from desktop.runtime.directories import PackedDirectories
from desktop.services.packages.install_package import install_package, packages_in_force
from desktop.services.session import Session
from desktop.ui.settings.data_card import DataCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit


def add_data_card(page: SettingsPage, kit: Kit, session: Session) -> None:
    """Rules, questions and directories in force; the licences of the tables stand beside them."""
    found = session.directories
    tables = found.tables() if isinstance(found, PackedDirectories) else ()
    told = tuple((table.title, table.version, table.licence) for table in tables)
    take = partial(install_package, session) if session.may(Permission.EXCHANGE) else None
    card = DataCard(kit, partial(packages_in_force, session), take, told, page)
    page.more.addWidget(card)
