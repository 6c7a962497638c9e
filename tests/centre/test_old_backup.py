"""An older backup of the centre is restored: told, and healed by new streams; nothing that a station sent is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import ReplyBundle, reply, write_replies
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.progress import SILENT
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.own_keys import own_keys, rotate_keys
from desktop.services.exchange.peers.trust import own_card, peers
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.exchange.take_in.renew_streams import renew_streams
from desktop.services.look_up import board, case_file, order
from desktop.services.orders.answers.record_reply import record_reply
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.ceremony import approve, revoke_peer, trust_peer
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, take_seat

CHIEF = Officer("620134", "李静", (Role.ADMINISTRATOR, Role.DISPATCHER))


class Town:
    """A station with one desk, another station, and the centre whose disk dies."""

    def __init__(self, seat: Seat, centre_seat: Seat, folder: Path) -> None:
        self.a, self.c, self.folder, self.count = seat, centre_seat, folder, 0
        self.x = take_seat(folder / "x", "D", unit_code="620102550000", unit_name="雁滩派出所")
        trust_peer(self.x.session, approve(self.centre, own_card(self.x.session)))

    @property
    def centre(self) -> Session:
        return self.c.session

    def stick(self) -> Path:
        self.count += 1
        made = self.folder / f"stick{self.count}"
        made.mkdir()
        return made

    def carry(self) -> tuple[int, set[str]]:
        """Sticks of both to the centre and one back: what it took in, and why anything was refused."""
        back, refused, applied = self.stick(), set(), 0
        for seat in (self.a, self.x):
            stick = self.stick()
            with suppress(UserInputError):
                export_bundle(seat.session, stick, SILENT)
            done = ingest(self.centre, Quarantine(self.folder / "q"), [stick], SILENT)
            refused |= {item.error.code for item in done.problems}
            applied += done.applied
        told = write_replies(self.centre, back, SILENT)
        refused |= {item.error.code for item in told if item.error is not None}
        for seat in (self.a, self.x):
            done = apply_bundle(seat.session, [back], SILENT)
            refused |= {item.error.code for item in done.problems}
        return applied, refused

    def stops(self, seat: Seat) -> str:
        """A case with a piece of evidence and a stop; the order."""
        made = issue_stop(seat.session, a_form(seat.session), 0, confirmed=True)
        attach_picture(seat.session, made.case, "截图.png", made.order.id.encode())
        return made.order.id

    def replies(self, key: str, fen: int) -> None:
        now = self.centre.clock.now()
        end = now + timedelta(hours=48)
        reply(self.centre, key, OrderReply(ReplyResult.DONE, fen, 0, now, end, "农行", "", "", now))

    def back_up(self) -> None:
        self.centre.store.close()
        shutil.copytree(self.c.root, self.folder / "backup")
        self.c.reopen()

    def restore(self) -> None:
        self.centre.store.close()
        shutil.rmtree(self.c.root)
        shutil.copytree(self.folder / "backup", self.c.root)
        self.c.reopen()

    def renew(self) -> None:
        profile = renew_streams(replace(self.centre, officer=CHIEF))
        self.c.session = replace(self.centre, profile=profile)
        self.c.reopen()

    def alike(self) -> None:
        """Whatever a desk shows the centre shows, has the evidence of, and the desk knows that."""
        for seat in (self.a, self.x):
            for card in board(seat.session):
                mine, theirs = (
                    case_file(session, card.id) for session in (seat.session, self.centre)
                )
                assert mine == replace(theirs, orders=mine.orders)
                assert [v.order for v in mine.orders] == [v.order for v in theirs.orders]
                here = self.centre.vault.has
                assert [item for item in mine.evidence if not here(item.sha256)] == []
                assert card.sync == 2
        for session in (self.a.session, self.x.session, self.centre):
            assert session.store.verify(SILENT) == ()


def by_name(bundle: ReplyBundle) -> bool:
    return bundle.unit_name != "雁滩派出所"


@pytest.fixture
def town(seat: Seat, centre_seat: Seat, centre: Session, quick_folder: Path) -> Iterator[Town]:
    assert centre
    made = Town(seat, centre_seat, quick_folder)
    yield made
    made.x.session.store.close()


@pytest.mark.parametrize("typed_on", [False, True], ids=["renewed at once", "renewed late"])
def test_what_the_centre_lost_comes_once_more(town: Town, *, typed_on: bool) -> None:
    first, other = town.stops(town.a), town.stops(town.x)
    town.carry()
    town.back_up()
    for _ in range(3):
        town.stops(town.a)
        town.carry()
    town.restore()
    if typed_on:  # nobody noticed; what is said now bears numbers that the station holds
        town.replies(first, 9_800_000)
        town.stops(town.a)
        assert town.carry()[1] == {"journal.centre_set_back"}
    town.renew()
    town.replies(other, 100)
    for _ in range(3):
        _, refused = town.carry()
        assert refused == set()
    town.alike()
    assert len(board(town.centre)) == 5 + typed_on
    assert order(town.x.session, other).order.reply is not None
    if typed_on:
        assert order(town.a.session, first).state is OrderState.DONE
    town.stops(town.a)
    town.carry()
    town.alike()


def test_a_board_that_was_read_before_shows_what_the_centre_lost(town: Town) -> None:
    """And an older bundle of the centre's that comes after all waits for nothing."""
    late = town.stick()
    town.carry()
    town.back_up()
    town.stops(town.a)
    town.carry()
    town.carry()
    town.stops(town.a)
    town.stops(town.x)
    town.carry()
    assert {card.sync for card in board(town.a.session)} == {2}
    write_replies(town.centre, late, SILENT)
    town.restore()
    town.renew()
    back = town.stick()
    write_replies(town.centre, back, SILENT)
    assert apply_bundle(town.a.session, [back], SILENT).applied == 1
    assert 2 not in {card.sync for card in board(town.a.session)}
    assert apply_bundle(town.a.session, [late], SILENT).held == 0


