"""Bundles taken in while the disk fails at its n-th write: vault, database and quarantine alike. A write by each way of
the program to the disk, and every one in a sweep.

Whatever fails is told; nothing counts as received that is not; and the same again ends as if nothing had happened.
"""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.errors import AppError, TrustError
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import texts
from desktop.services.exchange.exchange_folder import SkippedVolumes, exchange_folder, mailbox
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    apply_bundle,
    release_quarantine,
)
from desktop.services.health import check_health
from desktop.services.look_up import orders
from desktop.services.orders.issue_order import issue_stop
from tests.faults.scene import Scene, make_scene
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.failing_disk import failing_disk
from tests.support.sessions import Seat, a_form
from tests.support.sweep import EVERY, MOST, steps_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="has other calls below SQLite")
FULL = pytest.param(errno.ENOSPC, False, id="full and stays full")
LOOSE = pytest.param(errno.EIO, True, id="fails once")
FAILURES = pytest.mark.parametrize(("code", "once"), [FULL, LOOSE])
SOME_FAILURES = FAILURES if EVERY else pytest.mark.parametrize(("code", "once"), [FULL])
TOLD = {"disk.full", "disk.full_plain", "disk.failed", "medium.gone"}
Do = Callable[[], Sequence[AppError]]
"""Does the work; what it told."""


@dataclass(frozen=True)
class Work:
    """What is done at a seat. ``begin`` makes everything ready, on a disk that still works; ``refused``: what is told
    in any case."""

    role: str
    begin: Callable[[Seat], Do]
    refused: frozenset[str] = frozenset()


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "scene")


@pytest.fixture(scope="module")
def answered(scene: Scene) -> Scene:
    """The same later: the desk ordered a stop, the centre holds it and a bank's answer, which lies on ``stick``."""
    session, centre = (
        scene.copy("later-desk", "desk", "dd"),
        scene.copy("later-centre", "centre", "cc"),
    )
    issue_stop(session.session, a_form(session.session), 0, confirmed=True)
    there, back = scene.root / "there", scene.root / "back"
    there.mkdir()
    back.mkdir(exist_ok=True)
    export_bundle(session.session, there, SILENT)
    assert not ingest(centre.session, Quarantine(scene.root / "no"), [there], SILENT).problems
    reply(centre.session, orders(centre.session)[0].order.id, answer())
    write_replies(centre.session, back, SILENT)
    root = scene.root / "answered"
    root.mkdir()
    for seat, name in ((session, "desk"), (centre, "centre")):
        seat.session.store.close()
        seat.root.rename(root / name)
    return replace(scene, root=root, stick=back)


def answer() -> OrderReply:
    ends = START + timedelta(hours=48)
    return OrderReply(ReplyResult.DONE, 100, 0, START, ends, "中国农业银行", "客服 12", "", START)


def fail_everywhere(scene: Scene, work: Work, code: int, *, once: bool) -> int:
    """Let each call fail that is to be tried; how many there are."""
    unbroken = scene.copy("unbroken", work.role)
    do = work.begin(unbroken)
    with failing_disk(MOST) as asked:
        assert codes_of(do, work) == set()
    expected = facts(unbroken)
    unbroken.session.store.close()
    for number in steps_of(asked.asked):
        seat = scene.copy("spoiled", work.role)
        do = work.begin(seat)
        with failing_disk(number, code, once=once) as disk:
            raised = codes_of(do, work)
        assert raised <= TOLD
        assert raised or facts(seat) == expected, "a false success"
        assert disk.reached or not raised
        assert seat.session.store.verify(SILENT) == ()
        assert codes_of(do, work) == set()
        assert facts(seat) == expected
        seat.reopen()
        assert facts(seat) == expected
        assert check_health(seat.session, SILENT) == ()
        seat.session.store.close()
        if not disk.reached:
            break
    return asked.count


def codes_of(do: Do, work: Work) -> set[str]:
    """The codes of what a person was told, and understands, beside what is always refused."""
    try:
        raised: Sequence[AppError] = do()
    except AppError as error:
        raised = [error]
    for one in raised:
        assert_error(one, one.code)
    return {one.code for one in raised} - work.refused


