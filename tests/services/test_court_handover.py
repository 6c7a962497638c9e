"""What leaves for the court: a folder that proves itself, and a line in the custody log of every item that left."""

from __future__ import annotations

import errno
import hashlib
import json
from pathlib import Path

import pytest

from desktop.bundles.signed_files.bag import check_bag
from desktop.bundles.signed_files.court_handover_bag import STAGE
from desktop.domain.errors import Cancelled, UserInputError, WorldError
from desktop.domain.evidence.court_handover import CourtHandoverRequest
from desktop.domain.exchange.volumes import MediumFacts
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.progress import SILENT
from desktop.sealing.digests import new_sm3
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files, attach_picture
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.evidence.view_evidence import custody
from desktop.services.health import check_health
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.kept_names import kept_names
from tests.support.sessions import a_form

FILES = {"聊天.png": b"chat" * 900, "=cmd|calc!.csv": b"a,b\n", "setup.EXE": b"MZ", "无后缀": b""}
COURT = CourtHandoverRequest(receiver=" 城关区人民检察院\n", reason="移送审查起诉", md5=True)


@pytest.fixture
def case(session: Session, quick_folder: Path) -> CaseId:
    made = register_report(session, a_form(session)).case
    folder = quick_folder / "phone"
    folder.mkdir()
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    attach_files(session, made, [folder / name for name in FILES], SILENT)
    return made


def items(session: Session, case: CaseId) -> list[EvidenceId]:
    with session.store.read() as reader:
        return [item.id for item in reader.evidence(case)]


