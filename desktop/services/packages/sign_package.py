"""At the centre: sign data for the stations, after reading it as a station would."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.exchange.data_package import PackageHead, PackageKind, is_version
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.time.clock import to_wire
from desktop.journal.authority import package_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import PACK_SIGNED
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import signer_for_all
from desktop.services.session import Session


def sign_package(
    session: Session, kind: PackageKind, version: str, files: Mapping[str, bytes]
) -> bytes:
    """The signed package as the bytes of its file.

    Raises:
        RuleError: ``pack.not_a_centre``.
        UserInputError: ``pack.version`` for a version that is no day; ``pack.names`` for file names no station
            takes.
        WorldError: ``pack.unfit`` for content a station would refuse.
    """
    session.require(Permission.EXCHANGE)
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("pack.not_a_centre")
    if not is_version(version):
        raise UserInputError("pack.version")
    if kind not in session.packages.versions:
        raise UserInputError("pack.kind_unread", kind=kind.value)
    session.packages.check(kind, version, files, made_now=True)
    made_at = to_wire(session.clock.now())
    head = PackageHead(kind.value, version, made_at, session.profile.unit_name, {})
    try:
        data = session.signed_files.seal_package(
            head, files, signer_for_all(session, receivers(session))
        )
    except ValueError as error:
        raise UserInputError("pack.names") from error
    fields = {"kind": kind.value, "version": version, "files": sorted(files)}
    subject = package_subject(session.profile.device, kind.value)
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(PACK_SIGNED, subject, fields))
    return data
