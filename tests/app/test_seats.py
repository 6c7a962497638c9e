"""PCs of one centre with keys of their own on one PostgreSQL database."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.installation import Installation
from desktop.app.keys.shared_keys import FIRST_PC
from desktop.app.seats.choose_vault import choose_vault
from desktop.app.seats.enrol_seat import enrol_seat
from desktop.app.seats.join_centre import join_centre, make_seat
from desktop.app.windows.window import Program
from desktop.bundles.signed_files.cards import ENROLMENT, make_card, parse_card
from desktop.bundles.signed_files.seat_keys import open_shared, seal_shared
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.new_seat import NewSeat
from desktop.domain.orders.order import OrderState
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal.authority import keys_subject, peer_subject
from desktop.sealing.age_identity import AgeIdentity
from desktop.sealing.fingerprint import grouped
from desktop.sealing.keys import DeviceKeys
from desktop.services.audit.note_lock import note_lock
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.backup_key import choose_backup
from desktop.services.exchange.peers.list_devices import unlist_device
from desktop.services.exchange.peers.own_keys import reseal_evidence, rotate_keys
from desktop.services.exchange.peers.seats import keep_up
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import (
    apply_bundle,
)
from desktop.services.look_up import orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from desktop.storage.database.statements import run
from desktop.ui.shared.kit.task_runner import InlineTaskRunner
from desktop.ui.sign_in.setup_window import SetupWindow
from desktop.ui.sign_in.sign_in_window import SignInWindow
from tests.app.city import CENTRE, City, answer, answer_all, city_at, sound
from tests.app.test_server_centre import BOSS
from tests.support.ceremony import THEIR_PASSWORD, colleague
from tests.support.clocks import HandClock
from tests.support.databases import Databases, some_databases, written_past_the_store
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    machine,
    make_centre,
    make_desk,
)
from tests.support.sessions import a_form
from tests.ui.pages.errors import tells
from tests.ui.pages.sign_in import SignInPage


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Databases]:
    with some_databases("postgresql", tmp_path) as found:
        yield found


@pytest.fixture
def city(server: Databases, tmp_path: Path) -> Iterator[City]:
    with city_at(tmp_path, server) as made:
        yield made


def test_a_seat_with_keys_of_its_own_speaks_as_the_centre(city: City) -> None:
    """Taken in at one PC and answered at the other, both at once, then one is taken away."""
    station = city.station.session
    numbers = [issue_stop(station, a_form(station), 0).order.number for _ in range(4)]
    seat = city.joined()
    assert seat.profile.device == city.root.profile.device
    assert seat.keys.current != city.root.keys.current
    city.up(seat)
    with pytest.raises(AppError, match=r"seat\.not_known_there"):
        city.down(seat)
    assert city.down(city.root).problems == ()
    city.up(city.root)

    with ThreadPoolExecutor(2) as both:
        halves = ((city.root, numbers[:2]), (seat, numbers[2:]))
        done = [both.submit(answer_all, *half) for half in halves]
        for one in done:
            one.result()
    assert city.down(seat).problems == ()
    assert {view.state for view in orders(station)} == {OrderState.DONE}
    city.up(seat)
    sound(station)
    with seat.store.read() as reader:
        assert reader.heads().keys() >= {seat.profile.own_stream, city.root.profile.own_stream}
        shift = reader.last_shift(BOSS, timedelta(hours=1))
    assert shift is not None, "whoever sits there is briefed by what happened at that PC"
    assert shift.came > 0

    expect_gone_after_removal(city, seat)


def expect_gone_after_removal(city: City, seat: Session) -> None:
    """It writes nothing, its last bundle is refused, all it wrote before stands; nothing is lost."""
    station = city.station.session
    choose_backup(city.root, AgeIdentity.generate().recipient.text, colleague(city.root))
    late = city.stick()
    write_replies(seat, late, SILENT)
    before = seat.store.rebuild(SILENT)
    former = city.root.keys.current
    fingerprint = str(seat.keys.current)
    unlist_device(city.root, fingerprint, colleague(city.root))
    assert city.root.keys.current != former
    with pytest.raises(AppError, match=r"seat\.removed"):
        note_lock(seat, locked=True)
    assert city.root.store.rebuild(SILENT) == city.root.store.digest() != before
    sound(city.root)
    assert city.down(city.root).problems == ()
    (refused,) = apply_bundle(station, [late], SILENT).problems
    assert refused.error.code == "bundle.revoked_sender", "the first PC sent all of it"
    assert {view.state for view in orders(station)} == {OrderState.DONE}


def test_who_was_taken_away_opens_nothing_new_and_those_who_stay_go_on(city: City) -> None:
    """Keys change under a seat that is open; one that was off follows at its next sign-in."""
    gone, open_, off = city.joined(), city.joined(), city.joined()
    city.down(city.root)
    city.up(city.root)
    city.seats[2].close()
    assert off.profile.seat
    unlist_device(city.root, str(gone.keys.current), colleague(city.root))
    city.down(city.root)
    issued = issue_stop(city.station.session, a_form(city.station.session), 0)
    stick = city.stick()
    export_bundle(city.station.session, stick, SILENT)
    with gone.store.read() as reader, pytest.raises(AppError, match=r"seat\.removed"):
        keep_up(gone, reader)
    with open_.store.read() as reader:
        keep_up(open_, reader)
    assert open_.cards.fingerprint() == city.root.cards.fingerprint()
    refused = ingest(gone, gone.quarantine, [stick], SILENT)
    assert [one.error.code for one in refused.problems] == ["bundle.not_for_us"]
    assert ingest(open_, open_.quarantine, [stick], SILENT).problems == ()
    answer(open_, issued.order.number)
    again = city.seats[2].sign_in(BOSS, PASSWORD)
    assert again.keys.held >= {city.root.keys.current}
    assert city.down(again).problems == ()
    assert {view.state for view in orders(city.station.session)} == {OrderState.DONE}
    city.seats[0].close()
    with pytest.raises(AppError, match=r"seat\.removed"):
        city.seats[0].sign_in(BOSS, PASSWORD)
    sound(again)


def test_what_was_left_by_nobody_of_the_centre_is_not_taken(city: City) -> None:
    """Not even by who knows the master key: a PC that was taken away, and reaches the database."""
    city.joined()
    seat, root = city.seats[0], city.root
    stranger = DeviceKeys.generate()
    card = make_card(
        ENROLMENT, stranger, CENTRE, "兰州市反诈中心", "C", "centre", "2026-11-24T01:00:00.000Z",
        device=root.profile.device,
    )  # fmt: skip
    content: dict[str, Json] = {
        "master": seat.desk.unlocked.master.hex(),
        "slots": seat.desk.file.shared_slots(),
        "keys": [[stranger.device_id, stranger.age.raw.hex()]],
    }
    recipients = [identity.recipient.text for identity in seat.desk.ring.identities]
    for name in (FIRST_PC, stranger.device_id):
        seat.desk.store.share_text(name, seal_shared(card, recipients, content, stranger))
        assert not seat.desk.follow()
    seat.desk.store.share_text(FIRST_PC, "no text of ours")
    assert not seat.desk.follow()
    assert stranger.device_id not in seat.session.keys.held
    city.first.desk.tell()
    rotate_keys(root)
    assert seat.desk.follow()
    assert seat.session.cards.fingerprint() == root.cards.fingerprint()


def test_whoever_writes_into_the_database_gives_a_removed_pc_nothing(city: City) -> None:
    """A PC that was taken away and has the database's password: what it puts there makes no other PC seal to the keys
    it has, or take over passwords."""
    city.joined(), city.joined()
    gone, stays = city.seats
    former, device = gone.desk.ring.identities, city.root.profile.device
    unlist_device(city.root, str(gone.session.keys.current), colleague(city.root))
    assert stays.desk.follow()
    with written_past_the_store(stays.desk.store) as connection:
        run(connection, "DELETE FROM value WHERE subject = ?", (keys_subject(device),))
        where = (peer_subject(device, gone.session.profile.seat).partition("/")[2],)
        stored = run(connection, "SELECT fields FROM party_row WHERE party = ?", where).scalar_one()
        working = json.dumps({**json.loads(stored), "revoked_at": ""})
        run(connection, "UPDATE party_row SET fields = ? WHERE party = ?", (working, *where))
    clock = gone.machine.clock
    assert isinstance(clock, HandClock)
    clock.advance(minutes=1)
    gone.session.slots.change(BOSS, PASSWORD, "Another-own-Kx8-word", "")
    newest = city.root.cards.fingerprint()
    for one in (stays, city.first, stays):
        one.close()
        one.sign_in(BOSS, PASSWORD)
    assert stays.session.cards.fingerprint() == newest
    texts = stays.desk.store.shared_texts()
    with pytest.raises(TrustError, match=r"seat_keys\.for_another"):
        open_shared(texts[stays.session.profile.seat], former)
    keys = dict(open_shared(texts[FIRST_PC], former).content["keys"])
    assert newest not in map(grouped, keys), "it goes by what the database says is in use"


def test_officers_are_the_centres(city: City) -> None:
    """Whoever has a password of the centre signs in at every seat, with the newest one."""
    seat, number = city.joined(), "620178"
    colleague(city.root)
    city.first.desk.tell()
    city.seats[0].desk.follow()
    city.seats[0].close()
    hers = city.seats[0].sign_in(number, THEIR_PASSWORD)
    assert hers.profile.seat == seat.profile.seat
    clock = city.seats[0].machine.clock
    assert isinstance(clock, HandClock)
    clock.advance(minutes=1)
    hers.slots.change(number, THEIR_PASSWORD, "Another-own-Kx8-word", "")
    city.first.close()
    city.first.sign_in(BOSS, PASSWORD)
    city.first.close()
    assert city.first.sign_in(number, "Another-own-Kx8-word").officer.number == number
    copied = Installation(city.folder / "copied", machine())
    shutil.copytree(city.seats[0].paths.root, copied.paths.root)
    city.seats.append(copied)
    twin = copied.sign_in(number, "Another-own-Kx8-word")
    for one in (hers, twin, hers):
        note_lock(one, locked=True)
    sound(twin)


def test_programs_at_the_first_pc_change_keys_one_after_the_other(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window and a command: neither takes from the key file what the other put there. Where no new keys can be
    written no PC is taken away."""
    seat, root = city.joined(), city.root
    twin = Installation(city.first.paths.root, machine())
    city.seats.append(twin)
    beside = twin.sign_in(BOSS, PASSWORD)
    made = {rotate_keys(one).fingerprint for one in (root, beside, root, beside)}
    with beside.store.read() as reader:
        keep_up(root, reader)
    assert root.keys.current == beside.keys.current
    key, newest = str(seat.keys.current), root.keys.current
    with monkeypatch.context() as full:
        full.setattr(type(root.keys), "prepare", _no_room)
        with pytest.raises(WorldError, match=r"^disk\.full$"):
            unlist_device(root, key, colleague(root))
    note_lock(seat, locked=True)
    unlist_device(root, key, colleague(root))
    assert root.keys.current != newest
    with pytest.raises(AppError, match=r"seat\.removed"):
        note_lock(seat, locked=True)
    for one in (city.first, twin):
        one.close()
    assert city.first.sign_in(BOSS, PASSWORD).keys.held > made
    assert city.first.warnings == ()
    assert city.down(city.root).problems == ()