def test_handing_over_is_in_the_custody_log(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    first, *_, last = items(session, case)
    done = hand_over_to_court(
        session, case, quick_folder / "court", SILENT,
        CourtHandoverRequest(frozenset({first, last}), "城关区人民法院", "开庭质证"),
    )  # fmt: skip
    for item in items(session, case):
        rows = custody(session, case, item)
        kinds = [row.kind for row in rows]
        assert ("evidence.handed_over" in kinds) is (item in {first, last})
    fields = dict(custody(session, case, last)[-1].fields)
    assert (fields["receiver"], fields["reason"]) == ("城关区人民法院", "开庭质证")
    assert fields["list_sha256"] == done.digest
    assert (
        hashlib.sha256((done.folder / "tagmanifest-sha256.txt").read_bytes()).hexdigest()
        == done.digest
    )
    assert [path.name for path in done.files] == ["0001.png", "0002"]
    assert check_health(session, SILENT) == ()


def test_what_merged_reports_brought_leaves_with_the_case(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    other = register_report(session, a_form(session)).case
    brought = attach_picture(session, other, "收据.png", b"receipt").evidence.id
    merge_cases(session, case, other)
    assert (
        len(hand_over_to_court(session, case, quick_folder / "all", SILENT).files) == len(FILES) + 1
    )
    done = hand_over_to_court(
        session,
        case,
        quick_folder / "one",
        SILENT,
        CourtHandoverRequest(items=frozenset({brought})),
    )
    assert [path.read_bytes() for path in done.files] == [b"receipt"]
    kinds = [row.kind for row in custody(session, other, brought)]
    assert kinds.count("evidence.handed_over") == 2


def test_the_lists_tell_every_item_with_its_own_name_and_digests(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    done = hand_over_to_court(session, case, quick_folder / "court", SILENT, COURT)
    assert check_bag(done.folder).files == len(FILES)
    listed = json.loads((done.folder / "list.json").read_text("utf-8"))
    assert listed["receiver"] == "城关区人民检察院"
    for item, (name, data) in zip(listed["items"], FILES.items(), strict=True):
        sm3 = new_sm3()
        sm3.update(data)
        assert (item["name"], item["size"]) == (name, len(data))
        assert (item["sha256"], item["sm3"], item["md5"]) == (
            hashlib.sha256(data).hexdigest(), sm3.hexdigest(), hashlib.md5(data, usedforsecurity=False).hexdigest(),
        )  # fmt: skip
        assert (done.folder / item["path"]).read_bytes() == data
    assert listed["items"][2]["path"] == "data/0003.exe.bin", "a click runs nothing"
    written = [path for path in done.folder.rglob("*") if path.is_file()]
    assert len(written) > len(FILES)
    assert not any(path.stat().st_mode & 0o111 for path in written), "nor may anybody run it"
    for name in ("README-zh.txt", "README-en.txt"):
        text = (done.folder / name).read_text("utf-8-sig")
        assert done.fingerprint in text
        assert not {"{", "}"} & set(
            text.replace("{ $h,$p", "").replace('{ "', "").replace("}", "")
        ), text


def test_names_no_other_system_takes_leave_under_their_number(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    names = [
        "CON.txt",
        "..png",
        "nul",
        "e\u0301.jpg",
        "a. ",
        "\u202egpj.exe",
        "~$x.docx",
        "%2e%2e%2fx",
    ]
    for name in names:
        (quick_folder / name).write_bytes(name.encode())
    attach_files(session, case, [quick_folder / name for name in names], SILENT)
    done = hand_over_to_court(session, case, quick_folder / "court", SILENT)
    assert check_bag(done.folder).files == len(FILES) + len(names)
    listed = json.loads((done.folder / "list.json").read_text("utf-8"))["items"]
    told = [name.replace("\u202e", "‹202E›") for name in names]
    assert [item["name"] for item in listed][len(FILES) :] == told, "as they were, NFD among them"
    assert [path.name for path in done.files][len(FILES) :] == [
        "0005.txt", "0006.png", "0007", "0008.jpg", "0009", "0010.exe.bin", "0011.docx", "0012",
    ]  # fmt: skip


def test_an_unknown_item_or_a_full_folder_changes_nothing(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    court = quick_folder / "court"
    with pytest.raises(UserInputError) as caught:
        hand_over_to_court(
            session, case, court, SILENT, CourtHandoverRequest(frozenset({EvidenceId("x")}))
        )
    assert_error(caught.value, "evidence.unknown")
    assert not court.exists()
    court.mkdir()
    (court / "else").write_text("else")
    with pytest.raises(UserInputError) as caught:
        hand_over_to_court(session, case, court, SILENT)
    assert_error(caught.value, "folder.not_empty")
    assert [path.name for path in court.iterdir()] == ["else"]


class _After:
    """Asks to stop once so many octets went through."""

    def __init__(self, octets: int) -> None:
        self.octets = octets
        self.reported: list[tuple[int, int]] = []

    def advance(self, done: int, total: int) -> None:
        self.reported.append((done, total))

    def check(self) -> None:
        if self.reported and self.reported[-1][0] >= self.octets:
            raise Cancelled


@pytest.mark.parametrize("octets", [1, 3600, 3610])
def test_stopping_leaves_nothing_and_records_nothing(
    session: Session, case: CaseId, quick_folder: Path, octets: int
) -> None:
    with pytest.raises(Cancelled):
        hand_over_to_court(session, case, quick_folder / "court", _After(octets))
    assert not list((quick_folder / "court").iterdir())
    for item in items(session, case):
        assert "evidence.handed_over" not in [row.kind for row in custody(session, case, item)]


def test_progress_runs_from_nought_to_the_whole(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    seen = _After(1 << 60)
    hand_over_to_court(session, case, quick_folder / "court", seen)
    assert seen.reported == sorted(seen.reported)
    done, total = seen.reported[-1]
    assert done == total


def test_what_a_power_cut_left_is_cleared_away(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    stage = quick_folder / "court" / STAGE / "data"
    stage.mkdir(parents=True)
    (stage / "0001.png").write_bytes(b"half")
    done = hand_over_to_court(session, case, quick_folder / "court", SILENT)
    assert check_bag(done.folder).files == len(FILES)


def test_nothing_shows_before_it_would_survive_a_power_cut(
    session: Session, case: CaseId, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost: list[list[Path]] = []
    rename = Path.rename

    with kept_names(monkeypatch) as kept:

        def shown(path: Path, target: Path) -> Path:
            if STAGE in path.parts and not lost:  # the first piece
                lost.append(kept.lost_below(path.parent))
            return rename(path, target)

        monkeypatch.setattr(Path, "rename", shown)
        hand_over_to_court(session, case, quick_folder / "court", SILENT)
        lost.append(kept.lost_below(quick_folder / "court"))
    assert lost == [[], []]


def test_what_fails_while_it_shows_leaves_only_what_is_not_ours(
    session: Session, case: CaseId, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    court = quick_folder / "court"

    def pulled(folder: Path) -> None:
        if folder == court:
            (court / "else").write_text("somebody else's")
            raise OSError(errno.EIO, "gone")

    monkeypatch.setattr("desktop.bundles.signed_files.court_handover_bag.sync_names", pulled)
    with pytest.raises(WorldError) as caught:
        hand_over_to_court(session, case, court, SILENT)
    assert_error(caught.value, "medium.gone")
    assert [path.name for path in court.iterdir()] == ["else"]


def test_too_little_room_is_reported_before_anything_is_written(
    session: Session, case: CaseId, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.bundles.volumes.medium.LocalMedium.free", lambda *_: 4096)
    with pytest.raises(WorldError) as caught:
        hand_over_to_court(session, case, quick_folder / "court", SILENT)
    assert_error(caught.value, "disk.not_enough")
    assert not list((quick_folder / "court").iterdir())


def test_an_item_longer_than_the_medium_takes_is_reported_by_its_number_first(
    session: Session, case: CaseId, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fat = MediumFacts("STICK", "vfat", 1 << 40, 3000)
    monkeypatch.setattr(
        "desktop.bundles.signed_files.court_handover_bag.medium_facts", lambda _: fat
    )
    monkeypatch.setattr("desktop.bundles.volumes.medium.LocalMedium.free", lambda *_: fat.free)
    with pytest.raises(WorldError) as caught:
        hand_over_to_court(session, case, quick_folder / "court", SILENT)
    assert_error(caught.value, "hand_over.too_long")
    assert caught.value.params["numbers"] == "1 (3.5 KB)"
    assert not list((quick_folder / "court").iterdir())
    _, *others = items(session, case)
    wish = CourtHandoverRequest(frozenset(others), "法院", "开庭")
    assert len(hand_over_to_court(session, case, quick_folder / "court", SILENT, wish).files) == 3
