"""The card of data on the settings page, joined to the desk."""

from __future__ import annotations

from functools import partial

from desktop.runtime.directories import PackedDirectories
from desktop.services.desk import Desk
from desktop.services.packs.take_pack import packs_in_force, take_pack
from desktop.ui.settings.data_card import DataCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit


def add_data_card(page: SettingsPage, kit: Kit, desk: Desk) -> None:
    """Rules, questions and directories in force; the licences of the tables stand beside them."""
    found = desk.directories
    tables = found.tables() if isinstance(found, PackedDirectories) else ()
    told = tuple((table.title, table.version, table.licence) for table in tables)
    card = DataCard(kit, partial(packs_in_force, desk), partial(take_pack, desk), told, page)
    page.more.addWidget(card)
