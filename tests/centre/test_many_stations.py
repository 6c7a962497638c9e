"""Two stations count alike; what one is told must never reach the other, and neither may answer itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.errors import RuleError, TrustError, UserInputError
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.machine import REPLIES
from desktop.domain.orders.order import Order, OrderKind, OrderReply, ReplyResult
from desktop.domain.progress import SILENT
from desktop.journal.kinds import CASE_AMENDED, ORDER_REPLIED
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import board, case_deadlines, case_file, history, order
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_order, issue_stop
from desktop.services.orders.order_options import options_of
from desktop.services.session import Session
from tests.faults.forged import next_entry, write_entry
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import START, CountingIds
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, stopped_fen, take_seat


@pytest.fixture
def neighbour(quick_folder: Path, centre: Session) -> Iterator[Seat]:
    made = take_seat(quick_folder / "neighbour", "A", unit_code="620103000000")
    made.session = replace(made.session, ids=CountingIds("b1"))
    trust_peer(made.session, approve(centre, own_card(made.session)))
    yield made
    made.session.store.close()


def bring(session: Session, centre: Session, folder: Path) -> None:
    folder.mkdir()
    export_bundle(session, folder, SILENT)
    assert not ingest(centre, Quarantine(folder / "no"), [folder], SILENT).problems


def word(result: ReplyResult, fen: int, hours: int = 48) -> OrderReply:
    ends = START + timedelta(hours=hours)
    return OrderReply(result, fen, 0, START, ends, "中国农业银行", "", "", START)


@pytest.fixture
def twins(
    session: Session, neighbour: Seat, centre: Session, quick_folder: Path
) -> tuple[Order, Order]:
    """The first order of the day of each of two stations."""
    made = []
    for name, at in (("one", session), ("two", neighbour.session)):
        made.append(issue_stop(at, a_form(at), 0).order)
        bring(at, centre, quick_folder / name)
    return made[0], made[1]


def test_a_number_that_two_stations_gave_names_no_order(
    centre: Session, twins: tuple[Order, Order]
) -> None:
    assert twins[0].number == twins[1].number
    with pytest.raises(UserInputError) as caught:
        reply(centre, twins[0].number, word(ReplyResult.DONE, 100))
    assert_error(caught.value, "order.ambiguous")
    reply(centre, twins[0].id, word(ReplyResult.DONE, 100))
    assert order(centre, twins[0].id).order.reply is not None
    assert order(centre, twins[1].id).order.reply is None


@pytest.mark.parametrize(
    ("kind", "rule"),
    [(ORDER_REPLIED, "authority.not_issuer"), (CASE_AMENDED, "authority.not_holder")],
)
def test_a_station_can_not_say_that_money_was_stopped(
    seat: Seat, centre_seat: Seat, centre: Session, twins: tuple[Order, Order], quick_folder: Path,
    kind: str, rule: str,
) -> None:  # fmt: skip
    answer = {"case": "other", **word(ReplyResult.DONE, 100).to_fields()}
    forged = next_entry(seat, kind, f"order/{twins[1].id}", answer)
    path = write_entry(seat, centre_seat, quick_folder / "forged", forged)
    done = ingest(centre, Quarantine(quick_folder / "kept"), [path], SILENT)
    assert [item.error.code for item in done.refused] == [rule]
    assert order(centre, twins[1].id).order.reply is None


def test_a_station_records_what_a_bank_answered_by_telephone(
    session: Session,
    centre: Session,
    neighbour: Seat,
    twins: tuple[Order, Order],
    quick_folder: Path,
) -> None:
    """Its own word on its own order: the centre takes it in with its author, and goes on taking in what follows."""
    record_reply(session, twins[0].id, word(ReplyResult.PARTIAL, 500))
    bring(session, centre, quick_folder / "told")
    said = order(centre, twins[0].id).order.reply
    assert said is not None
    assert (said.result, said.amount_fen) == (ReplyResult.PARTIAL, 500)
    later = issue_stop(session, a_form(session), 0).order
    bring(session, centre, quick_folder / "later")
    assert order(centre, later.id)


def test_a_station_does_not_answer_what_the_centre_ordered(
    session: Session, centre: Session, twins: tuple[Order, Order], quick_folder: Path
) -> None:
    """Its whole next bundle would be refused: it is told here, and not offered."""
    case = order(session, twins[0].id).case
    ours = issue_order(centre, case, OrderKind.QUERY_DETAILS, 1).order
    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    apply_bundle(session, sorted(back.iterdir()), SILENT)
    view = order(session, ours.id)
    options = options_of(session, case_file(session, view.case), view)
    assert not {*REPLIES.values()} & {*options.steps}
    with pytest.raises(RuleError) as caught:
        record_reply(session, ours.id, word(ReplyResult.DONE, 0))
    assert_error(caught.value, "reply.not_ours")
    bring(session, centre, quick_folder / "later")


def test_a_failed_stop_holds_no_money_and_runs_no_clock(
    centre: Session, twins: tuple[Order, Order]
) -> None:
    reply(centre, twins[0].id, word(ReplyResult.FAILED, 0))
    case = order(centre, twins[0].id).case
    card = next(card for card in board(centre) if card.id == case)
    assert (stopped_fen(centre, case), card.stop_ends_at) == (0, None)
    names = {clock.name for clock in case_deadlines(centre, case_file(centre, case))}
    assert "stop_end" not in names


def test_a_second_stop_holds_the_same_money_on(
    session: Session, centre: Session, twins: tuple[Order, Order], quick_folder: Path
) -> None:
    case = order(session, twins[0].id).case
    second = issue_order(session, case, OrderKind.SECOND_STOP, 1).order
    bring(session, centre, quick_folder / "later")
    reply(centre, twins[0].id, word(ReplyResult.DONE, 9_800_000))
    reply(centre, second.id, word(ReplyResult.DONE, 9_800_000, hours=96))
    card = next(card for card in board(centre) if card.id == case)
    assert stopped_fen(centre, case) == card.loss_fen == 9_800_000
    assert card.stop_ends_at == START + timedelta(hours=96)
    assert centre.store.verify(SILENT) == ()


def test_evidence_on_its_way_is_not_called_bad(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    """Volume 1 is here, the evidence is not: the custody log must not say that a check failed."""
    case = register_report(session, a_form(session)).case
    photo = quick_folder / "photo.png"
    photo.write_bytes(b"photo" * 100)
    attach_files(session, case, [photo], SILENT)
    stick = quick_folder / "stick"
    stick.mkdir()
    first, second = export_bundle(session, stick, SILENT).volumes
    ingest(centre, Quarantine(quick_folder / "no"), [stick / first.name], SILENT)
    before = centre.store.digest(), history(centre, case)
    assert verify_evidence(centre, case, SILENT).checked == 0
    assert (centre.store.digest(), history(centre, case)) == before
    ingest(centre, Quarantine(quick_folder / "no"), [stick / second.name], SILENT)
    found = verify_evidence(centre, case, SILENT)
    assert (found.checked, found.bad) == (1, ())


def test_a_centre_enrols_stations_only(centre: Session, quick_folder: Path) -> None:
    other = take_seat(quick_folder / "other", "D", role=InstallationRole.CENTRE)
    with pytest.raises(TrustError) as caught:
        approve(centre, own_card(other.session))
    assert_error(caught.value, "card.not_a_station")
    other.session.store.close()


@pytest.mark.parametrize("at_once", [1, 3])
def test_a_bundle_taken_in_small_bites_says_the_same(
    session: Session,
    centre: Session,
    quick_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    for _ in range(3):
        issue_stop(session, a_form(session), 0)
    stick = quick_folder / "stick"
    stick.mkdir()
    entries = export_bundle(session, stick, SILENT).entries
    no = Quarantine(quick_folder / "no")
    whole = ingest(centre, no, [stick], SILENT, dry_run=True)
    monkeypatch.setattr("desktop.services.exchange.take_in.receive_bundle._AT_ONCE", at_once)
    monkeypatch.setattr("desktop.storage.transaction._AT_ONCE", at_once)
    assert ingest(centre, no, [stick], SILENT, dry_run=True) == whole
    assert ingest(centre, no, [stick], SILENT) == replace(whole, news=())
    assert whole.applied == entries
    assert [stopped_fen(centre, card.id) for card in board(centre)] == [0, 0, 0]
    assert ingest(centre, no, [stick], SILENT).already == entries
    assert centre.store.verify(SILENT) == ()


def test_a_bundle_that_was_never_noted_is_not_called_whole(
    session: Session, centre: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PC died between the last volume and the entry about it; then one of two volumes reached the centre."""
    case = register_report(session, a_form(session)).case
    photo = quick_folder / "photo.png"
    photo.write_bytes(b"photo" * 100)
    attach_files(session, case, [photo], SILENT)
    stick = quick_folder / "stick"
    stick.mkdir()
    with monkeypatch.context() as dying:
        dying.setattr("desktop.services.exchange.export.export_bundle.note", lambda *_: None)
        volumes = export_bundle(session, stick, SILENT).volumes
    states = []
    for number, volume in enumerate(volumes):
        ingest(centre, Quarantine(quick_folder / "no"), [stick / volume.name], SILENT)
        back = quick_folder / f"back{number}"
        back.mkdir()
        write_replies(centre, back, SILENT)
        assert not apply_bundle(session, [back], SILENT).problems
        with session.store.read() as reader:
            states += [row.state for row in reader.bundles() if row.outgoing]
    assert states == ["partial", "acknowledged"]
