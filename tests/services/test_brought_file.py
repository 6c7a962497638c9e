"""What is no plain file on a stick is named and left, by everybody who reads sticks; nothing waits and nothing leads
elsewhere."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.signed_files.bag import check_bag
from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.ingest import ingest
from desktop.domain.errors import AppError, TrustError, WorldError
from desktop.domain.progress import SILENT
from desktop.services.brought_file import files_below, open_brought, read_brought
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.evidence.find_photos import photos_in
from desktop.services.exchange.exchange_folder import exchange_folder, mailbox
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle, verify_bundle
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.sessions import Seat, a_form
from tests.support.stations import Station

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs links and named pipes")
_SECRET = b"what only this computer has" * 100


@pytest.fixture(params=["link", "pipe", "socket", "device", "dangling"])
def trap(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Lays something that is no plain file at a place; the code it is refused with."""
    secret = tmp_path / "secret.txt"
    secret.write_bytes(_SECRET)
    opened: list[socket.socket] = []

    def lay(path: Path) -> str:
        match request.param:
            case "link":
                path.symlink_to(secret)
            case "dangling":
                path.symlink_to(path.with_name("nowhere"))
            case "device":
                path.symlink_to("/dev/zero")
            case "pipe":
                os.mkfifo(path)
            case "socket":
                held = socket.socket(socket.AF_UNIX)
                here = Path.cwd()
                os.chdir(path.parent)  # such a name may have 107 octets
                held.bind(path.name)
                os.chdir(here)
                opened.append(held)
        return "file.special" if request.param in {"pipe", "socket"} else "file.link"

    yield lay
    for held in opened:
        held.close()


def _holds_secret(folder: Path) -> bool:
    plain = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return any(_SECRET in path.read_bytes() for path in plain)


def test_only_plain_files_are_opened(tmp_path: Path, trap: Callable[[Path], str]) -> None:
    trapped = tmp_path / "stick" / "x"
    trapped.parent.mkdir()
    code = trap(trapped)
    with pytest.raises(WorldError) as refused:
        open_brought(trapped)
    assert (refused.value.code, refused.value.params["name"]) == (code, "x")
    plain = tmp_path / "plain"
    plain.write_bytes(b"plain")
    assert read_brought(plain) == b"plain"


def test_a_device_itself_is_not_opened() -> None:
    with pytest.raises(WorldError, match="special"):
        open_brought("/dev/null")


def test_a_link_to_a_folder_is_named_and_not_entered(tmp_path: Path) -> None:
    stick, elsewhere = tmp_path / "stick", tmp_path / "elsewhere"
    for folder in (stick / "a", elsewhere):
        folder.mkdir(parents=True)
        (folder / "inside").touch()
    (stick / "led").symlink_to(elsewhere)
    assert list(files_below(stick)) == [stick / "led", stick / "a" / "inside"]


def test_a_stick_with_traps_is_taken_in_all_the_same(
    station: Station, trap: Callable[[Path], str], tmp_path: Path
) -> None:
    """The centre's ingest, a desk's apply and a check: the bundle counts, the trap is named, nothing is copied."""
    case = register_report(station.a, a_form(station.a)).case
    stick = tmp_path / "stick"
    stick.mkdir()
    export_bundle(station.a, stick, SILENT)
    code = trap(stick / "x.fzb")
    kept = Quarantine(tmp_path / "quarantine")
    checked = verify_bundle(station.centre, [stick], SILENT)
    assert [(one.path.name, one.error.code) for one in checked.problems] == [("x.fzb", code)]
    done = ingest(station.centre, kept, [stick], SILENT)
    assert done.cases == {case}
    assert [(one.path.name, one.error.code) for one in done.problems] == [("x.fzb", code)]
    assert kept.rows() == ()
    quiet = replace(station.b, quarantine=kept)
    told = apply_bundle(quiet, [stick / "x.fzb"], SILENT)
    assert [one.error.code for one in told.problems] == [code]
    assert not _holds_secret(tmp_path / "quarantine")


def test_a_trap_put_in_place_of_a_refused_volume_is_not_kept(
    tmp_path: Path, trap: Callable[[Path], str], centre: Session
) -> None:
    volume = tmp_path / "stick" / "x.fzb"
    volume.parent.mkdir()
    code = trap(volume)
    with pytest.raises(WorldError, match=code):
        Quarantine(tmp_path / "kept").keep(
            volume, TrustError("bundle.signature"), centre.clock.now()
        )
    assert not _holds_secret(tmp_path / "kept")


def test_a_shared_folder_tells_a_trap_once(station: Station, trap: Callable[[Path], str]) -> None:
    code = trap(station.folder / "x.fzb")
    assert [one.error.code for one in station.round(station.a).refused] == [code]
    assert station.round(station.a).refused == ()
    assert os.path.lexists(station.folder / "x.fzb"), "not ours to move"


def test_a_mailbox_that_is_a_link_is_neither_read_nor_written(
    station: Station, tmp_path: Path
) -> None:
    """Its target's volumes would be taken in and removed, ours laid there."""
    register_report(station.a, a_form(station.a))
    own = tmp_path / "own"
    own.mkdir()
    export_bundle(station.a, own, SILENT)
    held = sorted(own.iterdir())
    mailbox(station.folder, station.centre.profile.device).symlink_to(own)
    assert station.round(station.centre).received.volumes == 0
    assert sorted(own.iterdir()) == held
    register_report(station.a, a_form(station.a, "马强"))
    told = exchange_folder(station.a, station.folder, SILENT)
    assert "file.link" in {problem.code for problem in told.problems}
    assert sorted(own.iterdir()) == held


def test_a_phone_with_traps_gives_its_other_files(
    seat: Seat, trap: Callable[[Path], str], tmp_path: Path
) -> None:
    case = register_report(seat.session, a_form(seat.session)).case
    phone = tmp_path / "phone"
    phone.mkdir()
    (phone / "a.jpg").write_bytes(b"one picture")
    code = trap(phone / "b.jpg")
    (phone / "c.jpg").write_bytes(b"another")
    found = photos_in(phone, lambda _: None, ())
    with pytest.raises(WorldError) as told:
        attach_files(seat.session, case, [photo.path for photo in found.photos], SILENT)
    assert (told.value.code, told.value.params["name"]) == (code, "b.jpg")
    items = case_file(seat.session, case).evidence
    assert sorted(item.name for item in items) == ["a.jpg", "c.jpg"]


def test_many_links_do_not_end_an_import(seat: Seat, tmp_path: Path) -> None:
    case = register_report(seat.session, a_form(seat.session)).case
    phone = tmp_path / "phone"
    phone.mkdir()
    for number in range(30):
        (phone / f"{number:02}.jpg").symlink_to("/etc/hostname")
    (phone / "99.jpg").write_bytes(b"a picture")
    with pytest.raises(WorldError) as told:
        attach_files(seat.session, case, [phone], SILENT)
    assert (told.value.code, told.value.params["count"]) == ("evidence.some_unreadable", 30)
    assert [item.name for item in case_file(seat.session, case).evidence] == ["99.jpg"]


def test_answers_and_bags(centre: Session, trap: Callable[[Path], str], tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / "data").mkdir(parents=True)
    code = trap(stick / "data" / "answers.xlsx")
    (told,) = take_files(centre, [stick / "data" / "answers.xlsx"], SILENT)
    assert told.error is not None
    assert told.error.code == code
    with pytest.raises(AppError, match=r"bag\.path"):
        check_bag(stick)
