"""One invented case with everything on it: transfers, orders, replies, a conflict, a history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from desktop.domain.case_file.clocks import facts_of
from desktop.domain.case_file.orders.order_clocks import clocks_by_order
from desktop.domain.case_file.views import CaseFile, Conflict, Contested, HistoryRow, OrderView
from desktop.domain.cases.case import Case, CaseState, Identifier, Visit
from desktop.domain.cases.payments.transfer import Account, Arrival, Channel, Transfer
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.tasks.task import Task, TaskSource
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.flow.money_places import FlowRules, FlowWorld
from desktop.domain.flow.reported_payments import reported_payments
from desktop.domain.ids import (
    CaseId,
    EvidenceId,
    IdentifierId,
    OrderId,
    TaskId,
    TransferId,
)
from desktop.domain.law.deadlines import Deadline, article_of
from desktop.domain.money.dispositions import MoneyTimeline
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.services.case_sheet import CaseSheet, DeadlineLine
from desktop.services.orders.list_orders import OrderRow
from desktop.services.ports import FormSpec
from tests.support.sessions import RULES

NOW = datetime(2026, 11, 24, 2, 31, 7, tzinfo=UTC)
CASE = CaseId("case-1124-A-0017")
NUMBER = "620102540000-20261124-A-0017"
OFFICERS = {"620134": "王建国", "620177": "马晓梅"}
VICTIM = Victim(
    "李秀兰",
    "resident_id",
    "620102196803121528",
    "13893345678",
    "兰州市城关区张掖路 118 号 3 单元 402 室",
)


def ago(**amount: float) -> datetime:
    """An instant before now."""
    return NOW - timedelta(**amount)


def transfer(position: int, yuan: int, minutes: float, payee: Account, **more: object) -> Transfer:
    """A transfer from the victim's card."""
    return Transfer(
        id=TransferId(f"transfer-{position}"),
        position=position,
        time=ago(minutes=minutes),
        amount_fen=yuan * 100,
        channel=Channel.MOBILE_BANK,
        arrival=Arrival.REAL_TIME,
        payer=Account("李秀兰", "6217004220011234567", "建设银行兰州城关支行"),
        payee=payee,
        **more,  # type: ignore[arg-type]  # the caller names real fields
    )


TRANSFERS = (
    transfer(1, 98_000, 18.5, Account("陈某某", "6230520010037788994", "农业银行")),
    transfer(2, 15_000, 41, Account("陈某某", "6230520010037788994", "农业银行")),
    transfer(3, 5_000, 95, Account("", "", "支付宝"), order_number="2026112400123456789012345678"),
)


def order(place: int, of: Transfer, minutes: float, reply: OrderReply | None = None) -> Order:
    """A stop of a transfer."""
    return Order(
        id=OrderId(f"order-{place}"),
        number=f"1124-A-0017-Z{place}",
        kind=OrderKind.STOP,
        transfer=of.id,
        payer=of.payer,
        payee=of.payee,
        amount_fen=of.amount_fen,
        transfer_time=of.time,
        channel=of.channel,
        order_number=of.order_number,
        serial=of.serial,
        reason="刷单返利",
        issued_at=ago(minutes=minutes),
        issued_by="620134",
        operator_name="王建国",
        unit_code="620102540000",
        unit_name="张掖路派出所",
        reply=reply,
    )


REPLY = OrderReply(
    result=ReplyResult.PARTIAL,
    amount_fen=6_132_000,
    balance_fen=6_132_050,
    starts_at=ago(minutes=14),
    ends_at=NOW + timedelta(hours=47, minutes=46),
    organisation="农业银行兰州分行",
    operator="9527",
    remark="其余 36,680 已于 10:14 转出至建设银行 6217…5512",
    replied_at=ago(minutes=12),
)


def view(made: Order, state: OrderState) -> OrderView:
    """The order as lists show it."""
    return OrderView(made, CASE, NUMBER, "李秀兰", state)


ORDERS = (
    view(order(2, TRANSFERS[1], 11), OrderState.CARRIED),
    view(order(1, TRANSFERS[0], 17, REPLY), OrderState.PARTIAL),
)

_LEADS = (
    ("mobile", "17062048831", "自称客服，回拨不通"),
    ("displayed_number", "0085230012214", "第一个电话"),
    ("wechat", "wxid_k3m9q2x7", "拉她进群的人"),
    ("qq", "2817465903", ""),
    ("url", "hxxps://jd-kefu88.top", "下载 APP 的网页"),
    ("app", "安逸花钱包", "apk 已附"),
    ("bank_card", "6230520010037788994", "两笔收款"),
    ("order_number", "2026112400123456789012345678", "支付宝第三笔"),
)


