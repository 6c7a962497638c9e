"""The card of officers: who signs in here, a new one typed by keyboard, what is weak said while typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.domain.errors import AppError, UserInputError
from desktop.domain.installation.officer import STATION_OFFERS, Officer, Role
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.settings.officers_card import OfficerCalls, OfficersCard
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.pages.window_page import WindowPage

FIRST = Officer("620134", "王建国", (Role.FRONT_DESK, Role.ADMINISTRATOR))


class Station:
    def __init__(self) -> None:
        self.officers = [FIRST]
        self.passwords: dict[str, str] = {}

    def enrol(self, officer: Officer, password: str, second: TypedSecond | None) -> None:
        if any(known.number == officer.number for known in self.officers):
            raise UserInputError("officer.exists")
        self.officers.append(officer)
        self.passwords[officer.number] = password

    def give(self, number: str, password: str, second: TypedSecond | None) -> None:
        self.passwords[number] = password

    def dismiss(self, number: str, second: TypedSecond | None) -> None:
        self.officers = [
            replace(known, roles=()) if known.number == number else known for known in self.officers
        ]

    def faults(self, password: str, number: str) -> Sequence[AppError]:
        return (UserInputError("password.too_short", minimum=10),) if len(password) < 10 else ()


def a_card(
    kit: Kit, qtbot: QtBot, *, may_add: bool = True
) -> tuple[WindowPage, OfficersCard, Station]:
    station = Station()
    calls = OfficerCalls(
        lambda: tuple(station.officers), station.enrol, station.give, station.dismiss,
        station.faults, FIRST.number, may_add, STATION_OFFERS,
    )  # fmt: skip
    host = QWidget()
    qtbot.addWidget(host)
    card = OfficersCard(kit, calls)
    card.setParent(host)
    page = WindowPage(qtbot, host)
    page.show()
    return page, card, station


def fill(card: OfficersCard, number: str, name: str, password: str, again: str) -> None:
    card.number.set_value(number)
    card.name.set_value(name)
    card.role.set_value(Role.APPROVER.value)
    card.password.first.set_value(password)
    card.password.second.set_value(again)
    card.accept.click()


def test_a_new_officer_is_listed_and_the_passwords_are_gone(kit: Kit, qtbot: QtBot) -> None:
    _page, card, station = a_card(kit, qtbot)
    assert "王建国" in card.listed.text()
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    assert station.passwords == {"620177": "Gan-su-1126-xyz"}
    approver = kit.texts.text("settings.officers.role.approver")
    assert f"620177  赵敏  {approver}" in card.listed.text()
    assert (card.password.first.value(), card.password.second.value()) == ("", "")


def test_enter_adds_and_pressed_twice_adds_once(kit: Kit, qtbot: QtBot) -> None:
    runner = HeldRunner()
    page, card, station = a_card(replace(kit, runner=runner), qtbot)
    runner.run_all()
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "")
    card.password.second.set_value("Gan-su-1126-xyz")
    for _ in range(2):
        QTest.keyClick(card.password.second.line, Qt.Key.Key_Return)
    runner.run_all()
    assert station.officers[1:] == [Officer("620177", "赵敏", (Role.APPROVER,))]
    assert not card.banner.isVisibleTo(card)
    assert card.accept.isEnabled()
    fill(card, "620134", "重号", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    runner.run_all()
    assert card.accept.isEnabled(), "after a refusal too"
    page.widget.close()


def test_what_is_typed_of_the_next_officer_meanwhile_stays(kit: Kit, qtbot: QtBot) -> None:
    """Making a password safe takes a second, and the keyboard stands in the number by then."""
    runner = HeldRunner()
    page, card, station = a_card(replace(kit, runner=runner), qtbot)
    runner.run_all()
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    card.number.set_value("620178")
    runner.run_all()
    assert "620177" in station.passwords
    assert [card.number.value(), card.name.value(), card.password.first.value()] == [
        "620178",
        "",
        "",
    ]
    page.widget.close()


def test_what_is_weak_is_said_in_the_language_shown(kit: Kit, qtbot: QtBot) -> None:
    _page, card, _station = a_card(kit, qtbot)
    card.password.first.line.setFocus()
    QTest.keyClicks(card.password.first.line, "short")
    before = card.password.first.hint.text()
    kit.texts.set_language("en")
    assert card.password.first.hint.text() == kit.texts.text(
        "errors.password.too_short.what", minimum=10
    )
    assert card.password.first.hint.text() != before


def test_weak_and_different_passwords_add_nobody(kit: Kit, qtbot: QtBot) -> None:
    _page, card, station = a_card(kit, qtbot)
    fill(card, "620177", "赵敏", "short", "short")
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "Gan-su-1126-xyZ")
    assert station.officers == [FIRST]


def test_a_number_that_is_taken_is_reported_and_what_was_typed_stays(
    kit: Kit, qtbot: QtBot
) -> None:
    _page, card, station = a_card(kit, qtbot)
    fill(card, "620134", "重号", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    assert station.officers == [FIRST]
    assert card.number.value() == "620134"
    assert card.banner.isVisibleTo(card)


def test_others_see_the_list_alone(kit: Kit, qtbot: QtBot) -> None:
    _page, card, _station = a_card(kit, qtbot, may_add=False)
    assert "王建国" in card.listed.text()
    assert not card.accept.isVisibleTo(card)
    assert not card.acts.isVisibleTo(card)


def test_a_forgotten_password_is_given_anew_by_keyboard(kit: Kit, qtbot: QtBot) -> None:
    page, card, station = a_card(kit, qtbot)
    assert not card.acts.renew.isEnabled(), "nobody but oneself"
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    page.find("officer_renew").setFocus()
    page.press(Qt.Key.Key_Space)
    dialog = page.dialog("given_password_dialog")
    qtbot.waitUntil(dialog.widget.isActiveWindow)
    for text in ("Another-1-word", "Another-1-word"):
        dialog.type_here(text)
        dialog.press(Qt.Key.Key_Return)
    assert station.passwords["620177"] == "Another-1-word"
    assert page.text("officers_banner_message") == kit.texts.text("settings.officers.renewed")


def test_who_left_is_barred_after_a_question_and_said_to_be(kit: Kit, qtbot: QtBot) -> None:
    page, card, station = a_card(kit, qtbot)
    fill(card, "620177", "赵敏", "Gan-su-1126-xyz", "Gan-su-1126-xyz")
    for button, roles in (("confirm_cancel", (Role.APPROVER,)), ("confirm_accept", ())):
        page.click("officer_end")
        page.dialog("confirm_dialog").click(button)
        assert station.officers[1].roles == roles
    assert f"620177  赵敏  {kit.texts.text('settings.officers.gone')}" in card.listed.text()
    assert not card.acts.end.isEnabled()
