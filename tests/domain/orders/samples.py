"""Orders for tests of the domain: any order Hypothesis can think of, and a plain one."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Account
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.orders.approval import Approval, Level, Withdrawal
from desktop.domain.orders.evidence import EvidenceTerms
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.orders.money import MoneyTerms
from desktop.domain.orders.number import Anomaly, NumberTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import AccountFacts, LineFacts, NextHop

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)

instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda at: at.replace(microsecond=0)
)
words = st.text(st.characters(codec="utf-8"), max_size=12)
fen = st.integers(0, 10**12)


def built(record: type, /, **named: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    """A record with every field drawn by its type; texts, sums and times by the strategies here."""
    for name, hint in record.__annotations__.items():
        if name in named:
            continue
        if hint == "str":
            named[name] = words
        elif hint == "int":
            named[name] = fen
        elif hint == "datetime | None":
            named[name] = st.none() | instants
    return st.builds(record, **named)


def money_terms() -> st.SearchStrategy[object]:
    from desktop.domain.orders.money import Freeze, Query  # noqa: PLC0415 - only here

    several = st.lists(words, max_size=3).map(tuple)
    return built(MoneyTerms, freeze=built(Freeze), query=built(Query), evidence=several)


def number_terms() -> st.SearchStrategy[object]:
    several = st.lists(words, max_size=3).map(tuple)
    anomalies = st.lists(st.sampled_from([a.value for a in Anomaly]), unique=True).map(tuple)
    return built(NumberTerms, anomalies=anomalies, evidence=several)


terms = st.one_of(st.none(), money_terms(), number_terms(), built(EvidenceTerms))
replies = built(
    OrderReply,
    result=st.sampled_from(ReplyResult),
    replied_at=instants,
    account=built(AccountFacts),
    line=built(LineFacts),
    hops=st.lists(built(NextHop), max_size=3).map(tuple),
)
accounts = st.builds(Account, words, words, words)
orders = built(
    Order,
    kind=st.sampled_from(OrderKind),
    id=st.just("1"),
    transfer=words,
    issued_at=instants,
    payer=accounts,
    payee=accounts,
    terms=terms,
    reply=st.none() | replies,
    level=st.sampled_from(Level),
    approval=built(Approval),
    withdrawal=built(Withdrawal),
    official=words,
)


def order(kind: OrderKind, number: int = 1, **changes: object) -> Order:
    """A plain order of any kind about the first payment, or about one number."""
    spec = SPECS[kind]
    facts: dict[str, object] = {
        "id": OrderId(f"{number:032x}"),
        "number": f"1124-A-0001-{spec.letter}{number}",
        "kind": kind,
        "transfer": TransferId("t1" if spec.target is OrderTarget.PAYMENT else ""),
        "payer": Account("李秀兰", "6217004230001234569", "中国建设银行"),
        "payee": Account("陈某某", "6230520010037788996", "中国农业银行"),
        "amount_fen": 9_800_000,
        "transfer_time": NOON,
        "channel": None,
        "order_number": "",
        "serial": "",
        "reason": "刷单返利",
        "issued_at": NOON,
        "issued_by": "620134",
        "operator_name": "王建国",
        "unit_code": "620102540000",
        "unit_name": "张掖路派出所",
        "target": "transfer/t1" if spec.target is OrderTarget.PAYMENT else "number/17012345678",
        "level": spec.level,
        **changes,
    }
    return Order(**facts)  # type: ignore[arg-type]  # named fields of the order


def view(made: Order, state: OrderState) -> OrderView:
    """The order as a case shows it."""
    return OrderView(made, CaseId("c1"), "620102540000-20261124-A-0001", "李秀兰", state)
