"""Take in a package of the centre: newer data under its signature. What is refused leaves everything as it was."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import TrustError
from desktop.domain.exchange.data_package import DataPackage, PackageInForce, PackageKind, is_newer
from desktop.domain.exchange.peers import KeyState, PeerState
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import package_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PACK_TAKEN
from desktop.services.exchange.peers.peer_keys import peer_of
from desktop.services.session import Session


def install_package(session: Session, path: Path) -> PackageInForce:
    """Keep the package in the file; it counts from the next sign-in.

    Raises:
        TrustError: ``pack.malformed``, ``pack.newer_format``, ``pack.unsigned``, ``pack.altered``; ``pack.foreign``
            for one the trusted centre did not sign; ``pack.expired_sender`` once its enrolment ended; ``pack.kind`` for
            data this program has no place for; ``pack.older`` when it is not newer than what is in force or was taken
            in.
        WorldError: ``pack.unfit`` for content the program can not read or work with; errors of the disk.
    """
    session.require(Permission.EXCHANGE)
    package = session.signed_files.open_package(path)
    _check_signer(session, package)
    kind = _kind(session, package.head.kind)
    known = _state(session, kind)
    if not is_newer(package.head.version, known.version) or is_newer(
        known.waiting, package.head.version
    ):
        newest = known.waiting or known.version
        raise TrustError("pack.older", version=package.head.version, known=newest)
    session.packages.check(kind, package.head.version, package.files)
    fields = {
        "kind": kind.value,
        "id": session.packages.keep(package),
        "version": package.head.version,
        "made_at": package.head.made_at,
        "unit": package.head.unit,
        "signer": package.signer,
        "taken_at": to_wire(session.clock.now()),
    }
    subject = package_subject(session.profile.device, kind.value)
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(PACK_TAKEN, subject, fields))
    return _state(session, kind)


def packages_in_force(session: Session) -> tuple[PackageInForce, ...]:
    """Every kind of data a package can replace, and what it rests on now."""
    return tuple(_state(session, kind) for kind in session.packages.versions)


def _state(session: Session, kind: PackageKind) -> PackageInForce:
    version = session.packages.versions[kind]
    with session.store.read() as reader:
        fields = reader.current(package_subject(session.profile.device, kind.value))
    taken = text(fields, "version")
    if taken == version:
        return PackageInForce(
            kind, version, text(fields, "unit"), from_wire(text(fields, "taken_at"))
        )
    return PackageInForce(kind, version, waiting=taken if is_newer(taken, version) else "")


def _kind(session: Session, name: str) -> PackageKind:
    for kind in session.packages.versions:
        if kind.value == name:
            return kind
    raise TrustError("pack.kind", kind=name)


def _check_signer(session: Session, package: DataPackage) -> None:
    """Only a centre that is trusted today, by a key it uses or used lately; a centre takes its own packages."""
    if session.profile.role is InstallationRole.CENTRE:
        if package.signer not in session.keys.held:
            raise TrustError("pack.foreign")
        return
    with session.store.read() as reader:
        peer, key = peer_of(reader.peers(), package.signer)
    if peer is None or key is None:
        raise TrustError("pack.foreign")
    same_key = key.signing_key.split()[1:2] == package.key_line.split()[1:2]
    fresh = key.state_at(session.clock.now()) in {KeyState.CURRENT, KeyState.OVERLAP}
    if peer.card.role != InstallationRole.CENTRE.value or peer.revoked or not (same_key and fresh):
        raise TrustError("pack.foreign")
    if peer.state_at(session.clock.now()) is PeerState.EXPIRED:
        raise TrustError("pack.expired_sender")
