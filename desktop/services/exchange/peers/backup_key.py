"""The centre's offline backup key: should the centre lose its computer, it still opens every bundle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import DeviceId
from desktop.domain.installation.officer import Permission
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json, text
from desktop.domain.time.clock import from_wire, to_wire
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_CHOSEN
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.ports import Reader, Transaction
from desktop.services.session import Session

_FIELD: Final = "backup.recipient"
_AT: Final = "backup.chosen_at"
"""Not the time of a safety copy, which the same subject tells."""


def choose_backup(
    session: Session,
    recipient: str,
    second: SecondOfficer | None = None,
    keep: Callable[[], object] | None = None,
) -> None:
    """At a centre: from now on stations seal to ``recipient`` (``age1…``) as well. Its secret half stays on paper.

    Every station hears of it with its next bundle, a new one with its first. Whoever has it reads every case, so two
    officers choose it. ``keep`` puts the secret half where it is to lie, before anybody seals to it.

    Raises:
        RuleError: ``centre.not_a_centre``; what :func:`require_second` raises.
        UserInputError: ``backup.not_a_recipient``.
    """
    session.require(Permission.ADMINISTER)
    if session.profile.role is not InstallationRole.CENTRE:
        raise RuleError("centre.not_a_centre")
    if not session.cards.is_recipient(recipient):
        raise UserInputError("backup.not_a_recipient")
    with session.store.write() as transaction:
        who = require_second(session, transaction, second)
        if keep is not None:
            keep()
        _say(session, transaction, "", recipient, who)
        for unit in sorted({peer.card.unit_code for peer in transaction.peers()}):
            tell_backup(session, transaction, unit, recipient)


def tell_backup(session: Session, transaction: Transaction, unit: str, recipient: str = "") -> None:
    """Say it to one unit; nothing where there is no backup key or the centre itself is meant."""
    chosen = recipient or backup_of(session, transaction, session.profile.device)
    stream = session.profile.stream_for(unit)
    if chosen and stream != session.profile.device:
        _say(session, transaction, stream, chosen)


def backup_of(session: Session, reader: Reader, device: DeviceId) -> str:
    """The backup recipient ``device`` chose; "" for none, or for something nothing can be sealed to."""
    chosen = text(reader.current(device_subject(device)), _FIELD)
    return chosen if chosen and session.cards.is_recipient(chosen) else ""


def backup_since(session: Session, device: DeviceId) -> tuple[str, datetime | None]:
    """The backup recipient ``device`` chose and when; "" and None where it chose none. Older ones do not say when."""
    with session.store.read() as reader:
        chosen = backup_of(session, reader, device)
        at = text(reader.current(device_subject(device)), _AT)
    return chosen, from_wire(at) if chosen and at else None


def _say(
    session: Session,
    transaction: Transaction,
    stream: str,
    recipient: str,
    who: Mapping[str, Json] = MappingProxyType({}),
) -> None:
    fields: dict[str, Json] = {_FIELD: recipient, _AT: to_wire(session.clock.now()), **who}
    entry = NewEntry(BACKUP_CHOSEN, device_subject(session.profile.device), fields, stream=stream)
    transaction.append(session.officer.number, entry)
