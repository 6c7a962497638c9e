"""Large evidence over small sticks: cut, carried, interrupted, continued, and whole again at the centre."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import Cancelled, WorldError
from desktop.domain.exchange.delivery import DeliveryStage
from desktop.domain.exchange.volumes import BundleRow, MediumFacts, WrittenVolume
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.runtime.media.medium_facts import FAT_LARGEST, label_of, largest_file
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export import lay_volumes
from desktop.services.exchange.export.delivery import delivery
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.export.export_record import begin
from desktop.services.exchange.export.lay_volumes import piece_size, volume_size_for
from desktop.services.exchange.export.plan_export import ExportPlan, make_plan
from desktop.services.exchange.export.preflight_export import preflight
from desktop.services.exchange.sync_status import pending_at_centre, sync_status
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, apply_bundle
from desktop.services.health import check_health
from desktop.services.look_up import case_evidence
from desktop.services.session import Session
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.sealed_files import sealed_file
from tests.support.sessions import Seat, a_form
from tests.support.strict import all_of

MIB = 1 << 20
FAT = MediumFacts("STICK", "vfat", 58 << 30, FAT_LARGEST)


class Errand:
    """A case with a film and some photos, sticks, and the way to the centre."""

    def __init__(self, seat: Seat, centre: Session, folder: Path) -> None:
        self.seat, self.session, self.centre, self.folder = seat, seat.session, centre, folder
        self.case: CaseId = register_report(self.session, a_form(self.session)).case
        self.quarantine = Quarantine(folder / "quarantine")
        self.count = 0

    def attach(self, name: str, data: bytes) -> str:
        path = self.folder / name
        path.write_bytes(data)
        attach_files(self.session, self.case, [path], SILENT)
        return case_evidence(self.session, self.case)[-1].sha256

    def stick(self) -> Path:
        self.count += 1
        made = self.folder / f"stick{self.count}"
        made.mkdir()
        return made

    def ingest(self, *paths: Path) -> AppliedBundle:
        done = ingest(self.centre, self.quarantine, paths, SILENT)
        assert not done.problems
        return done

    def answer(self) -> None:
        stick = self.stick()
        write_replies(self.centre, stick, SILENT)
        assert not apply_bundle(self.session, [stick], SILENT).problems

    def states(self) -> list[str]:
        """Of what went out, the newest first."""
        with self.session.store.read() as reader:
            sent = [row for row in reader.bundles() if row.outgoing]
        return [row.state for row in sorted(sent, key=lambda row: row.number, reverse=True)]

    def newest(self) -> BundleRow:
        with self.session.store.read() as reader:
            return max((row for row in reader.bundles() if row.outgoing), key=lambda r: r.number)


@pytest.fixture
def errand(seat: Seat, centre: Session, quick_folder: Path) -> Errand:
    return Errand(seat, centre, quick_folder)


class StopInside:
    """A wish to stop that comes in the midst of work which tells nothing of itself."""

    inside = False

    def advance(self, done: int, total: int) -> None:
        assert not self.inside

    def check(self) -> None:
        if self.inside:
            raise Cancelled


class StopAfter:
    """A stick that is pulled out once so many volumes are whole."""

    def __init__(self, volumes: int) -> None:
        self.left = volumes

    def written(self, _index: int, _volumes: int, _volume: WrittenVolume) -> None:
        self.left -= 1

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        if self.left <= 0:
            raise Cancelled


def test_a_blob_larger_than_a_volume_travels_in_parts(errand: Errand) -> None:
    film = os.urandom(MIB) + bytes(2 * MIB) + os.urandom(MIB + 17)
    sha256 = errand.attach("film.mp4", film)
    photo = errand.attach("photo.jpg", b"photo" * 1000)
    stick = errand.stick()
    made = export_bundle(errand.session, stick, SILENT, volume_size=MIB)
    assert len(made.volumes) > 4
    assert made.blobs == 2
    paths = [stick / volume.name for volume in made.volumes]
    for path in (*reversed(paths), paths[2]):  # in any order, and one twice
        errand.ingest(path)
    with errand.centre.vault.open(sha256) as stream:
        assert stream.read() == film
    assert errand.centre.vault.has(photo)
    errand.answer()
    row = errand.newest()
    assert (row.state, row.missing) == ("acknowledged", ())
    assert row.answered_at is not None
    for place in (errand.session, errand.centre):
        assert check_health(place, SILENT) == ()


def test_volumes_that_never_came_are_named_and_a_part_is_no_evidence(errand: Errand) -> None:
    errand.attach("film.mp4", os.urandom(4 * MIB))
    errand.attach("photo.jpg", b"photo" * 1000)
    stick = errand.stick()
    made = export_bundle(errand.session, stick, SILENT, volume_size=MIB)
    paths = [stick / volume.name for volume in made.volumes]
    assert len(paths) == 6
    dry = ingest(errand.centre, errand.quarantine, [paths[0]], SILENT, dry_run=True)
    for done in (dry, errand.ingest(paths[0])):
        assert [(item.number, item.count, item.volumes) for item in done.lacking] == [
            (made.number, 6, (2, 3, 4, 5, 6))
        ]
        assert done.lacking[0].words["volumes"] == "2–6"
    some = errand.ingest(*paths[3:5])
    assert (some.blobs, some.lacking[0].words["volumes"]) == (0, "2–3, 6")
    rest = errand.ingest(paths[1], paths[2], paths[5])
    assert (rest.blobs, rest.lacking) == (2, ())
    assert errand.ingest(paths[0]).lacking == ()


def test_a_smaller_stick_is_asked_for_no_more_than_it_needs() -> None:
    """What a volume of that size is cut into for it."""
    room = lay_volumes.room_for
    assert room(3 << 30, None) == lay_volumes.LEAST_VOLUME_SIZE + 2 * lay_volumes.ENVELOPE
    assert room(3 << 30, 3 << 30) == (3 << 30) + lay_volumes.ENVELOPE
    tight = replace(FAT, free=room(3 << 30, None))
    assert volume_size_for(tight, None) + lay_volumes.ENVELOPE <= tight.free


def test_the_parts_that_never_came_are_carried_again_and_no_others(errand: Errand) -> None:
    film = os.urandom(5 * MIB)
    sha256 = errand.attach("film.mp4", film)
    stick = errand.stick()
    made = export_bundle(errand.session, stick, SILENT, volume_size=MIB)
    paths = [stick / volume.name for volume in made.volumes]
    errand.ingest(*paths[:3])
    errand.answer()
    assert (errand.newest().state, len(errand.newest().missing)) == ("partial", 3)
    again = errand.stick()
    made = export_bundle(errand.session, again, SILENT, volume_size=MIB)
    assert len(made.volumes) == 1 + 3, "records, and the three parts that are missing"
    errand.ingest(again)
    with errand.centre.vault.open(sha256) as stream:
        assert stream.read() == film


def test_an_interrupted_export_is_continued_on_another_stick(errand: Errand) -> None:
    for number in range(4):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    first, second = errand.stick(), errand.stick()
    stop = StopAfter(3)
    with pytest.raises(Cancelled):
        export_bundle(errand.session, first, stop, volume_size=MIB, on_volume=stop.written)
    assert len(list(first.glob("*.fzb"))) == 3, "whole volumes stay"
    assert errand.newest().state == "begun"
    assert sync_status(errand.session).to_write == 2 * (MIB - 100), (
        "the other two are on the first stick"
    )
    errand.seat.reopen()
    errand.session = errand.seat.session
    made = export_bundle(errand.session, second, SILENT, volume_size=MIB)
    assert errand.states() == ["exported", "continued"], "the first stick has to be carried too"
    assert sync_status(errand.session).to_write == 0, "everything is on its way"
    assert (made.carried, len(made.volumes)) == (2, 1 + 2), "records anew, then what was left"
    errand.ingest(second)
    errand.ingest(first)
    errand.answer()
    with errand.session.store.read() as reader:
        centre = errand.centre.profile.device
        assert reader.unacknowledged_blobs(centre) == ()
        carried = [row.cases for row in reader.bundles() if row.outgoing]
    assert carried == [1, 1], "what each carried, though the second brought the centre no news"
    assert errand.states() == ["acknowledged", "acknowledged"]
    told = delivery(errand.session)
    assert told is not None
    assert set(told.files) == {DeliveryStage.CLOSED}
    left = pending_at_centre(errand.session)
    assert left is not None
    assert left.quiet > 0
    assert (left.entries, left.traces) == (0, True), "records of the exchange alone"


def test_the_room_that_is_asked_for_is_what_the_next_export_writes(errand: Errand) -> None:
    """What a finished export carries goes along again until a receipt lists it."""
    errand.attach("photo.jpg", os.urandom(900))
    export_bundle(errand.session, errand.stick(), SILENT)
    assert sync_status(errand.session).to_write == 0, "everything is on its way"
    errand.attach("later.jpg", os.urandom(700))
    needed = sync_status(errand.session).to_write
    assert needed == preflight(errand.session, errand.stick()).size == 1600


def test_what_waits_for_the_centre_never_grows_by_an_export(errand: Errand) -> None:
    """What an export writes about itself is nothing that anybody waits for."""
    errand.attach("photo.jpg", os.urandom(900))
    before = pending_at_centre(errand.session)
    for _ in range(3):
        export_bundle(errand.session, errand.stick(), SILENT)
        after = pending_at_centre(errand.session)
        assert before is not None
        assert after is not None
        assert (after.cases, after.entries, after.blobs) == (
            before.cases,
            before.entries,
            before.blobs,
        )
        assert after.quiet > before.quiet


def test_a_stick_that_never_came_is_waited_for_no_longer(errand: Errand) -> None:
    errand.attach("photo.jpg", os.urandom(900))
    lost, second = errand.stick(), errand.stick()
    export_bundle(errand.session, lost, SILENT)
    left = pending_at_centre(errand.session)
    assert left is not None
    assert not left.traces
    export_bundle(errand.session, second, SILENT, afresh=True)
    assert errand.states() == ["exported", "exported"]
    errand.ingest(second)
    errand.answer()
    assert errand.states() == ["acknowledged", "elsewhere"]


def test_a_stick_that_leaves_its_folder_behind_is_gone_all_the_same(
    errand: Errand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written behind it lies on this computer's own disk: nothing of it counts, and it does not stay."""
    errand.attach("photo.jpg", os.urandom(900))
    stick, device = errand.stick(), [7]
    monkeypatch.setattr("desktop.runtime.media.medium_facts._place", lambda _folder: device[0])

    def pulled(_index: int, _volumes: int, _volume: WrittenVolume) -> None:
        device[0] = 1

    with pytest.raises(WorldError, match=r"^medium\.gone$"):
        export_bundle(errand.session, stick, SILENT, on_volume=pulled)
    assert [path.name.rpartition("-")[2] for path in stick.glob("*.fzb")] == ["1of2.fzb"]
    assert errand.states() == ["begun"]
    assert sync_status(errand.session).to_write == 900


