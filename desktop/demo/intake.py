"""A person comes to the counter: money first, the stop, then the story and the evidence."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.hands import DemoError
from desktop.demo.stage import SAMPLES, Stage
from desktop.domain.local_time import show_time
from desktop.services.desk import Desk
from desktop.services.look_up import board
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.papers.note_print import note_kept

_PAYEE = "陈某某"
_CTRL = Qt.KeyboardModifier.ControlModifier
_STORY = (
    "李秀兰在短视频平台看到点赞返利广告，加入任务群后按“导师”要求垫付做单，刚刚用手机银行转出 98,000 元；"
    "对方以操作失误、账户冻结为由拒绝返还，并要求再交解冻金。"
)


def money_page(stage: Stage) -> None:
    """One transfer, typed by keys alone; every key beyond the facts themselves is counted."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_F3)
    hands.press(Qt.Key.Key_N, _CTRL)
    now = stage.places["station"].program.kit.ticks.now()
    start = hands.pressed
    for place, (name, text) in enumerate(
        (
            ("victim.name", "李秀兰"),
            ("victim.id_number", "620102196804152044"),
            ("victim.phone", "13919364417"),
            ("transfers.0.time", show_time(now - timedelta(minutes=11, seconds=28))),
            ("transfers.0.amount", "98000"),
            ("transfers.0.channel", "mobile_bank"),
            ("transfers.0.arrival", "next_day"),
            ("transfers.0.serial", "26112400128841"),
            ("transfers.0.payer_account", "6217004230001234569"),
            ("transfers.0.payee_account", "6230520010037788996"),
            ("transfers.0.payee_name", _PAYEE),
        )
    ):
        if place:
            hands.press(Qt.Key.Key_Return)
        hands.fact(name, text)
    stage.keystrokes = hands.pressed - start
    stage.picture(hands, "06-money-page")


def issue_stop(stage: Stage) -> None:
    """F9: check, send, show the code."""
    hands = stage.front("station")
    start = hands.pressed
    hands.press(Qt.Key.Key_F9)
    stage.picture(hands, "07-check-before-stop")
    hands.press(Qt.Key.Key_F9)
    stage.keystrokes += hands.pressed - start
    stage.picture(hands, "08-stop-issued")
    desk = _desk(stage)
    order = stage.newest_order("station").order
    if order.payee.name != _PAYEE:
        raise DemoError("the stop order is not in the journal")
    paper = draw_stop_form(desk, order.id)
    stage.keep("紧急止付申请表.pdf", paper.data)
    note_kept(desk, paper)


def _desk(stage: Stage) -> Desk:
    return stage.desk("station")


def show_slip(stage: Stage) -> None:
    """The order as a QR code on the screen."""
    hands = stage.front("station")
    number = stage.newest_order("station").order.number
    hands.click(f"order_slip_{number}")
    stage.picture(hands, "09-urgent-slip")
    hands.click("slip_close")


def story_pages(stage: Stage) -> None:
    """Who, what happened, and the leads."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_2, _CTRL)
    hands.fill("reporter.address", "甘肃省兰州市城关区张掖路 88 号")
    stage.picture(hands, "10-reporter")
    hands.press(Qt.Key.Key_3, _CTRL)
    hands.click("type_T01")
    narrative = hands.find("narrative")
    narrative.setFocus()
    hands.type(narrative, _STORY)
    stage.picture(hands, "11-story")
    hands.press(Qt.Key.Key_4, _CTRL)
    for value in ("rw_jd_xiaowen", "17062048831", "https://app.hxjy-88.example/d/Kq7Z"):
        hands.fill("lead_value", value)
        hands.click("lead_add")
    stage.picture(hands, "12-leads")


def evidence(stage: Stage) -> None:
    """The victim's files, dropped into the case."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_5, _CTRL)
    hands.click("evidence_add")
    hands.choose(*(stage.sample(name) for name in SAMPLES))
    grid = hands.find("evidence_grid", QWidget)
    grid.setFocus()
    hands.press(Qt.Key.Key_Home)
    stage.picture(hands, "13-evidence")
    hands.press(Qt.Key.Key_End)
    hands.until(lambda: hands.seen("evidence_notice") is None, "the paper was not opened")
    stage.picture(hands, "14-evidence-pdf")


def register(stage: Stage) -> None:
    """The report is registered; the board shows it."""
    hands = stage.front("station")
    hands.press(Qt.Key.Key_6, _CTRL)
    hands.press(Qt.Key.Key_S, _CTRL)
    stage.picture(hands, "15-registered")
    hands.press(Qt.Key.Key_F3)
    case = stage.newest_order("station").case
    if all(card.id != case for card in board(_desk(stage))):
        raise DemoError("the case is not on the board")
    stage.picture(hands, "16-board")