def _no_room(*_given: object) -> DeviceId:
    raise WorldError("disk.full")


def test_an_older_copy_of_a_seat_forgets_no_password(city: City) -> None:
    """Nobody signed in elsewhere since one was changed there: what the PC told of it is all there is."""
    city.joined()
    (seat,) = city.seats
    seat.close()
    shutil.copytree(seat.paths.root, city.folder / "older")
    changed = seat.sign_in(BOSS, PASSWORD)
    clock = seat.machine.clock
    assert isinstance(clock, HandClock)
    clock.advance(minutes=1)
    changed.slots.change(BOSS, PASSWORD, "Another-own-Kx8-word", "")
    seat.close()
    rotate_keys(city.root)
    city.joined()
    older = Installation(city.folder / "older", machine())
    city.seats.append(older)
    older.sign_in(BOSS, PASSWORD)
    city.first.close()
    city.first.sign_in(BOSS, PASSWORD)
    for one in (older, city.first):
        one.close()
        assert one.sign_in(BOSS, "Another-own-Kx8-word").officer.number == BOSS


def test_who_sits_at_a_removed_pc_is_signed_out_and_hears_why(
    city: City, qapp: QApplication, qtbot: QtBot
) -> None:
    seat = city.joined()
    city.seats[0].close()
    program = Program(qapp, city.seats[0].paths.root, machine=machine(), runner=InlineTaskRunner())
    program.start()
    program.open_desk(program.installation.sign_in(BOSS, PASSWORD))
    assert program.centre_window is not None
    unlist_device(city.root, str(seat.keys.current), colleague(city.root))
    program.centre_window.status.refresh()
    qtbot.waitUntil(lambda: isinstance(program.front, SignInWindow))
    assert program.front is not None
    assert tells(SignInPage(qtbot, program.front).message(), "seat.removed")
    program.shut_down()


