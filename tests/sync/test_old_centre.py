"""The centre is set back to an old backup and begins its streams anew: whatever stations sent comes once more."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis.stateful import invariant, rule

from desktop.centre.replies import reply
from desktop.domain.errors import RuleError
from desktop.services.cases.changes.settle_conflicts import open_conflicts, settle_conflict
from desktop.services.exchange.take_in.renew_streams import renew_streams
from desktop.services.look_up import orders
from tests.support.soak import machine_settings, seconds
from tests.sync.key_rules import holder
from tests.sync.machine import DesksAndCentre

pytestmark = pytest.mark.timeout(seconds(900))


class OldCentre(DesksAndCentre):
    """What the centre alone knew since the backup is lost to it; nothing of what a desk recorded is."""

    def __init__(self) -> None:
        super().__init__()
        self.copy: Path | None = None
        self.unaware: set[int] = set()
        """Seats that may not have heard yet that the centre lost something."""

    @rule()
    def the_centre_is_backed_up(self) -> None:
        self.centre.session.store.close()
        self.count += 1
        self.copy = self.centre.root.parent / f"backup-{self.count:04d}"
        shutil.copytree(self.centre.root, self.copy)
        self.centre.reopen()

    @rule()
    def the_centre_is_set_back(self) -> None:
        if self.copy is None:
            return
        self.centre.session.store.close()
        shutil.rmtree(self.centre.root)
        shutil.copytree(self.copy, self.centre.root)
        self.centre.reopen()
        profile = renew_streams(holder(self.centre.session))
        self.centre.session = replace(self.centre.session, profile=profile)
        self.centre.reopen()
        self.renew()
        self.unaware = {0, 1, 2}

    @invariant()
    def nobody_believes_more_than_is_true(self) -> None:
        if not self.unaware:
            super().nobody_believes_more_than_is_true()

    def drain(self) -> None:
        """A desk hears of it with the first answer it takes in, and sends what was lost."""
        self.renew()
        for _ in range(2):
            self.everybody_exchanges(afresh=True)
        self.unaware.clear()
        self.nobody_believes_more_than_is_true()
        self._banks_are_asked_again()
        self.everybody_exchanges(afresh=False)
        self._settle()
        super().drain()

    def _banks_are_asked_again(self) -> None:
        """What was answered since the backup the stations know, and the centre has to hear it again."""
        known = {view.order.id: view.order.reply for view in orders(self.centre.session)}
        for seat in self.seats:
            for view in orders(seat.session):
                told = view.order.reply
                if told is not None and known.get(view.order.id) != told:
                    with suppress(RuleError):
                        reply(self.centre.session, view.order.id, told)

    def _settle(self) -> None:
        for seat in self.seats:
            while found := open_conflicts(seat.session):
                settle_conflict(seat.session, found[0].key, 1)
            for other in self.seats:
                if (
                    other is not seat
                    and other.session.profile.unit_code == seat.session.profile.unit_code
                ):
                    self.reaches_the_colleague(self.seats.index(seat), 1)


TestOldCentre = OldCentre.TestCase
TestOldCentre.settings = machine_settings(examples=5, steps=25)
