"""A person comes to the counter: money first, the stop, then the story and the evidence."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.demo.driver import DemoError
from desktop.demo.stage import SAMPLES, DemoStage
from desktop.domain.time.local_time import show_time
from desktop.services.look_up import board
from desktop.services.papers.draw_form import draw_stop_form
from desktop.services.papers.note_print import note_saved
from desktop.services.session import Session

_PAYEE = "陈某某"
_CTRL = Qt.KeyboardModifier.ControlModifier
_STORY = (
    "李秀兰在短视频平台看到点赞返利广告，加入任务群后按“导师”要求垫付做单，刚刚用手机银行转出 98,000 元；"
    "对方以操作失误、账户冻结为由拒绝返还，并要求再交解冻金。"
)


def money_page(stage: DemoStage) -> None:
    """One transfer, typed by keys alone; every key beyond the facts themselves is counted."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_F3)
    driver.press(Qt.Key.Key_N, _CTRL)
    now = stage.places["station"].program.kit.ticks.now()
    start = driver.pressed
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
            driver.press(Qt.Key.Key_Return)
        driver.fact(name, text)
    stage.keystrokes = driver.pressed - start
    stage.picture(driver, "06-money-page")


def issue_stop(stage: DemoStage) -> None:
    """F9: check, send, show the code."""
    driver = stage.front("station")
    start = driver.pressed
    driver.press(Qt.Key.Key_F9)
    stage.picture(driver, "07-check-before-stop")
    driver.press(Qt.Key.Key_F9)
    stage.keystrokes += driver.pressed - start
    stage.picture(driver, "08-stop-issued")
    session = _session(stage)
    order = stage.newest_order("station").order
    if order.payee.name != _PAYEE:
        raise DemoError("the stop order is not in the journal")
    paper = draw_stop_form(session, order.id)
    stage.keep("紧急止付申请表.pdf", paper.data)
    note_saved(session, paper)


def _session(stage: DemoStage) -> Session:
    return stage.session("station")


def show_slip(stage: DemoStage) -> None:
    """The order as a QR code on the screen."""
    driver = stage.front("station")
    number = stage.newest_order("station").order.number
    driver.click(f"order_slip_{number}")
    stage.picture(driver, "09-urgent-slip")
    driver.click("slip_close")


def story_pages(stage: DemoStage) -> None:
    """Who, what happened, and the leads."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_2, _CTRL)
    driver.fill("reporter.address", "甘肃省兰州市城关区张掖路 88 号")
    stage.picture(driver, "10-reporter")
    driver.press(Qt.Key.Key_3, _CTRL)
    driver.click("type_T01")
    narrative = driver.find("narrative")
    narrative.setFocus()
    driver.type(narrative, _STORY)
    stage.picture(driver, "11-story")
    driver.press(Qt.Key.Key_4, _CTRL)
    for value in ("rw_jd_xiaowen", "17062048831", "https://app.hxjy-88.example/d/Kq7Z"):
        driver.fill("lead_value", value)
        driver.click("lead_add")
    stage.picture(driver, "12-leads")


def evidence(stage: DemoStage) -> None:
    """The victim's files, dropped into the case."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_5, _CTRL)
    driver.click("evidence_add")
    driver.choose(*(stage.sample(name) for name in SAMPLES))
    grid = driver.find("evidence_grid", QWidget)
    grid.setFocus()
    driver.press(Qt.Key.Key_Home)
    stage.picture(driver, "13-evidence")
    driver.press(Qt.Key.Key_End)
    driver.until(lambda: driver.find_shown("evidence_notice") is None, "the paper was not opened")
    stage.picture(driver, "14-evidence-pdf")


def register(stage: DemoStage) -> None:
    """The report is registered; the board shows it."""
    driver = stage.front("station")
    driver.press(Qt.Key.Key_6, _CTRL)
    driver.press(Qt.Key.Key_S, _CTRL)
    stage.picture(driver, "15-registered")
    driver.press(Qt.Key.Key_F3)
    case = stage.newest_order("station").case
    if all(card.id != case for card in board(_session(stage))):
        raise DemoError("the case is not on the board")
    stage.picture(driver, "16-board")
