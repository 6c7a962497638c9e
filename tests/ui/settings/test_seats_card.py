"""The centre's PCs on the page of settings, by keys: one is let in, gets new keys, and is taken away again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.profile import InstallationRole
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.list_devices import list_device, replace_seat
from desktop.services.exchange.peers.trust import own_card
from desktop.services.officers.second_officer import TypedSecond, proved
from desktop.services.session import Session
from desktop.ui.settings.seats_card import SeatsCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.ceremony import COLLEAGUE, THEIR_PASSWORD, colleague
from tests.support.sessions import take_seat
from tests.support.texts import zh
from tests.ui.pages.file_page import FilePage
from tests.ui.sync.test_with_centre import accept_card


def a_centre(folder: Path) -> Session:
    session = take_seat(
        folder, "C", unit_code="620100000000", unit_name="市反诈中心", role=InstallationRole.CENTRE
    ).session
    return replace(session, profile=replace(session.profile, on_server=True))


def test_a_pc_is_let_in_with_a_colleague_gets_new_keys_and_is_taken_away(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    session = a_centre(tmp_path / "centre")
    other, anew = a_centre(tmp_path / "other"), a_centre(tmp_path / "anew")
    colleague(session)

    def enrol(text: str, second: TypedSecond | None, instead_of: str) -> tuple[PeerCard, str]:
        if instead_of:
            replace_seat(session, text, instead_of, proved(session, second))
        else:
            list_device(session, text, proved(session, second), seat=True)
        return session.cards.parse_card(text), "approved"

    holder = QWidget()
    qtbot.addWidget(holder)
    card = SeatsCard(kit, session, enrol, holder)
    page = FilePage(qtbot, holder)
    page.show()
    page.click("seats_add")
    accept_card(page, own_card(other))
    by_colleague(page)
    target = tmp_path / "seat.approval"
    page.choose_in_dialog(target)
    assert states(card) == ["first", "working"]
    for name in ("seats_renew", "seats_remove"):
        assert not page.enabled(name), "the first PC is chosen"
    card.table.select_key(grouped(other.keys.current))
    page.click("seats_renew")
    accept_card(page, own_card(anew))
    by_colleague(page)
    page.choose_in_dialog(target)
    assert states(card) == ["first", "working", "removed"]
    assert page.message("seats_banner") == zh("settings.seats.renewed")
    card.table.select_key(grouped(other.keys.current))
    assert not page.enabled("seats_renew"), "keys that were taken away are not renewed"
    card.table.select_key(grouped(anew.keys.current))
    page.click("seats_remove")
    page.dialog("confirm_dialog").click("confirm_accept")
    by_colleague(page)
    assert states(card) == ["first", "removed", "removed"]
    assert page.message("seats_banner") == zh("settings.seats.removed")


def states(card: SeatsCard) -> list[str]:
    return [row.state.value for row in card.rows.rows]


def by_colleague(page: FilePage) -> None:
    dialog = page.dialog("second_officer_dialog")
    dialog.fill("second_number", COLLEAGUE.number)
    dialog.fill("second_password", THEIR_PASSWORD)
    dialog.click("second_accept")
