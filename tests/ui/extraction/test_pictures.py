"""F8 on a picture: marks, proposals, codes; one key takes one, one picture or all."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
import segno
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.place import place_from_text
from desktop.domain.ids import CaseId
from desktop.domain.statements.proposal import Extraction
from desktop.runtime.files.resources import resource_path
from desktop.services.extraction.place_proposals import Offer
from desktop.services.look_up import case_evidence
from desktop.ui.extraction.evidence_reader import EvidenceReader
from desktop.ui.extraction.pictures_flow import PicturesDialog, PicturesFlow
from desktop.ui.shared.dialogs.dialog_frame import BodyRoom
from desktop.ui.shared.dialogs.extraction_sink import ExtractionSink
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.readers.ocr.drawn_screens import long_chat, picture
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat
from tests.support.texts import zh
from tests.ui.extraction.conftest import Attach
from tests.ui.pages.extraction import ReadingPage, click_mark, mark_in_front, save
from tests.ui.pages.looks import LOOKS

_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
PAY = "wxp://f2f0AbCdEfGh"


def sample(name: str) -> bytes:
    return (resource_path("samples") / name).read_bytes()


def code(text: str) -> bytes:
    out = io.BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=8, border=6)
    return out.getvalue()


def shown(page: ReadingPage) -> PicturesDialog:
    found = page.on_top
    assert isinstance(found, PicturesDialog)
    return found


def test_a_receipt_fills_the_transfer_with_its_places(page: ReadingPage, attach: Attach) -> None:
    item = attach("转账凭证.png", sample("转账凭证.png"))
    page.read()
    dialog = shown(page)
    assert len(dialog.picture.scene().items()) > 3, "the picture and its marks"
    page.key(Qt.Key.Key_Return, _CONTROL)
    (transfer,) = page.form.transfers
    assert transfer.amount == "8,888.00"
    assert transfer.order_number == "1000050001202609120326471198264"
    assert dict(transfer.certainty)["amount"] == "receipt"
    place = place_from_text(transfer.origin)
    assert place is not None
    assert (place.evidence, place.box is not None) == (item, True)


def test_a_click_on_a_mark_finds_its_proposal(page: ReadingPage, attach: Attach) -> None:
    attach("转账凭证.png", sample("转账凭证.png"))
    page.read()
    dialog = shown(page)
    place = click_mark(dialog)
    assert dialog.offers.table.selected() == mark_in_front(dialog) == place


def test_a_pay_code_becomes_a_lead_that_says_what_it_is(page: ReadingPage, attach: Attach) -> None:
    item = attach("收款码.png", code(PAY))
    page.read()
    assert page.label("reading_codes") == "图中的码：微信个人收款码"
    page.key(Qt.Key.Key_Return)
    (lead,) = page.form.identifiers
    assert (lead.kind, lead.value, lead.note) == ("url", PAY, zh("codes.meaning.wechat_receive"))
    assert "收款码.png" in lead.source
    place = place_from_text(lead.origin)
    assert place is not None
    assert place.evidence == item
    page.key(Qt.Key.Key_Return, _CONTROL)
    assert len(page.form.identifiers) == 1, "known now"


def test_a_sticker_of_another_format_is_read_too(page: ReadingPage, attach: Attach) -> None:
    image = cv2.imdecode(np.frombuffer(code(PAY), np.uint8), cv2.IMREAD_COLOR)
    assert image is not None
    _, webp = cv2.imencode(".webp", image)
    attach("贴纸.webp", bytes(webp))
    page.read()
    assert [offer.text for offer in shown(page).offers.offers] == [PAY]


def test_why_a_picture_cannot_be_read_is_seen_whole(page: ReadingPage, attach: Attach) -> None:
    attach("坏.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    page.read()
    assert page.label("reading_found") == zh("extraction.picture.nothing")
    banner = page.on_top.findChild(QWidget, "reading_banner")
    assert banner is not None
    page.qtbot.waitUntil(
        lambda: 0 < banner.height() == banner.visibleRegion().boundingRect().height()
    )


def test_every_picture_is_read_and_all_is_taken_by_one_key(
    page: ReadingPage, attach: Attach
) -> None:
    attach("一.png", code(PAY))
    attach("说明.txt", "不是图片".encode())
    attach("坏.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    attach("二.png", code("https://qr.alipay.com/fkx1a2b"))
    page.click("evidence_read_all")
    dialog = shown(page)
    page.qtbot.waitUntil(dialog.isActiveWindow)
    names = [state.item.name for state in dialog.states]
    assert names == ["一.png", "坏.png", "二.png"]
    assert dialog.states[1].error is not None
    page.key(Qt.Key.Key_Return, _CONTROL | _SHIFT)
    assert [lead.value for lead in page.form.identifiers] == [PAY, "https://qr.alipay.com/fkx1a2b"]
    assert [state.taken for state in dialog.states] == [True, False, True]
    assert "已填入 2 项" in page.label("reading_banner_message")


class _NoForm(ExtractionSink):
    def known(self) -> tuple[TransferText, ...]:
        return ()

    def offers(self, reading: Extraction) -> tuple[Offer, ...]:
        return ()


def test_a_picture_is_seen_while_it_waits_and_a_stop_is_said(
    page: ReadingPage, attach: Attach, seat: Seat, kit: Kit
) -> None:
    attach("一.png", code(PAY))
    attach("二.png", code("https://qr.alipay.com/fkx1a2b"))
    case = CaseId(page.form.case_id)
    reader = EvidenceReader(seat.session, case, QImage.fromData, lambda _name, _data: "")
    runner, host = HeldRunner(), page.widget
    items = case_evidence(seat.session, case)
    PicturesFlow(replace(kit, runner=runner), host, reader, _NoForm(host), items).start()
    dialog = shown(page)
    runner.run_next()
    assert page.label("reading_found") == zh("extraction.picture.being_read")
    assert dialog.picture.scene().items(), "who waits looks at it"
    dialog.list.choose(1)
    dialog.stop_wanted.emit()
    assert "已停止" in page.label("reading_found")


def test_what_is_wrong_with_one_picture_is_not_said_of_another(
    page: ReadingPage, attach: Attach, seat: Seat, kit: Kit
) -> None:
    attach("坏.png", b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    attach("二.png", code(PAY))
    case = CaseId(page.form.case_id)

    def broken(data: bytes) -> QImage:
        image = QImage.fromData(data)
        if image.isNull():
            raise UserInputError("picture.unknown")
        return image

    reader = EvidenceReader(seat.session, case, broken, lambda _name, _data: "")
    runner, host = HeldRunner(), page.widget
    items = case_evidence(seat.session, case)
    PicturesFlow(replace(kit, runner=runner), host, reader, _NoForm(host), items).start()
    dialog = shown(page)
    dialog.list.choose(1)
    while not dialog.states[1].found:
        runner.run_next()
    runner.run_all()
    banner = dialog.findChild(QWidget, "reading_banner")
    assert banner is not None
    assert banner.isHidden()
    assert dialog.picture.scene().items()


def test_what_was_left_out_stays_out(page: ReadingPage, attach: Attach) -> None:
    attach("一.png", code(PAY))
    attach("二.png", code("https://qr.alipay.com/fkx1a2b"))
    page.press(Qt.Key.Key_F8, _SHIFT)
    dialog = shown(page)
    page.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.offers.table.select_key(0)
    page.key(Qt.Key.Key_Space)
    assert dialog.offers.chosen == ()
    page.key(Qt.Key.Key_PageDown, _CONTROL)
    page.key(Qt.Key.Key_PageUp, _CONTROL)
    assert dialog.offers.chosen == ()
    page.key(Qt.Key.Key_Return, _CONTROL | _SHIFT)
    assert len(page.form.identifiers) == 1


def test_what_was_read_far_down_a_long_screenshot_is_in_sight(
    page: ReadingPage, attach: Attach
) -> None:
    # A bubble three screens high: to read forty lines takes longer than to pass over an empty place.
    silence = "\n" * 44
    attach("长截图.png", picture(long_chat([silence, "再转 35000 元到 6222021234567890128"])))
    page.read()
    dialog = shown(page)
    view = dialog.picture
    assert view.transform().m11() * 1080 > view.viewport().width() * 0.8, "as wide as there is room"
    (box,) = (item for item in view.scene().items() if item.zValue() == 2)
    seen = view.mapToScene(view.viewport().rect()).boundingRect()
    assert seen.contains(box.sceneBoundingRect().center())


def test_the_text_is_kept_with_its_source(
    page: ReadingPage, attach: Attach, seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = attach("收款码.png", code(PAY))
    page.read()
    page.key(Qt.Key.Key_Escape)
    with seat.session.store.read() as reader:
        kept = reader.derived(item)
    assert kept is not None
    assert item in kept
    monkeypatch.setattr(type(seat.session.files), "picture", lambda *_: pytest.fail("read again"))
    page.read()
    assert len(shown(page).offers.offers) == 1


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_it_fits_the_smallest_screen(
    page: ReadingPage, attach: Attach, kit: Kit, language: str, scheme: Scheme
) -> None:
    kit.texts.set_language(language)
    kit.theme.set_scheme(scheme)
    for name in ("聊天记录.png", "转账凭证.png", "收款码.png"):
        attach(Path(name).name, sample(name))
    page.press(Qt.Key.Key_F8, _SHIFT)
    dialog = shown(page)
    page.qtbot.waitUntil(dialog.isActiveWindow)
    dialog.offers.table.select_key(1)
    QApplication.processEvents()
    save(page, f"pictures-{language}-{scheme.value}")
    assert dialog.width() <= 1366
    assert dialog.height() <= 740
    assert clipped_texts(dialog) == []
    assert overlaps(dialog) == []


def test_a_screen_with_a_task_bar_scrolls_nothing(
    page: ReadingPage, attach: Attach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BodyRoom, "most", lambda _room: 728 - 140)
    attach("转账凭证.png", sample("转账凭证.png"))
    page.read()
    dialog = shown(page)
    room = dialog.findChild(BodyRoom)
    assert room is not None
    assert room.verticalScrollBar().maximum() == 0