def test_keys_and_revocations_are_reported_in_the_new_streams(town: Town) -> None:
    """A desk that is enrolled later, or was away, hears of both where it hears of anything."""
    town.carry()
    rotate_keys(replace(town.centre, officer=CHIEF))
    revoke_peer(town.centre, town.x.session.profile.device, "电脑被盗")
    town.renew()
    stick = town.stick()
    write_replies(town.centre, stick, SILENT)
    assert not apply_bundle(town.a.session, [stick], SILENT).problems
    with town.a.session.store.read() as reader:
        assert town.x.session.profile.device in reader.revoked_elsewhere()
    (centre,) = peers(town.a.session)
    assert centre.keys[0].fingerprint == own_keys(town.centre)[0].fingerprint


def test_a_centre_that_was_set_back_is_reported(town: Town) -> None:
    """By the first bundle that comes in, though what it holds waits for what was lost."""
    town.stops(town.a)
    town.carry()
    town.back_up()
    town.carry()
    town.restore()
    stick = town.stick()
    export_bundle(town.a.session, stick, SILENT)
    ingest(town.centre, Quarantine(town.folder / "q"), [stick], SILENT)
    for_x, for_a = sorted(write_replies(town.centre, town.stick(), SILENT), key=by_name)
    assert for_x.error is None, "another station is written to all the same"
    assert for_a.error is not None
    assert_error(for_a.error, "journal.centre_set_back")
    with pytest.raises(RuleError) as refused:
        renew_streams(town.a.session)
    assert_error(refused.value, "centre.not_a_centre")


def test_what_came_too_early_waits_for_the_bundle_before_it(town: Town) -> None:
    town.back_up()
    key, first, back, second = town.stops(town.a), town.stick(), town.stick(), town.stick()
    kept = Quarantine(town.folder / "q")
    export_bundle(town.a.session, first, SILENT)
    ingest(town.centre, kept, [first], SILENT)
    write_replies(town.centre, back, SILENT)
    apply_bundle(town.a.session, [back], SILENT)
    town.restore()
    now = town.a.session.clock.now()
    said = OrderReply(ReplyResult.DONE, 1, 0, now, now + timedelta(hours=48), "农行", "", "", now)
    record_reply(town.a.session, key, said)
    export_bundle(town.a.session, second, SILENT)
    early = ingest(town.centre, kept, [second], SILENT)
    assert (early.problems, early.refused, early.applied) == ((), (), 0)
    assert early.held > 0
    assert not ingest(town.centre, kept, [first], SILENT).problems
    assert kept.rows() == ()
    assert order(town.centre, key).order.reply == said
