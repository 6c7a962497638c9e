"""At a PC of a centre that has joined: new keys of its own, from their card to the approval that takes them into use.

The new pair lies beside the one in use, in the key file, until the approval came: the PC works on by the old one for as
long as the centre's first PC lets it, and a crash at any step leaves the one pair or the other.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from desktop.app.installation import Installation
from desktop.app.keys.key_shelf import FIRST
from desktop.app.keys.seat_secrets import centre_of, read_keys, seat_ring, seat_secret
from desktop.app.profile.database_place import (
    DATABASE_KEY,
    choice_of,
    moved_choice,
    server_document,
    server_secret,
)
from desktop.app.seats.join_centre import approving_centre, require_works
from desktop.bundles.signed_files.cards import ENROLMENT, make_card
from desktop.bundles.signed_files.seat_keys import open_for_seat
from desktop.domain.errors import RuleError, TrustError
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.new_seat import ApprovingCentre
from desktop.domain.installation.profile import InstallationRole, ServerChoice
from desktop.domain.time.clock import to_wire
from desktop.runtime.keys.unlocked import Unlocked
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.sealing.keys import DeviceKeys

_NEXT: Final = "seat.next"
"""The name of the waiting pair among the secrets of a key file; not of those that :mod:`key_shelf` counts."""


def make_next_keys(installation: Installation, number: str, password: str) -> str:
    """The card of a new pair for the centre's first PC, in the place of one that still waits. Any officer of the centre
    may ask for it: it counts once two of them let it in.

    Raises ``RuleError``: ``seat.not_joined`` at the centre's first PC and at whatever is no PC of a centre,
    ``seat.waiting``, ``profile.in_use`` while a program has the desk open; as :meth:`KeyFile.unlock` does.
    """
    profile = installation.profile()
    if profile.role is not InstallationRole.CENTRE:
        raise RuleError("seat.not_joined")
    with SingleInstance(installation.paths.lock):
        unlocked = _unlock(installation, number, password)
        keys = DeviceKeys.generate()
        secrets = {**unlocked.secrets, _NEXT: keys.to_bytes()}
        installation.key_file().replace_secrets(unlocked, secrets)
    return make_card(
        ENROLMENT, keys, profile.unit_code, profile.unit_name, profile.device_letter,
        profile.role.value, to_wire(installation.machine.clock.now()),
    )  # fmt: skip


def read_new_approval(
    installation: Installation, number: str, password: str, approval: str
) -> PeerCard:
    """Whose approval of the waiting pair it is, before anything is changed by it; raises as :func:`take_next_keys`."""
    return _opened(_unlock(installation, number, password), approval)[1]


def take_next_keys(
    installation: Installation,
    number: str,
    password: str,
    approval: str,
    choice: ServerChoice | str | None = None,
) -> ApprovingCentre:
    """Take the waiting pair into use by the approval, after the fingerprint of the first PC was compared; returns the
    centre. ``choice``: where the database lies as this PC sees it, or as it was typed, see :func:`moved_choice`; None
    or "": where it lay so far, with the password of the approval. What opens earlier evidence stays. Until all of it
    is done the former pair is the one here.

    Raises ``TrustError``: ``seat_keys.…`` as :func:`join_centre`; ``RuleError``: ``seat.not_joined``,
    ``seat.no_next_keys`` where no pair waits, ``seat.removed`` where the new one was taken away since; as opening the
    database does.
    """
    with SingleInstance(installation.paths.lock):
        unlocked = _unlock(installation, number, password)
        keys, centre, content = _opened(unlocked, approval)
        secrets = _renewed(unlocked, keys, content, choice)
        require_works(installation, secrets)
        installation.key_file().replace_secrets(unlocked, secrets)
    return approving_centre(centre)


def _unlock(installation: Installation, number: str, password: str) -> Unlocked:
    if installation.waits_to_join():
        raise RuleError("seat.waiting")
    unlocked = installation.key_file().unlock(number.strip(), password)
    unlocked.require_own()
    if not centre_of(unlocked.secrets):
        raise RuleError("seat.not_joined")
    return unlocked


def _opened(unlocked: Unlocked, approval: str) -> tuple[DeviceKeys, PeerCard, Mapping[str, Any]]:
    if _NEXT not in unlocked.secrets:
        raise RuleError("seat.no_next_keys")
    keys = DeviceKeys.from_bytes(unlocked.secrets[_NEXT])
    shared = open_for_seat(approval, keys)
    master = str(shared.content.get("master", "")).encode()
    ours = hmac.compare_digest(master, unlocked.master.hex().encode())
    if shared.signer.device != centre_of(unlocked.secrets) or not ours:
        raise TrustError("seat_keys.other_centre")
    return keys, shared.signer, shared.content


def _renewed(
    unlocked: Unlocked,
    keys: DeviceKeys,
    content: Mapping[str, Any],
    choice: ServerChoice | str | None,
) -> dict[str, bytes]:
    """The secrets of the key file with the new pair in use."""
    ring = seat_ring(unlocked.secrets)
    remaining = {name: value for name, value in unlocked.secrets.items() if name != _NEXT}
    try:
        ring.hold(read_keys(content["keys"]))
        place = _place(choice_of(content["server"]), unlocked, choice)
        database = bytes.fromhex(content["database"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise TrustError("seat_keys.damaged") from error
    return {
        **remaining,
        FIRST: keys.to_bytes(),
        DATABASE_KEY: database,
        **seat_secret(centre_of(unlocked.secrets), ring.centre),
        **server_secret(place),
    }


def _place(
    approved: ServerChoice, unlocked: Unlocked, choice: ServerChoice | str | None
) -> ServerChoice:
    """Each PC may see the server at another address; its password is everybody's."""
    if isinstance(choice, str) and choice.strip():
        return moved_choice(approved, choice)
    if isinstance(choice, ServerChoice):
        return replace(choice, password=choice.password or approved.password)
    own = choice_of(server_document(unlocked.secrets))
    return replace(own, password=approved.password or own.password)
