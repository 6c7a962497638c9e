"""Choosing and looking."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop.domain.errors import WorldError
from desktop.journal import kinds
from desktop.ui.evidence.items.item_model import CHECK_ROLE, IntegrityState
from desktop.ui.shared.kit.kit import Kit
from tests.readers.test_compound_file import old_office_file
from tests.support.texts import zh
from tests.ui.evidence.conftest import MakePage
from tests.ui.evidence.fakes import EvidenceInHand
from tests.ui.evidence.pictures import announced_png, picture
from tests.ui.pages.evidence import files_of

PDF = b"%PDF-1.7 /Page /Page /Page "


def test_the_first_item_is_shown_with_its_facts(make_page: MakePage, port: EvidenceInHand) -> None:
    item = port.add("凭证.png", picture(), source="被害人手机")
    port.changes[item] = {"sm3": ""}
    page = make_page()
    page.rest()
    assert page.viewer.shown is page.picture
    assert page.text("evidence_sha256").replace("\n", " ").replace(" ", "") == port.rows[0].sha256
    assert page.text("evidence_sm3") == zh("evidence.facts.pending")
    assert "被害人手机 · 当事人提供" in page.text("evidence_source")
    newest, oldest = page.text("evidence_custody").splitlines()
    assert oldest == "10:31 王建国 接收并计算校验值"
    assert zh("evidence.custody.viewed") in newest


def test_an_empty_case_says_what_to_do(make_page: MakePage) -> None:
    page = make_page()
    assert page.notice() == zh("evidence.viewer.nothing")
    assert not page.find("evidence_verify", QWidget).isEnabled()
    assert page.names() == []
    page.widget.setFocus()
    assert page.focused() is page.find("evidence_add"), "one key adds something"


def test_what_was_added_takes_the_keyboard(make_page: MakePage, tmp_path: Path) -> None:
    page = make_page()
    page.widget.setFocus()
    photo = tmp_path / "凭证.png"
    photo.write_bytes(picture())
    page.drop(files_of(photo))
    page.qtbot.waitUntil(lambda: page.names() == ["凭证.png"])
    page.rest()
    assert page.focused() is page.grid


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("炸弹.png", announced_png(30_000, 30_000), "30000 × 30000 像素"),
        ("长图.png", announced_png(1000, 100_000), "1000 × 100000 像素"),
        ("通知.msg", old_office_file(), "Outlook"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4096, "不完整或已损坏"),
        ("半截.png", picture()[:60], "不完整或已损坏"),
        ("空.png", b"", "文件是空的"),
        ("伪装.png", b"<svg onload='x'/>", "不是能够安全显示的图片格式"),
        ("诈骗.apk", b"PK\x03\x04", "不完整或已损坏"),
        ("坏.pdf", b"%PDF-1.4 broken", "不完整或已损坏"),
        ("密.pdf", b"%PDF-1.4 locked", "设了密码"),
        ("录音.m4a", b"no sound at all", "无法播放"),
        ("语音.silk", b"\x02#!SILK_V3", "不完整"),
        ("语音.silk", b"\x02#!SILK_V3" + b"\x03\0abc" * 600 + b"\xff\xff", "约 12 秒"),
    ],
)
def test_what_is_not_shown_says_why(
    make_page: MakePage, port: EvidenceInHand, name: str, data: bytes, words: str
) -> None:
    port.add(name, data)
    page = make_page()
    page.rest()
    assert words in page.notice()
    assert page.banner() == ""


def test_text_and_tables(make_page: MakePage, port: EvidenceInHand) -> None:
    sms = port.add("短信.txt", "您的订单异常，请联系客服".encode("gb18030"))
    bill = port.add("账单.csv", "交易号,金额\n00123,98000.00\n".encode())
    page = make_page()
    page.choose(sms)
    assert page.viewer.contents.text.toPlainText() == "您的订单异常，请联系客服"
    assert page.text("evidence_note") == "文本 · GB18030"
    page.choose(bill)
    assert page.viewer.contents.part is page.viewer.contents.table
    assert page.viewer.contents.table.model().index(1, 0).data() == "00123"


def test_html_is_text_and_nothing_is_fetched(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("钓鱼.html", b"<img src='http://example.invalid/x.png'><script>1</script>")
    page = make_page()
    page.rest()
    assert "<script>" in page.viewer.contents.text.toPlainText()


def test_pages_of_a_pdf_are_turned_by_key_and_keep_the_zoom(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.add("流水.pdf", PDF)
    page = make_page()
    page.rest()
    assert page.text("evidence_page") == "第 1 / 3 页"
    page.press(Qt.Key.Key_Return)
    assert page.picture.hasFocus()
    page.press(Qt.Key.Key_Plus)
    scale = page.picture.scale_now
    page.press(Qt.Key.Key_PageDown)
    assert page.text("evidence_page") == "第 2 / 3 页"
    assert page.picture.scale_now == pytest.approx(scale)
    page.press(Qt.Key.Key_PageDown)
    page.press(Qt.Key.Key_PageDown)
    assert page.text("evidence_page") == "第 3 / 3 页"
    page.press(Qt.Key.Key_PageUp)
    assert page.text("evidence_page") == "第 2 / 3 页"


def test_a_long_screenshot_is_shown_across_from_its_top(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    port.add("长截图.png", picture(400, 4000))
    page = make_page()
    page.rest()
    view = page.picture
    assert view.scale_now == pytest.approx(1.0), "not a stripe of a tenth of its size"
    assert view.mapToScene(0, 0).y() <= 0


def test_zoom_turn_and_fit_by_key_and_wheel(make_page: MakePage, port: EvidenceInHand) -> None:
    port.add("长图.png", picture(300, 900))
    page = make_page()
    page.rest()
    fitting = page.picture.scale_now
    assert page.picture.fits
    page.press(Qt.Key.Key_Plus)
    assert page.picture.scale_now > fitting
    page.press(Qt.Key.Key_Minus)
    page.press(Qt.Key.Key_Minus)
    assert page.picture.scale_now < fitting
    page.picture.setFocus()
    page.press(Qt.Key.Key_Equal)
    assert page.picture.scale_now == pytest.approx(fitting)
    page.press(Qt.Key.Key_0)
    assert page.picture.scale_now == pytest.approx(fitting)
    page.press(Qt.Key.Key_R)
    assert (page.picture.turns, page.picture.fits) == (1, True)
    page.press(Qt.Key.Key_1)
    assert page.picture.scale_now == pytest.approx(1.0)
    middle = QPointF(page.picture.viewport().rect().center())
    wheel = QWheelEvent(
        middle, middle, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(page.picture.viewport(), wheel)
    assert page.picture.scale_now == pytest.approx(1.25)
    assert page.find("evidence_percent", QLabel).text() == "125%"


def test_items_passed_by_with_the_arrows_are_not_entered_as_looked_at(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    for n in range(6):
        port.add(f"{n}.png", picture())
    page = make_page()
    for _ in range(3):
        page.press(Qt.Key.Key_Right)
    page.rest()
    looked = {row.subject for row in port.log if row.kind == kinds.EVIDENCE_VIEWED}
    assert len(looked) <= 2
    assert f"evidence/{page.grid.current().id}" in looked  # type: ignore[union-attr]


def test_a_vanished_or_damaged_item_is_reported_calmly(
    make_page: MakePage, port: EvidenceInHand
) -> None:
    first = port.add("a.png", picture())
    second = port.add("b.png", picture(10, 10))
    port.lose(first)
    port.damage(second)
    page = make_page()
    page.rest()
    assert page.banner()
    assert page.notice() == zh("evidence.viewer.failed")
    before = page.banner()
    page.choose(second)
    assert page.banner() != before


def test_verification_marks_what_is_damaged(make_page: MakePage, port: EvidenceInHand) -> None:
    good, bad = port.add("a.png", picture()), port.add("b.png", picture(10, 10))
    page = make_page()
    page.rest()
    page.press(Qt.Key.Key_F5)
    assert page.text("evidence_check").startswith("✓ 校验一致")
    port.damage(bad)
    page.press(Qt.Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    assert "1 项与接收时的校验值不一致" in page.banner()
    model = page.grid.model()
    checks = [model.index(row, 0).data(CHECK_ROLE) for row in range(2)]
    assert checks == [IntegrityState.GOOD, IntegrityState.BAD]
    page.choose(bad)
    assert page.text("evidence_check").startswith("× 校验不一致")
    assert page.grid.choose(good)


def test_the_pane_takes_its_key_from_the_page_around_it(
    make_page: MakePage, port: EvidenceInHand, kit: Kit
) -> None:
    port.add("a.png", picture())
    page = make_page()
    page.rest()
    outer = QWidget()
    page.qtbot.addWidget(outer)
    column = QVBoxLayout(outer)
    button = QPushButton()
    column.addWidget(button)
    column.addWidget(page.widget)
    asked: list[str] = []
    kit.actions.add(outer, "sync.refresh", "F5", lambda: asked.append("refresh"))
    outer.show()
    outer.activateWindow()
    page.qtbot.waitUntil(lambda: QApplication.activeWindow() is outer)
    page.grid.setFocus()
    page.press(Qt.Key.Key_F5)
    assert asked == []
    assert page.text("evidence_check").startswith("✓ 校验一致")
    button.setFocus()
    page.press(Qt.Key.Key_F5)
    assert asked == ["refresh"]


def test_a_failed_read_of_the_list_is_reported(make_page: MakePage, port: EvidenceInHand) -> None:
    port.fail_with = WorldError("file.in_use")
    page = make_page()
    assert page.banner()


def test_thumbnails_are_made_once_and_kept(make_page: MakePage, port: EvidenceInHand) -> None:
    wanted = port.add("a.png", picture())
    port.add("b.txt", b"text")
    bomb = port.add("c.png", announced_png(30_000, 30_000))
    page = make_page()
    assert set(port.thumbs) == {wanted}
    assert bomb not in port.thumbs
    kept = port.thumbs[wanted]
    port.damage(wanted)  # the content can no longer be read: the kept picture is used
    again = make_page()
    assert again.names() == page.names()
    assert port.thumbs[wanted] == kept


def test_a_copy_is_written_and_compared(
    make_page: MakePage, port: EvidenceInHand, tmp_path: Path
) -> None:
    item = port.add("凭证.png", picture())
    page = make_page()
    page.rest()
    page.do_more("save_copy")
    target = tmp_path / "副本.png"
    page.choose_in_dialog(target)
    assert target.read_bytes() == picture()
    port.swapped[item] = b"something else"
    page.do_more("save_copy")
    other = tmp_path / "b.png"
    page.choose_in_dialog(other)
    assert not other.exists()
    assert page.banner()
