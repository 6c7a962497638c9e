"""From the key to the folder: who gets it and why is asked, the work runs beside the typing, the end is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop.domain.errors import WorldError
from desktop.domain.exchange.volumes import MediumFacts
from desktop.sealing.fingerprint import grouped
from desktop.ui.evidence import court_handover
from desktop.ui.evidence.pane import EvidencePane
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.drives import Drive
from tests.support.held_runner import HeldRunner
from tests.support.texts import zh
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders, records_of
from tests.ui.pages.evidence import EvidencePage
from tests.ui.pages.window_page import WindowPage

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
STICK = Path("/media/c/STICK")


class OneStick:
    def carried(self) -> tuple[Drive, ...]:
        return (Drive(STICK, "STICK", 1 << 30),)


@pytest.fixture(autouse=True)
def stick(monkeypatch: pytest.MonkeyPatch, port: EvidenceInHand) -> None:
    monkeypatch.setattr(court_handover, "SystemDrives", OneStick)
    for name in ("聊天.png", "流水.csv", "录音.m4a"):
        port.add(name, name.encode())


def opened(page: EvidencePage) -> WindowPage:
    page.rest()
    page.press(Qt.Key.Key_O, CONTROL_SHIFT)
    return active(page)


def active(page: EvidencePage) -> WindowPage:
    dialog = page.dialog("hand_over_dialog")
    dialog.widget.activateWindow()  # offscreen, no window manager does it
    page.qtbot.waitUntil(dialog.widget.isActiveWindow)
    return dialog


def test_by_keyboard_alone_with_one_item_left_out(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    page = make_page()
    dialog = opened(page)
    accept = dialog.find("hand_over_do", QWidget)
    assert not accept.isEnabled(), "nobody said to whom"
    dialog.type_here("兰州市城关区人民检察院")
    dialog.press(Qt.Key.Key_Tab)
    dialog.type_here("移送审查起诉")
    assert accept.isEnabled()
    dialog.press(Qt.Key.Key_Tab)  # the list
    dialog.press(Qt.Key.Key_Down)
    dialog.press(Qt.Key.Key_Space)
    assert dialog.text("hand_over_count").startswith("移送 2 / 3 项")
    dialog.press(Qt.Key.Key_Tab)  # MD5
    dialog.press(Qt.Key.Key_Space)
    dialog.press(Qt.Key.Key_Return)
    assert port.wish is not None
    assert port.wish.items == frozenset({port.rows[0].id, port.rows[2].id})
    assert (port.wish.receiver, port.wish.reason, port.wish.md5) == (
        "兰州市城关区人民检察院", "移送审查起诉", True,
    )  # fmt: skip
    assert "已移送 2 项" in page.banner()
    assert grouped(port.session.profile.device) in page.banner()
    assert str(STICK / "hand-over") in page.banner()
    assert "移送副本给 兰州市城关区人民检察院" in page.text("evidence_custody")


def test_everything_goes_unless_left_out_and_nothing_at_all_cannot(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    dialog = opened(make_page())
    dialog.fill("hand_over_receiver", "法院")
    dialog.fill("hand_over_reason", "开庭")
    table = dialog.find("hand_over_items", QWidget)
    table.setFocus()
    for _ in port.rows:
        dialog.press(Qt.Key.Key_Space)
        dialog.press(Qt.Key.Key_Down)
    assert not dialog.find("hand_over_do", QWidget).isEnabled()
    dialog.press(Qt.Key.Key_Up)
    dialog.press(Qt.Key.Key_Up)
    for _ in port.rows:
        dialog.press(Qt.Key.Key_Space)
        dialog.press(Qt.Key.Key_Down)
    dialog.click("hand_over_do")
    assert port.wish is not None
    assert port.wish.items is None


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_what_the_stick_does_not_take_is_named_before_anything_is_written(
    make_page: MakePage, port: EvidenceInHand, kit: Kit, language: str
) -> None:
    kit.texts.set_language(language)
    port.stick = MediumFacts("STICK", "vfat", 1 << 40, (1 << 32) - 1)
    port.changes[port.rows[2].id] = {"name": "门口监控.mp4", "size": 5_368_709_120}
    dialog = opened(make_page())
    dialog.fill("hand_over_receiver", "法院")
    dialog.fill("hand_over_reason", "开庭")
    accept, said = dialog.find("hand_over_do", QWidget), dialog.text("hand_over_fit_message")
    assert not accept.isEnabled()
    assert {"vfat", "门口监控.mp4", "5.0"} <= set(re.findall(r"vfat|门口监控\.mp4|5\.0|4\.0", said))
    assert "exFAT" in dialog.text("hand_over_fit_detail")
    table = dialog.find("hand_over_items", QWidget)
    table.setFocus()
    dialog.press(Qt.Key.Key_Down)
    dialog.press(Qt.Key.Key_Down)
    dialog.press(Qt.Key.Key_Space)
    assert accept.isEnabled(), "the others can go"
    assert dialog.find("hand_over_fit", QWidget).isHidden()


def test_a_stick_that_is_too_small_says_both_figures(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.stick = MediumFacts("STICK", "exfat", 3 << 20, None)
    dialog = opened(make_page())
    dialog.fill("hand_over_receiver", "法院")
    dialog.fill("hand_over_reason", "开庭")
    assert "3.0 MB" in dialog.text("hand_over_fit_message")
    assert not dialog.find("hand_over_do", QWidget).isEnabled()


def test_a_pulled_stick_is_reported(make_page: MakePage, port: EvidenceInHand) -> None:
    page = make_page()
    dialog = opened(page)
    dialog.fill("hand_over_receiver", "法院")
    dialog.fill("hand_over_reason", "开庭")
    port.fail_with = WorldError("medium.gone")
    dialog.click("hand_over_do")
    assert page.banner() == zh("errors.medium.gone.what")
    assert page.find("evidence_work", QWidget).isHidden()


def busy_page(qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand) -> EvidencePage:
    """Its dialog is open; the desk does nothing but what the runner is told to."""
    kit, runner = held
    pane = EvidencePane(kit, port, fake_decoders(), records_of(port))
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    runner.run_all()
    page.press(Qt.Key.Key_O, CONTROL_SHIFT)
    return page


def test_it_can_be_stopped_and_asking_again_meanwhile_opens_nothing(
    qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand
) -> None:
    _, runner = held
    page = busy_page(qtbot, held, port)
    dialog = active(page)
    runner.run_all()  # the drives
    dialog.fill("hand_over_receiver", "法院")
    dialog.fill("hand_over_reason", "开庭")
    dialog.click("hand_over_do")
    page.working("evidence_handing_over")
    page.widget.activateWindow()
    page.press(Qt.Key.Key_O, CONTROL_SHIFT)
    with pytest.raises(AssertionError, match="no open dialog"):
        page.dialog("hand_over_dialog")
    page.click("evidence_handing_over_cancel")
    runner.run_all()
    assert not any(row.kind == "evidence.handed_over" for row in port.log)
    assert page.banner() == ""


def test_a_medium_that_answers_late_finds_its_dialog_closed(
    qtbot: QtBot, held: tuple[Kit, HeldRunner], port: EvidenceInHand
) -> None:
    _, runner = held
    page = busy_page(qtbot, held, port)
    dialog = active(page)
    assert isinstance(dialog.widget, court_handover.CourtHandoverDialog)
    fit = dialog.widget.fit
    runner.run_next()  # the drives
    assert runner.tasks
    dialog.press(Qt.Key.Key_Escape)
    page.qtbot.waitUntil(lambda: not isValid(dialog.widget))
    assert not isValid(fit)
    runner.run_all()
