"""Random worlds of payments, orders and answers, and where their money is, counted again fen by fen.

The recount knows ``docs/money.md`` and none of the program's reckoning: each fen is a coin with the name of the payment
that brought it in, and every coin is asked in turn what became of it.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from desktop.domain.case_file.clocks import ClockFacts
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.cases.payments.transfer import Account, Transfer
from desktop.domain.ids import CaseId, OrderId, TransferId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.orders.money import Freeze, FreezeType, MoneyTerms
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop

START = datetime(2026, 11, 24, 1, tzinfo=UTC)
STEP = timedelta(seconds=10)
"""Between two payments; what came back came a second after."""
TARGETS = ("62220210011111111", "62220210022222222", "62220210033333333", "6222****4444", "取现ATM")
EXIT, MASKED = TARGETS[-1], TARGETS[-2]
CASES = ("C0", "C1")


@dataclass(frozen=True, slots=True)
class Paid:
    """A victim's payment."""

    case: str
    at: int
    to: str
    fen: int
    returned: int = 0
    attempted: bool = False

    @property
    def id(self) -> str:
        return f"T{self.at}"


@dataclass(frozen=True, slots=True)
class Asked:
    """An order about the ``about``-th payment and its answer. Steps since START; ``on``: (step, to, fen) each."""

    about: int
    kind: OrderKind
    at: int
    asked: int
    held: int
    lasts: int
    done: bool
    full: bool = False
    balance: int | None = None
    released: int | None = None
    on: tuple[tuple[int, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class World:
    """``back``: case → what came back of no single payment."""

    paid: tuple[Paid, ...]
    asked: tuple[Asked, ...]
    back: tuple[tuple[str, int], ...] = ()

    def facts(self) -> list[ClockFacts]:
        """As the program reads it."""
        back = dict(self.back)
        return [
            ClockFacts(
                CaseId(case), case, f"甲{case}", Visit.REPORT, CaseState.STOPPING, START, registered=False,
                orders=tuple(
                    _view(self.paid[item.about], item, place)
                    for place, item in enumerate(self.asked)
                    if self.paid[item.about].case == case
                ),
                payments=tuple(_transfer(item) for item in self.paid if item.case == case),
                returned_fen=back.get(case, 0),
            )
            for case in CASES
            if any(item.case == case for item in self.paid)
        ]  # fmt: skip


def instant(step: int) -> datetime:
    return START + step * STEP


def _account(name: str) -> Account:
    return Account(name="取现", number="") if name == EXIT else Account(number=name)


def _transfer(item: Paid) -> Transfer:
    payer = Account(name=f"甲{item.case}", number=f"62170000{item.case[1]}99999999")
    return Transfer(
        TransferId(item.id), 1, instant(item.at), item.fen, None, None, payer, _account(item.to),
        serial=item.id, returned_fen=item.returned, attempted=item.attempted,
    )  # fmt: skip


def _view(paid: Paid, item: Asked, place: int) -> OrderView:
    since = instant(item.at)
    ends = since + item.lasts * STEP
    hops = tuple(
        NextHop(account=to if to != EXIT else "", name="取现" if to == EXIT else "", amount_fen=fen,
                time=instant(step), serial=f"{place}/{step}")
        for step, to, fen in item.on
    )  # fmt: skip
    result = ReplyResult.DONE if item.done else ReplyResult.FAILED
    reply = OrderReply(
        result, item.held, item.balance or 0, since, ends, "", "", "", since, hops=hops,
        emptied=item.balance == 0,
    )  # fmt: skip
    terms = MoneyTerms(
        freeze=Freeze(FreezeType.FULL if item.full else FreezeType.LIMITED, item.asked)
    )
    transfer = _transfer(paid)
    order = Order(
        OrderId(f"O{place}"), f"{place}", item.kind, transfer.id, transfer.payer, transfer.payee, item.asked,
        transfer.time, None, "", transfer.serial, "", since, "1", "", "", "", reply=reply, terms=terms,
        released_at=None if item.released is None else instant(item.released),
    )  # fmt: skip
    return OrderView(order, CaseId(paid.case), paid.case, "", OrderState.DONE)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A few payments of one or two victims, orders about them, and what banks answered, right or not."""
    steps = draw(st.lists(st.integers(1, 30), unique=True, min_size=2, max_size=9))
    paid = []
    for at in steps[: draw(st.integers(1, min(4, len(steps))))]:
        fen = draw(st.integers(1, 12))
        paid.append(
            Paid(
                draw(st.sampled_from(CASES)), at, draw(st.sampled_from(TARGETS)), fen,
                draw(st.sampled_from([0, 0, 0, 1, fen, fen + 2])), draw(st.sampled_from([False] * 5 + [True])),
            )
        )  # fmt: skip
    left = steps[len(paid) :]
    asked = []
    for _ in range(draw(st.integers(0, 4))):
        about = draw(st.integers(0, len(paid) - 1))
        kind = draw(st.sampled_from([OrderKind.STOP, OrderKind.SECOND_STOP, OrderKind.FREEZE]))
        sum_ = paid[about].fen
        full = kind is OrderKind.FREEZE and draw(st.booleans())
        on = tuple(
            (left.pop(), draw(st.sampled_from(TARGETS)), draw(st.integers(1, 12)))
            for _ in range(draw(st.integers(0, min(2, len(left)))))
        )
        asked.append(
            Asked(
                about, kind, draw(st.integers(1, 40)), sum_,
                draw(st.integers(0, 20 if full else sum_)), draw(st.integers(1, 30)),
                draw(st.sampled_from([True, True, False])), full,
                draw(st.sampled_from([None, None, 0, 3, 9])),
                draw(st.one_of(st.none(), st.integers(1, 60))), on,
            )
        )  # fmt: skip
    back = tuple((case, draw(st.sampled_from([0, 0, 2, 30]))) for case in CASES)
    return World(tuple(paid), tuple(asked), back)


def recounted(world: World, cases: Sequence[str], step: int) -> Counter[Disposition]:
    """Where the money of some cases is at a step."""
    own = [item for item in world.paid if item.case in cases and not item.attempted]
    asked = [item for item in world.asked if world.paid[item.about].case in cases]
    purses, arrived, back = _walked(world, own, asked)
    found: Counter[Disposition] = Counter()
    for account, coins in purses.items():
        mine = [coin for coin in coins if coin]
        of_account = [item for item in asked if world.paid[item.about].to == account]
        found += _parted(world, account, len(mine), of_account, arrived.get(account, []), step)
    found[Disposition.RETURNED] += sum(back)
    _give_back(found, world, own)
    return +found


def _walked(
    world: World, own: Sequence[Paid], asked: Sequence[Asked]
) -> tuple[dict[str, deque[str]], dict[str, list[tuple[int, int]]], list[int]]:
    """(coins in each account, when traced coins came there, what came back of each payment)."""
    purses: dict[str, deque[str]] = {name: deque() for name in TARGETS}
    arrived: dict[str, list[tuple[int, int]]] = {}
    back = []
    events: list[tuple[int, Paid | tuple[str, str, int]]] = [(item.at, item) for item in own]
    events += [
        (step, (world.paid[item.about].to, to, fen)) for item in asked for step, to, fen in item.on
    ]
    for at, event in sorted(events, key=lambda one: one[0]):
        if isinstance(event, Paid):
            coins = [event.id] * event.fen
            purses[event.to].extend(coins)
            arrived.setdefault(event.to, []).append((at, event.fen))
            returned = min(event.returned, event.fen)
            for _ in range(returned):
                purses[event.to].remove(event.id)
            back.append(returned)
            continue
        payer, payee, fen = event
        free = max(len(purses[payer]) - _reserved(world, own, asked, payer, at), 0)
        coins = [purses[payer].popleft() for _ in range(min(fen, free))]
        coins += [""] * (fen - len(coins))
        purses[payee].extend(coins)
        traced = sum(1 for coin in coins if coin)
        if traced:
            arrived.setdefault(payee, []).append((at, traced))
    return purses, arrived, back


def _reserved(
    world: World, own: Sequence[Paid], asked: Iterable[Asked], account: str, at: int
) -> int:
    """What the bank holds of payments that are in the account by then, each as often as its largest measure says."""
    most: Counter[int] = Counter()
    for item in asked:
        paid = world.paid[item.about]
        if item.done and paid in own and paid.to == account and paid.at <= at < _end(item):
            most[item.about] = max(most[item.about], min(item.held, paid.fen))
    return most.total()


def _end(item: Asked) -> int:
    end = item.at + item.lasts
    return end if item.released is None else min(end, item.released)


def _cover(measures: Iterable[Asked]) -> int:
    most: Counter[int] = Counter()
    for item in measures:
        most[item.about] = max(most[item.about], item.held)
    return most.total()


def _parted(
    world: World,
    account: str,
    coins: int,
    of_account: Sequence[Asked],
    arrived: Sequence[tuple[int, int]],
    step: int,
) -> Counter[Disposition]:
    """Every coin of an account is taken by the first disposition that has room for it."""
    measures = [item for item in of_account if item.done]
    running = [item for item in measures if item.at <= step < _end(item)]
    freezes = [item for item in running if item.kind is OrderKind.FREEZE]
    cover, frozen = _cover(running), _cover(freezes)
    once = _cover(item for item in measures if item.at <= step)
    room = {
        Disposition.FROZEN: frozen,
        Disposition.HELD: max(cover - frozen, 0),
    }
    most = _most(of_account, measures, arrived, step)
    present = coins if most is None else max(most - cover, 0)
    found: Counter[Disposition] = Counter()
    lapsed = max(once - cover, 0)
    for _ in range(coins):
        held = next((name for name, left in room.items() if left), None)
        if held:
            room[held] -= 1
            found[held] += 1
        elif present and lapsed:
            present, lapsed = present - 1, lapsed - 1
            found[Disposition.LAPSED] += 1
        elif account == EXIT:
            found[Disposition.LEFT] += 1
        elif present and account != MASKED:
            present -= 1
            found[Disposition.RESTING] += 1
        else:
            found[Disposition.UNTRACED] += 1
    return found


def _most(
    of_account: Sequence[Asked],
    measures: Sequence[Asked],
    arrived: Sequence[tuple[int, int]],
    step: int,
) -> int | None:
    """The most that can be there by the word of the bank."""
    bounds = []
    for item in of_account:
        short = item.done and item.held > 0 and (item.full or item.held < item.asked)
        if item.at > step or not (short or item.balance is not None):
            continue
        held = _cover(one for one in measures if one.at <= item.at < _end(one))
        there = held if item.balance is None else max(item.balance, held)
        bounds.append(there + sum(fen for at, fen in arrived if at > item.at))
    return min(bounds, default=None)


def _give_back(found: Counter[Disposition], world: World, own: Sequence[Paid]) -> None:
    """What came back of no single payment, taken from what nobody holds."""
    for case, fen in world.back:
        lost = sum(item.fen for item in own if item.case == case)
        for _ in range(min(fen, lost)):
            for name in (
                Disposition.UNTRACED,
                Disposition.RESTING,
                Disposition.LEFT,
                Disposition.LAPSED,
            ):
                if found[name]:
                    found[name] -= 1
                    found[Disposition.RETURNED] += 1
                    break
