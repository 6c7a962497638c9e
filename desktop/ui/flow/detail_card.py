"""What is known of the chosen account: sums, holds, its payments, and whose the held money is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from itertools import zip_longest

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.flow.flow_moves import FlowMove
from desktop.domain.flow.patterns import Cycle, Fan
from desktop.domain.flow.sheet import FlowAccount, FlowSheet, of_case
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import TracingMethod
from desktop.ui.flow.graph import Ends
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import kind_text, state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label


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


_MOST_CHIPS = 3


class DetailCard(QWidget):
    """Two cards: the account, and a list that Enter leads on from."""

    def __init__(self, kit: Kit, texts: FlowTexts) -> None:
        super().__init__()
        self._kit = kit
        self._texts = texts
        self.title = ElidedLabel(kit, role="strong")
        self._holder = ElidedLabel(kit, ink="muted")
        self._chip_place = QWidget()
        chips = Row(kit, self._chip_place, gap="space_xs")
        self._chips = [Chip(kit) for _ in range(_MOST_CHIPS)]
        for chip in self._chips:
            chips.addWidget(chip)
        chips.addStretch(1)
        facts = KeyValues(kit)
        self._in = facts.add_row("flow.in", role="digits")
        self._out = facts.add_row("flow.out", role="digits")
        self._rest = facts.add_row("flow.rest", role="digits")
        self._held = facts.add_row("flow.held", role="digits")
        self._dwell_time = facts.add_row("flow.stay.title")
        about = Card(kit)
        about.body.addWidget(self.title)
        about.body.addWidget(self._holder)
        about.body.addWidget(self._chip_place)
        about.body.addWidget(facts)
        self.order_buttons = about.body
        """Where buttons for the account go."""
        self.lines = Listing[FlowLine](
            kit, "flow_lines", "flow.lines.payments", _columns(), _key, {}, whole=("amount",)
        )
        self.lines.verticalHeader().setDefaultSectionSize(
            kit.theme.space("control_compact") + kit.theme.space("space_xxs")
        )
        self.list_title = Label(kit, role="section")
        listing = Card(kit)
        listing.body.addWidget(self.list_title)
        listing.body.addWidget(self.lines)
        column: QVBoxLayout = Column(kit, self, gap="card_gap")
        column.addWidget(about)
        column.addWidget(listing, 1)
        self._name_lines("flow.lines.payments")

    def show_account(self, sheet: FlowSheet, method: TracingMethod, account: FlowAccount) -> None:
        """Show what is known of an account by a method."""
        words = self._texts
        self.title.set_text(words.whole(account))
        self._holder.set_text(account.name)
        self._holder.setVisible(bool(account.name) and account.name != words.whole(account))
        rests = {rest.account: rest.fen for rest in sheet.methods[method].trace.rests}
        self._in.set_text(words.money(account.in_fen))
        self._out.set_text(words.money(account.out_fen))
        self._rest.set_text(words.money(rests.get(account.key, 0)))
        self._held.set_text(words.money(account.held_fen))
        self._held.set_tone(Tone.OK if account.held_fen else Tone.NEUTRAL)
        self._dwell_time.set_text(words.dwell_time(account.median_dwell_time))
        self._show_chips(sheet, account)
        if account.victim:
            self._name_lines("flow.lines.rests", name=account.name or words.text("unnamed"))
            self.lines.show_rows(self._rests(sheet, method, account))
        else:
            self._name_lines("flow.lines.payments")
            lines = PaymentLines(words, self._kit.zone, sheet, account)
            self.lines.show_rows(
                (
                    *self._orders(sheet, account),
                    *lines.findings(),
                    *self._shares(sheet, method, account),
                    *lines.payments(),
                )
            )

    def _name_lines(self, key: str, **params: str) -> None:
        self.list_title.set_key(key, **params)
        self._kit.texts.bind(self.lines.setAccessibleName, key, **params)

    def _show_chips(self, sheet: FlowSheet, account: FlowAccount) -> None:
        marks = self._texts.marks(account, sheet)
        for chip, mark in zip_longest(self._chips, marks[: len(self._chips)]):
            chip.setVisible(mark is not None)
            if mark is not None:
                chip.set_text(mark.text)
                chip.set_tone(mark.tone)
        self._chip_place.setVisible(bool(marks))

    def _rests(
        self, sheet: FlowSheet, method: TracingMethod, victim: FlowAccount
    ) -> tuple[FlowLine, ...]:
        """Where the victim's money rests now, the largest sum first."""
        cases = {
            case
            for origin, case in sheet.origins.items()
            for flow in sheet.moves
            if flow.move.id == origin and flow.move.payer == victim.key
        }
        lines = []
        for rest in sheet.methods[method].trace.rests:
            fen = sum(of_case(rest.shares, sheet.origins, case) for case in cases)
            account = sheet.accounts[rest.account]
            if fen:
                tone = Tone.OK if account.held_fen else Tone.BAD if account.cash_out else None
                lines.append(
                    (
                        fen,
                        FlowLine(
                            rest.account, yuan(fen), self._texts.short(account), rest.account, tone
                        ),
                    )
                )
        return tuple(line for _, line in sorted(lines, key=lambda pair: -pair[0]))

    def _orders(self, sheet: FlowSheet, account: FlowAccount) -> list[FlowLine]:
        """What was ordered about it, newest first; Enter leads to what may be done next. Of several cases each order is
        told by its victim."""
        lines, several = [], len(sheet.cases) > 1
        for view in sheet.ordered(account.key).views:
            kind, state = kind_text(self._kit, view), state_text(self._kit, view)
            at = show_local(view.order.issued_at, self._kit.zone)
            tip = f"{at}  {view.order.number}  {view.victim}  {kind} · {state}"
            reply = view.order.reply
            held = yuan(reply.amount_fen) if reply is not None and reply.amount_fen else ""
            what = f"{view.victim if several else kind} · {state}"
            lines.append(
                FlowLine(f"order/{view.order.id}", held, what, "", state_tone(view), tip, view)
            )
        return lines

    def _shares(
        self, sheet: FlowSheet, method: TracingMethod, account: FlowAccount
    ) -> list[FlowLine]:
        """Refund shares of what is held, by tracing; by loss beside it."""
        lines = []
        for share in sheet.methods[method].shares.get(account.key, ()):
            name = sheet.cases.get(share.case, "")
            for key, fen in (("share", share.traced_fen), ("by_loss", share.by_loss_fen)):
                if key == "share" or fen != share.traced_fen:
                    what = self._texts.text(f"lines.{key}", name=name)
                    tip = self._texts.text("lines.share_tip")
                    line = FlowLine(f"{key}/{share.case}", yuan(fen), what, "", Tone.OK, tip)
                    lines.append(replace(line, refund=share.case))
        return lines


def _columns() -> tuple[TableColumn[FlowLine], ...]:
    return (
        TableColumn("what", "flow.lines.what", _what, tone=_tone, tip=_tip),
        TableColumn("amount", "flow.lines.amount", _amount, align_right=True, digits=True),
    )


def _key(line: FlowLine) -> str:
    return line.key


def _what(line: FlowLine) -> str:
    return line.what


def _tip(line: FlowLine) -> str:
    return line.tip or line.what


def _amount(line: FlowLine) -> str:
    return line.amount


def _tone(line: FlowLine) -> Tone | None:
    return line.tone
