"""What the sample station took in during the weeks before, so that board, series and figures have something to show.

It is recorded by the same services as ever, at its own times, and carried to the centre and back. No window is worked
for it: the day that is played is today.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.demo.stage import DemoStage
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.case import CaseState, OfficialNumbers
from desktop.domain.cases.step import StepKind
from desktop.domain.ids import CaseId
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.term import measure_end
from desktop.domain.progress import SILENT
from desktop.domain.time.local_time import CHINA, show_time
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file
from desktop.services.orders.approve_order import approve_order
from desktop.services.orders.issue_order import issue_order
from desktop.services.orders.record_step import record_step, set_official_numbers

_APPROVER = "分局分管领导"
_TO_THE_STOP = timedelta(seconds=100)
_TO_THE_ANSWER = timedelta(minutes=25)
_FILED_AT = time(9, 30)
_FRESH = timedelta(days=1)
"""Cases answered later than that are not filed yet: their stops run on the board."""


def earlier_weeks(stage: DemoStage) -> None:
    """Play ``samples/earlier_weeks.json`` in the order of its times; then the clocks of both PCs are right."""
    document = json.loads(resource_path("samples/earlier_weeks.json").read_text("utf-8"))
    now = stage.clock.real()
    weeks = _Weeks(stage)
    actions: list[tuple[datetime, Callable[[], None]]] = []
    carried = [_when(item, now) for item in document["carried"]]
    for item in document["cases"]:
        at = _when(item, now)
        taken = _Taken(item)
        actions.append((at, weeks.take_in(taken, at)))
        answered = min((day for day in carried if day > at), default=None)
        if answered is not None and (morning := _next_morning(answered)) < now - _FRESH:
            actions.append((morning, weeks.file_case(taken)))
    actions += [(at, weeks.carry) for at in carried]
    for at, action in sorted(actions, key=lambda item: item[0]):
        stage.clock.set(at)
        action()
    stage.clock.set_right()


def _when(item: Mapping[str, Any], now: datetime) -> datetime:
    if "minutes_ago" in item:
        return now - timedelta(minutes=item["minutes_ago"])
    day = now.astimezone(CHINA).date() - timedelta(days=item["days"])
    return datetime.combine(day, time.fromisoformat(item["time"]), CHINA)


def _next_morning(at: datetime) -> datetime:
    day = at.astimezone(CHINA).date() + timedelta(days=1)
    return datetime.combine(day, _FILED_AT, CHINA)


@dataclass(slots=True)
class _Taken:
    """A report of the sample, its case once it is registered, and the banks' answers to come."""

    sample: Mapping[str, Any]
    case: CaseId | None = None
    answers: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    """By the order's id."""


class _Weeks:
    """What was done in those weeks at the station and at the centre."""

    def __init__(self, stage: DemoStage) -> None:
        self._stage = stage
        self._station = stage.session("station")
        self._centre = stage.session("centre")
        self._taken: list[_Taken] = []

    def take_in(self, taken: _Taken, at: datetime) -> Callable[[], None]:
        """A report, its evidence, and a stop of every payment."""

        def action() -> None:
            sample = taken.sample
            form = form_from_document(self._station, _report(sample, at))
            taken.case = register_report(self._station, form).case
            self._taken.append(taken)
            if sample["report"]["visit"] == "report":
                record_step(self._station, taken.case, StepKind.ACCEPTED, at)
            if sample.get("entered", True):
                number = OfficialNumbers(incident=f"示例{show_time(at)[:10]}-{len(self._taken):02}")
                set_official_numbers(self._station, taken.case, number)
            files = [self._stage.sample(name) for name in sample.get("evidence", ())]
            if files:
                attach_files(self._station, taken.case, files, SILENT)
            answers = sample.get("answers", ())
            self._stage.clock.set(at + _TO_THE_STOP)
            for position in range(1, len(form.transfers) + 1):
                issued = issue_order(self._station, taken.case, OrderKind.STOP, position)
                if answers:
                    taken.answers[issued.order.id] = answers[position - 1]

        return action

    def file_case(self, taken: _Taken) -> Callable[[], None]:
        """The case is filed; what the banks stopped may now be frozen, with the approval that needs."""

        def action() -> None:
            if taken.sample["report"]["visit"] != "report":
                return
            record_step(self._station, _case(taken), StepKind.FILED, self._station.clock.now())
            if taken.sample.get("freeze"):
                self._freeze(taken)
            if state := taken.sample.get("state"):
                move_case(self._station, _case(taken), CaseState(state))

        return action

    def _freeze(self, taken: _Taken) -> None:
        for view in self._orders(taken):
            held = view.order.reply
            if held is None or not held.amount_fen:
                continue
            position = self._position(taken, view)
            order = issue_order(self._station, _case(taken), OrderKind.FREEZE, position).order
            approve_order(self._station, order.id, _APPROVER)
            taken.answers[order.id] = {"result": "done", "amount_fen": held.amount_fen}

    def carry(self) -> None:
        """To the centre, where the banks' answers are recorded, and home again."""
        folder = self._stage.out / "earlier" / show_time(self._station.clock.now())[:10]
        for name in ("there", "back"):
            (folder / name).mkdir(parents=True)
        export_bundle(self._station, folder / "there", SILENT)
        quarantine = Quarantine(folder / "refused")
        ingest(self._centre, quarantine, [folder / "there"], SILENT)
        for taken in self._taken:
            for view in self._orders(taken):
                answer = taken.answers.pop(view.order.id, None)
                if answer is not None:
                    reply(self._centre, view.order.id, self._answer(view, answer))
        write_replies(self._centre, folder / "back", SILENT)
        apply_bundle(self._station, [folder / "back"], SILENT)

    def _orders(self, taken: _Taken) -> Sequence[OrderView]:
        return case_file(self._station, _case(taken)).orders

    def _position(self, taken: _Taken, view: OrderView) -> int:
        transfers = case_file(self._station, _case(taken)).transfers
        return next(item.position for item in transfers if item.id == view.order.transfer)

    def _answer(self, view: OrderView, answer: Mapping[str, Any]) -> OrderReply:
        now = self._centre.clock.now()
        held = int(answer["amount_fen"])
        starts = min(view.order.issued_at + _TO_THE_ANSWER, now) if held else None
        ends = measure_end(self._centre.rules, view.order, starts) if starts else None
        bank = view.order.payee.bank
        return OrderReply(ReplyResult(answer["result"]), held, held, starts, ends, bank, "", "", now)  # fmt: skip


def _case(taken: _Taken) -> CaseId:
    if taken.case is None:
        raise ValueError("the report was not registered yet")
    return taken.case


def _report(sample: Mapping[str, Any], at: datetime) -> Mapping[str, Any]:
    """The document with the times of its payments."""
    return {**sample["report"], "transfers": list(_payments(sample, at))}


def _payments(sample: Mapping[str, Any], at: datetime) -> Iterator[Mapping[str, Any]]:
    for payment, minutes in zip(sample["report"]["transfers"], sample["minutes"], strict=True):
        yield {**payment, "time": (at - timedelta(minutes=minutes)).isoformat(timespec="seconds")}
