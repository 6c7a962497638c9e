"""What the windows before sign-in have the program do, answered as the key file would."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.installation.backup_summary import BackupSummary
from desktop.domain.installation.new_seat import ApprovingCentre, NewSeat
from desktop.domain.installation.profile import FirstRun, ServerChoice
from desktop.domain.progress import SILENT, Progress
from desktop.services.ports import Pdf
from desktop.ui.sign_in.calls import SeatCalls, SignInCalls

OWN, THEIRS = "P266-N40W-GD29-1SBN", "D7VT-QT65-6RRR-9H5J"
CODE = "7QK2-M9XD-41TC-ZP8A-H3VN-0W6R-8YEB-52KJ"


@dataclass
class KeyFile:
    """One officer, five tries."""

    number: str = "620134"
    password: str = "Right-word-7"
    tries: int = 5
    initial: bool = False
    renews: int = 0
    """Steps of making an older version's data anew."""
    error: AppError | None = None
    server_error: AppError | None = None
    tried: list[ServerChoice] = field(default_factory=list)
    made: list[FirstRun] = field(default_factory=list)
    seats: list[NewSeat] = field(default_factory=list)
    servers: list[str] = field(default_factory=list)

    @property
    def calls(self) -> SignInCalls:
        """What the windows are handed."""
        return SignInCalls(
            self.sign_in,
            self.first_run,
            self.recovery_sheet,
            self.try_server,
            self.look_at_backup,
            self.restore,
            self.recover,
            self.password_faults,
            SeatCalls(self.waiting, self.make_seat, self.renew, self.look_at_approval, self.join),
        )

    def sign_in(
        self, number: str, password: str, new_password: str, progress: Progress = SILENT
    ) -> object:
        for done in range(self.renews):
            progress.check()
            progress.advance(done, self.renews)
        if self.error is not None:
            raise self.error
        if number != self.number:
            raise UserInputError("officer.unknown")
        if password != self.password:
            self.tries -= 1
            if not self.tries:
                raise RuleError("password.locked", minutes=15)
            raise UserInputError("password.wrong", tries=self.tries)
        if new_password:
            self.password, self.initial = new_password, False
        if self.initial:
            raise RuleError("password.initial")
        return {"officer": number}

    def first_run(self, request: FirstRun) -> str:
        if self.error is not None:
            raise self.error
        self.made.append(request)
        self.number, self.password = request.officer_number, request.password
        return CODE

    def try_server(self, choice: ServerChoice) -> None:
        if self.server_error is not None:
            raise self.server_error
        self.tried.append(choice)

    def look_at_backup(self, file: Path, progress: Progress) -> BackupSummary:
        raise NotImplementedError(file, progress)

    def restore(self, file: Path, progress: Progress) -> BackupSummary:
        raise NotImplementedError(file, progress)

    def recovery_sheet(self, code: str) -> Pdf:
        if self.error is not None:
            raise self.error
        return Pdf(code.encode(), 1)

    def recover(self, code: str, number: str, new_password: str) -> None:
        if code.replace("-", "").replace(" ", "") != CODE.replace("-", ""):
            raise UserInputError("recovery.mistyped")
        self.number, self.password = number, new_password

    def waiting(self) -> str:
        return OWN if self.seats else ""

    def make_seat(self, seat: NewSeat, target: Path) -> str:
        target.write_text("card", "utf-8")
        self.seats.append(seat)
        return OWN

    def renew(self, number: str, password: str, target: Path) -> str:
        if self.error is not None:
            raise self.error
        return self.make_seat(NewSeat("", "", "C", number, password), target)

    def look_at_approval(
        self, file: Path, number: str, password: str
    ) -> tuple[ApprovingCentre, str]:
        approval = file.read_text("utf-8")
        return self._centre(approval, number, password), approval

    def join(self, approval: str, number: str, password: str, server: str) -> ApprovingCentre:
        self.servers.append(server)
        return self._centre(approval, number, password)

    def _centre(self, approval: str, number: str, password: str) -> ApprovingCentre:
        if self.error is not None:
            raise self.error
        seat = self.seats[-1]
        if (number, password) != (seat.officer, seat.password):
            raise UserInputError("password.wrong", tries=4)
        return ApprovingCentre("兰州市反诈中心", approval)

    def password_faults(self, password: str, number: str) -> tuple[AppError, ...]:
        found: list[AppError] = []
        if len(password) < 10:
            found.append(UserInputError("password.too_short", minimum=10))
        if number and number in password:
            found.append(UserInputError("password.has_number"))
        return tuple(found)


@pytest.fixture
def key_file() -> KeyFile:
    return KeyFile()
