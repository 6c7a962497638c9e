"""The process vanishes before calls that make something durable while keys are changed or destroyed: a step of each
kind, and every one in a sweep.

What is left has the former keys or the new ones in use, never none, and what was sealed to either still opens.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.centre.replies import write_replies
from desktop.domain.ids import DeviceId
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.own_keys import destroy_key, own_keys, rotate_keys
from desktop.services.exchange.peers.trust import find_peer
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board
from desktop.services.session import Session
from tests.support.crash import die_at, kinds_of, steps_to_die_at
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    machine,
    make_centre,
    make_desk,
)
from tests.support.sessions import a_form
from tests.support.strict import all_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")


@contextmanager
def signed_in(root: Path, officer: str = OFFICER) -> Iterator[Session]:
    installation = Installation(root, machine())
    try:
        yield installation.sign_in(officer, PASSWORD)
        # A sign-in that the crash cut off after its password was counted is told as a failed one.
        assert {warning.code for warning in installation.warnings} <= {"password.failed_since"}
    finally:
        installation.close()


@pytest.fixture
def made(quick_folder: Path) -> Path:
    """A desk and a centre that know each other, and a bundle of the centre that is still on its way."""
    session, centre = make_desk(quick_folder / "desk"), make_centre(quick_folder / "centre")
    introduce(session.sign_in(OFFICER, PASSWORD), centre.sign_in("620001", PASSWORD))
    for name in ("up", "down"):
        (quick_folder / name).mkdir()
    register_report(session.session, a_form(session.session))
    export_bundle(session.session, quick_folder / "up", SILENT)
    assert apply_bundle(centre.session, [quick_folder / "up"], SILENT).problems == ()
    write_replies(centre.session, quick_folder / "down", SILENT)
    session.close()
    centre.close()
    return quick_folder


def crash_everywhere(made: Path, role: str, work: Callable[[Path], object]) -> Iterator[Path]:
    """Copies of the installation ``role``, each left by ``work`` that ended before another call; the last is whole.

    What ends while somebody signs in is tried in ``test_crash_at_every_step.py`` already.
    """
    idle, whole = made / "idle", made / "whole"
    for copy in (idle, whole):
        shutil.copytree(made / role, copy)
    signing_in = kinds_of(lambda: sign_in(idle), idle)
    for count, step in enumerate(
        steps_to_die_at(lambda: work(whole), whole, tried=frozenset(signing_in))
    ):
        root = made / f"{role}-{step}"
        shutil.copytree(made / role, root)
        crashed = die_at(step, lambda root=root: work(root), root)  # type: ignore[misc]
        yield root
        if not crashed:
            assert count, "no step to die at was tried"
            return
    raise AssertionError("the work never ends")


def sign_in(root: Path) -> None:
    with signed_in(root):
        pass


def rotate(root: Path) -> None:
    with signed_in(root) as session:
        rotate_keys(session)


def test_changing_keys(made: Path) -> None:
    states: set[int] = set()
    for count, root in enumerate(crash_everywhere(made, "desk", rotate)):
        with signed_in(root) as session:
            keys = own_keys(session)
            new = len(keys) not in states
            states.add(len(keys))
            assert keys[0].fingerprint == session.keys.current
            assert all_of(key.held for key in keys)
            assert check_health(session, SILENT) == ()
            assert apply_bundle(session, [made / "down"], SILENT).problems == ()
            if len(keys) == 1:
                rotate_keys(session)
            current = session.keys.current
        if new:
            _goes_on(made, root, count, current)
    assert states == {1, 2}


def _goes_on(made: Path, root: Path, count: int, current: DeviceId) -> None:
    """The centre follows, and what it then seals to the new key opens here."""
    centre = made / f"centre-{count}"
    shutil.copytree(made / "centre", centre)
    up, down = made / f"up-{count}", made / f"down-{count}"
    up.mkdir()
    down.mkdir()
    with signed_in(root) as session:
        export_bundle(session, up, SILENT)
        device = session.profile.device
    with signed_in(centre, "620001") as there:
        assert apply_bundle(there, [up], SILENT).problems == ()
        assert find_peer(there, device).card.fingerprint == current
        write_replies(there, down, SILENT)
    with signed_in(root) as session:
        assert apply_bundle(session, [down], SILENT).problems == ()


def test_destroying_a_former_pair(made: Path) -> None:
    with signed_in(made / "desk") as session:
        doomed = rotate_keys(session).fingerprint
        current = rotate_keys(session).fingerprint

    def destroy(root: Path) -> None:
        with signed_in(root) as session:
            destroy_key(session, doomed, ())

    held = set()
    for root in crash_everywhere(made, "desk", destroy):
        with signed_in(root) as session:
            assert session.keys.current == current
            assert session.profile.device in session.keys.held
            held.add(doomed in session.keys.held)
            if doomed in session.keys.held:
                assert not destroy_key(session, doomed, ()).held
    assert held == {True, False}


def test_destroying_the_first_pair(made: Path) -> None:
    """Evidence is sealed to the pair in use before: whenever it ends, all of it opens with what is left."""
    with signed_in(made / "desk") as session:
        (case,) = (card.id for card in board(session))
        for number in range(3):
            attach_picture(session, case, f"{number}.png", b"evidence" * number)
        current = rotate_keys(session).fingerprint
        first = session.profile.device

    def destroy(root: Path) -> None:
        with signed_in(root) as session:
            destroy_key(session, first, ())

    held = set()
    for root in crash_everywhere(made, "desk", destroy):
        with signed_in(root) as session:
            assert check_health(session, SILENT) == ()
            assert session.keys.current == current
            held.add(first in session.keys.held)
            if first in session.keys.held:
                assert not destroy_key(session, first, ()).held
            assert check_health(session, SILENT) == ()
            assert session.profile.device == first
            attach_picture(session, case, "后来.png", b"later")
        with signed_in(root) as session:
            assert check_health(session, SILENT) == ()
    assert held == {True, False}
