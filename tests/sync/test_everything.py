"""Cases handed over, keys changed and lost, and old backups restored, all at once and amid everything else."""

from __future__ import annotations

import pytest
from hypothesis.stateful import rule

from desktop.domain.errors import TrustError
from desktop.services.exchange.peers.own_keys import key_in_use
from tests.support.sessions import Seat
from tests.support.soak import machine_settings, seconds
from tests.sync.holder_rules import ChargeRules
from tests.sync.key_rules import OF_KEYS, KeyRules
from tests.sync.machine import SEATS, DesksAndCentre
from tests.sync.test_old_backups import NOTICED, OldBackups

pytestmark = pytest.mark.timeout(seconds(900))


class HandingOver(DesksAndCentre, ChargeRules):
    """Every rule of both."""


class Everything(OldBackups, KeyRules, ChargeRules):
    """Every rule of all. A key file outlives the restore of an old backup here; the journal says which pair is in
    use, as it does at every sign-in."""

    refusals = frozenset({*NOTICED, *OF_KEYS, "receiver.not_ours"})
    noticed = frozenset({*NOTICED, "bundle.lost_key", "bundle.retired_key"})
    """A pair that was in use when the backup was made, and is not any more, tells of the backup as well."""

    def meet(self, seat: Seat) -> bool:
        """The card of a desk that was set back to a pair it had replaced is refused, and says so."""
        try:
            return super().meet(seat)
        except TrustError as error:
            if error.code != "card.superseded" or self.seats.index(seat) not in self.set_back:
                raise
            return False

    @rule(which=SEATS)
    def is_set_back(self, which: int) -> None:
        super().is_set_back(which)
        seat = self.seats[which]
        with seat.session.store.read() as reader:
            seat.ring.adopt(key_in_use(reader, seat.session.profile.device))


TestHandingOver = HandingOver.TestCase
TestHandingOver.settings = machine_settings(examples=6, steps=25)
TestEverything = Everything.TestCase
TestEverything.settings = machine_settings(examples=6, steps=25)