def facts(seat: Seat) -> object:
    """Every case, reply, file and receipt, in whatever order they came; and what waits in quarantine."""
    session = seat.session
    with session.store.read() as reader:
        files = [reader.case_file(card.id) for card in reader.board()]
        received = {row for row in reader.bundles() if not row.outgoing}
        blobs = {blob.sha256 for blob in reader.known_blobs() if session.vault.has(blob.sha256)}
        entries = [
            one for name, head in reader.heads().items() for one in reader.entries(name, 1, head)
        ]
        said = {digest for one in entries for digest in texts(one.fields, "received.blobs")}
    kept = {row.code for row in Quarantine(seat.root / "quarantine").rows()}
    own = mailbox(seat.root / "shared", session.profile.device)
    mail = [*own.glob("*.fzb"), *(seat.root / "quarantine").glob("*.fzb")]
    assert not list((seat.root / "vault" / "tmp").iterdir())
    lying = len(list((seat.root / "vault").rglob("*.age")))
    return files, received, blobs, said, kept, len(mail), lying


def case_for_paper(done: AppliedBundle) -> list[AppError]:
    return [problem.error for problem in done.problems]


def shelf(seat: Seat) -> Quarantine:
    return Quarantine(seat.root / "quarantine")


@FAILURES
def test_the_centre_takes_a_bundle_in(scene: Scene, code: int, *, once: bool) -> None:
    def begin(seat: Seat) -> Do:
        return lambda: case_for_paper(ingest(seat.session, shelf(seat), [scene.stick], SILENT))

    assert fail_everywhere(scene, Work("centre", begin), code, once=once) > 60


@SOME_FAILURES
def test_a_damaged_volume_lies_beside_a_sound_one(scene: Scene, code: int, *, once: bool) -> None:
    """It is kept with its reason, once, and its sender is told that the sound copy came."""
    stick = scene.root / "damaged"
    shutil.copytree(scene.stick, stick, dirs_exist_ok=True)
    spoiled = bytearray(scene.volumes[1].read_bytes())
    spoiled[-100] ^= 1
    (stick / f"0-{scene.volumes[1].name}").write_bytes(spoiled)

    def begin(seat: Seat) -> Do:
        return lambda: case_for_paper(ingest(seat.session, shelf(seat), [stick], SILENT))

    work = Work("centre", begin, frozenset({"bundle.damaged"}))
    assert fail_everywhere(scene, work, code, once=once) > 60


@SOME_FAILURES
def test_a_file_that_came_in_parts_is_made_whole(scene: Scene, code: int, *, once: bool) -> None:
    """Its parts stay until it is, and go then."""
    stick = scene.root / "parts"
    if not stick.exists():
        stick.mkdir()
        session = scene.copy("in-parts", "desk", "dd")
        export_bundle(session.session, stick, SILENT, volume_size=70_000, afresh=True)
        session.session.store.close()
    assert len(list(stick.glob("*.fzb"))) > 2

    def begin(seat: Seat) -> Do:
        return lambda: case_for_paper(ingest(seat.session, shelf(seat), [stick], SILENT))

    assert fail_everywhere(scene, Work("centre", begin), code, once=once) > 60


@FAILURES
def test_the_desk_takes_the_answer_in(answered: Scene, code: int, *, once: bool) -> None:
    def begin(seat: Seat) -> Do:
        return lambda: case_for_paper(apply_bundle(seat.session, [answered.stick], SILENT))

    assert fail_everywhere(answered, Work("desk", begin), code, once=once) > 20


@SOME_FAILURES
def test_what_waited_for_trust_is_released(answered: Scene, code: int, *, once: bool) -> None:
    def begin(seat: Seat) -> Do:
        session = replace(seat.session, quarantine=shelf(seat))
        for volume in answered.stick.glob("*.fzb"):
            session.quarantine.keep(
                volume, TrustError("bundle.unknown_sender"), session.clock.now()
            )
        return lambda: case_for_paper(release_quarantine(session, SILENT))

    assert fail_everywhere(answered, Work("desk", begin), code, once=once) > 20


@SOME_FAILURES
def test_a_folder_is_watched(scene: Scene, code: int, *, once: bool) -> None:
    """A volume that could not be taken in is tried again in the next round, not at the next start."""

    def begin(seat: Seat) -> Do:
        folder, seen = seat.root / "shared", SkippedVolumes()
        own = mailbox(folder, seat.session.profile.device)
        shutil.copytree(scene.stick, own)

        def do() -> list[AppError]:
            done = exchange_folder(seat.session, folder, SILENT, seen)
            return [*case_for_paper(done.received), *done.problems]

        return do

    assert fail_everywhere(scene, Work("centre", begin), code, once=once) > 60
