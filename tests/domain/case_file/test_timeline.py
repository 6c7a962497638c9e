"""What stands on the axis of a case, in which lane, and what is told as one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from desktop.domain.case_file.timeline import EventKind, TimelineLane, bands_of, timeline_of
from desktop.domain.cases.step import ProcedureStep, StepKind
from desktop.domain.ids import EvidenceId, StepId
from desktop.domain.law.deadlines import Deadline
from tests.ui.case import samples


def test_every_lane_has_its_events_in_the_order_of_time() -> None:
    sheet = samples.sheet()
    step = ProcedureStep(StepId("s1"), StepKind.FILED, samples.ago(minutes=1), officer="620134")
    wrong = replace(step, id=StepId("s2"), withdrawn="记错了")
    file = replace(sheet.file, steps=(step, wrong))
    told = timeline_of(file, [line.deadline for line in sheet.deadlines])
    assert [event.at for event in told.events] == sorted(event.at for event in told.events)
    lanes = {
        lane: [(event.kind, event.about) for event in told.events if event.lane is lane]
        for lane in TimelineLane
    }
    assert [about for _, about in lanes[TimelineLane.MONEY]] == [
        "transfer-3",
        "transfer-2",
        "transfer-1",
    ]
    assert [about for _, about in lanes[TimelineLane.ORDERS]] == ["order-1", "order-2"]
    assert lanes[TimelineLane.REPLIES] == [(EventKind.REPLY, "order-1")]
    assert (EventKind.STEP, "s1") in lanes[TimelineLane.PROCEDURE]
    assert (EventKind.STEP, "s2") not in lanes[TimelineLane.PROCEDURE]
    assert len({event.key for event in told.events}) == len(told.events)


def test_a_transfer_without_a_time_is_counted_and_not_placed() -> None:
    first, *rest = samples.TRANSFERS
    file = samples.sheet(transfers=(replace(first, time=None), *rest)).file
    told = timeline_of(file, ())
    assert told.undated == 1
    assert sum(event.kind is EventKind.TRANSFER for event in told.events) == len(rest)


def test_evidence_of_one_sitting_is_one_event() -> None:
    items = samples.evidence(6)
    late = tuple(
        replace(item, id=EvidenceId(f"late-{item.id}"), added_at=samples.ago(hours=-3))
        for item in items[:2]
    )
    file = replace(samples.sheet().file, evidence=items + late)
    sittings = [
        event.count for event in timeline_of(file, ()).events if event.kind is EventKind.EVIDENCE
    ]
    assert sittings == [6, 2]


def test_stops_that_overlap_are_one_bridge_and_others_are_not() -> None:
    start, day = samples.NOW, timedelta(days=1)

    def stop(begin: int, end: int) -> Deadline:
        return Deadline("stop_end", start + end * day, "stop.validity", start + begin * day)

    bands = bands_of((stop(0, 2), stop(1, 3), stop(5, 7)))
    assert [(band.start - start, band.end - start) for band in bands] == [
        (0 * day, 3 * day),
        (5 * day, 7 * day),
    ]
    assert {band.name for band in bands} == {"bridge"}


def test_stops_that_end_within_one_second_end_as_one_mark() -> None:
    """Several payments are stopped by one key: their orders are milliseconds apart."""
    ends = [
        Deadline("stop_end", samples.NOW + timedelta(milliseconds=ms), "stop.validity", samples.NOW)
        for ms in (0, 7, 2_000)
    ]
    told = timeline_of(samples.sheet().file, ends)
    marks = [event for event in told.events if event.kind is EventKind.DEADLINE]
    assert len(marks) == len({event.key for event in marks}) == 2
