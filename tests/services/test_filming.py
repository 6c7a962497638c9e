"""Guided filming: photographs in order, each for its shot, numbered; what is missing is named."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import Cancelled, UserInputError, WorldError
from desktop.domain.evidence.contents import Fact, camera_time
from desktop.domain.evidence.item import AcquisitionMethod, StoredBlob
from desktop.domain.evidence.photographing import (
    Shot,
    film_order,
    filmed,
    lists_for,
    missing_shots,
    moved,
    spread,
)
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.local_time import CHINA
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.find_photos import photos_in, when_taken
from desktop.services.evidence.photograph_evidence import Frame, photograph_evidence
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.evidence.view_evidence import keep_thumbnail
from desktop.services.look_up import case_evidence
from desktop.services.papers.paper_facts import CONTACT_SHEET, paper_facts
from desktop.services.ports import Vault
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.sessions import SCRIPTS, a_form
from tests.support.strict import all_of
from tests.ui.evidence.fakes import FakeFiles

SHOTS = SCRIPTS.shots[0].shots
TOLD = TypedRecord(
    "李秀兰手机",
    AcquisitionMethod.PROVIDED,
    EvidenceRecord(holder="李秀兰", device="华为 P60", second="620135"),
)


def no_time(_path: Path) -> None:
    """Of a camera that tells none."""


def photograph(taken: str) -> bytes:
    """A JPEG of nothing but what a camera says of its time (CIPA DC-008)."""
    text = taken.encode() + b"\0"
    exif = struct.pack("<HHHIIIHHHIII", 1, 0x8769, 4, 1, 26, 0, 1, 0x9003, 2, len(text), 44, 0)
    tiff = b"II*\0" + struct.pack("<I", 8) + exif + text
    body = b"Exif\0\0" + tiff
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xd9"


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


@pytest.fixture
def folder(quick_folder: Path) -> Path:
    made = quick_folder / "DCIM"
    made.mkdir()
    for n in (10, 9, 1):
        (made / f"IMG_{n}.jpg").write_bytes(bytes([n]))
    (made / "VID_11.mp4").write_bytes(b"film")
    (made / "notes.txt").write_text("no picture")
    return made


def test_a_folder_is_taken_in_order_and_numbered_on(
    session: Session, case: CaseId, folder: Path
) -> None:
    photos = [photo.path for photo in photos_in(folder, no_time, ()).photos]
    assert [path.name for path in photos] == ["IMG_1.jpg", "IMG_9.jpg", "IMG_10.jpg", "VID_11.mp4"]
    frames = [
        Frame(path, SHOTS[place].id)
        for path, place in zip(photos, spread(len(photos), SHOTS), strict=True)
    ]
    photograph_evidence(session, case, frames[:2], TOLD, SILENT)
    photograph_evidence(session, case, frames[2:], TOLD, SILENT)
    items = filmed(case_evidence(session, case))
    assert [item.record.frame for item in items] == [1, 2, 3, 4]
    assert [item.record.shot for item in items] == [shot.id for shot in SHOTS[:4]]
    assert [item.method for item in items] == [AcquisitionMethod.PHOTOGRAPHED] * 3 + [
        AcquisitionMethod.FILMED
    ]
    assert {item.record.device for item in items} == {"华为 P60"}
    lacks = missing_shots(SHOTS, [item.record.shot for item in items])
    assert [shot.id for shot in lacks] == [shot.id for shot in SHOTS[4:] if shot.needed]


def test_the_contact_sheet_gets_pictures_and_what_is_missing(
    session: Session, case: CaseId, folder: Path
) -> None:
    found = photos_in(folder, no_time, ())
    frames = [Frame(photo.path, SHOTS[0].id) for photo in found.photos]
    first = photograph_evidence(session, case, frames, TOLD, SILENT)[0]
    keep_thumbnail(session, first.id, b"png")
    facts = paper_facts(session, case, form=CONTACT_SHEET)
    assert facts.pictures == {first.id: b"png"}
    assert facts.shots[SHOTS[0].id] == "手机外观、型号、串号"
    assert "对方账号主页" in facts.missing_shots
    assert paper_facts(session, case).pictures == {}


def test_a_camera_whose_counter_began_anew_is_followed_by_its_clock(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    told = {"IMG_9998.jpg": "10:20:05", "IMG_9999.jpg": "10:21:05", "IMG_0001.jpg": "10:22:05"}
    for name, clock in told.items():
        (quick_folder / name).write_bytes(photograph(f"2026:11:24 {clock}"))
    (quick_folder / "IMG_0002.mp4").write_bytes(b"film")
    when = when_taken(FakeFiles(), SILENT)
    found = photos_in(quick_folder, when, ())
    names = [photo.path.name for photo in found.photos]
    assert names == ["IMG_9998.jpg", "IMG_9999.jpg", "IMG_0001.jpg", "IMG_0002.mp4"]
    frames = [Frame(photo.path, SHOTS[0].id, photo.taken) for photo in found.photos]
    items = photograph_evidence(session, case, frames, TOLD, SILENT)
    taken = [item.record.taken_at for item in items]
    assert taken[0] == datetime(2026, 11, 24, 10, 20, 5, tzinfo=CHINA)
    assert taken[3] is None


def test_a_clock_that_runs_ahead_tells_no_time(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    path = quick_folder / "IMG_1.jpg"
    path.write_bytes(photograph("2031:01:01 00:00:00"))
    (found,) = photos_in(quick_folder, when_taken(FakeFiles(), SILENT), ()).photos
    assert found.taken is not None
    (item,) = photograph_evidence(
        session, case, [Frame(path, SHOTS[0].id, found.taken)], TOLD, SILENT
    )
    assert item.record.taken_at is None


def test_copies_and_what_the_case_has_are_left_out(
    session: Session, case: CaseId, folder: Path
) -> None:
    (folder / "IMG_9 (1).jpg").write_bytes(bytes([9]))
    found = photos_in(folder, no_time, ())
    assert (len(found.photos), found.repeated, found.known) == (4, 1, 0)
    assert "IMG_9 (1).jpg" not in {photo.path.name for photo in found.photos}
    frames = [Frame(photo.path, SHOTS[0].id) for photo in found.photos]
    photograph_evidence(session, case, frames, TOLD, SILENT)
    with pytest.raises(UserInputError) as caught:
        photos_in(folder, no_time, case_evidence(session, case))
    assert_error(caught.value, "filming.all_known")
    (folder / "IMG_12.jpg").write_bytes(b"new")
    found = photos_in(folder, no_time, case_evidence(session, case))
    assert [photo.path.name for photo in found.photos] == ["IMG_12.jpg"]
    assert (found.repeated, found.known) == (1, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_taken_in_has_its_shot_though_another_cannot_be_read(
    session: Session, case: CaseId, folder: Path
) -> None:
    """``IMG_9.jpg`` became a folder since the list was made, ``IMG_10.jpg`` is no file."""
    frames = [
        Frame(folder / f"IMG_{n}.jpg", shot.id) for n, shot in zip((1, 9, 10), SHOTS, strict=False)
    ]
    frames.append(Frame(folder / "VID_11.mp4", SHOTS[3].id))
    for name in ("IMG_9.jpg", "IMG_10.jpg"):
        (folder / name).unlink()
    (folder / "IMG_9.jpg").mkdir()
    (folder / "IMG_9.jpg" / "notes.txt").write_text("no picture")
    os.mkfifo(folder / "IMG_10.jpg")
    with pytest.raises(WorldError) as caught:
        photograph_evidence(session, case, frames, TOLD, SILENT)
    assert_error(caught.value, "file.special")
    told = [(i.name, i.record.shot, i.record.frame) for i in case_evidence(session, case)]
    assert sorted(told) == [
        ("IMG_1.jpg", SHOTS[0].id, 1),
        ("VID_11.mp4", SHOTS[3].id, 2),
        ("notes.txt", "", 0),
    ]


def test_who_stops_keeps_the_shots_of_what_is_taken_in(
    session: Session, case: CaseId, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def two(
        vault: Vault, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        for path in reversed(paths[:2]):
            yield path, vault.store(path, progress)
        raise Cancelled

    monkeypatch.setattr(type(session.vault), "store_many", two)
    frames = [Frame(photo.path, SHOTS[0].id) for photo in photos_in(folder, no_time, ()).photos]
    with pytest.raises(Cancelled):
        photograph_evidence(session, case, frames, TOLD, SILENT)
    items = filmed(case_evidence(session, case))
    assert [(item.name, item.record.shot) for item in items] == [
        ("IMG_1.jpg", SHOTS[0].id),
        ("IMG_9.jpg", SHOTS[0].id),
    ]


def test_numbers_follow_the_photographs_however_they_become_durable(
    session: Session, case: CaseId, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of them first, and two recorded at once."""

    def last_first(
        vault: Vault, paths: Sequence[Path], progress: Progress
    ) -> Iterator[tuple[Path, StoredBlob]]:
        for path in reversed(paths):
            yield path, vault.store(path, progress)

    monkeypatch.setattr(type(session.vault), "store_many", last_first)
    monkeypatch.setattr("desktop.services.evidence.attach_evidence._BATCH", 2)
    frames = [Frame(photo.path, SHOTS[0].id) for photo in photos_in(folder, no_time, ()).photos]
    photograph_evidence(session, case, frames, TOLD, SILENT)
    items = case_evidence(session, case)
    assert [item.name for item in items] == [frame.path.name for frame in frames]
    assert [item.record.frame for item in items] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("taken", "zone", "at"),
    [
        ("2026:11:24 10:20:05", "", datetime(2026, 11, 24, 2, 20, 5, tzinfo=UTC)),
        ("2026:11:24 10:20:05", "+09:00", datetime(2026, 11, 24, 1, 20, 5, tzinfo=UTC)),
        ("2026:11:24 10:20:05", "?", datetime(2026, 11, 24, 2, 20, 5, tzinfo=UTC)),
        ("0000:00:00 00:00:00", "", None),
        ("", "", None),
    ],
)
def test_the_time_of_a_camera(taken: str, zone: str, at: datetime | None) -> None:
    assert camera_time((Fact("exif_taken", taken), Fact("exif_zone", zone))) == at


