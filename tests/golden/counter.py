"""What the front desks take in: reports of every sort, what becomes of them, who hands what to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from desktop.domain.cases.case import CaseState, OfficialNumbers
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.cases.step import StepKind
from desktop.domain.cases.tasks.task import TaskSource
from desktop.domain.ids import CaseId
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.cases.read_aloud import record_read_aloud
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.cases.tasks import add_task, finish_task, reopen_task
from desktop.services.orders.record_step import record_step, set_official_numbers, withdraw_step
from desktop.services.orders.shift.shift_handover import print_handover, shift_facts
from tests.golden.posts import Post, World, paid, sample

DRAFT = "对方称刷单返利，尚未说完"
_MULE, _RUNNER = "6222022703000612345", "6222021001116245702"
"""Accounts that several reports paid into."""


def take_in(world: World) -> None:
    """Reports, enquiries, a tip and a dissuasion at three desks."""
    session, report = world.session, sample("report")
    world.report(session, "part-time", _with_leads(report))
    world.later(minutes=3)
    world.report(session, "same person", report)
    world.report(session, "company", _company(report))
    world.report(
        session, "mule one", _victim(paid(report, _MULE, "孙某", _at(14), 560_000), "谢军")
    )
    world.later(minutes=11)
    world.report(
        world.other, "mule two", _victim(paid(report, _MULE, "孙某", _at(15), 99_000), "冯雷")
    )
    world.report(world.other, "other", _victim(report, "马兰花"))
    for name in ("enquiry", "tip", "dissuasion"):
        world.report(session, name, sample(name))
    session.json("report", "convert", world.cases["enquiry"], "report")
    world.report(
        world.colleague, "night", _victim(paid(report, _RUNNER, "钱某", _at(16), 77_000), "曹云")
    )
    world.report(world.laptop, "on the road", _victim(report, "丁一"))


def work_on(world: World) -> None:
    """What officers add to the reports at the first desk."""
    case = CaseId(world.cases["part-time"])
    with world.session.signed_in() as place:
        session = place.session
        now = session.clock.now()
        record_read_aloud(session, case, "6230520010037788996", "刘芳")
        set_official_numbers(session, case, OfficialNumbers(incident="J2026112400031"))
        record_step(session, case, StepKind.ACCEPTED, now, "城公受字〔2026〕1288号")
        mistaken = record_step(session, case, StepKind.NOT_OURS, now)
        withdraw_step(session, case, mistaken.id, "点错了")
        record_step(session, case, StepKind.FILED, now, "城公立字〔2026〕905号")
        move_case(session, case, CaseState.STOPPING)
        reveal_case(session, case)
        call = add_task(
            session, case, "回电告知止付结果", now + timedelta(hours=1), source=TaskSource.PROMISE
        )
        finish_task(session, call.id)
        reopen_task(session, call.id)
        add_task(
            session, case, "补全收款账号", now + timedelta(hours=4), source=TaskSource.MASKED_NUMBER
        )
        finish_task(session, add_task(session, case, "取回单", None).id)
        _amend(place.session, CaseId(world.cases["mule one"]))
        save_draft(session, IntakeForm(session.ids.new_id(), narrative=DRAFT))
    at = world.session
    at.json(
        "report", "supplement", case, "--text", "想起还加过一个群", "--lead", "13800138000",
        "--lead", "https://hx-jy.example/q",
    )  # fmt: skip
    at.json("report", "merge", case, world.cases["same person"], "--reason", "同一人两次报案")
    at.json("report", "merge", case, world.cases["company"])
    at.json("report", "unmerge", world.cases["company"], "--reason", "不是同一人")
    pair = (world.cases["company"], world.cases["mule one"])
    at.json("series", "decide", *pair, "different", "--reason", "案情不同")
    at.json("series", "hub", "rw_jd_xiaowen")
    _people(world)


def _amend(session: Any, case: CaseId) -> None:
    """Another telling, without the second payment and the first lead."""
    form = form_of(session, case)
    gone = (form.transfers[1].id, form.identifiers[0].id)
    changed = replace(
        form,
        narrative=form.narrative + "次日补充：第二笔未成功。",
        transfers=form.transfers[:1],
        identifiers=form.identifiers[1:],
        removed=gone,
    )
    register_report(session, changed)


def _people(world: World) -> None:
    case = world.cases["part-time"]
    first = world.session.json(
        "series", "person", case, "--name", "陈某某", "--id", "420106199001011235",
        "--account", "6230520010037788996", "--bank", "中国农业银行",
    )  # fmt: skip
    second = world.session.json(
        "series", "person", case, "--name", "陈某", "--phone", "17062048832"
    )
    world.session.json("series", "same", first["person"], second["person"], "same")
    wrong = world.session.json("series", "person", case, "--name", "无关的人")
    world.session.json("series", "untie", case, wrong["ties"][0], "--reason", "认错人")


def transfer_custody(world: World) -> None:
    """Cases between the desks of the station; a conflict is settled, another is left."""
    session, colleague = world.session, world.colleague
    exchange(world, world.laptop)
    case, late = world.cases["tip"], world.cases["dissuasion"]
    session.json("report", "offer", case, "--to", "B", "--reason", "换班")
    exchange(world)
    colleague.json("report", "decline", case, "--reason", "停电")
    exchange(world)
    session.json("report", "offer", case, "--to", "B", "--reason", "来电了")
    session.json("report", "take-back", case)
    session.json("report", "offer", case, "--to", "B", "--reason", "换班")
    exchange(world)
    colleague.json("report", "accept", case)
    exchange(world)
    for name in (late, world.cases["company"]):
        session.json("report", "offer", name, "--to", "B", "--reason", "换班")
        colleague.json("report", "take-over", name, "--reason", "A 机故障")
    exchange(world)
    conflict, *_ = session.json("bundle", "conflicts", late)["conflicts"]
    session.json("bundle", "settle", conflict["conflict"], "--take", "2")
    exchange(world)


def change_shift(world: World) -> None:
    """The shift ends and the sheet is printed."""
    with world.session.signed_in() as place:
        print_handover(place.session, shift_facts(place.session, str))


def exchange(world: World, *before: Post) -> None:
    """Both desks of the station go through their shared folder, the first of them twice; ``before``: who went first."""
    folder = world.files / "shared"
    folder.mkdir(exist_ok=True)
    for at in (*before, world.session, world.colleague, world.session):
        at.json("bundle", "watch", folder, "--once")


def _at(minute: int) -> str:
    return f"2026-11-24T10:{minute}:00+08:00"


def _victim(document: dict[str, Any], name: str) -> dict[str, Any]:
    changed = {"name": name, "id_number": "", "phone": "13893105521"}
    return {**document, "victim": {**document["victim"], **changed}}


def _with_leads(document: dict[str, Any]) -> dict[str, Any]:
    leads = (
        ("mobile", "17012345678"),
        ("displayed_number", "+86 95588"),
        ("url", "https://x.example/a"),
    )
    more = [{"kind": kind, "value": value, "note": "微信群里给的"} for kind, value in leads]
    return {**document, "identifiers": [*document["identifiers"], *more]}


def _company(document: dict[str, Any]) -> dict[str, Any]:
    """A company stands in the fields of a person: there is no other place for it in this version."""
    victim = {
        "name": "兰州陇原商贸有限公司", "id_kind": "uscc", "id_number": "91350100M000100Y43",
        "phone": "0931-8467000", "address": "甘肃省兰州市城关区庆阳路 9 号",
    }  # fmt: skip
    return {**document, "victim": victim, "type": "T07"}
