"""Events of the timeline in words: a short one for the axis, a whole one for the list and for readers aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop.domain.case_file.timeline import Band, EventKind, TimelineEvent
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.payments.transfer import Transfer
from desktop.domain.ids import OrderId, StepId, TransferId
from desktop.domain.masking import masked_account, masked_text
from desktop.services.case_sheet import CaseSheet
from desktop.ui.case.clocks import plain_span
from desktop.ui.case.setup import CaseSetup
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import kind_text, state_text, state_tone, target_text
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.texts.clock_face import read_span


@dataclass(frozen=True, slots=True)
class EventFace:
    """``label`` stands on the axis, ``sentence`` in the list; ``tone`` says how it stands."""

    label: str
    sentence: str
    tone: Tone


class TimelineTexts:
    """Speaks of the events of one sheet; numbers are masked unless ``revealed``."""

    def __init__(self, kit: Kit, setup: CaseSetup, sheet: CaseSheet, *, revealed: bool) -> None:
        self._kit = kit
        self._setup = setup
        self._sheet = sheet
        self._revealed = revealed
        self._transfers = {item.id: item for item in sheet.file.transfers}
        self._orders = {view.order.id: view for view in sheet.file.orders}
        self._steps = {step.id: step for step in sheet.file.steps}

    def face(self, event: TimelineEvent, now: datetime) -> EventFace:
        """How an event is shown at ``now``."""
        match event.kind:
            case EventKind.TRANSFER:
                return self._transfer(self._transfers[TransferId(event.about)])
            case EventKind.ORDER:
                return self._order(self._view(event))
            case EventKind.REPLY:
                return self._reply(self._view(event))
            case EventKind.DEADLINE:
                return self._deadline(event, now)
            case EventKind.STEP:
                return self._step(event)
            case EventKind.EVIDENCE:
                return self._plain("evidence", Tone.NEUTRAL, count=event.count)
            case EventKind.ACCEPTED:
                officer = self._sheet.officer(self._sheet.file.case.accepted_by)
                return self._plain("accepted", Tone.NEUTRAL, officer=officer)

    def _view(self, event: TimelineEvent) -> OrderView:
        return self._orders[OrderId(event.about)]

    def _transfer(self, transfer: Transfer) -> EventFace:
        number = transfer.payee.number or transfer.order_number
        shown = number if self._revealed else masked_account(number)
        payee = " ".join(part for part in (transfer.payee.bank, shown) if part)
        view = self._sheet.stop_of(transfer.id)
        stop_state = state_text(self._kit, view) if view else self._text("case.money.no_stop")
        params = {
            "amount": yuan(transfer.amount_fen),
            "payee": payee or transfer.payee.name,
            "whole": " ".join(part for part in (transfer.payee.name, payee) if part),
            "standing": stop_state,
        }
        return self._face("transfer", state_tone(view) if view else Tone.NEUTRAL, **params)

    def _order(self, view: OrderView) -> EventFace:
        order = view.order
        return self._face(
            "order",
            state_tone(view),
            kind=kind_text(self._kit, view),
            amount=yuan(order.amount_fen) if order.amount_fen else "",
            target=target_text(order, revealed=self._revealed),
            officer=self._sheet.officer(order.issued_by),
            number=order.number,
        )

    def _reply(self, view: OrderView) -> EventFace:
        reply = view.order.reply
        return self._face(
            "reply",
            state_tone(view),
            state=state_text(self._kit, view),
            organisation=reply.organisation if reply else "",
            number=view.order.number,
        )

    def _step(self, event: TimelineEvent) -> EventFace:
        step = self._steps[StepId(event.about)]
        note = step.note if self._revealed else masked_text(step.note)
        number_and_note = " ".join(part for part in (step.number, note) if part)
        name = self._text(f"steps.kind.{step.kind.value}")
        return EventFace(name, f"{name} {number_and_note}".strip(), Tone.INFO)

    def _deadline(self, event: TimelineEvent, now: datetime) -> EventFace:
        line = next(
            line
            for line in self._sheet.deadlines
            if line.deadline.name == event.about and line.deadline.at == event.at
        )
        reading = read_span(plain_span(line.deadline, self._setup), now)
        tone = Tone.NEUTRAL if reading.overdue else reading.tone
        name = self._text(f"deadlines.{event.about}")
        return self._face("deadline", tone, name=name, article=line.article)

    def band(self, band: Band, now: datetime) -> tuple[str, Tone]:
        """The name of a band and how it stands: red while money may still be stopped, grey once it is over."""
        if now >= band.end:
            return self._text(f"timeline.band.{band.name}"), Tone.NEUTRAL
        tones = {"golden": Tone.BAD, "bridge": Tone.WARN}
        return self._text(f"timeline.band.{band.name}"), tones.get(band.name, Tone.OK)

    def _plain(self, event: str, tone: Tone, /, **params: str | int) -> EventFace:
        text = self._kit.texts.text(f"timeline.event.{event}", **params)
        return EventFace(text, text, tone)

    def _face(self, event: str, tone: Tone, /, **params: str | int) -> EventFace:
        label = self._kit.texts.text(f"timeline.event.{event}", **params)
        sentence = self._kit.texts.text(f"timeline.event.{event}_whole", **params)
        return EventFace(" ".join(label.split()), " ".join(sentence.split()), tone)

    def _text(self, key: str) -> str:
        return self._kit.texts.text(key)
