"""Our own keys: which are in use since when, who knows of them, and the change to new ones.

A planned change is told in our next bundles and on our next card, signed by the former key; until a receiver has
acknowledged that, what we send it bears a signature it can check. After a loss nothing bears the former key's
signature any more: the new card goes out, and every other side compares its fingerprint by voice again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.exchange.peers import OwnKey, Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import SILENT, Progress
from desktop.domain.records.fields import Fields, Json, number, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import device_subject, keys_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import KEYS_DESTROYED, KEYS_ROTATED
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_GONE: Final = "destroyed."
_SAID_OF_CHANGE: Final = ("key", "card", "since", "lost", "reason")


@dataclass(frozen=True, slots=True)
class _Change:
    """One change of keys as the journal tells it. ``at``: stream → the entry that told it there."""

    key: DeviceId
    since: datetime
    lost: bool
    at: Mapping[str, int]


def rotate_keys(session: Session, *, lost: str = "") -> OwnKey:
    """Take a new signing and a new receiving key into use. ``lost``: why the former may be in other hands; "" for a
    planned change.

    The pair is durable before the entry that takes it into use: a crash leaves the former keys or the new ones.
    """
    session.require(Permission.ADMINISTER)
    with session.store.write() as transaction:
        fresh = take_new_keys(session, transaction, lost)
    session.keys.adopt(fresh)
    return next(key for key in own_keys(session) if key.until is None)


def take_new_keys(session: Session, transaction: Transaction, lost: str = "") -> DeviceId:
    """A new pair that this transaction takes into use, to be adopted behind it; ``lost`` as for :func:`rotate_keys`.
    Within its turn, as another program at these data may change them too."""
    device, subject = session.profile.device, keys_subject(session.profile.device)
    session.keys.follow(key_in_use(transaction, device))
    now, why = session.clock.now(), lost.strip()
    fresh = session.keys.prepare()
    former = None if why else session.keys.current
    card = session.cards.card(session.profile, to_wire(now), key=fresh, former=former)
    count = len(_changes(transaction.current(subject))) + 2
    units = {peer.card.unit_code for peer in transaction.peers()}
    for stream in sorted({device, *map(session.profile.stream_for, units)}):
        change: dict[str, Json] = {
            "key": fresh,
            "card": card,
            "since": to_wire(now),
            "lost": bool(why),
            "reason": why,
            f"at.{stream}": transaction.heads().get(stream, 0) + 1,
        }
        fields = {f"{count}.{name}": value for name, value in change.items()}
        new = NewEntry(KEYS_ROTATED, subject, fields, stream=stream)
        transaction.append(session.officer.number, new)
    return fresh


def tell_keys(session: Session, transaction: Transaction, stream: str) -> None:
    """Say every change of our keys once more, in a stream that does not tell of them."""
    subject = keys_subject(session.profile.device)
    fields = transaction.current(subject)
    for count in _numbers(fields):
        change = {f"{count}.{name}": fields.get(f"{count}.{name}") for name in _SAID_OF_CHANGE}
        change[f"{count}.at.{stream}"] = transaction.heads().get(stream, 0) + 1
        new = NewEntry(KEYS_ROTATED, subject, change, stream=stream)
        transaction.append(session.officer.number, new)


def own_keys(session: Session) -> tuple[OwnKey, ...]:
    """Every pair this installation ever used, the one in use first."""
    device = session.profile.device
    with session.store.read() as reader:
        changes = _changes(reader.current(keys_subject(device)))
        first = next(iter(reader.entries(device, 1, 1)), None)
    made = from_wire(first.wall) if first else session.clock.now()
    rows = (_Change(device, made, lost=False, at={}), *changes)
    following = (*changes, None)
    return tuple(
        OwnKey(
            row.key,
            row.since,
            next_.since if next_ else None,
            bool(next_ and next_.lost),
            row.key in session.keys.held,
        )
        for row, next_ in reversed(tuple(zip(rows, following, strict=True)))
    )


def former_key(session: Session) -> DeviceId | None:
    """The key that names the one in use its successor on our cards; None where it was lost, or there is none."""
    with session.store.read() as reader:
        changes = _own_changes(session, reader)
    if not changes or changes[-1].lost:
        return None
    return changes[-2].key if len(changes) > 1 else session.profile.device


def copy_is_due(session: Session) -> bool:
    """Whether no safety copy was made since the newest keys came into use: what is older opens nothing sealed to
    them."""
    device = session.profile.device
    with session.store.read() as reader:
        changes = _own_changes(session, reader)
        at = text(reader.current(device_subject(device)), "backup.at")
    return bool(changes) and (not at or from_wire(at) < changes[-1].since)


def signer_for(session: Session, reader: Reader, peer: Peer) -> DeviceId:
    """The newest of our keys that ``peer`` can check a signature of; the newest at all once a former one was lost.
    A seat of a centre has its own alone."""
    if session.profile.seat:
        return session.keys.current
    stream = session.profile.stream_for(peer.card.unit_code)
    held = reader.acknowledged(peer.card.device).get(stream, 0)
    for change in reversed(_changes(reader.current(keys_subject(session.profile.device)))):
        announced_at = change.at.get(stream, 0)
        if change.lost or peer.knows == change.key or 0 < announced_at <= held:
            return change.key
    return session.profile.device


def unaware(session: Session, receivers: tuple[Peer, ...]) -> tuple[Peer, ...]:
    """Those among ``receivers`` that do not know our newest key yet."""
    with session.store.read() as reader:
        return tuple(
            peer for peer in receivers if signer_for(session, reader, peer) != session.keys.current
        )


def signer_for_all(session: Session, receivers: tuple[Peer, ...]) -> DeviceId:
    """What a thing for everybody is signed with: the newest key, unless somebody may not know it yet."""
    if session.profile.seat:
        return session.keys.current
    with session.store.read() as reader:
        order = [session.profile.device, *(change.key for change in _own_changes(session, reader))]
        known = {signer_for(session, reader, peer) for peer in receivers}
    return min(known, key=order.index, default=session.keys.current)


def destroy_key(
    session: Session, fingerprint: str, receivers: tuple[Peer, ...], progress: Progress = SILENT
) -> OwnKey:
    """Destroy the secret half of a pair that was replaced. Evidence here is sealed to the key in use first, which may
    take long and goes on where it was left; bundles sealed to the old pair alone stay closed for ever.

    Raises:
        UserInputError: ``keys.unknown`` for a pair that is not here.
        RuleError: ``keys.in_use``; ``keys.still_needed`` while one of ``receivers`` can not check the newer one;
            ``keys.opens_evidence`` while files still need a former pair, as one that can not be read just now does;
            ``keys.shared`` while another program at these data works with the pair.
        WorldError: as the disk does; the pair is then still there and everything opens.
    """
    session.require(Permission.ADMINISTER)
    wanted = "".join(mark for mark in fingerprint.upper() if mark.isalnum())
    rows = own_keys(session)
    found = next((key for key in rows if key.fingerprint == wanted and key.held), None)
    if found is None:
        raise UserInputError("keys.unknown")
    if found.until is None:
        raise RuleError("keys.in_use")
    waiting = unaware(session, receivers)
    if waiting:
        raise RuleError("keys.still_needed", count=len(waiting))
    session.keys.require_alone()
    reseal_evidence(session, progress)
    left = session.vault.sealed_before(progress)
    if left:
        raise RuleError("keys.opens_evidence", count=left)
    fields: dict[str, Json] = {f"{_GONE}{found.fingerprint}": to_wire(session.clock.now())}
    with session.store.write() as transaction:
        subject = keys_subject(session.profile.device)
        transaction.append(session.officer.number, NewEntry(KEYS_DESTROYED, subject, fields))
    session.keys.destroy(found.fingerprint)
    return next(key for key in own_keys(session) if key.fingerprint == wanted)


def reseal_evidence(session: Session, progress: Progress) -> int:
    """Seal evidence here to the key in use, so that no former one is needed for it; how many files.

    Raises ``WorldError`` as the disk does, ``Cancelled``: what is done stays done, and everything opens.
    """
    session.require(Permission.ADMINISTER)
    with session.store.read() as reader:
        known = frozenset(blob.sha256 for blob in reader.known_blobs())
    return session.vault.reseal(known, progress)


def key_in_use(reader: Reader, device: DeviceId) -> DeviceId:
    """The key the journal says ``device`` uses: its first one until it told of another."""
    changes = _changes(reader.current(keys_subject(device)))
    return changes[-1].key if changes else device


def destroyed_keys(reader: Reader, device: DeviceId) -> frozenset[DeviceId]:
    """Keys of ``device`` whose secret halves it destroyed."""
    fields = reader.current(keys_subject(device))
    return frozenset(
        DeviceId(name.removeprefix(_GONE)) for name in fields if name.startswith(_GONE)
    )


def lost_keys(reader: Reader, device: DeviceId) -> frozenset[DeviceId]:
    """Keys of ``device`` whose signatures it disowned when it lost them."""
    changes = _changes(reader.current(keys_subject(device)))
    former = (device, *(change.key for change in changes))
    last = max((place for place, change in enumerate(changes) if change.lost), default=-1)
    return frozenset(former[: last + 1])


def announced_cards(fields: Fields) -> tuple[str, ...]:
    """The cards by which a device told of each change of its keys, oldest first."""
    return tuple(text(fields, f"{count}.card") for count in _numbers(fields))


def _own_changes(session: Session, reader: Reader) -> tuple[_Change, ...]:
    return _changes(reader.current(keys_subject(session.profile.device)))


def _changes(fields: Fields) -> tuple[_Change, ...]:
    """Oldest first."""
    return tuple(
        _Change(
            DeviceId(text(fields, f"{count}.key")),
            from_wire(text(fields, f"{count}.since")),
            fields.get(f"{count}.lost") is True,
            _places(fields, f"{count}.at."),
        )
        for count in _numbers(fields)
    )


def _numbers(fields: Fields) -> tuple[int, ...]:
    """The first key has no entry of its own; changes count from 2."""
    count = 2
    while text(fields, f"{count}.key"):
        count += 1
    return tuple(range(2, count))


def _places(fields: Fields, prefix: str) -> dict[str, int]:
    return {
        name.removeprefix(prefix): number(fields, name)
        for name in fields
        if name.startswith(prefix)
    }
