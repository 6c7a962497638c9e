"""All patterns of a set of payments at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from desktop.analysis.flow_cycles import cycles
from desktop.analysis.flow_dwell_times import fast_through
from desktop.analysis.flow_fans import fans, hubs, payee_of, payer_of
from desktop.analysis.flow_order import by_time
from desktop.domain.flow.patterns import ActiveSpan, Counterparty, PatternLimits, Patterns
from desktop.domain.money.money_flow import FlowPayment


def patterns(
    moves: Iterable[FlowPayment],
    limits: PatternLimits,
    looked_at: Collection[str] = (),
    since: int | None = None,
    untimed: Collection[str] = (),
) -> Patterns:
    """What stands out. ``looked_at``: accounts whose common counterparties are asked for; ``since``: the moment for
    which new and vanished accounts are told; ``untimed``: ids of payments whose time is made up: they tell nothing of
    how long money stayed nor when an account was seen."""
    ordered = by_time(moves)
    timed = [move for move in ordered if move.id not in untimed] if untimed else ordered
    rings, whole = cycles(ordered, limits)
    seen = tuple(_seen(timed)) if since is not None else ()
    moment = since or 0
    return Patterns(
        fan_in=fans(ordered, payee_of, limits),
        fan_out=fans(ordered, payer_of, limits),
        hubs=hubs(ordered, payee_of, limits),
        fast_through=fast_through(timed, limits),
        cycles=rings,
        cycles_whole=whole,
        common=tuple(common(ordered, looked_at)),
        appeared=tuple(item for item in seen if item.first >= moment),
        vanished=tuple(item for item in seen if item.last < moment),
    )


def common(moves: Iterable[FlowPayment], looked_at: Collection[str]) -> Iterator[Counterparty]:
    """Accounts that dealt with two or more of ``looked_at``, the one with most of them first."""
    looked_at = frozenset(looked_at)  # of a statement they are thousands
    partners: dict[str, set[str]] = {}
    sums: dict[str, int] = {}
    for move in moves:
        for one, other in ((move.payer, move.payee), (move.payee, move.payer)):
            if one in looked_at and other not in looked_at:
                partners.setdefault(other, set()).add(one)
                sums[other] = sums.get(other, 0) + move.amount_fen
    shared = [(name, known) for name, known in partners.items() if len(known) > 1]
    for name, known in sorted(shared, key=lambda item: (-len(item[1]), -sums[item[0]], item[0])):
        yield Counterparty(name, tuple(sorted(known)), sums[name])


def _seen(ordered: Iterable[FlowPayment]) -> Iterator[ActiveSpan]:
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for move in ordered:
        for account in (move.payer, move.payee):
            first.setdefault(account, move.at)
            last[account] = move.at
    for account in sorted(first):
        yield ActiveSpan(account, first[account], last[account])
