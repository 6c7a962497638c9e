"""From the counter to the centre and back: every state on the way is what can be proved, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.inbox import stations
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.centre.scan import ScannedSlip, take_codes
from desktop.centre.slip_pictures import scan
from desktop.centre.waiting_slips import waiting_slips
from desktop.domain.cases.case import CaseState
from desktop.domain.cases.intake import TransferText
from desktop.domain.errors import TrustError, UserInputError
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.orders.sending.slip_collector import SlipCollector
from desktop.domain.orders.sending.way_orders import name_key
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.exchange.export.export_bundle import Exported, export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.sync_status import sync_status
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, apply_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_deadlines, case_file, order, orders
from desktop.services.orders.answers.slip_batches import batch_slips
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.make_slip import Slip, make_slip, slip_payload
from desktop.services.orders.unheard_orders import UnheardOrders, make_unheard_slip, unheard_orders
from desktop.services.session import Session
from tests.domain.cases.test_way import TRON
from tests.support.ceremony import approve, revoke_peer, trust_peer
from tests.support.clocks import HandClock
from tests.support.error_texts import assert_error
from tests.support.journals import written
from tests.support.sessions import Seat, a_form, stopped_fen, take_seat
from tests.support.strict import all_of


class Courier:
    """Carries sticks between a desk and the centre, each stick once."""

    def __init__(self, session: Session, centre: Session, folder: Path) -> None:
        self.session = session
        self.centre = centre
        self.folder = folder
        self.quarantine = Quarantine(folder / "quarantine")
        self.count = 0

    def stick(self) -> Path:
        self.count += 1
        stick = self.folder / f"stick{self.count}"
        stick.mkdir()
        return stick

    def export(self, **options: int) -> Exported:
        return export_bundle(self.session, self.stick(), SILENT, **options)  # type: ignore[arg-type]  # sizes only

    def ingest(self, made: Exported, *volumes: int) -> AppliedBundle:
        paths = [made.folder / volume.name for volume in made.volumes]
        chosen = [paths[number] for number in volumes] or paths
        return ingest(self.centre, self.quarantine, chosen, SILENT)

    def answer(self) -> AppliedBundle:
        stick = self.stick()
        write_replies(self.centre, stick, SILENT)
        return apply_bundle(self.session, [stick], SILENT)

    def order_state(self) -> OrderState:
        return orders(self.session)[0].state

    def bundle_state(self) -> str:
        return next(row.state for row in sync_status(self.session).bundles if row.outgoing)


@pytest.fixture
def courier(session: Session, centre: Session, quick_folder: Path) -> Courier:
    return Courier(session, centre, quick_folder)


def the_banks_word(courier: Courier, fen: int = 5_000_000) -> OrderReply:
    now = courier.centre.clock.now()
    return OrderReply(
        ReplyResult.PARTIAL, fen, 123_456, now, now + timedelta(hours=48), "中国农业银行", "客服 12",
        "部分资金已转出", now,
    )  # fmt: skip


def test_an_order_is_unheard_of_until_its_receipt_comes(courier: Courier) -> None:
    session = courier.session
    issued = issue_stop(session, a_form(session), 0)
    made = courier.export()
    courier.ingest(made)
    unheard = unheard_orders(session)
    assert (unheard.count, unheard.urgent and unheard.urgent.order.id) == (1, issued.order.id)
    courier.answer()
    assert unheard_orders(session) == UnheardOrders(0, None)


def waiting(session: Session) -> tuple[int, int]:
    """Orders of the only case that nobody has answered, and those of them that have not left this desk."""
    (card,) = board(session)
    return card.unanswered_orders, card.unsent_orders


def test_an_order_from_issue_to_reply(courier: Courier) -> None:
    session = courier.session
    issued = issue_stop(session, a_form(session), 0)
    assert courier.order_state() is OrderState.ISSUED
    assert waiting(session) == (1, 1), "nobody can answer what has not left"
    made = courier.export()
    assert courier.order_state() is OrderState.CARRIED
    assert waiting(session) == (1, 0)
    assert courier.bundle_state() == "exported"
    assert board(session)[0].sync == 0, "on a stick is not at the centre"
    assert courier.ingest(made).applied == made.entries
    assert waiting(courier.centre) == (1, 0)
    assert courier.order_state() is OrderState.CARRIED, "nobody told the desk yet"
    answer = courier.answer()
    assert (answer.receipts, answer.replies, answer.problems) == (1, 0, ())
    assert courier.order_state() is OrderState.ACKNOWLEDGED
    assert courier.bundle_state() == "acknowledged"
    assert board(session)[0].sync == 2
    word = the_banks_word(courier)
    reply(courier.centre, issued.order.number, word)
    assert courier.order_state() is OrderState.ACKNOWLEDGED
    answer = courier.answer()
    assert (answer.replies, answer.cases, answer.problems) == (1, frozenset({issued.case}), ())
    assert courier.order_state() is OrderState.PARTIAL
    (view,) = case_file(session, issued.case).orders
    assert view.order.reply == word
    card = board(session)[0]
    assert (stopped_fen(session, card.id), card.stop_ends_at, card.unanswered_orders) == (
        5_000_000, word.ends_at, 0,
    )  # fmt: skip
    assert card.state is CaseState.STOPPING
    clocks = {
        clock.name: clock.at for clock in case_deadlines(session, case_file(session, issued.case))
    }
    assert clocks["stop_end"] == word.ends_at
    assert clocks["file_and_freeze"] < clocks["stop_end"]
    for place in (session, courier.centre):
        assert check_health(place, SILENT) == ()


def test_what_is_pending_is_what_the_centre_has_not_proved_to_hold(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "截图.png", b"picture")
    status = sync_status(session).pending
    assert status is not None
    assert (status.cases, status.orders, status.blobs, status.size) == (1, 0, 1, 7)
    assert status.entries == len(written(session))
    made = courier.export()
    assert (made.entries, made.blobs) == (status.entries, 1)
    again = courier.export()
    assert again.blobs == 1, "carried again until there is a receipt"
    courier.ingest(made)
    courier.answer()
    status = sync_status(session).pending
    assert status is not None
    assert (status.cases, status.blobs, status.size) == (0, 0, 0)
    assert status.last_receipt_at == courier.centre.clock.now()


def test_what_came_in_stands_where_it_came_whatever_its_sender_calls_the_time(
    seat: Seat, centre_seat: Seat, courier: Courier
) -> None:
    came = []
    for days in (400, -400):
        register_report(courier.session, a_form(courier.session))
        seat.clock.advance(days=days)
        centre_seat.clock.advance(hours=1)
        courier.ingest(courier.export())
        came.append(centre_seat.clock.now())
    with courier.centre.store.read() as reader:
        rows = [row for row in reader.bundles() if not row.outgoing]
    assert [(row.number, row.at) for row in rows] == [
        ("A-000002", came[1]), ("A-000001", came[0]),
    ]  # fmt: skip
    assert [row.last_bundle_at for row in stations(courier.centre)] == [came[1]]


def test_records_go_before_evidence_and_each_volume_has_its_receipt(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    for number in range(7):
        attach_picture(session, case, f"{number}.png", bytes([number]) * 100)
    made = courier.export(volume_size=300)
    assert [len(volume.name) > 0 for volume in made.volumes] == [True] * 4
    courier.ingest(made, 0)
    courier.answer()
    assert board(session)[0].sync == 1, "the records are there, the evidence is not"
    assert courier.bundle_state() == "partial"
    courier.ingest(made, 3, 1)
    courier.answer()
    assert len(next(r.missing for r in sync_status(session).bundles if r.outgoing)) == 3
    rest = courier.export(volume_size=300)
    assert rest.blobs == 3, "only what is missing goes again"
    courier.ingest(rest)
    courier.answer()
    assert board(session)[0].sync == 2
    assert {row.state for row in sync_status(session).bundles if row.outgoing} == {"acknowledged"}


def test_no_entry_grows_with_the_number_of_blobs(
    courier: Courier, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.services.exchange.export.lay_volumes.MOST_BLOBS", 3)
    case = register_report(courier.session, a_form(courier.session)).case
    for number in range(7):
        attach_picture(courier.session, case, f"{number}.png", bytes([number]))
    made = courier.export()
    assert len(made.volumes) == 4
    courier.ingest(made)
    courier.answer()
    assert courier.bundle_state() == "acknowledged"
    for place in (courier.session, courier.centre):
        for entry in written(place):
            lists = [value for value in entry.fields.values() if isinstance(value, list | tuple)]
            if entry.subject.startswith("bundle/"):
                assert max(map(len, lists), default=0) <= 3


def test_evidence_may_come_before_its_records(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    attach_picture(session, case, "截图.png", b"picture")
    made = courier.export()
    first = courier.ingest(made, 1)
    assert (first.applied, first.blobs) == (0, 1)
    assert courier.ingest(made, 0).applied == made.entries
    courier.answer()
    assert board(session)[0].sync == 2


def test_a_lost_stick_leaves_a_gap_that_is_held_and_closed(courier: Courier) -> None:
    session = courier.session
    register_report(session, a_form(session))
    first = courier.export()
    courier.ingest(first)
    courier.answer()
    register_report(session, a_form(session, "马强"))
    lost = courier.export()
    register_report(session, a_form(session, "赵敏"))
    carried = courier.export()
    done = courier.ingest(carried)
    assert done.held == 0, "what was not acknowledged goes again, so there is no gap"
    assert courier.ingest(lost).already == lost.entries


def test_nothing_new_is_nothing_to_carry(courier: Courier) -> None:
    with pytest.raises(UserInputError) as caught:
        write_replies(courier.centre, courier.stick(), SILENT)
    assert_error(caught.value, "export.nothing")
    courier.ingest(courier.export())
    assert courier.answer().receipts == 1


@pytest.fixture
def neighbour(centre: Session, quick_folder: Path) -> Iterator[Seat]:
    made = take_seat(quick_folder / "b", "B", unit_code="620102550000", unit_name="雁滩派出所")
    trust_peer(made.session, approve(centre, own_card(made.session)))
    yield made
    made.session.store.close()


def test_a_station_learns_nothing_of_its_neighbours(courier: Courier, neighbour: Seat) -> None:
    issued = issue_stop(courier.session, a_form(courier.session), 0)
    courier.ingest(courier.export())
    reply(courier.centre, issued.order.id, the_banks_word(courier))
    stick = courier.stick()
    bundles = write_replies(courier.centre, stick, SILENT)
    assert [bundle.unit_name for bundle in bundles] == ["张掖路派出所"]
    done = apply_bundle(neighbour.session, [stick], SILENT)
    assert [item.error.code for item in done.problems] == ["bundle.not_for_us"]
    assert board(neighbour.session) == ()


def scanned(session: Session, slip: Slip) -> ScannedSlip:
    """What the centre reads from pictures of all codes, the last first and each twice."""
    codes = [code for png in slip.codes[::-1] for code in scan(session, png) * 2]
    found = take_codes(session, SlipCollector(), codes)
    assert found.refused == ()
    return found.slips[0]


def test_an_urgent_slip_is_read_and_known_again_in_the_bundle(courier: Courier) -> None:
    session = courier.session
    issued = issue_stop(session, a_form(session), 0)
    slip = make_slip(session, issued.order.number)
    assert slip.size <= 950
    assert written(session)[-1].kind == "slip.shown"
    found = scanned(courier.centre, slip)
    assert (found.device, found.unit_name) == (session.profile.device, "张掖路派出所")
    (order,) = found.orders
    assert not order.known
    assert order.payload["order"] == issued.order.id
    assert order.payload["amount_fen"] == 9_800_000
    assert order.payload["payee.account"] == "6230520010037788996"
    assert order.payload["victim.name"] == "李秀兰"
    courier.ingest(courier.export())
    assert scanned(courier.centre, slip).orders[0].known


def different_words(place: int) -> str:
    """A story nothing of which stands in another."""
    return "".join(chr(0x4E00 + (n * 97 + place * 211) % 6000) for n in range(90))


def test_many_orders_travel_as_a_sequence_and_come_once(courier: Courier) -> None:
    session, centre = courier.session, courier.centre
    names = [name + word for name in ("李秀兰", "马强", "赵敏") for word in ("云", "峰", "芳")]
    issued = [
        issue_stop(session, a_form(session, name, narrative=different_words(place)), 0).order.id
        for place, name in enumerate(names)
    ]
    slip = make_slip(session, *issued, issued[0])
    assert [order.id for order in slip.orders] == issued
    assert len(slip.codes) > 1
    assert slip.pdf.data.decode() == "slip " + " ".join(order.number for order in slip.orders)
    part = take_codes(centre, SlipCollector(), scan(centre, slip.codes[1]))
    assert part.slips == ()
    (begun,) = part.collector.begun
    assert begun.missing == tuple(n for n in range(1, len(slip.codes) + 1) if n != 2)
    found = scanned(centre, slip)
    assert [order.payload["order"] for order in found.orders] == issued
    assert [order.payload["victim.name"] for order in found.orders] == names
    assert orders(centre) == (), "the orders themselves come with their bundle"
    again = scanned(centre, slip)
    assert {order.before for order in again.orders} == {(centre.clock.now(), centre.officer.number)}
    courier.ingest(courier.export())
    assert {view.order.id for view in orders(centre)} == set(issued)
    assert len(orders(centre)) == len(issued)
    assert all_of(order.known for order in scanned(centre, slip).orders)
    assert check_health(centre, SILENT) == ()


def test_a_slip_speaks_for_the_unit_of_who_signed_it(courier: Courier) -> None:
    """Whatever unit it names: the batch tells banks of the one whose PC is enrolled, as of orders in bundles."""
    session, centre = courier.session, courier.centre
    issued = issue_stop(session, a_form(session), 0, confirmed=True)
    view, file = order(session, issued.order.id), case_file(session, issued.case)
    other: dict[str, Json] = {"unit_code": "620103550000", "unit_name": "七里河派出所"}
    payload = {**slip_payload(view, file), **other}
    codes = session.slips.seal_slip([payload], centre.cards.recipient())
    assert take_codes(centre, SlipCollector(), codes).refused == ()
    ((sent,),) = (batch.orders for batch in batch_slips(centre))
    own = session.profile
    assert (sent.order.unit_code, sent.order.unit_name) == (own.unit_code, own.unit_name)


def test_a_slip_alone_says_what_is_called_back(courier: Courier) -> None:
    """The centre has not the payment, whose way names the order: 暂停提现, and no 撤销提醒."""
    session = courier.session
    paid = TransferText(
        session.ids.new_id(), time="2026-11-24 10:20:05", amount="500", payee_account=TRON,
        payee_bank="OKX", way_kind="coin", way_hash="ab" * 32,
    )  # fmt: skip
    issued = issue_stop(session, a_form(session, transfers=(paid,)), 0, confirmed=True)
    scanned(courier.centre, make_slip(session, issued.order.number))
    (waiting,) = waiting_slips(courier.centre)
    assert waiting.order is not None
    assert name_key(waiting.order.kind, waiting.way) == "ways.called.coin"
    plain = issue_stop(session, a_form(session, "马强"), 0, confirmed=True)
    scanned(courier.centre, make_slip(session, plain.order.number))
    assert {slip.way for slip in waiting_slips(courier.centre)} == {"", "coin"}


def test_a_slip_needs_orders_that_somebody_is_to_act_on(courier: Courier) -> None:
    for make in (make_slip, make_unheard_slip):
        with pytest.raises(UserInputError) as caught:
            make(courier.session)
        assert_error(caught.value, "slip.nothing")


def test_a_slip_of_an_expired_enrolment_is_shown_and_says_so(courier: Courier) -> None:
    issued = issue_stop(courier.session, a_form(courier.session), 0)
    slip = make_slip(courier.session, issued.order.id)
    assert not scanned(courier.centre, slip).expired
    clock = courier.centre.clock
    assert isinstance(clock, HandClock)
    clock.advance(hours=24 * 2000)
    found = scanned(courier.centre, slip)
    assert (found.expired, len(found.orders)) == (True, 1)


def test_slips_of_strangers_and_pictures_of_nothing(courier: Courier, quick_folder: Path) -> None:
    stranger = take_seat(quick_folder / "x", "X", unit_code="620102560000")
    trust_peer(stranger.session, own_card(courier.centre))
    issued = issue_stop(stranger.session, a_form(stranger.session), 0)
    slip = make_slip(stranger.session, issued.order.id)
    refused = take_codes(courier.centre, SlipCollector(), scan(courier.centre, slip.codes[0]))
    assert (refused.slips, refused.collector) == ((), SlipCollector())
    assert_error(refused.refused[0], "slip.unknown_sender")
    trust_peer(courier.centre, own_card(stranger.session))
    assert take_codes(courier.centre, SlipCollector(), scan(courier.centre, slip.codes[0])).slips
    revoke_peer(courier.centre, stranger.session.profile.device, "电脑被盗")
    refused = take_codes(courier.centre, SlipCollector(), scan(courier.centre, slip.codes[0]))
    assert_error(refused.refused[0], "slip.ended_sender")
    stranger.session.store.close()
    other = courier.session.slips.qr_png(b"https://example.org")
    refused = take_codes(courier.centre, SlipCollector(), scan(courier.centre, other))
    assert_error(refused.refused[0], "slip.not_a_slip")
    paper = courier.session.slips.qr_png(b"620102540000-20261124-01-0017-0026-1")
    refused = take_codes(courier.centre, SlipCollector(), scan(courier.centre, paper))
    assert_error(refused.refused[0], "slip.paper")
    for sample in ("建行回单.pdf", "iPhone照片.heic"):
        with pytest.raises(TrustError) as caught:
            scan(courier.centre, (resource_path("samples") / sample).read_bytes())
        assert_error(caught.value, "slip.not_found")


def test_without_a_centre_there_is_no_slip_and_no_bundle(
    session: Session, quick_folder: Path
) -> None:
    issued = issue_stop(session, a_form(session), 0)
    for act in (
        lambda: make_slip(session, issued.order.id),
        lambda: export_bundle(session, quick_folder, SILENT),
    ):
        with pytest.raises(TrustError, match=r"^centre\.unknown$"):
            act()


def test_records_seals_and_passings_of_evidence_travel(courier: Courier) -> None:
    session = courier.session
    case = register_report(session, a_form(session)).case
    item = attach_picture(session, case, "聊天.png", b"chat").evidence.id
    record = EvidenceRecord(holder="李秀兰", second="620135", proves=("transfer/1",))
    record_evidence(session, case, [item], TypedRecord("手机", AcquisitionMethod.SEIZED, record))
    first = seal_evidence(session, case, [item], TypedSeal("LZ-1", reason="扣押"))
    open_seal(session, case, first.id, TypedSeal(reason="送检"))
    seal_evidence(session, case, [item], TypedSeal("LZ-2", reason="再封"))
    pass_evidence(session, case, [item], TypedPassing("陈检察官", reason="移送"), SILENT)
    courier.ingest(courier.export())
    here, there = case_file(session, case), case_file(courier.centre, case)
    assert there.evidence == here.evidence
    assert (there.seals, there.custody) == (here.seals, here.custody)
    assert check_health(courier.centre, SILENT) == ()


def test_a_slip_read_twice_says_so_and_the_bundle_brings_the_order_once(courier: Courier) -> None:
    session, centre = courier.session, courier.centre
    issued = issue_stop(session, a_form(session), 0)
    slip = make_slip(session, issued.order.id)
    (first,) = scanned(centre, slip).orders
    assert (first.known, first.before) == (False, None)
    assert orders(centre) == (), "the order itself comes with its bundle"
    (second,) = scanned(centre, slip).orders
    assert second.before == (centre.clock.now(), centre.officer.number)
    courier.ingest(courier.export())
    assert len(orders(centre)) == 1
    assert scanned(centre, slip).orders[0].known


def test_a_bundle_from_the_future_says_that_a_clock_is_wrong(
    courier: Courier, seat: Seat, centre_seat: Seat
) -> None:
    register_report(courier.session, a_form(courier.session))
    seat.clock.instant = centre_seat.clock.instant + timedelta(minutes=90)
    made = courier.export()
    assert courier.ingest(made).ahead == 90
    centre_seat.clock.advance(minutes=89, seconds=30)
    assert courier.ingest(made).ahead == 0, "within the tolerance"
    centre_seat.clock.advance(days=3)
    assert courier.ingest(made).ahead == 0, "a stick may lie for days"
