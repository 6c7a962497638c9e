"""The pane on a real desk: database, vault and PDF renderer."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app.pages.evidence import evidence_pane
from desktop.documents.pages.pdf_pages import GuardedPdf
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.ui.evidence.case_evidence import CaseEvidence
from desktop.ui.evidence.viewing.decoders import Decoders
from desktop.ui.shared.kit.kit import Kit
from tests.support.sessions import a_form, take_seat
from tests.support.texts import zh
from tests.ui.evidence.fakes import FakeDecoder, FakeFiles
from tests.ui.evidence.passwords import known_password
from tests.ui.evidence.pictures import picture, plain_picture
from tests.ui.pages.evidence import EvidencePage, files_of


class Counted:
    """Progress that remembers what it was told."""

    def __init__(self) -> None:
        self.reported: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.reported.append((done, total))

    def check(self) -> None:
        pass


def test_a_case_is_filled_looked_at_verified_and_copied(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    files = tmp_path / "手机"
    files.mkdir()
    (files / "凭证.png").write_bytes(picture())
    (files / "短信.txt").write_bytes("您的订单异常".encode("gb18030"))
    pane = evidence_pane(
        kit, seat.session, case, Decoders(GuardedPdf(), FakeDecoder(), FakeFiles()), known_password
    )
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.drop(files_of(files))
    page.paste(plain_picture(64, 64))
    assert set(page.names()) == {"凭证.png", "短信.txt", "截图-20261124-103107.png"}
    by_name = {item.name: item for item in CaseEvidence(seat.session, case).items()}
    page.choose(by_name["短信.txt"].id)
    assert page.viewer.contents.text.toPlainText() == "您的订单异常"
    page.do_more("verify_all")
    assert page.text("evidence_check").startswith("✓ 校验一致")
    assert zh("evidence.custody.verified") in page.text("evidence_custody")
    page.do_more("save_copy")
    page.choose_in_dialog(tmp_path / "副本.txt")
    assert (tmp_path / "副本.txt").read_bytes() == (files / "短信.txt").read_bytes()
    kept = CaseEvidence(seat.session, case).thumbnail(by_name["凭证.png"].id)
    assert kept is not None
    assert kept.startswith(b"\x89PNG")
    assert len(page.text("evidence_sm3").replace("\n", "").replace(" ", "")) == 64


def test_a_damaged_blob_is_reported_and_not_shown(kit: Kit, qtbot: QtBot, tmp_path: Path) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    port = CaseEvidence(seat.session, case)
    file = tmp_path / "a.txt"
    file.write_bytes(b"what was handed in")
    port.attach([file], SILENT)
    (blob,) = (tmp_path / "desk").rglob("*.age")
    data = bytearray(blob.read_bytes())
    data[-5] ^= 1
    blob.chmod(0o600)
    blob.write_bytes(data)
    pane = evidence_pane(
        kit, seat.session, case, Decoders(GuardedPdf(), FakeDecoder(), FakeFiles()), known_password
    )
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.rest()
    assert page.notice() == zh("evidence.viewer.failed")
    page.do_more("verify_all")
    assert "1 项与接收时的校验值不一致" in page.banner()


def test_a_file_that_vanished_is_reported_by_its_name_and_the_others_come_in(
    kit: Kit, qtbot: QtBot, tmp_path: Path
) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    decoders = Decoders(GuardedPdf(), FakeDecoder(), FakeFiles())
    pane = evidence_pane(kit, seat.session, case, decoders, known_password)
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    (tmp_path / "聊天.txt").write_bytes(b"words")
    page.drop(files_of(tmp_path / "gone.png", tmp_path / "聊天.txt"))
    assert "gone.png" in page.banner()
    assert page.names() == ["聊天.txt"]


def test_verification_counts_octets_over_all_items(tmp_path: Path) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    port = CaseEvidence(seat.session, case)
    for name, size in (("a", 3_000_000), ("b", 10), ("c", 2_000_000)):
        file = tmp_path / name
        file.write_bytes(name.encode() * size)
        port.attach([file], SILENT)
    progress = Counted()
    assert port.verify(None, progress) == ()
    done = [told for told, _ in progress.reported]
    assert done == sorted(done)
    assert {total for _, total in progress.reported} == {5_000_010}


@pytest.mark.parametrize("data", [b"%PDF-1.7 not really", b"%PDF-"])
def test_a_broken_pdf_is_a_sentence(kit: Kit, qtbot: QtBot, tmp_path: Path, data: bytes) -> None:
    seat = take_seat(tmp_path / "desk", "A")
    case = register_report(seat.session, a_form(seat.session)).case
    file = tmp_path / "流水.pdf"
    file.write_bytes(data)
    CaseEvidence(seat.session, case).attach([file], SILENT)
    pane = evidence_pane(
        kit, seat.session, case, Decoders(GuardedPdf(), FakeDecoder(), FakeFiles()), known_password
    )
    qtbot.addWidget(pane)
    page = EvidencePage(qtbot, pane)
    page.show(1262, 586)
    page.rest()
    assert "不完整或已损坏" in page.notice()
    assert page.banner() == ""
