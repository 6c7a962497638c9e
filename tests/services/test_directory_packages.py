"""Directories of the centre: a package with the tables that changed, and what is refused by name."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.signed_files.package_file import write_package
from desktop.domain.errors import AppError
from desktop.domain.exchange.data_package import PackageHead, PackageKind
from desktop.journal.authority import package_subject
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.packages.package_readers import package_readers
from desktop.runtime.packages.package_shelf import FolderShelf, InstalledPackage
from desktop.sealing.keys import DeviceKeys
from desktop.services.cases.form.find_hotlines import find_hotlines
from desktop.services.packages.install_package import install_package, packages_in_force
from desktop.services.packages.sign_package import sign_package
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sessions import Seat

OWN = resource_path("directories")
NEWER = "2027-03-01"
HOTLINES = '[[institution]]\nname = "陇上银行"\nnumbers = ["0931-12345678"]\naliases = ["陇行"]\nverified = true\n'
CARDS = "629999\t19\tdebit\t陇上银行\t\n".encode()


def head_of(cards: bytes, version: str = NEWER) -> bytes:
    return (
        f'version = "{version}"\n\n[cards]\ntitle = "BIN"\nversion = "2027-02"\nlicence = "MIT"\nrows = 1\n\n'
        f'[cards.sha256]\n"cards.tsv" = "{hashlib.sha256(cards).hexdigest()}"\n'
    ).encode()


@pytest.fixture
def station(session: Session, seat: Seat) -> Session:
    return replace(session, packages=FolderShelf(seat.root / "packs", package_readers()))


@pytest.fixture
def head_office(centre: Session, centre_seat: Seat) -> Session:
    return replace(centre, packages=FolderShelf(centre_seat.root / "packs", package_readers()))


@pytest.fixture
def signed(head_office: Session, quick_folder: Path) -> Callable[[dict[str, bytes], str], Path]:
    def sign(files: dict[str, bytes], version: str = NEWER) -> Path:
        file = quick_folder / f"{version}.fzp"
        file.write_bytes(sign_package(head_office, PackageKind.DIRECTORIES, version, files))
        return file

    return sign


def at_next_sign_in(station: Session, seat: Seat) -> PackedDirectories:
    with station.store.read() as reader:
        fields = reader.current(package_subject(station.profile.device, "directories"))
    shelf = FolderShelf(seat.root / "packs", package_readers())
    taken = InstalledPackage(str(fields["id"]), str(fields["version"]))
    folder = shelf.open(PackageKind.DIRECTORIES, taken)
    assert shelf.faults == ()
    return PackedDirectories(folder, OWN)


def test_the_tables_that_changed_replace_theirs_alone(
    station: Session, seat: Seat, signed: Callable[..., Path]
) -> None:
    files = {
        "hotlines.toml": HOTLINES.encode(),
        "cards.tsv": CARDS,
        "directory.toml": head_of(CARDS),
    }
    before = packages_in_force(station)[1]
    assert (before.kind, before.version) == (PackageKind.DIRECTORIES, "2026-11-25")
    assert install_package(station, signed(files)).waiting == NEWER
    tables = at_next_sign_in(station, seat)
    assert tables.version == NEWER
    issuer = tables.card_issuer("6299990000000000000")
    assert issuer is not None
    assert issuer.bank == "陇上银行"
    assert (
        tables.card_issuer("6222020000000000000") is None
    )  # the whole table of cards is the centre's
    assert [item.name for item in find_hotlines(tables, "629999")] == ["陇上银行"]
    assert find_hotlines(tables, "zfb")[0].name == "支付宝"  # of a file the package left alone
    assert tables.division("620102") is not None
    assert tables.mobile_segment("13993112345") is not None
    assert {table.version for table in tables.tables()} == {"2027-02", "2025-04", "2026-09"}
    tables.verify()


def test_hotlines_alone_make_a_pack(
    station: Session, seat: Seat, signed: Callable[..., Path]
) -> None:
    install_package(station, signed({"hotlines.toml": HOTLINES.encode()}))
    tables = at_next_sign_in(station, seat)
    assert find_hotlines(tables, "陇行")[0].verified
    assert tables.card_issuer("6222020000000000000") is not None


UNFIT = {
    "strange file": {"readme.html": b"<b>"},
    "licence alone": {"LICENSE-cards.txt": b"MIT"},
    "no toml": {"hotlines.toml": b"[[institution"},
    "no numbers": {"hotlines.toml": b'[[institution]]\nname = "x"\nverified = true\n'},
    "numbers no texts": {
        "hotlines.toml": b'[[institution]]\nname = "x"\nnumbers = [1]\nverified = true\n'
    },
    "no pattern": {"protected_numbers.toml": b'[[number]]\nshape = "("\nowner = "x"\n'},
    "digest of another": {"cards.tsv": CARDS + b"x", "directory.toml": head_of(CARDS)},
    "broken row": {"cards.tsv": b"62\t19\tdebit\n", "directory.toml": head_of(b"62\t19\tdebit\n")},
    "unknown kind": {
        "cards.tsv": b"62\t19\tgold\tx\t\n",
        "directory.toml": head_of(b"62\t19\tgold\tx\t\n"),
    },
    "another version": {"cards.tsv": CARDS, "directory.toml": head_of(CARDS, "2027-03-02")},
}


@pytest.mark.parametrize("files", UNFIT.values(), ids=UNFIT)
def test_what_no_desk_could_read_is_neither_signed_nor_taken(
    station: Session,
    head_office: Session,
    centre_seat: Seat,
    quick_folder: Path,
    files: dict[str, bytes],
) -> None:
    with pytest.raises(AppError) as caught:
        sign_package(head_office, PackageKind.DIRECTORIES, NEWER, files)
    assert_error(caught.value, "pack.unfit")
    head = PackageHead("directories", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    file = quick_folder / "bad.fzp"
    file.write_bytes(write_package(head, files, centre_seat.keys))
    refused(station, file, "pack.unfit")


def test_older_foreign_and_unsigned_ones_are_refused(
    station: Session, signed: Callable[..., Path], quick_folder: Path
) -> None:
    files = {"hotlines.toml": HOTLINES.encode()}
    refused(station, signed(files, "2026-11-25"), "pack.older")
    head = PackageHead("directories", NEWER, "2026-11-24T00:00:00.000Z", "市反诈中心", {})
    stranger = quick_folder / "stranger.fzp"
    stranger.write_bytes(write_package(head, files, DeviceKeys.generate()))
    refused(station, stranger, "pack.foreign")
    stranger.write_bytes(HOTLINES.encode())
    refused(station, stranger, "pack.unsigned")


def refused(session: Session, file: Path, code: str) -> None:
    before, state = length(session), packages_in_force(session)
    with pytest.raises(AppError) as caught:
        install_package(session, file)
    assert_error(caught.value, code)
    assert (length(session), packages_in_force(session)) == (before, state)
