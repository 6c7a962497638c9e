"""The cards of officers and of the own password on the settings page, joined to the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.app.officer_keys import OfficerKeys
from desktop.domain.errors import AppError
from desktop.domain.officer import Officer, Permission
from desktop.runtime.passwords import PasswordPolicy, weaknesses
from desktop.services.desk import Desk
from desktop.ui.settings.officers_card import OfficersCard, OfficersPort
from desktop.ui.settings.password_card import PasswordCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit


@dataclass(frozen=True, slots=True)
class OfficerVerbs:
    """See :class:`desktop.app.officer_keys.OfficerKeys`."""

    enrol: Callable[[Officer, str], None]
    change_password: Callable[[str, str], None]


def verbs_of(keys: OfficerKeys) -> OfficerVerbs:
    """Those of the officer signed in."""
    return OfficerVerbs(keys.enrol, keys.change_password)


def add_officer_cards(page: SettingsPage, kit: Kit, desk: Desk, verbs: OfficerVerbs) -> None:
    """Everyone may see who signs in here and change the own password; an administrator adds others."""
    policy = PasswordPolicy.from_rules()

    def faults(password: str, number: str) -> Sequence[AppError]:
        return weaknesses(password, number, policy)

    may_add = desk.officer.may(Permission.ADMINISTER)
    own = PasswordCard(kit, verbs.change_password, faults, desk.officer.number)
    page.more.addWidget(own)
    port = OfficersPort(partial(_known, desk), verbs.enrol, faults, may_add)
    page.more.addWidget(OfficersCard(kit, port))


def _known(desk: Desk) -> Sequence[Officer]:
    with desk.store.read() as reader:
        return reader.officers(desk.profile.device)
