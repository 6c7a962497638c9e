"""Two officers at one window: a colleague types number and password, and what one did alone is told and confirmed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.installation import Installation
from desktop.app.windows.window import Program
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.kinds import SIGN_IN_FAILED
from desktop.services.exchange.peers.trust import own_card, trust_peer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.trust_changes import unseen_changes
from desktop.services.officers.unconfirmed import to_confirm
from desktop.ui.settings.officers_card import OfficersCard
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.shared.kit.theme import Scheme
from tests.support.ceremony import THEIR_PASSWORD, approve, colleague, own_password
from tests.support.installations import OFFICER, PASSWORD, machine, make_centre, make_desk
from tests.ui.pages.window_page import WindowPage

PICTURES = os.environ.get("FANZHA_PICTURES", "")
SECOND = "620178"


@pytest.fixture
def session(quick_folder: Path) -> Installation:
    """A desk whose founder let in a second officer; with a third they let in the centre. Nobody is signed in."""
    made = make_desk(quick_folder / "desk")
    signed_in = made.sign_in(OFFICER, PASSWORD)
    enrol_officer(signed_in, Officer(SECOND, "孙立", (Role.FRONT_DESK,)), "Given-Kx7-word!")
    own_password(signed_in, SECOND)
    centre = make_centre(quick_folder / "centre")
    at = centre.sign_in("620001", PASSWORD)
    trust_peer(signed_in, approve(at, own_card(signed_in)), colleague(signed_in, "620190"))
    centre.close()
    made.close()
    return made


@pytest.fixture
def program(qapp: QApplication, session: Installation) -> Iterator[Program]:
    made = Program(qapp, session.paths.root, machine=machine(), runner=InlineTaskRunner())
    made.start()
    yield made
    if made.front is not None:
        made.front.close()
    made.shut_down()


def signed_in(program: Program, qtbot: QtBot, number: str, password: str) -> WindowPage:
    program.open_desk(program.installation.sign_in(number, password))
    assert program.front is not None
    page = WindowPage(qtbot, program.front)
    page.show(1366, 768)
    return page


def picture(program: Program, page: WindowPage, name: str) -> None:
    """Kept where ``FANZHA_PICTURES`` says, in both languages and both schemes."""
    for language in ("zh_CN", "en") if PICTURES else ():
        program.kit.texts.set_language(language)
        for scheme in (Scheme.LIGHT, Scheme.DARK):
            program.kit.theme.set_scheme(scheme)
            QApplication.processEvents()
            page.widget.grab().save(f"{PICTURES}/{name}-{language}-{scheme.value}.png")
    if PICTURES:
        program.kit.texts.set_language("zh_CN")
        program.kit.theme.set_scheme(Scheme.LIGHT)


def test_a_colleague_takes_part_by_number_and_password(program: Program, qtbot: QtBot) -> None:
    page = signed_in(program, qtbot, OFFICER, PASSWORD)
    assert program.desk_window is not None
    window = program.desk_window.window
    window.show_page("settings")
    card = window.page("settings").findChild(OfficersCard)
    assert card is not None
    fields = (card.number, card.name, card.password.first, card.password.second)
    for field, text in zip(fields, ("620199", "钱多", *["Lantern-07-river"] * 2), strict=True):
        field.set_value(text)
    page.click("officer_add")
    dialog = page.dialog("second_officer_dialog")
    assert "620199" in dialog.text("second_what")
    picture(program, dialog, "second")
    dialog.fill("second_number", SECOND)
    dialog.fill("second_password", "wrong")
    dialog.click("second_accept")
    assert dialog.widget.isVisible()
    picture(program, dialog, "second-wrong")
    dialog.fill("second_password", THEIR_PASSWORD)
    dialog.click("second_accept")
    session = program.installation.session
    with session.store.read() as reader:
        found = reader.officer("620199")
        failed = [
            entry
            for entry in reader.entries(session.profile.device, 1, 99)
            if entry.kind == SIGN_IN_FAILED
        ]
    assert found is not None
    assert found.roles
    assert [(entry.officer, entry.fields["count"]) for entry in failed] == [(OFFICER, 1)]


def test_what_one_did_is_shown_until_acknowledged_and_confirmed_by_two(
    program: Program, qtbot: QtBot
) -> None:
    page = signed_in(program, qtbot, SECOND, THEIR_PASSWORD)
    session = program.installation.session
    assert page.find("status_trust").isVisible()
    picture(program, page, "board-with-news")
    page.click("status_trust_open")
    dialog = page.dialog("trust_news_dialog")
    picture(program, dialog, "news")
    assert "市反诈中心" in dialog.text("trust_news_changes")
    dialog.click("trust_news_seen")
    assert unseen_changes(session) == ()
    dialog.click("trust_news_confirm")
    asked = page.dialog("second_officer_dialog")
    asked.fill("second_number", OFFICER)
    asked.fill("second_password", PASSWORD)
    asked.click("second_accept")
    assert to_confirm(session) == ()
    picture(program, dialog, "news-confirmed")
    assert not page.find("status_trust").isVisible()
