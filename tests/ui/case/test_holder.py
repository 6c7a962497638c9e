"""Whose case it is: shown in the header and on its card, offered, taken on, refused and taken over by keys alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.case_file.views import Conflict, Contested, HistoryRow
from desktop.domain.cases.case import OfficialNumbers
from desktop.domain.cases.case_holder import CHARGE, CaseHolder, HolderNote
from desktop.domain.errors import RuleError
from desktop.domain.exchange.peers import Peer, PeerCard
from desktop.domain.ids import DeviceId
from desktop.domain.law.deadlines import Deadline
from desktop.journal import kinds
from desktop.journal.canonical import canonical
from desktop.services.case_sheet import CaseSheet
from desktop.services.cases.changes.change_holder import (
    DECLINE,
    OFFER,
    TAKE_ON,
    TAKE_OVER,
    WITHDRAW,
    HolderState,
)
from desktop.ui.case.holder.texts import HolderTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.texts.label import ElidedLabel
from tests.support.texts import zh
from tests.ui.case import samples
from tests.ui.case.conftest import WIDTH, Bench
from tests.ui.pages.looks import LOOKS

HOLDER = "case.holder.actions.change_holder"
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
A, B = DeviceId("0AAAAAAAAAAAAAAA"), DeviceId("0BBBBBBBBBBBBBBB")
COLLEAGUE = Peer(
    PeerCard("enrolment", B, "620102540000", "张掖路派出所", "B", "desk", "", "", ""),
    samples.ago(minutes=9000), "620134", revoked=False,
)  # fmt: skip
OURS = CaseHolder(A, "A", "620134", samples.ago(minutes=25))
TO_B = replace(OURS, offer=HolderNote(B, "B", "620134", samples.ago(minutes=2), "换班"))
THEIRS = CaseHolder(B, "B", "620177", samples.ago(minutes=1), "换班", former="A")
TO_US = replace(
    THEIRS, former="", reason="", offer=HolderNote(A, "A", "620177", samples.ago(minutes=1), "下班")
)
ASSIGNED = replace(
    THEIRS, offer=HolderNote(A, "A", "620001", samples.ago(days=2), "户籍地", unit="620102540000")
)
REFUSED = replace(OURS, declined=HolderNote(B, "B", "620177", samples.ago(minutes=1), "停电"))
TO_C = HolderNote(DeviceId("0CCCCCCCCCCCCCCC"), "C", "620177", samples.ago(minutes=1), "下班")


def sheet_of(holder: CaseHolder, *acts: str, disputed: bool = False) -> CaseSheet:
    told = HolderState(
        holder,
        own=holder.device == A,
        offered_here=holder.offer is not None and holder.offer.device == A,
        disputed=disputed,
        alone=False,
        colleagues=(COLLEAGUE,),
        acts=frozenset(acts),
    )
    sheet = samples.sheet()
    return replace(sheet, holder=told, file=replace(sheet.file, recorded_holder=holder))


@pytest.mark.parametrize(
    ("holder", "name"),
    [
        (OURS, ""),
        (TO_B, "offered"),
        (TO_US, "offered_here"),
        (replace(THEIRS, offer=TO_C), "offered_on"),
        (REFUSED, "declined"),
        (ASSIGNED, "assigned_here"),
        (replace(OURS, offer=replace(TO_C, unit="620102540000")), "assigned_down"),
        (replace(OURS, declined=replace(TO_C, unit="620102540000")), "returned"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_waits_is_said_by_who_asked_whom(kit: Kit, holder: CaseHolder, name: str) -> None:
    """A colleague of the station or a centre, this desk or another one; with the reason of whoever asked."""
    state = sheet_of(holder).holder
    assert state is not None
    told = HolderTexts(kit, str).waits(state)
    if not name:
        assert told is None
        return
    assert told is not None
    note = holder.offer or holder.declined
    assert note is not None
    asked = holder.letter if name in ("offered_here", "offered_on") else note.letter
    assert told.head == zh(f"case_holder.waits.{name}", letter=asked, to=note.letter)
    assert f"{note.by} " in told.hint
    assert f"：{note.reason}" in told.hint


def test_a_station_with_one_desk_sees_nothing_of_it(bench: Bench) -> None:
    assert not bench.page.offers("case_charge_offer")
    assert zh("case_holder.title") not in bench.page.words(bench.page.widget.header)
    handed = bench.note(HOLDER)
    bench.page.press(Qt.Key.Key_K, _BOTH)
    bench.runner.run_all()
    assert handed == []


def test_a_case_is_offered_with_a_reason(bench: Bench) -> None:
    page = bench.page
    bench.show(sheet_of(OURS, OFFER))
    assert "由本机（A 机）办理" in page.words(page.find("case_charge"))
    page.press(Qt.Key.Key_K, _BOTH)
    dialog = page.dialog("charge_dialog")
    assert not dialog.find("charge_accept").isEnabled()
    dialog.fill("charge_reason", "换班")
    handed = bench.note(HOLDER, RuleError("charge.offered", letter="B"), answer=None)
    dialog.click("charge_accept")
    bench.runner.run_all()
    assert dialog.text("charge_banner_message")
    dialog.click("charge_accept")
    bench.runner.run_all()
    assert handed[-1] == (samples.CASE, OFFER, B, "换班")


def test_an_offer_waits_and_is_taken_back(bench: Bench) -> None:
    page = bench.page
    handed = bench.note(HOLDER, answer=None)
    bench.show(sheet_of(TO_B, WITHDRAW))
    assert page.text("case_header_charge") == "→ B 机"
    assert page.find("case_header_charge").toolTip() == "已提请移交 B 机，待接收"
    assert "换班" in page.words(page.find("case_charge"))
    page.click("case_charge_withdraw")
    bench.runner.run_all()
    assert handed[-1] == (samples.CASE, WITHDRAW, "", "")


def test_what_is_offered_here_is_taken_on_with_one_key_or_refused(bench: Bench) -> None:
    page = bench.page
    handed = bench.note(HOLDER, answer=None)
    bench.show(sheet_of(TO_US, TAKE_ON, DECLINE))
    assert page.text("case_header_charge") == "B 机移交"
    page.press(Qt.Key.Key_K, _BOTH)
    bench.runner.run_all()
    assert handed[-1] == (samples.CASE, TAKE_ON, "", "")
    page.click("case_charge_decline")
    dialog = page.dialog("charge_dialog")
    assert not dialog.find("charge_desk").isVisible()
    dialog.fill("charge_reason", "停电")
    dialog.click("charge_accept")
    bench.runner.run_all()
    assert handed[-1] == (samples.CASE, DECLINE, "", "停电")


def test_a_second_press_does_no_second_act(bench: Bench) -> None:
    handed = bench.note(HOLDER, answer=None)
    bench.show(sheet_of(TO_US, TAKE_ON, DECLINE))
    take = bench.page.find("case_charge_take_on")
    for _ in range(2):
        assert isinstance(take, QAbstractButton)
        take.click()
    bench.runner.run_all()
    assert handed == [(samples.CASE, TAKE_ON, "", "")]


def test_an_act_that_was_refused_can_be_tried_again(bench: Bench) -> None:
    refusal = RuleError("charge.no_offer")
    handed = bench.note(HOLDER, refusal, refusal)
    bench.show(sheet_of(TO_US, TAKE_ON, DECLINE))
    for _ in range(2):
        bench.page.click("case_charge_take_on")
        bench.runner.run_all()
    assert [act for _case, act, *_ in handed] == [TAKE_ON, TAKE_ON]


def test_another_desks_case_says_so_and_may_be_taken_over(bench: Bench) -> None:
    page = bench.page
    handed = bench.note(HOLDER, answer=None)
    bench.show(sheet_of(THEIRS, TAKE_OVER))
    assert page.text("case_header_charge") == "B 机"
    assert page.find("case_header_charge").toolTip() == "由 B 机办理"
    assert "原由 A 机办理：换班" in page.words(page.find("case_charge"))
    page.press(Qt.Key.Key_K, _BOTH)
    dialog = page.dialog("charge_dialog")
    dialog.fill("charge_reason", "对方故障")
    dialog.click("charge_accept")
    bench.runner.run_all()
    assert handed[-1] == (samples.CASE, TAKE_OVER, "", "对方故障")


def test_two_answers_stand_side_by_side_in_words(bench: Bench) -> None:
    page = bench.page
    ours = canonical(OURS.to_json()).decode()
    theirs = canonical(THEIRS.to_json()).decode()
    wall = "2026-11-24T02:30:00.000Z"
    sides = (Contested(theirs, "620177", wall), Contested(ours, "620134", wall))
    sheet = sheet_of(THEIRS, disputed=True)
    conflict = Conflict(f"case/{samples.CASE}", CHARGE, sides)
    bench.show(replace(sheet, file=replace(sheet.file, conflicts=(conflict,))))
    words = page.words(page.find("case_conflicts"))
    assert "由 B 机办理" in words
    assert "由 A 机办理" in words
    assert "请先在" in page.words(page.find("case_charge"))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    decided = bench.note("case.actions.case_actions.resolve_conflict", answer=None)
    page.click("case_conflict_take")
    bench.runner.run_all()
    assert decided == [(conflict, theirs)]


@pytest.mark.parametrize(
    ("kind", "holder", "expected"),
    [
        (kinds.CASE_OFFERED, TO_B, "提请移交 B 机：换班"),
        (kinds.CASE_TAKEN_ON, THEIRS, "B 机接收 A 机移交的案件，由 B 机办理：换班"),
        (kinds.CASE_DECLINED, REFUSED, "B 机退回移交：停电"),
        (kinds.CASE_OFFER_WITHDRAWN, OURS, "撤回移交"),
        (kinds.CASE_TAKEN_OVER, THEIRS, "由 A 机改为 B 机接办：换班"),
    ],
)
def test_the_history_tells_each_step(
    bench: Bench, kind: str, holder: CaseHolder, expected: str
) -> None:
    told = canonical(holder.to_json()).decode()
    row = HistoryRow(samples.NOW, "620134", kind, f"case/{samples.CASE}", ((CHARGE, told),), A, 99)
    bench.show(replace(sheet_of(holder), history=(row,)))
    words = bench.page.widget.parts.history.texts
    assert words.sentence(row) == expected
    ((name, value),) = words.details(row, revealed=False)
    assert name == zh("case_holder.title")
    assert "{" not in value


@pytest.mark.parametrize(("language", "scheme"), LOOKS)
def test_nothing_is_clipped(bench: Bench, language: str, scheme: Scheme) -> None:
    bench.kit.texts.set_language(language)
    bench.kit.theme.set_scheme(scheme)
    for sheet in (
        sheet_of(OURS, OFFER),
        sheet_of(TO_B, WITHDRAW),
        sheet_of(TO_US, TAKE_ON, DECLINE),
        sheet_of(THEIRS, TAKE_OVER),
        sheet_of(REFUSED, OFFER),
        _entry_due(sheet_of(ASSIGNED, TAKE_ON, DECLINE)),
    ):
        bench.show(sheet)
        QApplication.processEvents()
        assert bench.page.widget.minimumSizeHint().width() <= WIDTH
        assert clipped_texts(bench.page.widget) == []
        assert overlaps(bench.page.widget) == []
        names = (label.text() for label in bench.page.widget.header.findChildren(ElidedLabel))
        assert "李秀兰" in names, "whose case it is, before anything else"


def _entry_due(sheet: CaseSheet) -> CaseSheet:
    """With the clock that has the longest name, of a case that is in no official system."""
    entry = Deadline("entry", samples.NOW + timedelta(minutes=24), "", samples.NOW)
    lines = tuple(replace(line, deadline=entry) for line in sheet.deadlines[:1])
    case = replace(sheet.file.case, official=OfficialNumbers())
    return replace(sheet, deadlines=lines, file=replace(sheet.file, case=case))


def test_an_answer_due_on_another_day_has_its_day(bench: Bench) -> None:
    sheet = sheet_of(ASSIGNED, TAKE_ON, DECLINE)
    assert sheet.holder is not None
    late = replace(sheet.holder, answer_by=samples.ago(days=1))
    bench.show(replace(sheet, holder=late))
    assert "昨天 10:31 已过" in bench.page.words(bench.page.find("case_charge"))
