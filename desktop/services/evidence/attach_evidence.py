"""Attach evidence: digest and encrypt into the vault, then record it. A crash leaves an unused blob, never a record
without its blob."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence, StoredBlob
from desktop.domain.evidence.record import NOT_RECORDED
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.text.hidden_signs import spelled_out
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_ATTACHED, EVIDENCE_DIGESTED
from desktop.services.brought_file import LEFT, files_below
from desktop.services.evidence.record_evidence import TypedRecord, checked_record
from desktop.services.session import Session

_BATCH = 1000
_OF_THE_FILE = LEFT | {"evidence.unreadable", "evidence.changed"}
_MOST_LEFT_OUT = 20
"""Files of a batch that cannot be read; more, and the medium itself is gone. Links and the like are not counted."""
_NAMED = 3
NOTHING_TOLD = TypedRecord("", AcquisitionMethod.PROVIDED, NOT_RECORDED)
"""How most items come in: nobody has said anything of them yet."""


Stored = tuple[Path, StoredBlob]
"""A file whose content is in the vault."""


class InTurn:
    """Files that are durable and not recorded yet. They are recorded as they were given, not as the pool finished them:
    photos of a chat tell a story."""

    def __init__(self, files: Sequence[Path]) -> None:
        self._places = {path: place for place, path in enumerate(files)}
        self._held: dict[int, list[Stored]] = {}
        self._first = self._end = 0

    def add(self, done: Stored) -> None:
        """It is durable now."""
        self._held.setdefault(self._places[done[0]], []).append(done)
        while self._end in self._held:
            self._end += 1

    @property
    def in_turn(self) -> int:
        """How many places there are before the first that is not durable."""
        return self._end - self._first

    def take(self) -> list[Stored]:
        """What is in turn."""
        places, self._first = range(self._first, self._end), self._end
        return [done for place in places for done in self._held.pop(place)]

    def take_all(self) -> list[Stored]:
        """The rest, without those that never came."""
        return [done for place in sorted(self._held) for done in self._held.pop(place)]


@dataclass(frozen=True, slots=True)
class Attached:
    """An item that is durable, and whether its content was new to the vault."""

    evidence: Evidence
    blob_new: bool


OfFile = Callable[[Path, Evidence], Evidence]


def _nothing_more(_path: Path, item: Evidence) -> Evidence:
    return item


def attach_files(
    session: Session,
    case: CaseId,
    paths: Sequence[Path],
    progress: Progress,
    *,
    typed: TypedRecord = NOTHING_TOLD,
    again: bool = True,
    of_file: OfFile = _nothing_more,
) -> tuple[Attached, ...]:
    """Attach every file; folders are taken with what is in them. ``typed``: how they were obtained, if it is known;
    ``of_file`` adds what holds for one alone, asked in the order of ``paths`` for each that is taken in.

    Without ``again``, content that an item of the case has already is not recorded a second time; that item stands in
    its place.

    Raises:
        UserInputError: ``case.unknown``, ``evidence.nothing``; what was told as in
            :func:`desktop.services.evidence.record_evidence.record_evidence`.
        WorldError: from the vault; what was attached before stays attached. ``evidence.unreadable``,
            ``evidence.changed``, ``file.link`` and ``file.special``, of several files ``evidence.some_unreadable``
            (count, names): all others are attached.
    """
    session.require(Permission.ADD_EVIDENCE)
    _require_case(session, case)
    files = list(_files(paths))
    if not files:
        raise UserInputError("evidence.nothing")
    with session.store.read() as reader:
        typed = checked_record(session, typed, reader.officers(), [session.officer.number])
        held = None if again else {item.sha256: item for item in reversed(reader.evidence(case))}

    attached: list[Attached] = []
    waiting = InTurn(files)
    left_out: list[WorldError] = []
    try:
        for done in _stored(session, files, progress, left_out):
            waiting.add(done)
            if waiting.in_turn >= _BATCH:
                attached += _record(session, case, waiting.take(), typed, held, of_file)
    finally:
        attached += _record(session, case, waiting.take_all(), typed, held, of_file)
    if left_out:
        raise _as_one_error(left_out)
    return tuple(attached)


def _stored(
    session: Session, files: Sequence[Path], progress: Progress, left_out: list[WorldError]
) -> Iterator[tuple[Path, StoredBlob]]:
    """Each as it becomes durable. One that cannot be read is told in ``left_out`` and keeps none of the others out."""
    done: set[Path] = set()
    waiting = files
    while waiting:
        try:
            for path, blob in _pooled(session, waiting, progress):
                done.add(path)
                yield path, blob
        except WorldError as error:
            named = [path for path in waiting if path.name == error.params.get("name")]
            named = [path for path in named if path not in done]
            lost = sum(problem.code not in LEFT for problem in left_out)
            if error.code not in _OF_THE_FILE or not named or lost >= _MOST_LEFT_OUT:
                raise
            done.update(named)
            yield from _one_by_one(session, named, progress, left_out)
        else:
            return
        waiting = [path for path in waiting if path not in done]


def _one_by_one(
    session: Session, files: Sequence[Path], progress: Progress, left_out: list[WorldError]
) -> Iterator[tuple[Path, StoredBlob]]:
    for path in files:
        try:
            yield path, session.vault.store(path, progress)
        except WorldError as error:
            if error.code not in _OF_THE_FILE:
                raise
            left_out.append(error)


def _as_one_error(left_out: Sequence[WorldError]) -> WorldError:
    if len(left_out) == 1:
        return left_out[0]
    names = " · ".join(str(error.params["name"]) for error in left_out[:_NAMED])
    return WorldError("evidence.some_unreadable", count=len(left_out), names=names)


def _pooled(
    session: Session, files: Sequence[Path], progress: Progress
) -> Iterator[tuple[Path, StoredBlob]]:
    if len(files) == 1:
        yield files[0], session.vault.store(files[0], progress)
    else:
        yield from session.vault.store_many(files, progress)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(files_below(path))
        else:
            yield path


def _require_case(session: Session, case: CaseId) -> None:
    with session.store.read() as reader:
        if not reader.current(f"case/{case}") and reader.draft(case) is None:
            raise UserInputError("case.unknown")


def _record(
    session: Session,
    case: CaseId,
    batch: Sequence[tuple[Path, StoredBlob]],
    typed: TypedRecord,
    held: dict[str, Evidence] | None,
    of_file: OfFile,
) -> list[Attached]:
    """``held``: items by what they contain, which are not recorded again; what becomes one is added."""
    news: list[Evidence] = []
    attached: list[Attached] = []
    for path, blob in batch:
        item = None if held is None else held.get(blob.sha256)
        if item is None:
            item = of_file(path, evidence_of(session, path.name, blob, typed, modified_at(path)))
            news.append(item)
            if held is not None:
                held[blob.sha256] = item
        attached.append(Attached(item, blob.new))
    if news:
        entries = [
            NewEntry(EVIDENCE_ATTACHED, f"evidence/{item.id}", item.to_fields(case))
            for item in news
        ]
        with session.store.write() as transaction:
            transaction.append_all(session.officer.number, entries)
    return attached


def modified_at(path: Path) -> str:
    """When a file was changed last; "" where nobody can say."""
    try:
        return to_wire(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    except (OSError, ValueError, OverflowError):
        return ""  # gone by now, or a year no calendar has; the content is safe in the vault


def readable_name(name: str) -> str:
    """A file's name as text. One that is not UTF-8 is read as GB 18030, which older Chinese systems wrote.

    Signs that turn the direction of writing would show another name on screen and paper than the file has, such as a
    program's that looks like a PDF's; they stand as their numbers.
    """
    try:
        octets = name.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character of a Windows name
        octets = name.encode("utf-8", "replace")
    try:
        found = octets.decode("utf-8")
    except UnicodeDecodeError:
        found = octets.decode("gb18030", "replace")
    return spelled_out(found)


def evidence_of(
    session: Session, name: str, blob: StoredBlob, typed: TypedRecord, modified: str
) -> Evidence:
    """The item behind what is in the vault."""
    media_type, _ = mimetypes.guess_type(name)
    return Evidence(
        id=EvidenceId(session.ids.new_id()),
        name=readable_name(name),
        size=blob.size,
        sha256=blob.sha256,
        sm3=blob.sm3,
        source=typed.source,
        method=typed.method,
        media_type=media_type or "application/octet-stream",
        added_at=session.clock.now(),
        added_by=session.officer.number,
        modified_at=modified,
        record=typed.record,
    )


def attach_picture(session: Session, case: CaseId, name: str, data: bytes) -> Attached:
    """Attach a pasted screenshot held in memory."""
    session.require(Permission.ADD_EVIDENCE)
    return attach_held(
        session, case, name, data, TypedRecord("", AcquisitionMethod.SCREENSHOT, NOT_RECORDED)
    )


def attach_held(
    session: Session, case: CaseId, name: str, data: bytes, typed: TypedRecord
) -> Attached:
    """Attach what is held in memory. Raises ``UserInputError("case.unknown")``, and what the vault does."""
    session.require(Permission.ADD_EVIDENCE)
    _require_case(session, case)
    blob = session.vault.store_bytes(data)
    item = evidence_of(session, name, blob, typed, "")
    with session.store.write() as transaction:
        transaction.append(
            session.officer.number,
            NewEntry(EVIDENCE_ATTACHED, f"evidence/{item.id}", item.to_fields(case)),
        )
    return Attached(item, blob.new)


def digest_pending(session: Session, progress: Progress) -> int:
    """Compute SM3 for items that were attached without it; how many are known now."""
    with session.store.read() as reader:
        waiting = reader.undigested()
    done = 0
    for start in range(0, len(waiting), _BATCH):
        found = _sm3_of(session, waiting[start : start + _BATCH], progress)
        with session.store.write() as transaction:
            entries = [
                NewEntry(EVIDENCE_DIGESTED, f"evidence/{evidence}", {"sm3": digest})
                for evidence, digest in found
            ]
            transaction.append_all(session.officer.number, entries)
        done += len(found)
    return done


def _sm3_of(
    session: Session, waiting: Sequence[tuple[EvidenceId, str]], progress: Progress
) -> list[tuple[EvidenceId, str]]:
    found = []
    for evidence, sha256 in waiting:
        progress.check()
        try:
            found.append((evidence, session.vault.sm3(sha256, progress)))
        except WorldError:
            continue  # the blob has not arrived yet (centre) or is missing: verification tells
    return found
