"""The kinds of case that the clauses of papers are held against, and the facts that clauses name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from desktop.domain.case_file.merge import MergedReport, joined
from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.case import BRANCH, Case, Identifier, OfficialNumbers, Visit
from desktop.domain.cases.interview import Interview
from desktop.domain.cases.payments.refund import Refund, RefundAccount, RefundShare
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.cases.payments.way import PaymentWay
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.people.victim import Victim
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.evidence.custody import CustodyTransfer, Seal
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import (
    CaseId,
    EvidenceId,
    IdentifierId,
    OrderId,
    PartyId,
    StepId,
    TransferId,
)
from desktop.domain.money.amounts import capitals, format_yuan
from desktop.domain.orders.approval import Approval, Level
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.money import Freeze, MoneyTerms
from desktop.domain.orders.number import LineKind, NumberKind, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.time.local_time import CHINA
from desktop.services.ports import PaperFacts
from tests.documents.samples import AT, OFFICERS, UNIT, a_case, a_transfer, an_item, an_order
from tests.support.sessions import RULES

ORGAN: Final = "兰州市公安局城关分局"
ACCEPTED: Final = datetime(2026, 11, 24, 2, 20, tzinfo=UTC)
BEGAN: Final = datetime(2026, 11, 24, 2, 41, tzinfo=UTC)
ENDED: Final = datetime(2026, 11, 24, 3, 26, tzinfo=UTC)
APPROVED: Final = datetime(2026, 11, 25, 7, 9, tzinfo=UTC)
FILED: Final = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)
PRINTED: Final = datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
PLACE: Final = "张掖路派出所办案区询问室二"
ACCEPTANCE: Final = "城公（刑）受案字〔2026〕1077号"
ADMINISTRATIVE: Final = "城公（治）行立字〔2026〕412号"
FILING: Final = "城公（刑）立字〔2026〕388号"
NUMBER: Final = "17012345678"
COIN_ADDRESS: Final = "TN3W4H6rK2ce4vX9YnFQHwKENnHjoxb3m9"
COIN_HASH: Final = "4f" * 32
COIN_QUANTITY: Final = "13512.5"
CASH_PLACE: Final = "城关区南关十字地铁口"
UNCARRIED: Final = "本人未随身携带居民身份证，已请其补带"

CHILD: Final = Victim(
    "王小明", "resident_id", "620102201305152013", "13893100027", "城关区西津路 3 号"
)
FATHER: Final = Party(
    PartyId("p1"), role="guardian", name="王大山", relation="父亲", id_number="620102198003041515",
    phone="13893100028", address="城关区西津路 3 号", papers="户口簿",
)  # fmt: skip
FIRM: Final = Victim(
    "兰州某某商贸有限公司", "uscc", "91110000600037341L", "0931-8412345", "城关区庆阳路 1 号", representative="钱某"
)  # fmt: skip
CASHIER: Final = Party(
    PartyId("p1"), role="handler", name="孙会计", organisation=FIRM.name, id_number="620102198506071528",
    phone="13893100029", address="城关区庆阳路 2 号", papers="授权委托书",
)  # fmt: skip
DAUGHTER: Final = Party(
    PartyId("p1"), role="agent", name="王芳", relation="女儿", organisation="兰州铁路局",
    id_number="620102199408230023", phone="13893100030", address="西津路 5 号", papers="户口簿", consent="电话中同意",
)  # fmt: skip
SECOND: Final = Victim(
    "赵文清", "resident_id", "620102197712011239", "13893100031", "城关区雁滩路 9 号"
)


@dataclass(frozen=True, slots=True)
class ClauseCase:
    """A case to print and what its clauses may name: fact → regular expression of what a paper says of it."""

    file: CaseFile
    facts: Mapping[str, str]
    refund: Refund

    def paper_facts(self, form: str) -> PaperFacts:
        """What the form is filled from: a case of the procedure that the form belongs to."""
        number = ADMINISTRATIVE if _is_administrative(form) else ACCEPTANCE
        case = replace(self.file.case, official=OfficialNumbers("", number, ""))
        return PaperFacts(
            replace(self.file, case=case, steps=_steps(form)), OFFICERS, PRINTED, rules=RULES,
            questions=(("你用的什么手机？", "安卓手机，聊天记录还在。"),), refund=self.refund,
        )  # fmt: skip


def _is_administrative(form: str) -> bool:
    return form.startswith(("administrative", "hold"))


def _steps(form: str) -> tuple[ProcedureStep, ...]:
    if _is_administrative(form):
        kinds = [(StepKind.ACCEPTED_ADMINISTRATIVE, ACCEPTED, "")]
    elif form == "not_filing_notice":
        kinds = [(StepKind.ACCEPTED, ACCEPTED, ACCEPTANCE), (StepKind.NOT_FILED, FILED, "")]
    else:
        kinds = [(StepKind.ACCEPTED, ACCEPTED, ACCEPTANCE), (StepKind.FILED, FILED, FILING)]
    return tuple(
        ProcedureStep(StepId(f"s{n}"), kind, at, number)
        for n, (kind, at, number) in enumerate(kinds)
    )


def all_kinds() -> Mapping[str, ClauseCase]:
    """Every kind of case by the name that ``clauses/kinds.toml`` gives it."""
    paid, failed = _payment(1), _payment(2, amount_fen=50_000_000, attempted=True)
    adult = a_case().victim
    own, other = (
        _file(adult, (paid,)),
        _file(SECOND, (_payment(7, 2_300_000, SECOND.name),), mark="x"),
    )
    merged, merger = joined(own, (MergedReport(other, AT, "620134", "同一伙人"),))
    coin = _payment(
        1, payee=Account("", COIN_ADDRESS, "某交易平台"),
        way=PaymentWay(TransferId("t1"), "coin", "USDT", "tron", COIN_HASH, currency="USDT",
                       foreign_amount=COIN_QUANTITY),
    )  # fmt: skip
    cash = _payment(
        1, payee=Account("穿黑衣的男子", "", ""), payer=Account(adult.name, "", ""), channel=None, serial="",
        way=PaymentWay(TransferId("t1"), "cash", goods="cash", handover="handed_over", driver="陈师傅",
                       plate="甘A12345", place=CASH_PLACE),
    )  # fmt: skip
    made = {
        "adult": _file(adult, (paid, failed)),
        "minor": _file(CHILD, (_payment(1, payer=Account(FATHER.name, "6217004230001234569", "中国建设银行")),),
                       (FATHER,), asked="self", flags=(f"{BRANCH}minor",)),
        "company": _file(FIRM, (_payment(1, name=FIRM.name),), (CASHIER,)),
        "no_id": _file(replace(adult, id_number=""), (paid,), more=UNCARRIED + "。"),
        "agent": _file(adult, (paid,), (DAUGHTER,)),
        "forty_payments": _file(adult, tuple(_payment(n, 100_000 + n * 100) for n in range(1, 41))),
        "merged_report": merger.once(merged),
        "dissuasion": _file(adult, (failed,), visit=Visit.DISSUASION),
        "coin": _file(adult, (coin,)),
        "courier": _file(adult, (cash,)),
    }  # fmt: skip
    return {
        kind: ClauseCase(file, _facts(kind, file), _refund(file)) for kind, file in made.items()
    }


def _payment(number: int, amount_fen: int = 9_800_000, name: str = "", **members: Any) -> Transfer:
    bare = a_transfer()
    payee = Account("陈某某", f"62305200100377889{96 + number % 2}", "中国农业银行")
    payer = replace(bare.payer, name=name) if name else bare.payer
    made: dict[str, Any] = {"payee": payee, "payer": payer, "serial": f"{26112400128840 + number}"}
    return replace(
        bare, id=TransferId(f"t{number}"), position=number, amount_fen=amount_fen,
        time=ACCEPTED - timedelta(minutes=60 - number, seconds=25), **made | members,
    )  # fmt: skip


def _file(
    victim: Victim,
    transfers: tuple[Transfer, ...],
    parties: tuple[Party, ...] = (),
    *,
    visit: Visit = Visit.REPORT,
    asked: str = "",
    flags: tuple[str, ...] = (),
    mark: str = "",
    more: str = "",
) -> CaseFile:
    interview = Interview(
        began=BEGAN, ended=ENDED, place=PLACE, asker="620134", recorder="620135", asked=asked
    )
    case = replace(
        a_case(), id=CaseId(f"c1{mark}"), visit=visit, victim=victim, parties=parties,
        reported_by=parties[0].id if parties else "", flags=flags, interviews=(interview,), accepted_at=ACCEPTED,
        narrative=f"{victim.name}在短视频平台看到点赞返利广告，加入任务群后被对方以操作失误为由拒绝返还。{more}",
    )  # fmt: skip
    dissuaded = visit is Visit.DISSUASION
    return CaseFile(
        case=case,
        transfers=transfers,
        identifiers=(Identifier(IdentifierId(f"i1{mark}"), "mobile", NUMBER, NUMBER, "自称导师"),),
        evidence=() if dissuaded else _evidence(mark),
        orders=() if dissuaded else tuple(_orders(case, transfers)),
        conflicts=(),
        seals=() if mark else (_seal(),),
        custody=() if mark else (_custody(),),
    )


def _evidence(mark: str) -> tuple[Evidence, ...]:
    record = EvidenceRecord(
        holder="李秀兰", device="华为 P60，蓝色", second="620135", witness="陈社区", category="communication",
        format="JPEG", taken_at=AT, reason="要接回访电话", process="逐屏操作并计算校验值", original="由持有人保管",
        place=PLACE,
    )  # fmt: skip
    ways = (
        AcquisitionMethod.PROVIDED,
        AcquisitionMethod.PHOTOGRAPHED,
        AcquisitionMethod.EXTRACTED,
        AcquisitionMethod.ONLINE,
    )
    return tuple(
        replace(an_item(n, f"证据{mark}{n}.jpg"), id=EvidenceId(f"e{n}{mark}"), method=way, record=record)
        for n, way in enumerate(ways, 1)
    )  # fmt: skip


def _seal() -> Seal:
    return Seal(
        "s1", "LZ-0016", "手机", (an_item(1, "").id,), AT, "620134", "620135", reason="扣押", holder="李秀兰",
        photos="封存前后各一张", opened_at=APPROVED, opened_by="620134", opened_second="620135", opened_reason="送检",
        opened_state="封条完好", opened_photos="拆前两张",
    )  # fmt: skip


def _custody() -> CustodyTransfer:
    items = (an_item(1, "").id, an_item(2, "").id)
    return CustodyTransfer(
        "k1", items, AT, "620134", "陈检察官", "城关区检察院", "保管室", "移送", 2
    )


_OF_MONEY: Final = (
    OrderKind.STOP,
    OrderKind.QUERY_DETAILS,
    OrderKind.FREEZE,
    OrderKind.UNFREEZE,
)


def _orders(case: Case, transfers: tuple[Transfer, ...]) -> list[OrderView]:
    """One of each kind for the first payment into each account, as they are sent; others for the case."""
    by_account = {item.payee.number: item for item in reversed(transfers) if not item.attempted}
    paid = (
        [] if transfers[0].way.kind else sorted(by_account.values(), key=lambda item: item.position)
    )
    made = [(kind, item) for item in paid for kind in _OF_MONEY]
    made += [(kind, transfers[0]) for kind in (OrderKind.EVIDENCE_REQUEST, OrderKind.INTERCEPT)]
    orders = [_order(case, kind, item, n) for n, (kind, item) in enumerate(made)]
    return [
        OrderView(order, case.id, case.number, case.victim.name, OrderState.DONE if order.reply else OrderState.ISSUED)
        for order in orders
    ]  # fmt: skip


def _order(case: Case, kind: OrderKind, item: Transfer, number: int) -> Order:
    bare = replace(
        an_order(item), id=OrderId(f"o{case.id}{number}"), number=f"{case.number}-Z{number}", kind=kind,
        issued_at=AT + timedelta(minutes=number), unit_name=UNIT,
    )  # fmt: skip
    approval = Approval("赵局", "城公（刑）批〔2026〕3号", APPROVED, "620135")
    if kind is OrderKind.FREEZE:
        terms = MoneyTerms(
            starts_at=APPROVED, expires_at=APPROVED + timedelta(days=181), freeze=Freeze(amount_fen=item.amount_fen)
        )  # fmt: skip
        reply = OrderReply(
            ReplyResult.DONE, item.amount_fen, item.amount_fen, APPROVED, APPROVED + timedelta(days=181),
            item.payee.bank, "甲", "", APPROVED,
        )  # fmt: skip
        return replace(bare, terms=terms, approval=approval, level=Level.COUNTY, reply=reply)
    if kind is OrderKind.EVIDENCE_REQUEST:
        by = PRINTED + timedelta(days=7)
        wanted = EvidenceTerms("深圳市某某科技有限公司", "深圳市南山区", "账号登录日志", by)
        return replace(bare, terms=wanted, approval=approval)
    if kind is OrderKind.INTERCEPT:
        line = NumberTerms(
            identifier_kind="mobile", raw=NUMBER, normal=NUMBER, line=LineKind.REAL, number_kind=NumberKind.MOBILE
        )  # fmt: skip
        target = f"identifier/i1{case.id.removeprefix('c1')}"
        return replace(bare, terms=line, addressee="中国移动兰州分公司", target=target)
    if kind is OrderKind.UNFREEZE:
        return replace(
            bare, follows=f"o{case.id}{number - 1}", reason="查明与案件无关", approval=approval
        )
    return replace(bare, approval=approval) if kind is not OrderKind.STOP else bare


def _refund(file: CaseFile) -> Refund:
    paid = file.paid
    if not paid or paid[0].way.kind:
        return Refund(file.case.id)
    first = paid[0]
    share = RefundShare(
        file.case.id,
        file.case.number,
        file.case.victim.name,
        first.amount_fen,
        first.amount_fen,
        first.amount_fen,
    )
    return Refund(file.case.id, (RefundAccount(first.payee, first.amount_fen, (share,)),))


def _facts(kind: str, file: CaseFile) -> Mapping[str, str]:
    case, first = file.case, file.transfers[0]
    victim, reporter = case.victim, case.reporter
    paid = sum(item.amount_fen for item in file.paid)
    attempted = sum(item.amount_fen for item in file.transfers if item.attempted)
    sexes = {"company": "", "minor": "男"}
    plain = {
        "victim.name": victim.name,
        "victim.sex": sexes.get(kind, "女"),
        "victim.born": "" if kind in {"company", "no_id"} else _day_of(victim.id_number),
        "victim.id_number": victim.id_number,
        "victim.phone": victim.phone,
        "victim.address": victim.address,
        "reporter.name": reporter.name,
        "reporter.phone": reporter.phone,
        "unit": case.unit_name,
        "organ": ORGAN,
        "officer.first": OFFICERS["620134"],
        "officer.second": OFFICERS["620135"],
        "received": _minute(case.accepted_at),
        "received.day": _day(case.accepted_at),
        "filed.day": _day(FILED),
        "number.acceptance": ACCEPTANCE,
        "number.filing": FILING,
        "loss.capitals": capitals(paid),
        "count": str(len(file.paid)),
        "payment.capitals": capitals(first.amount_fen),
        "payment.time": _minute(first.time or AT),
        "payment.payer_account": first.payer.number,
        "payment.payer_bank": first.payer.bank,
        "payment.payee_name": first.payee.name,
        "payment.payee_account": first.payee.number,
        "payment.payee_bank": first.payee.bank,
        "measure.capitals": capitals(first.amount_fen),
        "interview.start": _minute(BEGAN),
        "interview.end": _minute(ENDED),
        "interview.place": PLACE,
        "approval.time": _minute(APPROVED),
        "evidence.name": "证据1.jpg",
        "evidence.digest": an_item(2, "").sha256[:8],
        "number": NUMBER,
    } | {
        "no_id": {"no_id.reason": UNCARRIED},
        "merged_report": {
            "second.name": SECOND.name, "second.id_number": SECOND.id_number, "second.phone": SECOND.phone,
        },
        "coin": {"coin.address": COIN_ADDRESS, "coin.quantity": COIN_QUANTITY, "coin.hash": COIN_HASH},
        "courier": {"courier.place": CASH_PLACE},
    }.get(kind, {})  # fmt: skip
    amounts = {
        "loss": paid,
        "attempted": attempted,
        "attempted.with_paid": attempted + paid if attempted else 0,
        "payment.amount": first.amount_fen,
        "measure.amount": first.amount_fen,
    }
    literal = {name: re.escape("".join(text.split())) for name, text in plain.items() if text}
    return literal | {name: _figures(fen) for name, fen in amounts.items() if fen}


def _figures(fen: int) -> str:
    """With and without commas; never the end of a larger sum."""
    return r"(?<![\d,])" + format_yuan(fen).replace(",", ",?").replace(".", r"\.")


def _minute(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{_day(at)}{local.hour}时{local.minute:02}分"


def _day_of(number: str) -> str:
    return f"{number[6:10]}年{int(number[10:12])}月{int(number[12:14])}日"


def _day(at: datetime) -> str:
    local = at.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日"
