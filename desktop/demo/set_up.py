"""First start of both PCs by the assistant, and their introduction to each other by cards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.demo.driver import Driver
from desktop.demo.stage import CENTRE_OFFICER, CENTRE_UNIT, STATION_OFFICER, STATION_UNIT, DemoStage
from desktop.ui.sign_in.setup_steps import group_to_ask, groups_of


def first_start_station(stage: DemoStage) -> None:
    """The station's PC is started for the first time."""
    place = stage.switch_on("station")
    stage.picture(place.driver, "01-first-start")
    _assistant(stage, place.driver, STATION_UNIT, STATION_OFFICER, "02-recovery-code")
    stage.picture(place.driver, "03-empty-board")


def first_start_centre(stage: DemoStage) -> None:
    """The centre's PC too; its role is one key to the right."""
    driver = stage.switch_on("centre").driver
    driver.press(Qt.Key.Key_Right)
    _assistant(stage, driver, CENTRE_UNIT, CENTRE_OFFICER, "")


def _assistant(
    stage: DemoStage,
    driver: Driver,
    unit: tuple[str, str],
    officer: tuple[str, str, str],
    picture: str,
) -> None:
    code, name = unit
    number, person, password = officer
    driver.click("setup_next")
    driver.fill("unit_name", name)
    driver.fill("unit_code", code)
    driver.click("setup_next")
    if driver.find_shown("setup_database") is not None:
        driver.click("setup_next")  # a centre is asked where its data lies: in the file
    driver.fill("setup_name", person)
    driver.fill("setup_number", number)
    driver.fill("new_password", password)
    driver.fill("repeat_password", password)
    driver.click("setup_next")
    if picture:
        stage.picture(driver, picture)
    lines = [driver.find(f"recovery_code_{place}", QLabel).text() for place in range(2)]
    recovery = "-".join(lines).replace(" ", "")
    driver.fill("code_proof", groups_of(recovery)[group_to_ask(recovery)])
    driver.click("setup_next")
    driver.until(lambda: driver.find_shown("main_window") is not None, "the desk did not open")
    driver.rest()


def card_out(stage: DemoStage) -> None:
    """The station writes its enrolment card."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_F6)
    stage.picture(driver, "04-not-enrolled")
    stage.desk_card.parent.mkdir(parents=True, exist_ok=True)
    driver.click("enrol_own_card")
    stage.picture(driver, "04-own-card")
    _keep_card(stage, driver, stage.desk_card)


def enrol_at_centre(stage: DemoStage) -> None:
    """The centre compares the fingerprint by voice, trusts the card, and writes its approval."""
    driver = stage.front("centre")
    driver.click("inbox_enrol")
    driver.click("card_open")
    driver.choose(stage.desk_card)
    driver.click("fingerprint_compared")
    stage.picture(driver, "05-compare-fingerprint")
    driver.click("fingerprint_accept")
    _keep_card(stage, driver, stage.approval_card)


def _keep_card(stage: DemoStage, driver: Driver, path: Path) -> None:
    """As a file on the stick; it is shown as a code as well."""
    driver.click("card_sheet_file")
    driver.choose(path)
    driver.click("card_sheet_close")
    stage.files.append(path)


def approval_in(stage: DemoStage) -> None:
    """The station trusts the centre."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_F6)
    driver.click("enrol_approval")
    driver.click("card_open")
    driver.choose(stage.approval_card)
    driver.click("fingerprint_compared")
    driver.click("fingerprint_accept")


def unlock(stage: DemoStage) -> None:
    """Both PCs stood alone for weeks, and so are locked."""
    for name, officer in (("centre", CENTRE_OFFICER), ("station", STATION_OFFICER)):
        _unlock(stage, stage.front(name), officer[2], "05-locked" if name == "station" else "")


def _unlock(stage: DemoStage, driver: Driver, password: str, picture: str) -> None:
    driver.until(lambda: driver.find_shown("lock_password") is not None, "nobody locked")
    if picture:
        stage.picture(driver, picture)
    driver.fill("lock_password", password)
    driver.click("lock_open")
    driver.until(lambda: driver.find_shown("lock_password") is None, "it is still locked")
    driver.rest()