def test_a_folder_without_photographs_is_refused(quick_folder: Path) -> None:
    with pytest.raises(UserInputError) as caught:
        photos_in(quick_folder, no_time, ())
    assert_error(caught.value, "filming.none")


def test_too_many_are_refused(quick_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.services.evidence.find_photos.MOST", 1)
    for n in range(2):
        (quick_folder / f"{n}.jpg").touch()
    with pytest.raises(UserInputError) as caught:
        photos_in(quick_folder, no_time, ())
    assert_error(caught.value, "filming.too_many")


@given(st.integers(1, 12), st.integers(1, 8), st.data())
def test_moving_keeps_the_order_in_which_it_was_filmed(
    photos: int, shots: int, data: st.DataObject
) -> None:
    listed = [Shot(f"a.{n}", {"zh_CN": str(n)}) for n in range(shots)]
    places = spread(photos, listed)
    for _ in range(6):
        photo = data.draw(st.integers(0, photos - 1))
        before = places
        places = moved(places, photo, data.draw(st.sampled_from((-1, 1))), shots)
        assert len(places) == photos
        assert list(places) == sorted(places)
        assert all_of(0 <= place < shots for place in places)
        assert places[:photo] == before[:photo]


def test_a_second_picture_of_a_screen_takes_the_later_ones_along() -> None:
    assert moved((0, 1, 2, 3), 2, -1, 8) == (0, 1, 1, 2)
    assert moved((0, 1, 1, 2), 3, 1, 8) == (0, 1, 1, 3)
    assert moved((0, 1, 2), 0, -1, 8) == (0, 1, 2)


@given(st.lists(st.integers(0, 99999), unique=True, max_size=20))
def test_a_camera_counts_in_numbers(numbers: list[int]) -> None:
    names = [f"IMG_{n}.JPG" for n in numbers]
    assert sorted(names, key=film_order) == [f"IMG_{n}.JPG" for n in sorted(numbers)]


def test_lists_of_the_type_of_fraud_come_first() -> None:
    found = lists_for(SCRIPTS.shots, "T08")
    serving = [item.serves("T08") for item in found]
    assert serving == sorted(serving, reverse=True)
    assert len({shot.id for item in found for shot in item.shots}) == sum(
        len(item.shots) for item in found
    )
