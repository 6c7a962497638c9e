"""The process vanishes before every call that makes something durable while keys are changed or destroyed.

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
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.apply_bundle import apply_bundle
from desktop.services.exchange.export_bundle import export_bundle
from desktop.services.exchange.own_keys import destroy_key, own_keys, rotate_keys
from desktop.services.exchange.trust import find_peer
from desktop.services.health import check_health
from desktop.services.look_up import board
from tests.support.crash import die_at
from tests.support.desks import a_form
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    machine,
    make_centre,
    make_desk,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks")
MOST = 80


@contextmanager
def signed_in(root: Path, officer: str = OFFICER) -> Iterator[Desk]:
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
    desk, centre = make_desk(quick_folder / "desk"), make_centre(quick_folder / "centre")
    introduce(desk.sign_in(OFFICER, PASSWORD), centre.sign_in("620001", PASSWORD))
    for name in ("up", "down"):
        (quick_folder / name).mkdir()
    register_report(desk.desk, a_form(desk.desk))
    export_bundle(desk.desk, quick_folder / "up", SILENT)
    assert apply_bundle(centre.desk, [quick_folder / "up"], SILENT).problems == ()
    write_replies(centre.desk, quick_folder / "down", SILENT)
    desk.close()
    centre.close()
    return quick_folder


def crash_everywhere(made: Path, role: str, work: Callable[[Path], object]) -> Iterator[Path]:
    """Copies of the installation ``role``, each left by ``work`` that ended before another call; the last is whole."""
    for step in range(1, MOST):
        root = made / f"{role}-{step}"
        shutil.copytree(made / role, root)
        crashed = die_at(step, lambda root=root: work(root), root)  # type: ignore[misc]
        yield root
        if not crashed:
            assert step > 6
            return
    raise AssertionError("the work never ends")


def rotate(root: Path) -> None:
    with signed_in(root) as desk:
        rotate_keys(desk)


def test_changing_keys(made: Path) -> None:
    states: set[int] = set()
    for count, root in enumerate(crash_everywhere(made, "desk", rotate)):
        with signed_in(root) as desk:
            keys = own_keys(desk)
            new = len(keys) not in states
            states.add(len(keys))
            assert keys[0].fingerprint == desk.keys.current
            assert all(key.held for key in keys)
            assert check_health(desk, SILENT) == ()
            assert apply_bundle(desk, [made / "down"], SILENT).problems == ()
            if len(keys) == 1:
                rotate_keys(desk)
            current = desk.keys.current
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
    with signed_in(root) as desk:
        export_bundle(desk, up, SILENT)
        device = desk.profile.device
    with signed_in(centre, "620001") as there:
        assert apply_bundle(there, [up], SILENT).problems == ()
        assert find_peer(there, device).card.fingerprint == current
        write_replies(there, down, SILENT)
    with signed_in(root) as desk:
        assert apply_bundle(desk, [down], SILENT).problems == ()


def test_destroying_a_former_pair(made: Path) -> None:
    with signed_in(made / "desk") as desk:
        doomed = rotate_keys(desk).fingerprint
        current = rotate_keys(desk).fingerprint

    def destroy(root: Path) -> None:
        with signed_in(root) as desk:
            destroy_key(desk, doomed, ())

    held = set()
    for root in crash_everywhere(made, "desk", destroy):
        with signed_in(root) as desk:
            assert desk.keys.current == current
            assert desk.profile.device in desk.keys.held
            held.add(doomed in desk.keys.held)
            if doomed in desk.keys.held:
                assert not destroy_key(desk, doomed, ()).held
    assert held == {True, False}


def test_destroying_the_first_pair(made: Path) -> None:
    """Evidence is sealed to the pair in use before: whenever it ends, all of it opens with what is left."""
    with signed_in(made / "desk") as desk:
        (case,) = (card.id for card in board(desk))
        for number in range(3):
            attach_picture(desk, case, f"{number}.png", b"evidence" * number)
        current = rotate_keys(desk).fingerprint
        first = desk.profile.device

    def destroy(root: Path) -> None:
        with signed_in(root) as desk:
            destroy_key(desk, first, ())

    held = set()
    for root in crash_everywhere(made, "desk", destroy):
        with signed_in(root) as desk:
            assert check_health(desk, SILENT) == ()
            assert desk.keys.current == current
            held.add(first in desk.keys.held)
            if first in desk.keys.held:
                assert not destroy_key(desk, first, ()).held
            assert check_health(desk, SILENT) == ()
            assert desk.profile.device == first
            attach_picture(desk, case, "后来.png", b"later")
        with signed_in(root) as desk:
            assert check_health(desk, SILENT) == ()
    assert held == {True, False}
