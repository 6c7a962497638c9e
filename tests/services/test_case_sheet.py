"""A case renewed after an act is the case read anew, and nothing is read that the act did not touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.cases.case import CaseState, OfficialNumbers
from desktop.domain.cases.people.person import TypedTie
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.progress import SILENT
from desktop.services import case_sheet
from desktop.services.case_sheet import CaseSheet, read_sheet, renew_sheet
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases, unmerge_case
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.read_aloud import record_read_aloud
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.cases.tasks import add_task, finish_task
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.flow.record_person import record_person
from desktop.services.look_up import case_file
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.record_step import record_step, set_official_numbers
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form
from desktop.services.papers.note_print import note_saved
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.session import Session
from tests.support.sessions import a_form

Act = Callable[[Session, CaseId, Path], object]


def _reply(session: Session, case: CaseId, _folder: Path) -> None:
    order = issue_order(session, case, OrderKind.STOP, 1).order
    now = session.clock.now()
    done = OrderReply(
        ReplyResult.DONE, 9_800_000, 0, now, now + timedelta(hours=48), "农业银行", "柜员", "", now
    )
    record_reply(session, order.id, done)


def _withdraw(session: Session, case: CaseId, _folder: Path) -> None:
    withdraw_order(session, issue_order(session, case, OrderKind.STOP, 1).order.id, "抄错")


def _amend(session: Session, case: CaseId, _folder: Path) -> None:
    form = form_of(session, case)
    paid = replace(form.transfers[0], amount="5,000")
    victim = replace(form.victim, name="李秀英")
    register_report(session, replace(form, victim=victim, transfers=(paid,)))


def _sign(session: Session, case: CaseId, _folder: Path) -> None:
    paper = draft_paper(session, case, "receipt")
    edit_paper(session, paper.id, {"contact": "0931-8888888"})
    sign_paper(session, paper.id)


def _attach(session: Session, case: CaseId, folder: Path) -> None:
    receipt = folder / "凭证.png"
    receipt.write_bytes(b"receipt")
    attach_files(session, case, [receipt], SILENT)


def _merge(session: Session, case: CaseId, _folder: Path) -> None:
    merge_cases(session, case, register_report(session, a_form(session)).case)


def _tell_more(session: Session, case: CaseId, _folder: Path) -> None:
    told = SupplementText(SupplementSource.OTHER, session.clock.now(), "又转了一笔")
    add_supplement(session, case, told)


ACTS: dict[str, Act] = {
    "nothing": lambda *_: None,
    "task": lambda session, case, _: add_task(session, case, "回拨"),
    "task done": lambda session, case, _: finish_task(session, add_task(session, case, "回拨").id),
    "order": lambda session, case, _: issue_order(session, case, OrderKind.STOP, 1),
    "reply": _reply,
    "withdrawal": _withdraw,
    "amendment": _amend,
    "step": lambda session, case, _: record_step(
        session, case, StepKind.FILED, session.clock.now()
    ),
    "numbers": lambda session, case, _: set_official_numbers(
        session, case, OfficialNumbers("J1", "S1", "A1")
    ),
    "column": lambda session, case, _: move_case(session, case, CaseState.INVESTIGATING),
    "supplement": _tell_more,
    "read aloud": lambda session, case, _: record_read_aloud(
        session, case, "6230520010037788994", "马晓梅"
    ),
    "person": lambda session, case, _: record_person(session, case, [TypedTie(name="马三")]),
    "evidence": _attach,
    "draft": lambda session, case, _: draft_paper(session, case, "receipt"),
    "signature": _sign,
    "reveal": lambda session, case, _: reveal_case(session, case),
    "print": lambda session, case, _: note_saved(session, draw_form(session, "receipt", case)),
    "merge": _merge,
}


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def _plain(sheet: CaseSheet) -> CaseSheet:
    return replace(sheet, touched=None)


@pytest.mark.parametrize("act", ACTS)
def test_renewed_it_is_what_is_read_anew(
    session: Session, case: CaseId, tmp_path: Path, act: str
) -> None:
    before = read_sheet(session, case)
    ACTS[act](session, case, tmp_path)
    renewed = renew_sheet(session, before)
    assert renewed.touched is not None
    assert bool(renewed.touched) is (act != "nothing")
    assert _plain(renewed) == _plain(read_sheet(session, case))


def test_payments_that_nobody_stops_stand_in_front_by_what_can_be_saved(session: Session) -> None:
    form = a_form(session)
    (paid,) = form.transfers
    times = ("09:00", "10:29", "10:25", "10:00", "10:28")
    paid = replace(paid, arrival="real_time")
    transfers = tuple(
        replace(paid, id=session.ids.new_id(), time=f"2026-11-24 {time}:00") for time in times
    )
    form = replace(form, transfers=transfers)
    issue_stop(session, form, 2, confirmed=True)
    sheet = read_sheet(session, CaseId(form.case_id))
    urgent = sheet.most_urgent(session.clock.now())
    order = [times[transfer.position - 1] for transfer in urgent]
    assert order == ["10:28", "10:29", "10:00", "09:00", "10:25"]


def test_every_act_after_another(session: Session, case: CaseId, tmp_path: Path) -> None:
    sheet = read_sheet(session, case)
    for name in ("task", "evidence", "signature", "reply", "supplement", "amendment", "merge"):
        ACTS[name](session, case, tmp_path)
        sheet = renew_sheet(session, sheet)
        assert _plain(sheet) == _plain(read_sheet(session, case)), name


def test_reports_that_were_parted_again_are_read_whole(session: Session, case: CaseId) -> None:
    other = register_report(session, a_form(session)).case
    merge_cases(session, case, other)
    before = read_sheet(session, case)
    unmerge_case(session, other, "分开")
    renewed = renew_sheet(session, before)
    assert renewed.touched is None
    assert renewed == read_sheet(session, case)
    assert len(case_file(session, case).transfers) == len(renewed.file.transfers)


_ANY = {"task", "person", "order", "reveal"}
_READS = {
    "whole_file": {"task", "person", "order"},
    "case_deadlines": {"task", "order"},
    "money_of_case": {"order"},
    "likely_repeats": {"order"},
    "same_account": set(),
    "changed_since": {"person", "order"},
    "series_hint": {"order"},
    "holder_state": {"order"},
    "unrecorded_draft": {"order"},
    "orders_of_case": {"task", "order"},
    "stop_to_freeze_windows": {"order"},
    "case_delivery": _ANY,
    "history": {*_ANY, "nothing"},
    "officer_names": set(),
    "list_forms": set(),
    "sets_in_use": set(),
    "open_case": set(),
    "desk_letters": set(),
}
"""What a section is read by → the acts after which it is. A first order moves the case to another column as well."""


@pytest.mark.parametrize("act", ["nothing", *sorted(_ANY)])
def test_what_an_act_did_not_touch_is_not_read(
    session: Session, case: CaseId, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: str
) -> None:
    before = read_sheet(session, case)
    ACTS[act](session, case, tmp_path)
    read: set[str] = set()

    def watched(name: str) -> Callable[..., object]:
        service = getattr(case_sheet, name)

        def call(*given: object, **more: object) -> object:
            read.add(name)
            return service(*given, **more)

        return call

    for name in _READS:
        monkeypatch.setattr(case_sheet, name, watched(name))
    renew_sheet(session, before)
    assert read == {name for name, acts in _READS.items() if act in acts}