def test_an_approval_is_for_one_pc_of_one_centre(city: City) -> None:
    seat, card = city.new_seat()
    other, elsewhere = city.new_seat("620200000000")
    former, card = card, make_seat(seat, NewSeat(CENTRE, "兰州市反诈中心", "D", "620009", PASSWORD))
    assert former != card, "made again while it waits"
    with pytest.raises(AppError, match=r"centre_list\.not_of_centre"):
        enrol_seat(city.first, elsewhere, colleague(city.root))
    _, approval = enrol_seat(city.first, card, colleague(city.root))
    with pytest.raises(AppError, match=r"seat_keys\.for_another"):
        join_centre(other, "620009", PASSWORD, approval)
    with pytest.raises(AppError, match=r"seat\.waiting"):
        seat.sign_in("620009", PASSWORD)
    for wrong in ("", approval[:-200], approval.replace("sealed", "seale6"), approval + "x"):
        with pytest.raises(AppError, match=r"seat_keys\.damaged"):
            join_centre(seat, "620009", PASSWORD, wrong)
    stranger, own = DeviceKeys.generate(), parse_card(card)
    theirs = make_card(
        ENROLMENT, stranger, "620200000000", "嘉峪关", "C", "centre", "2026-11-24T01:00:00.000Z"
    )
    foreign = seal_shared(theirs, (own.recipient,), {"seat": own.device}, stranger)
    with pytest.raises(AppError, match=r"seat_keys\.other_centre"):
        join_centre(seat, "620009", PASSWORD, foreign)
    fingerprint = own.fingerprint
    unlist_device(city.root, fingerprint, colleague(city.root))
    with pytest.raises(AppError, match=r"seat\.removed"):
        join_centre(seat, "620009", PASSWORD, approval)
    _, fresh = enrol_seat(city.first, card, colleague(city.root))
    join_centre(seat, "620009", PASSWORD, fresh)
    with pytest.raises(AppError, match=r"profile\.exists"):
        make_seat(seat, NewSeat(CENTRE, "兰州市反诈中心", "D", "620009", PASSWORD))
    with pytest.raises(AppError, match=r"seat\.not_waiting"):
        join_centre(seat, BOSS, PASSWORD, fresh)
    assert seat.sign_in(BOSS, PASSWORD).profile.seat == fingerprint
    with pytest.raises(AppError, match=r"seat\.first_pc"):
        own_card(seat.session)
    with pytest.raises(AppError, match=r"seat\.first_pc"):
        rotate_keys(seat.session)
    with pytest.raises(AppError, match=r"seat\.first_pc"):
        unlist_device(seat.session, fingerprint, colleague(city.root))


