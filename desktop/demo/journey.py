"""What was taken down is carried to the centre, answered, and comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.driver import DemoError
from desktop.demo.stage import DemoStage
from desktop.domain.orders.order import OrderState
from desktop.services.look_up import board
from desktop.services.where_money_is import sums_by_case
from desktop.ui.case.parts.tabs import Tab

_CTRL = Qt.KeyboardModifier.ControlModifier


def case_page(stage: DemoStage) -> None:
    """Found by a name; then the case's own page, tab by tab."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_K, _CTRL)
    driver.write("李秀兰")
    driver.until(lambda: driver.find_shown("search_hits") is not None, "nothing was found")
    stage.picture(driver, "16-search")
    driver.press(Qt.Key.Key_Return)
    stage.picture(driver, "17-case")
    for tab in Tab:
        if tab is not Tab.OVERVIEW:
            driver.click(f"case_tab_{tab.value}")
            stage.picture(driver, f"18-case-{tab.value}")
    driver.press(Qt.Key.Key_F4)
    stage.picture(driver, "19-orders")


def export(stage: DemoStage) -> None:
    """Everything the centre lacks goes onto the stick."""
    driver = stage.front("station")
    stage.stick.mkdir(parents=True)
    driver.press(Qt.Key.Key_F6)
    target = driver.find("sync_target", QWidget)
    target.setFocus()
    driver.press(Qt.Key.Key_End)
    driver.choose(stage.stick)
    driver.click("sync_export")
    stage.picture(driver, "20-exported")
    volumes = sorted(stage.stick.glob("*.fzb"))
    if len(volumes) < 2:
        raise DemoError("the bundle is not on the stick")
    stage.files += volumes


def ingest(stage: DemoStage) -> None:
    """The centre looks first, then takes the bundle in."""
    driver = stage.front("centre")
    driver.press(Qt.Key.Key_F6)
    driver.click("inbox_choose")
    driver.choose(*sorted(stage.stick.glob("*.fzb")))
    stage.picture(driver, "21-centre-dry-run")
    driver.click("ingest_accept")
    stage.picture(driver, "22-centre-inbox")
    order = stage.newest_order("station").order
    if stage.newest_order("centre").order.id != order.id:
        raise DemoError("the order did not reach the centre")


def reply(stage: DemoStage) -> None:
    """The bank stopped a part; the centre records it and writes receipt and reply."""
    driver = stage.front("centre")
    driver.press(Qt.Key.Key_F3)
    driver.find("dispatch_table").setFocus()
    driver.press(Qt.Key.Key_Home)  # the most urgent is the first
    stage.picture(driver, "23-centre-dispatch")
    driver.click("dispatch_reply")
    driver.click("reply_result_partial")
    driver.fill("reply_amount", "61320")
    driver.fill("reply_organisation", "中国农业银行")
    driver.fill("reply_operator", "客服 1023")
    stage.picture(driver, "24-centre-reply")
    driver.click("reply_accept")
    back = stage.out / "stick-back"
    back.mkdir(parents=True)
    target = driver.find("dispatch_target", QWidget)
    target.setFocus()
    driver.press(Qt.Key.Key_End)
    driver.choose(back)
    driver.click("dispatch_write")
    stage.picture(driver, "25-centre-answered")
    stage.files += _volumes(back)


def _volumes(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.fzb"))
    if not found:
        raise DemoError("no bundle came back")
    return found


def apply(stage: DemoStage) -> None:
    """The station takes the answer in; the board shows it."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_F6)
    driver.click("sync_import")
    driver.choose(*_volumes(stage.out / "stick-back"))
    stage.picture(driver, "26-import-dry-run")
    driver.click("import_accept")
    stage.picture(driver, "27-imported")
    driver.press(Qt.Key.Key_F3)
    stage.picture(driver, "28-board-after-reply")
    view = stage.newest_order("station")
    card = next(card for card in board(stage.session("station")) if card.id == view.case)
    session = stage.session("station")
    held = sums_by_case(session, session.clock.now(), {view.case})[view.case].stopped_fen
    if view.state is not OrderState.PARTIAL or held != 6_132_000 or card.sync != 2:
        raise DemoError("the reply did not reach the board")
