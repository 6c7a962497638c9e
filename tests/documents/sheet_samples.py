"""Facts of the desk's own sheets: ordinary ones, and ones that try to break the layout."""

from __future__ import annotations

from datetime import timedelta

from desktop.domain.cases.payments.transfer import Account, Channel
from desktop.domain.evidence.court_handover import CourtHandoverFacts, Fixed, HandedItem
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import EvidenceId
from desktop.domain.orders.order import OrderKind, OrderState
from desktop.services.ports import (
    EnquiryGuidanceFacts,
    HandoverCase,
    HandoverClock,
    HandoverFacts,
    HandoverOlder,
    HandoverTask,
    MaskedSlipFacts,
    OrderLine,
    OrderSheetFacts,
)
from tests.documents.samples import AT, HOSTILE, UNIT

NUMBER = "620102540000-20261124-A-0017"
PEOPLE = (("620134", "王建国"), ("620135", "马晓燕"))


def order_line(number: int = 1, *, hostile: bool = False) -> OrderLine:
    account = Account("陈某某", "6230520010037788996", "中国农业银行兰州××支行")
    if hostile:
        account = Account(HOSTILE * 2, "6" * 30, "䶮𬭎" + HOSTILE * 2)
    return OrderLine(
        local_number=f"{NUMBER}-Z{number}",
        kind=OrderKind.STOP if number % 2 else OrderKind.QUERY_DETAILS,
        state=OrderState.CARRIED,
        account=account,
        amount_fen=9_800_000,
        transfer_time=AT - timedelta(minutes=19),
        channel=Channel.MOBILE_BANK,
        issued_at=AT,
        serial="26112400128841",
        reason=HOSTILE * 4 if hostile else "电信网络诈骗",
        until=AT + timedelta(hours=48),
        article="银发〔2016〕86号",
    )


def order_sheet_facts(*, hostile: bool = False) -> OrderSheetFacts:
    return OrderSheetFacts(
        institution=HOSTILE * 2 if hostile else "中国农业银行",
        hotline="95599",
        local_case_number=NUMBER,
        victim="䶮𬭎" * 30 if hostile else "李秀兰",
        unit_name=UNIT,
        officers=PEOPLE,
        orders=tuple(order_line(n, hostile=hostile) for n in range(1, 9 if hostile else 3)),
    )


def masked_slip_facts(*, hostile: bool = False) -> MaskedSlipFacts:
    return MaskedSlipFacts(
        local_case_number=NUMBER,
        victim="李秀兰",
        payer=Account(HOSTILE * 2 if hostile else "李秀兰", "6217004230001234569", "中国建设银行"),
        payee=Account("陈*某" if not hostile else HOSTILE * 2, "6230****8996", ""),
        amount_fen=9_800_000,
        time=AT - timedelta(minutes=19),
        unit_name=UNIT,
        officers=PEOPLE[:1],
        serial="8" * 46 if hostile else "26112400128841",
        channel=Channel.MOBILE_BANK,
        hotline="95533",
        candidates=tuple(f"62305200100377889{n:02d}" for n in range(40 if hostile else 3)),
        remind_at=AT + timedelta(minutes=10),
    )


def handover_facts(*, hostile: bool = False) -> HandoverFacts:
    clocks = tuple(
        HandoverClock(
            local_case_number=f"620102540000-20261124-A-{n:04d}",
            victim=HOSTILE if hostile else "李秀兰",
            name=HOSTILE if hostile else "止付到期",
            at=AT + timedelta(hours=n - 1),
            article="银发〔2016〕86号 第三条",
            note="农业银行 ￥61,320.00",
        )
        for n in range(90 if hostile else 4)
    )
    return HandoverFacts(
        unit_name=UNIT,
        shift_from=AT - timedelta(hours=12),
        shift_to=AT,
        outgoing=PEOPLE,
        clocks=clocks,
        older=HandoverOlder(7_137, HandoverClock(NUMBER, "马强", "止付到期", AT)),
        promises=(HandoverTask(NUMBER, "李秀兰", "十点前回电告知止付结果", AT),),
        cases=(
            HandoverCase(
                NUMBER, HOSTILE if hostile else "马强", "B", to_us=True, reason="换班", at=AT
            ),
            HandoverCase(
                NUMBER, "赵敏", "B", to_us=False, reason=HOSTILE if hostile else "并案办理"
            ),
        ),
        missing=(HandoverTask(NUMBER, "李秀兰", "收款账号缺中间 8 位，建设银行查询中"),),
        news=(HandoverTask(NUMBER, "马强", HOSTILE if hostile else "新接报案 ¥ 9,999"),),
        remarks=HOSTILE * 20 if hostile else "",
    )


def enquiry_facts(*, hostile: bool = False) -> EnquiryGuidanceFacts:
    return EnquiryGuidanceFacts(
        unit_name=UNIT,
        local_number=NUMBER,
        asked_at=AT,
        officers=PEOPLE[:1],
        name=HOSTILE if hostile else "张桂芳",
        question=HOSTILE * 9 if hostile else "有人打电话说我的社保卡在外地被盗用，让我配合调查。",
        type_name="冒充公检法",
        signs=(
            "自称公安、检察院工作人员，说您涉嫌犯罪。",
            "要求保密、共享屏幕、转账到“安全账户”。",
        ),
    )


def hand_over_facts(*, hostile: bool = False) -> CourtHandoverFacts:
    names = ("聊天记录.png", "转账凭证 2026-11-24.jpg", "工行流水.xlsx", "通话录音.m4a")
    items = []
    for number in range(1, 41 if hostile else 5):
        name = HOSTILE * 3 if hostile else names[number - 1]
        evidence = Evidence(
            EvidenceId(f"{number:032x}"), name, 1_234_567 * number, f"{number:064x}", "", "报案人手机微信导出",
            AcquisitionMethod.EXTRACTED, "image/png", AT, "620134",
            record=EvidenceRecord(holder=HOSTILE if hostile else "李秀兰", device="华为 Mate 60"),
        )  # fmt: skip
        fixed = Fixed(
            f"data/{number:04d}.png", evidence.size, evidence.sha256, "ab" * 32, "cd" * 16
        )
        items.append(HandedItem(number, evidence, fixed))
    return CourtHandoverFacts(
        id="0" * 32,
        case_number=NUMBER,
        official_number="" if hostile else "A6201025400002026110017",
        unit_code="620102540000",
        unit_name=UNIT,
        fingerprint="7QK2-M9XD-41TC-ZP8A",
        officers=PEOPLE,
        receiver=HOSTILE * 4 if hostile else "兰州市城关区人民检察院",
        reason=HOSTILE * 4 if hostile else "移送审查起诉",
        made_at=AT,
        items=tuple(items),
        verifier="0f" * 32,
    )
