"""The key file: one master key, wrapped per officer, for the printed code and for the centre.

The secrets themselves (database key, vault identity, device keys: names to opaque bytes) are
sealed under the master key, so a changed password rewrites one slot and nothing else. Nothing
depends on the operating system's key store or on the user profile: file and password, or file and
printed code, open the desk on any PC.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Final, TypeVar

from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.domain.time.clock import Clock, from_wire, to_wire
from desktop.runtime.files.file_lock import under_file_lock
from desktop.runtime.keys.key_document import (
    FORMAT,
    VERSION,
    Document,
    damage,
    read_document,
    write_document,
)
from desktop.runtime.keys.key_slots import (
    bound,
    failures_of,
    is_initial,
    new_slot,
    newer_slots,
    note_recorded,
    open_secrets,
    open_slot,
    packed,
    set_failures,
    set_recovery,
    slot_of,
    uncounted,
    unrecorded_failures,
    was_password,
)
from desktop.runtime.keys.key_wrap import (
    KEY_BYTES,
    SUITE,
    KdfCost,
    WrongKeyError,
    derived_key,
    from_text,
    new_kdf,
    open_box,
    seal_box,
    to_text,
)
from desktop.runtime.keys.passwords import Failures, PasswordPolicy, require_strong
from desktop.runtime.keys.recovery_code import parse_code
from desktop.runtime.keys.unlocked import Unlocked

Seal = Callable[[bytes], bytes]
_Shown = TypeVar("_Shown")

SHARED: Final = ("id", "version", "suite", "created", "officers", "recovery")
"""What the key files of one centre's PCs have in common."""
REAL_COST: Final = KdfCost()