def leads() -> tuple[Identifier, ...]:
    """What the fraud used."""
    return tuple(
        Identifier(IdentifierId(f"lead-{i}"), kind, value, value, note)
        for i, (kind, value, note) in enumerate(_LEADS)
    )


def evidence(count: int = 8) -> tuple[Evidence, ...]:
    """Pictures from the victim's telephone."""
    return tuple(
        Evidence(
            id=EvidenceId(f"evidence-{i}"),
            name=f"聊天-{i:02d}.png" if i else "转账凭证.jpg",
            size=1_200_000,
            sha256=f"{i:064x}",
            sm3="",
            source="被害人手机",
            method=AcquisitionMethod.COPIED,
            media_type="image/png",
            added_at=ago(minutes=10),
            added_by="620134",
        )
        for i in range(count)
    )


CONFLICT = Conflict(
    f"case/{CASE}",
    "victim.phone",
    (
        Contested("13893345678", "620134", "2026-11-24T02:20:00.000Z", "DESKA"),
        Contested("13893345687", "620177", "2026-11-24T02:26:30.000Z", "DESKB"),
    ),
)

NARRATIVE = (
    "报案人 10 月底在短视频平台看到“点赞返利”广告，加入微信群“福利小屋 7 群”，做小额任务返现三次共 86 元。"
    "11 月 24 日被引导下载“安逸花钱包”，以“连单任务未完成、账户冻结”为由要求继续垫付，"
    "先后向陈某某农业银行账户转账两笔、通过支付宝转账一笔，共计 118,000 元，随后被移出群聊。"
)


def deadlines() -> tuple[DeadlineLine, ...]:
    """The clocks of the case with the articles they rest on."""
    accepted = ago(minutes=20)
    newest = TRANSFERS[0].time or NOW
    assert REPLY.starts_at is not None
    assert REPLY.ends_at is not None
    made = (
        (
            "golden",
            newest,
            newest + timedelta(minutes=30),
            "实战经验：转账后 30 分钟内止付成功率最高",
        ),
        ("entry", accepted, accepted + timedelta(minutes=30), "银发〔2016〕86号 第二条"),
        (
            "file_and_freeze",
            REPLY.starts_at,
            REPLY.ends_at - timedelta(hours=6),
            "银发〔2016〕86号 第四条",
        ),
        ("stop_end", REPLY.starts_at, REPLY.ends_at, "银发〔2016〕86号 第三条"),
        (
            "filing",
            accepted,
            accepted + timedelta(days=3),
            "公安机关办理刑事案件程序规定 第一百七十八条",
        ),
    )
    return tuple(
        DeadlineLine(Deadline(name, at, f"rule.{name}", start), article)
        for name, start, at, article in made
    )


def _entry(
    seq: int, minutes: float, officer: str, entry_kind: str, subject: str, /, **fields: str
) -> HistoryRow:
    told = tuple((name.replace("__", "."), value) for name, value in fields.items())
    return HistoryRow(
        ago(minutes=minutes), officer, entry_kind, subject, told, "7QK2M9XD41TCZP8A", seq
    )


def history() -> tuple[HistoryRow, ...]:
    """What was done, oldest first."""
    return (
        _entry(1, 26.4, "620134", "report.registered", f"case/{CASE}", number=NUMBER, visit="report",
               type="task_rebate", state="new", victim__name="李秀兰",
               victim__id_number=VICTIM.id_number, victim__phone=VICTIM.phone, narrative=NARRATIVE,
               accepted_at="2026-11-24T02:11:07.000Z"),
        _entry(2, 26.3, "620134", "transfer.recorded", "transfer/transfer-2", amount_fen="1500000",
               payee__account="6230520010037788994", payee__name="陈某某", channel="mobile_bank"),
        _entry(3, 26, "620134", "order.issued", "order/order-1", kind="stop", amount_fen="1500000",
               payee__account="6230520010037788994"),
        _entry(4, 26, "620134", "case.moved", f"case/{CASE}", state="stopping"),
        _entry(5, 25, "620134", "slip.shown", "order/order-1", size="812"),
        _entry(6, 22, "620134", "identifier.recorded", "identifier/lead-0", kind="mobile", value="17062048831"),
        _entry(7, 20, "620134", "evidence.attached", "evidence/evidence-0", name="转账凭证.jpg",
               sha256="9f2b61c0e7d4a3518a6f5f0c2d9b7e14c3a0d8f7b6e52419d0c8a7f6e5b4c3d2", size="1258291"),
        _entry(8, 19, "620134", "evidence.digested", "evidence/evidence-0"),
        _entry(9, 16, "620177", "case.amended", f"case/{CASE}", victim__phone="13893345687"),
        _entry(10, 12, "900001", "order.replied", "order/order-1", reply__result="partial", reply__amount_fen="6132000",
               reply__organisation="农业银行兰州分行"),
        _entry(11, 11, "620134", "order.issued", "order/order-2", kind="stop", amount_fen="9800000"),
        _entry(12, 9, "620134", "document.printed", "order/order-2", form="stop_application", pages="1"),
        _entry(13, 4, "620177", "evidence.verified", "evidence/evidence-0", ok="true"),
        _entry(14, 2, "620177", "weather.observed", f"case/{CASE}", sky="clear"),
    )  # fmt: skip


