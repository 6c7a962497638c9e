"""Payments for tests of tracing: any at all, and a case of five tiers whose truth is known."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count

from hypothesis import strategies as st

from desktop.domain.money.money_flow import FlowPayment

ACCOUNTS = ("V", "W", "A", "B", "C", "D")
times = st.integers(0, 8)


@st.composite
def any_moves(draw: st.DrawFn, *, one_a_second: bool = False) -> list[FlowPayment]:
    """Few accounts and few seconds, so that money mixes, goes round and falls short."""
    rows = draw(
        st.lists(
            st.tuples(times, st.sampled_from(ACCOUNTS), st.sampled_from(ACCOUNTS), st.integers(1, 40)),
            max_size=14,
        )
    )  # fmt: skip
    return [
        FlowPayment(f"m{place:02d}", place if one_a_second else at, payer, payee, fen)
        for place, (at, payer, payee, fen) in enumerate(rows)
    ]


@st.composite
def followed(draw: st.DrawFn, moves: list[FlowPayment]) -> dict[str, int]:
    """Some of the victims' payments, perhaps only a part of one."""
    paid = [move for move in moves if move.payer in {"V", "W"}]
    chosen = draw(st.lists(st.sampled_from(paid), unique=True, max_size=3)) if paid else []
    return {move.id: draw(st.integers(1, move.amount_fen)) for move in chosen}


@dataclass
class FiveTiers:
    """A tree of accounts. Whatever one of them is paid it pays on at once, save what rests: so every method must find
    the same, and ``truth`` (account → fen) is known while it is made."""

    moves: list[FlowPayment] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)
    tiers: dict[str, int] = field(default_factory=dict)
    origins: dict[str, int] = field(default_factory=dict)


_KINDS = ("", "银行卡", "支付宝", "商户", "中转卡")
_EXITS = ("ATM取现", "USDT币商")


class _Maker:
    def __init__(self, draw: st.DrawFn) -> None:
        self.world = FiveTiers()
        self._draw = draw
        self._numbers, self._clock = count(1), count(1_000, 7)

    def pay(self, payer: str, payee: str, fen: int, tier: int) -> FlowPayment:
        """One payment, and what the payee does with it."""
        move = FlowPayment(f"t{next(self._numbers):04d}", next(self._clock), payer, payee, fen)
        self.world.moves.append(move)
        self.world.tiers.setdefault(payee, tier)
        kept = fen if tier == 5 or fen < 3 else self._draw(st.integers(0, fen // 3))
        if kept:
            self.world.truth[payee] = self.world.truth.get(payee, 0) + kept
        if kept < fen:
            self._spread(payee, fen - kept, tier + 1)
        return move

    def _spread(self, account: str, left: int, tier: int) -> None:
        if left > 1 and self._draw(st.booleans()):
            part = self._draw(st.integers(1, left - 1))
            self.pay(account, self._name(account, tier, 0), part, tier)
            left -= part
        self.pay(account, self._name(account, tier, 1), left, tier)

    def _name(self, account: str, tier: int, branch: int) -> str:
        if tier == 5:
            return self._draw(st.sampled_from(_EXITS))
        return f"{_KINDS[tier]}{account[-8:]}{branch}"


@st.composite
def five_tiers(draw: st.DrawFn) -> FiveTiers:
    """Victim → bank → wallet → merchant → bank → cash or crypto, one or two accounts on the way out of each."""
    maker = _Maker(draw)
    amount = draw(st.integers(10_000, 9_999_999))
    maker.world.origins[maker.pay("受害人", "银行卡0", amount, 1).id] = amount
    return maker.world
