"""The card of a centre's PCs on the page of settings."""

from __future__ import annotations

from desktop.app.installation import Installation
from desktop.app.seats.enrol_seat import enrol_seat
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.officer import Permission
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session
from desktop.ui.settings.seats_card import Enrol, SeatsCard
from desktop.ui.settings.settings_page import SettingsPage
from desktop.ui.shared.kit.kit import Kit


def enrol_of(session: Session, installation: Installation) -> Enrol:
    """How the officer at the desk lets in another PC, or new keys of one."""

    def enrol(card_text: str, second: TypedSecond | None, instead_of: str) -> tuple[PeerCard, str]:
        return enrol_seat(installation, card_text, proved(session, second), instead_of)

    return enrol


def add_seats_card(page: SettingsPage, kit: Kit, session: Session, enrol: Enrol) -> None:
    """Which PCs work here; for who may change that, at a centre whose data lie on a server."""
    allowed = session.may(Permission.EXCHANGE) and session.may(Permission.ADMINISTER)
    if session.profile.on_server and allowed:
        page.more.addWidget(SeatsCard(kit, session, enrol, page))
