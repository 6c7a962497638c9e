"""A story of parties, ways and money at one desk: who reports for whom, how money left, what was held and came back."""

from __future__ import annotations

import json
from typing import Any, Final

from desktop.domain.cases.step import StepKind
from desktop.domain.ids import CaseId
from desktop.services.orders.record_step import record_step
from tests.golden.founding import enrol
from tests.golden.posts import APPROVER, STATION, World, sample
from tests.support.installations import OFFICER

_ROLES: Final = "front_desk,approver,administrator,auditor"
_TRON: Final = "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
_A, _B, _C = "6222022703000612345", "6222021001116245702", "6230520010037788996"
_PAYER: Final = {"name": "李秀兰", "account": "6217004230001234569", "bank": "中国建设银行"}
_WAYS: Final[dict[str, dict[str, Any]]] = {
    "bank": {},
    "wallet": {"way": "wallet", "channel": "wechat", "order_number": "4200002026112400001",
               "payee": {"bank": "财付通"}},
    "coin": {"way": "coin", "address": _TRON, "exchange": "OKX", "chain": "tron", "coin": "USDT", "hash": "ab" * 32},
    "cash": {"way": "cash", "platform": "滴滴", "order": "DD20261124", "what": "gold", "state": "on_the_way",
             "plate": "甘A12345", "driver": "王师傅", "place": "兰州市安宁区培黎街 12 号"},
    "voucher": {"way": "voucher", "issuer": "京东", "code": "JD-1234-5678", "used": "unused"},
    "ecny": {"way": "ecny", "wallet": "0022123456789012"},
    "cross_border": {"way": "cross_border", "payer": {**_PAYER, "bank": "中国银行"}, "swift": "MIDLGB22",
                     "payee": {"account": "GB82WEST12345698765432", "bank": "HSBC"}, "currency": "GBP",
                     "foreign_amount": "10,000"},
}  # fmt: skip
_DAUGHTER: Final = {
    "role": "reporter agent", "name": "王芳", "relation": "女儿", "phone": "13893100027", "papers": "户口簿",
    "consent": "其母电话中同意", "id_kind": "resident_id", "id_number": "620102199204150026",
}  # fmt: skip
_OTHERS: Final = (
    {"role": "payer", "name": "赵丽", "relation": "儿媳", "phone": "13893100028"},
    {"role": "witness", "name": "刘老师", "address": "兰州市城关区庆阳路 9 号"},
    {
        "role": "victim",
        "name": "张建国",
        "relation": "丈夫",
        "id_kind": "passport",
        "id_number": "E12345678",
    },
)


def tell_of_money(world: World) -> None:
    """Reports with parties and every way; stops, freezes and call-backs with what banks said; refunds."""
    _sit_down(world)
    desk = world.session
    report = {**sample("report"), "source": "call", "parties": [_DAUGHTER, *_OTHERS]}
    everything = [_payment(place, name) for place, name in enumerate(_WAYS)]
    everything[1]["returned_fen"] = 50_000
    world.report(desk, "ways", {**report, "transfers": everything, "returned_fen": 30_000})
    shared = [
        {**_payment(place, "bank"), "payee": {"name": "孙某", "account": account, "bank": "中国工商银行"}}
        for place, account in enumerate((_A, _A, _B, _C))
    ]  # fmt: skip
    shared[3]["attempted"] = True
    world.report(desk, "orders", {**report, "transfers": shared})
    guardian = {"role": "reporter guardian", "name": "王大山", "relation": "父亲"}
    world.report(desk, "minor", {**report, "parties": [guardian], "transfers": shared[:1]})
    world.later(minutes=20)
    _order(world)
    world.later(hours=3)


def _sit_down(world: World) -> None:
    made = world.session.json(
        "init", "--unit-code", STATION[0], "--unit-name", STATION[1], "--device", "A",
        "--officer", OFFICER, "--name", "王建国", "--roles", _ROLES,
    )  # fmt: skip
    world.codes["desk"] = made["recovery_code"]
    enrol(world.session, APPROVER, "陈所长", "front_desk,approver,administrator")


def _payment(place: int, way: str) -> dict[str, Any]:
    payee = {"name": "陈某某", "account": _C, "bank": "中国农业银行"}
    paid = {
        "time": f"2026-11-24T10:{10 + place}:00+08:00", "amount_fen": 1_000_000 + place, "payer": _PAYER,
        "payee": payee, "serial": f"S{place}",
    }  # fmt: skip
    return {**paid, **({"payee": {}} if way != "bank" else {}), **_WAYS[way]}


def _order(world: World) -> None:
    """Of one case a stop in part with the next account, a stop of a second payment into that account, one that ended, a
    freeze that was lifted, and one that runs; of the others call-backs, and a stop that nobody answered."""
    with world.session.signed_in() as place:
        now, filed = place.session.clock.now(), CaseId(world.cases["orders"])
        record_step(place.session, filed, StepKind.FILED, now, "城公立字〔2026〕905号")
    hop = {
        "account": _B,
        "name": "钱某",
        "amount_fen": 300_000,
        "time": "2026-11-24T10:18:00+08:00",
    }
    done, whole = {"result": "done"}, {"result": "done", "amount_fen": 1_000_001}
    short = {"amount_fen": 900_000, "balance_fen": 900_000, "ends_at": "2026-11-24T11:30:00+08:00"}
    for case, kind, transfer, reply in (
        ("orders", "stop", 1, {"result": "partial", "amount_fen": 700_000, "hops": [{**hop, "serial": "H1"}]}),
        ("orders", "stop", 2, whole),
        ("orders", "stop", 3, done | short),
        ("orders", "freeze", 3, done | {"amount_fen": 800_000, "balance_fen": 2_500_000}),
        ("orders", "freeze", 2, whole),
        ("orders", "unfreeze", 2, whole),
        ("ways", "revoke", 3, done | {"amount_fen": 1_000_002}),
        ("ways", "revoke", 4, {"result": "failed", "failure": "已交付"}),
        ("ways", "revoke", 7, done | {"amount_fen": 600_000}),
        ("minor", "stop", 1, {}),
    ):  # fmt: skip
        _ask(world, case, kind, transfer, reply)


def _ask(world: World, case: str, kind: str, transfer: int, reply: dict[str, Any]) -> None:
    """An order, approved where it must be, and what the bank said."""
    desk, name = world.session, f"{case} {kind} {transfer}"
    words = ("--kind", kind, "--transfer", transfer, "--second", APPROVER)
    made = desk.json("order", "issue", world.cases[case], *words)
    world.orders[name] = made["order"]
    if made["state"] == "proposed":
        desk.as_officer(APPROVER).json(
            "order", "approve", made["order"], "--by", "张局长", "--number", "城公冻〔2026〕31号"
        )
    if reply:
        document = json.dumps({"order": made["order"], **reply})
        desk.json("order", "reply", world.text(f"{name}.json", document))
