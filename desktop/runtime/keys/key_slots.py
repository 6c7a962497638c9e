"""What stands inside the key file: a slot per officer, the recovery slot, the sealed secrets."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import from_wire, to_wire
from desktop.runtime.keys.key_document import Document, damage
from desktop.runtime.keys.key_wrap import (
    WrongKeyError,
    derived_key,
    from_text,
    open_box,
    password_key,
    same,
    seal_box,
    to_text,
)
from desktop.runtime.keys.passwords import Failures, normal_password
from desktop.runtime.keys.recovery_code import new_code, parse_code

_COUNTED: Final = frozenset({"failures", "told", "owed", "locked_until", "last_sign_in"})
"""What one file counts for itself."""


def new_slot(
    document: Document,
    number: str,
    password: str,
    master: bytes,
    kdf: dict[str, Json],
    now: datetime,
    *,
    initial: bool,
) -> Document:
    """A slot that opens ``master`` with ``password``, set at ``now``. ``initial``: somebody else knows it."""
    key = password_key(normal_password(password), kdf)
    return {
        "kdf": kdf,
        **seal_box(key, master, bound(document, "officer", number, kdf)),
        "check": to_text(derived_key(key, "history")),
        "changed": to_wire(now),
        "history": [],
        "failures": 0,
        "locked_until": "",
        "last_sign_in": "",
        "initial": initial,
    }


def is_initial(document: Document, slot: Document) -> bool:
    """Whether somebody else gave this password. Slots of older programs do not say: one that was never used and is not
    the only one came from an administrator."""
    initial = slot.get("initial")
    if isinstance(initial, bool):
        return initial
    return not slot["last_sign_in"] and len(document["officers"]) > 1


def bound(
    document: Document, kind: str, name: str = "", kdf: Mapping[str, Json] | None = None
) -> dict[str, Json]:
    """What a box is bound to: it opens in this file, in this place, under these parameters only."""
    return {
        "file": document["id"],
        "version": document["version"],
        "suite": document["suite"],
        "kind": kind,
        "name": name,
        "kdf": kdf or {},
    }


def slot_of(document: Document, number: str) -> Document:
    """The slot of officer ``number``; raises ``officer.unknown``."""
    slot: Document | None = document["officers"].get(number)
    if slot is None:
        raise UserInputError("officer.unknown")
    return slot


def uncounted(slot: Document) -> Document:
    """The slot as another file may have it: without what this one counted."""
    rest = {name: value for name, value in slot.items() if name not in _COUNTED}
    return {**rest, "failures": 0, "locked_until": "", "last_sign_in": ""}


def newer_slots(document: Document, shared: Document, active: Collection[str]) -> bool:
    """Put the slots into ``document`` that ``shared``, of another file under the same master key, has newer, and its
    recovery slot if that is newer; whether anything changed. Counters of wrong passwords are each file's own."""
    if shared["id"] != document["id"]:
        return False
    officers, fresh = document["officers"], False
    for number in sorted(active):
        other, own = shared["officers"].get(number), officers.get(number)
        if other is not None and (own is None or other["changed"] > own["changed"]):
            officers[number], fresh = other, True
    if shared["recovery"].get("made", "") > document["recovery"].get("made", ""):
        document["recovery"], fresh = shared["recovery"], True
    return fresh


def open_slot(document: Document, number: str, slot: Document, password: str) -> bytes | None:
    """The master key, or None if the password is not the slot's."""
    with damage():
        key = password_key(normal_password(password), slot["kdf"])
        try:
            return open_box(key, slot, bound(document, "officer", number, slot["kdf"]))
        except WrongKeyError:
            return None


def was_password(password: str, former: Mapping[str, Any]) -> bool:
    """Whether ``password`` is the one ``former`` (a slot or a remnant of one) was made with."""
    key = password_key(normal_password(password), former["kdf"])
    return same(derived_key(key, "history"), from_text(former["check"]))


def failures_of(slot: Document) -> Failures:
    """The slot's failures."""
    until = slot["locked_until"]
    return Failures(int(slot["failures"]), from_wire(until) if until else None)


def unrecorded_failures(slot: Document) -> int:
    """How many the journal does not hold; ``owed``: those of them from before the last right password, for what opened
    then was stopped, perhaps, and from before the password that is used now."""
    return failures_of(slot).count - _recorded_failures(slot) + int(slot.get("owed", 0))


def _recorded_failures(slot: Document) -> int:
    """How many of the slot's failures the journal holds; older programs told none before the next sign-in."""
    return int(slot.get("told", 0))


def note_recorded(slot: Document, count: int) -> None:
    """The journal holds so many more of the slot's failures, those that were owed first; others came meanwhile."""
    owed = int(slot.get("owed", 0))
    slot["owed"] = max(owed - count, 0)
    recorded = _recorded_failures(slot) + max(count - owed, 0)
    slot["told"] = min(recorded, failures_of(slot).count)


def set_failures(slot: Document, failures: Failures) -> None:
    """Write ``failures`` into the slot."""
    slot["failures"] = failures.count
    slot["told"] = min(_recorded_failures(slot), failures.count)
    slot["locked_until"] = to_wire(failures.locked_until) if failures.locked_until else ""


def set_recovery(document: Document, master: bytes, now: datetime) -> str:
    """Put a fresh recovery slot into the document, made at ``now``; returns the code that opens it."""
    code = new_code()
    salt = secrets.token_bytes(16)
    key = derived_key(parse_code(code), "recovery", salt)
    sealed = seal_box(key, master, bound(document, "recovery"))
    document["recovery"] = {**sealed, "salt": to_text(salt), "made": to_wire(now)}
    return code


def packed(values: Mapping[str, bytes]) -> bytes:
    """Secrets as the bytes that are sealed."""
    return json.dumps({name: to_text(value) for name, value in values.items()}).encode("ascii")


def open_secrets(document: Document, master: bytes) -> dict[str, bytes]:
    """The secrets under ``master``; raises ``keyfile.damaged`` if it does not open them."""
    with damage():
        try:
            packed = open_box(master, document["secrets"], bound(document, "secrets"))
        except WrongKeyError as error:
            raise WorldError("keyfile.damaged") from error
        return {name: from_text(value) for name, value in json.loads(packed).items()}
