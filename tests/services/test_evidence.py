"""Evidence at the level of the services: attached, looked at, checked, handed over; every touch in the log."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.court_handover import payload_path
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.domain.evidence.record import NOT_RECORDED
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.progress import SILENT, Progress
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import new_draft
from desktop.services.evidence.attach_evidence import (
    attach_files,
    attach_picture,
    digest_pending,
    readable_name,
)
from desktop.services.evidence.court_handover import hand_over_to_court
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.evidence.verify_evidence import verify_evidence
from desktop.services.evidence.view_evidence import (
    custody,
    keep_thumbnail,
    open_evidence,
    thumbnail,
)
from desktop.services.health import check_health
from desktop.services.look_up import board, case_evidence
from desktop.services.session import Session
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.error_texts import assert_error
from tests.support.journals import length
from tests.support.sealed_files import sealed_file
from tests.support.sessions import Seat, a_form
from tests.support.strict import all_of

LONGEST = "证" * 83 + ".jpg"
"""253 octets: the longest a file system takes."""
NAMES = {
    "聊天记录.png": b"chat", "a b.txt": b"words", LONGEST: b"long", "-rf.txt": b"dash",
    "back\\slash.txt": b"slash", "new\nline.txt": b"line", "空.txt": b"", "$HOME `x`.txt": b"shell",
}  # fmt: skip


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


@pytest.fixture
def folder(quick_folder: Path) -> Path:
    found = quick_folder / "phone"
    (found / "deeper").mkdir(parents=True)
    for name, data in NAMES.items():
        (found / "deeper" / name).write_bytes(data)
    return found


def test_a_folder_is_attached_with_everything_in_it(
    session: Session, case: CaseId, folder: Path
) -> None:
    attached = attach_files(
        session,
        case,
        [folder],
        SILENT,
        typed=TypedRecord("李秀兰的手机", AcquisitionMethod.COPIED, NOT_RECORDED),
    )
    items = case_evidence(session, case)
    assert {item.name for item in items} == set(NAMES)
    for item in items:
        assert item.sha256 == hashlib.sha256(NAMES[item.name]).hexdigest()
        assert item.size == len(NAMES[item.name])
        assert len(item.sm3) == 64
        assert (item.source, item.method, item.added_by) == (
            "李秀兰的手机",
            AcquisitionMethod.COPIED,
            "620134",
        )
        assert item.modified_at
    assert all_of(done.blob_new for done in attached)
    assert [done.blob_new for done in attach_files(session, case, [folder], SILENT)] == [False] * 8
    assert board(session)[0].evidence_count == 16, "the same content twice is two records"
    assert check_health(session, SILENT) == ()


def test_what_the_case_has_already_is_recorded_again_only_where_that_is_wanted(
    session: Session, case: CaseId, folder: Path
) -> None:
    first = attach_files(session, case, [folder], SILENT)
    twin = folder / "副本"
    fresh = [folder / "新一.png", folder / "新二.png"]
    twin.write_bytes(next(iter(NAMES.values())))
    for path in fresh:
        path.write_bytes(b"both the same, and new")
    done = attach_files(session, case, [folder], SILENT, again=False)
    assert len(done) == len(first) + 3
    assert len({item.evidence.id for item in done} - {item.evidence.id for item in first}) == 1
    assert len(case_evidence(session, case)) == len(first) + 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_cannot_be_read_keeps_nothing_else_out(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    paths = [quick_folder / name for name in ("a.png", "gone.png", "b.png", "pipe", "c.png")]
    for path in (paths[0], paths[2], paths[4]):
        path.write_bytes(path.name.encode())
    os.mkfifo(paths[3])
    with pytest.raises(WorldError, match=r"evidence\.some_unreadable") as raised:
        attach_files(session, case, paths, SILENT)
    assert raised.value.params == {"count": 2, "names": "gone.png · pipe"}
    assert [item.name for item in case_evidence(session, case)] == ["a.png", "b.png", "c.png"]
    with pytest.raises(WorldError, match=r"evidence\.unreadable"):
        attach_files(session, case, paths[:3], SILENT, again=False)


def test_a_pulled_medium_is_not_asked_file_by_file(
    session: Session, case: CaseId, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    pooled = type(session.vault).store_many

    def counting(vault: EncryptedVault, paths: Sequence[Path], progress: Progress) -> object:
        asked.append(len(paths))
        return pooled(vault, paths, progress)

    monkeypatch.setattr(type(session.vault), "store_many", counting)
    gone = [quick_folder / f"{number}.jpg" for number in range(100)]
    with pytest.raises(WorldError, match=r"evidence\.unreadable"):
        attach_files(session, case, gone, SILENT)
    assert len(asked) < 30


def test_a_draft_may_have_evidence_too(session: Session) -> None:
    draft = CaseId(new_draft(session).form.case_id)
    attach_picture(session, draft, "截图.png", b"picture")
    assert [item.method for item in case_evidence(session, draft)] == [AcquisitionMethod.SCREENSHOT]


def test_nothing_to_attach_and_nowhere_to(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    (quick_folder / "empty").mkdir()
    with pytest.raises(UserInputError) as caught:
        attach_files(session, case, [quick_folder / "empty"], SILENT)
    assert_error(caught.value, "evidence.nothing")
    for attach in (
        lambda: attach_files(session, CaseId("nowhere"), [quick_folder], SILENT),
        lambda: attach_picture(session, CaseId("nowhere"), "x", b""),
    ):
        with pytest.raises(UserInputError, match=r"^case\.unknown$"):
            attach()


@pytest.mark.skipif(sys.platform != "linux", reason="names are octets there")
def test_names_of_older_chinese_systems_are_read(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    path = os.fsencode(quick_folder) + b"/" + "转账凭证.jpg".encode("gb18030")
    Path(os.fsdecode(path)).write_bytes(b"receipt")
    (done,) = attach_files(session, case, [Path(os.fsdecode(path))], SILENT)
    assert done.evidence.name == "转账凭证.jpg"
    assert check_health(session, SILENT) == ()


@given(st.text(st.characters(), max_size=40) | st.binary(max_size=40).map(os.fsdecode))
def test_every_name_becomes_text(name: str) -> None:
    found = readable_name(name)
    found.encode()
    assert not any(deceives(sign) for sign in found)
    if name == name.encode("utf-8", "ignore").decode() and not any(map(deceives, name)):
        assert found == name


def deceives(sign: str) -> bool:
    """Whether it turns the direction of what stands beside it without being seen."""
    turns = unicodedata.bidirectional(sign) in {"LRE", "RLE", "LRO", "RLO", "LRI", "RLI", "FSI"}
    return turns or sign in "\u200e\u200f\u061c\u202c\u2069"


def test_a_program_does_not_pass_for_a_paper_by_its_name() -> None:
    assert readable_name("流水\u202efdp.exe") == "流水‹202E›fdp.exe"


def test_every_touch_is_in_the_custody_log(session: Session, case: CaseId) -> None:
    item = attach_picture(session, case, "截图.png", b"picture").evidence
    with open_evidence(session, case, item.id) as stream:
        assert stream.read() == b"picture"
    verify_evidence(session, case, SILENT, only=[item.id])
    assert [row.kind for row in custody(session, case, item.id)] == [
        "evidence.attached", "evidence.viewed", "evidence.verified",
    ]  # fmt: skip
    with pytest.raises(UserInputError) as caught:
        open_evidence(session, case, EvidenceId("nothing"))
    assert_error(caught.value, "evidence.unknown")


def test_thumbnails_are_kept_and_are_no_facts(session: Session, case: CaseId) -> None:
    item = attach_picture(session, case, "截图.png", b"picture").evidence
    before, digest = length(session), session.store.digest()
    assert thumbnail(session, item.id) is None
    keep_thumbnail(session, item.id, b"small")
    keep_thumbnail(session, item.id, b"smaller")
    assert thumbnail(session, item.id) == b"smaller"
    assert (length(session), session.store.digest()) == (before, digest)


def test_sm3_of_large_files_follows(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.vault.encrypted_vault.SM3_AT_ONCE", 2)
    attach_picture(session, case, "截图.png", b"abc")
    assert case_evidence(session, case)[0].sm3 == ""
    assert digest_pending(session, SILENT) == 1
    # GB/T 32905-2016, example 1
    assert case_evidence(session, case)[0].sm3 == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert digest_pending(session, SILENT) == 0
    assert check_health(session, SILENT) == ()


@pytest.mark.parametrize("harm", ["deleted", "flipped", "cut", "swapped"])
def test_harm_to_a_blob_is_found_named_and_never_shown(seat: Seat, case: CaseId, harm: str) -> None:
    session = seat.session
    good = attach_picture(session, case, "good.png", b"good" * 50).evidence
    bad = attach_picture(session, case, "bad.png", b"bad!" * 50).evidence
    path = sealed_file(seat.session, bad.sha256)
    data = path.read_bytes()
    path.chmod(0o600)
    if harm == "deleted":
        path.unlink()
    elif harm == "flipped":
        path.write_bytes(data[:-20] + bytes([data[-20] ^ 1]) + data[-19:])
    elif harm == "cut":
        path.write_bytes(data[:-1])
    else:
        path.write_bytes(sealed_file(seat.session, good.sha256).read_bytes())
    word = "missing" if harm == "deleted" else "damaged"
    assert check_health(session, SILENT) == (f"vault.{word} {bad.sha256}",)
    found = verify_evidence(session, case, SILENT)
    assert (found.checked, found.bad) == (2, (bad.id,))
    last = custody(session, case, bad.id)[-1]
    assert dict(last.fields)["ok"] == "false"
    with (
        pytest.raises(Exception, match=rf"^vault\.{word}$"),
        open_evidence(session, case, bad.id) as f,
    ):
        f.read()
    with pytest.raises(Exception, match=rf"^vault\.{word}$"):
        hand_over_to_court(session, case, seat.root / "court", SILENT)
    assert not list((seat.root / "court").iterdir()), "a part of the evidence is not the evidence"
    again = attach_picture(session, case, "again.png", b"bad!" * 50)
    if harm in {"deleted", "cut"}:
        assert again.blob_new, "the same content heals what is gone"
        assert check_health(session, SILENT) == ()


def test_what_is_handed_over_passes_sha256sum(
    session: Session, case: CaseId, folder: Path, quick_folder: Path
) -> None:
    attach_files(session, case, [folder], SILENT)
    done = hand_over_to_court(session, case, quick_folder / "court", SILENT)
    check = ["sha256sum", "--check", "--strict", done.listing.name]
    run = subprocess.run(check, cwd=done.folder, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count(": OK") == len(NAMES)
    assert sorted(path.read_bytes() for path in done.files) == sorted(NAMES.values())
    done.files[0].write_bytes(b"altered")
    assert subprocess.run(check, cwd=done.folder, capture_output=True, check=False).returncode == 1
    with pytest.raises(UserInputError) as caught:
        hand_over_to_court(session, case, done.folder, SILENT)
    assert_error(caught.value, "folder.not_empty")


def test_a_case_without_evidence_has_nothing_to_hand_over(
    session: Session, case: CaseId, quick_folder: Path
) -> None:
    with pytest.raises(UserInputError, match=r"^evidence\.nothing$"):
        hand_over_to_court(session, case, quick_folder / "court", SILENT)
    assert not (quick_folder / "court").exists()


@given(st.integers(1, 99_999), st.text(st.characters(), max_size=300))
def test_every_item_gets_a_name_every_file_system_takes(number: int, name: str) -> None:
    found = payload_path(number, name)
    assert re.fullmatch(rf"data/{number:04d}(\.[a-z0-9]{{1,8}}(\.bin)?)?", found)
    assert payload_path(number, name + ".EXE").endswith(".exe.bin")
    assert payload_path(number, name + ".Jpg").endswith(".jpg")
