"""Our own keys in the window: listed, changed as planned or after a loss, and destroyed only when asked twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.exchange.peers import PeerKey
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Role
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.own_keys import own_keys, rotate_keys
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.texts.spelled import spelled
from tests.support.held_runner import HeldRunner
from tests.support.texts import zh
from tests.ui.pages.looks import LOOKS
from tests.ui.pages.sync import SyncPage
from tests.ui.pages.window_page import WindowPage
from tests.ui.sync.conftest import MakePage, SyncDesk
from tests.ui.sync.samples import CENTRE, NOW, a_party
from tests.ui.sync.test_trusting import COLLEAGUE, choose

NEW = DeviceId("K8P2V7WQ3H9XM4TD")
CTRL = Qt.KeyboardModifier.ControlModifier


def opened(make_page: MakePage) -> tuple[SyncPage, WindowPage]:
    page = make_page()
    page.press(Qt.Key.Key_T, CTRL)
    page.dialog("parties_dialog").click("parties_keys")
    return page, page.dialog("keys_dialog")


def cells(dialog: WindowPage, column: int) -> list[str]:
    model = dialog.find("keys_table").model()  # type: ignore[attr-defined]  # a table of ours
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_a_planned_change_asks_nothing_more(
    make_page: MakePage, desk: SyncDesk, kit: Kit, centre: Session
) -> None:
    page, dialog = opened(make_page)
    keys = desk.session.keys
    assert cells(dialog, 3) == [zh("trust.keys.is.in_use")]
    assert spelled(kit, keys.current) in dialog.text("keys_detail"), "for the telephone"
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    assert not asked.find("rotate_reason").isVisible()
    asked.click("rotate_accept")
    assert cells(dialog, 3) == [zh("trust.keys.is.in_use"), zh("trust.keys.is.kept")]
    assert centre.profile.unit_name in dialog.text("keys_unaware")
    assert grouped(keys.current) in dialog.text("keys_banner_message")
    assert page.text("sync_own_fingerprint") == grouped(keys.current)


def test_a_loss_needs_its_reason(make_page: MakePage, desk: SyncDesk) -> None:
    former = desk.session.keys.current
    _, dialog = opened(make_page)
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    QTest.keyClick(asked.find("rotate_why_planned"), Qt.Key.Key_Right)
    accept = asked.find("rotate_accept", QAbstractButton)
    assert not accept.isEnabled()
    asked.fill("rotate_reason", "硬盘被复制")
    assert clipped_texts(asked.widget) + overlaps(asked.widget) == []
    asked.click("rotate_accept")
    assert desk.session.keys.current != former
    assert cells(dialog, 3) == [zh("trust.keys.is.in_use"), zh("trust.keys.is.lost")]
    assert "旧密钥作废" in dialog.text("keys_banner_message")


def former_key(desk: SyncDesk, lost: str = "") -> DeviceId:
    """The key that others are in the place of now."""
    former = desk.session.keys.current
    rotate_keys(desk.session, lost=lost)
    return former


def test_a_former_key_is_destroyed_after_asking(make_page: MakePage, desk: SyncDesk) -> None:
    former = former_key(desk)
    _, dialog = opened(make_page)
    assert not dialog.find("keys_destroy", QAbstractButton).isEnabled(), "never the one in use"
    choose_key(dialog, former)
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert "1 台机器" in dialog.text("keys_banner_message"), "the centre still writes to it"
    desk.note_trust("peer_actions.receivers", answer=())
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert cells(dialog, 3) == [zh("trust.keys.is.in_use"), zh("trust.keys.is.gone")]
    assert [key.held for key in own_keys(desk.session)] == [True, False]


def test_sealing_anew_is_shown_stopped_and_goes_on_while_the_list_is_closed(
    slow: tuple[SyncPage, HeldRunner], desk: SyncDesk
) -> None:
    page, runner = slow
    former = former_key(desk)
    desk.note_trust("peer_actions.receivers", answer=())

    def doomed() -> WindowPage:
        page.press(Qt.Key.Key_T, CTRL)
        runner.run_all()
        page.dialog("parties_dialog").click("parties_keys")
        runner.run_all()
        return page.dialog("keys_dialog")

    dialog = doomed()
    choose_key(dialog, former)
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    assert dialog.find("keys_work").isVisible()
    assert not dialog.find("keys_rotate", QAbstractButton).isEnabled()
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []
    dialog.click("keys_work_cancel")
    runner.run_all()
    assert "可继续" in dialog.text("keys_banner_message")
    assert not dialog.find("keys_work").isVisible()
    dialog.click("keys_destroy")
    dialog.dialog("confirm_dialog").click("confirm_accept")
    dialog.click("keys_close")
    runner.run_all()
    assert [key.held for key in own_keys(desk.session)] == [True, False]


def choose_key(dialog: WindowPage, fingerprint: str) -> None:
    dialog.find("keys_table").select_key(fingerprint)  # type: ignore[attr-defined]  # a table of ours


def test_only_an_administrator_changes_keys(make_page: MakePage, alone: SyncDesk) -> None:
    front_desk = replace(alone.session.officer, roles=(Role.FRONT_DESK,))
    alone.session = replace(alone.session, officer=front_desk)
    _, dialog = opened(make_page)
    assert not dialog.find("keys_rotate", QAbstractButton).isEnabled()


def test_the_keys_of_the_others_are_reported(make_page: MakePage, alone: SyncDesk) -> None:
    current = PeerKey(CENTRE, "ssh-ed25519 AAAA", "age1x", NOW - timedelta(days=3))
    former = PeerKey(NEW, "ssh-ed25519 BBBB", "age1y", NOW, NOW + timedelta(days=87))
    alone.note_trust("peer_actions.peers", answer=(replace(a_party(), keys=(current, former)),))
    page = make_page()
    page.press(Qt.Key.Key_T, CTRL)
    dialog = page.dialog("parties_dialog")
    choose(dialog, CENTRE)
    assert "2026-11-21" in dialog.text("parties_key")
    assert "K8P2-V7WQ-3H9X-M4TD：用它签名的包接收到 2027-02-19" in dialog.text("parties_key")
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(
    make_page: MakePage, alone: SyncDesk, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    former = former_key(alone, "硬盘被复制")
    alone.note_trust("keys_dialog.unaware", answer=(COLLEAGUE, a_party()))
    page, dialog = opened(make_page)
    choose_key(dialog, former)
    page.qtbot.waitUntil(lambda: clipped_texts(dialog.widget) + overlaps(dialog.widget) == [])
    dialog.click("keys_rotate")
    asked = dialog.dialog("rotate_dialog")
    page.qtbot.waitUntil(lambda: clipped_texts(asked.widget) + overlaps(asked.widget) == [])
    assert asked.widget.height() < 768 > dialog.widget.height()
