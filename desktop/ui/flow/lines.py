"""Lines of the chosen account that speak of payments: what stands out about it, and each payment under its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from desktop.domain.case_file.views import OrderView
from desktop.domain.flow.flow_moves import FlowMove
from desktop.domain.flow.patterns import Cycle, Fan
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.ids import CaseId
from desktop.ui.flow.graph import Ends
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local


@dataclass(frozen=True, slots=True)
class FlowLine:
    """One line of a list: an amount, what it is, the node it leads to, and the bands it lights in the drawing."""

    key: str
    amount: str
    what: str
    leads_to: str = ""
    tone: Tone | None = None
    tip: str = ""
    order: OrderView | None = None
    refund: CaseId | None = None
    lights: frozenset[Ends] = frozenset()


class PaymentLines:
    """The lines about one account of a flow."""

    def __init__(
        self, texts: FlowTexts, zone: tzinfo | None, sheet: FlowSheet, account: FlowAccount
    ) -> None:
        self._texts = texts
        self._zone = zone
        self._sheet = sheet
        self._key = account.key

    def findings(self) -> Iterator[FlowLine]:
        """What stands out, each with the payments that make it."""
        patterns, key = self._sheet.patterns, self._key
        for number, cycle in enumerate(patterns.cycles):
            if key in cycle.accounts:
                yield from self._cycle(number, cycle)
        for name, fans in (("fan_in", patterns.fan_in), ("fan_out", patterns.fan_out)):
            for fan in fans:
                if fan.account == key:
                    yield self._fan(name, fan)
        for dwell_time in patterns.fast_through:
            if dwell_time.account == key:
                what = self._texts.text(
                    "finding.fast", stay=self._texts.dwell_time(dwell_time.median_seconds)
                )
                lights = frozenset(ends for ends in self._ends() if key in ends)
                yield FlowLine(
                    "fast", yuan(dwell_time.passed_fen), what, tone=Tone.WARN, lights=lights
                )

    def _cycle(self, number: int, cycle: Cycle) -> Iterator[FlowLine]:
        """The round and each of its payments."""
        round_ = zip(cycle.accounts, (*cycle.accounts[1:], cycle.accounts[0]), strict=True)
        lights = frozenset(round_)
        what_text = self._texts.text("finding.cycle", count=len(cycle.accounts))
        yield FlowLine(
            f"cycle/{number}", yuan(cycle.amount_fen), what_text, tone=Tone.WARN, lights=lights
        )
        known = {flow.move.id: flow for flow in self._sheet.moves}
        for step, payment in enumerate(cycle.payments):
            flow = known[payment]
            payer, payee = (self._sheet.accounts[end] for end in _ends_of(flow))
            what = f"　{self._when(flow)} {self._texts.end(payer)} → {self._texts.end(payee)}"
            tip = f"{self._moment(flow)}  {self._texts.whole(payer)} → {self._texts.whole(payee)}"
            leads_to = payee.key if payee.key != self._key else payer.key
            yield FlowLine(
                f"cycle/{number}/{step}", yuan(flow.move.amount_fen), what, leads_to, None, tip,
                lights=lights,
            )  # fmt: skip

    def _fan(self, name: str, fan: Fan) -> FlowLine:
        inward = name == "fan_in"
        lights = frozenset(
            (other, fan.account) if inward else (fan.account, other) for other in fan.others
        )
        what = self._texts.text(f"finding.{name}", count=len(fan.others))
        tip = f"{self._local(fan.first)} – {self._local(fan.last)}"
        return FlowLine(
            f"{name}/{fan.first}", yuan(fan.amount_fen), what, "", Tone.WARN, tip, lights=lights
        )

    def payments(self) -> Iterator[FlowLine]:
        """Every payment of the account; under its day where there are several days."""
        moves = sorted(self._sheet.moves, key=lambda item: item.move.at)
        own = [flow for flow in moves if self._key in _ends_of(flow)]
        several = len({self._day(flow) for flow in own}) > 1
        last = ""
        for flow in own:
            day = self._day(flow)
            if several and day != last:
                last = day
                yield FlowLine(f"day/{day}", "", day, tone=Tone.NEUTRAL)
            yield self._payment(flow)

    def _payment(self, flow: FlowMove) -> FlowLine:
        move = flow.move
        paid = move.payer == self._key
        other = self._sheet.accounts[move.payee if paid else move.payer]
        what = f"{self._when(flow)} {'→' if paid else '←'} {self._texts.short(other)}"
        tip = f"{self._moment(flow)}  {self._texts.whole(other)}  {other.name}"
        lights = frozenset({_ends_of(flow)})
        return FlowLine(move.id, yuan(move.amount_fen), what, other.key, None, tip, lights=lights)

    def _ends(self) -> Iterator[Ends]:
        return (_ends_of(flow) for flow in self._sheet.moves)

    def _when(self, flow: FlowMove) -> str:
        if not flow.timed:
            return self._texts.text("lines.untimed")
        return f"{datetime.fromtimestamp(flow.move.at, UTC).astimezone(self._zone):%H:%M}"

    def _day(self, flow: FlowMove) -> str:
        return self._local(flow.move.at)[:10]

    def _moment(self, flow: FlowMove) -> str:
        return self._local(flow.move.at)

    def _local(self, at: int) -> str:
        return show_local(datetime.fromtimestamp(at, UTC), self._zone)


def _ends_of(flow: FlowMove) -> Ends:
    return flow.move.payer, flow.move.payee
