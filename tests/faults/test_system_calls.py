"""Calls of the operating system that fail beneath everything, the database's own among them: the n-th sync, write,
rename or removal of a command, on each kind of file, and for every n in a sweep.

Real commands over real profiles. A command says that it failed, or its fact is there; either way the profile is whole
and holds what it held.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.app.installation import Installation, Machine
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.runtime.id_source import UuidSource
from desktop.runtime.system_clock import SystemClock
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import verify_bundle
from desktop.services.health import check_health
from desktop.services.look_up import board, case_evidence
from desktop.services.session import Session
from tests.support.forkery import Ended, Fault, Forkery, why_not_traced
from tests.support.installations import (
    CHEAP,
    OFFICER,
    PASSWORD,
    introduce,
    make_centre,
    make_desk,
)
from tests.support.sessions import a_form
from tests.support.sweep import steps_of

CENTRE_OFFICER = "620001"
OLD = "旧截图.jpg"
NEW = ("0.jpg", "1.jpg")


@dataclass(frozen=True, slots=True)
class Made:
    """Profiles prepared once; each trial works on copies. ``case`` has one file and was exported to ``stick`` by a
    copy of the desk."""

    root: Path
    case: CaseId
    forkery: Forkery

    def trial(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        for name in ("desk", "centre"):
            shutil.copytree(self.root / name, folder / name)
        (folder / "stick").mkdir()
        return folder


Words = Callable[[Made, Path], tuple[str, ...]]
Done = Callable[[Made, Session, Path], bool]
Kind = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Command:
    """What a person asks for, and whether it is done. ``once``: who is told of a failure does it again, and then it
    is there twice."""

    name: str
    profile: str
    words: Words
    done: Done
    once: bool = False


def _exported(_made: Made, session: Session, folder: Path) -> bool:
    volumes = sorted((folder / "stick").glob("*.fzb"))
    verdict = verify_bundle(session, volumes, SILENT)
    assert not verdict.problems, "a volume that bears its name is whole"
    return len(volumes) == 2


COMMANDS = (
    Command(
        "report",
        "desk",
        lambda made, _: ("report", "add", str(made.root / "report.json")),
        lambda _made, session, _folder: len(board(session)) == 2,
        once=True,
    ),
    Command(
        "attach",
        "desk",
        lambda made, _: ("evidence", "add", made.case, str(made.root / "new")),
        lambda made, session, _: {i.name for i in case_evidence(session, made.case)} >= set(NEW),
    ),
    Command("export", "desk", lambda _, to: ("bundle", "export", "--to", str(to / "stick")), _exported),
    Command(
        "ingest",
        "centre",
        lambda made, _: ("centre", "ingest", str(made.root / "stick")),
        lambda made, centre, _: made.case in {card.id for card in board(centre)},
    ),
)  # fmt: skip


def a_machine() -> Machine:
    clock = SystemClock()
    return Machine(clock, UuidSource(clock), CHEAP)


@contextmanager
def signed_in(root: Path) -> Iterator[Session]:
    installation = Installation(root, a_machine())
    try:
        yield installation.sign_in(OFFICER if root.name == "desk" else CENTRE_OFFICER, PASSWORD)
    finally:
        installation.close()


@pytest.fixture(scope="module")
def made(quick_disk: Path) -> Iterator[Made]:
    if sys.platform == "win32":
        pytest.skip("no strace there")
    if reason := why_not_traced():
        pytest.skip(f"no process may be traced here: {reason}")
    root = quick_disk / "made"
    session = make_desk(root / "desk", own=a_machine())
    centre = make_centre(root / "centre", a_machine())
    here, there = session.sign_in(OFFICER, PASSWORD), centre.sign_in(CENTRE_OFFICER, PASSWORD)
    introduce(here, there)
    case = register_report(here, a_form(here)).case
    (root / OLD).write_bytes(b"old" * 30_000)
    attach_files(here, case, [root / OLD], SILENT)
    session.close()
    centre.close()
    (root / "new").mkdir()
    for name in NEW:
        (root / "new" / name).write_bytes(name.encode() * 10_000)
    shutil.copy(resource_path("samples/report.json"), root / "report.json")
    (root / "stick").mkdir()
    shutil.copytree(root / "desk", root / "copy" / "desk")
    with signed_in(root / "copy" / "desk") as copy:
        export_bundle(copy, root / "stick", SILENT)
    forkery = Forkery(quick_disk)
    yield Made(root, case, forkery)
    forkery.close()


def check(
    made: Made, command: Command, calls: str, error: str, folder: Path, tried: set[Kind]
) -> None:
    """``tried``: what failed in commands before this one, which sign in and out as it does."""
    trial, hits = made.trial(folder / "trial"), 0
    words = command.words(made, trial)
    kinds = made.forkery.kinds(trial / command.profile, calls, *words)
    for nth in steps_of(kinds, frozenset(tried)):
        trial = made.trial(folder / "trial")
        root = trial / command.profile
        ended = made.forkery.run(root, Fault(calls, error, nth), *command.words(made, trial))
        if not ended.hits:
            assert ended.status == 0, f"nothing failed, and yet: {ended}"
            break
        hits += 1
        with signed_in(root) as session:
            assert check_health(session, SILENT) == (), f"{nth}: {ended}"
            there = command.done(made, session, trial)
            if command.profile == "desk":
                assert OLD in {item.name for item in case_evidence(session, made.case)}, ended
        assert_outcome_is_true(ended, there, command)
    assert hits, "no call failed: nothing was tried"
    tried |= set(kinds)


def assert_outcome_is_true(ended: Ended, there: bool, command: Command) -> None:
    """Success is true; failure has a name and is told in words."""
    assert ended.status in (0, 1), ended
    if ended.status == 0:
        assert there, f"a false success: {ended}"
        return
    assert ended.told or (ended.document or {}).get("problems"), f"a silent failure: {ended}"
    code = (ended.document or {}).get("error", "")
    if code != "" and command.once:
        assert not there, f"done, and told as failed: {ended}"
    assert code not in ("unexpected", "database.damaged"), f"a fault nobody foresaw: {ended}"


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("calls", "error"),
    [
        ("fsync,fdatasync", "EIO"),
        ("pwrite64", "ENOSPC"),
        ("write", "ENOSPC"),
        ("rename", "EIO"),
        ("unlink", "EIO"),
        ("ftruncate", "EIO"),
    ],
)
def test_a_call_fails(made: Made, calls: str, error: str, quick_folder: Path) -> None:
    """In each command, on each kind of file: on the files of signing in, which every command does, in the first."""
    tried: set[Kind] = set()
    for command in COMMANDS:
        check(made, command, calls, error, quick_folder, tried)