def tasks() -> tuple[Task, ...]:
    """Late, due today, later, without a time, done."""

    def task(place: int, words: str, **more: object) -> Task:
        made = {"made_at": ago(minutes=20), "made_by": "620134", **more}
        return Task(TaskId(f"task-{place}"), words, **made)  # type: ignore[arg-type]  # real fields

    return (
        task(1, "请付款行打印第三笔的完整收款账号", due=ago(minutes=6)),
        task(2, "回电报案人，告知第一笔的止付结果", due=ago(hours=-2), source=TaskSource.PROMISE),
        task(3, "调取银行网点监控", due=ago(hours=-70)),
        task(4, "补拍手机中的聊天首屏"),
        task(5, "提醒报案人不要卸载软件", done_at=ago(minutes=9), done_by="620177"),
    )


PHRASES = {"query_way": "本单位值班电话或者到本单位窗口", "contact": ""}
FORMS = (
    FormSpec("report_form", {"zh_CN": "受案登记表"}, "criminal_2022"),
    FormSpec(
        "receipt",
        {"zh_CN": "受案回执", "en": "Case acceptance receipt"},
        "criminal_2022",
        ("query_way", "contact"),
        ("reporter",),
    ),
    FormSpec(
        "statement",
        {"zh_CN": "询问笔录"},
        "criminal_2022",
        ("place", "deputy", "statement"),
        ("reporter",),
    ),
    FormSpec("evidence_list", {"zh_CN": "固定电子数据清单"}, "criminal_2022"),
    FormSpec("handover", {"zh_CN": "报案人告知单"}, "local"),
)


def sheet(
    *,
    transfers: Sequence[Transfer] = TRANSFERS,
    orders: Sequence[OrderView] = ORDERS,
    conflicts: Sequence[Conflict] = (CONFLICT,),
    state: CaseState = CaseState.STOPPING,
    narrative: str = NARRATIVE,
    tasks: Sequence[Task] = (),
) -> CaseSheet:
    """The case as the page gets it."""
    case = Case(
        id=CASE,
        number=NUMBER,
        visit=Visit.REPORT,
        type="task_rebate",
        state=state,
        victim=VICTIM,
        narrative=narrative,
        accepted_at=ago(minutes=20),
        accepted_by="620134",
        unit_code="620102540000",
        unit_name="兰州市公安局城关分局张掖路派出所",
    )
    file = CaseFile(
        case, tuple(transfers), leads(), evidence(), tuple(orders), tuple(conflicts),
        tasks=tuple(tasks),
    )  # fmt: skip
    clocks = clocks_by_order(RULES, file.orders)
    on_clock = {
        view.order.id: OrderRow(
            view, case.accepted_at, state is CaseState.CLOSED, clocks.get(view.order.id),
            article_of(RULES, clocks[view.order.id]) if view.order.id in clocks else "",
        )
        for view in file.orders
    }  # fmt: skip
    letters = {"DESKA": "A", "DESKB": "B"}
    return CaseSheet(
        file, deadlines(), history(), OFFICERS, FORMS, places=_places(file), on_clock=on_clock,
        letters=letters,
    )  # fmt: skip


def _places(file: CaseFile) -> MoneyTimeline:
    facts = facts_of(file)
    payments = reported_payments(facts)
    world = FlowWorld([facts], payments, payments, FlowRules(lambda _: None, RULES))
    return world.places(world.traced(TracingMethod.FIFO)).timeline()


def full_sheet() -> CaseSheet:
    """The case with everything that may hang on one."""
    return sheet(tasks=tasks())
