"""A desk under everything at once: typing while a bundle comes in, a backup is made and statistics are read; killed in
the middle of that; and a disk that is full in the middle of a rebuild. What was said to be on the disk has to be there.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
from collections.abc import Callable, Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from desktop.app.installation import Installation
from desktop.bench.desks.make_desk import PASSWORD
from desktop.bench.desks.varied_cases import OFFICERS
from desktop.bench.material import machine_without_counter, many_cases
from desktop.bench.sizes.goals import Measured
from desktop.domain.errors import WorldError
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import card_for_us, own_card, record_trust
from desktop.services.session import Session

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_CARRIED: Final = 2_000
"""Cases in the colleague's bundle."""
_BEFORE_KILL: Final = 8
"""Keys that are on the disk by then, at the least."""
_PART_OF_DISK: Final = 8
"""The log of a rebuild grows to about the size of the database; at this part of it the disk is full."""


def figures_of_soak(desk: Path, aside: Path) -> Iterator[Measured]:
    """Of the desk in ``desk``, which is changed; ``aside``: an empty folder to work in."""
    bundles = _from_a_colleague(desk, aside, _CARRIED)
    killed = aside / "killed"
    shutil.copytree(desk, killed)
    yield from _to_the_end(desk, bundles, aside / "backups")
    whole = _after_a_kill(killed, bundles, aside / "backups-killed")
    yield Measured("soak_whole_after_kill", (whole,), "%")
    whole = _after_a_full_disk(desk)
    yield Measured("soak_whole_after_full_disk", (whole,), "%")


def _from_a_colleague(desk: Path, aside: Path, cases: int) -> Path:
    """The bundle of another PC of the station, which trusts the desk as that trusts it."""
    colleague = Installation(aside / "colleague", machine_without_counter())
    installation = Installation(desk, machine_without_counter())
    session = installation.sign_in(OFFICERS[0], PASSWORD)
    unit = session.profile
    colleague.create(
        FirstRun(InstallationRole.DESK, unit.unit_code, unit.unit_name, "B", OFFICERS[0], "测速", PASSWORD)
    )  # fmt: skip
    other = colleague.sign_in(OFFICERS[0], PASSWORD)
    try:
        for one, another in ((session, other), (other, session)):
            _trust(one, own_card(another))
        many_cases(other, cases)
        bundles = aside / "bundles"
        bundles.mkdir()
        export_bundle(other, bundles, SILENT, receiver=unit.device)
    finally:
        colleague.close()
        installation.close()
    return bundles


def _trust(session: Session, text: str) -> None:
    """As two officers did, of whom one has no password here."""
    card, known = card_for_us(session, text)
    with session.store.write() as transaction:
        record_trust(session, transaction, card, known, {"second": OFFICERS[1], "founding": False})


def _to_the_end(folder: Path, bundles: Path, backups: Path) -> Iterator[Measured]:
    for message in _process(_soak, folder, bundles, backups):
        if isinstance(message, Measured):
            yield message


def _after_a_kill(folder: Path, bundles: Path, backups: Path) -> float:
    """Kill the program while all of it is under way, and open what it left."""
    last: Any = None
    for message in _process(_soak, folder, bundles, backups, kill=_kill_now):
        if not isinstance(message, Measured):
            last = message
    if last is None:
        raise RuntimeError("nothing was typed before the end")
    installation = Installation(folder, machine_without_counter())
    session = installation.sign_in(OFFICERS[0], PASSWORD)
    try:
        with session.store.read() as reader:
            heads = reader.heads()
            names = [draft.form.victim.name for draft in reader.drafts()]
        found = [heads.get(stream, 0) >= count for stream, count in last.heads.items()]
        found.append(any(len(name) >= last.keys for name in names))
        found.append(not session.store.verify_news(SILENT))
    finally:
        installation.close()
    return _percent(found)


def _percent(found: Sequence[bool]) -> float:
    return 100 * sum(found) / len(found)


def _kill_now(message: Any) -> bool:
    return not isinstance(message, Measured) and message.keys >= _BEFORE_KILL and message.under_way


def _after_a_full_disk(folder: Path) -> float:
    """What a rebuild that could not be written left: the rows of before, and a journal that holds."""
    (before, after, problems) = next(iter(_process(_rebuild, folder)))
    return _percent([before == after, not problems])


def _process(
    work: Callable[..., None], *given: Path, kill: Callable[[Any], bool] = lambda _: False
) -> Iterator[Any]:
    """What ``work`` sends from a process of its own, which is killed after the message that ``kill`` names. Raises
    ``RuntimeError`` where it ends early by itself; it said why on standard error."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=work, args=(*given, theirs))
    process.start()
    theirs.close()
    killed = False
    try:
        while True:
            message = ours.recv()
            yield message
            if not killed and kill(message):
                process.kill()
                killed = True
    except EOFError:
        process.join()
    if process.exitcode and not killed:
        raise RuntimeError(f"{work.__name__} ended early")


def _soak(folder: Path, bundles: Path, backups: Path, out: Connection) -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from desktop.bench.sizes.soak_window import soak  # noqa: PLC0415 - Qt only there

    soak(folder, bundles, backups, out.send)
    out.close()


def _rebuild(folder: Path, out: Connection) -> None:
    """Files may grow to a part of the database only, which is what a full disk does to what is written next."""
    installation = Installation(folder, machine_without_counter())
    store = installation.sign_in(OFFICERS[0], PASSWORD).store
    before = store.digest()
    most = installation.paths.database.stat().st_size // _PART_OF_DISK
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    try:
        store.rebuild(SILENT)
    except WorldError:
        pass
    else:
        raise RuntimeError("the disk was not full")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    out.send((before, store.digest(), store.verify_news(SILENT)))
    installation.close()
    out.close()