def test_a_card_put_into_a_profile_neither_shuts_it_nor_costs_it_its_keys(
    tmp_path: Path, qapp: QApplication
) -> None:
    """By the file alone a PC waits for its centre: of a profile it says nothing, and a damaged one stops no start."""
    desk, waits = make_desk(tmp_path / "desk"), Installation(tmp_path / "waits", machine())
    facts = NewSeat(CENTRE, "兰州市反诈中心", "D", "620009", PASSWORD)
    card = make_seat(waits, facts)
    for installation, text, window in (
        (desk, card, SignInWindow), (waits, card, SetupWindow), (waits, "{", SetupWindow)
    ):  # fmt: skip
        installation.paths.waiting_seat.write_text(text, "utf-8")
        program = Program(
            qapp, installation.paths.root, machine=machine(), runner=InlineTaskRunner()
        )
        program.start()
        assert isinstance(program.front, window)
        program.shut_down()
    with pytest.raises(AppError, match=r"profile\.exists"):
        make_seat(desk, facts)
    assert desk.sign_in(OFFICER, PASSWORD).officer.number == OFFICER
    desk.close()


def test_a_centre_with_its_data_in_a_file_has_one_pc(tmp_path: Path) -> None:
    centre = make_centre(tmp_path / "centre")
    session = centre.sign_in(BOSS, PASSWORD)
    seat = Installation(tmp_path / "seat", machine())
    card = make_seat(seat, NewSeat(CENTRE, "兰州市反诈中心", "D", "620009", PASSWORD))
    with pytest.raises(AppError, match=r"seat\.needs_server"):
        enrol_seat(centre, card, colleague(session))
    centre.close()


def test_what_one_pc_seals_in_the_shared_folder_the_others_open(city: City) -> None:
    """Also what was there before a seat came; a folder that is not connected is not made anew on the PC."""
    old = city.root.vault.store_bytes("旧证据".encode()).sha256
    share = city.stick()
    assert choose_vault(city.first, share, SILENT) == 1
    city.first.close()
    root = city.first.sign_in(BOSS, PASSWORD)
    city.joined()
    (seat,) = city.seats
    choose_vault(seat, share, SILENT)
    seat.close()
    other = seat.sign_in(BOSS, PASSWORD)
    assert other.vault.open(old).read() == "旧证据".encode()
    new = other.vault.store_bytes("新证据".encode()).sha256
    assert root.vault.open(new).read() == "新证据".encode()
    unlist_device(root, str(other.keys.current), colleague(root))
    late = root.vault.store_bytes("以后的".encode()).sha256
    assert not other.vault.has(late), "its name tells nothing, and no key there opens it"
    assert reseal_evidence(root, SILENT) == 2
    with pytest.raises(WorldError, match=r"vault\.missing"):
        other.vault.open(new)
    share.rename(share.with_name("gone"))
    seat.close()
    city.first.close()
    root = city.first.sign_in(BOSS, PASSWORD)
    with pytest.raises(WorldError, match=r"vault\.not_there"):
        root.vault.store_bytes(b"x")
    assert not share.exists()