def test_an_export_that_failed_at_once_is_no_worry_after_the_next(errand: Errand) -> None:
    with pytest.raises(Cancelled):
        export_bundle(errand.session, errand.stick(), StopAfter(0))
    assert errand.states() == ["begun"]
    export_bundle(errand.session, errand.stick(), SILENT)
    assert errand.states() == ["exported", "void"]


def test_what_was_wiped_from_the_stick_is_written_again(errand: Errand) -> None:
    for number in range(3):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    stick, stop = errand.stick(), StopAfter(3)
    with pytest.raises(Cancelled):
        export_bundle(errand.session, stick, stop, volume_size=MIB, on_volume=stop.written)
    for path in stick.iterdir():
        path.unlink()
    made = export_bundle(errand.session, stick, SILENT, volume_size=MIB)
    assert (made.carried, len(made.volumes)) == (0, 4)


@pytest.mark.parametrize("change", [{"serial": "4F2A-0002"}, {"label": "NETAC"}])
def test_another_stick_at_the_same_place_goes_on_where_the_first_was_full(
    errand: Errand, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    """Under Windows one after the other is E:, and with small ones nothing would ever be finished."""
    for number in range(3):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    stick, stop = errand.stick(), StopAfter(3)
    there = [replace(FAT, serial="4F2A-0001", place=stick.stat().st_dev)]
    monkeypatch.setattr(type(errand.session.volumes), "medium", lambda *_: there[0])
    with pytest.raises(Cancelled):
        export_bundle(errand.session, stick, stop, volume_size=MIB, on_volume=stop.written)
    first = errand.stick()
    for path in stick.iterdir():
        path.rename(first / path.name)
    there[0] = replace(there[0], **change)  # type: ignore[arg-type]  # texts
    made = export_bundle(errand.session, stick, SILENT, volume_size=MIB)
    assert (made.carried, len(made.volumes)) == (2, 2)
    errand.ingest(stick, first)
    assert all_of(
        errand.centre.vault.has(i.sha256) for i in case_evidence(errand.session, errand.case)
    )


def test_a_desk_set_back_writes_over_nothing_it_forgot(errand: Errand) -> None:
    """The stick may be the only place where that is."""
    seat, backup, stick = errand.seat, errand.folder / "backup", errand.stick()
    seat.session.store.close()
    shutil.copytree(seat.root, backup)
    seat.reopen()
    export_bundle(seat.session, stick, SILENT)
    (lost,) = stick.glob("*.fzb")
    before = lost.read_bytes()
    seat.session.store.close()
    shutil.rmtree(seat.root)
    shutil.copytree(backup, seat.root)
    seat.reopen()
    made = [export_bundle(seat.session, stick, SILENT).number for _ in range(2)]
    assert made == ["A-000002", "A-000003"]
    assert lost.read_bytes() == before


@pytest.mark.parametrize("size", [None, MIB, MIB // 4], ids=["one volume", "several", "cut"])
@pytest.mark.parametrize("loss", ["damaged", "gone meanwhile"])
def test_a_file_that_can_not_be_read_keeps_back_no_other(
    errand: Errand, monkeypatch: pytest.MonkeyPatch, size: int | None, loss: str
) -> None:
    """One bad file kept all evidence of the desk from ever leaving it; a large one its orders too."""
    digests = [errand.attach(f"{n}.jpg", os.urandom(MIB // 2)) for n in range(3)]
    path = sealed_file(errand.session, digests[1])

    def begun(*given: Any) -> ExportPlan:
        path.unlink(missing_ok=True)
        return begin(*given)

    if loss == "damaged":
        path.write_bytes(path.read_bytes()[:-9] + b"?" * 9)
    else:
        monkeypatch.setattr("desktop.services.exchange.export.export_bundle.begin", begun)
    for _ in range(2):
        stick = errand.stick()
        made = export_bundle(errand.session, stick, SILENT, volume_size=size)
        assert made.skipped == (digests[1],)
        errand.ingest(stick)
    assert [errand.centre.vault.has(digest) for digest in digests] == [True, False, True]
    errand.answer()
    told = delivery(errand.session)
    assert told is not None
    assert [told.blob(digest) for digest in digests[1:]] == [
        DeliveryStage.HERE,
        DeliveryStage.CLOSED,
    ]
    for place in (errand.session, errand.centre):
        assert place.store.verify(SILENT) == ()


def test_a_file_that_went_bad_at_the_centre_is_mended_by_its_stick(errand: Errand) -> None:
    """It was taken for one that is here already, and listed in the next receipt."""
    digest, stick = errand.attach("photo.jpg", os.urandom(MIB)), errand.stick()
    export_bundle(errand.session, stick, SILENT)
    assert errand.ingest(stick).blobs == 1
    assert errand.ingest(stick).blobs == 0
    path = sealed_file(errand.centre, digest)
    path.write_bytes(path.read_bytes()[:-9] + b"?" * 9)
    assert not errand.centre.vault.verify(digest, SILENT)
    assert errand.ingest(stick).blobs == 1
    assert errand.centre.vault.verify(digest, SILENT)


def test_a_stop_is_heard_while_what_is_here_is_read_again(
    errand: Errand, monkeypatch: pytest.MonkeyPatch
) -> None:
    errand.attach("film.mp4", os.urandom(3 * MIB))
    stick, watch = errand.stick(), StopInside()
    export_bundle(errand.session, stick, SILENT)
    assert errand.ingest(stick).blobs == 1
    verify = EncryptedVault.verify

    def reading(vault: EncryptedVault, sha256: str, progress: Progress) -> bool:
        watch.inside = True
        try:
            return verify(vault, sha256, progress)
        finally:
            watch.inside = False

    monkeypatch.setattr(EncryptedVault, "verify", reading)
    with pytest.raises(Cancelled):
        ingest(errand.centre, errand.quarantine, [stick], watch)


def test_two_programs_at_once_give_no_number_twice(
    errand: Errand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window and a watched folder of one centre, say: one begins while the other still plans."""
    beside: list[str] = []

    def meanwhile(*args: Any, **options: Any) -> ExportPlan:
        plan = make_plan(*args, **options)
        if not beside:
            beside.append("")
            beside[0] = export_bundle(errand.session, errand.stick(), SILENT).number
        return plan

    monkeypatch.setattr("desktop.services.exchange.export.export_bundle.make_plan", meanwhile)
    made = export_bundle(errand.session, errand.stick(), SILENT).number
    assert [*beside, made] == ["A-000001", "A-000002"]


def test_a_lost_stick_is_written_again_on_request(errand: Errand) -> None:
    for number in range(2):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    stop = StopAfter(2)
    with pytest.raises(Cancelled):
        export_bundle(errand.session, errand.stick(), stop, volume_size=MIB, on_volume=stop.written)
    made = export_bundle(errand.session, errand.stick(), SILENT, volume_size=MIB, afresh=True)
    assert (made.carried, len(made.volumes)) == (0, 3)


@pytest.mark.parametrize("forgotten", [False, True], ids=["small first", "small forgotten"])
def test_a_stick_too_small_takes_what_fits_and_the_next_one_the_rest(
    errand: Errand, monkeypatch: pytest.MonkeyPatch, *, forgotten: bool
) -> None:
    for number in range(3):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    small = errand.stick()
    real = type(errand.session.volumes).write_volume
    room = [3]

    def cramped(*args: object, **options: object) -> WrittenVolume:
        if not room[0]:
            raise WorldError("disk.not_enough", need="1 MB", free="0 B")
        room[0] -= 1
        return real(*args, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(type(errand.session.volumes), "write_volume", cramped)
        made = export_bundle(errand.session, small, SILENT, volume_size=MIB)
    assert (made.left, len(made.volumes), errand.newest().state) == (1, 3, "begun")
    assert made.room == lay_volumes.ENVELOPE + MIB - 100
    large = errand.stick()
    made = export_bundle(errand.session, large, SILENT, volume_size=MIB)
    assert (made.left, made.carried, len(made.volumes)) == (0, 2, 2)
    if forgotten:  # the sender's own journal, which comes with the second, tells of the first
        (lacking,) = errand.ingest(large).lacking
        assert (lacking.number, lacking.count, lacking.volumes) == ("A-000001", 4, (2, 3))
        dry = ingest(errand.centre, errand.quarantine, [large, small], SILENT, dry_run=True)
        assert dry.lacking == ()
    else:
        (lacking,) = errand.ingest(small).lacking
        assert (lacking.number, lacking.volumes) == ("A-000001", (4,))
    assert (
        errand.ingest(large, small).lacking == ()
    )  # the later one brought what the other left behind
    errand.answer()
    with errand.session.store.read() as reader:
        assert reader.unacknowledged_blobs(errand.centre.profile.device) == ()


def test_not_even_the_records_fit(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object, **_options: object) -> WrittenVolume:
        raise WorldError("disk.not_enough", need="1 MB", free="0 B")

    monkeypatch.setattr(type(errand.session.volumes), "write_volume", full)
    with pytest.raises(WorldError, match=r"disk\.not_enough"):
        export_bundle(errand.session, errand.stick(), SILENT)


def test_preflight_tells_what_fits(errand: Errand, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        errand.attach(f"{number}.jpg", os.urandom(MIB - 100))
    free = lay_volumes.ENVELOPE + 2 * MIB
    medium = MediumFacts("STICK", "vfat", free, FAT_LARGEST)
    monkeypatch.setattr(type(errand.session.volumes), "medium", lambda *_: medium)
    found = preflight(errand.session, errand.stick(), volume_size=MIB)
    assert (found.volumes, found.fits, found.blobs) == (4, 3, 3)
    assert found.size == 3 * (MIB - 100)
    assert found.medium.label == "STICK"


def test_volumes_stay_within_what_the_file_system_takes() -> None:
    assert largest_file("vfat") == largest_file("FAT32") == (1 << 32) - 1
    assert largest_file("exfat") is largest_file("NTFS") is None
    assert volume_size_for(FAT, 1 << 40) + lay_volumes.ENVELOPE <= FAT_LARGEST
    assert volume_size_for(replace(FAT, largest_file=None), 1 << 40) == 1 << 40
    assert volume_size_for(FAT, None) == lay_volumes.DEFAULT_VOLUME_SIZE
    nearly_full = replace(FAT, free=1 << 30)
    assert volume_size_for(nearly_full, None) < 1 << 30
    assert volume_size_for(replace(FAT, free=0), None) == lay_volumes.LEAST_VOLUME_SIZE


@pytest.mark.parametrize("size", [1, MIB, MIB + 1, 1 << 30, (4 << 30) - (64 << 20)])
def test_parts_are_cut_where_any_two_exports_agree(size: int) -> None:
    part = piece_size(size)
    assert part <= size
    assert part & (part - 1) == 0
    assert part <= 1 << 30


def test_sticks_are_known_by_their_name() -> None:
    assert label_of(Path("/run/media/zyl/KINGSTON")) == "KINGSTON"
    assert label_of(Path("/media/STICK")) == "STICK"
    assert label_of(Path("/home")) == ""
    assert label_of(Path("/")) == ""
