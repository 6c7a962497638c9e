"""What was taken down is carried to the centre, answered, and comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.hands import DemoError
from desktop.demo.stage import Stage
from desktop.domain.orders.order import OrderState
from desktop.services.look_up import board
from desktop.ui.case.tabs import Tab

_CTRL = Qt.KeyboardModifier.ControlModifier


def case_page(stage: Stage) -> None:
    """Found by a name; then the case's own page, tab by tab."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_K, _CTRL)
    hands.write("李秀兰")
    hands.until(lambda: hands.seen("search_hits") is not None, "nothing was found")
    stage.picture(hands, "16-search")
    hands.press(Qt.Key.Key_Return)
    stage.picture(hands, "17-case")
    for tab in Tab:
        if tab is not Tab.OVERVIEW:
            hands.click(f"case_tab_{tab.value}")
            stage.picture(hands, f"18-case-{tab.value}")
    hands.press(Qt.Key.Key_F4)
    stage.picture(hands, "19-orders")


def export(stage: Stage) -> None:
    """Everything the centre lacks goes onto the stick."""
    hands = stage.front("station")
    stage.stick.mkdir(parents=True)
    hands.press(Qt.Key.Key_F6)
    target = hands.find("sync_target", QWidget)
    target.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.choose(stage.stick)
    hands.click("sync_export")
    stage.picture(hands, "20-exported")
    volumes = sorted(stage.stick.glob("*.fzb"))
    if len(volumes) < 2:
        raise DemoError("the bundle is not on the stick")
    stage.files += volumes


def ingest(stage: Stage) -> None:
    """The centre looks first, then takes the bundle in."""
    hands = stage.front("centre")
    hands.press(Qt.Key.Key_F2)
    hands.click("inbox_choose")
    hands.choose(*sorted(stage.stick.glob("*.fzb")))
    stage.picture(hands, "21-centre-dry-run")
    hands.click("ingest_accept")
    stage.picture(hands, "22-centre-inbox")
    order = stage.newest_order("station").order
    if stage.newest_order("centre").order.id != order.id:
        raise DemoError("the order did not reach the centre")


def reply(stage: Stage) -> None:
    """The bank stopped a part; the centre records it and writes receipt and reply."""
    hands = stage.front("centre")
    hands.press(Qt.Key.Key_F3)
    hands.find("dispatch_table").setFocus()
    hands.press(Qt.Key.Key_Home)  # the most urgent is the first
    stage.picture(hands, "23-centre-dispatch")
    hands.click("dispatch_reply")
    hands.click("reply_result_partial")
    hands.fill("reply_amount", "61320")
    hands.fill("reply_organisation", "中国农业银行")
    hands.fill("reply_operator", "客服 1023")
    stage.picture(hands, "24-centre-reply")
    hands.click("reply_accept")
    back = stage.out / "stick-back"
    back.mkdir(parents=True)
    target = hands.find("dispatch_target", QWidget)
    target.setFocus()
    hands.press(Qt.Key.Key_End)
    hands.choose(back)
    hands.click("dispatch_write")
    stage.picture(hands, "25-centre-answered")
    stage.files += _volumes(back)


def _volumes(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.fzb"))
    if not found:
        raise DemoError("no bundle came back")
    return found


def apply(stage: Stage) -> None:
    """The station takes the answer in; the board shows it."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_F6)
    hands.click("sync_import")
    hands.choose(*_volumes(stage.out / "stick-back"))
    stage.picture(hands, "26-import-dry-run")
    hands.click("import_accept")
    stage.picture(hands, "27-imported")
    hands.press(Qt.Key.Key_F3)
    stage.picture(hands, "28-board-after-reply")
    view = stage.newest_order("station")
    card = next(card for card in board(stage.desk("station")) if card.id == view.case)
    if view.state is not OrderState.PARTIAL or card.stopped_fen != 6_132_000 or card.sync != 2:
        raise DemoError("the reply did not reach the board")
