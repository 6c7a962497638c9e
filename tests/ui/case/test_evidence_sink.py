"""What is picked of the evidence of a registered case is recorded once, and beside what stands by then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.services.case_sheet import read_sheet
from desktop.services.cases.changes.register_report import register_report
from desktop.services.extraction.evidence_supplement import Picked
from desktop.services.look_up import case_file
from desktop.ui.case.actions.case_works import EvidenceSink
from desktop.ui.shared.kit.kit import Kit
from tests.support.held_runner import HeldRunner
from tests.support.sessions import Seat, a_form, take_seat


@pytest.fixture
def seat(tmp_path: Path) -> Seat:
    return take_seat(tmp_path, "A")


@pytest.fixture
def case(seat: Seat) -> CaseId:
    return register_report(seat.session, a_form(seat.session)).case


@pytest.fixture
def runner() -> HeldRunner:
    return HeldRunner()


@pytest.fixture
def sink(
    qtbot: QtBot, kit: Kit, seat: Seat, case: CaseId, runner: HeldRunner
) -> Iterator[EvidenceSink]:
    owner = QObject()
    made = EvidenceSink(replace(kit, runner=runner), seat.session, owner)
    made.sheet = read_sheet(seat.session, case)
    yield made
    del owner


def payment(amount: str) -> Picked:
    row = TransferText(id="", time="2026-11-24 10:30:00", amount=amount, payee_account="622202")
    return Picked("截图", transfers=(row,))


def test_what_is_sent_off_twice_is_recorded_once(
    seat: Seat, case: CaseId, sink: EvidenceSink, runner: HeldRunner
) -> None:
    told: list[int] = []
    sink.taken.connect(told.append)
    sink.take(payment("500"))
    sink.take(payment("500"))
    runner.run_all()
    assert told == [1]
    assert len(case_file(seat.session, case).transfers) == 2


def test_what_is_picked_next_stands_beside_what_was_just_recorded(
    sink: EvidenceSink, runner: HeldRunner
) -> None:
    known: list[int] = []
    sink.taken.connect(lambda _count: known.append(len(sink.known())))
    sink.take(payment("500"))
    runner.run_all()
    assert known == [2], "before anybody reads the page anew"


def test_after_a_refusal_it_can_be_sent_again(
    sink: EvidenceSink, runner: HeldRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[Exception] = []
    told: list[int] = []
    sink.failed.connect(failed.append)
    sink.taken.connect(told.append)
    with monkeypatch.context() as broken:
        broken.setattr("desktop.ui.case.actions.case_works.add_supplement", _no_room)
        sink.take(payment("500"))
        runner.run_all()
    assert [type(error) for error in failed] == [WorldError]
    sink.take(payment("500"))
    runner.run_all()
    assert told == [1]


def _no_room(*_given: object) -> None:
    raise WorldError("disk.full")
