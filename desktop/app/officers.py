"""The card of officers on the settings page, joined to the installation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from desktop.domain.errors import AppError
from desktop.domain.officer import Officer, Permission
from desktop.runtime.passwords import PasswordPolicy, weaknesses
from desktop.services.desk import Desk
from desktop.ui.settings.officers_card import OfficersCard, OfficersPort
from desktop.ui.shared.kit.kit import Kit


def officers_card(kit: Kit, desk: Desk, enrol: Callable[[Officer, str], None]) -> OfficersCard:
    """Everyone may see who signs in here; an administrator adds others."""
    policy = PasswordPolicy.from_rules()

    def faults(password: str, number: str) -> Sequence[AppError]:
        return weaknesses(password, number, policy)

    may_add = desk.officer.may(Permission.ADMINISTER)
    return OfficersCard(kit, OfficersPort(partial(_known, desk), enrol, faults, may_add))


def _known(desk: Desk) -> Sequence[Officer]:
    with desk.store.read() as reader:
        return reader.officers(desk.profile.device)
