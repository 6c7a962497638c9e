"""Our own keys in the window: listed, changed as planned or after a loss, and destroyed only when asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.domain.errors import RuleError
from desktop.domain.exchange import PeerKey
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.inspection import clipped_texts, overlaps
from tests.support.held_runner import HeldRunner
from tests.ui.pages.sync import SyncPage
from tests.ui.pages.window_page import WindowPage
from tests.ui.shared.memory_keys import NEW
from tests.ui.sync.conftest import MakePage
from tests.ui.sync.fakes import CENTRE, NOW, OWN, MemorySync, a_party
from tests.ui.sync.test_trusting import COLLEAGUE, choose

CTRL = Qt.KeyboardModifier.ControlModifier


def opened(make_page: MakePage) -> tuple[SyncPage, WindowPage]:
    page = make_page()
    page.press(Qt.Key.Key_T, CTRL)
    page.dialog("parties_dialog").click("parties_keys")
    return page, page.dialog("keys_dialog")


def cells(dialog: WindowPage, column: int) -> list[str]:
    model = dialog.find("keys_table").model()  # type: ignore[attr-defined]  # a table of ours
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_planned_change_asks_nothing_more(make_page: MakePage, port: MemorySync) -> None:
    page, dialog = opened(make_page)
    assert cells(dialog, 3) == ["在用"]
    assert "H　" not in dialog.text("keys_detail")
    assert "杭州" in dialog.text("keys_detail"), "spelled for the telephone"
    port.own_keys.unaware = (COLLEAGUE,)
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    assert not asked.find("rotate_reason").isVisible()
    asked.click("rotate_accept")
    assert port.own_keys.calls == ["rotate"]
    assert cells(dialog, 3) == ["在用", "留着开旧包"]
    assert "张掖路派出所 B 机" in dialog.text("keys_unaware")
    assert "K8P2-V7WQ-3H9X-M4TD" in dialog.text("keys_banner_message")
    assert page.text("sync_own_fingerprint") == "K8P2-V7WQ-3H9X-M4TD"


def test_a_loss_needs_its_reason(make_page: MakePage, port: MemorySync) -> None:
    _, dialog = opened(make_page)
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    QTest.keyClick(asked.find("rotate_why_planned"), Qt.Key.Key_Right)
    accept = asked.find("rotate_accept", QAbstractButton)
    assert not accept.isEnabled()
    asked.fill("rotate_reason", "硬盘被复制")
    assert clipped_texts(asked.widget) + overlaps(asked.widget) == []
    asked.click("rotate_accept")
    assert port.own_keys.calls == ["rotate 硬盘被复制"]
    assert cells(dialog, 3) == ["在用", "已报失"]
    assert "旧钥匙作废" in dialog.text("keys_banner_message")


def test_a_former_key_is_destroyed_after_asking(make_page: MakePage, port: MemorySync) -> None:
    port.own_keys.rotate("")
    _, dialog = opened(make_page)
    assert not dialog.find("keys_destroy", QAbstractButton).isEnabled(), "never the one in use"
    choose_key(dialog, OWN)
    port.own_keys.fail_with = RuleError("keys.still_needed", count=2)
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert "2 台机器" in dialog.text("keys_banner_message")
    port.own_keys.fail_with = None
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert port.own_keys.calls == ["rotate", f"destroy {OWN}"]
    assert cells(dialog, 3) == ["在用", "已销毁"]
    assert NEW in port.own_keys.keys[0].fingerprint


def test_sealing_anew_is_shown_stopped_and_goes_on_while_the_list_is_closed(
    slow: tuple[SyncPage, HeldRunner], port: MemorySync
) -> None:
    page, runner = slow
    port.own_keys.rotate("")

    def doomed() -> WindowPage:
        page.press(Qt.Key.Key_T, CTRL)
        runner.run_all()
        page.dialog("parties_dialog").click("parties_keys")
        runner.run_all()
        return page.dialog("keys_dialog")

    dialog = doomed()
    choose_key(dialog, OWN)
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert dialog.find("keys_work").isVisible()
    assert not dialog.find("keys_rotate", QAbstractButton).isEnabled()
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []
    dialog.click("keys_work_cancel")
    runner.run_all()
    assert "接着做" in dialog.text("keys_banner_message")
    assert not dialog.find("keys_work").isVisible()
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    dialog.click("keys_close")
    runner.run_all()
    assert port.own_keys.calls == ["rotate", f"destroy {OWN}"]


def choose_key(dialog: WindowPage, fingerprint: str) -> None:
    dialog.find("keys_table").select_key(fingerprint)  # type: ignore[attr-defined]  # a table of ours


def test_only_an_administrator_changes_keys(make_page: MakePage, port: MemorySync) -> None:
    port.own_keys.may_change = False
    _, dialog = opened(make_page)
    assert not dialog.find("keys_rotate", QAbstractButton).isEnabled()


def test_the_keys_of_the_others_are_told(make_page: MakePage, port: MemorySync) -> None:
    current = PeerKey(CENTRE, "ssh-ed25519 AAAA", "age1x", NOW - timedelta(days=3))
    former = PeerKey(NEW, "ssh-ed25519 BBBB", "age1y", NOW, NOW + timedelta(days=87))
    port.known = (replace(a_party(), keys=(current, former)),)
    page = make_page()
    page.press(Qt.Key.Key_T, CTRL)
    dialog = page.dialog("parties_dialog")
    choose(dialog, CENTRE)
    assert "2026-11-21" in dialog.text("parties_key")
    assert "K8P2-V7WQ-3H9X-M4TD，它签的包收到 2027-02-19" in dialog.text("parties_key")
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_nothing_is_clipped(
    make_page: MakePage, port: MemorySync, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    port.own_keys.rotate("硬盘被复制")
    port.own_keys.unaware = (COLLEAGUE, a_party())
    page, dialog = opened(make_page)
    choose_key(dialog, OWN)
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    page.qtbot.waitUntil(lambda: clipped_texts(asked.widget) + overlaps(asked.widget) == [])
    assert asked.widget.height() < 768 > dialog.widget.height()
