"""Only here, exported, carried, acknowledged, closed: each stage of each entry and file is what can be proved."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.exchange.delivery import DeliveryStage, Reach
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.delivery import CaseDelivery, case_delivery, delivery
from desktop.services.look_up import board
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.session import Session
from tests.services.test_exchange_path import Courier
from tests.support.clocks import HandClock
from tests.support.sessions import a_form


@pytest.fixture
def courier(session: Session, centre: Session, quick_folder: Path) -> Courier:
    return Courier(session, centre, quick_folder)


def stages(told: CaseDelivery | None) -> tuple[set[DeliveryStage], list[DeliveryStage]]:
    assert told is not None
    return {stage for stage, n in told.entries.items() if n}, [item.stage for item in told.files]


def test_each_file_passes_every_stage_and_none_too_early(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    for name, data in (("甲.png", b"x" * 90), ("乙.png", b"y" * 90)):
        attach_picture(session, case, name, data)
    assert stages(case_delivery(session, case)) == ({DeliveryStage.HERE}, [DeliveryStage.HERE] * 2)
    made = courier.export(volume_size=100)  # records, then each file in a volume of its own
    assert len(made.volumes) == 3
    assert stages(case_delivery(session, case)) == (
        {DeliveryStage.EXPORTED},
        [DeliveryStage.EXPORTED] * 2,
    )
    courier.ingest(made, 0, 1)
    assert stages(case_delivery(session, case)) == (
        {DeliveryStage.EXPORTED},
        [DeliveryStage.EXPORTED] * 2,
    )
    courier.answer()
    told = case_delivery(session, case)
    assert stages(told) == (
        {DeliveryStage.ACKNOWLEDGED},
        [DeliveryStage.ACKNOWLEDGED, DeliveryStage.CARRIED],
    )
    assert told is not None
    assert not told.closed
    courier.ingest(made, 2)
    courier.answer()
    told = case_delivery(session, case)
    assert stages(told) == ({DeliveryStage.CLOSED}, [DeliveryStage.CLOSED] * 2)
    assert told is not None
    assert told.closed
    attach_picture(session, case, "丙.png", b"z")
    assert stages(case_delivery(session, case)) == (
        {DeliveryStage.CLOSED, DeliveryStage.HERE},
        [DeliveryStage.CLOSED, DeliveryStage.CLOSED, DeliveryStage.HERE],
    )


def test_a_signed_paper_is_a_file_like_evidence(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    paper = draft_paper(session, case, "receipt")
    edit_paper(session, paper.id, {"contact": "0931-8888888"})
    sign_paper(session, paper.id)
    made = courier.export(volume_size=100)  # records first, then the files
    courier.ingest(made, 0)
    courier.answer()
    told = case_delivery(session, case)
    assert stages(told) == ({DeliveryStage.ACKNOWLEDGED}, [DeliveryStage.CARRIED] * 2)
    assert told is not None
    assert [item.name for item in told.files] == ["受案回执.pdf", "受案回执.json"]
    assert board(session)[0].sync == 1, "wholly at the centre it is not"
    with session.store.read() as reader:
        assert {card.id for card in reader.cases_under_way()} == {case}
    courier.ingest(made, *range(1, len(made.volumes)))
    courier.answer()
    assert stages(case_delivery(session, case)) == (
        {DeliveryStage.CLOSED},
        [DeliveryStage.CLOSED] * 2,
    )
    assert board(session)[0].sync == 2


def test_the_counts_of_the_desk_are_all_there_is(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "甲.png", b"x")
    courier.ingest(courier.export())
    courier.answer()
    told = delivery(session)
    assert told is not None
    with session.store.read() as reader:
        assert sum(told.entries.values()) == reader.heads()[session.profile.device]
    assert told.files == {DeliveryStage.CLOSED: 1}
    assert min(told.entries[DeliveryStage.CLOSED], told.entries[DeliveryStage.HERE]) > 0


def test_a_centre_delivers_to_nobody(courier: Courier) -> None:
    assert delivery(courier.centre) is None


@pytest.mark.parametrize("head", [0, 3, 9, 20])
def test_counts_agree_with_the_stage_of_each_entry(head: int) -> None:
    for reach in (Reach(), Reach(9, 7, 5, 3), Reach(9, 2, 5, 8), Reach(30, 30, 30, 30)):
        counts = reach.counts(head)
        told = [reach.stage(seq) for seq in range(1, head + 1)]
        assert {stage: told.count(stage) for stage in DeliveryStage} == dict(counts)


def test_a_clock_set_back_hides_no_bundle(courier: Courier) -> None:
    session = courier.session
    clock = session.clock
    assert isinstance(clock, HandClock)
    case = register_report(session, a_form(session)).case
    clock.advance(hours=-1)
    courier.ingest(courier.export())
    courier.answer()
    assert stages(case_delivery(session, case)) == ({DeliveryStage.CLOSED}, [])
