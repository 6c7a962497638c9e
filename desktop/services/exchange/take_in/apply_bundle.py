"""Check and apply bundles: at the desk what came back from the centre, at the centre what stations sent."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Final

from desktop.domain.errors import AppError, Cancelled, TrustError
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.time.clock import from_wire
from desktop.services.exchange.take_in.bundle_news import BundleNews, by_station
from desktop.services.exchange.take_in.entry_order import CheckingSink
from desktop.services.exchange.take_in.lacking_volumes import LackingVolumes, lacking_volumes
from desktop.services.exchange.take_in.receive_bundle import Received, receive_volume
from desktop.services.ports import RefusedEntry, VolumeSink
from desktop.services.session import Session

_MAY_PASS: Final = frozenset(
    {
        "bundle.unknown_sender",
        "bundle.unlisted_centre",
        "bundle.revoked_sender",
        "bundle.after_cut",
        "bundle.cut_unproven",
        "bundle.expired_sender",
        "bundle.retired_key",
        "bundle.lost_key",
        "bundle.newer_version",
        "journal.newer",
        "entry.early",
        "entry.overreach",
    }
)
"""Refusals that an enrolment, a newer program, or the bundle before it ends: the volume itself was whole. The last two
are of earlier programs, which refused a whole volume for one entry."""
OWN_OR_FOR_ANOTHER: Final = frozenset({"bundle.for_another"})
"""Why a volume that opens is nobody's mistake: mostly our own, still on the stick it left on."""
_FOR_OTHERS: Final = OWN_OR_FOR_ANOTHER | {"bundle.not_for_us"}
_NOT_OURS: Final = _FOR_OTHERS | {"bundle.not_a_bundle"}
"""Why a volume is none of this desk's business: it stays on its stick."""
_DAMAGED: Final = frozenset({"bundle.damaged", "bundle.truncated"})
_MINUTE: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class BundleProblem:
    """A volume that was refused, with the error that says why."""

    path: Path
    error: AppError


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """Whether every volume holds: form, signature, digests."""

    ok: bool
    manifests: tuple[VolumeManifest, ...]
    problems: tuple[BundleProblem, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence of the catalogue with its parameters; what ``error`` says happened fills its ``{reason}``."""

    key: str
    params: Mapping[str, str | int]
    error: AppError | None = None


@dataclass(frozen=True, slots=True)
class AppliedBundle:
    """What applying (or a dry run) did. ``bundles``: those with at least one sound volume; ``others``: volumes for
    other devices that lay beside ours and were left alone."""

    bundles: int
    volumes: int
    applied: int
    already: int
    held: int
    conflicts: int
    blobs: int
    cases: frozenset[CaseId]
    receipts: int
    replies: int
    problems: tuple[BundleProblem, ...]
    others: int = 0
    proposals: int = 0
    ahead: int = 0
    """Minutes by which a bundle was made later than it is here: one of the two clocks is wrong."""
    lacking: tuple[LackingVolumes, ...] = ()
    """Volumes that never came of bundles of which one came now."""
    refused: tuple[RefusedEntry, ...] = ()
    """Entries that came and take no effect, as somebody spoke for another or broke another rule."""
    newer: int = 0
    """Streams that wait until this program is upgraded."""
    jumps: int = 0
    """Streams that wait until what explains their Lamport time arrives."""
    list_refused: TrustError | None = None
    """Why the centre's list of devices was not taken over."""
    news: tuple[BundleNews, ...] = ()
    """What a dry run found new, station by station, the most urgent first."""

    @property
    def notes(self) -> tuple[Note, ...]:
        """What needs a person's attention though no volume was refused for it; refused entries rule by rule."""
        rules: dict[str, list[RefusedEntry]] = {}
        for item in self.refused:
            rules.setdefault(item.error.code, []).append(item)
        counts = (("shared.waits_newer", self.newer), ("shared.waits_jump", self.jumps))
        return (
            *(
                Note("shared.refused_entries", {"count": len(items)}, items[0].error)
                for items in rules.values()
            ),
            *(Note(key, {"count": count}) for key, count in counts if count),
            *((Note("shared.list_refused", {}, self.list_refused),) if self.list_refused else ()),
            *(Note("shared.lacking_volumes", item.words) for item in self.lacking),
        )


def volumes_in(paths: Sequence[Path]) -> list[Path]:
    """Bundle volumes among files and folders, first volumes first."""
    found: list[Path] = []
    for path in paths:
        found += sorted(path.glob("*.fzb")) if path.is_dir() else [path]
    return sorted(found, key=lambda item: item.name)


def verify_bundle(session: Session, paths: Sequence[Path], progress: Progress) -> BundleVerdict:
    """Check volumes that were sealed to us, without trusting or applying anything."""

    def read(path: Path, sink: VolumeSink) -> VolumeManifest:
        return session.volumes.read_volume(path, sink, lambda *_: None, progress)

    return verdict_on(paths, read)


def verdict_on(
    paths: Sequence[Path], read: Callable[[Path, VolumeSink], VolumeManifest]
) -> BundleVerdict:
    """Form, signature and digests of every volume, its entries each by itself and their order. ``read`` reads one."""
    manifests, problems = [], []
    for path in volumes_in(paths):
        sink = CheckingSink()
        try:
            found = read(path, sink)
            sink.require(found)
            manifests.append(found)
        except Cancelled:
            raise
        except AppError as error:
            problems.append(BundleProblem(path, error))
    return BundleVerdict(not problems and bool(manifests), tuple(manifests), tuple(problems))


def is_quarantined(problem: BundleProblem) -> bool:
    """Whether a desk keeps such a volume in quarantine: it was sealed to us, and not our own disk is to blame."""
    return isinstance(problem.error, TrustError) and problem.error.code not in _NOT_OURS


def apply_bundle(
    session: Session, paths: Sequence[Path], progress: Progress, *, dry_run: bool = False
) -> AppliedBundle:
    """At a desk: apply every volume; one that is refused does not stop the others.

    A volume that was sealed to us and is refused is kept in quarantine; others' volumes on the same stick are left.
    """
    session.require(Permission.EXCHANGE)

    def keep(problem: BundleProblem) -> None:
        if is_quarantined(problem) and not dry_run and problem.path.is_file():
            session.quarantine.keep(problem.path, problem.error, session.clock.now())

    return receive_all(session, paths, progress, dry_run=dry_run, refused=keep, others=_FOR_OTHERS)


def release_quarantine(session: Session, progress: Progress) -> AppliedBundle:
    """Take in what was kept for want of trust or of a newer program, now that its senders may have been approved.

    What is taken in leaves the quarantine; what is refused again stays with its newest reason.
    """
    session.require(Permission.EXCHANGE)
    rows = [row for row in session.quarantine.rows() if row.code in _MAY_PASS]
    names = {session.quarantine.path(row.name): row.name for row in rows}

    def keep(problem: BundleProblem) -> None:
        # A full disk is no reason of theirs: they wait as before.
        if isinstance(problem.error, TrustError):
            session.quarantine.keep(problem.path, problem.error, session.clock.now())

    done = receive_all(session, sorted(names), progress, dry_run=False, refused=keep)
    refused = {problem.path for problem in done.problems}
    for path, name in names.items():
        if path not in refused:
            session.quarantine.drop(name)
    return done


def receive_all(
    session: Session,
    paths: Sequence[Path],
    progress: Progress,
    *,
    dry_run: bool,
    refused: Callable[[BundleProblem], object] = lambda _: None,
    others: frozenset[str] = frozenset(),
) -> AppliedBundle:
    """Apply every volume among ``paths``; ``refused`` is told of each that could not be, at once.

    Where it can not do what it does with such a volume, that is told as well, and the others are applied all the same.
    One stick serves all desks of a station: what is refused with a code of ``others`` is only counted, as long as
    anything else is there. Where nothing is, somebody took the wrong stick and has to hear why.
    """
    done: list[Received] = []
    sound: set[str] = set()
    problems: list[BundleProblem] = []
    beside: list[BundleProblem] = []
    for path in volumes_in(paths):
        progress.check()
        try:
            received = receive_volume(session, path, progress, dry_run=dry_run)
            done.append(received)
            sound.add(path.name)
            if received.behind:
                rest = BundleProblem(path, TrustError("bundle.after_cut", count=received.behind))
                problems += _refused(rest, refused)
        except Cancelled:
            raise
        except AppError as error:
            problem = BundleProblem(path, error)
            if error.code in others:
                beside.append(problem)
            else:
                problems += _refused(problem, refused)
    if not done and not problems:
        problems += [reported for problem in beside for reported in _refused(problem, refused)]
        beside = []
    if not dry_run:
        _forget_damaged(session, sound)
    with session.store.read() as reader:
        lacking = lacking_volumes(session, reader, (item.manifest for item in done))
    ahead = _minutes_ahead(session, done)
    return replace(
        joined([_alone(item) for item in done]),
        bundles=len({item.manifest.bundle for item in done}),
        problems=tuple(problems),
        others=len(beside),
        ahead=ahead,
        lacking=lacking,
    )


def _forget_damaged(session: Session, sound: Collection[str]) -> None:
    """A damaged copy is worth nothing once a sound volume of the same name was taken in."""
    for row in session.quarantine.rows() if sound else ():
        if row.code in _DAMAGED and row.file in sound:
            session.quarantine.drop(row.name)


def _minutes_ahead(session: Session, done: Sequence[Received]) -> int:
    """How long a bundle was on its way nobody can tell, so that a sender who is late stays unnoticed."""
    now, least = session.clock.now(), session.rules.duration("clock.tolerance", session.today)
    ahead = max((from_wire(item.manifest.clock) - now for item in done), default=least)
    return ahead // _MINUTE if ahead > least else 0


def _refused(
    problem: BundleProblem, refused: Callable[[BundleProblem], object]
) -> Iterator[BundleProblem]:
    yield problem
    try:
        refused(problem)
    except Cancelled:
        raise
    except AppError as error:
        yield BundleProblem(problem.path, error)


def joined(done: Sequence[AppliedBundle]) -> AppliedBundle:
    """What several did, as if it had been one; each of them took in other bundles."""
    return AppliedBundle(
        bundles=sum(item.bundles for item in done),
        volumes=sum(item.volumes for item in done),
        applied=sum(item.applied for item in done),
        already=sum(item.already for item in done),
        held=max((item.held for item in done), default=0),
        conflicts=sum(item.conflicts for item in done),
        blobs=sum(item.blobs for item in done),
        cases=frozenset(case for item in done for case in item.cases),
        receipts=sum(item.receipts for item in done),
        replies=sum(item.replies for item in done),
        problems=tuple(problem for item in done for problem in item.problems),
        others=sum(item.others for item in done),
        proposals=sum(item.proposals for item in done),
        ahead=max((item.ahead for item in done), default=0),
        lacking=tuple(volumes for item in done for volumes in item.lacking),
        refused=tuple(entry for item in done for entry in item.refused),
        newer=max((item.newer for item in done), default=0),
        jumps=max((item.jumps for item in done), default=0),
        list_refused=next((item.list_refused for item in done if item.list_refused), None),
        news=by_station(news for item in done for news in item.news),
    )


def _alone(received: Received) -> AppliedBundle:
    applied = received.applied
    return AppliedBundle(
        1, 1, applied.applied, applied.already, applied.held, max(applied.conflicts, 0), received.blobs, applied.cases,
        received.receipts, received.replies, (), proposals=received.proposals, refused=applied.refused,
        newer=applied.newer, jumps=applied.jumps, list_refused=received.list_refused,
        news=(received.news,) if received.news else (),
    )  # fmt: skip
