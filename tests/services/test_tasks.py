"""Tasks: taken on, ticked off and taken up again; seen by board and case; the same on every replica."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.case_file.task_proposals import TaskProposal, proposals
from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.tasks.task import Task, TaskSource
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, TaskId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.domain.time.local_time import CHINA
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import TASK_RECORDED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.tasks import (
    accept_proposal,
    add_task,
    finish_task,
    open_tasks,
    reopen_task,
    task_dues,
)
from desktop.services.health import check_health
from desktop.services.look_up import board, case_file, history
from desktop.services.session import Session
from tests.support.journals import length, replica, written
from tests.support.sessions import a_form


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def masked(session: Session) -> IntakeForm:
    form = a_form(session)
    hidden = replace(form.transfers[0], payee_account="6230****8996")
    unknown = replace(
        form.transfers[0], id=session.ids.new_id(), payee_account="", channel="alipay"
    )
    return replace(form, transfers=(hidden, unknown), narrative="")


def test_a_time_spelled_in_another_zone_is_due_when_it_is(session: Session, case: CaseId) -> None:
    """An entry may say it as any program writes times."""
    now = session.clock.now()
    due = now + timedelta(hours=1)
    task = Task(TaskId(session.ids.new_id()), "回电", due)
    fields = {**task.to_fields(case), "due": due.astimezone(CHINA).isoformat()}
    with session.store.write() as transaction:
        entry = NewEntry(TASK_RECORDED, f"task/{task.id}", fields)
        transaction.append(session.officer.number, entry)
    with session.store.read() as reader:
        assert [view.task for view in reader.tasks_due(now, due)] == [task]
        assert not reader.tasks_due(due, due + timedelta(hours=8))


def test_a_task_is_stored_shown_and_listed(session: Session, case: CaseId) -> None:
    due = session.clock.now() + timedelta(hours=1)
    made = add_task(session, case, " 回电报案人 ", due, source=TaskSource.PROMISE)
    assert case_file(session, case).tasks == (made,)
    assert made.text == "回电报案人"
    card = board(session)[0]
    assert (card.open_tasks, card.task_due_at, card.missing) == (1, due, "")
    finish_task(session, made.id)
    assert board(session)[0].open_tasks == 0
    assert board(session)[0].task_due_at is None
    done = case_file(session, case).tasks[0]
    assert (done.done_at, done.done_by) == (session.clock.now(), session.officer.number)
    reopen_task(session, made.id)
    assert case_file(session, case).tasks == (made,)
    kinds = [row.kind for row in history(session, case)][-3:]
    assert kinds == ["task.recorded", "task.done", "task.reopened"]
    assert check_health(session, SILENT) == ()


def test_the_board_tells_which_paper_is_still_to_be_fetched(session: Session, case: CaseId) -> None:
    paper = add_task(session, case, "取流水", source=TaskSource.STAMPED_STATEMENT)
    assert board(session)[0].missing == "stamped_statement"
    finish_task(session, paper.id)
    assert board(session)[0].missing == ""


def test_the_first_due_comes_first_and_done_ones_last(session: Session, case: CaseId) -> None:
    now = session.clock.now()
    names = {
        add_task(session, case, name, due).id: name
        for name, due in (("无", None), ("晚", now + timedelta(days=2)), ("早", now), ("完", now))
    }
    finish_task(session, next(key for key, name in names.items() if name == "完"))
    assert [names[task.id] for task in case_file(session, case).tasks] == ["早", "晚", "无", "完"]
    assert board(session)[0].task_due_at == now


def test_open_tasks_of_all_cases_stand_in_one_list(session: Session, case: CaseId) -> None:
    now = session.clock.now()
    other = register_report(session, a_form(session, "马强")).case
    late = add_task(session, other, "晚", now + timedelta(days=1))
    first = add_task(session, case, "早", now)
    add_task(session, case, "无")
    finish_task(session, add_task(session, case, "完", now).id)
    found = open_tasks(session)
    assert [(view.task.text, view.victim) for view in found] == [
        ("早", "李秀兰"), ("晚", "马强"), ("无", "李秀兰"),
    ]  # fmt: skip
    assert found[0].case_number == board(session)[-1].number
    assert task_dues(session) == (first.due, late.due)
    auditor = replace(session, officer=Officer("620199", "管理员", (Role.ADMINISTRATOR,)))
    assert task_dues(auditor) == ()


def test_saying_it_twice_records_nothing(session: Session, case: CaseId) -> None:
    task = add_task(session, case, "取流水").id
    before = length(session)
    reopen_task(session, task)
    assert length(session) == before
    finish_task(session, task)
    finish_task(session, task)
    assert length(session) == before + 1


def test_what_can_not_be_recorded_is_named(session: Session, case: CaseId) -> None:
    before = length(session)
    with pytest.raises(UserInputError, match=r"task\.empty"):
        add_task(session, case, " \n ")
    with pytest.raises(UserInputError, match=r"case\.unknown"):
        add_task(session, CaseId("nobody"), "x")
    with pytest.raises(UserInputError, match=r"task\.unknown"):
        finish_task(session, TaskId("nothing"))
    auditor = replace(session, officer=Officer("620199", "审计", (Role.AUDITOR,)))
    with pytest.raises(RuleError, match=r"rights\.missing"):
        add_task(auditor, case, "x")
    assert length(session) == before


def test_what_is_missing_is_proposed_until_somebody_takes_it_on(session: Session) -> None:
    case = register_report(session, masked(session)).case
    file = case_file(session, case)
    first, second = file.transfers
    assert proposals(file) == (
        TaskProposal(TaskSource.MASKED_NUMBER, f"transfer/{first.id}"),
        TaskProposal(TaskSource.UNKNOWN_PAYEE, f"transfer/{second.id}"),
        TaskProposal(TaskSource.STAMPED_STATEMENT),
        TaskProposal(TaskSource.WALLET_BILL),
        TaskProposal(TaskSource.STATEMENT),
    )
    for proposal in proposals(file):
        accept_proposal(session, case, proposal, "办")
    assert proposals(case_file(session, case)) == ()
    before = length(session)
    task = accept_proposal(session, case, TaskProposal(TaskSource.STATEMENT), "又办")
    assert length(session) == before, "taken on once"
    assert task.due == session.clock.now() + timedelta(days=1)


def test_nothing_is_wanted_for_a_payment_that_failed(session: Session) -> None:
    form = masked(session)
    failed = tuple(replace(item, attempted=TICKED) for item in form.transfers)
    file = case_file(session, register_report(session, replace(form, transfers=failed)).case)
    sources = {item.source for item in proposals(file)}
    assert not sources & {TaskSource.MASKED_NUMBER, TaskSource.UNKNOWN_PAYEE}


def test_a_whole_case_proposes_only_the_statement_of_the_bank(
    session: Session, case: CaseId
) -> None:
    assert [item.source for item in proposals(case_file(session, case))] == [
        TaskSource.STAMPED_STATEMENT
    ]


def test_replicas_agree_in_whatever_order_ticks_arrive(
    session: Session, case: CaseId, tmp_path: Path
) -> None:
    """Two desks tick and untick the same task without knowing of each other."""
    task = add_task(session, case, "取流水", session.clock.now())
    shared = written(session)
    other = replica(session, tmp_path / "b.db", "BBBBBBBBBBBBBBBB", [shared])
    finish_task(session, task.id)
    finish_task(other, task.id)
    reopen_task(other, task.id)
    theirs = written(other)
    streams = [written(session), theirs]
    digests = set()
    for place, order in enumerate(itertools.permutations([*streams, theirs[-1:]])):
        copy = replica(session, tmp_path / f"r{place}.db", "CCCCCCCCCCCCCCCC", order)
        digests.add(copy.store.digest())
        assert copy.store.verify(SILENT) == ()
        assert case_file(copy, case).conflicts == (), "nobody has to decide about a tick"
        copy.store.close()
    assert len(digests) == 1
    other.store.close()
