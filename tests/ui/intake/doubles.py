"""Stand-ins for time and for a desk whose services may fail."""

from __future__ import annotations

from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.services.cases.register_report import Registered
from desktop.services.orders.issue_order import Issued
from desktop.services.session import Session
from desktop.ui.intake.alarm import AlarmSound
from desktop.ui.intake.session_intake import SessionIntake


class ManualAlarm(AlarmSound):
    """Rings when the test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.set_to: int | None = None

    def start(self, milliseconds: int) -> None:
        self.set_to = milliseconds

    def stop(self) -> None:
        self.set_to = None

    @property
    def active(self) -> bool:
        return self.set_to is not None

    def ring(self) -> None:
        if self.set_to is not None:
            self.set_to = None
            self.rang.emit()


class Alarms:
    """Makes alarms and keeps them."""

    def __init__(self) -> None:
        self.made: list[ManualAlarm] = []

    def __call__(self) -> ManualAlarm:
        self.made.append(ManualAlarm())
        return self.made[-1]

    def ring_all(self) -> None:
        for alarm in list(self.made):
            alarm.ring()


class ShakyIntake(SessionIntake):
    """The real services; ``breaks`` names those that fail, and how."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.breaks: dict[str, Exception] = {}
        self.saved: list[IntakeForm] = []

    def _fail(self, name: str) -> None:
        if name in self.breaks:
            raise self.breaks[name]

    def save_draft(self, form: IntakeForm) -> Draft:
        self._fail("save_draft")
        self.saved.append(form)
        return super().save_draft(form)

    def issue_stop(self, form: IntakeForm, index: int, *, confirmed: bool) -> Issued:
        self._fail("issue_stop")
        self._fail(f"issue_stop.{index}")
        return super().issue_stop(form, index, confirmed=confirmed)

    def register(self, form: IntakeForm) -> Registered:
        self._fail("register")
        return super().register(form)
