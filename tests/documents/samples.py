"""Invented cases to print: an ordinary one, an empty one, and one that tries to break the layout."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Final

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import Case, CaseState, Identifier, Visit
from desktop.domain.cases.payments.transfer import Account, Arrival, Certainty, Channel, Transfer
from desktop.domain.cases.payments.way import PaymentWay
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.ids import (
    CaseId,
    DeviceId,
    EvidenceId,
    IdentifierId,
    OrderId,
    PartyId,
    TransferId,
)
from desktop.domain.installation.officer import SMALL_STATION, Officer
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.orders.order import Order, OrderKind, OrderState
from desktop.services.ports import BundleSummary

AT: Final = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
OFFICERS: Final = {"620134": "王建国", "620135": "马晓燕"}
OFFICER: Final = Officer("620134", "王建国", SMALL_STATION)
UNIT: Final = "兰州市公安局城关分局张掖路派出所"
PROFILE: Final = Profile(
    InstallationRole.DESK, "620102540000", UNIT, "A", DeviceId("7QK2M9XD41TCZP8A")
)
SUMMARY: Final = BundleSummary(
    number="A-000213",
    sender=UNIT,
    receiver="兰州市反电信网络诈骗中心",
    made_at=AT,
    cases=(
        ("620102540000-20261124-A-0017", "李秀兰", 11_800_000),
        ("620102540000-20261124-A-0018", "阿依古丽·买买提", 46_200_00),
    ),
    orders=3,
    blobs=14,
    size=214 * 1024 * 1024,
    device=DeviceId("7QK2M9XD41TCZP8A"),
)


def a_transfer() -> Transfer:
    return Transfer(
        id=TransferId("t1"),
        position=1,
        time=datetime(2026, 11, 24, 2, 12, 35, tzinfo=UTC),
        amount_fen=9_800_000,
        channel=Channel.MOBILE_BANK,
        arrival=Arrival.NEXT_DAY,
        payer=Account("李秀兰", "6217004230001234569", "中国建设银行"),
        payee=Account("陈某某", "6230520010037788996", "中国农业银行兰州××支行"),
        serial="26112400128841",
        certainty={
            "payee_name": Certainty.TOLD,
            "payee_account": Certainty.RECEIPT,
            "amount": Certainty.RECEIPT,
            "time": Certainty.RECEIPT,
        },
    )


def an_order(transfer: Transfer) -> Order:
    return Order(
        id=OrderId("o1"),
        number="620102540000-20261124-A-0017-Z1",
        kind=OrderKind.STOP,
        transfer=transfer.id,
        payer=transfer.payer,
        payee=transfer.payee,
        amount_fen=transfer.amount_fen,
        transfer_time=transfer.time,
        channel=transfer.channel,
        order_number=transfer.order_number,
        serial=transfer.serial,
        reason="电信网络诈骗",
        issued_at=AT,
        issued_by="620134",
        operator_name="王建国",
        unit_code="620102540000",
        unit_name=UNIT,
        second_officer="620135",
    )


def a_case() -> Case:
    return Case(
        id=CaseId("c1"),
        number="620102540000-20261124-A-0017",
        visit=Visit.REPORT,
        type="T01",
        state=CaseState.STOPPING,
        victim=Victim(
            "李秀兰",
            "resident_id",
            "620102196804152044",
            "13919364417",
            "甘肃省兰州市城关区张掖路 88 号",
        ),
        narrative=(
            "11 月 24 日上午，李秀兰在短视频平台看到点赞返利广告，加入任务群后按“导师”要求先后两次"
            "垫付做单，对方以操作失误、账户冻结为由拒绝返还，共被骗 118000 元。"
        ),
        accepted_at=datetime(2026, 11, 24, 2, 20, tzinfo=UTC),
        accepted_by="620134",
        unit_code="620102540000",
        unit_name=UNIT,
    )


def an_item(number: int, name: str) -> Evidence:
    return Evidence(
        id=EvidenceId(f"e{number}"),
        name=name,
        size=219_136 * number,
        sha256=f"{number:02x}9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"[:64],
        sm3=f"{number:02x}66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"[:64],
        source="报案人手机",
        method=AcquisitionMethod.PROVIDED,
        media_type="image/jpeg",
        added_at=AT,
        added_by="620134",
    )


def a_file() -> CaseFile:
    """What a desk prints every day."""
    transfer = a_transfer()
    return CaseFile(
        case=a_case(),
        transfers=(transfer,),
        identifiers=(
            Identifier(
                IdentifierId("i1"), "wechat", "rw_jd_xiaowen", "rw_jd_xiaowen", "任务接待员"
            ),
            Identifier(
                IdentifierId("i2"), "url", "https://app.hxjy-88.example/d/Kq7Z", "", "下载链接"
            ),
        ),
        evidence=(an_item(1, "转账凭证.jpg"), an_item(2, "聊天截图 1.png")),
        orders=(OrderView(an_order(transfer), CaseId("c1"), "", "李秀兰", OrderState.ISSUED),),
        conflicts=(),
    )


def an_empty_file() -> CaseFile:
    """Nothing is known but that somebody came."""
    case = replace(a_case(), victim=Victim(), narrative="", type="")
    return CaseFile(case, (), (), (), (), ())


HOSTILE: Final = "#eval(1) $x$ \\ *粗* _斜_ `码` <标签> @引用 [内容] {块} // 注 /* 注 */ = 标题 - 列表 ~ ' \" & % "


def _long(prefix: str, length: int) -> str:
    """Exactly ``length`` characters that begin with ``prefix`` and end with an end mark."""
    body = (prefix + HOSTILE * (length // len(HOSTILE) + 1))[: length - 1]
    return body + "末"


def hostile_file() -> CaseFile:
    """Everything as long as it may be, full of typesetting commands, rare characters and other scripts."""
    transfer = replace(
        a_transfer(),
        payer=Account(_long("甲", 60), "6" * 30, _long("乙", 136)),
        payee=Account(_long("丙", 60), "6222" + "*" * 22 + "1234", _long("丁", 136)),
        order_number="DD" + "7" * 34,
        serial="LS" + "8" * 46,
        amount_fen=99_999_999_999,
        way=PaymentWay(
            TransferId("t1"), _long("方式", 60), _long("币", 60), "x" * 60, "ab" * 32, driver=_long("司机", 60),
            plate="甘" * 40, place=_long("地点", 200), code="E" * 200, swift="S" * 60,
        ),
    )  # fmt: skip
    order = replace(an_order(transfer), second_officer="")
    case = replace(
        a_case(),
        victim=Victim(
            _long("䶮𬭎·", 60), "passport", "E" * 28 + "9Z", "1" * 30, _long("地址", 200)
        ),
        parties=(
            Party(
                PartyId("p1"),
                "agent guardian payer",
                _long("䶮𬭎·", 60),
                _long("关系", 40),
                _long("单位", 60),
                "passport",
                "E" * 28 + "9Z",
                "1" * 30,
                _long("地址", 200),
                "",
                _long("材料", 60),
                _long("同意", 60),
            ),
        ),
        reported_by="p1",
        narrative=_long("عربي עברית 😀 \u202e反\u202c", 500),
        unit_name=_long("单位", 60),
    )
    return CaseFile(
        case=case,
        transfers=(transfer,),
        identifiers=tuple(
            Identifier(
                IdentifierId(f"i{n}"), "url", f"https://a.example/{'x' * 180}/{n}", "", HOSTILE
            )
            for n in range(12)
        ),
        evidence=tuple(
            an_item(n + 1, f"{n}" + "长文件名" * 30 + "a" * 120 + ".jpg") for n in range(14)
        ),
        orders=(OrderView(order, CaseId("c1"), "", case.victim.name, OrderState.ISSUED),),
        conflicts=(),
    )
