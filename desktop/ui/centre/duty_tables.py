"""The tables of the duty leader's page: what wants somebody, who is there, what lapses, how fast others answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

from desktop.domain.case_file.assigned_rows import AssignedRow
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, is_to_send
from desktop.domain.case_file.orders.reply_times import FEWEST, ReplyTimes
from desktop.domain.case_file.task_terms import missed_at
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Role
from desktop.domain.law.deadlines import AtZero
from desktop.domain.law.rules import RulePack
from desktop.domain.masking import masked_text
from desktop.domain.orders.claim import ClaimState, work_of_batch, work_of_case
from desktop.domain.reference.bank_names import short_bank
from desktop.domain.time.clock import from_wire
from desktop.services.calls.waiting_calls import WaitingCall
from desktop.services.orders.list_orders import OrderRow
from desktop.services.orders.shift.lead_shift import DutyView, SeatLoad
from desktop.ui.centre.listed_orders import centre_state
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.claiming import Claiming
from desktop.ui.shared.orders.order_clock import ClockLimits, span, still_text
from desktop.ui.shared.orders.order_texts import kind_text, kind_tone, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.text.moment_text import moment
from desktop.ui.shared.widgets.input.button import Button, Size
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shared.widgets.texts.label import Label


class LapsingCard(Card):
    """Hidden while there is none. ``look``: brings them into the list."""

    def __init__(self, kit: Kit, look: Action) -> None:
        super().__init__(kit, "centre.duty.lapsing", panel="red")
        self._kit = kit
        self._rows: tuple[OrderRow, ...] = ()
        self.setObjectName("duty_lapsing")
        self._first = Label(kit, role="small", wrap=True)
        self._first.setObjectName("duty_lapsing_first")
        self.title.set_ink("red")
        self.header.addWidget(Button.of(kit, look, size=Size.COMPACT, name="duty_look_lapsing"))
        self.body.addWidget(self._first)
        kit.texts.changed.connect(self._refresh)
        self._refresh()

    def show_rows(self, rows: Sequence[OrderRow]) -> None:
        """Show these, the first to end in front."""
        self._rows = tuple(rows)
        self._refresh()

    def _refresh(self) -> None:
        self.setVisible(bool(self._rows))
        if not self._rows:
            return
        first, reply = self._rows[0].view, self._rows[0].view.order.reply
        ends = reply.ends_at if reply is not None else None
        held = reply.amount_fen if reply is not None else first.order.amount_fen
        self._first.set_text(
            self._kit.texts.text(
                "centre.duty.lapses",
                count=len(self._rows),
                victim=first.victim,
                target=target_text(first.order),
                amount=yuan(held),
                at=moment(self._kit, ends) if ends is not None else "",
            )
        )


_REPLY_WIDTHS: Final = {"took": 88, "slowest": 112}
_HOUR: Final = timedelta(hours=1)
_DAYS: Final = timedelta(days=2)


class ReplyTimesTable(Listing[ReplyTimes]):
    """Institution, median time to the answer, how many wait and for how long the oldest."""

    def __init__(self, kit: Kit) -> None:
        columns = (
            TableColumn(
                "name", "centre.duty.column.institution", _name, keeps=Keeps.ENDS, tip=self._tip
            ),
            TableColumn("took", "centre.duty.column.took", self._took, tip=self._tip),
            TableColumn(
                "slowest", "centre.duty.column.slowest", self._slowest, tone=_tone, tip=self._tip
            ),
        )
        super().__init__(
            kit, "duty_times", "centre.duty.times", columns, lambda one: one.receiver, _REPLY_WIDTHS
        )

    def _took(self, one: ReplyTimes) -> str:
        """Few answers say so in place of a median."""
        if one.took is not None:
            return self._span(one.took)
        return self._kit.texts.text("centre.duty.few", count=one.answered) if one.answered else "—"

    def _slowest(self, one: ReplyTimes) -> str:
        if one.slowest is None:
            return "—"
        waited = self._span(one.slowest)
        return self._kit.texts.text("centre.duty.waits", count=one.open, waited=waited)

    def _tip(self, one: ReplyTimes) -> str:
        texts = self._kit.texts
        name = "times_few" if one.took is None else "times_tip"
        answers = texts.text(f"centre.duty.{name}", count=one.answered, fewest=FEWEST)
        return f"{one.receiver} · {answers}"

    def _span(self, took: timedelta) -> str:
        texts = self._kit.texts
        if took >= _DAYS:
            return texts.text("centre.duty.days", count=took // timedelta(days=1))
        if took >= _HOUR:
            return texts.text("centre.duty.hours", count=took // _HOUR)
        return texts.text("centre.duty.minutes", count=took // timedelta(minutes=1))


def _name(one: ReplyTimes) -> str:
    return short_bank(one.receiver)


def _tone(one: ReplyTimes) -> Tone | None:
    return Tone.BAD if one.late else None


_WIDTHS: Final = {"kind": 108, "amount": 96, "unit": 112, "state": 92, "clock": 128, "hand": 92}
_SEAT_WIDTHS: Final = {"role": 100, "since": 60, "count": 64}
_NOTHING: Final = timedelta()


class DutyPart(StrEnum):
    """A part of the queue."""

    PRESSING = "pressing"
    """A window that can still be met or was missed within the hour, a duty overdue, a call or task that is due."""
    TO_SEND = "to_send"
    WAITING = "waiting"
    CHASE = "chase"
    """Batches whose answer should be here by now."""
    CALLS = "calls"
    TASKS = "tasks"
    LAPSING = "lapsing"
    """Stops that end in this shift and that no freeze took over."""
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class DutyItem:
    """One of an order, a call that broke off, a task and a dispatch batch. ``lapses``: a stop no freeze took over."""

    key: str
    thing: OrderRow | WaitingCall | AssignedRow | DispatchBatch
    lapses: bool = False

    @property
    def case(self) -> CaseId | None:
        """What it belongs to; None for a batch."""
        if isinstance(self.thing, DispatchBatch):
            return None
        return self.thing.view.case if isinstance(self.thing, OrderRow) else self.thing.case

    @property
    def order(self) -> str:
        """The order it is, or ""."""
        return self.thing.view.order.id if isinstance(self.thing, OrderRow) else ""

    @property
    def work(self) -> str:
        """What somebody who does it has in hand: the order or batch, else the case or call."""
        if isinstance(self.thing, DispatchBatch):
            return work_of_batch(self.thing.number, self.thing.made_at)
        return self.order or work_of_case(self.case or "")

    @property
    def first_order(self) -> str:
        """The order by which its institution is known, or ""."""
        if isinstance(self.thing, DispatchBatch):
            return self.thing.orders[0].order.id
        return self.order


def duty_items(view: DutyView) -> tuple[DutyItem, ...]:
    """Calls first, since somebody waits at a telephone; then orders by urgency, stops that lapse, batches to chase, and
    tasks."""
    return (
        *(DutyItem(f"call/{call.case}", call) for call in view.calls),
        *(DutyItem(row.view.order.id, row) for row in view.orders.rows),
        *(DutyItem(row.view.order.id, row, lapses=True) for row in view.lapsing),
        *(DutyItem(work_of_batch(one.number, one.made_at), one) for one in view.late),
        *(DutyItem(f"task/{row.one.task.id}", row) for row in view.tasks),
    )


def parts_of(item: DutyItem, view: DutyView, claiming: Claiming) -> Iterator[DutyPart]:
    """In which parts of the queue it stands."""
    thing, now = item.thing, view.orders.now
    if isinstance(thing, WaitingCall):
        yield DutyPart.CALLS
        yield DutyPart.PRESSING
    elif isinstance(thing, AssignedRow):
        yield DutyPart.TASKS
        yield DutyPart.PRESSING
    elif isinstance(thing, DispatchBatch):
        yield DutyPart.CHASE
    elif item.lapses:
        yield DutyPart.LAPSING
        yield DutyPart.PRESSING
    else:
        clock = thing.clock_at(now)
        if clock is not None and (clock.at_zero is AtZero.CHANCE or clock.at <= now):
            yield DutyPart.PRESSING
        yield DutyPart.TO_SEND if is_to_send(thing.view) else DutyPart.WAITING
    if claiming.offered and claiming.state(item.work) in (None, ClaimState.STALE):
        yield DutyPart.NOBODY


class DutyTable(Listing[DutyItem]):
    """What it is, about whom, how much, from where, how far it got, the clock, and whose it is."""

    def __init__(self, kit: Kit, rules: RulePack, limits: ClockLimits, claiming: Claiming) -> None:
        self._rules, self._limits, self._claiming = rules, limits, claiming
        amount, hand = self._amount, self._hand
        columns = (
            TableColumn("kind", "centre.duty.column.kind", self._kind, chip=True, tone=_kind_tone),
            TableColumn(
                "about", "centre.column.target", self._about, tip=self._about, keeps=Keeps.ENDS
            ),
            TableColumn("amount", "centre.column.amount", amount, align_right=True, digits=True),
            TableColumn(
                "unit", "centre.duty.column.from", self._unit, tip=self._unit, keeps=Keeps.END
            ),
            TableColumn("state", "centre.column.state", self._state, tip=self._state),
            TableColumn("clock", "centre.column.clock", self._still, clock=self._clock),
            TableColumn(
                "hand", "centre.duty.column.hand", hand, tone=self._hand_tone, tip=self._hand_line
            ),
        )
        super().__init__(kit, "duty_table", "centre.duty.title", columns, _key, _WIDTHS)

    def words(self, item: DutyItem) -> str:
        """What it is and about whom, in a line; of an order with its number."""
        thing = item.thing
        number = thing.view.order.number if isinstance(thing, OrderRow) else ""
        return "　".join(filter(None, (self._kind(item), self._about(item), number)))

    def _kind(self, item: DutyItem) -> str:
        thing, texts = item.thing, self._kit.texts
        if isinstance(thing, OrderRow):
            return kind_text(self._kit, thing.view)
        if isinstance(thing, AssignedRow):
            return texts.text(f"assigned.kind.{thing.one.kind.value}")
        name = "batch" if isinstance(thing, DispatchBatch) else "call_back"
        return texts.text(f"centre.duty.{name}")

    def _about(self, item: DutyItem) -> str:
        thing = item.thing
        if isinstance(thing, OrderRow):
            return target_text(thing.view.order)
        if isinstance(thing, AssignedRow):
            return thing.victim
        if isinstance(thing, DispatchBatch):
            return f"{short_bank(thing.receiver)} {thing.number}"
        number = thing.call.callback or thing.call.caller
        return "　".join(filter(None, (thing.victim, masked_text(number))))

    def _amount(self, item: DutyItem) -> str:
        thing = item.thing
        fen = thing.view.order.amount_fen if isinstance(thing, OrderRow) else 0
        if isinstance(thing, DispatchBatch):
            fen = sum(view.order.amount_fen for view in thing.unanswered)
        return yuan(fen) if fen else ""

    def _unit(self, item: DutyItem) -> str:
        thing = item.thing
        if isinstance(thing, OrderRow):
            return thing.view.order.unit_name
        if isinstance(thing, AssignedRow):
            return thing.unit_name
        if isinstance(thing, DispatchBatch):
            return moment(self._kit, thing.made_at)
        return self._kit.texts.text("centre.duty.from_call")

    def _state(self, item: DutyItem) -> str:
        thing, texts = item.thing, self._kit.texts
        if isinstance(thing, OrderRow):
            return centre_state(self._kit, thing.view)
        if isinstance(thing, AssignedRow):
            return texts.text(f"assigned.state.{thing.one.state.value}")
        if isinstance(thing, DispatchBatch):
            answered = len(thing.orders) - len(thing.unanswered)
            return texts.text("centre.duty.answered", answered=answered, all=len(thing.orders))
        return texts.text("centre.duty.broke_off")

    def _clock(self, item: DutyItem) -> ClockSpan | None:
        now, thing = self._kit.ticks.now(), item.thing
        if isinstance(thing, OrderRow):
            return span(thing, self._limits, now)
        if isinstance(thing, DispatchBatch):
            return ClockSpan(thing.due_at, _NOTHING, self._limits.amber_under, thing.made_at)
        due = thing.due if isinstance(thing, WaitingCall) else missed_at(self._rules, thing.one)
        return ClockSpan(due, _NOTHING, self._limits.amber_under) if due else None

    def _still(self, item: DutyItem) -> str:
        thing = item.thing
        if not isinstance(thing, OrderRow):
            return ""
        return still_text(self._kit, thing, self._kit.ticks.now())

    def _hand(self, item: DutyItem) -> str:
        nobody = self._kit.texts.text("centre.duty.nobody") if self._claiming.offered else ""
        return self._claiming.hand(item.work) or nobody

    def _hand_line(self, item: DutyItem) -> str:
        return self._claiming.line(item.work) or self._hand(item)

    def _hand_tone(self, item: DutyItem) -> Tone | None:
        nobody = self._claiming.state(item.work) is None
        return Tone.BAD if nobody else self._claiming.tone(item.work)


class SeatTable(Listing[SeatLoad]):
    """Who, at what seat, since when the oldest is in hand, and how much."""

    def __init__(self, kit: Kit) -> None:
        columns = (
            TableColumn(
                "name", "centre.duty.column.name", self._name, tone=_seat_tone, tip=self._tip
            ),
            TableColumn("role", "centre.duty.column.seat", self._role, tip=self._role),
            TableColumn("since", "centre.duty.column.since", self._since, tip=self._tip),
            TableColumn("count", "centre.duty.column.count", _count, align_right=True, digits=True),
        )
        super().__init__(
            kit, "duty_seats", "centre.duty.seats", columns, lambda seat: seat.officer.number,
            _SEAT_WIDTHS,
        )  # fmt: skip

    def _name(self, seat: SeatLoad) -> str:
        sign = "●" if seat.since is not None else "○"
        return f"{sign} {seat.officer.name}"

    def _role(self, seat: SeatLoad) -> str:
        roles = seat.officer.roles
        role = Role.DUTY_LEADER if Role.DUTY_LEADER in roles else next(iter(roles))
        return self._kit.texts.text(f"settings.officers.role.{role.value}")

    def _since(self, seat: SeatLoad) -> str:
        """Of what they took first, as a time of the day."""
        if not seat.claims:
            return ""
        return show_local(from_wire(seat.claims[0].since), self._kit.zone)[11:16]

    def _tip(self, seat: SeatLoad) -> str:
        texts = self._kit.texts
        here = (
            texts.text("centre.duty.here", since=moment(self._kit, seat.since))
            if seat.since is not None
            else texts.text("centre.duty.away")
        )
        return " · ".join(
            (f"{seat.officer.name} {seat.officer.number}", *seat.officer.institutions, here)
        )


def _key(item: DutyItem) -> str:
    return item.key


def _kind_tone(item: DutyItem) -> Tone:
    thing = item.thing
    return kind_tone(thing.view) if isinstance(thing, OrderRow) else Tone.WARN


def _seat_tone(seat: SeatLoad) -> Tone | None:
    return Tone.OK if seat.since is not None else None


def _count(seat: SeatLoad) -> str:
    return str(len(seat.claims))