class KeyFile:
    """The key file at ``path``. A change is on disk when its call returns; it reads the whole file and writes it anew,
    so changes take turns."""

    def __init__(
        self, path: Path, clock: Clock, policy: PasswordPolicy, cost: KdfCost = REAL_COST
    ) -> None:
        self.path = path
        self._clock = clock
        self._policy = policy
        self._cost = cost

    def knowing(self, *names: str) -> KeyFile:
        """The same file, where no new password may be made of these names."""
        return KeyFile(self.path, self._clock, self._policy.knowing(*names), self._cost)

    @under_file_lock
    def create(self, number: str, password: str, values: Mapping[str, bytes]) -> str:
        """Make the file for its first officer; returns the recovery code, to be printed and never
        stored.

        Raises:
            WorldError: ``keyfile.exists``. UserInputError: the password is too weak.
        """
        if self.path.exists():
            raise WorldError("keyfile.exists")
        require_strong(password, number, self._policy)
        master = secrets.token_bytes(KEY_BYTES)
        document: Document = {
            "format": FORMAT,
            "version": VERSION,
            "suite": SUITE,
            "id": secrets.token_hex(16),
            "created": to_wire(self._clock.now()),
            "officers": {},
            "escrow": "",
        }
        document["secrets"] = seal_box(master, packed(values), bound(document, "secrets"))
        document["officers"][number] = self._slot(document, number, password, master)
        code = set_recovery(document, master, self._clock.now())
        write_document(self.path, document, structural=True)
        return code

    def officers(self) -> tuple[str, ...]:
        """The numbers that can sign in."""
        document = read_document(self.path)
        with damage():
            return tuple(sorted(document["officers"]))

    @under_file_lock
    def unlock(self, number: str, password: str) -> Unlocked:
        """Sign in. The failure is counted on disk before the password is tried, so that pulling
        the plug at a wrong password does not give another try. Those that the journal does not hold
        yet are owed to it until :meth:`mark_recorded`.

        Raises:
            UserInputError: ``officer.unknown``, ``password.wrong`` (``tries`` left).
            RuleError: ``password.locked`` (``minutes`` left).
            WorldError: ``keyfile.missing``, ``keyfile.damaged``, ``keyfile.newer``.
        """
        document = read_document(self.path)
        with damage():
            slot = slot_of(document, number)
            found = failures_of(slot)
        now = self._clock.now()
        before = found.anchored(now, self._policy)
        if before != found:
            set_failures(slot, before)
            write_document(self.path, document, structural=False)
        before.require_unlocked(now, self._policy)
        with damage():
            owed = unrecorded_failures(slot)
        failed = before.one_more(now, self._policy)
        set_failures(slot, failed)
        write_document(self.path, document, structural=False)
        master = open_slot(document, number, slot, password)
        if master is None:
            failed.require_unlocked(now, self._policy)
            raise UserInputError("password.wrong", tries=failed.tries_left(self._policy))
        with damage():
            last = from_wire(slot["last_sign_in"]) if slot["last_sign_in"] else None
            changed = from_wire(slot["changed"])
            slot["initial"] = is_initial(document, slot)
        unlocked = Unlocked(
            number,
            open_secrets(document, master),
            master,
            last,
            before.count,
            self._policy.is_due(changed, now),
            slot["initial"],
            owed,
        )
        slot["owed"] = owed
        set_failures(slot, Failures())
        if not unlocked.initial:
            slot["last_sign_in"] = to_wire(now)
        write_document(self.path, document, structural=False)
        return unlocked

    def unrecorded(self, number: str) -> int:
        """How many wrong passwords of an officer the journal does not hold yet."""
        document = read_document(self.path)
        with damage():
            slot = slot_of(document, number)
            return unrecorded_failures(slot)

    @under_file_lock
    def mark_recorded(self, number: str, count: int) -> None:
        """The journal holds so many more wrong passwords of that officer."""
        document = read_document(self.path)
        with damage():
            note_recorded(slot_of(document, number), count)
        write_document(self.path, document, structural=False)

    def unlock_uncounted(self, number: str, password: str, before: int) -> None:
        """See whether the password is right while the disk is too full to count a failure: only for who has the desk
        open already, whose unsaved words would be lost if it stayed shut. ``before``: failures since then that were
        not counted on disk.

        Raises:
            UserInputError: ``officer.unknown``, ``password.wrong`` (``tries`` left).
            RuleError: ``password.locked`` (``minutes`` left).
            WorldError: ``disk.full`` when no try is left; ``keyfile.missing``, ``keyfile.damaged``, ``keyfile.newer``.
        """
        document = read_document(self.path)
        with damage():
            slot = slot_of(document, number)
            found = failures_of(slot)
        found.require_unlocked(self._clock.now(), self._policy)
        left = found.tries_left(self._policy) - before
        if left <= 0:
            raise WorldError("disk.full")
        if open_slot(document, number, slot, password) is None:
            raise UserInputError("password.wrong", tries=left - 1)

    def unlock_with_recovery(self, code: str) -> Unlocked:
        """Open with the printed code; raises ``recovery.mistyped`` or ``recovery.wrong``."""
        secret = parse_code(code)
        document = read_document(self.path)
        with damage():
            sealed = document["recovery"]
            key = derived_key(secret, "recovery", from_text(sealed["salt"]))
            try:
                master = open_box(key, sealed, bound(document, "recovery"))
            except WrongKeyError as error:
                raise UserInputError("recovery.wrong") from error
        return Unlocked("", open_secrets(document, master), master)

    def escrow(self) -> bytes:
        """The centre's copy; raises ``WorldError("escrow.missing")``."""
        document = read_document(self.path)
        with damage():
            sealed = from_text(document["escrow"])
        if not sealed:
            raise WorldError("escrow.missing")
        return sealed

    def escrow_holder(self) -> str:
        """For whom the copy is sealed, as :meth:`set_escrow` was told; "" where there is none."""
        return str(read_document(self.path).get("escrow_holder", ""))

    def unlock_with_escrow(self, unseal: Seal) -> Unlocked:
        """Open with the centre's copy; ``unseal`` turns its bytes back into the master key."""
        master = unseal(self.escrow())
        return Unlocked("", open_secrets(read_document(self.path), master), master)

    @under_file_lock
    def add_officer(self, unlocked: Unlocked, number: str, password: str) -> None:
        """Give another officer a slot, with an initial password; raises ``officer.exists`` or its weakness."""
        document = self._opened(unlocked)
        if number in document["officers"]:
            raise UserInputError("officer.exists")
        require_strong(password, number, self._policy)
        document["officers"][number] = self._slot(
            document, number, password, unlocked.master, initial=True
        )
        write_document(self.path, document, structural=True)

    @under_file_lock
    def remove_officer(self, unlocked: Unlocked, number: str) -> None:
        """Take an officer's slot away; the last one stays (``officer.last``)."""
        document = self._opened(unlocked)
        slot_of(document, number)
        if len(document["officers"]) == 1:
            raise RuleError("officer.last")
        del document["officers"][number]
        write_document(self.path, document, structural=True)

    def change_password(self, number: str, old: str, new: str) -> None:
        """Replace one's own password; a wrong ``old`` counts like a failed sign-in."""
        self.set_password(self.unlock(number, old), number, new)

    @under_file_lock
    def set_password(
        self, unlocked: Unlocked, number: str, new: str, *, initial: bool = False
    ) -> None:
        """Give ``number`` a new password and lift its lock, as recovery and administrators do; ``initial`` if it is
        not the officer's own."""
        document = self._opened(unlocked)
        slot = slot_of(document, number)
        require_strong(new, number, self._policy)
        with damage():
            used = [{"kdf": slot["kdf"], "check": slot["check"]}, *slot["history"]]
            used = used[: self._policy.history]
            if any(was_password(new, former) for former in used):
                raise UserInputError("password.used_before", count=self._policy.history)
            owed = unrecorded_failures(slot)
        fresh = self._slot(document, number, new, unlocked.master, initial=initial)
        fresh["history"], fresh["owed"] = used, owed
        fresh["last_sign_in"] = slot["last_sign_in"]
        document["officers"][number] = fresh
        write_document(self.path, document, structural=True)

    @under_file_lock
    def replace_secrets(self, unlocked: Unlocked, values: Mapping[str, bytes]) -> Unlocked:
        """Seal other secrets under the same master key; returns the file as it is opened now."""
        document = self._opened(unlocked)
        document["secrets"] = seal_box(unlocked.master, packed(values), bound(document, "secrets"))
        write_document(self.path, document, structural=True)
        return Unlocked(unlocked.officer, dict(values), unlocked.master, unlocked.last_sign_in)

    def shared_slots(self) -> Document:
        """What another key file needs so that the same passwords and the same printed code open it, with the same
        master key."""
        document = read_document(self.path)
        with damage():
            officers = {number: uncounted(slot) for number, slot in document["officers"].items()}
            return {**{name: document[name] for name in SHARED}, "officers": officers}

    @under_file_lock
    def join(self, shared: Document, master: bytes, values: Mapping[str, bytes]) -> None:
        """Become such a file of its own, which seals ``values`` under ``master``; the former slots open nothing."""
        with damage():
            document = {"format": FORMAT, "escrow": "", **{name: shared[name] for name in SHARED}}
            document["secrets"] = seal_box(master, packed(values), bound(document, "secrets"))
        write_document(self.path, document, structural=True)

    @under_file_lock
    def take_slots(self, unlocked: Unlocked, shared: Document, active: Collection[str]) -> bool:
        """Take over what was changed later in another file of the same master key, of officers that are ``active``;
        whether there was anything."""
        document = self._opened(unlocked)
        with damage():
            changed = newer_slots(document, shared, active)
        if changed:
            write_document(self.path, document, structural=True)
        return changed

    def mark(self) -> tuple[int, int, int]:
        """Differs once the file was replaced. Raises ``OSError``."""
        found = self.path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def secrets_of(self, unlocked: Unlocked) -> Mapping[str, bytes]:
        """The secrets as they are on disk now: another process may have changed them since ``unlocked``."""
        return open_secrets(read_document(self.path), unlocked.master)

    @under_file_lock
    def new_recovery_code(self, unlocked: Unlocked, show: Callable[[str], _Shown]) -> _Shown:
        """A fresh code; the former one opens nothing any more. It counts once ``show`` made of it what a person gets to
        see: where that fails nothing has changed."""
        document = self._opened(unlocked)
        shown = show(set_recovery(document, unlocked.master, self._clock.now()))
        write_document(self.path, document, structural=True)
        return shown

    @under_file_lock
    def set_escrow(self, unlocked: Unlocked, seal: Seal | None, holder: str = "") -> None:
        """Keep the master key sealed for the centre; ``seal`` encrypts it to the key ``holder`` names. None takes
        the copy away."""
        document = self._opened(unlocked)
        document["escrow"] = to_text(seal(unlocked.master)) if seal is not None else ""
        document["escrow_holder"] = holder if seal is not None else ""
        write_document(self.path, document, structural=True)

    def _opened(self, unlocked: Unlocked) -> Document:
        document = read_document(self.path)
        open_secrets(document, unlocked.master)
        return document

    def _slot(
        self,
        document: Document,
        number: str,
        password: str,
        master: bytes,
        *,
        initial: bool = False,
    ) -> Document:
        kdf, now = new_kdf(self._cost), self._clock.now()
        return new_slot(document, number, password, master, kdf, now, initial=initial)
