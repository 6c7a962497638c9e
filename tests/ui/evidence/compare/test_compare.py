"""Two items side by side, by key; each look is in the custody log."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.demo.gallery import clipped_texts
from desktop.journal import kinds
from desktop.ui.evidence.compare.dialog import CompareEvidenceDialog
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand, fake_decoders
from tests.ui.evidence.pictures import picture
from tests.ui.pages.evidence import EvidencePage


def opened(page: EvidencePage) -> CompareEvidenceDialog:
    page.press(Qt.Key.Key_D)
    dialog = page.widget.window().findChild(CompareEvidenceDialog)
    assert isinstance(dialog, CompareEvidenceDialog)
    return dialog


def press(dialog: CompareEvidenceDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.focusWidget() or dialog, key)


def test_pictures_have_one_zoom_and_flicker(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("一.png", picture(400, 300))
    port.add("聊天.txt", b"between them")
    port.add("二.png", picture(800, 600))
    page = make_page()
    page.rest()
    dialog = opened(page)
    pair = dialog.pictures
    page.qtbot.waitUntil(lambda: dialog.top is pair)
    left, right = pair.views
    press(dialog, Qt.Key.Key_Plus)
    page.qtbot.waitUntil(lambda: not right.fits)
    page.qtbot.waitUntil(lambda: abs(left.state()[1] - right.state()[1]) < 0.02)
    press(dialog, Qt.Key.Key_0)
    assert left.fits
    assert right.fits
    press(dialog, Qt.Key.Key_F)
    assert pair.flickers
    pair.swap()
    assert right.isVisible()
    assert not left.isVisible()
    press(dialog, Qt.Key.Key_F)
    assert left.isVisible()
    assert right.isVisible()
    dialog.reject()
    looks = [row for row in port.log if row.kind == kinds.EVIDENCE_VIEWED]
    assert {row.subject for row in looks} == {
        f"evidence/{row.id}" for row in port.rows if row.name.endswith("png")
    }


def test_texts_line_by_line(make_page: MakePage, port: EvidenceInHand, kit: Kit) -> None:
    port.add("一.txt", "转账\n98000\n好\n".encode())
    port.add("二.txt", "转账\n9800\n好\n完\n".encode())
    page = make_page()
    page.rest()
    dialog = opened(page)
    page.qtbot.waitUntil(lambda: dialog.top is dialog.lines)
    assert dialog.lines.sum.text().startswith("相同 2 行，不同 2 处")
    sides = [dialog.findChild(QPlainTextEdit, f"evidence_lines_{at}") for at in (0, 1)]
    assert [side.toPlainText() for side in sides if side] == [
        "转账\n98000\n好\n",
        "转账\n9800\n好\n完",
    ]
    press(dialog, Qt.Key.Key_N)
    assert dialog.lines.sides[0].textCursor().blockNumber() == 3
    press(dialog, Qt.Key.Key_P)
    assert dialog.lines.sides[0].textCursor().blockNumber() == 1
    kit.texts.set_language("en")
    page.qtbot.waitUntil(lambda: clipped_texts(dialog) == [])
    dialog.reject()


def test_the_pair_that_was_chosen_last_stands(kit: Kit, qtbot: QtBot, port: EvidenceInHand) -> None:
    """Long texts take their time; another pair is chosen meanwhile and is shown first."""
    for name, text in (("一.txt", "甲\n乙"), ("二.txt", "甲\n丙"), ("三.txt", "甲\n乙\n丁")):
        port.add(name, text.encode())
    host, runner = QWidget(), HeldRunner()
    qtbot.addWidget(host)
    host.show()
    items = port.items()
    dialog = CompareEvidenceDialog(
        replace(kit, runner=runner), host, port, fake_decoders(), items, items[0]
    )
    dialog.open()
    for _ in range(4):  # both are opened, and both are read
        runner.run_next()
    slow = runner.tasks.pop()
    dialog.choices[1].set_value(str(items[2].id))
    dialog.choices[1].edited.emit(str(items[2].id))
    runner.run_all()
    shown = dialog.lines.sides[1].toPlainText()
    assert "丁" in shown
    slow.cancelled = False  # it had looked for the last time whether it is wanted
    slow.run()
    assert dialog.lines.sides[1].toPlainText() == shown
    dialog.reject()


def test_what_cannot_be_compared_says_so(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("一.png", picture())
    port.add("二.txt", b"text")
    page = make_page()
    page.rest()
    dialog = opened(page)
    page.qtbot.waitUntil(lambda: "不能对比" in dialog.notice.sentence.text())
    dialog.reject()
