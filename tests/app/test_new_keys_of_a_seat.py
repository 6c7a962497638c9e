"""A PC of a centre takes new keys of its own: by a card, two officers at the first PC, and their approval."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.app.seats.enrol_seat import enrol_seat
from desktop.app.seats.renew_seat import make_next_keys
from desktop.app.seats.take_approval import take_approval
from desktop.bundles.signed_files.cards import parse_card
from desktop.domain.errors import AppError, WorldError
from desktop.runtime.keys.key_file import KeyFile
from desktop.services.exchange.peers.list_devices import list_device
from desktop.services.exchange.peers.own_keys import destroy_key, rotate_keys
from tests.app.city import City, city_at, sound
from tests.app.test_server_centre import BOSS
from tests.support.ceremony import colleague
from tests.support.databases import some_databases
from tests.support.installations import OFFICER, PASSWORD, machine


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    with some_databases("postgresql", tmp_path) as server, city_at(tmp_path, server) as made:
        yield made


def _no_room(*_given: object) -> None:
    raise WorldError("disk.full")


def test_a_seat_that_was_off_while_the_old_key_was_destroyed_is_refused_and_takes_new_keys(
    city: City,
) -> None:
    """It can not tell whose the keys of now are, and would seal to one that nobody has. By new keys of its own it is
    let in again, and opens what it kept."""
    city.joined()
    (seat,) = city.seats
    evidence = seat.session.vault.store_bytes("关机前的证据".encode()).sha256
    key, folder = str(seat.session.keys.current), seat.paths.root
    seat.close()
    shutil.copytree(folder, city.folder / "older")
    former = city.root.keys.current
    rotate_keys(city.root)
    seat.sign_in(BOSS, PASSWORD)  # one that heard of the change goes on after the destruction
    destroy_key(city.root, former, ())
    city.first.desk.tell()
    seat.close()
    seat.sign_in(BOSS, PASSWORD)
    seat.close()

    shutil.rmtree(folder)
    (city.folder / "older").rename(folder)  # one that did not
    for _ in range(2):
        with pytest.raises(AppError, match=r"seat\.left_behind"):
            seat.sign_in(BOSS, PASSWORD)
    card = make_next_keys(seat, BOSS, PASSWORD)
    _, approval = enrol_seat(city.first, card, colleague(city.root), key)
    with pytest.raises(AppError, match=r"seat_keys\.damaged"):
        take_approval(seat, BOSS, PASSWORD, approval[:-200])
    take_approval(seat, BOSS, PASSWORD, approval)
    session = seat.sign_in(BOSS, PASSWORD)
    assert seat.warnings == ()
    assert session.cards.fingerprint() == city.root.cards.fingerprint()
    assert session.vault.open(evidence).read() == "关机前的证据".encode()
    new = session.vault.store_bytes("以后的".encode()).sha256
    assert session.vault.open(new).read() == "以后的".encode()
    sound(session)


def test_new_keys_that_nobody_takes_up_or_that_are_not_this_pcs_change_nothing(
    city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk at either PC, an approval of another card, a card of keys that were here before."""
    city.joined(), city.joined()
    seat, other = city.seats
    key, theirs = str(seat.session.keys.current), str(other.session.keys.current)
    seat.close()
    other.close()
    former = make_next_keys(seat, BOSS, PASSWORD)
    card = make_next_keys(seat, BOSS, PASSWORD)
    beside = make_next_keys(other, BOSS, PASSWORD)
    with monkeypatch.context() as full:
        full.setattr(type(city.root.keys), "prepare", _no_room)
        with pytest.raises(WorldError, match=r"^disk\.full$"):
            enrol_seat(city.first, card, colleague(city.root), key)
    _, approval = enrol_seat(city.first, card, colleague(city.root), key)
    _, approved = enrol_seat(city.first, beside, colleague(city.root), theirs)
    for wrong in (former, card):
        with pytest.raises(AppError, match=r"centre_list\.not_listed"):
            enrol_seat(city.first, wrong, colleague(city.root), key)
    with pytest.raises(AppError, match=r"seat\.same_keys"):
        enrol_seat(city.first, card, colleague(city.root), str(parse_card(beside).device))
    _, device = city.new_seat()
    list_device(city.root, device, colleague(city.root))
    with pytest.raises(AppError, match=r"seat\.not_working"):
        enrol_seat(city.first, card, colleague(city.root), str(parse_card(device).device))
    with pytest.raises(AppError, match=r"seat_keys\.for_another"):
        take_approval(seat, BOSS, PASSWORD, approved)
    with monkeypatch.context() as full:
        full.setattr(KeyFile, "replace_secrets", _no_room)
        with pytest.raises(WorldError, match=r"^disk\.full$"):
            take_approval(seat, BOSS, PASSWORD, approval)
    for one, text in ((other, approved), (seat, approval)):
        take_approval(one, BOSS, PASSWORD, text)
        with pytest.raises(AppError, match=r"seat\.no_next_keys"):
            take_approval(one, BOSS, PASSWORD, text)
        one.sign_in(BOSS, PASSWORD)
        assert one.session.cards.fingerprint() == city.root.cards.fingerprint()


def test_only_a_pc_that_joined_and_that_nobody_works_at_makes_new_keys(city: City) -> None:
    city.joined()
    for one in (city.seats[0], city.first):
        with pytest.raises(AppError, match=r"profile\.in_use"):
            make_next_keys(Installation(one.paths.root, machine()), BOSS, PASSWORD)
    for one, officer in ((city.first, BOSS), (city.station, OFFICER)):
        one.close()
        with pytest.raises(AppError, match=r"seat\.not_joined"):
            make_next_keys(one, officer, PASSWORD)
        one.sign_in(officer, PASSWORD)
    waiting, _ = city.new_seat()
    with pytest.raises(AppError, match=r"profile\.missing|seat\.waiting"):
        make_next_keys(waiting, "620009", PASSWORD)
