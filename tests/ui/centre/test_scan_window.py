"""The window slips come in by: a whole sequence through a camera, pictures pasted and dropped, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.scan import ScannedOrder, ScannedSlip
from desktop.centre.slip_pictures import scan
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.ids import OrderId
from desktop.domain.installation.profile import InstallationRole
from desktop.services.exchange.peers.trust import own_card
from desktop.services.look_up import orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.make_slip import make_slip
from desktop.services.session import Session
from desktop.ui.centre.inbox_screen import InboxScreen
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.ceremony import approve, trust_peer
from tests.support.journals import written
from tests.support.seen_codes import Sight, as_png, seen
from tests.support.sessions import a_form, take_seat
from tests.support.strict import all_of
from tests.ui.centre.bench import CentreBench
from tests.ui.centre.samples import LIMITS, STATION, an_order
from tests.ui.pages.centre import InboxPage
from tests.ui.pages.evidence import files_of
from tests.ui.pages.looks import LOOKS
from tests.ui.shared.fake_camera import FakeCamera


@pytest.fixture
def camera() -> FakeCamera:
    return FakeCamera()


@pytest.fixture
def scanning(qtbot: QtBot, kit: Kit, bench: CentreBench, camera: FakeCamera) -> InboxPage:
    """The inbox of a centre, its scanning window open."""
    screen = InboxScreen(
        replace(kit, camera=camera), bench.session, lambda *_: None, LIMITS, bench.scan
    )
    qtbot.addWidget(screen)
    page = InboxPage(qtbot, screen)
    page.show(1294, 692)
    page.press(Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    return page


def slip_of(*names: str) -> ScannedSlip:
    payload = an_order().order.to_fields("c")
    told = [ScannedOrder({**payload, "payee.name": name}, known=False) for name in names]
    return ScannedSlip(STATION, "张掖路派出所", tuple(told))


@dataclass(frozen=True)
class Pair:
    """A desk and its centre."""

    session: Session
    centre: Session
    inbox: InboxPage

    def received(self) -> list[str]:
        return [entry.subject for entry in written(self.centre) if entry.kind == "slip.received"]


@pytest.fixture
def pair(qtbot: QtBot, kit: Kit, camera: FakeCamera, tmp_path: Path) -> Iterator[Pair]:
    session = take_seat(tmp_path / "desk", "A").session
    centre = take_seat(
        tmp_path / "centre", "C", unit_code="620100000000", unit_name="兰州市反诈中心",
        role=InstallationRole.CENTRE,
    ).session  # fmt: skip
    trust_peer(session, approve(centre, own_card(session)))
    centre = replace(centre, quarantine=Quarantine(tmp_path / "quarantine"))
    screen = InboxScreen(replace(kit, camera=camera), centre, lambda *_: None, LIMITS, scan)
    qtbot.addWidget(screen)
    page = InboxPage(qtbot, screen)
    page.show(1294, 692)
    yield Pair(session, centre, page)
    session.store.close()
    centre.store.close()


def issue_five(session: Session) -> list[OrderId]:
    """Stops about five people, nothing of whose stories is the same."""
    names = ("李秀兰", "马强", "赵敏", "周德胜", "吴晓燕")
    words = [
        "".join(chr(0x4E00 + (n * 97 + at * 211) % 6000) for n in range(90)) for at in range(5)
    ]
    return [
        issue_stop(session, a_form(session, name, narrative=story), 0, confirmed=True).order.id
        for name, story in zip(names, words, strict=True)
    ]


def test_a_sequence_held_before_the_camera_becomes_a_slip_taken_in_once(
    pair: Pair, camera: FakeCamera, tmp_path: Path
) -> None:
    issued = issue_five(pair.session)
    first, second = make_slip(pair.session, *issued).codes
    page = pair.inbox
    page.click("inbox_scan")
    nothing = seen(first, Sight(share=0.02))
    camera.show(nothing)
    camera.show(seen(second, Sight(blur=9)))  # it comes into focus
    assert page.dialog("scan_window").find("scan_nothing").isVisible()
    camera.show(seen(second, Sight(turn=12, share=0.75, noise=12)))
    line = page.dialog_text("scan_window", "scan_begun_0")
    assert line == "一份指令单共 2 张码，已扫到 1 张，第 1 张还没有扫到。"
    camera.show(seen(second, Sight(tilt=0.15)))
    camera.show(nothing)
    assert page.closed("slip_found_dialog")
    camera.show(seen(first, Sight(tilt=0.2, glare=0.2, jpeg=40, shade=0.4)))
    assert page.dialog_text("slip_found_dialog", "slip_where") == "指令 1 / 5"
    assert "先按下列要素通知银行" in page.dialog_text("slip_found_dialog", "slip_note")
    (tmp_path / "again.png").write_bytes(first)
    InboxPage(page.qtbot, page.dialog("scan_window").widget).drop(files_of(tmp_path / "again.png"))
    assert "不用补扫" in page.dialog_text("scan_window", "scan_begun_0"), (
        "a page that is faxed twice"
    )
    (tmp_path / "again.png").unlink()
    for code in (first, second):
        camera.show(seen(code, Sight()))
    assert pair.received() == [f"slip/{order}" for order in issued]
    kept = [dict(e.fields["told"]) for e in written(pair.centre) if e.kind == "slip.received"]  # type: ignore[arg-type]  # a mapping
    assert all_of(told["number"] for told in kept)
    assert not any(name.startswith("victim.") for told in kept for name in told)
    assert orders(pair.centre) == (), "the orders themselves come with their bundle"
    assert not list(tmp_path.rglob("*.png")), "no picture is kept"
    page.dialog("slip_found_dialog").click("slip_close")
    page.dialog("scan_window").click("scan_close")
    assert not camera.running


def test_the_orders_of_a_slip_are_turned_by_keys(
    scanning: InboxPage, bench: CentreBench, camera: FakeCamera
) -> None:
    bench.slip, bench.codes = slip_of("陈某某", "赵某"), (b"a 1 1",)
    camera.show(seen_nothing())
    found = scanning.active_dialog("slip_found_dialog")
    assert found.text("element_payee_name") == "陈某某"
    found.press(Qt.Key.Key_Right)
    assert (found.text("slip_where"), found.text("element_payee_name")) == ("指令 2 / 2", "赵某")
    found.press(Qt.Key.Key_Right)
    found.press(Qt.Key.Key_Left)
    assert found.text("element_payee_name") == "赵某"


def seen_nothing() -> object:
    from desktop.runtime.qr_picture import qr_png  # noqa: PLC0415 - any picture; the centre in memory knows what it says

    return seen(qr_png(b"x"), Sight(width=160, height=120))


def test_pictures_are_pasted_dropped_and_chosen(
    scanning: InboxPage, bench: CentreBench, tmp_path: Path
) -> None:
    bench.slip = slip_of("陈某某")
    window = scanning.dialog("scan_window")
    window.click("scan_paste")
    assert "剪贴板里没有图片" in window.text("scan_banner_message")
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QApplication.clipboard().setImage(picture)
    bench.codes = (b"a 2 3",)
    window.click("scan_paste")
    assert window.text("scan_begun_0") == "一份指令单共 3 张码，已扫到 1 张，第 1、3 张还没有扫到。"
    assert not window.find("scan_banner").isVisible()
    (tmp_path / "a.png").write_bytes(b"x")
    (tmp_path / "b.png").write_bytes(b"y")
    bench.codes = (b"b 1 2",)
    InboxPage(scanning.qtbot, window.widget).drop(files_of(tmp_path / "a.png", tmp_path / "b.png"))
    assert window.text("scan_begun_0") == "一份指令单共 2 张码，已扫到 1 张，第 2 张还没有扫到。"
    assert "共 3 张码" in window.text("scan_begun_1")
    bench.codes = (b"a 1 3", b"a 3 3")
    window.click("scan_choose")
    scanning.choose_in_dialog(tmp_path / "a.png")
    assert scanning.dialog_text("slip_found_dialog", "element_payee_name") == "陈某某"
    assert "共 2 张码" in window.text("scan_begun_0")
    scanning.dialog("slip_found_dialog").click("slip_close")
    window.click("scan_forget")
    assert window.find("scan_nothing").isVisible()


def test_what_is_begun_is_still_there_when_the_window_opens_again(
    scanning: InboxPage, bench: CentreBench, camera: FakeCamera, tmp_path: Path
) -> None:
    bench.codes = (b"a 1 2",)
    scanning.dialog("scan_window").click("scan_close")
    (tmp_path / "a.png").write_bytes(b"x")
    scanning.drop(files_of(tmp_path / "a.png"))
    assert "第 2 张还没有扫到" in scanning.dialog_text("scan_window", "scan_begun_0"), (
        "it opens by itself"
    )


def test_a_picture_without_a_code_is_said_in_the_window(
    scanning: InboxPage, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(as_png(seen_nothing()))
    window = scanning.dialog("scan_window")
    drop = InboxPage(scanning.qtbot, window.widget)
    drop.drop(files_of(tmp_path / "a.png"))
    assert "没有找到" in window.text("scan_banner_message")
    drop.drop(QMimeData())
    assert "剪贴板里没有图片" in window.text("scan_banner_message")


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(
    scanning: InboxPage,
    bench: CentreBench,
    camera: FakeCamera,
    kit: Kit,
    language: str,
    scheme: Scheme,
) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    bench.codes = tuple(f"{name} 1 9".encode() for name in "abcdef")
    camera.show(seen_nothing())
    window = scanning.dialog("scan_window").widget
    scanning.qtbot.waitUntil(lambda: clipped_texts(window) + overlaps(window) == [])
    assert window.height() <= 768
    kit.texts.set_language("zh_CN")
