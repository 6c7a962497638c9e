"""An invented case that test pages are filled with: nobody's data, and something in every usual place of a form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Final

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Case, CaseState, Identifier, Visit
from desktop.domain.cases.payments.refund import Refund
from desktop.domain.cases.payments.transfer import Account, Arrival, Channel, Transfer
from desktop.domain.cases.people.victim import Victim
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.ids import CaseId, EvidenceId, IdentifierId, OrderId, TransferId
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.services.ports import PaperFacts, TrialFacts

_CASE: Final = CaseId("sample")
_NAME: Final = "样张（测试）"
PAYEE_ACCOUNT: Final = "6230520010037788996"
"""What a test page must show where the account of the payee stands."""
_AMOUNT_FEN: Final = 9_800_000
_KINDS: Final = (OrderKind.STOP, OrderKind.QUERY_DETAILS, OrderKind.FREEZE, OrderKind.UNFREEZE)
"""One of each that a notice to an institution carries."""
_MINUTES: Final = timedelta(minutes=20)


def sample_facts(taken: TrialFacts) -> PaperFacts:
    """What the forms of the invented case are filled from, as if the officer had taken it."""
    officers = {taken.officer.number: taken.officer.name}
    return PaperFacts(_file(taken), officers, taken.at, refund=Refund(_CASE), rules=taken.rules)


def _file(taken: TrialFacts) -> CaseFile:
    case, transfer = _case(taken), _transfer(taken)
    stop = _order(taken, case, transfer)
    orders = [replace(stop, id=OrderId(f"sample-{kind}"), kind=kind) for kind in _KINDS]
    return CaseFile(
        case=case,
        transfers=(transfer,),
        identifiers=(
            Identifier(IdentifierId("sample-lead"), "wechat", "yangzhang_ceshi", "yangzhang_ceshi"),
        ),
        evidence=(_item(taken),),
        orders=tuple(
            OrderView(order, _CASE, case.number, _NAME, OrderState.ISSUED) for order in orders
        ),
        conflicts=(),
        home=taken.profile.device,
    )


def _case(taken: TrialFacts) -> Case:
    profile = taken.profile
    return Case(
        id=_CASE,
        number=f"{profile.unit_code}-00000000-{profile.device_letter}-0000",
        visit=Visit.REPORT,
        type="T01",
        state=CaseState.STOPPING,
        victim=Victim(_NAME, "resident_id", "620102196804152044", "13900000000", "样张路 1 号"),
        narrative="这是样张：姓名、账号、金额都是虚构的，只用来核对文书的式样和各栏的内容。",
        accepted_at=taken.at,
        accepted_by=taken.officer.number,
        unit_code=profile.unit_code,
        unit_name=profile.unit_name,
    )


def _transfer(taken: TrialFacts) -> Transfer:
    return Transfer(
        id=TransferId("sample-transfer"),
        position=1,
        time=taken.at - _MINUTES,
        amount_fen=_AMOUNT_FEN,
        channel=Channel.MOBILE_BANK,
        arrival=Arrival.NEXT_DAY,
        payer=Account(_NAME, "6217004230001234569", "中国建设银行"),
        payee=Account("样张收款人", PAYEE_ACCOUNT, "中国农业银行"),
        serial="00000000000001",
    )


def _order(taken: TrialFacts, case: Case, transfer: Transfer) -> Order:
    return Order(
        id=OrderId("sample-order"),
        number=f"{case.number}-Z1",
        kind=OrderKind.STOP,
        transfer=transfer.id,
        payer=transfer.payer,
        payee=transfer.payee,
        amount_fen=transfer.amount_fen,
        transfer_time=transfer.time,
        channel=transfer.channel,
        order_number="",
        serial=transfer.serial,
        reason="电信网络诈骗",
        issued_at=taken.at,
        issued_by=taken.officer.number,
        operator_name=taken.officer.name,
        unit_code=case.unit_code,
        unit_name=case.unit_name,
        second_officer="",
    )


def _item(taken: TrialFacts) -> Evidence:
    return Evidence(
        id=EvidenceId("sample-item"),
        name="样张.jpg",
        size=1,
        sha256="0" * 64,
        sm3="0" * 64,
        source=_NAME,
        method=AcquisitionMethod.PROVIDED,
        media_type="image/jpeg",
        added_at=taken.at,
        added_by=taken.officer.number,
    )
