"""Words that fit, in every language and theme; everything reachable by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand
from tests.ui.evidence.pictures import picture
from tests.ui.pages.looks import LOOKS

LONG = "一个名字特别长的微信聊天记录截图文件夹里的第一百二十三张图片-副本(2).png"


@pytest.mark.parametrize(("language", "scheme"), [*LOOKS, ("en_XA", Scheme.LIGHT)])
def test_nothing_is_clipped(
    make_page: MakePage, port: EvidenceInHand, kit: Kit, language: str, scheme: Scheme
) -> None:
    port.add(LONG, picture(), source="被害人手机（华为 P60）")
    port.add("账单.csv", b"a,b\n1,2\n")
    port.add("流水.pdf", b"%PDF-1.7 /Page /Page ")
    kit.theme.set_scheme(scheme)
    page = make_page()
    page.rest()
    kit.texts.set_language(language)
    for row in list(port.rows):
        page.choose(row.id)
        page.qtbot.waitUntil(lambda: clipped_texts(page.widget) + overlaps(page.widget) == [])


def test_the_language_is_switched_under_a_shown_item(
    make_page: MakePage, port: EvidenceInHand, kit: Kit
) -> None:
    port.add("凭证.png", picture())
    page = make_page()
    page.rest()
    kit.texts.set_language("en")
    assert page.text("evidence_source").startswith("handed in")
    assert "received, digest computed" in page.text("evidence_custody")
    assert page.find("evidence_paste", QAbstractButton).text() == "Paste"


def test_every_control_is_named_and_reached_with_tab(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.add("凭证.png", picture())
    page = make_page()
    page.rest()
    reached: set[str] = set()
    for _ in range(40):
        focused = page.focused()
        reached.add(focused.objectName())
        assert focused.accessibleName(), focused.objectName()
        page.press(Qt.Key.Key_Tab)
    for button in page.widget.findChildren(QAbstractButton):
        if button.isVisible() and button.isEnabled():
            assert button.objectName() in reached
    assert {"evidence_grid", "evidence_picture"} <= reached


def test_the_keys_are_listed_for_the_overlay(make_page: MakePage, kit: Kit) -> None:
    page = make_page()
    groups = dict(kit.actions.groups())
    caps = {action.cap for action in groups["evidence.keys.title"]}
    assert {"Ins", "Ctrl V", "F5", "+", "-", "0", "R"} <= caps
    assert isinstance(page.widget, QWidget)
