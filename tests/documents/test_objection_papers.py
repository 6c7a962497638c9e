"""The two papers to an account holder who objects, and the report that asks to transfer a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop.domain.case_file.orders.objection_release import ANSWER, RECEIPT
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.holder_objection import HolderObjection, ObjectionDecision
from desktop.domain.ids import CaseId, ObjectionId, OrderId
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICERS, a_file, an_order

PAPERS = new_papers()
ABOUT = "objection/j1"
BARE = an_order(a_file().transfers[0])
STOP, FREEZE = (
    replace(BARE, id=OrderId(name), number=f"LOCAL-{name}", kind=kind)
    for name, kind in (("o1", OrderKind.STOP), ("o2", OrderKind.FREEZE))
)


def case_with(*orders: Order) -> CaseFile:
    views = (OrderView(one, CaseId("c1"), "", "李秀兰", OrderState.ISSUED) for one in orders)
    return replace(a_file(), orders=tuple(views))


def objected(outcome: str = "", *released: str, by: str = "620190") -> CaseFile:
    decision = ObjectionDecision(outcome, by, AT, tuple(map(OrderId, released)), "合同与款项无关")
    objection = HolderObjection(
        ObjectionId("j1"), "周某某", orders=(STOP.id, FREEZE.id), grounds="车款，我不认识李秀兰",
        received_at=AT - timedelta(days=1), received_by="620134", decision=decision if outcome else None,
    )  # fmt: skip
    file = case_with(STOP, FREEZE)
    return replace(file, case=replace(file.case, objections=(objection,)))


def paper(form: str, file: CaseFile, about: str = ABOUT) -> str:
    return all_text(PAPERS.render(form, PaperFacts(file, OFFICERS, AT, about)).data)


@pytest.mark.parametrize("form", [RECEIPT, ANSWER])
@pytest.mark.parametrize("outcome", ["", "upheld", "part", "refused"])
def test_a_stranger_reads_the_own_account_in_part_and_nothing_of_the_victim(
    form: str, outcome: str
) -> None:
    text = paper(form, objected(outcome, "o1"))
    victim = a_file().case.victim
    assert "周某某" in text
    for secret in (victim.name, victim.id_number, victim.phone, STOP.payee.number):
        assert secret not in text
    if form == RECEIPT:
        assert "尾号8996账户的紧急止付" in text


def test_the_answer_says_what_ends_what_stays_and_what_can_be_done() -> None:
    whole, part, none = (
        paper(ANSWER, objected(outcome, "o1")).partition("本单位已经核查")[2]
        for outcome in ("upheld", "part", "refused")
    )
    assert "异议成立" in whole
    assert "第一百一十七条" not in whole
    assert "异议部分成立" in part
    ended, _, kept = part.partition("不予解除")
    assert "紧急止付" in ended.partition("解除下列措施")[2]
    assert "合同与款项无关" in kept
    assert "异议不成立" in none
    for text in (part, none):
        assert "第一百一十七条" in text, "a freeze stays"


@pytest.mark.parametrize(
    "file", [objected(), objected("upheld", by="620134"), objected("split_by_court")]
)
def test_nothing_is_answered_before_another_officer_decided(file: CaseFile) -> None:
    assert "本单位已经核查" not in paper(ANSWER, file)


def test_the_receipt_of_no_objection_in_particular_is_the_blank_one() -> None:
    text = paper(RECEIPT, objected(), about="")
    assert "止付、冻结、关停等措施提出的异议和材料已经收到" in text
    assert "周某某" not in text


def test_the_report_to_transfer_names_the_urgent_measures_taken_before() -> None:
    assert "已先行采取紧急措施：向中国农业银行兰州××支行发起紧急止付" in paper(
        "transfer_report", case_with(STOP), ""
    )
    assert "已先行采取紧急措施" not in paper("transfer_report", replace(a_file(), orders=()), "")
