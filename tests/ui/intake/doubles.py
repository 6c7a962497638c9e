"""Alarms in a test's hand, and services that may fail."""

from __future__ import annotations

import pytest

from desktop.domain.cases.intake import Draft, IntakeForm
from desktop.services.cases.changes.register_report import Registered, register_report
from desktop.services.cases.form.drafts import save_draft
from desktop.services.orders.issue_order import Issued, issue_stop
from desktop.services.session import Session
from desktop.ui.intake.form.alarm import AlarmSound


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


class ShakyServices:
    """The real services; ``breaks`` names those that fail, and how."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.breaks: dict[str, Exception] = {}
        self.saved: list[IntakeForm] = []
        for place, mine in (
            ("wizard.save_draft", self._save_draft),
            ("wizard.register_report", self._register),
            ("stop.stop_flow.issue_stop", self._issue_stop),
        ):
            monkeypatch.setattr(f"desktop.ui.intake.{place}", mine)

    def _fail(self, name: str) -> None:
        if name in self.breaks:
            raise self.breaks[name]

    def _save_draft(self, session: Session, form: IntakeForm) -> Draft:
        self._fail("save_draft")
        self.saved.append(form)
        return save_draft(session, form)

    def _issue_stop(
        self, session: Session, form: IntakeForm, index: int, *, confirmed: bool, despite: str
    ) -> Issued:
        self._fail("issue_stop")
        self._fail(f"issue_stop.{index}")
        return issue_stop(session, form, index, confirmed=confirmed, despite=despite)

    def _register(self, session: Session, form: IntakeForm) -> Registered:
        self._fail("register")
        return register_report(session, form)
