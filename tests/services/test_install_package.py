"""Packages of the centre: only newer ones under its signature change what a desk works with."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.bundles.signed_files.package_file import read_package, write_package
from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.exchange.data_package import PackageHead, PackageInForce, PackageKind, is_newer
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.authority import package_subject
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.package_readers import package_readers
from desktop.runtime.packages.package_shelf import FolderShelf, InstalledPackage
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.sealing.keys import DeviceKeys
from desktop.services.packages.install_package import install_package, packages_in_force
from desktop.services.packages.sign_package import sign_package
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.own_rules import own_version
from tests.support.sessions import Seat

NATIONAL = resource_path("rules/national.toml").read_bytes()
NEWER = "2027-03-01"


def rules_of(version: str, change: Callable[[str], str] = lambda text: text) -> dict[str, bytes]:
    """The program's own rules under another version, changed."""
    text = NATIONAL.decode().replace(own_version(), version, 1)
    folder = resource_path("rules")
    files = {path.name: path.read_bytes() for path in folder.glob("*.toml")}
    return {**files, "national.toml": change(text).encode()}


@pytest.fixture
def shelf(seat: Seat) -> FolderShelf:
    return FolderShelf(seat.root / "packs", package_readers())


@pytest.fixture
def station(session: Session, shelf: FolderShelf) -> Session:
    return replace(session, packages=shelf)


@pytest.fixture
def head_office(centre: Session, centre_seat: Seat) -> Session:
    return replace(centre, packages=FolderShelf(centre_seat.root / "packs", package_readers()))


@pytest.fixture
def file(quick_folder: Path) -> Path:
    return quick_folder / "rules.fzp"


def rules_in_force(session: Session) -> PackageInForce:
    """What the rules of a desk rest on."""
    return next(item for item in packages_in_force(session) if item.kind is PackageKind.RULES)


def refused(session: Session, file: Path, code: str) -> None:
    before, state = length(session), packages_in_force(session)
    with pytest.raises(AppError) as caught:
        install_package(session, file)
    assert_error(caught.value, code)
    assert (length(session), packages_in_force(session)) == (before, state)


def shift_in_working_days(text: str) -> str:
    at = text.index('id = "shift.ahead"')
    return text[:at] + text[at:].replace('unit = "hours"', 'unit = "working_days"', 1)


def shorter_stop(text: str) -> str:
    at = text.index('id = "stop.validity"')
    return text[:at] + text[at:].replace("value = 48", "value = 72", 1)


def test_a_newer_pack_counts_from_the_next_sign_in(
    station: Session, head_office: Session, file: Path, seat: Seat
) -> None:
    file.write_bytes(
        sign_package(head_office, PackageKind.RULES, NEWER, rules_of(NEWER, shorter_stop))
    )
    own = rules_in_force(station)
    assert (own.version, own.unit, own.taken_at) == (own_version(), "", None)
    taken = install_package(station, file)
    assert (taken.version, taken.waiting) == (own_version(), NEWER)
    with station.store.read() as reader:
        fields = reader.current(package_subject(station.profile.device, "rules"))
    fresh = FolderShelf(seat.root / "packs", package_readers())
    folder = fresh.open(PackageKind.RULES, InstalledPackage(str(fields["id"]), NEWER))
    assert "value = 72" in (folder / "national.toml").read_text("utf-8")
    now = rules_in_force(replace(station, packages=fresh))
    assert (now.version, now.unit, now.waiting) == (NEWER, "市反诈中心", "")
    assert now.taken_at == station.clock.now()
    assert fresh.faults == ()


def test_what_is_older_or_the_same_is_refused(
    station: Session, head_office: Session, file: Path
) -> None:
    for version in (own_version(), "2026-11-25.9"):
        file.write_bytes(sign_package(head_office, PackageKind.RULES, version, rules_of(version)))
        refused(station, file, "pack.older")
    file.write_bytes(sign_package(head_office, PackageKind.RULES, NEWER, rules_of(NEWER)))
    install_package(station, file)
    file.write_bytes(
        sign_package(head_office, PackageKind.RULES, "2027-02-28", rules_of("2027-02-28"))
    )
    refused(station, file, "pack.older")


def test_a_centre_whose_enrolment_ended_is_refused(
    station: Session, head_office: Session, file: Path, seat: Seat
) -> None:
    file.write_bytes(sign_package(head_office, PackageKind.RULES, NEWER, rules_of(NEWER)))
    seat.clock.advance(hours=24 * 2000)
    refused(station, file, "pack.expired_sender")


def test_strangers_and_the_unsigned_are_refused(
    station: Session, head_office: Session, file: Path
) -> None:
    stranger = write_package(
        PackageHead("rules", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {}),
        rules_of(NEWER),
        DeviceKeys.generate(),
    )
    file.write_bytes(stranger)
    refused(station, file, "pack.foreign")
    file.write_bytes(rules_of(NEWER)["national.toml"])
    refused(station, file, "pack.unsigned")
    good = sign_package(head_office, PackageKind.RULES, NEWER, rules_of(NEWER))
    for spoiled, code in (
        (b"", "pack.malformed"),
        (b"\0" * 4096, "pack.malformed"),
        (good[:-512], "pack.malformed"),
        (good + b"\0", "pack.malformed"),
        (good.replace(b"value = 48", b"value = 84", 1), "pack.altered"),
        (good.replace(NEWER.encode(), b"2027-03-02", 1), "pack.altered"),
        (good.replace(b"pack.toml.sig", b"pack.toml.sog", 1), "pack.unsigned"),
    ):
        file.write_bytes(spoiled)
        refused(station, file, code)


