"""First start of both PCs by the assistant, and their introduction to each other by cards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.demo.hands import Hands
from desktop.demo.stage import CENTRE_OFFICER, CENTRE_UNIT, STATION_OFFICER, STATION_UNIT, Stage
from desktop.ui.sign_in.checks import group_to_ask, groups_of


def first_start_station(stage: Stage) -> None:
    """The station's PC is started for the first time."""
    place = stage.switch_on("station")
    stage.picture(place.hands, "01-first-start")
    _assistant(stage, place.hands, STATION_UNIT, STATION_OFFICER, "02-recovery-code")
    stage.picture(place.hands, "03-empty-board")


def first_start_centre(stage: Stage) -> None:
    """The centre's PC too; its role is one key to the right."""
    hands = stage.switch_on("centre").hands
    hands.press(Qt.Key.Key_Right)
    _assistant(stage, hands, CENTRE_UNIT, CENTRE_OFFICER, "")


def _assistant(
    stage: Stage, hands: Hands, unit: tuple[str, str], officer: tuple[str, str, str], picture: str
) -> None:
    code, name = unit
    number, person, password = officer
    hands.click("setup_next")
    hands.fill("unit_name", name)
    hands.fill("unit_code", code)
    hands.click("setup_next")
    if hands.seen("setup_database") is not None:
        hands.click("setup_next")  # a centre is asked where its data lies: in the file
    hands.fill("setup_name", person)
    hands.fill("setup_number", number)
    hands.fill("new_password", password)
    hands.fill("repeat_password", password)
    hands.click("setup_next")
    if picture:
        stage.picture(hands, picture)
    lines = [hands.find(f"recovery_code_{place}", QLabel).text() for place in range(2)]
    recovery = "-".join(lines).replace(" ", "")
    hands.fill("code_proof", groups_of(recovery)[group_to_ask(recovery)])
    hands.click("setup_next")
    hands.until(lambda: hands.seen("main_window") is not None, "the desk did not open")
    hands.rest()


def card_out(stage: Stage) -> None:
    """The station writes its enrolment card."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_F6)
    stage.picture(hands, "04-not-enrolled")
    stage.desk_card.parent.mkdir(parents=True, exist_ok=True)
    hands.click("enrol_own_card")
    stage.picture(hands, "04-own-card")
    _keep_card(stage, hands, stage.desk_card)


def enrol_at_centre(stage: Stage) -> None:
    """The centre compares the fingerprint by voice, trusts the card, and writes its approval."""
    hands = stage.front("centre")
    hands.click("inbox_enrol")
    hands.click("card_open")
    hands.choose(stage.desk_card)
    hands.click("fingerprint_compared")
    stage.picture(hands, "05-compare-fingerprint")
    hands.click("fingerprint_accept")
    _keep_card(stage, hands, stage.approval_card)


def _keep_card(stage: Stage, hands: Hands, path: Path) -> None:
    """As a file on the stick; it is shown as a code as well."""
    hands.click("card_sheet_file")
    hands.choose(path)
    hands.click("card_sheet_close")
    stage.files.append(path)


def approval_in(stage: Stage) -> None:
    """The station trusts the centre."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_F6)
    hands.click("enrol_approval")
    hands.click("card_open")
    hands.choose(stage.approval_card)
    hands.click("fingerprint_compared")
    hands.click("fingerprint_accept")


def unlock(stage: Stage) -> None:
    """Both PCs stood alone for weeks, and so are locked."""
    for name, officer in (("centre", CENTRE_OFFICER), ("station", STATION_OFFICER)):
        _unlock(stage, stage.front(name), officer[2], "05-locked" if name == "station" else "")


def _unlock(stage: Stage, hands: Hands, password: str, picture: str) -> None:
    hands.until(lambda: hands.seen("lock_password") is not None, "nobody locked")
    if picture:
        stage.picture(hands, picture)
    hands.fill("lock_password", password)
    hands.click("lock_open")
    hands.until(lambda: hands.seen("lock_password") is None, "it is still locked")
    hands.rest()
