"""The statement in questions and answers."""

from __future__ import annotations

import json

import pytest

from desktop.domain.cases.answers import TICKED
from desktop.domain.cases.case import Visit
from desktop.domain.cases.payments.transfer import Channel
from desktop.domain.cases.payments.way import Goods, WayKind
from desktop.domain.ids import CaseId
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.case_money import money_of_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of
from desktop.services.look_up import case_file, officer_names
from desktop.services.papers.statement_facts import statement_of
from desktop.services.ports.printing.papers import StatementFacts
from tests.support.sessions import SCRIPTS, Seat


def facts_of(seat: Seat, case: CaseId) -> StatementFacts:
    return statement_of(seat.session, case_file(seat.session, case), officer_names(seat.session))


def _sample() -> dict[str, object]:
    found: dict[str, object] = json.loads(resource_path("samples/report.json").read_text("utf-8"))
    return found


def test_the_order_is_the_story_the_money_and_then_question_by_question(seat: Seat) -> None:
    document = _sample() | {"returned_fen": 12_000, "flags": ["law.branch.minor"]}
    answers = document["answers"]
    assert isinstance(answers, dict)
    document["answers"] = answers | {
        "core.ask.others": "@skipped",
        "core.ask.places": "@refused",
        "core.evidence.chat": TICKED,
        "law.branch.minor.guardian": "母亲王芳",
    }
    case = register_report(seat.session, form_from_document(seat.session, document)).case
    facts = facts_of(seat, case)
    said = {line.id: line.answer for line in facts.answers}
    ids = list(said)
    assert ids[:3] == [
        "core.statement.narrative",
        "core.statement.transfers",
        "core.statement.leads",
    ]
    assert ids.index("core.ask.contact") < ids.index("core.ask.noticed") < ids.index("T01.ask.app")
    assert said["T01.ask.withdrawals"] == "不知道，记不清。"
    assert said["core.ask.places"] == "这个问题我不想回答。"
    assert {"core.ask.others", "core.evidence.chat"}.isdisjoint(ids)
    first, second = said["core.statement.transfers"].splitlines()
    assert "2026年11月24日10时12分" in first
    assert "手机银行" in first
    assert "98,000.00 元" in first
    assert "订单号 2026112422001417881404573921" in second
    assert "120.00" in said["core.statement.returned"]
    assert (facts.minor, facts.guardian) == (True, "母亲王芳")


def test_vague_stays_vague(seat: Seat) -> None:
    transfer = {
        "amount_fen": 500_000,
        "certainty": {"amount": "guessed"},
        "payee": {"account": "6230520010037788996"},
        "attempted": True,
    }
    document = {"victim": {"name": "王芳"}, "transfers": [transfer]}
    case = register_report(seat.session, form_from_document(seat.session, document)).case
    (line,) = (item for item in facts_of(seat, case).answers)
    assert "大约5,000.00 元（记不准）" in line.answer
    assert "具体时间记不清" in line.answer
    assert "没有转成" in line.answer
    money = money_of_case(seat.session, case_file(seat.session, case))
    assert (money.amounts.gross_fen, money.amounts.attempted_fen) == (0, 500_000)
    shown = document_of(case_file(seat.session, case))["transfers"]
    assert isinstance(shown, list)
    assert isinstance(shown[0], dict)
    assert shown[0]["attempted"] is True


def test_every_channel_and_visit_has_its_wording(seat: Seat) -> None:
    names = {line.id.removeprefix("core.statement.channel_") for line in SCRIPTS.core}
    assert {channel.value for channel in Channel} <= names
    form = form_from_document(seat.session, {"visit": "tip", "narrative": "有人收卡"})
    facts = facts_of(seat, register_report(seat.session, form).case)
    assert facts.visit is Visit.TIP
    assert [line.id for line in facts.answers] == ["core.statement.visit"]


def test_a_statement_tells_how_a_payment_left(seat: Seat) -> None:
    names = {line.id.removeprefix("core.statement.") for line in SCRIPTS.core}
    assert {f"way_{kind}" for kind in WayKind} | {f"goods_{item}" for item in Goods} <= names
    coin = {
        "way": "coin",
        "address": "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
        "hash": "ab" * 32,
        "amount_fen": 100,
    }
    gold = {
        "way": "cash",
        "what": "gold",
        "plate": "甘A12345",
        "platform": "滴滴",
        "amount_fen": 100,
    }
    document = {"victim": {"name": "王芳"}, "transfers": [coin, gold]}
    case = register_report(seat.session, form_from_document(seat.session, document)).case
    (line,) = (item for item in facts_of(seat, case).answers)
    for part in (
        "通过虚拟货币",
        f"交易哈希 {'ab' * 32}",
        "我把黄金交给了对方，价值 1.00 元。",
        "平台或发行方：滴滴。",
        "车牌 甘A12345",
    ):
        assert part in line.answer


@pytest.mark.parametrize(
    ("reporter", "payer", "own"),
    [
        ({}, "", True),
        ({}, "王芳", True),
        ({}, "王芳的丈夫", False),
        ({"name": "李律师", "role": "agent reporter"}, "", False),
        ({"name": "李律师", "role": "agent reporter"}, "王芳", False),
        ({"name": "李律师", "role": "agent reporter"}, "李律师", True),
    ],
)
def test_who_is_asked_calls_only_their_own_account_theirs(
    seat: Seat, reporter: dict[str, object], payer: str, *, own: bool
) -> None:
    """The payer is often a parent, a husband or a company, the asked an agent."""
    payments = [
        {"payer": {"name": payer}, "amount_fen": 100},
        {"payer": {"name": payer}, "amount_fen": 100, "attempted": True},
        {"payer": {"name": payer}, "amount_fen": 100, "way": "cash", "what": "gold"},
    ]
    document: dict[str, object] = {"victim": {"name": "王芳"}, "transfers": payments}
    if reporter:
        document["parties"] = [reporter]
    case = register_report(seat.session, form_from_document(seat.session, document)).case
    (line,) = (item for item in facts_of(seat, case).answers)
    transfer, attempted, gold = line.answer.splitlines()
    assert ("从我的账户" in transfer, "从我的账户" in attempted, "我把黄金" in gold) == (own,) * 3
    assert "没有转成" in attempted
