"""A shared folder in place of a stick: bundles move by themselves, receipts come back the same way.

Every installation has a mailbox ``to-<device>`` in the folder. Whoever has news writes an ordinary bundle into the
mailbox of each party; whoever owns the mailbox takes the bundles in and removes them. A bundle that people copied
into the folder itself is taken in as well and moved to ``done``. What is refused is quarantined first.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError, Cancelled, TrustError, UserInputError, WorldError
from desktop.domain.exchange.peers import Peer
from desktop.domain.exchange.volumes import BundleRow
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.progress import Progress
from desktop.domain.records.fields import mapping, text
from desktop.journal.entry import Entry
from desktop.journal.kinds import BUNDLE_RECEIVED, BUNDLE_REFUSED, QUIET
from desktop.services.brought_file import LEFT
from desktop.services.exchange.export.export_bundle import Exported, export_to
from desktop.services.exchange.export.plan_export import Resume, folder_mark, owed_blobs
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.take_in.apply_bundle import AppliedBundle, BundleProblem, receive_all
from desktop.services.ports import Reader
from desktop.services.session import Session

_SUFFIX: Final = "*.fzb"
_OTHERS: Final = frozenset({"bundle.for_another", "bundle.not_for_us"})
_NO_BUNDLE: Final = "bundle.not_a_bundle"
"""Something of somebody else's: it is found in ``refused``, and in quarantine would wait for nothing, for good."""
_GONE: Final = "folder.gone"
_LATE: Final = frozenset({"begun", "exported", "partial"})
_UNFINISHED: Final = frozenset({"bundle.truncated", "medium.gone"})
"""A volume somebody is still copying looks like this: it is looked at again."""
_DAMAGED: Final = frozenset({"bundle.damaged", "bundle.not_a_bundle", "bundle.profile"})
_MOMENT_S: Final = 60
"""Seconds; the clock of a share is not ours."""


@dataclass(slots=True)
class SkippedVolumes:
    """Volumes that are none of our business or could not be moved away, so that no round reads them again."""

    known: set[tuple[str, int, int]] = field(default_factory=set)

    def add(self, path: Path) -> None:
        """Remember this state of the file."""
        self.known.add(_mark(path))

    def __contains__(self, path: Path) -> bool:
        return _mark(path) in self.known


@dataclass(frozen=True, slots=True)
class FolderRound:
    """What one round did. ``unfinished``: volumes that are not whole yet; ``problems``: what went wrong in writing."""

    received: AppliedBundle
    written: tuple[Exported, ...]
    unfinished: frozenset[Path]
    problems: tuple[AppError, ...]

    @property
    def waiting(self) -> int:
        """How many volumes are not whole yet."""
        return len(self.unfinished)

    @property
    def refused(self) -> tuple[BundleProblem, ...]:
        """What was not taken in. A volume that somebody is still copying is none of these: it is looked at again."""
        found = self.received.problems
        return tuple(problem for problem in found if problem.path not in self.unfinished)

    @property
    def idle(self) -> bool:
        """Whether nothing happened."""
        quiet = not self.received.volumes and not self.refused
        return quiet and not self.written and not self.problems


def exchange_folder(
    session: Session, folder: Path, progress: Progress, skipped: SkippedVolumes | None = None
) -> FolderRound:
    """One round: take in what waits for us, then write what others lack.

    Raises:
        WorldError: ``folder.gone`` when the folder can not be reached; the next round tries again.
    """
    session.require(Permission.EXCHANGE)
    if session.profile.role is InstallationRole.CENTRE:
        session.require(Permission.DISPATCH)
    with _reachable():
        if not folder.is_dir():
            raise WorldError(_GONE)
    received, unfinished = _take_in(
        session, folder, progress, skipped if skipped is not None else SkippedVolumes()
    )
    written, problems = _write_all(session, folder, progress)
    return FolderRound(received, written, unfinished, problems)


def mailbox(folder: Path, device: DeviceId) -> Path:
    """Where bundles for ``device`` lie."""
    return folder / f"to-{device}"


def _take_in(
    session: Session, folder: Path, progress: Progress, skipped: SkippedVolumes
) -> tuple[AppliedBundle, frozenset[Path]]:
    own = mailbox(folder, session.profile.device)
    with _reachable():
        places = [folder] if own.is_symlink() else [own, folder]  # a link leads to folders of ours
        paths = [path for place in places for path in place.glob(_SUFFIX) if path not in skipped]
    left: set[Path] = set()
    unfinished: set[Path] = set()

    def refused(problem: BundleProblem) -> None:
        left.add(problem.path)
        if problem.error.code in _UNFINISHED or _is_being_written(session, problem):
            unfinished.add(problem.path)
        elif problem.error.code in _OTHERS | LEFT:
            skipped.add(problem.path)
        elif isinstance(problem.error, TrustError):
            # any other one is of our own disk: the next round tries again
            if problem.error.code != _NO_BUNDLE or problem.path.parent != folder:
                session.quarantine.keep(problem.path, problem.error, session.clock.now())
            _put_away(problem.path, folder, "refused", skipped)

    done = receive_all(session, paths, progress, dry_run=False, refused=refused)
    for path in paths:
        if path not in left:
            _put_away(path, folder, "done", skipped)
    return done, frozenset(unfinished)


