"""The sign-in windows' calls, answered by an installation."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.installation import Installation
from desktop.app.profile.database_place import try_place
from desktop.domain.errors import RuleError, TrustError
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import FirstRun, Profile
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.keys.passwords import PasswordPolicy, weaknesses
from desktop.sealing.fingerprint import grouped
from desktop.services.brought_file import read_brought_text
from desktop.ui.sign_in.calls import SeatCalls, SignInCalls

if TYPE_CHECKING:
    from desktop.services.ports import Pdf


class _FirstRun:
    """Remembers what was made just now, whose code may be printed."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._made: tuple[Profile, Officer] | None = None

    def make(self, request: FirstRun) -> str:
        """Make everything; returns the recovery code."""
        profile, code = self._installation.create(request)
        first = Officer(request.officer_number, request.officer_name.strip(), request.first_roles())
        self._made = profile, first
        return code

    def recovery_sheet(self, code: str) -> Pdf:
        """The sheet with the code; ``RuleError("rights.missing")`` unless the installation was made just now."""
        if self._made is None:
            raise RuleError("rights.missing")
        from desktop.app.typesetting import typesetter  # noqa: PLC0415 - no window waits for it at start

        profile, first = self._made
        _, sheets = typesetter(str)
        return sheets.recovery_sheet(profile, first, code, self._installation.machine.clock.now())


def sign_in_calls(installation: Installation) -> SignInCalls:
    """What the windows before sign-in do to an installation."""
    first = _FirstRun(installation)

    def restore(file: Path, progress: Progress) -> BackupSummary:
        return restore_backup(file, installation.paths.root, progress)

    return SignInCalls(
        installation.sign_in,
        first.make,
        first.recovery_sheet,
        try_place,
        look_at_backup,
        restore,
        installation.recover,
        partial(weaknesses, policy=PasswordPolicy.from_rules()),
        _seat_calls(installation),
    )


def _seat_calls(installation: Installation) -> SeatCalls:
    """A new PC of a centre; its modules are loaded where somebody sets one up."""

    def waiting() -> str:
        if not installation.waits_to_join():
            return ""
        from desktop.app.seats.join_centre import waiting_fingerprint  # noqa: PLC0415 - seldom needed

        try:
            return waiting_fingerprint(installation)
        except TrustError:
            return ""  # a card that was damaged is made again

    def make(seat: NewSeat, target: Path) -> str:
        from desktop.app.seats.join_centre import make_seat, waiting_fingerprint  # noqa: PLC0415

        write_atomic(target, make_seat(installation, seat).encode(), mode=0o644)
        return waiting_fingerprint(installation)

    def renew(number: str, password: str, target: Path) -> str:
        from desktop.app.seats.renew_seat import make_next_keys  # noqa: PLC0415
        from desktop.bundles.signed_files.cards import parse_card  # noqa: PLC0415

        card = make_next_keys(installation, number, password)
        write_atomic(target, card.encode(), mode=0o644)
        return grouped(parse_card(card).fingerprint)

    def look(file: Path, number: str, password: str) -> tuple[ApprovingCentre, str]:
        from desktop.app.seats.join_centre import approving_centre  # noqa: PLC0415 - seldom needed
        from desktop.app.seats.take_approval import read_any_approval  # noqa: PLC0415

        approval = read_brought_text(file)
        centre = read_any_approval(installation, number, password, approval)
        return approving_centre(centre), approval

    def join(approval: str, number: str, password: str, server: str) -> ApprovingCentre:
        from desktop.app.seats.take_approval import take_approval  # noqa: PLC0415 - seldom needed

        return take_approval(installation, number, password, approval, server)

    return SeatCalls(waiting, make, renew, look, join)
