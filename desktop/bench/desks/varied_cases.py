"""Made-up cases as a desk would have recorded them in two years, each from the seed and its number alone.

A case has two or three payments, a lead, sometimes another party; seven of ten a stop order, and six of ten its reply.
What a gang uses, its accounts and leads, comes back in the cases of that gang; the rest is every case's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random  # noqa: TID251 - made-up data, the same for the same seed
from typing import Final

from desktop.bench.desks import story_parts as parts
from desktop.domain.cases.case import Case, CaseState, Identifier, Visit
from desktop.domain.cases.payments.transfer import Account, Arrival, Channel, Transfer
from desktop.domain.cases.people.party import Party, PartyRole
from desktop.domain.cases.people.victim import Victim
from desktop.domain.identifiers.documents.resident_id import resident_check_digit
from desktop.domain.identifiers.money.luhn import luhn_digit
from desktop.domain.ids import (
    CaseId,
    DeviceId,
    IdentifierId,
    OrderId,
    PartyId,
    TransferId,
    bound_id,
)
from desktop.domain.installation.profile import Profile
from desktop.domain.orders.kinds import SPECS
from desktop.domain.orders.order import Order, OrderKind, OrderReply, ReplyResult
from desktop.domain.records.numbers import case_number, order_number, short_case_number
from desktop.domain.time.local_time import CHINA
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import (
    CASE_REGISTERED,
    IDENTIFIER_RECORDED,
    ORDER_ISSUED,
    ORDER_REPLIED,
    TRANSFER_RECORDED,
)

SPAN: Final = timedelta(days=730)
OFFICERS: Final = tuple(f"10{number:02d}" for number in range(1, 13))
_GANG: Final = 12
"""Cases of one gang, on average."""
_OF_A_GANG: Final = 0.55
_BETWEEN_GANGS: Final = 0.02
"""Cases that name something of another gang too, which joins the two."""
_STOPPED: Final = 0.7
_ANSWERED: Final = 0.86
"""Of the stop orders."""
_HELD: Final = timedelta(hours=48)
_SERIALS: Final = 1 << 12
_OWN: Final = 1 << 6
"""Ids a case may have."""
_FRESH: Final = timedelta(days=2)
_OPEN: Final = timedelta(days=60)
_LEADS: Final = ("phone", "wechat", "qq", "url", "app")


@dataclass(frozen=True, slots=True)
class VariedCase:
    """What a case says at once, and what is said of the same things later."""

    at: datetime
    officer: str
    first: tuple[NewEntry, ...]
    later: tuple[NewEntry, ...]


@dataclass(frozen=True, slots=True)
class VariedCases:
    """``count`` cases of a desk up to ``until``, oldest first."""

    profile: Profile
    seed: int
    count: int
    until: datetime

    def __iter__(self) -> Iterator[VariedCase]:
        today, serial = "", 0
        for number in range(self.count):
            draw = Random(f"{self.seed}/{number}")  # noqa: S311 - made-up data
            at = self.until - SPAN * (1 - (number + draw.random()) / self.count)
            at = at.replace(microsecond=at.microsecond // 1000 * 1000)
            day = at.astimezone(CHINA).date()
            serial = serial + 1 if day.isoformat() == today else 1
            today = day.isoformat()
            yield self._case(_Drawn(draw, at, self.profile.device), number, serial)

    def _case(self, drawn: _Drawn, number: int, serial: int) -> VariedCase:
        draw, at = drawn.draw, drawn.at
        officer = draw.choice(OFFICERS)
        gang = self._gang(number, draw)
        bank = draw.choice(parts.BANKS)
        letter = self.profile.device_letter
        name = case_number(self.profile.unit_code, at.astimezone(CHINA).date(), letter, serial)
        case = Case(
            CaseId(drawn.new_id()), name, _visit(draw), f"T{draw.randint(1, 18):02d}",
            _state(draw, self.until - at), _victim(draw), parts.story(draw, bank), at, officer,
            self.profile.unit_code, self.profile.unit_name,
            parties=_parties(drawn),
        )  # fmt: skip
        transfers = list(_transfers(drawn, case, bank, gang))
        lead = _lead(drawn, gang, at)
        first = [NewEntry(CASE_REGISTERED, f"case/{case.id}", case.to_fields())]
        first += [
            NewEntry(TRANSFER_RECORDED, f"transfer/{item.id}", item.to_fields(case.id))
            for item in transfers
        ]
        fields = lead.to_fields(case.id)
        first.append(NewEntry(IDENTIFIER_RECORDED, f"identifier/{lead.id}", fields))
        later = []
        if draw.random() < _STOPPED:
            order = self._stop(drawn, case, transfers[0])
            subject = f"order/{order.id}"
            first.append(NewEntry(ORDER_ISSUED, subject, order.to_fields(case.id)))
            if draw.random() < _ANSWERED:
                answer = {"case": case.id, **_reply(draw, order).to_fields()}
                later.append(NewEntry(ORDER_REPLIED, subject, answer))
        return VariedCase(at, officer, tuple(first), tuple(later))

    def _gang(self, number: int, draw: Random) -> Random | None:
        """What draws of the things of its gang; gangs work a while and change over the years."""
        if draw.random() >= _OF_A_GANG:
            return None
        near = max(number // _GANG - draw.randrange(5), 0)
        if draw.random() < _BETWEEN_GANGS:
            near = draw.randrange(number // _GANG + 1)
        return Random(f"{self.seed}/gang/{near}/{draw.randrange(4)}")  # noqa: S311 - made-up data

    def _stop(self, drawn: _Drawn, case: Case, transfer: Transfer) -> Order:
        letter = SPECS[OrderKind.STOP].letter
        short = short_case_number(case.number)
        return Order(
            OrderId(drawn.new_id()), order_number(short, self.profile.device_letter, letter, ()), OrderKind.STOP,
            transfer.id, transfer.payer, transfer.payee, transfer.amount_fen, transfer.time, transfer.channel,
            transfer.order_number, transfer.serial, "涉嫌电信网络诈骗", drawn.later(40), case.accepted_by, "测速",
            case.unit_code, case.unit_name,
        )  # fmt: skip


class _Drawn:
    """Chance, time and ids of one case."""

    def __init__(self, draw: Random, at: datetime, device: DeviceId) -> None:
        self.draw = draw
        self.at = at
        self._device = device
        self._serial = draw.randrange(_SERIALS) * _OWN

    def new_id(self) -> str:
        """As the device would make it at that time."""
        self._serial += 1
        return bound_id(int(self.at.timestamp() * 1000), self._serial, self._device)

    def later(self, minutes: int) -> datetime:
        """Up to so many after the report came."""
        return self.at + timedelta(seconds=self.draw.randint(30, minutes * 60))


def _visit(draw: Random) -> Visit:
    return Visit.REPORT if draw.random() < 0.9 else draw.choice(list(Visit))


def _state(draw: Random, age: timedelta) -> CaseState:
    if age < _FRESH:
        return draw.choice((CaseState.NEW, CaseState.STOPPING))
    if age < _OPEN:
        return draw.choice(list(CaseState)[1:])
    some = (
        CaseState.CLOSED,
        CaseState.INVESTIGATING,
        CaseState.FROZEN,
        CaseState.AWAITING_EVIDENCE,
    )
    return draw.choices(some, (80, 12, 5, 3))[0]


def _resident(draw: Random) -> str:
    born = f"{draw.randint(1945, 2008)}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}"
    body = f"6201{draw.choice(('02', '03', '04', '05', '21', '22'))}{born}{parts.digits(draw, 3)}"
    return body + resident_check_digit(body)


def _victim(draw: Random) -> Victim:
    return Victim(
        parts.name(draw), "resident_id", _resident(draw), parts.telephone(draw), parts.address(draw),
        draw.choice(parts.WORKPLACES),
    )  # fmt: skip


def _parties(drawn: _Drawn) -> tuple[Party, ...]:
    draw = drawn.draw
    if draw.random() >= 0.25:
        return ()
    role = draw.choice((PartyRole.GUARDIAN, PartyRole.WITNESS, PartyRole.PAYER, PartyRole.AGENT))
    party = Party(
        PartyId(drawn.new_id()), role.value, parts.name(draw), draw.choice(("配偶", "父亲", "女儿", "同事")),
        id_number=_resident(draw), phone=parts.telephone(draw), address=parts.address(draw),
    )  # fmt: skip
    return (party,)


def _card(draw: Random) -> str:
    body = draw.choice(parts.BINS) + parts.digits(draw, 12)
    return body + luhn_digit(body)


def _transfers(drawn: _Drawn, case: Case, bank: str, gang: Random | None) -> Iterator[Transfer]:
    draw = drawn.draw
    payer = Account(case.victim.name, _card(draw), bank)
    paid = case.accepted_at - timedelta(minutes=draw.randint(20, 6_000))
    for position in range(1, draw.choice((2, 3)) + 1):
        by = gang if gang is not None and draw.random() < 0.7 else draw
        payee = Account(parts.name(by), _card(by), by.choice(parts.BANKS))
        yield Transfer(
            TransferId(drawn.new_id()), position, paid + timedelta(minutes=7 * position),
            int(draw.lognormvariate(13, 1.4)), draw.choice(list(Channel)), draw.choice(list(Arrival)), payer, payee,
            serial=parts.digits(draw, 20),
        )  # fmt: skip


def _lead(drawn: _Drawn, gang: Random | None, at: datetime) -> Identifier:
    draw = gang or drawn.draw
    kind = draw.choice(_LEADS)
    word = "".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=9))
    value = {
        "phone": parts.telephone(draw),
        "wechat": f"wxid_{word}{draw.randint(10, 99)}",
        "qq": str(draw.randint(10_000_000, 3_999_999_999)),
        "url": f"https://{word}.{draw.choice(('com', 'cc', 'top', 'xyz'))}/{at:%y}",
        "app": f"{parts.nickname(draw)}{word[:3]}",
    }[kind]
    normal = value.removeprefix("https://").partition("/")[0] if kind == "url" else value
    return Identifier(IdentifierId(drawn.new_id()), kind, value, normal)


def _reply(draw: Random, order: Order) -> OrderReply:
    at = order.issued_at + timedelta(minutes=draw.randint(5, 300))
    result = draw.choices(list(ReplyResult), (5, 3, 2))[0]
    held = {ReplyResult.DONE: order.amount_fen, ReplyResult.FAILED: 0}.get(
        result, order.amount_fen // draw.randint(2, 9)
    )
    starts = at - timedelta(minutes=3) if held else None
    ends = starts + _HELD if starts is not None else None
    remark = (
        "" if held else draw.choice(("账户余额不足", "资金已转出", "户名与账号不符", "账户已销户"))
    )
    return OrderReply(result, held, held, starts, ends, order.payee.bank, parts.name(draw), remark, at)  # fmt: skip