def _is_being_written(session: Session, problem: BundleProblem) -> bool:
    """A file that got its whole length before its content, as some systems copy; what was written a moment ago is
    looked at again."""
    if problem.error.code not in _DAMAGED:
        return False
    try:
        written = problem.path.stat().st_mtime
    except OSError:
        return True
    return abs(session.clock.now().timestamp() - written) < _MOMENT_S


def _put_away(path: Path, folder: Path, name: str, skipped: SkippedVolumes) -> None:
    """Out of the mailbox, or from the folder itself into ``name``; remembered where that can not be done."""
    try:
        if path.parent == folder:
            target = folder / name
            target.mkdir(exist_ok=True)
            path.replace(target / path.name)
        else:
            path.unlink()
    except OSError:
        skipped.add(path)


def _write_all(
    session: Session, folder: Path, progress: Progress
) -> tuple[tuple[Exported, ...], tuple[AppError, ...]]:
    written: list[Exported] = []
    problems: list[AppError] = []
    for peer in receivers(session):
        try:
            written += _write(session, peer, folder, progress)
        except Cancelled:
            raise
        except UserInputError as error:
            if error.code != "export.nothing":
                problems.append(error)
        except AppError as error:
            # The same words for a share that goes away while it is written to as before: nobody pulled a stick.
            problems.append(WorldError(_GONE) if error.code == "medium.gone" else error)
    return tuple(written), tuple(problems)


def _write(session: Session, peer: Peer, folder: Path, progress: Progress) -> Iterator[Exported]:
    since = session.clock.now() - session.rules.duration("exchange.repeat", session.today)
    target = mailbox(folder, peer.card.device)
    with session.store.read() as reader:
        if not _has_news(session, reader, peer, since):
            return
        former = _superseded(reader, peer.card.device, target)
    if target.is_symlink():
        raise WorldError("file.link", name=target.name)
    with _reachable():
        target.mkdir(exist_ok=True)
    yield export_to(session, peer, target, progress, resume=Resume(since=since))
    for path in former:  # the new first volume holds all of it
        with suppress(OSError):  # its owner is reading it, and removes it himself
            path.unlink()


def _has_news(session: Session, reader: Reader, peer: Peer, since: datetime) -> bool:
    """Whether something waits that did not leave yet, or left so long ago that it must be lost. A receipt that is lost
    is not told of again: who waits for it sends anew what it was for, and gets another."""
    receiver = peer.card.device
    stream = session.profile.stream_for(peer.card.unit_code)
    held = reader.acknowledged(receiver).get(stream, 0)
    left, head = reader.exported(receiver).get(stream, 0), reader.heads().get(stream, 0)
    if any(
        _is_reported(entry) or _answers(entry)
        for entry in _after(reader, stream, max(left, held), head)
    ):
        return True
    sent = _sent(reader, receiver)
    late = any(row.state in _LATE for row in sent)
    if not late or any(row.at >= since for row in sent):
        return False
    has_entries = any(_is_reported(entry) for entry in _after(reader, stream, held, left))
    return has_entries or _owes_files(session, reader, peer)


def _after(reader: Reader, stream: str, held: int, last: int) -> Iterator[Entry]:
    return iter(reader.entries(stream, held + 1, last))


def _owes_files(session: Session, reader: Reader, peer: Peer) -> bool:
    return any(session.vault.has(blob.sha256) for blob in owed_blobs(session, reader, peer))


def _sent(reader: Reader, receiver: DeviceId) -> list[BundleRow]:
    return [row for row in reader.bundles() if row.outgoing and row.peer == receiver]


def _is_reported(entry: Entry) -> bool:
    """Whether the other side is to know of it, and proves that it does."""
    return entry.kind not in QUIET or entry.kind == BUNDLE_REFUSED


def _answers(entry: Entry) -> bool:
    """A receipt that somebody waits for."""
    return entry.kind == BUNDLE_RECEIVED and entry.fields.get("received.worth") is True


def _superseded(reader: Reader, receiver: DeviceId, folder: Path) -> list[Path]:
    """First volumes of ours that were laid into the mailbox; most are taken by now."""
    found = []
    for row in _sent(reader, receiver):
        written = mapping(reader.current(f"bundle/{row.id}"), "written.1")
        if text(written, "folder") == folder_mark(folder):
            found.append(folder / Path(text(written, "name")).name)
    return found


class _reachable:  # noqa: N801 - used as a context
    """An ``OSError`` of the folder is its loss: a share that went away, a stick that was pulled."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise WorldError(_GONE) from error


def _mark(path: Path) -> tuple[str, int, int]:
    try:
        stat = path.lstat()
    except OSError:
        return str(path), -1, -1
    return str(path), stat.st_size, stat.st_mtime_ns
