"""What is measured: a throw-away desk and centre, large files, many photos, many cases."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.app.installation import Installation, Machine, this_machine
from desktop.domain.cases.case import Case, CaseState, Visit
from desktop.domain.cases.payments.transfer import Account, Arrival, Channel, Transfer
from desktop.domain.cases.people.victim import Victim
from desktop.domain.ids import CaseId, TransferId
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_REGISTERED, TRANSFER_RECORDED
from desktop.sealing.keys import DeviceKeys
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.exchange.peers.trust import approve, own_card, trust_peer
from desktop.services.session import Session

_PASSWORD = "Bench-mark-2026!"  # noqa: S105 - opens a folder that is deleted at the end
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Material:
    """A desk enrolled with a centre, both signed in, and a folder to work in."""

    folder: Path
    session: Session
    centre: Session
    centre_identity: str
    """The centre's ``AGE-SECRET-KEY-1…``, for the public tools it is measured against."""
    confirm: Callable[[str, str], object]
    """Checks number and password of an officer of the desk."""


@contextmanager
def material() -> Iterator[Material]:
    """Made afresh, deleted afterwards."""
    with TemporaryDirectory(prefix="fanzha-bench-", dir=os.environ.get("FANZHA_BENCH_DIR")) as name:
        folder = Path(name)
        made = []
        for role, code in (
            (InstallationRole.DESK, "620102540000"),
            (InstallationRole.CENTRE, "620100000000"),
        ):
            installation = Installation(folder / role.value, machine_without_counter())
            installation.create(FirstRun(role, code, "测速", "A", "1001", "测速", _PASSWORD))
            made.append(installation)
        session, centre = (installation.sign_in("1001", _PASSWORD) for installation in made)
        trust_peer(session, approve(centre, own_card(session)))
        try:
            yield Material(folder, session, centre, _identity(made[1]), made[0].key_file().unlock)
        finally:
            for installation in made:
                installation.close()


def machine_without_counter() -> Machine:
    """This PC, which does not remember how far a profile had come: what is measured is copied, opened again and thrown
    away, and nothing of it stays beside the folder."""
    return replace(this_machine(), counter=None)


def _identity(installation: Installation) -> str:
    secrets = installation.key_file().unlock("1001", _PASSWORD).secrets
    return DeviceKeys.from_bytes(secrets["device"]).age.text


def share(amount: int) -> int:
    """``FANZHA_BENCH_SHARE`` per cent of ``amount`` (100 by default), so that a small machine can take part."""
    return max(amount * int(os.environ.get("FANZHA_BENCH_SHARE", "100")) // 100, 1)


def empty_case(session: Session) -> CaseId:
    """A registered case for evidence to be attached to."""
    form = form_from_document(session, {"victim": {"name": "测速"}, "narrative": "测速"})
    return register_report(session, form).case


def large_file(path: Path, size: int) -> Path:
    """Incompressible content, every block different."""
    block = os.urandom(_BLOCK)
    with path.open("wb") as file:
        for number in range(size // _BLOCK):
            file.write(number.to_bytes(8, "big") + block[8:])
    return path


def photos(folder: Path, count: int, size: int) -> Path:
    """Many small files with different contents."""
    folder.mkdir(parents=True)
    block = os.urandom(size)
    for number in range(count):
        (folder / f"IMG_{number:05d}.jpg").write_bytes(number.to_bytes(8, "big") + block[8:])
    return folder


def many_cases(session: Session, count: int) -> None:
    """Registered cases with one transfer each, through the journal as ever."""
    now = session.clock.now()
    for start in range(0, count, 500):
        with session.store.write() as transaction:
            some = range(start, min(start + 500, count))
            news = [new for number in some for new in _case_entries(session, number, now)]
            transaction.append_all("1001", news)


def case_entries(session: Session, count: int) -> Iterator[NewEntry]:
    """The same, for whoever writes them: two entries a case."""
    now = session.clock.now()
    for number in range(count):
        yield from _case_entries(session, number, now)


def _case_entries(session: Session, number: int, now: datetime) -> Iterator[NewEntry]:
    case = _case(session, number)
    yield NewEntry(CASE_REGISTERED, f"case/{case.id}", case.to_fields())
    transfer = Transfer(
        TransferId(session.ids.new_id()), 1, now, 980_000 + number, Channel.MOBILE_BANK, Arrival.REAL_TIME,
        Account(case.victim.name, f"62170042300{number:08d}"),
        Account("陈某某", f"62305200100{number:08d}"),
    )  # fmt: skip
    yield NewEntry(TRANSFER_RECORDED, f"transfer/{transfer.id}", transfer.to_fields(case.id))


def _case(session: Session, number: int) -> Case:
    story = (
        f"第{number}号报案人称在短视频平台看到点赞返利广告后加入任务群，先后垫付，对方拒绝返还。"
    )
    return Case(
        CaseId(session.ids.new_id()), f"620102540000-20261124-A-{number:05d}", Visit.REPORT, f"T{number % 18 + 1:02d}",
        list(CaseState)[number % 6], Victim(f"测速{number}", "resident_id", "620102196804152044", "13919364417"),
        story, session.clock.now(), "1001", session.profile.unit_code, session.profile.unit_name,
    )  # fmt: skip
