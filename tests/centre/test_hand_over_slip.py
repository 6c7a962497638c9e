"""A slip is handed over before its bundle comes; by commands: ``tests/cli/test_waiting_slips.py``."""

from __future__ import annotations

from datetime import timedelta

from desktop.centre.hand_over_slip import hand_over_slip, handover_of
from desktop.services.session import Session
from tests.support.error_texts import refused


def test_nobody_was_called_in_time_to_come(centre: Session) -> None:
    later = centre.clock.now() + timedelta(minutes=1)
    refused("slip.handed_later", lambda: hand_over_slip(centre, "o1", "农行 王五", at=later))
    assert handover_of(centre, "o1") is None
