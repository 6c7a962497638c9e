"""At a new PC: its card for the centre it is to join, and joining by the approval that comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop.app.backup.upgrade_copy import note_version
from desktop.app.installation import Installation
from desktop.app.keys.key_shelf import FIRST
from desktop.app.keys.seat_secrets import read_keys, seat_secret
from desktop.app.profile.bound_folder import ProfileFolder
from desktop.app.profile.bound_profile import open_store
from desktop.app.profile.database_place import (
    DATABASE_KEY,
    choice_of,
    moved_choice,
    server_secret,
)
from desktop.app.profile.profile_file import check_unit
from desktop.bundles.signed_files.cards import ENROLMENT, make_card, parse_card
from desktop.bundles.signed_files.seat_keys import open_for_seat
from desktop.domain.errors import RuleError, TrustError, WorldError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.domain.installation.officer import check_officer
from desktop.domain.installation.profile import InstallationRole, ServerChoice
from desktop.domain.time.clock import to_wire
from desktop.runtime.files.atomic_file import disk_errors, write_atomic
from desktop.runtime.files.paths import assert_local_disk
from desktop.runtime.files.plain_file import NotPlainError, read_plain_text
from desktop.runtime.keys.key_document import copy_of
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.sealing.fingerprint import grouped
from desktop.sealing.keys import DeviceKeys
from desktop.services.bound.bound_texts import bound_files


def make_seat(installation: Installation, seat: NewSeat) -> str:
    """The keys of a new PC, and its card for the first PC of the centre, in the place of those of a PC that still
    waits.

    Raises ``UserInputError``: ``unit.code``, ``unit.name``, ``unit.letter``, ``officer.number``, a weak password;
    ``WorldError``: ``profile.exists``, and as the disk does.
    """
    check_unit(seat.unit_code, seat.unit_name, seat.device_letter)
    check_officer(seat.officer, seat.officer)
    paths = installation.paths
    if installation.exists() and not installation.waits_to_join():
        raise WorldError("profile.exists")
    assert_local_disk(paths.root)
    paths.create()
    with SingleInstance(paths.lock):
        keys = DeviceKeys.generate()
        card = make_card(
            ENROLMENT, keys, seat.unit_code, seat.unit_name.strip(), seat.device_letter,
            InstallationRole.CENTRE.value, to_wire(installation.machine.clock.now()),
        )  # fmt: skip
        write_atomic(paths.waiting_seat, card.encode())
        with disk_errors():
            for former in (paths.key_file, copy_of(paths.key_file)):
                former.unlink(missing_ok=True)
        installation.key_file().create(seat.officer, seat.password, {FIRST: keys.to_bytes()})
    return card


def waiting_card(installation: Installation) -> str:
    """The card of a PC that has not joined yet; raises ``RuleError("seat.not_waiting")``,
    ``TrustError("card.damaged")``."""
    if not installation.waits_to_join():
        raise RuleError("seat.not_waiting")
    try:
        return read_plain_text(installation.paths.waiting_seat)
    except NotPlainError as error:
        raise TrustError("card.damaged") from error


def waiting_fingerprint(installation: Installation) -> str:
    """The fingerprint of this PC while it waits, in groups."""
    return grouped(parse_card(waiting_card(installation)).fingerprint)


def approving_centre(card: PeerCard) -> ApprovingCentre:
    """The centre on its card, as people compare it."""
    return ApprovingCentre(card.unit_name, grouped(card.fingerprint))


def read_approval(
    installation: Installation, number: str, password: str, approval: str
) -> tuple[DeviceKeys, PeerCard, Mapping[str, Any]]:
    """The own keys, whose approval it is, and what is in it. ``number`` and ``password`` are those the PC was made
    with.

    Raises ``TrustError``: ``seat_keys.damaged``, ``seat_keys.newer_version``, ``seat_keys.for_another`` for one made
    for another PC, ``seat_keys.other_centre`` for that of another centre than the card names; ``RuleError``:
    ``seat.not_waiting``; and as :meth:`KeyFile.unlock` does.
    """
    own = parse_card(waiting_card(installation))
    unlocked = installation.key_file().unlock(number.strip(), password)
    keys = DeviceKeys.from_bytes(unlocked.secrets[FIRST])
    shared = open_for_seat(approval, keys)
    signer = shared.signer
    if (signer.role, signer.unit_code) != (own.role, own.unit_code):
        raise TrustError("seat_keys.other_centre")
    return keys, signer, shared.content


def join_centre(
    installation: Installation,
    number: str,
    password: str,
    approval: str,
    choice: ServerChoice | str | None = None,
) -> ApprovingCentre:
    """Join the centre that made the approval, after the fingerprint of its first PC was compared; returns it.
    ``choice``: where the database lies as this PC sees it, or as it was typed, see :func:`moved_choice`; None or "": as
    the first PC does. The password of the approval goes on where no other is given. Until all of it is done the PC goes
    on waiting.

    Raises what :func:`read_approval` raises; ``RuleError("seat.removed")`` where the PC was taken away since; as
    opening the database does.
    """
    keys, centre, content = read_approval(installation, number, password, approval)
    try:
        secrets = {
            FIRST: keys.to_bytes(),
            DATABASE_KEY: bytes.fromhex(content["database"]),
            **seat_secret(centre.device, read_keys(content["keys"])),
            **server_secret(_place(choice_of(content["server"]), choice)),
        }
        master, slots = bytes.fromhex(content["master"]), content["slots"]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TrustError("seat_keys.damaged") from error
    with SingleInstance(installation.paths.lock):
        bound = require_works(installation, secrets)
        note_version(installation.paths)
        installation.key_file().join(slots, master, secrets)
        # Behind the keys: with its files the PC waits no longer.
        folder = ProfileFolder(installation.paths)
        for path, file_text in bound.items():
            folder.write(path, file_text)
        installation.paths.waiting_seat.unlink()
    return approving_centre(centre)


def require_works(installation: Installation, secrets: Mapping[str, bytes]) -> dict[str, str]:
    """See that the database takes the PC with these secrets; what is bound there, which the files of its profile are
    to say. Raises ``RuleError("seat.removed")``; as opening the database does."""
    missing = WorldError("profile.missing")
    opened = open_store(installation.paths, secrets, missing, installation.machine.clock)
    with opened.store.closing(), opened.store.read() as reader:
        seats = {one.card.device for one in reader.seats() if not one.revoked}
        bound = bound_files(reader, opened.profile.device)
    if opened.profile.seat not in seats:
        raise RuleError("seat.removed")
    return {path: file.text for path, file in bound.items() if file.text is not None}


def _place(approved: ServerChoice, choice: ServerChoice | str | None) -> ServerChoice:
    """Where the database lies for this PC."""
    if isinstance(choice, str):
        return moved_choice(approved, choice) if choice.strip() else approved
    if choice is None:
        return approved
    return replace(choice, password=choice.password or approved.password)