def test_content_the_program_can_not_work_with_is_refused(
    station: Session, head_office: Session, file: Path, centre_seat: Seat
) -> None:
    for change in (
        lambda text: text.replace('unit = "fen"', 'unit = "hours"', 1),
        lambda text: text.replace("value = 48", "value = -48"),
        lambda text: text.replace(NEWER, "2027-03-02"),
        lambda text: text + "\n[else]\n",
        shift_in_working_days,
        lambda text: text.replace("valid_from = 2016-06-01", "valid_from = 2027-03-02", 1),
        lambda text: text.replace(
            "valid_from = 2016-06-01", "valid_from = 2016-06-01\nvalid_until = 2027-03-05", 1
        ),
        lambda text: text.replace("valid_until = 2025-12-31", "valid_until = 2025-12-30", 1),
    ):
        files = rules_of(NEWER, change)
        with pytest.raises(AppError) as caught:
            sign_package(head_office, PackageKind.RULES, NEWER, files)
        assert_error(caught.value, "pack.unfit")
        head = PackageHead("rules", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
        file.write_bytes(write_package(head, files, centre_seat.keys))
        refused(station, file, "pack.unfit")
    head = PackageHead("recipes", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    file.write_bytes(write_package(head, {"a.toml": b""}, centre_seat.keys))
    refused(station, file, "pack.kind")


def test_the_file_that_is_missing_is_named_and_no_place_of_this_computer(
    head_office: Session,
) -> None:
    files = rules_of(NEWER)
    del files["holidays.toml"]
    with pytest.raises(WorldError) as caught:
        sign_package(head_office, PackageKind.RULES, NEWER, files)
    assert caught.value.params == {"reason": "holidays.toml: missing"}


def test_a_pack_older_than_a_rule_leaves_it_to_the_program(
    station: Session, head_office: Session, file: Path, centre_seat: Seat, seat: Seat
) -> None:
    def former(text: str) -> str:
        return text.replace('id = "stop.validity"', 'id = "stop.former"')

    files = rules_of(NEWER, former)
    files["holidays.toml"] = b"year = []\n"
    with pytest.raises(AppError) as caught:
        sign_package(head_office, PackageKind.RULES, NEWER, files)
    assert_error(caught.value, "pack.unfit")
    head = PackageHead("rules", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    file.write_bytes(write_package(head, files, centre_seat.keys))
    install_package(station, file)
    (folder,) = (seat.root / "packs" / "rules").iterdir()
    fresh = FolderShelf(seat.root / "packs", package_readers())
    own = resource_path("rules")
    rules = load_rule_pack(fresh.open(PackageKind.RULES, InstalledPackage(folder.name, NEWER)), own)
    assert fresh.faults == ()
    assert (rules.version, rules.calendar) == (NEWER, load_rule_pack(own).calendar)
    day = date(2026, 11, 24)
    assert rules.rule("stop.validity", day) == load_rule_pack(own).rule("stop.validity", day)


def test_a_folder_that_was_touched_gives_way_to_the_own_rules(
    station: Session, head_office: Session, file: Path, seat: Seat
) -> None:
    file.write_bytes(sign_package(head_office, PackageKind.RULES, NEWER, rules_of(NEWER)))
    install_package(station, file)
    (folder,) = (seat.root / "packs" / "rules").iterdir()
    national = folder / "national.toml"
    for spoil in (lambda: national.write_bytes(NATIONAL), lambda: shutil.rmtree(folder)):
        spoil()
        fresh = FolderShelf(seat.root / "packs", package_readers())
        assert fresh.open(PackageKind.RULES, InstalledPackage(folder.name, NEWER)) == resource_path(
            "rules"
        )
        assert_error(fresh.faults[0], "pack.lost")
        again = replace(station, packages=fresh)
        assert install_package(again, file).waiting == NEWER, "the same pack mends it"


def test_only_a_centre_signs(station: Session, head_office: Session) -> None:
    for session, version, code in (
        (station, NEWER, "pack.not_a_centre"),
        (head_office, "spring", "pack.version"),
        (
            replace(head_office, officer=Officer("9", "审计", (Role.AUDITOR,))),
            NEWER,
            "rights.missing",
        ),
    ):
        with pytest.raises(AppError) as caught:
            sign_package(session, PackageKind.RULES, version, rules_of(version))
        assert_error(caught.value, code)
    with pytest.raises(AppError) as caught:
        sign_package(head_office, PackageKind.RULES, NEWER, {**rules_of(NEWER), "../x": b""})
    assert_error(caught.value, "pack.names")


VERSIONS = st.dates().map(str) | st.tuples(st.dates(), st.integers(1, 9999)).map(
    lambda pair: f"{pair[0]}.{pair[1]}"
)


@given(VERSIONS, VERSIONS)
def test_of_two_versions_at_most_one_is_newer(left: str, right: str) -> None:
    assert not (is_newer(left, right) and is_newer(right, left))
    assert is_newer(left, right) or is_newer(right, left) or left == right
    assert is_newer(left, "")


KEYS = DeviceKeys.generate()
HEAD = PackageHead("rules", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
WHOLE = write_package(HEAD, {"a.toml": b"x = 1\n", "b.bin": bytes(700)}, KEYS)


@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_octet_can_be_changed(at: int, by: int) -> None:
    spoiled = bytearray(WHOLE)
    spoiled[at] ^= by
    with pytest.raises(TrustError) as caught:
        read_package(bytes(spoiled))
    assert caught.value.code in {
        "pack.malformed", "pack.altered", "pack.unsigned", "pack.newer_format",
    }  # fmt: skip
