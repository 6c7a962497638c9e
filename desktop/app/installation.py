"""Making an installation and opening it: the one place where keys, database, vault and papers come together."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.backup.upgrade_copy import copy_before_upgrade, copy_due, note_version
from desktop.app.keys.key_shelf import FIRST, KeyShelf, SeatShelf
from desktop.app.keys.master_copy import COPY, seal_master
from desktop.app.keys.officer_slots import KeyFileSlots
from desktop.app.keys.seat_secrets import held_ring
from desktop.app.profile.database_place import (
    DATABASE_KEY,
    database_place,
    is_on_server,
    server_secret,
)
from desktop.app.profile.files_noticed import FilesNoticed
from desktop.app.profile.profile_file import check_unit, read_profile, write_profile
from desktop.app.profile.working_folder import sweep_working
from desktop.app.renaming_beside import RenamingBeside
from desktop.domain.errors import AppError, RuleError, TrustError, WorldError
from desktop.domain.ids import IdSource
from desktop.domain.installation.bound_files import PROFILE, FoundFile
from desktop.domain.installation.duty_phone import duty_phone_of
from desktop.domain.installation.officer import Officer, check_officer
from desktop.domain.installation.profile import FirstRun, Profile
from desktop.domain.progress import SILENT, Progress
from desktop.domain.time.clock import Clock
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.runtime.files.atomic_file import disk_errors, remove_leftovers, write_atomic
from desktop.runtime.files.paths import ProfilePaths, assert_local_disk, rollback_counter
from desktop.runtime.id_source import UuidSource
from desktop.runtime.keys.key_file import REAL_COST, KeyFile
from desktop.runtime.keys.key_wrap import KdfCost
from desktop.runtime.keys.passwords import PasswordPolicy
from desktop.runtime.keys.unlocked import Unlocked
from desktop.runtime.processes.single_instance import SingleInstance
from desktop.runtime.processes.telemetry import remove_telemetry
from desktop.runtime.system_clock import SystemClock
from desktop.sealing.age_identity import AgeRecipient
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys

if TYPE_CHECKING:
    from desktop.app.adapters import BuiltSession
    from desktop.app.keys.shared_keys import SeatDesk
    from desktop.app.profile.bound_profile import OpenedStore
    from desktop.app.sign_in.sign_in_record import LastSignIn
    from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Machine:
    """What an installation takes from the machine; tests bring their own clock and a cheap key derivation."""

    clock: Clock
    ids: IdSource
    cost: KdfCost = REAL_COST
    counter: Callable[[str], Path] | None = None
    """Where the counter of a device lies that notices older data; None where none is kept, as for trials."""


def this_machine() -> Machine:
    """The real clock and ids."""
    clock = SystemClock()
    return Machine(clock, UuidSource(clock), counter=rollback_counter)


class Installation:
    """The profile folder ``root``. One process at a time may have it open; several if the database is on a server."""

    def __init__(self, root: Path, machine: Machine | None = None) -> None:
        self.paths = ProfilePaths(root)
        self.machine = machine or this_machine()
        self._lock = SingleInstance(self.paths.lock)
        self._session: Session | None = None
        self._ring: KeyRing | None = None
        self._renaming: RenamingBeside | None = None
        self._desk: SeatDesk | None = None
        self.last_sign_in: LastSignIn | None = None
        """When the officer was signed in here before; None for the first time."""
        self.warnings: tuple[AppError, ...] = ()
        """What the last sign-in noticed and the officer should hear; the desk is open all the same."""
        self.files = FilesNoticed()
        """What it noticed of the files that steer the program."""

    @property
    def session(self) -> Session:
        """The desk of the officer signed in; ``RuleError("rights.missing")`` while nobody is."""
        if self._session is None:
            raise RuleError("rights.missing")
        return self._session

    def exists(self) -> bool:
        """Whether an installation was made here."""
        return self.paths.exists()

    def waits_to_join(self) -> bool:
        """Whether this is a new PC that has a card for its centre and did not join yet. A card beside a profile says
        nothing: anybody may have put it there."""
        is_profile = self.paths.database.exists() or (self.paths.root / PROFILE).exists()
        return self.paths.waiting_seat.exists() and not is_profile

    def profile(self) -> Profile:
        """Who this installation says it is, without signing in; nobody vouches for it."""
        return read_profile(self.paths.root)

    def key_file(self) -> KeyFile:
        """The key file of this installation."""
        return KeyFile(
            self.paths.key_file,
            self.machine.clock,
            PasswordPolicy.from_rules(),
            self.machine.cost,
        )

    def create(self, first: FirstRun) -> tuple[Profile, str]:
        """Make profile, keys, database and first officer; returns the profile and the recovery code.

        A crash or an error half-way leaves a folder marked as unfinished, which the next attempt takes over.
        """
        check_unit(first.unit_code, first.unit_name, first.device_letter)
        check_officer(first.officer_number, first.officer_name)
        duty_phone_of(first.duty_phone)
        if self.exists():
            raise WorldError("profile.exists")
        assert_local_disk(self.paths.root)
        self.paths.create()
        self._lock.acquire()
        try:
            return self._create(first)
        finally:
            self._lock.release()

    def _create(self, first: FirstRun) -> tuple[Profile, str]:
        from desktop.app.profile.file_notice import first_bindings  # noqa: PLC0415 - loads the services
        from desktop.storage.store import SqlStore  # noqa: PLC0415 - SQLAlchemy costs 0.4 s at start

        keys = DeviceKeys.generate()
        database_key = secrets.token_bytes(32)
        profile = Profile(
            first.role,
            first.unit_code,
            first.unit_name.strip(),
            first.device_letter,
            keys.device_id,
            first.server is not None,
            duty_phone=duty_phone_of(first.duty_phone),
        )
        values = {DATABASE_KEY: database_key, FIRST: keys.to_bytes()}
        if first.server is not None:
            values |= server_secret(first.server)
        write_atomic(self.paths.unfinished, b"")
        self.paths.forget_database()
        where = database_place(self.paths, values)
        store = SqlStore.create(where, database_key, profile, self.machine.clock)
        officer = Officer(first.officer_number, first.officer_name.strip(), first.first_roles())
        subject = officer_subject(profile.device, officer.number)
        with store.write() as transaction:
            enrolled = NewEntry(
                OFFICER_ENROLLED, subject, {**officer.to_fields(), "founding": True}
            )
            transaction.append(officer.number, enrolled)
            for bound in first_bindings(profile):
                transaction.append(officer.number, bound)
        store.close()
        write_profile(self.paths.root, profile)
        note_version(self.paths)
        file = self.key_file().knowing(profile.unit_name, officer.name)
        code = file.create(officer.number, first.password, values)
        self.paths.unfinished.unlink()
        return profile, code

    def sign_in(
        self,
        number: str,
        password: str,
        new_password: str = "",
        progress: Progress = SILENT,
        *,
        alone: bool = False,
    ) -> Session:
        """Open everything for an officer, who from now on has ``new_password`` where one is given. Holds the instance
        lock until :meth:`close`; ``alone``: nobody else may have the profile open, wherever its database is.
        ``progress``: of bringing up to date what another version left, which can be stopped.

        Raises ``RuleError("password.initial")`` for a password that somebody else gave, while there is no new one.
        """
        claimed = self.claimed()
        if isinstance(claimed, WorldError) and not self.paths.key_file.exists():
            raise claimed  # before a lock is laid into a folder that is nobody's profile
        if copy_due(self.paths) and isinstance(claimed, Profile):
            copy_before_upgrade(self.paths, self.machine.clock, SILENT)
        # A server keeps order among those who write to it; a file can not.
        shared = isinstance(claimed, Profile) and claimed.on_server and not alone
        self._lock.acquire(shared=shared)
        try:
            keys = self._choosing_keys()
            unlocked = keys.unlock(number.strip(), password)
            _require_joined(unlocked)
            if shared and not is_on_server(unlocked.secrets):
                # The file said so and nobody vouches for it: the database is a file, which takes one at a time.
                self._lock.release()
                self._lock.acquire()
            if new_password:
                from desktop.app.sign_in.officer_name import officer_name  # noqa: PLC0415 - as for opening

                name = officer_name(self.paths, unlocked, claimed, self.machine.clock, progress)
                keys.knowing(name).set_password(unlocked, unlocked.officer, new_password)
                unlocked = replace(unlocked, initial=False, password_due=False)
            unlocked.require_own()
            session = self._open(claimed, unlocked, number.strip(), progress)
            if new_password:
                from desktop.services.officers.own_password import (  # noqa: PLC0415 - as for opening
                    note_own_password,
                )

                note_own_password(session)
            self._lock.let_in()
        except BaseException:
            self._lock.release()
            raise
        self._session = session
        return session

    def confirm(self, number: str, password: str) -> None:
        """Whether it is that officer, by a password nobody else knows; raises as :meth:`sign_in` does. Wrong ones that
        came before are recorded once it is right."""
        unlocked = self.key_file().unlock(number, password)
        if self._session is not None and unlocked.failures_unrecorded:
            from desktop.services.audit.note_lock import note_failures  # noqa: PLC0415 - as for opening

            note_failures(self._session, number, unlocked.failures_unrecorded)
            self.key_file().mark_recorded(number, unlocked.failures_unrecorded)
        unlocked.require_own()

    def recover(self, code: str, number: str, new_password: str) -> None:
        """Give an officer a new password with the printed recovery code."""
        self._set_password(lambda keys: keys.unlock_with_recovery(code), number, new_password)

    def recover_with(self, master: bytes, number: str, new_password: str) -> None:
        """The same with the master key, as the centre keeps it; see :mod:`desktop.app.maintenance.escrow`."""
        self._set_password(
            lambda keys: keys.unlock_with_escrow(lambda _: master), number, new_password
        )

    def _set_password(
        self, unlock: Callable[[KeyFile], Unlocked], number: str, new_password: str
    ) -> None:
        self._lock.acquire()
        try:
            keys = self._choosing_keys()
            keys.set_password(unlock(keys), number.strip(), new_password)
        finally:
            self._lock.release()

    def key_ring(self) -> KeyRing:
        """The secret keys of this installation; raises ``RuleError("rights.missing")`` while nobody is signed in."""
        if self._ring is None:
            raise RuleError("rights.missing")
        return self._ring

    @property
    def desk(self) -> SeatDesk:
        """What this PC of a centre shares with the others; ``RuleError("rights.missing")`` while nobody is signed
        in."""
        if self._desk is None:
            raise RuleError("rights.missing")
        return self._desk

    def _lay_down(self, session: Session, unlocked: Unlocked) -> None:
        """Keep a copy of the master key for the trusted centre, for none where there is none any more."""
        from desktop.services.exchange.peers.our_centre import centre  # noqa: PLC0415 - as for opening

        found, keys = centre(session), self.key_file()
        holder = found.card.recipient if found is not None else ""
        if keys.escrow_holder() == holder:
            return

        def seal(master: bytes) -> bytes:
            recipient = AgeRecipient.from_text(holder)
            return seal_master(COPY, session.profile.device, master, recipient)

        try:
            keys.set_escrow(unlocked, seal if holder else None, holder)
        except WorldError as error:  # it is tried again at the next sign-in
            self.warnings = (*self.warnings, error)

    def _choosing_keys(self) -> KeyFile:
        """The key file where a password is chosen: it must not be the unit's name, as far as that is known before the
        keys are open."""
        claimed = self.claimed()
        return self.key_file().knowing(claimed.unit_name if isinstance(claimed, Profile) else "")

    def claimed(self) -> Profile | WorldError:
        """What the file says of this installation, or why it says nothing."""
        try:
            return self.profile()
        except WorldError as error:
            return error

    def _open(
        self,
        claimed: Profile | WorldError,
        unlocked: Unlocked,
        number: str,
        progress: Progress,
    ) -> Session:
        # All that a desk is made of costs half a second, for which no sign-in window waits.
        from desktop.app.keys.shared_keys import SeatDesk  # noqa: PLC0415
        from desktop.app.profile.bound_profile import open_store  # noqa: PLC0415
        from desktop.app.profile.file_notice import notice_files  # noqa: PLC0415
        from desktop.app.sign_in.rollback_watch import RollbackWatch  # noqa: PLC0415
        from desktop.app.sign_in.sign_in_record import (  # noqa: PLC0415
            failed_before,
            last_sign_in,
            record_sign_in,
            restored,
            take_up,
        )
        from desktop.services.exchange.peers.our_centre import name_former_centre  # noqa: PLC0415

        clock, ring = self.machine.clock, held_ring(unlocked.secrets)
        opened = open_store(self.paths, unlocked.secrets, claimed, clock, progress)
        try:
            built, found = self._build(opened, ring, unlocked.secrets)
            self._desk = SeatDesk(
                opened.profile, opened.store, self.key_file(), unlocked, ring, clock
            )
            warnings = (*self._follow(), *take_up(built.session, ring))
            session = self._with_keys(built.session, unlocked, ring)
            watch = RollbackWatch(session, self.paths.root, number, self.machine.counter)
            self.last_sign_in = last_sign_in(session, number, unlocked.failures_unrecorded)
            signed_in, clock_problems = record_sign_in(
                session, number, unlocked.failures_unrecorded, counted=watch.counts
            )
            if unlocked.failures_unrecorded:
                self.key_file().mark_recorded(number, unlocked.failures_unrecorded)
            name_former_centre(signed_in)
            self.files = notice_files(signed_in, found, bound=opened.bound)
            self.warnings = (
                *warnings,
                *clock_problems,
                *restored(self.paths.root, signed_in),
                *watch.begin(signed_in),
                *failed_before(self.last_sign_in),
                *session.packages.faults,
                *built.faults,
                *_password_due(unlocked),
                *self._tidy(session),
            )
            self._lay_down(signed_in, unlocked)
            self.desk.try_tell()
        except BaseException:
            opened.store.close()
            raise
        self._ring = ring
        self._renaming = RenamingBeside(session.vault)
        return signed_in

    def _follow(self) -> tuple[AppError, ...]:
        """Take over what other PCs of a centre left of keys; what can not be read keeps nobody out."""
        try:
            self.desk.follow()
        except (WorldError, TrustError) as error:
            return (error,)
        return ()

    def _with_keys(self, session: Session, unlocked: Unlocked, ring: KeyRing) -> Session:
        """The desk with the means to change its keys and passwords, of which other PCs of a centre are told."""
        slots = KeyFileSlots(self.key_file().knowing(session.profile.unit_name), unlocked)
        slots.changed = self.desk.try_tell
        if session.profile.seat:
            ring.look_again = self.desk.follow
            return replace(session, keys=SeatShelf(ring, self.desk.follow), slots=slots)
        shelf = KeyShelf(self.key_file(), unlocked, ring, self._lock.alone)
        shelf.changed = self.desk.try_tell
        return replace(session, keys=shelf, slots=slots)

    def _build(
        self, opened: OpenedStore, ring: KeyRing, secrets: Mapping[str, bytes]
    ) -> tuple[BuiltSession, Mapping[str, FoundFile]]:
        """A desk that follows what is bound; what lies on the disk only where nothing is bound yet."""
        from desktop.app.adapters import build_session  # noqa: PLC0415 - as for opening
        from desktop.app.profile.bound_folder import ProfileFolder  # noqa: PLC0415
        from desktop.services.bound.bound_texts import bound_files  # noqa: PLC0415

        found = ProfileFolder(self.paths).found()
        with opened.store.read() as reader:
            bound = bound_files(reader, opened.profile.device)
        followed = bound if opened.bound else found
        own = {path: file.text for path, file in followed.items() if file.text is not None}
        built = build_session(
            self.paths, opened, ring, secrets,
            self.machine.clock, self.machine.ids, own,
        )  # fmt: skip
        return built, found

    def _tidy(self, session: Session) -> tuple[AppError, ...]:
        """Remove what an interrupted predecessor left; nobody else has the profile open. What a sick disk does not let
        go is told and tried again at the next start: it keeps nobody from the desk."""
        remove_telemetry()
        try:
            with disk_errors():
                self.paths.unfinished.unlink(missing_ok=True)
                if self._lock.after_crash:
                    self._sweep(session)
        except WorldError as error:
            return (error,)
        return ()

    def _sweep(self, session: Session) -> None:
        remove_leftovers(self.paths.root)
        sweep_working(self.paths.root)
        with session.store.read() as reader:
            known = frozenset(blob.sha256 for blob in reader.known_blobs())
        session.vault.sweep(known)
        self._lock.swept()

    def close(self) -> None:
        """Checkpoint, close and let others in."""
        session, self._session = self._session, None
        self._ring = self._desk = None
        renaming, self._renaming = self._renaming, None
        if renaming is not None:
            renaming.stop()
        try:
            if session is not None:
                session.files.close()
                session.store.close()
        finally:
            self._lock.release()


def _require_joined(unlocked: Unlocked) -> None:
    if DATABASE_KEY not in unlocked.secrets:
        raise RuleError("seat.waiting")


def _password_due(unlocked: Unlocked) -> tuple[AppError, ...]:
    return (RuleError("password.due"),) if unlocked.password_due else ()
