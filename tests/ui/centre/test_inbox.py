"""The inbox: bundles are looked into first, devices enrolled by voice, slips read from pictures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QPlainTextEdit, QWidget

from desktop.centre.hand_over_slip import SlipHandover
from desktop.centre.scan import ScannedOrder, ScannedSlip
from desktop.centre.waiting_slips import WaitingSlip
from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.errors import Cancelled, TrustError, WorldError
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.orders.order import OrderState
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, BundleProblem
from desktop.services.exchange.take_in.bundle_news import BundleNews, FirstOrder
from desktop.services.exchange.take_in.lacking_volumes import LackingVolumes
from desktop.services.ports.exchange.quarantine import Quarantined
from desktop.services.session import Session
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme, Tone
from desktop.ui.shared.widgets.tables.rows_model import SPAN_ROLE, TONE_ROLE
from tests.support.ceremony import COLLEAGUE, THEIR_PASSWORD, enrol
from tests.support.sessions import RULES
from tests.support.texts import zh
from tests.ui.centre.bench import CentreBench
from tests.ui.centre.conftest import MakeInbox
from tests.ui.centre.samples import (
    CARD,
    INGESTED,
    NOW,
    STATION,
    an_order,
    station,
)
from tests.ui.pages.evidence import files_of
from tests.ui.pages.looks import LOOKS

STATIONS = (
    station("620103530000", "福利路派出所", DeviceId("K8P2V7WQ3H9XM4TD"), None, 0, 0, 0),
    station(
        "620102560000",
        "渭源路派出所",
        DeviceId("2N6BCY1RZ5JT8G0E"),
        NOW - timedelta(days=3),
        4,
        0,
        0,
    ),
    station(
        "620102550000",
        "雁南派出所",
        DeviceId("W4TQ9S8D3FZP6M1X"),
        NOW - timedelta(hours=22),
        7,
        1,
        12,
    ),
    station("620102540000", "张掖路派出所", STATION, NOW, 12, 2, 0),
)
NOTHING = AppliedBundle(0, 0, 0, 0, 0, 0, 0, frozenset(), 0, 0, ())
REFUSED = (Quarantined("A-000045-2.fzb", NOW, "bundle.unknown_sender", 412 << 20, "620102560000"),)


def problem(code: str = "bundle.unknown_sender") -> BundleProblem:
    return BundleProblem(Path("A-000045-2.fzb"), TrustError(code))


def test_freshness_and_gaps(make_inbox: MakeInbox, bench: CentreBench) -> None:
    bench.stations = STATIONS
    page = make_inbox()
    assert page.column("station_table", 1) == [
        zh("centre.inbox.never"),
        "3 天前",
        "昨天 12:31",
        "今天 10:31",
    ]
    model = page.widget.stations.rows
    tones = [model.index(row, 1).data(TONE_ROLE) for row in range(4)]
    assert tones == [Tone.NEUTRAL, Tone.WARN, Tone.WARN, Tone.OK]
    assert page.column("station_table", 5) == [
        zh("centre.inbox.no_gaps"),
        zh("centre.inbox.no_gaps"),
        "缺前序包，暂存 12 条",
        zh("centre.inbox.no_gaps"),
    ]
    for rows in (model, page.widget.quarantine.table.rows):
        QAbstractItemModelTester(rows, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_name_of_a_station_stands_whole_and_its_fingerprint_is_at_hand(
    make_inbox: MakeInbox, bench: CentreBench
) -> None:
    bench.stations = STATIONS
    page = make_inbox()
    page.widget.resize(1294, 692)
    table = page.widget.stations
    name = max(page.column("station_table", 0), key=len)
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(name)
    shown = [table.columnWidth(place) for place in range(table.model().columnCount())]
    assert sum(shown) <= table.viewport().width()
    for place, row in enumerate(table.rows.rows):
        tip = table.rows.index(place, 0).data(Qt.ItemDataRole.ToolTipRole)
        assert grouped(row.fingerprint) in tip


def test_refused_volumes_have_their_reason_and_the_next_step(
    make_inbox: MakeInbox, bench: CentreBench
) -> None:
    bench.quarantine.refused = (*REFUSED, Quarantined("x.fzb", NOW, "bundle.damaged", 9))
    bench.stations = STATIONS
    colleague = Quarantined("B-000001-1.fzb", NOW, "bundle.damaged", 9, "620102560000", "B")
    page = make_inbox()
    assert page.column("quarantine_table", 0) == ["渭源路派出所", ""]
    assert page.column("quarantine_table", 1)[0].startswith("发送这个包的机器没有登记")
    assert "或者更换过密钥" in page.text("quarantine_detail"), "told without a click"
    assert page.column("station_table", 6) == ["", "1", "", ""]
    bench.quarantine.refused = (*bench.quarantine.refused, colleague)
    page.widget.opened()
    assert page.column("station_table", 6) == ["", "1", "", ""], "another device of the station"
    page.widget.quarantine.table.selectRow(0)
    detail = page.text("quarantine_detail")
    assert detail.startswith("发送这个包的机器没有登记"), "the list may have cut it short"
    assert detail.endswith("文件 A-000045-2.fzb（412 MB）。")


def test_what_came_in_before_it_was_stopped_is_shown(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    """Also where the server went away midway."""
    page = make_inbox()
    for error, said in ((Cancelled(), "之前导入的都在"), (WorldError("disk.full"), "磁盘")):
        page.drop(files_of(tmp_path / "A-1.fzb"))
        bench.stations = ()
        page.widget.opened()
        bench.fail_with, bench.stations = error, STATIONS
        page.dialog("ingest_dialog").click("ingest_accept")
        assert said in page.message("inbox_banner")
        assert page.column("station_table", 0) != []


def test_bundles_are_looked_into_and_then_taken_in(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    lacking = (LackingVolumes("A-000044", "张掖路派出所", 3, (3,)),)
    urgent = FirstOrder("1124-A-0017-Z1", "golden", NOW + timedelta(minutes=11), (0, 0.0, 0.0, ""))
    news = (
        BundleNews("620102540000", "张掖路派出所", 2, 3, 9_800_000, urgent),
        *(BundleNews(f"62010{n}", f"第{n}派出所", 1, 0, 0) for n in range(7)),
    )
    bench.found = replace(
        INGESTED,
        already=30,
        held=12,
        conflicts=1,
        problems=(problem(),),
        lacking=lacking,
        news=news,
    )
    page = make_inbox()
    page.press(Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier)
    page.choose_in_dialog(tmp_path / "a.fzb")
    assert bench.calls == ["look"]
    headline = page.dialog_text("ingest_dialog", "ingest_headline")
    assert headline == "2 个包、3 卷可以导入：新记录 214 条，涉及 2 案"
    first = page.dialog_text("ingest_dialog", "news_0")
    assert first.startswith("张掖路派出所：新报案 2 起，新指令 3 条，请求止付 ¥98,000。")
    assert urgent.number in first
    assert page.dialog_text("ingest_dialog", "news_more") == "另有 2 个单位的新内容。"
    assert "12 条要等前面的包" in page.dialog_text("ingest_dialog", "ingest_held")
    assert page.dialog_text("ingest_dialog", "problem_0").startswith("A-000045-2.fzb：")
    page.dialog("ingest_dialog").click("ingest_cancel")
    assert bench.calls == ["look"]
    page.drop(files_of(tmp_path))
    with page.qtbot.waitSignal(page.widget.changed):
        page.dialog("ingest_dialog").click("ingest_accept")
    assert bench.calls == ["look", "look", "ingest"]
    assert "另有 1 卷已隔离" in page.message("inbox_banner")
    assert "12 条要等前面的包" in page.text("inbox_banner_detail"), "what counts for nothing yet"
    assert "1 处与中心的改动不一致" in page.text("inbox_banner_detail"), "somebody has to choose"
    assert "A-000044 共 3 卷，第 3 卷还没有收到" in page.text("inbox_banner_detail")


def test_what_the_disk_refused_is_reported_and_in_no_quarantine(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    full = [BundleProblem(Path(f"A-{n}.fzb"), WorldError("disk.full")) for n in range(5)]
    bench.found = replace(INGESTED, problems=(problem(), *full))
    page = make_inbox()
    page.drop(files_of(tmp_path))
    page.dialog("ingest_dialog").click("ingest_accept")
    assert "另有 1 卷已隔离" in page.message("inbox_banner")
    first, *_, last = page.text("inbox_banner_detail").splitlines()
    assert first.startswith("A-0.fzb：磁盘已满")
    assert last == "另有 2 卷"
    bench.found = replace(NOTHING, problems=tuple(full))
    page.drop(files_of(tmp_path))
    page.dialog("ingest_dialog").click("ingest_accept")
    assert page.message("inbox_banner") == zh("centre.ingest.done_none")


def test_only_refused_ones_go_to_quarantine_and_nothing_at_all_says_so(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    page = make_inbox()
    bench.found = replace(NOTHING, problems=(problem(),) * 9)
    page.drop(files_of(tmp_path))
    dialog = page.dialog("ingest_dialog")
    assert dialog.find("ingest_accept", QAbstractButton).text() == zh("centre.ingest.quarantine")
    assert page.dialog_text("ingest_dialog", "more_problems") == "另有 3 卷"
    dialog.click("ingest_accept")
    assert page.message("inbox_banner").startswith("一个包也没有导入：9 卷已放入隔离区")
    bench.found = NOTHING
    page.drop(files_of(tmp_path))
    dialog = page.dialog("ingest_dialog")
    assert page.dialog_text("ingest_dialog", "ingest_headline") == zh("centre.ingest.none")
    assert not dialog.find("ingest_accept", QAbstractButton).isVisible()


def test_a_medium_that_fails_is_reported(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    page = make_inbox()
    bench.fail_with = WorldError("disk.failed", errno=5)
    page.drop(files_of(tmp_path))
    assert page.message("inbox_banner")
    assert not page.shown("inbox_work")


def test_a_device_is_enrolled_after_its_fingerprint_was_compared(
    make_inbox: MakeInbox, bench: CentreBench, session: Session, tmp_path: Path
) -> None:
    page = make_inbox()
    page.click("inbox_enrol")
    card = page.dialog("card_dialog")
    card.find("card_text", QPlainTextEdit).setPlainText(own_card(session))
    card.click("card_next")
    dialog = page.dialog("fingerprint_dialog")
    assert dialog.text("fingerprint") == grouped(session.keys.current)
    assert peers(bench.session) == ()
    QTest.keyClick(dialog.find("fingerprint_compared", QCheckBox), Qt.Key.Key_Space)
    dialog.click("fingerprint_accept")
    assert [peer.card.device for peer in peers(bench.session)] == [session.profile.device]
    own = grouped(bench.session.keys.current)
    assert page.dialog_text("card_sheet_dialog", "card_sheet_fingerprint") == own
    page.dialog("card_sheet_dialog").click("card_sheet_file")
    page.choose_in_dialog(tmp_path / "approval.txt")
    page.dialog("card_sheet_dialog").click("card_sheet_print")
    assert bench.calls == ["paper 620100000000-C-approval"]
    assert "approval" in (tmp_path / "approval.txt").read_text("utf-8")
    assert "已登记张掖路派出所 A 机" in page.message("inbox_banner")
    page.dialog("card_sheet_dialog").click("card_sheet_close")
    page.click("inbox_enrol")
    assert page.message("inbox_banner") == "", (
        "the next card may not be theirs: this was about the last"
    )


@pytest.mark.parametrize("known", [True, False])
def test_a_slip_is_read_from_a_picture(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path, known: bool
) -> None:
    page = make_inbox()
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"x")
    page.drop(files_of(picture))
    assert page.message("inbox_banner")  # no slip in it
    payload = {**an_order().order.to_fields("c"), "victim.name": "李秀兰"}
    bench.slip = ScannedSlip(STATION, "张掖路派出所", (ScannedOrder(payload, known),))
    bench.codes = (b"a 1 1",)
    page.drop(files_of(picture))
    assert page.dialog_text("slip_found_dialog", "element_payee_name") == "陈某某"
    assert (
        "先按下列要素通知银行" in page.dialog_text("slip_found_dialog", "slip_note")
    ) is not known


@pytest.mark.parametrize("expired", [True, False])
def test_a_slip_of_a_machine_whose_enrolment_ended_says_so(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path, expired: bool
) -> None:
    page = make_inbox()
    picture = tmp_path / "photo.png"
    picture.write_bytes(b"x")
    bench.slip = ScannedSlip(
        STATION,
        "张掖路派出所",
        (ScannedOrder(an_order().order.to_fields("c"), known=False),),
        expired,
    )
    bench.codes = (b"a 1 1",)
    page.drop(files_of(picture))
    dialog = page.dialog("slip_found_dialog")
    shown = [card.isVisible() for card in dialog.widget.findChildren(QWidget, "slip_expired")]
    assert shown == [expired]
    assert clipped_texts(dialog.widget) == []


def test_enrolments_that_end_are_shown_above_all(make_inbox: MakeInbox, bench: CentreBench) -> None:
    page = make_inbox()
    assert not page.shown("inbox_standing")
    peer = Peer(CARD, NOW, "620001", revoked=False)
    bench.ends = (replace(peer, valid_until=NOW + timedelta(days=9)),)
    page.widget.opened()
    assert "2026-12-03" in page.text("inbox_standing_message")
    assert clipped_texts(page.widget) + overlaps(page.widget) == []


def test_the_offline_backup_key_is_made_from_the_list_of_keys(
    make_inbox: MakeInbox, bench: CentreBench, tmp_path: Path
) -> None:
    bench.note("shared.trust.keys_dialog.copy_is_due", answer=True)
    enrol(bench.session, COLLEAGUE)
    page = make_inbox()
    page.press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    page.dialog("parties_dialog").click("parties_keys")
    dialog = page.dialog("keys_dialog")
    assert "还没有离线备用密钥" in dialog.text("keys_offline")
    assert dialog.find("keys_copy").isVisible()
    dialog.click("keys_card")
    page.dialog("card_sheet_dialog").click("card_sheet_print")
    assert bench.calls == ["paper 620100000000-C-enrolment"]
    page.dialog("card_sheet_dialog").click("card_sheet_close")
    dialog.click("keys_make_offline")
    page.choose_in_dialog(tmp_path / "key.txt")
    asked = page.dialog("second_officer_dialog")
    asked.fill("second_number", COLLEAGUE.number)
    asked.fill("second_password", THEIR_PASSWORD)
    asked.click("second_accept")
    assert (tmp_path / "key.txt").is_file()
    assert "2026-11-24 起启用" in dialog.text("keys_offline")
    assert "彻底删除" in dialog.text("keys_banner_message")
    assert clipped_texts(dialog.widget) + overlaps(dialog.widget) == []
    assert dialog.widget.height() < 768


def test_an_empty_centre_says_what_to_do(make_inbox: MakeInbox, bench: CentreBench) -> None:
    page = make_inbox()
    assert not page.widget.stations.isVisible()
    assert page.text("inbox_own_fingerprint") == grouped(bench.session.keys.current)


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped_and_the_window_does_not_grow(
    make_inbox: MakeInbox,
    bench: CentreBench,
    kit: Kit,
    tmp_path: Path,
    language: str,
    scheme: Scheme,
) -> None:
    kit.theme.set_scheme(scheme)
    kit.texts.set_language(language)
    bench.stations, bench.quarantine.refused = STATIONS, REFUSED
    bench.found = replace(INGESTED, already=30, held=12, conflicts=1, problems=(problem(),))
    page = make_inbox()
    page.widget.quarantine.table.selectRow(0)
    page.drop(files_of(tmp_path))
    dialog = page.dialog("ingest_dialog").widget
    page.qtbot.waitUntil(lambda: clipped_texts(dialog) + overlaps(dialog) == [])
    page.dialog("ingest_dialog").click("ingest_accept")
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) + overlaps(page.widget) == [])
    assert (page.widget.width(), page.widget.height()) == (1294, 692)


def test_every_control_is_named_and_reached_with_tab(
    make_inbox: MakeInbox, bench: CentreBench
) -> None:
    bench.stations, bench.quarantine.refused = STATIONS, REFUSED
    page = make_inbox()
    reached: set[str] = set()
    for _ in range(20):
        focused = page.focused()
        reached.add(focused.objectName())
        assert focused.accessibleName() or focused is page.widget, focused.objectName()
        page.press(Qt.Key.Key_Tab)
    names = {"inbox_choose", "station_table", "inbox_enrol", "inbox_scan", "quarantine_table"}
    assert names <= reached
    assert isinstance(page.widget, QWidget)


def a_slip(number: str, minutes: int, *, has_orders: bool = True) -> WaitingSlip:
    """Read some minutes ago, of a transfer made as long before."""
    order = an_order(number, OrderState.ISSUED, minutes=2 * minutes).order
    due = clocks_by_order(RULES, (an_order(number, OrderState.ISSUED, minutes=2 * minutes),))
    return WaitingSlip(
        f"o{number}", "张掖路派出所", "1124-A-0017", NOW - timedelta(minutes=minutes), "620001",
        timedelta(minutes=minutes), order if has_orders else None, due.get(order.id) if has_orders else None,
    )  # fmt: skip


def test_slips_whose_bundle_has_not_come_stand_there_until_it_does(
    make_inbox: MakeInbox, bench: CentreBench
) -> None:
    handed = SlipHandover("农行 王五", "telephone", NOW, "620001")
    told = replace(a_slip("2", 50), handed=handed)
    bench.alone = (a_slip("1", 5), told, a_slip("3", 90, has_orders=False))
    page = make_inbox()
    assert page.widget.slips.isVisible()
    assert page.column("slip_table", 0) == ["张掖路派出所"] * 3
    orders = page.column("slip_table", 1)
    assert orders[0].startswith("紧急止付")
    assert "农业银行" in orders[0]
    assert orders[2] == "案件 1124-A-0017"
    assert page.column("slip_table", 3)[0] == "今天 10:26 · 620001"
    assert page.column("slip_table", 4)[1] == "已等 50 分钟"
    assert page.column("slip_table", 5) == ["", zh("centre.slips.over"), ""]
    assert page.column("slip_table", 6) == ["", "今天 10:31 电话 农行 王五，620001 登记", ""]
    spans = [page.widget.slips.table.rows.index(row, 5).data(SPAN_ROLE) for row in range(3)]
    assert [span is not None for span in spans] == [True, False, False]
    bench.alone = ()
    page.press(Qt.Key.Key_F5)
    assert not page.widget.slips.isVisible()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_list_of_slips_is_not_clipped(
    make_inbox: MakeInbox, bench: CentreBench, kit: Kit, language: str
) -> None:
    kit.texts.set_language(language)
    bench.alone = tuple(a_slip(str(number), number) for number in range(1, 6))
    page = make_inbox()
    page.qtbot.waitUntil(lambda: clipped_texts(page.widget) == [])
    assert overlaps(page.widget) == []
    assert (page.widget.width(), page.widget.height()) == (1294, 692)


def test_a_retry_that_takes_nothing_in_says_so(make_inbox: MakeInbox, bench: CentreBench) -> None:
    bench.quarantine.refused = REFUSED
    page = make_inbox()
    bench.found = replace(NOTHING, problems=(problem(),))
    page.click("inbox_release")
    assert "还没有可以导入的" in page.message("inbox_banner")
    bench.found = INGESTED
    page.click("inbox_release")
    assert "已导入 2 个包" in page.message("inbox_banner")
